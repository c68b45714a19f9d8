"""Elements: what follows from them, in cases that lawyers can read, and properties that hold for every answer."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from legcheck.analysis import explain, judge, least_effort, scores_after
from legcheck.analysis.summary import summarise
from legcheck.issues import ELEMENTS_CONTRADICT
from legcheck.labels import labels
from legcheck.model import Answer, Citation, ElementAnswer, Law, LawStatus, Movement, Prints
from legcheck.reports.comparison.figures import ComparisonContext
from legcheck.reports.comparison.provisions import trends
from legcheck.workbook.content import AnswerChecks
from tests.analysis.builders import CONFORMITY, assessment, checklist, percent
from tests.analysis.test_plan import ALL, measure, plan_of
from tests.comparison.builders import comparison_of

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "elements.yaml").read_text("utf-8"))
RATINGS = ("full", "partial", "none", "contrary")


def scale(unrecorded: str | None = None) -> dict:
    """The usual levels, with a middle one that is worth the share of elements met."""
    partial = {"title": "Partial", "worth": "elements"} | ({"unrecorded": unrecorded} if unrecorded else {})
    return {"conformity": {"levels": {**CONFORMITY["levels"], "partial": partial}}}


def provisions(*lengths: int, **settings):
    """A chapter of provisions, each with so many elements."""
    elements = (dict.fromkeys("abcdef"[:length], "x") for length in lengths)
    rows = {f"A-{place}": {"elements": one, "core": "true"} for place, one in enumerate(elements, 1)}
    return checklist({"A": rows}, **{"scales": scale(), **settings})


def judged(made, *answers: tuple[str, dict]):
    """The result of answers given as a rating and what is known of each element."""
    given = {f"A-{place}": {"law": rating, "elements": elements} for place, (rating, elements) in enumerate(answers, 1)}
    return judge(made, assessment(made, given), (), "0")


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case):
    settings = {} if case.get("counts_elements", True) else {"scales": {"conformity": CONFORMITY}}
    made = provisions(len(case["elements"]), **({"scales": scale(str(case.get("unrecorded", "1/2")))} | settings))
    marks = {letter: None if met == "?" else met for letter, met in case["elements"].items()}
    result, expected = judged(made, (case.get("rating", ""), marks)), case["expect"]
    assert result.ratings["law"]["A-1"] == expected["rating"].replace("-", "")
    score = result.scores["law"].total
    for part in ("low", "central", "high"):
        assert getattr(score, part) == (None if expected[part] == "none" else percent(str(expected[part]))), part
    checks, answer = AnswerChecks(made, result.assessment), result.assessment.answer("A-1")
    contradicts, explained = (
        any(one.rule is ELEMENTS_CONTRADICT for one in checks.warnings(each)) for each in (answer, replace(answer, note="why"))
    )
    assert (contradicts, explained) == (expected.get("warning", False), False)


ELEMENTS = st.fixed_dictionaries(dict.fromkeys("abcd", st.sampled_from([True, False, None])))
ANSWERS = st.lists(st.tuples(st.sampled_from(("", *RATINGS)), ELEMENTS), min_size=1, max_size=4)


def total(rating: str, elements: dict):
    return judged(provisions(4), (rating, elements)).scores["law"].total


@given(st.sampled_from(("", *RATINGS)), ELEMENTS, st.booleans())
def test_the_range_holds_what_is_known_and_an_answer_never_widens_it(rating, elements, met):
    before = total(rating, elements)
    assert 0 <= before.low <= before.high <= 1
    if before.central is not None:
        assert before.low <= before.central <= before.high
    some_known = any(one is not None for one in elements.values())
    for letter in (letter for letter, one in elements.items() if one is None and some_known):
        after = total(rating, {**elements, letter: met})
        assert before.low <= after.low <= after.high <= before.high


@given(st.sampled_from(["", "partial"]), ELEMENTS)
def test_more_elements_never_mean_less(rating, elements):
    before = total(rating, elements)
    for letter in (letter for letter, met in elements.items() if met is False):
        after = total(rating, {**elements, letter: True})
        assert after.low >= before.low
        assert after.high >= before.high
        if before.central is not None:
            assert after.central >= before.central


@given(ANSWERS)
def test_a_figure_is_the_sum_of_what_its_provisions_bring(answers):
    result = judged(provisions(*[4] * len(answers)), *answers)
    steps = explain(result, "law.total").parts[0].steps
    gains = [step.gains for step in steps if step.gains is not None]
    assert result.scores["law"].total.central == (sum(gains) / len(gains) if gains else None)
    for step, (rating, _) in zip(steps, answers, strict=True):
        assert step.follows == bool(step.counts_as and not rating)


@given(ANSWERS)
def test_many_assessments_are_scored_as_one_is(answers):
    made = provisions(*[4] * len(answers))
    given = {f"A-{place}": {"law": rating, "elements": elements} for place, (rating, elements) in enumerate(answers, 1)}
    one = assessment(made, given)
    alone, compared = judge(made, one, (), "0"), comparison_of([summarise(made, one)], checklists=(made,))
    assert compared.rows[0].scores["law"].total == alone.scores["law"].total
    columns = ["rating", "follows", "counts_as", "worth", "elements"]
    both = (made.to_frame("answers")[columns].astype(object) for made in (alone, compared))
    together, apart = ([[None if pd.isna(cell) else cell for cell in row] for row in frame.values] for frame in both)
    assert together == apart


def test_ranges_under_varied_weights_count_elements_too():
    made = provisions(4, 4)
    summaries = [
        replace(summarise(made, assessment(made, {f"A-{n}": {"elements": met} for n in (1, 2)})), country=country)
        for country, met in (("XUT", "abc"), ("XOR", "a"))
    ]
    drawn = comparison_of(summaries, checklists=(made,), draws=20, seed=1).robustness
    found = sorted(one.score for one in drawn.by_dimension["law"])
    assert found == [pytest.approx((0.25, 0.25, 0.25)), pytest.approx((0.75, 0.75, 0.75))]


def test_elements_gained_and_lost_are_told_from_round_to_round():
    made = provisions(4, 4, 4)
    rounds = [("ab", "ab", "ab"), ("abc", "a", "ab")]
    summaries = [
        summarise(made, assessment(made, {f"A-{n}": {"elements": of} for n, of in enumerate(met, 1)}, as_of=date(year, 1, 1)))
        for met, year in zip(rounds, (2020, 2025), strict=True)
    ]
    compared = comparison_of(summaries, checklists=(made,))
    changes = {one.provision: one for one in compared.passages[0].changes}
    assert {id: one.movement for id, one in changes.items()} == {"A-1": Movement.GAINED, "A-2": Movement.LOST}
    assert (changes["A-1"].worth_before, changes["A-1"].worth_after) == (Fraction(1, 2), Fraction(3, 4))
    (passage,) = next(trends(ComparisonContext(compared, labels("en")))).passages
    assert [(one.before, one.after) for one in passage.movements[0].changes] == [("Partial (50%)", "Partial (75%)")]


def test_an_element_that_rests_on_a_bill_counts_once_it_is_in_force():
    laws = (Law("L1", "Act"), Law("L2", "Bill", status=LawStatus.DRAFT))
    made = provisions(2)
    elements = {
        "a": ElementAnswer(met=True, citations=(Citation("L1", "1"),)),
        "b": ElementAnswer(met=True, citations=(Citation("L2", "4"),)),
    }
    one = replace(assessment(made, {}, laws), answers={"A-1": Answer("A-1", elements=elements)})
    result = judge(made, one, (), "0")
    assert (result.ratings["law"]["A-1"], result.ratings_if_adopted["law"]["A-1"]) == ("partial", "full")
    assert (result.scores["law"].total.central, result.if_adopted["law"].total.central) == (Fraction(1, 2), 1)
    (gap,) = result.gaps
    assert (gap.missing, gap.closes_if_adopted) == (("b",), True)


def test_a_rating_typed_for_later_says_nothing_of_its_elements():
    answer = {"law": "partial", "if_adopted": "partial", "elements": "a"}
    made = provisions(4)
    same = judge(made, assessment(made, {"A-1": answer}), (), "0")
    assert same.if_adopted == {}
    later = judge(made, assessment(made, {"A-1": {"law": "none", "if_adopted": "partial", "elements": ""}}), (), "0")
    assert later.if_adopted["law"].total.central == Fraction(1, 2)


@given(st.sampled_from(["none", "contrary", "partial", ""]), ELEMENTS, st.sets(st.sampled_from("abcd"), min_size=1))
def test_measures_carried_out_bring_what_they_promise(rating, elements, letters):
    result = judged(provisions(4), (rating, elements))
    measures = [measure(f"M-{letter}", {"A-1": ALL}, elements={"A-1": letter}) for letter in "abcd"]
    drafted = plan_of(result, *measures)
    done = {f"M-{letter}" for letter in letters}
    before, after = result.scores["law"].total, scores_after(result, drafted.measures, done)["law"].total
    if not result.gaps:
        return
    left = {*result.gaps[0].missing} - letters
    assert after.central >= before.central
    assert (after.central == 1) == (not left)
    promised = least_effort(drafted, after.central)
    assert promised.after >= after.central
    assert promised.effort <= len(letters)


def test_elements_beside_a_contrary_rule_are_counted_as_they_were_answered():
    result = judged(provisions(4), ("contrary", {"a": True, "b": True, "c": False, "d": False}))
    total = result.scores["law"].total
    assert (total.central, total.elements_met, total.elements) == (0, 2, 4)


def test_a_figure_is_not_assessed_only_where_nothing_at_all_is_known():
    made = provisions(4, 3)
    begun = judged(made, ("", {"a": True, "b": False}), ("", {})).scores["law"]
    assert begun.assessed
    assert (begun.total.answered, begun.total.display[:3]) == (0, (Prints.RANGE, 13, 88))
    blank = judged(made, ("", {}), ("", {})).scores["law"]
    assert not blank.assessed
    assert blank.total.display.prints is Prints.NOT_ASSESSED


def test_a_rating_that_follows_is_given_in_tables_and_said_to_follow():
    frame = judged(provisions(2, 2, 2), ("", {"a": True, "b": False}), ("full", {}), ("", {})).to_frame("answers")
    frame = frame[frame.dimension == "law"]
    assert frame.rating.fillna("").tolist() == ["partial", "full", ""]
    assert frame.follows.tolist() == [True, False, False]
