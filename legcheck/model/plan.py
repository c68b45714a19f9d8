"""Measures, the suggested steps that close gaps, and the plan: the draft NCAP, which orders them by phase."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from legcheck.model.assessment import Citation, joined_articles
from legcheck.model.figures import DimensionScores, Score
from legcheck.model.result import Gap, GapKind, Reason, Result


class Case(StrEnum):
    """What kind of gap a measure answers."""

    MISSING = "missing"
    PARTIAL = "partial"
    PRACTICE = "practice"
    CODIFY = "codify"
    CONTRARY = "contrary"


if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Indicator:
    """How progress is measured: what, in which unit, and where to look it up; `of_law` counts what stands in law."""

    indicator: str
    unit: str
    verification: str
    of_law: bool = False


NO_INDICATOR = Indicator("", "", "")


@dataclass(frozen=True)
class Alone:
    """What a measure for several provisions is called and asks for where only one of them has a gap.

    `without` names the parts of the measure that do not concern it, such as ``outcome`` and ``clauses.2``.
    """

    title: str
    do: str
    without: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Example:
    """Good practice in national law; `verified` says how it was verified (``read`` in the text, or in a ``source``)."""

    country: str
    law: str
    article: str
    verified: str


@dataclass(frozen=True)
class Measure:
    """One suggested step. `closes` gives the cases it answers by provision; `elements` narrows it to letters.

    `alone` says how it reads where, of several provisions, only that one has a gap. `drafting` is what a text that provides for
    all of it has to settle.
    `clauses` is wording to draft from, each by legal tradition: under an empty key where one wording serves all.
    """

    id: str
    title: str
    closes: Mapping[str, tuple[Case, ...]]
    elements: Mapping[str, tuple[str, ...]]
    do: str
    kind: str
    lead: str
    partners: tuple[str, ...]
    phase: str
    need: tuple[str, ...]
    effort: int
    requires: tuple[str, ...]
    section: str
    output: Indicator
    outcome: Indicator
    safeguards: Mapping[str, str]
    drafting: tuple[str, ...]
    examples: tuple[Example, ...]
    clauses: tuple[Mapping[str, str], ...] = ()
    alone: Mapping[str, Alone] = field(default_factory=dict)

    def speaking_of(self, answers: Sequence[Answered], completing: Completing | None, titles: Mapping[str, str]) -> Measure:
        """The measure as it reads where it answers these gaps, so that it asks for nothing that a country has already.

        Where only some of its provisions have gaps, it speaks of these; where the law has a part of each, it asks for the rest.
        `titles` are those of the provisions by id.
        """
        provisions = dict.fromkeys(one.gap.provision for one in answers)
        said = self._of(*provisions) if len(provisions) < len(self.closes) else self
        if completing is None:
            return said
        if not said.output.indicator and {one.case for one in answers} <= {Case.MISSING, Case.PARTIAL}:
            said = replace(said, output=completing.followed(answers, titles))
        if any(one.in_part for one in answers):
            said = replace(said, drafting=())
        if not all(one.in_part for one in answers):
            return said
        return replace(said, do=completing.asked(answers) or said.do, output=completing.followed(answers, titles))

    def _of(self, *provisions: str) -> Measure:
        """The measure for some of its provisions, without what concerns none of them; as it is if it does not say which."""
        own = [self.alone[one] for one in provisions if one in self.alone]
        if len(own) < len(provisions):
            return self
        left_out = frozenset.intersection(*(one.without for one in own))
        return replace(
            self,
            title=own[0].title if len(own) == 1 else self.title,
            do=_told_once(*(one.do for one in own)),
            output=NO_INDICATOR if "output" in left_out else self.output,
            outcome=NO_INDICATOR if "outcome" in left_out else self.outcome,
            safeguards={theme: text for theme, text in self.safeguards.items() if f"safeguards.{theme}" not in left_out},
            clauses=tuple(one for number, one in enumerate(self.clauses, 1) if f"clauses.{number}" not in left_out),
            examples=tuple(one for number, one in enumerate(self.examples, 1) if f"examples.{number}" not in left_out),
            drafting=(),
        )


def _told_once(*texts: str) -> str:
    """The texts one after the other; of a sentence that they share, such as what follows for everybody, only the last stays."""
    sentences = [sentence for text in texts for sentence in re.split(r"(?<=[.!?]) ", text)]
    return " ".join(reversed(dict.fromkeys(reversed(sentences))))


@dataclass(frozen=True)
class Phase:
    """A stretch of the plan, in months from its start."""

    key: str
    title: str
    first_month: int
    last_month: int


@dataclass(frozen=True)
class Section:
    """A field of action that measures belong to."""

    key: str
    title: str


@dataclass(frozen=True)
class Objective:
    """What the plan sets out to achieve, in one sentence of vision, and the sections that belong to it."""

    key: str
    title: str
    vision: str
    sections: tuple[str, ...]


@dataclass(frozen=True)
class FlagshipRule:
    """How many measures stand out under an objective, and the themes whose safeguards are printed with them."""

    most: int = 3
    safeguards: tuple[str, ...] = ()


@dataclass(frozen=True)
class Completing:
    """What any measure asks for, and how it is followed, where the law has a part of what it would provide for.

    `adding` is asked where wording is missing, `amending` where ``{articles}`` in force say otherwise, and `extending` where all
    of it is law, but not for everyone or not secured. No ministry amends a text whose title has one of the words
    `constitutions`: `carrying` asks for a statute that carries out its articles. `output` names the ``{provisions}`` that the new
    text is about, `amended` its ``{articles}``.
    """

    adding: str
    amending: str
    extending: str
    output: Indicator
    carrying: str = ""
    amended: str = ""
    constitutions: tuple[str, ...] = ()

    def asked(self, answers: Sequence[Answered]) -> str:
        """What is asked to close these gaps. Amending articles, or carrying them out, also adds what else is missing."""
        statutes, constitutional = self._denied(answers)
        said = {self.amending: statutes, self.carrying: constitutional}
        missing = [text.replace("{articles}", articles) for text, articles in said.items() if articles] or [self.adding]
        wanted = missing if any(one.letters for one in answers) else []
        return " ".join(wanted if all(one.letters for one in answers) else [*wanted, self.extending])

    def followed(self, answers: Sequence[Answered], titles: Mapping[str, str]) -> Indicator:
        """How it is followed: whether the text asked for is in force."""
        statutes, _ = self._denied(answers)
        provisions = "; ".join(dict.fromkeys(titles[one.gap.provision] for one in answers))
        text = self.amended if self.amended and statutes else self.output.indicator
        return replace(self.output, indicator=text.replace("{articles}", statutes).replace("{provisions}", provisions))

    def _denied(self, answers: Sequence[Answered]) -> tuple[str, str]:
        """The articles in force that stand in the way: those of statutes, and those of a constitution."""
        articles: dict[str, list[str]] = {}
        for citation in (each for one in answers for each in one.denied):
            articles.setdefault(citation.law, []).append(citation.articles)
        named = {law: joined_articles(*every) for law, every in articles.items()}
        listed = {law: f"{law} ({written})" if written else law for law, written in named.items()}
        high = [law for law in listed if self.carrying and self._is_constitution(law)]
        return ", ".join(text for law, text in listed.items() if law not in high), ", ".join(listed[law] for law in high)

    def _is_constitution(self, title: str) -> bool:
        return any(re.search(rf"{re.escape(word)}(?!\w)", title, re.IGNORECASE) for word in self.constitutions)


@dataclass(frozen=True)
class OrderRule:
    """How the priority of a measure is counted from the gaps it closes."""

    highest_gap: Fraction
    each_gap: Fraction
    effort: Fraction


@dataclass(frozen=True)
class Catalogue:
    """The measures that a checklist offers, with the words and rules of its plan; `principles` are pairs of title and text.

    `title` is the title of the plan and `concerned` who is consulted on it; empty if the checklist does not say. `independent`
    are leads that a government invites and cannot instruct, `lead_share` is the part of all measures past which one leads many.
    """

    measures: Mapping[str, Measure]
    phases: tuple[Phase, ...]
    sections: tuple[Section, ...]
    leads: Mapping[str, str]
    kinds: Mapping[str, str]
    needs: Mapping[str, str]
    efforts: Mapping[int, str]
    principles: tuple[tuple[str, str], ...]
    funding: tuple[str, ...]
    consultation: tuple[str, ...]
    order: OrderRule
    digest: str
    untranslated: int = 0
    title: str = ""
    concerned: str = ""
    vision: str = ""
    objectives: tuple[Objective, ...] = ()
    flagships: FlagshipRule = FlagshipRule()
    traditions: Mapping[str, str] = field(default_factory=dict)
    completing: Completing | None = None
    independent: frozenset[str] = frozenset()
    lead_share: Fraction = Fraction(1)


@dataclass(frozen=True)
class Answered:
    """A gap that a measure answers, in which case, and which missing elements the measure addresses.

    `in_part`: the law has a part of the provision, and it is known which. `denied` are the articles in force that are cited
    against these elements, each law by its title.
    """

    gap: Gap
    case: Case
    letters: tuple[str, ...]
    in_part: bool = False
    denied: tuple[Citation, ...] = ()

    @property
    def amends(self) -> bool:
        """Whether it is law in force that has to change."""
        return bool(self.denied) or self.gap.kind in (GapKind.CONTRARY, GapKind.LEGISLATIVE_PARTIAL)


@dataclass(frozen=True)
class PlannedMeasure:
    """A measure in its place. `phase` is its own, or later where a prerequisite comes later."""

    place: int
    measure: Measure
    answers: tuple[Answered, ...]
    phase: str
    requires: tuple[str, ...]
    in_place: tuple[str, ...]
    points: Fraction
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class PlannedObjective:
    """An objective with its measures, in the order of the plan: the few that stand out, and the others."""

    objective: Objective
    flagships: tuple[PlannedMeasure, ...]
    others: tuple[PlannedMeasure, ...]

    @property
    def measures(self) -> tuple[PlannedMeasure, ...]:
        return tuple(sorted((*self.flagships, *self.others), key=lambda one: one.place))


@dataclass(frozen=True)
class Outlook:
    """The scores after a phase, with every measure up to its end carried out; `phase` is empty for today."""

    phase: str
    scores: Mapping[str, DimensionScores]


@dataclass(frozen=True)
class Plan:
    """Ordered measures that answer the gaps of a result.

    `unanswered` are gaps that no measure offered answers, `assess_first` the provisions that nobody assessed: they yield an
    assessment, not a measure.
    """

    result: Result
    catalogue: Catalogue
    measures: tuple[PlannedMeasure, ...]
    objectives: tuple[PlannedObjective, ...]
    unanswered: tuple[Gap, ...]
    assess_first: tuple[str, ...]
    outlook: tuple[Outlook, ...]

    def to_frame(self) -> pd.DataFrame:
        """A pandas frame with a row for each measure, in the order of the plan.

        >>> import legcheck
        >>> measures = legcheck.plan("assessments/samples/XUT-2026-06-30.xlsx").to_frame()
        >>> list(measures.columns)
        ['place', 'measure', 'measure_title', 'phase', 'phase_title', 'lead', 'lead_title', 'effort', 'provisions', 'requires']
        """
        from legcheck.model.frames import plan_frame

        return plan_frame(self)


class Status(StrEnum):
    """The status of a measure."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    UNDER_WAY = "under way"
    DONE = "done"
    DROPPED = "dropped"
    CLOSED = "closed"


