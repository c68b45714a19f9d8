"""Writes the Start sheet: what this is, who and when, how to fill it in, and progress."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from legcheck.countries import is_fictional
from legcheck.excel import Formula, address, letter, quoted
from legcheck.model import Kind
from legcheck.workbook import looks
from legcheck.workbook.columns import ASSESSMENT, GUIDE, LAWS, RATING, START, START_FIELDS, Column
from legcheck.workbook.writing.draft import Draft, DraftSheet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

_FIRST, _VALUE, _VALUE_END = 2, 3, 5
_BAR = "#8FC1B5"
_KICKER = replace(looks.BAND, bold=True, colour="#BFD9DE", vertical="bottom")
_SUBTITLE = replace(looks.BAND, colour=looks.BANNER, vertical="top")
_FIELD = replace(looks.BOXED, size=11, open=True, format="@")
_HINT = replace(looks.SMALL, vertical="center", indent=1)
_COUNT = replace(looks.BOXED, horizontal="right", indent=0, format="0")
_SHARE = replace(_COUNT, format="0%")
# Fields with a list of choices.
_CHOICES = frozenset({"scope", "kind"})
_CHAPTER = replace(looks.LABEL, bold=False)
_TOTAL = replace(looks.LABEL, fill=looks.BANNER)


def write_start(draft: Draft) -> None:
    """Write the Start sheet."""
    _Start(draft).write()


class _Start:
    def __init__(self, draft: Draft) -> None:
        self.draft, self.checklist, self.labels = draft, draft.checklist, draft.labels
        self.last = max(_VALUE_END + 2, _VALUE + 2 * len(draft.checklist.dimensions) + 1)
        self.page = DraftSheet(draft, START, 2.5, 44, *[13] * (self.last - 3), 34)
        self.row = 5

    def write(self) -> None:
        facts = {"id": self.checklist.id, "version": self.checklist.version}
        self.page.bands(
            self.last,
            (self._label("kicker"), _KICKER, 26),
            (self.checklist.title, looks.TITLE, 34),
            (self._label("subtitle_short" if self.draft.short else "subtitle", **facts), _SUBTITLE, 22),
        )
        self._text(self._label("what", subject=self.checklist.subject))
        self.row += 1
        self.page.notice(self.row, self.last, self._label("privacy_title"), self._label("privacy"))
        self.row += 2
        self._fields()
        self._how()
        self._burden()
        self._progress()
        self.page.finish(one_page=True)

    def _label(self, key: str, **facts: object) -> str:
        return self.labels(f"workbook.start.{key}", **facts)

    def _text(self, text: str) -> None:
        self.page.own(self.row, _FIRST, text, looks.TEXT, last=self.last)
        self.row += 1

    def _section(self, key: str) -> None:
        self.row += 1
        self.page.section(self.row, self._label(key))
        self.row += 1

    def _fields(self) -> None:
        self._section("about")
        self.draft.headings[START] = self.labels.under("workbook.fields")
        cells = {}
        for column in self._asked():
            self.page.sheet.set_height(self.row, 24)
            self.page.own(self.row, _FIRST, self.draft.headings[START][column.key], looks.LABEL)
            look = replace(_FIELD, format=looks.DATE.format) if column.key == "as_of" else _FIELD
            self.page.answer(self.row, _VALUE, self._value(column.key), look, last=_VALUE_END)
            hint = self.labels(f"workbook.hints.{column.key}")
            self.page.own(self.row, _VALUE_END + 1, hint, _HINT, last=self.last, hint=True)
            cells[column.key] = address(self.row, _VALUE)
            self.row += 1
        for key in _CHOICES & cells.keys():
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

    def _how(self) -> None:
        self._section("how")
        names = {key: self.labels(f"workbook.sheets.{key}") for key in (LAWS, ASSESSMENT, GUIDE)}
        names["to_confirm"] = self.labels("workbook.columns.assessment.to_confirm")
        for number, text in enumerate(self.labels.under("workbook.start.steps").values(), 1):
            self._text(f"{number}.  {text.format(**names)}")

    def _burden(self) -> None:
        items = sum(len(provisions) for _, provisions in self.draft.chapters)
        minutes = ceil(items * self.checklist.minutes)
        total = self._label("hours", count=ceil(minutes / 60)) if minutes >= 120 else self._label("minutes", count=minutes)
        self._section("burden_title")
        each = ceil(self.checklist.minutes)
        provisions = self.labels("common.count.provisions", count=items)
        chapters = self.labels("common.count.chapters", count=len(self.draft.chapters))
        self._text(self._label("burden", items=provisions, chapters=chapters, each=each, total=total))

    def _progress(self) -> None:
        """The number of provisions in each chapter and how many are answered, counted by the spreadsheet."""
        self._section("progress")
        dimensions = self.checklist.dimensions
        titles = [self._label("chapter"), self._label("items")]
        titles += [self._label(key, dimension=one.title) for one in dimensions for key in ("answered", "share")]
        self.page.sheet.set_height(self.row, 30)
        for column, title in enumerate(titles, _FIRST):
            self.page.own(self.row, column, title, looks.HEADING)
        first, totals = self.row + 1, [0] * (1 + len(dimensions))
        for chapter, asked in self.draft.chapters:
            self.row += 1
            self.page.own(self.row, _FIRST, f"{chapter.id}  {chapter.title}", _CHAPTER)
            answers = [self.draft.assessment.answers.get(provision.id) for provision in asked]
            counts = [len(asked), *(sum(bool(one and one.ratings.get(each.key)) for one in answers) for each in dimensions)]
            self._line(self._counting(chapter.id), counts)
            totals = [total + count for total, count in zip(totals, counts, strict=True)]
        last = self.row
        self.row += 1
        self.page.sheet.set_height(self.row, 20)
        self.page.own(self.row, _FIRST, self._label("total"), _TOTAL)
        self._line([f"=SUM({letter(at)}{first}:{letter(at)}{last})" for at in self._count_columns()], totals)
        for at in self._count_columns()[1:]:
            self.page.sheet.bars(address(first, at + 1, self.row, at + 1), _BAR)

    def _count_columns(self) -> list[int]:
        """The columns of counts; each but the first has its share beside it."""
        return [_VALUE, *(_VALUE + 1 + 2 * place for place in range(len(self.checklist.dimensions)))]

    def _counting(self, chapter: str) -> list[str]:
        """The formulas that count a chapter's provisions and answers, over whole columns of the Assessment sheet."""
        sheet = quoted(self.labels("workbook.sheets.assessment"))
        whole = {column.key: f"{sheet}!${letter(at)}:${letter(at)}" for at, column in enumerate(self.draft.columns, 1)}
        start = f'{whole["id"]},"{chapter}-*"'
        rated = (whole[f"{RATING}.{dimension.key}"] for dimension in self.checklist.dimensions)
        return [f"=COUNTIF({start})", *(f'=COUNTIFS({start},{ratings},"<>")' for ratings in rated)]

    def _line(self, formulas: list[str], counts: list[int]) -> None:
        items = address(self.row, _VALUE)
        for at, formula, count in zip(self._count_columns(), formulas, counts, strict=True):
            self.page.sheet.put(self.row, at, Formula(formula, count), _COUNT)
            if at > _VALUE:
                share = Fraction(count, counts[0]) if counts[0] else 0
                divided = f"=IF({items}=0,0,{address(self.row, at)}/{items})"
                self.page.sheet.put(self.row, at + 1, Formula(divided, float(share)), _SHARE)
