"""The command plan on real input."""

import json
from datetime import date

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.samples import FOLDER


def test_a_plan_is_drafted_in_every_format(run, utopia, tmp_path):
    done = run("plan", utopia, "--out", "plan")
    assert done.code == 0
    ends = {path.name.removeprefix("XUT-2026-06-30-") for path in (tmp_path / "plan").iterdir()}
    assert ends == {"plan.docx", "plan-annex.docx", "action-plan.xlsx", "plan.json"}


def test_the_plan_as_json_is_for_other_programs(run, utopia, tmp_path):
    run("plan", utopia, "--out", "plan", "--format", "json")
    (path,) = (tmp_path / "plan").iterdir()
    tree = json.loads(path.read_text("utf-8"))
    assert tree["kind"] == "plan"
    assert tree["country"] == "XUT"
    assert [one["place"] for one in tree["measures"]] == list(range(1, len(tree["measures"]) + 1))
    assert all(one["answers"] for one in tree["measures"])
    totals = [step["scores"]["law"]["total"]["central"] for step in tree["outlook"]]
    assert totals == sorted(totals)
    assert len(tree["assess_first"]) == 9


def test_the_smallest_effort_for_a_target(run, utopia):
    done = run("plan", utopia, "--target", "70%")
    assert done.code == 0
    assert "Least effort to reach 70%" in done.out
    assert "today, 70% (between" in done.out


def test_a_target_already_met(run, utopia):
    assert "no further measure is needed" in run("plan", utopia, "--target", "50%").out


def test_the_most_that_an_effort_can_gain(run, utopia):
    assert "effort 12" in run("plan", utopia, "--effort", "12").out


def test_what_if_some_measures_were_carried_out(run, utopia):
    done = run("plan", utopia, "--what-if", "prv-m01, REC-M03")
    assert done.code == 0
    assert "Law: PRV" in done.out
    assert "Law: REC" in done.out
    assert "Law: MEM" not in done.out


@pytest.mark.parametrize(
    "words", [["--target", "170%"], ["--effort", "-1"], [], ["--what-if", "XYZ-M01"], ["--out", "o", "--format", "html"]]
)
def test_wrong_usage(run, utopia, words):
    assert run("plan", utopia, *words).code == 2


def test_a_reading_without_anything_assessed_has_no_plan(run, tmp_path):
    run("new", "--country", "ESP", "--out", "x.xlsx")
    done = run("plan", "x.xlsx", "--out", "plan")
    assert done.code == 1
    assert "A014" in done.err
    assert not (tmp_path / "plan").exists()


def test_a_checklist_without_measures_has_no_plan(run, tmp_path):
    (tmp_path / "own.yaml").write_text(
        'id: own\nversion: "1"\ntitle: Own\nscales: {s: {levels: {yes: {title: "Yes", worth: 1}, no: {title: "No"}}}}\n'
        "dimensions: {law: {title: Law, scale: s, role: law}}\nchapters: {AA: {title: A, provisions: {AA-1: {title: One}}}}\n",
        "utf-8",
    )
    (tmp_path / "answers.csv").write_text("country,as_of,provision,rating\nESP,2026-01-01,AA-1,no\n", "utf-8")
    done = run("plan", "answers.csv", "--out", "plan", "--checklist", "own.yaml")
    assert done.code == 1
    assert "R401" in done.err


def _cells(sheet) -> dict[str, dict[str, object]]:
    """Every cell of the action plan by measure and heading."""
    rows = list(sheet.iter_rows())
    head = next(row for row in rows if row[-1].value == "Id")
    names = [cell.value for cell in head]
    return {row[-1].value: dict(zip(names, row, strict=True)) for row in rows[head[0].row :] if row[-1].value}


