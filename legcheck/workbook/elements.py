"""Which elements are present: letters as people write them, ``a, c``, ``ac``, ``a-c``, ``A;C``."""

from __future__ import annotations

import re
from functools import lru_cache

from legcheck.workbook.text import fold

_RANGE = re.compile(r"\b([a-z])\s*-\s*([a-z])\b")
_MARKS = re.compile(r"[\s,;./()&+\[\]]+")


@lru_cache(maxsize=10_000)
def parse_elements(typed: str, letters: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The letters named in `typed`, in order, and what in it is no letter of the provision.

    The words for all and none are the caller's to know, since they differ by language.
    """
    text = fold(typed)
    found: set[str] = set()
    wrong: list[str] = []
    for first, last in _RANGE.findall(text):
        if first <= last and first in letters and last in letters:
            found.update(letter for letter in letters if first <= letter <= last)
        else:
            wrong.append(f"{first}-{last}")
    words = _MARKS.split(_between_removed(_RANGE.sub(" ", text)))
    for word in filter(None, words):
        if all(letter in letters for letter in word) and len(set(word)) == len(word):
            found.update(word)
        else:
            wrong.append(word)
    return tuple(letter for letter in letters if letter in found), tuple(wrong)


def _between_removed(text: str) -> str:
    """The text without the words that join two letters, except where such a word is itself a letter standing alone."""
    return re.sub(r"(?<=[a-z])\s+(?:and|et|und)\s+(?=[a-z]\b)", " ", text)
