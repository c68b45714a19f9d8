"""The command template, and the user's own Word template in the commands that write documents."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from legcheck.cli.options import ForceOption, LanguageOption
from legcheck.cli.terminal import help_text, labels_in, print_issues, say, say_data, say_error, show
from legcheck.files import read_bounded, write_whole
from legcheck.issues import FILE_TOO_BIG, TEMPLATE_UNKNOWN_TAG

if TYPE_CHECKING:
    from legcheck.issues import Issues


def template(
    own: Annotated[Path | None, typer.Argument(metavar="DOCX", help=help_text("template_file"))] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help=help_text("template_out"))] = None,
    language: LanguageOption = None,
    force: ForceOption = False,
) -> None:
    """List what a Word template may hold, check one, or write a copy of ours to start from."""
    from legcheck.reports.docx import TAGS, check_template, shipped_template
    from legcheck.reports.terminal import tag_table

    labels = labels_in(language)
    if out is not None:
        write_whole(out, shipped_template(), overwrite=force)
        say_data(str(out))
    elif own is None:
        show(tag_table({tag: f"docx.tags.{tag}" for tag in TAGS}, labels))
    else:
        issues = check_template(_content(own), own.name)
        if not len(issues):
            say(labels("cli.template.sound", file=own))
            return
        _print_faults(issues, labels.language)
        if issues.blocking:
            raise typer.Exit(1)


def own_template(path: Path | None, formats: Iterable[str]) -> bytes | None:
    """The user's template, if any; refused if no Word document is asked for or it cannot be filled."""
    from legcheck.reports.docx import check_template

    if path is None:
        return None
    if "docx" not in formats:
        raise typer.BadParameter(labels_in()("cli.template.without_docx"), param_hint="--template")
    content = _content(path)
    issues = check_template(content, path.name)
    if issues.blocking:
        _print_faults(issues)
        raise typer.Exit(1)
    return content


def _content(path: Path) -> bytes:
    """The bytes of a Word template; a missing file is wrong usage."""
    from legcheck.reports.docx import LARGEST_TEMPLATE

    if path.is_dir() or not path.exists():
        raise typer.BadParameter(labels_in()("cli.no_template", path=path), param_hint="--template")
    return read_bounded(path, LARGEST_TEMPLATE, FILE_TOO_BIG)


def _print_faults(issues: Issues, language: str | None = None) -> None:
    """Print what is wrong with a template and, if it has unknown tags, those that exist."""
    from legcheck.reports.docx import TAGS

    print_issues(issues, language)
    if any(issue.rule is TEMPLATE_UNKNOWN_TAG for issue in issues):
        say_error(labels_in(language)("cli.template.tags", tags=", ".join(TAGS)))
