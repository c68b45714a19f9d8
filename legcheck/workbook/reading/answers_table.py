"""Reads an answers table: a CSV, Parquet or Excel file with one row per answer, for one assessment or thousands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from legcheck import countries
from legcheck.files import digest_of
from legcheck.issues import TABLE_OF_OTHER_CHECKLIST, Issues, Location, reject
from legcheck.model import Answer, AnswerColumns, Assessment, Checklist, ElementMarks, Source
from legcheck.model.summary import CODE, MASK, masks_of
from legcheck.words import compact
from legcheck.workbook.columns import PUBLISH
from legcheck.workbook.reading.answer_rows import FIELDS, AnswerRows
from legcheck.workbook.reading.distinct import first_seen, joined, numbered
from legcheck.workbook.reading.guards import read_bytes
from legcheck.workbook.reading.table_files import open_table
from legcheck.workbook.text import parse_date, short

if TYPE_CHECKING:
    from pathlib import Path

    from legcheck.workbook.reading.answer_rows import Array

REQUIRED = ("country", "as_of", "provision", "rating")
# Further columns of the answers that a comparison writes: known, but not needed.
_WRITTEN = (
    "checklist",
    "checklist_title",
    "version",
    "chapter",
    "chapter_title",
    "provision_title",
    "follows",
    "counts_as",
    "worth",
)
OPTIONAL = ("dimension", "elements", "citation", "note", "assessor", PUBLISH, "scope", "kind", "country_name", *_WRITTEN)
_HEADINGS = {name: name for name in OPTIONAL} | {"legal_basis": "citation"}


class AnswersTable:
    """An answers table whose rows are sorted by assessment, but not yet checked.

    `keys` holds the country and date of every assessment, in the order in which they begin, empty or None if they cannot be read;
    `names` the same as ``CODE@DATE``, empty if either cannot be read. Rows without a readable country or date stay together.
    """

    def __init__(
        self,
        path: Path,
        checklist: Checklist,
        content: bytes | None = None,
        others: Callable[[], Iterable[Checklist]] = tuple,
    ) -> None:
        """Open a table of answers to a checklist.

        `content` holds the bytes of the file if already read; `others` gives the checklists that the table may belong to if none
        of its provisions is in this one.

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
        self.columns = {name: self.file.column(place) for name, place in places.items() if name not in _WRITTEN}
        filled = [np.array([bool(text) for text in one.texts], bool)[one.codes] for one in self.columns.values()]
        filled[0][[row for row, _ in self.file.extras]] = True
        self.rows = np.flatnonzero(np.logical_or.reduce(filled))
        self._check_ids(others)
        countries_, days = self.columns["country"], self.columns["as_of"]
        self.countries = [_country_of(text) for text in countries_.texts]
        self.days = [_day_of(text) for text in days.texts]
        country, day = numbered(self.countries), numbered(self.days)
        self.groups, first = first_seen(joined(country[countries_.codes[self.rows]], day[days.codes[self.rows]]))
        firsts = zip(countries_.codes[self.rows[first]].tolist(), days.codes[self.rows[first]].tolist(), strict=True)
        self.keys = [(self.countries[at], self.days[on]) for at, on in firsts]
        self.names = [f"{at}@{on.isoformat()}" if at and on else "" for at, on in self.keys]

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

    def read(self, only: str = "", *, errors_only: bool = False) -> TableReading:
        """Check the rows of all assessments, or of one by its name.

        With `errors_only` warnings about what answers say are left out, and an assessment without any rating is an error.

        Raises:
            InputError: there are more assessments than can be held.
        """
        import numpy as np

        if not only:
            return TableReading(self, AnswerRows(self, self.rows, self.groups, self.keys, errors_only=errors_only))
        place = self.names.index(only)
        rows = self.rows[self.groups == place]
        group, keys = np.zeros(len(rows), np.int64), self.keys[place : place + 1]
        return TableReading(self, AnswerRows(self, rows, group, keys, errors_only=errors_only))


