"""What several hands do to one assessment: the order of setting files side by side, and of taking in comments on findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from legcheck import analysis, app, countries, inputs, provisions, workbook
from legcheck.issues import (
    ASKED_TWICE,
    NO_MEASURES,
    OTHER_ASSESSMENT,
    OTHER_CHECKLIST,
    PART_MISSING,
    PART_UNREAD,
    PERSONAL_DATA,
    SAME_FILE,
    VERSIONS_DIFFER,
    InputError,
    Issues,
    Location,
    reject,
    unread_in,
)
from legcheck.labels import Labels, labels, languages
from legcheck.model import (
    Agreement,
    Assessment,
    Assignment,
    Checklist,
    Decision,
    Difference,
    Merged,
    Result,
    Returned,
    Revision,
)

if TYPE_CHECKING:
    from legcheck.reports.differences import DifferenceInWords

CONSULTATION_FORMATS = ("xlsx", "docx")
CHAPTER, LEAD = "chapter", "lead"

# Side by side -----------------------------------------------------------------------------------------------------------


def read_together(paths: Sequence[Path], checklist: str | None = None) -> list[inputs.Reading]:
    """The readings of several files that answer one version of a checklist.

    Raises:
        InputError: a file has errors, or answers another checklist or version than the first.
    """
    readings = [inputs.read(path, checklist) for path in paths]
    first, issues = readings[0].checklist, Issues()
    for path, one in zip(paths, readings, strict=True):
        if one.checklist.id != first.id:
            issues.add(OTHER_CHECKLIST, Location(path.name), value=one.checklist.id, allowed=first.id)
        elif one.checklist.version != first.version:
            facts = {"value": one.checklist.version, "allowed": first.version, "first": paths[0].name}
            issues.add(VERSIONS_DIFFER, Location(path.name), **facts)
        issues.extend(one.issues)
    if issues.blocking:
        raise InputError(issues)
    return readings


def differences(readings: Sequence[inputs.Reading]) -> tuple[Difference, ...]:
    """What files of one checklist version say differently."""
    whole = min((one.checklist for one in readings), key=lambda one: one.short)
    return analysis.differences(whole, [one.assessment for one in readings if one.assessment is not None])


def differences_in_words(checklist: Checklist, found: Iterable[Difference], language: str) -> list[DifferenceInWords]:
    """Differences as a workbook in that language shows them: the row, the column, and what each file says where."""
    from legcheck.reports.differences import DifferenceInWords

    words, texts = labels(language), provisions.in_language(checklist, language)
    made = []
    for one in found:
        revisions = [Revision(date.min, one.provision, one.field, stated.value) for stated in one.stated]
        shown = [workbook.change_in_words(texts, revision, words) for revision in revisions]
        row, column, *_ = shown[0]
        places = tuple(str(stated.at) for stated in one.stated)
        made.append(DifferenceInWords(row, column, tuple(before for _, _, before, _ in shown), places))
    return made


def read_side_by_side(paths: Sequence[Path], checklist: str | None = None) -> list[inputs.Reading]:
    """The readings of several people of the same law: of one country, date, scope and checklist version.

    Raises:
        InputError: a file has errors, is of another assessment than the first, or is given twice.
    """
    read, issues = read_together(paths, checklist), Issues()
    readings = [_named(one, name) for one, name in zip(read, _told_apart(paths), strict=True)]
    first = _about(readings[0])
    seen: dict[str, str] = {}
    for path, one in zip(paths, readings, strict=True):
        if (about := _about(one)) != first:
            issues.add(OTHER_ASSESSMENT, Location(path.name), value=about, allowed=first, first=paths[0].name)
        digest = one.assessment.source.digest if one.assessment is not None else ""
        if digest in seen:
            issues.add(SAME_FILE, Location(path.name), first=seen[digest])
        seen.setdefault(digest, path.name)
    if issues.blocking:
        raise InputError(issues)
    return readings


def _told_apart(paths: Sequence[Path]) -> list[str]:
    """The names of files, as paths where two have the same name."""
    names = [path.name for path in paths]
    return [path.name if names.count(path.name) == 1 else str(path) for path in paths]


def _named(reading: inputs.Reading, name: str) -> inputs.Reading:
    """A reading under another name for its file, wherever it is named."""
    one = reading.assessment
    if one is None or one.source.name == name:
        return reading
    answers = {
        id: replace(answer, at={field: replace(at, file=name) for field, at in answer.at.items()})
        for id, answer in one.answers.items()
    }
    return replace(reading, assessment=replace(one, source=replace(one.source, name=name), answers=answers))


def _about(reading: inputs.Reading) -> str:
    """What a reading is about: country, date and scope."""
    one = reading.assessment
    return "" if one is None else f"{one.country}, {one.as_of.isoformat()}, {one.scope.value}"


def agreement(readings: Sequence[inputs.Reading], *, seed: int = 0) -> list[Agreement]:
    """How far readings of the same law agree, on the elements and in each dimension."""
    whole = min((one.checklist for one in readings), key=lambda one: one.short)
    return analysis.agreement_of(whole, [one.assessment for one in readings if one.assessment is not None], seed=seed)


def disagreements(readings: Sequence[inputs.Reading]) -> tuple[Difference, ...]:
    """The elements and ratings that readings say differently, each with what its reader cites; not what one alone answered."""
    judged = (one for one in differences(readings) if analysis.is_judged(readings[0].checklist, one.field))
    return tuple(one for one in judged if len(one.values) > 1)


# Parts ------------------------------------------------------------------------------------------------------------------


def parts_of(checklist: Checklist, by: str, language: str, choice: str | None = None) -> tuple[tuple[Assignment, ...], Issues]:
    """The parts of a checklist by chapter, by the body that leads the measures, or as a table describes them; and its issues.

    `choice` says where the checklist and its measures are, if not shipped.

    Raises:
        InputError: the checklist has no measures, or the table has errors.
    """
    if by == CHAPTER:
        return analysis.parts_by_chapter(provisions.in_language(checklist, language)), Issues()
    if by == LEAD:
        catalogue = provisions.load_catalogue(choice or provisions.shipped_name(checklist.id, checklist.version), language)
        if catalogue is None:
            raise reject(NO_MEASURES, Location(), checklist=checklist.id)
        return analysis.parts_by_lead(checklist, catalogue), Issues()
    rows, issues = workbook.read_parts(Path(by))
    found, wrong = analysis.parts_by_name(checklist, rows, Path(by).name)
    issues.extend(wrong)
    if issues.blocking:
        raise InputError(issues)
    return found, issues


def split(
    reading: inputs.Reading,
    parts: Iterable[Assignment],
    language: str,
    *,
    return_to: str = "",
    until: date | None = None,
    choice: str | None = None,
) -> dict[str, bytes]:
    """A workbook for each part, by file name, with its answers and the whole register of laws.

    Raises:
        InputError: the file has errors.
    """
    assessment, checklist = inputs.readable(reading), inputs.whole_of(reading.checklist, choice)
    made = {}
    for part in parts:
        form = workbook.Form(
            reading.checklist.short, provisions=part.provisions, part=part.name, return_to=return_to, until=until
        )
        own = analysis.part_of(checklist, assessment, part)
        made[f"{app.file_stem(assessment)}-{part.key}.xlsx"] = app.workbook_of(checklist, own, language, form)
    return made


@dataclass(frozen=True)
class Merge:
    """Parts put together: the assessment with the `decisions` made, what they contradict one another in, and what is to be known.

    `shown` are the conflicts that the workbook of decisions shows as they are now.
    """

    checklist: Checklist
    merged: Merged
    assessment: Assessment
    form: workbook.Form
    decisions: tuple[Decision, ...]
    shown: frozenset[tuple[str, str]]
    issues: Issues

    @property
    def open(self) -> tuple[Difference, ...]:
        """The conflicts on which nobody has decided."""
        settled = {(one.provision, one.field) for one in self.decisions}
        return tuple(one for one in self.merged.conflicts if (one.provision, one.field) not in settled)

    @property
    def shows_all(self) -> bool:
        """Whether the workbook of decisions shows every open conflict as it is now, so that no other is needed."""
        return all((one.provision, one.field) in self.shown for one in self.open)


def merge(paths: Sequence[Path], choice: str | None = None, decisions: Path | None = None) -> Merge:
    """The assessment that parts make together, with the decisions in a workbook on what they contradict one another in.

    Raises:
        InputError: a part has errors, holds what was not read, is of another assessment or given twice; or the decisions have.
    """
    readings = read_side_by_side(paths, choice)
    if unread := [issue for one in readings for issue in one.issues if issue.rule.unread]:
        raise InputError([*unread, *reject(PART_UNREAD, Location()).issues])
    checklist, form = inputs.whole_of(readings[0].checklist, choice), workbook.Form(all(one.checklist.short for one in readings))
    parts = [_without_usual_name(inputs.readable(one)) for one in readings]
    asked = workbook.open_decisions(decisions) if decisions is not None else None
    merged = analysis.merged(checklist, parts, asked.laws if asked is not None else ())
    issues, found = _asked(checklist, form, readings), workbook.Decided()
    if asked is not None:
        found, wrong = workbook.read_decisions(asked, checklist, merged)
        issues.extend(wrong)
        if wrong.blocking or unread_in(wrong):
            raise InputError(wrong)
    return Merge(checklist, merged, analysis.decided(merged, found.decisions), form, found.decisions, found.shown, issues)


def _without_usual_name(one: Assessment) -> Assessment:
    """The assessment without the name that its country has in its language, which is another in other parts."""
    usual = countries.find(one.country).name(one.language)
    return replace(one, country_name="") if one.country_name == usual else one


def _asked(checklist: Checklist, form: workbook.Form, readings: Iterable[inputs.Reading]) -> Issues:
    """Name what no part asks, and what several parts ask; a whole workbook asks everything."""
    issues, asked = Issues(), dict[str, str]()
    partial = [one for one in readings if one.form.partial]
    for one in partial:
        file = inputs.readable(one).source.name
        ids = [each.id for _, some in one.form.asked(checklist) for each in some]
        for first in dict.fromkeys(asked[id] for id in ids if id in asked):
            twice = analysis.in_short(checklist, (id for id in ids if asked.get(id) == first))
            issues.add(ASKED_TWICE, Location(file), provisions=twice, first=first)
        asked |= {id: file for id in ids if id not in asked}
    if partial == list(readings):
        every = {each.id for _, some in form.asked(checklist) for each in some}
        if left := analysis.in_short(checklist, every - asked.keys()):
            issues.add(PART_MISSING, Location(), provisions=left)
    return issues


def decisions_workbook(merge: Merge, language: str) -> bytes:
    """The workbook in which somebody decides on the conflicts of a merge, with the decisions made so far."""
    texts = provisions.in_language(merge.checklist, language)
    return workbook.make_decisions(texts, merge.merged, labels(language), merge.decisions)


def sample(
    reading: inputs.Reading, share: Fraction, seed: int, language: str, choice: str | None = None
) -> tuple[bytes, tuple[str, ...]]:
    """A workbook that asks a sample of the provisions again, for a second reader: with the laws, and without any answer.

    Raises:
        InputError: the file has errors.
    """
    assessment, checklist = inputs.readable(reading), inputs.whole_of(reading.checklist, choice)
    asked = analysis.drawn(reading.checklist, share, seed)
    blank = replace(assessment, answers={}, history=(), heard=(), body="")
    form = workbook.Form(provisions=asked, part=labels(language)("cli.sample.part", share=labels(language).percent(share)))
    return app.workbook_of(checklist, blank, language, form), asked


# The State's comments ---------------------------------------------------------------------------------------------------


def consultation_files(
    result: Result, language: str, formats: Iterable[str], *, body: str = "", return_to: str = "", until: date | None = None
) -> dict[str, bytes]:
    """The forms in which the State comments on each finding, by file name."""
    from legcheck.reports.consultation import findings_of, word_form

    words, shown = labels(language), app.in_language(result, language)
    view, assessment = app.report_view(result, language), result.assessment
    findings = findings_of(view, words)
    key = "return_both" if return_to and until else "return_to" if return_to else "return_until"
    day = words.date(until) if until else ""
    back = words(f"consultation.{key}", to=return_to, date=day) if return_to or until else ""
    made = {}
    for format in formats:
        if format == "docx":
            of = (assessment.checklist, assessment.checklist_version, assessment.country, assessment.as_of.isoformat())
            content = word_form(view, words, findings, of, body=body, back=back)
        else:
            every = tuple(findings.values())
            content = workbook.make_consultation(
                shown.checklist, assessment, every, words, country=view.country, body=body, back=back
            )
        made[f"{app.file_stem(assessment)}-consultation.{format}"] = content
    return made


def with_comments(result: Result, forms: Iterable[Path]) -> tuple[Assessment, Issues]:
    """The assessment with the comments in forms that came back, and every issue found in them.

    Raises:
        InputError: a file is no such form.
    """
    from legcheck.reports.consultation import findings_of, read_word_form
    from legcheck.workbook.text import as_typed, parse_date

    assessment, issues = result.assessment, Issues()
    for path in forms:
        if path.suffix.lower() == ".docx":
            form, found = read_word_form(path.name, workbook.read_bytes(path), parse_date, as_typed)
        else:
            form, found = workbook.read_consultation(path, result.checklist)
        words = labels(form.language if form.language in languages() else languages()[0])
        findings = findings_of(app.report_view(result, words.language), words)
        assessment, wrong = analysis.with_comments(result.checklist, assessment, findings, form, partial(_signed, words))
        issues.extend((*found, *wrong, *_personal_in(form)))
    return assessment, issues


def _personal_in(form: Returned) -> Issues:
    """What looks like personal data in comments, and like a person where their body should stand."""
    issues = Issues()
    for one in form.comments:
        for key, text in (("text", one.text), ("body", one.body), ("why", one.why)):
            named = workbook.names_of_persons(text) if key == "body" else []
            for facts in (*workbook.personal_facts(text), *named):
                issues.add(PERSONAL_DATA, one.at.get(key, one.at["id"]), **facts, provision=one.finding)
    return issues


def _signed(words: Labels, text: str, body: str, on: date) -> str:
    return words("consultation.signed", text=text, body=body, date=words.date(on))
