"""Writes the two tables that people fill in: the register of laws, and the answers, one row per provision."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from legcheck.excel import Look, address
from legcheck.model import Answer, decimal
from legcheck.workbook import looks
from legcheck.workbook.citations import legal_basis_of
from legcheck.workbook.columns import ASSESSMENT, LAW_COLUMNS, LAWS, PREPARED_LAWS, RATING, Column, heading
from legcheck.workbook.writing.draft import Draft, TableSheet, stretches

if TYPE_CHECKING:
    from legcheck.excel import Value
    from legcheck.model import Chapter, Law, Points, Provision, Scale

_DATES = ("adopted", "in_force_since", "in_force_until")
_OPEN_ROWS = 60
_LAW_LOOKS = dict.fromkeys(_DATES, looks.DATE) | dict.fromkeys(("key", "status"), looks.CHOICE)

_CORE = replace(looks.ID, size=8, colour=looks.TEAL)
_BANNER = replace(looks.TEXT, size=11, bold=True, colour=looks.NAVY, fill=looks.BANNER, vertical="center", wrap=False)
_QUESTION = replace(looks.TEXT, indent=1)
_ELEMENT = replace(_QUESTION, size=9, colour="#33454F")
_RULE = replace(_QUESTION, size=8.5, colour=looks.MUTED)
_RULE_WORD = replace(_RULE, bold=True, colour=looks.TEAL)


def write_laws(draft: Draft) -> None:
    """Write the laws of the assessment, then rows with only a prepared key, then empty rows."""
    labels = draft.labels
    table = TableSheet(draft, LAWS, 4, 30, {column: heading(column, LAWS, labels, {}) for column in LAW_COLUMNS})
    table.bands(
        len(LAW_COLUMNS),
        (labels("workbook.sheets.laws"), looks.TITLE, 34),
        (labels("workbook.laws.lead"), looks.BAND, 18),
        (labels("workbook.laws.status_help"), looks.BAND, 18),
    )
    laws = list(draft.assessment.laws.values())
    rows: list[dict[str, Value]] = [_law(draft, law) for law in laws]
    rows += [{"key": key} for key in _prepared_keys(laws)]
    prepared, last = table.head + len(rows), table.head + len(rows) + _OPEN_ROWS
    for row, values in enumerate([*rows, *[{}] * _OPEN_ROWS], table.head + 1):
        table.sheet.set_height(row, 20)
        for number, column in enumerate(LAW_COLUMNS, 1):
            table.answer(row, number, values.get(column.key), _LAW_LOOKS.get(column.key, looks.ANSWER))
    table.choose(table.cells("status", last), draft.choices_of("status"), "status")
    table.prompt(table.cells("key", last), "key")
    table.prompt(" ".join(table.cells(key, last) for key in _DATES), "date")
    table.finish_table(last, keep="title")
    table.sheet.print_area(prepared, len(LAW_COLUMNS))


def _law(draft: Draft, law: Law) -> dict[str, Value]:
    status = draft.labels(f"workbook.choices.status.{law.status.value.replace(' ', '_')}")
    return {column.key: getattr(law, column.key) for column in LAW_COLUMNS} | {"status": status}


def _prepared_keys(laws: list[Law]) -> list[str]:
    """Those of the keys L1 to L12 that are free, enough to fill the register up to twelve rows."""
    taken = {law.key.casefold() for law in laws}
    free = [f"L{number}" for number in range(1, PREPARED_LAWS + 1) if f"l{number}" not in taken]
    return free[: max(PREPARED_LAWS - len(laws), 0)]


def write_answers(draft: Draft) -> None:
    """Write the Assessment sheet: one row per provision, chapter by chapter."""
    _Answers(draft).write()


class _Answers:
    def __init__(self, draft: Draft) -> None:
        self.draft, self.checklist, self.labels = draft, draft.checklist, draft.labels
        headings = {column: heading(column, ASSESSMENT, draft.labels, draft.titles) for column in draft.columns}
        self.table = TableSheet(draft, ASSESSMENT, 3, 34, headings)
        self.row = self.table.head
        # The rows that share a list of ratings, by column, or the letters of their elements.
        self.rated: dict[tuple[Column, tuple[str, ...]], list[int]] = {}
        self.points: dict[tuple[str, ...], Points | None] = {}
        self.lettered: dict[str, list[int]] = {}

    def write(self) -> None:
        title, lead = self.labels("workbook.sheets.assessment"), self.labels("workbook.assessment.lead")
        self.table.bands(len(self.table.columns), (title, looks.TITLE, 34), (lead, looks.BAND, 20))
        for chapter, provisions in self.draft.chapters:
            self._chapter(chapter)
            for provision in provisions:
                self._provision(provision)
        self._help()
        self._colours()
        self.table.finish_table(self.row, keep="provision")

    def _chapter(self, chapter: Chapter) -> None:
        """Write a banner without an id. It overflows from one cell, since merged cells would prevent sorting."""
        self.row += 1
        self.table.sheet.paint(self.row, 1, len(self.table.columns), _BANNER)
        self.table.own(self.row, self.table.column_of["provision"], f"{chapter.id}   {chapter.title}", _BANNER)
        self.table.sheet.set_height(self.row, 24)

    def _provision(self, provision: Provision) -> None:
        self.row += 1
        core = self.labels("workbook.assessment.core_mark") if provision.core else ""
        shown = {"id": (provision.id, looks.ID), "core": (core, _CORE), "provision": (provision.title, looks.NAME)}
        answer = self.draft.assessment.answers.get(provision.id, Answer(provision.id))
        for number, column in enumerate(self.table.columns, 1):
            if column.answer:
                choice = column.dimension or column.key == "to_confirm"
                self.table.answer(self.row, number, self._answer(column, answer), looks.CHOICE if choice else looks.ANSWER)
                self._group(column, provision)
            elif column.key in shown:
                self.table.own(self.row, number, *shown[column.key])
            else:
                parts = self._question(provision) if column.key == "question" else self._rules(provision)
                self.table.rich(self.row, number, parts, looks.FIXED)

    def _question(self, provision: Provision) -> list[tuple[str, Look]]:
        elements = "\n".join(f"{element.letter})  {element.text}" for element in provision.elements)
        between = "\n" if provision.question and elements else ""
        return [(provision.question + between, _QUESTION), (elements, _ELEMENT)]

    def _rules(self, provision: Provision) -> list[tuple[str, Look]]:
        parts: list[tuple[str, Look]] = []
        for key, rule in (("full", provision.full), ("partial", provision.partial)):
            if rule:
                between = "\n" if parts else ""
                parts += [(between + self.labels(f"workbook.assessment.{key}"), _RULE_WORD), (f" {rule}", _RULE)]
        return parts

    def _answer(self, column: Column, answer: Answer) -> str:
        """The content of an answer cell."""
        if column.key == "elements":
            return ", ".join(answer.met) or (self.labels("workbook.choices.elements.none") if answer.elements else "")
        if column.dimension:
            scale = self._scale(column, self.checklist.provisions[answer.provision])
            return scale.title(answer.if_adopted if column.key == "if_adopted" else answer.ratings.get(column.dimension, ""))
        if column.key == "legal_basis":
            return answer.legal_basis or legal_basis_of(answer.citations)
        text: str = getattr(answer, column.key)
        return text

    def _scale(self, column: Column, provision: Provision) -> Scale:
        return self.checklist.by_dimension[column.dimension].scale_of(provision)

    def _group(self, column: Column, provision: Provision) -> None:
        """Note which list of choices a cell needs."""
        if column.key == "elements":
            self.lettered.setdefault(provision.letters, []).append(self.row)
        elif column.dimension:
            dimension, subdivision = self.checklist.by_dimension[column.dimension], self.draft.assessment.of_subdivision
            scale = dimension.scale_of(provision)
            choices = tuple(map(scale.title, dimension.offered(provision, subdivision=subdivision)))
            self.rated.setdefault((column, choices), []).append(self.row)
            self.points[choices] = scale.points

    def _help(self) -> None:
        """Lists, prompts and error texts for the answer cells."""
        for (column, choices), rows in self.rated.items():
            points = self.points[choices]
            prompt = column.key if column.key == "if_adopted" else "points" if points else "rating"
            low, high = (decimal(points.low), decimal(points.high)) if points else ("", "")
            self.table.choose(stretches(self.table.column_of[column.key], rows), choices, prompt, low=low, high=high)
        for letters, rows in self.lettered.items():
            prompt = "elements" if letters else "no_elements"
            self.table.prompt(stretches(self.table.column_of["elements"], rows), prompt, letters=", ".join(letters))
        for column in self.table.columns:
            cells = self.table.cells(column.key, self.row)
            if column.key == "to_confirm":
                self.table.choose(cells, self.draft.choices_of(column.key), column.key, strict=False)
            elif column.answer and not column.dimension:
                self.table.prompt(cells, column.key)
        self.draft.choices_of("elements")

    def _colours(self) -> None:
        """Colour a rating that is not in its list, and an id whose first rating is filled in."""
        for (column, choices), rows in self.rated.items():
            number, known = self.table.column_of[column.key], self.draft.book.list_name(choices)
            first = address(rows[0], number)
            self.table.sheet.colour(stretches(number, rows), f'AND({first}<>"",COUNTIF({known},{first})=0)', looks.BAD)
        id, rating = self.table.first("id"), self.table.first(f"{RATING}.{self.checklist.dimensions[0].key}")
        self.table.sheet.colour(self.table.cells("id", self.row), f'AND({id}<>"",{rating}<>"")', looks.DONE)
