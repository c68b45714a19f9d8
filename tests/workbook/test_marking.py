"""A marked copy says what to correct and changes nothing that people wrote."""

import io
from datetime import time

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from legcheck.issues import InputError, Severity
from legcheck.labels import languages
from legcheck.workbook import annotate, read_workbook
from legcheck.workbook.marking import MARKS
from tests.workbook.sheets import cell_of, converted, draw, fill, saved

WRONG = """
    | Id         | Answer  | Legal basis | Note                   |
    | REC-01.a   | maybe   |             |                        |
    | REC-01:law | partail | L9 art. 3   | Ask j.doe@example.org  |
    | REC-02.a   | yes     | L1 art. 2   | =HYPERLINK("http://x") |
    | REC-02.b   | no      |             |                        |
    | REC-02:law | full    |             |                        |
"""


@pytest.fixture
def filled(checklist, tmp_path):
    """A workbook with mistakes, a note and a colour of its own."""
    book = fill(checklist, WRONG)
    sheet = book["REC"]
    sheet["C7"].comment = Comment("We are not sure.", "Ministry")
    sheet["E11"].comment = Comment("Keep this.", "Ministry")
    sheet["D7"].fill = PatternFill("solid", start_color="FF00FF00", end_color="FF00FF00")
    sheet["E11"].data_type = "s"
    return saved(book, tmp_path)


def opened(content: bytes):
    return load_workbook(io.BytesIO(content), rich_text=True)


def marked(path, checklist, language="en"):
    _, issues = read_workbook(path, checklist)
    return opened(annotate(path, issues, language)), issues


@pytest.mark.parametrize("language", languages())
def test_every_cell_of_the_copy_equals_the_original(filled, checklist, language):
    copy, _ = marked(filled, checklist, language)
    original = opened(filled.read_bytes())
    assert copy.sheetnames[1:] == original.sheetnames
    for sheet in original.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                twin = copy[sheet.title][cell.coordinate]
                assert twin.value == cell.value, (sheet.title, cell.coordinate)
                if not isinstance(cell, MergedCell):
                    assert (twin.number_format, twin.font.b, twin.protection.locked) == (
                        cell.number_format, cell.font.b, cell.protection.locked,
                    )  # fmt: skip
        twin = copy[sheet.title]
        assert twin.sheet_state == sheet.sheet_state
        assert twin.freeze_panes == sheet.freeze_panes
        assert twin.auto_filter.ref == sheet.auto_filter.ref
        assert twin.protection.sheet == sheet.protection.sheet
        assert len(twin.data_validations.dataValidation) == len(sheet.data_validations.dataValidation)
        assert len(twin.conditional_formatting) == len(sheet.conditional_formatting)
        assert {k: v.height for k, v in twin.row_dimensions.items()} == {k: v.height for k, v in sheet.row_dimensions.items()}
    assert copy.defined_names.keys() == original.defined_names.keys()


def test_bad_cells_are_coloured_and_say_what_to_do(filled, checklist):
    copy, issues = marked(filled, checklist)
    sheet = copy["REC"]
    for issue in issues:
        if issue.at.cell:
            cell = copy[issue.at.sheet][issue.at.cell]
            assert issue.code in cell.comment.text
            assert cell.fill.fgColor.rgb in MARKS.values()
    assert sheet["C7"].fill.fgColor.rgb == MARKS[Severity.ERROR]
    assert sheet["E7"].fill.fgColor.rgb == MARKS[Severity.WARNING]
    assert sheet["C13"].comment is None
    assert sheet["C13"].fill.fgColor.rgb not in MARKS.values()


def test_notes_of_people_are_kept_ours_put_below(filled, checklist):
    copy, _ = marked(filled, checklist)
    sheet = copy["REC"]
    assert sheet["C7"].comment.text.startswith("We are not sure.\n")
    assert "A301" in sheet["C7"].comment.text
    assert sheet["C7"].comment.author == "Ministry"
    assert sheet["E11"].comment.text == "Keep this."


