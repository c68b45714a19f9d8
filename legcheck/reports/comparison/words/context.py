"""What every part of the view needs: the comparison, the words, and figures printed once each."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from legcheck.labels import Labels, whole_percent
from legcheck.model import Compared, Comparison, Dimension, Scope, Score, Spread
from legcheck.printed import display, printed_range
from legcheck.reports.comparison.view import Cell, SpreadView

# Five shades, each for a fifth of the way from nothing to everything.
SHADES = 5


@dataclass(frozen=True)
class Context:
    """A comparison and the labels of the language it is shown in. Equal scores are printed once."""

    comparison: Comparison
    labels: Labels
    _cells: dict[tuple[int, int, bool], Cell] = field(default_factory=dict)

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """The dimensions in which anything was answered."""
        assessed = {key for row in self.comparison.rows for key, scores in row.scores.items() if scores.assessed}
        return tuple(one for one in self.comparison.checklist.dimensions if one.key in assessed)

    def scope(self, scope: Scope) -> str:
        return self.labels(f"comparison.scope.{scope.value}")

    def day(self, row: Compared) -> str:
        """The date of a row's law as shown: the year alone where names are withheld."""
        return row.when if self.comparison.anonymous else self.labels.date(row.summary.as_of)

    def day_or_year(self, day: date) -> str:
        return str(day.year) if self.comparison.anonymous else self.labels.date(day)

    def percent(self, value: float) -> str:
        return self.labels.percent(Fraction(value))

    def cell(self, row: Compared, score: Score, later: Score | None = None) -> Cell:
        """A score as shown. A reading of texts has no band: bands speak of a legal order."""
        banded = row.summary.scope is Scope.NATIONAL
        key = (id(score), id(later), banded)
        if key not in self._cells:
            self._cells[key] = self._cell(score, later, banded=banded)
        return self._cells[key]

    def spread(self, spread: Spread) -> SpreadView:
        labels = self.labels
        lower, median, upper = (labels.percent(value) for value in (spread.lower, spread.median, spread.upper))
        return SpreadView(
            count=spread.count,
            median=median,
            quartiles=labels("comparison.quartiles", lower=lower, upper=upper),
            span=labels("comparison.span", low=whole_percent(spread.lower), high=whole_percent(spread.upper)),
            text=labels("comparison.median", median=median, lower=lower, upper=upper, count=spread.count),
            lower_share=float(spread.lower),
            median_share=float(spread.median),
            upper_share=float(spread.upper),
        )

    def _cell(self, score: Score, later: Score | None, *, banded: bool) -> Cell:
        labels = self.labels
        central = score.central if score.enough else None
        bands = self.comparison.checklist.bands if banded else ()
        return Cell(
            display=display(score, labels),
            range=printed_range(score, labels),
            answered=labels("report.answered", answered=score.answered, applicable=score.applicable),
            counts=labels(
                "report.counts",
                answered=score.answered,
                unknown=score.applicable - score.answered,
                outside=score.not_applicable,
                contrary=score.contrary,
            ),
            band=next((band.title for band in bands if band.key == score.band), ""),
            later=labels("comparison.later", display=display(later, labels)) if later not in (None, score) else "",
            span=self._narrow_span(score),
            share=labels("comparison.share", answered=score.answered, applicable=score.applicable) if score.applicable else "",
            contrary=score.contrary,
            low=_float(score.low),
            central=_float(central),
            high=_float(score.high),
            shade=-1 if central is None else min(int(central * SHADES), SHADES - 1),
            share_answered=_float(score.assessed_share),
            beside=self._beside(score),
        )

    def _beside(self, score: Score) -> str:
        """Range and answered share, a line each; one figure where the range has no width."""
        labels = self.labels
        if score.low is None or score.high is None:
            return labels("report.not_applicable")
        low, high = labels.percent(score.low), labels.percent(score.high)
        range_ = low if score.low == score.high else labels("report.or_so", low=low, high=high)
        answered = labels("comparison_sheets.answered", answered=score.answered, applicable=score.applicable)
        return f"{range_}\n{answered}"

    def _narrow_span(self, score: Score) -> str:
        if score.low is None or score.high is None or score.central is None or not score.enough:
            return ""
        if score.low == score.high:
            return self.labels("comparison.exact")
        return self.labels("comparison.span", low=whole_percent(score.low), high=whole_percent(score.high))


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
