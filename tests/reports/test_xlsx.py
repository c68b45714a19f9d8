"""The Excel report: its sheets, its numbers, and that typed text never becomes a formula."""

import io
import re
import subprocess
import zipfile
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from legcheck import app
from legcheck.excel import Look, height
from legcheck.labels import labels
from legcheck.reports.charts import message
from legcheck.reports.country_report import CountryReport
from legcheck.reports.make_view import words_on
from legcheck.reports.prose import Recommendation, recommendations
from legcheck.reports.view import ReportView
from legcheck.reports.xlsx import SHEETS, render_xlsx
from legcheck.reports.xlsx_charts import NAMES
from legcheck.reports.xlsx_tables import PERCENT
from tests.reports.sample_views import plan_of_sample, result_of_sample
from tests.workbook.sheets import empty_pages

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
TABLES = ("provisions", "gaps", "recommendations", "figures", "open_points", "laws", "concordance", "standards")


def view_in(country: str, language: str) -> ReportView:
    return app.report_view(result_of_sample(country), language)


@pytest.fixture(scope="module")
def xut() -> ReportView:
    return view_in("XUT", "en")


@pytest.fixture(scope="module")
def measures(xut) -> tuple[Recommendation, ...]:
    return recommendations(plan_of_sample("XUT", "en"), xut, labels("en"))


@pytest.fixture(scope="module")
def content(xut, measures) -> bytes:
    return render_xlsx(xut, labels("en"), measures)


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
        "contrary",
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


def test_the_overview_says_what_the_report_says_on_its_first_page(book, xut, measures):
    overview, report = texts(book["Overview"]), CountryReport(xut, labels("en"), measures)
    made = report.page_for_the_minister
    for sentence in (*made.situation, *made.stands):
        assert any(sentence.text in text for text in overview), sentence
    for finding in made.urgent:
        assert finding.provision in overview
        assert any(text.startswith(f"{finding.title}. ") and finding.harm in text for text in overview), finding
    assert {"".join(run.text for run in report.recommendation(one)) for one in made.asked} <= set(overview)


def test_overview_and_method_hold_every_list(book, xut):
    overview, method = texts(book["Overview"]), texts(book["Method"])
    assert {*xut.notices, *(row.text for row in xut.fast_facts)} <= set(overview)
    assert {
        *xut.method,
        *(row.text for row in (*xut.slip, *xut.issues, *(row for rule in xut.rules for row in rule.rows))),
    } <= set(method)


def test_every_open_point_has_a_row_that_leads_to_its_provision(book, xut):
    sheet = book["Open points"]
    kinds = {"To confirm": xut.to_confirm, "Assistance wanted": xut.assistance, "Not applicable": xut.not_applicable}
    rows = [(row["Kind"], f"{row['Id']} {row['Provision']}", row["What was said"] or "") for row in table(sheet)]
    for kind, points in kinds.items():
        assert [tuple(rest) for first, *rest in rows if first == kind] == [(one.label, one.text) for one in points]
    not_assessed = [row["Id"] for row in table(sheet) if row["Kind"] == "Not assessed"]
    assert not_assessed == [one.label for one in xut.unanswered]
    assert {bool(sheet.cell(row, 1).hyperlink) for row in range(header_row(sheet) + 1, sheet.max_row + 1)} == {True}


def test_every_standard_has_a_row_with_its_instrument(book, xut):
    rows = table(book["Standards"])
    assert [row["Standard"] for row in rows] == [one.shown for one in xut.standards]
    assert {row["Instrument"] for row in rows} == {one.text for one in xut.instruments}


@pytest.mark.parametrize(("country", "language"), [("ESP", "en"), ("CAN", "fr")])
def test_a_reading_says_what_its_texts_contain_and_rates_nothing(country, language):
    words, view = words_on(result_of_sample(country), labels(language)), view_in(country, language)
    sheet = load_workbook(io.BytesIO(render_xlsx(view, words)))[words("xlsx.sheet.provisions")]
    rows, column = table(sheet), words("xlsx.column.found", dimension=view.rated[0])
    contained = {words(f"reading.column.{name}") for name in ("full", "partly", "silent", "short", "left")}
    assert {row[column].partition(" ")[2] for row in rows} <= {*contained, words("reading.not_found")}


