"""How a score is printed: the one place where numbers become text, for every document that shows scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

    from legcheck.labels import Labels
    from legcheck.model import Score


def display(score: Score, labels: Labels) -> str:
    """The figure as printed: the central share, or only the range where too little is answered."""
    if score.low is None or score.high is None:
        return labels("report.not_applicable")
    if score.central is None:
        return labels("report.not_assessed")
    return labels.percent(score.central) if score.enough else _span(score.low, score.high, labels)


def printed_range(score: Score, labels: Labels) -> str:
    """Low to high, or in words that nothing is missing, or that too little is answered for more than the range already shown."""
    if score.low is None or score.high is None:
        return labels("report.not_applicable")
    if score.answered and not score.enough:
        return labels("report.too_few")
    if score.low == score.high:
        return labels("report.certain")
    return labels("report.range", low=labels.percent(score.low), high=labels.percent(score.high))


def _span(low: Fraction, high: Fraction, labels: Labels) -> str:
    return labels("report.or_so", low=labels.percent(low), high=labels.percent(high))
