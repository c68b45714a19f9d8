"""The checklist: the model provisions as structured, versioned data."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING, NamedTuple

from legcheck.model.element_marks import NO_ELEMENTS, ElementMarks

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
    """An international instrument with the articles that checklists cite. `short` is how a reader may call it."""

    key: str
    title: str
    symbol: str
    adopted: str
    unit: str
    group: str
    articles: Mapping[str, Article]
    short: str = ""


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
class PublishedNumber:
    """The number that a provision has in a published document, and who confirmed that it is the same provision, when."""

    number: str
    confirmed_by: str
    date: date
    document: str = ""


@dataclass(frozen=True)
class Level:
    """One rating of a scale. `worth` is what it counts, from `least` to `most`; a level `outside` leaves the denominator.

    A level `by_elements` is worth the share of elements met; its `worth` counts where elements were not recorded.
    """

    key: str
    title: str
    meaning: str
    worth: Fraction
    outside: bool = False
    contrary: bool = False
    by_elements: bool = False
    least: Fraction = NOTHING
    most: Fraction = ALL

    @property
    def full(self) -> bool:
        """Whether all that is asked is there."""
        return not self.outside and self.worth == self.most

    @property
    def nothing(self) -> bool:
        """Whether nothing of what is asked is there, or what is there counts against it."""
        return not self.outside and not self.full and self.worth <= max(self.least, NOTHING)

    @property
    def in_part(self) -> bool:
        return not (self.outside or self.full or self.nothing)

    @property
    def standing(self) -> Fraction:
        """Where it stands between the worst rating and the best, from 0 to 1."""
        return (self.worth - self.least) / (self.most - self.least)


class Worth(NamedTuple):
    """What an answer is worth at least, as far as is known (None: not at all), and at most."""

    low: Fraction
    central: Fraction | None
    high: Fraction


class Points(NamedTuple):
    """Points from `low` to `high` in equal steps."""

    low: Fraction
    high: Fraction
    step: Fraction

    @property
    def top(self) -> Fraction:
        """The points that are worth 1: the most, or, if all count against, the fewest."""
        return self.high if self.high > 0 else -self.low

    def levels(self) -> Iterator[Level]:
        """The points as levels, the lowest first. They are worth their share of the most that they can count, for or against."""
        least, most = self.low / self.top, self.high / self.top
        for count in range(int((self.high - self.low) / self.step) + 1):
            value = self.low + self.step * count
            yield Level(decimal(value), decimal(value), "", value / self.top, least=least, most=most)


@dataclass(frozen=True)
class Scale:
    """Named levels, or points. Beside points, `levels` are all outside, such as "not applicable".

    If it is `summed`, each point counts the weight of its provision, so that figures can be printed as sums.
    """

    key: str
    levels: tuple[Level, ...] = ()
    points: Points | None = None
    summed: bool = False

    def __hash__(self) -> int:
        return hash(self.key)

    @cached_property
    def by_key(self) -> Mapping[str, Level]:
        """Every rating that may be given: named levels, best first, or points, the lowest first, and what lies outside."""
        points = self.points.levels() if self.points is not None else ()
        return {level.key: level for level in (*points, *self.levels)}

    def up_to(self, maximum: Fraction | None) -> Scale:
        """The same scale with as many points as a provision's own `maximum`."""
        if maximum is None or self.points is None:
            return self
        if maximum not in self._up_to:
            self._up_to[maximum] = replace(self, points=self.points._replace(high=maximum))
        return self._up_to[maximum]

    @cached_property
    def _up_to(self) -> dict[Fraction, Scale]:
        return {}

    @cached_property
    def by_elements(self) -> Level | None:
        """The level that is worth the share of elements met."""
        return next((level for level in self.levels if level.by_elements), None)

    @cached_property
    def best(self) -> Level:
        """The rating worth most."""
        return max(self._counting(), key=lambda level: level.worth)

    @cached_property
    def lowest(self) -> Level:
        """The rating for nothing found: worth least, neither outside nor contrary; no points for or against, if there may be."""
        worst = min(self._counting(), key=lambda level: level.worth)
        return self.by_key.get("0", worst) if self.points is not None else worst

    @cached_property
    def middle(self) -> Level:
        """The rating for some of what is asked: the one that counts elements, or the lowest that is worth more than nothing."""
        between = (level for level in self._counting() if level.in_part and level.worth > self.lowest.worth)
        return self.by_elements or min(between, key=lambda level: level.worth, default=self.lowest)

    def _counting(self) -> Iterator[Level]:
        return (level for level in self.by_key.values() if not level.outside and not level.contrary)

    def title(self, rating: str) -> str:
        """The title of a rating's level, empty for a blank."""
        return self.by_key[rating].title if rating in self.by_key else rating

    def follows(self, marks: ElementMarks) -> str:
        """The rating that follows from elements that are all answered; empty where none does."""
        if self.by_elements is None or not marks.complete:
            return ""
        if len(marks.met) == len(marks.all):
            return self.best.key
        return self.by_elements.key if marks.met else self.lowest.key

    def worth(self, level: Level | None, marks: ElementMarks) -> Worth | None:
        """What an answer rated `level` is worth, None if it does not count. Not rated, it can only be narrowed by its elements.

        Elements not answered count as `level` does where none is recorded. Rated below the best level, one element at least is
        not met for some victims, and counts so too.
        """
        counted = self.by_elements is not None and marks.recorded
        met, unknown, every = len(marks.met), len(marks.open), len(marks.all)
        if level is None and counted:
            return Worth(Fraction(met, every), None, Fraction(met + unknown, every))
        if level is None:
            return Worth(self.best.least, None, self.best.most)
        if level.outside:
            return None
        if not level.by_elements or not counted:
            return Worth(level.worth, level.worth, level.worth)
        most = every - 1 + level.worth
        counts = Fraction(met), met + unknown * level.worth, Fraction(met + unknown)
        low, central, high = (min(count, most) / every for count in counts)
        return Worth(low, central, high)

    def worths(self, level: Level | None, length: int) -> Iterator[tuple[tuple[int, int], Worth]]:
        """The worths of `level` on a provision of so many elements, by the numbers of those met and those answered."""
        for met, answered in combinations_with_replacement(range(length + 1), 2):
            worth = self.worth(level, ElementMarks("x" * met, "x" * (length - answered), "x" * length))
            if worth is not None:
                yield (met, answered), worth


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

    def scale_of(self, provision: Provision) -> Scale:
        """The scale on which a provision is rated: its own if it has one, and up to its own maximum."""
        return (provision.scale or self.scale).up_to(provision.maximum)

    def weight(self, provision: Provision) -> Fraction:
        """How much a provision counts if its worth is 1."""
        scale = self.scale_of(provision)
        return provision.weight * scale.points.top if scale.summed and scale.points is not None else provision.weight

    def whole(self, provision: Provision) -> Fraction:
        """The most that a provision can gain, as far as it is part of what a full score is made of."""
        return NOTHING if provision.extra else self.weight(provision) * self.scale_of(provision).best.most

    def level(self, provision: Provision, rating: str) -> Level | None:
        """The level of a rating on a provision, None where it was not assessed.

        Raises:
            KeyError: the rating is not one of the scale.
        """
        return self.scale_of(provision).by_key[rating] if rating else None

    def rating(self, provision: Provision, answer: Answer, marks: ElementMarks) -> str:
        """The rating of an answer as typed, or the one that follows from its elements; empty if there is neither."""
        return answer.ratings.get(self.key) or (self.scale_of(provision).follows(marks) if self.elements else "")

    def worth(self, provision: Provision, level: Level | None, marks: ElementMarks) -> Worth | None:
        """What an answer rated `level` is worth, as `Scale.worth` has it; only one dimension counts elements."""
        return self.scale_of(provision).worth(level, marks if self.elements else NO_ELEMENTS)

    def offered(self, provision: Provision, *, subdivision: bool = False) -> tuple[str, ...]:
        """The ratings that a provision may be given.

        It may be "not applicable" only where it may not apply, or, for a subdivision, because the matter belongs to the State.
        """
        ratings = self.scale_of(provision).by_key
        every = provision.may_not_apply or subdivision
        return tuple(rating for rating, level in ratings.items() if every or not level.outside)


