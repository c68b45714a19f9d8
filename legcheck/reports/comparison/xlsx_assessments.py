"""The sheets with one row an assessment: its figures by chapter, theme or instrument."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from legcheck.reports.comparison.view import Column as Figure
from legcheck.reports.comparison.view import ComparisonView, Table
from legcheck.reports.comparison.xlsx_matrix import Matrix, Node, Pair, pair_of, write_matrix
from legcheck.reports.comparison.xlsx_parts import Line, head_columns, node_titles, opening, shown, titled
from legcheck.reports.xlsx_cells import NUMBER, Sheet, Value
from legcheck.reports.xlsx_tables import Column

# As wide as a sheet of paper has room for: remarks seldom need more height than the figures.
_REMARKS_WIDTH = 145


def assessments_sheet(page: Sheet, view: ComparisonView, table: Table, title: str) -> None:
    """The figures of one dimension and kind, a row an assessment in the order of the view."""
    opening(page, view, title, "matrix")
    lines = [Line(one, cells) for one, cells in zip(view.rows, table.rows, strict=True)]
    write_matrix(
        page,
        Matrix(
            heads=shown(head_columns(page, view), lines),
            nodes=[_node(page, column, lines) for column in table.columns],
            tails=shown(titled(page, [Column("remarks", _REMARKS_WIDTH, _remarks)]), lines),
            items=lines,
            pairs=lambda line: _pairs(page, line, len(table.columns)),
            middles=list(_middles(page, view, table.columns)),
        ),
    )


def _node(page: Sheet, column: Figure, lines: Sequence[Line]) -> Node[Line]:
    more = shown(list(_total(page)), lines) if column.node == "total" else []
    return Node(*node_titles(page, column), more)


def _total(page: Sheet) -> Iterator[Column[Line]]:
    """The total once more in numbers to work with."""

    def of(name: str) -> Callable[[Line], Value]:
        return lambda line: getattr(line.cells[0], name) if line.cells else None

    yield from titled(
        page,
        [
            Column("total_low", 11, of("low"), NUMBER),
            Column("total_high", 11, of("high"), NUMBER),
            Column("total_share", 11, of("share_answered"), NUMBER),
            Column("band", 15, of("band")),
            Column("later", 24, of("later")),
        ],
    )


def _remarks(line: Line) -> str:
    return " ".join((*(mark.text for mark in line.head.marks), *line.head.notes))


def _pairs(page: Sheet, line: Line, count: int) -> Sequence[Pair]:
    if line.cells is None:
        return [Pair(None, page.labels("report.not_assessed"))] * count
    return [Pair(cell.central, cell.beside) for cell in line.cells]


def _middles(page: Sheet, view: ComparisonView, columns: Sequence[Figure]) -> Iterator[tuple[str, Sequence[Pair]]]:
    for scope, title in view.scopes:
        pairs = [pair_of(page, column.spreads.get(scope)) for column in columns]
        if any(pair.number is not None for pair in pairs):
            yield page.labels("comparison_sheets.spread.row", scope=title), pairs
