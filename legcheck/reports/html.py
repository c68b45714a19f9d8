"""The gap report as one web page: nothing is fetched, everything typed is escaped, and it reads in full without script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import wrap

from legcheck.labels import Labels
from legcheck.reports.page import render_page
from legcheck.reports.view import DimensionView, Figure, GapView, ProvisionView, ReportView

OVERVIEW = ("facts", "summary", "scores", "chart", "contrary", "top", "recommendations", "assistance")
READING = ("facts", "summary", "counts", "contents", "look-at", "further", "assistance")
ANNEX = (
    "provisions",
    "gaps",
    "concordance",
    "themes",
    "instruments",
    "laws",
    "not-applicable",
    "to-confirm",
    "observations",
    "unanswered",
    "standards",
    "method",
    "issues",
    "check",
)
# The parts of the annex that a reading of named texts does not have.
SCORED = ("gaps", "themes", "instruments")


def render_html(view: ReportView, labels: Labels) -> bytes:
    """The page as UTF-8, ready to be written to a file."""
    gaps: dict[str, list[GapView]] = {}
    for gap in view.gaps:
        gaps.setdefault(gap.provision, []).append(gap)
    return render_page(
        "gap-report",
        margin=view.notice_short,
        view=view,
        labels=labels,
        parts=parts_of(view),
        filters=filters_of(view, labels),
        charts=[(one, chart(one, mirrored=view.direction == "rtl")) for one in view.dimensions],
        gaps=gaps,
    )


def parts_of(view: ReportView) -> dict[str, tuple[str, ...]]:
    """The sections of the page, part by part."""
    if view.reading is None:
        return {"overview": OVERVIEW, "annex": ANNEX}
    return {"overview": READING, "annex": tuple(section for section in ANNEX if section not in SCORED)}


# The filter

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Filter:
    """One drop-down: the field it reads on a provision, its label, and its choices by group (the group's title may be empty)."""

    field: str
    label: str
    groups: tuple[tuple[str, Choices], ...]


def filters_of(view: ReportView, labels: Labels) -> tuple[Filter, ...]:
    """Every filter with at least two choices, in the order of the view."""
    found = (*_ratings(view, labels), *_gaps(view, labels), _themes(view, labels), _chapters(view, labels))
    return tuple(one for one in found if sum(len(choices) for _, choices in one.groups) > 1)


def _provisions(view: ReportView) -> Iterator[ProvisionView]:
    for chapter in view.chapters:
        yield from chapter.provisions


def _ratings(view: ReportView, labels: Labels) -> Iterator[Filter]:
    order = {row.label: place for place, row in enumerate(view.scale)}
    for number, dimension in enumerate(view.rated):
        shown = {one.ratings[number].key: one.ratings[number].title for one in _provisions(view) if number < len(one.ratings)}
        choices = sorted(shown.items(), key=lambda pair: (not pair[0], order.get(pair[1], len(order)), *_natural(pair[1])))
        label = labels("html.filter.rating", dimension=dimension)
        yield Filter(f"rating{number}", label, (("", tuple((f"={key}", title) for key, title in choices)),))


def _natural(text: str) -> tuple[float, str]:
    """A sort key: points as numbers, words after them."""
    try:
        return float(text), text
    except ValueError:
        return float("inf"), text


def _gaps(view: ReportView, labels: Labels) -> Iterator[Filter]:
    if not view.gaps:
        return
    kinds = {f"={gap.kind}": gap.kind_title for gap in view.gaps}
    any_or_none = (("*", labels("html.filter.any_gap")), ("=", labels("html.filter.no_gap")))
    yield Filter("kind", labels("html.filter.kind"), (("", any_or_none), ("", tuple(kinds.items()))))
    priorities = {f"={gap.priority}": gap.priority_title for gap in view.gaps if gap.priority}
    yield Filter("priority", labels("html.filter.priority"), (("", tuple(priorities.items())),))


def _themes(view: ReportView, labels: Labels) -> Filter:
    keys = {title: key for one in _provisions(view) for key, title in zip(one.themes, one.theme_titles, strict=True)}
    groups = view.dimensions[0].themes if view.dimensions else ()
    choices = (
        (group.title, tuple((f"={keys[figure.title]}", figure.title) for figure in group.figures if figure.title in keys))
        for group in groups
    )
    return Filter("themes", labels("html.filter.theme"), tuple(one for one in choices if one[1]))


def _chapters(view: ReportView, labels: Labels) -> Filter:
    choices = tuple((f"={one.id}", f"{one.id} {one.title}") for one in view.chapters)
    return Filter("chapter", labels("html.filter.chapter"), (("", choices),))


# The bar chart. Horizontal lengths are shares of the drawing, so that the chart follows the width of the page while its words
# keep their size; vertical lengths are pixels.

BAR_SHARE = 62.0
BAR_HEIGHT = 12
AXIS = 22
LINE = 16
ROW_GAP = 11
LONGEST_LINE = 34
QUARTERS = (0, 25, 50, 75, 100)


@dataclass(frozen=True)
class Span:
    """A segment of a bar, in per cent of the drawing's width."""

    x: str
    width: str


@dataclass(frozen=True)
class Bar:
    """One figure of the chart. `central` and `range` are None if there is nothing to draw; `track` is behind both."""

    figure: Figure
    lines: tuple[tuple[int, str], ...]
    y: int
    track: Span
    central: Span | None
    range: Span | None
    total: bool

    @property
    def top(self) -> int:
        """The baseline of the first line of words."""
        return self.lines[0][0]


@dataclass(frozen=True)
class Tick:
    """A mark of the scale."""

    x: str
    percent: int


@dataclass(frozen=True)
class Chart:
    """A drawing of one dimension: a bar for each chapter and, last, one for the total. Words run from `start` to `end`."""

    start: str
    end: str
    height: int
    bar_height: int
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]


def chart(dimension: DimensionView, *, mirrored: bool = False) -> Chart:
    """The chart of a dimension; `mirrored` for languages written from right to left."""
    bars: list[Bar] = []
    y = AXIS
    for figure in (*dimension.chapters, dimension.total):
        words = wrap(figure.title, LONGEST_LINE) or [""]
        lines = tuple((y + LINE * (place + 1) - 4, line) for place, line in enumerate(words))
        y += LINE * len(words)
        bars.append(_bar(figure, lines, y, mirrored=mirrored, total=figure is dimension.total))
        y += BAR_HEIGHT + ROW_GAP
    ticks = tuple(Tick(_span(quarter / 100, 0, mirrored=mirrored).x, quarter) for quarter in QUARTERS)
    start, end = ("100%", "0%") if mirrored else ("0%", "100%")
    return Chart(start, end, y, BAR_HEIGHT, tuple(bars), ticks)


def _bar(figure: Figure, lines: tuple[tuple[int, str], ...], y: int, *, mirrored: bool, total: bool) -> Bar:
    low, middle, high = map(_within, (figure.low, figure.central, figure.high))
    central = range = None
    if middle is not None:
        central = _span(0, middle, mirrored=mirrored)
    if low is not None and high is not None and low < high:
        range = _span(low, high - low, mirrored=mirrored)
    return Bar(figure, lines, y, _span(0, 1, mirrored=mirrored), central, range, total)


def _within(share: float | None) -> float | None:
    """A share as far as it can be drawn: points can count against, or come on top."""
    return None if share is None else min(max(share, 0), 1)


def _span(start: float, length: float, *, mirrored: bool) -> Span:
    left, width = start * BAR_SHARE, length * BAR_SHARE
    return Span(f"{100 - left - width if mirrored else left:.2f}%", f"{width:.2f}%")
