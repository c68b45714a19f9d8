"""Two versions of a checklist: each change by its kind, and answers carried over without losing a word."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legcheck.analysis import changes_between, chapters_that_move, due_step, migrated
from legcheck.labels import labels
from legcheck.model import Answer, Citation, ElementAnswer, Fate, Revision, VersionStep
from tests.analysis.builders import BANDS, assessment, checklist

THREE = {"a": "First", "b": "Second", "c": "Third"}
DAY = date(2026, 7, 1)
MET, NOT_MET = ElementAnswer(met=True), ElementAnswer(met=False)


def of(provisions: dict, version: str = "1", **settings):
    """A checklist of one chapter; ids are written A_1."""
    return checklist({"A": {id.replace("_", "-"): entry for id, entry in provisions.items()}}, version=version, **settings)


OLD = of({"A_1": {"elements": THREE}, "A_2": {"elements": THREE}})


def later(provisions: dict, changes: dict | None = None, **settings):
    told = {id.replace("_", "-"): letters for id, letters in (changes or {}).items()}
    return of(provisions, "2", changes={"1": told}, **settings)


def carried(after, answers: dict, before=OLD, **whole):
    """What became of answers, as a migration."""
    given = {id.replace("_", "-"): replace(one, provision=id.replace("_", "-")) for id, one in answers.items()}
    made = replace(assessment(before, {}), answers=given, **whole)
    return migrated(before, after, made, DAY, lambda key, **facts: labels("en")(f"versions.{key}", **facts))


def kinds(before, after):
    return {(one.kind.value, one.of) for one in changes_between(before, after)}


SAME = {"A_1": {"elements": THREE}, "A_2": {"elements": THREE}}
CHANGES = {
    "nothing": (SAME, {}, set(), None),
    "a word of an element": (
        SAME | {"A_1": {"elements": THREE | {"b": "The second"}}},
        {},
        {("element_reworded", "A-1.b")},
        VersionStep.PATCH,
    ),
    "a question": (
        SAME | {"A_1": {"elements": THREE, "question": "Is it so?"}},
        {},
        {("reworded", "A-1")},
        VersionStep.PATCH,
    ),
    "a weight": (SAME | {"A_2": {"elements": THREE, "weight": "2"}}, {}, {("weight", "A-2")}, VersionStep.MINOR),
    "a core provision": (SAME | {"A_2": {"elements": THREE, "core": "true"}}, {}, {("core", "A-2")}, VersionStep.MINOR),
    "a new provision": (SAME | {"A_3": {}}, {}, {("new", "A-3")}, VersionStep.MINOR),
    "a new element": (
        SAME | {"A_1": {"elements": {"a": "First", "b": "New", "c": "Second", "d": "Third"}}},
        {"A_1": {"a": "a", "b": "c", "c": "d"}},
        {("element_new", "A-1.b"), ("element_moved", "A-1.c"), ("element_moved", "A-1.d")},
        VersionStep.MAJOR,
    ),
    "an element no longer asked": (
        SAME | {"A_1": {"elements": {"a": "First", "b": "Third"}}},
        {"A_1": {"a": "a", "b": "", "c": "b"}},
        {("element_retired", "A-1.b"), ("element_moved", "A-1.b")},
        VersionStep.MAJOR,
    ),
    "a provision no longer asked": (
        {"A_1": {"elements": THREE}},
        {"A_2": dict.fromkeys("abc", "")},
        {("retired", "A-2")},
        VersionStep.MAJOR,
    ),
    "a provision with another id": (
        {"A_1": {"elements": THREE}, "A_9": {"elements": THREE}},
        {"A_2": {"a": "A-9.a", "b": "A-9.b", "c": "A-9.c"}},
        {("moved", "A-9"), *(("element_moved", f"A-9.{letter}") for letter in "abc")},
        VersionStep.MAJOR,
    ),
    "a provision split": (
        SAME | {"A_1": {"elements": {"a": "First"}}, "A_3": {"elements": {"a": "Second", "b": "Third"}}},
        {"A_1": {"a": "a", "b": "A-3.a", "c": "A-3.b"}},
        {("split", "A-1"), ("moved", "A-3"), ("element_moved", "A-3.a"), ("element_moved", "A-3.b")},
        VersionStep.MAJOR,
    ),
    "provisions merged": (
        {"A_1": {"elements": {"a": "First", "b": "Second", "c": "Third", "d": "Other"}}},
        {"A_2": {"a": "A-1.d", "b": "", "c": ""}},
        {
            ("merged", "A-1"), ("element_moved", "A-1.d"), ("element_reworded", "A-1.d"),
            ("element_retired", "A-2.b"), ("element_retired", "A-2.c"),
        },
        VersionStep.MAJOR,
    ),
    "a rule": (SAME, {}, {("rule", "bands")}, VersionStep.MINOR),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_every_change_has_its_kind_and_asks_for_its_step(name):
    provisions, told, expected, step = CHANGES[name]
    after = later(provisions, told, **({"bands": BANDS} if name == "a rule" else {}))
    assert kinds(OLD, after) == expected
    assert due_step(changes_between(OLD, after)) is step


def test_words_move_no_score_and_a_rule_moves_every_chapter():
    words = later(SAME | {"A_1": {"elements": THREE, "question": "Is it so?"}})
    rule = later(SAME, bands=BANDS)
    assert [chapters_that_move(changes_between(OLD, one), OLD, one) for one in (words, rule)] == [(), ("A",)]


def test_an_answer_follows_its_letters_and_says_what_to_look_at():
    after = later(SAME | {"A_1": {"elements": {"a": "New", "b": "First", "c": "Third"}}}, {"A_1": {"a": "b", "b": "", "c": "c"}})
    found = carried(after, {"A_1": Answer("", {"law": "partial"}, elements={"a": MET, "b": MET, "c": NOT_MET}, note="As found.")})
    answer = found.assessment.answers["A-1"]
    assert answer.elements == {"b": MET, "c": NOT_MET}
    assert (answer.ratings, answer.note) == ({"law": "partial"}, "As found.")
    assert answer.to_confirm == (
        "Carried over from version 1 of the checklist. Elements not asked before: a. Elements of version 1 no longer asked: b. "
        "Confirm the rating."
    )
    (kept,) = found.assessment.history
    assert (kept.provision, kept.before, kept.why) == ("A-1", "yes", "No longer asked; version 1 asked: b) Second")


def test_what_is_the_same_is_kept_without_a_remark():
    answers = {"A_1": Answer("", {"law": "full"}, elements=dict.fromkeys("abc", MET))}
    found = carried(later(SAME), answers)
    assert [one.fate for one in found.carried] == [Fate.KEPT]
    assert found.assessment.answers["A-1"] == replace(answers["A_1"], provision="A-1")
    assert found.assessment.history == ()


def test_a_provision_that_is_gone_stays_in_the_history_whole():
    said = Answer(
        "",
        {"law": "full"},
        elements={"a": ElementAnswer(met=True, legal_basis="L1 art. 2", remark="Clear.")},
        note="All is there.",
    )
    found = carried(later({"A_1": {"elements": THREE}}, {"A_2": dict.fromkeys("abc", "")}), {"A_2": said})
    assert found.assessment.answers == {}
    assert {one.before for one in found.assessment.history} == {"yes; L1 art. 2; Clear.", "Full", "All is there."}
    assert [one.fate for one in found.carried] == [Fate.RETIRED]


def test_a_rating_that_the_scale_no_longer_has_stays_in_the_history():
    levels = {"full": {"title": "Full", "worth": "1"}, "none": {"title": "None", "worth": "0"}}
    after = later(SAME, scales={"conformity": {"levels": levels}})
    found = carried(after, {"A_1": Answer("", {"law": "partial"}), "A_2": Answer("", {"law": "none"})})
    assert [one.fate for one in found.carried] == [Fate.CONFIRM, Fate.KEPT]
    assert [one.before for one in found.assessment.history] == ["Partial"]


def test_provisions_merged_choose_nothing_between_answers_that_differ():
    after = later({"A_1": {"elements": THREE}}, {"A_1": {"a": "a", "b": "b", "c": "c"}, "A_2": {"a": "A-1.a", "b": "", "c": ""}})
    one = Answer("", {"law": "full"}, elements={"a": MET}, note="One.")
    two = Answer("", {"law": "none"}, elements={"a": NOT_MET}, note="Two.")
    found = carried(after, {"A_1": one, "A_2": two})
    answer = found.assessment.answers["A-1"]
    assert answer.elements["a"].met is None
    assert (answer.ratings, answer.note) == ({}, "One.\nTwo.")
    assert {one.before for one in found.assessment.history} == {"yes", "no", "Full", "None"}


def test_earlier_changes_are_told_under_the_letters_of_today():
    after = later(SAME | {"A_1": {"elements": {"a": "Second", "b": "Third"}}}, {"A_1": {"a": "", "b": "a", "c": "b"}})
    history = (
        Revision(DAY, "A-1", "elements.a", "no", "yes", why="A decree."),
        Revision(DAY, "A-1", "elements.c.note", "", "Seen."),
    )
    found = carried(after, {"A_1": Answer("", {"law": "full"})}, history=history)
    assert [(one.field, one.why) for one in found.assessment.history] == [
        ("", "A decree. (Element a of version 1)"),
        ("elements.b.note", ""),
    ]


words = st.text("abc xyz", max_size=8).map(str.strip)
elements = st.builds(
    ElementAnswer,
    st.none() | st.booleans(),
    words,
    st.lists(st.builds(Citation, st.just("L1"), words), max_size=1).map(tuple),
    words,
)
answers = st.builds(
    Answer,
    st.just(""),
    st.dictionaries(st.sampled_from(["law", "practice"]), st.sampled_from(["full", "partial", "none"])),
    elements=st.dictionaries(st.sampled_from("abc"), elements),
    note=words,
    assessor=words,
    publish=st.booleans(),
)


@given(st.permutations("abc"), answers, answers)
def test_there_and_back_is_the_same_where_nothing_was_lost(order, one, two):
    told = dict(zip("abc", order, strict=True))
    after = later(
        SAME | {"A_1": {"elements": {told[letter]: THREE[letter] for letter in sorted(told, key=told.get)}}}, {"A_1": told}
    )
    given = {
        "A_1": replace(one, elements=dict(sorted(one.elements.items()))),
        "A_2": replace(two, elements=dict(sorted(two.elements.items()))),
    }
    there = carried(after, given)
    back = migrated(after, OLD, there.assessment, DAY, lambda *_, **__: "")
    assert back.assessment.answers == {
        id.replace("_", "-"): replace(one, provision=id.replace("_", "-")) for id, one in given.items()
    }
    assert {one.fate for one in (*there.carried, *back.carried)} == {Fate.KEPT}


targets = st.one_of(st.just(""), st.sampled_from([f"{id}.{letter}" for id in ("A-1", "A-3") for letter in "abc"]))


@given(st.fixed_dictionaries({f"A_{n}": st.fixed_dictionaries(dict.fromkeys("abc", targets)) for n in (1, 2)}), answers, answers)
def test_no_word_is_lost_whatever_becomes_of_the_provisions(told, one, two):
    after = later({"A_1": {"elements": THREE}, "A_3": {"elements": THREE}}, told)
    found = carried(after, {"A_1": one, "A_2": two})
    shown = repr(found.assessment.answers) + repr(found.assessment.history)
    for answer in (one, two):
        texts = [answer.note, answer.assessor]
        texts += [text for each in answer.elements.values() for text in (each.legal_basis, each.remark)]
        assert all(text in shown for text in texts)
