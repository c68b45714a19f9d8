"""Reads a filled workbook: the assessment it holds, and every issue in one run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, cast

from legcheck.issues import (
    CHANGED_CHECKLIST,
    OTHER_CHECKLIST,
    OTHER_VERSION,
    Issues,
    Location,
)
from legcheck.model import Answer, Assessment, Checklist, Law, Source
from legcheck.workbook.columns import ANSWER_COLUMNS, ANSWERS, GUIDE, LAW_COLUMNS, LAWS, RATING, START, Column
from legcheck.workbook.content import AnswerChecks, register_issues
from legcheck.workbook.reading.answers import read_answers
from legcheck.workbook.reading.appearance import report_appearance
from legcheck.workbook.reading.fields import Start, find_start, read_start
from legcheck.workbook.reading.identity import Identity, identify
from legcheck.workbook.reading.laws import read_laws
from legcheck.workbook.reading.records import read_heard, read_history
from legcheck.workbook.reading.sheets import Sheets
from legcheck.workbook.reading.vocabulary import Vocabulary

if TYPE_CHECKING:
    from pathlib import Path

    from legcheck.workbook.reading.answers import Cells


def read_workbook(
    path: Path, checklist: Checklist, identity: Identity | None = None, *, errors_only: bool = False
) -> tuple[Assessment | None, Issues]:
    """The assessment in a workbook and every issue found; with `errors_only`, the content of answers is checked only for errors.

    The assessment is None if the country, the date or the sheet of answers cannot be read. Passing `identity`, from `identify` on
    the same file, saves opening it again.

    Raises:
        InputError: the file is not a workbook made here, or cannot be read safely.
    """
    identity = identity or identify(path)
    sheets = Sheets(identity, Vocabulary(checklist, identity.language, identity.headings, identity.choices))
    if not _belongs(identity, checklist, sheets.issues, Location(str(path))):
        return None, sheets.issues
    return _read(sheets, checklist, errors_only=errors_only), sheets.issues


def _belongs(identity: Identity, checklist: Checklist, issues: Issues, at: Location) -> bool:
    """Whether the workbook was made for this checklist and version."""
    if identity.checklist != checklist.id:
        issues.add(OTHER_CHECKLIST, at, value=identity.checklist, allowed=checklist.id)
    elif identity.version != checklist.version:
        issues.add(OTHER_VERSION, at, value=identity.version, allowed=checklist.version)
    elif identity.digest != checklist.digest:
        issues.add(CHANGED_CHECKLIST, at, id=checklist.id, version=checklist.version)
        return True
    else:
        return True
    return False


def _read(sheets: Sheets, checklist: Checklist, *, errors_only: bool) -> Assessment | None:
    """Read each sheet, found by its headings. All issues are added to those of the sheets."""
    start_sheet = find_start(sheets)
    sheets.read.add(start_sheet)
    laws_table = sheets.table(LAWS, LAW_COLUMNS)
    tables = sheets.tables(ANSWERS, _answer_columns(sheets), checklist.provisions)
    laws, law_places = read_laws(laws_table) if laws_table else ({}, {})
    answers: Mapping[str, Answer] = {}
    if tables:
        answers = read_answers(tables, checklist, laws, sheets.identity.form)
    if not start_sheet:
        sheets.report_missing(START)
    start = read_start(sheets, start_sheet, blank=not answers) if start_sheet else Start()
    heard, history = read_heard(sheets), read_history(sheets)
    sheets.report_others(GUIDE)
    report_appearance(sheets, tables, notes=not errors_only)
    assessment = replace(_assessment(sheets.identity, checklist, start, laws, answers), heard=heard, history=history)
    dated = start.as_of is not None
    shared = bool(sheets.identity.form.provisions)
    sheets.issues.extend(register_issues(assessment, law_places, dated=dated, shared=shared))
    _check_answers(sheets.issues, AnswerChecks(checklist, assessment, dated=dated), errors_only=errors_only)
    return assessment if tables and start.country and dated else None


def _answer_columns(sheets: Sheets) -> tuple[Column, ...]:
    """The columns of answers; in a workbook of format 1, those that it records itself."""
    recorded = sheets.vocabulary.headings_shown(ANSWERS)
    if not recorded or "answer" in recorded:
        return ANSWER_COLUMNS
    return tuple(Column(key, required=key == "id" or key.startswith(f"{RATING}.")) for key in recorded)


def _check_answers(issues: Issues, checks: AnswerChecks, *, errors_only: bool) -> None:
    """Report what is wrong with the content of the answers, each problem at its cell."""
    for answer in checks.assessment.answers.values():
        problems = [*checks.errors(answer, subdivision=checks.assessment.of_subdivision)]
        if not errors_only:
            problems += checks.warnings(answer)
        for problem in problems:
            issues.add(problem.rule, cast("Cells", answer.at).of(problem), **problem.facts)


def _assessment(
    identity: Identity, checklist: Checklist, start: Start, laws: dict[str, Law], answers: Mapping[str, Answer]
) -> Assessment:
    return Assessment(
        country=start.country,
        country_name=start.country_name,
        as_of=start.as_of or date.max,
        checklist=checklist.id,
        checklist_version=checklist.version,
        scope=start.scope,
        kind=start.kind,
        body=start.body,
        title=start.title,
        language=identity.language,
        laws=laws,
        answers={id: answers[id] for id in checklist.provisions if id in answers},
        source=Source(identity.book.path.name, identity.book.package.digest),
    )
