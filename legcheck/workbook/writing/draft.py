"""A workbook being written. A hidden sheet records its texts, so that the reader can tell them from what people type."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from legcheck.excel import Book, Look, Message, address, height, letter, width_of_heading
from legcheck.workbook import looks
from legcheck.workbook.columns import ALL, FORMAT, IDENTITY_SHEET, MAGIC, Column, Form
from legcheck.workbook.text import fingerprint, is_year_in_disguise, loose_fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from legcheck.excel import Cells, Sheet, Value
    from legcheck.labels import Labels
    from legcheck.model import Assessment, Chapter, Checklist, Provision

_MARKS_PER_ROW = 400
_FIRST_LIST_COLUMN = 6
_MARGINS = 0.4, 0.4, 0.4, 0.5


@dataclass
class Draft:
    """A workbook being written, and what its hidden sheet will record.

    `magic` says which kind of file it is, `root` where its labels are, and `entries` are rows of the hidden sheet that only
    this kind of file has. `fixed` and `hints` are the fingerprints of the texts written; the headings and choices written are
    kept by sheet or list and by key. `places` holds the cell of each provision's question.
    """

    book: Book
    checklist: Checklist
    assessment: Assessment
    labels: Labels
    country_name: str
    form: Form = ALL
    root: str = "workbook"
    magic: str = MAGIC
    marking: str = ""
    entries: Iterable[tuple[str, ...]] = ()
    fixed: set[int] = field(default_factory=set)
    hints: set[int] = field(default_factory=set)
    sheets: dict[str, str] = field(default_factory=dict)
    headings: dict[str, dict[str, str]] = field(default_factory=dict)
    choices: dict[str, Mapping[str, str]] = field(default_factory=dict)
    places: dict[str, Cells] = field(default_factory=dict)

    @cached_property
    def chapters(self) -> list[tuple[Chapter, tuple[Provision, ...]]]:
        """The chapters with the provisions that the workbook asks about."""
        return list(self.form.asked(self.checklist))

    def choices_of(self, kind: str) -> list[str]:
        """The words of a list of choices, recorded for reading."""
        self.choices[kind] = self.labels.under(f"{self.root}.choices.{kind}")
        return list(self.choices[kind].values())

    def dated(self, key: str) -> str:
        """A line that names the date and the checklist the file is based on."""
        checklist = self.checklist
        return self.labels(key, date=self.labels.date(self.assessment.as_of), title=checklist.title, version=checklist.version)

    def remember(self, text: str, *, hint: bool = False) -> None:
        """Record a text as written by the tool."""
        marks = {fingerprint(text), loose_fingerprint(text)}
        self.fixed |= marks
        if hint:
            self.hints |= marks

    def finish(self) -> bytes:
        """The finished file, with its hidden sheet."""
        sheet = self.book.sheet(IDENTITY_SHEET)
        for row, entry in enumerate(self._record(), 1):
            for column, text in enumerate(entry, 1):
                sheet.put(row, column, text, Look(format="@", wrap=False))
        self.book.write_lists(sheet, _FIRST_LIST_COLUMN)
        sheet.hide()
        return self.book.finish()

    def _record(self) -> Iterator[tuple[str, ...]]:
        """The rows of the hidden sheet: a kind, then up to three values."""
        checklist, assessment = self.checklist, self.assessment
        yield self.magic, FORMAT
        yield "checklist", checklist.id
        yield "version", checklist.version
        yield "digest", checklist.digest
        yield "language", self.labels.language
        yield "short", "yes" if self.form.short else "no"
        yield "chapters", " ".join(self.form.chapters)
        if self.form.provisions:
            yield "provisions", " ".join(self.form.provisions)
        yield "country", assessment.country, self.country_name
        yield from (("sheet", key, title) for key, title in self.sheets.items())
        for kind, recorded in (("column", self.headings), ("choice", self.choices)):
            yield from ((kind, group, key, shown) for group, texts in recorded.items() for key, shown in texts.items())
        yield from self.entries
        for kind, marks in (("fixed", self.fixed), ("hint", self.hints)):
            ordered = [f"{mark:x}" for mark in sorted(marks)]
            for start in range(0, len(ordered), _MARKS_PER_ROW):
                yield kind, " ".join(ordered[start : start + _MARKS_PER_ROW])


class DraftSheet:
    """One sheet of a draft. Rows grow with the wrapped texts that are written into them."""

    def __init__(self, draft: Draft, key: str, *widths: float, title: str = "") -> None:
        self.draft, self.key = draft, key
        self.labels = draft.labels
        self.sheet: Sheet = draft.book.sheet(title or draft.labels(f"{draft.root}.sheets.{key}"))
        self.sheet.widths(*widths)
        draft.sheets[key] = self.sheet.title

    def own(
        self, row: int, column: int, text: str, look: Look, *, last: int = 0, hint: bool = False, link: str | Cells = ""
    ) -> None:
        """Write one of the tool's texts, across the columns up to `last`; a `hint` stands beside a field, a `link` leads away."""
        self._put(row, column, text, look, last, link)
        if text:
            self.draft.remember(text, hint=hint)

    def link(self, row: int, column: int, text: str, look: Look, to: Cells) -> None:
        """Write one of the tool's texts as a link to a cell."""
        self.own(row, column, text, look, link=to)

    def rich(self, row: int, column: int, parts: Sequence[tuple[str, Look]], look: Look) -> None:
        """Write one of the tool's texts in several looks; `look` is that of the cell."""
        self.sheet.rich(row, column, parts, look)
        if whole := "".join(text for text, _ in parts):
            self.grow(row, _height(parts, self.sheet.width(column), look))
            self.draft.remember(whole)

    def answer(self, row: int, column: int, value: Value, look: Look, *, last: int = 0) -> None:
        """Write what a person entered, or leave the cell for them."""
        # As a date, it would be refused on reading: it looks like a year.
        as_text = isinstance(value, date) and is_year_in_disguise(value)
        self._put(row, column, str(value) if as_text else value, look, last)

    def number(self, row: int, column: int, value: int, look: Look) -> None:
        """Write a number of the tool's own."""
        self.sheet.put(row, column, value, look)
        for text in (str(value), str(float(value))):
            self.draft.remember(text)

    def _put(self, row: int, column: int, value: Value, look: Look, last: int, link: str | Cells = "") -> None:
        self.sheet.merge(row, column, last or column, value, look, link)
        if isinstance(value, str) and look.wrap:
            self.grow(row, height(value, self.sheet.width(column, last), look))

    def grow(self, row: int, points: float) -> None:
        """Make room for texts of this height in a row."""
        self.sheet.grow(row, looks.row_height(points))

    def bands(self, columns: int, *bands: tuple[str, Look, float]) -> None:
        """Bands of colour across the first rows, each with a text and a height."""
        for row, (text, look, tall) in enumerate(bands, 1):
            self.sheet.paint(row, 1, columns, look)
            self.own(row, 1 if self.sheet.width(1) > 4 else 2, text, look, last=columns if look.shrink else 0)
            self.sheet.set_height(row, tall)

    def section(self, row: int, text: str) -> None:
        """Write the title of a section, in the second column."""
        self.own(row, 2, text, looks.SECTION)
        self.sheet.set_height(row, 26)

    def notice(self, row: int, last: int, title: str, text: str) -> None:
        """A notice with a title, in two rows from the second column to `last`."""
        self.sheet.paint(row, 2, last, looks.NOTICE)
        self.own(row, 2, title, looks.NOTICE_TITLE)
        self.sheet.set_height(row, 24)
        self.own(row + 1, 2, text, looks.NOTICE, last=last)

    def prompt(self, cells: str, key: str, **facts: object) -> None:
        """Show a message when one of these cells is chosen."""
        self.sheet.prompt(cells, self.message(key, **facts))

    def choose(self, cells: str, choices: Sequence[str], key: str, *, strict: bool = True, **facts: object) -> None:
        """Offer a list of choices in cells; with `strict` nothing else can be typed."""
        error = self.error("choice", allowed=" · ".join(choices)) if strict else None
        self.sheet.choose(cells, choices, self.message(key, **facts), error)

    def message(self, key: str, **facts: object) -> Message:
        """The message shown when a cell is selected."""
        start = f"{self.draft.root}.prompts.{key}"
        return Message(self.labels(f"{start}.title"), self.labels(f"{start}.text", **facts))

    def error(self, key: str, **facts: object) -> Message:
        """The message shown when a cell rejects what was typed."""
        root = self.draft.root
        return Message(self.labels(f"{root}.errors.title"), self.labels(f"{root}.errors.{key}", **facts))

    def finish(self, *, one_page: bool = False, size: str = "A4", about: str = "") -> None:
        """Protect the sheet and set up printing: fitted to the width of landscape pages, or whole on one portrait page.

        The foot of a page names country, date and checklist, what the sheet is `about`, and the page.
        """
        draft = self.draft
        self.sheet.protect()
        country = draft.country_name or draft.assessment.country
        footer = f"{country} · {self.labels.date(draft.assessment.as_of)} · {draft.checklist.id} {draft.checklist.version}"
        self.sheet.paper(
            header=(draft.marking, ""),
            size=size,
            upright=one_page,
            footer=footer,
            middle=about or self.sheet.title,
            page=self.labels("common.page"),
            margins=_MARGINS,
            centred=True,
        )
        self.sheet.fit(1, int(one_page))

    def break_pages(self, last: int, starts: Sequence[int], bottom: int, *, repeated: int = 0) -> None:
        """Print the columns up to `last` across A4 and end pages between blocks, never within one.

        Blocks begin at the rows `starts`, the first of them with what stands above it; the first `repeated` rows stand on every
        page, and `bottom` is the last row.
        """
        blocks = [repeated + 1, *starts[1:]] if starts else []
        points = self.sheet.fit_across(last, _MARGINS) - self.sheet.height(1, repeated)
        self.sheet.break_pages(self.sheet.keep_together(blocks, bottom, points))


