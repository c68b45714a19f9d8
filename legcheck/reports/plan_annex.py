"""The annex of the draft plan, in landscape: the catalogue of all measures, clauses to start from, what is left open, method."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from legcheck.reports.document import (
    Block,
    Cell,
    Document,
    Heading,
    Look,
    Row,
    Run,
    Words,
    band,
    bullets,
    cell,
    columns,
    contents,
    document_of,
    muted,
    pairs,
    paragraph,
    strong,
    table,
    words,
)
from legcheck.reports.plan_document import entry_lines

if TYPE_CHECKING:
    from legcheck.labels import Labels
    from legcheck.reports.plan_view import AnsweredView, ClosedView, IndicatorView, MeasureView, ObjectiveView, PlanView
    from legcheck.reports.view import Row as Pair

_CATALOGUE = {"measure": 4.8, "do": 12.7, "follow": 8.2}
_CLAUSES = {"worded": 5.2, "clauses": 20.5}
_PAIRS_CM = (8.0, 17.7)
_CLOSED = {"measure": 9.0, "entry": 16.7}


def plan_annex(view: PlanView, labels: Labels) -> Document:
    """All that supports the plan, for those who draft, check and carry it out."""
    title = labels("plan_document.annex.title", plan=view.name, subject=view.report.subject)
    blocks = _Maker(view, labels).blocks()
    return document_of(view.report, labels, title, blocks, subtitle=view.subtitle, notice=view.notice_short, landscape=True)


class _Maker:
    def __init__(self, view: PlanView, labels: Labels) -> None:
        self.view = view
        self.labels = labels

    def word(self, key: str, **facts: object) -> str:
        return self.labels(f"plan_document.annex.{key}", **facts)

    def blocks(self) -> Iterator[Block]:
        yield from (paragraph(notice, look=Look.NOTICE) for notice in self.view.notices)
        yield contents(self.labels)
        yield from self.catalogue()
        yield from self.clauses()
        yield from self.listed("unanswered", self.view.unanswered)
        yield from self.listed("assess_first", self.view.assess_first)
        yield from self.closed()
        yield from self.method()
        yield from self.listed("slip", self.view.slip)

    # The measures

    def catalogue(self) -> Iterator[Block]:
        yield from self.section("catalogue")
        for one in self.view.objectives:
            if one.measures:
                yield Heading(2, one.title)
                rows = (Row(tuple(self.measure(each)), anchor=anchor(each.id)) for each in one.measures)
                yield table(one.title, columns(self.labels, "plan_document.annex", _CATALOGUE), rows, shown=False)

    def measure(self, one: MeasureView) -> Iterator[Cell]:
        partners = self.labels("plan_document.partners", partners=one.partners) if one.partners else ""
        yield cell(
            named(one),
            words(one.lead_title, f" {partners}" if partners else ""),
            words(muted(f"{one.term} · {one.kind_title}")),
            *(words(muted(self.word("requires")), Run(row.text, to=anchor(row.label))) for row in one.requires),
            *(words(muted(self.word("in_place")), row.text) for row in one.in_place),
        )
        gaps = (line for each in one.answers for line in self.answered(each))
        yield cell(one.do, *self.drafting(one), words(muted(self.word("answers"))), *gaps, words(muted(self.examples(one))))
        yield cell(
            *map(self.indicator, one.indicators), *map(self.labelled, one.safeguards), *entry_lines(one.entry, self.labels)
        )

    def drafting(self, one: MeasureView) -> Iterator[Words]:
        if one.drafting:
            yield words(muted(self.word("drafting")))
            yield from (words(f"• {text}") for text in one.drafting)

    def answered(self, one: AnsweredView) -> Iterator[Words]:
        """A gap that the measure answers, with the elements that it brings."""
        aside = self.labels.join(filter(None, (one.provision, one.published)))
        yield words(strong(f"{one.title}. "), f"{one.found} ", muted(f"({aside})"))
        yield from (words(text) for text in one.elements)

    def examples(self, one: MeasureView) -> str:
        return self.word("examples", examples=self.labels.join(one.examples)) if one.examples else ""

    def labelled(self, row: Pair) -> Words:
        return words(strong(self.labels("common.labelled", label=row.label)), row.text)

    def indicator(self, one: IndicatorView) -> Words:
        unit = f" ({one.unit})" if one.unit else ""
        source = self.word("source", source=one.verification) if one.verification else ""
        return words(strong(self.labels("common.labelled", label=one.label)), f"{one.indicator}{unit}. ", muted(source))

    def clauses(self) -> Iterator[Block]:
        """Wording that a drafter can start from and paste, measure by measure in the order of the catalogue."""
        if rows := [row for one in self.view.objectives for row in self.worded(one)]:
            yield from self.section("clauses")
            yield table(self.word("sections.clauses"), columns(self.labels, "plan_document.annex", _CLAUSES), rows, shown=False)

    def worded(self, objective: ObjectiveView) -> Iterator[Row]:
        worded = [one for one in objective.measures if one.clauses]
        if worded:
            yield band(strong(objective.title))
        for one in worded:
            name = cell(named(one, to=anchor(one.id)), muted(one.missing))
            yield Row((name, cell(*(words(strong(row.label), f" {row.text}") for row in one.clauses))))

    # What is left open, and how the plan was made

    def closed(self) -> Iterator[Block]:
        """Measures of an earlier plan that no gap calls for any more, with what was written beside them."""
        if self.view.closed:
            yield from self.section("closed")
            rows = ((cell(named(one)), cell(*entry_lines(one.entry, self.labels))) for one in self.view.closed)
            yield table(self.word("sections.closed"), columns(self.labels, "plan_document.annex", _CLOSED), rows, shown=False)

    def method(self) -> Iterator[Block]:
        yield from self.section("method")
        yield from (paragraph(text) for text in self.view.method)
        yield Heading(2, self.word("order_rule"))
        yield pairs(self.word("order_rule"), _PAIRS_CM, self.view.order_rule)

    def listed(self, key: str, rows: Sequence[Pair]) -> Iterator[Block]:
        """Labels and what is said of each; where it is the same of all, the section has said it."""
        if rows:
            yield from self.section(key)
            said = {row.text for row in rows} - {""}
            yield pairs(self.word(f"sections.{key}"), _PAIRS_CM, rows) if said else bullets(row.label for row in rows)

    def section(self, key: str) -> Iterator[Block]:
        yield Heading(1, self.word(f"sections.{key}"), inline=True)
        if self.labels.has(f"plan_document.annex.intros.{key}"):
            yield paragraph(self.word(f"intros.{key}"))


def named(one: MeasureView | ClosedView, to: str = "") -> Words:
    """A measure by its title; its id stands behind, for those who look it up."""
    return words(Run(one.title, strong=True, to=to), muted(f" ({one.id})"))


def anchor(measure: str) -> str:
    """The name of a measure's place."""
    return f"measure_{measure}"
