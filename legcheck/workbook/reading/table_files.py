"""Reads a CSV, Parquet or Excel file as columns of text, keeping each distinct text once.

Arrow reads well-formed CSV files. Any other is read again row by row, so that rows of unequal length can be handled and messages
can name the line.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import StringIO
from typing import TYPE_CHECKING, Any

from legcheck.files import TABLE_SUFFIXES
from legcheck.issues import (
    FILE_EMPTY,
    FILE_UNREADABLE,
    HEADING_MISSING,
    HEADING_TWICE,
    HEADING_UNKNOWN,
    NOT_UTF8,
    UNUSED_SHEET,
    InputError,
    Issue,
    Issues,
    Location,
    Rule,
    closest,
    reject,
)
from legcheck.words import compact, fold
from legcheck.workbook.columns import IDENTITY_SHEET
from legcheck.workbook.reading.guards import LARGEST_TEXTS, check_bytes, kind_of, names_sheet, read_bytes, wrong_kind
from legcheck.workbook.reading.spreadsheet import open_spreadsheet
from legcheck.workbook.text import clean, short

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    import pyarrow as pa

    Array = np.ndarray[Any, Any]

MOST_ROWS = 5_000_000
MOST_COLUMNS = 200
MOST_ISSUES = 500
"""How many issues of one kind are reported for a file; the rest are only counted."""
# An Excel file is a table if its first sheet has these headings.
_TELLING = {"provision", "rating"}
_PARQUET = b"PAR1"
# What `kind_of` calls Excel files and result files.
_ARCHIVE, _RESULT = "zip", "JSON"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_SEPARATOR_LINE = re.compile(rb"""\A(?:\xef\xbb\xbf)?"?sep=.?"?(?=\r?\n)""")


@dataclass(frozen=True)
class TextColumn:
    """A column: its distinct texts, cleaned, and for each row the number of its text."""

    texts: Sequence[str]
    codes: Array


@dataclass
class TableFile:
    """The columns of a file in order, as Arrow, the CSV reader or a spreadsheet gives them.

    `extras` holds texts without a heading, each with its row; `content` is the text of a CSV file. In a spreadsheet the headings
    may stand further down, on line `heading`, and `others` names the sheets that were not read.
    """

    path: Path
    headings: list[str]
    columns: Sequence[pa.ChunkedArray | list[str]]
    content: bytes = b""
    extras: Sequence[tuple[int, str]] = ()
    heading: int = 1
    others: Sequence[str] = ()

    def column(self, place: int) -> TextColumn:
        """One column as text.

        Raises:
            InputError: it holds neither texts nor numbers nor dates.
        """
        import pyarrow as pa

        column = self.columns[place]
        try:
            texts, codes = _numbered(column) if isinstance(column, list) else _encoded(column)
            return TextColumn([clean(text) for text in texts], codes)
        except (pa.ArrowException, ValueError, TypeError) as error:
            raise _unreadable(self.path, f"{self.headings[place]}: {error}") from None

    @cached_property
    def lines(self) -> Array:
        """The line on which each row begins, or its row in a spreadsheet; for Parquet, the line it would have in a CSV file."""
        import numpy as np

        rows = len(self.columns[0]) if self.columns else 0
        if self.content.count(b"\n") + (not self.content.endswith(b"\n")) == rows + 1 or not self.content:
            return np.arange(self.heading + 1, self.heading + 1 + rows)
        return np.array([line for line, _ in _rows(self.path, self.content)][1:])

    def places(self, required: Sequence[str], optional: Mapping[str, str], warnings: Issues) -> dict[str, int]:
        """Where each known column stands; `optional` gives the name of a column by each of its headings.

        Raises:
            InputError: a column appears twice, or a required one is missing.
        """
        at = Location(self.path.name, line=self.heading)
        for sheet in self.others:
            warnings.add(UNUSED_SHEET, Location(self.path.name, sheet), sheet=sheet)
        names = list(dict.fromkeys((*required, *optional.values())))
        known = {_plain(heading): name for heading, name in (*zip(names, names, strict=True), *optional.items())}
        places: dict[str, int] = {}
        for place, heading in enumerate(self.headings):
            name = known.get(_plain(heading), "")
            if name and name in places:
                warnings.add(HEADING_TWICE, at, value=heading, first=places[name] + 1)
            elif name:
                places[name] = place
            elif heading.strip() and optional:
                warnings.add(HEADING_UNKNOWN, at, value=short(heading), hint=closest(heading, names))
        for name in required:
            if name not in places:
                warnings.add(HEADING_MISSING, at, heading=name, hint=closest(name, self.headings))
        if warnings.blocking:
            raise InputError(warnings)
        return places


class RowProblems:
    """The problems of a file by row: of repeated ones, the first places and a count of the rest."""

    def __init__(self, file: TableFile) -> None:
        self.file = file
        self._found: list[tuple[Rule, int, dict[str, object]]] = []
        self._last: dict[Rule, dict[str, object]] = {}
        self._count: Counter[Rule] = Counter()

    def room(self, rule: Rule, most: int) -> int:
        """How many places of one problem may still be reported."""
        return max(0, min(most, MOST_ISSUES - self._count[rule]))

    def add(self, rule: Rule, rows: Array, facts: Sequence[Mapping[str, object]]) -> None:
        """Add one problem: a row for each of `facts`, and a count of the remaining rows with the last of them."""
        for row, one in zip(rows.tolist(), facts, strict=False):
            self._last[rule] = dict(one)
            self._found.append((rule, int(self.file.lines[row]), self._last[rule]))
        self._count[rule] += len(facts)
        if len(rows) > len(facts):
            last = self._last[rule]
            last["more"] = int(str(last.get("more", 0))) + len(rows) - len(facts)

    def issues(self) -> list[Issue]:
        """The problems as issues, in the order of lines."""
        found = Issues()
        for rule, line, facts in sorted(self._found, key=lambda one: one[1]):
            found.add(rule, Location(self.file.path.name, line=line), **facts)
        return found.found


def open_table(path: Path, content: bytes | None = None) -> TableFile:
    """Open a CSV, Parquet or Excel file, told apart by content; `content` holds its bytes if already read.

    Raises:
        InputError: the file is missing, is neither CSV text in UTF-8 nor Parquet nor a workbook, or is damaged.
    """
    content = read_bytes(path) if content is None else check_bytes(path, content)
    if kind_of(content) == _ARCHIVE:
        return _spreadsheet(path, content)
    import pyarrow as pa

    if not content.startswith(_PARQUET):
        _check_kind(path, content)
        content = _usual(path, content)
        return _well_formed(path, content) or _row_by_row(path, content)
    try:
        return _parquet(path, content)
    except (pa.ArrowException, ValueError, OSError) as error:
        raise _unreadable(path, error) from None


def is_answers_table(path: Path, content: bytes | None = None) -> bool:
    """Whether a file holds an answers table, by its content; an Excel file is told from a workbook by its headings.

    Whatever else is named as a table is taken for one, too. `content` holds the bytes of the file if already read.
    """
    named = path.suffix.lower() in TABLE_SUFFIXES
    try:
        content = read_bytes(path) if content is None else content
        kind = kind_of(content)
        if kind == _RESULT or (named and kind != _ARCHIVE):
            return kind != _RESULT
        return not names_sheet(content, IDENTITY_SHEET) and {*map(fold, open_table(path, content).headings)} >= _TELLING
    except InputError:  # whoever reads it will say why it cannot be read
        return named and content is None and path.is_file()


def _check_kind(path: Path, content: bytes) -> None:
    kind = kind_of(content)
    if kind and not content.startswith(_UTF16):
        names = {"OLE": ".xls", "?": "@issues.kind.unknown"}
        raise wrong_kind(Location(str(path)), names.get(kind, kind), content)


def _usual(path: Path, content: bytes) -> bytes:
    """A CSV file in UTF-8; a line that only says how cells are separated, as Excel writes it, becomes a blank one."""
    if content.startswith(_UTF16):
        try:
            content = content.decode("utf-16").encode()
        except UnicodeError:
            raise reject(NOT_UTF8, Location(str(path))) from None
    return _SEPARATOR_LINE.sub(b"", content)


def _parquet(path: Path, content: bytes) -> TableFile:
    import pyarrow as pa
    from pyarrow import parquet

    file = parquet.ParquetFile(pa.py_buffer(content))
    sizes = (file.metadata.row_group(at).total_byte_size for at in range(file.metadata.num_row_groups))
    if file.metadata.num_rows > MOST_ROWS or file.metadata.num_columns > MOST_COLUMNS or sum(sizes) > LARGEST_TEXTS:
        raise ValueError(file.metadata.num_rows)
    table = file.read()
    return TableFile(path, table.column_names, table.columns)


def _spreadsheet(path: Path, content: bytes | None) -> TableFile:
    """The table on the first sheet that holds anything, below its first row. What shows an error has that as its text."""
    book = open_spreadsheet(path, content)
    filled = [name for name in book.names if any(value != "" for row in book.rows(name) for value in row)]
    if not filled:
        raise reject(FILE_EMPTY, Location(str(path)))
    errors, rows = book.errors(filled[0]), book.rows(filled[0])
    texts = [[errors.get((at, place)) or clean(value) for place, value in enumerate(row)] for at, row in enumerate(rows)]
    heading = next(at for at, row in enumerate(texts) if any(row))
    below = texts[heading + 1 :]
    known = [place for place, text in enumerate(texts[heading]) if text]
    extras = [(at, text) for at, row in enumerate(below) for place, text in enumerate(row) if text and place not in known]
    columns = [[row[place] for row in below] for place in known]
    return TableFile(path, [texts[heading][place] for place in known], columns, b"", extras, heading + 1, filled[1:])


def _well_formed(path: Path, content: bytes) -> TableFile | None:
    """A CSV file as read by Arrow; None if Arrow cannot read it."""
    import pyarrow as pa
    from pyarrow import csv as arrow

    first = _decoded(path, content.partition(b"\n")[0])
    mark = _delimiter(first)
    headings = next(csv.reader(StringIO(first, newline=""), delimiter=mark), [])
    if not headings or first.count('"') % 2:
        return None
    names = [str(place) for place in range(len(headings))]
    texts = pa.dictionary(pa.int32(), pa.string())
    try:
        table = arrow.read_csv(
            pa.py_buffer(content),
            read_options=arrow.ReadOptions(column_names=names, skip_rows=1),
            parse_options=arrow.ParseOptions(delimiter=mark, newlines_in_values=True),
            convert_options=arrow.ConvertOptions(column_types=dict.fromkeys(names, texts), strings_can_be_null=False),
        )
    except pa.ArrowInvalid:
        return None
    return TableFile(path, headings, table.unify_dictionaries().columns, content)


def _row_by_row(path: Path, content: bytes) -> TableFile:
    """A CSV file as read by Python's own reader: rows may be shorter or longer than the headings."""
    headings, *rows = [row for _, row in _rows(path, content)] or [[]]
    width = len(headings)
    columns = [[row[place] if place < len(row) else "" for row in rows] for place in range(width)]
    extras = [(place, text) for place, row in enumerate(rows) for text in row[width:] if text.strip()]
    return TableFile(path, headings, columns, content, extras)


