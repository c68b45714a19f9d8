"""What a Word template of the adviser's own may bring into a document, and what stays behind.

A template comes from somebody's office. Its text, styles, pictures and paper are wanted. Paths and servers, comments and their
authors, tracked changes, forms, macros, data from elsewhere and questions on opening are not: they would tell of the office, or
fetch something when a reader opens the report. What may come is listed; anything else stays behind, whatever it is called.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from legcheck.reports.docx_markup import NAMESPACES
from legcheck.reports.view import web_link

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.opc.part import Part

_W = f"{{{NAMESPACES['w']}}}"
_R = f"{{{NAMESPACES['r']}}}"
# What a document may be made of, by the last word of the relation.
_KEPT = re.compile(
    "styles|numbering|settings|fontTable|font|theme|header|footer|footnotes|"
    "endnotes|image|svg|hyperlink|chart|chartStyle|chartColorStyle|themeOverride|diagramData|diagramLayout|"
    "diagramQuickStyle|diagramColors|diagramDrawing"
)
# Settings that ask something on opening, lock the document, or tell where it comes from.
_SETTINGS = re.compile(
    "attachedTemplate|linkStyles|mailMerge|docVars|attachedSchema|saveThroughXslt|documentProtection|"
    "writeProtection|trackRevisions|updateFields|rsids|revisionView"
)
# Fields that only show what the document itself holds. Others fetch, run or ask something.
_FIELDS = re.compile(
    r"\s*(=|PAGE|NUMPAGES|SECTION|SECTIONPAGES|PAGEREF|REF|NOTEREF|STYLEREF|SEQ|TOC|TC|XE|INDEX|HYPERLINK|TITLE|SUBJECT|DATE|TIME|"
    r"CREATEDATE|SAVEDATE|SYMBOL|LISTNUM|FORMTEXT|FORMCHECKBOX|FORMDROPDOWN)\b(.*)",
    re.IGNORECASE | re.DOTALL,
)
_ADDRESS = re.compile(r'"([^"]*)"')
_NO_FIELD = ' QUOTE "" '
# What comments, tracked changes and permissions leave in the text; the words of an insertion stay, those of a deletion go.
_MARKS = re.compile(
    "commentRangeStart|commentRangeEnd|commentReference|del|moveFrom|rPrChange|pPrChange|sectPrChange|"
    "tblPrChange|tblGridChange|trPrChange|tcPrChange|tblPrExChange|numberingChange|moveFromRangeStart|"
    "moveFromRangeEnd|moveToRangeStart|moveToRangeEnd|cellIns|cellDel|cellMerge|permStart|permEnd|dataBinding|"
    "control"
)
_INSERTIONS = re.compile("ins|moveTo")
_LOOKS = (f"{_W}rPr", f"{_W}trPr")


def leave_behind(made: WordDocument) -> None:
    """Leave out of a document what no template of an office should bring along."""
    from docx.opc.constants import RELATIONSHIP_TYPE as KINDS

    package = made.part.package
    for id in [id for id, one in package.rels.items() if one.reltype not in (KINDS.OFFICE_DOCUMENT, KINDS.CORE_PROPERTIES)]:
        del package.rels[id]
    for part in list(package.iter_parts()):
        root = _root(part)
        if root is not None:
            _clean(root)
            _unlink(root, _forget(part.rels))
            _store(part, root)


def _forget(relations: Any) -> set[str]:
    """Drop the relations to what stays behind, and return their ids."""
    dropped = {id for id, one in relations.items() if not _may_stay(one)}
    for id in dropped:
        del relations[id]
    return dropped


def _may_stay(relation: Any) -> bool:
    """Whether a relation leads to a part that is kept, or is a link to a web page or an address of mail."""
    kind = relation.reltype.rpartition("/")[2]
    if relation.is_external:
        return kind == "hyperlink" and _is_public(relation.target_ref)
    return _KEPT.fullmatch(kind) is not None


def _is_public(address: str) -> bool:
    return address.casefold().startswith("mailto:") or bool(web_link(address))


def _root(part: Part) -> Any:
    """The tree of a part, whether python-docx knows it or not; nothing for pictures and fonts."""
    from lxml import etree

    if hasattr(part, "element"):
        return part.element
    if not part.content_type.endswith("xml") or part.content_type.startswith("image/"):
        return None
    return etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True))


def _store(part: Part, root: Any) -> None:
    from lxml import etree

    if not hasattr(part, "element"):
        part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _clean(root: Any) -> None:
    """Leave settings, comments, tracked changes and fields out of a part."""
    for one in [one for one in root.iter(f"{_W}tr") if one.find(f"{_W}trPr/{_W}del") is not None]:
        _remove(one)
    for one in (*_words(root, _SETTINGS), *_words(root, _MARKS)):
        _remove(one)
    for one in _words(root, _INSERTIONS):
        _unwrap(one)
    _quiet_fields(root)


def _words(root: Any, names: re.Pattern[str]) -> list[Any]:
    """The elements of a word processor with these names."""
    return [one for one in root.iter(f"{_W}*") if names.fullmatch(one.tag.removeprefix(_W))]


def _unlink(root: Any, dropped: Iterable[str]) -> None:
    """Leave out what refers to relations that are gone: a link keeps its words, and a picture its place."""
    gone = frozenset(dropped)
    for one in list(root.iter("*")):
        for name in [name for name, value in one.attrib.items() if name.startswith(_R) and value in gone]:
            if one.tag.startswith(_W) and one.tag != f"{_W}hyperlink":
                _remove(one)
            else:
                del one.attrib[name]


def _quiet_fields(root: Any) -> None:
    """Let fields that fetch, run or ask something show nothing instead."""
    for one in root.iter(f"{_W}fldSimple"):
        if not _is_quiet(one.get(f"{_W}instr") or ""):
            one.set(f"{_W}instr", _NO_FIELD)
    for pieces in _instructions(root):
        if not _is_quiet("".join(piece.text or "" for piece in pieces)):
            for place, piece in enumerate(pieces):
                piece.text = _NO_FIELD if place == 0 else ""


def _instructions(root: Any) -> Iterator[list[Any]]:
    """The pieces of the instruction of each field; a field may hold others."""
    opened: list[list[Any]] = []
    for one in root.iter(f"{_W}fldChar", f"{_W}instrText"):
        kind = one.get(f"{_W}fldCharType")
        if kind == "begin":
            opened.append([])
        elif kind == "end" and opened:
            yield opened.pop()
        elif one.tag == f"{_W}instrText" and opened:
            opened[-1].append(one)
        elif one.tag == f"{_W}instrText":
            yield [one]
    yield from opened


def _is_quiet(instruction: str) -> bool:
    found = _FIELDS.match(instruction)
    if found is None:
        return not instruction.strip()
    return found[1].upper() != "HYPERLINK" or all(map(_is_public, _ADDRESS.findall(found[2].partition("\\")[0])))


def _remove(one: Any) -> None:
    if one.getparent() is not None:
        one.getparent().remove(one)


def _unwrap(one: Any) -> None:
    """Put what an element holds in its place; within properties the mark alone goes."""
    parent = one.getparent()
    if parent is not None and parent.tag not in _LOOKS:
        for inside in list(one):
            one.addprevious(inside)
    _remove(one)
