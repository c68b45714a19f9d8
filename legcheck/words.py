"""Words made comparable: what people type beside what it may mean, whatever its capitals, accents, quotes and spaces."""

from __future__ import annotations

import unicodedata
from fractions import Fraction
from functools import lru_cache

# Invisible characters: soft hyphens, zero-width spaces and marks that override the direction of writing; in words, joiners too.
# Signs that a terminal would obey and halves of characters, which no file can hold, are no part of a text either.
_CONTROLS = (*range(9), *range(0x0E, 0x1C), *range(0x7F, 0x85), *range(0x86, 0xA0), *range(0xD800, 0xE000))
UNSEEN = dict.fromkeys([0xAD, 0x200B, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A), *_CONTROLS])
UNSEEN_IN_WORDS = UNSEEN | dict.fromkeys(range(0x200C, 0x2010))
ALIKE = str.maketrans("‘’‚‛´`“”„«»‐‑‒–—―−", "''''''\"\"\"\"\"-------")

# Letters of other scripts that look like Latin ones: from keyboards with several layouts, and from scanned texts.
_LOOK_LATIN = str.maketrans("аеорсухіјѕԁһӏАВЕКМНОРСТХІЈЅУΑΒΕΖΗΙΚΜΝΟΡΤΥΧοι", "aeopcyxijsdhlABEKMHOPCTXIJSYABEZHIKMNOPTYXoi")


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """A word or heading made comparable: without case, accents and invisible characters, quotes, dashes and spaces all alike.

    A word in which all other letters are Latin means what it looks like, whatever script a letter of it comes from.
    """
    usual = text.isascii() and text.isprintable()
    plain = text.replace("`", "'") if usual else text.translate(UNSEEN_IN_WORDS).translate(ALIKE)
    if not plain.isascii():
        apart = unicodedata.normalize("NFKD", plain)
        plain = "".join(letter for letter in apart if not unicodedata.combining(letter)).translate(ALIKE)
        looks = plain.translate(_LOOK_LATIN)
        plain = looks if looks.isascii() else plain
    return " ".join(plain.casefold().split()).strip(" .:*")


def compact(text: str) -> str:
    """An id made comparable: folded, without any space."""
    return fold(text).replace(" ", "")


BEGINS_FORMULA = ("=", "+", "@", "\t", "\r", "-")
"""What a spreadsheet takes for the beginning of a formula."""


def no_formula(text: str) -> str:
    """A text of a table that spreadsheets open, which they take for text."""
    return f"'{text}" if text.startswith(BEGINS_FORMULA) else text


_LONGEST_NUMBER = 40


def exact_number(text: str) -> Fraction:
    """The number written ``2``, ``0.5``, ``1/2`` or ``80%``; of powers of ten, a few signs would make one without end.

    Raises:
        ValueError: it is no number, or longer than any that means something.
    """
    text = "".join(text.split())
    if len(text) > _LONGEST_NUMBER or "e" in text.casefold():
        raise ValueError(text)
    try:
        return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)
    except ZeroDivisionError:
        raise ValueError(text) from None


_TIES = {0xA0: "\ue0a0", 0x202F: "\ue0a1"}
"""What stands for each no-break space where lines are set by a library that takes every kind of space for a place to break."""


def tied(text: str) -> str:
    """A text whose no-break spaces are not taken for spaces."""
    return text.translate(_TIES)


def untied(text: str) -> str:
    """The text with its no-break spaces again."""
    return text.translate({ord(tie): space for space, tie in _TIES.items()})
