"""The Excel report: its sheets, its numbers, and that typed text never becomes a formula."""

import io
import re
import subprocess
import zipfile
from dataclasses import replace
from datetime import datetime
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from legcheck import app
from legcheck.labels import labels
from legcheck.reports.view import ReportView
from legcheck.reports.xlsx import SHEETS, render_xlsx
from legcheck.reports.xlsx_tables import PERCENT
from tests.reports.sample_views import result_of_sample

FORMULAS = [
    "=1+1",
    '=HYPERLINK("http://example.org","x")',
    "+1",
    "-2",
    "@SUM(A1)",
    "#N/A",
    "#REF!",
    "TRUE",
    "1.10",
    "'=1",
    "_x0041_",
]
TABLES = SHEETS[1:-1]


def view_in(country: str, language: str) -> ReportView:
    return app.report_view(result_of_sample(country), language)


@pytest.fixture(scope="module")
def xut() -> ReportView:
    return view_in("XUT", "en")


@pytest.fixture(scope="module")
def content(xut) -> bytes:
    return render_xlsx(xut, labels("en"))


@pytest.fixture(scope="module")
def book(content):
    return load_workbook(io.BytesIO(content))


def header_row(sheet: Worksheet) -> int:
    return int(re.match(r"[A-Z]+(\d+)", sheet.auto_filter.ref)[1])


def table(sheet: Worksheet) -> list[dict]:
    """The rows of a sheet's table by column title."""
    first = header_row(sheet)
    titles = [cell.value for cell in sheet[first] if cell.value is not None]
    last = int(re.search(r"(\d+)$", sheet.auto_filter.ref)[1])
    return [dict(zip(titles, (cell.value for cell in sheet[row]), strict=False)) for row in range(first + 1, last + 1)]


def texts(sheet: Worksheet) -> list[str]:
    return [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]


def provisions(view: ReportView):
    return [one for chapter in view.chapters for one in chapter.provisions]


def with_note(view: ReportView, note: str) -> ReportView:
    """A report of one provision with this note."""
    chapter = view.chapters[0]
    provision = replace(chapter.provisions[0], note=note)
    lists = (
        "gaps",
        "top",
        "contrary",
        "recommendations",
        "assistance",
        "to_confirm",
        "not_applicable",
        "unanswered",
        "observations",
    )
    emptied = dict.fromkeys((*lists, "observations", "concordance", "laws", "standards", "dimensions"), ())
    return replace(view, chapters=(replace(chapter, provisions=(provision,)),), **emptied)


def note_cell(content: bytes):
    sheet = load_workbook(io.BytesIO(content))["Provisions"]
    first = header_row(sheet)
    (column,) = [cell.column for cell in sheet[first] if cell.value == "Note"]
    return sheet.cell(first + 1, column)


# Sheets and rows


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_sheets_are_named_in_the_language(language):
    names = load_workbook(io.BytesIO(render_xlsx(view_in("XUT", language), labels(language)))).sheetnames
    assert names == [labels(language)(f"xlsx.sheet.{name}") for name in SHEETS]


def test_one_row_a_provision_with_its_ratings_in_words(book, xut):
    rows = table(book["Provisions"])
    assert [row["Id"] for row in rows] == [one.id for one in provisions(xut)]
    for row, one in zip(rows, provisions(xut), strict=True):
        assert row["Provision"] == one.title
        for rating in one.ratings:
            assert row[f"Rating: {rating.dimension_title}"] == f"{rating.tone.sign} {rating.title}"
        assert (row["Note"] or "") == one.note
        assert (row["Observations of the State"] or "") == one.observations


def test_gaps_stand_in_order_of_priority_and_lead_to_their_provision(book, xut):
    sheet = book["Gaps"]
    assert [row["Id"] for row in table(sheet)] == [gap.provision for gap in xut.gaps]
    for row in range(header_row(sheet) + 1, header_row(sheet) + 4):
        target = sheet.cell(row, 1).hyperlink.location
        name, cell = target.rsplit("!", 1)
        assert book[name.strip("'")][cell].value == sheet.cell(row, 1).value


def test_the_concordance_has_a_row_for_each_citation(book, xut):
    rows = table(book["Concordance"])
    assert len(rows) == sum(max(1, len(one.citations)) for one in xut.concordance)
    assert {row["Id"] for row in rows} == {one.id for one in xut.concordance}


