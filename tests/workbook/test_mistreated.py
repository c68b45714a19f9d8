"""Honest mistreatment of a filled workbook: no answer changes or is lost without a word."""

from datetime import date, datetime, time, timedelta

import pytest

from legcheck.labels import labels, languages
from legcheck.workbook import read_workbook
from tests.workbook.sheets import HEAD, JUS, LAWS, REC, cell_beside, cell_of, fill, saved

ANSWERS = """
    | Id              | Answer             | Legal basis | Note            |
    | REC-01.a        | yes                | L1 art. 3   | named there     |
    | REC-01.b        | no                 |             |                 |
    | REC-01:law      | Partly provided for | L2 art. 4  | for some only   |
    | REC-01:practice | Not provided for   |             |                 |
    | REC-02:law      | Not provided for   |             |                 |
"""
ROWS = ["REC-01", "REC-01.a", "REC-01.b", "REC-01.c", "REC-01:law", "REC-01:law+", "REC-01:practice", "REC-02"]


def read(book, checklist, folder):
    """What is read, and code, cell and English message of each issue."""
    found, issues = read_workbook(saved(book, folder), checklist)
    return found, [(one.code, one.at.cell, labels("en").message(one)) for one in issues]


def added(book, checklist, folder):
    """The issues that the workbook with its answers alone does not have."""
    usual = read(fill(checklist, ANSWERS), checklist, folder)[1]
    return [issue for issue in read(book, checklist, folder)[1] if issue not in usual]


# Over the rating so far ---------------------------------------------------------------------------------------------------


def test_a_rating_typed_over_the_question_counts_if_its_own_row_is_blank(checklist, tmp_path):
    book = fill(checklist)
    cell_of(book, "REC-02", "Answer").value = "Not provided for"
    assert read(book, checklist, tmp_path)[0].answers["REC-02"].ratings == {"law": "none"}


def test_a_rating_typed_over_the_question_that_says_the_same_is_fine(checklist, tmp_path):
    book = fill(checklist, ANSWERS)
    cell_of(book, "REC-02", "Answer").value = "none"
    cell_of(book, "REC-02:law", "Answer").value = "none"
    assert not [issue for issue in added(book, checklist, tmp_path) if issue[0].startswith("A2")]


def test_a_rating_typed_over_the_question_that_says_something_else_is_an_error(checklist, tmp_path):
    book = fill(checklist, ANSWERS)
    cell_of(book, "REC-01", "Answer").value = "Fully provided for"
    assert added(book, checklist, tmp_path)[0] == (
        "A207",
        "C7",
        "REC-01 (Law): 'Partly provided for' here, but 'Fully provided for' in C3, and both cells answer the same. "
        "Delete the wrong one.",
    )


def test_what_the_formula_showed_may_be_pasted_as_its_value(following, tmp_path):
    for shown in ("Law: yes or no?", "Law: a, b still open", "Law: Fully provided for\n(from the elements)"):
        book = fill(following, ANSWERS)
        cell_of(book, "REC-01", "Answer").value = shown
        cell_of(book, "REC-01", "Note").value = "To confirm: the date\nAssessor: the ministry"
        assert not added(book, following, tmp_path)


def test_any_other_text_over_the_question_is_refused_with_what_is_allowed(checklist, tmp_path):
    book = fill(checklist)
    cell_of(book, "REC-01", "Answer").value = "mostly"
    (issue,) = (issue for issue in read(book, checklist, tmp_path)[1] if issue[1] == "C3")
    assert issue[0] == "A301"


def test_legal_basis_and_note_in_several_rows_of_a_provision_are_joined(checklist, tmp_path):
    book = fill(checklist, ANSWERS)
    cell_of(book, "REC-01", "Legal basis").value = "L1 art. 9"
    cell_of(book, "REC-01", "Note").value = "a remark on the question"
    cell_of(book, "REC-01:practice", "Note").value = "slow"
    found, _ = read(book, checklist, tmp_path)
    answer = found.answers["REC-01"]
    assert [(one.law, one.articles) for one in answer.citations] == [("L1", "art. 9"), ("L2", "art. 4")]
    assert answer.note == "a remark on the question\nfor some only\nslow"
    assert not added(book, checklist, tmp_path)


