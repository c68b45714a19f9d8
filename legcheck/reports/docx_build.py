"""Builds a Word document: tags filled, blocks put in their places, the table of contents filled in."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from datetime import datetime
from typing import TYPE_CHECKING, Any

from legcheck.issues import InputError
from legcheck.reports.docx_parts import NAMESPACES, Writer, Xml, clean, field_of
from legcheck.reports.docx_tags import CONTENTS, TagSet, is_mark
from legcheck.reports.docx_template import (
    check_template,
    environment,
    opened,
    set_language,
    tags_of,
    unzipped,
    update_fields_on_opening,
    zipped,
)

if TYPE_CHECKING:
    from legcheck.reports.docx_parts import Page


_W = f"{{{NAMESPACES['w']}}}"


def contents(body: Any, page: Page) -> Iterator[Xml]:
    """The heading and lines of the table of contents, from the headings in the document."""
    write = page.write
    yield write.paragraph(page.title("contents"), style="TOC Heading")
    headings = list(_headings(body, page))
    for place, (level, text, name) in enumerate(headings):
        before = _for_word(f'TOC \\o "1-{page.levels}" \\h \\z') if place == 0 else ()
        after = (_only_word('<w:fldChar w:fldCharType="end"/>'),) if place == len(headings) - 1 else ()
        number = "".join(field_of(f"PAGEREF {name} \\h", [write.run("")]))
        line = f'<w:hyperlink w:anchor="{name}" w:history="1">{write.run(text)}<w:r><w:tab/></w:r>{number}</w:hyperlink>'
        yield write.paragraph(*before, Xml(line), *after, style=f"toc {level}", dotted=True)


def _headings(body: Any, page: Page) -> Iterator[tuple[int, str, str]]:
    """Level, text and name of every heading, each given a name that page references can use."""
    levels = {page.write.styles[f"heading {level}"]: level for level in range(1, page.levels + 1)}
    for paragraph in body.iter(f"{_W}p"):
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        level = levels.get(style.get(f"{_W}val")) if style is not None else None
        text = "".join(one.text or "" for one in paragraph.iter(f"{_W}t")).strip()
        if level is not None and text:
            yield level, text, _named(paragraph, page.write.number())


def _named(paragraph: Any, number: int) -> str:
    name = f"_Toc{number:08}"
    start = paragraph.makeelement(f"{_W}bookmarkStart", {f"{_W}id": str(number), f"{_W}name": name})
    paragraph.insert(1, start)
    paragraph.append(paragraph.makeelement(f"{_W}bookmarkEnd", {f"{_W}id": str(number)}))
    return name


def _for_word(instruction: str) -> Iterator[Xml]:
    """The beginning of a field that only Word sees."""
    yield _only_word('<w:fldChar w:fldCharType="begin"/>')
    yield _only_word(f'<w:instrText xml:space="preserve"> {instruction.replace(chr(34), "&quot;")} </w:instrText>')
    yield _only_word('<w:fldChar w:fldCharType="separate"/>')


def _only_word(inside: str) -> Xml:
    """Content for programs that know Word's own extensions, declared on the spot, or the file would be broken."""
    known = f'xmlns:w15="{NAMESPACES["w15"]}" Requires="w15"'
    return Xml(f"<w:r><mc:AlternateContent><mc:Choice {known}>{inside}</mc:Choice></mc:AlternateContent></w:r>")


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
    """Keep tables apart: two that touch would merge, and a cell or page must end with a paragraph."""
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


def begun(own: bytes | None, shipped: bytes, tags: TagSet, words: Mapping[str, str]) -> tuple[Any, set[str]]:
    """A document with its words filled in and its blocks still marked, and the tags that its template uses.

    Raises:
        InputError: the adviser's own template cannot be filled; `check_template` says why before anything is made.
    """
    if own is not None:
        issues = check_template(own, "", tags)
        if issues.blocking:
            raise InputError(issues)
    made = opened(shipped if own is None else own)
    used = tags_of(made)
    _clear_properties(made.docx.core_properties)
    free_sections(made.docx.element.body)
    made.render(tags.context(words), environment())
    return made.docx, used


def finished(document: Any, page: Page, tags: TagSet, *, title: str, subject: str) -> bytes:
    """The document's bytes with every block in its place, the same for the same view."""
    language = page.labels("docx.language")
    day = datetime.fromisoformat(page.view.date_iso)
    fill(document.element.body, page, tags)
    set_language(document.styles.element, language)
    update_fields_on_opening(document.settings.element)
    _set_properties(document.core_properties, title, subject, language, day)
    _drop_old_styles(document.part)
    stream = io.BytesIO()
    document.save(stream)
    return zipped(unzipped(stream.getvalue()), (day.year, day.month, day.day))


def _drop_old_styles(part: Any) -> None:
    """Leave out the second list of styles that Word 2010 wrote: it no longer agrees with the first."""
    for name in [name for name, relation in part.rels.items() if relation.reltype.endswith("/stylesWithEffects")]:
        del part.rels[name]


def _clear_properties(properties: Any) -> None:
    """Clear the properties: nothing of the template's author goes into the report, and no tag in them is run."""
    for name in ("author", "category", "comments", "content_status", "identifier", "keywords", "last_modified_by", "version"):
        setattr(properties, name, "")
    properties.language = properties.subject = properties.title = ""


def _set_properties(properties: Any, title: str, subject: str, language: str, day: datetime) -> None:
    properties.title = _property(title)
    properties.subject = _property(subject)
    properties.language = language
    properties.revision = 1
    properties.created = properties.modified = day


def _property(text: str) -> str:
    """Text that a document property can hold."""
    return clean(text).replace("\n", " ")[:255]
