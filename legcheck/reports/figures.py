"""How a score is printed: the one place where numbers become text."""

from __future__ import annotations

from fractions import Fraction

from legcheck.labels import Labels
from legcheck.model import Band, Score
from legcheck.reports.view import Figure


def display(score: Score, labels: Labels) -> str:
    """The figure as printed: the central share, or only the range where too little is answered."""
    if score.low is None or score.high is None:
        return labels("report.not_applicable")
    if score.central is None:
        return labels("report.not_assessed")
    return labels.percent(score.central) if score.enough else _span(score.low, score.high, labels)


def figure(id: str, title: str, score: Score, labels: Labels, bands: tuple[Band, ...]) -> Figure:
    """A score ready to be laid out."""
    return Figure(
        id=id,
        title=title,
        display=display(score, labels),
        range=printed_range(score, labels),
        answered=labels("report.answered", answered=score.answered, applicable=score.applicable),
        band=next((band.title for band in bands if band.key == score.band), ""),
        capped_by=labels("report.capped", ids=", ".join(score.capped_by)) if score.capped_by else "",
        low=_float(score.low),
        central=_float(score.central),
        high=_float(score.high),
        share_answered=_float(score.assessed_share),
        enough=score.enough,
        counts=labels(
            "report.counts",
            answered=score.answered,
            unknown=score.applicable - score.answered,
            outside=score.not_applicable,
            contrary=score.contrary,
        ),
        elements=labels("report.elements", met=score.elements_met, all=score.elements) if score.elements else "",
    )


def printed_range(score: Score, labels: Labels) -> str:
    """Low to high, or the statement that nothing is missing."""
    if score.low is None or score.high is None:
        return labels("report.not_applicable")
    if score.low == score.high:
        return labels("report.certain")
    return labels("report.range", low=labels.percent(score.low), high=labels.percent(score.high))


def _span(low: Fraction, high: Fraction, labels: Labels) -> str:
    return labels("report.or_so", low=labels.percent(low), high=labels.percent(high))


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
