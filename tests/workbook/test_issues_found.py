"""Every problem is found in one run, at its cell, with a message that a person can act on."""

from datetime import date, datetime

import pytest

from legcheck.labels import labels
from legcheck.workbook import read_workbook
from tests.workbook.sheets import cell_beside, cell_of, codes, fill, saved


def found(checklist, folder, picture, laws=None, **start):
    book = fill(checklist, picture, *([laws] if laws is not None else []), **start)
    return codes(book, checklist, folder)


def only(pairs, *wanted):
    """The issues without those that small examples always have (laws that nothing cites)."""
    assert [pair for pair in pairs if pair[0] != "A411"] == list(wanted)


def test_many_faults_in_one_run(checklist, tmp_path):
    pairs = found(checklist, tmp_path, """
        | Id     | Rating: Law          | Elements present | Legal basis | Rating: Practice |
        | REC-01 | partail              | a, z             | L9 art. 3   | yes              |
        | REC-02 | Fully provided for   |                  | Article 12  |                  |
        | JUS-01 | Not applicable       |                  |             |                  |
        | JUS-02 | na                   |                  |             |                  |
    """)  # fmt: skip
    only(
        pairs,
        ("A301", "F5"), ("A301", "J5"), ("A302", "H5"), ("A304", "I5"), ("A303", "I6"), ("A401", "F9"), ("A402", "K10"),
    )  # fmt: skip


def test_in_a_subdivision_any_matter_may_belong_to_the_state(checklist, tmp_path):
    picture = """
        | Id     | Rating: Law    | Note                                       |
        | JUS-01 | Not applicable | Criminal procedure belongs to the State.   |
        | JUS-02 | Not applicable |                                            |
    """
    only(found(checklist, tmp_path, picture, Country_code="ESP"), ("A401", "F9"), ("A402", "K10"))
    only(found(checklist, tmp_path, picture, Country_code="ES-PV"), ("A402", "K10"))


def test_a_slip_is_answered_with_what_was_probably_meant(checklist, tmp_path):
    book = fill(checklist, "| Id | Rating: Law |\n| REC-01 | partail |")
    _, issues = read_workbook(saved(book, tmp_path), checklist)
    said = labels("en").message(next(issue for issue in issues if issue.code == "A301"))
    assert said == (
        "'partail' is not a rating. Choose one of: Fully provided for, Partly provided for, Not provided for, Contrary. "
        "Did you mean 'Partly provided for'?"
    )


@pytest.mark.parametrize(
    ("typed", "rating"),
    [
        ("full", "full"),
        (" FULLY  provided for ", "full"),
        ("Entièrement prévu", "full"),
        ("entierement prevu", "full"),
        ("prévu\u00a0en partie", "partial"),
        ("Non prévu.", "none"),
        ("CONTRAIRE", "contrary"),
    ],
)
def test_ratings_are_read_by_key_or_title_in_any_language(checklist, tmp_path, typed, rating):
    book = fill(checklist, f"| Id | Rating: Law | Legal basis |\n| REC-01 | {typed} | L1 art. 3 |")
    read, issues = read_workbook(saved(book, tmp_path), checklist)
    assert read.answers["REC-01"].ratings == {"law": rating}
    assert not issues.blocking


@pytest.mark.parametrize("typed", ["2.5", "2,5", 2.5, " 2.50 "])
def test_points_are_read_as_people_write_them(points, tmp_path, typed):
    book = fill(points, laws="")
    cell_of(book, "A-1", "Rating: Text").value = typed
    read, issues = read_workbook(saved(book, tmp_path), points)
    assert read.answers["A-1"].ratings == {"text": "2.5"}
    assert not issues.blocking


@pytest.mark.parametrize("typed", ["3.5", "-1", "0.3", "two", "1/0"])
def test_points_outside_the_scale_are_refused(points, tmp_path, typed):
    only(found(points, tmp_path, f"| Id | Rating: Text |\n| A-1 | {typed} |", ""), ("A301", "E5"))


def test_points_stop_at_the_maximum_of_the_provision(points, tmp_path):
    only(found(points, tmp_path, "| Id | Rating: Text | Legal basis |\n| A-2 | 2 | |", ""), ("A301", "E6"))


