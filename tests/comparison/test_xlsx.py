"""The comparison workbook: its figures, its charts, that typed text stays text, and that withheld names stay withheld."""

import io
import re
import subprocess
import zipfile
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from xml.etree import ElementTree as ET

import pytest
from openpyxl import load_workbook
from openpyxl.chart import BarChart, ScatterChart
from openpyxl.utils import get_column_letter

from legcheck import app
from legcheck.issues import FILE_EMPTY, Issue, Location
from legcheck.labels import labels
from legcheck.model import Comparison, LeftOut, Robustness, Steadiness
from legcheck.reports.comparison.make_view import view_of
from legcheck.reports.comparison.view import ComparisonView
from legcheck.reports.comparison.xlsx import KINDS, render_xlsx
from legcheck.reports.comparison.xlsx_charts import MOST_BARS, MOST_TRENDS
from legcheck.reports.comparison.xlsx_figures import MOST_PRINTED
from legcheck.reports.stamp import COMPARISON, Stamp
from tests.comparison.builders import comparison_of, groups_of, many, summary_of

HOSTILE = ['=HYPERLINK("http://example.org","x")', "+1", "-2", "@SUM(A1)", "<b>bold</b>", "a\x00\x0bb\ufffe", "x" * 300]


@cache
def compared(count: int = 12, **terms) -> Comparison:
    summaries = many(count, rounds=2)
    return comparison_of(summaries, groups=groups_of(summaries), **terms)


def steadied(comparison: Comparison) -> Comparison:
    """The comparison with a test of robustness and a file left out."""
    rows = [place for place, row in enumerate(comparison.scored) if row.latest]
    found = tuple(Steadiness(place, (0.25, 0.5, 0.75)) for place in rows)
    issue = Issue(FILE_EMPTY, Location("Utopia.xlsx"))
    return replace(comparison, robustness=Robustness(100, 7, 1, {"law": found}), left_out=(LeftOut("Utopia.xlsx", (issue,)),))


@cache
def rendered(count: int = 12, **terms) -> tuple[ComparisonView, bytes]:
    view = view_of(steadied(compared(count, **terms)), labels("en"))
    return view, render_xlsx(view, labels("en"))


def opened(content: bytes):
    return load_workbook(io.BytesIO(content))


@pytest.fixture(scope="module")
def view() -> ComparisonView:
    return rendered()[0]


@pytest.fixture(scope="module")
def content() -> bytes:
    return rendered()[1]


@pytest.fixture(scope="module")
def book(content):
    return opened(content)


def header_row(sheet) -> int:
    return int(re.match(r"[A-Z]+(\d+)", sheet.auto_filter.ref)[1])


def last_row(sheet) -> int:
    return int(re.search(r"(\d+)$", sheet.auto_filter.ref)[1])


def number_columns(sheet) -> list[int]:
    """The columns that hold figures: those with range and answered share beside them."""
    titles = [cell.value for cell in sheet[header_row(sheet)]]
    return [place for place, title in enumerate(titles, 1) if place < len(titles) and titles[place] == "Range, answered"]


def records(sheet) -> list[dict]:
    first = header_row(sheet)
    titles = [cell.value for cell in sheet[first] if cell.value is not None]
    return [dict(zip(titles, (cell.value for cell in sheet[row]), strict=False)) for row in range(first + 1, last_row(sheet) + 1)]


def texts(sheet) -> list[str]:
    return [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]


def matrices(book, view):
    """Each table with its sheet and the row where it begins: the dimensions follow one another."""
    for kind, name in zip(KINDS, ("Chapters", "Themes", "Instruments"), strict=True):
        row = header_row(book[name]) + 1
        for table in (one for one in view.tables if one.kind == kind):
            yield book[name], table, row
            row += len(table.rows)


def matrix_sheets(book):
    return [book[name] for name in ("Chapters", "Themes", "Instruments")]


