"""Files that are no law, or that mean harm: each is refused by its code, in bounded time."""

import zipfile
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter

from legcheck.issues import InputError
from legcheck.texts import read_statute
from legcheck.texts.reading import statute_of
from legcheck.texts.vocabulary import vocabulary
from tests.texts.conftest import as_docx, as_html, as_pdf


def refused(name, content, tmp_path):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError) as error:
        read_statute(path)
    (issue,) = error.value.issues
    return issue.code


def encrypted():
    writer = PdfWriter()
    writer.append(PdfReader(BytesIO(as_pdf())))
    writer.encrypt("secret")
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def zipped(part):
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", part)
    return made.getvalue()


LAUGHS = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
BAD = {
    "T001 an old Word file": ("law.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 600),
    "T001 a picture": ("law.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
    "T002 a scan": ("law.pdf", as_pdf("#rect(width: 3cm)")),
    "T003 half a PDF": ("law.pdf", as_pdf()[:600]),
    "T003 half a Word file": ("law.docx", as_docx()[:900]),
    "T003 a zip of other things": ("law.docx", zipped("no XML")),
    "T003 XML cut off": ("law.xml", b"<?xml version='1.0'?><a><b>"),
    "T003 XML nested too deep": ("law.xml", b"<?xml version='1.0'?>" + b"<a>" * 5_000 + b"</a>" * 5_000),
    "T003 entities without end": (
        "law.xml",
        f"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY a0 'Article 1'>{LAUGHS}]><a>&a11;</a>".encode(),
    ),
    "T003 nothing": ("law.txt", b""),
    "T005 a letter": ("law.txt", b"Dear all,\nplease find the law enclosed.\nKind regards"),
    "T005 an empty page": ("law.html", b"<html></html>"),
    "T006 a password": ("law.pdf", encrypted()),
}


@pytest.mark.parametrize(("case", "file"), BAD.items(), ids=BAD)
def test_what_is_no_law_is_refused(case, file, tmp_path):
    assert refused(*file, tmp_path) in (case[:4], "T005" if "entities" in case else "")


def test_what_is_too_large_is_refused(tmp_path, monkeypatch):
    limits = vocabulary().limits
    for name, value in {"megabytes": 0, "unpacked_megabytes": 0, "characters": 10, "lines": 0, "headings": 0, "pages": 0}.items():
        with monkeypatch.context() as small:
            small.setitem(limits.__dict__, name, value)
            content = {"unpacked_megabytes": as_docx(), "pages": as_pdf()}.get(name, b"Article 1. Purpose")
            assert refused("law", content, tmp_path) == "T004", name


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match="A001"):
        read_statute(tmp_path / "none.pdf")


def test_a_page_nested_without_measure_is_read_in_bounded_depth():
    page = as_html().replace("<p>", "<div>" * 3_000 + "<p>", 1)
    statute_of("law.html", page.encode())


def test_nothing_outside_is_followed(tmp_path):
    (tmp_path / "secret.txt").write_text("Article 7. Secret")
    page = f"<!DOCTYPE a [<!ENTITY x SYSTEM '{(tmp_path / 'secret.txt').as_uri()}'>]><a><p>Article 1. One</p><p>&x;</p></a>"
    statute = statute_of("law.xml", f"<?xml version='1.0'?>{page}".encode())
    assert "Secret" not in str(statute)
