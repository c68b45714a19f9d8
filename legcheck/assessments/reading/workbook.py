"""Reads a filled workbook: every fault in one run, and the assessment it holds."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from legcheck.assessments.columns import (
    ASSESSMENT,
    CORRECTIONS_MAGIC,
    GUIDE,
    LAW_COLUMNS,
    LAWS,
    START,
    assessment_columns,
)
from legcheck.assessments.content import content_issues, register_issues
from legcheck.assessments.reading.answers import Answers, read_answers
from legcheck.assessments.reading.identity import Identity, identify
from legcheck.assessments.reading.laws import read_laws
from legcheck.assessments.reading.session import Session, Table, find_header, folded, open_table
from legcheck.assessments.reading.start import Start, find_start, read_start
from legcheck.assessments.reading.words import Words
from legcheck.issues import (
    CHANGED_CHECKLIST,
    OTHER_CHECKLIST,
    OTHER_VERSION,
    SHEET_MISSING,
    SHEET_TWICE,
    UNUSED_SHEET,
    Issues,
    Location,
)
from legcheck.model import Assessment, Checklist, Law, Source

if TYPE_CHECKING:
    from pathlib import Path

    from legcheck.assessments.columns import Column


def read_workbook(path: Path, checklist: Checklist, identity: Identity | None = None) -> tuple[Assessment | None, Issues]:
    """The assessment of a workbook, and every issue found in it.

    There is no assessment where the country, the date or the sheet of answers fails. `identity`, as `identify` gave it for the
    same file, saves opening the file again.

    Raises:
        InputError: the file is not a workbook made here, or cannot be read safely.
    """
    identity = identity or identify(path)
    session = Session(identity.book, identity, Words(checklist, identity.language, identity.headings, identity.choices))
    if not _belongs(identity, checklist, session.issues, Location(str(path))):
        return None, session.issues
    return _Workbook(session, checklist).read(), session.issues


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

    def __init__(self, session: Session, checklist: Checklist) -> None:
        self.session = session
        self.checklist = checklist
        self.issues = session.issues
        self.read_sheets: set[str] = {session.identity.sheet}

    def read(self) -> Assessment | None:
        """The assessment, with all issues added to the session's."""
        start_sheet = find_start(self.session)
        self.read_sheets.add(start_sheet)
        laws_table = self._table(LAWS, LAW_COLUMNS)
        answers_table = self._table(ASSESSMENT, assessment_columns(self.checklist))
        laws, law_places = read_laws(laws_table) if laws_table else ({}, {})
        answers = Answers()
        if answers_table:
            answers = read_answers(answers_table, self.checklist, laws, short_form=self.session.identity.short)
        blank = not answers.by_provision
        start = read_start(self.session, start_sheet, blank=blank) if start_sheet else self._missing(START)
        self._report_other_sheets()
        assessment = self._assessment(start, laws, answers)
        dated = start.as_of is not None
        self.issues.extend(register_issues(assessment, law_places, dated=dated))
        self.issues.extend(content_issues(self.checklist, assessment, frozenset(answers.none_present), dated=dated))
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

    def _table(self, sheet_key: str, columns: tuple[Column, ...]) -> Table | None:
        """The table of a kind of sheet: where it was written, or wherever its headings are now."""
        book = self.session.book
        wanted = self.session.identity.names.get(sheet_key, "")
        found = self._with_headings(sheet_key, [wanted] if wanted in book.names else [])
        known = self.read_sheets | set(self.session.identity.names.values() if found else [wanted])
        found |= self._with_headings(sheet_key, [name for name in book.names if name not in known])
        if not found:
            self._missing(sheet_key)
            return None
        self.read_sheets |= set(found)
        for twice in list(found)[1:]:
            self.issues.add(SHEET_TWICE, book.at(twice), first=next(iter(found)))
        name, header = next(iter(found.items()))
        return open_table(self.session, name, header, sheet_key, columns)

    def _with_headings(self, sheet_key: str, names: list[str]) -> dict[str, int]:
        book = self.session.book
        places = {name: find_header(self.session, book.rows(name), sheet_key, anywhere=False) for name in names}
        return {name: place for name, place in places.items() if place >= 0 and self._is_filled_form(sheet_key, name, place)}

    def _is_filled_form(self, sheet_key: str, name: str, header: int) -> bool:
        """Whether headings stand over a real table: the guide shows those of the Assessment sheet over an example."""
        if sheet_key != ASSESSMENT:
            return True
        ids = {folded(id) for id in self.checklist.provisions}
        below = self.session.book.rows(name)[header + 1 :]
        return any(isinstance(cell, str) and len(cell) < 40 and folded(cell) in ids for row in below for cell in row)

    def _missing(self, sheet_key: str) -> Start:
        name = self.session.identity.names.get(sheet_key, sheet_key)
        self.issues.add(SHEET_MISSING, Location(self.session.book.path.name), sheet=name)
        return Start()

    def _report_other_sheets(self) -> None:
        """Sheets that are not read: the guide is ours, a list of corrections too, any other is reported."""
        book, identity = self.session.book, self.session.identity
        for name in book.names:
            rows = book.rows(name) if name not in self.read_sheets else []
            if not rows or rows[0][:1] == [CORRECTIONS_MAGIC]:
                continue
            cells = [
                (row, column, value) for row, values in enumerate(rows) for column, value in enumerate(values) if value != ""
            ]
            ours = sum(1 for _, _, value in cells if self.session.is_ours(str(value)))
            if name == identity.names.get(GUIDE) or ours * 2 > len(cells):
                for row, column, value in cells:
                    self.session.report_unused(name, row, column, value)
            elif cells:
                self.issues.add(UNUSED_SHEET, book.at(name), sheet=name)
