"""The plan: the draft National Comprehensive Assistance Plan, ordered measures by phase."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from legcheck.model.gap import Gap, Reason
from legcheck.model.measure import Case, Catalogue, Measure
from legcheck.model.result import Result
from legcheck.model.score import DimensionScores


@dataclass(frozen=True)
class Answered:
    """A gap that a measure answers, in which case, and the missing elements that the measure speaks to."""

    gap: Gap
    case: Case
    letters: tuple[str, ...]


@dataclass(frozen=True)
class PlannedMeasure:
    """A measure in its place. `phase` is its own, or later where a prerequisite comes later; `requires` are the prerequisites in the plan."""

    place: int
    measure: Measure
    answers: tuple[Answered, ...]
    phase: str
    requires: tuple[str, ...]
    in_place: tuple[str, ...]
    points: Fraction
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Outlook:
    """The scores after a phase, with every measure up to its end carried out; `phase` is empty for today."""

    phase: str
    scores: Mapping[str, DimensionScores]


@dataclass(frozen=True)
class Plan:
    """Ordered measures that answer the gaps of a result.

    `unanswered` are gaps that no measure offered answers, `assess_first` the provisions that nobody assessed: they yield an
    assessment, not a measure.
    """

    result: Result
    catalogue: Catalogue
    measures: tuple[PlannedMeasure, ...]
    unanswered: tuple[Gap, ...]
    assess_first: tuple[str, ...]
    outlook: tuple[Outlook, ...]
