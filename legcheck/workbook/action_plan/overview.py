"""Writes the Overview: measures by phase and status, costs by phase, and a chart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from legcheck import countries
from legcheck.excel import Axis, Chart, Formula, Series, letter, quoted
from legcheck.model import Status
from legcheck.workbook import looks
from legcheck.workbook.action_plan.columns import OVERVIEW, PLAN_COLUMNS, statuses
from legcheck.workbook.writing.draft import Draft, DraftSheet

if TYPE_CHECKING:
    from legcheck.excel import Look
    from legcheck.model import Entry, Plan

_LABEL, _FIRST, _LAST = 2, 3, 9
_PHASE = replace(looks.LABEL, bold=False)
_COUNT = replace(looks.BOXED, horizontal="right", format="0")
_ALL = replace(_COUNT, bold=True)
_SUM = replace(_COUNT, format="#,##0.00")
_SUM_TOTAL = replace(_SUM, bold=True)
_TOTAL = replace(looks.LABEL, fill=looks.BANNER)
# From proposed to closed, all light enough for a dark number on them.
_COLOURS = ("#DDE5EA", "#8FB4D9", "#F0C766", "#7DBF9E", "#B5BCC2", "#8C97A0")
_NO_ZERO = "0;;;"
_CHART_WIDTH, _CHART_HEIGHT, _BAR_HEIGHT, _ROW_HEIGHT = 23.8, 2.4, 1.1, 0.529


def write_overview(draft: Draft, plan: Plan, measures: Sequence[tuple[str, Entry]]) -> None:
    """Write the sheet; `measures` gives, for each row of the sheet of measures, the title of its phase and what was entered."""
    _Overview(draft, plan, measures).write()


class _Overview:
    def __init__(self, draft: Draft, plan: Plan, measures: Sequence[tuple[str, Entry]]) -> None:
        self.draft, self.plan, self.labels, self.measures = draft, plan, draft.labels, measures
        self.page = DraftSheet(draft, OVERVIEW, 2.5, 34, *[13.5] * (_LAST - _FIRST + 1))
        self.phases = list(dict.fromkeys([*(phase.title for phase in plan.catalogue.phases), *(phase for phase, _ in measures)]))
        sheet = quoted(draft.labels("action_plan.sheets.plan"))
        letters = {column.key: letter(place) for place, column in enumerate(PLAN_COLUMNS, 1)}
        self.phase, self.status, self.cost = (f"{sheet}!${letters[key]}:${letters[key]}" for key in ("phase", "status", "cost"))
        self.heads: dict[Status, str] = {}
        self.row = 4

    def write(self) -> None:
        title = self.labels("action_plan.title", country=self.draft.country_name)
        self.page.bands(_LAST, (title, looks.TITLE, 34), (self.draft.dated("action_plan.subtitle"), looks.BAND, 20))
        for notice in self._notices():
            self._text(notice, replace(looks.NOTICE, vertical="center"))
        self._counts()
        if self.measures:
            self._chart()
        self._costs()
        self.page.finish(one_page=True)

    def _notices(self) -> Iterator[str]:
        if self.draft.marking:
            yield self.labels("report.notices.marking", marking=self.draft.marking)
        yield self.labels("plan.notice", concerned=self.plan.catalogue.concerned or self.labels("plan.concerned"))
        if countries.is_fictional(self.draft.assessment.country, self.draft.assessment.kind):
            yield self.labels("report.notices.fictional", country=self.draft.country_name)

    def _label(self, key: str) -> str:
        return self.labels(f"action_plan.overview.{key}")

    def _text(self, text: str, look: Look) -> None:
        self.page.own(self.row, _LABEL, text, look, last=_LAST)
        self.row += 1

    def _section(self, key: str) -> None:
        self.row += 1
        self.page.section(self.row, self._label(key))
        self.row += 1

    def _counts(self) -> None:
        """The number of measures in each phase, in total and by status."""
        self._section("counts")
        self.heads = {status: f"${letter(_FIRST + place)}${self.row}" for place, status in enumerate(Status, 1)}

        def figures(phase: str) -> list[Formula]:
            here, found = self._here(), [entry.status for entry in self._entries(phase)]
            by_status = (
                Formula(f'=COUNTIFS({here},{self.status},"="&{head})', found.count(status)) for status, head in self.heads.items()
            )
            return [Formula(f"=COUNTIFS({here})", len(found)), *by_status]

        self._table([self._label("all"), *statuses(self.labels).values()], [_ALL, *[_COUNT] * len(Status)], figures)

    def _costs(self) -> None:
        """The costs entered by phase; the headings of the table of counts name the statuses that are left out."""
        self._section("costs")
        self._text(self._label("costs_lead"), looks.SMALL)
        kept = f'{self.status},"<>"&{self.heads[Status.DROPPED]}'
        still = f'{kept},{self.status},"<>"&{self.heads[Status.CLOSED]}'

        def figures(phase: str) -> list[Formula]:
            here, entries = self._here(), [entry for entry in self._entries(phase) if entry.status is not Status.DROPPED]
            costs = [entry.cost for entry in entries if entry.cost is not None]
            missing = sum(entry.cost is None and entry.status is not Status.CLOSED for entry in entries)
            return [
                Formula(f'=COUNTIFS({here},{kept},{self.cost},">=0")', len(costs)),
                Formula(f'=COUNTIFS({here},{still},{self.cost},"=")', missing),
                Formula(f"=SUMIFS({self.cost},{here},{kept})", sum(costs, Decimal(0))),
            ]

        headings = [self._label(key) for key in ("costed", "uncosted", "sum")]
        self._table(headings, [_COUNT, _COUNT, _SUM], figures, last_wide=2)

    def _entries(self, phase: str) -> list[Entry]:
        return [entry for found, entry in self.measures if found == phase]

    def _here(self) -> str:
        """The formula condition that selects the measures of the phase named in the current row."""
        return f'{self.phase},"="&${letter(_LABEL)}{self.row}'

    def _table(
        self, headings: Sequence[str], kinds: Sequence[Look], figures: Callable[[str], list[Formula]], last_wide: int = 1
    ) -> None:
        """A table by phase, computed by the spreadsheet, with a row of sums and a last column that spans `last_wide`."""
        ends = [*range(_FIRST, _FIRST + len(kinds) - 1), _FIRST + len(kinds) + last_wide - 2]
        self.page.sheet.set_height(self.row, 30)
        self.page.own(self.row, _LABEL, self._label("phase"), looks.HEADING)
        for at, (heading, end) in enumerate(zip(headings, ends, strict=True), _FIRST):
            self.page.own(self.row, at, heading, looks.HEADING, last=end)
        first, totals = self.row + 1, [Decimal(0)] * len(kinds)
        for phase in self.phases:
            self.row += 1
            line = figures(phase)
            totals = [total + Decimal(str(formula.value)) for total, formula in zip(totals, line, strict=True)]
            self._figures(phase, _PHASE, line, kinds, ends)
        self.row += 1
        sums = [f"=SUM({letter(at)}{first}:{letter(at)}{self.row - 1})" for at in range(_FIRST, _FIRST + len(kinds))]
        bold = [_SUM_TOTAL if kind is _SUM else _ALL for kind in kinds]
        self._figures(self._label("total"), _TOTAL, list(map(Formula, sums, totals)), bold, ends)
        self.row += 1

    def _figures(self, label: str, look: Look, line: Sequence[Formula], kinds: Sequence[Look], ends: Sequence[int]) -> None:
        self.page.sheet.set_height(self.row, 20)
        self.page.own(self.row, _LABEL, label, look)
        for at, (formula, kind, end) in enumerate(zip(line, kinds, ends, strict=True), _FIRST):
            self.page.sheet.merge(self.row, at, end, formula, kind)

    def _chart(self) -> None:
        """The counts as stacked bars, below their table."""
        last = self.row - 2
        head = last - len(self.phases)
        phases = self.page.sheet.cells(_LABEL, head + 1, last)
        series = [
            Series(self.page.sheet.cells(at, head), phases, self.page.sheet.cells(at, head + 1, last), colour)
            for at, colour in enumerate(_COLOURS, _FIRST + 1)
        ]
        tall = _CHART_HEIGHT + _BAR_HEIGHT * len(self.phases)
        chart = Chart(
            "bar", self._label("chart_text"), series, _CHART_WIDTH, tall, (0.22, 0.04, 0.75, 0.72),
            values=Axis(format="0", grid=True), stacked=True, labels=_NO_ZERO,
        )  # fmt: skip
        self.row += 1
        self.page.sheet.chart(self.row, _LABEL, chart)
        self.row += int(tall / _ROW_HEIGHT) + 2
