"""The figures of each dimension as shown."""

from __future__ import annotations

from collections.abc import Iterator

from legcheck.model import DimensionScores, Instrument, Score
from legcheck.model.chain import LATER
from legcheck.reports.figures import figure
from legcheck.reports.view import DimensionView, Figure, ThemeGroupView
from legcheck.reports.words.context import Context


def dimension_views(context: Context) -> tuple[DimensionView, ...]:
    """Every dimension of the checklist, assessed or not."""
    return tuple(_dimension(context, key, scores) for key, scores in context.result.scores.items())


def _dimension(context: Context, key: str, scores: DimensionScores) -> DimensionView:
    dimension = context.checklist.by_dimension[key]
    pending = context.result.if_adopted.get(key)
    return DimensionView(
        key=key,
        title=dimension.title,
        question=dimension.question,
        assessed=scores.assessed,
        total=_total(context, key, scores.total),
        chapters=_chapters(context, key, scores),
        themes=tuple(_theme_groups(context, key, scores)),
        instruments=tuple(
            _plain(context, f"{key}.instrument.{one.key}", _instrument_title(one), scores.instruments[one.key])
            for one in context.checklist.instruments
        ),
        if_adopted=_total(context, key, pending.total, LATER) if pending is not None else None,
        if_adopted_chapters=_chapters(context, key, pending, LATER) if pending is not None else (),
    )


def _total(context: Context, key: str, score: Score, when: str = "") -> Figure:
    return figure(f"{key}.total{when}", context.labels("report.total"), score, context.labels, context.bands)


def _chapters(context: Context, key: str, scores: DimensionScores, when: str = "") -> tuple[Figure, ...]:
    return tuple(
        figure(f"{key}.{one.id}{when}", f"{one.id} {one.title}", scores.chapters[one.id], context.labels, context.bands)
        for one in context.checklist.chapters
    )


def _theme_groups(context: Context, key: str, scores: DimensionScores) -> Iterator[ThemeGroupView]:
    for group, title in context.checklist.theme_groups.items():
        themes = [theme for theme in context.checklist.themes if theme.group == group]
        shown = (_plain(context, f"{key}.theme.{theme.key}", theme.title, scores.themes[theme.key]) for theme in themes)
        yield ThemeGroupView(title, tuple(shown))


def _plain(context: Context, id: str, title: str, score: Score) -> Figure:
    """A figure of a standing view; bands are for chapters and totals."""
    return figure(id, title, score, context.labels, ())


def _instrument_title(instrument: Instrument) -> str:
    return f"{instrument.title} ({instrument.symbol})" if instrument.symbol else instrument.title
