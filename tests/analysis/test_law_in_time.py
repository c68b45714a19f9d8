"""Only law in force on the as-of date counts; adopted and draft law give a second figure."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legcheck.analysis import judge
from legcheck.model import Law, LawStatus
from tests.analysis.builders import assessment, checklist

DAY = date(2026, 1, 1)
ACT = Law("L1", "Act", status=LawStatus.IN_FORCE, in_force_since=date(2000, 1, 1))
BILL = Law("L2", "Bill", status=LawStatus.DRAFT)
COMING = Law("L3", "Coming", status=LawStatus.ADOPTED, in_force_since=DAY + timedelta(days=1))
GONE = Law("L4", "Gone", status=LawStatus.REPEALED, in_force_since=date(1990, 1, 1), in_force_until=date(2020, 1, 1))
LAWS = (ACT, BILL, COMING, GONE)


def _judged(answers, as_of=DAY):
    made = checklist({"A": {id: {} for id in answers}})
    return judge(made, assessment(made, answers, LAWS, as_of), (), "test")


@pytest.mark.parametrize(
    ("cites", "today", "later"),
    [("L1", 1, None), ("L2", 0, 1), ("L3", 0, 1), ("L4", 0, None), ("L1 L2", 1, None), ("", 1, None), ("L2 L4", 0, 1)],
)
def test_what_counts_today_and_once_adopted(cites, today, later):
    result = _judged({"A-1": {"law": "full", "cites": cites}})
    assert result.scores["law"].total.central == today
    pending = result.if_adopted.get("law")
    assert (pending.total.central if pending else None) == later


def test_a_rating_for_once_adopted_stands_beside_the_rating_of_today():
    result = _judged({"A-1": {"law": "partial", "if_adopted": "full", "cites": "L1 L2"}})
    assert result.scores["law"].total.central == Fraction(1, 2)
    assert result.if_adopted["law"].total.central == 1
    assert result.gaps[0].closes_if_adopted


def test_contrary_law_not_in_force_is_no_red_flag_today():
    result = _judged({"A-1": {"law": "contrary", "cites": "L4"}})
    assert result.ratings["law"]["A-1"] == "none"
    assert result.scores["law"].total.contrary == 0


@pytest.mark.parametrize(("cites", "today", "later"), [("L1", "1/2", None), ("L2", "0", "1/2"), ("L4", "0", None)])
def test_points_for_law_not_in_force_wait_too(cites, today, later):
    made = checklist(
        {"A": {"A-1": {}}},
        scales={"points": {"points": "2"}},
        dimensions={"law": {"title": "Law", "scale": "points", "role": "law", "in_time": "true"}},
    )
    result = judge(made, assessment(made, {"A-1": {"law": "1", "cites": cites}}, LAWS, DAY), (), "test")
    assert result.scores["law"].total.central == Fraction(today)
    pending = result.if_adopted.get("law")
    assert (pending.total.central if pending else None) == (Fraction(later) if later else None)


def test_practice_is_not_judged_by_the_dates_of_laws():
    result = _judged({"A-1": {"law": "full", "practice": "partial", "cites": "L2"}})
    assert result.scores["practice"].total.central == Fraction(1, 2)


@pytest.mark.parametrize(("day", "counts"), [(DAY, "none"), (DAY + timedelta(days=1), "full")])
def test_an_adopted_law_counts_from_its_first_day(day, counts):
    assert _judged({"A-1": {"law": "full", "cites": "L3"}}, day).ratings["law"]["A-1"] == counts


@pytest.mark.parametrize(("day", "counts"), [(date(2020, 1, 1), "full"), (date(2020, 1, 2), "none")])
def test_a_repealed_law_counts_to_its_last_day(day, counts):
    assert _judged({"A-1": {"law": "full", "cites": "L4"}}, day).ratings["law"]["A-1"] == counts


@given(st.dates(date(1980, 1, 1), date(2040, 1, 1)), st.dates(date(1980, 1, 1), date(2040, 1, 1)))
def test_moving_the_date_changes_only_answers_whose_laws_cross_it(first, second):
    answers = {f"A-{n}": {"law": "full", "cites": law.key} for n, law in enumerate(LAWS)}
    before, after = _judged(answers, first).ratings["law"], _judged(answers, second).ratings["law"]
    for n, law in enumerate(LAWS):
        assert (before[f"A-{n}"] == after[f"A-{n}"]) == (law.in_force(first) == law.in_force(second))
