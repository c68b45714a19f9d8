"""Reads the Assessment sheet: one answer a provision, found by its id whatever the order of rows and columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from legcheck.issues import (
    CITATION_UNREADABLE,
    PROVISION_ROW_MISSING,
    PROVISION_TWICE,
    UNKNOWN_ELEMENT,
    UNKNOWN_LAW,
    UNKNOWN_PROVISION,
    UNKNOWN_RATING,
    closest,
)
from legcheck.model import Answer
from legcheck.workbook.citations import law_keys, law_meant, parse_legal_basis
from legcheck.workbook.columns import RATING, assessment_columns, element_dimension, timed_dimension
from legcheck.workbook.elements import parse_elements
from legcheck.workbook.places import Cells
from legcheck.workbook.reading.session import Table, folded, short
from legcheck.workbook.text import address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from legcheck.model import Checklist, Citation, Dimension, Law, Provision

_TEXTS = ("note", "to_confirm", "observations", "assistance", "assessor")


@dataclass
class Answers:
    """The answers read, and the provisions for which no element was expressly said to be present."""

    by_provision: dict[str, Answer] = field(default_factory=dict)
    none_present: set[str] = field(default_factory=set)


def read_answers(table: Table, checklist: Checklist, laws: Mapping[str, Law], *, short_form: bool) -> Answers:
    """The answers of the sheet, those with nothing in them left out."""
    reader = _Reader(table, checklist, laws)
    reader.read()
    expected = [id for id, one in checklist.provisions.items() if one.core or not short_form]
    missing = [id for id in expected if id not in reader.rows]
    if missing:
        at = table.session.book.at(table.sheet)
        table.session.issues.add(PROVISION_ROW_MISSING, at, provisions=", ".join(missing[:20]), count=len(missing))
    return reader.answers


class _Reader:
    """Reads row by row."""

    def __init__(self, table: Table, checklist: Checklist, laws: Mapping[str, Law]) -> None:
        self.table = table
        self.checklist = checklist
        self.laws = laws
        self.keys = law_keys(laws)
        self.issues = table.session.issues
        self.words = table.session.words
        self.answers = Answers()
        self.rows: dict[str, int] = {}
        self.ids = {folded(id): provision for id, provision in checklist.provisions.items()}
        self.timed, self.with_elements = timed_dimension(checklist), element_dimension(checklist)
        filled = [column.key for column in assessment_columns(checklist, assessor=True) if column.answer]
        self.fields = [key for key in filled if key in table.columns]
        self.file = table.session.book.path.name
        self.names = {key: key.removeprefix(f"{RATING}.") for key in self.fields}
        self.places = {self.names[key]: table.columns[key] for key in self.fields}
        self.used = frozenset(table.columns[key] for key in (*self.fields, "id"))
        self.ignored = self.used | table.strangers

    def read(self) -> None:
        """Read every row below the headings."""
        id_column = self.table.columns["id"]
        for row, values in self.table.below():
            typed = values[id_column]
            if typed == "":
                self.table.report_rest(row, self.table.strangers)
                continue
            provision = self.ids.get(folded(str(typed)))
            if provision is None:
                hint = closest(str(typed), self.checklist.provisions)
                if not self.table.session.is_ours(str(typed)):
                    self.issues.add(UNKNOWN_PROVISION, self.table.at(row, "id"), value=short(str(typed)), hint=hint)
            elif provision.id in self.rows:
                first = address(self.rows[provision.id], id_column)
                self.issues.add(PROVISION_TWICE, self.table.at(row, "id"), provision=provision.id, first=first)
            else:
                self.rows[provision.id] = row
                self.table.report_rest(row, self.ignored)
                self._read_row(row, provision)

    def _read_row(self, row: int, provision: Provision) -> None:
        values = self.table.texts(row, self.fields)
        if not values:
            return
        ratings: dict[str, str] = {}
        for dimension in self.checklist.dimensions:
            rating = self._rating(row, f"{RATING}.{dimension.key}", values, dimension, provision)
            if rating:
                ratings[dimension.key] = rating
        basis = values.get("legal_basis", "")
        self.answers.by_provision[provision.id] = Answer(
            provision=provision.id,
            ratings=ratings,
            if_adopted=self._rating(row, "if_adopted", values, self.timed, provision),
            elements=self._elements(row, values.get("elements", ""), provision),
            legal_basis=basis,
            citations=self._citations(row, basis) if basis else (),
            at=Cells(self.file, self.table.sheet, row, self.places, tuple(self.names[key] for key in values)),
            **{key: values.get(key, "") for key in _TEXTS},
        )

    def _rating(self, row: int, key: str, values: Mapping[str, str], dimension: Dimension | None, provision: Provision) -> str:
        typed = values.get(key, "")
        if not typed or dimension is None:
            return ""
        try:
            return self.words.rating(dimension, provision, typed)
        except KeyError:
            allowed = self.words.ratings_shown(dimension, provision)
            hint = allowed.get(closest(typed, allowed), "")
            shown = ", ".join(dict.fromkeys(allowed.values()))
            self.issues.add(UNKNOWN_RATING, self.table.at(row, key), value=short(typed), allowed=shown, hint=hint)
            return ""

    def _elements(self, row: int, typed: str, provision: Provision) -> tuple[str, ...]:
        if not typed:
            return ()
        letters, wrong = parse_elements(typed, provision.letters)
        if wrong:
            word = self.words.choice("elements", typed)
            if word == "none":
                self.answers.none_present.add(provision.id)
            if word:
                return provision.letters if word == "all" else ()
            at, allowed = self.table.at(row, "elements"), ", ".join(provision.letters)
            self.issues.add(UNKNOWN_ELEMENT, at, value=short(typed), wrong=", ".join(wrong), allowed=allowed or "-")
        return letters

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
