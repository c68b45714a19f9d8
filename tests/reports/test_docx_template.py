"""The adviser's own Word template: what it may hold, the message if it cannot be used, and that it is preserved."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.shared import Cm, Pt
from hypothesis import given
from hypothesis import strategies as some

from legcheck.issues import InputError
from legcheck.labels import labels, languages
from legcheck.reports.docx import TAGS, check_template, shipped_template, write_docx
from legcheck.reports.docx import _fill_paragraph as fill_paragraph
from legcheck.reports.docx_markup import NAMESPACES
from legcheck.reports.plan_document import plan_document
from tests.reports.docx_reading import W, body, document, headings, pages_of, part, rows_of, text_of
from tests.reports.sample_document import every_block
from tests.reports.sample_views import annex_of_sample, country_report_of_sample, plan_view_of_sample

W_NAMESPACE = f'xmlns:w="{NAMESPACES["w"]}"'
REPORT = every_block()
PAGE = replace(REPORT, blocks=REPORT.blocks[:2])


def saved(made) -> bytes:
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def holding(*lines: str) -> bytes:
    """A Word document with these paragraphs."""
    made = Document()
    for line in lines:
        made.add_paragraph(line)
    return saved(made)


def changed(content: bytes, part_name: str, old: bytes, new: bytes) -> bytes:
    """The same file with something in one part replaced."""
    return with_parts(content, {part_name: parts_of(content)[part_name].replace(old, new)})


def with_parts(content: bytes, parts: dict[str, bytes]) -> bytes:
    """The same file with some parts replaced or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        for name, inside in (parts_of(content) | parts).items():
            target.writestr(name, inside)
    return stream.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def issues_of(content: bytes) -> list[tuple[str, str]]:
    return [(issue.code, labels("en").message(issue)) for issue in check_template(content, "own.docx")]


def filled(template: bytes, of=REPORT) -> bytes:
    return write_docx(of, template)


# --- What can be used --------------------------------------------------------------------------------------------------


def test_the_shipped_template_has_no_faults():
    assert issues_of(shipped_template()) == []


def test_every_tag_says_what_it_shows():
    for language in languages():
        assert all(labels(language).has(f"docx.tags.{tag}") for tag in TAGS)


def test_unknown_tags_are_all_named_with_the_likely_one():
    first, second = issues_of(holding("{{ titel }} {{ title }}", "{{ contents }}", "{{ titel }}"))
    assert (first[0], second[0]) == ("R202", "R202")
    assert "'titel'" in first[1]
    assert "Did you mean 'title'?" in first[1]
    assert "'contents'" in second[1]
    assert "Did you mean 'content'?" in second[1]


def test_unknown_tags_in_heads_and_feet_are_found_too():
    made = Document()
    made.sections[0].header.paragraphs[0].text = "{{ headline }}"
    made.sections[0].footer.paragraphs[0].text = "{{ footline }}"
    assert len(issues_of(saved(made))) == 2


@pytest.mark.parametrize("tag", ["title.__class__", "title|upper", "title()", "'a' * 1000000000", "7*7", "self", "p content"])
def test_a_tag_is_a_word_and_never_run(tag):
    template = holding(f"{{{{ {tag} }}}}", "{{ content }}")
    assert [code for code, _ in issues_of(template)] == ["R202"]
    assert text_of(body(filled(template))).startswith("\n")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "not a Word document"),
        (b"not a zip", "not a Word document"),
        (shipped_template()[:900], "not a Word document"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "password"),
        (changed(shipped_template(), "[Content_Types].xml", b"document.main", b"document.macroEnabled.main"), "macros"),
        (changed(shipped_template(), "[Content_Types].xml", b"wordprocessingml.document", b"spreadsheetml.sheet"), "not a Word"),
        (changed(shipped_template(), "word/document.xml", b"</w:body>", b""), "damaged"),
        (changed(shipped_template(), "_rels/.rels", b"word/document.xml", b"word/nothing.xml"), "damaged"),
    ],
    ids=["empty", "text", "truncated", "old or protected", "macros", "workbook", "broken XML", "part missing"],
)
def test_files_that_cannot_be_filled(content, says):
    ((code, message),) = issues_of(content)
    assert code == "R201"
    assert says in message
    with pytest.raises(InputError):
        filled(content)


