"""The middle of a group: median and quartiles of central figures, exact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from legcheck.model import Checklist, Compared, DimensionScores, Score, Spread


def spreads_of(checklist: Checklist, members: Sequence[Compared], smallest_group: int) -> Mapping[str, Mapping[str, Spread]]:
    """By dimension and figure node, the spread of the figures that have enough answers; none below the smallest group."""
    return {
        dimension.key: {
            node: spread(values)
            for node, values in _central([one.scores[dimension.key] for one in members if dimension.key in one.scores]).items()
            if len(values) >= smallest_group
        }
        for dimension in checklist.dimensions
    }


def nodes_of(scores: DimensionScores) -> Iterator[tuple[str, Score]]:
    """Every figure of a dimension with its node: ``total``, ``REC``, ``theme.gender``, ``instrument.VRD``."""
    yield "total", scores.total
    yield from scores.chapters.items()
    yield from ((f"theme.{key}", score) for key, score in scores.themes.items())
    yield from ((f"instrument.{key}", score) for key, score in scores.instruments.items())


def spread(values: Iterable[Fraction]) -> Spread:
    """Quartiles by linear interpolation between the values in order, each value itself where it falls on one.

    Raises:
        IndexError: there are no values.
    """
    in_order = sorted(values, key=float)
    lower, median, upper = (_quantile(in_order, Fraction(part, 4)) for part in (1, 2, 3))
    return Spread(len(in_order), in_order[0], lower, median, upper, in_order[-1])


def _quantile(in_order: list[Fraction], share: Fraction) -> Fraction:
    place = share * (len(in_order) - 1)
    below = int(place)
    value = in_order[below]
    return value if place == below else value + (in_order[below + 1] - value) * (place - below)


def _central(scores: Iterable[DimensionScores]) -> Mapping[str, list[Fraction]]:
    found: dict[str, list[Fraction]] = {}
    for one in scores:
        for node, score in nodes_of(one):
            if score.enough and score.central is not None:
                found.setdefault(node, []).append(score.central)
    return found
