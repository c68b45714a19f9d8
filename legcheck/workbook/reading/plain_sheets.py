"""Reads the sheets of a workbook in one strict pass over their bytes, if they are written as spreadsheet programs usually do.

Whatever is not understood to the letter is left to the careful reader, which takes longer and finds the same values. Most cells
are alike in all copies of a workbook, so what a stretch of bytes says is learnt once and looked up from then on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from operator import ge
from typing import NamedTuple, TypeVar
from xml.parsers.expat import ExpatError, ParserCreate

from legcheck.workbook.reading.guards import LARGEST_AREA, LARGEST_TEXTS, MOST_SHEETS
from legcheck.workbook.text import Place, Rows, cell_of

Written = TypeVar("Written", str, bytes)
Learnt = TypeVar("Learnt")

_MOST_LEARNT, _LONGEST_LEARNT, _LONGEST_NUMBER = 40_000, 4_000, 8
_BOOK, _RELATIONS, _STYLES, _TEXTS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/sharedStrings.xml"

_BEGINNING = re.compile(
    rb"(?:<\?xml version=[\"']1\.0[\"'] encoding=[\"'](?:UTF|utf)-8[\"'](?: standalone=[\"']\w+[\"'])?\s*\?>\s*)?<\w"
)
_DECLARED, _ESCAPED = b"<?xml", re.compile(rb"_x[0-9A-Fa-f]{4}_")
_NAME = re.compile(r'<sheet (?:xmlns:r="[^"]*" )?name="([^"<]*)" sheetId="\d+"(?: state="\w+")? r:id="([^"]*)"\s*/>')
_RELATION, _ATTRIBUTE = re.compile(r"<Relationship ([^<>]*)/>"), re.compile(r'(\w+)="([^"]*)"')
_SINCE_1904 = re.compile(r'date1904="(?!0"|false")')

_OWN_FORMAT = re.compile(r'<numFmt numFmtId="(\d+)" formatCode="([^"]*)"')
_FORMATS, _FORMAT = re.compile(r"<cellXfs[^<>]*>(.*?)</cellXfs>", re.DOTALL), re.compile(r'<xf (?:[^<>]*? )?numFmtId="(\d+)"')
_AS_NUMBER = re.compile(r"General|[0#?.,% ]+|@|;;;")
_AS_DATE = re.compile(r"(?:\[\$-\w+\])?[dmyDMY]+(?:(?:\\?[-/. ]|, )[dmyDMY]+)*(?:;@)?")
_NUMBERS, _DATES = (*range(14), *range(37, 41), 49), range(14, 18)
_NUMBER = re.compile(r"-?[0-9]{1,17}(?:\.[0-9]{1,20})?(?:[eE][-+]?[0-9]{1,2})?")
# Before March 1900 spreadsheet programs disagree, and after 9999 there are no days.
_DAY_0, _FIRST_DAY, _LAST_DAY = date(1899, 12, 30), 61, 2_958_465

_TEXT = r'<t( xml:space="preserve")?>([^<]*)</t>'
_LOOK = r'(?:<rPr>(?:<\w+(?: \w+="[^"<>]*")*/>)*</rPr>)?'
_RUN, _ITEM = re.compile(_TEXT), re.compile(f"<si>({_TEXT}|(?:<r>{_LOOK}{_TEXT}</r>)+|<t/>)")
_ADDRESS = rb"[A-Z]{1,2}[1-9][0-9]{0,5}"
# What stands between two filled cells: blank ones, and the ends and starts of rows.
_BETWEEN = rb'(?:<c r="' + _ADDRESS + rb'"(?: s="[0-9]{1,5}")?(?: t="n")?/>|</row>|<row r="[1-9][0-9]{0,5}"[^<>]*>)*'
# A filled cell without its end, after what stands before it.
_CELL = re.compile(
    _BETWEEN + rb'<c r="(' + _ADDRESS + rb')"(?: s="([0-9]{1,5})")?(?: t="(s|str|n|inlineStr)")?>'
    rb"(?:(<f)(?: [^<>]*)?(?:/>|>([^<]*)</f>))?(?:<v>([^<]*)</v>|<v/>|<is>(.*)</is>)?",
    re.DOTALL,
)
_END, _ENDS = re.compile(_BETWEEN), (b"</row>", b"/>")
_MERGED = re.compile(rb'<mergeCell ref="(' + _ADDRESS + rb"):(" + _ADDRESS + rb')"/>')
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))
_CHARACTER = re.compile(r"&#([0-9]{1,6});")
_SPACES = " \t\n"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on a sheet: its rows of values, blank ones too, and by their place formulas, error values and merged ranges.

    `part` is the name of the part of the file that holds it.
    """

    part: str
    rows: Rows
    formulas: Mapping[Place, str] = field(default_factory=dict)
    errors: Mapping[Place, str] = field(default_factory=dict)
    merged: Sequence[tuple[Place, Place]] = ()


