"""From gaps to measures: every gap is answered or named, prerequisites come first, the same input gives the same plan."""

import re
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legcheck.analysis import judge
from legcheck.analysis.choice import OutOfReachError, least_effort, most_gain
from legcheck.analysis.plan import make_plan, scores_after
from legcheck.model import (
    MET,
    NOT_MET,
    Alone,
    Case,
    Catalogue,
    Citation,
    Completing,
    ElementAnswer,
    FlagshipRule,
    Indicator,
    Law,
    LawStatus,
    Measure,
    Objective,
    OrderRule,
    Phase,
)
from tests.analysis.builders import assessment, checklist

NOTHING = Indicator("", "", "")
PHASES = (Phase("now", "Now", 0, 6), Phase("later", "Later", 6, 12), Phase("last", "Last", 12, 36))
ELEMENTS = {"a": "one", "b": "two"}


def measure(id, closes, *, elements=None, phase="now", effort=1, requires=(), section="1"):
    """A measure from ``{"A-1": "missing partial"}``."""
    return Measure(
        id=id,
        title=id,
        closes={provision: tuple(Case(case) for case in cases.split()) for provision, cases in closes.items()},
        elements={provision: tuple(letters) for provision, letters in (elements or {}).items()},
        do="",
        kind="law",
        lead="justice",
        partners=(),
        phase=phase,
        need=(),
        effort=effort,
        requires=tuple(requires),
        section=section,
        output=NOTHING,
        outcome=NOTHING,
        safeguards={},
        drafting=(),
        examples=(),
    )


def plan(answers, *measures, provisions=None):
    made = checklist({"A": provisions or {id: {"elements": ELEMENTS} for id in answers}})
    return plan_of(judge(made, assessment(made, answers), (), "test"), *measures)


def plan_of(result, *measures, objectives=(), most=3, completing=None):
    rule = OrderRule(Fraction(1), Fraction(1, 2), Fraction(-1, 2))
    catalogue = Catalogue(
        {one.id: one for one in measures}, PHASES, (), {}, {}, {}, {}, (), (), (), rule, "",
        objectives=objectives, flagships=FlagshipRule(most), completing=completing,
    )  # fmt: skip
    return make_plan(result, catalogue)


ALL = "missing partial practice codify contrary"


@pytest.mark.parametrize(
    ("answer", "case"),
    [
        ({"law": "none"}, "missing"),
        ({"law": "partial", "elements": "a"}, "partial"),
        ({"law": "full", "practice": "none"}, "practice"),
        ({"law": "none", "practice": "full"}, "codify"),
        ({"law": "contrary"}, "contrary"),
    ],
)
def test_each_kind_of_gap_gets_its_own_measure(answer, case):
    measures = [measure(f"M-{one}", {"A-1": one}) for one in ALL.split()]
    assert [one.measure.id for one in plan({"A-1": answer}, *measures).measures] == [f"M-{case}"]


def test_no_measure_without_a_gap_and_no_gap_without_measure_or_word():
    made = plan({"A-1": "full", "A-2": "none", "A-3": "none"}, measure("M1", {"A-1": ALL}), measure("M2", {"A-2": ALL}))
    assert [one.measure.id for one in made.measures] == ["M2"]
    assert [gap.provision for gap in made.unanswered] == ["A-3"]


def test_a_measure_that_closes_several_gaps_appears_once_with_all_of_them():
    made = plan({"A-1": "none", "A-2": "none"}, measure("M1", {"A-1": ALL, "A-2": ALL}))
    assert [[each.gap.provision for each in one.answers] for one in made.measures] == [["A-1", "A-2"]]


@pytest.mark.parametrize(
    ("second", "said"), [("none", ("M1", "")), ("full", ("Only the first", "Do it.")), ("", ("Only the first", "Do it."))]
)
def test_a_measure_for_several_provisions_speaks_only_of_those_with_a_gap(second, said):
    both = replace(measure("M1", {"A-1": ALL, "A-2": ALL}), alone={"A-1": Alone("Only the first", "Do it.")})
    (found,) = plan({"A-1": "none", "A-2": second}, both).measures
    assert (found.measure.title, found.measure.do) == said