@pytest.mark.parametrize("cell", ["B3", "B4", "L6", "B1", "B60", "F4"])
@pytest.mark.parametrize("typed", ["yes", "Not provided for", "none", "a remark"])
def test_an_answer_beside_its_cell_is_reported_whatever_its_words(checklist, tmp_path, cell, typed):
    book = fill(checklist, ANSWERS)
    book[REC][cell] = typed
    assert ("A105", cell) in [issue[:2] for issue in added(book, checklist, tmp_path)]


# Ids ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", [None, "partly", "yes", "?"])
@pytest.mark.parametrize("id", ["REC-01.a", "REC-01.b", "REC-01:law", "REC-01:practice", "REC-02:law"])
def test_the_row_of_an_id_that_is_gone_is_recognised(checklist, tmp_path, id, typed):
    book = fill(checklist, ANSWERS)
    cell_of(book, id, "Id").value = typed
    (issue,) = added(book, checklist, tmp_path)
    assert issue[0] == "A206"
    assert issue[2].startswith(f"This looks like the row of {id}, but its id is gone; the cell shows: {typed or 'nothing'}.")


def test_several_ids_in_a_row_may_be_gone(checklist, tmp_path):
    book = fill(checklist, ANSWERS)
    for id in ROWS[:5]:
        cell_of(book, id, "Id").value = None
    found = added(book, checklist, tmp_path)
    assert [issue[:2] for issue in found if issue[0].startswith("A2")] == [
        ("A206", "A4"),
        ("A206", "A5"),
        ("A206", "A7"),
        ("A203", ""),
    ]


def test_a_row_of_ones_own_is_never_taken_for_one_of_ours(checklist, tmp_path):
    book = fill(checklist, ANSWERS)
    row = cell_of(book, "REC-01.b", "Id").row
    book[REC].delete_rows(row)
    book[REC].insert_rows(row)
    book[REC].cell(row, 2).value, book[REC].cell(row, 3).value = "my own question", "yes"
    assert {issue[0] for issue in added(book, checklist, tmp_path)} >= {"A105", "A203"}


def test_an_id_beside_the_question_of_another_row_is_named(checklist, tmp_path):
    book = fill(checklist, ANSWERS)
    first, second = cell_of(book, "REC-01.a", "Id"), cell_of(book, "REC-01.b", "Id")
    first.value, second.value = second.value, first.value
    found = added(book, checklist, tmp_path)
    assert [issue[:2] for issue in found if issue[0] == "A208"] == [("A208", first.coordinate), ("A208", second.coordinate)]
    assert found[0][2].startswith("The id REC-01.b stands beside the question of REC-01.a, so it is not clear")


def test_so_it_is_if_the_column_of_ids_was_sorted_by_itself(checklist, tmp_path):
    book = fill(checklist, ANSWERS)
    cells = [row[0] for row in book[REC].iter_rows(min_row=HEAD + 1) if row[0].value]
    for cell, id in zip(cells, sorted((cell.value for cell in cells), reverse=True), strict=True):
        cell.value = id
    assert [issue[0] for issue in added(book, checklist, tmp_path)].count("A208") > 3


def test_rows_may_be_sorted_as_a_whole(checklist, tmp_path):
    book = fill(checklist, ANSWERS)
    rows = [[cell.value for cell in row] for row in book[REC].iter_rows(min_row=HEAD + 1)]
    for place, row in enumerate(reversed(rows), HEAD + 1):
        for column, value in enumerate(row, 1):
            book[REC].cell(place, column).value = value
    assert not [issue for issue in added(book, checklist, tmp_path) if issue[0].startswith("A2")]
    assert read(book, checklist, tmp_path)[0].answers == read(fill(checklist, ANSWERS), checklist, tmp_path)[0].answers


