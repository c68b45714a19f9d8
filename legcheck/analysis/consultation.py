"""What a form with the State's comments changes in an assessment: comments stand beside their findings, never edited."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from legcheck.issues import (
    COMMENT_ON_NOTHING,
    COMMENT_TWICE,
    COMMENT_UNSIGNED,
    CONSULTATION_OF_OTHER,
    FINDING_DIFFERS,
    RATING_WITHOUT_REASON,
    Issues,
    Location,
    closest,
)
from legcheck.model import Answer, Assessment, Checklist, Comment, Finding, Returned, Revision, united
from legcheck.words import compact


def with_comments(
    checklist: Checklist,
    assessment: Assessment,
    findings: Mapping[str, Finding],
    form: Returned,
    signed: Callable[[str, str, date], str],
) -> tuple[Assessment, Issues]:
    """The assessment with the comments of a form as observations, and with the ratings that were changed because of them.

    `findings` are those of the assessment in the language of the form; `signed` puts body and date beside a comment. A body or a
    date that is the only one in the form holds for every comment in it.
    """
    issues = Issues()
    own = checklist.id, checklist.version, assessment.country, assessment.as_of.isoformat()
    if form.about != own:
        issues.add(CONSULTATION_OF_OTHER, Location(form.file), value=" ".join(form.about), allowed=" ".join(own))
        return assessment, issues
    answers = dict(assessment.answers)
    changes: list[Revision] = []
    for one in _sound(form, findings, issues):
        before = answers.get(one.finding, Answer(one.finding))
        answers[one.finding] = _commented(before, one, signed)
        changes += _changes(checklist, before, one, assessment.body, form.file)
    ordered = {id: answers[id] for id in checklist.provisions if id in answers}
    return replace(assessment, answers=ordered, history=united(assessment.history, changes)), issues


def _sound(form: Returned, findings: Mapping[str, Finding], issues: Issues) -> Iterator[Comment]:
    """The comments that can be used, each with its body and date; what is wrong with the others is named."""
    ids = {compact(id): id for id in findings}
    bodies, days = ({getattr(one, key) for one in form.comments if one.given} - {"", None} for key in ("body", "on"))
    seen: dict[str, Location] = {}
    for typed in form.comments:
        if not typed.given:
            continue
        id, at = ids.get(compact(typed.finding), ""), typed.at["id"]
        if not id:
            hint = closest(typed.finding, findings)
            issues.add(COMMENT_ON_NOTHING, at, value=typed.finding, text=typed.text or typed.why, hint=hint)
            continue
        if id in seen:
            issues.add(COMMENT_TWICE, at, provision=id, first=seen[id].cell)
            continue
        seen[id] = at
        if any(compact(getattr(typed.shown, key)) != compact(getattr(findings[id], key)) for key in ("asked", "found", "basis")):
            issues.add(FINDING_DIFFERS, at, provision=id)
        body = typed.body or (next(iter(bodies)) if len(bodies) == 1 else "")
        on = typed.on or (next(iter(days)) if len(days) == 1 else None)
        if on is None or (typed.text and not body):
            issues.add(COMMENT_UNSIGNED, typed.at.get("text", at), provision=id)
        elif typed.ratings and not typed.why:
            issues.add(RATING_WITHOUT_REASON, typed.at.get("why", at), provision=id)
        else:
            yield replace(typed, finding=id, body=body, on=on)


def _commented(answer: Answer, one: Comment, signed: Callable[[str, str, date], str]) -> Answer:
    """The answer with a comment among its observations, once; and with its new ratings."""
    said = answer.observations
    if one.text and one.on is not None:
        new = signed(one.text, one.body, one.on)
        said = said if new in said else f"{said}\n{new}".strip("\n")
    return replace(answer, observations=said, ratings={**answer.ratings, **one.ratings})


def _changes(checklist: Checklist, before: Answer, one: Comment, who: str, file: str) -> Iterator[Revision]:
    """A change for each rating that is another now than the one that counted before."""
    provision = checklist.provisions[one.finding]
    for key, after in one.ratings.items():
        was = checklist.by_dimension[key].rating(provision, before, provision.marks(before)) or ""
        if was != after and one.on is not None:
            yield Revision(one.on, one.finding, key, was, after, who, one.why, file)
