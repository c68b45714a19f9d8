"""Every command on real input, as a user runs it."""

import json
import os
import subprocess
import sys
import zipfile
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from openpyxl import load_workbook

from legcheck import __version__, provisions
from tests.cli.reference import reference


def _everything_in(workbook: Path) -> str:
    """All texts of a workbook, wherever they are kept in it."""
    with zipfile.ZipFile(workbook) as parts:
        return unescape(b"".join(parts.read(name) for name in parts.namelist() if name.endswith(".xml")).decode())


def test_version(run):
    assert run("--version").out == f"legcheck {__version__}\n"


def test_the_reference_of_commands_is_current():
    assert (Path(__file__).parents[2] / "docs" / "commands.md").read_text("utf-8") == reference(), "run `make docs`"


def test_demo_makes_everything_and_says_what_to_open(run, tmp_path):
    done = run("demo", "--out", "demo")
    assert done.code == 0
    made = {path.name for path in (tmp_path / "demo").iterdir()}
    for country in ("ESP", "XUT"):
        report = "reading" if country == "ESP" else "country-report"
        for end in (f"{report}.docx", f"{report}.html", "annex.docx", "annex.xlsx", "result.json"):
            assert any(name.startswith(country) and name.endswith(end) for name in made), (country, end)
    assert "XUT-with-mistakes-please-correct.xlsx" in made
    assert all(name in done.out for name in made)
    again = run("demo", "--out", "demo")
    assert again.code == 2
    assert "R101" in again.err
    assert run("demo", "--out", "demo", "--force").code == 0


def test_a_new_workbook_is_made_and_its_burden_shown(run, tmp_path):
    done = run("new", "--country", "ESP", "--out", "spain.xlsx", "--as-of", "2026-01-01")
    assert done.code == 0
    assert (tmp_path / "spain.xlsx").is_file()
    assert "135 provisions, about 5 hours if you know the law, up to 11 hours with the statute at hand" in done.out
    assert "21 core provisions, about 40 minutes if you know the law, up to 2 hours" in done.out
    checked = run("check", "spain.xlsx")
    assert checked.code == 0
    assert run("score", "spain.xlsx").code == 1
    assert "A014" in run("score", "spain.xlsx").err


def test_a_short_form_in_french(run, tmp_path):
    done = run("new", "--country", "MLI", "--out", "mali.xlsx", "--short", "--language", "fr", LEGCHECK_LANGUAGE="fr")
    assert done.code == 0
    assert "* forme courte" in done.out
    strings = _everything_in(tmp_path / "mali.xlsx")
    assert "Entièrement prévu" in strings
    assert "REC-04" in strings
    assert "REC-03" not in strings


def test_a_country_without_a_name_is_asked_for_one_at_once(run):
    done = run("new", "--country", "XUT", "--out", "x.xlsx")
    assert done.code == 0
    assert "fill in 'Country name' on the sheet 'Start'" in done.err
    french = run("new", "--country", "XUT", "--out", "y.xlsx", "--language", "fr")
    assert "fill in 'Nom du pays' on the sheet 'Accueil'" in french.err
    assert run("new", "--country", "XUT", "--country-name", "Utopia", "--out", "z.xlsx").err == ""
    assert run("new", "--country", "ESP", "--out", "e.xlsx").err == ""


def test_check_prints_every_mistake_with_its_cell(run, mistakes):
    done = run("check", mistakes)
    assert done.code == 1
    assert done.out == ""
    for code in ("A301", "A304", "A307", "A308", "A401", "A403", "A901"):
        assert code in done.err
    assert "XUT-with-mistakes.xlsx › GEN Purpose, definitions, scope!C20: error A301 'partail' is not a rating." in done.err


def test_check_as_json_is_for_other_programs(run, mistakes, utopia):
    done = run("check", mistakes, utopia, "--format", "json")
    assert done.code == 1
    first, second = json.loads(done.out)["files"]
    assert {issue["code"] for issue in first["issues"]} >= {"A301", "A308"}
    assert all(issue["cell"] for issue in first["issues"])
    assert second["issues"] == []
    assert second["assessments"] == [
        {"country": "XUT", "as_of": "2026-06-30", "provisions": 135, "answered": {"law": 126, "practice": 100}}
    ]


