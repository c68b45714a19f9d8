"""The building blocks of a Word report: text, paragraphs, tables, pictures and links as WordprocessingML.

Markup is a type of its own (`Xml`) and is made here alone: whatever comes in as plain text is cleaned of signs that XML does not
allow and escaped, so that nothing a person typed can become markup, a field or a link out of the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from legcheck.reports import palette

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
}
EMU_PER_CM = 360_000
EMU_PER_TWIP = 635
TALLEST_CM = 21.0
FIRST_ID = 100_000
BREAKABLE = 1_200  # a row with more text than this may break over pages: no page might hold it
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAME = re.compile(r"\W", re.ASCII)
_TEXT = re.compile(r"(?<=>)[^<]+(?=</w:t>)")


class Xml(str):
    """Finished markup."""

    __slots__ = ()


Content = str | Xml


def clean(text: str) -> str:
    """Text without the signs that XML does not allow, its line ends alike."""
    return _FORBIDDEN.sub("", text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")


def plain(text: str) -> str:
    """Text made safe between tags, on one line."""
    return escape(clean(text).replace("\n", " "))


def attribute(text: str) -> str:
    """Text made safe inside quotation marks."""
    return escape(clean(text), {'"': "&quot;", "\n": "&#10;"})


@dataclass
class Writer:
    """Makes the parts of one document. `styles` gives the id that a style has in its template, by the style's name."""

    styles: Mapping[str, str]
    width: int = 9638
    linked: frozenset[str] = frozenset()
    used: int = FIRST_ID
    named: set[str] = field(default_factory=set)

    def run(self, text: str, style: str = "", *, ink: str = "", fill: str = "", bold: bool = False) -> Xml:
        """Text in one appearance; a line end in it stays one."""
        properties = "".join(
            (
                f'<w:rStyle w:val="{self.styles[style]}"/>' if style else "",
                "<w:b/><w:bCs/>" if bold else "",
                f'<w:color w:val="{ink[1:]}"/>' if ink else "",
                f'<w:shd w:val="clear" w:color="auto" w:fill="{fill[1:]}"/>' if fill else "",
            )
        )
        lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in clean(text).split("\n"))
        return Xml(f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{lines}</w:r>")

    def tab(self) -> Xml:
        return Xml("<w:r><w:tab/></w:r>")

    def unbroken(self, text: str) -> Xml:
        """A name whose hyphens do not end a line."""
        return Xml(self.run(text).replace("-", '</w:t><w:noBreakHyphen/><w:t xml:space="preserve">'))

    def strong(self, text: str) -> Xml:
        return self.run(text, "Strong")

    def muted(self, text: str) -> Xml:
        return self.run(text, "Report Muted")

    def tag(self, text: str, tone: palette.Tone) -> Xml:
        """A word on its colour, with the sign that says the same."""
        return self.run(f" {tone.sign} {text} " if tone.sign else f" {text} ", ink=tone.ink, fill=tone.fill, bold=True)

    def link(self, anchor: str, content: Xml) -> Xml:
        """A link within the document, where its end is in the document."""
        name = bookmark_name(anchor)
        return Xml(f'<w:hyperlink w:anchor="{name}" w:history="1">{content}</w:hyperlink>') if anchor in self.linked else content

    def paragraph(self, *contents: Content, style: str = "", keep: bool = False, dotted: bool = False) -> Xml:
        """A paragraph of texts and runs; `dotted`: a tab in it leads to the right edge."""
        properties = "".join(
            (
                f'<w:pStyle w:val="{self.styles[style]}"/>' if style else "",
                "<w:keepNext/>" if keep else "",
                f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{self.width}"/></w:tabs>' if dotted else "",
            )
        )
        head = f"<w:pPr>{properties}</w:pPr>" if properties else ""
        return Xml(f"<w:p>{head}{''.join(self._inline(one) for one in contents)}</w:p>")

    def heading(self, level: int, text: str, anchor: str = "") -> Xml:
        """A heading, with a name that links can lead to."""
        words = self.anchored(anchor, self.run(text)) if anchor else text
        return self.paragraph(words, style=f"heading {level}")

    def anchored(self, anchor: str, content: Xml) -> Xml:
        """Content that can be found by a name: the end of links, or the figure that `legcheck explain` knows by that name."""
        name = bookmark_name(anchor)
        if name in self.named:  # a second end of the same name would break the document
            return content
        self.named.add(name)
        number = self.number()
        start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
        return Xml(f'{start}{content}<w:bookmarkEnd w:id="{number}"/>')

    def number(self) -> int:
        """A number that nothing else in the document has."""
        self.used += 1
        return self.used

    def table(self, title: str, widths: Sequence[float], rows: Iterable[Xml], head: Sequence[str] = ()) -> Xml:
        """A table over the width of the page; a head is repeated on every page. `title` is for those who hear it."""
        columns = self._columns(widths)
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
        first = self._head(head, columns) if head else ""
        look = f'<w:tblLook w:val="{"0420" if head else "0400"}" w:firstRow="{int(bool(head))}" w:noHBand="0" w:noVBand="1"/>'
        return Xml(
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{self.styles["Report Table"]}"/><w:tblW w:w="{sum(columns)}" w:type="dxa"/>'
            f'<w:tblLayout w:type="fixed"/>{look}<w:tblCaption w:val="{attribute(title)}"/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{first}{''.join(rows)}</w:tbl>"
        )

    def row(
        self,
        widths: Sequence[float],
        *cells: Content | Sequence[Content],
        keep: bool = False,
        fills: Mapping[int, str] | None = None,
    ) -> Xml:
        """A row; a cell is a text, or several paragraphs. It stays on one page unless it is long. `fills`: colours of cells."""
        grounds = fills or {}
        inside = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{_ground(grounds.get(place, ""))}</w:tcPr>'
            f"{self._cell(cell, keep)}</w:tc>"
            for place, (width, cell) in enumerate(zip(self._columns(widths), cells, strict=True))
        )
        words = sum(len(one) for one in _TEXT.findall(inside))
        whole = "<w:trPr><w:cantSplit/></w:trPr>" if words <= BREAKABLE else ""
        return Xml(f"<w:tr>{whole}{inside}</w:tr>")

    def band(self, widths: Sequence[float], *contents: Content) -> Xml:
        """A row of one cell over all columns, above the rows that it names."""
        columns = self._columns(widths)
        named = self.paragraph(*contents, style="Report Cell", keep=True)
        return Xml(
            f'<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{sum(columns)}" w:type="dxa"/>'
            f'<w:gridSpan w:val="{len(columns)}"/>{_ground(palette.SURFACE)}</w:tcPr>{named}</w:tc></w:tr>'
        )

    def picture(self, relation: str, size_cm: tuple[float, float], name: str, description: str) -> Xml:
        """A picture in the line of text, with the text that stands for it."""
        width, height = (int(side * EMU_PER_CM) for side in size_cm)
        scale = min(1.0, self.width * EMU_PER_TWIP / width, TALLEST_CM * EMU_PER_CM / height)
        extent = f'cx="{int(width * scale)}" cy="{int(height * scale)}"'
        number = self.number()
        about = f'id="{number}" name="{attribute(name)}" descr="{attribute(description)}"'
        return Xml(
            f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/><wp:docPr {about}/>'
            '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
            f'<a:graphic><a:graphicData uri="{NAMESPACES["pic"]}"><pic:pic><pic:nvPicPr><pic:cNvPr {about}/><pic:cNvPicPr/>'
            f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
            "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )

    def _inline(self, content: Content) -> Xml:
        return content if isinstance(content, Xml) else self.run(content)

    def _columns(self, widths: Sequence[float]) -> list[int]:
        whole = sum(widths)
        return [int(self.width * width / whole) for width in widths]

    def _head(self, titles: Sequence[str], columns: Sequence[int]) -> str:
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{self.paragraph(title, style="Report Head")}</w:tc>'
            for title, width in zip(titles, columns, strict=True)
        )
        return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"

    def _cell(self, cell: Content | Sequence[Content], keep: bool) -> str:
        parts = [cell] if isinstance(cell, str) else list(cell) or [""]
        return "".join(
            part if isinstance(part, Xml) and part.startswith("<w:p>") else self.paragraph(part, style="Report Cell", keep=keep)
            for part in parts
        )


def _ground(colour: str) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{colour[1:]}"/>' if colour else ""


def bookmark_name(anchor: str) -> str:
    """The name that Word allows for an anchor: letters, digits, underscores, at most forty."""
    return _NAME.sub("_", f"_{anchor}" if anchor[:1].isdigit() else anchor)[:40]


def field_of(instruction: str, shown: Iterable[Xml]) -> Iterator[Xml]:
    """A field with what it shows until it is updated."""
    yield Xml('<w:r><w:fldChar w:fldCharType="begin"/></w:r>')
    yield Xml(f'<w:r><w:instrText xml:space="preserve"> {attribute(instruction)} </w:instrText></w:r>')
    yield Xml('<w:r><w:fldChar w:fldCharType="separate"/></w:r>')
    yield from shown
    yield Xml('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
