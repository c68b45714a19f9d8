"""The tables of the Excel report: one sheet each for provisions, gaps, figures, laws and citations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from operator import attrgetter
from typing import TYPE_CHECKING

from legcheck.excel import Cells, Chart, Look, Series, Value
from legcheck.reports.xlsx_tables import (
    BODY,
    CENTRED,
    CHART_COLOURS,
    NUMBER,
    POINTS,
    RANGE_SERIES,
    SHARES,
    STRONG,
    Column,
    Page,
    Written,
    signed,
    toned,
    write_table,
)

if TYPE_CHECKING:
    from legcheck.reports.view import (
        CitationView,
        DimensionView,
        ElementView,
        Figure,
        FoundView,
        GapView,
        LawView,
        ProvisionView,
        RatingView,
        ReadingView,
        ReportView,
    )

_DECIMAL = re.compile(r"\d+([.,]\d+)?")
_CHART_WIDTH_CM = 21.8
_CHART_COLUMNS = (1, 8)
_CHART_ROW_CM, _CHART_HEAD_CM, _SHEET_ROW_CM = 0.66, 3.0, 0.53
_CHART_PLOT = (0.42, 0.13, 0.54, 0.74)


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
class _Scored:
    """A figure with what it belongs to, and the same once pending law is in force."""

    dimension: str
    group: str
    figure: Figure
    later: Figure | None = None


def open_sheet(page: Page, view: ReportView, sheet: str) -> None:
    """Write the title, country and lead of a sheet."""
    page.head(page.labels(f"xlsx.sheet.{sheet}"), view.subtitle, page.labels(f"xlsx.lead.{sheet}"))


def write_provisions(page: Page, view: ReportView) -> dict[str, Cells]:
    """Write every provision in a row; return the cell of each, so that other sheets can link to it."""
    open_sheet(page, view, "provisions")
    items = [_InChapter(chapter.title, one) for chapter in view.chapters for one in chapter.provisions]
    written = write_table(page, list(_provision_columns(page, view)), items, frozen=2)
    return {one.provision.id: page.sheet.cells(1, written.first + place) for place, one in enumerate(items)}


def write_gaps(page: Page, view: ReportView, provisions: Mapping[str, Cells]) -> None:
    """Write every gap, in order of priority; `provisions` holds the cell of each provision."""
    open_sheet(page, view, "gaps")
    columns: list[Column[GapView]] = [
        Column("id", 10, lambda gap: gap.provision, STRONG, link=lambda gap: provisions.get(gap.provision, "")),
        Column("title", 30, lambda gap: gap.title, STRONG),
        Column("kind", 24, lambda gap: gap.kind_title),
        Column("priority", 13, _priority_text, lambda gap: toned(gap.tone)),
        Column("points", 9, lambda gap: _number(gap.points), POINTS),
        Column("why", 50, lambda gap: "\n".join(gap.reasons)),
        Column("missing", 66, lambda gap: _elements(gap.missing)),
        Column("recommendation", 76, lambda gap: gap.recommendation),
        Column("legal_basis", 26, lambda gap: gap.legal_basis),
        Column("closes", 24, lambda gap: gap.closes_if_adopted),
    ]
    write_table(page, columns, view.gaps, frozen=2)


def write_reading(page: Page, view: ReportView, reading: ReadingView) -> None:
    """What named texts contain, a row for each dimension and chapter."""
    open_sheet(page, view, "reading")
    items = [(table.title, one) for table in reading.tables for one in table.chapters]
    counts = {name: title for table in reversed(reading.tables) for name, title in table.columns.items()}
    columns: list[Column[tuple[str, FoundView]]] = [
        Column("dimension", 14, lambda row: row[0]),
        Column("chapter", 50, lambda row: row[1].title, STRONG, kept=True),
        *(Column(name, 16, _count(name), CENTRED, title) for name, title in counts.items()),
        Column("figure", 18, lambda row: row[1].id),
    ]
    write_table(page, columns, items, frozen=2)


def _count(name: str) -> Callable[[tuple[str, FoundView]], Value]:
    """The count of that name in a row of what was found."""
    return lambda row: getattr(row[1], name)


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


def write_concordance(page: Page, view: ReportView) -> None:
    """Model provision, national article, international standard: one row for each citation."""
    open_sheet(page, view, "concordance")
    items = [_Cited(one, citation) for one in view.concordance for citation in one.citations or (None,)]
    columns: list[Column[_Cited]] = [
        Column("id", 10, lambda row: row.provision.id, STRONG),
        Column("title", 34, lambda row: row.provision.title, STRONG),
        Column("key", 8, lambda row: row.citation.law if row.citation else ""),
        Column("law", 50, lambda row: row.citation.title if row.citation else ""),
        Column("articles", 30, lambda row: row.citation.articles if row.citation else ""),
        Column("status", 24, lambda row: row.citation.status if row.citation else ""),
        Column("legal_basis", 34, lambda row: row.provision.legal_basis),
        Column("standards", 44, lambda row: ", ".join(one.shown for one in row.provision.standards)),
    ]
    write_table(page, columns, items, frozen=2)


def write_chapters(page: Page, view: ReportView) -> None:
    """Scores by chapter, below a chart for each dimension."""
    open_sheet(page, view, "chapters")
    groups = [(dimension.title, list(_chapters(dimension))) for dimension in view.dimensions]
    top, tall = page.row, _CHART_HEAD_CM + _CHART_ROW_CM * max((len(rows) for _, rows in groups), default=0)
    deep = int(tall / _SHEET_ROW_CM) + 2
    page.skip(deep * ceil(len(groups) / len(_CHART_COLUMNS)))
    every = [row for _, rows in groups for row in rows]
    written = write_table(page, list(_figure_columns("chapter")), every, frozen=2, below_charts=True)
    first = written.first
    for place, (title, rows) in enumerate(groups):
        down, across = divmod(place, len(_CHART_COLUMNS))
        chart = _chart(page, title, rows, written, first, tall)
        page.sheet.chart(top + down * deep, _CHART_COLUMNS[across], chart)
        first += len(rows)


def write_themes(page: Page, view: ReportView) -> None:
    """Scores by theme."""
    open_sheet(page, view, "themes")
    rows = [
        _Scored(dimension.title, group.title, figure)
        for dimension in view.dimensions
        for group in dimension.themes
        for figure in group.figures
    ]
    write_table(page, list(_figure_columns("theme")), rows, frozen=3)


def write_instruments(page: Page, view: ReportView) -> None:
    """Scores by international instrument."""
    open_sheet(page, view, "instruments")
    rows = [_Scored(dimension.title, "", figure) for dimension in view.dimensions for figure in dimension.instruments]
    write_table(page, list(_figure_columns("instrument")), rows, frozen=2)


def central_of(figure: Figure) -> float | None:
    """The central share where enough is answered for it to be printed."""
    return figure.central if figure.enough else None


def _provision_columns(page: Page, view: ReportView) -> Iterator[Column[_InChapter]]:
    yield Column("id", 10, attrgetter("provision.id"), STRONG)
    yield Column("title", 30, attrgetter("provision.title"), STRONG)
    yield Column("chapter", 22, attrgetter("chapter"))
    yield Column("question", 44, attrgetter("provision.question"))
    yield Column("core", 12, attrgetter("provision.core"))
    for number, dimension in enumerate(view.rated):
        title = page.labels("xlsx.column.rating", dimension=dimension)
        yield Column(f"rating{number}", 20, _Rating(number).text, _Rating(number).look, title=title)
    yield Column("counts_as", 24, lambda row: "\n".join(_counts_as(page, row.provision.ratings)))
    yield Column("if_adopted", 20, attrgetter("provision.if_adopted"))
    yield Column("met", 62, lambda row: _elements(one for one in row.provision.elements if one.met))
    absent = page.labels("xlsx.column.missing" if view.reading is None else "reading.not_found")
    yield Column("missing", 62, lambda row: _elements(one for one in row.provision.elements if one.met is False), title=absent)
    yield Column("legal_basis", 28, attrgetter("provision.legal_basis"))
    yield Column("citations", 50, lambda row: "\n".join(_citation(one) for one in row.provision.citations))
    for field in ("note", "to_confirm", "observations", "assistance"):
        yield Column(field, 76 if field == "note" else 40, attrgetter(f"provision.{field}"))
    yield Column("assessor", 18, attrgetter("provision.assessor"))
    yield Column("kind", 24, lambda row: row.gap.kind_title if row.gap else "")
    yield Column("priority", 13, lambda row: _priority_text(row.gap) if row.gap else "", _priority_look)
    yield Column("points", 9, lambda row: _number(row.gap.points) if row.gap else None, POINTS)
    yield Column("recommendation", 76, lambda row: row.gap.recommendation if row.gap else "")
    yield Column("standards", 36, lambda row: ", ".join(one.shown for one in row.provision.standards))
    yield Column("themes", 30, lambda row: page.labels.join(row.provision.theme_titles))


def _figure_columns(what: str) -> Iterator[Column[_Scored]]:
    yield Column("dimension", 14, attrgetter("dimension"))
    yield Column("group", 30, attrgetter("group"))
    yield Column(what, 46, attrgetter("figure.title"), STRONG, kept=True)
    yield Column("score", 16, attrgetter("figure.display"), STRONG)
    yield Column("low", 10, attrgetter("figure.low"), NUMBER, kept=True)
    yield Column("central", 10, lambda row: central_of(row.figure), NUMBER, kept=True)
    yield Column("high", 10, attrgetter("figure.high"), NUMBER, kept=True)
    if what != "chapter":  # its sheet is printed on one page, with the charts
        yield Column("range", 24, attrgetter("figure.range"))
    yield Column("share", 13, attrgetter("figure.share_answered"), NUMBER)
    yield Column("answered", 22, attrgetter("figure.answered"))
    yield Column("counts", 52, attrgetter("figure.counts"))
    yield Column("band", 18, attrgetter("figure.band"))
    yield Column("capped", 34, attrgetter("figure.capped_by"))
    yield Column("elements", 26, attrgetter("figure.elements"))
    yield Column("if_adopted", 16, lambda row: row.later.display if row.later else "")
    yield Column("later_low", 12, lambda row: row.later.low if row.later else None, NUMBER)
    yield Column("later_central", 12, lambda row: central_of(row.later) if row.later else None, NUMBER)
    yield Column("later_high", 12, lambda row: row.later.high if row.later else None, NUMBER)
    yield Column("figure", 26, attrgetter("figure.id"))
    yield Column("later_figure", 26, lambda row: row.later.id if row.later else "")


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
    return "\n".join(f"({one.letter}) {one.text}" + (f" [{one.said}]" if one.said else "") for one in elements)


def _citation(one: CitationView) -> str:
    named = ", ".join(part for part in (f"{one.law} {one.title}".strip(), one.articles) if part)
    return f"{named} ({one.status})"


def _number(text: str) -> Value:
    """Points as a number if the view prints them as one."""
    return float(text.replace(",", ".")) if _DECIMAL.fullmatch(text) else text


def _chapters(dimension: DimensionView) -> Iterator[_Scored]:
    later = (*dimension.if_adopted_chapters, dimension.if_adopted)
    for place, figure in enumerate((*dimension.chapters, dimension.total)):
        yield _Scored(dimension.title, "", figure, later[place] if dimension.if_adopted is not None else None)


def _chart(page: Page, dimension: str, rows: Sequence[_Scored], written: Written, first: int, tall: float) -> Chart:
    """Bars that overlap: up to the low figure, on to the central one, on to the high one."""
    last = first + len(rows) - 1
    names = written.cells("chapter", first, last)
    series = [
        Series(page.labels(f"xlsx.chart.{key}"), names, written.cells(key, first, last), colour) for key, colour in RANGE_SERIES
    ]
    title, described = page.labels("xlsx.chart.title", dimension=dimension), _in_words(page, dimension, rows)
    return Chart("bar", described, series, _CHART_WIDTH_CM, tall, _CHART_PLOT, title=title, values=SHARES, **CHART_COLOURS)


def _in_words(page: Page, title: str, rows: Sequence[_Scored]) -> str:
    shown = (
        page.labels(
            "charts.chapters.figure",
            title=row.figure.title,
            display=row.figure.display,
            range=row.figure.range,
            answered=row.figure.answered,
        )
        for row in rows
    )
    return page.labels("charts.chapters.dimension", dimension=title, figures=page.labels.join(shown))
