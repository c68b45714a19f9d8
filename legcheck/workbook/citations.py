"""The legal basis as people write it, ``L1 art. 3 bis, 5(2); Law 29/2011, annex I``, and the citations it holds."""

from __future__ import annotations

import re
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from legcheck.model import Citation, citation_of
from legcheck.words import compact, fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from legcheck.model import Law

# Far longer than any legal basis: what takes longer to understand than it is worth is refused whole.
LONGEST = 2_000
# Where another law may begin: with a key, a number such as 5/96, or a word that is longer than those beside articles.
_MAY_GO_ON = re.compile(r"[Ll][\s.-]?\d|\w{4}|[A-Z]{2}|\d/\d")
_LAW = re.compile(r"[(\[]?\s*([Ll]\s?[-.]?\s?\d{1,3})(?![\w-]|/\d)[)\]]?")
_LEADING = " \t:,.-–—"
# A letter before an apostrophe is a word of its own, "d'", which the letter of a list is not.
_WORD = re.compile(r"[^\W\d_]['’](?=\w)|[^\s,;:()\[\]«»“”\"'’]+")
# What may follow the word for an article: a number with or without letters, in Roman figures, or a single letter.
_NUMBER = re.compile(r".*\d.*|[ivxlc]+|[a-z]")
# The number of an article in a code, and a range of articles said with two short words: "L. 126-1", "du 5 au 8".
_OF_A_CODE = re.compile(r"[a-z]\*?\.?\s?\d+(?:-\d+)+(?![\w/])")
_RANGE = re.compile(r"[^\W\d]{2,3} \d+ [^\W\d]{1,3} \d+")
_NUMBER_OF_A_LAW = re.compile(r"\d+/\d+")
_NUMBER_AND_YEAR = re.compile(r"\d+/\d{4}")
_ROUND, _SIGNS, _DASHES = " \t,.", " \t,.:/&+([-–—", ("-", "–", "—")
_LONGEST_JOINT = 4
# A sign before a word stands between two laws; one before a number or a single letter belongs to that.
_TIGHT = re.compile(r"([/&+–—])(?<=[\w)].)(?=[^\W\d_]{2}|[Ll]\s?\d)")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


class LegalBasis(NamedTuple):
    """The citations found in a legal basis, and what in it is not one.

    `unreadable` are parts that could not be read, `lawless` articles that do not say of which law, and `unknown` keys that are
    missing from the register.
    """

    citations: tuple[Citation, ...] = ()
    unreadable: tuple[str, ...] = ()
    lawless: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def readable(self) -> bool:
        """Whether all of it was read."""
        return not (self.unreadable or self.lawless or self.unknown)


class _Word(NamedTuple):
    """A word of a text, made comparable, and where it begins."""

    said: str
    start: int


class Register:
    """The laws that may be cited: found by key, and by number or title as people write them."""

    def __init__(self, laws: Mapping[str, Law]) -> None:
        self.laws = laws
        self.keys = {compact(key): key for key in laws}
        self.parsed: dict[tuple[str, str], LegalBasis] = {}

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

    def begins(self, text: str) -> Iterator[tuple[int, str]]:
        """Where laws begin in a text after its first word, with their keys, empty for a key that is not in the register."""
        words = _words(text)
        for at, word in enumerate(words[1:], 1):
            if named := _LAW.match(text, word.start):
                key = self.keys.get(_key(named), "")
                cites = at + 1 < len(words) and _article().match(words[at + 1].said)
                if not _article().fullmatch(words[at - 1].said) and (key or cites):
                    yield word.start, key
                continue
            for name, key in self._by_first_word.get(word.said, ()):
                if tuple(one.said for one in words[at : at + len(name)]) == name:
                    yield words[_with_words_before(words, at)].start, key
                    break

    def names_another(self, text: str, key: str = "") -> bool:
        """Whether a text names a law other than `key`: one of the register, or what is called a law, a code or the like."""
        if not _MAY_GO_ON.search(text):
            return False
        words = [word.said for word in _words(text)]
        own = {word for name in self.names.get(key, ()) for word in name} | {*_words_of_law()}
        if any(of != key for _, of in self.begins(f". {text}")):
            return True
        titled = (word in _typed("kind_of_law") and words[at - 1] not in own for at, word in enumerate(words) if at)
        return any(titled) or any(_NUMBER_AND_YEAR.search(word) and word not in own for word in words)

    @cached_property
    def _by_first_word(self) -> Mapping[str, list[tuple[tuple[str, ...], str]]]:
        """The names of laws by their first word, the longest first."""
        found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for key, names in self.names.items():
            for name in names:
                if not {*name} <= {*_words_of_law()}:
                    found.setdefault(name[0], []).append((name, key))
        return {first: sorted(names, key=lambda one: -len(one[0])) for first, names in found.items()}

    def mentioned(self, text: str) -> str:
        """The key of the law whose number or title appears in a text; empty if there is none, or several."""
        words = [word.said for word in _words(text[:LONGEST])]
        found = [key for key, names in self.names.items() if any(_holds(words, name) for name in names)]
        return found[0] if len(found) == 1 else ""


