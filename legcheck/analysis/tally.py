"""Tallies: exact counts and weights that add up, from which every score is made."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from legcheck.model import Level, Provision, Score

ZERO = Fraction(0)


@dataclass(frozen=True)
class Tally:
    """What was gained of what could be, by weight, with counts of provisions and elements beside it. Tallies add up."""

    gained: Fraction = ZERO
    answered_weight: Fraction = ZERO
    unknown_weight: Fraction = ZERO
    answered: int = 0
    unknown: int = 0
    outside: int = 0
    contrary: int = 0
    elements_met: int = 0
    elements: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.gained + other.gained,
            self.answered_weight + other.answered_weight,
            self.unknown_weight + other.unknown_weight,
            self.answered + other.answered,
            self.unknown + other.unknown,
            self.outside + other.outside,
            self.contrary + other.contrary,
            self.elements_met + other.elements_met,
            self.elements + other.elements,
        )

    @property
    def range(self) -> Range:
        """Low, central and high of this tally."""
        weight = self.answered_weight + self.unknown_weight
        if not weight:
            return Range(None, None, None)
        central = self.gained / self.answered_weight if self.answered_weight else None
        return Range(self.gained / weight, central, (self.gained + self.unknown_weight) / weight)

    def score(self, range_: Range, minimum_answered: Fraction) -> Score:
        """A score with these counts; the range may come from a mean of chapters."""
        applicable = self.answered + self.unknown
        return Score(
            low=range_.low,
            central=range_.central,
            high=range_.high,
            answered=self.answered,
            applicable=applicable,
            not_applicable=self.outside,
            contrary=self.contrary,
            elements_met=self.elements_met,
            elements=self.elements,
            enough=bool(self.answered) and Fraction(self.answered, applicable) >= minimum_answered,
        )


@dataclass(frozen=True)
class Range:
    """What is unknown taken as 0, left out, taken as 1."""

    low: Fraction | None
    central: Fraction | None
    high: Fraction | None


def tally_one(provision: Provision, level: Level | None, elements_met: int, elements: int) -> Tally:
    """The tally of one provision; `level` is None where it is not assessed, `elements` 0 where they are not recorded."""
    if level is None:
        return Tally(unknown_weight=provision.weight, unknown=1)
    if level.outside:
        return Tally(outside=1)
    return Tally(
        gained=provision.weight * level.worth,
        answered_weight=provision.weight,
        answered=1,
        contrary=int(level.contrary),
        elements_met=elements_met,
        elements=elements,
    )


def weighted_mean(parts: list[tuple[Fraction, Range]]) -> Range:
    """The mean of ranges by weight. Parts where nothing applies are left out; of the centre, those not answered."""

    def mean(pairs: list[tuple[Fraction, Fraction]]) -> Fraction | None:
        weight = sum((weight for weight, _ in pairs), ZERO)
        return sum((weight * value for weight, value in pairs), ZERO) / weight if weight else None

    return Range(
        mean([(weight, part.low) for weight, part in parts if part.low is not None]),
        mean([(weight, part.central) for weight, part in parts if part.central is not None]),
        mean([(weight, part.high) for weight, part in parts if part.high is not None]),
    )
