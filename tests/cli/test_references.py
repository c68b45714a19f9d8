"""The numbers of a published document: checked, kept beside workbooks, and shown by every command that reads these."""

import json
import shutil
from pathlib import Path

import pytest

NUMBERS = """provision,number,confirmed_by,date,document
REC-01,4(2),Legal office,2026-06-30,Model act
GEN-02,=1+1,Legal office,2026-07-01,Model act
"""


@pytest.fixture
def here(utopia, tmp_path) -> Path:
    """A sample and a references file in an empty folder."""
    shutil.copy(utopia, tmp_path / "utopia.xlsx")
    (tmp_path / "numbers.csv").write_text(NUMBERS, "utf-8")
    return tmp_path


def test_numbers_are_checked_and_kept_beside_workbooks(run, here):
    checked = run("provisions", "references", "numbers.csv")
    assert (checked.code, checked.err) == (0, "")
    assert "2 of 135 provisions have a number" in checked.out
    assert "GEN-01, GEN-03" in checked.out
    assert "REC-08, EMR, AST" in checked.out, "a chapter without any number is named as a whole"
    assert not (here / "references.csv").exists()
    kept = run("provisions", "references", "numbers.csv", "--to", "utopia.xlsx")
    assert (kept.code, kept.out.splitlines()[-1]) == (0, "references.csv")
    again = run("provisions", "references", "numbers.csv", "--to", ".")
    assert (again.code, "R101" in again.err) == (2, True)
    assert run("provisions", "references", "references.csv", "--to", ".", "--force").code == 0
    assert "2 dispositions sur 135" in run("provisions", "references", "references.csv", LEGCHECK_LANGUAGE="fr").out


def test_a_file_with_faults_is_refused_whole(run, here):
    (here / "bad.csv").write_text(NUMBERS + "REC-99,5,Legal office,2026-06-30,\nGEN-03,,,soon,\n", "utf-8")
    done = run("provisions", "references", "bad.csv", "--to", ".")
    assert done.code == 1
    assert not (here / "references.csv").exists()
    assert [code for code in ("A201", "A309", "A609") if code in done.err] == ["A201", "A309", "A609"]
    assert "bad.csv:4" in done.err
    shutil.copy(here / "bad.csv", here / "references.csv")
    assert run("report", "utopia.xlsx", "--out", "out").code == 1
    assert run("provisions", "references", "numbers.csv", "--to", "no-such.xlsx").code == 2
    assert run("provisions", "references", "no-such.csv").code == 2


def test_every_command_shows_them(run, here):
    run("provisions", "references", "numbers.csv", "--to", ".")
    assert run("report", "utopia.xlsx", "--out", "out", "--format", "html,json").code == 0
    page = next((here / "out").glob("*.html")).read_text("utf-8")
    assert "published no. 4(2)" in page
    assert "Legal office" in page
    result = next((here / "out").glob("*.json"))
    assert json.loads(result.read_text("utf-8"))["definition"]["references"]["REC-01"]["number"] == "4(2)"
    assert "published no. 4(2)" in run("explain", "utopia.xlsx", "law.REC-01").out
    assert "published no. 4(2)" in run("find", "REC-01", "utopia.xlsx").out
    found = json.loads(run("find", "GEN-02", ".", "--format", "json").out)
    assert found["number"] == "=1+1", "and the file of numbers is not taken for an assessment"
    assert run("plan", "utopia.xlsx", "--out", "plan", "--format", "json").code == 0
    assert "published no. 4(2)" in run("provisions", "show", "REC-01", "--references", "references.csv").out
    assert run("new", "--country", "ESP", "--out", "new.xlsx", "--references", "numbers.csv").code == 0
    assert run("check", "new.xlsx").code == 0
    last = run("new", "--from", "utopia.xlsx", "--as-of", "2027-06-30", "--out", "next.xlsx", "--references", "numbers.csv")
    assert last.code == 0, last.err

    (here / "references.csv").unlink()
    assert run("report", result, "--out", "again", "--format", "html").code == 0
    assert next((here / "again").glob("*.html")).read_text("utf-8") == page, "a result file keeps its numbers"
    assert "published" not in run("explain", "utopia.xlsx", "law.REC-01").out
    assert "published" not in run("provisions", "show", "REC-01").out
    assert run("verify", next((here / "out").glob("*.html")), "utopia.xlsx").code == 1
    assert run("verify", next((here / "out").glob("*.html")), "utopia.xlsx", "--references", "numbers.csv").code == 0


def test_numbers_are_looked_for_in_the_document_as_in_any_law(run, tmp_path):
    """Somebody who has the document sees which of its provisions may correspond to ours, and confirms what does."""
    articles = {
        "1. Recognition": "A simple and free procedure recognises a person as a victim within a fixed time.",
        "2. Proof": "Any lawful means of proof is accepted; official lists may stand for individual proof.",
    }
    text = "\n\n".join(f"Article {head}\n{body}" for head, body in articles.items())
    (tmp_path / "act.md").write_text(f"# Model act\n\n{text}\n", "utf-8")
    assert run("texts", "add", "act.md", "--to", ".", "--yes").code == 0
    assert run("new", "--country", "ESP", "--out", "blank.xlsx").code == 0
    rows = run("texts", "suggest", "blank.xlsx", "--format", "csv").out.splitlines()
    first = {row.split(",")[0]: row.split(",")[2] for row in reversed(rows)}
    assert (first["REC-01"], first["REC-02"]) == ("1", "2")
