"""Provisions side by side: how often each rating was given, by whom, with which elements and on which citation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from legcheck.model import Compared, Dimension, Level, Provision, Scope
from legcheck.reports.comparison.view import ChapterCompared, ElementCount, ProvisionCompared, ProvisionTable, Rated, RatingGroup
from legcheck.reports.comparison.words.context import Context
from legcheck.reports.palette import tone_of


def provision_tables(context: Context) -> Iterator[ProvisionTable]:
    """Every provision in every dimension, over the latest round of each country."""
    for dimension in context.dimensions:
        latest = [
            (place, row, context.comparison.ratings(row, dimension.key), context.comparison.elements(row))
            for place, row in enumerate(context.comparison.rows)
            if row.latest and dimension.key in row.scores and row.scores[dimension.key].assessed
        ]
        yield ProvisionTable(
            dimension.key,
            dimension.title,
            tuple(
                ChapterCompared(
                    chapter.id, chapter.title, tuple(_compared(context, dimension, one, latest) for one in chapter.provisions)
                )
                for chapter in context.comparison.checklist.chapters
            ),
        )


def citation_of(row: Compared, provision: str) -> str:
    """The citations of an answer with their laws spelt out, on one line."""
    laws = row.summary.laws
    cited = row.summary.citations.get(provision, ())
    return "; ".join(f"{laws.get(law, law)} {articles}".strip() for law, articles in cited)


Latest = list[tuple[int, Compared, Mapping[str, str], Mapping[str, str]]]


def _compared(context: Context, dimension: Dimension, provision: Provision, latest: Latest) -> ProvisionCompared:
    asked = [entry for entry in latest if provision.id in entry[2]]
    members: dict[str, list[Rated]] = {}
    met: Counter[tuple[str, Scope]] = Counter()
    answered: Counter[Scope] = Counter()
    for place, row, ratings, elements in asked:
        rating = ratings[provision.id]
        level = level_at(dimension, provision, rating)
        letters = "".join(provision.met(level, elements[provision.id])) if dimension.elements else ""
        citation = citation_of(row, provision.id) if dimension.in_time else ""
        members.setdefault(rating, []).append(Rated(place, letters, citation))
        if level is not None and not level.outside:
            answered[row.summary.scope] += 1
            met.update((letter, row.summary.scope) for letter in letters)
    return ProvisionCompared(
        id=provision.id,
        title=provision.title,
        question=provision.question,
        chapter=provision.chapter,
        core=context.labels("report.core") if provision.core else "",
        counts=_counts(context, provision, asked),
        ratings=tuple(_groups(context, dimension, provision, members)),
        elements=tuple(_elements(context, provision, met, answered)) if dimension.elements else (),
    )


def _counts(context: Context, provision: Provision, asked: Latest) -> str:
    """How many answered of how many, readings of texts apart from national assessments."""
    every = Counter(row.summary.scope for _, row, _, _ in asked)
    answered = Counter(row.summary.scope for _, row, ratings, _ in asked if ratings[provision.id])
    return by_scope(context, {scope: (answered[scope], every[scope]) for scope in every}, "counts")


def by_scope(context: Context, counted: Mapping[Scope, tuple[int, int]], key: str) -> str:
    """Counts of how many of how many; where there are both, readings of texts apart from national assessments."""
    labels = context.labels
    said = {
        scope: labels(f"comparison.provision.{key}", some=some, all=every) for scope, (some, every) in sorted(counted.items())
    }
    if len(said) < 2:
        return "".join(said.values())
    of_scope = "comparison.provision.of_scope"
    return labels.join(labels(of_scope, scope=context.scope(scope), counts=text) for scope, text in said.items())


def level_at(dimension: Dimension, provision: Provision, rating: str) -> Level | None:
    """The level of a rating on a provision, None where it was not assessed."""
    return dimension.scale.level(rating, provision.maximum) if rating else None


def _groups(
    context: Context, dimension: Dimension, provision: Provision, members: Mapping[str, list[Rated]]
) -> Iterator[RatingGroup]:
    titles = {level.key: level.title for level in dimension.scale.levels}
    for key in (*dimension.scale.ratings(provision.maximum), ""):
        if key in members:
            title = titles.get(key, key) if key else context.labels("comparison.not_assessed")
            yield RatingGroup(key, title, tone_of(level_at(dimension, provision, key)), len(members[key]), tuple(members[key]))


def _elements(
    context: Context, provision: Provision, met: Counter[tuple[str, Scope]], answered: Counter[Scope]
) -> Iterator[ElementCount]:
    for one in provision.elements:
        counted = {scope: (met[one.letter, scope], every) for scope, every in answered.items()}
        having = sum(some for some, _ in counted.values())
        yield ElementCount(one.letter, one.text, having, answered.total(), by_scope(context, counted, "element"))
