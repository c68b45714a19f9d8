"""The State's comments: out in a workbook or in Word, back beside their findings, exactly as written."""

import io
from dataclasses import replace
from datetime import date
from functools import cache

import docx
import pytest
from openpyxl import load_workbook

from legcheck import app, hands
from legcheck.issues import InputError
from legcheck.labels import languages
from legcheck.model import Revision
from tests.samples import FOLDER, UTOPIA
from tests.workbook.sheets import converted, rezipped

HEAD = 5
TEXT = "=1+1 is <b>not</b>  what we said.\nThe decree of 2025, art. 4(2), settles it."
KINDS = pytest.mark.parametrize("kind", hands.CONSULTATION_FORMATS)


@pytest.fixture(scope="module")
def result():
    return app.assess(FOLDER / UTOPIA)


@pytest.fixture(scope="module")
def forms(result):
    """The forms of the sample by kind and language."""
    made = {
        language: hands.consultation_files(result, language, hands.CONSULTATION_FORMATS, body="Ministry of Justice")
        for language in languages()
    }
    return {(name.rpartition(".")[2], language): content for language, files in made.items() for name, content in files.items()}


class Sheet:
    """A form as a workbook, in which cells are typed by the row of a finding and the place of a column."""

    def __init__(self, content):
        self.book = load_workbook(io.BytesIO(content))
        self.sheet = self.book.worksheets[0]

    def type(self, finding, **texts):
        for key, text in texts.items():
            columns = ("id", "asked", "found", "basis", "text", "body", "on", "law", "practice", "why")
            cell = self.sheet.cell(HEAD + 1 + finding, columns.index(key) + 1)
            cell.value, cell.data_type = text, "s"


class Word:
    """The same in Word: a table for each finding."""

    def __init__(self, content):
        self.book = docx.Document(io.BytesIO(content))

    def type(self, finding, **texts):
        for key, text in texts.items():
            rows = self.book.tables[finding].rows
            if key == "id":
                rows[0].cells[0].text = text
            else:
                rows[("asked", "found", "basis", "text", "body", "on").index(key) + 1].cells[1].text = text


def back(forms, folder, kind, *typed, language="en", name="back"):
    """The file in which somebody typed `typed`, findings by place with their texts."""
    form = (Sheet if kind == "xlsx" else Word)(forms[kind, language])
    for finding, texts in typed:
        form.type(finding, **texts)
    path = folder / f"{name}.{kind}"
    form.book.save(path)
    return path


def codes(issues):
    return [issue.code for issue in issues]


@KINDS
@pytest.mark.parametrize("language", languages())
def test_a_comment_stands_beside_its_finding_as_written(result, forms, tmp_path, kind, language):
    path = back(forms, tmp_path, kind, (3, {"text": TEXT, "on": "2026-11-20"}), language=language)
    found, issues = hands.with_comments(result, [path])
    day = {"en": "20 November 2026", "fr": "20 novembre 2026", "es": "20 de noviembre de 2026"}[language]
    assert issues.found == []
    assert found.answer("GEN-04").observations == f"{TEXT} (Ministry of Justice, {day})"
    assert replace(found, answers={}) == replace(result.assessment, answers={})
    others = {id: one for id, one in found.answers.items() if id != "GEN-04"}
    assert others == {id: one for id, one in result.assessment.answers.items() if id != "GEN-04"}


@KINDS
def test_a_form_that_came_back_blank_changes_nothing(result, forms, tmp_path, kind):
    found, issues = hands.with_comments(result, [back(forms, tmp_path, kind)])
    assert (found, issues.found) == (result.assessment, [])


def test_comments_of_several_bodies_are_kept_and_none_twice(result, forms, tmp_path):
    first = back(forms, tmp_path, "xlsx", (3, {"text": "one", "on": "2026-11-20"}))
    second = back(forms, tmp_path, "docx", (3, {"text": "two", "body": "Supreme Court", "on": "2026-11-21"}))
    found, _ = hands.with_comments(result, [first, second, first])
    assert found.answer("GEN-04").observations.splitlines() == [
        "one (Ministry of Justice, 20 November 2026)",
        "two (Supreme Court, 21 November 2026)",
    ]


def test_a_rating_changed_because_of_a_comment_is_a_change_with_both_values(result, forms, tmp_path):
    said = {"text": TEXT, "on": "2026-11-20", "law": "fully provided for", "why": "The decree was overlooked."}
    found, _ = hands.with_comments(result, [back(forms, tmp_path, "xlsx", (3, said))])
    of = found.body
    assert found.history == (
        Revision(date(2026, 11, 20), "GEN-04", "law", "partial", "full", of, "The decree was overlooked.", "back.xlsx"),
    )
    assert found.answer("GEN-04").ratings["law"] == "full"


