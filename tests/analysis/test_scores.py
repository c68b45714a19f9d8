"""Scores: cases that lawyers can read, and properties that hold for every assessment."""

from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from legcheck.analysis import judge, score_all
from legcheck.labels import labels
from tests.analysis.builders import BANDS, assessment, checklist, percent

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "scoring.yaml").read_text("utf-8"))
RATINGS = ("full", "partial", "none", "contrary", "na", "-")


def _checklist(chapters: dict, weights: dict | None = None, **settings):
    entries = {
        id: {f"{id}-{n}": {"weight": str((weights or {}).get(f"{id}-{n}", 1)), "may_not_apply": "true"} for n, _ in rows}
        for id, rows in ((id, list(enumerate(ratings, 1))) for id, ratings in chapters.items())
    }
    return checklist(entries, **settings)


def _answers(chapters: dict) -> dict:
    return {f"{id}-{n}": rating for id, ratings in chapters.items() for n, rating in enumerate(ratings, 1) if rating != "-"}


def _total(chapters: dict, **settings):
    made = _checklist(chapters, **settings)
    return score_all(made, assessment(made, _answers(chapters)))["law"].total


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case):
    settings = {"rollup": case["rollup"]} if "rollup" in case else {}
    if "chapter_weights" in case:
        settings["chapter_weights"] = {id: str(weight) for id, weight in case["chapter_weights"].items()}
    score = _total(case["chapters"], weights=case.get("weights"), **settings)
    expected = case["expect"]
    for part in ("low", "central", "high"):
        wanted = None if expected[part] == "none" else percent(str(expected[part]))
        assert getattr(score, part) == wanted, part
    assert f"{score.answered} of {score.applicable}" == expected["answered"]
    assert score.contrary == expected.get("contrary", 0)


chapters_of_ratings = st.dictionaries(
    st.sampled_from("ABC"), st.lists(st.sampled_from(RATINGS), min_size=1, max_size=5), min_size=1
)
rollups = st.sampled_from(("chapters", "pooled"))


@given(chapters_of_ratings, rollups)
def test_low_central_high_stand_in_order(chapters, rollup):
    score = _total(chapters, rollup=rollup)
    if score.low is None:
        assert score.applicable == 0
        return
    assert 0 <= score.low <= score.high <= 1
    if score.central is not None:
        assert score.low <= score.central <= score.high


@given(chapters_of_ratings, rollups, st.sampled_from(RATINGS[:-1]), st.data())
def test_filling_a_blank_never_widens_the_range(chapters, rollup, rating, data):
    blanks = [(id, n) for id, ratings in chapters.items() for n, one in enumerate(ratings) if one == "-"]
    if not blanks:
        return
    id, place = data.draw(st.sampled_from(blanks))
    filled = {key: list(ratings) for key, ratings in chapters.items()}
    filled[id][place] = rating
    before, after = _total(chapters, rollup=rollup), _total(filled, rollup=rollup)
    if after.low is not None:
        assert after.high - after.low <= before.high - before.low


@given(chapters_of_ratings)
def test_pooling_is_the_same_however_provisions_are_grouped(chapters):
    together = {"A": [rating for ratings in chapters.values() for rating in ratings]}
    apart, pooled = _total(chapters, rollup="pooled"), _total(together, rollup="pooled")
    assert (apart.low, apart.central, apart.high) == (pooled.low, pooled.central, pooled.high)


@given(chapters_of_ratings, rollups)
def test_complete_means_every_applicable_provision_is_full(chapters, rollup):
    everything = [rating for ratings in chapters.values() for rating in ratings if rating != "na"]
    score = _total(chapters, rollup=rollup)
    assert (score.low == 1) == (bool(everything) and set(everything) == {"full"})


@given(chapters_of_ratings)
def test_what_is_printed_as_0_or_100_is_exactly_that(chapters):
    score = _total(chapters)
    printed = labels("en").figure(score.display)
    if printed == "100%":
        assert score.central == 1
    if printed == "0%":
        assert score.central == 0


@pytest.mark.parametrize(
    ("share", "printed"),
    [("0", "0%"), ("1/1000", "1%"), ("1/200", "1%"), ("29/200", "15%"), ("999/1000", "99%"), ("1", "100%")],
)
def test_rounding_is_half_up_and_last(share, printed):
    assert labels("en").percent(Fraction(share)) == printed


def test_too_few_answers_leave_only_the_range():
    score = _total({"A": ["full", "full", "full", "-", "-"]})
    assert not score.enough
    assert score.band == ""
    assert labels("en").figure(score.display) == "60% to 100%"
    assert labels("en").figure(_total({"A": ["full", "full", "full", "full", "-"]}).display) == "100%"


