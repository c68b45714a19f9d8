"""The tables of the plan that run over all measures: map, time chart, safeguards, monitoring framework, budget."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from string import ascii_uppercase
from typing import TYPE_CHECKING

from legcheck.reports import palette
from legcheck.reports.docx_parts import Content, Xml, field_of

if TYPE_CHECKING:
    from legcheck.reports.plan_docx_parts import PlanPage
    from legcheck.reports.plan_view import MeasureView, PhaseView

_SECTION_CM, _PHASES_CM = 3.8, 13.2
_CHART = {"measure": 6.9, "lead": 3.7}
_BARS_CM, _NARROWEST_CM = 6.4, 1.1
_BAR = "■"
_THEMES = {"section": 5.2, "measures": 11.8}
_MONITORING = {"measure": 1.9, "indicator": 5.1, "baseline": 3.3, "target": 2.0, "source": 3.1, "months": 1.6}
_TO_FILL = {list(_MONITORING).index("target"): palette.PLACE}
_BUDGET = {"measure": 6.2, "lead": 3.4, "months": 1.6, "effort": 1.4, "source_of_funds": 2.2, "cost": 2.2}
_COSTS = dict.fromkeys((len(_BUDGET) - 2, len(_BUDGET) - 1), palette.PLACE)


def by_section(page: PlanPage) -> Iterator[Xml]:
    """Which measures fall into which section and phase: the plan on one page."""
    plan = page.plan
    yield page.section("by_section")
    if not plan.measures:
        yield page.none()
        return
    yield page.intro("by_section")
    cells = [[[one for one in section.measures if one.phase == phase.key] for phase in plan.phases] for section in plan.sections]
    shares = [min(max(4, *map(len, column)), 10) for column in zip(*cells, strict=True)]
    widths = (_SECTION_CM, *(_PHASES_CM * share / sum(shares) for share in shares))
    rows = [
        page.write.row(widths, page.write.strong(f"{section.number} {section.title}"), *map(page.listed, held))
        for section, held in zip(plan.sections, cells, strict=True)
    ]
    yield page.write.table(page.title("by_section"), widths, rows, [page.word("columns.section"), *_titles(page)])


def _titles(page: PlanPage) -> Iterator[str]:
    return (phase.title for phase in page.plan.phases)


def time_chart(page: PlanPage) -> Iterator[Xml]:
    """Every measure with a bar under its months, to scale if there is room; a table, so that it can be edited."""
    yield page.section("time_chart")
    if not page.plan.measures:
        yield page.none()
        return
    yield page.intro("time_chart")
    widths = (*_CHART.values(), *_bar_widths(page.plan.phases))
    rows: list[Xml] = []
    for phase in page.plan.phases:
        if phase.measures:
            rows.append(page.write.band(widths, page.write.strong(phase.title)))
            rows += [_bar_row(page, widths, one) for one in phase.measures]
    head = [
        *(page.word(f"columns.{key}") for key in _CHART),
        *(page.months(p.first_month, p.last_month) for p in page.plan.phases),
    ]
    yield page.write.table(page.title("time_chart"), widths, rows, head)


def _bar_widths(phases: Sequence[PhaseView]) -> list[float]:
    months = [max(phase.last_month - phase.first_month, 1) for phase in phases]
    free = max(_BARS_CM - _NARROWEST_CM * len(phases), 0)
    return [_NARROWEST_CM + free * share / sum(months) for share in months]


def _bar_row(page: PlanPage, widths: Sequence[float], one: MeasureView) -> Xml:
    dates = " – ".join(day for day in (one.entry.start, one.entry.end) if day)
    named: list[Content] = [page.measure(one.id, one.title)]
    if dates:
        named.append(page.write.muted(dates))
    here = [phase.key == one.phase for phase in page.plan.phases]
    bars = [page.write.run(_BAR, ink=palette.TITLE) if at else "" for at in here]
    fills = {place: palette.RANGE for place, at in enumerate(here, start=len(_CHART)) if at}
    return page.write.row(widths, named, one.lead_title, *bars, fills=fills)


def safeguards(page: PlanPage) -> Iterator[Xml]:
    """Which measures carry a safeguard of which theme: the list to go through before the plan is adopted."""
    yield page.section("safeguards")
    themes = dict.fromkeys(row.label for one in page.plan.measures for row in one.safeguards)
    if not themes:
        yield page.none()
        return
    yield page.intro("safeguards")
    widths = list(_THEMES.values())
    rows = [row for theme in themes for row in _theme_rows(page, widths, theme)]
    yield page.form(page.title("safeguards"), _THEMES, rows)


def _theme_rows(page: PlanPage, widths: Sequence[float], theme: str) -> Iterator[Xml]:
    """A theme with its figures, then its measures section by section."""
    held = {
        section: [one for one in section.measures if any(row.label == theme for row in one.safeguards)]
        for section in page.plan.sections
    }
    count = page.labels("plan_docx.theme", theme=theme, count=sum(map(len, held.values())))
    figures = (page.write.muted(f"\n{line}") for line in _theme_figures(page, theme))
    yield page.write.band(widths, page.write.strong(count), *figures)
    for section, measures in held.items():
        if measures:
            yield page.write.row(widths, f"{section.number} {section.title}", page.listed(measures))


def _theme_figures(page: PlanPage, theme: str) -> Iterator[str]:
    for dimension in page.view.dimensions:
        for figure in (figure for group in dimension.themes for figure in group.figures if figure.title == theme):
            yield page.labelled(dimension.title) + " · ".join((figure.display, figure.range, figure.answered))


def monitoring(page: PlanPage) -> Iterator[Xml]:
    """The monitoring framework: every indicator with its baseline, an empty cell for the target, source and time."""
    yield page.section("monitoring")
    if not page.plan.measures:
        yield page.none()
        return
    yield page.intro("monitoring")
    widths = list(_MONITORING.values())
    rows: list[Xml] = []
    for section in page.plan.sections:
        if section.measures:
            rows.append(page.write.band(widths, page.write.strong(f"{section.number} {section.title}")))
            rows += [row for one in section.measures for row in _indicators(page, widths, one)]
    yield page.form(page.title("monitoring"), _MONITORING, rows)


def _indicators(page: PlanPage, widths: Sequence[float], one: MeasureView) -> Iterator[Xml]:
    shown = [each for each in one.indicators if each.indicator]
    for number, each in enumerate(shown, start=1):
        unit = f" ({each.unit})" if each.unit else ""
        yield page.write.row(
            widths,
            page.linked_id(one.id),
            page.line(each.label, f"{each.indicator}{unit}"),
            each.baseline or page.blank("baseline"),
            "",
            each.verification,
            page.months_of(one),
            keep=number < len(shown),
            fills=_TO_FILL,
        )


def budget(page: PlanPage) -> Iterator[Xml]:
    """The measures with empty cells for what they cost, and a total that adds them up.

    The total names its cells: a sum of everything above would stop at the first empty cell.
    """
    yield page.section("budget")
    if not page.plan.measures:
        yield page.none()
        return
    yield page.intro("budget")
    widths = list(_BUDGET.values())
    rows = [
        page.write.row(
            widths,
            page.measure(one.id, one.title),
            one.lead_title,
            page.months_of(one),
            str(one.effort),
            one.entry.funding,
            page.write.paragraph(one.entry.cost, style="Report Amount"),
            fills=_COSTS,
        )
        for one in page.plan.measures
    ]
    column = ascii_uppercase[len(_BUDGET) - 1]
    formula = field_of(f"=SUM({column}2:{column}{len(rows) + 1})", [page.write.strong("")])
    total = page.write.paragraph(*formula, style="Report Amount")
    named = page.write.strong(page.word("total"))
    rows.append(page.write.row(widths, named, "", "", "", "", total, fills=dict.fromkeys(range(len(widths)), palette.SURFACE)))
    yield page.form(page.title("budget"), _BUDGET, rows)