@dataclass(frozen=True)
class Element:
    """One lettered component that the law must contain for a provision to be met in full."""

    letter: str
    text: str


@dataclass(frozen=True)
class Provision:
    """One model provision, the unit that is rated.

    `by_silence` holds the letters of elements that ask for the absence of a condition; `contrary` what its opposite would be;
    `harm`, a clause that completes "The risk without this provision: ...", who is harmed if the law lacks it, and
    `harm_elements` the letters of the elements whose lack does that harm (all of them if none are given);
    `contrary_harm` completes "Under such a rule, ..." where the opposite rule does a harm of its own.
    A provision with a `scale` or `maximum` of its own is rated on that. What an `extra` one gains comes on top of what a full
    score is made of.
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
    harm: str
    harm_elements: tuple[str, ...]
    contrary_harm: str
    weight: Fraction
    scale: Scale | None
    maximum: Fraction | None
    extra: bool
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

    def lettered(self, letters: Collection[str]) -> tuple[Element, ...]:
        """The elements of these letters, in order."""
        return tuple(one for one in self.elements if one.letter in letters)

    def marks(self, answer: Answer) -> ElementMarks:
        """The elements as an answer records them."""
        return ElementMarks.of(self.letters, answer.elements)


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

    @property
    def falling(self) -> tuple[PriorityClass, ...]:
        """The classes from the most to the least urgent; of two from the same points, one that holds only so many comes first."""
        return tuple(sorted(self.classes, key=lambda one: (-one.least, one.at_most is None)))


@dataclass(frozen=True)
class PriorityClass:
    """A class of priority and the least points it takes. It holds `at_most` so many gaps, the most urgent, if that is set."""

    key: str
    title: str
    least: Fraction
    at_most: int | None = None


@dataclass(frozen=True)
class Checklist:
    """One version of a checklist, in one language; `subject` says briefly what it is about, `short` marks its short form.

    `definition` is the plain tree it was built from: what its digest covers, and what a result file keeps so that a report can be
    made again without this program's own checklists. Figures are printed as sums of points if it is `summed`, else as shares,
    with so many `decimals`; as counts for themes and instruments of which fewer than `share_from` provisions apply; a chapter can
    be one in which the law goes far from the share `stands_from` on. A provision takes about so many `minutes` for those who know
    the law, and up to `minutes_with_texts`. `bands` stand lowest first. `translations` holds
    the texts by language and id; `changes`, by earlier version, what became of its elements, where it is not the same id;
    `published` the numbers that somebody added to provisions, by id.
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
    summed: bool
    decimals: int
    share_from: int
    stands_from: Fraction
    minutes: Fraction
    minutes_with_texts: Fraction
    bands: tuple[Band, ...]
    core_cap: Band | None
    themes: tuple[Theme, ...]
    theme_groups: Mapping[str, str]
    priority: PriorityRule
    digest: str
    definition: Mapping[str, object] = field(repr=False, compare=False)
    translations: Mapping[str, Mapping[str, str]] = field(repr=False, compare=False, default_factory=dict)
    changes: Mapping[str, Mapping[str, str]] = field(repr=False, compare=False, default_factory=dict)
    untranslated: frozenset[str] = field(repr=False, compare=False, default=frozenset())
    published: Mapping[str, PublishedNumber] = field(repr=False, compare=False, default_factory=dict)

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
        return {
            one.key: {rating: code for code, rating in enumerate(dict.fromkeys(("", *self._ratings(one))))}
            for one in self.dimensions
        }

    def scales(self, dimension: Dimension) -> tuple[Scale, ...]:
        """The scales on which provisions are rated in a dimension: its own first, then those of their own."""
        every = (dimension.scale, *(provision.scale for provision in self.provisions.values()))
        return tuple({scale.key: scale for scale in every if scale is not None}.values())

    def _ratings(self, dimension: Dimension) -> Iterator[str]:
        for scale in {id(one): one for one in map(dimension.scale_of, self.provisions.values())}.values():
            yield from scale.by_key

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


def decimal(value: Fraction) -> str:
    """A fraction as people write it: ``2``, ``0.5``, or ``1/3`` where no short decimal is exact."""
    if value.denominator == 1:
        return str(value.numerator)
    as_float = str(float(value))
    return as_float if Fraction(as_float) == value else str(value)
