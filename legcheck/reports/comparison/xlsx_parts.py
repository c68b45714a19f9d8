"""What the sheets of the comparison workbook share: how assessments are named, dated and shaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from openpyxl.formatting.rule import ColorScale, FormatObject, Rule
from openpyxl.styles.colors import Color

from legcheck.reports import palette
from legcheck.reports.comparison.view import Cell, ComparisonView, RowHead
from legcheck.reports.comparison.view import Column as Figure
from legcheck.reports.xlsx_cells import BODY, STRONG, Look, Sheet, Value, argb
from legcheck.reports.xlsx_tables import Column, head

T = TypeVar("T")

COUNT = replace(BODY, centred=True)
DAY = Look(boxed=True, centred=True, format="yyyy-mm-dd")
_DAY_ZERO = 693_594  # the ordinal of 30 December 1899, from which Excel counts days


@dataclass(frozen=True)
class Line:
    """One assessment with its figures, None where it has nothing in the dimension."""

    head: RowHead
    cells: tuple[Cell, ...] | None


def opening(page: Sheet, view: ComparisonView, title: str, lead: str) -> None:
    """Title and lead of a sheet with figures of assessments, and that they are no ranking; the notes say it in full."""
    head(page, title, view.caveat or page.labels("comparison_sheets.no_ranking"), page.labels(f"comparison_sheets.lead.{lead}"))


def head_columns(page: Sheet, view: ComparisonView) -> list[Column[Line]]:
    """What names an assessment."""
    labels = page.labels
    columns: list[Column[Line]] = [
        Column("name", 26, lambda line: line.head.name, STRONG),
        Column("code", 9, lambda line: line.head.code),
        Column("when", 13, lambda line: when_of(line.head, view), DAY),
        Column("signs", 8, lambda line: " ".join(mark.sign for mark in line.head.marks), replace(BODY, centred=True)),
        Column("round", 13, lambda line: "" if line.head.latest else labels("comparison_sheets.earlier")),
        Column("scope", 17, lambda line: line.head.scope_title if len(view.scopes) > 1 else ""),
        Column("group", 18, lambda line: line.head.group),
    ]
    return titled(page, columns)


def when_of(row: RowHead, view: ComparisonView) -> Value:
    """The date of a row's law as a day that Excel knows, or as shown where names are withheld."""
    return row.when if view.anonymous else serial(row.law_day)


def serial(day: date) -> int:
    """A day as the number that stands for it in a cell."""
    return day.toordinal() - _DAY_ZERO


def shown(columns: Sequence[Column[T]], items: Sequence[T]) -> list[Column[T]]:
    """The columns in which anything stands."""
    return [one for one in columns if any(one.value(item) not in ("", None) for item in items)]


def titled(page: Sheet, columns: Sequence[Column[T]]) -> list[Column[T]]:
    """Columns with their titles from the words of this workbook where they have none yet."""
    return [one if one.title else replace(one, title=page.labels(f"comparison_sheets.column.{one.key}")) for one in columns]


def node_titles(page: Sheet, column: Figure) -> tuple[str, str]:
    """The title above a figure's columns, and the heading of its number."""
    if column.short == column.title:
        return column.title, page.labels("comparison_sheets.column.central")
    return f"{column.short} {column.title}", column.short


def colour_scale() -> Rule:
    """The same shade for the same share on every sheet."""
    ends = [FormatObject(type="num", val=value) for value in (0, 1)]
    colours = [Color(argb(colour)) for colour in (palette.PAPER, palette.BETWEEN)]
    return Rule(type="colorScale", colorScale=ColorScale(cfvo=ends, color=colours))
