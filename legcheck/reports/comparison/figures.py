"""Figures side by side: printed once each, in a table for each dimension by chapter, theme and instrument, and by group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property

from legcheck.labels import Labels
from legcheck.model import (
    Compared,
    Comparison,
    Differs,
    Dimension,
    DimensionScores,
    Group,
    Prints,
    Scope,
    Score,
    Spread,
    whole_percent,
)
from legcheck.reports.comparison.view import Cell, Column, GroupFigures, GroupView, SpreadView, Table
from legcheck.reports.figures import printed_fields
from legcheck.reports.method import instrument_title

# Five shades, each for a fifth of the way from nothing to everything.
SHADES = 5
# The figure of a node that an assessment's own checklist does not have.
NOT_ASKED = Score(None, None, None, 0, 0, 0, 0, 0, 0, 0, 0, enough=False)
KINDS = ("chapters", "themes", "instruments")


@dataclass(frozen=True)
class ComparisonContext:
    """A comparison and the labels of the language it is shown in. Equal scores are printed once."""

    comparison: Comparison
    labels: Labels
    _cells: dict[tuple[int, int], Cell] = field(default_factory=dict)

    @cached_property
    def rows(self) -> tuple[Compared, ...]:
        """The assessments that have scores; readings of named texts stand apart."""
        return self.comparison.scored

    @cached_property
    def dimensions(self) -> tuple[Dimension, ...]:
        """The dimensions in which anything was answered."""
        return self.dimensions_of(self.rows)

    def dimensions_of(self, rows: Sequence[Compared]) -> tuple[Dimension, ...]:
        """The dimensions in which anything was answered in some rows."""
        assessed = {key for row in rows for key, scores in row.scores.items() if scores.assessed}
        return tuple(one for one in self.comparison.checklist.dimensions if one.key in assessed)

    @cached_property
    def usual_year(self) -> int:
        """The year of law of most of the latest assessments: that of those not marked as differing in it."""
        rows = (row for row in self.rows if row.latest and Differs.YEAR not in row.differs)
        return next((row.summary.as_of.year for row in rows), 0)

    def scope(self, scope: Scope) -> str:
        return self.labels(f"comparison.scope.{scope.value}")

    def day(self, row: Compared) -> str:
        """The date of a row's law as shown: the year alone where names are withheld."""
        return row.when if self.comparison.anonymous else self.labels.date(row.summary.as_of)

    def day_or_year(self, day: date) -> str:
        return str(day.year) if self.comparison.anonymous else self.labels.date(day)

    def percent(self, value: float) -> str:
        return self.labels.percent(Fraction(value))

    def cell(self, score: Score, later: Score | None = None) -> Cell:
        """A score as shown."""
        key = (id(score), id(later))
        if key not in self._cells:
            self._cells[key] = self._cell(score, later)
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

    def _cell(self, score: Score, later: Score | None) -> Cell:
        labels = self.labels
        central = score.central if score.enough and score.display.prints is not Prints.COUNT else None
        return Cell(
            **printed_fields(score, labels, self.comparison.checklist.bands),
            later=labels("comparison.later", display=labels.figure(later.display)) if later not in (None, score) else "",
            span=self._narrow_span(score),
            share=labels("comparison.share", answered=score.answered, applicable=score.applicable) if score.applicable else "",
            contrary=score.contrary,
            shade=-1 if central is None else min(max(int(central * SHADES), 0), SHADES - 1),
            beside=self._beside(score),
        )

    def _beside(self, score: Score) -> str:
        """Range and answered share on a line each; no range if it has no width."""
        labels = self.labels
        if score.low is None or score.high is None:
            return labels("report.not_applicable")
        if not score.answered:
            return labels("report.not_assessed")
        answered = labels("comparison_sheets.answered", answered=score.answered, applicable=score.applicable)
        return answered if score.low == score.high else f"{labels.span(score)}\n{answered}"

    def _narrow_span(self, score: Score) -> str:
        if score.low is None or score.high is None or score.central is None or score.display.prints is not Prints.SHARE:
            return ""
        if score.low == score.high:
            return self.labels("comparison.exact")
        low, high = (self.labels.bare(share, score.display) for share in (score.low, score.high))
        return self.labels("comparison.span", low=low, high=high)


