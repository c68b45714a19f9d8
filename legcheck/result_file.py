"""Reads a result file back: the checklist and the assessment it holds, and the figures it claims."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from legcheck.countries import find
from legcheck.issues import NOT_A_RESULT, OTHER_RESULT_FORMAT, RULES, Issue, Location, reject
from legcheck.model import Assessment, Checklist
from legcheck.provisions import build_checklist
from legcheck.reports.json_form import FORMAT


class _Issue(BaseModel):
    code: str
    file: str = ""
    sheet: str = ""
    cell: str = ""
    line: int = 0
    facts: dict[str, str] = {}


class _Result(BaseModel):
    """What reading needs of a result file; the assessment has the form of the model's own value."""

    scores: dict[str, Any]
    checklist: dict[str, str]
    assessment: Assessment
    issues: list[_Issue] = []
    definition: dict[str, Any]
    translations: dict[str, dict[str, str]] = {}


@dataclass(frozen=True)
class ResultFile:
    """What a result file holds. `scores` are the figures it claims, to be compared with those that follow from its answers."""

    checklist: Checklist
    assessment: Assessment
    issues: tuple[Issue, ...]
    scores: Mapping[str, Any]


def read_result_file(path: Path, content: bytes | None = None) -> ResultFile:
    """The content of a result file; `content` holds its bytes where they were read already.

    Raises:
        InputError: it is not a result, has another format, or its checklist is broken.
    """
    at = Location(path.name)
    try:
        tree = json.loads(path.read_bytes() if content is None else content)
    except (ValueError, RecursionError):
        raise reject(NOT_A_RESULT, at) from None
    if not isinstance(tree, dict) or "format" not in tree or "scores" not in tree:
        raise reject(NOT_A_RESULT, at)
    if tree["format"] != FORMAT:
        raise reject(OTHER_RESULT_FORMAT, at, found=tree["format"], wanted=FORMAT)
    try:
        entry = _Result.model_validate(tree)
        checklist = build_checklist(entry.definition, translations=entry.translations)
    except (ValidationError, KeyError, AttributeError, TypeError):
        raise reject(NOT_A_RESULT, at) from None
    if checklist.digest != entry.checklist.get("digest") or not _fits(entry.assessment, checklist):
        raise reject(NOT_A_RESULT, at)
    return ResultFile(checklist, entry.assessment, _issues(entry.issues), entry.scores)


def _fits(assessment: Assessment, checklist: Checklist) -> bool:
    """Whether the country exists, and every answer is to a provision of the checklist, with ratings of its scales."""
    if not _exists(assessment.country):
        return False
    for id, answer in assessment.answers.items():
        provision = checklist.provisions.get(id)
        if provision is None or answer.provision != id or not set(answer.ratings) <= set(checklist.by_dimension):
            return False
        rated = [(checklist.by_dimension[key].scale, rating) for key, rating in answer.ratings.items()]
        if not all(rating in scale.ratings(provision.maximum) for scale, rating in rated):
            return False
    return True


def _exists(country: str) -> bool:
    try:
        return bool(find(country).code)
    except KeyError:
        return False


def _issues(entries: list[_Issue]) -> tuple[Issue, ...]:
    rules = {rule.code: rule for rule in RULES}
    return tuple(
        Issue(rules[one.code], Location(one.file, one.sheet, one.cell, one.line), tuple(one.facts.items()))
        for one in entries
        if one.code in rules
    )