def test_a_file_that_would_unfold_without_bound_is_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b" " * 70_000_000)
    ((_, message),) = issues_of(stream.getvalue())
    assert "too large" in message


def test_a_file_that_defines_entities_is_refused():
    head = b'<!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/hostname">]>'
    inside = parts_of(holding("&b;&c;"))["word/document.xml"].replace(b"&amp;", b"&")
    hostile = with_parts(holding("."), {"word/document.xml": inside.replace(b"<w:document", head + b"<w:document", 1)})
    ((_, message),) = issues_of(hostile)
    assert "damaged" in message


MANY = 200_000
BRACES = {
    "tags": "{{ title }}" * MANY,
    "tags never closed": "{{ " * MANY,
    "tags never opened": "}}" * MANY,
    "a tag of spaces": "{{" + " " * MANY * 4,
    "tags of other programs": "{% for x in y %}" * MANY,
}


@pytest.mark.parametrize("text", BRACES.values(), ids=BRACES)
def test_a_text_full_of_braces_is_read_in_one_go(text):
    """Whatever grows faster than the text would run for minutes here."""
    template = holding(text, "{{ content }}")
    assert issues_of(template) == []
    assert text_of(body(filled(template, PAGE))).count("{{ title }}") == 0


def test_of_a_great_many_unknown_tags_the_first_are_named():
    found = issues_of(holding(" ".join(f"{{{{ x{number} }}}}" for number in range(5_000)), "{{ content }}"))
    assert len(found) == 100


@pytest.mark.parametrize("depth", [50, 5_000])
def test_tables_in_tables_are_filled_or_refused(depth):
    tables = b"<w:tbl><w:tr><w:tc>" * depth + b"<w:p/></w:tc></w:tr></w:tbl>" * depth
    template = changed(holding("{{ content }}"), "word/document.xml", b"<w:body>", b"<w:body>" + tables)
    assert [code for code, _ in issues_of(template)] == ([] if depth == 50 else ["R201"])


@given(some.data())
def test_a_damaged_file_is_refused_in_words_or_filled(data):
    parts = parts_of(holding("{{ content }}"))
    name = data.draw(some.sampled_from(sorted(name for name in parts if name.endswith((".xml", ".rels")))))
    inside = bytearray(parts[name])
    for _ in range(data.draw(some.integers(1, 3))):
        inside[data.draw(some.integers(0, len(inside) - 1))] = data.draw(some.sampled_from(b'abw:1"<>/ 0'))
    content = bytearray(with_parts(holding(), {name: bytes(inside)}))
    if data.draw(some.booleans()):
        content[data.draw(some.integers(0, len(content) - 1))] = data.draw(some.integers(0, 255))
    if not issues_of(bytes(content)):
        filled(bytes(content), PAGE)


def test_a_template_whose_styles_cannot_be_found_is_refused():
    """The library would add styles of its own under the same name, and Word would call the report damaged."""
    links = "word/_rels/document.xml.rels"
    damaged = re.sub(rb'http(://[^"]*/relationships/styles")', rb"attp\1", parts_of(holding())[links])
    assert [code for code, _ in issues_of(with_parts(holding(), {links: damaged}))] == ["R201"]


def test_a_word_template_file_is_taken_too():
    dotx = changed(shipped_template(), "[Content_Types].xml", b"document.main+xml", b"template.main+xml")
    assert issues_of(dotx) == []
    assert headings(filled(dotx)) == headings(filled(shipped_template()))


# --- Words -------------------------------------------------------------------------------------------------------------


def test_words_are_filled_in_body_head_and_foot():
    made = Document()
    made.sections[0].header.paragraphs[0].text = "Our office / {{ title }}"
    made.sections[0].footer.paragraphs[0].text = "{{notice}}"
    made.add_table(1, 1).cell(0, 0).text = "{{ kind }}: {{ subtitle }} ({{ subtitle }})"
    content = filled(saved(made))
    assert text_of(part(content, "word/header1.xml")) == f"Our office / {REPORT.title}"
    assert text_of(part(content, "word/footer1.xml")) == REPORT.running
    kind, subtitle = REPORT.cover.kind, REPORT.subtitle
    assert document(content).tables[0].cell(0, 0).text == f"{kind}: {subtitle} ({subtitle})"


