"""Reads a Word document as text, for outlines: its contents, not its XML."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from pathlib import Path

from docx import Document
from lxml import etree

from tests.conftest import require, require_font

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SIGNS = {f"{W}br": "\n", f"{W}noBreakHyphen": "-"}


def document(content: bytes):
    return Document(io.BytesIO(content))


def part(content: bytes, name: str):
    """One part of the file as a tree."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def body(content: bytes):
    return part(content, "word/document.xml")[0]


def text_of(element) -> str:
    """The words of an element; a line end within a paragraph, and each further paragraph, starts a line."""
    return "\n".join(
        "".join(_SIGNS.get(one.tag, one.text or "") for one in paragraph.iter(f"{W}t", *_SIGNS))
        for paragraph in element.iter(f"{W}p")
    )


def rows_of(table) -> list[list[str]]:
    return [[text_of(cell) for cell in row.iter(f"{W}tc")] for row in table.iter(f"{W}tr")]


def headings(content: bytes) -> list[tuple[int, str]]:
    """Level and words of every real heading, in order."""
    found = []
    for paragraph in document(content).paragraphs:
        level = re.fullmatch(r"heading (\d)", (paragraph.style.name or "").lower())
        if level:
            found.append((int(level[1]), paragraph.text))
    return found


def tables_under(content: bytes, heading: str) -> list[list[list[str]]]:
    """The tables between a heading and the next one of the same or a higher level, as rows of words."""
    ids = {style.style_id: style.name.lower() for style in document(content).styles}
    tables, level = [], 0
    for element in body(content):
        if element.tag == f"{W}p":
            style = element.find(f"{W}pPr/{W}pStyle")
            name = ids.get(style.get(f"{W}val"), "") if style is not None else ""
            if name.startswith("heading "):
                rank = int(name[-1])
                level = rank if text_of(element) == heading else 0 if rank <= level else level
        elif element.tag == f"{W}tbl" and level:
            tables.append(rows_of(element))
    return tables


def pages_of(content: bytes, soffice: str, folder: Path) -> list[str]:
    """The words of every page, as LibreOffice lays out the document in Arial or a font with the same metrics."""
    require_font("Arial", "Liberation Sans")
    (folder / "report.docx").write_bytes(content)
    home = f"-env:UserInstallation=file://{folder / 'office'}"
    convert = [soffice, home, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(folder / "report.docx")]
    subprocess.run(convert, check=True, capture_output=True, timeout=300)
    text = subprocess.run([require("pdftotext"), "-layout", str(folder / "report.pdf"), "-"], check=True, capture_output=True)
    return text.stdout.decode().split("\f")[:-1]
