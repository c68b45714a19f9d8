"""The gap report as an Excel workbook: one sheet for each view of the same figures, to filter and to work with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from legcheck.excel import Book, Cells
from legcheck.reports.country_report import CountryReport
from legcheck.reports.view import DimensionView, Row
from legcheck.reports.xlsx_sheets import (
    central_of,
    lead_of,
    open_points,
    open_sheet,
    said,
    write_charts,
    write_concordance,
    write_figures,
    write_gaps,
    write_laws,
    write_open_points,
    write_passages,
    write_provisions,
    write_reading,
    write_recommendations,
    write_standards,
)
from legcheck.reports.xlsx_tables import (
    BODY,
    COLUMN,
    NOTICE,
    NUMBER,
    STRONG,
    SUBTITLE,
    TITLE,
    WAY,
    Page,
    add_sheet,
    signed,
)

if TYPE_CHECKING:
    from legcheck.labels import Labels
    from legcheck.reports.prose import Recommendation
    from legcheck.reports.view import ReadingView, ReportView

SHEETS = (
    "overview",
    "charts",
    "provisions",
    "gaps",
    "recommendations",
    "figures",
    "open_points",
    "laws",
    "concordance",
    "standards",
    "method",
)
_READING_SHEETS = ("overview", "reading", "provisions", "open_points", "laws", "concordance", "standards", "method")
_OVERVIEW_WIDTHS = (26, 18, 11, 11, 11, 34, 38)
_METHOD_WIDTHS = (46, 110)
_SCORE_COLUMNS = ("dimension", "score", "low", "central", "high", "answered", "band")
_BRIEF_NOTE = 400  # characters of what those who answered wrote


def render_xlsx(view: ReportView, labels: Labels, recommended: Sequence[Recommendation] = (), stamp: str = "") -> bytes:
    """The workbook, ready to be written to a file; `recommended` are the measures of the draft plan, in order.

    `stamp` says what it was made from.
    """
    book = Book(
        date.fromisoformat(view.date_iso),
        title=view.title,
        subject=view.subtitle,
        description=view.notice_short,
        keywords=stamp or view.country_code,
        status=view.marking,
        language=view.language,
        continued=labels("xlsx.continued"),
    )
    above, report = (view.notice_short, view.subtitle), CountryReport(view, labels, recommended)
    # In a public edition no open points may also mean that none are for publication.
    untold = ("open_points",) if view.public and not open_points(view, labels) else ()
    usual, after_laws = SHEETS if view.reading is None else _READING_SHEETS, ("passages",) if view.cites_passages else ()
    wanted = (one for name in usual for one in (name, *(after_laws if name == "laws" else ())))
    titles = {name: labels(f"xlsx.sheet.{name}") for name in wanted if name not in untold}
    pages = {name: Page(add_sheet(book, title, direction=view.direction, above=above), labels) for name, title in titles.items()}
    provisions = write_provisions(pages["provisions"], view, report)
    measures: dict[str, Cells] = {}
    if view.reading is None:
        write_charts(pages["charts"], view)
        write_gaps(pages["gaps"], view, report, provisions)
        measures = write_recommendations(pages["recommendations"], view, report)
        write_figures(pages["figures"], view)
    else:
        write_reading(pages["reading"], view, view.reading)
    if "open_points" in pages:
        write_open_points(pages["open_points"], view, report, provisions)
    write_laws(pages["laws"], view)
    if "passages" in pages:
        write_passages(pages["passages"], view, provisions)
    write_concordance(pages["concordance"], view)
    write_standards(pages["standards"], view)
    _write_method(pages["method"], view)
    _Overview(pages, report, {**provisions, **measures}).write()
    return book.finish()


class _Overview:
    """The first sheet: what this is, the page for the minister, and what else a reader needs first.

    `links` are the cells of provisions and measures on other sheets.
    """

    def __init__(self, pages: Mapping[str, Page], report: CountryReport, links: Mapping[str, Cells]) -> None:
        self.pages = pages
        self.page = pages["overview"]
        self.report = report
        self.view = report.view
        self.links = links
        self.end = len(_OVERVIEW_WIDTHS)

    def write(self) -> None:
        self.page.sheet.widths(*_OVERVIEW_WIDTHS)
        self.page.line(self.view.title, TITLE)
        self.page.line(self.view.subtitle, SUBTITLE)
        for notice in self.view.notices:
            self.page.line(notice, NOTICE, end=self.end)
        if self.view.notes_in_other:
            self.page.line(self.page.labels("report.other_language"), NOTICE, end=self.end)
        self.contents()
        if self.view.reading is None:
            self.minister_page()
            _scores(self.page, self.view)
            self.contrary("contrary")
        else:
            self.reading(self.view.reading)
        self.rows("facts", self.view.fast_facts)
        self.page.keep_headings(self.end)

    def contents(self) -> None:
        """The other sheets, each with what is on it."""
        _heading(self.page, "sheets")
        for name, page in self.pages.items():
            if name != "overview":
                lead = lead_of(self.page, self.view, name)
                self.page.beside(page.sheet.title, lead, end=self.end, link=page.sheet.cells(1, 1))

    def minister_page(self) -> None:
        """The situation, what stands, what is urgent and whom it harms, and what is asked, in the words of the report."""
        made = self.report.page_for_the_minister
        for key, sentences in (("situation", made.situation), ("stands", made.stands)):
            if sentences:
                self.heading(key)
                self.page.line(" ".join(one.text for one in sentences), end=self.end)
        if made.urgent:
            self.heading("urgent")
            for finding in made.urgent:
                self.linked(finding.provision, said(self.report.finding(finding, _BRIEF_NOTE)))
        if made.asked:
            self.heading("asked")
            for one in made.asked:
                self.linked(one.measure or one.provisions[0], said(self.report.recommendation(one)))

    def heading(self, key: str) -> None:
        self.page.heading(self.report.word(f"brief.{key}"))

    def linked(self, code: str, text: str) -> None:
        """A text beside the code of a provision or measure that leads to it. Links are short: not every program wraps them."""
        self.page.beside(code, text, end=self.end, link=self.links.get(code, ""))

    def reading(self, reading: ReadingView) -> None:
        """What named texts contain, in words, and where to look next."""
        _heading(self.page, "summary")
        for sentence in reading.summary:
            self.page.line(sentence, end=self.end)
        self.rows("contents", [Row(f"{one.id} {one.title}", "\n".join(one.sentences)) for one in reading.chapters])
        self.contrary("look_at")
        further = [
            Row(f"{one.id} {one.title}", self.page.labels.join(f"{p.id} {p.title}" for p in one.further))
            for one in reading.further
        ]
        self.rows("further", further, lead=" ".join(reading.further_lead))

    def contrary(self, name: str) -> None:
        """The rules that say the opposite, each with its legal basis and what was noted."""
        if self.view.contrary:
            _heading(self.page, name)
        for one in self.view.contrary:
            rating = one.ratings[0]
            self.page.put(2, signed(rating.tone, rating.title), NOTICE)
            self.page.put(1, one.id, WAY, self.links.get(one.id, ""))
            about = (one.title, one.legal_basis, one.note)
            self.page.line("\n".join(part for part in about if part), start=3, end=self.end)

    def rows(self, name: str, rows: Sequence[Row], lead: str = "") -> None:
        if rows:
            _rows(self.page, self.view, name, rows, self.end, lead)


def _write_method(page: Page, view: ReportView) -> None:
    """How the figures are made, and how to check them."""
    end = len(_METHOD_WIDTHS)
    page.sheet.widths(*_METHOD_WIDTHS)
    open_sheet(page, view, "method")
    for sentence in view.method:
        page.line(sentence, end=end)
    for rule in view.rules:
        page.heading(rule.title)
        for row in rule.rows:
            page.beside(row.label, row.text, end=end)
    _rows(page, view, "issues", view.issues, end)
    _rows(page, view, "slip", view.slip, end)
    page.keep_headings(end)


def _heading(page: Page, name: str) -> None:
    page.heading(page.labels(f"xlsx.heading.{name}"))


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