def test_a_measure_says_once_what_it_says_of_each_of_its_provisions():
    shared = "Whoever was refused may ask again."
    alone = {
        "A-1": Alone("Fees", f"Within six months the fee is repealed. {shared}"),
        "A-2": Alone("Periods", f"Within six months the period is repealed. {shared}"),
    }
    every = replace(measure("M1", {"A-1": ALL, "A-2": ALL, "A-3": ALL}), alone=alone)
    (found,) = plan({"A-1": "none", "A-2": "none", "A-3": "full"}, every).measures
    assert found.measure.do == f"Within six months the fee is repealed. Within six months the period is repealed. {shared}"


def test_a_measure_drops_what_concerns_none_of_the_provisions_with_a_gap():
    every = replace(
        measure("M1", {"A-1": ALL, "A-2": ALL, "A-3": ALL}),
        outcome=Indicator("Days to payment", "days", "register"),
        safeguards={"gender": "On the first.", "children": "On the third."},
        clauses=({"": "First."}, {"": "Second."}, {"": "Third."}),
        drafting=("all of it",),
        alone={
            "A-1": Alone("First", "Do the first.", frozenset({"outcome", "safeguards.children", "clauses.2", "clauses.3"})),
            "A-2": Alone("Second", "Do the second.", frozenset({"safeguards.children", "clauses.1", "clauses.3"})),
            "A-3": Alone("Third", "Do the third.", frozenset({"safeguards.gender", "clauses.1", "clauses.2"})),
        },
    )
    (found,) = plan({"A-1": "none", "A-2": "none", "A-3": "full"}, every).measures
    assert (found.measure.title, found.measure.do) == ("M1", "Do the first. Do the second.")
    assert found.measure.outcome.indicator == "Days to payment"
    assert found.measure.safeguards == {"gender": "On the first."}
    assert [one[""] for one in found.measure.clauses] == ["First.", "Second."]
    assert found.measure.drafting == ()
    (first,) = plan({"A-1": "none", "A-2": "full", "A-3": "full"}, every).measures
    assert first.measure.outcome == NOTHING


ALL_OF_IT = Indicator("Rule in force", "yes or no", "gazette")
REST = Completing(
    adding="Add it.",
    amending="Amend {articles}.",
    extending="Extend it.",
    output=Indicator("In force: {provisions}", "date", "gazette", of_law=True),
    carrying="Carry out {articles}.",
    amended="In force: amendment of {articles}",
    constitutions=("Constitution", "宪法"),
)


@pytest.mark.parametrize(
    ("answers", "asked", "drafting"),
    [
        ({"A-1": {"law": "partial", "elements": "a"}, "A-2": {"law": "partial", "elements": "b"}}, "Add it.", ()),
        ({"A-1": {"law": "partial", "elements": "ab"}, "A-2": {"law": "partial", "elements": "b"}}, "Add it. Extend it.", ()),
        ({"A-1": {"law": "partial", "elements": "ab"}, "A-2": {"law": "partial", "elements": "ab"}}, "Extend it.", ()),
        ({"A-1": {"law": "partial", "elements": "a"}, "A-2": "none"}, "Do all.", ()),
        ({"A-1": "none", "A-2": "none"}, "Do all.", ("all of it",)),
        ({"A-1": "partial", "A-2": "partial"}, "Do all.", ("all of it",)),  # nobody knows which part there is
    ],
)
def test_where_the_law_has_a_part_only_the_rest_is_asked_for(answers, asked, drafting):
    both = replace(measure("M1", {"A-1": ALL, "A-2": ALL}), do="Do all.", drafting=("all of it",), output=ALL_OF_IT)
    made = checklist({"A": {id: {"elements": ELEMENTS} for id in answers}})
    (found,) = plan_of(judge(made, assessment(made, answers), (), "test"), both, completing=REST).measures
    assert (found.measure.do, found.measure.drafting) == (asked, drafting)
    assert found.measure.output == (ALL_OF_IT if asked == "Do all." else replace(REST.output, indicator="In force: A-1; A-2"))


LAWS = {
    "L1": Law("L1", "Victims Act"),
    "L2": Law("L2", "Old Act", status=LawStatus.REPEALED),
    "L3": Law("L3", "Bill", status=LawStatus.DRAFT),
    "L4": Law("L4", "Fund Decree"),
    "L5": Law("L5", "Constitution of Utopia"),
    "L6": Law("L6", "Constitutional Court Act"),
    "L7": Law("L7", "共和国宪法"),
}


