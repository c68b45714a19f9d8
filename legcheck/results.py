"""A result as JSON, out and in; the forms of scores and issues are shared by every JSON file that is written.

Format 2. A result file holds the answers and the checklist itself, so that reports can be made again without the workbook or
this program's own checklists. Whoever reads one recomputes its figures and compares them with those it states.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from legcheck.countries import exists
from legcheck.issues import NOT_A_RESULT, OTHER_RESULT_FORMAT, RULES, Issue, Location, reject
from legcheck.model import Assessment, Checklist, DimensionScores, Gap, Prints, Result, Score
from legcheck.words import UNSEEN

if TYPE_CHECKING:
    from legcheck.labels import Labels

FORMAT = 2


def to_json(result: Result, labels: Labels) -> bytes:
    """A result as JSON: figures as numbers in [0, 1] with full precision, counts, and the printed text beside them.

    A reading of named texts has counts alone: its `low`, `central` and `high` are null, and `display` says how many provisions
    these texts contain in full or in part.
    """
    return (json.dumps(result_tree(result, labels), ensure_ascii=False, indent=1) + "\n").encode()


def result_tree(result: Result, labels: Labels) -> dict[str, Any]:
    """The whole result file as a tree."""
    return {
        **score_tree(result, labels),
        "language": labels.language,
        "gaps": [_gap(gap) for gap in result.gaps],
        "assessment": _assessment(result.assessment),
        "effective": {dimension: dict(ratings) for dimension, ratings in result.ratings.items()},
        "following": {dimension: list(_following(result, dimension)) for dimension in result.ratings},
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


class _Issue(BaseModel):
    code: str
    file: str = ""
    sheet: str = ""
    cell: str = ""
    line: int = 0
    facts: dict[str, str] = {}


class _Result(BaseModel):
    """The parts of a result file that reading needs; the assessment has the form of the model's own."""

    scores: dict[str, Any]
    checklist: dict[str, str]
    assessment: Assessment
    issues: list[_Issue] = []
    definition: dict[str, Any]
    translations: dict[str, dict[str, str]] = {}


@dataclass(frozen=True)
class ResultFile:
    """What a result file holds. `scores` are the figures it states, to be compared with those that follow from its answers."""

    checklist: Checklist
    assessment: Assessment
    issues: tuple[Issue, ...]
    scores: Mapping[str, Any]


def read_result(name: str, content: bytes, build: Callable[[Any, Any], Checklist]) -> ResultFile:
    """The content of a result file called `name`; `build` makes a checklist from its definition and its translations.

    Raises:
        InputError: it is not a result, has another format, or its checklist is broken.
    """
    at = Location(name)
    try:
        tree = json.loads(content)
    except (ValueError, RecursionError):
        raise reject(NOT_A_RESULT, at) from None
    if not isinstance(tree, dict) or "format" not in tree or "scores" not in tree:
        raise reject(NOT_A_RESULT, at)
    if tree["format"] != FORMAT:
        raise reject(OTHER_RESULT_FORMAT, at, found=tree["format"], wanted=FORMAT)
    try:
        entry = _Result.model_validate(tree | {part: _readable(tree.get(part, [])) for part in ("assessment", "issues")})
        checklist = build(entry.definition, entry.translations)
    except (ValidationError, KeyError, AttributeError, TypeError, UnicodeError, RecursionError):
        raise reject(NOT_A_RESULT, at) from None
    if checklist.digest != entry.checklist.get("digest") or not _fits(entry.assessment, checklist):
        raise reject(NOT_A_RESULT, at)
    return ResultFile(checklist, entry.assessment, tuple(_read_issues(entry.issues)), entry.scores)


def _readable(tree: Any) -> Any:
    """A tree whose texts hold nothing that no other file can hold, or that a terminal or a reader would be led by.

    From a workbook nothing of the kind comes.
    """
    if isinstance(tree, str):
        return tree.translate(UNSEEN)
    if isinstance(tree, dict):
        return {_readable(key): _readable(value) for key, value in tree.items()}
    return [_readable(one) for one in tree] if isinstance(tree, list) else tree


def _fits(assessment: Assessment, checklist: Checklist) -> bool:
    """Whether the country exists, and every answer is to a provision of the checklist, with ratings of its scales."""
    if not exists(assessment.country):
        return False
    for id, answer in assessment.answers.items():
        provision = checklist.provisions.get(id)
        if provision is None or answer.provision != id or not set(answer.ratings) <= set(checklist.by_dimension):
            return False
        rated = [(checklist.by_dimension[key].scale_of(provision), rating) for key, rating in answer.ratings.items()]
        if not all(rating in scale.by_key for scale, rating in rated):
            return False
    return True


def _read_issues(entries: list[_Issue]) -> Iterator[Issue]:
    rules = {rule.code: rule for rule in RULES}
    for one in entries:
        if one.code in rules:
            yield Issue(rules[one.code], Location(one.file, one.sheet, one.cell, one.line), tuple(one.facts.items()))


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
    """The same without the names of the core provisions that lower a band."""
    return _by_node(scores, lambda score: _score(score, labels))


def _score(score: Score, labels: Labels) -> dict[str, Any]:
    return {
        "low": _number(score.low),
        "central": _number(score.central),
        "high": _number(score.high),
        "answered": score.answered,
        "applicable": score.applicable,
        "full": score.full,
        "partly": score.partly,
        "silent": score.silent,
        "short": score.short,
        "left": score.left,
        "not_found": score.not_found,
        "assessed_share": _number(score.assessed_share),
        "display": labels.figure(score.display),
        "counted": score.display.prints in (Prints.COUNT, Prints.FOUND),
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
    """An assessment field by field, and of each element what is known.

    The places of answers come in several kinds of mapping, all written alike.
    """
    answers = {id: replace(answer, at=dict(answer.at)) for id, answer in assessment.answers.items()}
    tree = TypeAdapter(Assessment).dump_python(replace(assessment, answers=answers), mode="json")
    for answer in tree["answers"].values():
        for letter, element in answer["elements"].items():
            answer["elements"][letter] = {field: value for field, value in element.items() if value not in (None, "", [])}
    return tree


def _following(result: Result, dimension: str) -> Iterator[str]:
    """The provisions whose rating was not typed but follows from their elements."""
    rated = (id for id, rating in result.ratings[dimension].items() if rating)
    return (id for id in rated if dimension not in result.assessment.answer(id).ratings)


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