# Moved rows ---------------------------------------------------------------------------------------------------------------


def move(book, ids, sheet, *, headings):
    """Cut rows out and put them on another sheet, below the headings if those come along."""
    if headings:
        sheet.append([cell.value for cell in book[REC][HEAD]])
    for id in ids:
        row = cell_of(book, id, "Id").row
        sheet.append([cell.value for cell in book[REC][row]])
        book[REC].delete_rows(row)


def test_rows_moved_to_another_chapter_or_below_their_headings_count(checklist, tmp_path):
    for name in (JUS, "Mine"):
        book = fill(checklist, ANSWERS)
        move(book, ROWS[1:4], book[JUS] if name == JUS else book.create_sheet(name), headings=name != JUS)
        found, issues = read(book, checklist, tmp_path)
        before, usual = read(fill(checklist, ANSWERS), checklist, tmp_path)
        assert found.answers == before.answers
        assert {code for code, *_ in issues} == {code for code, *_ in usual}


def test_rows_whose_headings_were_deleted_are_named(checklist, tmp_path):
    book = fill(checklist, ANSWERS)
    book[REC].delete_rows(HEAD)
    assert ("A110", "") in [issue[:2] for issue in added(book, checklist, tmp_path)]


def test_rows_moved_without_their_headings_are_named(checklist, tmp_path):
    book = fill(checklist, ANSWERS)
    move(book, ROWS[1:4], book.create_sheet("Mine"), headings=False)
    (issue,) = (issue for issue in added(book, checklist, tmp_path) if issue[0] == "A110")
    assert issue[2].startswith("The sheet 'Mine' holds rows of the workbook (REC-01.a, REC-01.b, REC-01.c), but not the headings")


def test_a_sheet_of_ones_own_may_name_provisions(checklist, tmp_path):
    book = fill(checklist, ANSWERS)
    book.create_sheet("Who does what").append(["REC-01", "Ministry of Justice"])
    assert [issue[0] for issue in added(book, checklist, tmp_path)] == ["A106"]


def test_hidden_and_filtered_rows_count(checklist, tmp_path):
    book = fill(checklist, ANSWERS)
    book[REC].row_dimensions[4].hidden = True
    book[REC].auto_filter.ref = "A2:C20"
    assert not added(book, checklist, tmp_path)
    assert read(book, checklist, tmp_path)[0].answers["REC-01"].elements["a"].met


# Headings -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", [None, "Where", "Column 4"])
@pytest.mark.parametrize("heading", ["Answer", "Legal basis", "Note", "Id"])
def test_a_heading_that_is_gone_is_one_error(checklist, tmp_path, heading, typed):
    book = fill(checklist, ANSWERS)
    cell = next(cell for cell in book[REC][HEAD] if cell.value == heading)
    cell.value = typed
    ((code, at, message),) = added(book, checklist, tmp_path)
    assert (code, at) == ("A108", cell.coordinate)
    assert message == (
        f"The heading '{heading}' is gone; {at} shows: {typed or 'nothing'}. Type '{heading}' into {at}, so that what stands "
        "below it counts."
    )


@pytest.mark.parametrize("heading", ["Title", "Key"])
def test_so_is_one_of_the_register_of_laws(checklist, tmp_path, heading):
    book = fill(checklist, ANSWERS)
    cell = next(cell for cell in book["Laws"][4] if cell.value == heading)
    cell.value = "What it is"
    assert [issue[:2] for issue in added(book, checklist, tmp_path)] == [("A108", cell.coordinate)]


def test_a_column_that_is_deleted_is_mentioned(checklist, tmp_path):
    book = fill(checklist, ANSWERS)
    book[REC].delete_cols(5)
    assert [issue[0] for issue in read(book, checklist, tmp_path)[1]].count("A109") == 1


# Values of another kind ---------------------------------------------------------------------------------------------------

CHANGED = [1.1, 0.5, datetime(2015, 4, 1), date(2026, 12, 3), time(10, 30), timedelta(hours=30), 42095, 2.0e15]


