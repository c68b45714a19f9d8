"""The comparison as an Excel workbook: figures side by side as numbers, each with its range and answered share."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from openpyxl import Workbook

from legcheck.reports.comparison.xlsx_assessments import assessments_sheet
from legcheck.reports.comparison.xlsx_lists import elements_sheet, groups_sheet, provisions_sheet, robustness_sheet
from legcheck.reports.comparison.xlsx_notes import notes_sheet
from legcheck.reports.comparison.xlsx_rounds import changes_sheet, rounds_sheet
from legcheck.reports.comparison.xlsx_totals import totals_sheet
from legcheck.reports.xlsx_book import add_sheet, moment, properties, sealed
from legcheck.reports.xlsx_cells import Looks, Sheet

if TYPE_CHECKING:
    from legcheck.labels import Labels
    from legcheck.reports.comparison.view import ComparisonView, Table

KINDS = ("chapters", "themes", "instruments")


def render_xlsx(view: ComparisonView, labels: Labels) -> bytes:
    """The workbook, ready to be written to a file."""
    # Looking for garbage among a million cells that all stay takes a third of the time.
    collects = gc.isenabled()
    gc.disable()
    try:
        return _rendered(view, labels)
    finally:
        if collects:
            gc.enable()


def _rendered(view: ComparisonView, labels: Labels) -> bytes:
    book = _Book(view, labels)
    notes_sheet(book.page(book.named("notes")), view)
    charts = [totals_sheet(*book.sheet("totals"))]
    for kind in KINDS:
        for table in (one for one in view.tables if one.kind == kind):
            name = book.matrix_name(table)
            assessments_sheet(book.page(name), view, table, name)
    if view.trends:
        charts.append(rounds_sheet(*book.sheet("rounds")))
        changes_sheet(*book.sheet("changes"))
    if view.groups:
        groups_sheet(*book.sheet("groups"))
    provisions_sheet(*book.sheet("provisions"))
    if any(one.elements for table in view.provisions for chapter in table.chapters for one in chapter.provisions):
        elements_sheet(*book.sheet("elements"))
    if view.robustness:
        robustness_sheet(*book.sheet("robustness"))
    at = moment(max(row.law_day for row in view.rows))
    book.book.properties = properties(
        at, title=view.title, subject=view.subtitle, description=view.notice, language=view.language, keywords=""
    )
    return sealed(book.book, [one for one in charts if one], at)


class _Book:
    """The workbook while its sheets are added."""

    def __init__(self, view: ComparisonView, labels: Labels) -> None:
        self.book = Workbook()
        self.looks = Looks(self.book)
        self.view = view
        self.labels = labels
        self.book.remove(self.book.worksheets[0])

    def named(self, key: str) -> str:
        return self.labels(f"comparison_sheets.sheet.{key}")

    def matrix_name(self, table: Table) -> str:
        if table.kind == "chapters":
            return table.dimension_title
        return self.labels(f"comparison_sheets.sheet.{table.kind}", dimension=table.dimension_title)

    def page(self, title: str) -> Sheet:
        """A sheet at the end."""
        above = (self.labels("comparison_sheets.printed"), self.view.title)
        return Sheet(add_sheet(self.book, title, direction=self.view.direction, above=above), self.looks, self.labels)

    def sheet(self, key: str) -> tuple[Sheet, ComparisonView, str]:
        """What a sheet is filled from."""
        title = self.named(key)
        return self.page(title), self.view, title