def described(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        drawings = [archive.read(name) for name in sorted(archive.namelist()) if re.fullmatch(r"xl/drawings/d\w+\.xml", name)]
    found = (one for drawing in drawings for one in ET.fromstring(drawing).iter() if one.tag.endswith("cNvPr"))
    return [one.get("descr") for one in found if one.get("descr")]


# Sheets


def test_the_sheets_come_in_reading_order(book):
    assert book.sheetnames == [
        "Notes", "Charts", "Chapters", "Themes", "Instruments", "Readings of named texts", "Rounds", "Changes", "Groups",
        "Provisions", "Elements", "Robustness",
    ]  # fmt: skip
    assert all(sheet.sheet_state == "visible" for sheet in book)


def test_the_notes_lead_to_every_sheet(book):
    links = [cell.hyperlink.location for row in book["Notes"].iter_rows() for cell in row if cell.hyperlink]
    assert links == [f"'{name}'!A1" for name in book.sheetnames[1:]]


def test_a_sheet_with_nothing_to_show_is_left_out():
    view = view_of(comparison_of(many(3)), labels("en"))
    names = opened(render_xlsx(view, labels("en"))).sheetnames
    assert not {"Rounds", "Changes", "Groups", "Robustness"} & set(names)


def test_the_notes_hold_every_sentence(book, view):
    said = texts(book["Notes"])
    assert {view.title, view.subtitle, view.notice, view.robustness_note, *view.not_comparable} <= set(said)
    rows = (*view.facts, *view.method, *view.left_out)
    assert {row.label for row in rows} <= set(said)
    assert {line for row in rows for line in row.text.split("\n")} <= set(said)
    for row in view.rows:
        for mark in row.marks:
            assert mark.sign in said
            assert mark.text in said


# Figures


def test_every_figure_stands_with_its_range_and_answered_share(book, view):
    for sheet, table, first in matrices(book, view):
        columns = number_columns(sheet)
        assert len(columns) == len(table.columns)
        assert last_row(sheet) >= first + len(table.rows) - 1
        for place, cells in enumerate(table.rows):
            assert sheet.cell(first + place, 2).value == table.dimension_title
            for column, cell in zip(columns, cells, strict=True):
                number = sheet.cell(first + place, column)
                assert number.value == (None if cell.central is None else round(cell.central, 6))
                assert number.number_format.startswith("[=0]0%")
                assert sheet.cell(first + place, column + 1).value == cell.beside


def test_what_stands_beside_a_figure_names_low_high_and_counts(view):
    cells = [cell for table in view.tables for row in table.rows for cell in row]
    for cell in cells:
        if cell.display == "not applicable":
            assert cell.beside == "not applicable"
            continue
        answered, applicable = re.match(r"(\d+) of (\d+) answered", cell.answered).groups()
        if answered == "0":
            assert cell.beside == "not assessed"
            continue
        *shown, counts = cell.beside.split("\n")
        assert counts == f"{answered} of {applicable}"
        if not shown:
            assert cell.low is None or cell.low == cell.high, "no range is told where there is none"
            continue
        low, high = re.fullmatch(r"(\S+?)(?: to (\S+))?(?: of \d+)?", shown[0]).groups()
        assert low != high
        assert high is not None or cell.low is None or abs(cell.high - cell.low) < 0.01
    assert any(cell.central is None for cell in cells)


def test_figures_are_those_of_the_comparison(book):
    comparison = compared()
    sheet = book["Chapters"]
    first, column = header_row(sheet) + 1, number_columns(sheet)[0]
    rows = [row for row in records(sheet) if row["Dimension"] == "Law"]
    for place, (row, shown) in enumerate(zip(comparison.scored, rows, strict=True)):
        total = row.scores["law"].total
        central = sheet.cell(first + place, column).value
        assert central == (pytest.approx(float(total.central), abs=5e-7) if total.enough else None)
        assert (shown["Total: low"], shown["Total: high"]) == pytest.approx((float(total.low), float(total.high)), abs=5e-7)
        assert shown["Total: share answered"] == pytest.approx(float(total.assessed_share), abs=5e-7)
        assert (shown["Country or territory"], shown["Code"]) == (row.name, row.summary.country)
        assert shown["Law as of"] == datetime.combine(row.summary.as_of, datetime.min.time())


def test_readings_of_texts_have_a_sheet_of_counts(book):
    rows = records(book["Readings of named texts"])
    readings = compared().readings
    every = [row for row in rows if row["Dimension"] == "Law" and row["Chapter"] == "All chapters"]
    for row, one in zip(every, readings, strict=True):
        score = one.scores["law"].total
        assert (row["Country or territory"], row["In full"], row["In part"]) == (one.name, score.full, score.partly)
        assert row["Not found in these texts"] == score.not_found
    assert len(rows) == len(readings) * 2 * (1 + len(compared().checklist.chapters))
    alone = {one.name for one in readings} - {one.name for one in compared().scored}
    for sheet in book.worksheets[1:]:
        assert sheet.title == "Readings of named texts" or not alone & {*texts(sheet)}, sheet.title


def test_medians_stand_above_the_rows_out_of_reach_of_the_filter(book, view):
    for kind, name in zip(KINDS, ("Chapters", "Themes", "Instruments"), strict=True):
        sheet = book[name]
        header, columns = header_row(sheet), number_columns(sheet)
        tables = [one for one in view.tables if one.kind == kind]
        middles = [
            (table, scope) for table in tables for scope, _ in view.scopes if any(scope in one.spreads for one in table.columns)
        ]
        for row, (table, scope) in zip(range(header - len(middles), header), middles, strict=True):
            assert table.dimension_title in sheet.cell(row, 1).value
            for column, figure in zip(columns, table.columns, strict=True):
                spread = figure.spreads.get(scope)
                assert sheet.cell(row, column).value == (pytest.approx(spread.median_share) if spread else None)
                assert not spread or sheet.cell(row, column + 1).value == f"{spread.quartiles}\n{spread.count} figures"


def test_one_shade_for_one_share_on_every_sheet(book, view):
    for sheet in matrix_sheets(book):
        (ranges,) = sheet.conditional_formatting
        (rule,) = ranges.rules
        assert [(one.type, one.val) for one in rule.colorScale.cfvo] == [("num", 0), ("num", 1)]
        shaded = {part.coord.split(":")[0].rstrip("0123456789") for part in ranges.sqref.ranges}
        assert shaded == {get_column_letter(column) for column in number_columns(sheet)}


def test_matrices_can_be_filtered_scrolled_and_printed(book, view):
    for sheet in matrix_sheets(book):
        header = header_row(sheet)
        assert sheet.freeze_panes == f"E{header + 1}"
        assert sheet.print_title_cols == "$A:$D"
        assert sheet.print_title_rows.endswith(f":${header}")
        assert sheet.page_setup.orientation == "landscape"
        broken = {one.id for one in sheet.col_breaks.brk}
        assert not broken & set(number_columns(sheet)), "a page ends between a figure and what stands beside it"


def test_a_dimension_that_was_not_assessed_says_so(view):
    table = view.tables[0]
    emptied = replace(view, tables=(replace(table, rows=(None, *table.rows[1:])),))
    sheet = opened(render_xlsx(emptied, labels("en")))["Chapters"]
    row, column = header_row(sheet) + 1, number_columns(sheet)[0]
    assert (sheet.cell(row, column).value, sheet.cell(row, column + 1).value) == (None, "not assessed")


def test_provisions_and_elements_count_what_the_view_counts(book, view):
    every = [(table, one) for table in view.provisions for chapter in table.chapters for one in chapter.provisions]
    rows = records(book["Provisions"])
    for row, (table, one) in zip(rows, every, strict=True):
        assert (row["Id"], row["Dimension"], row["Answered"]) == (one.id, table.dimension_title, one.counts)
        counted = {group.title if group.key else "Not assessed": group.count for group in one.ratings}
        shown = {title: row[heading] for title in counted for heading in row if title in (heading or "").split(" / ")}
        assert shown == counted
    elements = [(one.id, each) for _, one in every for each in one.elements]
    for row, (id, each) in zip(records(book["Elements"]), elements, strict=True):
        assert (row["Id"], row["Letter"], row["Element"]) == (id, each.letter, each.text)
        assert (row["Law contains it"], row["Of assessments"]) == (each.met, each.answered)


def test_rounds_and_changes_follow_one_another(book, view):
    points = [(trend, point) for trend in view.trends for point in trend.points]
    rows = records(book["Rounds"])
    assert sorted((row["Country or territory"], row["Dimension"]) for row in rows) == sorted(
        (trend.name, trend.dimension_title) for trend, _ in points
    )
    changes = [change for trend in view.trends for one in trend.passages for kind in one.movements for change in kind.changes]
    shown = records(book["Changes"])
    assert [(row["Id"], row["Before"][2:], row["After"][2:]) for row in shown] == [
        (change.provision, change.before, change.after) for change in changes
    ]
    assert sum(row["Gained"] or 0 for row in rows) == sum(row["Change"] == "Gained" for row in shown)


def test_groups_hold_their_medians(book, view):
    sheet = book["Groups"]
    columns, first = number_columns(sheet), header_row(sheet) + 1
    items = [(group, figures) for group in view.groups for figures in group.figures]
    for place, (group, figures) in enumerate(items):
        assert sheet.cell(first + place, 1).value == group.title
        for column, (_, spread) in zip(columns, figures.nodes, strict=True):
            assert sheet.cell(first + place, column).value == (pytest.approx(spread.median_share) if spread else None)


def test_robustness_shows_percentiles_of_the_score_and_no_position(book, view):
    rows = records(book["Robustness"])
    assert len(rows) == sum(len(table.rows) for table in view.robustness)
    assert [rows[0][f"Score: {one}"] for one in ("5th percentile", "median", "95th percentile")] == [0.25, 0.5, 0.75]
    assert not any("osition" in heading for heading in rows[0])


# Charts


def blocks(view: ComparisonView) -> list[tuple[str, str]]:
    return [(table.dimension, scope) for table in view.tables if table.kind == "chapters" for scope, _ in view.scopes]


def title_of(chart) -> str:
    return "".join(run.t for paragraph in chart.title.tx.rich.p for run in paragraph.r)


def rows_of(reference: str) -> tuple[int, int]:
    first, last = re.search(r"\$(\d+)(?::\$[A-Z]+\$(\d+))?$", reference).groups()
    return int(first), int(last or first)


def test_totals_stand_by_name_below_a_chart_whose_title_judges_nothing(book, view):
    sheet = book["Charts"]
    bars = [chart for chart in sheet._charts if isinstance(chart, BarChart)]
    assert len(bars) == len(blocks(view))
    tables = {table.dimension: table for table in view.tables if table.kind == "chapters"}
    for chart, (dimension, scope) in zip(bars, blocks(view), strict=True):
        table = tables[dimension]
        first, last = rows_of(chart.series[-1].val.numRef.f)
        named = [sheet.cell(row, 1).value for row in range(first, last + 1)]
        assert named == [row.name for row in view.rows if row.latest and row.scope == scope]
        assert title_of(chart) == f"{table.dimension_title}: totals by country or territory"
        assert sheet.cell(first - 1, 1).value == "Country or territory"


def test_every_row_of_the_signs_has_its_sign():
    rows = [
        replace(summary_of("XAA", 1), checklist=replace(summary_of("XAA", 1).checklist, rules="others")),
        summary_of("XBB", 2),
    ]
    rows += [summary_of("XCC", 3, date(2020, 6, 30)), summary_of("XDD", 4, date(2021, 6, 30))]
    notes = opened(render_xlsx(view_of(comparison_of(rows), labels("en")), labels("en")))["Notes"]
    first = next(row for row in range(1, notes.max_row) if notes.cell(row, 1).value == "Signs") + 1
    signs = []
    while notes.cell(first + len(signs), 2).value:
        signs.append(notes.cell(first + len(signs), 1).value)
    assert signs.count("Y") > 1
    assert all(signs)


def test_of_long_tables_the_first_rows_are_printed_as_they_say(book):
    assert last_row(book["Elements"]) - header_row(book["Elements"]) > MOST_PRINTED
    for sheet in book:
        ends = int(re.search(r"(\d+)'?$", sheet.print_area)[1]) if sheet.print_area and sheet.auto_filter.ref else 0
        long = ends and sheet not in matrix_sheets(book) and last_row(sheet) - header_row(sheet) > MOST_PRINTED
        assert any("clear the print area" in text for text in texts(sheet)) == bool(long), sheet.title
        if ends:
            assert ends == (header_row(sheet) + MOST_PRINTED if long else last_row(sheet)), sheet.title


def test_a_matrix_is_printed_on_three_pages_across_at_most(book):
    for sheet in matrix_sheets(book):
        assert len(sheet.col_breaks.brk) <= 2
        assert any(text.startswith("On paper: the columns up to") for text in texts(sheet))


def test_no_freeze_line_runs_through_a_chart(book):
    assert {sheet.title for sheet in book if sheet._charts} == {"Charts"}
    assert book["Charts"].freeze_panes is None


def test_charts_can_be_read_on_paper(book):
    sheet = book["Charts"]
    assert sheet.page_setup.scale >= 75
    assert sum(one.width for one in sheet.column_dimensions.values()) * 0.2 * sheet.page_setup.scale / 100 < 28  # cm of A4 across
    pages = sorted(one.id for one in sheet.row_breaks.brk)
    for chart in sheet._charts:
        top, bottom = chart.anchor._from.row, chart.anchor.to.row
        assert not [row for row in pages if top < row < bottom], "a page ends in a chart"
        first, _ = rows_of((chart.series[-1].val or chart.series[-1].yVal).numRef.f)
        assert bottom < first - 1, "a chart covers its table"


def test_remarks_do_not_make_rows_taller_than_their_figures(book, view):
    for sheet in matrix_sheets(book):
        assert all(sheet.row_dimensions[row].height <= 43 for row in range(header_row(sheet) + 1, sheet.max_row + 1))


def test_charts_are_described_in_words(content, book, view):
    said = described(content)
    assert len(said) == len(book["Charts"]._charts)
    cells = [cells[0] for table in view.tables if table.kind == "chapters" for cells in table.rows]
    assert any(cells[0].display in text and cells[0].answered in text for text in said)


def test_many_assessments_are_drawn_by_chapter_lowest_median_first():
    view = view_of(comparison_of(many(MOST_BARS * 2)), labels("en"))
    sheet = opened(render_xlsx(view, labels("en")))["Charts"]
    (chart, *_) = sheet._charts
    first, last = rows_of(chart.series[1].val.numRef.f)
    column = next(cell.column for cell in sheet[first - 1] if cell.value == "Median")
    total, *chapters = (column.spreads["national"].median_share for column in view.tables[0].columns)
    shown = [sheet.cell(row, column).value for row in range(first, last + 1)]
    assert shown == pytest.approx([*sorted(chapters), total])
    assert len(chart.legend.legendEntry) == 1, "the part that lifts the others off the ground is not in the key"


def lines_of(view: ComparisonView) -> list[tuple[int, int]]:
    """First and last row of every line in the charts of rounds."""
    charts = lines_in(opened(render_xlsx(view, labels("en")))["Charts"])
    return [rows_of(series.yVal.numRef.f) for chart in charts for series in chart.series]


def lines_in(sheet) -> list[ScatterChart]:
    return [chart for chart in sheet._charts if isinstance(chart, ScatterChart)]


def dated(*days: date):
    """Rounds of one country on these days."""
    return [summary_of("XAA", seed, day) for seed, day in enumerate(days)]


@pytest.mark.parametrize(
    "days",
    [
        (date(2023, 12, 31), date(2024, 1, 1), date(2024, 12, 31)),
        (date(2023, 6, 30), date(2027, 2, 28)),
        (date(1990, 1, 1), date(2026, 6, 30)),
    ],
)
def test_every_year_on_the_axis_is_named_once_and_all_are_as_far_apart(days):
    sheet = opened(render_xlsx(view_of(comparison_of(dated(*days)), labels("en")), labels("en")))["Charts"]
    for chart in lines_in(sheet):
        axis = chart.x_axis
        first, last, step = axis.scaling.min, axis.scaling.max, axis.majorUnit
        ticks = [date(1899, 12, 30) + timedelta(days=first + step * place) for place in range(round((last - first) / step) + 1)]
        assert len({tick.year for tick in ticks}) == len(ticks) <= 14
        assert all((tick.month, tick.day) in ((1, 1), (1, 2)) for tick in ticks)
        assert axis.numFmt.formatCode == "yyyy"
        start, end = rows_of(chart.series[0].xVal.numRef.f)
        shown = [sheet.cell(row, 2).value.date() for row in range(start, end + 1)]
        assert shown == [*days]
        assert ticks[0] <= shown[0]
        assert shown[-1] <= ticks[-1]


def test_the_title_of_the_lines_judges_nothing_and_points_carry_their_figures():
    view = view_of(comparison_of(dated(date(2023, 6, 30), date(2026, 6, 30))), labels("en"))
    content = render_xlsx(view, labels("en"))
    for chart, trend in zip(lines_in(opened(content)["Charts"]), view.trends, strict=True):
        assert title_of(chart) == f"{trend.dimension_title}: totals over time"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        charts = b"".join(archive.read(name) for name in archive.namelist() if name.startswith("xl/charts/chart")).decode()
    assert all(
        "<a:t>{}</a:t>".format(point.cell.display.replace(" ", "\u00a0")) in charts
        for trend in view.trends
        for point in trend.points
    )


def test_a_line_is_not_drawn_between_rounds_that_do_not_compare():
    rounds = [summary_of("XAA", seed, date(year, 6, 30)) for seed, year in enumerate((2020, 2022, 2024, 2026))]
    whole = view_of(comparison_of(rounds), labels("en"))
    assert [last - first + 1 for first, last in lines_of(whole)] == [4, 4]
    rounds[:2] = [replace(one, checklist=replace(one.checklist, rules="others")) for one in rounds[:2]]
    broken = view_of(comparison_of(rounds), labels("en"))
    assert [last - first + 1 for first, last in lines_of(broken)] == [2, 2, 2, 2]
    book = opened(render_xlsx(broken, labels("en")))
    assert [one.idx for one in lines_in(book["Charts"])[0].legend.legendEntry] == [1], "the second part of a line is named once"
    assert any("weights or scoring rules changed" in text for text in texts(book["Rounds"]))


def test_a_country_without_a_figure_has_no_line_and_no_place_in_the_legend():
    rounds = [summary_of(country, seed, date(2020 + 2 * seed, 6, 30)) for country in ("XAA", "XAB") for seed in (0, 1)]
    view = view_of(comparison_of(rounds), labels("en"))

    def without(trend):
        return replace(trend, points=tuple(replace(one, cell=replace(one.cell, central=None)) for one in trend.points))

    trends = tuple(without(one) if one.name == view.trends[0].name else one for one in view.trends)
    drawn = [render_xlsx(replace(view, trends=some), labels("en")) for some in (view.trends, trends, tuple(map(without, trends)))]
    assert [[len(chart.series) for chart in lines_in(opened(one)["Charts"])] for one in drawn] == [[2, 2], [1, 1], [2, 2]]


def test_a_chart_with_too_many_rounds_says_so():
    view = view_of(comparison_of(many(MOST_TRENDS * 4, rounds=2)), labels("en"))
    sheet = opened(render_xlsx(view, labels("en")))["Charts"]
    assert not lines_in(sheet)
    assert any(f"More than {MOST_TRENDS}" in text for text in texts(sheet))


# Languages, hostile text


def test_it_speaks_french():
    summaries = many(5, rounds=2)
    view = view_of(comparison_of(summaries, "fr", groups=groups_of(summaries)), labels("fr"))
    book = opened(render_xlsx(view, labels("fr")))
    assert book.sheetnames[:3] == ["Notes", "Graphiques", "Chapitres"]
    assert "Pays ou territoire" in texts(book[book.sheetnames[2]])


@pytest.mark.parametrize("typed", HOSTILE, ids=lambda text: repr(text[:12]))
def test_typed_text_never_becomes_anything_else(typed):
    summaries = [replace(one, country_name=typed, title=typed) for one in many(4, rounds=2)]
    comparison = comparison_of(summaries, groups={one.country: ("g", typed) for one in summaries})
    view = replace(view_of(comparison, labels("en")), title=typed)
    content = render_xlsx(view, labels("en"))
    book = opened(content)
    plain = typed.replace("\x00\x0b", "").replace("\ufffe", "")
    for name in ("Charts", "Chapters", "Rounds", "Changes", "Groups"):
        sheet = book[name]
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == plain]
        assert cells
        assert {(cell.data_type, bool(cell.quotePrefix)) for cell in cells} == {("s", typed[0] in "=+-@")}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.namelist():
            assert ET.fromstring(archive.read(part)) is not None
            assert b"<f>" not in archive.read(part) or part.startswith("xl/charts/")


