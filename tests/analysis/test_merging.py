"""Parts put together: what they agree on, what they contradict one another in, and what was decided."""

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from legcheck.analysis import decided, merged, part_of
from legcheck.model import (
    Answer,
    Assignment,
    Citation,
    Decision,
    ElementAnswer,
    Heard,
    Kind,
    Law,
    LawStatus,
    Revision,
    Source,
    united,
)
from tests.analysis.builders import assessment, checklist

SMALL = checklist({"A": {"A-1": {"elements": {"a": "First", "b": "Second"}}, "A-2": {}}, "B": {"B-1": {}}})
ACT, CODE = Law("L1", "Victims Act", number="12/2015"), Law("L2", "Penal Code", number="1/1999")
BASE = assessment(SMALL, {}, (ACT, CODE))
DAY = date(2026, 3, 1)


def said(*answers: Answer, file: str = "", laws: tuple[Law, ...] = (ACT, CODE), **of_all):
    """A part with these answers."""
    register, by_id = {law.key: law for law in laws}, {one.provision: one for one in answers}
    return replace(BASE, laws=register, answers=by_id, source=Source(file, file), **of_all)


def together(parts):
    """The merged assessment, and what its parts contradict one another in."""
    made = merged(SMALL, parts)
    return made.assessment, made.conflicts


def contradicting(conflicts):
    """Each conflict as its provision, field and values."""
    return [(one.provision, one.field, one.values) for one in conflicts]


def test_blank_never_erases_and_equal_answers_agree():
    one = said(Answer("A-1", {"law": "full"}, note="Same", elements={"a": ElementAnswer(met=True)}))
    two = said(Answer("A-1", {"practice": "none"}, note="Same", elements={"a": ElementAnswer(remark="Here")}))
    whole, conflicts = together([one, two])
    assert conflicts == ()
    assert whole.answers["A-1"] == Answer(
        "A-1", {"law": "full", "practice": "none"}, note="Same", elements={"a": ElementAnswer(met=True, remark="Here")}
    )


def test_what_is_said_differently_stays_blank_and_is_a_conflict_with_both_places():
    one = said(Answer("A-1", {"law": "full"}, elements={"a": ElementAnswer(met=True)}, note="One"), file="one.xlsx")
    two = said(Answer("A-1", {"law": "none"}, elements={"a": ElementAnswer(met=False)}, note="Two"), file="two.xlsx")
    silent = said(Answer("A-1"), file="three.xlsx")
    whole, conflicts = together([one, silent, two])
    assert whole.answers["A-1"] == Answer("A-1", elements={"a": ElementAnswer()})
    assert contradicting(conflicts) == [
        ("A-1", "elements.a", ("no", "yes")),
        ("A-1", "law", ("full", "none")),
        ("A-1", "note", ("One", "Two")),
    ]
    assert [(at.value, at.source.name) for at in conflicts[0].stated] == [("yes", "one.xlsx"), ("no", "two.xlsx")]


def test_publication_needs_the_consent_of_all_and_is_no_conflict():
    whole, conflicts = together([said(Answer("A-1", note="x")), said(Answer("A-1", note="x", publish=False))])
    assert (whole.answers["A-1"].publish, conflicts) == (False, ())
    whole, conflicts = together([said(laws=(ACT,)), said(laws=(replace(ACT, publish=False),))])
    assert (whole.laws["L1"].publish, conflicts) == (False, ())


def test_registers_are_united_and_citations_follow_their_law():
    other = Law("L2", "Asylum Act", number="4/2001")
    one = said(Answer("A-1", legal_basis="L2 art. 1", citations=(Citation("L2", "art. 1"),)))
    two = said(Answer("A-2", legal_basis="L2 art. 9", citations=(Citation("L2", "art. 9"),)), laws=(ACT, other))
    for parts in permutations((one, two)):
        whole, conflicts = together(parts)
        assert conflicts == ()
        titles = {key: law.title for key, law in whole.laws.items()}
        cited = {id: (titles[answer.citations[0].law], answer.legal_basis[:2]) for id, answer in whole.answers.items()}
        keys = {title: key for key, title in titles.items()}
        assert cited == {"A-1": ("Penal Code", keys["Penal Code"]), "A-2": ("Asylum Act", keys["Asylum Act"])}


