"""Assessments side by side: the figures are those of each alone, quartiles are exact, and what is not comparable is marked."""

import statistics
from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from legcheck.analysis import score_all
from legcheck.analysis.comparison import spread
from legcheck.analysis.summary import summarise
from legcheck.app import names_of
from legcheck.model import ChecklistMark, Display, Prints, Rollup, Scope, whole_percent
from tests.analysis.builders import BANDS, assessment, checklist
from tests.comparison.builders import comparison_of, many, summary_of, vot

RATINGS = ("full", "partial", "none", "contrary", "na", "")
COUNTS = ("answered", "applicable", "not_applicable", "contrary", "elements_met", "elements")

rating = some.sampled_from(RATINGS)
weights = some.sampled_from(["1", "2", "1/3", "0.7", "12.25", "0.000001", "1000000", "999983/999979", "1/999961"])


@some.composite
def drawn(draw):
    """A checklist with any weights and roll-up, and a few assessments by it."""
    sizes = draw(some.lists(some.integers(1, 4), min_size=1, max_size=3))
    ids = [(f"C{at}", [f"C{at}-{n}" for n in range(1, size + 1)]) for at, size in enumerate(sizes)]
    chapters = {
        chapter: {
            id: {
                "weight": draw(weights),
                "core": draw(some.sampled_from(["true", "false"])),
                "may_not_apply": "true",
                "elements": {letter: letter for letter in "abc"[: draw(some.integers(0, 3))]},
                "themes": draw(some.lists(some.sampled_from(["t1", "t2"]), unique=True)),
            }
            for id in provisions
        }
        for chapter, provisions in ids
    }
    of = checklist(
        chapters,
        rollup=draw(some.sampled_from(["chapters", "pooled"])),
        minimum_answered=draw(some.sampled_from(["0%", "50%", "80%", "1"])),
        theme_groups={"g": "G"},
        themes={"t1": {"title": "T1", "group": "g"}, "t2": {"title": "T2", "group": "g"}},
        bands=BANDS,
        core_cap="weak",
        chapter_weights={chapter: draw(weights) for chapter, _ in ids},
    )
    answer = some.fixed_dictionaries(
        {
            "law": some.sampled_from(RATINGS),
            "practice": some.sampled_from(RATINGS),
            "elements": some.sampled_from(["", "a", "ab"]),
        }
    )
    made = []
    for _ in range(draw(some.integers(1, 4))):
        answers = {
            id: {**entry, "elements": "".join(letter for letter in entry["elements"] if letter in one.letters)}
            for id, one in of.provisions.items()
            if any((entry := draw(answer))[key] for key in ("law", "practice"))
        }
        made.append(assessment(of, answers))
    return of, made


def score_of(scores, kind: str, key: str):
    return scores.total if kind == "total" else getattr(scores, f"{kind}s")[key]


def same(number: float, score: Fraction | None) -> bool:
    return bool(np.isnan(number)) if score is None else number == float(score)


@settings(deadline=None, max_examples=60)
@given(drawn(), some.sampled_from(Scope))
def test_the_score_of_one_assessment_is_its_row_among_many(given_, scope):
    of, assessments = given_
    assessments = [replace(one, scope=scope) for one in assessments]
    summaries = [summarise(of, one) for one in assessments]
    comparison = comparison_of(summaries, checklists=(of,))
    (judged,) = comparison.judged
    figures = judged.today
    alone_of = {id(summary): score_all(of, one) for summary, one in zip(summaries, assessments, strict=True)}
    for at, place in enumerate(judged.rows):
        row = comparison.rows[place]
        alone = alone_of[id(row.summary)]
        for dimension, key in enumerate(of.by_dimension):
            for node, (kind, name, _) in enumerate(figures.nodes):
                score, where = score_of(alone[key], kind, name), (at, dimension, node)
                assert score == score_of(row.scores[key], kind, name)
                for part in ("low", "central", "high"):
                    assert same(getattr(figures, part)[where], getattr(score, part))
                assert [getattr(figures, part)[where] for part in COUNTS] == [getattr(score, part) for part in COUNTS]
                assert figures.enough[where] == score.enough
                assert Display.of(int(figures.displays[where]), of.decimals) == score.display
                band = int(figures.bands[where])
                assert (of.bands[band].key if band >= 0 else "") == score.band
                assert scope.scored or not score.band


