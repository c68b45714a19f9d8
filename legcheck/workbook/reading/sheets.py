"""The sheets of a workbook: finds tables by their headings, wherever they are, and reports whatever is not read."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from legcheck.issues import (
    BAD_DATE,
    COLUMN_GONE,
    ERROR_VALUE,
    FORMULA_CELL,
    HEADING_LOST,
    HEADING_MISSING,
    HEADING_TWICE,
    HEADING_UNKNOWN,
    MERGED_CELLS,
    ROWS_WITHOUT_HEADINGS,
    SHEET_MISSING,
    SHEET_TWICE,
    TEXT_CHANGED,
    UNUSED_CELL,
    UNUSED_SHEET,
    Issues,
    Location,
    closest,
)
from legcheck.words import compact
from legcheck.workbook.columns import AS_WRITTEN, SPACES_KEPT, is_list, row_parts
from legcheck.workbook.text import address, as_typed, clean, fingerprint, is_changed, loose_fingerprint, parse_date, short

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from legcheck.issues import Rule
    from legcheck.workbook.columns import Column
    from legcheck.workbook.reading.identity import Identity
    from legcheck.workbook.reading.vocabulary import Vocabulary
    from legcheck.workbook.text import Cell, Place, Rows

LONGEST_HEADING = 80
FEWEST_HEADINGS = 3
_LONGEST_ID = 80
_MOST_IDS = 5
_MOST_REMEMBERED = 5_000


class Sheets:
    """The sheets of a workbook being read: its vocabulary, the sheets read so far, and the issues found."""

    def __init__(self, identity: Identity, vocabulary: Vocabulary) -> None:
        self.identity = identity
        self.book = identity.book
        self.vocabulary = vocabulary
        self.issues = Issues()
        self.read: set[str] = {identity.sheet}

    def table(self, key: str, columns: tuple[Column, ...], *, anywhere: bool = False, needed: bool = True) -> Table | None:
        """Find the table of a kind of sheet, first on the sheet it was written to; None if it is nowhere.

        With `anywhere` headings in any language count. A table that is missing is an issue if it is `needed`.
        """
        found = self._find(key, anywhere=anywhere)
        if not found:
            if needed:
                self.report_missing(key)
            return None
        for twice in list(found)[1:]:
            self.issues.add(SHEET_TWICE, self.book.at(twice), first=next(iter(found)))
        name, header = next(iter(found.items()))
        return _open_table(self, name, header, key, columns)

    def tables(self, key: str, columns: tuple[Column, ...], ids: Collection[str]) -> list[Table]:
        """Every table of a kind with one of these ids in it, on whatever sheet; an issue if there is none."""
        known = {compact(id) for id in ids}
        found = self._find(key, lambda name, header: self._holds(name, header, known))
        if not found:
            self.report_missing(key)
        tables = (_open_table(self, name, header, key, columns) for name, header in found.items())
        return [table for table in tables if table is not None]

    def _find(self, key: str, holds: Callable[[str, int], bool] = lambda *_: True, *, anywhere: bool = False) -> dict[str, int]:
        """The row of the headings on each sheet of a kind: on the sheets written for it, and on any that are not ours."""
        names = self.identity.names
        wanted = [name for one, name in names.items() if one.partition(" ")[0] == key and name in self.book.names]
        found = self._with_headings(key, wanted, holds, anywhere)
        known = self.read | set(names.values() if found else wanted)
        others = [name for name in self.book.names if name not in known and not is_list(self.book.rows(name))]
        found |= self._with_headings(key, others, holds, anywhere)
        self.read |= set(found)
        return found

    def report_missing(self, key: str) -> None:
        """Report that a kind of sheet is missing."""
        named = [name for one, name in self.identity.names.items() if one.partition(" ")[0] == key]
        name = ", ".join(named) or key
        self.issues.add(SHEET_MISSING, Location(self.book.path.name), sheet=name)

    def report_others(self, *own: str, computed: bool = False) -> None:
        """Report the sheets that were not read: those of the tool only for what a person wrote in them, any other as a whole.

        `computed` means that the tool's own sheets hold formulas, whose values nobody typed.
        """
        ours = {self.identity.names.get(key) for key in own}
        for name in self.book.names:
            rows = self.book.rows(name) if name not in self.read else []
            if not rows or is_list(rows):
                continue
            cells = [(row, column, value) for row, line in enumerate(rows) for column, value in enumerate(line) if value != ""]
            formulas = self.book.formulas(name) if computed else {}
            typed = [(row, column, value) for row, column, value in cells if (row, column) not in formulas]
            strange = [cell for cell in typed if not self.is_ours(str(cell[2]))]
            if name not in ours and (ids := self._ids_among(str(value) for _, _, value in cells)):
                self.issues.add(ROWS_WITHOUT_HEADINGS, self.book.at(name), sheet=name, ids=ids)
            elif name in ours or len(strange) * 2 < len(typed):
                for cell in strange:
                    self.report_unused(name, *cell)
            elif cells:
                self.issues.add(UNUSED_SHEET, self.book.at(name), sheet=name)

    def _ids_among(self, texts: Iterable[str]) -> str:
        """The ids of rows that are answered among some texts: a provision alone may be named by anybody."""
        known = self.vocabulary.checklist.provisions
        parts = ((text, *row_parts(text)) for text in texts if len(text) < _LONGEST_ID)
        found = [text for text, provision, letter, rating in parts if provision in known and (letter or rating)]
        return ", ".join(found[:_MOST_IDS]) + ", ..." * (len(found) > _MOST_IDS)

    def report_unused(self, sheet: str, row: int, column: int, value: Cell) -> None:
        """Report a cell that is not read, unless it is blank or holds a text of the tool that no list offers as an answer."""
        text = str(value)
        if text in self._ours or not text or text.isspace():
            return
        if not self.left_alone(text):
            self.issues.add(UNUSED_CELL, self.book.at(sheet, address(row, column)), value=short(text))
        elif len(self._ours) < _MOST_REMEMBERED:
            self._ours.add(text)

    def left_alone(self, text: str) -> bool:
        """Whether the tool wrote this text where it stands: not if it is one of those that people choose as their answers."""
        return self.is_ours(text) and not self.vocabulary.is_answer(text)

    def is_ours(self, text: str) -> bool:
        """Whether the tool wrote this text."""
        return fingerprint(text) in self.identity.fixed or loose_fingerprint(text) in self.identity.fixed

    @cached_property
    def _ours(self) -> set[str]:
        """Texts known to be the tool's alone, shared by all workbooks with the same fingerprints."""
        return _texts_of(self.identity.fixed)

    def _with_headings(self, key: str, names: list[str], holds: Callable[[str, int], bool], anywhere: bool) -> dict[str, int]:
        """The row of the headings of a kind of sheet, on each sheet that has them."""
        places = {name: self._find_headings(self.book.rows(name), key, anywhere) for name in names}
        return {name: at for name, at in places.items() if at >= 0 and holds(name, at)}

    def _find_headings(self, rows: Rows, key: str, anywhere: bool) -> int:
        """The row that holds the headings of a kind of sheet, -1 if there is none."""
        for place, row in enumerate(rows):
            found = {
                self.vocabulary.heading(key, value, anywhere=anywhere)
                for value in row
                if isinstance(value, str) and 0 < len(value) < LONGEST_HEADING
            }
            if len(found - {""}) >= FEWEST_HEADINGS:
                return place
        return -1

    def _holds(self, name: str, header: int, ids: Collection[str]) -> bool:
        """Whether a table of answers stands below the headings."""
        below = self.book.rows(name)[header + 1 :]
        return any(
            isinstance(cell, str) and len(cell) < 40 and row_parts(compact(cell))[0] in ids for row in below for cell in row
        )


