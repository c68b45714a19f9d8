"""The tags that a Word template of the plan may hold, and what each stands for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from legcheck.reports import docx_overview as overview
from legcheck.reports import plan_docx_parts as parts
from legcheck.reports import plan_docx_sections as sections
from legcheck.reports import plan_docx_tables as tables
from legcheck.reports.docx_annex import laws
from legcheck.reports.docx_tags import CONTENTS, TagSet

if TYPE_CHECKING:
    from legcheck.labels import Labels
    from legcheck.reports.docx_tags import Block
    from legcheck.reports.plan_view import PlanView

_TITLES = ("principles", "summary", "steps", "annex")
_WORDS = ("title", "subtitle", "country", "country_code", "as_of", "notice_short", *(f"{title}_title" for title in _TITLES))
STEPS: Mapping[str, Block] = {
    "by_section": tables.by_section,
    "time_chart": tables.time_chart,
    "assistance": parts.assistance,
    "consultation": parts.consultation,
}
ANNEX: Mapping[str, Block] = {
    "clauses": parts.clauses,
    "assess_first": parts.assess_first,
    "unanswered": parts.unanswered,
    "closed": parts.closed,
    "method": parts.method,
    "slip": parts.slip,
}
_WITHIN: Mapping[str, Block] = {
    "fast_facts": overview.fast_facts,
    "scores": overview.scores,
    "top_shortfalls": overview.top_shortfalls,
    "red_flags": overview.red_flags,
    "laws": laws,
    "safeguards": tables.safeguards,
    "monitoring": tables.monitoring,
    "budget": tables.budget,
    "funding": parts.funding,
}
"""Blocks that the sections hold, and that a template may also place on their own."""
_FRONT: Mapping[str, Block] = {
    "notices": parts.notices,
    "principles": parts.principles,
    "summary": parts.summary,
    "sections": sections.sections,
}
_EXPECTED = ("notice_short", CONTENTS, *_FRONT, *STEPS, *ANNEX)
_BLOCKS = {**_FRONT, **_WITHIN, **STEPS, **ANNEX}
PLAN = TagSet("plan.docx", "plan_docx.tags", _WORDS, _BLOCKS, {"steps": STEPS, "annex": ANNEX}, _EXPECTED)


def words_of(view: PlanView, labels: Labels) -> dict[str, str]:
    """The texts that the word tags of a plan stand for."""
    report = {"country": view.report.country, "country_code": view.report.country_code, "as_of": view.report.as_of}
    titles = {f"{title}_title": labels(f"plan_docx.sections.{title}") for title in _TITLES}
    return {"title": view.title, "subtitle": view.subtitle, "notice_short": view.notice_short, **report, **titles}
