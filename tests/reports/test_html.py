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
from legcheck.reports import prose
from legcheck.reports.charts import chapters_chart
from legcheck.reports.country_report import CountryReport
from legcheck.reports.html import filters_of, render_html
from legcheck.reports.view import ReportView, Row, web_link
from tests.reports.page_reading import Node, read
from tests.reports.sample_views import plan_of_sample, result_of_sample
from tests.reports.test_palette import contrast

HOSTILE = "<script>alert(1)</script> \"quoted\" 'single' & <img src=x onerror=alert(2)> ]]> </style> {{ 7*7 }} {% raw %}"
PARTS = ["In brief", "The picture by chapter", "Findings by chapter", "Priorities", "Annex"]
SECTIONS = [
    "Every provision",
    "Table of concordance",
    "Figures by chapter",
    "Scores by theme",
    "Scores by instrument",
    "All gaps in order of priority",
    "Register of laws",
    "Not applicable",
    "Points to confirm",
    "Observations of the State",
    "Not assessed",
    "International standards cited",
    "Fast facts",
    "Method",
    "Issues found in the file",
    "How to check this report",
]
CODES = re.compile(r"\+\d|\b[A-Z]{3}-\d|\b(?:law|practice)\.\w")  # points, codes of provisions, names of figures


def view_in(country: str, language: str) -> ReportView:
    return app.report_view(result_of_sample(country), language)


@pytest.fixture(scope="module")
def xut() -> ReportView:
    return view_in("XUT", "en")


def recommended(view: ReportView) -> tuple[prose.Recommendation, ...]:
    return prose.recommendations(plan_of_sample(view.country_code, view.language), view, labels(view.language))


@pytest.fixture(scope="module")
def page(xut) -> Node:
    return read(render_html(xut, labels("en"), recommended(xut)))


def provisions(view: ReportView):
    return [one for chapter in view.chapters for one in chapter.provisions]


def small(view: ReportView, note: str) -> ReportView:
    """A report of one provision with this note, and everything else left out."""
    chapter = view.chapters[0]
    provision = replace(chapter.provisions[0], note=note, ratings=())
    lists = (
        "gaps",
        "contrary",
        "assistance",
        "to_confirm",
        "not_applicable",
        "unanswered",
        "observations",
    )
    emptied = dict.fromkeys((*lists, "observations", "concordance", "laws", "standards", "dimensions"), ())
    return replace(view, chapters=(replace(chapter, provisions=(provision,)),), **emptied)


# What stands in it


def test_the_message_comes_first_and_the_annex_last(page):
    assert [one.words for one in page.all("h2")] == PARTS
    assert [one.words for one in page.one(id="part-brief").all("h3")] == [
        "Situation",
        "What stands",
        "What is urgent, and whom it harms",
        "What is asked",
    ]
    assert [one.words for one in page.one(id="part-annex").all("h3")] == SECTIONS
    assert len(page.all("h1")) == 1


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_findings_are_the_sentences_of_the_country_report(language):
    view, words = view_in("XUT", language), labels(language)
    asked = recommended(view)
    page = read(render_html(view, words, asked))
    brief = CountryReport(view, words, asked).page_for_the_minister
    shown = page.one(id="part-brief").words
    for sentence in (*brief.situation, *brief.stands):
        assert " ".join(sentence.text.split()) in shown
    assert all(" ".join((one.harm if one.quoted else one.gap.stake).split()) in shown for one in brief.urgent)
    assert [one.attributes["lang"] for one in page.one(id="part-brief").all("span") if "lang" in one.attributes] == [
        one.language for one in brief.urgent if one.language and one.quoted
    ]
    for chapter in view.chapters:
        shown = page.one(id=f"findings-{chapter.id}").words
        assert chapter.title in shown
        for sentence in prose.of_chapter(chapter, view, words):
            assert " ".join(sentence.text.split()) in shown


def test_no_points_codes_or_names_of_figures_stand_before_the_annex(page, xut):
    shown = " ".join(page.one(id=f"part-{key}").words for key in ("brief", "glance", "priorities"))
    chapters = page.one(id="part-chapters")
    shown += " ".join(one.words for one in chapters.all("p") + chapters.all("li") + chapters.all("table"))
    typed = " ".join(text for one in provisions(xut) for text in (one.note, one.observations, one.assistance))
    assert [code for code in CODES.findall(shown) if code not in typed] == []


