"""The next round: answers are carried over to be confirmed, with the laws and measures that changed since named first."""

from dataclasses import replace
from datetime import date

import pytest

from legcheck.analysis import next_round
from legcheck.labels import labels
from legcheck.model import ChangedLaw, Heard, Law, LawChange, LawStatus
from tests.analysis.builders import assessment, checklist

SMALL = checklist({"A": {"A-1": {"elements": {"a": "First"}}, "A-2": {}}})
THEN, NOW = date(2025, 6, 30), date(2026, 6, 30)
LAWS = {
    "in force before and after": (Law("L1", "Act"), None),
    "entered into force between": (Law("L1", "Act", in_force_since=date(2026, 1, 1)), LawChange.ENTERED),
    "ended between": (Law("L1", "Act", in_force_until=date(2026, 1, 1)), LawChange.ENDED),
    "a draft whose fate is not known": (Law("L1", "Act", status=LawStatus.DRAFT), LawChange.PENDING),
    "adopted, with a day still to come": (
        Law("L1", "Act", status=LawStatus.ADOPTED, in_force_since=date(2027, 1, 1)),
        LawChange.PENDING,
    ),
    "repealed long ago": (Law("L1", "Act", status=LawStatus.REPEALED), None),
}


def said(key: str, **facts: object) -> str:
    return labels("en")(f"rounds.{key}", **facts)


@pytest.mark.parametrize("name", LAWS)
def test_what_became_of_a_law_since_the_last_round(name):
    law, change = LAWS[name]
    made, laws = next_round(assessment(SMALL, {"A-1": {"law": "full", "cites": "L1"}}, (law,), THEN), NOW, {}, said)
    assert laws == (() if change is None else (ChangedLaw("L1", change),))
    first = made.answers["A-1"].to_confirm.splitlines()[0]
    assert ("Act" in first) == (change is not None)


def test_an_answer_says_what_changed_first_and_keeps_what_was_to_be_confirmed():
    of = assessment(SMALL, {"A-1": {"law": "full", "elements": "a", "cites": "L1"}}, (LAWS["ended between"][0],), THEN)
    answer = replace(of.answers["A-1"], to_confirm="Ask the ministry.", observations="We disagree.", note="As found.")
    last = replace(of, answers={"A-1": answer}, heard=(Heard("Courts"),))
    made, _ = next_round(last, NOW, {"A-1": ["Train the police"]}, said)
    carried = made.answers["A-1"]
    assert carried.to_confirm.splitlines() == [
        "No longer in force since the last round: Act.",
        "The plan reports this measure as done: Train the police.",
        "As on 2025-06-30, to be confirmed.",
        "Ask the ministry.",
    ]
    assert (carried.ratings, carried.elements, carried.note) == (answer.ratings, answer.elements, "As found.")
    assert (made.as_of, made.heard, carried.observations) == (NOW, (), "")
