"""Hands a workbook back marked: each bad cell coloured with a note, and a first sheet that lists what to correct."""

from __future__ import annotations

import warnings
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils.exceptions import CellCoordinatesException
from openpyxl.worksheet.hyperlink import Hyperlink

from legcheck.issues import FILE_UNREADABLE, Location, Severity, reject
from legcheck.labels import labels
from legcheck.workbook.columns import CORRECTIONS_MAGIC
from legcheck.workbook.reading.guards import open_package
from legcheck.workbook.writing import styles
from legcheck.workbook.writing.stable import moment, stable_bytes
from legcheck.workbook.writing.styles import Look, apply, height, row_height

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from openpyxl.cell.cell import Cell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from legcheck.issues import Issue
    from legcheck.labels import Labels

# Two colours that nothing else in a workbook has: by them a mark is known again, and taken off when the cell was corrected.
MARKS = {Severity.ERROR: "FFF8C4BF", Severity.WARNING: "FFFFE8A6"}
NOTE_BEGINS = "-- legcheck --"
_NONE = "00000000"
_WIDTHS = (2.5, 6, 15, 24, 30, 9, 90)
_CELL = Look(size=10, boxed=True, vertical="center", indent=1)
_LINK = Look(size=10, boxed=True, vertical="center", colour="FF1F5F99", underline=True, indent=1)


def annotate(path: Path, issues: Iterable[Issue], language: str) -> bytes:
    """A copy of a workbook with the issues marked in it, in a language; nothing else in it is changed.

    Marks and the list of corrections of an earlier check are replaced; notes that people wrote are kept, ours put below them.

    Raises:
        InputError: the file is not a workbook that can be read.
        KeyError: there are no labels in this language.
    """
    words = labels(language)
    open_package(path)
    found = list(issues)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # parts that openpyxl cannot keep, such as threads of comments
        book = _load(path)
        _remove_marks(book)
        _mark_cells(book, found, words)
        _write_list(book, found, words)
        return stable_bytes(book, _moment(book))


def _load(path: Path) -> Workbook:
    try:
        return load_workbook(BytesIO(path.read_bytes()), rich_text=True)
    except Exception as error:  # the library reports damage by whatever its code runs into
        raise reject(FILE_UNREADABLE, Location(str(path)), problem=type(error).__name__) from None


def _moment(book: Workbook) -> datetime:
    """The time written into the copy: that of the original, unless ``SOURCE_DATE_EPOCH`` says otherwise."""
    modified = book.properties.modified
    return moment(modified.date() if isinstance(modified, datetime) else date(1980, 1, 1))


def _remove_marks(book: Workbook) -> None:
    """Take off the marks of an earlier check: list, colours and our part of the notes."""
    for sheet in list(book.worksheets):
        if sheet["A1"].value == CORRECTIONS_MAGIC:
            book.remove(sheet)
            continue
        for cell in list(sheet._cells.values()):  # those that exist: walking rows would make all that lie between
            if not isinstance(cell, MergedCell):
                _unmark(cell)


def _unmark(cell: Cell) -> None:
    # A mark remembers the colour it covers as the second colour of its fill, which a plain fill does not show.
    if cell.has_style and cell.fill.fgColor.rgb in MARKS.values():
        before = cell.fill.bgColor.rgb
        keeps = isinstance(before, str) and before not in (_NONE, *MARKS.values())
        cell.fill = PatternFill("solid", start_color=before, end_color=before) if keeps else PatternFill()
    if cell.comment is not None and NOTE_BEGINS in cell.comment.text:
        own = cell.comment.text.partition(NOTE_BEGINS)[0].rstrip()
        cell.comment = _note(own, cell.comment.author) if own else None


def _mark_cells(book: Workbook, issues: list[Issue], words: Labels) -> None:
    """Colour each bad cell and say in a note what to do."""
    by_cell: dict[tuple[str, str], list[Issue]] = {}
    for issue in issues:
        if issue.at.sheet in book.sheetnames and issue.at.cell:
            by_cell.setdefault((issue.at.sheet, issue.at.cell), []).append(issue)
    for (sheet, address), here in by_cell.items():
        try:
            cell = book[sheet][address]
        except (ValueError, CellCoordinatesException):
            continue
        if isinstance(cell, MergedCell):
            continue
        worst = Severity.ERROR if any(issue.severity is Severity.ERROR for issue in here) else Severity.WARNING
        cell.fill = PatternFill("solid", start_color=MARKS[worst], end_color=_covered(cell))
        lines = [f"{issue.code}: {words.message(issue)}" for issue in here]
        theirs, author = (cell.comment.text, cell.comment.author) if cell.comment is not None else ("", "legcheck")
        cell.comment = _note("\n".join([*([theirs, ""] if theirs else []), NOTE_BEGINS, *lines]), author)


