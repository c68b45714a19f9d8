"""What two files say differently, as the command prints it."""

import json
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from legcheck import app, inputs
from tests.samples import FOLDER, MISTAKES, UTOPIA


@pytest.fixture
def files(tmp_path):
    """A sample, and the same with one rating and one element changed."""
    reading = inputs.read(FOLDER / UTOPIA)
    one = reading.assessment
    answer = one.answers["REC-02"]
    elements = {**answer.elements, "a": replace(answer.elements["a"], met=False)}
    changed = replace(answer, elements=elements, ratings={**answer.ratings, "practice": "none"})
    other = replace(one, answers={**one.answers, "REC-02": changed})
    for name, made in (("a.xlsx", one), ("b.xlsx", other)):
        (tmp_path / name).write_bytes(app.workbook_of(reading.checklist, made, "en"))
    return "a.xlsx", "b.xlsx"


def test_what_differs_is_printed_with_both_cells(run, files):
    counted, first, _, second, _ = run("diff", *files).out.splitlines()
    assert first == "REC-02.a, Answer: yes → no"
    assert second == "REC-02:practice, Answer: Applied in part → Not applied"
    assert counted == "2 differences: a.xlsx; b.xlsx"


def test_what_several_rows_share_is_said_once_and_a_note_takes_one_line(run, tmp_path):
    reading = inputs.read(FOLDER / UTOPIA)
    one = reading.assessment
    told = {id: replace(one.answers[id], to_confirm="As last time.\nOr not?") for id in ("GEN-01", "REC-01")}
    for name, made in (("a.xlsx", one), ("b.xlsx", replace(one, answers={**one.answers, **told}))):
        (tmp_path / name).write_bytes(app.workbook_of(reading.checklist, made, "en"))
    assert run("diff", "a.xlsx", "b.xlsx").out.splitlines() == [
        "2 differences: a.xlsx; b.xlsx",
        "To confirm: (blank) → As last time. Or not?",
        "  2 rows: GEN-01, REC-01",
    ]


def test_in_french(run, files):
    assert "REC-02.a, Réponse\xa0: oui → non" in run("diff", *files, LEGCHECK_LANGUAGE="fr").out


def test_a_file_and_itself_do_not_differ(run, files):
    assert run("diff", files[0], files[0]).out.splitlines() == ["0 differences: a.xlsx; a.xlsx"]


def test_json_names_the_cell_that_says_it(run, tmp_path, files):
    made = json.loads(run("diff", *files, "--format", "json").out)
    assert made["files"] == ["a.xlsx", "b.xlsx"]
    first = made["differences"][0]
    assert (first["provision"], first["field"]) == ("REC-02", "elements.a")
    for name, at in zip(files, first["values"], strict=True):
        assert load_workbook(tmp_path / name)[at["sheet"]][at["cell"]].value == at["value"]


def test_the_workbook_sets_them_side_by_side(run, tmp_path, files):
    assert run("diff", *files, "--out", "diff.xlsx").code == 0
    rows = list(load_workbook(tmp_path / "diff.xlsx").active.iter_rows(values_only=True))
    head = next(row for row in rows if row[0] == "Row")
    assert head == ("Row", "Column", "a.xlsx", "b.xlsx", "Where in a.xlsx", "Where in b.xlsx")
    assert rows[rows.index(head) + 1][:4] == ("REC-02.a", "Answer", "yes", "no")


@pytest.mark.parametrize("options", [("--format", "xlsx"), ("--format", "json", "--out", "diff.json"), ("--format", "yaml")])
def test_formats_that_do_not_fit_are_refused(run, files, options):
    assert run("diff", *files, *options).code == 2


def test_a_file_with_errors_is_not_compared(run, files):
    ran = run("diff", files[0], FOLDER / MISTAKES)
    assert ran.code == 1
    assert "A308" in ran.err
    assert not ran.out


def test_another_version_is_named(run, files):
    assert run("new", "--country", "XUT", "--checklist", "vot@1.0", "--out", "old.xlsx").code == 0
    ran = run("diff", files[0], "old.xlsx")
    assert ran.code == 1
    assert "A029" in ran.err
