"""Colours that everybody can read, and signs for those who do not see them."""

from fractions import Fraction
from itertools import pairwise

import pytest

from legcheck.model import Level, PriorityClass
from legcheck.reports import palette
from legcheck.reports.palette import tone_of, tones_of_priorities

TONES = (*palette.RATINGS, *palette.PRIORITIES, *palette.SHADES, *palette.ELEMENTS.values(), palette.PLAIN)


def contrast(ink: str, fill: str) -> float:
    """The contrast of two colours, as WCAG 2.2 defines it."""
    light, dark = sorted((luminance(ink), luminance(fill)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def level(worth, **marks):
    return Level("k", "Title", "", Fraction(worth), **marks)


def classes(count):
    return [PriorityClass(f"c{place}", f"Class {place}", Fraction(place)) for place in range(count)]


@pytest.mark.parametrize("tone", TONES, ids=lambda tone: tone.name + tone.sign)
def test_words_on_their_colour_can_be_read_by_day_and_by_night(tone):
    assert contrast(tone.ink, tone.fill) >= 4.5
    assert contrast(tone.night_ink, tone.night_fill) >= 4.5


@pytest.mark.parametrize("ink", [palette.TITLE, palette.ACCENT, palette.INK, palette.MUTED])
@pytest.mark.parametrize("paper", [palette.PAPER, palette.SURFACE])
def test_words_on_paper_can_be_read(ink, paper):
    assert contrast(ink, paper) >= 4.5


@pytest.mark.parametrize("colour", palette.LINES)
def test_lines_on_paper_can_be_seen(colour):
    assert contrast(colour, palette.PAPER) >= 4.5


def test_figures_on_the_darkest_shade_can_be_read():
    assert contrast(palette.INK, palette.BETWEEN) >= 4.5


def test_tones_have_names_of_their_own():
    named = [*palette.RATINGS, *palette.PRIORITIES, *palette.SHADES, palette.PLAIN]
    assert len({tone.name for tone in named}) == len(named)


@pytest.mark.parametrize("count", range(2, 12))
def test_every_level_of_a_scale_in_equal_steps_has_a_colour_of_its_own(count):
    tones = [tone_of(level(Fraction(place, count - 1))) for place in range(count)]
    assert len({tone.fill for tone in tones}) == len({tone.ink for tone in tones}) == count
    assert (tones[0].sign, tones[-1].sign) == ("○", "●")


def test_the_fuller_the_sign_the_more_a_rating_is_worth():
    signs = [tone.sign for tone in palette.WORTHS]
    assert all("○◔◐◕●".index(one) <= "○◔◐◕●".index(other) for one, other in pairwise(signs))


def test_the_ends_are_kept_for_nothing_and_for_all():
    assert tone_of(level("1/1000")) == palette.WORTHS[1]
    assert tone_of(level("999/1000")) == palette.WORTHS[9]


def test_what_does_not_count_is_told_apart_from_what_counts():
    apart = [tone_of(level(0, contrary=True)), tone_of(level(0, outside=True)), tone_of(None)]
    assert apart == [palette.CONTRARY, palette.OUTSIDE, palette.UNKNOWN]
    assert not {tone.sign for tone in apart} & {tone.sign for tone in palette.WORTHS}


@pytest.mark.parametrize("count", range(2, 6))
def test_every_class_of_priority_has_a_sign_of_its_own(count):
    tones = list(tones_of_priorities(classes(count)).values())
    assert len({tone.sign for tone in tones}) == count
    assert (tones[0], tones[-1]) == (palette.PRIORITIES[0], palette.PRIORITIES[-1])


def test_classes_of_priority_are_coloured_from_the_most_urgent_to_the_least():
    assert list(tones_of_priorities(reversed(classes(9)))) == [f"c{place}" for place in reversed(range(9))]
    assert tones_of_priorities(classes(9))["c8"] == palette.PRIORITIES[0]


def test_a_single_class_of_priority_says_nothing():
    assert tones_of_priorities(classes(1)) == {"c0": palette.PLAIN}
