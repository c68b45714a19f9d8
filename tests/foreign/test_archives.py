"""A checklist on another subject gets a workbook, reports, a plan and a comparison that mention no other."""

import csv
import html
import json
import re
import zipfile
from pathlib import Path

import pytest

from legcheck.provisions import check_checklist, load_catalogue
from legcheck.reports import palette
from tests.foreign.conftest import ARCHIVES

OURS = re.compile(r"terror|victim|UN Model|lois? types?|NCAP|National Comprehensive|UNOCT|REC-\d|GEN-\d", re.IGNORECASE)


def text_of(path: Path) -> str:
    """All text of a file, without markup."""
    if path.suffix in (".xlsx", ".docx"):
        with zipfile.ZipFile(path) as archive:
            parts = [archive.read(name).decode("utf-8") for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        return "\n".join(re.sub(r"<[^>]+>", " ", part) + " ".join(re.findall(r'"([^"]*)"', part)) for part in parts)
    if path.suffix == ".parquet":
        return path.read_bytes().decode("latin-1")
    return path.read_text("utf-8-sig")


def test_it_has_no_faults():
    assert list(check_checklist(str(ARCHIVES)).issues) == []


def test_one_text_may_ask_for_the_rest_in_every_case():
    asked = load_catalogue(str(ARCHIVES), "en").completing
    assert {asked.adding, asked.amending, asked.extending} == {"Write down what is left."}


def test_everything_is_made(made):
    kinds = {path.suffix for path in made.rglob("*") if path.is_file()}
    assert kinds == {".xlsx", ".docx", ".html", ".json", ".csv", ".parquet"}
    assert len(list(made.rglob("*.*"))) >= 15


def test_no_output_speaks_of_the_subject_of_another_checklist(made):
    found = {path.name: sorted({*OURS.findall(text_of(path))}) for path in made.rglob("*.*")}
    assert {name: words for name, words in found.items() if words} == {}


def test_outputs_speak_of_their_own_subject(made):
    for path in [
        made / "out" / "blank.xlsx",
        *made.rglob("*country-report*"),
        *made.rglob("*annex*"),
        *made.rglob("*30-plan.docx"),
    ]:
        assert "public archives" in text_of(path), path.name
    (plan,) = made.rglob("*30-plan.docx")
    assert "Archive Renewal Programme" in text_of(plan)


def test_the_guide_explains_by_example_of_its_own(made):
    shown = text_of(made / "out" / "blank.xlsx")
    assert "Must offices keep their records?" in shown
    assert "a)  a list of records that must be kept" in shown


def test_every_level_has_a_colour_of_its_own(made):
    (page,) = made.rglob("*country-report.html")
    text = page.read_text("utf-8")
    tags = {
        html.unescape(title): name
        for name, title in re.findall(r'<span class="tag (rating-\d+)(?: whole)?">.*?</span> ([^<]+)</span>', text)
    }
    expected = {"Exemplary": 10, "Good": 8, "Fair": 6, "Poor": 4, "Absent": 0, "6.5": 7, "9.5": 9, "10": 10, "2": 2, "0": 0}
    expected["6.5"] = 6
    assert {title: tags.get(title) for title in expected} == {title: f"rating-{tenth}" for title, tenth in expected.items()}
    for name in set(tags.values()):
        assert f".{name} {{" in text


def test_classes_of_priority_follow_their_order(made):
    (page,) = made.rglob("*country-report.html")
    text = page.read_text("utf-8")
    assert re.search(r'<span class="tag priority-\d(?: whole)?"><span aria-hidden="true">[▲△□▽]</span>', text)
    assert {tone.name for tone in palette.PRIORITIES} >= set(re.findall(r'class="tag (priority-\d)(?: whole)?"', text))


def test_a_plan_without_objectives_is_ordered_by_its_sections(made):
    (plan,) = made.rglob("*30-plan.docx")
    with zipfile.ZipFile(plan) as archive:
        body = re.sub(r"<[^>]+>", "|", archive.read("word/document.xml").decode("utf-8"))
    places = [
        body.index(f" {number}. {title}|") for number, title in enumerate(("Money", "Where we are", "Shelves and doors"), 1)
    ]
    assert places == sorted(places)


def test_figures_are_counted_by_the_rules_of_the_checklist(made):
    (result,) = made.rglob("*-result.json")
    total = json.loads(result.read_text("utf-8"))["scores"]["statute"]["total"]
    # weights 3, 1, 1, 1, 1: (3 * 3/5 + 0 + 4/5 + 2/5 + 1) / 7
    assert total["central"] == pytest.approx(4 / 7)
    (scores,) = made.rglob("scores.csv")
    assert {row["dimension"] for row in csv.DictReader(scores.read_text("utf-8-sig").splitlines())} == {"statute", "upkeep"}
