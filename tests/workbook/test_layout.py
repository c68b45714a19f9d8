"""What people see in the workbook: texts, drop-downs, prompts, protection, progress, print."""

import io
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date
from itertools import pairwise, product

import pytest
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

from legcheck import provisions
from legcheck.excel import TALLEST_ROW
from legcheck.labels import labels, languages
from legcheck.model import FREE_TEXTS, Answer, Assessment, ElementAnswer, Scale, recorded
from legcheck.workbook import ALL, Form, make_workbook
from legcheck.workbook.columns import TEXT_COLUMNS
from tests.workbook.conftest import checklist_of
from tests.workbook.sheets import JUS, REC, converted, draw, empty_pages


def opened(checklist, language="en", form=ALL):
    """A blank workbook as programs show it that do not compute."""
    empty = Assessment("XUT", "", date(2026, 1, 1), checklist.id, checklist.version)
    content = make_workbook(checklist, empty, language=language, form=form)
    return load_workbook(io.BytesIO(content), rich_text=True, data_only=True)


def test_the_sheet_of_a_chapter_is_read_downwards(following):
    assert draw(opened(following)[REC]).splitlines()[:16] == [
        "REC Chapter REC |  |  | Back to Start | Further right: "
        "To confirm; Assistance wanted; State's observations; Assessor; For publication",
        "Id | What is asked | Answer | Legal basis | Note | "
        "To confirm | Assistance wanted | State's observations | Assessor | For publication",
        "REC-01 | Provision REC-01 core Does the law settle REC-01? | Law: yes or no?",
        "REC-01.a | a) the law says a",
        "REC-01.b | b) the law says b",
        "REC-01.c | c) the law says c",
        "REC-01:law | Law: What does the text provide? (may stay blank)",
        "REC-01:law+ | Law, if adopted and draft laws were in force (only if different)",
        "REC-01:practice | Practice: Is it applied?",
        "REC-02 | Provision REC-02 Does the law settle REC-02? | Law: yes or no?",
        "REC-02.a | a) the law says a",
        "REC-02.b | b) the law says b",
        "REC-02:law | Law: What does the text provide? (may stay blank)",
        "REC-02:law+ | Law, if adopted and draft laws were in force (only if different)",
        "REC-02:practice | Practice: Is it applied?",
        "REC-03 | Provision REC-03 Does the law settle REC-03?",
    ]


def test_rows_that_a_checklist_does_not_need_are_not_there(binary):
    shown = draw(opened(binary)["B Chapter B"]).splitlines()[2:4]
    assert shown == ["B-1 | Provision B-1", "B-1:text | Text: Is it there?"]


def test_how_to_rate_a_provision_is_at_hand(checklist):
    about = "Fully: Every element has a rule behind it.\nPartly: At least one has."
    book = opened(checklist)
    assert book[REC]["B3"].comment.text == about
    assert f"REC-01 | Provision REC-01 {' '.join(about.split())}" in draw(book["Guide"])


def test_the_short_form_asks_the_core_provisions_only(checklist):
    book = opened(checklist, form=Form(short=True))
    ids = [row[0].value for name in (REC, JUS) for row in book[name].iter_rows(min_row=3)]
    assert [id for id in ids if "." not in id and ":" not in id] == ["REC-01", "JUS-01"]
    assert "short form" in draw(book["Start"])
    assert "2 provisions" in draw(book["Start"])


def test_a_workbook_of_some_chapters_says_so(checklist):
    book = opened(checklist, form=Form(chapters=("JUS",), return_to="the Ministry", until=date(2026, 9, 30)))
    assert book.sheetnames == ["Start", "Guide", "Laws", JUS, "Consultation", "_legcheck"]
    assert "Checklist small, version 1.0; chapters JUS only" in draw(book["Start"])
    assert "Please return this file by 30 September 2026 to the Ministry." in draw(book["Start"])


STEPS = [
    f"{number}.  {text.format(about='About this assessment', laws='Laws', guide='Guide')}"
    for number, text in enumerate(labels("en").under("workbook.start.steps").values(), 1)
]


