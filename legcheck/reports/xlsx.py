"""The gap report as an Excel workbook: one sheet for each view of the same figures, to filter and to work with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from legcheck.excel import Book
from legcheck.reports.view import DimensionView, Row
from legcheck.reports.xlsx_sheets import (
    central_of,
    open_sheet,
    write_chapters,
    write_concordance,
    write_gaps,
    write_instruments,
    write_laws,
    write_provisions,
    write_reading,
    write_themes,
)
from legcheck.reports.xlsx_tables import (
    BODY,
    COLUMN,
    HEADING,
    LABEL,
    NOTICE,
    NUMBER,
    STRONG,
    SUBTITLE,
    TITLE,
    Page,
    add_sheet,
    signed,
)

if TYPE_CHECKING:
    from legcheck.labels import Labels
    from legcheck.reports.view import ReadingView, ReportView

SHEETS = ("overview", "provisions", "gaps", "chapters", "themes", "instruments", "laws", "concordance", "method")
_READING_SHEETS = ("overview", "reading", "provisions", "laws", "concordance", "method")
_OVERVIEW_WIDTHS = (34, 20, 12, 12, 12, 36, 40)
_METHOD_WIDTHS = (46, 110)
_SCORE_COLUMNS = ("dimension", "score", "low", "central", "high", "answered", "band")


def render_xlsx(view: ReportView, labels: Labels) -> bytes:
    """The workbook, ready to be written to a file."""
    book = Book(
        date.fromisoformat(view.date_iso),
        title=view.title,
        subject=view.subtitle,
        description=view.notice_short,
        keywords=view.country_code,
        language=view.language,
        continued=labels("xlsx.continued"),
    )
    above = (view.notice_short, view.subtitle)
    titles = {name: labels(f"xlsx.sheet.{name}") for name in (SHEETS if view.reading is None else _READING_SHEETS)}
    pages = {name: Page(add_sheet(book, title, direction=view.direction, above=above), labels) for name, title in titles.items()}
    _write_overview(pages["overview"], view)
    provisions = write_provisions(pages["provisions"], view)
    if view.reading is None:
        write_gaps(pages["gaps"], view, provisions)
        write_chapters(pages["chapters"], view)
        write_themes(pages["themes"], view)
        write_instruments(pages["instruments"], view)
    else:
        write_reading(pages["reading"], view, view.reading)
    write_laws(pages["laws"], view)
    write_concordance(pages["concordance"], view)
    _write_method(pages["method"], view)
    return book.finish()


def _write_overview(page: Page, view: ReportView) -> None:
    """What a reader needs first."""
    end = len(_OVERVIEW_WIDTHS)
    page.sheet.widths(*_OVERVIEW_WIDTHS)
    page.line(view.title, TITLE)
    page.line(view.subtitle, SUBTITLE)
    for notice in view.notices:
        page.line(notice, NOTICE, end=end)
    _rows(page, view, "facts", view.fast_facts, end)
    _heading(page, "summary")
    for sentence in view.summary:
        page.line(sentence, end=end)
    if view.reading is None:
        _judgement(page, view, end)
    else:
        _contents(page, view, view.reading, end)
    _rows(page, view, "assistance", view.assistance, end)
    _rows(page, view, "to_confirm", view.to_confirm, end)
    _rows(page, view, "not_applicable", view.not_applicable, end)
    _rows(page, view, "unanswered", view.unanswered, end)


def _judgement(page: Page, view: ReportView, end: int) -> None:
    """The scores, and what follows from them."""
    _scores(page, view)
    _contrary(page, view, end, "contrary")
    top = [Row(f"{gap.provision} {gap.title}", page.labels("xlsx.pair", name=gap.kind_title, text=gap.why)) for gap in view.top]
    _rows(page, view, "top", top, end)
    _rows(page, view, "recommendations", view.recommendations, end)


def _contents(page: Page, view: ReportView, reading: ReadingView, end: int) -> None:
    """What named texts contain, in words, and where to look next."""
    contents = [Row(f"{one.id} {one.title}", "\n".join(one.sentences)) for one in reading.chapters]
    _rows(page, view, "contents", contents, end)
    _contrary(page, view, end, "look_at")
    further = [
        Row(f"{one.id} {one.title}", page.labels.join(f"{p.id} {p.title}" for p in one.not_found)) for one in reading.further
    ]
    _rows(page, view, "further", further, end, lead=" ".join(reading.further_lead))


def _write_method(page: Page, view: ReportView) -> None:
    """How the figures are made, and how to check them."""
    end = len(_METHOD_WIDTHS)
    page.sheet.widths(*_METHOD_WIDTHS)
    open_sheet(page, view, "method")
    for sentence in view.method:
        page.line(sentence, end=end)
    _rows(page, view, "scale", view.scale, end)
    if view.reading is None:
        _rows(page, view, "bands", view.bands, end)
        _rows(page, view, "priority_rule", view.priority_rule, end)
    _rows(page, view, "standards", [Row(one.shown, one.subject) for one in view.standards], end)
    page.line(page.labels("report.unverified"), end=end)
    _rows(page, view, "issues", view.issues, end)
    _rows(page, view, "slip", view.slip, end)


def _heading(page: Page, name: str) -> None:
    page.skip()
    page.line(page.labels(f"xlsx.heading.{name}"), HEADING)


def _rows(page: Page, view: ReportView, name: str, rows: Iterable[Row], end: int, lead: str = "") -> None:
    """A heading, and below it a sentence to begin with, and labels with the texts beside them."""
    shown = list(rows)
    if view.public and not shown:  # nothing there, or nothing for publication
        return
    _heading(page, name)
    if lead:
        page.line(lead, end=end)
    for row in shown:
        page.beside(row.label, row.text, end=end)
    if not shown:
        page.line(view.none)


def _scores(page: Page, view: ReportView) -> None:
    _heading(page, "scores")
    banded = any(one.total.band or one.total.capped_by for one in view.dimensions)
    for place, key in enumerate(_SCORE_COLUMNS if banded else _SCORE_COLUMNS[:-1], start=1):
        page.put(place, page.labels(f"xlsx.column.{key}"), COLUMN)
    page.row += 1
    for dimension in view.dimensions:
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
            page.fit(band, page.sheet.width(7))
        page.row += 1


def _contrary(page: Page, view: ReportView, end: int, name: str) -> None:
    _heading(page, name)
    for one in view.contrary:
        named, rating = f"{one.id} {one.title}", one.ratings[0]
        page.put(1, named, LABEL)
        page.fit(named, page.sheet.width(1), LABEL)
        page.put(2, signed(rating.tone, rating.title), NOTICE)
        page.line("\n".join(part for part in (one.legal_basis, one.note) if part), start=3, end=end)
    if not view.contrary:
        page.line(view.none)
