"""Writes the Guide: the ratings with their meaning, how to cite, and a worked example."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from legcheck.model import decimal
from legcheck.workbook import looks
from legcheck.workbook.columns import ASSESSMENT, GUIDE, RATING, element_dimension, heading, timed_dimension
from legcheck.workbook.writing.draft import Draft, DraftSheet

if TYPE_CHECKING:
    from legcheck.model import Scale

_EXAMPLE = replace(looks.FIXED, fill=looks.CAUTION)
_EXAMPLE_LEAD = replace(looks.SMALL, wrap=False)
_LAST = 8


def write_guide(draft: Draft) -> None:
    """Write the Guide sheet."""
    _Guide(draft).write()


class _Guide:
    def __init__(self, draft: Draft) -> None:
        self.draft, self.checklist, self.labels = draft, draft.checklist, draft.labels
        self.page = DraftSheet(draft, GUIDE, 2.5, 25, 42, 15, 13, 24, 30, 24)
        self.row = 3

    def write(self) -> None:
        self.page.bands(_LAST, (self._label("title"), looks.TITLE, 34))
        self._ratings()
        self._topics()
        self._example()
        self.page.finish()

    def _label(self, key: str, **facts: object) -> str:
        return self.labels(f"workbook.guide.{key}", **facts)

    def _section(self, text: str) -> None:
        self.page.section(self.row, text)
        self.row += 1

    def _pair(self, term: str, meaning: str) -> None:
        self.page.own(self.row, 2, term, looks.LABEL)
        self.page.own(self.row, 3, meaning, looks.BOXED, last=_LAST)
        self.row += 1

    def _ratings(self) -> None:
        scales: dict[str, tuple[Scale, list[str]]] = {}
        for dimension in self.checklist.dimensions:
            for scale in self.checklist.scales(dimension):
                scales.setdefault(scale.key, (scale, []))[1].append(dimension.title)
        for scale, dimensions in scales.values():
            self._section(self._label("scale_for", dimensions=", ".join(dimensions)))
            for level in scale.levels:
                self._pair(level.title, level.meaning)
            if scale.points is not None:
                facts = {name: decimal(value) for name, value in scale.points._asdict().items()}
                self._pair(self._label("points_span", **facts), self._label("points", **facts))
            self._pair(self._label("blank"), self._label("blank_meaning"))
            self.row += 1

    def _topics(self) -> None:
        names = {key: self.labels(f"workbook.sheets.{key}") for key in ("laws", "start")}
        names["if_adopted"] = self.labels("workbook.columns.assessment.if_adopted")
        self._section(self.labels("workbook.columns.assessment.rules"))
        provisions = self.checklist.provisions.values()
        asked = {
            "elements": element_dimension(self.checklist) is not None,
            "basis": True,
            "time": timed_dimension(self.checklist) is not None,
            "na": any(provision.may_not_apply for provision in provisions),
            "confirm": True,
            "core": any(provision.core for provision in provisions),
        }
        for topic in (topic for topic, wanted in asked.items() if wanted):
            text = self._label(f"{topic}_text").format(**names)
            self._pair(self._label(topic), f"{text}\n{self._label('basis_example')}" if topic == "basis" else text)
        self.row += 1

    def _example(self) -> None:
        self._section(self._label("example"))
        self.page.own(self.row, 2, self._label("example_lead"), _EXAMPLE_LEAD)
        self.row += 1
        self.page.sheet.set_height(self.row, 30)
        texts = self._example_texts()
        for place, column in enumerate((column for column in self.draft.columns if column.key in texts), 2):
            look = looks.ANSWER_HEADING if column.answer else looks.HEADING
            self.page.own(self.row, place, heading(column, ASSESSMENT, self.labels, self.draft.titles), look)
            self.page.own(self.row + 1, place, texts[column.key], _EXAMPLE)

    def _example_texts(self) -> dict[str, str]:
        """What the filled row holds, by column: a provision of the checklist, answered in part."""
        provisions, first = list(self.checklist.provisions.values()), self.checklist.dimensions[0]
        provision = next((one for one in provisions if one.elements), provisions[0])
        elements = [f"{element.letter}) {element.text}" for element in provision.elements]
        own = {
            "id": f"{provision.chapter}-00",  # no provision has this id, so the row is never read as an answer
            "question": "  ".join((provision.question or provision.title, *elements)),
            f"{RATING}.{first.key}": first.scale_of(provision).middle.title,
            "elements": ", ".join(provision.letters[:-1] or provision.letters),
        }
        return own | self.labels.under("workbook.guide.example_rows")
