"""The plan: the draft National Comprehensive Assistance Plan, ordered measures by phase."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from legcheck.model.gap import Gap, Reason
from legcheck.model.measure import Case, Catalogue, Measure
from legcheck.model.result import Result
from legcheck.model.score import DimensionScores, Score


@dataclass(frozen=True)
class Answered:
    """A gap that a measure answers, in which case, and the missing elements that the measure speaks to."""

    gap: Gap
    case: Case
    letters: tuple[str, ...]


@dataclass(frozen=True)
class PlannedMeasure:
    """A measure in its place. `phase` is its own, or later where a prerequisite comes later."""

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


class Status(StrEnum):
    """Where a measure stands."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    UNDER_WAY = "under way"
    DONE = "done"
    DROPPED = "dropped"
    CLOSED = "closed"


@dataclass(frozen=True)
class Entry:
    """What the ministry and the adviser wrote beside a measure, kept by its id when the plan is made again.

    `fingerprint` marks the figures that the text was written beside; `stale` says that they changed since. `closed_on` is the
    as-of date of the assessment that no longer shows a gap for the measure, `last_status` where the measure stood until then.
    """

    measure: str
    title: str = ""
    status: Status = Status.PROPOSED
    owner: str = ""
    start: date | None = None
    end: date | None = None
    cost: Decimal | None = None
    funding: str = ""
    progress: str = ""
    text: str = ""
    fingerprint: str = ""
    stale: bool = False
    closed_on: date | None = None
    last_status: Status | None = None


@dataclass(frozen=True)
class ActionPlan:
    """The filled action plan of a country: its entries by measure, and what it was made from."""

    country: str
    as_of: date
    checklist: str
    checklist_version: str
    entries: Mapping[str, Entry]


@dataclass(frozen=True)
class Progress:
    """How far a plan has come: its entries by measure, and by provision the measures that answer its gaps."""

    entries: Mapping[str, Entry]
    by_provision: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Choice:
    """Measures chosen from a plan, in its order, what they cost in effort, and the total they lead to."""

    measures: tuple[PlannedMeasure, ...]
    effort: int
    before: Fraction
    after: Fraction
    score: Score
