"""The comparison's page in a browser: accessible, usable by keyboard, quiet on the network, complete without script."""

import subprocess
import time
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from legcheck.labels import labels
from legcheck.reports.comparison import drawings
from legcheck.reports.comparison.html import render_html
from legcheck.reports.view import Row
from tests.comparison.pages import view
from tests.conftest import require

RULES = {"rules": {"target-size": {"enabled": True}}}  # of WCAG 2.2, not among the usual ones
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1400, "height": 900}
TABLE = "#heat-1-1"


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> dict[tuple[int, str], Path]:
    folder = tmp_path_factory.mktemp("pages")
    found = {}
    for count, language in ((4, "en"), (4, "fr"), (14, "en"), (200, "en")):
        found[count, language] = folder / f"{count}-{language}.html"
        found[count, language].write_bytes(render_html(view(count, language), labels(language)))
    return found


@pytest.fixture
def visit(browser, files):
    """Opens a page; any network request, console message or page error fails the test."""
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    def opened(count: int = 14, language: str = "en", fragment: str = "", **settings) -> Page:
        contexts.append(browser.new_context(**{"viewport": DESK, **settings}))
        page = contexts[-1].new_page()
        target = files[count, language].as_uri()
        page.on("console", lambda message: problems.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: problems.append(f"error in the page: {error}"))
        page.on("request", lambda asked: problems.append(asked.url) if asked.url.partition("#")[0] != target else None)
        page.goto(target + fragment)
        return page

    yield opened
    for one in contexts:
        one.close()
    assert problems == []


def order(page: Page, table: str = TABLE) -> list[int]:
    """The rows shown, by their place in the view."""
    return page.eval_on_selector_all(f"{table} tbody tr:not([hidden])", "all => all.map(one => Number(one.dataset.row))")


def sort_by(page: Page, place: int) -> str:
    """Presses the heading of a column and returns how the table says that it is sorted."""
    page.click(f"{TABLE} thead th:nth-child({place + 1}) button")
    return page.get_attribute(f"{TABLE} thead th:nth-child({place + 1})", "aria-sort")


def open_folds(page: Page) -> None:
    page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true; })")


def choose_a_figure(page: Page) -> None:
    """Open the reading of a figure, and go back to the top: half-way down, the fixed contents cover whatever lies below them."""
    page.click(f"{TABLE} tbody tr:nth-child(2) td:nth-child(4)")
    page.evaluate("() => scrollTo(0, 0)")


def overflow(page: Page) -> int:
    return page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")


# Accessible


@pytest.mark.parametrize(
    ("count", "language", "settings"),
    [
        (4, "en", {}),
        (4, "fr", {"color_scheme": "dark"}),
        (4, "en", {"viewport": PHONE, "color_scheme": "dark"}),
        (4, "en", {"forced_colors": "active"}),
    ],
    ids=["four", "four-fr-dark", "phone-dark", "forced-colours"],
)
def test_no_rule_of_accessibility_is_broken(visit, count, language, settings):
    page = visit(count, language, **settings)
    choose_a_figure(page)
    result = Axe().run(page, options=RULES)
    assert result.violations_count == 0, result.generate_report()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nor_with_many_countries(visit, scheme):
    """The rules would take minutes on every field and answer, so only the first of many equal elements are kept."""
    page = visit(200, color_scheme=scheme)
    choose_a_figure(page)
    for repeated in (".heat tbody tr:nth-child(n + 16)", ".card:nth-child(n + 9)", ".chapter:nth-of-type(n + 3)"):
        page.evaluate("repeated => document.querySelectorAll(repeated).forEach(one => one.remove())", repeated)
    result = Axe().run(page, options=RULES)
    assert result.violations_count == 0, result.generate_report()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nor_with_everything_open(visit, scheme):
    page = visit(4, color_scheme=scheme)
    page.evaluate(
        "() => document.querySelectorAll('.chapter:nth-of-type(n + 3), .trend:nth-of-type(n + 3)').forEach(one => one.remove())"
    )
    open_folds(page)
    result = Axe().run(page, options=RULES)
    assert result.violations_count == 0, result.generate_report()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_narrow_screen_shows_it_whole(visit, language):
    page = visit(4, language, viewport=PHONE)
    open_folds(page)
    assert overflow(page) == 0


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_contents_fit_a_desk(visit, language):
    last = visit(4, language).locator("nav.contents a").last.bounding_box()
    assert last["x"] + last["width"] < DESK["width"] - 16


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_table_of_figures_stands_out_of_a_desk(visit, language):
    page = visit(4, language)
    page.eval_on_selector_all("details.fold", "all => all.forEach((one) => { one.open = true; })")
    out = "all => all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.innerText)"
    assert page.eval_on_selector_all(".heat", out) == []


