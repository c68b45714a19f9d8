"""Figures side by side: a table for each dimension by chapter, theme and instrument, and the middle of each group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from legcheck.model import Compared, Dimension, DimensionScores, Group, Score
from legcheck.reports.comparison.view import Cell, Column, GroupFigures, GroupView, SpreadView, Table
from legcheck.reports.comparison.words.context import Context

# The figure of a node that an assessment's own checklist does not have.
NOT_ASKED = Score(None, None, None, 0, 0, 0, 0, 0, 0, enough=False)
KINDS = ("chapters", "themes", "instruments")


def tables(context: Context) -> Iterator[Table]:
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
                    rows=tuple(_row(context, row, dimension.key, nodes) for row in context.comparison.rows),
                )


def groups(context: Context) -> Iterator[GroupView]:
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


def node_title(context: Context, node: str) -> tuple[str, str]:
    """The short and the full title of a figure's node."""
    checklist = context.comparison.checklist
    kind, _, key = node.partition(".")
    if node == "total":
        return context.labels("report.total"), context.labels("report.total")
    if kind == "theme" and key:
        title = next(one.title for one in checklist.themes if one.key == key)
        return title, title
    if kind == "instrument" and key:
        one = next(one for one in checklist.instruments if one.key == key)
        return key, f"{one.title} ({one.symbol})" if one.symbol else one.title
    return node, next(one.title for one in checklist.chapters if one.id == node)


def _columns(context: Context, dimension: Dimension, kind: str) -> Iterator[Column]:
    checklist = context.comparison.checklist
    nodes = {
        "chapters": ["total", *(one.id for one in checklist.chapters)],
        "themes": [f"theme.{one.key}" for one in checklist.themes],
        "instruments": [f"instrument.{one.key}" for one in checklist.instruments],
    }[kind]
    for node in nodes:
        short, title = node_title(context, node)
        yield Column(node, kind, short, title, _spreads(context, dimension, node))


def _spreads(context: Context, dimension: Dimension, node: str) -> Mapping[str, SpreadView]:
    found = ((group.scope.value, group.spreads[dimension.key].get(node)) for group in context.comparison.everyone)
    return {scope: context.spread(spread) for scope, spread in found if spread is not None}


def _row(context: Context, row: Compared, dimension: str, nodes: tuple[str, ...]) -> tuple[Cell, ...] | None:
    scores = row.scores.get(dimension)
    if scores is None or not scores.assessed:
        return None
    later = row.if_adopted.get(dimension)
    return tuple(context.cell(row, score_at(scores, node), score_at(later, node) if later else None) for node in nodes)


def score_at(scores: DimensionScores, node: str) -> Score:
    """The score of a node; one that the row's own checklist lacks applies to nothing."""
    kind, _, key = node.partition(".")
    if node == "total":
        return scores.total
    found = {"theme": scores.themes, "instrument": scores.instruments}.get(kind, scores.chapters).get(key or node)
    return found or NOT_ASKED


def _group_figures(context: Context, group: Group, dimension: Dimension) -> GroupFigures:
    found = group.spreads[dimension.key]
    nodes = ("total", *(one.id for one in context.comparison.checklist.chapters))
    shown = tuple((node, context.spread(found[node]) if node in found else None) for node in nodes)
    return GroupFigures(dimension.key, dimension.title, shown)
