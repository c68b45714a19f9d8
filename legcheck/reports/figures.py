"""Scores ready to be laid out in a report."""

from __future__ import annotations

from fractions import Fraction

from legcheck.labels import Labels
from legcheck.model import Band, Score
from legcheck.printed import display, printed_range
from legcheck.reports.view import Figure

__all__ = ["display", "figure", "printed_range"]


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


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