def test_a_word_without_end_does_not_break_the_page(browser, tmp_path):
    word, made = "Rechtsschutz" * 20, view(4)
    heads = tuple(replace(head, name=word, group=word, notes=(word,)) for head in made.rows)
    groups = tuple(replace(group, title=word, members=(word,)) for group in made.groups)
    trends = tuple(replace(trend, name=word) for trend in made.trends)
    rows = (Row(word, word),)
    long = replace(
        made, rows=heads, groups=groups, trends=trends, facts=rows, left_out=rows, title=word, groups_named=(word, "x")
    )
    (tmp_path / "long.html").write_bytes(render_html(long, labels("en")))
    page = browser.new_page(viewport=PHONE)
    page.goto((tmp_path / "long.html").as_uri())
    open_folds(page)
    assert overflow(page) == 0
    page.set_viewport_size(DESK)
    assert page.locator(f"{TABLE} tbody th").first.bounding_box()["width"] < 180
    page.close()


def test_targets_are_large_enough_to_touch(visit):
    sizes = visit(viewport=PHONE).eval_on_selector_all(
        "nav.contents a, button, select, input, summary",
        "all => all.filter(one => one.offsetParent).map(one => Math.min(one.offsetHeight, one.offsetWidth))",
    )
    assert min(sizes) >= 19  # the box to tick stands in a label of 24 and more
    assert sorted(sizes)[1] >= 24


# Filter


@pytest.mark.parametrize(
    ("field", "value", "chosen"),
    [
        ("#search", "land áB", lambda head: "AB" in head.name),
        ("#search", "xac", lambda head: head.code == "XAC"),
        ("#filter-group", "=East", lambda head: head.group == "East"),
        ("#latest", "", lambda head: head.latest),
    ],
)
def test_each_filter_shows_what_it_names_in_every_table(visit, field, value, chosen):
    page, heads = visit(), view(14).rows
    expected = [place for place, head in enumerate(heads) if chosen(head)]
    assert 0 < len(expected) < len(heads)
    if field == "#search":
        page.fill(field, value)
        page.wait_for_selector(f"{TABLE} tbody tr[hidden]", state="attached")
    elif field == "#latest":
        page.check(field)
    else:
        page.select_option(field, value)
    for table in page.eval_on_selector_all(".heat table[id]", "all => all.map(one => '#' + one.id)"):
        assert order(page, table) == expected
    cards = page.eval_on_selector_all("article[id].card:not([hidden])", "all => all.map(one => Number(one.dataset.of))")
    assert cards == [place for place in expected if heads[place].latest]
    assert page.inner_text("#count") == labels("en")("comparison_page.filter.count", shown=len(expected), all=len(heads))
    page.click("#reset")
    assert order(page) == list(range(len(heads)))


def test_a_dimension_can_be_read_alone(visit):
    page = visit()
    page.select_option("#filter-dimension", "=practice")
    assert not page.is_visible(TABLE)
    shown = page.eval_on_selector_all(
        "[data-dimension]", "all => all.filter(one => one.checkVisibility()).map(one => one.dataset.dimension)"
    )
    assert set(shown) == {"practice"}


def test_a_filter_without_result_says_so(visit):
    page = visit()
    page.fill("#search", "qqqqq")
    page.wait_for_selector("#nothing", state="visible")
    assert order(page) == []


# Order


def test_no_figure_sorts(visit):
    page = visit()
    before = order(page)
    assert page.locator(f"{TABLE} thead button").count() == 2
    page.click(f"{TABLE} thead th:nth-child(3)")
    assert order(page) == before
    assert page.locator("[aria-sort]").count() == 0


def test_order_by_name_and_by_date(visit):
    page, heads = visit(), view(14).rows
    assert sort_by(page, 0) == "ascending"
    assert sort_by(page, 0) == "descending"
    names = [heads[place].name for place in order(page)]
    assert names == sorted(names, reverse=True)
    page.click("#by-date")
    days = [heads[place].day for place in order(page)]
    assert days == sorted(days, reverse=True)
    assert page.inner_text("#sorted")
    page.click("#restore")
    assert order(page) == list(range(len(heads)))
    assert page.locator("[aria-sort]").count() == 0
    assert page.inner_text("#sorted") == ""
    assert page.is_disabled("#restore")


# Figures by keyboard and pointer


def focused(page: Page) -> tuple[int, int]:
    """Row and column of the field that has the focus."""
    return tuple(
        page.evaluate("""() => {
      const cell = document.activeElement.closest("th, td");
      return [cell.parentNode.rowIndex, cell.cellIndex];
    }""")
    )


