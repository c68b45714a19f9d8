"""What people get wrong: each a message that names the file and what to do, the right exit code, nothing half written."""

import json
import os
import shutil
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

import legcheck
from legcheck import app, batch
from legcheck.batch.reading import Reader

PNG = b"\x89PNG\r\n\x1a\n" + bytes(50)
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)


def _plain_workbook(path):
    book = Workbook()
    book.active["A1"] = "Shopping"
    book.save(path)


def _truncated(path, utopia):
    path.write_bytes(utopia.read_bytes()[:20_000])


FILES = {
    "an empty file": ("x.xlsx", lambda path, _: path.write_bytes(b""), "A005"),
    "an image": ("x.xlsx", lambda path, _: path.write_bytes(PNG), "A003"),
    "an image that says so": ("x.png", lambda path, _: path.write_bytes(PNG), "A003"),
    "an old Excel file": ("x.xls", lambda path, _: path.write_bytes(OLE), "A003"),
    "a text": ("x.xlsx", lambda path, _: path.write_text("country;rating"), "A003"),
    "a truncated workbook": ("x.xlsx", _truncated, "A004"),
    "somebody else's workbook": ("x.xlsx", lambda path, _: _plain_workbook(path), "A010"),
    "a lock file": ("~$x.xlsx", lambda path, _: path.write_bytes(b"\x05User" + bytes(160)), "A007"),
}


@pytest.mark.parametrize("command", ["check", "score", "report", "explain"])
@pytest.mark.parametrize(("name", "make", "code"), FILES.values(), ids=FILES)
def test_a_file_that_is_no_workbook_of_ours(run, tmp_path, utopia, command, name, make, code):
    make(tmp_path / name, utopia)
    more = {"report": ["--out", "out"], "explain": ["law.total"]}.get(command, [])
    done = run(command, name, *more)
    assert done.code == 1
    assert code in done.err
    assert name in done.err
    assert not (tmp_path / "out").exists()


TABLE = "country;as_of;provision;rating\nXUT;2026-06-30;GEN-01;none\n"


@pytest.mark.parametrize("name", ["x.csv", "x.json", "x.XLSX", "x.parquet", "x", "x.txt"])
@pytest.mark.parametrize("kind", ["workbook", "result", "table"])
def test_a_sound_file_is_read_whatever_its_name_says(tmp_path, utopia, kind, name):
    content = TABLE.encode() if kind == "table" else utopia.read_bytes()
    if kind == "result":
        (content,) = app.report_files(app.assess(utopia), ("json",), "en").values()
    path = tmp_path / name
    path.write_bytes(content)
    assert legcheck.read(path).country == "XUT"
    assert [one.country for one in batch.read([path], Reader()).summaries] == ["XUT"]


@pytest.mark.parametrize("extension", ["docx", "ods"])
def test_another_kind_of_document(run, tmp_path, extension):
    inside = {"docx": "word/document.xml", "ods": "mimetype"}[extension]
    with zipfile.ZipFile(tmp_path / f"x.{extension}", "w") as parts:
        parts.writestr(inside, "application/vnd.oasis.opendocument.spreadsheet")
    assert "A003" in run("check", f"x.{extension}").err


@pytest.mark.parametrize(("words", "code"), [(["check", "no.xlsx"], "A001"), (["score", "."], "A002")])
def test_no_such_file_is_wrong_usage(run, words, code):
    done = run(*words)
    assert done.code == 2
    assert code in done.err


def test_one_bad_file_does_not_stop_the_others(run, tmp_path, utopia):
    (tmp_path / "bad.xlsx").write_bytes(PNG)
    done = run("check", "bad.xlsx", utopia)
    assert done.code == 1
    assert "A003" in done.err
    assert "no problems found" in done.out


