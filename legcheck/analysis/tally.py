"""Tallies: exact counts and weights that add up, from which every score is made, for any number of assessments at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import chain
from math import lcm
from typing import TYPE_CHECKING, Any, NamedTuple

from legcheck.model import Checklist, Dimension, Level, Provision

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

# Floating numbers hold whole ones exactly up to here. Beyond, Python's own are summed: slower, and exact as well.
_EXACT = 2**53
# How many assessments are summed at once: enough to be fast, few enough to need little memory.
_AT_ONCE = 500


# What was gained and out of what; out of nothing where nothing applies, or nothing is answered.
Share = tuple[int, int]


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
    def shares(self) -> tuple[Share, Share, Share]:
        """Low, central and high of this tally."""
        weight = self.answered_weight + self.unknown_weight
        high = self.gained + self.unknown_weight
        return (self.gained, weight), (self.gained, self.answered_weight), (high, weight)


KINDS = ("total", "chapter", "theme", "instrument")


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
        self.place = {(node.kind, node.key): at for at, node in enumerate(self.nodes)}
        self.keys = {kind: [node.key for node in self.nodes if node.kind == kind] for kind in KINDS}
        self._tables: dict[str, _Table] = {}

    def places(self, kind: str) -> list[int]:
        """Where the nodes of a kind stand among all nodes."""
        return [at for at, node in enumerate(self.nodes) if node.kind == kind]

    def sums(self, dimension: Dimension, ratings: Sequence[Sequence[str]], marked: Sequence[Sequence[int]]) -> Array:
        """The tallies of every node for each assessment: whole numbers, by assessment, node and field of `Tally`.

        `ratings` and `marked` hold a row an assessment, an entry a provision: the rating that counts (empty: not assessed), and
        how many of the provision's elements the answer names.

        Raises:
            KeyError: a rating is not one of the dimension's.
        """
        import numpy as np

        table = self._table(dimension)
        parts = [
            self._summed(table, ratings[start : start + _AT_ONCE], marked[start : start + _AT_ONCE])
            for start in range(0, len(ratings), _AT_ONCE)
        ]
        return np.concatenate(parts) if parts else np.zeros((0, len(self.nodes), len(Tally._fields)), dtype=np.int64)

    def _summed(self, table: _Table, ratings: Sequence[Sequence[str]], marked: Sequence[Sequence[int]]) -> Array:
        import numpy as np

        codes = table.codes_of(ratings)
        columns = np.arange(len(self.provisions))
        counts = table.counts[columns, codes]
        if table.elements:
            met = Tally._fields.index("elements_met")
            counts[..., met] = np.where(table.in_part[columns, codes], np.array(marked, dtype=counts.dtype), counts[..., met])
        exact_sums: Array = (
            self._matrix if counts.dtype == self._matrix.dtype else self._matrix.astype(int).astype(object)
        ) @ counts
        return exact_sums if exact_sums.dtype == object else exact_sums.astype(np.int64)

    @cached_property
    def _matrix(self) -> Array:
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

    def codes_of(self, ratings: Sequence[Sequence[str]]) -> Array:
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


def weighted_mean(weights: Sequence[Fraction], shares: Sequence[Share]) -> Share:
    """The mean of shares by weight, as one share; those out of nothing are left out.

    Whole numbers over a common denominator are as exact as fractions added one to another, and many times faster.
    """
    known = [(weight, share) for weight, share in zip(weights, shares, strict=True) if share[1]]
    if not known:
        return 0, 0
    unit = lcm(*(weight.denominator for weight, _ in known))
    whole = [weight.numerator * (unit // weight.denominator) for weight, _ in known]
    common = lcm(*(out_of for _, (_, out_of) in known))
    gained = sum(weight * share[0] * (common // share[1]) for weight, (_, share) in zip(whole, known, strict=True))
    return gained, common * sum(whole)


def exact(share: Share) -> Fraction | None:
    """A share as a fraction, None where it is out of nothing."""
    return Fraction(*share) if share[1] else None


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
