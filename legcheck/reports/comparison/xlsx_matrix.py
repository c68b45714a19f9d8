"""Tables of figures: each a number, with its range and answered share in the column beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break

from legcheck.reports import palette
from legcheck.reports.comparison.view import SpreadView
from legcheck.reports.comparison.xlsx_parts import colour_scale
from legcheck.reports.xlsx_cells import COLUMN, NUMBER, Look, Sheet
from legcheck.reports.xlsx_tables import Column, keep_in_sight

T = TypeVar("T")

BAND = replace(COLUMN, size=9, centred=True)
BESIDE = Look(size=9, ink=palette.MUTED, boxed=True, centred=True)
ALONE = replace(BESIDE, ink=palette.INK, bold=True)
MIDDLE = replace(NUMBER, bold=True, fill=palette.SURFACE)
MIDDLE_BESIDE = replace(BESIDE, fill=palette.SURFACE)
MIDDLE_HEAD = Look(bold=True, fill=palette.SURFACE, boxed=True)
NUMBER_WIDTH, BESIDE_WIDTH = 9.0, 13.0
_FILTER_BUTTON = 3
_TWO_LINES = 28.0
_WIDEST_PRINT = 205  # characters across a sheet of paper at this scale
_PRINT_SCALE = 58


@dataclass(frozen=True)
class Pair:
    """A figure and what stands beside it."""

    number: float | None
    beside: str


@dataclass(frozen=True)
class Node(Generic[T]):
    """A figure's place in the matrix: `short` heads its number, `more` are further columns under its title."""

    title: str
    short: str
    more: Sequence[Column[T]] = ()


@dataclass(frozen=True)
class Matrix(Generic[T]):
    """What a matrix shows: columns before the figures and after them, and rows of figures in the order of the nodes.

    `middles` stand above the rows, out of reach of filter and sort.
    """

    heads: Sequence[Column[T]]
    nodes: Sequence[Node[T]]
    tails: Sequence[Column[T]]
    items: Sequence[T]
    pairs: Callable[[T], Sequence[Pair]]
    middles: Sequence[tuple[str, Sequence[Pair]]] = ()
    frozen: int = 4


@dataclass
class _Places:
    """Where the parts of a matrix stand on its sheet."""

    heads: list[int] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)


def write_matrix(page: Sheet, matrix: Matrix[T]) -> None:
    """Write a matrix at the current row: titles of figures, medians, the row to filter by, and the rows."""
    places = _places(matrix)
    page.widths(places.widths)
    top = page.row
    _titles(page, matrix, places)
    for title, pairs in matrix.middles:
        _middle(page, title, pairs, places)
    header = page.row
    _headers(page, matrix, places)
    for item in matrix.items:
        page.row += 1
        _row(page, matrix, item)
    last = page.row
    _shade(page, places.numbers, top, last)
    page.sheet.auto_filter.ref = f"A{header}:{get_column_letter(len(places.widths))}{last}"
    frozen = min(matrix.frozen, len(matrix.heads))
    keep_in_sight(page, header, places.widths, frozen)
    page.sheet.print_title_rows = f"{top}:{header}"
    _break_between_figures(page, places, sum(places.widths[:frozen]), frozen)
    page.row += 1


def pair_of(page: Sheet, spread: SpreadView | None) -> Pair:
    """A group's median, and beside it its quartiles and the number of figures."""
    if spread is None:
        return Pair(None, "")
    beside = page.labels("comparison_sheets.spread.beside", quartiles=spread.quartiles, count=spread.count)
    return Pair(spread.median_share, beside)


def _places(matrix: Matrix[T]) -> _Places:
    places = _Places(widths=[one.width for one in matrix.heads])
    for node in matrix.nodes:
        start = len(places.widths) + 1
        places.numbers.append(start)
        places.widths += [NUMBER_WIDTH, BESIDE_WIDTH, *(one.width for one in node.more)]
        places.spans.append((start, len(places.widths)))
    places.widths += [one.width for one in matrix.tails]
    return places


