"""The comparison as one web page: nothing is fetched, everything typed is escaped, and it reads in full without script.

A page for many countries must stay small enough to send and to open: figures have no element of their own, what many drawings
share is drawn once, and beyond a certain size the page leaves single answers or figures to the tables.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from legcheck.labels import Labels
from legcheck.reports.comparison import drawings
from legcheck.reports.comparison.view import (
    Cell,
    ChangeView,
    Column,
    ComparisonView,
    GroupFigures,
    GroupView,
    Movements,
    RowHead,
    Table,
    Trend,
)
from legcheck.reports.page import render_page

# The page names who gave which answer for at most so many latest assessments, and prints every figure for at most so many rows.
MOST_NAMED = 400
MOST_ROWS = 2000
# Characters of citations that the page has room for.
MOST_CITED = 4_000_000
# Folds start open for at most so many rows, the fold of small charts for at most so many latest assessments.
OPEN_ROWS = 20
OPEN_PROFILES = 12
# Columns that fit across an A4 sheet.
WIDEST = 17


@dataclass(frozen=True)
class Extent:
    """How much the page shows: who gave which answer, on which citation, every figure, and which folds are open."""

    named: bool
    cited: bool
    rows: bool
    open: bool
    profiles_open: bool
    latest: int


@dataclass(frozen=True)
class HeatTable:
    """A table of figures, narrow enough for a sheet of paper; `places` are its columns' places in the view's rows."""

    id: str
    title: str
    kind: str
    table: Table
    columns: tuple[Column, ...]
    places: tuple[int, ...]
    scopes: tuple[str, ...]
    first: bool


@dataclass(frozen=True)
class GroupTable:
    """The groups and scopes that have a figure in one dimension, and in words the groups that have none."""

    dimension: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[GroupView, GroupFigures], ...]
    scopes: tuple[tuple[str, str], ...]
    few: str


@dataclass(frozen=True)
class Card:
    """The small charts of one assessment, each as its table, its drawing, and the same in words."""

    head: RowHead
    row: int
    charts: tuple[tuple[Table, drawings.Profile, str], ...]


def render_html(view: ComparisonView, labels: Labels) -> bytes:
    """The page as UTF-8, ready to be written to a file."""
    extent = extent_of(view)
    mirrored = view.direction == "rtl"
    main = {table.dimension: table for table in view.tables if table.kind == "chapters"}
    return render_page(
        "comparison",
        margin=" · ".join(filter(None, (view.marking, view.title))),
        view=view,
        labels=labels,
        extent=extent,
        sections=tuple(sections_of(view)),
        heat={table.dimension: tuple(heat_tables(view, table.dimension, labels)) for table in view.tables},
        main=main,
        cards=tuple(cards(view, main.values(), labels)) if extent.named and main else (),
        backdrops={
            (dimension, scope): drawings.backdrop(table.columns, scope, mirrored=mirrored)
            for dimension, table in main.items()
            for scope, _ in view.scopes
        },
        marks=marks_of(view),
        few=_named(view, too_few(view), labels),
        group_tables=tuple(group_tables(view, main, labels)),
        group_choices=tuple((one, one) for one in view.groups_named),
        trends=tuple(_trends(view, mirrored=mirrored)) if extent.named else (),
        mirrored=mirrored,
        draw=drawings,
        behind=lambda cell: behind(cell, labels),
        rewritten=rewritten,
    )


def _trends(view: ComparisonView, *, mirrored: bool) -> Iterator[tuple[Trend, drawings.TrendDrawing]]:
    days = {place: row.day for place, row in enumerate(view.rows)}
    for one in view.trends:
        yield one, drawings.trend(one, days, mirrored=mirrored)


def extent_of(view: ComparisonView) -> Extent:
    """How much to show of a comparison of this size."""
    latest = sum(row.latest for row in view.rows)
    return Extent(
        named=latest <= MOST_NAMED,
        cited=sum(_citations(view)) <= MOST_CITED,
        rows=len(view.rows) <= MOST_ROWS,
        open=len(view.rows) <= OPEN_ROWS,
        profiles_open=latest <= OPEN_PROFILES,
        latest=latest,
    )


def _citations(view: ComparisonView) -> Iterator[int]:
    """The length of every citation."""
    for table in view.provisions:
        for chapter in table.chapters:
            for provision in chapter.provisions:
                for group in provision.ratings:
                    yield from (len(member.citation) for member in group.members)


def sections_of(view: ComparisonView) -> Iterator[str]:
    """The sections that have anything to show, in order."""
    extent = extent_of(view)
    yield from ("facts", "not_comparable", "figures")
    if extent.named and any(table.kind == "chapters" for table in view.tables):
        yield "profiles"
    optional = {
        "readings": view.readings.tables,
        "rounds": view.trends,
        "groups": view.groups,
        "robustness": view.robustness,
        "provisions": view.provisions,
        "left_out": view.left_out,
    }
    yield from (name for name, found in optional.items() if found)
    yield "method"


def heat_tables(view: ComparisonView, dimension: str, labels: Labels) -> Iterator[HeatTable]:
    """The tables of one dimension, wide ones in several parts."""
    first = next((table for table in view.tables), None)
    for table in (one for one in view.tables if one.dimension == dimension):
        parts = list(_parts(len(table.columns)))
        for number, places in enumerate(parts, 1):
            words = {"dimension": table.dimension_title, "kind": table.title, "part": number, "parts": len(parts)}
            columns = tuple(table.columns[place] for place in places)
            yield HeatTable(
                id=f"heat-{view.tables.index(table) + 1}-{number}",
                title=labels(f"comparison_page.table{'_part' if len(parts) > 1 else ''}", **words),
                kind=table.kind,
                table=table,
                columns=columns,
                places=tuple(places),
                scopes=tuple(scope for scope, _ in view.scopes if any(scope in column.spreads for column in columns)),
                first=table is first and number == 1,
            )


def _parts(count: int) -> Iterator[range]:
    """Places of columns in parts of nearly equal size, none wider than a sheet."""
    parts = -(-count // WIDEST)
    for part in range(parts):
        yield range(part * count // parts, (part + 1) * count // parts)


def cards(view: ComparisonView, main: Collection[Table], labels: Labels) -> Iterator[Card]:
    """The latest assessments with their small charts."""
    mirrored = view.direction == "rtl"
    for place, head in enumerate(view.rows):
        if not head.latest:
            continue
        charts = []
        for table in main:
            cells = table.rows[place]
            if cells is not None:
                drawing = drawings.profile(table.columns, cells, mirrored=mirrored)
                charts.append((table, drawing, _in_words(head, table, cells, labels)))
        yield Card(head, place, tuple(charts))


def too_few(view: ComparisonView) -> list[GroupView]:
    """The groups without a single figure."""
    return [one for one in view.groups if not any(spread for figures in one.figures for _, spread in figures.nodes)]


def group_tables(view: ComparisonView, main: Mapping[str, Table], labels: Labels) -> Iterator[GroupTable]:
    """The groups by dimension, without rows and tables that hold no figure."""
    nowhere = too_few(view)
    for dimension, title in view.dimensions:
        if dimension not in main:
            continue
        columns = main[dimension].columns
        found = [(group, one) for group in view.groups for one in group.figures if one.dimension == dimension]
        rows = tuple((group, one) for group, one in found if any(spread for _, spread in one.nodes))
        shown = [group for group, _ in rows]
        few = [group for group, _ in found if group not in shown and group not in nowhere]
        if rows or few:
            scopes = tuple(one for one in view.scopes if any(one[0] in column.spreads for column in columns))
            yield GroupTable(dimension, title, columns, rows, scopes, _named(view, few, labels))


def _named(view: ComparisonView, groups: Iterable[GroupView], labels: Labels) -> str:
    return labels.join(
        labels("comparison_page.group.named", title=one.title, scope=one.scope_title, count=one.count)
        if len(view.scopes) > 1
        else labels("comparison_page.group.number", title=one.title, count=one.count)
        for one in groups
    )


def _in_words(head: RowHead, table: Table, cells: Sequence[Cell], labels: Labels) -> str:
    figures = (
        labels("comparison_page.profile.figure", node=column.short, display=cell.display)
        for column, cell in zip(table.columns, cells, strict=True)
    )
    words = {"name": head.name, "when": head.when, "dimension": table.dimension_title, "figures": labels.join(figures)}
    return labels("comparison_page.profile.words", **words)


def marks_of(view: ComparisonView) -> dict[str, str]:
    """Every sign shown beside a name, with the sentence for its legend."""
    return {f"{mark.sign} {mark.text}": mark.sign for row in view.rows for mark in row.marks}


def behind(cell: Cell, labels: Labels) -> str:
    """What a narrow cell has no room for."""
    if not cell.share:
        return ""
    band = labels("comparison_page.band", band=cell.band) if cell.band else ""
    return " · ".join(part for part in (cell.counts, band, cell.later) if part)


def rewritten(movements: Movements) -> list[tuple[ChangeView, tuple[ChangeView, ...]]]:
    """Changes between the same two ratings together, in the order of each group's first."""
    order = {(one.before, one.after): place for place, one in reversed(list(enumerate(movements.changes)))}

    def place(one: ChangeView) -> int:
        return order[one.before, one.after]

    found = [tuple(changes) for _, changes in groupby(sorted(movements.changes, key=place), key=place)]
    return [(changes[0], changes) for changes in found]
