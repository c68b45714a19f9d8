"""What every Word document is made of: paragraphs, tables, pages and their measures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import ceil
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from legcheck.reports import palette

if TYPE_CHECKING:
    from legcheck.labels import Labels
    from legcheck.reports.view import CitationView, GapView, ProvisionView, ReportView, Row


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
BREAKABLE = 1_200  # a row with more characters than this may break over pages: it might not fit on one
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAME = re.compile(r"\W", re.ASCII)
_TEXT = re.compile(r"(?<=>)[^<]+(?=</w:t>)")


class Xml(str):
    """Finished markup."""

    __slots__ = ()


Content = str | Xml


def clean(text: str) -> str:
    """Text without the characters that XML does not allow, its line ends alike."""
    return _FORBIDDEN.sub("", text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")


def plain(text: str) -> str:
    """Text made safe between tags, on one line."""
    return escape(clean(text).replace("\n", " "))


def attribute(text: str) -> str:
    """Text made safe inside quotation marks."""
    return escape(clean(text), {'"': "&quot;", "\n": "&#10;"})


@dataclass
class Writer:
    """Makes the parts of one document. `styles` maps the name of a style to its id in the template."""

    styles: Mapping[str, str]
    width: int = 9638
    linked: frozenset[str] = frozenset()
    used: int = FIRST_ID
    named: set[str] = field(default_factory=set)

    def run(self, text: str, style: str = "", *, ink: str = "", fill: str = "", bold: bool = False) -> Xml:
        """Text in one look; its line ends are kept."""
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
        """A name that does not break at its hyphens."""
        return Xml(self.run(text).replace("-", '</w:t><w:noBreakHyphen/><w:t xml:space="preserve">'))

    def strong(self, text: str) -> Xml:
        return self.run(text, "Strong")

    def muted(self, text: str) -> Xml:
        return self.run(text, "Report Muted")

    def tag(self, text: str, tone: palette.Tone) -> Xml:
        """A word on its colour, with the sign that says the same."""
        return self.run(f" {tone.sign} {text} " if tone.sign else f" {text} ", ink=tone.ink, fill=tone.fill, bold=True)

    def link(self, anchor: str, content: Xml) -> Xml:
        """A link within the document, if its target is there."""
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
        """Content with a bookmark: the target of links, or a figure that `legcheck explain` knows by that name."""
        name = bookmark_name(anchor)
        if name in self.named:  # a second bookmark of the same name would break the document
            return content
        self.named.add(name)
        number = self.number()
        start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
        return Xml(f'{start}{content}<w:bookmarkEnd w:id="{number}"/>')

    def number(self) -> int:
        """An id that nothing else in the document has."""
        self.used += 1
        return self.used

    def table(self, title: str, widths: Sequence[float], rows: Iterable[Xml], head: Sequence[str] = ()) -> Xml:
        """A table over the width of the page; a head is repeated on every page. `title` is for screen readers."""
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
        """An inline picture with its alternative text."""
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


PAGES = 4
_PAGE_CM = 25.7
_SAFETY = 1.04
_CELL_LINE_CM, _CELL_SIGNS = 0.4, 6.7  # the height of a line in a table, and the characters it holds per centimetre
_TEXT_LINE_CM, _TEXT_SIGNS = 0.45, 5.8
_ROW_CM, _AFTER_CM, _HEADING_CM, _HEAD_CM = 0.12, 0.18, 1.25, 0.55
_TITLE_CM, _CHART_CM, _CHART_ROW_CM = 4.8, 3.9, 0.54
_WIDE = 17.0


@dataclass(frozen=True)
class Budget:
    """The most rows of the open-ended lists, and the most characters of a sentence, a recommendation, and any other text."""

    rows: int
    sentence: int
    recommendation: int
    text: int


BUDGETS = (
    Budget(12, 900, 900, 600),
    Budget(10, 600, 700, 400),
    Budget(6, 450, 600, 320),
    Budget(6, 400, 480, 240),
    Budget(5, 320, 380, 180),
    Budget(4, 260, 300, 140),
    Budget(3, 200, 220, 100),
)


def budget_of(view: ReportView) -> Budget:
    """The most generous budget that fits."""
    return next((budget for budget in BUDGETS if _pages(view, budget) <= PAGES), BUDGETS[-1])


def shortened(text: str, limit: int) -> str:
    """A text cut between words."""
    if len(text) <= limit:
        return text
    beginning = text[: limit + 1]
    at = max((place for place, sign in enumerate(beginning) if sign.isspace()), default=limit)
    return beginning[:at].rstrip(",;:. \n") + " …"


def _pages(view: ReportView, budget: Budget) -> int:
    """About how many pages the overview takes: pieces one after another, none broken."""
    page, used = 1, 0.0
    for piece in _pieces(view, budget):
        height = piece * _SAFETY
        if used + height > _PAGE_CM:
            page, used = page + 1, 0.0
        used += height
    return page


def _pieces(view: ReportView, budget: Budget) -> Iterator[float]:
    """The heights of what stays together, in centimetres."""
    yield _TITLE_CM
    yield from (_text(notice, len(notice)) for notice in view.notices)
    yield _HEADING_CM
    yield from (_row((fact.text, 12.6, budget.sentence)) for fact in view.fast_facts)
    yield _HEADING_CM
    yield from (_text(sentence, budget.sentence) for sentence in view.summary)
    yield _HEADING_CM + _HEAD_CM
    for dimension in view.dimensions:
        yield 3 * _CELL_LINE_CM + _ROW_CM
        yield (3 * _CELL_LINE_CM + _ROW_CM) * (dimension.if_adopted is not None)
        yield _text(dimension.total.capped_by, budget.sentence) * bool(dimension.total.capped_by)
    chapters = max((len(dimension.chapters) for dimension in view.dimensions), default=0)
    yield _HEADING_CM + _CHART_CM + _CHART_ROW_CM * chapters
    yield 2 * _HEADING_CM + _HEAD_CM
    yield from (
        max(_row((one.title, 4.0, 90), (one.note, 8.2, budget.text)), _citations(one)) for one in view.contrary[: budget.rows]
    )
    yield (
        _HEADING_CM
        + _HEAD_CM
        + sum(_row(("; ".join(gap.reasons), 9.2, 2_000), (f"{gap.title}\n{gap.kind_title}", 5.0, 200)) for gap in view.top)
    )
    for rows, longest in ((view.recommendations, budget.recommendation), (view.assistance[: budget.rows], budget.text)):
        yield _HEADING_CM + _HEAD_CM
        yield from (_row((row.label, 4.7, 90), (row.text, 12.0, longest)) for row in rows)
    yield 2 * _TEXT_LINE_CM


def _citations(one: ProvisionView) -> float:
    whole = [f"{citation.law} {citation.articles}: {citation.title} ({citation.status})" for citation in one.citations]
    return _row(("\n".join(whole or [one.legal_basis]), 4.2, 10_000))


def _row(*cells: tuple[str, float, int]) -> float:
    """The height of a table row, from its cells' texts, widths in centimetres and most characters."""
    return _ROW_CM + _CELL_LINE_CM * max(_lines(text, width * _CELL_SIGNS, limit) for text, width, limit in cells)


