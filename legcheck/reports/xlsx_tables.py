"""What the Excel reports share: looks, pages filled from top to bottom, and tables described by their columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import accumulate
from math import ceil
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from legcheck.excel import Book, Cells, Look, Sheet, Value, address, height
from legcheck.reports import palette

if TYPE_CHECKING:
    from legcheck.labels import Labels

T = TypeVar("T")

WIDEST_PRINT = 205  # characters across a sheet of paper
MARGINS = (0.7, 0.7, 0.75, 0.75)
_MOST_SHRUNK = 1.25  # how much smaller a sheet may be printed so that it takes a page less
PERCENT = "[=0]0%;[=1]0%;0.0%"  # 0 and 100 per cent only where exactly true
_FILTER_BUTTON = 3
_ROW_PADDING = 4

_look = partial(Look, colour=palette.INK)
_boxed = partial(_look, border=palette.LINE)
TEXT = _look()
TITLE = Look(size=16, bold=True, colour=palette.TITLE, wrap=False)
SUBTITLE = Look(size=11, colour=palette.MUTED, wrap=False)
LEAD = Look(colour=palette.MUTED, wrap=False)
NOTICE = Look(bold=True, colour=palette.ACCENT)
HEADING = Look(size=12, bold=True, colour=palette.TITLE, wrap=False)
LABEL = _look(bold=True)
COLUMN = _boxed(bold=True, colour=palette.PAPER, fill=palette.TITLE, indent=1)
BODY = _boxed(indent=1)
STRONG = _boxed(bold=True, indent=1)
CENTRED = _boxed(horizontal="center")
NUMBER = _boxed(horizontal="center", format=PERCENT)
POINTS = _boxed(horizontal="center", format="0.0#")
LINK = _boxed(colour=palette.TITLE, underline=True, indent=1)
WAY = _look(bold=True, colour=palette.TITLE, underline=True)
"""A label that leads to another sheet."""

RANGE_SERIES = (("high", palette.RANGE), ("central", palette.BETWEEN), ("low", palette.BAR))
"""Bars that overlap, the longest first."""


@dataclass(frozen=True)
class Column(Generic[T]):
    """One column of a table: its content and look. Its title is the label of its key, unless one is given.

    An empty column is left out, unless it is `kept`.
    """

    key: str
    width: float
    value: Callable[[T], Value]
    look: Look | Callable[[T], Look] = BODY
    title: str = ""
    kept: bool = False
    link: Callable[[T], str | Cells] | None = None

    def look_of(self, item: T) -> Look:
        return self.look if isinstance(self.look, Look) else self.look(item)


@dataclass(frozen=True)
class Written:
    """Where a table is: its columns by key, and its first and last row below the header."""

    sheet: Sheet
    columns: Mapping[str, int]
    first: int
    last: int

    def cells(self, key: str, first: int = 0, last: int = 0) -> Cells:
        """The cells of a column, in all rows unless some are given."""
        return self.sheet.cells(self.columns[key], first or self.first, last or self.last)

    def shade(self, key: str) -> None:
        """Shade a column of shares: the same shade for the same share on every sheet."""
        column = self.columns[key]
        self.sheet.shade(address(self.first, column, self.last, column), palette.PAPER, palette.BETWEEN)


class Page:
    """A sheet that is filled from top to bottom.

    `column_labels` are the prefixes under which to look for the titles of columns, the most specific first.
    """

    def __init__(self, sheet: Sheet, labels: Labels, column_labels: Sequence[str] = ("xlsx.column",)) -> None:
        self.sheet = sheet
        self.labels = labels
        self.row = 1
        self._headings: set[int] = set()
        self._column_labels = column_labels

    def title_of(self, column: Column[Any]) -> str:
        """The title of a column."""
        places = (f"{place}.{column.key}" for place in self._column_labels)
        return column.title or self.labels(next(place for place in places if self.labels.has(place)))

    def put(self, column: int, value: Value, look: Look = TEXT, link: str | Cells = "") -> None:
        """Write into the current row."""
        self.sheet.put(self.row, column, value, look, link)

    def line(self, text: str, look: Look = TEXT, *, start: int = 1, end: int = 1) -> None:
        """Write a text across the columns from `start` to `end`, in a row of its own."""
        self.sheet.merge(self.row, start, end, text, look)
        self.fit(text, self.sheet.width(start, end), look)
        self.row += 1

    def beside(self, label: str, text: str, look: Look = TEXT, *, end: int = 2, link: str | Cells = "") -> None:
        """Write a label in the first column and a text in the columns after it up to `end`, in a row of its own."""
        self.put(1, label, WAY if link else replace(look, bold=True), link)
        self.fit(label, self.sheet.width(1), LABEL)
        self.line(text, look, start=2, end=end)

    def heading(self, text: str) -> None:
        """Write a heading below an empty row."""
        self.skip()
        self._headings.add(self.row)
        self.line(text, HEADING)

    def keep_headings(self, end: int) -> None:
        """Print the columns up to `end` on few pages, none of which ends with a heading."""
        points = self.sheet.fit_across(end, MARGINS, _MOST_SHRUNK)
        starts = [row for row in range(1, self.row) if row - 1 not in self._headings]
        self.sheet.break_pages(rows=self.sheet.keep_together(starts, self.row - 1, points))

    def fit(self, value: Value, width: float, look: Look = TEXT) -> None:
        """Make the current row high enough for a text, since not every program does so by itself."""
        self.sheet.grow(self.row, height(value if isinstance(value, str) else "", width, look) + _ROW_PADDING)

    def skip(self, rows: int = 1) -> None:
        """Leave rows empty."""
        self.row += rows

    def head(self, title: str, subtitle: str, lead: str, *, end: int = 1) -> None:
        """Write the title and the lead of the sheet, wrapped in the columns up to `end` if there are several."""
        self.line(title, TITLE)
        self.line(subtitle, replace(SUBTITLE, wrap=end > 1), end=end)
        self.line(lead, replace(LEAD, wrap=end > 1), end=end)
        self.skip()

    def note(self, text: str, *, end: int = 1) -> None:
        """Write a sentence below the lead, in the row that `head` left empty."""
        self.row -= 1
        self.line(text, replace(LEAD, wrap=end > 1), end=end)
        self.skip()


def add_sheet(book: Book, title: str, *, direction: str, above: tuple[str, str]) -> Sheet:
    """Add a sheet at the end of a book, set up for screen and paper, with `above` at the head of every printed page."""
    sheet = book.sheet(title)
    sheet.set_up(tab=palette.TITLE, right_to_left=direction == "rtl")
    sheet.paper(header=above, footer=title)
    sheet.fit()
    return sheet


@cache
def toned(tone: palette.Tone) -> Look:
    """The look of a rating or priority; a dark fill becomes the ink, since cells may be tall."""
    if tone.ink == palette.PAPER:
        return replace(STRONG, colour=tone.fill)
    return replace(STRONG, colour=tone.ink, fill=tone.fill)


def signed(tone: palette.Tone, text: str) -> str:
    """A word with the sign that stands for its colour."""
    return f"{tone.sign} {text}".strip()


def filled(columns: Sequence[Column[T]], items: Sequence[T]) -> list[Column[T]]:
    """The columns that are not empty, and those that are kept."""
    return [one for one in columns if one.kept or any(one.value(item) not in ("", None) for item in items)]


def write_table(page: Page, columns: Sequence[Column[T]], items: Sequence[T], *, frozen: int, most_printed: int = 0) -> Written:
    """Write a table at the current row, or a sentence if it has no rows; its header and first columns stay in sight.

    On paper the header repeats on every page. The columns that a page has room for are printed, and no more than `most_printed`
    rows, if that is given; the reader is told if others are on the screen alone.
    """
    if not items:
        page.line(page.labels("report.none"))
        return Written(page.sheet, {}, page.row, page.row)
    columns = filled(columns, items)
    page.sheet.widths(*(one.width for one in columns))
    printed, unprinted = _printed(columns), 0 < most_printed < len(items)
    if unprinted:
        page.note(page.labels("xlsx.not_printed", rows=len(items), printed=most_printed))
    elif printed < len(columns):
        page.note(page.labels("xlsx.printed", column=page.title_of(columns[printed - 1])))
    header = page.row
    written = write_rows(page, columns, items)
    page.sheet.filter(header, written.last, len(columns))
    page.sheet.freeze(header + 1, frozen + 1)
    last = written.first + most_printed - 1 if unprinted else written.last
    page.sheet.repeat(header, header)
    page.sheet.print_area(last, printed)
    if most_printed:
        print_on_few_pages(page, last, printed)
    else:
        _end_pages(page, header, written, printed)
    return written


def _end_pages(page: Page, header: int, written: Written, printed: int) -> None:
    """End pages between the rows of a table, a little early: after one that is quite full, LibreOffice prints an empty one."""
    points = page.sheet.fit_across(printed, MARGINS) - page.sheet.height(header, header)
    page.sheet.break_pages(page.sheet.keep_together([1, *range(written.first + 1, written.last + 1)], written.last, points))


def print_on_few_pages(page: Page, last_row: int, last_column: int) -> None:
    """Print a sheet as wide as the paper, a little smaller where that saves a page."""
    points = page.sheet.fit_across(last_column, MARGINS)
    page.sheet.fit(tall=ceil(page.sheet.height(1, last_row) / points / _MOST_SHRUNK))


def _printed(columns: Sequence[Column[Any]]) -> int:
    """How many columns fit on paper."""
    widths = accumulate(one.width for one in columns)
    return max(1, sum(width <= WIDEST_PRINT for width in widths))


def write_rows(page: Page, columns: Sequence[Column[T]], items: Sequence[T], *, least: float = 0) -> Written:
    """Write the titles of columns and the rows below them, each at least `least` points high."""
    for place, one in enumerate(columns, start=1):
        title = page.title_of(one)
        page.put(place, title, COLUMN)
        page.fit(title, one.width - _FILTER_BUTTON, COLUMN)
    header = page.row
    for item in items:
        page.row += 1
        page.sheet.grow(page.row, least)
        for place, one in enumerate(columns, start=1):
            value, look = one.value(item), one.look_of(item)
            link = one.link(item) if one.link is not None else ""
            page.put(place, value, LINK if link else look, link)
            page.fit(value, one.width, look)
    page.row += 1
    return Written(page.sheet, {one.key: place for place, one in enumerate(columns, start=1)}, header + 1, page.row - 1)
