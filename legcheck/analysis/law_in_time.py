"""Law in time: what of each answer counts on the as-of date, and what once pending law is in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from legcheck.model import NO_ANSWER, Answer, Assessment, Checklist, Dimension, ElementMarks, Provision

Ratings = Mapping[str, Mapping[str, str]]


class Counted(NamedTuple):
    """What counts of an assessment: the rating of every provision by dimension, empty where there is none, and its elements."""

    ratings: Ratings
    elements: Mapping[str, ElementMarks]

    def of(self, dimension: Dimension) -> tuple[object, ...]:
        """All that the figures of a dimension follow from."""
        return self.ratings[dimension.key], self.elements if dimension.elements else None


def counted(checklist: Checklist, assessment: Assessment) -> tuple[Counted, Counted]:
    """What counts on the as-of date, and what will count once adopted and draft law is in force, on all provisions.

    A rating not typed may follow from the elements. Only law in force counts: in a dimension judged in time, an element that
    rests on other law alone is not met, and a rating that does is the lowest one.
    """
    today, later = (_Moment(checklist, assessment, adopted=adopted) for adopted in (False, True))
    counts = today.counts(checklist.provisions)
    pending = today.idle - later.idle
    changing = [id for id, answer in assessment.answers.items() if answer.if_adopted or _cites(answer, pending)]
    if not changing:
        return counts, counts
    changed = later.counts(id for id in changing if id in checklist.provisions)
    ratings = {key: {**of, **changed.ratings[key]} for key, of in counts.ratings.items()}
    return counts, Counted(ratings, {**counts.elements, **changed.elements})


def _cites(answer: Answer, laws: frozenset[str]) -> bool:
    return bool(laws) and not laws.isdisjoint(answer.cited_laws)


def typed_ratings(checklist: Checklist, assessment: Assessment) -> Ratings:
    """By dimension, the rating of every provision as typed."""
    answers = [assessment.answer(id) for id in checklist.provisions]
    return {
        one.key: {id: answer.ratings.get(one.key, "") for id, answer in zip(checklist.provisions, answers, strict=True)}
        for one in checklist.dimensions
    }


class _Moment:
    """An assessment seen on its as-of date, or once adopted and draft law is in force; `idle` are the laws not in force then."""

    def __init__(self, checklist: Checklist, assessment: Assessment, *, adopted: bool) -> None:
        self.checklist = checklist
        self.assessment = assessment
        self.adopted = adopted
        self.timed = next((one for one in checklist.dimensions if one.in_time), None)
        day = assessment.as_of
        self.idle = frozenset(
            key for key, law in assessment.laws.items() if not (law.in_force(day) or (adopted and law.may_come(day)))
        )

    def counts(self, ids: Iterable[str]) -> Counted:
        """What counts of the answers to some provisions."""
        elements: dict[str, ElementMarks] = {}
        ratings: dict[str, dict[str, str]] = {one.key: {} for one in self.checklist.dimensions}
        for id in ids:
            provision, answer = self.checklist.provisions[id], self.assessment.answer(id)
            elements[id] = self._marks(provision, answer)
            for one in self.checklist.dimensions:
                ratings[one.key][id] = self._rating(one, provision, answer, elements[id])
        return Counted(ratings, elements)

    def _marks(self, provision: Provision, answer: Answer) -> ElementMarks:
        """The elements of a provision. They were recorded for today's rating and say nothing of another one, typed for later."""
        marks = provision.marks(answer).closed(self.assessment.left(provision.id))
        if not answer.elements or self.timed is None or not self.timed.elements:
            return marks
        if self.adopted and answer.if_adopted not in ("", self.timed.rating(provision, answer, marks)):
            return provision.marks(NO_ANSWER)
        cited = [(letter, answer.elements[letter].citations) for letter in marks.met] if self.idle else []
        return marks.without([letter for letter, citations in cited if self._idle(one.law for one in citations)])

    def _rating(self, dimension: Dimension, provision: Provision, answer: Answer, marks: ElementMarks) -> str:
        """The rating of a provision in a dimension."""
        if self.adopted and dimension.in_time and answer.if_adopted:
            return answer.if_adopted
        stated = dimension.rating(provision, answer, marks)
        if not stated or not dimension.in_time or not self._idle(answer.cited_laws):
            return stated
        level = dimension.level(provision, stated)
        earns = level is not None and not level.outside and (level.worth != 0 or level.contrary)
        return dimension.scale_of(provision).lowest.key if earns else stated

    def _idle(self, laws: Iterable[str]) -> bool:
        """Whether all laws of the register that are cited are idle; False if none is cited."""
        cited = [key for key in laws if key in self.assessment.laws] if self.idle else []
        return bool(cited) and self.idle.issuperset(cited)
