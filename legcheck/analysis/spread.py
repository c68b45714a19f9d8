"""The middle of a group: median and quartiles of central figures, exact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from legcheck.analysis.tally import Tally, ledger_of
from legcheck.model import Checklist, Compared, Dimension, Spread

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]


def spreads_of(
    checklist: Checklist, rules: str, members: Sequence[Compared], smallest: int
) -> Mapping[str, Mapping[str, Spread]]:
    """By dimension and figure node, the spread of the figures that have enough answers; none of fewer than `smallest`.

    Only members judged by the checklist's own `rules` count: figures of other rules have another meaning.
    """
    return {
        one.key: _spreads(checklist, one, [m for m in members if _counts(m, one, rules)], smallest)
        for one in checklist.dimensions
    }


def spread(values: Iterable[Fraction]) -> Spread:
    """Quartiles by linear interpolation between the values in order, each value itself where it falls on one.

    Raises:
        IndexError: there are no values.
    """
    return _between(sorted(values))


def _counts(member: Compared, dimension: Dimension, rules: str) -> bool:
    return member.summary.checklist.rules == rules and member.scores[dimension.key].assessed


def _spreads(checklist: Checklist, dimension: Dimension, members: Sequence[Compared], smallest: int) -> Mapping[str, Spread]:
    if len(members) < smallest:
        return {}
    ledger = ledger_of(checklist)
    ratings = [one.summary.ratings[dimension.key] for one in members]
    sums = ledger.sums(dimension, ratings, [tuple(map(len, one.summary.elements)) for one in members])
    totals = [one.scores[dimension.key].total for one in members]
    found: dict[str, Sequence[Fraction]] = {
        "total": sorted((one.central for one in totals if one.enough and one.central is not None), key=float)
    }
    minimum = checklist.minimum_answered
    for at, (kind, key) in enumerate(ledger.nodes[1:], 1):
        node = key if kind == "chapter" else f"{kind}.{key}"
        found[node] = _central(sums[:, at], minimum)
    return {node: _between(values) for node, values in found.items() if len(values) >= smallest}


class _InOrder(Sequence[Fraction]):
    """Shares in order, each made into a fraction when it is asked for: of thousands, quartiles need six."""

    def __init__(self, gained: Array, weight: Array) -> None:
        order = (gained / weight).argsort(kind="stable")  # as exact as is needed to sort by
        self.gained, self.weight = gained[order].tolist(), weight[order].tolist()

    def __len__(self) -> int:
        return len(self.gained)

    def __getitem__(self, place: Any) -> Any:
        return Fraction(self.gained[place], self.weight[place])


def _central(sums: Array, minimum: Fraction) -> _InOrder:
    """The central figures of a node that have enough answers."""
    gained, weight, answered, unknown = (
        sums[:, Tally._fields.index(name)] for name in ("gained", "answered_weight", "answered", "unknown")
    )
    enough = (answered > 0) & (answered * minimum.denominator >= minimum.numerator * (answered + unknown))
    return _InOrder(gained[enough], weight[enough])


def _between(in_order: Sequence[Fraction]) -> Spread:
    lower, median, upper = (_quantile(in_order, Fraction(part, 4)) for part in (1, 2, 3))
    return Spread(len(in_order), in_order[0], lower, median, upper, in_order[-1])


def _quantile(in_order: Sequence[Fraction], share: Fraction) -> Fraction:
    place = share * (len(in_order) - 1)
    below = int(place)
    value = in_order[below]
    return value if place == below else value + (in_order[below + 1] - value) * (place - below)
