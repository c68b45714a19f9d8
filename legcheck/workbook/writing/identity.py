"""Writes the hidden sheet: which checklist this is, the headings and words used, and the lists behind the drop-downs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName

from legcheck.workbook.columns import FORMAT, IDENTITY_SHEET

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from openpyxl.worksheet.worksheet import Worksheet

    from legcheck.workbook.writing.canvas import Draft

_MARKS_A_ROW = 400
_FIRST_LIST_COLUMN = 6


def write_identity(draft: Draft) -> None:
    """Write the hidden sheet, last, when everything it records is known."""
    sheet = draft.book.create_sheet(IDENTITY_SHEET)
    sheet.sheet_state = "hidden"
    for row, entry in enumerate(_entries(draft), 1):
        for column, text in enumerate(entry, 1):
            cell = sheet.cell(row, column)
            cell.value, cell.data_type, cell.number_format = text, "s", "@"
    _write_lists(draft, sheet)
    sheet.protection.sheet = True


def _entries(draft: Draft) -> Iterator[tuple[str, ...]]:
    """A kind, then up to three values a row."""
    checklist, assessment = draft.checklist, draft.assessment
    yield draft.magic, FORMAT
    yield "checklist", checklist.id
    yield "version", checklist.version
    yield "digest", checklist.digest
    yield "language", draft.words.language
    yield "short", "yes" if draft.short else "no"
    yield "country", assessment.country, draft.country_name
    for key, title in draft.sheets.items():
        yield "sheet", key, title
    for sheet, headings in draft.headings.items():
        for key, shown in headings.items():
            yield "column", sheet, key, shown
    for kind, choices in draft.choices.items():
        for key, shown in choices.items():
            yield "choice", kind, key, shown
    yield from draft.entries
    yield from (("fixed", marks) for marks in _in_rows(draft.fixed))
    yield from (("hint", marks) for marks in _in_rows(draft.hints))


def _in_rows(marks: Iterable[int]) -> Iterator[str]:
    ordered = [f"{mark:x}" for mark in sorted(marks)]
    for start in range(0, len(ordered), _MARKS_A_ROW):
        yield " ".join(ordered[start : start + _MARKS_A_ROW])


def _write_lists(draft: Draft, sheet: Worksheet) -> None:
    """Each list in a column of its own with a defined name, since a list written into a cell's rule ends at 255 characters."""
    for column, (name, words) in enumerate(draft.lists.items(), _FIRST_LIST_COLUMN):
        for row, word in enumerate(words, 1):
            cell = sheet.cell(row, column)
            cell.value, cell.data_type, cell.number_format = word, "s", "@"
        letter = get_column_letter(column)
        target = f"'{IDENTITY_SHEET}'!${letter}$1:${letter}${len(words)}"
        draft.book.defined_names[name] = DefinedName(name, attr_text=target)
