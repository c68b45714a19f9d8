"""What the answers say, checked against the checklist, the register of laws and the date: doubts about the file, not the law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

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
from legcheck.model import Answer, Assessment, Checklist, Law, LawStatus, Provision, Role
from legcheck.workbook.columns import element_dimension, timed_dimension
from legcheck.workbook.places import Cells
from legcheck.workbook.privacy import masked, personal_data
from legcheck.workbook.reading.words import level_title

if TYPE_CHECKING:
    from fractions import Fraction

    from legcheck.model import Dimension

_FREE_TEXTS = ("note", "to_confirm", "observations", "assistance", "assessor")
_SUBSTANCE = ("if_adopted", "elements", "legal_basis", "note")


def content_issues(
    checklist: Checklist,
    assessment: Assessment,
    none_present: frozenset[str] = frozenset(),
    *,
    dated: bool = True,
    absent: frozenset[str] = frozenset(),
    errors_only: bool = False,
) -> Issues:
    """Every doubt about what the answers say, or with `errors_only` nothing but what keeps them from being scored.

    `none_present` names the provisions whose answer says outright that no element is present; without `dated` the as-of date is
    unknown and nothing is checked against it. `absent` names fields (``elements``, ``legal_basis``, ``note``) that the file has
    no place for, and whose absence is therefore no doubt.
    """
    checker = _Checker(checklist, assessment, none_present, dated, absent)
    check = checker.check_ratings if errors_only else checker.check
    for id, answer in assessment.answers.items():
        check(checklist.provisions[id], answer)
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


@dataclass(frozen=True)
class _Kind:
    """What content checks need to know of a rating."""

    title: str
    outside: bool
    full: bool
    nothing: bool
    claims_law: bool


@dataclass
class _Checker:
    """Checks one answer after the other."""

    checklist: Checklist
    assessment: Assessment
    none_present: frozenset[str]
    dated: bool
    absent: frozenset[str]
    issues: Issues = field(default_factory=Issues)

    def __post_init__(self) -> None:
        self.with_elements = element_dimension(self.checklist) if "elements" not in self.absent else None
        self.timed = timed_dimension(self.checklist)
        self.law = self.checklist.dimension_of(Role.LAW) if "legal_basis" not in self.absent else None
        self.kinds: dict[tuple[str, str, Fraction | None], _Kind] = {}

    def check(self, provision: Provision, answer: Answer) -> None:
        """Every doubt about one answer."""
        self.check_ratings(provision, answer)
        if self.with_elements is not None and provision.elements:
            self._elements(provision, answer, self.with_elements)
        if self.law is not None:
            self._citations(provision, answer, self.law)
        self._privacy(provision, answer)

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

    def _kind(self, provision: Provision, dimension: Dimension, rating: str | None) -> _Kind | None:
        """The kind of a rating, worked out once."""
        if not rating:
            return None
        known = (dimension.key, rating, provision.maximum)
        if known not in self.kinds:
            level = dimension.scale.level(rating, provision.maximum)
            inside = not level.outside
            self.kinds[known] = _Kind(
                title=level_title(self.checklist, dimension.scale, level, self.assessment.language),
                outside=level.outside,
                full=inside and level.worth == 1,
                nothing=inside and level.worth == 0,
                claims_law=inside and (level.worth > 0 or level.contrary),
            )
        return self.kinds[known]

    def check_ratings(self, provision: Provision, answer: Answer) -> None:
        """Not applicable only where it is allowed and with a reason; text only beside a rating."""
        for dimension in self.checklist.dimensions:
            self._outside(provision, answer, dimension, dimension.key, answer.ratings.get(dimension.key))
        if self.timed is not None and answer.if_adopted:
            self._outside(provision, answer, self.timed, "if_adopted", answer.if_adopted)
        if not answer.ratings:
            filled = [name for name in _SUBSTANCE if getattr(answer, name)]
            if filled and not any(key in answer.at for key in self.checklist.by_dimension):
                self.issues.add(ANSWER_WITHOUT_RATING, self._at(answer, *filled), provision=provision.id)

    def _outside(self, provision: Provision, answer: Answer, dimension: Dimension, field: str, rating: str | None) -> None:
        kind = self._kind(provision, dimension, rating)
        if kind is None or not kind.outside:
            return
        if not provision.may_not_apply:
            self.issues.add(NA_NOT_ALLOWED, self._at(answer, field), provision=provision.id, rating=kind.title)
        elif not answer.note and "note" not in self.absent:
            self.issues.add(NA_WITHOUT_REASON, self._blank(answer, "note", field), provision=provision.id, rating=kind.title)

    def _elements(self, provision: Provision, answer: Answer, dimension: Dimension) -> None:
        """The elements present must fit the rating."""
        kind = self._kind(provision, dimension, answer.ratings.get(dimension.key))
        if kind is None or kind.outside:
            return
        missing = len(answer.elements) < len(provision.elements)
        named = bool(answer.elements) or provision.id in self.none_present
        partial = not kind.full and not kind.nothing
        if partial and not answer.elements:
            rule, at = ELEMENTS_NOT_NAMED, self._blank(answer, "elements", dimension.key)
        elif (
            (kind.full and named and missing)
            or (kind.nothing and answer.elements)
            or (partial and not missing and not answer.note)
        ):
            rule, at = ELEMENTS_CONTRADICT, self._at(answer, "elements", dimension.key)
        else:
            return
        present = ", ".join(answer.elements) or "-"
        lacking = ", ".join(letter for letter in provision.letters if letter not in answer.elements) or "-"
        self.issues.add(rule, at, provision=provision.id, rating=kind.title, present=present, missing=lacking)

    def _citations(self, provision: Provision, answer: Answer, dimension: Dimension) -> None:
        """What counts in law needs a law, an article of it, and law in force."""
        kind = self._kind(provision, dimension, answer.ratings.get(dimension.key))
        if kind is None or not kind.claims_law:
            return
        if not answer.citations and not answer.legal_basis:
            at = self._blank(answer, "legal_basis", dimension.key)
            self.issues.add(NO_CITATION, at, provision=provision.id, rating=kind.title)
        for citation in answer.citations:
            if not citation.articles:
                self.issues.add(ARTICLE_MISSING, self._at(answer, "legal_basis"), provision=provision.id, law=citation.law)
        if self.dated and dimension.in_time:
            self._law_in_time(provision, answer)

    def _law_in_time(self, provision: Provision, answer: Answer) -> None:
        cited = [self.assessment.laws[one.law] for one in answer.citations if one.law in self.assessment.laws]
        day = self.assessment.as_of
        out = list(dict.fromkeys(law.key for law in cited if not law.in_force(day)))
        if not out:
            return
        in_part = any(law.in_force(day) for law in cited)
        if not in_part or not answer.if_adopted:
            rule = LAW_PARTLY_NOT_IN_FORCE if in_part else LAW_NOT_IN_FORCE
            at = self._at(answer, "legal_basis")
            self.issues.add(rule, at, provision=provision.id, laws=", ".join(out), as_of=day.isoformat())

    def _privacy(self, provision: Provision, answer: Answer) -> None:
        """Free text must not carry personal data."""
        for name in _FREE_TEXTS:
            text = getattr(answer, name)
            for kind, found in personal_data(text) if text else ():
                at = self._at(answer, name)
                self.issues.add(PERSONAL_DATA, at, kind=f"@issues.personal.{kind}", value=masked(found), provision=provision.id)
