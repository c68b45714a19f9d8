"""The tables of the Excel report: one sheet each for provisions, gaps, figures, laws and citations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from operator import attrgetter
from typing import TYPE_CHECKING

from legcheck.excel import Cells, Look, Value
from legcheck.model import CitedPassage
from legcheck.reports.charts import message
from legcheck.reports.xlsx_charts import Bar, Part, print_in_blocks, write_bars
from legcheck.reports.xlsx_tables import (
    BODY,
    CENTRED,
    NUMBER,
    POINTS,
    RANGE_SERIES,
    STRONG,
    Column,
    Page,
    signed,
    toned,
    write_table,
)

if TYPE_CHECKING:
    from legcheck.labels import Labels
    from legcheck.reports.country_report import CountryReport
    from legcheck.reports.document import Words
    from legcheck.reports.prose import Recommendation
    from legcheck.reports.view import (
        CitationView,
        ElementView,
        Figure,
        FoundView,
        GapView,
        LawView,
        ProvisionView,
        RatingView,
        ReadingView,
        ReportView,
        Row,
        StandardView,
    )

_OPEN = ("to_confirm", "assistance", "not_applicable", "unanswered")
_DECIMAL = re.compile(r"\d+([.,]\d+)?")


@dataclass(frozen=True)
class _InChapter:
    """A provision with the title of its chapter."""

    chapter: str
    provision: ProvisionView

    @property
    def gap(self) -> GapView | None:
        return self.provision.gap


@dataclass(frozen=True)
class _Cited:
    """A provision with one of its citations, None if its legal basis names none."""

    provision: ProvisionView
    citation: CitationView | None


@dataclass(frozen=True)
class _Quoted:
    """A passage beside the provision whose answer cites it."""

    provision: ProvisionView
    passage: CitedPassage


@dataclass(frozen=True)
class _Scored:
    """A figure with what it belongs to, and the same once pending law is in force."""

    dimension: str
    group: str
    figure: Figure
    later: Figure | None = None


def open_sheet(page: Page, view: ReportView, sheet: str, *, end: int = 1) -> None:
    """Write the title, country and lead of a sheet."""
    page.head(page.labels(f"xlsx.sheet.{sheet}"), view.subtitle, lead_of(page, view, sheet), end=end)


def lead_of(page: Page, view: ReportView, sheet: str) -> str:
    """What a sheet holds, in words of its own where it is part of a reading of named texts, or for the public."""
    kinds = (("reading", view.reading is not None), ("public", view.public))
    own = [key for kind, so in kinds if so and page.labels.has(key := f"xlsx.lead_of_{kind}.{sheet}")]
    return page.labels(own[0] if own else f"xlsx.lead.{sheet}")


def write_provisions(page: Page, view: ReportView, report: CountryReport) -> dict[str, Cells]:
    """Write every provision in a row; return the cell of each, so that other sheets can link to it."""
    open_sheet(page, view, "provisions")
    items = [_InChapter(chapter.title, one) for chapter in view.chapters for one in chapter.provisions]
    written = write_table(page, list(_provision_columns(page, view, report)), items, frozen=2)
    return {one.provision.id: page.sheet.cells(1, written.first + place) for place, one in enumerate(items)}


def write_gaps(page: Page, view: ReportView, report: CountryReport, provisions: Mapping[str, Cells]) -> None:
    """Write every gap, in order of priority, with what is recommended; `provisions` holds the cell of each provision."""
    open_sheet(page, view, "gaps")
    columns: list[Column[GapView]] = [
        Column("id", 10, lambda gap: gap.provision, STRONG, link=lambda gap: provisions.get(gap.provision, "")),
        Column("title", 28, lambda gap: gap.title, STRONG),
        Column("priority", 13, _priority_text, lambda gap: toned(gap.tone)),
        Column("kind", 20, lambda gap: gap.kind_title),
        Column("missing", 56, lambda gap: _elements(gap.missing)),
        Column("recommendation", 54, lambda gap: "\n".join(said(report.recommendation(one)) for one in report.answering(gap))),
        Column("legal_basis", 24, lambda gap: gap.legal_basis),
        Column("why", 50, lambda gap: "\n".join(gap.reasons)),
        Column("points", 9, lambda gap: _number(gap.points), POINTS),
        Column("closes", 24, lambda gap: gap.closes_if_adopted),
    ]
    write_table(page, columns, view.gaps, frozen=2)


def write_recommendations(page: Page, view: ReportView, report: CountryReport) -> dict[str, Cells]:
    """Write every recommendation in the words of the report; return the cell of each measure."""
    open_sheet(page, view, "recommendations")
    items = recommended(report)
    columns: list[Column[Recommendation]] = [
        Column("measure", 12, attrgetter("measure"), STRONG),
        Column("lead", 24, attrgetter("lead")),
        Column("recommendation", 56, attrgetter("text"), STRONG),
        Column("basis", 38, attrgetter("basis")),
        Column("term", 18, attrgetter("term")),
        Column("answers", 54, lambda one: "\n".join(f"{id} {report.provisions[id].title}" for id in one.provisions)),
        Column("progress", 16, attrgetter("status")),
    ]
    written = write_table(page, columns, items, frozen=1)
    return {one.measure: page.sheet.cells(1, written.first + place) for place, one in enumerate(items) if one.measure}


def recommended(report: CountryReport) -> Sequence[Recommendation]:
    """The measures recommended, or what is asked for each gap where no measure is offered."""
    return report.recommended or [one for gap in report.view.gaps for one in report.answering(gap)]


def said(words: Words) -> str:
    """Words without their looks."""
    return "".join(run.text for run in words)


def write_reading(page: Page, view: ReportView, reading: ReadingView) -> None:
    """What named texts contain, a row for each dimension and chapter."""
    open_sheet(page, view, "reading")
    items = [(table.title, one) for table in reading.tables for one in table.chapters]
    counts = {name: title for table in reversed(reading.tables) for name, title in table.columns.items()}
    columns: list[Column[tuple[str, FoundView]]] = [
        Column("dimension", 14, lambda row: row[0]),
        Column("chapter", 50, lambda row: row[1].title, STRONG, kept=True),
        *(Column(name, 16, _count(name), CENTRED, title) for name, title in counts.items()),
        Column("figure", 18, lambda row: "" if view.public else row[1].id),
    ]
    write_table(page, columns, items, frozen=2)


def _count(name: str) -> Callable[[tuple[str, FoundView]], Value]:
    """The count of that name in a row of what was found."""
    return lambda row: row[1].counts[name]


def open_points(view: ReportView, labels: Labels) -> list[tuple[str, Row]]:
    """What is still to be done on a provision, or was left out: each point after its kind."""
    return [(labels(f"xlsx.open.{kind}"), row) for kind in _OPEN for row in getattr(view, kind)]


def write_open_points(page: Page, view: ReportView, report: CountryReport, provisions: Mapping[str, Cells]) -> None:
    """A row for each open point; `provisions` holds the cell of each provision."""
    open_sheet(page, view, "open_points")
    points = [(kind, report.provisions[row.label.partition(" ")[0]], row.text) for kind, row in open_points(view, page.labels)]
    columns: list[Column[tuple[str, ProvisionView, str]]] = [
        Column("id", 10, lambda one: one[1].id, STRONG, link=lambda one: provisions.get(one[1].id, "")),
        Column("title", 40, lambda one: one[1].title, STRONG),
        Column("open", 24, lambda one: one[0]),
        Column("said", 120, lambda one: one[2].removeprefix(one[1].title).strip()),
    ]
    write_table(page, columns, points, frozen=2)


def write_standards(page: Page, view: ReportView) -> None:
    """Every international standard cited, a row for each."""
    open_sheet(page, view, "standards")
    titles = {row.label: row.text for row in view.instruments}
    columns: list[Column[StandardView]] = [
        Column("standard", 28, attrgetter("shown"), STRONG),
        Column("subject", 76, attrgetter("subject")),
        Column("instrument", 90, lambda one: titles.get(one.instrument, "")),
    ]
    write_table(page, columns, view.standards, frozen=1)


def write_laws(page: Page, view: ReportView) -> None:
    """The register of laws."""
    open_sheet(page, view, "laws")
    columns: list[Column[LawView]] = [
        Column("key", 8, lambda law: law.key, STRONG),
        Column("law", 50, lambda law: law.title, STRONG),
        Column("law_en", 50, lambda law: law.title_en),
        Column("number", 22, lambda law: law.number),
        Column("date", 20, lambda law: law.date),
        Column("status", 24, lambda law: law.status),
        Column("in_force", 28, lambda law: law.in_force),
        Column("cited", 24, lambda law: law.cited_by),
        Column("link", 44, lambda law: law.link, link=lambda law: law.address),
    ]
    write_table(page, columns, view.laws, frozen=1)


def _cited_passages(view: ReportView) -> list[_Quoted]:
    """The passages that the answers cite, in the order of the checklist; last of each answer, how many are not shown."""
    provisions = [one for chapter in view.chapters for one in chapter.provisions]
    return [
        _Quoted(one, passage)
        for one in provisions
        for passage in (*one.passages, *([CitedPassage("", "", "", "", one.more_passages)] if one.more_passages else ()))
    ]


def write_passages(page: Page, view: ReportView, provisions: Mapping[str, Cells]) -> None:
    """Write what the answers cite, in the words of the laws: one row for each passage."""
    open_sheet(page, view, "passages")
    columns: list[Column[_Quoted]] = [
        Column("id", 10, attrgetter("provision.id"), STRONG, link=lambda row: provisions.get(row.provision.id, "")),
        Column("title", 30, attrgetter("provision.title"), STRONG),
        Column("key", 8, attrgetter("passage.law")),
        Column("written", 14, attrgetter("passage.written")),
        Column("label", 16, attrgetter("passage.label")),
        Column("heading", 30, attrgetter("passage.heading")),
        Column("passage", 84, attrgetter("passage.text")),
        Column("link", 44, attrgetter("passage.link"), link=attrgetter("passage.link")),
    ]
    write_table(page, columns, _cited_passages(view), frozen=2)


def write_concordance(page: Page, view: ReportView) -> None:
    """Model provision, national article, international standard: one row for each citation, and one where no law is cited."""
    open_sheet(page, view, "concordance")
    items = [_Cited(one, citation) for one in view.concordance for citation in one.citations or (None,)]
    columns: list[Column[_Cited]] = [
        Column("id", 10, lambda row: row.provision.id, STRONG),
        Column("title", 34, lambda row: row.provision.title, STRONG),
        Column("published", 14, lambda row: row.provision.number),
        Column("key", 8, lambda row: row.citation.law if row.citation else ""),
        Column("law", 50, lambda row: row.citation.title if row.citation else "" if row.provision.legal_basis else view.no_law),
        Column("articles", 30, lambda row: row.citation.articles if row.citation else ""),
        Column("status", 24, lambda row: row.citation.status if row.citation else ""),
        Column("legal_basis", 34, lambda row: row.provision.legal_basis),
        Column("standards", 44, lambda row: ", ".join(one.shown for one in row.provision.standards)),
    ]
    if view.reading is not None and view.rated:  # not every article that was read meets the provision
        title = page.labels("xlsx.column.found", dimension=view.rated[0])
        columns.insert(2, Column("found", 18, lambda row: row.provision.ratings[0].title, title=title))
    write_table(page, columns, items, frozen=2)


def write_charts(page: Page, view: ReportView) -> None:
    """A chart for each dimension and its table: the chapters and the total."""
    columns: list[Column[Figure]] = [
        Column("chapter", 52, attrgetter("title"), STRONG),
        Column("score", 22, attrgetter("display"), STRONG),
        Column("low", 11, attrgetter("low"), NUMBER),
        Column("central", 11, central_of, NUMBER),
        Column("high", 11, attrgetter("high"), NUMBER),
        Column("answered", 24, attrgetter("answered")),
    ]
    page.sheet.widths(*(one.width for one in columns))
    open_sheet(page, view, "charts", end=len(columns))
    parts = [Part(key, colour, page.labels(f"xlsx.chart.{key}")) for key, colour in RANGE_SERIES]
    blocks = []
    for dimension in view.dimensions:
        figures = [*dimension.chapters, dimension.total]
        bars = [Bar(one.title, one.display, one.low == one.high) for one in figures]
        title, described = message(dimension, page.labels), _in_words(page, dimension.title, figures)
        blocks.append(write_bars(page, title, described, bars, parts, columns, figures))
    if not blocks:
        page.line(view.none)
    print_in_blocks(page, blocks, len(columns))


def write_figures(page: Page, view: ReportView) -> None:
    """Every figure in a row: of chapters, themes and instruments, in each dimension."""
    open_sheet(page, view, "figures")
    write_table(page, list(_figure_columns(named=not view.public)), list(_figures(page, view)), frozen=3)


def _figures(page: Page, view: ReportView) -> Iterator[_Scored]:
    for one in view.dimensions:
        later = (*one.if_adopted_chapters, one.if_adopted) if one.if_adopted is not None else ()
        kind = page.labels("xlsx.column.chapter")
        for figure, then in zip_longest((*one.chapters, one.total), later):
            yield _Scored(one.title, kind, figure, then)
        for group in one.themes:
            name = page.labels("xlsx.pair", name=page.labels("xlsx.column.theme"), text=group.title)
            yield from (_Scored(one.title, name, figure) for figure in group.figures)
        yield from (_Scored(one.title, page.labels("xlsx.column.instrument"), figure) for figure in one.instruments)


def central_of(figure: Figure) -> float | None:
    """The central share where enough is answered for it to be printed."""
    return figure.central if figure.enough else None


def _provision_columns(page: Page, view: ReportView, report: CountryReport) -> Iterator[Column[_InChapter]]:
    """What is read on paper comes first, then what is looked up on the screen."""
    yield Column("id", 10, attrgetter("provision.id"), STRONG)
    yield Column("title", 26, attrgetter("provision.title"), STRONG)
    reading = view.reading is not None
    for number, dimension in enumerate(view.rated):
        title = page.labels(f"xlsx.column.{'found' if reading else 'rating'}", dimension=dimension)
        yield Column(f"rating{number}", 18, _Rating(number).text, _Rating(number).look, title=title)
    there, absent = (page.labels(f"xlsx.column.{key}") for key in (("there", "not_there") if reading else ("met", "missing")))
    wide = 42 if reading else 44
    yield Column("met", wide, lambda row: _elements(one for one in row.provision.elements if one.met), title=there)
    if reading:
        yield from (_told_apart(page, key, wide) for key in ("short", "left"))
    yield Column("missing", wide, lambda row: _elements(_missing(row.provision)), title=absent)
    basis = page.labels(f"xlsx.column.{'articles_read' if reading else 'legal_basis'}")
    yield Column("legal_basis", 22, attrgetter("provision.legal_basis"), title=basis)
    yield Column("priority", 13, lambda row: _priority_text(row.gap) if row.gap else "", _priority_look)
    yield Column("measures", 13, lambda row: "\n".join(_measures(report, row.gap)))
    yield Column("note", 76, attrgetter("provision.note"))
    yield Column("kind", 24, lambda row: row.gap.kind_title if row.gap else "")
    yield Column("core", 12, attrgetter("provision.core"))
    yield Column("published", 14, attrgetter("provision.number"))
    yield Column("chapter", 26, attrgetter("chapter"))
    yield Column("question", 50, attrgetter("provision.question"))
    yield Column("counts_as", 24, lambda row: "\n".join(_counts_as(page, row.provision.ratings)))
    yield Column("if_adopted", 20, attrgetter("provision.if_adopted"))
    yield Column("citations", 50, lambda row: "\n".join(_citation(one) for one in row.provision.citations))
    for field in ("to_confirm", "observations", "assistance"):
        yield Column(field, 50, attrgetter(f"provision.{field}"))
    yield Column("assessor", 18, attrgetter("provision.assessor"))
    yield Column("standards", 40, lambda row: ", ".join(one.shown for one in row.provision.standards))
    yield Column("themes", 40, lambda row: page.labels.join(row.provision.theme_titles))


def _told_apart(page: Page, told: str, width: float) -> Column[_InChapter]:
    """The elements of which a rule falls short, or that are left to another text."""
    title = page.labels(f"reading.column.{told}")
    return Column(told, width, lambda row: _elements(one for one in row.provision.elements if one.told == told), title=title)


def _missing(provision: ProvisionView) -> Iterator[ElementView]:
    """The elements that the law has no rule on."""
    return (one for one in provision.elements if one.met is False and not one.told)


def _measures(report: CountryReport, gap: GapView | None) -> Iterator[str]:
    """The measures recommended to close a gap, by their codes."""
    return (one.measure for one in (report.answering(gap) if gap is not None else ()) if one.measure)


def _figure_columns(*, named: bool) -> Iterator[Column[_Scored]]:
    """The columns of figures, with the names by which figures are traced, or without."""
    yield Column("dimension", 14, attrgetter("dimension"))
    yield Column("group", 26, attrgetter("group"))
    yield Column("figure_of", 46, attrgetter("figure.title"), STRONG, kept=True)
    yield Column("score", 18, attrgetter("figure.display"), STRONG)
    yield Column("low", 10, attrgetter("figure.low"), NUMBER, kept=True)
    yield Column("central", 10, lambda row: central_of(row.figure), NUMBER, kept=True)
    yield Column("high", 10, attrgetter("figure.high"), NUMBER, kept=True)
    yield Column("answered", 22, attrgetter("figure.answered"))
    yield Column("band", 16, attrgetter("figure.band"))
    yield from [Column[_Scored]("figure", 26, attrgetter("figure.id"))] if named else []
    yield Column("withheld", 22, attrgetter("figure.withheld"))
    yield Column("share", 13, attrgetter("figure.share_answered"), NUMBER)
    yield Column("range", 24, attrgetter("figure.range"))
    yield Column("counts", 52, attrgetter("figure.counts"))
    yield Column("capped", 34, attrgetter("figure.capped_by"))
    yield Column("elements", 26, attrgetter("figure.elements"))
    yield Column("if_adopted", 16, lambda row: row.later.display if row.later else "")
    yield Column("later_low", 12, lambda row: row.later.low if row.later else None, NUMBER)
    yield Column("later_central", 12, lambda row: central_of(row.later) if row.later else None, NUMBER)
    yield Column("later_high", 12, lambda row: row.later.high if row.later else None, NUMBER)
    yield from [Column[_Scored]("later_figure", 26, lambda row: row.later.id if row.later else "")] if named else []


@dataclass(frozen=True)
class _Rating:
    """The rating in the dimension with that index."""

    number: int

    def of(self, row: _InChapter) -> RatingView | None:
        ratings = row.provision.ratings
        return ratings[self.number] if self.number < len(ratings) else None

    def text(self, row: _InChapter) -> str:
        rating = self.of(row)
        return signed(rating.tone, rating.title) if rating else ""

    def look(self, row: _InChapter) -> Look:
        rating = self.of(row)
        return toned(rating.tone) if rating else BODY


def _priority_text(gap: GapView) -> str:
    return signed(gap.tone, gap.priority_title)


def _priority_look(row: _InChapter) -> Look:
    return toned(row.gap.tone) if row.gap else BODY


def _counts_as(page: Page, ratings: Iterable[RatingView]) -> Iterator[str]:
    said = ((one.dimension_title, one.counts_as or one.follows) for one in ratings)
    return (page.labels("xlsx.pair", name=title, text=text) for title, text in said if text)


def _elements(elements: Iterable[ElementView]) -> str:
    return "\n".join(
        f"({one.letter}) {one.text}" + (f" ({one.silence})" if one.silence else "") + (f" [{one.said}]" if one.said else "")
        for one in elements
    )


def _citation(one: CitationView) -> str:
    named = ", ".join(part for part in (f"{one.law} {one.title}".strip(), one.articles) if part)
    return f"{named} ({one.status})"


def _number(text: str) -> Value:
    """Points as a number if the view prints them as one."""
    return float(text.replace(",", ".")) if _DECIMAL.fullmatch(text) else text


def _in_words(page: Page, title: str, figures: Iterable[Figure]) -> str:
    shown = (
        page.labels(
            "charts.chapters.figure",
            title=one.title,
            display=one.display,
            range=one.range,
            answered=one.answered,
        )
        for one in figures
    )
    return page.labels("charts.chapters.dimension", dimension=title, figures=page.labels.join(shown))
