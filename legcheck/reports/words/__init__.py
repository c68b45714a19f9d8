"""Builds the view of a gap report: every word and printed figure, decided once for all formats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from legcheck.labels import Labels
from legcheck.model import GapKind, Progress, Result
from legcheck.reports.view import GapView, ProvisionView, ReportView, Row
from legcheck.reports.words import method, overview
from legcheck.reports.words.context import Context
from legcheck.reports.words.provisions import chapter_views, gap_view
from legcheck.reports.words.scores import dimension_views

TOP_SHORTFALLS = 5
RECOMMENDATIONS = 8


def view_of(result: Result, labels: Labels, progress: Progress | None = None) -> ReportView:
    """The gap report of a result in the language of `labels`; the checklist's texts are shown as they stand in the result.

    With the `progress` of a plan, the report says how its measures stand.
    """
    context = Context(result, labels, progress)
    gaps = tuple(gap_view(context, gap) for gap in result.gaps)
    first_gaps = {gap.provision: gap for gap in reversed(gaps)}
    chapters = chapter_views(context, first_gaps)
    provisions = [provision for chapter in chapters for provision in chapter.provisions]
    dimensions = dimension_views(context)
    assessed = tuple(dimension for dimension in dimensions if dimension.assessed)
    return ReportView(
        language=labels.language,
        direction="ltr",
        title=labels("report.title_texts" if context.texts_only else "report.title", subject=result.checklist.subject),
        subtitle=labels("report.subtitle", country=context.country, date=context.as_of),
        country=context.country,
        country_code=result.assessment.country,
        as_of=context.as_of,
        date_iso=result.assessment.as_of.isoformat(),
        notices=tuple(overview.notices(context)),
        notice_short=overview.short_notice(context),
        fast_facts=tuple(overview.fast_facts(context)),
        summary=tuple(overview.summary(context, assessed)),
        dimensions=assessed,
        not_assessed=tuple(dimension.title for dimension in dimensions if not dimension.assessed),
        chapters=chapters,
        gaps=gaps,
        top=gaps[:TOP_SHORTFALLS],
        contrary=tuple(one for one in provisions if one.gap is not None and one.gap.kind == GapKind.CONTRARY),
        recommendations=tuple(_recommendations(gaps)),
        assistance=tuple(_texts(provisions, "assistance")),
        doubts=tuple(_texts(provisions, "to_confirm")),
        not_applicable=tuple(_not_applicable(context, provisions)),
        unanswered=tuple(Row(one.id, one.title) for one in provisions if not one.answered),
        observations=tuple(_texts(provisions, "observations")),
        concordance=tuple(one for one in provisions if one.legal_basis),
        laws=tuple(method.laws(context)),
        method=tuple(method.method(context)),
        scale=tuple(method.scale(context)),
        bands=tuple(method.bands(context)),
        priority_rule=tuple(method.priority_rule(context)),
        standards=method.standards(context),
        issues=tuple(method.issues(context)),
        slip=tuple(method.slip(context)),
        none=labels("report.none"),
    )


def _recommendations(gaps: Iterable[GapView]) -> Iterator[Row]:
    for gap in list(gaps)[:RECOMMENDATIONS]:
        yield Row(f"{gap.provision} {gap.title}", gap.recommendation)


def _texts(provisions: Iterable[ProvisionView], field: str) -> Iterator[Row]:
    for one in provisions:
        if text := getattr(one, field):
            yield Row(f"{one.id} {one.title}", text)


def _not_applicable(context: Context, provisions: Iterable[ProvisionView]) -> Iterator[Row]:
    outside = {level.key for one in context.checklist.dimensions for level in one.scale.levels if level.outside}
    for one in provisions:
        if any(rating.key in outside for rating in one.ratings):
            yield Row(f"{one.id} {one.title}", one.note)
