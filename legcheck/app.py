"""The one place that knows the order: read and assess a file, make its report and plan, compare many.

The public functions are what ``import legcheck`` offers and what the commands call. Paths may be strings or `Path`.
"""

from __future__ import annotations

import json
import re
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, replace
from datetime import date
from fractions import Fraction
from functools import cache, wraps
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from legcheck import __version__, analysis, batch, countries, inputs, provisions, workbook
from legcheck.files import Content, check_formats, digest_of, references_beside, write_files
from legcheck.issues import (
    NO_MEASURES,
    NOT_READ_WHOLE,
    NOTHING_TO_COMPARE,
    ONLY_COLOURED,
    OTHER_CHECKLIST,
    OTHER_PASSAGES,
    PERSONAL_DATA_PUBLISHED,
    READING_NOT_SCORED,
    REASON_WITHOUT_PUBLIC,
    RECOGNISABLE_PUBLISHED,
    RESTRICTED_FORMAT,
    UNKNOWN_ELEMENT_ASKED,
    UNKNOWN_PROVISION_ASKED,
    InputError,
    Issue,
    Issues,
    LegcheckError,
    LegcheckWarning,
    Location,
    closest,
    reject,
    unread_in,
)
from legcheck.labels import Labels, labels, languages
from legcheck.model import (
    RESTRICTED,
    Assessment,
    Checklist,
    CitedPassage,
    Comparison,
    ComparisonRules,
    Edition,
    Entry,
    Kind,
    LeftOut,
    Naming,
    Plan,
    Progress,
    Provision,
    Release,
    Request,
    Result,
    Scope,
    Summary,
    one_line,
)
from legcheck.resources import bundled
from legcheck.words import fold
from legcheck.yaml_text import read_yaml

if TYPE_CHECKING:
    from legcheck.batch.reading import Reader
    from legcheck.reports.comparison.search import Search
    from legcheck.reports.stamp import Stamp
    from legcheck.reports.view import ReportView
    from legcheck.verify import Verification

P = ParamSpec("P")
T = TypeVar("T")

Passages = Mapping[str, Sequence[CitedPassage]]
NO_PASSAGES: Passages = MappingProxyType({})

REPORT_FORMATS = ("docx", "html", "xlsx", "json", "pdf")
RESULT_FORMAT = "json"
USUAL_FORMATS = REPORT_FORMATS[:-1]  # PDF takes longer than all others together, so it is made when asked for
PLAN_FORMATS = ("docx", "xlsx", "json", "pdf")
USUAL_PLAN_FORMATS = PLAN_FORMATS[:-1]
COMPARISON_FORMATS = ("html", "xlsx", "csv", "parquet", "json")
ANSWERS = "comparison-answers"
READINGS = "readings"
REGIONS, SUBREGIONS = "regions", "subregions"


