"""The gap report as an Excel workbook: one sheet for each view of the same figures, to filter and to work with."""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.writer.excel import ExcelWriter

from legcheck.reports import palette
from legcheck.reports.docx_zip import unzipped, zipped
from legcheck.reports.xlsx_cells import Looks, Page
from legcheck.reports.xlsx_figures import chapters_sheet, instruments_sheet, themes_sheet
from legcheck.reports.xlsx_prose import method_sheet, overview_sheet
from legcheck.reports.xlsx_sheets import concordance_sheet, gaps_sheet, laws_sheet, provisions_sheet

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from legcheck.labels import Labels
    from legcheck.reports.view import ReportView

SHEETS = ("overview", "provisions", "gaps", "chapters", "themes", "instruments", "laws", "concordance", "method")
_LANDSCAPE_A4 = "9"
_APPLICATION = re.compile(rb"<Application>.*?</Application>|<AppVersion>.*?</AppVersion>")
_CHART_NAME = re.compile(rb'(<(?:xdr:)?cNvPr id="\d+") name="Chart (\d+)"')
_DRAWING = "xl/drawings/drawing"


def render_xlsx(view: ReportView, labels: Labels) -> bytes:
    """The workbook, ready to be written to a file."""
    book = Workbook()
    looks = Looks(book)
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
    at = _moment(view)
    book.properties = _properties(view, at)
    return _sealed(book, charts, at)


def _page(book: Workbook, looks: Looks, view: ReportView, labels: Labels, name: str) -> Page:
    title = labels(f"xlsx.sheet.{name}")
    sheet: Worksheet = book.worksheets[0] if name == SHEETS[0] else book.create_sheet()
    sheet.title = title
    sheet.sheet_properties.tabColor = palette.TITLE.removeprefix("#")
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.sheet_view.showGridLines = False
    sheet.sheet_view.rightToLeft = view.direction == "rtl"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _LANDSCAPE_A4
    sheet.page_setup.fitToHeight = False
    _margin(sheet.oddHeader, _printed(view.notice_short), _printed(view.subtitle))
    _margin(sheet.oddFooter, _printed(title), "&P / &N")
    return Page(sheet, looks, view, labels)


def _margin(item: Any, left: str, right: str) -> None:
    """What stands above or below every printed page."""
    item.left.text, item.right.text = left, right


def _printed(text: str) -> str:
    """A text for the head of a printed page, where ``&`` would begin a command and 255 characters are the limit of all parts."""
    return text[:80].replace("&", "&&")


def _moment(view: ReportView) -> datetime:
    """The time written into the file: ``SOURCE_DATE_EPOCH`` where it is set, else the day the law was read as of."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=min(int(epoch), 2**32))
    return datetime.fromisoformat(view.date_iso).replace(tzinfo=UTC)


def _properties(view: ReportView, at: datetime) -> DocumentProperties:
    """What the file says of itself."""
    return DocumentProperties(
        creator="legcheck",
        lastModifiedBy="legcheck",
        title=view.title,
        subject=view.subtitle,
        description=view.notice_short,
        keywords=view.country_code,
        language=view.language,
        created=at.replace(tzinfo=None),
        modified=at.replace(tzinfo=None),
    )


def _sealed(book: Workbook, charts: Sequence[str], at: datetime) -> bytes:
    """The file: every time in it fixed, nothing said of the library that wrote it, and each chart described in words."""
    stream = io.BytesIO()
    ExcelWriter(book, zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED)).save()
    parts = unzipped(stream.getvalue())
    parts["docProps/app.xml"] = _APPLICATION.sub(b"", parts["docProps/app.xml"])
    for name in parts:
        if name.startswith(_DRAWING) and name.endswith(".xml"):
            parts[name] = _described(parts[name], charts)
    return zipped(parts, (at.year, at.month, at.day))


def _described(drawing: bytes, charts: Sequence[str]) -> bytes:
    def named(match: re.Match[bytes]) -> bytes:
        text = charts[int(match[2]) - 1]
        return match[1] + b' name="Chart ' + match[2] + b'" descr=' + quoteattr(text).encode("ascii", "xmlcharrefreplace")

    return _CHART_NAME.sub(named, drawing)
