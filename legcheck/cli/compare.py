"""Commands on many assessments: compare, find, cache."""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from legcheck.cli import INTERRUPTED
from legcheck.cli.options import (
    ChecklistOption,
    ForceOption,
    LanguageOption,
    MarkingOption,
    PrintOption,
    ReferencesOption,
    TextOrJson,
    formats,
)
from legcheck.cli.terminal import (
    console,
    help_text,
    labels_in,
    print_alike,
    say,
    say_data,
    say_error,
    say_files,
    say_unread,
    show,
)
from legcheck.files import check_free, write_files
from legcheck.issues import Severity
from legcheck.model import Request, one_line

if TYPE_CHECKING:
    from legcheck.batch import Batch, OnProgress
    from legcheck.batch.unchanged import Finished
    from legcheck.model import Checklist

_MOST_ISSUES_A_FILE = 10
_MOST_NAMED = 10
# A killed process takes a moment to end, or longer if the system holds it, as when a network drive does not answer.
_SECONDS_TO_END = 2

FORMATS = "html,xlsx,csv,parquet,json"

PathsArgument = Annotated[list[Path], typer.Argument(metavar="PATH...", help=help_text("paths"))]
JobsOption = Annotated[int | None, typer.Option("--jobs", metavar="N", min=1, help=help_text("jobs"))]
ExecutorOption = Annotated[str, typer.Option("--executor", metavar="dask:ADDRESS", help=help_text("executor"))]
NoCacheOption = Annotated[bool, typer.Option("--no-cache", help=help_text("no_cache"))]


def compare(
    paths: PathsArgument,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help=help_text("compare_out"))],
    format: Annotated[str, typer.Option("--format", metavar="LIST", help=help_text("compare_format"))] = FORMATS,
    checklist: ChecklistOption = None,
    groups: Annotated[str, typer.Option("--groups", metavar="FILE|regions|subregions", help=help_text("groups"))] = "",
    anonymous: Annotated[bool, typer.Option("--anonymous", help=help_text("anonymous"))] = False,
    rescore: Annotated[bool, typer.Option("--rescore", help=help_text("rescore"))] = False,
    robustness: Annotated[int, typer.Option("--robustness", metavar="N", min=0, max=100_000, help=help_text("robustness"))] = 0,
    seed: Annotated[int, typer.Option("--seed", metavar="N", min=0, help=help_text("seed"))] = 1,
    marking: MarkingOption = "",
    language: LanguageOption = None,
    jobs: JobsOption = None,
    executor: ExecutorOption = "",
    no_cache: NoCacheOption = False,
    force: ForceOption = False,
) -> None:
    """Set many assessments side by side."""
    from legcheck.batch import cache_file
    from legcheck.batch.unchanged import Basis, Finished

    labels = labels_in(language)
    request = Request(anonymous, groups, rescore, robustness, seed, one_line("marking", marking))
    options = (format, request, labels.language, executor)
    with _stoppable():
        basis = None if no_cache else Basis(cache_file().parent, paths, out, checklist=checklist, groups=groups, options=options)
        finished = basis.finished_before() if basis is not None and force else None
    if finished is None:
        from legcheck import app

        wanted = formats(format, app.COMPARISON_FORMATS)
        _check_groups(groups)
        _check_executor(executor)
        check_free((out / name for name in app.comparison_names(wanted)), overwrite=force)
        chosen = _chosen(checklist)
        with _stoppable():
            digests = basis.digests if basis is not None else None
            many = _read(paths, chosen, jobs, executor, no_cache, rescore=rescore, digests=digests)
            made = app.assemble(many, chosen, request, labels.language)
            outputs = app.comparison_files(made, wanted, labels)
            write_files(out, outputs if basis is None else basis.noted(outputs), overwrite=force)
        finished = Finished(tuple(outputs), len(made.scored), len(made.readings), many.files, made.left_out, many.unread)
        if basis is not None:
            basis.remember(finished)
    say_files(out / name for name in finished.outputs)
    _say_passed_over(paths, language, out)
    _say_left_out(finished, language)
    _finish(finished, language)


def find(
    provision: Annotated[str, typer.Argument(metavar="ID", help=help_text("find_id"))],
    paths: PathsArgument,
    references: ReferencesOption = None,
    checklist: ChecklistOption = None,
    format: PrintOption = TextOrJson.TEXT,
    language: LanguageOption = None,
    jobs: JobsOption = None,
    executor: ExecutorOption = "",
    no_cache: NoCacheOption = False,
) -> None:
    """Show which countries provide for a provision, element by element, and where."""
    from legcheck import app
    from legcheck.batch.unchanged import Finished
    from legcheck.reports.comparison.search import found_tree
    from legcheck.reports.terminal import found_tables

    _check_executor(executor)
    labels, chosen = labels_in(language), _chosen(checklist)
    with _stoppable():
        many = _read(paths, chosen, jobs, executor, no_cache)
        made = app.assemble(many, chosen, Request(), labels.language)
    search = app.find_in(made, provision, labels.language, app.references_for(references, *paths))
    finished = Finished((), len(made.scored), len(made.readings), many.files, made.left_out, many.unread)
    _say_left_out(finished, language, named=1)
    if format is TextOrJson.JSON:
        say_data(json.dumps(found_tree(search), ensure_ascii=False, indent=1))
    else:
        show(*found_tables(search, labels))
    _say_passed_over(paths, language)
    _finish(finished, language)