def test_a_tag_that_word_split_takes_the_look_of_its_first_piece():
    made = Document()
    line = made.add_paragraph("For ")
    for place, piece in enumerate(("{", "{ ti", "tle", " }", "} and {{ sub", "title }}, with care")):
        line.add_run(piece).bold = place == 0
    content = filled(saved(made))
    (shown,) = [one for one in document(content).paragraphs if one.text.startswith("For ")]
    assert shown.text == f"For {REPORT.title} and {REPORT.subtitle}, with care"
    assert [run.text for run in shown.runs if run.bold] == [REPORT.title]


@given(some.lists(some.sampled_from(["{{ title }}", "{{kind}}", "{{", "}}", " ", "x"]), min_size=1, max_size=12), some.randoms())
def test_tags_are_filled_in_however_word_has_split_them(words, random):
    written, facts = "".join(words), {"title": "T", "kind": ""}
    cuts = sorted(random.choices(range(len(written) + 1), k=random.randint(0, 9)))
    pieces = [parse_xml(f"<w:t {W_NAMESPACE}/>") for _ in range(len(cuts) + 1)]
    for piece, (start, end) in zip(pieces, pairwise([0, *cuts, len(written)]), strict=True):
        piece.text = written[start:end]
    fill_paragraph(pieces, facts)
    expected = re.sub(r"\{\{\s*([^{}]*?)\s*\}\}", lambda tag: facts.get(tag[1], ""), written)
    assert "".join(piece.text or "" for piece in pieces) == expected


def test_fields_beside_a_tag_stay_where_they_are():
    made = Document()
    line = made.sections[0].footer.paragraphs[0]
    line.add_run("{a} {{ title }} {")
    field = f'<w:fldSimple {W_NAMESPACE} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    line._p.append(parse_xml(field))
    line.add_run(" }")
    foot = part(filled(saved(made)), "word/footer1.xml")
    assert text_of(foot) == f"{{a}} {REPORT.title} {{1 }}"
    assert text_of(foot.find(f".//{W}fldSimple")) == ""
    assert "".join(one.text for one in foot.find(f".//{W}fldSimple").iter(f"{W}t")) == "1"


def test_words_filled_in_are_not_read_as_tags():
    of = replace(REPORT, title="{{ content }} {{ subtitle }} {{")
    content = filled(holding("{{ title }}", "{{ content }}"), of)
    first = document(content).paragraphs[0].text
    assert first == of.title
    assert text_of(body(content)).count("{{ content }}") == 1


# --- The place for the document ----------------------------------------------------------------------------------------


def test_the_document_takes_the_place_of_its_tag():
    content = filled(holding("Before.", "{{ content }}", "After."))
    shown = text_of(body(content))
    assert shown.index("Before.") < shown.index("Foreword by the authority") < shown.index("After.")
    assert "{{" not in shown.replace("{{ title }}", "")


def test_without_a_place_the_document_comes_last():
    shown = text_of(body(filled(holding("Our office."))))
    assert shown.index("Our office.") < shown.index("Foreword by the authority")
    assert document(filled(saved(Document()))).paragraphs[0].text == REPORT.cover.emblem


def test_the_place_may_lie_in_a_section_of_its_own():
    made = Document()
    made.add_paragraph("Our cover.")
    made.add_section()
    made.add_paragraph("{{ content }}")
    made.add_section().left_margin = Cm(5)
    made.add_paragraph("Our last page.")
    content = filled(saved(made))
    assert len(document(content).sections) == 3
    assert [round(section.left_margin.cm) for section in document(content).sections][2] == 5
    first = next(body(content).iter(f"{W}tbl"))
    section = made.sections[1]
    width = section.page_width.twips - section.left_margin.twips - section.right_margin.twips
    assert abs(int(first.find(f"{W}tblPr/{W}tblW").get(f"{W}w")) - width) <= 3