@pytest.mark.parametrize("title", ["A/B: [C]*?", "x" * 60, "History", "'quoted'", "it's", "Notes"])
def test_any_title_of_a_dimension_can_be_shown(view, title):
    tables = tuple(replace(table, dimension_title=title) for table in view.tables)
    book = opened(render_xlsx(replace(view, tables=tables), labels("en")))
    assert len(book.sheetnames) == 12
    assert {row["Dimension"] or "" for row in records(book["Chapters"])} == {title}


# Withheld names, properties, bytes


def test_nothing_names_a_country_where_names_are_withheld():
    summaries = many(8, rounds=2)
    comparison = steadied(comparison_of(summaries, groups=groups_of(summaries), anonymous=True))
    view = view_of(comparison, labels("en"))
    content = render_xlsx(view, labels("en"))
    secrets = {"Utopia", "Victims of Terrorism Act", "June", "06-30", ".xlsx"}
    secrets |= {one.country for one in summaries} | {one.country_name for one in summaries}
    secrets |= {one.source.digest for one in summaries}
    days = {str(date.toordinal(one.as_of) - 693_594) for one in summaries}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.namelist():
            text = archive.read(part).decode()
            assert [secret for secret in secrets if secret in text] == [], part
            assert [day for day in days if f"<v>{day}</v>" in text] == [], part
    sheet = opened(content)["Charts"]
    (first, last), *_ = (rows_of(series.xVal.numRef.f) for chart in lines_in(sheet) for series in chart.series)
    assert {sheet.cell(row, 2).value for row in range(first, last + 1)} == {2023, 2026}
    assert len(lines_in(sheet)) == len(view.dimensions)


