"""Reads a file by its kind: a workbook, a result file or an answers table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from legcheck import provisions, workbook
from legcheck.countries import find
from legcheck.files import RESULT_SUFFIX
from legcheck.issues import (
    NO_ANSWERS,
    OTHER_CHECKLIST,
    OTHER_COUNTRY,
    OTHER_VERSION,
    RESULT_CHANGED,
    SEVERAL_ASSESSMENTS,
    InputError,
    Issues,
    Location,
    reject,
)
from legcheck.labels import labels, languages
from legcheck.model import Assessment, Checklist, PublishedNumber

DEFAULT_CHECKLIST = "vot"
MOST_NAMED = 20

# A checklist, or its id or path; None means the one that the file names, or the default one.
ChecklistChoice = str | Checklist | None
Numbers = Mapping[str, PublishedNumber]


@dataclass(frozen=True)
class Reading:
    """What was read from one file: the checklist it answers, the assessment if it could be read, and every issue.

    `claimed` holds the figures that a result file states, to be compared with those that follow from its answers; `form` is what
    a workbook asks.
    """

    checklist: Checklist
    assessment: Assessment | None
    issues: Issues
    claimed: Mapping[str, Any] | None = None
    form: workbook.Form = workbook.ALL

    @property
    def asked(self) -> int:
        """How many provisions the file asks: those of its part, if it is the part of one hand."""
        return sum(len(some) for _, some in self.form.asked(self.checklist))


def read(path: Path, checklist: ChecklistChoice = None, country: str | None = None) -> Reading:
    """Read a workbook, a result file or an answers table, by its content.

    `checklist` is for tables and for workbooks of checklists that are not shipped; `country` picks one assessment, as ``CODE``
    or ``CODE@DATE``, from a table that holds several.

    Raises:
        InputError: the file cannot be used at all, or holds the assessment of another country.
    """
    content = workbook.read_bytes(path)
    if workbook.is_answers_table(path, content):
        return _read_table(path, checklist, country)
    found = _read_result(path, content) if _is_result(path, content) else _read_workbook(path, checklist, content)
    if country and found.assessment is not None and not _is_named(found.assessment, _code(country)):
        facts = {"value": country, "found": f"{found.assessment.country}@{found.assessment.as_of}"}
        raise reject(OTHER_COUNTRY, Location(path.name), **facts)
    return found


def _is_named(assessment: Assessment, wanted: str) -> bool:
    """Whether a choice ``CODE`` or ``CODE@DATE`` names an assessment."""
    return wanted in (assessment.country, f"{assessment.country}@{assessment.as_of}")


def readings_of(
    path: Path, checklist: ChecklistChoice = None, content: bytes | None = None, *, errors_only: bool = False
) -> list[Reading]:
    """Every assessment of a file (an answers table may hold many); the first carries the issues of all.

    `content` holds the bytes of the file if already read. With `errors_only` warnings about answers are left out.

    Raises:
        InputError: the file cannot be used at all.
    """
    content = workbook.read_bytes(path) if content is None else content
    if workbook.is_answers_table(path, content):
        table = open_table(path, checklist, content)
        found = table.read(errors_only=errors_only)
        assessments = found.assessments()
        rest = [Reading(table.checklist, one, Issues()) for one in assessments[1:]]
        return [Reading(table.checklist, next(iter(assessments), None), found.issues), *rest]
    if _is_result(path, content):
        return [_read_result(path, content)]
    return [_read_workbook(path, checklist, content, errors_only=errors_only)]


def load(checklist: ChecklistChoice) -> Checklist:
    """The chosen checklist: itself, by its id or path, or the default one. Shipped checklists are loaded once.

    Raises:
        InputError: it cannot be found, or has errors.
    """
    if isinstance(checklist, Checklist):
        return checklist
    name = checklist or DEFAULT_CHECKLIST
    return _shipped(name) if name in (*provisions.shipped(), *provisions.earlier()) else provisions.load(name)


@cache
def shipped(id: str, version: str, *, short: bool = False) -> Checklist:
    """A version of a checklist that comes with the program, or its current version if there is no such one; full or short."""
    full = _shipped(provisions.shipped_name(id, version))
    return provisions.short_form(full) if short else full


def newest(checklist: Checklist) -> str:
    """The newest version of a checklist that comes with the program; that of the checklist itself if it does not."""
    return _shipped(checklist.id).version if is_shipped(checklist) else checklist.version


@cache
def _shipped(name: str) -> Checklist:
    return provisions.load(name)


def whole_of(checklist: Checklist, choice: ChecklistChoice = None) -> Checklist:
    """The checklist that a short form is of; a full one is itself. `choice` says where it is, if not shipped.

    Raises:
        InputError: it cannot be found, or has errors.
    """
    if not checklist.short:
        return checklist
    whole = load(choice) if choice is not None else shipped(checklist.id, checklist.version)
    return provisions.with_numbers(whole, checklist.published)


def references_of(path: Path, checklist: Checklist, choice: ChecklistChoice = None) -> tuple[Numbers, Issues]:
    """The numbers that a references file gives to provisions of a checklist, and what is only to be known of it.

    Also those of provisions that only the whole checklist has, or its newest version: one file serves all files of a folder.

    Raises:
        InputError: the file cannot be read, or has errors.
    """
    others = load(choice or checklist.id) if choice is not None or checklist.id in provisions.shipped() else checklist
    return workbook.read_references(path, dict.fromkeys((*checklist.provisions, *others.provisions)))


def numbered(checklist: Checklist, references: Path | None, choice: ChecklistChoice = None) -> Checklist:
    """The checklist with the numbers of a references file; itself if there is none.

    Raises:
        InputError: the file cannot be read, or has errors.
    """
    if references is None:
        return checklist
    return provisions.with_numbers(checklist, references_of(references, checklist, choice)[0])


def is_shipped(checklist: Checklist) -> bool:
    """Whether a checklist is one of those that come with the program, in any version, full or short."""
    if checklist.id not in provisions.shipped():
        return False
    return shipped(checklist.id, checklist.version, short=checklist.short).digest == checklist.digest


def readable(reading: Reading) -> Assessment:
    """The assessment of a reading without errors, answered or not.

    Raises:
        InputError: there are errors.
    """
    if reading.assessment is None or reading.issues.blocking:
        raise InputError(reading.issues)
    return reading.assessment


def sound(reading: Reading, path: Path) -> Assessment:
    """The assessment of a reading without errors.

    Raises:
        InputError: there are errors or no answers, or a result file claims figures that do not follow from its answers.
    """
    given = reading.assessment is not None and any(one.given for one in reading.assessment.answers.values())
    if not given and not reading.issues.blocking:
        reading.issues.add(NO_ANSWERS, Location(path.name))
    assessment = readable(reading)
    if reading.claimed is not None:
        _compare(reading.checklist, assessment, reading.claimed, path)
    return assessment


def _is_result(path: Path, content: bytes) -> bool:
    """Whether a file that is no table holds a result, or at least is named as one and is no workbook either."""
    kind = workbook.kind_of(content)
    return kind == "JSON" or (path.suffix.lower() == RESULT_SUFFIX and kind != "zip")


def _read_workbook(path: Path, checklist: ChecklistChoice, content: bytes, *, errors_only: bool = False) -> Reading:
    identity = workbook.identify(path, content)
    at = Location(path.name)
    if checklist is None and identity.checklist not in provisions.shipped():
        raise reject(OTHER_CHECKLIST, at, value=identity.checklist, allowed=", ".join(provisions.shipped()))
    loaded = load(checklist) if checklist is not None else shipped(identity.checklist, identity.version)
    if identity.checklist != loaded.id:
        raise reject(OTHER_CHECKLIST, at, value=identity.checklist, allowed=loaded.id)
    if identity.version != loaded.version:
        raise reject(OTHER_VERSION, at, value=identity.version, allowed=loaded.version)
    assessment, issues = workbook.read_workbook(path, loaded, identity, errors_only=errors_only)
    if identity.form.short:
        loaded = shipped(loaded.id, loaded.version, short=True) if checklist is None else provisions.short_form(loaded)
    return Reading(loaded, assessment, issues, form=identity.form)


def _read_result(path: Path, content: bytes) -> Reading:
    from legcheck.results import read_result

    found = read_result(path.name, content, lambda definition, texts: provisions.build_checklist(definition, translations=texts))
    return Reading(_translatable(found.checklist), found.assessment, Issues(list(found.issues)), found.scores)


def _translatable(checklist: Checklist) -> Checklist:
    """The checklist of a result file, with all translations if it is a shipped one, and with its numbers."""
    if not is_shipped(checklist):
        return checklist
    return provisions.with_numbers(shipped(checklist.id, checklist.version, short=checklist.short), checklist.published)


def open_table(path: Path, checklist: ChecklistChoice = None, content: bytes | None = None) -> workbook.AnswersTable:
    """Open an answers table; `content` holds its bytes if already read.

    Raises:
        InputError: it cannot be read, or belongs to another checklist; the one that comes with the tool is named.
    """
    return workbook.AnswersTable(path, load(checklist), content, lambda: map(_shipped, provisions.shipped()))


def _read_table(path: Path, checklist: ChecklistChoice, country: str | None) -> Reading:
    """The assessment of a table, chosen by its country if the table holds several."""
    table = open_table(path, checklist)
    names = [name for name in table.names if name]
    wanted = _code(country) if country else ""
    chosen = [name for name in names if not wanted or wanted in (name, name.partition("@")[0])]
    if names and (len(chosen) > 1 or (wanted and not chosen)):
        shown = [*names[:MOST_NAMED], *(["..."] if len(names) > MOST_NAMED else [])]
        raise reject(SEVERAL_ASSESSMENTS, Location(path.name), count=len(names), allowed=", ".join(shown))
    found = table.read(chosen[0] if wanted and chosen else "")
    return Reading(table.checklist, next(iter(found.assessments()), None), found.issues)


def _code(country: str) -> str:
    """A choice ``CODE`` or ``CODE@DATE`` with the code in the form that assessments use."""
    code, at, day = country.partition("@")
    try:
        return find(code).code + at + day
    except KeyError:
        return country.upper()


_COUNTED = ("answered", "applicable", "full", "partly", "not_found", "not_applicable", "contrary", "elements_met", "elements")
_STATED = ("low", "central", "high", *_COUNTED)
_FOUND = (*_COUNTED, "silent", "short", "left")
_FOUND_BEFORE = ("applicable", "not_applicable")


def _compare(checklist: Checklist, assessment: Assessment, claimed: Mapping[str, Any], path: Path) -> None:
    """Refuse a result file whose figures were changed.

    Of a reading of texts only counts can be: older files also state shares. The oldest tell less apart, so little is compared.
    """
    from legcheck.analysis import score_all
    from legcheck.results import dimension_tree, figures_of

    words, scores = labels(languages()[0]), score_all(checklist, assessment)
    computed = dict(figures_of({key: dimension_tree(one, words) for key, one in scores.items()}))
    try:
        stated = dict(figures_of(claimed))
        found = _FOUND if "silent" in next(iter(stated.values())) else _FOUND_BEFORE
        for figure, score in computed.items():
            for part in _STATED if assessment.scope.scored else found:
                if (claim := stated[figure].get(part, score[part])) != score[part]:  # older files state fewer counts
                    facts = {"figure": f"{figure} {part}", "found": claim, "computed": score[part]}
                    raise reject(RESULT_CHANGED, Location(path.name), **facts)
    except (KeyError, TypeError, AttributeError, StopIteration):
        raise reject(RESULT_CHANGED, Location(path.name), figure="scores", found="?", computed=len(computed)) from None
