"""The workbook in which somebody decides where the parts of an assessment contradict one another, out and in."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from legcheck.excel import Book, address
from legcheck.issues import (
    BAD_CHOICE,
    BAD_DATE,
    CITATION_UNREADABLE,
    DECIDED_TWICE,
    DECISION_ON_NOTHING,
    DECISION_OUTDATED,
    DECISION_UNSIGNED,
    DECISIONS_OF_OTHER,
    NOT_DECISIONS,
    PART_DIFFERS,
    PERSONAL_DATA,
    UNKNOWN_RATING,
    Issues,
    Location,
    closest,
)
from legcheck.model import Decision, Law, LawStatus, Revision, Source
from legcheck.words import fold
from legcheck.workbook import looks
from legcheck.workbook.citations import Register, parse_legal_basis
from legcheck.workbook.columns import Column
from legcheck.workbook.history import change_in_words, dimension_of, read_value, says_yes_or_no
from legcheck.workbook.privacy import names_of_persons, personal_facts
from legcheck.workbook.reading.identity import identify
from legcheck.workbook.reading.sheets import Sheets
from legcheck.workbook.reading.vocabulary import Vocabulary
from legcheck.workbook.text import clean, fingerprint, parse_date, short
from legcheck.workbook.writing.draft import Draft, TableSheet
from legcheck.workbook.writing.workbook import usual_name

if TYPE_CHECKING:
    from pathlib import Path

    from legcheck.excel import Value
    from legcheck.labels import Labels
    from legcheck.model import Assessment, Checklist, Difference, Merged
    from legcheck.workbook.reading.identity import Identity
    from legcheck.workbook.reading.sheets import Table

MAGIC = "legcheck decisions"
DECISIONS = "decisions"
_TOLD = ("row", "column", "said", "places")
_TEXTS = ("choice", "value", "who", "why")
_COLUMNS = (
    Column("number", 6, answer=False, required=True),
    Column("row", 12, answer=False),
    Column("column", 32, answer=False),
    Column("said", 36, answer=False),
    Column("places", 30, answer=False),
    Column("choice", 22, required=True),
    Column("value", 24, required=True),
    Column("who", 18),
    Column("on", 12),
    Column("why", 28),
)
_HEAD = 5
_LONGEST_CHOICE = 60
_CHOSEN = re.compile(r"\s*(\d+)(?:\).*)?", re.DOTALL)
_ANSWER, _CHOICE = (replace(look, size=10) for look in (looks.ANSWER, looks.CHOICE))
_DATES = ("adopted", "in_force_since", "in_force_until")

Key = tuple[str, str]
"""The provision and field that a decision is about."""


@dataclass(frozen=True)
class Decided:
    """What a decisions workbook says: the decisions, and the conflicts that it shows as they still are, decided or not."""

    decisions: tuple[Decision, ...] = ()
    shown: frozenset[Key] = frozenset()


# Out ------------------------------------------------------------------------------------------------------------------


def make_decisions(checklist: Checklist, merged: Merged, labels: Labels, decisions: Collection[Decision] = ()) -> bytes:
    """The workbook: a row for each conflict with what is said and where, to choose from or to fill in; decisions made are kept.

    It records the digests of the parts, the laws by the keys that it shows, and what each row stands for.
    """
    assessment, conflicts = merged.assessment, merged.conflicts
    country = assessment.country_name or usual_name(assessment.country, labels.language) or assessment.country
    title = labels("terminal.figure", dimension=country, title=labels("decisions.title"))
    book = Book(assessment.as_of, language=labels.language, title=title, locked=True)
    entries = [
        ("as_of", assessment.as_of.isoformat()),
        *(("part", one.source.name, one.source.digest) for one in merged.parts),
        *(("law", one.key, one.title, one.number, one.adopted.isoformat() if one.adopted else "") for one in merged.laws),
        *(("conflict", str(at), one.provision, one.field, _mark(one)) for at, one in enumerate(conflicts, 1)),
    ]
    draft = Draft(book, checklist, assessment, labels, country, root="decisions", magic=MAGIC, entries=entries)
    headings = {one: labels(f"decisions.columns.{one.key}") for one in _COLUMNS}
    table = TableSheet(draft, DECISIONS, _HEAD, 34, headings)
    table.bands(
        len(headings),
        (title, looks.TITLE, 34),
        (labels("decisions.lead"), looks.BAND, 18),
        (labels("decisions.lead_by"), looks.BAND, 18),
        (labels("decisions.privacy"), looks.BAND, 18),
    )
    made = {(one.provision, one.field): one for one in decisions}
    for row, one in enumerate(conflicts, _HEAD + 1):
        _write(table, row, one, made.get((one.provision, one.field)))
    last = _HEAD + len(conflicts)
    for key in ("value", "who", "on", "why"):
        table.prompt(table.cells(key, last), key)
    table.finish_table(last, keep="column")
    table.break_pages(len(headings), [], last, repeated=_HEAD)
    return draft.finish()


def _write(table: TableSheet, row: int, one: Difference, decision: Decision | None) -> None:
    """The row of a conflict, with what was decided on it before."""
    checklist, labels = table.draft.checklist, table.labels
    name, column, *_ = change_in_words(checklist, _revision(one, ""), labels)
    column = "\n".join(filter(None, (column, _asked(checklist, table.draft.assessment, one))))
    words = [change_in_words(checklist, _revision(one, value), labels)[2] for value in one.values]
    bases = (f" ({cited})" if (cited := one.cited(value)) else "" for value in one.values)
    said = _numbered(map("".join, zip(words, bases, strict=True)))
    told = {"row": name, "column": column, "said": said, "places": _numbered(map(one.places, one.values))}
    table.number(row, table.column_of["number"], row - _HEAD, looks.ID)
    for key in _TOLD:
        table.own(row, table.column_of[key], told[key], looks.FIXED)
    choices = [_choice(at, shown) for at, shown in enumerate(words, 1)]
    typed: dict[str, Value] = {}
    if decision is not None:
        chosen = decision.value in one.values
        value = change_in_words(checklist, _revision(one, decision.value), labels)[2]
        typed = {"choice": choices[one.values.index(decision.value)]} if chosen else {"value": value}
        typed |= {"who": decision.who, "on": decision.on, "why": decision.why}
    day = replace(_CHOICE, format=labels("common.cell_day"))
    for key in ("choice", "value", "who", "on", "why"):
        table.answer(row, table.column_of[key], typed.get(key), day if key == "on" else _ANSWER)
    table.choose(address(row, table.column_of["choice"]), choices, "choice")


def _asked(checklist: Checklist, assessment: Assessment, one: Difference) -> str:
    """What a row is about, in words: the title of a law, the text of an element, or the title of a provision."""
    if one.provision in assessment.laws:
        return assessment.laws[one.provision].title
    provision = checklist.provisions.get(one.provision)
    kind, _, rest = one.field.partition(".")
    if provision is None or kind != "elements":
        return provision.title if provision is not None else ""
    return next((each.text for each in provision.elements if each.letter == rest.partition(".")[0]), provision.title)


def _revision(one: Difference, value: str) -> Revision:
    return Revision(date.min, one.provision, one.field, value)


def _numbered(texts: Iterable[str]) -> str:
    return "\n".join(f"{at}) {text}" for at, text in enumerate(texts, 1))


def _choice(number: int, shown: str) -> str:
    """A value in a list of choices: long texts by their beginning."""
    line = " ".join(shown.split())
    return f"{number}) {line if len(line) <= _LONGEST_CHOICE else line[: _LONGEST_CHOICE - 3] + '...'}"


def _mark(one: Difference) -> str:
    """The fingerprint of what is said, by which a decision is known to be about that."""
    return f"{fingerprint(chr(0).join(one.values)):x}"


# In -------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """A decisions workbook that was opened, with what its hidden sheet records."""

    path: Path
    identity: Identity
    record: Sequence[Sequence[str]]

    @property
    def laws(self) -> tuple[Law, ...]:
        """The laws as the parts described them, by the keys that the workbook shows and decisions cite."""
        rows = (row for row in self.record if row[0] == "law")
        return tuple(Law(key, title, number=number, adopted=_as_day(day)) for _, key, title, number, day in rows)


def open_decisions(path: Path) -> Asked:
    """Open a decisions workbook.

    Raises:
        InputError: the file is not such a workbook, or cannot be read safely.
    """
    identity = identify(path, magic=MAGIC, otherwise=NOT_DECISIONS)
    rows = identity.book.rows(identity.sheet)
    return Asked(path, identity, [[*map(clean, row[:5]), *[""] * (5 - len(row))] for row in rows])


def _as_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def read_decisions(asked: Asked, checklist: Checklist, merged: Merged) -> tuple[Decided, Issues]:
    """The decisions in a workbook on the conflicts of a merge, and every issue found in it.

    A part that was edited since is named. Decisions hold where the parts still say what was decided on.
    """
    path, identity, record, assessment = asked.path, asked.identity, asked.record, merged.assessment
    sheets = Sheets(identity, _Vocabulary(checklist, identity.language, identity.headings, identity.choices))
    as_of = next((row[1] for row in record if row[0] == "as_of"), "")
    about = identity.checklist, identity.version, identity.country[0], as_of
    own = checklist.id, checklist.version, assessment.country, assessment.as_of.isoformat()
    if about != own:
        sheets.issues.add(DECISIONS_OF_OTHER, Location(path.name), value=" ".join(about), allowed=" ".join(own))
        return Decided(), sheets.issues
    recorded = [Source(row[1], row[2]) for row in record if row[0] == "part"]
    _compare_parts(recorded, [one.source for one in merged.parts], sheets.issues, path.name)
    marks = {row[1]: ((row[2], row[3]), row[4]) for row in record if row[0] == "conflict"}
    table = sheets.table(DECISIONS, _COLUMNS, anywhere=True)
    if table is None:
        return Decided(), sheets.issues
    reader = _Reader(table, checklist, assessment, {(one.provision, one.field): one for one in merged.conflicts}, marks)
    decisions = tuple(reader.decisions())
    sheets.report_others()
    return Decided(decisions, frozenset(reader.shown)), sheets.issues


class _Vocabulary(Vocabulary):
    """The vocabulary of the workbook: headings by key or in any language."""

    @cached_property
    def _headings_anywhere(self) -> dict[str, dict[str, str]]:
        from legcheck.labels import labels, languages

        shown = {(key, labels(language)(f"decisions.columns.{key}")) for language in languages() for key in self._keys}
        return {DECISIONS: {fold(heading): key for key, heading in shown}}

    _keys = tuple(one.key for one in _COLUMNS)


def _compare_parts(recorded: Collection[Source], parts: Collection[Source], issues: Issues, file: str) -> None:
    """Name the parts that are not those on which decisions were asked for."""
    known, now = {one.digest for one in recorded}, {one.digest for one in parts}
    before = {one.name for one in recorded if one.digest not in now}
    for one in parts:
        if one.digest not in known:
            how = "edited" if one.name in before else "added"
            issues.add(PART_DIFFERS, Location(one.name), how=f"@issues.part.{how}", file=file)
    for name in sorted(before - {one.name for one in parts}):
        issues.add(PART_DIFFERS, Location(name), how="@issues.part.absent", file=file)


class _Reader:
    """Reads the rows of decisions. `marks` gives by number what a row is about, and the fingerprint of what was said then."""

    def __init__(
        self,
        table: Table,
        checklist: Checklist,
        assessment: Assessment,
        conflicts: Mapping[Key, Difference],
        marks: Mapping[str, tuple[Key, str]],
    ) -> None:
        self.table, self.checklist, self.conflicts, self.marks = table, checklist, conflicts, marks
        self.register, self.subdivision = Register(assessment.laws), assessment.of_subdivision
        self.issues, self.vocabulary = table.sheets.issues, table.sheets.vocabulary
        self.shown: set[Key] = set()

    def decisions(self) -> Iterator[Decision]:
        """The decisions. A body or a day that is the only one in the workbook holds for all of them."""
        rows = [(row, texts) for row, texts in self._rows() if texts["choice"] or texts["value"] or texts["why"]]
        days = {row: self.table.day(row, "on") for row, _ in rows}
        bodies = {texts["who"] for _, texts in rows} - {""}
        dates = set(days.values()) - {None}
        for row, texts in rows:
            one = self._conflict(row, texts)
            if one is None:
                continue
            decided = bool(texts["choice"] or texts["value"])
            value = self._value(row, one, texts) if decided else ""
            who = texts["who"] or (next(iter(bodies)) if len(bodies) == 1 else "")
            on = days[row] or (next(iter(dates)) if len(dates) == 1 else None)
            given = {"choice": decided, "who": bool(who), "on": on is not None, "why": bool(texts["why"])}
            missing = [key for key, there in given.items() if not there]
            if missing:
                shown = self.vocabulary.headings_shown(DECISIONS)
                at = self.table.at(row, missing[0] if missing[0] in self.table.columns else "choice")
                self.issues.add(DECISION_UNSIGNED, at, number=texts["number"], missing=", ".join(map(shown.__getitem__, missing)))
            elif value and on is not None:
                citations = parse_legal_basis(value, self.register).citations if one.field.endswith("legal_basis") else ()
                yield Decision(one.provision, one.field, value, who, on, texts["why"], citations)

    def _rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """The rows with their texts; those that show a conflict as it still is are noted."""
        used = frozenset(self.table.columns.values()) | self.table.unknown
        seen: dict[str, str] = {}
        for row, _ in self.table.below():
            self.table.report_rest(row, used)
            texts = {key: self.table.text(row, key) for key in ("number", *_TEXTS)}
            if not any(texts.values()):
                continue
            for key, text in texts.items():
                for facts in (*personal_facts(text), *(names_of_persons(text) if key == "who" else ())):
                    self.issues.add(PERSONAL_DATA, self.table.at(row, key), **facts, provision=self.table.name)
            number = texts["number"]
            if number in seen:
                self.issues.add(DECIDED_TWICE, self.table.at(row, "number"), number=number, first=seen[number])
                continue
            seen[number] = self.table.at(row, "number").cell
            about, mark = self.marks.get(number, (("", ""), ""))
            if about in self.conflicts and _mark(self.conflicts[about]) == mark:
                self.shown.add(about)
            yield row, texts

    def _conflict(self, row: int, texts: Mapping[str, str]) -> Difference | None:
        """What a decision is about; None, with an issue, if there is no such conflict, or the parts say something else now."""
        at, number = self.table.at(row, "number"), texts["number"]
        if number not in self.marks:
            text = texts["value"] or texts["choice"] or texts["why"]
            self.issues.add(DECISION_ON_NOTHING, at, value=number, text=short(text))
            return None
        key, _ = self.marks[number]
        if key not in self.shown:
            self.issues.add(DECISION_OUTDATED, at, number=number)
            return None
        return self.conflicts[key]

    def _value(self, row: int, one: Difference, texts: Mapping[str, str]) -> str:
        """The value decided, one of those said or another; empty, with an issue, if it cannot be read."""
        if texts["choice"] and texts["value"]:
            self.issues.add(
                DECIDED_TWICE, self.table.at(row, "value"), number=texts["number"], first=self.table.at(row, "choice").cell
            )
            return ""
        if not texts["choice"]:
            return self._other_value(row, one, texts["value"])
        found = _CHOSEN.fullmatch(texts["choice"])
        if found and 0 < int(found[1]) <= len(one.values):
            return one.values[int(found[1]) - 1]
        self._refuse(row, "choice", texts["choice"], [f"{at})" for at in range(1, len(one.values) + 1)])
        return ""

    def _other_value(self, row: int, one: Difference, typed: str) -> str:
        """A value typed for a field, as the field holds it."""
        value = read_value(self.vocabulary, one.provision, one.field, typed)
        known = self.checklist.provisions.get(one.provision)
        dimension = dimension_of(self.checklist, one.field) if known is not None else None
        if dimension is not None and known is not None and value not in dimension.offered(known, subdivision=self.subdivision):
            shown = [*self.vocabulary.ratings_shown(dimension, known)]
            facts = {"value": short(typed), "allowed": ", ".join(shown), "hint": closest(typed, shown)}
            self.issues.add(UNKNOWN_RATING, self.table.at(row, "value"), **facts)
            return ""
        if known is not None and says_yes_or_no(one.field) and value not in ("yes", "no"):
            return self._refuse(row, "value", typed, ["yes", "no"])
        if one.field.endswith("legal_basis"):
            return self._legal_basis(row, typed)
        if known is None and one.field == "status" and value not in list(LawStatus):
            return self._refuse(row, "value", typed, list(LawStatus))
        if known is None and one.field in _DATES and typed:
            return self._day(row, typed)
        return value

    def _refuse(self, row: int, key: str, typed: str, allowed: Sequence[str]) -> str:
        facts = {"value": short(typed), "allowed": ", ".join(allowed), "hint": closest(typed, allowed)}
        self.issues.add(BAD_CHOICE, self.table.at(row, key), **facts)
        return ""

    def _legal_basis(self, row: int, typed: str) -> str:
        found = parse_legal_basis(typed, self.register)
        for part in (*found.unreadable, *found.lawless, *found.unknown):
            self.issues.add(CITATION_UNREADABLE, self.table.at(row, "value"), value=short(part), hint="")
        return typed if found.readable else ""

    def _day(self, row: int, typed: str) -> str:
        try:
            return parse_date(typed).isoformat()
        except ValueError:
            self.issues.add(BAD_DATE, self.table.at(row, "value"), value=short(typed))
            return ""