def test_the_first_sheet_leads_to_every_other(book):
    links = {cell.value: cell.hyperlink.location for row in book["Overview"].iter_rows() for cell in row if cell.hyperlink}
    assert {links[name] for name in book.sheetnames[1:]} == {f"'{name}'!A1" for name in book.sheetnames[1:]}


def test_recommendations_are_those_of_the_report(book, xut, measures):
    rows = table(book["Recommendations"])
    assert [(row["Measure"], row["Asked of"], row["Recommendation"], row["Term"]) for row in rows] == [
        (one.measure, one.lead, one.text, one.term) for one in measures
    ]
    report = CountryReport(xut, labels("en"), measures)
    for row, gap in zip(table(book["Gaps"]), xut.gaps, strict=True):
        for one in report.answering(gap):
            assert "".join(run.text for run in report.recommendation(one)) in row["Recommendation"]


def test_without_measures_each_gap_has_what_is_asked(xut):
    alone = load_workbook(io.BytesIO(render_xlsx(xut, labels("en"))))
    assert len(table(alone["Recommendations"])) == len(xut.gaps)


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
    assert sheet.freeze_panes.endswith(str(header + 1))
    assert sheet.print_title_rows == f"${header}:${header}"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.scale <= 100
    assert "&P" in sheet.oddFooter.right.text
    assert sheet.print_area


@pytest.mark.parametrize("name", TABLES)
def test_no_page_of_a_table_is_quite_full(book, name):
    """LibreOffice prints an empty page after one that is full to the last line."""
    sheet = book[labels("en")(f"xlsx.sheet.{name}")]
    heights = {row: sheet.row_dimensions[row].height or 15 for row in range(1, sheet.max_row + 1)}
    ends = [0, *(one.id for one in sheet.row_breaks.brk), sheet.max_row]
    margins = sheet.page_margins.top + sheet.page_margins.bottom
    for start, end in pairwise(ends):
        rows = [*([header_row(sheet)] if start else []), *range(start + 1, end + 1)]
        points = sum(heights[row] for row in rows) * sheet.page_setup.scale / 100
        assert len(rows) <= 2 or points / 72 + margins < 210 / 25.4


def test_what_is_not_printed_is_named_above_the_table(book):
    sheet = book["Provisions"]
    last = get_column_letter(range_boundaries(sheet.print_area.rpartition("!")[2])[2])
    title = sheet[f"{last}{header_row(sheet)}"].value
    assert f"On paper: the columns up to “{title}”. The others are for the screen." in texts(sheet)


def test_an_empty_report_says_so(xut):
    empty = load_workbook(io.BytesIO(render_xlsx(replace(with_note(xut, ""), chapters=()), labels("en"))))
    for name in TABLES:
        assert xut.none in texts(empty[labels("en")(f"xlsx.sheet.{name}")])


# Figures


def test_scores_are_numbers_and_their_printed_text_stands_beside(book, xut):
    rows = table(book["Figures"])
    figures = [
        figure
        for one in xut.dimensions
        for figure in (*one.chapters, one.total, *(each for group in one.themes for each in group.figures), *one.instruments)
    ]
    assert [row["Name of the figure"] for row in rows] == [figure.id for figure in figures]
    for row, figure in zip(rows, figures, strict=True):
        for name, share in (("Low", figure.low), ("Central", figure.central if figure.enough else None), ("High", figure.high)):
            assert row[name] == (None if share is None else round(share, 6))
        assert row["Score as printed"] == figure.display


def test_shares_are_shown_as_per_cent_and_round_only_exact_ones(book):
    sheet = book["Figures"]
    formats = {
        cell.number_format
        for row in sheet.iter_rows(min_row=header_row(sheet) + 1)
        for cell in row
        if isinstance(cell.value, float)
    }
    assert formats == {PERCENT}


def test_each_dimension_has_a_chart_with_a_message_and_its_figures_in_words(content, book, xut):
    charts = book["Charts"]._charts
    assert len(charts) == len(xut.dimensions)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        drawing = ET.fromstring(archive.read("xl/drawings/drawing1.xml"))
    described = [one.get("descr") for one in drawing.iter() if one.tag.endswith("cNvPr") and one.get("descr")]
    assert len(described) == len(charts)
    for text, chart, dimension in zip(described, charts, xut.dimensions, strict=True):
        assert all(figure.title in text and figure.display in text for figure in dimension.chapters)
        assert title_of(chart) == message(dimension, labels("en"))


