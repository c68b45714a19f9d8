"""Parts put together on the command line, and the workbook in which somebody decides where they contradict one another."""

import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from legcheck import app, hands, inputs, provisions
from legcheck.issues import InputError
from legcheck.labels import labels, languages
from legcheck.model import Answer, Citation, ElementAnswer, Law, LawStatus, Revision
from tests.samples import FOLDER, MISTAKES, UTOPIA
from tests.workbook.sheets import converted

HEAD = 5
VOT = provisions.load("vot")
FUND, HOSPITALS = Law("L12", "Victims' Fund Act", number="7/2020"), Law("L12", "Hospitals Act", number="9/2021")


@pytest.fixture(scope="module")
def whole():
    return inputs.read(FOLDER / UTOPIA)


@pytest.fixture(scope="module")
def parts(whole):
    """The parts of the sample by chapter, as files."""
    made = hands.split(whole, hands.parts_of(VOT, "chapter", "en")[0], "en")
    return {name.removesuffix(".xlsx")[-3:]: content for name, content in made.items()}


@pytest.fixture
def folder(parts, tmp_path):
    """The parts in a folder, each under the id of its chapter."""
    for id, content in parts.items():
        (tmp_path / f"{id}.xlsx").write_bytes(content)
    return tmp_path


def changed(path: Path, change, language: str = "en") -> Path:
    """The part with a changed assessment."""
    reading = inputs.read(path)
    path.write_bytes(app.workbook_of(VOT, change(reading.assessment), language, reading.form))
    return path


def saying(id: str, **fields):
    """A change of the fields of an answer."""
    return lambda one: replace(one, answers={**one.answers, id: replace(one.answers.get(id, Answer(id)), **fields)})


def with_law(law: Law, id: str):
    """A change that enters a law, and cites it for an element that the law contains."""

    def change(one):
        element = ElementAnswer(met=True, legal_basis=f"{law.key} art. 4", citations=(Citation(law.key, "art. 4"),))
        return saying(id, elements={**one.answers[id].elements, "a": element})(replace(one, laws={**one.laws, law.key: law}))

    return change


def fill(path: Path, rows: dict[int, dict], language: str = "en") -> None:
    """Write into the workbook of decisions, by number and by the key of the column."""
    book, words = load_workbook(path), labels(language)
    sheet = book.active
    columns = {cell.value: cell.column for cell in sheet[HEAD]}
    for number, texts in rows.items():
        for key, text in texts.items():
            sheet.cell(HEAD + number, columns[words(f"decisions.columns.{key}")]).value = text
    book.save(path)


SIGNED = {"who": "Review office", "on": "2026-11-28", "why": "As the gazette says."}


def test_parts_are_the_whole_again(run, folder, whole):
    names = [path.name for path in folder.glob("*.xlsx")]
    random.Random(12).shuffle(names)
    ran = run("merge", *names, "--out", "whole.xlsx")
    assert (ran.code, ran.out, ran.err) == (0, "whole.xlsx\n", "")
    read = inputs.read(folder / "whole.xlsx").assessment
    assert replace(read, source=whole.assessment.source) == whole.assessment


