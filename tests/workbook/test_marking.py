"""A marked copy says what to correct and changes nothing that people wrote."""

import io
import zipfile

import pytest
from lxml import etree
from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from legcheck.issues import InputError, Severity
from legcheck.labels import languages
from legcheck.workbook import annotate, read_workbook
from legcheck.workbook.marking import MARKS
from tests.workbook.sheets import JUS, REC, cell_of, converted, draw, fill, rezipped, saved

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
    sheet = book[REC]
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
        assert len(twin.conditional_formatting) >= len(sheet.conditional_formatting)
        assert {k: v.height for k, v in twin.row_dimensions.items()} == {k: v.height for k, v in sheet.row_dimensions.items()}
    assert copy.defined_names.keys() == original.defined_names.keys()


def colours(sheet) -> dict[str, str]:
    """The mark of every cell that has one."""
    rules = [(block.sqref, rule) for block in sheet.conditional_formatting for rule in block.rules if rule.formula == ["TRUE"]]
    marks = MARKS.values()
    return {
        cell: rule.dxf.fill.bgColor.rgb
        for cells, rule in rules
        for cell in str(cells).split()
        if rule.dxf.fill.bgColor.rgb in marks
    }


def test_bad_cells_are_coloured_and_say_what_to_do(filled, checklist):
    copy, issues = marked(filled, checklist)
    for issue in issues:
        if issue.at.cell:
            sheet = copy[issue.at.sheet]
            assert issue.code in sheet[issue.at.cell].comment.text
            assert issue.at.cell in colours(sheet)
    assert colours(copy[REC]) == {
        "C4": MARKS[Severity.ERROR], "C7": MARKS[Severity.ERROR], "D7": MARKS[Severity.ERROR],
        "E7": MARKS[Severity.WARNING], "C13": MARKS[Severity.WARNING],
    }  # fmt: skip
    assert copy[REC]["C11"].comment is None


EVERYTHING = {
    "laws": """
        | Key | Title          | Status   | In force since | In force until | Date       | Link            | For publication |
        | L1  | Act on Victims | in force | 2030-01-01     |                |            | https://a b.org | later           |
        | L2  |                | in forc  |                |                | 01/02/2016 |                 |                 |
        | L3  | Draft Act      | draft    |                |                |            |                 |                 |
        | L4  | Old Act        | repealed |                | 2027-01-01     |            |                 |                 |
    """,
    "answers": """
        | Id              | Answer         | Legal basis            | Note              | For publication |
        | REC-01.a        | maybe          | L9 art. 3              |                   | perhaps         |
        | REC-01.b        | yes            | art. 5                 |                   |                 |
        | REC-01:law      | partail        | L1 and so on, maybe L3 | j.doe@example.org |                 |
        | REC-01:practice | Not applicable |                        |                   |                 |
        | REC-02.b        | no             |                        |                   |                 |
        | REC-02:law      | full           | L3 art. 2              |                   |                 |
        | JUS-01.a        | no             |                        |                   |                 |
        | JUS-01:law      | full           | L1                     |                   |                 |
        | JUS-02:law      | na             |                        |                   |                 |
    """,
}


OF_A_SHEET = {"A109", "A203"}


