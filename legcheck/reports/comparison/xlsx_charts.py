"""The sheets of the comparison workbook with charts: totals beside their median, and rounds of one country after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil
from operator import attrgetter, methodcaller
from typing import TypeVar

from legcheck.excel import Axis, Chart, Series, day_number
from legcheck.reports import palette
from legcheck.reports.comparison.view import ChangeView, ComparisonView, PassageView, Point, SpreadView, Table, Trend
from legcheck.reports.comparison.view import Column as Figure
from legcheck.reports.comparison.xlsx_figures import DAY, Line, head_columns, open_figures, when_of
from legcheck.reports.xlsx_tables import (
    CENTRED,
    CHART_COLOURS,
    HEADING,
    NUMBER,
    RANGE_SERIES,
    SHARES,
    STRONG,
    TEXT,
    Column,
    Page,
    Written,
    signed,
    toned,
    write_rows,
    write_table,
)

T = TypeVar("T")

_Middle = tuple[Figure, SpreadView]

MOST_BARS = 40
MOST_CHANGES = 50_000
MOST_TRENDS = 40
_LONG_LINE = replace(TEXT, wrap=False)

_MIDDLE_SERIES = (("upper", palette.RANGE), ("middle", palette.BAR), ("lower", palette.PAPER))
_TOTALS_WIDTHS = (40, 9, 11, 11, 11, 12, 12, 13, 8)
_TOTALS_CM, _TOTALS_ROWS, _TOTALS_PLOT = (23.0, 10.2), 20, (0.07, 0.12, 0.91, 0.58)
# Large enough to read, and a block of some ten assessments fits a sheet of paper.
_TOTALS_SCALE = 80
_MOST_NAMES = 12

_MARKS = ("circle", "square", "diamond", "triangle", "x", "star", "plus", "short_dash")
_COUNTED = {
    "gained": "gained",
    "lost": "lost",
    "answered": "newly_answered",
    "no_longer_answered": "no_longer_answered",
    "re_rated": "re_rated",
}
_ROUNDS_CM, _ROUNDS_ROWS, _ROUNDS_PLOT = (17.5, 10.5), 22, (0.09, 0.13, 0.88, 0.56)
_ROUNDS_COLUMNS = (1, 8)
_ROUNDS_LINE = 1.5
_TICK_DAYS = 366  # a little more than a year, so that each tick falls in the next year
_MOST_TICKS = 10


# Totals


@dataclass(frozen=True)
class _Block:
    """The figures of one dimension and scope."""

    table: Table
    scope: str
    scope_title: str
    lines: tuple[Line, ...]

    @property
    def middle(self) -> SpreadView | None:
        return self.table.columns[0].spreads.get(self.scope)

    @property
    def many(self) -> bool:
        return len(self.lines) > MOST_BARS


def write_totals(page: Page, view: ComparisonView, title: str) -> None:
    """Write a chart and its table for each dimension and scope: of assessments or, if they are many, of chapters' medians."""
    blocks = list(_blocks(view))
    open_figures(page, title, "totals_many" if any(block.many for block in blocks) else "totals")
    page.sheet.widths(*_TOTALS_WIDTHS)
    tops = []
    for block in blocks:
        tops.append(page.row)
        dimension = block.table.dimension_title
        page.line(page.labels("comparison_sheets.chart.scope", dimension=dimension, scope=block.scope_title), HEADING)
        _write_block(page, view, block)
    page.sheet.scale(_TOTALS_SCALE)
    page.sheet.break_pages(rows=[top - 1 for top in tops[1:]])


def _blocks(view: ComparisonView) -> Iterator[_Block]:
    for table in (one for one in view.tables if one.kind == "chapters"):
        for scope, title in view.scopes:
            pairs = zip(view.rows, table.rows, strict=True)
            lines = tuple(Line(row, cells) for row, cells in pairs if row.latest and row.scope == scope and cells is not None)
            if lines:
                yield _Block(table, scope, title, lines)


