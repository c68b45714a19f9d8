"""The Word report: its contents, how it is built, and what a reader of the file can rely on."""

import io
import zipfile
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from docx.oxml import parse_xml
from hypothesis import given
from hypothesis import strategies as st

from legcheck import app
from legcheck.labels import labels
from legcheck.reports.docx import render_docx
from legcheck.reports.docx_parts import NAMESPACES, PAGES, Writer, bookmark_name, budget_of, clean, shortened
from legcheck.reports.docx_template import TEMPLATE, unzipped
from legcheck.reports.view import Row
from legcheck.resources import bundled
from tests.reports.docx_reading import W, body, document, headings, pages_of, part, tables_under, text_of
from tests.reports.sample_views import result_of_sample, view_of_sample
from tests.reports.word_templates import template

LONG = "Une phrase tres longue, avec <b>balises</b> & signes ]]>, qui ne veut pas finir ; " * 60

OVERVIEW = [
    "Fast facts",
    "Summary",
    "Scores",
    "Scores by chapter",
    "Red flags: contrary law",
    "Largest shortfalls",
    "Priority recommendations",
    "Assistance wanted",
]
ANNEX = [
    "Every provision",
    "All gaps in order of priority",
    "Table of concordance",
    "Figures by chapter",
    "Scores by theme",
    "Scores by instrument",
    "Register of laws",
    "Not applicable",
    "Points to confirm",
    "Observations of the State",
    "Not assessed",
    "International standards cited",
    "Method",
    "Issues found in the file",
    "How to check this report",
]


@pytest.fixture(scope="module")
def xut() -> bytes:
    return render_docx(view_of_sample("XUT", "en"), labels("en"))


@pytest.fixture(scope="module")
def esp() -> bytes:
    return render_docx(view_of_sample("ESP", "fr"), labels("fr"))


# --- What stands in it -------------------------------------------------------------------------------------------------


def test_outline(xut):
    outline = headings(xut)
    assert [text for level, text in outline if level == 1] == ["Overview", "Annex"]
    assert [text for level, text in outline if level == 2] == OVERVIEW + ANNEX
    view = view_of_sample("XUT", "en")
    chapters = [f"{chapter.id} {chapter.title}" for chapter in view.chapters]
    assert [text for level, text in outline if level == 3][: len(chapters)] == chapters
    provisions = [f"{one.id} {one.title}" for chapter in view.chapters for one in chapter.provisions]
    assert [text for level, text in outline if level == 4] == provisions


def test_levels_of_headings_are_never_skipped(xut, esp):
    for content in (xut, esp):
        levels = [level for level, _ in headings(content)]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_first_page(xut):
    view = view_of_sample("XUT", "en")
    words = [paragraph.text for paragraph in document(xut).paragraphs[:4]]
    assert words == [view.title, view.subtitle, *view.notices[:2]]
    assert tables_under(xut, "Fast facts") == [[[fact.label, fact.text] for fact in view.fast_facts]]


def test_every_page_says_what_the_report_is_not(esp):
    view = view_of_sample("ESP", "fr")
    foot = text_of(part(esp, "word/footer1.xml"))
    assert view.notice_short in foot
    assert view.subtitle in foot
    fields = [field.text.strip() for field in part(esp, "word/footer1.xml").iter(f"{W}instrText")]
    assert fields == ["PAGE", "NUMPAGES"]


def test_scores_stand_with_range_and_answered_share(xut):
    view = view_of_sample("XUT", "en")
    (table,) = tables_under(xut, "Scores")
    assert table[0] == ["Dimension", "Score", "Range", "Answered", "Band", "Elements"]
    shown = [figure for one in view.dimensions for figure in (one.total, one.if_adopted) if figure is not None]
    assert [row[1:] for row in table[1:]] == [[f.display, f.range, f.answered, f.band, f.elements] for f in shown]


def test_columns_without_content_are_left_out(esp):
    assert all(not figure.band for figure in (one.total for one in view_of_sample("ESP", "fr").dimensions))
    (table,) = tables_under(esp, "Scores")
    assert table[0] == ["Dimension", "Score", "Fourchette", "Réponses", "Éléments"]


def test_every_figure_is_printed_with_its_name(xut):
    view = view_of_sample("XUT", "en")
    printed = {row[0]: row[1] for table in _tables(xut) for row in table if len(row) >= 4}
    for dimension in view.dimensions:
        groups = [dimension.chapters, dimension.instruments, *(group.figures for group in dimension.themes)]
        for figure in (figure for group in groups for figure in group):
            assert printed[f"{figure.title}\n{figure.id}"].split("\n")[0] in _displays(view, figure.id)
    names = {start.get(f"{W}name") for start in body(xut).iter(f"{W}bookmarkStart")}
    assert bookmark_name(f"figure.{view.dimensions[0].total.id}") in names


