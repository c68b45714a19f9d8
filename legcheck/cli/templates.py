"""Word templates of one's own, as commands take them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from legcheck.cli.screen import print_issues, say_error
from legcheck.cli.words import words
from legcheck.issues import TEMPLATE_UNKNOWN_TAG

if TYPE_CHECKING:
    from legcheck.issues import Issues
    from legcheck.reports.docx_tags import TagSet


def own_template(path: Path | None, formats: Iterable[str], tags: TagSet) -> bytes | None:
    """The template to use, None where none is given; refused where no Word document is asked for or it cannot be filled."""
    from legcheck.reports.docx_template import check_template

    if path is None:
        return None
    if "docx" not in formats:
        raise typer.BadParameter(words()("cli.template.without_docx"), param_hint="--template")
    content = read_template(path)
    issues = check_template(content, path.name, tags)
    if issues.blocking:
        print_faults(issues, tags)
        raise typer.Exit(1)
    return content


def read_template(path: Path) -> bytes:
    """The bytes of a Word template, or wrong usage where there is no such file."""
    if not path.is_file():
        raise typer.BadParameter(words()("cli.no_template", path=path), param_hint="--template")
    return path.read_bytes()


def print_faults(issues: Issues, tags: TagSet, language: str | None = None) -> None:
    """What is wrong with a template; where tags are unknown, those that there are, once."""
    print_issues(issues, language)
    if any(issue.rule is TEMPLATE_UNKNOWN_TAG for issue in issues):
        facts = {"tags": ", ".join(sorted(tags.titles)), "words": ", ".join(sorted(tags.words))}
        say_error(words(language)("cli.template.tags", **facts))
