"""Tidy tables of a comparison: a row for each assessment, dimension and figure, and a row for each answer.

They are built by pyarrow in groups of assessments, column by column, so that tens of thousands of assessments need no more memory
than some hundred. Arrays are made from buffers, because pyarrow loads pandas for any other way of making one.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from legcheck.labels import Labels
from legcheck.model import Checklist, Compared, Comparison, Display, Judged
from legcheck.model.summary import CODE, LENGTH, MASK

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    Array = np.ndarray[Any, Any]
    Columns = dict[str, Array | pa.Array]

SCORE_COLUMNS = (
    "country", "country_name", "as_of", "scope", "group", "differs", "checklist", "version", "file", "fictional", "latest",
    "dimension", "kind", "node", "node_title", "low", "central", "high", "answered", "applicable", "assessed_share",
    "enough_answered", "not_applicable", "contrary", "elements_met", "elements", "band", "display", "central_if_adopted",
    "scope_count", "scope_lower_quartile", "scope_median", "scope_upper_quartile",
)  # fmt: skip
ANSWER_COLUMNS = (
    "country", "country_name", "as_of", "scope", "checklist", "checklist_title", "version", "chapter", "chapter_title",
    "provision", "provision_title", "dimension", "rating", "counts_as", "worth", "elements", "citation",
)  # fmt: skip
# What a spreadsheet takes for the beginning of a formula, and the columns that may hold what somebody typed.
_FORMULA = ("=", "+", "@", "\t", "\r", "-")
_BEGINS_FORMULA = r"^[=+@\t\r-]"
_TYPED = ("country_name", "group", "file", "citation", "checklist_title", "chapter_title", "node_title", "provision_title")
_SPREADS = {"scope_lower_quartile": "lower", "scope_median": "median", "scope_upper_quartile": "upper"}
# How many assessments are written at once.
_GROUP = 500


def scores_tables(comparison: Comparison, labels: Labels) -> Iterator[pa.Table]:
    """One row for each assessment, dimension and figure, in groups of assessments.

    Shares are full-precision numbers in [0, 1]; `display` is the printed figure; `central_if_adopted` is the central figure once
    adopted and draft law is in force; the columns `scope_...` speak of all latest assessments of the same scope. Where names are
    withheld so is the day of the law: the first days of its year stand for the assessments of a country, in order.
    """
    return _tables(comparison, [_Scores(comparison, judged, labels).columns for judged in comparison.judged], SCORE_COLUMNS)


def answers_tables(comparison: Comparison) -> Iterator[pa.Table]:
    """One row for each assessment, dimension and provision that its checklist has, answered or not, in groups of assessments.

    `rating` is what the answer states, `counts_as` what counts on the as-of date and `worth` what that is worth; the table can be
    read back as an answers table. Free texts are left out: a comparison travels further than a workbook.
    """
    return _tables(comparison, [_Answers(comparison, judged).columns for judged in comparison.judged], ANSWER_COLUMNS)


def to_csv(tables: Iterable[pa.Table]) -> Iterator[bytes]:
    """Tables as UTF-8 text with one heading, part by part; no text that somebody typed is a formula for a spreadsheet."""
    import pyarrow as pa
    import pyarrow.csv

    for place, table in enumerate(tables):
        columns = [_spelt_out(table.column(name), typed=name in _TYPED) for name in table.column_names]
        out = pa.BufferOutputStream()
        options = pyarrow.csv.WriteOptions(include_header=not place)
        pyarrow.csv.write_csv(pa.Table.from_arrays(columns, names=table.column_names), out, options)
        yield out.getvalue().to_pybytes()


def to_parquet(tables: Iterable[pa.Table]) -> bytes:
    """Tables as a Parquet file that pandas, DuckDB and Spark read, a row group each."""
    import pyarrow.parquet

    out, writer = io.BytesIO(), None
    for table in tables:
        writer = writer or pyarrow.parquet.ParquetWriter(out, table.schema, compression="zstd")
        writer.write_table(table)
    if writer is not None:
        writer.close()
    return out.getvalue()


def _tables(comparison: Comparison, parts: Sequence[Callable[[Array], Columns]], names: Sequence[str]) -> Iterator[pa.Table]:
    """A table for each group of assessments, in their order; `parts` makes the columns of those of one checklist."""
    import numpy as np
    import pyarrow as pa

    places = [np.array(judged.rows) for judged in comparison.judged]
    for start in range(0, len(comparison.rows), _GROUP):
        made, order = [], []
        for part, rows in zip(parts, places, strict=True):
            chosen = np.flatnonzero((start <= rows) & (rows < start + _GROUP))
            if len(chosen):
                columns = part(chosen)
                made.append(pa.Table.from_arrays([_arrow(columns[name]) for name in names], names=names))
                order.append(np.repeat(rows[chosen], len(made[-1]) // len(chosen)))
        table = pa.concat_tables(made)
        yield table if len(made) == 1 else table.take(_arrow(np.argsort(np.concatenate(order), kind="stable")))


class _Part:
    """The columns of the assessments that answer one checklist."""

    def __init__(self, comparison: Comparison, judged: Judged) -> None:
        self.comparison, self.judged = comparison, judged
        self.checklist = judged.today.checklist
        self.provisions = tuple(self.checklist.provisions.values())
        self.dimensions = self.checklist.dimensions

    def rows(self, chosen: Array) -> list[Compared]:
        return [self.comparison.rows[self.judged.rows[at]] for at in chosen.tolist()]

    def heads(self, rows: Sequence[Compared], times: int) -> Columns:
        """What is said of an assessment as a whole, on each of its rows."""
        import numpy as np

        days = np.array([row.summary.as_of for row in rows], dtype="datetime64[D]")
        return {
            "country": _repeated((row.summary.country for row in rows), times),
            "country_name": _repeated((row.name for row in rows), times),
            "as_of": np.repeat(days, times),
            "scope": _repeated((row.summary.scope.value for row in rows), times),
            "checklist": _repeated((row.summary.checklist.id for row in rows), times),
            "version": _repeated((row.summary.checklist.version for row in rows), times),
        }

    def keys(self, count: int, times: int) -> pa.Array:
        """The key of the dimension on each row: `times` rows a dimension, for so many assessments."""
        import numpy as np

        places = np.repeat(np.arange(len(self.dimensions)), times)
        return _chosen([one.key for one in self.dimensions], np.tile(places, count))


class _Scores(_Part):
    """The columns of scores."""

    def __init__(self, comparison: Comparison, judged: Judged, labels: Labels) -> None:
        super().__init__(comparison, judged)
        self.labels = labels
        self.scopes = {group.scope: place for place, group in enumerate(comparison.everyone)}
        self.spreads = self._spreads()

    def columns(self, chosen: Array) -> Columns:
        """The columns of some assessments, by their places among those of the checklist."""
        import numpy as np

        figures, rows, count = self.judged.today, self.rows(chosen), len(chosen)
        dimensions, nodes = figures.low.shape[1:]
        times, of_node = dimensions * nodes, np.tile(np.arange(nodes), count * dimensions)
        answered, applicable = figures.answered[chosen], figures.applicable[chosen]
        share = np.divide(answered, applicable, out=np.full(answered.shape, np.nan), where=applicable > 0)
        codes, printed = np.unique(figures.displays[chosen].ravel(), return_inverse=True)
        spreads = {name: values[[self.scopes[row.summary.scope] for row in rows]] for name, values in self.spreads.items()}
        same = ("low", "central", "high", "not_applicable", "contrary", "elements_met", "elements")
        numbers = {name: getattr(figures, name)[chosen] for name in same} | spreads
        numbers |= {"answered": answered, "applicable": applicable, "assessed_share": share}
        numbers |= {"enough_answered": figures.enough[chosen], "central_if_adopted": self._if_adopted(chosen)}
        return {
            **self.heads(rows, times),
            "group": _repeated((row.group for row in rows), times),
            "differs": _repeated((" ".join(row.differs) for row in rows), times),
            "file": _repeated((row.summary.source.name for row in rows), times),
            "fictional": np.repeat([row.fictional for row in rows], times),
            "latest": np.repeat([row.latest for row in rows], times),
            "dimension": self.keys(count, nodes),
            "kind": _chosen([node.kind for node in figures.nodes], of_node),
            "node": _chosen([node.key for node in figures.nodes], of_node),
            "node_title": _chosen(self._titles(), of_node),
            "band": _chosen(["", *(band.key for band in self.checklist.bands)], figures.bands[chosen].ravel() + 1),
            "display": _chosen([self.labels.figure(Display.of(code)) for code in codes.tolist()], printed),
            **{name: values.ravel() for name, values in numbers.items()},
        }

    def _titles(self) -> list[str]:
        """What every node is called."""
        checklist = self.checklist
        return [
            self.labels("report.total"),
            *(one.title for one in checklist.chapters),
            *(one.title for one in checklist.themes),
            *(one.title for one in checklist.instruments),
        ]

    def _if_adopted(self, chosen: Array) -> Array:
        """The central figures once pending law is in force, not a number where they would not differ."""
        import numpy as np

        judged = self.judged
        found = np.full((len(chosen), *judged.today.central.shape[1:]), np.nan)
        _, here, there = np.intersect1d(chosen, np.array(judged.pending, dtype=np.intp), return_indices=True)
        found[here] = np.where(judged.changed[there, :, None], judged.if_adopted.central[there], np.nan)
        return found

    def _spreads(self) -> dict[str, Array]:
        """The quartiles of each scope, by scope, dimension and node."""
        import numpy as np

        nodes = self.judged.today.nodes
        shape = len(self.scopes), len(self.dimensions), len(nodes)
        found = {name: np.full(shape, np.nan) for name in _SPREADS} | {"scope_count": np.zeros(shape, dtype=np.int64)}
        for place, group in enumerate(self.comparison.everyone):
            for dimension, one in enumerate(self.dimensions):
                for at, node in enumerate(nodes):
                    spread = group.spreads.get(one.key, {}).get(node.id)
                    if spread is not None:
                        found["scope_count"][place, dimension, at] = spread.count
                        for column, part in _SPREADS.items():
                            found[column][place, dimension, at] = float(getattr(spread, part))
        return found


class _Answers(_Part):
    """The columns of answers."""

    def __init__(self, comparison: Comparison, judged: Judged) -> None:
        import numpy as np

        super().__init__(comparison, judged)
        self.every = np.arange(len(self.provisions))
        self.worths = [_worths(self.checklist, one.key) for one in self.dimensions]

    def columns(self, chosen: Array) -> Columns:
        """The columns of some assessments, by their places among those of the checklist."""
        import numpy as np

        rows = self.rows(chosen)
        shape = len(rows), len(self.dimensions), len(self.provisions)
        summaries = [row.summary for row in rows]
        counts_as = np.frombuffer(b"".join(one.ratings for one in summaries), CODE).reshape(shape)
        typed = np.frombuffer(b"".join(one.typed or one.ratings for one in summaries), CODE).reshape(shape)
        masks = np.frombuffer(b"".join(one.elements for one in summaries), MASK).reshape(shape[0], shape[2])
        worth = np.stack([table[self.every, counts_as[:, at]] for at, table in enumerate(self.worths)], axis=1)
        chapters = {chapter.id: chapter.title for chapter in self.checklist.chapters}
        of_provision = np.tile(self.every, shape[0] * shape[1])
        return {
            **self.heads(rows, shape[1] * shape[2]),
            "checklist_title": _repeated([self.checklist.title] * shape[0], shape[1] * shape[2]),
            "chapter": _chosen([one.chapter for one in self.provisions], of_provision),
            "chapter_title": _chosen([chapters[one.chapter] for one in self.provisions], of_provision),
            "provision": _chosen([one.id for one in self.provisions], of_provision),
            "provision_title": _chosen([one.title for one in self.provisions], of_provision),
            "dimension": self.keys(shape[0], shape[2]),
            "rating": self._ratings(typed),
            "counts_as": self._ratings(counts_as),
            "worth": worth.ravel(),
            "elements": self._elements(worth, masks),
            "citation": self._citations(rows),
        }

    def _ratings(self, codes: Array) -> pa.Array:
        """Ratings by their keys."""
        import numpy as np

        texts = [tuple(known) for known in self.checklist.codes.values()]
        starts = np.array(list(accumulate(map(len, texts), initial=0))[:-1])
        return _chosen([text for known in texts for text in known], (codes + starts[:, None]).ravel())

    def _elements(self, worth: Array, masks: Array) -> pa.Array:
        """The letters of the elements that the law contains, as `Provision.met` has them."""
        import numpy as np

        letters = list(dict.fromkeys(one.letters for one in self.provisions))
        kind = np.array([letters.index(one.letters) for one in self.provisions])
        all_of = np.array([(1 << len(one.letters)) - 1 for one in self.provisions])
        asked = np.array([one.elements for one in self.dimensions])[:, None]
        met = np.where(worth == 1, all_of, np.where(worth > 0, masks[:, None].astype(np.int64), 0)) * asked
        keys, places = np.unique((kind << 32 | met).ravel(), return_inverse=True)
        texts = ["".join(letter for at, letter in enumerate(letters[key >> 32]) if key >> at & 1) for key in keys.tolist()]
        return _chosen(texts, places)

    def _citations(self, rows: Sequence[Compared]) -> pa.Array:
        """The laws and articles cited, in the dimensions that are judged by the dates of laws."""
        import numpy as np

        in_time = np.array([one.in_time for one in self.dimensions])
        lengths = np.frombuffer(b"".join(row.summary.citations.lengths for row in rows), LENGTH).reshape(len(rows), 1, -1)
        content = b"".join(row.summary.citations.content * int(in_time.sum()) for row in rows)
        return _strings((lengths * in_time[:, None]).ravel(), content)


def _worths(checklist: Checklist, dimension: str) -> Array:
    """What each rating is worth by provision and code, not a number where it is outside, blank, or not one of the provision's."""
    import numpy as np

    one = checklist.by_dimension[dimension]
    table = np.full((len(checklist.provisions), len(checklist.codes[dimension])), np.nan)
    for row, provision in enumerate(checklist.provisions.values()):
        for rating in one.scale.ratings(provision.maximum):
            level = one.scale.level(rating, provision.maximum)
            if not level.outside:
                table[row, checklist.codes[dimension][rating]] = float(level.worth)
    return table


