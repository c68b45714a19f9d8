"""Measures: read, checked, and built into the catalogue that plans are made from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from pydantic import TypeAdapter

from legcheck.issues import (
    MEASURE_BEFORE_ITS_PREREQUISITE,
    MEASURE_FOR_NOTHING,
    MEASURE_LETTER_UNKNOWN,
    MEASURE_NAME_UNKNOWN,
    MEASURES_IN_A_CIRCLE,
    NO_PLAN_FILE,
    PROVISION_WITHOUT_MEASURE,
    InputError,
    Issues,
    Location,
    Severity,
    closest,
)
from legcheck.model import Case, Catalogue, Example, Indicator, Measure, OrderRule, Phase, Section
from legcheck.provisions.faults import validated
from legcheck.provisions.files import PlanFiles, locate, read_plan_files
from legcheck.provisions.schema import IndicatorEntry, MeasureEntry, MeasuresFile, PlanEntry, ProvisionEntry
from legcheck.provisions.translate import current_translations, translated
from legcheck.yaml_text import Document, Tree

Chapters = Mapping[str, Mapping[str, ProvisionEntry]]

# The cases that every provision has to have a measure for; practice cannot always lag behind the law.
_WANTED = (Case.MISSING, Case.PARTIAL, Case.CODIFY, Case.CONTRARY)


def load_catalogue(name: str, language: str) -> Catalogue | None:
    """The measures of a checklist, by its id or path, in a language; None where it offers none.

    Raises:
        InputError: the measures have errors.
    """
    issues = Issues()
    files = read_plan_files(locate(name), issues)
    plan, measures = _read(files, issues)
    _check_circles(measures, files, issues)
    errors = [issue for issue in issues if issue.severity is Severity.ERROR]
    if errors:
        raise InputError(errors)
    if plan is None or not measures:
        return None
    missing = 0
    if language in files.locales:
        plan, measures, missing = _translated(files, language)
    return _catalogue(plan, measures, files, missing)


def _translated(files: PlanFiles, language: str) -> tuple[PlanEntry, dict[str, MeasureEntry], int]:
    """The plan and its measures in another language, and how many texts stay as they are for lack of a translation."""
    texts = files.texts()
    tree, missing = translated(texts, current_translations(texts, files.locales[language]))
    measures = TypeAdapter(MeasuresFile).validate_python(tree["measures"])
    return PlanEntry.model_validate(tree["plan"]), measures, len(missing)


def check_measures(files: PlanFiles, main: Location, chapters: Chapters, issues: Issues) -> int:
    """Add every fault of the measures to `issues`; gives how many there are. `main` is where the checklist itself stands."""
    plan, measures = _read(files, issues)
    if not measures:
        return 0
    provisions = {id: entry for chapter in chapters.values() for id, entry in chapter.items()}
    for id, measure in measures.items():
        _check_targets(id, measure, provisions, files, issues)
        if plan is not None:
            _check_words(id, measure, plan, measures, files, issues)
    _check_circles(measures, files, issues)
    for id in provisions:
        for case in _WANTED:
            if not any(case in measure.closes.get(id, ()) for measure in measures.values()):
                issues.add(PROVISION_WITHOUT_MEASURE, main, provision=id, case=case.value)
    return len(measures)


def _read(files: PlanFiles, issues: Issues) -> tuple[PlanEntry | None, dict[str, MeasureEntry]]:
    measures: dict[str, MeasureEntry] = {}
    for document in files.measures.values():
        measures |= validated(MeasuresFile, document, issues) or {}
    if files.plan is None:
        if measures:
            issues.add(NO_PLAN_FILE, Location(next(iter(files.measures.values())).name))
        return None, measures
    return validated(PlanEntry, files.plan, issues), measures


def _check_targets(
    id: str, measure: MeasureEntry, provisions: Mapping[str, ProvisionEntry], files: PlanFiles, issues: Issues
) -> None:
    """Provisions and letters that a measure speaks of."""
    for provision in measure.closes:
        if provision not in provisions:
            hint = closest(provision, provisions)
            issues.add(MEASURE_FOR_NOTHING, files.at(id, "closes"), id=id, provision=provision, hint=hint)
    for provision, letters in measure.elements.items():
        known = provisions[provision].elements if provision in provisions else {}
        for letter in letters:
            if letter not in known:
                facts = {"id": id, "letter": letter, "provision": provision, "allowed": ", ".join(known) or "-"}
                issues.add(MEASURE_LETTER_UNKNOWN, files.at(id, "elements"), **facts)


def _check_words(
    id: str,
    measure: MeasureEntry,
    plan: PlanEntry,
    measures: Mapping[str, MeasureEntry],
    files: PlanFiles,
    issues: Issues,
) -> None:
    """Words that a measure takes from plan.yaml, and the measures it requires."""
    for field, value, known in _named(measure, plan, measures):
        if value not in known:
            facts = {"id": id, "value": value, "what": field, "allowed": ", ".join(known), "hint": closest(value, known)}
            issues.add(MEASURE_NAME_UNKNOWN, files.at(id, field), **facts)
    place = {phase: number for number, phase in enumerate(plan.phases)}
    for other in measure.requires:
        needed = measures[other].phase if other in measures else ""
        if place.get(measure.phase, 0) < place.get(needed, 0):
            issues.add(MEASURE_BEFORE_ITS_PREREQUISITE, files.at(id, "requires"), id=id, other=other)


def _named(
    measure: MeasureEntry, plan: PlanEntry, measures: Mapping[str, MeasureEntry]
) -> Iterator[tuple[str, str, Mapping[str, object]]]:
    yield "kind", measure.kind, plan.kinds
    yield "lead", measure.lead, plan.leads
    yield "phase", measure.phase, plan.phases
    yield "section", measure.section, plan.sections
    yield "effort", str(measure.effort), plan.efforts
    yield from (("partners", partner, plan.leads) for partner in measure.partners)
    yield from (("need", need, plan.needs) for need in measure.need)
    yield from (("requires", other, measures) for other in measure.requires)


def _check_circles(measures: Mapping[str, MeasureEntry], files: PlanFiles, issues: Issues) -> None:
    sorter = TopologicalSorter({id: [one for one in measure.requires if one in measures] for id, measure in measures.items()})
    try:
        sorter.prepare()
    except CycleError as error:
        circle = [str(id) for id in error.args[1]]
        issues.add(MEASURES_IN_A_CIRCLE, files.at(circle[0], "requires"), circle=" → ".join(circle))


def _catalogue(plan: PlanEntry, measures: Mapping[str, MeasureEntry], files: PlanFiles, untranslated: int) -> Catalogue:
    return Catalogue(
        measures={id: _measure(id, entry) for id, entry in measures.items()},
        phases=tuple(Phase(key, one.title, int(one.first_month), int(one.last_month)) for key, one in plan.phases.items()),
        sections=tuple(Section(key, one.title, one.timing, one.text) for key, one in plan.sections.items()),
        leads=plan.leads,
        kinds=plan.kinds,
        needs=plan.needs,
        efforts={int(key): text for key, text in plan.efforts.items()},
        principles=tuple((one.title, one.text) for one in plan.principles.values()),
        funding=tuple(plan.funding.values()),
        consultation=tuple(plan.consultation.values()),
        order=OrderRule(plan.order.highest_gap, plan.order.each_gap, plan.order.effort),
        digest=_digest([files.plan, *files.measures.values()]),
        untranslated=untranslated,
    )


def _measure(id: str, entry: MeasureEntry) -> Measure:
    return Measure(
        id=id,
        title=entry.title,
        closes={provision: tuple(cases) for provision, cases in entry.closes.items()},
        elements={provision: tuple(letters) for provision, letters in entry.elements.items()},
        do=entry.do,
        kind=entry.kind,
        lead=entry.lead,
        partners=tuple(entry.partners),
        phase=entry.phase,
        need=tuple(entry.need),
        effort=int(entry.effort),
        requires=tuple(entry.requires),
        section=entry.section,
        output=_indicator(entry.output),
        outcome=_indicator(entry.outcome),
        safeguards=entry.safeguards,
        drafting=tuple(entry.drafting),
        examples=tuple(Example(one.country, one.law, one.article, one.verified) for one in entry.examples),
    )


def _indicator(entry: IndicatorEntry) -> Indicator:
    return Indicator(entry.indicator, entry.unit, entry.verification)


def _digest(documents: list[Document | None]) -> str:
    """SHA-256 over the meaning of the measures and of the plan's rules."""
    trees: list[Tree] = [document.tree for document in documents if document is not None]
    return hashlib.sha256(json.dumps(trees, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
