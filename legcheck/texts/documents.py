"""Word documents and PDF files as lines."""

from __future__ import annotations

import re
import statistics
import time
import zipfile
from collections import Counter
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from legcheck.files import DAMAGED_ARCHIVE, unpacked
from legcheck.issues import STATUTE_TOO_LONG, TEXT_DAMAGED, TEXT_ENCRYPTED, TEXT_SCANNED, Location, reject
from legcheck.texts.headings import is_division, leads
from legcheck.texts.lines import Line, clean
from legcheck.texts.vocabulary import vocabulary

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT_WORD = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_BODY, _STYLES = "word/document.xml", "word/styles.xml"
_HEADING_STYLE = re.compile(r"heading (\d)", re.IGNORECASE)
_EDGE = 3  # lines of a page in which running heads and feet stand
_FEWEST_PAGES = 3
_FULL = 0.8  # of the length of a long line: what goes on in the next
_SOFT_HYPHEN_AT_END = re.compile(r"\u00ad\s*\n")
_MARKER = re.compile(r"\(?[\w.]{1,4}[.)º°]\s|[-–—•*]\s")


def word(name: str, content: bytes) -> list[Line]:
    """The paragraphs of a Word document.

    Raises:
        InputError: it is damaged or unpacks to more than is allowed.
    """
    from lxml import etree

    largest = vocabulary().limits.unpacked_megabytes * 1_000_000
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if sum(archive.getinfo(part).file_size for part in (_BODY, _STYLES) if part in archive.namelist()) > largest:
                raise reject(STATUTE_TOO_LONG, Location(name))
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            body = etree.fromstring(unpacked(archive, _BODY), parser)
            styles = etree.fromstring(unpacked(archive, _STYLES), parser) if _STYLES in archive.namelist() else None
    except (*DAMAGED_ARCHIVE, etree.XMLSyntaxError):
        raise reject(TEXT_DAMAGED, Location(name)) from None
    space = _STRICT_WORD if body.tag.startswith(_STRICT_WORD) else _WORD
    levels = _levels(styles, space)
    return [line for paragraph in body.iter(f"{space}p") if (line := _paragraph(paragraph, space, levels)).text]


def _levels(styles: Any, space: str) -> dict[str, int]:
    """The level of each style of headings by its id; their names are English in every language of Word."""
    found = {}
    for style in styles.iter(f"{space}style") if styles is not None else ():
        named = style.find(f"{space}name")
        heading = _HEADING_STYLE.match(named.get(f"{space}val", "")) if named is not None else None
        if heading:
            found[style.get(f"{space}styleId", "")] = int(heading[1])
    return found


def _paragraph(paragraph: Any, space: str, levels: dict[str, int]) -> Line:
    """A paragraph with what was inserted and without what was struck out in it; breaks and tabs are spaces."""
    text, breaks = f"{space}t", (f"{space}tab", f"{space}br", f"{space}cr")
    parts = [one.text or "" if one.tag == text else " " for one in paragraph.iter(text, *breaks)]
    style = paragraph.find(f"{space}pPr/{space}pStyle")
    bold = paragraph.find(f"{space}r/{space}rPr/{space}b") is not None
    return Line(clean("".join(parts)), levels.get(style.get(f"{space}val", ""), 0) if style is not None else 0, bold)


def pdf(name: str, content: bytes) -> list[Line]:
    """The lines of a PDF file with text, without its running heads and feet.

    Raises:
        InputError: it is encrypted, damaged, a scan without text, or too long.
    """
    from pypdfium2 import PdfDocument, PdfiumError

    limits, at = vocabulary().limits, Location(name)
    until = time.monotonic() + limits.seconds
    pages = list[str]()
    try:
        with PdfDocument(content) as document:
            if len(document) > limits.pages:
                raise reject(STATUTE_TOO_LONG, at)
            for page in document:
                if time.monotonic() > until:
                    raise reject(STATUTE_TOO_LONG, at)
                pages.append(page.get_textpage().get_text_range())
                page.close()
    except PdfiumError as error:
        raise reject(TEXT_ENCRYPTED if "assword" in str(error) else TEXT_DAMAGED, at) from None
    if sum(len(clean(page)) for page in pages) < max(1, limits.signs_a_page * len(pages)):
        raise reject(TEXT_SCANNED, at)
    return _without_running_lines(pages)


def _without_running_lines(pages: Sequence[str]) -> list[Line]:
    """What stands at the edge of a third of the pages, numbers apart, is left out; words cut at the ends of lines are joined."""
    rows = [[made for line in _page_lines(page) if (made := clean(line))] for page in pages]
    edges = Counter(shape for row in rows for shape in {_shape(line) for line in (*row[:_EDGE], *row[-_EDGE:])})
    running = {shape for shape, count in edges.items() if count >= max(_FEWEST_PAGES, len(rows) / 3)}
    full = _FULL * statistics.quantiles([len(line) for row in rows for line in row] * 2, n=10)[-1]
    lines = list[str]()
    for row in rows:
        for at, line in enumerate(row):
            if (at < _EDGE or at >= len(row) - _EDGE) and _shape(line) in running and not leads(line):
                continue
            if lines and lines[-1].endswith("-") and line[0].islower():
                lines[-1] = lines[-1][:-1] + line
            elif lines and len(lines[-1]) >= full and lines[-1][-1] not in ".:;" and _goes_on(line):
                lines[-1] = f"{lines[-1]} {line}"
            else:
                lines.append(line)
    return [Line(line) for line in lines]


def _page_lines(page: str) -> list[str]:
    """The lines of a page; PDFium marks a hyphen at a line's end with signs of its own, others are soft ones."""
    return _SOFT_HYPHEN_AT_END.sub("-\n", page.replace("\ufffe", "-\n").replace("\x02", "-\n")).splitlines()


def _shape(line: str) -> str:
    return re.sub(r"\d+", "#", line)


def _goes_on(line: str) -> bool:
    """Whether a line can be the next one of a sentence."""
    return line[0].isalpha() and not _MARKER.match(line) and not is_division(line) and (not leads(line) or line[0].islower())
