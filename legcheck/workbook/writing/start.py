"""Writes the Start sheet: what this is, who and when, how to fill it in, and progress."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from openpyxl.formatting.rule import DataBar, FormatObject, Rule
from openpyxl.styles.colors import Color
from openpyxl.utils import get_column_letter

from legcheck.workbook.columns import ASSESSMENT, LAWS, START, START_FIELDS
from legcheck.workbook.writing import styles
from legcheck.workbook.writing.canvas import Canvas, Draft
from legcheck.workbook.writing.styles import Look, height, row_height

if TYPE_CHECKING:
    from datetime import date

_FIRST, _VALUE, _VALUE_END = 2, 3, 5
_LABEL_WIDTH = 44
_NOTICE_TITLE = Look(size=11, bold=True, colour=styles.BAD_LINE, fill=styles.CAUTION, vertical="center", wrap=False, indent=1)
_NOTICE = Look(size=10, fill=styles.CAUTION, vertical="top", indent=1)
_FIELD = Look(size=11, boxed=True, open=True, number_format="@", vertical="center", indent=1)
_FIELD_DATE = Look(size=11, boxed=True, open=True, number_format="yyyy-mm-dd", vertical="center", indent=1)
_COUNT = Look(size=10, boxed=True, horizontal="right", vertical="center", number_format="0")
_SHARE = Look(size=10, boxed=True, horizontal="right", vertical="center", number_format="0%")
_CHAPTER = Look(size=10, boxed=True, fill=styles.PAPER, vertical="center", indent=1)
_TOTAL = Look(size=10, bold=True, boxed=True, fill=styles.BANNER, vertical="center", indent=1)


def write_start(draft: Draft, answered_columns: dict[str, str], id_column: str) -> None:
    """Write the Start sheet; `answered_columns` gives the column of ratings of each dimension on the Assessment sheet."""
    _Start(draft, answered_columns, id_column).write()


class _Start:
    def __init__(self, draft: Draft, answered_columns: dict[str, str], id_column: str) -> None:
        self.draft = draft
        self.words = draft.words
        self.canvas = Canvas(draft, START)
        self.answered_columns = answered_columns
        self.id_column = id_column
        self.last = max(_VALUE_END + 2, _VALUE + 2 * len(draft.checklist.dimensions) + 1)
        self.row = 1

    def write(self) -> None:
        self.canvas.widths(2.5, _LABEL_WIDTH, *[13] * (self.last - 3), 34)
        self._title()
        self._notice()
        self._fields()
        self._how()
        self._burden()
        self._progress()
        self.canvas.protect()
        self.canvas.print_set_up(one_page=True)

    def _title(self) -> None:
        checklist, canvas = self.draft.checklist, self.canvas
        canvas.band(1, self.last, self.words("workbook.start.kicker"), Look(
            size=10, bold=True, colour="FFBFD9DE", fill=styles.NAVY, vertical="bottom", wrap=False, indent=1), 26)  # fmt: skip
        canvas.band(2, self.last, checklist.title, styles.TITLE, 34)
        form = "subtitle_short" if self.draft.short else "subtitle"
        subtitle = self.words(f"workbook.start.{form}", id=checklist.id, version=checklist.version)
        canvas.band(
            3, self.last, subtitle, Look(size=10, colour="FFDCE8EC", fill=styles.NAVY, vertical="top", wrap=False, indent=1), 22
        )
        self._text(5, self.words("workbook.start.what", subject=checklist.subject), styles.TEXT)

    def _text(self, row: int, text: str, look: Look) -> None:
        tall = self.canvas.box(row, _FIRST, self.last, text, look)
        self.canvas.sheet.row_dimensions[row].height = row_height(tall)

    def _notice(self) -> None:
        for row in (7, 8):
            self.canvas.paint(row, _FIRST, self.last, _NOTICE)
        self.canvas.own(7, _FIRST, self.words("workbook.start.privacy_title"), _NOTICE_TITLE)
        self.canvas.sheet.row_dimensions[7].height = 24
        self._text(8, self.words("workbook.start.privacy"), _NOTICE)

    def _section(self, row: int, key: str) -> None:
        self.canvas.own(row, _FIRST, self.words(f"workbook.start.{key}"), styles.SECTION)
        self.canvas.sheet.row_dimensions[row].height = 26

    def _fields(self) -> None:
        self._section(10, "about")
        headings = self.draft.headings.setdefault(START, {})
        for row, column in enumerate(START_FIELDS, 11):
            label = self.words(f"workbook.fields.{column.key}")
            headings[column.key] = label
            self.canvas.own(row, _FIRST, label, styles.LABEL)
            look = _FIELD_DATE if column.key == "as_of" else _FIELD
            self.canvas.paint(row, _VALUE, _VALUE_END, look)
            self.canvas.answer(row, _VALUE, self._value(column.key), look)
            self.canvas.sheet.merge_cells(start_row=row, start_column=_VALUE, end_row=row, end_column=_VALUE_END)
            self.canvas.own(row, _VALUE_END + 1, self.words(f"workbook.hints.{column.key}"), styles.HINT, hint=True)
            self.canvas.sheet.merge_cells(start_row=row, start_column=_VALUE_END + 1, end_row=row, end_column=self.last)
            self.canvas.sheet.row_dimensions[row].height = 24
        self._field_help(11)
        self.row = 11 + len(START_FIELDS)

    def _value(self, key: str) -> str | date | None:
        assessment = self.draft.assessment
        if key == "scope":
            return self.words(f"workbook.choices.scope.{assessment.scope.value}")
        if key == "country_name":
            return self.draft.country_name
        value: str | date | None = getattr(assessment, key)
        return value

    def _field_help(self, first: int) -> None:
        cells = {column.key: f"{get_column_letter(_VALUE)}{first + place}" for place, column in enumerate(START_FIELDS)}
        scopes = self.words.under("workbook.choices.scope")
        self.draft.choices["scope"] = scopes
        self.canvas.choose(cells["scope"], list(scopes.values()), "scope")
        self.canvas.prompt(cells["country"], "country")
        self.canvas.prompt(cells["as_of"], "date")

    def _how(self) -> None:
        self.row += 1
        self._section(self.row, "how")
        names = {key: self.words(f"workbook.sheets.{key}") for key in (LAWS, ASSESSMENT, "guide")}
        names["to_confirm"] = self.words("workbook.columns.assessment.to_confirm")
        for number, text in enumerate(self.words.under("workbook.start.steps").values(), 1):
            self.row += 1
            self._text(self.row, f"{number}.  {text.format(**names)}", styles.TEXT)

    def _burden(self) -> None:
        checklist = self.draft.checklist
        asked = [one for one in checklist.provisions.values() if one.core or not self.draft.short]
        minutes = ceil(len(asked) * checklist.minutes)
        total = self.words("workbook.start.minutes", count=minutes)
        if minutes >= 120:
            total = self.words("workbook.start.hours", count=ceil(minutes / 60))
        self.row += 2
        self._section(self.row, "burden_title")
        self.row += 1
        each = ceil(checklist.minutes)
        chapters = len({one.chapter for one in asked})
        text = self.words("workbook.start.burden", items=len(asked), chapters=chapters, each=each, total=total)
        self._text(self.row, text, styles.TEXT)

    def _progress(self) -> None:
        self.row += 2
        self._section(self.row, "progress")
        self.row += 1
        self._progress_headings()
        first = self.row + 1
        for chapter in self.draft.checklist.chapters:
            if self.draft.short and not any(provision.core for provision in chapter.provisions):
                continue
            self.row += 1
            label = f"{chapter.id}  {chapter.title}"
            self.canvas.own(self.row, _FIRST, label, _CHAPTER)
            self._counts(f'"{chapter.id}-*"', height(label, _LABEL_WIDTH, _CHAPTER))
        self._totals(first)

    def _progress_headings(self) -> None:
        titles = [self.words("workbook.start.chapter"), self.words("workbook.start.items")]
        for title in self.draft.titles().values():
            titles += [self.words(f"workbook.start.{key}", dimension=title) for key in ("answered", "share")]
        for column, title in enumerate(titles, _FIRST):
            self.canvas.own(self.row, column, title, styles.HEADING)
        self.canvas.sheet.row_dimensions[self.row].height = 30

    def _counts(self, criterion: str, tall: float) -> None:
        """How many provisions a chapter has, and how many are answered: formulas over whole columns, never in an answer cell."""
        name = self.words("workbook.sheets.assessment").replace("'", "''")
        ids = f"'{name}'!${self.id_column}:${self.id_column}"
        self.canvas.formula(self.row, _VALUE, f"=COUNTIF({ids},{criterion})", _COUNT)
        for place, column in enumerate(self.answered_columns.values()):
            ratings = f"'{name}'!${column}:${column}"
            at = _VALUE + 1 + 2 * place
            self.canvas.formula(self.row, at, f'=COUNTIFS({ids},{criterion},{ratings},"<>")', _COUNT)
            self._share(at)
        self.canvas.sheet.row_dimensions[self.row].height = row_height(tall)

    def _share(self, at: int) -> None:
        count, items = f"{get_column_letter(at)}{self.row}", f"{get_column_letter(_VALUE)}{self.row}"
        self.canvas.formula(self.row, at + 1, f"=IF({items}=0,0,{count}/{items})", _SHARE)

    def _totals(self, first: int) -> None:
        last, sheet = self.row, self.canvas.sheet
        self.row += 1
        self.canvas.own(self.row, _FIRST, self.words("workbook.start.total"), _TOTAL)
        for place in range(1 + len(self.answered_columns)):
            at = _VALUE if place == 0 else _VALUE + 2 * place - 1
            letter = get_column_letter(at)
            self.canvas.formula(self.row, at, f"=SUM({letter}{first}:{letter}{last})", _COUNT)
            if place:
                self._share(at)
                bar = get_column_letter(at + 1)
                rule = Rule(type="dataBar", dataBar=_bar())
                sheet.conditional_formatting.add(f"{bar}{first}:{bar}{self.row}", rule)
        sheet.row_dimensions[self.row].height = 20


def _bar() -> DataBar:
    """A bar from nothing at 0 to the whole cell at 1."""
    ends = [FormatObject(type="num", val=0), FormatObject(type="num", val=1)]
    return DataBar(minLength=0, maxLength=100, showValue=True, cfvo=ends, color=Color("FF8FC1B5"))
