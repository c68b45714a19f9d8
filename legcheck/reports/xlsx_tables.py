"""Tables of the Excel report: columns described once, empty ones left out, header frozen and repeated on paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Generic, TypeVar

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink

from legcheck.reports.xlsx_cells import BODY, COLUMN, LEAD, LINK, SUBTITLE, TITLE, Look, Page, Sheet, Value

T = TypeVar("T")

_FILTER_BUTTON = 3
_WIDEST_PRINT = 205  # characters across a sheet of paper


@dataclass(frozen=True)
class Column(Generic[T]):
    """One column: its name in labels and in code, what stands in it, and how. `kept` ones stay even where they are empty."""

    key: str
    width: float
    value: Callable[[T], Value]
    look: Look | Callable[[T], Look] = BODY
    title: str = ""
    kept: bool = False
    link: Callable[[T], Hyperlink | None] | None = None

    def look_of(self, item: T) -> Look:
        return self.look if isinstance(self.look, Look) else self.look(item)


@dataclass(frozen=True)
class Written:
    """Where a table stands: its columns by key, and its first and last row below the header."""

    columns: Mapping[str, int]
    first: int
    last: int


def opening(page: Page, sheet: str) -> None:
    """Title, country and lead of a sheet of the gap report."""
    head(page, page.labels(f"xlsx.sheet.{sheet}"), page.view.subtitle, page.labels(f"xlsx.lead.{sheet}"))


def head(page: Sheet, title: str, subtitle: str, lead: str) -> None:
    """Title and lead of a sheet."""
    page.line(title, TITLE)
    page.line(subtitle, SUBTITLE)
    page.line(lead, Look(ink=LEAD.ink, wrap=False))
    page.skip()


def write_table(
    page: Sheet, columns: Sequence[Column[T]], items: Sequence[T], *, frozen: int, below_charts: bool = False
) -> Written:
    """Write a table at the current row; one without rows is the sentence that says so.

    The first `frozen` columns stay in sight, and so does the header where no chart stands above it.
    """
    shown = [one for one in columns if one.kept or any(one.value(item) not in ("", None) for item in items)]
    if not items:
        page.line(page.labels("report.none"))
        return Written({}, page.row, page.row)
    page.widths([one.width for one in shown])
    header = page.row
    for place, one in enumerate(shown, start=1):
        title = one.title or page.labels(f"xlsx.column.{one.key}")
        page.put(place, title, COLUMN)
        page.fit(title, one.width - _FILTER_BUTTON, COLUMN)
    for item in items:
        page.row += 1
        _write_row(page, shown, item)
    _set_up(page, header, len(shown), frozen)
    if not below_charts:
        keep_in_sight(page, header, [one.width for one in shown], frozen)
    last = page.row
    page.row += 1
    return Written({one.key: place for place, one in enumerate(shown, start=1)}, header + 1, last)


def _write_row(page: Sheet, columns: Sequence[Column[T]], item: T) -> None:
    for place, one in enumerate(columns, start=1):
        value, look = one.value(item), one.look_of(item)
        cell = page.put(place, value, look)
        page.fit(value, one.width, look)
        target = one.link(item) if one.link is not None else None
        if target is not None:
            cell.hyperlink = target
            page.looks.dress(cell, LINK)


def _set_up(page: Sheet, header: int, columns: int, frozen: int) -> None:
    """Filter, and on paper the header on every page."""
    page.sheet.auto_filter.ref = f"A{header}:{get_column_letter(columns)}{page.row}"
    page.sheet.print_title_rows = f"{header}:{header}"
    page.sheet.freeze_panes = f"{get_column_letter(frozen + 1)}1"


def keep_in_sight(page: Sheet, header: int, widths: Sequence[float], frozen: int) -> None:
    """Freeze header and first columns; on paper as many sheets across as keep the print readable, each with these columns."""
    sheet, kept = page.sheet, sum(widths[:frozen])
    sheet.freeze_panes = f"{get_column_letter(frozen + 1)}{header + 1}"
    sheet.print_title_cols = f"A:{get_column_letter(frozen)}"
    sheet.page_setup.fitToWidth = max(1, ceil((sum(widths) - kept) / (_WIDEST_PRINT - kept)))
