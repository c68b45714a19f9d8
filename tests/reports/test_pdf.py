"""Documents in PDF: every block can be read back, in order and tagged, and no text is read as markup."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
from pypdf import PdfReader

from legcheck.issues import InputError, LegcheckWarning
from legcheck.labels import labels, unbroken
from legcheck.reports import pdf
from legcheck.reports.country_report import country_report, minister_page
from legcheck.reports.document import (
    Chart,
    Column,
    Document,
    Heading,
    Look,
    NewPage,
    Place,
    Run,
    Table,
    band,
    bullets,
    cell,
    introduces,
    paragraph,
    strong,
    table,
    tagged,
    words,
)
from legcheck.reports.palette import NOT_FOUND
from legcheck.reports.pdf import write_pdf
from tests.reports.sample_document import HOSTILE, LOOKS, every_block, hostile, in_arabic
from tests.reports.sample_views import annex_of_sample, country_report_of_sample, view_of_sample


@cache
def made(document: Document) -> PdfReader:
    return PdfReader(io.BytesIO(write_pdf(document)))


def text_of(document: Document) -> str:
    """The words of all pages in reading order."""
    pages = "\n".join(page.extract_text() for page in made(document).pages)
    return " ".join(pages.split())


def tags(document: Document) -> Iterator[dict]:
    """The elements of the structure tree, in order."""

    def below(node) -> Iterator[dict]:
        node = node.get_object()
        if isinstance(node, list):
            for one in node:
                yield from below(one)
        elif isinstance(node, dict) and "/S" in node:
            yield node
            yield from below(node.get("/K", []))

    yield from below(made(document).trailer["/Root"]["/StructTreeRoot"]["/K"])


def with_blocks(*blocks) -> Document:
    return replace(every_block(), blocks=blocks, cover=None)


def test_every_block_is_read_in_order():
    text = text_of(every_block())
    expected = [
        "Place for the emblem",
        "Country report · Draft",
        "Law as of 1 March 2026",
        "This is not a verdict on a State.",
        "Foreword by the authority",
        "Contents",
        "Situation",
        *(f"A paragraph that looks like {look}." for look in LOOKS),
        "Plain, strong, muted, a link, no link.",
        "Protect witnesses",
        "Amend the law",
        "The picture by chapter",
        "Least is provided for on remembrance",
        "How provisions stand",
        "First chapter",
        "Duty to inform",
        "In law",
        "80%",
        "Duty to remember",
        "Back to the page.",
    ]
    at = 0
    for part in expected:
        found = text.find(part, at)
        assert found >= 0, part
        at = found


def test_the_document_is_tagged_for_screen_readers():
    root = made(every_block()).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    count = Counter(one["/S"] for one in tags(every_block()))
    assert count["/Title"] == 1
    assert count["/H1"] == 3
    assert count["/Figure"] == 1
    assert count["/LI"] == 4
    assert count["/TH"] == 2 * 3 + 1, "two heads and one band"
    assert count["/TD"] == 3 * 3 + 3


def test_a_row_below_a_page_stays_whole_however_its_height_is_found():
    """Whether a row fits is measured in the look of tables: in that of the text around, it seems twice as high."""
    high = [cell(*(f"row {row} line {line} " + "word " * 20 for line in range(15))) for row in range(9)]
    of = table("", (Column("x", 1), Column("y", 1)), [[cell("name"), one] for one in high], shown=False)
    texts = [page.extract_text() for page in made(replace(with_blocks(of), landscape=True)).pages]
    assert len(texts) > 2
    for row in range(9):
        assert len([text for text in texts if f"row {row} line" in text]) == 1, row


def test_a_band_is_repeated_where_its_rows_run_on_to_another_page():
    of = [band(strong("Objective one")), *([cell(f"row {place}"), cell("word " * 60)] for place in range(30))]
    pages = made(with_blocks(table("", (Column("x", 1), Column("y", 1)), of, shown=False))).pages
    texts = [text for page in pages if "row " in (text := page.extract_text())]
    assert len(texts) > 2
    assert all("Objective one" in text for text in texts)


def test_headings_are_not_skipped_for_screen_readers():
    document = with_blocks(Heading(3, "First"), Heading(1, "Second"), Heading(3, "Third"))
    assert [one["/S"] for one in tags(document) if str(one["/S"]).startswith("/H")] == ["/H1", "/H1", "/H2"]


def test_charts_have_their_text():
    assert [one["/Alt"] for one in tags(every_block()) if one["/S"] == "/Figure"] == ["Bar chart: remembrance 60%."]


def test_words_in_another_language_say_so():
    assert [one["/Lang"] for one in tags(every_block()) if "/Lang" in one] == ["fr-FR", "he"]


def test_links_and_outline_lead_within_the_document():
    reader = made(every_block())
    links = [one.get_object() for page in reader.pages for one in page.get("/Annots", [])]
    assert len(links) == 4 + 2, "the contents, and two links in the text"
    assert all(one["/A"]["/S"] == "/GoTo" if "/A" in one else "/Dest" in one for one in links)
    outline = [one.title for one in reader.outline if not isinstance(one, list)]
    assert outline == ["Foreword", "On one page", "Annex"]


def test_pages_are_numbered_but_for_the_cover():
    first, second, *_ = (page.extract_text() for page in made(every_block()).pages)
    assert "Page" not in first
    assert "Draft for discussion · Utopia" in second
    assert "Page 2 of 4" in second


def test_the_head_of_a_table_is_repeated_on_every_page():
    columns = (Column("Provision", 3), Column("Share", 1))
    document = with_blocks(table("Long", columns, [(cell(f"Row {number}"), cell("1")) for number in range(200)]))
    pages = made(document).pages
    assert len(pages) > 3
    assert all("Provision" in page.extract_text() for page in pages)


def test_the_same_document_gives_the_same_bytes_dated_by_the_law():
    assert write_pdf(every_block()) == write_pdf(every_block())
    facts = made(every_block()).metadata
    assert (facts["/CreationDate"], facts["/ModDate"]) == ("D:20260301000000Z",) * 2
    assert facts["/Title"] == "Utopia · Law as of 1 March 2026"
    assert "/Author" not in facts


def test_every_font_is_embedded():
    fonts = [font.get_object() for page in made(every_block()).pages for font in page["/Resources"]["/Font"].values()]
    described = [below.get_object()["/FontDescriptor"] for font in fonts for below in font["/DescendantFonts"]]
    assert described
    assert all({"/FontFile2", "/FontFile3"} & {*one} for one in described)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_pages_in_our_languages_need_no_font_of_the_machine(language, monkeypatch):
    view, words = view_of_sample("XUT", language), labels(language)
    documents = (every_block(), country_report(view, words, ()), minister_page(view, words, ()))
    shipped = pdf._fonts()
    monkeypatch.setattr(pdf, "_fonts", lambda *, system=False: shipped)
    for document in documents:
        assert b"<pdfuaid:part>1</pdfuaid:part>" in write_pdf(document), "given up where a character has no font"


def test_every_foot_stands_at_the_same_height_in_the_same_look():
    columns = (Column("Provision", 3), Column("Share", 1))
    rows = [(cell("Duty"), cell("1"))] * 60
    feet = set()

    def note(text, matrix, place, _font, size):
        if "Page" in text:
            feet.add((round(matrix[5] + place[5], 1), round(size * abs(place[0] or 1), 1)))

    pages = made(with_blocks(paragraph("Words."), NewPage(), table("Long", columns, rows), NewPage(), Place("Here"))).pages
    assert len(pages) > 3
    for page in pages:
        page.extract_text(visitor_text=note)
    assert len(feet) == 1


def test_long_text_in_a_narrow_column_goes_on_over_the_page():
    columns = (Column("Provision", 1), Column("Remark", 11))
    document = with_blocks(table("Narrow", columns, [(cell(" ".join(f"n{number}" for number in range(400))), cell("1"))]))
    assert set(re.findall(r"\bn\d+", text_of(document))) == {f"n{number}" for number in range(400)}


def test_the_colour_of_a_rating_covers_none_of_its_letters():
    """It is painted once, before them, however long its words are."""

    def fills(rating: str) -> int:
        document = with_blocks(table("Ratings", (Column("Law", 1),), [(cell(words(tagged(rating, NOT_FOUND))),)]))
        return made(document).pages[0].get_contents().get_data().split().count(b"f")

    assert fills("Partiellement prévu") == fills("Non prévu")


def test_a_low_row_stays_on_one_page():
    columns = (Column("Provision", 3), Column("Remark", 3))
    long = " ".join(["Word"] * 150)
    document = with_blocks(table("Rows", columns, [(cell(f"{long} END{number}"), cell(f"START{number}")) for number in range(9)]))
    for page in made(document).pages:
        text = page.extract_text()
        assert {*re.findall(r"START(\d)", text)} == {*re.findall(r"END(\d)", text)}


def test_a_page_from_right_to_left():
    reader = made(in_arabic())
    (page,) = reader.pages
    assert page.mediabox.width > page.mediabox.height
    assert reader.trailer["/Root"]["/Lang"] == "ar"
    assert {"/H1", "/Table", "/L"} <= {one["/S"] for one in tags(in_arabic())}
    xs = {}

    def note(text, _matrix, place, *_):
        for number in ("80", "29/2011"):
            if number in text:
                xs[number] = place[4]

    page.extract_text(visitor_text=note)
    assert xs["80"] < float(page.mediabox.width) / 2, "the last column stands on the left"


def test_no_text_is_read_as_markup():
    text = text_of(hostile())
    assert text.count(" ".join(HOSTILE.split())) >= 8
    assert text.count("Word") == 4_000
    assert text.count("x" * 6) > 300
    assert made(hostile()).trailer["/Root"]["/Names"] is not None


@pytest.mark.filterwarnings("ignore::legcheck.issues.LegcheckWarning")
@pytest.mark.parametrize("text", ["中文", "😀", "\u0378", "\u202eabc", "a" * 5_000, "\n\n", "\x00", "\u200b"])
def test_any_character_can_be_set(text):
    assert len(made(with_blocks(Heading(1, text), paragraph(text, Run("b", language=text)))).pages) > 0


def test_a_character_that_no_font_has_is_said_to_be_a_box():
    with pytest.warns(LegcheckWarning, match=r"No font on this machine has “U\+0378”"):
        content = write_pdf(with_blocks(paragraph("\u0378")))
    assert b"pdfuaid" not in content


def test_further_scripts_are_set_in_fonts_of_the_machine_made_for_them(monkeypatch):
    """Arabic would else be set in a font of typst's for program code."""
    seen = {}
    monkeypatch.setattr(pdf, "_further_fonts", lambda: ("Noto Naskh Arabic",))
    monkeypatch.setattr(pdf, "typeset", lambda *_, system, **__: seen.update(system=system, fonts=_[2]["fonts"]) or b"")
    for text, further in (("ضحايا", True), ("受害者", True), ("पीड़ित", True), ("Жертвы, θύματα, łódź ✓ →", False)):
        write_pdf(with_blocks(paragraph(text)))
        assert seen["system"] is further
        assert ("Noto" in seen["fonts"]) is further


