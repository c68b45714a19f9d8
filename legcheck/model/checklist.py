"""The checklist: the model provisions as structured, versioned data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING, NamedTuple

from legcheck.model.tally import Tally

if TYPE_CHECKING:
    from legcheck.model.assessment import Answer

NOTHING, ALL = Fraction(0), Fraction(1)


class Role(StrEnum):
    """What a dimension is about, which decides the kinds of gap."""

    LAW = "law"
    PRACTICE = "practice"


class Rollup(StrEnum):
    """How provisions make a total: as the mean of chapters, or of all provisions pooled."""

    CHAPTERS = "chapters"
    POOLED = "pooled"


@dataclass(frozen=True)
class Article:
    """One article or paragraph of an international instrument; `verified` says its number was seen in a text."""

    number: str
    subject: str
    verified: bool


@dataclass(frozen=True)
class Instrument:
    """An international instrument with the articles that checklists cite."""

    key: str
    title: str
    symbol: str
    adopted: str
    unit: str
    group: str
    articles: Mapping[str, Article]


@dataclass(frozen=True)
class Standard:
    """What a provision rests on: an instrument, and the article cited (number empty: the instrument as a whole)."""

    instrument: Instrument
    article: Article

    @property
    def name(self) -> str:
        """Key and number as cited, such as ``VRD 22(1)``."""
        return f"{self.instrument.key} {self.article.number}".strip()


@dataclass(frozen=True)
class Level:
    """One named rating of a scale. `worth` lies in [0, 1]; a level `outside` leaves the denominator.

    A level `by_elements` is worth the share of elements met; its `worth` counts where elements were not recorded.
    """

    key: str
    title: str
    meaning: str
    worth: Fraction
    outside: bool = False
    contrary: bool = False
    by_elements: bool = False


class Worth(NamedTuple):
    """What an answer is worth at least, as far as is known (None: not at all), and at most."""

    low: Fraction
    central: Fraction | None
    high: Fraction


@dataclass(frozen=True)
class Scale:
    """Named levels, or points from 0 to a maximum in equal steps."""

    key: str
    levels: tuple[Level, ...] = ()
    points: Fraction | None = None
    step: Fraction = Fraction(1)

    @cached_property
    def by_key(self) -> Mapping[str, Level]:
        return {level.key: level for level in self.levels}

    @cached_property
    def by_elements(self) -> Level | None:
        """The level that is worth the share of elements met."""
        return next((level for level in self.levels if level.by_elements), None)

    def best(self, maximum: Fraction | None = None) -> str:
        """The rating worth most; `maximum` is the provision's own, if any."""
        return max(self._counting(), key=lambda level: level.worth).key if self.points is None else decimal(self.top(maximum))

    def lowest(self) -> str:
        """The rating for nothing found: worth least, neither outside nor contrary."""
        return min(self._counting(), key=lambda level: level.worth).key if self.points is None else "0"

    def middle(self, maximum: Fraction | None = None) -> str:
        """The rating for some of what is asked: the one that counts elements, or the lowest that is worth something, not all."""
        if self.points is not None:
            return decimal(self.step) if self.step < self.top(maximum) else self.lowest()
        between = [level for level in self._counting() if 0 < level.worth < 1]
        return (self.by_elements or min(between, key=lambda level: level.worth, default=self.by_key[self.lowest()])).key

    def _counting(self) -> Iterator[Level]:
        return (level for level in self.levels if not level.outside and not level.contrary)

    def title(self, rating: str) -> str:
        """The title of a rating's level; points are shown as they are."""
        level = self.by_key.get(rating)
        return level.title if level is not None else rating

    def level(self, rating: str, maximum: Fraction | None = None) -> Level:
        """The level that `rating` names; on a points scale the worth is points over `maximum`.

        Raises:
            KeyError: the rating is not one of the scale.
        """
        if self.points is None:
            return self.by_key[rating]
        top = self.top(maximum)
        try:
            value = Fraction(rating)
        except (ValueError, ZeroDivisionError):
            raise KeyError(rating) from None
        if not 0 <= value <= top or value % self.step:
            raise KeyError(rating)
        return Level(rating, rating, "", value / top)

    def allows(self, rating: str, maximum: Fraction | None = None) -> bool:
        """Whether a rating is one of `ratings`, in the same spelling."""
        if self.points is None:
            return rating in self.by_key
        try:
            self.level(rating, maximum)
        except KeyError:
            return False
        return decimal(Fraction(rating)) == rating

    def top(self, maximum: Fraction | None = None) -> Fraction:
        """The most points possible: `maximum` if the provision has its own."""
        return maximum if maximum is not None else self.points or Fraction(0)

    def ratings(self, maximum: Fraction | None = None) -> tuple[str, ...]:
        """Every rating that may be given, best first for named levels, 0 first for points."""
        if self.points is None:
            return tuple(level.key for level in self.levels)
        top = self.top(maximum)
        return tuple(decimal(self.step * count) for count in range(int(top / self.step) + 1))


