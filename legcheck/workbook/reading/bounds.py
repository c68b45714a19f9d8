"""Keeps a workbook within bounds before it is read: cells far apart, merged cells, texts repeated a million times.

The fast reader holds a sheet as one dense table from the first filled cell to the last. A stray cell at ``XFD1048576`` would make
that table larger than any memory, and end the process without a word.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from legcheck.issues import FILE_TOO_BIG, FILE_UNREADABLE, STRAY_CELL, InputError, Location, reject
from legcheck.workbook.text import address, cell_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MEGABYTE = 1_000_000
LARGEST_CONTENT = 40 * MEGABYTE
LARGEST_TEXTS = 200 * MEGABYTE
MOST_CELLS = 500_000
LARGEST_AREA = 2_000_000
LAST_CELL = "XFD1048576"
SMALLEST_TEXT_CELL = len('<c t="s"><v>0</v></c>')

# What an address far out looks like: three letters, or five digits and more. It may also stand in a text.
_FAR = re.compile(rb"""r\s*=\s*["'](?:[A-Za-z]{3}|[A-Za-z]{0,2}[0-9]{5})""")
# What begins a comment, an instruction, a formula or merged cells; rules for colours and lists may hold formulas of their own,
# and the first printed page a header.
_SPECIAL = re.compile(rb"<[!?fm](?!ormula|irst[HF])")
_HIDES = re.compile(rb"<[!?]")  # comments and instructions, in which cells could hide from a search
_TAG = re.compile(rb"<[^<>]*>")
_CELL_TAG = re.compile(rb"<(?:\w+:)?(c|row)[\s>/]")
_ADDRESS = re.compile(rb"""\sr\s*=\s*["']([^"']*)["']""")
_PLACE = re.compile(rb"([A-Za-z]{0,3})([0-9]{1,7})")
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\b[^>]*?ref\s*=\s*["']([A-Za-z]{1,3}[0-9]{1,7}):([A-Za-z]{1,3}[0-9]{1,7})["']""")
_TEXT_CELL = re.compile(rb"""\st\s*=\s*["']s["'][^>]*>\s*<(?:\w+:)?v>\s*([0-9]+)""")


def check_sheet(sheet: bytes, name: str, at: Location) -> bool:
    """Refuse the XML of a sheet that could not be held as a table; say whether it is plain, without formulas or merged cells.

    Raises:
        InputError: it has too many cells, cells too far apart, or is written in a way that could hide them.
    """
    plain = _SPECIAL.search(sheet, 5) is None and b"<sheetData" in sheet
    if not plain and _HIDES.search(sheet, 5) is not None:
        raise reject(FILE_UNREADABLE, at, problem=name)
    if len(sheet) > MOST_CELLS * 4 and len(_CELL_TAG.findall(sheet)) > MOST_CELLS:
        raise too_big(at)
    if not plain and b"mergeCell" in sheet:
        _check_merged(sheet, name, at)
    cells = sheet[sheet.find(b"sheetData") : sheet.rfind(b"sheetData")]
    if _FAR.search(cells) is not None:
        _check_area(cells, name, at)
    return plain


def check_texts(parts: Mapping[str, bytes], at: Location) -> None:
    """Refuse a few long texts repeated so often that all cells together could not be held.

    Raises:
        InputError: they could not.
    """
    shared = parts.get("xl/sharedStrings.xml", b"")
    lengths = [len(text) for text in shared.split(b"</si>")]
    most_cells = sum(map(len, parts.values())) // SMALLEST_TEXT_CELL
    if max(lengths) * most_cells <= LARGEST_TEXTS:
        return
    total = 0
    for name, part in parts.items():
        if name != "xl/sharedStrings.xml":
            cited = (int(found) for found in _TEXT_CELL.findall(part) if len(found) < 9)
            total += sum(lengths[place] for place in cited if place < len(lengths))
    if total > LARGEST_TEXTS:
        raise too_big(at)


def too_big(at: Location) -> InputError:
    """The error for a file that holds more than any assessment needs."""
    return reject(FILE_TOO_BIG, at, limit=LARGEST_CONTENT // MEGABYTE)


def _check_area(cells: bytes, name: str, at: Location) -> None:
    """Look at every cell: what is filled must fit a table of reasonable size."""
    last_row, last_column, farthest = 0, 0, ""
    for row, column in _filled(cells, name, at):
        if row > last_row or column > last_column:
            farthest = address(row, column)
        last_row, last_column = max(last_row, row), max(last_column, column)
    if (last_row + 1) * (last_column + 1) > LARGEST_AREA:
        raise reject(STRAY_CELL, at, cell=farthest)


def _filled(cells: bytes, name: str, at: Location) -> Iterator[tuple[int, int]]:
    """Row and column of every cell that holds something; one without an address follows the one before it."""
    row = column = -1
    tags = list(_TAG.finditer(cells))
    if b"<" in _TAG.sub(b"", cells[cells.find(b">") + 1 : cells.rfind(b"<")]):
        raise reject(FILE_UNREADABLE, at, problem=name)
    for place, found in enumerate(tags):
        tag = found[0]
        kind = _CELL_TAG.match(tag)
        if kind is None:
            continue
        if tag.count(b'"') % 2 or tag.count(b"'") % 2:  # a quoted > would end the tag for us, and not for another reader
            raise reject(FILE_UNREADABLE, at, problem=name)
        written = _ADDRESS.search(tag)
        if written is None:
            row, column = (row + 1, -1) if kind[1] == b"row" else (row, column + 1)
        else:
            row, column = _placed(written[1], at)
        empty = tag.endswith(b"/>") or (place + 1 < len(tags) and _closes(found, tags[place + 1]))
        if kind[1] == b"c" and not empty:
            yield row, column


def _placed(written: bytes, at: Location) -> tuple[int, int]:
    """Row and column of an address; of a row alone, the place before its first cell."""
    parts = _PLACE.fullmatch(written)
    if parts is None:
        raise reject(STRAY_CELL, at, cell=written[:20].decode("utf-8", "replace"))
    if not parts[1]:
        return int(parts[2]) - 1, -1
    return cell_of(written.decode())


def _closes(opening: re.Match[bytes], following: re.Match[bytes]) -> bool:
    return following.start() == opening.end() and following[0].startswith(b"</")


def _check_merged(sheet: bytes, name: str, at: Location) -> None:
    """Refuse merged cells that together hold more cells than a sheet of ours could."""
    found = _MERGED.findall(sheet)
    if len(found) < sheet.count(b"mergeCell ") + sheet.count(b"mergeCell\n"):
        raise reject(FILE_UNREADABLE, at, problem=name)
    area = 0
    for first, last in found:
        (top, left), (bottom, right) = cell_of(first.decode()), cell_of(last.decode())
        area += (abs(bottom - top) + 1) * (abs(right - left) + 1)
        if area > LARGEST_AREA:
            raise reject(STRAY_CELL, at, cell=last.decode())
