"""A sheet being written: every text of the tool's own is remembered, every text of a stranger is written as text."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles.colors import Color
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart

from legcheck.workbook.columns import MAGIC
from legcheck.workbook.text import fingerprint, is_year_in_disguise, loose_fingerprint
from legcheck.workbook.writing.styles import TYPEFACE, Look, apply, fill, fit_to_page, height, writable

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from legcheck.labels import Labels
    from legcheck.model import Assessment, Checklist

EARLIEST_EXCEL_DATE = date(1900, 3, 1)


@dataclass
class Draft:
    """A workbook being written, and what its hidden sheet will record: its kind (`magic`) and further `entries` of that kind.

    `root` is where its labels stand.
    """

    book: Workbook
    checklist: Checklist
    assessment: Assessment
    words: Labels
    short: bool
    country_name: str = ""
    fixed: set[int] = field(default_factory=set)
    hints: set[int] = field(default_factory=set)
    sheets: dict[str, str] = field(default_factory=dict)
    headings: dict[str, dict[str, str]] = field(default_factory=dict)
    choices: dict[str, dict[str, str]] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict)
    root: str = "workbook"
    magic: str = MAGIC
    entries: list[tuple[str, ...]] = field(default_factory=list)

    def list_name(self, words: list[str]) -> str:
        """The defined name of a list of choices, the same for equal lists."""
        for name, known in self.lists.items():
            if known == words:
                return name
        name = f"legcheck_list_{len(self.lists) + 1}"
        self.lists[name] = words
        return name

    def titles(self) -> dict[str, str]:
        """The titles of the dimensions by key."""
        return {dimension.key: dimension.title for dimension in self.checklist.dimensions}


class Canvas:
    """One sheet of a draft."""

    def __init__(self, draft: Draft, key: str) -> None:
        self.draft = draft
        self.words = draft.words
        title = draft.words(f"{draft.root}.sheets.{key}")
        draft.sheets[key] = title
        self.sheet: Worksheet = draft.book.create_sheet(title)
        self.sheet.sheet_view.showGridLines = False

    def own(self, row: int, column: int, text: str, look: Look, *, hint: bool = False) -> Cell:
        """Write a text of the tool's own."""
        cell = self._cell(row, column, look)
        cell.value = text
        self.remember(text, hint=hint)
        return cell

    def rich(self, row: int, column: int, parts: list[tuple[str, Look]], look: Look) -> Cell:
        """Write a text of the tool's own in several looks."""
        cell = self._cell(row, column, look)
        blocks = [TextBlock(_inline(part_look), text) for text, part_look in parts if text]
        cell.value = CellRichText(*blocks)
        self.remember("".join(text for text, _ in parts))
        return cell

    def remember(self, text: str, *, hint: bool = False) -> None:
        """Record a text as the tool's own."""
        marks = {fingerprint(text), loose_fingerprint(text)}
        self.draft.fixed |= marks
        if hint:
            self.draft.hints |= marks

    def answer(self, row: int, column: int, value: str | date | None, look: Look) -> Cell:
        """Write what a person entered, or leave the cell for them; never as a formula."""
        cell = self._cell(row, column, look)
        if isinstance(value, date):
            as_text = value < EARLIEST_EXCEL_DATE or is_year_in_disguise(value)
            cell.value = value.isoformat() if as_text else value
            cell.number_format = look.number_format
        elif value:
            cell.value = writable(value)
            cell.data_type = "s"
        return cell

    def formula(self, row: int, column: int, formula: str, look: Look) -> Cell:
        """Write a formula of the tool's own, never in an answer cell."""
        cell = self._cell(row, column, look)
        cell.value = formula
        return cell

    def paint(self, row: int, first: int, last: int, look: Look) -> None:
        """Give a stretch of a row one background."""
        for column in range(first, last + 1):
            apply(self.sheet.cell(row, column), look)

    def band(self, row: int, columns: int, text: str, look: Look, tall: float) -> None:
        """A band of colour across the sheet with a text at its left."""
        for column in range(1, columns + 1):
            self.sheet.cell(row, column).fill = fill(look.fill)
        self.own(row, 2 if self.sheet.column_dimensions["A"].width < 4 else 1, text, look)
        self.sheet.row_dimensions[row].height = tall

    def box(self, row: int, first: int, last: int, text: str, look: Look) -> float:
        """A wrapped text over several columns; gives the height it takes."""
        self.sheet.merge_cells(start_row=row, start_column=first, end_row=row, end_column=last)
        self.own(row, first, text, look)
        return height(text, self.width(first, last), look)

    def width(self, first: int, last: int) -> float:
        """The width in characters of a stretch of columns."""
        return sum(self.sheet.column_dimensions[get_column_letter(column)].width for column in range(first, last + 1))

    def widths(self, *widths: float) -> None:
        """Set the widths of the columns from the first."""
        for column, width in enumerate(widths, 1):
            self.sheet.column_dimensions[get_column_letter(column)].width = width

    def prompt(self, cells: str, key: str, **facts: object) -> None:
        """Show a prompt when one of these cells is chosen."""
        self._validate(DataValidation(allow_blank=True), cells, key, facts)

    def choose(self, cells: str, choices: list[str], key: str, *, strict: bool = True, **facts: object) -> None:
        """Offer a list of choices in cells; with `strict` nothing else may be typed."""
        rule = DataValidation(type="list", formula1=self.draft.list_name(choices), allow_blank=True, showErrorMessage=strict)
        if strict:
            rule.errorStyle = "stop"
            rule.errorTitle = self.words(f"{self.draft.root}.errors.title")[:32]
            rule.error = self.words(f"{self.draft.root}.errors.choice", allowed=" · ".join(choices))[:225]
        self._validate(rule, cells, key, facts)

    def _validate(self, rule: DataValidation, cells: str, key: str, facts: dict[str, object]) -> None:
        rule.showInputMessage = True
        rule.promptTitle = self.words(f"{self.draft.root}.prompts.{key}.title")[:32]
        text = f"{self.draft.root}.prompts.{key}.text"
        rule.prompt = (self.words(text, **facts) if facts else self.words(text))[:255]
        for stretch in cells.split():
            rule.add(stretch)
        self.sheet.add_data_validation(rule)

    def protect(self) -> None:
        """Guard against slips, without a password; formats, columns, rows, sorting, filters and comments stay free."""
        guard = self.sheet.protection
        guard.sheet = True
        guard.formatCells = guard.formatColumns = guard.formatRows = False
        guard.insertRows = guard.insertColumns = guard.insertHyperlinks = False
        guard.sort = guard.autoFilter = guard.objects = guard.scenarios = False

    def print_set_up(self, *, header_row: int = 0, one_page: bool = False) -> None:
        """A4 on its side, as wide as the page, the headings on every page; or all of it on one upright page."""
        page = self.sheet
        page.page_setup.orientation = "portrait" if one_page else "landscape"
        page.page_setup.paperSize = 9
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, int(one_page)
        page.sheet_properties.pageSetUpPr = fit_to_page()
        page.page_margins.left = page.page_margins.right = 0.4
        page.page_margins.top, page.page_margins.bottom = 0.5, 0.6
        page.print_options.horizontalCentered = True
        left = f"{page.title} · {self.draft.checklist.id} {self.draft.checklist.version}"
        page.oddFooter = HeaderFooterItem(left=_HeaderFooterPart(left, size=8), right=_HeaderFooterPart("&P / &N", size=8))
        if header_row:
            page.print_title_rows = f"{header_row}:{header_row}"

    def _cell(self, row: int, column: int, look: Look) -> Cell:
        cell = self.sheet.cell(row, column)
        apply(cell, look)
        return cell  # type: ignore[return-value]


def _inline(look: Look) -> InlineFont:
    return InlineFont(rFont=TYPEFACE, sz=look.size, b=look.bold, i=look.italic, color=Color(look.colour))
