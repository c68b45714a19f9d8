"""The articles of a citation as people write them, ``art. 3 bis, 5(2), annex I``, one by one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

from legcheck.model import Reference
from legcheck.texts.headings import ANNEX, number_pattern
from legcheck.texts.lines import clean
from legcheck.texts.numbering import SOLE, canonical, chinese, roman
from legcheck.texts.vocabulary import vocabulary
from legcheck.words import fold

_LONGEST_RANGE = 60
WIDE = str.maketrans("（），；：", "(),;:")
_ARTICLE, _PASSAGE, _DIVISION = "article", "passage", "division"


@dataclass(frozen=True)
class Cited:
    """What a citation names: its articles, and whether something in it could not be read as one."""

    references: tuple[Reference, ...]
    unclear: bool


@lru_cache(maxsize=10_000)
def references(articles: str) -> Cited:
    """The articles that the text after a law names.

    >>> [(one.article, one.passages) for one in references("art. 3 bis(1)(b), 38 to 40, additional provision 2").references]
    [('3bis', ('1', 'b')), ('38', ()), ('39', ()), ('40', ()), ('additional-2', ())]
    """
    text = clean(articles.translate(WIDE)).replace("‑", "-")
    text = vocabulary().between.sub(lambda found: f" {'-'.join(chinese(one) for one in found.groups() if one)} ", text)
    reader = _Reader(text)
    for token in _tokens().finditer(text):
        reader.take(token)
    reader.end()
    return Cited(tuple(reader.found), reader.unclear)


@lru_cache(maxsize=1)
def _tokens() -> re.Pattern[str]:
    return re.compile(
        rf"\(\s?(?P<passage>[\w.]{{1,6}}(?:\s\w{{1,12}})?)\s?\)|(?P<whole>{number_pattern().pattern})(?P<closed>\s?\))?|\.(?P<dotted>[^\W\d_])(?![^\W_])"
        r"|(?P<word>§+|[^\W\d_]+)(?P<shut>\s?\))?|(?P<sign>[,;–—-])",
        re.IGNORECASE,
    )


@dataclass
class _Reader:
    """Goes through the words and numbers of a citation; knows what the next number counts."""

    text: str
    found: list[Reference] = field(default_factory=list)
    unclear: bool = False
    kind: str = ""
    said: str = ""  # the words for a kind of provision, to be quoted with every number of it
    counts: str = _ARTICLE
    ordinal: str = ""
    waiting: bool = False  # a kind or an annex was named, and its number may follow
    ranging: bool = False
    lead: bool = False  # the word for an article stands before
    listed: bool = False  # a comma or "and" stands before

    def take(self, token: re.Match[str]) -> None:
        """Read on."""
        if token["passage"] or token["dotted"]:
            self._passage(token["passage"] or token["dotted"])
        elif token["whole"]:
            self._number(token)
        elif token["word"]:
            self._word(token)
        elif token["sign"] in ",;":
            self._close()
            self.listed, self.ranging = True, False
        else:
            self.ranging = bool(self.found)

    def end(self) -> None:
        """Finish with what still waits for a number."""
        self._close()
        self.unclear = self.unclear or not self.found

    def _close(self) -> None:
        """A kind without a number is the only one of its kind."""
        if self.waiting:
            self.waiting = False
            self._add(self.kind, self.said)

    def _add(self, id: str, said: str, passages: tuple[str, ...] = ()) -> None:
        self.found.append(Reference(id, passages, said))
        self.listed = self.ranging = self.lead = False

    def _number(self, token: re.Match[str]) -> None:
        letter = (token["after"] or "").strip() if token["closed"] else ""  # "4.2 a)"
        after = "" if len(letter) == 1 else token["after"] or ""
        id = canonical((token["code"] or "").replace("*", "").replace(".", "").strip() + token["number"] + after)
        self._numbered(id, clean(token["whole"].removesuffix(token["after"] or "") + after), self.text[token.end() :])
        if len(letter) == 1:
            self._passage(letter)

    def _numbered(self, id: str, written: str, following: str) -> None:
        if self.counts == _DIVISION:
            self.unclear, self.counts = True, _ARTICLE
        elif self.counts == _PASSAGE and self.found:
            self._passage(id)
        elif self.ranging and self.found:
            self._up_to(id)
        elif german := re.fullmatch(r"(\d+)bis", id) if re.match(r"\s\d", following) else None:
            self._article(german[1], german[1])
            self.ranging = True
        else:
            self._article(id, written)

    def _article(self, id: str, written: str) -> None:
        self.waiting = False
        if self.kind and id != SOLE:
            self._add(f"{self.kind}-{id}", f"{self.said} {written}")
        else:
            self._add(self.kind or id, f"{self.said} {written}".strip())

    def _up_to(self, last: str) -> None:
        """Every number of a range, whose ends are written."""
        first = self.found[-1].article.rpartition("-")[2]
        self.ranging = False
        if first.isdigit() and last.isdigit() and int(first) < int(last) <= int(first) + _LONGEST_RANGE:
            for number in range(int(first) + 1, int(last) + 1):
                self._article(str(number), str(number))
        else:
            self._article(last, last)

    def _passage(self, typed: str) -> None:
        if not self.found:
            self.unclear = True
            return
        self._close()
        passage, before = canonical(typed) if typed[0].isdigit() else typed, self.found[-1]
        if not (self.ranging or self.listed):
            self.found[-1] = replace(before, passages=(*before.passages, passage))
            return
        for one in self._between(before.passages[-1:], passage) if self.ranging else (passage,):
            self._add(before.article, before.said, (*before.passages[:-1], one))

    def _between(self, first: tuple[str, ...], last: str) -> tuple[str, ...]:
        """The passages after one up to another: numbers or single letters."""
        if first and first[0].isdigit() and last.isdigit() and int(first[0]) < int(last) <= int(first[0]) + _LONGEST_RANGE:
            return tuple(map(str, range(int(first[0]) + 1, int(last) + 1)))
        if first and len(first[0]) == len(last) == 1 and first[0] < last and first[0].isalpha():
            return tuple(map(chr, range(ord(first[0]) + 1, ord(last) + 1)))
        return (last,)

    def _word(self, token: re.Match[str]) -> None:
        words, word = vocabulary(), fold(token["word"])
        if len(word) == 1 and self.found and (token["shut"] or self.counts == _PASSAGE):
            self._passage(token["word"])
        elif token["word"][0] == "§" or (word in words.leads and not (word in ("a", "s") and token["shut"])):
            self._close()
            self.kind = self.said = ""
            self.counts, self.lead = _ARTICLE, True
            return
        elif kind := words.provisions.get(word) or words.short.get(word):
            self._named(kind, token["word"])
        elif word in words.annex:
            self._close()
            self._named(ANNEX, token["word"])
        elif word in words.provision:
            self.said = f"{self.said} {token['word']}".strip()
        else:
            self._other(word, token["word"], abbreviated=self.text[token.end() : token.end() + 1] == ".")
        self.lead = False

    def _named(self, kind: str, said: str) -> None:
        self.kind, self.counts = kind, _ARTICLE
        provision = self.said if self.said and fold(self.said) in vocabulary().provision else ""
        self.said = f"{provision} {said}".strip()
        self.waiting = not self.ordinal
        if self.ordinal:
            number, self.ordinal = self.ordinal, ""
            self._article(number, number)

    def _other(self, word: str, written: str, *, abbreviated: bool) -> None:
        words = vocabulary()
        figure, length = roman(written)
        if word in words.to and not (word in words.passages and abbreviated):
            self.ranging = bool(self.found)
        elif word in words.joins:
            self._close()
            self.listed = True
        elif word in words.passages:
            self._close()
            self.counts, self.listed = _PASSAGE, False
        elif word in words.ordinals and (self.waiting or self.kind or self.lead):
            self._article(str(words.ordinals[word]), written)
        elif word in words.ordinals:
            self.ordinal = str(words.ordinals[word])
        elif word in words.sole:
            self._article(SOLE, written)
        elif length == len(written) and self.counts == _ARTICLE and (self.waiting or self.lead):
            self._article(figure, written)
        elif word in words.division:
            self.counts = _DIVISION
