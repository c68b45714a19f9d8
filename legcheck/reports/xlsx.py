"""The gap report as an Excel workbook: one sheet for each view of the same figures, to filter and to work with."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from openpyxl import Workbook

from legcheck.reports.xlsx_book import add_sheet, moment, properties, sealed
from legcheck.reports.xlsx_cells import Looks, Page
from legcheck.reports.xlsx_figures import chapters_sheet, instruments_sheet, themes_sheet
from legcheck.reports.xlsx_prose import method_sheet, overview_sheet
from legcheck.reports.xlsx_sheets import concordance_sheet, gaps_sheet, laws_sheet, provisions_sheet

if TYPE_CHECKING:
    from legcheck.labels import Labels
    from legcheck.reports.view import ReportView

SHEETS = ("overview", "provisions", "gaps", "chapters", "themes", "instruments", "laws", "concordance", "method")


def render_xlsx(view: ReportView, labels: Labels) -> bytes:
    """The workbook, ready to be written to a file."""
    book = Workbook()
    looks = Looks(book)
    book.remove(book.worksheets[0])
    pages = {name: _page(book, looks, view, labels, name) for name in SHEETS}
    overview_sheet(pages["overview"])
    rows = provisions_sheet(pages["provisions"])
    gaps_sheet(pages["gaps"], rows)
    charts = chapters_sheet(pages["chapters"])
    themes_sheet(pages["themes"])
    instruments_sheet(pages["instruments"])
    laws_sheet(pages["laws"])
    concordance_sheet(pages["concordance"])
    method_sheet(pages["method"])
    at = moment(date.fromisoformat(view.date_iso))
    book.properties = properties(
        at,
        title=view.title,
        subject=view.subtitle,
        description=view.notice_short,
        keywords=view.country_code,
        language=view.language,
    )
    return sealed(book, [charts], at)


def _page(book: Workbook, looks: Looks, view: ReportView, labels: Labels, name: str) -> Page:
    above = (view.notice_short, view.subtitle)
    return Page(
        add_sheet(book, labels(f"xlsx.sheet.{name}"), direction=view.direction, above=above),
        looks,
        view,
        labels,
    )
