"""Reads an answers table: a CSV or Parquet file with one row an answer, of one assessment or of thousands.

What repeats is understood once: every different text of a column, and every different combination of provision, dimension and
rating. Rows are looked up only for what is wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from legcheck import countries
from legcheck.files import digest_of
from legcheck.issues import (
    BAD_CHOICE,
    BAD_DATE,
    MISSING_VALUE,
    NO_ANSWERS,
    PERSONAL_DATA,
    PROVISION_TWICE,
    TABLE_OF_OTHER_CHECKLIST,
    UNKNOWN_COUNTRY,
    UNKNOWN_ELEMENT,
    UNKNOWN_PROVISION,
    UNKNOWN_RATING,
    UNUSED_CELL,
    Issues,
    Location,
    Rule,
    Severity,
    closest,
    reject,
)
from legcheck.model import Answer, AnswerColumns, Assessment, Checklist, Scope, Source
from legcheck.workbook.content import AnswerChecks
from legcheck.workbook.privacy import personal_facts
from legcheck.workbook.reading.distinct import by_value, first_seen, joined, numbered
from legcheck.workbook.reading.guards import read_bytes, too_big
from legcheck.workbook.reading.table_files import RowProblems, open_table
from legcheck.workbook.reading.vocabulary import Vocabulary
from legcheck.workbook.text import compact, fold, parse_date, short

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np

    Array = np.ndarray[Any, Any]

REQUIRED = ("country", "as_of", "provision", "rating")
# What the answers of a comparison hold besides: known, and not needed.
_WRITTEN = ("checklist", "checklist_title", "version", "chapter", "chapter_title", "provision_title", "counts_as", "worth")
OPTIONAL = ("dimension", "elements", "citation", "note", "assessor", "scope", "country_name", *_WRITTEN)
_HEADINGS = {name: name for name in OPTIONAL} | {"legal_basis": "citation"}
_FIELDS = {"elements": "elements", "citation": "legal_basis", "note": "note", "assessor": "assessor"}

MOST_ANSWERS = 20_000_000
"""How many answers all assessments of a table may hold together, blank ones included."""
MOST_PLACES = 10
"""How many places of one problem are reported; any more are counted."""


class AnswersTable:
    """An answers table whose rows are sorted by assessment, but not yet checked.

    `names` holds the assessments as ``CODE@DATE``, in the order in which they begin.
    """

    def __init__(
        self,
        path: Path,
        checklist: Checklist,
        content: bytes | None = None,
        others: Callable[[], Iterable[Checklist]] = tuple,
    ) -> None:
        """Open a table of answers to a checklist.

        `content` holds the bytes of the file if they were read already; `others` gives the checklists that the table may belong
        to if no provision in it is one of this checklist.

        Raises:
            InputError: the file cannot be read, lacks a column, or belongs to another checklist.
        """
        import numpy as np

        content = read_bytes(path) if content is None else content
        self.checklist = checklist
        self.file = open_table(path, content)
        self.source = Source(path.name, digest_of(content))
        self.warnings = Issues()
        places = self.file.places(REQUIRED, _HEADINGS, self.warnings)
        self.columns = {name: self.file.column(place) for name, place in places.items()}
        filled = [np.array([bool(text) for text in one.texts], bool)[one.codes] for one in self.columns.values()]
        self.rows = np.flatnonzero(np.logical_or.reduce(filled))
        self._check_ids(others)
        countries_, days = self.columns["country"], self.columns["as_of"]
        self.countries = [_country_of(text) for text in countries_.texts]
        self.days = [_day_of(text) for text in days.texts]
        country = numbered(code or f"?{text}" for code, text in zip(self.countries, countries_.texts, strict=True))
        day = numbered(known or f"?{text}" for known, text in zip(self.days, days.texts, strict=True))
        self.groups, first = first_seen(joined(country[countries_.codes[self.rows]], day[days.codes[self.rows]]))
        self.all_names = tuple(self.name(row) for row in self.rows[first].tolist())
        self.names = tuple(filter(None, self.all_names))

    def _check_ids(self, others: Callable[[], Iterable[Checklist]]) -> None:
        """Refuse a table in which no provision is known, and name the checklist to which most of them belong."""
        ids = [text for text in self.columns["provision"].texts if text]
        typed = {compact(id) for id in ids}
        if not ids or any(compact(id) in typed for id in self.checklist.provisions):
            return
        shared = Counter({one.id: sum(compact(id) in typed for id in one.provisions) for one in others()})
        best = max(shared, key=shared.__getitem__, default="")
        facts = {"checklist": self.checklist.id, "examples": ", ".join(map(short, ids[:3]))}
        raise reject(TABLE_OF_OTHER_CHECKLIST, Location(self.file.path.name), **facts, hint=best if shared[best] else "")

    def key(self, row: int) -> tuple[str, date | None]:
        """Country and date of the assessment to which a row belongs; empty and None if they cannot be read."""
        return self.countries[self.columns["country"].codes[row]], self.days[self.columns["as_of"].codes[row]]

    def name(self, row: int) -> str:
        """The name of the assessment to which a row belongs, empty if its country or date cannot be read."""
        country, day = self.key(row)
        return f"{country}@{day.isoformat()}" if country and day else ""

    def read(self, only: str = "", *, errors_only: bool = False) -> TableReading:
        """Check the rows of all assessments, or of one by its name.

        With `errors_only` warnings about what answers say are left out, and an assessment without any rating is an error.

        Raises:
            InputError: there are more assessments than can be held.
        """
        import numpy as np

        if not only:
            return TableReading(self, self.rows, self.groups, errors_only=errors_only)
        rows = self.rows[self.groups == self.all_names.index(only)]
        return TableReading(self, rows, np.zeros(len(rows), np.int64), errors_only=errors_only)


class TableReading:
    """The assessments of a table in columns, and every issue in it.

    Arrays run over the rows that are read, in order: `rows` holds their numbers in the file, `group` that of the assessment,
    `provision` and `dimension` their places in the checklist (-1: not known). `kept` are the places of rows that give an answer:
    both are known, and no earlier row says the same; `answer` is the number of that answer. `ratings` holds numbers of `names`, 0
    for none, by assessment, dimension and provision; `at` the place at which a field of an answer stands, -1 for nowhere.
    """

    def __init__(self, table: AnswersTable, rows: Array, group: Array, *, errors_only: bool) -> None:
        import numpy as np

        self.table = table
        self.checklist = table.checklist
        self.provisions = tuple(table.checklist.provisions.values())
        self.dimensions = table.checklist.dimensions
        self.rows, self.group = rows, group
        self.first = first_seen(group)[1]
        self.shape = len(self.first), len(self.dimensions), len(self.provisions)
        if self.shape[0] * self.shape[1] * self.shape[2] > MOST_ANSWERS:
            raise too_big(Location(str(table.file.path)))
        self.problems = RowProblems(table.file)
        self.faulty = np.zeros(self.shape[0], bool)
        self.vocabulary = Vocabulary(self.checklist, self.checklist.language)
        self._check_rows()
        self.scopes = self._scopes()
        self.provision, self.dimension = self._provisions(), self._dimensions()
        self.kept = self._without_repeats()
        self.answer = self.group[self.kept] * self.shape[2] + self.provision[self.kept]
        self.at = self._fields()
        self.names, self.ratings = self._ratings()
        self.letters, self.elements, self.none_present = self._elements()
        self._check_answers(errors_only=errors_only)
        if errors_only:
            rated = self.ratings.any(axis=(1, 2))
            self._report(NO_ANSWERS, self.first[~rated & ~self.faulty], {})
        else:
            self._check_privacy()

    # What is found -----------------------------------------------------------------------------------------------------

    @property
    def issues(self) -> Issues:
        """Every issue in the order of lines; of what repeats, the first places and a count."""
        return Issues([*self.table.warnings, *self.problems.issues()])

    @property
    def left_out(self) -> list[str]:
        """The assessments with errors, each as country and date, or ``?`` if those cannot be read."""
        names = (self.table.name(row).replace("@", " ") for row in self.rows[self.first[self.faulty]].tolist())
        return [name or "?" for name in names]

    def columns(self) -> AnswerColumns:
        """The assessments without errors, in columns."""
        import numpy as np

        good = np.flatnonzero(~self.faulty)
        ratings = np.array(self.names, dtype=object)[self.ratings[good]]
        letters = np.array(self.letters, dtype=object)[self.elements.reshape(self.shape[0], -1)[good]]
        keys = tuple(self._keys(good))
        cited = self._citations()
        return AnswerColumns(
            source=self.table.source,
            keys=keys,
            names=tuple(self._country_names(keys, good)),
            scopes=tuple(self.scopes[group] for group in good.tolist()),
            ratings={one.key: tuple(map(tuple, ratings[:, place].tolist())) for place, one in enumerate(self.dimensions)},
            elements=tuple(map(tuple, letters.tolist())),
            citations=tuple(cited.get(group, {}) for group in good.tolist()),
        )

    def assessments(self, *, sound: bool = False) -> list[Assessment]:
        """All assessments whose country and date can be read, or only the `sound` ones, without errors."""
        import numpy as np

        wanted = ~self.faulty if sound else np.array([bool(self.table.name(row)) for row in self.rows[self.first].tolist()], bool)
        groups = np.flatnonzero(wanted)
        keys = tuple(self._keys(groups))
        answers = self._answers(wanted)
        return [
            Assessment(
                country=country,
                country_name=name,
                scope=self.scopes[group],
                as_of=as_of,
                checklist=self.checklist.id,
                checklist_version=self.checklist.version,
                answers={self.provisions[place].id: answers[group][place] for place in sorted(answers.get(group, ()))},
                source=self.table.source,
            )
            for group, (country, as_of), name in zip(groups.tolist(), keys, self._country_names(keys, groups), strict=True)
        ]

    def _keys(self, groups: Array) -> Iterator[tuple[str, date]]:
        """Country and date of some assessments."""
        for row in self.rows[self.first[groups]].tolist():
            country, day = self.table.key(row)
            assert day is not None  # noqa: S101
            yield country, day

    def _country_names(self, keys: Sequence[tuple[str, date]], groups: Array) -> Iterator[str]:
        """The name of each country as written in the table, else its usual name."""
        usual = cache(lambda code: countries.find(code).name("en"))
        typed = self._texts("country_name", self.first[groups])
        for (country, _), name in zip(keys, typed, strict=True):
            yield name or usual(country)

    def _citations(self) -> dict[int, dict[str, tuple[tuple[str, str], ...]]]:
        """The legal basis of each answer as written, by assessment and provision: a table has no register of laws."""
        found: dict[int, dict[str, tuple[tuple[str, str], ...]]] = {}
        if "citation" in self.table.columns:
            places = self.kept[self._filled("citation")]
            provisions, groups = self.provision[places].tolist(), self.group[places].tolist()
            for group, provision, text in zip(groups, provisions, self._texts("citation", places), strict=True):
                of, id = found.setdefault(group, {}), self.provisions[provision].id
                if ("", text) not in of.get(id, ()):
                    of[id] = (*of.get(id, ()), ("", text))
        return found

    def _answers(self, wanted: Array) -> dict[int, dict[int, Answer]]:
        """The answers of the wanted assessments, by the numbers of assessment and provision."""
        kept = self.kept[wanted[self.group[self.kept]]]
        groups, provisions = self.group[kept].tolist(), self.provision[kept].tolist()
        columns = [(field, self._texts(name, kept)) for name, field in _FIELDS.items()]
        found: dict[int, dict[int, dict[str, dict[str, int]]]] = {}
        dimensions, lines = self.dimension[kept].tolist(), self.table.file.lines[self.rows[kept]].tolist()
        for at, (group, provision) in enumerate(zip(groups, provisions, strict=True)):
            said = found.setdefault(group, {}).setdefault(provision, {})
            said[self.dimensions[dimensions[at]].key] = {"": lines[at]}
            for field, texts in columns:
                if texts[at]:
                    said.setdefault(field, {}).setdefault(texts[at], lines[at])
        return {g: {p: self._answer(g, p, said) for p, said in of.items()} for g, of in found.items()}

    def _answer(self, group: int, provision: int, said: Mapping[str, Mapping[str, int]]) -> Answer:
        """One answer; `said` holds the different texts of each field with their lines."""
        texts = {field: "\n".join(said.get(field, ())) for field in _FIELDS.values() if field != "elements"}
        ratings = zip(self.dimensions, self.ratings[group, :, provision].tolist(), strict=True)
        return Answer(
            provision=self.provisions[provision].id,
            ratings={one.key: self.names[number] for one, number in ratings if number},
            elements=tuple(self.letters[self.elements[group * self.shape[2] + provision]]),
            legal_basis=texts["legal_basis"],
            note=texts["note"],
            assessor=texts["assessor"],
            at=Lines(self.table.source.name, {field: [*lines.values()][-1] for field, lines in said.items()}),
        )

    # What the columns say ----------------------------------------------------------------------------------------------

    def _codes(self, name: str) -> Array:
        """The number of the text in a column, for each row."""
        return self.table.columns[name].codes[self.rows]

    def _texts(self, name: str, places: Array) -> list[str]:
        """The text in a column at some places, blank if there is no such column."""
        if name not in self.table.columns:
            return [""] * len(places)
        texts = self.table.columns[name].texts
        return [texts[code] for code in self._codes(name)[places].tolist()]

    def _filled(self, name: str) -> Array:
        """Which of the rows kept have a text in a column."""
        import numpy as np

        return np.array([bool(text) for text in self.table.columns[name].texts], bool)[self._codes(name)[self.kept]]

    def _check_rows(self) -> None:
        """Report what stands beyond the last column, and countries and dates that cannot be read."""
        import numpy as np

        for row, text in self.table.file.extras:
            self._report(UNUSED_CELL, np.flatnonzero(self.rows == row), {"value": short(text)})
        unknown = [not code for code in self.table.countries]
        self._report_texts("country", unknown, UNKNOWN_COUNTRY, lambda text: {"hint": countries.suggest(text)}, most=1)
        unknown = [day is None for day in self.table.days]
        self._report_texts("as_of", unknown, BAD_DATE, lambda _: {}, most=1)

    def _scopes(self) -> list[Scope]:
        """The scope of each assessment, which all its rows must name."""
        import numpy as np

        if "scope" not in self.table.columns:
            return [Scope.NATIONAL] * self.shape[0]
        texts, codes = self.table.columns["scope"].texts, self._codes("scope")
        kinds = list(Scope)
        read = np.array([_scope_of(text) for text in texts], np.int64)
        of_first = np.maximum(read[codes[self.first]], 0)
        wrong = np.flatnonzero(read[codes] != of_first[self.group])
        allowed = ", ".join(kinds)
        for code, here in by_value(codes[wrong]):
            facts = {"value": short(texts[code]), "allowed": allowed, "hint": closest(texts[code], kinds)}
            self._report(BAD_CHOICE, wrong[here], facts)
        return [kinds[place] for place in of_first.tolist()]

    def _provisions(self) -> Array:
        """The place of each row's provision in the checklist, -1 if it has none."""
        import numpy as np

        known = {compact(id): place for place, id in enumerate(self.checklist.provisions)}
        places = [known.get(compact(text), -1) for text in self.table.columns["provision"].texts]
        ids = list(self.checklist.provisions)
        self._report_texts(
            "provision", [place < 0 for place in places], UNKNOWN_PROVISION, lambda text: {"hint": closest(text, ids)}
        )
        return np.array(places, np.int64)[self._codes("provision")]

    def _dimensions(self) -> Array:
        """The place of each row's dimension in the checklist, the first if none is named, -1 if there is none such."""
        import numpy as np

        if "dimension" not in self.table.columns:
            return np.zeros(len(self.rows), np.int64)
        keys = list(self.checklist.by_dimension)
        known = {fold(name): place for place, one in enumerate(self.dimensions) for name in (one.title, one.key)} | {"": 0}
        places = [known.get(fold(text), -1) for text in self.table.columns["dimension"].texts]
        self._report_texts(
            "dimension",
            [place < 0 for place in places],
            BAD_CHOICE,
            lambda text: {"allowed": ", ".join(keys), "hint": closest(text, keys)},
        )
        return np.array(places, np.int64)[self._codes("dimension")]

    def _without_repeats(self) -> Array:
        """The places of the rows that give an answer; a row that repeats an earlier one is reported."""
        import numpy as np

        known = np.flatnonzero((self.provision >= 0) & (self.dimension >= 0))
        numbers, first = first_seen(joined(self.group[known], self.dimension[known], self.provision[known]))
        earlier = known[first[numbers]]
        repeats = earlier < known
        of = dict(zip(known[repeats].tolist(), earlier[repeats].tolist(), strict=True))

        def facts(place: int) -> dict[str, object]:
            name = f"{self.provisions[self.provision[place]].id} ({self.dimensions[self.dimension[place]].key})"
            return {"provision": name, "first": self.table.file.lines[self.rows[of[place]]]}

        self._report(PROVISION_TWICE, known[repeats], facts)
        return known[~repeats]

    def _fields(self) -> dict[str, Array]:
        """For each field the place of the row that fills it, by the number of the answer."""
        import numpy as np

        found = {}
        dimension = self.dimension[self.kept]
        rated = [(one.key, dimension == place) for place, one in enumerate(self.dimensions)]
        filled = [(field, self._filled(name)) for name, field in _FIELDS.items() if name in self.table.columns]
        for field, rows in (*rated, *filled):
            found[field] = np.full(self.shape[0] * self.shape[2], -1)
            found[field][self.answer[rows]] = self.kept[rows]
        return found

    def _ratings(self) -> tuple[list[str], Array]:
        """All ratings, the blank one first, and the number of the rating of every answer."""
        import numpy as np

        texts = self.table.columns["rating"].texts
        codes, provision, dimension = self._codes("rating")[self.kept], self.provision[self.kept], self.dimension[self.kept]
        numbers, first = first_seen(joined(dimension, provision, codes))
        names = {"": 0}
        read, alike = [], dict[tuple[object, ...], int]()
        meanings = list(zip(dimension[first].tolist(), provision[first].tolist(), codes[first].tolist(), strict=True))
        for of, at, text in meanings:
            rating = self._rating(of, at, texts[text])
            read.append(-1 if rating is None else names.setdefault(rating, len(names)))
            alike.setdefault((of, self.provisions[at].maximum, text), len(alike))
        rated = np.array(read, np.int32)[numbers]
        kinds = np.array([alike[of, self.provisions[at].maximum, text] for of, at, text in meanings], np.intp)
        wrong = np.flatnonzero(rated < 0)
        for _, here in by_value(kinds[numbers[wrong]]):
            of, at, text = meanings[numbers[wrong[here[0]]]]
            allowed = self.dimensions[of].scale.ratings(self.provisions[at].maximum)
            facts = {"value": short(texts[text]), "allowed": ", ".join(allowed), "hint": closest(texts[text], allowed)}
            self._report(UNKNOWN_RATING, self.kept[wrong[here]], facts)
        found = np.zeros(self.shape, np.int32)
        found[self.group[self.kept], dimension, provision] = np.maximum(rated, 0)
        return list(names), found

    def _rating(self, dimension: int, provision: int, text: str) -> str | None:
        """The rating that a text means: empty for a blank, None if the scale has no such rating."""
        try:
            return self.vocabulary.rating(self.dimensions[dimension], self.provisions[provision], text) if text else ""
        except KeyError:
            return None

    def _elements(self) -> tuple[list[str], Array, Array]:
        """All sets of letters, the empty one first; the number of each answer's set; and which answers expressly name none."""
        import numpy as np

        letters = {"": 0}
        found, none_present = (np.zeros(self.shape[0] * self.shape[2], kind) for kind in (np.int32, bool))
        if "elements" not in self.table.columns:
            return list(letters), found, none_present
        texts, rows = self.table.columns["elements"].texts, np.flatnonzero(self._filled("elements"))
        codes, provision = self._codes("elements")[self.kept[rows]], self.provision[self.kept[rows]]
        for _, here in by_value(joined(provision, codes)):
            text, allowed = texts[codes[here[0]]], self.provisions[provision[here[0]]].letters
            read, wrong, none = self.vocabulary.elements(text, allowed)
            found[self.answer[rows[here]]] = letters.setdefault("".join(read), len(letters))
            none_present[self.answer[rows[here]]] = none
            if wrong:
                facts = {"value": short(text), "wrong": ", ".join(wrong), "allowed": ", ".join(allowed) or "-"}
                self._report(UNKNOWN_ELEMENT, self.kept[rows[here]], facts)
        return list(letters), found, none_present

    # What the answers say ----------------------------------------------------------------------------------------------

    def _check_answers(self, *, errors_only: bool) -> None:
        """Check every different answer once, and report what is wrong at all rows that say the same."""
        import numpy as np

        fields = {field for name, field in _FIELDS.items() if name in self.table.columns}
        nowhere = Assessment("", "", date.max, self.checklist.id, self.checklist.version, language=self.checklist.language)
        checks = AnswerChecks(self.checklist, nowhere, dated=False, absent=frozenset(_FIELDS.values()) - fields)
        given = np.zeros(self.shape[0] * self.shape[2], bool)
        given[self.answer] = True
        present = np.flatnonzero(given)
        parts = [present % self.shape[2], *(self.ratings[:, place].reshape(-1)[present] for place in range(self.shape[1]))]
        parts += [self.elements[present], self.none_present[present]] if not errors_only else []
        parts += [self.at[field][present] >= 0 for field in ("legal_basis", "note") if field in fields]
        numbers, first = first_seen(joined(*parts))
        found: dict[tuple[Rule, tuple[tuple[str, str], ...]], list[Array]] = {}
        for number, answer in enumerate(present[first].tolist()):
            typical = self._typical(answer)
            problems = [*checks.errors(typical)]
            if not errors_only:
                problems += checks.warnings(typical, none_present=bool(self.none_present[answer]))
            for problem in problems:
                alike = found.setdefault((problem.rule, tuple(problem.facts.items())), [])
                alike.append(self._places(problem.fields, present[numbers == number]))
        for (rule, facts), alike in found.items():
            self._report(rule, np.sort(np.concatenate(alike)), dict(facts))

    def _typical(self, answer: int) -> Answer:
        """An answer as far as the checks depend on it: of texts it is enough to know whether they are there."""
        group, provision = divmod(answer, self.shape[2])
        ratings = zip(self.dimensions, self.ratings[group, :, provision].tolist(), strict=True)
        return Answer(
            provision=self.provisions[provision].id,
            ratings={one.key: self.names[number] for one, number in ratings if number},
            elements=tuple(self.letters[self.elements[answer]]),
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
        """Report personal data in free texts."""
        for name in ("note", "assessor"):
            if name not in self.table.columns:
                continue
            codes, places = self._codes(name), self.kept[self._filled(name)]
            for code, here in by_value(codes[places]):
                for facts in personal_facts(self.table.columns[name].texts[code]):
                    self._report(PERSONAL_DATA, places[here], partial(self._with_provision, facts))

    def _with_provision(self, facts: Mapping[str, str], place: int) -> dict[str, str]:
        return {**facts, "provision": self.provisions[self.provision[place]].id}

    # Reports -----------------------------------------------------------------------------------------------------------

    def _report(
        self,
        rule: Rule,
        places: Array,
        facts: Mapping[str, object] | Callable[[int], Mapping[str, object]],
        most: int = MOST_PLACES,
    ) -> None:
        """Report one problem at some rows; `facts` are those of all of them, or gives those of one."""
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
        """Report the rows with a wrong text in a column, each different text as one problem; blank ones as missing."""
        import numpy as np

        codes = self._codes(name)
        places = np.flatnonzero(np.array(wrong, bool)[codes])
        for code, here in by_value(codes[places]):
            text = self.table.columns[name].texts[code]
            if not text:
                self._report(MISSING_VALUE, places[here], {"field": name}, most)
            elif self.problems.room(rule, most):
                self._report(rule, places[here], {"value": short(text), **facts(text)}, most)
            else:
                self._report(rule, places[here], {})


class Lines(Mapping[str, Location]):
    """The lines on which the fields of one answer stand."""

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


@cache
def _country_of(code: str) -> str:
    """The code of a country as assessments keep it, empty if there is no such country."""
    try:
        return countries.find(code).code if code else ""
    except KeyError:
        return ""


@cache
def _day_of(text: str) -> date | None:
    """The day that a text names, None if it names none."""
    try:
        return parse_date(text)
    except ValueError:
        return None


def _scope_of(text: str) -> int:
    """The place of a scope among all, the first for a blank; -1 if there is no such scope."""
    kinds = list(Scope)
    return kinds.index(Scope(text.lower())) if text.lower() in kinds else 0 if not text else -1
