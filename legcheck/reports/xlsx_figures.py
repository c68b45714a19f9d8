"""The sheets of the Excel report that hold figures: numbers to work with, and beside each the text as printed elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from openpyxl.chart import BarChart, Reference, Series

from legcheck.reports.view import DimensionView, Figure
from legcheck.reports.xlsx_cells import NUMBER, STRONG, Page
from legcheck.reports.xlsx_charts import RANGE_SERIES, chart_title, filled, inner_part, name_axis, share_axis, small_legend
from legcheck.reports.xlsx_tables import Column, Written, opening, write_table

CHART_WIDTH_CM = 22.5
CHART_COLUMNS = ("A", "H")
_ROW_CM = 0.66
_HEAD_CM = 3.0
_SHEET_ROW_CM = 0.53


@dataclass(frozen=True)
class Row:
    """A figure with what it belongs to, and the same once pending law is in force."""

    dimension: str
    group: str
    figure: Figure
    later: Figure | None = None


def chapters_sheet(page: Page) -> list[str]:
    """Scores by chapter with a chart for each dimension; gives what each chart shows, in words."""
    opening(page, "chapters")
    groups = [(dimension.title, list(_chapters(dimension))) for dimension in page.view.dimensions]
    top, height = page.row, _HEAD_CM + _ROW_CM * max((len(rows) for _, rows in groups), default=0)
    deep = int(height / _SHEET_ROW_CM) + 2
    page.skip(deep * ceil(len(groups) / len(CHART_COLUMNS)))
    everything = [row for _, rows in groups for row in rows]
    written = write_table(page, list(_columns("chapter")), everything, frozen=2, below_charts=True)
    first = written.first
    for place, (title, rows) in enumerate(groups):
        chart = _chart(page, written, range(first, first + len(rows)), height)
        chart.title = chart_title(page.labels("xlsx.chart.title", dimension=title))
        down, across = divmod(place, len(CHART_COLUMNS))
        page.sheet.add_chart(chart, f"{CHART_COLUMNS[across]}{top + down * deep}")
        first += len(rows)
    return [_in_words(page, title, rows) for title, rows in groups]


def themes_sheet(page: Page) -> None:
    """Scores by theme."""
    opening(page, "themes")
    rows = [
        Row(dimension.title, group.title, figure)
        for dimension in page.view.dimensions
        for group in dimension.themes
        for figure in group.figures
    ]
    write_table(page, list(_columns("theme")), rows, frozen=3)


def instruments_sheet(page: Page) -> None:
    """Scores by international instrument."""
    opening(page, "instruments")
    rows = [Row(dimension.title, "", figure) for dimension in page.view.dimensions for figure in dimension.instruments]
    write_table(page, list(_columns("instrument")), rows, frozen=2)


def central_of(figure: Figure) -> float | None:
    """The central share where enough is answered for it to be printed."""
    return figure.central if figure.enough else None


def _chapters(dimension: DimensionView) -> Iterator[Row]:
    later = (*dimension.if_adopted_chapters, dimension.if_adopted)
    for place, figure in enumerate((*dimension.chapters, dimension.total)):
        yield Row(dimension.title, "", figure, later[place] if dimension.if_adopted is not None else None)


def _columns(what: str) -> Iterator[Column[Row]]:
    yield Column("dimension", 14, lambda row: row.dimension)
    yield Column("group", 30, lambda row: row.group)
    yield Column(what, 46, lambda row: row.figure.title, STRONG, kept=True)
    yield Column("score", 16, lambda row: row.figure.display, STRONG)
    yield Column("low", 10, lambda row: row.figure.low, NUMBER, kept=True)
    yield Column("central", 10, lambda row: central_of(row.figure), NUMBER, kept=True)
    yield Column("high", 10, lambda row: row.figure.high, NUMBER, kept=True)
    if what != "chapter":  # its sheet is printed on one page, with the charts
        yield Column("range", 24, lambda row: row.figure.range)
    yield Column("share", 13, lambda row: row.figure.share_answered, NUMBER)
    yield Column("answered", 22, lambda row: row.figure.answered)
    yield Column("counts", 46, lambda row: row.figure.counts)
    yield Column("band", 18, lambda row: row.figure.band)
    yield Column("capped", 34, lambda row: row.figure.capped_by)
    yield Column("elements", 26, lambda row: row.figure.elements)
    yield Column("if_adopted", 16, lambda row: row.later.display if row.later else "")
    yield Column("later_low", 12, lambda row: row.later.low if row.later else None, NUMBER)
    yield Column("later_central", 12, lambda row: central_of(row.later) if row.later else None, NUMBER)
    yield Column("later_high", 12, lambda row: row.later.high if row.later else None, NUMBER)
    yield Column("figure", 26, lambda row: row.figure.id)
    yield Column("later_figure", 26, lambda row: row.later.id if row.later else "")


def _chart(page: Page, written: Written, rows: range, height: float) -> Any:
    """Bars laid over one another: up to the low figure, on to the central one, on to the high one."""
    first, last = rows.start, rows.stop - 1
    chart: Any = BarChart(barDir="bar", overlap=100, gapWidth=45)
    for key, colour in RANGE_SERIES:
        values = Reference(page.sheet, min_col=written.columns[key], min_row=first, max_row=last)
        chart.append(filled(Series(values, title=page.labels(f"xlsx.chart.{key}")), colour))
    chart.set_categories(Reference(page.sheet, min_col=written.columns["chapter"], min_row=first, max_row=last))
    share_axis(chart.y_axis)
    name_axis(chart.x_axis)
    small_legend(chart)
    chart.layout = inner_part(x=0.42, y=0.13, w=0.54, h=0.74)
    chart.width = CHART_WIDTH_CM
    chart.height = height
    return chart


def _in_words(page: Page, title: str, rows: Sequence[Row]) -> str:
    shown = (
        page.labels(
            "charts.chapters.figure",
            title=row.figure.title,
            display=row.figure.display,
            range=row.figure.range,
            answered=row.figure.answered,
        )
        for row in rows
    )
    return page.labels("charts.chapters.dimension", dimension=title, figures=page.labels.join(shown))
