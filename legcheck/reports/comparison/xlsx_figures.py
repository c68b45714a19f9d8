"""Figures side by side in the comparison workbook: each a number, with its range and answered share in the column beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Generic, TypeVar

from legcheck.excel import Look, Value, address
from legcheck.reports import palette
from legcheck.reports.comparison.view import Cell, ComparisonView, GroupFigures, GroupView, RowHead, SpreadView, Table
from legcheck.reports.comparison.view import Column as Figure
from legcheck.reports.xlsx_tables import (
    CENTRED,
    COLUMN,
    NUMBER,
    STRONG,
    WIDEST_PRINT,
    Column,
    Page,
    filled,
    write_rows,
)

T = TypeVar("T")

DAY = replace(CENTRED, format="yyyy-mm-dd")
_BAND = replace(COLUMN, size=9, horizontal="center")
_BESIDE = replace(CENTRED, size=9, colour=palette.MUTED)
_ALONE = replace(CENTRED, size=9, bold=True)
_MIDDLE = replace(NUMBER, bold=True, fill=palette.SURFACE)
_MIDDLE_BESIDE = replace(_BESIDE, fill=palette.SURFACE)
_MIDDLE_HEAD = replace(STRONG, fill=palette.SURFACE)
_NUMBER_WIDTH, _BESIDE_WIDTH = 8.0, 12.0
_TWO_LINES = 28.0
_FROZEN = 4
MOST_PRINTED = 150
"""The most rows of a table that are printed."""
_MOST_ACROSS = 3  # pages across; of a wider matrix only the first is printed
_PRINT_SCALE = 58  # in per cent, at which a sheet of paper is WIDEST_PRINT wide
# As wide as the paper allows, so that remarks seldom need more height than the figures.
REMARKS_WIDTH = 145


@dataclass(frozen=True)
class Line:
    """One assessment with its figures, None if it has nothing in the dimension."""

    head: RowHead
    cells: tuple[Cell, ...] | None
    table: Table

    def at(self, node: str) -> Cell | None:
        """The figure of a node, None if there is none."""
        places = (place for place, column in enumerate(self.table.columns) if column.node == node)
        return next((self.cells[place] for place in places), None) if self.cells else None

    def total(self, name: str) -> Value:
        """A field of the total, None if there is none."""
        return getattr(self.cells[0], name) if self.cells else None


@dataclass(frozen=True)
class Pair:
    """A figure and what stands beside it."""

    number: float | None
    beside: str


@dataclass(frozen=True)
class _Node(Generic[T]):
    """A figure's place in the matrix: `short` heads its number."""

    title: str
    short: str
    pair: Callable[[T], Pair]

    def columns(self, page: Page) -> list[Column[T]]:
        """The columns of the figure."""
        number = Column[T](f"number-{self.title}", _NUMBER_WIDTH, lambda one: self.pair(one).number, NUMBER, self.short)
        title = page.labels("comparison_sheets.column.beside")
        beside = Column[T](f"beside-{self.title}", _BESIDE_WIDTH, lambda one: self.pair(one).beside, self._look_beside, title)
        return [number, beside]

    def _look_beside(self, item: T) -> Look:
        return _ALONE if self.pair(item).number is None else _BESIDE


@dataclass(frozen=True)
class _Grouped:
    group: GroupView
    figures: GroupFigures


def open_figures(page: Page, title: str, lead: str, *, end: int = 1) -> None:
    """Write the title and lead of a sheet of figures, and that they are no ranking; the notes say so in full."""
    page.head(title, page.labels("comparison_sheets.no_ranking"), page.labels(f"comparison_sheets.lead.{lead}"), end=end)


