"""Provisions and their gaps as shown: elements met and missing, citations spelt out, reasons and recommendations in words."""

from __future__ import annotations

from collections.abc import Mapping

from legcheck.model import Gap, GapKind, Level, Provision
from legcheck.reports.figures import figure
from legcheck.reports.palette import PLAIN, tone_of
from legcheck.reports.view import ChapterView, CitationView, ElementView, GapView, ProvisionView, RatingView
from legcheck.reports.words.context import Context

# In a reading of named texts, what is not there may stand in legislation that was not read.
LOOK_FURTHER = (GapKind.LEGISLATIVE_MISSING, GapKind.LEGISLATIVE_PARTIAL)


def chapter_views(context: Context, gaps: Mapping[str, GapView]) -> tuple[ChapterView, ...]:
    """All chapters with their provisions and figures."""
    checklist, result = context.checklist, context.result
    return tuple(
        ChapterView(
            chapter.id,
            chapter.title,
            tuple(
                figure(
                    f"{key}.{chapter.id}",
                    checklist.by_dimension[key].title,
                    result.scores[key].chapters[chapter.id],
                    context.labels,
                    context.bands,
                )
                for key in context.assessed
            ),
            tuple(_provision_view(context, provision, gaps.get(provision.id)) for provision in chapter.provisions),
        )
        for chapter in checklist.chapters
    )


def gap_view(context: Context, gap: Gap) -> GapView:
    """A gap with its reasons in words and what would close it."""
    labels, provision = context.labels, context.checklist.provisions[gap.provision]
    missing = tuple(
        ElementView(element.letter, element.text, False, labels("report.element.missing"))
        for element in provision.elements
        if element.letter in gap.missing
    )
    reasons = [_reason(context, reason.factor, reason.detail) for reason in gap.reasons]
    return GapView(
        provision=provision.id,
        title=provision.title,
        chapter=provision.chapter,
        kind=gap.kind.value,
        kind_title=labels(f"report.kinds.{gap.kind.value}"),
        priority=gap.priority,
        priority_title=next((one.title for one in context.checklist.priority.classes if one.key == gap.priority), ""),
        tone=context.priority_tones.get(gap.priority, PLAIN),
        points=labels.number(gap.points),
        missing=missing,
        reasons=tuple(
            labels("report.why.points", reason=text, points=labels.number(reason.points))
            for text, reason in zip(reasons, gap.reasons, strict=True)
        ),
        why=labels.join(reasons),
        recommendation=_recommendation(context, gap.kind, provision, missing),
        closes_if_adopted=labels("report.closes_if_adopted") if gap.closes_if_adopted else "",
        legal_basis=context.answer(gap.provision).legal_basis,
    )


def _reason(context: Context, factor: str, detail: str) -> str:
    labels = context.labels
    if factor == "kind":
        return labels(f"report.why.{detail}")
    if factor == "theme":
        titles = {theme.key: theme.title for theme in context.checklist.themes}
        return labels("report.why.theme", theme=titles[detail])
    return labels(f"report.why.{factor}", detail=detail)


def _recommendation(context: Context, kind: GapKind, provision: Provision, missing: tuple[ElementView, ...]) -> str:
    listed = context.labels.join(f"({element.letter}) {element.text}" for element in missing)
    group = "look_further" if context.texts_only and kind in LOOK_FURTHER else "recommend"
    advice = context.labels(
        f"report.{group}.{kind.value}",
        elements=listed or provision.title,
        basis=context.answer(provision.id).legal_basis,
    )
    return f"{advice} {_planned(context, provision.id)}".strip()


def _planned(context: Context, provision: str) -> str:
    """The measures of the plan that answer a provision's gap, and where they stand; nothing without a plan."""
    if context.progress is None:
        return ""
    entries, ids = context.progress.entries, context.progress.by_provision.get(provision, ())
    shown = ((id, context.labels(f"plan.status.{entries[id].status.value}")) for id in ids if id in entries)
    measures = context.labels.join(context.labels("report.progress.measure", id=id, status=status) for id, status in shown)
    return context.labels("report.progress.planned", measures=measures) if measures else ""


def _provision_view(context: Context, provision: Provision, gap: GapView | None) -> ProvisionView:
    answer, labels = context.answer(provision.id), context.labels
    later = context.level_titles.get(answer.if_adopted, answer.if_adopted)
    themes = {theme.key: theme.title for theme in context.checklist.themes}
    return ProvisionView(
        id=provision.id,
        chapter=provision.chapter,
        title=provision.title,
        question=provision.question,
        core=labels("report.core") if provision.core else "",
        elements=_elements(context, provision),
        ratings=tuple(_rating(context, key, provision) for key in context.assessed),
        if_adopted=labels("report.if_adopted", rating=later) if later else "",
        legal_basis=answer.legal_basis,
        citations=tuple(_citation(context, citation.law, citation.articles) for citation in answer.citations),
        note=answer.note,
        to_confirm=answer.to_confirm,
        observations=answer.observations,
        assistance=answer.assistance,
        assessor=answer.assessor,
        standards=tuple(context.standard(standard) for standard in provision.standards),
        themes=provision.themes,
        theme_titles=tuple(themes[theme] for theme in provision.themes),
        gap=gap,
        answered=bool(answer.ratings),
    )


def _rating(context: Context, key: str, provision: Provision) -> RatingView:
    """The rating typed, and how it counts today where the cited law is not in force."""
    typed = context.answer(provision.id).ratings.get(key, "")
    counts = context.result.effective[key][provision.id]
    titles, labels = context.level_titles, context.labels
    return RatingView(
        dimension=key,
        dimension_title=context.checklist.by_dimension[key].title,
        key=typed,
        title=titles.get(typed, typed) or labels("report.not_assessed"),
        tone=tone_of(context.checklist.by_dimension[key].scale.level(typed, provision.maximum) if typed else None),
        counts_as=labels("report.counts_as", rating=titles.get(counts, counts)) if counts != typed else "",
    )


def _elements(context: Context, provision: Provision) -> tuple[ElementView, ...]:
    level = context.level(context.law.key, provision) if context.law is not None else None
    listed = context.answer(provision.id).elements
    return tuple(_element(context, e.letter, e.text, level, listed) for e in provision.elements)


def _element(context: Context, letter: str, text: str, level: Level | None, listed: tuple[str, ...]) -> ElementView:
    if level is None or level.outside:
        return ElementView(letter, text, None, context.labels("report.element.unknown"))
    met = level.worth == 1 or (level.worth > 0 and letter in listed)
    return ElementView(letter, text, met, context.labels(f"report.element.{'met' if met else 'missing'}"))


def _citation(context: Context, key: str, articles: str) -> CitationView:
    law = context.assessment.laws.get(key)
    if law is None:
        return CitationView(key, articles, "", context.labels("report.law_unknown"), in_force=False)
    in_force = law.in_force(context.assessment.as_of)
    return CitationView(key, articles, law.title, context.law_status(law), in_force)