def test_the_wording_of_every_measure_of_the_plan_stands_on_the_page_once(page, xut):
    clauses = [" ".join(row.text.split()) for one in recommended(xut) for row in one.clauses]
    shown = [one.words for one in page.one(id="part-chapters").all("dd")]
    assert len(shown) > 100
    assert sorted(shown) == sorted(clauses)


def test_the_cells_of_findings_name_their_columns_for_narrow_screens(page):
    for table in page.one(id="part-chapters").all("table"):
        titles = [one.words for one in table.one("thead").all("th")]
        for row in table.one("tbody").all("tr"):
            assert [one.attributes["data-column"] for one in row.all("td")] == titles[1:]


@pytest.mark.parametrize(("language", "colon"), [("en", r"\00003a\000020"), ("fr", r"\0000a0\00003a\000020")])
def test_the_colon_after_a_column_on_narrow_screens_is_set_as_the_language_does(language, colon):
    page = render_html(app.report_view(result_of_sample("XUT"), language), labels(language)).decode()
    assert f'attr(data-column) "{colon}"' in page


def test_the_contents_lead_to_every_section_and_chapter(page, xut):
    targets = {one.attributes["id"] for one in page.all() if "id" in one.attributes}
    links = [one.attributes["href"] for one in page.one("nav").all("a")]
    assert all(link.startswith("#") and link[1:] in targets for link in links)
    assert {f"#findings-{chapter.id}" for chapter in xut.chapters} < set(links)


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
            asked = [each for each in recommended(xut) if one.id in each.provisions] or [
                prose.fallback(one, one.gap, labels("en"))
            ]
            assert all(each.text.rstrip(".") in words for each in asked)
            assert one.gap.kind_title in words


def test_every_figure_stands_there_under_its_name(page, xut):
    for dimension in xut.dimensions:
        groups = [figure for group in dimension.themes for figure in group.figures]
        for figure in (dimension.total, *dimension.chapters, *groups, *dimension.instruments):
            shown = [one.words for one in page.all(data_figure=figure.id)]
            assert shown, figure.id
            assert all(figure.display in words for words in shown), figure.id
            assert all(figure.answered in words for words in shown), figure.id


@pytest.mark.parametrize("language", ["en", "fr"])
def test_charts_are_described_in_words(language):
    view = view_in("XUT", language)
    page = read(render_html(view, labels(language)))
    for place in ("wide", "narrow"):
        (shown,) = page.one(id="part-glance").with_class(place)
        charts = list(chapters_chart(view, labels(language), narrow=place == "narrow"))
        for chart, drawing in zip(charts, shown.all("figure"), strict=True):
            assert drawing.one("figcaption").words == " ".join(chart.title.split())
            assert drawing.one("div").attributes["aria-label"] == chart.text


def test_the_page_says_its_language_and_direction():
    root = read(render_html(view_in("ESP", "fr"), labels("fr"))).one("html")
    assert (root.attributes["lang"], root.attributes["dir"]) == ("fr", "ltr")


def test_notices_stand_before_anything_else(page, xut):
    header = page.one("header")
    assert all(notice in header.words for notice in xut.notices)
    assert xut.notice_short in header.words


def test_without_script_only_sections_and_chapters_of_the_annex_are_closed_and_the_filter_is_away(page):
    closed = [one for one in page.all("details") if "open" not in one.attributes]
    annex = page.one(id="part-annex").all("details")
    assert closed == [one for one in annex if one.all("summary")[0].all("h3") or one.all("summary")[0].all("h4")]
    assert "hidden" in page.one("form").attributes


def test_an_empty_report_says_so_in_every_section(xut):
    empty = replace(small(xut, ""), chapters=(), fast_facts=(), issues=(), slip=())
    shown = read(render_html(empty, labels("en")))
    for name in ("gaps", "figures", "concordance", "themes", "instruments", "laws", "to-confirm", "issues"):
        assert xut.none in shown.one("section", id=f"section-{name}").words, name


def test_filters_offer_what_the_report_holds(xut):
    found = {one.field: one for one in filters_of(xut, labels("en"))}
    assert list(found) == ["rating0", "rating1", "kind", "priority", "themes", "chapter"]
    ratings = [title for _, title in found["rating0"].groups[0][1]]
    assert ratings[:4] == ["Fully provided for", "Partly provided for", "Not provided for", "Contrary"]
    assert ratings[-1] == "not assessed"
    assert [title for _, title in found["priority"].groups[0][1]] == ["Urgent", "High", "Medium", "Low"]


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


# The same bytes


def test_the_same_report_gives_the_same_bytes(xut):
    assert render_html(xut, labels("en")) == render_html(replace(xut), labels("en"))
