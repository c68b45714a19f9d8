"""What a draft National Comprehensive Assistance Plan shows, decided once. Renderers only lay it out."""

from __future__ import annotations

from dataclasses import dataclass

from legcheck.reports.view import ReportView, Row


@dataclass(frozen=True)
class AnsweredView:
    """A gap that a measure answers: provision, kind of gap, and the elements it speaks to."""

    provision: str
    title: str
    kind_title: str
    elements: tuple[str, ...]


@dataclass(frozen=True)
class IndicatorView:
    """How progress is seen, with the baseline from the assessment."""

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
    examples: tuple[str, ...]
    assistance: tuple[Row, ...]
    entry: EntryView


@dataclass(frozen=True)
class PlanSectionView:
    """A section of the plan document: its own words, its measures, and a marked place for the ministry's text."""

    number: str
    title: str
    timing: str
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


@dataclass(frozen=True)
class EntryRowView:
    """A measure of an earlier plan whose gaps are closed."""

    id: str
    title: str
    entry: EntryView
