"""Reads who was heard, and the history of the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from legcheck.issues import MISSING_VALUE, PERSONAL_DATA
from legcheck.model import Heard, Revision, united
from legcheck.words import fold
from legcheck.workbook.columns import ANSWERS, HEARD, HEARD_COLUMNS, HISTORY, HISTORY_COLUMNS, LAWS, START, provision_and_field
from legcheck.workbook.history import read_value
from legcheck.workbook.privacy import names_of_persons, personal_facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from legcheck.workbook.columns import Column
    from legcheck.workbook.reading.sheets import Sheets, Table
    from legcheck.workbook.reading.vocabulary import Vocabulary


def read_heard(sheets: Sheets) -> tuple[Heard, ...]:
    """The bodies and groups that were heard, in the order of the sheet.

    Workbooks of earlier programs have no such sheet, and one that was empty may be deleted by whoever does not need it.
    """
    table = _table(sheets, HEARD, HEARD_COLUMNS, needed=sheets.identity.heard)
    return tuple(Heard(**texts) for _, texts in _rows(table, HEARD_COLUMNS)) if table else ()


def read_history(sheets: Sheets) -> tuple[Revision, ...]:
    """Every change of an answer; a workbook without any has no such sheet."""
    table = _table(sheets, HISTORY, HISTORY_COLUMNS)
    return united(_revisions(table)) if table else ()


def _table(sheets: Sheets, key: str, columns: tuple[Column, ...], *, needed: bool = True) -> Table | None:
    """The table of a sheet that only some workbooks have."""
    return sheets.table(key, columns, needed=needed) if sheets.vocabulary.headings_shown(key) else None


def _rows(table: Table, columns: tuple[Column, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """The filled rows with their texts. What must not be blank is asked for, and what looks like personal data is named."""
    sheets = table.sheets
    used = frozenset(table.columns.values()) | table.unknown
    for row, _ in table.below():
        table.report_rest(row, used)
        texts = {column.key: table.text(row, column.key) for column in columns}
        if not any(texts.values()):
            continue
        for key, text in texts.items():
            for facts in (*personal_facts(text), *(names_of_persons(text) if key == "who" else ())):
                sheets.issues.add(PERSONAL_DATA, table.at(row, key), **facts, provision=table.name)
        blank = [column.key for column in columns if column.required and not texts[column.key]]
        for key in blank:
            shown = sheets.vocabulary.headings_shown(table.key).get(key, key)
            sheets.issues.add(MISSING_VALUE, table.at(row, key), field=shown)
        if not blank:
            yield row, texts


def _revisions(table: Table) -> Iterator[Revision]:
    vocabulary = table.sheets.vocabulary
    for row, texts in _rows(table, HISTORY_COLUMNS):
        day = table.day(row, "on")
        if day is None:
            continue
        if fold(texts["row"]) == fold(table.sheets.identity.names.get(START, START)):  # of the assessment as a whole
            provision, field = "", vocabulary.heading(START, texts["column"]) or texts["column"]
        else:
            provision, field = provision_and_field(vocabulary.checklist, texts["row"], _column(vocabulary, texts["column"]))
        before, after = (read_value(vocabulary, provision, field, texts[key]) for key in ("before", "after"))
        yield Revision(day, provision, field, before, after, texts["who"], texts["why"], texts["file"])


def _column(vocabulary: Vocabulary, typed: str) -> str:
    """The key of the column of answers or laws with this heading; any other text as typed."""
    return vocabulary.heading(ANSWERS, typed) or vocabulary.heading(LAWS, typed) or typed