@pytest.mark.parametrize(
    ("rating", "elements", "note", "code"),
    [
        ("full", "a, b", "", "A404"),
        ("full", "none", "", "A404"),
        ("full", "a, b, c", "", None),
        ("full", "", "", None),
        ("none", "a", "", "A404"),
        ("none", "none", "", None),
        ("partial", "", "", "A405"),
        ("partial", "none", "", "A404"),
        ("partial", "all", "", "A404"),
        ("partial", "all", "For some victims only.", None),
        ("partial", "a", "", None),
    ],
)
def test_elements_must_fit_the_rating(checklist, tmp_path, rating, elements, note, code):
    pairs = found(checklist, tmp_path, f"""
        | Id     | Rating: Law | Elements present | Legal basis | Note   |
        | REC-01 | {rating}    | {elements}       | L1 art. 3   | {note} |
    """)  # fmt: skip
    only(pairs, *([(code, "H5")] if code else []))


def test_a_rating_in_law_needs_a_law_and_its_article(checklist, tmp_path):
    pairs = found(checklist, tmp_path, """
        | Id     | Rating: Law | Rating: Practice | Legal basis       |
        | REC-01 | full        | full             |                   |
        | REC-02 | full        |                  | L1; L2 art. 4     |
        | REC-03 | none        |                  |                   |
        | JUS-01 | contrary    |                  |                   |
        | JUS-02 |             | full             |                   |
    """)  # fmt: skip
    only(pairs, ("A403", "I5"), ("A409", "I6"), ("A403", "I9"))


def test_only_law_in_force_counts(checklist, tmp_path):
    laws = """
        | Key | Title   | Status   | In force since | In force until |
        | L1  | Old     | repealed |                | 2020-01-01     |
        | L2  | Bill    | draft    |                |                |
        | L3  | Present |          | 2016-06-01     |                |
    """
    pairs = found(checklist, tmp_path, """
        | Id     | Rating: Law | Elements present | Legal basis            | Rating if adopted |
        | REC-01 | partial     | a                | L1 art. 3; L2 art. 4   |                   |
        | REC-02 | partial     | a                | L2 art. 3; L3 art. 4   |                   |
        | JUS-01 | partial     | a                | L2 art. 3; L3 art. 4   | full              |
        | REC-03 | none        |                  | L2 art. 3              | full              |
    """, laws)  # fmt: skip
    only(pairs, ("A406", "I5"), ("A407", "I6"))


@pytest.mark.parametrize(
    ("status", "since", "until", "doubtful"),
    [
        ("in force", "2016-06-01", "", False),
        ("in force", "2027-06-01", "", True),
        ("in force", "2016-06-01", "2020-01-01", True),
        ("in force", "2016-06-01", "2015-01-01", True),
        ("adopted", "2027-06-01", "", False),
        ("adopted", "2016-06-01", "", True),
        ("draft", "", "", False),
        ("draft", "2016-06-01", "", True),
        ("repealed", "2016-06-01", "2020-01-01", False),
        ("repealed", "", "2027-01-01", True),
    ],
)
def test_the_status_of_a_law_must_go_with_its_dates(checklist, tmp_path, status, since, until, doubtful):
    laws = f"| Key | Title | Status | In force since | In force until |\n| L1 | Act | {status} | {since} | {until} |"
    pairs = found(checklist, tmp_path, "", laws)
    assert pairs == ([("A408", "A5")] if doubtful else [])


def test_the_register_of_laws_is_checked(checklist, tmp_path):
    laws = """
        | Key | Title | Number | Date       | Status  | Link              |
        | L1  |       | 3/2016 | 01/02/2016 | in forc | www.example.org   |
        | L3  | Third |        | 13/02/2016 |         | https://a b.org   |
    """
    book = fill(checklist, "", laws)
    sheet = book["Laws"]
    sheet["A6"], sheet["B6"] = "l 1", "Again"
    sheet["A8"], sheet["B8"] = None, "Without a key"
    only(
        codes(book, checklist, tmp_path),
        ("A309", "B5"), ("A305", "E5"), ("A307", "F5"), ("A311", "I5"), ("A204", "A6"), ("A311", "I7"), ("A205", "A8"),
    )  # fmt: skip


def test_a_law_that_nothing_cites_is_mentioned_once_there_are_answers(checklist, tmp_path):
    pairs = found(checklist, tmp_path, "| Id | Rating: Law | Legal basis |\n| REC-01 | full | l 1: §§ 3-5 |")
    assert pairs == [("A411", "A6")]


@pytest.mark.parametrize(
    ("code", "read"),
    [("ESP", "ESP"), ("es", "ESP"), ("NA", "NAM"), ("nam", "NAM"), ("ES-AN", "ES-AN"), ("XUT", "XUT"), (" Xab ", "XAB")],
)
def test_country_codes_of_every_kind(checklist, tmp_path, code, read):
    book = fill(checklist, "| Id | Rating: Law |\n| REC-01 | none |", "", Country_code=code)
    assessment, issues = read_workbook(saved(book, tmp_path), checklist)
    assert assessment.country == read
    assert len(issues) == 0


