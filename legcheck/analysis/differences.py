"""The differences between assessments of one version of a checklist, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from legcheck.analysis.registers import aligned, in_order
from legcheck.issues import Location
from legcheck.model import FREE_TEXTS, Answer, Assessment, Checklist, Difference, Law, Stated

_OF_ALL = ("country", "country_name", "kind", "body", "scope", "title", "as_of")
OF_LAWS = ("title", "title_en", "number", "adopted", "status", "in_force_since", "in_force_until", "link")
OF_ANSWERS = ("if_adopted", "legal_basis", *FREE_TEXTS)

_Field = tuple[str, str]


def differences(checklist: Checklist, assessments: Sequence[Assessment]) -> tuple[Difference, ...]:
    """Every field that not all assessments fill alike: those of the whole first, then laws, then answers in order.

    Laws are compared by what they are, not by the keys that each register gives them.
    """
    return differences_of_aligned(checklist, aligned(assessments))


def differences_of_aligned(checklist: Checklist, same: Sequence[Assessment]) -> tuple[Difference, ...]:
    """The differences between assessments that have one key for each law already."""
    sides = [dict(_fields(one)) for one in same]
    differing = {key for side in sides for key in side if len({other.get(key, "") for other in sides}) > 1}
    laws = in_order({key for key, _ in differing if key not in checklist.provisions})
    place = {key: number for number, key in enumerate(("", *laws, *checklist.provisions))}
    ordered = sorted(differing, key=lambda one: (place[one[0]], not one[1].startswith("elements."), one[1]))
    return tuple(
        Difference(*key, tuple(_stated(checklist, key, side, one) for side, one in zip(sides, same, strict=True)))
        for key in ordered
    )


def is_judged(checklist: Checklist, field: str) -> bool:
    """Whether a field holds a judgement: a rating, or the answer to an element."""
    return field in checklist.by_dimension or (field.startswith("elements.") and field.count(".") == 1)


def _stated(checklist: Checklist, key: _Field, side: dict[_Field, str], assessment: Assessment) -> Stated:
    """What an assessment says in a field, with what it cites for a rating or an element. Of laws only the file is known."""
    provision, field = key
    answer = assessment.answer(provision)
    stated = Stated(side.get(key, ""), assessment.source, answer.at.get(field) or Location(assessment.source.name))
    if not is_judged(checklist, field):
        return stated
    element = answer.elements.get(field.removeprefix("elements."))
    return replace(stated, basis=element.legal_basis if element is not None else answer.whole_legal_basis)


def _fields(assessment: Assessment) -> Iterator[tuple[_Field, str]]:
    """Every field that is filled, with its value as text."""
    yield from _filled("", assessment, _OF_ALL)
    yield ("", "heard"), "\n".join("; ".join(filter(None, (one.who, one.how, one.when))) for one in assessment.heard)
    for key, law in assessment.laws.items():
        yield from _filled(key, law, OF_LAWS)
    for id, answer in assessment.answers.items():
        yield from _filled(id, answer, OF_ANSWERS)
        for dimension, rating in answer.ratings.items():
            yield (id, dimension), rating
        for letter, element in answer.elements.items():
            name = f"elements.{letter}"
            yield (id, name), "" if element.met is None else ("yes" if element.met else "no")
            yield (id, f"{name}.legal_basis"), element.legal_basis
            yield (id, f"{name}.note"), element.remark


def _filled(id: str, of: Assessment | Law | Answer, names: Sequence[str]) -> Iterator[tuple[_Field, str]]:
    """The fields of these names, and whether it is kept from publication: blank means that it is not."""
    for name in names:
        value = getattr(of, name)
        yield (id, name), value.isoformat() if isinstance(value, date) else str(value or "")
    if not isinstance(of, Assessment) and not of.publish:
        yield (id, "publish"), "no"
