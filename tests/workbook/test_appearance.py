"""What people see of a cell beside its value, such as a note, a line through it or a colour, is no answer, and is named."""

import io
import zipfile

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from legcheck.labels import labels
from legcheck.workbook import annotate, read_workbook
from tests.workbook.sheets import REC, cell_of, converted, fill, rezipped, saved

ANSWERS = """
    | Id         | Answer | Legal basis | Note      |
    | REC-01.a   | yes    | L1 art. 3   | a remark  |
    | REC-01.b   | no     |             |           |
    | REC-01:law | partial | L2 art. 4  |           |
"""
UNANSWERED = "REC-01.c"


def said(path, checklist):
    """Code, place and English message of the issues about appearance."""
    _, issues = read_workbook(path, checklist)
    return [
        (one.code, one.at.sheet, one.at.cell, labels("en").message(one)) for one in issues if one.code in ("A315", "A316", "A317")
    ]


def found(path, checklist):
    return [(code, cell) for code, _, cell, _ in said(path, checklist)]


@pytest.fixture
def book(checklist):
    return fill(checklist, ANSWERS)


def test_a_workbook_as_made_looks_as_it_should(book, checklist, tmp_path):
    assert not said(saved(book, tmp_path), checklist)


# Notes --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("heading", ["Answer", "Legal basis", "Note"])
def test_a_note_at_a_blank_cell_is_named_with_its_text(book, checklist, tmp_path, heading):
    cell = cell_of(book, UNANSWERED, heading)
    cell.comment = Comment("Yes, by art. 12 & 13 of the <Act>", "Ministry")
    ((code, _, at, message),) = said(saved(book, tmp_path), checklist)
    assert (code, at) == ("A315", cell.coordinate)
    assert message.startswith("The note at this blank cell says: 'Yes, by art. 12 & 13 of the <Act>'.")


def test_so_is_one_on_the_other_sheets_and_far_from_the_table(book, checklist, tmp_path):
    book["Start"]["B40"].comment = Comment("one", "Ministry")
    book["Laws"]["C6"].comment = Comment("two", "Ministry")
    book[REC]["T9"].comment = Comment("three", "Ministry")
    book.create_sheet("Mine")["A1"].comment = Comment("four", "Ministry")
    assert [message.split("'")[1] for *_, message in said(saved(book, tmp_path), checklist)] == ["one", "two", "three", "four"]


def test_a_note_at_a_filled_cell_is_a_remark(book, checklist, tmp_path):
    cell_of(book, "REC-01.a", "Answer").comment = Comment("Are you sure?", "Ministry")
    assert not said(saved(book, tmp_path), checklist)


def test_a_note_at_the_rating_so_far_is_named(following, tmp_path):
    book = fill(following, ANSWERS)
    cell_of(book, "REC-01", "Answer").comment = Comment("contrary", "Ministry")
    assert found(saved(book, tmp_path), following) == [("A315", "C3")]


THREADS = """<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">
    <threadedComment ref="C6" dT="2026-03-01T10:00:00.00" personId="{1}" id="{2}"><text>Is it there?</text></threadedComment>
    <threadedComment ref="C6" dT="2026-03-02T10:00:00.00" id="{3}" parentId="{2}"><text>Yes</text></threadedComment>
</ThreadedComments>"""


def test_a_thread_of_comments_is_quoted_in_its_own_words(book, checklist, tmp_path):
    cell_of(book, UNANSWERED, "Answer").comment = Comment("[Threaded comment]\n\nYour version of Excel allows ...", "tc={2}")
    path = saved(book, tmp_path)
    with zipfile.ZipFile(path) as archive:
        name = next(one for one in archive.namelist() if one.endswith(".rels") and b"comment" in archive.read(one))
        relation = b'<Relationship Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"'
        relation += b' Target="../threadedComments/threadedComment1.xml" Id="rId99"/></Relationships>'
        relations = archive.read(name).replace(b"</Relationships>", relation)
    parts = {name: relations, "xl/threadedComments/threadedComment1.xml": THREADS.encode()}
    path.write_bytes(rezipped(path.read_bytes(), parts))
    ((_, _, cell, message),) = said(path, checklist)
    assert cell == "C6"
    assert "'Is it there? Yes'" in message


def test_the_notes_of_a_marked_copy_are_ours(book, checklist, tmp_path):
    cell_of(book, "REC-02:law", "Answer").value = "full"
    blank = cell_of(book, "REC-02:law", "Legal basis").coordinate
    path = saved(book, tmp_path)
    _, issues = read_workbook(path, checklist)
    assert blank in [issue.at.cell for issue in issues]
    path.write_bytes(annotate(path, issues, "en"))
    assert not said(path, checklist)