def test_overview_and_method_hold_every_sentence(book, xut):
    overview, method = texts(book["Overview"]), texts(book["Method"])
    assert {*xut.notices, *xut.summary} <= set(overview)
    assert {row.text for row in (*xut.fast_facts, *xut.recommendations, *xut.assistance, *xut.to_confirm)} <= set(overview)
    assert {*xut.method, *(row.text for row in (*xut.slip, *xut.issues, *xut.scale))} <= set(method)


def test_no_column_is_empty(book):
    for name in TABLES:
        sheet = book[labels("en")(f"xlsx.sheet.{name}")]
        rows = table(sheet)
        numbers = {"Low", "Central", "High"}
        assert [
            title for title in rows[0] if title not in numbers and not any(row[title] not in (None, "") for row in rows)
        ] == []


@pytest.mark.parametrize("name", TABLES)
def test_tables_can_be_filtered_scrolled_and_printed(book, name):
    sheet = book[labels("en")(f"xlsx.sheet.{name}")]
    header = header_row(sheet)
    assert sheet.freeze_panes.endswith("1" if name == "chapters" else str(header + 1))
    assert sheet.print_title_rows == f"${header}:${header}"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert "&P" in sheet.oddFooter.right.text


def test_an_empty_report_says_so(xut):
    empty = load_workbook(io.BytesIO(render_xlsx(replace(with_note(xut, ""), chapters=()), labels("en"))))
    for name in TABLES:
        assert xut.none in texts(empty[labels("en")(f"xlsx.sheet.{name}")])


# Figures


def test_scores_are_numbers_and_their_printed_text_stands_beside(book, xut):
    rows = table(book["Chapters"])
    figures = [figure for one in xut.dimensions for figure in (*one.chapters, one.total)]
    assert [row["Name of the figure"] for row in rows] == [figure.id for figure in figures]
    for row, figure in zip(rows, figures, strict=True):
        assert (row["Low"], row["High"]) == pytest.approx((figure.low, figure.high), abs=1e-15)
        assert row["Central"] == (pytest.approx(figure.central, abs=1e-15) if figure.enough else None)
        assert row["Score as printed"] == figure.display
        assert row["Share answered"] == pytest.approx(figure.share_answered, abs=1e-15)


def test_themes_and_instruments_hold_every_figure(book, xut):
    themes = [figure.id for one in xut.dimensions for group in one.themes for figure in group.figures]
    instruments = [figure.id for one in xut.dimensions for figure in one.instruments]
    assert [row["Name of the figure"] for row in table(book["Themes"])] == themes
    assert [row["Name of the figure"] for row in table(book["Instruments"])] == instruments


def test_shares_are_shown_as_per_cent_and_round_only_exact_ones(book):
    sheet = book["Chapters"]
    formats = {
        cell.number_format
        for row in sheet.iter_rows(min_row=header_row(sheet) + 1)
        for cell in row
        if isinstance(cell.value, float)
    }
    assert formats == {PERCENT}


def test_each_dimension_has_a_native_chart_with_its_figures_in_words(content, book, xut):
    charts = book["Chapters"]._charts
    assert len(charts) == len(xut.dimensions)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        drawing = ET.fromstring(archive.read("xl/drawings/drawing1.xml"))
    described = [one.get("descr") for one in drawing.iter() if one.tag.endswith("cNvPr") and one.get("descr")]
    assert len(described) == len(charts)
    for text, dimension in zip(described, xut.dimensions, strict=True):
        assert all(figure.title in text and figure.display in text for figure in dimension.chapters)


