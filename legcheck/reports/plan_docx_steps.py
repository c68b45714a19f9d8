"""What the plan says on carrying it out, and its annex: assistance, funding, consultation, what is left open, the method."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from legcheck.reports.plan_docx_measures import entry_lines

if TYPE_CHECKING:
    from legcheck.reports.docx_page import Cell
    from legcheck.reports.docx_parts import Xml
    from legcheck.reports.plan_docx_page import PlanPage
    from legcheck.reports.plan_view import EntryRowView
    from legcheck.reports.view import Row

_ASSISTANCE = {"provision": 4.6, "assistance": 8.6, "measures": 3.8}
_REASONS = {"provision": 7.0, "reason": 10.0}
_CLOSED = {"measure": 6.0, "entry": 6.0, "text": 5.0}


def assistance(page: PlanPage) -> Iterator[Xml]:
    """The technical assistance that was asked for, and the measures that it would serve."""
    rows = [(page.named(row), row.text, _serving(page, row)) for row in page.plan.assistance]
    yield from page.block("assistance", _ASSISTANCE, rows)
    yield page.place(page.word("place.assistance"))


def _serving(page: PlanPage, row: Row) -> Cell:
    """The measures that answer a gap in the provision of a row."""
    serving = (one for one in page.plan.measures if row in one.assistance)
    return [page.write.paragraph(page.linked_id(one.id), style="Report Cell") for one in serving]


def funding(page: PlanPage) -> Iterator[Xml]:
    """The ways to pay for the plan."""
    yield page.section("funding")
    yield page.intro("funding")
    yield from _paragraphs(page, page.plan.funding)
    yield page.place(page.word("place.funding"))


def consultation(page: PlanPage) -> Iterator[Xml]:
    """How victims and their associations take part."""
    yield page.section("consultation")
    yield from _paragraphs(page, page.plan.consultation)
    yield page.place(page.word("place.consultation"))


def _paragraphs(page: PlanPage, texts: Sequence[str]) -> Iterator[Xml]:
    for text in texts:
        yield page.write.paragraph(text)
    if not texts:
        yield page.none()


def assess_first(page: PlanPage) -> Iterator[Xml]:
    """Provisions that nobody assessed: they need an assessment before a measure can be chosen."""
    yield page.section("assess_first")
    if not page.plan.assess_first:
        yield page.none()
        return
    yield page.intro("assess_first")
    for row in page.plan.assess_first:
        yield page.write.paragraph(page.named(row), style="Report Cell")


def unanswered(page: PlanPage) -> Iterator[Xml]:
    yield from page.block("unanswered", _REASONS, [(page.named(row), row.text) for row in page.plan.unanswered])


def closed(page: PlanPage) -> Iterator[Xml]:
    """Measures of an earlier plan that no gap calls for any more, with what was written beside them, where there are any."""
    if page.plan.closed:
        heading, table = page.block("closed", _CLOSED, [_closed(page, one) for one in page.plan.closed])
        yield heading
        yield page.intro("closed")
        yield table


def _closed(page: PlanPage, one: EntryRowView) -> tuple[Cell, Cell, Cell]:
    return page.measure(one.id, one.title), entry_lines(page, one.entry), one.entry.text


def method(page: PlanPage) -> Iterator[Xml]:
    """How gaps became measures, and measures an order."""
    yield page.section("method")
    for text in page.plan.method:
        yield page.write.paragraph(text)
    if page.plan.order_rule:
        yield page.write.heading(3, page.title("order_rule"))
        yield page.pairs(page.title("order_rule"), page.plan.order_rule)


def slip(page: PlanPage) -> Iterator[Xml]:
    """How to check this plan."""
    yield page.section("slip")
    yield page.pairs(page.title("slip"), page.plan.slip, whole=True)
