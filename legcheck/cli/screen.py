"""What commands show: results on stdout, problems on stderr."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, TextIO

import typer

from legcheck.cli.words import words
from legcheck.issues import Issue, Severity

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

NARROWEST_PIPE = 110


def console(stream: TextIO | None = None) -> Console:
    """A rich console; in a pipe it is wide enough for the tables and plain."""
    from rich.console import Console

    out = stream or sys.stdout
    return Console(file=out, width=None if out.isatty() else NARROWEST_PIPE, highlight=False, soft_wrap=False)


def show(*renderables: RenderableType) -> None:
    """Print tables and texts to stdout."""
    screen = console()
    for one in renderables:
        screen.print(one)


def say(text: str) -> None:
    """One line of result."""
    typer.echo(text)


def say_error(text: str) -> None:
    """One line about a problem, on stderr."""
    typer.echo(text, err=True)


def print_issues(issues: Iterable[Issue], language: str | None = None) -> None:
    """Every issue on a line of its own, errors first, then a line that counts them."""
    found = sorted(issues, key=lambda issue: issue.severity is not Severity.ERROR)
    labels = words(language)
    for issue in found:
        print_issue(issue, language=language)
    errors = sum(issue.severity is Severity.ERROR for issue in found)
    say_error(labels("cli.counted", errors=errors, warnings=len(found) - errors))


def print_issue(issue: Issue, file: str = "", language: str | None = None) -> None:
    """One issue on a line; `file` is the path to name where the issue knows the file's name alone."""
    labels = words(language)
    severity = labels(f"cli.severity.{issue.severity.value}")
    place = str(replace(issue.at, file=file) if file else issue.at)
    at = f"{place}: " if place else ""
    say_error(f"{at}{severity} {issue.code} {labels.message(issue)}")
