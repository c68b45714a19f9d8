"""The blocks of the Word report's overview: at most four pages, whatever the file holds. What is cut short stands whole in the annex."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from legcheck.reports import palette
from legcheck.reports.docx_budget import Budget, budget_of, shortened
from legcheck.reports.docx_parts import Content, Writer, Xml

if TYPE_CHECKING:
    from legcheck.labels import Labels
    from legcheck.reports.view import DimensionView, Figure, GapView, ProvisionView, ReportView, Row

_FACTS = (4.4, 12.6)
_SCORES = (3.9, 2.7, 3.1, 2.5, 2.3, 2.5)
_CONTRARY = (4.6, 3.6, 8.8)
_TOP = (4.4, 3.2, 7.0, 2.4)
_ROWS = (5.0, 12.0)


@dataclass
class Page:
    """What every block is made from."""

    view: ReportView
    labels: Labels
    writer: Writer
    chart: str = ""
    chart_size: tuple[float, float] = (1.0, 1.0)
    chart_text: str = ""

    def section(self, key: str, level: int = 2) -> Xml:
        """The heading of a block, with the name that links lead to."""
        return self.writer.heading(level, self.labels(f"docx.sections.{key}"), f"section_{key}")

    def intro(self, key: str) -> Xml:
        """The sentence under a heading."""
        return self.writer.paragraph(self.labels(f"docx.intro.{key}"), keep=True)

    def head(self, *keys: str) -> list[str]:
        """The titles of columns."""
        return [self.labels(f"docx.columns.{key}") for key in keys]

    def none(self) -> Xml:
        return self.writer.paragraph(self.view.none)

    @cached_property
    def budget(self) -> Budget:
        """How long the overview's lists may be."""
        return budget_of(self.view)

    @cached_property
    def titles(self) -> dict[str, str]:
        """The titles of provisions by id."""
        return {provision.id: provision.title for chapter in self.view.chapters for provision in chapter.provisions}

    def provision(self, id: str, *more: Content) -> list[Content]:
        """A provision as named in a table, linked to its place in the annex."""
        name = self.writer.link(provision_anchor(id), self.writer.strong(id))
        return [self.writer.paragraph(name, f" {self.titles.get(id, '')}", style="Report Cell"), *more]

    def pairs(self, key: str, rows: Sequence[Row], columns: Sequence[str]) -> Iterator[Xml]:
        """A heading and a table of two columns, or the statement that there is nothing."""
        yield self.section(key)
        if not rows:
            yield self.none()
            return
        write = self.writer
        shown = (write.row(_ROWS, self.named(row.label), row.text) for row in rows)
        yield write.table(self.labels(f"docx.sections.{key}"), _ROWS, shown, self.head(*columns))

    def named(self, label: str) -> Xml:
        """A row's label; the id of a provision at its start is set off and linked."""
        id, _, title = label.partition(" ")
        if id not in self.titles:
            return self.writer.strong(label)
        return Xml(self.writer.link(provision_anchor(id), self.writer.strong(id)) + self.writer.run(f" {title or self.titles[id]}"))


def provision_anchor(id: str) -> str:
    """The name of a provision's place in the annex."""
    return f"provision_{id}"


def notices(page: Page) -> Iterator[Xml]:
    for notice in page.view.notices:
        yield page.writer.paragraph(notice, style="Report Notice")


def fast_facts(page: Page) -> Iterator[Xml]:
    write = page.writer
    yield page.section("fast_facts")
    rows = (
        write.row(_FACTS, write.paragraph(fact.label, style="Report Label"), shortened(fact.text, page.budget.sentence))
        for fact in page.view.fast_facts
    )
    yield write.table(page.labels("docx.sections.fast_facts"), _FACTS, rows)


def summary(page: Page) -> Iterator[Xml]:
    yield page.section("summary")
    for sentence in page.view.summary:
        yield page.writer.paragraph(shortened(sentence, page.budget.sentence))


