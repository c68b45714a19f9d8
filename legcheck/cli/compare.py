"""Commands on many assessments: compare, find, cache."""

from __future__ import annotations

import gc
import json
import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from legcheck.cli import INTERRUPTED
from legcheck.cli.options import ChecklistOption, ForceOption, LanguageOption, PrintOption, TextOrJson, formats
from legcheck.cli.screen import console, print_issue, say, say_error, show
from legcheck.cli.words import help_text, terminal_language, words
from legcheck.files import check_free, write_whole
from legcheck.issues import Severity, closest
from legcheck.model import Order, Request

if TYPE_CHECKING:
    from legcheck.batch import Batch, OnProgress
    from legcheck.model import Checklist, LeftOut

COMPARISON_FORMATS = ("html", "xlsx", "csv", "parquet", "json")
_MOST_ISSUES_A_FILE = 10

PathsArgument = Annotated[list[Path], typer.Argument(metavar="PATH...", help=help_text("paths"))]
JobsOption = Annotated[int | None, typer.Option("--jobs", metavar="N", min=1, help=help_text("jobs"))]
ExecutorOption = Annotated[str, typer.Option("--executor", metavar="dask:ADDRESS", help=help_text("executor"))]
NoCacheOption = Annotated[bool, typer.Option("--no-cache", help=help_text("no_cache"))]


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("compare", help=help_text("compare"))(compare)
    app.command("find", help=help_text("find"))(find)
    app.command("cache", help=help_text("cache"))(cache)


def compare(
    paths: PathsArgument,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help=help_text("compare_out"))],
    format: Annotated[str, typer.Option("--format", metavar="LIST", help=help_text("compare_format"))] = ",".join(
        COMPARISON_FORMATS
    ),
    checklist: ChecklistOption = None,
    groups: Annotated[str, typer.Option("--groups", metavar="FILE|regions|subregions", help=help_text("groups"))] = "",
    order: Annotated[Order, typer.Option("--order", help=help_text("order"))] = Order.NAME,
    anonymous: Annotated[bool, typer.Option("--anonymous", help=help_text("anonymous"))] = False,
    rescore: Annotated[bool, typer.Option("--rescore", help=help_text("rescore"))] = False,
    robustness: Annotated[int, typer.Option("--robustness", metavar="N", min=0, max=100_000, help=help_text("robustness"))] = 0,
    seed: Annotated[int, typer.Option("--seed", metavar="N", min=0, help=help_text("seed"))] = 1,
    language: LanguageOption = None,
    jobs: JobsOption = None,
    executor: ExecutorOption = "",
    no_cache: NoCacheOption = False,
    force: ForceOption = False,
) -> None:
    """Set many assessments side by side."""
    from legcheck import comparison

    wanted = formats(format, COMPARISON_FORMATS)
    _check_groups(groups)
    chosen = _chosen(checklist)
    request = Request(order=order, anonymous=anonymous, groups=groups, rescored=rescore, draws=robustness, seed=seed)
    check_free((out / name for name in comparison.output_names(wanted)), overwrite=force)
    labels = words(language)
    with _stoppable():
        gathered = _gather(paths, chosen, jobs, executor, no_cache, rescore=rescore)
        made = comparison.assemble(gathered, chosen, request, labels.language)
        if order is Order.SCORE:
            say_error(labels("comparison.caveat"))
        outputs = comparison.outputs(made, wanted, labels)
    for name, content in outputs.items():
        write_whole(out / name, content, overwrite=force)
        say(str(out / name))
    _finish(made.left_out, len(made.rows), gathered, language)


def find(
    provision: Annotated[str, typer.Argument(metavar="ID", help=help_text("find_id"))],
    paths: PathsArgument,
    checklist: ChecklistOption = None,
    format: PrintOption = TextOrJson.TEXT,
    language: LanguageOption = None,
    jobs: JobsOption = None,
    executor: ExecutorOption = "",
    no_cache: NoCacheOption = False,
) -> None:
    """Show which countries provide for a provision, element by element, and where."""
    from legcheck import comparison
    from legcheck.reports.comparison.search import found_tables, found_tree, practice_of

    chosen, chosen_language = _chosen(checklist), language or terminal_language()
    with _stoppable():
        gathered = _gather(paths, chosen, jobs, executor, no_cache)
        made = comparison.assemble(gathered, chosen, Request(), chosen_language)
    id, _, letter = provision.replace(" ", ".").upper().partition(".")
    known = made.checklist.provisions
    letters = known[id].letters if id in known else ()
    if id not in known or (letter and letter.lower() not in letters):
        raise _unknown(provision, id, list(known), letters)
    search = practice_of(made, known[id], letter.lower(), words(chosen_language))
    if format is TextOrJson.JSON:
        say(json.dumps(found_tree(search), ensure_ascii=False, indent=1))
    else:
        show(*found_tables(search, words(chosen_language)))
    _finish(made.left_out, len(made.rows), gathered, language)


