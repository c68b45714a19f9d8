"""The assessment: one country against one checklist version, law as of a date."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from legcheck.issues import Location, printable
from legcheck.model.consultation import Heard
from legcheck.model.history import Revision

if TYPE_CHECKING:
    import pandas as pd


class Scope(StrEnum):
    """What was read: the whole legal order of a country, or named statutes only. The two are never compared without saying so."""

    NATIONAL = "national"
    TEXTS = "texts"

    @property
    def scored(self) -> bool:
        """Whether answers make scores. Named statutes are not a whole legal order: what they contain is counted, never scored."""
        return self is Scope.NATIONAL


class Kind(StrEnum):
    """What a code left to users stands for: a fictional country, unless it is another entity, which is real."""

    COUNTRY = "country"
    OTHER = "other"


class LawStatus(StrEnum):
    """The status of a law."""

    IN_FORCE = "in force"
    ADOPTED = "adopted"
    DRAFT = "draft"
    REPEALED = "repealed"


@dataclass(frozen=True)
class Law:
    """One national instrument in the register of laws."""

    key: str
    title: str
    title_en: str = ""
    number: str = ""
    adopted: date | None = None
    status: LawStatus = LawStatus.IN_FORCE
    in_force_since: date | None = None
    in_force_until: date | None = None
    link: str = ""
    publish: bool = True

    def in_force(self, on: date) -> bool:
        """Whether the law is in force on a day. Without dates its status decides; `in_force_until` is the last day."""
        if self.in_force_since is not None and on < self.in_force_since:
            return False
        if self.in_force_until is not None:
            return on <= self.in_force_until and self.status is not LawStatus.DRAFT
        if self.in_force_since is not None:
            return self.status in (LawStatus.IN_FORCE, LawStatus.ADOPTED)
        return self.status is LawStatus.IN_FORCE

    def may_come(self, on: date) -> bool:
        """Whether the law is adopted or drafted and could still enter into force after a day."""
        if self.in_force(on) or self.status is LawStatus.REPEALED:
            return False
        return self.in_force_until is None or on < self.in_force_until


class LawChange(StrEnum):
    """What became of a law from one round of an assessment to the next."""

    ENTERED = "entered"
    ENDED = "ended"
    PENDING = "pending"


@dataclass(frozen=True)
class ChangedLaw:
    """A law of the register, by its key, and what became of it since the last round."""

    law: str
    change: LawChange


@dataclass(frozen=True)
class Citation:
    """One law of the register with the articles relied on, as written."""

    law: str
    articles: str


@lru_cache(maxsize=20_000)
def citation_of(law: str, articles: str) -> Citation:
    """A citation, the same object for all who cite the same: of many thousands most are alike."""
    return Citation(law, articles)


_NUMBERED = re.compile(r"(\D*\s)(\d.*)")
# One word at most before numbers, and what has no number after them: then no number can be that of a passage.
_PLAIN = re.compile(r"(?:[^\d,]*\s)?\d[^,]*(?:, \d[^,]*)*(?:, [^\d,]+)*|[^\d,]+(?:, [^\d,]+)*")


def joined_articles(*every: str) -> str:
    """Articles of one law as one list, in order and each once; an article whose paragraphs are named is not named again.

    >>> joined_articles("art. 4, 18(1)", "art. 3 bis", "annex", "art. 4")
    'art. 3 bis, 4, 18(1), annex'
    >>> joined_articles("art. 3 bis(2), 4, 18(1), annex", "art. 3 bis, 3, 18")
    'art. 3, 3 bis(2), 4, 18(1), annex'

    What names passages in words is kept as it was written, since a number in it may be that of a passage.

    >>> joined_articles("art. 6, para. 2", "art. 5, 4", "additional provision one, 2(a)", "art. 6, para. 2")
    'art. 4, 5; art. 6, para. 2; additional provision one, 2(a)'
    """
    found: dict[str, dict[str, _Number]] = {}
    whole = dict[str, None]()
    for one in (part for text in every for part in text.split("; ") if part):
        if (numbers := _numbers_in(one)) is None:
            whole[one] = None
        for word, number in numbers or ():
            found.setdefault(word, {})[number.written] = number
    plain = ", ".join([word + ", ".join(_in_order(numbers)) for word, numbers in found.items()])
    return "; ".join(filter(None, (plain, *whole)))


def articles_beyond(articles: str, others: Iterable[str]) -> str:
    """The articles of a law that `others` neither name, nor hold, nor name a part of.

    >>> articles_beyond("s. 11(4), 12, 19(2)", ["s. 11", "s. 19(2)(a)"])
    's. 12'

    Of what names passages in words nothing is left if it shares a number with the others.

    >>> articles_beyond("art. 6, para. 2", ["art. 7"]), articles_beyond("art. 6, para. 2", ["art. 6"])
    ('art. 6, para. 2', '')
    """
    parts = [part for text in others for part in text.split("; ") if part]
    return "; ".join(filter(None, (_beyond(one, parts) for one in articles.split("; "))))


def _beyond(articles: str, others: Sequence[str]) -> str:
    """The same of articles that are all called alike."""
    kept = _numbers_in(articles)
    for other in others:
        numbers = _numbers_in(other)
        if kept is None or numbers is None:
            if not {*re.findall(r"\d+", articles)}.isdisjoint(re.findall(r"\d+", other)):
                return ""
            continue
        kept = tuple((word, one) for word, one in kept if not any(one.meets(each) for _, each in numbers))
    if kept is None or len(kept) == len(_numbers_in(articles) or ()):
        return articles
    return joined_articles(*(word + one.written for word, one in kept))


class _Number(NamedTuple):
    """The number of an article as written, with its digits, by which it is ordered, and the articles of which it is a part."""

    digits: tuple[int, ...]
    written: str
    part_of: tuple[str, ...]

    def meets(self, other: _Number) -> bool:
        """Whether it is the same article, or one is a part of the other."""
        return self.written in (other.written, *other.part_of) or other.written in self.part_of


def _in_order(numbers: Mapping[str, _Number]) -> Iterable[str]:
    """Numbers of articles in order, without those of which a part is among them: the part names the article too."""
    if len(numbers) == 1:
        return numbers
    parted = {article for number in numbers.values() for article in number.part_of}
    return [number.written for number in sorted(numbers.values()) if number.written not in parted]


@lru_cache(maxsize=10_000)
def _numbers_in(articles: str) -> tuple[tuple[str, _Number], ...] | None:
    """Articles one by one with the word that they are called by, such as ``art.``; what has no number is called by none.

    None if a number in them may be that of a passage.
    """
    if not _PLAIN.fullmatch(articles):
        return None
    found: list[tuple[str, _Number]] = []
    word = ""
    for one in articles.split(", "):
        numbered = _NUMBERED.fullmatch(one)
        if numbered:
            word = numbered[1]
        elif not one[:1].isdigit():
            word = ""
        written = numbered[2] if numbered else one
        digits = tuple(map(int, re.findall(r"\d+", written)))
        found.append((word, _Number(digits, written, tuple(written[: at.start()] for at in re.finditer(r"\(", written)))))
    return tuple(found)


@dataclass(frozen=True)
class ElementAnswer:
    """What was found on one element: whether the law contains it (None: not answered), and where."""

    met: bool | None = None
    legal_basis: str = ""
    citations: tuple[Citation, ...] = ()
    remark: str = ""


MET, NOT_MET = ElementAnswer(met=True), ElementAnswer(met=False)


def recorded(met: Collection[str], letters: Collection[str]) -> Mapping[str, ElementAnswer]:
    """The elements `letters` of a provision where the law contains those `met` and no others."""
    return {letter: MET if letter in met else NOT_MET for letter in letters}


FREE_TEXTS = ("note", "to_confirm", "assistance", "observations", "assessor")
"""The free texts of an answer, in the order in which a workbook asks for them."""


@dataclass(frozen=True)
class Answer:
    """What was found on one provision. A dimension without an entry in `ratings` is not assessed, or follows from the elements.

    `elements` holds what was recorded by letter, in order. `legal_basis` and `citations` are those of the provision as a whole.
    Unless `publish` is set, the public edition of a report shows none of it.
    """

    provision: str
    ratings: Mapping[str, str] = field(default_factory=dict)
    if_adopted: str = ""
    elements: Mapping[str, ElementAnswer] = field(default_factory=dict)
    legal_basis: str = ""
    citations: tuple[Citation, ...] = ()
    note: str = ""
    to_confirm: str = ""
    observations: str = ""
    assistance: str = ""
    assessor: str = ""
    publish: bool = True
    at: Mapping[str, Location] = field(default_factory=dict, compare=False)

    @property
    def met(self) -> tuple[str, ...]:
        """The letters of the elements that the law contains."""
        return tuple(letter for letter, element in self.elements.items() if element.met)

    @property
    def given(self) -> bool:
        """Whether anything is rated, or an element answered."""
        return bool(self.ratings) or any(element.met is not None for element in self.elements.values())

    @property
    def cited_laws(self) -> tuple[str, ...]:
        """The keys of the laws that the provision as a whole and its elements cite, each once."""
        every = [self.citations, *[element.citations for element in self.elements.values()]]
        return tuple(dict.fromkeys([one.law for citations in every for one in citations]))

    @property
    def all_citations(self) -> tuple[Citation, ...]:
        """What the provision as a whole and its elements cite: each law once, with all its articles."""
        return tuple([Citation(law, articles) for law, articles in self.cited])

    @property
    def cited(self) -> list[tuple[str, str]]:
        """The laws and articles of `all_citations`, which take longer to make."""
        of_elements = [citation for element in self.elements.values() if element.citations for citation in element.citations]
        if not of_elements:
            return [(one.law, one.articles) for one in self.citations]
        articles: dict[str, list[str]] = {}
        for one in (*self.citations, *of_elements):
            articles.setdefault(one.law, []).append(one.articles)
        return [(law, joined_articles(*every)) for law, every in articles.items()]

    @property
    def whole_legal_basis(self) -> str:
        """The laws and articles that the answer rests on, its elements included; as written where no law could be told."""
        if cited := self.cited:
            return "; ".join(f"{law} {articles}".strip() for law, articles in cited)
        written = (self.legal_basis, *(element.legal_basis for element in self.elements.values()))
        return "; ".join(dict.fromkeys(text for text in written if text))


NO_ANSWER = Answer("")


def is_subdivision(country: str) -> bool:
    """Whether a code is one of ISO 3166-2, such as ``ES-PV``."""
    return "-" in country


@dataclass(frozen=True)
class Source:
    """The file an assessment was read from."""

    name: str
    digest: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", printable(self.name))


@dataclass(frozen=True)
class Assessment:
    """The answers of one country, with the register of laws they cite, who was heard, and what has been changed since."""

    country: str
    country_name: str
    as_of: date
    checklist: str
    checklist_version: str
    scope: Scope = Scope.NATIONAL
    body: str = ""
    title: str = ""
    language: str = "en"
    laws: Mapping[str, Law] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)
    source: Source = Source("", "")
    kind: Kind = Kind.COUNTRY
    heard: tuple[Heard, ...] = ()
    history: tuple[Revision, ...] = ()

    def to_frame(self) -> pd.DataFrame:
        """A pandas frame with a row for each rating typed, or for an answer that only says which elements are met.

        Its columns are named as in the tables of a comparison. A result's frame also holds the ratings that follow from elements.

        >>> import legcheck
        >>> answers = legcheck.read("assessments/samples/XUT-2026-06-30.xlsx").to_frame()
        >>> answers[["provision", "dimension", "rating", "elements"]].head(2).values.tolist()
        [['GEN-01', 'practice', 'full', 'abcde'], ['GEN-02', 'practice', 'partial', 'abce']]
        """
        from legcheck.model.frames import assessment_frame

        return assessment_frame(self)

    @property
    def of_subdivision(self) -> bool:
        """Whether it is about a subdivision of a State."""
        return is_subdivision(self.country)

    def answer(self, provision: str) -> Answer:
        """The answer to a provision, an empty one where there is none."""
        return self.answers.get(provision, NO_ANSWER)

    def cited(self, provision: str, met: bool | None) -> str:
        """The letters of the elements with that answer for which law in force is cited."""
        elements = self.answer(provision).elements.items()
        return "".join(letter for letter, one in elements if one.met is met and any(map(self._in_force, one.citations)))

    def left(self, provision: str) -> str:
        """The letters of the elements that named texts leave to one that was not read: an article is cited for no answer."""
        return "" if self.scope.scored else self.cited(provision, None)

    def _in_force(self, citation: Citation) -> bool:
        return citation.law in self.laws and self.laws[citation.law].in_force(self.as_of)