def write_assessments(page: Page, view: ComparisonView, tables: Sequence[Table], title: str) -> None:
    """The figures of one kind, a row for each dimension and assessment in the order of the view."""
    lines = [Line(one, cells, table) for table in tables for one, cells in zip(view.rows, table.rows, strict=True)]
    heads: list[Column[Line]] = head_columns(page, view)
    heads.insert(1, Column("dimension", 13, attrgetter("table.dimension_title")))
    heads = filled(heads, lines)
    page.sheet.widths(*(one.width for one in heads))
    open_figures(page, title, "matrix", end=min(_FROZEN, len(heads)))  # these columns are on every printed page
    absent = Pair(None, page.labels("report.not_assessed"))

    def node(column: Figure) -> _Node[Line]:
        def pair(line: Line) -> Pair:
            cell = line.at(column.node)
            return Pair(cell.central, cell.beside) if cell else absent

        return _Node(*node_titles(page, column), pair)

    columns = {column.node: column for table in reversed(tables) for column in table.columns}
    order = dict.fromkeys(column.node for table in tables for column in table.columns)
    totals = list(_total()) if "total" in order else []
    tails = filled([*totals, Column("remarks", REMARKS_WIDTH, _remarks)], lines)
    middles = [one for table in tables for one in _middles(page, view, table, list(order))]
    _write_matrix(page, heads, [node(columns[key]) for key in order], tails, lines, middles)


def write_groups(page: Page, view: ComparisonView, title: str) -> None:
    """The middle of each group, a row for each group and dimension."""
    open_figures(page, title, "groups")
    items = [_Grouped(group, figures) for group in view.groups for figures in group.figures]
    heads: list[Column[_Grouped]] = [
        Column("group", 26, attrgetter("group.title"), STRONG),
        Column("scope", 22, attrgetter("group.scope_title")),
        Column("dimension", 14, attrgetter("figures.dimension_title")),
        Column("assessments", 14, attrgetter("group.count"), CENTRED),
    ]
    members: Column[_Grouped] = Column("members", 90, lambda one: page.labels.join(one.group.members))
    titles = {column.node: node_titles(page, column) for table in view.tables for column in table.columns}

    def node(place: int, key: str) -> _Node[_Grouped]:
        return _Node(*titles[key], lambda one: _pair_of(page, one.figures.nodes[place][1]))

    nodes = [node(place, key) for place, (key, _) in enumerate(items[0].figures.nodes)]
    _write_matrix(page, heads, nodes, filled([members], items), items)


def head_columns(page: Page, view: ComparisonView) -> list[Column[Line]]:
    """The columns that name an assessment."""
    earlier = page.labels("comparison_sheets.earlier")
    return [
        Column("name", 26, attrgetter("head.name"), STRONG),
        Column("code", 9, attrgetter("head.code")),
        Column("when", 13, lambda line: when_of(line.head, view), DAY),
        Column("signs", 8, lambda line: " ".join(mark.sign for mark in line.head.marks), CENTRED),
        Column("round", 13, lambda line: "" if line.head.latest else earlier),
        Column("scope", 17, lambda line: line.head.scope_title if len(view.scopes) > 1 else ""),
        Column("group", 18, attrgetter("head.group")),
    ]


def when_of(row: RowHead, view: ComparisonView) -> Value:
    """The date of a row's law, or what is shown instead where names are withheld."""
    return row.when if view.anonymous else row.law_day


def node_titles(page: Page, column: Figure) -> tuple[str, str]:
    """The title above a figure's columns, and the heading of its number."""
    if column.short == column.title:
        return column.title, page.labels("comparison_sheets.column.central")
    return f"{column.short} {column.title}", column.short


def _total() -> Iterator[Column[Line]]:
    """The total again, in numbers to work with."""
    yield Column("total_low", 11, lambda line: line.total("low"), NUMBER)
    yield Column("total_high", 11, lambda line: line.total("high"), NUMBER)
    yield Column("total_share", 11, lambda line: line.total("share_answered"), NUMBER)
    yield Column("band", 15, lambda line: line.total("band"))
    yield Column("later", 24, lambda line: line.total("later"))


def _remarks(line: Line) -> str:
    return " ".join((*(mark.text for mark in line.head.marks), *line.head.notes))


