"""The comparison's page: its contents, that typed text stays text, and that it fetches nothing."""

import base64
import hashlib
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legcheck.labels import labels
from legcheck.reports import palette
from legcheck.reports.comparison import drawings, html
from legcheck.reports.comparison.html import WIDEST, extent_of, heat_tables, render_html, rewritten, too_few
from legcheck.reports.comparison.make_view import view_of
from legcheck.reports.comparison.view import ChangeView, ComparisonView, Movements, ReadingsView
from legcheck.reports.view import Row
from tests.comparison.builders import comparison_of, groups_of, many, vot
from tests.comparison.pages import view
from tests.reports.page_reading import Node, read
from tests.reports.test_palette import contrast

HOSTILE = "<script>alert(1)</script> \"quoted\" 'single' & <img src=x onerror=alert(2)> ]]> </style> {{ 7*7 }} =1+1"
SECTIONS = [
    "What is compared",
    "Limits to comparison",
    "Figures side by side",
    "Each assessment at a glance",
    "Readings of named texts",
    "Rounds",
    "Groups",
    "How stable the figures are",
    "Every provision",
    "Files left out",
    "How to check this comparison",
]


@pytest.fixture(scope="module")
def made() -> ComparisonView:
    return view(14)


@pytest.fixture(scope="module")
def page(made) -> Node:
    return read(render_html(made, labels("en")))


def large(made: ComparisonView, times: int) -> ComparisonView:
    """A comparison with many times more assessments."""
    tables = tuple(replace(table, rows=table.rows * times) for table in made.tables)
    return replace(made, rows=made.rows * times, tables=tables)


# What stands in it


def test_the_outline_is_that_of_the_comparison(page):
    assert [one.words for one in page.all("h2")] == SECTIONS
    assert len(page.all("h1")) == 1


def test_the_notice_and_what_does_not_compare_stand_before_any_figure(page, made):
    words = page.words
    first = words.index(made.tables[0].columns[0].spreads["national"].median)
    assert words.index(made.notice) < words.index(made.not_comparable[0]) < first
    assert all(sentence in page.one("section", id="section-not_comparable").words for sentence in made.not_comparable)


def test_sections_with_nothing_in_them_are_left_out(made):
    empty = dict.fromkeys(
        ("trends", "groups", "robustness", "left_out", "provisions", "tables", "dimensions", "not_comparable"), ()
    )
    bare = replace(made, **empty, readings=ReadingsView((), (), ()))
    shown = read(render_html(bare, labels("en")))
    assert [one.words for one in shown.all("h2")] == [SECTIONS[0], SECTIONS[1], SECTIONS[2], SECTIONS[-1]]
    assert labels("en")("comparison_page.intro.nothing_known") in shown.words


def test_every_link_leads_somewhere_and_no_id_is_used_twice(page):
    ids = [one.attributes["id"] for one in page.all() if "id" in one.attributes]
    assert len(ids) == len(set(ids))
    links = [one.attributes["href"] for one in (*page.all("a"), *page.all("use"))]
    assert all(link.startswith("#") and link[1:] in ids for link in links)


def test_every_figure_stands_with_its_range_and_answered_share(page, made):
    for table in heat_tables(made, "law", labels("en")):
        body = page.one("table", id=table.id).one("tbody")
        for row, cells in zip(body.all("tr"), table.table.rows, strict=True):
            for field, place in zip(row.all("td")[1:], table.places, strict=True):
                cell = cells[place]
                lines = field.text.split("\n")
                assert lines[0] == cell.display
                assert cell.span in (*lines, "")
                assert cell.span or cell.central is None
                assert cell.share in lines[-1]
                assert (f"✕{cell.contrary}" in lines[-1]) == (cell.contrary > 0)
                behind = field.attributes.get("title", "")
                assert not cell.share or (cell.counts in behind and cell.band in behind)


def test_every_table_has_every_row_and_fits_a_sheet(made):
    for dimension, _ in made.dimensions:
        parts = list(heat_tables(made, dimension, labels("en")))
        assert all(len(part.columns) <= WIDEST for part in parts)
        for table in (one for one in made.tables if one.dimension == dimension):
            places = [place for part in parts if part.table is table for place in part.places]
            assert places == list(range(len(table.columns)))


