"""The charts of the comparison workbook, each above its figures: totals by name, and rounds over time; and the rounds in full."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil
from operator import attrgetter, methodcaller
from typing import TypeVar

from legcheck.excel import Axis, Chart, Series
from legcheck.reports import palette
from legcheck.reports.comparison.view import ChangeView, ComparisonView, PassageView, Point, SpreadView, Table, Trend
from legcheck.reports.comparison.view import Column as Figure
from legcheck.reports.comparison.xlsx_figures import DAY, MOST_PRINTED, Line, head_columns, open_figures, when_of
from legcheck.reports.xlsx_charts import COLOURS, SHARES, WIDTH_CM, Bar, Block, Part, print_in_blocks, rows_below, write_bars
from legcheck.reports.xlsx_tables import (
    CENTRED,
    NUMBER,
    RANGE_SERIES,
    STRONG,
    TEXT,
    Column,
    Page,
    signed,
    toned,
    write_rows,
    write_table,
)

T = TypeVar("T")

_Middle = tuple[Figure, SpreadView]

MOST_BARS = 36
MOST_CHANGES = 50_000
MOST_TRENDS = 40
_LONG_LINE = replace(TEXT, wrap=False)

_WIDTHS = (48, 12, 20, 11, 11, 11, 12, 13, 8)
_MIDDLE_PARTS = (("upper", palette.RANGE), ("middle", palette.BAR), ("lower", palette.PAPER))
_MARKS = ("circle", "square", "diamond", "triangle", "x", "star", "plus", "short_dash")
_COUNTED = {
    "gained": "gained",
    "lost": "lost",
    "answered": "newly_answered",
    "no_longer_answered": "no_longer_answered",
    "re_rated": "re_rated",
}
_ROUNDS_CM, _ROUNDS_PLOT = 11.0, (0.08, 0.13, 0.88, 0.6)
_ROUNDS_LINE = 1.5
_MOST_YEARS = 12
_LABELLED = 4
"""The most lines whose points can carry their figures."""
_DAYS_A_YEAR = 365.25
_DAY_ZERO = date(1899, 12, 30)


def write_charts(page: Page, view: ComparisonView, title: str) -> None:
    """Write every chart above the figures that it shows. No row or column is frozen: it would cut through the charts."""
    totals = list(_totals(view))
    page.sheet.widths(*_WIDTHS)
    open_figures(page, title, "charts_many" if any(one.many for one in totals) else "charts", end=len(_WIDTHS))
    blocks = [
        block for one in totals for block in (_write_chapters(page, one) if one.many else _write_assessments(page, view, one))
    ]
    print_in_blocks(page, [*blocks, *_write_trends(page, view)], len(_WIDTHS))


@dataclass(frozen=True)
class _Totals:
    """The figures of one dimension and scope."""

    table: Table
    scope: str
    scope_title: str
    lines: tuple[Line, ...]

    @property
    def many(self) -> bool:
        return len(self.lines) > MOST_BARS


def _totals(view: ComparisonView) -> Iterator[_Totals]:
    for table in (one for one in view.tables if one.kind == "chapters"):
        for scope, title in view.scopes:
            pairs = zip(view.rows, table.rows, strict=True)
            lines = tuple(
                Line(row, cells, table) for row, cells in pairs if row.latest and row.scope == scope and cells is not None
            )
            if lines:
                yield _Totals(table, scope, title, lines)


def _write_assessments(page: Page, view: ComparisonView, block: _Totals) -> Iterator[Block]:
    """The total of each assessment, in the order of the view: by name."""
    labels = page.labels
    names = {one.key: one for one in head_columns(page, view)}
    columns: list[Column[Line]] = [
        names["name"],
        names["code"],
        Column("score", 0, lambda line: line.total("display"), STRONG),
        Column("low", 0, lambda line: line.total("low"), NUMBER),
        Column("central", 0, lambda line: line.total("central"), NUMBER),
        Column("high", 0, lambda line: line.total("high"), NUMBER),
        Column("share", 0, lambda line: line.total("share_answered"), NUMBER),
        names["when"],
        names["signs"],
    ]
    totals = [(line, line.cells[0]) for line in block.lines if line.cells]
    words = (
        labels("charts.chapters.figure", title=line.head.name, display=cell.display, range=cell.range, answered=cell.answered)
        for line, cell in totals
    )
    title = labels("comparison_sheets.chart.totals", dimension=block.table.dimension_title)
    bars = [Bar(line.head.name, cell.display, cell.low == cell.high) for line, cell in totals]
    parts = [Part(key, colour, labels(f"xlsx.chart.{key}")) for key, colour in RANGE_SERIES]
    yield write_bars(page, title, f"{title}. {labels.join(words)}.", bars, parts, _narrow(columns), block.lines)


def _write_chapters(page: Page, block: _Totals) -> Iterator[Block]:
    """Median and quartiles of every chapter, the lowest median first, and of the total."""
    labels = page.labels
    items = [(column, column.spreads[block.scope]) for column in block.table.columns if block.scope in column.spreads]
    if not items:
        page.line(labels("report.none"))
        return
    items.sort(key=lambda one: (one[0].node == "total", one[1].median_share))
    columns: list[Column[_Middle]] = [
        Column("chapter", 0, lambda one: one[0].title, STRONG),
        Column("count", 0, lambda one: one[1].count, CENTRED),
        Column("quartiles", 0, lambda one: one[1].quartiles, CENTRED),
        Column("lower", 0, lambda one: one[1].lower_share, NUMBER),
        Column("middle", 0, lambda one: one[1].median_share, NUMBER),
        Column("upper", 0, lambda one: one[1].upper_share, NUMBER),
    ]
    title = labels("comparison_sheets.chart.chapters", dimension=block.table.dimension_title)
    words = labels.join(labels("xlsx.pair", name=column.title, text=spread.text) for column, spread in items)
    bars = [Bar(column.title, spread.median, sure=False) for column, spread in items]
    # The lowest part only lifts the others off the ground: it is white and has no name.
    parts = [
        Part(key, colour, labels(f"comparison_sheets.chart.{key}") if key != "lower" else "") for key, colour in _MIDDLE_PARTS
    ]
    yield write_bars(page, title, f"{title}. {words}.", bars, parts, _narrow(columns), items)


def _narrow(columns: Sequence[Column[T]]) -> list[Column[T]]:
    """The columns in the widths of the sheet."""
    return [replace(one, width=width) for one, width in zip(columns, _WIDTHS, strict=False)]


# Rounds


@dataclass(frozen=True)
class _Round:
    """One round of a country, and how it was reached from the one before."""

    trend: Trend
    point: Point
    passage: PassageView | None

    def count(self, kind: str) -> int | None:
        """How many ratings moved that way."""
        if self.passage is None:
            return None
        return next((len(one.changes) for one in self.passage.movements if one.key == kind), 0)


@dataclass(frozen=True)
class _Changed:
    trend: Trend
    passage: PassageView
    kind: str
    change: ChangeView


def write_rounds(page: Page, view: ComparisonView, title: str) -> None:
    """Totals by round, and what changed since the round before."""
    open_figures(page, title, "rounds")
    rounds = [one for trend in _in_order(view) for one in _rounds(trend)]
    written = write_table(page, list(_round_columns(view)), rounds, frozen=2, most_printed=MOST_PRINTED)
    written.shade("central")


def _in_order(view: ComparisonView) -> list[Trend]:
    """The trends of one dimension after those of the other."""
    return sorted(view.trends, key=lambda trend: [key for key, _ in view.dimensions].index(trend.dimension))


def write_changes(page: Page, view: ComparisonView, title: str) -> None:
    """Every rating that changed from one round to the next."""
    page.head(title, view.subtitle, page.labels("comparison_sheets.lead.changes"))
    count = sum(len(kind.changes) for trend in view.trends for passage in trend.passages for kind in passage.movements)
    if count > MOST_CHANGES:
        page.line(page.labels("comparison_sheets.many_changes", count=count), _LONG_LINE)
        return
    when = [when_of(row, view) for row in view.rows]
    columns: list[Column[_Changed]] = [
        Column("name", 26, attrgetter("trend.name"), STRONG),
        Column("dimension", 13, attrgetter("trend.dimension_title")),
        Column("from", 13, lambda one: when[one.passage.before], DAY),
        Column("to", 13, lambda one: when[one.passage.after], DAY),
        Column("change", 24, attrgetter("kind")),
        Column("id", 10, attrgetter("change.provision"), STRONG),
        Column("title", 46, attrgetter("change.title")),
        _rated("before", lambda one: (one.change.before_tone, one.change.before)),
        _rated("after", lambda one: (one.change.after_tone, one.change.after)),
    ]
    write_table(page, columns, list(_changes(view)), frozen=1, most_printed=MOST_PRINTED)


def _rounds(trend: Trend) -> Iterator[_Round]:
    reached = {one.after: one for one in trend.passages}
    for point in trend.points:
        yield _Round(trend, point, reached.get(point.row))


def _changes(view: ComparisonView) -> Iterator[_Changed]:
    for trend in view.trends:
        for passage in trend.passages:
            for kind in passage.movements:
                for change in kind.changes:
                    yield _Changed(trend, passage, kind.title, change)


def _rated(key: str, rating: Callable[[_Changed], tuple[palette.Tone, str]]) -> Column[_Changed]:
    """A rating by its sign, word and colour."""
    return Column(key, 22, lambda one: signed(*rating(one)), lambda one: toned(rating(one)[0]))


def _round_columns(view: ComparisonView) -> Iterator[Column[_Round]]:
    yield Column("name", 26, attrgetter("trend.name"), STRONG)
    yield Column("when", 13, lambda one: when_of(view.rows[one.point.row], view), DAY)
    yield Column("dimension", 13, attrgetter("trend.dimension_title"))
    yield Column("central", 11, attrgetter("point.cell.central"), NUMBER, kept=True)
    yield Column("low", 11, attrgetter("point.cell.low"), NUMBER)
    yield Column("high", 11, attrgetter("point.cell.high"), NUMBER)
    yield Column("share", 12, attrgetter("point.cell.share_answered"), NUMBER)
    yield Column("answered", 24, attrgetter("point.cell.answered"))
    yield Column("scope", 24, lambda one: view.rows[one.point.row].scope_title if len(view.scopes) > 1 else "")
    for kind, key in _COUNTED.items():
        yield Column(key, 14, methodcaller("count", kind), CENTRED)
    yield Column("since", 60, lambda one: "\n".join(one.passage.reasons) if one.passage else "")


def _write_trends(page: Page, view: ComparisonView) -> Iterator[Block]:
    """A chart for each dimension and as many countries as can be told apart."""
    trends = _in_order(view)
    if not trends:
        return
    if len(trends) > MOST_TRENDS * len(view.dimensions):
        page.line(page.labels("comparison_sheets.chart.many_rounds", most=MOST_TRENDS), _LONG_LINE)
        return
    for chosen in _shares_of_charts(trends):
        yield _write_lines(page, view, chosen, _rounds_title(page, chosen, trends))


def _shares_of_charts(trends: Sequence[Trend]) -> Iterator[Sequence[Trend]]:
    """The trends of each dimension, as many per chart as can be told apart."""
    for dimension in dict.fromkeys(trend.dimension for trend in trends):
        chosen = [trend for trend in trends if trend.dimension == dimension]
        size = _lines_each(len(chosen))
        for start in range(0, len(chosen), size):
            yield chosen[start : start + size]


def _lines_each(count: int) -> int:
    """How many lines each chart has, spread evenly."""
    return ceil(count / ceil(count / len(palette.LINES)))


def _rounds_title(page: Page, chosen: Sequence[Trend], trends: Sequence[Trend]) -> str:
    """What a chart shows, and which part of all lines."""
    title = page.labels("comparison_sheets.chart.rounds", dimension=chosen[0].dimension_title)
    every = [trend for trend in trends if trend.dimension == chosen[0].dimension]
    size = _lines_each(len(every))
    if len(every) <= size:
        return title
    number, parts = every.index(chosen[0]) // size + 1, ceil(len(every) / size)
    return page.labels("comparison_sheets.chart.rounds_part", title=title, number=number, all=parts)


def _write_lines(page: Page, view: ComparisonView, trends: Sequence[Trend], title: str) -> Block:
    """A line for each country over a true axis of time, broken where two rounds do not compare, and the figures below."""
    rounds = [one for trend in trends for one in _rounds(trend)]
    top = page.row
    page.skip(rows_below(_ROUNDS_CM))
    start = page.row
    written = write_rows(page, _narrow(list(_drawn_columns(view))), rounds)
    places = {(one.trend.name, one.point.row): written.first + place for place, one in enumerate(rounds)}
    series = []
    for number, trend in enumerate(trends):
        for part, points in enumerate(_drawn(trend, trends)):
            first, last = places[trend.name, points[0].row], places[trend.name, points[-1].row]
            series.append(
                Series(
                    page.sheet.cells(written.columns["name"], first),
                    written.cells("when", first, last),
                    written.cells("central", first, last),
                    palette.LINES[number],
                    _MARKS[number],
                    named=not part,
                    labels=tuple(one.cell.display for one in points) if len(trends) <= _LABELLED else (),
                )
            )
    chart = Chart(
        "scatter",
        f"{title}. {_in_words(page, trends)}.",
        series,
        WIDTH_CM,
        _ROUNDS_CM,
        _ROUNDS_PLOT,
        title=title,
        names=_time_axis(page, rounds, view),
        values=replace(SHARES, title=page.labels("comparison_sheets.chart.share")),
        line_width=_ROUNDS_LINE,
        **COLOURS,
    )
    page.sheet.chart(top, 1, chart)
    page.skip()
    return Block(top, start)


def _drawn_columns(view: ComparisonView) -> Iterator[Column[_Round]]:
    yield Column("name", 0, attrgetter("trend.name"), STRONG)
    yield Column("when", 0, lambda one: _when(view, one), CENTRED if view.anonymous else DAY)
    yield Column("score", 0, attrgetter("point.cell.display"), STRONG)
    yield Column("low", 0, attrgetter("point.cell.low"), NUMBER)
    yield Column("central", 0, attrgetter("point.cell.central"), NUMBER)
    yield Column("high", 0, attrgetter("point.cell.high"), NUMBER)
    yield Column("share", 0, attrgetter("point.cell.share_answered"), NUMBER)


def _when(view: ComparisonView, one: _Round) -> date | int:
    """The day of a round, or its year alone where dates are withheld."""
    day = view.rows[one.point.row].law_day
    return day.year if view.anonymous else day


def _drawn(trend: Trend, trends: Sequence[Trend]) -> list[list[Point]]:
    """The parts of a line with a figure to draw, so that the legend names no line that is not there; all if no line has any."""
    known = [part for part in _parts(trend) if any(one.cell.central is not None for one in part)]
    any_known = any(one.cell.central is not None for each in trends for one in each.points)
    return known if any_known else _parts(trend)


def _parts(trend: Trend) -> list[list[Point]]:
    """The points that a line may join; a new part begins where the line must break."""
    reached = {one.after: one for one in trend.passages}
    parts: list[list[Point]] = []
    for point in trend.points:
        passage = reached.get(point.row)
        joined = passage is not None and passage.joined and bool(parts) and parts[-1][-1].row == passage.before
        if joined:
            parts[-1].append(point)
        else:
            parts.append([point])
    return parts


def _time_axis(page: Page, rounds: Sequence[_Round], view: ComparisonView) -> Axis:
    """Time in years, with a tick at the beginning of each, or of every few."""
    days = [view.rows[one.point.row].law_day for one in rounds]
    first, last = (min(days) - timedelta(days=1)).year - view.anonymous, max(days).year + 1
    step = ceil((last - first) / _MOST_YEARS)
    last = first + ceil((last - first) / step) * step
    title = page.labels("comparison_sheets.chart.when")
    if view.anonymous:
        return Axis(title, first, last, step, "0")
    begin, end = (_second_of_january(year) for year in (first, last))
    return Axis(title, begin, end, step * _DAYS_A_YEAR, "yyyy")


def _second_of_january(year: int) -> float:
    """A day of the spreadsheet: ticks are whole mean years apart, and so none slips into the year before."""
    return float((date(year, 1, 2) - _DAY_ZERO).days)


def _in_words(page: Page, trends: Sequence[Trend]) -> str:
    labels = page.labels
    said = []
    for trend in trends:
        points = (
            labels(
                "charts.chapters.figure",
                title=point.when,
                display=point.cell.display,
                range=point.cell.range,
                answered=point.cell.answered,
            )
            for point in trend.points
        )
        said.append(labels("xlsx.pair", name=trend.name, text=", ".join(points)))
    return labels.join(said)
