"""Makes the Word template that is shipped, `reports/templates/document.docx`: its styles, paper and foot."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from legcheck.reports import palette
from legcheck.reports.docx import _zipped as zipped

FONT = "Arial"
SAME_WIDTHS = "Liberation Sans"  # what a machine without it may use: every line breaks in the same place
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
    line: int = 0
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
_DASHED = (
    f"<w:pBdr>{''.join(_rule(side, palette.ACCENT, 6, 5, 'dashed') for side in ('top', 'left', 'bottom', 'right'))}</w:pBdr>"
)
_PLACE = f'{_DASHED}<w:shd w:val="clear" w:color="auto" w:fill="{palette.PLACE[1:]}"/><w:ind w:left="113" w:right="113"/>'
_TABS = f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH}"/></w:tabs>'
_INDENTED = '<w:ind w:left="340" w:hanging="340"/>'
_OVER_FOOTER = f"<w:pBdr>{_rule('top', palette.LINE, 4, 4)}</w:pBdr>{_TABS}"

STYLES = (
    _Style("Title", "Title", size=56, bold=True, colour=palette.TITLE, before=0, after=120, priority=10),
    _Style("Subtitle", "Subtitle", size=28, colour=palette.MUTED, after=360, extra=_UNDER_TITLE, priority=11),
    _Style(
        "Heading1", "heading 1", size=36, bold=True, colour=palette.TITLE, before=240, after=200, keep=True, level=0, priority=9
    ),
    _Style(
        "Heading2", "heading 2", size=26, bold=True, colour=palette.TITLE, before=280, after=100, keep=True, level=1, priority=9
    ),
    _Style("Heading3", "heading 3", size=22, bold=True, colour=palette.INK, before=220, after=60, keep=True, level=2, priority=9),
    _Style(
        "Heading4", "heading 4", size=21, bold=True, colour=palette.MUTED, before=180, after=40, keep=True, level=3, priority=9
    ),
    _Style("TOCHeading", "TOC Heading", size=36, bold=True, colour=palette.TITLE, before=0, after=160, keep=True, priority=39),
    _Style("TOC1", "toc 1", bold=True, before=70, after=20, extra=_TABS, priority=39),
    _Style("TOC2", "toc 2", after=10, extra=_TABS + '<w:ind w:left="284"/>', priority=39),
    _Style("TOC3", "toc 3", after=10, extra=_TABS + '<w:ind w:left="567"/>', priority=39),
    _Style("Header", "header", size=16, colour=palette.MUTED, after=0, extra=_TABS),
    _Style("Footer", "footer", size=16, colour=palette.MUTED, after=0, extra=_OVER_FOOTER),
    _Style("Caption", "caption", size=19, bold=True, colour=palette.TITLE, before=200, after=80, keep=True, priority=35),
    _Style("ListBullet", "List Bullet", after=60, extra=_INDENTED, priority=36),
    _Style("ListNumber", "List Number", after=60, extra=_INDENTED, priority=36),
    _Style("ReportEmblem", "Report Emblem", size=18, colour=palette.ACCENT, before=0, after=0, extra=_DASHED),
    _Style("ReportKind", "Report Kind", size=24, bold=True, colour=palette.ACCENT, before=3600, after=120),
    _Style("ReportFact", "Report Fact", size=21, after=80),
    _Style("ReportLead", "Report Lead", size=24, colour=palette.TITLE, after=160),
    _Style("ReportNotice", "Report Notice", size=19, before=240, after=120, extra=_NOTICE),
    _Style("ReportPlace", "Report Place", size=20, colour=palette.ACCENT, before=120, after=160, extra=_PLACE),
    _Style("ReportLabel", "Report Label", size=20, bold=True, colour=palette.MUTED, before=160, after=60, keep=True),
    _Style("ReportSmall", "Report Small", size=17, colour=palette.MUTED, before=60, after=120),
    _Style("ReportPicture", "Report Picture", before=40, after=120),
    _Style("ReportCell", "Report Cell", size=18, before=30, after=30),
    _Style("ReportSmallCell", "Report Small Cell", "ReportCell", size=16, before=10, after=10, line=245),
    _Style("ReportHead", "Report Head", "ReportCell", bold=True, colour=palette.PAPER, keep=True),
    _Style("Strong", "Strong", "", "character", bold=True, priority=22),
    _Style("ReportMuted", "Report Muted", "", "character", colour=palette.MUTED),
    _Style("Hyperlink", "Hyperlink", "", "character", colour=palette.TITLE),
)


def styles(namespace: str) -> str:
    """The part that holds the styles."""
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:color w:val="{palette.INK[1:]}"/><w:sz w:val="21"/><w:szCs w:val="21"/>'
        '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="271" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
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
    given += f' w:line="{style.line}" w:lineRule="auto"' if style.line else ""
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


FIXED_DATE = (2026, 1, 1)

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "application/vnd.openxmlformats-officedocument"
_TYPES = f"{_OFFICE}.wordprocessingml"
_DRAWING = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


_COLOURS = {
    "dk1": palette.INK,
    "lt1": palette.PAPER,
    "dk2": palette.TITLE,
    "lt2": palette.SURFACE,
    "accent1": palette.BAR,
    "accent2": palette.ACCENT,
    "accent3": palette.RANGE,
    "accent4": palette.WORTHS[10].ink,
    "accent5": palette.WORTHS[5].ink,
    "accent6": palette.MUTED,
    "hlink": palette.TITLE,
    "folHlink": palette.MUTED,
}


NAME = "document.docx"


def main(folder: str) -> None:
    """Write the template into a folder."""
    (Path(folder) / NAME).write_bytes(template())


def template() -> bytes:
    """The shipped template: styles, paper and foot, and an empty body."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships(
            ("officeDocument", "word/document.xml"),
            ("extended-properties", "docProps/app.xml"),
        ),
        "docProps/app.xml": '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
        "word/_rels/document.xml.rels": _relationships(
            ("styles", "styles.xml"),
            ("settings", "settings.xml"),
            ("footer", "footer1.xml"),
            ("fontTable", "fontTable.xml"),
            ("theme", "theme1.xml"),
        ),
        "word/document.xml": _document(),
        "word/footer1.xml": _footer("{{ notice }}"),
        "word/settings.xml": _settings(),
        "word/styles.xml": styles(_W),
        "word/fontTable.xml": _font_table(),
        "word/theme1.xml": _theme(),
    }
    return zipped({name: (_XML + text).encode() for name, text in parts.items()}, FIXED_DATE)