def test_a_section_that_ends_in_the_places_paragraph_stays():
    made = Document()
    place = made.add_paragraph("{{ content }}")
    made.add_section()
    made.add_paragraph("Our last page.")
    end = next(one for one in made.element.body.iter(f"{W}sectPr") if one.getparent().tag == f"{W}pPr")
    empty = end.getparent().getparent()
    place._p.get_or_add_pPr().append(end)
    made.element.body.remove(empty)
    content = filled(saved(made))
    assert len(document(content).sections) == 2
    shown = text_of(body(content))
    assert shown.index("Foreword by the authority") < shown.index("Our last page.")
    assert "{{ content }}" not in shown


def test_the_place_may_stand_in_a_content_control():
    made = Document()
    place = made.add_paragraph("{{ content }}")._p
    control = parse_xml(f"<w:sdt {W_NAMESPACE}><w:sdtPr/><w:sdtContent/></w:sdt>")
    place.addprevious(control)
    control.find(f"{W}sdtContent").append(place)
    content = filled(saved(made))
    assert len(document(content).sections) == 1
    assert "Foreword by the authority" in text_of(body(content).find(f"{W}sdt"))
    assert "{{ content }}" not in text_of(body(content))


def test_a_second_place_stays_empty():
    content = filled(holding("{{ content }}", "{{ content }}"))
    assert text_of(body(content)).count("Foreword by the authority") == 1
    assert "{{ content }}" not in text_of(body(content))


def test_a_cover_of_their_own_replaces_ours():
    own = filled(holding("The Republic presents: {{ title }}", "{{ content }}"))
    ours = filled(holding("{{ content }}", "Printed by the Republic."))
    assert REPORT.cover.emblem not in text_of(body(own))
    assert document(own).paragraphs[0].text == f"The Republic presents: {REPORT.title}"
    assert not document(own).sections[0].different_first_page_header_footer
    assert document(ours).paragraphs[0].text == REPORT.cover.emblem
    assert document(ours).sections[0].different_first_page_header_footer


# --- Styles, lists and what else a template brings ---------------------------------------------------------------------


def test_the_advisers_styles_are_kept_and_missing_ones_added():
    made = Document()
    made.styles["Heading 2"].font.size = Pt(31)
    content = filled(saved(made))
    styles = {style.name: style for style in document(content).styles}
    assert styles["Heading 2"].font.size == Pt(31)
    assert {"Report Table", "Report Place", "toc 1"} <= set(styles)
    used_styles_exist(content)


def used_styles_exist(content: bytes) -> None:
    ids = [style.get(f"{W}styleId") for style in part(content, "word/styles.xml").iter(f"{W}style")]
    assert len(ids) == len(set(ids))
    used = {one.get(f"{W}val") for tag in ("pStyle", "rStyle", "tblStyle") for one in body(content).iter(f"{W}{tag}")}
    based = {one.get(f"{W}val") for one in part(content, "word/styles.xml").iter(f"{W}basedOn", f"{W}next")}
    assert used | based <= set(ids)


def in_german() -> bytes:
    """What a German Word writes: styles under ids of its own, and in its language."""
    made = Document()
    styles = made.styles.element
    for own, german in (("Heading1", "berschrift1"), ("Heading2", "berschrift2"), ("Title", "Titel"), ("Normal", "Standard")):
        for one in styles.iter():
            for attribute in (f"{W}styleId", f"{W}val"):
                if one.get(attribute) == own and one.tag != f"{W}name":
                    one.set(attribute, german)
    made.styles["Heading 1"].font.size = Pt(33)
    normal = made.styles["Normal"].element.get_or_add_rPr()
    normal.append(parse_xml(f'<w:lang {W_NAMESPACE} w:val="de-DE"/>'))
    return saved(made)


def test_styles_under_german_ids_are_found_by_their_names():
    content = filled(in_german())
    used_styles_exist(content)
    (first, *_) = [one for one in document(content).paragraphs if one.text == "Foreword"]
    assert (first.style.style_id, first.style.font.size) == ("berschrift1", Pt(33))
    assert [one.name for one in document(content).styles].count("Heading 1") == 1


def test_a_report_in_english_on_a_german_template_is_english():
    styles = part(filled(in_german()), "word/styles.xml")
    assert [one.get(f"{W}val") for one in styles.iter(f"{W}lang")] == ["en-GB"]


