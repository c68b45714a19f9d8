"""Tidy tables of a comparison: a row for each assessment, dimension and figure, and a row for each answer.

They are built by pyarrow in groups of assessments, column by column, so that tens of thousands of assessments need no more memory
than a few hundred. Arrays are made from buffers, because every other way of making one loads pandas.
"""

from __future__ import annotations

import io
from codecs import BOM_UTF8
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from legcheck.labels import Labels
from legcheck.model import Comparison, Display, Judged
from legcheck.model.frames import (
    ANSWER_COLUMNS,
    READING_COLUMNS,
    SCORE_COLUMNS,
    Chosen,
    Column,
    Columns,
    ComparedAnswers,
    ComparedReadings,
    ComparedScores,
    Written,
)
from legcheck.words import BEGINS_FORMULA, no_formula

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    Array = np.ndarray[Any, Any]

# The columns that may hold typed text.
_TYPED = ("country_name", "group", "file", "citation", "checklist_title", "chapter_title", "node_title", "provision_title")
# How many answers are written at once: enough to be fast, few enough to need little memory.
_ANSWERS_AT_ONCE = 25_000
_WRITERS = 2
_ROWS_AT_ONCE = 4096


def scores_tables(comparison: Comparison, labels: Labels) -> Iterator[pa.Table]:
    """One row for each assessment, dimension and figure, in groups of assessments.

    Shares are full-precision numbers in [0, 1]; `display` is the printed figure; `central_if_adopted` is the central figure once
    adopted and draft law is in force; the columns `scope_...` describe all latest assessments. Readings of named texts have no
    scores: see `readings_tables`. Where names are withheld, so is the day of the law: the first days of its year stand for the
    assessments of a country, in order.
    """
    place = SCORE_COLUMNS.index("band") + 1
    names = (*SCORE_COLUMNS[:place], "display", *SCORE_COLUMNS[place:])
    parts = [_with_display(ComparedScores(comparison, judged), judged, labels) for judged in comparison.judged]
    return _tables(comparison, parts, names, range(len(comparison.scored)))


def readings_tables(comparison: Comparison, labels: Labels) -> Iterator[pa.Table]:
    """One row for each reading of named texts, dimension and chapter, theme or instrument: how many provisions these contain."""
    place = READING_COLUMNS.index("node_title") + 1
    names = (*READING_COLUMNS[:place], "display", *READING_COLUMNS[place:])
    parts = [_with_display(ComparedReadings(comparison, judged), judged, labels) for judged in comparison.judged]
    return _tables(comparison, parts, names, range(len(comparison.scored), len(comparison.rows)))


def answers_tables(comparison: Comparison) -> Iterator[pa.Table]:
    """One row for each assessment, dimension and provision that its checklist has, answered or not, in groups of assessments.

    `rating` is what the answer states, `counts_as` what counts on the as-of date and `worth` what that is worth; the table can be
    read back as an answers table. Free texts are left out: a comparison travels further than a workbook.
    """
    parts = [ComparedAnswers(comparison, judged).columns for judged in comparison.judged]
    return _tables(comparison, parts, ANSWER_COLUMNS, range(len(comparison.rows)))


def to_csv(tables: Iterable[pa.Table]) -> Iterator[bytes]:
    """Tables as UTF-8 text with one heading, part by part; no typed text becomes a formula in a spreadsheet.

    The mark at its beginning tells Excel the encoding, without which accents are lost.
    """
    yield BOM_UTF8
    with ThreadPoolExecutor(_WRITERS) as writers:  # pyarrow writes while the next group is made
        written: deque[Future[list[bytes]]] = deque()
        for place, table in enumerate(tables):
            written.append(writers.submit(_csv, table, heading=not place))
            if len(written) > _WRITERS:
                yield from written.popleft().result()
        while written:
            yield from written.popleft().result()


def to_parquet(tables: Iterable[pa.Table]) -> bytes:
    """Tables as a Parquet file that pandas, DuckDB and Spark read, one row group per table."""
    import pyarrow.parquet

    out, writer = io.BytesIO(), None
    for table in tables:
        writer = writer or pyarrow.parquet.ParquetWriter(out, table.schema, compression="zstd")
        writer.write_table(table)
    if writer is not None:
        writer.close()
    return out.getvalue()


