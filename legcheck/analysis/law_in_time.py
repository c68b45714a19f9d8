"""Law in time: which rating of an answer counts on the as-of date, and which once pending law is in force."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from legcheck.model import Answer, Assessment, Checklist, Dimension, Scale

Ratings = Mapping[str, Mapping[str, str]]


def ratings_of(checklist: Checklist, assessment: Assessment, *, adopted: bool = False) -> Ratings:
    """By dimension, the rating that counts for every provision of the checklist, empty where nothing was answered.

    Only law in force on the as-of date counts. An answer in a dimension judged in time whose citations all name other law counts
    as the lowest rating today; with `adopted`, as it will once adopted and draft law is in force.
    """
    typed = typed_ratings(checklist, assessment)
    return {
        one.key: _in_time(assessment, one, typed[one.key], adopted=adopted) if one.in_time else typed[one.key]
        for one in checklist.dimensions
    }


def typed_ratings(checklist: Checklist, assessment: Assessment) -> Ratings:
    """By dimension, the rating of every provision as the answer states it."""
    return {
        one.key: {id: assessment.answer(id).ratings.get(one.key, "") for id in checklist.provisions}
        for one in checklist.dimensions
    }


def _in_time(assessment: Assessment, dimension: Dimension, typed: Mapping[str, str], *, adopted: bool) -> Mapping[str, str]:
    answers, found = assessment.answers, dict(typed)
    idle = _idle(assessment, adopted=adopted)
    for id in typed.keys() & answers.keys():
        answer = answers[id]
        if adopted and answer.if_adopted:
            found[id] = answer.if_adopted
        elif idle and typed[id] and _stands_on(answer, assessment, idle) and _earns(dimension.scale, typed[id]):
            found[id] = lowest(dimension.scale)
    return found


def _idle(assessment: Assessment, *, adopted: bool) -> frozenset[str]:
    """The laws not in force; with `adopted`, only those that will not enter into force later either."""
    day = assessment.as_of
    return frozenset(key for key, law in assessment.laws.items() if not (law.in_force(day) or (adopted and law.may_come(day))))


def _stands_on(answer: Answer, assessment: Assessment, idle: frozenset[str]) -> bool:
    """Whether all laws of the register that the answer cites are idle; False for an answer without citations."""
    cited = [citation.law for citation in answer.all_citations if citation.law in assessment.laws]
    return bool(cited) and idle.issuperset(cited)


def _earns(scale: Scale, rating: str) -> bool:
    """Whether a rating is worth something or contrary: effects that a law not in force cannot have."""
    if scale.points is not None:
        return Fraction(rating) > 0
    level = scale.by_key[rating]
    return not level.outside and (level.worth > 0 or level.contrary)


def lowest(scale: Scale) -> str:
    """The rating for nothing found: worth 0, neither outside nor contrary."""
    if scale.points is not None:
        return "0"
    plain = [level for level in scale.levels if not level.outside and not level.contrary]
    return min(plain, key=lambda level: level.worth).key
