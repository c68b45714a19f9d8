"""A reading of named texts is never taken for a verdict on a State: it has counts, and nowhere a score, a band or a priority."""

import io
import json
import re
import zipfile
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from openpyxl import load_workbook
from pypdf import PdfReader
from rich.console import Console

from legcheck import app, inputs
from legcheck.analysis import explain, figure_ids, judge
from legcheck.issues import InputError
from legcheck.labels import labels, languages
from legcheck.model import Release, Result, Scope
from legcheck.reports.html import render_html
from legcheck.reports.renderers import render
from legcheck.reports.stamp import Stamp
from legcheck.reports.terminal import chain_tables, score_tables
from legcheck.reports.view import Row
from legcheck.results import figures_of, result_tree
from tests.analysis.builders import assessment, checklist
from tests.samples import workbooks

UNSTAMPED = Stamp("", "", "", Release(), "", "")
VERDICTS = ("Bandlow", "Bandhigh", "Firstclass", "Lastclass", "Nothing of it")
READINGS = [path for path in workbooks() if app.read(path).scope is Scope.TEXTS]


def scale() -> dict:
    """Three levels and a contrary one, the worst with a title that no other text has."""
    worths = {"full": "1", "partial": "elements", "none": "0"}
    titles = {"full": "All of it", "partial": "Some of it", "none": "Nothing of it"}
    levels = {key: {"title": titles[key], "worth": worth} for key, worth in worths.items()}
    levels["partial"]["unrecorded"] = "1/2"
    return {"levels": levels | {"contrary": {"title": "Contrary", "contrary": "true"}, "na": {"title": "N/A", "outside": "true"}}}


def judged_by(sizes: list[int]):
    """A checklist with chapters of so many provisions, whose bands and priorities have titles that no other text has."""
    chapters = {
        f"C{at}": {
            f"C{at}-{n}": {"may_not_apply": "true", "core": "true", "elements": {"a": "one", "b": "two"}, "themes": ["t"]}
            for n in range(1, size + 1)
        }
        for at, size in enumerate(sizes)
    }
    return checklist(
        chapters,
        scales={"conformity": scale()},
        theme_groups={"g": "G"},
        themes={"t": {"title": "T", "group": "g"}},
        bands={"low": {"title": "Bandlow", "from": "0", "to": "1/2"}, "high": {"title": "Bandhigh", "from": "1/2", "to": "1"}},
        core_cap="low",
        priority={
            "kinds": {"legislative_missing": "2", "contrary": "3"},
            "classes": {"first": {"title": "Firstclass", "from": "2"}, "last": {"title": "Lastclass", "from": "0"}},
        },
    )


@some.composite
def readings(draw) -> Result:
    """The result of a reading of any texts, with or without answers on practice."""
    of = judged_by(draw(some.lists(some.integers(1, 3), min_size=1, max_size=3)))
    answer = some.fixed_dictionaries(
        {
            "law": some.sampled_from(["full", "partial", "none", "contrary", "na", ""]),
            "practice": some.sampled_from(["", "", "full", "none"]),
        }
    )
    answers = {id: entry for id in of.provisions if any((entry := draw(answer)).values())}
    return judge(of, replace(assessment(of, answers), scope=Scope.TEXTS), (), "0")


class Words(HTMLParser):
    """The words of a page that people see, hear or find."""

    def __init__(self):
        super().__init__()
        self.found, self._hidden = [], False

    def handle_starttag(self, tag, attrs):
        self._hidden = tag in ("style", "script")
        self.found += [
            value or "" for name, value in attrs if name in ("title", "aria-label", "content") and "src" not in (value or "")
        ]

    def handle_data(self, data):
        if not self._hidden:
            self.found.append(data)


def shown(result: Result, format: str, language: str = "en") -> str:
    """All that a format shows of a result."""
    words, view = labels(language), app.report_view(result, language)
    if format == "terminal":
        console = Console(file=io.StringIO(), width=80)
        for one in score_tables(result, view, words):
            console.print(one)
        for figure in figure_ids(result):
            for one in chain_tables(explain(result, figure), result.checklist, "file", words):
                console.print(one)
        return console.file.getvalue()
    return "\n".join(words_in(content, format) for content in render(format, result, view, words, (), UNSTAMPED).values())


def words_in(content: bytes, format: str) -> str:
    """The words of a file, and the formats of its numbers."""
    if format == "html":
        page = Words()
        page.feed(content.decode())
        return "\n".join(page.found)
    if format == "xlsx":
        cells = [cell for sheet in load_workbook(io.BytesIO(content)) for row in sheet.iter_rows() for cell in row]
        return "\n".join(f"{cell.value} {cell.number_format}" for cell in cells if cell.value is not None)
    if format == "pdf":
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    parts = zipfile.ZipFile(io.BytesIO(content))
    names = [name for name in parts.namelist() if re.match(r"word/(doc|foot|head)", name)]
    return "\n".join(re.sub(r"<[^>]+>", " ", parts.read(name).decode()) for name in names)


FORMATS = ("terminal", "html", "xlsx", "docx", "pdf")


@pytest.mark.parametrize("format", FORMATS)
@settings(max_examples=25)
@given(result=readings(), language=some.sampled_from(languages()))
def test_no_format_shows_a_share_a_band_a_priority_or_that_something_is_not_provided(format, result, language):
    text = shown(result, format, language)
    assert "%" not in text
    assert [one for one in VERDICTS if one in text] == []


