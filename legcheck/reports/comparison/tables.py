"""Tidy tables of a comparison: a row for each assessment, dimension and figure, and a row for each answer.

They are pandas frames, for whoever works on in Python, and are written as CSV or Parquet by pyarrow, which is many times faster.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from typing import TYPE_CHECKING, Any

from legcheck.labels import Labels
from legcheck.model import Checklist, Compared, Comparison, DimensionScores, Scope, Score, Spread
from legcheck.printed import display
from legcheck.reports.comparison.words.provisions import citation_of, elements_of, level_at

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    Array = np.ndarray[Any, Any]

_SCORE: Mapping[str, Callable[[Score], object]] = {
    "low": lambda one: _float(one.low),
    "central": lambda one: _float(one.central),
    "high": lambda one: _float(one.high),
    "answered": lambda one: one.answered,
    "applicable": lambda one: one.applicable,
    "assessed_share": lambda one: _float(one.assessed_share),
    "enough_answered": lambda one: one.enough,
    "not_applicable": lambda one: one.not_applicable,
    "contrary": lambda one: one.contrary,
    "elements_met": lambda one: one.elements_met,
    "elements": lambda one: one.elements,
    "band": lambda one: one.band,
}
_SPREAD: Mapping[str, Callable[[Spread], object]] = {
    "group_count": lambda one: float(one.count),
    "group_lower_quartile": lambda one: float(one.lower),
    "group_median": lambda one: float(one.median),
    "group_upper_quartile": lambda one: float(one.upper),
}
ANSWER_COLUMNS = ("country", "as_of", "scope", "provision", "dimension", "rating", "counts_as", "elements", "citation")
# What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def scores_frame(comparison: Comparison, labels: Labels) -> pd.DataFrame:
    """One row for each assessment, dimension and figure.

    Shares are full-precision numbers in [0, 1]; `display` is the printed figure; `central_if_adopted` is the central figure once
    adopted and draft law is in force; the columns `group_...` speak of all latest assessments of the same scope.
    """
    import numpy as np
    import pandas as pd

    blocks = [_Block(row, key, scores) for row in comparison.rows for key, scores in row.scores.items()]
    nodes = {digest: _nodes(checklist) for digest, checklist in comparison.checklists.items()}
    lengths = [len(nodes[one.digest]) for one in blocks]
    columns: dict[str, Any] = {name: np.repeat(values, lengths) for name, values in _heads(blocks).items()}
    for at, name in enumerate(("kind", "node")):
        columns[name] = _joined(blocks, {digest: _texts([node[at] for node in of]) for digest, of in nodes.items()})
    columns |= _scores(list(chain.from_iterable(one.figures for one in blocks)), labels)
    # Bands speak of a legal order, so a reading of named texts has none.
    columns["band"] = np.where(columns["scope"] == Scope.NATIONAL.value, columns["band"], "")
    later = [_later(one, len(nodes[one.digest])) for one in blocks]
    columns["central_if_adopted"] = np.concatenate(later) if later else np.array([])
    columns |= _spreads(comparison, blocks, nodes)
    return pd.DataFrame(columns)


def answers_frame(comparison: Comparison) -> pd.DataFrame:
    """One row for each assessment, provision and dimension that its checklist has, answered or not.

    `rating` is what the answer states and `counts_as` what counts on the as-of date; the frame can be read back as an answers
    table. Free texts are left out: a comparison travels further than a workbook.
    """
    import pandas as pd

    columns: list[list[str]] = [[] for _ in ANSWER_COLUMNS]
    for row in comparison.rows:
        for part in _answers(comparison, row):
            for column, values in zip(columns, part, strict=True):
                column.extend(values)
    return pd.DataFrame(dict(zip(ANSWER_COLUMNS, columns, strict=True)))


def to_csv(frame: pd.DataFrame) -> bytes:
    """The frame as UTF-8 text with a heading; no text in it is a formula for a spreadsheet."""
    import pyarrow as pa
    import pyarrow.csv

    out = io.BytesIO()
    safe = frame.assign(**{name: _harmless(frame[name]) for name in ("name", "group", "file", "citation") if name in frame})
    pyarrow.csv.write_csv(pa.Table.from_pandas(safe, preserve_index=False), out)
    return out.getvalue()


def to_parquet(frame: pd.DataFrame) -> bytes:
    """The frame as a Parquet file that pandas, DuckDB and Spark read."""
    import pyarrow as pa
    import pyarrow.parquet

    out = io.BytesIO()
    table = pa.Table.from_pandas(frame, preserve_index=False)
    pyarrow.parquet.write_table(table.replace_schema_metadata(None), out, compression="zstd")
    return out.getvalue()


@dataclass(frozen=True)
class _Block:
    """The figures of one assessment in one dimension."""

    row: Compared
    dimension: str
    scores: DimensionScores

    @property
    def digest(self) -> str:
        return self.row.summary.checklist.digest

    @property
    def figures(self) -> Iterator[Score]:
        return _figures(self.scores)


def _figures(scores: DimensionScores) -> Iterator[Score]:
    """Every score in the order of the nodes."""
    return chain((scores.total,), scores.chapters.values(), scores.themes.values(), scores.instruments.values())


def _nodes(checklist: Checklist) -> list[tuple[str, str]]:
    """Kind and key of every figure that a checklist has."""
    return [
        ("total", "total"),
        *(("chapter", one.id) for one in checklist.chapters),
        *(("theme", one.key) for one in checklist.themes),
        *(("instrument", one.key) for one in checklist.instruments),
    ]


def _heads(blocks: Sequence[_Block]) -> dict[str, Array]:
    """What is said of an assessment on each of its rows."""
    import numpy as np

    rows = [one.row for one in blocks]
    marks = [one.summary.checklist for one in rows]
    return {
        "country": _texts([one.summary.country for one in rows]),
        "name": _texts([one.name for one in rows]),
        "as_of": _texts([one.when for one in rows]),
        "scope": _texts([one.summary.scope.value for one in rows]),
        "latest": np.array([one.latest for one in rows], dtype=bool),
        "group": _texts([one.group for one in rows]),
        "differs": _texts([" ".join(one.differs) for one in rows]),
        "checklist": _texts([one.id for one in marks]),
        "version": _texts([one.version for one in marks]),
        "checklist_digest": _texts([one.digest for one in marks]),
        "file": _texts([one.summary.source.name for one in rows]),
        "dimension": _texts([one.dimension for one in blocks]),
    }


def _scores(scores: list[Score], labels: Labels) -> dict[str, Array]:
    """The columns of figures. Equal figures are one value, so each is worked out once."""
    import numpy as np

    _, first, places = np.unique(np.fromiter(map(id, scores), np.int64, len(scores)), return_index=True, return_inverse=True)
    known = [scores[at] for at in first]
    shown = {name: [of(one) for one in known] for name, of in _SCORE.items()}
    shown["display"] = [display(one, labels) for one in known]
    return {name: _column(values)[places] for name, values in shown.items()}


def _later(block: _Block, length: int) -> Array:
    """The central figures once pending law is in force, missing where they do not differ."""
    import numpy as np

    later = block.row.if_adopted.get(block.dimension)
    if later is None:
        return np.full(length, np.nan)
    return np.array([_float(one.central) for one in _figures(later)])


def _spreads(comparison: Comparison, blocks: Sequence[_Block], nodes: Mapping[str, list[tuple[str, str]]]) -> dict[str, Array]:
    import numpy as np

    of_scope = {group.scope: group.spreads for group in comparison.everyone}
    columns: dict[str, list[Array]] = {name: [] for name in _SPREAD}
    known: dict[tuple[object, str, str], dict[str, Array]] = {}
    for one in blocks:
        key = (one.row.summary.scope, one.dimension, one.digest)
        if key not in known:
            found = of_scope.get(one.row.summary.scope, {}).get(one.dimension, {})
            spreads = [found.get(node if kind in ("total", "chapter") else f"{kind}.{node}") for kind, node in nodes[one.digest]]
            known[key] = {
                name: np.array([np.nan if spread is None else of(spread) for spread in spreads], dtype=float)
                for name, of in _SPREAD.items()
            }
        for name, values in known[key].items():
            columns[name].append(values)
    return {name: np.concatenate(parts) if parts else np.array([]) for name, parts in columns.items()}


def _joined(blocks: Sequence[_Block], by_digest: Mapping[str, Array]) -> Array:
    import numpy as np

    return np.concatenate([by_digest[one.digest] for one in blocks]) if blocks else np.array([], dtype=object)


def _answers(comparison: Comparison, row: Compared) -> Iterator[tuple[list[str], ...]]:
    """The answers of one assessment, a list a column, dimension by dimension."""
    checklist = comparison.checklists[row.summary.checklist.digest]
    ids, size = list(checklist.provisions), len(checklist.provisions)
    cited = [citation_of(row, id) for id in ids]
    for dimension in checklist.dimensions:
        counts_as = row.summary.ratings[dimension.key]
        met = [
            elements_of(one, level_at(dimension, one, rating), named) if dimension.elements else ""
            for one, rating, named in zip(checklist.provisions.values(), counts_as, row.summary.elements, strict=True)
        ]
        yield (
            [row.summary.country] * size,
            [row.when] * size,
            [row.summary.scope.value] * size,
            ids,
            [dimension.key] * size,
            list(row.summary.typed.get(dimension.key, counts_as)),
            list(counts_as),
            met,
            cited if dimension.in_time else [""] * size,
        )


def _column(values: list[Any]) -> Array:
    """Values of one kind: texts as texts, numbers as numbers with missing ones marked."""
    import numpy as np

    if any(isinstance(value, str) for value in values):
        return _texts(values)
    if any(value is None or isinstance(value, float) for value in values):
        return np.array([np.nan if value is None else value for value in values], dtype=float)
    return np.array(values)


def _texts(values: list[str]) -> Array:
    import numpy as np

    return np.array(values, dtype=object)


def _harmless(column: pd.Series[str]) -> pd.Series[str]:
    """Texts that would begin a formula, behind an apostrophe."""
    return column.where(~column.str.startswith(_FORMULA), "'" + column)


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
