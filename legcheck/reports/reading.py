"""A reading of named texts as reports show it, never a verdict: counts of what these texts contain, and where to look next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from legcheck.model import Role
from legcheck.reports.palette import ELEMENTS, FALLS_SHORT, NOT_FOUND, SILENT, Tone, tone_of
from legcheck.reports.prose import named_by_title
from legcheck.reports.view import ContentsView, Found, FoundElement, FoundGroup, FoundTable, FoundView, ReadingView, Standing

if TYPE_CHECKING:
    from legcheck.labels import Labels
    from legcheck.model import Dimension, Level, Provision, Result, Score
    from legcheck.reports.view import ChapterView, CitationView, ElementView, ProvisionView

_COUNTS = ("full", "partly", "silent", "short", "not_found", "contrary", "not_looked_at", "not_applicable", "withheld")
TOLD_APART = ("silent", "short")
"""What a reading says of a provision in place of its rating."""

_CONTAINED = ("full", "partly", "silent", "short")
_FURTHER = ("silent", "not_found")
"""What is told of the contents of named texts, and what is to be looked for elsewhere, since it has no words in them."""


def found_as(level: Level, elements: Iterable[ElementView]) -> str:
    """How named texts deal with a provision of that rating, by the name of the count in which it is; empty if it does not apply.

    What only their silence meets is not contained in them, and what they have a rule on is not missing, though it falls short.
    """
    if level.outside:
        return ""
    if level.contrary:
        return "contrary"
    met = [one for one in elements if one.met]
    if level.nothing or (met and all(one.silent for one in met)):
        return "short" if any(one.short for one in elements) else "not_found" if level.nothing else "silent"
    return "full" if level.full else "partly"


def rated(
    scored: bool, dimension: Dimension, provision: Provision, rating: str, labels: Labels, found: str = ""
) -> tuple[str, Tone]:
    """The words and the tone of a rating. What named texts do not contain may stand in other law, so it is no fault.

    `found` says how they deal with the provision, where that is more than the rating says.
    """
    level = dimension.level(provision, rating)
    if found:
        return labels(f"reading.column.{found}"), FALLS_SHORT if found == "short" else tone_of(level)
    if not scored and level is not None and _absent(level):
        return nothing_in(dimension, labels), NOT_FOUND
    title = level_title(scored, dimension, level, labels) if level else dimension.scale_of(provision).title(rating)
    return title or labels("report.not_assessed"), tone_of(level)


def nothing_in(dimension: Dimension, labels: Labels) -> str:
    """The word for a provision of which nothing was found in named texts, or, for practice, nothing at all."""
    return labels("reading.nothing_found" if dimension.role is Role.PRACTICE else "reading.not_found")


def element_mark(
    scored: bool, met: bool | None, labels: Labels, *, silent: bool = False, short: bool = False
) -> tuple[str, Tone]:
    """The word and the tone for an element that the law has, lacks, or of which that is not known.

    In a reading, also for one met because the texts are `silent`, and for one of which a rule falls `short`.
    """
    if scored or met is None:
        return labels(f"report.element.{'unknown' if met is None else 'met' if met else 'missing'}"), ELEMENTS[met]
    if met:
        return (labels("reading.element.silent"), SILENT) if silent else (labels("reading.element.met"), ELEMENTS[True])
    return (labels("reading.element.short"), FALLS_SHORT) if short else (labels("reading.not_found"), NOT_FOUND)


def level_title(scored: bool, dimension: Dimension, level: Level, labels: Labels) -> str:
    """The title of a level of a scale; a reading says how much of a provision its texts contain, and passes no judgement."""
    if scored or level.outside:
        return level.title
    if _absent(level):
        return nothing_in(dimension, labels)
    found = "contrary" if level.contrary else "full" if level.full else "partly" if level.by_elements else ""
    return labels(f"reading.column.{found}") if found else level.title


def found(id: str, title: str, score: Score, labels: Labels) -> FoundView:
    """The counts of a figure of a reading as rated."""
    return FoundView(
        id=id,
        title=title,
        full=score.full,
        partly=score.partly,
        not_found=score.not_found,
        contrary=score.contrary,
        not_looked_at=score.applicable - score.answered,
        not_applicable=score.not_applicable,
        display=labels.figure(score.display),
    )


def told_apart(counts: FoundView, provisions: Sequence[ProvisionView], place: int) -> FoundView:
    """Counts of provisions by their rating at that `place`: silence alone, rules that fall short and what is withheld apart."""
    ratings = [rating for one in provisions for rating in one.ratings[place : place + 1] if rating.found_as]
    by_standing = Counter(one.standing for one in ratings)
    by_word = Counter(one.found_as for one in ratings)
    withheld = sum(one.withheld for one in provisions)
    return replace(
        counts,
        full=counts.full - by_standing[Standing.FULL],
        partly=counts.partly - by_standing[Standing.PARTIAL],
        not_found=counts.not_found - by_standing[Standing.NONE],
        silent=by_word["silent"],
        short=by_word["short"],
        not_looked_at=counts.not_looked_at - withheld,
        withheld=withheld,
    )


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
        every = table.every
        looked_at = every.full + every.partly + every.silent + every.short + every.not_found + every.contrary
        about = labels("reading.summary.dimension", dimension=table.title) if len(tables) > 1 else ""
        said = [labels("reading.summary.found", count=looked_at, full=every.full, partly=every.partly)]
        others = {
            "silent": every.silent,
            "short": every.short,
            "not_found": every.not_found,
            "contrary": every.contrary,
            "not_looked_at": every.not_looked_at,
            "not_applicable": every.not_applicable,
            "withheld": every.withheld,
        }
        said += [labels(f"reading.summary.{name}", count=count) for name, count in others.items() if count]
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
    for place, key in enumerate(key for key, scores in result.scores.items() if scores.assessed):
        dimension, scores = result.checklist.by_dimension[key], result.scores[key]
        rows = []
        for one in chapters:
            counts = found(f"{key}.{one.id}", f"{one.id} {one.title}", scores.chapters[one.id], labels)
            rows.append(told_apart(counts, one.provisions, place))
        provisions = [each for one in chapters for each in one.provisions]
        every = told_apart(found(f"{key}.total", labels("reading.every"), scores.total, labels), provisions, place)
        yield FoundTable(dimension.title, found_columns(dimension, [*rows, every], labels), every, tuple(rows))


def found_columns(dimension: Dimension, shown: Sequence[FoundView], labels: Labels) -> Mapping[str, str]:
    """The counts to show, with their titles: most of them only if there is anything to count."""
    always = ("full", "partly", "not_found")
    there = (name for name in _COUNTS if name in always or any(getattr(one, name) for one in shown))
    missing = nothing_in(dimension, labels)
    return {name: missing if name == "not_found" else labels(f"reading.column.{name}") for name in there}


@dataclass(frozen=True)
class _Told:
    """How what was found is said in a reading: the titles of provisions by id, and whether `several` texts were read."""

    labels: Labels
    titles: Mapping[str, str]
    several: bool

    def provision(self, one: ProvisionView) -> Found:
        """A provision with what is said of it first, then what only silence meets, then what falls short."""
        said = [each for each in one.elements if each.met and not each.silent]
        silent = [each for each in one.elements if each.met and each.silent]
        short = [each for each in one.elements if each.short]
        elements = tuple(map(self.element, (*said, *silent, *short)))
        lacking = [each for each in one.elements if each.met is False and not each.short]
        return Found(
            one,
            "" if elements and all(each.where for each in elements) else self.whole(one),
            (*elements, *self.lacking(len(lacking), len(one.elements)), *self.limited(one)),
        )

    def limited(self, one: ProvisionView) -> Iterator[FoundElement]:
        """Why a provision is rated lower than its elements: all of them are there, but not for everyone."""
        said = any(not each.silent for each in one.elements)
        if said and all(each.met for each in one.elements) and one.ratings[0].standing is Standing.PARTIAL:
            yield FoundElement(self.labels("reading.contents.limited"), "", self.remark(one.note), one.ratings[0].tone)

    def lacking(self, count: int, every: int) -> Iterator[FoundElement]:
        """How many elements the texts have nothing on, if any."""
        if count:
            yield FoundElement(self.labels("reading.contents.lacking", count=count, all=every), "", "", NOT_FOUND)

    def element(self, one: ElementView) -> FoundElement:
        key = "short" if one.short else "silent" if one.silent else "said"
        where = self.cited("read" if one.silent else "cited", self.articles(one.citations))
        return FoundElement(self.labels(f"reading.contents.{key}", element=one.text), where, self.remark(one.remark), one.tone)

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
    by_key: dict[str, list[ProvisionView]] = {}
    for one in chapter.provisions:
        level = law.level(result.checklist.provisions[one.id], result.ratings[law.key][one.id])
        if level is not None:
            by_key.setdefault(found_as(level, one.elements), []).append(one)
    labels = told.labels
    groups = tuple(
        FoundGroup(key, labels(f"reading.column.{key}"), tuple(map(told.provision, by_key[key])))
        for key in _CONTAINED
        if key in by_key
    )
    sentences = (labels("reading.contents.group", title=one.title, provisions=_named(one.found, labels)) for one in groups)
    further = tuple(one for one in chapter.provisions if any(one in by_key.get(key, ()) for key in _FURTHER))
    return ContentsView(chapter.id, chapter.title, groups, further, tuple(sentences))


def _named(found: Iterable[Found], labels: Labels) -> str:
    provisions = (one.provision for one in found)
    return labels.join(labels("reading.contents.provision", title=one.title, id=one.id) for one in provisions)


def _further_lead(further: Sequence[ContentsView], labels: Labels) -> Iterator[str]:
    """Where to look next: the chapters of which nothing was found at all come first."""
    yield labels("reading.further.lead")
    nowhere = [one.title for one in further if all(group.key == "silent" for group in one.groups)]
    if nowhere:
        yield labels("reading.further.nowhere", chapters=labels.join(nowhere))


def _absent(level: Level) -> bool:
    return level.nothing and not level.contrary