class _Number(NamedTuple):
    """A number as written, and the number of its format, which says whether it is a date."""

    written: str
    format: int


_Filled = tuple[Place, str | int | _Number | None, str | None]
"""The place of a cell, its value or the number of its shared text (None: blank), and its formula if it has one."""


class _NotPlainError(Exception):
    """Something is written in a way that this reader does not know."""


class _Memory(dict[Written, Learnt]):
    """What a stretch of a file says: each is read once, unless it is long. A full memory starts again."""

    def __init__(self, read: Callable[[Written], Learnt]) -> None:
        super().__init__()
        self.read: Callable[[Written], Learnt] = read

    def __missing__(self, written: Written) -> Learnt:
        found = self.read(written)
        if len(written) <= _LONGEST_LEARNT:
            if len(self) == _MOST_LEARNT:
                self.clear()
            self[written] = found
        return found


def read_plain_sheets(parts: Mapping[str, bytes]) -> dict[str, Sheet] | None:
    """The sheets of a workbook by name, in order; None if it is not plain in every part, or larger than workbooks are."""
    sheets, area = {}, 0
    try:
        names, formats = _structure(parts[_BOOK], parts[_RELATIONS], parts[_STYLES], shared=_TEXTS in parts)
        texts = _texts(parts[_TEXTS]) if _TEXTS in parts else []
        for name, part in names.items():
            sheets[name] = _sheet(part, parts[part], texts, formats, LARGEST_AREA - area)
            area += sum(map(len, sheets[name].rows))
    except (_NotPlainError, KeyError, IndexError, UnicodeDecodeError, ExpatError):
        return None
    longest = max(map(len, texts), default=0)
    return sheets if longest * area <= LARGEST_TEXTS and len(sheets) <= MOST_SHEETS else None


@lru_cache(maxsize=16)
def _structure(book: bytes, relations: bytes, styles: bytes, *, shared: bool) -> tuple[dict[str, str], tuple[str, ...]]:
    """The part of each sheet by the sheet's name, and what each format of cells makes of a number."""
    for part in (book, relations, styles):
        _check(part)
        ParserCreate().Parse(part, True)
    targets: dict[str, tuple[str, str]] = {}
    for found in _RELATION.findall(relations.decode()):
        relation = dict(_ATTRIBUTE.findall(found))
        target = relation["Target"]
        targets[relation["Id"]] = relation["Type"].rpartition("/")[2], target[1:] if target.startswith("/") else f"xl/{target}"
    named = [(_unescaped(name), *targets[id]) for name, id in _NAME.findall(book.decode())]
    _said(book.partition(b"<definedNames")[0])
    sheets = {name: part for name, kind, part in named if kind == "worksheet"}
    usual = ("styles", _STYLES) in targets.values() and (("sharedStrings", _TEXTS) in targets.values()) == shared
    if not usual or len(sheets) != book.count(b"<sheet ") or _SINCE_1904.search(book.decode()):
        raise _NotPlainError
    return sheets, _formats(styles.decode())


def _formats(styles: str) -> tuple[str, ...]:
    """For each format of cells ``number`` or ``date``, blank if that is not certain."""
    meanings = dict.fromkeys(_NUMBERS, "number") | dict.fromkeys(_DATES, "date")
    for id, code in _OWN_FORMAT.findall(styles):
        shown = _unescaped(code)
        meanings[int(id)] = "number" if _AS_NUMBER.fullmatch(shown) else "date" if _AS_DATE.fullmatch(shown) else ""
    block = _FORMATS.search(styles)
    ids = _FORMAT.findall(block[1]) if block else []
    if block and len(ids) != block[1].count("<xf "):
        raise _NotPlainError
    return tuple(meanings.get(int(id), "") for id in ids)


def _check(part: bytes) -> None:
    """Refuse a part in another encoding, or with comments, instructions or definitions, in which something could hide."""
    if _BEGINNING.match(part) is None or b"<!" in part or b"<?" in part[5:]:
        raise _NotPlainError


def _said(written: bytes) -> str:
    """The text of bytes that hold no line ends or signs that readers restore in different ways."""
    if b"\r" in written or (b"_x" in written and _ESCAPED.search(written)):
        raise _NotPlainError
    return written.decode()


def _unescaped(text: str) -> str:
    """A text with the signs that entities stand for."""
    if "&" not in text:
        return text
    if "&#" in text:
        text = _CHARACTER.sub(_character, text)
    if text.count("&") != sum(text.count(entity) for entity, _ in _ENTITIES):
        raise _NotPlainError
    for entity, sign in _ENTITIES:
        text = text.replace(entity, sign)
    return text


