"""Writes the sheet that says how to use an action plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from legcheck.model import Status
from legcheck.workbook.action_plan.canvas import STATUS_COLOURS, PlanCanvas
from legcheck.workbook.action_plan.columns import HOW, OVERVIEW, PLAN, statuses
from legcheck.workbook.writing import styles
from legcheck.workbook.writing.styles import Look, height, row_height

if TYPE_CHECKING:
    from legcheck.workbook.writing.canvas import Draft

_FIRST, _LAST = 2, 3
_NOTICE_TITLE = Look(size=11, bold=True, colour=styles.BAD_LINE, fill=styles.CAUTION, vertical="center", wrap=False, indent=1)
_NOTICE = Look(size=10, fill=styles.CAUTION, indent=1)
_MEANING = Look(boxed=True, vertical="center", indent=1)


def write_usage(draft: Draft) -> None:
    """Write the sheet: what this is, the notice on personal data, five steps, and what a status means."""
    _Usage(draft).write()


class _Usage:
    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.words = draft.words
        self.canvas = PlanCanvas(draft, HOW)
        self.row = 3

    def write(self) -> None:
        self.canvas.widths(2.5, 24, 86)
        self.canvas.band(1, _LAST, self.words("action_plan.how.title"), styles.TITLE, 34)
        self._text(self.words("action_plan.how.what"), styles.TEXT)
        self.row += 1
        self._notice()
        self._steps()
        self._statuses()
        self.canvas.protect()
        self.canvas.print_set_up(one_page=True)

    def _text(self, text: str, look: Look) -> None:
        tall = self.canvas.box(self.row, _FIRST, _LAST, text, look)
        self.canvas.sheet.row_dimensions[self.row].height = row_height(tall)
        self.row += 1

    def _section(self, key: str) -> None:
        self.row += 1
        self.canvas.own(self.row, _FIRST, self.words(f"action_plan.how.{key}"), styles.SECTION)
        self.canvas.sheet.row_dimensions[self.row].height = 26
        self.row += 1

    def _notice(self) -> None:
        for row in (self.row, self.row + 1):
            self.canvas.paint(row, _FIRST, _LAST, _NOTICE)
        self.canvas.own(self.row, _FIRST, self.words("action_plan.how.privacy_title"), _NOTICE_TITLE)
        self.canvas.sheet.row_dimensions[self.row].height = 24
        self.row += 1
        self._text(self.words("action_plan.how.privacy"), _NOTICE)

    def _steps(self) -> None:
        self._section("steps_title")
        names = {key: self.words(f"action_plan.sheets.{key}") for key in (PLAN, OVERVIEW)}
        for number, text in enumerate(self.words.under("action_plan.how.steps").values(), 1):
            self._text(f"{number}.  {text.format(**names)}", styles.TEXT)

    def _statuses(self) -> None:
        self._section("statuses_title")
        meanings = self.words.under("action_plan.how.statuses")
        for key, shown in statuses(self.words).items():
            term = Look(bold=True, fill=STATUS_COLOURS[Status(key)], boxed=True, vertical="center", indent=1)
            self.canvas.own(self.row, _FIRST, shown, term)
            self.canvas.own(self.row, _LAST, meanings[key], _MEANING)
            tall = height(meanings[key], self.canvas.width(_LAST, _LAST), _MEANING)
            self.canvas.sheet.row_dimensions[self.row].height = row_height(tall, least=22)
            self.row += 1
