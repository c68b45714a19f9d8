"""What a comparison shows, decided once: order, words and printed figures. Renderers only lay it out.

Rows are referred to by their index in `ComparisonView.rows`; a scope's key names the set of assessments whose median and
quartiles are shown beside a figure. Readings of named texts stand apart from all assessments.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from legcheck.reports.palette import Tone
from legcheck.reports.view import FoundView, PrintedScore, Row, Standing


@dataclass(frozen=True)
class Mark:
    """Why an assessment does not compare directly with the others: a sign for narrow cells, and a sentence."""

    key: str
    sign: str
    text: str


@dataclass(frozen=True)
class RowHead:
    """One assessment. `id` names anchors, `code` is empty where names are withheld, `latest` marks a country's last round.

    `when` is the date as shown, `day` the same in a form that sorts: an ISO date, or the year alone where names are withheld.
    `law_day` is the day itself; where names are withheld, only its year is real.
    """

    id: str
    name: str
    code: str
    when: str
    day: str
    scope: str
    scope_title: str
    group: str
    latest: bool
    marks: tuple[Mark, ...]
    notes: tuple[str, ...]
    file: str
    law_day: date


@dataclass(frozen=True)
class Cell(PrintedScore):
    """One figure of the comparison, with what is shown beside it.

    `shade` runs from 0 (nothing met) to 4 (nearly all met), -1 where no central figure is printed. `later` says what the figure
    would be once adopted and draft law is in force, if that differs. For narrow cells, `span` and `share` are the range and the
    answered share, empty if nothing applies, `span` also if the range is all that is printed; `beside` holds both as briefly as
    possible.
    """

    later: str
    span: str
    share: str
    contrary: int
    shade: int
    beside: str


@dataclass(frozen=True)
class SpreadView:
    """The middle of a group: how many figures, median and quartiles as printed and as shares; `span` for narrow cells."""

    count: int
    median: str
    quartiles: str
    span: str
    text: str
    lower_share: float
    median_share: float
    upper_share: float


@dataclass(frozen=True)
class Column:
    """A figure that every assessment has: the total, a chapter, a theme or an instrument. `short` fits a narrow heading.

    `spreads` holds the middle of all latest assessments by scope; a scope is missing if there are too few.
    """

    node: str
    kind: str
    short: str
    title: str
    spreads: Mapping[str, SpreadView]


@dataclass(frozen=True)
class Table:
    """Figures of one dimension and kind (``chapters``, ``themes``, ``instruments``): one row per assessment, in the view's order.

    A row is None if the assessment has nothing in this dimension.
    """

    dimension: str
    dimension_title: str
    kind: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...] | None, ...]


@dataclass(frozen=True)
class Rated:
    """One assessment's answer on one provision: its place among the rows, the elements its law contains, and the citation."""

    row: int
    elements: str
    citation: str


@dataclass(frozen=True)
class RatingGroup:
    """The latest assessments that share a rating on a provision; the empty key is not assessed."""

    key: str
    title: str
    standing: Standing
    tone: Tone
    count: int
    members: tuple[Rated, ...]


@dataclass(frozen=True)
class ElementCount:
    """An element, and in how many of the latest assessments that answered the law contains it."""

    letter: str
    text: str
    met: int
    answered: int
    shown: str


@dataclass(frozen=True)
class ProvisionCompared:
    """One provision across all latest assessments in one dimension. `ratings` come best first; empty groups are left out."""

    id: str
    title: str
    question: str
    chapter: str
    core: str
    counts: str
    ratings: tuple[RatingGroup, ...]
    elements: tuple[ElementCount, ...]


@dataclass(frozen=True)
class ChapterCompared:
    """A chapter's provisions in one dimension."""

    id: str
    title: str
    provisions: tuple[ProvisionCompared, ...]


@dataclass(frozen=True)
class ProvisionTable:
    """All provisions in one dimension."""

    dimension: str
    dimension_title: str
    chapters: tuple[ChapterCompared, ...]


