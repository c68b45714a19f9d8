"""The gap report as a Word document, built on a template that the adviser can replace."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any

from legcheck.issues import InputError
from legcheck.reports import charts
from legcheck.reports.docx_fill import fill, free_sections
from legcheck.reports.docx_page import Page, Picture, provision_anchor
from legcheck.reports.docx_parts import Writer, clean
from legcheck.reports.docx_styles import adopt_styles, set_language, shipped_template, update_fields_on_opening
from legcheck.reports.docx_tags import context_of, template_tags
from legcheck.reports.docx_template import check_template, environment, opened, tags_of
from legcheck.reports.docx_zip import unzipped, zipped

if TYPE_CHECKING:
    from legcheck.labels import Labels
    from legcheck.reports.view import ReportView

__all__ = ["check_template", "render_docx", "template_tags"]


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
    free_sections(tpl.docx.element.body)
    titles = {"overview_title": labels("docx.sections.overview"), "annex_title": labels("docx.sections.annex")}
    tpl.render(context_of(view, titles), environment())
    document = tpl.docx
    page = Page(view, labels, Writer(adopt_styles(document.styles.element), linked=_ends_of_links(view, used)))
    _add_chart(page, document, used)
    fill(document.element.body, page)
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


def _clear_properties(properties: Any) -> None:
    """Nothing of the template's author goes into the report, and no tag in a property is run."""
    for name in ("author", "category", "comments", "content_status", "identifier", "keywords", "last_modified_by", "version"):
        setattr(properties, name, "")
    properties.language = properties.subject = properties.title = ""


def _set_properties(properties: Any, view: ReportView, labels: Labels) -> None:
    properties.title = _property(f"{view.title} · {view.subtitle}")
    properties.subject = _property(view.notice_short)
    properties.language = labels("docx.language")
    properties.revision = 1
    day = datetime.fromisoformat(view.date_iso)
    properties.created = properties.modified = day


def _property(text: str) -> str:
    """A text as a document property may hold it."""
    return clean(text).replace("\n", " ")[:255]


def _saved(document: Any, date_iso: str) -> bytes:
    """The document's bytes, the same for the same view."""
    stream = io.BytesIO()
    document.save(stream)
    day = datetime.fromisoformat(date_iso)
    return zipped(unzipped(stream.getvalue()), (day.year, day.month, day.day))
