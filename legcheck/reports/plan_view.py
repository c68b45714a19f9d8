"""What a draft plan shows, decided once for all formats: its objectives, who leads what and by when, each measure in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil

from legcheck.labels import Labels
from legcheck.model import (
    Answered,
    Case,
    Entry,
    Gap,
    GapKind,
    Phase,
    Plan,
    PlannedMeasure,
    PlannedObjective,
    Provision,
    Status,
)
from legcheck.reports.make_view import ReportContext, standing_of, view_of
from legcheck.reports.method import published, slip
from legcheck.reports.prose import NAMED_IN_BRIEF, clause_rows, harmed, lacks, law_at_issue, opening, still_missing
from legcheck.reports.view import ReportView, Row

_METHOD = ("answers", "flagships", "order", "outlook")


@dataclass(frozen=True)
class AnsweredView:
    """A gap that a measure answers: what is found, what is at stake, and which elements the measure brings.

    At stake is whom the gap harms, or what the law does not yet say, where that cannot be said. `published` is the number of the
    provision in a published document, in words, if somebody gave it.
    """

    provision: str
    title: str
    found: str
    stake: str
    elements: tuple[str, ...]
    published: str


@dataclass(frozen=True)
class IndicatorView:
    """How progress is measured, in which unit, and where to look it up; `baseline` is where it stands, if that is known."""

    label: str
    indicator: str
    unit: str
    verification: str
    baseline: str = ""


@dataclass(frozen=True)
class EntryView:
    """What the ministry and the adviser wrote beside a measure; every text may be empty. `begun`: they wrote anything."""

    begun: bool
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
    """A measure in its place. `basis` names the articles that it amends, `beside` the safeguards printed with a flagship.

    `today` says what was found of the provisions that it would change; indicators have units of their own. `missing` is what the
    law still lacks where it has a part of what is asked.
    """

    place: int
    id: str
    title: str
    do: str
    first_step: str
    missing: str
    kind_title: str
    lead_title: str
    partners: str
    phase: str
    months: str
    term: str
    requires: tuple[Row, ...]
    in_place: tuple[Row, ...]
    answers: tuple[AnsweredView, ...]
    basis: str
    indicators: tuple[IndicatorView, ...]
    today: str
    safeguards: tuple[Row, ...]
    beside: tuple[Row, ...]
    drafting: tuple[str, ...]
    clauses: tuple[Row, ...]
    examples: tuple[str, ...]
    entry: EntryView


@dataclass(frozen=True)
class ObjectiveView:
    """An objective with its measures, the situation that it starts from in a sentence, and the `cost` entered so far."""

    title: str
    vision: str
    situation: str
    flagships: tuple[MeasureView, ...]
    others: tuple[MeasureView, ...]
    cost: str

    @property
    def measures(self) -> tuple[MeasureView, ...]:
        return tuple(sorted((*self.flagships, *self.others), key=lambda one: one.place))


@dataclass(frozen=True)
class LeadView:
    """A body with the measures that it leads, in the order of the plan, and those among them that stand out.

    `much` says that it leads more of them than one body can be asked for.
    """

    title: str
    measures: tuple[MeasureView, ...]
    flagships: tuple[MeasureView, ...]
    much: str = ""

    @property
    def others(self) -> tuple[MeasureView, ...]:
        return tuple(one for one in self.measures if one not in self.flagships)


@dataclass(frozen=True)
class PhaseView:
    """A phase, and its months in a few words."""

    key: str
    title: str
    months: str
    term: str


@dataclass(frozen=True)
class ClosedView:
    """A measure of an earlier plan whose gaps are closed."""

    id: str
    title: str
    entry: EntryView


@dataclass(frozen=True)
class PlanView:
    """A whole draft plan, in one language, ready to be laid out. `report` is the gap report's own view of the same result."""

    report: ReportView
    name: str
    subtitle: str
    notices: tuple[str, ...]
    notice_short: str
    vision: str
    principles: tuple[Row, ...]
    summary: tuple[str, ...]
    objectives: tuple[ObjectiveView, ...]
    leads: tuple[LeadView, ...]
    phases: tuple[PhaseView, ...]
    assess_first: tuple[Row, ...]
    unanswered: tuple[Row, ...]
    funding: tuple[str, ...]
    consultation: tuple[str, ...]
    closed: tuple[ClosedView, ...]
    method: tuple[str, ...]
    order_rule: tuple[Row, ...]
    slip: tuple[Row, ...]
    years: int

    @property
    def measures(self) -> tuple[MeasureView, ...]:
        """All measures in the order of the plan."""
        return tuple(sorted((one for each in self.objectives for one in each.measures), key=lambda one: one.place))