def test_an_id_that_means_another_style_is_not_taken():
    made = Document()
    made.styles.add_style("Report Table", 1).element.set(f"{W}styleId", "Other")
    made.styles.add_style("Own words", 1).element.set(f"{W}styleId", "ReportCell")
    content = filled(saved(made))
    used_styles_exist(content)
    cell = next(body(content).iter(f"{W}tc")).find(f"{W}p/{W}pPr/{W}pStyle").get(f"{W}val")
    assert next(one.name for one in document(content).styles if one.style_id == cell) == "Report Head"


def test_a_style_without_a_name_does_no_harm():
    made = Document()
    made.styles.element.append(parse_xml(f'<w:style {W_NAMESPACE} w:type="paragraph" w:styleId="Nameless"/>'))
    used_styles_exist(filled(saved(made)))


def test_nothing_of_the_templates_author_or_office_goes_into_the_report():
    made = Document()
    properties = made.core_properties
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = "A. Adviser {{ 7*7 }}"
    office = '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Company>A. Adviser'
    content = filled(with_parts(saved(made), {"docProps/app.xml": f"{office}</Company></Properties>".encode()}))
    assert all(b"A. Adviser" not in inside for inside in parts_of(content).values())
    assert document(content).core_properties.title == f"{REPORT.title} · {REPORT.subtitle}"


def test_lists_in_a_template_with_and_without_lists_of_its_own():
    without = shipped_template()
    assert "word/numbering.xml" not in parts_of(without)
    own = Document()
    own.part.numbering_part.element.append(parse_xml(f'<w:numIdMacAtCleanup {W_NAMESPACE} w:val="3"/>'))
    own.add_paragraph("Ours", style="List Number")
    before = {one.get(f"{W}numId") for one in own.part.numbering_part.element.iter(f"{W}num")}
    for template in (without, saved(own)):
        content = filled(template)
        numbering = part(content, "word/numbering.xml")
        order = [one.tag.removeprefix(W) for one in numbering]
        ranks = ["abstractNum", "num", "numIdMacAtCleanup"]
        assert order == sorted(order, key=ranks.index)
        numbers = [one.get(f"{W}numId") for one in numbering.iter(f"{W}num")]
        assert len(numbers) == len(set(numbers))
        used = {one.get(f"{W}val") for one in body(content).iter(f"{W}numId")}
        assert len(used) == 2
        assert used <= set(numbers)
        assert template is without or not used & before


def test_a_template_without_paper_gets_a4():
    made = Document()
    made.element.body.remove(made.element.body.sectPr)
    (section,) = body(filled(saved(made))).iter(f"{W}sectPr")
    assert section.getparent()[-1] is section


def test_the_same_template_gives_the_same_bytes():
    template = holding("{{ title }}", "{{ content }}")
    assert filled(template) == filled(template)


# --- An adviser at work ------------------------------------------------------------------------------------------------


def test_a_report_that_an_adviser_worked_on_is_still_right(soffice, tmp_path):
    of = country_report_of_sample("XOR", "fr")
    opened = document(write_docx(of))
    places = [one for one in opened.paragraphs if one.style.name == "Report Place"]
    assert len(places) >= 7
    for number, place in enumerate(places, 1):
        place.text = f"Texte ajouté {number}."
    chapters = [one for one in opened.paragraphs if one.style.name == "Heading 2"]
    for number, chapter in enumerate(chapters[-3:], len(places) + 1):
        chapter.insert_paragraph_before(f"Texte ajouté {number}.", style="List Bullet")
    last = opened.tables[-1]
    before = " ".join(last.rows[-1].cells[0].text.split())
    row = last.add_row()
    row.cells[0].text = "Sigle ajouté"
    pages = pages_of(saved(opened), soffice, tmp_path)
    shown = [" ".join(page.split()) for page in pages]
    assert all(any(f"Texte ajouté {number}." in page for page in shown) for number in range(1, len(places) + 4))
    assert any(0 <= page.find(before) < page.find("Sigle ajouté") for page in shown)
    assert of.cover.title in shown[0]
    assert all(page.endswith(f"{number} / {len(pages)}") for number, page in enumerate(shown[1:], 2))
    titles = [one.text for one in of.headings if one.level == 1 and not one.inline]
    at = [next(number for number, page in enumerate(shown) if page.startswith(title)) for title in titles]
    assert at == sorted(set(at))


