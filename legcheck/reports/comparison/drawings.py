"""The small drawings of the comparison page: where each part goes; the templates draw them.

Lengths are user units of the drawing's box, or per cent of its width for bars that fill the room they have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from legcheck.reports.comparison.view import Cell, Column, PassageView, Point, RatingGroup, SteadyRow, Trend

ROW = 15
LABELS = 46
TRACK = 140
FIGURES = 72
PROFILE_WIDTH = LABELS + TRACK + FIGURES
TREND_WIDTH = 320
TREND_HEIGHT = 150
TREND_MARGIN = 54
TREND_TOP = 22
TREND_PLOT = 96
CLOSEST = 62

Across = Callable[[float], float]


@dataclass(frozen=True)
class ProfileLine:
    """One figure of a profile: its heading, and what is printed at the end of its line; `y` is the middle of the line.

    `sure` is false where only a range is printed.
    """

    y: int
    heading: str
    display: str
    sure: bool = True


@dataclass(frozen=True)
class Quartiles:
    """Quartiles and median of one figure, behind the line; `x` is where the quartiles start."""

    y: int
    x: str
    width: str
    median: str


@dataclass(frozen=True)
class Backdrop:
    """The background of all profiles of one scope, which is drawn only once."""

    lines: tuple[ProfileLine, ...]
    bands: tuple[Quartiles, ...]


@dataclass(frozen=True)
class Profile:
    """One assessment's figures: paths through every range and every dot, and the printed figures."""

    ranges: str
    dots: str
    lines: tuple[ProfileLine, ...]


@dataclass(frozen=True)
class TrendMark:
    """One round in a trend. `dot` is None where no central figure is printed."""

    x: str
    low: str
    high: str
    dot: str | None
    label: str
    point: Point


@dataclass(frozen=True)
class TrendDrawing:
    """The rounds of one country: marks, the lines that may be drawn, and the middles of the gaps where none may."""

    marks: tuple[TrendMark, ...]
    lines: str
    gaps: tuple[str, ...]


@dataclass(frozen=True)
class Share:
    """A segment of a bar, in per cent of its width."""

    tone: str
    x: str
    width: str


def profile_height(columns: Sequence[Column]) -> int:
    return ROW * len(columns)


def backdrop(columns: Sequence[Column], scope: str, *, mirrored: bool) -> Backdrop:
    """The headings of all figures and, if there are enough assessments, the median and quartiles of the scope."""
    across = _across(mirrored=mirrored)
    bands = (
        Quartiles(y, *_stretch(across, spread.lower_share, spread.upper_share), _n(across(spread.median_share)))
        for y, column in _middles(columns)
        if (spread := column.spreads.get(scope)) is not None
    )
    return Backdrop(tuple(ProfileLine(y, column.short, "") for y, column in _middles(columns)), tuple(bands))


def profile(columns: Sequence[Column], cells: Sequence[Cell], *, mirrored: bool) -> Profile:
    """A row of figures, one line each."""
    across = _across(mirrored=mirrored)
    ranges, dots, lines = [], [], []
    for (y, column), cell in zip(_middles(columns), cells, strict=True):
        if answered(cell):
            ranges.append(f"M{_n(across(cell.low or 0))} {y}H{_n(across(cell.high or 0))}")
        if cell.central is not None:
            dots.append(f"M{_n(across(cell.central))} {y}h0")
        lines.append(ProfileLine(y, column.short, cell.display, cell.central is not None))
    return Profile("".join(ranges), "".join(dots), tuple(lines))


def answered(cell: Cell) -> bool:
    """Whether the range of a cell is worth drawing: if nothing is answered, it runs from end to end."""
    return cell.low is not None and cell.high is not None and bool(cell.share_answered)