def test_arrow_keys_move_through_the_table(visit):
    page = visit()
    page.focus(f"{TABLE} thead th button")
    steps = [("ArrowDown", (1, 0)), ("ArrowRight", (1, 1)), ("ArrowRight", (1, 2)), ("ArrowDown", (2, 2)), ("End", (2, 18))]
    steps += [("ArrowRight", (2, 18)), ("ArrowLeft", (2, 17)), ("ArrowUp", (1, 17)), ("Home", (1, 0)), ("PageDown", (9, 0))]
    steps += [("Control+End", (len(view(14).rows), 18)), ("Control+Home", (0, 0))]
    for key, expected in steps:
        page.keyboard.press(key)
        assert focused(page) == expected, key


def test_one_field_of_a_table_is_reached_by_tab(visit):
    page = visit()
    page.focus(f"{TABLE} thead th button")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    assert page.locator(f"{TABLE} [tabindex='0']").count() == 1
    page.keyboard.press("Tab")
    assert page.evaluate(f"() => document.querySelector('{TABLE}').contains(document.activeElement)") is False
    page.keyboard.press("Shift+Tab")
    assert focused(page) == (1, 1)


def test_the_focused_field_is_not_hidden_behind_headings(visit):
    page = visit(200)
    page.focus(f"{TABLE} thead th button")
    for key in ["ArrowDown"] * 3 + ["End", "PageDown", "PageDown", "PageUp", "PageUp", "Home", "ArrowRight", "ArrowRight"]:
        page.keyboard.press(key)
        assert page.evaluate("""() => {
          const cell = document.activeElement.closest("th, td"), box = cell.getBoundingClientRect();
          const over = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
          return cell.contains(over);
        }"""), key