class Table:
    """A table found on a sheet: its kind, the row of its headings, the place of each column, and the columns that are unknown."""

    def __init__(
        self, sheets: Sheets, key: str, name: str, header: int, columns: dict[str, int], unknown: frozenset[int]
    ) -> None:
        self.sheets = sheets
        self.key = key
        self.name = name
        self.header = header
        self.columns = columns
        self.unknown = unknown
        self.rows = sheets.book.rows(name)
        self.formulas = sheets.book.formulas(name)
        self.errors = sheets.book.errors(name)
        self._special = {*self.formulas, *self.errors}
        self._special_rows = {row for row, _ in self._special}
        self.width = max(map(len, self.rows))
        self._reported: set[Place] = set()
        self._unused: dict[frozenset[int], list[int]] = {}

    def below(self) -> Iterator[tuple[int, list[Cell]]]:
        """The rows under the headings, each with its number."""
        first = self.header + 1
        return enumerate(self.rows[first:], first)

    def at(self, row: int, key: str) -> Location:
        """Where a cell stands, for messages."""
        return self.sheets.book.at(self.name, address(row, self.columns[key]))

    def value(self, row: int, key: str) -> Cell:
        """The value of an answer cell; a formula, an error value, or what was once a text is reported and counts as blank."""
        column = self.columns.get(key)
        if column is None:
            return ""
        place, value = (row, column), self.rows[row][column]
        if place in self.formulas:
            self._refuse(FORMULA_CELL, place, self.formulas[place])
        elif place in self.errors:
            self._refuse(ERROR_VALUE, place, self.errors[place])
        elif key in AS_WRITTEN and is_changed(value, of_law=key == "number"):
            self._refuse(TEXT_CHANGED, place, clean(value))
        else:
            return value
        return ""

    def _refuse(self, rule: Rule, place: Place, shown: str) -> None:
        """Report once what stands in an answer cell and is none."""
        if place not in self._reported:
            self._reported.add(place)
            self.sheets.issues.add(rule, self.sheets.book.at(self.name, address(*place)), value=short(shown))

    def text(self, row: int, key: str) -> str:
        """The clean text of an answer cell."""
        value = self.value(row, key)
        if value == "":
            return ""
        return as_typed(value) if key in SPACES_KEPT else clean(value)

    def texts(self, row: int, cells: Mapping[str, int]) -> dict[str, str]:
        """The clean texts of those of these cells, by key and column, that are filled."""
        values, special = self.rows[row], row in self._special_rows
        found = {}
        for key, column in cells.items():
            value = values[column]
            if value != "" or (special and (row, column) in self._special):
                usual = type(value) is str and not special and key not in SPACES_KEPT
                if text := clean(value) if usual else self.text(row, key):
                    found[key] = text
        return found

    def day(self, row: int, key: str) -> date | None:
        """The day in a cell; None if it is blank or, with an issue, cannot be read."""
        value = self.value(row, key)
        if clean(value) == "":
            return None
        try:
            return parse_date(value)
        except ValueError:
            self.sheets.issues.add(BAD_DATE, self.at(row, key), value=short(clean(value)))
            return None

    def report_rest(self, row: int, used: frozenset[int]) -> None:
        """Report what stands in a row outside the columns that are read."""
        values = self.rows[row]
        if used not in self._unused:
            self._unused[used] = [column for column in range(self.width) if column not in used]
        for column in self._unused[used]:
            if column < len(values) and values[column] != "":
                self.sheets.report_unused(self.name, row, column, values[column])