def test_a_name_left_from_another_country_is_not_believed(checklist, tmp_path):
    assessment, _ = read_workbook(saved(fill(checklist, Country_code="FRA"), tmp_path), checklist)
    assert assessment.country_name == "France"


def test_an_unknown_country_is_answered_with_a_code(checklist, tmp_path):
    assessment, issues = read_workbook(saved(fill(checklist, "", "", Country_code="Spane"), tmp_path), checklist)
    assert assessment is None
    assert [(issue.code, dict(issue.facts)["hint"]) for issue in issues] == [("A306", "ESP")]


def test_missing_fields_do_not_hide_other_faults(checklist, tmp_path):
    pairs = found(checklist, tmp_path, "| Id | Rating: Law |\n| REC-01 | perhaps |", "", Country_code=None, Law_as_of=None)
    assert pairs == [("A301", "F5"), ("A309", "C16"), ("A309", "C11")]


@pytest.mark.parametrize(
    "typed", [date(2024, 6, 30), datetime(2024, 6, 30), "2024-06-30", "30.06.2024", "30/06/2024", "30 06 2024"]
)
def test_days_as_people_write_them(checklist, tmp_path, typed):
    assessment, issues = read_workbook(saved(fill(checklist, "", "", Law_as_of=typed), tmp_path), checklist)
    assert assessment.as_of == date(2024, 6, 30)
    assert len(issues) == 0


@pytest.mark.parametrize("typed", ["2024", 2024, "06/05/2024", "30 June 2024", "2024-13-01", "31.02.2024", True])
def test_days_that_could_be_read_in_two_ways_are_refused(checklist, tmp_path, typed):
    assert found(checklist, tmp_path, "", "", Law_as_of=typed) == [("A305", "C16")]


def test_a_wrong_scope_is_refused(checklist, tmp_path):
    assert found(checklist, tmp_path, "", "", What_is_read="everything") == [("A307", "C14")]


def test_formulas_errors_and_merged_cells_are_no_answers(checklist, tmp_path):
    book = fill(checklist, "", "")
    sheet = book["Assessment"]
    sheet["F5"], sheet["F6"], sheet["I6"] = "=F7", "#REF!", '=IF(A1<"x","L1",2)'
    sheet["F6"].data_type = "e"
    sheet.merge_cells("K9:K10")
    book["Start"]["C11"] = '="X"&"UT"'
    assessment, issues = read_workbook(saved(book, tmp_path), checklist)
    assert assessment is None
    assert [(issue.code, issue.at.cell) for issue in issues] == [
        ("A312", "K9"), ("A308", "F5"), ("A310", "F6"), ("A308", "I6"), ("A308", "C11"),
    ]  # fmt: skip
    assert [dict(issue.facts)["value"] for issue in issues if issue.code == "A308"] == ["=F7", '=IF(A1<"x","L1",2)', '="X"&"UT"']


def test_everything_that_is_not_read_is_reported(checklist, tmp_path):
    book = fill(checklist, "", "")
    book["Assessment"]["C5"] = "My own title"
    book["Assessment"]["T6"] = "far to the right"
    book["Assessment"]["A30"] = "REC-77"
    book["Assessment"]["F31"] = "full"
    book["Assessment"]["R3"], book["Assessment"]["R5"] = "My remarks", "a remark"
    book["Laws"]["M2"] = "beside"
    book["Start"]["I3"] = "on the title"
    book["Guide"]["B60"] = "in the guide"
    book.create_sheet("Scratch")["B2"] = 12
    pairs = codes(book, checklist, tmp_path)
    assert pairs == [
        ("A105", "M2"), ("A104", "R3"), ("A105", "C5"), ("A105", "T6"), ("A201", "A30"), ("A105", "F31"), ("A105", "I3"),
        ("A105", "B60"), ("A106", ""),
    ]  # fmt: skip


def test_headings_that_are_gone_or_there_twice(checklist, tmp_path):
    book = fill(checklist, "", "")
    sheet = book["Assessment"]
    sheet["F3"], sheet["K3"] = "Ratting: Law", "Legal basis"
    book["Start"]["B16"] = "Date"
    book["Start"]["B11"] = "Country name"
    _, issues = read_workbook(saved(book, tmp_path), checklist)
    assert [(issue.code, issue.at.cell, dict(issue.facts).get("hint", "")) for issue in issues][:2] == [
        ("A103", "K3", ""), ("A102", "", "Ratting: Law"),
    ]  # fmt: skip
    assert {("A103", "B12"), ("A102", "")} <= {(issue.code, issue.at.cell) for issue in issues}


