"""Checks what the answers say against the checklist, the register of laws and the date.

These are problems in the file, such as a rating that contradicts its elements, never gaps in the law.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from legcheck.issues import (
    ANSWER_WITHOUT_RATING,
    ARTICLE_MISSING,
    ELEMENT_NOT_ANSWERED,
    ELEMENTS_BLANK,
    ELEMENTS_CONTRADICT,
    ELEMENTS_NOT_NAMED,
    LAW_DATES_CONTRADICT,
    LAW_NOT_CITED,
    LAW_NOT_IN_FORCE,
    LAW_PARTLY_NOT_IN_FORCE,
    NA_NOT_ALLOWED,
    NA_WITHOUT_REASON,
    NO_CITATION,
    ONE_LAW_READ,
    PERSONAL_DATA,
    RECOGNISABLE,
    Issues,
    Location,
    Rule,
)
from legcheck.model import Answer, Assessment, Checklist, Law, LawStatus, Provision, Role, Scope
from legcheck.workbook.columns import ELEMENTS, IF_ADOPTED, TEXT_COLUMNS, element_dimension, timed_dimension
from legcheck.workbook.privacy import personal_facts
from legcheck.workbook.reading.vocabulary import level_title
from legcheck.workbook.recognition import recognisable_facts

if TYPE_CHECKING:
    from fractions import Fraction

    from legcheck.model import Dimension, ElementMarks

_SUBSTANCE = (IF_ADOPTED, "legal_basis", "note")


@dataclass(frozen=True)
class Problem:
    """One problem in an answer, not yet located in the file.

    It is reported at the field `blank`, which should be filled, if the file has a place for it; otherwise at the first of
    `fields` that is filled.
    """

    rule: Rule
    facts: Mapping[str, str]
    fields: tuple[str, ...]
    blank: str = ""


class AnswerChecks:
    """Checks answers one by one. `assessment` gives the register of laws, the date and the language.

    If the as-of date is unknown (not `dated`), nothing is checked against it. `absent` holds the fields (``elements``,
    ``legal_basis``, ``note``) for which the file has no place, so that nobody can be asked to fill them.
    """

    def __init__(
        self, checklist: Checklist, assessment: Assessment, *, dated: bool = True, absent: frozenset[str] = frozenset()
    ) -> None:
        self.checklist = checklist
        self.assessment = assessment
        self.dated = dated
        self.absent = absent
        self.with_elements = element_dimension(checklist) if "elements" not in absent else None
        self.timed = timed_dimension(checklist)
        self.law = checklist.dimension_of(Role.LAW) if "legal_basis" not in absent else None
        self._kinds: dict[tuple[str, str, Fraction | None], _Kind] = {}

    def errors(self, answer: Answer, *, subdivision: bool) -> Iterator[Problem]:
        """Problems that keep an answer from being scored: "not applicable" where it is not allowed, or without a reason.

        For a `subdivision` it is always allowed: a matter may belong to the State.
        """
        provision = self.checklist.provisions[answer.provision]
        given = [(one, one.key, answer.ratings.get(one.key)) for one in self.checklist.dimensions]
        if self.timed is not None:
            given.append((self.timed, "if_adopted", answer.if_adopted))
        for dimension, field, rating in given:
            kind = self._kind(provision, dimension, rating)
            if kind is None or not kind.outside:
                continue
            facts = {"provision": provision.id, "rating": kind.title}
            if rating not in dimension.offered(provision, subdivision=subdivision):
                scale = dimension.scale_of(provision)
                lowest = level_title(self.checklist, scale, scale.lowest, self.assessment.language)
                yield Problem(NA_NOT_ALLOWED, facts | {"lowest": lowest}, (field,))
            elif not answer.note and "note" not in self.absent:
                yield Problem(NA_WITHOUT_REASON, facts, (field,), blank="note")

    def warnings(self, answer: Answer) -> Iterator[Problem]:
        """Problems that a person should look at."""
        provision = self.checklist.provisions[answer.provision]
        if not answer.elements and not any(
            one.rating(provision, answer, provision.marks(answer)) for one in self.checklist.dimensions
        ):
            filled = tuple(name for name in _SUBSTANCE if getattr(answer, name))
            if filled and not any(key in answer.at for key in self.checklist.by_dimension):
                yield Problem(ANSWER_WITHOUT_RATING, {"provision": provision.id}, filled)
        if self.with_elements is not None and provision.elements:
            kind = self._kind(provision, self.with_elements, answer.ratings.get(self.with_elements.key))
            yield from self._elements(provision, answer, self.with_elements, kind)
            if kind is None or not (kind.outside or kind.full or kind.nothing):
                yield from self._blank_elements(provision, answer)
        if self.law is not None:
            yield from self._citations(provision, answer, self.law)
        yield from _privacy(answer)

    def _kind(self, provision: Provision, dimension: Dimension, rating: str | None) -> _Kind | None:
        """The kind of a rating, worked out once."""
        if not rating:
            return None
        scale = dimension.scale_of(provision)
        known = (scale.key, rating, provision.maximum)
        if known not in self._kinds:
            level = scale.by_key[rating]
            self._kinds[known] = _Kind(
                title=level_title(self.checklist, scale, level, self.assessment.language),
                outside=level.outside,
                full=level.full,
                nothing=level.nothing,
                claims_law=level.full or level.in_part or level.contrary,
            )
        return self._kinds[known]

    def _elements(self, provision: Provision, answer: Answer, dimension: Dimension, kind: _Kind | None) -> Iterator[Problem]:
        """A rating typed must fit the elements, unless a note explains why it does not.

        The best one lacks none, the worst has none, one between says which it has.
        """
        marks = provision.marks(answer)
        if kind is None or kind.outside:
            return
        facts = {"provision": provision.id, "rating": kind.title}
        partial = not kind.full and not kind.nothing
        if partial and not marks.recorded:
            yield Problem(ELEMENTS_NOT_NAMED, facts, (dimension.key,), blank=ELEMENTS)
        elif answer.note:
            return
        elif (kind.full and marks.unmet) or (partial and marks.complete and not marks.met):
            yield Problem(ELEMENTS_CONTRADICT, facts | _said_of("no", marks.unmet, marks), (dimension.key, ELEMENTS))
        elif (kind.nothing and marks.met) or (partial and marks.complete and not marks.unmet):
            yield Problem(ELEMENTS_CONTRADICT, facts | _said_of("yes", marks.met, marks), (dimension.key, ELEMENTS))

    def _blank_elements(self, provision: Provision, answer: Answer) -> Iterator[Problem]:
        """Where no rating decides: elements with a text but no answer, and the others left blank once some are answered.

        A word in the place of an answer was reported when it was read.
        """
        marks = provision.marks(answer)
        unanswered = [letter for letter in marks.open if f"{ELEMENTS}.{letter}" not in answer.at]
        texts = {letter: one.legal_basis or one.remark for letter, one in answer.elements.items()}
        described = [letter for letter in unanswered if texts.get(letter)]
        left = self.assessment.left(provision.id)
        for letter in (one for one in described if one not in left):
            field = f"{ELEMENTS}.{letter}"
            yield Problem(
                ELEMENT_NOT_ANSWERED, {"element": f"{provision.id}.{letter}"}, (f"{field}.legal_basis", f"{field}.note", field)
            )
        blank = [letter for letter in unanswered if letter not in described]
        if blank and marks.recorded:
            facts, first = {"provision": provision.id, "letters": ", ".join(blank)}, f"{ELEMENTS}.{blank[0]}"
            yield Problem(ELEMENTS_BLANK, facts, (first, ELEMENTS), blank=first)

    def _citations(self, provision: Provision, answer: Answer, dimension: Dimension) -> Iterator[Problem]:
        """A rating that counts in law needs a law, an article, and law in force."""
        kind = self._kind(provision, dimension, dimension.rating(provision, answer, provision.marks(answer)))
        if kind is None:
            kind = _SOME_MET if dimension.elements and answer.met else None
        if kind is None or not kind.claims_law:
            return
        by_field = {"legal_basis": (answer.legal_basis, answer.citations)}
        for letter, element in answer.elements.items():
            by_field[f"{ELEMENTS}.{letter}.legal_basis"] = element.legal_basis, element.citations
        if not any(text or citations for text, citations in by_field.values()):
            facts = {"provision": provision.id, "rating": kind.title}
            yield Problem(NO_CITATION, facts, (dimension.key, ELEMENTS), blank="legal_basis")
        for field, (_, citations) in by_field.items():
            for citation in citations:
                if not citation.articles:
                    yield Problem(ARTICLE_MISSING, {"provision": provision.id, "law": citation.law}, (field,))
        if self.dated and dimension.in_time:
            yield from self._law_in_time(provision, answer, tuple(by_field))

    def _law_in_time(self, provision: Provision, answer: Answer, fields: tuple[str, ...]) -> Iterator[Problem]:
        cited = [self.assessment.laws[key] for key in answer.cited_laws if key in self.assessment.laws]
        day = self.assessment.as_of
        out = [law.key for law in cited if not law.in_force(day)]
        in_part = any(law.in_force(day) for law in cited)
        if out and not (in_part and answer.if_adopted):
            rule = LAW_PARTLY_NOT_IN_FORCE if in_part else LAW_NOT_IN_FORCE
            facts = {"provision": provision.id, "laws": ", ".join(out), "as_of": day.isoformat()}
            yield Problem(rule, facts, fields)


@dataclass(frozen=True)
class _Kind:
    """What the checks need to know of a rating."""

    title: str
    outside: bool
    full: bool
    nothing: bool
    claims_law: bool


# Some elements are met, and the rating is still open.
_SOME_MET = _Kind("@workbook.choices.met.yes", outside=False, full=False, nothing=False, claims_law=True)


def _said_of(answer: str, letters: str, marks: ElementMarks) -> dict[str, str]:
    """What a message says of the elements answered yes, or of those answered no."""
    whole = "all" if len(marks.all) > 1 and letters == marks.all else "some"
    return {
        "elements": f"@issues.elements.{whole}_{answer}",
        "letters": ", ".join(letters),
        "first": letters[0],
        "last": letters[-1],
    }


def _privacy(answer: Answer) -> Iterator[Problem]:
    """Free text must not hold personal data, and what may be published must not let people be recognised."""
    remarks = {f"{ELEMENTS}.{letter}.note": element.remark for letter, element in answer.elements.items() if element.remark}
    texts = {column.key: getattr(answer, column.key) for column in TEXT_COLUMNS} | remarks
    public = {"note": answer.note} | remarks if answer.publish else {}
    for rule, facts_of, of in ((PERSONAL_DATA, personal_facts, texts), (RECOGNISABLE, recognisable_facts, public)):
        for field, text in of.items():
            for facts in facts_of(text) if text else ():
                yield Problem(rule, facts | {"provision": answer.provision}, (field,))


def register_issues(
    assessment: Assessment, places: Mapping[str, Location], *, dated: bool = True, shared: bool = False
) -> Issues:
    """Check the register of laws: dates that contradict a status, laws that no answer cites, a single one for all law.

    Of a register that is `shared` with other parts, any of those may cite a law.
    """
    issues = Issues()
    cited: set[str] = set()
    for answer in assessment.answers.values():
        if cited.issuperset(assessment.laws):
            break
        cited.update(answer.cited_laws)
    for key, law in assessment.laws.items():
        at = places.get(key, Location(assessment.source.name))
        if dated and _contradicts(law, assessment.as_of):
            days = {"adopted": law.adopted, "since": law.in_force_since, "until": law.in_force_until}
            facts = {name: (day.isoformat() if day else "-") for name, day in days.items()}
            status = f"@workbook.choices.status.{law.status.value.replace(' ', '_')}"
            issues.add(LAW_DATES_CONTRADICT, at, law=key, status=status, as_of=assessment.as_of.isoformat(), **facts)
        if assessment.answers and key not in cited and not shared:
            issues.add(LAW_NOT_CITED, at, law=key)
    unmet = sum(element.met is False for answer in assessment.answers.values() for element in answer.elements.values())
    if unmet and len(assessment.laws) == 1 and assessment.scope is Scope.NATIONAL:
        (key,) = assessment.laws
        issues.add(ONE_LAW_READ, places.get(key, Location(assessment.source.name)), law=key, count=unmet)
    return issues


def _contradicts(law: Law, as_of: date) -> bool:
    """Whether the status that a law has in the register contradicts its dates."""
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