def test_a_law_that_stands_twice_in_a_register_is_told_from_its_double():
    again = replace(CODE, key="L9")
    one = said(Answer("A-1", legal_basis="L9 art. 5", citations=(Citation("L9", "art. 5"),)), laws=(CODE, again))
    two = said(
        Answer("A-1", legal_basis="L9 art. 5", citations=(Citation("L9", "art. 5"),)), laws=(ACT, replace(ACT, key="L2"), again)
    )
    whole, conflicts = together([one, two])
    assert whole.answers["A-1"].citations == ()
    assert [(one.provision, one.field, len(one.values)) for one in conflicts] == [("A-1", "legal_basis", 2)]


def test_an_article_alone_names_its_law_once_there_are_others():
    alone = ElementAnswer(met=True, legal_basis="art. 5", citations=(Citation("L1", "art. 5"),))
    one, two = said(Answer("A-1", elements={"a": alone}), laws=(ACT,)), said(Answer("B-1", {"law": "full"}))
    whole, _ = together([one, two])
    assert whole.answers["A-1"].elements["a"] == replace(alone, legal_basis="L1 art. 5")
    assert together([one, one])[0].answers["A-1"].elements["a"] == alone


def test_a_law_described_differently_is_a_conflict_and_the_cautious_status_holds():
    draft = replace(ACT, status=LawStatus.DRAFT, number="13/2015", adopted=DAY)
    whole, conflicts = together([said(), said(laws=(draft, CODE))])
    assert contradicting(conflicts) == [("L1", "number", ("12/2015", "13/2015")), ("L1", "status", ("draft", "in force"))]
    assert whole.laws["L1"] == replace(draft, number="")


def test_who_was_heard_and_what_was_changed_is_added_up():
    first, second, third = (Heard(name) for name in ("Associations", "Courts", "Prisons"))
    change, other = Revision(DAY, "A-1", "law"), Revision(DAY, "B-1", "law")
    one, two = said(heard=(first, second), history=(change,)), said(heard=(first, third), history=(other, change))
    whole, conflicts = together([two, one])
    assert (whole.heard, whole.history, conflicts) == ((first, second, third), (change, other), ())


def test_the_whole_is_merged_as_well():
    one, two = said(body="Justice", title="", kind=Kind.OTHER), said(body="Health", title="Laws")
    whole, conflicts = together([one, two])
    assert (whole.body, whole.title, whole.kind) == ("", "Laws", Kind.OTHER)
    assert contradicting(conflicts) == [("", "body", ("Health", "Justice"))]


def test_a_decision_settles_its_field_and_goes_into_the_history():
    one = said(Answer("A-1", {"law": "full"}, elements={"a": ElementAnswer(met=True)}), file="one.xlsx", body="Justice")
    two = said(
        Answer("A-1", {"law": "none"}, elements={"a": ElementAnswer(met=False, remark="Here.")}), file="two.xlsx", body="Health"
    )
    why = "Lead body", DAY, "The decree was overlooked."
    made = decided(
        merged(SMALL, [one, two]),
        [Decision("A-1", "elements.a", "yes", *why), Decision("A-1", "law", "partial", *why), Decision("", "body", "Both", *why)],
    )
    answer = made.answers["A-1"]
    assert (answer.elements["a"], answer.ratings, made.body) == (
        ElementAnswer(met=True),
        {"law": "partial"},
        "Both",
    )
    changed = [(one.provision, one.field, one.before, one.after, one.file) for one in made.history]
    assert changed == [
        ("", "body", "Health", "Both", "two.xlsx"),
        ("", "body", "Justice", "Both", "one.xlsx"),
        ("A-1", "elements.a", "no", "yes", "two.xlsx"),
        ("A-1", "elements.a.note", "Here.", "", "two.xlsx"),
        ("A-1", "law", "full", "partial", "one.xlsx"),
        ("A-1", "law", "none", "partial", "two.xlsx"),
    ]
    assert {(one.who, one.on, one.why) for one in made.history} == {why}


