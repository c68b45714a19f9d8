"""The words of the laws beside the answers that cite them: in every format, marked as theirs, and left out where they must be."""

import io
import re
import zipfile
from dataclasses import replace
from functools import cache

import pytest
from lxml import html
from openpyxl import load_workbook

from legcheck import app
from legcheck.labels import labels
from legcheck.model import CitedPassage, Edition, Release
from legcheck.reports.annex import annex
from tests.reports.sample_views import result_of_sample
from tests.reports.test_edition import with_marks, words_of

ACT, CODE = "https://laws.example/act", "https://laws.example/code/section-12"
HOSTILE = "<script>alert(1)</script> =1+1 {x} #panic() & ]]>"
PASSAGES = {
    "REC-01": (
        CitedPassage("L2", "4(1)", "Section 4", "Who is a victim", "(1) Nobody needs a conviction\nto be a victim.", "en", ACT),
        CitedPassage("L3", "12", "المادة 12", "حقوق", "للضحايا الحق في المعلومات. ولهم الحق في المشاركة.", "ar", CODE),
    ),
    "REC-02": (CitedPassage("L2", "<i>5", "Section 5", "", HOSTILE, "en", "javascript:x"),),
    "AST-01": (CitedPassage("L8", "1", "Clause 1", "", "A secret clause.", "en", ""),),
}  # fmt: skip
FORMATS = ("docx", "html", "xlsx", "pdf")


@cache
def made(edition=Edition.RESTRICTED, language="en", *, passages=True):
    """The files of the sample by the end of their names."""
    cited = PASSAGES if passages else app.NO_PASSAGES
    files = app.report_files(result_of_sample("XUT"), FORMATS, language, release=Release(edition), passages=cited)
    return {name.partition("-06-30-")[2]: content for name, content in files.items()}


def page(content):
    return html.fromstring(content.decode())


def in_word(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("word/document.xml").decode()


@pytest.mark.parametrize("name", ["annex.docx", "annex.xlsx", "annex.pdf", "country-report.html"])
def test_a_passage_stands_in_every_format_and_only_where_there_is_one(name):
    assert "Nobody needs a conviction to be a victim." in words_of(name, made()[name])
    assert "Nobody needs a conviction" not in words_of(name, made(passages=False)[name])


def test_the_report_itself_is_the_same_with_and_without_passages():
    for name in ("country-report.docx", "country-report.pdf", "on-one-page.pdf"):
        assert made()[name] == made(passages=False)[name]


def test_without_passages_nothing_speaks_of_them():
    texts = labels("en")
    for name, content in made(passages=False).items():
        assert texts("report.passages.title") not in words_of(name, content), name
        assert b"passages" not in content or not name.endswith(".html"), name


def test_the_page_quotes_each_passage_in_its_language():
    shown = page(made()["country-report.html"])
    (article,) = shown.xpath("//article[@id='REC-01']")
    english, arabic = article.xpath(".//blockquote")
    assert (english.get("lang"), english.get("cite"), english.get("dir")) == ("en", ACT, "auto")
    assert english.text == "“(1) Nobody needs a conviction\nto be a victim.”"
    assert arabic.get("lang") == "ar"
    assert [one.get("href") for one in article.xpath(".//figcaption/a")] == [ACT, CODE]
    assert article.xpath(".//figcaption/bdi")[0].text == "L2 4(1) · Section 4 · Who is a victim"


def test_hostile_words_are_words():
    shown = page(made()["country-report.html"])
    (quoted,) = shown.xpath("//article[@id='REC-02']//blockquote")
    assert quoted.text == f"“{HOSTILE}”"
    assert not shown.xpath("//article[@id='REC-02']//figcaption/a"), "an address that is none is no link"
    assert "#panic()" in words_of("annex.pdf", made()["annex.pdf"])
    cells = [cell for row in load_workbook(io.BytesIO(made()["annex.xlsx"]))["Passages"] for cell in row]
    assert [cell.data_type for cell in cells if "#panic" in str(cell.value)] == ["s"]


def test_word_knows_the_language_and_direction_of_a_passage():
    text = in_word(made()["annex.docx"])
    (paragraph,) = [one for one in re.findall(r"<w:p>.*?</w:p>", text) if "للضحايا" in one]
    assert "<w:bidi/>" in paragraph
    assert '<w:lang w:val="ar" w:bidi="ar"/>' in paragraph
    assert "<w:gridSpan" in text


@pytest.mark.parametrize(("language", "quoted"), [("en", "“(1) Nobody"), ("fr", "« (1) Nobody")])
def test_a_passage_is_quoted_as_the_language_of_the_report_does_it(language, quoted):
    view = app.report_view(result_of_sample("XUT"), language, passages=PASSAGES)
    rows = [row for block in annex(view, labels(language)).blocks for row in getattr(block, "rows", ())]
    (shown,) = [row for row in rows if len(row.cells) == 2 and row.cells[0].paragraphs[0][0].text == "REC-01"]
    assert quoted in shown.cells[1].paragraphs[0][0].text.replace("\u00a0", " ").replace("\u202f", " ")


def test_the_sheet_links_provisions_and_addresses():
    sheet = load_workbook(io.BytesIO(made()["annex.xlsx"]))["Passages"]
    rows = {(row[0].value, row[3].value): row for row in sheet.iter_rows(min_row=6)}
    assert set(rows) >= {("REC-01", "4(1)"), ("REC-01", "12"), ("AST-01", "1")}
    assert rows["REC-01", "12"][7].hyperlink.target == CODE


@pytest.mark.parametrize("name", ["annex.docx", "annex.xlsx", "annex.pdf", "country-report.html"])
def test_the_public_edition_leaves_out_what_is_not_for_publication(name):
    shown = words_of(name, made(Edition.PUBLIC)[f"public-{name}"])
    assert "Nobody needs a conviction" in shown
    assert "A secret clause" not in shown
    assert "A secret clause" in words_of(name, made()[name])


def test_no_passage_of_an_answer_or_of_words_that_name_a_law_not_for_publication_is_public():
    result = with_marks(result_of_sample("XUT"), {"REC-01"}, {"L8"})
    bill = result.assessment.laws["L8"].title
    named = {"REC-02": (replace(PASSAGES["REC-02"][0], text=f"See the {bill.upper()}."),)}
    (content,) = app.report_files(result, ["html"], "en", release=Release(Edition.PUBLIC), passages=PASSAGES | named).values()
    assert not page(content).xpath("//blockquote")


def test_more_passages_than_anybody_reads_are_counted():
    many = {"REC-01": tuple(CitedPassage("L2", str(number), "", "", f"Words {number}.") for number in range(1, 26))}
    view = app.report_view(result_of_sample("XUT"), "en", passages=many)
    (one,) = [one for chapter in view.chapters for one in chapter.provisions if one.id == "REC-01"]
    assert (len(one.passages), one.more_passages[:7]) == (20, "5 more ")
    (content,) = app.report_files(result_of_sample("XUT"), ["xlsx"], "en", passages=many).values()
    rows = list(load_workbook(io.BytesIO(content))["Passages"].iter_rows(min_row=6, values_only=True))
    assert any(str(cell).startswith("5 more") for cell in rows[-1])
