"""The command plan: from gaps to a draft National Comprehensive Assistance Plan."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from legcheck.cli.options import ChecklistOption, CountryChoice, FileArgument, ForceOption, LanguageOption, formats, share
from legcheck.cli.screen import print_issues, say, show
from legcheck.cli.templates import own_template
from legcheck.cli.words import help_text, terminal_language, words
from legcheck.files import check_free, write_whole
from legcheck.issues import TARGET_OUT_OF_REACH, TOO_LITTLE_ANSWERED, UNKNOWN_MEASURE, Location, closest, reject
from legcheck.model import Role
from legcheck.reports.renderers import PLAN_FORMATS

if TYPE_CHECKING:
    from legcheck.labels import Labels
    from legcheck.model import Plan


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("plan", help=help_text("plan"))(plan)


def plan(
    file: FileArgument,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help=help_text("plan_out"))] = None,
    format: Annotated[str, typer.Option("--format", metavar="LIST", help=help_text("plan_format"))] = "docx,xlsx,json",
    update: Annotated[Path | None, typer.Option("--update", metavar="XLSX", help=help_text("plan_update"))] = None,
    target: Annotated[str | None, typer.Option("--target", metavar="SHARE", help=help_text("plan_target"))] = None,
    effort: Annotated[int | None, typer.Option("--effort", metavar="N", min=0, help=help_text("plan_effort"))] = None,
    what_if: Annotated[str | None, typer.Option("--what-if", metavar="IDS", help=help_text("plan_what_if"))] = None,
    template: Annotated[Path | None, typer.Option("--template", metavar="DOCX", help=help_text("use_template"))] = None,
    checklist: ChecklistOption = None,
    country: CountryChoice = None,
    language: LanguageOption = None,
    force: ForceOption = False,
) -> None:
    """Draft the plan; print what a choice of measures would reach."""
    from legcheck import pipeline
    from legcheck.reports.plan_docx_tags import PLAN

    wanted = formats(format, PLAN_FORMATS)
    own = own_template(template, wanted if out is not None else (), PLAN)
    least = share(target, "--target")
    asked = least is not None or effort is not None or what_if is not None
    if out is None and not asked:
        raise typer.BadParameter(words()("cli.plan.nothing_asked"), param_hint="--out")
    result = pipeline.result_of(file, checklist, country)
    chosen = pipeline.language_for(result, language) if out is not None else language or terminal_language()
    drafted = pipeline.plan_of(result, chosen, checklist)
    if out is not None:
        _write(drafted, out, wanted, update, chosen, own, force=force)
    labels = words(chosen)
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
    from legcheck import pipeline

    entries, issues = pipeline.entries_of(drafted, update)
    made = pipeline.plan_report(drafted, entries, wanted, language, template)
    targets = {out / name: content for name, content in made.items()}
    check_free(targets, overwrite=force)
    for path, content in targets.items():
        write_whole(path, content, overwrite=force)
        say(str(path))
    if len(issues):
        print_issues(issues, language)


def _check_answered(drafted: Plan, file: Path, labels: Labels) -> None:
    """Refuse to choose measures where too little of the law is answered for a central figure."""
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
