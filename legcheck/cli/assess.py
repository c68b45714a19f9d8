"""Commands on assessments: new, check, score, report, explain."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from legcheck.cli.checked import checked, print_found, tree
from legcheck.cli.options import (
    ChecklistOption,
    CountryChoice,
    FileArgument,
    ForceOption,
    LanguageOption,
    PrintOption,
    TextOrJson,
    day,
    formats,
    share,
)
from legcheck.cli.screen import say, say_error, show
from legcheck.cli.templates import own_template, print_faults, read_template
from legcheck.cli.words import help_text, terminal_language, words
from legcheck.files import check_free, write_whole
from legcheck.issues import UNKNOWN_FIGURE, Issue, Issues, Location, closest, reject
from legcheck.model import Scope

if TYPE_CHECKING:
    from legcheck.model import Checklist, Result


def register(app: typer.Typer) -> None:
    """Add the commands to the program, in the order in which they are used."""
    for name, command in (("new", new), ("check", check), ("score", score), ("report", report), ("explain", explain)):
        app.command(name, help=help_text(name))(command)
    app.command("template", help=help_text("template"))(template)


def new(
    country: Annotated[str, typer.Option("--country", metavar="CODE", help=help_text("country"))],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help=help_text("new_out"))],
    checklist: ChecklistOption = None,
    language: LanguageOption = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE", help=help_text("as_of"))] = None,
    country_name: Annotated[str, typer.Option("--country-name", metavar="NAME", help=help_text("country_name"))] = "",
    scope: Annotated[Scope, typer.Option("--scope", help=help_text("scope"))] = Scope.NATIONAL,
    short: Annotated[bool, typer.Option("--short", help=help_text("short"))] = False,
    force: ForceOption = False,
) -> None:
    """Make a workbook to fill."""
    from legcheck import countries, pipeline, provisions

    labels = words()
    code = _country(country)
    loaded = provisions.load(checklist or pipeline.DEFAULT_CHECKLIST)
    chosen = language or terminal_language()
    law_of = day(as_of) if as_of else date.today()
    target = _workbook_path(out)
    content = pipeline.blank_workbook(loaded, code, law_of, chosen, country_name=country_name, scope=scope, short=short)
    write_whole(target, content, overwrite=force)
    say(str(target))
    say(labels("cli.new.made", title=loaded.title, id=loaded.id, version=loaded.version))
    for form, is_short in (("full", False), ("short", True)):
        burden = provisions.burden(loaded, short=is_short)
        hours, minutes = divmod(burden.minutes, 60)
        mark = "* " if is_short is short else "  "
        say(mark + labels(f"cli.new.{form}", provisions=burden.provisions, hours=hours, minutes=f"{minutes:02d}"))
    if not country_name and countries.find(code).fictional:
        inside = words(chosen)
        facts = {"field": inside("workbook.fields.country_name"), "sheet": inside("workbook.sheets.start")}
        say_error(labels("cli.new.unnamed", code=code, **facts))


def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help=help_text("files"))],
    annotate: Annotated[Path | None, typer.Option("--annotate", metavar="OUT", help=help_text("annotate"))] = None,
    checklist: ChecklistOption = None,
    format: PrintOption = TextOrJson.TEXT,
    language: LanguageOption = None,
    force: ForceOption = False,
) -> None:
    """Report every problem of workbooks in one run."""
    if annotate is not None:
        _check_annotate(files, annotate)
    found = [checked(file, checklist) for file in files]
    every = [issue for one in found for issue in one.issues]
    if format is TextOrJson.JSON:
        say(json.dumps({"format": 1, "files": [tree(one, words(language)) for one in found]}, ensure_ascii=False, indent=1))
    else:
        print_found(found, language)
    if annotate is not None:
        _annotate(files[0], annotate, every, language, force)
    if Issues(every).blocking:
        usage = all(issue.rule.usage for issue in every if issue.severity.value == "error")
        raise typer.Exit(2 if usage else 1)


def score(
    file: FileArgument,
    checklist: ChecklistOption = None,
    country: CountryChoice = None,
    format: PrintOption = TextOrJson.TEXT,
    language: LanguageOption = None,
    fail_under: Annotated[str | None, typer.Option("--fail-under", metavar="SHARE", help=help_text("fail_under"))] = None,
) -> None:
    """Print the scores of an assessment."""
    from legcheck import pipeline

    least = share(fail_under, "--fail-under")
    result = pipeline.result_of(file, checklist, country)
    chosen = language or terminal_language()
    if format is TextOrJson.JSON:
        from legcheck.results import score_tree

        say(json.dumps(score_tree(result, words(chosen)), ensure_ascii=False, indent=1))
    else:
        from legcheck.reports.terminal import score_tables

        show(*score_tables(pipeline.view(result, chosen), words(chosen)))
    below = _below(result, least) if least is not None else []
    if below:
        named = words(chosen).join(result.checklist.by_dimension[key].title for key in below)
        say_error(words(chosen)("cli.score.below", share=words(chosen).percent(least or Fraction(0)), dimensions=named))
        raise typer.Exit(3)


def report(
    file: FileArgument,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help=help_text("report_out"))],
    format: Annotated[str, typer.Option("--format", metavar="LIST", help=help_text("report_format"))] = "docx,html,xlsx,json",
    language: LanguageOption = None,
    template: Annotated[Path | None, typer.Option("--template", metavar="DOCX", help=help_text("use_template"))] = None,
    plan: Annotated[Path | None, typer.Option("--plan", metavar="XLSX", help=help_text("report_plan"))] = None,
    checklist: ChecklistOption = None,
    country: CountryChoice = None,
    force: ForceOption = False,
) -> None:
    """Write the gap report."""
    from legcheck import pipeline
    from legcheck.reports.docx_tags import REPORT

    wanted = formats(format)
    own = own_template(template, wanted, REPORT)
    result = pipeline.result_of(file, checklist, country)
    chosen = pipeline.language_for(result, language)
    come = pipeline.progress(result, plan, chosen, checklist) if plan is not None else None
    made = pipeline.gap_report(result, wanted, chosen, own, come)
    targets = {out / name: content for name, content in made.items()}
    check_free(targets, overwrite=force)
    for path, content in targets.items():
        write_whole(path, content, overwrite=force)
        say(str(path))
    if result.issues:
        say_error(words()("cli.report.warnings", count=len(result.issues), file=file))


def explain(
    file: FileArgument,
    figure: Annotated[str, typer.Argument(metavar="FIGURE", help=help_text("figure"))],
    checklist: ChecklistOption = None,
    country: CountryChoice = None,
    language: LanguageOption = None,
) -> None:
    """Walk from a printed figure to the cells it was made from."""
    from legcheck import analysis, pipeline
    from legcheck.reports.terminal import chain_tables

    chosen = language or terminal_language()
    result = pipeline.in_language(pipeline.result_of(file, checklist, country), chosen)
    try:
        known = analysis.figure_ids(result)
        by_folded = {one.casefold(): one for one in known}
        chain = analysis.explain(result, by_folded.get(figure.casefold(), figure))
    except KeyError:
        examples = ", ".join(_examples(result.checklist))
        facts = {"figure": figure, "examples": examples, "hint": closest(figure, known)}
        raise reject(UNKNOWN_FIGURE, Location(file.name), **facts) from None
    show(*chain_tables(chain, result.checklist, result.assessment.source.name, words(chosen)))


def template(
    own: Annotated[Path | None, typer.Argument(metavar="[DOCX]", help=help_text("template_file"))] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help=help_text("template_out"))] = None,
    plan: Annotated[bool, typer.Option("--plan", help=help_text("template_plan"))] = False,
    language: LanguageOption = None,
    force: ForceOption = False,
) -> None:
    """List the tags of Word templates, check one, or write a copy of ours to start from."""
    from legcheck.reports.docx_styles import shipped_template
    from legcheck.reports.docx_tags import REPORT
    from legcheck.reports.docx_template import check_template
    from legcheck.reports.plan_docx_tags import PLAN
    from legcheck.reports.terminal import tag_table

    labels, tags = words(language), PLAN if plan else REPORT
    if out is not None:
        write_whole(out, shipped_template(tags.template), overwrite=force)
        say(str(out))
    elif own is None:
        show(tag_table(tags.titles, labels))
    else:
        issues = check_template(read_template(own), own.name, tags)
        if not len(issues):
            say(labels("cli.template.sound", file=own))
            return
        print_faults(issues, tags, labels.language)
        if issues.blocking:
            raise typer.Exit(1)


def _workbook_path(out: Path) -> Path:
    """Where a new workbook goes: a name without ending gets one; a folder or another kind of file is refused."""
    if out.is_dir() or out.suffix.lower() not in ("", ".xlsx"):
        raise typer.BadParameter(words()("cli.new.not_a_workbook", path=out), param_hint="--out")
    return out.with_suffix(".xlsx")


def _country(code: str) -> str:
    from legcheck import countries

    try:
        return countries.find(code).code
    except KeyError:
        near = countries.suggest(code)
        hint = " " + words()("issues.did_you_mean", word=near) if near else ""
        raise typer.BadParameter(words()("cli.bad_country", value=code) + hint, param_hint="--country") from None


def _check_annotate(files: list[Path], annotate: Path) -> None:
    """One workbook is marked at a time, and never the original itself."""
    if len(files) > 1 or files[0].suffix.lower() in (".csv", ".json", ".parquet"):
        raise typer.BadParameter(words()("cli.check.one_to_annotate"), param_hint="--annotate")
    if annotate.resolve() == files[0].resolve():
        raise typer.BadParameter(words()("cli.check.not_itself"), param_hint="--annotate")


def _annotate(file: Path, target: Path, issues: list[Issue], language: str | None, force: bool) -> None:
    from legcheck import workbook

    content = workbook.annotate(file, issues, language or workbook.identify(file).language)
    write_whole(target, content, overwrite=force)
    say(str(target))


def _below(result: Result, least: Fraction) -> list[str]:
    """The assessed dimensions whose total is not surely known, or lies below `least`."""
    totals = {key: scores.total for key, scores in result.scores.items() if scores.assessed}
    return [key for key, total in totals.items() if not total.enough or total.central is None or total.central < least]


def _examples(checklist: Checklist) -> list[str]:
    first = checklist.dimensions[0].key
    chapter = checklist.chapters[0]
    theme = [f"{first}.theme.{checklist.themes[0].key}"] if checklist.themes else []
    return [f"{first}.total", f"{first}.{chapter.id}", f"{first}.{chapter.provisions[0].id}", *theme]