class _Parts(io.RawIOBase):
    """Collects what pyarrow writes part by part: making one large buffer grow takes longer than writing."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, part: Any, /) -> int:
        self.parts.append(bytes(part))
        return len(self.parts[-1])


def _csv(table: pa.Table, *, heading: bool) -> list[bytes]:
    import pyarrow as pa
    import pyarrow.csv

    columns = [_spelt_out(table.column(name), typed=name in _TYPED) for name in table.column_names]
    out = _Parts()
    options = pyarrow.csv.WriteOptions(include_header=heading, batch_size=_ROWS_AT_ONCE)
    pyarrow.csv.write_csv(pa.Table.from_arrays(columns, names=table.column_names), out, options)
    return out.parts


def _tables(
    comparison: Comparison, parts: Sequence[Callable[[Array], Columns]], names: Sequence[str], within: range
) -> Iterator[pa.Table]:
    """A table for each group of the assessments `within` the comparison, in their order, or an empty one if there are none.

    `parts` makes the columns of those of one checklist.
    """
    import numpy as np
    import pyarrow as pa

    places = [np.array(judged.rows) for judged in comparison.judged]
    answers = max(len(one.dimensions) * len(one.provisions) for one in comparison.checklists.values())
    size = max(1, _ANSWERS_AT_ONCE // answers)
    if not within:
        columns = parts[0](np.array([], dtype=np.intp))
        yield pa.Table.from_arrays([_arrow(columns[name]) for name in names], names=names)
    for start in within[::size]:
        made, order = [], []
        for part, rows in zip(parts, places, strict=True):
            chosen = np.flatnonzero((start <= rows) & (rows < min(start + size, within.stop)))
            if len(chosen):
                columns = part(chosen)
                made.append(pa.Table.from_arrays([_arrow(columns[name]) for name in names], names=names))
                order.append(np.repeat(rows[chosen], len(made[-1]) // len(chosen)))
        table = pa.concat_tables(made)
        yield table if len(made) == 1 else table.take(_arrow(np.argsort(np.concatenate(order), kind="stable")))


def _with_display(figures: ComparedScores | ComparedReadings, judged: Judged, labels: Labels) -> Callable[[Array], Columns]:
    """A function that makes the columns of figures, the printed one among them."""

    def columns(chosen: Array) -> Columns:
        import numpy as np

        codes, places = np.unique(judged.today.displays[chosen].ravel(), return_inverse=True)
        displays = (Display.of(code, judged.today.checklist.decimals) for code in codes.tolist())
        return {
            **figures.columns(chosen),
            "display": Chosen([labels.figure(display) for display in displays], places),
        }

    return columns


# Arrow ---------------------------------------------------------------------------------------------------------------


def _chosen(texts: Sequence[str], places: Array) -> pa.Array:
    """Texts by their places; each is stored once, however often it occurs."""
    import numpy as np
    import pyarrow as pa

    different = [text for text in dict.fromkeys(texts) if text]
    known = {"": -1, **{text: at for at, text in enumerate(different)}}
    place_of = np.fromiter(map(known.__getitem__, texts), np.int32, len(texts))
    encoded = [text.encode(errors="replace") for text in different]
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


def _arrow(values: Column) -> pa.Array:
    """A column, with nulls for what is missing."""
    import numpy as np
    import pyarrow as pa

    if isinstance(values, Chosen):
        return _chosen(*values)
    if isinstance(values, Written):
        return _strings(*values)
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
    """Texts without dictionary encoding; those that would begin a formula get an apostrophe in front."""
    import pyarrow as pa

    if pa.types.is_dictionary(column.type):
        chunks = [(_harmless(one.dictionary) if typed else one.dictionary).take(one.indices) for one in column.chunks]
        return pa.chunked_array(chunks, pa.string())
    return pa.chunked_array([_harmless(one) for one in column.chunks], pa.string()) if typed else column


def _harmless(texts: pa.Array) -> pa.Array:
    import numpy as np

    _, offsets, content = texts.buffers()
    begins = np.frombuffer(offsets, np.int32)[texts.offset :][: len(texts) + 1]
    written = begins[:-1][np.diff(begins) > 0]
    firsts = np.frombuffer(content, np.uint8)[written] if len(written) else written
    if not np.isin(firsts, np.frombuffer("".join(BEGINS_FORMULA).encode(), np.uint8)).any():
        return texts
    plain = [no_formula(text).encode() if text else b"" for text in texts.to_pylist()]
    return _strings(np.array([len(text) for text in plain]), b"".join(plain))