# Arrow ---------------------------------------------------------------------------------------------------------------


def _repeated(values: Iterable[str], times: int) -> pa.Array:
    """One text for each assessment, on each of its rows."""
    import numpy as np

    texts = list(values)
    return _chosen(texts, np.repeat(np.arange(len(texts)), times))


def _chosen(texts: Sequence[str], places: Array) -> pa.Array:
    """Texts by their places in a list, blank ones as nulls; each is held once, however often the list has it."""
    import numpy as np
    import pyarrow as pa

    known: dict[str, int] = {}
    place_of = np.array([known.setdefault(text, len(known)) if text else -1 for text in texts], dtype=np.int32)
    encoded = [text.encode(errors="replace") for text in known]
    values = _strings(np.array([len(text) for text in encoded]), b"".join(encoded))
    codes = place_of[places]
    return pa.DictionaryArray.from_arrays(_array(pa.int32(), np.maximum(codes, 0), codes < 0), values)


def _strings(lengths: Array, content: bytes) -> pa.Array:
    """Texts by their lengths in bytes, one after the other; blank ones as nulls."""
    import numpy as np
    import pyarrow as pa

    offsets = np.zeros(len(lengths) + 1, dtype=np.int32)
    np.cumsum(lengths, out=offsets[1:])
    buffers = [_bits(lengths > 0), pa.py_buffer(offsets), pa.py_buffer(content)]
    return pa.StringArray.from_buffers(len(lengths), *buffers[1:], buffers[0])


