"""Figures: arrays for any number of assessments, and the score, which is one row of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    import numpy as np

    from legcheck.model.checklist import Checklist

    Array = np.ndarray[Any, Any]
    # What was gained and out of what, whole numbers; out of 0 where there is no figure.
    Share = tuple[Array, Array]
    Shares = tuple[Share, Share, Share]

V = TypeVar("V")

KINDS = ("total", "chapter", "theme", "instrument")


class Prints(IntEnum):
    """What is shown for a figure: a share, a range if too little is answered for that, a count, or why there is none of them.

    `FOUND` counts what named texts contain, which are not scored.
    """

    NOT_APPLICABLE = 0
    NOT_ASSESSED = 1
    SHARE = 2
    RANGE = 3
    COUNT = 4
    FOUND = 5


class Display(NamedTuple):
    """A figure as printed; `low` and `high` are the same for a share, and 0 where there is no figure.

    They are whole numbers of the smallest unit printed: of per cent, or of points if the figure is a sum, `out_of` the most
    possible. A unit is one per cent or one point without `decimals`, a tenth with one, and so on. A count is of provisions met
    in full, `out_of` those that apply; what is found in texts are provisions met in full or in part, `out_of` those answered.
    """

    prints: Prints = Prints.NOT_APPLICABLE
    low: int = 0
    high: int = 0
    out_of: int = 0
    decimals: int = 0

    @classmethod
    def of(cls, code: int, decimals: int) -> Display:
        """The display with a code from `display_code`."""
        rest, high = divmod(code, _SPAN)
        rest, low = divmod(rest, _SPAN)
        prints, out_of = divmod(rest, _SPAN)
        counted = prints in (Prints.COUNT, Prints.FOUND)
        return cls(Prints(prints), low - _SPAN // 2, high - _SPAN // 2, out_of, 0 if counted else decimals)

    def units(self, share: Fraction) -> int:
        """Another share in the same units."""
        return int(rounded(share.numerator, share.denominator, self.out_of or 100 * 10**self.decimals))


NO_FIGURE = Display()
# Numbers of units lie between minus and plus one half of this; three of them and a kind fit into the numbers of a machine.
_SPAN = 1 << 20
MOST_UNITS = _SPAN // 2 - 1


def display_code(prints: Any, low: Any, high: Any, out_of: Any) -> Any:
    """A display as one whole number; arrays give an array of codes."""
    return ((prints * _SPAN + out_of) * _SPAN + low + _SPAN // 2) * _SPAN + high + _SPAN // 2


def rounded(numerator: Any, denominator: Any, whole: Any) -> Any:
    """Shares of `whole`, rounded half up, with 0 and all of it kept for the exact cases; whole numbers or arrays of them."""
    found = (2 * whole * numerator + denominator) // (2 * denominator)
    below = numerator < denominator
    return (
        found
        + (found == 0) * ((numerator > 0) * 1 - (numerator < 0) * 1)
        + ((found == whole) & (numerator != denominator)) * (1 - 2 * below)
    )


def whole_percent(value: Fraction) -> int:
    """One share in whole per cent, rounded by the same rule.

    >>> [whole_percent(Fraction(share)) for share in ("1/1000", "29/200", "999/1000", "1")]
    [1, 15, 99, 100]
    """
    return int(rounded(value.numerator, value.denominator, 100))


@dataclass(frozen=True)
class Score:
    """Low, central and high: with unknown answers taken as 0, left out, or taken as 1. Each is exact, a share of all that counts.

    All three are None if nothing applies, and in a reading of named texts, which has counts alone; `central` is None if nothing
    is answered. `enough` says whether the answered share reaches the checklist's minimum, without which no central figure is
    shown; `full` counts the provisions met in full, `partly` those met in part. `capped_by` names the core provisions that lower
    the band.
    """

    low: Fraction | None
    central: Fraction | None
    high: Fraction | None
    answered: int
    applicable: int
    full: int
    partly: int
    not_applicable: int
    contrary: int
    elements_met: int
    elements: int
    enough: bool
    silent: int = 0
    short: int = 0
    left: int = 0
    display: Display = NO_FIGURE
    band: str = ""
    capped_by: tuple[str, ...] = ()

    @property
    def not_found(self) -> int:
        """The provisions answered of which nothing is there, without those where the law says the opposite."""
        return self.answered - self.full - self.partly - self.contrary - self.silent - self.short - self.left

    @property
    def not_looked_at(self) -> int:
        """The provisions that apply and were not answered."""
        return self.applicable - self.answered

    @property
    def assessed_share(self) -> Fraction | None:
        """Answered over applicable provisions, None where nothing applies."""
        return Fraction(self.answered, self.applicable) if self.applicable else None


@dataclass(frozen=True)
class DimensionScores:
    """All figures of one dimension: the total, and the same answers by chapter, theme and instrument."""

    total: Score
    chapters: Mapping[str, Score] = field(default_factory=dict)
    themes: Mapping[str, Score] = field(default_factory=dict)
    instruments: Mapping[str, Score] = field(default_factory=dict)

    @property
    def assessed(self) -> bool:
        """Whether anything was answered in this dimension, if only single elements."""
        return self.total.display.prints not in (Prints.NOT_APPLICABLE, Prints.NOT_ASSESSED)

    def by_node(self) -> Mapping[tuple[str, str], Score]:
        """Every score by the kind and key of its node, the total first."""
        below = zip(KINDS[1:], (self.chapters, self.themes, self.instruments), strict=True)
        return {("total", "total"): self.total} | {(kind, key): one for kind, of in below for key, one in of.items()}


class Node(NamedTuple):
    """A group of provisions that has a figure of its own: its kind, its key, and where its provisions stand in the checklist."""

    kind: str
    key: str
    members: tuple[int, ...]

    @property
    def id(self) -> str:
        """The id of its figures: ``total``, ``REC``, ``theme.gender``, ``instrument.VRD``."""
        return self.key if self.kind in ("total", "chapter") else f"{self.kind}.{self.key}"


@dataclass(frozen=True, eq=False)
class Figures:
    """The figures of assessments by one checklist, as numpy arrays by assessment, dimension and node, the total first.

    `sums` holds all that is added up over the provisions of a node, in its last axis; the counts are parts of it. `shares` are
    low, central and high from these sums; where totals are means of chapters, theirs stand in `totals`, by assessment and
    dimension, and may be greater than the numbers of a machine. `low`, `central` and `high` are the same as floating numbers,
    not a number where there is no figure. `bands` are places among the checklist's bands, -1 for none; `capped` marks those that
    core provisions lower, and `unmet` the core provisions not met, by assessment, dimension and provision. `displays` are codes
    of displays.
    """

    checklist: Checklist
    nodes: tuple[Node, ...]
    sums: Array
    shares: Shares
    totals: Shares
    low: Array
    central: Array
    high: Array
    answered: Array
    applicable: Array
    full: Array
    partly: Array
    not_applicable: Array
    contrary: Array
    elements_met: Array
    elements: Array
    silent: Array
    short: Array
    left: Array
    enough: Array
    bands: Array
    capped: Array
    unmet: Array
    displays: Array
    _known: dict[object, Score] = field(default_factory=dict, repr=False)

    def scores(self, row: int, dimensions: Iterable[str] | None = None) -> Mapping[str, DimensionScores]:
        """The scores of one assessment by dimension, of all or of those named."""
        place = self._dimensions
        return _WhenAsked(place if dimensions is None else tuple(dimensions), lambda key: self._of_dimension(row, place[key]))

    def score(self, row: int, dimension: int, node: int) -> Score:
        """One score below the total. Equal scores share one object, since many figures of many assessments are equal."""
        at = row, dimension, node
        capped_by = self._capped_by(at)
        key = (tuple(self.sums[at].tolist()), int(self.displays[at]), int(self.bands[at]), capped_by)
        if key not in self._known:
            self._known[key] = self._score(at, capped_by)
        return self._known[key]

    def exact_central(self, row: int, dimension: int, node: int) -> Fraction | None:
        """The central share of one figure."""
        return self._fraction(1, (row, dimension, node))

    @cached_property
    def as_shares(self) -> Array:
        """Which figures are printed as shares: enough is answered, and enough applies."""
        shares: Array = self.displays // _SPAN**3 == Prints.SHARE
        return shares

    @cached_property
    def _dimensions(self) -> Mapping[str, int]:
        return {key: at for at, key in enumerate(self.checklist.by_dimension)}

    def _of_dimension(self, row: int, dimension: int) -> DimensionScores:
        total = row, dimension, 0
        return DimensionScores(
            self._score(total, self._capped_by(total)),
            *(self._of_kind(row, dimension, self._places[kind]) for kind in KINDS[1:]),
        )

    def _of_kind(self, row: int, dimension: int, places: Mapping[str, int]) -> Mapping[str, Score]:
        return _WhenAsked(places, lambda key: self.score(row, dimension, places[key]))

    @cached_property
    def _places(self) -> dict[str, dict[str, int]]:
        places: dict[str, dict[str, int]] = {kind: {} for kind in KINDS}
        for place, node in enumerate(self.nodes):
            places[node.kind][node.key] = place
        return places

    def _score(self, at: tuple[int, int, int], capped_by: tuple[str, ...]) -> Score:
        band = int(self.bands[at])
        return Score(
            low=self._fraction(0, at),
            central=self._fraction(1, at),
            high=self._fraction(2, at),
            answered=int(self.answered[at]),
            applicable=int(self.applicable[at]),
            full=int(self.full[at]),
            partly=int(self.partly[at]),
            not_applicable=int(self.not_applicable[at]),
            contrary=int(self.contrary[at]),
            elements_met=int(self.elements_met[at]),
            elements=int(self.elements[at]),
            silent=int(self.silent[at]),
            short=int(self.short[at]),
            left=int(self.left[at]),
            enough=bool(self.enough[at]),
            display=Display.of(int(self.displays[at]), self.checklist.decimals),
            band=self.checklist.bands[band].key if band >= 0 else "",
            capped_by=capped_by,
        )

    def _fraction(self, part: int, at: tuple[int, int, int]) -> Fraction | None:
        row, dimension, node = at
        gained, out_of = (whole[at] for whole in self.shares[part]) if node else (w[row, dimension] for w in self.totals[part])
        return Fraction(int(gained), int(out_of)) if out_of else None

    def _capped_by(self, at: tuple[int, int, int]) -> tuple[str, ...]:
        if not self.capped[at]:
            return ()
        row, dimension, node = at
        ids = tuple(self.checklist.provisions)
        return tuple(ids[place] for place in self.nodes[node].members if self.unmet[row, dimension, place])


class _WhenAsked(Mapping[str, V]):
    """Values made on first access: with thousands of assessments, most never are."""

    def __init__(self, keys: Collection[str], make: Callable[[str], V]) -> None:
        self._keys, self._make = keys, make
        self._made: dict[str, V] = {}

    def __getitem__(self, key: str) -> V:
        if key not in self._made:
            if key not in self._keys:
                raise KeyError(key)
            self._made[key] = self._make(key)
        return self._made[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)

    def __repr__(self) -> str:
        return repr(dict(self))
