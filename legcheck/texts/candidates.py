"""The articles of statutes that may matter for the provisions of a checklist, found by the terms that they have in common.

Nothing is judged here. An article that is proposed may say nothing of the provision, and one that is not may say it in other
words.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import log
from typing import TYPE_CHECKING

from legcheck.glossary import WORD, terms
from legcheck.model import Candidate, Checklist, InCommon, Provision, Statute, StatuteArticle
from legcheck.texts.meaning import nearness, together
from legcheck.texts.vocabulary import vocabulary
from legcheck.words import fold

if TYPE_CHECKING:
    from legcheck.texts.meaning import Vectors

# How many articles are proposed to people, and how many to programs that measure; how many words in common are named.
PROPOSED, LISTED = 5, 10
_MOST_WORDS, _LONGEST_WORD = 6, 60
_LEAST_OF_A_SENTENCE, _LONGEST_BEGINNING = 40, 240
_SENTENCE = re.compile(rf".{{{_LEAST_OF_A_SENTENCE},}}?(?:[.;:?!](?=\s)|[。；])")
_LONGEST_REPEALED = 400
_BEFORE_WORDS = re.compile(r"^\W+")
_NUMBER = re.compile(r"\W*(?:\d{1,3}|[a-z])(?:\W+|$)")

# What a text says, by sign (an idea of the glossary, or how words begin): the words in which it says it, each time that it does.
Signs = Mapping[str, Sequence[str]]


def propose(
    checklist: Checklist,
    language: str,
    statutes: Mapping[str, Statute],
    provisions: Collection[str],
    most: int,
    *,
    semantic: bool = False,
) -> Mapping[str, tuple[Candidate, ...]]:
    """For each of these provisions, at most so many articles of the statutes (by the keys of their laws), the likeliest first.

    `language` is that of the checklist's texts. With `semantic`, what is near in meaning counts too; it needs the extra.
    """
    asked = _asked(checklist, language)
    index = _Index(statutes)
    near = index.near({id: _sentences(checklist.provisions[id]) for id in provisions}) if semantic else {}
    return {id: index.likeliest(asked[id], most, near.get(id)) for id in provisions}


def _signs(text: str, language: str) -> Signs:
    words, rule = WORD.findall(text), vocabulary().candidates
    folded = [fold(word) for word in words]
    found = defaultdict[str, list[str]](list)
    for idea, begin, end in terms(language).ideas(folded):
        found[idea].append(" ".join(words[begin:end]))
    for word, written in zip(folded, words, strict=True):
        if len(word) >= rule.shortest:
            found[f"{word[: rule.letters]}-"].append(written)
    return found


# What a provision asks -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Asked:
    """How much each sign counts for a provision, and the word in which the provision says it."""

    weights: Mapping[str, float]
    words: Mapping[str, str]


def _asked(checklist: Checklist, language: str) -> Mapping[str, _Asked]:
    """What each provision asks. A sign counts more if few provisions have it, so all of them are looked at."""
    rule = vocabulary().candidates
    said = {id: [(_signs(text, language), weight) for text, weight in _parts(one)] for id, one in checklist.provisions.items()}
    having = Counter(sign for parts in said.values() for sign in {sign: None for signs, _ in parts for sign in signs})
    found = {}
    for id, parts in said.items():
        counted, words = defaultdict[str, float](float), dict[str, str]()
        for signs, weight in parts:
            for sign, written in signs.items():
                counted[sign] += weight * len(written) * (rule.alike if sign.endswith("-") else 1)
                words.setdefault(sign, written[0])
        rarity = {sign: log(1 + len(said) / having[sign]) ** rule.asked_rarely for sign in counted}
        found[id] = _Asked({sign: count**rule.asked_often * rarity[sign] for sign, count in counted.items()}, words)
    return found


def _parts(provision: Provision) -> Iterator[tuple[str, float]]:
    rule = vocabulary().candidates
    yield provision.title, rule.title
    yield provision.question, rule.question
    for element in provision.elements:
        yield element.text, rule.element
    yield provision.guidance, rule.guidance


def _sentences(provision: Provision) -> list[str]:
    """What a provision asks, in one sentence, and each of its elements."""
    return [f"{provision.title}. {provision.question}", *(element.text for element in provision.elements)]


# What articles say -----------------------------------------------------------------------------------------------------------


class _Index:
    """The articles of statutes, and how much each sign tells of each of them (BM25)."""

    def __init__(self, statutes: Mapping[str, Statute]) -> None:
        in_force = {law: [one for one in statute.articles if not is_repealed(one)] for law, statute in statutes.items()}
        self._articles = [(law, one) for law, articles in in_force.items() for one in articles]
        languages = [statutes[law].language for law, _ in self._articles]
        self._said = [_signs(one.text, language) for (_, one), language in zip(self._articles, languages, strict=True)]
        self._heads = [_signs(one.heading, language) for (_, one), language in zip(self._articles, languages, strict=True)]
        self._telling = self._weighed()

    def _weighed(self) -> Mapping[str, Mapping[int, float]]:
        """By sign and place of an article, how much the sign tells of it."""
        rule = vocabulary().candidates
        lengths = [sum(map(len, said.values())) for said in self._said]
        mean = sum(lengths) / len(lengths) if any(lengths) else 1
        counts = defaultdict[str, dict[int, float]](dict)
        for place, (said, head) in enumerate(zip(self._said, self._heads, strict=True)):
            for sign in {**said, **head}:
                counts[sign][place] = len(said.get(sign, ())) + (rule.heading if sign in head else 0)
        return {sign: dict(self._of_sign(found, lengths, mean)) for sign, found in counts.items()}

    def _of_sign(self, found: Mapping[int, float], lengths: Sequence[int], mean: float) -> Iterator[tuple[int, float]]:
        rule, every = vocabulary().candidates, len(self._articles)
        rarity = log(1 + (every - len(found) + 0.5) / (len(found) + 0.5))
        for place, count in found.items():
            long = 1 - rule.length + rule.length * lengths[place] / mean
            yield place, rarity * count * (rule.saturation + 1) / (count + rule.saturation * long)

    def near(self, asked: Mapping[str, Sequence[str]]) -> Mapping[str, Vectors]:
        """By question, how near each article is to it in meaning."""
        return nearness(asked, [f"{one.heading}. {one.text}" for _, one in self._articles]) if self._articles else {}

    def likeliest(self, asked: _Asked, most: int, near: Vectors | None = None) -> tuple[Candidate, ...]:
        """At most so many articles, each once; of two alike, the one that stands first."""
        scores: dict[int, float] = defaultdict(float)
        for sign, weight in asked.weights.items():
            for place, tells in self._telling.get(sign, {}).items():
                scores[place] += weight * tells
        if near is not None:
            scores = together(scores, near, vocabulary().candidates.meaning)
        found = dict[tuple[str, str], Candidate]()
        for place in sorted(scores, key=lambda place: (-round(scores[place], 6), place)):
            law, article = self._articles[place]
            if len(found) == most:
                break
            if (law, article.id) not in found:
                common = self._in_common(asked, place)
                found[law, article.id] = Candidate(law, article, round(scores[place], 3), common, first_sentence(article))
        return tuple(found.values())

    def _in_common(self, asked: _Asked, place: int) -> tuple[InCommon, ...]:
        """What tells most, each word of the article once."""
        telling = {sign: weight * self._telling.get(sign, {}).get(place, 0) for sign, weight in asked.weights.items()}
        found = dict[str, InCommon]()
        for sign in sorted((one for one in telling if telling[one]), key=lambda one: -round(telling[one], 6)):
            (written, _), *_ = Counter([*self._heads[place].get(sign, ()), *self._said[place].get(sign, ())]).most_common(1)
            found.setdefault(fold(written), InCommon(asked.words[sign], written[:_LONGEST_WORD]))
        return tuple(found.values())[:_MOST_WORDS]


def is_repealed(article: StatuteArticle) -> bool:
    """Whether all that is left of an article is that it is no longer in force.

    >>> is_repealed(StatuteArticle("4", "Article 4", "Fund", ("(Repealed, 2015, c. 3)",)))
    True
    """
    texts = [fold(_BEFORE_WORDS.sub("", one)) for one in (article.heading, *article.paragraphs[:1])]
    repealed = any(re.match(rf"{re.escape(word)}(?!\w)", text) for text in texts for word in vocabulary().repealed)
    return repealed and len(article.text) <= _LONGEST_REPEALED


def first_sentence(article: StatuteArticle) -> str:
    """How an article begins: its first sentence without the number of its paragraph, cut if it is long.

    >>> first_sentence(StatuteArticle("1", "Art. 1", "", ("1. Victims of terrorism are heard by the court. Nobody pays.",)))
    'Victims of terrorism are heard by the court.'
    """
    text = " ".join(article.paragraphs)[: 4 * _LONGEST_BEGINNING]
    text = text[found.end() :] if (found := _NUMBER.match(text)) else text
    sentence = found[0] if (found := _SENTENCE.match(text)) else text
    return sentence if len(sentence) <= _LONGEST_BEGINNING else f"{sentence[:_LONGEST_BEGINNING].rpartition(' ')[0]} …"


# How far to trust it -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Recall:
    """How much of what an assessment cites is among the articles proposed.

    `shares` says, by how many are proposed for a provision, which share of the articles that it cites is among them, as a mean
    over the provisions; `with_one` counts the provisions of which at least one is among the fewest.
    """

    provisions: int
    articles: int
    shares: Mapping[int, Fraction]
    with_one: int


def recall(proposed: Mapping[str, Sequence[Candidate]], cited: Mapping[str, Collection[tuple[str, str]]]) -> Recall:
    """How much of what provisions cite, as law and article, is among what is proposed for them."""
    found = {most: _found(proposed, cited, most) for most in (PROPOSED, LISTED)}
    shares = {most: sum(each, Fraction()) / len(each) if each else Fraction() for most, each in found.items()}
    return Recall(len(cited), sum(map(len, cited.values())), shares, sum(map(bool, found[PROPOSED])))


def _found(
    proposed: Mapping[str, Sequence[Candidate]], cited: Mapping[str, Collection[tuple[str, str]]], most: int
) -> list[Fraction]:
    """For each provision, the share of what it cites that is among the first articles proposed."""
    first = {id: {(one.law, one.article.id) for one in proposed[id][:most]} for id in cited}
    return [Fraction(len(first[id] & set(articles)), len(set(articles))) for id, articles in cited.items()]
