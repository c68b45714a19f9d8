"""How steady scores are when weights and unknown answers vary."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from legcheck import app
from legcheck.analysis.comparison import compare
from legcheck.analysis.robustness import robustness_of
from legcheck.analysis.summary import summarise
from legcheck.model import ChecklistMark, ComparisonRules, Naming, Request, Scope
from tests.analysis.builders import assessment, checklist
from tests.comparison.builders import RULES, comparison_of, many, summary_of, vot

STILL = ComparisonRules(Fraction(0), 3)
VARIED = ComparisonRules(Fraction(1, 2), 3)


def by_country(comparison, found, dimension: str = "law"):
    return {comparison.rows[one.row].summary.country: one for one in found.by_dimension[dimension]}


def test_the_same_seed_gives_the_same_ranges_and_another_gives_others():
    comparison = comparison_of(many(8))
    first, again = (robustness_of(comparison.checklist, comparison.rows, VARIED, 40, seed=7) for _ in range(2))
    assert first == again
    assert first.by_dimension != robustness_of(comparison.checklist, comparison.rows, VARIED, 40, seed=8).by_dimension


def test_drawing_in_several_portions_changes_no_bound(monkeypatch):
    comparison = comparison_of(many(5))
    whole = robustness_of(comparison.checklist, comparison.rows, STILL, 10, seed=1)
    monkeypatch.setattr("legcheck.analysis.robustness._NUMBERS_AT_ONCE", 1)
    (steady,) = {len(one) for one in whole.by_dimension.values()}
    portions = robustness_of(comparison.checklist, comparison.rows, STILL, 10, seed=1)
    assert len(portions.by_dimension["law"]) == steady


@pytest.mark.parametrize("rollup", ["chapters", "pooled"])
def test_without_variation_and_without_unknowns_it_is_the_score_itself(rollup):
    of = checklist(
        {"A": {"A-1": {"weight": "2"}, "A-2": {"may_not_apply": "true"}}, "B": {"B-1": {"weight": "1/3"}}},
        rollup=rollup,
        chapter_weights={"A": "3", "B": "2"},
    )
    given_ = {
        "XAA": {"A-1": "full", "A-2": "na", "B-1": "none"},
        "XAB": {"A-1": "partial", "A-2": "full", "B-1": "contrary"},
        "XAC": {"A-1": "none", "A-2": "none", "B-1": "full"},
        "XAD": {"A-1": "none", "A-2": "none", "B-1": "full"},
    }
    summaries = [replace(summarise(of, assessment(of, answers)), country=code) for code, answers in given_.items()]
    comparison = comparison_of(summaries, checklists=(of,))
    found = by_country(comparison, robustness_of(comparison.checklist, comparison.rows, STILL, 5, seed=1))
    for row in comparison.rows:
        one = found[row.summary.country]
        assert one.score == pytest.approx([float(row.scores["law"].total.central)] * 3)


@settings(max_examples=15)
@given(some.integers(2, 6), some.integers(0, 2**32), some.floats(0, 0.9), some.integers(1, 30))
def test_scores_stay_within_what_is_possible(count, seed, blanks, draws):
    comparison = comparison_of([summary_of(f"XA{chr(65 + at)}", seed + at, blanks=blanks) for at in range(count)])
    found = robustness_of(comparison.checklist, comparison.rows, VARIED, draws, seed)
    for steady in found.by_dimension.values():
        for one in steady:
            assert 0 <= one.score[0] <= one.score[1] <= one.score[2] <= 1


def test_a_blank_lies_between_nothing_and_everything_and_a_known_score_does_not_move():
    known = [summary_of(f"XA{letter}", at, blanks=0) for at, letter in enumerate("AB")]
    comparison = comparison_of([*known, summary_of("XAC", 3, blanks=0.15)])
    found = by_country(comparison, robustness_of(comparison.checklist, comparison.rows, STILL, 60, seed=1))
    (row,) = [one for one in comparison.rows if one.summary.country == "XAC"]
    total = row.scores["law"].total
    low, middle, high = found["XAC"].score
    assert float(total.low) <= low < middle < high <= float(total.high)
    assert len(set(found["XAA"].score)) == 1


def test_only_latest_rounds_of_one_scope_and_one_checklist_are_drawn():
    other = replace(summary_of("XAF", 6), checklist=ChecklistMark("vot", "0.9", "d" * 64, "r"))
    summaries = [
        summary_of("XAA", 1, date(2020, 1, 1)),
        *(summary_of(f"XA{letter}", at) for at, letter in enumerate("ABC")),
        summary_of("XAD", 5, scope=Scope.TEXTS),
        summary_of("XAE", 7, blanks=1),
        other,
    ]
    of = vot()
    naming = {one.country: Naming(one.country, one.country) for one in summaries}
    comparison = compare(summaries, {of.digest: of, "d" * 64: of}, of, naming, Request(), RULES, "0")
    found = robustness_of(comparison.checklist, comparison.rows, VARIED, 5, seed=1)
    rows = [comparison.rows[one.row] for one in found.by_dimension["law"]]
    assert [(row.summary.country, row.latest) for row in rows] == [("XAA", True), ("XAB", True), ("XAC", True)]


def test_the_request_says_how_many_draws_and_the_rules_how_far():
    from legcheck.batch import Batch

    summaries = many(3)
    gathered = Batch(tuple(summaries), tuple(one.source.name for one in summaries), (), {}, 3)
    made = app.assemble(gathered, None, Request(draws=4, seed=9), "en")
    assert (made.robustness.draws, made.robustness.seed) == (4, 9)
    assert made.robustness.weights_vary_by == app.comparison_rules().weights_vary_by
    assert app.assemble(gathered, None, Request(), "en").robustness is None
