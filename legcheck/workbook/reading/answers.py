"""Reads the Assessment sheet: one answer for each provision, found by its id whatever the order of rows and columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from legcheck.issues import (
    CITATION_UNREADABLE,
    PROVISION_ROW_MISSING,
    PROVISION_TWICE,
    UNKNOWN_ELEMENT,
    UNKNOWN_LAW,
    UNKNOWN_PROVISION,
    UNKNOWN_RATING,
    Location,
    closest,
)
from legcheck.model import Answer
from legcheck.words import compact
from legcheck.workbook.citations import law_keys, law_meant, parse_legal_basis
from legcheck.workbook.columns import RATING, TEXT_COLUMNS, assessment_columns, timed_dimension
from legcheck.workbook.text import address, short

if TYPE_CHECKING:
    from legcheck.model import Checklist, Citation, Dimension, ElementAnswer, Law, Provision
    from legcheck.workbook.content import Problem
    from legcheck.workbook.reading.sheets import Table

_TEXTS = tuple(column.key for column in TEXT_COLUMNS)


class Cells(Mapping[str, Location]):
    """The cells of one answer's fields. As a mapping, it holds only the filled ones."""

    __slots__ = ("columns", "file", "filled", "row", "sheet")

    def __init__(self, file: str, sheet: str, row: int, columns: Mapping[str, int], filled: tuple[str, ...]) -> None:
        self.file, self.sheet, self.row, self.columns, self.filled = file, sheet, row, columns, filled

    def of(self, problem: Problem) -> Location:
        """The cell at which to report a problem of this answer."""
        if problem.blank in self.columns:
            return self._at(problem.blank)
        return self._at(next(key for key in (*problem.fields, *self.filled) if key in self.filled))

    def _at(self, key: str) -> Location:
        return Location(self.file, self.sheet, address(self.row, self.columns[key]))

    def __getitem__(self, key: str) -> Location:
        if key not in self.filled:
            raise KeyError(key)
        return self._at(key)

    def __iter__(self) -> Iterator[str]:
        return iter(self.filled)

    def __len__(self) -> int:
        return len(self.filled)

    def __reduce__(self) -> tuple[object, ...]:
        return Cells, (self.file, self.sheet, self.row, dict(self.columns), self.filled)


def read_answers(table: Table, checklist: Checklist, laws: Mapping[str, Law], *, short_form: bool) -> Mapping[str, Answer]:
    """The answers of the sheet by provision, leaving out those with nothing filled in."""
    reader = _Reader(table, checklist, laws)
    reader.read()
    expected = [id for id, one in checklist.provisions.items() if one.core or not short_form]
    missing = [id for id in expected if id not in reader.rows]
    if missing:
        at = table.sheets.book.at(table.name)
        table.sheets.issues.add(PROVISION_ROW_MISSING, at, provisions=", ".join(missing[:20]), count=len(missing))
    return reader.answers


class _Reader:
    """Reads row by row."""

    def __init__(self, table: Table, checklist: Checklist, laws: Mapping[str, Law]) -> None:
        self.table = table
        self.checklist = checklist
        self.laws = laws
        self.keys = law_keys(laws)
        self.issues = table.sheets.issues
        self.vocabulary = table.sheets.vocabulary
        self.file = table.sheets.book.path.name
        self.answers: dict[str, Answer] = {}
        self.rows: dict[str, int] = {}
        self.ids = {compact(id): provision for id, provision in checklist.provisions.items()}
        self.timed = timed_dimension(checklist)
        filled = [column.key for column in assessment_columns(checklist, assessor=True) if column.answer]
        self.fields = [key for key in filled if key in table.columns]
        self.names = {key: key.removeprefix(f"{RATING}.") for key in self.fields}
        self.places = {self.names[key]: table.columns[key] for key in self.fields}
        self.used = table.unknown.union(table.columns[key] for key in (*self.fields, "id"))

    def read(self) -> None:
        """Read every row below the headings."""
        id_column = self.table.columns["id"]
        for row, values in self.table.below():
            typed = values[id_column]
            if typed == "":
                self.table.report_rest(row, self.table.unknown)
                continue
            provision = self.ids.get(compact(str(typed)))
            if provision is None:
                hint = closest(str(typed), self.checklist.provisions)
                if not self.table.sheets.is_ours(str(typed)):
                    self.issues.add(UNKNOWN_PROVISION, self.table.at(row, "id"), value=short(str(typed)), hint=hint)
            elif provision.id in self.rows:
                first = address(self.rows[provision.id], id_column)
                self.issues.add(PROVISION_TWICE, self.table.at(row, "id"), provision=provision.id, first=first)
            else:
                self.rows[provision.id] = row
                self.table.report_rest(row, self.used)
                self._read_row(row, provision)

    def _read_row(self, row: int, provision: Provision) -> None:
        values = self.table.texts(row, self.fields)
        if not values:
            return
        ratings = {
            dimension.key: rating
            for dimension in self.checklist.dimensions
            if (rating := self._rating(row, f"{RATING}.{dimension.key}", values, dimension, provision))
        }
        basis = values.get("legal_basis", "")
        self.answers[provision.id] = Answer(
            provision=provision.id,
            ratings=ratings,
            if_adopted=self._rating(row, "if_adopted", values, self.timed, provision),
            elements=self._elements(row, values.get("elements", ""), provision),
            legal_basis=basis,
            citations=self._citations(row, basis) if basis else (),
            at=Cells(
                self.table.sheets.book.path.name, self.table.name, row, self.places, tuple(self.names[key] for key in values)
            ),
            **{key: values.get(key, "") for key in _TEXTS},
        )

    def _rating(self, row: int, key: str, values: Mapping[str, str], dimension: Dimension | None, provision: Provision) -> str:
        typed = values.get(key, "")
        if not typed or dimension is None:
            return ""
        try:
            return self.vocabulary.rating(dimension, provision, typed)
        except KeyError:
            allowed = self.vocabulary.ratings_shown(dimension, provision)
            hint = allowed.get(closest(typed, allowed), "")
            shown = ", ".join(dict.fromkeys(allowed.values()))
            self.issues.add(UNKNOWN_RATING, self.table.at(row, key), value=short(typed), allowed=shown, hint=hint)
            return ""

    def _elements(self, row: int, typed: str, provision: Provision) -> Mapping[str, ElementAnswer]:
        if not typed:
            return {}
        elements, wrong = self.vocabulary.elements(typed, provision.letters)
        if wrong:
            at, allowed = self.table.at(row, "elements"), ", ".join(provision.letters)
            self.issues.add(UNKNOWN_ELEMENT, at, value=short(typed), wrong=", ".join(wrong), allowed=allowed or "-")
        return elements

    def _citations(self, row: int, text: str) -> tuple[Citation, ...]:
        basis = parse_legal_basis(text, self.keys)
        for part in basis.unreadable:
            key = law_meant(part, self.laws)
            hint = f"{key} ..." if key else ""
            self.issues.add(CITATION_UNREADABLE, self.table.at(row, "legal_basis"), value=short(part), hint=hint)
        for key in basis.unknown:
            register = ", ".join(self.laws) or "-"
            self.issues.add(UNKNOWN_LAW, self.table.at(row, "legal_basis"), value=key, allowed=register)
        return basis.citations
