"""Writes the register of laws."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter

from legcheck.workbook.columns import LAW_COLUMNS, LAWS, PREPARED_LAWS, heading
from legcheck.workbook.writing import styles
from legcheck.workbook.writing.canvas import Canvas, Draft
from legcheck.workbook.writing.styles import height, row_height

if TYPE_CHECKING:
    from datetime import date

    from legcheck.model import Law

HEADER_ROW = 4
_DATES = ("adopted", "in_force_since", "in_force_until")
_OPEN_ROWS = 60
_BLANK_HEIGHT = 20
_LOOKS = dict.fromkeys(_DATES, styles.DATE) | dict.fromkeys(("key", "status"), styles.CHOICE)


def write_laws(draft: Draft) -> None:
    """Write the laws of the assessment, then prepared keys with nothing beside them, then open rows."""
    canvas = Canvas(draft, LAWS)
    canvas.widths(*(column.width for column in LAW_COLUMNS))
    canvas.band(1, len(LAW_COLUMNS), draft.words("workbook.sheets.laws"), styles.TITLE, 34)
    canvas.band(2, len(LAW_COLUMNS), draft.words("workbook.laws.lead"), styles.BAND, 18)
    canvas.band(3, len(LAW_COLUMNS), draft.words("workbook.laws.status_help"), styles.BAND, 18)
    _headings(canvas)
    laws = list(draft.assessment.laws.values())
    last = HEADER_ROW + max(len(laws), PREPARED_LAWS) + _OPEN_ROWS
    for place in range(HEADER_ROW + 1, last + 1):
        _blank_row(canvas, place)
    for place, law in enumerate(laws, HEADER_ROW + 1):
        _law(canvas, place, law)
    _prepared(canvas, {law.key.casefold() for law in laws}, HEADER_ROW + len(laws))
    _help(canvas, last)
    canvas.sheet.freeze_panes = f"C{HEADER_ROW + 1}"
    canvas.sheet.auto_filter.ref = f"A{HEADER_ROW}:{get_column_letter(len(LAW_COLUMNS))}{last}"
    canvas.protect()
    canvas.print_set_up(header_row=HEADER_ROW)
    shown = HEADER_ROW + max(len(laws), PREPARED_LAWS)
    canvas.sheet.print_area = f"A1:{get_column_letter(len(LAW_COLUMNS))}{shown}"


def _headings(canvas: Canvas) -> None:
    headings = canvas.draft.headings.setdefault(LAWS, {})
    for place, column in enumerate(LAW_COLUMNS, 1):
        headings[column.key] = heading(column, LAWS, canvas.words, {})
        canvas.own(HEADER_ROW, place, headings[column.key], styles.ANSWER_HEADING)
    canvas.sheet.row_dimensions[HEADER_ROW].height = 30


def _blank_row(canvas: Canvas, row: int) -> None:
    for place, column in enumerate(LAW_COLUMNS, 1):
        canvas.sheet.row_dimensions[row].height = _BLANK_HEIGHT
        canvas.answer(row, place, None, _LOOKS.get(column.key, styles.ANSWER))


def _law(canvas: Canvas, row: int, law: Law) -> None:
    tallest = 0.0
    for place, column in enumerate(LAW_COLUMNS, 1):
        value: str | date | None = getattr(law, column.key)
        if column.key == "status":
            value = canvas.words(f"workbook.choices.status.{law.status.value.replace(' ', '_')}")
        canvas.answer(row, place, value, _LOOKS.get(column.key, styles.ANSWER))
        if isinstance(value, str):
            tallest = max(tallest, height(value, column.width, styles.ANSWER))
    canvas.sheet.row_dimensions[row].height = row_height(tallest, least=_BLANK_HEIGHT)


def _prepared(canvas: Canvas, taken: set[str], row: int) -> None:
    """Keys L1 to L12 for those not taken, each on a row of its own."""
    for number in range(1, PREPARED_LAWS + 1):
        if f"l{number}" not in taken and row < HEADER_ROW + PREPARED_LAWS:
            row += 1
            canvas.answer(row, 1, f"L{number}", styles.CHOICE)


def _help(canvas: Canvas, last: int) -> None:
    letters = {column.key: get_column_letter(place) for place, column in enumerate(LAW_COLUMNS, 1)}
    first = HEADER_ROW + 1
    statuses = canvas.words.under("workbook.choices.status")
    canvas.draft.choices["status"] = statuses
    canvas.choose(f"{letters['status']}{first}:{letters['status']}{last}", list(statuses.values()), "status")
    canvas.prompt(f"{letters['key']}{first}:{letters['key']}{last}", "key")
    canvas.prompt(" ".join(f"{letters[key]}{first}:{letters[key]}{last}" for key in _DATES), "date")
