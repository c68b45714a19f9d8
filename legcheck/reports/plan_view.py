"""What a draft National Comprehensive Assistance Plan shows, decided once for all formats, and how it is made from a plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from legcheck.labels import Labels
from legcheck.model import Answered, Catalogue, Entry, Measure, Outlook, Plan, PlannedMeasure, SectionContent
from legcheck.reports.make_view import ReportContext, slip, view_of
from legcheck.reports.view import ReportView, Row


@dataclass(frozen=True)
class AnsweredView:
    """A gap that a measure answers: provision, kind of gap, and the elements it addresses."""

    provision: str
    title: str
    kind_title: str
    elements: tuple[str, ...]


@dataclass(frozen=True)
class IndicatorView:
    """How progress is measured, with the baseline from the assessment."""

    label: str
    indicator: str
    unit: str
    verification: str
    baseline: str


@dataclass(frozen=True)
class EntryView:
    """What the ministry and the adviser wrote beside a measure; every text may be empty."""

    status: str
    status_title: str
    owner: str
    start: str
    end: str
    cost: str
    funding: str
    progress: str
    text: str
    stale: str
    closed: str


@dataclass(frozen=True)
class MeasureView:
    """A measure in its place."""

    place: int
    id: str
    title: str
    do: str
    section: str
    kind_title: str
    lead_title: str
    partners: str
    phase: str
    phase_title: str
    first_month: int
    last_month: int
    need: str
    effort: int
    effort_title: str
    requires: tuple[Row, ...]
    in_place: tuple[Row, ...]
    answers: tuple[AnsweredView, ...]
    why: str
    points: str
    indicators: tuple[IndicatorView, ...]
    safeguards: tuple[Row, ...]
    drafting: tuple[str, ...]
    clauses: tuple[Row, ...]
    examples: tuple[str, ...]
    assistance: tuple[Row, ...]
    entry: EntryView


def clause_rows(measure: Measure, catalogue: Catalogue) -> Iterator[Row]:
    """The clauses of a measure, numbered; where legal traditions part, each wording with the name of its tradition."""
    for number, clause in enumerate(measure.clauses, 1):
        for tradition, text in clause.items():
            yield Row(f"({number}) {catalogue.traditions[tradition]}" if tradition else f"({number})", text)


@dataclass(frozen=True)
class PlanSectionView:
    """A section of the plan document: its own words, its measures, and a marked place for the ministry's text."""

    number: str
    title: str
    timing: str
    shows: tuple[SectionContent, ...]
    paragraphs: tuple[str, ...]
    measures: tuple[MeasureView, ...]
    place_for_text: str


@dataclass(frozen=True)
class PhaseView:
    """A phase with its measures and the scores expected at its end (by dimension title)."""

    key: str
    title: str
    first_month: int
    last_month: int
    measures: tuple[MeasureView, ...]
    outlook: tuple[Row, ...]


@dataclass(frozen=True)
class EntryRowView:
    """A measure of an earlier plan whose gaps are closed."""

    id: str
    title: str
    entry: EntryView


@dataclass(frozen=True)
class PlanView:
    """A whole draft plan, in one language, ready to be laid out. `report` is the gap report's own view of the same result."""

    report: ReportView
    title: str
    subtitle: str
    notices: tuple[str, ...]
    notice_short: str
    principles: tuple[Row, ...]
    summary: tuple[str, ...]
    sections: tuple[PlanSectionView, ...]
    phases: tuple[PhaseView, ...]
    outlook_today: tuple[Row, ...]
    outlook_note: str
    measures: tuple[MeasureView, ...]
    assess_first: tuple[Row, ...]
    unanswered: tuple[Row, ...]
    assistance: tuple[Row, ...]
    funding: tuple[str, ...]
    consultation: tuple[str, ...]
    closed: tuple[EntryRowView, ...]
    method: tuple[str, ...]
    order_rule: tuple[Row, ...]
    slip: tuple[Row, ...]
    none: str


def plan_view(plan: Plan, entries: Mapping[str, Entry], labels: Labels) -> PlanView:
    """The draft plan with its entries, in the language of `labels`."""
    made = _Draft(plan, entries, labels)
    report = view_of(plan.result, labels)
    measures = tuple(made.measure(one) for one in plan.measures)
    planned = {one.measure.id for one in plan.measures}
    return PlanView(
        report=report,
        title=made.title(),
        subtitle=labels("plan.subtitle", country=report.country, date=report.as_of),
        notices=tuple(made.notices()),
        notice_short=" · ".join(made.short_notices()),
        principles=tuple(Row(title, text) for title, text in plan.catalogue.principles),
        summary=tuple(made.summary()),
        sections=tuple(made.sections(measures)),
        phases=tuple(made.phases(measures)),
        outlook_today=tuple(made.totals(plan.outlook[0])),
        outlook_note=labels("plan.outlook.note"),
        measures=measures,
        assess_first=tuple(made.on_provision(id, labels("plan.assess_because")) for id in plan.assess_first),
        unanswered=tuple(made.unanswered()),
        assistance=report.assistance,
        funding=plan.catalogue.funding,
        consultation=plan.catalogue.consultation,
        closed=tuple(EntryRowView(id, one.title, made.entry(one)) for id, one in entries.items() if id not in planned),
        method=tuple(labels(f"plan.method.{part}") for part in ("answers", "order", "outlook")),
        order_rule=tuple(made.order_rule()),
        slip=(*slip(made.context), Row(labels("plan.slip.catalogue"), plan.catalogue.digest)),
        none=report.none,
    )


