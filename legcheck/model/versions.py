"""Versions of a checklist: what changed from one to another, and what became of the answers carried over."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from legcheck.model.assessment import Assessment


class VersionStep(IntEnum):
    """How far a version number has to move: for words only, for figures that move, for answers that somebody must look at."""

    PATCH = 1
    MINOR = 2
    MAJOR = 3


class ChangeKind(StrEnum):
    """What changed in a provision, in one of its elements, or in a rule of the checklist."""

    NEW = "new"
    RETIRED = "retired"
    MOVED = "moved"
    SPLIT = "split"
    MERGED = "merged"
    ELEMENT_NEW = "element_new"
    ELEMENT_RETIRED = "element_retired"
    ELEMENT_MOVED = "element_moved"
    ELEMENT_REWORDED = "element_reworded"
    REWORDED = "reworded"
    SCALE = "scale"
    WEIGHT = "weight"
    CORE = "core"
    STANDARDS = "standards"
    RULE = "rule"

    @property
    def step(self) -> VersionStep:
        """The version step that such a change asks for."""
        return _STEPS.get(self, VersionStep.MAJOR)

    @property
    def moves_scores(self) -> bool:
        return self.step is not VersionStep.PATCH and self is not ChangeKind.ELEMENT_MOVED


_STEPS = {
    ChangeKind.NEW: VersionStep.MINOR,
    ChangeKind.WEIGHT: VersionStep.MINOR,
    ChangeKind.CORE: VersionStep.MINOR,
    ChangeKind.RULE: VersionStep.MINOR,
    ChangeKind.REWORDED: VersionStep.PATCH,
    ChangeKind.ELEMENT_REWORDED: VersionStep.PATCH,
    ChangeKind.STANDARDS: VersionStep.PATCH,
}


@dataclass(frozen=True)
class VersionChange:
    """One change of a provision or element, by its id, or of a rule; `before` and `after` say what it was and is."""

    kind: ChangeKind
    of: str
    before: str = ""
    after: str = ""


class Fate(StrEnum):
    """What became of the answer to a provision. What is retired is kept in the history of the assessment."""

    KEPT = "kept"
    CONFIRM = "confirm"
    MOVED = "moved"
    SPLIT = "split"
    MERGED = "merged"
    RETIRED = "retired"
    NEW = "new"


@dataclass(frozen=True)
class Carried:
    """The answer to a provision in another version: its fate, the provisions it came from, and the letters to look at.

    `new` holds the letters that were not asked before, `retired` the ids of elements that are asked no more.
    """

    provision: str
    fate: Fate
    came_from: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()


@dataclass(frozen=True)
class Migration:
    """An assessment carried to another version, with what became of each answer, in the order of that version."""

    assessment: Assessment
    carried: tuple[Carried, ...]
