"""Commands on the statutes beside an assessment: add, list, show, passages; suggest and recall have a module of their own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from legcheck.cli import suggestions
from legcheck.cli.options import ChecklistOption, FileArgument, ForceOption, LanguageOption, TextsOption, day
from legcheck.cli.terminal import help_in_short, help_text, labels_in, print_issues, say, say_data, say_error, say_files, show
from legcheck.files import RESULT_SUFFIX, check_free, folder_of_texts, write_files, write_whole
from legcheck.issues import Issues

if TYPE_CHECKING:
    from legcheck.labels import Labels
    from legcheck.model import Assessment, Statute
    from legcheck.statutes import Shelf


def group() -> typer.Typer:
    """The subcommands of ``texts``."""
    group = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help=help_text("texts"))
    commands = (
        ("add", add),
        ("list", list_texts),
        ("show", show_text),
        ("passages", passages),
        ("suggest", suggestions.suggest),
        ("recall", suggestions.recall),
    )
    for name, command in commands:
        group.command(name, help=help_text(f"texts_{name}"), short_help=help_in_short(f"texts_{name}"))(command)
    return group


def add(
    laws: Annotated[list[Path], typer.Argument(metavar="LAW...", help=help_text("texts_laws"))],
    to: Annotated[Path, typer.Option("--to", metavar="FILE|DIR", help=help_text("texts_to"))],
    law: Annotated[str, typer.Option("--law", metavar="KEY", help=help_text("texts_key"))] = "",
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE", help=help_text("texts_as_of"))] = None,
    yes: Annotated[bool, typer.Option("--yes", help=help_text("texts_yes"))] = False,
    language: LanguageOption = None,
    force: ForceOption = False,
) -> None:
    """Split statutes into articles and keep them beside the assessments."""
    from legcheck import inputs, statutes, texts

    labels = labels_in(language)
    if law and len(laws) > 1:
        raise typer.BadParameter(labels("cli.texts.one_law"), param_hint="--law")
    if not yes and not sys.stdin.isatty():
        raise typer.BadParameter(labels("cli.texts.confirm_or_yes"), param_hint="--yes")
    assessment = None if to.is_dir() else inputs.readable(inputs.read(to))
    if law and assessment is None:
        raise typer.BadParameter(labels("cli.texts.key_needs_workbook"), param_hint="--law")
    version, folder = day(as_of) if as_of else None, folder_of_texts(to)
    read = [statutes.read_law(path, assessment, law, version) for path in laws]
    check_free((folder / texts.file_name(statute) for statute, _ in read), overwrite=force)
    for statute, _ in read:
        _print_contents(statute, assessment, language)
    if striking := [issue for _, issues in read for issue in issues]:
        print_issues(striking, language)
    if not yes and not typer.confirm(labels("cli.texts.confirm")):
        raise typer.Exit(1)
    made = {texts.file_name(statute): texts.written(statute) for statute, _ in read}
    say_files(write_files(folder, made, overwrite=force))
    if assessment is not None:
        _print_changes([statute for statute, _ in read], assessment, folder, labels)


def _print_changes(added: list[Statute], assessment: Assessment, folder: Path, labels: Labels) -> None:
    """Say which answers cite passages that read otherwise in a text than in the one of an earlier day."""
    from legcheck import statutes, texts

    of = statutes.shelf(folder)
    for statute in added:
        before = statutes.version_before(of, statute)
        if before is None or before.as_of is None:
            continue
        changed = statutes.changed_passages(assessment, before, statute)
        key, facts = "changed" if changed else "unchanged", {"law": statute.law, "day": labels.date(before.as_of)}
        say(labels(f"cli.texts.{key}", **facts))
        for provision, changes in changed.items():
            for one in changes:
                say(f"  {provision}: {one.written}")
                for version, text in zip((before.as_of, statute.as_of), texts.differing(one.before, one.after), strict=True):
                    say(f"    {version}: {text or '–'}")


def _print_contents(statute: Statute, assessment: Assessment | None, language: str | None) -> None:
    """The list of contents of a text, to be compared with the statute."""
    from legcheck.reports.terminal import articles_table

    labels = labels_in(language)
    named = f"{statute.law} · {statute.title}" if assessment is not None else statute.title
    language_of_text = labels.language_name(statute.language) if statute.language else labels("cli.texts.language_unknown")
    say(labels("cli.texts.read", file=statute.source, law=named, count=len(statute.articles), language=language_of_text))
    show(articles_table(statute, labels))


def list_texts(texts: TextsOption = None, language: LanguageOption = None) -> None:
    """List the texts of a folder."""
    from legcheck.reports.terminal import texts_table

    of = _shelf(texts)
    _print_faults(of.issues, language)
    show(texts_table(of.texts, labels_in(language)))


def show_text(
    law: Annotated[str, typer.Argument(metavar="LAW", help=help_text("texts_law"))],
    articles: Annotated[list[str] | None, typer.Argument(metavar="ARTICLE...", help=help_text("texts_articles"))] = None,
    texts: TextsOption = None,
    language: LanguageOption = None,
) -> None:
    """Print the articles of a text, or the passages that a citation names."""
    from legcheck import statutes

    of = _shelf(texts)
    _print_faults(of.issues, language)
    statute = statutes.text_named(of, law)
    if not articles:
        _print_contents(statute, None, language)
        return
    for article, passage in statutes.articles_named(statute, " ".join(articles)):
        say(" · ".join(filter(None, (statute.law or statute.title, article.label, article.heading))))
        say(passage)


def passages(
    file: FileArgument,
    out: Annotated[Path, typer.Option("--out", metavar="XLSX", help=help_text("texts_passages_out"))],
    texts: TextsOption = None,
    checklist: ChecklistOption = None,
    language: LanguageOption = None,
    force: ForceOption = False,
) -> None:
    """Add a sheet with the passages that the answers cite to a copy of a workbook."""
    from legcheck import inputs, provisions, statutes, workbook

    if file.suffix.lower() == RESULT_SUFFIX or workbook.is_answers_table(file):
        raise typer.BadParameter(labels_in()("cli.texts.workbooks_only"), param_hint="FILE")
    if out.suffix.lower() != file.suffix.lower():
        raise typer.BadParameter(labels_in()("cli.check.other_suffix", suffix=file.suffix), param_hint="--out")
    reading = inputs.read(file, checklist)
    assessment, of = inputs.readable(reading), _shelf(texts, file)
    _print_faults(of.issues, language)
    chosen = language or workbook.identify(file).language
    cited, shown = statutes.passages(assessment, of), provisions.in_language(reading.checklist, chosen)
    content = workbook.with_passages(file, shown, assessment, cited, chosen, statutes.earlier_passages(assessment, of))
    if workbook.is_signed(file):
        say_error(labels_in(language)("cli.check.signed"))
    write_whole(out, content, overwrite=force)
    say_data(str(out))


def _shelf(folder: Path | None, beside: Path = Path()) -> Shelf:
    """The texts of a folder, by default of the folder ``texts`` beside a file, or here."""
    from legcheck import statutes

    return statutes.shelf_with_texts(folder or folder_of_texts(beside))


def _print_faults(issues: Issues, language: str | None) -> None:
    if issues:
        print_issues(issues, language)
