"""Marks up a workbook: colours each cell to correct, adds a note, and lists all corrections on a first sheet."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils.exceptions import CellCoordinatesException
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.writer.excel import ExcelWriter

from legcheck.excel import TYPEFACE, Look, height, moment, plain, sealed
from legcheck.issues import FILE_UNREADABLE, Location, Severity, reject
from legcheck.labels import labels
from legcheck.workbook import looks
from legcheck.workbook.columns import CORRECTIONS_MAGIC
from legcheck.workbook.reading.guards import open_package

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.cell.cell import Cell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from legcheck.issues import Issue
    from legcheck.labels import Labels

# Two colours used nowhere else in a workbook: they identify a mark, so that it can be removed once the cell is corrected.
MARKS = {Severity.ERROR: "FFF8C4BF", Severity.WARNING: "FFFFE8A6"}
NOTE_BEGINS = "-- legcheck --"
_NONE = "00000000"
_WIDTHS = (2.5, 6, 15, 24, 30, 9, 90)
_HEAD = 4
_LINK = replace(looks.BOXED, colour="#1F5F99", underline=True)


def annotate(path: Path, issues: Iterable[Issue], language: str) -> bytes:
    """A copy of a workbook with its issues marked, in a language; nothing else is changed.

    Marks and the list of corrections of an earlier check are replaced. Notes that people wrote are kept, with ours below them.

    Raises:
        InputError: the file is not a workbook that can be read.
        KeyError: there are no labels in this language.
    """
    parts, found = open_package(path).parts.values(), list(issues)
    signs = [NOTE_BEGINS.encode(), *(colour[2:].encode() for colour in MARKS.values())]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # parts that openpyxl cannot keep, such as threads of comments
        book = _load(path)
        if any(
            sign in part for sign in signs for part in parts
        ):  # most workbooks were never marked, and looking at every cell takes time
            _remove_marks(book)
        _mark_cells(book, found, labels(language))
        _write_list(book, found, labels(language))
        return saved_bytes(book)


def _load(path: Path) -> Workbook:
    try:
        return load_workbook(BytesIO(path.read_bytes()), rich_text=True)
    except Exception as error:  # damage surfaces as whatever error the library's code runs into
        raise reject(FILE_UNREADABLE, Location(str(path)), problem=type(error).__name__) from None


def saved_bytes(book: Workbook) -> bytes:
    """The file of a changed workbook, with the time of the original: `Workbook.save` would write the current time."""
    modified = book.properties.modified
    at = moment(modified.date() if isinstance(modified, datetime) else date(1980, 1, 1))
    book.properties.created = book.properties.modified = at.replace(tzinfo=None)
    file = BytesIO()
    ExcelWriter(book, zipfile.ZipFile(file, "w")).save()
    return sealed(file, at)


def _remove_marks(book: Workbook) -> None:
    """Remove the marks of an earlier check: the list, the colours and our part of the notes."""
    for sheet in list(book.worksheets):
        if sheet["A1"].value == CORRECTIONS_MAGIC:
            book.remove(sheet)
            continue
        for row in sheet.iter_rows():
            for cell in row:
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


def _mark_cells(book: Workbook, issues: list[Issue], labels: Labels) -> None:
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
        lines = [f"{issue.code}: {labels.message(issue)}" for issue in here]
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


def _write_list(book: Workbook, issues: list[Issue], labels: Labels) -> None:
    """The first sheet: every issue with a link to its cell."""
    sheet = book.create_sheet(labels("workbook.sheets.corrections"), 0)
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet
    book.active = 0
    sheet.sheet_view.showGridLines = False
    sheet["A1"] = CORRECTIONS_MAGIC
    for letter, width in zip("ABCDEFG", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.column_dimensions["A"].hidden = True
    errors = sum(issue.severity is Severity.ERROR for issue in issues)
    lead = labels("workbook.corrections.lead", errors=errors, warnings=len(issues) - errors)
    _put_row(sheet, 1, 34, [labels("workbook.corrections.title"), *[""] * 5], looks.TITLE)
    _put_row(sheet, 2, 22, [lead if issues else labels("workbook.corrections.none"), *[""] * 5], looks.BAND)
    keys = ("number", "kind", "place", "value", "code", "message")
    _put_row(sheet, _HEAD, 24, [labels(f"workbook.corrections.{key}") for key in keys], looks.HEADING)
    ordered = sorted(issues, key=lambda issue: issue.severity is Severity.WARNING)
    for number, issue in enumerate(ordered, 1):
        _put_issue(sheet, _HEAD + number, number, issue, labels)
    sheet.freeze_panes = f"A{_HEAD + 1}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{_HEAD}:{_HEAD}"


def _put_issue(sheet: Worksheet, row: int, number: int, issue: Issue, labels: Labels) -> None:
    kind = labels(f"workbook.corrections.{'error' if issue.severity is Severity.ERROR else 'warning'}")
    place = f"{issue.at.sheet} {issue.at.cell}".strip() or issue.at.file
    texts = [str(number), kind, place, dict(issue.facts).get("value", ""), issue.code, labels.message(issue)]
    tallest = max(height(text, width, looks.BOXED) for text, width in zip(texts, _WIDTHS[1:], strict=True))
    _put_row(sheet, row, looks.row_height(tallest), texts, looks.BOXED)
    _dress(sheet.cell(row, 3), replace(looks.BOXED, fill=f"#{MARKS[issue.severity][2:]}"))
    if issue.at.sheet in sheet.parent.sheetnames:  # type: ignore[union-attr]
        cell = sheet.cell(row, 4)
        title = issue.at.sheet.replace("'", "''")
        cell.hyperlink = Hyperlink(cell.coordinate, location=f"'{title}'!{issue.at.cell or 'A1'}")
        _dress(cell, _LINK)


def _put_row(sheet: Worksheet, row: int, tall: float, texts: Iterable[str], look: Look) -> None:
    """Write texts from the second column on, never as formulas."""
    sheet.row_dimensions[row].height = tall
    for column, text in enumerate(texts, 2):
        cell = sheet.cell(row, column)
        _dress(cell, look)
        if text:
            cell.value = plain(text)
            cell.data_type = "s"


def _dress(cell: Cell | MergedCell, look: Look) -> None:
    """Give a cell a look of our own sheets."""
    cell.font = Font(
        name=TYPEFACE, size=look.size, bold=look.bold, color=_argb(look.colour), u="single" if look.underline else None
    )
    aligned = Alignment(horizontal=look.horizontal or None, vertical=look.vertical, wrap_text=look.wrap, indent=look.indent)
    cell.alignment = aligned
    if look.fill:
        cell.fill = PatternFill("solid", start_color=_argb(look.fill), end_color=_argb(look.fill))
    if look.border:
        side = Side(style="thin", color=_argb(look.border))
        cell.border = Border(left=side, right=side, top=side, bottom=side)


def _argb(colour: str) -> str:
    return "FF" + colour.removeprefix("#")
