"""Opens a workbook file without trusting it: what it is by content, and its parts within bounds.

The parts handed on are those that were looked at here, byte by byte, so that no later reader meets a surprise: an archive that
unpacks without end, a stray cell that makes a dense table of the whole sheet, a text repeated a million times.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from legcheck.assessments.text import address, cell_of
from legcheck.files import digest_of
from legcheck.issues import (
    FILE_EMPTY,
    FILE_ENCRYPTED,
    FILE_IS_FOLDER,
    FILE_NOT_FOUND,
    FILE_TOO_BIG,
    FILE_UNREADABLE,
    LOCK_FILE,
    STRAY_CELL,
    WRONG_FILE_KIND,
    Location,
    reject,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MEGABYTE = 1_000_000
LARGEST_FILE = 20 * MEGABYTE
LARGEST_CONTENT = 40 * MEGABYTE
LARGEST_TEXTS = 200 * MEGABYTE
MOST_PARTS = 2_000
MOST_CELLS = 500_000
SMALLEST_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\b[^>]*?ref\s*=\s*["']([A-Za-z]+[0-9]+):([A-Za-z]+[0-9]+)["']""")
_TEXT_CELL = len('<c t="s"><v>0</v></c>')
LARGEST_AREA = 2_000_000
MOST_DIGITS = len("1048576")  # of the number of a row; more would overflow

