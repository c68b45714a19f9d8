"""compare, find and cache as a person runs them."""

import csv
import io
import json
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from openpyxl import load_workbook

from legcheck import kept
from tests.samples import FOLDER, MISTAKES
from tests.samples import workbooks as samples

TABLE = "country,as_of,provision,rating\n"
COMPARE = ("compare", "in", "--out", "out", "--format", "csv")


@pytest.fixture
def folder(tmp_path):
    """The sample workbooks without mistakes."""
    place = tmp_path / "in"
    place.mkdir()
    for path in samples():
        shutil.copy(path, place)
    return place


def scores(tmp_path, name: str = "out", file: str = "scores.csv") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((tmp_path / name / file).read_text("utf-8-sig"), newline="")))


def test_folders_files_and_tables_are_compared_and_the_outputs_are_named(run, folder, tmp_path):
    (tmp_path / "t.csv").write_text(TABLE + "NAM,2026-01-01,REC-02,partial\n")
    done = run("compare", "in", "t.csv", "--out", "out", "--format", "csv,parquet")
    assert done.code == 0
    names = [
        "scores.csv", "readings.csv", "comparison-answers.csv",
        "scores.parquet", "comparison-answers.parquet", "readings.parquet",
    ]  # fmt: skip
    assert done.out.splitlines() == [f"out/{name}" for name in names]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(names)
    assert done.err == "6 assessments and 3 readings of named texts compared. 9 files read.\n"


def test_what_was_not_read_is_said_for_each_file_each_time(run, folder, tmp_path):
    book = load_workbook(folder / "XUT-2026-06-30.xlsx")
    book.create_sheet("Our own notes")["A1"] = "Ask the ministry"
    book.save(folder / "XUT-2026-06-30.xlsx")
    said = "1 thing in in/XUT-2026-06-30.xlsx was not read, or is struck out: run 'legcheck check' to see it."
    for command in (COMPARE, (*COMPARE, "--force"), (*COMPARE, "--force", "--rescore"), ("find", "REC-02", "in")):
        assert run(*command).err.splitlines()[:-1] == [said], command


def test_scores_are_written_whatever_else_is_asked(run, folder, tmp_path):
    assert run("compare", "in", "--out", "out", "--format", "parquet").code == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "scores.csv", "readings.csv", "scores.parquet", "readings.parquet", "comparison-answers.parquet",
    }  # fmt: skip


def test_bad_files_are_named_with_their_issues_and_the_rest_is_compared(run, folder, tmp_path):
    shutil.copy(FOLDER / MISTAKES, folder)
    (folder / "scan.xlsx").write_bytes(b"%PDF-1.7")
    done = run(*COMPARE)
    assert done.code == 1
    lines = done.err.splitlines()
    assert [line for line in lines if line.startswith("in/scan.xlsx: error A003 ")]
    assert [line for line in lines if line.startswith(f"in/{MISTAKES} › GEN Purpose, definitions, scope!C20: error A301 ")]
    assert lines[-1] == "5 assessments and 3 readings of named texts compared. 10 files read; 2 were left out because of errors."
    assert {row["country"] for row in scores(tmp_path)} == {"XNE", "XOR", "XUT"}
    assert {row["country"] for row in scores(tmp_path, file="readings.csv")} == {"CAN", "ES-PV", "ESP"}


def test_a_file_with_many_faults_does_not_flood_the_screen(run, folder):
    rows = [f"NAM,2026-01-01,REC-02,wrong{at}\n" for at in range(30)]
    (folder / "t.csv").write_text(TABLE + "".join(rows))
    done = run(*COMPARE)
    assert done.code == 1
    first, alike, more = [line for line in done.err.splitlines() if "t.csv" in line]
    assert first.startswith("in/t.csv:2: error A301 ")
    assert alike.endswith(" Lines: 3, 4, 5, 6, 7, 8, 9, 10, 11.")
    assert more == "in/t.csv: 1 more error; run 'legcheck check' to see all of them."


def test_the_same_country_and_date_twice_names_both_files(run, folder, tmp_path):
    shutil.copy(folder / "ESP-2026-01-02.xlsx", folder / "copy.xlsx")
    done = run(*COMPARE)
    assert done.code == 1
    (line,) = [line for line in done.err.splitlines() if "A017" in line]
    assert "in/copy.xlsx" in line
    assert "in/ESP-2026-01-02.xlsx" in line