DOCUMENTS = {
    "report": lambda: country_report_of_sample("XOR", "fr"),
    "annex": lambda: annex_of_sample("XOR", "fr"),
    "plan": lambda: plan_document(plan_view_of_sample("XOR", "fr"), labels("fr")),
}
PLACES = 10


@pytest.mark.parametrize("made", DOCUMENTS.values(), ids=list(DOCUMENTS))
def test_after_work_in_word_and_libreoffice_headings_contents_tables_and_links_are_right(made, soffice, tmp_path):
    content = write_docx(made())
    opened = document(content)
    texts = [one for one in opened.paragraphs if one.text and not one.style.name.lower().startswith(("heading", "toc", "title"))]
    cells = [row.cells[-1].paragraphs[0] for one in opened.tables for row in one.rows[1:]]
    chosen = [*spread(texts, PLACES - 3), *spread(cells, 3)]
    for number, place in enumerate(chosen, 1):
        place.add_run(f" Texte ajouté {number}.")
    edited = saved(opened)
    again = through_libreoffice(edited, soffice, tmp_path)
    assert headings(again) == headings(edited) == headings(content)
    shown = text_of(body(again))
    assert all(shown.count(f"Texte ajouté {number}.") == 1 for number in range(1, len(chosen) + 1))
    assert contents_of(again) == contents_of(content)
    assert [len(rows_of(one)) for one in body(again).iter(f"{W}tbl")] == [
        len(rows_of(one)) for one in body(edited).iter(f"{W}tbl")
    ]
    assert [heads_of(one) for one in body(again).iter(f"{W}tbl")] == [heads_of(one) for one in body(content).iter(f"{W}tbl")]
    assert links_of(again) >= links_of(content)
    marks = {one.get(f"{W}name") for one in body(again).iter(f"{W}bookmarkStart")}
    assert {one.get(f"{W}anchor") for one in body(again).iter(f"{W}hyperlink")} <= marks