def test_headings_of_another_language_are_read(checklist, tmp_path):
    book = fill(checklist, "| Id | Rating: Law | Legal basis | Note |\n| REC-01 | full | L1 art. 3 | why |")
    sheet = book["Assessment"]
    sheet["F3"], sheet["I3"], sheet["K3"] = "Appréciation : Droit", "BASE LEGALE", "note "
    read, issues = read_workbook(saved(book, tmp_path), checklist)
    assert (read.answers["REC-01"].legal_basis, read.answers["REC-01"].ratings) == ("L1 art. 3", {"law": "full"})
    assert not issues.blocking


def test_sheets_that_are_gone_or_there_twice(checklist, tmp_path):
    book = fill(checklist, "", "")
    del book["Laws"]
    copy = book.copy_worksheet(book["Assessment"])
    copy.title = "Copy"
    _, issues = read_workbook(saved(book, tmp_path), checklist)
    assert [(issue.code, issue.at.sheet) for issue in issues] == [("A101", ""), ("A107", "Copy")]


def test_rows_that_are_gone_or_there_twice(checklist, tmp_path):
    book = fill(checklist, "", "")
    sheet = book["Assessment"]
    sheet["A6"] = "rec–01"
    _, issues = read_workbook(saved(book, tmp_path), checklist)
    assert [(issue.code, issue.at.cell) for issue in issues] == [("A202", "A6"), ("A203", "")]
    assert dict(issues.found[1].facts)["provisions"] == "REC-02"


def test_text_beside_no_rating_is_mentioned(checklist, tmp_path):
    pairs = found(checklist, tmp_path, """
        | Id     | Note     | To confirm | Elements present |
        | REC-01 | a remark |            |                  |
        | REC-02 |          | to confirm |                  |
        | JUS-01 |          |            | a                |
    """, "")  # fmt: skip
    assert pairs == [("A410", "K5"), ("A410", "H9")]


def test_personal_data_is_pointed_out_without_being_repeated(checklist, tmp_path):
    book = fill(checklist, "| Id | Rating: Law | Note |\n| REC-01 | none | Ask j.doe@example.org |", "")
    _, issues = read_workbook(saved(book, tmp_path), checklist)
    assert [(issue.code, issue.at.cell) for issue in issues] == [("A901", "K5")]
    assert "j.doe" not in labels("en").message(issues.found[0])


def test_the_workbook_of_another_checklist_or_version(checklist, points, tmp_path):
    path = saved(fill(points, "", ""), tmp_path)
    read, issues = read_workbook(path, checklist)
    assert (read, [issue.code for issue in issues]) == (None, ["A011"])


@pytest.mark.parametrize(("entry", "value", "code"), [("version", "0.9", "A012"), ("digest", "f" * 64, "A013")])
def test_the_workbook_of_another_version(checklist, tmp_path, entry, value, code):
    book = fill(checklist, "", "")
    hidden = book["_legcheck"]
    next(row for row in hidden.iter_rows() if row[0].value == entry)[1].value = value
    read, issues = read_workbook(saved(book, tmp_path), checklist)
    assert [issue.code for issue in issues] == [code]
    assert (read is None) == (code == "A012")


def test_a_value_is_found_wherever_a_row_or_column_was_put_in(checklist, tmp_path):
    book = fill(checklist, "| Id | Rating: Law | Legal basis |\n| REC-01 | full | L9 |")
    book["Assessment"].insert_rows(5, 3)
    book["Assessment"].insert_cols(2, 2)
    book["Start"].insert_rows(1, 2)
    assert ("A304", "K8") in codes(book, checklist, tmp_path)


def test_the_value_of_a_field_may_stand_further_right(checklist, tmp_path):
    book = fill(checklist, "", "")
    cell = cell_beside(book["Start"], "Body that fills this in")
    book["Start"].unmerge_cells(f"{cell.coordinate}:E{cell.row}")
    book["Start"].cell(cell.row, cell.column + 2).value = "Ministry"
    read, issues = read_workbook(saved(book, tmp_path), checklist)
    assert (read.body, len(issues)) == ("Ministry", 0)


def test_the_body_is_an_institution_not_a_person(checklist, tmp_path):
    pairs = found(checklist, tmp_path, "", "", Body_that_fills_this_in="Ministry of Justice, +34 912 345 678")
    assert pairs == [("A901", "C13")]