@dataclass(frozen=True)
class Dimension:
    """What is rated: for instance what the text provides, or whether it is applied."""

    key: str
    title: str
    question: str
    scale: Scale
    role: Role | None
    elements: bool
    in_time: bool

    def level(self, provision: Provision, rating: str) -> Level | None:
        """The level of a rating on a provision, None where it was not assessed.

        Raises:
            KeyError: the rating is not one of the scale.
        """
        return self.scale.level(rating, provision.maximum) if rating else None

    def rating(self, answer: Answer, tally: Tally) -> str:
        """The rating of an answer as typed, or the one that follows from its elements; empty if there is neither."""
        return answer.ratings.get(self.key) or self.follows(tally)

    def follows(self, tally: Tally) -> str:
        """The rating that follows from elements that are all answered; empty where none does."""
        between = self.scale.by_elements
        if not self.elements or between is None or not tally.complete:
            return ""
        if len(tally.met) == len(tally.all):
            return self.scale.best()
        return between.key if tally.met else self.scale.lowest()

    def worth(self, level: Level | None, tally: Tally) -> Worth | None:
        """What an answer rated `level` is worth, None if it does not count. Not rated, it can only be narrowed by its elements.

        Elements not answered count as `level` does where none is recorded. Rated below the best level, one element at least is
        not met for some victims, and counts so too.
        """
        counted = self.elements and self.scale.by_elements is not None and tally.recorded
        met, unknown, every = len(tally.met), len(tally.open), len(tally.all)
        if level is None:
            return Worth(Fraction(met, every), None, Fraction(met + unknown, every)) if counted else Worth(NOTHING, None, ALL)
        if level.outside:
            return None
        if not level.by_elements or not counted:
            return Worth(level.worth, level.worth, level.worth)
        most = every - 1 + level.worth
        counts = Fraction(met), met + unknown * level.worth, Fraction(met + unknown)
        low, central, high = (min(count, most) / every for count in counts)
        return Worth(low, central, high)

    def worths(self, level: Level | None, lengths: Iterable[int]) -> Iterator[tuple[tuple[int, int, int], Worth]]:
        """The worths of `level` by the numbers of elements there are, met and answered; `lengths` are the first of these."""
        for length in lengths:
            for met, answered in combinations_with_replacement(range(length + 1), 2):
                worth = self.worth(level, Tally("x" * met, "x" * (length - answered), "x" * length))
                if worth is not None:
                    yield (length, met, answered), worth

    def offered(self, provision: Provision, *, subdivision: bool = False) -> tuple[str, ...]:
        """The ratings that a provision may be given, points up to its maximum.

        It may be "not applicable" only where it may not apply, or, for a subdivision, because the matter belongs to the State.
        """
        ratings = self.scale.ratings(provision.maximum)
        if self.scale.points is not None or provision.may_not_apply or subdivision:
            return ratings
        return tuple(rating for rating in ratings if not self.scale.by_key[rating].outside)


@dataclass(frozen=True)
class Element:
    """One lettered component that the law must contain for a provision to be met in full."""

    letter: str
    text: str


@dataclass(frozen=True)
class Provision:
    """One model provision, the unit that is rated.

    `by_silence` holds the letters of elements that ask for the absence of a condition; `contrary` what its opposite would be.
    """

    id: str
    chapter: str
    title: str
    question: str
    elements: tuple[Element, ...]
    by_silence: tuple[str, ...]
    guidance: str
    full: str
    partial: str
    contrary: str
    weight: Fraction
    maximum: Fraction | None
    core: bool
    may_not_apply: bool
    standards: tuple[Standard, ...]
    practice: tuple[str, ...]
    themes: tuple[str, ...]
    mlp_theme: str
    mlp_ref: str

    @cached_property
    def letters(self) -> str:
        return "".join(element.letter for element in self.elements)

    def tally(self, answer: Answer) -> Tally:
        """The elements as an answer records them."""
        return Tally.of(self.letters, answer.elements)


