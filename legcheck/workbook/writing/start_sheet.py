"""Writes the Start sheet: whose assessment this is, where to begin, how far it has come, and how to fill it in."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from legcheck.countries import is_fictional
from legcheck.excel import Cells, Formula, address, letter
from legcheck.model import Kind
from legcheck.workbook import looks
from legcheck.workbook.columns import GUIDE, LAWS, START, START_FIELDS, Column, Form
from legcheck.workbook.writing.chapter_sheets import is_rated
from legcheck.workbook.writing.draft import Draft, DraftSheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from legcheck.model import Dimension, Provision
    from legcheck.workbook.writing.chapter_sheets import Table

_FIRST, _VALUE, _VALUE_END = 2, 3, 5
# Fields with a list of choices.
_CHOICES = ("scope", "kind")
# So many of the answers to be confirmed are named on the first screen, or all core ones; the counts by chapter tell the rest.
_MOST_TO_CONFIRM = 16
_SIGN = "\N{CHECK MARK}"
_ALL_DONE = "#8FC1B5"
_KICKER = replace(looks.BAND, bold=True, colour="#BFD9DE", vertical="bottom")
_TITLE = replace(looks.TITLE, shrink=True)
_SUBTITLE = replace(looks.BAND, colour=looks.BANNER, vertical="top")
_RETURN = replace(looks.BAND, size=11, bold=True, fill=looks.TEAL, wrap=True)
_FIELD = replace(looks.BOXED, size=11, open=True, format="@")
_HINT = replace(looks.SMALL, size=10, vertical="center", indent=1)
_COUNT = replace(looks.BOXED, horizontal="right", indent=0, format="0")
_LONE_COUNT = replace(_COUNT, horizontal="center")  # in the widest column
_STEP = replace(looks.TEXT, size=11, vertical="center")
_LEADING_STEP = replace(_STEP, colour=looks.NAVY, underline=True)
_LINK = replace(looks.BOXED, colour=looks.NAVY, underline=True, wrap=False, shrink=True)
_DONE = replace(looks.TEXT, bold=True, colour=looks.TEAL, vertical="center", indent=1)
_TOTAL = replace(looks.LABEL, fill=looks.BANNER)


class StartSheet:
    """The Start sheet, placed first and written last, when the places of all provisions are known."""

    def __init__(self, draft: Draft) -> None:
        self.draft, self.checklist, self.labels = draft, draft.checklist, draft.labels
        self.last = max(_VALUE_END + 3, _VALUE + 1 + 2 * len(draft.checklist.dimensions))
        self.page = DraftSheet(draft, START, 2.5, 50, *[13] * (self.last - 3), 34)
        self.row = 4
        self.sections: list[int] = []

    @property
    def top(self) -> Cells:
        """Its first cell, to link to."""
        return self.page.sheet.cells(1, 1)

    def write(self, tables: Sequence[Table], laws: Cells, guide: Cells) -> None:
        """Write the sheet; `tables` are the chapters as written, `laws` and `guide` where the other sheets begin."""
        parts = [self._label("subtitle", id=self.checklist.id, version=self.checklist.version)]
        parts += [self._label("short")] if self.draft.form.short else []
        parts += [self.draft.form.part] if self.draft.form.part else []
        parts += [self._only()] if self.draft.form.partial else []
        self.page.bands(
            self.last,
            (self._label("kicker"), _KICKER, 24),
            (self.checklist.title, _TITLE, 32),
            (self.labels.join(parts), _SUBTITLE, 20),
        )
        self._return()
        self._confirm(tables)
        self._first({"laws": laws, "guide": guide})
        self.row += 1
        self.page.notice(self.row, self.last, self._label("privacy_title"), self._label("privacy"))
        self.row += 2
        self._fields()
        self._begin(tables)
        self._progress(tables)
        self._about()
        self.page.finish(about=self._label("kicker"))
        self.page.break_pages(self.last, self.sections, self.row)
        self.page.sheet.print_area(self.row - 1, self.last)  # a link that LibreOffice leaves unwrapped would open an empty page

    def _only(self) -> str:
        """What the workbook asks and nothing else: chapters by id, or a number of provisions where one is not whole."""
        asked = self.draft.chapters
        whole = {chapter.id: some for chapter, some in Form(self.draft.form.short).asked(self.checklist)}
        if all(some == whole[chapter.id] for chapter, some in asked):
            return self._label("only", chapters=", ".join(chapter.id for chapter, _ in asked))
        return self._label("only_some", items=self.labels("common.count.provisions", count=sum(len(some) for _, some in asked)))

    def _label(self, key: str, **facts: object) -> str:
        return self.labels(f"workbook.start.{key}", **facts)

    def _text(self, text: str) -> None:
        self.page.own(self.row, _FIRST, text, looks.TEXT, last=self.last)
        self.row += 1

    def _section(self, key: str) -> None:
        self.row += 1
        self.sections.append(self.row)
        self.page.section(self.row, self._label(key))
        self.row += 1

    def _return(self) -> None:
        """Where and until when to return the file."""
        to, until = self.draft.form.return_to, self.draft.form.until
        if not to and until is None:
            return
        key = "return_both" if to and until else "return_to" if to else "return_until"
        text = self._label(key, to=to, date=self.labels.date(until) if until else "")
        self.page.sheet.paint(4, 1, self.last, _RETURN)
        self.page.own(4, _FIRST, text, _RETURN, last=self.last)
        self.page.sheet.grow(4, 26)
        self.row += 1

    def _confirm(self, tables: Sequence[Table]) -> None:
        """What was to be confirmed when the file was made: first what says more than that it was carried over, else the core."""
        waiting = sorted(self._to_confirm(tables), key=lambda one: not one.core)
        if not waiting:
            return
        told = [one for one in waiting if "\n" in self.draft.assessment.answer(one.id).to_confirm]
        named = told or waiting[: max(_MOST_TO_CONFIRM, sum(one.core for one in waiting))]
        self._section("confirm")
        self._text(self._label("confirm_first", count=len(waiting), column=self._confirm_heading))
        self._linked(named)
        if len(waiting) > len(named):
            self._text(self._label("confirm_more", progress=self._label("progress")))

    def _to_confirm(self, tables: Iterable[Table]) -> list[Provision]:
        answers = self.draft.assessment
        return [one for table in tables for one in table.provisions if answers.answer(one.id).to_confirm]

    @property
    def _confirm_heading(self) -> str:
        return self.labels("workbook.columns.answers.to_confirm")

    def _first(self, links: Mapping[str, Cells]) -> None:
        """What to do first, step by step; a step that names another sheet leads there."""
        self._section("first")
        names = {"laws": self.labels(f"workbook.sheets.{LAWS}"), "guide": self.labels(f"workbook.sheets.{GUIDE}")}
        for number, text in enumerate(self.labels.under("workbook.start.steps").values(), 1):
            step = f"{number}.  {text.format(about=self._label('about'), **names)}"
            to = next((cell for name, cell in links.items() if f"{{{name}}}" in text), None)
            self.page.own(self.row, _FIRST, step, _STEP if to is None else _LEADING_STEP, last=self.last, link=to or "")
            self.row += 1

    def _fields(self) -> None:
        self._section("about")
        self.draft.headings[START] = self.labels.under("workbook.fields")
        cells = {}
        for column in self._asked():
            self.page.sheet.set_height(self.row, 21)
            self.page.own(self.row, _FIRST, self.draft.headings[START][column.key], looks.LABEL)
            look = replace(_FIELD, format=self.labels("common.cell_day")) if column.key == "as_of" else _FIELD
            self.page.answer(self.row, _VALUE, self._value(column.key), look, last=_VALUE_END)
            hint = self.labels(f"workbook.hints.{column.key}")
            self.page.own(self.row, _VALUE_END + 1, hint, _HINT, last=self.last, hint=True)
            cells[column.key] = address(self.row, _VALUE)
            self.row += 1
        for key in (key for key in _CHOICES if key in cells):
            self.page.choose(cells[key], self.draft.choices_of(key), key)
        self.page.prompt(cells["country"], "country")
        self.page.prompt(cells["as_of"], "date")

    def _asked(self) -> Iterator[Column]:
        """The fields of this workbook: what a code stands for is asked of those that ISO leaves to users."""
        usual = self.draft.assessment.kind is Kind.COUNTRY and not is_fictional(self.draft.assessment.country, Kind.COUNTRY)
        return (column for column in START_FIELDS if not (usual and column.key == "kind"))

    def _value(self, key: str) -> str | date | None:
        if key in _CHOICES:
            return self.labels(f"workbook.choices.{key}.{getattr(self.draft.assessment, key).value}")
        if key == "country_name":
            return self.draft.country_name
        value: str | date | None = getattr(self.draft.assessment, key)
        return value

    def _begin(self, tables: Sequence[Table]) -> None:
        """Where to begin and how long it takes: the core provisions, unless the workbook asks nothing else."""
        self._section("begin")
        asked = [provision for table in tables for provision in table.provisions]
        core = [(table, provision) for table in tables for provision in table.provisions if provision.core]
        chapters = self.labels("common.count.chapters", count=len(tables))
        if core:
            self._text(self._label("begin_core", **self._amount(core)))
            self._core(core)
        if len(core) < len(asked):
            self._text(self._label("whole" if core else "begin_all", chapters=chapters, **self._amount(asked)))

    def _amount(self, asked: Sequence[object]) -> dict[str, str]:
        """How many provisions, and about how long they take."""
        items = self.labels("common.count.provisions", count=len(asked))
        return {"items": items, "time": self.labels.time_needed(len(asked), self.checklist)}

    def _core(self, core: Sequence[tuple[Table, Provision]]) -> None:
        """The core provisions in two columns, each with a sign once it is rated."""
        dimension = self.checklist.dimensions[0]
        places = self._linked([provision for _, provision in core])
        for (row, column), (table, provision) in zip(places, core, strict=True):
            sign = _SIGN if is_rated(self.draft, provision, dimension) else ""
            formula = Formula(f'=IF({table.rated(dimension, provision)}>0,"{_SIGN}","")', sign)
            self.page.sheet.put(row, column, formula, _DONE)

    def _linked(self, provisions: Sequence[Provision]) -> list[tuple[int, int]]:
        """Links to provisions in two columns; the row and column beside each."""
        half, beside = (len(provisions) + 1) // 2, []
        for place, provision in enumerate(provisions):
            column, row = (_FIRST, self.row + place) if place < half else (_VALUE + 1, self.row + place - half)
            last = column if place < half else self.last - 1
            text = f"{provision.id}  {provision.title}"
            self.page.own(row, column, text, _LINK, last=last, link=self.draft.places[provision.id])
            self.page.sheet.set_height(row, 18)
            beside.append((row, last + 1))
        self.row += half
        return beside

    def _progress(self, tables: Sequence[Table]) -> None:
        """How many provisions each chapter has, how many are rated and to be confirmed: counted by the spreadsheet."""
        self._section("progress")
        dimensions = self.checklist.dimensions
        titles = [self._label("chapter"), self._label("items")]
        titles += [self._label(key, dimension=one.title) for one in dimensions for key in ("answered", "share")]
        titles += [self._confirm_heading]
        self.page.sheet.set_height(self.row, 30)
        for column, title in enumerate(titles, _FIRST):
            self.page.own(self.row, column, title, looks.HEADING)
        first, totals = self.row + 1, [0] * (2 + len(dimensions))
        for table in tables:
            self.row += 1
            self.page.link(self.row, _FIRST, f"{table.chapter.id}  {table.chapter.title}", _LINK, table.cells)
            self.page.sheet.set_height(self.row, 18)
            counts = [len(table.provisions), *(self._rated(table, one) for one in dimensions), len(self._to_confirm([table]))]
            rated = [table.rated(one) for one in dimensions]
            self._line([f"={one}" for one in (table.asked(dimensions[0]), *rated, table.to_confirm)], counts)
            totals = [total + count for total, count in zip(totals, counts, strict=True)]
        last = self.row
        self.row += 1
        self.page.sheet.set_height(self.row, 20)
        self.page.own(self.row, _FIRST, self._label("total"), _TOTAL)
        self._line([f"=SUM({letter(at)}{first}:{letter(at)}{last})" for at in self._count_columns()], totals)
        for at in self._count_columns()[1:-1]:
            self.page.sheet.shade(address(first, at + 1, self.row, at + 1), looks.WHITE, _ALL_DONE)
        self.row += 1

    def _rated(self, table: Table, dimension: Dimension) -> int:
        return sum(is_rated(self.draft, provision, dimension) for provision in table.provisions)

    def _count_columns(self) -> list[int]:
        """The columns of counts; each but the first and the last has its share beside it."""
        return [_VALUE, *(_VALUE + 1 + 2 * place for place in range(1 + len(self.checklist.dimensions)))]

    def _line(self, formulas: list[str], counts: list[int]) -> None:
        items = address(self.row, _VALUE)
        last = self._count_columns()[-1]
        per_cent = " ".join(self.labels("common.percent", number="0").split())
        for at, formula, count in zip(self._count_columns(), formulas, counts, strict=True):
            self.page.sheet.put(self.row, at, Formula(formula, count), _LONE_COUNT if at == last else _COUNT)
            if _VALUE < at < last:
                share = Fraction(count, counts[0]) if counts[0] else 0
                divided = f"=IF({items}=0,0,{address(self.row, at)}/{items})"
                self.page.sheet.put(self.row, at + 1, Formula(divided, float(share)), replace(_COUNT, format=per_cent))

    def _about(self) -> None:
        """What the workbook is for, and what may be done with its sheets."""
        self._section("how")
        self._text(self._label("what", subject=self.checklist.subject))
        self._text(self._label("protection"))
