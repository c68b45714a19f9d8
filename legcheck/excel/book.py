"""A workbook being written, sheet by sheet."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from math import ceil
from typing import Any
from xml.sax.saxutils import escape

from legcheck.excel.cells import (
    TALLEST_ROW,
    TYPEFACE,
    Cells,
    Look,
    address,
    cut,
    plain,
    quoted,
    sheet_name,
    utf16_length,
)
from legcheck.excel.charts import Chart, insert

_LONGEST_TEXT = 32_767
_LONGEST_TITLE, _LONGEST_PROMPT, _LONGEST_ERROR = 32, 255, 225
_LONGEST_LINK, _MOST_LINKS = 2_079, 65_530
_LONGEST_MARGIN = 80  # all parts of a header or footer share 255 characters
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t")
_DAY_ZERO = date(1899, 12, 30)
_FIRST_SAFE_DAY = date(1900, 3, 1)  # Excel counts a 29 February 1900, which never existed
_PIXELS_PER_CHARACTER, _PIXELS_PER_POINT = 7, 96 / 72
_STANDARD_WIDTH = 64 / 7
_PIXELS_PER_INCH, _POINTS_PER_INCH = 96, 72
_STANDARD_HEIGHT = 15
_PAPERS = {"A3": 8, "A4": 9}
_PAPER_INCHES = {"A3": (16.54, 11.69), "A4": (11.69, 8.27)}
_SAFE_ACROSS, _SAFE_DOWN = 0.92, 0.98  # some programs draw columns up to 7 % wider than others
_EARLIEST, _LATEST = datetime(1980, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
_AUTHOR = "legcheck"
_NOTE_WIDTH, _TALLEST_NOTE, _NOTE_LINE = 460, 560, 76


@dataclass(frozen=True)
class Formula:
    """A formula of our own, with its current value for programs that do not compute."""

    text: str
    value: float | Decimal | str = 0


@dataclass(frozen=True)
class Message:
    """A message about a cell, shown when it is selected or when it rejects what was typed."""

    title: str
    text: str

    def options(self, kind: str) -> dict[str, str]:
        """The message as options of XlsxWriter, cut to what Excel shows."""
        title = cut(plain(self.title), _LONGEST_TITLE)
        if kind == "error":
            return {"error_title": title, "error_message": cut(plain(self.text), _LONGEST_ERROR)}
        return {f"{kind}_title": title, f"{kind}_message": cut(plain(self.text), _LONGEST_PROMPT)}


_DECIMALS = 6
"""To how many decimals a share is written: a reader sees a third as 0.333333 and not with sixteen digits."""

Value = str | float | Decimal | date | Formula | None
Margins = tuple[float, float, float, float]
"""Left, right, top and bottom, in inches."""


class Book:
    """A workbook; nothing in it depends on the clock or the machine.

    `day` is the date in the file's properties, unless ``SOURCE_DATE_EPOCH`` is set. In a `locked` workbook sheets cannot be
    added, renamed or removed. `continued` ends a text that is too long for a cell.
    """

    def __init__(
        self,
        day: date,
        *,
        language: str,
        title: str = "",
        subject: str = "",
        description: str = "",
        keywords: str = "",
        status: str = "",
        locked: bool = False,
        continued: str = "…",
    ) -> None:
        from xlsxwriter import Workbook

        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
            "default_format_properties": {"font_name": TYPEFACE, "font_size": 10, "font_scheme": "none"},
        }
        self.continued = continued
        self._at = moment(day)
        self._language = language
        self._locked = locked
        self._file = BytesIO()
        self._book = Workbook(self._file, options)
        about = {
            "title": title,
            "subject": subject,
            "author": _AUTHOR,
            "comments": description,
            "keywords": keywords,
            "status": status,
        }
        self._book.set_properties(
            {key: plain(said) for key, said in about.items() if said or key != "status"}
            | {"created": self._at.replace(tzinfo=None)}
        )
        self._formats: dict[tuple[Look, bool], Any] = {}
        self._lists: dict[tuple[str, ...], str] = {}
        self._titles: list[str] = []
        self._growing: list[str] = []

    def sheet(self, title: str) -> Sheet:
        """Add a sheet at the end, under the nearest name that Excel accepts and that is still free."""
        name = sheet_name(title, self._titles)
        self._titles.append(name)
        return Sheet(self, self._book.add_worksheet(name), name)

    def list_name(self, choices: Sequence[str]) -> str:
        """The defined name of a list of choices, one for equal lists; `write_lists` writes them."""
        return self._lists.setdefault(tuple(choices), f"legcheck_list_{len(self._lists) + 1}")

    def write_lists(self, sheet: Sheet, column: int) -> None:
        """Write every list on a sheet from this column on: a list inside a validation rule is limited to 255 characters."""
        look = Look(format="@")
        for place, (choices, name) in enumerate(self._lists.items(), column):
            for row, choice in enumerate(choices, 1):
                sheet.put(row, place, choice, look)
            self._book.define_name(name, f"={Cells(sheet.title, place, 1, len(choices))}")

    def finish(self) -> bytes:
        """The finished file."""
        self._book.close()
        return _completed(self._file, self._at, self._language, self._growing, locked=self._locked)

    def format(self, look: Look, *, quoted_text: bool = False) -> Any:
        """The look as a format of XlsxWriter, made once; `quoted_text` marks text that begins like a formula."""
        made = self._formats.get((look, quoted_text))
        if made is None:
            properties = look.properties() | ({"quote_prefix": True} if quoted_text else {})
            made = self._formats[look, quoted_text] = self._book.add_format(properties)
        return made

    def rule_format(self, properties: Mapping[str, object]) -> Any:
        """The format that a conditional rule applies, by properties of XlsxWriter."""
        return self._book.add_format(dict(properties))

    def let_rows_grow(self, sheet: Sheet) -> None:
        self._growing.append(f"xl/worksheets/sheet{self._titles.index(sheet.title) + 1}.xml")

    def insert_chart(self, sheet: Any, row: int, column: int, chart: Chart) -> None:
        insert(self._book, sheet, row, column, chart)


class Sheet:
    """A sheet of a book; any cell may be written at any time, until the book is finished."""

    def __init__(self, book: Book, sheet: Any, title: str) -> None:
        self.book = book
        self.title = title
        self._sheet = sheet
        self._widths: dict[int, float] = {}
        self._heights: dict[int, float] = {}
        self._links = 0
        sheet.hide_gridlines(2)

    # Cells

    def put(self, row: int, column: int, value: Value, look: Look, link: str | Cells = "") -> None:
        """Write a cell.

        Text stays text, whatever it looks like. Dates before March 1900 and amounts with more digits than Excel holds are
        written as text. A `link` leads to cells of this book or, if it begins with ``http``, to the web.
        """
        if value is None or value == "":
            self._sheet.write_blank(row - 1, column - 1, None, self.book.format(look))
        elif isinstance(value, str):
            self._text(row, column, value, look, link)
        elif isinstance(value, Formula):
            now = plain(value.value) if isinstance(value.value, str) else float(value.value)
            self._sheet.write_formula(row - 1, column - 1, value.text, self.book.format(look), now)
        elif isinstance(value, date):
            self._day(row, column, value, look)
        elif isinstance(value, Decimal) and not _holds(value):
            self._text(row, column, f"{value:f}", look)
        else:
            number = round(value, _DECIMALS) if isinstance(value, float) else float(value)
            self._sheet.write_number(row - 1, column - 1, number, self.book.format(look))

    def rich(self, row: int, column: int, parts: Sequence[tuple[str, Look]], look: Look) -> None:
        """Write text of our own whose parts differ in look, in a cell with a look of its own."""
        shown = [(text, part) for text, part in ((plain(text), part) for text, part in parts) if text]
        if len(shown) < 2:  # XlsxWriter needs at least two pieces
            text, part = shown[0] if shown else ("", look)
            self.put(row, column, text, _in_font_of(part, look))
            return
        pieces = [piece for text, part in shown for piece in (self.book.format(part), text)]
        self._sheet.write_rich_string(row - 1, column - 1, *pieces, self.book.format(look))

    def paint(self, row: int, first: int, last: int, look: Look) -> None:
        """Give the cells of a row from column `first` to `last` a look but no content."""
        for column in range(first, last + 1):
            self.put(row, column, None, look)

    def merge(self, row: int, first: int, last: int, value: Value, look: Look, link: str | Cells = "") -> None:
        """Write a cell that spans the columns from `first` to `last`."""
        if last > first:
            self._sheet.merge_range(row - 1, first - 1, row - 1, last - 1, "", self.book.format(look))
        self.put(row, first, value, look, link)

    def note(self, row: int, column: int, text: str) -> None:
        """Attach a note to a cell, shown when the pointer rests on it."""
        shown = cut(plain(text), _LONGEST_TEXT)
        lines = sum(1 + len(line) // _NOTE_LINE for line in shown.split("\n"))
        size = {"width": _NOTE_WIDTH, "height": min(_TALLEST_NOTE, 14 + 16 * lines)}
        self._sheet.write_comment(row - 1, column - 1, shown, size | {"font_name": TYPEFACE, "font_size": 9, "author": _AUTHOR})

    def _text(self, row: int, column: int, value: str, look: Look, link: str | Cells = "") -> None:
        text = self._fitting(plain(value))
        made = self.book.format(look, quoted_text=text.startswith(_BEGINS_A_FORMULA))
        if text.startswith("<r>") and text.endswith("</r>"):
            # XlsxWriter would take it for finished XML; in two pieces it is text.
            self._sheet.write_rich_string(row - 1, column - 1, text[:1], self.book.format(look), text[1:], made)
        elif target := self._target(link):
            self._sheet.write_url(row - 1, column - 1, target, made, text)
        else:
            self._sheet.write_string(row - 1, column - 1, text, made)

    def _fitting(self, text: str) -> str:
        if utf16_length(text) <= _LONGEST_TEXT:
            return text
        ending = f"\n{self.book.continued}"
        return cut(text, _LONGEST_TEXT - utf16_length(ending)) + ending

    def _target(self, link: str | Cells) -> str:
        """A link as XlsxWriter takes it, empty if it is unsafe or one too many for Excel."""
        target = link
        if isinstance(link, Cells):
            target = f"internal:{quoted(link.sheet)}!{address(link.first, link.column)}"
        elif not link.startswith(("http://", "https://")) or utf16_length(link) > _LONGEST_LINK:
            return ""
        self._links += 1
        return str(target) if self._links <= _MOST_LINKS else ""

    def _day(self, row: int, column: int, day: date, look: Look) -> None:
        if day < _FIRST_SAFE_DAY:
            self._text(row, column, day.isoformat(), look)
        else:
            self._sheet.write_number(row - 1, column - 1, day_number(day), self.book.format(look))

    # Widths and heights

    def widths(self, *widths: float) -> None:
        """Set the widths of the columns from the first on, in characters."""
        for column, width in enumerate(widths, 1):
            self._widths[column] = width
            self._sheet.set_column_pixels(column - 1, column - 1, round(width * _PIXELS_PER_CHARACTER))

    def width(self, first: int, last: int = 0) -> float:
        """The width of a range of columns, or of one column."""
        return sum(self._widths.get(column, _STANDARD_WIDTH) for column in range(first, (last or first) + 1))

    def set_height(self, row: int, points: float) -> None:
        """Set the height of a row."""
        self._heights[row] = min(points, TALLEST_ROW)
        self._sheet.set_row_pixels(row - 1, ceil(self._heights[row] * _PIXELS_PER_POINT))

    def grow(self, row: int, points: float) -> None:
        """Make a row at least this high."""
        if points > self._heights.get(row, 0):
            self.set_height(row, points)

    def let_rows_grow(self) -> None:
        """Let the heights set be those to begin with: rows are fitted again to what is typed into them."""
        self.book.let_rows_grow(self)

    # Rules

    def choose(self, cells: str, choices: Sequence[str], prompt: Message | None = None, error: Message | None = None) -> None:
        """Offer a list of choices; with an `error` nothing else can be typed."""
        self._validate(cells, {"validate": "list", "source": f"={self.book.list_name(choices)}"}, prompt, error)

    def prompt(self, cells: str, prompt: Message) -> None:
        """Show a message when one of the cells is chosen."""
        self._validate(cells, {"validate": "any"}, prompt, None)

    def at_least(
        self, cells: str, kind: str, least: str, error: Message, prompt: Message | None = None, *, warn: bool = False
    ) -> None:
        """Allow numbers (`kind` ``decimal``) or days (``date``) from `least`, a number or an address; with `warn`, only warn."""
        rule = {"validate": kind, "criteria": ">=", "value": least, "error_type": "warning" if warn else "stop"}
        self._validate(cells, rule, prompt, error)

    def colour(self, cells: str, formula: str, fill: str, colour: str = "") -> None:
        """Change the fill, and the font colour if given, of the cells for which a formula holds."""
        self._restyle(cells, formula, {"bg_color": fill} | ({"font_color": colour} if colour else {}))

    def frame(self, cells: str, formula: str, colour: str) -> None:
        """Draw a thin line around each of the cells for which a formula holds."""
        self._restyle(cells, formula, {"border": 1, "border_color": colour})

    def shade(self, cells: str, lowest: str, highest: str) -> None:
        """Shade numbers from one colour at 0 to another at 1."""
        ends = {"min_type": "num", "min_value": 0, "max_type": "num", "max_value": 1}
        self._conditional(cells, {"type": "2_color_scale", "min_color": lowest, "max_color": highest} | ends)

    def _validate(self, cells: str, rule: dict[str, Any], prompt: Message | None, error: Message | None) -> None:
        said = (prompt.options("input") if prompt else {}) | (error.options("error") if error else {})
        self._sheet.data_validation(_first(cells), rule | said | {"show_error": error is not None, "multi_range": cells})

    def _restyle(self, cells: str, formula: str, properties: Mapping[str, object]) -> None:
        changed = self.book.rule_format(properties)
        self._conditional(cells, {"type": "formula", "criteria": f"={formula}", "format": changed})

    def _conditional(self, cells: str, rule: dict[str, Any]) -> None:
        self._sheet.conditional_format(_first(cells), rule | {"multi_range": cells})

    def protect(self) -> None:
        """Guard against slips, without a password; formats, sizes, new rows, sorting, filters and comments stay allowed."""
        free = ("format_cells", "format_columns", "format_rows", "insert_rows", "insert_columns", "insert_hyperlinks")
        self._sheet.protect("", dict.fromkeys((*free, "sort", "autofilter", "objects", "scenarios"), True))

    # The sheet on screen and on paper

    def set_up(self, *, tab: str = "", right_to_left: bool = False) -> None:
        """Set the colour of the tab and the direction of the sheet."""
        if tab:
            self._sheet.set_tab_color(tab)
        if right_to_left:
            self._sheet.right_to_left()

    def hide(self) -> None:
        """Hide the sheet, and lock it."""
        self._sheet.hide()
        self._sheet.protect()

    def show_grid(self) -> None:
        """Show the grid on the screen, not on paper."""
        self._sheet.hide_gridlines(1)

    def freeze(self, row: int, column: int) -> None:
        """Keep the rows above and the columns before this cell in sight."""
        self._sheet.freeze_panes(row - 1, column - 1)

    def filter(self, first: int, last: int, columns: int) -> None:
        """Put filter buttons on the row `first`, for the rows down to `last`."""
        self._sheet.autofilter(first - 1, 0, last - 1, columns - 1)

    def paper(
        self,
        *,
        size: str = "A4",
        upright: bool = False,
        header: tuple[str, str] = ("", ""),
        footer: str = "",
        middle: str = "",
        page: str = "{page} / {pages}",
        margins: Margins = (0.7, 0.7, 0.75, 0.75),
        centred: bool = False,
    ) -> None:
        """Set the paper: a header left and right, a footer left, in the `middle` and, with the page number, right; margins."""
        self._sheet.set_paper(_PAPERS[size])
        self._sheet.set_portrait() if upright else self._sheet.set_landscape()
        left, right, top, bottom = margins
        self._sheet.set_margins(left, right, top, bottom)
        if any(header):
            self._sheet.set_header(f"&L{_margin(header[0])}&R{_margin(header[1])}")
        between = f"&C&8 {_margin(middle)}" if middle else ""
        self._sheet.set_footer(f"&L&8 {_margin(footer)}{between}&R&8 {_margin(page).format(page='&P', pages='&N')}")
        if centred:
            self._sheet.center_horizontally()

    def fit(self, wide: int = 1, tall: int = 0) -> None:
        """Print on this many pages across and down, as many as it takes if 0."""
        self._sheet.fit_to_pages(wide, tall)

    def scale(self, percent: int) -> None:
        """Print at this scale."""
        self._sheet.set_print_scale(percent)

    def repeat(self, first_row: int, last_row: int, columns: int = 0) -> None:
        """Print these rows, and the first columns, on every page."""
        self._sheet.repeat_rows(first_row - 1, last_row - 1)
        if columns:
            self._sheet.repeat_columns(0, columns - 1)

    def fit_across(self, last: int, margins: Margins, shrunk: float = 1, size: str = "A4") -> float:
        """Print the columns up to `last` across landscape pages, at full size where they fit; the points that a page holds down.

        They are printed smaller by `shrunk`. The scale is fixed: a sheet fitted to pages has no page breaks of its own.
        """
        long, short = _PAPER_INCHES[size]
        left, right, top, bottom = margins
        room, needed = (long - left - right) * _PIXELS_PER_INCH * _SAFE_ACROSS, self.width(1, last) * _PIXELS_PER_CHARACTER
        percent = int(min(100, 100 * room / needed) / shrunk)
        self.scale(percent)
        return (short - top - bottom) * _POINTS_PER_INCH * _SAFE_DOWN * 100 / percent

    def keep_together(self, starts: Sequence[int], last: int, points: float) -> list[int]:
        """The rows after which pages of so many points end, so that no block that fits a page is torn.

        Blocks begin at the rows `starts`; one of more than a page begins on a page of its own and runs on.
        """
        breaks, filled = [], 0.0
        for start, following in zip(starts, (*starts, last + 1)[1:], strict=True):
            tall = [self._heights.get(row, _STANDARD_HEIGHT) for row in range(start, following)]
            if filled and filled + sum(tall) > points:
                breaks.append(start - 1)
                filled = 0.0
            for one in tall:
                filled = filled + one if filled + one <= points else one
        return breaks

    def height(self, first: int, last: int) -> float:
        """The height of these rows in points."""
        return sum(self._heights.get(row, _STANDARD_HEIGHT) for row in range(first, last + 1))

    def break_pages(self, rows: Sequence[int] = (), columns: Sequence[int] = ()) -> None:
        """End pages after these rows and columns."""
        self._sheet.set_h_pagebreaks(list(rows))
        self._sheet.set_v_pagebreaks(list(columns))

    def print_area(self, last_row: int, last_column: int) -> None:
        """Print no more than the cells from A1 to this one."""
        self._sheet.print_area(0, 0, last_row - 1, last_column - 1)

    # Charts

    def chart(self, row: int, column: int, chart: Chart) -> None:
        """Put a chart on the sheet, its top left corner in this cell."""
        self.book.insert_chart(self._sheet, row, column, chart)

    def cells(self, column: int, first: int, last: int = 0) -> Cells:
        """Cells of this sheet, for formulas, links and charts."""
        return Cells(self.title, column, first, last)


def moment(day: date) -> datetime:
    """The time written into a file: ``SOURCE_DATE_EPOCH`` if set, otherwise the start of `day`."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    at = datetime(day.year, day.month, day.day, tzinfo=UTC)
    if epoch.isdigit():
        at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=min(int(epoch), 2**33))
    return min(max(_EARLIEST, at), _LATEST)