def against(*cited, met=False):
    return ElementAnswer(met=met, citations=tuple(Citation(*one.split(" ", 1)) for one in cited))


@pytest.mark.parametrize(
    ("elements", "asked"),
    [
        ({"a": against("L1 s. 4(1)")}, "Amend Victims Act (s. 4(1))."),
        ({"a": against("L1 s. 9"), "b": against("L1 s. 4", "L4 art. 2")}, "Amend Victims Act (s. 4, 9), Fund Decree (art. 2)."),
        ({"a": against("L1 s. 4"), "b": NOT_MET}, "Amend Victims Act (s. 4)."),
        ({"a": against("L5 art. 28")}, "Carry out Constitution of Utopia (art. 28)."),  # which no ministry amends
        ({"a": against("L5 art. 28", "L1 s. 4")}, "Amend Victims Act (s. 4). Carry out Constitution of Utopia (art. 28)."),
        ({"a": against("L6 s. 2", "L7 art. 3")}, "Amend Constitutional Court Act (s. 2). Carry out 共和国宪法 (art. 3)."),
        ({"a": against("L2 s. 4", "L3 s. 1")}, "Add it."),  # neither repealed law nor a bill is amended
        ({"a": against("L1 s. 4", met=True), "b": NOT_MET}, "Add it."),
        ({"a": NOT_MET}, "Add it."),
        ({"a": MET}, "Extend it."),  # all of it is law, though not for everyone
    ],
)
def test_a_law_in_force_that_denies_an_element_is_amended_by_name(elements, asked):
    made = checklist({"A": {"A-1": {"elements": {"a": "one", "b": "two", "c": "three"}}}})
    found = replace(assessment(made, {"A-1": {"law": "partial"}}), laws=LAWS)
    answer = replace(found.answers["A-1"], elements={"a": MET, "b": MET, "c": against("L1 s. 1", met=True), **elements})
    result = judge(made, replace(found, answers={"A-1": answer}), (), "test")
    (one,) = plan_of(result, measure("M1", {"A-1": ALL}), completing=REST).measures
    assert one.measure.do == asked
    amended = re.search(r"Amend (.*?\))\.", asked)
    assert one.measure.output.indicator == ("In force: " + (f"amendment of {amended[1]}" if amended else "A-1"))


def test_what_nobody_assessed_is_assessed_first():
    made = plan({"A-1": {"practice": "none"}, "A-2": "none"}, measure("M1", {"A-1": ALL}))
    assert made.assess_first == ("A-1",)
    assert made.measures == ()


def test_a_measure_for_an_element_answers_only_where_it_is_missing():
    first = measure("M1", {"A-1": ALL}, elements={"A-1": "a"})
    second = measure("M2", {"A-1": ALL}, elements={"A-1": "b"})
    made = plan({"A-1": {"law": "partial", "elements": "a"}}, first, second)
    assert [one.measure.id for one in made.measures] == ["M2"]


def test_prerequisites_come_first_and_pull_the_phase():
    late = measure("M1", {"A-1": ALL}, phase="later")
    early = measure("M2", {"A-2": ALL}, requires=["M1"])
    made = plan({"A-1": "none", "A-2": "none"}, early, late)
    assert [(one.measure.id, one.phase, one.place) for one in made.measures] == [("M1", "later", 1), ("M2", "later", 2)]


def test_a_prerequisite_without_a_gap_is_in_place():
    made = plan({"A-1": "full", "A-2": "none"}, measure("M1", {"A-1": ALL}), measure("M2", {"A-2": ALL}, requires=["M1"]))
    (one,) = made.measures
    assert (one.requires, one.in_place) == ((), ("M1",))


GOALS = (Objective("help", "Help", "", ("1", "2")), Objective("justice", "Justice", "", ("3",)))


def test_the_measures_with_the_most_points_stand_out_under_their_objective():
    made = checklist({"A": {f"A-{n}": {"elements": ELEMENTS} for n in (1, 2, 3, 4)}})
    result = judge(made, assessment(made, dict.fromkeys(made.provisions, "none")), (), "test")
    measures = (
        measure("M1", {"A-1": ALL}, section="1"),
        measure("M2", {"A-2": ALL}, section="2", effort=2),
        measure("M3", {"A-3": ALL}, section="1", phase="later"),
        measure("M4", {"A-4": ALL}, section="3"),
    )
    help, justice = plan_of(result, *measures, objectives=GOALS, most=2).objectives
    assert [one.measure.id for one in help.flagships] == ["M1", "M3"]
    assert [one.measure.id for one in help.others] == ["M2"]
    assert [one.measure.id for one in help.measures] == ["M1", "M2", "M3"]
    assert [one.measure.id for one in justice.flagships] == ["M4"]