def test_start_leads_to_the_core_provisions_and_the_chapters(checklist):
    start = opened(checklist)["Start"]
    links = {cell.value: cell.hyperlink.location for row in start.iter_rows() for cell in row if cell.hyperlink}
    assert links == {
        STEPS[1]: "'Laws'!A1",
        STEPS[5]: "'Guide'!A1",
        "REC-01  Provision REC-01": f"'{REC}'!A3",
        "JUS-01  Provision JUS-01": f"'{JUS}'!A3",
        "REC  Chapter REC": f"'{REC}'!A3",
        "JUS  Chapter JUS": f"'{JUS}'!A3",
    }
    shown = draw(start)
    parts = [
        shown.index(part) for part in (STEPS[0][4:], "Do not enter", "Country code", "Begin with the core provisions", "Progress")
    ]
    assert parts == sorted(parts)


def test_what_is_to_be_confirmed_comes_first_with_links(checklist, assessment):
    start = load_workbook(io.BytesIO(make_workbook(checklist, assessment, language="en")))["Start"]
    links = [(cell.value, cell.hyperlink.location) for row in start.iter_rows(max_row=8) for cell in row if cell.hyperlink]
    assert links == [("REC-01  Provision REC-01", f"'{REC}'!A3")]
    shown = draw(start)
    assert "1 provision had something under “To confirm”" in shown
    assert shown.index("To be confirmed") < shown.index("What to do first")
    assert "To be confirmed" not in draw(opened(checklist)["Start"])


def test_a_last_round_names_core_provisions_first_and_counts_the_rest():
    checklist = provisions.load("vot")
    answers = {id: Answer(id, to_confirm="As last time.") for id in checklist.provisions}
    waiting = Assessment("XUT", "", date(2026, 1, 1), checklist.id, checklist.version, answers=answers)
    start = load_workbook(io.BytesIO(make_workbook(checklist, waiting, language="en")))["Start"]
    named = {cell.value.split()[0] for row in start.iter_rows(max_row=17) for cell in row if cell.hyperlink}
    assert named == {id for id, one in checklist.provisions.items() if one.core}
    assert "“Progress” below counts all of them by chapter." in draw(start)


def test_what_says_more_than_that_it_was_carried_over_is_named_first():
    checklist = provisions.load("vot")
    answers = {id: Answer(id, to_confirm="As last time.") for id in checklist.provisions}
    answers["COO-09"] = Answer("COO-09", to_confirm="In force since the last round: Act.\nAs last time.")
    waiting = Assessment("XUT", "", date(2026, 1, 1), checklist.id, checklist.version, answers=answers)
    start = load_workbook(io.BytesIO(make_workbook(checklist, waiting, language="en")))["Start"]
    named = [cell.value.split()[0] for row in start.iter_rows(max_row=8) for cell in row if cell.hyperlink]
    assert named == ["COO-09"]


@pytest.mark.parametrize("language", languages())
def test_the_start_sheet_says_what_matters(language):
    checklist = provisions.in_language(provisions.load("vot"), language)
    words = labels(language)
    shown = draw(opened(checklist, language)[words("workbook.sheets.start")])
    assert words("workbook.start.privacy_title") in shown
    core = sum(provision.core for provision in checklist.provisions.values())
    for count in (core, len(checklist.provisions)):
        assert words("common.count.provisions", count=count) in shown
    assert words.time_needed(core, checklist) in shown
    assert checklist.title in shown


def test_the_guide_explains_every_rating(checklist):
    shown = draw(opened(checklist)["Guide"])
    for level in checklist.dimensions[0].scale.levels:
        assert f"{level.title} | {level.meaning}" in shown
    assert "L1 art. 3 bis, 5(2); L2 art. 12" in shown
    assert "Points from 0" not in shown


def test_not_applicable_is_offered_only_where_it_may_be(checklist):
    book = opened(checklist)
    sheet = book[JUS]
    assert choices(book, sheet["C8"]) == ["Fully provided for", "Partly provided for", "Not provided for", "Contrary"]
    assert choices(book, sheet["C15"]) == [*choices(book, sheet["C8"]), "Not applicable"]
    assert choices(book, sheet["C4"]) == ["yes", "no"]


