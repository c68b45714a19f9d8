"""The Excel kit: text stays text, formulas keep their values, charts have words, and equal input gives equal bytes."""

import doctest
import io
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

import legcheck.excel
from legcheck.excel import Axis, Book, Chart, Formula, Look, Message, Series, height, width_of_heading

DAY = date(2026, 6, 30)
PLAIN = Look()
NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
HOSTILE = [
    "=1+1",
    '=HYPERLINK("http://example.org","x")',
    "{=1+1}",
    "+1",
    "-2",
    "@SUM(A1)",
    "#N/A",
    "TRUE",
    "1.10",
    "'=1",
    "http://example.org",
    "mailto:a@example.org",
    "internal:Sheet2!A1",
    "_x0041_",
    "<r><t>raw</t></r>",
    "<r></si></sst></r>",
    "]]>",
]


def content_of(fill, **about) -> bytes:
    book = Book(DAY, language="en", **about)
    fill(book.sheet("First"))
    return book.finish()


def opened(fill, **about):
    return load_workbook(io.BytesIO(content_of(fill, **about)), rich_text=False)


def first_cell(fill):
    return opened(fill)["First"]["A1"]


def part(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def sample() -> bytes:
    """A workbook that uses everything."""
    book = Book(DAY, language="fr", title="T", subject="S", description="D", keywords="K", locked=True)
    sheet = book.sheet("Figures & 'more'")
    sheet.widths(30, 12.5, 12)
    head = Look(bold=True, colour="#FFFFFF", fill="#1F4E79", border="#C9D1DA", horizontal="center")
    sheet.merge(1, 1, 3, "Title", head)
    for row, (name, value) in enumerate((("a", 0.25), ("b", 0.75)), 2):
        sheet.put(row, 1, name, PLAIN)
        sheet.put(row, 2, value, Look(format="0%"))
        sheet.put(row, 3, Formula(f"=B{row}*2", value * 2), Look(format="0%"))
    sheet.rich(4, 1, [("bold", Look(bold=True)), (" and plain", PLAIN)], PLAIN)
    sheet.put(5, 1, "to the top", PLAIN, link=sheet.cells(1, 1))
    sheet.put(6, 1, "to the web", PLAIN, link="https://example.org/")
    sheet.put(7, 1, DAY, Look(format="yyyy-mm-dd", open=True))
    sheet.choose("A8:A9 C8", ["yes", "no"], Message("Choose", "Yes or no"), Message("Wrong", "Yes or no only"))
    sheet.prompt("B8", Message("Prompt", "Write here"))
    sheet.at_least("B9", "decimal", "0", Message("Wrong", "Not below 0"))
    sheet.colour("A2:A3", "$B2>0.5", "#DDEFE2", "#5A6B76")
    sheet.shade("B2:B3", "#FFFFFF", "#78A6CF")
    sheet.frame("C2:C3", "$C2>0", "#C9D4DA")
    sheet.show_grid()
    names, values = sheet.cells(1, 2, 3), sheet.cells(2, 2, 3)
    series = [Series("Share", names, values, "#2F6EA5"), Series(sheet.cells(1, 1), names, sheet.cells(3, 2, 3), "#B9D3EA")]
    plot = (0.3, 0.1, 0.6, 0.7)
    share = Axis(title="Share", minimum=0, maximum=1, step=0.25, format="0%", grid=True)
    sheet.chart(
        12, 1, Chart("bar", "Bars: a 25%, b 75%.", series, 20, 8, plot, title="Bars", values=share, stacked=True, labels="0%")
    )
    line = Series("Median", names, values, "#9A3412")
    sheet.chart(30, 1, Chart("bar", "Labelled.", [replace(series[0], labels=("a quarter", ""), named=False)], 20, 8, plot))
    sheet.chart(50, 1, Chart("scatter", "Lines.", [replace(line, marker="circle"), replace(line, named=False)], 20, 8, plot))
    sheet.freeze(2, 2)
    sheet.filter(1, 3, 3)
    sheet.paper(header=("A & B", "&G"), footer="2026", centred=True)
    sheet.fit()
    sheet.repeat(1, 1, 1)
    sheet.break_pages(rows=[20], columns=[3])
    sheet.print_area(60, 10)
    sheet.set_up(tab="#1F4E79", right_to_left=True)
    sheet.protect()
    hidden = book.sheet("Hidden")
    book.write_lists(hidden, 2)
    hidden.hide()
    return book.finish()


# Texts


@pytest.mark.parametrize("typed", HOSTILE)
def test_typed_text_stays_text(typed):
    content = content_of(lambda sheet: sheet.put(1, 1, typed, PLAIN))
    cell = load_workbook(io.BytesIO(content))["First"]["A1"]
    assert cell.data_type == "s"
    assert cell.hyperlink is None
    assert cell.value.replace("_x005F_", "_") == typed
    assert cell.quotePrefix == typed.startswith(("=", "+", "-", "@"))
    assert b"<f>" not in part(content, "xl/worksheets/sheet1.xml")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_reads_back_without_what_a_file_cannot_hold(typed):
    content = content_of(lambda sheet: sheet.put(1, 1, typed + "x", PLAIN))
    kept = NOT_IN_XML.sub("", typed.replace("\r\n", "\n").replace("\r", "\n")) + "x"
    assert CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python() == [[kept]]


def test_a_text_too_long_for_a_cell_says_so():
    for typed in ("a" * 40_000, "\U0001f600" * 20_000):
        value = opened(lambda sheet, typed=typed: sheet.put(1, 1, typed, PLAIN), continued="to be continued")["First"]["A1"].value
        assert value.endswith("\nto be continued")
        assert 32_760 < len(value.encode("utf-16-le")) // 2 <= 32_767


def test_text_in_several_looks():
    def fill(sheet):
        sheet.rich(1, 1, [("one ", Look(bold=True)), ("", PLAIN), ("<two>", Look(size=8))], PLAIN)
        sheet.rich(2, 1, [("alone", Look(bold=True))], PLAIN)

    sheet = load_workbook(io.BytesIO(content_of(fill)), rich_text=True)["First"]
    assert [(run.text, run.font.b, run.font.sz) for run in sheet["A1"].value] == [("one ", True, 10), ("<two>", False, 8)]
    assert (sheet["A2"].value, sheet["A2"].font.b) == ("alone", True)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "\\\\server\\share", "internal:A1", "x"])
