"""Brings workbooks that are written in legal but unusual ways into the form that the readers expect.

The format allows other names and places of parts, comments, CDATA, UTF-16 and a wrong or missing size of a sheet; most programs
use none of it. OpenDocument spreadsheets come along on the same way.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Element = Any

ODS_PART = "content.xml"
BOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_USUAL_NAMES = {"sharedStrings": "xl/sharedStrings.xml", "styles": "xl/styles.xml"}
_UNUSUAL_TARGET = re.compile(rb"""Target\s*=\s*["'](?:\.|[^"']*(?:/\.|\\))""")
_UNUSUAL_SIZE = re.compile(rb"""<(?:\w+:)?dimension\b[^>]*\bref\s*=\s*["'](?![A-Za-z]{1,3}[1-9])""")
_BEGINNING = 4096


class NoWorkbookError(ValueError):
    """The archive holds no workbook."""


class TooLargeError(ValueError):
    """The file holds more cells, or more text, than any assessment needs."""


def is_usual(parts: Mapping[str, bytes]) -> bool:
    """Whether the parts of a file stand where the readers look for them, written as they expect."""
    relations = parts.get(RELATIONS, b"")
    if BOOK not in parts or not relations or _UNUSUAL_TARGET.search(relations) is not None:
        return False
    if b"/sharedStrings" in relations and _USUAL_NAMES["sharedStrings"] not in parts:
        return False
    return not any(_is_unusual(name, part) for name, part in parts.items())


def _is_unusual(name: str, part: bytes) -> bool:
    if part.startswith(_UTF16):
        return True
    sheet = "sheets/" in name and name.endswith(".xml")
    return sheet and (b"<!" in part or part.find(b"<?", 5) >= 0 or _UNUSUAL_SIZE.search(part[:_BEGINNING]) is not None)


def in_usual_form(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The same workbook with the usual names of parts, in UTF-8, without comments and the like.

    Raises:
        NoWorkbookError: there is no workbook in it.
        TooLargeError: it holds more than can be read safely.
        ValueError: one of its parts is not XML.
    """
    from lxml import etree

    if ODS_PART in parts:
        from legcheck.workbook.reading.opendocument import excel_parts

        return excel_parts(parts[ODS_PART])
    spelled = [name.replace("\\", "/").lstrip("/") for name in parts]
    trees = {name.casefold(): _tree(part) for name, part in zip(spelled, parts.values(), strict=True)}
    usual = _usual_names(trees)
    names = {name.casefold(): name for name in spelled} | usual | {_relations_of(one): _relations_of(usual[one]) for one in usual}
    for part in usual:
        for relation, name in _related(part, trees):
            relation.set("Target", f"/{names[name]}")
    for tree in trees.values():
        for size in tree.findall("{*}dimension"):
            tree.remove(size)
    return {names[name]: etree.tostring(tree, encoding="UTF-8") for name, tree in trees.items()}


def _usual_names(trees: Mapping[str, Element]) -> dict[str, str]:
    """The usual name of the workbook, of its sheets and of what they share, by the name that each has, without capitals."""
    book = next((name for one, name in _related("", trees) if _kind(one) == "officeDocument"), BOOK)
    if book not in trees:
        raise NoWorkbookError
    names = {"": "", book: BOOK}
    for number, (one, name) in enumerate(_related(book, trees), 1):
        if _kind(one).endswith("sheet"):
            names[name] = f"xl/worksheets/sheet{number}.xml"
        elif _kind(one) in _USUAL_NAMES:
            names[name] = _USUAL_NAMES[_kind(one)]
    return names


def _related(part: str, trees: Mapping[str, Element]) -> Iterator[tuple[Element, str]]:
    """Each relation of a part, and the name of the part that it leads to; capitals make no difference."""
    for one in trees.get(_relations_of(part), ()):
        target = posixpath.join("/", posixpath.dirname(part), one.get("Target", "").replace("\\", "/"))
        name = posixpath.normpath(target).lstrip("/").casefold()
        if name in trees and one.get("TargetMode") != "External":
            yield one, name


def _tree(part: bytes) -> Element:
    """A part as a tree, without comments and instructions, its CDATA as text."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
    try:
        tree = etree.fromstring(part, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from None
    if tree.getroottree().docinfo.doctype:
        raise ValueError("DOCTYPE")
    return tree


def _kind(relation: Element) -> str:
    return str(relation.get("Type", "")).rpartition("/")[2]


def _relations_of(part: str) -> str:
    folder, base = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{base}.rels")
