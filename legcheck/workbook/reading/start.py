"""Reads the Start sheet: country, body, scope, title and date, each found by its label."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from legcheck.issues import (
    BAD_CHOICE,
    BAD_DATE,
    ERROR_VALUE,
    FORMULA_CELL,
    HEADING_MISSING,
    HEADING_TWICE,
    MISSING_VALUE,
    PERSONAL_DATA,
    UNKNOWN_COUNTRY,
    Issues,
    Location,
    closest,
)
from legcheck.model import Scope
from legcheck.workbook.columns import START, START_FIELDS
from legcheck.workbook.fingerprint import fingerprint, loose_fingerprint
from legcheck.workbook.privacy import masked, personal_data
from legcheck.workbook.reading.session import LONGEST_HEADING, Session, short
from legcheck.workbook.text import address, clean, parse_date

if TYPE_CHECKING:
    from datetime import date

    from legcheck.workbook.reading.book import Rows
    from legcheck.workbook.text import Cell

Place = tuple[int, int]


@dataclass
class Start:
    """What the Start sheet says; `country` is empty and `as_of` None where they could not be read."""

    country: str = ""
    country_name: str = ""
    body: str = ""
    scope: Scope = Scope.NATIONAL
    title: str = ""
    as_of: date | None = None


def read_start(session: Session, sheet: str, *, blank: bool) -> Start:
    """The fields of the Start sheet, with an issue for each that is missing or cannot be read.

    A `blank` form, without any answer, need not name its country yet.
    """
    rows = session.book.rows(sheet)
    labels = _labels(session, sheet, rows)
    values = {key: _value_beside(session, sheet, rows, place, set(labels.values())) for key, place in labels.items()}
    _report_rest(session, sheet, rows, {*labels.values(), *(place for place in values.values() if place)})
    fields = _Fields(session, sheet, rows, {key: place for key, place in values.items() if place}, labels)
    start = Start(
        country_name=fields.text("country_name"),
        body=fields.text("body"),
        title=fields.text("title"),
        scope=fields.scope(),
        as_of=fields.day("as_of"),
    )
    fields.country(start)
    fields.check_privacy("body", "title")
    if not blank:
        fields.check_name(start)
    return start


def find_start(session: Session) -> str:
    """The name of the Start sheet, empty if the workbook has none."""
    wanted = session.identity.names.get(START, "")
    names = [wanted] if wanted in session.book.names else []
    names += [name for name in session.book.names if name not in (wanted, session.identity.sheet)]
    for name in names:
        if len(_labels(session, name, session.book.rows(name), quiet=True)) >= len(START_FIELDS) // 2:
            return name
    return ""


def _labels(session: Session, sheet: str, rows: Rows, *, quiet: bool = False) -> dict[str, Place]:
    """Where the label of each field stands."""
    found: dict[str, Place] = {}
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if not isinstance(value, str) or not 0 < len(value) < LONGEST_HEADING:
                continue
            key = session.words.heading(START, value, anywhere=False)
            if key and key not in found:
                found[key] = (row, column)
            elif key and not quiet:
                at = session.book.at(sheet, address(row, column))
                session.issues.add(HEADING_TWICE, at, value=value, first=address(*found[key]))
    return found


def _value_beside(session: Session, sheet: str, rows: Rows, label: Place, labels: set[Place]) -> Place | None:
    """The first filled cell to the right of a label that is not one of the tool's hints."""
    row, start = label
    wrong = session.book.formulas(sheet).keys() | session.book.errors(sheet).keys()
    for column in range(start + 1, len(rows[row])):
        value = rows[row][column]
        if (row, column) in wrong:
            return row, column
        if clean(value) == "":
            continue
        if (row, column) in labels:
            return None
        hints = session.identity.hints
        if not (isinstance(value, str) and (fingerprint(value) in hints or loose_fingerprint(value) in hints)):
            return row, column
    return None


