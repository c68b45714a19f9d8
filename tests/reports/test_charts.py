"""The chart by chapter: a drawing of what the view prints, in the order of the checklist, and a text that says the same."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from lxml import etree

from legcheck.analysis import judge
from legcheck.labels import labels
from legcheck.model import Answer, ElementAnswer, Scope
from legcheck.reports import charts, pdf
from legcheck.reports.document import Chart
from legcheck.reports.fit import width_of
from legcheck.reports.make_view import view_of
from legcheck.reports.view import DimensionView, ReportView
from tests.reports.sample_views import result_of_sample, view_of_sample

PNG = b"\x89PNG\r\n\x1a\n"
SVG = "{http://www.w3.org/2000/svg}"


def drawn(view: ReportView) -> list[Chart]:
    return list(charts.chapters_chart(view, labels(view.language)))


def with_dimensions(view: ReportView, *dimensions: DimensionView) -> ReportView:
    return replace(view, dimensions=dimensions)


def texts(chart: Chart) -> list[tuple[str, float, float, float]]:
    """Every line of text with its place and size, without the signs that isolate it."""
    found = etree.fromstring(chart.svg.encode()).iter(f"{SVG}text")
    return [(one.text.strip("\u2068\u2069"), *(float(one.get(key)) for key in ("x", "y", "font-size"))) for one in found]


def lines(chart: Chart) -> list[str]:
    return [text for text, *_ in texts(chart)]


def bars(chart: Chart, colour: str) -> list[tuple[float, float]]:
    """Start and width of every bar of a colour."""
    found = etree.fromstring(chart.svg.encode()).iter(f"{SVG}rect")
    return [(float(one.get("x")), float(one.get("width"))) for one in found if one.get("fill") == colour]


@pytest.fixture(params=["en", "fr"])
def view(request) -> ReportView:
    return view_of_sample("XUT", request.param)


@pytest.fixture
def spain() -> ReportView:
    return as_if_national("ESP")


def as_if_national(country: str) -> ReportView:
    """The answers of a reading as if they covered the whole legal order: in law alone, with none missing."""
    reading = result_of_sample(country)
    answers = {id: replace(answer, elements=settled(answer)) for id, answer in reading.assessment.answers.items()}
    national = replace(reading.assessment, scope=Scope.NATIONAL, answers=answers)
    return view_of(judge(reading.checklist, national, (), "0"), labels("en"))


def settled(answer: Answer) -> dict[str, ElementAnswer]:
    """The elements of an answer, those left to another text as not met."""
    return {letter: replace(one, met=bool(one.met)) for letter, one in answer.elements.items()}


def test_the_drawing_says_what_the_view_prints(view):
    (chart,) = drawn(view)
    for dimension in view.dimensions:
        assert dimension.title in lines(chart)
        for figure in (*dimension.chapters, dimension.total):
            assert figure.display in lines(chart)
            assert figure.answered in lines(chart)


def test_chapters_stand_in_the_order_of_the_checklist_and_the_total_last(spain):
    (chart,) = drawn(spain)
    displays = [line for line in lines(chart) if line.endswith("%")]
    law = spain.dimensions[0]
    assert displays == [one.display for one in (*law.chapters, law.total)]
    assert displays[:-1] != sorted(displays[:-1], key=lambda one: int(one.strip("%")))


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Law: share met, by chapter · Practice: share met, by chapter"),
        ("fr", "Droit\u00a0: part réalisée, par chapitre · Pratique\u00a0: part réalisée, par chapitre"),
        ("es", "Derecho: parte alcanzada, por capítulo · Práctica: parte alcanzada, por capítulo"),
    ],
)
def test_the_title_is_short_and_ranks_no_chapter(language, title):
    (chart,) = drawn(view_of_sample("XUT", language))
    assert chart.title == title


def test_the_chart_says_that_a_provision_does_not_apply_where_fewer_are_counted(view):
    kept = {"en": "125 of 134 answered, 1 not applicable", "fr": "réponses\u00a0: 125 sur 134\u00a0; sans objet\u00a0: 1"}
    (chart,) = drawn(view)
    assert kept[view.language] in lines(chart)


def test_the_title_claims_nothing_where_too_little_is_answered(view):
    (law, _) = view.dimensions
    unknown = replace(law, chapters=tuple(replace(one, central=None) for one in law.chapters))
    (chart,) = drawn(with_dimensions(view, unknown))
    assert chart.title == labels(view.language)("charts.chapters.unknown", dimension=law.title)


def test_the_text_is_short_and_names_both_ends_and_the_total(view):
    (chart,) = drawn(with_dimensions(view, view.dimensions[0]))
    assert "18" in chart.text
    assert "74" in chart.text
    assert view.dimensions[0].total.display in chart.text
    (chart,) = drawn(with_dimensions(view, *view.dimensions[:1] * 3))
    assert len(chart.text) < 400


@pytest.mark.parametrize(("count", "panels"), [(1, [1]), (2, [2]), (3, [3]), (4, [2, 2]), (5, [2, 3]), (7, [2, 2, 3])])
def test_many_dimensions_share_charts_that_can_be_read(view, count, panels):
    (law, practice) = view.dimensions
    made = drawn(with_dimensions(view, *([law, practice] * 4)[:count]))
    titled = [sum(line in (law.title, practice.title) for line in lines(chart)) for chart in made]
    assert titled == panels


def test_words_are_large_enough_and_stay_on_the_drawing(view):
    for count in (1, 2, 3):
        (chart,) = drawn(with_dimensions(view, *(view.dimensions * 2)[:count]))
        assert chart.width_cm == pytest.approx(charts.WIDTH / 72 * 2.54)
        for text, x, y, size in texts(chart):
            assert size >= 8
            assert x + width_of(text, size) * 0.85 <= charts.WIDTH + 1, text
            assert y <= chart.height_cm / 2.54 * 72


def test_bars_are_as_long_as_their_shares(view):
    dimension = view.dimensions[0]
    whole = replace(dimension.total, low=1.0, central=1.0, high=1.0)
    half = replace(dimension.chapters[0], low=0.25, central=0.4, high=0.5)
    (chart,) = drawn(with_dimensions(view, replace(dimension, chapters=(half,), total=whole)))
    sure, full = bars(chart, charts.palette.BAR)
    _, open_part = sorted(bars(chart, charts.palette.RANGE))
    assert sure[1] == pytest.approx(full[1] / 4, abs=0.02)
    assert open_part == pytest.approx((sure[0] + sure[1], full[1] / 4), abs=0.02)


def test_only_what_is_drawn_is_explained(spain, view):
    assert not [line for chart in drawn(spain) for line in lines(chart) if line.startswith(("Range", "Share"))]
    assert not [bar for chart in drawn(spain) for bar in bars(chart, charts.palette.RANGE)]
    key = labels(view.language)("charts.chapters.range")
    assert " ".join(line for line in lines(drawn(view)[0]) if line in key).startswith(key[:20])


def test_charts_run_from_right_to_left_where_the_language_does(view):
    (usual,), (mirrored,) = drawn(view), drawn(replace(view, direction="rtl"))
    for one, other in zip(bars(usual, charts.palette.BAR), bars(mirrored, charts.palette.BAR), strict=True):
        assert other == pytest.approx((charts.WIDTH - one[0] - one[1], one[1]), abs=0.02)
    assert {*re.findall('text-anchor="([a-z]+)"', mirrored.svg)} == {"end"}


def test_counts_are_printed_without_bars(spain):
    (law,) = spain.dimensions
    counted = replace(law.chapters[0], display="3 of 4", low=None, central=None, high=None)
    (chart,) = drawn(with_dimensions(spain, replace(law, chapters=(counted, *law.chapters[1:]))))
    assert "3 of 4" in lines(chart)
    assert len(bars(chart, charts.palette.BAR)) == len(law.chapters)


def test_typed_titles_are_words_not_markup_and_none_is_cut(spain):
    (law,) = spain.dimensions
    for title in ("$x^2$ <script> & \\frac{1}{2}\x00\ud800", "恐怖主义受害者的权利" * 9, "x" * 500, "a b " * 200):
        hostile = replace(law.chapters[0], title=title)
        (chart,) = drawn(with_dimensions(spain, replace(law, chapters=(hostile, *law.chapters[1:]))))
        written = re.sub(r"\s", "", "".join(lines(chart)))
        assert re.sub(r"[\s\x00\ud800]", "", title) in written


def test_nothing_assessed_draws_nothing(spain):
    assert drawn(with_dimensions(spain)) == []
    (law,) = spain.dimensions
    counted = tuple(replace(one, low=None, central=None, high=None) for one in law.chapters)
    assert drawn(with_dimensions(spain, replace(law, chapters=counted))) == []


def test_the_picture_has_300_points_an_inch_and_the_same_bytes(spain):
    (chart,), (again,) = drawn(spain), drawn(spain)
    picture = charts.png_of(chart.svg)
    assert chart == again
    assert picture.startswith(PNG)
    assert picture == charts.png_of(again.svg)
    assert int.from_bytes(picture[16:20]) == pytest.approx(charts.WIDTH / 72 * 300, abs=1)


def test_a_picture_may_use_the_fonts_of_the_machine(spain, monkeypatch):
    (chart,) = drawn(spain)
    asked = []
    fonts = pdf._fonts
    monkeypatch.setattr(pdf, "_fonts", lambda *, system=False: (asked.append(system), fonts(system=system))[1])
    charts.png_of(chart.svg)
    assert asked[-1], "a picture would leave boxes for words in a script that our fonts lack, and not say so"


@pytest.mark.parametrize(
    "text",
    [
        "Coordination, plan, training and resources",
        "Réparation et indemnisation des victimes",
        "23% to 60%",
        "Δικαιώματα των θυμάτων",
        "Права жертв терроризма",
        "זכויות נפגעים",
        "الاستجابة للطوارئ والأزمات",
    ],
)
def test_words_are_no_wider_than_the_room_kept_for_them(text, monkeypatch):
    fonts = pdf._fonts()
    monkeypatch.setattr(pdf, "_fonts", lambda *, system=False: fonts)
    page = '#set page(width: auto, height: auto, margin: 0pt)\n#set text(font: "Libertinus Serif", size: 9pt)\n#sys.inputs.text'
    picture = pdf.typeset(page.encode(), "png", {"text": text}, ppi=720)
    assert int.from_bytes(picture[16:20]) / 10 <= width_of(text, 9) * 1.02