def test_charts_stand_side_by_side(content):
    """Their width is given in centimetres, and Excel counts the columns below them in pixels."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        drawing = ET.fromstring(archive.read("xl/drawings/drawing1.xml"))
    starts, ends = ([int(at[0].text) for at in drawing.iter() if at.tag.endswith(end)] for end in ("}from", "}to"))
    assert ends[0] < starts[1]


def test_charts_show_the_rows_of_their_dimension(book, xut):
    sheet = book["Chapters"]
    first = header_row(sheet) + 1
    for chart, dimension in zip(sheet._charts, xut.dimensions, strict=True):
        last = first + len(dimension.chapters)
        for series in chart.series:
            assert re.search(rf"\${first}:\$[A-Z]+\${last}$", series.val.numRef.f)
        assert sheet.cell(first, 1).value == sheet.cell(last, 1).value == dimension.title
        first = last + 1


# Hostile text, links, properties


@pytest.mark.parametrize("typed", FORMULAS)
def test_typed_text_never_becomes_a_formula(xut, typed):
    cell = note_cell(render_xlsx(with_note(xut, typed), labels("en")))
    assert cell.data_type == "s"
    assert cell.quotePrefix == typed.startswith(("=", "+", "-", "@"))
    assert cell.value in (typed, typed.replace("_x", "_x005F_x"))


def test_no_sheet_holds_a_formula(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                assert b"<f>" not in archive.read(name)


@settings(max_examples=40)
@given(st.text(max_size=300))
def test_any_note_reads_back_as_it_was_typed(note):
    content = render_xlsx(with_note(view_in("XUT", "en"), note + "x"), labels("en"))
    kept = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", note.replace("\r\n", "\n").replace("\r", "\n")) + "x"
    assert note_cell(content).value == re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", kept)


def test_a_text_too_long_for_a_cell_says_so(xut):
    value = note_cell(render_xlsx(with_note(xut, "a" * 40_000), labels("en"))).value
    ending = "\n" + labels("en")("xlsx.continued")
    assert value == "a" * (32_767 - len(ending)) + ending


def test_only_links_of_the_web_can_be_followed(xut):
    links = ("https://example.org/law", "javascript:alert(1)", "file:///etc/passwd", "\\\\server\\share")
    laws = tuple(replace(xut.laws[0], key=f"L{place}", link=link) for place, link in enumerate(links))
    sheet = load_workbook(io.BytesIO(render_xlsx(replace(xut, laws=laws), labels("en"))))["Laws"]
    followed = [cell.hyperlink.target for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert followed == ["https://example.org/law"]
    assert set(links) <= set(texts(sheet))


def test_the_properties_come_from_the_report(book, xut):
    properties = book.properties
    assert (properties.title, properties.subject, properties.language) == (xut.title, xut.subtitle, "en")
    assert properties.created == properties.modified == datetime.fromisoformat(xut.date_iso)


def test_no_part_names_the_library(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert [name for name in archive.namelist() if b"xlsxwriter" in archive.read(name).lower()] == []


def test_every_part_is_well_formed_and_dated_the_same(content, xut):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            ET.fromstring(archive.read(entry))
            assert datetime(*entry.date_time) == datetime.fromisoformat(xut.date_iso)


def test_the_same_report_gives_the_same_bytes(xut, content):
    assert render_xlsx(xut, labels("en")) == content


def test_the_time_can_be_set_from_outside(xut, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    properties = load_workbook(io.BytesIO(render_xlsx(with_note(xut, ""), labels("en")))).properties
    assert properties.created == datetime(2023, 11, 14, 22, 13, 20)


def test_heads_of_printed_pages_are_text(xut):
    book = load_workbook(io.BytesIO(render_xlsx(replace(xut, notice_short="Trinidad & Tobago &P"), labels("en"))))
    assert book["Overview"].oddHeader.left.text == "Trinidad && Tobago &&P"


def test_sheets_run_from_right_to_left_where_the_language_does(xut):
    book = load_workbook(io.BytesIO(render_xlsx(replace(with_note(xut, ""), direction="rtl"), labels("en"))))
    assert all(sheet.sheet_view.rightToLeft for sheet in book)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_libreoffice_opens_it(tmp_path, soffice, language):
    (tmp_path / "report.xlsx").write_bytes(render_xlsx(view_in("XUT", language), labels(language)))
    command = [
        soffice,
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
    ]
    subprocess.run([*command, "--outdir", "again", "report.xlsx"], cwd=tmp_path, check=True, capture_output=True, timeout=180)
    again = load_workbook(tmp_path / "again" / "report.xlsx")
    assert again.sheetnames == [labels(language)(f"xlsx.sheet.{name}") for name in SHEETS]
    sheet = again[labels(language)("xlsx.sheet.chapters")]
    assert len(sheet._charts) == 2
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type in ("f", "e")]
