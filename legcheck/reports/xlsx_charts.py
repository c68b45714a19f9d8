"""Parts of native Excel charts: titles, axes and colours alike in every workbook."""

from __future__ import annotations

from typing import Any

from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties, RegularTextRun, RichTextProperties

from legcheck.reports import palette

RANGE_SERIES = (("high", palette.RANGE), ("central", palette.BETWEEN), ("low", palette.BAR))
"""Bars laid over one another, the longest first."""


_SLANTED = -2_700_000  # 45 degrees, from bottom left to top right


def chart_title(text: str) -> Title:
    """A chart's title in the size of a heading."""
    font = CharacterProperties(sz=1100, b=True, solidFill=rgb(palette.TITLE))
    return Title(tx=Text(rich=RichText(p=[Paragraph(r=[RegularTextRun(rPr=font, t=text)])])), overlay=False)


def axis_title(text: str) -> Title:
    """The title of an axis."""
    font = CharacterProperties(sz=900, b=False, solidFill=rgb(palette.MUTED))
    return Title(tx=Text(rich=RichText(p=[Paragraph(r=[RegularTextRun(rPr=font, t=text)])])), overlay=False)


def share_axis(axis: Any) -> None:
    """An axis of shares: from nothing to everything, in per cent."""
    axis.delete = False
    axis.txPr = small()
    axis.scaling.min = 0
    axis.scaling.max = 1
    axis.majorUnit = 0.25
    axis.number_format = "0%"
    axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill=rgb(palette.LINE)))


def name_axis(axis: Any) -> None:
    """An axis of names, every one shown, the first on top."""
    axis.delete = False
    axis.txPr = small()
    axis.scaling.orientation = "maxMin"
    axis.tickLblSkip = 1


def small_legend(chart: Any) -> None:
    """The legend below the chart, in small print."""
    chart.legend.txPr = small()
    chart.legend.position = "b"


def inner_part(*, x: float, y: float, w: float, h: float) -> Layout:
    """Where the bars stand within the chart, as shares of its size."""
    return Layout(manualLayout=ManualLayout(layoutTarget="inner", xMode="edge", yMode="edge", x=x, y=y, w=w, h=h))


def filled(series: Any, colour: str) -> Any:
    """A series of bars in one colour."""
    series.graphicalProperties = GraphicalProperties(solidFill=rgb(colour))
    return series


def small(*, slanted: bool = False) -> RichText:
    """Small print for axes and legend."""
    font = CharacterProperties(sz=900)
    return RichText(
        bodyPr=RichTextProperties(rot=_SLANTED) if slanted else None,
        p=[Paragraph(pPr=ParagraphProperties(defRPr=font), endParaRPr=font)],
    )


def rgb(colour: str) -> str:
    """A colour of the palette as a chart writes it."""
    return colour.removeprefix("#")
