"""The figures of many assessments as columns of numbers, for tables of hundreds of thousands of rows.

The sums are those that scores are made of, and the rules are the same; a test holds the two against one another. Totals, which
may be means of chapters, are taken from the scores themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from legcheck.analysis.tally import Tally, ledger_of
from legcheck.model import Checklist, Columns, Compared, Comparison, Score, Summary

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]


# What may be too great for the numbers of a machine.
_WEIGHTS = ("gained", "answered_weight", "unknown_weight")


def columns_of(comparison: Comparison) -> Iterator[Columns]:
    """The figures of a comparison, those of each checklist together."""
    for digest, checklist in comparison.checklists.items():
        rows = tuple(place for place, row in enumerate(comparison.rows) if row.summary.checklist.digest == digest)
        if rows:
            yield _columns(checklist, rows, [comparison.rows[place] for place in rows])


def _columns(checklist: Checklist, places: tuple[int, ...], rows: Sequence[Compared]) -> Columns:
    import numpy as np

    sums = np.stack([_sums(checklist, key, [row.summary for row in rows], "ratings") for key in checklist.by_dimension], axis=1)
    counts = {name: sums[..., at] if name in _WEIGHTS else sums[..., at].astype(int) for at, name in enumerate(Tally._fields)}
    gained, weight, unknown = (counts[name] for name in _WEIGHTS)
    shares = (gained, weight + unknown), (gained, weight), (gained + unknown, weight + unknown)
    totals = tuple(row.scores[key].total for row in rows for key in checklist.by_dimension)
    of_totals = ([one.low for one in totals], [one.central for one in totals], [one.high for one in totals])
    low, central, high = (_with_totals(_divided(*share), total) for share, total in zip(shares, of_totals, strict=True))
    applicable = counts["answered"] + counts["unknown"]
    minimum = checklist.minimum_answered
    enough = (counts["answered"] > 0) & (counts["answered"] * minimum.denominator >= minimum.numerator * applicable)
    return Columns(
        checklist=checklist,
        rows=places,
        nodes=ledger_of(checklist).nodes,
        shares=shares,
        totals=totals,
        low=low,
        central=central,
        high=high,
        central_if_adopted=np.stack([_later(checklist, rows, key) for key in checklist.by_dimension], axis=1),
        counts=counts,
        applicable=applicable,
        enough=enough,
        bands=_bands(checklist, counts, enough, totals),
    )


def _bands(checklist: Checklist, counts: dict[str, Array], enough: Array, totals: Sequence[Score]) -> Array:
    """Only the bands of chapters and totals are capped by core provisions that are not met."""
    import numpy as np

    gained, weight = counts["gained"], counts["answered_weight"]
    found = np.full(gained.shape, -1)
    for place, band in enumerate(checklist.bands):
        found[(gained * band.low.denominator >= band.low.numerator * weight) & (weight > 0)] = place
    if checklist.core_cap is not None:
        cap = checklist.bands.index(checklist.core_cap)
        may_cap = np.array([node.kind == "chapter" for node in ledger_of(checklist).nodes])
        found[(counts["core_unmet"] > 0) & may_cap & (found > cap)] = cap
    found[~enough] = -1
    places = {band.key: place for place, band in enumerate(checklist.bands)} | {"": -1}
    return _with_totals(found, [places[one.band] for one in totals])


def _later(checklist: Checklist, rows: Sequence[Compared], dimension: str) -> Array:
    """The central figures of a dimension once pending law is in force, not a number where they do not differ."""
    import numpy as np

    found = np.full((len(rows), len(ledger_of(checklist).nodes)), np.nan)
    places = [place for place, row in enumerate(rows) if dimension in row.if_adopted]
    if places:
        sums = _sums(checklist, dimension, [rows[place].summary for place in places], "if_adopted")
        totals = [rows[place].if_adopted[dimension].total.central for place in places]
        central = _divided(*(sums[..., Tally._fields.index(name)] for name in ("gained", "answered_weight")))
        found[places] = _with_totals(central, totals)
    return found


def _sums(checklist: Checklist, dimension: str, summaries: Sequence[Summary], of: str) -> Array:
    ratings = [getattr(one, of)[dimension] for one in summaries]
    marked = [tuple(map(len, one.elements)) for one in summaries]
    return ledger_of(checklist).sums(checklist.by_dimension[dimension], ratings, marked)


def _with_totals(values: Array, totals: Sequence[Any]) -> Array:
    """Values by node, with those of the totals in the first place."""
    import numpy as np

    values[..., 0] = np.array([np.nan if one is None else one for one in totals], dtype=float).reshape(values.shape[:-1])
    return values


def _divided(gained: Array, weight: Array) -> Array:
    import numpy as np

    nothing = np.full(gained.shape, np.nan, dtype=object if gained.dtype == object else float)
    shares: Array = np.divide(gained, weight, out=nothing, where=weight > 0).astype(float)
    return shares
