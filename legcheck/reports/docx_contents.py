"""The table of contents of a Word report, filled in advance.

Word gets a real table of contents: it renews itself when the document is opened, and knows headings that the adviser adds later.
LibreOffice does not lay out the page numbers inside such a field when it converts a document, so for all other programs the same
lines stand as plain links with page references, which they do lay out. The field's marks are offered as alternate content, the
way the format has for what only some programs should read: Word reads them, others pass over them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from legcheck.reports.docx_parts import NAMESPACES, Xml, field_of

if TYPE_CHECKING:
    from legcheck.reports.docx_page import Page

_W = f"{{{NAMESPACES['w']}}}"


def contents(body: Any, page: Page) -> Iterator[Xml]:
    """The heading and lines of the table of contents, from the headings that stand in the document."""
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
    """The beginning of a field that Word alone sees."""
    yield _only_word('<w:fldChar w:fldCharType="begin"/>')
    yield _only_word(f'<w:instrText xml:space="preserve"> {instruction.replace(chr(34), "&quot;")} </w:instrText>')
    yield _only_word('<w:fldChar w:fldCharType="separate"/>')


def _only_word(inside: str) -> Xml:
    """Content for programs that know Word's own extensions; declared where it is required, or the file would be broken."""
    known = f'xmlns:w15="{NAMESPACES["w15"]}" Requires="w15"'
    return Xml(f"<w:r><mc:AlternateContent><mc:Choice {known}>{inside}</mc:Choice></mc:AlternateContent></w:r>")