def spread(items: list, count: int) -> list:
    """Some of the items, from the first to the last."""
    return [items[place * (len(items) - 1) // (count - 1)] for place in range(count)] if len(items) >= count else items


def heads_of(table) -> int:
    """How many rows of a table are repeated on every page."""
    return sum(1 for _ in table.iter(f"{W}tblHeader"))


def contents_of(content: bytes) -> list[str]:
    """The lines of the contents, without the numbers of pages that an office fills in."""
    ids = {one.style_id for one in document(content).styles if (one.name or "").lower().startswith("toc ")} - {"TOCHeading"}
    styled = ((one, one.find(f"{W}pPr/{W}pStyle")) for one in body(content).iter(f"{W}p"))
    lines = [text_of(one) for one, style in styled if style is not None and style.get(f"{W}val") in ids]
    return [re.sub(r"\s*\d*$", "", line) for line in lines if line != "Sommaire"]


def links_of(content: bytes) -> int:
    """How many links lead within the document."""
    return sum(1 for one in body(content).iter(f"{W}hyperlink") if one.get(f"{W}anchor"))


def through_libreoffice(content: bytes, soffice: str, folder: Path) -> bytes:
    """The document as LibreOffice saves it."""
    (folder / "edited.docx").write_bytes(content)
    home = f"-env:UserInstallation=file://{folder / 'office'}"
    convert = [
        soffice,
        home,
        "--headless",
        "--convert-to",
        "docx",
        "--outdir",
        str(folder / "again"),
        str(folder / "edited.docx"),
    ]
    subprocess.run(convert, check=True, capture_output=True, timeout=300)
    return (folder / "again" / "edited.docx").read_bytes()


# --- What stays in the office ------------------------------------------------------------------------------------------

SECRET = "srv-01.ministry.example"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WITH_RELATIONS = f'{W_NAMESPACE} xmlns:r="{NAMESPACES["r"]}"'


def linked(template: bytes, source: str, kind: str, target: str) -> bytes:
    """The template with a relation from a part to something outside, which the part refers to already."""
    folder, _, name = source.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels"
    empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    parts = parts_of(template)
    one = f'<Relationship Id="rIdX" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    listed = parts.get(relations, empty).replace(b"</Relationships>", one.encode())
    return with_parts(template, {relations: listed})


def with_body(inside: str) -> bytes:
    """A template with this in its body."""
    made = Document()
    made.add_paragraph("Our office")
    made.add_paragraph("{{ content }}")
    for one in reversed(parse_xml(f"<w:body {WITH_RELATIONS}>{inside}</w:body>")):
        made.element.body.insert(1, one)
    return saved(made)


def with_settings(inside: str) -> bytes:
    made = Document()
    for one in parse_xml(f"<w:settings {WITH_RELATIONS}>{inside}</w:settings>"):
        made.settings.element.append(one)
    return saved(made)


def field(*pieces: str) -> str:
    """A field with its instruction in pieces, and what it showed last."""
    written = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    marks = {kind: f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")}
    return f"<w:p>{marks['begin']}{written}{marks['separate']}<w:r><w:t>shown</w:t></w:r>{marks['end']}</w:p>"


def with_comment() -> bytes:
    made = Document()
    made.add_comment(made.add_paragraph("Our office").runs, f"not for {SECRET}", author=SECRET, initials="S")
    made.add_paragraph("{{ content }}")
    return saved(made)


CHANGED = f'w:id="1" w:author="{SECRET}" w:date="2026-01-01T00:00:00Z"'
PICTURE = (
    f'<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata r:id="rIdX" {WITH_RELATIONS}/></v:shape>'
)
LEFT_BEHIND = {
    "the template it was made from": lambda: linked(
        with_settings('<w:attachedTemplate r:id="rIdX"/>'), "word/settings.xml", "attachedTemplate", f"https://{SECRET}/a.dotm"
    ),
    "a source of addresses": lambda: with_settings(f'<w:mailMerge><w:query w:val="SELECT {SECRET}"/></w:mailMerge>'),
    "variables": lambda: with_settings(f'<w:docVars><w:docVar w:name="a" w:val="{SECRET}"/></w:docVars>'),
    "a picture from elsewhere": lambda: linked(
        with_body(f"{PICTURE}</w:pict></w:r></w:p>"), "word/document.xml", "image", f"https://{SECRET}/a.png"
    ),
    "a link to a folder": lambda: linked(
        with_body('<w:p><w:hyperlink r:id="rIdX"><w:r><w:t>our files</w:t></w:r></w:hyperlink></w:p>'),
        "word/document.xml",
        "hyperlink",
        f"file://{SECRET}/files",
    ),
    "a document put in": lambda: linked(
        with_body('<w:subDoc r:id="rIdX"/>'), "word/document.xml", "subDocument", f"file://{SECRET}/a.docx"
    ),
    "a field that fetches": lambda: with_body(field(f' INCLUDETEXT "//{SECRET}/a.docx" ')),
    "a field that runs something, in pieces": lambda: with_body(field(" DDE", f'AUTO cmd "{SECRET}" ')),
    "a field that asks": lambda: with_body(field(f' FILLIN "{SECRET}" ')),
    "a simple field that fetches": lambda: with_body(f"<w:p><w:fldSimple w:instr=\" INCLUDEPICTURE '{SECRET}' \"/></w:p>"),
    "a field that leads to a folder": lambda: with_body(field(f' HYPERLINK "file://{SECRET}/a" ')),
    "a comment": with_comment,
    "an insertion": lambda: with_body(f"<w:p><w:ins {CHANGED}><w:r><w:t>kept</w:t></w:r></w:ins></w:p>"),
    "a deletion": lambda: with_body(f"<w:p><w:del {CHANGED}><w:r><w:delText>{SECRET}</w:delText></w:r></w:del></w:p>"),
    "a change of look": lambda: with_body(f"<w:p><w:pPr><w:pPrChange {CHANGED}><w:pPr/></w:pPrChange></w:pPr></w:p>"),
    "permission to edit": lambda: with_body(f'<w:permStart w:id="1" w:ed="{SECRET}"/><w:permEnd w:id="1"/>'),
    "data behind a control": lambda: with_body(
        f'<w:sdt><w:sdtPr><w:dataBinding w:xpath="/{SECRET}" w:storeItemID="1"/></w:sdtPr>'
        "<w:sdtContent><w:p/></w:sdtContent></w:sdt>"
    ),
    "a printer": lambda: changed_relation("printerSettings", "word/printerSettings1.bin", "application/octet-stream"),
    "data of the office": lambda: changed_relation("customXml", "customXml/item9.xml", "application/xml"),
    "building blocks": lambda: changed_relation("glossaryDocument", "word/glossary/document.xml", "application/xml"),
    "macros": lambda: changed_relation("vbaProject", "word/vbaProject.bin", "application/octet-stream"),
    "what a later Word invents": lambda: changed_relation("somethingNew", "word/new.xml", "application/xml"),
}


def changed_relation(kind: str, name: str, content_type: str) -> bytes:
    """A template with a part that the document is related to."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    made = Document()
    inside = f"<a>{SECRET}</a>".encode()
    made.part.relate_to(Part(PackURI(f"/{name}"), content_type, inside, made.part.package), f"{OFFICE}/{kind}")
    return saved(made)


@pytest.mark.parametrize("template", LEFT_BEHIND.values(), ids=list(LEFT_BEHIND))
def test_what_tells_of_an_office_stays_there(template):
    content = template()
    assert SECRET.encode() in b"".join(parts_of(content).values())
    assert issues_of(content) == []
    made = filled(content, PAGE)
    assert not [name for name, inside in parts_of(made).items() if SECRET.encode() in inside]
    ids = {name: relation_ids(inside) for name, inside in parts_of(made).items() if name.endswith(".rels")}
    referred = {
        one for element in body(made).iter() for key, one in element.attrib.items() if key.startswith(f"{{{NAMESPACES['r']}}}")
    }
    assert referred <= ids["word/_rels/document.xml.rels"]
    assert "Foreword by the authority" in text_of(body(made))


def relation_ids(content: bytes) -> set[str]:
    return set(re.findall(r'\bId="([^"]+)"', content.decode()))


def test_the_words_of_an_insertion_stay_and_so_do_fields_and_web_links():
    inside = (
        f"<w:p><w:ins {CHANGED}><w:r><w:t>kept</w:t></w:r></w:ins></w:p>"
        + field(" PAGE ")
        + '<w:p><w:hyperlink r:id="rIdX"><w:r><w:t>our page</w:t></w:r></w:hyperlink></w:p>'
    )
    template = linked(with_body(inside), "word/document.xml", "hyperlink", "https://example.org/a")
    made = filled(template, PAGE)
    shown = parts_of(made)
    assert "kept" in text_of(body(made))
    assert "our page" in text_of(body(made))
    assert b" PAGE " in shown["word/document.xml"]
    assert b"https://example.org/a" in shown["word/_rels/document.xml.rels"]


def test_nothing_is_asked_on_opening_and_the_report_is_not_locked():
    asks = '<w:updateFields w:val="true"/><w:documentProtection w:edit="readOnly" w:enforcement="1"/><w:trackRevisions/>'
    settings = parts_of(filled(with_settings(asks), PAGE))["word/settings.xml"]
    assert not re.search(rb"updateFields|documentProtection|trackRevisions", settings)


@pytest.mark.parametrize("width", ["dxa", "auto"])
def test_tables_within_a_cell_of_the_template_are_as_wide_as_the_cell(width):
    made = Document()
    frame = made.add_table(1, 2)
    frame.cell(0, 1).text = "{{ content }}"
    for one in frame._tbl.iter(f"{W}tcW"):
        one.set(f"{W}type", width)
    room = int(frame._tbl.findall(f"{W}tblGrid/{W}gridCol")[1].get(f"{W}w"))
    inner = [one for one in body(filled(saved(made))).iter(f"{W}tbl") if next(one.iterancestors(f"{W}tc"), None) is not None]
    assert inner
    assert all(room - 400 < int(one.find(f"{W}tblPr/{W}tblW").get(f"{W}w")) < room for one in inner)


def test_tables_in_columns_are_as_wide_as_a_column():
    made = Document()
    made.add_paragraph("{{ content }}")
    section = made.sections[0]
    columns = section._sectPr.find(f"{W}cols")
    columns.set(f"{W}num", "2")
    width = section.page_width.twips - section.left_margin.twips - section.right_margin.twips
    assert all(int(one.find(f"{W}tblPr/{W}tblW").get(f"{W}w")) < width / 2 for one in body(filled(saved(made))).iter(f"{W}tbl"))
