"""How named texts deal with a provision and its elements: the one place that tells the classes of a reading apart."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from legcheck.model.element_marks import ElementMarks
from legcheck.model.summary import MASK, unpack_elements, unpack_ratings

if TYPE_CHECKING:
    from legcheck.model.assessment import Assessment
    from legcheck.model.checklist import Checklist, Level, Provision
    from legcheck.model.summary import Summary


class FoundAs(StrEnum):
    """How named texts deal with a provision. Each provision is counted once, under one of these."""

    FULL = "full"
    PARTLY = "partly"
    SILENT = "silent"  # nothing but their silence meets any of it
    SHORT = "short"  # their words meet none of it, and a rule goes less far
    LEFT = "left"  # their words meet none of it, and they leave it to a text that was not read
    NOT_FOUND = "not_found"
    NOT_LOOKED_AT = "not_looked_at"
    NOT_APPLICABLE = "not_applicable"


COUNTED = tuple(one for one in FoundAs if one not in (FoundAs.NOT_LOOKED_AT, FoundAs.NOT_APPLICABLE))
"""The classes of a provision that was looked for."""


class Beside(NamedTuple):
    """The letters of the elements not met for which an article is cited all the same.

    It is that of a rule that falls short, or one that leaves the matter to a text that was not read.
    """

    short: str = ""
    left: str = ""


NOTHING_BESIDE = Beside()


class ElementsFound(NamedTuple):
    """The letters of a provision's elements by how named texts deal with them."""

    said: str
    silent: str
    short: str
    left: str
    lacking: str

    @classmethod
    def of(cls, provision: Provision, marks: ElementMarks, beside: Beside) -> ElementsFound:
        """The elements as `marks` has them beside the rating that counts."""
        unmet = marks.unmet
        short, left = (_these(unmet, letters) for letters in beside)
        return cls(
            said="".join(one for one in marks.met if one not in provision.by_silence),
            silent=_these(marks.met, provision.by_silence),
            short=short,
            left=left,
            lacking="".join(one for one in unmet if one not in short + left),
        )

    @property
    def met(self) -> str:
        """The letters of those that these texts meet, in words or by silence."""
        return "".join(sorted(self.said + self.silent))


NO_ELEMENTS_FOUND = ElementsFound("", "", "", "", "")


def found_as(level: Level | None, elements: ElementsFound) -> FoundAs:
    """How named texts deal with a provision of that rating.

    What only their silence meets is not contained in them, and what they have a rule on, be it the opposite, or leave to another
    text is not missing from them.
    """
    if level is None:
        return FoundAs.NOT_LOOKED_AT
    if level.outside:
        return FoundAs.NOT_APPLICABLE
    if level.contrary:
        return FoundAs.PARTLY if elements.said else FoundAs.SHORT
    if not level.nothing and (elements.said or not elements.silent):
        return FoundAs.FULL if level.full else FoundAs.PARTLY
    if elements.short or elements.left:
        return FoundAs.SHORT if elements.short else FoundAs.LEFT
    return FoundAs.NOT_FOUND if level.nothing else FoundAs.SILENT


Ratings = Mapping[str, Mapping[str, str]]


def elements_in(
    checklist: Checklist, ratings: Ratings, elements: Mapping[str, ElementMarks], beside: Mapping[str, Beside]
) -> Mapping[str, ElementsFound]:
    """How named texts deal with the elements of every provision, given the ratings and elements that count."""
    law = next((one for one in checklist.dimensions if one.elements), None)
    found = {}
    for id, provision in checklist.provisions.items():
        level = law.level(provision, ratings[law.key][id]) if law is not None else None
        found[id] = ElementsFound.of(provision, elements[id].found(level), beside[id])
    return found


def found_in(
    checklist: Checklist, ratings: Ratings, elements: Mapping[str, ElementMarks], beside: Mapping[str, Beside]
) -> Mapping[str, Mapping[str, FoundAs]]:
    """By dimension, how they deal with every provision."""
    of_elements = elements_in(checklist, ratings, elements, beside)
    return {
        one.key: {
            id: found_as(one.level(provision, ratings[one.key][id]), of_elements[id] if one.elements else NO_ELEMENTS_FOUND)
            for id, provision in checklist.provisions.items()
        }
        for one in checklist.dimensions
    }


def found_by(checklist: Checklist, summary: Summary) -> Mapping[str, Mapping[str, FoundAs]]:
    """The same of the summary of a reading."""
    return found_in(checklist, *_of_summary(checklist, summary))


def elements_by(checklist: Checklist, summary: Summary) -> Mapping[str, ElementsFound]:
    """How the texts of the summary of a reading deal with the elements of every provision."""
    return elements_in(checklist, *_of_summary(checklist, summary))


def _of_summary(checklist: Checklist, summary: Summary) -> tuple[Ratings, Mapping[str, ElementMarks], Mapping[str, Beside]]:
    ids = tuple(checklist.provisions)
    ratings = {key: dict(zip(ids, of, strict=True)) for key, of in unpack_ratings(checklist, summary.ratings).items()}
    elements, beside = unpack_elements(checklist, summary.elements), unpack_beside(checklist, summary.beside)
    return ratings, dict(zip(ids, elements, strict=True)), dict(zip(ids, beside, strict=True))


def beside_of(checklist: Checklist, assessment: Assessment) -> Mapping[str, Beside]:
    """By provision, the elements not met for which law in force is cited. Only a reading of named texts tells them apart."""
    if assessment.scope.scored:
        return dict.fromkeys(checklist.provisions, NOTHING_BESIDE)
    return {id: Beside(assessment.cited(id, False), assessment.left(id)) for id in checklist.provisions}


def pack_beside(checklist: Checklist, all_beside: Mapping[str, Beside]) -> bytes:
    """The elements of all provisions of which a rule falls short, then those left to another text, as masks by their places."""
    packed = array(MASK)
    for letters in zip(*(all_beside[id] for id in checklist.provisions), strict=True):
        pairs = zip(letters, checklist.provisions.values(), strict=True)
        packed.extend(sum(1 << one.letters.index(letter) for letter in some) for some, one in pairs)
    return packed.tobytes()


def unpack_beside(checklist: Checklist, packed: bytes) -> Iterator[Beside]:
    """The elements of all provisions; none where nothing was packed."""
    every = [one.letters for one in checklist.provisions.values()]
    masks: Sequence[int] = memoryview(packed).cast(MASK) if packed else [0] * (2 * len(every))
    for letters, *pair in zip(every, masks[: len(every)], masks[len(every) :], strict=True):
        yield Beside(*("".join(one for at, one in enumerate(letters) if mask >> at & 1) for mask in pair))


def _these(letters: str, some: Iterable[str]) -> str:
    return "".join(one for one in letters if one in some)
