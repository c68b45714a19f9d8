"""Reads a result file back: the checklist and the assessment it holds, and the figures it claims."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from legcheck.files import digest_of
from legcheck.issues import NOT_A_RESULT, OTHER_RESULT_FORMAT, RULES, Issue, Location, reject
from legcheck.model import Answer, Assessment, Checklist, Citation, Law, LawStatus, Scope, Source
from legcheck.provisions import build_checklist
from legcheck.reports.json_form import FORMAT


class _Entry(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class _Place(_Entry):
    sheet: str = ""
    cell: str = ""
    line: int = 0


class _LawEntry(_Entry):
    title: str
    title_en: str = ""
    number: str = ""
    adopted: date | None = None
    status: LawStatus = LawStatus.IN_FORCE
    in_force_since: date | None = None
    in_force_until: date | None = None
    link: str = ""


class _CitationEntry(_Entry):
    law: str
    articles: str


class _AnswerEntry(_Entry):
    ratings: dict[str, str] = {}
    if_adopted: str = ""
    elements: list[str] = []
    legal_basis: str = ""
    citations: list[_CitationEntry] = []
    note: str = ""
    to_confirm: str = ""
    observations: str = ""
    assistance: str = ""
    assessor: str = ""
    at: dict[str, _Place] = {}


class _SourceEntry(_Entry):
    name: str = ""
    digest: str = ""


class _AssessmentEntry(_Entry):
    country: str
    country_name: str = ""
    as_of: date
    scope: Scope = Scope.NATIONAL
    body: str = ""
    title: str = ""
    language: str = "en"
    source: _SourceEntry = _SourceEntry()
    laws: dict[str, _LawEntry] = {}
    answers: dict[str, _AnswerEntry] = {}


class _IssueEntry(_Entry):
    code: str
    file: str = ""
    sheet: str = ""
    cell: str = ""
    line: int = 0
    facts: dict[str, str] = {}


class _ResultEntry(_Entry):
    scores: dict[str, Any]
    checklist: dict[str, str]
    assessment: _AssessmentEntry
    issues: list[_IssueEntry] = []
    definition: dict[str, Any]
    translations: dict[str, dict[str, str]] = {}


@dataclass(frozen=True)
class ResultFile:
    """What a result file holds. `scores` are the figures it claims, to be compared with those that follow from its answers."""

    checklist: Checklist
    assessment: Assessment
    issues: tuple[Issue, ...]
    scores: Mapping[str, Any]


def read_result_file(path: Path) -> ResultFile:
    """The content of a result file.

    Raises:
        InputError: it is not a result, has another format, or its checklist is broken.
    """
    at = Location(path.name)
    try:
        tree = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        raise reject(NOT_A_RESULT, at) from None
    if not isinstance(tree, dict) or "format" not in tree or "scores" not in tree:
        raise reject(NOT_A_RESULT, at)
    if tree["format"] != FORMAT:
        raise reject(OTHER_RESULT_FORMAT, at, found=tree["format"], wanted=FORMAT)
    try:
        entry = _ResultEntry.model_validate(tree)
        checklist = build_checklist(entry.definition, translations=entry.translations)
    except (ValidationError, KeyError, AttributeError):
        raise reject(NOT_A_RESULT, at) from None
    known = set(checklist.provisions)
    if checklist.digest != entry.checklist.get("digest") or not set(entry.assessment.answers) <= known:
        raise reject(NOT_A_RESULT, at)
    return ResultFile(checklist, _assessment(entry.assessment, checklist, path), _issues(entry.issues), entry.scores)


def _assessment(entry: _AssessmentEntry, checklist: Checklist, path: Path) -> Assessment:
    source = entry.source.name or path.name
    return Assessment(
        country=entry.country,
        country_name=entry.country_name,
        as_of=entry.as_of,
        checklist=checklist.id,
        checklist_version=checklist.version,
        scope=entry.scope,
        body=entry.body,
        title=entry.title,
        language=entry.language,
        laws={key: Law(key=key, **law.model_dump()) for key, law in entry.laws.items()},
        answers={id: _answer(id, answer, source) for id, answer in entry.answers.items()},
        source=Source(source, entry.source.digest or digest_of(path.read_bytes())),
    )


def _answer(id: str, entry: _AnswerEntry, file: str) -> Answer:
    return Answer(
        provision=id,
        ratings=entry.ratings,
        if_adopted=entry.if_adopted,
        elements=tuple(entry.elements),
        legal_basis=entry.legal_basis,
        citations=tuple(Citation(one.law, one.articles) for one in entry.citations),
        note=entry.note,
        to_confirm=entry.to_confirm,
        observations=entry.observations,
        assistance=entry.assistance,
        assessor=entry.assessor,
        at={field: Location(file, place.sheet, place.cell, place.line) for field, place in entry.at.items()},
    )


def _issues(entries: list[_IssueEntry]) -> tuple[Issue, ...]:
    rules = {rule.code: rule for rule in RULES}
    return tuple(
        Issue(rules[one.code], Location(one.file, one.sheet, one.cell, one.line), tuple(one.facts.items()))
        for one in entries
        if one.code in rules
    )