def _holds(amount: Decimal) -> bool:
    """Whether a cell holds all digits of an amount as a number."""
    return Decimal(f"{float(amount):.16g}") == amount


def day_number(day: date) -> int:
    """A day as Excel counts it."""
    return (day - _DAY_ZERO).days


def _in_font_of(part: Look, look: Look) -> Look:
    font = {key: getattr(part, key) for key in ("size", "bold", "italic", "underline", "colour")}
    return replace(look, **font)


def _first(cells: str) -> str:
    return cells.split(maxsplit=1)[0]


def _margin(text: str) -> str:
    """Text for a header or footer, where ``&`` begins a command, and ``&G`` a picture even when doubled."""
    return cut(plain(text), _LONGEST_MARGIN - text.count("&")).replace("&", "&&").replace("&G", "& G")


def _completed(file: BytesIO, at: datetime, language: str, growing: Sequence[str], *, locked: bool) -> bytes:
    """The file with what XlsxWriter cannot write: the language, the locked structure, and rows that grow in some sheets."""
    spoken = f"<dc:language>{escape(plain(language))}</dc:language>"
    changed = {"docProps/core.xml": ("</cp:coreProperties>", f"{spoken}</cp:coreProperties>")}
    changed |= dict.fromkeys(growing, (' customHeight="1"', ""))
    if locked:
        changed["xl/workbook.xml"] = ("<bookViews>", '<workbookProtection lockStructure="1"/><bookViews>')
    return sealed(file, at, changed)


def sealed(file: BytesIO, at: datetime, changed: Mapping[str, tuple[str, str]] | None = None) -> bytes:
    """A file with the same date on every part; `changed` holds for some parts a text and what stands in its place."""
    result = BytesIO()
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            if changed and name in changed:
                old, new = changed[name]
                part = part.replace(old.encode(), new.encode())
            info = zipfile.ZipInfo(name, at.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            target.writestr(info, part)
    return result.getvalue()