ONE = {"text": "A comment.", "on": "2026-11-20"}
WRONG = {
    "nothing": ([(3, ONE | {"id": "GEN-94"})], ["A803"]),
    "without id": ([(3, ONE | {"id": ""})], ["A803"]),
    "twice": ([(3, ONE), (4, ONE | {"id": "GEN-04"})], ["A804"]),
    "without date": ([(3, {"text": "A comment."})], ["A805"]),
    "whose": ([(3, ONE), (4, ONE | {"body": "Supreme Court"}), (5, ONE | {"body": ""})], ["A805"]),
    "edited": ([(3, ONE | {"asked": "Is it forbidden?"})], ["A807"]),
    "a person": ([(3, ONE | {"text": "Call +34 912 345 678.", "body": "Anna Kowalska"})], ["A901", "A901"]),
    "a strange date": ([(3, ONE | {"on": "in spring"})], ["A305", "A805"]),
}


@KINDS
@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_named(result, forms, tmp_path, kind, case):
    typed, expected = WRONG[case]
    _, issues = hands.with_comments(result, [back(forms, tmp_path, kind, *typed)])
    assert codes(issues) == expected


def test_what_is_wrong_in_the_review_is_named_at_its_cell(result, forms, tmp_path):
    path = back(forms, tmp_path, "xlsx", (3, ONE | {"law": "none"}), (4, {"law": "excellent", "why": "so", "on": "2026-11-20"}))
    _, issues = hands.with_comments(result, [path])
    assert [(issue.code, issue.at.cell) for issue in issues] == [("A301", "H10"), ("A806", "J9")]


@KINDS
def test_a_form_about_something_else_is_refused(result, forms, tmp_path, kind):
    path = back(forms, tmp_path, kind, (3, ONE))
    for other in ({"country": "ESP"}, {"as_of": date(2025, 1, 1)}):
        of = replace(result, assessment=replace(result.assessment, **other))
        assert codes(hands.with_comments(of, [path])[1]) == ["A802"]


def test_text_between_the_tables_of_a_word_form_is_named(result, forms, tmp_path):
    made = docx.Document(io.BytesIO(forms["docx", "en"]))
    made.add_paragraph("We disagree with all of it.")
    made.tables[0].add_row().cells[1].text = "And with this."
    made.save(tmp_path / "back.docx")
    _, issues = hands.with_comments(result, [tmp_path / "back.docx"])
    assert [(issue.code, issue.at.cell) for issue in issues] == [("A105", ""), ("A105", "GEN-01")]


@cache
def report_of(name):
    """The country report in Word."""
    return app.report_files(app.assess(FOLDER / name), ["docx"], "en")["XUT-2026-06-30-country-report.docx"]


def foreign(name, forms):
    """What may come back in the place of a form."""
    entity = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>'
    return {
        "a workbook": (FOLDER / UTOPIA).read_bytes(),
        "no document": b"a letter",
        "nothing": b"",
        "half a form": forms["docx", "en"][:9000],
        "an attack": rezipped(forms["docx", "en"], {"word/document.xml": entity}),
        "a report": report_of(UTOPIA),
    }[name]


@KINDS
def test_libreoffice_keeps_every_comment(result, forms, tmp_path, kind, soffice):
    path = back(forms, tmp_path, kind, (3, {"text": TEXT, "on": "2026-11-20"}))
    again = converted(soffice, path, tmp_path / "out")
    assert hands.with_comments(result, [again]) == hands.with_comments(result, [path])


@pytest.mark.parametrize("name", ["a workbook", "no document", "nothing", "half a form", "an attack", "a report"])
@KINDS
def test_other_files_are_refused(result, forms, tmp_path, name, kind):
    path = tmp_path / f"letter.{kind}"
    path.write_bytes(foreign(name, forms))
    with pytest.raises(InputError) as error:
        hands.with_comments(result, [path])
    assert len(error.value.issues) == 1


def test_the_annex_prints_the_comment(result, forms, tmp_path):
    found, _ = hands.with_comments(result, [back(forms, tmp_path, "xlsx", (3, ONE))])
    made = app.report_files(app.assess(found), ["html"], "en")
    assert "A comment. (Ministry of Justice, 20 November 2026)" in made["XUT-2026-06-30-country-report.html"].decode()
