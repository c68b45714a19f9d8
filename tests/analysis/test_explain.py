"""The chain behind a figure ends in the cells it was made from."""

from dataclasses import replace
from fractions import Fraction

import pytest

from legcheck.analysis import explain, figure_ids, judge
from legcheck.issues import Location
from legcheck.model import Rollup
from tests.analysis.builders import assessment, checklist


@pytest.fixture
def result():
    made = checklist({"A": {"A-1": {"weight": "2"}, "A-2": {}}, "B": {"B-1": {}}})
    given = assessment(made, {"A-1": "full", "B-1": "partial"})
    at = {"law": Location("XUT.xlsx", "Assessment", "F5")}
    answers = {**given.answers, "A-1": replace(given.answers["A-1"], at=at)}
    return judge(made, replace(given, answers=answers), (), "test")


def test_every_figure_can_be_explained(result):
    for figure in figure_ids(result):
        assert explain(result, figure).figure == figure


def test_the_total_walks_through_chapters_to_cells(result):
    chain = explain(result, "law.total")
    assert chain.rule is Rollup.CHAPTERS
    assert [part.id for part in chain.parts] == ["A", "B"]
    first = chain.parts[0].steps[0]
    assert (first.provision, first.typed, first.weight) == ("A-1", "full", 2)
    assert [str(cell) for cell in first.cells] == ["XUT.xlsx › Assessment!F5"]
    assert first.gains == 2
    assert chain.parts[0].steps[1].level is None


def test_what_would_raise_a_total_most_comes_first_and_lifts_it_as_far_as_said(result):
    chain = explain(result, "law.total")
    assert [(step.provision, rise) for step, rise in chain.effects.items()] == [("B-1", Fraction(1, 4))]
    given = result.assessment
    lifted = replace(given, answers={**given.answers, "B-1": replace(given.answers["B-1"], ratings={"law": "full"})})
    after = judge(result.checklist, lifted, (), "test").scores["law"].total.central
    assert after - result.scores["law"].total.central == Fraction(1, 4)


@pytest.mark.parametrize("figure", ["law.nothing", "nothing.total", "law", "law.theme.nothing", ""])
def test_a_figure_that_does_not_exist_is_refused(result, figure):
    with pytest.raises(KeyError):
        explain(result, figure)


def test_a_figure_of_pending_law_is_explained_with_the_ratings_it_would_bring():
    made = checklist({"A": {"A-1": {}}})
    result = judge(made, assessment(made, {"A-1": {"law": "partial", "if_adopted": "full"}}), (), "test")
    step = explain(result, "law.total.if-adopted").parts[0].steps[0]
    assert (step.typed, step.counts_as) == ("partial", "full")
    assert "law.A.if-adopted" in figure_ids(result)
