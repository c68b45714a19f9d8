"""Documents in Word: what a reader of the file, or of the page by ear, can rely on."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from legcheck.labels import labels
from legcheck.reports.annex import annex
from legcheck.reports.country_report import country_report
from legcheck.reports.document import (
    Block,
    Chart,
    Column,
    Document,
    Heading,
    Items,
    Row,
    Run,
    band,
    bullets,
    cell,
    paragraph,
    table,
    words,
)
from legcheck.reports.docx import shipped_template, write_docx
from legcheck.reports.docx_markup import NAMESPACES, bookmark_name, clean
from tests.reports.docx_reading import W, body, document, headings, part, rows_of, text_of
from tests.reports.sample_document import SVG, every_block, hostile, in_arabic
from tests.reports.sample_views import annex_of_sample, country_report_of_sample, plan_annex_of_sample, view_of_sample
from tests.reports.word_templates import A4, FONT, MARGIN, template

COVER = 6 + 1  # paragraphs of the sample's cover
DRAWING = f"{{{NAMESPACES['wp']}}}docPr"


@cache
def made(of: Document) -> bytes:
    return write_docx(of)


def page_of(*blocks: Block) -> Document:
    """A page with these blocks alone."""
    return replace(every_block(), blocks=blocks, cover=None)


def holding(*blocks: Block):
    """What Word reads of these blocks."""
    return body(made(page_of(*blocks)))


def style_of(one) -> str:
    style = one.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(f"{W}val")


def paragraph_with(page, text: str):
    return next(one for one in page.iter(f"{W}p") if text in text_of(one))


def run_with(page, text: str):
    return next(one for one in page.iter(f"{W}r") if text in "".join(part.text or "" for part in one.iter(f"{W}t")))


def marked(one, name: str) -> bool:
    """Whether a paragraph or run carries a property."""
    return one.find(f"{W}{'pPr' if one.tag == f'{W}p' else 'rPr'}/{W}{name}") is not None


def names_of(page) -> list[str]:
    return [start.get(f"{W}name") for start in page.iter(f"{W}bookmarkStart")]


DOCUMENTS = {
    "country report": lambda: country_report_of_sample("XUT", "en"),
    "annex": lambda: annex_of_sample("XUT", "en"),
    "every block": every_block,
    "Arabic": in_arabic,
    "hostile": hostile,
}


@pytest.fixture(params=DOCUMENTS.values(), ids=list(DOCUMENTS), scope="module")
def each(request) -> bytes:
    return made(request.param())


# --- Headings, contents and links --------------------------------------------------------------------------------------


@pytest.mark.parametrize("country", ["XUT", "XOR"])
@pytest.mark.parametrize("document_of", [country_report_of_sample, annex_of_sample])
def test_levels_of_headings_are_never_skipped(document_of, country):
    levels = [level for level, _ in headings(made(document_of(country, "en")))]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_contents_are_filled_in_with_links_to_their_headings():
    content = made(country_report_of_sample("XUT", "en"))
    page = body(content)
    entries = [one for one in page.iter(f"{W}p") if re.fullmatch(r"TOC\d", style_of(one))]
    assert [(int(style_of(one)[-1]), text_of(one)) for one in entries] == [one for one in headings(content) if one[0] <= 2]
    starts = {start.get(f"{W}name"): start.getparent() for start in page.iter(f"{W}bookmarkStart")}
    assert all(text_of(starts[one.find(f"{W}hyperlink").get(f"{W}anchor")]) == text_of(one) for one in entries)
    marks = [mark.get(f"{W}fldCharType") for one in entries for mark in one.iter(f"{W}fldChar")]
    assert marks == ["begin", "separate", "end"]


@pytest.mark.parametrize("document_of", [annex_of_sample, plan_annex_of_sample])
def test_annexes_have_contents_with_their_chapters(document_of):
    content = made(document_of("XUT", "en"))
    entries = [one for one in body(content).iter(f"{W}p") if re.fullmatch(r"TOC\d", style_of(one))]
    assert [text_of(one) for one in entries] == [text for level, text in headings(content) if level <= 2]
    assert len(entries) > 10


def test_word_asks_nothing_when_it_opens_a_document(each):
    assert part(each, "word/settings.xml").find(f"{W}updateFields") is None
    assert not [mark for mark in body(each).iter(f"{W}fldChar") if mark.get(f"{W}dirty")]


def test_links_lead_somewhere(each):
    page = body(each)
    assert {link.get(f"{W}anchor") for link in page.iter(f"{W}hyperlink")} <= set(names_of(page))


def test_a_link_to_what_is_not_there_is_plain_text():
    page = body(made(every_block()))
    assert run_with(page, "no link").getparent().tag == f"{W}p"
    link = run_with(page, "a link")
    assert link.getparent().get(f"{W}anchor") == bookmark_name("GEN-1")
    assert link.find(f"{W}rPr/{W}rStyle").get(f"{W}val") == "Hyperlink"


def test_bookmarks_are_unique(each):
    starts = list(body(each).iter(f"{W}bookmarkStart"))
    for attribute in ("name", "id"):
        values = [start.get(f"{W}{attribute}").casefold() for start in starts]
        assert len(values) == len(set(values))
    assert all(re.fullmatch(r"[A-Za-z_]\w{0,39}", start.get(f"{W}name"), re.ASCII) for start in starts)


def test_anchors_that_differ_late_or_in_another_script_do_not_meet():
    anchors = ["a" * 45 + "1", "a" * 45 + "2", "подвиг", "права", "حق", "GEN-1", "GEN_1", "1", "_1"]
    assert len({bookmark_name(anchor) for anchor in anchors}) == len(anchors)
    page = holding(*(Heading(2, f"To {place}", anchor) for place, anchor in enumerate(anchors)),
                   paragraph(*(Run(f"link {place} ", to=anchor) for place, anchor in enumerate(anchors))))  # fmt: skip
    for place, link in enumerate(page.iter(f"{W}hyperlink")):
        start = next(one for one in page.iter(f"{W}bookmarkStart") if one.get(f"{W}name") == link.get(f"{W}anchor"))
        assert text_of(start.getparent()) == f"To {place}"


def test_the_same_anchor_twice_leads_to_the_first():
    page = holding(Heading(2, "First", "here"), Heading(2, "Second", "here"))
    assert names_of(page).count("here") == 1
    assert text_of(next(one for one in page.iter(f"{W}bookmarkStart") if one.get(f"{W}name") == "here").getparent()) == "First"


# --- Tables, lists and charts ------------------------------------------------------------------------------------------


def test_heads_of_tables_are_repeated_and_rows_stay_whole(each):
    for one in body(each).iter(f"{W}tbl"):
        first, *rows = one.iter(f"{W}tr")
        titled = one.find(f"{W}tblPr/{W}tblLook").get(f"{W}firstRow") == "1"
        assert (first.find(f"{W}trPr/{W}tblHeader") is not None) is titled
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows if len(text_of(row)) < 2000)


def test_a_row_that_no_page_could_hold_may_break():
    page = holding(table("Long", (Column("A", 1),), [[cell("word " * 2000)], [cell("short")]]))
    _, long, short = page.iter(f"{W}tr")
    assert long.find(f"{W}trPr/{W}cantSplit") is None
    assert short.find(f"{W}trPr/{W}cantSplit") is not None


def test_a_table_that_half_a_page_holds_stays_on_one_page():
    def kept(rows: int, words: int, title: str = "A") -> list[bool]:
        page = holding(table("T", (Column(title, 1),), [[cell("word " * words)]] * rows))
        return [all(marked(one, "keepNext") for one in row.iter(f"{W}p")) for row in [*page.iter(f"{W}tr")][-rows:]]

    assert kept(3, 20) == [True, True, False]
    assert kept(4, 200) == [False, False, True, False]  # of others, the last row is never alone on a page
    assert kept(30, 2) == [*[False] * 28, True, False]
    assert not any(kept(3, 2000))
    assert kept(6, 20, title="") == [True] * 5 + [False]  # so does a block of labels and texts
    assert kept(6, 600, title="") == [True, False, False, False, True, False]  # a longer one may go on overleaf


def test_every_table_has_a_caption_for_those_who_hear_it_and_most_print_it(each):
    for one in body(each).iter(f"{W}tbl"):
        assert one.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val")
    page = body(made(every_block()))
    shown, hidden = page.iter(f"{W}tbl")
    caption = shown.getprevious()
    assert (style_of(caption), text_of(caption)) == ("Caption", "How provisions stand")
    assert "Not printed" not in text_of(page)
    assert hidden.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val") == "Not printed"


def test_a_table_fills_the_width_and_its_cells_agree_with_the_grid(each):
    for one in body(each).iter(f"{W}tbl"):
        grid = [int(column.get(f"{W}w")) for column in one.iter(f"{W}gridCol")]
        assert sum(grid) == int(one.find(f"{W}tblPr/{W}tblW").get(f"{W}w"))
        for row in one.iter(f"{W}tr"):
            assert sum(int(width.get(f"{W}w")) for width in row.iter(f"{W}tcW")) == sum(grid)


def test_tables_in_a_row_stay_apart_and_a_paragraph_ends_the_document():
    one = table("", (Column("A", 1),), [[cell("x")]], shown=False)
    tags = [child.tag.removeprefix(W) for child in holding(one, one)][2:]
    assert tags == ["tbl", "p", "tbl", "p", "sectPr"]


def test_a_band_spans_the_table():
    first = next(body(made(every_block())).iter(f"{W}tbl"))
    band = next(row for row in first.iter(f"{W}tr") if text_of(row) == "First chapter")
    (only,) = band.iter(f"{W}tc")
    assert only.find(f"{W}tcPr/{W}gridSpan").get(f"{W}val") == "3"


def test_rows_stay_with_the_band_that_names_them():
    """What stands in a band is repeated on no page, so a row below it on the next page would be nameless."""
    long = "word " * 60
    of = [row for name in "ABCD" for row in (band(name), *([cell(f"{name}{place}"), cell(long)] for place in range(3)))]
    (one,) = holding(table("", (Column("x", 1), Column("y", 1)), of, shown=False)).iter(f"{W}tbl")
    kept = {text_of(row)[:2].strip(): marked(next(row.iter(f"{W}p")), "keepNext") for row in one.iter(f"{W}tr")}
    for name in "ABCD":
        assert [kept[name], kept[f"{name}0"], kept[f"{name}1"]] == [True, True, True]
        assert not kept[f"{name}2"]


def test_every_numbered_list_begins_at_one():
    steps = Items((words("first"), words("second")), numbered=True)
    content = made(page_of(steps, paragraph("Between."), steps, bullets(["dot"])))
    numbers = [
        (text_of(one), one.find(f"{W}pPr/{W}numPr/{W}numId").get(f"{W}val"))
        for one in body(content).iter(f"{W}p")
        if marked(one, "numPr")
    ]
    first, second = {number for text, number in numbers if text == "first"}
    assert first != second
    numbering = part(content, "word/numbering.xml")
    for number in (first, second):
        one = next(one for one in numbering.iter(f"{W}num") if one.get(f"{W}numId") == number)
        assert one.find(f"{W}lvlOverride/{W}startOverride").get(f"{W}val") == "1"
    dot = next(number for text, number in numbers if text == "dot")
    kind = next(one for one in numbering.iter(f"{W}num") if one.get(f"{W}numId") == dot).find(f"{W}abstractNumId").get(f"{W}val")
    look = next(one for one in numbering.iter(f"{W}abstractNum") if one.get(f"{W}abstractNumId") == kind)
    assert look.find(f"{W}lvl/{W}numFmt").get(f"{W}val") == "bullet"


def test_a_chart_is_a_drawing_with_a_bitmap_and_says_the_same_in_words():
    content = made(every_block())
    (picture,) = body(content).iter(DRAWING)
    assert (picture.get("name"), picture.get("descr")) == ("Least is provided for on remembrance", "Bar chart: remembrance 60%.")
    title = next(picture.iterancestors(f"{W}p")).getprevious()
    assert (style_of(title), text_of(title)) == ("Caption", "Least is provided for on remembrance")
    relations = {one.get("Id"): one.get("Target") for one in part(content, "word/_rels/document.xml.rels")}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        embedded = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
        bitmap, vector = (
            archive.read(f"word/{relations[one.get(embedded)]}") for one in body(content).iter() if one.get(embedded) is not None
        )
    assert bitmap.startswith(b"\x89PNG")
    assert vector == SVG.encode()


def test_charts_do_not_take_each_others_drawings():
    other = SVG.replace("60", "90")
    content = made(page_of(Chart("One", SVG, "a", 16, 3), Chart("Two", other, "b", 16, 3)))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        drawings = [archive.read(name) for name in archive.namelist() if name.endswith(".svg")]
    assert sorted(drawings) == sorted([SVG.encode(), other.encode()])
    numbers = [one.get("id") for one in body(content).iter(DRAWING)]
    assert len(numbers) == len(set(numbers)) == 2


def test_a_chart_is_in_the_font_of_the_document_in_each_format():
    (chart,) = (one for one in country_report_of_sample("XUT", "en").blocks if isinstance(one, Chart))
    with zipfile.ZipFile(io.BytesIO(made(page_of(chart)))) as archive:
        drawing = archive.read("word/media/chart1.svg").decode()
    assert re.findall('font-family="([^",]+)', drawing) == [FONT]
    assert re.findall('font-family="([^",]+)', chart.svg) == ["Libertinus Serif"]


def test_a_chart_is_never_wider_than_the_text():
    (extent,) = holding(Chart("Wide", SVG, "a", 40, 8)).iter(f"{{{NAMESPACES['wp']}}}extent")
    wide, high = int(extent.get("cx")), int(extent.get("cy"))
    assert wide <= (A4[0] - 2 * MARGIN) * 635
    assert wide / high == pytest.approx(5, rel=0.01)


# --- Languages and directions ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "locale"), [("en", "en-GB"), ("fr", "fr-FR")])
def test_a_document_names_its_language(language, locale):
    content = made(country_report_of_sample("XOR", language))
    lang = part(content, "word/styles.xml").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    assert lang.get(f"{W}val") == locale
    assert document(content).core_properties.language == locale


def test_words_in_another_language_name_it():
    page = body(made(every_block()))
    for text, language in (("Les victimes", "fr-FR"), ("לכל נפגע", "he")):
        lang = run_with(page, text).find(f"{W}rPr/{W}lang")
        assert (lang.get(f"{W}val"), lang.get(f"{W}bidi")) == (language, language)
    assert not marked(run_with(page, "Plain, "), "lang")


def test_french_notes_in_an_english_report_are_marked_as_french():
    view = replace(view_of_sample("XOR", "en"), notes_language="fr")
    one = next(one for chapter in view.chapters for one in chapter.provisions if one.note)
    wishing = next(one for chapter in view.chapters for one in chapter.provisions if one.assistance)
    report = body(write_docx(country_report(view, labels("en"), ())))
    assert run_with(report, wishing.assistance).find(f"{W}rPr/{W}lang").get(f"{W}val") == "fr"
    page = body(write_docx(annex(view, labels("en"))))
    assert run_with(page, one.note).find(f"{W}rPr/{W}lang").get(f"{W}val") == "fr"
    assert not marked(run_with(page, one.question), "lang")


@pytest.mark.parametrize(
    ("text", "from_right"),
    [
        ("حق الضحايا", True),
        ("זכויות הנפגעים", True),
        ("(1) القانون Law 29/2011", True),
        ("Law 29/2011, قانون", False),
        ("2026", False),
    ],
)
def test_paragraphs_and_runs_run_the_way_their_words_do(text, from_right):
    page = holding(paragraph(text), bullets([text]), Heading(2, text), table(text, (Column(text, 1),), [[cell(text)]]))
    shown = [one for one in page.iter(f"{W}p") if text_of(one) == text]
    assert len(shown) == 6
    for one in shown:
        assert marked(one, "bidi") is from_right
        assert all(marked(run, "rtl") is from_right for run in one.iter(f"{W}r"))


def test_a_document_from_right_to_left_is_so_throughout():
    page = body(made(in_arabic()))
    assert all(one.find(f"{W}tblPr/{W}bidiVisual") is not None for one in page.iter(f"{W}tbl"))
    assert marked(paragraph_with(page, "80 %"), "bidi")
    assert next(body(made(every_block())).iter(f"{W}bidiVisual"), None) is None


def test_words_in_another_script_within_a_paragraph_keep_their_own_direction():
    page = body(made(in_arabic()))
    assert marked(paragraph_with(page, "Law 29/2011"), "bidi")
    assert marked(run_with(page, "لكل ضحية"), "rtl")
    assert not marked(run_with(page, "Law 29/2011"), "rtl")


# --- The file ----------------------------------------------------------------------------------------------------------


def test_properties_come_from_the_document():
    of = country_report_of_sample("XOR", "fr")
    properties = document(made(of)).core_properties
    assert properties.title == f"{of.title} · {of.subtitle}"
    assert properties.subject == of.running[:255]
    assert properties.created.date().isoformat() == of.date
    assert (properties.author, properties.comments, properties.keywords, properties.last_modified_by) == ("", "", "", "")
    with zipfile.ZipFile(io.BytesIO(made(of))) as archive:
        assert all(b"python-docx" not in archive.read(name) for name in archive.namelist())


def test_the_same_document_gives_the_same_bytes():
    for of in (every_block(), annex_of_sample("XOR", "fr")):
        assert write_docx(of) == made(of)
    with zipfile.ZipFile(io.BytesIO(made(every_block()))) as archive:
        names = archive.namelist()
        assert names == ["[Content_Types].xml", *sorted(names[1:])]
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 3, 1, 0, 0, 0)}


def test_every_style_used_is_there(each):
    there = {style.get(f"{W}styleId") for style in part(each, "word/styles.xml").iter(f"{W}style")}
    used = {one.get(f"{W}val") for tag in ("pStyle", "rStyle", "tblStyle") for one in body(each).iter(f"{W}{tag}")}
    assert used <= there


def test_no_text_box_and_no_link_out(each):
    with zipfile.ZipFile(io.BytesIO(each)) as archive:
        assert all(b'TargetMode="External"' not in archive.read(name) for name in archive.namelist() if name.endswith(".rels"))
    assert not list(body(each).iter(f"{W}txbxContent"))


def test_paper_is_a4_and_the_annex_lies_across():
    for of, paper in ((country_report_of_sample("XUT", "en"), A4), (annex_of_sample("XUT", "en"), A4[::-1])):
        (section,) = document(made(of)).sections
        assert (section.page_width.twips, section.page_height.twips) == paper
        edge = section.page_width.twips - section.left_margin.twips - section.right_margin.twips
        (tab,) = document(made(of)).styles["footer"].paragraph_format.tab_stops
        assert tab.position.twips == edge
        assert document(made(of)).styles["toc 1"].paragraph_format.tab_stops[0].position.twips == edge


def test_every_page_but_the_cover_says_what_the_report_is_not_and_its_number():
    of = country_report_of_sample("XOR", "fr")
    (section,) = document(made(of)).sections
    assert section.different_first_page_header_footer
    assert not section.first_page_footer.paragraphs[0].text
    foot = part(made(of), "word/footer1.xml")
    assert of.running in text_of(foot)
    assert [field.text.strip() for field in foot.iter(f"{W}instrText")] == ["PAGE", "NUMPAGES"]
    (section,) = document(made(annex_of_sample("XOR", "fr"))).sections
    assert not section.different_first_page_header_footer


def test_the_cover_says_what_the_document_is():
    of = every_block()
    first = [one.text for one in document(made(of)).paragraphs[:COVER]]
    facts = [f"{label}  {text}" for label, text in of.cover.facts]
    assert document(made(of)).paragraphs[0]._p.find(f"{W}pPr/{W}framePr").get(f"{W}w") == "2268"
    assert first == [of.cover.emblem, of.cover.kind, of.cover.title, of.cover.subtitle, *facts, *of.cover.notices]
    plain = [one.text for one in document(made(replace(of, cover=None))).paragraphs[:2]]
    assert plain == [of.title, of.subtitle]


def test_a_reading_has_no_place_for_the_emblem_of_a_state_it_does_not_speak_for():
    of = country_report_of_sample("CAN", "en")
    assert document(made(of)).paragraphs[0].text == of.cover.kind
    assert "emblem" not in text_of(body(made(of)))


def test_the_committed_template_is_what_its_maker_makes():
    def parts(content: bytes) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    assert parts(shipped_template()) == parts(template())
    assert template() == template()


# --- Text that people typed --------------------------------------------------------------------------------------------

TYPED = '=HYPERLINK("x") {{ title }} {% raw %} </w:t></w:r><w:br/> ]]> &amp; {_{ 👩‍⚖️ \x00\x07\x1b\ufffe end\nline\ttab'


def test_typed_text_stays_text():
    cover = replace(every_block().cover, title=TYPED, facts=((TYPED, TYPED),), notices=(TYPED,))
    blocks = (
        Heading(1, TYPED, TYPED),
        paragraph(TYPED, Run(TYPED, to=TYPED, language=TYPED)),
        Chart(TYPED, SVG, TYPED, 16, 3),
        table(TYPED, (Column(TYPED, 1),), [Row((cell(TYPED),), anchor=TYPED)]),
    )
    of = replace(every_block(), title=TYPED, subtitle=TYPED, running=TYPED, cover=cover, blocks=blocks)
    content = write_docx(of)
    assert text_of(body(content)).count(clean(TYPED)) == 11
    assert text_of(part(content, "word/footer1.xml")).startswith(clean(TYPED))
    assert next(body(content).iter(DRAWING)).get("descr") == clean(TYPED)
    assert not [link for link in body(content).iter(f"{W}hyperlink") if link.get(f"{W}anchor") is None]


@given(some.text(some.characters(codec=None)))
def test_any_text_comes_back_as_it_went_in(text):
    blocks = (Heading(2, text, text), paragraph(text, Run(text, strong=True, language="fr")), bullets([text]))
    tabled = table(text, (Column("A", 1), Column(text, 1, end=True)), [[cell(text), cell(text, text)]])
    page = body(write_docx(page_of(*blocks, tabled)))
    shown = clean(text)
    _, _, *outside = (text_of(one) for one in page.iterchildren(f"{W}p"))
    assert outside[:3] == [shown, shown * 2, shown]
    assert rows_of(next(page.iter(f"{W}tbl"))) == [["A", shown], [shown, f"{shown}\n{shown}" if text else ""]]