def test_a_workbook_of_another_checklist(run, tmp_path, utopia):
    """Told apart by the identity in the hidden sheet, whatever the file is called."""
    other = tmp_path / "own" / "checklist.yaml"
    other.parent.mkdir()
    other.write_text(
        'id: own\nversion: "2.10"\ntitle: Own\nscales: {s: {levels: {yes: {title: "Yes", worth: 1}, no: {title: "No"}}}}\n'
        "dimensions: {law: {title: Law, scale: s, role: law}}\nchapters: {AA: {title: A, provisions: {AA-1: {title: One}}}}\n",
        "utf-8",
    )
    assert run("new", "--country", "ESP", "--checklist", "own", "--out", "own.xlsx").code == 0
    assert "A011" in run("check", "own.xlsx").err
    assert "A011" in run("check", utopia, "--checklist", "own").err
    assert run("check", "own.xlsx", "--checklist", "own").code == 0
    newer = other.read_text("utf-8").replace('"2.10"', '"2.9"')
    other.write_text(newer, "utf-8")
    assert "A012" in run("check", "own.xlsx", "--checklist", "own").err


@pytest.mark.parametrize("code", ["ZZ", "Spain", "E", "ES-XX", "12"])
def test_an_unknown_country(run, tmp_path, code):
    done = run("new", "--country", code, "--out", "x.xlsx")
    assert done.code == 2
    assert code in done.err
    assert not (tmp_path / "x.xlsx").exists()


def test_the_likely_country_is_offered(run):
    assert "ESP" in run("new", "--country", "Spain", "--out", "x.xlsx").err


@pytest.mark.parametrize(
    "words",
    [
        ["new", "--country", "ESP", "--out", "x.xlsx", "--as-of", "31/12/2025"],
        ["new", "--country", "ESP", "--out", "x.xlsx", "--language", "xx"],
        ["report", "x.xlsx", "--out", "o", "--format", "pdf"],
        ["report", "x.xlsx", "--out", "o", "--template", "no.docx"],
        ["score", "x.xlsx", "--fail-under", "much"],
        ["provisions", "show", "REC-99"],
        ["nonsense"],
        ["check"],
    ],
)
def test_wrong_usage(run, words):
    done = run(*words)
    assert done.code == 2
    assert done.err


def test_an_unknown_checklist_offers_the_known(run):
    done = run("new", "--country", "ESP", "--out", "x.xlsx", "--checklist", "vto")
    assert done.code == 2
    assert "Did you mean 'vot'?" in done.err


def test_an_unknown_figure_offers_the_nearest(run, utopia):
    done = run("explain", utopia, "law.reb")
    assert done.code == 2
    assert "law.REP" in done.err


def test_an_existing_file_is_left_alone(run, tmp_path, utopia):
    assert run("report", utopia, "--out", "out", "--format", "html,json").code == 0
    page = next((tmp_path / "out").glob("*.html"))
    page.write_text("mine", "utf-8")
    next((tmp_path / "out").glob("*.json")).unlink()
    done = run("report", utopia, "--out", "out", "--format", "html,json")
    assert done.code == 2
    assert "R101" in done.err
    assert page.name in done.err
    assert [path.name for path in (tmp_path / "out").iterdir()] == [page.name]
    assert page.read_text("utf-8") == "mine"
    assert run("report", utopia, "--out", "out", "--format", "html", "--force").code == 0
    assert page.read_text("utf-8") != "mine"


def test_an_output_folder_that_is_a_file(run, tmp_path, utopia):
    (tmp_path / "out").write_text("a file", "utf-8")
    done = run("report", utopia, "--out", "out", "--format", "html")
    assert done.code == 2
    assert "R102" in done.err


def test_a_place_where_nothing_can_be_written(run, tmp_path, utopia):
    """A read-only folder; the superuser may write there too, so the system's own /proc stands in for it."""
    folder = tmp_path / "out"
    folder.mkdir(mode=0o500)
    out = "/proc/out" if os.geteuid() == 0 else folder
    done = run("report", utopia, "--out", out, "--format", "html")
    assert done.code == 2
    assert "R102" in done.err
    assert not any(folder.iterdir())


