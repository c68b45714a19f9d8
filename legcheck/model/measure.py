"""Measures: suggested steps that close gaps, and the rules by which a plan puts them in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Case(StrEnum):
    """What kind of gap a measure answers."""

    MISSING = "missing"
    PARTIAL = "partial"
    PRACTICE = "practice"
    CODIFY = "codify"
    CONTRARY = "contrary"


@dataclass(frozen=True)
class Indicator:
    """How progress is seen: what is measured, in which unit, and where it can be looked up."""

    indicator: str
    unit: str
    verification: str


@dataclass(frozen=True)
class Example:
    """Good practice in national law; `verified` says how it was verified (``read`` in the text, or in a ``source``)."""

    country: str
    law: str
    article: str
    verified: str


@dataclass(frozen=True)
class Measure:
    """One suggested step. `closes` gives the cases it answers by provision; `elements` narrows it to letters."""

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


@dataclass(frozen=True)
class Phase:
    """A stretch of the plan, in months from its start."""

    key: str
    title: str
    first_month: int
    last_month: int


class SectionContent(StrEnum):
    """What a section of the plan document can show beside its measures."""

    SITUATION = "situation"
    SAFEGUARDS = "safeguards"
    MONITORING = "monitoring"
    BUDGET = "budget"


@dataclass(frozen=True)
class Section:
    """A section of the plan document; `shows` says what stands in it beside its measures."""

    key: str
    title: str
    timing: str
    text: str
    shows: tuple[SectionContent, ...] = ()


@dataclass(frozen=True)
class OrderRule:
    """How the priority of a measure is counted from the gaps it closes."""

    highest_gap: Fraction
    each_gap: Fraction
    effort: Fraction


@dataclass(frozen=True)
class Catalogue:
    """The measures that a checklist offers, with the words and rules of its plan; `principles` are pairs of title and text."""

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
