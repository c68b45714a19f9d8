"""Opens a file without trusting it: detects its kind by content, and checks that it can be unpacked and read safely.

A library that reads workbooks gets only bytes inspected here, which rules out an archive that unpacks without end, a stray cell
at ``XFD1048576`` that makes it build a dense table of the whole sheet and run out of memory, or a long text repeated in a million
cells.
"""

from __future__ import annotations

import os
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from legcheck.files import DAMAGED_ARCHIVE, digest_of, read_bounded, unpacked
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
    InputError,
    Location,
    reject,
)
from legcheck.workbook.reading.usual_form import RELATIONS, NoWorkbookError, TooLargeError, in_usual_form, is_usual
from legcheck.workbook.text import address, cell_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

# What one file may cost. A filled workbook of ours takes 0.2 MB, unpacked 2 MB in 80 parts, with 20 sheets and 20,000 cells; an
# answers table of all countries takes 20 times as much. What is far beyond that is a mistake or an attack.
MEGABYTE = 1_000_000
LARGEST_FILE = 20 * MEGABYTE
LARGEST_CONTENT = 40 * MEGABYTE  # unpacked
LARGEST_TEXTS = 200 * MEGABYTE  # of all cells together, since many may show one long text
LARGEST_TREES = 20 * MEGABYTE  # of XML that is held as trees, which take ten times as much and more
_MOST_INFLATED = 1_032  # what comes of a single packed byte at most
MOST_PARTS = 2_000
MOST_SHEETS = 200
MOST_CELLS = 500_000
LARGEST_AREA = 2_000_000  # of the sheets with cells far out: a table of a sheet has all cells up to the last

# How many bytes stand before the name at the beginning of a part of an archive, and its flags for encryption and patches.
_HEADER, _UNUSUAL = 30, 0x61

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
_OLE_PARTS = (("WordDocument", ".doc"), ("PowerPoint Document", ".ppt"), ("__substg1.0_", ".msg"))
_TEXTS = (
    (b"version https://git-lfs", "@issues.kind.pointer"),
    (b"[InternetShortcut]", "@issues.kind.pointer"),
    (b"MIME-Version:", "@issues.kind.mail"),
    (b"From:", "@issues.kind.mail"),
    (b"Return-Path:", "@issues.kind.mail"),
)
# What to do about a file of each kind; about all others: open it and save it as a workbook.
_REMEDIES = {
    "@issues.kind.report": "report",
    "@issues.kind.pointer": "pointer",
    "@issues.kind.mail": "mail",
    "@issues.kind.unknown": "unknown",
    ".msg": "mail",
    ".csv, .txt": "text",
    "HTML": "page",
    **dict.fromkeys((".zip", ".rar", ".7z", ".gz"), "archive"),
    **dict.fromkeys(("Parquet", "JSON"), "name"),
    **dict.fromkeys(("PDF", "PNG", "JPEG", "GIF", "BMP", ".rtf", ".doc", ".docx", ".odt", ".ppt", ".pptx", ".odp"), "document"),
}
_PROPERTIES = "docProps/core.xml"
_STAMP = re.compile(rb"legcheck \d[\w.+-]*; [a-z-]+; [a-z]{2,3}; ")
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_ODF = ((b"text", ".odt"), (b"presentation", ".odp"))
_OFFICE = (("word/", ".docx"), ("ppt/", ".pptx"), ("xl/workbook.bin", ".xlsb"), ("Index/", ".numbers"))

