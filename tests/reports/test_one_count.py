"""A reading is counted once: report, result file, explain, comparison, tables and search have the same classes and sums."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from legcheck import app, inputs
from legcheck.analysis import explain, judge
from legcheck.analysis.comparison import compare
from legcheck.analysis.summary import summarise
from legcheck.cli.check import _answered as answered
from legcheck.labels import labels
from legcheck.model import Citation, ComparisonRules, ElementAnswer, FoundAs, Law, Naming, Request, Result, Scope, Source
from legcheck.reports.comparison.make_view import view_of
from legcheck.reports.comparison.search import practice_of
from legcheck.reports.renderers import render
from legcheck.results import result_tree
from legcheck.workbook import read_workbook
from tests.analysis.builders import assessment, checklist
from tests.reports.test_reading import READINGS, UNSTAMPED, scale

FOUND = ("full", "partly", "silent", "short", "left", "not_found")


@some.composite
def readings(draw) -> Result:
    """A reading of any texts: elements in words, by silence, short, left to another text, missing or not looked at."""
    elements = {letter: f"element {letter}" for letter in "abc"}
    provision = {"elements": elements, "by_silence": ["c"], "may_not_apply": "true"}
    of = checklist({key: {f"{key}-{n}": provision for n in (1, 2, 3)} for key in "CD"}, scales={"conformity": scale()})
    met = some.sampled_from([True, False, None])
    cited = some.sampled_from([(), (Citation("L1", "art. 1"),), (Citation("L2", "art. 1"),)])
    element = some.builds(ElementAnswer, met, some.just(""), cited)
    made = assessment(
        of,
        {id: {"law": draw(some.sampled_from(["", "", "partial", "contrary", "na"]))} for id in of.provisions},
        (Law("L1", "An act"),),
    )
    answers = {id: replace(one, elements={letter: draw(element) for letter in elements}) for id, one in made.answers.items()}
    return judge(of, replace(made, scope=Scope.TEXTS, answers=answers, source=Source("a.xlsx", "1")), (), "0")


def compared(result: Result):
    """The comparison that holds this reading alone."""
    of = result.checklist
    naming = {result.assessment.country: Naming("Utopia", "utopia")}
    return compare([summarise(of, result.assessment)], {of.digest: of}, of, naming, Request(), ComparisonRules(0, 5), "0")


def classes(result: Result) -> dict[str, Counter]:
    """By figure, how many provisions are in each class."""
    found = {"total": Counter(result.found["law"].values())}
    for chapter in result.checklist.chapters:
        found[chapter.id] = Counter(result.found["law"][one.id] for one in chapter.provisions)
    return {node: Counter({key: counts[key] for key in FOUND if counts[key]}) for node, counts in found.items()}


def check(result: Result, comparison) -> None:
    """All artefacts have the classes of the result."""
    expected, words = classes(result), labels("en")
    view = app.report_view(result, "en")
    shown = Counter(rating.found_as for chapter in view.chapters for one in chapter.provisions for rating in one.ratings[:1])
    assert {key: shown[key] for key in expected["total"]} == expected["total"]
    tree = result_tree(result, words)["scores"]["law"]
    (row,) = (one for one in comparison.readings if one.summary.country == result.assessment.country)
    tables = [table for table in view_of(comparison, words).readings.tables if table.dimension == "law"]
    place = comparison.readings.index(row)
    frame = comparison.to_frame("readings").query(f"dimension == 'law' and country == '{row.summary.country}'").set_index("node")
    for node, counts in expected.items():
        stated = tree["total"] if node == "total" else tree["chapters"][node]
        scores = row.scores["law"]
        compared = scores.total if node == "total" else scores.chapters[node]
        chain = explain(result, f"law.{node}")
        steps = Counter(str(step.found) for part in chain.parts for step in part.steps)
        for key in FOUND:
            assert stated[key] == getattr(compared, key) == frame.loc[node, key] == getattr(chain.score, key) == counts[key]
            assert steps[key] == counts[key]
        assert sum(counts.values()) == stated["answered"] == compared.answered
    for table in tables:
        (mine,) = (one for one in table.rows if one.row == place)
        assert {key: mine.every.counts[key] for key in FOUND} == {key: expected["total"][key] for key in FOUND}
    assert comparison.found(row)["law"] == result.found["law"]
    for id, provision in result.checklist.provisions.items():
        found = [one for one in practice_of(comparison, provision, "", words).found if one.code == row.summary.country]
        provides = result.found["law"][id] in (FoundAs.FULL, FoundAs.PARTLY, FoundAs.SILENT)
        assert bool(found) is provides
        assert not found or found[0].ratings[0].rating == result.found["law"][id]


@settings(deadline=None, max_examples=60)
@given(result=readings())
def test_every_artefact_counts_a_reading_alike(result):
    check(result, compared(result))


def test_every_artefact_counts_the_samples_alike():
    comparison = app.compare(READINGS, use_cache=False)
    for path in READINGS:
        check(app.assess(path), comparison)


@pytest.mark.parametrize("path", READINGS, ids=lambda path: path.stem)
def test_a_reading_kept_in_the_cache_is_counted_alike(path, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    for _ in range(2):
        made = app.compare([path])
        assert made.readings[0].scores["law"].total == app.assess(path).scores["law"].total


def test_what_is_left_to_another_text_is_answered_and_no_problem(tmp_path):
    """The answer is blank and an article is cited: no warning, and the provision is not counted as unanswered."""
    of = inputs.load("vot")
    drawn = assessment(of, {"SGB-01": {}}, (Law("L1", "An act"),))
    left = ElementAnswer(
        None, "L1 art. 3", (Citation("L1", "art. 3"),), "The acts stand in the criminal code, which was not read."
    )
    elements = {letter: left if letter == "b" else ElementAnswer(False) for letter in of.provisions["SGB-01"].letters}
    answers = {"SGB-01": replace(drawn.answers["SGB-01"], elements=elements)}
    file = tmp_path / "reading.xlsx"
    file.write_bytes(app.workbook_of(of, replace(drawn, scope=Scope.TEXTS, title="An act", answers=answers), "en"))
    read, issues = read_workbook(file, of)
    assert [issue.code for issue in issues] == []
    assert answered(of, read)["law"] == 1
    assert judge(of, read, (), "0").found["law"]["SGB-01"] == FoundAs.LEFT


@pytest.mark.parametrize("format", ["xlsx", "docx", "html"])
def test_a_reading_of_which_nothing_is_rated_yet_is_shown_all_the_same(format):
    of = checklist({"C": {"C-1": {"elements": {"a": "one", "b": "two"}}}}, scales={"conformity": scale()})
    made = assessment(of, {"C-1": {}}, (Law("L1", "An act"),))
    answer = replace(made.answers["C-1"], elements={"a": ElementAnswer(True, "L1 art. 1", (Citation("L1", "art. 1"),))})
    result = judge(of, replace(made, scope=Scope.TEXTS, answers={"C-1": answer}), (), "0")
    view = app.report_view(result, "en")
    assert result.found["law"]["C-1"] == FoundAs.NOT_LOOKED_AT
    assert len(render(format, result, view, labels("en"), (), UNSTAMPED))
