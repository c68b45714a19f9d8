"""Markdown, plain text and web pages as lines."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Any

from legcheck.texts.lines import Line, clean

_TAG = re.compile(r"<[^<>]{0,500}>")
_LINK = re.compile(r"\[([^\[\]]{0,500})\]\([^()]{0,1000}\)")
_NOTE_BEFORE_ARTICLE = re.compile(r"<sup>\s*\d+\s*</sup>\s*(?=\**(?:Art|§))")
_NUMBER_BEFORE_TEXT = re.compile(r"^(\s*)<sup>\s*(\d+)\s*</sup>\s*(?=[A-ZÀ-Þ«„])")
_FOOTNOTE = re.compile(r"\[\^\w+\](:.*)?")
_NOTE = re.compile(r"<sup>\s*\(?\d+\)?\s*</sup>")
_HEADING = re.compile(r"\s*(#{1,6})\s+(.*)")
_EMPHASIS = re.compile(r"(?<![\w\\])[*_]{1,3}(?=\S)|(?<=[^\s\\])[*_]{1,3}(?!\w)")
_ESCAPED = re.compile(r"\\([\\*_\[\]()#.>+-])")
_FRONT_MATTER = re.compile(r"---\n(.{0,20000}?)\n---\n", re.DOTALL)
_TITLE_IN_FRONT = re.compile(r"^title: *([\"']?)(.*?)\1 *$", re.MULTILINE)

_CHARSET = re.compile(rb"charset=[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_HEAD = 2_000
_LINKS_OF_A_MENU = 3
_BLOCKS = {
    "address", "article", "blockquote", "body", "br", "caption", "dd", "div", "dl", "dt", "figure", "h1", "h2", "h3",
    "h4", "h5", "h6", "hr", "li", "main", "ol", "p", "pre", "section", "table", "tbody", "td", "th", "tr", "ul",
}  # fmt: skip
_SKIPPED = {
    "aside", "button", "form", "head", "header", "footer", "iframe", "nav", "noscript", "script", "select", "style",
    "svg", "template",
}  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


def markdown(text: str) -> tuple[list[Line], str]:
    """The lines of a text in Markdown, and the title that its front matter gives."""
    front = _FRONT_MATTER.match(text)
    title = _TITLE_IN_FRONT.search(front[1]) if front else None
    lines = (_markdown_line(line) for line in text[front.end() if front else 0 :].splitlines())
    return [line for line in lines if line.text], clean(title[2]) if title else ""


def _markdown_line(line: str) -> Line:
    if "<" in line:
        line = _NOTE_BEFORE_ARTICLE.sub("", line)
        line = _NOTE.sub("", _NUMBER_BEFORE_TEXT.sub(r"\1(\2) ", line))
        line = _TAG.sub("", line)
    if "[^" in line:
        line = _FOOTNOTE.sub("", line)
    if "](" in line:
        line = _LINK.sub(r"\1", line)
    heading = _HEADING.fullmatch(line)
    body = heading[2] if heading else line
    bold = body.lstrip().startswith(("**", "__"))
    if "*" in body or "_" in body:
        body = _EMPHASIS.sub("", body)
    if "\\" in body:
        body = _ESCAPED.sub(r"\1", body)
    return Line(clean(body), len(heading[1]) if heading else 0, bold)


def plain(text: str) -> list[Line]:
    """The lines of a plain text."""
    return [Line(made) for line in text.splitlines() if (made := clean(line))]


def web_page(content: bytes) -> tuple[list[Line], str, str]:
    """The lines of a web page without its menus and scripts, its title, and its language."""
    from lxml import etree, html

    try:
        root = html.document_fromstring(content, html.HTMLParser(encoding=_encoding(content)))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return [], "", ""
    title = clean(" ".join(root.xpath("//head/title/text()")))
    return [line for line in _page_lines(root) if line.text], title, str(root.get("lang") or "")[:2].lower()


def _encoding(content: bytes) -> str:
    """The encoding that a page names for itself, if there is one of that name; otherwise UTF-8, if it can be that."""
    named = _CHARSET.search(content[:_HEAD])
    try:
        return codecs.lookup(named[1].decode()).name if named else _usual(content)
    except LookupError:
        return _usual(content)


def _usual(content: bytes) -> str:
    try:
        content.decode()
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _page_lines(root: Any) -> Iterator[Line]:
    """Walks without calling itself: pages may be nested as deep as their author likes."""
    from lxml import etree

    text, level, links, linked, inside = list[str](), 0, 0, 0, False

    def line() -> Line:
        made = clean("".join(text))
        whole = bool(links) and linked >= len("".join(made.split()))
        return Line("" if whole and links >= _LINKS_OF_A_MENU and not level else made, level, linked=whole)

    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        skipped = not tag or tag in _SKIPPED
        if tag in _BLOCKS:
            yield line()
            text.clear()
            links = linked = 0
        if event == "start":
            level = _HEADINGS.get(tag, level)
            if tag == "a" and element.get("href"):
                links, inside = links + 1, True
            if skipped:
                walk.skip_subtree()
            elif tag == "sup" and (element.text or "").strip().isdigit():
                text.append("" if "".join(text).strip() else f"({element.text.strip()}) ")
            else:
                text.append(element.text or "")
                linked += inside * len("".join((element.text or "").split()))
        else:
            level = 0 if tag in _HEADINGS else level
            inside = inside and tag != "a"
            text.append(element.tail or "")
            linked += inside * len("".join((element.tail or "").split()))
    yield line()
