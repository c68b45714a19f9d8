"""Scores as reports and comparisons print them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from legcheck.model import Prints
from legcheck.reports.view import Figure

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from legcheck.labels import Labels
    from legcheck.model import Band, Score


def figure(
    id: str, title: str, score: Score, labels: Labels, bands: tuple[Band, ...], provisions: Mapping[str, str], withheld: int = 0
) -> Figure:
    """A score of a report, ready to be laid out; what lowers its band is named by the titles of `provisions`.

    So many answers are `withheld`: to this figure they are unknown, though they were given.
    """
    capped_by = labels.join(provisions.get(one, one) for one in score.capped_by)
    return Figure(
        **printed_fields(score, labels, bands, withheld),
        id=id,
        title=title,
        capped_by=labels("report.capped", provisions=capped_by) if capped_by and bands else "",
        enough=score.enough,
        elements=labels("report.elements", met=score.elements_met, all=score.elements) if score.elements else "",
        withheld=labels("report.withheld", count=withheld) if withheld else "",
    )


def printed_fields(score: Score, labels: Labels, bands: tuple[Band, ...], withheld: int = 0) -> dict[str, Any]:
    """The fields of a `PrintedScore`. A count has no shares that could be drawn."""
    counted = score.display.prints is Prints.COUNT
    return {
        "display": labels.figure(score.display),
        "range": labels.range(score),
        "answered": answered(score, labels),
        "counts": labels(
            "report.counts",
            answered=score.answered,
            unknown=score.applicable - score.answered - withheld,
            outside=score.not_applicable,
            contrary=score.contrary,
        ),
        "band": next((band.title for band in bands if band.key == score.band), ""),
        "low": None if counted else _float(score.low),
        "central": None if counted else _float(score.central if score.enough else None),
        "high": None if counted else _float(score.high),
        "share_answered": _float(score.assessed_share),
    }


def answered(score: Score, labels: Labels) -> str:
    """How many provisions were answered, and why fewer than all are asked where some do not apply."""
    key = "report.answered_of_applicable" if score.not_applicable else "report.answered"
    return labels(key, answered=score.answered, applicable=score.applicable, outside=score.not_applicable)


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