def test_the_properties_come_from_the_comparison(book, view):
    properties = book.properties
    assert (properties.title, properties.subject, properties.language) == (view.title, view.subtitle, "en")
    stamp = Stamp.found_in(properties.keywords)
    assert (properties.creator, stamp.kind, stamp.checklist) == ("legcheck", COMPARISON, compared().checklist.digest)
    assert properties.created == properties.modified == datetime(2026, 6, 30)


def test_verify_names_a_comparison_as_such(content, tmp_path):
    path = tmp_path / "comparison.xlsx"
    path.write_bytes(content)
    found = app.verify(path, path)
    assert (found.stamp.kind, found.belongs, found.sound) == (COMPARISON, None, True)


def test_no_part_names_the_library(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert [name for name in archive.namelist() if b"xlsxwriter" in archive.read(name).lower()] == []


def test_the_same_comparison_gives_the_same_bytes(view, content):
    assert render_xlsx(view, labels("en")) == content


def test_every_kind_of_table_has_a_sheet(view):
    assert {table.kind for table in view.tables} == set(KINDS)


@pytest.mark.parametrize("count", [1, 12, 90])
def test_libreoffice_opens_it(tmp_path, soffice, count):
    _, content = rendered(count)
    (tmp_path / "comparison.xlsx").write_bytes(content)
    command = [soffice, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to"]
    arguments = [*command, "xlsx:Calc MS Excel 2007 XML", "--outdir", "again", "comparison.xlsx"]
    subprocess.run(arguments, cwd=tmp_path, check=True, capture_output=True, timeout=240)
    before, again = opened(content), load_workbook(tmp_path / "again" / "comparison.xlsx")
    assert again.sheetnames == before.sheetnames
    for sheet in again:
        assert len(sheet._charts) == len(before[sheet.title]._charts)
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type in ("f", "e")]
