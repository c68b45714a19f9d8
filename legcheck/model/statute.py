"""A statute in full, split into articles, which citations can be resolved in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property


@dataclass(frozen=True)
class StatuteArticle:
    """An article, section, annex or provision after the articles.

    `id` is its number in a form that can be compared, ``3bis``, ``L126-1``, ``additional-2``, ``annex``; `label` is how the
    statute itself calls it.
    """

    id: str
    label: str
    heading: str = ""
    paragraphs: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Its whole text, a paragraph a line."""
        return "\n".join(self.paragraphs)


@dataclass(frozen=True)
class Statute:
    """The text of one law as it stood on a day.

    `law` is its key in the register of the assessment of `country`, empty if it was never matched to one; `source` the file that
    it was read from.
    """

    title: str
    articles: tuple[StatuteArticle, ...]
    language: str = ""
    as_of: date | None = None
    country: str = ""
    law: str = ""
    source: str = ""

    @cached_property
    def by_id(self) -> Mapping[str, tuple[StatuteArticle, ...]]:
        """Articles by their ids; one that stands twice, as in a regulation annexed to its act, has several."""
        found: dict[str, list[StatuteArticle]] = {}
        for article in self.articles:
            found.setdefault(article.id, []).append(article)
        return {id: tuple(same) for id, same in found.items()}


@dataclass(frozen=True)
class Reference:
    """One article that a citation names, `said` as it was written, with the passages of it: of ``18(1)(b)``, ``("1", "b")``.

    `until` is the last article of a range whose numbers only the statute knows, ``L126-1`` to ``L126-3``; `within` what is said
    more closely than a passage, as ``S. 1`` for its first sentence.
    """

    article: str
    passages: tuple[str, ...] = ()
    said: str = ""
    until: str = ""
    within: str = ""

    @property
    def written(self) -> str:
        """The article and its passages as people write them."""
        passages = "".join(f"({one})" for one in self.passages)
        return " ".join(filter(None, (self.said + passages + (self.until and f"–{self.until}"), self.within)))


@dataclass(frozen=True)
class InCommon:
    """A word of a provision and the word of an article that says the same, in the language of each."""

    asked: str
    found: str


@dataclass(frozen=True)
class Candidate:
    """An article that may matter for a provision, with what the two have in common, the most telling first.

    `score` orders the articles proposed for one provision and says nothing else; `begins` is the first sentence of the article.
    """

    law: str
    article: StatuteArticle
    score: float
    in_common: tuple[InCommon, ...]
    begins: str


@dataclass(frozen=True)
class CitedPassage:
    """What an answer cites of a law, in the words and language of the law; a long passage is cut where `text` ends in "…".

    `law` is the key of the law and `written` the article as cited; `label` and `heading` are the statute's own. `link` leads to
    the article, or else to the law, if the register knows where that is. `letters` are the elements that cite it.
    """

    law: str
    written: str
    label: str
    heading: str
    text: str
    language: str = ""
    link: str = ""
    letters: tuple[str, ...] = ()

    @property
    def named(self) -> str:
        """Where it stands: the law by its key, the article as cited and as the statute calls it, and its heading."""
        label = "" if self.label[:1].isdigit() else self.label  # a number alone is said by the citation
        return " · ".join(filter(None, (f"{self.law} {self.written}", label, self.heading)))
