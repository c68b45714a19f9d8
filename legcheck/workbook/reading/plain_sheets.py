"""Reads the sheets of a workbook in one strict pass over their bytes, if they are written as spreadsheet programs usually do.

Whatever is not understood to the letter is left to the careful reader, which takes longer and finds the same values. The place,
the kind and the formula of a cell are alike in all copies of a workbook, and its value is not: so what stands before a value is
learnt once and looked up from then on, and values are read by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import TypeVar
from xml.parsers.expat import ExpatError, ParserCreate

from legcheck.workbook.reading.guards import LARGEST_AREA, LARGEST_TEXTS, MOST_SHEETS
from legcheck.workbook.text import Cell, Place, Rows, cell_of

Learnt = TypeVar("Learnt")

_MOST_LEARNT, _LONGEST_LEARNT = 40_000, 4_000
_BOOK, _RELATIONS, _STYLES, _TEXTS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/sharedStrings.xml"

_BEGINNING = re.compile(
    rb"(?:<\?xml version=[\"']1\.0[\"'] encoding=[\"'](?:UTF|utf)-8[\"'](?: standalone=[\"']\w+[\"'])?\s*\?>\s*)?<\w"
)
_DECLARED, _HIDES, _ESCAPED = b"<?xml", re.compile(rb"<[!?]"), re.compile(rb"_x[0-9A-Fa-f]{4}_")
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
_DATA, _DATA_END = b"<sheetData>", b"</sheetData>"
# What stands between two filled cells: blank ones, and the ends and starts of rows.
_BETWEEN = rb'(?:<c r="' + _ADDRESS + rb'"(?: s="[0-9]{1,5}")?(?: t="n")?(?:/>|></c>)|</row>|<row r="[1-9][0-9]{0,5}"[^<>]*>)*'
# What stands before the value of a cell, and the value with the end of its cell.
_BEFORE = re.compile(
    _BETWEEN + rb'<c r="(' + _ADDRESS + rb')"(?: s="([0-9]{1,5})")?(?: t="(s|str|n|inlineStr)")?>'
    rb"(?:(<f)(?: [^<>]*)?(?:/>|>([^<]*)</f>))?"
)
_VALUE = re.compile(rb"<(v>[^<]*</v|v/|is>[^<]*(?:<(?!/?is>)[^<]*)*</is)></c>")
_END, _ENDS = re.compile(_BETWEEN), (b"</row>", b"/>")
_MERGED = re.compile(rb'<mergeCell (?:ref="(' + _ADDRESS + rb"):(" + _ADDRESS + rb')"/>)?')
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))
_CHARACTER = re.compile(r"&#([0-9]{1,6});")
_SPACES = " \t\n"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on a sheet: its rows of values, blank ones too, and by their place formulas, error values and merged ranges.

    `part` is the name of the part of the file that holds it; `struck` says whether part of a text may be struck out.
    """

    part: str
    rows: Rows
    formulas: Mapping[Place, str] = field(default_factory=dict)
    errors: Mapping[Place, str] = field(default_factory=dict)
    merged: Sequence[tuple[Place, Place]] = ()
    struck: bool = True


class _NotPlainError(Exception):
    """Something is written in a way that this reader does not know."""


class _Memory(dict[bytes, Learnt]):
    """What a stretch of a file says: each is read once, unless it is long. A full memory starts again."""

    def __init__(self, read: Callable[[bytes], Learnt]) -> None:
        super().__init__()
        self.read: Callable[[bytes], Learnt] = read

    def __missing__(self, written: bytes) -> Learnt:
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
        texts = _texts(parts[_TEXTS]) if _TEXTS in parts else {}
        for name, part in names.items():
            sheets[name] = _sheet(part, parts[part], texts, formats, LARGEST_AREA - area)
            area += sum(map(len, sheets[name].rows))
    except (_NotPlainError, KeyError, IndexError, UnicodeDecodeError, ExpatError):
        return None
    longest = max(map(len, texts.values()), default=0)
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
    if _BEGINNING.match(part) is None or _HIDES.search(part, 1):
        raise _NotPlainError


def _said(written: bytes) -> str:
    """The text of bytes that hold no line ends or signs that readers restore in different ways."""
    if b"\r" in written or (b"_" in written and b"_x" in written and _ESCAPED.search(written)):
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


