"""Makes the view of a comparison: every word and printed figure, decided once for all formats."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence

from legcheck.labels import Labels
from legcheck.model import Compared, Comparison, Differs, Dimension, DimensionScores, Release, Scope, Steadiness
from legcheck.reports.comparison.figures import ComparisonContext, groups, score_at, tables
from legcheck.reports.comparison.provisions import provision_tables, trends
from legcheck.reports.comparison.view import (
    ComparisonView,
    Mark,
    ReadingCounts,
    ReadingsTable,
    ReadingsView,
    RowHead,
    SteadyRow,
    SteadyTable,
)
from legcheck.reports.palette import tone_of
from legcheck.reports.reading import counted, found_columns, found_table
from legcheck.reports.stamp import COMPARISON, Stamp
from legcheck.reports.view import Row

# How many countries a sentence may name.
MOST_NAMED = 20


def view_of(comparison: Comparison, labels: Labels) -> ComparisonView:
    """A comparison in the language of `labels`; the checklist's texts are shown as they stand in the comparison."""
    context = ComparisonContext(comparison, labels)
    rows = context.rows
    return ComparisonView(
        language=labels.language,
        direction=labels.direction,
        title=labels("comparison.title", subject=comparison.checklist.subject),
        subtitle=_subtitle(context),
        notice=_notice(context),
        marking=comparison.request.marking,
        stamp=str(_stamp(comparison, labels.language)),
        facts=tuple(_facts(context)),
        not_comparable=tuple(_not_comparable(context)),
        rows=tuple(_row_heads(context, rows, "a")),
        scopes=((Scope.NATIONAL.value, context.scope(Scope.NATIONAL)),) if rows else (),
        groups_named=tuple(sorted({row.group for row in rows if row.group})),
        dimensions=tuple((one.key, one.title) for one in context.dimensions),
        tables=tuple(tables(context)),
        provisions=tuple(provision_tables(context, rows)),
        scale=tuple(
            dict.fromkeys((level.key, level.title, tone_of(level)) for one in context.dimensions for level in one.scale.levels)
        ),
        trends=tuple(trends(context)),
        groups=tuple(groups(context)),
        robustness=tuple(_steady_tables(context)),
        robustness_note=_robustness_note(context),
        left_out=tuple(_left_out(context)),
        method=tuple(_method(context)),
        readings=_readings(context),
        anonymous=comparison.anonymous,
    )


def _stamp(comparison: Comparison, language: str) -> Stamp:
    """What the comparison was made from: one digest of the digests of all its files."""
    files = "\n".join(sorted({row.summary.source.digest for row in comparison.rows}))
    release = Release(marking=comparison.request.marking)
    digest = hashlib.sha256(files.encode()).hexdigest()
    return Stamp(comparison.tool_version, COMPARISON, language, release, digest, comparison.checklist.digest)


def _subtitle(context: ComparisonContext) -> str:
    rows = context.comparison.rows
    days = sorted(row.summary.as_of for row in rows)
    readings = len(rows) - len(context.rows)
    first, last = context.day_or_year(days[0]), context.day_or_year(days[-1])
    facts = {
        "assessments": len(context.rows),
        "readings": context.labels("comparison.and_readings", count=readings) if readings else "",
        "countries": len({row.summary.country for row in rows}),
        "first": first,
        "last": last,
    }
    return context.labels(f"comparison.subtitle{'' if first != last else '_one'}", **facts)


def _notice(context: ComparisonContext) -> str:
    labels = context.labels
    marking = context.comparison.request.marking
    said = [labels("report.notices.marking", marking=marking)] if marking else []
    said.append(labels("comparison.notice"))
    if context.comparison.anonymous:
        said.append(labels("comparison.anonymous_notice"))
    return " ".join(said)


def _facts(context: ComparisonContext) -> Iterator[Row]:
    """The few lines that say what is compared."""
    labels, comparison = context.labels, context.comparison
    rows = comparison.rows
    yield Row(labels("comparison.facts.assessments"), str(len(context.rows)))
    yield Row(labels("comparison.facts.countries"), str(len({row.summary.country for row in rows})))
    scopes = Counter(row.summary.scope for row in rows)
    said = (labels(f"comparison.scope.{scope.value}_one", count=scopes[scope]) for scope in Scope if scopes[scope])
    yield Row(labels("comparison.facts.scope"), labels.join(said))
    yield Row(labels("comparison.facts.checklist"), f"{comparison.checklist.title} ({comparison.checklist.version})")
    yield Row(labels("comparison.facts.order"), _order(context))


