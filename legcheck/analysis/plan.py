"""From gaps to measures: which measures answer which gaps, in what order, and where they would lead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from legcheck.analysis.effects import scores_after
from legcheck.model import (
    Answered,
    Case,
    Catalogue,
    Gap,
    GapKind,
    Measure,
    Outlook,
    Plan,
    PlannedMeasure,
    Reason,
    Result,
    Role,
)

_CASES = {
    GapKind.CONTRARY: Case.CONTRARY,
    GapKind.LEGISLATIVE_MISSING: Case.MISSING,
    GapKind.LEGISLATIVE_PARTIAL: Case.PARTIAL,
    GapKind.PRACTICE_WITHOUT_LAW: Case.CODIFY,
    GapKind.IMPLEMENTATION: Case.PRACTICE,
}


def make_plan(result: Result, catalogue: Catalogue) -> Plan:
    """The draft plan of a result. Every gap yields measures or is listed as unanswered; no measure stands without a gap."""
    answers = {id: found for id, one in catalogue.measures.items() if (found := tuple(_answered(one, result.gaps)))}
    planned = _in_order(catalogue, answers)
    answered = {(one.gap.provision, one.gap.dimension) for found in answers.values() for one in found}
    return Plan(
        result=result,
        catalogue=catalogue,
        measures=planned,
        unanswered=tuple(gap for gap in result.gaps if (gap.provision, gap.dimension) not in answered),
        assess_first=_assess_first(result),
        outlook=_outlook(result, catalogue, planned),
    )


def case_of(gap: Gap) -> Case:
    """The case a gap falls into; a shortfall outside law and practice is missing or partial by what the law lacks."""
    return _CASES.get(gap.kind, Case.PARTIAL)


def _answered(measure: Measure, gaps: Iterable[Gap]) -> Iterable[Answered]:
    """The gaps that a measure answers: its case fits, and where it speaks to some elements only, one of them is missing."""
    for gap in gaps:
        case = case_of(gap)
        if case in measure.closes.get(gap.provision, ()):
            spoken = measure.elements.get(gap.provision, gap.missing)
            letters = tuple(letter for letter in gap.missing if letter in spoken)
            if letters or not gap.missing or case is Case.CONTRARY:
                yield Answered(gap, case, letters)


def _in_order(catalogue: Catalogue, answers: Mapping[str, tuple[Answered, ...]]) -> tuple[PlannedMeasure, ...]:
    """Prerequisites first, then phase, then points; equal ones in the order of the catalogue."""
    phase_of = {phase.key: place for place, phase in enumerate(catalogue.phases)}
    drafts = {id: _draft(catalogue.measures[id], found, answers, catalogue) for id, found in answers.items()}
    own_order = {id: place for place, id in enumerate(catalogue.measures)}
    waiting, placed = dict(drafts), dict[str, PlannedMeasure]()
    while waiting:
        ready = [one for one in waiting.values() if all(need in placed for need in one.requires)]
        settled = [replace(one, phase=_latest(one, placed, phase_of)) for one in ready]
        first = min(settled, key=lambda one: (phase_of[one.phase], -one.points, own_order[one.measure.id]))
        placed[first.measure.id] = replace(first, place=len(placed) + 1)
        del waiting[first.measure.id]
    by_phase = sorted(placed.values(), key=lambda one: (phase_of[one.phase], one.place))
    return tuple(replace(one, place=place) for place, one in enumerate(by_phase, 1))


def _draft(measure: Measure, found: tuple[Answered, ...], answers: Mapping[str, object], catalogue: Catalogue) -> PlannedMeasure:
    """A measure with its reasons, not yet in its place. A prerequisite that answers no gap is in place already."""
    reasons = tuple(_reasons(found, measure, catalogue))
    return PlannedMeasure(
        place=0,
        measure=measure,
        answers=found,
        phase=measure.phase,
        requires=tuple(id for id in measure.requires if id in answers),
        in_place=tuple(id for id in measure.requires if id not in answers),
        points=sum((reason.points for reason in reasons), Fraction(0)),
        reasons=reasons,
    )


def _reasons(found: tuple[Answered, ...], measure: Measure, catalogue: Catalogue) -> Iterable[Reason]:
    """The factors of the order rule: the most urgent gap, how many gaps are answered at once, and the effort it takes."""
    rule = catalogue.order
    urgent = max((one.gap for one in found), key=lambda gap: gap.points)
    yield Reason("highest_gap", urgent.provision, rule.highest_gap * urgent.points)
    if len(found) > 1:
        yield Reason("gaps", str(len(found)), rule.each_gap * (len(found) - 1))
    yield Reason("effort", str(measure.effort), rule.effort * measure.effort)


def _latest(one: PlannedMeasure, placed: Mapping[str, PlannedMeasure], phase_of: Mapping[str, int]) -> str:
    """The phase of a measure: never before that of what it requires."""
    return max((one.measure.phase, *(placed[id].phase for id in one.requires)), key=lambda phase: phase_of[phase])


def _assess_first(result: Result) -> tuple[str, ...]:
    """Provisions that nobody assessed in law."""
    law = result.checklist.dimension_of(Role.LAW) or result.checklist.dimensions[0]
    return tuple(id for id, rating in result.effective[law.key].items() if not rating)


def _outlook(result: Result, catalogue: Catalogue, planned: tuple[PlannedMeasure, ...]) -> tuple[Outlook, ...]:
    """Today, then the scores with everything done up to the end of each phase."""
    steps = [Outlook("", result.scores)]
    done: list[PlannedMeasure] = []
    for phase in catalogue.phases:
        done += [one for one in planned if one.phase == phase.key]
        steps.append(Outlook(phase.key, scores_after(result, planned, {one.measure.id for one in done})))
    return tuple(steps)
