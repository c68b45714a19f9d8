"""Builds the view of a draft plan: measures in words, sections, phases, outlook, and what people wrote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from legcheck.labels import Labels
from legcheck.model import Answered, DimensionScores, Entry, Outlook, Plan, PlannedMeasure
from legcheck.printed import closed_on
from legcheck.reports.figures import display, printed_range
from legcheck.reports.plan_view import (
    AnsweredView,
    EntryRowView,
    EntryView,
    IndicatorView,
    MeasureView,
    PhaseView,
    PlanSectionView,
    PlanView,
)
from legcheck.reports.view import Row
from legcheck.reports.words import view_of
from legcheck.reports.words.context import Context
from legcheck.reports.words.method import slip


def plan_view(plan: Plan, entries: Mapping[str, Entry], labels: Labels) -> PlanView:
    """The draft plan with its entries, in the language of `labels`."""
    words = _PlanWords(plan, entries, labels)
    measures = tuple(words.measure(one) for one in plan.measures)
    planned = {one.measure.id for one in plan.measures}
    texts_only = words.context.texts_only
    return PlanView(
        report=view_of(plan.result, labels),
        title=labels("plan.title_texts") if texts_only else labels("plan.title", subject=plan.result.checklist.subject),
        subtitle=labels("plan.subtitle", country=words.context.country, date=words.context.as_of),
        notices=tuple(words.notices()),
        notice_short=" · ".join(words.short_notices()),
        principles=tuple(Row(title, text) for title, text in plan.catalogue.principles),
        summary=tuple(words.summary()),
        sections=tuple(words.sections(measures)),
        phases=tuple(words.phases(measures)),
        outlook_today=tuple(words.figures(plan.outlook[0])),
        outlook_note=labels("plan.outlook.note"),
        measures=measures,
        assess_first=tuple(words.provision_row(id, labels("plan.assess_because")) for id in plan.assess_first),
        unanswered=tuple(words.unanswered()),
        assistance=view_of(plan.result, labels).assistance,
        funding=plan.catalogue.funding,
        consultation=plan.catalogue.consultation,
        closed=tuple(EntryRowView(id, entry.title, words.entry(entry)) for id, entry in entries.items() if id not in planned),
        method=tuple(labels(f"plan.method.{part}") for part in ("answers", "order", "outlook")),
        order_rule=tuple(words.order_rule()),
        slip=(*slip(words.context), Row(labels("plan.slip.catalogue"), plan.catalogue.digest)),
        none=labels("report.none"),
    )


class _PlanWords:
    def __init__(self, plan: Plan, entries: Mapping[str, Entry], labels: Labels) -> None:
        self.plan = plan
        self.catalogue = plan.catalogue
        self.entries = entries
        self.labels = labels
        self.context = Context(plan.result, labels)
        self.phase_of = {phase.key: phase for phase in plan.catalogue.phases}

    def notices(self) -> Iterator[str]:
        yield self.labels("plan.notice")
        if self.catalogue.untranslated:
            yield self.labels("plan.untranslated", count=self.catalogue.untranslated)
        if self.context.texts_only:
            yield self.labels("plan.notice_texts")
        if self.context.fictional:
            yield self.labels("report.notices.fictional", country=self.context.country)

    def short_notices(self) -> Iterator[str]:
        """The same in a few words, for every page."""
        yield self.labels("plan.short")
        if self.context.texts_only:
            yield self.labels("report.short.texts")
        elif self.context.fictional:
            yield self.labels("report.short.fictional")

    def summary(self) -> Iterator[str]:
        labels, plan = self.labels, self.plan
        if not plan.result.gaps:
            assessed = len(plan.assess_first) < len(plan.result.checklist.provisions)
            yield labels("plan.summary.no_gaps" if assessed else "plan.summary.nothing_assessed")
        else:
            answered = len(plan.result.gaps) - len(plan.unanswered)
            yield labels("plan.summary.counts", measures=len(plan.measures), gaps=answered)
            yield labels("plan.summary.phases", phases=labels.join(self._phase_counts()))
            lacking = labels("plan.summary.unanswered", count=len(plan.unanswered))
            yield lacking if plan.unanswered else labels("plan.summary.all_answered")
        if plan.assess_first:
            yield labels("plan.summary.assess_first", count=len(plan.assess_first))
        for today, after in zip(self.figures(plan.outlook[0]), self.figures(plan.outlook[-1]), strict=True):
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
                outlook=tuple(self.figures(outlook[phase.key])),
            )

    def figures(self, step: Outlook) -> Iterator[Row]:
        """The total of each dimension that was assessed."""
        for key in self.context.assessed:
            yield Row(self.context.checklist.by_dimension[key].title, self._figure(step.scores[key]))

    def _figure(self, scores: DimensionScores) -> str:
        facts = {"display": display(scores.total, self.labels), "range": printed_range(scores.total, self.labels)}
        return self.labels("plan.outlook.figure", **facts)

    def provision_row(self, id: str, text: str) -> Row:
        return Row(f"{id} {self.context.checklist.provisions[id].title}", text)

    def unanswered(self) -> Iterator[Row]:
        for gap in self.plan.unanswered:
            case = self.labels(f"report.kinds.{gap.kind.value}")
            yield self.provision_row(gap.provision, self.labels("plan.unanswered_because", case=case))

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
            examples=tuple(self._examples(planned)),
            assistance=tuple(self.provision_row(id, text) for id, text in wanted if text),
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
        rating = self.context.level_titles.get(gap.rating, gap.rating)
        law = self.context.law is not None and gap.dimension == self.context.law.key
        key = f"plan.baseline.{'law' if law else 'practice'}"
        return self.labels(key, provision=gap.provision, rating=rating, date=self.context.as_of)

    def _safeguards(self, planned: PlannedMeasure) -> Iterator[Row]:
        titles = {theme.key: theme.title for theme in self.context.checklist.themes}
        for theme, text in planned.measure.safeguards.items():
            yield Row(titles.get(theme, theme), text)

    def _examples(self, planned: PlannedMeasure) -> Iterable[str]:
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
            closed=closed_on(entry, labels),
        )
