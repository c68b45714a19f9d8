"""The report of a reading of named texts as a document: what these texts contain, rules to look at, and where to look next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from legcheck.reports.document import (
    Block,
    Column,
    Contents,
    Cover,
    Document,
    Heading,
    Items,
    Look,
    Words,
    cell,
    document_of,
    muted,
    paragraph,
    strong,
    table,
    words,
)

if TYPE_CHECKING:
    from legcheck.labels import Labels
    from legcheck.reports.view import ContentsView, FoundTable, ProvisionView, ReadingView, ReportView

_CHAPTER_CM, _COUNT_CM = 7.5, 2.4


def reading_report(view: ReportView, reading: ReadingView, labels: Labels) -> Document:
    """The report of a reading; it has no score, no priority and no recommendation."""
    return document_of(view, labels, view.title, _blocks(view, reading, labels), cover=_cover(view, labels))


def _cover(view: ReportView, labels: Labels) -> Cover:
    return Cover(
        emblem=labels("country_report.emblem"),
        kind=labels("country_report.kind_texts"),
        title=view.title,
        subtitle=view.country,
        facts=tuple((row.label, row.text) for row in view.cover_facts),
        notices=view.notices,
    )


def _blocks(view: ReportView, reading: ReadingView, labels: Labels) -> Iterator[Block]:
    yield Contents(labels("country_report.contents"), levels=2)
    yield Heading(1, labels("reading.heading.counts"))
    yield from (paragraph(sentence) for sentence in view.summary)
    yield from (_counts(found, labels) for found in reading.tables)
    yield Heading(1, labels("reading.heading.contents"))
    for chapter in reading.chapters:
        yield Heading(2, chapter.title, f"chapter_{chapter.id}")
        yield from _contents(chapter, labels)
    if view.contrary:
        yield Heading(1, labels("reading.heading.contrary"))
        yield paragraph(labels("reading.contrary"))
        yield Items(tuple(words(strong(f"{one.title}. "), one.note, muted(f" ({one.legal_basis})")) for one in view.contrary))
    if reading.further:
        yield Heading(1, labels("reading.heading.further"))
        yield from (paragraph(sentence) for sentence in reading.further_lead)
        for chapter in reading.further:
            yield paragraph(strong(f"{chapter.title}: "), "; ".join(one.title for one in chapter.not_found), ".")
    yield Heading(1, labels("country_report.method.title"))
    yield from (paragraph(sentence) for sentence in view.method)


def _counts(found: FoundTable, labels: Labels) -> Block:
    titles = (Column(title, _COUNT_CM, end=True) for title in found.columns.values())
    columns = (Column(labels("reading.column.chapter"), _CHAPTER_CM), *titles)
    rows = ((cell(one.title), *(cell(str(getattr(one, name))) for name in found.columns)) for one in found.chapters)
    return table(found.title, columns, rows)


def _contents(chapter: ContentsView, labels: Labels) -> Iterator[Block]:
    """The provisions of a chapter found in full, and those found in part with the elements that are there."""
    if chapter.full:
        yield paragraph(labels("reading.column.full"), look=Look.LABEL)
        yield Items(tuple(_provision(one, ()) for one in chapter.full))
    if chapter.partly:
        yield paragraph(labels("reading.column.partly"), look=Look.LABEL)
        yield Items(tuple(_provision(one, [each.text for each in one.elements if each.met]) for one in chapter.partly))


def _provision(one: ProvisionView, there: Sequence[str]) -> Words:
    basis = muted(f" ({one.legal_basis})") if one.legal_basis else ""
    return words(strong(one.title), ": " if there else "", "; ".join(there), basis)
