"""The adviser's own Word template: what it may hold, the messages if it holds anything else, and that it is preserved."""

import io
import zipfile

import pytest
from docx import Document
from docx.shared import Pt

from legcheck.issues import InputError, Severity
from legcheck.labels import labels, languages
from legcheck.reports.docx import check_template, render_docx, template_tags
from legcheck.reports.docx_tags import ANNEX, EXPECTED, OVERVIEW
from legcheck.reports.docx_template import shipped_template
from tests.reports.docx_reading import W, body, document, headings, part, text_of
from tests.reports.sample_views import view_of_sample


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
    """The same file with one part changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            inside = source.read(name)
            target.writestr(name, inside.replace(old, new) if name == part_name else inside)
    return stream.getvalue()


def codes(content: bytes) -> list[str]:
    return [issue.code for issue in check_template(content, "own.docx")]


def messages(content: bytes, code: str) -> list[str]:
    return [labels("en").message(issue) for issue in check_template(content, "own.docx") if issue.code == code]


# --- The check ---------------------------------------------------------------------------------------------------------


def test_the_shipped_template_lacks_nothing():
    assert codes(shipped_template()) == []


def test_every_tag_says_what_it_shows():
    for language in languages():
        assert all(labels(language).has(label) for label in template_tags().values())


def test_unknown_tags_are_all_named_with_the_likely_one():
    found = messages(holding("{{ titel }}", "{{p overveiw }}", "{{p annex }}"), "R202")
    assert [message.split("'")[1] for message in found] == ["titel", "overveiw"]
    assert "Did you mean 'title'?" in found[0]
    assert "Did you mean 'overview'?" in found[1]


@pytest.mark.parametrize(
    "line",
    [
        "{% for x in range(10) %}x{% endfor %}",
        "{{ title.__class__ }}",
        "{{ title|upper }}",
        "{{ title() }}",
        "{{ 'a' * 1000000000 }}",
        "{{ title[0] }}",
        "{% if title %}x{% endif %}",
        "{% set x = 1 %}",
        "{% include 'x' %}",
        "{{ self }}",
        "{{ range }}",
        "{{p title }}",
        "{{r title }}",
        "{{tr overview }}",
        "{{ p overview }}",
    ],
)
def test_nothing_but_plain_tags_is_let_in(line):
    assert "R202" in codes(holding("{{p overview }}", "{{p annex }}", line))
    with pytest.raises(InputError):
        render_docx(view_of_sample("ESP", "en"), labels("en"), holding(line))


def test_a_tag_that_is_not_closed_is_found():
    (message,) = messages(holding("{{ title", "{{p overview }}"), "R201")
    assert "not closed" in message


def test_blocks_do_not_fit_in_heads_and_feet():
    made = Document()
    made.sections[0].header.paragraphs[0].text = "{{ country }} {{p overview }}"
    found = check_template(saved(made), "own.docx")
    assert [dict(issue.facts)["tag"] for issue in found if issue.code == "R202"] == ["overview"]


def test_what_a_template_lacks_is_named_once():
    lacking = [dict(issue.facts)["tag"] for issue in check_template(holding("{{p overview }}", "{{ notice_short }}"), "own.docx")]
    assert lacking == ["notices", "contents", *ANNEX]
    assert all(issue.severity is Severity.WARNING for issue in check_template(holding("{{p overview }}"), "own.docx"))
    everything = [dict(issue.facts)["tag"] for issue in check_template(holding("nothing"), "own.docx")]
    assert everything == list(EXPECTED)


def test_what_it_would_not_show_is_said_in_words():
    (message,) = [one for one in messages(holding("{{p overview }}"), "R203") if "'concordance'" in one]
    assert "the table of concordance" in message


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "not a Word document"),
        (b"not a zip", "not a Word document"),
        (shipped_template()[:900], "not a Word document"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "password"),
        (changed(shipped_template(), "[Content_Types].xml", b"document.main", b"document.macroEnabled.main"), "macros"),
        (changed(shipped_template(), "word/document.xml", b"</w:body>", b""), "damaged"),
        (changed(shipped_template(), "_rels/.rels", b"word/document.xml", b"word/nothing.xml"), "damaged"),
    ],
    ids=["empty", "text", "truncated", "old or protected", "macros", "broken XML", "part missing"],
)
def test_files_that_cannot_be_filled(content, says):
    (message,) = messages(content, "R201")
    assert says in message


def test_another_office_file_is_no_template():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    assert codes(stream.getvalue()) == ["R201"]


def test_a_file_that_would_unfold_without_bound_is_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b" " * 70_000_000)
    assert "too large" in messages(stream.getvalue(), "R201")[0]


def test_a_word_template_file_is_taken_too():
    dotx = changed(shipped_template(), "[Content_Types].xml", b"document.main+xml", b"template.main+xml")
    assert codes(dotx) == []
    content = render_docx(view_of_sample("ESP", "en"), labels("en"), dotx)
    assert headings(content) == headings(render_docx(view_of_sample("ESP", "en"), labels("en")))


# --- Filling it --------------------------------------------------------------------------------------------------------


def own_template() -> bytes:
    """What an adviser might bring: their own styles and words, tags broken into runs by Word, a tag in a cell and in the head."""
    made = Document()
    made.core_properties.author = "{{ 7*7 }} A. Adviser"
    made.styles["Heading 2"].font.size = Pt(31)
    made.sections[0].header.paragraphs[0].text = "{{ country }} / {{ notice_short }}"
    line = made.add_paragraph("Our office presents: ")
    for piece in ("{", "{ ti", "tle", " }", "}"):
        line.add_run(piece).bold = True
    made.add_heading("A word from the office", 1)
    made.add_paragraph("{{p notices }}")
    cell = made.add_table(1, 1).cell(0, 0)
    cell.paragraphs[0].text = "{{p fast_facts }}"
    made.add_paragraph("{{p contents }}")
    made.add_paragraph("{{ top_shortfalls }}")
    made.add_section()
    made.add_paragraph("{{p chart_chapters }}")
    made.add_paragraph("The end.")
    return saved(made)


@pytest.fixture(scope="module")
def own() -> bytes:
    return render_docx(view_of_sample("XUT", "fr"), labels("fr"), own_template())


def test_words_and_blocks_take_the_places_of_their_tags(own):
    view = view_of_sample("XUT", "fr")
    words = text_of(body(own))
    assert f"Our office presents: {view.title}" in words
    assert text_of(part(own, "word/header1.xml")) == f"{view.country} / {view.notice_short}"
    assert [text for _, text in headings(own)] == ["A word from the office", "Principales insuffisances", "Scores par chapitre"]
    order = [
        words.index(text) for text in (view.notices[0], "En bref", "Table des matières", "Principales insuffisances", "The end.")
    ]
    assert order == sorted(order)
    assert "{{" not in words


def test_the_table_of_contents_knows_the_advisers_headings(own):
    entries = [text_of(p) for p in body(own).iter(f"{W}p") if p.find(f"{W}hyperlink") is not None]
    assert entries[:1] == ["A word from the office"]


def test_links_to_what_the_template_leaves_out_are_plain_words(own):
    anchors = {link.get(f"{W}anchor") for link in body(own).iter(f"{W}hyperlink")}
    names = {start.get(f"{W}name") for start in body(own).iter(f"{W}bookmarkStart")}
    assert anchors <= names


def test_the_advisers_styles_are_kept_and_missing_ones_added(own):
    styles = {style.name: style for style in document(own).styles}
    assert styles["Heading 2"].font.size == Pt(31)
    assert "Report Table" in styles
    there = {style.get(f"{W}styleId") for style in part(own, "word/styles.xml").iter(f"{W}style")}
    used = {one.get(f"{W}val") for tag in ("pStyle", "rStyle", "tblStyle") for one in body(own).iter(f"{W}{tag}")}
    assert used <= there


def test_sections_survive_the_tags_in_them(own):
    assert len(document(own).sections) == 2


def test_a_section_that_ends_in_a_tags_paragraph_stays():
    made = Document()
    made.add_paragraph("{{p summary }}")
    made.add_section()
    made.add_paragraph("{{p scores }}")
    paragraph = made.paragraphs[0]._p
    section = next(one for one in made.element.body.iter(f"{W}sectPr") if one.getparent().tag == f"{W}pPr")
    empty = section.getparent().getparent()
    paragraph.get_or_add_pPr().append(section)
    made.element.body.remove(empty)
    content = render_docx(view_of_sample("ESP", "en"), labels("en"), saved(made))
    assert len(document(content).sections) == 2
    assert [text for _, text in headings(content)] == ["Summary", "Scores"]


def test_tables_keep_within_their_cell(own):
    inner = next(table for table in body(own).iter(f"{W}tbl") if next(table.iterancestors(f"{W}tc"), None) is not None)
    outer = next(inner.iterancestors(f"{W}tc"))
    assert int(inner.find(f"{W}tblPr/{W}tblW").get(f"{W}w")) < int(outer.find(f"{W}tcPr/{W}tcW").get(f"{W}w"))
    assert outer[-1].tag == f"{W}p"


def test_nothing_of_the_templates_author_goes_into_the_report(own):
    properties = document(own).core_properties
    assert properties.author == ""
    assert "49" not in properties.title


def test_a_block_may_stand_twice():
    twice = holding("{{p scores }}", "{{p overview }}", "{{p contents }}", "{{p contents }}")
    content = render_docx(view_of_sample("ESP", "en"), labels("en"), twice)
    for tag, name in (("bookmarkStart", "name"), ("bookmarkStart", "id")):
        values = [start.get(f"{W}{name}") for start in body(content).iter(f"{W}{tag}")]
        assert len(values) == len(set(values))


def test_every_tag_can_stand_alone():
    for tag in (*OVERVIEW, *ANNEX, "notices", "contents"):
        content = render_docx(view_of_sample("ESP", "en"), labels("en"), holding(f"{{{{p {tag} }}}}"))
        assert text_of(body(content)).strip() or tag == "contents"
