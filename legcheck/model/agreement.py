"""How far independent readings of the same law agree."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple


@dataclass(frozen=True)
class Shared:
    """How many items two readings or more answered, on how many of these they differ, and how many one alone answered."""

    answered: int = 0
    differ: int = 0
    alone: int = 0

    @property
    def divergence(self) -> Fraction | None:
        """The share of the items answered more than once on which readings differ; None if there are none."""
        return Fraction(self.differ, self.answered) if self.answered else None

    def __add__(self, other: Shared) -> Shared:
        return Shared(self.answered + other.answered, self.differ + other.differ, self.alone + other.alone)


class Alpha(NamedTuple):
    """Krippendorff's alpha (1 is agreement, 0 what chance would give), and where 95 of 100 resamples of the items lie."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Agreement:
    """How far readings agree on one kind of item: the elements, or the ratings in a dimension (`key`).

    `alpha` is None where it cannot be told: nothing was answered twice, or everything was answered alike.
    """

    key: str
    chapters: dict[str, Shared]
    alpha: Alpha | None

    @property
    def total(self) -> Shared:
        """The items of all chapters."""
        return sum(self.chapters.values(), Shared())
