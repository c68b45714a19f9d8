"""How scores and closed gaps are printed: the one place where they become text, for every document that shows them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from legcheck.labels import whole_percents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from legcheck.labels import Labels
    from legcheck.model import Entry, Score

_NOT_ASSESSED, _NOT_APPLICABLE, _BEYOND = 101, 102, 103


def display(score: Score, labels: Labels) -> str:
    """The figure as printed: the central share, or only the range where too little is answered."""
    if score.low is None or score.high is None:
        return labels("report.not_applicable")
    if score.central is None:
        return labels("report.not_assessed")
    return labels.percent(score.central) if score.enough else _span(score.low, score.high, labels)


def display_all(
    shares: Sequence[tuple[Any, Any]], totals: Sequence[Score], answered: Any, enough: Any, labels: Labels
) -> tuple[list[str], Any]:
    """The figures of many assessments as printed: every different text once, and the place of each figure's text among them.

    `shares` holds low, central and high as arrays of what was gained and out of what, by assessment, dimension and node; the
    first node is the total, whose scores are `totals`.
    """
    import numpy as np

    low, central, high = (whole_percents(gained, np.maximum(out_of, 1)) for gained, out_of in shares)
    spans = _BEYOND + low * 101 + high
    found = np.where(enough, central, spans)
    found = np.where(answered == 0, _NOT_ASSESSED, found)
    found = np.where(shares[0][1] == 0, _NOT_APPLICABLE, found)
    found[..., 0] = -1
    codes, places = np.unique(found, return_inverse=True)
    texts = [_text_of(code, labels) for code in codes.tolist()]
    places = places.reshape(found.shape)
    places[..., 0] = (len(texts) + np.arange(len(totals))).reshape(found.shape[:2])
    return [*texts, *(display(one, labels) for one in totals)], places


def _text_of(code: int, labels: Labels) -> str:
    """The text of a figure by its code: per cent from 0 to 100, then what has no central figure, then spans."""
    if code <= 100:
        return labels.percent(Fraction(max(code, 0), 100))
    if code in (_NOT_ASSESSED, _NOT_APPLICABLE):
        return labels("report.not_assessed" if code == _NOT_ASSESSED else "report.not_applicable")
    low, high = divmod(code - _BEYOND, 101)
    return _span(Fraction(low, 100), Fraction(high, 100), labels)


def printed_range(score: Score, labels: Labels) -> str:
    """Low to high, or in words that nothing is missing, or that too little is answered for more than the range already shown."""
    if score.low is None or score.high is None:
        return labels("report.not_applicable")
    if score.answered and not score.enough:
        return labels("report.too_few")
    if score.low == score.high:
        return labels("report.certain")
    low, high = labels.percent(score.low), labels.percent(score.high)
    return labels("report.range", low=low, high=high) if low != high else labels("report.narrow", share=low)


def closed_on(entry: Entry, labels: Labels) -> str:
    """When the gap of a measure closed, and where the measure stood until then; empty where the gap is open."""
    if entry.closed_on is None:
        return ""
    day = labels.date(entry.closed_on)
    if entry.last_status is None:
        return labels("plan.closed_on", date=day)
    return labels("plan.closed_after", date=day, status=labels(f"plan.status.{entry.last_status.value}"))


def _span(low: Fraction, high: Fraction, labels: Labels) -> str:
    return labels("report.or_so", low=labels.percent(low), high=labels.percent(high))
