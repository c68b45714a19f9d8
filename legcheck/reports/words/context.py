"""What every part of the view needs: the result, the words, and a few names looked up once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from legcheck.countries import find
from legcheck.labels import Labels, languages
from legcheck.model import (
    Answer,
    Assessment,
    Band,
    Checklist,
    Dimension,
    Law,
    Level,
    Progress,
    Provision,
    Result,
    Role,
    Scope,
    Standard,
)
from legcheck.reports.palette import Tone, tones_of_priorities
from legcheck.reports.view import Row, StandardView

NO_ANSWER = Answer("")


@dataclass(frozen=True)
class Context:
    """A result and the labels of the language it is shown in."""

    result: Result
    labels: Labels
    progress: Progress | None = None

    @property
    def checklist(self) -> Checklist:
        return self.result.checklist

    @property
    def assessment(self) -> Assessment:
        return self.result.assessment

    @cached_property
    def law(self) -> Dimension | None:
        return self.checklist.dimension_of(Role.LAW)

    @cached_property
    def assessed(self) -> tuple[str, ...]:
        """The dimensions in which anything was answered."""
        return tuple(key for key, scores in self.result.scores.items() if scores.assessed)

    @cached_property
    def country(self) -> str:
        """The country's name in the language of the report; a name of somebody's own choice stays as typed."""
        country, typed = find(self.assessment.country), self.assessment.country_name
        if typed and typed not in {country.name(language) for language in languages()}:
            return typed
        return country.name(self.labels.language)

    @cached_property
    def fictional(self) -> bool:
        return find(self.assessment.country).fictional

    @property
    def texts_only(self) -> bool:
        return self.assessment.scope is Scope.TEXTS

    @cached_property
    def as_of(self) -> str:
        return self.labels.date(self.assessment.as_of)

    @cached_property
    def level_titles(self) -> dict[str, str]:
        return {level.key: level.title for one in self.checklist.dimensions for level in one.scale.levels}

    @cached_property
    def priority_tones(self) -> dict[str, Tone]:
        return tones_of_priorities(self.checklist.priority.classes)

    @cached_property
    def bands(self) -> tuple[Band, ...]:
        """The words for ranges of scores. They speak of a legal order, so a reading of named texts has none."""
        return () if self.texts_only else self.checklist.bands

    def row(self, key: str, text: str) -> Row:
        """A row labelled with the label ``report.<key>``."""
        return Row(self.labels(f"report.{key}"), text)

    def answer(self, provision: str) -> Answer:
        return self.assessment.answers.get(provision, NO_ANSWER)

    def level(self, dimension: str, provision: Provision) -> Level | None:
        """The level that counts today, None where nothing was answered."""
        rating = self.result.effective[dimension][provision.id]
        return self.checklist.by_dimension[dimension].scale.level(rating, provision.maximum) if rating else None

    def law_status(self, law: Law) -> str:
        return self.labels(f"report.status.{law.status.value}")

    def standard(self, standard: Standard) -> StandardView:
        """A standard with the sign for a number that was not verified."""
        sign = "" if standard.article.verified else self.labels("report.unverified_sign")
        return StandardView(standard.name, standard.article.subject, standard.article.verified, standard.name + sign)
