"""Scores: a figure with the counts behind it, never without its answered share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction


@dataclass(frozen=True)
class Score:
    """Low, central and high: what is unknown taken as 0, left out, taken as 1. Each is exact, in [0, 1].

    All three are None where nothing applies; `central` is None where nothing is answered. `enough` says whether the answered
    share reaches the checklist's minimum, without which no central figure is printed.
    """

    low: Fraction | None
    central: Fraction | None
    high: Fraction | None
    answered: int
    applicable: int
    not_applicable: int
    contrary: int
    elements_met: int
    elements: int
    enough: bool
    band: str = ""
    capped_by: tuple[str, ...] = ()

    @property
    def assessed_share(self) -> Fraction | None:
        """Answered over applicable provisions, None where nothing applies."""
        return Fraction(self.answered, self.applicable) if self.applicable else None


@dataclass(frozen=True)
class DimensionScores:
    """All figures of one dimension: the total, and the same answers by chapter, theme and instrument."""

    total: Score
    chapters: Mapping[str, Score] = field(default_factory=dict)
    themes: Mapping[str, Score] = field(default_factory=dict)
    instruments: Mapping[str, Score] = field(default_factory=dict)

    @property
    def assessed(self) -> bool:
        """Whether anything was answered in this dimension."""
        return self.total.answered > 0
