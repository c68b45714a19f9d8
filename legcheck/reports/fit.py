"""Tables that fit their page: no empty column, columns as wide as their words, and no row that a page could not hold.

How wide words are, and so how high rows, is judged without a font, as a little more than most fonts need.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import zip_longest
from math import ceil

from legcheck.reports.document import Block, Cell, Row, Table, Words, muted

POINTS_PER_CM = 72 / 2.54
MARGINS = 10.0  # of a cell, left and right together
_LINE = 1.3  # the height of a line by its size
_BOLD = 1.2
_TEXT_CM = {False: (17.0, 24.5), True: (25.7, 16.5)}  # the text of a page upright and across, without the head of a table
_SIZE = {False: 9.0, True: 8.0}
_MOST_OF_PAGE = 0.7  # a row higher than this is divided
_LONGEST_PIECE = 150.0  # words that need more are left to break
_SPACES = re.compile(r"[^\S\u00a0\u202f]+|(?<=\w-)(?=\w)")


def fitted(block: Block, *, landscape: bool, continued: str) -> Block:
    """A table made to fit the page; every other block as it is. `continued` stands beside the name that a further row repeats."""
    if not isinstance(block, Table) or block.fixed:
        return block
    width, height = (side * POINTS_PER_CM for side in _TEXT_CM[landscape])
    table = _widened(_without_empty_columns(block), width, _SIZE[landscape])
    widths = [column.width * POINTS_PER_CM for column in table.columns]

    most = height * _MOST_OF_PAGE
    rows = (part for row in table.rows for part in _parts(row, widths, _SIZE[landscape], most, continued))
    return replace(table, rows=tuple(rows))


# Columns ----------------------------------------------------------------------------------------------------------------


def _without_empty_columns(table: Table) -> Table:
    """A table without the columns that have a title and nothing below it."""
    cells = [row.cells for row in table.rows if len(row.cells) == len(table.columns)]
    held = [
        place
        for place, column in enumerate(table.columns)
        if not cells or not column.title or any(row[place].paragraphs or row[place].place or row[place].fill for row in cells)
    ]
    rows = (
        row if len(row.cells) < len(table.columns) else replace(row, cells=tuple(row.cells[place] for place in held))
        for row in table.rows
    )
    return replace(table, columns=tuple(table.columns[place] for place in held), rows=tuple(rows))


def _widened(table: Table, width: float, size: float) -> Table:
    """A table over the whole width whose columns hold their longest word; those with room to spare give of it."""
    share = width / sum(column.width for column in table.columns)
    wished = [column.width * share for column in table.columns]
    least = [_least(table, place, size) for place in range(len(wished))]
    lacking = sum(max(need - wish, 0) for need, wish in zip(least, wished, strict=True))
    spare = sum(max(wish - need, 0) for need, wish in zip(least, wished, strict=True))
    given = min(lacking / spare, 1) if spare else 0.0
    widths = [max(need, wish - (wish - need) * given) for need, wish in zip(least, wished, strict=True)]
    columns = (replace(one, width=new / POINTS_PER_CM) for one, new in zip(table.columns, widths, strict=True))
    return replace(table, columns=tuple(columns))


def _least(table: Table, place: int, size: float) -> float:
    """What a column needs so that none of its words breaks; ratings, on their colour, count as one word."""
    title = width_of(max(_SPACES.split(table.columns[place].title), key=len), size) * _BOLD
    pieces = (
        width_of(piece, size) * (_BOLD if run.strong or run.tone else 1)
        for row in table.rows
        if len(row.cells) == len(table.columns)
        for words in row.cells[place].paragraphs
        for run in words
        for piece in ([f" {run.text} "] if run.tone else _SPACES.split(run.text))
    )
    return MARGINS + max((one for one in (title, *pieces) if one <= _LONGEST_PIECE), default=0.0)


# Rows -------------------------------------------------------------------------------------------------------------------


def height_of(row: Row, widths: Sequence[float], size: float) -> float:
    """About how high a row is in columns of these widths, all in points."""
    return max(_height(one, width, size) for one, width in zip(row.cells, _spanned(row, widths), strict=True))


def _spanned(row: Row, widths: Sequence[float]) -> Iterator[float]:
    """How wide each cell of a row is."""
    place = 0
    for span in row.spans(len(widths)):
        yield sum(widths[place : place + span])
        place += span


def _height(cell: Cell, width: float, size: float) -> float:
    return sum(_high(words, width, size) for words in cell.paragraphs)


def _high(words: Words, width: float, size: float) -> float:
    lines = "".join(run.text for run in words).split("\n")
    return sum(len(wrapped(line, width - MARGINS, size)) for line in lines) * size * _LINE


def _parts(row: Row, widths: Sequence[float], size: float, most: float, continued: str) -> Iterator[Row]:
    """A row, or where it is too high, the rows that its paragraphs are shared out on, each of which repeats its name."""
    high = height_of(row, widths, size)
    if row.band or high <= most:
        yield row
        return
    each = high / ceil(high / most)
    shared = [_shared_out(one.paragraphs, width, size, each) for one, width in zip(row.cells, _spanned(row, widths), strict=True)]
    name = (*row.cells[0].paragraphs[0], muted(f" {continued}")) if row.cells[0].paragraphs else ()
    for place, parts in enumerate(zip_longest(*shared, fillvalue=())):
        cells = [replace(one, paragraphs=part) for one, part in zip(row.cells, parts, strict=True)]
        if place:
            cells[0] = replace(cells[0], paragraphs=(name, *cells[0].paragraphs))
        yield Row(tuple(cells), anchor="" if place else row.anchor)


def _shared_out(paragraphs: Sequence[Words], width: float, size: float, each: float) -> list[tuple[Words, ...]]:
    """Paragraphs in order, shared out by the height at which their middle stands."""
    parts: dict[int, list[Words]] = {}
    above = 0.0
    for one in paragraphs:
        high = _high(one, width, size)
        parts.setdefault(int((above + high / 2) / each), []).append(one)
        above += high
    return [tuple(part) for part in parts.values()]


# Words ------------------------------------------------------------------------------------------------------------------


def wrapped(text: str, width: float, size: float) -> list[str]:
    """Text in lines that fit; words longer than a line, and scripts without spaces, break anywhere. Nothing is cut."""
    lines = [""]
    for word in re.findall(r"\S+\s*", text):
        if lines[-1] and width_of(lines[-1] + word.rstrip(), size) > width:
            lines.append("")
        for sign in word:
            if lines[-1] and not unicodedata.combining(sign) and width_of(lines[-1] + sign.strip(), size) > width:
                lines.append("")
            lines[-1] += sign
    return [line.rstrip() for line in lines]


def width_of(text: str, size: float) -> float:
    """About how wide text is, a little more than most fonts need."""
    return size * sum(map(_em, text))


@cache
def _em(sign: str) -> float:
    if unicodedata.combining(sign) or unicodedata.category(sign) == "Cf":
        return 0.0
    if unicodedata.east_asian_width(sign) in "WF":
        return 1.0
    if sign in "iljtfrI.,;:'|()[]’ ":
        return 0.32
    if sign in "mwMW%":
        return 0.85
    other_script = sign.isalpha() and sign >= "\u0590"  # Hebrew, Arabic and what comes after them
    return 0.66 if sign.isupper() or other_script else 0.5
