"""Commands on checklists: list, show, check, diff, references, schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from legcheck.cli.options import ChecklistOption, ForceOption, LanguageOption, PrintOption, ReferencesOption, TextOrJson
from legcheck.cli.terminal import (
    help_in_short,
    help_text,
    labels_in,
    print_issues,
    say,
    say_data,
    say_files,
    show,
    terminal_language,
)
from legcheck.cli.versions import diff
from legcheck.files import REFERENCES, write_files
from legcheck.issues import FILE_NOT_FOUND, Location, Severity, reject

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from legcheck.model import Checklist


def group() -> typer.Typer:
    """The subcommands of ``provisions``."""
    group = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help=help_text("provisions"))
    group.command("list", help=help_text("provisions_list"), short_help=help_in_short("provisions_list"))(list_checklists)
    group.command("show", help=help_text("provisions_show"), short_help=help_in_short("provisions_show"))(show_provision)
    group.command("check", help=help_text("provisions_check"), short_help=help_in_short("provisions_check"))(check)
    group.command("diff", help=help_text("provisions_diff"), short_help=help_in_short("provisions_diff"))(diff)
    group.command("references", help=help_text("provisions_references"), short_help=help_in_short("provisions_references"))(
        references
    )
    group.command("schema", help=help_text("provisions_schema"), short_help=help_in_short("provisions_schema"))(schema)
    return group


def list_checklists(checklist: ChecklistOption = None, language: LanguageOption = None) -> None:
    """List the shipped checklists, or the chapters and provisions of one."""
    from legcheck import provisions
    from legcheck.reports.terminal import checklist_table, contents_table

    chosen = language or terminal_language()
    if checklist is None:
        names = (*provisions.shipped(), *provisions.earlier())
        loaded = [provisions.in_language(provisions.load(name), chosen) for name in names]
        show(checklist_table(loaded, labels_in(chosen)))
    else:
        show(contents_table(provisions.in_language(provisions.load(checklist), chosen), labels_in(chosen)))


def show_provision(
    id: Annotated[str, typer.Argument(metavar="ID", help=help_text("provision_id"))],
    references: ReferencesOption = None,
    checklist: ChecklistOption = None,
    language: LanguageOption = None,
) -> None:
    """Print one provision or one measure in full."""
    from legcheck import app, inputs, provisions
    from legcheck.reports.terminal import measure_texts, provision_texts

    name, chosen = checklist or inputs.DEFAULT_CHECKLIST, language or terminal_language()
    catalogue = provisions.load_catalogue(name, chosen)
    if catalogue is not None and id.upper() in catalogue.measures:
        show(*measure_texts(catalogue.measures[id.upper()], catalogue, labels_in(chosen)))
        return
    loaded = provisions.in_language(inputs.numbered(provisions.load(name), references), chosen)
    show(*provision_texts(app.provision_named(loaded, id), loaded, catalogue, labels_in(chosen)))


def check(
    paths: Annotated[list[str] | None, typer.Argument(metavar="PATH...", help=help_text("provisions_paths"))] = None,
    format: PrintOption = TextOrJson.TEXT,
    language: LanguageOption = None,
) -> None:
    """Report every problem of checklists in one run."""
    from legcheck import provisions

    checked = [provisions.check_checklist(path) for path in paths or provisions.shipped()]
    labels = labels_in(language)
    if format is TextOrJson.JSON:
        from legcheck.results import issue_tree

        trees = [{"file": str(one.path), "issues": [issue_tree(i, labels) for i in one.issues]} for one in checked]
        say_data(json.dumps({"format": 1, "files": trees}, ensure_ascii=False, indent=1))
    else:
        for one in checked:
            if len(one.issues):
                print_issues(one.issues, language)
            if not one.digest:
                continue
            counts = {"provisions": one.provisions, "elements": one.elements, "standards": one.standards}
            facts = {name: labels(f"common.count.{name}", count=count) for name, count in counts.items()}
            say(labels("cli.provisions.checked", path=one.path, digest=one.digest[:16], **facts))
    errors = [issue.rule for one in checked for issue in one.issues if issue.severity is Severity.ERROR]
    if errors:
        raise typer.Exit(2 if all(rule.usage for rule in errors) else 1)


def references(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=help_text("references_file"))],
    to: Annotated[Path | None, typer.Option("--to", metavar="DIR|FILE", help=help_text("references_to"))] = None,
    checklist: ChecklistOption = None,
    language: LanguageOption = None,
    force: ForceOption = False,
) -> None:
    """Check the numbers that provisions have in a published document, and keep them beside workbooks."""
    from legcheck import inputs, workbook

    labels, asked = labels_in(language), inputs.load(checklist)
    if to is not None and not to.exists():
        raise reject(FILE_NOT_FOUND, Location(str(to)))
    numbers, issues = inputs.references_of(file, asked)
    if len(issues):
        print_issues(issues, language)
    counts = {"count": len(asked.provisions.keys() & numbers), "all": len(asked.provisions)}
    say(labels("cli.references.numbered", file=file, **counts))
    if without := list(_without(asked, numbers)):
        say(labels("cli.references.without", ids=", ".join(without)))
    if to is not None:
        folder = to if to.is_dir() else to.parent
        say_files(write_files(folder, {REFERENCES: workbook.write_references(numbers)}, overwrite=force))


def _without(checklist: Checklist, numbers: Collection[str]) -> Iterator[str]:
    """The ids of the provisions that are not among `numbers`; that of a chapter where none of its provisions is."""
    for chapter in checklist.chapters:
        ids = [one.id for one in chapter.provisions if one.id not in numbers]
        yield from ids if len(ids) < len(chapter.provisions) else (chapter.id,)


def schema() -> None:
    """Print the JSON Schema of checklist files, for editors."""
    from legcheck import provisions

    say_data(json.dumps(provisions.json_schema(), indent=1))
