"""Tables that fit their page: what a reader of a long annex meets on every page."""

from __future__ import annotations

import re

import pytest

from legcheck.labels import labels
from legcheck.reports import palette
from legcheck.reports.document import Cell, Column, Row, Table, band, cell, strong, table, tagged, words
from legcheck.reports.fit import MARGINS, POINTS_PER_CM, fitted, width_of
from tests.reports.sample_views import annex_of_sample, country_report_of_sample
from tests.reports.test_pdf import made as in_pdf

COLUMNS = (Column("Provision", 5), Column("Rating", 2), Column("Elements", 5))


def fit(*rows, **options) -> Table:
    made = fitted(table("T", COLUMNS, rows, **options), landscape=False, continued="(continued)")
    assert isinstance(made, Table)
    return made


def lines(one: Cell) -> list[str]:
    return ["".join(run.text for run in content) for content in one.paragraphs]


# --- Columns -----------------------------------------------------------------------------------------------------------


def test_a_column_that_holds_nothing_is_left_out():
    made = fit(band("A chapter"), (cell("Duty"), cell("Met"), cell()), (cell("Care"), cell("Met"), cell()))
    assert [column.title for column in made.columns] == ["Provision", "Rating"]
    assert [len(row.cells) for row in made.rows] == [1, 2, 2]


def test_a_column_to_fill_in_or_of_a_fixed_table_stays():
    empty = (cell("Duty"), cell("Met"), cell())
    assert len(fit(empty, (cell("Care"), Cell(place=True), Cell(place=True))).columns) == 3
    assert len(fit(empty, fixed=True).columns) == 3


@pytest.mark.parametrize("rating", ["Met", "Partiellement prévu", "Teilweise vorgesehen", "Parcialmente previsto"])
def test_a_rating_stands_in_one_line(rating):
    made = fit((cell("Duty"), cell(words(tagged(rating, palette.CONTRARY))), cell("a) all persons")))
    assert made.columns[1].width * POINTS_PER_CM >= MARGINS + width_of(f" {palette.CONTRARY.sign} {rating} ", 9)
    assert sum(column.width for column in made.columns) == pytest.approx(17)


@pytest.mark.parametrize(("title", "ems"), [("Contrario", 4.51), ("respuesta", 4.73), ("totalidad", 4.17)])
def test_a_title_is_given_the_width_that_it_takes_in_the_bold_font_that_is_shipped(title, ems):
    narrow = table("T", (Column("Chapter", 16), Column(title, 1)), [(cell("A chapter"), cell("1"))])
    made = fitted(narrow, landscape=False, continued="(continued)")
    assert made.columns[1].width * POINTS_PER_CM >= MARGINS + 9 * ems


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("document_of", [annex_of_sample, country_report_of_sample])
def test_no_word_of_a_report_is_wider_than_its_column(document_of, language):
    of = document_of("XOR", language)
    size = 8 if of.landscape else 9
    for one in (block for block in of.blocks if isinstance(block, Table)):
        for row in (row for row in one.rows if not row.band):
            for column, held in zip(one.columns, row.cells, strict=True):
                longest = max((word for line in lines(held) for word in re.split(r"[\s-]+", line)), key=len, default="")
                room = column.width * POINTS_PER_CM - MARGINS
                assert width_of(longest, size) <= room or len(longest) > 30, longest


# --- Rows --------------------------------------------------------------------------------------------------------------


def test_a_row_that_no_page_could_hold_becomes_several_that_repeat_its_name():
    elements = [f"{number}) " + "word " * 60 for number in range(12)]
    made = fit(Row((cell(strong("GEN-1 Duty"), "Is there one?"), cell("Met"), cell(*elements)), anchor="GEN-1"))
    first, *others = made.rows
    assert lines(first.cells[0]) == ["GEN-1 Duty", "Is there one?"]
    assert others
    assert all(lines(row.cells[0]) == ["GEN-1 Duty (continued)"] for row in others)
    assert [row.anchor for row in made.rows] == ["GEN-1", *[""] * len(others)]
    assert [line for row in made.rows for line in lines(row.cells[2])] == elements


def test_a_row_that_a_page_holds_stays_as_it_is():
    row = Row((cell("Duty"), cell("Met"), cell(*["a) all persons"] * 20)))
    assert fit(row).rows == (row,)
    high = Row((cell("Duty"), cell("Met"), cell(*["a) all persons"] * 200)))
    assert fit(high, fixed=True).rows == (high,)


# --- Pages -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("country", ["XUT", "ESP"])
def test_pages_of_an_annex_are_full_and_no_provision_goes_on_without_its_name(country):
    of = annex_of_sample(country, "en")
    pages = [page.extract_text() for page in in_pdf(of).pages]
    assert not [number for number, page in enumerate(pages[:-1], 1) if len(page) < 900]
    for page in pages:
        opened = re.findall(r"(?m)^([A-Z]{3}-\d\d) ", page)
        first = re.search(r"(?m)^\W*([a-h])\) ", page)
        assert not opened or first is None or page.index(opened[0]) < first.start()


def test_figures_of_practice_have_no_empty_column():
    heads = {
        tuple(column.title for column in one.columns) for one in annex_of_sample("XUT", "en").blocks if isinstance(one, Table)
    }
    elements = labels("en")("annex.columns.elements")
    assert {elements in head for head in heads if "Range" in head} == {True, False}
