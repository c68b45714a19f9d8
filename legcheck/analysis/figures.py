"""Works out figures: sums, shares, bands and what is shown, exactly and for any number of assessments at once.

Sums are whole numbers in units of the checklist. If they could exceed what the machine counts exactly, the same arrays hold
Python's own integers: slower, but just as exact.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import partial
from itertools import chain
from math import lcm
from typing import TYPE_CHECKING, NamedTuple

from legcheck.analysis.law_in_time import ratings_of
from legcheck.model import (
    Assessment,
    Checklist,
    Dimension,
    DimensionScores,
    Figures,
    Level,
    Node,
    Prints,
    Provision,
    Rollup,
    display_code,
    whole_percents,
)

if TYPE_CHECKING:
    from legcheck.model.figures import Array, Share, Shares

# The version of these rules. Raise it with every change here or in `law_in_time` that can change a figure: summaries cached under
# another number are made again.
SCORING = 1

# Floating-point numbers hold whole numbers exactly up to here.
_EXACT = 2**53
# The largest factor by which rounding multiplies a sum.
_FACTOR = 200
# How many assessments are summed at once: enough to be fast, few enough to need little memory.
_AT_ONCE = 500


def score_all(checklist: Checklist, assessment: Assessment) -> Mapping[str, DimensionScores]:
    """The scores of one assessment in every dimension. Dimensions are never added together."""
    return scores_of(checklist, assessment, ratings_of(checklist, assessment))[0]


def scores_of(
    checklist: Checklist, assessment: Assessment, *ratings: Mapping[str, Mapping[str, str]]
) -> list[Mapping[str, DimensionScores]]:
    """The scores of one assessment by each of several sets of ratings, such as those of today and those once law is adopted."""
    import numpy as np

    codes = np.array([[_coded(checklist, key, one[key]) for key in checklist.by_dimension] for one in ratings])
    named = [len({*assessment.answer(id).met} & {*one.letters}) for id, one in checklist.provisions.items()]
    figures = figures_of(checklist, codes, np.array([named] * len(ratings)), has_bands=assessment.scope.has_bands)
    return [figures.scores(row) for row in range(len(ratings))]


def figures_of(checklist: Checklist, codes: Array, named: Array, *, has_bands: Array | bool = True) -> Figures:
    """All figures of assessments by one checklist.

    Args:
        checklist: what they are judged by.
        codes: the code of the rating that counts (`Checklist.codes`), by assessment, dimension and provision.
        named: how many of a provision's elements its answer names, by assessment and provision.
        has_bands: whether figures get a band, for all assessments or for each.

    Raises:
        IndexError: a code stands for no rating.
    """
    import numpy as np

    scorer = _scorer_of(checklist)
    sums, unmet = scorer.sums(codes, named)
    shares = _shares(sums)
    low, central, high = shares
    totals = scorer.total(low), scorer.total(central), scorer.total(high)

    def each(rule: Callable[[Share], Array]) -> list[Array]:
        return [_with_total(rule(share), rule(total)) for share, total in zip(shares, totals, strict=True)]

    counts = {name: sums[..., at].astype(np.int64) for at, name in enumerate(_Sums._fields) if name not in _WEIGHTS}
    applicable = counts["answered"] + counts["unknown"]
    minimum = checklist.minimum_answered
    enough = (counts["answered"] > 0) & (counts["answered"] * minimum.denominator >= minimum.numerator * applicable)
    free = np.where(enough & np.reshape(has_bands, (-1, 1, 1)), each(partial(_bands, checklist))[1], -1)
    bands = np.where(scorer.may_cap & (counts["core_unmet"] > 0), np.minimum(free, scorer.cap), free)
    nothing, unknown, _ = each(_out_of_nothing)
    numbers = each(_numbers)
    return Figures(
        checklist=checklist,
        nodes=scorer.nodes,
        sums=sums,
        shares=shares,
        totals=totals,
        low=numbers[0],
        central=numbers[1],
        high=numbers[2],
        answered=counts["answered"],
        applicable=applicable,
        not_applicable=counts["outside"],
        contrary=counts["contrary"],
        elements_met=counts["elements_met"],
        elements=counts["elements"],
        enough=enough,
        bands=bands,
        capped=bands != free,
        unmet=unmet,
        displays=_displays(nothing, unknown, enough, *each(_percents)),
    )


def _displays(nothing: Array, unknown: Array, enough: Array, low: Array, central: Array, high: Array) -> Array:
    """The central share, or only the range if too little is answered, as display codes."""
    import numpy as np

    without = nothing | unknown
    prints = np.select([nothing, unknown, enough], [Prints.NOT_APPLICABLE, Prints.NOT_ASSESSED, Prints.SHARE], Prints.RANGE)
    codes: Array = display_code(prints, *(np.where(without, 0, np.where(enough, central, end)) for end in (low, high)))
    return codes


def shares_of_total(checklist: Checklist, ratings: Mapping[str, str], dimension: Dimension) -> Mapping[str, Fraction]:
    """What a full rating of each answered provision adds to the central total: its weight in it. The shares add up to 1."""
    levels = {id: dimension.level(one, ratings[id]) for id, one in checklist.provisions.items()}
    counted = {id: one for id, one in checklist.provisions.items() if (level := levels[id]) is not None and not level.outside}
    pooled = checklist.rollup is Rollup.POOLED
    parts = [(Fraction(1), list(counted.values()))] if pooled else _by_chapter(checklist, counted)
    whole = sum((weight for weight, _ in parts), Fraction(0))
    return {
        provision.id: weight / whole * provision.weight / sum((one.weight for one in provisions), Fraction(0))
        for weight, provisions in parts
        for provision in provisions
    }


def _by_chapter(checklist: Checklist, counted: Mapping[str, Provision]) -> list[tuple[Fraction, list[Provision]]]:
    chapters = [(one.weight, [p for p in one.provisions if p.id in counted]) for one in checklist.chapters]
    return [(weight, provisions) for weight, provisions in chapters if provisions]


def _coded(checklist: Checklist, dimension: str, ratings: Mapping[str, str]) -> list[int]:
    codes = checklist.codes[dimension]
    return [codes[ratings[id]] for id in checklist.provisions]


class _Sums(NamedTuple):
    """What is added up over the provisions of a node; weights are whole numbers in units of the dimension."""

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


_WEIGHTS = ("gained", "answered_weight", "unknown_weight")


class _Scorer:
    """How a checklist adds up its figures: its nodes, and what each rating of each provision contributes."""

    def __init__(self, checklist: Checklist) -> None:
        import numpy as np

        self.provisions = tuple(checklist.provisions.values())
        self.nodes = tuple(_nodes(checklist))
        self.members = np.zeros((len(self.nodes), len(self.provisions)))
        for row, node in enumerate(self.nodes):
            self.members[row, list(node.members)] = 1
        self.tables = [_Table(checklist, one) for one in checklist.dimensions]
        unit = lcm(*(chapter.weight.denominator for chapter in checklist.chapters))
        self.pooled = checklist.rollup is Rollup.POOLED
        self.chapters = [at for at, node in enumerate(self.nodes) if node.kind == "chapter"]
        self.weights = np.array([int(chapter.weight * unit) for chapter in checklist.chapters], dtype=object)
        self.may_cap = np.array([node.kind in ("total", "chapter") for node in self.nodes])
        self.cap = checklist.bands.index(checklist.core_cap) if checklist.core_cap is not None else len(checklist.bands)

    def total(self, share: Share) -> Share:
        """The total by the checklist's own roll-up."""
        gained, out_of = share
        if self.pooled:
            return gained[..., 0], out_of[..., 0]
        return _mean(self.weights, gained[..., self.chapters], out_of[..., self.chapters])

    def sums(self, codes: Array, named: Array) -> tuple[Array, Array]:
        """The sums of every node by assessment, dimension, node and field, and the core provisions that are not met."""
        import numpy as np

        every = np.arange(len(self.provisions))
        exact = all(table.counts.dtype != object for table in self.tables)
        sums = np.zeros((*codes.shape[:2], len(self.nodes), len(_Sums._fields)), dtype=np.int64 if exact else object)
        for place, table in enumerate(self.tables):
            members = self.members if table.counts.dtype != object else self.members.astype(int).astype(object)
            for start in range(0, len(codes), _AT_ONCE):
                some = slice(start, start + _AT_ONCE)
                sums[some, place] = members @ table.counted(codes[some, place], named[some])
        unmet = np.stack([table.unmet[every, codes[:, place]] for place, table in enumerate(self.tables)], axis=1)
        return sums, unmet


