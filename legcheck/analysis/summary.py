"""From an assessment to its summary, and from one version of a checklist to another."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from legcheck.analysis.law_in_time import Ratings, counted, typed_ratings
from legcheck.analysis.versions import migrated
from legcheck.model import (
    Answer,
    AnswerColumns,
    Assessment,
    Checklist,
    ChecklistMark,
    ElementMarks,
    Fate,
    Law,
    Provision,
    Scale,
    Summary,
    Texts,
    beside_of,
    pack_beside,
    pack_elements,
    pack_ratings,
)
from legcheck.model.summary import CODE, MASK

_marks: dict[str, ChecklistMark] = {}
_MOST_MARKS = 64
# Separates the citations of one answer.
_CITATIONS = "; "


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
    today, later = counted(checklist, assessment)
    ratings, elements = _packed(checklist, today.ratings), pack_elements(today.elements.values())
    pending = today != later
    typed = _packed(checklist, typed_ratings(checklist, assessment))
    titles = {key: title_of(law) for key, law in assessment.laws.items()}
    return Summary(
        country=assessment.country,
        country_name=assessment.country_name,
        as_of=assessment.as_of,
        scope=assessment.scope,
        title=assessment.title,
        checklist=mark_of(checklist),
        source=assessment.source,
        ratings=ratings,
        elements=elements,
        citations=Texts.of(_cited(assessment.answer(id), titles) for id in checklist.provisions),
        if_adopted=_packed(checklist, later.ratings) if pending else b"",
        elements_if_adopted=pack_elements(later.elements.values()) if pending else b"",
        typed=typed if typed != ratings else b"",
        beside=b"" if assessment.scope.scored else pack_beside(checklist, beside_of(checklist, assessment)),
        kind=assessment.kind,
    )


def summarise_columns(checklist: Checklist, columns: AnswerColumns) -> list[Summary]:
    """The summaries of the assessments of an answers table, which has no laws: every rating counts as it stands or follows."""
    ratings = _with_those_that_follow(checklist, columns)
    return [
        Summary(
            country=country,
            country_name=columns.names[place],
            as_of=as_of,
            scope=columns.scopes[place],
            title="",
            checklist=mark_of(checklist),
            source=columns.source,
            ratings=ratings[place],
            elements=columns.elements[place],
            citations=_spelt(checklist, columns.citations[place]),
            typed=columns.ratings[place] if columns.ratings[place] != ratings[place] else b"",
            kind=columns.kinds[place],
        )
        for place, (country, as_of) in enumerate(columns.keys)
    ]


def _with_those_that_follow(checklist: Checklist, columns: AnswerColumns) -> Sequence[bytes]:
    """The ratings of an answers table, with those that follow from elements where none was typed."""
    import numpy as np

    place = next((at for at, one in enumerate(checklist.dimensions) if one.elements), None)
    if place is None or not any(one.strip(b"\0") for one in columns.elements):
        return columns.ratings
    dimension, provisions = checklist.dimensions[place], tuple(checklist.provisions.values())
    lengths = np.array([len(one.elements) for one in provisions])
    codes, follows = checklist.codes[dimension.key], np.zeros((len(provisions), lengths.max() + 1), CODE)
    for at, one in enumerate(provisions):
        of_met = (
            dimension.scale_of(one).follows(ElementMarks("x" * met, "", one.letters)) for met in range(len(one.letters) + 1)
        )
        follows[at, : len(one.letters) + 1] = [codes[rating] for rating in of_met]
    ratings = np.array([np.frombuffer(one, CODE) for one in columns.ratings]).reshape(len(columns.keys), -1, len(provisions))
    masks = np.array([np.frombuffer(one, MASK) for one in columns.elements]).reshape(len(columns.keys), 2, -1)
    met, answered = np.bitwise_count(np.moveaxis(masks, 1, 0))
    blank = (ratings[:, place] == 0) & (answered == lengths)
    ratings[:, place] = np.where(blank, follows[np.arange(len(provisions)), met], ratings[:, place])
    return [one.tobytes() for one in ratings]


def title_of(law: Law) -> str:
    """The title and number of a law in one line."""
    return f"{law.title} ({law.number})" if law.number and law.number not in law.title else law.title


def rescored(checklist: Checklist, before: Checklist, assessment: Assessment) -> Summary:
    """The summary of an assessment made for another version of a checklist, judged by `checklist` as far as ids allow.

    An answer is carried over if its elements are the same, as the versions say, and its ratings exist on the scale; the ids of
    those that somebody would have to look at are kept in `not_carried`.
    """
    moved = migrated(before, checklist, assessment, assessment.as_of, lambda *_, **__: "")
    kept = {id for one in moved.carried if one.fate is Fate.KEPT for id in one.came_from}
    answers = {id: one for id, one in moved.assessment.answers.items() if id in kept}
    lost = tuple(id for id in assessment.answers if id not in kept)
    carried = replace(moved.assessment, answers=answers, history=assessment.history)
    return replace(summarise(checklist, carried), rescored_from=mark_of(before), not_carried=lost)


def _packed(checklist: Checklist, ratings: Ratings) -> bytes:
    return pack_ratings(checklist, {key: tuple(of.values()) for key, of in ratings.items()})


def _cited(answer: Answer, titles: Mapping[str, str]) -> str:
    """The citations of an answer with their laws spelt out, or its legal basis if there is no register of laws."""
    cited = answer.cited
    if not cited:
        return answer.whole_legal_basis
    return _CITATIONS.join([f"{titles.get(law, law)} {articles}".strip() for law, articles in cited])


def _spelt(checklist: Checklist, cited: Mapping[str, Iterable[str]]) -> Texts:
    """Citations as written in an answers table."""
    if not cited:
        return _nothing_cited(len(checklist.provisions))
    return Texts.of(_CITATIONS.join(cited.get(id, ())) for id in checklist.provisions)


@cache
def _nothing_cited(count: int) -> Texts:
    return Texts.of([""] * count)


def _digest_of_rules(checklist: Checklist) -> str:
    rules = {
        "rollup": checklist.rollup.value,
        "minimum_answered": str(checklist.minimum_answered),
        "bands": [[band.key, str(band.low), str(band.high)] for band in checklist.bands],
        "core_cap": checklist.core_cap.key if checklist.core_cap else "",
        "dimensions": [[one.key, one.scale.key, str(one.role), one.elements, one.in_time] for one in checklist.dimensions],
        "scales": {scale.key: _scale(scale) for one in checklist.dimensions for scale in checklist.scales(one)},
        "chapters": [[one.id, str(one.weight), [_rule(p) for p in one.provisions]] for one in checklist.chapters],
    }
    return hashlib.sha256(json.dumps(rules, sort_keys=True).encode()).hexdigest()


def _scale(scale: Scale) -> list[object]:
    levels = [[one.key, str(one.worth), one.outside, one.contrary, one.by_elements] for one in scale.levels]
    return [levels, [str(value) for value in scale.points or ()], scale.summed]


def _rule(provision: Provision) -> list[object]:
    return [
        provision.id,
        str(provision.weight),
        provision.scale.key if provision.scale is not None else "",
        str(provision.maximum),
        provision.extra,
        provision.core,
        provision.may_not_apply,
        provision.letters,
    ]
