"""The annex as a document, in landscape: every provision, the tables that cut across, the method in full, how to check."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from legcheck.model import FREE_TEXTS, Role
from legcheck.reports.document import (
    Block,
    Cell,
    Document,
    Heading,
    Look,
    Row,
    Run,
    Words,
    bullets,
    cell,
    columns,
    contents,
    document_of,
    led,
    muted,
    pairs,
    paragraph,
    strong,
    table,
    tagged,
    words,
)
from legcheck.reports.prose import law_by_key
from legcheck.reports.reading import element_mark

if TYPE_CHECKING:
    from legcheck.labels import Labels
    from legcheck.model import CitedPassage
    from legcheck.reports.palette import Tone
    from legcheck.reports.view import ChapterView, DimensionView, ElementView, Figure, ProvisionView, RatingView, ReportView
    from legcheck.reports.view import Row as Pair

_PROVISION = {"provision": 4.7, "{judged}": 3.4, "contains.{about}": 11.4, "{says}": 6.2}
_FIGURES = {"figure": 2.7, "range": 5.0, "answered": 4.0, "elements": 4.8}
_GAPS = {"provision": 7.4, "kind": 5.6, "priority": 2.6, "reasons": 10.1}
_CONCORDANCE = {"provision": 7.6, "national": 10.6, "standards": 7.5}
_LAWS = {"key": 1.6, "law": 11.0, "number": 5.0, "status": 5.0, "cited": 3.1}
_NARROW_FIRST = (6.0, 19.7)


def annex(view: ReportView, labels: Labels) -> Document:
    """The annex of a report."""
    title = labels("annex.title", title=view.title)
    return document_of(view, labels, title, _Maker(view, labels).blocks(), landscape=True)


def anchor(provision: str) -> str:
    """The name of a provision's place."""
    return f"provision_{provision}"


