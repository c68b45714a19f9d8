"""The one place that knows the order: checklist, workbook, assessment, scores, gaps, result, reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from legcheck import __version__, assessments, provisions
from legcheck.analysis import carried_over, first_entries, judge, make_plan, progress_of
from legcheck.countries import find
from legcheck.issues import (
    NO_ANSWERS,
    NO_MEASURES,
    OTHER_CHECKLIST,
    OTHER_VERSION,
    RESULT_CHANGED,
    SEVERAL_ASSESSMENTS,
    InputError,
    Issue,
    Issues,
    Location,
    reject,
)
from legcheck.labels import labels, languages
from legcheck.model import Assessment, Checklist, Entry, Plan, Progress, Result, Scope

if TYPE_CHECKING:
    from legcheck.reports.view import ReportView

DEFAULT_CHECKLIST = "vot"
RESULT_SUFFIX = ".json"
TABLE_SUFFIXES = (".csv", ".parquet")


@dataclass(frozen=True)
class Reading:
    """What was read from one file: the checklist it answers, the assessment where it could be read, and every issue.

    `claimed` holds the figures that a result file states, to be compared with those that follow from its answers.
    """

    checklist: Checklist
    assessment: Assessment | None
    issues: Issues
    claimed: Mapping[str, Any] | None = None


def read(path: Path, checklist: str | None = None, country: str | None = None) -> Reading:
    """Read a workbook, a result file or an answers table, by its kind.

    `checklist` is the id or path of the checklist for tables and for workbooks of checklists that are not shipped; `country`
    picks one assessment, as ``CODE`` or ``CODE@DATE``, from a table that holds several.

    Raises:
        InputError: the file cannot be used at all.
    """
    suffix = path.suffix.lower()
    if suffix == RESULT_SUFFIX and path.is_file():
        return _read_result(path)
    if suffix in TABLE_SUFFIXES and path.is_file():
        return _read_table(path, provisions.load(checklist or DEFAULT_CHECKLIST), country)
    return _read_workbook(path, checklist)


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
    issues = reading.issues
    assessment = reading.assessment
    if assessment is not None and not issues.blocking and not any(one.ratings for one in assessment.answers.values()):
        issues.add(NO_ANSWERS, Location(path.name))
    if assessment is None or issues.blocking:
        raise InputError(issues)
    result = judge(reading.checklist, assessment, issues, __version__)
    if reading.claimed is not None:
        _compare(result, reading.claimed, path)
    return result


def in_language(result: Result, language: str) -> Result:
    """The result with the checklist's texts in a language."""
    return replace(result, checklist=provisions.in_language(result.checklist, language))


def language_for(result: Result, wanted: str | None) -> str:
    """The language asked for, else the one of the assessment where the tool speaks it."""
    return wanted or (result.assessment.language if result.assessment.language in languages() else languages()[0])


def view(result: Result, language: str, progress: Progress | None = None) -> ReportView:
    """The gap report of a result, ready to be laid out; with the progress of its plan where that is given."""
    from legcheck.reports.words import view_of

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
    action_plan, issues = assessments.read_action_plan(filled, plan)
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
            from legcheck.reports.words.plan import plan_view

            made[f"{stem}-plan.docx"] = render_plan_docx(plan_view(plan, entries, words), words, template)
        elif format == "xlsx":
            made[f"{stem}-action-plan.xlsx"] = assessments.make_action_plan(plan, entries, words)
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
    return assessments.make_workbook(provisions.in_language(checklist, language), assessment, language=language, short=short)


def _read_workbook(path: Path, checklist: str | None) -> Reading:
    identity = assessments.identify(path)
    at = Location(path.name)
    if checklist is None and identity.checklist not in provisions.shipped():
        raise reject(OTHER_CHECKLIST, at, value=identity.checklist, allowed=", ".join(provisions.shipped()))
    loaded = provisions.load(checklist or identity.checklist)
    if identity.checklist != loaded.id:
        raise reject(OTHER_CHECKLIST, at, value=identity.checklist, allowed=loaded.id)
    if identity.version != loaded.version:
        raise reject(OTHER_VERSION, at, value=identity.version, allowed=loaded.version)
    assessment, issues = assessments.read_workbook(path, loaded, identity)
    return Reading(provisions.short_form(loaded) if identity.short else loaded, assessment, issues)


def _read_result(path: Path) -> Reading:
    from legcheck.result_file import read_result_file

    found = read_result_file(path)
    return Reading(_translatable(found.checklist), found.assessment, Issues(list(found.issues)), found.scores)


def _translatable(checklist: Checklist) -> Checklist:
    """A checklist out of a result file, with all translations where it is one of those shipped."""
    if checklist.id not in provisions.shipped():
        return checklist
    ours = provisions.load(checklist.id)
    ours = provisions.short_form(ours) if checklist.short else ours
    return ours if ours.digest == checklist.digest else checklist


def _read_table(path: Path, checklist: Checklist, country: str | None) -> Reading:
    found = assessments.read_table(path, checklist)
    names = {f"{one.country}@{one.as_of.isoformat()}": (one, issues) for one, issues in found if one is not None}
    wanted = _code(country) if country else ""
    chosen = {name: pair for name, pair in names.items() if not wanted or wanted in (name, name.partition("@")[0])}
    if len(chosen) == 1:
        assessment, issues = next(iter(chosen.values()))
        return Reading(checklist, assessment, issues)
    if names and (len(found) > 1 or wanted):
        raise reject(SEVERAL_ASSESSMENTS, Location(path.name), count=len(names), allowed=", ".join(names))
    problems: list[Issue] = [issue for _, issues in found for issue in issues]
    return Reading(checklist, None, Issues(problems))


def _code(country: str) -> str:
    """A choice ``CODE`` or ``CODE@DATE`` with the code as assessments keep it."""
    code, at, day = country.partition("@")
    try:
        return find(code).code + at + day
    except KeyError:
        return country.upper()


def readings_of(path: Path, checklist: str | None = None) -> tuple[Reading, ...]:
    """What was read from a file: one reading, or one for each assessment of an answers table.

    Raises:
        InputError: the file cannot be used at all.
    """
    if path.suffix.lower() in TABLE_SUFFIXES and path.is_file():
        loaded = provisions.load(checklist or DEFAULT_CHECKLIST)
        return tuple(Reading(loaded, assessment, issues) for assessment, issues in assessments.read_table(path, loaded))
    return (read(path, checklist),)


def _compare(result: Result, claimed: Mapping[str, Any], path: Path) -> None:
    """Refuse a result file whose figures were changed."""
    from legcheck.reports.json_form import figures_of, score_tree

    computed = dict(figures_of(score_tree(result, labels(languages()[0]))["scores"]))
    try:
        stated = dict(figures_of(claimed))
        for figure, score in computed.items():
            for part in ("low", "central", "high", "answered", "applicable"):
                if stated[figure][part] != score[part]:
                    facts = {"figure": f"{figure} {part}", "found": stated[figure][part], "computed": score[part]}
                    raise reject(RESULT_CHANGED, Location(path.name), **facts)
    except (KeyError, TypeError, AttributeError):
        raise reject(RESULT_CHANGED, Location(path.name), figure="scores", found="?", computed=len(computed)) from None
