"""Charts of a gap report as pictures, each with a text that says the same.

The figures and their printed form come from the view; nothing is computed here. matplotlib is loaded only when a chart is drawn.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from legcheck.reports import palette

if TYPE_CHECKING:
    from legcheck.labels import Labels
    from legcheck.reports.view import DimensionView, Figure, ReportView

WIDTH_CM = 17.0
_ROW_CM = 0.54
_HEAD_CM = 1.75
_DPI = 200
_LABEL_CM = 5.6
_FIGURES_CM = 2.35
_PANEL_GAP = 0.25
_MARGIN_CM = 0.15
_LONGEST_TITLE = 40
_QUARTERS = (0, 25, 50, 75, 100)
_STYLE: Any = {
    "font.family": ["DejaVu Sans"],
    "font.size": 7.5,
    "text.color": palette.INK,
    "text.parse_math": False,
    "svg.hashsalt": "legcheck",
    "svg.fonttype": "none",
    "axes.edgecolor": palette.LINE,
}


def height_cm(view: ReportView) -> float:
    """How tall the chart by chapter is, drawn `WIDTH_CM` wide."""
    return _HEAD_CM + _ROW_CM * (1 + max((len(one.chapters) for one in view.dimensions), default=0))


def chapters_png(view: ReportView, labels: Labels) -> bytes:
    """The chart by chapter as a picture for print: one panel per dimension, one bar per chapter, the total last."""
    return _drawn(view, labels, "png", {"Software": None})


def chapters_svg(view: ReportView, labels: Labels) -> bytes:
    """The same chart as SVG, its words kept as text."""
    return _drawn(view, labels, "svg", {"Date": None, "Creator": None})


def chapters_text(view: ReportView, labels: Labels) -> str:
    """What the chart by chapter shows, in words and figures."""
    parts = [labels("charts.chapters.about")]
    for dimension in view.dimensions:
        shown = "; ".join(_in_words(figure, labels) for figure in _bars(dimension))
        parts.append(labels("charts.chapters.dimension", dimension=dimension.title, figures=shown))
    return " ".join(parts)


def _in_words(figure: Figure, labels: Labels) -> str:
    return labels(
        "charts.chapters.figure",
        title=figure.title,
        display=figure.display,
        range=figure.range,
        answered=figure.answered,
    )


def _bars(dimension: DimensionView) -> tuple[Figure, ...]:
    return (*dimension.chapters, dimension.total)


def _drawn(view: ReportView, labels: Labels, format: str, metadata: dict[str, Any]) -> bytes:
    import matplotlib as mpl
    from matplotlib.figure import Figure as Canvas

    stream = io.BytesIO()
    with mpl.rc_context(_STYLE):
        canvas = Canvas(figsize=(WIDTH_CM / 2.54, height_cm(view) / 2.54), dpi=_DPI)
        for number, axes in enumerate(_panels(canvas, len(view.dimensions))):
            _panel(axes, view.dimensions[number], labels, named=number == 0)
        _legend(canvas, labels)
        canvas.savefig(stream, format=format, metadata=metadata)
    return stream.getvalue()


def _panels(canvas: Any, count: int) -> Sequence[Any]:
    """Axes side by side, with the chapters' names to the left of the first."""
    start = _LABEL_CM / WIDTH_CM
    width = (1 - start - _MARGIN_CM / WIDTH_CM) / max(count, 1)
    height = canvas.get_figheight() * 2.54
    bottom, top = 0.95 / height, 1 - 0.7 / height
    return [
        canvas.add_axes((start + number * width, bottom, width - _PANEL_GAP / WIDTH_CM, top - bottom)) for number in range(count)
    ]


def _panel(axes: Any, dimension: DimensionView, labels: Labels, *, named: bool) -> None:
    figures = _bars(dimension)
    width = axes.get_position().width * WIDTH_CM
    axes.set_xlim(0, 100 * width / (width - _FIGURES_CM))
    axes.set_ylim(len(figures) - 0.5, -0.5)
    axes.set_title(dimension.title, loc="left", fontsize=9, fontweight="bold", color=palette.TITLE, pad=12)
    percents = [labels("common.percent", number=number) for number in _QUARTERS]
    axes.set_xticks(_QUARTERS, percents, color=palette.MUTED, fontsize=6.2)
    axes.xaxis.tick_top()
    axes.tick_params(length=0, pad=2)
    for side in axes.spines.values():
        side.set_visible(False)
    axes.vlines(_QUARTERS, -0.5, len(figures) - 0.5, color=palette.LINE, linewidth=0.5, zorder=0)
    axes.axhline(len(figures) - 1.5, color=palette.MUTED, linewidth=0.6)
    names = ["\n".join(wrap(figure.title, _LONGEST_TITLE)[:2]) if named else "" for figure in figures]
    axes.set_yticks(range(len(figures)), names, fontsize=7, linespacing=0.95)
    for place, figure in enumerate(figures):
        _bar(axes, place, figure)
    for text in (axes.get_yticklabels()[-1], *axes.texts[-2:-1]):
        text.set_fontweight("bold")


def _bar(axes: Any, place: int, figure: Figure) -> None:
    """One figure: the bar is the central share, the span from low to high what unanswered provisions leave open."""
    if figure.central is not None:
        axes.barh(place, 100 * figure.central, height=0.58, color=palette.BAR, zorder=1)
    if figure.low is not None and figure.high is not None and figure.low < figure.high:
        low, high = 100 * figure.low, 100 * figure.high
        axes.barh(place, high - low, left=low, height=0.26, color=palette.RANGE, edgecolor=palette.TITLE, linewidth=0.6, zorder=2)
    axes.text(104, place - 0.03, figure.display, va="bottom", fontsize=7, color=palette.INK)
    axes.text(104, place + 0.07, figure.answered, va="top", fontsize=5.6, color=palette.MUTED)


def _legend(canvas: Any, labels: Labels) -> None:
    from matplotlib.patches import Patch

    signs = [
        Patch(facecolor=palette.BAR, label=labels("charts.chapters.central")),
        Patch(facecolor=palette.RANGE, edgecolor=palette.TITLE, linewidth=0.6, label=labels("charts.chapters.range")),
    ]
    canvas.legend(handles=signs, loc="lower left", bbox_to_anchor=(0, 0), frameon=False, fontsize=6.8, borderpad=0.1)
