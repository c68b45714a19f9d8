"""The web page in a browser: accessible, usable by keyboard, quiet on the network, complete without script."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from legcheck import app
from legcheck.labels import labels
from legcheck.reports import prose
from legcheck.reports.html import render_html
from legcheck.reports.view import ReportView, Row
from tests.conftest import require
from tests.reports.sample_views import plan_of_sample, result_of_sample

RULES = {"rules": {"target-size": {"enabled": True}}}  # of WCAG 2.2, not among the usual ones
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
SHOWN = "article.provision:not([hidden])"
OVERLAPS = """
() => [...document.querySelectorAll(".drawing svg")].flatMap(svg => {
  const boxes = [...svg.querySelectorAll("text, rect[height='8']")].map(one => ({ text: one.textContent, box: one.getBBox() }));
  const words = boxes.filter(one => one.text);
  const outside = words.filter(one => one.box.x < -1 || one.box.x + one.box.width > svg.viewBox.baseVal.width + 1);
  const touching = words.filter(one => boxes.some(other => other !== one &&
    one.box.x < other.box.x + other.box.width && other.box.x < one.box.x + one.box.width &&
    one.box.y + 3 < other.box.y + other.box.height && other.box.y + 3 < one.box.y + one.box.height));
  return [...outside, ...touching].map(one => one.text);
})
"""


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> dict[tuple[str, str, bool], Path]:
    """The pages of both samples in both languages, each also in brief."""
    folder = tmp_path_factory.mktemp("pages")
    found = {}
    for country in ("XUT", "ESP"):
        for language in ("en", "fr"):
            for brief in (False, True):
                path = folder / f"{country}-{language}{'-brief' if brief else ''}.html"
                view = view_in(country, language)
                asked = (
                    prose.recommendations(plan_of_sample(country, language), view, labels(language))
                    if view.reading is None
                    else ()
                )
                path.write_bytes(render_html(in_brief(view) if brief else view, labels(language), asked))
                found[country, language, brief] = path
    return found


@pytest.fixture
def visit(browser, files):
    """Opens a page; any network request, console message or page error fails the test."""
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    def opened(country: str = "XUT", language: str = "en", fragment: str = "", brief: bool = False, **settings) -> Page:
        contexts.append(browser.new_context(**{"viewport": DESK, **settings}))
        page = contexts[-1].new_page()
        target = files[country, language, brief].as_uri()
        page.on("console", lambda message: problems.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: problems.append(f"error in the page: {error}"))
        page.on("request", lambda asked: problems.append(asked.url) if asked.url.partition("#")[0] != target else None)
        page.goto(target + fragment)
        return page

    yield opened
    for one in contexts:
        one.close()
    assert problems == []


def view_in(country: str, language: str) -> ReportView:
    return app.report_view(result_of_sample(country), language)


def in_brief(view: ReportView) -> ReportView:
    """A report with a little of everything: the rules of accessibility take minutes on a whole one."""
    flagged = {one.id for one in (*view.contrary, *(one for chapter in view.chapters for one in chapter.provisions[:1]))}
    chapters = (replace(one, provisions=tuple(each for each in one.provisions if each.id in flagged)) for one in view.chapters)
    dimensions = (replace(one, instruments=one.instruments[:3]) for one in view.dimensions)
    return replace(
        view,
        chapters=tuple(chapters),
        dimensions=tuple(dimensions),
        gaps=tuple(one for one in view.gaps if one.provision in flagged),
        concordance=view.concordance[:4],
        standards=view.standards[:10],
    )


def provisions(view: ReportView):
    return [one for chapter in view.chapters for one in chapter.provisions]


def shown(page: Page) -> list[str]:
    return page.eval_on_selector_all(SHOWN, "all => all.map(one => one.id)")


def in_sight(page: Page, id: str) -> bool:
    """Whether an element starts on the screen, below any sticky header."""
    top = page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", id)
    bar = page.evaluate("""() => {
      const nav = document.querySelector("nav.contents").getBoundingClientRect();
      return nav.width > innerWidth / 2 && nav.top <= 0 ? nav.bottom : 0;
    }""")
    return bar <= top < page.viewport_size["height"]


# Accessible


@pytest.mark.parametrize(
    ("country", "language", "settings"),
    [
        ("XUT", "en", {"viewport": DESK}),
        ("XUT", "fr", {"viewport": DESK, "color_scheme": "dark"}),
        ("XUT", "en", {"viewport": PHONE, "color_scheme": "dark"}),
        ("XUT", "fr", {"viewport": PHONE}),
        ("ESP", "fr", {"viewport": DESK}),
        ("ESP", "en", {"viewport": DESK, "forced_colors": "active"}),
    ],
    ids=["en", "fr-dark", "en-phone-dark", "fr-phone", "texts-fr", "texts-en-forced-colours"],
)
def test_no_rule_of_accessibility_is_broken(visit, country, language, settings):
    page = visit(country, language, brief=True, **settings)
    result = Axe().run(page, options=RULES)
    assert result.violations_count == 0, result.generate_report()


@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("fr", "dark")])
def test_nor_with_everything_open(visit, language, scheme):
    page = visit("XUT", language, brief=True, color_scheme=scheme)
    page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true; })")
    result = Axe().run(page, options=RULES)
    assert result.violations_count == 0, result.generate_report()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_nor_on_paper(visit, language):
    page = visit("XUT", language, brief=True, color_scheme="dark")
    page.emulate_media(media="print")
    result = Axe().run(page, options=RULES)
    assert result.violations_count == 0, result.generate_report()


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("country", ["XUT", "ESP"])
def test_a_narrow_screen_shows_it_whole(visit, country, language):
    page = visit(country, language, viewport=PHONE)
    page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert page.evaluate("() => document.documentElement.scrollWidth") == PHONE["width"]
    assert page.evaluate(OVERLAPS) == []


def test_a_word_without_end_does_not_break_the_page(browser, tmp_path):
    word, view = "Rechtsschutz" * 40, in_brief(view_in("XUT", "en"))
    first = view.chapters[0]
    typed = replace(first.provisions[0], title=word, question=word, note=word, observations=word, legal_basis=word, citations=())
    rows = (Row(word, word),)
    chapters = (replace(first, title=word, provisions=(typed, *first.provisions[1:])), *view.chapters[1:])
    long = replace(view, title=word, subtitle=word, notices=(word,), chapters=chapters, fast_facts=rows)
    (tmp_path / "long.html").write_bytes(render_html(long, labels("en")))
    page = browser.new_page(viewport=PHONE)
    page.goto((tmp_path / "long.html").as_uri())
    page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert page.evaluate("() => document.documentElement.scrollWidth") == PHONE["width"]
    page.close()


IN_SIGHT = "all => all.filter(one => one.getClientRects().length).map(one => one.textContent)"


def test_a_telephone_shows_the_bars_of_the_chart(visit):
    assert visit(viewport=PHONE).eval_on_selector_all("#part-glance .drawing svg", IN_SIGHT)


@pytest.mark.parametrize(("country", "cards"), [("XUT", "#part-glance .cards td"), ("ESP", "#section-counts .cards td")])
def test_no_card_counts_what_is_not_there(visit, country, cards):
    counts = visit(country, viewport=PHONE).eval_on_selector_all(cards, IN_SIGHT)
    assert counts
    assert not {"–", "0"} & {*counts}


@pytest.mark.parametrize("media", ["screen", "print"])
def test_a_rating_stands_on_one_line(visit, media):
    page = visit("XUT", "fr", viewport={"width": 680, "height": 900})
    page.emulate_media(media=media)
    assert not page.eval_on_selector_all(
        "#part-chapters .tag", "all => all.filter(one => one.getClientRects().length > 1 || one.offsetHeight > 32).length"
    )


@pytest.mark.parametrize("language", ["en", "fr"])
def test_words_of_the_chart_do_not_touch_on_a_wide_screen(visit, language):
    assert visit("XUT", language).evaluate(OVERLAPS) == []


def test_targets_are_large_enough_to_touch(visit):
    page = visit(viewport=PHONE)
    sizes = page.eval_on_selector_all(
        "nav.contents a, button, select, input, summary",
        "all => all.filter(one => one.offsetParent).map(one => Math.min(one.offsetHeight, one.offsetWidth))",
    )
    assert min(sizes) >= 24


# By keyboard


def test_the_first_key_offers_to_skip_the_contents(visit):
    page = visit()
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "report"


def test_details_open_and_close_by_key(visit):
    page = visit(fragment="#chapter-GEN")
    page.focus("article.provision summary")
    for open_now in (True, False):
        page.keyboard.press("Enter")
        assert page.eval_on_selector("article.provision details", "one => one.open") is open_now


def test_filter_and_reset_by_key(visit):
    page = visit()
    page.focus("#search")
    page.keyboard.type("hostage")
    page.wait_for_function(f"() => document.querySelectorAll('{SHOWN}').length < 135")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.id") == "reset":
            break
    page.keyboard.press("Enter")
    assert len(shown(page)) == len(provisions(view_in("XUT", "en")))
    assert page.evaluate("() => document.activeElement.id") == "search"


def test_focus_is_always_to_be_seen(visit):
    page = visit(viewport=PHONE)
    for _ in range(60):
        page.keyboard.press("Tab")
        covered = page.evaluate("""() => {
          const nav = document.querySelector("nav.contents"), box = document.activeElement.getBoundingClientRect();
          return !nav.contains(document.activeElement) && box.bottom <= nav.getBoundingClientRect().bottom && box.top >= 0
            && nav.getBoundingClientRect().top <= 0;
        }""")
        assert not covered, page.evaluate("() => document.activeElement.outerHTML.slice(0, 80)")


# Search, filter, links


def choose(page: Page, field: str, value: str) -> list[str]:
    page.select_option(f"select[data-field={field}]", value)
    found = shown(page)
    page.select_option(f"select[data-field={field}]", "")
    return found


def test_each_filter_shows_what_it_names(visit):
    page, every = visit(), provisions(view_in("XUT", "en"))
    expected = {
        ("rating0", "=contrary"): [one.id for one in every if one.ratings[0].key == "contrary"],
        ("rating1", "="): [one.id for one in every if one.ratings[1].key == ""],
        ("kind", "=implementation"): [one.id for one in every if one.gap and one.gap.kind == "implementation"],
        ("kind", "="): [one.id for one in every if one.gap is None],
        ("kind", "*"): [one.id for one in every if one.gap is not None],
        ("priority", "=high"): [one.id for one in every if one.gap and one.gap.priority == "high"],
        ("themes", "=children"): [one.id for one in every if "children" in one.themes],
        ("chapter", "=REC"): [one.id for one in every if one.chapter == "REC"],
    }
    for (field, value), ids in expected.items():
        assert ids, field
        assert choose(page, field, value) == ids, (field, value)


def test_filters_narrow_one_another_and_the_count_says_so(visit):
    page, every = visit(language="fr"), provisions(view_in("XUT", "fr"))
    page.select_option("select[data-field=priority]", "=high")
    page.select_option("select[data-field=chapter]", "=REC")
    ids = [one.id for one in every if one.gap and one.gap.priority == "high" and one.chapter == "REC"]
    assert shown(page) == ids
    assert page.inner_text("#count") == labels("fr")("html.filter.count", shown=len(ids), all=len(every))
    assert page.locator("section.chapter:visible").count() == 1


def test_search_goes_through_everything_and_ignores_accents_and_capitals(visit):
    page = visit("ESP", "en")
    page.fill("#search", "  PSYCHÓLOGICAL   care ")
    page.wait_for_function(f"() => document.querySelectorAll('{SHOWN}').length < 135")
    texts = {
        one.id: page.inner_text(f"[id='{one.id}']").lower() for one in provisions(view_in("ESP", "en")) if one.id in shown(page)
    }
    assert texts
    assert all("psychological" in text and "care" in text for text in texts.values())
    assert page.evaluate("() => CSS.highlights.get('found').size") > 0


def test_a_search_without_result_says_so_and_can_be_cleared(visit):
    page = visit()
    page.fill("#search", "qqqqq")
    page.wait_for_selector("#nothing", state="visible")
    assert shown(page) == []
    page.click("#reset")
    assert len(shown(page)) == 135
    assert not page.is_visible("#nothing")
    assert page.evaluate("() => CSS.highlights.has('found')") is False


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_a_link_to_a_provision_opens_it(visit, viewport):
    page = visit(fragment="#REC-02", viewport=viewport)
    assert page.eval_on_selector("[id='REC-02'] details", "one => one.open")
    assert in_sight(page, "REC-02")


def test_a_link_to_a_hidden_provision_brings_it_back(visit):
    page = visit(fragment="#section-gaps")
    page.select_option("select[data-field=chapter]", "=GEN")
    assert "REC-02" not in shown(page)
    page.click("section.gaps a[href='#REC-02']")
    page.wait_for_function("() => !document.getElementById('REC-02').hidden")
    assert in_sight(page, "REC-02")


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("section", ["section-method", "section-gaps", "chapter-REC", "findings-REC"])
def test_a_link_to_what_is_folded_opens_it(visit, section, viewport):
    page = visit(viewport=viewport)
    page.evaluate("id => { location.hash = id; }", section)
    page.wait_for_function("id => document.querySelector(`#${id} > details`).open", arg=section)
    assert in_sight(page, section)


@pytest.mark.parametrize(("viewport", "screens"), [(DESK, 45), (PHONE, 30)], ids=["desk", "phone"])
def test_the_annex_is_folded_and_chapters_too_where_there_is_little_room(visit, viewport, screens):
    page = visit(viewport=viewport)
    assert page.locator("#part-annex details[open]").count() == 0
    assert page.evaluate("() => document.documentElement.scrollHeight") < screens * viewport["height"]


def test_a_filter_opens_the_chapters_of_what_it_finds(visit):
    page = visit()
    page.select_option("select[data-field=priority]", "=high")
    assert page.locator("section.chapter:not([hidden]) > details:not([open])").count() == 0
    page.click("#reset")
    assert page.locator("section.chapter > details[open]").count() == 0


def test_a_link_to_nothing_does_no_harm(visit):
    page = visit(fragment="#%E0%A4%A")
    assert len(shown(page)) == 135
    page.evaluate("() => { location.hash = 'no-such-place'; }")
    assert len(shown(page)) == 135


def test_open_all_and_close_all(visit):
    page = visit()
    page.click("#open-all")
    assert page.locator("article.provision details:not([open])").count() == 0
    page.click("#close-all")
    assert page.locator("article.provision details[open]").count() == 0


# Without script, on paper


def test_without_script_everything_can_be_read(visit):
    page = visit(java_script_enabled=False)
    assert not page.is_visible("#filter")
    assert page.locator("[id='findings-REC'] p").first.is_visible()
    for chapter in page.locator("section.chapter > details > summary").all()[:3]:
        chapter.click()
    for one in provisions(view_in("XUT", "en"))[:20]:
        if one.note:
            assert page.locator(f"[id='{one.id}'] .note").is_visible()


def printed(page: Page, path: Path) -> list[str]:
    """The text of every sheet of paper."""
    page.pdf(path=path, prefer_css_page_size=True)
    text = subprocess.run([require("pdftotext"), path, "-"], check=True, capture_output=True, text=True).stdout
    return text.rstrip("\f").split("\f")


@pytest.mark.parametrize("script", [True, False])
def test_paper_shows_the_findings_on_about_twenty_pages(visit, tmp_path, script):
    page, view = visit(java_script_enabled=script), view_in("XUT", "en")
    sheets = printed(page, tmp_path / "report.pdf")
    assert len(sheets) <= 22
    assert all(view.notice_short in sheet for sheet in sheets)
    words = "".join("".join(sheets).split())
    for chapter in view.chapters:
        assert "".join(chapter.title.split()) in words
    assert "".join(labels("en")("html.print.note").split()) in words
    assert view.slip[1].text not in words


def test_the_reading_of_a_law_is_printed_on_few_pages(visit, tmp_path):
    sheets = printed(visit("ESP"), tmp_path / "reading.pdf")
    assert len(sheets) <= 13  # of about 700 elements, each with its remark
    assert "".join(labels("en")("html.print.note").split()) in "".join("".join(sheets).split())


@pytest.mark.parametrize("script", [True, False])
def test_paper_shows_the_annex_when_asked(visit, tmp_path, script):
    page, view = visit(java_script_enabled=script), view_in("XUT", "en")
    page.check("#print-annex")
    sheets = printed(page, tmp_path / "report.pdf")
    assert all(view.notice_short in sheet for sheet in sheets)
    words = "".join("".join(sheets).split())
    for one in provisions(view):
        assert one.id in words
        for field in (one.to_confirm, one.observations, one.assistance):
            assert "".join(field.split())[:25] in words, one.id


def test_after_printing_the_page_is_as_it_was(visit, tmp_path):
    page = visit()
    page.eval_on_selector("[id='GEN-02'] details", "one => { one.open = true; }")
    page.pdf(path=tmp_path / "report.pdf")
    assert page.eval_on_selector_all("article.provision details[open]", "all => all.length") == 1