@given(result=readings())
def test_a_reading_has_counts_alone(result):
    assert result.gaps == ()
    for key, scores in (*result.scores.items(), *result.if_adopted.items()):
        dimension = result.checklist.by_dimension[key]
        ratings = result.ratings[key]
        for (kind, node), score in scores.by_node().items():
            assert (score.low, score.central, score.high, score.enough, score.band, score.capped_by) == (
                None,
                None,
                None,
                False,
                "",
                (),
            )
            under = [p for p in result.checklist.provisions.values() if kind in ("total", "theme") or p.chapter == node]
            levels = [dimension.level(one, ratings[one.id]) for one in under]
            rated = [level.key for level in levels if level is not None]
            counted = (score.full, score.partly, score.not_found, score.contrary, score.not_applicable)
            assert counted == tuple(map(rated.count, ("full", "partial", "none", "contrary", "na")))
            assert score.applicable - score.answered == levels.count(None)


@given(result=readings())
def test_the_result_file_of_a_reading_states_counts_and_no_share(result):
    tree = result_tree(result, labels("en"))
    assert {"format", "checklist", "country", "as_of", "scores"} <= set(tree)
    assert tree["gaps"] == []
    for _, score in figures_of(tree["scores"]):
        assert {score[part] for part in ("low", "central", "high", "band")} == {None}
        if score["answered"]:
            there = score["full"] + score["partly"]
            noun = "provision" if score["answered"] == 1 else "provisions"
            assert score["display"] == f"{there} of {score['answered']} {noun} in full or in part"


@pytest.mark.parametrize("path", READINGS, ids=lambda path: path.stem)
def test_an_older_result_file_of_a_reading_is_still_read(path, tmp_path):
    """Files of earlier versions state shares, bands and gaps."""
    result = app.assess(path)
    tree = result_tree(result, labels("en"))
    for _, score in figures_of(tree["scores"]):
        score |= {"low": 0.25, "central": 0.25, "high": 0.25, "display": "25%", "enough_answered": True}
    older = tmp_path / "older.json"
    older.write_text(json.dumps(tree), "utf-8")
    again = app.assess(older)
    assert again.scores["law"].total == result.scores["law"].total
    tree["scores"]["law"]["total"]["answered"] += 1
    older.write_text(json.dumps(tree), "utf-8")
    with pytest.raises(InputError, match=r"law\.total answered"):
        app.assess(older)


@pytest.mark.parametrize("path", READINGS, ids=lambda path: path.stem)
def test_a_reading_is_not_planned_from(path):
    result = app.assess(path)
    with pytest.raises(InputError) as refused:
        app.draft_plan(result, "en")
    assert [issue.code for issue in refused.value.issues] == ["R405"]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("path", READINGS, ids=lambda path: path.stem)
def test_a_report_names_every_provision_of_which_something_was_found_and_where_to_look_for_the_others(path, language):
    result = app.assess(path)
    view = app.report_view(result, language)
    there = {one.id for chapter in view.reading.chapters for one in (*chapter.full, *chapter.partly)}
    elsewhere = {one.id for chapter in view.reading.further for one in chapter.not_found}
    ratings = result.ratings["law"]
    assert there == {id for id, rating in ratings.items() if rating in ("full", "partial")}
    assert elsewhere == {id for id, rating in ratings.items() if rating == "none"}
    assert {one.id for one in view.contrary} == {id for id, rating in ratings.items() if rating == "contrary"}


@pytest.mark.parametrize("wanted", ["", "Model legislation."])
def test_the_page_of_a_reading_speaks_of_assistance_only_where_it_is_wanted(wanted):
    view = app.report_view(app.assess(READINGS[0]), "en")
    shown = replace(view, assistance=(Row("GEN-01 Dedicated legal basis", wanted),) if wanted else ())
    assert ("section-assistance" in render_html(shown, labels("en")).decode()) == bool(wanted)


def test_the_page_of_a_reading_has_rules_to_look_at_only_where_there_are_any():
    view = app.report_view(app.assess(READINGS[0]), "en")
    bare = replace(view, contrary=())
    assert "section-look-at" not in render_html(bare, labels("en")).decode()


def test_a_national_assessment_keeps_its_scores():
    (path,) = [path for path in workbooks() if path.name.startswith("XUT-2026")]
    result = inputs.read(path)
    national = app.assess(path)
    assert national.scores["law"].total.central > Fraction(0)
    assert app.report_view(national, "en").reading is None
    assert result.assessment.scope.scored


@pytest.mark.parametrize("path", READINGS, ids=lambda path: path.stem)
def test_a_reading_explains_the_keys_of_its_texts_or_cites_a_single_text_by_article_alone(path):
    result = app.assess(path)
    with zipfile.ZipFile(io.BytesIO(app.report_files(result, ["docx"], "en")[f"{path.stem}-reading.docx"])) as file:
        words = re.sub(r"<[^>]+>", " ", file.read("word/document.xml").decode())
    laws = result.assessment.laws
    assert all(law.title in words for law in laws.values())
    cited = Counter(re.findall(r"\bL\d+\b", words))
    assert cited.keys() == (laws.keys() if len(laws) > 1 else set())
