"""The summary: what a comparison keeps of one assessment, small enough for thousands of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from legcheck.model.assessment import Scope, Source

# The key of a law, empty where no register stands behind it, and the articles relied on.
Cited = tuple[str, str]


@dataclass(frozen=True)
class ChecklistMark:
    """Which checklist an assessment was made for; `rules` is the digest of what its figures follow from, texts left out."""

    id: str
    version: str
    digest: str
    rules: str
    short: bool = False


@dataclass(frozen=True)
class Summary:
    """One assessment without its free texts.

    `ratings` holds by dimension the rating that counts on every provision, in the order of the checklist, empty where nothing
    was answered; `if_adopted` the same once adopted and draft law is in force, `typed` as the answer states it, each only for
    dimensions where it differs. `elements` holds the letters that the answers name. `laws` holds the title of each law cited.
    """

    country: str
    country_name: str
    as_of: date
    scope: Scope
    title: str
    checklist: ChecklistMark
    source: Source
    ratings: Mapping[str, tuple[str, ...]]
    elements: tuple[str, ...]
    if_adopted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    typed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    citations: Mapping[str, tuple[Cited, ...]] = field(default_factory=dict)
    laws: Mapping[str, str] = field(default_factory=dict)
    rescored_from: ChecklistMark | None = None
    not_carried: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, date]:
        """What tells assessments apart: the country and the date of its law."""
        return self.country, self.as_of


@dataclass(frozen=True)
class AnswerColumns:
    """The assessments of an answers table as columns: ratings and elements as in a summary, a row for each assessment.

    `keys` holds country and date, `names` the country's name, `citations` the legal basis of each answer as written.
    """

    source: Source
    keys: tuple[tuple[str, date], ...]
    names: tuple[str, ...]
    scopes: tuple[Scope, ...]
    ratings: Mapping[str, tuple[tuple[str, ...], ...]]
    elements: tuple[tuple[str, ...], ...]
    citations: tuple[Mapping[str, tuple[Cited, ...]], ...]
