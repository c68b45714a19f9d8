"""The command check: every issue of files, and how much of the checklist they answer."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from legcheck.cli.options import ChecklistOption, ForceOption, LanguageOption, PrintOption, TextOrJson, TextsOption
from legcheck.cli.terminal import help_text, labels_in, print_issues, say, say_data, say_error
from legcheck.files import RESULT_SUFFIX, folder_of_texts, write_whole
from legcheck.issues import InputError, Issue, Issues, Severity

if TYPE_CHECKING:
    from legcheck.labels import Labels
    from legcheck.model import Assessment, Checklist


def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help=help_text("files"))],
    annotate: Annotated[Path | None, typer.Option("--annotate", metavar="OUT", help=help_text("annotate"))] = None,
    texts: TextsOption = None,
    checklist: ChecklistOption = None,
    format: PrintOption = TextOrJson.TEXT,
    language: LanguageOption = None,
    force: ForceOption = False,
) -> None:
    """Report every problem of workbooks in one run."""
    if annotate is not None:
        _check_annotate(files, annotate)
    found = [_read(file, checklist, texts) for file in files]
    issues = [issue for one in found for issue in one.issues]
    if format is TextOrJson.JSON:
        say_data(
            json.dumps({"format": 1, "files": [_tree(one, labels_in(language)) for one in found]}, ensure_ascii=False, indent=1)
        )
    else:
        for one in found:
            _print(one, language)
    if annotate is not None:
        _annotate(files[0], annotate, issues, language, force)
    if Issues(issues).blocking:
        usage = all(issue.rule.usage for issue in issues if issue.severity is Severity.ERROR)
        raise typer.Exit(2 if usage else 1)


@dataclass(frozen=True)
class _File:
    """A file with its issues, and its assessments as far as they could be read, each with its checklist and how much is asked."""

    path: Path
    issues: tuple[Issue, ...]
    read: tuple[tuple[Checklist, Assessment, int], ...] = ()


def _read(path: Path, checklist: str | None, texts: Path | None) -> _File:
    """What is found in a file; one that cannot be read at all does not stop the others."""
    from legcheck import inputs

    try:
        found = inputs.readings_of(path, checklist)
    except InputError as error:
        return _File(path, error.issues)
    read = tuple((one.checklist, one.assessment, one.asked) for one in found if one.assessment is not None)
    issues = (issue for one in found for issue in one.issues)
    return _File(path, (*issues, *_pointing_to_nothing(path, texts, (assessment for _, assessment, _ in read))), read)


def _pointing_to_nothing(path: Path, texts: Path | None, assessments: Iterable[Assessment]) -> Iterator[Issue]:
    """What citations name that is not in the texts of a folder, or of the folder ``texts`` beside a file, if there is one."""
    if texts is not None or folder_of_texts(path).is_dir():
        from legcheck import statutes

        of = statutes.shelf(texts or folder_of_texts(path))
        for one in assessments:
            yield from statutes.check_citations(one, of)


def _answered(checklist: Checklist, assessment: Assessment) -> dict[str, int]:
    """How many provisions have a rating, typed or following from their elements, by dimension."""
    pairs = [(checklist.provisions[id], one) for id, one in assessment.answers.items()]
    answers = [(provision, one, provision.marks(one).closed(assessment.left(provision.id))) for provision, one in pairs]
    return {one.key: sum(bool(one.rating(*answer)) for answer in answers) for one in checklist.dimensions}


def _tree(one: _File, labels: Labels) -> dict[str, object]:
    """The issues and answered counts of a file, for other programs."""
    from legcheck.results import issue_tree

    read = [
        {
            "country": assessment.country,
            "as_of": assessment.as_of.isoformat(),
            "provisions": asked,
            "answered": _answered(checklist, assessment),
        }
        for checklist, assessment, asked in one.read
    ]
    return {"file": str(one.path), "issues": [issue_tree(issue, labels) for issue in one.issues], "assessments": read}


def _print(one: _File, language: str | None) -> None:
    """Print every issue of a file, how much it answers, and how to go on if a newer version of its checklist is out."""
    from legcheck import inputs

    labels = labels_in(language)
    if one.issues:
        print_issues(one.issues, language)
    else:
        say(labels("cli.check.clean", file=one.path))
    for checklist, assessment, asked in one.read:
        line = _answered_line(checklist, assessment, asked, labels)
        of = f"{assessment.country} {assessment.as_of.isoformat()} · " if len(one.read) > 1 else ""
        (say_error if one.issues else say)(of + line)
        newest = inputs.newest(checklist)
        if newest != checklist.version:
            say_error(labels("versions.older", version=checklist.version, newest=newest, file=one.path))


def _answered_line(checklist: Checklist, assessment: Assessment, asked: int, labels: Labels) -> str:
    from legcheck import provisions

    dimensions = provisions.in_language(checklist, labels.language).by_dimension
    counts = _answered(checklist, assessment)
    return labels.join(
        labels("cli.check.answered", dimension=dimensions[key].title, answered=count, all=asked) for key, count in counts.items()
    )


def _check_annotate(files: list[Path], annotate: Path) -> None:
    """Refuse to mark several workbooks at once, or the original itself."""
    from legcheck import workbook

    if len(files) > 1 or files[0].suffix.lower() == RESULT_SUFFIX or workbook.is_answers_table(files[0]):
        raise typer.BadParameter(labels_in()("cli.check.one_to_annotate"), param_hint="--annotate")
    if annotate.suffix.lower() != files[0].suffix.lower():
        raise typer.BadParameter(labels_in()("cli.check.other_suffix", suffix=files[0].suffix), param_hint="--annotate")
    if annotate.resolve() == files[0].resolve():
        raise typer.BadParameter(labels_in()("cli.check.not_itself"), param_hint="--annotate")


def _annotate(file: Path, target: Path, issues: list[Issue], language: str | None, force: bool) -> None:
    from legcheck import workbook

    content = workbook.annotate(file, issues, language or workbook.identify(file).language)
    if workbook.is_signed(file):
        say_error(labels_in(language)("cli.check.signed"))
    write_whole(target, content, overwrite=force)
    say_data(str(target))
