"""How scores and closed gaps are printed: the one place where they become text, for every document that shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from legcheck.labels import Labels
    from legcheck.model import Entry, Score


def display(score: Score, labels: Labels) -> str:
    """The figure as printed: the central share, or only the range where too little is answered."""
    return labels.figure(score.display)


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