@pytest.mark.parametrize("rating", ["none", "contrary"])
def test_a_core_provision_not_met_caps_the_band_and_never_the_number(rating):
    made = checklist({"A": {"A-1": {"core": "true"}, "A-2": {}, "A-3": {}}}, bands=BANDS, core_cap="weak")
    scores = score_all(made, assessment(made, {"A-1": rating, "A-2": "full", "A-3": "full"}))["law"]
    for score in (scores.total, scores.chapters["A"]):
        assert score.central == Fraction(2, 3)
        assert score.band == "weak"
        assert score.capped_by == ("A-1",)


def test_a_core_provision_partly_met_does_not_cap():
    made = checklist({"A": {"A-1": {"core": "true"}, "A-2": {}}}, bands=BANDS, core_cap="weak")
    total = score_all(made, assessment(made, {"A-1": "partial", "A-2": "full"}))["law"].total
    assert (total.band, total.capped_by) == ("strong", ())


def test_dimensions_are_never_added_together():
    made = checklist({"A": {"A-1": {}}})
    scores = score_all(made, assessment(made, {"A-1": {"law": "full", "practice": "none"}}))
    assert scores["law"].total.central == 1
    assert scores["practice"].total.central == 0


def test_elements_are_counted_beside_the_rating_and_never_mixed_into_it():
    elements = {"a": "x", "b": "y", "c": "z"}
    made = checklist({"A": {"A-1": {"elements": elements}, "A-2": {"elements": elements}, "A-3": {"elements": elements}}})
    answers = {"A-1": "full", "A-2": {"law": "partial", "elements": "ab"}, "A-3": {"law": "none", "elements": "a"}}
    total = score_all(made, assessment(made, answers))["law"].total
    assert (total.elements_met, total.elements) == (5, 9)
    assert total.central == Fraction(1, 2)


def test_points_scales_have_a_maximum_for_each_provision():
    made = checklist(
        {"A": {"A-1": {"maximum": "4"}, "A-2": {}}},
        scales={"points": {"points": "2"}},
        dimensions={"law": {"title": "Law", "scale": "points"}},
    )
    total = score_all(made, assessment(made, {"A-1": "1", "A-2": "2"}))["law"].total
    assert total.central == (Fraction(1, 4) + 1) / 2
    assert made.dimensions[0].offered(made.provisions["A-1"]) == ("0", "1", "2", "3", "4")


FREEDOM = {
    "scales": {
        "points": {"points": "4", "levels": {"none": {"title": "No data", "outside": "true"}}},
        "penalty": {"points": "-4..0"},
    },
    "dimensions": {"freedom": {"title": "Freedom", "scale": "points"}},
    "rollup": "pooled",
}


def test_points_may_count_against_and_come_on_top():
    """The usual index of 25 questions of 0 to 4 points, with one that only takes points off and one that only adds some."""
    asked = {f"A-{place}": {} for place in range(1, 26)} | {"A-26": {"scale": "penalty"}, "A-27": {"extra": "true"}}
    made = checklist({"A": asked}, **FREEDOM)
    answers = dict.fromkeys(asked, "3") | {"A-26": "-2", "A-27": "1"}
    total = score_all(made, assessment(made, answers))["freedom"].total
    assert total.central == Fraction(75 - 2 + 1, 100)
    worst = score_all(made, assessment(made, dict.fromkeys(asked, "0") | {"A-26": "-4"}))["freedom"].total
    assert worst.low == worst.central == worst.high == Fraction(-4, 100)
    blank = score_all(made, assessment(made, {}))["freedom"].total
    assert (blank.low, blank.central, blank.high) == (Fraction(-4, 100), None, Fraction(104, 100))


@pytest.mark.parametrize(
    ("points", "settings", "printed"),
    [
        ({"A-1": "4", "A-2": "3"}, {}, "88%"),
        ({"A-1": "4", "A-2": "3"}, {"decimals": "1"}, "87.5%"),
        ({"A-1": "4", "A-2": "3"}, {"display": "sum"}, "7 of 8"),
        ({"A-1": "4", "A-2": "3", "A-3": "-2"}, {"display": "sum"}, "5 of 8"),
        ({"A-1": "0", "A-2": "0", "A-3": "-2"}, {"display": "sum"}, "−2 of 8"),
        ({"A-1": "4", "A-2": "4", "A-4": "1"}, {"display": "sum"}, "9 of 8"),
        ({"A-1": "4", "A-2": "4", "A-4": "1"}, {}, "113%"),
        ({"A-1": "3"}, {"display": "sum"}, "3 to 7 of 8"),
        ({"A-1": "none", "A-2": "1"}, {"display": "sum", "decimals": "2"}, "1.00 of 4.00"),
    ],
)
def test_figures_are_printed_as_the_checklist_asks(points, settings, printed):
    asked = {"A-1": {}, "A-2": {}, "A-3": {"scale": "penalty"}, "A-4": {"extra": "true"}}
    made = checklist({"A": asked}, **FREEDOM, minimum_answered="0" if len(points) > 1 else "80%", **settings)
    answers = {"A-3": "0", "A-4": "0"} | points
    assert labels("en").figure(score_all(made, assessment(made, answers))["freedom"].total.display) == printed