def spoilt(book) -> dict[str, set[tuple[str, str]]]:
    """Spoil the form of a workbook as well, and return the cells at which that is to be said, by code."""
    sheet, other = book[REC], book[JUS]
    at = {
        "A104": (sheet, "M2", "My column"), "A105": (sheet, "N7", "beside"), "A201": (sheet, "A15", "REC-99:law"),
        "A202": (sheet, "A40", "REC-02:law"), "A206": (other, "A9", None), "A308": (sheet, "C5", "=F7"),
        "A310": (sheet, "E9", "#REF!"),
        "A318": (other, "D15", 4.5), "A205": (book["Laws"], "A9", None), "A204": (book["Laws"], "A8", "l 3"),
    }  # fmt: skip
    for where, cell, value in at.values():
        where[cell] = value
    sheet["M5"], sheet["C40"], sheet["E9"].data_type = "under it", "none", "e"
    other["C9"], book["Laws"]["B9"] = "partial", "Law without a key"
    other.merge_cells("E4:E5")
    other["C17"].comment = Comment("Not applied", "Ministry")
    other["E7"] = "gone"
    other["E7"].font = Font(strike=True)
    found = {code: {(where.title, cell)} for code, (where, cell, _) in at.items()}
    found["A202"] = {(REC, "C40")}
    return found | {"A312": {(JUS, "E4")}, "A315": {(JUS, "C17")}, "A316": {(JUS, "E7")}}


def test_every_problem_is_marked_at_the_cell_that_it_is_about(checklist, tmp_path):
    """Whatever is wrong at once, each remark stands at its cell, and says what stands there."""
    book = fill(checklist, EVERYTHING["answers"], EVERYTHING["laws"], Law_as_of="2024", Scope_of_the_assessment="everything")
    wanted = spoilt(book) | {
        "A301": {(REC, "C7")}, "A303": {(REC, "D7")}, "A304": {(REC, "D4")}, "A305": {("Start", "C23"), ("Laws", "E6")},
        "A307": {("Start", "C21"), ("Laws", "F6"), ("Laws", "J5"), (REC, "C4"), (REC, "J4")},
    }  # fmt: skip
    path = saved(book, tmp_path)
    copy, issues = marked(path, checklist)
    places = {}
    assert {issue.code for issue in issues if not issue.at.cell} <= OF_A_SHEET
    for issue in (issue for issue in issues if issue.at.cell):
        cell = copy[issue.at.sheet][issue.at.cell]
        assert issue.code in cell.comment.text, issue
        places.setdefault(issue.code, set()).add((issue.at.sheet, issue.at.cell))
        shown, value = "" if cell.value is None else str(cell.value), dict(issue.facts).get("value", "")
        assert issue.code == "A901" or value.startswith("@") or value in shown or issue.code == "A315", issue
    assert {code: places.get(code) for code in wanted} == wanted


def test_notes_of_people_are_kept_ours_put_below(filled, checklist):
    copy, _ = marked(filled, checklist)
    sheet = copy[REC]
    assert sheet["C7"].comment.text.startswith("We are not sure.\n")
    assert "A301" in sheet["C7"].comment.text
    assert sheet["C7"].comment.author == "Ministry"
    assert sheet["E11"].comment.text == "Keep this."


