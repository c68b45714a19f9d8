"""Tallies: exact counts and weights that add up, from which every score is made, for any number of assessments at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import chain
from math import lcm
from typing import TYPE_CHECKING, Any, NamedTuple

from legcheck.model import Checklist, Dimension, Level, Provision

if TYPE_CHECKING:
    import numpy as np

# Floating numbers hold whole ones exactly up to here. Beyond, Python's own are summed: slower, and exact as well.
_EXACT = 2**53
# How many assessments are summed at once: enough to be fast, few enough to need little memory.
_AT_ONCE = 500


class Tally(NamedTuple):
    """What was gained of what could be, with counts beside it. Weights are whole numbers, in units of the ledger."""

    gained: int = 0
    answered_weight: int = 0
    unknown_weight: int = 0
    answered: int = 0
    unknown: int = 0
    outside: int = 0
    contrary: int = 0
    elements_met: int = 0
    elements: int = 0
    core_unmet: int = 0

    @property
    def range(self) -> Range:
        """Low, central and high of this tally."""
        weight = self.answered_weight + self.unknown_weight
        if not weight:
            return Range(None, None, None)
        central = Fraction(self.gained, self.answered_weight) if self.answered_weight else None
        return Range(Fraction(self.gained, weight), central, Fraction(self.gained + self.unknown_weight, weight))


class Range(NamedTuple):
    """What is unknown taken as 0, left out, taken as 1."""

    low: Fraction | None
    central: Fraction | None
    high: Fraction | None


class Node(NamedTuple):
    """A group of provisions that has a figure of its own: its kind (total, chapter, theme, instrument) and its key."""

    kind: str
    key: str


class Ledger:
    """The sums of one checklist: which provisions belong to which node, and what each rating brings."""

    def __init__(self, checklist: Checklist) -> None:
        self.checklist = checklist
        self.provisions = tuple(checklist.provisions.values())
        self.nodes, self._members = _nodes(checklist)
        self._tables: dict[str, _Table] = {}

    def places(self, kind: str) -> list[int]:
        """Where the nodes of a kind stand among all nodes."""
        return [at for at, node in enumerate(self.nodes) if node.kind == kind]

    def tallies(
        self, dimension: Dimension, ratings: Sequence[Sequence[str]], marked: Sequence[Sequence[int]]
    ) -> Iterator[list[Tally]]:
        """The tallies of every node, for each assessment in turn.

        `ratings` and `marked` hold a row an assessment, an entry a provision: the rating that counts (empty: not assessed), and
        how many of the provision's elements the answer names.

        Raises:
            KeyError: a rating is not one of the dimension's.
        """
        for start in range(0, len(ratings), _AT_ONCE):
            end = start + _AT_ONCE
            yield from self._summed(self._table(dimension), ratings[start:end], marked[start:end])

    def _summed(self, table: _Table, ratings: Sequence[Sequence[str]], marked: Sequence[Sequence[int]]) -> Iterator[list[Tally]]:
        import numpy as np

        codes = table.codes_of(ratings)
        columns = np.arange(len(self.provisions))
        counts = table.counts[columns, codes]
        if table.elements:
            met = Tally._fields.index("elements_met")
            counts[..., met] = np.where(table.in_part[columns, codes], np.array(marked, dtype=counts.dtype), counts[..., met])
        summed = self._matrix @ counts if counts.dtype == self._matrix.dtype else self._matrix.astype(object) @ counts
        for row in summed.astype(object if summed.dtype == object else np.int64).tolist():
            yield [Tally._make(entry) for entry in row]

    @cached_property
    def _matrix(self) -> np.ndarray[Any, Any]:
        import numpy as np

        place = {provision.id: at for at, provision in enumerate(self.provisions)}
        matrix = np.zeros((len(self.nodes), len(self.provisions)))
        for row, members in enumerate(self._members):
            matrix[row, [place[one.id] for one in members]] = 1
        return matrix

    def _table(self, dimension: Dimension) -> _Table:
        if dimension.key not in self._tables:
            self._tables[dimension.key] = _Table(self.provisions, dimension)
        return self._tables[dimension.key]


class _Table:
    """What each rating of a dimension brings on each provision."""

    def __init__(self, provisions: tuple[Provision, ...], dimension: Dimension) -> None:
        import numpy as np

        self.elements = dimension.elements
        known = dict.fromkeys(chain.from_iterable(dimension.scale.ratings(one.maximum) for one in provisions))
        self.codes = {"": 0} | {rating: code for code, rating in enumerate(known, 1)}
        levels = [[_level(dimension, one, rating) for rating in self.codes] for one in provisions]
        unit = lcm(*chain.from_iterable(_denominators(one, row) for one, row in zip(provisions, levels, strict=True)), 1)
        heaviest = sum((one.weight for one in provisions), Fraction(0)) * unit
        rows = [[_count(one, level, unit, dimension) for level in row] for one, row in zip(provisions, levels, strict=True)]
        self.counts = np.array(rows, dtype=np.float64 if heaviest < _EXACT else object)
        self.in_part = np.array(
            [[level is not None and not level.outside and 0 < level.worth < 1 for level in row] for row in levels]
        )

    def codes_of(self, ratings: Sequence[Sequence[str]]) -> np.ndarray[Any, Any]:
        """The code of every rating, 0 for a blank."""
        import numpy as np

        width = len(ratings[0]) if ratings else 0
        codes = np.fromiter(map(self.codes.__getitem__, chain.from_iterable(ratings)), np.intp, len(ratings) * width)
        return codes.reshape(len(ratings), width)


_ledgers: dict[str, Ledger] = {}
_MOST_LEDGERS = 16


def ledger_of(checklist: Checklist) -> Ledger:
    """The ledger of a checklist, made once: its digest says all that sums depend on."""
    if checklist.digest not in _ledgers:
        if len(_ledgers) == _MOST_LEDGERS:
            _ledgers.clear()
        _ledgers[checklist.digest] = Ledger(checklist)
    return _ledgers[checklist.digest]


def weighted_mean(parts: Iterable[tuple[Fraction, Range]]) -> Range:
    """The mean of ranges by weight. Parts where nothing applies are left out; of the centre, those not answered."""
    known = list(parts)
    return Range(*(_mean([(weight, part[at]) for weight, part in known]) for at in range(3)))


def _mean(pairs: list[tuple[Fraction, Fraction | None]]) -> Fraction | None:
    """The mean over a common denominator, which is much faster than adding fractions one to another."""
    known = [(weight, value) for weight, value in pairs if value is not None]
    if not known:
        return None
    common = lcm(*(weight.denominator * value.denominator for weight, value in known))
    gained = sum(
        weight.numerator * value.numerator * (common // (weight.denominator * value.denominator)) for weight, value in known
    )
    return Fraction(gained, common) / sum((weight for weight, _ in known), Fraction(0))


def _nodes(checklist: Checklist) -> tuple[tuple[Node, ...], list[list[Provision]]]:
    """Every node with its provisions: the total first, then chapters, themes and instruments in the checklist's order."""
    everything = list(checklist.provisions.values())
    members: dict[Node, list[Provision]] = {Node("total", "total"): everything}
    members |= {Node("chapter", one.id): list(one.provisions) for one in checklist.chapters}
    members |= {Node("theme", one.key): [p for p in everything if one.key in p.themes] for one in checklist.themes}
    members |= {
        Node("instrument", one.key): [p for p in everything if one.key in {standard.instrument.key for standard in p.standards}]
        for one in checklist.instruments
    }
    return tuple(members), list(members.values())


def _level(dimension: Dimension, provision: Provision, rating: str) -> Level | None:
    """The level of a rating, None for a blank and for points above the provision's own maximum."""
    if not rating or rating not in dimension.scale.ratings(provision.maximum):
        return None
    return dimension.scale.level(rating, provision.maximum)


def _in_part(level: Level | None) -> bool:
    return level is not None and not level.outside and 0 < level.worth < 1


def _denominators(provision: Provision, levels: list[Level | None]) -> Iterator[int]:
    yield provision.weight.denominator
    yield from ((provision.weight * level.worth).denominator for level in levels if level is not None)


def _count(provision: Provision, level: Level | None, unit: int, dimension: Dimension) -> Tally:
    weight = int(provision.weight * unit)
    if level is None:
        return Tally(unknown_weight=weight, unknown=1)
    if level.outside:
        return Tally(outside=1)
    elements = len(provision.elements) if dimension.elements else 0
    return Tally(
        gained=int(provision.weight * level.worth * unit),
        answered_weight=weight,
        answered=1,
        contrary=int(level.contrary),
        elements_met=elements if level.worth == 1 else 0,
        elements=elements,
        core_unmet=int(provision.core and level.worth == 0),
    )