def test_names_dates_and_marks_stand_beside_the_figures(page, made):
    rows = page.one("table", id="heat-1-1").one("tbody").all("tr")
    for row, head in zip(rows, made.rows, strict=True):
        assert all(word in row.words for word in (head.name, head.code, head.when))
        assert [one.attributes["title"] for one in row.all("abbr")] == [mark.text for mark in head.marks]


def test_medians_stand_below(made):
    shown = read(render_html(view(30), labels("en")))
    table = view(30).tables[0]
    rows = shown.one("table", id="heat-1-1").one("tfoot").all("tr")
    assert [row.attributes["data-scope"] for row in rows] == ["national"]
    for row in rows:
        for field, column in zip(row.all("td")[1:], table.columns, strict=True):
            spread = column.spreads[row.attributes["data-scope"]]
            assert field.text.split("\n") == [spread.median, spread.span, f"n = {spread.count}"]


def test_an_assessment_without_the_dimension_says_so(made):
    tables = tuple(replace(table, rows=(None, *table.rows[1:])) for table in made.tables)
    shown = read(render_html(replace(made, tables=tables), labels("en")))
    first = shown.one("table", id="heat-1-1").one("tbody").all("tr")[0]
    assert labels("en")("comparison_page.not_assessed") in first.words


def test_small_charts_have_words(page, made):
    latest = [place for place, head in enumerate(made.rows) if head.latest]
    drawings_ = [one for one in page.all("svg") if one.attributes.get("class") == "profile"]
    assert len(drawings_) == len(latest) * len(made.dimensions)
    first = made.tables[0].rows[latest[0]]
    assert all(
        f"{column.short} {cell.display}" in drawings_[0].attributes["aria-label"]
        for column, cell in zip(made.tables[0].columns, first, strict=True)
    )


def test_nothing_answered_has_no_line_and_long_figures_have_room(made):
    columns, cells = made.tables[0].columns, list(made.tables[0].rows[0])
    cells[0] = replace(cells[0], display="not assessed", low=0.0, central=None, high=1.0, share_answered=0.0)
    cells[1] = replace(cells[1], display="40% to 100%", low=0.4, central=None, high=1.0, share_answered=0.3)
    drawing = drawings.profile(columns[:2], cells[:2], mirrored=False)
    end = drawings.LABELS + drawings.TRACK
    assert drawing.ranges == f"M{drawings.LABELS + 0.4 * drawings.TRACK:g} {drawing.lines[1].y}H{end}"
    assert drawing.dots == ""
    assert 6 * len("40% to 100%") <= drawings.FIGURES


def test_earlier_rounds_say_so_and_signs_stand_wherever_an_assessment_is_named(page, made):
    rows = page.one("table", id="heat-1-1").one("tbody").all("tr")
    assert [labels("en")("comparison_page.earlier") in row.words for row in rows] == [not head.latest for head in made.rows]
    for one in page.with_class("who")[:3]:
        signs = [sign.words for field in one.all("li") for sign in field.all("abbr")]
        marks = [mark for head in made.rows if head.latest for mark in head.marks]
        assert sorted(signs) == sorted(mark.sign for mark in marks)


def test_readings_of_texts_stand_in_tables_of_their_own_by_counts(page, made):
    section = page.one("section", id="section-readings")
    first = made.readings.tables[0]
    rows = section.all("table")[0].one("tbody").all("tr")
    for row, one in zip(rows, first.rows, strict=True):
        head = made.readings.rows[one.row]
        assert head.name in row.words
        assert [field.words for field in row.all("td")] == [str(one.every.counts[name]) for name in first.columns]
    assert "%" not in section.words
    shades = {name for one in section.all() for name in one.attributes.get("class", "").split()}
    assert not [name for name in shades if re.fullmatch(r"s\d|rating-.*", name)]
    names = {head.name for head in made.readings.rows} - {head.name for head in made.rows}
    assert names
    for other in ("figures", "profiles", "rounds", "groups", "robustness", "provisions"):
        assert not [name for name in names if name in page.one("section", id=f"section-{other}").words.split(" ")]


