"""Files written whole: a crash leaves the old file, and nobody's file is overwritten without consent."""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import lru_cache
from glob import escape
from pathlib import Path

from legcheck.issues import (
    FILE_CLOSED,
    NOT_A_FILE,
    OUTPUT_EXISTS,
    OUTPUT_NOT_WRITABLE,
    UNKNOWN_FORMAT,
    InputError,
    Issue,
    Location,
    Rule,
    reject,
)

# The bytes of a file, whole or part by part.
Content = bytes | Iterable[bytes]

_DRAFT, _LONGEST_BEGINNING = ".draft", 40
# No file takes as long to write; a draft that is older was left behind by a process that was killed.
_ABANDONED_SECONDS = 3_600

# What reading a damaged or hostile archive raises.
DAMAGED_ARCHIVE = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    OSError,
    EOFError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


def check_formats(wanted: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    """The formats asked for, without repeats.

    Raises:
        InputError: one is not known, or none is asked for.
    """
    unknown = [one for one in wanted if one not in known]
    if unknown or not wanted:
        raise reject(UNKNOWN_FORMAT, Location(), value=", ".join(unknown), allowed=", ".join(known))
    return tuple(dict.fromkeys(wanted))


TEXTS = "texts"
REFERENCES = "references.csv"
RESULT_SUFFIX = ".json"
TABLE_SUFFIXES = (".csv", ".tsv", ".parquet")


def folder_of_texts(place: Path) -> Path:
    """Where the texts of laws for a workbook, or for a folder of workbooks, are."""
    if place.name == TEXTS and place.is_dir():
        return place
    return (place if place.is_dir() else place.parent) / TEXTS


def references_beside(place: Path) -> Path | None:
    """The numbers of a published document for a file, or for a folder of files; None if there are none."""
    found = (place if place.is_dir() else place.parent) / REFERENCES
    return found if found.is_file() else None


def read_bounded(path: Path, largest: int, too_large: Rule) -> bytes:
    """The bytes of a file. Pipes and devices, which may never end, are not read, and a file that grows is read no further.

    Raises:
        InputError: it is no regular file, cannot be opened, or has more than `largest` bytes, for which `too_large` is reported.
    """
    try:
        if not path.is_file():
            raise reject(NOT_A_FILE, Location(str(path)))
        with path.open("rb") as file:
            content = file.read(largest + 1)
    except (OSError, ValueError) as error:
        raise reject(FILE_CLOSED, Location(str(path)), problem=getattr(error, "strerror", None) or error) from None
    if len(content) > largest:
        raise reject(too_large, Location(str(path)), limit=largest // 1_000_000)
    return content


def unpacked(archive: zipfile.ZipFile, name: str) -> bytes:
    """A part of an archive, of which no more is unpacked than it says to hold: a part that unpacks to more is damaged.

    Raises:
        zipfile.BadZipFile: it is not what the archive says.
        KeyError: there is no such part.
    """
    with archive.open(name) as part:
        return part.read(max(1, archive.getinfo(name).file_size))


def check_free(paths: Iterable[Path], *, overwrite: bool = False) -> None:
    """Make sure that none of the files exists, so that a set of files is written whole or not at all.

    Raises:
        InputError: some exist and `overwrite` is not set; all of them are named.
    """
    taken = [] if overwrite else [path for path in paths if path.exists()]
    if taken:
        raise InputError(Issue(OUTPUT_EXISTS, Location(str(path))) for path in taken)


def write_whole(path: Path, content: Content, *, overwrite: bool = False, lasting: bool = True) -> None:
    """Write `content` beside the target first and move it into place.

    With `lasting` it is on the disk before it replaces anything; what can be made again at any time need not be.

    Raises:
        InputError: the file exists and `overwrite` is not set, or the target cannot be written.
    """
    check_free((path,), overwrite=overwrite)
    _write({path: content}, lasting=lasting)


def write_files(folder: Path, contents: Mapping[str, Content], *, overwrite: bool = False) -> list[Path]:
    """Write files by name into a folder, all of them or none; return their paths.

    Raises:
        InputError: some exist and `overwrite` is not set, or the target cannot be written.
    """
    targets = {folder / name: content for name, content in contents.items()}
    check_free(targets, overwrite=overwrite)
    _write(targets, lasting=True)
    return list(targets)


def _write(contents: Mapping[Path, Content], *, lasting: bool) -> None:
    """Write a draft of every file; only when the last one is complete are they moved into place."""
    with ExitStack() as drafts:
        moves = []
        for path, content in contents.items():
            with _named_if_refused(path):
                draft = drafts.enter_context(_draft(path))
                _fill(draft, content, lasting=lasting)
                moves.append((draft, path))
        for draft, path in moves:
            with _named_if_refused(path):
                os.replace(draft, path)


@contextmanager
def _named_if_refused(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise reject(OUTPUT_NOT_WRITABLE, Location(str(path)), problem=error.strerror or type(error).__name__) from None


@contextmanager
def _draft(path: Path) -> Iterator[Path]:
    """A new file beside the target, removed in the end unless it was moved away; those of killed processes are removed, too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    begins = f".{path.name[:_LONGEST_BEGINNING]}."
    for left in path.parent.glob(f"{escape(begins)}*{_DRAFT}"):
        with suppress(OSError):
            if left.stat().st_mtime < time.time() - _ABANDONED_SECONDS:
                left.unlink()
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=begins, suffix=_DRAFT)
    os.close(handle)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _fill(draft: Path, content: Content, *, lasting: bool) -> None:
    with draft.open("wb") as file:
        for part in (content,) if isinstance(content, bytes) else content:
            file.write(part)
        if lasting:
            file.flush()
            os.fsync(file.fileno())
    os.chmod(draft, 0o666 & ~_umask())


@lru_cache(maxsize=1)
def digest_of(content: bytes) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