def plan_view(plan: Plan, entries: Mapping[str, Entry], labels: Labels) -> PlanView:
    """The draft plan with its entries, in the language of `labels`."""
    made = _Draft(plan, entries, labels)
    catalogue, planned = plan.catalogue, {one.measure.id for one in plan.measures}
    return PlanView(
        report=made.report,
        name=catalogue.title or labels("plan.untitled"),
        subtitle=labels("plan.subtitle", country=made.report.country, date=made.report.as_of),
        notices=tuple(made.notices()),
        notice_short=" · ".join(made.short_notices()),
        vision=catalogue.vision,
        principles=tuple(Row(title, text) for title, text in catalogue.principles),
        summary=tuple(made.summary()),
        objectives=tuple(made.objective(one) for one in plan.objectives),
        leads=tuple(made.leads()),
        phases=tuple(PhaseView(one.key, one.title, made.months(one), made.term(one)) for one in made.phases),
        assess_first=tuple(made.on_provision(id, "") for id in plan.assess_first),
        unanswered=tuple(made.unanswered()),
        funding=catalogue.funding,
        consultation=catalogue.consultation,
        closed=tuple(ClosedView(id, one.title, made.entry(one)) for id, one in entries.items() if id not in planned),
        method=(*(labels(f"plan.method.{part}") for part in _METHOD), *published(made.context)),
        order_rule=tuple(made.order_rule()),
        slip=(*slip(made.context, "plan"), Row(labels("plan.slip.catalogue"), catalogue.digest)),
        years=ceil(max(one.last_month for one in made.phases) / 12),
    )