class _Draft:
    """A plan and what was written beside its measures, turned into words part by part."""

    def __init__(self, plan: Plan, entries: Mapping[str, Entry], labels: Labels) -> None:
        self.plan = plan
        self.catalogue = plan.catalogue
        self.entries = entries
        self.labels = labels
        self.context = ReportContext(plan.result, labels)
        self.phase_of = {phase.key: phase for phase in plan.catalogue.phases}

    def title(self) -> str:
        name = self.catalogue.title or self.labels("plan.untitled")
        return self.labels("plan.title", plan=name, subject=self.plan.result.checklist.subject)

    def notices(self) -> Iterator[str]:
        yield self.labels("plan.notice", concerned=self.catalogue.concerned or self.labels("plan.concerned"))
        if self.catalogue.untranslated:
            yield self.labels("plan.untranslated", count=self.catalogue.untranslated)
        if self.context.fictional:
            yield self.labels("report.notices.fictional", country=self.context.country)

    def short_notices(self) -> Iterator[str]:
        """The same in a few words, for every page."""
        yield self.labels("plan.short")
        if self.context.fictional:
            yield self.labels("report.short.fictional")

    def summary(self) -> Iterator[str]:
        labels, plan = self.labels, self.plan
        if not plan.result.gaps:
            assessed = len(plan.assess_first) < len(plan.result.checklist.provisions)
            yield labels("plan.summary.no_gaps" if assessed else "plan.summary.nothing_assessed")
        else:
            answered = len(plan.result.gaps) - len(plan.unanswered)
            yield labels("plan.summary.counts", count=len(plan.measures), gaps=labels("common.count.gaps", count=answered))
            yield labels("plan.summary.phases", phases=labels.join(self._phase_counts()))
            lacking = labels("plan.summary.unanswered", count=len(plan.unanswered))
            yield lacking if plan.unanswered else labels("plan.summary.all_answered")
        if plan.assess_first:
            yield labels("plan.summary.assess_first", count=len(plan.assess_first))
        for today, after in zip(self.totals(plan.outlook[0]), self.totals(plan.outlook[-1]), strict=True):
            yield labels("plan.summary.outlook", dimension=today.label, today=today.text, after=after.text)

    def _phase_counts(self) -> Iterator[str]:
        for phase in self.catalogue.phases:
            count = sum(one.phase == phase.key for one in self.plan.measures)
            yield self.labels("plan.summary.phase", title=phase.title, count=count)

    def sections(self, measures: tuple[MeasureView, ...]) -> Iterator[PlanSectionView]:
        for section in self.catalogue.sections:
            yield PlanSectionView(
                number=section.key,
                title=section.title,
                timing=section.timing,
                shows=section.shows,
                paragraphs=(section.text,) if section.text else (),
                measures=tuple(one for one in measures if one.section == section.key),
                place_for_text=self.labels("plan.place_for_text", section=section.title),
            )

    def phases(self, measures: tuple[MeasureView, ...]) -> Iterator[PhaseView]:
        outlook = {step.phase: step for step in self.plan.outlook}
        for phase in self.catalogue.phases:
            yield PhaseView(
                key=phase.key,
                title=phase.title,
                first_month=phase.first_month,
                last_month=phase.last_month,
                measures=tuple(one for one in measures if one.phase == phase.key),
                outlook=tuple(self.totals(outlook[phase.key])),
            )

    def totals(self, step: Outlook) -> Iterator[Row]:
        """The total of each dimension that was assessed."""
        for key in self.context.assessed:
            total = step.scores[key].total
            facts = {"display": self.labels.figure(total.display), "range": self.labels.range(total)}
            yield Row(self.context.checklist.by_dimension[key].title, self.labels("plan.outlook.figure", **facts))

    def on_provision(self, id: str, text: str) -> Row:
        return Row(f"{id} {self.context.checklist.provisions[id].title}", text)

    def unanswered(self) -> Iterator[Row]:
        for gap in self.plan.unanswered:
            case = self.labels(f"report.kinds.{gap.kind.value}")
            yield self.on_provision(gap.provision, self.labels("plan.unanswered_because", case=case))

    def order_rule(self) -> Iterator[Row]:
        rule = self.catalogue.order
        for factor, points in (("highest_gap", rule.highest_gap), ("each_gap", rule.each_gap), ("effort", rule.effort)):
            yield Row(self.labels(f"plan.order.{factor}"), self.labels.number(points))

    def measure(self, planned: PlannedMeasure) -> MeasureView:
        one, catalogue, labels = planned.measure, self.catalogue, self.labels
        phase = self.phase_of[planned.phase]
        needs = ", ".join(catalogue.needs[need] for need in one.need)
        provisions = {each.gap.provision for each in planned.answers}
        wanted = ((id, self.context.answer(id).assistance) for id in self.context.checklist.provisions if id in provisions)
        return MeasureView(
            place=planned.place,
            id=one.id,
            title=one.title,
            do=one.do,
            section=one.section,
            kind_title=catalogue.kinds[one.kind],
            lead_title=catalogue.leads[one.lead],
            partners=", ".join(catalogue.leads[partner] for partner in one.partners),
            phase=phase.key,
            phase_title=phase.title,
            first_month=phase.first_month,
            last_month=phase.last_month,
            need=labels("plan.need", phases=needs) if needs else "",
            effort=one.effort,
            effort_title=catalogue.efforts[one.effort],
            requires=tuple(self._required(id) for id in planned.requires),
            in_place=tuple(self._required(id) for id in planned.in_place),
            answers=tuple(self._answered(each) for each in planned.answers),
            why=labels.join(self._why(planned)),
            points=labels.number(planned.points),
            indicators=tuple(self._indicators(planned)),
            safeguards=tuple(self._safeguards(planned)),
            drafting=one.drafting,
            clauses=tuple(clause_rows(one, catalogue)),
            examples=tuple(self._examples(planned)),
            assistance=tuple(self.on_provision(id, text) for id, text in wanted if text),
            entry=self.entry(self.entries.get(one.id, Entry(one.id))),
        )

    def _required(self, id: str) -> Row:
        return Row(id, self.catalogue.measures[id].title)

    def _answered(self, each: Answered) -> AnsweredView:
        provision = self.context.checklist.provisions[each.gap.provision]
        texts = {element.letter: element.text for element in provision.elements}
        return AnsweredView(
            provision=provision.id,
            title=provision.title,
            kind_title=self.labels(f"report.kinds.{each.gap.kind.value}"),
            elements=tuple(self.labels("plan.element", letter=letter, text=texts[letter]) for letter in each.letters),
        )

    def _why(self, planned: PlannedMeasure) -> Iterator[str]:
        names = {"highest_gap": "provision", "gaps": "count", "effort": "effort"}
        for reason in planned.reasons:
            facts = {names[reason.factor]: reason.detail, "points": self.labels.number(reason.points)}
            yield self.labels(f"plan.why.{reason.factor}", **facts)
        if planned.phase != planned.measure.phase:
            yield self.labels("plan.moved")

    def _indicators(self, planned: PlannedMeasure) -> Iterator[IndicatorView]:
        baseline = self.labels.join(self._baseline(each) for each in planned.answers)
        for part, one in (("output", planned.measure.output), ("outcome", planned.measure.outcome)):
            label = self.labels(f"plan.indicator.{part}")
            yield IndicatorView(label, one.indicator, one.unit, one.verification, baseline if part == "output" else "")

    def _baseline(self, each: Answered) -> str:
        gap = each.gap
        checklist = self.context.checklist
        dimension, provision = checklist.by_dimension[gap.dimension], checklist.provisions[gap.provision]
        rating = dimension.scale_of(provision).title(gap.rating)
        facts = {"rating": rating, "dimension": dimension.title, "date": self.context.as_of}
        return self.labels(f"plan.baseline.{dimension.role or 'other'}", provision=gap.provision, **facts)

    def _safeguards(self, planned: PlannedMeasure) -> Iterator[Row]:
        for theme, text in planned.measure.safeguards.items():
            yield Row(self.context.theme_titles.get(theme, theme), text)

    def _examples(self, planned: PlannedMeasure) -> Iterator[str]:
        for one in planned.measure.examples:
            how = self.labels(f"plan.verified.{one.verified}")
            key = "plan.example" if one.article else "plan.example_whole"
            yield self.labels(key, country=one.country, law=one.law, article=one.article, how=how)

    def entry(self, entry: Entry) -> EntryView:
        """What was written beside a measure."""
        labels = self.labels
        return EntryView(
            status=entry.status.value,
            status_title=labels(f"plan.status.{entry.status.value}"),
            owner=entry.owner,
            start=labels.date(entry.start) if entry.start else "",
            end=labels.date(entry.end) if entry.end else "",
            cost=str(entry.cost) if entry.cost is not None else "",
            funding=entry.funding,
            progress=entry.progress,
            text=entry.text,
            stale=labels("plan.stale") if entry.stale else "",
            closed=labels.closed(entry),
        )
