"""A reading of named texts as reports show it, never a verdict: counts of what these texts contain, and where to look next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from legcheck.model import COUNTED, FoundAs, Role
from legcheck.reports.palette import ELEMENTS, FALLS_SHORT, LEFT, NOT_FOUND, OUTSIDE, SILENT, UNKNOWN, WORTHS, Tone, tone_of
from legcheck.reports.prose import named_by_title
from legcheck.reports.view import ContentsView, Found, FoundElement, FoundGroup, FoundTable, FoundView, ReadingView, Standing

if TYPE_CHECKING:
    from legcheck.labels import Labels
    from legcheck.model import Dimension, Provision, Result, Score
    from legcheck.reports.view import ChapterView, CitationView, ElementView, ProvisionView

_COUNTS = (*map(str, FoundAs), "withheld")
_ALWAYS = (FoundAs.FULL, FoundAs.PARTLY, FoundAs.NOT_FOUND)
_CONTAINED = (FoundAs.FULL, FoundAs.PARTLY, FoundAs.SILENT, FoundAs.SHORT, FoundAs.LEFT)
_TONES = {
    FoundAs.FULL: WORTHS[-1],
    FoundAs.PARTLY: WORTHS[len(WORTHS) // 2],
    FoundAs.SILENT: SILENT,
    FoundAs.SHORT: FALLS_SHORT,
    FoundAs.LEFT: LEFT,
    FoundAs.NOT_FOUND: NOT_FOUND,
    FoundAs.NOT_LOOKED_AT: UNKNOWN,
    FoundAs.NOT_APPLICABLE: OUTSIDE,
}
_MOST_NAMED = 3
"""The elements of which nothing was found are named if they are no more; else they are counted."""


def class_title(found: str, dimension: Dimension, labels: Labels) -> str:
    """The word for how named texts deal with a provision, the same wherever it is said."""
    return nothing_in(dimension, labels) if found == FoundAs.NOT_FOUND else labels(f"reading.column.{found}")


def class_shown(found: FoundAs, dimension: Dimension, labels: Labels) -> tuple[str, Tone]:
    """That word and its tone. What named texts do not contain may stand in other law, so none of these is a fault."""
    return class_title(found, dimension, labels), _TONES[found]


def rated(dimension: Dimension, provision: Provision, rating: str, labels: Labels) -> tuple[str, Tone]:
    """The words and the tone of a rating of a whole legal order."""
    return dimension.scale_of(provision).title(rating) or labels("report.not_assessed"), tone_of(
        dimension.level(provision, rating)
    )


def nothing_in(dimension: Dimension, labels: Labels) -> str:
    """The word for a provision of which nothing was found in named texts, or, for practice, nothing at all."""
    return labels("reading.nothing_found" if dimension.role is Role.PRACTICE else "reading.not_found")


def element_mark(scored: bool, met: bool | None, labels: Labels, told: str = "") -> tuple[str, Tone]:
    """The word and the tone for an element that the law has, lacks, or of which that is not known.

    In a reading it may be `told` apart: met because the texts are silent, or not met though a rule falls short of it or leaves it
    to another text.
    """
    if scored or met is None:
        return labels(f"report.element.{'unknown' if met is None else 'met' if met else 'missing'}"), ELEMENTS[met]
    if told:
        return labels(f"reading.element.{told}"), _TONES[FoundAs(told)]
    return (labels("reading.element.met"), ELEMENTS[True]) if met else (labels("reading.not_found"), NOT_FOUND)


def counted(id: str, title: str, score: Score, withheld: int = 0) -> FoundView:
    """The counts of a figure of a reading; so many of its answers are `withheld`."""
    counts = {name: getattr(score, name) for name in map(str, FoundAs)}
    return FoundView(id, title, counts | {"not_looked_at": score.not_looked_at - withheld, "withheld": withheld})


def reading_of(result: Result, labels: Labels, chapters: Sequence[ChapterView], not_assessed: Iterable[str]) -> ReadingView:
    """What the named texts of a result contain; `chapters` are those of its report."""
    law = result.checklist.dimension_of(Role.LAW) or result.checklist.dimensions[0]
    titles = {one.id: one.title for chapter in chapters for one in chapter.provisions}
    several = len(result.assessment.laws) > 1
    contents = tuple(_contents(result, law, one, _Told(labels, titles, several)) for one in chapters)
    further = tuple(one for one in contents if one.further)
    tables = tuple(_tables(result, chapters, labels))
    return ReadingView(
        summary=tuple(_summary(tables, not_assessed, labels)),
        tables=tables,
        chapters=tuple(one for one in contents if one.groups),
        further_lead=tuple(_further_lead(further, labels)) if further else (),
        further=further,
    )


def _summary(tables: Sequence[FoundTable], not_assessed: Iterable[str], labels: Labels) -> Iterator[str]:
    """The counts in sentences, and what they do not say."""
    for table in tables:
        counts = table.every.counts
        about = labels("reading.summary.dimension", dimension=table.title) if len(tables) > 1 else ""
        looked_at = sum(counts[one] for one in COUNTED)
        said = [labels("reading.summary.found", count=looked_at, full=counts["full"], partly=counts["partly"])]
        others = (name for name in _COUNTS if name not in ("full", "partly") and counts[name])
        said += [labels(f"reading.summary.{name}", count=counts[name]) for name in others]
        yield " ".join(part for part in (about, *said) if part)
    yield from (labels("report.dimension_not_assessed", dimension=title) for title in not_assessed)
    yield labels("reading.summary.no_verdict")


def reading_method(labels: Labels, *, whole: bool, by_silence: bool) -> Iterator[str]:
    """How the counts are made; the `whole` of it explains the standards too, which only the annex prints."""
    if by_silence:
        yield labels("reading.method.silence")
    yield labels("reading.method.counts")
    if whole:
        yield labels("report.method.standards", sign=labels("report.unverified_sign"))


def _tables(result: Result, chapters: Sequence[ChapterView], labels: Labels) -> Iterator[FoundTable]:
    for key in (key for key, scores in result.scores.items() if scores.assessed):
        dimension, scores = result.checklist.by_dimension[key], result.scores[key]
        withheld = {one.id: sum(each.withheld for each in one.provisions) for one in chapters}
        rows = [counted(f"{key}.{one.id}", one.title, scores.chapters[one.id], withheld[one.id]) for one in chapters]
        every = counted(f"{key}.total", labels("reading.every"), scores.total, sum(withheld.values()))
        yield found_table(dimension, every, rows, labels)


def found_table(dimension: Dimension, every: FoundView, rows: Sequence[FoundView], labels: Labels) -> FoundTable:
    """The counts of a reading in a dimension: a row for each chapter that has anything, and the others in a sentence."""
    shown = tuple(one for one in rows if one.something)
    said = {
        FoundAs.NOT_FOUND: [one for one in rows if not one.something and one.counts["not_found"]],
        FoundAs.NOT_LOOKED_AT: [one for one in rows if not one.something and not one.counts["not_found"]],
    }
    nothing = tuple(
        labels(f"reading.nothing.{key}", chapters=_with_counts(some, key, labels)) for key, some in said.items() if some
    )
    return FoundTable(dimension.title, found_columns(dimension, [every], labels), every, shown, nothing)


def _with_counts(rows: Iterable[FoundView], key: str, labels: Labels) -> str:
    return labels.join(labels("reading.nothing.chapter", title=one.title, number=one.counts[key]) for one in rows)


def found_columns(dimension: Dimension, shown: Sequence[FoundView], labels: Labels) -> Mapping[str, str]:
    """The counts to show, with their titles: most of them only if there is anything to count."""
    there = (name for name in _COUNTS if name in _ALWAYS or any(one.counts[name] for one in shown))
    return {name: class_title(name, dimension, labels) for name in there}


@dataclass(frozen=True)
class _Told:
    """How what was found is said in a reading: the titles of provisions by id, and whether `several` texts were read."""

    labels: Labels
    titles: Mapping[str, str]
    several: bool

    def provision(self, one: ProvisionView) -> Found:
        """A provision: what is said of it first, then what silence meets, then what is not met though an article is cited."""
        order = ("", "silent", "short", "left")
        told = [each for key in order for each in one.elements if each.told == key and (key or each.met)]
        elements = tuple(map(self.element, told))
        lacking = [each for each in one.elements if each.met is False and not each.told]
        return Found(
            one,
            "" if elements and all(each.where for each in elements) else self.whole(one),
            (*elements, *self.lacking(lacking, len(one.elements)), *self.limited(one)),
        )

    def limited(self, one: ProvisionView) -> Iterator[FoundElement]:
        """Why a provision is rated lower than its elements: all of them are there, but not for everyone."""
        said = any(not each.told for each in one.elements)
        if said and all(each.met for each in one.elements) and one.ratings[0].standing is Standing.PARTIAL:
            yield FoundElement(self.labels("reading.contents.limited"), "", self.remark(one.note), one.ratings[0].tone)

    def lacking(self, elements: Sequence[ElementView], every: int) -> Iterator[FoundElement]:
        """The elements the texts have nothing on, by name if they are few."""
        if 0 < len(elements) <= _MOST_NAMED:
            quoted = (self.labels("reading.contents.quoted", element=one.text) for one in elements)
            yield FoundElement(self.labels("reading.contents.missing", elements=self.labels.join(quoted)), "", "", NOT_FOUND)
        elif elements:
            yield FoundElement(self.labels("reading.contents.lacking", count=len(elements), all=every), "", "", NOT_FOUND)

    def element(self, one: ElementView) -> FoundElement:
        where = self.cited("read" if one.told == "silent" else "cited", self.articles(one.citations))
        text = self.labels(f"reading.contents.{one.told or 'said'}", element=one.text)
        return FoundElement(text, where, self.remark(one.remark), one.tone)

    def whole(self, one: ProvisionView) -> str:
        """The articles of a provision as a whole, as written where no law could be told."""
        return self.cited("cited", self.articles(one.citations) or one.legal_basis)

    def cited(self, key: str, articles: str) -> str:
        return self.labels(f"reading.contents.{key}", articles=articles) if articles else ""

    def articles(self, citations: Iterable[CitationView]) -> str:
        """The articles cited, each behind its law if there are several."""
        return self.labels.join(
            " ".join(filter(None, (one.law or one.title if self.several else "", one.articles))) for one in citations
        )

    def remark(self, text: str) -> str:
        return named_by_title(text, self.titles, self.labels)


def _contents(result: Result, law: Dimension, chapter: ChapterView, told: _Told) -> ContentsView:
    """The provisions of a chapter by how the texts deal with them."""
    by_class: dict[str, list[ProvisionView]] = {}
    for one in chapter.provisions:
        by_class.setdefault(result.found[law.key][one.id], []).append(one)
    labels = told.labels
    groups = tuple(
        FoundGroup(key, labels(f"reading.column.{key}"), tuple(map(told.provision, by_class[key])))
        for key in _CONTAINED
        if key in by_class
    )
    sentences = (labels("reading.contents.group", title=one.title, provisions=_named(one.found, labels)) for one in groups)
    further = tuple(by_class.get(FoundAs.NOT_FOUND, ()))
    return ContentsView(chapter.id, chapter.title, groups, further, tuple(sentences))


def _named(found: Iterable[Found], labels: Labels) -> str:
    provisions = (one.provision for one in found)
    return labels.join(labels("reading.contents.provision", title=one.title, id=one.id) for one in provisions)


def _further_lead(further: Sequence[ContentsView], labels: Labels) -> Iterator[str]:
    """Where to look next: the chapters of which nothing was found at all come first."""
    yield labels("reading.further.lead")
    nowhere = [one.title for one in further if not one.groups]
    if nowhere:
        yield labels("reading.further.nowhere", chapters=labels.join(nowhere))