def test_the_outlook_rises_by_phase_and_ends_where_all_is_done():
    first = measure("M1", {"A-1": ALL}, elements={"A-1": "a"})
    second = measure("M2", {"A-1": ALL}, elements={"A-1": "b"}, phase="later")
    made = plan({"A-1": "none", "A-2": "full"}, first, second)
    assert [(step.phase, step.scores["law"].total.central) for step in made.outlook] == [
        ("", Fraction(1, 2)),
        ("now", Fraction(3, 4)),
        ("later", 1),
        ("last", 1),
    ]


def test_carrying_out_a_law_does_not_make_its_practice():
    made = plan({"A-1": {"law": "none", "practice": "none"}}, measure("M1", {"A-1": ALL}))
    after = made.outlook[-1].scores
    assert (after["law"].total.central, after["practice"].total.central) == (1, 0)


RATINGS = st.sampled_from(("full", "partial", "none", "contrary", ""))
EFFORTS = st.integers(1, 4)


@st.composite
def plans(draw):
    ids = [f"A-{n}" for n in range(1, draw(st.integers(2, 4)) + 1)]
    answers = {id: {"law": draw(RATINGS), "elements": draw(st.sampled_from(("", "a", "b")))} for id in ids}
    measures = []
    for n in range(1, draw(st.integers(1, 6)) + 1):
        targets = draw(st.lists(st.sampled_from(ids), min_size=1, max_size=2, unique=True))
        letters = {id: draw(st.sampled_from(("a", "b", "ab"))) for id in targets}
        requires = [one.id for one in measures if draw(st.booleans()) and draw(st.booleans())]
        phase = draw(st.sampled_from(("now", "later", "last")))
        closes = dict.fromkeys(targets, ALL)
        measures.append(measure(f"M{n}", closes, elements=letters, effort=draw(EFFORTS), requires=requires, phase=phase))
    provisions = {id: {"elements": ELEMENTS, "weight": str(draw(st.integers(1, 3)))} for id in ids}
    return plan(answers, *measures, provisions=provisions)


def _sets(made):
    """Every set of measures that includes its prerequisites, with its effort and the total it leads to."""
    for size in range(len(made.measures) + 1):
        for chosen in combinations(made.measures, size):
            ids = {one.measure.id for one in chosen}
            if all(set(one.requires) <= ids for one in chosen):
                total = scores_after(made.result, made.measures, ids)["law"].total.central or Fraction(0)
                yield sum(one.measure.effort for one in chosen), total


@settings(max_examples=60)
@given(plans(), st.sampled_from(("30%", "60%", "90%", "100%")))
def test_the_least_effort_is_what_trying_everything_finds(made, share):
    target = Fraction(share.rstrip("%")) / 100
    reaching = [effort for effort, total in _sets(made) if total >= target]
    if not reaching:
        with pytest.raises(OutOfReachError):
            least_effort(made, target)
        return
    chosen = least_effort(made, target)
    assert chosen.after >= target
    assert chosen.effort == min(reaching)


@settings(max_examples=60)
@given(plans(), st.integers(0, 8))
def test_the_most_gain_is_what_trying_everything_finds(made, capacity):
    chosen = most_gain(made, capacity)
    assert chosen.effort <= capacity
    assert chosen.after == max(total for effort, total in _sets(made) if effort <= capacity)


@given(plans())
def test_a_plan_keeps_its_promises(made):
    placed = {one.measure.id: one for one in made.measures}
    order = [phase.key for phase in PHASES]
    for one in made.measures:
        assert one.answers
        for other in one.requires:
            assert placed[other].place < one.place
            assert order.index(placed[other].phase) <= order.index(one.phase)
    totals = [step.scores["law"].total.central or 0 for step in made.outlook]
    assert totals == sorted(totals)
    answered = {each.gap for one in made.measures for each in one.answers}
    assert answered.isdisjoint(made.unanswered)
    assert answered | set(made.unanswered) == set(made.result.gaps)