def law_mentioned(laws: Mapping[str, Law], text: str) -> str:
    """The key of the law whose number or title appears in a text; empty if there is none, or several."""
    return Register(laws).mentioned(text)


def parse_legal_basis(text: str, register: Register, meant: str = "") -> LegalBasis:
    """The citations in a legal basis; `meant` is the law of an article that names none.

    Each part is read whole or refused whole: a law that is named in it and not cited would be lost.
    """
    if len(text) > LONGEST:
        return LegalBasis(unreadable=(text,))
    found = register.parsed.get((text, meant))  # many answers rest on the same articles
    if found is None:
        found = register.parsed[text, meant] = _all_by_key(text, register) or _parsed(text, register, meant)
    return found


def _all_by_key(text: str, register: Register) -> LegalBasis | None:
    """The citations in a legal basis that names laws by their keys and nothing else, as most do."""
    citations = []
    for typed in _typed_parts(text):
        key, articles = _by_key(typed)
        law = register.keys.get(key)
        if law is None:
            return None
        citations.append(citation_of(law, articles))
    return LegalBasis(tuple(citations))


def _parsed(text: str, register: Register, meant: str) -> LegalBasis:
    """The citations in a legal basis, part by part."""
    citations: list[Citation] = []
    unreadable: list[str] = []
    lawless: list[str] = []
    unknown: list[str] = []
    for part in _parts(text, register):
        key, rest = _law_of(part, register.keys)
        if key and register.names_another(rest, key):
            unreadable.append(part)
        elif key:
            citations.append(Citation(key, _articles(rest)))
        elif (cited := _law_in_words(part, register)) is not None:
            citations.append(cited)
        elif (is_article := _is_article(part)) and register.names_another(part):
            unreadable.append(part)
        elif is_article and citations and not (unreadable or lawless or unknown):
            last = citations[-1]
            citations[-1] = Citation(last.law, f"{last.articles}; {part}" if last.articles else part)
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


def _typed_parts(text: str) -> Iterator[str]:
    """What stands between semicolons and line ends."""
    return map(str.lstrip, (text if text.isascii() else text.translate(_FULL_WIDTH)).replace("\n", ";").split(";"))


def _parts(text: str, register: Register) -> list[str]:
    """Split a text at semicolons, at line ends, and where another law begins after a citation and what may follow it."""
    parts: list[str] = []
    for typed in _typed_parts(text):
        if _by_key(typed)[0] in register.keys:
            parts.append(typed)
            continue
        piece, start = _TIGHT.sub(r" \1 ", typed), 0
        for begin, key in register.begins(piece) if _MAY_GO_ON.search(piece, 1) else ():
            before = piece[start:begin]
            cited = _without_joint(before)
            if _may_end(cited, before[len(cited) :], key, register):
                parts.append(cited)
                start = begin
        parts.append(_within_brackets(piece[start:]) if start else piece[start:])
    return [_without_opening(part.strip(_ROUND), register) for part in parts if part.strip(_ROUND)]


