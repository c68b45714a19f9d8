"""The tags that a Word template may hold, and what each stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from legcheck.reports import docx_annex as annex
from legcheck.reports import docx_overview as overview
from legcheck.reports.docx_parts import clean

if TYPE_CHECKING:
    from legcheck.reports.docx_page import Page
    from legcheck.reports.docx_parts import Xml
    from legcheck.reports.view import ReportView

    Block = Callable[[Page], Iterator[Xml]]

_BLOCK = "urn:legcheck:block"
CONTENTS = "contents"
WORDS = ("title", "subtitle", "country", "country_code", "as_of", "notice_short", "overview_title", "annex_title")
OVERVIEW: Mapping[str, Block] = {
    "fast_facts": overview.fast_facts,
    "summary": overview.summary,
    "scores": overview.scores,
    "chart_chapters": overview.chart_chapters,
    "red_flags": overview.red_flags,
    "top_shortfalls": overview.top_shortfalls,
    "recommendations": overview.recommendations,
    "assistance": overview.assistance,
}
ANNEX: Mapping[str, Block] = {
    "provisions": annex.provisions,
    "gaps": annex.gaps,
    "concordance": annex.concordance,
    "figures": annex.figures,
    "themes": annex.themes,
    "instruments": annex.instruments,
    "laws": annex.laws,
    "not_applicable": annex.not_applicable,
    "doubts": annex.doubts,
    "observations": annex.observations,
    "not_assessed": annex.not_assessed,
    "standards": annex.standards,
    "method": annex.method,
    "issues": annex.issues,
    "slip": annex.slip,
}
GROUPS: Mapping[str, Mapping[str, Block]] = {"overview": OVERVIEW, "annex": ANNEX}
BLOCKS: Mapping[str, Block] = {"notices": overview.notices, **OVERVIEW, **ANNEX}
EXPECTED = ("notice_short", "notices", *OVERVIEW, CONTENTS, *ANNEX)


def template_tags() -> Mapping[str, str]:
    """Every tag that a template may use, with the id of the label that says what it shows."""
    return {tag: f"docx.tags.{tag}" for tag in (*WORDS, CONTENTS, *GROUPS, *BLOCKS)}


def context_of(view: ReportView, titles: Mapping[str, str]) -> dict[str, str]:
    """What the tags stand for: words as text; a block as a mark of its place, filled in when the words are in."""
    from markupsafe import Markup

    words = {tag: clean(titles[tag] if tag in titles else str(getattr(view, tag))) for tag in WORDS}
    marks = {tag: Markup(f'<legcheck:block xmlns:legcheck="{_BLOCK}" name="{tag}"/>') for tag in (CONTENTS, *GROUPS, *BLOCKS)}  # noqa: S704
    return words | marks


def is_mark(element: Any) -> bool:
    """Whether an element marks the place of a block."""
    return bool(element.tag == f"{{{_BLOCK}}}block")
