"""Texts that mean harm, in everything a stranger can write: whatever program opens an output, it only shows them."""

import csv
import io
import json
import zipfile
from html.parser import HTMLParser

import pytest
from lxml import etree
from openpyxl import load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from pyarrow import parquet
from pypdf import PdfReader

from legcheck import app

# Each begins with, or holds, what some program obeys; the word EVIL shows where it went.
TEXTS = [
    '=HYPERLINK("http://evil.example/EVIL";"x")', "+EVIL+1", "-EVIL-1", "@SUM(EVIL)", "\t=EVIL", "\r=EVIL", "=cmd|' /C EVIL'!A0",
    "<script>alert('EVIL')</script>", "\"' onmouseover=EVIL x=\"", "javascript:alert('EVIL')",
    "]]></style><img src=x onerror=EVIL>", '{ INCLUDETEXT "http://evil.example/EVIL" }',
    "</w:t><w:instrText>DDEAUTO EVIL</w:instrText>",
    "EVIL\x00\x07\x0b\ufffe\uffff",
    '#import "EVIL": * #eval("EVIL") $EVIL^2$', "{{ EVIL }} {% include 'EVIL' %}", "\u202eLIVE\u202c \u2066EVIL\u2069",
    "EVIL\ud800",
    "\x1b[31mEVIL\x1b]8;;http://evil.example\x07", "[EVIL](javascript:EVIL)", "&#x3c;script>EVIL", "_x0000_EVIL _x001B_",
]  # fmt: skip
ALL = " ".join(TEXTS)
MARKING = "=EVIL <script>EVIL</script> {{EVIL}} #import $x$ \u202e\x1b[31m"
FILE = "=EVIL @EVIL <script>EVIL<script> \"' {{EVIL}} #import $x$ \u202e\x1b[31m \udcff.json"
DIRECTIONS = {*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}
OBEYED = {chr(one) for one in (*range(9), *range(0x0B, 0x20), *range(0x7F, 0xA0))} | DIRECTIONS


@pytest.fixture(scope="module")
def hostile(tmp_path_factory, utopia):
    """A result in which every text that somebody wrote is hostile."""
    (content,) = app.report_files(app.assess(utopia), ("json",), "en").values()
    tree = json.loads(content)
    of = tree["assessment"]
    of |= dict.fromkeys(("country_name", "body", "title"), ALL)
    of["source"]["name"] = FILE
    texts = iter(TEXTS * 1000)
    for law in of["laws"].values():
        law |= {key: next(texts) for key in ("title", "number", "link")}
    for answer in of["answers"].values():
        answer |= {key: next(texts) for key in ("note", "to_confirm", "observations", "assistance", "assessor", "legal_basis")}
        for one in (answer, *answer.get("elements", {}).values()):
            one |= {key: next(texts) for key in ("remark", "legal_basis") if key in one}
            for citation in one.get("citations", ()):
                citation["articles"] = next(texts)
    path = tmp_path_factory.mktemp("hostile") / FILE
    path.write_text(json.dumps(tree))
    return path


@pytest.fixture(scope="module")
def book(tmp_path_factory, mistakes):
    """A workbook with mistakes in which every text is hostile, as far as the file can hold it."""
    made = load_workbook(mistakes)
    texts = iter([text for text in TEXTS if not ILLEGAL_CHARACTERS_RE.search(text) and text.isascii()] * 1000)
    for sheet in made.worksheets[2:]:
        for row in sheet.iter_rows(min_row=3):
            for cell in row[2:5]:
                if isinstance(cell.value, str) and sheet.sheet_state == "visible":
                    cell.value, cell.data_type = next(texts), "s"
    path = tmp_path_factory.mktemp("book") / FILE.replace(".json", ".xlsx")
    made.save(path)
    return path


