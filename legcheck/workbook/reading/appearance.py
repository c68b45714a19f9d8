"""What people see of cells beside their values: notes, text struck out, colours. None of it is an answer, so it is named."""

from __future__ import annotations

import posixpath
import re
from functools import cached_property
from html import unescape
from typing import TYPE_CHECKING

from legcheck.issues import NOTE_UNREAD, ONLY_COLOURED, STRUCK_OUT
from legcheck.words import compact
from legcheck.workbook.columns import NOTE_BEGINS, is_list, row_parts
from legcheck.workbook.text import address, cell_of, clean, short

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from legcheck.workbook.reading.sheets import Sheets, Table
    from legcheck.workbook.reading.spreadsheet import Spreadsheet
    from legcheck.workbook.text import Place

_MOST_CELLS = 10

_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_TO_NOTES = re.compile(rb"""\sType\s*=\s*["'][^"']*/(?:comments|threadedComment)["']""")
_TARGET = re.compile(rb"""\sTarget\s*=\s*["']([^"']+)["']""")
_NOTE = re.compile(rb"<(?:\w+:)?(?:c|threadedC)omment\s")
_REF = re.compile(rb"""\bref\s*=\s*["']([A-Z]{1,3}[0-9]{1,7})["']""")
_WRITTEN = re.compile(rb"<(?:\w+:)?t(?:ext)?(?:\s[^<>]*)?>([^<]+)")

_CELL = re.compile(rb"<(?:\w+:)?c\s")
_ADDRESS = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3}[0-9]{1,7})["']""")
_STYLE = re.compile(rb"""\bs\s*=\s*["']([0-9]{1,6})["']""")
_SHARED = re.compile(rb"""\bt\s*=\s*["']s["'][^>]*>\s*<(?:\w+:)?v>\s*([0-9]{1,8})""")
_STRUCK = re.compile(rb"""<(?:\w+:)?strike(?:\s+val\s*=\s*["'](?:1|true)["'])?\s*/?>""")
_OPEN = re.compile(rb"""\slocked\s*=\s*["'](?:0|false)["']""")
_FILLED = re.compile(rb"""patternType\s*=\s*["'](?!none|gray125)|gradientFill""")
_WHITE = re.compile(rb"""<(?:\w+:)?fgColor\s(?:rgb=["'](?:FF|00)FFFFFF|theme=["']0|indexed=["'](?:9|64))["']""", re.IGNORECASE)


def report_appearance(sheets: Sheets, answers: Iterable[Table], *, notes: bool = True) -> None:
    """Report notes beside blank cells, text that is struck out, and answer cells that are coloured instead of filled in.

    Without `notes`, which have to be unpacked first, the rest costs next to nothing.
    """
    book, seen = sheets.book, _Appearance(sheets.book)
    for name in book.names:
        if name != sheets.identity.sheet and not is_list(book.rows(name)):
            if notes:
                _report_notes(sheets, name, seen.notes(name))
            _report_struck_out(sheets, name, seen.struck_out(name))
    for table in answers:
        _report_coloured(table, seen.coloured(table.name))


def _report_notes(sheets: Sheets, name: str, notes: Mapping[Place, str]) -> None:
    """Report notes beside blank cells; beside a filled one, a note is a remark on what stands there."""
    book = sheets.book
    for place, text in notes.items():
        if _shown(book, name, place) == "" or place in book.formulas(name):
            sheets.issues.add(NOTE_UNREAD, book.at(name, address(*place)), value=short(text))


def _report_struck_out(sheets: Sheets, name: str, struck_out: Iterable[Place]) -> None:
    """Report text that is struck out, once a row."""
    book = sheets.book
    by_row: dict[int, list[Place]] = {}
    for place in sorted(struck_out):
        if _shown(book, name, place) != "":
            by_row.setdefault(place[0], []).append(place)
    for places in by_row.values():
        facts = {"value": short(_shown(book, name, places[0])), "cells": _listed(places)}
        sheets.issues.add(STRUCK_OUT, book.at(name, address(*places[0])), **facts)


def _report_coloured(table: Table, coloured: Iterable[Place]) -> None:
    """Report blank answer cells that somebody has coloured, once a sheet."""
    book, answer, id = table.sheets.book, table.columns.get("answer"), table.columns["id"]
    blank = [
        (row, column)
        for row, column in sorted(coloured)
        if column == answer and _shown(book, table.name, (row, column)) == ""
        if any(row_parts(compact(_shown(book, table.name, (row, id))))[1:])
    ]
    if blank:
        at = book.at(table.name, address(*blank[0]))
        table.sheets.issues.add(ONLY_COLOURED, at, count=len(blank), cells=_listed(blank))


def _shown(book: Spreadsheet, sheet: str, place: Place) -> str:
    """The text of a cell, empty if it is blank."""
    rows, (row, column) = book.rows(sheet), place
    return clean(rows[row][column]) if row < len(rows) and column < len(rows[row]) else ""


