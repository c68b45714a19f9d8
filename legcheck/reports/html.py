"""The country report as one web page: nothing is fetched, everything typed is escaped, and it reads in full without script.

Its findings are those of the document, block by block; the annex follows, with a filter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from legcheck.reports.charts import chapters_chart
from legcheck.reports.country_report import CountryReport
from legcheck.reports.page import render_page

if TYPE_CHECKING:
    from legcheck.labels import Labels
    from legcheck.reports.document import Block, Words
    from legcheck.reports.prose import Recommendation
    from legcheck.reports.view import ChapterView, GapView, ProvisionView, ReportView

READING = ("summary", "facts", "counts", "contents", "look-at", "further", "assistance")
ANNEX = (
    "provisions",
    "concordance",
    "figures",
    "themes",
    "instruments",
    "gaps",
    "laws",
    "not-applicable",
    "to-confirm",
    "observations",
    "unanswered",
    "standards",
    "facts",
    "method",
    "issues",
    "check",
)
# The parts of the annex that a reading of named texts does not have; its facts stand first.
SCORED = ("figures", "themes", "instruments", "gaps", "facts")
# Those that the public edition does not have.
WORKING = ("to-confirm", "observations", "issues", "instruments")


def render_html(view: ReportView, labels: Labels, recommended: Sequence[Recommendation] = (), stamp: str = "") -> bytes:
    """The page as UTF-8, ready to be written to a file; `recommended` are the measures of the draft plan, in order.

    `stamp` says what it was made from.
    """
    report = CountryReport(view, labels, recommended)
    gaps: dict[str, list[GapView]] = {}
    for gap in view.gaps:
        gaps.setdefault(gap.provision, []).append(gap)
    return render_page(
        "country-report",
        margin=view.notice_short,
        stamp=stamp,
        view=view,
        labels=labels,
        parts=parts_of(view, labels),
        findings=None if view.reading is not None else _findings(report),
        filters=filters_of(view, labels),
        gaps=gaps,
        asked={gap.provision: _recommendations(report, report.answering(gap)) for gap in view.gaps},
    )


@dataclass(frozen=True)
class Part:
    """A part of the page, with the sections it has."""

    key: str
    title: str
    sections: tuple[str, ...] = ()


def parts_of(view: ReportView, labels: Labels) -> tuple[Part, ...]:
    """The parts of the page, in order."""
    left_out = (*(WORKING if view.public else ()), *(_not_in(view) if view.reading is not None else ()))
    annex = Part("annex", labels("html.part.annex"), tuple(one for one in ANNEX if one not in left_out))
    if view.reading is not None:
        there = {"look-at": view.contrary, "assistance": view.assistance}
        shown = tuple(one for one in READING if there.get(one, True))
        return Part("overview", labels("html.part.overview"), shown), annex
    titled = ("glance", "chapters", "priorities")
    brief = Part("brief", labels("html.part.brief"))  # on paper it may be longer than a page
    return brief, *(Part(key, labels(f"country_report.{key}.title")) for key in titled), annex


def _not_in(view: ReportView) -> tuple[str, ...]:
    """What the annex of a reading does not have; the State is heard on findings, and only a reading that it commented says so."""
    return SCORED if view.observations else (*SCORED, "observations")


# The findings

Shown = tuple[tuple[str, object], ...]


@dataclass(frozen=True)
class ChapterFindings:
    """The findings on a chapter, and the measures that come with wording to start from: those recommended there, then others."""

    chapter: ChapterView
    blocks: Shown
    worded: tuple[Recommendation, ...]


@dataclass(frozen=True)
class Findings:
    """What stands before the annex: the parts of the country report that need nobody to fill them in."""

    brief: Shown
    charts: Shown
    narrow_charts: Shown
    counts: Shown
    chapters: tuple[ChapterFindings, ...]
    priorities: Shown


def _findings(report: CountryReport) -> Findings:
    view = report.view
    worded = _worded(report)
    return Findings(
        brief=_shown(report.brief_blocks()),
        charts=_shown(chapters_chart(view, report.labels)),
        narrow_charts=_shown(chapters_chart(view, report.labels, narrow=True)),
        counts=_shown(map(report.counts, view.dimensions)),
        chapters=tuple(ChapterFindings(one, _shown(report.chapter(one)), tuple(worded[one.id])) for one in view.chapters),
        priorities=_shown((*tuple(report.priorities())[1:], *report.said())),
    )


def _worded(report: CountryReport) -> dict[str, list[Recommendation]]:
    """Every measure with clauses, once: in the chapter that recommends it, otherwise in the first that it concerns."""
    given = {one.measure for shown, _ in report.asked.values() for one in shown}
    found = {}
    for chapter, (shown, others) in report.asked.items():
        further = [one for one in others if one.measure not in given]
        given.update(one.measure for one in further)
        found[chapter] = [one for one in (*shown, *further) if one.clauses]
    return found


def _shown(blocks: Iterable[Block]) -> Shown:
    """Blocks, each with the name of its kind."""
    return tuple((type(block).__name__.lower(), block) for block in blocks)


def _recommendations(report: CountryReport, recommended: Iterable[Recommendation]) -> tuple[Words, ...]:
    return tuple(report.recommendation(one) for one in recommended)


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
    order = {row.label: place for place, row in enumerate(row for rule in view.rules for row in rule.rows)}
    for number, dimension in enumerate(view.rated):
        shown = {one.ratings[number].choice: one.ratings[number].title for one in _provisions(view) if number < len(one.ratings)}
        choices = sorted(shown.items(), key=lambda pair: (not pair[0], order.get(pair[1], len(order)), *_natural(pair[1])))
        label = labels("html.filter.rating" if view.reading is None else "xlsx.column.found", dimension=dimension)
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
