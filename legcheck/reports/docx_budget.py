"""Keeps the overview of a Word report to four pages: how many rows of a list and how much of a text it may show.

The heights are estimates for A4 in the shipped template, on the safe side. What is cut here stands whole in the annex.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from legcheck.reports.view import ProvisionView, ReportView

PAGES = 4
_PAGE_CM = 25.7
_SAFETY = 1.04
_CELL_LINE_CM, _CELL_SIGNS = 0.4, 6.7  # a line in a table, and the signs it takes for each centimetre
_TEXT_LINE_CM, _TEXT_SIGNS = 0.45, 5.8
_ROW_CM, _AFTER_CM, _HEADING_CM, _HEAD_CM = 0.12, 0.18, 1.25, 0.55
_TITLE_CM, _CHART_CM, _CHART_ROW_CM = 4.8, 3.9, 0.54
_WIDE = 17.0


@dataclass(frozen=True)
class Budget:
    """The most rows of the open-ended lists, and the most signs of a sentence, a recommendation, and any other text."""

    rows: int
    sentence: int
    recommendation: int
    text: int


BUDGETS = (
    Budget(12, 900, 900, 600),
    Budget(10, 600, 700, 400),
    Budget(6, 450, 600, 320),
    Budget(6, 400, 480, 240),
    Budget(5, 320, 380, 180),
    Budget(4, 260, 300, 140),
    Budget(3, 200, 220, 100),
)


def budget_of(view: ReportView) -> Budget:
    """The most generous budget that fits."""
    return next((budget for budget in BUDGETS if _pages(view, budget) <= PAGES), BUDGETS[-1])


def shortened(text: str, limit: int) -> str:
    """A text cut at a word."""
    if len(text) <= limit:
        return text
    beginning = text[: limit + 1]
    at = max((place for place, sign in enumerate(beginning) if sign.isspace()), default=limit)
    return beginning[:at].rstrip(",;:. \n") + " …"


def _pages(view: ReportView, budget: Budget) -> int:
    """About how many pages the overview takes: pieces one after another, none broken."""
    page, used = 1, 0.0
    for piece in _pieces(view, budget):
        height = piece * _SAFETY
        if used + height > _PAGE_CM:
            page, used = page + 1, 0.0
        used += height
    return page


def _pieces(view: ReportView, budget: Budget) -> Iterator[float]:
    """The heights of what stays together, in centimetres."""
    yield _TITLE_CM
    yield from (_text(notice, len(notice)) for notice in view.notices)
    yield _HEADING_CM
    yield from (_row((fact.text, 12.6, budget.sentence)) for fact in view.fast_facts)
    yield _HEADING_CM
    yield from (_text(sentence, budget.sentence) for sentence in view.summary)
    yield _HEADING_CM + _HEAD_CM
    for dimension in view.dimensions:
        yield 3 * _CELL_LINE_CM + _ROW_CM
        yield (3 * _CELL_LINE_CM + _ROW_CM) * (dimension.if_adopted is not None)
        yield _text(dimension.total.capped_by, budget.sentence) * bool(dimension.total.capped_by)
    chapters = max((len(dimension.chapters) for dimension in view.dimensions), default=0)
    yield _HEADING_CM + _CHART_CM + _CHART_ROW_CM * chapters
    yield 2 * _HEADING_CM + _HEAD_CM
    yield from (
        max(_row((one.title, 4.0, 90), (one.note, 8.2, budget.text)), _citations(one)) for one in view.contrary[: budget.rows]
    )
    yield (
        _HEADING_CM
        + _HEAD_CM
        + sum(_row(("; ".join(gap.reasons), 9.2, 2_000), (f"{gap.title}\n{gap.kind_title}", 5.0, 200)) for gap in view.top)
    )
    for rows, longest in ((view.recommendations, budget.recommendation), (view.assistance[: budget.rows], budget.text)):
        yield _HEADING_CM + _HEAD_CM
        yield from (_row((row.label, 4.7, 90), (row.text, 12.0, longest)) for row in rows)
    yield 2 * _TEXT_LINE_CM


def _citations(one: ProvisionView) -> float:
    whole = [f"{citation.law} {citation.articles}: {citation.title} ({citation.status})" for citation in one.citations]
    return _row(("\n".join(whole or [one.legal_basis]), 4.2, 10_000))


def _row(*cells: tuple[str, float, int]) -> float:
    """The height of a table row, from its cells' texts, widths and most signs."""
    return _ROW_CM + _CELL_LINE_CM * max(_lines(text, width * _CELL_SIGNS, limit) for text, width, limit in cells)


def _text(text: str, limit: int) -> float:
    return _AFTER_CM + _TEXT_LINE_CM * _lines(text, _WIDE * _TEXT_SIGNS, limit)


def _lines(text: str, signs: float, limit: int) -> int:
    return sum(max(1, ceil(len(line) / signs)) for line in shortened(text, limit).split("\n"))
