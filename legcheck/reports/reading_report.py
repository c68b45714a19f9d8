"""The report of a reading of named texts as a document: what these texts contain, rules to look at, and where to look next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from legcheck.reports.document import (
    Block,
    Column,
    Cover,
    Document,
    Heading,
    Items,
    NewPage,
    Row,
    Run,
    cell,
    contents,
    document_of,
    in_english,
    led,
    muted,
    paragraph,
    strong,
    table,
    words,
)
from legcheck.reports.prose import law_by_key, named_by_title

if TYPE_CHECKING:
    from legcheck.labels import Labels
    from legcheck.reports.view import ContentsView, FoundElement, FoundGroup, FoundTable, ReadingView, ReportView

_CHAPTER_CM, _COUNT_CM = 6.5, 1.9
_KEY_CM, _NUMBER_CM, _WIDTH_CM = 1.8, 4.5, 17.0
_FOUND_CM = {"provision": 4.2, "there": 12.8}


def reading_report(view: ReportView, reading: ReadingView, labels: Labels) -> Document:
    """The report of a reading; it has no score, no priority and no recommendation."""
    return document_of(view, labels, view.title, _blocks(view, reading, labels), cover=_cover(view, labels))


def _cover(view: ReportView, labels: Labels) -> Cover:
    return Cover(
        emblem="",  # a reading of texts is no document of the State
        kind=labels("country_report.kind_texts"),
        title=view.title,
        subtitle=view.country,
        facts=tuple((row.label, row.text) for row in view.cover_facts),
        notices=view.notices,
    )


def _blocks(view: ReportView, reading: ReadingView, labels: Labels) -> Iterator[Block]:
    yield NewPage()
    yield contents(labels, levels=1)
    if view.laws:
        yield Heading(1, labels("reading.heading.texts"), inline=True)
        yield _texts(view, labels)
    yield Heading(1, labels("reading.heading.counts"), inline=True)
    yield from (paragraph(sentence) for sentence in reading.summary)
    for found in reading.tables:
        yield from [_counts(found, labels)] if found.chapters else ()
        yield from map(paragraph, found.nothing)
    yield Heading(1, labels("reading.heading.contents"), inline=True)
    yield paragraph(labels("reading.contents.intro"))
    if view.notes_in_other:
        yield paragraph(labels("report.other_language"))
    for chapter in reading.chapters:
        yield Heading(2, chapter.title, f"chapter_{chapter.id}")
        yield _contents(chapter, view, labels)
    if view.contrary:
        yield Heading(1, labels("reading.heading.contrary"), inline=True)
        yield paragraph(labels("reading.contrary"))
        yield _contrary(view, labels)
    if reading.further:
        yield Heading(1, labels("reading.heading.further"), inline=True)
        yield from (paragraph(sentence) for sentence in reading.further_lead)
        for chapter in reading.further:
            yield paragraph(
                strong(labels("common.labelled", label=chapter.title)), labels.join(one.title for one in chapter.further), "."
            )
    yield Heading(1, labels("reading.heading.method"), inline=True)
    yield from map(led, view.method_of_report)


def _texts(view: ReportView, labels: Labels) -> Block:
    """The texts that were read, with the keys by which they are cited if there are several."""
    widths = {"key": _KEY_CM} if len(view.laws) > 1 else {}
    widths |= {"text": _WIDTH_CM - _NUMBER_CM - sum(widths.values()), "number": _NUMBER_CM}
    shown = [Column(labels(f"reading.column.{name}"), width) for name, width in widths.items()]
    rows = (
        (
            *([cell(strong(law.key))] if "key" in widths else []),
            cell(law.title, muted(in_english(law, view))),
            cell(law.number, law.date),
        )
        for law in view.laws
    )
    return table(labels("reading.heading.texts"), shown, rows, shown=False)


def _counts(found: FoundTable, labels: Labels) -> Block:
    titles = (Column(title, _COUNT_CM, end=True) for title in found.columns.values())
    columns = (Column(labels("reading.column.chapter"), _CHAPTER_CM), *titles)
    rows = ((cell(one.title), *(cell(str(one.counts[name])) for name in found.columns)) for one in found.chapters)
    return table(found.title, columns, rows)


def _contents(chapter: ContentsView, view: ReportView, labels: Labels) -> Block:
    """The provisions of a chapter by how the texts deal with them, and what these have on each element."""
    columns = [Column(labels(f"reading.column.{name}"), width) for name, width in _FOUND_CM.items()]
    rows = (row for group in chapter.groups for row in _group(group, view.notes_in_other))
    return table(chapter.title, columns, rows, shown=False)


def _group(group: FoundGroup, language: str) -> Iterator[Row]:
    yield Row((cell(strong(group.title)),), band=True)
    for one in group.found:
        elements = (words(*_element(each, language)) for each in one.elements)
        yield Row((cell(strong(one.provision.title)), cell(*elements, muted(one.where))))


def _element(one: FoundElement, language: str) -> Iterator[Run]:
    """What the texts have on an element, where, and what those who read them remarked."""
    yield Run(one.tone.sign, tone=one.tone)
    yield Run(f" {one.text}")
    yield muted(f" {one.where}" if one.where else "")
    yield Run(f" – {one.remark}" if one.remark else "", language=language)


def _contrary(view: ReportView, labels: Labels) -> Items:
    """The rules that say the opposite, as those who read them noted, with the articles."""
    titles = {one.id: one.title for chapter in view.chapters for one in chapter.provisions}
    named = set[str]()
    items = []
    for one in view.contrary:
        if len(view.laws) > 1:
            articles = law_by_key(labels, one, named)
        else:
            articles = labels.join(citation.articles for citation in one.citations) or one.legal_basis
        noted = labels.as_written(named_by_title(one.note, titles, labels), view.notes_in_other) if one.note else ""
        note = Run(noted, language=view.notes_in_other)
        items.append(words(strong(f"{one.title}. "), note, muted(f" ({articles})" if articles else "")))
    return Items(tuple(items))
