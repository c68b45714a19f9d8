"""Single provisions side by side: how often each rating was given and by whom, and what changed from round to round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from legcheck.model import Change, Checklist, Compared, Differs, Dimension, ElementMarks, Movement, Passage, Provision
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
from legcheck.reports.reading import rated

# Differences that a line may be drawn across: the checklist's words changed, its weights and rules did not.
HARMLESS = frozenset({Differs.TEXTS})

# A row with its place, and its ratings, elements and citations by provision.
Latest = list[tuple[int, Compared, Mapping[str, str], Mapping[str, ElementMarks], Mapping[str, str]]]


def provision_tables(context: ComparisonContext, rows: Sequence[Compared]) -> Iterator[ProvisionTable]:
    """Every provision in every dimension, over the latest round of each country among some rows."""
    comparison = context.comparison
    for dimension in context.dimensions_of(rows):
        latest = [
            (place, row, comparison.ratings(row, dimension.key), comparison.elements(row), comparison.citations(row))
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


def _compared(context: ComparisonContext, dimension: Dimension, provision: Provision, latest: Latest) -> ProvisionCompared:
    asked = [entry for entry in latest if provision.id in entry[2]]
    members: dict[str, list[Rated]] = {}
    met: Counter[str] = Counter()
    answered = 0
    for place, _, ratings, elements, citations in asked:
        rating = ratings[provision.id]
        level = dimension.level(provision, rating)
        letters = elements[provision.id].found(level).met if dimension.elements else ""
        citation = citations[provision.id] if dimension.in_time else ""
        members.setdefault(rating, []).append(Rated(place, letters, citation))
        if level is not None and not level.outside:
            answered += 1
            met.update(letters)
    return ProvisionCompared(
        id=provision.id,
        title=provision.title,
        question=provision.question,
        chapter=provision.chapter,
        core=context.labels("report.core") if provision.core else "",
        counts=context.labels(
            "comparison.provision.counts", some=sum(bool(entry[2][provision.id]) for entry in asked), all=len(asked)
        ),
        ratings=tuple(
            _groups(context, dimension, provision, members, scored=all(row.summary.scope.scored for _, row, *_ in asked))
        ),
        elements=tuple(_elements(context, provision, met, answered)) if dimension.elements else (),
    )


def _groups(
    context: ComparisonContext, dimension: Dimension, provision: Provision, members: Mapping[str, list[Rated]], *, scored: bool
) -> Iterator[RatingGroup]:
    for key in (*dimension.scale_of(provision).by_key, ""):
        if key in members:
            title, tone = rated(scored, dimension, provision, key, context.labels)
            standing = standing_of(dimension.level(provision, key))
            yield RatingGroup(key, title, standing, tone, len(members[key]), tuple(members[key]))


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
