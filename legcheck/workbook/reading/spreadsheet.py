"""An opened workbook file: each sheet as rows of values, plus the formulas and merged cells that the values alone do not show."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from legcheck.issues import FILE_UNREADABLE, Location, reject
from legcheck.workbook.reading.guards import Package, open_package, usual
from legcheck.workbook.reading.plain_sheets import Sheet, read_plain_sheets
from legcheck.workbook.text import cell_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from legcheck.workbook.text import Place, Rows

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


class Spreadsheet:
    """A workbook file: each sheet as rows of values, with what the values do not show."""

    def __init__(self, package: Package) -> None:
        plain = read_plain_sheets(package.parts)
        self.package = usual(package) if plain is None else package
        self._sheets = read_carefully(self.package) if plain is None else plain

    @property
    def path(self) -> Path:
        return self.package.path

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all sheets in the order of the file."""
        return tuple(self._sheets)

    def rows(self, sheet: str) -> Rows:
        """The rows of a sheet. Blank ones are kept, so that row numbers match those in Excel."""
        return self._sheets[sheet].rows

    def formulas(self, sheet: str) -> Mapping[Place, str]:
        """The formulas of a sheet by place."""
        return self._sheets[sheet].formulas

    def errors(self, sheet: str) -> Mapping[Place, str]:
        """The error values of a sheet, such as ``#REF!``, by place."""
        return self._sheets[sheet].errors

    def merged(self, sheet: str) -> Sequence[tuple[Place, Place]]:
        """First and last cell of every merged range."""
        return self._sheets[sheet].merged

    def may_be_struck(self, sheet: str) -> bool:
        """Whether part of a text on a sheet may be struck out."""
        return self._sheets[sheet].struck

    def part(self, sheet: str) -> str:
        """The name of the part that holds a sheet, empty if the file does not say."""
        return self._sheets[sheet].part

    def at(self, sheet: str, cell: str = "") -> Location:
        """Where a cell stands, for messages."""
        return Location(self.path.name, sheet, cell)


def open_spreadsheet(path: Path, content: bytes | None = None) -> Spreadsheet:
    """Open a workbook file; `content` holds its bytes if already read.

    Raises:
        InputError: it is not a workbook that can be read safely.
    """
    return Spreadsheet(open_package(path, content))


def read_carefully(package: Package) -> dict[str, Sheet]:
    """The sheets of any workbook that is safe to read: values as calamine finds them, and the rest from the XML."""
    from python_calamine import CalamineWorkbook

    name = ""
    sheets = {}
    try:
        book = CalamineWorkbook.from_filelike(package.rebuilt())
        names = book.sheet_names
        parts = _parts_of(names, package.parts)
        for name in names:
            xml = package.parts.get(parts.get(name, ""), b"")
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            sheets[name] = Sheet(parts.get(name, ""), rows, _formulas(xml), _errors(xml), _merged(xml))
    except BaseException as error:
        raise _unreadable(error, Location(str(package.path), name)) from None
    return sheets


def _parts_of(names: Sequence[str], parts: Mapping[str, bytes]) -> dict[str, str]:
    """The name of the part that holds each sheet."""
    relations = {}
    for relation in _RELATION.findall(parts.get("xl/_rels/workbook.xml.rels", b"")):
        id, target = _ID.search(relation), _TARGET.search(relation)
        if id is not None and target is not None:
            name = target[1].decode("utf-8", "replace")
            relations[id[1]] = name[1:] if name.startswith("/") else f"xl/{name}"
    ids = _SHEET.findall(parts["xl/workbook.xml"])
    return {name: relations.get(id, "") for name, id in zip(names, ids, strict=False)}


def _unreadable(error: BaseException, at: Location) -> BaseException:
    """The error to raise instead; calamine reports some damage with an exception that is not an `Exception`."""
    from python_calamine import CalamineError

    damage = isinstance(error, CalamineError | ValueError | OSError | OverflowError | IndexError)
    if damage or type(error).__name__ == "PanicException":
        return reject(FILE_UNREADABLE, at, problem="@issues.damage.sheet")
    return error


def _formulas(xml: bytes) -> dict[Place, str]:
    """The formulas of a sheet by place."""
    data = xml[xml.find(b"sheetData") : xml.rfind(b"sheetData")]
    if b"<f" not in data and b"<sheetData" in xml:
        return {}
    return {place: f"={text}" for place, text in _placed(_FORMULA.findall(data))}


def _errors(xml: bytes) -> dict[Place, str]:
    """The error values of a sheet by place."""
    return dict(_placed(_ERROR.findall(xml))) if b't="e"' in xml or b"t='e'" in xml else {}


def _merged(xml: bytes) -> list[tuple[Place, Place]]:
    """First and last cell of every merged range of a sheet."""
    ranges = _MERGED.findall(xml) if b"mergeCell" in xml else []
    return [(cell_of(first.decode()), cell_of(last.decode())) for first, last in ranges]


def _placed(cells: Iterable[tuple[bytes, bytes]]) -> Iterator[tuple[Place, str]]:
    """Place and text of cells, given what stands in their tags and their text as written."""
    for cell, text in cells:
        if (at := _ADDRESS.search(cell)) is not None:
            yield cell_of(at[1].decode()), unescape(text.decode("utf-8", "replace"))
