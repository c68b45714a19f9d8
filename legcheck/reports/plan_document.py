"""The draft plan as a document: vision, objectives with their flagship measures, roles, time chart, monitoring, budget."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from legcheck.reports import palette, prose
from legcheck.reports.document import (
    TO_FILL,
    Block,
    Cell,
    Column,
    Cover,
    Document,
    Heading,
    Items,
    Look,
    NewPage,
    Place,
    Row,
    Run,
    Words,
    band,
    bullets,
    cell,
    columns,
    contents,
    document_of,
    muted,
    paragraph,
    steps_to_fill,
    strong,
    table,
    words,
)

if TYPE_CHECKING:
    from legcheck.labels import Labels
    from legcheck.reports.plan_view import AnsweredView, EntryView, IndicatorView, LeadView, MeasureView, ObjectiveView, PlanView

_FIELDS_CM = (3.2, 13.8)
_OTHERS = {"measure": 9.8, "lead": 5.6, "months": 1.6}
_GLANCE = {"objective": 5.0, "count": 1.9, "flagships": 10.1}
_ROLES = {"lead": 4.0, "months": 1.4, "measures": 11.6}
_CHART_FIRST_CM, _CHART_WHOLE_CM = 12.2, 17.0
_MONITORING = {"indicator": 7.4, "baseline": 2.4, "target": 2.2, "source": 5.0}
_BUDGET, _YEARS_CM = {"objective": 4.7, "funds": 3.8}, 8.5
_ASSISTANCE = {"matter": 4.6, "assistance": 7.2, "serves": 5.2}
_CONSULTATION = {"who": 4.6, "how": 4.2, "asked": 4.2, "became": 4.0}
_ROWS_TO_FILL = 4
_MEASURES_OF_A_ROW = 12  # so that a page can be filled


def plan_document(view: PlanView, labels: Labels) -> Document:
    """The plan as a minister and those who carry it out read it; what supports it is in the annex."""
    maker, title = _Maker(view, labels), labels("plan_document.title", plan=view.name, country=view.report.country)
    blocks, cover = maker.blocks(), maker.cover()
    return document_of(view.report, labels, title, blocks, subtitle=view.subtitle, notice=view.notice_short, cover=cover)


def entry_lines(entry: EntryView, labels: Labels) -> Iterator[Words]:
    """What was entered on a measure: status, owner and dates in one line, then progress and money, then remarks."""
    if not entry.begun:
        return
    facts = [(key, getattr(entry, key)) for key in ("owner", "start", "end", "progress", "cost", "funding")]
    said = [labels(f"plan_document.entry.{key}", text=text) for key, text in facts if text]
    yield words(strong(entry.status_title), "".join(f" · {text}" for text in (entry.closed, *said) if text))
    yield words(Run(entry.stale, strong=True))
    yield from (words(line) for line in entry.text.split("\n") if line.strip())


class _Maker:
    def __init__(self, view: PlanView, labels: Labels) -> None:
        self.view = view
        self.labels = labels
        self.flagships = frozenset(each.id for one in view.objectives for each in one.flagships)

    def word(self, key: str, **facts: object) -> str:
        return self.labels(f"plan_document.{key}", **facts)

    def cover(self) -> Cover:
        report = self.view.report
        subtitle = self.word("subtitle", plan=self.view.name, subject=report.subject)
        facts = ((self.word("facts.as_of"), report.as_of), (self.word("facts.body"), self.word("facts.body_place")))
        return Cover(
            emblem=self.labels("country_report.emblem"),
            kind=self.labels("plan.short"),
            title=report.country,
            subtitle=subtitle[:1].upper() + subtitle[1:],
            facts=(*facts, (self.word("facts.period"), self.word("facts.period_place"))),
            notices=self.view.notices,
        )

    def blocks(self) -> Iterator[Block]:
        yield NewPage()
        yield contents(self.labels)
        yield from self.vision()
        yield from self.situation()
        yield from self.objectives()
        yield from self.roles()
        yield from self.time_chart()
        yield from self.monitoring()
        yield from self.means()
        yield from self.consultation()
        yield from self.steps()

    # The first pages

    def vision(self) -> Iterator[Block]:
        yield Heading(1, self.word("vision.title"), inline=True)
        if self.view.vision:
            yield paragraph(self.view.vision, look=Look.LEAD)
        if self.view.principles:
            yield paragraph(self.word("vision.principles"), look=Look.LABEL)
            yield Items(tuple(words(strong(f"{one.label}. "), one.text) for one in self.view.principles))

    def situation(self) -> Iterator[Block]:
        yield Heading(1, self.word("situation.title"))
        found = prose.brief(self.view.report, self.labels, ()).situation
        yield paragraph(" ".join((*(one.text for one in found), self.word("situation.report"))))
        yield paragraph(" ".join(self.view.summary))
        if self.view.measures:
            yield paragraph(self.word("situation.glance"), look=Look.LABEL)
            yield table(
                self.word("situation.glance"),
                columns(self.labels, "plan_document", _GLANCE),
                (self.at_a_glance(number, one) for number, one in enumerate(self.view.objectives, 1)),
                shown=False,
            )

    def at_a_glance(self, number: int, one: ObjectiveView) -> list[Cell]:
        return [
            cell(words(Run(f"{number}. {one.title}", strong=True, to=self.anchor(one)))),
            cell(str(len(one.measures))),
            cell(*(words(Run(each.title, to=flagship(each))) for each in one.flagships)),
        ]

    def anchor(self, one: ObjectiveView) -> str:
        return f"objective_{self.view.objectives.index(one) + 1}"

    # The objectives

    def objectives(self) -> Iterator[Block]:
        yield Heading(1, self.word("objectives.title"))
        if not self.view.measures:
            yield paragraph(self.word("objectives.none"))
            return
        yield paragraph(self.word("objectives.intro"))
        for number, one in enumerate(self.view.objectives, 1):
            yield Heading(2, self.word("objectives.numbered", number=number, title=one.title), self.anchor(one))
            if one.vision:
                yield paragraph(one.vision, look=Look.LEAD)
            yield paragraph(one.situation)
            for each in one.flagships:
                yield Heading(3, each.title, flagship(each))
                yield self.block(each)
            if one.others:
                yield paragraph(self.word("objectives.others"), look=Look.LABEL)
                yield self.others(one.others)

    def block(self, one: MeasureView) -> Block:
        """A flagship measure: a row for each thing to know of it."""
        fields: dict[str, Iterable[Words]] = {
            "who": self.who(one),
            "changes": map(self.change, one.answers),
            "basis": [words(one.basis)],
            "first_step": [words(one.first_step)],
            "measured": map(self.indicator, one.indicators),
            "safeguards": [words(strong(self.labels("common.labelled", label=row.label)), row.text) for row in one.beside],
            "entry": entry_lines(one.entry, self.labels),
        }
        rows = ([cell(strong(self.word(f"fields.{key}"))), cell(*texts)] for key, texts in fields.items())
        columns = [Column("", width) for width in _FIELDS_CM]
        return table(one.title, columns, (row for row in rows if row[1].paragraphs), shown=False)

    def who(self, one: MeasureView) -> Iterator[Words]:
        yield words(strong(one.lead_title), f", {one.term}")
        yield words(self.word("partners", partners=one.partners) if one.partners else "")

    def change(self, one: AnsweredView) -> Words:
        """What a measure changes: what is found today, and what is at stake."""
        return words(strong(f"{one.title}. "), one.found, f" {one.stake}" if one.stake else "")

    def indicator(self, one: IndicatorView) -> Words:
        unit = f" ({one.unit})" if one.unit else ""
        return words(muted(self.labels("common.labelled", label=one.label)), f"{one.indicator}{unit}")

    def others(self, measures: tuple[MeasureView, ...]) -> Block:
        rows = ((self.measure(one), cell(one.lead_title), cell(one.months)) for one in measures)
        return table(self.word("objectives.others"), columns(self.labels, "plan_document", _OTHERS), rows, shown=False)

    def measure(self, one: MeasureView) -> Cell:
        return cell(
            one.title, words(muted(one.missing)), *(words(muted(_plain(line))) for line in entry_lines(one.entry, self.labels))
        )

    # Who does what, by when

    def roles(self) -> Iterator[Block]:
        if self.view.leads:
            yield Heading(1, self.word("roles.title"), inline=True)
            yield paragraph(" ".join(filter(None, (self.word("roles.intro"), *(one.much for one in self.view.leads)))))
            rows = (row for one in self.view.leads for row in self.led(one))
            yield table(self.word("roles.title"), columns(self.labels, "plan_document", _ROLES), rows, shown=False)

    def led(self, lead: LeadView) -> Iterator[list[Cell]]:
        """The measures that a body leads, a row for each term; flagships stand out and lead to their place."""
        name = strong(lead.title)
        for phase in self.view.phases:
            held = [one for one in lead.measures if one.phase == phase.key]
            for start in range(0, len(held), _MEASURES_OF_A_ROW):
                yield [cell(name), cell(phase.months), cell(*map(self.named, held[start : start + _MEASURES_OF_A_ROW]))]
                name = muted(self.word("roles.continued", lead=lead.title))

    def named(self, one: MeasureView) -> Words:
        place = flagship(one) if one.id in self.flagships else ""
        return words(Run(one.title, strong=bool(place), to=place))

    def time_chart(self) -> Iterator[Block]:
        """Where each body finds its flagship measures, and how many others it leads in each phase."""
        if not self.view.leads:
            return
        yield Heading(1, self.word("chart.title"), inline=True)
        yield paragraph(self.word("chart.intro"), look=Look.SMALL)
        width = (_CHART_WHOLE_CM - _CHART_FIRST_CM) / len(self.view.phases)
        columns = [Column(self.word("columns.lead"), _CHART_FIRST_CM), *(Column(one.months, width) for one in self.view.phases)]
        rows = [row for lead in self.view.leads for row in self.bars(lead)]
        yield replace(table(self.word("chart.title"), columns, rows, shown=False, fixed=True), dense=True)

    def bars(self, lead: LeadView) -> Iterator[list[Cell]]:
        """A row for a body, with how many further measures it leads in each phase, and one for each of its flagships."""
        yield [cell(strong(lead.title)), *self.counted(lead.others)]
        phases = [phase.key for phase in self.view.phases]
        for one in lead.flagships:
            before, place = cell(fill=palette.SURFACE), phases.index(one.phase)
            bars = [before] * place + [cell(self.word("chart.bar"), fill=palette.RANGE)] + [cell()] * (len(phases) - place - 1)
            yield [cell(words(Run(one.title, to=flagship(one)))), *bars]

    def counted(self, measures: Iterable[MeasureView]) -> Iterator[Cell]:
        counts = Counter(one.phase for one in measures)
        for phase in self.view.phases:
            yield cell(f"+{counts[phase.key]}", fill=palette.SURFACE) if counts[phase.key] else cell()

    # Follow-up, money and help

    def monitoring(self) -> Iterator[Block]:
        if not self.view.measures:
            return
        yield Heading(1, self.word("monitoring.title"), inline=True)
        flagships = [each for one in self.view.objectives for each in one.flagships]
        both = all(len(one.indicators) > 1 for one in flagships)
        yield paragraph(self.word("monitoring.two" if both else "monitoring.some") + " " + self.word("monitoring.intro"))
        rows = (row for one in flagships for row in self.indicators(one))
        yield table(self.word("monitoring.title"), columns(self.labels, "plan_document", _MONITORING), rows, shown=False)

    def indicators(self, one: MeasureView) -> Iterator[Row]:
        today = self.word("monitoring.today", today=one.today) if one.today else ""
        yield band(Run(one.title, strong=True, to=flagship(one)), f"  {one.lead_title}", muted(today and f"\n{today}"))
        for each in one.indicators:
            baseline = cell(each.baseline) if each.baseline else TO_FILL
            yield Row((cell(self.indicator(each)), baseline, TO_FILL, cell(each.verification)))

    def means(self) -> Iterator[Block]:
        yield Heading(1, self.word("budget.title"), inline=True)
        yield paragraph(self.word("budget.intro"))
        years = [
            Column(self.word("columns.year", number=number), _YEARS_CM / self.view.years)
            for number in range(1, self.view.years + 1)
        ]
        first, last = columns(self.labels, "plan_document", _BUDGET)
        blank = [TO_FILL] * (len(years) + 1)
        rows = [(cell(one.title, muted(self.entered(one))), *blank) for one in self.view.objectives if one.measures]
        total = (cell(strong(self.word("budget.total"))), *blank)
        yield table(self.word("budget.title"), (first, *years, last), (*rows, total), shown=False)
        if self.view.funding:
            yield paragraph(self.word("budget.paths"), look=Look.LABEL)
            yield bullets(self.view.funding)
        yield Place(self.word("budget.place"))
        yield from self.assistance()

    def entered(self, one: ObjectiveView) -> str:
        return self.word("budget.entered", cost=one.cost) if one.cost else ""

    def assistance(self) -> Iterator[Block]:
        """The help that was asked for, and the measures that it would serve."""
        yield Heading(2, self.word("assistance.title"))
        wanted = [one for chapter in self.view.report.chapters for one in chapter.provisions if one.assistance]
        if wanted:
            yield paragraph(self.word("assistance.intro"))
            if language := self.view.report.notes_in_other:
                yield paragraph(self.labels("report.other_language"), look=Look.SMALL)
            rows = (
                (cell(one.title), cell(words(Run(one.assistance, language=language))), cell(*self.serving(one.id)))
                for one in wanted
            )
            yield table(self.word("assistance.title"), columns(self.labels, "plan_document", _ASSISTANCE), rows, shown=False)
        yield Place(self.word("assistance.place"))

    def serving(self, provision: str) -> Iterator[str]:
        """The measures that answer a gap in a provision."""
        for one in self.view.measures:
            if any(each.provision == provision for each in one.answers):
                yield one.title

    def consultation(self) -> Iterator[Block]:
        yield Heading(1, self.word("consultation.title"), inline=True)
        if self.view.consultation:
            yield bullets(self.view.consultation)
        yield paragraph(self.word("consultation.record"), look=Look.LABEL)
        rows = [[TO_FILL] * len(_CONSULTATION)] * _ROWS_TO_FILL
        yield table(self.word("consultation.record"), columns(self.labels, "plan_document", _CONSULTATION), rows, shown=False)

    # What comes next

    def steps(self) -> Iterator[Block]:
        yield Heading(1, self.word("steps.title"), inline=True)
        first = self.view.phases[0]
        if starting := [one for one in self.view.measures if one.phase == first.key]:
            yield paragraph(self.word("steps.now", term=first.term), look=Look.LABEL)
            leads = (self.labels("prose.asked.by", lead=one.lead_title) for one in starting)
            yield Items(tuple(words(strong(f"{lead} "), one.title) for lead, one in zip(leads, starting, strict=True)))
        yield paragraph(self.word("steps.intro"))
        yield from steps_to_fill(self.labels, "plan_document")


def flagship(one: MeasureView) -> str:
    """The name of a flagship measure's place."""
    return f"flagship_{one.id}"


def _plain(line: Words) -> str:
    return "".join(run.text for run in line)