@pytest.fixture
def filled(run, utopia, tmp_path):
    """An action plan in which somebody has worked."""
    run("plan", utopia, "--out", "first", "--format", "xlsx")
    (path,) = (tmp_path / "first").iterdir()
    book = load_workbook(path)
    cells = _cells(book.worksheets[0])
    cells["PRV-M01"]["Owner"].value = "Data-protection authority"
    cells["PRV-M01"]["Status"].value = "under way"
    cells["PRV-M01"]["Start"].value = date(2026, 9, 1)
    cells["PRV-M01"]["Cost"].value = 12000
    cells["PRV-M01"]["Remarks"].value = "Draft regulation with the ministry."
    cells["REC-M03"]["Status"].value = "agreed"
    book.save(tmp_path / "filled.xlsx")
    return tmp_path / "filled.xlsx"


def test_what_was_written_survives_when_the_plan_is_made_again(run, utopia, tmp_path, filled):
    done = run("plan", utopia, "--out", "second", "--update", filled)
    assert done.code == 0
    (path,) = (tmp_path / "second").glob("*action-plan.xlsx")
    again = _cells(load_workbook(path).worksheets[0])
    assert again["PRV-M01"]["Owner"].value == "Data-protection authority"
    assert again["PRV-M01"]["Remarks"].value == "Draft regulation with the ministry."
    assert again["PRV-M01"]["Cost"].value == 12000
    assert again["REC-M03"]["Status"].value == "agreed"
    (tree,) = [json.loads(path.read_text("utf-8")) for path in (tmp_path / "second").glob("*.json")]
    assert tree["entries"]["PRV-M01"]["status"] == "under way"
    assert tree["entries"]["PRV-M01"]["start"] == "2026-09-01"
    assert not tree["entries"]["PRV-M01"]["stale"]


def test_closed_gaps_are_marked_and_nothing_is_erased(run, utopia, tmp_path, filled):
    """The next round: the law is now full where the measure had answered a gap."""
    book = load_workbook(utopia)
    for row in next(sheet for sheet in book.worksheets if sheet.title.startswith("PRV ")).iter_rows():
        if str(row[0].value).startswith("PRV-02."):
            row[2].value = "yes"
        elif str(row[0].value) in ("PRV-02:law", "PRV-02:practice"):
            row[2].value = "Fully provided for" if str(row[0].value).endswith("law") else "Applied in full"
    book.save(tmp_path / "next.xlsx")
    done = run("plan", "next.xlsx", "--out", "second", "--format", "json", "--update", filled)
    assert done.code == 0
    (tree,) = [json.loads(path.read_text("utf-8")) for path in (tmp_path / "second").iterdir()]
    assert "PRV-M01" not in [one["id"] for one in tree["measures"]]
    closed = tree["entries"]["PRV-M01"]
    assert closed["last_status"] == "under way"
    assert (closed["status"], closed["closed_on"], closed["owner"]) == ("closed", "2026-06-30", "Data-protection authority")


def test_a_plan_of_another_country_is_refused(run, filled, tmp_path):
    (orsinia,) = FOLDER.glob("XOR-2026-*.xlsx")
    done = run("plan", orsinia, "--out", "second", "--update", filled)
    assert done.code == 1
    assert "XUT" in done.err
    assert not (tmp_path / "second").exists()


def test_the_gap_report_shows_how_the_measures_stand(run, utopia, tmp_path, filled):
    assert run("report", utopia, "--out", "out", "--format", "html", "--plan", filled).code == 0
    (page,) = (tmp_path / "out").iterdir()
    text = page.read_text("utf-8")
    assert "agreed: 1" in text
    assert "In the plan: REC-M03 (agreed)" in text


def test_the_report_in_word_says_how_far_each_recommended_measure_has_come(run, utopia, tmp_path, filled):
    assert run("report", utopia, "--out", "out", "--format", "docx", "--plan", filled).code == 0
    (report,) = (tmp_path / "out").glob("*country-report.docx")
    text = "\n".join(paragraph.text for paragraph in Document(report).paragraphs)
    assert "; agreed)." in text.replace("\u00a0", " ")
    assert "; proposed)." in text.replace("\u00a0", " ")
