"""The comparison as an Excel workbook: figures side by side as numbers, each with its range and answered share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from operator import attrgetter, methodcaller
from typing import TYPE_CHECKING

from legcheck.excel import Book, Look, Value
from legcheck.reports.comparison.view import ComparisonView, ElementCount, ProvisionCompared, SteadyRow, SteadyTable, Table
from legcheck.reports.comparison.xlsx_charts import write_changes, write_charts, write_rounds
from legcheck.reports.comparison.xlsx_figures import MOST_PRINTED, REMARKS_WIDTH, open_figures, write_assessments, write_groups
from legcheck.reports.view import Row
from legcheck.reports.xlsx_tables import (
    BODY,
    CENTRED,
    NOTICE,
    NUMBER,
    STRONG,
    SUBTITLE,
    TEXT,
    TITLE,
    Column,
    Page,
    add_sheet,
    write_table,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from legcheck.labels import Labels
    from legcheck.reports.comparison.view import ReadingsTable, RowHead
    from legcheck.reports.view import FoundView

KINDS = ("chapters", "themes", "instruments")
# A row of the sheet of readings: its table, the reading, and the counts of a chapter or of all.
_Reading = tuple["ReadingsTable", "RowHead", "FoundView"]
_NOTES_WIDTHS = (34.0, 120.0)
_COLUMN_LABELS = ("comparison_sheets.column", "xlsx.column")
_ENDS = ("low", "middle", "high")


def render_xlsx(view: ComparisonView, labels: Labels) -> bytes:
    """The workbook, ready to be written to a file."""
    book = Book(
        max(row.law_day for row in (*view.rows, *view.readings.rows)),
        title=view.title,
        subject=view.subtitle,
        description=view.notice,
        keywords=view.stamp,
        status=view.marking,
        language=view.language,
        continued=labels("xlsx.continued"),
    )
    above = (view.marking or labels("comparison_sheets.printed"), view.title)

    def add(title: str) -> Page:
        return Page(add_sheet(book, title, direction=view.direction, above=above), labels, _COLUMN_LABELS)

    notes = add(labels("comparison_sheets.sheet.notes"))
    sheets = [(lead, title, add(title), write) for lead, title, write in _sheets(view, labels)]
    for _, title, page, write in sheets:
        write(page, view, title)
    _write_notes(notes, view, [(page, labels(f"comparison_sheets.lead.{lead}")) for lead, _, page, _ in sheets])
    return book.finish()


def _sheets(view: ComparisonView, labels: Labels) -> Iterator[tuple[str, str, Callable[[Page, ComparisonView, str], None]]]:
    """The sheets that have something to show, in reading order: the key of the lead, the title, and what writes them."""
    titles = labels.under("comparison_sheets.sheet")
    if view.tables or view.trends:
        yield "charts", titles["charts"], write_charts
    for kind in KINDS:
        if tables := [one for one in view.tables if one.kind == kind]:
            yield "matrix", titles[kind], partial(_write_kind, tables)
    if view.readings.tables:
        yield "readings", titles["readings"], _write_readings
    if view.trends:
        yield "rounds", titles["rounds"], write_rounds
        yield "changes", titles["changes"], write_changes
    if view.groups:
        yield "groups", titles["groups"], write_groups
    if view.provisions:
        yield "provisions", titles["provisions"], _write_provisions
    if any(one.provision.elements for one in _provisions(view)):
        yield "elements", titles["elements"], _write_elements
    if view.robustness:
        yield "robustness", titles["robustness"], _write_robustness


def _write_kind(tables: Sequence[Table], page: Page, view: ComparisonView, title: str) -> None:
    write_assessments(page, view, tables, title)


def _write_notes(page: Page, view: ComparisonView, sheets: Sequence[tuple[Page, str]]) -> None:
    """What is compared and where, what does not compare directly, and how to read and check it."""
    labels, end = page.labels, len(_NOTES_WIDTHS)
    page.sheet.widths(*_NOTES_WIDTHS)
    page.line(view.title, TITLE)
    page.line(view.subtitle, SUBTITLE)
    page.line(view.notice, NOTICE, end=end)
    _heading(page, "sheets")
    for other, lead in sheets:
        page.beside(other.sheet.title, lead, link=other.sheet.cells(1, 1))
    _rows(page, "facts", view.facts)
    if view.not_comparable:
        _heading(page, "not_comparable")
        for sentence in view.not_comparable:
            page.line(sentence, end=end)
    _rows(page, "signs", _signs(view))
    reading = labels.under("comparison_sheets.reading")
    _rows(page, "reading", [Row(reading[key], reading[f"{key}_is"]) for key in ("figures", "colours", "spread")])
    if view.robustness_note:
        _heading(page, "robustness")
        page.line(view.robustness_note, end=end)
    _rows(page, "left_out", view.left_out, BODY)
    _rows(page, "method", sorted(view.method, key=lambda row: "\n" in row.text))
    page.keep_headings(end)


def _heading(page: Page, name: str) -> None:
    page.heading(page.labels(f"comparison_sheets.heading.{name}"))


def _rows(page: Page, name: str, rows: Iterable[Row], look: Look = TEXT) -> None:
    """Write a heading, and below it labels and their texts side by side, each line of a list in a row of its own."""
    shown = list(rows)
    if not shown:
        return
    _heading(page, name)
    for row in shown:
        for place, text in enumerate(row.text.split("\n")):
            page.beside("" if place else row.label, text, look)


def _signs(view: ComparisonView) -> Iterator[Row]:
    """Every sign in use, beside each of its sentences."""
    marks = dict.fromkeys((mark.sign, mark.text) for row in (*view.rows, *view.readings.rows) for mark in row.marks)
    signs = list(dict.fromkeys(sign for sign, _ in marks))
    yield from (Row(sign, text) for sign, text in sorted(marks, key=lambda mark: signs.index(mark[0])))


@dataclass(frozen=True)
class _Provision:
    dimension: str
    chapter: str
    provision: ProvisionCompared

    def count(self, key: str) -> int:
        """How often the rating of that key was given."""
        return next((group.count for group in self.provision.ratings if group.key == key), 0)


@dataclass(frozen=True)
class _Element:
    of: _Provision
    element: ElementCount


@dataclass(frozen=True)
class _Steady:
    table: SteadyTable
    row: SteadyRow


def _write_readings(page: Page, view: ComparisonView, title: str) -> None:
    """What each reading of named texts contains: a row for each dimension and chapter, after one for all chapters."""
    page.head(title, view.subtitle, page.labels("comparison_sheets.lead.readings"))
    items = [
        (table, view.readings.rows[one.row], counts)
        for table in view.readings.tables
        for one in table.rows
        for counts in (one.every, *one.chapters)
    ]
    titles = {name: title for table in reversed(view.readings.tables) for name, title in table.columns.items()}
    columns: list[Column[_Reading]] = [
        Column("name", 26, lambda one: one[1].name, STRONG),
        Column("code", 9, lambda one: one[1].code),
        Column("when", 18, lambda one: one[1].when),
        Column("dimension", 13, lambda one: one[0].dimension_title),
        Column("chapter", 46, lambda one: one[2].title),
        *(Column(name, 16, _found(name), CENTRED, title) for name, title in titles.items()),
        Column("remarks", REMARKS_WIDTH, _remarks_on_all),
    ]
    write_table(page, columns, items, frozen=1, most_printed=MOST_PRINTED)


def _remarks_on_all(one: _Reading) -> str:
    """The remarks on a reading, once: beside its counts of all chapters."""
    table, head, counts = one
    every = any(counts is row.every for row in table.rows)
    return " ".join((*(mark.text for mark in head.marks), *head.notes)) if every else ""


def _found(name: str) -> Callable[[_Reading], Value]:
    """The count of that name."""
    return lambda one: one[2].counts[name]


def _write_provisions(page: Page, view: ComparisonView, title: str) -> None:
    """How often each rating was given, a row for each provision and dimension."""
    page.head(title, view.subtitle, page.labels("comparison_sheets.lead.provisions"))
    items = list(_provisions(view))
    ratings: dict[str, dict[str, None]] = {}  # dimensions may have other words for ratings of the same key
    given = ((group.key, group.title) for one in items for group in one.provision.ratings if group.key)
    for key, rated in (*((key, rated) for key, rated, _ in view.scale), *given):
        ratings.setdefault(key, {})[rated] = None
    columns: list[Column[_Provision]] = [
        Column("id", 10, attrgetter("provision.id"), STRONG),
        Column("title", 40, attrgetter("provision.title"), STRONG),
        Column("dimension", 13, attrgetter("dimension")),
        Column("answered", 20, attrgetter("provision.counts")),
    ]
    not_assessed = page.labels("comparison_sheets.column.not_assessed")
    for key, words in {**ratings, "": [not_assessed]}.items():
        columns.append(Column(f"rating-{key}", 15, methodcaller("count", key), CENTRED, " / ".join(words)))
    columns.append(Column("elements", 38, lambda one: _met(page, one.provision.elements)))
    columns.append(Column("core", 12, attrgetter("provision.core")))
    columns.append(Column("chapter", 34, attrgetter("chapter")))
    write_table(page, columns, items, frozen=2, most_printed=MOST_PRINTED)


def _write_elements(page: Page, view: ComparisonView, title: str) -> None:
    """How often the law contains each element."""
    page.head(title, view.subtitle, page.labels("comparison_sheets.lead.elements"))
    items = [_Element(one, element) for one in _provisions(view) for element in one.provision.elements]
    columns: list[Column[_Element]] = [
        Column("id", 10, attrgetter("of.provision.id"), STRONG),
        Column("letter", 10, attrgetter("element.letter"), replace(STRONG, horizontal="center")),
        Column("element", 80, attrgetter("element.text")),
        Column("title", 40, attrgetter("of.provision.title")),
        Column("dimension", 13, attrgetter("of.dimension")),
        Column("met", 12, attrgetter("element.met"), CENTRED, kept=True),
        Column("of", 14, attrgetter("element.answered"), CENTRED, kept=True),
        Column("share", 12, _share, NUMBER, page.labels("comparison_sheets.chart.share")),
    ]
    written = write_table(page, columns, items, frozen=2, most_printed=MOST_PRINTED)
    if "share" in written.columns:
        written.shade("share")


def _write_robustness(page: Page, view: ComparisonView, title: str) -> None:
    """The score of each assessment when weights and unknown answers vary."""
    open_figures(page, title, "robustness")
    items = [_Steady(table, row) for table in view.robustness for row in table.rows]
    columns: list[Column[_Steady]] = [
        Column("name", 28, attrgetter("row.name"), STRONG),
        Column("when", 18, attrgetter("row.when")),
        Column("dimension", 14, attrgetter("table.dimension_title")),
        Column("scope", 24, attrgetter("table.scope_title")),
    ]
    columns += [Column(f"score_{end}", 15, _percentile(place), NUMBER) for place, end in enumerate(_ENDS)]
    page.sheet.widths(*(one.width for one in columns))
    page.line(view.robustness_note, end=len(columns))
    page.skip()
    write_table(page, columns, items, frozen=2, most_printed=MOST_PRINTED)


def _provisions(view: ComparisonView) -> Iterator[_Provision]:
    for table in view.provisions:
        for chapter in table.chapters:
            for provision in chapter.provisions:
                yield _Provision(table.dimension_title, f"{chapter.id} {chapter.title}", provision)


def _met(page: Page, elements: Sequence[ElementCount]) -> str:
    """The letter of each element with its count, and the total."""
    if not elements:
        return ""
    letters = ", ".join(page.labels("comparison_sheets.element", letter=one.letter, met=one.met) for one in elements)
    return page.labels("comparison_sheets.elements", letters=letters, answered=elements[0].answered)


def _share(one: _Element) -> Value:
    return one.element.met / one.element.answered if one.element.answered else None


def _percentile(place: int) -> Callable[[_Steady], Value]:
    """The percentile of the score in that place."""
    return lambda one: one.row.score_shares[place]
