"""Reads the hidden sheet, which records what checklist a workbook was made for and what the tool wrote into it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from legcheck.issues import NOT_OUR_WORKBOOK, OTHER_FORMAT, Location, Rule, reject
from legcheck.workbook.columns import ANSWERS, FORMAT, HEARD, IDENTITY_SHEET, MAGIC, Form
from legcheck.workbook.reading.guards import is_report, wrong_kind
from legcheck.workbook.reading.spreadsheet import Spreadsheet, open_spreadsheet
from legcheck.workbook.text import clean

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


# In format 1 all answers stood on one sheet, one row a provision. Its headings are recorded in the file and need no others.
_EARLIER, _EARLIER_ANSWERS = "1", "assessment"
_MARKS = re.compile(r"[0-9a-f]{1,8}(?: [0-9a-f]{1,8})*")


@dataclass(frozen=True)
class Identity:
    """What a workbook records about itself, with the opened file, so that it is opened only once.

    `form` is what it asks, `sheet` the name of the hidden sheet. `headings` holds the headings as written, by sheet and key;
    `choices` the words of the lists, by list and key; `names` the names of the sheets, by key; `fixed` the fingerprints of every
    text that the tool wrote, and `hints` of those beside fields; `country` the code and name that the workbook was made with,
    and `heard` whether it was made with bodies that had been heard.
    """

    checklist: str
    version: str
    digest: str
    language: str
    form: Form
    book: Spreadsheet = field(repr=False, compare=False)
    sheet: str = field(default=IDENTITY_SHEET, repr=False, compare=False)
    headings: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False, compare=False)
    choices: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False, compare=False)
    names: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    fixed: frozenset[int] = field(default_factory=frozenset, repr=False, compare=False)
    hints: frozenset[int] = field(default_factory=frozenset, repr=False, compare=False)
    country: tuple[str, str] = field(default=("", ""), repr=False, compare=False)
    heard: bool = field(default=False, repr=False, compare=False)


def identify(path: Path, content: bytes | None = None, *, magic: str = MAGIC, otherwise: Rule = NOT_OUR_WORKBOOK) -> Identity:
    """Find out the checklist, version and language of a workbook; `magic` says which kind of file is expected.

    `content` holds the file's bytes if already read.

    Raises:
        InputError: the file is missing, of another kind, damaged, encrypted, unreasonably large, or not a workbook made here.
    """
    book = open_spreadsheet(path, content)
    names = (IDENTITY_SHEET, *book.names) if IDENTITY_SHEET in book.names else book.names
    for name in names:
        rows = book.rows(name)
        if rows and rows[0] and rows[0][0] == magic:
            return _identity(book, name, magic, otherwise)
    if is_report(book.package.content):
        raise wrong_kind(Location(str(path)), "@issues.kind.report")
    raise reject(otherwise, Location(str(path)))


def _identity(book: Spreadsheet, sheet: str, magic: str, otherwise: Rule) -> Identity:
    """The entries of the hidden sheet, each row a kind and up to three values."""
    singles: dict[str, str] = {}
    nested: dict[str, dict[str, dict[str, str]]] = {"column": {}, "choice": {}}
    lists: dict[str, list[str]] = {"fixed": [], "hint": []}
    sheets, country = {}, ("", "")
    for row in book.rows(sheet):
        kind, first, second, third = ([clean(value) for value in row[:4]] + [""] * 4)[:4]
        if kind in nested:
            nested[kind].setdefault(first, {})[second] = third
        elif kind in lists:
            lists[kind].append(first)
        elif kind == "sheet":
            sheets[first] = second
        elif kind == "country":
            country = first, second
        else:
            singles.setdefault(kind, first)
    if singles.get(magic) not in (_EARLIER, FORMAT):
        raise reject(OTHER_FORMAT, Location(str(book.path)), found=singles.get(magic, ""), wanted=FORMAT)
    if not singles.get("checklist") or not singles.get("version"):
        raise reject(otherwise, Location(str(book.path)))
    return Identity(
        checklist=singles["checklist"],
        version=singles["version"],
        digest=singles.get("digest", ""),
        language=singles.get("language", "") or "en",
        form=Form(
            short=singles.get("short") == "yes",
            chapters=tuple(singles.get("chapters", "").split()),
            provisions=tuple(singles.get("provisions", "").split()),
        ),
        headings={ANSWERS if key == _EARLIER_ANSWERS else key: shown for key, shown in nested["column"].items()},
        choices=nested["choice"],
        names=sheets,
        fixed=_marks(tuple(lists["fixed"])),
        hints=_marks(tuple(lists["hint"])),
        country=country,
        heard=HEARD in singles,
        sheet=sheet,
        book=book,
    )


@lru_cache(maxsize=32)
def _marks(written: tuple[str, ...]) -> frozenset[int]:
    """The fingerprints on these lines; a line that holds anything else was tampered with and is left out."""
    return frozenset(int(mark, 16) for line in written if _MARKS.fullmatch(line) for mark in line.split())