def _rows(path: Path, content: bytes) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV file with the lines on which they begin, without blank lines."""
    text = _decoded(path, content)
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text.lstrip("\r\n").partition("\n")[0]), strict=True)
    line = 1
    try:
        for row in reader:
            if row:
                yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        raise reject(FILE_UNREADABLE, Location(str(path), line=line), problem=error) from None


def _decoded(path: Path, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise reject(NOT_UTF8, Location(str(path))) from None


def _delimiter(heading: str) -> str:
    """The delimiter: a comma, semicolon or tab, whichever is most frequent in the heading."""
    return max(",;\t", key=heading.count)


def _numbered(column: list[str]) -> tuple[list[str], Array]:
    """The distinct texts of a list, and the number of each row's text."""
    import numpy as np

    known: dict[str, int] = {}
    codes = np.fromiter((known.setdefault(text, len(known)) for text in column), np.int32, len(column))
    return list(known), codes


def _encoded(column: pa.ChunkedArray) -> tuple[list[Any], Array]:
    """The distinct values of an Arrow column, and the number of each row's value."""
    import numpy as np
    import pyarrow as pa

    if column.type == pa.dictionary(pa.int32(), pa.string()) and not column.null_count:
        # From a CSV file. Its buffers are read directly: the library's own way loads pandas.
        codes = [np.frombuffer(one.indices.buffers()[1], np.int32)[one.offset :][: len(one)] for one in column.chunks]
        texts = column.chunk(0).dictionary.to_pylist() if column.num_chunks else []
        return texts, np.concatenate(codes) if codes else np.zeros(0, np.int32)
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_timestamp(column.type) and column.type.unit == "ns":
        column = column.cast(pa.timestamp("us", column.type.tz), safe=False)
    elif not pa.types.is_primitive(column.type):
        column = column.cast(pa.string())
    whole = pa.chunked_array(column.chunks, column.type).combine_chunks().dictionary_encode()
    try:
        values = whole.dictionary.to_pylist()
    except OverflowError:  # a day or a time that Python does not have
        values = whole.dictionary.cast(pa.string()).to_pylist()
    codes = whole.indices.fill_null(len(values)).to_numpy(zero_copy_only=False)
    return [*("" if value != value else value for value in values), ""], codes  # noqa: PLR0124  (not a number: blank)


def _unreadable(path: Path, problem: object) -> InputError:
    return reject(FILE_UNREADABLE, Location(str(path)), problem=" ".join(str(problem).split())[:200])


def _plain(heading: str) -> str:
    return compact(heading).replace("_", "").replace("-", "")
