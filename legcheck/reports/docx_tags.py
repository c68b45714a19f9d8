"""The tags that a Word template may hold, and what each stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from legcheck.reports import docx_annex as annex
from legcheck.reports import docx_overview as overview
from legcheck.reports.docx_parts import clean

if TYPE_CHECKING:
    from legcheck.reports.docx_parts import Xml
    from legcheck.reports.view import ReportView

    Block = Callable[[Any], Iterator[Xml]]

_BLOCK = "urn:legcheck:block"
CONTENTS = "contents"


@dataclass(frozen=True)
class TagSet:
    """The tags of one kind of document: words, blocks, and groups of blocks.

    `template` is the shipped file, `labels` the prefix of the labels that say what each tag shows, `expected` the tags of a whole
    document.
    """

    template: str
    labels: str
    words: tuple[str, ...]
    blocks: Mapping[str, Block]
    groups: Mapping[str, Mapping[str, Block]]
    expected: tuple[str, ...]

    @property
    def titles(self) -> Mapping[str, str]:
        """Every tag that a template may use, with the id of the label that says what it shows."""
        return {tag: f"{self.labels}.{tag}" for tag in (*self.words, *self.places)}

    @property
    def places(self) -> tuple[str, ...]:
        """The tags that stand for blocks."""
        return CONTENTS, *self.groups, *self.blocks

    def context(self, words: Mapping[str, str]) -> dict[str, str]:
        """What the tags stand for: words as text; a block as a mark of its place, replaced once the words are in."""
        from markupsafe import Markup

        marks = {tag: Markup(f'<legcheck:block xmlns:legcheck="{_BLOCK}" name="{tag}"/>') for tag in self.places}  # noqa: S704
        return {tag: clean(words[tag]) for tag in self.words} | marks

    def block(self, name: str) -> tuple[Block, ...]:
        """The blocks that a tag stands for."""
        return tuple(self.groups[name].values()) if name in self.groups else (self.blocks[name],)

    def lacking(self, used: set[str]) -> Iterator[str]:
        """The expected tags that a template leaves out."""
        covered = used.union(*(self.groups[group] for group in self.groups if group in used))
        return (tag for tag in self.expected if tag not in covered)


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
REPORT = TagSet("gap-report.docx", "docx.tags", WORDS, BLOCKS, GROUPS, EXPECTED)


def template_tags() -> Mapping[str, str]:
    """Every tag that a template of the gap report may use, with the id of the label that says what it shows."""
    return REPORT.titles


def words_of(view: ReportView, titles: Mapping[str, str]) -> dict[str, str]:
    """The texts that the word tags of a gap report stand for."""
    return {tag: titles[tag] if tag in titles else str(getattr(view, tag)) for tag in WORDS}


def is_mark(element: Any) -> bool:
    """Whether an element marks the place of a block."""
    return bool(element.tag == f"{{{_BLOCK}}}block")
