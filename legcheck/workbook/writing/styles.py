"""The looks of a workbook: one palette, one typeface, heights that show every line."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.properties import PageSetupProperties

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell

TYPEFACE = "Arial"

INK = "FF1F2F3A"
MUTED = "FF5A6B76"
NAVY = "FF23485C"
TEAL = "FF2E7D7A"
WHITE = "FFFFFFFF"
BANNER = "FFDCE8EC"
PAPER = "FFF4F7F8"
LINE = "FFC9D4DA"
CAUTION = "FFFDF3DC"
CAUTION_LINE = "FFE3B95B"
BAD = "FFF6CFCB"
BAD_LINE = "FFB3402F"
DONE = "FFDDEFE2"


@dataclass(frozen=True)
class Look:
    """How a cell looks; `open` cells may be written in while the sheet is protected."""

    size: float = 10
    bold: bool = False
    italic: bool = False
    colour: str = INK
    fill: str = ""
    wrap: bool = True
    horizontal: str = "left"
    vertical: str = "top"
    boxed: bool = False
    open: bool = False
    number_format: str = "General"
    indent: int = 0
    underline: bool = False

    @property
    def font(self) -> Font:
        return _font(self.size, self.bold, self.italic, self.colour, self.underline)


@cache
def _font(size: float, bold: bool, italic: bool, colour: str, underline: bool) -> Font:
    return Font(name=TYPEFACE, size=size, bold=bold, italic=italic, color=colour, underline="single" if underline else None)


@cache
def fill(colour: str) -> PatternFill:
    """A plain background."""
    return PatternFill("solid", start_color=colour, end_color=colour)


@cache
def _box() -> Border:
    side = Side(style="thin", color=LINE)
    return Border(left=side, right=side, top=side, bottom=side)


@cache
def _alignment(look: Look) -> Alignment:
    return Alignment(horizontal=look.horizontal, vertical=look.vertical, wrap_text=look.wrap, indent=look.indent)


@cache
def _protection(open_cell: bool) -> Protection:
    return Protection(locked=not open_cell)


def writable(text: str) -> str:
    """A text without the characters that a workbook cannot hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", text)


def fit_to_page() -> PageSetupProperties:
    """The mark of a sheet that is printed as wide as the page."""
    return PageSetupProperties(fitToPage=True)


def apply(cell: Cell | MergedCell, look: Look) -> None:
    """Give a cell its look."""
    cell.font = look.font
    cell.alignment = _alignment(look)
    cell.protection = _protection(look.open)
    cell.number_format = look.number_format
    if look.fill:
        cell.fill = fill(look.fill)
    if look.boxed:
        cell.border = _box()


TITLE = Look(size=20, bold=True, colour=WHITE, fill=NAVY, vertical="center", wrap=False, indent=1)
BAND = Look(size=10, colour=WHITE, fill=NAVY, vertical="center", wrap=False, indent=1)
SECTION = Look(size=12, bold=True, colour=NAVY, vertical="bottom", wrap=False)
TEXT = Look()
SMALL = Look(size=9, colour=MUTED)
LABEL = Look(bold=True, fill=PAPER, boxed=True, vertical="center", indent=1)
HINT = Look(size=9, colour=MUTED, vertical="center", indent=1)
HEADING = Look(size=9, bold=True, colour=WHITE, fill=NAVY, vertical="center", horizontal="center", boxed=True)
ANSWER_HEADING = Look(size=9, bold=True, colour=WHITE, fill=TEAL, vertical="center", horizontal="center", boxed=True)
FIXED = Look(size=9, fill=PAPER, boxed=True, indent=1)
ANSWER = Look(size=9, boxed=True, open=True, number_format="@", indent=1)
CHOICE = Look(size=9, boxed=True, open=True, number_format="@", horizontal="center")
DATE = Look(size=9, boxed=True, open=True, number_format="yyyy-mm-dd", horizontal="center")
BANNER_ROW = Look(size=11, bold=True, colour=NAVY, fill=BANNER, vertical="center", wrap=False)

# Widths of Arial and Helvetica in thousandths of the size, by character; anything else is taken as a wide letter.
_WIDTHS = {
    191: "'", 222: "ijl", 260: "|", 278: " !,./:;I[\\]ft", 333: "()-`r", 355: '"', 389: "*", 500: "Jckszvxy",
    556: "#$0123456789?L_abdeghnopqu", 584: "+<=>~", 611: "FTZ", 667: "&ABEKPSVXY", 722: "CDHNRUw", 778: "GOQ", 833: "Mm",
    889: "%", 944: "W", 1015: "@",
}  # fmt: skip
_WIDTH_OF = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_PIXELS_A_CHARACTER = 7
_PIXELS_A_POINT = 96 / 72
_PIXELS_AN_INDENT = 9
TALLEST_ROW = 405


def height(text: str, width: float, look: Look) -> float:
    """The height in points that a wrapped text takes in a column of `width` characters."""
    pixels = width * _PIXELS_A_CHARACTER - 5 - look.indent * _PIXELS_AN_INDENT
    available = max(pixels, _PIXELS_A_CHARACTER) / _PIXELS_A_POINT / look.size * 1000
    lines = sum(_lines(line, available / (1.06 if look.bold else 1)) for line in text.split("\n"))
    return lines * look.size * 1.3


def heading_width(text: str, width: float) -> float:
    """The width of a column that shows each word of its heading whole."""
    longest = max((_width(word) for word in text.split()), default=0)
    return max(width, round((longest * 1.06 * HEADING.size / 1000 * _PIXELS_A_POINT + 10) / _PIXELS_A_CHARACTER, 1))


def row_height(*heights: float, least: float = 18) -> float:
    """The height of a row that holds texts of these heights."""
    return min(TALLEST_ROW, max(least, *(one + 7 for one in heights)))


def _lines(line: str, available: float) -> int:
    """How many lines a text takes when words are not broken."""
    lines, filled = 1, 0.0
    for word in line.split(" "):
        wide = _width(word)
        if filled and filled + 278 + wide > available:
            lines, filled = lines + 1, 0.0
        filled += wide + (278 if filled else 0)
        while filled > available:
            lines, filled = lines + 1, filled - available
    return lines


@cache
def _width(word: str) -> float:
    return sum(_letter_width(letter) for letter in word)


@cache
def _letter_width(letter: str) -> float:
    if letter in _WIDTH_OF:
        return _WIDTH_OF[letter]
    base = unicodedata.normalize("NFKD", letter)[0]
    if base in _WIDTH_OF:
        return _WIDTH_OF[base]
    return 1000 if unicodedata.east_asian_width(letter) in "WF" else 600