def _write_block(page: Page, view: ComparisonView, block: _Block) -> None:
    """Write the chart and table of a block, or a sentence if there is no figure to draw."""
    top = page.row
    items = [(column, column.spreads[block.scope]) for column in block.table.columns if block.scope in column.spreads]
    if block.many and not items:
        page.line(page.labels("report.none"))
        return
    page.skip(_TOTALS_ROWS)
    chart = _draw_chapters(page, items) if block.many else _draw_assessments(page, view, block)
    key = "chapters" if block.many else "totals"
    title = page.labels(f"comparison_sheets.chart.{key}", dimension=block.table.dimension_title, scope=block.scope_title)
    page.sheet.chart(top, 1, replace(chart, title=title, described=f"{title}. {chart.described}."))
    page.skip()


def _draw_assessments(page: Page, view: ComparisonView, block: _Block) -> Chart:
    """The total of each assessment, and the median as a line."""
    labels, middle = page.labels, block.middle
    names = {one.key: one for one in head_columns(page, view)}
    columns: list[Column[Line]] = [
        names["name"],
        *([] if view.anonymous else [names["code"]]),
        Column("central", 0, lambda line: line.total("central"), NUMBER),
        Column("low", 0, lambda line: line.total("low"), NUMBER),
        Column("high", 0, lambda line: line.total("high"), NUMBER),
        Column("share", 0, lambda line: line.total("share_answered"), NUMBER),
        Column("median", 0, lambda _: middle.median_share if middle else None, NUMBER),
        names["when"],
        names["signs"],
    ]
    written = _write_narrow(page, columns, block.lines)
    written.shade("central")
    by_code = len(block.lines) > _MOST_NAMES and not view.anonymous
    shown = written.cells("code" if by_code else "name")
    series = [Series(labels(f"xlsx.chart.{key}"), shown, written.cells(key), colour) for key, colour in RANGE_SERIES]
    median = Series(labels("comparison_sheets.chart.median"), shown, written.cells("median"), palette.ACCENT)
    words = [
        labels("charts.chapters.figure", title=line.head.name, display=cell.display, range=cell.range, answered=cell.answered)
        for line in block.lines
        for cell in (line.cells or ())[:1]
    ]
    said = labels.join([*([middle.text] if middle else []), *words])
    return _columns_chart(page, said, series, SHARES, median if middle else None)


def _draw_chapters(page: Page, items: Sequence[_Middle]) -> Chart:
    """Median and quartiles of the total and every chapter."""
    labels = page.labels
    columns: list[Column[_Middle]] = [
        Column("chapter", 0, lambda one: one[0].title, STRONG),
        Column("code", 0, lambda one: one[0].short),
        Column("middle", 0, lambda one: one[1].median_share, NUMBER),
        Column("lower", 0, lambda one: one[1].lower_share, NUMBER),
        Column("upper", 0, lambda one: one[1].upper_share, NUMBER),
        Column("count", 0, lambda one: one[1].count, CENTRED),
    ]
    written = _write_narrow(page, columns, items)
    written.shade("middle")
    # The lowest part only lifts the others off the ground: it is white, unnamed, and would hide the grid.
    series = [
        Series(labels(f"comparison_sheets.chart.{key}"), written.cells("code"), written.cells(key), colour, named=key != "lower")
        for key, colour in _MIDDLE_SERIES
    ]
    said = labels.join(labels("xlsx.pair", name=column.title, text=spread.text) for column, spread in items)
    return _columns_chart(page, said, series, replace(SHARES, grid=False))


def _write_narrow(page: Page, columns: Sequence[Column[T]], items: Sequence[T]) -> Written:
    """Write a table in the widths of the sheet, without a filter, since several share one sheet."""
    return write_rows(page, [replace(one, width=width) for one, width in zip(columns, _TOTALS_WIDTHS, strict=False)], items)


