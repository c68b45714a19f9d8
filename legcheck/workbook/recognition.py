"""Finds what lets people be recognised without a name: a small number of them, a case before the courts, where they are held.

Which numbers are small, and the words, stand in `typing.yaml`, by language: *once* is a number in one, and none in another.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WORDS = re.compile(r"[^\W_]+")
_LAST_WORD = re.compile(r"[^\W\d_]+(?=\.?\s?$)")
_BEFORE = 16  # characters: room for the word before a number


class _Words(NamedTuple):
    """What to look for in one language, and the words without which there is nothing of the kind."""

    kind: str
    hints: frozenset[str]
    pattern: re.Pattern[str]


def recognisable_facts(text: str) -> list[dict[str, str]]:
    """The facts for messages about people who may be recognised by what a text says."""
    words = {*_WORDS.findall(text.casefold())}
    return [
        {"kind": f"@issues.recognisable.{one.kind}", "value": found}
        for one in _sought()
        if not words.isdisjoint(one.hints)
        for found in dict.fromkeys(_found(one, text))
    ]


def _found(one: _Words, text: str) -> Iterator[str]:
    for match in one.pattern.finditer(text):
        before = _LAST_WORD.search(text, max(match.start() - _BEFORE, 0), match.start())
        if before is None or before[0].casefold() not in _articles():  # the number of an article counts nobody
            yield " ".join(match[0].split())


@cache
def _articles() -> frozenset[str]:
    from legcheck.labels import typed_words

    return frozenset(typed_words("article"))


@cache
def _sought() -> tuple[_Words, ...]:
    from legcheck.labels import languages

    return tuple(one for language in languages() for one in _sought_in(language))


def _sought_in(language: str) -> Iterator[_Words]:
    from legcheck.labels import typed_words

    def any_of(name: str) -> str:
        return "|".join(sorted(map(re.escape, typed_words(name, language)), key=len, reverse=True))

    others, of_whom = any_of("counts_others"), any_of("of_whom")
    between = rf"(?:\s{{1,3}}(?:{of_whom}))?(?:\s{{1,3}}(?!(?:{others})\b)[^\W\d_][\w'’-]{{0,30}}){{0,2}}?\s{{1,3}}"
    for numbers, persons in (("few", "persons"), ("single", "person")):
        pattern = rf"(?<![\w.,/-])(?:{any_of(numbers)}){between}(?:{any_of(persons)})\b(?!['’])"
        yield _Words("few", _last_words(typed_words(persons, language)), re.compile(pattern, re.IGNORECASE))
    for kind in ("pending_case", "place_of_custody"):
        phrases = typed_words(kind, language)
        yield _Words(kind, _last_words(phrases), re.compile(rf"\b(?:{any_of(kind)})\b", re.IGNORECASE))


def _last_words(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(_WORDS.findall(one.casefold())[-1] for one in phrases)
