"""The command plan on real input."""

import json

import pytest


def test_a_plan_is_drafted_in_every_format(run, utopia, tmp_path):
    done = run("plan", utopia, "--out", "plan")
    assert done.code == 0
    assert {path.name.rpartition("-")[2] for path in (tmp_path / "plan").iterdir()} == {"plan.docx", "plan.xlsx", "plan.json"}


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
    assert "The smallest effort that reaches 70%" in done.out
    assert "70% with these measures carried out" in done.out


def test_a_target_already_met(run, utopia):
    assert "no measure is needed" in run("plan", utopia, "--target", "50%").out


def test_the_most_that_an_effort_can_gain(run, utopia):
    assert "effort 12" in run("plan", utopia, "--effort", "12").out


def test_what_if_some_measures_were_carried_out(run, utopia):
    done = run("plan", utopia, "--what-if", "prv-m01, REC-M03")
    assert done.code == 0
    assert "law.PRV" in done.out
    assert "law.REC" in done.out
    assert "law.MEM" not in done.out


@pytest.mark.parametrize(
    "words", [["--target", "170%"], ["--effort", "-1"], [], ["--what-if", "XYZ-M01"], ["--out", "o", "--format", "pdf"]]
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
