"""Builds the view of a comparison: every word and printed figure, decided once for all formats."""

from __future__ import annotations

from legcheck.labels import Labels
from legcheck.model import Comparison, Order, Scope
from legcheck.reports.comparison.view import ComparisonView
from legcheck.reports.comparison.words import notes
from legcheck.reports.comparison.words.context import Context
from legcheck.reports.comparison.words.figures import groups, tables
from legcheck.reports.comparison.words.provisions import provision_tables
from legcheck.reports.comparison.words.rounds import trends
from legcheck.reports.palette import tone_of


def view_of(comparison: Comparison, labels: Labels) -> ComparisonView:
    """A comparison in the language of `labels`; the checklist's texts are shown as they stand in the comparison."""
    context = Context(comparison, labels)
    rows = comparison.rows
    return ComparisonView(
        language=labels.language,
        direction="ltr",
        title=labels("comparison.title", subject=comparison.checklist.subject),
        subtitle=_subtitle(context),
        notice=_notice(context),
        caveat=labels("comparison.caveat") if comparison.order is Order.SCORE else "",
        facts=tuple(notes.facts(context)),
        not_comparable=tuple(notes.not_comparable(context)),
        rows=tuple(notes.row_heads(context)),
        scopes=tuple((scope.value, context.scope(scope)) for scope in Scope if any(row.summary.scope is scope for row in rows)),
        groups_named=tuple(sorted({row.group for row in rows if row.group})),
        dimensions=tuple((one.key, one.title) for one in context.dimensions),
        tables=tuple(tables(context)),
        provisions=tuple(provision_tables(context)),
        scale=tuple((level.key, level.title, tone_of(level)) for one in context.dimensions[:1] for level in one.scale.levels),
        trends=tuple(trends(context)),
        groups=tuple(groups(context)),
        robustness=tuple(notes.steady_tables(context)),
        robustness_note=notes.robustness_note(context),
        left_out=tuple(notes.left_out(context)),
        method=tuple(notes.method(context)),
        anonymous=comparison.anonymous,
    )


def _subtitle(context: Context) -> str:
    rows = context.comparison.rows
    days = sorted(row.summary.as_of for row in rows)
    first, last = context.day_or_year(days[0]), context.day_or_year(days[-1])
    facts = {"assessments": len(rows), "countries": len({row.summary.country for row in rows}), "first": first, "last": last}
    return context.labels(f"comparison.subtitle{'' if first != last else '_one'}", **facts)


def _notice(context: Context) -> str:
    labels = context.labels
    said = [labels("comparison.notice")]
    if context.comparison.anonymous:
        said.append(labels("comparison.anonymous_notice"))
    return " ".join(said)
