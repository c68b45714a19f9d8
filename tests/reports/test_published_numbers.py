"""The numbers of a published document in reports: beside each provision, in the concordance, and who confirmed them."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from openpyxl import load_workbook

from legcheck import app, provisions
from legcheck.analysis.plan import first_entries
from legcheck.labels import labels, languages
from legcheck.model import Edition, PublishedNumber, Release, Result
from legcheck.reports.document import Cell, Document, Table
from legcheck.reports.plan_annex import plan_annex
from legcheck.reports.plan_view import plan_view
from tests.reports.sample_views import result_of_sample

DAY = date(2026, 6, 30)
NUMBERS = {
    "REC-01": PublishedNumber("=1+1", "Legal office", DAY, "Model act"),
    "REC-02": PublishedNumber("<b>4(2)</b>", "Second reader", date(2026, 7, 1), "Model act"),
    "GEN-01": PublishedNumber("x" * 60, "Legal office", DAY),
}
SAID = {
    "en": "published no. {}",
    "fr": "n°\N{NO-BREAK SPACE}{} du document publié",
    "es": "n.º\N{NO-BREAK SPACE}{} del documento publicado",
}


@cache
def numbered() -> Result:
    result = result_of_sample("XUT")
    return replace(result, checklist=provisions.with_numbers(result.checklist, NUMBERS))


def rendered(language: str, result: Result, *formats: str, edition: Edition = Edition.RESTRICTED) -> dict[str, bytes]:
    made = app.report_files(result, formats, language, release=Release(edition))
    return {name.partition("-30-")[2]: content for name, content in made.items()}


@pytest.mark.parametrize("language", languages())
def test_they_stand_beside_each_provision_and_in_the_concordance(language):
    page = rendered(language, numbered(), "html")["country-report.html"].decode()
    for one in NUMBERS.values():
        escaped = one.number.replace("<", "&lt;").replace(">", "&gt;")
        assert page.count(SAID[language].format(escaped)) == 2, "its own head and the table of concordance"
    view = app.report_view(numbered(), language)
    told = [one for one in view.method if "Legal office" in one]
    assert len(told) == 2, "one sentence for each document"
    assert "Model act" in told[0]
    assert "Second reader" in told[0]
    assert labels(language).date(DAY) in told[0]


@pytest.mark.parametrize("language", languages())
def test_excel_has_a_column_of_them_that_is_text(language):
    book = load_workbook(io.BytesIO(rendered(language, numbered(), "xlsx")["annex.xlsx"]))
    heading = {"en": "Published no.", "fr": "N°\N{NO-BREAK SPACE}publié", "es": "N.º\N{NO-BREAK SPACE}publicado"}[language]
    sheets = [sheet for sheet in book if any(cell.value == heading for row in sheet.iter_rows() for cell in row)]
    assert len(sheets) == 2, "every provision, and the concordance"
    for sheet in sheets:
        found = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"]
        assert [cell.data_type for cell in found] == ["s"] * len(found) != []


def test_the_annex_names_them_in_word():
    document = app.report_view(numbered(), "en").concordance
    assert {one.id: one.number for one in document if one.number} == {id: one.number for id, one in NUMBERS.items()}
    assert rendered("en", numbered(), "docx").keys() == {"annex.docx", "country-report.docx"}


@pytest.mark.parametrize("language", languages())
def test_the_plan_has_them_beside_the_gaps_that_measures_close(language):
    plan = app.draft_plan(numbered(), language)
    view = plan_view(plan, first_entries(plan), labels(language))
    answered = [one for objective in view.objectives for measure in objective.measures for one in measure.answers]
    shown = {one.provision: one.published for one in answered if one.published}
    assert shown == {"REC-01": SAID[language].format("=1+1"), "REC-02": SAID[language].format("<b>4(2)</b>")}
    assert "Second reader" in "".join(view.method)
    annex = "".join(run.text for cell in _cells(plan_annex(view, labels(language))) for text in cell.paragraphs for run in text)
    assert all(said in annex for said in shown.values())


def _cells(document: Document) -> Iterator[Cell]:
    return (cell for block in document.blocks if isinstance(block, Table) for row in block.rows for cell in row.cells)


def test_the_public_is_told_the_document_and_no_names():
    page = rendered("en", numbered(), "html", edition=Edition.PUBLIC)
    (content,) = page.values()
    assert b"Model act" in content
    assert b"=1+1" in content
    assert b"Legal office" not in content
    assert b"Second reader" not in content


def test_without_numbers_nothing_speaks_of_them():
    result = result_of_sample("XUT")
    emptied = replace(numbered(), checklist=provisions.with_numbers(numbered().checklist, {}))
    assert rendered("en", emptied, "html", "xlsx", "docx") == rendered("en", result, "html", "xlsx", "docx")
    assert b"ublished no." not in rendered("en", result, "html")["country-report.html"]
    assert "references" not in result.checklist.definition