def test_nothing_but_bad_files_ends_with_one_and_writes_nothing(run, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "scan.xlsx").write_bytes(b"%PDF-1.7")
    done = run(*COMPARE)
    assert (done.code, done.out) == (1, "")
    assert "A003" in done.err
    assert "R502" in done.err
    assert not (tmp_path / "out").exists()


def test_an_empty_folder_is_wrong_use(run, tmp_path):
    (tmp_path / "in").mkdir()
    done = run(*COMPARE)
    assert (done.code, done.out) == (2, "")
    assert "R501" in done.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("name", "code"), [("nowhere", 2), ("nowhere.xlsx", 2), ("x" * 300, 2)])
def test_a_path_that_does_not_exist_is_reported(run, name, code):
    done = run("compare", name, "--out", "out")
    assert done.code == code
    assert name in done.err


def test_outputs_that_exist_are_not_replaced_without_consent(run, folder, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "comparison-answers.csv").write_text("mine")
    done = run(*COMPARE)
    assert (done.code, done.out) == (2, "")
    assert "R101" in done.err
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["comparison-answers.csv"]
    assert run(*COMPARE, "--force").code == 0
    assert (tmp_path / "out" / "comparison-answers.csv").read_text() != "mine"
    assert run("compare", "in", "--out", "out", "--format", "parquet").code == 2, "scores.csv is written whatever is asked"


def test_an_output_folder_that_is_a_file_is_reported(run, folder, tmp_path):
    (tmp_path / "out").write_text("mine")
    done = run(*COMPARE)
    assert done.code == 2
    assert "R102" in done.err
    assert (tmp_path / "out").read_text() == "mine"


@pytest.mark.parametrize(
    "wrong",
    [
        ("--format", "pdf"),
        ("--order", "money"),
        ("--jobs", "0"),
        ("--jobs", "many"),
        ("--robustness", "-1"),
        ("--seed", "-1"),
        ("--executor", "spark:local"),
        ("--groups", "nowhere.csv"),
        ("--groups", "in"),
        ("--checklist", "nowhere"),
        ("--language", "xx"),
        ("--no-such-option",),
    ],
    ids=" ".join,
)
def test_wrong_options_end_with_two_before_anything_is_read(run, folder, tmp_path, wrong):
    done = run(*COMPARE, *wrong)
    assert (done.code, done.out) == (2, "")
    assert done.err
    assert not (tmp_path / "out").exists()


def test_without_paths_or_out_it_is_wrong_use(run, folder):
    assert run("compare").code == 2
    assert run("compare", "in").code == 2


# Groups and order ----------------------------------------------------------------------------------------------------


def test_a_table_of_groups_is_used(run, folder, tmp_path):
    (tmp_path / "g.csv").write_text("Country;Group\nESP;Europe\nXUT;Islands\nXNE;Islands\n", "utf-8-sig")
    assert run(*COMPARE, "--groups", "g.csv").code == 0
    groups = {row["country"]: row["group"] for row in scores(tmp_path)}
    assert groups == {"XUT": "Islands", "XNE": "Islands", "XOR": ""}, "readings of texts are in no group"


def test_all_problems_of_a_table_of_groups_are_reported_at_once_with_their_lines(run, folder, tmp_path):
    (tmp_path / "g.csv").write_text("country,group\nESP,Europe\nSpian,Europe\nESP,Iberia\nCAN,\n")
    done = run(*COMPARE, "--groups", "g.csv")
    assert (done.code, done.out) == (1, "")
    told = [(line.split(":")[1], line.split()[2]) for line in done.err.splitlines() if line.startswith("g.csv:")]
    assert sorted(told) == [("3", "A306"), ("4", "A601"), ("5", "A309")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "A005"),
        (b"\xef\xbb\xbf", "A102"),
        (b"\xff\xfe\x00", "A020"),
        (b"land,kind\n", "A102"),
        (b'country,group\n"a', "A004"),
    ],
)
def test_a_broken_table_of_groups_is_reported(run, folder, tmp_path, content, code):
    (tmp_path / "g.csv").write_bytes(content)
    done = run(*COMPARE, "--groups", "g.csv")
    assert done.code == 1
    assert code in done.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("groups", "spain"), [("regions", "Europe"), ("subregions", "Southern Europe")])
def test_regions_are_those_of_the_united_nations(run, folder, tmp_path, groups, spain):
    (folder / "t.csv").write_text(TABLE + "ESP,2026-01-01,REC-02,full\nES-PV,2026-01-01,REC-02,full\n")
    (folder / "ESP-2026-01-02.xlsx").unlink()
    assert run(*COMPARE, "--groups", groups).code == 0
    found = {row["country"]: row["group"] for row in scores(tmp_path)}
    assert (found["ESP"], found["ES-PV"], found["XUT"]) == (spain, spain, "")


