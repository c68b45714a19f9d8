"""Reads the fields of the Start sheet: country, body, scope, title and date, each found by its label."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from legcheck.issues import (
    BAD_CHOICE,
    BAD_DATE,
    ERROR_VALUE,
    FORMULA_CELL,
    HEADING_MISSING,
    HEADING_TWICE,
    MISSING_VALUE,
    PERSONAL_DATA,
    TEXT_CHANGED,
    TEXTS_NOT_NAMED,
    UNKNOWN_COUNTRY,
    Location,
    closest,
)
from legcheck.model import Kind, Scope
from legcheck.workbook.columns import START, START_FIELDS
from legcheck.workbook.privacy import personal_facts
from legcheck.workbook.reading.sheets import LONGEST_HEADING
from legcheck.workbook.text import address, clean, fingerprint, is_changed, loose_fingerprint, parse_date, short

if TYPE_CHECKING:
    from datetime import date

    from legcheck.workbook.reading.sheets import Sheets
    from legcheck.workbook.text import Cell, Place, Rows

Choice = TypeVar("Choice", Scope, Kind)


@dataclass
class Start:
    """The contents of the Start sheet; `country` is empty and `as_of` None if they could not be read."""

    country: str = ""
    country_name: str = ""
    body: str = ""
    scope: Scope = Scope.NATIONAL
    kind: Kind = Kind.COUNTRY
    title: str = ""
    as_of: date | None = None


def find_start(sheets: Sheets) -> str:
    """The name of the Start sheet, empty if the workbook has none."""
    wanted = sheets.identity.names.get(START, "")
    names = [wanted] if wanted in sheets.book.names else []
    names += [name for name in sheets.book.names if name not in (wanted, sheets.identity.sheet)]
    for name in names:
        if len(_find_labels(sheets, name, quiet=True)) >= len(START_FIELDS) // 2:
            return name
    return ""


def read_start(sheets: Sheets, name: str, *, blank: bool) -> Start:
    """The fields of the Start sheet, with an issue for each that is missing or cannot be read.

    In a `blank` form, without any answer, the country may be missing.
    """
    fields = _Fields(sheets, name)
    fields.report_rest()
    start = Start(
        country_name=fields.text("country_name"),
        body=fields.text("body"),
        title=fields.text("title"),
        scope=fields.chosen("scope", Scope),
        kind=fields.chosen("kind", Kind),
        as_of=fields.day("as_of"),
    )
    fields.country(start)
    if start.scope is Scope.TEXTS and not start.title:
        sheets.issues.add(TEXTS_NOT_NAMED, fields.at("title"), scope=fields.text("scope"), field=fields.shown("title"))
    fields.check_privacy(body=start.body, title=start.title)
    if not blank:
        fields.check_name(start)
    return start


def _find_labels(sheets: Sheets, name: str, *, quiet: bool = False) -> dict[str, Place]:
    """The place of each field's label; a label that appears twice is reported unless `quiet`."""
    found: dict[str, Place] = {}
    for row, values in enumerate(sheets.book.rows(name)):
        for column, value in enumerate(values):
            if not isinstance(value, str) or not 0 < len(value) < LONGEST_HEADING:
                continue
            key = sheets.vocabulary.heading(START, value, anywhere=False)
            if key and key not in found:
                found[key] = (row, column)
            elif key and not quiet:
                at = sheets.book.at(name, address(row, column))
                sheets.issues.add(HEADING_TWICE, at, value=value, first=address(*found[key]))
    return found


