"""Native Excel charts as values, each with its description in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from legcheck.excel.cells import TYPEFACE, Cells, plain

_TITLE_SIZE, _SMALL_SIZE = 11, 9
_PIXELS_PER_CM = 96 / 2.54
_GAP = 45
_SLANT = -45


@dataclass(frozen=True)
class Series:
    """One series of a chart; `marker` is the shape of a line's points, `named` whether the legend shows the series."""

    name: str | Cells
    categories: Cells
    values: Cells
    colour: str
    marker: str = "none"
    named: bool = True


@dataclass(frozen=True)
class Axis:
    """One axis; without `minimum`, `maximum` and `step` Excel chooses them."""

    title: str = ""
    minimum: float | None = None
    maximum: float | None = None
    step: float | None = None
    format: str = "General"
    grid: bool = False
    slanted: bool = False


@dataclass(frozen=True)
class Chart:
    """A chart of bars, columns or lines (``scatter``, over a true axis of numbers).

    Bars and columns overlap, the first series at the back, unless they are `stacked`; bars run from the top down. `line` is
    drawn over columns. `described` is what the chart shows, in words; `plot` is the place of the plot area, as shares of the
    chart: left, top, width, height. Width and height are in centimetres. `labels` is the number format of values shown on bars.
    """

    kind: Literal["bar", "column", "scatter"]
    described: str
    series: Sequence[Series]
    width: float
    height: float
    plot: tuple[float, float, float, float]
    title: str = ""
    names: Axis = field(default_factory=Axis)
    values: Axis = field(default_factory=lambda: Axis(grid=True))
    stacked: bool = False
    line: Series | None = None
    labels: str = ""
    line_width: float = 1.75
    ink: str = "#1B1F24"
    muted: str = "#4F5B66"
    grid: str = "#C9D1DA"


def insert(book: Any, sheet: Any, row: int, column: int, chart: Chart) -> None:
    """Put a chart on a sheet of XlsxWriter, its top left corner in a cell."""
    subtype = {"bar": "stacked", "column": "stacked", "scatter": "straight_with_markers"}[chart.kind]
    lined = chart.kind == "scatter"
    drawn = book.add_chart({"type": chart.kind} | ({"subtype": subtype} if lined or chart.stacked else {}))
    for one in chart.series:
        drawn.add_series(_series(one, chart, lined=lined))
    if chart.line is not None:
        over = book.add_chart({"type": "line"})
        over.add_series(_series(chart.line, chart, lined=True))
        drawn.combine(over)
    drawn.set_title({"name": _words(chart.title), "name_font": _font(_TITLE_SIZE, chart.ink, bold=True), "overlay": False}
                    if chart.title else {"none": True})  # fmt: skip
    across, up = _axis(chart, chart.names), _axis(chart, chart.values)
    if chart.kind == "bar":  # the names go on the vertical axis, from the top down
        across, up = up, across | {"reverse": True, "crossing": "max"}
    drawn.set_x_axis(across)
    drawn.set_y_axis(up)
    unnamed = [place for place, one in enumerate(chart.series) if not one.named]
    drawn.set_legend({"position": "bottom", "font": _font(_SMALL_SIZE), "delete_series": unnamed})
    drawn.set_plotarea({"layout": dict(zip(("x", "y", "width", "height"), chart.plot, strict=True))})
    drawn.set_size({"width": round(chart.width * _PIXELS_PER_CM), "height": round(chart.height * _PIXELS_PER_CM)})
    drawn.show_blanks_as("gap")
    sheet.insert_chart(row - 1, column - 1, drawn, {"description": plain(chart.described), "object_position": 2})


def _series(one: Series, chart: Chart, *, lined: bool) -> dict[str, Any]:
    options: dict[str, Any] = {
        "name": _words(one.name) if isinstance(one.name, str) else one.name.indexes()[:3],
        "categories": one.categories.indexes(),
        "values": one.values.indexes(),
    }
    if lined:
        painted = {"color": one.colour}
        marker = {"type": one.marker} | ({} if one.marker == "none" else {"size": 7, "fill": painted, "line": painted})
        return options | {"line": painted | {"width": chart.line_width}, "marker": marker, "smooth": False}
    options |= {"fill": {"color": one.colour}, "gap": _GAP, "overlap": 100}
    if chart.labels:
        options["data_labels"] = {"value": True, "num_format": chart.labels}
    return options


def _axis(chart: Chart, axis: Axis) -> dict[str, Any]:
    options: dict[str, Any] = {
        "num_font": _font(_SMALL_SIZE) | ({"rotation": _SLANT} if axis.slanted else {}),
        "num_format": axis.format,
        "min": axis.minimum,
        "max": axis.maximum,
        "major_unit": axis.step,
        "major_gridlines": {"visible": axis.grid, "line": {"color": chart.grid, "width": 0.75}},
        "interval_unit": 1,
    }
    if axis.title:
        options |= {"name": _words(axis.title), "name_font": _font(_SMALL_SIZE, chart.muted)}
    return options


def _font(size: int, colour: str = "", *, bold: bool = False) -> dict[str, Any]:
    return {"name": TYPEFACE, "size": size, "bold": bold} | ({"color": colour} if colour else {})


def _words(text: str) -> str:
    """A title as text: an invisible character after ``!`` keeps XlsxWriter from reading ``Well!A1`` as an address."""
    return plain(text).replace("!", "!\u2060")
