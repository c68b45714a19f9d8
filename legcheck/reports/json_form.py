"""The stable JSON form of a result, and its way back.

Format 1. A result file holds the answers and the checklist itself, so that a report can be made again without the workbook or
this program's own checklists. Figures are computed again on reading; a file whose figures do not follow is refused.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from pydantic import TypeAdapter

from legcheck.issues import Issue, Location
from legcheck.labels import Labels
from legcheck.model import Assessment, DimensionScores, Gap, Result, Score
from legcheck.reports.figures import display

FORMAT = 1


def render_json(result: Result, labels: Labels) -> bytes:
    """A result as JSON: figures as numbers in [0, 1] with full precision, counts, and the printed text beside them."""
    return (json.dumps(result_tree(result, labels), ensure_ascii=False, indent=1) + "\n").encode()


def result_tree(result: Result, labels: Labels) -> dict[str, Any]:
    """The whole result file as a tree."""
    return {
        **score_tree(result, labels),
        "language": labels.language,
        "gaps": [_gap(gap) for gap in result.gaps],
        "assessment": _assessment(result.assessment),
        "effective": {dimension: dict(ratings) for dimension, ratings in result.effective.items()},
        "issues": [_issue(issue, labels) for issue in result.issues],
        "definition": _plain(result.checklist.definition),
        "translations": {labels.language: dict(result.checklist.translations.get(labels.language, {}))},
    }


def score_tree(result: Result, labels: Labels) -> dict[str, Any]:
    """The scores alone, as printed by ``legcheck score --format json``."""
    checklist, assessment = result.checklist, result.assessment
    return {
        "format": FORMAT,
        "tool": {"name": "legcheck", "version": result.tool_version},
        "checklist": {"id": checklist.id, "version": checklist.version, "digest": checklist.digest},
        "country": assessment.country,
        "as_of": assessment.as_of.isoformat(),
        "scope": assessment.scope.value,
        "scores": {key: dimension_tree(scores, labels) for key, scores in result.scores.items()},
        "if_adopted": {key: dimension_tree(scores, labels) for key, scores in result.if_adopted.items()},
    }


def figures_of(scores: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Every score below the tree `scores` with its figure id."""
    for dimension, groups in scores.items():
        yield f"{dimension}.total", groups["total"]
        for node, score in groups["chapters"].items():
            yield f"{dimension}.{node}", score
        for group in ("themes", "instruments"):
            for node, score in groups[group].items():
                yield f"{dimension}.{group.removesuffix('s')}.{node}", score


def dimension_tree(scores: DimensionScores, labels: Labels) -> dict[str, Any]:
    """The figures of one dimension."""
    return _by_node(scores, lambda score: {**_score(score, labels), "capped_by": list(score.capped_by)})


def uncapped_tree(scores: DimensionScores, labels: Labels) -> dict[str, Any]:
    """The same without the names of the core provisions that hold a band, which scores made for many at once do not keep."""
    return _by_node(scores, lambda score: _score(score, labels))


def _score(score: Score, labels: Labels) -> dict[str, Any]:
    return {
        "low": _number(score.low),
        "central": _number(score.central),
        "high": _number(score.high),
        "answered": score.answered,
        "applicable": score.applicable,
        "assessed_share": _number(score.assessed_share),
        "display": display(score, labels),
        "not_applicable": score.not_applicable,
        "contrary": score.contrary,
        "elements_met": score.elements_met,
        "elements": score.elements,
        "enough_answered": score.enough,
        "band": score.band or None,
    }


def _by_node(scores: DimensionScores, tree: Callable[[Score], dict[str, Any]]) -> dict[str, Any]:
    return {
        "total": tree(scores.total),
        "chapters": {id: tree(score) for id, score in scores.chapters.items()},
        "themes": {key: tree(score) for key, score in scores.themes.items()},
        "instruments": {key: tree(score) for key, score in scores.instruments.items()},
    }


def _gap(gap: Gap) -> dict[str, Any]:
    return {
        "provision": gap.provision,
        "dimension": gap.dimension,
        "kind": gap.kind.value,
        "rating": gap.rating,
        "missing": list(gap.missing),
        "priority": gap.priority,
        "points": _number(gap.points),
        "reasons": [{"factor": r.factor, "detail": r.detail, "points": _number(r.points)} for r in gap.reasons],
        "closes_if_adopted": gap.closes_if_adopted,
    }


def _assessment(assessment: Assessment) -> Any:
    """An assessment field by field; the places of answers may be of any mapping and are written as plain ones."""
    answers = {id: replace(answer, at=dict(answer.at)) for id, answer in assessment.answers.items()}
    return TypeAdapter(Assessment).dump_python(replace(assessment, answers=answers), mode="json")


def _issue(issue: Issue, labels: Labels) -> dict[str, Any]:
    return {**issue_tree(issue, labels), "facts": dict(issue.facts)}


def issue_tree(issue: Issue, labels: Labels) -> dict[str, Any]:
    """An issue for other programs: code, severity, place and message."""
    at: Location = issue.at
    return {
        "code": issue.code,
        "severity": issue.severity.value,
        "file": at.file,
        "sheet": at.sheet,
        "cell": at.cell,
        "line": at.line,
        "value": dict(issue.facts).get("value", ""),
        "message": labels.message(issue),
    }


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _plain(tree: Any) -> Any:
    """A tree of mappings and lists that JSON can write."""
    if isinstance(tree, Mapping):
        return {key: _plain(value) for key, value in tree.items()}
    return [_plain(item) for item in tree] if isinstance(tree, list | tuple) else tree
