"""The words of the first pages: notices, fast facts, and a summary in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from legcheck.model import GapKind, Progress, Status
from legcheck.reports.view import DimensionView, Row
from legcheck.reports.words.context import Context

NAMED_CHAPTERS = 3


def notices(context: Context) -> Iterator[str]:
    """What the report is not."""
    if context.texts_only:
        yield context.labels("report.notices.texts")
    if context.fictional:
        yield context.labels("report.notices.fictional", country=context.country)
    if context.checklist.short:
        yield context.labels("report.notices.short_form", count=len(context.checklist.provisions))
    if untranslated := len(context.checklist.untranslated):
        yield context.labels("report.notices.untranslated", count=untranslated)
    yield context.labels("report.notices.findings")


def short_notice(context: Context) -> str:
    """The same in a few words, for every page."""
    kind = "texts" if context.texts_only else "fictional" if context.fictional else "plain"
    return context.labels(f"report.short.{kind}")


def fast_facts(context: Context) -> Iterator[Row]:
    """The facts of the assessment at a glance."""
    assessment, checklist = context.assessment, context.checklist
    yield context.row("facts.country", f"{context.country} ({assessment.country})")
    if assessment.body:
        yield context.row("facts.body", assessment.body)
    yield context.row("facts.scope", scope(context))
    yield context.row("facts.as_of", context.as_of)
    yield context.row("facts.checklist", f"{checklist.title} ({checklist.id} {checklist.version})")
    for key in context.assessed:
        score, dimension = context.result.scores[key].total, checklist.by_dimension[key]
        label = context.labels("report.facts.answered", dimension=dimension.title)
        yield Row(label, context.labels("report.answered", answered=score.answered, applicable=score.applicable))
        if dimension.elements and score.elements:
            counted = context.labels("report.elements_met", met=score.elements_met, all=score.elements)
            yield Row(context.labels("report.facts.elements"), counted)
    yield context.row("facts.laws", str(len(assessment.laws)))
    if context.progress is not None:
        yield context.row("facts.progress", _progress(context, context.progress))


def _progress(context: Context, progress: Progress) -> str:
    """How many measures of the plan stand where."""
    counts = Counter(entry.status for entry in progress.entries.values())
    counted = (
        context.labels("report.progress.status", status=context.labels(f"plan.status.{status.value}"), count=counts[status])
        for status in Status
        if counts[status]
    )
    return context.labels.join(counted)


def scope(context: Context) -> str:
    """What was read: the whole legal order, or the texts by name."""
    if not context.texts_only:
        return context.labels("report.scope.national")
    named = context.assessment.title or context.labels.join(law.title for law in context.assessment.laws.values())
    return context.labels("report.scope.texts", texts=named)


def summary(context: Context, assessed: tuple[DimensionView, ...]) -> Iterator[str]:
    """The findings in sentences, each from figures shown elsewhere in the report."""
    for dimension in assessed:
        yield _sentence(context, dimension)
    for key, scores in context.result.scores.items():
        if not scores.assessed:
            yield context.labels("report.summary.not_assessed", dimension=context.checklist.by_dimension[key].title)
    yield from _furthest_and_least(context)
    yield _gaps(context)
    unknown = len(context.checklist.provisions) - len([a for a in context.assessment.answers.values() if a.ratings])
    if unknown:
        yield context.labels("report.summary.unanswered", count=unknown)
    if len(assessed) > 1:
        yield context.labels("report.summary.not_apart")


def _sentence(context: Context, dimension: DimensionView) -> str:
    labels, total = context.labels, dimension.total
    if not total.enough:
        minimum = labels.percent(context.checklist.minimum_answered)
        key, facts = "range_only", {"minimum": minimum, "range": total.display, "answered": total.answered}
    else:
        key, facts = "score", {"display": total.display, "range": total.range, "answered": total.answered}
    parts = [labels(f"report.summary.{key}", dimension=dimension.title, **facts)]
    if total.band:
        parts.append(labels("report.summary.band", band=total.band))
    if total.capped_by:
        parts.append(total.capped_by + ".")
    if dimension.if_adopted is not None:
        later = dimension.if_adopted
        parts.append(labels("report.summary.if_adopted", display=later.display, range=later.range))
    return " ".join(parts)


def _furthest_and_least(context: Context) -> Iterator[str]:
    """The chapters furthest and least far along in law; a reading of named texts says nothing of what other law provides."""
    if context.law is None or context.texts_only:
        return
    chapters, labels = context.result.scores[context.law.key].chapters, context.labels
    known = [
        (score.central, chapter.title)
        for chapter in context.checklist.chapters
        if (score := chapters[chapter.id]).enough and score.central is not None
    ]
    if len(known) < 2 * NAMED_CHAPTERS:
        return
    ordered = sorted(known, key=lambda pair: pair[0], reverse=True)
    for label, chosen in (("furthest", ordered[:NAMED_CHAPTERS]), ("least", ordered[-NAMED_CHAPTERS:])):
        named = labels.join(f"{title} ({labels.percent(share)})" for share, title in chosen)
        yield labels(f"report.summary.{label}", chapters=named)


def _gaps(context: Context) -> str:
    counts = Counter(gap.kind for gap in context.result.gaps)
    if not counts:
        return context.labels("report.summary.no_gaps")
    labels = context.labels
    kinds = labels.join(
        labels("report.summary.of_kind", kind=labels(f"report.kinds.{kind.value}"), count=counts[kind])
        for kind in GapKind
        if counts[kind]
    )
    return labels(
        "report.summary.gaps_in_texts" if context.texts_only else "report.summary.gaps",
        count=len(context.result.gaps),
        kinds=kinds,
    )
