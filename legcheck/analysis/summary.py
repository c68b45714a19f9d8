"""From an assessment to its summary, and from one version of a checklist to another."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace

from legcheck.analysis.law_in_time import Ratings, ratings_of, typed_ratings
from legcheck.model import (
    Answer,
    AnswerColumns,
    Assessment,
    Checklist,
    ChecklistMark,
    Dimension,
    Law,
    Provision,
    Summary,
)

_marks: dict[str, ChecklistMark] = {}
_MOST_MARKS = 64


def mark_of(checklist: Checklist) -> ChecklistMark:
    """Which checklist this is, and the digest of the rules that its figures follow."""
    if checklist.digest not in _marks:
        if len(_marks) == _MOST_MARKS:
            _marks.clear()
        rules = _digest_of_rules(checklist)
        _marks[checklist.digest] = ChecklistMark(checklist.id, checklist.version, checklist.digest, rules, checklist.short)
    return _marks[checklist.digest]


def summarise(checklist: Checklist, assessment: Assessment) -> Summary:
    """What a comparison keeps of an assessment."""
    today = _in_order(ratings_of(checklist, assessment))
    later = _in_order(ratings_of(checklist, assessment, adopted=True))
    typed = _in_order(typed_ratings(checklist, assessment))
    cited = {id: _cited(answer) for id, answer in assessment.answers.items() if answer.legal_basis or answer.citations}
    laws = {law for citations in cited.values() for law, _ in citations}
    return Summary(
        country=assessment.country,
        country_name=assessment.country_name,
        as_of=assessment.as_of,
        scope=assessment.scope,
        title=assessment.title,
        checklist=mark_of(checklist),
        source=assessment.source,
        ratings=today,
        elements=tuple("".join(assessment.answer(id).elements) for id in checklist.provisions),
        if_adopted={key: ratings for key, ratings in later.items() if ratings != today[key]},
        typed={key: ratings for key, ratings in typed.items() if ratings != today[key]},
        citations=cited,
        laws={key: title_of(law) for key, law in assessment.laws.items() if key in laws},
    )


def summarise_columns(checklist: Checklist, columns: AnswerColumns) -> list[Summary]:
    """The summaries of the assessments of an answers table, which has no laws: every rating counts as it stands."""
    return [
        Summary(
            country=country,
            country_name=columns.names[place],
            as_of=as_of,
            scope=columns.scopes[place],
            title="",
            checklist=mark_of(checklist),
            source=columns.source,
            ratings={key: ratings[place] for key, ratings in columns.ratings.items()},
            elements=columns.elements[place],
            citations=columns.citations[place],
        )
        for place, (country, as_of) in enumerate(columns.keys)
    ]


def title_of(law: Law) -> str:
    """The title and number of a law in one line."""
    return f"{law.title} ({law.number})" if law.number and law.number not in law.title else law.title


def rescored(checklist: Checklist, before: Checklist, assessment: Assessment) -> Summary:
    """The summary of an assessment made for another version of a checklist, judged by `checklist` where ids allow.

    An answer is carried over where the provision has the same id and letters, and its ratings exist on the scale; the ids of
    those that cannot be are kept in `not_carried`.
    """
    carried = {id: one for id, one in assessment.answers.items() if _carries(checklist, before, one)}
    moved = replace(assessment, answers=carried, checklist=checklist.id, checklist_version=checklist.version)
    lost = tuple(id for id in assessment.answers if id not in carried)
    return replace(summarise(checklist, moved), rescored_from=mark_of(before), not_carried=lost)


def _carries(checklist: Checklist, before: Checklist, answer: Answer) -> bool:
    now, then = checklist.provisions.get(answer.provision), before.provisions.get(answer.provision)
    if now is None or then is None or now.letters != then.letters:
        return False
    known = checklist.by_dimension
    return all(key in known and known[key].scale.allows(rating, now.maximum) for key, rating in answer.ratings.items())


def _in_order(ratings: Ratings) -> Mapping[str, tuple[str, ...]]:
    return {key: tuple(of.values()) for key, of in ratings.items()}


def _cited(answer: Answer) -> tuple[tuple[str, str], ...]:
    """The citations of an answer, or its legal basis as written where no register of laws stands behind it."""
    return tuple((one.law, one.articles) for one in answer.citations) or (("", answer.legal_basis),)


def _digest_of_rules(checklist: Checklist) -> str:
    rules = {
        "rollup": checklist.rollup.value,
        "minimum_answered": str(checklist.minimum_answered),
        "bands": [[band.key, str(band.low), str(band.high)] for band in checklist.bands],
        "core_cap": checklist.core_cap.key if checklist.core_cap else "",
        "dimensions": [[one.key, one.scale.key, str(one.role), one.elements, one.in_time] for one in checklist.dimensions],
        "scales": {one.scale.key: _scale(one) for one in checklist.dimensions},
        "chapters": [[one.id, str(one.weight), [_rule(p) for p in one.provisions]] for one in checklist.chapters],
    }
    return hashlib.sha256(json.dumps(rules, sort_keys=True).encode()).hexdigest()


def _scale(dimension: Dimension) -> list[object]:
    scale = dimension.scale
    levels = [[one.key, str(one.worth), one.outside, one.contrary] for one in scale.levels]
    return [levels, str(scale.points), str(scale.step)]


def _rule(provision: Provision) -> list[object]:
    return [
        provision.id,
        str(provision.weight),
        str(provision.maximum),
        provision.core,
        provision.may_not_apply,
        provision.letters,
    ]
