"""Opens a workbook file without trusting it: what it is by content, and its parts within bounds.

The parts handed on are those that were looked at here, byte by byte, so that no later reader meets a surprise: an archive that
unpacks without end, a stray cell that makes a dense table of the whole sheet, a text repeated a million times.
"""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from legcheck.files import digest_of
from legcheck.issues import (
    FILE_EMPTY,
    FILE_ENCRYPTED,
    FILE_IS_FOLDER,
    FILE_NOT_FOUND,
    FILE_TOO_BIG,
    FILE_UNREADABLE,
    LOCK_FILE,
    WRONG_FILE_KIND,
    Location,
    reject,
)
from legcheck.workbook.reading.bounds import LARGEST_CONTENT, MEGABYTE, check_sheet, check_texts, too_big

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LARGEST_FILE = 20 * MEGABYTE
MOST_PARTS = 2_000

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


@dataclass(frozen=True)
class Package:
    """The parts of a workbook file that hold values, by name, within bounds; `plain` sheets hold no formulas or merged cells."""

    path: Path
    digest: str
    parts: Mapping[str, bytes]
    plain: frozenset[str] = frozenset()

    def rebuilt(self) -> BytesIO:
        """An archive of exactly the parts that were looked at."""
        buffer = BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
            for name, content in self.parts.items():
                archive.writestr(zipfile.ZipInfo(name), content)
        buffer.seek(0)
        return buffer


def open_package(path: Path, content: bytes | None = None) -> Package:
    """The parts of a workbook; `content` holds its bytes where they were read already.

    Raises:
        InputError: it is missing, a folder, another kind of file, damaged, encrypted, or larger than any workbook needs.
    """
    content = read_bytes(path) if content is None else check_bytes(path, content)
    _check_kind(path, content)
    parts = _parts(path, content)
    return Package(path, digest_of(content), parts, _checked(parts, Location(str(path))))


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
    return check_bytes(path, content)


def check_bytes(path: Path, content: bytes) -> bytes:
    """The bytes of a file, if there is anything in them.

    Raises:
        InputError: they are blank, or more than any workbook needs.
    """
    if len(content) > LARGEST_FILE:
        raise reject(FILE_TOO_BIG, Location(str(path)), limit=LARGEST_FILE // MEGABYTE)
    if not content.strip(b"\0\r\n\t "):
        raise reject(FILE_EMPTY, Location(str(path)))
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
    """The XML parts of the archive."""
    at = Location(str(path))
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _check_entries(archive, at)
            parts = {info.filename: archive.read(info) for info in archive.infolist() if _holds_values(info.filename)}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, RuntimeError) as error:
        raise reject(FILE_UNREADABLE, at, problem=str(error) or type(error).__name__) from None
    if "xl/workbook.xml" not in parts:
        raise reject(WRONG_FILE_KIND, at, kind=".zip")
    return parts


def _checked(parts: Mapping[str, bytes], at: Location) -> frozenset[str]:
    """The names of the plain sheets; refuses parts that could not be held, or that other readers would read otherwise."""
    plain = set()
    for name, part in parts.items():
        if part[:2] in (b"\xff\xfe", b"\xfe\xff") or b"<!DOCTYPE" in part[:4096]:
            raise reject(FILE_UNREADABLE, at, problem=name)
        if ("sheets/" in name or b"sheetData" in part) and check_sheet(part, name, at):
            plain.add(name)
    check_texts(parts, at)
    return frozenset(plain)


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
        raise too_big(at)
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
