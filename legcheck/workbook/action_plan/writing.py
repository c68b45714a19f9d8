"""Writes the Excel action plan: one row per measure, an overview that counts by itself, and instructions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from legcheck import countries
from legcheck.excel import Book, day_number
from legcheck.model import Entry, Status
from legcheck.workbook import looks
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
    statuses,
)
from legcheck.workbook.action_plan.overview import write_overview
from legcheck.workbook.action_plan.record import write_record
from legcheck.workbook.writing.draft import Draft, DraftSheet, TableSheet, stretches

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from legcheck.excel import Value
    from legcheck.labels import Labels
    from legcheck.model import Answered, Measure, Plan, PlannedMeasure
    from legcheck.workbook.columns import Column

_LAST_PRINTED = "text"  # what describes the measure further right would make the print too small; the plan says it in full
_CLOSED = "#E6E8EB"
_COLOURS = {
    Status.PROPOSED: looks.WHITE,
    Status.AGREED: "#DDE9F4",
    Status.UNDER_WAY: "#FBEFC9",
    Status.DONE: looks.DONE,
    Status.DROPPED: _CLOSED,
    Status.CLOSED: _CLOSED,
}
_COST = replace(looks.ANSWER, format="#,##0.00", horizontal="right", indent=0)
_STALE = replace(looks.ANSWER, bold=True, fill=looks.CAUTION)
_LOOKS = {
    "id": looks.ID,
    "place": looks.ID,
    "measure": looks.NAME,
    **dict.fromkeys(("flagship", "requires"), replace(looks.FIXED, horizontal="center", indent=0)),
    "cost": _COST,
    **dict.fromkeys(DATES, looks.DATE),
    **dict.fromkeys(TEXTS, looks.ANSWER),
    **dict.fromkeys(("status", "progress"), looks.CHOICE),
}


@dataclass(frozen=True)
class Row:
    """One measure in words, by column, with what people entered; a measure without a place in the plan has no open gaps."""

    place: int | None
    texts: Mapping[str, str]
    entry: Entry

    @property
    def closed(self) -> bool:
        return self.place is None


def make_action_plan(plan: Plan, entries: Mapping[str, Entry], labels: Labels) -> bytes:
    """The action plan (xlsx) for a plan and what people wrote, in the language of `labels`.

    Measures follow the order of the plan; those found only in the entries, whose gaps are closed, come last. The same input gives
    the same bytes.
    """
    assessment, checklist = plan.result.assessment, plan.result.checklist
    country = assessment.country_name or countries.find(assessment.country).name(labels.language)
    title = labels("action_plan.title", country=country)
    book = Book(assessment.as_of, language=labels.language, title=title, status=plan.result.release.marking, locked=True)
    rows = list(_Rows(plan, labels).of(entries))
    record = write_record(assessment.as_of, [(row.texts["measure"], row.entry) for row in rows])
    draft = Draft(
        book,
        checklist,
        assessment,
        labels,
        country,
        root="action_plan",
        magic=MAGIC,
        marking=plan.result.release.marking,
        entries=record,
    )
    _Measures(draft, rows).write()
    write_overview(draft, plan, [(row.texts["phase"], row.entry) for row in rows])
    _Usage(draft).write()
    return draft.finish()


class _Rows:
    """Puts measures into the words of one language."""

    def __init__(self, plan: Plan, labels: Labels) -> None:
        self.plan, self.catalogue, self.labels = plan, plan.catalogue, labels
        self.phases = {phase.key: phase.title for phase in plan.catalogue.phases}
        self.sections = {section.key: section.title for section in plan.catalogue.sections}
        self.objectives = {key: one.title for one in plan.catalogue.objectives for key in one.sections}
        self.flagships = {one.measure.id for each in plan.objectives for one in each.flagships}

    def of(self, entries: Mapping[str, Entry]) -> Iterator[Row]:
        """The measures of the plan, then those whose gaps are closed; without an entry nobody has worked on a measure yet."""
        planned = {one.measure.id: one for one in self.plan.measures}
        for id, one in planned.items():
            entry = entries.get(id) or Entry(id, one.measure.title)
            yield Row(one.place, self._planned(one, entry), entry)
        for id, entry in entries.items():
            if id not in planned:
                yield Row(None, self._closed(entry), entry)

    def _planned(self, one: PlannedMeasure, entry: Entry) -> dict[str, str]:
        """A measure of the plan, with the gaps it answers and its prerequisites."""
        since = self.labels("action_plan.stale") if entry.stale else ""
        gaps = "\n".join(map(self._gap, one.answers))
        flagship = self.labels("common.yes") if one.measure.id in self.flagships else ""
        own = {"gaps": gaps, "requires": ", ".join(one.requires), "flagship": flagship, "since": since}
        return self._measure(one.measure, one.phase) | own

    def _closed(self, entry: Entry) -> dict[str, str]:
        """A measure whose gaps are closed, as in the catalogue; if it is no longer offered, only its title is known."""
        texts = {"id": entry.measure, "measure": entry.title or entry.measure, "phase": self.labels("action_plan.no_phase")}
        if measure := self.catalogue.measures.get(entry.measure):
            texts = self._measure(measure, measure.phase)
        if entry.closed_on is None:
            return texts
        closed = self.labels.closed(entry)
        return texts | {"since": self.labels("action_plan.closed", closed=closed[0].upper() + closed[1:])}

    def _measure(self, measure: Measure, phase: str) -> dict[str, str]:
        catalogue = self.catalogue
        section = self.labels("action_plan.section", number=measure.section, title=self.sections.get(measure.section, ""))
        effort = catalogue.efforts.get(measure.effort, "")
        return {
            "id": measure.id,
            "phase": self.phases[phase],
            "measure": measure.title,
            "objective": self.objectives.get(measure.section, ""),
            "do": measure.do,
            "section": section.strip(),
            "lead": catalogue.leads.get(measure.lead, measure.lead),
            "partners": ", ".join(catalogue.leads.get(partner, partner) for partner in measure.partners),
            "effort": self.labels("action_plan.effort", number=measure.effort, title=effort) if effort else str(measure.effort),
        }

    def _gap(self, each: Answered) -> str:
        facts = {"provision": each.gap.provision, "kind": self.labels(f"report.kinds.{each.gap.kind.value}")}
        if each.in_part and each.letters:
            elements = self.plan.result.checklist.provisions[each.gap.provision].lettered(each.letters)
            missing = (self.labels("plan.element", letter=one.letter, text=one.text) for one in elements)
            return self.labels("action_plan.gap_missing", missing=self.labels.join(missing), **facts)
        if each.letters:
            return self.labels("action_plan.gap_elements", letters=", ".join(each.letters), **facts)
        return self.labels("action_plan.gap", **facts)


class _Measures:
    """The sheet of measures."""

    def __init__(self, draft: Draft, rows: Sequence[Row]) -> None:
        self.draft, self.labels, self.rows = draft, draft.labels, rows
        *described, last = PLAN_COLUMNS
        since = [SINCE] if any(row.texts.get(SINCE.key) for row in rows) else []
        columns = (*described, *since, last)
        self.table = TableSheet(draft, PLAN, 4, 34, {column: heading(column, draft.labels) for column in columns})
        self.statuses = statuses(draft.labels)
        self.steps = {step: draft.labels("common.percent", number=step.removesuffix("%")) for step in PROGRESS}
        self.last = self.table.head + len(rows)

    def write(self) -> None:
        self.table.bands(
            len(self.table.columns),
            (self.labels("action_plan.title", country=self.draft.country_name), looks.TITLE, 34),
            (self.draft.dated("action_plan.subtitle"), looks.BAND, 18),
            (self.labels("action_plan.lead"), looks.BAND, 20),
        )
        for at, row in enumerate(self.rows, self.table.head + 1):
            for number, column in enumerate(self.table.columns, 1):
                self._cell(at, number, column, row)
        if self.rows:
            self._help()
            self._colours()
        self.table.finish_table(self.last, keep="measure", size="A3")
        self.table.sheet.print_area(self.last, self.table.column_of[_LAST_PRINTED])

    def _cell(self, at: int, number: int, column: Column, row: Row) -> None:
        look = _STALE if column is SINCE and row.entry.stale and not row.closed else _LOOKS.get(column.key, looks.FIXED)
        if row.closed:
            look = replace(look, fill=_CLOSED, colour=looks.MUTED, bold=False)
        if column in PLAN_COLUMNS and column.answer:
            self.table.answer(at, number, self._entered(column.key, row.entry), look)
        elif column.key == "place" and row.place is not None:
            self.table.number(at, number, row.place, look)
        else:
            self.table.own(at, number, row.texts.get(column.key, ""), look)

    def _entered(self, key: str, entry: Entry) -> Value:
        if key == "status":
            return self.statuses[entry.status.value]
        if key == "progress":
            return self.steps.get(entry.progress, entry.progress)
        value: Value = getattr(entry, key)
        return value

    def _help(self) -> None:
        """Lists, prompts and error texts for the cells to fill."""
        table = self.table
        self.draft.choices["status"] = self.statuses
        numbered, status = list(enumerate(self.rows, table.head + 1)), table.column_of["status"]
        if still_open := [at for at, row in numbered if not row.closed]:
            offered = [shown for key, shown in self.statuses.items() if key != Status.CLOSED]
            table.choose(stretches(status, still_open), offered, "status")
        if closed := [at for at, row in numbered if row.closed]:
            table.choose(stretches(status, closed), list(self.statuses.values()), "status")
        table.choose(table.cells("progress", self.last), list(self.steps.values()), "progress")
        as_of = self.draft.assessment.as_of
        for key, least in (("start", str(max(1, day_number(as_of)))), ("end", table.first("start").removeprefix("$"))):
            error = table.error(key, day=self.labels.date(as_of))
            table.sheet.at_least(table.cells(key, self.last), "date", least, error, table.message(key), warn=True)
        table.sheet.at_least(table.cells("cost", self.last), "decimal", "0", table.error("cost"), table.message("cost"))
        for key in TEXTS:
            table.prompt(table.cells(key, self.last), key)
        if stale := [at for at, row in numbered if row.entry.stale and not row.closed]:
            table.prompt(stretches(table.column_of[SINCE.key], stale), SINCE.key)

    def _colours(self) -> None:
        """Colours by status, and a mark for a status that is not in the list."""
        first, cells = self.table.first("status"), self.table.cells("status", self.last)
        for status, colour in _COLOURS.items():
            shown = self.statuses[status.value].replace('"', '""')
            self.table.sheet.colour(cells, f'{first}="{shown}"', colour, looks.MUTED if status is Status.DROPPED else "")
        known = self.draft.book.list_name(list(self.statuses.values()))
        self.table.sheet.colour(cells, f'AND({first}<>"",COUNTIF({known},{first})=0)', looks.BAD)


class _Usage:
    """The sheet of instructions: what the action plan is, the notice on personal data, five steps, and what each status means."""

    def __init__(self, draft: Draft) -> None:
        self.labels = draft.labels
        self.page = DraftSheet(draft, HOW, 2.5, 24, 86)
        self.row = 3

    def write(self) -> None:
        self.page.bands(3, (self._label("title"), looks.TITLE, 34))
        self._text(self._label("what"))
        self.row += 1
        self.page.notice(self.row, 3, self._label("privacy_title"), self._label("privacy"))
        self.row += 2
        self._section("steps_title")
        names = {key: self.labels(f"action_plan.sheets.{key}") for key in (PLAN, OVERVIEW)}
        for number, text in enumerate(self.labels.under("action_plan.how.steps").values(), 1):
            self._text(f"{number}.  {text.format(**names)}")
        self._section("statuses_title")
        for key, shown in statuses(self.labels).items():
            self.page.own(self.row, 2, shown, replace(looks.LABEL, fill=_COLOURS[Status(key)]))
            self.page.own(self.row, 3, self._label(f"statuses.{key}"), looks.BOXED)
            self.page.sheet.grow(self.row, 22)
            self.row += 1
        self.page.finish(one_page=True)

    def _label(self, key: str) -> str:
        return self.labels(f"action_plan.how.{key}")

    def _text(self, text: str) -> None:
        self.page.own(self.row, 2, text, looks.TEXT, last=3)
        self.row += 1

    def _section(self, key: str) -> None:
        self.row += 1
        self.page.section(self.row, self._label(key))
        self.row += 1