def _order(context: ComparisonContext) -> str:
    return context.labels("comparison.order.name_anonymous" if context.comparison.anonymous else "comparison.order.name")


def _row_heads(context: ComparisonContext, rows: Sequence[Compared], letter: str) -> Iterator[RowHead]:
    """One head for each row; its id is a letter and its place."""
    comparison = context.comparison
    for place, row in enumerate(rows, 1):
        yield RowHead(
            id=f"{letter}{place}",
            name=row.name,
            code="" if comparison.anonymous else row.summary.country,
            when=context.day(row),
            day=row.when,
            scope=row.summary.scope.value,
            scope_title=context.scope(row.summary.scope),
            group=row.group,
            latest=row.latest,
            marks=tuple(_marks(context, row)),
            notes=tuple(_notes(context, row)),
            file=row.summary.source.name,
            law_day=row.summary.as_of,
        )


def _marks(context: ComparisonContext, row: Compared) -> Iterator[Mark]:
    labels, usual = context.labels, context.comparison.checklist.version
    if row.fictional:
        yield Mark("fictional", labels("comparison.sign.fictional"), labels("comparison.differs.fictional"))
    for one in row.differs:
        facts = {"version": row.summary.checklist.version, "usual": usual}
        if one is Differs.YEAR:
            facts = {"year": str(row.summary.as_of.year), "usual": str(context.usual_year)}
        yield Mark(one.value, labels(f"comparison.sign.{one.value}"), labels(f"comparison.differs.{one.value}", **facts))


def _notes(context: ComparisonContext, row: Compared) -> Iterator[str]:
    before = row.summary.rescored_from
    if row.summary.title and not context.comparison.anonymous:
        yield row.summary.title
    if before is not None:
        kind = "rescored_note" if row.summary.not_carried else "rescored_none"
        facts = {"version": row.summary.checklist.version, "before": before.version, "lost": ", ".join(row.summary.not_carried)}
        yield context.labels(f"comparison.{kind}", **facts)


def _what_was_read(context: ComparisonContext) -> Iterator[str]:
    """Say that readings of texts are illustrative and apart from national assessments, and which countries are fictional."""
    labels, rows = context.labels, context.comparison.rows
    if readings := len(context.comparison.readings):
        yield labels("comparison.not_comparable.texts", count=readings)
    invented = {row.name: None for row in rows if row.fictional}
    if invented and len(invented) <= MOST_NAMED:
        yield labels("comparison.not_comparable.fictional", names=labels.join(invented))
    elif invented:
        yield labels("comparison.not_comparable.fictional_many", count=len(invented))


def _not_comparable(context: ComparisonContext) -> Iterator[str]:
    """Every caveat, in a sentence with its count."""
    labels, comparison = context.labels, context.comparison
    rows = comparison.rows
    counted = Counter(one for row in rows for one in row.differs)
    yield from _what_was_read(context)
    for one in (Differs.FORM, Differs.VERSION, Differs.RULES, Differs.TEXTS):
        if counted[one]:
            version = comparison.checklist.version
            key = "texts_changed" if one is Differs.TEXTS else one.value
            yield labels(f"comparison.not_comparable.{key}", count=counted[one], version=version)
    again = [row for row in rows if row.summary.rescored_from is not None]
    if again:
        lost = sum(len(row.summary.not_carried) for row in again)
        yield labels("comparison.not_comparable.rescored", count=len(again), lost=lost, version=comparison.checklist.version)
    if counted[Differs.YEAR]:
        days = sorted(row.summary.as_of for row in context.rows)
        first, last = context.day_or_year(days[0]), context.day_or_year(days[-1])
        usual = context.usual_year
        yield labels("comparison.not_comparable.year", first=first, last=last, count=counted[Differs.YEAR], usual=usual)
    if counted[Differs.FEW_ANSWERS]:
        yield labels("comparison.not_comparable.few_answers", count=counted[Differs.FEW_ANSWERS])
    if not all(row.latest for row in context.rows):
        yield labels("comparison.not_comparable.duplicates")
    if any(not spreads for group in comparison.everyone for spreads in group.spreads.values()):
        yield labels("comparison.not_comparable.too_few", smallest=comparison.rules.smallest_group)