def test_check_says_how_much_is_answered(run, utopia, mistakes, tmp_path):
    answered = "Law: 126 of 135 provisions answered; Practice: 100 of 135 provisions answered"
    assert run("check", utopia).out.splitlines() == [f"{utopia}: no problems found", answered]
    assert run("check", mistakes).err.splitlines()[-1].startswith("Law: 125 of 135 provisions answered")
    run("new", "--country", "ESP", "--short", "--out", "short.xlsx")
    assert run("check", "short.xlsx").out.splitlines()[1].startswith("Law: 0 of 21 provisions answered")
    rows = "country,as_of,provision,rating\nNAM,2024-01-01,REC-02,partial\nESP,2024-01-01,REC-02,none\n"
    (tmp_path / "answers.csv").write_text(rows, "utf-8")
    first, second = run("check", "answers.csv", LEGCHECK_LANGUAGE="fr").out.splitlines()[1:]
    assert first.startswith("NAM 2024-01-01 · Droit, dispositions renseignées : 1 sur 135")
    assert second.startswith("ESP 2024-01-01 · ")


def test_a_marked_copy_is_handed_back(run, mistakes, tmp_path):
    done = run("check", mistakes, "--annotate", "marked.xlsx")
    assert done.code == 1
    assert done.out == "marked.xlsx\n"
    assert run("check", "marked.xlsx").err.replace("marked.xlsx", mistakes.name) == run("check", mistakes).err


def test_score_as_text_and_as_json_agree(run, utopia):
    text = run("score", utopia)
    tree = json.loads(run("score", utopia, "--format", "json").out)
    assert tree["format"] == 2
    assert tree["country"] == "XUT"
    assert set(tree["checklist"]) >= {"id", "version", "digest"}
    for dimension in ("law", "practice"):
        total = tree["scores"][dimension]["total"]
        assert set(total) >= {"low", "central", "high", "answered", "applicable", "assessed_share", "display"}
        assert total["display"] in text.out
        assert 0 <= total["low"] <= total["central"] <= total["high"] <= 1
        for score in tree["scores"][dimension]["chapters"].values():
            assert score["display"] in text.out


@pytest.mark.parametrize(("share", "code"), [("10%", 3), ("0", 3), ("0.3", 3)])
def test_fail_under_needs_every_assessed_dimension_to_be_known(run, utopia, share, code):
    """The practice of the sample is answered for less than the minimum, so it surely reaches nothing."""
    assert run("score", utopia, "--fail-under", share).code == code


def test_fail_under_on_law_alone(run, tmp_path):
    every = provisions.load("vot").provisions
    rows = [f"XNE,2026-01-01,{id},{'none' if id.endswith('1') else 'full'}\n" for id in every]
    (tmp_path / "law.csv").write_text("country,as_of,provision,rating\n" + "".join(rows), "utf-8")
    assert run("score", "law.csv", "--fail-under", "1%").code == 0
    assert run("score", "law.csv", "--fail-under", "99%").code == 3


@pytest.mark.parametrize(
    "words",
    [
        ("score", "--fail-under", "1%"),
        ("plan", "--out", "plan"),
        ("plan", "--what-if", "GEN-M01"),
        ("plan", "--target", "50%"),
        ("plan", "--effort", "3"),
        ("report", "--out", "out", "--plan", "plan.xlsx"),
    ],
    ids=" ".join,
)
def test_a_reading_of_texts_has_no_score_to_test_and_nothing_to_plan_from(run, spain, tmp_path, words):
    command, *options = words
    done = run(command, spain, *options)
    assert done.code == 1
    assert (done.out, done.err.count("R405")) == ("", 1)
    assert not any((tmp_path / name).exists() for name in ("plan", "out"))


def test_explain_ends_in_the_cells(run, utopia):
    done = run("explain", utopia, "law.REP")
    assert done.code == 0
    assert "REP Reparation and compensation!C4" in done.out
    assert "REP-01" in done.out