@pytest.mark.parametrize("value", CHANGED)
@pytest.mark.parametrize("heading", ["Legal basis", "Note"])
def test_what_a_spreadsheet_made_of_a_text_is_refused(checklist, tmp_path, value, heading):
    book = fill(checklist, ANSWERS)
    cell = cell_of(book, "REC-01:law", heading)
    cell.value = value
    refused = [issue for issue in added(book, checklist, tmp_path) if issue[0] == "A318"]
    assert [issue[1] for issue in refused] == [cell.coordinate]
    assert "type again what should stand there" in refused[0][2]


@pytest.mark.parametrize(
    ("heading", "value"),
    [(one, value) for one in ("Key", "Title", "Number") for value in CHANGED if (one, value) != ("Number", 42095)],
)
def test_so_it_is_in_the_register_of_laws(checklist, tmp_path, value, heading):
    book = fill(checklist, ANSWERS)
    cell = next(cell for cell in book["Laws"][4] if cell.value == heading)
    changed = book["Laws"].cell(5, cell.column)
    changed.value = value
    assert ("A318", changed.coordinate) in [issue[:2] for issue in added(book, checklist, tmp_path)]


def test_a_law_may_have_the_number_of_a_day(checklist, tmp_path):
    """Laws are numbered beyond 40,000 in several States, so that such a number is no date in disguise."""
    book = fill(checklist, ANSWERS)
    number = next(cell for cell in book["Laws"][4] if cell.value == "Number")
    book["Laws"].cell(5, number.column).value = 26994
    found, issues = read(book, checklist, tmp_path)
    assert found.laws["L1"].number == "26994"
    assert "A318" not in [issue[0] for issue in issues]


def test_and_in_the_fields_of_the_first_sheet(checklist, tmp_path):
    book = fill(checklist, ANSWERS)
    cell_beside(book["Start"], "Body that fills this in").value = datetime(2015, 4, 1)
    assert "A318" in [issue[0] for issue in added(book, checklist, tmp_path)]


def test_a_whole_number_is_what_was_typed(checklist, tmp_path):
    book = fill(checklist, ANSWERS)
    cell_of(book, "REC-01.a", "Legal basis").value = 4
    cell_of(book, "REC-01:law", "Legal basis").value = "L1 art. 9"
    found, _ = read(book, checklist, tmp_path)
    assert [(one.law, one.articles) for one in found.answers["REC-01"].elements["a"].citations] == [("L1", "4")]


@pytest.mark.parametrize(
    "day", ["1445-09-01", "2567-06-15", "1399-01-01", "0020-05-06", "9999-12-31", date(2567, 6, 15), date(9999, 12, 31)]
)
def test_a_year_of_another_calendar_is_refused_with_the_way_out(checklist, tmp_path, day):
    book = fill(checklist, ANSWERS)
    book["Laws"]["G5"] = day
    assert added(book, checklist, tmp_path)[0][:2] == ("A305", "G5")
    assert "in the Gregorian calendar, with a year from 1500 to 2199" in added(book, checklist, tmp_path)[0][2]
    assert "A305" in [issue[0] for issue in added(fill(checklist, ANSWERS, law_as_of=day), checklist, tmp_path)]


def test_old_statutes_have_dates_too(checklist, tmp_path):
    book = fill(checklist, ANSWERS)
    book["Laws"]["G5"] = "1689-12-16"
    found, _ = read(book, checklist, tmp_path)
    assert found.laws["L1"].in_force_since == date(1689, 12, 16)


def test_every_message_is_there_in_every_language(checklist, tmp_path):
    book = fill(checklist, ANSWERS, LAWS)
    cell_of(book, "REC-01.a", "Id").value = None
    book[REC]["D2"] = None
    book[REC]["C3"] = "full"
    _, issues = read_workbook(saved(book, tmp_path), checklist)
    for language in languages():
        assert all("{" not in labels(language).message(issue) for issue in issues)
