"""Writes the register of laws."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from legcheck.workbook import looks
from legcheck.workbook.columns import LAW_COLUMNS, LAWS, PREPARED_LAWS, PUBLISH
from legcheck.workbook.writing.draft import Draft, TableSheet

if TYPE_CHECKING:
    from legcheck.excel import Cells, Value
    from legcheck.model import Law

_DATES = ("adopted", "in_force_since", "in_force_until")
_OPEN_ROWS = 60
_ANSWER, _CHOICE = (replace(look, size=10) for look in (looks.ANSWER, looks.CHOICE))


def write_laws(draft: Draft) -> Cells:
    """Write the laws of the assessment, then rows with only a prepared key, then empty rows; the first cell, to link to."""
    labels = draft.labels
    table = TableSheet(draft, LAWS, 4, 36, {column: labels(f"workbook.columns.laws.{column.key}") for column in LAW_COLUMNS})
    table.bands(
        len(LAW_COLUMNS),
        (labels("workbook.sheets.laws"), looks.TITLE, 34),
        (labels("workbook.laws.lead"), looks.BAND, 18),
        (labels("workbook.laws.status_help"), looks.BAND, 18),
    )
    day = replace(_CHOICE, format=labels("common.cell_day"))
    looks_of = dict.fromkeys(_DATES, day) | dict.fromkeys(("key", "status", PUBLISH), _CHOICE)
    laws = list(draft.assessment.laws.values())
    rows: list[dict[str, Value]] = [_law(draft, law) for law in laws]
    rows += [{"key": key} for key in _prepared_keys(laws)]
    prepared, last = table.head + len(rows), table.head + len(rows) + _OPEN_ROWS
    for row, values in enumerate([*rows, *[{}] * _OPEN_ROWS], table.head + 1):
        table.sheet.set_height(row, 22)
        for number, column in enumerate(LAW_COLUMNS, 1):
            look = looks_of.get(column.key, _ANSWER)
            table.answer(row, number, values.get(column.key), look if row <= prepared else replace(look, border=""))
    table.frame_when_filled(prepared + 1, last)
    table.choose(table.cells("status", last), draft.choices_of("status"), "status")
    table.choose(table.cells(PUBLISH, last), draft.choices_of("met"), "publish_law")
    table.prompt(table.cells("key", last), "key")
    table.prompt(" ".join(table.cells(key, last) for key in _DATES), "date")
    table.finish_table(last, keep="title")
    table.break_pages(len(LAW_COLUMNS), [], prepared, repeated=table.head)
    return table.sheet.cells(1, 1)


def _law(draft: Draft, law: Law) -> dict[str, Value]:
    status = draft.labels(f"workbook.choices.status.{law.status.value.replace(' ', '_')}")
    said = {"status": status, PUBLISH: "" if law.publish else draft.labels("workbook.choices.met.no")}
    return {column.key: getattr(law, column.key) for column in LAW_COLUMNS} | said


def _prepared_keys(laws: list[Law]) -> list[str]:
    """Those of the keys L1 to L12 that are free, enough to fill the register up to twelve rows."""
    taken = {law.key.casefold() for law in laws}
    free = [f"L{number}" for number in range(1, PREPARED_LAWS + 1) if f"l{number}" not in taken]
    return free[: max(PREPARED_LAWS - len(laws), 0)]
