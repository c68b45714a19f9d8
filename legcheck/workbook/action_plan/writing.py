"""Writes the Excel action plan: one row a measure, an overview that counts by itself, and how to use it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.workbook.protection import WorkbookProtection

from legcheck import countries
from legcheck.model import Status
from legcheck.workbook.action_plan.canvas import CLOSED, STATUS_COLOURS, PlanCanvas, day_number
from legcheck.workbook.action_plan.columns import (
    DATES,
    MAGIC,
    PLAN,
    PLAN_COLUMNS,
    PROGRESS,
    SINCE,
    TEXTS,
    heading,
    statuses,
)
from legcheck.workbook.action_plan.overview import Measured, finished, write_overview
from legcheck.workbook.action_plan.record import write_record
from legcheck.workbook.action_plan.rows import Row, rows_of
from legcheck.workbook.action_plan.usage import write_usage
from legcheck.workbook.writing import styles
from legcheck.workbook.writing.canvas import Draft
from legcheck.workbook.writing.identity import write_identity
from legcheck.workbook.writing.stable import moment, stable_bytes
from legcheck.workbook.writing.styles import TYPEFACE, Look, height, row_height

if TYPE_CHECKING:
    from collections.abc import Mapping

    from legcheck.labels import Labels
    from legcheck.model import Entry, Plan
    from legcheck.workbook.columns import Column

HEADER_ROW = 4
_A3 = 8
_ID = Look(size=9, bold=True, fill=styles.PAPER, boxed=True, horizontal="center")
_NAME = Look(size=9.5, bold=True, fill=styles.PAPER, boxed=True, indent=1)
_COST = Look(size=9, boxed=True, open=True, number_format="#,##0.00", horizontal="right")
_STALE = replace(styles.ANSWER, bold=True, fill=styles.CAUTION)
_LOOKS = {"id": _ID, "place": _ID, "measure": _NAME, "requires": replace(styles.FIXED, horizontal="center", indent=0)}


def make_action_plan(plan: Plan, entries: Mapping[str, Entry], labels: Labels) -> bytes:
    """The action plan (xlsx) of a plan with what people wrote, in the language of `labels`.

    Measures stand in the order of the plan, then those that only the entries know, whose gaps are closed. The same input gives
    the same bytes.
    """
    assessment, checklist = plan.result.assessment, plan.result.checklist
    book = Workbook()
    book.remove(book.worksheets[0])
    book._fonts[0] = Font(name=TYPEFACE, size=10)  # type: ignore[attr-defined]
    draft = Draft(book, checklist, assessment, labels, short=False, root="action_plan", magic=MAGIC)
    draft.country_name = assessment.country_name or countries.find(assessment.country).name(labels.language)
    rows = rows_of(plan, entries, labels)
    titles = {row.id: row.texts["measure"] for row in rows}
    draft.entries += write_record(assessment.as_of, titles, {row.id: row.entry for row in rows})
    sheet = _Sheet(draft, rows)
    sheet.write()
    values = write_overview(draft, plan, Measured(rows, sheet.letters))
    write_usage(draft)
    write_identity(draft)
    _finish(draft)
    return stable_bytes(book, moment(assessment.as_of), finished(values, labels("action_plan.overview.chart_text")))


def _finish(draft: Draft) -> None:
    book = draft.book
    book.active = 0
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet is book.worksheets[0]
    book.security = WorkbookProtection(lockStructure=True)
    book.properties.creator = "legcheck"
    book.properties.title = draft.words("action_plan.title", country=draft.country_name)
    book.properties.language = draft.words.language
    book.calculation.fullCalcOnLoad = True


class _Sheet:
    """The sheet of measures."""

    def __init__(self, draft: Draft, rows: tuple[Row, ...]) -> None:
        self.draft = draft
        self.words = draft.words
        self.rows = rows
        self.canvas = PlanCanvas(draft, PLAN)
        self.columns = PLAN_COLUMNS + ((SINCE,) if any(row.since for row in rows) else ())
        self.letters = {column.key: get_column_letter(place) for place, column in enumerate(self.columns, 1)}
        self.open_last = HEADER_ROW + sum(not row.closed for row in rows)
        self.last = HEADER_ROW + len(rows)

    def write(self) -> None:
        titles = [heading(column, self.words) for column in self.columns]
        self.canvas.widths(*(styles.heading_width(title, one.width) for title, one in zip(titles, self.columns, strict=True)))
        checklist, day = self.draft.checklist, self.words.date(self.draft.assessment.as_of)
        subtitle = self.words("action_plan.subtitle", date=day, id=checklist.id, version=checklist.version)
        title = self.words("action_plan.title", country=self.draft.country_name)
        self.canvas.band(1, len(self.columns), title, styles.TITLE, 34)
        self.canvas.band(2, len(self.columns), subtitle, styles.BAND, 18)
        self.canvas.band(3, len(self.columns), self.words("action_plan.lead"), styles.BAND, 20)
        self._headings(titles)
        for place, row in enumerate(self.rows, HEADER_ROW + 1):
            self._row(place, row)
        if self.rows:
            self._help()
            self._colours()
        self._set_up()

    def _headings(self, titles: list[str]) -> None:
        headings = self.draft.headings.setdefault(PLAN, {})
        for place, (column, title) in enumerate(zip(self.columns, titles, strict=True), 1):
            headings[column.key] = title
            look = styles.ANSWER_HEADING if column.answer else styles.HEADING
            self.canvas.own(HEADER_ROW, place, title, look)
        self.canvas.sheet.row_dimensions[HEADER_ROW].height = 34

    def _row(self, place: int, row: Row) -> None:
        heights = [self._cell(place, at, column, row) for at, column in enumerate(self.columns, 1)]
        self.canvas.sheet.row_dimensions[place].height = row_height(*heights)

    def _cell(self, place: int, at: int, column: Column, row: Row) -> float:
        """Write one cell; gives the height its text takes."""
        width = self.canvas.width(at, at)
        if column.key == SINCE.key:
            look = _shade(_STALE if row.since and not row.closed else styles.FIXED, row)
            self._own(place, at, row.since, look)
            return height(row.since, width, look)
        if column.answer:
            return self._answer(place, at, column.key, row)
        look = _shade(_LOOKS.get(column.key, styles.FIXED), row)
        if column.key == "place" and row.place is not None:
            self.canvas.number(place, at, row.place, look)
            return 0
        text = row.id if column.key == "id" else row.texts.get(column.key, "")
        self._own(place, at, text, look)
        return height(text, width, look)

    def _own(self, place: int, at: int, text: str, look: Look) -> None:
        if text:
            self.canvas.own(place, at, text, look)
        else:
            self.canvas.paint(place, at, at, look)

    def _answer(self, place: int, at: int, key: str, row: Row) -> float:
        entry = row.entry
        if key in DATES:
            self.canvas.answer(place, at, getattr(entry, key), _shade(styles.DATE, row))
            return 0
        if key == "cost":
            self.canvas.amount(place, at, entry.cost, _shade(_COST, row))
            return 0
        if key in TEXTS:
            text, look = getattr(entry, key), _shade(styles.ANSWER, row)
            self.canvas.answer(place, at, text, look)
            return height(text, self.canvas.width(at, at), look)
        shown = statuses(self.words)[entry.status.value] if key == "status" else self._progress_shown(entry.progress)
        self.canvas.answer(place, at, shown, _shade(styles.CHOICE, row))
        return 0

    def _progress_shown(self, kept: str) -> str:
        return next((shown for step, shown in self._steps().items() if step == kept), kept)

    def _steps(self) -> dict[str, str]:
        return {step: self.words("common.percent", number=step.removesuffix("%")) for step in PROGRESS}

    def _help(self) -> None:
        """Lists, prompts and error texts for the cells to fill."""
        canvas, shown = self.canvas, statuses(self.words)
        self.draft.choices["status"] = shown
        offered = [text for key, text in shown.items() if key != Status.CLOSED]
        if self.open_last > HEADER_ROW:
            canvas.choose(self._cells("status", last=self.open_last), offered, "status")
        if self.last > self.open_last:
            canvas.choose(self._cells("status", first=self.open_last + 1), list(shown.values()), "status")
        canvas.choose(self._cells("progress"), list(self._steps().values()), "progress")
        as_of = self.draft.assessment.as_of
        canvas.days(self._cells("start"), "start", day_number(as_of), day=self.words.date(as_of))
        canvas.days(self._cells("end"), "end", f"{self.letters['start']}{HEADER_ROW + 1}")
        canvas.amounts(self._cells("cost"), "cost")
        for key in TEXTS:
            canvas.prompt(self._cells(key), key)
        stale = [place for place, row in enumerate(self.rows, HEADER_ROW + 1) if row.since and not row.closed]
        if stale:
            canvas.prompt(" ".join(f"{self.letters[SINCE.key]}{place}" for place in stale), SINCE.key)

    def _cells(self, key: str, first: int = HEADER_ROW + 1, last: int = 0) -> str:
        return f"{self.letters[key]}{first}:{self.letters[key]}{last or self.last}"

    def _colours(self) -> None:
        """Colours by status, and a mark for a status that is not in the list."""
        status = f"${self.letters['status']}{HEADER_ROW + 1}"
        shown = statuses(self.words)
        for one, colour in STATUS_COLOURS.items():
            word = shown[one.value].replace('"', '""')
            self.canvas.colour(self._cells("status"), f'{status}="{word}"', colour, muted=one is Status.DROPPED)
        known = self.draft.list_name(list(shown.values()))
        self.canvas.colour(self._cells("status"), f'AND({status}<>"",COUNTIF({known},{status})=0)', styles.BAD)

    def _set_up(self) -> None:
        sheet = self.canvas.sheet
        frozen = next(place for place, column in enumerate(self.columns, 1) if column.key == "measure") + 1
        sheet.freeze_panes = f"{get_column_letter(frozen)}{HEADER_ROW + 1}"
        sheet.auto_filter.ref = f"A{HEADER_ROW}:{get_column_letter(len(self.columns))}{max(self.last, HEADER_ROW + 1)}"
        self.canvas.protect()
        self.canvas.print_set_up(header_row=HEADER_ROW)
        sheet.page_setup.paperSize = _A3


def _shade(look: Look, row: Row) -> Look:
    """The look of a cell, greyed where the gaps of its measure are closed."""
    return replace(look, fill=CLOSED, colour=styles.MUTED, bold=False) if row.closed else look
