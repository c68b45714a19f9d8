"""Colours that everybody can read, and signs for those who do not see them."""

import pytest

from legcheck.reports import palette

TONES = {
    **{f"rating {key}": tone for key, tone in palette.RATINGS.items()},
    **{f"priority {key}": tone for key, tone in palette.PRIORITIES.items()},
    **{f"element {key}": tone for key, tone in palette.ELEMENTS.items()},
    **{f"shade {place}": tone for place, tone in enumerate(palette.SHADES)},
    "plain": palette.PLAIN,
}


def contrast(ink: str, fill: str) -> float:
    """The contrast of two colours, as WCAG 2.2 defines it."""
    light, dark = sorted((luminance(ink), luminance(fill)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("name", TONES)
def test_words_on_their_colour_can_be_read(name):
    assert contrast(TONES[name].ink, TONES[name].fill) >= 4.5


@pytest.mark.parametrize("ink", [palette.TITLE, palette.ACCENT, palette.INK, palette.MUTED])
@pytest.mark.parametrize("paper", [palette.PAPER, palette.SURFACE])
def test_words_on_paper_can_be_read(ink, paper):
    assert contrast(ink, paper) >= 4.5


@pytest.mark.parametrize("colour", palette.LINES)
def test_lines_on_paper_can_be_seen(colour):
    assert contrast(colour, palette.PAPER) >= 4.5


def test_figures_on_the_darkest_shade_can_be_read():
    assert contrast(palette.INK, palette.BETWEEN) >= 4.5


@pytest.mark.parametrize("tones", [palette.RATINGS, palette.PRIORITIES, palette.ELEMENTS])
def test_every_sign_is_different(tones):
    signs = [tone.sign for tone in tones.values()]
    assert all(signs)
    assert len(signs) == len(set(signs))


def test_levels_of_other_checklists_are_shown_plainly():
    assert palette.rating("4.5") == palette.PLAIN
    assert palette.priority("urgent") == palette.PLAIN