def cache(
    prune: Annotated[int | None, typer.Option("--prune", metavar="DAYS", min=0, help=help_text("cache_prune"))] = None,
    clear: Annotated[bool, typer.Option("--clear", help=help_text("cache_clear"))] = False,
) -> None:
    """Show or clear the cache."""
    from legcheck.batch import cache as kept
    from legcheck.batch import cache_file, unchanged

    labels, file = labels_in(), cache_file()
    if clear or prune is not None:
        unchanged.forget(file.parent, 0 if clear else prune or 0)
        gone = kept.prune(file, 0 if clear else prune or 0)
        say(labels("cli.cache.forgotten", count=gone))
    count, size = kept.usage(file)
    say(labels("cli.cache.holds", count=count, megabytes=labels.number(Fraction(size, 1_000_000)), file=file))


def _chosen(checklist: str | None) -> Checklist | None:
    from legcheck.inputs import load

    return load(checklist) if checklist else None


def _check_groups(groups: str) -> None:
    from legcheck.app import REGIONS, SUBREGIONS

    if groups and groups not in (REGIONS, SUBREGIONS) and not Path(groups).is_file():
        raise typer.BadParameter(labels_in()("cli.compare.no_groups", value=groups), param_hint="--groups")


def _check_executor(executor: str) -> None:
    from legcheck.batch.workers import DASK

    if executor and not executor.startswith(DASK):
        raise typer.BadParameter(labels_in()("cli.compare.bad_executor", value=executor), param_hint="--executor")


def _read(
    paths: list[Path],
    chosen: Checklist | None,
    jobs: int | None,
    executor: str,
    no_cache: bool,
    *,
    rescore: bool = False,
    digests: Mapping[str, str] | None = None,
) -> Batch:
    from legcheck import app

    with _progress() as on_progress:
        return app.read_many(
            paths,
            chosen,
            rescore=rescore,
            jobs=jobs or _cores(),
            executor=executor,
            use_cache=not no_cache,
            digests=digests,
            on_progress=on_progress,
        )


def _cores() -> int:
    """The number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _stoppable() -> Iterator[None]:
    """Let Ctrl-C end the command and its workers at once, whatever library is running. Nothing is written until all is made."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        if sys.stderr.isatty():
            console(sys.stderr).show_cursor(True)
        say_error(labels_in()("cli.compare.stopped"))
        from multiprocessing import active_children

        workers = active_children()
        for worker in workers:
            worker.kill()
        for worker in workers:
            worker.join(_SECONDS_TO_END)
        os._exit(INTERRUPTED)

    before = signal.signal(signal.SIGINT, stop)
    gc.disable()  # all objects live until the command ends: looking for garbage only takes time
    try:
        yield
    finally:
        gc.enable()
        signal.signal(signal.SIGINT, before)


@contextmanager
def _progress() -> Iterator[OnProgress]:
    """Show on a terminal how far reading has come and how long it will still take; show nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console(sys.stderr), transient=True) as progress:
        task = progress.add_task(labels_in()("cli.compare.reading"), total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def _say_passed_over(paths: list[Path], language: str | None, out: Path | None = None) -> None:
    """Name what the folders hold beside what was read or written into `out`, so that no country is missing without a word."""
    from legcheck.batch.files import passed_over

    written = out.resolve() if out is not None else None
    if found := [path for path in passed_over(paths) if path.parent.resolve() != written]:
        labels = labels_in(language)
        names = labels.join(path.name for path in found[:_MOST_NAMED])
        more = " ..." if len(found) > _MOST_NAMED else ""
        say_error(labels("cli.compare.passed_over", count=len(found), names=f"{names}{more}"))


def _say_left_out(finished: Finished, language: str | None, *, named: int = _MOST_ISSUES_A_FILE) -> None:
    """Name the files not read in full, and those left out with so many of their errors."""
    labels = labels_in(language)
    for file, count in finished.unread.items():
        say_unread(count, file)
    for one in finished.left_out:
        errors = [issue for issue in one.issues if issue.severity is Severity.ERROR]
        print_alike([replace(issue, at=replace(issue.at, file=one.file)) for issue in errors[:named]], labels)
        if rest := len(errors[named:]):
            say_error(labels("cli.compare.more", count=rest, file=one.file))


def _finish(finished: Finished, language: str | None) -> None:
    """Say how many files were read and compared; exit with 1 if any were left out."""
    labels = labels_in(language)
    counts = {"assessments": finished.assessments, "readings": finished.readings}
    facts = {
        "files": labels("common.count.files", count=finished.files),
        "compared": labels.listed([labels(f"common.count.{name}", count=count) for name, count in counts.items() if count]),
        "count": len(finished.left_out),
    }
    say_error(labels("cli.compare.done" if finished.left_out else "cli.compare.all_done", **facts))
    if finished.left_out:
        raise typer.Exit(1)