def _open_table(sheets: Sheets, name: str, header: int, key: str, columns: tuple[Column, ...]) -> Table | None:
    """The table below a row of headings; None, with issues, if a required column is missing."""
    places, unknown = _headings(sheets, name, header, key)
    shown = sheets.vocabulary.headings_shown(key)
    if unknown or any(column.key not in places for column in columns):
        _restore_headings(sheets, name, header, places, unknown, {one.key: shown.get(one.key, one.key) for one in columns})
    missing = {column: shown.get(column.key, column.key) for column in columns if column.key not in places}
    required = [heading for column, heading in missing.items() if column.required]
    for heading in required:
        sheets.issues.add(HEADING_MISSING, sheets.book.at(name), heading=heading, hint=closest(heading, unknown.values()))
    if gone := [heading for column, heading in missing.items() if column.key in shown and not column.required]:
        sheets.issues.add(COLUMN_GONE, sheets.book.at(name), headings=", ".join(gone), count=len(gone))
    if required:
        return None
    _report_above(sheets, name, header)
    table = Table(sheets, key, name, header, places, frozenset(unknown))
    _report_merged(table)
    return table


def _headings(sheets: Sheets, name: str, header: int, key: str) -> tuple[dict[str, int], dict[int, str]]:
    """The columns of a table by the key of their heading, and the headings of others; one that stands twice is reported."""
    places: dict[str, int] = {}
    unknown: dict[int, str] = {}
    for column, value in enumerate(sheets.book.rows(name)[header]):
        text = clean(value)
        found = sheets.vocabulary.heading(key, text) if text else ""
        if found in places:
            at = sheets.book.at(name, address(header, column))
            sheets.issues.add(HEADING_TWICE, at, value=text, first=address(header, places[found]))
        elif found:
            places[found] = column
        elif text:
            unknown[column] = text
    return places, unknown


