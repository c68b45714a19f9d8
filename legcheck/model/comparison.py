"""The comparison: several assessments side by side, never a ranking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from legcheck.model.element_marks import ElementMarks
from legcheck.model.reading import ElementsFound, FoundAs, elements_by, found_by
from legcheck.model.summary import Summary, unpack_elements, unpack_ratings

if TYPE_CHECKING:
    import pandas as pd

    from legcheck.model.assessment import Scope
    from legcheck.model.checklist import Checklist
    from legcheck.model.figures import Array, DimensionScores, Figures
    from legcheck.model.request import Request
    from legcheck.model.summary import LeftOut


@dataclass(frozen=True)
class ComparisonRules:
    """The numbers that a comparison depends on; `provisions/comparison.yaml` says what each means."""

    weights_vary_by: Fraction
    smallest_group: int


@dataclass(frozen=True)
class Naming:
    """How a country is shown: its name, its sort key, and the key and title of its group, if any.

    `fictional` countries have codes that no State will ever have.
    """

    name: str
    sort_key: str
    fictional: bool = False
    group: tuple[str, str] | None = None


class Differs(StrEnum):
    """Why an assessment is not fully comparable with the others."""

    VERSION = "version"
    FORM = "form"
    RULES = "rules"
    TEXTS = "texts"
    YEAR = "year"
    FEW_ANSWERS = "few_answers"


class Movement(StrEnum):
    """What happened to a provision from one round of a country to the next."""

    GAINED = "gained"
    LOST = "lost"
    ANSWERED = "answered"
    NO_LONGER_ANSWERED = "no_longer_answered"
    RE_RATED = "re_rated"


@dataclass(frozen=True)
class Compared:
    """One assessment of a comparison: `name` and `when` are how the country and the date of its law are shown.

    `latest` marks the last round of a country in its scope; `differs` says why it is not fully comparable with the others;
    `group` is the title of the analyst's group or region it belongs to.
    """

    summary: Summary
    name: str
    when: str
    scores: Mapping[str, DimensionScores]
    if_adopted: Mapping[str, DimensionScores]
    fictional: bool = False
    latest: bool = True
    differs: tuple[Differs, ...] = ()
    group: str = ""


@dataclass(frozen=True)
class Spread:
    """The middle of a group of figures: quartiles of the central figures of `count` assessments with enough answers."""

    count: int
    lowest: Fraction
    lower: Fraction
    median: Fraction
    upper: Fraction
    highest: Fraction


@dataclass(frozen=True)
class Group:
    """Assessments set side by side: all of one scope, a region, or a group of the analyst's own.

    `members` are the places of its assessments among the rows, latest rounds only; `spreads` are by dimension and figure node
    (``total``, ``REC``, ``theme.gender``, ``instrument.VRD``).
    """

    key: str
    title: str
    scope: Scope
    members: tuple[int, ...]
    spreads: Mapping[str, Mapping[str, Spread]]


@dataclass(frozen=True)
class Change:
    """A provision whose rating in a dimension changed, or what that is worth by its elements; empty where it is not assessed."""

    provision: str
    dimension: str
    movement: Movement
    before: str
    after: str
    worth_before: Fraction | None
    worth_after: Fraction | None


@dataclass(frozen=True)
class Passage:
    """From one round of a country to the next, as places among the rows. With `breaks`, the trend line is interrupted."""

    before: int
    after: int
    breaks: tuple[Differs, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Steadiness:
    """The score of an assessment when weights and unknown answers vary: its 5th, 50th and 95th percentile."""

    row: int
    score: tuple[float, float, float]


@dataclass(frozen=True)
class Robustness:
    """Ranges of scores over `draws` draws from a seed, by dimension."""

    draws: int
    seed: int
    weights_vary_by: Fraction
    by_dimension: Mapping[str, tuple[Steadiness, ...]]


@dataclass(frozen=True)
class Judged:
    """The figures of the assessments that answer one checklist; `rows` are their places in the comparison.

    `pending` are the places among them, from 0, of those whose figures adopted and draft law would change, and `if_adopted` the
    figures they would then have; `changed` says by dimension where these differ from today's.
    """

    rows: tuple[int, ...]
    today: Figures
    pending: tuple[int, ...]
    if_adopted: Figures
    changed: Array


@dataclass(frozen=True)
class Comparison:
    """Several assessments side by side. `checklist` is the one most of them answer; `checklists` holds every one by digest.

    Readings of named texts come after all assessments of a whole legal order. They have counts and no scores, and are part of no
    group and no passage. `judged` holds the figures of all rows, checklist by checklist. `everyone` holds the group of all latest
    assessments; `groups` those asked for. `passages` lead from each round of a country to the next.
    """

    checklist: Checklist
    checklists: Mapping[str, Checklist]
    request: Request
    rules: ComparisonRules
    rows: tuple[Compared, ...]
    judged: tuple[Judged, ...]
    everyone: tuple[Group, ...]
    groups: tuple[Group, ...]
    passages: Sequence[Passage]
    robustness: Robustness | None
    left_out: tuple[LeftOut, ...]
    tool_version: str
    scoring: int

    @property
    def scored(self) -> tuple[Compared, ...]:
        """The assessments of a whole legal order, which are the first rows."""
        return tuple(row for row in self.rows if row.summary.scope.scored)

    @property
    def readings(self) -> tuple[Compared, ...]:
        """The readings of named texts, which are the other rows."""
        return self.rows[len(self.scored) :]

    @property
    def anonymous(self) -> bool:
        """Whether names are withheld."""
        return self.request.anonymous

    def ratings(self, row: Compared, dimension: str) -> Mapping[str, str]:
        """The rating that counts on every provision of the row's own checklist, empty where nothing was answered."""
        checklist = self.checklist_of(row)
        return dict(zip(checklist.provisions, unpack_ratings(checklist, row.summary.ratings).get(dimension, ()), strict=False))

    def elements(self, row: Compared) -> Mapping[str, ElementMarks]:
        """The elements of each provision that count."""
        checklist = self.checklist_of(row)
        return dict(zip(checklist.provisions, unpack_elements(checklist, row.summary.elements), strict=True))

    def found(self, row: Compared) -> Mapping[str, Mapping[str, FoundAs]]:
        """How the named texts of a reading deal with each provision, by dimension."""
        return found_by(self.checklist_of(row), row.summary)

    def elements_found(self, row: Compared) -> Mapping[str, ElementsFound]:
        """How they deal with the elements of each provision."""
        return elements_by(self.checklist_of(row), row.summary)

    def citations(self, row: Compared) -> Mapping[str, str]:
        """The laws and articles that the answer to each provision cites, on one line."""
        return dict(zip(self.checklist_of(row).provisions, row.summary.citations, strict=True))

    def to_frame(self, of: Literal["scores", "readings", "answers"] = "scores") -> pd.DataFrame:
        """A pandas frame with a row for each assessment or each reading of texts, dimension and figure, or for each answer.

        The columns are those of the tables that a comparison writes, but for `display`, which depends on a language.
        """
        from legcheck.model.frames import comparison_frame

        return comparison_frame(self, of)

    def checklist_of(self, row: Compared) -> Checklist:
        """The checklist that a row answers."""
        return self.checklists[row.summary.checklist.digest]