class _Table:
    """What each rating of a dimension contributes on each provision."""

    def __init__(self, checklist: Checklist, dimension: Dimension) -> None:
        import numpy as np

        provisions = tuple(checklist.provisions.values())
        levels = [[_level(dimension, one, rating) for rating in checklist.codes[dimension.key]] for one in provisions]
        units = (_denominators(one, row) for one, row in zip(provisions, levels, strict=True))
        unit = lcm(*chain.from_iterable(units), 1)
        heaviest = sum((one.weight for one in provisions), Fraction(0)) * unit
        factor = max(_FACTOR, *(band.low.denominator for band in checklist.bands), 1)
        rows = [[_brings(one, level, unit, dimension) for level in row] for one, row in zip(provisions, levels, strict=True)]
        self.counts = np.array(rows, dtype=np.float64 if heaviest * factor < _EXACT else object)
        self.in_part = np.array([[dimension.elements and _in_part(level) for level in row] for row in levels])
        self.unmet = self.counts[..., _Sums._fields.index("core_unmet")] > 0

    def counted(self, codes: Array, named: Array) -> Array:
        """What ratings contribute, by assessment, provision and field; if met in part, the elements named count."""
        import numpy as np

        every, met = np.arange(len(self.counts)), _Sums._fields.index("elements_met")
        counts: Array = self.counts[every, codes]
        counts[..., met] = np.where(self.in_part[every, codes], named, counts[..., met])
        return counts