def test_files_left_out_are_counted_at_the_start(page, made):
    link = page.one("section", id="section-facts").one("a", href="#section-left_out")
    assert link.words == str(len(made.left_out))
    none = read(render_html(replace(made, left_out=()), labels("en"))).one("section", id="section-facts")
    assert none.all("a") == []


def test_groups_without_a_figure_are_named_and_have_no_row():
    made, t = view(14), labels("en")
    section = read(render_html(made, t)).one("section", id="section-groups")
    few = [group for group in made.groups if group in too_few(made)]
    enough = [group for group in made.groups if group not in few]
    assert few
    assert enough
    for table in section.all("table"):
        rows = table.one("tbody").all("tr")
        assert [row.one("th").children[0] for row in rows] == [group.title for group in enough]
        assert all(any(field.text != "–" for field in row.all("td")[1:]) for row in rows)
    (sentence,) = [
        one.words for one in section.with_class("intro") if t("comparison_page.group.few", groups="")[:20] in one.words
    ]
    assert all(f"{group.title} ({group.count})" in sentence for group in few)
    alone = read(render_html(replace(made, groups=tuple(few)), t)).one("section", id="section-groups")
    assert alone.all("table") == []


def test_rounds_show_every_change(page, made):
    articles = page.one("section", id="section-rounds").with_class("trend")
    for article, one in zip(articles, made.trends, strict=True):
        words = article.words
        for point in one.points:
            assert all(text in words for text in (point.when, point.cell.display, point.cell.range, point.cell.answered))
        for passage in one.passages:
            assert f"Provisions: {passage.summary}" in words
            changes = [change for movement in passage.movements for change in movement.changes]
            assert all(f"{change.provision} {change.title}" in words for change in changes)


def test_a_broken_line_says_why(made):
    trend = made.trends[0]
    broken = replace(trend, passages=(replace(trend.passages[0], joined=False, reasons=("Another version.",)),))
    shown = read(render_html(replace(made, trends=(broken,)), labels("en")))
    article = shown.with_class("trend")[0]
    assert "Another version." in article.words
    assert article.with_class("gap")
    assert not article.with_class("line")


def test_provisions_name_every_answer(page, made):
    for chapter in made.provisions[0].chapters:
        for one in chapter.provisions:
            article = page.one("article", id=f"p-law-{one.id}")
            words = article.words
            assert all(text in words for text in (one.title, one.question, one.core, one.counts))
            assert all(element.text in words and element.shown in words for element in one.elements)
            for group in one.ratings:
                assert f"{group.title}: {group.count}" in words
                assert all(made.rows[member.row].name in words and member.citation in words for member in group.members)


def test_groups_robustness_files_and_method_are_there(page, made):
    groups = page.one("section", id="section-groups").words
    assert all(group.title in groups and all(name in groups for name in group.members) for group in made.groups)
    steady = page.one("section", id="section-robustness").words
    assert labels("en")("comparison_page.column.score") in steady
    assert all(row.score_range in steady for row in made.robustness[0].rows)
    assert made.left_out[0].text in page.one("section", id="section-left_out").words
    assert all(" ".join(row.text.split()) in page.one("section", id="section-method").words for row in made.method)


# Small, large, without script, in other languages, without names


def test_a_small_comparison_stands_open_without_script():
    shown = read(render_html(view(4), labels("en")))
    assert all("open" in one.attributes for one in shown.all("details"))
    assert "hidden" in shown.one("form").attributes
    assert all("hidden" in one.attributes for one in shown.with_class("detail"))


def test_a_comparison_of_200_countries_stays_small():
    content = render_html(view(200), labels("en"))
    assert len(content) < 200 * len(vot().provisions) * 400, "at most 400 bytes an answer"
    assert extent_of(view(200)).named


def test_beyond_a_size_answers_are_counted_and_not_named(made):
    shown = read(render_html(large(made, 40), labels("en")))
    assert "answers.csv" in shown.one("section", id="section-provisions").words
    assert shown.with_class("who") == []
    assert len(shown.one("table", id="heat-1-1").one("tbody").all("tr")) == 40 * len(made.rows)
    assert shown.one("table", id="heat-2-1").all("tbody") == []
    assert "scores.csv" in shown.one("section", id="section-figures").words
    assert "scores.csv" in shown.one("section", id="section-rounds").words


