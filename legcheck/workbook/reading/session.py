"""One reading of one workbook: what every sheet's reader needs, and the tables found by their headings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from legcheck.issues import (
    ERROR_VALUE,
    FORMULA_CELL,
    HEADING_MISSING,
    HEADING_TWICE,
    HEADING_UNKNOWN,
    MERGED_CELLS,
    UNUSED_CELL,
    Issues,
    Location,
    closest,
)
from legcheck.workbook.fingerprint import fingerprint, loose_fingerprint
from legcheck.workbook.text import address, clean, fold

if TYPE_CHECKING:
    from legcheck.workbook.columns import Column
    from legcheck.workbook.reading.book import Book, Rows
    from legcheck.workbook.reading.identity import Identity
    from legcheck.workbook.reading.words import Words
    from legcheck.workbook.text import Cell

LONGEST_HEADING = 80
_MOST_REMEMBERED = 5_000
FEWEST_HEADINGS = 3


@dataclass
class Session:
    """What is being read, and the issues found so far."""

    book: Book
    identity: Identity
    words: Words
    issues: Issues = field(default_factory=Issues)

    def is_ours(self, text: str) -> bool:
        """Whether a text was written by the tool."""
        ours = fingerprint(text) in self.identity.fixed or loose_fingerprint(text) in self.identity.fixed
        if ours and len(self._ours) < _MOST_REMEMBERED:
            self._ours.add(text)
        return ours

    @cached_property
    def _ours(self) -> set[str]:
        """Texts known to be the tool's own, shared by all workbooks made alike: they hold the same texts."""
        return _texts_of(self.identity.fixed)

    def report_unused(self, sheet: str, row: int, column: int, value: Cell) -> None:
        """Report a cell that nothing reads, unless it holds nothing or a text of the tool's own."""
        text = str(value)
        if text not in self._ours and text and not text.isspace() and not self.is_ours(text):
            self.issues.add(UNUSED_CELL, self.book.at(sheet, address(row, column)), value=short(text))


@dataclass
class Table:
    """A table found on a sheet: its row of headings, the place of each column, and columns reported as unknown."""

    session: Session
    sheet: str
    header: int
    columns: dict[str, int]
    strangers: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        book = self.session.book
        self.formulas = book.formulas(self.sheet)
        self.errors = book.errors(self.sheet)
        self.rows: Rows = book.rows(self.sheet)
        self._reported: set[tuple[int, int]] = set()
        self._rest: dict[frozenset[int], list[int]] = {}

    def below(self) -> Iterator[tuple[int, list[Cell]]]:
        """The rows under the headings, with their place."""
        for place in range(self.header + 1, len(self.rows)):
            yield place, self.rows[place]

    def at(self, row: int, key: str) -> Location:
        """The place of a cell."""
        return self.session.book.at(self.sheet, address(row, self.columns[key]))

    def value(self, row: int, key: str) -> Cell:
        """What an answer cell holds; a formula or an error value is reported and counts as nothing."""
        column = self.columns.get(key)
        if column is None:
            return ""
        value = self.rows[row][column]
        place = (row, column)
        if place not in self.formulas and place not in self.errors:
            return value
        if place not in self._reported:
            self._reported.add(place)
            rule = FORMULA_CELL if place in self.formulas else ERROR_VALUE
            shown = self.formulas.get(place) or self.errors[place]
            self.session.issues.add(rule, self.at(row, key), value=short(shown))
        return ""

    def text(self, row: int, key: str) -> str:
        """The clean text of an answer cell."""
        value = self.value(row, key)
        return clean(value) if value != "" else ""

    def texts(self, row: int, keys: Iterable[str]) -> dict[str, str]:
        """The clean texts of those of these cells that are filled."""
        if self.formulas or self.errors:
            return {key: text for key in keys if (text := self.text(row, key))}
        values, columns = self.rows[row], self.columns
        return {key: text for key in keys if (value := values[columns[key]]) != "" and (text := clean(value))}

    def report_rest(self, row: int, used: frozenset[int]) -> None:
        """Report what stands in a row outside the columns that are read."""
        values = self.rows[row]
        if used not in self._rest:
            self._rest[used] = [column for column in range(max(map(len, self.rows))) if column not in used]
        for column in self._rest[used]:
            if column < len(values) and values[column] != "":
                self.session.report_unused(self.sheet, row, column, values[column])


@lru_cache(maxsize=16)
def _texts_of(_fixed: frozenset[int]) -> set[str]:
    return set()


def find_header(session: Session, rows: Rows, sheet_key: str, *, anywhere: bool) -> int:
    """The row that holds the headings of a kind of sheet, -1 if there is none."""
    for place, row in enumerate(rows):
        found = {
            session.words.heading(sheet_key, value, anywhere=anywhere)
            for value in row
            if isinstance(value, str) and 0 < len(value) < LONGEST_HEADING
        }
        if len(found - {""}) >= FEWEST_HEADINGS:
            return place
    return -1


def open_table(session: Session, sheet: str, header: int, sheet_key: str, columns: tuple[Column, ...]) -> Table | None:
    """The table below a row of headings; None, with issues, where a required column is missing."""
    rows, issues = session.book.rows(sheet), session.issues
    places: dict[str, int] = {}
    strangers: dict[int, str] = {}
    for column, value in enumerate(rows[header]):
        text = clean(value)
        key = session.words.heading(sheet_key, text) if text else ""
        at = session.book.at(sheet, address(header, column))
        if key in places:
            issues.add(HEADING_TWICE, at, value=text, first=address(header, places[key]))
        elif key:
            places[key] = column
        elif text:
            strangers[column] = text
    shown = session.words.headings_shown(sheet_key)
    missing = {column.key: shown.get(column.key, column.key) for column in columns if column.key not in places}
    for place, text in strangers.items():
        if any(len(row) > place and clean(row[place]) for row in rows[header + 1 :]):
            at = session.book.at(sheet, address(header, place))
            issues.add(HEADING_UNKNOWN, at, value=short(text), hint=closest(text, missing.values()))
    required = [missing[column.key] for column in columns if column.required and column.key in missing]
    for name in required:
        issues.add(HEADING_MISSING, session.book.at(sheet), heading=name, hint=closest(name, strangers.values()))
    if required:
        return None
    _report_above(session, sheet, header)
    table = Table(session, sheet, header, places, frozenset(strangers))
    _report_merged(table)
    return table


def _report_above(session: Session, sheet: str, header: int) -> None:
    for row in range(header):
        for column, value in enumerate(session.book.rows(sheet)[row]):
            if value != "":
                session.report_unused(sheet, row, column, value)


def _report_merged(table: Table) -> None:
    """Answer cells merged into one hold a single answer for several rows or columns, so they are refused."""
    read = set(table.columns.values())
    for (first_row, first), (last_row, last) in table.session.book.merged(table.sheet):
        if last_row > table.header and read & set(range(first, last + 1)):
            cell = f"{address(first_row, first)}:{address(last_row, last)}"
            table.session.issues.add(MERGED_CELLS, table.session.book.at(table.sheet, address(first_row, first)), cells=cell)


def short(text: str) -> str:
    """A value as quoted in a message."""
    line = " ".join(text.split())
    return line if len(line) <= 80 else f"{line[:77]}..."


def folded(text: str) -> str:
    """An id made comparable: no spaces at all."""
    return fold(text).replace(" ", "")