@dataclass(frozen=True)
class ChangeView:
    """A provision whose rating changed between two rounds."""

    provision: str
    title: str
    before: str
    before_tone: Tone
    after: str
    after_tone: Tone


@dataclass(frozen=True)
class Movements:
    """The changes of one kind (gained, lost, newly answered, no longer answered, re-rated) in one dimension."""

    key: str
    title: str
    changes: tuple[ChangeView, ...]


@dataclass(frozen=True)
class PassageView:
    """From one round to the next. `joined` says whether a line may be drawn; if not, `reasons` says why."""

    before: int
    after: int
    joined: bool
    reasons: tuple[str, ...]
    summary: str
    movements: tuple[Movements, ...]


@dataclass(frozen=True)
class Point:
    """A country's total in one round."""

    row: int
    when: str
    cell: Cell


@dataclass(frozen=True)
class Trend:
    """The rounds of one country in one dimension; `passages` has one entry fewer than `points`."""

    name: str
    dimension: str
    dimension_title: str
    points: tuple[Point, ...]
    passages: tuple[PassageView, ...]


@dataclass(frozen=True)
class GroupFigures:
    """One group in one dimension: the middle of its figures by node, None if there are too few."""

    dimension: str
    dimension_title: str
    nodes: tuple[tuple[str, SpreadView | None], ...]


@dataclass(frozen=True)
class GroupView:
    """A group: a region or the analyst's own. `members` are named unless names are withheld."""

    title: str
    scope_title: str
    count: int
    members: tuple[str, ...]
    figures: tuple[GroupFigures, ...]


@dataclass(frozen=True)
class SteadyRow:
    """The score of one assessment when weights and unknown answers vary."""

    name: str
    when: str
    score: str
    score_range: str
    score_shares: tuple[float, float, float]


@dataclass(frozen=True)
class SteadyTable:
    """The test of robustness in one dimension, for the assessments of one scope."""

    dimension_title: str
    scope_title: str
    rows: tuple[SteadyRow, ...]


@dataclass(frozen=True)
class ReadingCounts:
    """What one reading contains in a dimension: in all chapters, and in those that have anything.

    `nothing` tells of the others. `row` is its place among the readings.
    """

    row: int
    every: FoundView
    chapters: tuple[FoundView, ...]
    nothing: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReadingsTable:
    """Readings of named texts by counts, in one dimension; `columns` are the counts to show, each with its title."""

    dimension: str
    dimension_title: str
    columns: Mapping[str, str]
    rows: tuple[ReadingCounts, ...]


@dataclass(frozen=True)
class ReadingsView:
    """The readings of named texts, apart from all assessments: their counts, and every provision across the latest of them.

    Rows are referred to by their index in `rows`.
    """

    rows: tuple[RowHead, ...]
    tables: tuple[ReadingsTable, ...]
    provisions: tuple[ProvisionTable, ...]


@dataclass(frozen=True)
class ComparisonView:
    """A whole comparison in one language. Any tuple may be empty.

    `readings` holds the readings of named texts; everything else is about assessments of a whole legal order.
    """

    language: str
    direction: str
    title: str
    subtitle: str
    notice: str
    marking: str
    stamp: str
    facts: tuple[Row, ...]
    not_comparable: tuple[str, ...]
    rows: tuple[RowHead, ...]
    scopes: tuple[tuple[str, str], ...]
    groups_named: tuple[str, ...]
    dimensions: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...]
    provisions: tuple[ProvisionTable, ...]
    scale: tuple[tuple[str, str, Tone], ...]
    trends: tuple[Trend, ...]
    groups: tuple[GroupView, ...]
    robustness: tuple[SteadyTable, ...]
    robustness_note: str
    left_out: tuple[Row, ...]
    method: tuple[Row, ...]
    readings: ReadingsView
    anonymous: bool