def test_citations_too_long_for_a_page_are_left_to_the_table(made, monkeypatch):
    monkeypatch.setattr(html, "MOST_CITED", 1000)
    shown = read(render_html(made, labels("en")))
    assert "answers.csv" in shown.one("section", id="section-provisions").words
    assert shown.with_class("who")
    assert "Victims of Terrorism Act" not in shown.one("section", id="section-provisions").words


def test_beyond_another_size_only_medians_are_shown(made):
    shown = read(render_html(large(made, 140), labels("en")))
    assert shown.all("tbody")
    assert shown.one("table", id="heat-1-1").all("tbody") == []
    assert shown.one("table", id="heat-1-1").one("tfoot").all("tr")


def test_the_page_says_its_language_and_speaks_it():
    shown = read(render_html(view(4, "fr"), labels("fr")))
    assert (shown.one("html").attributes["lang"], shown.one("html").attributes["dir"]) == ("fr", "ltr")
    assert [one.words for one in shown.all("h2")][:2] == ["Ce qui est comparé", "Limites de la comparaison"]
    assert "Not provided" not in shown.words


def test_without_names_the_page_has_none():
    summaries = many(8, 2)
    hidden = view_of(comparison_of(summaries, groups=groups_of(summaries), anonymous=True), labels("en"))
    text = render_html(hidden, labels("en")).decode()
    for one in summaries:
        assert one.country not in text
        assert one.country_name not in text
        assert one.source.name not in text
        assert one.source.digest not in text
        assert one.as_of.isoformat() not in text
    assert "art. " not in text


def test_a_page_from_right_to_left_is_mirrored(made):
    shown = read(render_html(replace(made, direction="rtl"), labels("en")))
    assert shown.one("html").attributes["dir"] == "rtl"
    columns, cells = made.tables[0].columns, made.tables[0].rows[0]
    usual, mirrored = (drawings.profile(columns, cells, mirrored=one) for one in (False, True))
    starts = [[float(one) for one in re.findall(r"M([\d.]+)", drawing.dots)] for drawing in (usual, mirrored)]
    width = drawings.PROFILE_WIDTH
    assert starts[1] == [pytest.approx(width - one, abs=0.11) for one in starts[0]]


# Hostile text, network


def test_nothing_typed_becomes_an_element(made):
    heads = tuple(replace(head, name=HOSTILE, code=HOSTILE, group=HOSTILE, notes=(HOSTILE,), file=HOSTILE) for head in made.rows)
    table = made.provisions[0]
    chapter = table.chapters[0]
    first = chapter.provisions[0]
    ratings = tuple(
        replace(group, title=HOSTILE, members=tuple(replace(one, citation=HOSTILE, elements=HOSTILE) for one in group.members))
        for group in first.ratings
    )
    typed = replace(first, title=HOSTILE, question=HOSTILE, ratings=ratings)
    chapters = (replace(chapter, title=HOSTILE, provisions=(typed, *chapter.provisions[1:])), *table.chapters[1:])
    rows = (Row(HOSTILE, HOSTILE),)
    hostile = replace(
        made,
        title=HOSTILE,
        subtitle=HOSTILE,
        notice=HOSTILE,
        facts=rows,
        left_out=rows,
        rows=heads,
        groups_named=(HOSTILE, "other"),
        groups=tuple(replace(group, title=HOSTILE, members=(HOSTILE,)) for group in made.groups),
        trends=tuple(replace(trend, name=HOSTILE) for trend in made.trends),
        provisions=(replace(table, chapters=chapters), *made.provisions[1:]),
    )
    shown = read(render_html(hostile, labels("en")))
    assert len(shown.all("script")) == 1
    assert len(shown.all("style")) == 1
    assert shown.all("img") == []
    assert [name for one in shown.all() for name in one.attributes if name.startswith("on")] == []
    assert shown.one("h1").text == HOSTILE
    assert HOSTILE in shown.one("article", id=f"p-law-{first.id}").text
    assert shown.one("table", id="heat-1-1").all("tr")[1].attributes["data-name"] == HOSTILE
    assert f"={HOSTILE}" in [one.attributes["value"] for one in shown.one("select", id="filter-group").all("option")]


