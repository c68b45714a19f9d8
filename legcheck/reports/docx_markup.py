"""The markup of a Word document: blocks become paragraphs, tables, lists and pictures (WordprocessingML)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import accumulate, groupby, zip_longest
from xml.sax.saxutils import escape

from legcheck.labels import unbroken
from legcheck.reports import palette
from legcheck.reports.document import (
    Block,
    Cell,
    Chart,
    Contents,
    Cover,
    Heading,
    Items,
    Look,
    NewPage,
    Paragraph,
    Place,
    Row,
    Run,
    Table,
    Words,
    introduces,
    strong,
    words,
)
from legcheck.reports.fit import height_of

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
}
_EMU_PER_CM = 360_000
_EMU_PER_TWIP = 635
_FIRST_ID = 100_000
_HIGHEST_WHOLE = {False: 650.0, True: 420.0}  # in points, upright and across: a higher row may not fit on a page, and may break
_MOST_ROWS_TOGETHER, _LONGEST_TOGETHER = 10, 2_000  # a table with no more of them, about half a page, stays on one page
_SMALLER = '<w:sz w:val="18"/><w:szCs w:val="18"/>'
_LONGEST_NAME = 40  # of a bookmark
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAME = re.compile(r"\W", re.ASCII)
_LOOKS = {
    Look.BODY: "",
    Look.LEAD: "Report Lead",
    Look.NOTICE: "Report Notice",
    Look.LABEL: "Report Label",
    Look.SMALL: "Report Small",
    Look.DENSE: "",
}
# 4 cm x 3.5 cm. Stated where it is used, since not every program takes a frame from a style.
_EMBLEM = '<w:framePr w:w="2268" w:h="1985" w:hRule="atLeast" w:wrap="notBeside" w:vAnchor="text" w:hAnchor="text" w:y="1"/>'
_NEW_PAGE = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
_END = '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
_SPACER = '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="160" w:lineRule="exact"/></w:pPr></w:p>'


def clean(text: str) -> str:
    """Text without the characters that XML does not allow, its line ends alike."""
    return _FORBIDDEN.sub("", text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")


def bookmark_name(anchor: str) -> str:
    """The name that Word allows for an anchor: ASCII letters, digits and underscores, at most forty.

    Names that would fall together are told apart by a digest of the anchor.
    """
    name = _NAME.sub("_", f"_{anchor}" if anchor[:1].isdigit() else anchor)
    if name == anchor and len(name) <= _LONGEST_NAME:
        return name
    return f"{name[: _LONGEST_NAME - 9]}_{sha256(anchor.encode(errors='surrogatepass')).hexdigest()[:8]}"


def right_to_left(text: str) -> bool:
    """Whether the first letter with a direction is written from right to left."""
    directions = (unicodedata.bidirectional(sign) for sign in text)
    return next((one in ("R", "AL") for one in directions if one in ("L", "R", "AL")), False)


@dataclass
class Markup:
    """Makes the markup of one document's blocks.

    `styles` maps the name of a style to its id in the template; `width` is that of the text in twentieths of a point; `picture`
    stores a chart and returns the relations to its bitmap and its drawing; `numbering` starts a list and returns its number.
    """

    styles: Mapping[str, str]
    width: int
    direction: str
    anchors: frozenset[str]
    headings: Sequence[tuple[Heading, str]]
    compact: bool
    picture: Callable[[Chart], tuple[str, str]]
    numbering: Callable[[bool], int]
    _used: int = _FIRST_ID
    _named: set[str] = field(default_factory=set)

    def blocks(self, blocks: Iterable[Block]) -> Iterator[str]:
        """The markup of blocks in a row. Two tables that touch would merge, so a narrow paragraph keeps them apart."""
        names = iter(self.headings)
        before: Block | None = None
        following = list(blocks)
        for block, after in zip_longest(following, following[1:]):
            if isinstance(block, Heading):
                yield self.heading(*next(names), opens_page=isinstance(before, NewPage))
            elif not isinstance(block, NewPage):
                if isinstance(before, NewPage):
                    yield _NEW_PAGE
                if isinstance(block, Table) and isinstance(before, Table):
                    yield _SPACER
                yield self._block(block, keep=introduces(before, block, after))
            before = block
        if isinstance(before, Table):
            yield _END  # a document cannot end in a table; so low that it never opens a page

    def _block(self, block: Block, *, keep: bool) -> str:
        match block:
            case Paragraph():
                keep, dense = keep or block.look is Look.LABEL, block.look is Look.DENSE
                return self.paragraph(block.words, _LOOKS[block.look], keep=keep, dense=dense)
            case Items():
                return self._items(block)
            case Place():
                return self.paragraph(words(block.text), "Report Place")
            case Table():
                return self._table(block)
            case Chart():
                return self._chart(block)
            case Contents():
                return self._contents(block)
        raise TypeError(block)

    def cover(self, cover: Cover) -> Iterator[str]:
        """The first page."""
        if cover.emblem:
            yield self._paragraph(self._runs(words(cover.emblem)), "Report Emblem", cover.emblem, frame=_EMBLEM)
        yield self.paragraph(words(cover.kind), "Report Kind")
        yield self.paragraph(words(cover.title), "Title")
        yield self.paragraph(words(cover.subtitle), "Subtitle")
        for label, text in cover.facts:
            yield self.paragraph(words(strong(label), "  ", text), "Report Fact")
        for notice in cover.notices:
            yield self.paragraph(words(notice), "Report Notice")

    def title(self, title: str, subtitle: str) -> Iterator[str]:
        """The head of a document without a cover."""
        yield self.paragraph(words(title), "Title")
        yield self.paragraph(words(subtitle), "Subtitle")

    def heading(self, one: Heading, name: str, *, opens_page: bool = False) -> str:
        """A heading with the bookmarks that the contents and links lead to."""
        inside = self._bookmark(name, self._runs(words(one.text)))
        if one.anchor:
            inside = self._bookmark(bookmark_name(one.anchor), inside)
        opens_page = opens_page or (one.level == 1 and not one.inline)
        return self._paragraph(inside, f"heading {one.level}", one.text, opens_page=opens_page)

    def paragraph(self, content: Words, style: str = "", *, keep: bool = False, end: bool = False, dense: bool = False) -> str:
        """Words in a style; `keep`: on one page with what follows, `end`: against the far edge."""
        return self._paragraph(self._runs(content, small=dense), style, _text(content), keep=keep, end=end, dense=dense)

    def _paragraph(
        self,
        inside: str,
        style: str,
        text: str,
        *,
        keep: bool = False,
        opens_page: bool = False,
        list_number: int = 0,
        end: bool = False,
        frame: str = "",
        dense: bool = False,
    ) -> str:
        """A paragraph with its properties, in the order that the format asks for."""
        properties = "".join(
            (
                f'<w:pStyle w:val="{self.styles[style]}"/>' if style else "",
                "<w:keepNext/>" if keep else "",
                "<w:pageBreakBefore/>" if opens_page else "",
                frame,
                f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{list_number}"/></w:numPr>' if list_number else "",
                self._direction(text),
                '<w:spacing w:before="0" w:after="40" w:line="240" w:lineRule="auto"/>' if dense else "",
                '<w:jc w:val="right"/>' if end else "",
                f"<w:rPr>{_SMALLER}</w:rPr>" if dense else "",
            )
        )
        return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inside}</w:p>"

    def _direction(self, text: str) -> str:
        """The direction of a paragraph, where it is not the document's usual one from left to right."""
        has_direction = any(unicodedata.bidirectional(sign) in ("L", "R", "AL") for sign in text)
        return "<w:bidi/>" if right_to_left(text) or (self.direction == "rtl" and not has_direction) else ""

    def _runs(self, content: Words, *, small: bool = False) -> str:
        return "".join(self._run(run, small=small) for run in content)

    def _run(self, run: Run, *, small: bool = False) -> str:
        """Words in one look; their line ends are kept."""
        tone, leads = run.tone, run.to in self.anchors
        properties = "".join(
            (
                f'<w:rStyle w:val="{self.styles["Hyperlink" if leads else "Report Muted"]}"/>' if leads or run.muted else "",
                "<w:b/><w:bCs/>" if run.strong or tone else "",
                f'<w:color w:val="{tone.ink[1:]}"/>' if tone else "",
                _SMALLER if small else "",
                f'<w:shd w:val="clear" w:color="auto" w:fill="{tone.fill[1:]}"/>' if tone else "",
                "<w:rtl/>" if right_to_left(run.text) else "",
                f'<w:lang w:val="{_attribute(run.language)}" w:bidi="{_attribute(run.language)}"/>' if run.language else "",
            )
        )
        text = f"\u00a0{run.text}\u00a0" if tone else run.text
        lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in clean(unbroken(text)).split("\n"))
        made = f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{lines}</w:r>"
        return self._link(run.to, made) if leads else made

    def _link(self, anchor: str, inside: str) -> str:
        return f'<w:hyperlink w:anchor="{bookmark_name(anchor)}" w:history="1">{inside}</w:hyperlink>'

    def _bookmark(self, name: str, inside: str) -> str:
        if name in self._named:  # a second bookmark of the same name would break the document
            return inside
        self._named.add(name)
        number = self._number()
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{inside}<w:bookmarkEnd w:id="{number}"/>'

    def _number(self) -> int:
        """An id that nothing else in the document has."""
        self._used += 1
        return self._used

    def _items(self, items: Items) -> str:
        style, number = "List Number" if items.numbered else "List Bullet", self.numbering(items.numbered)
        return "".join(
            self._paragraph(self._runs(one, small=items.dense), style, _text(one), list_number=number, dense=items.dense)
            for one in items.items
        )

    def _table(self, table: Table) -> str:
        """A table over the width of the page, under its caption; the head is repeated on every page."""
        columns = self._widths(table)
        titled = any(column.title for column in table.columns)
        head = self._head(table, columns) if titled else ""
        look = f'<w:tblLook w:val="{"0420" if titled else "0400"}" w:firstRow="{int(titled)}" w:noHBand="0" w:noVBand="1"/>'
        visual = "<w:bidiVisual/>" if self.direction == "rtl" else ""
        caption = self.paragraph(words(table.caption), "caption", keep=True) if table.shown and table.caption else ""
        kept = _kept_with_next(table.rows, titled=titled)
        rows = "".join(self._row(table, row, columns, keep=keep) for row, keep in zip(table.rows, kept, strict=True))
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
        return (
            f'{caption}<w:tbl><w:tblPr><w:tblStyle w:val="{self.styles["Report Table"]}"/>{visual}'
            f'<w:tblW w:w="{sum(columns)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{look}'
            f'<w:tblCaption w:val="{_attribute(table.caption)}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}{rows}</w:tbl>'
        )

    def _widths(self, table: Table) -> list[int]:
        whole = sum(column.width for column in table.columns)
        return [int(self.width * column.width / whole) for column in table.columns]

    def _head(self, table: Table, widths: Sequence[int]) -> str:
        cells = "".join(
            _cell(width, self.paragraph(words(column.title), "Report Head", keep=True, end=column.end))
            for column, width in zip(table.columns, widths, strict=True)
        )
        return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"

    def _row(self, table: Table, row: Row, widths: Sequence[int], *, keep: bool) -> str:
        """A row; `keep`: on one page with the next."""
        if row.band:
            inside = self._cell(row.cells[0], keep=True, anchor=row.anchor)
            band = _cell(sum(widths), inside, palette.SURFACE, len(widths))
            return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{band}</w:tr>"
        fits = height_of(row, [width / 20 for width in widths], 8 if self.compact else 9) <= _HIGHEST_WHOLE[self.compact]
        keep = keep and fits
        cells = "".join(
            _cell(
                sum(widths[place : place + span]),
                self._cell(one, end=table.columns[place].end, keep=keep, small=table.dense, anchor="" if place else row.anchor),
                _ground(one),
                span,
            )
            for place, (one, span) in enumerate(zip(row.cells, row.spans(len(widths)), strict=True))
        )
        whole = "<w:trPr><w:cantSplit/></w:trPr>" if fits else ""
        return f"<w:tr>{whole}{cells}</w:tr>"

    def _cell(self, one: Cell, *, end: bool = False, keep: bool = False, small: bool = False, anchor: str = "") -> str:
        made = [
            self.paragraph(content, "Report Small Cell" if self.compact or small else "Report Cell", keep=keep, end=end)
            for content in one.paragraphs or ((),)
        ]
        if anchor:
            made[0] = made[0].removesuffix("</w:p>") + self._bookmark(bookmark_name(anchor), "") + "</w:p>"
        return "".join(made)

    def _chart(self, chart: Chart) -> str:
        """A drawing under its title: vector for programs that can show it, else a bitmap of high resolution."""
        bitmap, vector = self.picture(chart)
        scale = min(1.0, self.width * _EMU_PER_TWIP / (chart.width_cm * _EMU_PER_CM))
        sides = [int(side * _EMU_PER_CM * scale) for side in (chart.width_cm, chart.height_cm)]
        extent = f'cx="{sides[0]}" cy="{sides[1]}"'
        about = f'id="{self._number()}" name="{_attribute(chart.title)}" descr="{_attribute(chart.text)}"'
        drawing = (
            '<a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}">'
            f'<asvg:svgBlip r:embed="{vector}"/></a:ext></a:extLst>'
        )
        inline = (
            f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/><wp:docPr {about}/>'
            '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
            f'<a:graphic><a:graphicData uri="{NAMESPACES["pic"]}"><pic:pic><pic:nvPicPr><pic:cNvPr {about}/><pic:cNvPicPr/>'
            f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{bitmap}">{drawing}</a:blip><a:stretch><a:fillRect/></a:stretch>'
            f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
            "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )
        title = self.paragraph(words(chart.title), "caption", keep=True)
        return title + self._paragraph(inline, "Report Picture", "")

    def _contents(self, contents: Contents) -> str:
        """The contents, filled in with links. Only Word knows the numbers of its pages: it adds them when the list is updated.

        Nothing asks for that on opening, and no number is wrong.
        """
        listed = [(one, name) for one, name in self.headings if one.level <= contents.levels]
        lines = [self.paragraph(words(contents.title), "TOC Heading")]
        begin = (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            f'<w:r><w:instrText xml:space="preserve"> TOC \\o "1-{contents.levels}" \\h \\z \\u </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        for place, (one, name) in enumerate(listed, 1):
            link = f'<w:hyperlink w:anchor="{name}" w:history="1">{self._runs(words(one.text))}</w:hyperlink>'
            end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>' if place == len(listed) else ""
            lines.append(self._paragraph((begin if place == 1 else "") + link + end, f"toc {one.level}", one.text))
        return "".join(lines)


def _text(content: Words) -> str:
    return "".join(run.text for run in content)


def _kept_with_next(rows: Sequence[Row], *, titled: bool) -> Iterator[bool]:
    """Whether each row stays on the page of the next: in a short table, and below a band, whose words no page repeats.

    The last row never stands alone on a page. A longer table of labels and texts may go on overleaf, but not after its first row.
    """
    whole, last = _is_short(rows), len(rows) - 1
    bands = list(accumulate(row.band for row in rows))
    for band, group in groupby(range(len(rows)), bands.__getitem__):
        places = list(group)
        together = band > 0 and _is_short([rows[place] for place in places])
        for place in places:
            yield place < last and (
                whole or place == last - 1 or (place == 0 and not titled) or (together and place < places[-1])
            )


def _is_short(rows: Sequence[Row]) -> bool:
    """Whether rows are few and low enough, about half a page, to stay on one."""
    return len(rows) <= _MOST_ROWS_TOGETHER and sum(map(_letters, rows)) <= _LONGEST_TOGETHER


def _letters(row: Row) -> int:
    return sum(len(_text(content)) for one in row.cells for content in one.paragraphs)


def _cell(width: int, inside: str, fill: str = "", span: int = 1) -> str:
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    ground = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill[1:]}"/>' if fill else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}{ground}</w:tcPr>{inside}</w:tc>'


def _ground(one: Cell) -> str:
    return palette.PLACE if one.place else one.fill


def _attribute(text: str) -> str:
    """Text made safe inside quotation marks."""
    return escape(clean(text), {'"': "&quot;", "\n": "&#10;"})
