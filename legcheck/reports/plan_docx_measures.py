"""A measure of the plan as a compact table: what to do, why, who, when, how progress is seen, and what people wrote beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from legcheck.reports import palette
from legcheck.reports.docx_page import FIELDS
from legcheck.reports.docx_parts import Content, Xml
from legcheck.reports.plan_docx_page import measure_anchor

if TYPE_CHECKING:
    from legcheck.reports.docx_page import Cell
    from legcheck.reports.plan_docx_page import PlanPage
    from legcheck.reports.plan_view import AnsweredView, EntryView, IndicatorView, MeasureView
    from legcheck.reports.view import Row

_KEPT = 1  # rows that stay with the heading and the row below


def measure_block(page: PlanPage, one: MeasureView) -> Iterator[Xml]:
    """A measure with its heading."""
    yield page.write.heading(3, f"{one.id} {one.title}", measure_anchor(one.id))
    effort = page.labels("plan_docx.effort", effort=one.effort, title=one.effort_title)
    head = (one.id, " · ".join((one.phase_title, one.kind_title, effort)))
    yield page.write.table(f"{one.id} {one.title}", FIELDS, page.fields(_fields(page, one), kept=_KEPT), head)


def _fields(page: PlanPage, one: MeasureView) -> tuple[tuple[str, Cell], ...]:
    return (
        ("do", one.do),
        ("answers", [paragraph for answered in one.answers for paragraph in _answered(page, answered)]),
        ("who", _who(page, one)),
        ("order", _order(page, one)),
        ("requires", [page.measure(row.label, row.text) for row in one.requires]),
        ("in_place", [page.measure(row.label, row.text) for row in one.in_place]),
        ("indicators", [_indicator(page, each) for each in one.indicators if each.indicator]),
        ("safeguards", _rows(page, one.safeguards)),
        ("drafting", page.bullets(one.drafting)),
        ("examples", page.labels.join(one.examples)),
        ("assistance", _rows(page, one.assistance)),
        ("entry", entry_lines(page, one.entry)),
        ("text", _text(page, one.entry)),
    )


def _answered(page: PlanPage, one: AnsweredView) -> Iterator[Xml]:
    """A gap that the measure answers, with the elements that it speaks to."""
    write = page.write
    yield write.paragraph(write.strong(one.provision), f" {one.title} ", write.muted(f"({one.kind_title})"), style="Report Cell")
    yield from page.bullets(one.elements)


def _who(page: PlanPage, one: MeasureView) -> list[Xml]:
    """Lead and partners."""
    partners = (". ", page.write.strong(page.labelled(page.word("partners"))), one.partners) if one.partners else ()
    return [page.line(page.word("lead"), one.lead_title, *partners)]


def _order(page: PlanPage, one: MeasureView) -> list[Content]:
    """The place in the order of the plan with its reasons, and the needs that the measure serves."""
    words = page.labels("plan_docx.place_in_order", place=one.place, points=one.points, why=one.why)
    place = page.write.paragraph(page.write.unbroken(words), style="Report Cell")
    return [place, page.line(page.word("serves"), one.need)] if one.need else [place]


def _indicator(page: PlanPage, one: IndicatorView) -> Xml:
    unit = f" ({one.unit})" if one.unit else ""
    about = ((page.word("verification"), one.verification), (page.word("baseline"), one.baseline))
    shown = ". ".join(page.labelled(label) + text for label, text in about if text)
    return page.line(one.label, f"{one.indicator}{unit}. ", page.write.muted(shown))


def _rows(page: PlanPage, rows: tuple[Row, ...]) -> list[Xml]:
    return [page.line(row.label, row.text) for row in rows]


def entry_lines(page: PlanPage, one: EntryView) -> list[Xml]:
    """Status, owner and dates, with places for what is not known yet; then what was noted on progress and money."""
    write = page.write
    status = [one.closed] if one.closed and one.status == "closed" else [one.status_title, one.closed]
    first: list[Content] = [page.labelled(page.word("entry.status")), write.strong(" · ".join(text for text in status if text))]
    for key, text in (("owner", one.owner), ("start", one.start), ("end", one.end)):
        if text or not one.closed:
            first += [" · ", page.labelled(page.word(f"entry.{key}")), text or page.blank(key)]
    noted = (("progress", one.progress), ("cost", one.cost), ("funding", one.funding))
    return [
        write.paragraph(*first, style="Report Cell"),
        *(page.line(page.word(f"entry.{key}"), text) for key, text in noted if text),
    ]


def _text(page: PlanPage, one: EntryView) -> list[Content]:
    """The ministry's own words on the measure, and whether the figures beside them have changed since."""
    warning: list[Content] = [page.write.run(one.stale, ink=palette.ACCENT, bold=True)] if one.stale else []
    return [*warning, *(line for line in one.text.split("\n") if line.strip())]
