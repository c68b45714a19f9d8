"""Reads an answers table column by column, for tables of hundreds of thousands of rows.

What repeats is understood once. A table in which anything is not plainly right gives nothing here: reading it row by row says
what is wrong, and where.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from legcheck import countries
from legcheck.files import digest_of
from legcheck.issues import InputError, Issues
from legcheck.model import AnswerColumns, Checklist, Source
from legcheck.workbook.columns import element_dimension
from legcheck.workbook.reading.table import as_arrow, places_of
from legcheck.workbook.reading.table_rows import country_of, day_of, scope_of
from legcheck.workbook.reading.vocabulary import Vocabulary, parse_elements
from legcheck.workbook.text import clean, fold

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    import pyarrow as pa

    Array = np.ndarray[Any, Any]


class _NotPlainError(Exception):
    """Something in the table needs to be looked at row by row."""


def read_columns(path: Path, checklist: Checklist, content: bytes) -> AnswerColumns | None:
    """The assessments of an answers table, None where anything in it is not plainly right."""
    warnings = Issues()
    try:
        table = as_arrow(path, content)
        places = places_of(path, table.column_names, warnings)
        columns = {name: table.column(place) for name, place in places.items()}
        return None if len(warnings) or not table.num_rows else _Columns(columns, checklist).read(path, content)
    except (InputError, _NotPlainError):
        return None


class _Columns:
    """The columns of one table, each with its different texts and which of them stands in each row."""

    def __init__(self, columns: Mapping[str, pa.ChunkedArray], checklist: Checklist) -> None:
        self.checklist = checklist
        self.provisions = tuple(checklist.provisions.values())
        self.size = len(self.provisions)
        self.columns = {name: _encoded(column) for name, column in columns.items()}

    def read(self, path: Path, content: bytes) -> AnswerColumns:
        """All assessments, in the order of country and date."""
        import numpy as np

        groups, rows = self._groups()
        provision = self._provision()
        dimension = self._dimension(len(rows))
        cells = (rows * len(self.checklist.dimensions) + dimension) * self.size + provision
        if len(np.unique(cells)) < len(cells):
            raise _NotPlainError
        names, codes = self._ratings(provision, dimension)
        filled = np.zeros((len(groups), len(self.checklist.dimensions), self.size), dtype=np.intp)
        filled.reshape(-1)[cells] = codes
        if not filled.any(axis=(1, 2)).all():
            raise _NotPlainError
        ratings = np.array(names, dtype=object)[filled]
        return AnswerColumns(
            source=Source(path.name, digest_of(content)),
            keys=tuple(groups),
            names=self._names(groups, rows),
            scopes=tuple(self._whole("scope", len(groups), rows, scope_of)),
            ratings={
                one.key: tuple(map(tuple, ratings[:, place].tolist())) for place, one in enumerate(self.checklist.dimensions)
            },
            elements=self._elements(len(groups), rows, provision),
            citations=self._citations(len(groups), rows, provision),
        )

    def _groups(self) -> tuple[list[tuple[str, date]], Array]:
        """The country and date of each assessment, and which of them each row belongs to."""
        import numpy as np

        countries_, country = self._understood("country", country_of)
        days, day = self._understood("as_of", day_of)
        codes = sorted(set(countries_))
        dates = sorted(set(days))
        country = np.array([codes.index(code) for code in countries_])[country]
        day = np.array([dates.index(one) for one in days])[day]
        found, rows = np.unique(country * len(dates) + day, return_inverse=True)
        return [(codes[both // len(dates)], dates[both % len(dates)]) for both in found.tolist()], rows

    def _names(self, groups: Sequence[tuple[str, date]], rows: Array) -> tuple[str, ...]:
        """The name of each country as written, else its own."""
        written = self._whole("country_name", len(groups), rows, clean)
        return tuple(name or countries.find(country).name("en") for name, (country, _) in zip(written, groups, strict=True))

    def _whole(self, name: str, count: int, rows: Array, understand: Any) -> list[Any]:
        """What a column says of each assessment as a whole: the same in all its rows."""
        import numpy as np

        if name not in self.columns:
            return [understand("")] * count
        texts, codes = self.columns[name]
        pairs = np.unique(np.stack([rows, codes], axis=1), axis=0)
        meant = [understand(clean(texts[code])) for _, code in pairs.tolist()]
        if len(pairs) != count or any(one is None for one in meant):
            raise _NotPlainError
        return meant

    def _provision(self) -> Array:
        import numpy as np

        place = {one.id: at for at, one in enumerate(self.provisions)}
        texts, codes = self.columns["provision"]
        return _all_known(np.array([place.get(text, -1) for text in texts])[codes])

    def _dimension(self, rows: int) -> Array:
        """The dimension of each row, the first of the checklist where none is named."""
        import numpy as np

        if "dimension" not in self.columns:
            return np.zeros(rows, dtype=np.intp)
        place = {fold(name): at for at, one in enumerate(self.checklist.dimensions) for name in (one.title, one.key)} | {"": 0}
        texts, codes = self.columns["dimension"]
        return _all_known(np.array([place.get(fold(text), -1) for text in texts])[codes])

    def _ratings(self, provision: Array, dimension: Array) -> tuple[list[str], Array]:
        """Every rating by its number, 0 for none, and the number of the rating in each row."""
        import numpy as np

        texts, codes = self.columns["rating"]
        words = Vocabulary(self.checklist, self.checklist.language)
        names: dict[str, int] = {"": 0}
        found = np.full((len(self.checklist.dimensions), self.size, len(texts)), -1)
        used = np.unique(np.ravel_multi_index((dimension, provision, codes), found.shape))
        for of, at, text in zip(*np.unravel_index(used, found.shape), strict=True):
            found[of, at, text] = names.setdefault(self._rating(words, of, at, texts[text]), len(names))
        return list(names), found[dimension, provision, codes]

    def _rating(self, words: Vocabulary, dimension: int, provision: int, text: str) -> str:
        """The rating of a text; one that is outside the scale's worths needs a look at its reason."""
        of, typed = self.checklist.dimensions[dimension], clean(text)
        one = self.provisions[provision]
        if not typed:
            return ""
        try:
            rating = words.rating(of, one, typed)
            level = of.scale.level(rating, one.maximum)
        except KeyError:
            raise _NotPlainError from None
        if level.outside and (not one.may_not_apply or "note" in self.columns):
            raise _NotPlainError
        return rating

    def _elements(self, count: int, rows: Array, provision: Array) -> tuple[tuple[str, ...], ...]:
        """The letters named for each provision, by assessment."""
        none = ("",) * self.size
        if "elements" not in self.columns or element_dimension(self.checklist) is None:
            return (none,) * count
        found = [list(none) for _ in range(count)]
        for row, at, text in self._filled("elements", rows, provision):
            letters, wrong = parse_elements(text, self.provisions[at].letters)
            if wrong:
                raise _NotPlainError
            found[row][at] = "".join(letters)
        return tuple(map(tuple, found))

    def _citations(self, count: int, rows: Array, provision: Array) -> tuple[Mapping[str, tuple[tuple[str, str], ...]], ...]:
        """The legal basis of each answer as written: a table has no register of laws."""
        found: list[dict[str, tuple[tuple[str, str], ...]]] = [{} for _ in range(count)]
        if "citation" in self.columns:
            for row, at, text in self._filled("citation", rows, provision):
                id = self.provisions[at].id
                before = found[row].get(id, ())
                if all(text != articles for _, articles in before):
                    found[row][id] = (*before, ("", text))
        return tuple(found)

    def _filled(self, name: str, rows: Array, provision: Array) -> list[tuple[int, int, str]]:
        """Assessment, provision and text of each row where a column is filled."""
        import numpy as np

        texts, codes = self.columns[name]
        cleaned = [clean(text) for text in texts]
        wanted = np.array([bool(text) for text in cleaned])[codes]
        places = zip(rows[wanted].tolist(), provision[wanted].tolist(), codes[wanted].tolist(), strict=True)
        return [(row, at, cleaned[code]) for row, at, code in places]

    def _understood(self, name: str, understand: Any) -> tuple[list[Any], Array]:
        """What each different text of a column means; all must mean something."""
        texts, codes = self.columns[name]
        meant = [understand(clean(text)) for text in texts]
        if not all(meant):
            raise _NotPlainError
        return meant, codes


def _all_known(places: Array) -> Array:
    if (places < 0).any():
        raise _NotPlainError
    return places


def _encoded(column: pa.ChunkedArray) -> tuple[list[str], Array]:
    """The different texts of a column, and which of them stands in each row."""
    whole = column.combine_chunks().dictionary_encode()
    return whole.dictionary.to_pylist(), whole.indices.to_numpy(zero_copy_only=False)
