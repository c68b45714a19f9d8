"""Rounds of one country after another: totals in time with charts, and what changed from one to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

from openpyxl.chart import Reference, ScatterChart, Series
from openpyxl.chart.data_source import StrRef
from openpyxl.chart.legend import LegendEntry
from openpyxl.chart.marker import Marker
from openpyxl.chart.series import SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.utils import get_column_letter

from legcheck.reports import palette
from legcheck.reports.comparison.view import ChangeView, ComparisonView, PassageView, Point, Trend
from legcheck.reports.comparison.xlsx_parts import COUNT, DAY, colour_scale, opening, serial, titled, when_of
from legcheck.reports.xlsx_cells import NUMBER, STRONG, Look, Sheet, in_xml, signed, toned
from legcheck.reports.xlsx_charts import axis_title, chart_title, inner_part, rgb, share_axis, small, small_legend
from legcheck.reports.xlsx_tables import Column, Written, head, write_table

MOST_CHANGES = 50_000
MOST_TRENDS = 40
_LINES = len(palette.LINES)
_MARKS: tuple[Any, ...] = ("circle", "square", "diamond", "triangle", "x", "star", "plus", "dash")
_COUNTED = {
    "gained": "gained",
    "lost": "lost",
    "answered": "newly_answered",
    "no_longer_answered": "no_longer_answered",
    "re_rated": "re_rated",
}
_CHART_WIDTH_CM, _CHART_HEIGHT_CM, _CHART_ROWS = 20.0, 10.5, 22
_CHART_COLUMNS = ("A", "H")
_YEAR_IN_DAYS = 365.25
_MOST_TICKS = 10
_LINE_WIDTH = 19_000


@dataclass(frozen=True)
class _Round:
    """One round of a country, and how it was reached from the one before."""

    trend: Trend
    point: Point
    passage: PassageView | None


@dataclass(frozen=True)
class _Changed:
    trend: Trend
    passage: PassageView
    kind: str
    change: ChangeView


def rounds_sheet(page: Sheet, view: ComparisonView, title: str) -> list[str]:
    """Totals by round with charts; gives what each chart shows, in words."""
    opening(page, view, title, "rounds")
    trends = sorted(view.trends, key=lambda trend: [key for key, _ in view.dimensions].index(trend.dimension))
    rounds = [one for trend in trends for one in _rounds(trend)]
    many = len(trends) > MOST_TRENDS * len(view.dimensions)
    plan = [] if many else list(_charts(trends))
    if many:
        page.line(page.labels("comparison_sheets.chart.many_rounds", most=MOST_TRENDS), Look(wrap=False))
    top = page.row
    page.skip(_CHART_ROWS * ceil(len(plan) / len(_CHART_COLUMNS)))
    written = write_table(page, _columns(page, view), rounds, frozen=2, below_charts=not many)
    letter = get_column_letter(written.columns["central"])
    page.sheet.conditional_formatting.add(f"{letter}{written.first}:{letter}{written.last}", colour_scale())
    places = {(one.trend.name, one.trend.dimension, one.point.row): written.first + place for place, one in enumerate(rounds)}
    for place, (name, chosen) in enumerate(plan):
        down, across = divmod(place, len(_CHART_COLUMNS))
        chart = _chart(page, view, written, places, chosen)
        text = _title(page, name, chosen, trends)
        chart.title = chart_title(in_xml(text))
        page.sheet.add_chart(chart, f"{_CHART_COLUMNS[across]}{top + down * _CHART_ROWS}")
    return [f"{_title(page, name, chosen, trends)}. {_in_words(page, chosen)}." for name, chosen in plan]


def changes_sheet(page: Sheet, view: ComparisonView, title: str) -> None:
    """Every rating that changed from one round to the next."""
    labels = page.labels
    head(page, title, view.subtitle, labels("comparison_sheets.lead.changes"))
    count = sum(len(kind.changes) for trend in view.trends for passage in trend.passages for kind in passage.movements)
    if count > MOST_CHANGES:
        page.line(labels("comparison_sheets.many_changes", count=count), Look(wrap=False))
        return
    when = {place: when_of(row, view) for place, row in enumerate(view.rows)}
    day = DAY if not view.anonymous else COUNT
    columns: list[Column[_Changed]] = [
        Column("name", 26, lambda one: one.trend.name, STRONG),
        Column("dimension", 13, lambda one: one.trend.dimension_title, title=labels("xlsx.column.dimension")),
        Column("from", 13, lambda one: when[one.passage.before], day),
        Column("to", 13, lambda one: when[one.passage.after], day),
        Column("change", 24, lambda one: one.kind),
        Column("id", 10, lambda one: one.change.provision, STRONG, title=labels("xlsx.column.id")),
        Column("title", 46, lambda one: one.change.title, title=labels("xlsx.column.title")),
        _rated("before", lambda one: (one.change.before_tone, one.change.before)),
        _rated("after", lambda one: (one.change.after_tone, one.change.after)),
    ]
    write_table(page, titled(page, columns), list(_changes(view)), frozen=1)


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


def _columns(page: Sheet, view: ComparisonView) -> list[Column[_Round]]:
    labels = page.labels
    day = DAY if not view.anonymous else COUNT
    columns: list[Column[_Round]] = [
        Column("name", 26, lambda one: one.trend.name, STRONG),
        Column("when", 13, lambda one: when_of(view.rows[one.point.row], view), day),
        Column("dimension", 13, lambda one: one.trend.dimension_title, title=labels("xlsx.column.dimension")),
        Column("central", 11, lambda one: one.point.cell.central, NUMBER, kept=True),
        Column("low", 11, lambda one: one.point.cell.low, NUMBER, title=labels("xlsx.column.low")),
        Column("high", 11, lambda one: one.point.cell.high, NUMBER, title=labels("xlsx.column.high")),
        Column("share", 12, lambda one: one.point.cell.share_answered, NUMBER, title=labels("xlsx.column.share")),
        Column("answered", 24, lambda one: one.point.cell.answered, title=labels("xlsx.column.answered")),
        Column("scope", 24, lambda one: view.rows[one.point.row].scope_title if len(view.scopes) > 1 else ""),
    ]
    columns += [Column(key, 14, _Counted(kind), COUNT) for kind, key in _COUNTED.items()]
    columns.append(Column("since", 60, lambda one: "\n".join(one.passage.reasons) if one.passage else ""))
    if view.anonymous:  # a number for the axis of the chart; the dates are withheld
        year = Column[_Round]("year", 9, lambda one: view.rows[one.point.row].law_day.year, COUNT)
        columns.insert(2, year)
    return titled(page, columns)


@dataclass(frozen=True)
class _Counted:
    """How many ratings moved that way."""

    kind: str

    def __call__(self, one: _Round) -> int | None:
        if one.passage is None:
            return None
        return next((len(kind.changes) for kind in one.passage.movements if kind.key == self.kind), 0)


def _charts(trends: Sequence[Trend]) -> Iterator[tuple[str, Sequence[Trend]]]:
    """The trends of each dimension, as many to a chart as can be told apart."""
    for dimension in dict.fromkeys(trend.dimension for trend in trends):
        chosen = [trend for trend in trends if trend.dimension == dimension]
        size = _lines_each(len(chosen))
        for start in range(0, len(chosen), size):
            yield dimension, chosen[start : start + size]


def _lines_each(count: int) -> int:
    """How many lines each chart has, alike in all."""
    return ceil(count / ceil(count / _LINES))


def _title(page: Sheet, dimension: str, chosen: Sequence[Trend], trends: Sequence[Trend]) -> str:
    every = [trend for trend in trends if trend.dimension == dimension]
    name = chosen[0].dimension_title
    size = _lines_each(len(every))
    if len(every) <= size:
        return page.labels("comparison_sheets.chart.rounds", dimension=name)
    number, parts = every.index(chosen[0]) // size + 1, ceil(len(every) / size)
    return page.labels("comparison_sheets.chart.rounds_part", dimension=name, number=number, all=parts)


def _chart(
    page: Sheet, view: ComparisonView, written: Written, places: Mapping[tuple[str, str, int], int], trends: Sequence[Trend]
) -> Any:
    """A line a country over a true axis of time, broken where two rounds do not compare."""
    chart: Any = ScatterChart(scatterStyle="lineMarker")
    unnamed = []
    for number, trend in enumerate(trends):
        for part, points in enumerate(_parts(trend)):
            rows = [places[trend.name, trend.dimension, point.row] for point in points]
            if part:
                unnamed.append(LegendEntry(idx=len(chart.series), delete=True))
            chart.series.append(_line(page, view, written, rows, number))
    chart.display_blanks = "gap"
    share_axis(chart.y_axis)
    chart.y_axis.title = axis_title(page.labels("comparison_sheets.chart.share"))
    _time_axis(page, view, chart.x_axis, trends)
    small_legend(chart)
    chart.legend.legendEntry = unnamed
    chart.layout = inner_part(x=0.09, y=0.13, w=0.88, h=0.56)
    chart.width, chart.height = _CHART_WIDTH_CM, _CHART_HEIGHT_CM
    return chart


def _parts(trend: Trend) -> list[list[Point]]:
    """The points that a line may join: a new part begins where it may not be drawn."""
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


def _line(page: Sheet, view: ComparisonView, written: Written, rows: Sequence[int], number: int) -> Any:
    def reference(key: str) -> Reference:
        return Reference(page.sheet, min_col=written.columns[key], min_row=rows[0], max_row=rows[-1])

    series: Any = Series(reference("central"), xvalues=reference("year" if view.anonymous else "when"))
    name = Reference(page.sheet, min_col=written.columns["name"], min_row=rows[0], max_row=rows[0])
    series.tx = SeriesLabel(strRef=StrRef(str(name)))
    colour = rgb(palette.LINES[number])
    line = GraphicalProperties(solidFill=colour, ln=LineProperties(solidFill=colour))
    series.marker = Marker(symbol=_MARKS[number], size=7, spPr=line)
    series.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=colour, w=_LINE_WIDTH))
    series.smooth = False
    return series


def _time_axis(page: Sheet, view: ComparisonView, axis: Any, trends: Sequence[Trend]) -> None:
    """Years from before the first round to after the last."""
    days = [view.rows[point.row].law_day for trend in trends for point in trend.points]
    first, last = min(days).year, max(days).year + 1
    axis.delete = False
    axis.txPr = small()
    axis.majorGridlines = None
    axis.title = axis_title(page.labels("comparison_sheets.chart.when"))
    step = ceil((last - first) / _MOST_TICKS)
    if view.anonymous:
        axis.scaling.min, axis.scaling.max, axis.majorUnit, axis.number_format = first - 1, last, step, "0"
    else:
        axis.scaling.min, axis.scaling.max = (serial(date(year, 1, 1)) for year in (first, last))
        axis.majorUnit, axis.number_format = step * _YEAR_IN_DAYS, "yyyy"


def _in_words(page: Sheet, trends: Sequence[Trend]) -> str:
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
