"""Sorts the rows of an answers table by assessment, and turns each into part of an answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from legcheck import countries
from legcheck.issues import (
    BAD_CHOICE,
    BAD_DATE,
    MISSING_VALUE,
    PROVISION_TWICE,
    UNKNOWN_COUNTRY,
    UNKNOWN_ELEMENT,
    UNKNOWN_PROVISION,
    UNKNOWN_RATING,
    UNUSED_CELL,
    Issues,
    Location,
    Rule,
    closest,
)
from legcheck.model import Answer, Assessment, Checklist, Dimension, Provision, Scope, Source
from legcheck.workbook.columns import element_dimension
from legcheck.workbook.content import AnswerChecks
from legcheck.workbook.reading.vocabulary import Vocabulary
from legcheck.workbook.text import clean, compact, fold, parse_date, short

if TYPE_CHECKING:
    from datetime import date

REQUIRED = ("country", "as_of", "provision", "rating")
OPTIONAL = ("dimension", "elements", "citation", "note", "assessor", "scope", "country_name", "counts_as")
# Columns that speak of the assessment as a whole, and must say the same in all its rows.
WHOLE = ("scope", "country_name")
_TEXTS = ("citation", "note", "assessor")
# Optional columns whose blank cells raise a doubt, with the field of the answer: a table without them raises none.
_DOUBTED = {"citation": "legal_basis", "elements": "elements", "note": "note"}


@dataclass
class _Entry:
    """What the rows on one provision say, and the line of each field."""

    ratings: dict[str, str] = field(default_factory=dict)
    elements: tuple[str, ...] = ()
    texts: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


@dataclass
class _Group:
    """The rows of one country and date. The code is empty, or there is no date, where they could not be read."""

    country: str
    as_of: date | None
    scope: Scope = Scope.NATIONAL
    country_name: str = ""
    issues: Issues = field(default_factory=Issues)
    entries: dict[str, _Entry] = field(default_factory=dict)
    none_present: set[str] = field(default_factory=set)


class TableRows:
    """Takes in rows one by one; what repeats from row to row is understood once."""

    def __init__(self, checklist: Checklist, source: Source, places: Mapping[str, int], width: int, warnings: Issues) -> None:
        self.checklist = checklist
        self.source = source
        self.places = places
        self.warnings = warnings
        self.words = Vocabulary(checklist, checklist.language)
        self.with_elements = element_dimension(checklist)
        self.extras = [name for name in ("elements", *_TEXTS) if name in places]
        self.width = width
        self.absent = frozenset(key for name, key in _DOUBTED.items() if name not in places)
        self.ids = {compact(id): provision for id, provision in checklist.provisions.items()}
        self.dimensions = {fold(name): one for one in checklist.dimensions for name in (one.title, one.key)}
        self.understood: dict[tuple[str, str, str], str | None] = {}
        self.groups: dict[tuple[str, str], _Group] = {}
        self.as_written: dict[tuple[str, ...], _Group] = {}

    def take(self, line: int, row: list[str]) -> None:
        """Take in one row."""
        if len(row) < self.width:
            row = row + [""] * (self.width - len(row))
        places = self.places
        written = (row[places["country"]], row[places["as_of"]], *(row[places[name]] for name in WHOLE if name in places))
        group = self.as_written.get(written) or self._group(written, line, row)
        for value in row[self.width :]:
            if value.strip():
                group.issues.add(UNUSED_CELL, self._at(line), value=short(value))
        provision = self._provision(group, line, row[places["provision"]])
        dimension = self._dimension(group, line, row[places["dimension"]] if "dimension" in places else "")
        if provision is not None and dimension is not None:
            self._answer(group, line, row, provision, dimension)

    def assessments(self) -> list[tuple[Assessment | None, Issues]]:
        """The assessments, their content checked, each with its issues."""
        read = []
        for group in self.groups.values():
            assessment = self._assessment(group)
            if assessment is not None:
                checks = AnswerChecks(self.checklist, assessment, absent=self.absent)
                for id, answer in assessment.answers.items():
                    for problem in [*checks.errors(answer), *checks.warnings(answer, none_present=id in group.none_present)]:
                        blank = problem.blank and [problem.blank] if problem.blank in answer.at else []
                        key = next(key for key in (*blank, *problem.fields, *answer.at) if key in answer.at)
                        group.issues.add(problem.rule, answer.at[key], **problem.facts)
            read.append((assessment, group.issues))
        if not read and len(self.warnings):
            read.append((None, self.warnings))
        return read

    def _assessment(self, group: _Group) -> Assessment | None:
        if not group.country or group.as_of is None:
            return None
        entries = group.entries
        return Assessment(
            country=group.country,
            country_name=group.country_name or countries.find(group.country).name("en"),
            scope=group.scope,
            as_of=group.as_of,
            checklist=self.checklist.id,
            checklist_version=self.checklist.version,
            answers={id: self._built(id, entries[id]) for id in self.checklist.provisions if id in entries},
            source=self.source,
        )

    def _built(self, id: str, entry: _Entry) -> Answer:
        texts = entry.texts
        return Answer(
            provision=id,
            ratings=entry.ratings,
            elements=entry.elements,
            legal_basis=texts.get("citation", ""),
            note=texts.get("note", ""),
            assessor=texts.get("assessor", ""),
            at=Lines(self.source.name, entry.lines),
        )

    def _at(self, line: int) -> Location:
        return Location(self.source.name, line=line)

    def _group(self, written: tuple[str, ...], line: int, row: list[str]) -> _Group:
        """The assessment that a row belongs to, begun with its first row."""
        code, day = clean(written[0]), clean(written[1])
        country, as_of = country_of(code), day_of(day)
        same = (country or f"?{code}", as_of.isoformat() if as_of else f"?{day}")
        group = self.groups.get(same)
        scope, name = (clean(row[self.places[key]]) if key in self.places else "" for key in WHOLE)
        if group is None:
            group = self.groups[same] = _Group(country, as_of, scope_of(scope) or Scope.NATIONAL, name)
            if len(self.groups) == 1:
                group.issues.extend(self.warnings)
            if not country:
                hint = countries.suggest(code) if code else ""
                self._missing_or(UNKNOWN_COUNTRY, group, line, "country", code, hint)
            if as_of is None:
                self._missing_or(BAD_DATE, group, line, "as_of", day)
        if scope_of(scope) is not group.scope:
            allowed = ", ".join(Scope)
            group.issues.add(BAD_CHOICE, self._at(line), value=short(scope), allowed=allowed, hint=closest(scope, Scope))
        self.as_written[written] = group
        return group

    def _missing_or(self, rule: Rule, group: _Group, line: int, field: str, value: str, hint: str = "") -> None:
        """Report a field as blank, or as wrong by a rule of its own."""
        if value:
            group.issues.add(rule, self._at(line), value=short(value), hint=hint)
        else:
            group.issues.add(MISSING_VALUE, self._at(line), field=field)

    def _provision(self, group: _Group, line: int, typed: str) -> Provision | None:
        provision = self.checklist.provisions.get(typed) or self.ids.get(compact(typed))
        if provision is None:
            hint = closest(typed, self.checklist.provisions)
            self._missing_or(UNKNOWN_PROVISION, group, line, "provision", typed.strip(), hint)
        return provision

    def _dimension(self, group: _Group, line: int, typed: str) -> Dimension | None:
        if not typed:
            return self.checklist.dimensions[0]
        dimension = self.dimensions.get(fold(typed))
        if dimension is None:
            keys = list(self.checklist.by_dimension)
            group.issues.add(BAD_CHOICE, self._at(line), value=short(typed), allowed=", ".join(keys), hint=closest(typed, keys))
        return dimension

    def _answer(self, group: _Group, line: int, row: list[str], provision: Provision, dimension: Dimension) -> None:
        entry = group.entries.get(provision.id)
        if entry is None:
            entry = group.entries[provision.id] = _Entry()
        if dimension.key in entry.lines:
            first = entry.lines[dimension.key]
            group.issues.add(PROVISION_TWICE, self._at(line), provision=f"{provision.id} ({dimension.key})", first=first)
            return
        entry.lines[dimension.key] = line
        typed = row[self.places["rating"]]
        if typed:
            self._rate(group, line, entry, provision, dimension, typed)
        for name in self.extras:
            text = clean(row[self.places[name]])
            if text and name == "elements":
                entry.lines[name] = line
                entry.elements = self._elements(group, line, text, provision)
            elif text and text not in entry.texts.get(name, "").split("\n"):
                entry.lines["legal_basis" if name == "citation" else name] = line
                entry.texts[name] = f"{entry.texts[name]}\n{text}" if name in entry.texts else text

    def _rate(self, group: _Group, line: int, entry: _Entry, provision: Provision, dimension: Dimension, typed: str) -> None:
        known = (dimension.key, str(provision.maximum), typed)
        if known not in self.understood:
            self.understood[known] = self._rating(provision, dimension, typed)
        rating = self.understood[known]
        if rating is None:
            allowed = ", ".join(dimension.scale.ratings(provision.maximum))
            hint = closest(typed, dimension.scale.ratings(provision.maximum))
            group.issues.add(UNKNOWN_RATING, self._at(line), value=short(typed), allowed=allowed, hint=hint)
        elif rating:
            entry.ratings[dimension.key] = rating

    def _rating(self, provision: Provision, dimension: Dimension, typed: str) -> str | None:
        """The rating typed: empty for a blank, None where the scale has no such rating."""
        text = clean(typed)
        try:
            return self.words.rating(dimension, provision, text) if text else ""
        except KeyError:
            return None

    def _elements(self, group: _Group, line: int, typed: str, provision: Provision) -> tuple[str, ...]:
        letters, wrong, none = self.words.elements(typed, provision.letters)
        if none:
            group.none_present.add(provision.id)
        if wrong:
            facts = {"value": short(typed), "wrong": ", ".join(wrong), "allowed": ", ".join(provision.letters) or "-"}
            group.issues.add(UNKNOWN_ELEMENT, self._at(line), **facts)
        return letters


@cache
def country_of(code: str) -> str:
    """The code of a country as assessments keep it, empty where there is no such country."""
    try:
        return countries.find(code).code if code else ""
    except KeyError:
        return ""


def scope_of(text: str) -> Scope | None:
    """The scope that a text names, the whole legal order where it is blank; None where it names none."""
    try:
        return Scope(text.lower() or Scope.NATIONAL)
    except ValueError:
        return None


@cache
def day_of(text: str) -> date | None:
    """The day that a text names, None where it names none."""
    try:
        return parse_date(text)
    except ValueError:
        return None


class Lines(Mapping[str, Location]):
    """The lines of the rows that speak about one provision, by field."""

    __slots__ = ("file", "lines")

    def __init__(self, file: str, lines: Mapping[str, int]) -> None:
        self.file, self.lines = file, lines

    def __getitem__(self, key: str) -> Location:
        return Location(self.file, line=self.lines[key])

    def __iter__(self) -> Iterator[str]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.lines)

    def __reduce__(self) -> tuple[object, ...]:
        return Lines, (self.file, dict(self.lines))
