"""What every block of a Word report is made from: the view, the words, the writer, and the forms that blocks share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from legcheck.reports import palette
from legcheck.reports.docx_budget import Budget, budget_of
from legcheck.reports.docx_parts import Content, Writer, Xml

if TYPE_CHECKING:
    from legcheck.labels import Labels
    from legcheck.reports.view import CitationView, GapView, ProvisionView, ReportView, Row

Cell = Content | Sequence[Content]
FIELDS = (3.0, 14.0)
_PAIRS = {"label": 4.8, "text": 12.2}


@dataclass
class Picture:
    """A picture in the document, and the text that stands for it."""

    relation: str
    size_cm: tuple[float, float]
    text: str


@dataclass
class Page:
    """The report as its blocks see it."""

    view: ReportView
    labels: Labels
    write: Writer
    chart: Picture | None = None
    levels: int = 3  # of headings in the table of contents

    @cached_property
    def budget(self) -> Budget:
        """How long the overview's lists may be."""
        return budget_of(self.view)

    @cached_property
    def titles(self) -> dict[str, str]:
        """The titles of provisions by id."""
        return {provision.id: provision.title for chapter in self.view.chapters for provision in chapter.provisions}

    def word(self, key: str) -> str:
        """A fixed word of this kind of document."""
        return self.labels(f"docx.{key}")

    def title(self, key: str) -> str:
        """The title of a block."""
        return self.word(f"sections.{key}")

    def section(self, key: str) -> Xml:
        """The heading of a block."""
        return self.write.heading(2, self.title(key), f"section_{key}")

    def intro(self, key: str) -> Xml:
        """The sentence under a heading."""
        return self.write.paragraph(self.word(f"intro.{key}"), keep=True)

    def sign(self) -> Xml:
        """What the sign of unverified numbers means."""
        return self.write.paragraph(self.labels("report.unverified"), style="caption", keep=True)

    def labelled(self, label: str) -> str:
        """A label before what it names, with the colon of the language."""
        return self.labels("docx.labelled", label=label)

    def none(self) -> Xml:
        return self.write.paragraph(self.view.none)

    def pairs(self, title: str, rows: Sequence[Row], *, whole: bool = False) -> Xml:
        """Labels and texts side by side, without a head."""
        shown = [(self.write.strong(row.label), row.text) for row in rows]
        return self.grid(title, _PAIRS, shown, head=False, whole=whole)

    def fields(self, fields: Sequence[tuple[str, Cell]], *, kept: int) -> Iterator[Xml]:
        """Rows of a table with a label each; what is empty has no row. The first `kept` rows, and the last two, stay together."""
        filled = [(key, content) for key, content in fields if content]
        for number, (key, content) in enumerate(filled, start=1):
            keep = number < len(filled) and (number <= kept or number == len(filled) - 1)
            label = self.write.paragraph(self.word(f"fields.{key}"), style="Report Label", keep=keep)
            yield self.write.row(FIELDS, label, content, keep=keep)

    def grid(
        self, title: str, columns: Mapping[str, float], rows: Sequence[Sequence[Cell]], *, head: bool = True, whole: bool = False
    ) -> Xml:
        """A table of columns by key and width; columns without any content are left out. `whole`: on one page if it can be."""
        filled = [number for number in range(len(columns)) if any(row[number] for row in rows)]
        keys, widths = list(columns), list(columns.values())
        sizes = [widths[number] for number in filled]
        made = [
            self.write.row(sizes, *(row[number] for number in filled), keep=whole and place < len(rows))
            for place, row in enumerate(rows, start=1)
        ]
        titles = [self.word(f"columns.{keys[number]}") for number in filled] if head else []
        return self.write.table(title, sizes, made, titles)

    def block(
        self, key: str, columns: Mapping[str, float], rows: Sequence[Sequence[Cell]], *, whole: bool = False
    ) -> Iterator[Xml]:
        """A heading and its table, or the statement that there is nothing."""
        yield self.section(key)
        yield self.grid(self.title(key), columns, rows, whole=whole) if rows else self.none()

    def provision(self, id: str, *, keep: bool = False) -> Xml:
        """A provision as named in a table, linked to its place in the annex."""
        return self.write.paragraph(self._name(id), f" {self.titles.get(id, '')}", style="Report Cell", keep=keep)

    def named(self, row: Row) -> Xml:
        """A row's label; the id of a provision at its start is set off and linked."""
        id, _, title = row.label.partition(" ")
        if id not in self.titles:
            return self.write.strong(row.label)
        return Xml(self._name(id) + self.write.run(f" {title or self.titles[id]}"))

    def citation(self, citation: CitationView) -> Xml:
        """A citation with the law it names, and its status where it is not in force."""
        status = f" ({citation.status})"
        pending: tuple[Content, ...] = () if citation.in_force else (self.write.run(status, ink=palette.ACCENT, bold=True),)
        cited = f"{citation.law} {citation.articles}".strip()
        named = self.write.strong(self.labelled(cited) if citation.title else cited)
        return self.write.paragraph(named, citation.title, *pending, style="Report Cell")

    def legal_basis(self, one: ProvisionView) -> Cell:
        """The laws that a finding rests on; as typed, where they could not be told apart."""
        return [self.citation(citation) for citation in one.citations] or one.legal_basis

    def priority(self, gap: GapView) -> Xml:
        """The class of priority as a word on its colour."""
        return self.write.tag(gap.priority_title, gap.tone)

    def points(self, gap: GapView) -> Xml:
        return self.write.muted(self.labels("docx.points", points=gap.points))

    def _name(self, id: str) -> Xml:
        return self.write.link(provision_anchor(id), self.write.strong(id))


def provision_anchor(id: str) -> str:
    """The name of a provision's place in the annex."""
    return f"provision_{id}"