def test_the_first_sheet_lists_everything_with_links(filled, checklist):
    copy, issues = marked(filled, checklist)
    sheet = copy.worksheets[0]
    assert sheet.title == "Please correct"
    assert copy.active is sheet
    assert draw(sheet).splitlines()[:5] == [
        "legcheck corrections | Please correct",
        " | 3 to correct and 3 to look at. Each line links to its cell, where the same text appears as a note. "
        "Nothing else in this copy was changed.",
        " | No. | Kind | Cell | Found | Code | What to do",
        " | 1 | to correct | REC C7 | partail | A301 | 'partail' is not a rating. Choose one of: Fully provided for, "
        "Partly provided for, Not provided for, Contrary. Did you mean 'Partly provided for'?",
        " | 2 | to correct | REC D7 | L9 | A304 | The law 'L9' is not in the register of laws. Its keys: L1, L2.",
    ]
    links = [row[3].hyperlink for row in sheet.iter_rows(min_row=5)]
    assert [link.location for link in links if link] == [
        f"'{issue.at.sheet}'!{issue.at.cell}" for issue in sorted_by_kind(issues)
    ]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def sorted_by_kind(issues):
    return sorted(issues, key=lambda issue: issue.severity is Severity.WARNING)


def test_a_marked_copy_is_read_as_its_original(filled, checklist, tmp_path):
    first, issues = read_workbook(filled, checklist)
    path = tmp_path / "marked.xlsx"
    path.write_bytes(annotate(filled, issues, "fr"))
    second, again = read_workbook(path, checklist)
    assert first.answers == second.answers
    assert [(one.code, one.at.cell) for one in again] == [(one.code, one.at.cell) for one in issues]


def test_marks_are_taken_off_once_cells_are_corrected(filled, checklist, tmp_path):
    path = tmp_path / "marked.xlsx"
    _, issues = read_workbook(filled, checklist)
    path.write_bytes(annotate(filled, issues, "en"))
    book = opened(path.read_bytes())
    sheet = book["REC"]
    sheet["C7"], sheet["C4"], sheet["D7"], sheet["E7"] = "full", "yes", "L1 art. 3", ""
    sheet["C13"], sheet["C11"] = "none", ""
    book["Laws"]["A6"], book["Laws"]["B6"] = None, None
    copy, left = marked(saved(book, tmp_path, "corrected.xlsx"), checklist)
    assert [issue.code for issue in left] == []
    assert copy.sheetnames.count("Please correct") == 1
    sheet = copy["REC"]
    assert sheet["C7"].comment.text == "We are not sure."
    assert sheet["C4"].comment is None
    assert sheet["D7"].fill.fgColor.rgb == "FF00FF00"
    assert sheet["C7"].fill.fill_type is None
    assert "Nothing to correct" in draw(copy.worksheets[0])


def test_the_same_input_gives_the_same_bytes(filled, checklist):
    _, issues = read_workbook(filled, checklist)
    copy = annotate(filled, issues, "en")
    assert annotate(filled, issues, "en") == copy
    assert opened(copy).properties.modified.date() == opened(filled.read_bytes()).properties.modified.date()
    assert opened(copy).properties.modified.time() == time()


def test_a_file_that_is_no_workbook_cannot_be_marked(tmp_path):
    path = tmp_path / "XUT.xlsx"
    path.write_bytes(b"country,as_of\n")
    with pytest.raises(InputError):
        annotate(path, [], "en")


def test_a_message_is_never_a_formula(checklist, tmp_path):
    book = fill(checklist, "", "")
    cell_of(book, "REC-01:law", "Answer").value = "@SUM(A1)"
    copy, _ = marked(saved(book, tmp_path), checklist)
    assert copy.worksheets[0]["E5"].value == "@SUM(A1)"
    assert copy.worksheets[0]["E5"].data_type == "s"


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_a_copy_of_a_workbook_saved_elsewhere_keeps_its_lists(checklist, soffice, filled, tmp_path):
    """LibreOffice writes its own additions to the format; marking keeps drop-downs, names and every cell."""
    path = converted(soffice, filled, tmp_path / "out")
    read, issues = read_workbook(path, checklist)
    copy, original = opened(annotate(path, issues, "en")), opened(path.read_bytes())
    for title in ("REC", "Laws"):
        lists = [[rule.formula1, str(rule.sqref)] for rule in original[title].data_validations.dataValidation]
        assert [[rule.formula1, str(rule.sqref)] for rule in copy[title].data_validations.dataValidation] == lists
        assert any(formula and formula.startswith("legcheck_list") for formula, _ in lists)
        assert [[cell.value for cell in row] for row in copy[title].iter_rows()] == [
            [cell.value for cell in row] for row in original[title].iter_rows()
        ]
    assert read.answers["REC-02"].elements["a"].legal_basis == "L1 art. 2"