def scores(page: Page) -> Iterator[Xml]:
    """The totals: each with its range and answered share, and whether a core provision holds its band down."""
    write = page.writer
    yield page.section("scores")
    rows = [row for dimension in page.view.dimensions for row in _score_rows(page, dimension)]
    rows += [
        write.row(_SCORES, write.strong(title), page.labels("report.not_assessed"), "", "", "", "")
        for title in page.view.not_assessed
    ]
    head = page.head("dimension", "score", "range", "answered", "band", "elements")
    yield write.table(page.labels("docx.sections.scores"), _SCORES, rows, head)
    for dimension in page.view.dimensions:
        if dimension.total.capped_by:
            yield write.paragraph(f"{dimension.title}: {shortened(dimension.total.capped_by, page.budget.sentence)}", style="caption")


def _score_rows(page: Page, dimension: DimensionView) -> Iterator[Xml]:
    write = page.writer
    about = write.paragraph(write.muted(dimension.question), style="Report Cell")
    yield _score_row(page, [write.strong(dimension.title), about], dimension.total)
    if dimension.if_adopted is not None:
        later = page.labels("docx.if_adopted", dimension=dimension.title)
        yield _score_row(page, [later], dimension.if_adopted, "if_adopted.")


def _score_row(page: Page, title: Sequence[Content], figure: Figure, name: str = "") -> Xml:
    write = page.writer
    shown = write.anchored(f"figure.{name}{figure.id}", write.run(figure.display))
    big = write.paragraph(shown, style="Report Figure" if figure.enough else "Report Cell")
    return write.row(_SCORES, title, big, figure.range, figure.answered, figure.band, figure.elements)


def chart_chapters(page: Page) -> Iterator[Xml]:
    write = page.writer
    yield page.section("chart_chapters")
    name = page.labels("charts.chapters.title")
    yield write.paragraph(write.picture(page.chart, page.chart_size, name, page.chart_text), style="Report Picture")
    yield write.paragraph(page.labels("docx.chart_note"), style="caption")


def red_flags(page: Page) -> Iterator[Xml]:
    """Law that says the opposite: named one by one, never averaged away."""
    write = page.writer
    yield page.section("red_flags")
    if not page.view.contrary:
        yield page.none()
        return
    yield page.intro("red_flags")
    budget = page.budget
    rows = (
        write.row(_CONTRARY, page.provision(one.id), shortened(one.legal_basis, budget.text), shortened(one.note, budget.text))
        for one in page.view.contrary[: budget.rows]
    )
    yield write.table(page.labels("docx.sections.red_flags"), _CONTRARY, rows, page.head("provision", "law", "note"))
    yield from _more(page, page.view.contrary)


def top_shortfalls(page: Page) -> Iterator[Xml]:
    write = page.writer
    yield page.section("top_shortfalls")
    if not page.view.top:
        yield page.none()
        return
    rows = (
        write.row(_TOP, page.provision(gap.provision), gap.kind_title, "; ".join(gap.reasons), priority(page, gap))
        for gap in page.view.top
    )
    head = page.head("provision", "kind", "reasons", "priority")
    yield write.table(page.labels("docx.sections.top_shortfalls"), _TOP, rows, head)


def priority(page: Page, gap: GapView) -> list[Content]:
    """The class of priority as a word on its colour, and the points."""
    write = page.writer
    return [write.tag(gap.priority_title, palette.priority(gap.priority)), write.muted(page.labels("docx.points", points=gap.points))]


def recommendations(page: Page) -> Iterator[Xml]:
    rows = page.view.recommendations
    yield from _short_pairs(page, "recommendations", rows, len(rows), page.budget.recommendation)


def assistance(page: Page) -> Iterator[Xml]:
    yield from _short_pairs(page, "assistance", page.view.assistance, page.budget.rows, page.budget.text)
    yield from _more(page, page.view.assistance)


def _short_pairs(page: Page, key: str, rows: Sequence[Row], most: int, longest: int) -> Iterator[Xml]:
    write = page.writer
    yield page.section(key)
    if not rows:
        yield page.none()
        return
    shown = (write.row(_ROWS, page.named(row.label), shortened(row.text, longest)) for row in rows[:most])
    yield write.table(page.labels(f"docx.sections.{key}"), _ROWS, shown, page.head("provision", key))


def _more(page: Page, rows: Sequence[Row | ProvisionView]) -> Iterable[Xml]:
    if rows[page.budget.rows :]:
        yield page.writer.paragraph(page.labels("docx.more"), style="caption")
