"""The JSON form of a comparison: the figures of each result, and nothing where names are withheld."""

import json
from dataclasses import replace

import pytest

from legcheck.analysis.summary import summarise
from legcheck.issues import FILE_EMPTY, Issue, Location
from legcheck.labels import labels
from legcheck.model import LeftOut, Robustness, Steadiness
from legcheck.reports.comparison.json_form import render_json
from legcheck.results import score_tree
from tests.comparison.builders import RULES, comparison_of, groups_of, many
from tests.reports.sample_views import result_of_sample

LEFT_OUT = (LeftOut("Utopia.xlsx", (Issue(FILE_EMPTY, Location("Utopia.xlsx")),)),)


def uncapped(tree):
    """A tree of scores without the provisions that lower a band, which the file of a comparison does not name."""
    if not isinstance(tree, dict):
        return tree
    return {key: uncapped(value) for key, value in tree.items() if key != "capped_by"}


def tree_of(comparison, language="en"):
    return json.loads(render_json(comparison, labels(language)))


@pytest.fixture(scope="module")
def comparison():
    summaries = many(12, rounds=2)
    found = comparison_of(summaries, groups=groups_of(summaries))
    steady = tuple(Steadiness(place, (0.1, 0.2, 0.3)) for place in range(3))
    return replace(found, left_out=LEFT_OUT, robustness=Robustness(100, 7, RULES.weights_vary_by, {"law": steady}))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_figures_are_those_of_the_result_file(language):
    result = result_of_sample("XUT")
    comparison = comparison_of([summarise(result.checklist, result.assessment)], language)
    (one,) = tree_of(comparison, language)["assessments"]
    stated = score_tree(result, labels(language))
    assert one["scores"] == uncapped(stated["scores"])
    assert one["if_adopted"] == uncapped(stated["if_adopted"])
    assert (one["country"], one["as_of"], one["scope"]) == (stated["country"], stated["as_of"], stated["scope"])
    assert {key: one["checklist"][key] for key in ("id", "version", "digest")} == stated["checklist"]
    assert one["ratings"] == {key: dict(rated) for key, rated in result.ratings.items()}
    assert one["elements"] == {id: list(answer.met) for id, answer in result.assessment.answers.items() if answer.met}


def test_it_says_what_is_compared_and_how(comparison):
    tree = tree_of(comparison)
    assert (tree["format"], tree["kind"], tree["tool"]) == (2, "comparison", {"name": "legcheck", "version": "0"})
    checklist = comparison.checklist
    assert (tree["checklist"]["id"], tree["checklist"]["digest"]) == (checklist.id, checklist.digest)
    assert tree["checklist"]["rules"] == comparison.rows[0].summary.checklist.rules
    assert tree["options"] == {"anonymous": False, "rescored": False, "smallest_group": 3}


def test_assessments_come_in_the_order_of_the_comparison(comparison):
    tree = tree_of(comparison)
    assert [one["scope"] for one in tree["readings"]] == ["texts"] * len(comparison.readings)
    for one, row in zip((*tree["assessments"], *tree["readings"]), comparison.rows, strict=True):
        assert (one["country"], one["name"], one["latest"], one["group"]) == (
            row.summary.country,
            row.name,
            row.latest,
            row.group,
        )
        assert one["source"] == {"file": row.summary.source.name, "digest": row.summary.source.digest}
        assert one["differs"] == list(row.differs)


def test_groups_and_passages_refer_to_assessments_by_place(comparison):
    tree = tree_of(comparison)
    for stated, groups in ((tree["everyone"], comparison.everyone), (tree["groups"], comparison.groups)):
        for one, group in zip(stated, groups, strict=True):
            assert (one["title"], one["members"], one["count"]) == (group.title, list(group.members), len(group.members))
            for dimension, nodes in group.spreads.items():
                assert {node: spread["median"] for node, spread in one["spreads"][dimension].items()} == {
                    node: float(spread.median) for node, spread in nodes.items()
                }
    for one, passage in zip(tree["passages"], comparison.passages, strict=True):
        assert (one["before"], one["after"], len(one["changes"])) == (passage.before, passage.after, len(passage.changes))
    assert tree["robustness"]["by_dimension"]["law"][2]["assessment"] == 2


def test_files_left_out_are_named_with_their_codes(comparison):
    (one,) = tree_of(comparison)["left_out"]
    assert (one["file"], one["codes"]) == ("Utopia.xlsx", [FILE_EMPTY.code])


def test_nothing_names_a_country_where_names_are_withheld():
    summaries = many(9, rounds=2)
    comparison = replace(comparison_of(summaries, groups=groups_of(summaries), anonymous=True), left_out=LEFT_OUT)
    text = render_json(comparison, labels("en")).decode()
    secrets = {"Utopia", "Victims of Terrorism Act", "-06-30", ".xlsx", *(one.source.digest for one in summaries)}
    secrets |= {one.country for one in summaries} | {one.country_name for one in summaries}
    assert [secret for secret in secrets if secret in text] == []
    tree = json.loads(text)
    assert all(one["as_of"] is one["source"] is one["title"] is None for one in tree["assessments"])
    assert all(one["members"] is None for one in tree["groups"])
    assert tree["left_out"] == [{"file": None, "codes": [FILE_EMPTY.code], "issues": None}]


def test_any_name_is_written_and_read_back():
    named = '=HYPERLINK("x")<b>\x00\ud800' + "x" * 300
    comparison = comparison_of([replace(one, country_name=named) for one in many(2)])
    assert {one["name"] for one in tree_of(comparison)["assessments"]} == {named}


def test_the_same_comparison_gives_the_same_bytes(comparison):
    assert render_json(comparison, labels("en")) == render_json(comparison, labels("en"))


def test_every_assessment_has_a_line_of_its_own(comparison):
    lines = render_json(comparison, labels("en")).decode().split("\n")
    assert sum(line.startswith('{"country"') for line in lines) == len(comparison.rows)