def test_explain_of_a_total_is_short_and_names_what_shows_the_whole(run, utopia):
    short, whole = (run("explain", utopia, "law.total", *more).out for more in ((), ("--all",)))
    assert len(short.splitlines()) < 50 < len(whole.splitlines())
    assert "The gaps that weigh most in it" in short
    assert "legcheck explain FILE law.total --all" in short
    assert "REP Reparation and compensation!C4" in whole
    assert "!C4" not in short


def test_explain_of_a_reading_shows_counts_by_chapter(run, spain):
    shown = run("explain", spain, "law.total").out
    assert "provisions in full or in part" in shown
    assert "The gaps that weigh most" not in shown


def test_explain_of_one_provision_shows_its_worth_and_elements(run, utopia):
    shown = run("explain", utopia, "law.REC-02").out
    assert "Partly provided for: worth 0.4 × weight 2 = 0.8" in shown
    present, missing = shown.partition("Elements present")[2].split("Elements missing")
    assert "a) any lawful means of proof is accepted" in present
    assert "b) official lists, known facts or presumptions can stand for individual proof" in missing
    assert "Elements present" not in run("explain", utopia, "practice.REC-02").out


def test_what_nobody_assessed_is_explained_as_just_that(run, spain):
    shown = run("explain", spain, "practice.JUS-05").out
    assert "not assessed" in shown
    assert "elements" not in shown


def test_explain_of_a_bare_provision_shows_every_dimension(run, utopia):
    both = run("explain", utopia, "rec-02")
    each = [run("explain", utopia, f"{key}.REC-02").out for key in ("law", "practice")]
    assert (both.code, both.out) == (0, "".join(each))


@pytest.mark.parametrize(("figure", "shown"), [("law.EMR-08", "not assessed: not counted"), ("law.XBR-03", ": not counted")])
def test_explain_of_a_provision_that_does_not_count_lists_its_elements(run, utopia, figure, shown):
    done = run("explain", utopia, figure)
    assert shown in done.out
    assert "\nElements\n  a) " in done.out
    assert "Elements missing" not in done.out


def test_a_report_can_be_made_again_without_the_workbook(run, utopia, tmp_path):
    assert run("report", utopia, "--out", "first", "--format", "json,html").code == 0
    (result,) = (tmp_path / "first").glob("*.json")
    assert run("report", result, "--out", "second", "--format", "json,html").code == 0
    for path in (tmp_path / "first").iterdir():
        assert path.read_bytes() == (tmp_path / "second" / path.name).read_bytes(), path.name


def test_the_public_edition_is_written_under_names_of_its_own(run, utopia, tmp_path):
    assert run("report", utopia, "--out", "all", "--edition", "public").code == 0
    assert {path.name for path in (tmp_path / "all").iterdir()} == {
        "XUT-2026-06-30-public-country-report.docx",
        "XUT-2026-06-30-public-annex.docx",
        "XUT-2026-06-30-public-country-report.html",
        "XUT-2026-06-30-public-annex.xlsx",
    }


def test_the_public_edition_has_no_result_file(run, utopia, tmp_path):
    done = run("report", utopia, "--out", "all", "--edition", "public", "--format", "html,json")
    assert (done.code, done.out) == (2, "")
    assert "R105 A result file (json) needs every answer, so the public edition has none." in done.err
    assert not (tmp_path / "all").exists()


