"""Reads a filled action plan: what people entered, by measure, and every issue in one run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from legcheck.issues import (
    BAD_CHOICE,
    BAD_DATE,
    COST_NEGATIVE,
    COST_UNREADABLE,
    DATE_BEFORE_ASSESSMENT,
    DONE_WITH_OPEN_GAP,
    END_BEFORE_START,
    ENTRY_WITHOUT_MEASURE,
    MEASURE_NOT_IN_PLAN,
    MEASURE_ROW_MISSING,
    MEASURE_TWICE,
    NOT_AN_ACTION_PLAN,
    PERSONAL_DATA,
    Issues,
    closest,
)
from legcheck.model import ActionPlan, Entry, Status
from legcheck.words import compact, fold
from legcheck.workbook.action_plan.columns import (
    DATES,
    HOW,
    MAGIC,
    OVERVIEW,
    PLAN,
    PLAN_COLUMNS,
    PROGRESS,
    SINCE,
    TEXTS,
    heading,
    parse_amount,
    parse_progress,
    statuses,
)
from legcheck.workbook.action_plan.record import Record, Recorded, belongs, read_record, remarks_mark
from legcheck.workbook.privacy import personal_facts
from legcheck.workbook.reading.identity import identify
from legcheck.workbook.reading.sheets import Sheets, Table
from legcheck.workbook.reading.vocabulary import Vocabulary
from legcheck.workbook.text import address, clean, parse_date, short

if TYPE_CHECKING:
    from decimal import Decimal
    from pathlib import Path

    from legcheck.issues import Rule
    from legcheck.model import Plan
    from legcheck.workbook.text import Cell

_Value = TypeVar("_Value")
_INPUT = tuple(column.key for column in PLAN_COLUMNS if column.answer)


def read_action_plan(path: Path, plan: Plan) -> tuple[ActionPlan | None, Issues]:
    """The entries of a filled action plan, and every issue found in it; `plan` is the plan they will be carried over to.

    The action plan is None if the file is for another country, checklist or version, or its sheet of measures cannot be read. An
    entry whose remarks were reviewed after their figures changed has no fingerprint: it gets that of the next plan.

    Raises:
        InputError: the file is not an action plan made here, or cannot be read safely.
    """
    identity = identify(path, magic=MAGIC, otherwise=NOT_AN_ACTION_PLAN)
    record = read_record(identity)
    sheets = Sheets(identity, _PlanVocabulary(plan.result.checklist, identity.language, identity.headings, identity.choices))
    if not belongs(identity, record, plan, sheets.issues):
        return None, sheets.issues
    table = sheets.table(PLAN, PLAN_COLUMNS, anywhere=True)
    sheets.report_others(OVERVIEW, HOW, computed=True)
    if table is None:
        return None, sheets.issues
    entries = _Reader(table, record, plan).read()
    found = ActionPlan(identity.country[0], record.as_of, identity.checklist, identity.version, entries)
    return found, sheets.issues


class _PlanVocabulary(Vocabulary):
    """The vocabulary of an action plan: headings and statuses by key or in any language."""

    @cached_property
    def _headings_anywhere(self) -> dict[str, dict[str, str]]:
        from legcheck.labels import labels, languages

        columns = (*PLAN_COLUMNS, SINCE)
        return {PLAN: {fold(heading(one, labels(language))): one.key for language in languages() for one in columns}}

    def _choices_by_language(self, kind: str) -> Iterator[Mapping[str, str]]:
        from legcheck.labels import labels, languages

        for language in languages() if kind == "status" else ():
            yield statuses(labels(language))


@dataclass
class _Reader:
    """Reads the sheet of measures row by row."""

    table: Table
    record: Record
    plan: Plan
    rows: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.sheets = self.table.sheets
        self.issues = self.sheets.issues
        self.open = {one.measure.id: ", ".join(each.gap.provision for each in one.answers) for one in self.plan.measures}
        self.known = {*self.record.measures, *self.open}
        self.ids = {compact(id): id for id in self.known}
        self.used = frozenset(self.table.columns[key] for key in (*_INPUT, "id")) | self.table.unknown

    def read(self) -> dict[str, Entry]:
        """The entries by measure, in the order of the file as it was written."""
        found: dict[str, Entry] = {}
        for row, values in self.table.below():
            typed = clean(values[self.table.columns["id"]])
            id = self.ids.get(compact(typed), "")
            if not typed:
                self._without_id(row)
            elif not id:
                hint = closest(typed, self.known)
                self.issues.add(MEASURE_NOT_IN_PLAN, self.table.at(row, "id"), value=short(typed), hint=hint)
            elif id in self.rows:
                first = address(self.rows[id], self.table.columns["id"])
                self.issues.add(MEASURE_TWICE, self.table.at(row, "id"), measure=id, first=first)
            else:
                self.rows[id] = row
                self.table.report_rest(row, self.used)
                found[id] = self._entry(row, id)
        missing = [id for id in self.record.measures if id not in self.rows]
        if missing:
            at = self.sheets.book.at(self.table.name)
            self.issues.add(MEASURE_ROW_MISSING, at, count=len(missing), measures=", ".join(missing[:20]))
        order = [*self.record.measures, *(id for id in found if id not in self.record.measures)]
        return {id: found.get(id) or self._as_written(id) for id in order}

    def _as_written(self, id: str) -> Entry:
        """The entry of a measure whose row is gone."""
        was = self.record.measures[id]
        return Entry(id, was.title, was.status, fingerprint=was.fingerprint, closed_on=was.closed_on, last_status=was.last_status)

    def _without_id(self, row: int) -> None:
        """Report a row that has entries but no id; the status of the draft is not an entry."""
        typed = {key: text for key in _INPUT if (text := self.table.text(row, key))}
        if self.sheets.vocabulary.choice("status", typed.get("status", "")) in (Status.PROPOSED, Status.CLOSED):
            del typed["status"]
        if typed:
            shown = self.sheets.vocabulary.headings_shown(PLAN).get("id", "id")
            key, text = next(iter(typed.items()))
            self.issues.add(ENTRY_WITHOUT_MEASURE, self.table.at(row, key), value=short(text), heading=shown)
        else:
            self.table.report_rest(row, self.used)

    def _entry(self, row: int, id: str) -> Entry:
        was = self.record.measures.get(id, Recorded("", ""))
        texts = {key: self.table.text(row, key) for key in TEXTS}
        self._check_privacy(row, id, texts)
        status = self._status(row, was)
        self._check_done(row, id, status)
        days = {key: self._parsed(row, key, parse_date, BAD_DATE) for key in DATES}
        self._check_days(row, id, days, was.days if status is not Status.DONE else None)
        stale = bool(was.stale_remarks) and self._still_stale(row, was, texts["text"])
        return Entry(
            measure=id,
            title=was.title,
            status=status,
            start=days["start"],
            end=days["end"],
            cost=self._cost(row),
            progress=self._parsed(row, "progress", parse_progress, BAD_CHOICE, allowed=", ".join(PROGRESS)) or "",
            fingerprint="" if was.stale_remarks and not stale else was.fingerprint,
            stale=stale,
            closed_on=was.closed_on,
            last_status=was.last_status,
            **texts,
        )

    def _status(self, row: int, was: Recorded) -> Status:
        """The status typed, in any language; only an assessment can say that a gap is closed."""
        typed = self.table.text(row, "status")
        if not typed:
            return was.status
        key = self.sheets.vocabulary.choice("status", typed)
        if key in [*Status] and (key != Status.CLOSED or was.closed_on):
            return Status(key)
        shown = {key: text for key, text in self._statuses_shown().items() if key != Status.CLOSED or was.closed_on}
        hint = closest(typed, shown.values()) if not key else ""
        allowed = ", ".join(shown.values())
        self.issues.add(BAD_CHOICE, self.table.at(row, "status"), value=short(typed), allowed=allowed, hint=hint)
        return was.status

    def _check_done(self, row: int, id: str, status: Status) -> None:
        """Report a measure marked as done while its gap is still open."""
        if status is Status.DONE and id in self.open:
            facts = {"measure": id, "gaps": self.open[id], "as_of": self.plan.result.assessment.as_of.isoformat()}
            self.issues.add(DONE_WITH_OPEN_GAP, self.table.at(row, "status"), **facts)

    def _statuses_shown(self) -> Mapping[str, str]:
        """The statuses, in the words of the file."""
        return self.sheets.identity.choices.get("status") or {status.value: status.value for status in Status}

    def _check_days(self, row: int, id: str, days: Mapping[str, date | None], known: tuple[str, ...] | None) -> None:
        """The end must not precede the start, nor any day the assessment unless the file was written with it (`known`)."""
        start, end = days["start"], days["end"]
        if start and end and end < start:
            facts = {"measure": id, "start": start.isoformat(), "end": end.isoformat()}
            self.issues.add(END_BEFORE_START, self.table.at(row, "end"), **facts)
        for key, day in days.items():
            if day and known is not None and day < self.record.as_of and day.isoformat() not in known:
                facts = {"measure": id, "value": day.isoformat(), "as_of": self.record.as_of.isoformat()}
                self.issues.add(DATE_BEFORE_ASSESSMENT, self.table.at(row, key), **facts)

    def _parsed(self, row: int, key: str, parse: Callable[[Cell], _Value], otherwise: Rule, **facts: str) -> _Value | None:
        """The value of a cell; None, with an issue, if it cannot be read."""
        value = self.table.value(row, key)
        text = clean(value)
        if not text:
            return None
        try:
            return parse(value)
        except ValueError:
            self.issues.add(otherwise, self.table.at(row, key), value=short(text), **facts)
            return None

    def _cost(self, row: int) -> Decimal | None:
        cost = self._parsed(row, "cost", parse_amount, COST_UNREADABLE)
        if cost is not None and cost < 0:
            self.issues.add(COST_NEGATIVE, self.table.at(row, "cost"), value=short(self.table.text(row, "cost")))
            return None
        return cost

    def _still_stale(self, row: int, was: Recorded, text: str) -> bool:
        """Whether the remarks date from before the figures changed and the line saying so was not deleted."""
        if remarks_mark(text) != was.stale_remarks:
            return False
        column = self.table.columns.get(SINCE.key)
        return column is None or clean(self.table.rows[row][column]) != ""

    def _check_privacy(self, row: int, id: str, texts: Mapping[str, str]) -> None:
        """Free text must not carry personal data."""
        for key, text in texts.items():
            for facts in personal_facts(text) if text else ():
                self.issues.add(PERSONAL_DATA, self.table.at(row, key), **facts, provision=id)
