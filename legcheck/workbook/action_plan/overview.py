"""Writes the Overview: measures by phase and status, costs by phase, a chart, and where the plan would lead."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from openpyxl.utils import get_column_letter

from legcheck import countries
from legcheck.model import Scope, Status
from legcheck.printed import display, printed_range
from legcheck.workbook.action_plan.canvas import PlanCanvas
from legcheck.workbook.action_plan.chart import NO_ZERO, Bars, stacked_bars
from legcheck.workbook.action_plan.columns import OVERVIEW, statuses
from legcheck.workbook.writing import styles
from legcheck.workbook.writing.styles import Look, apply, height, row_height

if TYPE_CHECKING:
    from legcheck.model import Outlook, Plan
    from legcheck.workbook.action_plan.rows import Row
    from legcheck.workbook.writing.canvas import Draft

_LABEL, _FIRST, _LAST = 2, 3, 9
_NOTICE = Look(size=10, fill=styles.CAUTION, vertical="center", indent=1)
_PHASE = Look(size=10, boxed=True, fill=styles.PAPER, vertical="center", indent=1)
_COUNT = Look(size=10, boxed=True, horizontal="right", vertical="center", number_format="0", indent=1)
_ALL = Look(size=10, bold=True, boxed=True, horizontal="right", vertical="center", number_format="0", indent=1)
_SUM = Look(size=10, boxed=True, horizontal="right", vertical="center", number_format="#,##0.00", indent=1)
_TOTAL = Look(size=10, bold=True, boxed=True, fill=styles.BANNER, vertical="center", indent=1)
_FIGURE = Look(size=10, boxed=True, vertical="center", indent=1)
_CHART_NAME = re.compile(rb'(<(?:xdr:)?cNvPr id="\d+") name="Chart \d+"')
_FORMULA = re.compile(rb'(<c r="([A-Z]+[0-9]+)"[^>]*><f>[^<]*</f>)<v\s*(?:/>|></v>)')


@dataclass(frozen=True)
class Measured:
    """The rows of measures that the overview counts, and the letters of their columns."""

    rows: tuple[Row, ...]
    letters: Mapping[str, str]

    def count(self, phase: str, *wanted: Status) -> int:
        """How many measures of a phase have one of these statuses."""
        return sum(row.texts["phase"] == phase and row.entry.status in wanted for row in self.rows)

    def costs(self, phase: str) -> list[Decimal]:
        """The costs of a phase's measures that were not dropped."""
        rows = (row for row in self.rows if row.texts["phase"] == phase and row.entry.status is not Status.DROPPED)
        return [row.entry.cost for row in rows if row.entry.cost is not None]


def write_overview(draft: Draft, plan: Plan, measured: Measured) -> Mapping[str, Decimal]:
    """Write the sheet; gives what its formulas yield now, by cell."""
    sheet = _Overview(draft, plan, measured)
    sheet.write()
    return sheet.values


def finished(values: Mapping[str, Decimal], chart: str) -> Callable[[str, bytes], bytes]:
    """What the parts of the file still lack: the values of formulas, for programs that do not compute, and the chart in words."""

    def valued(match: re.Match[bytes]) -> bytes:
        value = values.get(match[2].decode())
        return match[0] if value is None else match[1] + f"<v>{value:f}</v>".encode()

    def change(name: str, part: bytes) -> bytes:
        if name == "xl/worksheets/sheet2.xml":
            return _FORMULA.sub(valued, part)
        if name.startswith("xl/drawings/drawing"):
            text = quoteattr(chart).encode("ascii", "xmlcharrefreplace")
            return _CHART_NAME.sub(lambda match: match[1] + b' name="Chart" descr=' + text, part)
        if name.startswith("xl/charts/chart"):
            # Said outright, or the format of the cells would be taken, which shows every nought.
            written = f'formatCode="{NO_ZERO}"'.encode()
            return part.replace(written, written + b' sourceLinked="0"')
        return part

    return change