def test_a_template_of_ones_own_reads_the_same_data():
    own = b"#let data = json(bytes(sys.inputs.document))\n#set document(title: data.title)\n#data.blocks.first().text"
    (page,) = PdfReader(io.BytesIO(write_pdf(every_block(), own))).pages
    assert page.extract_text().strip() == "Foreword"


@pytest.mark.parametrize(
    ("template", "problem"),
    [
        (b"#set document(title: [T])\n#nothing", "unknown variable: nothing"),
        (b"\n#let a = (", "unclosed delimiter"),
        (b'#set document(title: [T])\n#read("../../etc/passwd")', "path"),
        (b"\nNo title", "title"),
        (b"\xff\n\xfe", "UTF-8"),
    ],
)
def test_a_broken_template_is_a_message_with_its_line(template, problem):
    with pytest.raises(InputError) as caught:
        write_pdf(every_block(), template)
    (issue,) = caught.value.issues
    assert re.search(problem, dict(issue.facts)["problem"])
    assert issue.code == "R204"


@pytest.mark.parametrize("lines", range(30, 42))
def test_a_heading_stands_on_the_page_of_what_follows(lines):
    """However full the page is: with its rule, its introduction and a short list below it."""
    filling = (paragraph(f"Line {number}.") for number in range(lines))
    short = bullets(["First of two.", "Second of two."])
    blocks = (*filling, Heading(1, "Not answered", inline=True), paragraph("These have no answer."), short)
    pages = [page.extract_text() for page in made(with_blocks(*blocks)).pages]
    (page,) = [page for page in pages if "Not answered" in page]
    assert "Second of two." in page