def test_points_are_offered_up_to_the_maximum_of_the_provision(points):
    book = opened(points)
    sheet = book["A Chapter A"]
    assert choices(book, sheet["C4"]) == ["0", "0.5", "1", "1.5", "2", "2.5", "3"]
    assert choices(book, sheet["C6"]) == ["0", "0.5", "1"]
    assert "From 0 to 1." in rule_at(sheet["C6"]).prompt


def rule_at(cell):
    (rule,) = [one for one in cell.parent.data_validations.dataValidation if cell.coordinate in one.sqref]
    return rule


def choices(book, cell):
    name = book.defined_names[rule_at(cell).formula1]
    ((sheet, stretch),) = name.destinations
    return [row[0].value for row in _rows(book[sheet][stretch.replace("$", "")])]


def _rows(cells):
    return cells if isinstance(cells, tuple) else ((cells,),)


@pytest.mark.parametrize("language", languages())
def test_every_answer_cell_has_a_prompt_within_the_limits_of_excel(language):
    book = opened(provisions.in_language(provisions.load("vot"), language), language)
    for sheet in book.worksheets:
        for rule in sheet.data_validations.dataValidation:
            assert rule.showInputMessage
            assert 0 < len(rule.prompt) <= 255
            assert 0 < len(rule.promptTitle) <= 32
            assert len(rule.error or "") <= 225
            if rule.type == "list" and rule.showErrorMessage:
                assert rule.error
                assert rule.errorTitle


def test_question_cells_are_locked_and_answer_cells_open_without_a_password(checklist):
    book = opened(checklist)
    sheet = book[REC]
    open_columns = {
        row: "".join(cell.column_letter for cell in sheet[row] if not cell.protection.locked) for row in (3, 4, 7, 8, 9)
    }
    assert open_columns == {3: "", 4: "CDE", 7: "CDEFGHIJ", 8: "C", 9: "C"}
    assert all(cell.number_format == "@" for cell in sheet[7][2:10])
    guard = sheet.protection
    assert guard.sheet
    assert guard.password is None
    assert not any(
        (guard.formatCells, guard.formatColumns, guard.formatRows, guard.insertRows, guard.sort, guard.autoFilter, guard.objects)
    )
    assert book.security.lockStructure
    assert book.security.workbookPassword is None


def test_no_answer_cell_holds_a_formula(checklist, assessment):
    book = load_workbook(io.BytesIO(make_workbook(checklist, assessment, language="en")))
    for title in (REC, JUS, "Laws"):
        assert all(cell.data_type != "f" for row in book[title].iter_rows() for cell in row if not cell.protection.locked)
    assert book[REC]["E7"].value.startswith("=1+1 is a text")


def test_no_formula_counts_in_its_own_cell(following):
    """Spreadsheets call that a circular reference, and compute nothing."""
    empty = Assessment("XUT", "", date(2026, 1, 1), following.id, following.version)
    book = load_workbook(io.BytesIO(make_workbook(following, empty, language="en")))
    formulas = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert formulas
    for cell in formulas:
        own = re.sub(r"'[^']*'![$A-Z0-9:]+", "", cell.value)
        for first, top, last, bottom in re.findall(r"\$?([A-Z]{1,2})\$?(\d*):\$?([A-Z]{1,2})\$?(\d*)", own):
            across = column_index_from_string(first) <= cell.column <= column_index_from_string(last)
            assert not (across and (not top or int(top) <= cell.row <= int(bottom))), (cell.parent.title, cell.coordinate)


def test_headings_stay_in_view_and_on_every_page(checklist):
    book = opened(checklist)
    assert (book[REC].freeze_panes, book[REC].print_title_rows) == ("C3", "$1:$2")
    assert (book["Laws"].freeze_panes, book["Laws"].print_title_rows) == ("C5", "$4:$4")
    for sheet in book.worksheets[:-1]:
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
        assert sheet.page_setup.scale <= 100
    assert book[REC].auto_filter.ref == "A2:J19"
    assert book[REC].print_area == f"'{REC}'!$A$1:$E$19"


def test_the_title_of_the_first_sheet_takes_its_room_on_the_page():
    """With few core provisions all fits a page but for the title above, so that where to begin goes on to the next."""
    checklist = provisions.load("vot")
    sheet = opened(checklist, form=Form(chapters=("REC", "AST")))["Start"]
    begin = next(cell.row for cell in sheet["B"] if cell.value == labels("en")("workbook.start.begin"))
    assert sheet.row_breaks.brk[0].id == begin - 1


