"""A plan made again: what people wrote survives, closed gaps are marked, texts beside changed figures are flagged."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from legcheck.model import ActionPlan, Entry, Plan, PlannedMeasure, Progress, Status


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
    # The old mark stays beside an old text, so that the flag stays until somebody has looked at it.
    kept_mark = entry.fingerprint if changed else mark
    kept = replace(entry, title=planned.measure.title, status=status, fingerprint=kept_mark, stale=changed)
    return replace(kept, closed_on=None, last_status=None)


def _closed(entry: Entry, day: date) -> Entry:
    """An entry whose gap is closed; a status that says less than that is kept as the last one."""
    closed = replace(entry, closed_on=day, stale=False)
    if entry.status in (Status.DONE, Status.DROPPED):
        return closed
    return replace(closed, status=Status.CLOSED, last_status=entry.status)