@dataclass(frozen=True)
class Entry:
    """What the ministry and the adviser wrote on a measure, kept by its id when the plan is made again.

    `fingerprint` identifies the figures that the text was written for; `stale` means they changed since. `closed_on` is the
    as-of date of the assessment that no longer shows a gap for the measure, `last_status` where the measure stood until then.
    """

    measure: str
    title: str = ""
    status: Status = Status.PROPOSED
    owner: str = ""
    start: date | None = None
    end: date | None = None
    cost: Decimal | None = None
    funding: str = ""
    progress: str = ""
    text: str = ""
    fingerprint: str = ""
    stale: bool = False
    closed_on: date | None = None
    last_status: Status | None = None


@dataclass(frozen=True)
class ActionPlan:
    """The filled action plan of a country: its entries by measure, and what it was made from."""

    country: str
    as_of: date
    checklist: str
    checklist_version: str
    entries: Mapping[str, Entry]


@dataclass(frozen=True)
class Progress:
    """How far a plan has come: its entries by measure, and by provision the measures that answer its gaps."""

    entries: Mapping[str, Entry]
    by_provision: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Choice:
    """Measures chosen from a plan, in its order, with their total effort and the total score they lead to."""

    measures: tuple[PlannedMeasure, ...]
    effort: int
    before: Fraction
    after: Fraction
    score: Score