def test_points_may_be_left_out_of_the_count():
    made = checklist({"A": {"A-1": {"may_not_apply": "true"}, "A-2": {}}}, **FREEDOM)
    assert made.dimensions[0].offered(made.provisions["A-1"])[-1] == "none"
    assert "none" not in made.dimensions[0].offered(made.provisions["A-2"])
    total = score_all(made, assessment(made, {"A-1": "none", "A-2": "1"}))["freedom"].total
    assert (total.central, total.not_applicable) == (Fraction(1, 4), 1)


def test_a_provision_without_weight_is_shown_and_not_counted():
    made = checklist({"A": {"A-1": {"weight": "0"}, "A-2": {}}})
    total = score_all(made, assessment(made, {"A-1": "none", "A-2": "full"}))["law"].total
    assert (total.low, total.central, total.high, total.answered) == (1, 1, 1, 2)


@given(st.lists(st.integers(-4, 4), min_size=1, max_size=6), st.integers(1, 3))
def test_figures_are_sums_of_points_over_the_most_possible(points, top):
    scales = {"points": {"points": f"-4..{top}"}}
    made = checklist({"A": {f"A-{at}": {} for at in range(len(points))}}, scales=scales, dimensions=FREEDOM["dimensions"])
    given_ = {f"A-{at}": str(min(value, top)) for at, value in enumerate(points)}
    result = judge(made, assessment(made, given_), (), "0")
    total = result.scores["freedom"].total
    assert total.low == total.central == total.high == Fraction(sum(map(int, given_.values())), top * len(points))
    assert {gap.provision for gap in result.gaps} == {id for id, value in given_.items() if int(value) < top}


def test_a_binary_checklist_of_one_dimension():
    made = checklist(
        {"A": {"A-1": {}, "A-2": {}}},
        scales={"yesno": {"levels": {"yes": {"title": "Yes", "worth": "1"}, "no": {"title": "No", "worth": "0"}}}},
        dimensions={"law": {"title": "Law", "scale": "yesno", "role": "law"}},
    )
    assert score_all(made, assessment(made, {"A-1": "yes", "A-2": "no"}))["law"].total.central == Fraction(1, 2)


def test_themes_cut_across_chapters():
    made = checklist(
        {"A": {"A-1": {"themes": ["gender"]}, "A-2": {}}, "B": {"B-1": {"themes": ["gender"]}}},
        themes={"gender": {"title": "Gender", "group": "g"}},
        theme_groups={"g": "G"},
    )
    scores = score_all(made, assessment(made, {"A-1": "full", "A-2": "none", "B-1": "partial"}))["law"]
    assert scores.themes["gender"].central == Fraction(3, 4)
    assert scores.themes["gender"].applicable == 2


def test_instruments_show_how_far_the_law_meets_what_they_ask():
    register = {"DBP": {"title": "D", "articles": {"1": {"subject": "s"}, "2": {"subject": "s"}}}}
    made = checklist(
        {"A": {"A-1": {"standards": ["DBP 1", "DBP 2"]}, "A-2": {"standards": ["DBP 2"]}, "A-3": {}}}, standards=register
    )
    scores = score_all(made, assessment(made, {"A-1": "full", "A-2": "none", "A-3": "none"}))["law"]
    assert (scores.instruments["DBP"].central, scores.instruments["DBP"].applicable) == (Fraction(1, 2), 2)


@pytest.mark.parametrize(
    ("ratings", "printed"),
    [
        (["full", "partial", "full"], "2 of 3"),
        (["full", "partial", "-"], "1 to 2 of 3"),
        (["full", "partial", "na"], "1 of 2"),
        (["-", "-", "-"], "not assessed"),
        (["na", "na", "na"], "not applicable"),
        (["full", "none", "full", "full", "full"], "80%"),
        (["full", "none", "full", "full", "na"], "3 of 4"),
    ],
)
def test_a_small_group_is_shown_as_a_count_of_what_is_met_in_full(ratings, printed):
    themes = {"themes": {"gender": {"title": "Gender", "group": "g"}}, "theme_groups": {"g": "G"}}
    asked = {f"A-{place}": {"themes": ["gender"], "may_not_apply": "true"} for place, _ in enumerate(ratings, 1)}
    made = checklist({"A": asked}, **themes)
    scores = score_all(made, assessment(made, _answers({"A": ratings})))["law"]
    assert labels("en").figure(scores.themes["gender"].display) == printed
    assert "of" not in labels("en").figure(scores.chapters["A"].display).split()
