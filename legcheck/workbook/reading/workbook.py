"""Reads a filled workbook: every fault in one run, and the assessment it holds."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from legcheck.issues import (
    CHANGED_CHECKLIST,
    OTHER_CHECKLIST,
    OTHER_VERSION,
    Issues,
    Location,
)
from legcheck.model import Assessment, Checklist, Law, Source
from legcheck.workbook.columns import ASSESSMENT, GUIDE, LAW_COLUMNS, LAWS, START, assessment_columns
from legcheck.workbook.content import content_issues, register_issues
from legcheck.workbook.reading.answers import Answers, read_answers
from legcheck.workbook.reading.identity import Identity, identify
from legcheck.workbook.reading.laws import read_laws
from legcheck.workbook.reading.session import Session
from legcheck.workbook.reading.sheets import Sheets
from legcheck.workbook.reading.start import Start, find_start, read_start
from legcheck.workbook.reading.words import Words

if TYPE_CHECKING:
    from pathlib import Path


def read_workbook(
    path: Path, checklist: Checklist, identity: Identity | None = None, *, errors_only: bool = False
) -> tuple[Assessment | None, Issues]:
    """The assessment of a workbook, and every issue found in it; with `errors_only` without doubts about what answers say.

    There is no assessment where the country, the date or the sheet of answers fails. `identity`, as `identify` gave it for the
    same file, saves opening the file again.

    Raises:
        InputError: the file is not a workbook made here, or cannot be read safely.
    """
    identity = identity or identify(path)
    session = Session(identity.book, identity, Words(checklist, identity.language, identity.headings, identity.choices))
    if not _belongs(identity, checklist, session.issues, Location(str(path))):
        return None, session.issues
    return _Workbook(session, checklist, errors_only=errors_only).read(), session.issues


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


class _Workbook:
    """Reads the sheets of one workbook, each found by its headings."""

    def __init__(self, session: Session, checklist: Checklist, *, errors_only: bool) -> None:
        self.session = session
        self.errors_only = errors_only
        self.checklist = checklist
        self.issues = session.issues
        self.sheets = Sheets(session)

    def read(self) -> Assessment | None:
        """The assessment, with all issues added to the session's."""
        start_sheet = find_start(self.session)
        self.sheets.read.add(start_sheet)
        laws_table = self.sheets.table(LAWS, LAW_COLUMNS)
        answers_table = self.sheets.table(ASSESSMENT, assessment_columns(self.checklist), ids=self.checklist.provisions)
        laws, law_places = read_laws(laws_table) if laws_table else ({}, {})
        answers = Answers()
        if answers_table:
            answers = read_answers(answers_table, self.checklist, laws, short_form=self.session.identity.short)
        blank = not answers.by_provision
        if not start_sheet:
            self.sheets.missing(START)
        start = read_start(self.session, start_sheet, blank=blank) if start_sheet else Start()
        self.sheets.report_others(GUIDE)
        assessment = self._assessment(start, laws, answers)
        dated = start.as_of is not None
        self.issues.extend(register_issues(assessment, law_places, dated=dated))
        none_present = frozenset(answers.none_present)
        self.issues.extend(content_issues(self.checklist, assessment, none_present, dated=dated, errors_only=self.errors_only))
        return assessment if answers_table and start.country and dated else None

    def _assessment(self, start: Start, laws: dict[str, Law], answers: Answers) -> Assessment:
        identity, book = self.session.identity, self.session.book
        return Assessment(
            country=start.country,
            country_name=start.country_name,
            as_of=start.as_of or date.max,
            checklist=self.checklist.id,
            checklist_version=self.checklist.version,
            scope=start.scope,
            body=start.body,
            title=start.title,
            language=identity.language,
            laws=laws,
            answers={id: answers.by_provision[id] for id in self.checklist.provisions if id in answers.by_provision},
            source=Source(book.path.name, book.package.digest),
        )
