"""Reads a table of groups: a CSV file that puts countries into groups of the analyst's own."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from legcheck import countries
from legcheck.issues import (
    COUNTRY_IN_TWO_GROUPS,
    FILE_UNREADABLE,
    HEADING_MISSING,
    MISSING_VALUE,
    NOT_UTF8,
    UNKNOWN_COUNTRY,
    InputError,
    Issues,
    Location,
    closest,
    reject,
)
from legcheck.workbook.reading.guards import read_bytes
from legcheck.workbook.text import clean, compact, short

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

COLUMNS = ("country", "group")


def read_groups(path: Path) -> Mapping[str, str]:
    """The group of every country, by code.

    Raises:
        InputError: the file cannot be read, lacks a column, or has an unknown country or one in two groups; all faults at once.
    """
    try:
        text = read_bytes(path).decode("utf-8-sig")
        first = text.partition("\n")[0]
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True))
    except UnicodeDecodeError:
        raise reject(NOT_UTF8, Location(str(path))) from None
    except csv.Error as error:
        raise reject(FILE_UNREADABLE, Location(str(path)), problem=error) from None
    issues = Issues()
    places = _places(rows[0] if rows else [], path, issues)
    groups: dict[str, tuple[str, int]] = {}
    for line, row in enumerate(rows[1:], 2) if places else ():
        if any(row):
            _take(row, line, path, places, groups, issues)
    if issues.blocking:
        raise InputError(issues)
    return {code: group for code, (group, _) in groups.items()}


def _places(header: list[str], path: Path, issues: Issues) -> Mapping[str, int]:
    plain = [compact(heading) for heading in header]
    for name in COLUMNS:
        if name not in plain:
            issues.add(HEADING_MISSING, Location(path.name, line=1), heading=name, hint=closest(name, header))
    return {} if issues.blocking else {name: plain.index(name) for name in COLUMNS}


def _take(
    row: list[str], line: int, path: Path, places: Mapping[str, int], groups: dict[str, tuple[str, int]], issues: Issues
) -> None:
    """Put the country of one row into its group."""
    at = Location(path.name, line=line)
    typed, group = (clean(row[places[name]]) if places[name] < len(row) else "" for name in COLUMNS)
    for name, value in zip(COLUMNS, (typed, group), strict=True):
        if not value:
            issues.add(MISSING_VALUE, at, field=name)
    if not typed or not group:
        return
    try:
        code = countries.find(typed).code
    except KeyError:
        issues.add(UNKNOWN_COUNTRY, at, value=short(typed), hint=countries.suggest(typed))
        return
    if groups.setdefault(code, (group, line))[0] != group:
        issues.add(COUNTRY_IN_TWO_GROUPS, at, country=code, group=group, other=groups[code][0], first=groups[code][1])