def _listed(places: Iterable[Place]) -> str:
    cells = [address(*place) for place in places]
    return ", ".join(cells[:_MOST_CELLS]) + ", ..." * (len(cells) > _MOST_CELLS)


class _Appearance:
    """Finds in the parts of a workbook what its cells look like."""

    def __init__(self, book: Spreadsheet) -> None:
        self.book = book
        self.parts = book.package.parts

    def notes(self, sheet: str) -> dict[Place, str]:
        """What people wrote in the notes and threads of comments of a sheet, by the cell beside which they stand."""
        found: dict[Place, str] = {}
        for part in sorted(self._note_parts(sheet), key=lambda name: "threaded" in name):  # its text replaces that of its note
            written: dict[Place, list[str]] = {}
            for note in _NOTE.split(self.book.package.notes.get(part, b""))[1:]:
                if at := _REF.search(note.partition(b">")[0]):
                    text = unescape(b"".join(_WRITTEN.findall(note)).decode("utf-8", "replace"))
                    written.setdefault(cell_of(at[1].decode()), []).append(text.partition(NOTE_BEGINS)[0].strip())
            found |= {place: "\n".join(texts) for place, texts in written.items()}
        return {place: text for place, text in found.items() if text}

    def _note_parts(self, sheet: str) -> Iterator[str]:
        """The names of the parts that hold the notes of a sheet."""
        folder, name = posixpath.split(self.book.part(sheet))
        for relation in _RELATION.findall(self.book.package.notes.get(f"{folder}/_rels/{name}.rels", b"")):
            target = _TARGET.search(relation)
            if target is not None and _TO_NOTES.search(relation):
                path = posixpath.join("/", folder, target[1].decode("utf-8", "replace"))
                yield posixpath.normpath(path).lstrip("/")

    def struck_out(self, sheet: str) -> Iterator[Place]:
        """The cells of a sheet with text that is struck out, as a whole or in part."""
        xml = self.parts.get(self.book.part(sheet), b"")
        if not (self._struck_styles or (self.book.may_be_struck(sheet) and (self._struck_texts or b"strike" in xml))):
            return
        for place, style, cell in _cells(xml):
            shared = _SHARED.search(cell)
            if style in self._struck_styles or (shared and int(shared[1]) in self._struck_texts) or _STRUCK.search(cell):
                yield place

    def coloured(self, sheet: str) -> Iterator[Place]:
        """The cells of a sheet that are open to answers and filled with a colour: the tool leaves them white."""
        if self._coloured_styles:
            xml = self.parts.get(self.book.part(sheet), b"")
            yield from (place for place, style, _ in _cells(xml) if style in self._coloured_styles)

    @cached_property
    def _struck_styles(self) -> set[int]:
        if b"strike" not in self.parts.get("xl/styles.xml", b""):
            return set()
        return {number for number, _, font in self._styles("font") if _STRUCK.search(font)}

    @cached_property
    def _coloured_styles(self) -> set[int]:
        filled = ((number, fill) for number, format, fill in self._styles("fill") if _OPEN.search(format))
        return {number for number, fill in filled if _FILLED.search(fill) and not _WHITE.search(fill)}

    def _styles(self, kind: str) -> Iterator[tuple[int, bytes, bytes]]:
        """Number and XML of the format of every style of cells, and the XML of its font or fill."""
        looks, chosen = self._listed(f"{kind}s", kind), re.compile(rb"""\b%sId\s*=\s*["']([0-9]{1,6})["']""" % kind.encode())
        for number, format in enumerate(self._listed("cellXfs", "xf")):
            at = chosen.search(format)
            if at is not None and int(at[1]) < len(looks):
                yield number, format, looks[int(at[1])]

    def _listed(self, whole: str, tag: str) -> list[bytes]:
        """The XML of the entries of a list of styles."""
        styles, name = self.parts.get("xl/styles.xml", b""), whole.encode()
        begin = styles.find(name)
        return re.split(rb"<(?:\w+:)?%s\b" % tag.encode(), styles[begin : styles.find(name, begin + len(name))])[1:]

    @cached_property
    def _struck_texts(self) -> set[int]:
        """The numbers of the shared texts in which something is struck out."""
        shared = self.parts.get("xl/sharedStrings.xml", b"")
        if b"strike" not in shared:
            return set()
        return {number for number, text in enumerate(re.split(rb"<(?:\w+:)?si\b", shared)[1:]) if _STRUCK.search(text)}


def _cells(xml: bytes) -> Iterator[tuple[Place, int, bytes]]:
    """Place, number of style and XML of the cells of a sheet."""
    for cell in _CELL.split(xml)[1:]:
        head = cell.partition(b">")[0]
        at, style = _ADDRESS.search(head), _STYLE.search(head)
        if at is not None:
            yield cell_of(at[1].decode()), int(style[1]) if style else 0, cell
