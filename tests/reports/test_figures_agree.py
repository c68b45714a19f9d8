"""One number, one source: every figure is the same wherever it is printed."""

import io
import json
import re
import zipfile
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from legcheck import app
from legcheck.labels import languages
from legcheck.model import COUNTED
from legcheck.reports.pdf import write_pdf
from legcheck.results import figures_of
from tests.reports.sample_views import annex_of_sample, view_of_sample
from tests.reports.test_annex import figures
from tests.samples import workbooks

FIGURE = r"\b(?:law|practice)\.[\w.\-/]+"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Page(HTMLParser):
    """Collects the text of ``.figure`` inside every table row that names a figure."""

    def __init__(self):
        super().__init__()
        self.found, self._row, self._inside = {}, "", False

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        if tag == "tr":
            self._row = named.get("data-figure", "")
        self._inside = bool(self._row) and "figure" in (named.get("class") or "").split()

    def handle_data(self, data):
        if self._inside and data.strip():
            self.found.setdefault(self._row, set()).add(data.strip())
            self._inside = False


def in_html(content: bytes) -> dict[str, set[str]]:
    page = Page()
    page.feed(content.decode())
    return page.found


def in_word(content: bytes) -> dict[str, list[list[str]]]:
    """The texts of every table row that names a figure."""
    body = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml"))
    found: dict[str, list[list[str]]] = {}
    for row in body.iter(f"{WORD}tr"):
        texts = [part.text or "" for part in row.iter(f"{WORD}t")]
        for figure in filter(re.compile(FIGURE).fullmatch, texts):
            found.setdefault(figure, []).append(texts)
    return found


def in_excel(content: bytes) -> dict[str, list[tuple]]:
    """The printed text and the numbers of every row that names a figure."""
    found: dict[str, list[tuple]] = {}
    for sheet in load_workbook(io.BytesIO(content)):
        for row in sheet.iter_rows(values_only=True):
            for value in row:
                if isinstance(value, str) and re.fullmatch(FIGURE, value):
                    found.setdefault(value, []).append(row)
    return found


NATIONAL = [path for path in workbooks() if app.read(path).scope.scored]
READINGS = [path for path in workbooks() if path not in NATIONAL]


def in_a_cell(share):
    """A share as Excel files hold it, to six decimals."""
    return None if share is None else round(share, 6)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("path", NATIONAL, ids=lambda path: path.stem)
def test_every_figure_is_the_same_in_every_format(path, language):
    result = app.assess(path)
    made = {
        name.rpartition(".")[2]: content
        for name, content in app.report_files(result, ("docx", "html", "xlsx", "json"), language).items()
    }
    tree = json.loads(made["json"])
    stated = {
        figure: score
        for figure, score in figures_of(tree["scores"])
        if tree["scores"][figure.partition(".")[0]]["total"]["answered"]
    }
    page, word, table = in_html(made["html"]), in_word(made["docx"]), in_excel(made["xlsx"])
    assert len(stated) > 40
    for figure, score in stated.items():
        assert page[figure] == {score["display"]}, figure
        assert all(score["display"] in cells for cells in word[figure]), figure
        for row in table[figure]:
            assert score["display"] in row, figure
            shares = {part: in_a_cell(score[part]) for part in ("low", "central", "high", "assessed_share")}
            if score["counted"]:  # a small group has no share that could be shown
                assert not {shares[part] for part in ("low", "central", "high")} & {*row} - {shares["assessed_share"], None}, (
                    figure
                )
                continue
            # Where too little is answered no central figure is printed, in any format.
            for part in ("low", "central", "high") if score["enough_answered"] else ("low", "high"):
                assert shares[part] is None or shares[part] in row, figure


def test_every_figure_of_the_annex_is_printed_in_pdf():
    read = PdfReader(io.BytesIO(write_pdf(annex_of_sample("XUT", "en"))))
    text = " ".join("".join(page.extract_text() + " " for page in read.pages).split())
    for figure in figures(view_of_sample("XUT", "en")):
        assert " ".join(filter(None, (figure.id, figure.capped_by, figure.display))) in text


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("path", READINGS, ids=lambda path: path.stem)
def test_the_counts_of_a_reading_are_the_same_in_every_format(path, language):
    """A class that no provision has needs no column, and a chapter on which nothing was found no row."""
    result = app.assess(path)
    made = {
        name.rpartition(".")[2]: content for name, content in app.report_files(result, ("html", "xlsx", "json"), language).items()
    }
    tree, table = json.loads(made["json"])["scores"]["law"], in_excel(made["xlsx"])
    always = {"full", "partly", "not_found"}
    columns = [one for one in COUNTED if one in always or tree["total"][one]]
    for chapter in result.checklist.chapters:
        id, counts = chapter.id, [tree["chapters"][chapter.id][one] for one in columns]
        assert sum(counts) == tree["chapters"][id]["answered"]
        if not any(counts[:-1]):  # told in a sentence
            assert f"law.{id}" not in table
            continue
        (row,) = table[f"law.{id}"]
        assert list(row[2 : 2 + len(counts)]) == counts, id
        cells = r"\s*".join(f"<td[^>]*>{count}</td>" for count in counts)
        assert re.search(rf'data-figure="law.{id}">\s*<th scope="row">[^<]*</th>\s*{cells}', made["html"].decode()), id
    assert tree["total"]["full"] == sum(score["full"] for score in tree["chapters"].values())


@pytest.mark.parametrize("path", NATIONAL, ids=lambda path: path.stem)
def test_no_format_prints_a_figure_that_is_not_in_the_result(path):
    result = app.assess(path)
    made = {
        name.rpartition(".")[2]: content for name, content in app.report_files(result, ("html", "xlsx", "json"), "en").items()
    }
    known = dict(figures_of(json.loads(made["json"])["scores"]))
    assert {figure.removesuffix(".if-adopted") for figure in in_html(made["html"])} <= set(known)
    assert {figure for figure in in_excel(made["xlsx"]) if not figure.endswith("if-adopted")} <= set(known)