class TableReading:
    """The assessments of a table whose rows were read, and every issue in it."""

    def __init__(self, table: AnswersTable, rows: AnswerRows) -> None:
        self.table = table
        self.keys = rows.keys
        self.rows = rows

    @property
    def issues(self) -> Issues:
        """Every issue in order of lines; repeated ones give their first places and a count of the rest."""
        return Issues([*self.table.warnings, *self.rows.problems.issues()])

    @property
    def left_out(self) -> list[str]:
        """The assessments with errors, each as country and date, or ``?`` if those cannot be read."""
        faulty = (self.keys[group] for group in self.rows.faulty.nonzero()[0].tolist())
        return list(dict.fromkeys(f"{country} {day.isoformat()}" if country and day else "?" for country, day in faulty))

    def columns(self) -> AnswerColumns:
        """The assessments without errors, packed as summaries hold them."""
        import numpy as np

        good = np.flatnonzero(~self.rows.faulty)
        known = list(self._known(good.tolist()))
        cited = self._citations()
        return AnswerColumns(
            source=self.table.source,
            keys=[(country, as_of) for _, country, as_of, _ in known],
            names=[name for *_, name in known],
            scopes=[self.rows.scopes[group] for group, *_ in known],
            kinds=[self.rows.kinds[group] for group, *_ in known],
            ratings=[of.tobytes() for of in self._codes()[good]],
            elements=[of.tobytes() for of in self._masks()[good]],
            citations=[cited.get(group, {}) for group, *_ in known],
        )

    def _codes(self) -> Array:
        """The ratings of all assessments by dimension and provision, as the codes used in summaries."""
        import numpy as np

        found = np.zeros(self.rows.shape, CODE)
        for place, codes in enumerate(self.table.checklist.codes.values()):
            found[:, place] = np.array([codes.get(name, 0) for name in self.rows.names], CODE)[self.rows.ratings[:, place]]
        return found

    def _masks(self) -> Array:
        """The elements of all assessments as summaries hold them, by assessment, met or answered, and provision."""
        import numpy as np

        rows = self.rows
        letters = list(dict.fromkeys(one.letters for one in rows.provisions))
        of_provision = np.array([letters.index(one.letters) for one in rows.provisions])
        elements = rows.elements.reshape(len(self.keys), -1)
        pairs, places = np.unique(elements.astype(np.int64) * len(letters) + of_provision, return_inverse=True)
        said = ((letters[pair % len(letters)], rows.said[pair // len(letters)]) for pair in pairs.tolist())
        masks = np.array([masks_of(ElementMarks.of(*one)) for one in said], MASK).reshape(-1, 2)
        found: Array = np.moveaxis(masks[places.reshape(elements.shape)], 2, 1)
        return np.ascontiguousarray(found)

    def assessments(self, *, sound: bool = False) -> list[Assessment]:
        """All assessments whose country and date can be read, or only the `sound` ones, without errors."""
        checklist = self.table.checklist
        faulty = self.rows.faulty.tolist()
        known = list(self._known([group for group in range(len(self.keys)) if not (sound and faulty[group])]))
        answers = self._answers({group for group, *_ in known})
        return [
            Assessment(
                country=country,
                country_name=name,
                scope=self.rows.scopes[group],
                kind=self.rows.kinds[group],
                as_of=as_of,
                checklist=checklist.id,
                checklist_version=checklist.version,
                answers={id: answers[group, place] for place, id in enumerate(checklist.provisions) if (group, place) in answers},
                source=self.table.source,
            )
            for group, country, as_of, name in known
        ]

    def _known(self, groups: list[int]) -> Iterator[tuple[int, str, date, str]]:
        """Number, country, date and name of each of these assessments whose country and date can be read."""
        usual = cache(lambda code: countries.find(code).name("en"))
        for group, typed in zip(groups, self.rows.texts("country_name", self.rows.first[groups]), strict=True):
            country, day = self.keys[group]
            if country and day:
                yield group, country, day, typed or usual(country)

    def _citations(self) -> dict[int, dict[str, tuple[str, ...]]]:
        """The distinct legal bases of each answer as written, by assessment and provision: a table has no register of laws."""
        found: dict[int, dict[str, tuple[str, ...]]] = {}
        if "citation" in self.table.columns:
            places = self.rows.saying("citation")
            provisions, groups = self.rows.provision[places].tolist(), self.rows.group[places].tolist()
            for group, provision, text in zip(groups, provisions, self.rows.texts("citation", places), strict=True):
                of, id = found.setdefault(group, {}), self.rows.provisions[provision].id
                of[id] = tuple(dict.fromkeys((*of.get(id, ()), text)))
        return found

    def _answers(self, wanted: set[int]) -> dict[tuple[int, int], Answer]:
        """The answers of the wanted assessments, by the numbers of assessment and provision."""
        import numpy as np

        rows, kept = self.rows, self.rows.kept
        keys = zip(rows.group[kept].tolist(), rows.provision[kept].tolist(), strict=True)
        dimensions, lines = rows.dimension[kept].tolist(), self.table.file.lines[rows.rows[kept]].tolist()
        columns = [(field, rows.texts(name, kept)) for name, field in FIELDS.items() if name in self.table.columns]
        said: dict[tuple[int, int], dict[str, dict[str, int]]] = {}
        for at, key in enumerate(keys):
            if key[0] in wanted:
                fields = said.setdefault(key, {})
                fields[rows.dimensions[dimensions[at]].key] = {"": lines[at]}
                for field, texts in columns:
                    if texts[at]:
                        fields.setdefault(field, {}).setdefault(texts[at], lines[at])
        places = rows.lettered[np.isin(rows.group[rows.lettered], list(wanted))]
        for place, line in zip(places.tolist(), self.table.file.lines[rows.rows[places]].tolist(), strict=True):
            key = int(rows.group[place]), int(rows.provision[place])
            said.setdefault(key, {})[f"elements.{rows.element_at(place)}"] = {"": line}
        return {key: self._answer(*key, fields) for key, fields in said.items()}

    def _answer(self, group: int, provision: int, fields: Mapping[str, Mapping[str, int]]) -> Answer:
        """One answer; `fields` holds the distinct texts of each field with their lines."""
        rows = self.rows
        ratings = zip(rows.dimensions, rows.ratings[group, :, provision].tolist(), strict=True)
        return Answer(
            provision=rows.provisions[provision].id,
            ratings={one.key: rows.names[number] for one, number in ratings if number},
            elements=rows.said[rows.elements[group * len(rows.provisions) + provision]],
            legal_basis="\n".join(fields.get("legal_basis", ())),
            note="\n".join(fields.get("note", ())),
            assessor="\n".join(fields.get("assessor", ())),
            publish=not rows.withheld[group * len(rows.provisions) + provision],
            at=Lines(self.table.source.name, {field: [*lines.values()][-1] for field, lines in fields.items()}),
        )


class Lines(Mapping[str, Location]):
    """The lines that hold the fields of one answer."""

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
    """The code of a country as stored in assessments, empty if there is no such country."""
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
