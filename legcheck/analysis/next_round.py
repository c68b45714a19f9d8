"""The next round of an assessment: answers to be confirmed, laws that changed since, and measures that claim to be done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date

from legcheck.model import Answer, Assessment, ChangedLaw, Law, LawChange

# The words for a key and its facts, in the language of the assessment.
Words = Callable[..., str]


def changed_laws(assessment: Assessment, as_of: date) -> tuple[ChangedLaw, ...]:
    """The laws that entered into force, ended, or were still to come since the last round, in the order of the register."""
    return tuple(
        ChangedLaw(law.key, change) for law in assessment.laws.values() if (change := _change(law, assessment.as_of, as_of))
    )


def _change(law: Law, then: date, now: date) -> LawChange | None:
    if law.in_force(then) and not law.in_force(now):
        return LawChange.ENDED
    if law.in_force(now) and not law.in_force(then):
        return LawChange.ENTERED
    return LawChange.PENDING if law.may_come(then) else None


def next_round(
    assessment: Assessment, as_of: date, done: Mapping[str, Iterable[str]], words: Words
) -> tuple[Assessment, tuple[ChangedLaw, ...]]:
    """The assessment of the next round, and the laws that changed since the last.

    Every answer says that it is as last time and to be confirmed, which of its laws changed, and which measures of the plan claim
    to be `done`, by provision. What the State said of the last findings, and who was heard on them, stays with the last round.
    """
    laws = changed_laws(assessment, as_of)
    changes = {one.law: one.change for one in laws}

    def carried(answer: Answer) -> Answer:
        said = [
            *(words(f"law.{changes[key].value}", law=assessment.laws[key].title) for key in answer.cited_laws if key in changes),
            *(words("done", measure=title) for title in done.get(answer.provision, ())),
            words("as_last_time", date=assessment.as_of),
        ]
        remarks = "\n".join(filter(None, (*said, answer.to_confirm)))
        return replace(answer, to_confirm=remarks, observations="", at={})

    answers = {id: carried(one) for id, one in assessment.answers.items()}
    return replace(assessment, as_of=as_of, answers=answers, heard=()), laws
