"""Law in time: what of each answer counts on the as-of date, and what once pending law is in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from legcheck.model import NO_ANSWER, Assessment, Checklist, Citation, Dimension, Provision, Tally

Ratings = Mapping[str, Mapping[str, str]]


class Counted(NamedTuple):
    """What counts of an assessment: the rating of every provision by dimension, empty where there is none, and its elements."""

    ratings: Ratings
    elements: Mapping[str, Tally]

    def of(self, dimension: Dimension) -> tuple[object, ...]:
        """All that the figures of a dimension follow from."""
        return self.ratings[dimension.key], self.elements if dimension.elements else None


def counted(checklist: Checklist, assessment: Assessment, *, adopted: bool = False) -> Counted:
    """The ratings and elements that count, on all provisions of the checklist. A rating not typed may follow from the elements.

    Only law in force on the as-of date counts. In a dimension judged in time, an element that rests on other law alone is not
    met, and a rating that does is the lowest one. With `adopted`, they count as they will once pending law is in force.
    """
    moment = _Moment(checklist, assessment, adopted=adopted)
    elements = {id: moment.tally(one) for id, one in checklist.provisions.items()}
    ratings = {
        dimension.key: {id: moment.rating(dimension, one, elements[id]) for id, one in checklist.provisions.items()}
        for dimension in checklist.dimensions
    }
    return Counted(ratings, elements)


def typed_ratings(checklist: Checklist, assessment: Assessment) -> Ratings:
    """By dimension, the rating of every provision as typed."""
    return {
        one.key: {id: assessment.answer(id).ratings.get(one.key, "") for id in checklist.provisions}
        for one in checklist.dimensions
    }


class _Moment:
    """An assessment seen on its as-of date, or once adopted and draft law is in force; `idle` are the laws not in force then."""

    def __init__(self, checklist: Checklist, assessment: Assessment, *, adopted: bool) -> None:
        self.assessment = assessment
        self.adopted = adopted
        self.timed = next((one for one in checklist.dimensions if one.in_time), None)
        day = assessment.as_of
        self.idle = frozenset(
            key for key, law in assessment.laws.items() if not (law.in_force(day) or (adopted and law.may_come(day)))
        )

    def tally(self, provision: Provision) -> Tally:
        """The elements of a provision. They were recorded for today's rating and say nothing of another one, typed for later."""
        answer = self.assessment.answer(provision.id)
        if self.timed is None or not self.timed.elements or not answer.elements:
            return provision.tally(answer)
        if self.adopted and answer.if_adopted not in ("", self.timed.rating(provision, answer, provision.tally(answer))):
            return provision.tally(NO_ANSWER)
        tally = provision.tally(answer)
        idle = [letter for letter in tally.met if self._idle(answer.elements[letter].citations)]
        return tally.without(idle)

    def rating(self, dimension: Dimension, provision: Provision, tally: Tally) -> str:
        """The rating of a provision in a dimension."""
        answer = self.assessment.answer(provision.id)
        if not dimension.in_time:
            return dimension.rating(provision, answer, tally)
        if self.adopted and answer.if_adopted:
            return answer.if_adopted
        stated = dimension.rating(provision, answer, tally)
        if not stated or not self._idle(answer.all_citations):
            return stated
        level = dimension.level(provision, stated)
        earns = level is not None and not level.outside and (level.worth != 0 or level.contrary)
        return dimension.scale_of(provision).lowest.key if earns else stated

    def _idle(self, citations: Iterable[Citation]) -> bool:
        """Whether all laws of the register that are cited are idle; False if none is cited."""
        cited = [one.law for one in citations if one.law in self.assessment.laws]
        return bool(cited) and self.idle.issuperset(cited)
