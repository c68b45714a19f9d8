"""What several files say differently, as an Excel workbook: a row a difference, the files side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING

from legcheck.excel import Book
from legcheck.reports.xlsx_tables import CENTRED, STRONG, Column, Page, add_sheet, write_table

if TYPE_CHECKING:
    from datetime import date

    from legcheck.labels import Labels

_VALUES_WIDTH = 110.0  # with the places of two files a row fits on paper


@dataclass(frozen=True)
class DifferenceInWords:
    """One difference as it is shown: the row and column of a workbook, then what each file says, and where."""

    row: str
    column: str
    values: tuple[str, ...]
    places: tuple[str, ...]


def render_differences(rows: Sequence[DifferenceInWords], files: Sequence[str], day: date, labels: Labels) -> bytes:
    """The workbook, ready to be written to a file."""
    title = labels("xlsx.sheet.differences")
    book = Book(day, title=title, language=labels.language, continued=labels("xlsx.continued"))
    sheet = add_sheet(book, title, direction=labels.direction, above=(title, labels.join(files)))
    page = Page(sheet, labels)
    columns = list(_columns(files, labels))
    page.head(title, labels.join(files), labels("xlsx.lead.differences"))
    write_table(page, columns, rows, frozen=2)
    return book.finish()


def _columns(files: Sequence[str], labels: Labels) -> Iterator[Column[DifferenceInWords]]:
    """The row, its column, then for every file what it says and the cell."""
    yield Column("row", 14, attrgetter("row"), STRONG, labels("workbook.columns.history.row"))
    yield Column("column", 22, attrgetter("column"), CENTRED, labels("workbook.columns.history.column"))
    width = _VALUES_WIDTH / len(files)
    for at, file in enumerate(files):
        yield Column(f"value{at}", width, partial(_value, at), title=file, kept=True)
    for at, file in enumerate(files):
        heading = labels("xlsx.column.place_in", file=file)
        yield Column(f"place{at}", 29, partial(_place, at), title=heading, kept=True)


def _value(at: int, one: DifferenceInWords) -> str:
    return one.values[at]


def _place(at: int, one: DifferenceInWords) -> str:
    return one.places[at]
