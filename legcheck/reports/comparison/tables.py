"""Tidy tables of a comparison: a row for each assessment, dimension and figure, and a row for each answer.

They are built and written by pyarrow, column by column, which takes a fraction of the time that rows would; `frame` gives them
to whoever works on with pandas.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from legcheck.labels import Labels
from legcheck.model import Compared, Comparison, Display, Judged
from legcheck.reports.comparison.provisions import citation_of

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    import pyarrow as pa

    Array = np.ndarray[Any, Any]

COUNTS = ("not_applicable", "contrary", "elements_met", "elements")
SPREADS = {"scope_lower_quartile": "lower", "scope_median": "median", "scope_upper_quartile": "upper"}
ANSWER_COLUMNS = (
    "country",
    "country_name",
    "as_of",
    "scope",
    "provision",
    "dimension",
    "rating",
    "counts_as",
    "elements",
    "citation",
)
# What a spreadsheet takes for the beginning of a formula.
_FORMULA = "^[=+@\\t\\r-]"
_TYPED = ("name", "country_name", "group", "file", "citation")


def scores_table(comparison: Comparison, labels: Labels) -> pa.Table:
    """One row for each assessment, dimension and figure.

    Shares are full-precision numbers in [0, 1]; `display` is the printed figure; `central_if_adopted` is the central figure once
    adopted and draft law is in force; the columns `scope_...` speak of all latest assessments of the same scope.
    """
    import pyarrow as pa

    parts = [pa.table(_scores(comparison, one, labels)) for one in comparison.judged]
    table = pa.concat_tables(parts)
    return table.sort_by([("place", "ascending")]).drop_columns("place") if len(parts) > 1 else table.drop_columns("place")


def answers_table(comparison: Comparison) -> pa.Table:
    """One row for each assessment, dimension and provision that its checklist has, answered or not.

    `rating` is what the answer states and `counts_as` what counts on the as-of date; the table can be read back as an answers
    table. Free texts are left out: a comparison travels further than a workbook.
    """
    import pyarrow as pa

    columns: list[list[str]] = [[] for _ in ANSWER_COLUMNS]
    met: dict[tuple[str, str, str], str] = {}
    for row in comparison.rows:
        for part in _answers(comparison, row, met):
            for column, values in zip(columns, part, strict=True):
                column.extend(values)
    return pa.table(dict(zip(ANSWER_COLUMNS, columns, strict=True)))


def frame(table: pa.Table) -> pd.DataFrame:
    """A table as a pandas frame."""
    made: pd.DataFrame = table.to_pandas()
    return made


def to_csv(table: pa.Table) -> bytes:
    """The table as UTF-8 text with a heading; no text that somebody typed is a formula for a spreadsheet."""
    import pyarrow as pa
    import pyarrow.csv

    plain = {}
    for name, column in zip(table.column_names, table.columns, strict=True):
        text = column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column
        plain[name] = _harmless(text) if name in _TYPED else text
    out = pa.BufferOutputStream()
    pyarrow.csv.write_csv(pa.table(plain), out)
    content: bytes = out.getvalue().to_pybytes()
    return content


def to_parquet(table: pa.Table) -> bytes:
    """The table as a Parquet file that pandas, DuckDB and Spark read."""
    import pyarrow.parquet

    out = io.BytesIO()
    pyarrow.parquet.write_table(table, out, compression="zstd")
    return out.getvalue()


def _scores(comparison: Comparison, judged: Judged, labels: Labels) -> dict[str, Any]:
    """The columns of the assessments that answer one checklist."""
    import numpy as np

    figures = judged.today
    count, dimensions, nodes = figures.low.shape
    rows = [comparison.rows[place] for place in judged.rows]
    columns: dict[str, Any] = {"place": np.repeat(np.array(judged.rows), dimensions * nodes)}
    for name, values in _heads(rows).items():
        columns[name] = _repeated(values, dimensions * nodes)
    columns["fictional"] = np.repeat(np.array([row.fictional for row in rows]), dimensions * nodes)
    columns["latest"] = np.repeat(np.array([row.latest for row in rows]), dimensions * nodes)
    keys = list(figures.checklist.by_dimension)
    columns["dimension"] = _chosen(keys, np.tile(np.repeat(np.arange(dimensions), nodes), count))
    of_node = np.tile(np.arange(nodes), count * dimensions)
    columns["kind"] = _chosen([node.kind for node in figures.nodes], of_node)
    columns["node"] = _chosen([node.key for node in figures.nodes], of_node)
    columns |= {"low": _numbers(figures.low), "central": _numbers(figures.central), "high": _numbers(figures.high)}
    answered, applicable = figures.answered, figures.applicable
    columns["answered"], columns["applicable"] = answered.ravel(), applicable.ravel()
    columns["assessed_share"] = _numbers(
        np.divide(answered, applicable, out=np.full(answered.shape, np.nan), where=applicable > 0)
    )
    columns["enough_answered"] = figures.enough.ravel()
    columns |= {name: getattr(figures, name).ravel() for name in COUNTS}
    columns["band"] = _chosen(["", *(band.key for band in figures.checklist.bands)], figures.bands.ravel() + 1)
    codes, places = np.unique(figures.displays, return_inverse=True)
    columns["display"] = _chosen([labels.figure(Display.of(code)) for code in codes.tolist()], places.ravel())
    columns["central_if_adopted"] = _numbers(_if_adopted(judged))
    spreads = _spreads(comparison, judged, rows)
    columns |= {name: _numbers(values) if values.dtype == float else values.ravel() for name, values in spreads.items()}
    return columns


def _if_adopted(judged: Judged) -> Array:
    """The central figures once pending law is in force, not a number where they would not differ."""
    import numpy as np

    found = np.full(judged.today.central.shape, np.nan)
    found[list(judged.pending)] = np.where(judged.changed[..., None], judged.if_adopted.central, np.nan)
    return found


def _heads(rows: Sequence[Compared]) -> dict[str, list[str]]:
    """What is said of an assessment on each of its rows."""
    return {
        "country": [row.summary.country for row in rows],
        "name": [row.name for row in rows],
        "as_of": [row.when for row in rows],
        "scope": [row.summary.scope.value for row in rows],
        "group": [row.group for row in rows],
        "differs": [" ".join(row.differs) for row in rows],
        "checklist": [row.summary.checklist.id for row in rows],
        "version": [row.summary.checklist.version for row in rows],
        "file": [row.summary.source.name for row in rows],
    }


def _spreads(comparison: Comparison, judged: Judged, rows: Sequence[Compared]) -> dict[str, Array]:
    """The quartiles of each row's own scope, by assessment, dimension and node."""
    import numpy as np

    figures = judged.today
    scopes = [group.scope for group in comparison.everyone]
    shape = (len(scopes) + 1, *figures.low.shape[1:])
    found = {name: np.full(shape, np.nan) for name in SPREADS} | {"scope_count": np.zeros(shape, dtype=int)}
    for place, group in enumerate(comparison.everyone):
        for dimension, key in enumerate(figures.checklist.by_dimension):
            for at, node in enumerate(figures.nodes):
                spread = group.spreads.get(key, {}).get(node.id)
                if spread is not None:
                    found["scope_count"][place, dimension, at] = spread.count
                    for column, part in SPREADS.items():
                        found[column][place, dimension, at] = float(getattr(spread, part))
    of_row = [scopes.index(row.summary.scope) if row.summary.scope in scopes else len(scopes) for row in rows]
    return {name: found[name][of_row] for name in ("scope_count", *SPREADS)}


