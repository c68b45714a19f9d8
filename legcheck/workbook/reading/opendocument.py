"""Writes an OpenDocument spreadsheet (.ods) as the Excel file that the readers know, so that both are read alike.

Values, formulas, errors, merged cells, notes, text struck out and the colours of cells for answers come along; nothing else does.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import accumulate
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from legcheck.workbook.reading.usual_form import TooLargeError
from legcheck.workbook.text import address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Element = Any

# A file repeats a cell or row by a number, so a few bytes may stand for more cells than fit in memory.
MOST_CELLS = 500_000
LARGEST_SHEETS = 40_000_000

_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
_TABLE, _TEXT, _STYLE = (f"{{{_OFFICE}:{name}:1.0}}" for name in ("table", "text", "style"))
_VALUE = f"{{{_OFFICE}:office:1.0}}"
_SHOWN_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_BACKGROUND, _WHITE = f"{{{_OFFICE}:xsl-fo-compatible:1.0}}background-color", ("transparent", "#ffffff")
_ROW_GROUPS = {f"{_TABLE}{name}" for name in ("table-header-rows", "table-row-group", "table-rows")}
_CELLS = {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}
# Excel knows these errors, others have numbers in LibreOffice.
_ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")
# Before March 1900 spreadsheet programs disagree on the number of a day, so such a day stays a text.
_DAY_0, _FIRST_DAY = date(1899, 12, 30), date(1900, 3, 1)
# What a cell looks like, as bits of the number of its style.
_DATE, _STRUCK, _COLOURED = 1, 2, 4
# Further to the right than any column of ours, rows may be coloured without end.
_LAST_COLOURED = 50
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_FORMATS = (
    f'<xf numFmtId="{14 if look & _DATE else 0}" fontId="{int(look & _STRUCK > 0)}" fillId="{int(look & _COLOURED > 0)}">'
    f'<protection locked="{int(not look & _COLOURED)}"/></xf>'
    for look in range(8)
)
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts><font/><font><strike/></font></fonts><fills><fill/>'
    f'<fill><patternFill patternType="solid"/></fill></fills><cellXfs>{"".join(_FORMATS)}</cellXfs></styleSheet>'
)


def excel_parts(content: bytes) -> dict[str, bytes]:
    """The parts of an Excel file that says the same as the part ``content.xml`` of an OpenDocument spreadsheet.

    Raises:
        TooLargeError: it holds more than can be read safely.
        ValueError: it is not such a part.
    """
    from lxml import etree

    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from None
    if root.getroottree().docinfo.doctype:
        raise ValueError("DOCTYPE")
    tables = list(root.iterfind(f"{_VALUE}body/{_VALUE}spreadsheet/{_TABLE}table"))
    looks, room = _looks(root), _Room()
    parts = {"xl/styles.xml": _STYLES}
    for number, table in enumerate(tables, 1):
        sheet = _Sheet(looks, room)
        sheet.read(table)
        parts[f"xl/worksheets/sheet{number}.xml"] = sheet.xml()
        if sheet.notes:
            parts[f"xl/comments{number}.xml"] = sheet.notes_xml()
            parts[f"xl/worksheets/_rels/sheet{number}.xml.rels"] = _relations({"n": f"comments /xl/comments{number}.xml"})
    names = [table.get(f"{_TABLE}name", "") for table in tables]
    listed = (f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="s{number}"/>' for number, name in enumerate(names, 1))
    parts["xl/workbook.xml"] = f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}"><sheets>{"".join(listed)}</sheets></workbook>'
    targets = {f"s{number}": f"worksheet /xl/worksheets/sheet{number}.xml" for number in range(1, len(names) + 1)}
    parts["xl/_rels/workbook.xml.rels"] = _relations({**targets, "styles": "styles /xl/styles.xml"})
    parts["_rels/.rels"] = _relations({"book": "officeDocument /xl/workbook.xml"})
    return {name: part.encode() for name, part in parts.items()}


@dataclass
class _Room:
    """How much more may be written for one file."""

    cells: int = MOST_CELLS
    letters: int = LARGEST_SHEETS

    def take(self, text: str) -> None:
        self.cells -= 1
        self.letters -= len(text)
        if self.cells < 0 or self.letters < 0:
            raise TooLargeError


@dataclass
class _Sheet:
    """The rows, merged cells and notes of a table, as they are written in an Excel file."""

    looks: Mapping[str, int]
    room: _Room
    rows: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)

    def read(self, table: Element) -> None:
        at, columns = 0, _of_columns(table)
        for row in _rows(table):
            again = _number(row, "number-rows-repeated")
            cells = list(self._cells(row, at, columns))
            for place in range(at, at + again) if any(_is_filled(cell) for _, cell in cells) else ():
                written = [_placed(cell, address(place, column)) for column, cell in cells]
                for one in written:
                    self.room.take(one)
                self.rows.append(f'<row r="{place + 1}">{"".join(written)}</row>')
            at += again

    def _cells(self, row: Element, at: int, columns: tuple[list[int], list[str]]) -> Iterator[tuple[int, str]]:
        """Column and content of each filled or coloured cell of a row, without its place."""
        column, of_row = 0, row.get(f"{_TABLE}default-cell-style-name", "")
        for cell in row.iterchildren(*_CELLS):
            again = _number(cell, "number-columns-repeated")
            style = cell.get(f"{_TABLE}style-name") or of_row or columns[1][bisect_right(columns[0], column)]
            look = self.looks.get(style, 0)
            if any(self.looks.get(span.get(f"{_TEXT}style-name", ""), 0) & _STRUCK for span in cell.iter(f"{_TEXT}span")):
                look |= _STRUCK
            written = _cell(cell, look)
            place = address(at, column)
            if note := _note(cell):
                self.room.take(note)
                self.notes[place] = note
            width, height = _number(cell, "number-columns-spanned"), _number(cell, "number-rows-spanned")
            if width > 1 or height > 1:
                self.room.take(place)
                self.merged.append(f"{place}:{address(at + height - 1, column + width - 1)}")
            end = column + again if _is_filled(written) else min(column + again, _LAST_COLOURED)
            for one in range(column, end) if written else ():
                self.room.take("")
                yield one, written
            column += again

    def xml(self) -> str:
        merged = "".join(f'<mergeCell ref="{one}"/>' for one in self.merged)
        merged = f"<mergeCells>{merged}</mergeCells>" if merged else ""
        return f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(self.rows)}</sheetData>{merged}</worksheet>'

    def notes_xml(self) -> str:
        notes = (f'<comment ref="{place}"><text><t>{escape(note)}</t></text></comment>' for place, note in self.notes.items())
        return f'<comments xmlns="{_MAIN}"><commentList>{"".join(notes)}</commentList></comments>'


def _rows(parent: Element) -> Iterator[Element]:
    """The rows of a table in order, however they are grouped."""
    for child in parent:
        if child.tag == f"{_TABLE}table-row":
            yield child
        elif child.tag in _ROW_GROUPS:
            yield from _rows(child)


def _of_columns(table: Element) -> tuple[list[int], list[str]]:
    """Before which column each run of columns ends, and the style of cells that have none of their own; blank for the rest."""
    columns = list(table.iter(f"{_TABLE}table-column"))
    ends = list(accumulate(_number(column, "number-columns-repeated") for column in columns))
    return ends, [*(column.get(f"{_TABLE}default-cell-style-name", "") for column in columns), ""]


def _cell(cell: Element, look: int) -> str:
    """A filled cell without its place, or a blank one that is coloured; otherwise empty."""
    formula = cell.get(f"{_TABLE}formula", "")
    kind, value = cell.get(f"{_VALUE}value-type", ""), cell.get(f"{_VALUE}value", "")
    styled, shown = f' s="{look}"' if look else "", _words(cell)
    if cell.get(_SHOWN_TYPE) == "error":
        content = f'{styled} t="e">{_formula(formula)}<v>{shown if shown in _ERRORS else "#VALUE!"}</v>'
    elif kind == "boolean":
        content = f'{styled} t="b">{_formula(formula)}<v>{int(cell.get(f"{_VALUE}boolean-value") == "true")}</v>'
    elif kind in ("float", "currency") and value:
        content = f"{styled}>{_formula(formula)}<v>{escape(value)}</v>"
    elif kind == "date" and (day := _day(cell.get(f"{_VALUE}date-value", ""))):
        content = f' s="{look | _DATE}">{_formula(formula)}<v>{day}</v>'
    else:
        text = cell.get(f"{_VALUE}string-value") or cell.get(f"{_VALUE}date-value") or shown
        if not (text or formula):
            return f"<c{styled}/>" if look & _COLOURED else ""
        kept = f'<is><t xml:space="preserve">{escape(text)}</t></is>'
        content = f'{styled} t="str">{_formula(formula)}<v>{escape(text)}</v>' if formula else f'{styled} t="inlineStr">{kept}'
    return f"<c{content}</c>"


def _is_filled(written: str) -> bool:
    return bool(written) and not written.endswith("/>")


def _placed(cell: str, at: str) -> str:
    return f'<c r="{at}"{cell[2:]}'


def _formula(formula: str) -> str:
    """A formula as Excel writes it: without its language and the signs around addresses."""
    said = formula.partition(":=")[2] if ":=" in formula[:8] else formula.removeprefix("=")
    return f"<f>{escape(said.replace('[.', '').replace(':.', ':').replace(']', ''))}</f>" if formula else ""


def _day(written: str) -> str:
    """The number of a day in a spreadsheet; empty for what is none."""
    try:
        day = datetime.fromisoformat(written).date()
    except ValueError:
        return ""
    return str((day - _DAY_0).days) if day >= _FIRST_DAY else ""


def _words(cell: Element) -> str:
    """The paragraphs of a cell, without its note."""
    return "\n".join(_text(one) for one in cell.iterchildren(f"{_TEXT}p", f"{_TEXT}h"))


def _note(cell: Element) -> str:
    """What the note of a cell says; empty if it has none."""
    note = cell.find(f"{_VALUE}annotation")
    return "\n".join(_text(one) for one in note.iter(f"{_TEXT}p")) if note is not None else ""


def _text(element: Element) -> str:
    """The text of a paragraph, with the signs that stand for spaces, tabs and line ends."""
    from lxml import etree

    parts: list[str] = []
    for event, one in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            if one.tag == f"{_TEXT}s":
                parts.append(" " * min(_number(one, "c", _TEXT), 1000))
            elif one.tag in (f"{_TEXT}tab", f"{_TEXT}line-break"):
                parts.append("\t" if one.tag.endswith("tab") else "\n")
            parts.append(one.text or "" if isinstance(one.tag, str) else "")
        elif one is not element:
            parts.append(one.tail or "")
    return "".join(parts)


def _looks(root: Element) -> dict[str, int]:
    """What the cells and texts of each style look like, as far as it matters: struck out, or open to answers and coloured."""
    looks: dict[str, int] = {}
    for style in root.iter(f"{_STYLE}style"):
        look = 0
        for text in style.iterchildren(f"{_STYLE}text-properties"):
            lines = (text.get(f"{_STYLE}text-line-through-{name}") for name in ("style", "type"))
            look |= _STRUCK * (next(filter(None, lines), "none") != "none")
        for cell in style.iterchildren(f"{_STYLE}table-cell-properties"):
            is_open = cell.get(f"{_STYLE}cell-protect") == "none"
            look |= _COLOURED * (is_open and cell.get(_BACKGROUND, "transparent").lower() not in _WHITE)
        looks[style.get(f"{_STYLE}name", "")] = look
    return looks


def _number(element: Element, name: str, space: str = _TABLE) -> int:
    """A number of repeats or of cells spanned, 1 if it is not given."""
    written = element.get(f"{space}{name}", "1")
    return max(1, int(written)) if written.isascii() and written.isdigit() and len(written) < 9 else 1


def _relations(targets: Mapping[str, str]) -> str:
    related = "".join(
        f'<Relationship Id="{id}" Type="{_RELATED}/{kind}" Target="{target}"/>'
        for id, (kind, target) in ((id, one.split(" ")) for id, one in targets.items())
    )
    return f'<Relationships xmlns="{_RELATIONS}">{related}</Relationships>'
