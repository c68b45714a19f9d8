"""References files: which number each provision has in a published document, checked whole, carried, and ignored on reading."""

from dataclasses import replace
from datetime import date
from textwrap import dedent

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from legcheck import app, provisions
from legcheck.inputs import shipped
from legcheck.issues import InputError
from legcheck.labels import labels, languages
from legcheck.model import PublishedNumber
from legcheck.workbook import Form, read_references, read_workbook, write_references
from tests.samples import FOLDER, UTOPIA

IDS = ("GEN-01", "GEN-02", "REC-01", "REC-02")
OFFICE, DAY = "Legal office", date(2026, 6, 30)
HEADINGS = "provision,number,confirmed_by,date,document\n"


def read(folder, text: str | bytes, name: str = "numbers.csv"):
    """The numbers of a file, and code and line of each issue."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else dedent(text).strip().encode())
    try:
        numbers, issues = read_references(path, IDS)
    except InputError as error:
        numbers, issues = {}, error.issues
    return numbers, [(issue.code, issue.at.line) for issue in issues]


def test_each_row_gives_a_provision_its_number(tmp_path):
    numbers, issues = read(
        tmp_path,
        """
        Provision;Number;Confirmed by;Date;Document
        rec-02;=1+1;Legal office;30 June 2026;Draft act
        ;;;;
        GEN-01;4(2), 7;Legal office;2026-06-30;
        """,
    )
    assert issues == []
    assert numbers == {
        "GEN-01": PublishedNumber("4(2), 7", OFFICE, DAY),
        "REC-02": PublishedNumber("=1+1", OFFICE, DAY, "Draft act"),
    }
    assert list(numbers) == ["GEN-01", "REC-02"], "in the order of the checklist"


def test_every_fault_is_named_in_one_run(tmp_path):
    text = f"""
    provision,number,confirmed_by,date
    GEN-0I,1,{OFFICE},2026-06-30
    GEN-01,,{OFFICE},2026-06-30
    GEN-02,2,,06/05/2026
    GEN-02,3,{OFFICE},2026-06-30
    REC-01,{"9" * 300},{OFFICE},2026-06-30
    REC-02,2026-04-02,{OFFICE},
    ,5,{OFFICE},2026-06-30
    """
    numbers, issues = read(tmp_path, text)
    assert numbers == {}
    assert issues == [
        ("A201", 2),
        ("A309", 3),
        ("A309", 4),
        ("A609", 4),
        ("A608", 5),
        ("A610", 6),
        ("A309", 7),
        ("A318", 7),
        ("A309", 8),
    ]
    with pytest.raises(InputError) as caught:
        read_references(tmp_path / "numbers.csv", IDS)
    english = labels("en").message(caught.value.issues[0])
    assert "'GEN-0I'" in english
    assert "Did you mean 'GEN-0" in english


def test_what_is_only_to_be_known_does_not_stop_it(tmp_path):
    row = "GEN-01,1,jane@example.org,2026-06-30,,beside\n"
    numbers, issues = read(tmp_path, HEADINGS.replace("document", "document,remark") + row)
    assert (list(numbers), issues) == (["GEN-01"], [("A104", 1), ("A901", 2)])
    numbers, issues = read(tmp_path, HEADINGS + "GEN-01,1,office,2026-06-30,,beside\n")
    assert (list(numbers), issues) == (["GEN-01"], [("A105", 2)])


@pytest.mark.parametrize("text", ["provision,number\nGEN-01,1\n", "", "number,number,provision,confirmed_by,date\n"])
def test_a_table_of_another_form_is_refused(tmp_path, text):
    numbers, issues = read(tmp_path, text)
    assert numbers == {}
    assert issues


def test_an_excel_file_says_the_same(tmp_path):
    rows = [["GEN-01", "4.2", OFFICE, date(2026, 6, 30)], ["REC-01", 7, OFFICE, "2026-06-30"]]
    path = tmp_path / "numbers.xlsx"
    pd.DataFrame(rows, columns=["provision", "number", "confirmed_by", "date"]).to_excel(path, index=False)
    numbers, issues = read_references(path, IDS)
    assert len(issues) == 0
    assert numbers == {"GEN-01": PublishedNumber("4.2", OFFICE, DAY), "REC-01": PublishedNumber("7", OFFICE, DAY)}


WORDS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=40).filter(lambda text: text[0] != "'")
SIGNS = st.sampled_from(["=1+1", "-3", "@4", "+5", "'6", '"7"', "8;9,10", "4(2)"])


@given(st.dictionaries(st.sampled_from(IDS), st.builds(PublishedNumber, WORDS | SIGNS, WORDS, st.just(DAY), WORDS | st.just(""))))
def test_what_is_kept_is_read_again_and_is_no_formula(tmp_path_factory, numbers):
    folder = tmp_path_factory.mktemp("kept")
    content = write_references(numbers)
    path = folder / "references.csv"
    path.write_bytes(content)
    found, _ = read_references(path, IDS)
    assert found == {id: numbers[id] for id in IDS if id in numbers}
    cells = [cell for line in content.decode("utf-8-sig").splitlines() for cell in line.split(",")]
    assert not any(cell.startswith(("=", "+", "@", "-")) for cell in cells if not cell.startswith('"'))


# Carried by the checklist ---------------------------------------------------------------------------------------------

NUMBERS = {
    "GEN-02": PublishedNumber("=1+1", OFFICE, DAY, "Model act"),
    "REC-01": PublishedNumber("4(2)", "Second reader", DAY, "Model act"),
}


def test_a_checklist_keeps_its_identity_and_its_numbers_in_every_language():
    plain = shipped("vot", "")
    carried = provisions.with_numbers(plain, NUMBERS)
    for language in languages():
        shown = provisions.in_language(carried, language)
        assert (shown.id, shown.version, shown.digest) == (plain.id, plain.version, plain.digest)
        assert shown.published == NUMBERS
        assert {one.mlp_ref for one in shown.provisions.values()} == {"", "=1+1", "4(2)"}
    assert provisions.with_numbers(plain, {}) is plain
    assert provisions.with_numbers(carried, {}) == plain
    short = provisions.short_form(carried)
    assert short.digest == shipped("vot", "", short=True).digest
    assert short.provisions["GEN-02"].mlp_ref == "=1+1"


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("form", [Form(), Form(short=True)], ids=["long", "short"])
def test_a_workbook_shows_the_numbers_and_reading_ignores_them(tmp_path, language, form):
    plain = shipped("vot", "")
    said = {"en": "published no. =1+1", "fr": "n° =1+1 du document publié", "es": "n.º =1+1 del documento publicado"}[language]
    made = {}
    for name, checklist in (("plain", plain), ("numbered", provisions.with_numbers(plain, NUMBERS))):
        path = tmp_path / f"{name}.xlsx"
        path.write_bytes(app.blank_workbook(checklist, "ESP", DAY, language, form=form))
        made[name] = read_workbook(path, plain)
        (sheet,) = (one for one in load_workbook(path) if one.title.startswith("GEN"))
        shown = [cell for row in sheet.iter_rows() for cell in row if said in str(cell.value).replace("\N{NO-BREAK SPACE}", " ")]
        assert [cell.data_type for cell in shown] == (["s"] if name == "numbered" else [])
    (before, _), (read_again, issues) = made["plain"], made["numbered"]
    assert len(issues) == 0
    assert (read_again.answers, read_again.laws) == (before.answers, before.laws) == ({}, {})


def test_answers_read_back_as_they_were(tmp_path):
    plain = shipped("vot", "")
    before, _ = read_workbook(FOLDER / UTOPIA, plain)
    path = tmp_path / UTOPIA
    path.write_bytes(app.workbook_of(provisions.with_numbers(plain, NUMBERS), before, "fr"))
    after, _ = read_workbook(path, plain)
    assert {id: replace(one, at={}) for id, one in after.answers.items()} == {
        id: replace(one, at={}) for id, one in before.answers.items()
    }
