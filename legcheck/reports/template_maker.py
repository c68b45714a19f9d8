"""Builds the Word templates that are shipped: ``python -m legcheck.reports.template_maker FOLDER``.

The committed files must equal what this gives; a test compares them. Written part by part, so that nothing in it comes from the
defaults of a library, and the same run always gives the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from legcheck.reports import palette
from legcheck.reports.docx_zip import zipped
from legcheck.reports.template_styles import A4, FONT, MARGIN, styles

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


_BREAK = "<w:pageBreakBefore/>"
_TOP = (("Title", "{{ title }}", ""), ("Subtitle", "{{ subtitle }}", ""), ("Normal", "{{p notices }}", ""))
BODIES = {
    "gap-report.docx": (
        *_TOP,
        ("Heading1", "{{ overview_title }}", ""),
        ("Normal", "{{p overview }}", ""),
        ("Heading1", "{{ annex_title }}", _BREAK),
        ("Normal", "{{p contents }}", ""),
        ("Normal", "{{p annex }}", ""),
    ),
    "plan.docx": (
        *_TOP,
        ("Normal", "{{p contents }}", ""),
        ("Heading1", "{{ principles_title }}", ""),
        ("Normal", "{{p principles }}", ""),
        ("Heading1", "{{ summary_title }}", ""),
        ("Normal", "{{p summary }}", ""),
        ("Normal", "{{p sections }}", ""),
        ("Heading1", "{{ steps_title }}", ""),
        ("Normal", "{{p steps }}", ""),
        ("Heading1", "{{ annex_title }}", _BREAK),
        ("Normal", "{{p annex }}", ""),
    ),
}
"""The paragraphs of each template: style, text, and what else its properties hold."""
FOOTERS = {"gap-report.docx": ("{{ notice_short }} · {{ subtitle }}",), "plan.docx": ("{{ notice_short }}", "{{ subtitle }}")}


def main(folder: str) -> None:
    """Write the templates into a folder."""
    for name in BODIES:
        (Path(folder) / name).write_bytes(template(name))


def template(name: str = "gap-report.docx") -> bytes:
    """A shipped template."""
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
        "word/document.xml": _document(name),
        "word/footer1.xml": _footer(*FOOTERS[name]),
        "word/settings.xml": _settings(),
        "word/styles.xml": styles(_W),
        "word/fontTable.xml": f'<w:fonts {_W}><w:font w:name="{FONT}"><w:family w:val="swiss"/></w:font></w:fonts>',
        "word/theme1.xml": _theme(),
    }
    return zipped({name: (_XML + text).encode() for name, text in parts.items()}, FIXED_DATE)


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


def _document(name: str) -> str:
    body = "".join(_line(*line) for line in BODIES[name])
    page = (
        f'<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:pgSz w:w="{A4[0]}" w:h="{A4[1]}"/>'
        f'<w:pgMar w:top="{MARGIN}" w:right="{MARGIN}" w:bottom="{MARGIN}" w:left="{MARGIN}" '
        'w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
    )
    return f"<w:document {_W} {_R}><w:body>{body}{page}</w:body></w:document>"


def _line(style: str, text: str, extra: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'


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
        '<w:characterSpacingControl w:val="doNotCompress"/><w:updateFields w:val="true"/><w:compat>'
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