def test_five_parts_changed_in_different_ways(run, folder, whole):
    """New laws under one key, an answer, a changed body, a law corrected and a change on record: nothing is lost."""
    revision = Revision(date(2026, 7, 1), "GEN-01", "note", "", "New", "Ministry of Justice", "Forgotten.")
    changed(folder / "JUS.xlsx", with_law(FUND, "JUS-01"))
    changed(folder / "AST.xlsx", with_law(HOSPITALS, "AST-01"))
    changed(folder / "GEN.xlsx", lambda one: replace(saying("GEN-01", note="New")(one), history=(revision,)))
    changed(folder / "CHD.xlsx", lambda one: replace(one, body="Authority for children"))
    changed(
        folder / "MEM.xlsx",
        lambda one: replace(one, laws={**one.laws, "L3": replace(one.laws["L3"], status=LawStatus.REPEALED)}),
    )
    names = [path.name for path in folder.glob("*.xlsx")]
    random.Random(5).shuffle(names)
    ran = run("merge", *names, "--out", "out.xlsx")
    assert ran.code == 1
    assert ran.out.splitlines()[:2] == ["out.xlsx", "out-decisions.xlsx"]
    assert "Start, Body that fills this in" in ran.out
    assert "Authority for children (CHD.xlsx)" in ran.out
    assert "repealed (MEM.xlsx)" in ran.out
    assert "2 conflicts are still to be decided. Fill in out-decisions.xlsx" in ran.err
    made = inputs.read(folder / "out.xlsx").assessment
    cited = {id: made.laws[made.answers[id].elements["a"].citations[0].law].title for id in ("JUS-01", "AST-01")}
    assert cited == {"JUS-01": FUND.title, "AST-01": HOSPITALS.title}
    assert (made.body, made.laws["L3"].status, made.history) == ("", LawStatus.REPEALED, (revision,))

    settled = {1: {"value": "Working group", **SIGNED}, 2: {"choice": "1) in force", "why": "So."}}
    fill(folder / "out-decisions.xlsx", settled)
    random.Random(6).shuffle(names)
    ran = run("merge", *names, "--out", "out.xlsx", "--decisions", "out-decisions.xlsx", "--force")
    assert (ran.code, ran.out) == (0, "out.xlsx\n")
    made = inputs.read(folder / "out.xlsx").assessment
    assert (made.body, made.laws["L3"].status) == ("Working group", LawStatus.IN_FORCE)
    assert {(one.before, one.after, one.why) for one in made.history if not one.provision} == {
        ("Authority for children", "Working group", "As the gazette says."),
        (whole.assessment.body, "Working group", "As the gazette says."),
    }
    assert [(one.before, one.after, one.who, one.file) for one in made.history if one.provision == "L3"] == [
        ("repealed", "in force", "Review office", "MEM.xlsx")
    ]


@pytest.fixture
def two(folder):
    """Two copies of a part that contradict each other in an element, a rating, a legal basis and a note, in two languages."""
    (folder / "two.xlsx").write_bytes((folder / "REC.xlsx").read_bytes())
    elements = inputs.read(folder / "REC.xlsx").assessment.answers["REC-02"].elements
    one = {"elements": {**elements, "a": ElementAnswer(met=True, legal_basis="L2 s. 12")}, "note": "One."}
    other = {"elements": {**elements, "a": ElementAnswer(met=False, legal_basis="L3 s. 1")}, "note": "Two. " * 30}
    changed(folder / "REC.xlsx", saying("REC-02", ratings={"practice": "full"}, **one))
    changed(folder / "two.xlsx", saying("REC-02", ratings={"practice": "none"}, **other), "fr")
    return folder


CONFLICTS = ["REC-02.a, Answer", "REC-02:practice, Answer", "REC-02.a, Legal basis", "REC-02, Note"]
MERGE = "merge", "two.xlsx", "REC.xlsx", "--out", "out.xlsx"


def test_conflicts_are_listed_with_both_values_and_cells(run, two):
    ran = run(*MERGE)
    assert ran.code == 1
    lines = ran.out.splitlines()
    assert lines[2::3] == CONFLICTS
    assert lines[3:5] == ["  no (two.xlsx › REC Reconnaissance!C14)", "  yes (REC.xlsx › REC Recognition of victim!C14)"]
    assert "A605 No part asks about GEN, EMR" in ran.err
    assert "A606 Both this part and two.xlsx ask about REC" in ran.err
    answer = inputs.read(two / "out.xlsx").assessment.answers["REC-02"]
    assert (answer.ratings, answer.note, answer.elements.get("a")) == ({}, "", None)


SETTLED = {
    1: {"choice": "2) yes", **SIGNED},
    3: {"value": "L2 s. 12; L3 s. 1", "why": "Both."},
    4: {"choice": "1", "why": "It is short."},
}


@pytest.mark.parametrize("language", languages())
def test_what_is_decided_is_taken_and_what_is_open_stays_named(run, two, language):
    assert run(*MERGE, "--language", language).code == 1
    fill(two / "out-decisions.xlsx", SETTLED, language)
    ran = run(*MERGE, "--decisions", "out-decisions.xlsx", "--force")
    assert ran.code == 1
    assert ran.out.splitlines()[:2] == ["out.xlsx", CONFLICTS[1]]
    assert "1 conflict is still to be decided. Fill in out-decisions.xlsx" in ran.err
    answer = inputs.read(two / "out.xlsx").assessment.answers["REC-02"]
    assert answer.elements["a"] == ElementAnswer(True, "L2 s. 12; L3 s. 1", (Citation("L2", "s. 12"), Citation("L3", "s. 1")))
    assert (answer.note, answer.ratings) == ("One.", {})


