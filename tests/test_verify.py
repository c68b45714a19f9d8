"""Verifying a report: it belongs to one file, may be reworded, and tells when a figure in it was edited."""

import io
import shutil

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as some
from openpyxl import load_workbook

import legcheck
from legcheck import app
from legcheck.issues import InputError
from legcheck.verify import Changed, changed_lines, figures_in
from tests.samples import FOLDER
from tests.samples import UTOPIA as NAME

UTOPIA = FOLDER / NAME
READING = FOLDER / "CAN-2025-07-24.xlsx"
words = some.text(some.characters(categories=["L"]), min_size=1, max_size=8)
lines = some.lists(some.tuples(words, some.integers(0, 999), words).map(lambda one: f"{one[0]} {one[1]} {one[2]}"), max_size=8)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Every report and plan of Utopia that people pass on, and those of a reading."""
    folder = tmp_path_factory.mktemp("made")
    legcheck.report(UTOPIA, folder, formats=["docx", "html", "xlsx", "pdf"])
    legcheck.report(UTOPIA, folder, formats=["docx", "html"], language="fr", edition="public")
    legcheck.report(READING, folder, formats=["docx", "html", "xlsx"])
    legcheck.plan(UTOPIA, folder, formats=["docx", "pdf"])
    return folder


def edited(path, change):
    """A Word document after somebody changed something in it."""
    document = Document(path)
    change(document)
    document.save(path)
    return path


@given(lines)
def test_a_report_is_what_it_was_made_as(made):
    assert not list(changed_lines(made, made))


@given(lines, some.lists(words, max_size=4))
def test_sentences_may_be_added(made, added):
    assert not list(changed_lines(made, [*added, *made, *added]))


@given(lines.filter(bool), some.data())
def test_every_line_whose_figure_was_edited_is_told(made, data):
    place = data.draw(some.integers(0, len(made) - 1))
    other = made[place].replace(figures_in(made[place])[0], "1234")
    now = [*made[:place], other, *made[place + 1 :]]
    assert [one.made for one in changed_lines(made, now)] == [made[place]]


@given(lines.filter(bool), some.data())
def test_every_line_with_a_figure_that_was_taken_out_is_told(made, data):
    place = data.draw(some.integers(0, len(made) - 1))
    assert [one.made for one in changed_lines(made, made[:place] + made[place + 1 :])] == [made[place]]


def test_a_line_may_be_reworded_around_its_figures():
    before = ["In law, of 11 provisions answered, 3 are provided for in full."]
    assert not list(changed_lines(before, ["Of the 11 provisions answered in law, 3 are provided for in full."]))
    changed = "In law, of 11 provisions answered, 8 are provided for in full."
    assert list(changed_lines(before, [changed])) == [Changed(before[0], changed)]


def test_every_report_belongs_to_its_file_and_to_no_other(made):
    for path in sorted(made.iterdir()):
        source, other = (UTOPIA, READING) if path.name.startswith("XUT") else (READING, UTOPIA)
        found = app.verify(path, source)
        assert (found.belongs, found.whole, found.changed) == (True, True, ()), path.name
        assert app.verify(path, other).belongs is False
        assert app.verify(path).belongs is None


def test_a_result_file_serves_as_well_as_the_workbook(made, tmp_path):
    legcheck.report(UTOPIA, tmp_path, formats=["json"])
    assert app.verify(made / "XUT-2026-06-30-country-report.docx", tmp_path / "XUT-2026-06-30-result.json").whole


def test_a_report_that_an_adviser_edited_keeps_its_figures(made, tmp_path):
    path = shutil.copy(made / "XUT-2026-06-30-country-report.docx", tmp_path / "sent.docx")

    def add(document):
        for paragraph in document.paragraphs[10:40:3]:
            paragraph.insert_paragraph_before("The ministry was heard on this point.")
        document.tables[0].add_row()

    found = app.verify(edited(path, add), UTOPIA)
    assert found.belongs
    assert not found.whole
    assert not found.changed


@pytest.mark.parametrize("name", ["country-report", "plan"])
def test_a_cover_of_the_advisers_own_takes_no_line_away(name, tmp_path):
    own, template, result = Document(), io.BytesIO(), app.assess(UTOPIA)
    own.add_paragraph("The Republic presents, on 12 pages: {{ title }}")
    own.save(template)
    if name.startswith("plan"):
        plan = app.draft_plan(result, "en")
        made = app.plan_files(plan, {}, ["docx"], "en", template.getvalue())
    else:
        made = app.report_files(result, ["docx"], "en", template=template.getvalue())
    path = tmp_path / f"{name}.docx"
    path.write_bytes(made[f"XUT-2026-06-30-{name}.docx"])
    assert app.verify(path, UTOPIA).sound

    def flatter(document):
        row = next(row for one in document.tables for row in one.rows[1:] if figures_in(row.cells[-1].text))
        row.cells[-1].text = "1234"

    assert len(app.verify(edited(path, flatter), UTOPIA).changed) == 1


def test_a_figure_edited_in_a_sentence_and_one_in_a_table_are_told(made, tmp_path):
    path = shutil.copy(made / "XUT-2026-06-30-country-report.docx", tmp_path / "sent.docx")

    def flatter(document):
        sentence = next(one for one in document.paragraphs if "For 7 provisions a rule in force says the opposite" in one.text)
        sentence.text = sentence.text.replace("For 7 provisions", "For 1 provision")
        counts = next(one for one in document.tables if one.cell(1, 0).text.startswith("Purpose") and len(one.columns) == 7)
        counts.cell(1, 1).text = "9"

    found = app.verify(edited(path, flatter), UTOPIA)
    assert len(found.changed) == 2
    assert all(one.now and one.made != one.now for one in found.changed)
    assert not found.sound


def test_a_figure_edited_in_excel_is_told(made, tmp_path):
    path = tmp_path / "annex.xlsx"
    book = load_workbook(made / "XUT-2026-06-30-annex.xlsx")
    cell = next(cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, int))
    cell.value += 1
    book.save(path)
    assert len(app.verify(path, UTOPIA).changed) == 1


def test_a_pdf_that_was_changed_is_not_said_to_stand(made, tmp_path):
    path = tmp_path / "changed.pdf"
    path.write_bytes((made / "XUT-2026-06-30-on-one-page.pdf").read_bytes() + b"%")
    found = app.verify(path, UTOPIA)
    assert found.belongs
    assert not found.whole
    assert not found.sound


@pytest.mark.parametrize("name", ["notes.docx", "notes.html", "notes.pdf", "notes.xlsx", "notes.txt"])
@pytest.mark.parametrize("content", [b"Plain words", b"PK\x03\x04 broken", b""])
def test_what_legcheck_has_not_made_is_refused_in_a_sentence(name, content, tmp_path):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        app.verify(path, UTOPIA)
    assert [issue.code for issue in caught.value.issues] <= ["R601"] or content == b""


def test_a_document_of_somebody_else_is_refused(tmp_path):
    content = io.BytesIO()
    Document().save(content)
    path = tmp_path / "letter.docx"
    path.write_bytes(content.getvalue())
    with pytest.raises(InputError, match="not a report that legcheck has made"):
        app.verify(path)


@pytest.mark.parametrize("forged", ["en; secret", "xx; restricted", "en; restricted"])
def test_properties_that_were_made_up_are_refused_in_a_sentence(forged, made, tmp_path):
    page = (made / "XUT-2026-06-30-country-report.html").read_text("utf-8")
    path = tmp_path / "forged.html"
    path.write_text(page.replace("country-report; en; restricted", f"letter; {forged}"), "utf-8")
    with pytest.raises(InputError, match="not a report that legcheck has made"):
        app.verify(path, UTOPIA)


def test_a_report_in_which_everything_differs_is_told_soon():
    before = [f"Provision {number} is provided for in law {number}" for number in range(2_000)]
    assert len(list(changed_lines(before, [line.upper() for line in before]))) == 2_000


def test_cells_over_a_million_columns_do_not_stop_the_reading(made, tmp_path):
    path = shutil.copy(made / "XUT-2026-06-30-country-report.docx", tmp_path / "wide.docx")

    def widen(document):
        document.tables[0].cell(0, 0)._tc.grid_span = 2_000_000_000

    assert not app.verify(edited(path, widen), UTOPIA).changed


def test_a_report_on_one_assessment_of_a_table_is_verified(tmp_path):
    table = tmp_path / "answers.csv"
    rows = ["XUT,2026-06-30,REC-01,full", "XUT,2026-06-30,REC-02,none", "XOR,2026-06-30,REC-01,none"]
    table.write_text("\n".join(["country,as_of,provision,rating", *rows]), "utf-8")
    result = app.assess(table, country="XUT")
    path = tmp_path / "annex.docx"
    path.write_bytes(app.report_files(result, ["docx"], "en")["XUT-2026-06-30-annex.docx"])
    assert app.verify(path, table, country="XUT").whole