def _report_rest(session: Session, sheet: str, rows: Rows, used: set[Place]) -> None:
    formulas = session.book.formulas(sheet)
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if value != "" and (row, column) not in used and (row, column) not in formulas:
                session.report_unused(sheet, row, column, value)


@dataclass
class _Fields:
    """The values of the fields by key, read one by one."""

    session: Session
    sheet: str
    rows: Rows
    places: dict[str, Place]
    labels: dict[str, Place]

    @property
    def issues(self) -> Issues:
        return self.session.issues

    def at(self, key: str) -> Location:
        """The cell of a field, or where its value would stand."""
        if key not in self.labels:
            return self.session.book.at(self.sheet)
        row, column = self.places.get(key) or (self.labels[key][0], self.labels[key][1] + 1)
        return self.session.book.at(self.sheet, address(row, column))

    def value(self, key: str) -> Cell:
        place = self.places.get(key)
        if place is None:
            return ""
        value = self.rows[place[0]][place[1]]
        for rule, found in ((FORMULA_CELL, self.session.book.formulas), (ERROR_VALUE, self.session.book.errors)):
            if place in found(self.sheet):
                self.issues.add(rule, self.at(key), value=short(found(self.sheet)[place]))
                return ""
        return value

    def text(self, key: str) -> str:
        return clean(self.value(key))

    def required(self, key: str) -> bool:
        """Whether a required field is filled, with an issue where it is not."""
        if key not in self.labels:
            name = self.session.words.headings_shown(START).get(key, key)
            self.issues.add(HEADING_MISSING, self.session.book.at(self.sheet), heading=name)
        elif key not in self.places:
            name = self.session.words.headings_shown(START).get(key, key)
            self.issues.add(MISSING_VALUE, self.at(key), field=name)
        return key in self.places

    def scope(self) -> Scope:
        typed = self.text("scope")
        if not typed:
            return Scope.NATIONAL
        key = self.session.words.choice("scope", typed)
        if key:
            return Scope(key)
        shown = self.session.words.shown("scope")
        self.issues.add(BAD_CHOICE, self.at("scope"), value=short(typed), allowed=", ".join(shown), hint=closest(typed, shown))
        return Scope.NATIONAL

    def day(self, key: str) -> date | None:
        if not self.required(key):
            return None
        value = self.value(key)
        try:
            return parse_date(value) if value != "" else None
        except ValueError:
            self.issues.add(BAD_DATE, self.at(key), value=short(clean(value)))
            return None

    def country(self, start: Start) -> None:
        """Fill code and name of the country; a name left over from another code is not believed."""
        if not self.required("country"):
            return
        typed = self.text("country")
        made_code, made_name = self.session.identity.country
        if typed.upper() == made_code:
            start.country = made_code
            start.country_name = start.country_name or made_name
            return
        from legcheck import countries

        try:
            country = countries.find(typed)
        except KeyError:
            if typed:
                self.issues.add(UNKNOWN_COUNTRY, self.at("country"), value=short(typed), hint=countries.suggest(typed))
            return
        start.country = country.code
        if not country.fictional and start.country_name in ("", made_name):
            start.country_name = country.name(self.session.identity.language)

    def check_privacy(self, *keys: str) -> None:
        """Institutions are enough: fields must not name or reach persons."""
        for key in keys:
            for kind, found in personal_data(self.text(key)):
                name = self.session.words.headings_shown(START).get(key, key)
                facts = {"kind": f"@issues.personal.{kind}", "value": masked(found), "provision": name}
                self.issues.add(PERSONAL_DATA, self.at(key), **facts)

    def check_name(self, start: Start) -> None:
        """A fictional country must be named: its code means nothing to a reader."""
        if start.country and not start.country_name:
            name = self.session.words.headings_shown(START).get("country_name", "country_name")
            self.issues.add(MISSING_VALUE, self.at("country_name"), field=name)