def cache(
    prune: Annotated[int | None, typer.Option("--prune", metavar="DAYS", min=0, help=help_text("cache_prune"))] = None,
    clear: Annotated[bool, typer.Option("--clear", help=help_text("cache_clear"))] = False,
) -> None:
    """Say what is remembered of files read before, and forget it."""
    from legcheck.batch import cache as kept

    labels, file = words(), kept.cache_file()
    if clear or prune is not None:
        gone = kept.prune(file, 0 if clear else prune or 0)
        say(labels("cli.cache.forgotten", count=gone))
    count, size = kept.usage(file)
    say(labels("cli.cache.holds", count=count, megabytes=f"{size / 1e6:.1f}", file=file))


def _chosen(checklist: str | None) -> Checklist | None:
    from legcheck.inputs import load

    return load(checklist) if checklist else None


def _check_groups(groups: str) -> None:
    from legcheck.comparison import REGIONS, SUBREGIONS

    if groups and groups not in (REGIONS, SUBREGIONS) and not Path(groups).is_file():
        raise typer.BadParameter(words()("cli.compare.no_groups", value=groups), param_hint="--groups")


def _gather(
    paths: list[Path], chosen: Checklist | None, jobs: int | None, executor: str, no_cache: bool, *, rescore: bool = False
) -> Batch:
    """Read all files; judged again by the newest version of their checklist where that is asked for and they differ."""
    from legcheck import batch, comparison
    from legcheck.batch.cache import cache_file
    from legcheck.batch.workers import DASK

    if executor and not executor.startswith(DASK):
        raise typer.BadParameter(words()("cli.compare.bad_executor", value=executor), param_hint="--executor")
    kept = None if no_cache else cache_file()
    with _progress() as on_progress:
        reader = comparison.reader_for(chosen)
        settings = {"jobs": jobs or _cores(), "executor": executor, "cache": kept, "on_progress": on_progress}
        gathered = batch.read(paths, reader, **settings)  # type: ignore[arg-type]
        target = (chosen or comparison.newest(gathered)) if rescore else None
        if target is not None:
            gathered = batch.read(paths, comparison.reader_for(chosen, target), **settings)  # type: ignore[arg-type]
    return gathered


def _cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _stoppable() -> Iterator[None]:
    """Ctrl-C ends the command at once, with its workers, whatever library is at work. Nothing is written until all is made."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        if sys.stderr.isatty():
            console(sys.stderr).show_cursor(True)
        say_error(words()("cli.compare.stopped"))
        for worker in multiprocessing.active_children():
            worker.kill()
        os._exit(INTERRUPTED)

    before = signal.signal(signal.SIGINT, stop)
    gc.disable()  # what is made here stays until the command ends: looking for what could be freed only takes time
    try:
        yield
    finally:
        gc.enable()
        signal.signal(signal.SIGINT, before)


@contextmanager
def _progress() -> Iterator[OnProgress]:
    """On a terminal, a line with how far the reading is and how long it will still take; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console(sys.stderr), transient=True) as progress:
        task = progress.add_task(words()("cli.compare.reading"), total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def _unknown(typed: str, id: str, known: list[str], letters: tuple[str, ...]) -> typer.BadParameter:
    labels = words()
    if letters:
        return typer.BadParameter(labels("cli.find.bad_letter", value=typed, allowed=", ".join(letters)), param_hint="ID")
    near = closest(id, known)
    hint = " " + labels("issues.did_you_mean", word=near) if near else ""
    return typer.BadParameter(labels("cli.find.bad_provision", value=typed) + hint, param_hint="ID")


def _finish(left_out: tuple[LeftOut, ...], compared: int, gathered: Batch, language: str | None) -> None:
    """Name every file that was left out, with its errors, and end with 1 where there are any."""
    labels = words(language)
    for one in left_out:
        errors = [issue for issue in one.issues if issue.severity is Severity.ERROR]
        for issue in errors[:_MOST_ISSUES_A_FILE]:
            print_issue(issue, one.file, labels.language)
        if len(errors) > _MOST_ISSUES_A_FILE:
            say_error(labels("cli.compare.more", count=len(errors) - _MOST_ISSUES_A_FILE, file=one.file))
    facts = {"files": gathered.files, "compared": compared, "left_out": len(left_out)}
    say_error(labels("cli.compare.done" if left_out else "cli.compare.all_done", **facts))
    if left_out:
        raise typer.Exit(1)
