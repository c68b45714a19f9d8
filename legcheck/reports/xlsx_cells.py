"""Cells of the Excel report: looks shared by all sheets, and text that stays text whatever was typed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING, Any

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from legcheck.reports import palette

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from legcheck.labels import Labels
    from legcheck.reports.view import ReportView

Value = str | float | None

TYPEFACE = "Arial"
PERCENT = "[=0]0%;[=1]0%;0.0%"  # 0 and 100 per cent only where exactly true
LONGEST_TEXT = 32_000
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE_IN_XLSX = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t")
_LINE_HEIGHT = 13.0
_TALLEST_ROW = 405.0
_LETTERS_A_CHARACTER = 1.3
_LOST_AT_LINE_END = 2.5
_FIRST_WIDE_LETTER = "\u2e80"


@dataclass(frozen=True)
class Look:
    """How a cell looks."""

    size: float = 10
    bold: bool = False
    ink: str = palette.INK
    fill: str = ""
    wrap: bool = True
    boxed: bool = False
    centred: bool = False
    format: str = "General"
    quoted: bool = False


TITLE = Look(size=16, bold=True, ink=palette.TITLE, wrap=False)
SUBTITLE = Look(size=11, ink=palette.MUTED, wrap=False)
NOTICE = Look(bold=True, ink=palette.ACCENT)
HEADING = Look(size=12, bold=True, ink=palette.TITLE, wrap=False)
LEAD = Look(ink=palette.MUTED)
TEXT = Look()
LABEL = Look(bold=True)
COLUMN = Look(bold=True, ink=palette.PAPER, fill=palette.TITLE, boxed=True)
BODY = Look(boxed=True)
STRONG = Look(boxed=True, bold=True)
NUMBER = Look(boxed=True, centred=True, format=PERCENT)
POINTS = Look(boxed=True, centred=True, format="0.0#")
LINK = Look(boxed=True, ink=palette.TITLE)


def toned(tone: palette.Tone) -> Look:
    """The look of a rating or priority; a dark fill becomes the ink, for cells may be tall."""
    if tone.ink == palette.PAPER:
        return Look(bold=True, ink=tone.fill, boxed=True)
    return Look(bold=True, ink=tone.ink, fill=tone.fill, boxed=True)


def signed(tone: palette.Tone, text: str) -> str:
    """A word with the sign that stands for its colour."""
    return f"{tone.sign} {text}".strip()


class Sheet:
    """One sheet that is filled from top to bottom."""

    def __init__(self, sheet: Worksheet, looks: Looks, labels: Labels) -> None:
        self.sheet = sheet
        self.looks = looks
        self.labels = labels
        self.row = 1

    def put(self, column: int, value: Value, look: Look = TEXT) -> Any:
        """Write into the current row."""
        cell: Any = self.sheet.cell(self.row, column)
        if isinstance(value, str):
            text = self.clean(value)
            look = replace(look, quoted=True) if text.startswith(_BEGINS_A_FORMULA) else look
            # Past the guesses of openpyxl, which takes a text that begins with "=" for a formula.
            cell._value, cell.data_type = text, "s"
        else:
            cell._value = value
        self.looks.dress(cell, look)
        return cell

    def clean(self, text: str) -> str:
        """The text as a cell can hold it; one that is too long says so."""
        plain = _ESCAPE_IN_XLSX.sub("_x005F_", in_xml(text.replace("\r\n", "\n").replace("\r", "\n")))
        if len(plain) > LONGEST_TEXT:
            return plain[:LONGEST_TEXT] + "\n" + self.labels("xlsx.continued")
        return plain

    def line(self, value: str, look: Look = TEXT, *, start: int = 1, end: int = 1) -> None:
        """A text across the columns from `start` to `end`, in a row of its own."""
        self.put(start, value, look)
        if end > start:
            self.sheet.merge_cells(start_row=self.row, end_row=self.row, start_column=start, end_column=end)
        width = sum(self.sheet.column_dimensions[get_column_letter(column)].width for column in range(start, end + 1))
        self.fit(value, width, look)
        self.row += 1

    def fit(self, text: Value, width: float, look: Look = TEXT) -> None:
        """Make the current row high enough for a text, which not every program does by itself."""
        lines = lines_of(text, width, look) if isinstance(text, str) and look.wrap else 1
        dimension = self.sheet.row_dimensions[self.row]
        dimension.height = min(max(dimension.height or 0, lines * _LINE_HEIGHT * look.size / 10 + 4), _TALLEST_ROW)

    def skip(self, rows: int = 1) -> None:
        """Leave rows empty."""
        self.row += rows

    def widths(self, widths: Sequence[float]) -> None:
        """Set the widths of the columns, in characters."""
        for column, width in enumerate(widths, start=1):
            self.sheet.column_dimensions[get_column_letter(column)].width = width


class Page(Sheet):
    """A sheet of the gap report."""

    def __init__(self, sheet: Worksheet, looks: Looks, view: ReportView, labels: Labels) -> None:
        super().__init__(sheet, looks, labels)
        self.view = view


class Looks:
    """The looks of a workbook, each made once and then shared."""

    def __init__(self, book: Workbook) -> None:
        self._scratch = book.worksheets[0]
        self._made: dict[Look, Any] = {}

    def dress(self, cell: Any, look: Look) -> None:
        """Give a cell its look; cells of one look share it."""
        made = self._made.get(look)
        if made is None:
            made = self._made[look] = self._make(look)
        cell._style = made

    def _make(self, look: Look) -> Any:
        model: Any = Cell(self._scratch, row=1, column=1)
        model.font = Font(name=TYPEFACE, size=look.size, bold=look.bold, color=argb(look.ink))
        model.alignment = Alignment(wrap_text=look.wrap, vertical="top", horizontal="center" if look.centred else None)
        if look.fill:
            model.fill = PatternFill("solid", start_color=argb(look.fill), end_color=argb(look.fill))
        if look.boxed:
            side = Side(style="thin", color=argb(palette.LINE))
            model.border = Border(left=side, right=side, top=side, bottom=side)
        model.number_format = look.format
        model.quotePrefix = look.quoted
        return model._style


def in_xml(text: str) -> str:
    """The text without the characters that no part of the file can hold."""
    return _NOT_IN_XML.sub("", text)


def lines_of(text: str, width: float, look: Look) -> int:
    """About how many lines a text takes in a column of `width` characters; a little more rather than less."""
    letters = max(width * _LETTERS_A_CHARACTER * (0.92 if look.bold else 1) * 10 / look.size - _LOST_AT_LINE_END, 4)
    return sum(max(1, ceil(_length(line) / letters)) for line in text.split("\n"))


def _length(line: str) -> int:
    """The letters of a line, wide ones counted twice."""
    return len(line) if line.isascii() else len(line) + sum(letter >= _FIRST_WIDE_LETTER for letter in line)


def argb(colour: str) -> str:
    """A colour of the palette as Excel writes it."""
    return "FF" + colour.removeprefix("#")
