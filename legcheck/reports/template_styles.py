"""The styles of the shipped Word template."""

from __future__ import annotations

from dataclasses import dataclass

from legcheck.reports import palette

FONT = "Arial"
A4 = (11906, 16838)
MARGIN = 1134
TEXT_WIDTH = A4[0] - 2 * MARGIN


@dataclass(frozen=True)
class _Style:
    """A paragraph or character style in plain measures: sizes in half points, spaces in twentieths of a point."""

    id: str
    name: str
    based: str = "Normal"
    kind: str = "paragraph"
    size: int = 0
    bold: bool = False
    colour: str = ""
    before: int = -1
    after: int = -1
    keep: bool = False
    level: int = -1
    extra: str = ""
    after_this: str = ""
    priority: int = 99


def _rule(side: str, colour: str, size: int, space: int, line: str = "single") -> str:
    return f'<w:{side} w:val="{line}" w:sz="{size}" w:space="{space}" w:color="{colour[1:]}"/>'


_NOTICE = (
    f'<w:pBdr>{_rule("left", palette.ACCENT, 24, 8)}</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="{palette.SURFACE[1:]}"/>'
)
_UNDER_TITLE = f"<w:pBdr>{_rule('bottom', palette.TITLE, 12, 6)}</w:pBdr>"
_PLACE = "".join(
    (
        f"<w:pBdr>{''.join(_rule(side, palette.ACCENT, 6, 5, 'dashed') for side in ('top', 'left', 'bottom', 'right'))}</w:pBdr>",
        f'<w:shd w:val="clear" w:color="auto" w:fill="{palette.PLACE[1:]}"/>',
        '<w:ind w:left="113" w:right="113"/>',
    )
)
_TABS = f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH}"/></w:tabs>'
_MARKS = '<w:tabs><w:tab w:val="left" w:pos="1247"/></w:tabs><w:ind w:left="1474" w:hanging="1474"/>'
_OVER_FOOTER = f"<w:pBdr>{_rule('top', palette.LINE, 4, 4)}</w:pBdr>{_TABS}"

STYLES = (
    _Style("Title", "Title", size=40, bold=True, colour=palette.TITLE, before=0, after=60, keep=True, priority=10),
    _Style("Subtitle", "Subtitle", size=26, colour=palette.MUTED, after=200, extra=_UNDER_TITLE, priority=11),
    _Style(
        "Heading1", "heading 1", size=34, bold=True, colour=palette.TITLE, before=240, after=120, keep=True, level=0, priority=9
    ),
    _Style(
        "Heading2", "heading 2", size=26, bold=True, colour=palette.TITLE, before=260, after=100, keep=True, level=1, priority=9
    ),
    _Style(
        "Heading3", "heading 3", size=22, bold=True, colour=palette.TITLE, before=240, after=80, keep=True, level=2, priority=9
    ),
    _Style("Heading4", "heading 4", size=20, bold=True, colour=palette.INK, before=220, after=60, keep=True, level=3, priority=9),
    _Style("TOCHeading", "TOC Heading", size=26, bold=True, colour=palette.TITLE, before=120, after=100, keep=True, priority=39),
    _Style("TOC1", "toc 1", bold=True, before=100, after=30, priority=39),
    _Style("TOC2", "toc 2", after=20, extra='<w:ind w:left="227"/>', priority=39),
    _Style("TOC3", "toc 3", size=18, after=10, extra='<w:ind w:left="567"/>', priority=39),
    _Style("Header", "header", size=16, colour=palette.MUTED, after=0, extra=_TABS),
    _Style("Footer", "footer", size=16, colour=palette.MUTED, after=0, extra=_OVER_FOOTER),
    _Style("Caption", "caption", size=17, colour=palette.MUTED, before=40, after=120, priority=35),
    _Style("ReportNotice", "Report Notice", size=19, before=0, after=60, extra=_NOTICE),
    _Style("ReportPlace", "Report Place", colour=palette.ACCENT, before=160, after=160, extra=_PLACE),
    _Style("ReportPicture", "Report Picture", before=40, after=40, keep=True),
    _Style("ReportCell", "Report Cell", size=18, before=20, after=20),
    _Style("ReportElement", "Report Element", "ReportCell", extra=_MARKS),
    _Style("ReportBullet", "Report Bullet", "ReportCell", extra='<w:ind w:left="198" w:hanging="198"/>'),
    _Style("ReportAmount", "Report Amount", "ReportCell", extra='<w:ind w:left="0"/><w:jc w:val="right"/>'),
    _Style("ReportHead", "Report Head", "ReportCell", bold=True, colour=palette.PAPER, keep=True),
    _Style("ReportLabel", "Report Label", "ReportCell", size=17, colour=palette.MUTED),
    _Style("ReportFigure", "Report Figure", "ReportCell", size=28, bold=True, colour=palette.TITLE),
    _Style("Strong", "Strong", "", "character", bold=True, priority=22),
    _Style("ReportMuted", "Report Muted", "", "character", size=16, colour=palette.MUTED),
    _Style("Hyperlink", "Hyperlink", "", "character", colour=palette.TITLE),
)


