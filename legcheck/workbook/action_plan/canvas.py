"""A sheet of an action plan being written: days, amounts and colours beside what every sheet has."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.datavalidation import DataValidation

from legcheck.model import Status
from legcheck.workbook.writing import styles
from legcheck.workbook.writing.canvas import Canvas

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell

    from legcheck.workbook.writing.styles import Look

CLOSED = "FFE6E8EB"
STATUS_COLOURS = {
    Status.PROPOSED: styles.WHITE,
    Status.AGREED: "FFDDE9F4",
    Status.UNDER_WAY: "FFFBEFC9",
    Status.DONE: styles.DONE,
    Status.DROPPED: CLOSED,
    Status.CLOSED: CLOSED,
}
_Style = Literal["stop", "warning"]
_DAY_ZERO = date(1899, 12, 30)


class PlanCanvas(Canvas):
    """One sheet of an action plan."""

    def number(self, row: int, column: int, value: int, look: Look) -> Cell:
        """Write a number of the tool's own."""
        cell = self._cell(row, column, look)
        cell.value = value
        for written in (str(value), str(float(value))):
            self.remember(written)
        return cell

    def amount(self, row: int, column: int, value: Decimal | None, look: Look) -> Cell:
        """Write an amount that a person entered; as text where a spreadsheet could not hold all its digits."""
        cell = self._cell(row, column, look)
        if value is not None:
            held = Decimal(repr(float(value))) == value
            cell.value = value if held else f"{value:f}"
            cell.data_type = "n" if held else "s"
        return cell

    def days(self, cells: str, key: str, least: str, **facts: object) -> None:
        """Doubt a day before `least`, a number or the address of a cell, without refusing it."""
        rule = DataValidation(type="date", operator="greaterThanOrEqual", formula1=least, allow_blank=True)
        self._check(rule, "warning", cells, key, facts)

    def amounts(self, cells: str, key: str) -> None:
        """Accept numbers from 0 up."""
        rule = DataValidation(type="decimal", operator="greaterThanOrEqual", formula1="0", allow_blank=True)
        self._check(rule, "stop", cells, key, {})

    def colour(self, cells: str, formula: str, colour: str, *, muted: bool = False) -> None:
        """A background where a formula holds."""
        font = Font(color=styles.MUTED) if muted else None
        rule = Rule(type="expression", formula=[formula], dxf=DifferentialStyle(fill=styles.fill(colour), font=font))
        self.sheet.conditional_formatting.add(cells, rule)

    def _check(
        self, rule: DataValidation, style: Literal["stop", "warning"], cells: str, key: str, facts: dict[str, object]
    ) -> None:
        root = self.draft.root
        rule.errorStyle = style
        rule.showErrorMessage = True
        rule.errorTitle = self.words(f"{root}.errors.title")[:32]
        rule.error = self.words(f"{root}.errors.{key}", **facts)[:225]
        self._validate(rule, cells, key, {})


def day_number(day: date) -> str:
    """A day as a spreadsheet counts it."""
    return str(max(1, (day - _DAY_ZERO).days))
