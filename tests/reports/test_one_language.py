"""A document in one language holds none of the texts of the register, or of the examples, as they stand in another."""

from __future__ import annotations

import html
import io
import zipfile
from pathlib import Path

import pytest

from legcheck import app, provisions
from tests.reports.sample_views import result_of_sample
from tests.samples import workbooks

NAMES = "Insurance Code", "Law 29/2011", "Spain", "additional provision"


@pytest.fixture(scope="module")
def english() -> set[str]:
    """Titles, and subjects long enough not to be a word of both languages."""
    titles = {one.title for one in provisions.load("vot").instruments}
    subjects = {article.subject for one in provisions.load("vot").instruments for article in one.articles.values()}
    return {*titles, *NAMES, *(subject for subject in subjects if len(subject.split()) > 3)}


def texts_of(content: bytes) -> str:
    """The content of a web page, JSON or Office file, including markup."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"\n".join(archive.read(name) for name in archive.namelist() if name.endswith(".xml"))
    return html.unescape(content.decode("utf-8"))


def test_a_french_report_and_plan_hold_no_english_title_of_a_standard(english):
    result = result_of_sample("XOR")
    plan = app.draft_plan(result, "fr")
    made = app.report_files(result, ("html", "docx", "xlsx"), "fr")
    made |= app.plan_files(plan, {}, ("docx", "xlsx"), "fr")
    assert len(made) >= 6
    for name, content in made.items():
        text = texts_of(content)
        assert {words for words in english if words in text} == set(), name
    page = texts_of(next(content for name, content in made.items() if name.endswith(".html")))
    assert "Convention relative aux droits de l’enfant" in page
    assert "VRD considérant 62" in page


def test_a_french_comparison_holds_no_english_title_of_a_standard(english, tmp_path):
    files = [path for path in workbooks() if path.name.startswith(("XOR", "XUT"))]
    app.compare(files, tmp_path, formats=("html", "xlsx", "csv"), language="fr")
    for path in tmp_path.iterdir():
        assert {words for words in english if words in texts_of(Path(path).read_bytes())} == set(), path.name
