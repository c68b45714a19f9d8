"""Excel reports as files: sheets set up for screen and paper, and bytes that depend on what they hold alone."""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

from openpyxl.packaging.core import DocumentProperties
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.writer.excel import ExcelWriter

from legcheck.reports import palette
from legcheck.reports.docx_zip import unzipped, zipped
from legcheck.reports.xlsx_cells import in_xml

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_LANDSCAPE_A4 = "9"
_APPLICATION = re.compile(rb"<Application>.*?</Application>|<AppVersion>.*?</AppVersion>")
_CHART_NAME = re.compile(rb'(<(?:xdr:)?cNvPr id="\d+") name="Chart (\d+)"')
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31
_RESERVED = "history"
_DRAWING = re.compile(r"xl/drawings/drawing(\d+)\.xml")


def add_sheet(book: Workbook, title: str, *, direction: str, above: tuple[str, str]) -> Worksheet:
    """A sheet at the end of a book, with `above` at the head of every printed page."""
    sheet: Worksheet = book.create_sheet()
    sheet.title = _free(title, book.sheetnames)
    sheet.sheet_properties.tabColor = palette.TITLE.removeprefix("#")
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.sheet_view.showGridLines = False
    sheet.sheet_view.rightToLeft = direction == "rtl"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _LANDSCAPE_A4
    sheet.page_setup.fitToHeight = False
    _margin(sheet.oddHeader, *map(_printed, above))
    _margin(sheet.oddFooter, _printed(title), "&P / &N")
    return sheet


def moment(day: date) -> datetime:
    """The time written into the file: ``SOURCE_DATE_EPOCH`` where it is set, else the day the law was read as of."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=min(int(epoch), 2**32))
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def properties(at: datetime, **said: str) -> DocumentProperties:
    """What the file says of itself."""
    clean = {key: in_xml(text) for key, text in said.items()}
    then = at.replace(tzinfo=None)
    return DocumentProperties(creator="legcheck", lastModifiedBy="legcheck", created=then, modified=then, **clean)


def sealed(book: Workbook, charts: Sequence[Sequence[str]], at: datetime) -> bytes:
    """The file: every time in it fixed, nothing said of the library that wrote it, and each chart described in words.

    `charts` holds the descriptions of each sheet that has charts, in the order of the sheets.
    """
    stream = io.BytesIO()
    ExcelWriter(book, zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED)).save()
    parts = unzipped(stream.getvalue())
    parts["docProps/app.xml"] = _APPLICATION.sub(b"", parts["docProps/app.xml"])
    for name, number in _drawings(parts).items():
        parts[name] = _described(parts[name], charts[number - 1])
    return zipped(parts, (at.year, at.month, at.day))


def _free(title: str, taken: Sequence[str]) -> str:
    """A name that Excel takes for a sheet: without its signs, short, and not used yet whatever the case."""
    plain = " ".join(_NOT_IN_NAMES.sub(" ", in_xml(title)).split()).strip("'")[:_LONGEST_NAME] or "-"
    used = {_RESERVED, *(name.casefold() for name in taken)}
    names = (plain, *(f"{plain[: _LONGEST_NAME - 4]} {number}" for number in range(2, 1000)))
    return next(name for name in names if name.casefold() not in used)


def _margin(item: Any, left: str, right: str) -> None:
    """What stands above or below every printed page."""
    item.left.text, item.right.text = left, right


def _printed(text: str) -> str:
    """A text for the head of a printed page, where ``&`` would begin a command and 255 characters are the limit of all parts."""
    return in_xml(text)[:80].replace("&", "&&")


def _drawings(parts: Mapping[str, bytes]) -> dict[str, int]:
    found = ((name, _DRAWING.fullmatch(name)) for name in parts)
    return {name: int(match[1]) for name, match in found if match}


def _described(drawing: bytes, charts: Sequence[str]) -> bytes:
    def named(match: re.Match[bytes]) -> bytes:
        text = in_xml(charts[int(match[2]) - 1])
        return match[1] + b' name="Chart ' + match[2] + b'" descr=' + quoteattr(text).encode("ascii", "xmlcharrefreplace")

    return _CHART_NAME.sub(named, drawing)