def test_a_choice_of_measures_is_refused_where_too_little_is_answered(run, tmp_path):
    (tmp_path / "answers.csv").write_text("country,as_of,provision,rating\nESP,2026-01-01,GEN-01,none\n", "utf-8")
    done = run("plan", "answers.csv", "--target", "80%")
    assert done.code == 2
    assert "R404" in done.err
    assert done.out == ""


@pytest.mark.parametrize("out", [".", "x.xls", "x.docx"])
def test_a_new_workbook_goes_to_a_workbook(run, tmp_path, out):
    assert run("new", "--country", "ESP", "--out", out).code == 2
    assert not any(tmp_path.iterdir())


def test_a_template_that_does_not_exist(run):
    assert run("template", "no.docx").code == 2


def test_a_checklist_that_does_not_exist(run):
    done = run("provisions", "check", "nope")
    assert done.code == 2
    assert "P001" in done.err
    assert done.out == ""


def test_below_a_threshold_the_dimension_is_named(run, utopia):
    done = run("score", utopia, "--fail-under", "99%")
    assert done.code == 3
    assert "Law" in done.err


RESULTS = {
    "no JSON": "{",
    "other JSON": "[1, 2]",
    "a result of another format": json.dumps({"format": 99, "scores": {}}),
    "a result without answers": json.dumps({"format": 2, "scores": {}, "checklist": {}, "definition": {}}),
    "a nest without end": "[" * 100_000,
}


@pytest.mark.parametrize("text", RESULTS.values(), ids=RESULTS)
def test_a_json_file_that_is_no_result(run, tmp_path, text):
    (tmp_path / "x.json").write_text(text, "utf-8")
    done = run("score", "x.json")
    assert done.code == 1
    assert "R00" in done.err


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("assessment", "country"), "QQ"),
        (("assessment", "as_of"), "soon"),
        (("assessment", "answers", "GEN-01", "ratings"), {"law": "splendid"}),
        (("assessment", "answers", "GEN-01", "provision"), "GEN-02"),
        (("assessment", "answers", "ZZZ-01"), {"provision": "ZZZ-01"}),
        (("definition", "scales"), {}),
        (("definition", "chapters", "GEN", "weight"), "heavy"),
        (("checklist", "digest"), "0"),
    ],
)
def test_a_result_that_was_tampered_with(run, tmp_path, utopia, path, value):
    run("report", utopia, "--out", "out", "--format", "json")
    (file,) = (tmp_path / "out").iterdir()
    tree = json.loads(file.read_text("utf-8"))
    at = tree
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    file.write_text(json.dumps(tree), "utf-8")
    done = run("report", file, "--out", "again")
    assert done.code == 1
    assert "R001" in done.err or "R003" in done.err
    assert not (tmp_path / "again").exists()


def test_reading_never_changes_the_file(run, tmp_path, mistakes):
    shutil.copy(mistakes, tmp_path / "mine.xlsx")
    before = (tmp_path / "mine.xlsx").read_bytes()
    run("check", "mine.xlsx", "--annotate", "marked.xlsx")
    run("score", "mine.xlsx")
    assert (tmp_path / "mine.xlsx").read_bytes() == before


def test_annotating_onto_the_file_itself_is_refused(run, tmp_path, mistakes):
    shutil.copy(mistakes, tmp_path / "mine.xlsx")
    before = (tmp_path / "mine.xlsx").read_bytes()
    assert run("check", "mine.xlsx", "--annotate", "mine.xlsx", "--force").code == 2
    assert (tmp_path / "mine.xlsx").read_bytes() == before


@pytest.mark.parametrize("command", [("score",), ("explain",), ("plan", "--effort", "5")])
def test_what_was_not_read_is_repeated_in_one_line(run, utopia, tmp_path, command):
    name, *options = command
    file = tmp_path / "XUT.xlsx"
    book = load_workbook(utopia)
    book.create_sheet("Notes")["A1"] = "Please read this"
    book.save(file)
    figure = ("law.REP",) if name == "explain" else ()
    ran = run(name, file, *figure, *options)
    assert "1 thing in" in ran.err
    assert "was not read" in ran.err