def test_a_result_file_makes_the_same_public_edition(run, utopia, tmp_path):
    run("report", utopia, "--out", "first", "--format", "json")
    (result,) = (tmp_path / "first").glob("*.json")
    for source, folder in ((utopia, "one"), (result, "two")):
        assert run("report", source, "--out", folder, "--edition", "public", "--format", "html").code == 0
    (one,), (two,) = ((tmp_path / folder).iterdir() for folder in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize(("part", "changed"), [("central", 0.99), ("answered", 3), ("full", 4), ("elements_met", 70)])
def test_a_result_whose_figures_were_changed_is_refused(run, utopia, tmp_path, part, changed):
    run("report", utopia, "--out", "first", "--format", "json")
    (result,) = (tmp_path / "first").glob("*.json")
    tree = json.loads(result.read_text("utf-8"))
    tree["scores"]["law"]["chapters"]["REP"][part] = changed
    result.write_text(json.dumps(tree), "utf-8")
    done = run("score", result)
    assert done.code == 1
    assert "R003" in done.err
    assert f"law.REP {part}: {changed}" in done.err


def test_a_file_of_another_country_than_the_one_asked_for_is_refused(run, utopia):
    assert run("score", utopia, "--country", "XUT@2026-06-30").code == 0
    for wanted in ("ESP", "XUT@2025-01-01"):
        done = run("score", utopia, "--country", wanted)
        assert done.code == 2
        assert "A028" in done.err


@pytest.mark.parametrize("sample", ["XUT-2026-06-30.xlsx", "ESP-2026-01-02.xlsx"])
def test_a_result_whose_counts_were_changed_is_refused(run, utopia, tmp_path, sample):
    run("report", utopia.parent / sample, "--out", "first", "--format", "json")
    (result,) = (tmp_path / "first").glob("*.json")
    assert run("score", result).code == 0
    tree = json.loads(result.read_text("utf-8"))
    total = tree["scores"]["law"]["total"]
    total["full"], total["partly"] = total["full"] + 1, total["partly"] - 1
    result.write_text(json.dumps(tree), "utf-8")
    done = run("score", result)
    assert done.code == 1
    assert f"R003 The figures in this result do not follow from its answers (law.total full: {total['full']} in" in done.err


def test_reports_are_the_same_bytes_from_the_same_input(run, utopia, tmp_path):
    for folder in ("one", "two"):
        assert run("report", utopia, "--out", folder, PYTHONHASHSEED=str(len(folder) * 7 + ord(folder[0]))).code == 0
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name


def test_an_answers_table_is_read_like_a_workbook(run, tmp_path):
    rows = ["country,as_of,provision,rating,dimension,elements,citation,note,assessor"]
    rows += [f"NA,2026-01-01,GEN-{n:02d},none,law,,,," for n in range(1, 11)]
    (tmp_path / "answers.csv").write_text("\n".join(rows) + "\n", "utf-8")
    tree = json.loads(run("score", "answers.csv", "--format", "json").out)
    assert tree["country"] == "NAM"
    assert tree["scores"]["law"]["chapters"]["GEN"]["central"] == 0
    assert tree["scores"]["law"]["total"]["answered"] == 10


def test_one_assessment_of_a_table_of_several_is_chosen(run, tmp_path):
    rows = ["country,as_of,provision,rating", "ESP,2026-01-01,GEN-01,none", "FRA,2026-01-01,GEN-01,none"]
    (tmp_path / "answers.csv").write_text("\n".join(rows) + "\n", "utf-8")
    done = run("score", "answers.csv")
    assert done.code == 2
    assert "A016" in done.err
    assert json.loads(run("score", "answers.csv", "--country", "FRA", "--format", "json").out)["country"] == "FRA"


def test_provisions_list_and_show(run):
    assert "vot" in run("provisions", "list").out
    assert "REC-02" in run("provisions", "list", "--checklist", "vot").out
    shown = run("provisions", "show", "rec-02").out
    assert "Broad means of proof" in shown
    assert "BPG 12" in shown
    assert "Moyens de preuve" in run("provisions", "show", "REC-02", "--language", "fr").out


def test_provisions_check_and_schema(run):
    done = run("provisions", "check")
    assert done.code == 0
    assert "135 provisions, 732 elements" in done.out
    assert json.loads(run("provisions", "schema").out)["title"] == "ChecklistEntry"


def test_commands_speak_french_when_asked(run, mistakes, utopia):
    assert "erreur A301" in run("check", mistakes, LEGCHECK_LANGUAGE="fr").err
    assert "Droit" in run("score", utopia, LEGCHECK_LANGUAGE="fr").out
    assert "consulter et contrôler" in run("--help", LEGCHECK_LANGUAGE="fr").out


def test_today_is_the_date_of_law_unless_another_is_given(run, tmp_path):
    run("new", "--country", "FRA", "--out", "fr.xlsx")
    everything = _everything_in(tmp_path / "fr.xlsx")
    assert date.today().isoformat() in everything or str((date.today() - date(1899, 12, 30)).days) in everything


@pytest.mark.parametrize(("typed", "offered"), [("legcheck pro", "provisions"), ("legcheck provisions sh", "show")])
def test_the_shell_completes_commands(typed, offered, tmp_path):
    environment = os.environ | {"_LEGCHECK_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": str(typed.count(" "))}
    command = Path(sys.executable).with_name("legcheck")
    done = subprocess.run([command], env=environment, cwd=tmp_path, text=True, capture_output=True, check=False)
    assert offered in done.stdout.split()


def test_a_short_form_is_scored_over_what_it_asks_and_says_so(run, tmp_path):
    run("new", "--country", "ESP", "--out", "short.xlsx", "--short", "--as-of", "2026-01-01")
    book = load_workbook(tmp_path / "short.xlsx")
    for row in (row for sheet in book for row in sheet.iter_rows()):
        if str(row[0].value).endswith(":law"):
            row[2].value = "Not provided for"
    book.save(tmp_path / "short.xlsx")
    done = run("score", "short.xlsx")
    assert done.code == 0, done.err
    assert "compared with a checklist of 21 provisions" in " ".join(done.out.split())
    assert "Short form: only the 21 core provisions were asked" in done.out
    assert run("report", "short.xlsx", "--out", "out", "--format", "json,html").code == 0
    (result,) = (tmp_path / "out").glob("*.json")
    assert "compared with a checklist of 21 provisions" in " ".join(run("score", result).out.split())


def test_a_result_is_shown_in_any_language_long_after(run, utopia, tmp_path):
    run("report", utopia, "--out", "first", "--format", "json", "--language", "en")
    (result,) = (tmp_path / "first").iterdir()
    assert run("report", result, "--out", "again", "--format", "html", "--language", "fr").code == 0
    (page,) = (tmp_path / "again").iterdir()
    text = page.read_text("utf-8")
    assert "Partiellement prévu" in text
    assert "Partly provided for" not in text


def test_check_reads_every_assessment_of_a_table(run, tmp_path):
    rows = ["country,as_of,provision,rating", "ESP,2026-01-01,GEN-01,nonne", "FRA,2026-01-01,GEN-99,none"]
    (tmp_path / "answers.csv").write_text("\n".join(rows) + "\n", "utf-8")
    done = run("check", "answers.csv")
    assert done.code == 1
    assert "A301" in done.err
    assert "A201" in done.err


@pytest.mark.parametrize("country", ["NA", "NAM", "nam@2026-01-01"])
def test_a_country_of_a_table_is_named_by_any_of_its_codes(run, tmp_path, country):
    rows = ["country,as_of,provision,rating", "NA,2026-01-01,GEN-01,none", "FRA,2026-01-01,GEN-01,none"]
    (tmp_path / "answers.csv").write_text("\n".join(rows) + "\n", "utf-8")
    assert json.loads(run("score", "answers.csv", "--country", country, "--format", "json").out)["country"] == "NAM"
    missing = run("score", "answers.csv", "--country", "ESP")
    assert missing.code == 2
    assert "NAM@2026-01-01" in missing.err


def test_figures_are_found_in_any_case(run, utopia):
    assert run("explain", utopia, "LAW.rep").out == run("explain", utopia, "law.REP").out


def test_a_report_is_verified_against_its_workbook(run, utopia, tmp_path):
    run("report", utopia, "--out", "r", "--format", "html")
    page = tmp_path / "r" / "XUT-2026-06-30-country-report.html"
    assert "exactly as it was made" in run("verify", page, utopia).out
    page.write_text(page.read_text("utf-8").replace("12(4)", "12(5)"), "utf-8")
    told = run("verify", page, utopia)
    assert told.code == 1
    assert "12(4)" in told.out
    assert "12(5)" in told.out
    assert "Give that file as well" in run("verify", page).out


def test_the_public_edition_does_not_claim_to_list_warnings(run, utopia):
    begun = utopia.with_name("XNE-2026-03-31.xlsx")
    assert "the report lists" in run("report", begun, "--out", "a", "--format", "html").err
    done = run("report", begun, "--out", "b", "--format", "html", "--edition", "public")
    assert "The public edition does not list" in done.err
    assert "the report lists" not in done.err
