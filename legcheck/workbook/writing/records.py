"""Writes who was heard, and the history of the answers: what belongs to an assessment as a whole, a line each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from legcheck.workbook import looks
from legcheck.workbook.columns import HEARD, HEARD_COLUMNS, HISTORY, HISTORY_COLUMNS
from legcheck.workbook.history import change_in_words
from legcheck.workbook.writing.draft import TableSheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from legcheck.excel import Value
    from legcheck.model import Revision
    from legcheck.workbook.columns import Column
    from legcheck.workbook.writing.draft import Draft

_HEAD, _OPEN_ROWS = 4, 30
_RULED_ROWS = 18  # of a sheet that nobody has filled yet, for those who do so by hand
_ANSWER, _CHOICE = (replace(look, size=10) for look in (looks.ANSWER, looks.CHOICE))


def write_heard(draft: Draft) -> None:
    """Write the bodies and groups that were heard, then empty rows."""
    rows = [[one.who, one.how, one.when] for one in draft.assessment.heard]
    table = _write(draft, HEARD, HEARD_COLUMNS, rows, "who")
    table.prompt(table.cells("who", table.head + len(rows) + _OPEN_ROWS), "heard")


def write_history(draft: Draft) -> None:
    """Write every change of an answer, then empty rows; nothing where there was none."""
    if not draft.assessment.history:
        return
    table = _write(draft, HISTORY, HISTORY_COLUMNS, [_changed(draft, one) for one in draft.assessment.history], "column")
    last = table.head + len(draft.assessment.history) + _OPEN_ROWS
    table.prompt(table.cells("on", last), "date")
    table.prompt(table.cells("who", last), "changed_by")
    table.prompt(table.cells("row", last), "row")


def _changed(draft: Draft, one: Revision) -> list[Value]:
    return [one.on, one.who, *change_in_words(draft.checklist, one, draft.labels), one.why, one.file]


def _write(draft: Draft, key: str, columns: Sequence[Column], rows: Sequence[Sequence[Value]], keep: str) -> TableSheet:
    """A sheet with these rows; the columns up to `keep` stay in view."""
    labels = draft.labels
    table = TableSheet(draft, key, _HEAD, 24, {one: labels(f"workbook.columns.{key}.{one.key}") for one in columns})
    table.bands(
        len(columns),
        (labels(f"workbook.sheets.{key}"), looks.TITLE, 34),
        (labels(f"workbook.{key}.lead"), looks.BAND, 18),
        (labels(f"workbook.{key}.privacy"), looks.BAND, 18),
    )
    day = replace(_CHOICE, format=labels("common.cell_day"))
    ruled, last = table.head + (len(rows) or _RULED_ROWS), table.head + len(rows) + _OPEN_ROWS
    for row, values in enumerate([*rows, *[[None] * len(columns)] * _OPEN_ROWS], table.head + 1):
        table.sheet.set_height(row, 20)
        for number, (column, value) in enumerate(zip(columns, values, strict=True), 1):
            look = day if column.key == "on" else _ANSWER
            table.answer(row, number, value, look if row <= ruled else replace(look, border=""))
    table.frame_when_filled(ruled + 1, last)
    table.finish_table(last, keep=keep)
    table.break_pages(len(columns), [], ruled, repeated=table.head)
    return table
