"""What statutes call their parts, and what reading one may cost: `provisions/statutes.yaml`, made ready to compare."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from legcheck.issues import Issues
from legcheck.resources import bundled
from legcheck.words import fold
from legcheck.yaml_text import read_yaml

ARTICLE, SECTION = "article", "section"
FILE = "statutes.yaml"
_HAN_OR_DIGITS = r"[零〇一二三四五六七八九十百千两\d]+"

_STOP = r"\.\s?"


@dataclass(frozen=True)
class Limits:
    """What a text may cost."""

    megabytes: int
    unpacked_megabytes: int
    characters: int
    lines: int
    headings: int
    pages: int
    seconds: int
    signs_a_page: int
    shown: int


@dataclass(frozen=True)
class LinkScheme:
    """How a publisher makes the address of an article: from a `law`, for `articles` of such numbers."""

    law: re.Pattern[str]
    articles: re.Pattern[str]
    address: str


@dataclass(frozen=True)
class Likeness:
    """How articles that may matter for a provision are found, as the file explains it."""

    letters: int
    shortest: int
    title: float
    question: float
    element: float
    guidance: float
    alike: float
    asked_often: float
    asked_rarely: float
    heading: float
    saturation: float
    length: float
    meaning: float


@dataclass(frozen=True)
class Vocabulary:
    """The words of statutes, folded, and the weights of headings and of candidates."""

    limits: Limits
    candidates: Likeness
    weights: Mapping[str, float]
    leads: Mapping[str, str]
    between: re.Pattern[str]
    latin: Mapping[str, int]
    ordinals: Mapping[str, int]
    arabic: Mapping[str, int]
    arabic_ten: frozenset[str]
    arabic_and: str
    sole: frozenset[str]
    provision: frozenset[str]
    provisions: Mapping[str, str]
    kinds: tuple[str, ...]
    short: Mapping[str, str]
    short_with_stops: re.Pattern[str]
    annex: frozenset[str]
    division: frozenset[str]
    reference: frozenset[str]
    passages: frozenset[str]
    repealed: tuple[str, ...]
    several_passages: frozenset[str]
    sentence: frozenset[str]
    sentence_in_words: re.Pattern[str]
    several: frozenset[str]
    ordinal_ends: frozenset[str]
    of: frozenset[str]
    joins: frozenset[str]
    joins_in_words: re.Pattern[str]
    to: frozenset[str]
    between_passages: re.Pattern[str]
    languages: Mapping[str, frozenset[str]]
    links: tuple[LinkScheme, ...]


@cache
def vocabulary() -> Vocabulary:
    """The shipped vocabulary."""
    tree: Any = read_yaml(bundled("provisions") / FILE, Issues()).tree
    arabic = tree["arabic"]
    units = {fold(word): number for number, words in enumerate(arabic["units"], 1) for word in words}
    return Vocabulary(
        limits=Limits(**{name: int(value) for name, value in tree["limits"].items()}),
        candidates=_likeness(tree["candidates"]),
        weights={name: float(value) for name, value in tree["weights"].items()},
        leads={fold(word): kind for kind in (SECTION, ARTICLE) for word in tree[kind]},
        between=_between(tree),
        latin={word: number for number, words in enumerate(tree["latin"], 2) for word in words},
        ordinals={fold(word): number for number, words in enumerate(tree["ordinals"], 1) for word in words},
        arabic=units | {fold(word): ten for ten, word in zip(range(20, 100, 10), arabic["tens"], strict=True)},
        arabic_ten=_folded(arabic["ten"]),
        arabic_and=arabic["and"],
        sole=_folded(tree["sole"]),
        provision=_folded(tree["provision"]),
        provisions={fold(word): kind for kind, words in tree["provisions"].items() for word in words},
        kinds=tuple(tree["provisions"]),
        short={fold(word): kind for word, kind in tree["short"].items()},
        short_with_stops=re.compile("|".join(rf"\b{_STOP.join(one)}\.?(?!\w)" for one in tree["short"])),
        annex=_folded(tree["annex"]),
        division=_folded(tree["division"]),
        reference=_folded(tree["reference"]),
        passages=_folded((*tree["paragraph"], *tree["letter"], *tree["passages"])),
        repealed=tuple(_folded(tree["repealed"])),
        several_passages=_folded(tree["passages"]),
        sentence=_folded(tree["sentence"]),
        sentence_in_words=_phrases(tree["sentence_in_words"]),
        several=_folded(tree["several"]),
        ordinal_ends=_folded(tree["ordinal_ends"]),
        of=_folded(tree["of"]),
        joins=_folded(tree["and"]),
        joins_in_words=_phrases(one for one in tree["and"] if not one.isalpha()),
        to=_folded(tree["to"]),
        between_passages=re.compile(rf"第[（(]?({_HAN_OR_DIGITS})[）)]?[{''.join(tree['between_passages'])}]"),
        languages={language: frozenset(words) for language, words in tree["languages"].items()},
        links=tuple(LinkScheme(re.compile(one["law"]), re.compile(one["articles"]), one["address"]) for one in tree["links"]),
    )


def _likeness(tree: Mapping[str, str]) -> Likeness:
    kinds = {"int": int, "float": float}
    return Likeness(**{one.name: kinds[str(one.type)](tree[one.name]) for one in fields(Likeness)})


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(fold, words))


def _phrases(some: Iterable[str]) -> re.Pattern[str]:
    """Any of these expressions as words of their own."""
    longest_first = sorted(some, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)


def _between(tree: Any) -> re.Pattern[str]:
    """A number between two signs, with a further number where there is one."""
    digit, forms = _HAN_OR_DIGITS, []
    for one in tree["between"]:
        then = {tree["between_then"][sign] for sign in one["after"]}
        forms.append(rf"{one['before']}\s?({digit})\s?[{''.join(one['after'])}](?:[{''.join(then)}]\s?({digit}))?")
    return re.compile("|".join(forms))