def _covered(cell: Cell) -> str:
    """The colour that a mark will cover."""
    colour = cell.fill.fgColor.rgb if cell.fill.fill_type == "solid" else None
    return colour if isinstance(colour, str) else _NONE


def _note(text: str, author: str | None) -> Comment:
    """A note large enough for its text."""
    lines = sum(1 + len(line) // 52 for line in text.split("\n"))
    return Comment(text, author or "legcheck", width=360, height=min(600, 30 + 17 * lines))


def _write_list(book: Workbook, issues: list[Issue], words: Labels) -> None:
    """The first sheet: every issue with a link to its cell."""
    sheet = book.create_sheet(words("workbook.sheets.corrections"), 0)
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet
    book.active = 0
    sheet.sheet_view.showGridLines = False
    sheet["A1"] = CORRECTIONS_MAGIC
    sheet.column_dimensions["A"].hidden = True
    for letter, width in zip("ABCDEFG", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    _title(sheet, issues, words)
    keys = ("number", "kind", "place", "value", "code", "message")
    for column, key in enumerate(keys, 2):
        _put(sheet, 4, column, words(f"workbook.corrections.{key}"), styles.HEADING)
    sheet.row_dimensions[4].height = 24
    ordered = sorted(issues, key=lambda issue: issue.severity is Severity.WARNING)
    for number, issue in enumerate(ordered, 1):
        _write_issue(sheet, 4 + number, number, issue, words)
    sheet.freeze_panes = "A5"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = styles.fit_to_page()
    sheet.print_title_rows = "4:4"


def _title(sheet: Worksheet, issues: list[Issue], words: Labels) -> None:
    for row, tall in ((1, 34), (2, 22)):
        for column in range(2, len(_WIDTHS) + 1):
            sheet.cell(row, column).fill = styles.fill(styles.NAVY)
        sheet.row_dimensions[row].height = tall
    _put(sheet, 1, 2, words("workbook.corrections.title"), styles.TITLE)
    errors = sum(1 for issue in issues if issue.severity is Severity.ERROR)
    lead = words("workbook.corrections.lead", errors=errors, warnings=len(issues) - errors)
    _put(sheet, 2, 2, lead if issues else words("workbook.corrections.none"), styles.BAND)


def _write_issue(sheet: Worksheet, row: int, number: int, issue: Issue, words: Labels) -> None:
    severity = "error" if issue.severity is Severity.ERROR else "warning"
    message = words.message(issue)
    value = dict(issue.facts).get("value", "")
    place = f"{issue.at.sheet} {issue.at.cell}".strip() or issue.at.file
    kind = Look(size=10, boxed=True, vertical="center", fill=MARKS[issue.severity], indent=1)
    texts = (str(number), words(f"workbook.corrections.{severity}"), place, value, issue.code, message)
    for column, text in enumerate(texts, 2):
        _put(sheet, row, column, text, kind if column == 3 else _CELL)
    if issue.at.sheet in sheet.parent.sheetnames:  # type: ignore[union-attr]
        cell = sheet.cell(row, 4)
        title = issue.at.sheet.replace("'", "''")
        cell.hyperlink = Hyperlink(cell.coordinate, location=f"'{title}'!{issue.at.cell or 'A1'}")
        apply(cell, _LINK)
    tallest = max(height(text, _WIDTHS[column - 1], _CELL) for column, text in enumerate(texts, 2))
    sheet.row_dimensions[row].height = row_height(tallest)


def _put(sheet: Worksheet, row: int, column: int, text: str, look: Look) -> None:
    """Write a text, never as a formula."""
    cell = sheet.cell(row, column)
    apply(cell, look)
    cell.value = styles.writable(text)
    cell.data_type = "s"