def _steady_tables(context: ComparisonContext) -> Iterator[SteadyTable]:
    """The test of robustness, a table for each dimension."""
    robustness = context.comparison.robustness
    if robustness is None:
        return
    for dimension in context.dimensions:
        if chosen := robustness.by_dimension.get(dimension.key, ()):
            steady = tuple(_steady(context, one) for one in chosen)
            yield SteadyTable(dimension.title, context.scope(Scope.NATIONAL), steady)


def _steady(context: ComparisonContext, one: Steadiness) -> SteadyRow:
    labels, row = context.labels, context.comparison.rows[one.row]
    low, middle, high = (context.percent(value) for value in one.score)
    return SteadyRow(
        name=row.name,
        when=context.day(row),
        score=middle,
        score_range=labels("comparison.robustness.score", low=low, high=high),
        score_shares=one.score,
    )


def _readings(context: ComparisonContext) -> ReadingsView:
    """The readings of named texts, by counts."""
    rows = context.comparison.readings
    return ReadingsView(
        rows=tuple(_row_heads(context, rows, "r")),
        tables=tuple(_readings_table(context, rows, dimension) for dimension in context.dimensions_of(rows)),
        provisions=tuple(provision_tables(context, rows)),
    )


def _readings_table(context: ComparisonContext, rows: Sequence[Compared], dimension: Dimension) -> ReadingsTable:
    key, chapters = dimension.key, context.comparison.checklist.chapters

    def counts(place: int, scores: DimensionScores) -> ReadingCounts:
        """Counts, none for a chapter that the reading's own checklist does not have."""
        named = [counted(f"{key}.{one.id}", f"{one.id} {one.title}", score_at(scores, one.id)) for one in chapters]
        made = found_table(
            dimension, counted(f"{key}.total", context.labels("reading.every"), scores.total), named, context.labels
        )
        return ReadingCounts(place, made.every, made.chapters, made.nothing)

    assessed = [(place, row.scores[key]) for place, row in enumerate(rows) if key in row.scores and row.scores[key].assessed]
    made = tuple(counts(place, scores) for place, scores in assessed)
    columns = found_columns(dimension, [one.every for one in made], context.labels)
    return ReadingsTable(key, dimension.title, columns, made)


def _robustness_note(context: ComparisonContext) -> str:
    """How the test of robustness was made."""
    found = context.comparison.robustness
    if found is None:
        return ""
    vary = context.labels.percent(found.weights_vary_by)
    return context.labels("comparison.robustness.note", draws=found.draws, seed=found.seed, vary=vary)


def _left_out(context: ComparisonContext) -> Iterator[Row]:
    """The files left out of the comparison and why; where names are withheld, only the codes of the issues."""
    labels = context.labels
    for place, one in enumerate(context.comparison.left_out, 1):
        if context.comparison.anonymous:
            codes = sorted({issue.code for issue in one.issues})
            yield Row(labels("comparison.left_out.file", number=place), ", ".join(codes))
        else:
            said = (" ".join(filter(None, (issue.code, issue.at.inside, labels.message(issue)))) for issue in one.issues)
            yield Row(one.file, "\n".join(dict.fromkeys(said)))


def _method(context: ComparisonContext) -> Iterator[Row]:
    """How to check this comparison."""
    labels, comparison = context.labels, context.comparison
    checklist = comparison.checklist
    yield Row(labels("comparison.method.tool"), f"legcheck {comparison.tool_version}")
    yield Row(labels("comparison.method.checklist"), f"{checklist.id} {checklist.version}")
    yield Row(labels("comparison.method.digest"), checklist.digest)
    rule = labels(f"report.rollup.{checklist.rollup.value}")
    minimum = labels.percent(checklist.minimum_answered)
    said = labels("report.slip.method_is", rollup=rule, minimum=minimum)
    yield Row(labels("comparison.method.scoring"), f"{comparison.scoring}: {said}")
    smallest = labels("comparison.method.spread_is", smallest=comparison.rules.smallest_group)
    yield Row(labels("comparison.method.spread"), smallest)
    yield Row(labels("comparison.method.order"), _order(context))
    files = {row.summary.source for row in comparison.rows} if not comparison.anonymous else set()
    shown = (
        labels("comparison.method.file", name=one.name, digest=one.digest) for one in sorted(files, key=lambda one: one.name)
    )
    if files:
        yield Row(labels("comparison.method.files"), "\n".join(shown))
    yield Row(labels("comparison.method.more"), labels("comparison.method.more_is"))