def _font_table() -> str:
    font = f'<w:font w:name="{FONT}"><w:altName w:val="{SAME_WIDTHS}"/><w:family w:val="swiss"/></w:font>'
    return f"<w:fonts {_W}>{font}</w:fonts>"


def _content_types() -> str:
    parts = {
        "document": "document.main",
        "styles": "styles",
        "settings": "settings",
        "footer1": "footer",
        "fontTable": "fontTable",
    }
    overrides = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_TYPES}.{kind}+xml"/>' for part, kind in parts.items()
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/docProps/app.xml" ContentType="{_OFFICE}.extended-properties+xml"/>'
        f'<Override PartName="/word/theme1.xml" ContentType="{_OFFICE}.theme+xml"/>'
        f"{overrides}</Types>"
    )


def _relationships(*targets: tuple[str, str]) -> str:
    entries = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{entries}</Relationships>'


def _document() -> str:
    page = (
        f'<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:pgSz w:w="{A4[0]}" w:h="{A4[1]}"/>'
        f'<w:pgMar w:top="{MARGIN}" w:right="{MARGIN}" w:bottom="{MARGIN}" w:left="{MARGIN}" '
        'w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
    )
    return f"<w:document {_W} {_R}><w:body>{page}</w:body></w:document>"


def _footer(*lines: str) -> str:
    """The foot of every page: lines of text, with the number of the page at the end of the last."""
    number = "".join(("<w:r><w:tab/></w:r>", _field("PAGE"), _text(" / "), _field("NUMPAGES")))
    texts = [f"<w:r><w:t>{line}</w:t></w:r>" for line in lines]
    texts[-1] += number
    paragraphs = "".join(f'<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{text}</w:p>' for text in texts)
    return f"<w:ftr {_W} {_R}>{paragraphs}</w:ftr>"


def _field(code: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _text(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def _settings() -> str:
    return (
        f'<w:settings {_W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        "</w:compat></w:settings>"
    )


def _theme() -> str:
    """The palette as theme colours, for an adviser who adds to the report."""
    colours = "".join(f'<a:{name}><a:srgbClr val="{colour[1:]}"/></a:{name}>' for name, colour in _COLOURS.items())
    face = f'<a:latin typeface="{FONT}"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    return (
        f'<a:theme {_DRAWING} name="Report"><a:themeElements><a:clrScheme name="Report">{colours}</a:clrScheme>'
        f'<a:fontScheme name="Report"><a:majorFont>{face}</a:majorFont><a:minorFont>{face}</a:minorFont></a:fontScheme>'
        f'<a:fmtScheme name="Report"><a:fillStyleLst>{3 * fill}</a:fillStyleLst>'
        f"<a:lnStyleLst>{3 * f'<a:ln>{fill}</a:ln>'}</a:lnStyleLst>"
        f"<a:effectStyleLst>{3 * '<a:effectStyle><a:effectLst/></a:effectStyle>'}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{3 * fill}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


if __name__ == "__main__":
    main(sys.argv[1])
