"""Reads an answers table: a CSV or Parquet file with one row an answer, of one assessment or of many."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from legcheck.files import digest_of
from legcheck.issues import (
    FILE_UNREADABLE,
    HEADING_MISSING,
    HEADING_TWICE,
    HEADING_UNKNOWN,
    NOT_UTF8,
    WRONG_FILE_KIND,
    InputError,
    Issues,
    Location,
    closest,
    reject,
)
from legcheck.model import Assessment, Checklist, Source
from legcheck.workbook.reading.guards import LARGEST_TEXTS, check_bytes, kind_of, read_bytes
from legcheck.workbook.reading.table_rows import OPTIONAL, REQUIRED, TableRows
from legcheck.workbook.text import compact, short

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pyarrow as pa

MOST_ROWS = 5_000_000
MOST_COLUMNS = 200


def read_table(path: Path, checklist: Checklist, content: bytes | None = None) -> list[tuple[Assessment | None, Issues]]:
    """The assessments of an answers table, in the order in which they begin, each with the issues of its rows.

    `content` holds the file's bytes where they were read already.

    Columns: country, as_of, provision, rating; optionally dimension (the first of the checklist where absent), elements,
    citation, note, assessor. There is no assessment where the country or the date of its rows cannot be read.

    Raises:
        InputError: the file is missing, is neither a CSV text in UTF-8 nor a Parquet file, or lacks a column.
    """
    content = read_bytes(path) if content is None else check_bytes(path, content)
    rows = _rows_of_parquet(path, content) if _is_parquet(content) else _rows(path, _text(path, content))
    _, header = next(rows, (1, []))
    warnings = Issues()
    source = Source(path.name, digest_of(content))
    table = TableRows(checklist, source, places_of(path, header, warnings), len(header), warnings)
    for line, row in rows:
        table.take(line, row)
    return table.assessments()


def as_arrow(path: Path, content: bytes) -> pa.Table:
    """The table with every value as text, blank where it is missing.

    Raises:
        InputError: it cannot be read column by column.
    """
    import pyarrow as pa

    try:
        return _arrow_of_parquet(content) if _is_parquet(content) else _arrow_of_csv(path, content)
    except (pa.ArrowException, ValueError, OSError) as error:
        raise reject(FILE_UNREADABLE, Location(str(path)), problem=" ".join(str(error).split())[:200]) from None


def _arrow_of_csv(path: Path, content: bytes) -> pa.Table:
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    first = _text(path, content[: content.find(b"\n") + 1] or content)
    delimiter = _delimiter(first)
    names = next(csv.reader(StringIO(first), delimiter=delimiter), [])
    return arrow_csv.read_csv(
        pa.py_buffer(content),
        read_options=arrow_csv.ReadOptions(column_names=[str(at) for at in range(len(names))], skip_rows=1),
        parse_options=arrow_csv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
        convert_options=arrow_csv.ConvertOptions(
            column_types={str(at): pa.string() for at in range(len(names))}, strings_can_be_null=False
        ),
    ).rename_columns(names)


def _is_parquet(content: bytes) -> bool:
    return content.startswith(b"PAR1")


def _arrow_of_parquet(content: bytes) -> pa.Table:
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow import parquet

    file = parquet.ParquetFile(pa.py_buffer(content))
    sizes = (file.metadata.row_group(at).total_byte_size for at in range(file.metadata.num_row_groups))
    if file.metadata.num_rows > MOST_ROWS or file.metadata.num_columns > MOST_COLUMNS or sum(sizes) > LARGEST_TEXTS:
        raise ValueError(file.metadata.num_rows)
    table = file.read()
    texts = [pc.fill_null(column.cast(pa.string()), "") for column in table.columns]
    return pa.table(texts, names=table.column_names)


def _rows_of_parquet(path: Path, content: bytes) -> Iterator[tuple[int, list[str]]]:
    """The heading, then the rows with their number, as a CSV file with the same content would have them."""
    table = as_arrow(path, content)
    yield 1, list(table.column_names)
    columns = [column.to_pylist() for column in table.columns]
    for line, row in enumerate(zip(*columns, strict=True), 2):
        if any(row):
            yield line, list(row)


def _text(path: Path, content: bytes) -> str:
    kind = kind_of(content)
    if kind:
        names = {"zip": ".xlsx / .zip", "OLE": ".xls", "?": "@issues.kind.unknown"}
        raise reject(WRONG_FILE_KIND, Location(str(path)), kind=names.get(kind, kind))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise reject(NOT_UTF8, Location(str(path))) from None


def _rows(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of the file with their line, blank ones left out."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text.partition("\n")[0]), strict=True)
    line = 1
    try:
        for row in reader:
            if any(row):
                yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        raise reject(FILE_UNREADABLE, Location(str(path), line=line), problem=error) from None


def _delimiter(heading: str) -> str:
    """What separates the columns: a comma, a semicolon or a tab, whichever the heading has most of."""
    return max(",;\t", key=heading.count)


def places_of(path: Path, header: list[str], warnings: Issues) -> dict[str, int]:
    """Where each known column stands; one that is there twice, or is required and missing, leaves nothing to go on with."""
    places: dict[str, int] = {}
    known = {_plain(name): name for name in (*REQUIRED, *OPTIONAL)} | {"legalbasis": "citation"}
    at = Location(path.name, line=1)
    for place, heading in enumerate(header):
        name = known.get(_plain(heading), "")
        if name and name in places:
            warnings.add(HEADING_TWICE, at, value=heading, first=places[name] + 1)
        elif name:
            places[name] = place
        elif heading.strip():
            warnings.add(HEADING_UNKNOWN, at, value=short(heading), hint=closest(heading, (*REQUIRED, *OPTIONAL)))
    for name in REQUIRED:
        if name not in places:
            warnings.add(HEADING_MISSING, at, heading=name, hint=closest(name, header))
    if warnings.blocking:
        raise InputError(warnings)
    return places


def _plain(heading: str) -> str:
    return compact(heading).replace("_", "").replace("-", "")
