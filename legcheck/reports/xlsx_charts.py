"""The bar chart of the Excel reports: shares with the range that open answers leave, each with its figure at the bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING, Any, TypeVar

from legcheck.excel import Axis, Chart, Look, Series, height
from legcheck.reports import palette
from legcheck.reports.xlsx_tables import MARGINS, Column, Page, write_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T")

WIDTH_CM = 24.0
COLOURS: Mapping[str, Any] = {"ink": palette.TITLE, "muted": palette.MUTED, "grid": palette.LINE}
SHARES = Axis(minimum=0, maximum=1, step=0.25, format="0%", grid=True)
_FOR_FIGURES = 0.2  # of the width beside the names, so that the figure of the longest bar has room
_LEAST_CM = 4.5  # in lower charts LibreOffice breaks the labels at bars
NAMES = (0.12, 0.2, 0.28, 0.34)
"""The shares of the width that names can have: the least in which all stand on one line, or the most."""
_LINE_CM, _TITLE_LINE_CM = 0.39, 0.52
_BAR_CM, _HEAD_CM, _AXIS_CM, _KEY_CM, _ROW_CM = 0.55, 0.7, 0.8, 1.2, 0.529
_CHARACTERS_PER_CM = 96 / 2.54 / 7
_NAME, _TITLE = Look(size=9), Look(size=11, bold=True)


@dataclass(frozen=True)
class Bar:
    """What is written at a bar: its name, and its figure as printed; `sure` if no open answer could change it."""

    name: str
    display: str
    sure: bool


@dataclass(frozen=True)
class Block:
    """The rows at which a chart and its table begin."""

    chart: int
    table: int


@dataclass(frozen=True)
class Part:
    """A part of every bar: the column that holds where it ends, its colour, and its name in the key, if it has one."""

    column: str
    colour: str
    name: str


def write_bars(
    page: Page,
    title: str,
    described: str,
    bars: Sequence[Bar],
    parts: Sequence[Part],
    columns: Sequence[Column[T]],
    items: Sequence[T],
) -> Block:
    """Write a chart and below it the table that it shows, a bar for each row, named by the first column.

    The parts overlap, the longest first. A key stands below only if some bar has more than one.
    """
    top, keyed, names = page.row, not all(one.sure for one in bars), _width_of_names(bars)
    above = _lines(title, WIDTH_CM * 0.9, _TITLE) * _TITLE_LINE_CM + _HEAD_CM
    tall = max(max(_lines_each(bars, names) * _LINE_CM, _BAR_CM) * len(bars), _LEAST_CM)
    whole = above + tall + _AXIS_CM + (_KEY_CM if keyed else 0)
    page.skip(rows_below(whole))
    start = page.row
    written = write_rows(page, columns, items)
    series = [
        Series(
            part.name,
            written.cells(columns[0].key),
            written.cells(part.column),
            part.colour,
            named=keyed and bool(part.name),
            labels=tuple(one.display for one in bars) if part is parts[0] else (),
        )
        for part in parts
    ]
    plot = (names, above / whole, (0.97 - names) * (1 - _FOR_FIGURES), tall / whole)
    chart = Chart("bar", described, series, WIDTH_CM, whole, plot, title=title, values=SHARES, **COLOURS)
    page.sheet.chart(top, 1, chart)
    page.skip()
    return Block(top, start)


def rows_below(height_cm: float) -> int:
    """How many rows a chart covers, and one more."""
    return ceil(height_cm / _ROW_CM) + 1


def print_in_blocks(page: Page, blocks: Sequence[Block], columns: int) -> None:
    """Print each chart on a page with its table or, where they do not fit, the table on the next."""
    points, starts = page.sheet.fit_across(columns, MARGINS), [1]
    ends = [one.chart for one in blocks[1:]] + [page.row] * bool(blocks)
    for one, end in zip(blocks, ends, strict=True):
        first = 1 if one is blocks[0] else one.chart  # the head of the sheet stands above the first chart
        starts += [] if first == 1 else [first]
        starts += [one.table] if page.sheet.height(first, end - 1) > points else []
    page.sheet.break_pages(rows=page.sheet.keep_together(starts, page.row, points))


def _width_of_names(bars: Sequence[Bar]) -> float:
    return next((share for share in NAMES if _lines_each(bars, share) == 1), NAMES[-1])


def _lines_each(bars: Sequence[Bar], share: float) -> float:
    """How many lines apart the bars stand, so that no name in that share of the width meets the next."""
    lines = [_lines(one.name, WIDTH_CM * share * 0.92, _NAME) for one in bars]
    return max((one + following) / 2 for one, following in pairwise((1, *lines, 1)))


def _lines(text: str, width_cm: float, look: Look) -> int:
    return round(height(text, width_cm * _CHARACTERS_PER_CM, look) / height("", width_cm, look))
