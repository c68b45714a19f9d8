"""Gaps: their kind, their missing elements, and a priority that gives its reasons."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legcheck.analysis import judge
from legcheck.model import GapKind
from tests.analysis.builders import assessment, checklist

ELEMENTS = {"a": "one", "b": "two", "c": "three", "d": "four"}
RULE = {
    "kinds": {"contrary": "5", "legislative_missing": "3", "legislative_partial": "2", "implementation": "2"},
    "core": "3",
    "weight": "1",
    "missing_share": "2",
    "themes": {"gender": "1/2"},
    "classes": {"high": {"title": "High", "from": "6"}, "low": {"title": "Low", "from": "0"}},
}


def _gaps(answers, provisions=None, **settings):
    made = checklist({"A": provisions or {id: {"elements": ELEMENTS} for id in answers}}, priority=RULE, **settings)
    return judge(made, assessment(made, answers), (), "test").gaps


@pytest.mark.parametrize(
    ("law", "practice", "kind"),
    [
        ("none", "", GapKind.LEGISLATIVE_MISSING),
        ("none", "none", GapKind.LEGISLATIVE_MISSING),
        ("none", "partial", GapKind.PRACTICE_WITHOUT_LAW),
        ("none", "full", GapKind.PRACTICE_WITHOUT_LAW),
        ("partial", "", GapKind.LEGISLATIVE_PARTIAL),
        ("partial", "full", GapKind.LEGISLATIVE_PARTIAL),
        ("full", "partial", GapKind.IMPLEMENTATION),
        ("full", "none", GapKind.IMPLEMENTATION),
        ("full", "contrary", GapKind.IMPLEMENTATION),
        ("contrary", "full", GapKind.CONTRARY),
    ],
)
def test_the_kind_of_gap_follows_from_law_and_practice(law, practice, kind):
    (gap,) = _gaps({"A-1": {"law": law, "practice": practice}})
    assert gap.kind is kind


@pytest.mark.parametrize(
    ("law", "practice"), [("full", "full"), ("full", ""), ("full", "na"), ("na", ""), ("", ""), ("", "none")]
)
def test_what_is_met_cannot_apply_or_is_not_assessed_is_no_gap(law, practice):
    assert _gaps({"A-1": {"law": law, "practice": practice}}) == ()


def test_the_missing_elements_are_named():
    (gap,) = _gaps({"A-1": {"law": "partial", "elements": "ac"}})
    assert gap.missing == ("b", "d")
    (nothing,) = _gaps({"A-1": "none"})
    assert nothing.missing == ("a", "b", "c", "d")
    (not_applied,) = _gaps({"A-1": {"law": "full", "practice": "none"}})
    assert not_applied.missing == ()


def test_the_priority_is_the_sum_of_its_reasons():
    provisions = {"A-1": {"elements": ELEMENTS, "core": "true", "weight": "2", "themes": ["gender"]}}
    theme = {"themes": {"gender": {"title": "Gender", "group": "g"}}, "theme_groups": {"g": "G"}}
    (gap,) = _gaps({"A-1": {"law": "partial", "elements": "abc"}}, provisions, **theme)
    assert {reason.factor: reason.points for reason in gap.reasons} == {
        "kind": 2,
        "core": 3,
        "weight": 1,
        "missing_share": Fraction(1, 2),
        "theme": Fraction(1, 2),
    }
    assert gap.points == 7
    assert gap.priority == "high"


def test_gaps_stand_by_points_and_then_in_the_order_of_the_checklist():
    gaps = _gaps({"A-1": "partial", "A-2": "none", "A-3": "contrary", "A-4": "none"})
    assert [gap.provision for gap in gaps] == ["A-3", "A-2", "A-4", "A-1"]


def test_a_dimension_that_is_neither_law_nor_practice_shows_shortfalls():
    made = checklist({"A": {"A-1": {}}}, dimensions={"access": {"title": "Access", "scale": "conformity"}})
    for rating, kind in (("partial", GapKind.SHORTFALL), ("none", GapKind.SHORTFALL), ("contrary", GapKind.OPPOSITE)):
        (gap,) = judge(made, assessment(made, {"A-1": rating}), (), "test").gaps
        assert (gap.kind, gap.dimension) == (kind, "access")


RATINGS = st.sampled_from(("full", "partial", "none", "contrary", "na", ""))


@given(st.lists(st.tuples(RATINGS, RATINGS), min_size=1, max_size=6))
def test_every_shortfall_in_law_is_exactly_one_gap(pairs):
    answers = {f"A-{n}": {"law": law, "practice": practice} for n, (law, practice) in enumerate(pairs)}
    found = [gap.provision for gap in _gaps(answers)]
    assert len(found) == len(set(found))
    for id, answer in answers.items():
        if answer["law"] in ("partial", "none", "contrary"):
            assert id in found
        if answer["law"] in ("", "na"):
            assert id not in found
