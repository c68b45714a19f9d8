"""Gaps: provisions not fully met, with the reasons for their priority. A gap is a problem in the law, not in a file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class GapKind(StrEnum):
    """What kind of shortfall a gap is."""

    CONTRARY = "contrary"
    LEGISLATIVE_MISSING = "legislative_missing"
    LEGISLATIVE_PARTIAL = "legislative_partial"
    PRACTICE_WITHOUT_LAW = "practice_without_law"
    IMPLEMENTATION = "implementation"
    SHORTFALL = "shortfall"


@dataclass(frozen=True)
class Reason:
    """One factor of a gap's priority, what it was applied to, and the points it brought."""

    factor: str
    detail: str
    points: Fraction


@dataclass(frozen=True)
class Gap:
    """A provision not fully met. `missing` holds the letters of the elements that the law lacks."""

    provision: str
    dimension: str
    kind: GapKind
    rating: str
    missing: tuple[str, ...]
    points: Fraction
    priority: str
    reasons: tuple[Reason, ...]
    closes_if_adopted: bool = False
