"""The gap report as a Word document, built on a template that the adviser can replace."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from legcheck.reports import charts
from legcheck.reports.docx_build import begun, finished
from legcheck.reports.docx_parts import Page, Picture, Writer, provision_anchor
from legcheck.reports.docx_tags import REPORT, template_tags, words_of
from legcheck.reports.docx_template import adopt_styles, check_template, shipped_template

if TYPE_CHECKING:
    from legcheck.labels import Labels
    from legcheck.reports.view import ReportView

__all__ = ["check_template", "render_docx", "template_tags"]


def render_docx(view: ReportView, labels: Labels, template: bytes | None = None) -> bytes:
    """A Word document of the view, on the adviser's template if one is given.

    Raises:
        InputError: the template cannot be filled; `check_template` says why before anything is made.
    """
    titles = {"overview_title": labels("docx.sections.overview"), "annex_title": labels("docx.sections.annex")}
    document, used = begun(template, shipped_template(), REPORT, words_of(view, titles))
    page = Page(view, labels, Writer(adopt_styles(document.styles.element), linked=_ends_of_links(view, used)))
    _add_chart(page, document, used)
    return finished(document, page, REPORT, title=f"{view.title} · {view.subtitle}", subject=view.notice_short)


def _ends_of_links(view: ReportView, used: set[str]) -> frozenset[str]:
    """The names that links may lead to: provisions, if the annex that holds them is in the document."""
    if not used & {"annex", "provisions"}:
        return frozenset()
    return frozenset(provision_anchor(provision.id) for chapter in view.chapters for provision in chapter.provisions)


def _add_chart(page: Page, document: Any, used: set[str]) -> None:
    if used & {"overview", "chart_chapters"} and page.view.dimensions:
        picture = io.BytesIO(charts.chapters_png(page.view, page.labels))
        relation, _ = document.part.get_or_add_image(picture)
        size = (charts.WIDTH_CM, charts.height_cm(page.view))
        page.chart = Picture(relation, size, charts.chapters_text(page.view, page.labels))
