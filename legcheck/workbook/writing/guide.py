"""Writes the Guide: the ratings with their meaning, how to cite, and a worked example."""

from __future__ import annotations

from typing import TYPE_CHECKING

from legcheck.model import decimal
from legcheck.workbook.columns import GUIDE, RATING, Column, assessment_columns, element_dimension, heading, timed_dimension
from legcheck.workbook.writing import styles
from legcheck.workbook.writing.canvas import Canvas, Draft
from legcheck.workbook.writing.styles import Look, height, row_height

if TYPE_CHECKING:
    from legcheck.model import Scale

_TERM = Look(bold=True, fill=styles.PAPER, boxed=True, vertical="center", indent=1)
_MEANING = Look(boxed=True, vertical="center", indent=1)
_EXAMPLE = Look(size=9, boxed=True, fill=styles.CAUTION, indent=1)
_LAST = 8


def write_guide(draft: Draft) -> None:
    """Write the Guide sheet."""
    _Guide(draft).write()


class _Guide:
    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.words = draft.words
        self.canvas = Canvas(draft, GUIDE)
        self.row = 3

    def write(self) -> None:
        self.canvas.widths(2.5, 25, 42, 15, 13, 24, 30, 24)
        self.canvas.band(1, _LAST, self.words("workbook.guide.title"), styles.TITLE, 34)
        self._ratings()
        self._topics()
        self._example()
        self.canvas.protect()
        self.canvas.print_set_up()

    def _section(self, text: str) -> None:
        self.canvas.own(self.row, 2, text, styles.SECTION)
        self.canvas.sheet.row_dimensions[self.row].height = 26
        self.row += 1

    def _pair(self, term: str, meaning: str) -> None:
        self.canvas.own(self.row, 2, term, _TERM)
        self.canvas.paint(self.row, 3, _LAST, _MEANING)
        tall = self.canvas.box(self.row, 3, _LAST, meaning, _MEANING)
        self.canvas.sheet.row_dimensions[self.row].height = row_height(tall, height(term, self.canvas.width(2, 2), _TERM))
        self.row += 1

    def _ratings(self) -> None:
        titles = self.draft.titles()
        scales: dict[str, tuple[Scale, list[str]]] = {}
        for dimension in self.draft.checklist.dimensions:
            scales.setdefault(dimension.scale.key, (dimension.scale, []))[1].append(titles[dimension.key])
        for scale, dimensions in scales.values():
            self._section(self.words("workbook.guide.scale_for", dimensions=", ".join(dimensions)))
            for level in scale.levels:
                self._pair(level.title, level.meaning)
            if scale.points is not None:
                facts = {"maximum": decimal(scale.points), "step": decimal(scale.step)}
                self._pair(f"0 - {decimal(scale.points)}", self.words("workbook.guide.points", **facts))
            self._pair(self.words("workbook.guide.blank"), self.words("workbook.guide.blank_meaning"))
            self.row += 1

    def _topics(self) -> None:
        checklist = self.draft.checklist
        names = {
            "laws": self.words("workbook.sheets.laws"),
            "start": self.words("workbook.sheets.start"),
            "if_adopted": self.words("workbook.columns.assessment.if_adopted"),
        }
        self._section(self.words("workbook.columns.assessment.rules"))
        provisions = checklist.provisions.values()
        asked = {
            "elements": element_dimension(checklist) is not None,
            "basis": True,
            "time": timed_dimension(checklist) is not None,
            "na": any(provision.may_not_apply for provision in provisions),
            "confirm": True,
            "core": any(provision.core for provision in provisions),
        }
        for topic in (topic for topic, wanted in asked.items() if wanted):
            text = self.words(f"workbook.guide.{topic}_text").format(**names)
            if topic == "basis":
                text = f"{text}\n{self.words('workbook.guide.basis_example')}"
            self._pair(self.words(f"workbook.guide.{topic}"), text)
        self.row += 1

    def _example(self) -> None:
        columns = [column for column in assessment_columns(self.draft.checklist) if self._shown(column)]
        self._section(self.words("workbook.guide.example"))
        self.canvas.own(self.row, 2, self.words("workbook.guide.example_lead"), Look(size=9, colour=styles.MUTED, wrap=False))
        self.row += 1
        titles, tallest = self.draft.titles(), 0.0
        for place, column in enumerate(columns[: _LAST - 1], 2):
            look = styles.ANSWER_HEADING if column.answer else styles.HEADING
            self.canvas.own(self.row, place, heading(column, "assessment", self.words, titles), look)
            text = self._example_text(column)
            self.canvas.own(self.row + 1, place, text, _EXAMPLE)
            tallest = max(tallest, height(text, self.canvas.width(place, place), _EXAMPLE))
        self.canvas.sheet.row_dimensions[self.row].height = 30
        self.canvas.sheet.row_dimensions[self.row + 1].height = row_height(tallest)

    def _shown(self, column: Column) -> bool:
        first = self.draft.checklist.dimensions[0].key
        return column.key in ("id", "question", f"{RATING}.{first}", "elements", "legal_basis", "note", "to_confirm")

    def _example_text(self, column: Column) -> str:
        provisions = list(self.draft.checklist.provisions.values())
        shown = next((one for one in provisions if one.elements), provisions[0])
        own = {
            "id": shown.id,
            "question": "  ".join((shown.question or shown.title, *(f"{one.letter}) {one.text}" for one in shown.elements))),
            "elements": ", ".join(shown.letters[:-1] or shown.letters),
        }
        if column.key in own:
            return own[column.key]
        if not column.key.startswith(RATING):
            return self.words(f"workbook.guide.example_rows.{column.key}")
        scale = self.draft.checklist.dimensions[0].scale
        if scale.points is not None:
            return decimal(scale.step)
        between = [level for level in scale.levels if 0 < level.worth < 1] or list(scale.levels)
        return between[0].title