def _displays(view, id: str) -> set[str]:
    """What a figure may print: today's, and under its own heading the one if adopted."""
    all_figures = (
        (*one.chapters, one.total, *one.if_adopted_chapters, *one.instruments, *(f for g in one.themes for f in g.figures))
        for one in view.dimensions
    )
    return {figure.display for group in all_figures for figure in group if figure.id == id}


def _tables(content: bytes) -> list[list[list[str]]]:
    return [
        [[text_of(cell) for cell in row.iter(f"{W}tc")] for row in table.iter(f"{W}tr")]
        for table in body(content).iter(f"{W}tbl")
    ]


def test_a_provision_in_full(xut):
    view = view_of_sample("XUT", "en")
    one = next(one for chapter in view.chapters for one in chapter.provisions if one.gap and one.citations and one.observations)
    (rows,) = tables_under(xut, f"{one.id} {one.title}")
    fields = dict(rows)
    assert list(fields)[:3] == ["Rating", "Question", "Elements"]
    for rating in one.ratings:
        assert f"{rating.dimension_title}: " in fields["Rating"]
        assert rating.title in fields["Rating"]
    assert fields["Question"] == one.question
    for line, element in zip(fields["Elements"].split("\n"), one.elements, strict=True):
        assert element.mark in line
        said = f" [{element.said}]" if element.said else ""
        assert line.endswith(f"{element.letter}) {element.text}{said}")
    for citation in one.citations:
        assert f"{citation.law} {citation.articles}" in fields["Legal basis"]
        assert citation.title in fields["Legal basis"]
    assert fields["Observations of the State"] == one.observations
    assert fields["Standards"] == "; ".join(standard.shown for standard in one.standards)
    for part_of_gap in (one.gap.kind_title, one.gap.priority_title, one.gap.points, one.gap.recommendation, *one.gap.reasons):
        assert part_of_gap in fields["Gap"]


def test_what_is_empty_has_no_row(xut):
    rows = [row for table in _tables(xut) for row in table]
    assert all(any(cell.strip() for cell in row[1:]) for row in rows if len(row) > 1)


def test_concordance(xut):
    view = view_of_sample("XUT", "en")
    (table,) = tables_under(xut, "Table of concordance")
    assert table[0] == ["Provision", "National legal basis", "International standards"]
    assert [row[0] for row in table[1:]] == [f"{one.id} {one.title}" for one in view.concordance]


def test_provisions_without_an_answer_are_named_once(xut):
    view = view_of_sample("XUT", "en")
    assert view.unanswered
    for row in view.unanswered:
        assert f"{row.label} {row.text}" in [paragraph.text for paragraph in document(xut).paragraphs]


def test_red_flags_name_the_law(xut):
    view = view_of_sample("XUT", "en")
    (table,) = tables_under(xut, "Red flags: contrary law")
    shown = view.contrary[: budget_of(view).rows]
    assert len(shown) >= 6
    assert [row[0] for row in table[1:]] == [f"{one.id} {one.title}" for one in shown]
    assert all(one.citations[0].title in row[1] for one, row in zip(shown, table[1:], strict=True))
    more = labels("en")("docx.more") in [paragraph.text for paragraph in document(xut).paragraphs]
    assert more or len(shown) == len(view.contrary)


def test_nothing_found_is_said(esp):
    view = view_of_sample("ESP", "fr")
    assert not view.contrary
    assert view.none in [paragraph.text for paragraph in document(esp).paragraphs]


def test_nothing_at_all_still_makes_a_document():
    view = view_of_sample("ESP", "en")
    empty = dict.fromkeys(("dimensions", "chapters", "gaps", "top", "recommendations", "concordance", "laws", "standards"), ())
    content = render_docx(replace(view, **empty), labels("en"))
    assert [text for level, text in headings(content) if level == 2] == OVERVIEW + ANNEX


# --- How it is built ---------------------------------------------------------------------------------------------------


def test_table_of_contents_is_filled_in_and_renews_itself(xut):
    page = body(xut)
    instructions = [one.text for one in page.iter(f"{W}instrText") if "TOC" in one.text]
    assert [one.split()[0] for one in instructions if not one.strip().startswith("PAGEREF")] == ["TOC"]
    entries = {p.find(f".//{W}hyperlink").get(f"{W}anchor"): text_of(p) for p in page.iter(f"{W}p") if _style(p).startswith("TOC")
               and p.find(f".//{W}hyperlink") is not None}  # fmt: skip
    assert list(entries.values()) == [text for level, text in headings(xut) if level <= 3]
    names = {start.get(f"{W}name") for start in page.iter(f"{W}bookmarkStart")}
    assert set(entries) <= names
    assert part(xut, "word/settings.xml").find(f"{W}updateFields").get(f"{W}val") == "true"