def styles(namespace: str) -> str:
    """The part that holds the styles."""
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:color w:val="{palette.INK[1:]}"/><w:sz w:val="20"/><w:szCs w:val="20"/>'
        '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="100" w:line="259" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
    )
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>'
        '<w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:semiHidden/></w:style>'
    )
    return f"<w:styles {namespace}>{defaults}{normal}{_table_styles()}{''.join(map(_style, STYLES))}</w:styles>"


def _style(style: _Style) -> str:
    """One style; the order of the parts is the one that the format asks for."""
    based = f'<w:basedOn w:val="{style.based}"/>' if style.based else ""
    follows = '<w:next w:val="Normal"/>' if style.level >= 0 or style.keep else ""
    paragraph = _paragraph_properties(style) if style.kind == "paragraph" else ""
    return (
        f'<w:style w:type="{style.kind}" w:styleId="{style.id}"><w:name w:val="{style.name}"/>{based}{follows}'
        f'<w:uiPriority w:val="{style.priority}"/><w:qFormat/>{paragraph}{_run_properties(style)}</w:style>'
    )


def _paragraph_properties(style: _Style) -> str:
    keep = "<w:keepNext/><w:keepLines/>" if style.keep else ""
    spaces = [("before", style.before), ("after", style.after)]
    given = "".join(f' w:{side}="{value}"' for side, value in spaces if value >= 0)
    borders, indent = style.extra, ""
    if "<w:ind" in borders:
        borders, _, rest = borders.partition("<w:ind")
        indent = "<w:ind" + rest
    level = f'<w:outlineLvl w:val="{style.level}"/>' if style.level >= 0 else ""
    inside = keep + borders + (f"<w:spacing{given}/>" if given else "") + indent + level
    return f"<w:pPr>{inside}</w:pPr>" if inside else ""


def _run_properties(style: _Style) -> str:
    bold = "<w:b/><w:bCs/>" if style.bold else ""
    colour = f'<w:color w:val="{style.colour[1:]}"/>' if style.colour else ""
    size = f'<w:sz w:val="{style.size}"/><w:szCs w:val="{style.size}"/>' if style.size else ""
    return f"<w:rPr>{bold}{colour}{size}</w:rPr>" if bold or colour or size else ""


def _table_styles() -> str:
    margins = (
        '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
    )
    lines = "".join(_rule(side, palette.LINE, 4, 0) for side in ("top", "bottom", "insideH"))
    head = (
        f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{palette.TITLE[1:]}"/></w:tcPr>'
        "</w:tblStylePr>"
    )
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>'
        f"<w:semiHidden/><w:tblPr>{margins}</w:tblPr></w:style>"
        '<w:style w:type="table" w:styleId="ReportTable"><w:name w:val="Report Table"/><w:basedOn w:val="TableNormal"/>'
        f'<w:uiPriority w:val="59"/><w:qFormat/><w:tblPr><w:tblBorders>{lines}</w:tblBorders>{margins}</w:tblPr>{head}</w:style>'
    )