def test_the_first_sheet_lists_everything_with_links(filled, checklist):
    copy, _ = marked(filled, checklist)
    sheet = copy.worksheets[0]
    assert sheet.title == "Please correct"
    assert copy.active is sheet
    first = "Provision REC-01 Law: What does the text provide?"
    assert draw(sheet).replace(REC, "REC").splitlines() == [
        "legcheck corrections | Please correct",
        " | 3 to correct and 3 to check. Each line links to its cell, where the same text appears as a note. "
        "Nothing else in this copy was changed.",
        " | No. | Kind | Cell | Concerns | Found | What to do | Code",
        " | 1 | to check | Laws A6 | Code of Procedure Key (L2) | L2 | The law L2 is in the register, but no answer cites it. "
        "Cite it where an answer rests on it; otherwise it may stay. | A411",
        " | 2 | to correct | REC C4 | Provision REC-01 a) the law says a Answer (REC-01.a) | maybe | 'maybe' is not a choice "
        "here. Choose one of: yes, no; or leave it blank. | A307",
        f" | 3 | to correct | REC C7 | {first} Answer (REC-01) | partail | 'partail' is not a rating. Choose one of: "
        "Fully provided for, Partly provided for, Not provided for, Contrary. Did you mean 'Partly provided for'? | A301",
        f" | 4 | to correct | REC D7 | {first} Legal basis (REC-01) | L9 | The law 'L9' is not in the register of laws. "
        "Enter it there, or cite one of its keys: L1, L2. | A304",
        f" | 5 | to check | REC E7 | {first} Note (REC-01) | j.…rg | 'Provision REC-01' (REC-01): 'j.…rg' looks like an e-mail "
        "address. Remove personal data before you pass the file on. | A901",
        f" | 6 | to check | REC C13 | {first.replace('01', '02')} Answer (REC-02) | full | 'Provision REC-02' (REC-02) is rated "
        "'Fully provided for', but this does not fit its elements (elements answered no: b). Correct one of the two, "
        "or explain in the note. | A404",
    ]
    links = [row[3].hyperlink for row in sheet.iter_rows(min_row=5)]
    assert [link.location for link in links if link] == [
        "'Laws'!A6", f"'{REC}'!C4", f"'{REC}'!C7", f"'{REC}'!D7", f"'{REC}'!E7", f"'{REC}'!C13",
    ]  # fmt: skip
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


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
    sheet = book[REC]
    sheet["C7"], sheet["C4"], sheet["D7"], sheet["E7"] = "full", "yes", "L1 art. 3", ""
    sheet["C13"], sheet["C11"] = "none", ""
    sheet["D13"] = "L2 art. 5"
    copy, left = marked(saved(book, tmp_path, "corrected.xlsx"), checklist)
    assert [issue.code for issue in left] == []
    assert copy.sheetnames.count("Please correct") == 1
    sheet = copy[REC]
    assert sheet["C7"].comment.text == "We are not sure."
    assert sheet["C4"].comment is None
    assert sheet["D7"].fill.fgColor.rgb == "FF00FF00"
    assert colours(sheet) == {}
    assert "Nothing to correct" in draw(copy.worksheets[0])


def test_the_same_input_gives_the_same_bytes(filled, checklist):
    _, issues = read_workbook(filled, checklist)
    copy = annotate(filled, issues, "en")
    assert annotate(filled, issues, "en") == copy


# What spreadsheet programs put into workbooks, as parts of the file.
FOREIGN = {
    "xl/media/image1.png": b"\x89PNG",
    "xl/charts/chart1.xml": b"<c:chartSpace/>",
    "xl/threadedComments/threadedComment1.xml": b"<ThreadedComments/>",
    "xl/persons/person.xml": b"<personList/>",
    "xl/ctrlProps/ctrlProp1.xml": b"<formControlPr/>",
    "xl/pivotTables/pivotTable1.xml": b"<pivotTableDefinition/>",
    "xl/pivotCache/pivotCacheDefinition1.xml": b"<pivotCacheDefinition/>",
    "xl/externalLinks/externalLink1.xml": b"<externalLink/>",
    "xl/slicers/slicer1.xml": b"<slicers/>",
    "xl/queryTables/queryTable1.xml": b"<queryTable/>",
    "xl/embeddings/oleObject1.bin": b"OLE",
    "xl/printerSettings/printerSettings1.bin": b"printer",
    "xl/vbaProject.bin": b"macros",
    "customXml/item1.xml": b"<any/>",
    "docProps/custom.xml": b"<Properties/>",
}


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_everything_else_in_the_file_is_kept_byte_for_byte(filled, checklist, tmp_path):
    path = tmp_path / "rich.xlsx"
    path.write_bytes(rezipped(filled.read_bytes(), FOREIGN))
    _, issues = read_workbook(path, checklist)
    before, after = parts(path.read_bytes()), parts(annotate(path, issues, "en"))
    changed = {name for name in before if after.get(name) != before[name]}
    assert changed <= {
        "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
        "xl/worksheets/sheet1.xml", "xl/worksheets/sheet3.xml", "xl/worksheets/sheet4.xml", "xl/worksheets/_rels/sheet3.xml.rels",
        "xl/worksheets/_rels/sheet4.xml.rels", "xl/comments/comment1.xml", "xl/drawings/commentsDrawing1.vml",
        "xl/drawings/legacyDrawing1.vml",
    }  # fmt: skip
    assert not changed & FOREIGN.keys()


