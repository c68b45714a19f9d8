"""How far two readers agree, as the command prints it."""

import json
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from legcheck import app, inputs
from tests.samples import FOLDER, UTOPIA

OTHER_ROUND = "XUT-2023-06-30.xlsx"


@pytest.fixture
def files(tmp_path):
    """A sample, and what a second reader made of it: one element and one rating judged otherwise, one rating left blank."""
    reading = inputs.read(FOLDER / UTOPIA)
    one = reading.assessment
    first, second = one.answers["REC-02"], one.answers["GEN-01"]
    elements = {**first.elements, "a": replace(first.elements["a"], met=False, legal_basis="", citations=())}
    answers = {
        "REC-02": replace(first, elements=elements, ratings={**first.ratings, "practice": "none"}),
        "GEN-01": replace(second, ratings={}),
    }
    other = replace(one, answers={**one.answers, **answers})
    for name, made in (("a.xlsx", one), ("b.xlsx", other)):
        (tmp_path / name).write_bytes(app.workbook_of(reading.checklist, made, "en"))
    return "a.xlsx", "b.xlsx"


def test_agreement_comes_first_and_then_each_difference_with_what_is_cited(run, files):
    ran = run("reconcile", *files)
    assert ran.code == 0
    lines = ran.out.splitlines()
    heads = [line for line in lines if "differ (" in line]
    assert [line.partition(":")[0] for line in heads] == ["Elements", "Law", "Practice"]
    assert heads[0].startswith("Elements: 1 of ")
    assert "Krippendorff's alpha" in heads[2]
    at = lines.index("REC-02.a, Answer")
    assert lines[at + 1 : at + 3] == ["  a.xlsx: yes. L2 s. 12(1)", "  b.xlsx: no."]
    assert "REC-02:practice, Answer" in lines[at:]


def test_json_has_the_counts_and_the_cells(run, files):
    tree = json.loads(run("reconcile", *files, "--format", "json").out)
    elements, law, practice = tree["agreement"]
    assert (elements["of"], law["of"], practice["of"]) == ("elements", "law", "practice")
    assert elements["counts"]["total"]["differ"] == elements["counts"]["REC"]["differ"] == 1
    assert practice["counts"]["GEN"]["alone"] == 1
    assert 0.9 < elements["alpha"]["low"] <= elements["alpha"]["value"] < 1
    listed = [(one["provision"], one["field"]) for one in tree["differences"]]
    assert listed == [("REC-02", "elements.a"), ("REC-02", "practice")], "what one reader alone answered is counted, not listed"
    assert tree["differences"][0]["values"][0]["basis"] == "L2 s. 12(1)"


def test_in_french(run, files):
    out = run("reconcile", *files, LEGCHECK_LANGUAGE="fr").out
    assert "Alpha de Krippendorff" in out
    assert "REC-02.a, Réponse" in out


@pytest.mark.parametrize(
    ("other", "code"), [(OTHER_ROUND, "A026"), ("XOR-2026-09-30.xlsx", "A026"), ("XUT-with-mistakes.xlsx", "A308")]
)
def test_readings_of_something_else_are_refused(run, files, other, code):
    ran = run("reconcile", files[0], FOLDER / other)
    assert ran.code == 1
    assert code in ran.err
    assert not ran.out


def test_the_same_reading_twice_is_none(run, files, tmp_path):
    (tmp_path / "copy.xlsx").write_bytes((tmp_path / files[0]).read_bytes())
    ran = run("reconcile", files[0], "copy.xlsx")
    assert (ran.code, ran.out) == (1, "")
    assert "A027" in ran.err
    assert "a.xlsx" in ran.err


def test_without_anything_in_common_no_table_of_noughts_is_printed(run, files):
    assert run("sample", files[0], "--out", "second.xlsx").code == 0
    said = run("reconcile", files[0], "second.xlsx").out.splitlines()
    assert said[0] == "Elements: nothing was answered by more than one reader."
    assert len(said) == 3


def test_two_files_of_one_name_are_told_apart_by_their_folders(run, files, tmp_path):
    for folder, name in zip(("first", "second"), files, strict=True):
        (tmp_path / folder).mkdir()
        (tmp_path / name).rename(tmp_path / folder / "same.xlsx")
    said = run("reconcile", "first/same.xlsx", "second/same.xlsx").out
    assert "first/same.xlsx: yes" in said
    assert "second/same.xlsx: no" in said


def test_one_file_is_too_few(run, files):
    assert run("reconcile", files[0]).code == 2


def test_what_readers_say_differently_is_settled_in_a_workbook_and_merged(run, files, tmp_path):
    assert run("reconcile", *files, "--out-decisions", "settled.xlsx").code == 0
    book = load_workbook(tmp_path / "settled.xlsx")
    rows = {row[1].value + row[2].value.partition("\n")[0]: row for row in book.active.iter_rows(min_row=6)}
    assert rows["REC-02.aAnswer"][2].value == "Answer\nany lawful means of proof is accepted"
    assert rows["REC-02.aAnswer"][3].value == "1) no\n2) yes (L2 s. 12(1))"
    for row, choice in (("REC-02.aAnswer", "2) yes"), ("REC-02:practiceAnswer", "2")):
        rows[row][5].value, rows[row][9].value = choice, "The article says so."
    rows["REC-02.aAnswer"][7].value, rows["REC-02.aAnswer"][8].value = "Review office", "2026-11-28"
    book.save(tmp_path / "settled.xlsx")
    ran = run("merge", *files, "--decisions", "settled.xlsx", "--out", "agreed.xlsx")
    assert (ran.code, ran.out) == (0, "agreed.xlsx\n")
    one = inputs.read(FOLDER / UTOPIA).assessment
    agreed = inputs.read(tmp_path / "agreed.xlsx").assessment
    assert agreed.answers == one.answers
    assert {(change.provision, change.field, change.who) for change in agreed.history} == {
        ("REC-02", "elements.a", "Review office"),
        ("REC-02", "practice", "Review office"),
    }
