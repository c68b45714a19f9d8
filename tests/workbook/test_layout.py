"""What people see in the workbook: texts, drop-downs, prompts, protection, progress, print."""

import io
import subprocess
import sys
from datetime import date

import pytest
from openpyxl import load_workbook

from legcheck import provisions
from legcheck.excel import TALLEST_ROW
from legcheck.labels import labels, languages
from legcheck.model import Assessment
from legcheck.workbook import make_workbook
from tests.workbook.sheets import converted, draw


def opened(checklist, language="en", short=False, **settings):
    empty = Assessment("XUT", "", date(2026, 1, 1), checklist.id, checklist.version, **settings)
    return load_workbook(io.BytesIO(make_workbook(checklist, empty, language=language, short=short)), rich_text=True)


def test_the_assessment_sheet(checklist):
    assert draw(opened(checklist)["Assessment"]) == (
        "Assessment\n"
        "One provision per row. The white cells are yours to fill in; leave a rating blank if you do not know.\n"
        "Id | Core | Provision | Question and elements | How to rate | Rating: Law | Rating if adopted | Elements present"
        " | Legal basis | Rating: Practice | Note | To confirm | State's observations | Assistance wanted\n"
        " |  | REC Chapter REC\n"
        "REC-01 | core | Provision REC-01 | Does the law settle REC-01? a) the law says a b) the law says b c) the law says c"
        " | Fully: Every element has a rule behind it. Partly: At least one has.\n"
        "REC-02 |  | Provision REC-02 | Does the law settle REC-02? a) the law says a b) the law says b"
        " | Fully: Every element has a rule behind it. Partly: At least one has.\n"
        "REC-03 |  | Provision REC-03 | Does the law settle REC-03?\n"
        " |  | JUS Chapter JUS\n"
        "JUS-01 | core | Provision JUS-01 | Does the law settle JUS-01? a) the law says a b) the law says b c) the law says c"
        " d) the law says d | Fully: Every element has a rule behind it. Partly: At least one has.\n"
        "JUS-02 |  | Provision JUS-02 | Does the law settle JUS-02? a) the law says a b) the law says b c) the law says c"
        " | Fully: Every element has a rule behind it. Partly: At least one has."
    )


def test_columns_that_a_checklist_does_not_need_are_not_there(binary):
    heading = draw(opened(binary)["Assessment"]).splitlines()[2]
    assert heading == (
        "Id | Provision | Question and elements | Rating: Text | Legal basis | Note | To confirm | State's observations | "
        "Assistance wanted"
    )


def test_the_short_form_asks_the_core_provisions_only(checklist):
    book = opened(checklist, short=True)
    ids = [row[0].value for row in book["Assessment"].iter_rows(min_row=4) if row[0].value]
    assert ids == ["REC-01", "JUS-01"]
    assert "short form" in draw(book["Start"])
    assert "2 provisions in 2 chapters" in draw(book["Start"])


@pytest.mark.parametrize("language", languages())
def test_the_start_sheet_says_what_matters(language):
    checklist = provisions.in_language(provisions.load("vot"), language)
    words, shown = labels(language), draw(opened(checklist, language)["Start" if language == "en" else "Accueil"])
    assert words("workbook.start.privacy_title") in shown
    counts = {"items": words("common.count.provisions", count=124), "chapters": words("common.count.chapters", count=16)}
    assert words("workbook.start.burden", **counts, each=6, total=words("workbook.start.hours", count=13)) in shown
    assert checklist.title in shown


def test_the_guide_explains_every_rating(checklist):
    shown = draw(opened(checklist)["Guide"])
    for level in checklist.dimensions[0].scale.levels:
        assert f"{level.title} | {level.meaning}" in shown
    assert "L1 art. 3 bis, 5(2); L2 art. 12" in shown
    assert "Points from 0" not in shown


def test_not_applicable_is_offered_only_where_it_may_be(checklist):
    book = opened(checklist)
    assert choices(book, "F5") == ["Fully provided for", "Partly provided for", "Not provided for", "Contrary"]
    assert choices(book, "F10") == [*choices(book, "F5"), "Not applicable"]


def test_points_are_offered_up_to_the_maximum_of_the_provision(points):
    book = opened(points)
    assert choices(book, "E5") == ["0", "0.5", "1", "1.5", "2", "2.5", "3"]
    assert choices(book, "E6") == ["0", "0.5", "1"]
    assert "From 0 to 1." in rule_at(book, "E6").prompt


def rule_at(book, cell):
    (rule,) = [one for one in book["Assessment"].data_validations.dataValidation if cell in one.sqref]
    return rule


def choices(book, cell):
    name = book.defined_names[rule_at(book, cell).formula1]
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
    sheet = book["Assessment"]
    assert [cell.protection.locked for cell in sheet[5]] == [True] * 5 + [False] * 9
    assert all(cell.number_format == "@" for cell in sheet[5][5:])
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
    for title in ("Assessment", "Laws"):
        assert all(cell.data_type != "f" for row in book[title].iter_rows() for cell in row)
    assert book["Assessment"]["K5"].value.startswith("=1+1 is a text")


def test_headings_stay_in_view_and_on_every_page(checklist):
    book = opened(checklist)
    assert (book["Assessment"].freeze_panes, book["Assessment"].print_title_rows) == ("D4", "$3:$3")
    assert (book["Laws"].freeze_panes, book["Laws"].print_title_rows) == ("C5", "$4:$4")
    for sheet in (book["Assessment"], book["Laws"], book["Guide"]):
        setup = sheet.page_setup
        assert (setup.orientation, int(setup.paperSize), int(setup.fitToWidth or 1), int(setup.fitToHeight)) == (
            "landscape",
            9,
            1,
            0,
        )
    assert book["Assessment"].auto_filter.ref == "A3:N10"
    assert book["Laws"].print_area == "'Laws'!$A$1:$I$16"


def test_rows_are_tall_enough_for_their_text():
    """No row needs to be taller than a spreadsheet allows, and longer texts get taller rows."""
    sheet = opened(provisions.load("vot"))["Assessment"]
    heights = {row: size.height for row, size in sheet.row_dimensions.items()}
    assert max(heights.values()) < TALLEST_ROW
    lengths = {row: len(str(sheet.cell(row, 4).value or "")) for row in heights if row > 4}
    longest, shortest = max(lengths, key=lengths.get), min((row for row in lengths if lengths[row]), key=lengths.get)
    assert heights[longest] > heights[shortest]


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
    rows = {row[1].value: [cell.value for cell in row[2:7]] for row in start.iter_rows()}
    return {title: [round(value, 2) for value in values] for title, values in rows.items() if isinstance(values[1], int | float)}


PROGRESS = {"REC  Chapter REC": [3, 3, 1, 1, 0.33], "JUS  Chapter JUS": [2, 1, 0.5, 1, 0.5], "All chapters": [5, 4, 0.8, 2, 0.4]}


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_progress_is_shown_by_programs_that_do_not_compute(checklist, assessment):
    assert progress(make_workbook(checklist, assessment, language="en")) == PROGRESS


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_progress_is_counted_by_the_spreadsheet(checklist, assessment, soffice, tmp_path):
    """LibreOffice computes the formulas: provisions and answers by chapter, and in total."""
    path = tmp_path / "book.xlsx"
    path.write_bytes(make_workbook(checklist, assessment, language="en"))
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
