"""What each row of an action plan shows of its measure: the plan's measures in order, then those whose gaps are closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from legcheck.model import Entry
from legcheck.printed import closed_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from legcheck.labels import Labels
    from legcheck.model import Answered, Measure, Plan, PlannedMeasure


@dataclass(frozen=True)
class Row:
    """One measure in words, by column, with what people wrote beside it; without a place where its gaps are closed."""

    id: str
    place: int | None
    texts: Mapping[str, str]
    entry: Entry
    since: str

    @property
    def closed(self) -> bool:
        return self.place is None


def rows_of(plan: Plan, entries: Mapping[str, Entry], words: Labels) -> tuple[Row, ...]:
    """The rows of an action plan. A measure without an entry is as nobody has worked on it."""
    return tuple(_rows(_Words(plan, words), entries))


def _rows(words: _Words, entries: Mapping[str, Entry]) -> Iterator[Row]:
    planned = {one.measure.id: one for one in words.plan.measures}
    for id, one in planned.items():
        entry = entries.get(id) or Entry(id, one.measure.title)
        yield Row(id, one.place, words.planned(one), entry, words.labels("action_plan.stale") if entry.stale else "")
    for id, entry in entries.items():
        if id not in planned:
            yield Row(id, None, words.closed(entry), entry, words.since(entry))


class _Words:
    """Measures in the words of one language."""

    def __init__(self, plan: Plan, labels: Labels) -> None:
        self.plan = plan
        self.catalogue = plan.catalogue
        self.labels = labels
        self.phases = {phase.key: phase.title for phase in plan.catalogue.phases}
        self.sections = {section.key: section.title for section in plan.catalogue.sections}

    def planned(self, one: PlannedMeasure) -> dict[str, str]:
        """A measure of the plan: with the gaps it answers, and what must come first."""
        gaps = "\n".join(self._gap(each) for each in one.answers)
        return self._measure(one.measure, one.phase) | {"gaps": gaps, "requires": ", ".join(one.requires)}

    def closed(self, entry: Entry) -> dict[str, str]:
        """A measure whose gaps are closed, as the catalogue has it; one no longer offered is known by its title alone."""
        measure = self.catalogue.measures.get(entry.measure)
        if measure is not None:
            return self._measure(measure, measure.phase)
        return {"measure": entry.title or entry.measure, "phase": self.labels("action_plan.no_phase")}

    def since(self, entry: Entry) -> str:
        """When the gaps of a measure were closed."""
        if entry.closed_on is None:
            return ""
        closed = closed_on(entry, self.labels)
        return self.labels("action_plan.closed", closed=closed[0].upper() + closed[1:])

    def _measure(self, measure: Measure, phase: str) -> dict[str, str]:
        catalogue = self.catalogue
        section = self.labels("action_plan.section", number=measure.section, title=self.sections.get(measure.section, ""))
        effort = catalogue.efforts.get(measure.effort, "")
        return {
            "phase": self.phases[phase],
            "measure": measure.title,
            "do": measure.do,
            "section": section.strip(),
            "lead": catalogue.leads.get(measure.lead, measure.lead),
            "partners": ", ".join(catalogue.leads.get(partner, partner) for partner in measure.partners),
            "effort": self.labels("action_plan.effort", number=measure.effort, title=effort) if effort else str(measure.effort),
        }

    def _gap(self, each: Answered) -> str:
        facts = {"provision": each.gap.provision, "kind": self.labels(f"report.kinds.{each.gap.kind.value}")}
        if each.letters:
            return self.labels("action_plan.gap_elements", letters=", ".join(each.letters), **facts)
        return self.labels("action_plan.gap", **facts)
