"""The JSON form of a draft plan, for other programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from legcheck.labels import Labels
from legcheck.model import Entry, Outlook, Plan, PlannedMeasure, PlannedObjective
from legcheck.results import dimension_tree

FORMAT = 1


def render_plan_json(plan: Plan, entries: Mapping[str, Entry], labels: Labels) -> bytes:
    """A plan as JSON: measures in order with the gaps they answer, what was written beside them, and the outlook by phase."""
    return (json.dumps(plan_tree(plan, entries, labels), ensure_ascii=False, indent=1) + "\n").encode()


def plan_tree(plan: Plan, entries: Mapping[str, Entry], labels: Labels) -> dict[str, Any]:
    """The whole plan as a tree."""
    result = plan.result
    return {
        "format": FORMAT,
        "kind": "plan",
        "tool": {"name": "legcheck", "version": result.tool_version},
        "checklist": {"id": result.checklist.id, "version": result.checklist.version, "digest": result.checklist.digest},
        "measures_digest": plan.catalogue.digest,
        "country": result.assessment.country,
        "as_of": result.assessment.as_of.isoformat(),
        "scope": result.assessment.scope.value,
        "language": labels.language,
        "measures": [_planned(one) for one in plan.measures],
        "objectives": [_objective(one) for one in plan.objectives],
        "entries": {id: _entry(entry) for id, entry in entries.items()},
        "unanswered": [{"provision": gap.provision, "kind": gap.kind.value} for gap in plan.unanswered],
        "assess_first": list(plan.assess_first),
        "outlook": [_outlook(step, labels) for step in plan.outlook],
    }


def _objective(one: PlannedObjective) -> dict[str, Any]:
    return {
        "key": one.objective.key,
        "title": one.objective.title,
        "flagships": [each.measure.id for each in one.flagships],
        "measures": [each.measure.id for each in one.measures],
    }


def _planned(one: PlannedMeasure) -> dict[str, Any]:
    measure = one.measure
    return {
        "place": one.place,
        "id": measure.id,
        "title": measure.title,
        "do": measure.do,
        "kind": measure.kind,
        "lead": measure.lead,
        "partners": list(measure.partners),
        "phase": one.phase,
        "need": list(measure.need),
        "effort": measure.effort,
        "requires": list(one.requires),
        "in_place": list(one.in_place),
        "section": measure.section,
        "answers": [
            {"provision": e.gap.provision, "dimension": e.gap.dimension, "case": e.case.value, "elements": list(e.letters)}
            for e in one.answers
        ],
        "points": float(one.points),
        "reasons": [{"factor": r.factor, "detail": r.detail, "points": float(r.points)} for r in one.reasons],
        "output": asdict(measure.output),
        "outcome": asdict(measure.outcome),
        "safeguards": dict(measure.safeguards),
        "drafting": list(measure.drafting),
        "clauses": [dict(clause) for clause in measure.clauses],
        "examples": [asdict(example) for example in measure.examples],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "title": entry.title,
        "status": entry.status.value,
        "owner": entry.owner,
        "start": entry.start.isoformat() if entry.start else None,
        "end": entry.end.isoformat() if entry.end else None,
        "cost": str(entry.cost) if entry.cost is not None else None,
        "funding": entry.funding,
        "progress": entry.progress,
        "text": entry.text,
        "stale": entry.stale,
        "last_status": entry.last_status.value if entry.last_status else None,
        "closed_on": entry.closed_on.isoformat() if entry.closed_on else None,
    }


def _outlook(step: Outlook, labels: Labels) -> dict[str, Any]:
    return {"phase": step.phase, "scores": {key: dimension_tree(scores, labels) for key, scores in step.scores.items()}}
