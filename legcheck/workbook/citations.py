"""The legal basis as people write it, ``L1 art. 3 bis, 5(2); Law 29/2011, annex I``, and the citations it holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

from legcheck.model import Citation
from legcheck.words import compact, fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from legcheck.model import Law

_SEPARATOR = re.compile(r"[;\n]")
_SECOND_LAW = re.compile(r"[Ll]\s?\d")
_LAW = re.compile(r"[(\[]?\s*([Ll]\s?[-.]?\s?\d{1,3})(?![\w/-])[)\]]?")
_LEADING = " \t:,.-–—"
_WORD = re.compile(r"[^\s,;:()\[\]«»“”\"'’]+")
# What may follow the word for an article: a number with or without letters, in Roman figures, or a single letter.
_NUMBER = re.compile(r".*\d.*|[ivxlc]+|[a-z]")
_NUMBER_OF_A_LAW = re.compile(r"\d+/\d+")


@dataclass(frozen=True)
class LegalBasis:
    """The citations found in a legal basis, and what in it is not one.

    `unreadable` are parts that could not be read, `lawless` articles that do not say of which law, and `unknown` keys that are
    missing from the register.
    """

    citations: tuple[Citation, ...] = ()
    unreadable: tuple[str, ...] = ()
    lawless: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


class _Word(NamedTuple):
    """A word of a text, made comparable, and where it begins."""

    said: str
    start: int


class Register:
    """The laws that may be cited: found by key, and by number or title as people write them."""

    def __init__(self, laws: Mapping[str, Law]) -> None:
        self.laws = laws
        self.keys = {compact(key): key for key in laws}

    @cached_property
    def names(self) -> Mapping[str, tuple[tuple[str, ...], ...]]:
        """By key, what each law is called, as words."""
        return {key: tuple(_names(law)) for key, law in self.laws.items()}

    def named(self, words: Sequence[str]) -> str:
        """The key of the law that these words name and of which they say nothing else; empty if there is none, or several."""
        found = [
            key
            for key, names in self.names.items()
            if any(_holds(words, name) for name in names) and {*words} <= {*_words_of_law(), *(w for name in names for w in name)}
        ]
        return found[0] if len(found) == 1 else ""

    def mentioned(self, text: str) -> str:
        """The key of the law whose number or title appears in a text; empty if there is none, or several."""
        words = [word.said for word in _words(text)]
        found = [key for key, names in self.names.items() if any(_holds(words, name) for name in names)]
        return found[0] if len(found) == 1 else ""


def parse_legal_basis(text: str, register: Register, meant: str = "") -> LegalBasis:
    """The citations in a legal basis; `meant` is the law of an article that names none."""
    citations: list[Citation] = []
    unreadable: list[str] = []
    lawless: list[str] = []
    unknown: list[str] = []
    for part in _parts(text, register.keys):
        key, rest = _law_of(part, register.keys)
        if key:
            citations.append(Citation(key, _articles(rest)))
        elif (is_article := _is_article(part)) and citations and not (unreadable or lawless or unknown):
            last = citations[-1]
            citations[-1] = Citation(last.law, f"{last.articles}; {part}" if last.articles else part)
        elif (cited := _law_in_words(part, register)) is not None:
            citations.append(cited)
        elif is_article and meant:
            citations.append(Citation(meant, part))
        elif is_article:
            lawless.append(part)
        elif named := _LAW.match(part):
            unknown.append("".join(named[1].split()))
        else:
            unreadable.append(part)
    return LegalBasis(tuple(citations), tuple(unreadable), tuple(lawless), tuple(unknown))


def says_nothing(text: str) -> bool:
    """Whether a text says that there is no legal basis, as in ``-`` or ``none``."""
    return fold(text) in _typed("nothing")


def legal_basis_of(citations: Iterable[Citation]) -> str:
    """Write citations as a legal basis."""
    return "; ".join(f"{citation.law} {citation.articles}".strip() for citation in citations)


def _parts(text: str, keys: Mapping[str, str]) -> list[str]:
    """Split a text at semicolons, at line ends, and at commas followed by a law of the register."""
    parts: list[str] = []
    for piece in _SEPARATOR.split(text):
        start = 0
        for found in _next_law().finditer(piece) if _SECOND_LAW.search(piece, 1) else ():
            named = _LAW.match(piece, found.end())
            if named and compact(named[1]) in keys and _LAW.match(piece[start:].strip()):
                parts.append(piece[start : found.start()])
                start = found.end()
        parts.append(piece[start:])
    return [part.strip(" \t,.") for part in parts if part.strip(" \t,.")]


def _law_of(part: str, keys: Mapping[str, str]) -> tuple[str, str]:
    """The key of the register that a part begins with, and what follows it."""
    if named := _LAW.match(part):
        key = keys.get(compact(named[1]).replace("-", "").replace(".", ""))
        if key:
            return key, part[named.end() :]
    for folded, key in sorted(keys.items(), key=lambda pair: -len(pair[0])):
        place = _prefix(part, folded)
        if place:
            return key, part[place:]
    return "", ""


def _prefix(part: str, folded: str) -> int:
    """How many characters of a part spell a key of the register; 0 if the part does not begin with it."""
    for place in range(len(folded), min(len(part), len(folded) + 4) + 1):
        ends_word = place == len(part) or not (part[place].isalnum() or part[place] in "-/")
        if ends_word and compact(part[:place]) == folded:
            return place
    return 0


def _law_in_words(part: str, register: Register) -> Citation | None:
    """The citation of a law by its number or title, before its articles (``Law 29/2011, art. 4``) or after them."""
    words = _words(part)
    said = [word.said for word in words]
    for at in _begins_of_articles(part, words):
        articles = _articles(part[words[at].start :]) if at < len(words) else ""
        if (key := register.named(said[:at])) and register.mentioned(articles) in ("", key):
            return Citation(key, articles)
    if not _is_article(part):
        return None
    begin = next((at for at in range(len(words) - 1, 0, -1) if register.named(said[at:])), 0)
    key = register.named(said[begin:])
    while begin > 1 and said[begin - 1] in _words_of_law():
        begin -= 1
    articles = _articles(part[: words[begin].start])
    return Citation(key, articles) if _is_article(articles) else None


def _begins_of_articles(part: str, words: Sequence[_Word]) -> Iterator[int]:
    """The places of words at which articles may begin, after the name of a law, and the end, if there are none."""
    for at, word in enumerate(words):
        after_comma = part[: word.start].rstrip().endswith(",")
        if at and (_article().match(word.said) or (after_comma and word.said[:1].isdigit())):
            yield at
    yield len(words)


def _is_article(part: str) -> bool:
    """Whether a part names an article, an annex and the like, or begins with the number of one."""
    said = [word.said for word in _words(part)]
    if not said or _NUMBER_OF_A_LAW.match(said[0]):
        return False
    if said[0][:1].isdigit() or said[0] in _typed("annex"):
        return True
    found = _article().match(said[0])
    if found is None:
        return False
    return any(_NUMBER.fullmatch(word) or word in _typed("ordinal") for word in (said[0][found.end() :], *said[1:]))


def _articles(rest: str) -> str:
    return rest.strip(_LEADING).rstrip(" ,.;:") if rest else ""


def _words(text: str) -> list[_Word]:
    return [_Word(said, found.start()) for found in _WORD.finditer(text) if (said := fold(found[0]))]


def _names(law: Law) -> Iterator[tuple[str, ...]]:
    """What a law is called, as words, also by the beginning of its title; a number alone, such as 3, is not enough."""
    begins = law.title.partition(",")[0]
    for text in (law.key, law.number, law.title, law.title_en, begins, *_NUMBER_OF_A_LAW.findall(begins)):
        words = tuple(word.said for word in _words(text))
        if words and not all(word.isdigit() for word in words):
            yield words


def _holds(words: Sequence[str], name: Sequence[str]) -> bool:
    """Whether the words of a name stand among others, one after another."""
    return any(tuple(words[at : at + len(name)]) == name for at in range(len(words) - len(name) + 1))


@cache
def _next_law() -> re.Pattern[str]:
    """What stands between two laws on one line."""
    from legcheck.labels import typed_words

    words = "|".join(rf"\b{re.escape(word)}\b" if word.isalpha() else re.escape(word) for word in typed_words("and"))
    return re.compile(rf"(?:,|\+|{words})\s*(?=[Ll]\s?\d{{1,3}}\b(?![-.]\d))")


@cache
def _article() -> re.Pattern[str]:
    """The word or sign before the number of an article, in folded text."""
    words = "|".join(map(re.escape, (*_typed("article"), *_typed("annex"))))
    return re.compile(rf"(?:{words})(?![^\W\d])|§+")


def _words_of_law() -> Collection[str]:
    return _typed("law")


@cache
def _typed(name: str) -> frozenset[str]:
    """What people type for something, folded."""
    from legcheck.labels import typed_words

    return frozenset(map(fold, typed_words(name)))
