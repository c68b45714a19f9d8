"""From gaps to measures: which answer which gaps, in what order, where they would lead, and what is kept of an earlier plan."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

from legcheck.analysis.figures import score_all
from legcheck.model import (
    NO_ANSWER,
    ActionPlan,
    Answer,
    Answered,
    Case,
    Catalogue,
    Citation,
    Dimension,
    DimensionScores,
    Entry,
    Gap,
    GapKind,
    Measure,
    Objective,
    Outlook,
    Plan,
    PlannedMeasure,
    PlannedObjective,
    Progress,
    Provision,
    Reason,
    Result,
    Role,
    Status,
    recorded,
)

_CASES = {
    GapKind.CONTRARY: Case.CONTRARY,
    GapKind.OPPOSITE: Case.CONTRARY,
    GapKind.LEGISLATIVE_MISSING: Case.MISSING,
    GapKind.LEGISLATIVE_PARTIAL: Case.PARTIAL,
    GapKind.PRACTICE_WITHOUT_LAW: Case.CODIFY,
    GapKind.IMPLEMENTATION: Case.PRACTICE,
}


def make_plan(result: Result, catalogue: Catalogue) -> Plan:
    """The draft plan of a result. Every gap yields measures or is listed as unanswered; no measure stands without a gap."""
    answers = {id: found for id, one in catalogue.measures.items() if (found := tuple(_answered(one, result)))}
    planned = _in_order(catalogue, answers, {id: one.title for id, one in result.checklist.provisions.items()})
    answered = {(one.gap.provision, one.gap.dimension) for found in answers.values() for one in found}
    return Plan(
        result=result,
        catalogue=catalogue,
        measures=planned,
        objectives=tuple(_under(objective, planned, catalogue.flagships.most) for objective in catalogue.objectives),
        unanswered=tuple(gap for gap in result.gaps if (gap.provision, gap.dimension) not in answered),
        assess_first=_assess_first(result),
        outlook=_outlook(result, catalogue, planned),
    )


def case_of(gap: Gap) -> Case:
    """The case a gap falls into; a shortfall outside law and practice is missing or partial by what the law lacks."""
    return _CASES.get(gap.kind, Case.PARTIAL)


def _answered(measure: Measure, result: Result) -> Iterable[Answered]:
    """The gaps that a measure answers: its case fits and, if it addresses only some elements, one of them is missing."""
    for gap in result.gaps:
        case = case_of(gap)
        if case in measure.closes.get(gap.provision, ()):
            spoken = measure.elements.get(gap.provision, gap.missing)
            letters = tuple(letter for letter in gap.missing if letter in spoken)
            if letters or not gap.missing or case is Case.CONTRARY:
                in_part = case is Case.PARTIAL and result.elements[gap.provision].complete
                yield Answered(gap, case, letters, in_part, tuple(_denied(gap.provision, letters, result)))


def _denied(provision: str, letters: Iterable[str], result: Result) -> Iterable[Citation]:
    """The articles in force that are cited against elements, each law by its title."""
    assessment = result.assessment
    elements = assessment.answer(provision).elements
    for found in (elements[letter] for letter in letters if letter in elements):
        for one in found.citations if found.met is False else ():
            law = assessment.laws.get(one.law)
            if law is not None and law.in_force(assessment.as_of):
                yield Citation(law.title or law.key, one.articles)


def _in_order(
    catalogue: Catalogue, answers: Mapping[str, tuple[Answered, ...]], titles: Mapping[str, str]
) -> tuple[PlannedMeasure, ...]:
    """Prerequisites first, then phase, then points; equal ones in the order of the catalogue."""
    phase_of = {phase.key: place for place, phase in enumerate(catalogue.phases)}
    spoken = {id: catalogue.measures[id].speaking_of(found, catalogue.completing, titles) for id, found in answers.items()}
    drafts = {id: _draft(spoken[id], found, answers, catalogue) for id, found in answers.items()}
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


def _under(objective: Objective, planned: Iterable[PlannedMeasure], most: int) -> PlannedObjective:
    """The measures of an objective: those with the most points stand out; of equal ones, those that come first in the plan."""
    measures = [one for one in planned if one.measure.section in objective.sections]
    chosen = {one.place for one in sorted(measures, key=lambda one: (-one.points, one.place))[:most]}
    flagships, others = (tuple(one for one in measures if (one.place in chosen) is picked) for picked in (True, False))
    return PlannedObjective(objective, flagships, others)


def _assess_first(result: Result) -> tuple[str, ...]:
    """Provisions that nobody assessed in law."""
    law = result.checklist.dimension_of(Role.LAW) or result.checklist.dimensions[0]
    return tuple(id for id, rating in result.ratings[law.key].items() if not rating)


def _outlook(result: Result, catalogue: Catalogue, planned: tuple[PlannedMeasure, ...]) -> tuple[Outlook, ...]:
    """Today, then the scores with everything done up to the end of each phase."""
    steps = [Outlook("", result.scores)]
    done: list[PlannedMeasure] = []
    for phase in catalogue.phases:
        done += [one for one in planned if one.phase == phase.key]
        steps.append(Outlook(phase.key, scores_after(result, planned, {one.measure.id for one in done})))
    return tuple(steps)


# What if: scores with measures carried out ------------------------------------------------------------------------------


def scores_after(result: Result, planned: Iterable[PlannedMeasure], done: Collection[str]) -> Mapping[str, DimensionScores]:
    """The scores once the measures `done` are carried out and take effect; nothing else changes.

    A gap closes when measures done answer every element it lacks; if they answer some, these are met, and what was not provided
    for becomes partly so. A gap without elements closes with the first of its measures.
    """
    answered: dict[Gap, set[str]] = {}
    for one in planned:
        if one.measure.id in done:
            for each in one.answers:
                answered.setdefault(each.gap, set()).update(each.letters)
    answers = dict(result.assessment.answers)
    for gap, letters in answered.items():
        answers[gap.provision] = _after(answers.get(gap.provision, NO_ANSWER), gap, letters, result)
    changed = replace(result.assessment, answers=answers)
    return score_all(result.checklist, changed)


def _after(answer: Answer, gap: Gap, letters: set[str], result: Result) -> Answer:
    """An answer with a gap closed or narrowed; new law is taken as in force, so its citations no longer matter."""
    dimension, provision = result.checklist.by_dimension[gap.dimension], result.checklist.provisions[gap.provision]
    marks = result.elements[provision.id]
    if letters:
        marks = marks.under(dimension.level(provision, gap.rating)).plus(letters)
    ratings = {**answer.ratings, dimension.key: rating_after(dimension, provision, gap, letters)}
    return replace(answer, ratings=ratings, elements=recorded(marks.met, marks.answered), citations=(), if_adopted="")


def rating_after(dimension: Dimension, provision: Provision, gap: Gap, letters: Collection[str]) -> str:
    """The rating once measures bring the elements `letters` of those that a gap lacks."""
    scale = dimension.scale_of(provision)
    if {*gap.missing} <= {*letters}:
        return scale.best.key
    if dimension.elements and scale.by_elements is not None and not letters:
        return scale.lowest.key
    return max(scale.by_key[gap.rating], scale.middle, key=lambda level: level.worth).key


# A plan made again -----------------------------------------------------------------------------------------------------


def first_entries(plan: Plan) -> Mapping[str, Entry]:
    """The entries of a plan nobody has worked on: every measure proposed."""
    return {one.measure.id: _kept(one, None) for one in plan.measures}


def carried_over(plan: Plan, filled: ActionPlan) -> Mapping[str, Entry]:
    """The entries of a plan made again, in its order, with what was written kept by measure.

    Measures whose gaps are closed stay at the end, closed on the as-of date of the new assessment, unless done or dropped.
    A measure whose gap is open again is proposed again. Nothing is erased.
    """
    entries = {one.measure.id: _kept(one, filled.entries.get(one.measure.id)) for one in plan.measures}
    day = plan.result.assessment.as_of
    for id, entry in filled.entries.items():
        if id not in entries:
            entries[id] = entry if entry.closed_on else _closed(entry, day)
    return entries


def progress_of(plan: Plan, entries: Mapping[str, Entry]) -> Progress:
    """How far a plan has come, for the gap report."""
    by_provision: dict[str, tuple[str, ...]] = {}
    for one in plan.measures:
        for provision in {each.gap.provision: None for each in one.answers}:
            by_provision[provision] = (*by_provision.get(provision, ()), one.measure.id)
    return Progress(entries, by_provision)


def fingerprint(planned: PlannedMeasure) -> str:
    """A short mark of the figures shown beside a measure: the gaps it answers, their ratings and what they lack."""
    shown = sorted(f"{each.gap.provision} {each.gap.rating} {''.join(each.gap.missing)}" for each in planned.answers)
    return hashlib.sha256("\n".join(shown).encode()).hexdigest()[:12]


def _kept(planned: PlannedMeasure, entry: Entry | None) -> Entry:
    mark = fingerprint(planned)
    if entry is None:
        return Entry(planned.measure.id, planned.measure.title, fingerprint=mark)
    changed = bool(entry.text) and bool(entry.fingerprint) and entry.fingerprint != mark
    status = Status.PROPOSED if entry.status is Status.CLOSED else entry.status
    # An old text keeps its old mark, so that it stays flagged until somebody has looked at it.
    kept_mark = entry.fingerprint if changed else mark
    kept = replace(entry, title=planned.measure.title, status=status, fingerprint=kept_mark, stale=changed)
    return replace(kept, closed_on=None, last_status=None)


def _closed(entry: Entry, day: date) -> Entry:
    """An entry whose gap is closed; a status that says less than that is kept as the last one."""
    closed = replace(entry, closed_on=day, stale=False)
    if entry.status in (Status.DONE, Status.DROPPED):
        return closed
    return replace(closed, status=Status.CLOSED, last_status=entry.status)
