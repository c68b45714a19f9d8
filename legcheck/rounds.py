"""One assessment through time: what was changed in it, its next round, and its answers under another version of the checklist."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from legcheck import __version__, analysis, app, inputs, provisions, workbook
from legcheck.issues import OTHER_CHECKLIST, InputError, Location, reject
from legcheck.labels import labels
from legcheck.model import Assessment, ChangedLaw, Checklist, Migration, Revision, Status
from legcheck.words import fold


def history_of(reading: inputs.Reading, asked: str = "") -> tuple[Revision, ...]:
    """The changes recorded in a file; those of one provision, one element (``REC-02.a``) or one law if that is asked for.

    Raises:
        InputError: the file cannot be read so far, or there is nothing of that name.
    """
    assessment, checklist = reading.assessment, reading.checklist
    if assessment is None:
        raise InputError(reading.issues)
    if not asked:
        return assessment.history
    wanted = fold(asked)
    found = [one for one in assessment.history if wanted in (fold(one.provision), fold(_element_changed(one)))]
    if not found and wanted not in map(fold, assessment.laws):
        app.asked_of(checklist, asked)
    return tuple(found)


def _element_changed(one: Revision) -> str:
    """The element that a change is about, such as ``REC-02.a``."""
    return f"{one.provision}.{one.field.split('.')[1]}" if one.field.startswith("elements.") else ""


def version_named(checklist: Checklist, to: str | None) -> Checklist:
    """The version of a checklist by its number, or a checklist by its path; the newest that comes with the tool if not given.

    Raises:
        InputError: there is no such version, or the path leads to another checklist.
    """
    number = to is not None and bool(re.fullmatch(r"[\d.]+", to))
    found = inputs.load(f"{checklist.id}@{to}" if number else to or checklist.id)
    if found.id != checklist.id:
        raise reject(OTHER_CHECKLIST, Location(to or found.id), value=found.id, allowed=checklist.id)
    return found


def migrate(reading: inputs.Reading, after: Checklist, on: date, language: str | None = None) -> tuple[Migration, bytes]:
    """An assessment carried to another version of its checklist, what became of each answer, and the workbook of it.

    `on` is the day that the history gives; `language` defaults to that of the assessment.

    Raises:
        InputError: the file has errors.
    """
    assessment = inputs.readable(reading)
    chosen = app.language_for(assessment, language)
    words = labels(chosen)
    before, texts = (provisions.in_language(one, chosen) for one in (inputs.whole_of(reading.checklist), after))
    made = analysis.migrated(before, texts, assessment, on, lambda key, **facts: words(f"versions.{key}", **facts))
    asked = reading.form if set(reading.form.provisions) <= after.provisions.keys() else workbook.ALL
    return made, app.workbook_of(after, made.assessment, chosen, asked)


def next_round(
    reading: inputs.Reading, as_of: date, language: str | None = None, plan: Path | None = None, form: workbook.Form | None = None
) -> tuple[bytes, Assessment, tuple[ChangedLaw, ...]]:
    """The workbook of the next round, with the answers of the last to be confirmed; its assessment; and the laws that changed.

    A filled-in action `plan` says which measures claim to be done. `form` defaults to that of the last round.

    Raises:
        InputError: the workbook or the action plan has errors.
    """
    last = inputs.readable(reading)
    chosen = app.language_for(last, language)
    words, done = labels(chosen), dict[str, list[str]]()
    if plan is not None:
        draft = app.draft_plan(analysis.judge(reading.checklist, last, (), __version__), chosen)
        entries, _ = app.plan_entries(draft, plan)
        for id, measures in analysis.progress_of(draft, entries).by_provision.items():
            done[id] = [entries[one].title for one in measures if entries[one].status is Status.DONE]

    def said(key: str, **facts: object) -> str:
        return words(f"rounds.{key}", **{name: words.date(one) if isinstance(one, date) else one for name, one in facts.items()})

    made, laws = analysis.next_round(last, as_of, done, said)
    return app.workbook_of(inputs.whole_of(reading.checklist), made, chosen, form or reading.form), made, laws
