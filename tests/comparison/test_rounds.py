"""Rounds of a country: what changed, whether a line may join them, and judging both by one version."""

from dataclasses import replace
from datetime import date

import pytest

from legcheck import provisions
from legcheck.analysis import score_all
from legcheck.analysis.comparison import breaks_between
from legcheck.analysis.summary import mark_of, rescored, summarise
from legcheck.labels import labels
from legcheck.model import Differs, Movement, Scope, unpack_ratings
from legcheck.provisions import build_checklist, short_form
from legcheck.reports.comparison.make_view import view_of
from tests.analysis.builders import assessment, checklist
from tests.comparison.builders import comparison_of, summary_of, vot
from tests.samples import CHECKLIST

SMALL = {"A": {"A-1": {"may_not_apply": "true"}, "A-2": {"weight": "2"}}, "B": {"B-1": {}}}
EARLIER, LATER = date(2020, 1, 1), date(2026, 1, 1)


def passages(*rounds: tuple, language: str = "en"):
    """The passages between rounds of one country, each a checklist and its answers."""
    summaries = [
        summarise(of, assessment(of, answers, as_of=date(2020 + 2 * at, 1, 1))) for at, (of, answers) in enumerate(rounds)
    ]
    comparison = comparison_of(summaries, checklists=(rounds[-1][0], *(of for of, _ in rounds)))
    return comparison, comparison.passages


MOVES = [
    ("none", "full", Movement.GAINED),
    ("none", "partial", Movement.GAINED),
    ("partial", "full", Movement.GAINED),
    ("contrary", "none", Movement.GAINED),
    ("contrary", "partial", Movement.GAINED),
    ("full", "partial", Movement.LOST),
    ("partial", "none", Movement.LOST),
    ("none", "contrary", Movement.LOST),
    ("full", "contrary", Movement.LOST),
    ("", "none", Movement.ANSWERED),
    ("", "contrary", Movement.ANSWERED),
    ("", "na", Movement.ANSWERED),
    ("full", "", Movement.NO_LONGER_ANSWERED),
    ("na", "", Movement.NO_LONGER_ANSWERED),
    ("na", "full", Movement.RE_RATED),
    ("none", "na", Movement.RE_RATED),
    ("contrary", "na", Movement.RE_RATED),
]


@pytest.mark.parametrize(("before", "after", "movement"), MOVES, ids=[f"{a or 'blank'}-{b or 'blank'}" for a, b, _ in MOVES])
@pytest.mark.parametrize("dimension", ["law", "practice"])
def test_every_movement_is_called_what_it_is(before, after, movement, dimension):
    of = checklist(SMALL)
    rest = {"A-2": {"law": "none", "practice": "none"}}
    _, (passage,) = passages((of, {"A-1": {dimension: before}, **rest}), (of, {"A-1": {dimension: after}, **rest}))
    (change,) = passage.changes
    assert (change.provision, change.dimension, change.before, change.after) == ("A-1", dimension, before, after)
    assert change.movement is movement


def test_what_stays_is_no_change():
    of = checklist(SMALL)
    answers = {"A-1": "full", "A-2": "contrary"}
    _, (passage,) = passages((of, answers), (of, answers))
    assert (passage.breaks, passage.changes) == ((), ())


def test_it_is_said_where_rounds_differ_by_more_answers_only():
    of, said = checklist(SMALL), labels("en")("comparison.passage.only_answers")
    rounds = [{"A-1": "full"}, {"A-1": "full", "A-2": "none"}, {"A-1": "partial", "A-2": "none", "B-1": "full"}, {}]
    comparison, _ = passages(*((of, one) for one in rounds))
    (trend, *_) = view_of(comparison, labels("en")).trends
    assert [one.reasons for one in trend.passages] == [(said,), (), ()]


def test_only_provisions_that_both_versions_have_are_set_side_by_side():
    then = checklist({"A": {"A-1": {}, "A-9": {}}})
    now = checklist({"A": {"A-1": {}, "A-2": {}}}, version="2")
    _, (passage,) = passages((then, {"A-1": "none", "A-9": "full"}), (now, {"A-1": "full", "A-2": "full"}))
    assert [(one.provision, one.movement) for one in passage.changes] == [("A-1", Movement.GAINED)]
    assert passage.breaks == (Differs.VERSION, Differs.RULES)


def test_three_rounds_make_two_passages_in_time():
    of = checklist(SMALL)
    comparison, found = passages((of, {"A-1": "none"}), (of, {"A-1": "partial"}), (of, {"A-1": "full"}))
    days = [[comparison.rows[place].summary.as_of.year for place in (one.before, one.after)] for one in found]
    assert days == [[2020, 2022], [2022, 2024]]


# Where the line breaks ----------------------------------------------------------------------------------------------

PLAIN = checklist(SMALL)
BREAKS = {
    "nothing": (PLAIN, (), True),
    "other words": (checklist({**SMALL, "B": {"B-1": {"question": "Is it?"}}}), (Differs.TEXTS,), True),
    "another version": (checklist(SMALL, version="2"), (Differs.VERSION,), False),
    "other weights": (checklist({**SMALL, "B": {"B-1": {"weight": "3"}}}), (Differs.RULES,), False),
    "other weights in another version": (
        checklist({**SMALL, "B": {"B-1": {"weight": "3"}}}, version="2"),
        (Differs.VERSION, Differs.RULES),
        False,
    ),
    "another minimum": (checklist(SMALL, minimum_answered="50%"), (Differs.RULES,), False),
    "another roll-up": (checklist(SMALL, rollup="pooled"), (Differs.RULES,), False),
    "another provision": (checklist({**SMALL, "B": {"B-1": {}, "B-2": {}}}), (Differs.RULES,), False),
}