def test_the_order_is_by_name_and_none_by_score_is_offered(run, folder, tmp_path):
    run(*COMPARE)
    names = list(dict.fromkeys(row["country_name"] for row in scores(tmp_path)))
    assert names == sorted(names)
    assert run(*COMPARE, "--order", "score", "--force").code == 2


def test_anonymous_names_nobody(run, folder, tmp_path):
    assert run("compare", "in", "--out", "out", "--format", "csv,parquet", "--anonymous").code == 0
    for path in (tmp_path / "out").iterdir():
        content = path.read_bytes()
        for word in (
            b"ESP",
            b"CAN",
            b"XUT",
            b"Spain",
            b"Utopia",
            b".xlsx",
            b"2026-06-30",
            b"2025-07-24",
            b"2011-09-03",
            b"Ley ",
            b"Act ",
        ):
            assert word not in content, (path.name, word)


def test_french_is_spoken_when_asked_for(run, folder, tmp_path):
    done = run(*COMPARE, LEGCHECK_LANGUAGE="fr")
    assert done.code == 0
    names = list(dict.fromkeys(row["country_name"] for row in scores(tmp_path, file="readings.csv")))
    assert "Espagne" in names
    assert done.err != run(*COMPARE, "--force").err
    assert run(*COMPARE, "--force", "--language", "fr").code == 0
    assert "Espagne" in {row["country_name"] for row in scores(tmp_path, file="readings.csv")}


def test_the_same_comparison_is_the_same_byte_for_byte(run, folder, tmp_path):
    for name, words in {"a": ("--jobs", "1", "--no-cache"), "b": ("--jobs", "3"), "c": ()}.items():
        assert run("compare", "in", "--out", name, "--format", "csv,parquet", "--robustness", "5", *words).code == 0
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes() == (tmp_path / "c" / path.name).read_bytes()


def test_a_reading_of_its_own_answers_gives_its_figures_again(run, folder, tmp_path):
    assert run(*COMPARE).code == 0
    again = run("compare", "out/comparison-answers.csv", "--out", "again", "--format", "csv")
    assert again.code == 0, again.err
    first, second = ({(row["country"], row["as_of"]) for row in scores(tmp_path, name)} for name in ("out", "again"))
    assert first == second


def test_rescoring_where_all_answer_one_version_changes_nothing(run, folder, tmp_path):
    assert run(*COMPARE).code == 0
    assert run("compare", "in", "--out", "again", "--format", "csv", "--rescore").code == 0
    assert scores(tmp_path) == scores(tmp_path, "again")


# find ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["REC-02", "rec-02"])
def test_find_shows_who_provides_for_a_provision_with_the_citation(run, folder, typed):
    done = run("find", typed, "in")
    assert done.code == 0
    assert done.out.startswith("REC-02 ")
    assert "Spain" in done.out


def test_find_lists_readings_of_named_texts_apart_and_without_a_verdict(run):
    printed = run("find", "REC-02", str(FOLDER)).out
    national, texts = printed.split("\nNational assessments\n")[1].split("\nReadings of named texts\n")
    assert "Utopia · fictional · 30 June 2026 · Law: Partly provided for" in national
    assert re.search(r"Spain · 2 January 2026 · Law: (In part|In full|By silence only) · elements: a", texts)
    assert "What was not found in them may stand in other laws" in texts.replace("\n", " ")
    assert "Canada" not in national
    assert "provided for" not in texts


@pytest.mark.parametrize("typed", ["REC-02.b", "rec-02.B", "REC-02 b"])
def test_find_may_ask_for_one_element(run, folder, typed):
    done = run("find", typed, "in", "--format", "json")
    tree = json.loads(done.out)
    assert (done.code, tree["provision"], tree["element"]) == (0, "REC-02", "b")
    assert all("b" in one["elements"] for one in tree["found"])
    assert [one["letter"] for one in tree["elements"]] == ["b"]