def test_focus_shows_what_stands_behind_a_figure(visit):
    page, made = visit(), view(14)
    table, words = made.tables[0], labels("en")
    page.focus(f"{TABLE} thead th button")
    for key in ("ArrowDown", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    cell, spread = table.rows[0][0], table.columns[0].spreads["national"]
    said = page.inner_text("#heat-1-1-detail")
    for text in (made.rows[0].name, cell.display, cell.range, cell.answered, cell.counts, cell.band, spread.text):
        assert text in said
    assert all(mark.text in said for mark in made.rows[0].marks)
    apart = int(cell.display.rstrip("%")) - int(spread.median.rstrip("%"))
    side = "above" if apart > 0 else "below"
    assert words(f"comparison_page.detail.{side}", points=abs(apart), median=spread.text) in said
    assert page.evaluate("() => document.activeElement.getAttribute('aria-describedby')") == "heat-1-1-detail"


def test_details_take_little_room_until_a_figure_is_chosen(visit):
    page, panel = visit(), "#heat-1-1-detail"
    assert labels("en")("comparison_page.detail.hint") in page.inner_text(panel)
    assert page.locator(panel).bounding_box()["height"] < 50
    heights = []
    for place in (3, 4, 5):
        page.hover(f"{TABLE} tbody tr:nth-child(1) td:nth-child({place})")
        heights.append(page.locator(panel).bounding_box()["height"])
    page.hover("h1")
    assert [*heights, page.locator(panel).bounding_box()["height"]] == [heights[0]] * 4


def test_small_charts_all_have_the_same_size(visit):
    for settings in ({}, {"viewport": PHONE}):
        page = visit(4, **settings)
        page.evaluate("() => document.querySelector('.card .pair figure:nth-child(2)').remove()")
        sizes = page.eval_on_selector_all(".profile", "all => all.map(one => one.getBoundingClientRect().width)")
        assert len(sizes) == 7
        assert max(sizes) - min(sizes) < 1


def test_figures_of_small_charts_stand_beside_their_lines(visit):
    page = visit(4, "fr")
    page.evaluate("""() => document.querySelectorAll(".profile text").forEach(one => {
      one.textContent = "40\u00a0% à 100\u00a0%";
      one.setAttribute("class", "few");
    })""")
    starts = page.eval_on_selector_all(".profile text", "all => all.map(one => one.getBBox().x)")
    assert min(starts) > drawings.LABELS + drawings.TRACK


def test_every_figure_is_described_as_the_view_prints_it(visit):
    """The page says range and answered share in full from what a narrow field holds."""
    page, made = visit(), view(14)
    for place, cells in enumerate(made.tables[0].rows):
        for number in (0, 1, 5):
            cell = cells[number]
            page.hover(f"{TABLE} tbody tr:nth-child({place + 1}) td:nth-child({number + 3})")
            said = page.inner_text("#heat-1-1-detail")
            assert cell.display in said
            assert cell.answered in said
            assert cell.range in said or not cell.answered or cell.display == labels("en")("report.not_assessed")


def test_enter_leads_to_the_provisions_of_the_chapter(visit):
    page = visit()
    page.focus(f"{TABLE} thead th button")
    for key in ("ArrowDown", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    page.wait_for_function("() => location.hash === '#p-law-REC'")
    page.wait_for_function("() => document.getElementById('p-law-REC').open")
    assert page.evaluate("() => document.activeElement.parentNode.id") == "p-law-REC"


def test_the_details_lead_there_by_pointer(visit):
    page = visit()
    page.click(f"{TABLE} tbody tr:nth-child(1) td:nth-child(5)")
    page.hover("h1")
    page.click("#heat-1-1-detail a")
    page.wait_for_function("() => document.getElementById('p-law-REC').open")
    article = page.locator("#p-law-REC-02")
    assert article.is_visible()
    article.locator("summary").click()
    assert "Land AB" in article.inner_text()


def test_a_link_to_what_the_filter_hides_brings_it_back(visit):
    page = visit()
    page.select_option("#filter-dimension", "=practice")
    page.evaluate("() => { location.hash = 'p-law-REC-02'; }")
    page.wait_for_selector("#p-law-REC-02", state="visible")
    page.evaluate("() => { location.hash = '%E0%A4%A'; }")


# Without script, on paper, large


def test_without_script_everything_can_be_read(visit):
    page = visit(4, java_script_enabled=False)
    assert not page.is_visible("#filter")
    assert not page.is_visible("#heat-1-1-detail")
    assert page.locator(f"{TABLE} tbody tr:visible").count() == len(view(4).rows)
    assert page.locator("details:not([open])").count() == 0
    assert page.locator("#p-law-REC-02 .who li:visible").count() == 4


def test_many_countries_can_be_unfolded_without_script(visit):
    page = visit(200, java_script_enabled=False)
    page.click("#p-law-REC > summary")
    page.click("#p-law-REC-02 .who summary")
    # Every seventh of the 200 is a reading of texts, which stands apart.
    assert page.locator("#p-law-REC-02 .who li:visible").count() == 200 - 200 // 7


def pages_of(path: Path) -> list[str]:
    text = subprocess.run([require("pdftotext"), "-layout", path, "-"], check=True, capture_output=True, text=True).stdout
    return text.rstrip("\f").split("\f")


@pytest.mark.parametrize("count", [4, 200])
def test_no_column_is_cut_off_on_paper(visit, tmp_path, count):
    page, made = visit(count), view(count)
    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    sheets = pages_of(tmp_path / "page.pdf")
    assert all(made.title in sheet for sheet in sheets)
    headings = [column.short for column in made.tables[0].columns]
    first = next(sheet for sheet in sheets if made.tables[0].title in sheet and all(one in sheet for one in headings))
    figures = [cell.display for cells in made.tables[0].rows[:6] for cell in cells]
    if count == 200:  # headings stand on every sheet of a table
        assert sum(all(one in sheet for one in headings) for sheet in sheets) > 20
    assert sum(first.count(one) for one in set(figures)) >= len(figures)
    folded = labels("en")("comparison_page.folded").split(".")[0]
    assert (folded in " ".join(sheets[0].split())) == (count == 200)


def test_paper_shows_every_provision_only_when_asked(visit, tmp_path):
    page, made = visit(4), view(4)
    question = "".join(made.provisions[0].chapters[0].provisions[0].question.split())
    for asked in (False, True):
        page.set_checked("#print-provisions", asked)
        page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
        sheets = pages_of(tmp_path / "page.pdf")
        words = "".join("".join(sheets).split())
        assert (question in words) == asked
        assert ("".join(labels("en")("comparison_page.print.note").split()) in words) != asked
        assert asked or len(sheets) <= 20


def test_tables_fit_a_landscape_sheet(visit):
    page = visit(4, viewport={"width": 1047, "height": 700})  # A4 across, less its margins, at 96 to the inch
    open_folds(page)
    page.emulate_media(media="print")
    assert (
        page.eval_on_selector_all(
            ".heat", "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.innerText)"
        )
        == []
    )


def test_after_printing_the_page_is_as_it_was(visit, tmp_path):
    page = visit(4)
    before = page.locator("details[open]").count()
    page.pdf(path=tmp_path / "page.pdf")
    assert page.locator("details[open]").count() == before


def test_many_countries_open_and_filter_in_reasonable_time(visit):
    start = time.monotonic()
    page = visit(200)
    page.wait_for_selector("#filter", state="visible")
    assert time.monotonic() - start < 15  # about 1.5 s on two quiet cores
    start = time.monotonic()
    sort_by(page, 1)
    page.fill("#search", "land b")
    page.wait_for_selector(f"{TABLE} tbody tr[hidden]", state="attached")
    assert time.monotonic() - start < 10
