"""Amounts of money and steps of progress as people write them."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from legcheck.workbook.action_plan.columns import PROGRESS, progress_of
from legcheck.workbook.text import fold

if TYPE_CHECKING:
    from legcheck.workbook.text import Cell

# 1 250 000.50, 1,250,000.50, 1.250.000,50, 1'250'000: groups of three with one sign, then decimals with another.
_GROUPED = re.compile(r"(-?)(\d{1,3})((?:([ ',.])\d{3})(?:\4\d{3})*)(?:(?!\4)[,.](\d+))?")
_PLAIN = re.compile(r"-?\d+(?:[,.]\d+)?")
_TWO_READINGS = re.compile(r"-?[1-9]\d{0,2}[,.]\d{3}")


def parse_amount(value: Cell) -> Decimal:
    """The amount that a cell holds.

    Raises:
        ValueError: it is no number, or could be read in two ways, as ``1,250`` could.
    """
    if isinstance(value, bool | date | time | timedelta):
        raise ValueError(value)
    if isinstance(value, int | float):
        return _decimal(repr(value))
    text = fold(value)
    if _TWO_READINGS.fullmatch(text):
        raise ValueError(text)
    if _PLAIN.fullmatch(text):
        return _decimal(text.replace(",", "."))
    if written := _GROUPED.fullmatch(text):
        sign, first, groups, mark, decimals = written.groups()
        return _decimal(f"{sign}{first}{groups.replace(mark, '')}.{decimals or 0}")
    raise ValueError(text)


def parse_progress(value: Cell) -> str:
    """The step of progress that a cell holds, such as ``25%``, empty for a blank one.

    Raises:
        ValueError: it is not one of the steps.
    """
    if isinstance(value, bool | date | time | timedelta):
        raise ValueError(value)
    if isinstance(value, int | float):
        # A cell formatted as a percentage holds a quarter as 0.25.
        share = value * 100 if 0 < value <= 1 else value
        return _step(str(int(share)) if share == int(share) else "")
    text = fold(value)
    return _step(text.replace("%", "").strip()) if text else ""


def _step(number: str) -> str:
    for step in PROGRESS:
        if number == str(step):
            return progress_of(step)
    raise ValueError(number)


def _decimal(text: str) -> Decimal:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        raise ValueError(text) from None
    if not amount.is_finite():
        raise ValueError(text)
    return amount
