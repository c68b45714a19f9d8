"""The gap report as a Word document, built on a template that the adviser can replace."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from legcheck.issues import InputError
from legcheck.reports import charts
from legcheck.reports.docx_contents import contents
from legcheck.reports.docx_page import Page, Picture, provision_anchor
from legcheck.reports.docx_parts import NAMESPACES, Writer, Xml
from legcheck.reports.docx_styles import adopt_styles, set_language, shipped_template, update_fields_on_opening
from legcheck.reports.docx_tags import (
    BLOCKS,
    CONTENTS,
    GROUPS,
    check_template,
    context_of,
    environment,
    is_mark,
    opened,
    tags_of,
    template_tags,
)
from legcheck.reports.docx_zip import unzipped, zipped

if TYPE_CHECKING:
    from legcheck.labels import Labels
    from legcheck.reports.view import ReportView

__all__ = ["check_template", "render_docx", "template_tags"]

_W = f"{{{NAMESPACES['w']}}}"
_CONTAINERS = frozenset(f"{_W}{name}" for name in ("body", "tc", "sdtContent"))
_DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
_SPACER = '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="160" w:lineRule="exact"/></w:pPr></w:p>'
_TWIPS_LEFT_IN_CELL = 200


def render_docx(view: ReportView, labels: Labels, template: bytes | None = None) -> bytes:
    """A Word document of the view, on the adviser's template where one is given.

    Raises:
        InputError: the template cannot be filled; `check_template` says why before anything is made.
    """
    if template is not None:
        issues = check_template(template, "")
        if issues.blocking:
            raise InputError(issues)
    tpl = opened(shipped_template() if template is None else template)
    used = tags_of(tpl)
    _clear_properties(tpl.docx.core_properties)
    titles = {"overview_title": labels("docx.sections.overview"), "annex_title": labels("docx.sections.annex")}
    tpl.render(context_of(view, titles), environment())
    document = tpl.docx
    page = Page(view, labels, Writer(adopt_styles(document.styles.element), linked=_ends_of_links(view, used)))
    _add_chart(page, document, used)
    _fill(document.element.body, page)
    set_language(document.styles.element, labels("docx.language"))
    update_fields_on_opening(document.settings.element)
    _set_properties(document.core_properties, view, labels)
    return _saved(document, view.date_iso)


def _ends_of_links(view: ReportView, used: set[str]) -> frozenset[str]:
    """The names that links may lead to: provisions, where the annex that holds them is in the document."""
    if not used & {"annex", "provisions"}:
        return frozenset()
    return frozenset(provision_anchor(provision.id) for chapter in view.chapters for provision in chapter.provisions)


def _add_chart(page: Page, document: Any, used: set[str]) -> None:
    if used & {"overview", "chart_chapters"} and page.view.dimensions:
        picture = io.BytesIO(charts.chapters_png(page.view, page.labels))
        relation, _ = document.part.get_or_add_image(picture)
        size = (charts.WIDTH_CM, charts.height_cm(page.view))
        page.chart = Picture(relation, size, charts.chapters_text(page.view, page.labels))


def _fill(body: Any, page: Page) -> None:
    """Put every block in its place; the table of contents last, when all headings are there."""
    marks = [element for element in body.iter() if is_mark(element)]
    later = []
    for mark in marks:
        place = _place(mark)
        if mark.get("name") == CONTENTS:
            later.append(place)
            continue
        page.write.width = _width_at(place, body)
        _replace(place, _block(mark.get("name"), page))
    for place in later:
        _replace(place, contents(body, page))
    _keep_apart(body)


def _block(name: str, page: Page) -> Iterator[Xml]:
    for block in GROUPS[name].values() if name in GROUPS else [BLOCKS[name]]:
        yield from block(page)


def _place(mark: Any) -> Any:
    """The element that a block replaces: its mark, or the outermost paragraph around it."""
    place = mark
    while place.getparent().tag not in _CONTAINERS:
        place = place.getparent()
    return place


def _replace(place: Any, parts: Iterator[Xml]) -> None:
    from docx.oxml import parse_xml

    root = parse_xml(f"<root {_DECLARED}>{''.join(parts)}</root>")
    parent, index = place.getparent(), place.getparent().index(place)
    parent.remove(place)
    parent[index:index] = list(root)


def _keep_apart(body: Any) -> None:
    """Tables that touch would grow into one, and a cell or page must end with a paragraph."""
    from docx.oxml import parse_xml

    for table in list(body.iter(f"{_W}tbl")):
        follower = table.getnext()
        if follower is None or follower.tag in (f"{_W}tbl", f"{_W}sectPr"):
            table.addnext(parse_xml(f"<root {_DECLARED}>{_SPACER}</root>")[0])


def _width_at(place: Any, body: Any) -> int:
    """The width that a table has at a place, in twentieths of a point: of its cell, or of its section's text."""
    cell = next(place.iterancestors(f"{_W}tc"), None)
    width = None if cell is None else cell.find(f"{_W}tcPr/{_W}tcW")
    if width is not None and (width.get(f"{_W}w") or "").isdigit() and width.get(f"{_W}type") == "dxa":
        return max(int(width.get(f"{_W}w")) - _TWIPS_LEFT_IN_CELL, _TWIPS_LEFT_IN_CELL)
    section = next((one for one in place.itersiblings() for one in one.iter(f"{_W}sectPr")), None)
    section = body.find(f"{_W}sectPr") if section is None else section
    try:
        size, margins = section.find(f"{_W}pgSz"), section.find(f"{_W}pgMar")
        whole = int(size.get(f"{_W}w")) - int(margins.get(f"{_W}left")) - int(margins.get(f"{_W}right"))
        return whole if whole > 0 else Writer.width
    except (AttributeError, TypeError, ValueError):
        return Writer.width


def _clear_properties(properties: Any) -> None:
    """Nothing of the template's author goes into the report, and no tag in a property is run."""
    for name in ("author", "category", "comments", "content_status", "identifier", "keywords", "last_modified_by", "version"):
        setattr(properties, name, "")
    properties.language = properties.subject = properties.title = ""


def _set_properties(properties: Any, view: ReportView, labels: Labels) -> None:
    properties.title = _property(f"{view.title}: {view.subtitle}")
    properties.subject = _property(view.notice_short)
    properties.language = labels("docx.language")
    properties.revision = 1
    day = datetime.fromisoformat(view.date_iso)
    properties.created = properties.modified = day


def _property(text: str) -> str:
    return re.sub(r"[^\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", " ", text)[:255]


def _saved(document: Any, date_iso: str) -> bytes:
    """The document's bytes, the same for the same view."""
    stream = io.BytesIO()
    document.save(stream)
    day = datetime.fromisoformat(date_iso)
    return zipped(unzipped(stream.getvalue()), (day.year, day.month, day.day))
