"""Charts of a report as drawings (SVG) for Word and PDF: bars by chapter in the order of the checklist, each with its figure.

The figures and their printed form come from the view. Lengths are points, so that words are at least eight points in print.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from legcheck.reports import palette
from legcheck.reports.document import Chart
from legcheck.reports.docx_markup import clean, right_to_left
from legcheck.reports.fit import POINTS_PER_CM, width_of, wrapped

if TYPE_CHECKING:
    from legcheck.labels import Labels
    from legcheck.reports.view import DimensionView, Figure, ReportView

_IN_PDF = "Libertinus Serif, Cambria, Georgia, serif"
_IN_WORD = "Arial, Arimo, Liberation Sans, sans-serif"  # Arimo is shipped, and as wide as Arial
WIDTH = 468.0
NARROW = 260.0  # about as wide as the screen of a telephone
SIZE = 9.0
SMALL = 8.0
MOST_PANELS = 3
LONGEST_TEXT = 380
_NAMES = (160.0, 132.0, 108.0)  # the width of the chapters' names beside one, two and three panels
_GAP = 10.0
_LINE = 11.0
_BETWEEN = 4.5
_BAR = 8.0


def chapters_chart(view: ReportView, labels: Labels, *, narrow: bool = False) -> Iterator[Chart]:
    """Bars by chapter with the total last: panels side by side for up to three dimensions, and a further chart for more.

    Dimensions without a share that could be drawn are left out. `narrow` charts are of one dimension each.
    """
    drawn = [one for one in view.dimensions if any(map(_is_drawn, one.chapters))]
    width = NARROW if narrow else WIDTH
    for dimensions in _shared_out(drawn, 1 if narrow else MOST_PANELS):
        drawing = _Drawing(width, from_right=view.direction == "rtl")
        height = _draw(drawing, dimensions, labels)
        yield Chart(
            title=" · ".join(message(one, labels) for one in dimensions),
            svg=drawing.svg(height),
            text=_shortened(" ".join(_in_words(one, labels) for one in dimensions)),
            width_cm=width / POINTS_PER_CM,
            height_cm=height / POINTS_PER_CM,
        )


def for_word(svg: str) -> str:
    """A drawing in the font of our Word template."""
    return svg.replace(_IN_PDF, _IN_WORD, 1)


def png_of(svg: str) -> bytes:
    """A drawing as a picture of 300 points an inch, for programs that show no SVG."""
    from legcheck.reports.pdf import typeset

    page = '#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg")'
    return typeset(page.encode(), "png", {"svg": svg}, ppi=300)


def _shared_out(dimensions: Sequence[DimensionView], most: int) -> Iterator[Sequence[DimensionView]]:
    """Dimensions by chart, at most so many in each, as evenly as possible."""
    charts = ceil(len(dimensions) / most)
    for number in range(charts):
        yield dimensions[len(dimensions) * number // charts : len(dimensions) * (number + 1) // charts]


# Words ------------------------------------------------------------------------------------------------------------------


def message(dimension: DimensionView, labels: Labels) -> str:
    """What the bars of a dimension show. No chapter is named: they stand in the order of the checklist, and none is ranked."""
    known = any(one.central is not None for one in dimension.chapters)
    return labels(f"charts.chapters.{'met' if known else 'unknown'}", dimension=dimension.title)


def _in_words(dimension: DimensionView, labels: Labels) -> str:
    """The lowest and the highest bar and the total; the table beside the chart holds every figure."""
    drawn = [one for one in dimension.chapters if one.central is not None] or dimension.chapters
    lowest, highest = min(drawn, key=_share), max(drawn, key=_share)
    return labels(
        "charts.chapters.about",
        dimension=dimension.title,
        least=_name(lowest),
        least_display=lowest.display,
        most=_name(highest),
        most_display=highest.display,
        total=dimension.total.display,
    )


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT].rpartition(' ')[0]} …"


def _name(figure: Figure) -> str:
    """The title of a chapter without its id."""
    return figure.title.removeprefix(f"{figure.id.rpartition('.')[2]} ")


# The drawing ------------------------------------------------------------------------------------------------------------


def _is_drawn(figure: Figure) -> bool:
    return figure.low is not None and figure.high is not None


def _share(figure: Figure) -> float:
    return (figure.low if figure.central is None else figure.central) or 0.0


def _draw(drawing: _Drawing, dimensions: Sequence[DimensionView], labels: Labels) -> float:
    """Draw a chart and return its height."""
    names = _NAMES[len(dimensions) - 1 if drawing.width == WIDTH else -1]
    panel = (drawing.width - names) / len(dimensions)
    rows = [*map(list, zip(*(one.chapters for one in dimensions), strict=True)), [one.total for one in dimensions]]
    every = [figure for row in rows for figure in row]
    panels = [_Panel(drawing, names + number * panel, panel - _GAP, every) for number in range(len(dimensions))]
    y = 0.0
    titles = [wrapped(one.title, panel - _GAP, SIZE + 1) for one in dimensions]
    for panel_of, lines in zip(panels, titles, strict=True):
        drawing.words(panel_of.x, y + SIZE + 1, lines, SIZE + 1, palette.TITLE, bold=True)
    y += max(map(len, titles)) * _LINE + _BETWEEN
    for row in rows:
        total = row is rows[-1]
        if total:
            drawing.line(0, drawing.width, y, palette.MUTED)
            y += _BETWEEN
        lines = wrapped(_name(row[0]), names - _GAP, SIZE)
        drawing.words(0, y + SIZE - 1, lines, SIZE, palette.INK, bold=total)
        below = [one.bar(figure, y, bold=total) for one, figure in zip(panels, row, strict=True)]
        y = max(y + len(lines) * _LINE, *below) + _BETWEEN
    return _key(drawing, every, labels, y)


class _Panel:
    """The bars of one dimension, from `x` on, on the scale that suits all `figures` of the chart.

    Where figures and answered counts have no room side by side, the counts stand below.
    """

    def __init__(self, drawing: _Drawing, x: float, width: float, figures: Sequence[Figure]) -> None:
        self.drawing = drawing
        self.x = x
        display = max(width_of(one.display, SIZE) for one in figures) + 6
        self.width = width
        answered = max(width_of(one.answered, SMALL) for one in figures)
        self.beside = width - display - answered > width / 3
        self.full = max(width - display - (answered if self.beside else 0), width / 4)
        self.display = display

    def bar(self, figure: Figure, y: float, *, bold: bool) -> float:
        """Draw a figure and return where it ends: sure up to `low`, open up to `high`, with a mark at the figure itself."""
        low, high = _within(figure.low), _within(figure.high)
        end = self.x + high * self.full
        self.drawing.bar(self.x, low * self.full, y, palette.BAR)
        self.drawing.bar(self.x + low * self.full, (high - low) * self.full, y, palette.RANGE)
        if figure.central is not None and low < high:
            self.drawing.bar(self.x + _within(figure.central) * self.full - 0.75, 1.5, y - 1, palette.TITLE, _BAR + 2)
        self.drawing.bar(self.x - 0.5, 0.5, y - 1, palette.MUTED, _BAR + 2)
        self.drawing.words(end + 4, y + SIZE - 1, [figure.display], SIZE, palette.INK, bold=bold)
        if self.beside:
            self.drawing.words(end + 4 + self.display, y + SIZE - 1, [figure.answered], SMALL, palette.MUTED)
            return y + _LINE
        lines = wrapped(figure.answered, self.width, SMALL)
        self.drawing.words(self.x, y + _LINE + SMALL - 1, lines, SMALL, palette.MUTED)
        return y + (1 + len(lines)) * _LINE - 1


def _key(drawing: _Drawing, figures: Sequence[Figure], labels: Labels, y: float) -> float:
    """What light bars and marks are, where there are any; returns the height of the drawing."""
    open_ones = [one for one in figures if _within(one.low) < _within(one.high)]
    signs = [(palette.RANGE, 12.0, "range")] if open_ones else []
    signs += [(palette.TITLE, 1.5, "central")] if any(one.central is not None for one in open_ones) else []
    for colour, width, key in signs:
        drawing.bar(0, width, y, colour)
        lines = wrapped(labels(f"charts.chapters.{key}"), drawing.width - 18, SMALL)
        drawing.words(18, y + SMALL - 0.5, lines, SMALL, palette.MUTED)
        y += len(lines) * _LINE
    return y + 2


def _within(share: float | None) -> float:
    """A share as far as it can be drawn: points can count against, or come on top."""
    return min(max(share or 0.0, 0.0), 1.0)


class _Drawing:
    """A drawing made from its near edge: the left, or the right where the language runs from right to left."""

    def __init__(self, width: float, *, from_right: bool) -> None:
        self.width = width
        self._from_right = from_right
        self._parts: list[str] = []

    def bar(self, x: float, width: float, y: float, colour: str, height: float = _BAR) -> None:
        if width > 0:
            left = self.width - x - width if self._from_right else x
            self._parts.append(f'<rect x="{left:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:g}" fill="{colour}"/>')

    def line(self, x: float, end: float, y: float, colour: str) -> None:
        self.bar(x, end - x, y, colour, 0.6)

    def words(self, x: float, y: float, lines: Sequence[str], size: float, colour: str, *, bold: bool = False) -> None:
        """Lines of text that start at `x`, the first on the baseline `y`."""
        left, anchor = (self.width - x, "end") if self._from_right else (x, "start")
        weight = ' font-weight="bold"' if bold else ""
        for number, line in enumerate(lines):
            text = escape(clean(_isolated(line) if self._from_right or right_to_left(line) else line))
            at = f'x="{left:.2f}" y="{y + number * _LINE:.2f}" text-anchor="{anchor}"'
            self._parts.append(f'<text {at} font-size="{size:g}" fill="{colour}"{weight}>{text}</text>')

    def svg(self, height: float) -> str:
        size = f'width="{self.width:g}pt" height="{height:.2f}pt" viewBox="0 0 {self.width:g} {height:.2f}"'
        return f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{_IN_PDF}">{"".join(self._parts)}</svg>'


def _isolated(line: str) -> str:
    """A line in the direction of its first letter, in a drawing that knows no direction."""
    return f"\u2068{line}\u2069"
