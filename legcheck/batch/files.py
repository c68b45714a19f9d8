"""Finds the files of a batch, named or in folders, and computes digests of their contents."""

from __future__ import annotations

import fnmatch
import hashlib
import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from legcheck.files import REFERENCES, RESULT_SUFFIX, TABLE_SUFFIXES
from legcheck.issues import FOLDER_UNREADABLE, NOTHING_FOUND, InputError, Issue, Location, reject
from legcheck.model import LeftOut

# Spreadsheets of unreadable kinds are found too, so that no country is left out silently.
SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", RESULT_SUFFIX, *TABLE_SUFFIXES)
# Files that this program writes beside assessments, or reads there, or that other programs leave there.
_OUTPUTS = (
    "*-annex.xlsx",
    "*-action-plan.xlsx",
    "*-plan.json",
    "comparison.*",
    "comparison-answers.*",
    REFERENCES,
    "readings.csv",
    "readings.parquet",
    "scores.csv",
    "scores.parquet",
)
_MAY_HOLD_ONE = re.compile(r"(?i)\.(xls|ods|zip|rar|7z|gz|xlt|ots|numbers|csv|tsv|parquet|json)|^[^.]+$")
# How many threads hash files, how many files each takes at once, and how many bytes of a file it reads at once.
_THREADS = 8
_FILES = 32
_BYTES = 1_000_000
_PASSED_OVER = re.compile("|".join(map(fnmatch.translate, (".*", "~$*", *_OUTPUTS))))


def find_files(paths: Iterable[Path]) -> tuple[list[Path], list[LeftOut]]:
    """Every named file, and every workbook, result file and answers table below the named folders, each once.

    In folders, hidden files, lock files, links, anything but regular files, and the program's own reports are skipped.

    Returns:
        The files, and the folders that could not be opened.

    Raises:
        InputError: there is no file at all.
    """
    paths = list(paths)
    closed: dict[str, LeftOut] = {}
    found: dict[str, Path] = {}  # by their real place, since a file may be reached in several ways
    for path in paths:
        if os.path.isdir(path):
            for place, file in _below(path, closed):
                found.setdefault(place, file)
        else:
            found.setdefault(os.path.realpath(path), path)
    if not found:
        issues = [issue for folder in closed.values() for issue in folder.issues]
        raise InputError([*issues, Issue(NOTHING_FOUND, Location(", ".join(map(str, paths))))])
    return list(found.values()), list(closed.values())


def passed_over(paths: Iterable[Path]) -> list[Path]:
    """What in the named folders looks as if it held an assessment, and is not read.

    These are links, pipes, reports of this program, templates, archives, files without an ending, and copies with another one.
    """
    found = []
    for path in paths:
        for place, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                read = name == REFERENCES or (name.lower().endswith(SUFFIXES) and not _passed_over(place, name))
                if not read and not name.startswith((".", "~$")) and _MAY_HOLD_ONE.search(name):
                    found.append(Path(place, name))
    return found


def digests_of(files: Sequence[Path | str]) -> list[str]:
    """SHA-256 of the content of each file, in hexadecimal; empty where it cannot be read."""
    groups = [files[start : start + _FILES] for start in range(0, len(files), _FILES)]
    with ThreadPoolExecutor(_THREADS) as threads:
        return [digest for some in threads.map(lambda group: [_digest(file) for file in group], groups) for digest in some]


def _digest(file: Path | str) -> str:
    digest = hashlib.sha256()
    try:
        if not os.path.isfile(file):
            return ""
        with open(file, "rb", buffering=0) as content:
            while some := content.read(_BYTES):
                digest.update(some)
    except (OSError, ValueError):
        return ""
    return digest.hexdigest()


def _below(folder: Path, closed: dict[str, LeftOut]) -> Iterator[tuple[str, Path]]:
    """Every file below a folder, with its resolved path; adds folders that cannot be opened to `closed`."""

    def leave_out(error: OSError) -> None:
        place = str(error.filename)
        closed[place] = LeftOut(place, reject(FOLDER_UNREADABLE, Location(place), problem=error.strerror).issues)

    for place, folders, names in os.walk(folder, onerror=leave_out):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        real = os.path.realpath(place)
        for name in sorted(names):
            if name.lower().endswith(SUFFIXES) and not _passed_over(place, name):
                yield os.path.join(real, name), Path(place, name)


def _passed_over(folder: str, name: str) -> bool:
    try:
        kind = os.lstat(os.path.join(folder, name)).st_mode
    except (OSError, ValueError):
        return True
    return _PASSED_OVER.match(name) is not None or not stat.S_ISREG(kind)