def _character(found: re.Match[str]) -> str:
    sign = chr(int(found[1]))
    if sign == "\n" or (sign >= " " and sign != "&" and not "\ud800" <= sign <= "\udfff"):
        return sign
    raise _NotPlainError


def _spaced(preserved: str, text: str) -> str:
    """A text whose spaces at both ends count only if they are said to be preserved."""
    said = _unescaped(text)
    return said if preserved else said.strip(_SPACES)


def _texts(part: bytes) -> list[str]:
    """The table of shared texts."""
    *items, end = _said(part).split("</si>")
    start, tag, first = items[0].partition("<si>") if items else (end, "", "")
    _check(start.encode())
    if start.count("<", len(_DECLARED)) != 1 or (items and end.strip() != "</sst>"):
        raise _NotPlainError
    return [_items[item] for item in (tag + first, *items[1:])] if items else []


def _item(written: str) -> str:
    """An entry of the table of shared texts, without its end."""
    found = _ITEM.fullmatch(written)
    if found is None:
        raise _NotPlainError
    if written.startswith("<si><t"):
        return _spaced(found[2], found[3] or "")
    return "".join(_spaced(*run) for run in _RUN.findall(written))


def _cell(written: bytes) -> _Filled:
    """What a cell says that is filled, or at least has two tags."""
    found = _CELL.fullmatch(written)
    if found is None:
        raise _NotPlainError
    address, style, kind, computed, formula, value, text = found.groups()
    place, formula = cell_of(address.decode()), f"={_unescaped(_said(formula or b''))}" if computed else None
    if kind == b"s" and value and value.isdigit() and len(value) < _LONGEST_NUMBER:
        return place, int(value), formula
    if kind == b"inlineStr" and text is not None:
        return place, _item(f"<si>{_said(text)}"), formula
    said = _said(value or b"")
    if kind == b"str" and text is None:
        return place, _unescaped(said), formula
    if kind in (None, b"n") and text is None and (not said or _NUMBER.fullmatch(said)):
        return place, _Number(said, int(style or 0)) if said else None, formula
    raise _NotPlainError


_items, _cells = _Memory(_item), _Memory(_cell)


def _sheet(name: str, part: bytes, texts: Sequence[str], formats: Sequence[str], room: int) -> Sheet:
    """The values, formulas and merged cells of a sheet, if its cells find room in the memory."""
    head, _, rest = part.partition(b"<sheetData>")
    data, _, tail = rest.rpartition(b"</sheetData>")
    *cells, end = data.split(b"</c>")
    _check(head + tail)
    if b"sheetData" in head + tail or not _END.fullmatch(end) or (data and not end.endswith(_ENDS)):
        raise _NotPlainError
    found = [_cells[cell] for cell in cells]
    places = [place for place, _, _ in found]
    if any(map(ge, places, places[1:])):  # programs write cells in order, and each once
        raise _NotPlainError
    filled = [(place, value) for place, value, _ in found if value is not None]
    formulas = {place: formula for place, _, formula in found if formula is not None}
    height, width = (filled[-1][0][0] + 1, max({column for (_, column), _ in filled}) + 1) if filled else (0, 0)
    if height * width > room:
        raise _NotPlainError
    rows: Rows = [[""] * width for _ in range(height)]
    _put(filled, rows, texts, formats)
    return Sheet(name, rows, formulas, {}, _merged(tail))


def _put(filled: Sequence[tuple[Place, str | int | _Number]], rows: Rows, texts: Sequence[str], formats: Sequence[str]) -> None:
    """Put the values of cells into blank rows."""
    for (row, column), value in filled:
        if type(value) is int:
            rows[row][column] = texts[value]
        else:
            rows[row][column] = _number(value, formats) if isinstance(value, _Number) else value


def _number(number: _Number, formats: Sequence[str]) -> float | date:
    """A number or a day, as the format of its cell says."""
    shown = formats[number.format] if formats or number.format else "number"
    if shown == "number":
        return float(number.written)
    if shown == "date" and number.written.isdigit() and _FIRST_DAY <= int(number.written) <= _LAST_DAY:
        return _DAY_0 + timedelta(int(number.written))
    raise _NotPlainError


def _merged(tail: bytes) -> Sequence[tuple[Place, Place]]:
    """First and last cell of every merged range, from what follows the rows."""
    ranges = [(cell_of(first.decode()), cell_of(last.decode())) for first, last in _MERGED.findall(tail)]
    area = sum((abs(bottom - top) + 1) * (abs(right - left) + 1) for (top, left), (bottom, right) in ranges)
    if len(ranges) != tail.count(b"<mergeCell ") or area > LARGEST_AREA:
        raise _NotPlainError
    return ranges