def test_find_for_other_programs_holds_what_is_printed(run, folder):
    tree = json.loads(run("find", "REC-02", "in", "--format", "json").out)
    assert tree["answered"] + tree["readings"] >= len(tree["found"]) > 0
    for element in tree["elements"]:
        having = [one for one in tree["found"] if element["letter"] in one["elements"]]
        assert element["countries"] == [one["country"] for one in having if one["scope"] == "national"]
        assert element["readings"] == [one["country"] for one in having if one["scope"] == "texts"]
    spain = next(one for one in tree["found"] if one["country"] == "ESP")
    assert spain["citation"]
    assert spain["ratings"] == {"law": "partly"}


def test_find_is_about_latest_rounds(run, folder):
    tree = json.loads(run("find", "REC-02", "in", "--format", "json").out)
    days = {one["country"]: one["as_of"] for one in tree["found"]}
    assert days.get("XUT") in (None, "2026-06-30")
    assert len(days) == len(tree["found"])


@pytest.mark.parametrize(("typed", "said"), [("REC-99", "REC-"), ("REC-02.z", "a, b"), ("nonsense", "nonsense"), ("", "")])
def test_find_of_what_is_not_there_is_wrong_use(run, folder, typed, said):
    done = run("find", typed, "in")
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_find_tells_of_bad_files_beside_what_it_found(run, folder):
    (folder / "scan.xlsx").write_bytes(b"%PDF-1.7")
    done = run("find", "REC-02", "in", LEGCHECK_LANGUAGE="fr")
    assert done.code == 1
    assert "Espagne" in done.out
    assert "A003" in done.err


def test_find_names_one_error_of_each_file_it_leaves_out_and_counts_the_others(run, folder):
    shutil.copy(FOLDER / MISTAKES, folder)
    first, more, *_ = (line for line in run("find", "REC-02", "in").err.splitlines() if MISTAKES in line)
    assert "A308" in first
    assert more.startswith(f"in/{MISTAKES}: 5 more errors")


def test_find_names_what_it_leaves_out_before_what_it_found(folder, environment):
    shutil.copy(FOLDER / MISTAKES, folder)
    command = [sys.executable, "-m", "legcheck", "find", "REC-02", str(folder)]
    printed = subprocess.run(command, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    assert printed.stdout.index("A308") < printed.stdout.index("Spain")


# cache ---------------------------------------------------------------------------------------------------------------


def test_the_cache_is_shown_and_cleared(run, folder):
    assert run("cache").out.startswith("0 ")
    run(*COMPARE)
    assert run("cache").out.startswith("8 files")
    assert run("cache", "--prune", "30").out.splitlines()[0].startswith("0 ")
    cleared = run("cache", "--clear").out.splitlines()
    assert [line.split()[0] for line in cleared] == ["8", "0"]


def test_no_cache_neither_reads_nor_writes_it(run, folder, tmp_path):
    run(*COMPARE, "--no-cache", LEGCHECK_CACHE="kept")
    assert {one.name for one in (tmp_path / "kept").iterdir()} == {kept.FOLDER}  # nothing of the files
    run(*COMPARE, "--force", LEGCHECK_CACHE="kept")
    before = (tmp_path / "out" / "scores.csv").read_bytes()
    with closing(sqlite3.connect(tmp_path / "kept" / "summaries.sqlite")) as store, store:
        store.execute("UPDATE summaries SET used = 5")
    run(*COMPARE, "--force", "--no-cache", LEGCHECK_CACHE="kept")
    with closing(sqlite3.connect(tmp_path / "kept" / "summaries.sqlite")) as store:
        assert store.execute("SELECT DISTINCT used FROM summaries").fetchall() == [(5,)]
    assert (tmp_path / "out" / "scores.csv").read_bytes() == before


@pytest.mark.parametrize("words", [("--prune", "-1"), ("--prune", "x"), ("--what",)])
def test_wrong_use_of_the_cache(run, words):
    assert run("cache", *words).code == 2


@pytest.mark.parametrize("days", ["0", "36500", "9" * 30, "9" * 400])
def test_any_number_of_days_can_be_given(run, folder, days):
    run(*COMPARE)
    assert run("cache", "--prune", days).code == 0


def test_a_damaged_cache_is_in_nobodys_way(run, folder, tmp_path):
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "summaries.sqlite").write_bytes(b"garbage " * 500)
    assert run("cache", LEGCHECK_CACHE="kept").code == 0
    assert run(*COMPARE, LEGCHECK_CACHE="kept").code == 0
    assert run("cache", "--clear", LEGCHECK_CACHE="kept").code == 0
    assert run(*COMPARE, "--force", LEGCHECK_CACHE="kept").code == 0
    assert run("cache", LEGCHECK_CACHE="kept").out.startswith("8 files")
