"""The columns of an action plan and what their cells may hold, defined once for the writer, the reader and the manual.

Their headings are in `reports/labels/<language>/action_plan.yaml`. The reader finds a column by its key or its heading in any
language, never by its position.
"""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from legcheck.model import Status
from legcheck.words import fold
from legcheck.workbook.columns import Column

if TYPE_CHECKING:
    from legcheck.labels import Labels
    from legcheck.workbook.text import Cell

MAGIC = "legcheck action plan"

PLAN, OVERVIEW, HOW = "plan", "overview", "how"

PLAN_COLUMNS = (
    Column("measure", 30, answer=False),
    Column("phase", 10.5, answer=False),
    Column("flagship", 9.8, answer=False),
    Column("objective", 14, answer=False),
    Column("lead", 12.5, answer=False),
    Column("status", 10.5, required=True),
    Column("owner", 13.5, required=True),
    Column("start", 9.6, required=True),
    Column("end", 9.6, required=True),
    Column("cost", 11, required=True),
    Column("funding", 12, required=True),
    Column("progress", 9.5, required=True),
    Column("text", 16, required=True),
    Column("place", 6, answer=False),
    Column("do", 150, answer=False),
    Column("gaps", 60, answer=False),
    Column("section", 20, answer=False),
    Column("partners", 40, answer=False),
    Column("effort", 16, answer=False),
    Column("requires", 11, answer=False),
    Column("id", 9, answer=False, required=True),
)
"""What one filters by and fills in comes first, and fits on a screen of 1366 pixels; what describes the measure follows, and the
id by which a plan made again finds it comes last."""
SINCE = Column("since", 24)
"""What changed since the remarks were written; the column is left out if nothing did."""

PROGRESS = ("0%", "25%", "50%", "75%", "100%")
"""The steps of progress, as stored."""

TEXTS = ("owner", "funding", "text")
DATES = ("start", "end")

# 1 250 000.50, 1,250,000.50, 1.250.000,50, 1'250'000: groups of three with one sign, then decimals with another.
_GROUPED = re.compile(r"(-?)(\d{1,3})((?:([ ',.])\d{3})(?:\4\d{3})*)(?:(?!\4)[,.](\d+))?")
_PLAIN = re.compile(r"-?\d+(?:[,.]\d+)?")
_AMBIGUOUS = re.compile(r"-?[1-9]\d{0,2}[,.]\d{3}")
_BEYOND_ANY_BUDGET = 10**40


def heading(column: Column, labels: Labels) -> str:
    """The heading of a column as shown."""
    return labels(f"action_plan.columns.{column.key}")


def statuses(labels: Labels) -> dict[str, str]:
    """The words for the status of a measure, by key; only the tool sets the last one."""
    return {status.value: labels(f"plan.status.{status.value}") for status in Status}


def parse_amount(value: Cell) -> Decimal:
    """The amount of money that a cell holds.

    Raises:
        ValueError: it is not a number, is ambiguous, such as ``1,250``, or far beyond any budget.
    """
    if isinstance(value, bool | date | time | timedelta):
        raise ValueError(value)
    amount = Decimal(repr(value)) if isinstance(value, int | float) else _written_amount(fold(value))
    if amount.is_finite() and abs(amount) < _BEYOND_ANY_BUDGET:
        return amount
    raise ValueError(value)


def _written_amount(text: str) -> Decimal:
    if _AMBIGUOUS.fullmatch(text):
        raise ValueError(text)
    if _PLAIN.fullmatch(text):
        return Decimal(text.replace(",", "."))
    if written := _GROUPED.fullmatch(text):
        sign, first, groups, mark, decimals = written.groups()
        return Decimal(f"{sign}{first}{groups.replace(mark, '')}.{decimals or 0}")
    raise ValueError(text)


def parse_progress(value: Cell) -> str:
    """The step of progress that a cell holds, such as ``25%``; empty for a blank cell.

    Raises:
        ValueError: it is not one of the steps.
    """
    if isinstance(value, bool | date | time | timedelta):
        raise ValueError(value)
    # A cell formatted as a percentage holds a quarter as 0.25.
    text = f"{value * 100 if 0 < value <= 1 else value:.12g}" if isinstance(value, int | float) else fold(value)
    step = f"{text.replace('%', '').strip()}%" if text else ""
    if step and step not in PROGRESS:
        raise ValueError(value)
    return step