@pytest.mark.parametrize(
    ("field", "value", "becomes"),
    [("number", "13/2015", "13/2015"), ("status", "draft", LawStatus.DRAFT), ("adopted", "2015-03-01", date(2015, 3, 1))],
)
def test_a_decision_on_a_law_has_its_kind_of_value(field, value, becomes):
    one, two = said(laws=(ACT,)), said(laws=(replace(ACT, **{field: becomes}),), file="two.xlsx")
    other = said(laws=(replace(ACT, status=LawStatus.REPEALED, adopted=DAY),))
    made = decided(merged(SMALL, [one, two, other]), [Decision("L1", field, value, "Lead body", DAY, "So.")])
    assert getattr(made.laws["L1"], field) == becomes


def test_an_element_decided_upon_has_the_article_of_those_who_were_followed():
    cited = ElementAnswer(True, "L1 art. 18", (Citation("L1", "art. 18"),), "Parties only.")
    one, two = (
        said(Answer("A-1", elements={"a": cited}), file="one"),
        said(Answer("A-1", elements={"a": ElementAnswer(False)}), file="two"),
    )
    both = merged(SMALL, [one, two])
    for value, kept in (("no", ElementAnswer(False)), ("yes", cited)):
        made = decided(both, [Decision("A-1", "elements.a", value, "Lead body", DAY, "So.")])
        assert made.answers["A-1"].elements["a"] == kept
        left = [(each.field, each.before) for each in made.history if each.field != "elements.a"]
        assert left == ([("elements.a.legal_basis", "L1 art. 18"), ("elements.a.note", "Parties only.")] if value == "no" else [])


def test_one_law_of_two_spellings_is_there_once():
    act = Law("L1", "Victims Act", number="Act 14 of 2016", adopted=DAY)
    for other in (Law("L3", "Victims Act", number="14/2016", adopted=DAY), Law("L3", "VICTIMS ACT", adopted=DAY)):
        cited = Answer("A-1", legal_basis="L3 art. 2", citations=(Citation("L3", "art. 2"),))
        whole, conflicts = together([said(laws=(act,)), said(cited, laws=(other,))])
        (key,) = whole.laws
        assert whole.answers["A-1"].citations == (Citation(key, "art. 2"),)
        assert contradicting(conflicts) == [(key, "number", ("14/2016", "Act 14 of 2016"))] * bool(other.number)
        assert whole.laws[key].title in (act.title, other.title)


def test_laws_keep_the_keys_by_which_they_are_known():
    late = Law("L1", "Asylum Act", number="4/2001")
    known = merged(SMALL, [said(), said(laws=(CODE,))]).laws
    assert {law.key: law.title for law in merged(SMALL, [said()], known).laws} == {"L1": "Victims Act", "L2": "Penal Code"}
    whole = merged(SMALL, [said(), said(laws=(late,))], known).assessment
    assert {key: law.title for key, law in whole.laws.items()} == {"L1": "Victims Act", "L2": "Penal Code", "L3": "Asylum Act"}


KEYS = st.sampled_from(["L1", "L2", "L9"])
LAWS = st.lists(st.builds(Law, KEYS, st.sampled_from(["Act", "ACT", "Code"]), number=st.sampled_from(["", "1", "2"]),
                          status=st.sampled_from(LawStatus), publish=st.booleans()), unique_by=lambda law: law.key)  # fmt: skip
WORDS = st.sampled_from(["", "one", "two"])
DAYS = st.sampled_from([DAY, date(2026, 4, 1)])


@st.composite
def parts(draw, files=WORDS):
    """A part with any answers, laws, people heard and changes."""
    laws = {law.key: law for law in draw(LAWS)}
    ids = st.sampled_from([*SMALL.provisions])
    return replace(
        BASE,
        laws=laws,
        answers={id: draw(_answers(SMALL.provisions[id], sorted(laws))) for id in SMALL.provisions if draw(st.booleans())},
        body=draw(WORDS),
        heard=tuple(draw(st.lists(st.builds(Heard, WORDS), max_size=3))),
        history=united(draw(st.lists(st.builds(Revision, DAYS, st.one_of(ids, KEYS), st.just("note"), WORDS), max_size=3))),
        source=Source(draw(files), ""),
    )


@st.composite
def _answers(draw, provision, keys):
    basis, citations = draw(_bases(keys))
    elements = {letter: draw(_elements(keys)) for letter in provision.letters if draw(st.booleans())}
    ratings = {key: draw(st.sampled_from(["full", "none"])) for key in ("law", "practice") if draw(st.booleans())}
    return Answer(provision.id, ratings, "", elements, basis, citations, draw(WORDS), publish=draw(st.booleans()))


