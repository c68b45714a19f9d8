"""The parts of an assessment as files."""

import pytest

from legcheck import inputs, provisions
from legcheck.workbook import Form, identify
from tests.samples import FOLDER, MISTAKES, UTOPIA

TABLE = "part;chapters\nMinistry of Justice;REC, JUS-02\nMinistry of Health;AST EMR-01\n"


def parts_in(folder):
    return sorted(folder.glob("*.xlsx"))


def test_by_chapter_each_file_has_its_answers_and_all_laws(run, tmp_path, utopia):
    ran = run("split", utopia, "--by", "chapter", "--out", "parts", "--return-to", "the review office", "--until", "2026-12-31")
    assert (ran.code, ran.err) == (0, "")
    whole = inputs.read(utopia).assessment
    assert len(ran.out.splitlines()) == len(provisions.load("vot").chapters)
    made = inputs.read(tmp_path / "parts" / "XUT-2026-06-30-REC.xlsx")
    assert made.assessment.answers == {id: one for id, one in whole.answers.items() if id.startswith("REC-")}
    assert made.assessment.laws == whole.laws
    assert not {"A411", "A203"} & {issue.code for issue in made.issues}
    assert made.form == Form(provisions=tuple(id for id in made.checklist.provisions if id.startswith("REC-")))
    assert sum(len(inputs.read(path).assessment.answers) for path in parts_in(tmp_path / "parts")) == len(whole.answers)
    assert "Law: 8 of 8 provisions answered" in run("check", tmp_path / "parts" / "XUT-2026-06-30-REC.xlsx").out
    start = identify(tmp_path / "parts" / "XUT-2026-06-30-REC.xlsx").book.rows("Start")
    texts = [str(cell) for row in start[:5] for cell in row if cell]
    assert "Checklist vot, version 2.0; Recognition of victim status; chapters REC only" in texts
    assert "Please return this file by 31 December 2026 to the review office." in texts


def test_by_lead_in_french(run, tmp_path, utopia):
    assert run("split", utopia, "--by", "lead", "--out", "parts", "--language", "fr").code == 0
    path = tmp_path / "parts" / "XUT-2026-06-30-justice.xlsx"
    assert identify(path).language == "fr"
    texts = [str(cell) for row in identify(path).book.rows("Accueil")[:4] for cell in row if cell]
    count = len(identify(path).form.provisions)
    assert f"Grille vot, version 2.0\xa0; ministère de la justice\xa0; {count} dispositions seulement" in texts


def test_by_a_table_and_what_nobody_gets_is_named(run, tmp_path, utopia):
    (tmp_path / "who.csv").write_text(TABLE)
    ran = run("split", utopia, "--by", "who.csv", "--out", "parts")
    assert ran.code == 0
    assert [path.name for path in parts_in(tmp_path / "parts")] == [
        "XUT-2026-06-30-ministry-of-health.xlsx",
        "XUT-2026-06-30-ministry-of-justice.xlsx",
    ]
    assert "A604 Nobody is asked about GEN, EMR-02" in ran.err


@pytest.mark.parametrize(
    ("table", "code"),
    [
        (TABLE + "Ministry of Health;JUS\n", "A603"),
        (TABLE + "Ministry of Health;HEALTH\n", "A602"),
        (TABLE + "Ministry of Health;\n", "A309"),
        (TABLE.replace("chapters", "fields"), "A102"),
    ],
)
def test_a_table_with_mistakes_makes_no_files(run, tmp_path, utopia, table, code):
    (tmp_path / "who.csv").write_text(table)
    ran = run("split", utopia, "--by", "who.csv", "--out", "parts")
    assert ran.code == 1
    assert code in ran.err
    assert not (tmp_path / "parts").exists()


def test_a_short_form_stays_short(run, tmp_path):
    assert run("new", "--country", "XUT", "--country-name", "Utopia", "--short", "--out", "short.xlsx").code == 0
    ran = run("split", "short.xlsx", "--by", "chapter", "--out", "parts")
    assert (ran.code, ran.err) == (0, "")
    for path in parts_in(tmp_path / "parts"):
        made = inputs.read(path)
        assert (made.checklist.short, made.issues.found) == (True, [])
        assert all(made.checklist.provisions[id].core for id in made.form.provisions)


def test_a_file_with_errors_is_not_split(run, tmp_path):
    ran = run("split", FOLDER / MISTAKES, "--by", "chapter", "--out", "parts")
    assert ran.code == 1
    assert "A308" in ran.err
    assert not (tmp_path / "parts").exists()


def test_files_in_the_way_stay(run, tmp_path):
    for code in (0, 2):
        assert run("split", FOLDER / UTOPIA, "--by", "chapter", "--out", "parts").code == code
    assert run("split", FOLDER / UTOPIA, "--by", "chapter", "--out", "parts", "--force").code == 0