def _text(text: str, limit: int) -> float:
    return _AFTER_CM + _TEXT_LINE_CM * _lines(text, _WIDE * _TEXT_SIGNS, limit)


def _lines(text: str, signs: float, limit: int) -> int:
    return sum(max(1, ceil(len(line) / signs)) for line in shortened(text, limit).split("\n"))


Cell = Content | Sequence[Content]
FIELDS = (3.0, 14.0)
_PAIRS = {"label": 4.8, "text": 12.2}


@dataclass
class Picture:
    """A picture in the document and its alternative text."""

    relation: str
    size_cm: tuple[float, float]
    text: str


@dataclass
class Page:
    """The report as its blocks see it."""

    view: ReportView
    labels: Labels
    write: Writer
    chart: Picture | None = None
    levels: int = 3  # of headings in the table of contents

    @cached_property
    def budget(self) -> Budget:
        """How long the overview's lists may be."""
        return budget_of(self.view)

    @cached_property
    def titles(self) -> dict[str, str]:
        """The titles of provisions by id."""
        return {provision.id: provision.title for chapter in self.view.chapters for provision in chapter.provisions}

    def word(self, key: str) -> str:
        """A fixed word of this kind of document."""
        return self.labels(f"docx.{key}")

    def title(self, key: str) -> str:
        """The title of a block."""
        return self.word(f"sections.{key}")

    def section(self, key: str) -> Xml:
        """The heading of a block."""
        return self.write.heading(2, self.title(key), f"section_{key}")

    def intro(self, key: str) -> Xml:
        """The sentence under a heading."""
        return self.write.paragraph(self.word(f"intro.{key}"), keep=True)

    def sign(self) -> Xml:
        """What the sign of unverified numbers means."""
        return self.write.paragraph(self.labels("report.unverified"), style="caption", keep=True)

    def labelled(self, label: str) -> str:
        """A label with the colon of the language, to go before what it names."""
        return self.labels("docx.labelled", label=label)

    def none(self) -> Xml:
        return self.write.paragraph(self.view.none)

    def pairs(self, title: str, rows: Sequence[Row], *, whole: bool = False) -> Xml:
        """Labels and texts side by side, without a head."""
        shown = [(self.write.strong(row.label), row.text) for row in rows]
        return self.grid(title, _PAIRS, shown, head=False, whole=whole)

    def fields(self, fields: Sequence[tuple[str, Cell]], *, kept: int) -> Iterator[Xml]:
        """Labelled rows of a table, without empty fields. The first `kept` rows, and the last two, stay together."""
        filled = [(key, content) for key, content in fields if content]
        for number, (key, content) in enumerate(filled, start=1):
            keep = number < len(filled) and (number <= kept or number == len(filled) - 1)
            label = self.write.paragraph(self.word(f"fields.{key}"), style="Report Label", keep=keep)
            yield self.write.row(FIELDS, label, content, keep=keep)

    def grid(
        self, title: str, columns: Mapping[str, float], rows: Sequence[Sequence[Cell]], *, head: bool = True, whole: bool = False
    ) -> Xml:
        """A table of columns by key and width; columns without any content are left out. `whole`: on one page if possible."""
        filled = [number for number in range(len(columns)) if any(row[number] for row in rows)]
        keys, widths = list(columns), list(columns.values())
        sizes = [widths[number] for number in filled]
        made = [
            self.write.row(sizes, *(row[number] for number in filled), keep=whole and place < len(rows))
            for place, row in enumerate(rows, start=1)
        ]
        titles = [self.word(f"columns.{keys[number]}") for number in filled] if head else []
        return self.write.table(title, sizes, made, titles)

    def block(
        self, key: str, columns: Mapping[str, float], rows: Sequence[Sequence[Cell]], *, whole: bool = False
    ) -> Iterator[Xml]:
        """A heading and its table, or the statement that there is nothing."""
        yield self.section(key)
        yield self.grid(self.title(key), columns, rows, whole=whole) if rows else self.none()

    def provision(self, id: str, *, keep: bool = False) -> Xml:
        """A provision as named in a table, linked to its place in the annex."""
        return self.write.paragraph(self._name(id), f" {self.titles.get(id, '')}", style="Report Cell", keep=keep)

    def named(self, row: Row) -> Xml:
        """A row's label; the id of a provision at its start is set off and linked."""
        id, _, title = row.label.partition(" ")
        if id not in self.titles:
            return self.write.strong(row.label)
        return Xml(self._name(id) + self.write.run(f" {title or self.titles[id]}"))

    def citation(self, citation: CitationView) -> Xml:
        """A citation with the law it names, and its status if it is not in force."""
        status = f" ({citation.status})"
        pending: tuple[Content, ...] = () if citation.in_force else (self.write.run(status, ink=palette.ACCENT, bold=True),)
        cited = f"{citation.law} {citation.articles}".strip()
        named = self.write.strong(self.labelled(cited) if citation.title else cited)
        return self.write.paragraph(named, citation.title, *pending, style="Report Cell")

    def legal_basis(self, one: ProvisionView) -> Cell:
        """The laws that a finding rests on; as typed, if they could not be told apart."""
        return [self.citation(citation) for citation in one.citations] or one.legal_basis

    def priority(self, gap: GapView) -> Xml:
        """The class of priority as a word on its colour."""
        return self.write.tag(gap.priority_title, gap.tone)

    def points(self, gap: GapView) -> Xml:
        return self.write.muted(self.labels("docx.points", points=gap.points))

    def _name(self, id: str) -> Xml:
        return self.write.link(provision_anchor(id), self.write.strong(id))


def provision_anchor(id: str) -> str:
    """The name of a provision's place in the annex."""
    return f"provision_{id}"