class _Draft:
    """A plan and what was written beside its measures, turned into words part by part."""

    def __init__(self, plan: Plan, entries: Mapping[str, Entry], labels: Labels) -> None:
        self.plan = plan
        self.catalogue = plan.catalogue
        self.entries = entries
        self.labels = labels
        self.context = ReportContext(plan.result, labels)
        self.report = view_of(plan.result, labels)
        self.provisions = {one.id: one for chapter in self.report.chapters for one in chapter.provisions}
        self.phase_of = {phase.key: phase for phase in plan.catalogue.phases}
        used = {one.phase for one in plan.measures} or {*self.phase_of}
        self.phases = tuple(phase for phase in plan.catalogue.phases if phase.key in used)
        self.titles = {one.id: one.title for one in (*plan.catalogue.measures.values(), *(one.measure for one in plan.measures))}
        self.measures = {one.measure.id: self.measure(one) for one in plan.measures}

    def notices(self) -> Iterator[str]:
        if marking := self.plan.result.release.marking:
            yield self.labels("report.notices.marking", marking=marking)
        yield self.labels("plan.notice", concerned=self.catalogue.concerned or self.labels("plan.concerned"))
        if self.catalogue.untranslated:
            yield self.labels("plan.untranslated", count=self.catalogue.untranslated)
        if self.context.fictional:
            yield self.labels("report.notices.fictional", country=self.context.country)

    def short_notices(self) -> Iterator[str]:
        """The same in a few words, for every page."""
        if marking := self.plan.result.release.marking:
            yield marking
        yield self.labels("plan.short")
        if self.context.fictional:
            yield self.labels("report.short.fictional")

    # What the plan holds

    def summary(self) -> Iterator[str]:
        labels, plan = self.labels, self.plan
        if not plan.result.gaps:
            assessed = len(plan.assess_first) < len(plan.result.checklist.provisions)
            yield labels("plan.summary.no_gaps" if assessed else "plan.summary.nothing_assessed")
        else:
            answered = len(plan.result.gaps) - len(plan.unanswered)
            gaps = labels("common.count.gaps", count=answered)
            yield labels.opening("plan.summary.counts", count=len(plan.measures), gaps=gaps)
            yield labels("plan.summary.phases", phases=labels.listed(tuple(self._phase_counts())))
            lacking = labels.opening("plan.summary.unanswered", count=len(plan.unanswered))
            yield lacking if plan.unanswered else labels("plan.summary.all_answered")
            yield labels("plan.summary.outlook")

    def _phase_counts(self) -> Iterator[str]:
        for phase in self.phases:
            count = sum(one.phase == phase.key for one in self.plan.measures)
            yield self.labels("plan.summary.phase", number=count, term=self.term(phase))

    def objective(self, one: PlannedObjective) -> ObjectiveView:
        gaps = {(gap.provision, gap.dimension): gap for each in one.measures for gap in _gaps(each)}
        costs = (self.entries[each.measure.id].cost for each in one.measures if each.measure.id in self.entries)
        entered = [cost for cost in costs if cost is not None]
        return ObjectiveView(
            title=one.objective.title,
            vision=one.objective.vision,
            situation=self._situation(gaps.values()),
            flagships=tuple(self.measures[each.measure.id] for each in one.flagships),
            others=tuple(self.measures[each.measure.id] for each in one.others),
            cost=str(sum(entered, Decimal(0))) if entered else "",
        )

    def _situation(self, gaps: Iterable[Gap]) -> str:
        """How many gaps of each kind there are."""
        counts = Counter(gap.kind for gap in gaps)
        if not counts:
            return self.labels("plan.situation.none")
        kinds = [self.labels(f"plan.situation.{kind.value}", count=counts[kind]) for kind in GapKind if counts[kind]]
        return self.labels("plan.situation.counts", count=counts.total(), kinds=self.labels.listed(kinds))

    def leads(self) -> Iterator[LeadView]:
        """The bodies that lead measures, in the order in which the catalogue names them."""
        flagships = {each.measure.id for one in self.plan.objectives for each in one.flagships}
        for key in self.catalogue.leads:
            led = tuple(self.measures[one.measure.id] for one in self.plan.measures if one.measure.lead == key)
            if led:
                much = Fraction(len(led), len(self.plan.measures)) > self.catalogue.lead_share
                facts = {"lead": self._capital(key), "number": len(led), "all": len(self.plan.measures)}
                said = self.labels("plan.much", **facts) if much else ""
                yield LeadView(self._named(key), led, tuple(one for one in led if one.id in flagships), said)

    def _named(self, lead: str) -> str:
        """A body that leads; one that the government cannot instruct is invited to."""
        title = self._capital(lead)
        return self.labels("plan.invited", lead=title) if lead in self.catalogue.independent else title

    def _capital(self, lead: str) -> str:
        title = self.catalogue.leads[lead]
        return title[:1].upper() + title[1:]

    def months(self, phase: Phase) -> str:
        return self.labels("plan.months", first=phase.first_month, last=phase.last_month)

    def term(self, phase: Phase) -> str:
        return self.labels("plan.term", last=phase.last_month)

    def on_provision(self, id: str, text: str) -> Row:
        return Row(f"{self.context.checklist.provisions[id].title} ({id})", text)

    def unanswered(self) -> Iterator[Row]:
        for gap in self.plan.unanswered:
            case = self.labels(f"report.kinds.{gap.kind.value}")
            yield self.on_provision(gap.provision, self.labels("plan.unanswered_because", case=case))

    def order_rule(self) -> Iterator[Row]:
        rule = self.catalogue.order
        for factor, points in (("highest_gap", rule.highest_gap), ("each_gap", rule.each_gap), ("effort", rule.effort)):
            yield Row(self.labels(f"plan.order.{factor}"), self.labels.number(points))

    # Measures

    def measure(self, planned: PlannedMeasure) -> MeasureView:
        one, catalogue, phase = planned.measure, self.catalogue, self.phase_of[planned.phase]
        safeguards = {theme: Row(self.context.theme_titles.get(theme, theme), text) for theme, text in one.safeguards.items()}
        changed = (each.gap for each in planned.answers if each.amends)
        return MeasureView(
            place=planned.place,
            id=one.id,
            title=one.title,
            do=one.do,
            first_step=opening(one.do, 0),
            missing=still_missing(planned, self.plan.result, self.labels),
            kind_title=catalogue.kinds[one.kind],
            lead_title=self._named(one.lead),
            partners=", ".join(catalogue.leads[partner] for partner in one.partners),
            phase=planned.phase,
            months=self.months(phase),
            term=self.term(phase),
            requires=tuple(self._required(id) for id in planned.requires),
            in_place=tuple(self._required(id) for id in planned.in_place),
            answers=tuple(self._answered(each) for each in planned.answers),
            basis=law_at_issue(self.labels, *(self.provisions[gap.provision] for gap in changed)),
            indicators=tuple(self._indicators(planned)),
            today=self._today(planned),
            safeguards=tuple(safeguards.values()),
            beside=tuple(safeguards[theme] for theme in catalogue.flagships.safeguards if theme in safeguards),
            drafting=one.drafting,
            clauses=tuple(clause_rows(one, catalogue, self.labels)),
            examples=tuple(self._examples(planned)),
            entry=self.entry(self.entries.get(one.id, Entry(one.id))),
        )

    def _required(self, id: str) -> Row:
        return Row(id, self.titles[id])

    def _answered(self, each: Answered) -> AnsweredView:
        provision = self.context.checklist.provisions[each.gap.provision]
        return AnsweredView(
            provision=provision.id,
            title=provision.title,
            found=self._found(each, provision),
            stake=self._at_stake(each, provision) if each.case is not Case.PRACTICE else "",
            elements=tuple(
                self.labels("plan.element", letter=one.letter, text=one.text) for one in provision.lettered(each.letters)
            ),
            published=self.labels.published(provision.mlp_ref),
        )

    def _found(self, each: Answered, provision: Provision) -> str:
        """What kind of gap it is; of practice, in the words of the country report."""
        gap = each.gap
        if gap.kind is GapKind.IMPLEMENTATION:
            level = self.context.checklist.by_dimension[gap.dimension].level(provision, gap.rating)
            return self.labels(f"prose.kind.implementation_{standing_of(level)}")
        if gap.kind is GapKind.PRACTICE_WITHOUT_LAW:
            return self.labels("prose.kind.practice_without_law")
        return self.labels(f"plan.found.{gap.kind.value}" + ("" if each.letters or not each.in_part else "_limited"))

    def _at_stake(self, each: Answered, provision: Provision) -> str:
        """Whom a gap harms or, where that cannot be said, what the law lacks; both where the law has a part."""
        result = self.plan.result
        unmet = result.elements[provision.id].unmet
        missing = [one.text for one in provision.lettered(each.letters) if one.letter in unmet]
        said = lacks(missing, self.labels, NAMED_IN_BRIEF) if missing else ""
        harm = harmed(result, each.gap, self.labels)
        return " ".join(filter(None, (said, harm))) if each.in_part else harm or said

    def _indicators(self, planned: PlannedMeasure) -> Iterator[IndicatorView]:
        for part, one in (("output", planned.measure.output), ("outcome", planned.measure.outcome)):
            if one.indicator:
                label = self.labels(f"plan.indicator.{part}")
                baseline = self.labels("plan.none_yet") if one.of_law and _begins_at_none(planned) else ""
                yield IndicatorView(label, one.indicator, one.unit, one.verification, baseline)

    def _today(self, planned: PlannedMeasure) -> str:
        """What was found, said once for all provisions of which it is the same."""
        found: dict[str, list[str]] = {}
        for each in map(self._answered, planned.answers):
            found.setdefault(each.found, []).append(each.title)
        several = len({title for titles in found.values() for title in titles}) > 1
        parts = (self.labels("plan.today", titles=self.labels.join(one), found=said) for said, one in found.items())
        return " ".join(parts if several else found)

    def _examples(self, planned: PlannedMeasure) -> Iterator[str]:
        for one in planned.measure.examples:
            how = self.labels(f"plan.verified.{one.verified}")
            key = "plan.example" if one.article else "plan.example_whole"
            yield self.labels(key, country=one.country, law=one.law, article=one.article, how=how)

    def entry(self, entry: Entry) -> EntryView:
        """What was written beside a measure."""
        labels = self.labels
        written = (entry.owner, entry.start, entry.end, entry.cost, entry.funding, entry.progress, entry.text, entry.closed_on)
        return EntryView(
            begun=entry.status is not Status.PROPOSED or any(one not in (None, "") for one in written),
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


def _begins_at_none(planned: PlannedMeasure) -> bool:
    """Whether nothing of what a measure brings is law today: it is missing, or the rule that is to fall still stands."""
    cases = {each.case for each in planned.answers}
    return cases <= {Case.MISSING, Case.CONTRARY} or all(each.in_part for each in planned.answers)


def _gaps(planned: PlannedMeasure) -> Iterator[Gap]:
    return (each.gap for each in planned.answers)