def in_workbook(content):
    """No formula, name of a range or link out of a workbook says a word of what was typed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if not name.endswith((".xml", ".rels", ".vml")):
                continue
            for element in etree.fromstring(archive.read(name)).iter("{*}f", "{*}formula", "{*}formula1", "{*}definedName"):
                assert "EVIL" not in "".join(element.itertext()), name
            assert name.endswith(".xml") or b"EVIL" not in archive.read(name), name
    assert load_workbook(io.BytesIO(content)).sheetnames


def in_word(content):
    """No field and no relation of a document says a word of it."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                root = etree.fromstring(archive.read(name))
                told = ["".join(one.itertext()) for one in root.iter("{*}instrText")]
                told += [one.get(key) for one in root.iter("{*}fldSimple", "{*}Relationship") for key in one.attrib]
                assert not [text for text in told if "EVIL" in text or "evil" in text or "DDE" in text], name


class Page(HTMLParser):
    """What a browser would run or fetch."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.obeyed, self.looks, self.inside = [], [], ""

    def handle_starttag(self, tag, attrs):
        self.inside = tag if tag == "style" or (tag == "script" and "json" not in dict(attrs).get("type", "")) else ""
        self.obeyed += [
            value for name, value in attrs if name.startswith("on") or name in ("src", "href", "style", "srcdoc", "action")
        ]

    def handle_endtag(self, tag):
        self.inside = ""

    def handle_data(self, data):
        if self.inside:
            (self.looks if self.inside == "style" else self.obeyed).append(data)


def in_page(content):
    assert b"EVIL" in content
    page = Page()
    page.feed(content.decode())
    page.close()
    assert not [one for one in page.obeyed if one and "EVIL" in one and not one.startswith("#")]
    assert not [one for one in page.looks if "=EVIL" in one or ">EVIL" in one]  # of a marking, each sign stands there as a number


def in_pdf(content):
    """No action of a PDF runs anything, or leads to where a text says."""
    for page in PdfReader(io.BytesIO(content)).pages:
        for one in page.get("/Annots", ()):
            action = one.get_object().get("/A", {})
            assert action.get("/S") in (None, "/GoTo", "/URI")
            assert "evil" not in str(action.get("/URI", "")).lower()


def in_csv(content):
    assert content.startswith(b"\xef\xbb\xbf")
    cells = [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")) for cell in row]
    assert not [cell for cell in cells if "EVIL" in cell and cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


CHECKS = {
    ".xlsx": in_workbook,
    ".docx": in_word,
    ".html": in_page,
    ".pdf": in_pdf,
    ".csv": in_csv,
    ".json": lambda content: json.loads(content.decode("utf-8")),
    ".parquet": lambda content: parquet.read_table(io.BytesIO(content)),
}
COMMANDS = {
    "report": (("report", "{file}", "--out", "out", "--format", "docx,pdf,html,xlsx,json", "--marking", MARKING), 7),
    "public report": (
        (
            "report",
            "{file}",
            "--out",
            "out",
            "--format",
            "docx,pdf,html",
            "--edition",
            "public",
            "--despite-personal-data",
            MARKING,
        ),
        3,
    ),
    "plan": (("plan", "{file}", "--out", "out", "--format", "docx,pdf,xlsx,json", "--marking", MARKING), 4),
    "comparison": (("compare", "{file}", "--out", "out", "--format", "html,xlsx,csv,parquet,json", "--marking", MARKING), 5),
    "score": (("score", "{file}"), 0),
    "score as data": (("score", "{file}", "--format", "json"), 0),
    "explain": (("explain", "{file}", "law.GEN-04"), 0),
    "find": (("find", "GEN-04", "{file}"), 0),
    "check": (("check", "{file}"), 0),
    "marked copy": (("check", "{book}", "--annotate", "out/marked.xlsx"), 1),
}


@pytest.mark.parametrize(("words", "files"), COMMANDS.values(), ids=COMMANDS)
def test_whatever_is_typed_is_only_shown(run, tmp_path, hostile, book, words, files):
    done = run(*(word.format(file=hostile, book=book) if "{" in word[:1] else word for word in words))
    assert done.code in (0, 1), done.err
    assert not OBEYED & set(done.out + done.err) - {"\n"}
    made = [path for path in (tmp_path / "out").glob("**/*") if path.is_file()]
    assert len(made) >= files
    for path in made:
        CHECKS[path.suffix](path.read_bytes())
