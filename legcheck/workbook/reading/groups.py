"""Reads a table of groups: a CSV or Parquet file that puts countries into the analyst's own groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from legcheck import countries
from legcheck.issues import COUNTRY_IN_TWO_GROUPS, MISSING_VALUE, UNKNOWN_COUNTRY, InputError, Issues, Location
from legcheck.workbook.reading.table_files import open_table
from legcheck.workbook.text import short

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

COLUMNS = ("country", "group")


def read_groups(path: Path) -> Mapping[str, str]:
    """The group of every country, by code.

    Raises:
        InputError: the file cannot be read, lacks a column, or has an unknown country or one in two groups; lists all problems.
    """
    file, issues = open_table(path), Issues()
    places = file.places(COLUMNS, {}, issues)
    typed = [file.column(places[name]) for name in COLUMNS]
    groups: dict[str, tuple[str, int]] = {}
    for line, *codes in zip(file.lines.tolist(), *(column.codes.tolist() for column in typed), strict=True):
        country, group = (column.texts[code] for column, code in zip(typed, codes, strict=True))
        if country or group:
            _take(country, group, Location(path.name, line=line), groups, issues)
    if issues.blocking:
        raise InputError(issues)
    return {code: group for code, (group, _) in groups.items()}


def _take(country: str, group: str, at: Location, groups: dict[str, tuple[str, int]], issues: Issues) -> None:
    """Put the country of one row into its group."""
    for name, value in zip(COLUMNS, (country, group), strict=True):
        if not value:
            issues.add(MISSING_VALUE, at, field=name)
    if not country or not group:
        return
    try:
        code = countries.find(country).code
    except KeyError:
        issues.add(UNKNOWN_COUNTRY, at, value=short(country), hint=countries.suggest(country))
        return
    if groups.setdefault(code, (group, at.line))[0] != group:
        issues.add(COUNTRY_IN_TWO_GROUPS, at, country=code, group=group, other=groups[code][0], first=groups[code][1])
