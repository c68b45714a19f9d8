"""The result, which links judgement and reports: figures, gaps, and the chain behind each figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from legcheck.issues import TEXT_TOO_LONG, Issue, Location, reject
from legcheck.model.assessment import Assessment
from legcheck.model.checklist import Checklist, Dimension, Level, Rollup
from legcheck.model.element_marks import ElementMarks
from legcheck.model.figures import DimensionScores, Score
from legcheck.model.reading import Beside, ElementsFound, FoundAs, elements_in, found_in

if TYPE_CHECKING:
    import pandas as pd

# The suffix of figures that show where adopted and draft law would lead.
LATER = ".if-adopted"


class Edition(StrEnum):
    """For whom a report is: for those who work on it, or for everybody."""

    RESTRICTED = "restricted"
    PUBLIC = "public"


@dataclass(frozen=True)
class Release:
    """How a report may be passed on.

    `marking` (``Confidential until consented``) stands on every page and in the properties of the files. `despite` is the reason
    why texts that look like personal data are published all the same.
    """

    edition: Edition = Edition.RESTRICTED
    marking: str = ""
    despite: str = ""


RESTRICTED = Release()

LONGEST = {"marking": 60, "despite": 300}
"""How many characters are printed whole: a marking shares a line with what else stands at the foot of a page."""


def one_line(name: str, text: str) -> str:
    """The text of a release, on one line and without signs that cannot be seen.

    Raises:
        InputError: it is too long.
    """
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    if len(line) > LONGEST[name]:
        raise reject(TEXT_TOO_LONG, Location(), field=f"@cli.release.{name}", count=len(line), most=LONGEST[name])
    return line


class GapKind(StrEnum):
    """What kind of shortfall a gap is."""

    CONTRARY = "contrary"  # of the law
    OPPOSITE = "opposite"  # the same where it is not the law that is rated
    LEGISLATIVE_MISSING = "legislative_missing"
    LEGISLATIVE_PARTIAL = "legislative_partial"
    PRACTICE_WITHOUT_LAW = "practice_without_law"
    IMPLEMENTATION = "implementation"
    SHORTFALL = "shortfall"


_SOME_LAW = frozenset({GapKind.CONTRARY, GapKind.OPPOSITE, GapKind.LEGISLATIVE_PARTIAL, GapKind.SHORTFALL})


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


@dataclass(frozen=True)
class Result:
    """One assessment judged: every report, table and comparison is made from this.

    `ratings` holds by dimension the rating of every provision that counts on the as-of date, typed or following from its
    elements, and `elements` these elements; `ratings_if_adopted` and `elements_if_adopted` what will count once adopted and draft
    law is in force. `if_adopted` holds the figures that follow from those; it lacks a dimension where they would not differ.
    `beside` holds the elements that a reading of named texts tells apart among those not met. `issues` are the warnings found in
    the file.
    """

    checklist: Checklist
    assessment: Assessment
    scores: Mapping[str, DimensionScores]
    if_adopted: Mapping[str, DimensionScores]
    ratings: Mapping[str, Mapping[str, str]]
    ratings_if_adopted: Mapping[str, Mapping[str, str]]
    elements: Mapping[str, ElementMarks]
    elements_if_adopted: Mapping[str, ElementMarks]
    gaps: tuple[Gap, ...]
    issues: tuple[Issue, ...]
    tool_version: str
    release: Release = RESTRICTED
    beside: Mapping[str, Beside] = field(default_factory=dict)

    @property
    def public(self) -> bool:
        """Whether everybody may read what is made of it."""
        return self.release.edition is Edition.PUBLIC

    @property
    def scored(self) -> bool:
        """Whether it has scores and gaps. A reading of named texts has neither: it shows, as counts, what these texts contain."""
        return self.assessment.scope.scored

    @cached_property
    def found(self) -> Mapping[str, Mapping[str, FoundAs]]:
        """By dimension, how named texts deal with every provision."""
        return found_in(self.checklist, self.ratings, self.elements, self.beside)

    @cached_property
    def elements_found(self) -> Mapping[str, ElementsFound]:
        """The elements of every provision by how named texts deal with them."""
        return elements_in(self.checklist, self.ratings, self.elements, self.beside)

    def withholds(self, provision: str) -> bool:
        """Whether this edition does not show the answer to a provision."""
        return self.public and not self.assessment.answer(provision).publish

    def harm(self, gap: Gap) -> str:
        """Whom a gap harms, as a clause. Blank where some law is there, and not known to lack what would prevent that harm."""
        provision = self.checklist.provisions[gap.provision]
        if gap.kind is GapKind.CONTRARY and provision.contrary_harm:
            return provision.contrary_harm
        decisive = {*(provision.harm_elements or provision.letters)}
        unmet = self.elements[provision.id].unmet if gap.kind in _SOME_LAW else provision.letters
        return provision.harm if decisive <= {*unmet} else ""

    def to_frame(self, of: Literal["scores", "answers"] = "scores") -> pd.DataFrame:
        """A pandas frame with a row for each dimension and figure, or for each answer, named as in the tables of a comparison.

        >>> import legcheck
        >>> scores = legcheck.assess("assessments/samples/XUT-2026-06-30.xlsx").to_frame()
        >>> scores[["dimension", "kind", "node", "answered", "applicable"]].head(2).values.tolist()
        [['law', 'total', 'total', 125, 134], ['law', 'chapter', 'GEN', 11, 11]]
        """
        from legcheck.model.frames import result_frame

        return result_frame(self, of)


@dataclass(frozen=True)
class Step:
    """One provision under a figure: its weight, the rating typed and the one that counts, and the cells that say so.

    `whole` is the most that it can gain, as far as a full score is made of it; `worth` is what it counts, None if it does not.
    `follows` says that the rating follows from the elements, which `elements` holds as the rating has them. In a reading of named
    texts, `found` is how these deal with the provision, and `read` with its elements.
    """

    provision: str
    title: str
    weight: Fraction
    whole: Fraction
    typed: str
    typed_title: str
    counts_as: str
    follows: bool
    level: Level | None
    worth: Fraction | None
    elements: ElementMarks
    legal_basis: str
    found: FoundAs | None
    read: ElementsFound | None
    cells: tuple[Location, ...]

    @property
    def gains(self) -> Fraction | None:
        """Weight times worth: what the provision contributes, None if it does not count."""
        return None if self.worth is None else self.weight * self.worth


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
    """A figure, the rule it follows (`chapters` or `pooled`), and what it was made from.

    Where nothing is `scored`, the figure is a count, and no weight matters.
    """

    figure: str
    dimension: Dimension
    rule: Rollup
    score: Score | None
    parts: tuple[Part, ...]
    scored: bool = True

    @property
    def effects(self) -> Mapping[Step, Fraction]:
        """By how much the central figure would rise if a provision were provided for in full, the most first.

        Provisions that do not count, or that lack nothing, are left out.
        """
        counted = [(part, [step for step in part.steps if step.gains is not None]) for part in self.parts]
        weights = {part.id: sum((step.whole for step in steps), Fraction(0)) for part, steps in counted}
        every = sum((part.weight for part in self.parts if weights[part.id]), Fraction(0))
        found = {
            step: (step.whole - step.gains) / weights[part.id] * part.weight / every
            for part, steps in counted
            for step in steps
            if step.gains is not None and weights[part.id]
        }
        return {step: found[step] for step in sorted(found, key=lambda one: -found[one]) if found[step] > 0}