@pytest.mark.parametrize(("now", "breaks", "joined"), BREAKS.values(), ids=BREAKS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_line_breaks_where_figures_do_not_compare_and_says_why(now, breaks, joined, language):
    comparison, (passage,) = passages((PLAIN, {"A-1": "none"}), (now, {"A-1": "full"}))
    assert passage.breaks == breaks
    (trend,) = view_of(comparison, labels(language)).trends
    assert trend.passages[0].joined is joined
    assert len(trend.passages[0].reasons) == len(breaks)
    assert all(reason and "{" not in reason for reason in trend.passages[0].reasons)


def test_the_short_form_breaks_the_line():
    full, short = mark_of(vot()), mark_of(short_form(vot()))
    before, after = summary_of("XAA", 1, EARLIER), summary_of("XAA", 2, LATER)
    assert full.rules != short.rules
    assert breaks_between(before, replace(after, checklist=short)) == (Differs.FORM,)


def test_between_a_legal_order_and_named_texts_nothing_is_gained_or_lost():
    comparison = comparison_of([summary_of("XAA", 1, EARLIER), summary_of("XAA", 2, LATER, Scope.TEXTS)])
    assert not comparison.passages


# Judged again by one version ----------------------------------------------------------------------------------------


def changed(**provisions_: dict):
    """Version 2: the given provisions replaced, those given as None removed."""
    tree = {"A": dict(SMALL["A"]), "B": dict(SMALL["B"])}
    for name, entry in provisions_.items():
        id = name.replace("_", "-")
        tree[id[0]].pop(id, None)
        if entry is not None:
            tree[id[0]][id] = entry
    return checklist({key: of for key, of in tree.items() if of}, version="2")


ANSWERS = {"A-1": "na", "A-2": {"law": "partial", "practice": "full"}, "B-1": "none"}


def again(target, answers: dict = ANSWERS, before=PLAIN):
    return rescored(target, before, assessment(before, answers))


def test_answers_are_carried_where_ids_letters_and_ratings_fit():
    target = changed(B_2={"weight": "5"})
    summary = again(target)
    assert summary.checklist == mark_of(target)
    assert summary.rescored_from == mark_of(PLAIN)
    assert summary.not_carried == ()
    ratings = unpack_ratings(target, summary.ratings)
    assert ratings == {"law": ("na", "partial", "none", ""), "practice": ("", "full", "", "")}


CASES = {
    "a provision that is gone": (changed(B_1=None), ("B-1",)),
    "other letters": (changed(A_2={"elements": {"a": "first"}}), ("A-2",)),
}


@pytest.mark.parametrize(("target", "lost"), CASES.values(), ids=CASES)
def test_what_does_not_fit_is_named_and_counts_as_not_assessed(target, lost):
    summary = again(target)
    assert summary.not_carried == lost
    rated = dict(zip(target.provisions, unpack_ratings(target, summary.ratings)["law"], strict=True))
    assert not any(rated.get(id) for id in lost)


def test_a_rating_that_the_scale_no_longer_has_is_not_carried():
    levels = {"full": {"title": "F", "worth": "1"}, "none": {"title": "N", "worth": "0"}, "na": {"title": "-", "outside": "true"}}
    target = checklist(SMALL, version="2", scales={"conformity": {"levels": levels}})
    assert again(target).not_carried == ("A-2",)


def test_figures_after_are_those_of_an_assessment_made_for_that_version():
    target = changed(A_2={"weight": "7"})
    summary = again(target)
    (row,) = comparison_of([summary], checklists=(target,)).rows
    plain = score_all(target, assessment(target, ANSWERS))
    for key, scores in plain.items():
        assert row.scores[key].total == scores.total
        assert dict(row.scores[key].chapters) == dict(scores.chapters)


def test_rounds_judged_by_one_version_are_joined():
    target = changed(A_2={"weight": "7"})
    then, now = again(target, {"A-1": "none"}), summarise(target, assessment(target, {"A-1": "full"}, as_of=LATER))
    assert breaks_between(replace(then, as_of=EARLIER), now) == ()


def test_the_newest_version_is_by_number_not_by_letter(tmp_path):
    from legcheck.app import newest
    from legcheck.batch import Batch
    from legcheck.batch.reading import Sources

    versions = {version: checklist(SMALL, version=version) for version in ("2.9", "2.10", "1.99")}
    summaries = [
        replace(summarise(one, assessment(one, {"A-1": "full"})), country=f"XA{at}") for at, one in enumerate(versions.values())
    ]
    sources = {one.digest: Sources.of(one) for one in versions.values()}
    gathered = Batch(tuple(summaries), ("a", "b", "c"), (), sources, 3)
    assert newest(gathered).version == "2.10"
    assert newest(replace(gathered, summaries=(summaries[0],), paths=("a",))) is None


def test_a_checklist_is_the_same_after_its_journey():
    assert build_checklist(PLAIN.definition, translations=PLAIN.translations).digest == PLAIN.digest
    assert provisions.load(CHECKLIST).digest == vot().digest
