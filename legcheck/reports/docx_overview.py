"""The blocks of the Word report's overview: at most four pages, whatever the file holds (see `docx_parts.Budget`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from legcheck.reports.docx_parts import Xml, shortened

if TYPE_CHECKING:
    from legcheck.reports.docx_parts import Cell, Page
    from legcheck.reports.view import DimensionView, Figure, ProvisionView, Row

_FACTS = {"label": 4.4, "text": 12.6}
_SCORES = {"dimension": 3.8, "score": 2.4, "range": 3.2, "answered": 2.5, "band": 2.7, "elements": 2.4}
_CONTRARY = {"provision": 4.4, "law": 4.4, "note": 8.2}
_TOP = {"provision": 5.4, "reasons": 9.2, "priority": 2.4}


def notices(page: Page) -> Iterator[Xml]:
    for notice in page.view.notices:
        yield page.write.paragraph(notice, style="Report Notice")


def fast_facts(page: Page) -> Iterator[Xml]:
    yield page.section("fast_facts")
    rows = [
        (page.write.paragraph(fact.label, style="Report Label"), shortened(fact.text, page.budget.sentence))
        for fact in page.view.fast_facts
    ]
    yield page.grid(page.title("fast_facts"), _FACTS, rows, head=False)


def summary(page: Page) -> Iterator[Xml]:
    yield page.section("summary")
    for sentence in page.view.summary:
        yield page.write.paragraph(shortened(sentence, page.budget.sentence))


def scores(page: Page) -> Iterator[Xml]:
    """The totals: each with its range and answered share, and the core provisions that hold its band down."""
    rows = [row for dimension in page.view.dimensions for row in _score_rows(page, dimension)]
    rows += [(page.write.strong(title), page.labels("report.not_assessed"), "", "", "", "") for title in page.view.not_assessed]
    yield from page.block("scores", _SCORES, rows)
    for dimension in page.view.dimensions:
        if held := dimension.total.capped_by:
            yield page.write.paragraph(page.labelled(dimension.title) + shortened(held, page.budget.sentence), style="caption")


def _score_rows(page: Page, dimension: DimensionView) -> Iterator[Sequence[Cell]]:
    about = page.write.paragraph(page.write.muted(dimension.question), style="Report Cell")
    yield _score_row(page, [page.write.strong(dimension.title), about], dimension.total)
    if dimension.if_adopted is not None:
        later = page.labels("docx.if_adopted", dimension=dimension.title)
        yield _score_row(page, later, dimension.if_adopted, "if_adopted.")


def _score_row(page: Page, title: Cell, figure: Figure, name: str = "") -> Sequence[Cell]:
    shown = page.write.anchored(f"figure.{name}{figure.id}", page.write.run(figure.display))
    style = "Report Figure" if figure.enough else "Report Cell"
    return title, page.write.paragraph(shown, style=style), figure.range, figure.answered, figure.band, figure.elements


def chart_chapters(page: Page) -> Iterator[Xml]:
    """The chart by chapter, with its figures in the alternative text."""
    yield page.section("chart_chapters")
    if page.chart is None:
        yield page.none()
        return
    drawn = page.write.picture(page.chart.relation, page.chart.size_cm, page.labels("charts.chapters.title"), page.chart.text)
    yield page.write.paragraph(drawn, style="Report Picture")
    yield page.write.paragraph(page.labels("docx.chart_note"), style="caption")


def red_flags(page: Page) -> Iterator[Xml]:
    """Law that says the opposite: named one by one, never averaged away."""
    shown = page.view.contrary[: page.budget.rows]
    rows = [(page.provision(one.id), page.legal_basis(one), shortened(one.note, page.budget.text)) for one in shown]
    heading, table = page.block("red_flags", _CONTRARY, rows)
    yield heading
    if rows:
        yield page.intro("red_flags")
    yield table
    yield from _cut(page, page.view.contrary)


def top_shortfalls(page: Page) -> Iterator[Xml]:
    """The gaps of highest priority with their reasons, kept on one page."""
    last = len(page.view.top)
    rows: list[Sequence[Cell]] = [
        (
            [page.provision(gap.provision, keep=number < last), page.write.muted(gap.kind_title)],
            page.labels.join(gap.reasons),
            [page.priority(gap), page.points(gap)],
        )
        for number, gap in enumerate(page.view.top, start=1)
    ]
    yield from page.block("top_shortfalls", _TOP, rows, whole=True)


def recommendations(page: Page) -> Iterator[Xml]:
    yield from _pairs(page, "recommendations", page.view.recommendations, page.budget.recommendation)


def assistance(page: Page) -> Iterator[Xml]:
    yield from _pairs(page, "assistance", page.view.assistance[: page.budget.rows], page.budget.text)
    yield from _cut(page, page.view.assistance)


def _pairs(page: Page, key: str, rows: Sequence[Row], longest: int) -> Iterator[Xml]:
    shown = [(page.named(row), shortened(row.text, longest)) for row in rows]
    return page.block(key, {"provision": 5.0, key: 12.0}, shown)


def _cut(page: Page, rows: Sequence[Row | ProvisionView]) -> Iterator[Xml]:
    if rows[page.budget.rows :]:
        yield page.write.paragraph(page.word("more"), style="caption")