def _answers(comparison: Comparison, row: Compared, met: dict[tuple[str, str, str], str]) -> Iterator[tuple[list[str], ...]]:
    """The answers of one assessment, a list a column, dimension by dimension; `met` remembers elements worked out before."""
    checklist = comparison.checklists[row.summary.checklist.digest]
    ids, size = list(checklist.provisions), len(checklist.provisions)
    cited = [citation_of(row, id) if id in row.summary.citations else "" for id in ids]
    for dimension in checklist.dimensions:
        counts_as = row.summary.ratings[dimension.key]
        letters = [""] * size
        if dimension.elements:
            for at, key in enumerate(zip(ids, counts_as, row.summary.elements, strict=True)):
                if key not in met:
                    provision = checklist.provisions[key[0]]
                    met[key] = "".join(provision.met(dimension.level(provision, key[1]), key[2]))
                letters[at] = met[key]
        yield (
            [row.summary.country] * size,
            [row.name] * size,
            [row.when] * size,
            [row.summary.scope.value] * size,
            ids,
            [dimension.key] * size,
            list(row.summary.typed.get(dimension.key, counts_as)),
            list(counts_as),
            letters,
            cited if dimension.in_time else [""] * size,
        )


def _repeated(values: list[str], times: int) -> pa.DictionaryArray:
    import numpy as np

    return _chosen(values, np.repeat(np.arange(len(values)), times))


def _chosen(values: Sequence[str], places: Array) -> pa.DictionaryArray:
    """Texts by their places in a list: each is held once, however often the list has it."""
    import numpy as np
    import pyarrow as pa

    known: dict[str, int] = {}
    place_of = np.array([known.setdefault(value, len(known)) for value in values], dtype=np.int32)
    return pa.DictionaryArray.from_arrays(pa.array(place_of[places]), pa.array(list(known), pa.string()))


def _numbers(values: Array) -> pa.Array:
    """Numbers, with nothing where there is no figure."""
    import numpy as np
    import pyarrow as pa

    flat = values.ravel()
    return pa.array(flat, mask=np.isnan(flat))


def _harmless(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Texts that would begin a formula, behind an apostrophe."""
    import pyarrow.compute as pc

    return pc.if_else(pc.match_substring_regex(column, _FORMULA), pc.binary_join_element_wise("'", column, ""), column)
