"""What assessments say differently, field by field, and where each of them says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from legcheck.issues import Location
    from legcheck.model.assessment import Assessment, Citation, Law, Source

_MOST_NAMED = 3


@dataclass(frozen=True)
class Stated:
    """What one assessment says in a field, empty if nothing, the file and cell, and what it cites where that is asked for."""

    value: str
    source: Source
    at: Location
    basis: str = ""


@dataclass(frozen=True)
class Difference:
    """One field that not all assessments fill alike, with what each of them says, in their order.

    `provision` is the id of a provision, the key of a law, or empty for the assessment as a whole; `field` and the values are
    written as those of a `Revision`.
    """

    provision: str
    field: str
    stated: tuple[Stated, ...]

    @property
    def values(self) -> tuple[str, ...]:
        """What is said, each once and in an order that does not depend on that of the assessments."""
        return tuple(sorted({one.value for one in self.stated} - {""}))

    def cited(self, value: str) -> str:
        """What is cited for a value, each basis once."""
        return "; ".join(sorted({one.basis for one in self.stated if one.value == value} - {""}))

    def places(self, value: str) -> str:
        """Where a value stands, in a line."""
        return _in_brief([str(one.at) for one in self.stated if one.value == value])

    def files(self, value: str) -> str:
        """The files in which a value stands, in a line."""
        return _in_brief([one.source.name for one in self.stated if one.value == value])


def _in_brief(texts: Sequence[str]) -> str:
    """The first few of many texts, and how many others there are."""
    others = len(texts) - _MOST_NAMED
    return "; ".join([*sorted(texts)[:_MOST_NAMED], *([f"+{others}"] if others > 0 else [])])


@dataclass(frozen=True)
class Merged:
    """Parts of an assessment put together, and what they contradict one another in.

    `parts` have the keys and citations of the whole; `laws` are all their descriptions of laws, by those keys.
    """

    assessment: Assessment
    conflicts: tuple[Difference, ...]
    parts: tuple[Assessment, ...]
    laws: tuple[Law, ...]


@dataclass(frozen=True)
class Decision:
    """What was decided on a difference, by which role or body, when and why; a legal basis with the citations read in it."""

    provision: str
    field: str
    value: str
    who: str
    on: date
    why: str
    citations: tuple[Citation, ...] = ()
