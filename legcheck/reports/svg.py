"""Where the parts of a bar chart stand on the web page; the template draws them.

Lengths across are shares of the drawing, so that the chart follows the width of the page and its words keep their size. Lengths
down are pixels.
"""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap

from legcheck.reports.view import DimensionView, Figure

BAR_SHARE = 62.0
BAR_HEIGHT = 12
RANGE_HEIGHT = 6
AXIS = 22
LINE = 16
ROW_GAP = 11
LONGEST_LINE = 34
QUARTERS = (0, 25, 50, 75, 100)


@dataclass(frozen=True)
class Span:
    """A stretch of a bar, in per cent of the drawing's width."""

    x: str
    width: str


@dataclass(frozen=True)
class Bar:
    """One figure of the chart. `central` and `range` are None where there is nothing to draw; `track` stands behind both."""

    figure: Figure
    lines: tuple[tuple[int, str], ...]
    y: int
    track: Span
    central: Span | None
    range: Span | None
    total: bool

    @property
    def top(self) -> int:
        """The baseline of the first line of words."""
        return self.lines[0][0]


@dataclass(frozen=True)
class Tick:
    """A mark of the scale."""

    x: str
    percent: int


@dataclass(frozen=True)
class Chart:
    """A drawing of one dimension: a bar for each chapter and, last, one for the total. Words run from `start` to `end`."""

    start: str
    end: str
    height: int
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]


def chart(dimension: DimensionView, *, mirrored: bool = False) -> Chart:
    """The chart of a dimension; `mirrored` for languages written from right to left."""
    bars: list[Bar] = []
    y = AXIS
    for figure in (*dimension.chapters, dimension.total):
        words = wrap(figure.title, LONGEST_LINE) or [""]
        lines = tuple((y + LINE * (place + 1) - 4, line) for place, line in enumerate(words))
        y += LINE * len(words)
        bars.append(_bar(figure, lines, y, mirrored=mirrored, total=figure is dimension.total))
        y += BAR_HEIGHT + ROW_GAP
    ticks = tuple(Tick(_span(quarter / 100, 0, mirrored=mirrored).x, quarter) for quarter in QUARTERS)
    start, end = ("100%", "0%") if mirrored else ("0%", "100%")
    return Chart(start, end, y, tuple(bars), ticks)


def _bar(figure: Figure, lines: tuple[tuple[int, str], ...], y: int, *, mirrored: bool, total: bool) -> Bar:
    central = range = None
    if figure.central is not None and figure.enough:
        central = _span(0, figure.central, mirrored=mirrored)
    if figure.low is not None and figure.high is not None and figure.low < figure.high:
        range = _span(figure.low, figure.high - figure.low, mirrored=mirrored)
    return Bar(figure, lines, y, _span(0, 1, mirrored=mirrored), central, range, total)


def _span(start: float, length: float, *, mirrored: bool) -> Span:
    left, width = start * BAR_SHARE, length * BAR_SHARE
    return Span(_percent(100 - left - width if mirrored else left), _percent(width))


def _percent(value: float) -> str:
    return f"{value:.2f}%"