def test_a_part_edited_since_is_named_and_decisions_on_what_it_still_says_hold(run, two):
    assert run(*MERGE).code == 1
    fill(two / "out-decisions.xlsx", SETTLED)
    changed(two / "REC.xlsx", saying("REC-02", note="Three."))
    ran = run(*MERGE, "--decisions", "out-decisions.xlsx", "--force")
    assert ran.code == 1
    assert "REC.xlsx: warning A703 This part was edited after" in ran.err
    assert "A704 What this was decided on (no. 4)" in ran.err
    assert ran.out.splitlines()[:3] == ["out.xlsx", "out-decisions-2.xlsx", "REC-02:practice, Answer"]
    answer = inputs.read(two / "out.xlsx").assessment.answers["REC-02"]
    assert (answer.note, answer.elements["a"].met) == ("", True)
    fill(two / "out-decisions-2.xlsx", {4: {"choice": "1", "why": "Later.", **SIGNED}, 2: {"value": "none", "why": "So."}})
    ran = run(*MERGE, "--decisions", "out-decisions-2.xlsx", "--force")
    assert ran.code == 0
    answer = inputs.read(two / "out.xlsx").assessment.answers["REC-02"]
    assert (answer.note, answer.elements["a"].met, answer.ratings) == ("Three.", True, {"practice": "none"})


WRONG = {
    "no reason": ({1: {"choice": "1", "who": "Office", "on": "2026-11-28"}}, "A707"),
    "no body": ({1: {"choice": "1", "on": "2026-11-28", "why": "So."}}, "A707"),
    "no date": ({1: {"choice": "1", "who": "Office", "why": "So."}}, "A707"),
    "no decision": ({1: SIGNED}, "A707"),
    "two decisions": ({1: {"choice": "1", "value": "yes", **SIGNED}}, "A706"),
    "a row twice": ({1: {"choice": "1", **SIGNED}, 2: {"number": 1, "choice": "2", **SIGNED}}, "A706"),
    "no conflict": ({1: {"number": 9, "choice": "1", **SIGNED}}, "A705"),
    "no choice": ({1: {"choice": "3) maybe", **SIGNED}}, "A307"),
    "neither yes nor no": ({1: {"value": "maybe", **SIGNED}}, "A307"),
    "no legal basis": ({3: {"value": "somewhere", **SIGNED}}, "A303"),
    "no rating": ({2: {"value": "excellent", **SIGNED}}, "A301"),
    "a day of no calendar": ({1: {"choice": "1", **SIGNED, "on": "31.2.2026"}}, "A305"),
    "a formula": ({1: {"value": "=1+1", **SIGNED}}, "A308"),
}


@pytest.mark.parametrize("case", WRONG)
def test_decisions_with_mistakes_are_named_and_nothing_is_written(two, case):
    rows, code = WRONG[case]
    paths = [two / "two.xlsx", two / "REC.xlsx"]
    (two / "d.xlsx").write_bytes(hands.decisions_workbook(hands.merge(paths), "en"))
    fill(two / "d.xlsx", rows)
    with pytest.raises(InputError) as error:
        hands.merge(paths, decisions=two / "d.xlsx")
    assert code in {issue.code for issue in error.value.issues}


def test_what_is_written_beside_the_decisions_is_named(two):
    paths = [two / "two.xlsx", two / "REC.xlsx"]
    (two / "d.xlsx").write_bytes(hands.decisions_workbook(hands.merge(paths), "en"))
    book = load_workbook(two / "d.xlsx")
    book.active.cell(HEAD + 1, 14).value = "See the gazette."
    book.save(two / "d.xlsx")
    with pytest.raises(InputError) as error:
        hands.merge(paths, decisions=two / "d.xlsx")
    assert [issue.code for issue in error.value.issues] == ["A105"]


@pytest.mark.parametrize(("file", "code"), [(FOLDER / UTOPIA, "A701"), ("other.xlsx", "A702")])
def test_decisions_on_something_else_are_refused(run, two, file, code):
    made = hands.merge([two / "two.xlsx", two / "REC.xlsx"])
    moved = replace(made, merged=replace(made.merged, assessment=replace(made.assessment, as_of=date(2020, 1, 1))))
    (two / "other.xlsx").write_bytes(hands.decisions_workbook(moved, "en"))
    ran = run(*MERGE, "--decisions", file)
    assert (ran.code, ran.out) == (1, "")
    assert code in ran.err


