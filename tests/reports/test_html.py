"""The web page: its contents, that typed text stays text, and that it fetches nothing."""

import base64
import hashlib
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legcheck import app
from legcheck.labels import labels
from legcheck.reports.html import BAR_SHARE, chart, filters_of, render_html
from legcheck.reports.view import ReportView, Row, web_link
from tests.reports.page_reading import Node, read
from tests.reports.sample_views import result_of_sample
from tests.reports.test_palette import contrast

HOSTILE = "<script>alert(1)</script> \"quoted\" 'single' & <img src=x onerror=alert(2)> ]]> </style> {{ 7*7 }} {% raw %}"
SECTIONS = [
    "Fast facts",
    "Summary",
    "Scores",
    "Scores by chapter",
    "Red flags: contrary law",
    "Largest shortfalls",
    "Priority recommendations",
    "Assistance wanted",
    "Every provision",
    "All gaps in order of priority",
    "Table of concordance",
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


def view_in(country: str, language: str) -> ReportView:
    return app.report_view(result_of_sample(country), language)


@pytest.fixture(scope="module")
def xut() -> ReportView:
    return view_in("XUT", "en")


@pytest.fixture(scope="module")
def page(xut) -> Node:
    return read(render_html(xut, labels("en")))


def provisions(view: ReportView):
    return [one for chapter in view.chapters for one in chapter.provisions]


def small(view: ReportView, note: str) -> ReportView:
    """A report of one provision with this note, and everything else left out."""
    chapter = view.chapters[0]
    provision = replace(chapter.provisions[0], note=note)
    lists = (
        "gaps",
        "top",
        "contrary",
        "recommendations",
        "assistance",
        "to_confirm",
        "not_applicable",
        "unanswered",
        "observations",
    )
    emptied = dict.fromkeys((*lists, "observations", "concordance", "laws", "standards", "dimensions"), ())
    return replace(view, chapters=(replace(chapter, provisions=(provision,)),), **emptied)


# What stands in it


def test_the_outline_is_that_of_the_gap_report(page):
    assert [one.words for one in page.all("h3")] == SECTIONS
    assert [one.words for one in page.all("h2")] == ["Overview", "Annex"]
    assert len(page.all("h1")) == 1


def test_the_contents_lead_to_every_section_and_chapter(page, xut):
    targets = {one.attributes["id"] for one in page.all() if "id" in one.attributes}
    links = [one.attributes["href"] for one in page.one("nav").all("a")]
    assert all(link.startswith("#") and link[1:] in targets for link in links)
    assert {f"#chapter-{chapter.id}" for chapter in xut.chapters} < set(links)


def test_no_id_is_used_twice(page):
    ids = [one.attributes["id"] for one in page.all() if "id" in one.attributes]
    assert len(ids) == len(set(ids))


def test_every_provision_has_its_own_address_and_says_everything(page, xut):
    for one in provisions(xut):
        article = page.one("article", id=one.id)
        words = article.words
        for text in (one.title, one.question, one.note, one.to_confirm, one.observations, one.assistance, one.core):
            assert " ".join(text.split()) in words, one.id
        assert all(element.text in words and element.mark in words for element in one.elements)
        assert all(rating.title in words and rating.counts_as in words for rating in one.ratings)
        assert all(citation.title in words and citation.status in words for citation in one.citations)
        assert all(standard.shown in words for standard in one.standards)
        if one.gap is not None:
            assert " ".join(one.gap.recommendation.split()) in words
            assert one.gap.kind_title in words


def test_every_figure_stands_there_under_its_name(page, xut):
    for dimension in xut.dimensions:
        groups = [figure for group in dimension.themes for figure in group.figures]
        for figure in (dimension.total, *dimension.chapters, *groups, *dimension.instruments):
            shown = [one.words for one in page.all(data_figure=figure.id)]
            assert shown, figure.id
            assert all(figure.display in words for words in shown), figure.id
            assert all(figure.answered in words for words in shown), figure.id


def test_figures_with_too_few_answers_have_no_central_bar(page, xut):
    thin = [one for dimension in xut.dimensions for one in dimension.chapters if not one.enough]
    assert thin
    for figure in thin:
        bar = page.one("g", data_figure=figure.id)
        assert not bar.with_class("central")
        assert bar.with_class("range")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_charts_are_described_in_words(language):
    view = view_in("XUT", language)
    drawings = [one for one in read(render_html(view, labels(language))).all("svg") if one.attributes.get("role") == "img"]
    assert len(drawings) == len(view.dimensions)
    for dimension, drawing in zip(view.dimensions, drawings, strict=True):
        title, text = drawing.one("title"), drawing.one("desc")
        assert drawing.attributes["aria-labelledby"].split() == [title.attributes["id"], text.attributes["id"]]
        for figure in dimension.chapters:
            assert figure.title in text.words
            assert " ".join(figure.display.split()) in text.words


def test_the_page_says_its_language_and_direction():
    root = read(render_html(view_in("ESP", "fr"), labels("fr"))).one("html")
    assert (root.attributes["lang"], root.attributes["dir"]) == ("fr", "ltr")


def test_notices_stand_before_anything_else(page, xut):
    header = page.one("header")
    assert all(notice in header.words for notice in xut.notices)
    assert xut.notice_short in header.words


def test_without_script_everything_is_open_and_the_filter_is_away(page):
    assert all("open" in one.attributes for one in page.all("details"))
    assert "hidden" in page.one("form").attributes


def test_an_empty_report_says_so_in_every_section(xut):
    empty = replace(small(xut, ""), chapters=(), fast_facts=(), summary=(), issues=(), slip=())
    shown = read(render_html(empty, labels("en")))
    for name in ("chart", "contrary", "top", "gaps", "concordance", "themes", "instruments", "laws", "to-confirm", "issues"):
        assert xut.none in shown.one("section", id=f"section-{name}").words, name


def test_filters_offer_what_the_report_holds(xut):
    found = {one.field: one for one in filters_of(xut, labels("en"))}
    assert list(found) == ["rating0", "rating1", "kind", "priority", "themes", "chapter"]
    ratings = [title for _, title in found["rating0"].groups[0][1]]
    assert ratings[:4] == ["Fully provided for", "Partly provided for", "Not provided for", "Contrary"]
    assert ratings[-1] == "not assessed"
    assert [title for _, title in found["priority"].groups[0][1]] == ["High", "Medium", "Low"]


# Hostile text, links, network


def test_nothing_typed_becomes_an_element(xut):
    first = xut.chapters[0].provisions[0]
    typed = replace(
        first,
        note=HOSTILE,
        to_confirm=HOSTILE,
        observations=HOSTILE,
        assistance=HOSTILE,
        assessor=HOSTILE,
        legal_basis=HOSTILE,
        title=HOSTILE,
        citations=tuple(replace(one, title=HOSTILE, articles=HOSTILE) for one in first.citations),
    )
    chapter = replace(xut.chapters[0], title=HOSTILE, provisions=(typed, *xut.chapters[0].provisions[1:]))
    law = replace(xut.laws[0], title=HOSTILE, number=HOSTILE, link="javascript:alert(1)")
    rows = (Row(HOSTILE, HOSTILE),)
    view = replace(
        xut,
        country=HOSTILE,
        subtitle=HOSTILE,
        title=HOSTILE,
        notice_short=HOSTILE,
        fast_facts=rows,
        to_confirm=rows,
        chapters=(chapter, *xut.chapters[1:]),
        laws=(law,),
        concordance=(typed,),
    )
    page = read(render_html(view, labels("en")))
    assert len(page.all("script")) == 1
    assert len(page.all("style")) == 1
    assert page.all("img") == []
    assert [name for one in page.all() for name in one.attributes if name.startswith("on")] == []
    assert HOSTILE in page.one("article", id=first.id).text
    assert page.one("h1").text == HOSTILE


@settings(max_examples=60)
@given(st.text(max_size=200))
def test_any_note_reads_back_as_it_was_typed(note):
    typed = read(render_html(small(view_in("XUT", "en"), note), labels("en"))).with_class("typed")
    kept = "".join(one for one in note if one in "\t\n\r" or not (ord(one) < 0x20 or 0x7F <= ord(one) < 0xA0))
    kept = "".join(one for one in kept if one not in "\ufffe\uffff").replace("\r\n", "\n").replace("\r", "\n")
    shown = "".join(one.text for one in typed).replace("\r\n", "\n").replace("\r", "\n")
    assert shown == (kept if note else "")


@pytest.mark.parametrize("link", ["https://www.example.org/law?a=1&b=2#art3", "http://example.org"])
def test_links_of_the_web_can_be_followed(xut, link):
    page = read(render_html(replace(xut, laws=(replace(xut.laws[0], link=link),)), labels("en")))
    anchor = page.one("a", href=link)
    assert {"noopener", "noreferrer"} <= set(anchor.attributes["rel"].split())


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//example.org",
        "https://",
        "http://a b",
        'https://a"b',
        "x",
        "http://[",
        "",
    ],
)
def test_other_links_are_text(xut, link):
    assert web_link(link) == ""
    page = read(render_html(replace(xut, laws=(replace(xut.laws[0], link=link),)), labels("en")))
    assert [one for one in page.all("a") if not one.attributes["href"].startswith("#")] == []