def test_only_links_to_the_web_are_followed(link):
    assert first_cell(lambda sheet: sheet.put(1, 1, "text", PLAIN, link=link)).hyperlink is None


def test_links_lead_to_the_web_and_to_cells():
    def fill(sheet):
        sheet.put(1, 1, "web", PLAIN, link="https://example.org/a")
        sheet.put(2, 1, "here", PLAIN, link=sheet.cells(3, 9))
        sheet.put(3, 1, "long", PLAIN, link="https://example.org/" + "a" * 3_000)

    sheet = opened(fill)["First"]
    assert sheet["A1"].hyperlink.target == "https://example.org/a"
    assert sheet["A2"].hyperlink.location == "'First'!C9"
    assert sheet["A3"].hyperlink is None
    assert [sheet[f"A{row}"].value for row in (1, 2, 3)] == ["web", "here", "long"]


# Values


def test_formulas_keep_their_values_for_programs_that_do_not_compute():
    content = content_of(lambda sheet: sheet.put(1, 1, Formula("=1+2", 3), PLAIN))
    assert load_workbook(io.BytesIO(content))["First"]["A1"].value == "=1+2"
    assert load_workbook(io.BytesIO(content), data_only=True)["First"]["A1"].value == 3


def test_days_that_excel_does_not_know_are_text():
    values = [date(1899, 12, 31), date(1900, 2, 28), date(1900, 3, 1), DAY]

    def fill(sheet):
        for row, value in enumerate(values, 1):
            sheet.put(row, 1, value, Look(format="yyyy-mm-dd"))

    cells = [row[0].value for row in opened(fill)["First"].iter_rows()]
    assert cells == ["1899-12-31", "1900-02-28", datetime(1900, 3, 1), datetime(2026, 6, 30)]


@pytest.mark.parametrize(
    ("amount", "held"),
    [("1250000.5", 1250000.5), ("0.1", 0.1), ("12345678901234567.89", "12345678901234567.89"), ("1E+3", 1000)],
)
def test_amounts_with_more_digits_than_a_cell_holds_are_text(amount, held):
    assert first_cell(lambda sheet: sheet.put(1, 1, Decimal(amount), PLAIN)).value == held


def test_a_share_is_written_to_six_decimals_and_an_amount_in_full():
    assert first_cell(lambda sheet: sheet.put(1, 1, 2 / 3, PLAIN)).value == 0.666667
    assert first_cell(lambda sheet: sheet.put(1, 1, Decimal("0.12345678"), PLAIN)).value == 0.12345678


