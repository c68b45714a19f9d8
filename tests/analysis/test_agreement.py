"""How far readings agree, against published worked examples and by cases that can be counted by hand."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from legcheck.analysis.agreement import agreement_of, coincidences, ordinal_alpha
from legcheck.model import Shared
from tests.analysis.builders import assessment, checklist

# Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section C: four observers, twelve units, values 1 to 5.
FOUR_OBSERVERS = """
1 2 3 3 2 1 4 1 2 . . .
1 2 3 3 2 2 4 1 2 5 . 3
. 3 3 3 2 3 4 2 2 5 1 .
1 2 3 3 2 4 4 1 2 5 1 .
"""
# The same, section A: two observers, ten units, yes or no.
TWO_OBSERVERS = """
0 1 0 0 0 0 0 0 1 0
1 1 1 0 0 1 0 0 0 0
"""


@pytest.mark.parametrize(("drawn", "published"), [(FOUR_OBSERVERS, 0.815), (TWO_OBSERVERS, 0.095)])
def test_alpha_is_that_of_the_published_examples(drawn, published):
    assert round(float(ordinal_alpha(coincidences(counts(drawn)).sum(0))), 3) == published


def counts(drawn: str) -> np.ndarray:
    """How often each value was given to each unit that two observers or more gave one."""
    units = [[value for value in unit if value != "."] for unit in zip(*map(str.split, drawn.split("\n")[1:-1]), strict=True)]
    values = sorted({value for unit in units for value in unit})
    return np.array([[unit.count(value) for value in values] for unit in units if len(unit) > 1], dtype=float)


def test_items_answered_twice_are_compared_and_items_answered_once_are_counted_apart():
    model = checklist({"A": {"A-1": {"elements": {"a": "one", "b": "two"}}, "A-2": {}}, "B": {"B-1": {}, "B-2": {}}})
    first = assessment(model, {"A-1": {"elements": {"a": True, "b": True}}, "A-2": "full", "B-1": "full", "B-2": "na"})
    second = assessment(model, {"A-1": {"elements": {"a": True, "b": False}}, "A-2": "full", "B-1": "none"})
    elements, law = agreement_of(model, [first, second])
    assert (elements.key, elements.chapters) == ("elements", {"A": Shared(answered=2, differ=1)})
    assert (law.key, law.chapters) == ("law", {"A": Shared(answered=1), "B": Shared(answered=1, differ=1, alone=1)})
    assert law.total.divergence == Fraction(1, 2)


def test_a_small_difference_weighs_less_than_the_opposite():
    model = checklist({"A": {f"A-{n}": {} for n in range(6)}})
    ratings = ["full", "partial", "none", "contrary", "full", "none"]
    near, far = ["partial", *ratings[1:]], ["contrary", *ratings[1:]]
    first, close, opposite = (
        assessment(model, {f"A-{n}": rating for n, rating in enumerate(one)}) for one in (ratings, near, far)
    )
    [nearly], [hardly] = agreement_of(model, [first, close]), agreement_of(model, [first, opposite])
    assert nearly.total == hardly.total == Shared(answered=6, differ=1)
    assert 1 > nearly.alpha.value > hardly.alpha.value
    assert nearly.alpha.low <= nearly.alpha.value <= nearly.alpha.high


def test_where_all_say_the_same_throughout_chance_cannot_be_told_from_agreement():
    model = checklist({"A": {"A-1": {}, "A-2": {}}})
    one = assessment(model, {"A-1": "full", "A-2": "full"})
    [law] = agreement_of(model, [one, one])
    assert law.alpha is None
    assert law.total == Shared(answered=2)


ANSWERS = st.lists(
    st.lists(st.sampled_from(["full", "partial", "none", "contrary", "na", ""]), min_size=6, max_size=6), min_size=2, max_size=4
)


@given(ANSWERS, st.randoms())
def test_the_order_of_readings_does_not_matter(drawn, random):
    model = checklist({"A": {f"A-{n}": {} for n in range(6)}})
    readings = [assessment(model, {f"A-{n}": one for n, one in enumerate(each) if one}) for each in drawn]
    shuffled = random.sample(readings, len(readings))
    assert agreement_of(model, readings) == agreement_of(model, shuffled)


@given(ANSWERS)
def test_alpha_is_one_only_where_nothing_differs(drawn):
    model = checklist({"A": {f"A-{n}": {} for n in range(6)}})
    readings = [assessment(model, {f"A-{n}": one for n, one in enumerate(each) if one and one != "na"}) for each in drawn]
    for found in agreement_of(model, readings):
        assert found.alpha is None or (found.alpha.value == 1) == (found.total.differ == 0)
