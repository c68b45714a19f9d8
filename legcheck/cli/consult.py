"""The command ``consult``: findings put to the State, and its comments taken in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from legcheck.cli.assess import workbook_path
from legcheck.cli.options import ChecklistOption, FileArgument, ForceOption, LanguageOption, day, formats
from legcheck.cli.terminal import help_text, labels_in, print_issues, say, say_data, say_files, say_unread
from legcheck.files import check_free, write_files, write_whole
from legcheck.issues import InputError, unread_in

if TYPE_CHECKING:
    from legcheck.model import Assessment, Result


def consult(
    file: FileArgument,
    out: Annotated[Path, typer.Option("--out", metavar="PATH", help=help_text("consult_out"))],
    answers: Annotated[list[Path] | None, typer.Option("--answers", metavar="FORM", help=help_text("consult_answers"))] = None,
    format: Annotated[str | None, typer.Option("--format", metavar="LIST", help=help_text("consult_format"))] = None,
    body: Annotated[str, typer.Option("--body", metavar="TEXT", help=help_text("consult_body"))] = "",
    return_to: Annotated[str, typer.Option("--return-to", metavar="TEXT", help=help_text("return_to"))] = "",
    until: Annotated[str | None, typer.Option("--until", metavar="DATE", help=help_text("until"))] = None,
    checklist: ChecklistOption = None,
    language: LanguageOption = None,
    force: ForceOption = False,
) -> None:
    """Put each finding to the State, or take its comments in."""
    from legcheck import app, hands

    if answers and (format or body or return_to or until):
        raise typer.BadParameter(labels_in()("cli.consult.answers_only"), param_hint="--answers")
    wanted = formats(format, hands.CONSULTATION_FORMATS) if format else hands.CONSULTATION_FORMATS
    last = day(until) if until else None
    target = workbook_path(out) if answers else out
    check_free((target,) if answers else (), overwrite=force)
    result = app.assess(file, checklist=checklist)
    say_unread(unread_in(result.issues), file)
    chosen = app.language_for(result.assessment, language)
    if answers:
        _take_in(result, answers, target, chosen, checklist, force=force)
        return
    said = {"body": " ".join(body.split()), "return_to": " ".join(return_to.split())}
    say_files(write_files(out, hands.consultation_files(result, chosen, wanted, until=last, **said), overwrite=force))


def _take_in(result: Result, answers: list[Path], target: Path, language: str, choice: str | None, *, force: bool) -> None:
    """Write the workbook with the comments, unless a form has errors or something in it was not read."""
    from legcheck import app, hands, inputs
    from legcheck.workbook import Form

    assessment, issues = hands.with_comments(result, answers)
    if issues.blocking or unread_in(issues):
        raise InputError(issues)
    if issues:
        print_issues(issues, language)
    checklist, form = inputs.whole_of(result.checklist, choice), Form(short=result.checklist.short)
    write_whole(target, app.workbook_of(checklist, assessment, language, form), overwrite=force)
    say_data(str(target))
    before = result.assessment
    changes = len(assessment.history) - len(before.history)
    say(labels_in(language)("cli.consult.taken", comments=_commented(before, assessment), changes=changes))


def _commented(before: Assessment, after: Assessment) -> int:
    """How many findings have more observations than before."""
    return sum(one.observations != before.answer(id).observations for id, one in after.answers.items())
