"""Writes the Guide: the ratings with their meaning, how to answer, an example, and how to rate each provision."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from legcheck.model import decimal
from legcheck.workbook import looks
from legcheck.workbook.columns import GUIDE, element_dimension, lines_of, timed_dimension
from legcheck.workbook.writing.about import about_parts
from legcheck.workbook.writing.draft import Draft, DraftSheet

if TYPE_CHECKING:
    from legcheck.excel import Cells, Look
    from legcheck.model import Scale

_EXAMPLE = replace(looks.BOXED, fill=looks.CAUTION)
_LEAD = replace(looks.SMALL, size=10, wrap=False)
_WORD = replace(looks.BOXED, bold=True, colour=looks.TEAL)
_LINK = replace(looks.LABEL, colour=looks.NAVY, underline=True, vertical="top")
_TITLE = replace(looks.BOXED, bold=True, colour=looks.NAVY)
_ABOUT = replace(looks.BOXED, vertical="top")
_TERM, _MEANING = 2, 3


class Guide:
    """The Guide, placed early and written when the places of all provisions are known."""

    def __init__(self, draft: Draft) -> None:
        self.draft, self.checklist, self.labels = draft, draft.checklist, draft.labels
        self.page = DraftSheet(draft, GUIDE, 2.5, 36, 126)
        self.row = 3
        self.blocks: list[int] = []

    @property
    def top(self) -> Cells:
        """Its first cell, to link to."""
        return self.page.sheet.cells(1, 1)

    def write(self) -> None:
        self.page.bands(_MEANING, (self._label("title"), looks.TITLE, 34))
        self._topics()
        self._ratings()
        self._example()
        self._standards()
        general = self.row - 1
        self._provisions()
        self.page.finish()
        if self.draft.assessment.answers:  # whoever prints the answers needs no help with each question
            self.page.sheet.print_area(general, _MEANING)
        self.page.break_pages(_MEANING, self.blocks, self.row)

    def _label(self, key: str, **facts: object) -> str:
        return self.labels(f"workbook.guide.{key}", **facts)

    def _section(self, text: str, lead: str = "") -> None:
        self.blocks.append(self.row)
        self.page.section(self.row, text)
        self.row += 1
        if lead:
            self.page.own(self.row, _TERM, lead, _LEAD)
            self.row += 1

    def _pair(self, term: str, meaning: str, look: Look = looks.BOXED) -> None:
        self.page.own(self.row, _TERM, term, replace(looks.LABEL, fill=look.fill or looks.PAPER))
        self.page.own(self.row, _MEANING, meaning, look)
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
        timed = timed_dimension(self.checklist)
        names["if_adopted"] = self.labels("workbook.chapter.if_adopted", dimension=timed.title) if timed else ""
        provisions = self.checklist.provisions.values()
        asked = {
            "elements": element_dimension(self.checklist) is not None,
            "basis": True,
            "time": timed is not None,
            "na": any(provision.may_not_apply for provision in provisions),
            "confirm": True,
            "core": any(provision.core for provision in provisions),
            "colours": True,
            "paper": True,
        }
        self._section(self._label("how"))
        for topic in (topic for topic, wanted in asked.items() if wanted):
            text = self._label(f"{topic}_text").format(**names)
            self._pair(self._label(topic), f"{text}\n{self._label('basis_example')}" if topic == "basis" else text)
        self.row += 1

    def _example(self) -> None:
        """A provision of the checklist, answered in part for an invented country."""
        self._section(self._label("example"), self._label("example_lead"))
        provisions = list(self.checklist.provisions.values())
        provision = next((one for one in provisions if one.elements), provisions[0])
        met = self.labels.under("workbook.choices.met")
        self._pair(provision.question or provision.title, "", replace(_EXAMPLE, fill=looks.BANNER))
        lines = list(lines_of(self.checklist, provision))
        for line in (line for line in lines if line.letter):
            text = next(element.text for element in provision.elements if element.letter == line.letter)
            last = line.letter == provision.letters[-1] and len(provision.letters) > 1
            said = met["no"] if last else f"{met['yes']}  ·  {self._label('example_article')}"
            self._pair(f"{line.letter})  {text}", said, _EXAMPLE)
        whole = next(line for line in lines if not line.letter)
        rating = whole.dimension.scale_of(provision).middle.title
        self._pair(
            whole.dimension.title, "  ·  ".join((rating, *self.labels.under("workbook.guide.example_rows").values())), _EXAMPLE
        )
        self.row += 1

    def _standards(self) -> None:
        """The instruments that the provisions asked rest on, each named in full."""
        asked = (provision for _, provisions in self.draft.chapters for provision in provisions)
        cited = {one.instrument.key: one.instrument for provision in asked for one in provision.standards}
        if not cited:
            return
        self._section(self._label("standards"), self._label("standards_lead"))
        first = self.row
        for key, one in sorted(cited.items()):
            self._pair(key, ", ".join(part for part in (one.title, one.symbol, (one.adopted or "")[:4]) if part))
        self._run_on(first)
        self.row += 1

    def _provisions(self) -> None:
        """How to rate each provision, with a link to its question."""
        self._section(self._label("provisions"), self._label("provisions_lead"))
        first = self.row
        for _, provisions in self.draft.chapters:
            for provision in provisions:
                if about := about_parts(self.draft, provision, _WORD, looks.BOXED):
                    # The title stands beside the link: LibreOffice does not wrap links.
                    self.page.link(self.row, _TERM, provision.id, _LINK, self.draft.places[provision.id])
                    self.page.rich(self.row, _MEANING, [(f"{provision.title}\n", _TITLE), *about], _ABOUT)
                    self.row += 1
        self._run_on(first)

    def _run_on(self, first: int) -> None:
        """Let a page end after any row of a long list, from its `first` row on, which stays with the title above."""
        self.blocks += range(first + 1, self.row)
