"""The legal basis as people write it, ``L1 art. 3 bis, 5(2); L2 art. 12``, and the citations it holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from legcheck.model import Citation
from legcheck.words import compact, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from legcheck.model import Law

_SEPARATOR = re.compile(r"[;\n]")
_SECOND_LAW = re.compile(r"[Ll]\s?\d")
_LAW = re.compile(r"[(\[]?\s*([Ll]\s?[-.]?\s?\d{1,3})(?![\w/-])[)\]]?")
_LEADING = " \t:,.-–—"


@dataclass(frozen=True)
class LegalBasis:
    """The citations found in a legal basis, the parts that could not be read, and the keys missing from the register."""

    citations: tuple[Citation, ...] = ()
    unreadable: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def parse_legal_basis(text: str, keys: Mapping[str, str], meant: str = "") -> LegalBasis:
    """The citations in a legal basis; `keys` comes from `law_keys`, and `meant` is the law of an article that names none."""
    citations: list[Citation] = []
    unreadable: list[str] = []
    unknown: list[str] = []
    for part in _parts(text, keys):
        key, rest = _law_of(part, keys)
        if key:
            citations.append(Citation(key, _articles(rest)))
        elif _article().match(part) and citations and not unreadable and not unknown:
            last = citations[-1]
            citations[-1] = Citation(last.law, f"{last.articles}; {part}" if last.articles else part)
        elif meant and (part[0].isdigit() or _article().match(part)):
            citations.append(Citation(meant, part))
        elif named := _LAW.match(part):
            unknown.append("".join(named[1].split()))
        else:
            unreadable.append(part)
    return LegalBasis(tuple(citations), tuple(unreadable), tuple(unknown))


def law_keys(laws: Iterable[str]) -> dict[str, str]:
    """The keys of the register by their folded form, so that ``l 1`` finds ``L1``."""
    return {compact(key): key for key in laws}


def legal_basis_of(citations: Iterable[Citation]) -> str:
    """Write citations as a legal basis."""
    return "; ".join(f"{citation.law} {citation.articles}".strip() for citation in citations)


def law_meant(text: str, laws: Mapping[str, Law]) -> str:
    """The key of the law whose number or title appears in a text without a key; empty if there is none, or more than one."""
    folded = fold(text)
    found = [key for key, law in laws.items() for name in (law.number, law.title, law.title_en) if name and fold(name) in folded]
    return found[0] if len(set(found)) == 1 else ""


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


def _articles(rest: str) -> str:
    return rest.strip(_LEADING).rstrip(" ,.;:") if rest else ""


@cache
def _next_law() -> re.Pattern[str]:
    """What stands between two laws on one line."""
    from legcheck.labels import typed_words

    words = "|".join(rf"\b{re.escape(word)}\b" if word.isalpha() else re.escape(word) for word in typed_words("and"))
    return re.compile(rf"(?:,|\+|{words})\s*(?=[Ll]\s?\d{{1,3}}\b(?![-.]\d))")


@cache
def _article() -> re.Pattern[str]:
    """The word or sign before the number of an article."""
    from legcheck.labels import typed_words

    return re.compile(rf"(?:{'|'.join(map(re.escape, typed_words('article')))}|§+)\b\.?|§", re.IGNORECASE)