def _columns_chart(page: Page, described: str, series: Sequence[Series], values: Axis, line: Series | None = None) -> Chart:
    values = replace(values, title=page.labels("comparison_sheets.chart.share"))
    width, height = _TOTALS_CM
    return Chart(
        "column",
        described,
        series,
        width,
        height,
        _TOTALS_PLOT,
        names=Axis(slanted=True),
        values=values,
        line=line,
        **CHART_COLOURS,
    )


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
    """Totals by round, below a chart for each dimension and some countries."""
    open_figures(page, title, "rounds")
    trends = sorted(view.trends, key=lambda trend: [key for key, _ in view.dimensions].index(trend.dimension))
    rounds = [one for trend in trends for one in _rounds(trend)]
    many = len(trends) > MOST_TRENDS * len(view.dimensions)
    charts = [] if many else list(_shares_of_charts(trends))
    if many:
        page.line(page.labels("comparison_sheets.chart.many_rounds", most=MOST_TRENDS), _LONG_LINE)
    top = page.row
    page.skip(_ROUNDS_ROWS * ceil(len(charts) / len(_ROUNDS_COLUMNS)))
    written = write_table(page, list(_round_columns(view)), rounds, frozen=2, below_charts=not many)
    written.shade("central")
    places = {(one.trend.name, one.trend.dimension, one.point.row): written.first + place for place, one in enumerate(rounds)}
    for place, chosen in enumerate(charts):
        down, across = divmod(place, len(_ROUNDS_COLUMNS))
        chart = _draw_rounds(page, view, written, places, chosen, _rounds_title(page, chosen, trends))
        page.sheet.chart(top + down * _ROUNDS_ROWS, _ROUNDS_COLUMNS[across], chart)


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
    write_table(page, columns, list(_changes(view)), frozen=1)


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
    if view.anonymous:  # a number for the axis of the chart; the dates are withheld
        yield Column("year", 9, lambda one: view.rows[one.point.row].law_day.year, CENTRED)
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
    name = chosen[0].dimension_title
    every = [trend for trend in trends if trend.dimension == chosen[0].dimension]
    size = _lines_each(len(every))
    if len(every) <= size:
        return page.labels("comparison_sheets.chart.rounds", dimension=name)
    number, parts = every.index(chosen[0]) // size + 1, ceil(len(every) / size)
    return page.labels("comparison_sheets.chart.rounds_part", dimension=name, number=number, all=parts)


def _draw_rounds(
    page: Page,
    view: ComparisonView,
    written: Written,
    places: Mapping[tuple[str, str, int], int],
    trends: Sequence[Trend],
    title: str,
) -> Chart:
    """A line for each country over a true axis of time, broken where two rounds do not compare."""
    series = []
    for number, trend in enumerate(trends):
        for part, points in enumerate(_parts(trend)):
            rows = [places[trend.name, trend.dimension, point.row] for point in points]
            first, last = rows[0], rows[-1]
            times = written.cells("year" if view.anonymous else "when", first, last)
            name, shares = page.sheet.cells(written.columns["name"], first), written.cells("central", first, last)
            series.append(Series(name, times, shares, palette.LINES[number], _MARKS[number], named=not part))
    width, height = _ROUNDS_CM
    return Chart(
        "scatter",
        f"{title}. {_in_words(page, trends)}.",
        series,
        width,
        height,
        _ROUNDS_PLOT,
        title=title,
        names=_time_axis(page, view, trends),
        values=replace(SHARES, title=page.labels("comparison_sheets.chart.share")),
        line_width=_ROUNDS_LINE,
        **CHART_COLOURS,
    )


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


def _time_axis(page: Page, view: ComparisonView, trends: Sequence[Trend]) -> Axis:
    """Years from before the first round to after the last."""
    days = [view.rows[point.row].law_day for trend in trends for point in trend.points]
    first, last = min(days).year, max(days).year + 1
    title, step = page.labels("comparison_sheets.chart.when"), ceil((last - first) / _MOST_TICKS)
    if view.anonymous:
        return Axis(title, first - 1, last, step, "0")
    start, ticks = day_number(date(first, 1, 1)), ceil((last - first) / step)
    return Axis(title, start, start + ticks * step * _TICK_DAYS, step * _TICK_DAYS, "yyyy")


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
