"""The command template, and the user's own Word template in the commands that write documents."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from legcheck.cli.options import ForceOption, LanguageOption
from legcheck.cli.terminal import help_text, labels_in, print_issues, say, say_error, show
from legcheck.files import write_whole
from legcheck.issues import TEMPLATE_UNKNOWN_TAG

if TYPE_CHECKING:
    from legcheck.issues import Issues
    from legcheck.reports.docx_tags import TagSet


def template(
    own: Annotated[Path | None, typer.Argument(metavar="[DOCX]", help=help_text("template_file"))] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help=help_text("template_out"))] = None,
    plan: Annotated[bool, typer.Option("--plan", help=help_text("template_plan"))] = False,
    language: LanguageOption = None,
    force: ForceOption = False,
) -> None:
    """List the tags of Word templates, check one, or write a copy of ours to start from."""
    from legcheck.reports.docx_tags import REPORT
    from legcheck.reports.docx_template import check_template, shipped_template
    from legcheck.reports.plan_docx_tags import PLAN
    from legcheck.reports.terminal import tag_table

    labels, tags = labels_in(language), PLAN if plan else REPORT
    if out is not None:
        write_whole(out, shipped_template(tags.template), overwrite=force)
        say(str(out))
    elif own is None:
        show(tag_table(tags.titles, labels))
    else:
        issues = check_template(_content(own), own.name, tags)
        if not len(issues):
            say(labels("cli.template.sound", file=own))
            return
        _print_faults(issues, tags, labels.language)
        if issues.blocking:
            raise typer.Exit(1)


def own_template(path: Path | None, formats: Iterable[str], tags: TagSet) -> bytes | None:
    """The user's template, if any; refused if no Word document is asked for or it cannot be filled."""
    from legcheck.reports.docx_template import check_template

    if path is None:
        return None
    if "docx" not in formats:
        raise typer.BadParameter(labels_in()("cli.template.without_docx"), param_hint="--template")
    content = _content(path)
    issues = check_template(content, path.name, tags)
    if issues.blocking:
        _print_faults(issues, tags)
        raise typer.Exit(1)
    return content


def _content(path: Path) -> bytes:
    """The bytes of a Word template; a missing file is wrong usage."""
    if not path.is_file():
        raise typer.BadParameter(labels_in()("cli.no_template", path=path), param_hint="--template")
    return path.read_bytes()


def _print_faults(issues: Issues, tags: TagSet, language: str | None = None) -> None:
    """Print what is wrong with a template and, if it has unknown tags, those that exist."""
    print_issues(issues, language)
    if any(issue.rule is TEMPLATE_UNKNOWN_TAG for issue in issues):
        facts = {"tags": ", ".join(sorted(tags.titles)), "words": ", ".join(sorted(tags.words))}
        say_error(labels_in(language)("cli.template.tags", **facts))
