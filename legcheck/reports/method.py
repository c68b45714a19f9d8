"""How a report came about, in words: method, scales, bands, rule of priority, standards, and how to check it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from legcheck.model import NO_ELEMENTS_FOUND, FoundAs, Prints, found_as
from legcheck.reports.reading import class_title, reading_method
from legcheck.reports.view import Row, Rule, StandardView

if TYPE_CHECKING:
    from legcheck.model import Dimension, Instrument, PublishedNumber, Scale
    from legcheck.reports.make_view import ReportContext


def method(context: ReportContext, *, whole: bool) -> Iterator[str]:
    """How the report came about, in sentences: the `whole` of it for an annex, or what explains a report, which has no bands."""
    labels, checklist = context.labels, context.checklist
    if checklist.about:
        yield labels("report.method.what", about=checklist.about)
    yield labels("report.method.not" if context.result.scored else "reading.method.not")
    if whole:
        yield from published(context)
    yield labels(f"report.method.rating.{context.day}" if context.result.scored else "reading.method.rating")
    if context.result.scored:
        yield from _of_figures(context, whole=whole)
    else:
        by_silence = any(one.by_silence for one in checklist.provisions.values())
        yield from reading_method(labels, whole=whole, by_silence=by_silence)


def _of_figures(context: ReportContext, *, whole: bool) -> Iterator[str]:
    """How figures are made: a sentence for each rule that matters to those shown."""
    labels, checklist, scores = context.labels, context.checklist, context.result.scores.values()
    levels = [level for one in checklist.dimensions for scale in checklist.scales(one) for level in scale.levels]
    shown = {
        "elements": any(level.by_elements for level in levels),
        "score": True,
        "counts": whole and any(one.display.prints is Prints.COUNT for each in scores for one in each.by_node().values()),
        "contrary": any(level.contrary for level in levels),
        "na": any(each.total.not_applicable for each in scores),
        "core": whole and context.bands and checklist.core_cap is not None,
        "time": any(one.in_time for one in checklist.dimensions),
        "later": whole and context.result.if_adopted,
        "withheld": context.withheld,
        "standards": whole or not context.public,  # the report for the public cites none
    }
    facts = {
        "rollup": labels(f"report.method.{checklist.rollup.value}"),
        "minimum": labels.percent(checklist.minimum_answered),
        "least": checklist.share_from,
        "band": checklist.core_cap.title if checklist.core_cap is not None else "",
        "sign": labels("report.unverified_sign"),
        "status": context.coming,
    }
    yield from (labels(f"report.method.{key}", **facts) for key, there in shown.items() if there)


def published(context: ReportContext) -> Iterator[str]:
    """Which document the numbers of provisions are from, and who confirmed them, when. The public is told no names."""
    labels, provisions = context.labels, context.checklist.provisions
    by_document: dict[str, list[PublishedNumber]] = {}
    for id, one in context.checklist.published.items():
        if id in provisions:
            by_document.setdefault(one.document, []).append(one)
    for document, some in by_document.items():
        who = labels.join(dict.fromkeys(one.confirmed_by for one in some))
        days = labels.join(labels.date(day) for day in sorted({one.date for one in some}))
        told = labels(f"report.method.published.{'named' if document else 'document'}", document=document)
        facts = {"document": told, "who": who, "dates": days, "count": len(some), "all": len(provisions)}
        yield labels(f"report.method.published.{'public' if context.public else 'by'}", **facts)


def rules(context: ReportContext) -> Iterator[Rule]:
    """The rules of the checklist by which the report was made: its scales, its bands and its order of gaps."""
    yield from _scales(context)
    for key, rows in (("bands", _bands(context)), ("priority", _priority(context))):
        if shown := tuple(rows):
            yield Rule(context.labels(f"report.rules.{key}"), shown)


def _scales(context: ReportContext) -> Iterator[Rule]:
    """Every scale that something was rated on, once, under the dimensions that use it."""
    checklist, labels = context.checklist, context.labels
    using: dict[str, tuple[Scale, list[Dimension]]] = {}
    for one in checklist.dimensions:
        for scale in checklist.scales(one) if one.key in context.assessed else ():
            using.setdefault(scale.key, (scale, []))[1].append(one)
    for scale, dimensions in using.values():
        titles = ", ".join(one.title for one in dimensions)
        title = labels("report.rules.scale" if context.result.scored else "reading.method.scale", dimensions=titles)
        yield Rule(title, tuple(_levels(context, scale, dimensions[0])))


def _levels(context: ReportContext, scale: Scale, dimension: Dimension) -> Iterator[Row]:
    """Every rating of a scale with its worth and meaning, or every word for how named texts deal with a provision."""
    labels, scored = context.labels, context.result.scored
    if not scored and dimension.elements:
        there = set(context.result.found[dimension.key].values())
        yield from (Row(class_title(one, dimension, labels), labels(f"reading.meaning.{one}")) for one in FoundAs if one in there)
        return
    if scale.points is not None:
        facts = {name: labels.number(value) for name, value in scale.points._asdict().items()}
        yield Row(dimension.title, labels("report.scale.points", **facts))
    for level in scale.levels:
        key = f"report.scale.{'outside' if level.outside else 'elements' if level.by_elements else 'worth'}"
        counts = labels(key, worth=labels.number(level.worth)) if scored else ""
        title = level.title if scored else class_title(found_as(level, NO_ELEMENTS_FOUND), dimension, labels)
        yield Row(title, f"{counts} {level.meaning}".strip())


def _bands(context: ReportContext) -> Iterator[Row]:
    """The words for ranges of scores."""
    for band in context.bands:
        low, high = context.labels.percent(band.low), context.labels.percent(band.high)
        yield Row(band.title, context.labels(f"report.bands.{'last' if band.high == 1 else 'span'}", low=low, high=high))


def _priority(context: ReportContext) -> Iterator[Row]:
    """The rule by which gaps are put in order, as it stands in the checklist."""
    rule, labels = context.checklist.priority, context.labels
    if not context.result.scored:
        return

    def points(value: Fraction) -> str:
        return labels("report.priority.points", points=labels.number(value))

    for kind, value in rule.kinds.items():
        yield Row(labels("report.priority.kind", kind=labels(f"report.kinds.{kind}")), points(value))
    for factor in ("core", "weight", "missing_share"):
        if value := getattr(rule, factor):
            yield Row(labels(f"report.priority.{factor}"), points(value))
    for theme, value in rule.themes.items():
        yield Row(labels("report.priority.theme", theme=context.theme_titles[theme]), points(value))
    for one in rule.classes:
        label = labels("report.priority.class", title=one.title)
        key = "from" if one.at_most is None else "highest"
        yield Row(label, labels(f"report.priority.{key}", points=labels.number(one.least), most=one.at_most))


def standards(context: ReportContext) -> Iterator[StandardView]:
    """Every standard cited, once, by instrument and number."""
    cited = {standard.name: standard for one in context.checklist.provisions.values() for standard in one.standards}
    yield from (context.standard(cited[name]) for name in sorted(cited, key=_numbers_as_numbers))


def _numbers_as_numbers(name: str) -> list[tuple[str, int]]:
    """A sort key by which article 9 stands before article 22."""
    return [(words, int(digits or 0)) for words, digits in re.findall(r"(\D+)(\d*)", name)]


def instruments(context: ReportContext) -> Iterator[Row]:
    """Every instrument that a provision rests on: its abbreviation and name, by abbreviation."""
    cited = {one.instrument.key: one.instrument for each in context.checklist.provisions.values() for one in each.standards}
    yield from (Row(key, instrument_title(cited[key])) for key in sorted(cited))


def slip(context: ReportContext, command: str = "report") -> Iterator[Row]:
    """How to check this document, which the `command` makes."""
    checklist, assessment, labels = context.checklist, context.assessment, context.labels
    minimum = labels.percent(checklist.minimum_answered)
    law = context.law or checklist.dimensions[0]
    facts = {
        "tool": f"legcheck {context.result.tool_version}",
        "checklist": f"{checklist.id} {checklist.version}",
        "checklist_digest": checklist.digest,
        "workbook": assessment.source.name or None,
        "workbook_digest": assessment.source.digest or None,
        f"as_of.{context.day}": context.as_of,
        "method": labels("report.slip.method_is", rollup=labels(f"report.rollup.{checklist.rollup.value}"), minimum=minimum)
        if context.result.scored
        else labels("reading.method.slip"),
        "language": labels.language_name(labels.language),
        "untranslated": str(len(checklist.untranslated)) if checklist.untranslated else None,
        "verify": labels("report.slip.verify_how"),
    }
    if not context.public:
        explained = "report.slip.explain_how" if context.result.scored else "reading.method.explain_how"
        facts["explain"] = labels(explained, example=f"{law.key}.{checklist.chapters[0].id}")
        facts["result"] = labels("report.slip.result_how", command=command)
    yield from (Row(labels(f"report.slip.{key}"), text) for key, text in facts.items() if text is not None)


def instrument_title(instrument: Instrument) -> str:
    """An instrument with its symbol."""
    return f"{instrument.title} ({instrument.symbol})" if instrument.symbol else instrument.title
