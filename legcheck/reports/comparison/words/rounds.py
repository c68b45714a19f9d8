"""Rounds of one country: its totals in time, what changed between them, and why a line is not drawn."""

from __future__ import annotations

from collections.abc import Iterator

from legcheck.model import Change, Checklist, Compared, Differs, Dimension, Movement, Passage
from legcheck.reports.comparison.view import ChangeView, Movements, PassageView, Point, Trend
from legcheck.reports.comparison.words.context import Context
from legcheck.reports.palette import Tone, tone_of

# What a line may be drawn through: the checklist's words changed, its weights and rules did not.
HARMLESS = frozenset({Differs.TEXTS})


def trends(context: Context) -> Iterator[Trend]:
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


def _point(context: Context, place: int, dimension: Dimension) -> Point:
    row = context.comparison.rows[place]
    later = row.if_adopted.get(dimension.key)
    cell = context.cell(row, row.scores[dimension.key].total, later.total if later else None)
    return Point(place, context.day(row), cell)


def _passage(context: Context, passage: Passage, dimension: Dimension) -> PassageView:
    labels = context.labels
    changes = [one for one in passage.changes if one.dimension == dimension.key]
    movements = tuple(_movements(context, passage, changes, dimension))
    counts = {kind.value: sum(one.movement is kind for one in changes) for kind in Movement}
    return PassageView(
        before=passage.before,
        after=passage.after,
        joined=set(passage.breaks) <= HARMLESS,
        reasons=tuple(_reason(context, passage, one) for one in passage.breaks),
        summary=labels("comparison.passage.summary", **counts) if changes else labels("comparison.passage.none"),
        movements=movements,
    )


def _reason(context: Context, passage: Passage, why: Differs) -> str:
    before, after = (context.comparison.rows[place].summary.checklist.version for place in (passage.before, passage.after))
    return context.labels(f"comparison.passage.breaks.{why.value}", before=before, after=after)


def _movements(context: Context, passage: Passage, changes: list[Change], dimension: Dimension) -> Iterator[Movements]:
    then, now = (
        context.comparison.checklists[context.comparison.rows[place].summary.checklist.digest]
        for place in (passage.before, passage.after)
    )
    titles = {level.key: level.title for level in dimension.scale.levels} | {"": context.labels("comparison.not_assessed")}
    provisions = context.comparison.checklist.provisions
    for kind in Movement:
        shown = tuple(
            ChangeView(
                provision=one.provision,
                title=provisions[one.provision].title if one.provision in provisions else "",
                before=titles.get(one.before, one.before),
                before_tone=_tone(then, one, one.before),
                after=titles.get(one.after, one.after),
                after_tone=_tone(now, one, one.after),
            )
            for one in changes
            if one.movement is kind
        )
        if shown:
            yield Movements(kind.value, context.labels(f"comparison.movement.{kind.value}"), shown)


def _tone(checklist: Checklist, change: Change, rating: str) -> Tone:
    scale, maximum = checklist.by_dimension[change.dimension].scale, checklist.provisions[change.provision].maximum
    return tone_of(scale.level(rating, maximum) if rating else None)
