"""The sections of the plan in their order, each with a place for the ministry's text and its measures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from legcheck.model import SectionContent
from legcheck.reports import docx_overview as overview
from legcheck.reports import plan_docx_parts as parts
from legcheck.reports import plan_docx_tables as tables
from legcheck.reports.docx_annex import laws
from legcheck.reports.plan_docx_parts import measure_block

if TYPE_CHECKING:
    from legcheck.reports.docx_parts import Xml
    from legcheck.reports.plan_docx_parts import PlanPage
    from legcheck.reports.plan_view import MeasureView, PlanSectionView

    Block = Callable[[PlanPage], Iterator[Xml]]

MANY = 6  # a section with more measures, from several chapters, has a heading for each chapter

# What a section can show before its measures, and after them.
BEFORE: Mapping[SectionContent, Sequence[Block]] = {
    SectionContent.SITUATION: (overview.fast_facts, overview.scores, overview.top_shortfalls, overview.red_flags, laws),
    SectionContent.SAFEGUARDS: (tables.safeguards,),
}
AFTER: Mapping[SectionContent, Sequence[Block]] = {
    SectionContent.MONITORING: (tables.monitoring,),
    SectionContent.BUDGET: (tables.budget, parts.funding),
}


def sections(page: PlanPage) -> Iterator[Xml]:
    """All sections, then what none of them shows."""
    for section in page.plan.sections:
        yield from _section(page, section)
    shown = {content for section in page.plan.sections for content in section.shows}
    for content, blocks in {**BEFORE, **AFTER}.items():
        if content not in shown:
            for block in blocks:
                yield from block(page)


def _section(page: PlanPage, section: PlanSectionView) -> Iterator[Xml]:
    write = page.write
    before, after = ([block for content in section.shows for block in blocks.get(content, ())] for blocks in (BEFORE, AFTER))
    yield write.heading(1, f"{section.number} {section.title}", f"section_{section.number}")
    if section.timing:
        yield write.paragraph(page.labelled(page.word("timing")) + section.timing, style="caption", keep=True)
    for text in section.paragraphs:
        yield write.paragraph(text)
    yield page.place(section.place_for_text)
    for block in before:
        yield from block(page)
    yield from _measures(page, section, named=bool(before))
    for block in after:
        yield from block(page)


def _measures(page: PlanPage, section: PlanSectionView, *, named: bool) -> Iterator[Xml]:
    """The measures under their headings; if there are none, the heading appears only if something else came before."""
    if not section.measures:
        if named:
            yield page.write.heading(2, page.word("measures"))
        yield page.write.paragraph(page.word("no_measures"))
        return
    for title, measures in _groups(page, section.measures):
        yield page.write.heading(2, title)
        for measure in measures:
            yield from measure_block(page, measure)


def _groups(page: PlanPage, measures: Sequence[MeasureView]) -> Iterator[tuple[str, list[MeasureView]]]:
    """The measures of a section under headings: by chapter of the first gap that each answers, if they are many."""
    chapters = {one.id: page.chapters.get(one.answers[0].provision) if one.answers else None for one in measures}
    several = len({chapter.id if chapter else "" for chapter in chapters.values()}) > 1
    if len(measures) <= MANY or not several:
        yield page.word("measures"), list(measures)
        return
    for chapter in (*page.view.chapters, None):
        held = [one for one in measures if chapters[one.id] is chapter]
        if held:
            yield chapter.title if chapter else page.word("measures"), held