def tables(context: ComparisonContext) -> Iterator[Table]:
    """Every table that has columns, dimension by dimension."""
    for dimension in context.dimensions:
        for kind in KINDS:
            columns = tuple(_columns(context, dimension, kind))
            if columns:
                nodes = tuple(column.node for column in columns)
                yield Table(
                    dimension=dimension.key,
                    dimension_title=dimension.title,
                    kind=kind,
                    title=context.labels(f"comparison.kinds.{kind}"),
                    columns=columns,
                    rows=tuple(_row(context, row, dimension.key, nodes) for row in context.rows),
                )


def groups(context: ComparisonContext) -> Iterator[GroupView]:
    """The groups asked for."""
    rows = context.comparison.rows
    for group in context.comparison.groups:
        yield GroupView(
            title=group.title,
            scope_title=context.scope(group.scope),
            count=len(group.members),
            members=() if context.comparison.anonymous else tuple(rows[place].name for place in group.members),
            figures=tuple(_group_figures(context, group, dimension) for dimension in context.dimensions),
        )


def node_title(context: ComparisonContext, node: str) -> tuple[str, str]:
    """The short and the full title of a figure's node."""
    checklist = context.comparison.checklist
    kind, _, key = node.partition(".")
    if node == "total":
        return context.labels("report.total"), context.labels("report.total")
    if kind == "theme" and key:
        title = next(one.title for one in checklist.themes if one.key == key)
        return title, title
    if kind == "instrument" and key:
        return key, instrument_title(next(one for one in checklist.instruments if one.key == key))
    return node, next(one.title for one in checklist.chapters if one.id == node)


def _columns(context: ComparisonContext, dimension: Dimension, kind: str) -> Iterator[Column]:
    checklist = context.comparison.checklist
    nodes = {
        "chapters": ["total", *(one.id for one in checklist.chapters)],
        "themes": [f"theme.{one.key}" for one in checklist.themes],
        "instruments": [f"instrument.{one.key}" for one in checklist.instruments],
    }[kind]
    for node in nodes:
        short, title = node_title(context, node)
        yield Column(node, kind, short, title, _spreads(context, dimension, node))


def _spreads(context: ComparisonContext, dimension: Dimension, node: str) -> Mapping[str, SpreadView]:
    found = ((group.scope.value, group.spreads[dimension.key].get(node)) for group in context.comparison.everyone)
    return {scope: context.spread(spread) for scope, spread in found if spread is not None}


def _row(context: ComparisonContext, row: Compared, dimension: str, nodes: tuple[str, ...]) -> tuple[Cell, ...] | None:
    scores = row.scores.get(dimension)
    if scores is None or not scores.assessed:
        return None
    later = row.if_adopted.get(dimension)
    return tuple(context.cell(score_at(scores, node), score_at(later, node) if later else None) for node in nodes)


def score_at(scores: DimensionScores, node: str) -> Score:
    """The score of a node; `NOT_ASKED` if the row's own checklist lacks it."""
    kind, _, key = node.partition(".")
    if node == "total":
        return scores.total
    found = {"theme": scores.themes, "instrument": scores.instruments}.get(kind, scores.chapters).get(key or node)
    return found or NOT_ASKED


def _group_figures(context: ComparisonContext, group: Group, dimension: Dimension) -> GroupFigures:
    found = group.spreads[dimension.key]
    nodes = ("total", *(one.id for one in context.comparison.checklist.chapters))
    shown = tuple((node, context.spread(found[node]) if node in found else None) for node in nodes)
    return GroupFigures(dimension.key, dimension.title, shown)
