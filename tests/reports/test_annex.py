"""The annex of the country report: its outline, and that nothing of the review is missing in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from legcheck.labels import labels
from legcheck.reports.annex import anchor, annex
from legcheck.reports.document import Document, Heading, Items, Paragraph, Table
from legcheck.reports.docx import write_docx
from legcheck.reports.view import Figure, ReportView
from tests.reports.docx_reading import headings, pages_of, tables_under
from tests.reports.sample_views import annex_of_sample, view_of_sample
from tests.reports.test_prose import seen

OUTLINES = {
    ("XUT", "en"): [
        "Every provision",
        "Table of concordance",
        "Register of laws",
        "Figures",
        "All gaps in order of priority",
        "Not applicable",
        "Not answered",
        "International standards",
        "Method in full",
        "How to check this report",
    ],
    ("XOR", "fr"): [
        "Toutes les dispositions",
        "Table de concordance",
        "Registre des textes",
        "Chiffres",
        "Toutes les lacunes par ordre de priorité",
        "Sans réponse",
        "Normes internationales",
        "La méthode en détail",
        "Problèmes relevés dans le fichier",
        "Comment vérifier ce rapport",
    ],
}
SAMPLES = pytest.mark.parametrize(("country", "language"), list(OUTLINES))


def rows(of: Document) -> Iterator[list[str]]:
    """Every row of every table as texts, the paragraphs of a cell in lines."""
    for block in of.blocks:
        if isinstance(block, Table):
            for row in block.rows:
                yield ["\n".join("".join(run.text for run in text) for text in one.paragraphs) for one in row.cells]


def figures(view: ReportView) -> Iterator[Figure]:
    """Every figure of a view."""
    for one in view.dimensions:
        yield from (*one.chapters, one.total, *one.instruments, *one.if_adopted_chapters)
        yield from (figure for group in one.themes for figure in group.figures)
        if one.if_adopted is not None:
            yield one.if_adopted


@SAMPLES
def test_outline(country, language):
    outline = headings(write_docx(annex_of_sample(country, language)))
    shown = [text for level, text in outline if level == 1]
    assert shown == OUTLINES[country, language]
    chapters = [f"{chapter.id} {chapter.title}" for chapter in view_of_sample(country, language).chapters]
    assert [text for level, text in outline if level == 2][: len(chapters)] == chapters


@SAMPLES
def test_every_figure_stands_with_its_range_and_share_answered(country, language):
    view = view_of_sample(country, language)
    printed = {
        (*row[0].split("\n")[:2], row[1].split("\n")[0], *row[2:], *[""] * (5 - len(row)))
        for row in rows(annex_of_sample(country, language))
        if len(row) in (4, 5)
    }
    every = list(figures(view))
    assert len(every) > 40
    for figure in every:
        assert (figure.title, figure.id, figure.display, figure.range, figure.answered, figure.elements) in printed


@SAMPLES
def test_every_provision_stands_in_full(country, language):
    view, words = view_of_sample(country, language), labels(language)
    printed: dict[str, list[str]] = {}
    for row in rows(annex_of_sample(country, language)):
        printed.setdefault(row[0].split("\n")[0], row)
    for chapter in view.chapters:
        spelt: set[str] = set()
        for one in chapter.provisions:
            core = f" · {one.core}" if one.core else ""
            named, rated, contains, says = printed[f"{one.id} {one.title}{core}"]
            assert one.question in named
            assert all(standard.shown in named for standard in one.standards)
            assert all(rating.title in rated for rating in one.ratings)
            assert all(f"{element.letter}) {element.text}" in contains for element in one.elements)
            for citation in one.citations:
                articles = f", {citation.articles}" if citation.articles else ""
                status = [] if citation.in_force else [citation.status]
                called = (f"{citation.law} ({status[0]})" if status else citation.law, f"({', '.join([citation.law, *status])})")
                assert any(f"{law}{articles}" in contains for law in called)
                if citation.law not in spelt:
                    assert citation.title in contains
                spelt.add(citation.law)
            for key in ("note", "to_confirm", "observations", "assistance", "assessor"):
                text = getattr(one, key)
                assert not text or words(f"annex.said.{key}", text=text) in says


@SAMPLES
def test_every_gap_stands_with_its_reasons_in_order(country, language):
    view, words = view_of_sample(country, language), labels(language)
    (printed,) = tables_under(write_docx(annex_of_sample(country, language)), words("annex.sections.gaps"))
    assert [row[0].split(" ")[0] for row in printed[1:]] == [gap.provision for gap in view.gaps]
    for gap, row in zip(view.gaps, printed[1:], strict=True):
        assert gap.kind_title in row[1]
        assert gap.priority_title in row[2]
        assert gap.points in row[2]
        assert all(reason in row[3] for reason in gap.reasons)


def test_every_row_of_a_provision_can_be_led_to():
    of, view = annex_of_sample("XUT", "en"), view_of_sample("XUT", "en")
    assert {anchor(one.id) for chapter in view.chapters for one in chapter.provisions} <= of.anchors
    led = {
        run.to
        for block in of.blocks
        for content in (
            [block.words]
            if isinstance(block, Paragraph)
            else block.items
            if isinstance(block, Items)
            else [text for row in block.rows for one in row.cells for text in one.paragraphs]
            if isinstance(block, Table)
            else []
        )
        for run in content
        if run.to
    }
    assert {anchor(gap.provision) for gap in view.gaps} | {anchor(row.label) for row in view.unanswered} <= led <= of.anchors


def test_laws_are_named_and_their_links_are_text():
    view = view_of_sample("XUT", "en")
    law = replace(view.laws[0], link="javascript:alert(1)")
    of = annex(replace(view, laws=(law,)), labels("en"))
    (row,) = [row for row in rows(of) if "javascript:alert(1)" in row[1]]
    assert law.title in row[1]
    assert b"javascript" not in re.sub(rb"<w:t [^>]*>[^<]*</w:t>", b"", write_docx(of))


def test_what_is_empty_has_no_section():
    titles = [block.text for block in annex(seen({"A-1": "full"}), labels("en")).blocks if isinstance(block, Heading)]
    assert "All gaps in order of priority" not in titles
    assert "Not applicable" not in titles
    assert "Not answered" in titles
    assert [block for block in annex(seen({}), labels("en")).blocks if isinstance(block, Table)]


def test_pages(soffice, tmp_path):
    of = annex_of_sample("XUT", "en")
    pages = [" ".join(page.split()) for page in pages_of(write_docx(of), soffice, tmp_path)]
    assert all(of.running in page and page.endswith(f"{number} / {len(pages)}") for number, page in enumerate(pages, 1))
    assert pages[0].startswith(of.title)
    assert "Every provision" in pages[0]


@pytest.mark.parametrize(("country", "head"), [("XUT", "Rating"), ("CAN", "In these texts")])
def test_a_reading_of_texts_rates_nothing(country, head):
    tables = (block for block in annex_of_sample(country, "en").blocks if isinstance(block, Table))
    assert next(tables).columns[1].title == head
