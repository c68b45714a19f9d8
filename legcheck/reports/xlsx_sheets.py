"""The sheets of the Excel report with one row for each provision, gap, law or citation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from openpyxl.worksheet.hyperlink import Hyperlink

from legcheck.reports.view import CitationView, ElementView, GapView, LawView, ProvisionView, RatingView
from legcheck.reports.xlsx_cells import BODY, POINTS, STRONG, Look, Page, Value, signed, toned
from legcheck.reports.xlsx_tables import Column, opening, write_table

_DECIMAL = re.compile(r"\d+([.,]\d+)?")


def provisions_sheet(page: Page) -> dict[str, int]:
    """Every provision in a row; gives the row of each, so that other sheets can link to it."""
    opening(page, "provisions")
    items = [(chapter.title, one) for chapter in page.view.chapters for one in chapter.provisions]
    written = write_table(page, list(_provision_columns(page)), items, frozen=2)
    return {one.id: written.first + place for place, (_, one) in enumerate(items)}


def gaps_sheet(page: Page, rows: Mapping[str, int]) -> None:
    """Every gap, in order of priority."""
    opening(page, "gaps")
    sheet = page.labels("xlsx.sheet.provisions").replace("'", "''")

    def link(gap: GapView) -> Hyperlink | None:
        return Hyperlink(ref="", location=f"'{sheet}'!A{rows[gap.provision]}") if gap.provision in rows else None

    columns: list[Column[GapView]] = [
        Column("id", 10, lambda gap: gap.provision, STRONG, link=link),
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
    write_table(page, columns, page.view.gaps, frozen=2)


def laws_sheet(page: Page) -> None:
    """The register of laws."""
    opening(page, "laws")
    columns: list[Column[LawView]] = [
        Column("key", 8, lambda law: law.key, STRONG),
        Column("law", 50, lambda law: law.title, STRONG),
        Column("law_en", 50, lambda law: law.title_en),
        Column("number", 22, lambda law: law.number),
        Column("date", 20, lambda law: law.date),
        Column("status", 24, lambda law: law.status),
        Column("in_force", 28, lambda law: law.in_force),
        Column("cited", 24, lambda law: law.cited_by),
        Column("link", 44, lambda law: law.link, link=_web),
    ]
    write_table(page, columns, page.view.laws, frozen=1)


def concordance_sheet(page: Page) -> None:
    """Model provision, national article, international standard: one row a citation."""
    opening(page, "concordance")
    items = [_Cited(one, citation) for one in page.view.concordance for citation in one.citations or (None,)]
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


@dataclass(frozen=True)
class _Cited:
    """A provision with one of its citations, None where its legal basis names none."""

    provision: ProvisionView
    citation: CitationView | None


_Row = tuple[str, ProvisionView]


def _provision_columns(page: Page) -> Iterator[Column[_Row]]:
    yield Column("id", 10, lambda row: row[1].id, STRONG)
    yield Column("title", 30, lambda row: row[1].title, STRONG)
    yield Column("chapter", 22, lambda row: row[0])
    yield Column("question", 44, lambda row: row[1].question)
    yield Column("core", 12, lambda row: row[1].core)
    for number, dimension in enumerate(page.view.dimensions):
        title = page.labels("xlsx.column.rating", dimension=dimension.title)
        yield Column(f"rating{number}", 20, _Rating(number).text, _Rating(number).look, title=title)
    yield Column("counts_as", 24, lambda row: "\n".join(_counts_as(page, row[1].ratings)))
    yield Column("if_adopted", 20, lambda row: row[1].if_adopted)
    yield Column("met", 62, lambda row: _elements(one for one in row[1].elements if one.met))
    yield Column("missing", 62, lambda row: _elements(one for one in row[1].elements if one.met is False))
    yield Column("legal_basis", 28, lambda row: row[1].legal_basis)
    yield Column("citations", 50, lambda row: "\n".join(_citation(one) for one in row[1].citations))
    for field in ("note", "to_confirm", "observations", "assistance"):
        yield Column(field, 76 if field == "note" else 40, _Field(field))
    yield Column("assessor", 18, lambda row: row[1].assessor)
    yield from _gap_columns()
    yield Column("standards", 36, lambda row: ", ".join(one.shown for one in row[1].standards))
    yield Column("themes", 30, lambda row: page.labels.join(row[1].theme_titles))


def _gap_columns() -> Iterator[Column[_Row]]:
    yield Column("kind", 24, lambda row: row[1].gap.kind_title if row[1].gap else "")
    yield Column("priority", 13, lambda row: _priority_text(row[1].gap) if row[1].gap else "", _priority_look)
    yield Column("points", 9, lambda row: _number(row[1].gap.points) if row[1].gap else None, POINTS)
    yield Column("recommendation", 76, lambda row: row[1].gap.recommendation if row[1].gap else "")


@dataclass(frozen=True)
class _Field:
    """A text of the answer by its name."""

    name: str

    def __call__(self, row: _Row) -> str:
        return str(getattr(row[1], self.name))


@dataclass(frozen=True)
class _Rating:
    """The rating in the dimension of that number."""

    number: int

    def of(self, row: _Row) -> RatingView | None:
        ratings = row[1].ratings
        return ratings[self.number] if self.number < len(ratings) else None

    def text(self, row: _Row) -> str:
        rating = self.of(row)
        return signed(rating.tone, rating.title) if rating else ""

    def look(self, row: _Row) -> Look:
        rating = self.of(row)
        return toned(rating.tone) if rating else BODY


def _priority_text(gap: GapView) -> str:
    return signed(gap.tone, gap.priority_title)


def _priority_look(row: _Row) -> Look:
    return toned(row[1].gap.tone) if row[1].gap else BODY


def _counts_as(page: Page, ratings: tuple[RatingView, ...]) -> Iterator[str]:
    return (page.labels("xlsx.pair", name=one.dimension_title, text=one.counts_as) for one in ratings if one.counts_as)


def _elements(elements: Iterable[ElementView]) -> str:
    return "\n".join(f"({one.letter}) {one.text}" for one in elements)


def _citation(one: CitationView) -> str:
    named = ", ".join(part for part in (f"{one.law} {one.title}".strip(), one.articles) if part)
    return f"{named} ({one.status})"


def _web(law: LawView) -> Hyperlink | None:
    return Hyperlink(ref="", target=law.address) if law.address else None


def _number(text: str) -> Value:
    """Points as a number where the view prints them as one."""
    return float(text.replace(",", ".")) if _DECIMAL.fullmatch(text) else text
