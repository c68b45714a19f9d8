"""Native Excel charts as values, each with its description in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from legcheck.excel.cells import TYPEFACE, Cells, plain

_TITLE_SIZE, _SMALL_SIZE = 11, 9
_PIXELS_PER_CM = 96 / 2.54
_GAP = 45
_BELOW_EDGE = 3  # in pixels


@dataclass(frozen=True)
class Series:
    """One series of a chart; `marker` is the shape of a line's points, `named` whether the legend shows the series.

    `labels` are texts at its bars or points, one for each; an empty one leaves its place free.
    """

    name: str | Cells
    categories: Cells
    values: Cells
    colour: str
    marker: str = "none"
    named: bool = True
    labels: Sequence[str] = ()


@dataclass(frozen=True)
class Axis:
    """One axis; without `minimum`, `maximum` and `step` Excel chooses them."""

    title: str = ""
    minimum: float | None = None
    maximum: float | None = None
    step: float | None = None
    format: str = "General"
    grid: bool = False


@dataclass(frozen=True)
class Chart:
    """A chart of bars or of lines (``scatter``, over a true axis of numbers).

    Bars overlap, the first series at the back, unless they are `stacked`; they run from the top down. The legend shows the series
    that are named, if any. `described` is what the chart shows, in words; `plot` is the place of the plot area, as shares of the
    chart: left, top, width, height. Width and height are in centimetres. `labels` is the number format of values shown on bars.
    """

    kind: Literal["bar", "scatter"]
    described: str
    series: Sequence[Series]
    width: float
    height: float
    plot: tuple[float, float, float, float]
    title: str = ""
    names: Axis = field(default_factory=Axis)
    values: Axis = field(default_factory=lambda: Axis(grid=True))
    stacked: bool = False
    labels: str = ""
    line_width: float = 1.75
    ink: str = "#1B1F24"
    muted: str = "#4F5B66"
    grid: str = "#C9D1DA"


def insert(book: Any, sheet: Any, row: int, column: int, chart: Chart) -> None:
    """Put a chart on a sheet of XlsxWriter, its top left corner in a cell."""
    lined = chart.kind == "scatter"
    subtype = {"subtype": "straight_with_markers" if lined else "stacked"} if lined or chart.stacked else {}
    drawn = book.add_chart({"type": chart.kind} | subtype)
    for one in chart.series:
        drawn.add_series(_series(one, chart, lined=lined))
    drawn.set_title({"name": _words(chart.title), "name_font": _font(_TITLE_SIZE, chart.ink, bold=True), "overlay": False}
                    if chart.title else {"none": True})  # fmt: skip
    across, up = _axis(chart, chart.names), _axis(chart, chart.values)
    if not lined:  # the names go on the vertical axis, from the top down
        across, up = up, across | {"reverse": True, "crossing": "max"}
    drawn.set_x_axis(across)
    drawn.set_y_axis(up)
    unnamed = [place for place, one in enumerate(chart.series) if not one.named]
    legend = {"position": "bottom", "font": _font(_SMALL_SIZE), "delete_series": unnamed}
    drawn.set_legend(legend if len(unnamed) < len(chart.series) else {"none": True})
    drawn.set_plotarea({"layout": dict(zip(("x", "y", "width", "height"), chart.plot, strict=True))})
    drawn.set_size({"width": round(chart.width * _PIXELS_PER_CM), "height": round(chart.height * _PIXELS_PER_CM)})
    drawn.show_blanks_as("gap")
    sheet.insert_chart(
        row - 1,
        column - 1,
        drawn,
        # Below the edge of the row, so that its frame is not printed on the page before.
        {"description": plain(chart.described), "object_position": 2, "y_offset": _BELOW_EDGE},
    )


def _series(one: Series, chart: Chart, *, lined: bool) -> dict[str, Any]:
    options: dict[str, Any] = {
        "name": _words(one.name) if isinstance(one.name, str) else one.name.indexes()[:3],
        "categories": one.categories.indexes(),
        "values": one.values.indexes(),
    }
    if one.labels:
        options["data_labels"] = {
            "value": True,
            "custom": [{"value": _label(text)} if text else {"delete": True} for text in one.labels],
            "position": "above" if lined else "outside_end",
            "font": _font(_SMALL_SIZE, one.colour if lined else chart.ink),
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
        "num_font": _font(_SMALL_SIZE),
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


def _label(text: str) -> str:
    """A label as text on one line: an invisible character before ``=`` keeps it from being read as a formula."""
    shown = plain(text).replace(" ", "\u00a0")
    return f"\u2060{shown}" if shown.startswith("=") else shown