def _titles(page: Sheet, matrix: Matrix[T], places: _Places) -> None:
    """The title of each figure across its columns."""
    for node, (start, end) in zip(matrix.nodes, places.spans, strict=True):
        page.put(start, node.title, BAND)
        for column in range(start + 1, end + 1):
            page.put(column, None, BAND)
        page.sheet.merge_cells(start_row=page.row, end_row=page.row, start_column=start, end_column=end)
        page.fit(node.title, sum(places.widths[start - 1 : end]), BAND)
    page.row += 1


def _middle(page: Sheet, title: str, pairs: Sequence[Pair], places: _Places) -> None:
    for column in range(1, len(places.widths) + 1):
        page.put(column, None, MIDDLE_HEAD)
    page.put(1, title, MIDDLE_HEAD)
    last = places.numbers[0] - 1
    if last > 1:
        page.sheet.merge_cells(start_row=page.row, end_row=page.row, start_column=1, end_column=last)
    page.fit(title, sum(places.widths[:last]), MIDDLE_HEAD)
    for start, pair in zip(places.numbers, pairs, strict=True):
        page.put(start, pair.number, MIDDLE)
        page.put(start + 1, pair.beside, MIDDLE_BESIDE)
    _at_least_two_lines(page)
    page.row += 1


def _headers(page: Sheet, matrix: Matrix[T], places: _Places) -> None:
    beside = page.labels("comparison_sheets.column.beside")
    titles = [one.title for one in matrix.heads]
    for node in matrix.nodes:
        titles += [node.short, beside, *(one.title for one in node.more)]
    titles += [one.title for one in matrix.tails]
    for column, (title, width) in enumerate(zip(titles, places.widths, strict=True), start=1):
        page.put(column, title, COLUMN)
        page.fit(title, width - _FILTER_BUTTON, COLUMN)


def _row(page: Sheet, matrix: Matrix[T], item: T) -> None:
    column = 0
    for one in matrix.heads:
        column += 1
        _put(page, column, one, item)
    for node, pair in zip(matrix.nodes, matrix.pairs(item), strict=True):
        page.put(column + 1, pair.number, NUMBER)
        page.put(column + 2, pair.beside, ALONE if pair.number is None else BESIDE)
        column += 2
        for one in node.more:
            column += 1
            _put(page, column, one, item)
    for one in matrix.tails:
        column += 1
        _put(page, column, one, item)
    _at_least_two_lines(page)


def _put(page: Sheet, column: int, one: Column[T], item: T) -> None:
    value, look = one.value(item), one.look_of(item)
    page.put(column, value, look)
    page.fit(value, one.width, look)


def _at_least_two_lines(page: Sheet) -> None:
    dimension = page.sheet.row_dimensions[page.row]
    dimension.height = max(dimension.height or 0, _TWO_LINES)


def _break_between_figures(page: Sheet, places: _Places, kept: float, frozen: int) -> None:
    """On paper no page ends between a figure and what stands beside it; the first columns are repeated on each."""
    set_up: Any = page.sheet.sheet_properties.pageSetUpPr
    set_up.fitToPage = False
    page.sheet.page_setup.scale = _PRINT_SCALE
    ends = dict(places.spans)
    used, column = kept, frozen + 1
    while column <= len(places.widths):
        end = ends.get(column, column)
        width = sum(places.widths[column - 1 : end])
        if used + width > _WIDEST_PRINT and used > kept:
            page.sheet.col_breaks.append(Break(id=column - 1))
            used = kept
        used += width
        column = end + 1


def _shade(page: Sheet, numbers: Sequence[int], first: int, last: int) -> None:
    ranges = " ".join(f"{letter}{first}:{letter}{last}" for letter in map(get_column_letter, numbers))
    page.sheet.conditional_formatting.add(ranges, colour_scale())