_KINDS = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"{\\rtf", ".rtf"),
    (b"BM", "BMP"),
    (b"Rar!", ".rar"),
    (b"7z\xbc\xaf", ".7z"),
    (b"\x1f\x8b", ".gz"),
    (b"PAR1", "Parquet"),
    (b"<!DOCTYPE", "HTML"),
    (b"<html", "HTML"),
    (b"<?xml", "XML"),
    (b"{", "JSON"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ODF = ((b"spreadsheet", ".ods"), (b"text", ".odt"), (b"presentation", ".odp"))
_OFFICE = (("word/", ".docx"), ("ppt/", ".pptx"), ("xl/workbook.bin", ".xlsb"), ("Index/", ".numbers"))

# A cell or row that could stand far out: three letters, or five digits and more.
_FAR = re.compile(rb"""r\s*=\s*["'](?:[A-Za-z]{3}|[A-Za-z]{0,2}[0-9]{5})""")
_CELL = re.compile(rb"<(?:\w+:)?(?:c|row)[\s>/]")
_HIDES = re.compile(rb"<[!?]")  # comments and instructions, in which cells could hide from a search
_PLACE = re.compile(rb"""<(?:\w+:)?(?:c|row)\b[^>]*?\sr\s*=\s*["']([A-Za-z]{0,3})([0-9]+)["'][^>]*?(/?>(?:</(?:\w+:)?c>)?)""")
_UNPLACED = re.compile(rb"""<(?:\w+:)?c\b(?![^>]*\sr\s*=)[^>]*>""")
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\b[^>]*?ref\s*=\s*["']([A-Za-z]+[0-9]+):([A-Za-z]+[0-9]+)["']""")
_TEXT_CELL = re.compile(rb"""\st\s*=\s*["']s["'][^>]*>\s*<(?:\w+:)?v>\s*([0-9]+)""")


@dataclass(frozen=True)
class Package:
    """The parts of a workbook file that hold values, by name, within bounds."""

    path: Path
    digest: str
    parts: Mapping[str, bytes]

    def rebuilt(self) -> BytesIO:
        """An archive of exactly the parts that were looked at."""
        buffer = BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
            for name, content in self.parts.items():
                archive.writestr(zipfile.ZipInfo(name), content)
        buffer.seek(0)
        return buffer


def open_package(path: Path) -> Package:
    """The parts of a workbook.

    Raises:
        InputError: it is missing, a folder, another kind of file, damaged, encrypted, or larger than any workbook needs.
    """
    content = read_bytes(path)
    _check_kind(path, content)
    return Package(path, digest_of(content), _parts(path, content))


def read_bytes(path: Path) -> bytes:
    """The whole file.

    Raises:
        InputError: there is no such file, or it is a folder, empty, too large or cannot be read.
    """
    at = Location(str(path))
    try:
        if path.is_dir():
            raise reject(FILE_IS_FOLDER, at)
        if not path.exists():
            raise reject(FILE_NOT_FOUND, at)
        size = path.stat().st_size
        if path.name.startswith(("~$", ".~lock.")):
            raise reject(LOCK_FILE, at, name=path.name.removeprefix("~$").removeprefix(".~lock.").rstrip("#"))
        if size > LARGEST_FILE:
            raise reject(FILE_TOO_BIG, at, limit=LARGEST_FILE // MEGABYTE)
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        raise reject(FILE_UNREADABLE, at, problem=getattr(error, "strerror", None) or str(error)) from None
    if not content.strip(b"\0\r\n\t "):
        raise reject(FILE_EMPTY, at)
    return content


def kind_of(content: bytes) -> str:
    """What a file is, told from its first bytes; empty for a plain text file, ``zip`` for any archive."""
    if content.startswith(b"PK"):
        return "zip"
    if content.startswith(_OLE):
        return "OLE"
    start = content.removeprefix(b"\xef\xbb\xbf")[:64].lstrip()
    for mark, kind in _KINDS:
        if start.startswith(mark) or (mark.startswith(b"<") and start.lower().startswith(mark.lower())):
            return kind
    return "" if b"\0" not in content[:4096] else "?"


def _check_kind(path: Path, content: bytes) -> None:
    """Refuse what is not an archive."""
    at = Location(str(path))
    kind = kind_of(content)
    if kind == "zip":
        return
    if kind == "OLE":
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise reject(FILE_ENCRYPTED, at)
        is_word = "WordDocument".encode("utf-16-le") in content
        raise reject(WRONG_FILE_KIND, at, kind=".doc" if is_word else ".xls")
    raise reject(WRONG_FILE_KIND, at, kind="@issues.kind.unknown" if kind == "?" else kind or ".csv, .txt")


def _parts(path: Path, content: bytes) -> dict[str, bytes]:
    """The XML parts of the archive, checked."""
    at = Location(str(path))
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _check_entries(archive, at)
            parts = {info.filename: archive.read(info) for info in archive.infolist() if _holds_values(info.filename)}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, RuntimeError) as error:
        raise reject(FILE_UNREADABLE, at, problem=str(error) or type(error).__name__) from None
    if "xl/workbook.xml" not in parts:
        raise reject(WRONG_FILE_KIND, at, kind=".zip")
    for name, part in parts.items():
        if part[:2] in (b"\xff\xfe", b"\xfe\xff") or b"<!DOCTYPE" in part[:4096]:
            raise reject(FILE_UNREADABLE, at, problem=name)
        if "sheets/" in name or b"sheetData" in part:
            _check_area(part, name, at)
    _check_texts(parts, at)
    return parts


def _check_entries(archive: zipfile.ZipFile, at: Location) -> None:
    """Refuse other kinds of archive, and those that could unpack without bound."""
    entries = archive.infolist()
    names = [info.filename for info in entries]
    if "mimetype" in names and entries[names.index("mimetype")].file_size < 200:
        kind = archive.read("mimetype")
        raise reject(WRONG_FILE_KIND, at, kind=next((suffix for word, suffix in _ODF if word in kind), ".zip"))
    if "xl/workbook.xml" not in names:
        for start, suffix in _OFFICE:
            if any(name.startswith(start) for name in names):
                raise reject(WRONG_FILE_KIND, at, kind=suffix)
    if len(entries) > MOST_PARTS or sum(info.file_size for info in entries) > LARGEST_CONTENT:
        raise reject(FILE_TOO_BIG, at, limit=LARGEST_CONTENT // MEGABYTE)
    if len(set(names)) < len(names):
        raise reject(FILE_UNREADABLE, at, problem="zip")
    for info in entries:
        if info.flag_bits & 1:
            raise reject(FILE_ENCRYPTED, at)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise reject(FILE_UNREADABLE, at, problem="zip")


def _holds_values(name: str) -> bool:
    return name.endswith((".xml", ".rels")) and not name.startswith(
        ("xl/theme", "xl/drawings", "xl/comments", "docProps", "custom")
    )


def _check_area(sheet: bytes, name: str, at: Location) -> None:
    """Refuse a sheet whose cells lie so far apart that a table from the first to the last could not be held."""
    if len(sheet) > MOST_CELLS * 4 and len(_CELL.findall(sheet)) > MOST_CELLS:
        raise reject(FILE_TOO_BIG, at, limit=LARGEST_CONTENT // MEGABYTE)
    if _HIDES.search(sheet, 5) is not None:
        raise reject(FILE_UNREADABLE, at, problem=name)
    if b"mergeCell" in sheet:
        _check_merged(sheet, at)
    cells = sheet[sheet.find(b"sheetData") : sheet.rfind(b"sheetData")]
    far = len(_FAR.findall(cells))
    if not far:
        return
    last_row, last_column, farthest = 0, 0, ""
    unplaced = _UNPLACED.search(cells) is not None
    for found in _PLACE.finditer(cells):
        far -= len(_FAR.findall(found[0]))
        letters, digits, closed = found.groups()
        if len(digits) > MOST_DIGITS:
            raise reject(STRAY_CELL, at, cell=(letters + digits)[:20].decode())
        if closed != b">" or not (letters or unplaced):
            continue
        row, column = cell_of((letters or b"A").decode() + digits.decode())
        if row > last_row or column > last_column:
            farthest = address(row, column)
        last_row, last_column = max(last_row, row), max(last_column, column)
    if (last_row + 1) * (last_column + 1) > LARGEST_AREA:
        raise reject(STRAY_CELL, at, cell=farthest)
    if far:
        raise reject(FILE_UNREADABLE, at, problem=name)


def _check_merged(sheet: bytes, at: Location) -> None:
    """Refuse merged cells that together hold more cells than a sheet of ours could."""
    area = 0
    for found in _MERGED.finditer(sheet):
        first, last = found[1].decode(), found[2].decode()
        if len(first) > len("XFD1048576") or len(last) > len("XFD1048576"):
            raise reject(STRAY_CELL, at, cell=last[:20])
        (top, left), (bottom, right) = cell_of(first), cell_of(last)
        area += (bottom - top + 1) * (right - left + 1)
        if area > LARGEST_AREA:
            raise reject(STRAY_CELL, at, cell=last)


def _check_texts(parts: Mapping[str, bytes], at: Location) -> None:
    """Refuse a few long texts repeated so often that all cells together could not be held."""
    shared = parts.get("xl/sharedStrings.xml", b"")
    if not shared:
        return
    lengths = [len(text) for text in shared.split(b"</si>")]
    most_cells = sum(map(len, parts.values())) // SMALLEST_TEXT_CELL
    if max(lengths) * most_cells <= LARGEST_TEXTS:
        return
    total = 0
    for name, part in parts.items():
        if name != "xl/sharedStrings.xml":
            total += sum(
                lengths[int(found)] for found in _TEXT_CELL.findall(part) if len(found) < 9 and int(found) < len(lengths)
            )
    if total > LARGEST_TEXTS:
        raise reject(FILE_TOO_BIG, at, limit=LARGEST_TEXTS // MEGABYTE)
