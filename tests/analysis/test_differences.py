"""The differences between assessments, field by field."""

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legcheck.analysis import differences
from legcheck.analysis.registers import aligned
from legcheck.model import Answer, Citation, ElementAnswer, Heard, Law, LawStatus
from tests.analysis.builders import assessment, checklist

SMALL = checklist({"A": {"A-1": {"elements": {"a": "First", "b": "Second"}}, "A-2": {}}})
ACT, CODE = Law("L1", "Victims Act", number="12/2015"), Law("L2", "Penal Code", number="1/1999")
BASE = assessment(SMALL, {}, (ACT, CODE))


def said(answer: Answer, *laws: Law):
    """An assessment with one answer, on these laws or the two above."""
    register = {law.key: law for law in laws or (ACT, CODE)}
    return replace(BASE, laws=register, answers={answer.provision: answer})


def found(*assessments):
    """Each difference as its provision, field and values."""
    return [(one.provision, one.field, *(at.value for at in one.stated)) for one in differences(SMALL, assessments)]


FULL = Answer(
    "A-1",
    ratings={"law": "partial", "practice": "none"},
    if_adopted="full",
    elements={"a": ElementAnswer(met=True, legal_basis="L1 art. 3", remark="Here."), "b": ElementAnswer(met=False)},
    legal_basis="L2 art. 1",
    note="Note",
    to_confirm="yes",
    observations="Seen",
    assistance="Training",
    assessor="Legal unit",
    publish=False,
)


def test_every_field_of_an_answer_is_compared():
    assert found(said(FULL), said(Answer("A-1"))) == [
        ("A-1", "elements.a", "yes", ""),
        ("A-1", "elements.a.legal_basis", "L1 art. 3", ""),
        ("A-1", "elements.a.note", "Here.", ""),
        ("A-1", "elements.b", "no", ""),
        ("A-1", "assessor", "Legal unit", ""),
        ("A-1", "assistance", "Training", ""),
        ("A-1", "if_adopted", "full", ""),
        ("A-1", "law", "partial", ""),
        ("A-1", "legal_basis", "L2 art. 1", ""),
        ("A-1", "note", "Note", ""),
        ("A-1", "observations", "Seen", ""),
        ("A-1", "practice", "none", ""),
        ("A-1", "publish", "no", ""),
        ("A-1", "to_confirm", "yes", ""),
    ]


@pytest.mark.parametrize(
    ("field", "value", "before", "after"),
    [
        ("title_en", "Act", "", "Act"),
        ("adopted", date(2015, 3, 1), "", "2015-03-01"),
        ("status", LawStatus.DRAFT, "in force", "draft"),
        ("in_force_until", date(2025, 1, 1), "", "2025-01-01"),
        ("link", "https://example.org", "", "https://example.org"),
        ("publish", False, "", "no"),
        ("title", "Act on Victims", "Victims Act", "Act on Victims"),
        ("number", "13/2015", "12/2015", "13/2015"),
    ],
)
def test_a_corrected_law_is_the_same_law(field, value, before, after):
    corrected = replace(BASE, laws={"L1": replace(ACT, **{field: value}), "L2": CODE})
    assert found(BASE, corrected) == [("L1", field, before, after)]


def test_the_whole_is_compared_first():
    other = replace(BASE, as_of=date(2027, 1, 1), body="Ministry", heard=(Heard("Associations", "meeting"),))
    assert found(BASE, other) == [
        ("", "as_of", "2026-01-01", "2027-01-01"),
        ("", "body", "", "Ministry"),
        ("", "heard", "", "Associations; meeting"),
    ]


def test_the_same_law_under_another_key_is_no_difference():
    swapped = replace(ACT, key="L2"), replace(CODE, key="L1")
    one = said(
        Answer("A-1", legal_basis="L1 art. 3; L2 art. 12", citations=(Citation("L1", "art. 3"), Citation("L2", "art. 12")))
    )
    two = said(
        Answer("A-1", legal_basis="L2 art. 3; L1 art. 12", citations=(Citation("L2", "art. 3"), Citation("L1", "art. 12"))),
        *swapped,
    )
    assert found(one, two) == []
    left, right = aligned((one, two))
    assert left.answers == right.answers
    assert left.laws == right.laws


def test_two_laws_that_claim_one_key_get_two_and_their_citations_follow():
    other = Law("L1", "Asylum Act", number="4/2001")
    basis = ElementAnswer(met=True, legal_basis="l1 art. 2, see L10", citations=(Citation("L1", "art. 2"),))
    one, two = said(Answer("A-1")), said(Answer("A-1", elements={"a": basis}), other)
    for pair in permutations((one, two)):
        by_title = {law.title: key for made in aligned(pair) for key, law in made.laws.items()}
        assert by_title == {"Asylum Act": "L1", "Victims Act": "L3", "Penal Code": "L2"}
    moved = aligned((said(Answer("A-1"), replace(other, title="A new Act", number="9")), two))[1]
    key = next(iter(moved.laws))
    assert moved.answers["A-1"].elements["a"] == replace(
        basis, legal_basis=f"{key} art. 2, see L10", citations=(Citation(key, "art. 2"),)
    )
    assert key != "L1"


def test_three_files_stand_side_by_side():
    three = [said(Answer("A-1", note=note)) for note in ("one", "", "one")]
    assert found(*three) == [("A-1", "note", "one", "", "one")]


LAWS = st.lists(
    st.tuples(st.sampled_from(["L1", "L2", "L9", "X"]), st.sampled_from(["Act", "Code"]), st.sampled_from(["", "1", "2"])),
    unique_by=lambda law: law[0],
).map(lambda laws: replace(BASE, laws={key: Law(key, title, number=number) for key, title, number in laws}))


@given(LAWS, LAWS, LAWS)
def test_keys_are_the_same_whatever_the_order_and_no_law_is_lost(one, two, other):
    three = (one, two, other)
    made = aligned(three)
    for order in permutations(range(3)):
        assert aligned([three[at] for at in order]) == tuple(made[at] for at in order)
    for before, after in zip(three, made, strict=True):
        described = [sorted((law.title, law.number) for law in one.laws.values()) for one in (before, after)]
        assert described[0] == described[1]


@given(LAWS)
def test_a_file_beside_itself_keeps_its_keys(one):
    assert aligned([one, one]) == (one, one)
    assert found(one, one) == []