def trend(one: Trend, days: Mapping[int, str], *, mirrored: bool) -> TrendDrawing:
    """The rounds of a country in the direction of reading; `days` holds each row's sortable day."""
    places = _places([days[point.row] for point in one.points])
    if mirrored:
        places = [TREND_WIDTH - place for place in places]
    at = dict(zip((point.row for point in one.points), places, strict=True))
    marks = tuple(_mark(point, at[point.row]) for point in one.points)
    heights = {mark.point.row: mark.dot for mark in marks}
    shown = [passage for passage in one.passages if passage.before in at and passage.after in at]
    return TrendDrawing(marks, "".join(_lines(shown, at, heights)), tuple(_gaps(shown, at)))


def shares(groups: Iterable[RatingGroup], *, mirrored: bool) -> Iterator[Share]:
    """How often each rating was given, as segments of one bar."""
    counted = [(group.tone.name, group.count) for group in groups]
    total, start = sum(count for _, count in counted), 0
    for tone, count in counted:
        left = total - start - count if mirrored else start
        yield Share(tone, _percent(left, total), _percent(count, total))
        start += count


def score_span(row: SteadyRow, *, mirrored: bool) -> tuple[str, str, str]:
    """Start, width and middle of a score's range in per cent."""
    low, middle, high = (_within(share) for share in row.score_shares)
    start = 1 - high if mirrored else low
    return _percent(start, 1), _percent(high - low, 1), _percent(1 - middle if mirrored else middle, 1)


def _middles(columns: Sequence[Column]) -> Iterator[tuple[int, Column]]:
    for place, column in enumerate(columns):
        yield place * ROW + ROW // 2 + 1, column


def _across(*, mirrored: bool) -> Across:
    if mirrored:
        return lambda share: FIGURES + TRACK * (1 - _within(share))
    return lambda share: LABELS + TRACK * _within(share)


def _within(share: float) -> float:
    """A share as far as it can be drawn: points can count against, or come on top."""
    return min(max(share, 0), 1)


def _stretch(across: Across, low: float, high: float) -> tuple[str, str]:
    start, end = sorted((across(low), across(high)))
    return _n(start), _n(end - start)


def _places(days: Sequence[str]) -> list[float]:
    """Positions in proportion to time, or at equal distances where days are too close together or only years are known."""
    last = len(days) - 1
    room = TREND_WIDTH - 2 * TREND_MARGIN
    even = [TREND_MARGIN + room * (place / last if last else 0.5) for place in range(len(days))]
    times = [_years(day) for day in days]
    if last < 1 or times[-1] <= times[0]:
        return even
    timed = [TREND_MARGIN + room * (time - times[0]) / (times[-1] - times[0]) for time in times]
    return timed if all(after - before >= CLOSEST for before, after in pairwise(timed)) else even


def _years(day: str) -> float:
    year, month, date = (*day.split("-"), "1", "1")[:3]
    return int(year) + (int(month) - 1) / 12 + (int(date) - 1) / 372


def _mark(point: Point, x: float) -> TrendMark:
    cell = point.cell
    low, high = (TREND_TOP + TREND_PLOT * (1 - _within(share or 0)) for share in (cell.low, cell.high))
    dot = None if cell.central is None else _n(TREND_TOP + TREND_PLOT * (1 - _within(cell.central)))
    return TrendMark(_n(x), _n(low), _n(high), dot, _n(high - 8), point)


def _lines(passages: Iterable[PassageView], at: Mapping[int, float], heights: Mapping[int, str | None]) -> Iterator[str]:
    for one in passages:
        before, after = heights[one.before], heights[one.after]
        if one.joined and before is not None and after is not None:
            yield f"M{_n(at[one.before])} {before}L{_n(at[one.after])} {after}"


def _gaps(passages: Iterable[PassageView], at: Mapping[int, float]) -> Iterator[str]:
    for one in passages:
        if not one.joined:
            yield _n((at[one.before] + at[one.after]) / 2)


def _percent(part: float, whole: float) -> str:
    return f"{100 * part / whole if whole else 0:.4g}%"


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
