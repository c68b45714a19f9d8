"""The command ``legcheck``: its exit codes, and what the user sees when something fails."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable
from enum import IntEnum

import typer

from legcheck import __version__
from legcheck.cli import (
    assess,
    check,
    checklists,
    compare,
    consult,
    demo,
    help_words,
    history,
    parts,
    plan,
    templates,
    texts,
    verify,
    versions,
)
from legcheck.cli.terminal import (
    UnwrittenError,
    guard_streams,
    help_in_short,
    help_text,
    labels_in,
    print_alike,
    print_issues,
    say_error,
)
from legcheck.issues import InputError, LegcheckWarning

app = typer.Typer(
    name="legcheck", no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False, help=help_text("legcheck")
)


class Exit(IntEnum):
    """What the exit codes mean. 3 (below a threshold) comes from the command that has one."""

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
    """Take the options of the program itself."""


_COMMANDS: dict[str, Callable[..., None]] = {
    "demo": demo.demo,
    "new": assess.new,
    "check": check.check,
    "score": assess.score,
    "report": assess.report,
    "explain": assess.explain,
    "consult": consult.consult,
    "history": history.history,
    "split": parts.split,
    "merge": parts.merge,
    "diff": parts.diff,
    "sample": parts.sample,
    "reconcile": parts.reconcile,
    "migrate": versions.migrate,
    "verify": verify.verify,
    "template": templates.template,
    "plan": plan.plan,
    "compare": compare.compare,
    "find": compare.find,
    "cache": compare.cache,
}
for _name, _command in _COMMANDS.items():
    app.command(_name, help=help_text(_name), short_help=help_in_short(_name))(_command)
help_words.speak()
app.add_typer(checklists.group(), name="provisions")
app.add_typer(texts.group(), name="texts")


def _show_warning(message: Warning | str, category: type[Warning], *_: object, **__: object) -> None:
    """Say our own warnings in a line; those of others are for programmers."""
    if issubclass(category, LegcheckWarning):
        say_error(str(message))


def main() -> None:
    """Run a command; whatever happens, the user sees a sentence, never a traceback."""
    guard_streams()
    warnings.showwarning = _show_warning
    try:
        sys.exit(app(standalone_mode=False))
    except typer.TyperException as error:
        help_words.say_wrong_usage(error)
        sys.exit(Exit.USAGE)
    except InputError as error:
        if all(issue.rule.usage for issue in error.issues):
            print_alike(error.issues, labels_in())
            sys.exit(Exit.USAGE)
        print_issues(error.issues)
        sys.exit(Exit.ISSUES)
    except UnwrittenError as error:
        say_error(labels_in()("cli.unwritten", problem=error))
        sys.exit(Exit.USAGE)
    except OSError as error:  # no file that is missing, but a name too long for the system, a disk that fails
        say_error(labels_in()("cli.system", file=error.filename or "", problem=error.strerror or type(error).__name__))
        sys.exit(Exit.USAGE)
    except Exception as error:
        if os.environ.get("LEGCHECK_DEBUG"):
            raise
        say_error(labels_in()("cli.defect", kind=type(error).__name__, detail=str(error)[:300]))
        sys.exit(Exit.DEFECT)