def test_a_short_table_is_not_divided_between_pages():
    columns = (Column("Band", 1), Column("Share", 1))
    short = table("Bands", columns, [(cell(f"Band {number}"), cell("1")) for number in range(6)])
    for lines in range(30, 42):  # wherever on the page it begins
        document = with_blocks(*(paragraph(f"Line {number}") for number in range(lines)), short)
        pages = [page.extract_text() for page in made(document).pages]
        assert sum("Band 0" in page for page in pages) == 1
        assert any("Band 0" in page and "Band 5" in page for page in pages)


def test_a_table_taller_than_a_page_loses_nothing():
    columns = (Column("Narrow", 1), Column("Wide", 20))
    document = with_blocks(table("Tall", columns, [(cell("word " * 150 + "last"), cell("\n" * 200 + "end"))]))
    text = text_of(document)
    assert text.count("word") == 150
    assert "last" in text
    assert "end" in text


@pytest.mark.parametrize("document_of", [country_report_of_sample, annex_of_sample])
def test_a_whole_report_is_read_out_in_order(document_of):
    """What a screen reader meets: the headings in order, heads of tables, pictures with their text, and the language."""
    of = document_of("XOR", "fr")
    reader = made(of)
    root = reader.trailer["/Root"]
    assert root["/Lang"] == of.locale
    found = list(tags(of))
    levels = [int(str(one["/S"])[2:]) for one in found if re.fullmatch(r"/H[1-6]", str(one["/S"]))]
    assert levels == [heading.level for heading in of.headings]
    tables = [block for block in of.blocks if isinstance(block, Table)]
    kinds = Counter(one["/S"] for one in found)
    assert kinds["/Table"] == len(tables)
    heads = sum(len(one.columns) for one in tables if any(column.title for column in one.columns))
    assert kinds["/TH"] == heads + sum(row.band for one in tables for row in one.rows)
    charts = [block for block in of.blocks if isinstance(block, Chart)]
    assert [one["/Alt"] for one in found if one["/S"] == "/Figure"] == [chart.text for chart in charts]


