"""The text of cells: values as clean text, words made comparable, dates as people write them, addresses."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from zlib import crc32

from legcheck.words import ALIKE, UNSEEN, UNSEEN_IN_WORDS, fold

_ESCAPED_RETURN = re.compile("_x000[dD]_")

_ISO_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4})")
_DAY_IN_WORDS = re.compile(r"(?=.*\b\d{4}\b)(?=.*[^\W\d]{3})[\w .,]{8,40}$")
_DAY_OF_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|o)?")

# Years outside are of another calendar, cut short, or stand for "no end". Statutes are cited from the sixteenth century on.
_FIRST_YEAR, _LAST_YEAR = 1500, 2199
# From here on a spreadsheet no longer holds every digit of a number.
_FIRST_INEXACT = 1e15
# The numbers of the days from 1927 to 2173.
_DAY_NUMBERS = range(10_000, 100_000)
# What a spreadsheet shows when 1900 or 2100 is typed into a date cell.
_YEAR_1900, _YEAR_2100 = date(1905, 3, 14), date(1905, 9, 30)

Cell = str | int | float | bool | date | datetime | time | timedelta
Rows = list[list[Cell]]
Place = tuple[int, int]
"""Row and column of a cell, counted from 0."""


def clean(value: Cell) -> str:
    """The text of a cell with single spaces between words, line breaks kept, and no invisible characters."""
    if not isinstance(value, str):
        return _text_of(value)
    if value.isprintable() and "  " not in value and value[:1] != " " and value[-1:] != " " and "_x000" not in value:
        return value  # most texts are clean: neither line ends nor other kinds of space are printable
    value = _seen(value)
    if "\n" not in value and "\r" not in value:
        return " ".join(value.split())
    return "\n".join(" ".join(line.split()) for line in value.splitlines()).strip("\n")


def as_typed(value: Cell) -> str:
    """The text of a cell with the spaces between its words as typed, line breaks kept, and no invisible characters."""
    if not isinstance(value, str):
        return _text_of(value)
    return "\n".join(line.rstrip() for line in _seen(value).splitlines()).strip()


def _seen(value: str) -> str:
    """A text without what nobody sees."""
    return (_ESCAPED_RETURN.sub("", value) if "_x000" in value else value).translate(UNSEEN)


def _text_of(value: Cell) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < _FIRST_INEXACT:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    return str(value)


def short(text: str) -> str:
    """A value as quoted in a message: one line of at most 80 characters."""
    line = " ".join(text.split())
    return line if len(line) <= 80 else f"{line[:77]}..."


def fingerprint(text: str) -> int:
    """The mark by which a workbook records a text that the tool wrote: any other text comes from a person."""
    return crc32(text.encode("utf-8", "replace"))


def loose_fingerprint(text: str) -> int:
    """A fingerprint that ignores spaces and line ends, which other programs may change."""
    return fingerprint(" ".join(text.split()))


def is_changed(value: Cell, *, of_law: bool = False) -> bool:
    """Whether a spreadsheet has made something else of a text: a date of 4/2015, 1.1 of 1.10, a half of 50 %.

    A date that is formatted as text becomes the number of its day; but Law 26994 `of_law` has such a number, too.
    """
    if isinstance(value, float) and (not value.is_integer() or abs(value) >= _FIRST_INEXACT):
        return True
    if isinstance(value, float | int):
        return int(value) in _DAY_NUMBERS and not of_law
    return isinstance(value, date | time | timedelta)


def parse_date(value: Cell) -> date:
    """The day in a cell: a date, ``2011-09-22``, ``22.09.2011``, ``22 September 2011``, or ``22/09/2011`` if unambiguous.

    Raises:
        ValueError: it is not a day, is ambiguous, or has a year that the Gregorian calendar of laws does not reach.
    """
    day = value.date() if isinstance(value, datetime) else value if isinstance(value, date) else _written_day(clean(value))
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR or (isinstance(value, date) and is_year_in_disguise(day)):
        raise ValueError(value)
    return day


def _written_day(typed: str) -> date:
    text = typed.translate(UNSEEN_IN_WORDS).translate(ALIKE)
    if iso := _ISO_DATE.fullmatch(text):
        return date(int(iso[1]), int(iso[2]), int(iso[3]))
    if written := _DAY_FIRST.fullmatch(text):
        first, second, year = int(written[1]), int(written[3]), int(written[4])
        if written[2] == "." or first > 12 or first == second:
            return date(year, second, first)
    return _day_in_words(text)


def _day_in_words(text: str) -> date:
    """A day with its month in words, in any language of the tool: ``1er décembre 2026``, ``December 1, 2026``."""
    if not _DAY_IN_WORDS.match(text):
        raise ValueError(text)
    words = [word.strip(".,") for word in fold(text).split()]
    (year,) = (int(word) for word in words if len(word) == 4 and word.isdigit())
    (day,) = (int(found[1]) for word in words if (found := _DAY_OF_MONTH.fullmatch(word)))
    (month,) = (_months()[word] for word in words if word in _months())
    return date(year, month, day)


@cache
def _months() -> dict[str, int]:
    """The months by their names, whole and short, in the languages of the tool."""
    from babel.dates import get_month_names

    from legcheck.labels import labels, languages

    locales = [labels(language)("common.locale") for language in languages()]
    return {
        fold(name).strip("."): number
        for locale in locales
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, locale=locale.replace("-", "_")).items()
    }


def is_year_in_disguise(day: date) -> bool:
    """Whether a date cell most likely holds a year: 2024 typed into one becomes the 2024th day since 1900."""
    return _YEAR_1900 <= day <= _YEAR_2100


def column_letters(column: int) -> str:
    """The letters of a column, counted from 0: A, B, ... Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """The address of a cell as Excel shows it; row and column count from 0."""
    return f"{column_letters(column)}{row + 1}"


@lru_cache(maxsize=20_000)
def cell_of(address: str) -> tuple[int, int]:
    """Row and column of an address such as ``D14``, counted from 0."""
    letters = address.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter.upper()) - 64
    return int(address[len(letters) :]) - 1, column - 1
