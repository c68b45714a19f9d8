"""A native chart of stacked bars, with the values it shows now, so that programs that do not compute show it too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from openpyxl.chart import BarChart
from openpyxl.chart.data_source import AxDataSource, NumData, NumDataSource, NumRef, NumVal, StrData, StrRef, StrVal
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.series import Series as BarSeries
from openpyxl.chart.series import SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.utils import get_column_letter, quote_sheetname

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_WIDTH_CM = 25.2
_HEAD_CM, _BAR_CM = 2.4, 1.1
_ROW_CM = 0.529
NO_ZERO = "0;;;"
# From proposed to closed, all light enough for a dark number on them.
_COLOURS = ("DDE5EA", "8FB4D9", "F0C766", "7DBF9E", "B5BCC2", "8C97A0")


@dataclass(frozen=True)
class Bars:
    """A table to be charted: its row of headings, the column of labels, the first of values; then what stands in it."""

    head: int
    label_column: int
    first_column: int
    labels: list[str]
    series: list[str]
    values: list[list[int]]


def stacked_bars(sheet: Worksheet, bars: Bars, anchor: str) -> int:
    """Put the chart on a sheet; gives the rows it covers."""
    chart = BarChart(barDir="bar", grouping="stacked", overlap=100, gapWidth=55)
    name = quote_sheetname(sheet.title)
    first, last = bars.head + 1, bars.head + len(bars.labels)
    label_letter = get_column_letter(bars.label_column)
    labels = _texts(f"{name}!${label_letter}${first}:${label_letter}${last}", bars.labels)
    for place, (title, values) in enumerate(zip(bars.series, bars.values, strict=True)):
        letter = get_column_letter(bars.first_column + place)
        series = BarSeries(idx=place, order=place, tx=SeriesLabel(strRef=_texts(f"{name}!${letter}${bars.head}", [title])))
        series.cat = AxDataSource(strRef=labels)
        series.val = NumDataSource(numRef=_numbers(f"{name}!${letter}${first}:${letter}${last}", values))
        series.spPr = GraphicalProperties(solidFill=_COLOURS[place % len(_COLOURS)])
        series.invertIfNegative = False
        chart.series.append(series)
    _look(chart)
    tall = _HEAD_CM + _BAR_CM * len(bars.labels)
    chart.height = tall
    sheet.add_chart(chart, anchor)
    return int(tall / _ROW_CM) + 2


def _look(chart: Any) -> None:
    chart.width = _WIDTH_CM
    chart.x_axis.scaling.orientation = "maxMin"
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.number_format = "0"
    chart.y_axis.crosses = "max"  # at the bottom, since the first phase stands at the top
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill="E3E8EB", w=6350))
    chart.legend.position = "b"
    others = dict.fromkeys(("showSerName", "showCatName", "showLegendKey", "showPercent", "showBubbleSize"), False)
    chart.dLbls = DataLabelList(showVal=True, numFmt=NO_ZERO, **others)
    chart.layout = Layout(manualLayout=ManualLayout(xMode="edge", yMode="edge", x=0.22, y=0.04, w=0.75, h=0.72))


def _texts(reference: str, texts: list[str]) -> StrRef:
    points = [StrVal(idx=place, v=text) for place, text in enumerate(texts)]
    return StrRef(f=reference, strCache=StrData(ptCount=len(points), pt=points))


def _numbers(reference: str, values: list[int]) -> NumRef:
    points = [NumVal(idx=place, v=str(value)) for place, value in enumerate(values)]
    return NumRef(f=reference, numCache=NumData(formatCode="0", ptCount=len(points), pt=points))