@settings(max_examples=60)
@given(drawn())
def test_what_is_printed_is_the_share_or_the_range_rounded_half_up(given_):
    of, (one, *_) = given_
    for scores in score_all(of, one).values():
        for (kind, _), score in scores.by_node().items():
            if score.low is None:
                assert score.display[:3] == (Prints.NOT_APPLICABLE, 0, 0)
            elif score.central is None:
                assert score.display[:3] == (Prints.NOT_ASSESSED, 0, 0)
            elif kind == "theme" and score.applicable < of.share_from:
                unknown = score.applicable - score.answered
                assert score.display[:4] == (Prints.COUNT, score.full, score.full + unknown, score.applicable)
            elif score.enough:
                assert score.display[:3] == (Prints.SHARE, *[whole_percent(score.central)] * 2)
            else:
                assert score.display[:3] == (Prints.RANGE, whole_percent(score.low), whole_percent(score.high))


@settings(deadline=None, max_examples=60)
@given(drawn())
def test_figures_add_up_as_fractions_do_one_by_one(given_):
    of, assessments = given_
    for one in assessments:
        for key, scores in score_all(of, one).items():
            dimension = of.by_dimension[key]
            parts = [(chapter.weight, scores.chapters[chapter.id]) for chapter in of.chapters]
            for chapter, (_, score) in zip(of.chapters, parts, strict=True):
                levels = [(p.weight, dimension.level(p, one.answer(p.id).ratings.get(key, ""))) for p in chapter.provisions]
                counted = [(weight, level.worth) for weight, level in levels if level is not None and not level.outside]
                assert score.central == mean(counted)
            pooled = [(p.weight, dimension.level(p, one.answer(p.id).ratings.get(key, ""))) for p in of.provisions.values()]
            counted = [(weight, level.worth) for weight, level in pooled if level is not None and not level.outside]
            by_chapter = [(weight, score.central) for weight, score in parts if score.central is not None]
            assert scores.total.central == mean(by_chapter if of.rollup is Rollup.CHAPTERS else counted)


def mean(parts: list[tuple[Fraction, Fraction]]) -> Fraction | None:
    """The weighted mean of shares, None if there are none."""
    return sum(weight * share for weight, share in parts) / sum(weight for weight, _ in parts) if parts else None


def test_figures_of_the_shipped_checklist_are_exact_in_every_form():
    comparison = comparison_of(many(8))
    (judged,) = comparison.judged
    assert {node.kind for node in judged.today.nodes} == {"total", "chapter", "theme", "instrument"}
    for at, place in enumerate(judged.rows):
        for dimension, key in enumerate(vot().by_dimension):
            for node, (kind, name, _) in enumerate(judged.today.nodes):
                score = score_of(comparison.rows[place].scores[key], kind, name)
                assert same(judged.today.central[at, dimension, node], score.central)


def test_a_comparison_has_the_rounds_of_every_country():
    comparison = comparison_of(many(9, rounds=2))
    assert [comparison.rows[one.before].summary.country for one in comparison.passages] == ["XAA", "XAD"]
    assert all(one.changes for one in comparison.passages)
    assert [row.summary.country for row in comparison.readings] == ["XAG", "XAG"], "texts have no rounds"


fractions = some.fractions(0, 1, max_denominator=1000)


@given(some.lists(fractions, min_size=2, max_size=40))
def test_quartiles_are_those_of_the_inclusive_method_exactly(values):
    found = spread(values)
    assert [found.lower, found.median, found.upper] == statistics.quantiles(values, n=4, method="inclusive")
    assert (found.count, found.lowest, found.highest) == (len(values), min(values), max(values))


def test_a_single_value_is_its_own_middle():
    found = spread([Fraction(1, 3)])
    assert {found.lowest, found.lower, found.median, found.upper, found.highest} == {Fraction(1, 3)}


def test_the_middle_is_of_latest_rounds_with_enough_answers_in_one_scope():
    earlier = summary_of("XAA", 1, date(2020, 1, 1))
    little = summary_of("XAE", 9, blanks=0.9)
    texts = [summary_of(f"XT{letter}", at, scope=Scope.TEXTS) for at, letter in enumerate("AB", 20)]
    comparison = comparison_of([earlier, *(summary_of(f"XA{letter}", at) for at, letter in enumerate("ABCD", 2)), little, *texts])
    (national,) = comparison.everyone
    names = [comparison.rows[place].summary.country for place in national.members]
    assert names == ["XAA", "XAB", "XAC", "XAD", "XAE"]
    central = [row.scores["law"].total.central for row in comparison.scored if row.latest and row.scores["law"].total.enough]
    assert national.spreads["law"]["total"] == spread(central[:4])
    assert [row.summary.country for row in comparison.readings] == ["XTA", "XTB"], "texts have no middle"