@st.composite
def _elements(draw, keys):
    return ElementAnswer(draw(st.sampled_from([None, True, False])), *draw(_bases(keys)), draw(WORDS))


@st.composite
def _bases(draw, keys):
    key = draw(st.sampled_from(["", *keys]))
    written = draw(st.sampled_from([f"{key} art. 5", "art. 5"]))
    return (written, (Citation(key, "art. 5"),)) if key else ("", ())


@given(st.lists(parts(), min_size=1, max_size=3), st.data())
def test_the_order_of_the_parts_does_not_matter(some, data):
    whole, conflicts = together(some)
    other, again = together(data.draw(st.permutations(some)))
    assert (other, contradicting(again)) == (whole, contradicting(conflicts))


@given(st.lists(parts(), min_size=1, max_size=3), st.lists(parts(), max_size=2), st.data())
def test_laws_known_by_a_key_keep_it_whatever_part_is_added_or_missing(some, others, data):
    registers = [[(law.title.casefold(), law.number) for law in one.laws.values()] for one in (*some, *others)]
    assume(all(len(set(laws)) == len(laws) for laws in registers))
    known = merged(SMALL, some).laws
    keys = {(law.title.casefold(), law.number): law.key for law in known}
    # Where one register tells apart what was one law, only one of the two can keep the key.
    assume(all(len({keys.get(law, law) for law in laws}) == len(laws) for laws in registers))
    left = data.draw(st.lists(st.sampled_from(some), min_size=1, unique_by=id))
    for law in merged(SMALL, [*left, *others], known).laws:
        assert keys.get((law.title.casefold(), law.number), law.key) == law.key


def test_descriptions_known_by_one_key_are_one_law_also_without_the_one_that_showed_it():
    told = [Law("L1", "Victims Act", number="1"), Law("L1", "Victims Act", number="2"), Law("L1", "Act", number="2")]
    registers = [assessment(SMALL, {}, (one,)) for one in (told[0], told[2])]
    assert {law.key for law in merged(SMALL, registers, told).laws} == {"L1"}


def test_two_laws_of_one_register_known_by_one_key_are_both_kept():
    told = [Law("L1", "Victims Act", number="1"), Law("L1", "Act", number="1")]
    both = assessment(SMALL, {}, (told[0], replace(told[1], key="L2")))
    assert sorted(law.title for law in merged(SMALL, [both], told).assessment.laws.values()) == ["Act", "Victims Act"]


@given(parts())
def test_a_part_and_itself_is_the_same(one):
    assert together([one]) == together([one, one]) == (one, ())


@given(parts(st.just("whole")), st.data())
def test_what_is_split_is_merged_again(one, data):
    who = data.draw(st.fixed_dictionaries({id: st.sampled_from("xyz") for id in SMALL.provisions}))
    split = [part_of(SMALL, one, Assignment(key, key, tuple(id for id in who if who[id] == key))) for key in "xyz"]
    assert together(data.draw(st.permutations(split))) == (one, ())


@given(st.lists(parts(), min_size=2, max_size=3))
def test_no_answer_is_lost_in_silence(some):
    """Whatever a part says stands in the merged assessment or in a conflict."""
    whole, conflicts = together(some)
    open_fields = {(one.provision, one.field) for one in conflicts}
    for part in some:
        for id, answer in part.answers.items():
            for key, rating in answer.ratings.items():
                assert (id, key) in open_fields or whole.answers[id].ratings[key] == rating
            for letter, element in answer.elements.items():
                if element.met is not None:
                    assert (id, f"elements.{letter}") in open_fields or whole.answers[id].elements[letter].met is element.met
            if answer.citations and (id, "legal_basis") not in open_fields:
                assert [one.articles for one in whole.answers[id].citations] == ["art. 5"]
            assert not answer.note or (id, "note") in open_fields or whole.answers[id].note == answer.note
    titles = {law.title.casefold() for part in some for law in part.laws.values()}
    said = {law.title for law in whole.laws.values()} | {value for one in conflicts for value in one.values}
    assert titles <= {title.casefold() for title in said}
