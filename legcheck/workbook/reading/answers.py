"""Reads the answers to provisions: row by row, each found by its id, wherever rows, columns and sheets have been moved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING

from legcheck.issues import (
    ANSWERED_TWICE,
    ARTICLE_WITHOUT_LAW,
    BAD_CHOICE,
    CITATION_UNREADABLE,
    PROVISION_ROW_MISSING,
    PROVISION_TWICE,
    QUESTION_OF_ANOTHER,
    ROW_WITHOUT_ID,
    UNKNOWN_ELEMENT,
    UNKNOWN_LAW,
    UNKNOWN_PROVISION,
    UNKNOWN_RATING,
    Location,
    closest,
)
from legcheck.model import MET, NOT_MET, Answer, ElementAnswer
from legcheck.words import compact, fold
from legcheck.workbook.citations import Register, parse_legal_basis, says_nothing
from legcheck.workbook.columns import (
    ANSWER_COLUMNS,
    ANSWERS,
    BY_ELEMENT,
    ELEMENTS,
    IF_ADOPTED,
    MAIN_COLUMNS,
    PUBLISH,
    RATING,
    TEXT_COLUMNS,
    field_of,
    lines_of,
    may_follow,
    rating_rows,
    row_parts,
)
from legcheck.workbook.text import address, short

if TYPE_CHECKING:
    from legcheck.model import Checklist, Citation, Dimension, Law, Provision
    from legcheck.workbook.columns import Form
    from legcheck.workbook.content import Problem
    from legcheck.workbook.reading.sheets import Table

_TEXTS = tuple(column.key for column in TEXT_COLUMNS)
_JOINED = ("legal_basis", *_TEXTS)
_MOST_NAMED = 20
_LETTER = re.compile(r"[a-z]\) ")
# What messages show for a register without laws, and the key that its first law would have.
NONE_SHOWN, FIRST_KEY = "@workbook.choices.elements.none", "L1"


Cell = tuple[str, int, int]
"""Sheet, row and column."""
Row = tuple[str, int, Mapping[str, int]]
"""Sheet and number of a row, and the columns of its table by key."""


@dataclass(frozen=True, slots=True)
class Cells(Mapping[str, Location]):
    """The cells of one answer's fields that are filled, and all rows of its provision by their answer. As a mapping, the cells.

    A rating may be named by its dimension alone, and ``elements`` stands for the first cell that says something of one.
    """

    file: str
    filled: Mapping[str, Cell]
    rows: Mapping[str, Row]

    def of(self, problem: Problem) -> Location:
        """The cell at which to report a problem of this answer."""
        if problem.blank and (place := self._blank(problem.blank)):
            return self._at(place)
        return next(self[one] for one in (*problem.fields, *self.filled) if one in self)

    def _blank(self, name: str) -> Cell | None:
        """Where a missing legal basis, note or element would go; ``elements`` stands for the first element left blank."""
        whole = next((row for answer, row in self.rows.items() if answer.startswith(RATING)), None) or self.rows.get("")
        unanswered = [key for key in self.rows if key.startswith(ELEMENTS) and key not in self.filled]
        row, key = (self.rows[name], "answer") if name in unanswered else (whole, name)
        if name == ELEMENTS and not (whole and ELEMENTS in whole[2]):
            row, key = self.rows[unanswered[0]] if unanswered else whole, "answer"
        return (row[0], row[1], row[2][key]) if row and key in row[2] else None

    def _at(self, place: Cell) -> Location:
        sheet, row, column = place
        return Location(self.file, sheet, address(row, column))

    def __getitem__(self, key: str) -> Location:
        if key == ELEMENTS:
            key = next((one for one in self.filled if one.startswith(ELEMENTS)), key)
        place = self.filled.get(key) or self.filled.get(f"{RATING}.{key}")
        if place is None:
            raise KeyError(key)
        return self._at(place)

    def __iter__(self) -> Iterator[str]:
        return iter(self.filled)

    def __len__(self) -> int:
        return len(self.filled)


@dataclass(slots=True)
class _Said:
    """What the rows of a provision say: text and place of each field that is filled, and all its rows by their answer."""

    texts: dict[str, str] = field(default_factory=dict)
    places: dict[str, Cell] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)


def read_answers(tables: Iterable[Table], checklist: Checklist, laws: Mapping[str, Law], form: Form) -> Mapping[str, Answer]:
    """The answers of all tables by provision, leaving out those with nothing filled in."""
    tables = list(tables)
    reader = _Reader(tables[0], checklist, laws)
    for table in tables:
        reader.read(table)
    reader.report_missing(form)
    return reader.answers()


class _Reader:
    """Gathers what the rows say about each provision, then makes the answers."""

    def __init__(self, table: Table, checklist: Checklist, laws: Mapping[str, Law]) -> None:
        self.checklist, self.laws, self.register = checklist, laws, Register(laws)
        self.sheets = table.sheets
        self.issues, self.vocabulary = table.sheets.issues, table.sheets.vocabulary
        self.file = table.sheets.book.path.name
        self.ids = {compact(id): provision for id, provision in checklist.provisions.items()}
        self.ratings = {compact(suffix): answer for suffix, (answer, _) in rating_rows(checklist).items()}
        self.timed = next((dimension for answer, dimension in rating_rows(checklist).values() if answer == IF_ADOPTED), None)
        self.fewest = 1 + len(self.ratings)
        self.known = _rows_known(checklist.digest, table.sheets.identity.fixed)
        self.said: dict[str, _Said] = {}
        self.without_id: list[tuple[Table, int]] = []

    # Rows --------------------------------------------------------------------------------------------------------------

    def read(self, table: Table) -> None:
        """Gather what every row below the headings says."""
        cells = _cells_of(table)
        used = table.unknown.union(cells.values(), (table.columns["id"],))
        id_column, asked = table.columns["id"], table.columns.get("asked", table.columns["id"])
        with_question = used | {asked}
        rest = not with_question.issuperset(range(table.width))
        for row, values in table.below():
            typed = values[id_column], values[asked]
            if found := self.known.get(typed):
                self._gather(table, row, *found, cells)
                if rest:
                    table.report_rest(row, with_question)
            elif found := self._row(compact(str(typed[0]))):
                issues = len(self.issues)
                self._check_question(table, row, *found)
                self._gather(table, row, *found, cells)
                table.report_rest(row, used)
                if len(self.issues) == issues:
                    self.known[typed] = found
            else:
                self.without_id.append((table, row))

    def _check_question(self, table: Table, row: int, provision: Provision, answer: str) -> None:
        """Report an id beside the question of another row: a column was sorted by itself, or an id typed over."""
        place, id = table.columns.get("asked", -1), self._id_asked(provision, answer)
        shown = str(table.rows[row][place]) if place >= 0 and id else ""
        if shown and self.questions[id] not in shown:
            words = _LETTER.sub("", fold(shown))
            others = [other for other, asked in self.questions.items() if words.startswith(fold(asked))]
            if others and id not in others:
                self.issues.add(QUESTION_OF_ANOTHER, table.at(row, "id"), id=id, other=others[0])

    def _id_asked(self, provision: Provision, answer: str) -> str:
        """The id of a row that has a question of its own; empty for ratings, which are asked for in the same words everywhere."""
        field, _, letter = answer.partition(".")
        return f"{provision.id}.{letter}" if field == ELEMENTS else "" if answer else provision.id

    @cached_property
    def questions(self) -> Mapping[str, str]:
        """By the id of its row, what a workbook in this language shows first of each provision and element."""
        shown = self.checklist.translations.get(self.vocabulary.language, {})
        found = {}
        for id, provision in self.checklist.provisions.items():
            found[id] = shown.get(f"{id}.title", provision.title)
            found |= {f"{id}.{one.letter}": shown.get(f"{id}.{one.letter}", one.text) for one in provision.elements}
        return found

    def _gather(self, table: Table, row: int, provision: Provision, answer: str, cells: Mapping[str, int]) -> None:
        """Note what a row says of its provision. The row of a question shows the rating so far, and may be typed over."""
        said = self.said.get(provision.id)
        if said is None:
            said = self.said[provision.id] = _Said()
        here = table.name, row, table.columns
        copied = said.rows.setdefault(answer, here) is not here
        for key, text in table.texts(row, cells if answer else _typed_cells(table, row, cells)).items():
            field = field_of(answer, key) if answer else self._over_question(provision, key, text)
            place = (table.name, row, cells[key])
            if field and field not in said.texts:
                said.texts[field], said.places[field] = text, place
            elif field:
                self._take(said, (provision, answer), field, text, place, copied=copied)
            elif answer:
                self.sheets.report_unused(*place, text)

    def _over_question(self, provision: Provision, key: str, text: str) -> str:
        """The field that is filled in the row of a question: a rating typed over the one shown is the rating of the provision.

        Empty if the tool wrote the text, or if it is what a formula of the tool gave, pasted as its value.
        """
        shown = next((one for one in self.checklist.dimensions if may_follow(one, provision)), self.checklist.dimensions[0])
        begins = compact(text).partition(":")[0]
        if key == "answer":
            pasted = begins in (compact(shown.title), compact(self._title(shown)))
            return "" if pasted or self.sheets.left_alone(text) else f"{RATING}.{shown.key}"
        headings = self.vocabulary.headings_shown(ANSWERS)
        further = (headings.get(column.key, "") for column in ANSWER_COLUMNS[MAIN_COLUMNS:])
        return "" if begins in map(compact, further) else field_of("", key)

    def _title(self, dimension: Dimension) -> str:
        """The title of a dimension in the language of the workbook."""
        shown = self.checklist.translations.get(self.vocabulary.language, {})
        return shown.get(f"dimension.{dimension.key}.title", dimension.title)

    def _name(self, provision: Provision, answer: str) -> str:
        """What a row is called in messages: ``REC-01``, ``REC-01.a`` or ``REC-01 (Law)``."""
        if answer.startswith(f"{ELEMENTS}."):
            return f"{provision.id}.{answer.partition('.')[2]}"
        for of, dimension in rating_rows(self.checklist).values():
            if of == answer:
                return f"{provision.id} ({self._title(dimension)}{'+' if of == IF_ADOPTED else ''})"
        return provision.id

    def _row(self, id: str) -> tuple[Provision, str] | None:
        """The provision that a row is about, and the field that its answer fills: none in the row of its question."""
        named, letter, rating = row_parts(id)
        provision = self.ids.get(named)
        if provision is None:
            return None
        if letter:
            return (provision, f"{ELEMENTS}.{letter}") if letter in provision.letters else None
        if rating:
            return (provision, self.ratings[rating]) if rating in self.ratings else None
        return provision, ""

    def _find_rows_without_id(self, form: Form) -> None:
        """Read the rows whose id is gone as those that they look like, with an error; report what stands in any other."""
        order = self._order(form) if self.without_id else []
        places = {compact(id): place for place, id in enumerate(order)}
        likely: dict[tuple[str, int], int] = {}
        both_ways = (*self.without_id, *reversed(self.without_id))  # of several in a row, the first is known from below
        for table, row in both_ways:
            place = next((one for one in self._likely_places(table, row, places, likely) if not self._has_row(order[one])), None)
            if place is not None:
                likely.setdefault((table.name, row), place)
        for table, row in self.without_id:
            typed = str(table.rows[row][table.columns["id"]])
            cells = _cells_of(table)
            id = order[likely[table.name, row]] if (table.name, row) in likely else ""
            texts = table.texts(row, _typed_cells(table, row, cells)).values()
            found = self._row(compact(id))
            if found is not None and not all(map(self.sheets.left_alone, texts)):
                value = short(typed) if typed else "@issues.blank"
                self.issues.add(ROW_WITHOUT_ID, table.at(row, "id"), value=value, id=id)
                self._gather(table, row, *found, cells)
                continue
            self._report_without_id(table, row, typed)

    def _order(self, form: Form) -> list[str]:
        """The ids of all rows of the workbook in the order in which the tool writes them."""
        asked = (provision for _, provisions in form.asked(self.checklist) for provision in provisions)
        return [id for one in asked for id in (one.id, *(line.id for line in lines_of(self.checklist, one)))]

    def _likely_places(
        self, table: Table, row: int, places: Mapping[str, int], likely: Mapping[tuple[str, int], int]
    ) -> Iterator[int]:
        """The places in the order that a row without an id may have: after the row above it, or before the row below it.

        It must show a text of the tool. `places` are those of ids, `likely` those found of other rows without one.
        """
        asked, id_column = table.columns.get("asked"), table.columns["id"]
        if asked is None or not self.sheets.is_ours(str(table.rows[row][asked])):
            return
        for step in (-1, 1):
            beside = row + step
            id = compact(str(table.rows[beside][id_column])) if beside < len(table.rows) else ""
            known = likely.get((table.name, beside), places.get(id))
            if known is not None and 0 <= known - step < len(places):
                yield known - step

    def _has_row(self, id: str) -> bool:
        provision, answer = self._row(compact(id)) or (None, "")
        return provision is None or (provision.id in self.said and answer in self.said[provision.id].rows)

    def _report_without_id(self, table: Table, row: int, typed: str) -> None:
        """Report what stands in a row that belongs to no provision; headings that are repeated further down are left alone."""
        if self.vocabulary.heading(ANSWERS, typed) == "id":
            return
        if typed and not self.sheets.left_alone(typed):
            known = [line.id for one in self.checklist.provisions.values() for line in lines_of(self.checklist, one)]
            hint = closest(typed, [*self.checklist.provisions, *known])
            self.issues.add(UNKNOWN_PROVISION, table.at(row, "id"), value=short(typed), hint=hint)
        table.report_rest(row, table.unknown | {table.columns["id"]})

    def _take(self, said: _Said, of: tuple[Provision, str], answer: str, text: str, place: Cell, *, copied: bool) -> None:
        """Note what a cell says once more. Texts in several rows of a provision are joined; answers given twice must agree.

        `of` is what the row of the cell is about.
        """
        earlier = said.texts[answer]
        if earlier == text:
            return
        if answer in _JOINED and not copied:
            said.texts[answer] = f"{earlier}\n{text}"
        else:
            row, (sheet, *cell), (first_sheet, *first_cell) = self._name(*of), place, said.places[answer]
            at, first = self.sheets.book.at(sheet, address(*cell)), address(*first_cell)
            first = first if first_sheet == sheet else f"{first} ({first_sheet})"
            if copied:
                self.issues.add(PROVISION_TWICE, at, provision=row, first=first)
            else:
                facts = {"value": short(text), "earlier": short(earlier), "provision": row}
                self.issues.add(ANSWERED_TWICE, at, **facts, first=first)

    def report_missing(self, form: Form) -> None:
        """Report the rows that the workbook should have and has not: whole provisions, or single rows of one."""
        self._find_rows_without_id(form)
        missing: list[str] = []
        for _, provisions in form.asked(self.checklist):
            for provision in provisions:
                said = self.said.get(provision.id)
                if said is None:
                    missing.append(provision.id)
                elif len(said.rows) < self.fewest + len(provision.letters) and any(said.rows.keys() - {""}):
                    lines = [line.field for line in lines_of(self.checklist, provision)]
                    missing += [self._name(provision, one) for one in lines if one not in said.rows and one != IF_ADOPTED]
        if missing:
            named = ", ".join(missing[:_MOST_NAMED])
            self.issues.add(PROVISION_ROW_MISSING, self.sheets.book.at(""), provisions=named, count=len(missing))

    # Answers -----------------------------------------------------------------------------------------------------------

    def answers(self) -> dict[str, Answer]:
        """The answers to the provisions about which anything is said, in the order of the checklist."""
        found = {}
        for id, provision in self.checklist.provisions.items():
            said = self.said.get(id)
            if said is not None and said.texts:
                found[id] = self._answer(provision, said)
        return found

    def _answer(self, provision: Provision, said: _Said) -> Answer:
        ratings = {
            dimension.key: rating
            for dimension in self.checklist.dimensions
            if (rating := self._rating(said, f"{RATING}.{dimension.key}", dimension, provision))
        }
        basis, citations = self._legal_basis(said, "legal_basis", self._only(self.laws))
        meant = self._only({citation.law for citation in citations} or self.laws)
        return Answer(
            provision=provision.id,
            ratings=ratings,
            if_adopted=self._rating(said, IF_ADOPTED, self.timed, provision),
            elements=self._elements(said, provision, meant),
            legal_basis=basis,
            citations=citations,
            publish=self._yes(said, PUBLISH) is not False,
            at=Cells(self.file, said.places, said.rows),
            **{key: said.texts.get(key, "") for key in _TEXTS},
        )

    def _rating(self, said: _Said, key: str, dimension: Dimension | None, provision: Provision) -> str:
        if key not in said.texts or dimension is None:
            return ""
        typed = said.texts[key]
        try:
            return self.vocabulary.rating(dimension, provision, typed)
        except KeyError:
            allowed = self.vocabulary.ratings_shown(dimension, provision)
            hint = allowed.get(closest(typed, allowed), "")
            shown = ", ".join(dict.fromkeys(allowed.values()))
            self.issues.add(UNKNOWN_RATING, self._at(said, key), value=short(typed), allowed=shown, hint=hint)
            return ""

    def _elements(self, said: _Said, provision: Provision, meant: str) -> Mapping[str, ElementAnswer]:
        """What is said of each element, from a row of its own or from a list of letters."""
        if ELEMENTS in said.texts:
            return self._letters(said, provision)
        found = {}
        for letter in provision.letters:
            key, basis_key, note_key = _fields_of_element(letter)
            met = self._yes(said, key) if key in said.texts else None
            remark = said.texts.get(note_key, "")
            basis, citations = self._legal_basis(said, basis_key, meant, needed=bool(met))
            if basis or remark:
                found[letter] = ElementAnswer(met, basis, citations, remark)
            elif met is not None:
                found[letter] = MET if met else NOT_MET
        return found

    def _letters(self, said: _Said, provision: Provision) -> Mapping[str, ElementAnswer]:
        typed = said.texts[ELEMENTS]
        elements, wrong = self.vocabulary.elements(typed, provision.letters)
        if wrong:
            allowed = ", ".join(provision.letters) or "-"
            self.issues.add(
                UNKNOWN_ELEMENT, self._at(said, ELEMENTS), value=short(typed), wrong=", ".join(wrong), allowed=allowed
            )
        return elements

    def _yes(self, said: _Said, key: str) -> bool | None:
        """What a cell for yes or no says; None if it is blank."""
        typed = said.texts.get(key, "")
        try:
            return self.vocabulary.yes(typed) if typed else None
        except KeyError:
            allowed = self.vocabulary.choices_shown("met")
            facts = {"value": short(typed), "allowed": ", ".join(allowed), "hint": closest(typed, allowed)}
            self.issues.add(BAD_CHOICE, self._at(said, key), **facts)
            return None

    def _legal_basis(self, said: _Said, key: str, meant: str, *, needed: bool = False) -> tuple[str, tuple[Citation, ...]]:
        """A legal basis as typed and its citations; `meant` is the law of articles that name none.

        Unless one is `needed`, a word may say that there is none.
        """
        text = said.texts.get(key, "")
        if not text or (not needed and says_nothing(text)):
            return "", ()
        basis = parse_legal_basis(text, self.register, meant)
        if basis.readable:
            return text, basis.citations
        at = self._at(said, key)
        for part in basis.unreadable:
            law = self.register.mentioned(part)
            self.issues.add(CITATION_UNREADABLE, at, value=short(part), hint=f"{law} ..." if law else "")
        for part in basis.lawless:
            self.issues.add(
                ARTICLE_WITHOUT_LAW, at, value=short(part), laws=self._keys(), hint=f"{self._likely(said)} {short(part)}"
            )
        for law in basis.unknown:
            self.issues.add(UNKNOWN_LAW, at, value=law, allowed=self._keys())
        return text, basis.citations

    def _keys(self) -> str:
        """The keys of the register for a message."""
        return ", ".join(self.laws) or NONE_SHOWN

    def _likely(self, said: _Said) -> str:
        """The law that an article without one probably belongs to: one cited for the same provision, else the first."""
        cited = (
            parse_legal_basis(text, self.register).citations for key, text in said.texts.items() if key.endswith("legal_basis")
        )
        return next((one.law for citations in cited for one in citations), next(iter(self.laws), FIRST_KEY))

    def _only(self, laws: Iterable[str]) -> str:
        """The law of these if there is just one."""
        found = list(laws)
        return found[0] if len(found) == 1 else ""

    # Places ------------------------------------------------------------------------------------------------------------

    def _at(self, said: _Said, key: str) -> Location:
        sheet, row, column = said.places[key]
        return Location(self.file, sheet, address(row, column))


def _cells_of(table: Table) -> dict[str, int]:
    """The columns of a table in which people answer, by key."""
    return {key: column for key, column in table.columns.items() if key not in ("id", "asked", *_SHOWN)}


def _typed_cells(table: Table, row: int, cells: Mapping[str, int]) -> Mapping[str, int]:
    """Those of the cells of a row that hold no formula: in the row of a question, formulas are ours."""
    return {key: column for key, column in cells.items() if (row, column) not in table.formulas}


@lru_cache(maxsize=16)
def _rows_known(_digest: str, _fixed: frozenset[int]) -> dict[tuple[object, object], tuple[Provision, str]]:
    """What a row is about, by its id and its question as they stand in all workbooks with the same texts."""
    return {}


@cache
def _fields_of_element(letter: str) -> tuple[str, ...]:
    """The fields that the row of an element fills: its answer, its legal basis and its note."""
    return tuple(field_of(f"{ELEMENTS}.{letter}", column) for column in ("answer", *BY_ELEMENT))


# Columns of an earlier format whose texts are ours.
_SHOWN = ("core", "provision", "question", "rules")