def test_libreoffice_keeps_every_decision(two, soffice, tmp_path):
    paths = [two / "two.xlsx", two / "REC.xlsx"]
    (two / "d.xlsx").write_bytes(hands.decisions_workbook(hands.merge(paths), "en"))
    fill(two / "d.xlsx", SETTLED)
    again = converted(soffice, two / "d.xlsx", tmp_path / "out")
    assert hands.merge(paths, decisions=again) == hands.merge(paths, decisions=two / "d.xlsx")


@pytest.mark.parametrize(
    ("other", "code"),
    [("XUT-2023-06-30.xlsx", "A026"), ("XOR-2026-09-30.xlsx", "A026"), (MISTAKES, "A308"), ("gone.xlsx", "A001")],
)
def test_parts_of_something_else_are_refused(run, folder, other, code):
    ran = run("merge", "REC.xlsx", FOLDER / other, "--out", "out.xlsx")
    assert (ran.code, ran.out) == (2 if code == "A001" else 1, "")
    assert code in ran.err
    assert not (folder / "out.xlsx").exists()


def test_the_same_part_twice_and_another_version_are_refused(run, folder):
    (folder / "copy.xlsx").write_bytes((folder / "REC.xlsx").read_bytes())
    assert "A027" in run("merge", "REC.xlsx", "copy.xlsx", "--out", "out.xlsx").err
    assert run("new", "--country", "XUT", "--as-of", "2026-06-30", "--checklist", "vot@1.0", "--out", "old.xlsx").code == 0
    assert "A029" in run("merge", "REC.xlsx", "old.xlsx", "--out", "out.xlsx").err


def test_what_is_not_read_in_a_part_stops_the_merge(run, folder):
    book = load_workbook(folder / "REC.xlsx", rich_text=True)
    book["Laws"].cell(5, 14).value = "Ask the registry."
    book.save(folder / "REC.xlsx")
    ran = run("merge", "REC.xlsx", "JUS.xlsx", "--out", "out.xlsx")
    assert (ran.code, ran.out) == (1, "")
    assert "REC.xlsx › Laws!N5: warning A105" in ran.err
    assert not (folder / "out.xlsx").exists()


def test_names_of_countries_in_two_languages_are_no_conflict(tmp_path):
    blank = {language: app.blank_workbook(VOT, "ESP", date(2026, 1, 1), language) for language in languages()}
    for language, content in blank.items():
        (tmp_path / f"{language}.xlsx").write_bytes(content)
    assert hands.merge([tmp_path / f"{language}.xlsx" for language in blank]).merged.conflicts == ()


def test_files_in_the_way_stay(run, two):
    (two / "out-decisions.xlsx").write_bytes(b"mine")
    ran = run(*MERGE)
    assert (ran.code, ran.out.splitlines()[:2]) == (1, ["out.xlsx", "out-decisions-2.xlsx"])
    assert (two / "out-decisions.xlsx").read_bytes() == b"mine"
    ran = run(*MERGE)
    assert (ran.code, ran.out) == (2, "")
    assert "R101" in ran.err
    ran = run(*MERGE, "--force")
    assert ran.out.splitlines()[:2] == ["out.xlsx", "out-decisions-2.xlsx"]
    assert len(list(two.glob("out-decisions*"))) == 2


def test_decisions_hold_their_laws_and_rows_when_a_part_is_added(run, two):
    """A law that comes with a late part takes no key that a workbook of decisions knows another law by."""
    assert run(*MERGE).code == 1
    fill(two / "out-decisions.xlsx", SETTLED | {3: {"value": "L3 s. 7", **SIGNED}})
    before = inputs.read(two / "out.xlsx").assessment.laws["L3"].title
    changed(two / "AST.xlsx", with_law(HOSPITALS, "AST-01"))
    ran = run("merge", "AST.xlsx", *MERGE[1:], "--decisions", "out-decisions.xlsx", "--force")
    assert "A704" not in ran.err
    made = inputs.read(two / "out.xlsx").assessment
    (cited,) = made.answers["REC-02"].elements["a"].citations
    assert made.laws[cited.law].title == before


def test_what_is_not_read_in_a_part_stops_the_merge_in_words(run, two):
    book = load_workbook(two / "two.xlsx")
    book[next(name for name in book.sheetnames if name.startswith("REC"))].cell(3, 14).value = "See the gazette."
    book.save(two / "two.xlsx")
    ran = run(*MERGE)
    assert ran.code == 1
    assert "A607 Nothing was merged" in ran.err
    assert not (two / "out.xlsx").exists()
