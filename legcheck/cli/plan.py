"""The command plan: from gaps to a draft National Comprehensive Assistance Plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from legcheck.cli.options import (
    ChecklistOption,
    CountryChoice,
    FileArgument,
    ForceOption,
    LanguageOption,
    MarkingOption,
    ReferencesOption,
    formats,
    share,
)
from legcheck.cli.templates import own_template
from legcheck.cli.terminal import help_text, labels_in, print_issues, say_files, say_unread, show, terminal_language
from legcheck.files import write_files
from legcheck.issues import TARGET_OUT_OF_REACH, TOO_LITTLE_ANSWERED, UNKNOWN_MEASURE, Location, closest, reject, unread_in
from legcheck.model import Edition

if TYPE_CHECKING:
    from legcheck.labels import Labels
    from legcheck.model import Plan


def plan(
    file: FileArgument,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help=help_text("plan_out"))] = None,
    format: Annotated[str, typer.Option("--format", metavar="LIST", help=help_text("plan_format"))] = "docx,xlsx,json",
    update: Annotated[Path | None, typer.Option("--update", metavar="XLSX", help=help_text("plan_update"))] = None,
    target: Annotated[str | None, typer.Option("--target", metavar="SHARE", help=help_text("plan_target"))] = None,
    effort: Annotated[int | None, typer.Option("--effort", metavar="N", min=0, max=9_999, help=help_text("plan_effort"))] = None,
    what_if: Annotated[str | None, typer.Option("--what-if", metavar="IDS", help=help_text("plan_what_if"))] = None,
    template: Annotated[Path | None, typer.Option("--template", metavar="DOCX", help=help_text("use_template"))] = None,
    marking: MarkingOption = "",
    references: ReferencesOption = None,
    checklist: ChecklistOption = None,
    country: CountryChoice = None,
    language: LanguageOption = None,
    force: ForceOption = False,
) -> None:
    """Draft the plan, and print what a choice of measures would achieve."""
    from legcheck import app

    wanted = formats(format, app.PLAN_FORMATS)
    own = own_template(template, wanted if out is not None else ())
    least = share(target, "--target")
    asked = least is not None or effort is not None or what_if is not None
    if out is None and not asked:
        raise typer.BadParameter(labels_in()("cli.plan.nothing_asked"), param_hint="--out")
    if update is not None and out is None:
        raise typer.BadParameter(labels_in()("cli.plan.update_where"), param_hint="--update")
    release = app.released(Edition.RESTRICTED, marking)
    result = replace(app.assess(file, checklist=checklist, country=country, references=references), release=release)
    say_unread(unread_in(result.issues), file)
    chosen = app.language_for(result.assessment, language) if out is not None else language or terminal_language()
    drafted = app.draft_plan(result, chosen, checklist)
    if out is not None:
        _write(drafted, out, wanted, update, chosen, own, force=force)
    labels = labels_in(chosen)
    if least is not None or effort is not None:
        _check_answered(drafted, file, labels)
    if least is not None:
        _print_target(drafted, least, file, labels)
    if effort is not None:
        _print_effort(drafted, effort, labels)
    if what_if is not None:
        _print_what_if(drafted, what_if.split(","), file, labels)


def _write(
    drafted: Plan, out: Path, wanted: Iterable[str], update: Path | None, language: str, template: bytes | None, *, force: bool
) -> None:
    from legcheck import app

    entries, issues = app.plan_entries(drafted, update)
    made = app.plan_files(drafted, entries, wanted, language, template)
    say_files(write_files(out, made, overwrite=force))
    if len(issues):
        print_issues(issues, language)


def _check_answered(drafted: Plan, file: Path, labels: Labels) -> None:
    """Refuse to choose measures if too little of the law is answered for a central figure."""
    from legcheck.model import Role

    checklist = drafted.result.checklist
    total = drafted.result.scores[(checklist.dimension_of(Role.LAW) or checklist.dimensions[0]).key].total
    if not total.enough:
        facts = {
            "answered": total.answered,
            "applicable": total.applicable,
            "minimum": labels.percent(checklist.minimum_answered),
        }
        raise reject(TOO_LITTLE_ANSWERED, Location(file.name), **facts)


def _print_target(drafted: Plan, least: Fraction, file: Path, labels: Labels) -> None:
    from legcheck.analysis import OutOfReachError, least_effort
    from legcheck.reports.terminal import choice_tables

    try:
        choice = least_effort(drafted, least)
    except OutOfReachError as error:
        facts = {"target": labels.percent(least), "highest": labels.percent(error.highest)}
        raise reject(TARGET_OUT_OF_REACH, Location(file.name), **facts) from None
    head = "met" if not choice.measures else "target"
    facts = {"share": labels.percent(least), "effort": str(choice.effort), "count": str(len(choice.measures))}
    show(*choice_tables(labels(f"cli.plan.{head}", **facts), choice, drafted, labels))


def _print_effort(drafted: Plan, capacity: int, labels: Labels) -> None:
    from legcheck.analysis import most_gain
    from legcheck.reports.terminal import choice_tables

    choice = most_gain(drafted, capacity)
    facts = {"capacity": capacity, "effort": choice.effort, "count": len(choice.measures)}
    show(*choice_tables(labels("cli.plan.effort", **facts), choice, drafted, labels))


def _print_what_if(drafted: Plan, ids: list[str], file: Path, labels: Labels) -> None:
    from legcheck.analysis import scores_after
    from legcheck.reports.terminal import what_if_table

    known = [one.measure.id for one in drafted.measures]
    done = [id.strip().upper() for id in ids if id.strip()]
    for id in done:
        if id not in known:
            facts = {"value": id, "examples": ", ".join(known[:3]), "hint": closest(id, known)}
            raise reject(UNKNOWN_MEASURE, Location(file.name), **facts)
    show(what_if_table(drafted.result, scores_after(drafted.result, drafted.measures, done), labels))
