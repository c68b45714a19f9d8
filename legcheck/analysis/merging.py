"""Merges the parts of an assessment into one, and says where they contradict one another; nothing is chosen between them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from legcheck.analysis.differences import OF_ANSWERS, OF_LAWS, differences_of_aligned, is_judged
from legcheck.analysis.registers import aligned, described, in_order
from legcheck.model import (
    Answer,
    Assessment,
    Checklist,
    Citation,
    Decision,
    Difference,
    ElementAnswer,
    Heard,
    Kind,
    Law,
    LawStatus,
    Merged,
    Provision,
    Revision,
    Source,
    united,
)
from legcheck.words import fold

T = TypeVar("T")

_OF_ALL = ("country_name", "body", "title")
_UNITED = ("heard", "kind", "publish")
"""What is no conflict: those heard are added up, a marked kind holds for all, and all must allow publication."""
_CAUTIOUS = list(LawStatus)
"""From the status that lets a law count to the one that does not."""
_NOTHING = "", ()


def merged(checklist: Checklist, parts: Sequence[Assessment], known: Collection[Law] = ()) -> Merged:
    """One assessment of several parts of the same country, date and scope, and what they contradict one another in.

    A field has the value that parts give it, blank ones left aside; where they give several it stays blank. Only the status of
    a law is never blank: it is then the most cautious of them. Laws that are `known` by a key keep it. The order of the parts
    does not matter.
    """
    same = aligned(parts, known)
    laws = {
        key: _law([one.laws[key] for one in same if key in one.laws]) for key in in_order({k for one in same for k in one.laws})
    }
    spelled = [_spelled(one, laws, same) for one in same]
    sides = {id: [one.answers[id] for one in spelled if id in one.answers] for id in checklist.provisions}
    whole = replace(
        spelled[0],
        **{name: _agreed(getattr(one, name) for one in spelled) for name in _OF_ALL},
        language=min(one.language for one in spelled),
        kind=_agreed((one.kind for one in spelled), Kind.COUNTRY),
        laws=laws,
        answers={id: _answer(checklist, checklist.provisions[id], said) for id, said in sides.items() if said},
        source=_agreed((one.source for one in spelled), Source("", "")),
        heard=_heard({one.heard for one in spelled}),
        history=united(*(one.history for one in spelled)),
    )
    conflicts = sorted(_conflicts(differences_of_aligned(checklist, spelled), laws), key=lambda one: _is_worded(checklist, one))
    return Merged(whole, tuple(conflicts), tuple(spelled), described(spelled))


def _conflicts(differing: Iterable[Difference], laws: Collection[str]) -> Iterator[Difference]:
    """The differences in which several values stand against one another, with those who state one.

    Of laws, capitals and spaces make no difference.
    """
    for one in differing:
        stated = tuple(at for at in one.stated if at.value)
        values = {fold(at.value) if one.provision in laws else at.value for at in stated}
        if one.field not in _UNITED and len(values) > 1:
            yield replace(one, stated=stated)


def _is_worded(checklist: Checklist, one: Difference) -> bool:
    """Whether an article, a note or another text of an answer is said differently: judgements and laws come before those."""
    return one.provision in checklist.provisions and not is_judged(checklist, one.field)


def _agreed(values: Iterable[T], blank: T = "") -> T:  # type: ignore[assignment]
    """The only value given, blank ones left aside; else blank."""
    given = {one for one in values if one != blank}
    return given.pop() if len(given) == 1 else blank


def _spelled_alike(values: Iterable[T]) -> list[T]:
    """Values of laws that capitals and spaces alone tell apart, in one of their spellings, if possible not all in capitals."""
    first: dict[T | str, T] = {}
    return [
        first.setdefault(fold(one) if isinstance(one, str) else one, one)
        for one in sorted(values, key=lambda one: (str(one).isupper(), str(one)))
    ]


def _law(said: Sequence[Law]) -> Law:
    status = max((one.status for one in said), key=_CAUTIOUS.index)
    fields: dict[str, Any] = {
        name: _agreed(_spelled_alike(getattr(one, name) for one in said), getattr(_NO_LAW, name)) for name in OF_LAWS
    }
    return replace(said[0], **fields | {"status": status}, publish=all(one.publish for one in said))


_NO_LAW = Law("", "")


def _heard(lists: Collection[tuple[Heard, ...]]) -> tuple[Heard, ...]:
    """Who was heard according to any part, each once."""
    given = sorted(filter(None, lists), key=lambda one: [(each.who, each.how, each.when) for each in one])
    return given[0] if len(given) == 1 else tuple(dict.fromkeys(each for one in given for each in one))


def _answer(checklist: Checklist, provision: Provision, said: Sequence[Answer]) -> Answer:
    if all(one == said[0] for one in said):
        return said[0]
    ratings = {key: _agreed(one.ratings.get(key, "") for one in said) for key in checklist.by_dimension}
    elements = {
        letter: _element([one.elements[letter] for one in said if letter in one.elements])
        for letter in provision.letters
        if any(letter in one.elements for one in said)
    }
    basis, citations = _basis((one.legal_basis, one.citations) for one in said)
    return Answer(
        provision.id,
        ratings={key: rating for key, rating in ratings.items() if rating},
        elements=elements,
        legal_basis=basis,
        citations=citations,
        publish=all(one.publish for one in said),
        **{name: _agreed(getattr(one, name) for one in said) for name in OF_ANSWERS if name != "legal_basis"},
    )


def _element(said: Sequence[ElementAnswer]) -> ElementAnswer:
    met = _agreed((one.met for one in said), None)
    basis, citations = _basis((one.legal_basis, one.citations) for one in said)
    return ElementAnswer(met, basis, citations, _agreed(one.remark for one in said))


def _basis(said: Iterable[tuple[str, tuple[Citation, ...]]]) -> tuple[str, tuple[Citation, ...]]:
    """The legal basis that parts agree on, with the citations that were read in it."""
    cited = dict(sorted(said, key=repr))
    text = _agreed(cited)
    return (text, cited[text]) if text else _NOTHING


def _spelled(part: Assessment, laws: Mapping[str, Law], parts: Sequence[Assessment]) -> Assessment:
    """A part whose citations name their laws by key where they would be read otherwise beside what other parts say.

    *art. 5* alone is an article of the only law of a register, or of the one that the provision as a whole cites.
    """
    alone = {id for id, one in part.answers.items() if all(other.answers.get(id, one) == one for other in parts)}
    if part.laws == laws and alone == part.answers.keys():
        return part
    kept = alone if part.laws == laws else set[str]()
    return replace(part, answers={id: one if id in kept else _answer_spelled(one) for id, one in part.answers.items()})


def _answer_spelled(one: Answer) -> Answer:
    elements = {
        letter: replace(each, legal_basis=_by_key(each.legal_basis, each.citations)) for letter, each in one.elements.items()
    }
    return replace(one, elements=elements, legal_basis=_by_key(one.legal_basis, one.citations))


def _by_key(text: str, citations: Collection[Citation]) -> str:
    """A legal basis as written if it names every law it cites by its key; else its citations."""
    if all(re.search(rf"(?<!\w){re.escape(one.law)}(?!\w)", text, re.IGNORECASE) for one in citations):
        return text
    return "; ".join(f"{one.law} {one.articles}".strip() for one in citations)


# Decisions --------------------------------------------------------------------------------------------------------------


def decided(merged: Merged, decisions: Iterable[Decision]) -> Assessment:
    """The merged assessment with what was decided, and a change in its history for each value that was not followed.

    An answer to an element brings the article and remark of those whose answer it is, and takes out those of the others.
    """
    known, assessment = {(one.provision, one.field): one for one in merged.conflicts}, merged.assessment
    for one in decisions:
        conflict = known[one.provision, one.field]
        changes = [
            _change(one, one.field, value, one.value, conflict.files(value)) for value in conflict.values if value != one.value
        ]
        assessment = _with(assessment, one)
        kind, _, letter = one.field.partition(".")
        if kind == "elements" and "." not in letter:
            assessment, left = _followed(assessment, one, letter, merged)
            changes += left
        assessment = replace(assessment, history=united(assessment.history, changes))
    return assessment


def _change(one: Decision, field: str, before: str, after: str, file: str) -> Revision:
    return Revision(one.on, one.provision, field, before, after, one.who, one.why, file)


def _followed(whole: Assessment, one: Decision, letter: str, merged: Merged) -> tuple[Assessment, list[Revision]]:
    """The assessment with what those say beside an element whose answer was followed, and what others said there as changes.

    Articles and remarks on which parts contradict one another are decided for themselves.
    """
    conflicts = {each.field for each in merged.conflicts if each.provision == one.provision}
    answer, element = whole.answers[one.provision], whole.answers[one.provision].elements[letter]
    said = [(part.source.name, part.answer(one.provision).elements.get(letter, ElementAnswer())) for part in merged.parts]
    same = [each for _, each in said if each.met is (one.value == "yes")]
    if f"{one.field}.legal_basis" not in conflicts:
        basis, citations = _basis((each.legal_basis, each.citations) for each in same)
        element = replace(element, legal_basis=basis, citations=citations)
    if f"{one.field}.note" not in conflicts:
        element = replace(element, remark=_agreed(each.remark for each in same))
    changes = [
        _change(one, f"{one.field}.{column}", before, now, file)
        for file, each in said
        for column, before, now in (
            ("legal_basis", each.legal_basis, element.legal_basis),
            ("note", each.remark, element.remark),
        )
        if before and before != now and f"{one.field}.{column}" not in conflicts
    ]
    return replace(whole, answers={**whole.answers, one.provision: _with_element(answer, letter, element)}), changes


def _with_element(answer: Answer, letter: str, element: ElementAnswer) -> Answer:
    return replace(answer, elements={**answer.elements, letter: element})


def _with(whole: Assessment, one: Decision) -> Assessment:
    """The assessment with the value decided, in its field."""
    if not one.provision:
        return replace(whole, **_field(one.field, one.value))
    if one.provision in whole.laws:
        law = replace(whole.laws[one.provision], **_field(one.field, _of_law(one)))
        return replace(whole, laws={**whole.laws, law.key: law})
    return replace(whole, answers={**whole.answers, one.provision: _answer_with(whole.answers[one.provision], one)})


def _field(name: str, value: Any) -> dict[str, Any]:
    return {name: value}


def _of_law(one: Decision) -> Any:
    """A value of a law as the register holds it."""
    if one.field == "status":
        return LawStatus(one.value)
    return date.fromisoformat(one.value) if one.field in ("adopted", "in_force_since", "in_force_until") else one.value


def _answer_with(answer: Answer, one: Decision) -> Answer:
    kind, _, rest = one.field.partition(".")
    if kind == "elements":
        letter, _, column = rest.partition(".")
        element = answer.elements.get(letter, ElementAnswer())
        if not column:
            element = replace(element, met=one.value == "yes")
        elif column == "legal_basis":
            element = replace(element, legal_basis=one.value, citations=one.citations)
        else:
            element = replace(element, remark=one.value)
        return _with_element(answer, letter, element)
    if one.field == "legal_basis":
        return replace(answer, legal_basis=one.value, citations=one.citations)
    if one.field in OF_ANSWERS:
        return replace(answer, **_field(one.field, one.value))
    return replace(answer, ratings={**answer.ratings, one.field: one.value})
