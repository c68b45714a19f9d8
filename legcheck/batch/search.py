"""Finds the files of a batch: those named, and those in folders."""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from legcheck.inputs import RESULT_SUFFIX, TABLE_SUFFIXES

# Spreadsheets of other kinds are found too, so that nobody's country is left out without a word.
SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", RESULT_SUFFIX, *TABLE_SUFFIXES)
# What the program itself writes beside assessments, and what other programs leave there.
_OUTPUTS = (
    "*-gap-report.xlsx",
    "*-action-plan.xlsx",
    "*-plan.json",
    "comparison.*",
    "comparison-answers.*",
    "scores.csv",
    "scores.parquet",
)
_PASSED_OVER = (".*", "~$*", *_OUTPUTS)


def find_files(paths: Iterable[Path]) -> list[Path]:
    """Every file named, and every workbook, result file and answers table below the folders named, each once.

    In folders, hidden files, lock files, links, what is no file and the program's own reports are passed over.
    """
    found: dict[Path, None] = {}
    for path in paths:
        for file in _below(path) if os.path.isdir(path) else (path,):
            found[file] = None
    by_place: dict[str, Path] = {}
    for file in found:
        by_place.setdefault(os.path.realpath(file), file)
    return list(by_place.values())


def _below(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.lower().endswith(SUFFIXES) and not _passed_over(place, name):
                yield Path(place, name)


def _passed_over(folder: str, name: str) -> bool:
    file = os.path.join(folder, name)
    return any(fnmatch.fnmatch(name, one) for one in _PASSED_OVER) or os.path.islink(file) or not os.path.isfile(file)
