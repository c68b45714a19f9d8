"""The lists of the comparison workbook: groups, provisions, elements and robustness."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from openpyxl.utils import get_column_letter

from legcheck.reports.comparison.view import (
    ComparisonView,
    ElementCount,
    GroupFigures,
    GroupView,
    ProvisionCompared,
    SteadyRow,
    SteadyTable,
)
from legcheck.reports.comparison.xlsx_matrix import Matrix, Node, pair_of, write_matrix
from legcheck.reports.comparison.xlsx_parts import COUNT, colour_scale, node_titles, opening, shown, titled
from legcheck.reports.xlsx_cells import NUMBER, STRONG, Sheet, Value
from legcheck.reports.xlsx_tables import Column, head, write_table


def groups_sheet(page: Sheet, view: ComparisonView, title: str) -> None:
    """The middle of each group, a row a group and dimension."""
    labels = page.labels
    opening(page, view, title, "groups")
    items = [_Grouped(group, figures) for group in view.groups for figures in group.figures]
    columns: list[Column[_Grouped]] = [
        Column("group", 26, lambda one: one.group.title, STRONG),
        Column("scope", 22, lambda one: one.group.scope_title),
        Column("dimension", 14, lambda one: one.figures.dimension_title, title=labels("xlsx.column.dimension")),
        Column("assessments", 14, lambda one: one.group.count, COUNT),
    ]
    members: Column[_Grouped] = Column("members", 90, lambda one: labels.join(one.group.members))
    titles = {column.node: node_titles(page, column) for table in view.tables for column in table.columns}
    matrix = Matrix(
        heads=titled(page, columns),
        nodes=[Node[_Grouped](*titles[node]) for node, _ in items[0].figures.nodes],
        tails=shown(titled(page, [members]), items),
        items=items,
        pairs=lambda one: [pair_of(page, spread) for _, spread in one.figures.nodes],
    )
    write_matrix(page, matrix)


def provisions_sheet(page: Sheet, view: ComparisonView, title: str) -> None:
    """How often each rating was given, a row a provision and dimension."""
    labels = page.labels
    head(page, title, view.subtitle, labels("comparison_sheets.lead.provisions"))
    items = list(_provisions(view))
    ratings = {key: rated for key, rated, _ in view.scale}
    ratings |= {group.key: group.title for one in items for group in one.provision.ratings if group.key}
    columns: list[Column[_Provision]] = [
        Column("id", 10, lambda one: one.provision.id, STRONG, title=labels("xlsx.column.id")),
        Column("title", 40, lambda one: one.provision.title, STRONG, title=labels("xlsx.column.title")),
        Column("dimension", 13, lambda one: one.dimension, title=labels("xlsx.column.dimension")),
        Column("chapter", 34, lambda one: one.chapter, title=labels("xlsx.column.chapter")),
        Column("core", 12, lambda one: one.provision.core, title=labels("xlsx.column.core")),
        Column("answered", 27, lambda one: one.provision.counts, title=labels("xlsx.column.answered")),
    ]
    columns += [Column(f"rating-{key}", 13, _CountOf(key), COUNT, title=rated) for key, rated in ratings.items()]
    columns.append(Column("", 13, _CountOf(""), COUNT, title=labels("comparison_sheets.column.not_assessed")))
    elements = Column[_Provision]("elements", 38, lambda one: _met(page, one.provision.elements))
    write_table(page, [*columns, *titled(page, [elements])], items, frozen=2)


def elements_sheet(page: Sheet, view: ComparisonView, title: str) -> None:
    """How often the law contains each element."""
    labels = page.labels
    head(page, title, view.subtitle, labels("comparison_sheets.lead.elements"))
    items = [_Element(one, element) for one in _provisions(view) for element in one.provision.elements]
    columns: list[Column[_Element]] = [
        Column("id", 10, lambda one: one.of.provision.id, STRONG, title=labels("xlsx.column.id")),
        Column("letter", 10, lambda one: one.element.letter, replace(STRONG, centred=True)),
        Column("element", 80, lambda one: one.element.text),
        Column("title", 40, lambda one: one.of.provision.title, title=labels("xlsx.column.title")),
        Column("dimension", 13, lambda one: one.of.dimension, title=labels("xlsx.column.dimension")),
        Column("met", 12, lambda one: one.element.met, COUNT, kept=True),
        Column("of", 14, lambda one: one.element.answered, COUNT, kept=True),
        Column("share", 12, _share, NUMBER, title=labels("comparison_sheets.chart.share")),
    ]
    written = write_table(page, titled(page, columns), items, frozen=2)
    if "share" in written.columns:
        letter = get_column_letter(written.columns["share"])
        page.sheet.conditional_formatting.add(f"{letter}{written.first}:{letter}{written.last}", colour_scale())


def robustness_sheet(page: Sheet, view: ComparisonView, title: str) -> None:
    """Where each assessment stands when weights and unknown answers vary."""
    labels = page.labels
    opening(page, view, title, "robustness")
    items = [_Steady(table, row) for table in view.robustness for row in table.rows]
    columns: list[Column[_Steady]] = [
        Column("name", 28, lambda one: one.row.name, STRONG),
        Column("when", 18, lambda one: one.row.when),
        Column("dimension", 14, lambda one: one.table.dimension_title, title=labels("xlsx.column.dimension")),
        Column("scope", 24, lambda one: one.table.scope_title),
    ]
    for place, end in enumerate(("low", "middle", "high")):
        columns.append(Column(f"score_{end}", 15, _Score(place), NUMBER))
    for place, end in enumerate(("low", "middle", "high")):
        columns.append(Column(f"position_{end}", 15, _Position(place), COUNT))
    columns.append(Column("position", 20, lambda one: one.row.position_range))
    page.widths([one.width for one in columns])
    page.line(view.robustness_note, end=len(columns))
    page.skip()
    write_table(page, titled(page, columns), items, frozen=2)


@dataclass(frozen=True)
class _Grouped:
    group: GroupView
    figures: GroupFigures


@dataclass(frozen=True)
class _Provision:
    dimension: str
    chapter: str
    provision: ProvisionCompared


@dataclass(frozen=True)
class _Element:
    of: _Provision
    element: ElementCount


@dataclass(frozen=True)
class _Steady:
    table: SteadyTable
    row: SteadyRow


@dataclass(frozen=True)
class _CountOf:
    """How often the rating of that key was given."""

    key: str

    def __call__(self, one: _Provision) -> Value:
        return next((group.count for group in one.provision.ratings if group.key == self.key), 0)


@dataclass(frozen=True)
class _Score:
    """The percentile of the score in that place."""

    place: int

    def __call__(self, one: _Steady) -> Value:
        return one.row.score_shares[self.place]


@dataclass(frozen=True)
class _Position:
    """The percentile of the position in that place."""

    place: int

    def __call__(self, one: _Steady) -> Value:
        return one.row.positions[self.place]


def _provisions(view: ComparisonView) -> Iterator[_Provision]:
    for table in view.provisions:
        for chapter in table.chapters:
            for provision in chapter.provisions:
                yield _Provision(table.dimension_title, f"{chapter.id} {chapter.title}", provision)


def _met(page: Sheet, elements: Sequence[ElementCount]) -> str:
    """Each letter with its count, and of how many."""
    if not elements:
        return ""
    letters = ", ".join(page.labels("comparison_sheets.element", letter=one.letter, met=one.met) for one in elements)
    return page.labels("comparison_sheets.elements", letters=letters, answered=elements[0].answered)


def _share(one: _Element) -> Value:
    return one.element.met / one.element.answered if one.element.answered else None