@settings(max_examples=40)
@given(st.text(max_size=80))
def test_any_name_reads_back_as_it_was_typed(name):
    made = view(4)
    bare = replace(
        made,
        rows=(replace(made.rows[0], name=name, latest=True, marks=()),),
        tables=(),
        dimensions=(),
        provisions=(),
        trends=(),
        groups=(),
        robustness=(),
        left_out=(),
        facts=(Row("", name),),
    )
    shown = read(render_html(bare, labels("en"))).one("section", id="section-facts").one("dd").text
    kept = "".join(one for one in name if one in "\t\n\r" or not (ord(one) < 0x20 or 0x7F <= ord(one) < 0xA0))
    kept = "".join(one for one in kept if one not in "\ufffe\uffff")
    assert shown.replace("\r\n", "\n").replace("\r", "\n") == kept.replace("\r\n", "\n").replace("\r", "\n")


def test_the_browser_may_run_this_script_and_style_and_nothing_else(page):
    policy = page.one("meta", http_equiv="Content-Security-Policy").attributes["content"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    for kind in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(page.one(kind).text.encode()).digest()).decode()
        assert rules[f"{kind}-src"] == f"'sha256-{digest}'"


def test_nothing_is_fetched_and_nothing_styled_inline(page):
    names = {name for one in page.all() for name in one.attributes}
    assert names.isdisjoint({"src", "srcset", "style", "xlink:href", "action", "background", "poster", "data"})
    assert page.all("link") == page.all("iframe") == page.all("object") == []
    assert "url(" not in page.one("style").text
    assert "@import" not in page.one("style").text


def test_the_same_comparison_gives_the_same_bytes(made):
    assert render_html(made, labels("en")) == render_html(replace(made), labels("en"))


# Colours and drawings


def test_figures_on_every_shade_of_the_dark_page_can_be_read(page):
    dark = [part.partition("}")[0] for part in page.one("style").text.split("prefers-color-scheme: dark")[1:]]
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", "".join(dark)))
    shades = range(len(palette.SHADES))
    assert all(contrast(colours[f"shade-{place}-ink"], colours[f"shade-{place}"]) >= 4.5 for place in shades)
    assert len({colours[f"shade-{place}"] for place in shades}) == len(palette.SHADES)


def test_a_bar_is_filled_by_its_ratings(made):
    for provision in made.provisions[0].chapters[0].provisions:
        for mirrored in (False, True):
            found = list(drawings.shares(provision.ratings, mirrored=mirrored))
            assert sum(float(one.width.rstrip("%")) for one in found) == pytest.approx(100, abs=0.1)
            starts = [float(one.x.rstrip("%")) for one in found]
            assert starts == sorted(starts, reverse=mirrored)


@pytest.mark.parametrize(
    ("days", "even"),
    [
        (("2020-01-01", "2021-01-01", "2024-01-01"), True),
        (("2020-01-01", "2021-06-30", "2024-01-01"), False),
        (("2020", "2020"), True),
    ],
)
def test_rounds_stand_in_proportion_to_time_where_there_is_room(made, days, even):
    trend = made.trends[0]
    points = tuple(replace(trend.points[0], row=place) for place in range(len(days)))
    drawing = drawings.trend(replace(trend, points=points, passages=()), dict(enumerate(days)), mirrored=False)
    at = [float(mark.x) for mark in drawing.marks]
    steps = {round(after - before) for before, after in pairwise(at)}
    assert (len(steps) == 1) is even
    assert at[0] == drawings.TREND_MARGIN
    assert at[-1] == drawings.TREND_WIDTH - drawings.TREND_MARGIN


def test_changes_alike_stand_together():
    def change(provision: str, before: str, after: str) -> ChangeView:
        return ChangeView(provision, provision, before, before, after, after)

    one, two, three = change("A", "none", "full"), change("B", "partial", "full"), change("C", "none", "full")
    assert rewritten(Movements("gained", "Gained", (one, two, three))) == [(one, (one, three)), (two, (two,))]
