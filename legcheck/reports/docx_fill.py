"""Puts the blocks of a report where a template's tags marked their places, whatever stands around the tag."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from legcheck.reports.docx_contents import contents
from legcheck.reports.docx_parts import NAMESPACES, Writer, Xml
from legcheck.reports.docx_tags import CONTENTS, TagSet, is_mark

if TYPE_CHECKING:
    from legcheck.reports.docx_page import Page

_W = f"{{{NAMESPACES['w']}}}"
_CONTAINERS = frozenset(f"{_W}{name}" for name in ("body", "tc", "txbxContent"))
_DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
_SPACER = '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="160" w:lineRule="exact"/></w:pPr></w:p>'
_LEFT_IN_CELL = 200


def fill(body: Any, page: Page, tags: TagSet) -> None:
    """Put every block in its place; the table of contents last, when all headings are there."""
    later = []
    for mark in [element for element in body.iter() if is_mark(element)]:
        place = _place(mark)
        if mark.get("name") == CONTENTS:
            later.append(place)
            continue
        page.write.width = _width_at(place, body)
        _replace(place, _block(mark.get("name"), page, tags))
    for place in later:
        page.write.width = _width_at(place, body)
        _replace(place, contents(body, page))
    _keep_apart(body)


def free_sections(body: Any) -> None:
    """Move a section's end out of a paragraph that holds a tag: the paragraph will go, the section must stay."""
    for section in list(body.iterfind(f"{_W}p/{_W}pPr/{_W}sectPr")):
        paragraph = section.getparent().getparent()
        if "{{" in "".join(text.text or "" for text in paragraph.iter(f"{_W}t")):
            (end,) = _parsed(["<w:p><w:pPr/></w:p>"])
            end[0].append(deepcopy(section))
            section.getparent().remove(section)
            paragraph.addnext(end)


def _block(name: str, page: Page, tags: TagSet) -> Iterator[Xml]:
    for block in tags.block(name):
        yield from block(page)


def _place(mark: Any) -> Any:
    """The element that a block replaces: its mark, or the outermost paragraph around it."""
    place = mark
    while not _holds_blocks(place.getparent()):
        place = place.getparent()
    return place


def _holds_blocks(element: Any) -> bool:
    if element.tag == f"{_W}sdtContent":
        return next(element.iterancestors(f"{_W}p"), None) is None
    return element.tag in _CONTAINERS


def _replace(place: Any, parts: Iterable[str]) -> None:
    parent, index = place.getparent(), place.getparent().index(place)
    parent.remove(place)
    parent[index:index] = _parsed(parts)


def _parsed(parts: Iterable[str]) -> list[Any]:
    from docx.oxml import parse_xml

    return list(parse_xml(f"<root {_DECLARED}>{''.join(parts)}</root>"))


def _keep_apart(body: Any) -> None:
    """Tables that touch would grow into one, and a cell or page must end with a paragraph."""
    for table in list(body.iter(f"{_W}tbl")):
        follower = table.getnext()
        if follower is None or follower.tag in (f"{_W}tbl", f"{_W}sectPr"):
            table.addnext(_parsed([_SPACER])[0])


def _width_at(place: Any, body: Any) -> int:
    """The width that a table has at a place, in twentieths of a point: of its cell, or of its section's text."""
    cell = next(place.iterancestors(f"{_W}tc"), None)
    if cell is not None:
        width = cell.find(f"{_W}tcPr/{_W}tcW")
        return max(_number(width, "w") - _LEFT_IN_CELL, 0) or Writer.width
    section = next((one for element in place.itersiblings() for one in element.iter(f"{_W}sectPr")), None)
    section = body.find(f"{_W}sectPr") if section is None else section
    if section is None:
        return Writer.width
    size, margins = section.find(f"{_W}pgSz"), section.find(f"{_W}pgMar")
    return max(_number(size, "w") - _number(margins, "left") - _number(margins, "right"), 0) or Writer.width


def _number(element: Any, name: str) -> int:
    value = "" if element is None else element.get(f"{_W}{name}") or ""
    return int(value) if value.isdigit() and value.isascii() else 0
