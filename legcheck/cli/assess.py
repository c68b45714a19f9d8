"""Commands on one assessment: new, score, report, explain."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
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
    NoPassagesOption,
    PrintOption,
    ReferencesOption,
    TextOrJson,
    TextsOption,
    day,
    formats,
    share,
)
from legcheck.cli.templates import own_template
from legcheck.cli.terminal import (
    help_text,
    labels_in,
    print_issues,
    say,
    say_data,
    say_error,
    say_files,
    say_unread,
    show,
    terminal_language,
)
from legcheck.files import folder_of_texts, write_files, write_whole
from legcheck.issues import UNKNOWN_FIGURE, Location, closest, reject, unread_in
from legcheck.model import Edition, Kind, Scope

if TYPE_CHECKING:
    from legcheck.labels import Labels
    from legcheck.model import Assessment, Checklist, Result
    from legcheck.workbook import Form


def new(
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help=help_text("new_out"))],
    country: Annotated[str, typer.Option("--country", metavar="CODE", help=help_text("country"))] = "",
    last: Annotated[Path | None, typer.Option("--from", metavar="FILE", help=help_text("new_from"))] = None,
    plan: Annotated[Path | None, typer.Option("--plan", metavar="XLSX", help=help_text("new_plan"))] = None,
    checklist: ChecklistOption = None,
    language: LanguageOption = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE", help=help_text("as_of"))] = None,
    country_name: Annotated[str, typer.Option("--country-name", metavar="NAME", help=help_text("country_name"))] = "",
    kind: Annotated[Kind, typer.Option("--kind", help=help_text("kind"))] = Kind.COUNTRY,
    scope: Annotated[Scope, typer.Option("--scope", help=help_text("scope"))] = Scope.NATIONAL,
    short: Annotated[bool, typer.Option("--short", help=help_text("short"))] = False,
    chapters: Annotated[str, typer.Option("--chapters", metavar="LIST", help=help_text("chapters"))] = "",
    return_to: Annotated[str, typer.Option("--return-to", metavar="TEXT", help=help_text("return_to"))] = "",
    until: Annotated[str | None, typer.Option("--until", metavar="DATE", help=help_text("until"))] = None,
    references: ReferencesOption = None,
    force: ForceOption = False,
) -> None:
    """Make a workbook to fill in."""
    from legcheck import app, countries, inputs, provisions, workbook

    labels, chosen, target = labels_in(), language or terminal_language(), workbook_path(out)
    law_of = day(as_of) if as_of else date.today()
    back = workbook.Form(return_to=" ".join(return_to.split()), until=day(until) if until else None)
    if last is not None:
        if country or country_name or kind is not Kind.COUNTRY or scope is not Scope.NATIONAL or short or chapters:
            raise typer.BadParameter(labels("rounds.leave_out"), param_hint="--from")
        _next_round(last, target, law_of, plan, checklist, language, back, references, force=force)
        return
    if plan is not None:
        raise typer.BadParameter(labels("rounds.plan_with_from"), param_hint="--plan")
    if not country:
        raise typer.BadParameter(labels("rounds.country_or_from"), param_hint="--country")
    code = _country(country)
    loaded = inputs.numbered(provisions.load(checklist or inputs.DEFAULT_CHECKLIST), references, checklist)
    wanted = _chapters(chapters, loaded)
    form = replace(back, short=short, chapters=wanted)
    content = app.blank_workbook(loaded, code, law_of, chosen, country_name=country_name, scope=scope, kind=kind, form=form)
    write_whole(target, content, overwrite=force)
    say_data(str(target))
    say(labels("cli.new.made", title=loaded.title, id=loaded.id, version=loaded.version))
    for length, is_short in (("full", False), ("short", True)):
        asked = [provision for _, some in workbook.Form(is_short, wanted).asked(loaded) for provision in some]
        mark = "* " if is_short is short else "  "
        say(mark + labels(f"cli.new.{length}", count=len(asked), time=labels.time_needed(len(asked), loaded)))
    if not country_name and countries.find(code).user_assigned:
        inside = labels_in(chosen)
        facts = {"field": inside("workbook.fields.country_name"), "sheet": inside("workbook.sheets.start")}
        say_error(labels("cli.new.unnamed", code=code, **facts))


def _next_round(
    last: Path,
    target: Path,
    as_of: date,
    plan: Path | None,
    checklist: str | None,
    language: str | None,
    back: Form,
    references: Path | None,
    *,
    force: bool,
) -> None:
    """Write the workbook of the next round, and say first which laws changed since the last."""
    from legcheck import inputs, rounds

    reading, labels = inputs.read(last, checklist), labels_in(language)
    reading = replace(reading, checklist=inputs.numbered(reading.checklist, references, checklist))
    before = inputs.readable(reading).as_of
    if as_of <= before:
        days = {"new": labels.date(as_of), "last": labels.date(before)}
        raise typer.BadParameter(labels("rounds.later", **days), param_hint="--as-of")
    form = replace(reading.form, return_to=back.return_to, until=back.until)
    content, made, laws = rounds.next_round(reading, as_of, language, plan, form)
    say_unread(unread_in(reading.issues), last)
    write_whole(target, content, overwrite=force)
    for one in laws:
        say(labels(f"rounds.law.{one.change.value}", law=made.laws[one.law].title))
    say_data(str(target))
    say(labels("rounds.carried", count=len(made.answers), file=last))


def score(
    file: FileArgument,
    checklist: ChecklistOption = None,
    country: CountryChoice = None,
    format: PrintOption = TextOrJson.TEXT,
    language: LanguageOption = None,
    fail_under: Annotated[str | None, typer.Option("--fail-under", metavar="SHARE", help=help_text("fail_under"))] = None,
) -> None:
    """Print the scores of an assessment."""
    from legcheck import app

    least = share(fail_under, "--fail-under")
    result = app.assess(file, checklist=checklist, country=country)
    say_unread(unread_in(result.issues), file)
    if least is not None:
        app.check_scored(result)
    chosen = language or terminal_language()
    if format is TextOrJson.JSON:
        from legcheck.results import score_tree

        say_data(json.dumps(score_tree(result, labels_in(chosen)), ensure_ascii=False, indent=1))
    else:
        from legcheck.reports.terminal import score_tables

        show(*score_tables(result, app.report_view(result, chosen), labels_in(chosen)))
    below = _below(result, least) if least is not None else []
    if below:
        named = labels_in(chosen).join(result.checklist.by_dimension[key].title for key in below)
        say_error(labels_in(chosen)("cli.score.below", share=labels_in(chosen).percent(least or Fraction(0)), dimensions=named))
        raise typer.Exit(3)


def report(
    file: FileArgument,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help=help_text("report_out"))],
    format: Annotated[str | None, typer.Option("--format", metavar="LIST", help=help_text("report_format"))] = None,
    edition: Annotated[
        Edition, typer.Option("--edition", metavar="|".join(Edition), help=help_text("edition"))
    ] = Edition.RESTRICTED,
    marking: MarkingOption = "",
    despite: Annotated[str, typer.Option("--despite-personal-data", metavar="REASON", help=help_text("despite"))] = "",
    language: LanguageOption = None,
    template: Annotated[Path | None, typer.Option("--template", metavar="DOCX", help=help_text("use_template"))] = None,
    plan: Annotated[Path | None, typer.Option("--plan", metavar="XLSX", help=help_text("report_plan"))] = None,
    references: ReferencesOption = None,
    texts: TextsOption = None,
    no_passages: NoPassagesOption = False,
    checklist: ChecklistOption = None,
    country: CountryChoice = None,
    force: ForceOption = False,
) -> None:
    """Write the country report and its annex."""
    from legcheck import app, statutes

    release = app.released(edition, marking, despite)
    wanted = app.report_formats(formats(format, app.REPORT_FORMATS) if format is not None else None, edition)
    own = own_template(template, wanted)
    result = app.assess(file, checklist=checklist, country=country, references=references)
    chosen = app.language_for(result.assessment, language)
    come = app.progress_with(result, plan, chosen, checklist) if plan is not None else None
    of = None if no_passages else statutes.shelf_beside(file, texts)
    cited = statutes.passages(result.assessment, of)
    made = app.report_files(
        result, wanted, chosen, release=release, checklist=checklist, template=own, progress=come, passages=cited
    )
    say_files(write_files(out, made, overwrite=force))
    if of is not None and of.issues:
        print_issues(of.issues, language)
    if result.issues:
        where = "not_in_it" if edition is Edition.PUBLIC else "in_it"
        say_error(labels_in()(f"cli.report.warnings.{where}", count=len(result.issues), file=file))


def explain(
    file: FileArgument,
    figure: Annotated[str, typer.Argument(metavar="FIGURE", help=help_text("figure"))],
    whole: Annotated[bool, typer.Option("--all", help=help_text("explain_all"))] = False,
    texts: TextsOption = None,
    references: ReferencesOption = None,
    checklist: ChecklistOption = None,
    country: CountryChoice = None,
    language: LanguageOption = None,
) -> None:
    """Trace a printed figure back to the cells it was made from."""
    from legcheck import analysis, app
    from legcheck.reports.make_view import words_on
    from legcheck.reports.terminal import chain_tables

    chosen = language or terminal_language()
    assessed = app.assess(file, checklist=checklist, country=country, references=references)
    result = app.in_language(assessed, chosen)
    say_unread(unread_in(result.issues), file)
    chains = [analysis.explain(result, one) for one in analysis.figures_called(result, figure)]
    if not chains:
        examples = ", ".join(_examples(result.checklist))
        facts = {"figure": figure, "examples": examples, "hint": closest(figure, analysis.figure_ids(result))}
        raise reject(UNKNOWN_FIGURE, Location(file.name), **facts)
    labels = words_on(result, labels_in(chosen))
    for chain in chains:
        if result.scores[chain.dimension.key].assessed:
            show(*chain_tables(chain, result.checklist, result.assessment.source.name, labels, whole=whole))
        else:
            show(f"{chain.figure} · {labels('report.dimension_not_assessed', dimension=chain.dimension.title)}")
    if chain.parts[0].id in result.checklist.provisions and (texts is not None or folder_of_texts(file).is_dir()):
        _print_passages(result.assessment, chain.parts[0].id, texts or folder_of_texts(file), labels_in(chosen))


def _print_passages(assessment: Assessment, provision: str, folder: Path, labels: Labels) -> None:
    """Print the passages that the answer to a provision cites, each once, and what is cited and not there."""
    from legcheck import statutes
    from legcheck.reports.terminal import passage_texts

    answer, of = assessment.answer(provision), statutes.shelf(folder)
    for one in statutes.passages_of(answer, assessment, of.of(assessment)):
        show(*passage_texts(one))
    if issues := statutes.check_citations(replace(assessment, answers={provision: answer}), of):
        print_issues(issues, labels.language)


def workbook_path(out: Path, option: str = "--out") -> Path:
    """Where a new workbook goes: a name without a suffix gets one; a folder or another kind of file is refused."""
    if out.is_dir() or out.suffix.lower() not in ("", ".xlsx"):
        raise typer.BadParameter(labels_in()("cli.new.not_a_workbook", path=out), param_hint=option)
    return out.with_suffix(".xlsx")


def _chapters(typed: str, checklist: Checklist) -> tuple[str, ...]:
    """The chapters chosen by id, in the order of the checklist."""
    wanted = [part.strip().casefold() for part in typed.split(",") if part.strip()]
    known = {chapter.id.casefold(): chapter.id for chapter in checklist.chapters}
    for one in wanted:
        if one not in known:
            near = closest(one, known.values())
            hint = " " + labels_in().did_you_mean(near) if near else ""
            allowed = ", ".join(known.values())
            raise typer.BadParameter(
                labels_in()("cli.new.no_chapter", value=one, allowed=allowed) + hint, param_hint="--chapters"
            )
    return tuple(chapter.id for chapter in checklist.chapters if chapter.id.casefold() in wanted)


def _country(code: str) -> str:
    from legcheck import countries

    try:
        return countries.find(code).code
    except KeyError:
        near = countries.suggest(code)
        hint = " " + labels_in().did_you_mean(near) if near else ""
        raise typer.BadParameter(labels_in()("cli.bad_country", value=code) + hint, param_hint="--country") from None


def _below(result: Result, least: Fraction) -> list[str]:
    """The assessed dimensions whose total is below `least` or not known well enough."""
    totals = {key: scores.total for key, scores in result.scores.items() if scores.assessed}
    return [key for key, total in totals.items() if not total.enough or total.central is None or total.central < least]


def _examples(checklist: Checklist) -> list[str]:
    first = checklist.dimensions[0].key
    chapter = checklist.chapters[0]
    theme = [f"{first}.theme.{checklist.themes[0].key}"] if checklist.themes else []
    return [f"{first}.total", f"{first}.{chapter.id}", f"{first}.{chapter.provisions[0].id}", *theme]