def _restore_headings(
    sheets: Sheets, name: str, header: int, places: dict[str, int], unknown: dict[int, str], shown: Mapping[str, str]
) -> None:
    """Report columns that lost their heading and hold something, columns that are not ours, and headings over nothing.

    What stands below a lost heading is read as what it probably is, so that nothing else is said of it.
    """
    rows, issues = sheets.book.rows(name), sheets.issues
    filled = {column for row in rows[header + 1 :] for column, value in enumerate(row) if value != "" and clean(value)}
    for lost, column in list(_places_lost([*shown], places, filled)):
        places[lost] = column
        unknown.pop(column, None)
        cell, value = address(header, column), short(clean(rows[header][column])) or "@issues.blank"
        issues.add(HEADING_LOST, sheets.book.at(name, cell), heading=shown[lost], value=value, cell=cell)
    missing = [heading for key, heading in shown.items() if key not in places]
    for column, text in unknown.items():
        if column in filled:
            at = sheets.book.at(name, address(header, column))
            issues.add(HEADING_UNKNOWN, at, value=short(text), hint=closest(text, missing))
        else:
            sheets.report_unused(name, header, column, text)


def _places_lost(keys: Sequence[str], places: Mapping[str, int], filled: Collection[int]) -> Iterator[tuple[str, int]]:
    """The columns without their heading that hold something: each stands after the one before it, or before the one after it."""
    found = dict(places)
    for lost in keys:
        if lost in found:
            continue
        at = keys.index(lost)
        beside = [found[key] + step for key, step in ((keys[at - 1], 1), (keys[(at + 1) % len(keys)], -1)) if key in found]
        column = next((one for one in beside if one in filled and one not in found.values()), None)
        if column is not None:
            found[lost] = column
            yield lost, column


def _report_above(sheets: Sheets, name: str, header: int) -> None:
    """Report what stands above the headings."""
    for row in range(header):
        for column, value in enumerate(sheets.book.rows(name)[row]):
            if value != "":
                sheets.report_unused(name, row, column, value)


def _report_merged(table: Table) -> None:
    """Refuse merged answer cells, in which one answer would stand for several rows or columns."""
    read = set(table.columns.values())
    book = table.sheets.book
    for (first_row, first), (last_row, last) in book.merged(table.name):
        if last_row > table.header and read & set(range(first, last + 1)):
            cells = f"{address(first_row, first)}:{address(last_row, last)}"
            table.sheets.issues.add(MERGED_CELLS, book.at(table.name, address(first_row, first)), cells=cells)


@lru_cache(maxsize=16)
def _texts_of(_fixed: frozenset[int]) -> set[str]:
    return set()