def test_every_law_is_printed_and_no_rows_left_open(checklist):
    """Programs print down to the last row that shows something; lines would show in a row that holds nothing."""
    sheet = opened(checklist)["Laws"]
    lined = [
        row[0].row for row in sheet.iter_rows(min_row=5) if any(cell.border.left.style or cell.fill.fill_type for cell in row)
    ]
    assert (sheet.print_area, lined) == ("", list(range(5, 17)))
    assert all(not cell.protection.locked for row in sheet.iter_rows(min_row=17) for cell in row)
    assert sheet.max_row == 76


SCREEN, HEADERS_AND_BAR = 1366, 60
"""Pixels across a small laptop, and those that row numbers and the scroll bar take."""
A4_LANDSCAPE = 297 / 25.4
LEAST_SIZE = 8
LEAST_WIDE = 0.93
"""LibreOffice draws columns a little wider than Excel."""
ALL_COLUMNS = "ABCDEFGHIJ"
LEAST_TO_WRITE_IN = 18


@pytest.mark.parametrize("language", languages())
def test_all_that_is_asked_of_a_provision_fits_the_screen_and_is_readable_on_paper(language):
    book = opened(provisions.in_language(provisions.load("vot"), language), language)
    for sheet in book.worksheets[:-1]:
        main = "ABCDE" if sheet.freeze_panes == "C3" else ALL_COLUMNS[: sheet.max_column]
        pixels = sum(round(sheet.column_dimensions[column].width * 7) for column in main)
        if sheet.title not in ("Laws", "Textes"):
            assert pixels <= SCREEN - HEADERS_AND_BAR
        scale = sheet.page_setup.scale / 100
        inches = A4_LANDSCAPE - sheet.page_margins.left - sheet.page_margins.right
        assert pixels * scale <= inches * 96 * LEAST_WIDE
        sizes = {cell.font.size for row in sheet[f"A2:{main[-1]}{sheet.max_row}"] for cell in row if cell.value}
        assert min(sizes) * scale >= LEAST_SIZE


def test_rows_are_tall_enough_for_their_text_and_grow_with_what_is_typed():
    """No row needs to be taller than a spreadsheet allows, and none has a height that stays when something is typed into it."""
    empty = Assessment("XUT", "", date(2026, 1, 1), "vot", provisions.load("vot").version)
    content = make_workbook(provisions.load("vot"), empty, language="en")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"customHeight" not in archive.read("xl/worksheets/sheet4.xml")
    sheet = load_workbook(io.BytesIO(content))["REC Recognition of victim"]
    sizes = {row: size for row, size in sheet.row_dimensions.items() if size.height and row > 2}
    assert min(size.height for size in sizes.values()) >= LEAST_TO_WRITE_IN
    assert max(size.height for size in sizes.values()) < TALLEST_ROW
    lengths = {row: len(str(sheet.cell(row, 2).value or "")) for row in sizes}
    longest, shortest = max(lengths, key=lengths.get), min(lengths, key=lengths.get)
    assert sizes[longest].height > sizes[shortest].height


def test_twelve_laws_are_prepared_and_more_can_be_added(checklist, assessment):
    blank = opened(checklist)["Laws"]
    assert [blank.cell(row, 1).value for row in range(5, 17)] == [f"L{number}" for number in range(1, 13)]
    assert not blank.cell(40, 2).protection.locked
    filled = load_workbook(io.BytesIO(make_workbook(checklist, assessment, language="en")))["Laws"]
    keys = [filled.cell(row, 1).value for row in range(5, 17)]
    assert keys[:4] == ["L1", "L2", "CP", "L3"]
    assert len(set(keys)) == 12
    assert filled["E6"].value == "1889-07-24"


def progress(content: bytes) -> dict[str, list[float]]:
    """The figures of the Start sheet as shown by a program that does not compute."""
    start = load_workbook(io.BytesIO(content), data_only=True)["Start"]
    rows = {row[1].value: [cell.value for cell in row[2:8]] for row in start.iter_rows()}
    return {title: [round(value, 2) for value in values] for title, values in rows.items() if isinstance(values[1], int | float)}


