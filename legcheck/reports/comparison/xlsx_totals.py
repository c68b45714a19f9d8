"""Charts of the totals: each assessment beside the median of its scope, or the middle of every chapter where there are many."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from openpyxl.chart import BarChart, LineChart, Reference, Series
from openpyxl.chart.legend import LegendEntry
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break

from legcheck.reports import palette
from legcheck.reports.comparison.view import Column as Figure
from legcheck.reports.comparison.view import ComparisonView, SpreadView, Table
from legcheck.reports.comparison.xlsx_parts import COUNT, Line, colour_scale, head_columns, opening, titled
from legcheck.reports.xlsx_cells import COLUMN, HEADING, NUMBER, STRONG, Sheet, Value, in_xml
from legcheck.reports.xlsx_charts import (
    RANGE_SERIES,
    axis_title,
    chart_title,
    filled,
    inner_part,
    rgb,
    share_axis,
    small,
    small_legend,
)
from legcheck.reports.xlsx_tables import Column, Written

T = TypeVar("T")

_Middle = tuple[Figure, SpreadView]

MOST_BARS = 40
MIDDLE_SERIES = (("upper", palette.RANGE), ("middle", palette.BAR), ("lower", palette.PAPER))
_WIDTHS = (40, 9, 11, 11, 11, 12, 12, 13, 8)
_CHART_WIDTH_CM, _CHART_HEIGHT_CM = 23.0, 10.2
_CHART_ROWS = 20
# Large enough to read, and a block of some ten assessments fits a sheet of paper.
_PRINT_SCALE = 80
_MOST_NAMES = 12
_LINE_WIDTH = 22_000


@dataclass(frozen=True)
class _Block:
    """The figures of one dimension and scope."""

    table: Table
    scope: str
    scope_title: str
    lines: tuple[Line, ...]

    @property
    def total(self) -> Figure:
        return self.table.columns[0]

    @property
    def middle(self) -> SpreadView | None:
        return self.total.spreads.get(self.scope)


def totals_sheet(page: Sheet, view: ComparisonView, title: str) -> list[str]:
    """Charts with the table of each below; gives what each chart shows, in words."""
    blocks = list(_blocks(view))
    many = any(len(block.lines) > MOST_BARS for block in blocks)
    opening(page, view, title, "totals_many" if many else "totals")
    page.widths(_WIDTHS)
    found = [text for place, block in enumerate(blocks) if (text := _write(page, view, block, first=not place))]
    set_up: Any = page.sheet.sheet_properties.pageSetUpPr
    set_up.fitToPage = False
    page.sheet.page_setup.scale = _PRINT_SCALE
    return found


def _blocks(view: ComparisonView) -> Iterator[_Block]:
    for table in (one for one in view.tables if one.kind == "chapters"):
        for scope, title in view.scopes:
            pairs = zip(view.rows, table.rows, strict=True)
            lines = tuple(Line(row, cells) for row, cells in pairs if row.latest and row.scope == scope and cells is not None)
            if lines:
                yield _Block(table, scope, title, lines)


def _write(page: Sheet, view: ComparisonView, block: _Block, *, first: bool) -> str:
    """One block, on paper a page; gives its chart in words, nothing where there is no figure to draw."""
    top = page.row
    if not first:
        page.sheet.row_breaks.append(Break(id=top - 1))
    dimension = block.table.dimension_title
    page.line(page.labels("comparison_sheets.chart.scope", dimension=dimension, scope=block.scope_title), HEADING)
    many = len(block.lines) > MOST_BARS
    page.skip(_CHART_ROWS)
    chart, words = _chapters(page, block) if many else _assessments(page, view, block)
    if chart is None:
        page.row = top + 1
        page.line(page.labels("report.none"))
        return ""
    key = "chapters" if many else "totals"
    title = page.labels(f"comparison_sheets.chart.{key}", dimension=dimension, scope=block.scope_title)
    chart.title = chart_title(in_xml(title))
    chart.width, chart.height = _CHART_WIDTH_CM, _CHART_HEIGHT_CM
    page.sheet.add_chart(chart, f"A{top + 1}")
    page.row += 1
    return f"{title}. {words}."


def _assessments(page: Sheet, view: ComparisonView, block: _Block) -> tuple[Any, str]:
    """The total of each assessment, and the median as a line."""
    labels, middle = page.labels, block.middle

    def of(name: str) -> Callable[[Line], Value]:
        return lambda line: getattr(line.cells[0], name) if line.cells else None

    names = {one.key: one for one in head_columns(page, view)}
    columns: list[Column[Line]] = [
        names["name"],
        *([] if view.anonymous else [names["code"]]),
        Column("central", 0, of("central"), NUMBER, title=labels("comparison_sheets.column.central")),
        Column("low", 0, of("low"), NUMBER, title=labels("xlsx.column.low")),
        Column("high", 0, of("high"), NUMBER, title=labels("xlsx.column.high")),
        Column("share", 0, of("share_answered"), NUMBER, title=labels("xlsx.column.share")),
        *titled(page, [Column("median", 0, lambda _: middle.median_share if middle else None, NUMBER)]),
        names["when"],
        names["signs"],
    ]
    written = _table(page, columns, block.lines)
    bars = _bars(page, written, [(key, colour, labels(f"xlsx.chart.{key}")) for key, colour in RANGE_SERIES])
    by_code = len(block.lines) > _MOST_NAMES and not view.anonymous
    bars.set_categories(_reference(page, written, "code" if by_code else "name"))
    if middle:
        bars += _median_line(page, written)
    words = (
        labels("charts.chapters.figure", title=line.head.name, display=cell.display, range=cell.range, answered=cell.answered)
        for line in block.lines
        for cell in (line.cells or ())[:1]
    )
    said = [block.total.spreads[block.scope].text] if middle else []
    return bars, labels.join([*said, *words])


def _chapters(page: Sheet, block: _Block) -> tuple[Any, str]:
    """Median and quartiles of the total and every chapter."""
    labels = page.labels
    items = [(column, column.spreads[block.scope]) for column in block.table.columns if block.scope in column.spreads]
    if not items:
        return None, ""
    columns: list[Column[_Middle]] = [
        Column("chapter", 0, lambda one: one[0].title, STRONG),
        Column("code", 0, lambda one: one[0].short),
        Column("middle", 0, lambda one: one[1].median_share, NUMBER),
        Column("lower", 0, lambda one: one[1].lower_share, NUMBER),
        Column("upper", 0, lambda one: one[1].upper_share, NUMBER),
        Column("count", 0, lambda one: one[1].count, COUNT),
    ]
    written = _table(page, titled(page, columns), items)
    bars = _bars(page, written, [(key, colour, labels(f"comparison_sheets.chart.{key}")) for key, colour in MIDDLE_SERIES])
    bars.set_categories(_reference(page, written, "code"))
    # The lowest part only lifts the others off the ground: it is white, and hides the grid.
    bars.y_axis.majorGridlines = None
    bars.legend.legendEntry = [LegendEntry(idx=len(MIDDLE_SERIES) - 1, delete=True)]
    words = (labels("xlsx.pair", name=column.title, text=spread.text) for column, spread in items)
    return bars, labels.join(words)


def _table(page: Sheet, columns: Sequence[Column[T]], items: Sequence[T]) -> Written:
    """A table below its chart, without a filter: several stand on one sheet."""
    for place, one in enumerate(columns, start=1):
        page.put(place, one.title, COLUMN)
        page.fit(one.title, _WIDTHS[place - 1], COLUMN)
    first = page.row + 1
    for item in items:
        page.row += 1
        for place, one in enumerate(columns, start=1):
            value, look = one.value(item), one.look_of(item)
            page.put(place, value, look)
            page.fit(value, _WIDTHS[place - 1], look)
    places = {one.key: place for place, one in enumerate(columns, start=1)}
    letter = get_column_letter(places["central" if "central" in places else "middle"])
    page.sheet.conditional_formatting.add(f"{letter}{first}:{letter}{page.row}", colour_scale())
    page.row += 1
    return Written(places, first, page.row - 1)


def _bars(page: Sheet, written: Written, series: Sequence[tuple[str, str, str]]) -> Any:
    """Columns laid over one another, the longest first."""
    bars: Any = BarChart(barDir="col", overlap=100, gapWidth=45)
    for key, colour, title in series:
        bars.append(filled(Series(_reference(page, written, key), title=title), colour))
    share_axis(bars.y_axis)
    bars.y_axis.title = axis_title(page.labels("comparison_sheets.chart.share"))
    bars.x_axis.delete = False
    bars.x_axis.tickLblSkip = 1
    bars.x_axis.txPr = small(slanted=True)
    small_legend(bars)
    bars.layout = inner_part(x=0.07, y=0.12, w=0.91, h=0.58)
    return bars


def _median_line(page: Sheet, written: Written) -> Any:
    line: Any = LineChart()
    series: Any = Series(_reference(page, written, "median"), title=page.labels("comparison_sheets.chart.median"))
    series.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=rgb(palette.ACCENT), w=_LINE_WIDTH))
    series.marker.symbol = "none"
    series.smooth = False
    line.append(series)
    return line


def _reference(page: Sheet, written: Written, key: str) -> Reference:
    return Reference(page.sheet, min_col=written.columns[key], min_row=written.first, max_row=written.last)