def test_what_only_word_reads_names_a_namespace_that_is_declared(xut):
    choices = list(body(xut).iter(f"{{{NAMESPACES['mc']}}}Choice"))
    assert len(choices) == 4
    assert all(one.nsmap[one.get("Requires")] == NAMESPACES["w15"] for one in choices)


def _style(paragraph) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(f"{W}val")


def test_links_lead_somewhere(xut):
    page = body(xut)
    names = [start.get(f"{W}name") for start in page.iter(f"{W}bookmarkStart")]
    assert {link.get(f"{W}anchor") for link in page.iter(f"{W}hyperlink")} <= set(names)
    assert len(names) == len(set(names))
    numbers = [start.get(f"{W}id") for start in page.iter(f"{W}bookmarkStart")]
    assert len(numbers) == len(set(numbers))


def test_heads_of_tables_are_repeated_and_rows_stay_whole(xut):
    for table in body(xut).iter(f"{W}tbl"):
        first, *rows = table.iter(f"{W}tr")
        if table.find(f"{W}tblPr/{W}tblLook").get(f"{W}firstRow") == "1":
            assert first.find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows if len(text_of(row)) < 1000)
        assert table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val")


def test_a_row_that_no_page_could_hold_may_break():
    view = view_of_sample("ESP", "en")
    chapter = view.chapters[0]
    long = replace(chapter.provisions[0], note=LONG)
    view = replace(view, chapters=(replace(chapter, provisions=(long,)),))
    (rows,) = tables_under(render_docx(view, labels("en")), f"{long.id} {long.title}")
    assert dict(rows)["Note"] == LONG
    table = next(t for t in body(render_docx(view, labels("en"))).iter(f"{W}tbl") if LONG[:80] in text_of(t))
    row = next(row for row in table.iter(f"{W}tr") if LONG[:80] in text_of(row))
    assert row.find(f"{W}trPr/{W}cantSplit") is None


def test_the_chart_says_its_data_to_those_who_hear_it(xut):
    pictures = list(body(xut).iter(f"{{{NAMESPACES['wp']}}}docPr"))
    assert len(pictures) == 1
    for dimension in view_of_sample("XUT", "en").dimensions:
        for figure in (*dimension.chapters, dimension.total):
            assert f"{figure.title}: {figure.display} ({figure.range}, {figure.answered})" in pictures[0].get("descr")


def test_language_of_the_document(xut, esp):
    for content, tag in ((xut, "en-GB"), (esp, "fr-FR")):
        lang = part(content, "word/styles.xml").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
        assert lang.get(f"{W}val") == tag
        assert document(content).core_properties.language == tag


def test_properties_come_from_the_report(esp):
    view, properties = view_of_sample("ESP", "fr"), document(esp).core_properties
    assert properties.title == f"{view.title} · {view.subtitle}"
    assert properties.subject == view.notice_short
    assert properties.created.date().isoformat() == view.date_iso
    assert (properties.author, properties.comments, properties.keywords, properties.last_modified_by) == ("", "", "", "")
    with zipfile.ZipFile(io.BytesIO(esp)) as archive:
        assert all(b"python-docx" not in archive.read(name) for name in archive.namelist())


def test_paper_is_a4(xut):
    (section,) = document(xut).sections
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)


def test_same_view_same_bytes(xut):
    assert render_docx(view_of_sample("XUT", "en"), labels("en")) == xut
    with zipfile.ZipFile(io.BytesIO(xut)) as archive:
        names = archive.namelist()
        assert names[0] == "[Content_Types].xml"
        assert names[1:] == sorted(names[1:])
        assert {entry.date_time[:3] for entry in archive.infolist()} == {(2026, 6, 30)}


def test_no_text_box_and_no_link_out(xut):
    with zipfile.ZipFile(io.BytesIO(xut)) as archive:
        assert all(b'TargetMode="External"' not in archive.read(name) for name in archive.namelist() if name.endswith(".rels"))
    assert not list(body(xut).iter(f"{W}txbxContent"))


def test_every_style_used_is_there(xut):
    there = {style.get(f"{W}styleId") for style in part(xut, "word/styles.xml").iter(f"{W}style")}
    used = {one.get(f"{W}val") for tag in ("pStyle", "rStyle", "tblStyle") for one in body(xut).iter(f"{W}{tag}")}
    assert used <= there


def test_the_committed_template_is_what_its_maker_makes():
    committed = (bundled("reports/templates") / TEMPLATE).read_bytes()
    assert unzipped(committed) == unzipped(template())
    assert template() == template()


