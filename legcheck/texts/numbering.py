"""Numbers of articles made comparable, and their order: ``3 bis``, ``5-2``, ``L. 126-1``, ``1°``, ``IV``, ``第三条``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

from legcheck.texts.vocabulary import vocabulary
from legcheck.words import fold

SOLE = "sole"
_ROMAN = re.compile(r"(?=[MDCLXVI])M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})\b")
_ROMAN_WORTH = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_HAN = {sign: number for number, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_HAN_TENS = {"十": 10, "百": 100, "千": 1000}
_PARTS = re.compile(r"([A-Z]{0,2})\.?(\d[\d.-]*)?(.*)")
_DEGREE = re.compile(r"[°ºª*]|(?<=\d)(?:er|re)\b", re.IGNORECASE)
_SPACE = re.compile(r"\s+")

Order = tuple[str, tuple[int, ...], tuple[float, ...]]


def latin_words() -> str:
    """The Latin words after a number as alternatives of a pattern, the longest first."""
    return "|".join(sorted(vocabulary().latin, key=len, reverse=True))


@lru_cache(maxsize=50_000)
def canonical(number: str) -> str:
    """The form in which numbers are compared: ``22 Ter`` is ``22ter``, ``L. 126-1`` is ``L126-1``, ``1°`` is ``1``.

    >>> canonical("22 Ter"), canonical("L. 126-1"), canonical("1°"), canonical("٣")
    ('22ter', 'L126-1', '1', '3')
    """
    plain = number.replace("–", "-").replace("‑", "-")
    if not plain.isascii():
        plain = "".join(str(unicodedata.digit(one, one)) if one.isdigit() and one not in "°ºª" else one for one in plain)
    found = _PARTS.fullmatch(_SPACE.sub("", _DEGREE.sub("", plain)))
    if found is None or not found[2]:
        return fold(plain).replace(" ", "")
    return found[1].upper() + found[2].strip(".-") + fold(found[3]).strip(".-")


@lru_cache(maxsize=50_000)
def order(id: str) -> Order:
    """Where an article stands among others: letters of a code, numbers, letters or Latin words after them."""
    found = _PARTS.fullmatch("1" if id == SOLE else id)
    if found is None:
        return "", (), ()
    numbers = tuple(int(digits[:9]) for digits in re.findall(r"\d+", found[2] or ""))
    latin = vocabulary().latin
    after = re.findall(rf"{latin_words()}|\w", found[3])
    return found[1], numbers, tuple(float(latin.get(one) or 1 + ord(one[0]) / 1e4) for one in after)


def roman(text: str) -> tuple[str, int]:
    """The Roman figure that a text begins with as a number, and how long it is; an empty text if there is none."""
    found = _ROMAN.match(text)
    if found is None or not found[0]:
        return "", 0
    worths = [_ROMAN_WORTH[sign] for sign in found[0]]
    return str(sum(-a if a < b else a for a, b in zip(worths, [*worths[1:], 0], strict=True))), found.end()


def chinese(text: str) -> str:
    """A number in Chinese or other figures as digits."""
    if text.isdigit():
        return str(int(text))
    total = current = 0
    for sign in text:
        if sign in _HAN_TENS:
            total, current = total + (current or 1) * _HAN_TENS[sign], 0
        else:
            current = _HAN.get(sign, 0)
    return str(total + current)


def in_words(text: str) -> tuple[str, int]:
    """The number in words that a text begins with, and how long it is: ``décimo``, ``الثالثة عشرة``, or the sole one."""
    words = vocabulary()
    found = [(fold(one[0]), one.end()) for one in islice(re.finditer(r"[^\W\d_]+", text[:60]), 2)]
    if not found or not text[0].isalpha():
        return "", 0
    first, end = found[0]
    if first in words.arabic:
        return _in_arabic(found)
    number = SOLE if first in words.sole else str(words.ordinals.get(first, ""))
    return (number, end) if number else ("", 0)


def _in_arabic(found: Sequence[tuple[str, int]]) -> tuple[str, int]:
    """A number in one or two Arabic words: the third, the thirteenth, the twenty-third."""
    words = vocabulary()
    (first, end), (second, end_of_second) = found[0], found[1] if len(found) > 1 else ("", 0)
    number, tens = words.arabic[first], second.removeprefix(words.arabic_and)
    if second in words.arabic_ten:
        return str(number + 10), end_of_second
    if second != tens and tens in words.arabic:
        return str(number + words.arabic[tens]), end_of_second
    return str(number), end
