"""Reads many files at once: finds them in folders, reads them in several processes or on a cluster, and caches them by content.

Importing this package is cheap: the readers are imported when `read` is called.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from legcheck.resources import cache_folder

if TYPE_CHECKING:
    from legcheck.batch.cache import Cache
    from legcheck.batch.reading import Outcome, Reader, Sources
    from legcheck.model import LeftOut, Summary

OnProgress = Callable[[int, int], None]
_CACHED_AT_ONCE = 16


@dataclass(frozen=True)
class Batch:
    """What was read from many files.

    Attributes:
        summaries: the assessments, in the order of their files.
        paths: the file of each summary.
        left_out: the files and folders that could not be used, each with its issues.
        sources: the checklists that came inside result files, by digest.
        files: how many files were found.
        unread: how many things were not read in each file that holds any.
    """

    summaries: tuple[Summary, ...]
    paths: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    sources: Mapping[str, Sources]
    files: int
    unread: Mapping[str, int] = field(default_factory=dict)


def read(
    paths: Iterable[Path],
    reader: Reader,
    *,
    jobs: int = 1,
    executor: str = "",
    cache: Path | None = None,
    digests: Mapping[str, str] | None = None,
    on_progress: OnProgress = lambda _done, _total: None,
) -> Batch:
    """Read files, and the files in folders; a problem with one file never stops the others.

    Args:
        paths: files and folders.
        reader: how each file is read.
        jobs: how many processes read at once.
        executor: ``dask:ADDRESS`` to read on a cluster instead.
        cache: the file to cache summaries in, if any.
        digests: digests of files by path, if already taken.
        on_progress: called with the number of files done and the total.

    Raises:
        InputError: there are no files, or the cluster cannot be reached.
    """
    from legcheck.batch.cache import Cache
    from legcheck.batch.duplicates import without_duplicates
    from legcheck.batch.files import find_files
    from legcheck.batch.workers import read_all

    files, closed_folders = find_files(paths)
    kept = Cache(cache, reader) if cache is not None else None
    outcomes = _cached(files, kept, digests or {}) if kept is not None and not kept.empty else {}
    missing = [file for file in files if str(file) not in outcomes]
    on_progress(len(outcomes), len(files))
    read_now = read_all(missing, reader, jobs, executor)
    while some := list(islice(read_now, _CACHED_AT_ONCE)):
        outcomes |= {one.file: one for one in some}
        if kept is not None:
            kept.keep(some)
        on_progress(len(outcomes), len(files))
    if kept is not None:
        kept.close()
    in_order = [outcomes[str(file)] for file in files]
    summaries, left_out = without_duplicates(in_order)
    return Batch(
        summaries=tuple(summary for _, summary in summaries),
        paths=tuple(file for file, _ in summaries),
        left_out=(*closed_folders, *left_out),
        sources={digest: sources for one in in_order for digest, sources in one.definitions.items()},
        files=len(files),
        unread={one.file: one.unread for one in in_order if one.unread},
    )


def cache_file() -> Path:
    """The file of the summaries kept."""
    return cache_folder() / "summaries.sqlite"


def _cached(files: Sequence[Path], cache: Cache, digests: Mapping[str, str]) -> dict[str, Outcome]:
    """The outcomes that the cache holds for the content of these files, by file."""
    from legcheck.batch.files import digests_of

    names = [str(file) for file in files]
    new = [name for name in names if name not in digests]
    found = {**digests, **dict(zip(new, digests_of(new), strict=True))}
    known = cache.known({name: found[name] for name in names if found[name]})
    return {file: _renamed(outcome, file) for file, outcome in known.items()}


def _renamed(outcome: Outcome, file: str) -> Outcome:
    """A cached outcome, under the current name of its file."""
    name = Path(file).name
    if any(one.source.name != name for one in outcome.summaries):
        summaries = tuple(replace(one, source=replace(one.source, name=name)) for one in outcome.summaries)
        outcome = replace(outcome, summaries=summaries)
    return replace(outcome, file=file)