# --- Text that people typed --------------------------------------------------------------------------------------------

HOSTILE = '=HYPERLINK("x") {{ 7*7 }} {% raw %} </w:t></w:r><w:br/> ]]> &amp; {_{ \x00\x07\x1b\ufffe end\nsecond line\tafter a tab'


def test_typed_text_stays_text():
    view = view_of_sample("ESP", "en")
    chapter = view.chapters[0]
    one = replace(chapter.provisions[0], note=HOSTILE, title=HOSTILE, observations=HOSTILE, question=HOSTILE)
    law = replace(view.laws[0], title=HOSTILE, link="javascript:alert(1)")
    view = replace(
        view,
        title=HOSTILE,
        subtitle=HOSTILE,
        country=HOSTILE,
        notice_short=HOSTILE,
        notices=(HOSTILE,),
        chapters=(replace(chapter, title=HOSTILE, provisions=(one,)),),
        laws=(law,),
        fast_facts=(Row(HOSTILE, HOSTILE),),
        assistance=(Row(HOSTILE, HOSTILE),),
    )
    content = render_docx(view, labels("en"))
    assert tables_under(content, "Fast facts") == [[[clean(HOSTILE), clean(HOSTILE)]]]
    words = text_of(body(content))
    assert "49" not in document(content).paragraphs[0].text
    assert words.count("{{ 7*7 }}") >= 6
    assert "</w:t></w:r><w:br/> ]]> &amp;" in words
    assert "javascript:alert(1)" in words
    assert not [link for link in body(content).iter(f"{W}hyperlink") if link.get(f"{W}anchor") is None]


@given(st.text())
def test_any_text_comes_back_as_it_went_in(text):
    write = Writer({"Report Cell": "ReportCell", "Report Table": "ReportTable"})
    names = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    for made in (write.paragraph(text), write.table(text, (1, 1), [write.row((1, 1), text, [text])])):
        root = parse_xml(f"<root {names}>{made}</root>")
        shown = text_of(root).split("\n" if root.find(f"{W}tbl") is None else "\x00")
        assert clean(text) in "\n".join(shown)


@given(st.text(), st.integers(1, 50))
def test_shortened_text_is_a_beginning(text, limit):
    short = shortened(text, limit)
    assert short == text or (short.endswith(" …") and text.startswith(short.removesuffix(" …")) and len(short) <= limit + 2)


# --- The page budget ---------------------------------------------------------------------------------------------------


def stuffed(view):
    """A report in which people wrote far too much."""
    provisions = [one for chapter in view.chapters for one in chapter.provisions]
    return replace(
        view,
        contrary=tuple(replace(one, note=LONG, title=f"{one.title} {LONG[:90]}") for one in provisions[:40]),
        assistance=tuple(Row(f"{one.id} {one.title}", LONG) for one in provisions),
        recommendations=tuple(replace(row, text=row.text + LONG) for row in view.recommendations),
        summary=tuple(sentence + LONG for sentence in view.summary),
        fast_facts=tuple(replace(fact, text=fact.text + LONG) for fact in view.fast_facts),
    )


@pytest.mark.parametrize(
    ("country", "language", "change"),
    [("XUT", "en", None), ("XUT", "fr", None), ("ESP", "en", None), ("ESP", "fr", None), ("XUT", "fr", stuffed)],
)
def test_the_overview_takes_four_pages_at_most(country, language, change, soffice, tmp_path):
    view = view_of_sample(country, language)
    words = labels(language)
    pages = pages_of(render_docx(change(view) if change else view, words), soffice, tmp_path)
    annex = next(number for number, text in enumerate(pages) if text.strip().startswith(words("docx.sections.annex")))
    assert 1 <= annex <= PAGES
    assert _one_line(view.title) in _one_line(pages[0])
    assert all(_one_line(view.notice_short) in _one_line(text) for text in pages)
    assert words("docx.sections.slip") in pages[-1]
    entry = next(line for line in pages[annex].splitlines() if words("docx.sections.slip") in line)
    assert words("docx.sections.slip") in pages[int(entry.split(".")[-1]) - 1]


def test_the_words_of_a_band_are_not_broken(soffice, tmp_path):
    french = app.report_view(result_of_sample("XUT"), "fr")
    first, *_ = pages_of(render_docx(french, labels("fr")), soffice, tmp_path)
    scores = first.partition("Scores\n")[2]
    words = Counter(word for one in french.dimensions for word in one.total.band.split())
    assert words.total() >= 2
    assert words <= Counter(scores.split())


def _one_line(text: str) -> str:
    return " ".join(text.split())