def _may_end(cited: str, joint: str, key: str, register: Register) -> bool:
    """Whether a citation is complete before the next law: not before one that it may be amended by, belong to or range to."""
    of, rest = _law_of(cited.strip(_ROUND), register.keys)
    if not of:
        found = _law_in_words(cited.strip(_ROUND), register)
        of, rest = (found.law, found.articles) if found is not None else ("", "")
    if not of or (not rest.strip(_LEADING) and (joint.strip() in _DASHES or of == key)):
        return False
    return bool(joint.strip()) or _words(cited)[-1].said[-1:].isdigit()


def _without_joint(text: str) -> str:
    """A text without what stands at its end between two laws: signs, opening brackets, words such as "and see"."""
    words = _words(text)
    end = len(text.rstrip(_SIGNS))
    while words:
        while words and words[-1].start >= end:
            words.pop()
        tails = (words[-count:] for count in range(min(len(words), _LONGEST_JOINT), 0, -1))
        found = next((tail for tail in tails if " ".join(word.said for word in tail) in _typed("between_laws")), None)
        if found is None:
            break
        end = len(text[: found[0].start].rstrip(_SIGNS))
    return text[:end]


def _without_opening(part: str, register: Register) -> str:
    """A part without a word such as "see" before its law."""
    words = _words(part) if not _LAW.match(part) else []
    for count in range(1, min(len(words), _LONGEST_JOINT + 1)):
        rest = part[words[count].start :]
        if " ".join(word.said for word in words[:count]) in _typed("between_laws") and _cites(rest, register):
            return _within_brackets(rest)
    return part


def _cites(part: str, register: Register) -> bool:
    return bool(_LAW.match(part) or _law_of(part, register.keys)[0] or _law_in_words(part, register))


def _with_words_before(words: Sequence[_Word], at: int) -> int:
    """The place of the first of the words that belong to the name of a law, as in "the Royal Decree 671/2013"."""
    others = _typed("between_laws") | _typed("belonging")
    while at > 1 and words[at - 1].said in _words_of_law() and words[at - 1].said not in others:
        at -= 1
    return at


def _within_brackets(part: str) -> str:
    """A part without the bracket that closes one before it."""
    part = part.rstrip(_ROUND)
    opened, closed = (sum(map(part.count, signs)) for signs in ("([", ")]"))
    return part[:-1] if closed > opened and part.endswith((")", "]")) else part


@lru_cache(maxsize=20_000)
def _by_key(typed: str) -> tuple[str, str]:
    """The key that a text begins with, and its articles, if nothing in it can be another law; else both empty."""
    part = typed.strip(_ROUND)
    named = _LAW.match(part)
    if named is None or _MAY_GO_ON.search(typed, 1) or _TIGHT.search(typed):
        return "", ""
    return _key(named), _articles(part[named.end() :])


def _key(named: re.Match[str]) -> str:
    """A key as registers know it."""
    return compact(named[1]).replace("-", "").replace(".", "")


def _law_of(part: str, keys: Mapping[str, str]) -> tuple[str, str]:
    """The key of the register that a part begins with, and what follows it."""
    plain, articles = _by_key(part)
    if plain in keys:
        return keys[plain], articles
    if named := _LAW.match(part):
        key = keys.get(_key(named))
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
        if (key := register.named(said[:at])) and not register.names_another(articles, key):
            return Citation(key, articles)
    if not _is_article(part):
        return None
    begin = next((at for at in range(len(words) - 1, 0, -1) if register.named(said[at:])), 0)
    key = register.named(said[begin:])
    while begin > 1 and said[begin - 1] in _words_of_law():
        begin -= 1
    articles = _articles(part[: words[begin].start])
    return Citation(key, articles) if _is_article(articles) and not register.names_another(articles, key) else None


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
    if said[0][:1].isdigit() or said[0] in _typed("annex") or _OF_A_CODE.match(fold(part)) or _RANGE.fullmatch(fold(part)):
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