def title_of(chart) -> str:
    return "".join(run.t for paragraph in chart.title.tx.rich.p for run in paragraph.r)


def labels_at_bars(content: bytes, number: int) -> list[str]:
    """The texts at the bars of a chart."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        chart = ET.fromstring(archive.read(f"xl/charts/chart{number}.xml"))
    labelled = (one for one in chart.iter() if one.tag.endswith("}dLbl"))
    return ["".join(text.text.replace("\u00a0", " ") for text in one.iter() if text.tag.endswith("}t")) for one in labelled]


def test_bars_stand_in_order_with_their_figures_at_them(content, book, xut):
    sheet = book["Charts"]
    for number, (chart, dimension) in enumerate(zip(sheet._charts, xut.dimensions, strict=True), start=1):
        first, last = map(int, re.search(r"\$(\d+):\$[A-Z]+\$(\d+)$", chart.series[0].val.numRef.f).groups())
        shown = [*dimension.chapters, dimension.total]
        assert [sheet.cell(row, 1).value for row in range(first, last + 1)] == [figure.title for figure in shown]
        assert labels_at_bars(content, number) == [figure.display for figure in shown]


def test_there_is_a_key_only_for_what_the_bars_show(xut):
    known = [replace(one, low=0.5, central=0.5, high=0.5) for one in xut.dimensions[0].chapters]
    sure = replace(xut.dimensions[0], chapters=tuple(known), total=known[0])
    for dimension, keyed in ((sure, False), (xut.dimensions[0], True)):
        one = load_workbook(io.BytesIO(render_xlsx(replace(xut, dimensions=(dimension,)), labels("en"))))
        assert (one["Charts"]._charts[0].legend is not None) is keyed


def anchored(book, name: str) -> list[tuple[int, int, int, int]]:
    """Left, top, right and bottom of each chart of a sheet, in columns and rows."""
    found = (chart.anchor for chart in book[name]._charts)
    return [(one._from.col, one._from.row, one.to.col, one.to.row) for one in found]


@pytest.mark.parametrize("count", [1, 3, 5])
@pytest.mark.parametrize(
    "title",
    ["恐怖主义受害者的权利与支持措施及其实施情况" * 4, "आतंकवाद के पीड़ितों के अधिकार और सहायता " * 4],
    ids=["Chinese", "Hindi"],
)
def test_charts_have_room_for_any_number_of_dimensions_and_long_titles_of_any_script(xut, count, title):
    chapters = tuple(replace(one, title=f"{title * 4}{place}") for place, one in enumerate(xut.dimensions[0].chapters))
    many = tuple(replace(xut.dimensions[0], title=f"{title} {place}", chapters=chapters) for place in range(count))
    one = load_workbook(io.BytesIO(render_xlsx(replace(xut, dimensions=many), labels("en"))))
    sheet, places = one["Charts"], anchored(one, "Charts")
    assert len(places) == count
    assert sheet.freeze_panes is None
    for (*_, bottom), (_, top, *_) in pairwise(places):
        assert bottom < top
    for chart, (_, top, _, bottom) in zip(sheet._charts, places, strict=True):
        first = int(re.search(r"\$(\d+):", chart.series[0].val.numRef.f)[1])
        assert top < bottom < first - 1, "a chart covers its table"
        lines = round(
            height(chapters[0].title, 24 * NAMES[-1] * 0.92 * 96 / 2.54 / 7, Look(size=9)) / height("", 1, Look(size=9))
        )
        points = (bottom - top) * 15 * chart.layout.manualLayout.h
        assert points / (len(chapters) + 1) >= lines * 9 * 1.15, "names of chapters have no room"


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


def test_the_same_report_gives_the_same_bytes(xut, measures, content):
    assert render_xlsx(xut, labels("en"), measures) == content


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
    sheet = again[labels(language)("xlsx.sheet.charts")]
    assert len(sheet._charts) == 2
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type in ("f", "e")]


def test_no_page_of_a_report_is_printed_empty(tmp_path, soffice):
    (tmp_path / "report.xlsx").write_bytes(render_xlsx(view_in("XUT", "en"), labels("en")))
    assert empty_pages(soffice, tmp_path / "report.xlsx") == []
