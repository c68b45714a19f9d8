"""Reads an answers table: a CSV file with one row an answer, of one assessment or of many."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from legcheck.assessments.reading.container import check_bytes, kind_of, read_bytes
from legcheck.assessments.reading.session import folded, short
from legcheck.assessments.reading.table_rows import OPTIONAL, REQUIRED, TableRows
from legcheck.files import digest_of
from legcheck.issues import (
    FILE_UNREADABLE,
    HEADING_MISSING,
    HEADING_TWICE,
    HEADING_UNKNOWN,
    WRONG_FILE_KIND,
    InputError,
    Issues,
    Location,
    closest,
    reject,
)
from legcheck.model import Assessment, Checklist, Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def read_table(path: Path, checklist: Checklist, content: bytes | None = None) -> list[tuple[Assessment | None, Issues]]:
    """The assessments of an answers table, in the order in which they begin, each with the issues of its rows.

    `content` holds the file's bytes where they were read already.

    Columns: country, as_of, provision, rating; optionally dimension (the first of the checklist where absent), elements,
    citation, note, assessor. There is no assessment where the country or the date of its rows cannot be read.

    Raises:
        InputError: the file is missing, is not a CSV text in UTF-8, or lacks a column.
    """
    content = read_bytes(path) if content is None else check_bytes(path, content)
    rows = _rows(path, _text(path, content))
    _, header = next(rows, (1, []))
    warnings = Issues()
    source = Source(path.name, digest_of(content))
    table = TableRows(checklist, source, _places(path, header, warnings), len(header), warnings)
    for line, row in rows:
        table.take(line, row)
    return table.assessments()


def _text(path: Path, content: bytes) -> str:
    kind = kind_of(content)
    if kind:
        names = {"zip": ".xlsx / .zip", "OLE": ".xls", "?": "@issues.kind.unknown"}
        raise reject(WRONG_FILE_KIND, Location(str(path)), kind=names.get(kind, kind))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise reject(FILE_UNREADABLE, Location(str(path)), problem="UTF-8") from None


def _rows(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of the file with their line, blank ones left out."""
    first = text.partition("\n")[0]
    reader = csv.reader(StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    line = 1
    try:
        for row in reader:
            if any(row):
                yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        raise reject(FILE_UNREADABLE, Location(str(path), line=line), problem=error) from None


def _places(path: Path, header: list[str], warnings: Issues) -> dict[str, int]:
    """Where each known column stands; one that is there twice, or is required and missing, leaves nothing to go on with."""
    places: dict[str, int] = {}
    known = {_plain(name): name for name in (*REQUIRED, *OPTIONAL)} | {"legalbasis": "citation"}
    at = Location(path.name, line=1)
    for place, heading in enumerate(header):
        name = known.get(_plain(heading), "")
        if name and name in places:
            warnings.add(HEADING_TWICE, at, value=heading, first=places[name] + 1)
        elif name:
            places[name] = place
        elif heading.strip():
            warnings.add(HEADING_UNKNOWN, at, value=short(heading), hint=closest(heading, (*REQUIRED, *OPTIONAL)))
    for name in REQUIRED:
        if name not in places:
            warnings.add(HEADING_MISSING, at, heading=name, hint=closest(name, header))
    if warnings.blocking:
        raise InputError(warnings)
    return places


def _plain(heading: str) -> str:
    return folded(heading).replace("_", "").replace("-", "")