# Text struck out ----------------------------------------------------------------------------------------------------------


def test_text_that_is_struck_out_counts_and_is_named(book, checklist, tmp_path):
    for heading in ("Answer", "Note"):
        cell_of(book, "REC-01.a", heading).font = Font(strike=True)
    cell_of(book, UNANSWERED, "Answer").font = Font(strike=True)  # blank: nothing is struck out
    path = saved(book, tmp_path)
    assert read_workbook(path, checklist)[0].answers["REC-01"].elements["a"].met
    ((code, _, at, message),) = said(path, checklist)
    assert (code, at) == ("A316", "C4")
    assert message.startswith("'yes' is struck out, but it still counts (C4, E4). To withdraw it, empty the cell;")


@pytest.mark.parametrize("errors_only", [False, True], ids=["one file", "many files"])
def test_every_command_repeats_that_something_is_struck_out_or_only_coloured(book, checklist, tmp_path, errors_only):
    cell_of(book, "REC-01.a", "Answer").font = Font(strike=True)
    cell_of(book, UNANSWERED, "Answer").fill = PatternFill("solid", fgColor="FF92D050")
    _, issues = read_workbook(saved(book, tmp_path), checklist, errors_only=errors_only)
    assert [issue.code for issue in issues if issue.rule.unread] == ["A316", "A317"]


def test_so_is_a_part_of_a_text_and_a_law(book, checklist, tmp_path):
    gone = TextBlock(InlineFont(strike=True), "art. 3, ")
    cell_of(book, "REC-01.a", "Legal basis").value = CellRichText("L1 ", gone, "art. 4")
    book["Laws"]["B5"].font = Font(strike=True)
    assert found(saved(book, tmp_path), checklist) == [("A316", "B5"), ("A316", "D4")]


# Colours ------------------------------------------------------------------------------------------------------------------


def test_a_colour_at_a_blank_answer_is_named_once_a_sheet(book, checklist, tmp_path):
    for id in (UNANSWERED, "REC-02.a", "REC-02.b"):
        cell_of(book, id, "Answer").fill = PatternFill("solid", fgColor="FF92D050")
    path = saved(book, tmp_path)
    ((code, _, at, message),) = said(path, checklist)
    assert (code, at) == ("A317", "C6")
    assert message.startswith("3 blank answer cells are coloured (C6, C11, C12). Colours are not read.")
    assert UNANSWERED[-1] not in read_workbook(path, checklist)[0].answers["REC-01"].elements


def test_other_cells_may_have_any_colour(book, checklist, tmp_path):
    for cell in ("A6", "B6", "D6", "C4", "C3", "C1", "C70"):
        book[REC][cell].fill = PatternFill("solid", fgColor="FFFFFF00")
    book[REC]["C6"].fill = PatternFill("solid", fgColor="FFFFFFFF")
    assert not said(saved(book, tmp_path), checklist)


# Other programs -----------------------------------------------------------------------------------------------------------


def test_it_is_the_same_after_libreoffice(book, checklist, soffice, tmp_path):
    cell_of(book, UNANSWERED, "Answer").comment = Comment("yes", "Ministry")
    cell_of(book, "REC-01.b", "Answer").font = Font(strike=True)
    cell_of(book, "REC-02.a", "Answer").fill = PatternFill("solid", fgColor="FF92D050")
    path = saved(book, tmp_path)
    wanted = [("A315", "C6"), ("A316", "C5"), ("A317", "C11")]
    assert found(path, checklist) == wanted
    assert found(converted(soffice, path, tmp_path / "out"), checklist) == wanted


def test_every_part_may_be_spelled_with_a_prefix(book, checklist, tmp_path):
    """As strict or unusual writers do; what is unreadable in a part of notes is left alone."""
    cell_of(book, UNANSWERED, "Answer").comment = Comment("yes", "Ministry")
    path = saved(book, tmp_path)
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        name = next(one for one in archive.namelist() if "comments/" in one and b"Ministry" in archive.read(one))
        spelled = archive.read(name).replace(b"<", b"<x:").replace(b"<x:/", b"</x:")
    path.write_bytes(rezipped(path.read_bytes(), {name: spelled}))
    assert found(path, checklist) == [("A315", "C6")]
    path.write_bytes(rezipped(path.read_bytes(), {name: b"<comments><comment ref='C6'><text"}))
    assert not said(path, checklist)
