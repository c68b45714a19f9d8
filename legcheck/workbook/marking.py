"""Marks up a workbook: colours each cell to correct, adds a note, and lists all corrections on a first sheet.

Everything else stays as it is, whatever a spreadsheet program has put into the file: the colours are conditional rules laid over
the cells, and only the parts that hold marks are written again.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from lxml import etree

from legcheck.excel import plain
from legcheck.excel.package import COMMENTS, DRAWING, ExcelFile
from legcheck.files import digest_of
from legcheck.issues import FILE_UNREADABLE, UNUSUAL_FORM, Location, Severity, reject
from legcheck.labels import labels
from legcheck.words import compact
from legcheck.workbook import looks
from legcheck.workbook.columns import ANSWERS, CORRECTIONS_MAGIC, LAWS, NOTE_BEGINS, row_parts
from legcheck.workbook.list_sheet import ListSheet, free_title, remove_lists
from legcheck.workbook.reading.identity import identify
from legcheck.workbook.text import cell_of, clean, short

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from legcheck.excel.package import Element
    from legcheck.issues import Issue
    from legcheck.labels import Labels
    from legcheck.workbook.reading.identity import Identity
    from legcheck.workbook.reading.spreadsheet import Spreadsheet
    from legcheck.workbook.text import Rows

# Two colours used nowhere else in a workbook: they identify a mark, so that it can be removed once the cell is corrected.
MARKS = {Severity.ERROR: "FFF8C4BF", Severity.WARNING: "FFFFE8A6"}
_KEYS = ("number", "kind", "place", "about", "value", "message", "code")
_WIDTHS = (5, 11, 36, 32, 16, 56, 7)
_HEAD = 4
# The columns that name what a row is about, by kind of sheet: its id, and the text that holds its title.
_NAMED_BY = {ANSWERS: ("id", "asked"), LAWS: ("key", "title")}
_IDS = ("provision", "element")
"""The facts of an issue that hold the id of a provision or element."""
_ROW, _COLUMN = "{urn:schemas-microsoft-com:office:excel}Row", "{urn:schemas-microsoft-com:office:excel}Column"
_DRAWING = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"/></xml>'
)
_SHAPE = (
    '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel" id="_x0000_s{id}" type="#_x0000_t202" '
    'style="position:absolute;width:300pt;height:{tall}pt;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
    '<v:fill color2="#ffffe1"/><v:textbox/><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)


def annotate(path: Path, issues: Iterable[Issue], language: str) -> bytes:
    """A copy of a workbook with its issues marked, in a language; nothing else is changed.

    Marks and the list of corrections of an earlier check are replaced. Notes that people wrote are kept, with ours below them.

    Raises:
        InputError: the file is not a workbook that can be read.
        KeyError: there are no labels in this language.
    """

    def mark(file: ExcelFile, identity: Identity) -> None:
        marking = _Marking(file, identity, labels(language))
        marking.remove()
        marking.mark(list(issues))

    return changed(path, mark)


def changed(path: Path, change: Callable[[ExcelFile, Identity], None]) -> bytes:
    """A copy of a workbook after `change`, which alone differs from it.

    Raises:
        InputError: the file is not a workbook that can be read.
    """
    identity = identify(path)
    package = identity.book.package
    if package.digest != digest_of(package.content):
        raise reject(UNUSUAL_FORM, Location(str(path)))
    try:
        file = ExcelFile(package.content)
        change(file, identity)
        return file.save()
    except (ValueError, KeyError, AttributeError, TypeError):  # damage that reading the cells alone does not meet
        raise reject(FILE_UNREADABLE, Location(str(path)), problem="@issues.damage.parts") from None


def is_signed(path: Path) -> bool:
    """Whether a workbook carries a digital signature, which no changed copy can keep."""
    return any(name.startswith("_xmlsignatures/") for name in ExcelFile(path.read_bytes()).parts)


class _Marking:
    def __init__(self, file: ExcelFile, identity: Identity, labels: Labels) -> None:
        self.file, self.identity, self.labels = file, identity, labels
        self.names = _Names(identity, labels)

    # An earlier check --------------------------------------------------------------------------------------------------

    def remove(self) -> None:
        """Remove the marks of an earlier check: the list, the colours and our part of the notes."""
        remove_lists(self.file, self.identity.book, CORRECTIONS_MAGIC)
        ours = self._rule_styles()
        for part in self.file.sheets().values():
            if ours and b"conditionalFormatting" in self.file.parts[part]:
                self._remove_rules(part, ours)
            for _, comments in self.file.related(part, "comments"):
                if NOTE_BEGINS.encode() in self.file.parts.get(comments, b""):
                    _Notes(self.file, part).remove()

    def _rule_styles(self) -> set[str]:
        """The numbers of the styles that only our rules use."""
        name = self.file.name
        rules = self.file.seen("xl/styles.xml").iterfind(f"{name('dxfs')}/{name('dxf')}")
        colours = [[fill.get("rgb") for fill in one.iter(name("bgColor"))] for one in rules]
        return {str(number) for number, found in enumerate(colours) if set(found) & set(MARKS.values())}

    def _remove_rules(self, part: str, ours: set[str]) -> None:
        name = self.file.name
        for rule in list(self.file.tree(part).iter(name("cfRule"))):
            if rule.get("dxfId") in ours:
                block = rule.getparent()
                block.remove(rule)
                if not len(block):
                    block.getparent().remove(block)

    # This one ----------------------------------------------------------------------------------------------------------

    def mark(self, issues: list[Issue]) -> None:
        """Colour each cell, say in a note what to do, and list everything on a first sheet."""
        by_sheet: dict[str, dict[str, list[Issue]]] = {}
        for issue in issues:
            if issue.at.cell:
                by_sheet.setdefault(issue.at.sheet, {}).setdefault(issue.at.cell, []).append(issue)
        parts = self.file.sheets()
        for sheet, by_cell in by_sheet.items():
            if sheet in parts:
                self._colour(parts[sheet], by_cell)
                notes = _Notes(self.file, parts[sheet])
                for cell, here in by_cell.items():
                    notes.add(cell, "\n".join(f"{self._message(one)} ({one.code})" for one in here))
        self._list(issues)

    def _message(self, issue: Issue) -> str:
        """What an issue says, with the title of a provision before its id."""
        self.names.of(issue.at)
        facts = tuple((key, self.names.named(value) if key in _IDS else value) for key, value in issue.facts)
        return self.labels.message(replace(issue, facts=facts))

    def _colour(self, part: str, by_cell: Mapping[str, list[Issue]]) -> None:
        """Lay a colour over the cells, before all other rules."""
        sheet, name = self.file.tree(part), self.file.name
        for rule in sheet.iter(name("cfRule")):
            rule.set("priority", str(int(rule.get("priority", "1")) + len(MARKS)))
        for priority, (severity, colour) in enumerate(MARKS.items(), 1):
            cells = [cell for cell, here in by_cell.items() if _worst(here) is severity]
            if not cells:
                continue
            block = self.file.new("conditionalFormatting", sqref=" ".join(cells))
            style = str(self.file.rule_style(colour))
            rule = etree.SubElement(block, name("cfRule"), type="expression", dxfId=style, priority=str(priority))
            etree.SubElement(rule, name("formula")).text = "TRUE"
            self.file.put(sheet, block)

    def _list(self, issues: list[Issue]) -> None:
        """The first sheet: every issue with a link to its cell, in the order of the sheets."""
        said = self.labels
        title = free_title(self.file, said("workbook.sheets.corrections"))
        errors = sum(issue.severity is Severity.ERROR for issue in issues)
        lead = said("workbook.corrections.lead", errors=errors, warnings=len(issues) - errors)
        blank = [""] * (len(_KEYS) - 1)
        sheet = ListSheet(self.file, CORRECTIONS_MAGIC, _WIDTHS, _KEYS.index("place"))
        sheet.row(1, 34, [said("workbook.corrections.title"), *blank], looks.TITLE)
        sheet.row(2, 22, [lead if issues else said("workbook.corrections.none"), *blank], looks.BAND)
        sheet.row(_HEAD, 24, [said(f"workbook.corrections.{key}") for key in _KEYS], looks.HEADING)
        names, book = self.names, self.identity.book
        for number, issue in enumerate(sorted(issues, key=lambda issue: _order(issue.at, book.names)), 1):
            kind = said(f"workbook.corrections.{'error' if issue.severity is Severity.ERROR else 'warning'}")
            place = f"{issue.at.sheet} {issue.at.cell}".strip() or issue.at.file
            value = dict(issue.facts).get("value") or _shown_in(book, issue.at)
            texts = [str(number), kind, place, names.of(issue.at), value, self._message(issue), issue.code]
            sheet.row(_HEAD + number, 0, texts, looks.BOXED, fills={1: f"#{MARKS[issue.severity][2:]}"}, link=issue.at)
        self.file.insert_sheet(title, sheet.finish(_HEAD, said("common.page", page="&P", pages="&N")), _HEAD)


def _worst(issues: list[Issue]) -> Severity:
    return Severity.ERROR if any(issue.severity is Severity.ERROR for issue in issues) else Severity.WARNING


def _order(at: Location, sheets: Sequence[str]) -> tuple[int, int, int]:
    """Where a place comes in the workbook: what is about the whole file first, then sheet by sheet and row by row."""
    known = at.sheet in sheets
    return (sheets.index(at.sheet) if known else -1, *(cell_of(at.cell) if known and at.cell else (-1, -1)))


def _shown_in(book: Spreadsheet, at: Location) -> str:
    """What a cell holds, in short."""
    if not at.cell or at.sheet not in book.names:
        return ""
    rows, (row, column) = book.rows(at.sheet), cell_of(at.cell)
    return short(clean(rows[row][column])) if row < len(rows) and column < len(rows[row]) else ""


class _Names:
    """Says in words where a cell is and what its row is about: a provision with what the row asks, a law, or a field."""

    def __init__(self, identity: Identity, labels: Labels) -> None:
        self.identity, self.labels = identity, labels
        self._titles: dict[str, str] = {}
        self._by_sheet: dict[str, dict[int, tuple[str, ...]]] = {}
        self._heads: dict[str, list[str]] = {}

    def of(self, at: Location) -> str:
        """What the row of a cell is about, then the heading above the cell with the id of the row."""
        if not at.cell or at.sheet not in self.identity.book.names:
            return ""
        if at.sheet not in self._by_sheet:
            self._by_sheet[at.sheet] = self._rows(at.sheet)
        row, column = cell_of(at.cell)
        *about, id = self._by_sheet[at.sheet].get(row, ("",))
        heads = self._heads.get(at.sheet, [])
        head = heads[column] if column < len(heads) else ""
        return "\n".join(part for part in (*about, f"{head} ({id})" if head and id else id) if part)

    def named(self, id: str) -> str:
        """A provision or element by its title, with the id; the id alone where the sheet does not say more."""
        provision, letter, _ = row_parts(id)
        title = self._titles.get(compact(provision))
        if not title:
            return id
        shown = self.labels("workbook.corrections.provision", title=title, id=provision)
        return self.labels("workbook.corrections.element", letter=letter, provision=shown) if letter else shown

    def _rows(self, sheet: str) -> dict[int, tuple[str, ...]]:
        """What each row of a sheet is about: by the columns with our headings, otherwise by the first text in it."""
        rows = self.identity.book.rows(sheet)
        for kind, (id_key, title_key) in _NAMED_BY.items():
            shown = self.identity.headings.get(kind, {})
            wanted = shown.get(id_key, ""), shown.get(title_key, shown.get("provision", ""))
            head = next((row for row in rows if all(word and word in row for word in wanted)), None)
            if head is not None:
                self._heads[sheet] = [str(word) for word in head]
                id, title = (head.index(word) for word in wanted)
                return self._about(rows, id, title)
        return {place: (str(next((cell for cell in row if cell != ""), "")),) for place, row in enumerate(rows)}

    def _about(self, rows: Rows, id: int, title: int) -> dict[int, tuple[str, ...]]:
        found: dict[int, tuple[str, ...]] = {}
        for place, row in enumerate(rows):
            key = clean(str(row[id])) if len(row) > max(id, title) else ""
            if not key:
                continue
            of, _, rating = row_parts(key)
            asked = re.split(r"\n|\s{3,}", str(row[title]))[0].strip()
            if of == key:
                self._titles[compact(of)], asked = asked, ""
            found[place] = self._titles.get(compact(of), ""), asked, of if rating else key
        return found


class _Notes:
    """The notes of a sheet, with the shapes in which they are shown."""

    def __init__(self, file: ExcelFile, part: str) -> None:
        self.file, self.part = file, part
        self.comments = next((name for _, name in file.related(part, "comments")), "")
        drawn = dict(file.related(part, "vmlDrawing"))
        legacy = file.seen(part).find(file.name("legacyDrawing"))
        self.drawing = drawn.get(legacy.get(f"{{{file.office}}}id"), "") if legacy is not None else ""
        self.threads = b"".join(file.parts.get(name, b"") for _, name in file.related(part, "threadedComment"))

    def add(self, cell: str, text: str) -> None:
        """Add a text to the note of a cell; threads of comments, which belong to their authors, are left alone."""
        if f'ref="{cell}"'.encode() in self.threads or not self._drawable():
            return
        self._prepare()
        notes, name = self.file.tree(self.comments), self.file.name
        note = next((one for one in notes.iter(name("comment")) if one.get("ref") == cell), None)
        text = f"{NOTE_BEGINS}\n{plain(text)}"
        if note is None:
            note = etree.SubElement(notes.find(name("commentList")), name("comment"), ref=cell, authorId=str(self._author(notes)))
            etree.SubElement(note, name("text"))
            self._draw(cell, text)
        else:
            text = f"\n\n{text}"
        run = etree.SubElement(etree.SubElement(note.find(name("text")), name("r")), name("t"))
        run.text = text
        run.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    def _drawable(self) -> bool:
        """Whether shapes can be added: some programs write drawings that are not quite XML. The list still says everything."""
        try:
            return not self.drawing or self.file.seen(self.drawing) is not None
        except ValueError:
            return False

    def remove(self) -> None:
        """Remove our part of every note, and notes that hold nothing else."""
        notes, name = self.file.tree(self.comments), self.file.name
        for note in list(notes.iter(name("comment"))):
            runs = [one for one in note.iter(name("t")) if one.text]
            whole = "".join(one.text for one in runs)
            if NOTE_BEGINS not in whole:
                continue
            left = len(whole.partition(NOTE_BEGINS)[0].rstrip())
            if not left:
                note.getparent().remove(note)
                self._erase(note.get("ref"))
            for run in runs:
                run.text, left = run.text[:left], max(0, left - len(run.text))

    def _prepare(self) -> None:
        """Give the sheet the two parts that notes need."""
        sheet, file = self.file.tree(self.part), self.file
        if not self.comments:
            empty = f'<comments xmlns="{file.space}"><authors/><commentList/></comments>'.encode()
            self.comments = file.add("xl/comments/legcheck{}.xml", empty, COMMENTS)
            file.attach(self.part, "comments", self.comments)
        if not self.drawing:
            self.drawing = file.add("xl/drawings/legcheck{}.vml", _DRAWING.encode(), DRAWING)
            legacy = file.new("legacyDrawing")
            legacy.set(f"{{{file.office}}}id", file.attach(self.part, "vmlDrawing", self.drawing))
            file.put(sheet, legacy)

    def _author(self, notes: Element) -> int:
        authors = notes.find(self.file.name("authors"))
        known = [one.text for one in authors]
        if "legcheck" not in known:
            etree.SubElement(authors, self.file.name("author")).text = "legcheck"
            known.append("legcheck")
        return known.index("legcheck")

    def _draw(self, cell: str, text: str) -> None:
        row, column = cell_of(cell)
        tall = min(400, 24 + 13 * sum(1 + len(line) // 56 for line in text.split("\n")))
        drawing = self.file.tree(self.drawing)
        taken = etree.tostring(drawing)
        id = next(number for number in range(1025, 1_000_000) if b"_s%d" % number not in taken)
        drawing.append(etree.fromstring(_SHAPE.format(id=id, tall=tall, row=row, column=column)))

    def _erase(self, cell: str) -> None:
        place = tuple(map(str, cell_of(cell)))
        for shape in list(self.file.tree(self.drawing)) if self.drawing else ():
            if tuple((shape.findtext(f".//{tag}") or "").strip() for tag in (_ROW, _COLUMN)) == place:
                shape.getparent().remove(shape)
