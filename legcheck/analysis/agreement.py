"""How far independent readings of the same law agree: divergence by chapter, and Krippendorff's alpha.

Source: K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011): ordinal, for two readings or more, with blanks. The
libraries that have it may not be linked with a program under the Apache licence, or ask for one old release of scipy.
The interval comes from resampling the items.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from legcheck.model import Agreement, Alpha, Answer, Assessment, Checklist, Dimension, Provision, Shared

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

ELEMENTS = "elements"
_RESAMPLES = 2000
_INTERVAL = 2.5, 97.5


class _Said(NamedTuple):
    """What a reading says on one item, and where that stands from worst to best: nowhere if it lies outside the count."""

    word: str
    standing: tuple[Fraction, bool] | None


_Item = Sequence[_Said | None]
"""One item as each reading has it, in their order; None where a reading says nothing."""


def agreement_of(checklist: Checklist, readings: Sequence[Assessment], *, seed: int = 0) -> list[Agreement]:
    """How far readings agree on the elements, and on the ratings in each dimension that any of them rates.

    The same seed gives the same intervals.
    """
    kinds = {ELEMENTS: _elements, **{dimension.key: _ratings(dimension) for dimension in checklist.dimensions}}
    found = []
    for key, items_of in kinds.items():
        items = {
            chapter.id: [item for provision in chapter.provisions for item in items_of(provision, readings) if any(item)]
            for chapter in checklist.chapters
        }
        if any(items.values()):
            shared = {id: sum(map(_shared, those), Shared()) for id, those in items.items() if those}
            found.append(Agreement(key, shared, _alpha([item for those in items.values() for item in those], seed)))
    return found


def _elements(provision: Provision, readings: Sequence[Assessment]) -> Iterator[_Item]:
    for letter in provision.letters:
        met = (answer.elements[letter].met if letter in answer.elements else None for answer in _answers(provision, readings))
        yield [None if one is None else _Said(str(one), (Fraction(one), True)) for one in met]


def _ratings(dimension: Dimension) -> Callable[[Provision, Sequence[Assessment]], Iterator[_Item]]:
    def items(provision: Provision, readings: Sequence[Assessment]) -> Iterator[_Item]:
        """The rating that counts, typed or following from the elements."""
        said: list[_Said | None] = []
        for answer in _answers(provision, readings):
            rating = dimension.rating(provision, answer, provision.marks(answer))
            level = dimension.level(provision, rating)
            standing = None if level is None or level.outside else (level.worth, not level.contrary)
            said.append(None if level is None else _Said(rating, standing))
        yield said

    return items


def _shared(item: _Item) -> Shared:
    words = [said.word for said in item if said is not None]
    if len(words) < 2:
        return Shared(alone=len(words))
    return Shared(answered=1, differ=int(len(set(words)) > 1))


def _alpha(items: Iterable[_Item], seed: int) -> Alpha | None:
    """The ordinal alpha of items; None if no two readings answered the same item, or all answered alike throughout."""
    import numpy as np

    standings = [[said.standing for said in item if said is not None and said.standing is not None] for item in items]
    shared = [one for one in standings if len(one) > 1]
    order = {standing: rank for rank, standing in enumerate(sorted({one for each in shared for one in each}))}
    if len(order) < 2:
        return None
    counts = np.zeros((len(shared), len(order)))
    for row, each in zip(counts, shared, strict=True):
        for standing in each:
            row[order[standing]] += 1
    pairs = coincidences(counts)
    drawn = np.random.default_rng(seed).multinomial(len(pairs), np.full(len(pairs), 1 / len(pairs)), _RESAMPLES)
    resampled = ordinal_alpha(np.tensordot(drawn, pairs, 1))
    low, high = np.nanpercentile(resampled, _INTERVAL)
    return Alpha(float(ordinal_alpha(pairs.sum(0))), float(low), float(high))


def coincidences(counts: Array) -> Array:
    """The pairs of values within each unit, as Krippendorff counts them: units x values x values.

    `counts` says how often each value, in ascending order, was given to each unit; every unit was given two values or more.
    """
    pairs: Array = counts[:, :, None] * counts[:, None, :]
    values = range(counts.shape[1])
    pairs[:, values, values] -= counts
    pairs /= (counts.sum(1) - 1)[:, None, None]
    return pairs


def ordinal_alpha(pairs: Array) -> Array:
    """Krippendorff's ordinal alpha of one matrix of coincidences, or of each in a stack; NaN where all values are alike."""
    import numpy as np

    totals = pairs.sum(-1)
    middles = totals.cumsum(-1) - totals / 2
    distance = (middles[..., :, None] - middles[..., None, :]) ** 2
    observed = (pairs * distance).sum((-1, -2))
    expected = (totals[..., :, None] * totals[..., None, :] * distance).sum((-1, -2)) / (totals.sum(-1) - 1)
    alpha: Array = 1 - observed / np.where(expected > 0, expected, np.nan)
    return alpha


def _answers(provision: Provision, readings: Sequence[Assessment]) -> Iterator[Answer]:
    return (reading.answer(provision.id) for reading in readings)