@dataclass
class _Overview:
    draft: Draft
    plan: Plan
    measured: Measured
    row: int = 4
    values: dict[str, Decimal] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.words = self.draft.words
        self.canvas = PlanCanvas(self.draft, OVERVIEW)
        self.sheet = self.words("action_plan.sheets.plan").replace("'", "''")
        self.statuses = {status: statuses(self.words)[status.value] for status in Status}
        shown = {row.texts["phase"]: None for row in self.measured.rows}
        self.phases = list(dict.fromkeys([*(phase.title for phase in self.plan.catalogue.phases), *shown]))

    def write(self) -> None:
        self.canvas.widths(2.5, 34, *[13.5] * (_LAST - _FIRST + 1))
        day, checklist = self.words.date(self.draft.assessment.as_of), self.draft.checklist
        self.canvas.band(1, _LAST, self.words("action_plan.title", country=self.draft.country_name), styles.TITLE, 34)
        subtitle = self.words("action_plan.subtitle", date=day, id=checklist.id, version=checklist.version)
        self.canvas.band(2, _LAST, subtitle, styles.BAND, 20)
        for notice in self._notices():
            self.canvas.paint(self.row, _LABEL, _LAST, _NOTICE)
            self._box(notice, _NOTICE)
        first = self._counts()
        if self.measured.rows:
            self._chart(first)
        self._costs(first)
        self._outlook()
        self.canvas.protect()
        self.canvas.print_set_up(one_page=True)

    def _notices(self) -> Iterator[str]:
        yield self.words("plan.notice")
        if self.draft.assessment.scope is Scope.TEXTS:
            yield self.words("plan.notice_texts")
        if countries.find(self.draft.assessment.country).fictional:
            yield self.words("report.notices.fictional", country=self.draft.country_name)

    def _box(self, text: str, look: Look) -> None:
        tall = self.canvas.box(self.row, _LABEL, _LAST, text, look)
        self.canvas.sheet.row_dimensions[self.row].height = row_height(tall)
        self.row += 1

    def _section(self, key: str) -> None:
        self.row += 1
        self.canvas.own(self.row, _LABEL, self.words(f"action_plan.overview.{key}"), styles.SECTION)
        self.canvas.sheet.row_dimensions[self.row].height = 26
        self.row += 1

    def _headings(self, titles: Iterable[str]) -> None:
        titles = list(titles)
        for column, title in enumerate(titles, _LABEL):
            self.canvas.own(self.row, column, title, styles.HEADING)
        tallest = max(height(title, self.canvas.width(_FIRST, _FIRST), styles.HEADING) for title in titles[1:])
        self.canvas.sheet.row_dimensions[self.row].height = row_height(tallest, least=30)
        self.row += 1

    def _compute(self, column: int, formula: str, value: Decimal | int, look: Look) -> None:
        """Write a formula and remember what it yields now."""
        self.canvas.formula(self.row, column, formula, look)
        self.values[f"{get_column_letter(column)}{self.row}"] = Decimal(value)

    def _column(self, key: str) -> str:
        letter = self.measured.letters[key]
        return f"'{self.sheet}'!${letter}:${letter}"

    def _counts(self) -> int:
        """The table of counts; gives its row of headings."""
        self._section("counts")
        head = self.row
        words = self.words.under("action_plan.overview")
        self._headings((words["phase"], words["all"], *self.statuses.values()))
        for phase in self.phases:
            self.canvas.own(self.row, _LABEL, phase, _PHASE)
            here = f'{self._column("phase")},"="&$B{self.row}'
            self._compute(_FIRST, f"=COUNTIFS({here})", self.measured.count(phase, *Status), _ALL)
            for column, status in enumerate(Status, _FIRST + 1):
                named = f'"="&{get_column_letter(column)}${head}'
                formula = f"=COUNTIFS({here},{self._column('status')},{named})"
                self._compute(column, formula, self.measured.count(phase, status), _COUNT)
            self._next_row(phase)
        self._totals(head + 1, range(_FIRST, _LAST + 1), _ALL)
        return head

    def _next_row(self, label: str) -> None:
        tall = height(label, self.canvas.width(_LABEL, _LABEL), _PHASE)
        self.canvas.sheet.row_dimensions[self.row].height = row_height(tall, least=20)
        self.row += 1

    def _totals(self, first: int, columns: Iterable[int], look: Look, last_look: Look | None = None) -> None:
        columns, total = list(columns), self.words("action_plan.overview.total")
        self.canvas.own(self.row, _LABEL, total, _TOTAL)
        for column in columns:
            letter = get_column_letter(column)
            value = sum((self.values[f"{letter}{row}"] for row in range(first, self.row)), Decimal(0))
            chosen = last_look if last_look and column == columns[-1] else look
            self._compute(column, f"=SUM({letter}{first}:{letter}{self.row - 1})", value, chosen)
        self._next_row(total)

    def _chart(self, head: int) -> None:
        """The counts as stacked bars, below their table."""
        self.row += 1
        last = head + len(self.phases)
        counts = [
            [int(self.values[f"{get_column_letter(column)}{row}"]) for row in range(head + 1, last + 1)]
            for column in range(_FIRST + 1, _LAST + 1)
        ]
        bars = Bars(head, _LABEL, _FIRST + 1, self.phases, list(self.statuses.values()), counts)
        self.row += stacked_bars(self.canvas.sheet, bars, f"B{self.row}")

    def _costs(self, head: int) -> None:
        self._section("costs")
        self._box(self.words("action_plan.overview.costs_lead"), styles.SMALL)
        keys = ("phase", "costed", "uncosted", "sum")
        self._headings(self.words(f"action_plan.overview.{key}") for key in keys)
        first = self.row
        named = {status: f"${get_column_letter(column)}${head}" for column, status in enumerate(Status, _FIRST + 1)}
        kept = f'{self._column("status")},"<>"&{named[Status.DROPPED]}'
        still = f'{kept},{self._column("status")},"<>"&{named[Status.CLOSED]}'
        for phase in self.phases:
            here = f'{self._column("phase")},"="&$B{self.row}'
            costs = self.measured.costs(phase)
            self.canvas.own(self.row, _LABEL, phase, _PHASE)
            self._compute(_FIRST, f'=COUNTIFS({here},{kept},{self._column("cost")},">=0")', len(costs), _COUNT)
            without = f'=COUNTIFS({here},{still},{self._column("cost")},"=")'
            self._compute(_FIRST + 1, without, self._uncosted(phase), _COUNT)
            self._compute(_FIRST + 2, f"=SUMIFS({self._column('cost')},{here},{kept})", sum(costs, Decimal(0)), _SUM)
            self._next_row(phase)
        self._totals(first, range(_FIRST, _FIRST + 3), _ALL, replace(_SUM, bold=True))
        for row in range(first - 1, self.row):
            self.canvas.sheet.merge_cells(start_row=row, start_column=_FIRST + 2, end_row=row, end_column=_FIRST + 3)
            apply(self.canvas.sheet.cell(row, _FIRST + 3), styles.HEADING if row < first else _SUM)

    def _uncosted(self, phase: str) -> int:
        ended = (Status.DROPPED, Status.CLOSED)
        rows = (row for row in self.measured.rows if row.texts["phase"] == phase and row.entry.status not in ended)
        return sum(row.entry.cost is None for row in rows)

    def _outlook(self) -> None:
        """The scores today and at the end of each phase, as text."""
        result = self.plan.result
        assessed = [key for key, scores in result.scores.items() if scores.assessed]
        if not assessed:
            return
        self._section("outlook")
        wide = (_LAST - _FIRST + 1) // len(assessed)
        starts = {key: _FIRST + place * max(wide, 1) for place, key in enumerate(assessed)}
        titles = {key: result.checklist.by_dimension[key].title for key in assessed}
        self._line(self.words("action_plan.overview.after"), {starts[key]: titles[key] for key in assessed}, wide, styles.HEADING)
        phases = {phase.key: phase.title for phase in self.plan.catalogue.phases}
        for step in self.plan.outlook:
            label = phases[step.phase] if step.phase else self.words("plan.outlook.today")
            self._line(label, {starts[key]: self._figure(step, key) for key in assessed}, wide, _FIGURE)
        self._box(self.words("plan.outlook.note"), styles.SMALL)

    def _figure(self, step: Outlook, key: str) -> str:
        total = step.scores[key].total
        facts = {"display": display(total, self.words), "range": printed_range(total, self.words)}
        return self.words("plan.outlook.figure", **facts)

    def _line(self, label: str, texts: Mapping[int, str], wide: int, look: Look) -> None:
        heading = look is styles.HEADING
        self.canvas.own(self.row, _LABEL, label, look if heading else _PHASE)
        tallest = height(label, self.canvas.width(_LABEL, _LABEL), _PHASE)
        for column, text in texts.items():
            last = _LAST if column == max(texts) else max(column, column + wide - 1)
            self.canvas.paint(self.row, column, last, look)
            tallest = max(tallest, self.canvas.box(self.row, column, last, text, look))
        self.canvas.sheet.row_dimensions[self.row].height = row_height(tallest, least=20)
        self.row += 1
