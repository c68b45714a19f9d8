"""The words of the last pages: the method, the rule of priority, issues of the file, and how to check the report."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from legcheck.model import Dimension, Role
from legcheck.reports.view import LawView, Row, StandardView
from legcheck.reports.words.context import Context


def method(context: Context) -> Iterator[str]:
    """How the figures are made, in sentences."""
    labels, checklist = context.labels, context.checklist
    minimum = labels.percent(checklist.minimum_answered)
    if checklist.about:
        yield labels("report.method.what", about=checklist.about)
    yield labels("report.method.not")
    yield labels("report.method.rating")
    yield labels("report.method.score", rollup=labels(f"report.method.{checklist.rollup.value}"), minimum=minimum)
    if any(level.contrary for one in checklist.dimensions for level in one.scale.levels):
        yield labels("report.method.contrary")
    if any(level.outside for one in checklist.dimensions for level in one.scale.levels):
        yield labels("report.method.na")
    if checklist.core_cap is not None and context.bands:
        yield labels("report.method.core", band=checklist.core_cap.title)
    if any(one.in_time for one in checklist.dimensions):
        yield labels("report.method.time")
    yield labels("report.method.standards", sign=labels("report.unverified_sign"))


def scale(context: Context) -> Iterator[Row]:
    """Every rating with its worth and meaning, once for each scale."""
    seen: set[str] = set()
    for dimension in context.checklist.dimensions:
        if dimension.scale.key not in seen:
            seen.add(dimension.scale.key)
            yield from _levels(context, dimension)


def _levels(context: Context, dimension: Dimension) -> Iterator[Row]:
    labels = context.labels
    if dimension.scale.points is not None:
        span = labels(
            "report.scale.points", maximum=labels.number(dimension.scale.points), step=labels.number(dimension.scale.step)
        )
        yield Row(dimension.title, span)
    for level in dimension.scale.levels:
        worth = (
            labels("report.scale.outside") if level.outside else labels("report.scale.worth", worth=labels.number(level.worth))
        )
        yield Row(level.title, f"{worth} {level.meaning}".strip())


def bands(context: Context) -> Iterator[Row]:
    """The words for ranges of scores."""
    for band in context.bands:
        low, high = context.labels.percent(band.low), context.labels.percent(band.high)
        yield Row(band.title, context.labels(f"report.bands.{'last' if band.high == 1 else 'span'}", low=low, high=high))


def priority_rule(context: Context) -> Iterator[Row]:
    """The rule by which gaps are put in order, as it stands in the checklist."""
    rule, labels = context.checklist.priority, context.labels

    def points(value: Fraction) -> str:
        return labels("report.priority.points", points=labels.number(value))

    for kind, value in rule.kinds.items():
        yield Row(labels("report.priority.kind", kind=labels(f"report.kinds.{kind}")), points(value))
    for factor in ("core", "weight", "missing_share"):
        if value := getattr(rule, factor):
            yield Row(labels(f"report.priority.{factor}"), points(value))
    titles = {theme.key: theme.title for theme in context.checklist.themes}
    for theme, value in rule.themes.items():
        yield Row(labels("report.priority.theme", theme=titles[theme]), points(value))
    for one in rule.classes:
        label = labels("report.priority.class", title=one.title)
        yield Row(label, labels("report.priority.from", points=labels.number(one.least)))


def laws(context: Context) -> Iterator[LawView]:
    """The register of laws, each with the provisions that cite it."""
    labels, as_of = context.labels, context.assessment.as_of
    for law in context.assessment.laws.values():
        citing = [a.provision for a in context.assessment.answers.values() if any(c.law == law.key for c in a.citations)]
        yield LawView(
            key=law.key,
            title=law.title,
            title_en=law.title_en,
            number=law.number,
            date=labels.date(law.adopted) if law.adopted is not None else "",
            status=context.law_status(law),
            in_force=labels(f"report.{'in_force' if law.in_force(as_of) else 'not_in_force'}"),
            link=law.link if law.link.startswith(("https://", "http://")) else "",
            cited_by=labels("report.cited_by", count=len(citing)),
        )


def standards(context: Context) -> tuple[StandardView, ...]:
    """Every standard cited, once, in order of first citation."""
    cited = {standard.name: standard for one in context.checklist.provisions.values() for standard in one.standards}
    return tuple(context.standard(standard) for standard in cited.values())


def issues(context: Context) -> Iterator[Row]:
    """What was found in the file and did not stop the scoring."""
    for issue in context.result.issues:
        yield Row(f"{issue.code} {issue.at}", context.labels.message(issue))


def slip(context: Context) -> Iterator[Row]:
    """How to check this report."""
    checklist, assessment, labels = context.checklist, context.assessment, context.labels
    yield context.row("slip.tool", f"legcheck {context.result.tool_version}")
    yield context.row("slip.checklist", f"{checklist.id} {checklist.version}")
    yield context.row("slip.checklist_digest", checklist.digest)
    yield context.row("slip.workbook", assessment.source.name)
    yield context.row("slip.workbook_digest", assessment.source.digest)
    yield context.row("slip.as_of", assessment.as_of.isoformat())
    rule = labels(f"report.rollup.{checklist.rollup.value}")
    minimum = labels.percent(checklist.minimum_answered)
    yield context.row("slip.method", labels("report.slip.method_is", rollup=rule, minimum=minimum))
    yield context.row("slip.language", labels.language)
    if checklist.untranslated:
        yield context.row("slip.untranslated", str(len(checklist.untranslated)))
    law = checklist.dimension_of(Role.LAW) or checklist.dimensions[0]
    yield context.row("slip.explain", labels("report.slip.explain_how", example=f"{law.key}.{checklist.chapters[0].id}"))
    yield context.row("slip.result", labels("report.slip.result_how"))