def test_what_a_marked_sheet_holds_beside_its_cells_is_kept(filled, checklist, tmp_path):
    """Sparklines, pictures and controls hang on elements that no library here knows."""
    extra = (
        b'<drawing xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId77"/>'
        b'<extLst><ext uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}"><x14:sparklineGroups '
        b'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"/></ext></extLst>'
    )
    name = "xl/worksheets/sheet4.xml"
    sheet = parts(filled.read_bytes())[name]
    path = tmp_path / "rich.xlsx"
    path.write_bytes(rezipped(filled.read_bytes(), {name: sheet.replace(b"<legacyDrawing", extra[:109] + b"<legacyDrawing", 1)
        .replace(b"</worksheet>", extra[109:] + b"</worksheet>")}))  # fmt: skip
    _, issues = read_workbook(path, checklist)
    after = parts(annotate(path, issues, "en"))[name]
    assert b'r:id="rId77"' in after
    assert b"sparklineGroups" in after
    tags = [etree.QName(one).localname for one in etree.fromstring(after)]
    assert tags.index("conditionalFormatting") < tags.index("dataValidations") < tags.index("drawing") < tags.index("extLst")


def test_names_of_sheets_keep_their_sheet(filled, checklist, tmp_path):
    """The list is put first, so that print titles and filters, which know their sheet by its place, move on by one."""
    _, issues = read_workbook(filled, checklist)
    path = tmp_path / "marked.xlsx"
    path.write_bytes(annotate(filled, issues, "en"))
    once = opened(path.read_bytes())
    assert [once[one].print_title_rows for one in ("Please correct", REC, "Laws")] == ["$4:$4", "$1:$2", "$4:$4"]
    twice = opened(annotate(path, issues, "en"))
    assert [twice[one].print_title_rows for one in ("Please correct", REC, "Laws")] == ["$4:$4", "$1:$2", "$4:$4"]
    assert twice.sheetnames == once.sheetnames


def test_a_file_that_is_no_workbook_cannot_be_marked(tmp_path):
    path = tmp_path / "XUT.xlsx"
    path.write_bytes(b"country,as_of\n")
    with pytest.raises(InputError):
        annotate(path, [], "en")


def test_a_message_is_never_a_formula(checklist, tmp_path):
    book = fill(checklist, "", "")
    cell_of(book, "REC-01:law", "Answer").value = "@SUM(A1)"
    copy, _ = marked(saved(book, tmp_path), checklist)
    assert copy.worksheets[0]["F5"].value == "@SUM(A1)"
    assert copy.worksheets[0]["F5"].data_type == "s"


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_a_copy_of_a_workbook_saved_elsewhere_keeps_its_lists(checklist, soffice, filled, tmp_path):
    """LibreOffice writes its own additions to the format; marking keeps drop-downs, names and every cell."""
    path = converted(soffice, filled, tmp_path / "out")
    read, issues = read_workbook(path, checklist)
    copy, original = opened(annotate(path, issues, "en")), opened(path.read_bytes())
    for title in (REC, "Laws"):
        lists = [[rule.formula1, str(rule.sqref)] for rule in original[title].data_validations.dataValidation]
        assert [[rule.formula1, str(rule.sqref)] for rule in copy[title].data_validations.dataValidation] == lists
        assert any(formula and formula.startswith("legcheck_list") for formula, _ in lists)
        assert [[cell.value for cell in row] for row in copy[title].iter_rows()] == [
            [cell.value for cell in row] for row in original[title].iter_rows()
        ]
    assert read.answers["REC-02"].elements["a"].legal_basis == "L1 art. 2"
