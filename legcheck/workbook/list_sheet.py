"""A list of ours in a workbook that others made: titles, headings, and rows that lead to cells."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lxml import etree

from legcheck.excel import Look, height, quoted
from legcheck.excel.cells import letter
from legcheck.excel.package import ExcelFile, text_cell
from legcheck.workbook import looks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from legcheck.excel.package import Element
    from legcheck.issues import Location
    from legcheck.workbook.reading.spreadsheet import Spreadsheet

_LINK = replace(looks.BOXED, colour="#1F5F99", underline=True)


@dataclass
class ListSheet:
    """A list as a worksheet; its first column, hidden, holds the sign that tells it from the sheets of others.

    `widths` are those of the other columns; the texts of the one at `linked` lead to cells.
    """

    file: ExcelFile
    sign: str
    widths: Sequence[float]
    linked: int

    def __post_init__(self) -> None:
        self.rows = self.file.new("sheetData")
        self.links = self.file.new("hyperlinks")
        self.styles: dict[Look, int] = {}

    def row(
        self, number: int, tall: float, texts: list[str], look: Look, fills: Mapping[int, str] | None = None,
        link: Location | None = None,
    ) -> None:  # fmt: skip
        """Write texts from the second column on, as high as they need; the linked one leads to a cell."""
        tall = tall or looks.row_height(max(height(text, width, look) for text, width in zip(texts, self.widths, strict=True)))
        row = etree.SubElement(self.rows, self.file.name("row"), r=str(number), ht=f"{tall:g}", customHeight="1")
        row.append(text_cell(self.file, f"A{number}", self.sign if number == 1 else "", 0))
        for place, text in enumerate(texts):
            address = f"{letter(place + 2)}{number}"
            dressed = replace(look, fill=(fills or {}).get(place, look.fill))
            if place == self.linked and link is not None and link.sheet in self.file.sheets():
                dressed = _LINK
                location = f"{quoted(link.sheet)}!{link.cell or 'A1'}"
                etree.SubElement(self.links, self.file.name("hyperlink"), ref=address, location=location)
            row.append(text_cell(self.file, address, text, self._style(dressed)))

    def _style(self, look: Look) -> int:
        if look not in self.styles:
            self.styles[look] = self.file.style(look)
        return self.styles[look]

    def finish(self, head: int, page: str, *, opened: bool = True) -> Element:
        """The whole sheet; `page` numbers its pages in print, and it is `opened` with the file unless another sheet is."""
        name = self.file.name
        sheet = self.file.new("worksheet")
        etree.SubElement(etree.SubElement(sheet, name("sheetPr")), name("pageSetUpPr"), fitToPage="1")
        views = etree.SubElement(sheet, name("sheetViews"))
        view = etree.SubElement(views, name("sheetView"), showGridLines="0", tabSelected=str(int(opened)), workbookViewId="0")
        etree.SubElement(
            view, name("pane"), ySplit=str(head), topLeftCell=f"A{head + 1}", activePane="bottomLeft", state="frozen"
        )
        columns = etree.SubElement(sheet, name("cols"))
        etree.SubElement(columns, name("col"), min="1", max="1", width="2.5", hidden="1", customWidth="1")
        for place, width in enumerate(self.widths, 2):
            etree.SubElement(columns, name("col"), min=str(place), max=str(place), width=str(width), customWidth="1")
        sheet.append(self.rows)
        if len(self.links):
            sheet.append(self.links)
        etree.SubElement(sheet, name("pageMargins"), left="0.4", right="0.4", top="0.4", bottom="0.5", header="0.3", footer="0.3")
        etree.SubElement(sheet, name("pageSetup"), paperSize="9", orientation="landscape", fitToHeight="0")
        etree.SubElement(etree.SubElement(sheet, name("headerFooter")), name("oddFooter")).text = f"&R&8 {page}"
        return sheet


def remove_lists(file: ExcelFile, book: Spreadsheet, sign: str) -> None:
    """Take the lists with a sign out of a file, which is that of the `book`."""
    for title in book.names:
        if book.rows(title)[:1] and book.rows(title)[0][:1] == [sign]:
            file.remove_sheet(title)


def free_title(file: ExcelFile, title: str) -> str:
    """A title for a sheet that no other sheet has."""
    while title in file.sheets():
        title += " 2"
    return title