def test_what_is_copied_is_what_was_written_and_no_citation_is_torn():
    digest, address = "e754faf7cb7bc2d666c0e495805cc88fa4ffcb93b95b07bc750efeed102490e6", "https://example.org/" + "a" * 90
    bases = "; ".join(f"Act, art. {number}, s. {number}(1), {number} bis(2), § {number}" for number in range(60, 120))
    pages = made(with_blocks(paragraph(digest), paragraph(address), paragraph(bases))).pages
    shown = "".join(page.extract_text() for page in pages)
    assert "\u200b" not in shown
    assert digest in shown
    assert address in shown.replace("\n", "")
    assert not re.search(r"(?:art\.|s\.|§)\s*\n|\n\s*bis", shown)


def test_what_leads_on_to_a_table_stays_with_it():
    heading, intro, remark = Heading(1, "Standards"), paragraph("The key."), paragraph("* Not checked.", look=Look.SMALL)
    rows = table("Key", [Column("A", 1)], [[cell("a")]])
    assert introduces(heading, intro, remark)
    assert introduces(intro, remark, rows)
    assert introduces(heading, remark, rows)
    assert not introduces(intro, paragraph("More."), rows)
    assert not introduces(intro, remark, paragraph("More."))


def test_articles_are_tied_to_their_numbers_in_every_language():
    assert unbroken("art. 65; arts. 3, 4; article 7; s. 3(1); § 2; 3 bis(1)") == (
        "art.\u00a065; arts.\u00a03, 4; article\u00a07; s.\u00a03(1); §\u00a02; 3\u00a0bis(1)"
    )
    assert unbroken("a part 3 of us; 5 articles") == "a part 3 of us; 5 articles"