def _texts(part: bytes) -> dict[bytes, str]:
    """The table of shared texts, by the values that cells write for them."""
    *items, end = part.split(b"</si>")
    start, tag, first = items[0].partition(b"<si>") if items else (end, b"", b"")
    _check(start)
    if start.count(b"<", len(_DECLARED)) != 1 or (items and end.strip() != b"</sst>") or len(items) > _MOST_LEARNT:
        raise _NotPlainError
    items[:1] = [tag + first] if items else []
    _places.extend(b"v>%d</v" % place for place in range(len(_places), len(items)))
    return dict(zip(_places, map(_items.__getitem__, items), strict=False))


def _item(written: bytes) -> str:
    """An entry of the table of shared texts, without its end; nothing in it is struck out."""
    said = _said(written)
    found = _ITEM.fullmatch(said)
    if found is None or "<strike" in said:
        raise _NotPlainError
    if said.startswith("<si><t"):
        return _spaced(found[2], found[3] or "")
    return "".join(_spaced(*run) for run in _RUN.findall(said))


def _before(written: bytes) -> tuple[Place, str, int, str | None]:
    """What stands before the value of a cell: its place, kind and format, and its formula if it has one."""
    found = _BEFORE.fullmatch(written)
    if found is None:
        raise _NotPlainError
    address, format, kind, computed, formula = found.groups()
    said = f"={_unescaped(_said(formula or b''))}" if computed else None
    return cell_of(address.decode()), (kind or b"n").decode(), int(format or 0), said


_items, _befores = _Memory(_item), _Memory(_before)
_places: list[bytes] = []


def _value(kind: str, format: int, written: bytes, formats: Sequence[str]) -> Cell | None:
    """A value that stands in its cell, None if it is blank."""
    if kind == "inlineStr" and written.startswith(b"is>"):  # written like an entry of the table of shared texts
        return _items[b"<si>" + written[len("is>") : -len("</is")]]
    said = _said(written)[len("v>") : -len("</v")]
    if kind == "str" and written.startswith(b"v"):
        return _unescaped(said)
    if kind == "n" and (not said or _NUMBER.fullmatch(said)):
        return _number(said, format, formats) if said else None
    raise _NotPlainError


def _sheet(name: str, part: bytes, texts: Mapping[bytes, str], formats: Sequence[str], room: int) -> Sheet:
    """The values, formulas and merged cells of a sheet, if its cells find room in the memory."""
    begin, stop = part.find(_DATA), part.rfind(_DATA_END)
    data, around = part[begin + len(_DATA) : stop], part[:begin] + part[stop + len(_DATA_END) :]
    *pieces, end = _VALUE.split(data)
    _check(around)
    if b"sheetData" in around or not _END.fullmatch(end) or (data and not end.endswith(_ENDS)):
        raise _NotPlainError
    filled: list[tuple[Place, Cell]] = []
    formulas: dict[Place, str] = {}
    last = (-1, -1)
    befores = map(_befores.__getitem__, pieces[::2])
    for (place, kind, format, formula), value in zip(befores, pieces[1::2], strict=True):
        if place <= last:  # programs write cells in order, and each once
            raise _NotPlainError
        last = place
        if formula is not None:
            formulas[place] = formula
        found = texts[value] if kind == "s" else _value(kind, format, value, formats)
        if found is not None:
            filled.append((place, found))
    height, width = (filled[-1][0][0] + 1, max({column for (_, column), _ in filled}) + 1) if filled else (0, 0)
    if height * width > room:
        raise _NotPlainError
    rows: Rows = [[""] * width for _ in range(height)]
    for (row, column), found in filled:
        rows[row][column] = found
    return Sheet(name, rows, formulas, {}, _merged(around), struck=False)


def _number(written: str, format: int, formats: Sequence[str]) -> float | date:
    """A number or a day, as the format of its cell says."""
    shown = formats[format] if formats or format else "number"
    if shown == "number":
        return float(written)
    if shown == "date" and written.isdigit() and _FIRST_DAY <= int(written) <= _LAST_DAY:
        return _DAY_0 + timedelta(int(written))
    raise _NotPlainError


def _merged(around: bytes) -> Sequence[tuple[Place, Place]]:
    """First and last cell of every merged range, from what stands around the rows."""
    found = _MERGED.findall(around)
    ranges = [(cell_of(first.decode()), cell_of(last.decode())) for first, last in found if first]
    area = sum((abs(bottom - top) + 1) * (abs(right - left) + 1) for (top, left), (bottom, right) in ranges)
    if len(ranges) != len(found) or area > LARGEST_AREA:
        raise _NotPlainError
    return ranges
