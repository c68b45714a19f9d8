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

_KEPT = 2  # rows that stay with the heading


def measure_block(page: PlanPage, one: MeasureView) -> Iterator[Xml]:
    """A measure with its heading."""
    yield page.write.heading(3, f"{one.id} {one.title}", measure_anchor(one.id))
    yield page.write.table(one.id, FIELDS, page.fields(_fields(page, one), kept=_KEPT))


def _fields(page: PlanPage, one: MeasureView) -> tuple[tuple[str, Cell], ...]:
    return (
        ("do", one.do),
        ("answers", [paragraph for answered in one.answers for paragraph in _answered(page, answered)]),
        ("who", _who(page, one)),
        ("when", _when(page, one)),
        ("requires", [page.measure(row.label, row.text) for row in one.requires]),
        ("in_place", [page.measure(row.label, row.text) for row in one.in_place]),
        ("indicators", [paragraph for each in one.indicators if each.indicator for paragraph in _indicator(page, each)]),
        ("safeguards", _rows(page, one.safeguards)),
        ("drafting", page.bullets(one.drafting)),
        ("examples", page.bullets(one.examples)),
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
    shown = [page.line(page.word("lead"), one.lead_title)]
    return [*shown, page.line(page.word("partners"), one.partners)] if one.partners else shown


def _when(page: PlanPage, one: MeasureView) -> list[Content]:
    """Phase, kind and effort on one line; the needs served and the place in the order below."""
    effort = page.labels("plan_docx.effort", effort=one.effort, title=one.effort_title)
    place = page.labels("plan_docx.place_in_order", place=one.place, why=one.why, points=one.points)
    first = page.write.paragraph(page.write.strong(one.phase_title), f" · {one.kind_title} · {effort}", style="Report Cell")
    return [first, *([one.need] if one.need else []), page.write.muted(place)]


def _indicator(page: PlanPage, one: IndicatorView) -> Iterator[Xml]:
    unit = f" ({one.unit})" if one.unit else ""
    yield page.line(one.label, f"{one.indicator}{unit}")
    about = ((page.word("verification"), one.verification), (page.word("baseline"), one.baseline))
    shown = ". ".join(page.labelled(label) + text for label, text in about if text)
    if shown:
        yield page.write.paragraph(page.write.muted(shown), style="Report Cell")


def _rows(page: PlanPage, rows: tuple[Row, ...]) -> list[Xml]:
    return [page.line(row.label, row.text) for row in rows]


def entry_lines(page: PlanPage, one: EntryView) -> list[Xml]:
    """Status, owner and dates, with places for those that are not known yet; then what was noted on progress and money."""
    write = page.write
    first: list[Content] = [write.strong(one.status_title), *([f" · {one.closed}"] if one.closed else [])]
    for key, text in (("owner", one.owner), ("start", one.start), ("end", one.end)):
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
