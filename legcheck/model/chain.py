"""The chain behind a figure, from its rule down to the cells it was made from."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from legcheck.issues import Location
from legcheck.model.checklist import Dimension, Level, Rollup
from legcheck.model.score import Score

# What the name of a figure ends with when it shows where adopted and draft law would lead.
LATER = ".if-adopted"


@dataclass(frozen=True)
class Step:
    """One provision under a figure: its weight, the rating typed and the one that counts, and the cells that say so.

    `present` holds the letters of the elements that the law contains.
    """

    provision: str
    title: str
    weight: Fraction
    typed: str
    counts_as: str
    level: Level | None
    present: tuple[str, ...]
    legal_basis: str
    cells: tuple[Location, ...]

    @property
    def gains(self) -> Fraction | None:
        """Weight times worth: what the provision brings, None where it does not count."""
        return None if self.level is None or self.level.outside else self.weight * self.level.worth


@dataclass(frozen=True)
class Part:
    """A chapter under a figure, or the figure itself where it is pooled."""

    id: str
    title: str
    weight: Fraction
    score: Score | None
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Chain:
    """A figure, the rule it follows (`chapters` or `pooled`), and what it was made from."""

    figure: str
    dimension: Dimension
    rule: Rollup
    score: Score | None
    parts: tuple[Part, ...]