_scorers: dict[str, _Scorer] = {}
_MOST_SCORERS = 16


def _scorer_of(checklist: Checklist) -> _Scorer:
    """The scorer of a checklist, made once: its digest says all that sums depend on."""
    if checklist.digest not in _scorers:
        if len(_scorers) == _MOST_SCORERS:
            _scorers.clear()
        _scorers[checklist.digest] = _Scorer(checklist)
    return _scorers[checklist.digest]


def _nodes(checklist: Checklist) -> list[Node]:
    """Every node: the total first, then chapters, themes and instruments in the checklist's order."""
    every = list(enumerate(checklist.provisions.values()))
    cited = {one.id: {standard.instrument.key for standard in one.standards} for _, one in every}
    return [
        Node("total", "total", tuple(range(len(every)))),
        *(Node("chapter", one.id, tuple(at for at, p in every if p.chapter == one.id)) for one in checklist.chapters),
        *(Node("theme", one.key, tuple(at for at, p in every if one.key in p.themes)) for one in checklist.themes),
        *(Node("instrument", one.key, tuple(at for at, p in every if one.key in cited[p.id])) for one in checklist.instruments),
    ]


def _level(dimension: Dimension, provision: Provision, rating: str) -> Level | None:
    """The level of a rating, None if blank or above the provision's own maximum."""
    return dimension.level(provision, rating) if dimension.scale.allows(rating, provision.maximum) else None


def _in_part(level: Level | None) -> bool:
    return level is not None and not level.outside and 0 < level.worth < 1


def _denominators(provision: Provision, levels: Sequence[Level | None]) -> list[int]:
    worths = [provision.weight * level.worth for level in levels if level is not None]
    return [provision.weight.denominator, *(worth.denominator for worth in worths)]


def _brings(provision: Provision, level: Level | None, unit: int, dimension: Dimension) -> _Sums:
    weight = int(provision.weight * unit)
    if level is None:
        return _Sums(unknown_weight=weight, unknown=1)
    if level.outside:
        return _Sums(outside=1)
    elements = len(provision.elements) if dimension.elements else 0
    return _Sums(
        gained=int(provision.weight * level.worth * unit),
        answered_weight=weight,
        answered=1,
        contrary=int(level.contrary),
        elements_met=elements if level.worth == 1 else 0,
        elements=elements,
        core_unmet=int(provision.core and level.worth == 0),
    )


# Rules, each for arrays of what was gained and out of what -----------------------------------------------------------


def _with_total(values: Array, totals: Array) -> Array:
    values[..., 0] = totals
    return values


def _shares(sums: Array) -> Shares:
    """Low, central and high: what is unknown taken as 0, left out, taken as 1."""
    gained, answered, unknown = (sums[..., _Sums._fields.index(name)] for name in _WEIGHTS)
    return (gained, answered + unknown), (gained, answered), (gained + unknown, answered + unknown)


def _mean(weights: Array, gained: Array, out_of: Array) -> Share:
    """The mean of chapters by weight, those out of nothing left out: whole numbers over a common denominator, of any size."""
    import numpy as np

    counted = weights * (out_of > 0)
    parts = np.where(out_of > 0, out_of, 1).astype(object)
    common = np.lcm.reduce(parts, axis=-1)
    return (counted * gained * (common[..., None] // parts)).sum(axis=-1), common * counted.sum(axis=-1)


def _numbers(share: Share) -> Array:
    """Shares as floating-point numbers, NaN if out of nothing."""
    import numpy as np

    gained, out_of = share
    nothing = np.full(gained.shape, np.nan, dtype=object if gained.dtype == object else float)
    shares: Array = np.divide(gained, out_of, out=nothing, where=out_of > 0).astype(float)
    return shares


def _percents(share: Share) -> Array:
    import numpy as np

    gained, out_of = share
    percents: Array = whole_percents(gained, np.maximum(out_of, 1)).astype(np.int64)
    return percents


def _out_of_nothing(share: Share) -> Array:
    nothing: Array = (share[1] == 0).astype(bool)
    return nothing


def _bands(checklist: Checklist, share: Share) -> Array:
    """The place of the band that each share lies in, -1 for none: bands cover 0 to 1 once each, the lowest first."""
    import numpy as np

    gained, out_of = share
    found = np.full(gained.shape, -1)
    for place, band in enumerate(checklist.bands):
        found[((gained * band.low.denominator >= band.low.numerator * out_of) & (out_of > 0)).astype(bool)] = place
    return found
