"""Writes the Excel action plan: one row a measure, an overview that counts by itself, and how to use it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from legcheck import countries
from legcheck.excel import Book, address, day_number, letter
from legcheck.model import Entry, Status
from legcheck.printed import closed_on
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
from legcheck.workbook.writing import draft as looks
from legcheck.workbook.writing.draft import Draft, DraftSheet, stretches

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from legcheck.labels import Labels
    from legcheck.model import Answered, Measure, Plan, PlannedMeasure
    from legcheck.workbook.columns import Column

_HEAD = 4
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
    "requires": replace(looks.FIXED, horizontal="center", indent=0),
    "cost": _COST,
    **dict.fromkeys(DATES, looks.DATE),
    **dict.fromkeys(TEXTS, looks.ANSWER),
    **dict.fromkeys(("status", "progress"), looks.CHOICE),
}


@dataclass(frozen=True)
class Row:
    """One measure in words, by column, with what people wrote beside it; without a place in the plan its gaps are closed."""

    id: str
    place: int | None
    texts: Mapping[str, str]
    entry: Entry

    @property
    def closed(self) -> bool:
        return self.place is None


def make_action_plan(plan: Plan, entries: Mapping[str, Entry], labels: Labels) -> bytes:
    """The action plan (xlsx) of a plan with what people wrote, in the language of `labels`.

    Measures stand in the order of the plan, then those that only the entries know, whose gaps are closed. The same input gives
    the same bytes.
    """
    assessment, checklist = plan.result.assessment, plan.result.checklist
    country = assessment.country_name or countries.find(assessment.country).name(labels.language)
    title = labels("action_plan.title", country=country)
    book = Book(assessment.as_of, language=labels.language, title=title, locked=True)
    rows = tuple(_Rows(plan, labels).of(entries))
    record = write_record(assessment.as_of, {row.id: row.texts["measure"] for row in rows}, {row.id: row.entry for row in rows})
    draft = Draft(book, checklist, assessment, labels, country, root="action_plan", magic=MAGIC, entries=record)
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

    def of(self, entries: Mapping[str, Entry]) -> Iterator[Row]:
        """The measures of the plan, then those whose gaps are closed; one without an entry is as nobody has worked on it."""
        planned = {one.measure.id: one for one in self.plan.measures}
        for id, one in planned.items():
            entry = entries.get(id) or Entry(id, one.measure.title)
            yield Row(id, one.place, self._planned(one, entry), entry)
        for id, entry in entries.items():
            if id not in planned:
                yield Row(id, None, self._closed(entry), entry)

    def _planned(self, one: PlannedMeasure, entry: Entry) -> dict[str, str]:
        """A measure of the plan: with the gaps it answers, and what must come first."""
        gaps = "\n".join(map(self._gap, one.answers))
        since = self.labels("action_plan.stale") if entry.stale else ""
        return self._measure(one.measure, one.phase) | {"gaps": gaps, "requires": ", ".join(one.requires), "since": since}

    def _closed(self, entry: Entry) -> dict[str, str]:
        """A measure whose gaps are closed, as the catalogue has it; one no longer offered is known by its title alone."""
        since = ""
        if entry.closed_on is not None:
            closed = closed_on(entry, self.labels)
            since = self.labels("action_plan.closed", closed=closed[0].upper() + closed[1:])
        measure = self.catalogue.measures.get(entry.measure)
        if measure is not None:
            return self._measure(measure, measure.phase) | {"since": since}
        return {"measure": entry.title or entry.measure, "phase": self.labels("action_plan.no_phase"), "since": since}

    def _measure(self, measure: Measure, phase: str) -> dict[str, str]:
        catalogue = self.catalogue
        section = self.labels("action_plan.section", number=measure.section, title=self.sections.get(measure.section, ""))
        effort = catalogue.efforts.get(measure.effort, "")
        return {
            "id": measure.id,
            "phase": self.phases[phase],
            "measure": measure.title,
            "do": measure.do,
            "section": section.strip(),
            "lead": catalogue.leads.get(measure.lead, measure.lead),
            "partners": ", ".join(catalogue.leads.get(partner, partner) for partner in measure.partners),
            "effort": self.labels("action_plan.effort", number=measure.effort, title=effort) if effort else str(measure.effort),
        }

    def _gap(self, each: Answered) -> str:
        facts = {"provision": each.gap.provision, "kind": self.labels(f"report.kinds.{each.gap.kind.value}")}
        if each.letters:
            return self.labels("action_plan.gap_elements", letters=", ".join(each.letters), **facts)
        return self.labels("action_plan.gap", **facts)


class _Measures:
    """The sheet of measures."""

    def __init__(self, draft: Draft, rows: tuple[Row, ...]) -> None:
        self.draft, self.labels, self.rows = draft, draft.labels, rows
        self.page = DraftSheet(draft, PLAN)
        self.columns = PLAN_COLUMNS + ((SINCE,) if any(row.texts["since"] for row in rows) else ())
        self.places = {column.key: place for place, column in enumerate(self.columns, 1)}
        self.statuses = statuses(draft.labels)
        self.steps = {step: draft.labels("common.percent", number=step.removesuffix("%")) for step in PROGRESS}
        self.last = _HEAD + len(rows)

    def write(self) -> None:
        labels, page, count = self.labels, self.page, len(self.columns)
        page.column_heads(_HEAD, 34, {column: heading(column, labels) for column in self.columns})
        page.bands(
            count,
            (labels("action_plan.title", country=self.draft.country_name), looks.TITLE, 34),
            (self.draft.dated("action_plan.subtitle"), looks.BAND, 18),
            (labels("action_plan.lead"), looks.BAND, 20),
        )
        for at, row in enumerate(self.rows, _HEAD + 1):
            for place, column in enumerate(self.columns, 1):
                self._cell(at, place, column, row)
        if self.rows:
            self._help()
            self._colours()
        frozen = self.places["measure"] + 1
        page.finish_table(_HEAD, max(self.last, _HEAD + 1), count, frozen=frozen, size="A3")

    def _cell(self, at: int, place: int, column: Column, row: Row) -> None:
        stale = column is SINCE and row.entry.stale
        look = _STALE if stale else _LOOKS.get(column.key, looks.FIXED)
        if row.closed:
            look = replace(look, fill=_CLOSED, colour=looks.MUTED, bold=False)
        if column.key == "status":
            self.page.answer(at, place, self.statuses[row.entry.status.value], look)
        elif column.key == "progress":
            self.page.answer(at, place, self.steps.get(row.entry.progress, row.entry.progress), look)
        elif column.answer and column is not SINCE:
            self.page.answer(at, place, getattr(row.entry, column.key), look)
        elif column.key == "place" and row.place is not None:
            self.page.number(at, place, row.place, look)
        else:
            self.page.own(at, place, row.texts.get(column.key, "") if column.key != "id" else row.id, look)

    def _help(self) -> None:
        """Lists, prompts and error texts for the cells to fill."""
        page, sheet = self.page, self.page.sheet
        self.draft.choices["status"] = self.statuses
        offered = {
            closed: [at for at, row in enumerate(self.rows, _HEAD + 1) if row.closed is closed] for closed in (False, True)
        }
        for closed, rows in offered.items():
            words = [shown for key, shown in self.statuses.items() if closed or key != Status.CLOSED]
            if rows:
                page.choose(stretches(self.places["status"], rows), words, "status")
        page.choose(self._cells("progress"), list(self.steps.values()), "progress")
        as_of = self.draft.assessment.as_of
        first, start = str(max(1, day_number(as_of))), address(_HEAD + 1, self.places["start"])
        for key, least in (("start", first), ("end", start)):
            error = page.error(key, day=self.labels.date(as_of))
            sheet.at_least(self._cells(key), "date", least, error, page.message(key), warn=True)
        sheet.at_least(self._cells("cost"), "decimal", "0", page.error("cost"), page.message("cost"))
        for key in TEXTS:
            page.prompt(self._cells(key), key)
        stale = [at for at, row in enumerate(self.rows, _HEAD + 1) if row.entry.stale and not row.closed]
        if stale:
            page.prompt(stretches(self.places[SINCE.key], stale), SINCE.key)

    def _cells(self, key: str) -> str:
        return address(_HEAD + 1, self.places[key], self.last, self.places[key])

    def _colours(self) -> None:
        """Colours by status, and a mark for a status that is not in the list."""
        status = f"${letter(self.places['status'])}{_HEAD + 1}"
        for one, colour in _COLOURS.items():
            word = self.statuses[one.value].replace('"', '""')
            ink = looks.MUTED if one is Status.DROPPED else ""
            self.page.sheet.colour(self._cells("status"), f'{status}="{word}"', colour, ink)
        known = self.draft.book.list_name(list(self.statuses.values()))
        self.page.sheet.colour(self._cells("status"), f'AND({status}<>"",COUNTIF({known},{status})=0)', looks.BAD)


class _Usage:
    """The sheet on how to use the action plan: what it is, the notice on personal data, five steps, and what a status means."""

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