def test_figures_of_other_rules_are_not_in_the_middle():
    marks = ChecklistMark("vot", "0.9", vot().digest, "other rules")
    odd = [replace(summary_of(f"XB{letter}", at), checklist=marks) for at, letter in enumerate("AB", 50)]
    comparison = comparison_of([*(summary_of(f"XA{letter}", at) for at, letter in enumerate("ABC")), *odd])
    assert comparison.everyone[0].spreads["law"]["total"].count == 3
    assert [row.differs for row in comparison.rows] == [()] * 3 + [("version", "rules")] * 2


def test_what_does_not_compare_is_marked():
    usual = [summary_of(f"XA{letter}", at) for at, letter in enumerate("ABCD")]
    others = [
        summary_of("XBA", 10, scope=Scope.TEXTS),
        summary_of("XBB", 11, date(2020, 1, 1)),
        summary_of("XBC", 12, blanks=0.6),
        summary_of("XBD", 13, date(2019, 1, 1), Scope.TEXTS, blanks=0.6),
    ]
    marked = {row.summary.country: tuple(one.value for one in row.differs) for row in comparison_of([*others, *usual]).rows}
    assert marked == dict.fromkeys(["XAA", "XAB", "XAC", "XAD"], ()) | {
        "XBA": (),
        "XBB": ("year",),
        "XBC": ("few_answers",),
        "XBD": (),
    }


# Order ---------------------------------------------------------------------------------------------------------------


def ordered(codes: list[str], language: str) -> list[str]:
    summaries = [summary_of(code, at) for at, code in enumerate(codes)]
    names = names_of(summaries, language)
    return [row.name for row in comparison_of(summaries, language, names=names).rows]


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["Åland Islands", "Egypt", "Germany", "Spain", "Sweden"]),
        ("fr", ["Allemagne", "Égypte", "Espagne", "Îles Åland", "Suède"]),
    ],
)
def test_the_order_is_by_name_in_the_language_of_the_output(language, names):
    assert ordered(["SWE", "ESP", "DEU", "EGY", "ALA"], language) == names


def test_rounds_of_a_country_follow_each_other():
    summaries = [summary_of("XAB", 1), summary_of("XAA", 2), summary_of("XAB", 3, date(2020, 1, 1))]
    rows = comparison_of(summaries).rows
    dates = [row.summary.as_of.year for row in rows if row.summary.country == "XAB"]
    assert dates == [2020, 2026]
    assert [row.latest for row in rows if row.summary.country == "XAB"] == [False, True]


def test_groups_are_by_title_without_readings_and_show_no_middle_of_few():
    summaries = [*(summary_of(f"XA{letter}", at) for at, letter in enumerate("ABCDE")), summary_of("XAF", 9, scope=Scope.TEXTS)]
    groups = {f"XA{letter}": ("n", "North") for letter in "ABCF"} | {"XAD": ("e", "East")}
    comparison = comparison_of(summaries, groups=groups)
    found = [(one.title, one.scope.value, len(one.members), bool(one.spreads["law"])) for one in comparison.groups]
    assert found == [("East", "national", 1, False), ("North", "national", 3, True)]
    assert [row.group for row in comparison.rows] == ["North", "North", "North", "East", "", "North"]


def test_readings_of_texts_come_after_all_assessments_each_by_name():
    summaries = [
        summary_of(f"XA{letter}", at, scope=Scope.TEXTS if letter in "AC" else Scope.NATIONAL) for at, letter in enumerate("DCBA")
    ]
    comparison = comparison_of(summaries)
    assert [row.name for row in comparison.rows] == ["Land AB", "Land AD", "Land AA", "Land AC"]
    assert [row.name for row in comparison.scored] == ["Land AB", "Land AD"]
    assert [row.name for row in comparison.readings] == ["Land AA", "Land AC"]


def test_readings_of_texts_alone_have_nothing_to_compare():
    comparison = comparison_of([summary_of(f"XA{letter}", at, scope=Scope.TEXTS) for at, letter in enumerate("ABCD")], draws=5)
    assert (comparison.scored, comparison.everyone, comparison.groups, list(comparison.passages)) == ((), (), (), [])
    assert comparison.robustness is not None
    assert not any(comparison.robustness.by_dimension.values())
