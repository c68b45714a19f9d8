"""The command ``legcheck``: its exit codes, and what a person sees when something cannot be done."""

from __future__ import annotations

import os
import sys
from enum import IntEnum

import typer

from legcheck import __version__
from legcheck.cli import assess, checklists, compare, plans, samples
from legcheck.cli.screen import print_issues, say_error
from legcheck.cli.streams import UnwrittenError, guard_streams
from legcheck.cli.words import help_text, words
from legcheck.issues import InputError

app = typer.Typer(
    name="legcheck", no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False, help=help_text("legcheck")
)


class Exit(IntEnum):
    """What an exit code says. 3 (below a threshold) is given by the command that has one."""

    OK = 0
    ISSUES = 1
    USAGE = 2
    BELOW_THRESHOLD = 3
    DEFECT = 70


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"legcheck {__version__}")
        raise typer.Exit


@app.callback()
def legcheck(
    _version: bool = typer.Option(False, "--version", callback=_print_version, is_eager=True, help=help_text("version")),
) -> None:
    """Hold the options of the program itself."""


samples.register(app)
checklists.register(app)
assess.register(app)
plans.register(app)
compare.register(app)


def main() -> None:
    """Run a command; whatever happens, a person reads a sentence, never a traceback."""
    guard_streams()
    try:
        app()
    except InputError as error:
        print_issues(error.issues)
        usage = all(issue.rule.usage for issue in error.issues)
        sys.exit(Exit.USAGE if usage else Exit.ISSUES)
    except UnwrittenError as error:
        say_error(words()("cli.unwritten", problem=error))
        sys.exit(Exit.USAGE)
    except Exception as error:
        if os.environ.get("LEGCHECK_DEBUG"):
            raise
        say_error(words()("cli.defect", kind=type(error).__name__, detail=str(error)[:300]))
        sys.exit(Exit.DEFECT)
