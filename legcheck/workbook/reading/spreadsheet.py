"""An opened workbook file: each sheet as rows of values, plus the formulas and merged cells that the values alone do not show."""

from __future__ import annotations

import re
from functools import cached_property
from html import unescape
from itertools import pairwise
from typing import TYPE_CHECKING

from python_calamine import CalamineError, CalamineWorkbook

from legcheck.issues import FILE_UNREADABLE, Location, reject
from legcheck.workbook.reading.guards import Package, open_package
from legcheck.workbook.text import Cell, cell_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*?\s\w+:id\s*=\s*[\"']([^\"']+)[\"']")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_ID = re.compile(rb"\sId\s*=\s*[\"']([^\"']+)[\"']")
_TARGET = re.compile(rb"\sTarget\s*=\s*[\"']([^\"']+)[\"']")
_FORMULA = re.compile(rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f(?:\s[^>]*?)?(?:/>|>([^<]*))")
_ERROR = re.compile(
    rb"<(?:\w+:)?c\b([^>]*\st=[\"']e[\"'][^>]*)>(?:\s*<(?:\w+:)?f[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>))?\s*<(?:\w+:)?v>([^<]*)"
)
_ADDRESS = re.compile(rb"\sr\s*=\s*[\"']([A-Z]+[0-9]+)[\"']")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*ref\s*=\s*[\"']([A-Z]+[0-9]+):([A-Z]+[0-9]+)[\"']")

_ENDS_A_NAME = (b">", b"/", b" ", b"\n", b"\r", b"\t")

Rows = list[list[Cell]]
Place = tuple[int, int]
"""Row and column of a cell, counted from 0."""


class Spreadsheet:
    """A workbook file. Each sheet is read once, when first needed."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self._rows: dict[str, Rows] = {}
        self._formulas: dict[str, dict[Place, str]] = {}
        self._errors: dict[str, dict[Place, str]] = {}
        try:
            self._calamine = CalamineWorkbook.from_filelike(package.rebuilt())
        except BaseException as error:
            raise self._unreadable(error) from None

    @property
    def path(self) -> Path:
        return self.package.path

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of all sheets in the order of the file."""
        return tuple(self._calamine.sheet_names)

    def rows(self, sheet: str) -> Rows:
        """The rows of a sheet. Blank ones are kept, so that row numbers match those in Excel."""
        if sheet not in self._rows:
            try:
                self._rows[sheet] = self._calamine.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
            except BaseException as error:
                raise self._unreadable(error, sheet) from None
        return self._rows[sheet]

    def formulas(self, sheet: str) -> dict[Place, str]:
        """The formulas of a sheet by place."""
        if sheet not in self._formulas:
            self._formulas[sheet] = self._find_formulas(sheet)
        return self._formulas[sheet]

    def _find_formulas(self, sheet: str) -> dict[Place, str]:
        if self._is_plain(sheet):
            return {}
        xml = self._parts.get(sheet, b"")
        data = xml[xml.find(b"sheetData") : xml.rfind(b"sheetData")]
        if b"<f" not in data and b"<sheetData" in xml:
            return {}
        cells = _FORMULA.findall(data) if b":f" in data else _formula_cells(data)
        found = ((_ADDRESS.search(cell), text) for cell, text in cells)
        return {cell_of(place[1].decode()): f"={_unescaped(text)}" for place, text in found if place is not None}

    def errors(self, sheet: str) -> dict[Place, str]:
        """The error values of a sheet, such as ``#REF!``, by place."""
        if sheet not in self._errors:
            self._errors[sheet] = self._find_errors(sheet)
        return self._errors[sheet]

    def _find_errors(self, sheet: str) -> dict[Place, str]:
        xml = self._parts.get(sheet, b"")
        if b't="e"' not in xml and b"t='e'" not in xml:
            return {}
        found = ((_ADDRESS.search(cell), text) for cell, text in _ERROR.findall(xml))
        return {cell_of(place[1].decode()): _unescaped(text) for place, text in found if place is not None}

    def merged(self, sheet: str) -> list[tuple[Place, Place]]:
        """First and last cell of every merged range."""
        xml = b"" if self._is_plain(sheet) else self._parts.get(sheet, b"")
        if b"mergeCell" not in xml:
            return []
        return [(cell_of(first.decode()), cell_of(last.decode())) for first, last in _MERGED.findall(xml)]

    def part(self, sheet: str) -> str:
        """The name of the part that holds a sheet, empty if the file does not say."""
        return self._part_names.get(sheet, "")

    def at(self, sheet: str, cell: str = "") -> Location:
        """Where a cell stands, for messages."""
        return Location(self.path.name, sheet, cell)

    def _is_plain(self, sheet: str) -> bool:
        return self.part(sheet) in self.package.plain

    @cached_property
    def _parts(self) -> dict[str, bytes]:
        """The XML of each sheet by the sheet's name."""
        return {sheet: self.package.parts.get(name, b"") for sheet, name in self._part_names.items()}

    @cached_property
    def _part_names(self) -> dict[str, str]:
        """The name of the part that holds each sheet."""
        parts = self.package.parts
        relations = {}
        for relation in _RELATION.findall(parts.get("xl/_rels/workbook.xml.rels", b"")):
            id, target = _ID.search(relation), _TARGET.search(relation)
            if id is not None and target is not None:
                name = target[1].decode("utf-8", "replace")
                relations[id[1]] = name[1:] if name.startswith("/") else f"xl/{name}"
        ids = _SHEET.findall(parts["xl/workbook.xml"])
        return {name: relations.get(id, "") for name, id in zip(self.names, ids, strict=False)}

    def _unreadable(self, error: BaseException, sheet: str = "") -> BaseException:
        """The error to raise instead; calamine reports some damage with an exception that is not an `Exception`."""
        damage = isinstance(error, CalamineError | ValueError | OSError | OverflowError | IndexError)
        if damage or type(error).__name__ == "PanicException":
            return reject(FILE_UNREADABLE, Location(str(self.path), sheet), problem=" ".join(str(error).split())[:200])
        return error


def open_spreadsheet(path: Path, content: bytes | None = None) -> Spreadsheet:
    """Open a workbook file; `content` holds its bytes if already read.

    Raises:
        InputError: it is not a workbook that can be read safely.
    """
    return Spreadsheet(open_package(path, content))


def _formula_cells(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The same as the pattern for formulas finds where names have no prefix, without a look at every cell."""
    for before, after in pairwise(data.split(b"<f")):
        cell = before[before.rfind(b"<c") :].rstrip()
        if after[:1] in _ENDS_A_NAME and cell.endswith(b">") and cell.count(b">") == 1:
            yield cell, after[after.find(b">") + 1 :].partition(b"<")[0]


def _unescaped(text: bytes) -> str:
    return unescape(text.decode("utf-8", "replace"))
