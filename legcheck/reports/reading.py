"""A reading of named texts as reports show it, never a verdict: counts of what these texts contain, and where to look next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from legcheck.model import Role
from legcheck.reports.palette import ELEMENTS, NOT_FOUND, Tone, tone_of
from legcheck.reports.view import ContentsView, FoundTable, FoundView, ReadingView

if TYPE_CHECKING:
    from legcheck.labels import Labels
    from legcheck.model import Dimension, Level, Provision, Result, Score
    from legcheck.reports.view import ChapterView, ProvisionView


def rated(scored: bool, dimension: Dimension, provision: Provision, rating: str, labels: Labels) -> tuple[str, Tone]:
    """The words and the tone of a rating. What named texts do not contain may stand in other law, so it is no fault."""
    level = dimension.level(provision, rating)
    if not scored and level is not None and _absent(level):
        return nothing_in(dimension, labels), NOT_FOUND
    title = level_title(scored, dimension, level, labels) if level else dimension.scale_of(provision).title(rating)
    return title or labels("report.not_assessed"), tone_of(level)


def nothing_in(dimension: Dimension, labels: Labels) -> str:
    """The word for a provision of which nothing was found in named texts, or, for practice, nothing at all."""
    return labels("reading.nothing_found" if dimension.role is Role.PRACTICE else "reading.not_found")


def element_mark(scored: bool, met: bool | None, labels: Labels) -> tuple[str, Tone]:
    """The word and the tone for an element that the law has, lacks, or of which that is not known."""
    if met is False and not scored:
        return labels("reading.not_found"), NOT_FOUND
    return labels(f"report.element.{'unknown' if met is None else 'met' if met else 'missing'}"), ELEMENTS[met]


def level_title(scored: bool, dimension: Dimension, level: Level, labels: Labels) -> str:
    """The title of a level of a scale; a reading says how much of a provision its texts contain, and passes no judgement."""
    if scored or level.outside:
        return level.title
    if _absent(level):
        return nothing_in(dimension, labels)
    found = "contrary" if level.contrary else "full" if level.full else "partly" if level.by_elements else ""
    return labels(f"reading.column.{found}") if found else level.title


def found(id: str, title: str, score: Score, labels: Labels, withheld: int = 0) -> FoundView:
    """The counts of a figure of a reading, of which so many answers are `withheld`."""
    return FoundView(
        id=id,
        title=title,
        full=score.full,
        partly=score.partly,
        not_found=score.not_found,
        contrary=score.contrary,
        not_looked_at=score.applicable - score.answered - withheld,
        not_applicable=score.not_applicable,
        display=labels.figure(score.display),
        withheld=withheld,
    )


def reading_of(result: Result, labels: Labels, chapters: Sequence[ChapterView], not_assessed: Iterable[str]) -> ReadingView:
    """What the named texts of a result contain; `chapters` are those of its report."""
    law = result.checklist.dimension_of(Role.LAW) or result.checklist.dimensions[0]
    contents = tuple(_contents(result, law, one, labels) for one in chapters)
    further = tuple(one for one in contents if one.not_found)
    tables = tuple(_tables(result, labels))
    return ReadingView(
        summary=tuple(_summary(tables, not_assessed, labels)),
        tables=tables,
        chapters=tuple(one for one in contents if one.full or one.partly),
        further_lead=tuple(_further_lead(contents, result.scores[law.key].chapters, labels)) if further else (),
        further=further,
    )


def _summary(tables: Sequence[FoundTable], not_assessed: Iterable[str], labels: Labels) -> Iterator[str]:
    """The counts in sentences, and what they do not say."""
    for table in tables:
        every = table.every
        looked_at = every.full + every.partly + every.not_found + every.contrary
        about = labels("reading.summary.dimension", dimension=table.title) if len(tables) > 1 else ""
        said = [labels("reading.summary.found", count=looked_at, full=every.full, partly=every.partly)]
        if every.not_found:
            said.append(labels("reading.summary.not_found", count=every.not_found))
        if every.contrary:
            said.append(labels("reading.summary.contrary", count=every.contrary))
        if every.not_looked_at:
            said.append(labels("reading.summary.not_looked_at", count=every.not_looked_at))
        if every.not_applicable:
            said.append(labels("reading.summary.not_applicable", count=every.not_applicable))
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


def _tables(result: Result, labels: Labels) -> Iterator[FoundTable]:
    for key, scores in result.scores.items():
        if scores.assessed:
            dimension = result.checklist.by_dimension[key]
            chapters = []
            for one in result.checklist.chapters:
                withheld = sum(result.withholds(each.id) for each in one.provisions)
                title = f"{one.id} {one.title}"
                chapters.append(found(f"{key}.{one.id}", title, scores.chapters[one.id], labels, withheld))
            every = found(f"{key}.total", labels("reading.every"), scores.total, labels)
            yield FoundTable(dimension.title, found_columns(dimension, [*chapters, every], labels), every, tuple(chapters))


def found_columns(dimension: Dimension, shown: Sequence[FoundView], labels: Labels) -> Mapping[str, str]:
    """The counts to show, with their titles: of contrary rules, and of what was left out of the count, only if there are any."""
    rare = (
        name for name in ("contrary", "not_looked_at", "not_applicable", "withheld") if any(getattr(one, name) for one in shown)
    )
    return {
        "full": labels("reading.column.full"),
        "partly": labels("reading.column.partly"),
        "not_found": nothing_in(dimension, labels),
        **{name: labels(f"reading.column.{name}") for name in rare},
    }


def _contents(result: Result, law: Dimension, chapter: ChapterView, labels: Labels) -> ContentsView:
    """The provisions of a chapter by how much of them was found."""
    levels = {
        one.id: law.level(result.checklist.provisions[one.id], result.ratings[law.key][one.id]) for one in chapter.provisions
    }

    def rated_as(is_so: Callable[[Level], bool]) -> tuple[ProvisionView, ...]:
        told = (one for one in chapter.provisions if not one.withheld)
        return tuple(one for one in told if (level := levels[one.id]) is not None and is_so(level))

    found = {
        "full": rated_as(lambda level: level.full),
        "partly": rated_as(lambda level: level.in_part and not level.contrary),
        "not_found": rated_as(_absent),
    }
    there = (key for key in ("full", "partly") if found[key])
    sentences = (labels(f"reading.contents.{key}", provisions=_named(found[key], labels)) for key in there)
    return ContentsView(chapter.id, chapter.title, **found, sentences=tuple(sentences))


def _named(provisions: Iterable[ProvisionView], labels: Labels) -> str:
    return labels.join(labels("reading.contents.provision", title=one.title, id=one.id) for one in provisions)


def _further_lead(contents: Sequence[ContentsView], counts: Mapping[str, Score], labels: Labels) -> Iterator[str]:
    """Where to look next: the chapters of which nothing was found at all come first."""
    yield labels("reading.further.lead")
    nowhere = [one.title for one in contents if one.not_found and not (counts[one.id].full or counts[one.id].partly)]
    if nowhere:
        yield labels("reading.further.nowhere", chapters=labels.join(nowhere))


def _absent(level: Level) -> bool:
    return level.nothing and not level.contrary