def _middles(page: Page, view: ComparisonView, table: Table, nodes: Sequence[str]) -> Iterator[tuple[str, Sequence[Pair]]]:
    """The medians of a dimension in each scope, at the places of the nodes."""
    spreads = {column.node: column.spreads for column in table.columns}
    for scope, title in view.scopes:
        pairs = [_pair_of(page, spreads.get(node, {}).get(scope)) for node in nodes]
        if any(pair.number is not None for pair in pairs):
            yield page.labels("comparison_sheets.spread.row", dimension=table.dimension_title, scope=title), pairs


def _pair_of(page: Page, spread: SpreadView | None) -> Pair:
    """A group's median, and beside it its quartiles and the number of figures."""
    if spread is None:
        return Pair(None, "")
    beside = page.labels("comparison_sheets.spread.beside", quartiles=spread.quartiles, count=spread.count)
    return Pair(spread.median_share, beside)


def _write_matrix(
    page: Page,
    heads: Sequence[Column[T]],
    nodes: Sequence[_Node[T]],
    tails: Sequence[Column[T]],
    items: Sequence[T],
    middles: Sequence[tuple[str, Sequence[Pair]]] = (),
) -> None:
    """Write figures side by side at the current row: titles, medians, the header to filter by, and the rows below it.

    The medians are above the header, out of reach of filter and sort. On paper the figures end with the last, or with the last
    of the first page if they are too many; the columns after them are for the screen.
    """
    columns, spans = list(heads), []
    for node in nodes:
        start = len(columns) + 1
        columns += node.columns(page)
        spans.append((start, len(columns)))
    columns += tails
    widths = [one.width for one in columns]
    page.sheet.widths(*widths)
    frozen = min(_FROZEN, len(heads))
    ends = list(_page_ends(widths[: spans[-1][1]], dict(spans), frozen))
    printed = ends[0] if len(ends) >= _MOST_ACROSS else spans[-1][1]
    if printed < len(columns):
        last_printed = next(node.title for node, (_, end) in zip(nodes, spans, strict=True) if end == printed)
        page.note(page.labels("xlsx.printed", column=last_printed), end=frozen)
    top = page.row
    for node, (start, end) in zip(nodes, spans, strict=True):
        page.sheet.merge(page.row, start, end, node.title, _BAND)
        page.fit(node.title, page.sheet.width(start, end), _BAND)
    page.row += 1
    for title, pairs in middles:
        _write_middle(page, title, pairs, spans, len(columns))
    header = page.row
    last = write_rows(page, columns, items, least=_TWO_LINES).last
    shaded = " ".join(address(top, start, last, start) for start, _ in spans)
    page.sheet.shade(shaded, palette.PAPER, palette.BETWEEN)
    page.sheet.filter(header, last, len(columns))
    page.sheet.freeze(header + 1, frozen + 1)
    page.sheet.repeat(top, header, frozen)
    page.sheet.scale(_PRINT_SCALE)
    page.sheet.break_pages(columns=[one for one in ends if one < printed])
    page.sheet.print_area(last, printed)


def _write_middle(page: Page, title: str, pairs: Sequence[Pair], spans: Sequence[tuple[int, int]], columns: int) -> None:
    before = spans[0][0] - 1
    page.sheet.paint(page.row, 1, columns, _MIDDLE_HEAD)
    page.sheet.merge(page.row, 1, before, title, _MIDDLE_HEAD)
    page.fit(title, page.sheet.width(1, before), _MIDDLE_HEAD)
    for (start, _), pair in zip(spans, pairs, strict=True):
        page.put(start, pair.number, _MIDDLE)
        page.put(start + 1, pair.beside, _MIDDLE_BESIDE)
    page.sheet.grow(page.row, _TWO_LINES)
    page.row += 1


def _page_ends(widths: Sequence[float], spans: dict[int, int], frozen: int) -> Iterator[int]:
    """The columns after which a printed page ends: never between a figure and what stands beside it."""
    kept = sum(widths[:frozen])
    used, column = kept, frozen + 1
    while column <= len(widths):
        end = spans.get(column, column)
        width = sum(widths[column - 1 : end])
        if used + width > WIDEST_PRINT and used > kept:
            yield column - 1
            used = kept
        used += width
        column = end + 1
