"""Reads tables that put things together: countries into the analyst's own groups, provisions into the parts of several hands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from legcheck import countries
from legcheck.issues import COUNTRY_IN_TWO_GROUPS, MISSING_VALUE, UNKNOWN_COUNTRY, InputError, Issues, Location
from legcheck.workbook.reading.table_files import open_table
from legcheck.workbook.text import short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

COLUMNS = ("country", "group")
PART_COLUMNS = ("part", "provisions")
_CHAPTERS = {"chapters": "provisions", "chapter": "provisions", "provision": "provisions"}
_BETWEEN_IDS = re.compile(r"[,;\s]+")


def read_groups(path: Path) -> Mapping[str, str]:
    """The group of every country, by code, from a CSV, Parquet or Excel file.

    Raises:
        InputError: the file cannot be read, lacks a column, or has an unknown country or one in two groups; lists all problems.
    """
    issues = Issues()
    groups: dict[str, tuple[str, int]] = {}
    for at, (country, group) in _rows(path, COLUMNS, {}, issues):
        _take(country, group, at, groups, issues)
    if issues.blocking:
        raise InputError(issues)
    return {code: group for code, (group, _) in groups.items()}


def read_parts(path: Path) -> tuple[list[tuple[str, str, Location]], Issues]:
    """Which chapters and provisions each part has, an id at a time with the line it stands on; and what was not read.

    Raises:
        InputError: the file cannot be read, lacks a column or has an empty cell; lists all problems.
    """
    issues = Issues()
    rows = list(_rows(path, PART_COLUMNS, _CHAPTERS, issues))
    if issues.blocking:
        raise InputError(issues)
    return [(part, id, at) for at, (part, ids) in rows for id in _BETWEEN_IDS.split(ids) if id], issues


def _rows(
    path: Path, columns: Sequence[str], optional: Mapping[str, str], issues: Issues
) -> Iterator[tuple[Location, Sequence[str]]]:
    """The rows of a table with these columns, whose cells are all filled; an empty one is reported."""
    file = open_table(path)
    places = file.places(columns, optional, issues)
    typed = [file.column(places[name]) for name in columns]
    for line, *codes in zip(file.lines.tolist(), *(column.codes.tolist() for column in typed), strict=True):
        texts = [column.texts[code] for column, code in zip(typed, codes, strict=True)]
        at = Location(path.name, line=line)
        if all(texts):
            yield at, texts
        elif any(texts):
            for name, text in zip(columns, texts, strict=True):
                if not text:
                    issues.add(MISSING_VALUE, at, field=name)


def _take(country: str, group: str, at: Location, groups: dict[str, tuple[str, int]], issues: Issues) -> None:
    """Put the country of one row into its group."""
    try:
        code = countries.find(country).code
    except KeyError:
        issues.add(UNKNOWN_COUNTRY, at, value=short(country), hint=countries.suggest(country))
        return
    if groups.setdefault(code, (group, at.line))[0] != group:
        issues.add(COUNTRY_IN_TWO_GROUPS, at, country=code, group=group, other=groups[code][0], first=groups[code][1])
