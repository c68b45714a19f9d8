"""The first and the last sheet of the Excel report: the overview, and the method."""

from __future__ import annotations

from collections.abc import Iterable

from openpyxl.utils import get_column_letter

from legcheck.reports.view import DimensionView, Row
from legcheck.reports.xlsx_cells import (
    BODY,
    COLUMN,
    HEADING,
    LABEL,
    NOTICE,
    NUMBER,
    STRONG,
    SUBTITLE,
    TEXT,
    TITLE,
    Page,
    signed,
)
from legcheck.reports.xlsx_figures import central_of
from legcheck.reports.xlsx_tables import opening

OVERVIEW_WIDTHS = (34, 20, 12, 12, 12, 36, 40)
METHOD_WIDTHS = (46, 110)
_SCORE_COLUMNS = ("dimension", "score", "low", "central", "high", "answered", "band")


def overview_sheet(page: Page) -> None:
    """What a reader needs first."""
    view = page.view
    page.widths(OVERVIEW_WIDTHS)
    end = len(OVERVIEW_WIDTHS)
    page.line(view.title, TITLE)
    page.line(view.subtitle, SUBTITLE)
    for notice in view.notices:
        page.line(notice, NOTICE, end=end)
    _rows(page, "facts", view.fast_facts, end)
    _heading(page, "summary")
    for sentence in view.summary:
        page.line(sentence, end=end)
    _scores(page)
    _contrary(page, end)
    _rows(
        page,
        "top",
        [Row(f"{gap.provision} {gap.title}", page.labels("xlsx.pair", name=gap.kind_title, text=gap.why)) for gap in view.top],
        end,
    )
    _rows(page, "recommendations", view.recommendations, end)
    _rows(page, "assistance", view.assistance, end)
    _rows(page, "doubts", view.doubts, end)
    _rows(page, "not_applicable", view.not_applicable, end)
    _rows(page, "unanswered", view.unanswered, end)


def method_sheet(page: Page) -> None:
    """How the figures are made, and how to check them."""
    view, end = page.view, len(METHOD_WIDTHS)
    page.widths(METHOD_WIDTHS)
    opening(page, "method")
    for sentence in view.method:
        page.line(sentence, end=end)
    _rows(page, "scale", view.scale, end)
    _rows(page, "bands", view.bands, end)
    _rows(page, "priority_rule", view.priority_rule, end)
    _rows(page, "standards", [Row(one.shown, one.subject) for one in view.standards], end)
    page.line(page.labels("report.unverified"), end=end)
    _rows(page, "issues", view.issues, end)
    _rows(page, "slip", view.slip, end)


def _width(page: Page, column: int) -> float:
    return page.sheet.column_dimensions[get_column_letter(column)].width


def _heading(page: Page, name: str) -> None:
    page.skip()
    page.line(page.labels(f"xlsx.heading.{name}"), HEADING)


def _rows(page: Page, name: str, rows: Iterable[Row], end: int) -> None:
    """A heading, and below it labels with what stands beside them."""
    _heading(page, name)
    empty = True
    for row in rows:
        empty = False
        page.put(1, row.label, LABEL)
        page.fit(row.label, _width(page, 1), LABEL)
        page.line(row.text, start=2, end=end)
    if empty:
        page.line(page.view.none)


def _scores(page: Page) -> None:
    _heading(page, "scores")
    banded = any(one.total.band or one.total.capped_by for one in page.view.dimensions)
    for place, key in enumerate(_SCORE_COLUMNS if banded else _SCORE_COLUMNS[:-1], start=1):
        page.put(place, page.labels(f"xlsx.column.{key}"), COLUMN)
    page.row += 1
    for dimension in page.view.dimensions:
        _score(page, dimension, banded=banded)


def _score(page: Page, dimension: DimensionView, *, banded: bool) -> None:
    later = dimension.if_adopted
    named = [(dimension.title, dimension.total)]
    if later is not None:
        named.append((page.labels("xlsx.pair", name=dimension.title, text=page.labels("xlsx.column.if_adopted")), later))
    for title, figure in named:
        page.put(1, title, STRONG)
        page.put(2, figure.display, STRONG)
        for column, number in enumerate((figure.low, central_of(figure), figure.high), start=3):
            page.put(column, number, NUMBER)
        page.put(6, figure.answered, BODY)
        if banded:
            band = "\n".join(part for part in (figure.band, figure.capped_by) if part)
            page.put(7, band, BODY)
            page.fit(band, _width(page, 7))
        page.row += 1


def _contrary(page: Page, end: int) -> None:
    _heading(page, "contrary")
    for one in page.view.contrary:
        page.put(1, f"{one.id} {one.title}", LABEL)
        page.fit(f"{one.id} {one.title}", _width(page, 1), LABEL)
        rating = one.ratings[0]
        page.put(2, signed(rating.tone, rating.title), NOTICE)
        page.line("\n".join(part for part in (one.legal_basis, one.note) if part), TEXT, start=3, end=end)
    if not page.view.contrary:
        page.line(page.view.none)