class _Fields:
    """The labels of the sheet and the values beside them, read one by one."""

    def __init__(self, sheets: Sheets, name: str) -> None:
        self.sheets = sheets
        self.name = name
        self.issues = sheets.issues
        self.rows: Rows = sheets.book.rows(name)
        self.formulas = sheets.book.formulas(name)
        self.errors = sheets.book.errors(name)
        self.labels = _find_labels(sheets, name)
        beside = {key: self._value_beside(place) for key, place in self.labels.items()}
        self.places = {key: place for key, place in beside.items() if place}

    def _value_beside(self, label: Place) -> Place | None:
        """The first filled cell to the right of a label that does not hold one of the tool's hints."""
        row, start = label
        hints = self.sheets.identity.hints
        for column in range(start + 1, len(self.rows[row])):
            value = self.rows[row][column]
            if (row, column) in self.formulas or (row, column) in self.errors:
                return row, column
            if clean(value) == "":
                continue
            if (row, column) in self.labels.values():
                return None
            if not (isinstance(value, str) and (fingerprint(value) in hints or loose_fingerprint(value) in hints)):
                return row, column
        return None

    def report_rest(self) -> None:
        """Report anything else on the sheet."""
        used = {*self.labels.values(), *self.places.values()}
        for row, values in enumerate(self.rows):
            for column, value in enumerate(values):
                if value != "" and (row, column) not in used and (row, column) not in self.formulas:
                    self.sheets.report_unused(self.name, row, column, value)

    def at(self, key: str) -> Location:
        """The cell of a field, or the one where its value would go."""
        if key not in self.labels:
            return self.sheets.book.at(self.name)
        row, column = self.places.get(key) or (self.labels[key][0], self.labels[key][1] + 1)
        return self.sheets.book.at(self.name, address(row, column))

    def shown(self, key: str) -> str:
        """The label of a field as the workbook shows it."""
        return self.sheets.vocabulary.headings_shown(START).get(key, key)

    def value(self, key: str) -> Cell:
        """The value of a field; a formula or an error value is reported and counts as blank."""
        place = self.places.get(key)
        if place is None:
            return ""
        for rule, found in ((FORMULA_CELL, self.formulas), (ERROR_VALUE, self.errors)):
            if place in found:
                self.issues.add(rule, self.at(key), value=short(found[place]))
                return ""
        return self.rows[place[0]][place[1]]

    def text(self, key: str) -> str:
        """The clean text of a field; what was once a text is reported and counts as blank."""
        value = self.value(key)
        if is_changed(value):
            self.issues.add(TEXT_CHANGED, self.at(key), value=short(clean(value)))
            return ""
        return clean(value)

    def required(self, key: str) -> bool:
        """Whether a required field is filled, with an issue if it is not."""
        if key not in self.labels:
            self.issues.add(HEADING_MISSING, self.sheets.book.at(self.name), heading=self.shown(key))
        elif key not in self.places:
            self.issues.add(MISSING_VALUE, self.at(key), field=self.shown(key))
        return key in self.places

    def chosen(self, key: str, choices: type[Choice]) -> Choice:
        """What was chosen in a field; the first choice if nothing was."""
        typed, usual = self.text(key), next(iter(choices))
        if not typed:
            return usual
        found = self.sheets.vocabulary.choice(key, typed)
        with suppress(ValueError):  # the hidden sheet, which says what words mean, may be damaged
            return choices(found)
        allowed = self.sheets.vocabulary.choices_shown(key)
        facts = {"value": short(typed), "allowed": ", ".join(allowed), "hint": closest(typed, allowed)}
        self.issues.add(BAD_CHOICE, self.at(key), **facts)
        return usual

    def day(self, key: str) -> date | None:
        """The day in a required field."""
        if not self.required(key):
            return None
        value = self.value(key)
        try:
            return parse_date(value) if value != "" else None
        except ValueError:
            self.issues.add(BAD_DATE, self.at(key), value=short(clean(value)))
            return None

    def country(self, start: Start) -> None:
        """Fill in the code and name of the country. A name left over from another code is ignored."""
        if not self.required("country"):
            return
        typed = self.text("country")
        made_code, made_name = self.sheets.identity.country
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
        if not country.user_assigned and start.country_name in ("", made_name):
            start.country_name = country.name(self.sheets.identity.language)

    def check_privacy(self, **texts: str) -> None:
        """Fields name institutions, never persons or how to reach them."""
        for key, text in texts.items():
            for facts in personal_facts(text):
                self.issues.add(PERSONAL_DATA, self.at(key), **facts, provision=self.shown(key))

    def check_name(self, start: Start) -> None:
        """A fictional country must be named: its code means nothing to a reader."""
        if start.country and not start.country_name:
            self.issues.add(MISSING_VALUE, self.at("country_name"), field=self.shown("country_name"))
