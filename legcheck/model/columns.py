"""Figures side by side as columns of numbers, for tables of hundreds of thousands of rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from legcheck.model.checklist import Checklist
from legcheck.model.score import Score


@dataclass(frozen=True)
class Columns:
    """The figures of all assessments that answer one checklist, as numpy arrays by assessment, dimension and node.

    `rows` are the places of the assessments in the comparison, `nodes` the kind and key of each figure, the total first. `shares`
    holds low, central and high as whole numbers, what was gained and out of what (0 out of 0: no figure), but for totals, whose
    scores stand in `totals`; `low`, `central` and `high` are floating numbers, not a number where there is no figure. `bands` are
    places among the checklist's bands, -1 for none.
    """

    checklist: Checklist
    rows: tuple[int, ...]
    nodes: tuple[tuple[str, str], ...]
    shares: tuple[tuple[Any, Any], ...]
    totals: tuple[Score, ...]
    low: Any
    central: Any
    high: Any
    central_if_adopted: Any
    counts: Mapping[str, Any]
    applicable: Any
    enough: Any
    bands: Any
