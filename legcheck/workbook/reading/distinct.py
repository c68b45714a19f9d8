"""Finds the distinct values in long arrays of whole numbers, and the places of each."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

# Values above this are renumbered before they are combined with others or used as places in an array.
_LARGEST_JOINED = 2**31
_SPARSE = 1_000_000


def numbered(values: Iterable[Hashable]) -> Array:
    """A number for each value, from 0 in order of first appearance."""
    import numpy as np

    known: dict[Hashable, int] = {}
    return np.array([known.setdefault(value, len(known)) for value in values], np.int64)


def first_seen(values: Array) -> tuple[Array, Array]:
    """Like `numbered`, for an array of whole numbers from 0 up; also returns where each distinct value first appears."""
    import numpy as np

    if not len(values):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    if values.max() > len(values) + _SPARSE:
        values = np.unique(values, return_inverse=True)[1]
    first = np.full(int(values.max()) + 1, -1)
    first[values[::-1]] = np.arange(len(values) - 1, -1, -1)
    present = np.flatnonzero(first >= 0)
    in_order = present[np.argsort(first[present])]
    number = np.empty_like(first)
    number[in_order] = np.arange(len(in_order))
    return number[values], first[in_order]


def by_value(values: Array) -> Iterator[tuple[int, Array]]:
    """Each distinct value with its places, in order of first appearance."""
    import numpy as np

    numbers, first = first_seen(values)
    places = np.argsort(numbers, kind="stable")
    start = 0
    for value, count in zip(values[first].tolist(), np.bincount(numbers).tolist(), strict=True):
        yield value, places[start : start + count]
        start += count


def joined(*arrays: Array) -> Array:
    """A whole number for every combination of whole numbers from 0 up."""
    import numpy as np

    whole = np.zeros(len(arrays[0]), np.int64)
    for array in arrays:
        if whole.max(initial=0) > _LARGEST_JOINED:
            whole = first_seen(whole)[0]
        whole = whole * (int(array.max(initial=0)) + 1) + array
    return whole