# An address far out lies beyond column AZ or row 1999, so that sheets full of nearer cells fit. A text may look like one.
_FAR = re.compile(rb"""r\s*=\s*["'](?:[A-Za-z]{3}|[B-Zb-z][A-Za-z]|[A-Za-z]{0,2}(?:[2-9][0-9]{3}|[0-9]{5}))""")
_HIDES = re.compile(rb"<[!?]")  # comments and instructions, in which cells could hide from a search
_TAG = re.compile(rb"<[^<>]*>")
_CELL_TAG = re.compile(rb"<(?:\w+:)?(c|row)[\s>/]")
_ADDRESS = re.compile(rb"""\sr\s*=\s*["']([^"']*)["']""")
_PLACE = re.compile(rb"([A-Za-z]{0,3})([0-9]{1,7})")
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\b[^>]*?ref\s*=\s*["']([A-Za-z]{1,3}[0-9]{1,7}):([A-Za-z]{1,3}[0-9]{1,7})["']""")
# A number far from any day, and before it that it is shown as a day: of these calamine would panic, or take some day.
_NO_DAY = re.compile(
    rb"""(<(?:\w+:)?c\b[^>]{0,99}?)\ss\s*=\s*["'][0-9]+["']([^>]{0,99}>(?:\s*<(?:\w+:)?f\b[^>]{0,99}>(?:[^<]*</(?:\w+:)?f>)?)?"""
    rb"""\s*<(?:\w+:)?v>\s*(?:-(?:[0-9]{13}|[0-9.]+e\+?[0-9]{2}|inf)|[-+]?nan))""",
    re.IGNORECASE,
)
_TEXT_CELL = re.compile(rb"""\st\s*=\s*["']s["'][^>]*>\s*<(?:\w+:)?v>\s*([0-9]+)""")


@dataclass(frozen=True)
class Package:
    """The parts of a workbook file that hold values or say where they are, by name."""

    path: Path
    digest: str
    parts: Mapping[str, bytes]
    content: bytes = field(default=b"", repr=False)

    @cached_property
    def notes(self) -> Mapping[str, bytes]:
        """The parts with notes and threads of comments, and what leads to them, unpacked only when somebody asks for them."""
        return _parts(self.path, self.content, _holds_notes)

    def rebuilt(self) -> BytesIO:
        """An archive that holds exactly these parts, once they are found to be safe for any reader.

        Raises:
            InputError: a part is too large to hold, or another reader could read it differently.
        """
        _check_parts(self.parts, Location(str(self.path)))
        return BytesIO(_zipped({name: _NO_DAY.sub(rb"\1\2", part) for name, part in self.parts.items()}))


def open_package(path: Path, content: bytes | None = None) -> Package:
    """Unpack and inspect a workbook file; `content` holds its bytes if they were read already.

    Raises:
        InputError: it is missing, a folder, another kind of file, damaged, encrypted, or larger than any workbook needs.
    """
    content = read_bytes(path) if content is None else check_bytes(path, content)
    _check_kind(path, content)
    return Package(path, digest_of(content), _parts(path, content, _holds_values), content)


def usual(package: Package) -> Package:
    """The same workbook as programs usually write it, for readers that know no other form.

    Raises:
        InputError: there is no workbook in it, or it is damaged, or larger than any workbook needs.
    """
    if is_usual(package.parts):
        return package
    at = Location(str(package.path))
    parts = _parts(package.path, package.content, lambda name: name.endswith((".xml", ".rels")))
    if sum(map(len, parts.values())) > LARGEST_TREES:
        raise too_big(at)
    try:
        content = _zipped(in_usual_form(parts))
    except TooLargeError:
        raise too_big(at) from None
    except NoWorkbookError:
        raise wrong_kind(at, ".zip") from None
    except ValueError:
        raise reject(FILE_UNREADABLE, at, problem="@issues.damage.parts") from None
    return Package(package.path, package.digest, _parts(package.path, content, _holds_values), content)


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return buffer.getvalue()


@lru_cache(maxsize=1)
def _archive(content: bytes) -> zipfile.ZipFile:
    """A file as an archive, whose list of parts is read once; any of `DAMAGED_ARCHIVE` is raised if it is none."""
    return zipfile.ZipFile(BytesIO(content))


@lru_cache(maxsize=1)
def names_sheet(content: bytes, sheet: str) -> bool:
    """Whether an Excel file has a sheet of this name, as far as its list of sheets can be read at a glance."""
    try:
        with _archive(content).open("xl/workbook.xml") as names:
            return sheet.encode() in names.read(MEGABYTE)
    except DAMAGED_ARCHIVE:
        return False


def read_bytes(path: Path) -> bytes:
    """Read a whole file.

    Raises:
        InputError: there is no such file, or it is a folder, empty, too large or cannot be read.
    """
    at = Location(str(path))
    if os.path.isdir(path):
        raise reject(FILE_IS_FOLDER, at)
    if not os.path.exists(path):  # also false where the name is longer than the system allows, or is no name
        raise reject(FILE_NOT_FOUND, at)
    if path.name.startswith(("~$", ".~lock.")):
        raise reject(LOCK_FILE, at, name=path.name.removeprefix("~$").removeprefix(".~lock.").rstrip("#"))
    return check_bytes(path, read_bounded(path, LARGEST_FILE, FILE_TOO_BIG))


def check_bytes(path: Path, content: bytes) -> bytes:
    """Return the bytes of a file if they are neither blank nor too many.

    Raises:
        InputError: they are blank, or more than any workbook needs.
    """
    if len(content) > LARGEST_FILE:
        raise reject(FILE_TOO_BIG, Location(str(path)), limit=LARGEST_FILE // MEGABYTE)
    if not content.strip(b"\0\r\n\t "):
        raise reject(FILE_EMPTY, Location(str(path)))
    return content


def kind_of(content: bytes) -> str:
    """Detect a file's kind from its first bytes: empty for plain text, ``zip`` for any archive, ``?`` if unknown."""
    if content.startswith(b"PK"):
        return "zip"
    if content.startswith(_OLE):
        return "OLE"
    start = content.removeprefix(b"\xef\xbb\xbf")[:64].lstrip()
    for mark, kind in _KINDS:
        if start.startswith(mark) or (mark.startswith(b"<") and start.lower().startswith(mark.lower())):
            return kind
    return "" if b"\0" not in content[:4096] else "?"


def too_big(at: Location) -> InputError:
    """The error for a file that holds more than any assessment needs."""
    return reject(FILE_TOO_BIG, at, limit=LARGEST_CONTENT // MEGABYTE)


def _check_kind(path: Path, content: bytes) -> None:
    """Refuse anything but a zip archive."""
    at = Location(str(path))
    kind = kind_of(content)
    if kind == "zip":
        return
    if kind == "OLE":
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise reject(FILE_ENCRYPTED, at)
        inside = next((suffix for name, suffix in _OLE_PARTS if name.encode("utf-16-le") in content), ".xls")
        raise wrong_kind(at, inside)
    raise wrong_kind(at, "@issues.kind.unknown" if kind == "?" else kind or _kind_of_text(content), content)


def _kind_of_text(content: bytes) -> str:
    """What a text is that stands in for a file: a pointer of a version control system or a shortcut, or a mail."""
    start = content.removeprefix(b"\xef\xbb\xbf")[:200].lstrip()
    return next((kind for mark, kind in _TEXTS if start.startswith(mark)), ".csv, .txt")


def wrong_kind(at: Location, kind: str, content: bytes = b"") -> InputError:
    """The error for a file of another kind, with what to do about that kind; `content` shows whether it is a report of ours."""
    if is_report(content):
        kind = "@issues.kind.report"
    return reject(WRONG_FILE_KIND, at, kind=kind, remedy=f"@issues.remedy.{_REMEDIES.get(kind, 'save')}")


def is_report(content: bytes) -> bool:
    """Whether a file bears the stamp of the reports that this program makes, as a whole or among its properties."""
    if content.startswith(b"PK"):
        try:
            with zipfile.ZipFile(BytesIO(content)) as archive:
                content = unpacked(archive, _PROPERTIES) if archive.getinfo(_PROPERTIES).file_size < MEGABYTE else b""
        except DAMAGED_ARCHIVE:
            return False
    return _STAMP.search(content) is not None


def _parts(path: Path, content: bytes, wanted: Callable[[str], bool]) -> dict[str, bytes]:
    """The parts of the archive with names that are wanted."""
    at = Location(str(path))
    try:
        archive = _archive(content)
        _check_entries(archive, content, at)
        parts = {info.filename: _unpacked(archive, content, info) for info in archive.infolist() if wanted(info.filename)}
    except DAMAGED_ARCHIVE:
        raise reject(FILE_UNREADABLE, at, problem="@issues.damage.archive") from None
    return parts


def _unpacked(archive: zipfile.ZipFile, content: bytes, info: zipfile.ZipInfo) -> bytes:
    """A part of an archive: at once, which is faster, if it is packed as usual and cannot become more than a whole file may."""
    name = info.filename.encode("utf-8", "replace")
    begin = info.header_offset + _HEADER + len(name)
    header = content[info.header_offset : begin]
    named = header.startswith(b"PK\3\4") and header[26:28] == len(name).to_bytes(2, "little") and header[_HEADER:] == name
    packed = info.compress_type == zipfile.ZIP_DEFLATED and not info.flag_bits & _UNUSUAL
    if not (named and packed) or info.compress_size * _MOST_INFLATED > LARGEST_CONTENT:
        return unpacked(archive, info.filename)
    begin += int.from_bytes(header[28:_HEADER], "little")
    part = zlib.decompress(content[begin : begin + info.compress_size], -zlib.MAX_WBITS, max(1, info.file_size))
    if len(part) != info.file_size or zlib.crc32(part) != info.CRC:
        raise zipfile.BadZipFile(info.filename)
    return part


def _check_entries(archive: zipfile.ZipFile, content: bytes, at: Location) -> None:
    """Refuse other kinds of archive, and those that could unpack without end."""
    entries = archive.infolist()
    names = [info.filename for info in entries]
    _check_archive_kind(archive, names, content, at)
    if len(entries) > MOST_PARTS or sum(info.file_size for info in entries) > LARGEST_CONTENT:
        raise too_big(at)
    if len(set(names)) < len(names):
        raise reject(FILE_UNREADABLE, at, problem="@issues.damage.archive")
    for info in entries:
        if info.flag_bits & 1:
            raise reject(FILE_ENCRYPTED, at)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise reject(FILE_UNREADABLE, at, problem="@issues.damage.archive")


def _check_archive_kind(archive: zipfile.ZipFile, names: list[str], content: bytes, at: Location) -> None:
    """Refuse the files of other office programs."""
    if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
        kind = unpacked(archive, "mimetype")
        if kind != _ODS:
            raise wrong_kind(at, next((suffix for word, suffix in _ODF if word in kind), ".zip"))
    elif "xl/workbook.xml" not in names:
        for start, suffix in _OFFICE:
            if any(name.startswith(start) for name in names):
                raise wrong_kind(at, suffix, content)


def _holds_values(name: str) -> bool:
    apart = name.startswith(("xl/theme", "xl/drawings", "xl/comments", "docProps", "custom"))
    return name in (RELATIONS, "_rels/.rels") or (name.endswith(".xml") and not apart)


def _holds_notes(name: str) -> bool:
    return name.endswith(".rels") or (name.endswith(".xml") and name.startswith(("xl/comments", "xl/threadedComments")))


def _check_parts(parts: Mapping[str, bytes], at: Location) -> None:
    """Refuse parts too large to hold, or that another reader could read differently."""
    area = sheets = 0
    for name, part in parts.items():
        if part[:2] in (b"\xff\xfe", b"\xfe\xff") or b"<!DOCTYPE" in part[:4096]:
            raise reject(FILE_UNREADABLE, at, problem="@issues.damage.part", part=name)
        if "sheets/" in name or b"sheetData" in part:
            sheets += b"sheetData" in part
            _check_sheet(part, name, at)
            area += _area(part, name, at, LARGEST_AREA - area)
    if sheets > MOST_SHEETS:
        raise too_big(at)
    _check_texts(parts, at)


def _check_sheet(sheet: bytes, name: str, at: Location) -> None:
    """Refuse a sheet with too many cells, cells too far apart, or hidden cells."""
    if _HIDES.search(sheet, 5) is not None:
        raise reject(FILE_UNREADABLE, at, problem="@issues.damage.part", part=name)
    if len(sheet) > MOST_CELLS * 4 and len(_CELL_TAG.findall(sheet)) > MOST_CELLS:
        raise too_big(at)
    if b"mergeCell" in sheet:
        _check_merged(sheet, name, at)


def _check_texts(parts: Mapping[str, bytes], at: Location) -> None:
    """Refuse long texts that are repeated so often that the cells together could not be held in memory."""
    shared = parts.get("xl/sharedStrings.xml", b"")
    lengths = [len(text) for text in shared.split(b"</si>")]
    most_cells = sum(part.count(b"v>") for part in parts.values()) // 2
    if max(lengths) * most_cells <= LARGEST_TEXTS:
        return
    total = 0
    for name, part in parts.items():
        if name != "xl/sharedStrings.xml":
            cited = (int(found) for found in _TEXT_CELL.findall(part) if len(found) < 9)
            total += sum(lengths[place] for place in cited if place < len(lengths))
    if total > LARGEST_TEXTS:
        raise too_big(at)


def _area(sheet: bytes, name: str, at: Location, largest: int) -> int:
    """How many cells a table of all filled cells would have, if some lie far out; refused if they are more than `largest`."""
    cells = sheet[sheet.find(b"sheetData") : sheet.rfind(b"sheetData")]
    if _FAR.search(cells) is None:
        return 0
    last_row, last_column, farthest = 0, 0, ""
    for row, column in _filled(cells, name, at):
        if row > last_row or column > last_column:
            farthest = address(row, column)
        last_row, last_column = max(last_row, row), max(last_column, column)
    area = (last_row + 1) * (last_column + 1)
    if area > largest:
        raise reject(STRAY_CELL, at, cell=farthest)
    return area


def _filled(cells: bytes, name: str, at: Location) -> Iterator[tuple[int, int]]:
    """Row and column of every cell that holds something; a cell without an address follows the one before it."""
    row = column = -1
    tags = list(_TAG.finditer(cells))
    if b"<" in _TAG.sub(b"", cells[cells.find(b">") + 1 : cells.rfind(b"<")]):
        raise reject(FILE_UNREADABLE, at, problem="@issues.damage.part", part=name)
    for place, found in enumerate(tags):
        tag = found[0]
        kind = _CELL_TAG.match(tag)
        if kind is None:
            continue
        if tag.count(b'"') % 2 or tag.count(b"'") % 2:  # a quoted > would end the tag for us, but not for another reader
            raise reject(FILE_UNREADABLE, at, problem="@issues.damage.part", part=name)
        written = _ADDRESS.search(tag)
        if written is None:
            row, column = (row + 1, -1) if kind[1] == b"row" else (row, column + 1)
        else:
            row, column = _position(written[1], at)
        empty = tag.endswith(b"/>") or (place + 1 < len(tags) and _closes(found, tags[place + 1]))
        if kind[1] == b"c" and not empty:
            yield row, column


def _position(written: bytes, at: Location) -> tuple[int, int]:
    """Row and column of an address; for a row alone, the position before its first cell."""
    parts = _PLACE.fullmatch(written)
    if parts is None:
        raise reject(STRAY_CELL, at, cell=written[:20].decode("utf-8", "replace"))
    if not parts[1]:
        return int(parts[2]) - 1, -1
    return cell_of(written.decode())


def _closes(opening: re.Match[bytes], following: re.Match[bytes]) -> bool:
    return following.start() == opening.end() and following[0].startswith(b"</")


def _check_merged(sheet: bytes, name: str, at: Location) -> None:
    """Refuse merged ranges that together cover more cells than any sheet of ours has."""
    found = _MERGED.findall(sheet)
    if len(found) < sheet.count(b"mergeCell ") + sheet.count(b"mergeCell\n"):
        raise reject(FILE_UNREADABLE, at, problem="@issues.damage.part", part=name)
    area = 0
    for first, last in found:
        (top, left), (bottom, right) = cell_of(first.decode()), cell_of(last.decode())
        area += (abs(bottom - top) + 1) * (abs(right - left) + 1)
        if area > LARGEST_AREA:
            raise reject(STRAY_CELL, at, cell=last.decode())
