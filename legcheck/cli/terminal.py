"""The terminal: results on stdout, problems on stderr, in the user's language, even if the streams are closed."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any, TextIO

import typer

from legcheck.issues import Issue, Location, Severity, printable
from legcheck.labels import DEFAULT, Labels, labels, languages
from legcheck.words import UNSEEN, untied

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

PIPE_WIDTH = 110
_IN_ITS_PLACE = "backslashreplace"


@cache
def terminal_language() -> str:
    """The language of the commands: ``LEGCHECK_LANGUAGE``, else the system's if there are labels in it, else English."""
    wanted = os.environ.get("LEGCHECK_LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LANG") or DEFAULT
    code = wanted.replace("_", "-").partition("-")[0].lower()
    return code if code in languages() else DEFAULT


def labels_in(language: str | None = None) -> Labels:
    """The labels of a language, by default the terminal's."""
    return labels(language or terminal_language())


def help_text(key: str) -> str:
    """The help of a command or option."""
    return labels_in()(f"cli.help.{key}")


def help_in_short(key: str) -> str:
    """Its first sentence, for lists of commands."""
    return help_text(key).partition(". ")[0].removesuffix(".") + "."


def console(stream: TextIO | None = None) -> Console:
    """A rich console; in a pipe it is plain and wide enough for tables."""
    from rich.console import Console

    out = stream or sys.stdout
    return Console(file=out, width=None if out.isatty() else PIPE_WIDTH, highlight=False, soft_wrap=False)


def show(*renderables: RenderableType) -> None:
    """Print tables and texts to stdout, without signs that a terminal would obey, except for our own."""
    from rich.segment import Segment, Segments

    screen = console()
    with screen.capture() as shown:
        for one in renderables:
            parts = screen.render(one)
            screen.print(Segments([Segment(text.translate(UNSEEN), style, control) for text, style, control in parts]), end="")
    typer.echo(untied(shown.get()), nl=False)


def say(text: str) -> None:
    """Print a sentence of result; on a terminal it is wrapped between words."""
    typer.echo(_wrapped(_harmless(text), sys.stdout))


def in_a_line(text: str) -> str:
    """A text of several lines, such as a note, as one."""
    return " ".join(text.split())


def say_data(text: str) -> None:
    """Print what programs read, as it is."""
    typer.echo(text)


def say_error(text: str) -> None:
    """Print one line about a problem on stderr; on a terminal it is wrapped between words."""
    typer.echo(_wrapped(_harmless(text), sys.stderr), err=True)


def _harmless(text: str) -> str:
    """A text without signs that a terminal would obey, whatever names and cells it quotes."""
    return "\n".join(map(printable, text.split("\n")))


def _wrapped(text: str, stream: TextIO) -> str:
    """A text in lines that fit the window; letters of double width count twice, and long words such as paths stay whole.

    Further lines stand a little to the right of the first.
    """
    if not stream.isatty():
        return text
    from rich.cells import cell_len

    start = text[: len(text) - len(text.lstrip())]
    first, *others = text.removeprefix(start).split(" ")
    lines, width = [start + first], get_terminal_size().columns
    for word in others:
        longer = f"{lines[-1]} {word}"
        if cell_len(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(f"{start}  {word}")
    return "\n".join(lines)


def say_unread(count: int, file: Path | str) -> None:
    """Say in one line how much of a file was not read, so that no figure is taken for all that it holds."""
    if count:
        say_error(labels_in()("cli.unread", count=count, file=file))


def say_files(paths: Iterable[Path]) -> None:
    """Print the files that were written, one per line."""
    for path in paths:
        say_data(str(path))


def print_issues(issues: Iterable[Issue], language: str | None = None) -> None:
    """Print every issue on its own line, errors first, then a line that counts them; what many places share is said once."""
    found, labels = sorted(issues, key=lambda issue: issue.severity is not Severity.ERROR), labels_in(language)
    print_alike(found, labels)
    errors = sum(issue.severity is Severity.ERROR for issue in found)
    counts = {"errors": errors, "warnings": len(found) - errors}
    say_error(labels("cli.counted", **{name: labels(f"common.count.{name}", count=count) for name, count in counts.items()}))


def print_alike(found: Iterable[Issue], labels: Labels) -> None:
    """Print every issue on its own line; what many places of a file share is said once."""
    alike: dict[tuple[str, str, str], list[Issue]] = {}
    for issue in found:
        alike.setdefault((issue.at.file, issue.code, labels.message(issue, with_hint=False)), []).append(issue)
    for same in alike.values():
        if len(same) > 1 and all(issue.at.cell or issue.at.line for issue in same):
            _print_once(same, labels)
        else:
            say_error(_line(same[0], labels))


def _line(issue: Issue, labels: Labels, *, with_hint: bool = True) -> str:
    """An issue on one line: where, how much it matters, and what to do."""
    said = f"{labels(f'cli.severity.{issue.severity.value}')} {issue.code} {labels.message(issue, with_hint=with_hint)}"
    return labels("cli.at", place=issue.at, said=said) if str(issue.at) else said


def _print_once(same: Sequence[Issue], labels: Labels) -> None:
    """Print issues of one file that say the same, with all their places."""
    first = replace(same[0], at=Location(same[0].at.file))
    cells = (
        f"{sheet}!" * bool(sheet) + ", ".join(issue.at.cell or str(issue.at.line) for issue in here)
        for sheet, here in groupby(same, key=lambda issue: issue.at.sheet)
    )
    kind = "cells" if same[0].at.cell else "lines"
    say_error(f"{_line(first, labels, with_hint=False)} {labels(f'cli.{kind}', places='; '.join(cells))}")


class UnwrittenError(Exception):
    """The output could not be written."""


class _Stream(io.FileIO):
    """A stream that discards everything after the first write error, since nobody is reading."""

    def __init__(self, descriptor: int, *, needed: bool) -> None:
        super().__init__(descriptor, "w", closefd=False)
        self.needed = needed
        self.failed = False

    def write(self, content: Any, /) -> int:
        try:
            return len(content) if self.failed else super().write(content)
        except OSError as error:
            self.failed = True
            if self.needed and not isinstance(error, BrokenPipeError):
                raise UnwrittenError(error.strerror) from None
            return len(content)


def guard_streams() -> None:
    """Keep a closed pipe (``legcheck ... | head -1``) from stopping the work or its files; the exit code stays the same.

    A terminal does not fail in this way. Letters that an encoding lacks are written out, wherever they go.
    """
    sys.stdout = _guarded(sys.stdout, needed=True)
    sys.stderr = _guarded(sys.stderr, needed=False)


def _guarded(stream: TextIO, *, needed: bool) -> TextIO:
    if stream is None or stream.isatty():
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_IN_ITS_PLACE)
        return stream
    raw = _Stream(stream.fileno(), needed=needed)
    return io.TextIOWrapper(io.BufferedWriter(raw), stream.encoding, _IN_ITS_PLACE, line_buffering=True)
