"""What every block of the plan as a Word document is made from, beside what it shares with the gap report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from legcheck.reports import palette
from legcheck.reports.docx_page import Page
from legcheck.reports.docx_parts import Content, Xml

if TYPE_CHECKING:
    from legcheck.reports.docx_page import Cell
    from legcheck.reports.plan_view import MeasureView, PlanView
    from legcheck.reports.view import ChapterView

BULLET = "•"


@dataclass
class PlanPage(Page):
    """The plan as its blocks see it; the gap report's own view of the same result stands beside it."""

    levels: int = 2
    plan: PlanView = field(kw_only=True)

    def word(self, key: str) -> str:
        """A fixed word of the plan, or of the gap report where both say it alike."""
        own = f"plan_docx.{key}"
        return self.labels(own) if self.labels.has(own) else super().word(key)

    @cached_property
    def chapters(self) -> dict[str, ChapterView]:
        """The chapters by the ids of their provisions."""
        return {provision.id: chapter for chapter in self.view.chapters for provision in chapter.provisions}

    def place(self, text: str) -> Xml:
        """A place for the ministry's text, marked so that nobody overlooks it."""
        return self.write.paragraph(text, style="Report Place")

    def blank(self, key: str) -> Xml:
        """A short place to fill in."""
        return self.write.run(self.word(f"blank.{key}"), ink=palette.ACCENT)

    def line(self, label: str, *contents: Content) -> Xml:
        """A paragraph in a table that starts with what it names."""
        return self.write.paragraph(self.write.strong(self.labelled(label)), *contents, style="Report Cell")

    def bullets(self, texts: Iterable[str]) -> list[Xml]:
        return [self.write.paragraph(BULLET, self.write.tab(), text, style="Report Bullet") for text in texts]

    def linked_id(self, id: str) -> Xml:
        """The id of a measure, linked to its table."""
        return self.write.link(measure_anchor(id), self.write.strong(id))

    def listed(self, measures: Iterable[MeasureView]) -> Cell:
        """The ids of measures on one line, each linked to its table."""
        parts: list[Content] = []
        for one in measures:
            parts += [*([", "] if parts else []), self.write.link(measure_anchor(one.id), self.write.unbroken(one.id))]
        return self.write.paragraph(*parts, style="Report Cell") if parts else ""

    def measure(self, id: str, title: str, *, keep: bool = False) -> Xml:
        """A measure as named in a table."""
        return self.write.paragraph(self.linked_id(id), f" {title}", style="Report Cell", keep=keep)

    def months(self, first: int, last: int) -> str:
        """The months of a phase, as short as a column is narrow."""
        return self.labels("plan_docx.months", first=first, last=last)

    def months_of(self, measure: MeasureView) -> str:
        return self.months(measure.first_month, measure.last_month)

    def form(self, title: str, columns: Mapping[str, float], rows: Iterable[Xml]) -> Xml:
        """A table of finished rows to be filled in: its empty columns stay."""
        return self.write.table(title, list(columns.values()), rows, [self.word(f"columns.{key}") for key in columns])


def measure_anchor(id: str) -> str:
    """The name of a measure's place in the plan."""
    return f"measure_{id}"
