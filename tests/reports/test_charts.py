"""The chart by chapter: a picture, and a text that says the same."""

from dataclasses import replace

import pytest

from legcheck.labels import labels
from legcheck.reports import charts
from tests.reports.sample_views import view_of_sample

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(params=["en", "fr"])
def language(request) -> str:
    return request.param


def test_the_text_holds_every_figure_of_the_picture(language):
    view = view_of_sample("XUT", language)
    text = charts.chapters_text(view, labels(language))
    for dimension in view.dimensions:
        assert dimension.title in text
        for figure in (*dimension.chapters, dimension.total):
            assert figure.title in text
            assert f"{figure.display} ({figure.range}, {figure.answered})" in text


def test_the_picture_says_what_the_view_prints(language):
    view = view_of_sample("XUT", language)
    drawn = charts.chapters_svg(view, labels(language)).decode()
    for dimension in view.dimensions:
        for figure in (*dimension.chapters, dimension.total):
            assert f">{figure.display}<" in drawn
            assert f">{figure.answered}<" in drawn


def test_same_view_same_bytes():
    view, words = view_of_sample("ESP", "en"), labels("en")
    assert charts.chapters_png(view, words) == charts.chapters_png(view, words)
    assert charts.chapters_svg(view, words) == charts.chapters_svg(view, words)


def test_the_picture_names_no_program_and_no_day():
    picture = charts.chapters_png(view_of_sample("ESP", "en"), labels("en"))
    drawn = charts.chapters_svg(view_of_sample("ESP", "en"), labels("en"))
    assert picture.startswith(PNG)
    assert b"matplotlib" not in picture.lower()
    assert b"<dc:date>" not in drawn
    assert b"Matplotlib" not in drawn


def test_typed_titles_are_words_not_formulas_or_markup():
    view = view_of_sample("ESP", "en")
    dimension = view.dimensions[0]
    hostile = replace(dimension.chapters[0], title="$x^2$ <script> & \\frac{1}{2}")
    view = replace(view, dimensions=(replace(dimension, chapters=(hostile, *dimension.chapters[1:])),))
    drawn = charts.chapters_svg(view, labels("en")).decode()
    assert "$x^2$ &lt;script&gt; &amp; \\frac{1}{2}" in drawn


def test_nothing_assessed_still_draws():
    view = replace(view_of_sample("ESP", "en"), dimensions=())
    assert charts.chapters_png(view, labels("en")).startswith(PNG)
