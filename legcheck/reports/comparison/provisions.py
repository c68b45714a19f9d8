"""Single provisions side by side: how often each rating was given and by whom, and what changed from round to round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from legcheck.model import Change, Checklist, Compared, Differs, Dimension, FoundAs, Movement, Passage, Provision
from legcheck.reports.comparison.figures import ComparisonContext
from legcheck.reports.comparison.view import (
    ChangeView,
    ChapterCompared,
    ElementCount,
    Movements,
    PassageView,
    Point,
    ProvisionCompared,
    ProvisionTable,
    Rated,
    RatingGroup,
    Trend,
)
from legcheck.reports.make_view import standing_of
from legcheck.reports.palette import Tone, tone_of
from legcheck.reports.reading import class_shown, rated
from legcheck.reports.view import Standing

# Differences that a line may be drawn across: the checklist's words changed, its weights and rules did not.
HARMLESS = frozenset({Differs.TEXTS})
_STANDINGS = {
    FoundAs.FULL: Standing.FULL,
    FoundAs.PARTLY: Standing.PARTIAL,
    FoundAs.SILENT: Standing.PARTIAL,
    FoundAs.NOT_LOOKED_AT: Standing.UNKNOWN,
    FoundAs.NOT_APPLICABLE: Standing.OUTSIDE,
}
"""What comes to the same in an assessment as what named texts have of a provision."""


class _Row(NamedTuple):
    """A row with its place: on each provision its rating, or how its texts deal with it, the letters met, and what it cites."""

    place: int
    scored: bool
    rated: Mapping[str, str]
    met: Mapping[str, str]
    citations: Mapping[str, str]


def provision_tables(context: ComparisonContext, rows: Sequence[Compared]) -> Iterator[ProvisionTable]:
    """Every provision in every dimension, over the latest round of each country among some rows, all scored or all readings."""
    comparison = context.comparison
    for dimension in context.dimensions_of(rows):
        latest = [
            _row(context, dimension, place, row)
            for place, row in enumerate(rows)
            if row.latest and dimension.key in row.scores and row.scores[dimension.key].assessed
        ]
        yield ProvisionTable(
            dimension.key,
            dimension.title,
            tuple(
                ChapterCompared(
                    chapter.id, chapter.title, tuple(_compared(context, dimension, one, latest) for one in chapter.provisions)
                )
                for chapter in comparison.checklist.chapters
            ),
        )


def _row(context: ComparisonContext, dimension: Dimension, place: int, row: Compared) -> _Row:
    comparison, scored = context.comparison, row.summary.scope.scored
    ratings, citations = comparison.ratings(row, dimension.key), comparison.citations(row) if dimension.in_time else {}
    if not dimension.elements:
        met = dict.fromkeys(ratings, "")
    elif scored:
        provisions = comparison.checklist_of(row).provisions
        levels = {id: dimension.level(provisions[id], rating) for id, rating in ratings.items()}
        met = {id: marks.found(levels[id]).met for id, marks in comparison.elements(row).items()}
    else:
        met = {id: found.met for id, found in comparison.elements_found(row).items()}
    return _Row(place, scored, ratings if scored else comparison.found(row)[dimension.key], met, citations)


def _compared(
    context: ComparisonContext, dimension: Dimension, provision: Provision, latest: Sequence[_Row]
) -> ProvisionCompared:
    asked = [row for row in latest if provision.id in row.rated]
    members: dict[str, list[Rated]] = {}
    met: Counter[str] = Counter()
    for row in asked:
        letters = row.met[provision.id]
        members.setdefault(row.rated[provision.id], []).append(Rated(row.place, letters, row.citations.get(provision.id, "")))
        met.update(letters)
    groups = tuple(_groups(context, dimension, provision, members, scored=all(row.scored for row in asked)))
    answered = sum(one.count for one in groups if one.standing not in (Standing.UNKNOWN, Standing.OUTSIDE))
    given = sum(one.count for one in groups if one.standing is not Standing.UNKNOWN)
    return ProvisionCompared(
        id=provision.id,
        title=provision.title,
        question=provision.question,
        chapter=provision.chapter,
        core=context.labels("report.core") if provision.core else "",
        counts=context.labels("comparison.provision.counts", some=given, all=len(asked)),
        ratings=groups,
        elements=tuple(_elements(context, provision, met, answered)) if dimension.elements else (),
    )


def _groups(
    context: ComparisonContext, dimension: Dimension, provision: Provision, members: Mapping[str, list[Rated]], *, scored: bool
) -> Iterator[RatingGroup]:
    for key in (*dimension.scale_of(provision).by_key, "") if scored else map(str, FoundAs):
        if key in members:
            shown = (
                rated(dimension, provision, key, context.labels)
                if scored
                else class_shown(FoundAs(key), dimension, context.labels)
            )
            standing = standing_of(dimension.level(provision, key)) if scored else _STANDINGS.get(FoundAs(key), Standing.NONE)
            yield RatingGroup(key, shown[0], standing, shown[1], len(members[key]), tuple(members[key]))


def _elements(context: ComparisonContext, provision: Provision, met: Counter[str], answered: int) -> Iterator[ElementCount]:
    for one in provision.elements:
        having = met[one.letter]
        shown = context.labels("comparison.provision.element", some=having, all=answered)
        yield ElementCount(one.letter, one.text, having, answered, shown)


def trends(context: ComparisonContext) -> Iterator[Trend]:
    """Every country with more than one round, in every dimension that any of them assessed."""
    chains: dict[str, list[Passage]] = {}
    rows = context.comparison.rows
    for passage in context.comparison.passages:
        chains.setdefault(rows[passage.before].summary.country, []).append(passage)
    for passages in chains.values():
        places = [passages[0].before, *(one.after for one in passages)]
        for dimension in context.dimensions:
            if any(_assessed(rows[place], dimension) for place in places):
                yield Trend(
                    name=rows[places[-1]].name,
                    dimension=dimension.key,
                    dimension_title=dimension.title,
                    points=tuple(_point(context, place, dimension) for place in places if dimension.key in rows[place].scores),
                    passages=tuple(_passage(context, one, dimension) for one in passages),
                )


def _assessed(row: Compared, dimension: Dimension) -> bool:
    return dimension.key in row.scores and row.scores[dimension.key].assessed


def _point(context: ComparisonContext, place: int, dimension: Dimension) -> Point:
    row = context.comparison.rows[place]
    later = row.if_adopted.get(dimension.key)
    cell = context.cell(row.scores[dimension.key].total, later.total if later else None)
    return Point(place, context.day(row), cell)


def _passage(context: ComparisonContext, passage: Passage, dimension: Dimension) -> PassageView:
    labels = context.labels
    changes = [one for one in passage.changes if one.dimension == dimension.key]
    movements = tuple(_movements(context, passage, changes))
    counts = {kind.value: sum(one.movement is kind for one in changes) for kind in Movement}
    joined = set(passage.breaks) <= HARMLESS
    only_answers = joined and bool(changes) and counts[Movement.ANSWERED] == len(changes)
    return PassageView(
        before=passage.before,
        after=passage.after,
        joined=joined,
        reasons=(
            *(_reason(context, passage, one) for one in passage.breaks),
            *([labels("comparison.passage.only_answers")] if only_answers else []),
        ),
        summary=labels("comparison.passage.summary", **counts) if changes else labels("comparison.passage.none"),
        movements=movements,
    )


def _reason(context: ComparisonContext, passage: Passage, why: Differs) -> str:
    before, after = (context.comparison.rows[place].summary.checklist.version for place in (passage.before, passage.after))
    return context.labels(f"comparison.passage.breaks.{why.value}", before=before, after=after)


def _movements(context: ComparisonContext, passage: Passage, changes: list[Change]) -> Iterator[Movements]:
    rows, checklists = context.comparison.rows, context.comparison.checklists
    then, now = (checklists[rows[place].summary.checklist.digest] for place in (passage.before, passage.after))
    unrated, provisions = context.labels("comparison.not_assessed"), context.comparison.checklist.provisions
    for kind in Movement:
        shown = tuple(
            ChangeView(
                provision=one.provision,
                title=provisions[one.provision].title if one.provision in provisions else "",
                before=_title(context, then, one, one.before, one.worth_before) or unrated,
                before_tone=_tone(then, one, one.before),
                after=_title(context, now, one, one.after, one.worth_after) or unrated,
                after_tone=_tone(now, one, one.after),
            )
            for one in changes
            if one.movement is kind
        )
        if shown:
            yield Movements(kind.value, context.labels(f"comparison.movement.{kind.value}"), shown)


def _title(context: ComparisonContext, checklist: Checklist, change: Change, rating: str, worth: Fraction | None) -> str:
    """The title of a rating, with the share of elements met where that alone has changed."""
    title = checklist.by_dimension[change.dimension].scale_of(checklist.provisions[change.provision]).title(rating)
    if change.before != change.after or worth is None:
        return title
    return context.labels("comparison.passage.share", rating=title, share=context.labels.percent(worth))


def _tone(checklist: Checklist, change: Change, rating: str) -> Tone:
    dimension, provision = checklist.by_dimension[change.dimension], checklist.provisions[change.provision]
    return tone_of(dimension.level(provision, rating))
