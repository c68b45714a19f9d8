"""The workbook in which the State comments on each finding, out and in."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from legcheck.excel import Book, address
from legcheck.issues import NOT_A_CONSULTATION, UNKNOWN_RATING, Issues, closest
from legcheck.model import Comment, Finding, Returned
from legcheck.words import fold
from legcheck.workbook import looks
from legcheck.workbook.columns import RATING, Column
from legcheck.workbook.reading.identity import identify
from legcheck.workbook.reading.sheets import Sheets
from legcheck.workbook.reading.vocabulary import Vocabulary
from legcheck.workbook.text import clean, short
from legcheck.workbook.writing.draft import Draft, TableSheet

if TYPE_CHECKING:
    from pathlib import Path

    from legcheck.labels import Labels
    from legcheck.model import Assessment, Checklist, Dimension
    from legcheck.workbook.reading.sheets import Table

MAGIC = "legcheck consultation"
FINDINGS = "findings"
_TOLD = ("asked", "found", "basis")
_TEXTS = ("text", "body", "why")
_HEAD = 5
_COLUMNS = (
    Column("id", 10, answer=False, required=True),
    Column("asked", 32, answer=False),
    Column("found", 44, answer=False),
    Column("basis", 18, answer=False),
    Column("text", 46, required=True),
    Column("body", 20),
    Column("on", 12),
)
_WHY = Column("why", 34)
_ANSWER, _CHOICE = (replace(look, size=10) for look in (looks.ANSWER, looks.CHOICE))


def _columns(checklist: Checklist, labels: Labels) -> dict[Column, str]:
    """The columns with their headings; what follows the date is for those who review the comments."""
    headings = {one: labels(f"consultation.columns.{one.key}") for one in (*_COLUMNS, _WHY)}
    why = headings.pop(_WHY)
    for one in checklist.dimensions:
        headings[Column(f"{RATING}.{one.key}", 20)] = labels("consultation.columns.rating", dimension=one.title)
    return headings | {_WHY: why}


def make_consultation(
    checklist: Checklist,
    assessment: Assessment,
    findings: Collection[Finding],
    labels: Labels,
    *,
    country: str,
    body: str,
    back: str,
) -> bytes:
    """The form as a workbook: a row for each finding, with places for the comment, the body and the date, then for the review."""
    title = labels("consultation.title")
    title = labels("terminal.figure", dimension=country, title=title)
    book = Book(assessment.as_of, language=labels.language, title=title, locked=True)
    entries = [("as_of", assessment.as_of.isoformat())]
    draft = Draft(book, checklist, assessment, labels, country, root="consultation", magic=MAGIC, entries=entries)
    headings = _columns(checklist, labels)
    table = TableSheet(draft, FINDINGS, _HEAD, 34, headings)
    table.bands(
        len(headings),
        (title, looks.TITLE, 34),
        (labels("consultation.lead"), looks.BAND, 18),
        (labels("consultation.privacy"), looks.BAND, 18),
        (back, looks.BAND, 18),
    )
    day = replace(_CHOICE, format=labels("common.cell_day"))
    for row, one in enumerate(findings, _HEAD + 1):
        for column, number in table.column_of.items():
            if column == "id":
                table.own(row, number, one.provision, looks.ID)
            elif column in _TOLD:
                table.own(row, number, getattr(one, column), looks.FIXED)
            else:
                look = day if column == "on" else _CHOICE if column.startswith(RATING) else _ANSWER
                table.answer(row, number, body if column == "body" else None, look)
        for dimension in checklist.dimensions:
            titles = _titles(checklist, dimension, one.provision)
            table.choose(address(row, table.column_of[f"{RATING}.{dimension.key}"]), [*titles], RATING)
    last = _HEAD + len(findings)
    for key in ("text", "body", "on", "why"):
        table.prompt(table.cells(key, last), key)
    table.finish_table(last, keep="id")
    table.break_pages(len(_COLUMNS), [], last, repeated=_HEAD)
    table.sheet.print_area(last, len(_COLUMNS))
    return draft.finish()


def _titles(checklist: Checklist, dimension: Dimension, provision: str) -> dict[str, str]:
    """The ratings that a provision can have, by title."""
    of = checklist.provisions[provision]
    scale = dimension.scale_of(of)
    return {scale.by_key[key].title: key for key in dimension.offered(of)}


def read_consultation(path: Path, checklist: Checklist) -> tuple[Returned, Issues]:
    """What came back in a workbook, and every issue found in it.

    Raises:
        InputError: the file is not such a form, or cannot be read safely.
    """
    identity = identify(path, magic=MAGIC, otherwise=NOT_A_CONSULTATION)
    sheets = Sheets(identity, _Vocabulary(checklist, identity.language, identity.headings, identity.choices))
    of = next((clean(row[1]) for row in identity.book.rows(identity.sheet) if row[0] == "as_of"), "")
    about = identity.checklist, identity.version, identity.country[0], of
    comments: tuple[Comment, ...] = ()
    if (identity.checklist, identity.version) == (checklist.id, checklist.version):
        rated = tuple(Column(f"{RATING}.{one.key}") for one in checklist.dimensions)
        table = sheets.table(FINDINGS, (*_COLUMNS, *rated, _WHY), anywhere=True)
        comments = tuple(_comments(table, checklist)) if table is not None else ()
        sheets.report_others()
    return Returned(path.name, about, identity.language, comments), sheets.issues


class _Vocabulary(Vocabulary):
    """The vocabulary of the form: headings by key or in any language."""

    @cached_property
    def _headings_anywhere(self) -> dict[str, dict[str, str]]:
        from legcheck.labels import labels, languages

        shown = (_columns(self.checklist, labels(language)) for language in languages())
        return {FINDINGS: {fold(heading): one.key for each in shown for one, heading in each.items()}}


def _comments(table: Table, checklist: Checklist) -> Iterator[Comment]:
    used = frozenset(table.columns.values()) | table.unknown
    for row, values in table.below():
        table.report_rest(row, used)
        id = clean(values[table.columns["id"]])
        texts = {key: table.text(row, key) for key in _TEXTS}
        ratings = dict(_ratings(table, row, id, checklist))
        shown = Finding(id, *(table.text(row, key) for key in _TOLD))
        at = {key: table.at(row, key) for key in ("id", *_TEXTS) if key in table.columns}
        yield Comment(id, shown, texts["text"], texts["body"], table.day(row, "on"), ratings, texts["why"], at)


def _ratings(table: Table, row: int, id: str, checklist: Checklist) -> Iterator[tuple[str, str]]:
    """The ratings chosen after the review, by dimension."""
    provision = next((one for one in checklist.provisions.values() if fold(one.id) == fold(id)), None)
    for dimension in checklist.dimensions:
        key = f"{RATING}.{dimension.key}"
        typed = table.text(row, key)
        if not typed or provision is None:
            if typed:
                table.sheets.report_unused(table.name, row, table.columns[key], typed)
            continue
        try:
            yield dimension.key, table.sheets.vocabulary.rating(dimension, provision, typed)
        except KeyError:
            shown = [*table.sheets.vocabulary.ratings_shown(dimension, provision)]
            facts = {"value": short(typed), "allowed": ", ".join(shown), "hint": closest(typed, shown)}
            table.sheets.issues.add(UNKNOWN_RATING, table.at(row, key), **facts)