@dataclass(frozen=True)
class Chapter:
    """A division of the checklist."""

    id: str
    title: str
    weight: Fraction
    provisions: tuple[Provision, ...]


@dataclass(frozen=True)
class Band:
    """A word for a range of scores: from `low` (included) up to `high` (excluded, except 1)."""

    key: str
    title: str
    low: Fraction
    high: Fraction


@dataclass(frozen=True)
class Theme:
    """A cut across chapters; `group` gathers the themes that are shown together."""

    key: str
    title: str
    group: str


@dataclass(frozen=True)
class PriorityRule:
    """How a gap's priority is worked out: points by factor, and the classes of priority by points."""

    kinds: Mapping[str, Fraction]
    core: Fraction
    weight: Fraction
    themes: Mapping[str, Fraction]
    missing_share: Fraction
    classes: tuple[PriorityClass, ...]


@dataclass(frozen=True)
class PriorityClass:
    """A class of priority and the least points it takes."""

    key: str
    title: str
    least: Fraction


@dataclass(frozen=True)
class Checklist:
    """One version of a checklist, in one language; `subject` says briefly what it is about, `short` marks its short form.

    `definition` is the plain tree it was built from: what its digest covers, and what a result file keeps so that a report can be
    made again without this program's own checklists. `bands` stand lowest first. `translations` holds the texts by language
    and id.
    """

    id: str
    version: str
    title: str
    subject: str
    short: bool
    about: str
    language: str
    dimensions: tuple[Dimension, ...]
    chapters: tuple[Chapter, ...]
    rollup: Rollup
    minimum_answered: Fraction
    minutes: Fraction
    bands: tuple[Band, ...]
    core_cap: Band | None
    themes: tuple[Theme, ...]
    theme_groups: Mapping[str, str]
    priority: PriorityRule
    digest: str
    definition: Mapping[str, object] = field(repr=False, compare=False)
    translations: Mapping[str, Mapping[str, str]] = field(repr=False, compare=False, default_factory=dict)
    untranslated: frozenset[str] = field(repr=False, compare=False, default=frozenset())

    @cached_property
    def provisions(self) -> Mapping[str, Provision]:
        """All provisions by id, in the order of the chapters."""
        return {provision.id: provision for chapter in self.chapters for provision in chapter.provisions}

    @cached_property
    def by_dimension(self) -> Mapping[str, Dimension]:
        return {dimension.key: dimension for dimension in self.dimensions}

    @cached_property
    def codes(self) -> Mapping[str, Mapping[str, int]]:
        """The code of each rating in arrays, by dimension; 0 for a blank."""
        maxima = dict.fromkeys(provision.maximum for provision in self.provisions.values())
        return {
            one.key: {rating: code for code, rating in enumerate(dict.fromkeys(("", *_ratings(one.scale, maxima))))}
            for one in self.dimensions
        }

    @cached_property
    def titles(self) -> Mapping[str, Mapping[str, str]]:
        """The titles of everything that has a figure, by kind and key: the total, chapters, themes and instruments."""
        return {
            "total": {"total": self.title},
            "chapter": {one.id: one.title for one in self.chapters},
            "theme": {one.key: one.title for one in self.themes},
            "instrument": {one.key: one.title for one in self.instruments},
        }

    @cached_property
    def instruments(self) -> tuple[Instrument, ...]:
        """The instruments that provisions cite, in order of first citation."""
        cited = {standard.instrument.key: standard.instrument for standard in self._standards()}
        return tuple(cited.values())

    def dimension_of(self, role: Role) -> Dimension | None:
        """The dimension for law, or for practice, if the checklist has one."""
        return next((dimension for dimension in self.dimensions if dimension.role is role), None)

    def _standards(self) -> Iterator[Standard]:
        for provision in self.provisions.values():
            yield from provision.standards


def _ratings(scale: Scale, maxima: Iterable[Fraction | None]) -> Iterator[str]:
    for maximum in maxima:
        yield from scale.ratings(maximum)


def decimal(value: Fraction) -> str:
    """A fraction as people write it: ``2``, ``0.5``, or ``1/3`` where no short decimal is exact."""
    if value.denominator == 1:
        return str(value.numerator)
    as_float = str(float(value))
    return as_float if Fraction(as_float) == value else str(value)
