"""Texts are shown as people typed them, in every output: marks of other languages, emoji, any script, long texts."""

import html
import io
import json
import re
import zipfile
from itertools import chain

import pytest
from lxml import etree
from openpyxl import load_workbook

import legcheck
from tests.samples import FOLDER, UTOPIA

TYPED = {
    "marks": "One<br>two &amp; three <b>bold</b> &lt;i&gt; {{ name }} #set $x$ *y* _z_ [link](http://x)",
    "emoji": "Peace 🕊️ and family 👩‍👩‍👧 🇫🇷 done ✅",
    "right to left": "لا يعوّض القانون الضحايا (المادة 3)؛ החוק אינו מפצה",
    "formulas": '=HYPERLINK("http://x","y") and -1+1 @SUM(A1) \\t',
    "other scripts": "受害者没有补偿。पीड़ितों को मुआवज़ा नहीं። ተጎጂዎች",
    "long": " ".join(f"word{number}" for number in range(3000)),
}


def plain(text):
    """Letters and signs alone: layouts differ in spaces and line ends."""
    return re.sub(r"\s+", "", text)


def text_of(path):
    """All text that a file shows or holds."""
    content = path.read_bytes()
    if path.suffix == ".json":
        return json.dumps(json.loads(content), ensure_ascii=False).replace('\\"', '"').replace("\\\\", "\\")
    if path.suffix == ".html":
        return html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"(?s)<(script|style).*?</\1>", "", content.decode())))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [archive.read(name) for name in archive.namelist() if name.endswith(".xml")]
    return "".join(chain.from_iterable(etree.fromstring(part).itertext() for part in parts))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The answers of Utopia with these texts as notes on provisions, and its report and annex in every format."""
    folder = tmp_path_factory.mktemp("typed")
    book = load_workbook(FOLDER / UTOPIA)
    rows = [row for sheet in book for row in sheet.iter_rows() if str(row[0].value).endswith(":law")]
    for row, text in zip(rows, TYPED.values(), strict=False):
        row[4].value, row[4].data_type = text, "s"
    book.save(folder / "XUT.xlsx")
    read = legcheck.read(folder / "XUT.xlsx")
    return read, [path for path in legcheck.report(read, folder / "out") if path.suffix != ".pdf"]


@pytest.mark.parametrize("text", TYPED.values(), ids=TYPED)
def test_a_text_is_read_as_it_was_typed(made, text):
    assert text in [answer.note for answer in made[0].answers.values()]


@pytest.mark.parametrize("text", TYPED.values(), ids=TYPED)
def test_a_text_is_shown_as_it_was_typed(made, text):
    suffixes = {path.suffix for path in made[1]}
    assert suffixes >= {".docx", ".html", ".json", ".xlsx"}
    for suffix in sorted(suffixes):
        shown = "".join(plain(text_of(path)) for path in made[1] if path.suffix == suffix)
        assert plain(text) in shown, suffix
