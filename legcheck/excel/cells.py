"""Cells of a workbook: where they are, which texts they can hold, how they look and how much room they need."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

TYPEFACE = "Arial"
TALLEST_ROW = 405
"""The tallest row we set, in points, a little below Excel's limit of 409."""

# Widths of Arial in thousandths of the size, by character; any other character counts as a wide letter.
_WIDTHS = {
    191: "'", 222: "ijl", 260: "|", 278: " !,./:;I[\\]ft", 333: "()-`r", 355: '"', 389: "*", 500: "Jckszvxy",
    556: "#$0123456789?L_abdeghnopqu", 584: "+<=>~", 611: "FTZ", 667: "&ABEKPSVXY", 722: "CDHNRUw", 778: "GOQ", 833: "Mm",
    889: "%", 944: "W", 1015: "@",
}  # fmt: skip
_WIDTH_OF = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_SPACE = _WIDTH_OF[" "]
_BOLD = 1.06
_LINE = 1.3
_PIXELS_PER_CHARACTER = 7
_PIXELS_PER_POINT = 96 / 72
_PIXELS_PER_INDENT = 9
_CELL_PADDING = 5
_HEADING_PADDING = 10
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME, _SHORT_WORD = 31, 3
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Cells:
    """A range in one column of a sheet, or a single cell if `last` is 0."""

    sheet: str
    column: int
    first: int
    last: int = 0

    def __str__(self) -> str:
        """The range as a formula on any sheet writes it: ``'Laws'!$B$4:$B$9``."""
        start = f"{quoted(self.sheet)}!${letter(self.column)}${self.first}"
        return f"{start}:${letter(self.column)}${self.last}" if self.last else start

    def indexes(self) -> list[str | int]:
        """The range as XlsxWriter takes it, counted from 0."""
        return [self.sheet, self.first - 1, self.column - 1, (self.last or self.first) - 1, self.column - 1]


def letter(column: int) -> str:
    """The letters of a column: 28 is ``AB``."""
    letters = ""
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def address(row: int, column: int, last_row: int = 0, last_column: int = 0) -> str:
    """The address of a cell, or of a block of cells if an end is given: ``B4:C9``."""
    start = f"{letter(column)}{row}"
    return f"{start}:{letter(last_column or column)}{last_row or row}" if last_row or last_column else start


def quoted(sheet: str) -> str:
    """The name of a sheet as formulas write it."""
    return "'" + sheet.replace("'", "''") + "'"


def sheet_name(title: str, taken: Sequence[str]) -> str:
    """The nearest sheet name that Excel accepts: short, without special characters, and unused in any letter case."""
    name = _shortened(" ".join(_NOT_IN_NAMES.sub(" ", plain(title)).split())).strip("' ") or "-"
    used = {"history", *(one.casefold() for one in taken)}
    names = (name, *(f"{cut(name, _LONGEST_NAME - 4).rstrip()} {number}" for number in range(2, 1000)))
    return next(one for one in names if one.casefold() not in used)


def _shortened(name: str) -> str:
    """A name cut after a word, and not after a short one such as "of", which leads on to the next."""
    if utf16_length(name) <= _LONGEST_NAME:
        return name
    words = cut(name, _LONGEST_NAME + 1).split(" ")
    kept = words[:-1] or [cut(name, _LONGEST_NAME)]
    while len(kept) > 1 and len(kept[-1]) <= _SHORT_WORD:
        kept.pop()
    return cut(" ".join(kept), _LONGEST_NAME).rstrip(",;- ")


def plain(text: str) -> str:
    """The text without characters that no part of the file can hold, its lines ended by line feeds."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _NOT_IN_XML.sub("", text)


def cut(text: str, most: int) -> str:
    """The first `most` characters as Excel counts them, in units of UTF-16."""
    if len(text) * 2 <= most:
        return text
    return text.encode("utf-16-le")[: most * 2].decode("utf-16-le", "ignore")


def utf16_length(text: str) -> int:
    """The length as Excel counts it, in units of UTF-16."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


@dataclass(frozen=True)
class Look:
    """How a cell looks.

    `border` is the colour of a thin line on all four sides, none if empty. `open` cells can be edited while the sheet is
    protected. A text that does not wrap is made smaller where it would not fit, if it may `shrink`.
    """

    size: float = 10
    bold: bool = False
    italic: bool = False
    underline: bool = False
    colour: str = "#000000"
    fill: str = ""
    border: str = ""
    wrap: bool = True
    shrink: bool = False
    horizontal: str = ""
    vertical: str = "top"
    indent: int = 0
    format: str = "General"
    open: bool = False

    def properties(self) -> dict[str, Any]:
        """The look as format properties of XlsxWriter."""
        found: dict[str, Any] = {
            "font_size": self.size,
            "bold": self.bold,
            "italic": self.italic,
            "underline": int(self.underline),
            "font_color": self.colour,
            "text_wrap": self.wrap,
            "shrink": self.shrink,
            "valign": "vcenter" if self.vertical == "center" else self.vertical,
            "indent": self.indent,
            "num_format": self.format,
            "locked": not self.open,
        }
        if self.horizontal:
            found["align"] = self.horizontal
        if self.fill:
            found |= {"pattern": 1, "fg_color": self.fill, "bg_color": self.fill}
        if self.border:
            found |= {"border": 1, "border_color": self.border}
        return found


def height(text: str, width: float, look: Look) -> float:
    """The height in points of a text in a column of `width` characters, wrapped if the look says so."""
    if not look.wrap:
        return look.size * _LINE
    pixels = max(width * _PIXELS_PER_CHARACTER - _CELL_PADDING - look.indent * _PIXELS_PER_INDENT, _PIXELS_PER_CHARACTER)
    available = pixels / _PIXELS_PER_POINT / look.size * 1000 / (_BOLD if look.bold else 1)
    return sum(_lines(line, available) for line in text.split("\n")) * look.size * _LINE


def width_of_heading(text: str, least: float, look: Look) -> float:
    """The width in characters of a column that shows each word of its heading whole, `least` or more."""
    longest = max((_width(word) for word in text.split()), default=0) * (_BOLD if look.bold else 1)
    pixels = longest * look.size / 1000 * _PIXELS_PER_POINT + _HEADING_PADDING
    return max(least, round(pixels / _PIXELS_PER_CHARACTER, 1))


@lru_cache(maxsize=20_000)
def _lines(line: str, available: float) -> int:
    """How many lines a text takes; a word is broken only if it is longer than a line."""
    lines, filled = 1, 0.0
    for word in line.split(" "):
        width = _width(word)
        if filled and filled + _SPACE + width > available:
            lines, filled = lines + 1, 0.0
        filled += width + (_SPACE if filled else 0)
        while filled > available:
            lines, filled = lines + 1, filled - available
    return lines


@lru_cache(maxsize=20_000)
def _width(word: str) -> float:
    return sum(_WIDTH_OF.get(letter) or _other_width(letter) for letter in word)


@lru_cache(maxsize=5_000)
def _other_width(letter: str) -> float:
    """An accented letter is as wide as its base, a letter of another script about 600, a full-width one 1000."""
    base = unicodedata.normalize("NFKD", letter)[0]
    if base in _WIDTH_OF:
        return _WIDTH_OF[base]
    return 1000 if unicodedata.east_asian_width(letter) in "WF" else 600
