"""The one place that knows the order: checklist, workbook, assessment, scores, gaps, result, reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from legcheck import __version__, provisions, workbook
from legcheck.analysis import carried_over, first_entries, judge, make_plan, progress_of
from legcheck.inputs import DEFAULT_CHECKLIST, Reading, read, readings_of, sound
from legcheck.issues import (
    NO_MEASURES,
    InputError,
    Issues,
    Location,
    reject,
)
from legcheck.labels import labels, languages
from legcheck.model import Assessment, Checklist, Entry, Plan, Progress, Result, Scope

if TYPE_CHECKING:
    from legcheck.reports.view import ReportView

__all__ = [
    "DEFAULT_CHECKLIST",
    "Reading",
    "blank_workbook",
    "entries_of",
    "gap_report",
    "in_language",
    "judged",
    "language_for",
    "plan_of",
    "plan_report",
    "progress",
    "read",
    "readings_of",
    "result_of",
    "view",
    "workbook_of",
]


def result_of(path: Path, checklist: str | None = None, country: str | None = None) -> Result:
    """The result of a file.

    Raises:
        InputError: the file has errors, so nothing is scored; all its issues are carried.
    """
    reading = read(path, checklist, country)
    return judged(reading, path)


def judged(reading: Reading, path: Path) -> Result:
    """The result of a reading without errors.

    Raises:
        InputError: there are errors or no answers, or a result file claims figures that do not follow from its answers.
    """
    return judge(reading.checklist, sound(reading, path), reading.issues, __version__)


def in_language(result: Result, language: str) -> Result:
    """The result with the checklist's texts in a language."""
    return replace(result, checklist=provisions.in_language(result.checklist, language))


def language_for(result: Result, wanted: str | None) -> str:
    """The language asked for, else the one of the assessment where the tool speaks it."""
    return wanted or (result.assessment.language if result.assessment.language in languages() else languages()[0])


def view(result: Result, language: str, progress: Progress | None = None) -> ReportView:
    """The gap report of a result, ready to be laid out; with the progress of its plan where that is given."""
    from legcheck.reports.make_view import view_of

    return view_of(in_language(result, language), labels(language), progress)


def progress(result: Result, filled: Path, language: str, checklist: str | None = None) -> Progress:
    """How far the action plan `filled` has come with the gaps of a result.

    Raises:
        InputError: the action plan has errors, or belongs to another country or checklist version.
    """
    plan = plan_of(result, language, checklist)
    entries, _ = entries_of(plan, filled)
    return progress_of(plan, entries)


def gap_report(
    result: Result,
    formats: Iterable[str],
    language: str,
    template: bytes | None = None,
    progress: Progress | None = None,
) -> dict[str, bytes]:
    """The gap report in every format asked for, by file name. All formats are made from one view."""
    from legcheck.reports import renderers

    stem = f"{result.assessment.country}-{result.assessment.as_of.isoformat()}"
    shown = view(result, language, progress)
    return {
        renderers.file_name(stem, format): renderers.render(format, result, shown, labels(language), template)
        for format in formats
    }


def plan_of(result: Result, language: str, checklist: str | None = None) -> Plan:
    """The draft plan that answers the gaps of a result, in a language.

    Raises:
        InputError: the checklist offers no measures.
    """
    catalogue = provisions.load_catalogue(checklist or result.checklist.id, language)
    if catalogue is None:
        raise reject(NO_MEASURES, Location(result.assessment.source.name), checklist=result.checklist.id)
    return make_plan(in_language(result, language), catalogue)


def entries_of(plan: Plan, filled: Path | None) -> tuple[Mapping[str, Entry], Issues]:
    """What stands beside the measures of a plan: nothing yet, or what an earlier action plan says, with the issues found in it.

    Raises:
        InputError: the earlier action plan has errors, or belongs to another country or checklist version.
    """
    if filled is None:
        return first_entries(plan), Issues()
    action_plan, issues = workbook.read_action_plan(filled, plan)
    if action_plan is None or issues.blocking:
        raise InputError(issues)
    return carried_over(plan, action_plan), issues


def plan_report(
    plan: Plan, entries: Mapping[str, Entry], formats: Iterable[str], language: str, template: bytes | None = None
) -> dict[str, bytes]:
    """The draft plan in every format asked for, by file name."""
    stem = f"{plan.result.assessment.country}-{plan.result.assessment.as_of.isoformat()}"
    words = labels(language)
    made: dict[str, bytes] = {}
    for format in formats:
        if format == "docx":
            from legcheck.reports.plan_docx import render_plan_docx
            from legcheck.reports.plan_view import plan_view

            made[f"{stem}-plan.docx"] = render_plan_docx(plan_view(plan, entries, words), words, template)
        elif format == "xlsx":
            made[f"{stem}-action-plan.xlsx"] = workbook.make_action_plan(plan, entries, words)
        else:
            from legcheck.reports.plan_json import render_plan_json

            made[f"{stem}-plan.json"] = render_plan_json(plan, entries, words)
    return made


def blank_workbook(
    checklist: Checklist,
    country: str,
    as_of: date,
    language: str,
    *,
    country_name: str = "",
    scope: Scope = Scope.NATIONAL,
    short: bool = False,
) -> bytes:
    """A workbook ready to be filled."""
    empty = Assessment(
        country=country,
        country_name=country_name,
        as_of=as_of,
        checklist=checklist.id,
        checklist_version=checklist.version,
        scope=scope,
        language=language,
    )
    return workbook_of(checklist, empty, language, short=short)


def workbook_of(checklist: Checklist, assessment: Assessment, language: str, *, short: bool = False) -> bytes:
    """The workbook of an assessment, in a language."""
    return workbook.make_workbook(provisions.in_language(checklist, language), assessment, language=language, short=short)
