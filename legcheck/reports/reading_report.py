"""The report of a reading of named texts as a document: what these texts contain, rules to look at, and where to look next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from legcheck.reports.document import (
    Block,
    Column,
    Cover,
    Document,
    Heading,
    Items,
    Look,
    NewPage,
    Run,
    Words,
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
from legcheck.reports.prose import by_law, law_by_key

if TYPE_CHECKING:
    from legcheck.labels import Labels
    from legcheck.reports.view import ContentsView, ElementView, FoundTable, ProvisionView, ReadingView, ReportView

_CHAPTER_CM, _COUNT_CM = 7.5, 2.4
_KEY_CM, _NUMBER_CM, _WIDTH_CM = 1.8, 4.5, 17.0


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
    titles = [chapter.title for chapter in view.chapters]
    yield from (_counts(found, titles, labels) for found in reading.tables)
    yield Heading(1, labels("reading.heading.contents"), inline=True)
    yield paragraph(labels("reading.contents.intro"))
    keys = len(view.laws) > 1
    for chapter in reading.chapters:
        yield Heading(2, chapter.title, f"chapter_{chapter.id}")
        yield from _contents(chapter, labels, set() if keys else None)
    if view.contrary:
        yield Heading(1, labels("reading.heading.contrary"), inline=True)
        yield paragraph(labels("reading.contrary"))
        named = set[str]() if keys else None
        yield Items(tuple(words(strong(f"{one.title}. "), one.note, _basis(one, labels, named)) for one in view.contrary))
    if reading.further:
        yield Heading(1, labels("reading.heading.further"), inline=True)
        yield from (paragraph(sentence) for sentence in reading.further_lead)
        for chapter in reading.further:
            yield paragraph(
                strong(labels("common.labelled", label=chapter.title)), labels.join(one.title for one in chapter.not_found), "."
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


def _counts(found: FoundTable, chapters: Sequence[str], labels: Labels) -> Block:
    titles = (Column(title, _COUNT_CM, end=True) for title in found.columns.values())
    columns = (Column(labels("reading.column.chapter"), _CHAPTER_CM), *titles)
    rows = (
        (cell(title), *(cell(str(getattr(one, name))) for name in found.columns))
        for title, one in zip(chapters, found.chapters, strict=True)
    )
    return table(found.title, columns, rows)


def _contents(chapter: ContentsView, labels: Labels, named: set[str] | None) -> Iterator[Block]:
    """The provisions of a chapter found in full, and those found in part with the elements that are there: said, then by silence.

    Laws `named` are called by their key; where there is but one, none is called at all.
    """
    if chapter.full:
        yield paragraph(labels("reading.column.full"), look=Look.LABEL)
        yield Items(tuple(_provision(one, (), labels, named) for one in chapter.full))
    for key, found in (("partly", chapter.said), ("silent", chapter.silent)):
        if found:
            yield paragraph(labels(f"reading.column.{key}"), look=Look.LABEL)
            yield Items(tuple(_provision(one, there, labels, named) for one, there in found))


def _provision(one: ProvisionView, there: Sequence[ElementView], labels: Labels, named: set[str] | None) -> Words:
    """A provision with the elements that are there, and the articles of these, or its own where they have none."""
    title = labels("common.labelled", label=one.title) if there else one.title
    cited = by_law(citation for each in there for citation in each.citations)
    basis = _basis(replace(one, citations=cited or one.citations), labels, named)
    return words(strong(title), labels.join(each.text for each in there), basis)


def _basis(one: ProvisionView, labels: Labels, named: set[str] | None) -> Run:
    """The articles, each behind its law if there are several: by title and key where it is not `named` yet, then by its key."""
    if named is None:
        articles = labels.join(citation.articles for citation in one.citations) or one.legal_basis
    else:
        articles = law_by_key(labels, one, named)
    return muted(f" ({articles})" if articles else "")
