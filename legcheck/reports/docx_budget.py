"""Keeps the overview of a Word report to four pages: how many rows of a list and how much of a text it may show.

The heights are estimates for A4 in the shipped template, on the safe side. What is cut here stands whole in the annex.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from legcheck.reports.view import ReportView

FOUR_PAGES_CM = 96.0
_LINE_CM = 0.42
_SIGNS_PER_CM = 6.0
_HEADING_CM = 1.7
_CHART_CM, _CHART_ROW_CM = 3.6, 0.54
_TITLE_CM = 4.6


@dataclass(frozen=True)
class Budget:
    """The most rows of the open-ended lists, and the most signs of a sentence, a recommendation, and any other text."""

    rows: int
    sentence: int
    recommendation: int
    text: int


BUDGETS = (
    Budget(8, 900, 900, 600),
    Budget(8, 600, 700, 400),
    Budget(6, 450, 600, 320),
    Budget(6, 400, 480, 240),
    Budget(5, 320, 380, 180),
    Budget(4, 260, 300, 140),
    Budget(3, 200, 220, 100),
)


def budget_of(view: ReportView) -> Budget:
    """The most generous budget that fits."""
    return next((budget for budget in BUDGETS if _height(view, budget) <= FOUR_PAGES_CM), BUDGETS[-1])


def shortened(text: str, limit: int) -> str:
    """A text cut at a word."""
    if len(text) <= limit:
        return text
    return text[:limit].rsplit(None, 1)[0].rstrip(",;:. ") + " …"


def _height(view: ReportView, budget: Budget) -> float:
    """About how tall the overview is, in centimetres."""
    chapters = max((len(dimension.chapters) for dimension in view.dimensions), default=0)
    scores = sum(3 + 2 * bool(one.if_adopted) + 2 * bool(one.total.capped_by) for one in view.dimensions)
    contrary = [max(_lines(one.note, 8.8, budget.text), _lines(one.legal_basis, 3.6, budget.text)) for one in view.contrary]
    lines = (
        sum(_lines(notice, 16.5, len(notice)) for notice in view.notices)
        + sum(_lines(fact.text, 12.6, budget.sentence) for fact in view.fast_facts)
        + sum(1.4 * _lines(sentence, 15.5, budget.sentence) for sentence in view.summary)
        + scores
        + sum(contrary[: budget.rows])
        + sum(_lines("; ".join(gap.reasons), 7.0, 10_000) for gap in view.top)
        + sum(_lines(row.text, 12.0, budget.recommendation) for row in view.recommendations)
        + sum(max(2, _lines(row.text, 12.0, budget.text)) for row in view.assistance[: budget.rows])
    )
    return _TITLE_CM + 8 * _HEADING_CM + _CHART_CM + _CHART_ROW_CM * chapters + _LINE_CM * lines


def _lines(text: str, width_cm: float, limit: int) -> float:
    """How many lines a text takes, and a little for the space around them."""
    shown: Iterable[str] = shortened(text, limit).split("\n")
    return 0.2 + sum(max(1, ceil(len(line) / (width_cm * _SIGNS_PER_CM))) for line in shown)
