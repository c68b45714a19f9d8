"""What statutes say for one and the same idea in several languages: `provisions/glossary.yaml`, and how its terms are matched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from legcheck.issues import Issues
from legcheck.resources import bundled
from legcheck.words import fold
from legcheck.yaml_text import read_yaml

FILE = "glossary.yaml"
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Word:
    """A word of a term, folded; more may stand `before` or `after` it in the same word."""

    text: str
    before: bool = False
    after: bool = False

    def fits(self, word: str) -> bool:
        """Whether a folded word is this one, or one that it is a part of."""
        if self.before:
            return self.text in word if self.after else word.endswith(self.text)
        return word.startswith(self.text) if self.after else word == self.text

    def covers(self, other: Word) -> bool:
        """Whether every word that fits the other fits this one too."""
        return self.before >= other.before and self.after >= other.after and self.fits(other.text)


# A term: words that stand one after the other.
Term = tuple[Word, ...]


def term(written: str) -> Term:
    """A term as it is written in the glossary.

    >>> [(one.text, one.after) for one in term("pago a cuent-")]
    [('pago', False), ('a', False), ('cuent', True)]
    """
    words = list[Word]()
    for part in fold(written).replace("'", " ").split():
        texts = WORD.findall(part)
        last = len(texts) - 1
        words += [Word(text, at == 0 and part[0] == "-", at == last and part[-1] == "-") for at, text in enumerate(texts)]
    return tuple(words)


def covers(one: Term, other: Term) -> bool:
    """Whether a term is found wherever another is."""
    return len(one) <= len(other) and all(word.covers(same) for word, same in zip(one, other, strict=False))


class Terms:
    """The terms of one language, ready to be found in texts."""

    def __init__(self, by_idea: Mapping[str, Sequence[str]]) -> None:
        self._whole: dict[str, list[tuple[str, Term]]] = {}
        self._begin: dict[str, list[tuple[str, Term]]] = {}
        self._inside: list[tuple[str, Term]] = []
        self._beginning: dict[str, tuple[tuple[str, Term], ...]] = {}
        for idea, written in by_idea.items():
            for one in map(term, written):
                if one[0].before:
                    self._inside.append((idea, one))
                else:
                    (self._begin if one[0].after else self._whole).setdefault(one[0].text, []).append((idea, one))
        self._longest = max(map(len, self._begin), default=0)

    def ideas(self, words: Sequence[str]) -> Iterator[tuple[str, int, int]]:
        """Every idea found in folded words, once for each place: the idea, where its words begin and where they end."""
        for at, word in enumerate(words):
            longest = dict[str, int]()
            for idea, found in self._beginning_with(word):
                end = at + len(found)
                if end <= len(words) and all(one.fits(same) for one, same in zip(found[1:], words[at + 1 : end], strict=True)):
                    longest[idea] = max(end, longest.get(idea, 0))
            for idea, end in longest.items():
                yield idea, at, end

    def _beginning_with(self, word: str) -> tuple[tuple[str, Term], ...]:
        """The terms whose first word fits a word."""
        if word not in self._beginning:
            begun = [one for end in range(1, min(len(word), self._longest) + 1) for one in self._begin.get(word[:end], ())]
            inside = [one for one in self._inside if one[1][0].fits(word)]
            self._beginning[word] = (*self._whole.get(word, ()), *begun, *inside)
        return self._beginning[word]


@cache
def terms(language: str) -> Terms:
    """The terms of a language; none if the glossary does not have it."""
    return Terms({idea: written[language] for idea, written in _ideas().items() if language in written})


@cache
def languages() -> frozenset[str]:
    """The languages of the glossary, as ISO 639 codes."""
    return frozenset(language for written in _ideas().values() for language in written)


def _ideas() -> Mapping[str, Mapping[str, Sequence[str]]]:
    tree: Any = read_yaml(bundled("provisions") / FILE, Issues()).tree
    return dict(tree)