PROGRESS = {
    "REC  Chapter REC": [3, 3, 1, 1, 0.33, 1],
    "JUS  Chapter JUS": [2, 2, 1, 1, 0.5, 0],
    "All chapters": [5, 5, 1, 2, 0.4, 1],
}


@pytest.fixture
def counted(checklist, assessment):
    """The assessment with one provision more, whose rating in law follows from its elements."""
    follows = Answer("JUS-01", elements=recorded("ab", "abcd"), legal_basis="L1 art. 1")
    return replace(assessment, answers={**assessment.answers, "JUS-01": follows})


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_progress_is_shown_by_programs_that_do_not_compute(following, counted):
    assert progress(make_workbook(following, counted, language="en")) == PROGRESS


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_progress_is_counted_by_the_spreadsheet(following, counted, soffice, tmp_path):
    """LibreOffice computes the formulas: provisions and answers by chapter, and in total."""
    path = tmp_path / "book.xlsx"
    path.write_bytes(make_workbook(following, counted, language="en"))
    assert progress(converted(soffice, path, tmp_path / "out").read_bytes()) == PROGRESS


def test_reading_loads_nothing_that_only_writing_needs(checklist, assessment, tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(make_workbook(provisions.load("vot"), Assessment("ESP", "", date(2026, 1, 1), "vot", "1.0"), language="en"))
    script = (
        "import sys; from pathlib import Path\n"
        "from legcheck.workbook import identify, read_workbook\n"
        "identity = identify(Path(sys.argv[1]))\n"
        "from legcheck.model import Checklist\n"
        "loaded = {name.partition('.')[0] for name in sys.modules}\n"
        "print(sorted(loaded & {'openpyxl', 'pandas', 'babel', 'lxml', 'pydantic', 'pycountry', 'numpy', 'yaml'}))\n"
    )
    done = subprocess.run([sys.executable, "-c", script, path], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


WORDS = {True: "yes", False: "no", None: ""}
ANSWERS_TO_THREE = [
    Answer(f"REC-{number}", {"law": typed} if typed else {}, elements=dict(zip("abc", map(ElementAnswer, met), strict=True)))
    for number, (typed, met) in enumerate(product(("", "contrary", "full"), product(WORDS, repeat=3)))
]
"""Every way to answer three elements, alone and beside a typed rating."""


def standing(checklist, answer, words) -> str:
    """What the row of a question shows of its rating in law, by the rule of the analysis."""
    provision, law = checklist.provisions[answer.provision], checklist.dimensions[0]
    marks = provision.marks(answer)
    if rating := law.rating(provision, answer, marks):
        key = "typed" if answer.ratings else "follows"
        return words(f"workbook.chapter.{key}", dimension=law.title, rating=law.scale_of(provision).title(rating))
    key = "open" if marks.recorded else "elements"
    return words(f"workbook.chapter.{key}", dimension=law.title, letters=", ".join(marks.open))


def standings(content: bytes) -> dict[str, str]:
    """What the row of each question shows in the column of answers."""
    sheet = load_workbook(io.BytesIO(content), data_only=True)[REC]
    rows = {row[0].value: row[2].value for row in sheet.iter_rows(min_row=3)}
    return {id: shown for id, shown in rows.items() if not set(id) & set(".:")}


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
@pytest.mark.parametrize(
    ("language", "titles"), [("en", {}), ("fr", {"full": 'All of "it"', "partial": "Some", "none": "n'est pas"})]
)
def test_the_rating_so_far_is_computed_as_the_analysis_has_it(following, language, titles, soffice, tmp_path):
    """It stands beside the question as a value, and LibreOffice computes the same for what is typed into a blank workbook."""
    law, practice = following.dimensions
    levels = tuple(replace(level, title=titles.get(level.key, level.title)) for level in law.scale.levels)
    dimensions = replace(law, scale=Scale(law.scale.key, levels)), practice
    asked = {"REC": [replace(following.provisions["REC-01"], id=answer.provision) for answer in ANSWERS_TO_THREE]}
    checklist, words = checklist_of(asked, dimensions), labels(language)
    expected = {answer.provision: standing(checklist, answer, words) for answer in ANSWERS_TO_THREE}
    blank = Assessment("XUT", "", date(2026, 1, 1), checklist.id, checklist.version)
    filled = replace(blank, answers={answer.provision: answer for answer in ANSWERS_TO_THREE})
    assert standings(make_workbook(checklist, filled, language=language)) == expected
    book = load_workbook(io.BytesIO(make_workbook(checklist, blank, language=language)), rich_text=True)
    cells = {row[0].value: row[2] for row in book[REC].iter_rows(min_row=3)}
    for answer in ANSWERS_TO_THREE:
        for letter, element in answer.elements.items():
            key = f"workbook.choices.met.{WORDS[element.met]}"
            cells[f"{answer.provision}.{letter}"].value = words(key) if element.met is not None else None
        for rating in answer.ratings.values():
            cells[f"{answer.provision}:law"].value = dimensions[0].scale.title(rating)
    book.save(tmp_path / "book.xlsx")
    assert standings(converted(soffice, tmp_path / "book.xlsx", tmp_path / "out").read_bytes()) == expected


@pytest.mark.parametrize("language", languages())
def test_a_provision_that_fits_a_page_is_not_torn(language):
    book = opened(provisions.in_language(provisions.load("vot"), language), language)
    for sheet in book.worksheets[3:-2]:
        ends = [one.id for one in sheet.row_breaks.brk]
        starts = [row[0].row for row in sheet.iter_rows(min_row=3) if "." not in row[0].value and ":" not in row[0].value]
        assert {end + 1 for end in ends} <= set(starts)
        for first, last in pairwise([3, *(end + 1 for end in ends), sheet.max_row + 1]):
            whole = sum(start in range(first, last) for start in starts) == 1
            assert whole or printed(sheet, [1, 2, *range(first, last)]) <= A4_UPWARDS


@pytest.mark.parametrize("language", languages())
def test_no_page_of_a_workbook_is_printed_empty(language, soffice, tmp_path):
    """LibreOffice leaves links unwrapped, and opens a page for what runs beyond the sheet."""
    checklist = provisions.in_language(provisions.load("vot"), language)
    opened(checklist, language, Form(short=True)).save(tmp_path / "book.xlsx")
    assert empty_pages(soffice, tmp_path / "book.xlsx") == []


A4_UPWARDS = 210 / 25.4


def printed(sheet, rows) -> float:
    """How far rows reach down a page, in inches, with its margins."""
    points = sum(sheet.row_dimensions[row].height for row in rows)
    return points / 72 * sheet.page_setup.scale / 100 + sheet.page_margins.top + sheet.page_margins.bottom


SAID_FURTHER_RIGHT = {"to_confirm": "To confirm", "assistance": "@training", "observations": '=1+1, "they" say', "assessor": ""}
BESIDE_THE_QUESTION = 'To confirm\nAssistance wanted: @training\nState\'s observations: =1+1, "they" say'


def beside_questions(content: bytes) -> dict[str, str]:
    """What stands in the last printed column beside a question."""
    sheet = load_workbook(io.BytesIO(content), data_only=True)[REC]
    return {row[0].value: row[4].value or "" for row in sheet.iter_rows(min_row=3) if not set(row[0].value) & set(".:")}


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_what_stands_further_right_is_printed_beside_the_question(checklist, soffice, tmp_path):
    """No page holds those columns; LibreOffice repeats what is typed into a blank workbook, as the writer does."""
    expected = {"REC-01": BESIDE_THE_QUESTION, "REC-02": "To confirm: with the Ministry", "REC-03": ""}
    empty = Assessment("XUT", "", date(2026, 1, 1), checklist.id, checklist.version)
    answers = [Answer("REC-01", **SAID_FURTHER_RIGHT), Answer("REC-02", to_confirm="with the Ministry")]
    filled = replace(empty, answers={one.provision: one for one in answers})
    content = make_workbook(checklist, filled, language="en")
    assert beside_questions(content) == expected
    sheet = load_workbook(io.BytesIO(content))[REC]
    assert (sheet.print_area, sheet.col_breaks.brk) == (f"'{REC}'!$A$1:$E$19", [])
    assert sheet.row_dimensions[3].height > sheet.row_dimensions[9].height
    book = load_workbook(io.BytesIO(make_workbook(checklist, empty, language="en")), rich_text=True)
    rows = {row[0].value: row for row in book[REC].iter_rows(min_row=3)}
    for place, text in enumerate(SAID_FURTHER_RIGHT.values(), 5):
        rows["REC-01:law"][place].value = text
        rows["REC-01:law"][place].data_type = "s"
    rows["REC-02:law"][5].value = "with the Ministry"
    book.save(tmp_path / "book.xlsx")
    assert beside_questions(converted(soffice, tmp_path / "book.xlsx", tmp_path / "out").read_bytes()) == expected


def test_help_with_each_question_is_on_paper_only_where_it_is_still_to_be_answered(checklist, assessment):
    filled = load_workbook(io.BytesIO(make_workbook(checklist, assessment, language="en")))["Guide"]
    start = next(cell.row for cell in filled["B"] if cell.value == labels("en")("workbook.guide.provisions"))
    assert filled.print_area == f"'Guide'!$A$1:$C${start - 1}"
    assert not opened(checklist)["Guide"].print_area


def test_every_page_says_of_which_country_chapter_and_date_it_is(checklist, assessment):
    foot = load_workbook(io.BytesIO(make_workbook(checklist, assessment, language="en")))[REC].oddFooter
    assert foot.left.text == "Utopia · 1 January 2026 · small 1.0"
    assert (foot.center.text, foot.right.text) == ("REC Chapter REC", "page &P of &N")


def test_examples_are_of_other_countries_and_in_the_language_of_the_workbook(checklist):
    practice = ("Spain, Law 1, art. 2", "Spain (Andalusia), Law 2", "Niger, Law 3")
    first = replace(checklist.chapters[0].provisions[0], practice=practice)
    asked = replace(checklist, chapters=(replace(checklist.chapters[0], provisions=(first,)),))
    for country, language, shown in (
        ("ESP", "en", practice[2:]),
        ("NGA", "en", practice),
        ("ES-AN", "en", practice[2:]),
        ("NER", "fr", ()),
    ):
        empty = Assessment(country, "", date(2026, 1, 1), asked.id, asked.version)
        guide = draw(
            load_workbook(io.BytesIO(make_workbook(asked, empty, language=language)))[labels(language)("workbook.sheets.guide")]
        )
        assert [one for one in practice if one in guide] == list(shown)


def test_a_french_guide_has_the_examples_in_french():
    vot = provisions.load("vot")
    for country, others in (("KEN", True), ("ESP", False), ("ES-AN", False)):
        empty = Assessment(country, "", date(2026, 1, 1), "vot", vot.version)
        content = make_workbook(provisions.in_language(vot, "fr"), empty, language="fr")
        guide = draw(load_workbook(io.BytesIO(content))[labels("fr")("workbook.sheets.guide")])
        assert "Code des assurances, art. L126-1" in guide
        assert ("Espagne, loi 29/2011" in guide, "Espagne (" in guide) == (others, others)
        assert "Spain" not in guide


# A straight apostrophe, or a plain space before a sign that French sets off, or after the one that opens a quotation.
NOT_FRENCH = re.compile(r"\w'\w| [:;!?»%]|« ")


def test_french_texts_are_set_as_french_is():
    content = make_workbook(
        provisions.in_language(provisions.load("vot"), "fr"),
        Assessment("KEN", "", date(2026, 1, 1), "vot", provisions.load("vot").version),
        language="fr",
    )
    book = load_workbook(io.BytesIO(content))
    for sheet in book.worksheets:
        shown = [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str) and cell.data_type != "f"]
        shown += [cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment]
        shown += [text for rule in sheet.data_validations.dataValidation for text in (rule.prompt, rule.error) if text]
        wrong = [text for text in shown if NOT_FRENCH.search(text)]
        assert wrong == [], sheet.title
    assert {cell.number_format for row in book["Accueil"].iter_rows() for cell in row} >= {"0 %", "[$-40C]d mmm yyyy"}


def test_a_workbook_asks_for_every_free_text_of_an_answer():
    assert tuple(column.key for column in TEXT_COLUMNS) == FREE_TEXTS