class TableSheet(DraftSheet):
    """A sheet of one table below a row of headings, which are recorded for reading."""

    def __init__(
        self,
        draft: Draft,
        key: str,
        head: int,
        tall: float,
        headings: Mapping[Column, str],
        *,
        chapter: str = "",
        title: str = "",
    ) -> None:
        widths = (width_of_heading(shown, one.width, looks.HEADING) for one, shown in headings.items())
        super().__init__(draft, f"{key} {chapter}".strip(), *widths, title=title)
        self.head, self.columns = head, tuple(headings)
        self.column_of = {column.key: number for number, column in enumerate(self.columns, 1)}
        draft.headings[key] = {column.key: shown for column, shown in headings.items()}
        self.sheet.set_height(head, tall)
        for number, (column, shown) in enumerate(headings.items(), 1):
            self.own(head, number, shown, looks.ANSWER_HEADING if column.answer else looks.HEADING)

    def cells(self, key: str, last: int) -> str:
        """The cells of a column below its heading, down to the row `last`."""
        return address(self.head + 1, self.column_of[key], max(last, self.head + 1), self.column_of[key])

    def first(self, key: str) -> str:
        """The first cell of a column, as a rule for the whole column refers to it."""
        return f"${letter(self.column_of[key])}{self.head + 1}"

    def frame_when_filled(self, first: int, last: int) -> None:
        """Give open rows no line on paper until they are filled: programs print down to the last row that shows something."""
        width = len(self.columns)
        self.sheet.show_grid()
        self.sheet.frame(address(first, 1, last, width), f"COUNTA($A{first}:${letter(width)}{first})>0", looks.LINE)

    def finish_table(self, last: int, keep: str, size: str = "A4", about: str = "") -> None:
        """Set up the table down to the row `last`; the columns up to `keep` stay in view."""
        self.sheet.freeze(self.head + 1, self.column_of[keep] + 1)
        self.sheet.filter(self.head, max(last, self.head + 1), len(self.columns))
        self.sheet.repeat(self.head, self.head)
        self.finish(size=size, about=about)


def _height(parts: Sequence[tuple[str, Look]], width: float, look: Look) -> float:
    """The height of a text in several looks: each line is as high as its longest part needs."""
    lines: list[list[tuple[str, Look]]] = [[]]
    for text, part in parts:
        first, *others = text.split("\n")
        lines[-1].append((first, part))
        lines += [[(piece, part)] for piece in others]
    return sum(_line_height(line, width, look) for line in lines)


def _line_height(line: Sequence[tuple[str, Look]], width: float, look: Look) -> float:
    _, longest = max(line, key=lambda part: len(part[0]))
    return height("".join(text for text, _ in line), width, replace(look, size=longest.size, bold=longest.bold))


def stretches(column: int, rows: Iterable[int]) -> str:
    """The cells of a column in these rows, as Excel writes them: ``B4:B9 B11:B11``."""
    found: list[list[int]] = []
    for row in rows:
        if found and row == found[-1][1] + 1:
            found[-1][1] = row
        else:
            found.append([row, row])
    return " ".join(address(first, column, last, column) for first, last in found)