class _Maker:
    def __init__(self, view: ReportView, labels: Labels) -> None:
        self.view = view
        self.labels = labels

    def word(self, key: str, **facts: object) -> str:
        return self.labels(f"annex.{key}", **facts)

    def blocks(self) -> Iterator[Block]:
        notes = (self.labels("report.other_language"),) if self.view.notes_in_other else ()
        yield from (paragraph(notice, look=Look.NOTICE) for notice in (*self.view.notices, *notes))
        yield contents(self.labels)
        yield from self.provisions()
        yield from self.concordance()
        yield from self.laws()
        yield from self.figures()
        yield from self.gaps()
        yield from self.listed("not_applicable", self.view.not_applicable)
        yield from self.unanswered()
        yield from self.standards()
        yield from self.method()
        yield from self.pairs("issues", self.view.issues)
        yield from self.pairs("slip", self.view.slip)

    def section(self, key: str) -> Iterator[Block]:
        yield Heading(1, self.word(f"sections.{key}"), inline=True)
        shown = f"public.{key}" if self.view.public and self.labels.has(f"annex.intros.public.{key}") else key
        if self.labels.has(f"annex.intros.{shown}"):
            yield paragraph(self.word(f"intros.{shown}"))

    # Every provision

    def provisions(self) -> Iterator[Block]:
        yield Heading(1, self.word("sections.provisions"), inline=True)
        about = "law" if self.view.reviewed == Role.LAW else "any"
        judged, says, intro = ("rating", "says", about) if self.view.reading is None else ("found", "readers_say", "texts")
        yield paragraph(self.word(f"intro.{intro}"))
        widths = {key.format(about=about, judged=judged, says=says): width for key, width in _PROVISION.items()}
        signs = (words(Run(tone.sign, tone=tone), f" {text}   ") for text, tone in self.signs())
        yield paragraph(*(run for sign in signs for run in sign), self.labels("report.unverified"), look=Look.SMALL)
        for chapter in self.view.chapters:
            yield Heading(2, f"{chapter.id} {chapter.title}", f"chapter_{chapter.id}")
            if chapter.figures:
                yield paragraph(*self.chapter_line(chapter), look=Look.SMALL)
            named: set[str] = set()
            rows = (row for one in chapter.provisions for row in self.rows(one, named))
            yield table(chapter.title, columns(self.labels, "annex", widths), rows, shown=False)

    def signs(self) -> Iterator[tuple[str, Tone]]:
        """What the signs before elements mean."""
        scored = self.view.reading is None
        yield element_mark(scored, True, self.labels)
        told = {one.told for chapter in self.view.chapters for each in chapter.provisions for one in each.elements}
        yield from (element_mark(scored, key == "silent", self.labels, key) for key in ("silent", "short", "left") if key in told)
        yield element_mark(scored, False, self.labels)
        yield element_mark(scored, None, self.labels)

    def chapter_line(self, chapter: ChapterView) -> Iterator[Run]:
        """The figures of a chapter in one line."""
        for place, figure in enumerate(chapter.figures):
            shown = (figure.display, figure.range, figure.answered, figure.withheld, figure.band)
            yield strong(("   " if place else "") + self.labels("common.labelled", label=figure.title))
            yield Run(" · ".join(part for part in shown if part))

    def rows(self, one: ProvisionView, named: set[str]) -> Iterator[Row]:
        yield Row(tuple(self.provision(one, named)), anchor=anchor(one.id))
        yield from self.passages(one)

    def provision(self, one: ProvisionView, named: set[str]) -> Iterator[Cell]:
        """The row of a provision. Laws `named` in rows before it are called by their key."""
        marks = "".join(f" · {mark}" for mark in one.marks)
        standards = self.labels.join(standard.shown for standard in one.standards)
        yield cell(words(strong(f"{one.id} {one.title}"), muted(marks)), one.question, muted(standards))
        yield cell(*(line for rating in one.ratings for line in self.rating(rating)), one.if_adopted)
        yield cell(*(self.element(element) for element in one.elements), words(muted(self.basis(one, named))))
        yield cell(*(self.said(key, getattr(one, key)) for key in FREE_TEXTS), one.commented if self.view.public else "")

    def rating(self, rating: RatingView) -> Iterator[Words]:
        counts = f" ({rating.counts_as})" if rating.counts_as else ""
        yield words(muted(self.labels("common.labelled", label=rating.dimension_title).rstrip()))
        yield words(tagged(rating.title, rating.tone), counts)

    def element(self, element: ElementView) -> Words:
        """An element after the sign and word that say whether the law has it, with what was said of it."""
        tone = element.tone
        said = f" [{element.said}]" if element.said else ""
        return words(
            Run(tone.sign, tone=tone),
            f" {element.letter}) {element.text}",
            muted(f" ({element.silence})" if element.silence else ""),
            Run(said, muted=True, language=self.view.notes_in_other),
        )

    def basis(self, one: ProvisionView, named: set[str]) -> str:
        law = law_by_key(self.labels, one, named)
        return self.word("said.read" if one.absent else "said.basis", text=law) if law else ""

    def passages(self, one: ProvisionView) -> Iterator[Row]:
        """Below the row of a provision, what its answer cites, in the words and language of the laws."""
        if one.passages:
            cited = (self.passage(passage) for passage in one.passages)
            yield Row((cell(muted(one.id), muted(self.labels("report.passages.title"))), cell(*cited, muted(one.more_passages))))

    def passage(self, one: CitedPassage) -> Words:
        """A passage, and where it stands. The address of its article is printed, never live; its law's stands in the register."""
        quoted = self.labels("report.passages.quoted", text=one.text.replace("\n", " "))
        place = self.labels("report.passages.from", place=one.named)
        link = "" if one.link in {law.address for law in self.view.laws} else f"   {one.link}"
        return words(Run(f"{quoted}\n", language=one.language), Run(place, muted=True, language=one.language), muted(link))

    def said(self, key: str, text: str) -> Words:
        return words(Run(self.word(f"said.{key}", text=text), language=self.view.notes_in_other)) if text else ()

    # Tables that cut across

    def concordance(self) -> Iterator[Block]:
        if self.view.concordance:
            yield from self.section("concordance")
            named: set[str] = set()
            rows = (
                (
                    self.named(one.id, one.published),
                    cell(law_by_key(self.labels, one, named) or self.view.no_law, muted(self.found(one))),
                    cell(self.labels.join(each.shown for each in one.standards)),
                )
                for one in self.view.concordance
            )
            yield table(self.word("sections.concordance"), columns(self.labels, "annex", _CONCORDANCE), rows, shown=False)

    def found(self, one: ProvisionView) -> str:
        """How named texts deal with a provision, since not every article that was read meets it."""
        return one.ratings[0].title if self.view.reading is not None and one.ratings else ""

    def named(self, id: str, published: str = "") -> Cell:
        """A provision as named in a table, with a link to its row, and with its published number if given."""
        return cell(words(Run(id, strong=True, to=anchor(id)), f" {self.titles[id]}"), muted(published))

    @property
    def titles(self) -> dict[str, str]:
        return {one.id: one.title for chapter in self.view.chapters for one in chapter.provisions}

    def laws(self) -> Iterator[Block]:
        """The register of laws. Links are printed, never live: somebody typed them."""
        if self.view.laws:
            yield from self.section("laws")
            rows = (
                (
                    cell(strong(law.key)),
                    cell(law.title, muted(law.title_en), muted(law.link)),
                    cell(law.number, law.date),
                    cell(law.status, muted(law.in_force)),
                    cell(law.cited_by),
                )
                for law in self.view.laws
            )
            yield table(self.word("sections.laws"), columns(self.labels, "annex", _LAWS), rows, shown=False)

    def figures(self) -> Iterator[Block]:
        """Every figure, with the name that `legcheck explain` takes."""
        if not self.view.dimensions:
            return
        yield from self.section("figures")
        for dimension in self.view.dimensions:
            yield Heading(2, dimension.title)
            yield self.figure_table("chapter", dimension.title, (*dimension.chapters, dimension.total))
            yield from self.later(dimension)
            for group in dimension.themes:
                yield self.figure_table(
                    "theme", self.labels("common.labelled", label=dimension.title) + group.title, group.figures
                )
            if dimension.instruments:
                title = self.labels("common.labelled", label=dimension.title) + self.word("columns.instrument")
                yield self.figure_table("instrument", title, dimension.instruments)

    def later(self, dimension: DimensionView) -> Iterator[Block]:
        """What the figures become with pending law."""
        if dimension.if_adopted is not None:
            title = self.word("if_adopted", dimension=dimension.title, status=self.view.coming)
            yield self.figure_table("chapter", title, (*dimension.if_adopted_chapters, dimension.if_adopted))

    def figure_table(self, first: str, title: str, figures: Sequence[Figure]) -> Block:
        rows = (
            (
                cell(figure.title, muted("" if self.view.public else figure.id), muted(figure.capped_by)),
                cell(strong(figure.display), muted(figure.band)),
                cell(figure.range),
                cell(figure.answered, muted(figure.withheld)),
                cell(figure.elements),
            )
            for figure in figures
        )
        return table(title, columns(self.labels, "annex", {first: 9.2, **_FIGURES}), rows)

    def gaps(self) -> Iterator[Block]:
        if self.view.gaps:
            yield from self.section("gaps")
            rows = (
                (
                    self.named(gap.provision),
                    cell(gap.kind_title, muted(gap.closes_if_adopted)),
                    cell(words(tagged(gap.priority_title, gap.tone), muted(f" {gap.points}"))),
                    cell(self.labels.join(gap.reasons)),
                )
                for gap in self.view.gaps
            )
            yield table(self.word("sections.gaps"), columns(self.labels, "annex", _GAPS), rows, shown=False)

    def listed(self, key: str, rows: Sequence[Pair]) -> Iterator[Block]:
        if rows:
            yield from self.section(key)
            widths = dict(zip(("provision", "reason"), _NARROW_FIRST, strict=True))
            shown = ((cell(strong(row.label)), cell(row.text)) for row in rows)
            yield table(self.word(f"sections.{key}"), columns(self.labels, "annex", widths), shown, shown=False)

    def unanswered(self) -> Iterator[Block]:
        if self.view.unanswered:
            yield from self.section("unanswered")
            ids = [row.label for row in self.view.unanswered]
            yield bullets(words(Run(id, strong=True, to=anchor(id)), f" {self.titles[id]}") for id in ids)

    # The last pages

    def standards(self) -> Iterator[Block]:
        """The key to the standards: the instruments by abbreviation, and what each article is about."""
        if not self.view.standards:
            return
        yield from self.section("standards")
        yield paragraph(self.labels("report.unverified"), look=Look.SMALL)
        for key, second, rows in (
            ("abbreviation", "instrument", [(row.label, row.text) for row in self.view.instruments]),
            ("standard", "subject", [(one.shown, one.subject) for one in self.view.standards]),
        ):
            widths = dict(zip((key, second), _NARROW_FIRST, strict=True))
            shown = ((cell(strong(first)), cell(text)) for first, text in rows)
            yield table(self.word(f"columns.{key}"), columns(self.labels, "annex", widths), shown)

    def method(self) -> Iterator[Block]:
        """How the ratings became figures, and the gaps their priority."""
        yield from self.section("method")
        yield from map(led, self.view.method)
        for rule in self.view.rules:
            yield Heading(2, rule.title)
            yield pairs(rule.title, _NARROW_FIRST, rule.rows)

    def pairs(self, key: str, rows: Sequence[Pair]) -> Iterator[Block]:
        if rows:
            yield from self.section(key)
            yield pairs(self.word(f"sections.{key}"), _NARROW_FIRST, rows)