def test_the_browser_may_run_this_script_and_style_and_nothing_else(page):
    policy = page.one("meta", http_equiv="Content-Security-Policy").attributes["content"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    for kind in ("style", "script"):
        text = page.one(kind).text
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert rules[f"{kind}-src"] == f"'sha256-{digest}'"


def test_nothing_is_fetched_and_nothing_styled_inline(page):
    names = {name for one in page.all() for name in one.attributes}
    assert names.isdisjoint({"src", "srcset", "style", "xlink:href", "action", "background", "poster", "data"})
    assert page.all("link") == page.all("iframe") == page.all("object") == []
    assert "url(" not in page.one("style").text
    assert "@import" not in page.one("style").text


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_the_notice_on_printed_pages_cannot_leave_its_string(notice):
    page = read(render_html(replace(small(view_in("XUT", "en"), ""), notice_short=notice), labels("en")))
    (line,) = [one for one in page.one("style").text.split("\n") if "@top-left" in one]
    quoted = line.split('"')
    assert len(quoted) == 3
    assert all(one.isalnum() or one == "\\" for one in quoted[1])
    assert quoted[1].isascii()


# Colours of the dark page


def test_words_on_the_dark_page_can_be_read(page):
    dark = page.one("style").text.partition("prefers-color-scheme: dark")[2].partition("}")[0]
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", dark))
    pairs = [(name, name.removesuffix("-ink")) for name in colours if name.endswith("-ink")]
    on_paper = ("ink", "muted", "title", "accent", "rating-10-ink", "rating-0-ink")
    pairs += [(ink, ground) for ink in on_paper for ground in ("paper", "surface")]
    assert len(pairs) > 20
    assert [pair for pair in pairs if contrast(colours[pair[0]], colours[pair[1]]) < 4.5] == []
    assert contrast(colours["bar"], colours["paper"]) >= 3
    assert contrast(colours["range"], colours["bar"]) >= 1.5


# The same bytes, the geometry of charts


def test_the_same_report_gives_the_same_bytes(xut):
    assert render_html(xut, labels("en")) == render_html(replace(xut), labels("en"))


def test_bars_are_as_long_as_their_shares(xut):
    dimension = xut.dimensions[0]
    for figure, bar in zip((*dimension.chapters, dimension.total), chart(dimension).bars, strict=True):
        if bar.central is not None:
            assert float(bar.central.width.rstrip("%")) == pytest.approx(BAR_SHARE * figure.central, abs=0.01)
        if bar.range is not None:
            assert float(bar.range.x.rstrip("%")) == pytest.approx(BAR_SHARE * figure.low, abs=0.01)
        assert (bar.range is None) == (figure.low == figure.high)


def test_charts_run_from_right_to_left_where_the_language_does(xut):
    usual, mirrored = chart(xut.dimensions[0]), chart(xut.dimensions[0], mirrored=True)
    for one, other in zip(usual.bars, mirrored.bars, strict=True):
        assert one.track.width == other.track.width
        left = float(one.track.x.rstrip("%")) + float(one.track.width.rstrip("%"))
        assert float(other.track.x.rstrip("%")) == pytest.approx(100 - left)
    assert (mirrored.start, mirrored.end) == (usual.end, usual.start)
