"""Reads and checks the rows of an answers table by their distinct values.

Each distinct text of a column is parsed once, and so is each distinct combination of provision, dimension and rating.
Single rows are looked at only to report what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from legcheck import countries
from legcheck.issues import (
    BAD_CHOICE,
    BAD_DATE,
    MISSING_VALUE,
    NO_ANSWERS,
    PERSONAL_DATA,
    PROVISION_TWICE,
    RECOGNISABLE,
    SCOPES_DIFFER,
    UNKNOWN_COUNTRY,
    UNKNOWN_ELEMENT,
    UNKNOWN_PROVISION,
    UNKNOWN_RATING,
    UNUSED_CELL,
    Location,
    Rule,
    Severity,
    closest,
)
from legcheck.model import Answer, Assessment, Kind, Scope, is_subdivision
from legcheck.words import compact, fold
from legcheck.workbook.columns import PUBLISH
from legcheck.workbook.content import AnswerChecks
from legcheck.workbook.privacy import personal_facts
from legcheck.workbook.reading.distinct import by_value, first_seen, joined
from legcheck.workbook.reading.element_rows import YES_OR_NO, read_element_rows, report_twice, shape_of
from legcheck.workbook.reading.guards import too_big
from legcheck.workbook.reading.table_files import RowProblems
from legcheck.workbook.reading.vocabulary import Vocabulary
from legcheck.workbook.recognition import recognisable_facts
from legcheck.workbook.text import short

if TYPE_CHECKING:
    import numpy as np

    from legcheck.model import ElementAnswer
    from legcheck.workbook.reading.answers_table import AnswersTable

    Array = np.ndarray[Any, Any]

Choice = TypeVar("Choice", Scope, Kind)

FIELDS = {"elements": "elements", "citation": "legal_basis", "note": "note", "assessor": "assessor"}
"""The field of an answer that each column of free text fills."""

MOST_ANSWERS = 20_000_000
"""How many answers all assessments of a table may hold together, blank ones included."""
MOST_PLACES = 10
"""How many places of one problem are reported; the rest are only counted."""


class AnswerRows:
    """The rows of one assessment or of many, read and checked.

    `keys` holds country and date of the assessments, `known` whether both can be read. Arrays have an entry per row read, in
    order: `rows` holds row numbers in the file, `group` the number of the assessment, `provision` and `dimension` places in the
    checklist (-1: unknown), `letter` the place of an element in its provision (-1: the row is about the provision as a whole).
    `kept` are the places of rows that answer a provision, `lettered` of those that answer an element: all is known of them, and
    no earlier row repeats it; `answer` is the number of the answer of each row kept. `ratings` indexes `names`, 0 for none, by
    assessment, dimension and provision; `elements` indexes `said` by answer, `withheld` says which are not for
    publication; `at` holds the place of the row that fills a field of an answer, -1 for none.
    """

    def __init__(
        self, table: AnswersTable, rows: Array, group: Array, keys: Sequence[tuple[str, date | None]], *, errors_only: bool
    ) -> None:
        import numpy as np

        self.table = table
        self.checklist = table.checklist
        self.provisions = tuple(table.checklist.provisions.values())
        self.dimensions = table.checklist.dimensions
        self.rows, self.group, self.keys = rows, group, keys
        self.first = first_seen(group)[1]
        self.known = np.array([bool(country and day) for country, day in keys], bool)
        self.shape = len(self.first), len(self.dimensions), len(self.provisions)
        if self.shape[0] * self.shape[1] * self.shape[2] > MOST_ANSWERS:
            raise too_big(Location(str(table.file.path)))
        self.problems = RowProblems(table.file)
        self.faulty = np.zeros(self.shape[0], bool)
        self.vocabulary = Vocabulary(self.checklist, self.checklist.language)
        self._check_rows()
        self.scopes, self.kinds = self._same_on_all_rows("scope", Scope), self._same_on_all_rows("kind", Kind)
        self.provision, self.letter = self._provisions()
        self.dimension = self._dimensions()
        kept = self._without_repeats()
        self.kept, self.lettered = kept[self.letter[kept] < 0], kept[self.letter[kept] >= 0]
        self.answer = self.answers_at(self.kept)
        self.at = self._fields()
        self.names, self.ratings = self._ratings()
        self.said, self.elements = self._elements()
        self.withheld = self._withheld()
        self._check_answers(errors_only=errors_only)
        if errors_only:
            given = self.ratings.any(axis=(1, 2)) | self.elements.reshape(self.shape[0], -1).any(axis=1)
            self.report(NO_ANSWERS, self.first[~given & ~self.faulty], {})
        else:
            self._check_privacy()

    # What the columns say ----------------------------------------------------------------------------------------------

    def codes(self, name: str) -> Array:
        """For each row, the number of its text in a column."""
        return self.table.columns[name].codes[self.rows]

    def texts(self, name: str, places: Array) -> list[str]:
        """The texts of a column at `places`, blank if there is no such column."""
        if name not in self.table.columns:
            return [""] * len(places)
        texts = self.table.columns[name].texts
        return [texts[code] for code in self.codes(name)[places].tolist()]

    def filled(self, name: str) -> Array:
        """Which of the rows kept have a text in a column."""
        import numpy as np

        return np.array([bool(text) for text in self.table.columns[name].texts], bool)[self.codes(name)[self.kept]]

    def answers_at(self, places: Array) -> Array:
        """The numbers of the answers to the provisions of rows at `places`."""
        numbers: Array = self.group[places] * self.shape[2] + self.provision[places]
        return numbers

    def element_at(self, place: int) -> str:
        """The letter of the element that a row answers."""
        return str(self.provisions[self.provision[place]].letters[self.letter[place]])

    def saying(self, name: str) -> Array:
        """The places of all rows kept, those of elements too, that have a text in a column."""
        import numpy as np

        every = np.sort(np.concatenate([self.kept, self.lettered]))
        places: Array = every[np.array([bool(text) for text in self.texts(name, every)], bool)]
        return places

    def _check_rows(self) -> None:
        """Report text beyond the last column, and countries and dates that cannot be read."""
        import numpy as np

        places = dict(zip(self.rows.tolist(), range(len(self.rows)), strict=True)) if self.table.file.extras else {}
        for row, text in self.table.file.extras:
            if row in places:
                self.report(UNUSED_CELL, np.array([places[row]]), {"value": short(text)})
        unknown = [not code for code in self.table.countries]
        self._report_texts("country", unknown, UNKNOWN_COUNTRY, lambda text: {"hint": countries.suggest(text)}, most=1)
        unknown = [day is None for day in self.table.days]
        self._report_texts("as_of", unknown, BAD_DATE, lambda _: {}, most=1)

    def _same_on_all_rows(self, column: str, choices: type[Choice]) -> list[Choice]:
        """The scope, or the kind, of each assessment, which all its rows must name; the first choice if they are blank."""
        import numpy as np

        kinds = list(choices)
        if column not in self.table.columns:
            return [kinds[0]] * self.shape[0]
        texts, codes = self.table.columns[column].texts, self.codes(column)
        read = np.array([_place_of(text, kinds) for text in texts], np.int64)
        of_first = np.maximum(read[codes[self.first]], 0)
        differs = (read[codes] != of_first[self.group]) & self.known[self.group]
        wrong = np.flatnonzero(differs | (read[codes] < 0))
        for code, here in by_value(codes[wrong]):
            value = {"value": short(texts[code])}
            if read[code] < 0:
                facts = value | {"allowed": ", ".join(kinds), "hint": closest(texts[code], kinds)}
                self.report(BAD_CHOICE, wrong[here], facts)
            else:
                self.report(SCOPES_DIFFER, wrong[here], value | {"field": column})
        return [kinds[place] for place in of_first.tolist()]

    def _provisions(self) -> tuple[Array, Array]:
        """The place of each row's provision in the checklist, and of its element in the provision, -1 if it has none."""
        import numpy as np

        known = {compact(id): (place, -1) for place, id in enumerate(self.checklist.provisions)}
        for place, one in enumerate(self.provisions):
            known |= {compact(f"{one.id}.{letter}"): (place, at) for at, letter in enumerate(one.letters)}
        texts = self.table.columns["provision"].texts
        places = np.array([known.get(compact(text), (-1, -1)) for text in texts], np.int64).reshape(-1, 2)
        ids = list(self.checklist.provisions)
        self._report_texts("provision", (places[:, 0] < 0).tolist(), UNKNOWN_PROVISION, lambda text: {"hint": closest(text, ids)})
        provision, letter = places[self.codes("provision")].T
        return provision, letter

    def _dimensions(self) -> Array:
        """The place of each row's dimension in the checklist: the first if the row names none, -1 if it is unknown."""
        import numpy as np

        of_elements = next((place for place, one in enumerate(self.dimensions) if one.elements), 0)
        if "dimension" not in self.table.columns:
            return np.where(self.letter < 0, 0, of_elements)
        keys = list(self.checklist.by_dimension)
        known = {fold(name): place for place, one in enumerate(self.dimensions) for name in (one.title, one.key)} | {"": 0}
        places = [known.get(fold(text), -1) for text in self.table.columns["dimension"].texts]
        self._report_texts(
            "dimension",
            [place < 0 for place in places],
            BAD_CHOICE,
            lambda text: {"allowed": ", ".join(keys), "hint": closest(text, keys)},
        )
        named = np.array(places, np.int64)[self.codes("dimension")]
        return np.where((self.letter < 0) | (named < 0), named, of_elements)

    def _without_repeats(self) -> Array:
        """The places of the rows that give an answer. One that repeats an earlier row of a known assessment is reported."""
        import numpy as np

        known = np.flatnonzero((self.provision >= 0) & (self.dimension >= 0))
        parts = (self.group, self.dimension, self.provision, self.letter + 1)
        numbers, first = first_seen(joined(*(part[known] for part in parts)))
        earlier = known[first[numbers]]
        repeats = (earlier < known) & self.known[self.group[known]]
        of = dict(zip(known[repeats].tolist(), earlier[repeats].tolist(), strict=True))

        def facts(place: int) -> dict[str, object]:
            id, dimension = self.provisions[self.provision[place]].id, self.dimensions[self.dimension[place]].key
            name = f"{id} ({dimension})" if self.letter[place] < 0 else f"{id}.{self.element_at(place)}"
            return {"provision": name, "first": self.table.file.lines[self.rows[of[place]]]}

        self.report(PROVISION_TWICE, known[repeats], facts)
        kept: Array = known[~repeats]
        return kept

    def _fields(self) -> dict[str, Array]:
        """For each field the place of the row that fills it, by the number of the answer."""
        import numpy as np

        found = {}
        dimension = self.dimension[self.kept]
        rated = [(one.key, dimension == place) for place, one in enumerate(self.dimensions)]
        filled = [(field, self.filled(name)) for name, field in FIELDS.items() if name in self.table.columns]
        for field, rows in (*rated, *filled):
            found[field] = np.full(self.shape[0] * self.shape[2], -1)
            found[field][self.answer[rows]] = self.kept[rows]
        if len(self.lettered):
            of_element = found.setdefault("elements", np.full(self.shape[0] * self.shape[2], -1))
            numbers = self.answers_at(self.lettered)
            blank = of_element[numbers] < 0
            of_element[numbers[blank][::-1]] = self.lettered[blank][::-1]  # the first row of each
        return found

    def _ratings(self) -> tuple[list[str], Array]:
        """All ratings, the blank one first, and the number of the rating of every answer."""
        import numpy as np

        texts = self.table.columns["rating"].texts
        codes, provision, dimension = self.codes("rating")[self.kept], self.provision[self.kept], self.dimension[self.kept]
        numbers, first = first_seen(joined(dimension, provision, codes))
        names = {"": 0}
        read, alike = [], dict[tuple[object, ...], int]()
        meanings = list(zip(dimension[first].tolist(), provision[first].tolist(), codes[first].tolist(), strict=True))
        for of, at, text in meanings:
            rating = self._rating(of, at, texts[text])
            read.append(-1 if rating is None else names.setdefault(rating, len(names)))
            alike.setdefault((self._scale(of, at), text), len(alike))
        rated = np.array(read, np.int32)[numbers]
        kinds = np.array([alike[self._scale(of, at), text] for of, at, text in meanings], np.intp)
        wrong = np.flatnonzero(rated < 0)
        for _, here in by_value(kinds[numbers[wrong]]):
            of, at, text = meanings[numbers[wrong[here[0]]]]
            allowed = tuple(self.dimensions[of].scale_of(self.provisions[at]).by_key)
            hint = closest(texts[text], allowed) if self.problems.room(UNKNOWN_RATING, 1) else ""
            facts = {"value": short(texts[text]), "allowed": ", ".join(allowed), "hint": hint}
            self.report(UNKNOWN_RATING, self.kept[wrong[here]], facts)
        found = np.zeros(self.shape, np.int32)
        found[self.group[self.kept], dimension, provision] = np.maximum(rated, 0)
        return list(names), found

    def _scale(self, dimension: int, provision: int) -> tuple[int, str, Fraction | None]:
        """What tells the scale of a provision in a dimension from others."""
        one = self.provisions[provision]
        return dimension, self.dimensions[dimension].scale_of(one).key, one.maximum

    def _rating(self, dimension: int, provision: int, text: str) -> str | None:
        """The rating that a text means: empty for a blank, None if the scale has no such rating."""
        try:
            return self.vocabulary.rating(self.dimensions[dimension], self.provisions[provision], text) if text else ""
        except KeyError:
            return None

    def _elements(self) -> tuple[list[Mapping[str, ElementAnswer]], Array]:
        """All that is said of elements, first that nothing is, and the number of what each answer says."""
        import numpy as np

        known: dict[tuple[tuple[str, ElementAnswer], ...], int] = {(): 0}
        found = np.zeros(self.shape[0] * self.shape[2], np.int32)
        if "elements" in self.table.columns:
            self._read_letters(known, found)
        if len(self.lettered):
            listed = set(np.flatnonzero(found).tolist())
            for answer, said in read_element_rows(self).items():
                if answer not in listed:
                    found[answer] = known.setdefault(tuple(said.items()), len(known))
            report_twice(self, listed)
        return [dict(items) for items in known], found

    def _read_letters(self, known: dict[tuple[tuple[str, ElementAnswer], ...], int], found: Array) -> None:
        """Read the lists of letters in the rows of provisions."""
        import numpy as np

        texts, rows = self.table.columns["elements"].texts, np.flatnonzero(self.filled("elements"))
        codes, provision = self.codes("elements")[self.kept[rows]], self.provision[self.kept[rows]]
        for _, here in by_value(joined(provision, codes)):
            text, allowed = texts[codes[here[0]]], self.provisions[provision[here[0]]].letters
            read, wrong = self.vocabulary.elements(text, allowed)
            found[self.answer[rows[here]]] = known.setdefault(tuple(read.items()), len(known))
            if wrong:
                facts = {"value": short(text), "wrong": ", ".join(wrong), "allowed": ", ".join(allowed) or "-"}
                self.report(UNKNOWN_ELEMENT, self.kept[rows[here]], facts)

    def _withheld(self) -> Array:
        """Which answers are not for publication: said in whatever row of a provision, it is about all of it."""
        import numpy as np

        found = np.zeros(self.shape[0] * self.shape[2], bool)
        if PUBLISH in self.table.columns:
            texts = self.table.columns[PUBLISH].texts
            read = [self.yes(text) if text else True for text in texts]
            facts = {"allowed": ", ".join(YES_OR_NO)}
            self._report_texts(
                PUBLISH, [one is None for one in read], BAD_CHOICE, lambda text: {**facts, "hint": closest(text, YES_OR_NO)}
            )
            places = np.concatenate([self.kept, self.lettered])
            found[self.answers_at(places[np.array([one is False for one in read], bool)[self.codes(PUBLISH)[places]]])] = True
        return found

    def yes(self, text: str) -> bool | None:
        """What a word for yes or no says, None if it is neither."""
        try:
            return self.vocabulary.yes(text)
        except KeyError:
            return None

    # What the answers say ----------------------------------------------------------------------------------------------

    def _check_answers(self, *, errors_only: bool) -> None:
        """Check each distinct answer once, and report what is wrong at every row that gives it."""
        import numpy as np

        here = {field for name, field in FIELDS.items() if name in self.table.columns}
        here.update(["elements"] if len(self.lettered) else [])
        nowhere = Assessment("", "", date.max, self.checklist.id, self.checklist.version, language=self.checklist.language)
        checks = AnswerChecks(self.checklist, nowhere, dated=False, absent=frozenset(FIELDS.values()) - here)
        given = np.zeros(self.shape[0] * self.shape[2], bool)
        given[self.answer[self.known[self.group[self.kept]]]] = True
        given[self.answers_at(self.lettered)[self.known[self.group[self.lettered]]]] = True
        shapes, shape = self._shapes()
        present = np.flatnonzero(given)
        parts = [present % self.shape[2], *(self.ratings[:, place].reshape(-1)[present] for place in range(self.shape[1]))]
        subdivision = np.array([is_subdivision(country) for country, _ in self.keys], bool)[present // self.shape[2]]
        parts += [subdivision, *([] if errors_only else [shape[self.elements[present]]])]
        parts += [self.at[field][present] >= 0 for field in ("legal_basis", "note") if field in here]
        numbers, first = first_seen(joined(*parts))
        found: dict[tuple[Rule, tuple[tuple[str, str], ...], tuple[str, ...]], list[int]] = {}
        for number, answer in enumerate(present[first].tolist()):
            typical = self._typical(answer, shapes[shape[self.elements[answer]]])
            problems = [*checks.errors(typical, subdivision=bool(subdivision[first[number]]))]
            if not errors_only:
                problems += checks.warnings(typical)
            for problem in problems:
                found.setdefault((problem.rule, tuple(problem.facts.items()), problem.fields), []).append(number)
        alike = [present[places] for _, places in by_value(numbers)] if found else []
        for (rule, facts, fields), same in found.items():
            self.report(rule, np.sort(self._places(fields, np.concatenate([alike[number] for number in same]))), dict(facts))

    def _shapes(self) -> tuple[list[Mapping[str, ElementAnswer]], Array]:
        """All that is said of elements as far as the checks depend on it, and the number of that for each of `said`."""
        import numpy as np

        known: dict[tuple[tuple[str, ElementAnswer], ...], int] = {}
        numbers = [known.setdefault(tuple(shape_of(said)), len(known)) for said in self.said]
        return [dict(items) for items in known], np.array(numbers, np.int32)

    def _typical(self, answer: int, elements: Mapping[str, ElementAnswer]) -> Answer:
        """An answer as far as the checks depend on it: for free texts, only whether there are any."""
        group, provision = divmod(answer, self.shape[2])
        ratings = zip(self.dimensions, self.ratings[group, :, provision].tolist(), strict=True)
        return Answer(
            provision=self.provisions[provision].id,
            ratings={one.key: self.names[number] for one, number in ratings if number},
            elements=elements,
            legal_basis=self._mark("legal_basis", answer),
            note=self._mark("note", answer),
            at={key: Location() for key in self.checklist.by_dimension},
        )

    def _mark(self, field: str, answer: int) -> str:
        return "-" if field in self.at and self.at[field][answer] >= 0 else ""

    def _places(self, fields: Iterable[str], answers: Array) -> Array:
        """For each answer the place of the first of these fields that is filled, else of any field."""
        import numpy as np

        places = np.full(len(answers), -1)
        for key in (*fields, *self.at):
            if key in self.at:
                places = np.where(places < 0, self.at[key][answers], places)
        return places

    def _check_privacy(self) -> None:
        """Report personal data in free texts, and what lets people be recognised in those that may be published."""
        for name in ("note", "assessor"):
            if name not in self.table.columns:
                continue
            codes, places = self.codes(name), self.saying(name)
            for code, here in by_value(codes[places]):
                text = self.table.columns[name].texts[code]
                for facts in personal_facts(text):
                    self.report(PERSONAL_DATA, places[here], partial(self._with_provision, facts))
                for facts in recognisable_facts(text) if name == "note" else ():
                    public = places[here][~self.withheld[self.answers_at(places[here])]]
                    self.report(RECOGNISABLE, public, partial(self._with_provision, facts))

    def _with_provision(self, facts: Mapping[str, str], place: int) -> dict[str, str]:
        return {**facts, "provision": self.provisions[self.provision[place]].id}

    # Reports -----------------------------------------------------------------------------------------------------------

    def report(
        self,
        rule: Rule,
        places: Array,
        facts: Mapping[str, object] | Callable[[int], Mapping[str, object]],
        most: int = MOST_PLACES,
    ) -> None:
        """Report one problem at some rows; `facts` are those of all of them, or a function that gives those of one place."""
        if rule.severity is Severity.ERROR:
            self.faulty[self.group[places]] = True
        shown = places[: self.problems.room(rule, most)].tolist()
        self.problems.add(rule, self.rows[places], [facts(place) if callable(facts) else facts for place in shown])

    def _report_texts(
        self,
        name: str,
        wrong: Sequence[bool],
        rule: Rule,
        facts: Callable[[str], Mapping[str, object]],
        most: int = MOST_PLACES,
    ) -> None:
        """Report the rows with a wrong text in a column, each distinct text as one problem, and blank ones as missing."""
        import numpy as np

        codes = self.codes(name)
        places = np.flatnonzero(np.array(wrong, bool)[codes])
        for code, here in by_value(codes[places]):
            text = self.table.columns[name].texts[code]
            if not text:
                self.report(MISSING_VALUE, places[here], {"field": name}, most)
            elif self.problems.room(rule, most):
                self.report(rule, places[here], {"value": short(text), **facts(text)}, most)
            else:
                self.report(rule, places[here], {})


def _place_of(text: str, choices: Sequence[str]) -> int:
    """The place of a word among the choices: the first if blank, -1 if it is none of them."""
    return choices.index(text.lower()) if text.lower() in choices else 0 if not text else -1
