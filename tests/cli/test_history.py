"""What was changed in an assessment, as the command prints it."""

import json
from dataclasses import replace
from datetime import date

import pytest

from legcheck import app, inputs
from legcheck.model import Revision
from tests.samples import FOLDER, UTOPIA

CHANGES = (
    Revision(date(2026, 7, 1), "GEN-04", "elements.b", "no", "yes", "Ministry of Justice", "The decree says it.", "justice.xlsx"),
    Revision(date(2026, 7, 1), "GEN-04", "law", "none", "partial"),
    Revision(date(2026, 8, 1), "L1", "title", "", "Act"),
)


@pytest.fixture
def file(tmp_path):
    reading = inputs.read(FOLDER / UTOPIA)
    changed = replace(reading.assessment, history=CHANGES)
    (tmp_path / "changed.xlsx").write_bytes(app.workbook_of(reading.checklist, changed, "en"))
    return "changed.xlsx"


def test_the_history_says_when_who_what_and_why(run, file):
    assert run("history", file).out.splitlines() == [
        "1 July 2026; Ministry of Justice; justice.xlsx",
        "  GEN-04.b, Answer: no → yes",
        "    Why: The decree says it.",
        "1 July 2026",
        "  GEN-04:law, Answer: Not provided for → Partly provided for",
        "1 August 2026",
        "  L1, Title: (blank) → Act",
    ]


@pytest.mark.parametrize(
    ("asked", "places"), [("gen-04", [0, 1]), ("GEN-04.b", [0]), ("l1", [2]), ("GEN-05", []), ("GEN-04.a", [])]
)
def test_the_history_of_one_thing(run, file, asked, places):
    made = json.loads(run("history", file, asked, "--format", "json").out)["changes"]
    assert [(one["provision"], one["field"]) for one in made] == [(CHANGES[at].provision, CHANGES[at].field) for at in places]


def test_the_history_speaks_french_and_says_where_there_is_none(run, file):
    french = run("history", file, "GEN-04.b", LEGCHECK_LANGUAGE="fr").out
    assert "GEN-04.b, Réponse\xa0: non → oui" in french
    assert run("history", str(FOLDER / UTOPIA)).out.startswith("No change is recorded in ")


def test_the_history_of_what_does_not_exist_is_refused(run, file):
    assert (run("history", file, "GEN-99").code, run("history", file, "GEN-04.z").code, run("history", "no.xlsx").code) == (
        2,
        2,
        2,
    )


def test_a_result_file_keeps_the_history(run, file):
    assert run("report", file, "--out", "out", "--format", "json").code == 0
    assert run("history", "out/XUT-2026-06-30-result.json").out == run("history", file).out


def test_the_public_edition_tells_nothing_of_it(run, file, tmp_path):
    assert run("report", file, "--out", "out", "--format", "html", "--edition", "public").code == 0
    assert "The decree says it." not in (tmp_path / "out" / "XUT-2026-06-30-public-country-report.html").read_text("utf-8")
