"""Reads a references file: which number each provision has in a published document, and who confirmed it; and writes one."""

from __future__ import annotations

import csv
import re
from codecs import BOM_UTF8
from io import StringIO
from typing import TYPE_CHECKING

from legcheck.issues import (
    MISSING_VALUE,
    PERSONAL_DATA,
    REFERENCE_DATE_UNCLEAR,
    REFERENCE_TOO_LONG,
    REFERENCE_TWICE,
    TEXT_CHANGED,
    UNKNOWN_PROVISION,
    UNUSED_CELL,
    InputError,
    Issues,
    Location,
    closest,
)
from legcheck.model import PublishedNumber
from legcheck.words import BEGINS_FORMULA, compact, no_formula
from legcheck.workbook.privacy import personal_facts
from legcheck.workbook.reading.table_files import open_table
from legcheck.workbook.text import parse_date, short

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

COLUMNS = ("provision", "number", "confirmed_by", "date")
DOCUMENT = "document"
LONGEST = {"number": 60, "confirmed_by": 300, DOCUMENT: 300}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def read_references(path: Path, provisions: Iterable[str]) -> tuple[dict[str, PublishedNumber], Issues]:
    """The number of each provision that has one, by id, from a CSV, Parquet or Excel file; and what is only to be known.

    Raises:
        InputError: the file cannot be read, or has errors; lists all of them.
    """
    issues = Issues()
    known = {compact(id): id for id in provisions}
    lines, numbers = dict[str, int](), dict[str, PublishedNumber]()
    for line, texts in _rows(path, issues):
        at, typed = Location(path.name, line=line), texts["provision"]
        id, number = known.get(compact(typed), ""), _number(texts, at, issues)
        if not typed:
            issues.add(MISSING_VALUE, at, field="provision")
        elif not id:
            issues.add(UNKNOWN_PROVISION, at, value=short(typed), hint=closest(typed, known.values()))
        elif id in lines:
            issues.add(REFERENCE_TWICE, at, provision=id, first=lines[id])
        else:
            lines[id] = line
            if number is not None:
                numbers[id] = number
    if issues.blocking:
        raise InputError(issues)
    return {id: numbers[id] for id in known.values() if id in numbers}, issues


def write_references(numbers: Mapping[str, PublishedNumber]) -> bytes:
    """The references file with these numbers, as CSV that spreadsheets open with accents intact and take for text."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow((*COLUMNS, DOCUMENT))
    for id, one in numbers.items():
        texts = (id, one.number, one.confirmed_by, one.date.isoformat(), one.document)
        writer.writerow(map(no_formula, texts))
    return BOM_UTF8 + out.getvalue().encode()


def _rows(path: Path, issues: Issues) -> Iterator[tuple[int, dict[str, str]]]:
    """Every row that is not blank, with its line and its texts by column."""
    file = open_table(path)
    places = file.places(COLUMNS, {DOCUMENT: DOCUMENT}, issues)
    for row, text in file.extras:
        issues.add(UNUSED_CELL, Location(path.name, line=int(file.lines[row])), value=short(text))
    columns = {name: file.column(place) for name, place in places.items()}
    for row, line in enumerate(file.lines.tolist()):
        texts = {name: _typed(column.texts[column.codes[row]]) for name, column in columns.items()}
        if any(texts.values()):
            yield line, texts


def _typed(text: str) -> str:
    """A text on one line, without the apostrophe that keeps it from becoming a formula."""
    line = " ".join(text.split())
    return line[1:] if line.startswith("'") and line[1:].startswith(BEGINS_FORMULA) else line


def _number(texts: Mapping[str, str], at: Location, issues: Issues) -> PublishedNumber | None:
    """What a row says of its provision; None if it cannot be used, for which there is an issue."""
    before = len(issues)
    for field in COLUMNS[1:]:
        if not texts[field]:
            issues.add(MISSING_VALUE, at, field=field)
    for field, most in LONGEST.items():
        if len(text := texts.get(field, "")) > most:
            issues.add(REFERENCE_TOO_LONG, at, field=field, value=short(text), count=len(text), most=most)
    if _DAY.fullmatch(texts["number"]):
        issues.add(TEXT_CHANGED, at, value=texts["number"])
    day = _day(texts["date"], at, issues)
    if len(issues) > before or day is None:
        return None
    document = texts.get(DOCUMENT, "")
    for facts in (*personal_facts(texts["confirmed_by"]), *personal_facts(document)):
        issues.add(PERSONAL_DATA, at, **facts, provision=texts["provision"])
    return PublishedNumber(texts["number"], texts["confirmed_by"], day, document)


def _day(typed: str, at: Location, issues: Issues) -> date | None:
    try:
        return parse_date(typed) if typed else None
    except ValueError:
        issues.add(REFERENCE_DATE_UNCLEAR, at, value=short(typed))
        return None
