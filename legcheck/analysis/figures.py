"""Works out figures: sums, shares, bands and what is shown, exactly and for any number of assessments at once.

Sums are whole numbers in units of the checklist. If they could exceed what the machine counts exactly, the same arrays hold
Python's own integers: slower, but just as exact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, NamedTuple

from legcheck.analysis.law_in_time import Counted, counted
from legcheck.model import (
    MOST_UNITS,
    NO_ELEMENTS,
    Assessment,
    Checklist,
    Dimension,
    DimensionScores,
    ElementMarks,
    Figures,
    FoundAs,
    Level,
    Node,
    Prints,
    Provision,
    Rollup,
    Scale,
    Worth,
    beside_of,
    display_code,
    found_in,
    rounded,
)

if TYPE_CHECKING:
    from legcheck.model.figures import Array, Share, Shares

# The version of these rules. Raise it with every change here or in `law_in_time` that can change a figure: summaries cached under
# another number are made again.
SCORING = 5

# Floating-point numbers hold whole numbers exactly up to here.
_EXACT = 2**53
# The largest factor by which rounding multiplies a sum, without decimals.
_FACTOR = 200
# How many assessments are summed at once: enough to be fast, few enough to need little memory.
_AT_ONCE = 500


def score_all(checklist: Checklist, assessment: Assessment) -> Mapping[str, DimensionScores]:
    """The scores of one assessment in every dimension. Dimensions are never added together."""
    return scores_of(checklist, assessment, counted(checklist, assessment)[0])[0]


def scores_of(checklist: Checklist, assessment: Assessment, *moments: Counted) -> list[Mapping[str, DimensionScores]]:
    """The scores of one assessment by what counts at several moments, such as today and once law is adopted."""
    import numpy as np

    codes = np.array([[_coded(checklist, key, one.ratings[key]) for key in checklist.by_dimension] for one in moments])
    elements = np.array([[list(map(of, one.elements.values())) for of in (_met, _answered)] for one in moments])
    scored, beside = assessment.scope.scored, beside_of(checklist, assessment)
    found = [] if scored else [found_in(checklist, one.ratings, one.elements, beside) for one in moments]
    figures = figures_of(checklist, codes, elements, dict(enumerate(found)))
    return [figures.scores(row) for row in range(len(moments))]


def figures_of(
    checklist: Checklist, codes: Array, elements: Array, found: Mapping[int, Mapping[str, Mapping[str, FoundAs]]]
) -> Figures:
    """All figures of assessments by one checklist.

    Args:
        checklist: what they are judged by.
        codes: the code of the rating that counts (`Checklist.codes`), by assessment, dimension and provision.
        elements: how many of a provision's elements are met and how many answered, by assessment, these two, and provision.
        found: how named texts deal with every provision, by dimension, for the assessments that are readings of such texts.
            Their answers make counts and no scores.

    Raises:
        IndexError: a code stands for no rating.
    """
    import numpy as np

    scorer = _scorer_of(checklist)
    sums, unmet = scorer.sums(codes, elements)
    scored = np.ones(sums.shape[:3], dtype=bool)
    for row, by_dimension in found.items():
        scored[row] = False
        scorer.count_found(sums[row], by_dimension)
    shares = _shares(sums)
    low, central, high = shares
    totals = scorer.total(low), scorer.total(central), scorer.total(high)

    def each(rule: Callable[[Share], Array]) -> list[Array]:
        return [_with_total(rule(share), rule(total)) for share, total in zip(shares, totals, strict=True)]

    counts = {name: sums[..., at].astype(np.int64) for at, name in enumerate(_Sums._fields) if name not in _WEIGHTS}
    applicable = counts["answered"] + counts["unknown"]
    minimum = checklist.minimum_answered
    enough = scored & (counts["answered"] > 0) & (counts["answered"] * minimum.denominator >= minimum.numerator * applicable)
    central_bands = _with_total(_bands(checklist, central), _bands(checklist, totals[1]))
    free = np.where(enough, central_bands, -1)
    bands = np.where(scorer.may_cap & (counts["core_unmet"] > 0), np.minimum(free, scorer.cap), free)
    nothing, unknown, _ = each(_out_of_nothing)
    numbers, out_of = each(_numbers), scorer.points(sums)
    of_total = (_units(checklist, out_of[..., 0], total) for total in totals)
    units = [_with_total(_units(checklist, out_of, share), total) for share, total in zip(shares, of_total, strict=True)]
    displays = _displays(nothing, unknown & (counts["begun"] == 0), enough, out_of, *units)
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
        full=counts["full"],
        partly=counts["partly"],
        not_applicable=counts["outside"],
        contrary=counts["contrary"],
        elements_met=counts["elements_met"],
        elements=counts["elements"],
        silent=counts["silent"],
        short=counts["short"],
        left=counts["left"],
        enough=enough,
        bands=bands,
        capped=bands != free,
        unmet=unmet,
        displays=np.where(scored, _with_counts(checklist, scorer.nodes, displays, counts), _found(counts)),
    )


def _displays(nothing: Array, unknown: Array, enough: Array, out_of: Array, *units: Array) -> Array:
    """The central share, or only the range if too little is answered, as display codes; `units` are low, central and high.

    `unknown` marks figures of which nothing is known, not even of a single element.
    """
    import numpy as np

    low, central, high = units
    without = nothing | unknown
    prints = np.select([nothing, unknown, enough], [Prints.NOT_APPLICABLE, Prints.NOT_ASSESSED, Prints.SHARE], Prints.RANGE)
    first, last = (np.where(without, 0, np.where(enough, central, end)) for end in (low, high))
    codes: Array = display_code(prints, first, last, np.where(without, 0, out_of))
    return codes


def _with_counts(checklist: Checklist, nodes: Sequence[Node], displays: Array, counts: Mapping[str, Array]) -> Array:
    """Displays with counts for groups of which too little applies for a share; what is unknown may be met in full or not."""
    import numpy as np

    grouped = np.array([one.kind in ("theme", "instrument") for one in nodes])
    full, unknown, answered = counts["full"], counts["unknown"], counts["answered"]
    counted = display_code(Prints.COUNT, full, full + unknown, answered + unknown)
    small = grouped & (answered + unknown < checklist.share_from)
    with_counts: Array = np.where(small & (answered > 0), counted, displays)
    return with_counts


def _found(counts: Mapping[str, Array]) -> Array:
    """What named texts contain: the provisions met in full or in part, out of those answered."""
    import numpy as np

    some, answered, unknown = counts["full"] + counts["partly"], counts["answered"], counts["unknown"]
    prints = np.select([answered > 0, unknown > 0], [Prints.FOUND, Prints.NOT_ASSESSED], Prints.NOT_APPLICABLE)
    found: Array = display_code(prints, some, some, answered)
    return found


def shares_of_total(checklist: Checklist, ratings: Mapping[str, str], dimension: Dimension) -> Mapping[str, Fraction]:
    """What a full rating of each answered provision adds to the central total: its weight in it. The shares add up to 1."""
    levels = {id: dimension.level(one, ratings[id]) for id, one in checklist.provisions.items()}
    counted = {id: one for id, one in checklist.provisions.items() if (level := levels[id]) is not None and not level.outside}
    pooled = checklist.rollup is Rollup.POOLED
    parts = [(Fraction(1), list(counted.values()))] if pooled else _by_chapter(checklist, counted)
    wholes = [(weight, sum((dimension.whole(one) for one in some), Fraction(0)), some) for weight, some in parts]
    every = sum((weight for weight, whole, _ in wholes if whole), Fraction(0))
    return {
        provision.id: weight / every * dimension.weight(provision) / whole if whole else Fraction(0)
        for weight, whole, provisions in wholes
        for provision in provisions
    }


def _by_chapter(checklist: Checklist, counted: Mapping[str, Provision]) -> list[tuple[Fraction, list[Provision]]]:
    return [(one.weight, [p for p in one.provisions if p.id in counted]) for one in checklist.chapters]


def _coded(checklist: Checklist, dimension: str, ratings: Mapping[str, str]) -> list[int]:
    codes = checklist.codes[dimension]
    return [codes[ratings[id]] for id in checklist.provisions]


class _Sums(NamedTuple):
    """What is added up over the provisions of a node; weights are whole numbers in units of the dimension.

    `least` and `most` are what is gained with everything unknown taken as 0 and as 1, `gained` what answered provisions gain.
    `begun` counts the unknown provisions of which some elements are answered, so that less is unknown. `silent`, `short` and
    `left` are told apart from those above in readings of named texts alone.
    """

    least: int = 0
    gained: int = 0
    most: int = 0
    answered_weight: int = 0
    unknown_weight: int = 0
    answered: int = 0
    unknown: int = 0
    begun: int = 0
    outside: int = 0
    full: int = 0
    partly: int = 0
    contrary: int = 0
    elements_met: int = 0
    elements: int = 0
    core_unmet: int = 0
    silent: int = 0
    short: int = 0
    left: int = 0


_GAINED = ("least", "gained", "most")
_WEIGHTS = (*_GAINED, "answered_weight", "unknown_weight")
# What readings count in their own way; what says the opposite is listed, and counted by what else is there.
_FOUND = ("full", "partly", "contrary", "silent", "short", "left")


class _Scorer:
    """How a checklist adds up its figures: its nodes, and what each rating of each provision contributes."""

    def __init__(self, checklist: Checklist) -> None:
        import numpy as np

        self.checklist = checklist
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

    def points(self, sums: Array) -> Array:
        """The most points possible, in units printed, by assessment, dimension and node; 0 if figures are not sums."""
        import numpy as np

        if not self.checklist.summed:
            return np.zeros(sums.shape[:3], dtype=np.int64)
        weights = sum(sums[..., _Sums._fields.index(name)].astype(object) for name in ("answered_weight", "unknown_weight"))
        units = np.array([table.unit for table in self.tables], dtype=object)[:, None]
        points: Array = np.minimum(rounded(weights, units, 10**self.checklist.decimals), MOST_UNITS).astype(np.int64)
        return points

    def sums(self, codes: Array, elements: Array) -> tuple[Array, Array]:
        """The sums of every node by assessment, dimension, node and field, and the core provisions that are not met."""
        import numpy as np

        every = np.arange(len(self.provisions))
        exact = all(table.counts.dtype != object for table in self.tables)
        shape = len(_Sums._fields), *codes.shape[:2], len(self.nodes)  # each field in one piece, since each is used for itself
        sums = np.moveaxis(np.zeros(shape, dtype=np.int64 if exact else object), 0, -1)
        for place, table in enumerate(self.tables):
            members = self.members if table.counts.dtype != object else self.members.astype(int).astype(object)
            for start in range(0, len(codes), _AT_ONCE):
                some = slice(start, start + _AT_ONCE)
                sums[some, place] = members @ table.counted(codes[some, place], elements[some])
        unmet = np.stack([table.unmet[every, codes[:, place]] for place, table in enumerate(self.tables)], axis=1)
        return sums, unmet

    def count_found(self, sums: Array, found: Mapping[str, Mapping[str, FoundAs]]) -> None:
        """Put what named texts contain into the sums of their reading, by dimension, node and field, in place of all scores."""
        import numpy as np

        sums[..., : len(_WEIGHTS)] = 0
        for place, key in enumerate(self.checklist.by_dimension):
            classes = np.array([found[key][id] for id in self.checklist.provisions])
            for name in _FOUND:
                sums[place, :, _Sums._fields.index(name)] = self.members @ (classes == name)


class _Table:
    """What each rating of a dimension contributes on each provision."""

    def __init__(self, checklist: Checklist, dimension: Dimension) -> None:
        import numpy as np

        provisions, codes = tuple(checklist.provisions.values()), checklist.codes[dimension.key]
        kinds = [_Kind.of(dimension, one) for one in provisions]
        self.unit = unit = lcm(*(denominator for kind in {*kinds} for denominator in kind.denominators()))
        heaviest = sum((kind.weight for kind in kinds), Fraction(0)) * unit
        factor = max(_FACTOR * 10**checklist.decimals, *(band.low.denominator for band in checklist.bands), 1)
        number = np.float64 if heaviest * factor < _EXACT else object
        rows = {kind: np.array([kind.brings(level, unit) for level in kind.levels()], dtype=number) for kind in {*kinds}}
        self.counts = np.zeros((len(provisions), len(codes), len(_Sums._fields)), dtype=number)
        self.recorded = np.zeros(self.counts.shape[:2], dtype=bool)  # whether elements count as answered, not as rated
        for at, kind in enumerate(kinds):
            places = [codes[rating] for rating in ("", *kind.scale.by_key)]
            self.counts[at, places] = rows[kind]
            beside = [level is not None and (level.in_part or level.contrary) for level in kind.levels()]
            self.recorded[at, places] = [kind.elements > 0 and one for one in beside]
        self.unmet = self.counts[..., _Sums._fields.index("core_unmet")] > 0
        self.by_elements = {code: self._by_elements(code, codes, kinds, unit) for code in _counting_elements(codes, kinds)}

    def _by_elements(self, code: int, codes: Mapping[str, int], kinds: Sequence[_Kind], unit: int) -> Array:
        """What a blank, or the level with this code, gains by the numbers of elements met and answered, by provision."""
        import numpy as np

        longest = max(kind.elements for kind in kinds) + 1
        gained = np.zeros((len(kinds), longest, longest, len(_GAINED)), dtype=self.counts.dtype)
        tables: dict[_Kind, Array] = {}
        for at, kind in enumerate(kinds):
            between = kind.scale.by_elements
            if between is None or code not in (0, codes[between.key]):
                gained[at] = self.counts[at, code, : len(_GAINED)]
            else:
                level = between if code else None
                size = kind.elements + 1
                if kind not in tables:
                    tables[kind] = np.zeros((size, size, len(_GAINED)), dtype=self.counts.dtype)
                    for counts, worth in kind.scale.worths(level, kind.elements):
                        tables[kind][counts] = kind.gains(worth, unit)
                gained[at, :size, :size] = tables[kind]
        return gained

    def counted(self, codes: Array, elements: Array) -> Array:
        """What answers contribute, by assessment, provision and field."""
        import numpy as np

        every, (met, answered) = np.arange(len(self.counts)), np.moveaxis(elements, 1, 0)
        counts: Array = self.counts[every, codes]
        recorded = self.recorded[every, codes]
        for field, count in (("elements_met", met), ("elements", answered)):
            at = _Sums._fields.index(field)
            counts[..., at] = np.where(recorded, count, counts[..., at])
        for code, gained in self.by_elements.items():
            rows, provisions = np.nonzero((codes == code) & (answered > 0))
            known = met[rows, provisions], answered[rows, provisions]
            by_known = gained[(provisions, *known)]
            if not code:
                narrowed = (by_known != counts[rows, provisions, : len(_GAINED)]).any(axis=-1)
                counts[rows, provisions, _Sums._fields.index("begun")] = narrowed
            counts[rows, provisions, : len(_GAINED)] = by_known
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


class _Kind(NamedTuple):
    """All of a provision that decides what its ratings contribute in a dimension. Elements count only where they are recorded."""

    scale: Scale
    weight: Fraction
    whole: Fraction
    elements: int
    core: bool

    @classmethod
    def of(cls, dimension: Dimension, provision: Provision) -> _Kind:
        elements = len(provision.elements) if dimension.elements else 0
        return cls(
            dimension.scale_of(provision), dimension.weight(provision), dimension.whole(provision), elements, provision.core
        )

    def levels(self) -> tuple[Level | None, ...]:
        """A blank and the levels of the scale, in their order."""
        return None, *self.scale.by_key.values()

    def denominators(self) -> Iterator[int]:
        yield self.whole.denominator
        for level in self.scale.by_key.values():
            yield (self.weight * level.worth).denominator
            if level.by_elements and self.elements:
                yield (self.weight / (self.elements * level.worth.denominator)).denominator

    def gains(self, worth: Worth, unit: int) -> list[int]:
        """The least, what is known and the most that is gained."""
        return [int(self.weight * (part or 0) * unit) for part in worth]

    def brings(self, level: Level | None, unit: int) -> _Sums:
        """What an answer contributes whose elements were not recorded."""
        worth = self.scale.worth(level, NO_ELEMENTS)
        if worth is None:
            return _Sums(outside=1)
        whole, (least, gained, most) = int(self.whole * unit), self.gains(worth, unit)
        if level is None:
            return _Sums(least, gained, most, unknown_weight=whole, unknown=1)
        return _Sums(
            least,
            gained,
            most,
            answered_weight=whole,
            answered=1,
            full=int(level.full),
            partly=int(level.in_part and not level.contrary),
            contrary=int(level.contrary),
            elements_met=self.elements if level.full else 0,
            elements=self.elements,
            core_unmet=int(self.core and level.nothing),
        )


def _counting_elements(codes: Mapping[str, int], kinds: Sequence[_Kind]) -> set[int]:
    """The codes whose worth depends on elements: of the levels that count them, and of a blank."""
    between = {kind.scale.by_elements.key for kind in kinds if kind.elements and kind.scale.by_elements is not None}
    return {0, *(codes[key] for key in between)} if between else set()


def _met(marks: ElementMarks) -> int:
    return len(marks.met)


def _answered(marks: ElementMarks) -> int:
    return len(marks.all) - len(marks.open)


# Rules, each for arrays of what was gained and out of what -----------------------------------------------------------


def _with_total(values: Array, totals: Array) -> Array:
    values[..., 0] = totals
    return values


def _shares(sums: Array) -> Shares:
    """Low, central and high: what is unknown taken as 0, left out, taken as 1."""
    least, gained, most, answered, unknown = (sums[..., _Sums._fields.index(name)] for name in _WEIGHTS)
    return (least, answered + unknown), (gained, answered), (most, answered + unknown)


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


def _units(checklist: Checklist, out_of: Array, share: Share) -> Array:
    """Shares as whole numbers of the unit printed: of per cent, or of points where all figures are sums."""
    import numpy as np

    (gained, whole), exact = share, 100 * 10**checklist.decimals
    if checklist.summed:
        gained, exact = gained.astype(object), out_of.astype(object)
    units: Array = np.clip(rounded(gained, np.maximum(whole, 1), exact), -MOST_UNITS, MOST_UNITS).astype(np.int64)
    return units


def _out_of_nothing(share: Share) -> Array:
    nothing: Array = (share[1] == 0).astype(bool)
    return nothing


def _bands(checklist: Checklist, share: Share) -> Array:
    """The place of the band that each share lies in, -1 for none: they cover 0 to 1, and the ends hold what lies beyond."""
    import numpy as np

    gained, out_of = share
    found = np.full(gained.shape, -1)
    for place, band in enumerate(checklist.bands):
        reached = (gained * band.low.denominator >= band.low.numerator * out_of) | (place == 0)
        found[(reached & (out_of > 0)).astype(bool)] = place
    return found
