"""The country report as a document: a page for the minister, context, findings by chapter, priorities, next steps, method."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import groupby
from textwrap import wrap
from typing import TYPE_CHECKING

from legcheck.reports import prose
from legcheck.reports.charts import chapters_chart
from legcheck.reports.document import (
    NIL,
    Block,
    Cell,
    Column,
    Cover,
    Document,
    Heading,
    Items,
    Look,
    NewPage,
    Paragraph,
    Place,
    Run,
    Words,
    cell,
    contents,
    document_of,
    in_english,
    led,
    muted,
    paragraph,
    steps_to_fill,
    strong,
    table,
    tagged,
    words,
)
from legcheck.reports.view import Standing

if TYPE_CHECKING:
    from legcheck.labels import Labels
    from legcheck.reports.prose import Brief, Finding, Recommendation, Sentence
    from legcheck.reports.view import ChapterView, DimensionView, GapView, ProvisionView, ReportView

# What fits on the minister's page and on a page for a chapter.
LINES_ON_A_PAGE = 45
LETTERS_OF_A_LINE = 104
_LINES_OF_NOTICES = 3  # for which the page of its own has room
LETTERS_OF_A_CHAPTER = 3600
FINDINGS_OF_A_CHAPTER = 3
RECOMMENDATIONS_OF_A_CHAPTER = 4
_LETTERS_OF_A_ROW = 100
_BRIEF_NOTE, _LONG_NOTE = 150, 400  # characters
_MOST_INSTRUMENTS = 2
_RATING_CM = 4.1
_ALWAYS_COUNTED = (Standing.FULL, Standing.PARTIAL, Standing.NONE, Standing.CONTRARY, Standing.UNKNOWN)
_WITHHELD = "withheld"
_COUNTED_IF_ANY = (Standing.OUTSIDE.value, _WITHHELD)


def country_report(view: ReportView, labels: Labels, recommended: Sequence[Recommendation]) -> Document:
    """The report of a national assessment; `recommended` are the measures of its draft plan, in order."""
    maker = CountryReport(view, labels, recommended)
    return document_of(view, labels, view.title, maker.blocks(), cover=maker.cover())


def minister_page(view: ReportView, labels: Labels, recommended: Sequence[Recommendation]) -> Document:
    """The page for the minister as a document of its own."""
    maker = CountryReport(view, labels, recommended)
    notices = paragraph(" ".join(view.notices), look=Look.NOTICE)
    title = labels("country_report.brief.document", country=view.country, subject=view.subject)
    return document_of(view, labels, title, (*maker.brief_blocks(), notices))


class CountryReport:
    """The parts of a country report as blocks, for documents and for the web page."""

    def __init__(self, view: ReportView, labels: Labels, recommended: Sequence[Recommendation]) -> None:
        self.view = view
        self.labels = labels
        self.recommended = recommended
        self.provisions = {one.id: one for chapter in view.chapters for one in chapter.provisions}
        self.urgent = prose.urgent(view, labels, recommended)
        self.chapter_titles = {chapter.id: chapter.title for chapter in view.chapters}

    def word(self, key: str, **facts: object) -> str:
        return self.labels(f"country_report.{key}", **facts)

    def cover(self) -> Cover:
        state = self.labels("report.short.public") if self.view.public else self.word("draft")
        return Cover(
            emblem=self.word("emblem"),
            kind=f"{self.word('kind')} · {state}",
            title=self.view.country,
            subtitle=self.view.checklist_title,
            facts=tuple((row.label, row.text) for row in self.view.cover_facts),
            notices=self.view.notices,
        )

    def blocks(self) -> Iterator[Block]:
        yield Heading(1, self.word("foreword.title"))
        yield Place(self.word("foreword.place"))
        yield contents(self.labels)
        yield from self.brief()
        yield from self.context()
        yield from self.chapters()
        yield from self.priorities()
        yield from self.said()
        yield from self.steps()
        yield from self.method()

    # The page for the minister

    def brief(self) -> Iterator[Block]:
        yield Heading(1, self.word("brief.title"))
        yield from self.brief_blocks()

    def brief_blocks(self) -> Iterator[Block]:
        made = self.page_for_the_minister
        for key, sentences in (("situation", made.situation), ("stands", made.stands)):
            if sentences:
                yield Heading(2, self.word(f"brief.{key}"))
                yield paragraph(_together(sentences), look=Look.DENSE)
        if made.urgent:
            yield Heading(2, self.word("brief.urgent"))
            if about := self.about_urgent(made):
                yield paragraph(about, look=Look.DENSE)
            yield Items(tuple(map(self.in_brief, made.urgent)), numbered=True, dense=True)
            yield Heading(2, self.word("brief.asked"))
        for term, asked in groupby(made.asked, key=lambda one: one.term):
            if term:
                yield paragraph(strong(term), look=Look.DENSE)
            yield Items(tuple(self.asked_in_brief(one, made) for one in asked), dense=True)

    @cached_property
    def page_for_the_minister(self) -> Brief:
        """The brief, which tells of as many urgent gaps what was found as a page holds.

        It is the same in every format: in the report, where the page has a heading, and by itself, where the notices stand below.
        """
        notices = sum(len(wrap(one, LETTERS_OF_A_LINE)) for one in self.view.notices)
        room = LINES_ON_A_PAGE - max(notices - _LINES_OF_NOTICES, 0)
        briefs = [self.brief_of(told) for told in range(len(self.urgent), -1, -1)]
        return next((one for one in briefs if self.lines(one) <= room), briefs[-1])

    def brief_of(self, told: int) -> Brief:
        """The brief with what was found on so many urgent gaps."""
        return prose.brief(self.view, self.labels, self.recommended, told=told)

    def lines(self, one: Brief) -> int:
        """How many lines a brief prints, but for its headings."""
        urgent = map(self.in_brief, one.urgent)
        asked = (self.asked_in_brief(each, one) for each in one.asked)
        told = map(words, filter(None, (_together(one.situation), _together(one.stands), self.about_urgent(one))))
        texts = ("".join(run.text for run in each) for each in (*urgent, *asked, *told))
        return sum(len(wrap(each, LETTERS_OF_A_LINE)) for each in texts) + len({each.term for each in one.asked})

    def about_urgent(self, one: Brief) -> str:
        """How many of the urgent findings are contrary rules, and on which of them, by their numbers, the State has commented."""
        contrary = sum(each.contrary for each in one.urgent)
        on = [str(number) for number, each in enumerate(one.urgent, 1) if self.provisions[each.provision].commented]
        rules = self.word("brief.contrary", count=contrary) if contrary else ""
        return " ".join(filter(None, (rules, self.word("brief.commented", numbers=self.labels.listed(on)) if on else "")))

    def in_brief(self, one: Finding) -> Words:
        """A finding in the list of what is urgent. Of contrary rules, which stand first there, it is said once that they are."""
        if not one.contrary:
            return self.finding(one, _BRIEF_NOTE, commented=False)
        basis = prose.law_at_issue(self.labels, self.provisions[one.provision])
        where = f" ({basis})" if basis else ""
        if one.gap.stake and not one.quoted:
            return words(strong(one.title), self.labels("common.labelled", label=where), one.gap.stake, ".")
        told = _spaced(_together(one.sentences[1:]), self.quotation(one, _BRIEF_NOTE), one.harm)
        return words(strong(one.title), f"{where}.", *told)

    def asked_in_brief(self, one: Recommendation, of: Brief) -> Words:
        """Who is asked to do what, and which of the urgent gaps that answers, by their numbers."""
        answered = (str(number) for number, each in enumerate(of.urgent, 1) if each.provision in one.provisions)
        answers = self.labels("prose.asked.answers", numbers=self.labels.listed(tuple(answered)))
        details = self.labels.join(part for part in (answers, one.status) if part)
        return words(self.by(one), one.text.rstrip("."), muted(f" ({details})"), ".")

    def finding(self, one: Finding, limit: int, *, harm: bool = True, commented: bool = True) -> Words:
        """A finding under its title: what kind of gap it is, the words of those who answered, and whom it harms."""
        ours = _together(one.sentences[:1] if one.quoted else one.sentences)
        heard = self.provisions[one.provision].commented if commented else ""
        return words(strong(f"{one.title}."), *_spaced(ours, self.quotation(one, limit), one.harm if harm else "", heard))

    def quotation(self, one: Finding, limit: int) -> Run | str:
        """The opening of what those who answered wrote, marked if it is in another language than the report."""
        if not one.quoted:
            return ""
        text = self.word("quoted", text=self.named(prose.opening(one.quoted, limit)))
        return Run(self.labels.as_written(text, one.language), language=one.language)

    def named(self, text: str) -> str:
        """What somebody wrote, with the title of a provision where it names its id; as it is, if it is in another language."""
        return text if self.view.notes_in_other else prose.named_by_title(text, self.titles, self.labels)

    @cached_property
    def titles(self) -> dict[str, str]:
        """The title of every provision, by its id."""
        return {id: one.title for id, one in self.provisions.items()}

    def recommendation(self, one: Recommendation, *, missing: bool = False) -> Words:
        """Who is asked to do what, which articles are to be amended, and when; where there is room also what is `missing`."""
        where = self.labels("prose.asked.where", basis=one.basis) if one.basis else ""
        term = (one.term[:1].lower() + one.term[1:]).replace(" ", "\u00a0")  # within a sentence, on one line
        details = self.labels.join(part for part in (where, term, one.status) if part)
        still = f" {one.missing}" if missing and one.missing else ""
        return words(self.by(one), one.text.rstrip("."), muted(f" ({details})") if details else "", f".{still}")

    def by(self, one: Recommendation) -> Run | str:
        return strong(self.labels("prose.asked.by", lead=one.lead) + " ") if one.lead else ""

    # Context

    def context(self) -> Iterator[Block]:
        yield Heading(1, self.word("context.title"))
        for key in ("country", "situation", "consulted", "period"):
            yield Heading(2, self.word(f"context.{key}", subject=self.view.subject))
            yield from self.heard() if key == "consulted" and self.view.heard else (Place(self.word(f"context.{key}_place")),)
        if self.view.laws:
            yield Heading(2, self.word("context.laws"))
            yield paragraph(self.word("context.laws_intro", count=len(self.view.laws), date=self.view.as_of))
            columns = (self.column("law", 8.0), self.column("number", 5.8), self.column("status", 3.2))
            rows = (
                (
                    cell(law.title, muted(in_english(law, self.view))),
                    cell(", ".join(part for part in (law.number, law.date) if part)),
                    cell(law.status),
                )
                for law in self.view.laws
            )
            yield table(self.word("context.laws"), columns, rows, shown=False)

    def heard(self) -> Iterator[Block]:
        """Who was heard, as those who answered put it."""
        yield paragraph(self.word("context.consulted_intro"))
        language = self.view.notes_in_other
        how = {one: f" ({one.text})" if one.text else "" for one in self.view.heard}
        yield Items(tuple(words(Run(one.label, strong=True, language=language), Run(how[one], language=language)) for one in how))

    # The picture by chapter

    def glance(self) -> Iterator[Block]:
        if not self.view.dimensions:
            return
        yield Heading(2, self.word("glance.title"))
        yield paragraph(self.word("glance.intro"))
        yield from chapters_chart(self.view, self.labels)
        yield NewPage()
        yield from map(self.counts, self.view.dimensions)

    def counts(self, dimension: DimensionView) -> Block:
        """How many provisions stand how, chapter by chapter."""
        counts = [(chapter.title, _counts(chapter, dimension.key)) for chapter in self.view.chapters]
        shown = (*_ALWAYS_COUNTED, *(key for key in _COUNTED_IF_ANY if any(held[key] for _, held in counts)))
        columns = (self.column("chapter", 7.5), *(self.column(key, 1.6, end=True) for key in shown))
        rows = ((cell(title), *(cell(str(held[key])) if held[key] else NIL for key in shown)) for title, held in counts)
        return replace(table(self.word("glance.table", dimension=dimension.title), columns, rows), dense=True)

    # Findings by chapter

    def chapters(self) -> Iterator[Block]:
        yield Heading(1, self.word("chapters.title"))
        quoting = any(one.quoted for found in self.found.values() for one in found)
        yield paragraph(" ".join(self.word(f"chapters.{key}") for key in ("intro", *(("quotes",) if quoting else ()))))
        yield from self.glance()
        yield NewPage()
        for chapter in self.view.chapters:
            yield Heading(2, chapter.title, f"chapter_{chapter.id}")
            yield from self.chapter(chapter)

    def chapter(self, chapter: ChapterView) -> Iterator[Block]:
        """A chapter on about a page."""
        yield from (Paragraph(one) for one in self.texts(chapter))
        yield self.ratings(chapter)
        yield from self.recommendations(chapter)

    def texts(self, chapter: ChapterView) -> Iterator[Words]:
        """How the provisions of a chapter stand, and what was found on the most urgent."""
        if sentences := tuple(prose.of_chapter(chapter, self.view, self.labels)):
            yield words(_together(sentences))
        told = prose.at_stake(chapter, self.view)
        for one in self.found[chapter.id]:
            yield self.finding(one, _LONG_NOTE, harm=one.gap is not told and (one.contrary or not one.quoted))

    @cached_property
    def found(self) -> dict[str, tuple[Finding, ...]]:
        """What was found on the most urgent gaps of every chapter."""
        return {one.id: prose.findings(one, self.view, self.labels, most=FINDINGS_OF_A_CHAPTER) for one in self.view.chapters}

    def letters_of_chapter(self, chapter: ChapterView, asked: Sequence[Recommendation]) -> int:
        """How much text a chapter prints with these recommendations, a row of its table counted as so many letters."""
        texts = (*self.texts(chapter), *(self.recommendation(one, missing=True) for one in asked))
        return sum(len(run.text) for text in texts for run in text) + _LETTERS_OF_A_ROW * len(chapter.provisions)

    def ratings(self, chapter: ChapterView) -> Block:
        dimensions = self.view.dimensions
        widths = max(17.0 - _RATING_CM * len(dimensions), 5.0)
        columns = (self.column("provision", widths), *(Column(one.title, _RATING_CM) for one in dimensions))
        rows = ((cell(strong(one.title) if one.core else one.title), *self.rated(one)) for one in chapter.provisions)
        return replace(table(self.word("chapters.table"), columns, rows), dense=True)

    def rated(self, provision: ProvisionView) -> Iterator[Cell]:
        for rating in provision.ratings:
            yield cell(words(tagged(rating.title, rating.tone)))

    def recommendations(self, chapter: ChapterView) -> Iterator[Block]:
        shown, left = self.asked[chapter.id]
        if not shown:
            return
        told = {one.provision for one in self.found[chapter.id] if not one.quoted}
        yield paragraph(self.word("chapters.recommendations"), look=Look.LABEL)
        yield Items(tuple(self.recommendation(one, missing=not told >= {*one.provisions}) for one in shown))
        if left and not self.view.public:
            yield paragraph(self.labels.opening("country_report.chapters.others", count=len(left)), look=Look.SMALL)

    @cached_property
    def asked(self) -> dict[str, tuple[list[Recommendation], list[Recommendation]]]:
        """The recommendations of every chapter, and those beyond them: first one for each of its findings, the most urgent first.

        What answers no finding stands in one chapter only.
        """
        first = {id: list(dict.fromkeys(self.answering(one.gap)[0] for one in told)) for id, told in self.found.items()}
        given = {one for each in first.values() for one in each}
        found = {}
        for chapter in self.view.chapters:
            ours = [*first[chapter.id], *(one for one in self.of_chapter(chapter) if one not in given)]
            shown = ours[:RECOMMENDATIONS_OF_A_CHAPTER]
            if len(shown) > len(first[chapter.id]) and self.letters_of_chapter(chapter, shown) > LETTERS_OF_A_CHAPTER:
                shown = shown[:-1]
            given.update(shown)
            found[chapter.id] = (shown, ours[len(shown) :])
        return found

    def of_chapter(self, chapter: ChapterView) -> list[Recommendation]:
        """All that is recommended on a chapter, in the order of the gaps that it answers there."""
        return list(dict.fromkeys(one for gap in self.view.gaps if gap.chapter == chapter.id for one in self.answering(gap)))

    # Priorities, and what those who answered said

    def priorities(self) -> Iterator[Block]:
        if not self.urgent:
            return
        yield Heading(1, self.word("priorities.title"), inline=True)
        yield paragraph(self.labels.opening("country_report.priorities.intro", count=len(self.urgent)))
        columns = (self.column("provision", 3.6), self.column("finding", 8.4), self.column("asked", 5.0))
        rows = []
        for gap in self.urgent:
            one = prose.priority(self.view, self.provisions[gap.provision], gap, self.labels)
            quotation = self.quotation(one, _BRIEF_NOTE) if one.contrary else ""
            commented = self.provisions[gap.provision].commented
            rows.append(
                (
                    cell(strong(gap.title), muted(self.chapter_titles[gap.chapter])),
                    cell(_together(one.sentences), quotation, one.harm, commented, muted(self.rests_on(gap.provision))),
                    cell(*(self.recommendation(each) for each in self.answering(gap)[:2])),
                )
            )
        yield table(self.word("priorities.title"), columns, rows, shown=False)

    def answering(self, gap: GapView) -> list[Recommendation]:
        """What is recommended to close a gap."""
        return prose.answering(gap, self.view, self.labels, self.recommended)

    def rests_on(self, provision: str) -> str:
        """The first of the instruments that a provision rests on; the annex has them all, with their articles."""
        called = dict.fromkeys(one.called for one in self.provisions[provision].standards if not self.view.public)
        return self.word("priorities.rests", standards=self.labels.join([*called][:_MOST_INSTRUMENTS])) if called else ""

    def said(self) -> Iterator[Block]:
        """What those who answered wish for, and what the State observes."""
        for key in ("assistance", "observations"):
            said = [(one.title, text) for one in self.provisions.values() if (text := getattr(one, key))]
            if said:
                yield Heading(2, self.word(f"{key}.title"))
                if key == "assistance":
                    yield paragraph(self.word("assistance.intro"))
                other = self.view.notes_in_other
                written = ((title, self.labels.as_written(self.named(text), other)) for title, text in said)
                yield Items(tuple(words(strong(f"{title}. "), Run(text, language=other)) for title, text in written))

    # The last pages

    def steps(self) -> Iterator[Block]:
        yield Heading(1, self.word("steps.title"), inline=True)
        if self.view.public:
            yield Items(tuple(words(step) for step in self.word("steps.public").split("\n")))
            if self.view.body:
                yield paragraph(self.word("steps.answer"), Run(self.view.body, language=self.view.notes_in_other), ".")
            return
        yield paragraph(self.word("steps.intro"))
        yield from steps_to_fill(self.labels, "country_report")

    def method(self) -> Iterator[Block]:
        yield Heading(1, self.word("method.title"), inline=True)
        yield from map(led, self.view.method_of_report)
        if not self.view.public:
            yield paragraph(self.word("method.check"))

    def column(self, key: str, width: float, *, end: bool = False) -> Column:
        return Column(self.word(f"columns.{key}"), width, end)


def _counts(chapter: ChapterView, dimension: str) -> Counter[str]:
    """How many provisions of a chapter stand how, and of how many it may not be told."""
    ratings = ((each.withheld, one) for each in chapter.provisions for one in each.ratings if one.dimension == dimension)
    return Counter(_WITHHELD if withheld else one.standing.value for withheld, one in ratings)


def _spaced(*texts: str | Run) -> Iterator[str | Run]:
    """Texts that follow on others, each after a space."""
    return (part for text in texts if text for part in (" ", text))


def _together(sentences: Sequence[Sentence]) -> str:
    return " ".join(one.text for one in sentences)