def _in_words(function: Callable[P, T]) -> Callable[P, T]:
    """Make the errors of `function` say in English what is wrong, since a Python caller sees no command's message."""

    @wraps(function)
    def explained(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return function(*args, **kwargs)
        except InputError as error:
            english = labels(languages()[0])
            raise InputError(error.issues, "\n".join(english.located(issue) for issue in error.issues)) from None

    return explained


# One assessment ---------------------------------------------------------------------------------------------------------


@_in_words
def read(path: str | Path, *, checklist: str | None = None, country: str | None = None) -> Assessment:
    """The assessment in a workbook, a result file or an answers table.

    `checklist` is the id or path of a checklist, for tables and for workbooks of checklists that are not shipped; `country` picks
    one assessment, as ``CODE`` or ``CODE@DATE``, from a table that holds several.

    Raises:
        InputError: the file has errors; the exception carries all its issues.
    """
    return inputs.sound(inputs.read(Path(path), checklist, country), Path(path))


@_in_words
def assess(
    source: str | Path | Assessment,
    *,
    checklist: str | None = None,
    country: str | None = None,
    references: str | Path | None = None,
) -> Result:
    """The result of a file, or of an assessment already read: its scores and gaps.

    `references` is a file with the numbers that provisions have in a published document; if it is not given, ``references.csv``
    beside the source is read, where there is one.

    Raises:
        InputError: the file has errors, so nothing is scored; the exception carries all its issues.
    """
    if isinstance(source, Assessment):
        own = provisions.shipped_name(source.checklist, source.checklist_version)
        asked = inputs.numbered(inputs.load(checklist or own), references_for(references), checklist)
        return analysis.judge(asked, source, (), __version__)
    path = Path(source)
    reading = inputs.read(path, checklist, country)
    asked = inputs.numbered(reading.checklist, references_for(references, path), checklist)
    return analysis.judge(asked, inputs.sound(reading, path), reading.issues, __version__)


def references_for(given: str | Path | None, *places: Path) -> Path | None:
    """The references file given, else the one beside the first of these files and folders that has one beside it."""
    return Path(given) if given is not None else next(filter(None, map(references_beside, places)), None)


def check_scored(result: Result) -> None:
    """Refuse a reading of named texts where a score or gaps are needed.

    Raises:
        InputError: it is one.
    """
    if not result.scored:
        raise reject(READING_NOT_SCORED, Location(result.assessment.source.name))


def in_language(result: Result, language: str) -> Result:
    """The result with the checklist's texts in a language."""
    return replace(result, checklist=provisions.in_language(result.checklist, language))


def language_for(assessment: Assessment, wanted: str | None) -> str:
    """The language asked for, else that of the assessment if there are labels in it, else English."""
    return wanted or (assessment.language if assessment.language in languages() else languages()[0])


def blank_workbook(
    checklist: Checklist,
    country: str,
    as_of: date,
    language: str,
    *,
    country_name: str = "",
    scope: Scope = Scope.NATIONAL,
    kind: Kind = Kind.COUNTRY,
    form: workbook.Form = workbook.ALL,
) -> bytes:
    """A workbook ready to be filled in."""
    empty = Assessment(
        country=country,
        country_name=country_name,
        as_of=as_of,
        checklist=checklist.id,
        checklist_version=checklist.version,
        scope=scope,
        kind=kind,
        language=language,
    )
    return workbook_of(checklist, empty, language, form)


def workbook_of(checklist: Checklist, assessment: Assessment, language: str, form: workbook.Form = workbook.ALL) -> bytes:
    """The workbook of an assessment, in a language."""
    return workbook.make_workbook(provisions.in_language(checklist, language), assessment, language=language, form=form)


# Reports ----------------------------------------------------------------------------------------------------------------


@_in_words
def report(
    source: str | Path | Assessment | Result,
    out: str | Path,
    *,
    formats: Sequence[str] | None = None,
    edition: str = Edition.RESTRICTED,
    marking: str = "",
    despite_personal_data: str = "",
    language: str | None = None,
    template: bytes | None = None,
    action_plan: str | Path | None = None,
    references: str | Path | None = None,
    texts: str | Path | None = None,
    passages: bool = True,
    overwrite: bool = False,
) -> list[Path]:
    """Write the gap report into the folder `out` and return the files written.

    The ``public`` `edition` leaves out what is not for publication. A text in it that looks like personal data stops it, unless
    `despite_personal_data` gives the reason, which is printed. `marking` stands on every page. `language` defaults to that of the
    assessment; `template` is a Word template of your own; with a filled-in `action_plan` the report shows how far its measures
    have come; `references` is as for `assess`. The words of the laws stand beside the answers that cite them, where a folder
    `texts` holds these laws, by default that beside the file; without `passages` they are left out.

    Raises:
        InputError: the input has errors, a format is not known or not for the edition, the folder `texts` holds no laws, or a
            file is in the way and `overwrite` is not set.
        LegcheckError: there is no such edition.
    """
    if edition not in list(Edition):
        raise LegcheckError(f"There is no edition '{edition}'. Editions: {', '.join(Edition)}.")
    release = released(Edition(edition), marking, despite_personal_data)
    wanted = report_formats(formats, release.edition)
    result = source if isinstance(source, Result) else assess(source, references=references)
    chosen = language_for(result.assessment, language)
    progress = progress_with(result, Path(action_plan), chosen) if action_plan is not None else None
    beside = Path(source) if isinstance(source, str | Path) else None
    cited = cited_passages(result, beside, Path(texts) if texts is not None else None) if passages else NO_PASSAGES
    made = report_files(result, wanted, chosen, release=release, template=template, progress=progress, passages=cited)
    return write_files(Path(out), made, overwrite=overwrite)


def cited_passages(result: Result, file: Path | None, texts: Path | None = None) -> Passages:
    """By provision, the passages that its answer cites of the laws in a folder, or in the folder ``texts`` beside a file.

    Raises:
        InputError: the folder given holds no laws.
    """
    from legcheck import statutes

    return statutes.passages(result.assessment, statutes.shelf_beside(file, texts))


def released(edition: Edition, marking: str = "", despite: str = "") -> Release:
    """How a report may be passed on, with the texts given by people in one line each.

    Raises:
        InputError: a text is too long, or there is a reason to publish what is not to be public.
    """
    if despite and edition is not Edition.PUBLIC:
        raise reject(REASON_WITHOUT_PUBLIC, Location())
    return Release(edition, one_line("marking", marking), one_line("despite", despite))


def report_formats(formats: Sequence[str] | None, edition: Edition) -> tuple[str, ...]:
    """The formats of a report asked for, or the usual ones of its edition.

    Raises:
        InputError: one is not known, or it is a result file for the public.
    """
    public = edition is Edition.PUBLIC
    if formats is None:
        return tuple(one for one in USUAL_FORMATS if not (public and one == RESULT_FORMAT))
    wanted = check_formats(formats, REPORT_FORMATS)
    if public and RESULT_FORMAT in wanted:
        allowed = ", ".join(one for one in REPORT_FORMATS if one != RESULT_FORMAT)
        raise reject(RESTRICTED_FORMAT, Location(), value=RESULT_FORMAT, allowed=allowed)
    return wanted


def report_view(result: Result, language: str, progress: Progress | None = None, passages: Passages = NO_PASSAGES) -> ReportView:
    """The gap report of a result, ready to be laid out, with the progress of its plan and the passages cited, if given."""
    from legcheck.reports.make_view import view_of

    return view_of(in_language(result, language), labels(language), progress, passages)


def report_files(
    result: Result,
    formats: Iterable[str],
    language: str,
    *,
    release: Release = RESTRICTED,
    checklist: str | None = None,
    template: bytes | None = None,
    progress: Progress | None = None,
    passages: Passages = NO_PASSAGES,
) -> dict[str, bytes]:
    """The country report in every format asked for, by file name. All formats are made from one view.

    `checklist` says where the measures are that it recommends, if not among those shipped.

    Raises:
        InputError: it is for the public, and the file was not read whole or holds what looks like personal data.
    """
    from legcheck.reports import edition, prose, renderers

    words = labels(language)
    shown = replace(result, release=release)
    if shown.public:
        shown = published(shown, words)
        passages = edition.public_passages(passages, result.assessment, words)
    has_measures = checklist is not None or result.checklist.id in provisions.shipped()
    plan = _plan_if_any(shown, language, checklist) if has_measures else None
    if shown.public and plan is not None and progress is not None:
        of_plan = {one.measure.id for one in plan.measures}
        progress = analysis.progress_of(plan, {id: one for id, one in progress.entries.items() if id in of_plan})
    view = report_view(shown, language, progress, passages)
    recommended = prose.recommendations(plan, view, words, progress) if plan is not None else ()
    stamp = replace(_stamp(shown, result.assessment.source.digest, language), passages=_digest(passages))
    made = (renderers.render(format, shown, view, words, recommended, stamp, template) for format in formats)
    stem = file_stem(result.assessment) + ("-public" if shown.public else "")
    return {f"{stem}-{end}": content for files in made for end, content in files.items()}


def _digest(passages: Passages) -> str:
    """The digest of passages; empty if there are none."""
    told = [(id, *map(str, astuple(one))) for id, some in passages.items() for one in some]
    return digest_of(json.dumps(told).encode()) if told else ""


def published(result: Result, labels: Labels) -> Result:
    """The result that the public may see.

    Raises:
        InputError: the file was not read whole, and what was not read may say that something is not for publication; or a text in
            it looks like personal data, and its release names no reason to publish that.
    """
    from legcheck.reports.edition import public

    # A colour at a blank cell is often a mark of one's own, and says nothing that could be published.
    if unread := unread_in(issue for issue in result.issues if issue.rule is not ONLY_COLOURED):
        raise reject(NOT_READ_WHOLE, Location(result.assessment.source.name), count=unread)
    shown, reason = public(analysis.publishable(result), labels), result.release.despite
    personal = _personal(shown.assessment, result.assessment)
    if personal and not reason:
        raise InputError(personal)
    if reason and not personal:
        warnings.warn(LegcheckWarning(labels("cli.release.no_personal_data")), stacklevel=2)
        return replace(shown, release=replace(shown.release, despite=""))
    return shown


def _personal(shown: Assessment, whole: Assessment) -> Issues:
    """What looks like personal data in the texts shown or lets people be recognised, each at its cell in the file."""
    from legcheck.reports.edition import texts

    issues, file = Issues(), Location(whole.source.name)
    sought = ((PERSONAL_DATA_PUBLISHED, workbook.personal_facts), (RECOGNISABLE_PUBLISHED, workbook.recognisable_facts))
    for name, field, text in texts(shown):
        for rule, facts_of in sought:
            for facts in facts_of(text) if text else ():
                issues.add(rule, whole.answer(name).at.get(field, file), **facts, provision=name or whole.country)
    return issues


def file_stem(assessment: Assessment) -> str:
    """What the names of the files made from an assessment begin with."""
    return f"{assessment.country}-{assessment.as_of.isoformat()}"


# Plans ------------------------------------------------------------------------------------------------------------------


@_in_words
def plan(
    source: str | Path | Assessment | Result,
    out: str | Path | None = None,
    *,
    formats: Sequence[str] = USUAL_PLAN_FORMATS,
    marking: str = "",
    language: str | None = None,
    update: str | Path | None = None,
    references: str | Path | None = None,
    overwrite: bool = False,
) -> Plan:
    """The draft plan that answers the gaps of an assessment; with `out` it is also written into that folder.

    `update` is an action plan filled in earlier, whose entries are carried over; `marking` stands on every page; `references` is
    as for `assess`.

    Raises:
        InputError: the input has errors, its checklist offers no measures, or a file is in the way and `overwrite` is not set.
        LegcheckError: `update` is given without `out`.
    """
    if update is not None and out is None:
        raise LegcheckError("'update' is carried over into the files that are written: give 'out' as well.")
    result = source if isinstance(source, Result) else assess(source, references=references)
    chosen = language_for(result.assessment, language)
    drafted = draft_plan(replace(result, release=released(Edition.RESTRICTED, marking)), chosen)
    if out is not None:
        entries, _ = plan_entries(drafted, Path(update) if update is not None else None)
        made = plan_files(drafted, entries, check_formats(formats, PLAN_FORMATS), chosen)
        write_files(Path(out), made, overwrite=overwrite)
    return drafted


def draft_plan(result: Result, language: str, checklist: str | None = None) -> Plan:
    """The draft plan that answers the gaps of a result, in a language; `checklist` says where its measures are, if not shipped.

    Raises:
        InputError: the checklist offers no measures, or the result is a reading of named texts, which has no gaps.
    """
    check_scored(result)
    plan = _plan_if_any(result, language, checklist)
    if plan is None:
        raise reject(NO_MEASURES, Location(result.assessment.source.name), checklist=result.checklist.id)
    return plan


def _plan_if_any(result: Result, language: str, checklist: str | None) -> Plan | None:
    """The draft plan, or None if the checklist offers no measures."""
    name = checklist or provisions.shipped_name(result.checklist.id, result.checklist.version)
    catalogue = provisions.load_catalogue(name, language)
    return analysis.make_plan(in_language(result, language), catalogue) if catalogue is not None else None


def plan_entries(plan: Plan, filled: Path | None) -> tuple[Mapping[str, Entry], Issues]:
    """The entries for a plan's measures, new ones or those of an earlier action plan, with the issues found in it.

    Raises:
        InputError: the earlier action plan has errors, or belongs to another country or checklist version.
    """
    if filled is None:
        return analysis.first_entries(plan), Issues()
    action_plan, issues = workbook.read_action_plan(filled, plan)
    if action_plan is None or issues.blocking:
        raise InputError(issues)
    return analysis.carried_over(plan, action_plan), issues


def progress_with(result: Result, filled: Path, language: str, checklist: str | None = None) -> Progress:
    """How far the action plan `filled` has come with the gaps of a result.

    Raises:
        InputError: the action plan has errors, or belongs to another country or checklist version.
    """
    plan = draft_plan(result, language, checklist)
    entries, _ = plan_entries(plan, filled)
    return analysis.progress_of(plan, entries)


def plan_files(
    plan: Plan, entries: Mapping[str, Entry], formats: Iterable[str], language: str, template: bytes | None = None
) -> dict[str, bytes]:
    """The draft plan in every format asked for, by file name."""
    from legcheck.reports import renderers

    words, made = labels(language), dict[str, bytes]()
    for format in formats:
        if format == "xlsx":
            made["action-plan.xlsx"] = workbook.make_action_plan(plan, entries, words)
        else:
            made |= renderers.render_plan(
                format, plan, entries, words, _stamp(plan.result, plan.result.assessment.source.digest, language), template
            )
    return {f"{file_stem(plan.result.assessment)}-{end}": content for end, content in made.items()}


# Checking a report ------------------------------------------------------------------------------------------------------


@_in_words
def verify(
    report: str | Path,
    source: str | Path | None = None,
    *,
    checklist: str | None = None,
    country: str | None = None,
    references: str | Path | None = None,
    texts: str | Path | None = None,
) -> Verification:
    """Whether a report was made from the file `source`, and whether its figures are still those that were made.

    `country` picks one assessment of a table that holds several; `references` is as for `assess`. A report that shows passages of
    laws is made again from those in the folder `texts`, by default that beside the file.

    Raises:
        InputError: the report is damaged or was not made by this program, the file has errors, or the laws are not those that the
            report was made with.
    """
    from legcheck.reports.stamp import COMPARISON
    from legcheck.verify import Verification, changed_lines, read_report

    path = Path(report)
    content = workbook.read_bytes(path)
    read = read_report(path, content)
    if source is None or read.stamp.kind == COMPARISON:
        return Verification(read.stamp)
    result = assess(source, checklist=checklist, country=country, references=references)
    if read.stamp.file != result.assessment.source.digest:
        return Verification(read.stamp, belongs=False)
    cited = (
        cited_passages(result, Path(source), Path(texts) if texts is not None else None) if read.stamp.passages else NO_PASSAGES
    )
    made = made_again(result, read.stamp, path, checklist, cited)
    whole = made == content
    again = read if whole else read_report(path, made)
    if again.stamp.passages != read.stamp.passages:
        raise reject(OTHER_PASSAGES, Location(str(path)))
    changed = () if whole else tuple(changed_lines(again.lines, read.lines))
    return Verification(read.stamp, belongs=True, whole=whole, compared=whole or bool(read.lines), changed=changed)


def _stamp(result: Result, file_digest: str, language: str) -> Stamp:
    """What the documents made from a result say of it, each with its own kind."""
    from legcheck.reports.stamp import Stamp

    return Stamp(result.tool_version, "", language, result.release, file_digest, result.checklist.digest)


def made_again(result: Result, stamp: Stamp, path: Path, checklist: str | None = None, passages: Passages = NO_PASSAGES) -> bytes:
    """The document that a stamp describes, made from the same result, in the format of the report at `path`.

    Raises:
        InputError: no such document is made of this result.
    """
    from legcheck.reports.docx import template_with_cover
    from legcheck.verify import not_a_report

    format = path.suffix.lower().removeprefix(".")
    template = template_with_cover() if stamp.own_cover else None
    if stamp.kind.startswith("plan"):
        plan = draft_plan(replace(result, release=stamp.release), stamp.language, checklist)
        made = plan_files(plan, analysis.first_entries(plan), [format], stamp.language, template)
    else:
        made = report_files(
            result, [format], stamp.language, release=stamp.release, checklist=checklist, template=template, passages=passages
        )
    found = next((content for name, content in made.items() if name.endswith(f"-{stamp.kind}.{format}")), None)
    if found is None:
        raise not_a_report(path)
    return found


# Comparisons ------------------------------------------------------------------------------------------------------------


@_in_words
def compare(
    paths: str | Path | Iterable[str | Path],
    out: str | Path | None = None,
    *,
    formats: Sequence[str] = COMPARISON_FORMATS,
    checklist: str | None = None,
    language: str = "en",
    request: Request | None = None,
    jobs: int = 1,
    executor: str = "",
    use_cache: bool = True,
    overwrite: bool = False,
) -> Comparison:
    """The assessments in files and folders side by side; with `out` the comparison is also written into that folder.

    Files that cannot be compared are named in its `left_out`.

    Raises:
        InputError: nothing is left to compare, the cluster or the table of groups cannot be used, or a file is in the way.
    """
    request = request or Request()
    chosen = inputs.load(checklist) if checklist else None
    wanted = check_formats(formats, COMPARISON_FORMATS)
    many = read_many(_paths(paths), chosen, rescore=request.rescored, jobs=jobs, executor=executor, use_cache=use_cache)
    made = assemble(many, chosen, request, language)
    if out is not None:
        write_files(Path(out), comparison_files(made, wanted, labels(language)), overwrite=overwrite)
    return made


@_in_words
def find(
    provision: str,
    paths: str | Path | Iterable[str | Path],
    *,
    checklist: str | None = None,
    references: str | Path | None = None,
    language: str = "en",
    jobs: int = 1,
    executor: str = "",
    use_cache: bool = True,
) -> Search:
    """Which countries provide for a provision (``REC-02``) or one of its elements (``REC-02.a``), and in which articles.

    `references` is as for `assess`.

    Raises:
        InputError: there is no such provision or element, or nothing to search.
    """
    chosen = inputs.load(checklist) if checklist else None
    places = _paths(paths)
    many = read_many(places, chosen, jobs=jobs, executor=executor, use_cache=use_cache)
    return find_in(assemble(many, chosen, Request(), language), provision, language, references_for(references, *places))


def find_in(comparison: Comparison, wanted: str, language: str, references: Path | None = None) -> Search:
    """The same search among assessments already read, with the number that a references file gives to the provision."""
    from legcheck.reports.comparison.search import practice_of

    provision, letter = asked_of(comparison.checklist, wanted)
    numbers = inputs.references_of(references, comparison.checklist)[0] if references is not None else {}
    if provision.id in numbers:
        provision = replace(provision, mlp_ref=numbers[provision.id].number)
    return practice_of(comparison, provision, letter, labels(language))


def provision_named(checklist: Checklist, id: str) -> Provision:
    """The provision with this id, in upper or lower case.

    Raises:
        InputError: the checklist has no such provision.
    """
    known = checklist.provisions
    if id.upper() not in known:
        facts = {"value": id, "checklist": checklist.id, "hint": closest(id.upper(), known)}
        raise reject(UNKNOWN_PROVISION_ASKED, Location(), **facts)
    return known[id.upper()]


def asked_of(checklist: Checklist, wanted: str) -> tuple[Provision, str]:
    """The provision and the letter of an element, if any, that ``REC-02.a`` names."""
    id, _, letter = wanted.strip().replace(" ", ".").partition(".")
    provision = provision_named(checklist, id)
    if letter and letter.lower() not in provision.letters:
        allowed = ", ".join(provision.letters) or "-"
        raise reject(UNKNOWN_ELEMENT_ASKED, Location(), value=wanted, provision=provision.id, allowed=allowed)
    return provision, letter.lower()


def _paths(paths: str | Path | Iterable[str | Path]) -> list[Path]:
    return [Path(paths)] if isinstance(paths, str | Path) else [Path(one) for one in paths]


def read_many(
    paths: Sequence[Path],
    chosen: Checklist | None,
    *,
    rescore: bool = False,
    jobs: int = 1,
    executor: str = "",
    use_cache: bool = True,
    digests: Mapping[str, str] | None = None,
    on_progress: batch.OnProgress = lambda _done, _total: None,
) -> batch.Batch:
    """Every assessment in files and folders; with `rescore` judged again by the newest version of their checklist.

    `digests` holds the digests of files by path, if already taken.

    Raises:
        InputError: no files are found, or the cluster asked for cannot be reached.
    """

    def read_with(rescore_by: Checklist | None) -> batch.Batch:
        kept = batch.cache_file() if use_cache else None
        reader = reader_for(chosen, rescore_by)
        return batch.read(paths, reader, jobs=jobs, executor=executor, cache=kept, digests=digests, on_progress=on_progress)

    found = read_with(None)
    target = (chosen or newest(found)) if rescore else None
    return read_with(target) if target is not None else found


def reader_for(checklist: Checklist | None, rescore_by: Checklist | None = None) -> Reader:
    """A reader of files, by a checklist of the caller's choice, with answers judged again by another if that is asked for."""
    from legcheck.batch.reading import Reader, Sources

    return Reader(*(Sources.of(one) if one is not None else None for one in (checklist, rescore_by)))


def assemble(many: batch.Batch, chosen: Checklist | None, request: Request, language: str) -> Comparison:
    """The comparison of what was read, in a language.

    Raises:
        InputError: nothing is left to compare, or the table of groups has errors.
    """
    known = _checklists(many, chosen)
    summaries, others = _of_one_checklist(many, chosen)
    left_out = (*many.left_out, *others)
    if not summaries:
        issues = [issue for one in left_out for issue in one.issues]
        plain = issues and all(one.rule.usage for one in issues)
        raise InputError(issues if plain else [*issues, Issue(NOTHING_TO_COMPARE, Location())])
    digest = chosen.digest if chosen is not None else _most_common(one.checklist.digest for one in summaries)
    used = {digest, *(one.checklist.digest for one in summaries)}
    checklists = {one: provisions.in_language(known[one], language) for one in used}
    names = names_of(summaries, language)
    groups = _groups(request.groups, names, labels(language))
    real = {one.country for one in summaries if not countries.is_fictional(one.country, one.kind)}
    naming = {code: Naming(name, fold(name), code not in real, groups.get(code)) for code, name in names.items()}
    return analysis.compare(summaries, checklists, checklists[digest], naming, request, comparison_rules(), __version__, left_out)


@cache
def comparison_rules() -> ComparisonRules:
    """The numbers that govern a comparison, from ``provisions/comparison.yaml``."""
    from pydantic import TypeAdapter

    tree = read_yaml(bundled("provisions") / "comparison.yaml", Issues()).tree
    entry = TypeAdapter(dict[str, str]).validate_python(tree)
    return ComparisonRules(Fraction(entry["weights_vary_by"]), int(entry["smallest_group"]))


def comparison_names(formats: Iterable[str]) -> list[str]:
    """The names of the files that `comparison_files` makes."""
    named = {"html": ["comparison.html"], "xlsx": ["comparison.xlsx"], "json": ["comparison.json"], "csv": [ANSWERS + ".csv"]}
    named["parquet"] = ["scores.parquet", READINGS + ".parquet", ANSWERS + ".parquet"]
    return ["scores.csv", READINGS + ".csv", *(name for format in formats for name in named[format])]


def comparison_files(comparison: Comparison, formats: Iterable[str], labels: Labels) -> dict[str, Content]:
    """The files asked for, by name, large ones in parts; ``scores.csv`` is always among them.

    Readings of named texts, which have no scores, stand in ``readings.csv`` beside it, if there are any.
    """
    from legcheck.reports.comparison.tables import answers_tables, readings_tables, scores_tables, to_csv, to_parquet

    wanted = set(formats)
    made: dict[str, Content] = {"scores.csv": to_csv(scores_tables(comparison, labels))}
    if comparison.readings:
        made[READINGS + ".csv"] = to_csv(readings_tables(comparison, labels))
    if "csv" in wanted:
        made[ANSWERS + ".csv"] = to_csv(answers_tables(comparison))
    if "parquet" in wanted:
        made["scores.parquet"] = to_parquet(scores_tables(comparison, labels))
        made[ANSWERS + ".parquet"] = to_parquet(answers_tables(comparison))
        if comparison.readings:
            made[READINGS + ".parquet"] = to_parquet(readings_tables(comparison, labels))
    if wanted & {"html", "xlsx", "json"}:
        made |= _pages(comparison, wanted, labels)
    return made


def _pages(comparison: Comparison, wanted: set[str], labels: Labels) -> dict[str, bytes]:
    made = {}
    if "json" in wanted:
        from legcheck.reports.comparison.json_form import render_json

        made["comparison.json"] = render_json(comparison, labels)
    if not wanted & {"html", "xlsx"}:
        return made
    from legcheck.reports.comparison.make_view import view_of

    view = view_of(comparison, labels)
    if "html" in wanted:
        from legcheck.reports.comparison.html import render_html

        made["comparison.html"] = render_html(view, labels)
    if "xlsx" in wanted:
        from legcheck.reports.comparison.xlsx import render_xlsx

        made["comparison.xlsx"] = render_xlsx(view, labels)
    return made


def names_of(summaries: Iterable[Summary], language: str) -> Mapping[str, str]:
    """The name of every country in a language; for a code left to users, the name typed last, or the code."""
    found: dict[str, str] = {}
    for one in sorted(summaries, key=lambda one: one.as_of):
        country = countries.find(one.country)
        found[one.country] = one.country_name or one.country if country.user_assigned else country.name(language)
    return found


def _groups(wanted: str, codes: Iterable[str], labels: Labels) -> Mapping[str, tuple[str, str]]:
    """Key and title of the group of every country that has one.

    Raises:
        InputError: the table of groups has errors.
    """
    if wanted in (REGIONS, SUBREGIONS):
        regions = {code: countries.region(code)[wanted == SUBREGIONS] for code in codes}
        return {code: (name, _region_title(name, labels)) for code, name in regions.items() if name}
    if wanted:
        return {code: (group, group) for code, group in workbook.read_groups(Path(wanted)).items()}
    return {}


def _region_title(name: str, labels: Labels) -> str:
    return labels("regions." + re.sub(r"[^a-z]+", "_", name.lower()))


def newest(many: batch.Batch) -> Checklist | None:
    """The newest version of the checklist that most assessments answer, if any of them answers an older one."""
    known = _checklists(many, None)
    usual = _most_common(one.checklist.id for one in many.summaries)
    answered = [known[one.checklist.digest] for one in many.summaries if one.checklist.id == usual]
    full = {one.version: one for one in answered if not one.short}
    return full[max(full, key=_version)] if len(full) > 1 else None


def _checklists(many: batch.Batch, chosen: Checklist | None) -> Mapping[str, Checklist]:
    """The checklists that assessments answer, by digest: the one chosen, those that came inside files, or shipped ones."""
    known = {digest: sources.built() for digest, sources in many.sources.items()}
    if chosen is not None:
        known[chosen.digest] = chosen
    others = {one.checklist for one in many.summaries if one.checklist.digest not in known}
    return known | {one.digest: inputs.shipped(one.id, one.version, short=one.short) for one in others}


def _of_one_checklist(many: batch.Batch, chosen: Checklist | None) -> tuple[list[Summary], list[LeftOut]]:
    """The assessments of the chosen checklist, or of the one that most answer, and the files left out for answering another."""
    summaries = many.summaries
    id = chosen.id if chosen is not None else _most_common(one.checklist.id for one in summaries)
    others: dict[str, Issue] = {}
    for file, one in zip(many.paths, summaries, strict=True):
        if one.checklist.id != id:
            (others[file],) = reject(OTHER_CHECKLIST, Location(file), value=one.checklist.id, allowed=id).issues
    return [one for one in summaries if one.checklist.id == id], [LeftOut(file, (issue,)) for file, issue in others.items()]


def _most_common(values: Iterable[str]) -> str:
    counted = Counter(values)
    return min(counted, key=lambda one: (-counted[one], one), default="")


def _version(text: str) -> tuple[int, ...]:
    """The numbers of a version, to compare by: 2.10 is newer than 2.9."""
    return tuple(int(part) for part in re.findall(r"\d+", text))