def test_nothing_is_an_empty_cell_with_a_look():
    cell = first_cell(lambda sheet: sheet.put(1, 1, None, Look(fill="#DDEFE2", open=True)))
    assert (cell.value, cell.fill.fgColor.rgb, cell.protection.locked) == (None, "FFDDEFE2", False)


def test_a_look_is_shown():
    look = Look(11, True, True, True, "#1F4E79", "#FFF8E1", "#C9D1DA", False, True, "center", "center", 0, "0.00", True)
    cell = first_cell(lambda sheet: sheet.put(1, 1, 1, look))
    assert (cell.font.name, cell.font.sz, cell.font.b, cell.font.i, cell.font.u) == ("Arial", 11, True, True, "single")
    assert (cell.font.color.rgb, cell.fill.fgColor.rgb, cell.border.left.color.rgb) == ("FF1F4E79", "FFFFF8E1", "FFC9D1DA")
    assert (cell.alignment.horizontal, cell.alignment.vertical, cell.number_format) == ("center", "center", "0.00")
    assert cell.alignment.shrink_to_fit
    assert cell.font.scheme is None  # or Excel would show the theme's typeface


# Sheets and rules


@given(st.lists(st.text(max_size=40), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_any_title_gives_a_sheet_a_name(titles):
    book = Book(DAY, language="en")
    names = [book.sheet(title).title for title in titles]
    assert load_workbook(io.BytesIO(book.finish())).sheetnames == names


def test_choices_stand_on_a_sheet_whatever_they_are():
    choices = [f"{number}, a long choice with a comma" for number in range(40)]
    book = Book(DAY, language="en")
    sheet = book.sheet("First")
    for cells in ("A1:A5 C1", "B1"):
        sheet.choose(cells, choices, Message("t" * 60, "m" * 400), Message("e" * 60, "x" * 400))
    book.write_lists(book.sheet("It's hidden"), 6)
    again = load_workbook(io.BytesIO(book.finish()))
    (defined,) = again.defined_names.values()
    assert defined.attr_text == "'It''s hidden'!$F$1:$F$40"
    assert [cell.value for (cell,) in again["It's hidden"]["F1:F40"]] == choices
    rules = again["First"].data_validations.dataValidation
    assert [(str(rule.sqref), rule.formula1) for rule in rules] == [("A1:A5 C1", defined.name), ("B1", defined.name)]
    assert {len(text) for text in (rules[0].promptTitle, rules[0].errorTitle)} == {32}
    assert (len(rules[0].prompt), len(rules[0].error)) == (255, 225)


def test_a_protected_sheet_leaves_formats_sorting_and_comments_free():
    guard = opened(lambda sheet: sheet.protect())["First"].protection
    assert guard.sheet
    assert guard.password is None
    free = (
        "formatCells",
        "formatColumns",
        "formatRows",
        "insertRows",
        "insertColumns",
        "sort",
        "autoFilter",
        "objects",
        "scenarios",
    )
    assert [name for name in free if getattr(guard, name)] == []
    assert guard.deleteRows
    assert guard.deleteColumns


def test_a_locked_book_keeps_its_sheets():
    book = opened(lambda sheet: sheet.put(1, 1, 1, PLAIN), locked=True)
    assert book.security.lockStructure
    assert opened(lambda sheet: sheet.put(1, 1, 1, PLAIN)).security is None


def test_heads_of_printed_pages_are_text():
    sheet = opened(lambda sheet: sheet.paper(header=("A & B &P", "R&G" + "x" * 300), footer="2026"))["First"]
    assert sheet.oddHeader.left.text == "A && B &&P"
    assert sheet.oddHeader.right.text.startswith("R&& G")
    assert (sheet.oddFooter.left.text.strip(), sheet.page_setup.paperSize, sheet.page_setup.orientation) == (
        "2026",
        9,
        "landscape",
    )


# Charts


def test_charts_have_titles_and_words():
    content = sample()
    drawing = ET.fromstring(part(content, "xl/drawings/drawing1.xml"))
    described = [one.get("descr") for one in drawing.iter() if one.tag.endswith("cNvPr") and one.get("descr")]
    assert described == ["Bars: a 25%, b 75%.", "Labelled.", "Lines."]
    assert b"<a:t>Bars</a:t>" in part(content, "xl/charts/chart1.xml")


def test_charts_hold_the_values_that_they_show():
    text = part(sample(), "xl/charts/chart1.xml").decode()
    assert re.findall(r"<c:v>([^<]*)</c:v>", text) == ["Share", "a", "b", "0.25", "0.75", "Title", "a", "b", "0.5", "1.5"]


def test_bars_run_from_the_top_down_along_an_axis_of_values():
    chart = ET.fromstring(part(sample(), "xl/charts/chart1.xml"))
    names, values = (next(one for one in chart.iter() if one.tag.endswith(kind)) for kind in ("}catAx", "}valAx"))
    said = {one.tag.rsplit("}")[-1]: one.get("val") or one.get("formatCode") for one in values.iter()}
    assert (said["min"], said["max"], said["majorUnit"], said["numFmt"], said["crosses"]) == ("0", "1", "0.25", "0%", "max")
    assert [one.get("val") for one in names.iter() if one.tag.endswith("}orientation")] == ["maxMin"]


@pytest.mark.parametrize("title", ["=Sheet!A1", "Well!A1", "<x>&"])
def test_a_title_of_a_chart_is_never_an_address(title):
    def fill(sheet):
        series = [Series(title, sheet.cells(1, 1, 2), sheet.cells(2, 1, 2), "#000000")]
        sheet.chart(1, 1, Chart("bar", title, series, 10, 5, (0, 0, 1, 1), title=title, names=Axis(title=title)))

    text = ET.fromstring(part(content_of(fill), "xl/charts/chart1.xml"))
    said = [one.text.replace("\u2060", "") for one in text.iter() if one.tag.endswith(("}t", "}v")) and one.text]
    assert said[:2] == [title, title]
    formulas = [one.text for one in text.iter() if one.tag.endswith("}f")]
    assert formulas == ["First!$A$1:$A$2", "First!$B$1:$B$2"]


# Heights


@given(st.text(max_size=400), st.integers(8, 120))
def test_a_narrower_column_never_takes_fewer_lines(text, width):
    assert height(text, width, PLAIN) >= height(text, width + 5, PLAIN) >= 13 * (text.count("\n") + 1)


def test_heights_follow_size_and_wrapping():
    assert height("word " * 40, 20, Look(size=12)) > height("word " * 40, 20, PLAIN) > 13
    assert height("word " * 40, 20, Look(wrap=False)) == 13
    assert width_of_heading("Incompatibilities found", 5, PLAIN) > 10 == width_of_heading("a", 10, PLAIN)


def test_rows_only_grow_and_no_row_is_taller_than_excel_allows():
    def fill(sheet):
        sheet.grow(1, 40)
        sheet.grow(1, 20)
        sheet.grow(2, 5_000)
        sheet.widths(13, 20)
        assert sheet.width(1, 2) == 33

    sheet = opened(fill)["First"]
    assert (sheet.row_dimensions[1].height, sheet.row_dimensions[2].height) == (40.5, 405)
    assert (sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width) == (13, 20)


# The file


def test_every_part_is_well_formed_and_dated_alike():
    with zipfile.ZipFile(io.BytesIO(sample())) as archive:
        for entry in archive.infolist():
            ET.fromstring(archive.read(entry))
            assert datetime(*entry.date_time) == datetime(2026, 6, 30)


def test_the_file_says_what_it_is():
    about = load_workbook(io.BytesIO(sample())).properties
    assert (about.title, about.subject, about.description, about.keywords, about.language) == ("T", "S", "D", "K", "fr")
    assert (about.creator, about.created, about.modified) == ("legcheck", datetime(2026, 6, 30), datetime(2026, 6, 30))


def test_the_time_can_be_set_from_outside(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert load_workbook(io.BytesIO(sample())).properties.created == datetime(2023, 11, 14, 22, 13, 20)


def test_equal_input_gives_equal_bytes_in_another_process_at_another_time():
    later = "import time; real = time.time; time.time = lambda: real() + 86_400"
    program = f"{later}; import sys; from tests.test_excel import sample; sys.stdout.buffer.write(sample())"
    here = os.environ | {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7"}
    assert subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, env=here).stdout == sample()


def test_the_example_of_the_kit_runs():
    assert doctest.testmod(legcheck.excel).failed == 0


def test_labels_stand_at_their_bars_and_a_chart_without_named_series_has_no_key():
    text = part(sample(), "xl/charts/chart2.xml").decode()
    assert re.findall(r"<a:t>([^<]*)</a:t>", text) == ["a\u00a0quarter"]
    assert "<c:legend>" not in text
    assert "<c:legend>" in part(sample(), "xl/charts/chart1.xml").decode()