def _arrow(values: Array | pa.Array) -> pa.Array:
    """Numbers, flags or days, with nulls for what is not a number."""
    import numpy as np
    import pyarrow as pa

    if isinstance(values, pa.Array):
        return values
    if values.dtype == bool:
        return pa.Array.from_buffers(pa.bool_(), len(values), [None, _bits(values)])
    if values.dtype.kind == "M":
        return _array(pa.date32(), values.astype(np.int32))
    return _array(pa.float64(), values, np.isnan(values)) if values.dtype.kind == "f" else _array(pa.int64(), values)


def _array(kind: pa.DataType, values: Array, missing: Array | None = None) -> pa.Array:
    import numpy as np
    import pyarrow as pa

    valid = None if missing is None or not missing.any() else _bits(~missing)
    return pa.Array.from_buffers(kind, len(values), [valid, pa.py_buffer(np.ascontiguousarray(values))])


def _bits(flags: Array) -> pa.Buffer:
    import numpy as np
    import pyarrow as pa

    return pa.py_buffer(np.packbits(flags, bitorder="little"))


def _spelt_out(column: pa.ChunkedArray, *, typed: bool) -> pa.ChunkedArray:
    """Texts without their dictionary; those that would begin a formula, behind an apostrophe."""
    import pyarrow as pa

    if pa.types.is_dictionary(column.type):
        chunks = [(_harmless(one.dictionary) if typed else one.dictionary).take(one.indices) for one in column.chunks]
        return pa.chunked_array(chunks, pa.string())
    return pa.chunked_array([_harmless(one) for one in column.chunks], pa.string()) if typed else column


def _harmless(texts: pa.Array) -> pa.Array:
    import numpy as np
    import pyarrow.compute

    risky = pyarrow.compute.match_substring_regex(texts, _BEGINS_FORMULA)
    if not risky.true_count:
        return texts
    plain = [(f"'{text}" if text.startswith(_FORMULA) else text).encode() if text else b"" for text in texts.to_pylist()]
    return _strings(np.array([len(text) for text in plain]), b"".join(plain))
