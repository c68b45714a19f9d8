"""What the answers say, checked against the checklist, the register of laws and the date: doubts about the file, not the law."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from legcheck.assessments.columns import element_dimension, timed_dimension
from legcheck.assessments.places import Cells
from legcheck.assessments.privacy import masked, personal_data
from legcheck.assessments.reading.words import level_title
from legcheck.issues import (
    ANSWER_WITHOUT_RATING,
    ARTICLE_MISSING,
    ELEMENTS_CONTRADICT,
    ELEMENTS_NOT_NAMED,
    LAW_DATES_CONTRADICT,
    LAW_NOT_CITED,
    LAW_NOT_IN_FORCE,
    LAW_PARTLY_NOT_IN_FORCE,
    NA_NOT_ALLOWED,
    NA_WITHOUT_REASON,
    NO_CITATION,
    PERSONAL_DATA,
    Issues,
    Location,
)
from legcheck.model import Answer, Assessment, Checklist, Law, LawStatus, Level, Provision, Role

if TYPE_CHECKING:
    from legcheck.model import Dimension

_FREE_TEXTS = ("note", "to_confirm", "observations", "assistance", "assessor")
_SUBSTANCE = ("if_adopted", "elements", "legal_basis", "note")


def content_issues(
    checklist: Checklist, assessment: Assessment, none_present: frozenset[str] = frozenset(), *, dated: bool = True
) -> Issues:
    """Every doubt about what the answers say.

    `none_present` names the provisions whose answer says outright that no element is present; without `dated` the as-of date is
    unknown and nothing is checked against it.
    """
    checker = _Checker(checklist, assessment, none_present, dated)
    for id, answer in assessment.answers.items():
        checker.check(checklist.provisions[id], answer)
    return checker.issues


def register_issues(assessment: Assessment, places: Mapping[str, Location], *, dated: bool = True) -> Issues:
    """Doubts about the register of laws: dates that contradict a status, and laws that nothing cites."""
    issues = Issues()
    cited = {citation.law for answer in assessment.answers.values() for citation in answer.citations}
    for key, law in assessment.laws.items():
        at = places.get(key, Location(assessment.source.name))
        if dated and _contradicts(law, assessment.as_of):
            facts = {name: (day.isoformat() if day else "-") for name, day in _dates(law).items()}
            status = f"@workbook.choices.status.{law.status.value.replace(' ', '_')}"
            issues.add(LAW_DATES_CONTRADICT, at, law=key, status=status, as_of=assessment.as_of.isoformat(), **facts)
        if assessment.answers and key not in cited:
            issues.add(LAW_NOT_CITED, at, law=key)
    return issues


def _dates(law: Law) -> dict[str, date | None]:
    return {"adopted": law.adopted, "since": law.in_force_since, "until": law.in_force_until}


def _contradicts(law: Law, as_of: date) -> bool:
    """Whether the status that a law has in the register does not go with its dates."""
    since, until, adopted = law.in_force_since, law.in_force_until, law.adopted
    if since and until and since > until:
        return True
    begun, ended = since is not None and since <= as_of, until is not None and until < as_of
    match law.status:
        case LawStatus.IN_FORCE:
            return ended or bool(since and since > as_of) or bool(adopted and adopted > as_of)
        case LawStatus.ADOPTED:
            return begun or ended or bool(adopted and adopted > as_of)
        case LawStatus.DRAFT:
            return begun or ended
        case LawStatus.REPEALED:
            return until is not None and not ended


@dataclass
class _Checker:
    """Checks one answer after the other."""

    checklist: Checklist
    assessment: Assessment
    none_present: frozenset[str]
    dated: bool
    issues: Issues = field(default_factory=Issues)

    def __post_init__(self) -> None:
        self.with_elements = element_dimension(self.checklist)
        self.steps: tuple[Callable[[Provision, Answer], None], ...] = (
            self._ratings,
            self._elements,
            self._citations,
            self._privacy,
        )

    def check(self, provision: Provision, answer: Answer) -> None:
        """Every doubt about one answer."""
        for step in self.steps:
            step(provision, answer)

    def _at(self, answer: Answer, *fields: str) -> Location:
        """The cell of the first of these fields that is filled; else of any field of the answer."""
        for name in (*fields, *answer.at):
            if name in answer.at:
                return answer.at[name]
        return Location(self.assessment.source.name)

    def _blank(self, answer: Answer, field: str, fallback: str) -> Location:
        """The cell that waits to be filled, where the file has one."""
        place = answer.at.of(field) if isinstance(answer.at, Cells) else None
        return place or self._at(answer, fallback)

    def _title(self, dimension: Dimension, level: Level) -> str:
        return level_title(self.checklist, dimension.scale, level, self.assessment.language)

    def _level(self, provision: Provision, answer: Answer, dimension: Dimension) -> Level | None:
        rating = answer.ratings.get(dimension.key)
        return dimension.scale.level(rating, provision.maximum) if rating else None

    def _ratings(self, provision: Provision, answer: Answer) -> None:
        """Not applicable only where it is allowed and with a reason; text only beside a rating."""
        for dimension in self.checklist.dimensions:
            level = self._level(provision, answer, dimension)
            if level is None or not level.outside:
                continue
            at = self._at(answer, dimension.key)
            if not provision.may_not_apply:
                self.issues.add(NA_NOT_ALLOWED, at, provision=provision.id, rating=self._title(dimension, level))
            elif not answer.note:
                at = self._blank(answer, "note", dimension.key)
                self.issues.add(NA_WITHOUT_REASON, at, provision=provision.id, rating=self._title(dimension, level))
        self._if_adopted(provision, answer)
        if not answer.ratings:
            filled = [name for name in _SUBSTANCE if getattr(answer, name)]
            if filled and not any(key in answer.at for key in self.checklist.by_dimension):
                self.issues.add(ANSWER_WITHOUT_RATING, self._at(answer, *filled), provision=provision.id)

    def _if_adopted(self, provision: Provision, answer: Answer) -> None:
        dimension = timed_dimension(self.checklist)
        if dimension is None or not answer.if_adopted or provision.may_not_apply:
            return
        level = dimension.scale.level(answer.if_adopted, provision.maximum)
        if level.outside:
            at = self._at(answer, "if_adopted")
            self.issues.add(NA_NOT_ALLOWED, at, provision=provision.id, rating=self._title(dimension, level))

    def _elements(self, provision: Provision, answer: Answer) -> None:
        """The elements present must fit the rating."""
        dimension = self.with_elements
        level = self._level(provision, answer, dimension) if dimension else None
        if dimension is None or level is None or level.outside or not provision.elements:
            return
        said_none = provision.id in self.none_present
        missing = ", ".join(letter for letter in provision.letters if letter not in answer.elements)
        facts = {
            "provision": provision.id,
            "rating": self._title(dimension, level),
            "present": ", ".join(answer.elements) or "-",
            "missing": missing or "-",
        }
        at = self._at(answer, "elements", dimension.key)
        full, nothing = level.worth == 1, level.worth == 0
        if (full and (answer.elements or said_none) and missing) or (nothing and answer.elements):
            self.issues.add(ELEMENTS_CONTRADICT, at, **facts)
        elif not full and not nothing and not answer.elements:
            self.issues.add(ELEMENTS_NOT_NAMED, self._blank(answer, "elements", dimension.key), **facts)
        elif not full and not nothing and not missing and not answer.note:
            self.issues.add(ELEMENTS_CONTRADICT, at, **facts)

    def _citations(self, provision: Provision, answer: Answer) -> None:
        """What counts in law needs a law, an article of it, and law in force."""
        dimension = self.checklist.dimension_of(Role.LAW)
        level = self._level(provision, answer, dimension) if dimension else None
        if dimension is None or level is None or level.outside or not (level.worth > 0 or level.contrary):
            return
        if not answer.citations and not answer.legal_basis:
            at = self._blank(answer, "legal_basis", dimension.key)
            self.issues.add(NO_CITATION, at, provision=provision.id, rating=self._title(dimension, level))
        at = self._at(answer, "legal_basis")
        for citation in answer.citations:
            if not citation.articles:
                self.issues.add(ARTICLE_MISSING, at, provision=provision.id, law=citation.law)
        if self.dated and dimension.in_time:
            self._law_in_time(provision, answer, at)

    def _law_in_time(self, provision: Provision, answer: Answer, at: Location) -> None:
        cited = [self.assessment.laws[one.law] for one in answer.citations if one.law in self.assessment.laws]
        day = self.assessment.as_of
        out = list(dict.fromkeys(law.key for law in cited if not law.in_force(day)))
        facts = {"provision": provision.id, "laws": ", ".join(out), "as_of": day.isoformat()}
        if out and not any(law.in_force(day) for law in cited):
            self.issues.add(LAW_NOT_IN_FORCE, at, **facts)
        elif out and not answer.if_adopted:
            self.issues.add(LAW_PARTLY_NOT_IN_FORCE, at, **facts)

    def _privacy(self, provision: Provision, answer: Answer) -> None:
        """Free text must not carry personal data."""
        for name in _FREE_TEXTS:
            text = getattr(answer, name)
            for kind, found in personal_data(text) if text else ():
                at = self._at(answer, name)
                self.issues.add(PERSONAL_DATA, at, kind=f"@issues.personal.{kind}", value=masked(found), provision=provision.id)
