"""From files to the summaries that can be compared, each problem told, none stopping the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from legcheck.batch.cache import Cache
from legcheck.batch.executors import read_parcels, workers_for
from legcheck.batch.work import Outcome, Reader, Sources
from legcheck.files import digest_of
from legcheck.issues import SAME_ASSESSMENT, Issue, Issues, Location
from legcheck.model import LeftOut, Summary
from legcheck.workbook.reading.guards import LARGEST_FILE

Told = Callable[[int, int], None]
_READ_AT_ONCE = 8


@dataclass(frozen=True)
class Gathered:
    """What was read: summaries in the order of the files, what was left out, and checklists that came inside result files.

    `paths` holds the file of each summary.
    """

    summaries: tuple[Summary, ...]
    paths: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    sources: Mapping[str, Sources]
    files: int


def gather(
    files: Sequence[Path],
    reader: Reader,
    *,
    jobs: int = 1,
    executor: str = "",
    cache: Path | None = None,
    told: Told = lambda _done, _all: None,
) -> Gathered:
    """Read all files; `told` hears how many are done of how many, `cache` is the file of what is remembered, if any.

    Raises:
        InputError: the cluster asked for cannot be reached.
    """
    kept = Cache(cache, reader) if cache is not None else None
    outcomes = _remembered(files, kept) if kept is not None and not kept.empty else {}
    missing = [file for file in files if str(file) not in outcomes]
    told(len(outcomes), len(files))
    if missing:
        with workers_for(executor, jobs, len(missing)) as workers:
            for parcel in read_parcels(workers, reader, missing):
                outcomes |= {one.file: one for one in parcel}
                if kept is not None:
                    kept.keep(parcel)
                told(len(outcomes), len(files))
    if kept is not None:
        kept.close()
    return _gathered([outcomes[str(file)] for file in files])


def _remembered(files: Sequence[Path], cache: Cache) -> dict[str, Outcome]:
    """The outcomes that the cache has for the content of these files."""
    with ThreadPoolExecutor(_READ_AT_ONCE) as threads:
        digests = dict(zip(map(str, files), threads.map(_digest, files), strict=True))
    known = cache.known({file: digest for file, digest in digests.items() if digest})
    return {file: _named(outcome, file) for file, outcome in known.items()}


def _digest(file: Path) -> str:
    try:
        return digest_of(file.read_bytes()) if file.is_file() and file.stat().st_size <= LARGEST_FILE else ""
    except (OSError, ValueError):
        return ""


def _named(outcome: Outcome, file: str) -> Outcome:
    """What is remembered of a content, under the name it has now."""
    name = Path(file).name
    named = tuple(replace(one, source=replace(one.source, name=name)) for one in outcome.summaries)
    return replace(outcome, file=file, summaries=named)


def _gathered(outcomes: Sequence[Outcome]) -> Gathered:
    left_out = {one.left_out.file: list(one.left_out.issues) for one in outcomes if one.left_out is not None}
    kept = _told_apart([(one.file, summary) for one in outcomes for summary in one.summaries], left_out)
    return Gathered(
        summaries=tuple(summary for _, summary in kept),
        paths=tuple(file for file, _ in kept),
        left_out=tuple(LeftOut(file, tuple(issues)) for file, issues in left_out.items()),
        sources={digest: sources for one in outcomes for digest, sources in one.definitions.items()},
        files=len(outcomes),
    )


def _told_apart(summaries: Iterable[tuple[str, Summary]], left_out: dict[str, list[Issue]]) -> list[tuple[str, Summary]]:
    """The summaries, each with its file, of which there is one for a country and date.

    Of several that say the same, the first is kept; of several that differ none, since nobody but their authors can say which
    is right. Either way each file is told which other holds the same country and date.
    """
    groups: dict[object, list[tuple[str, Summary]]] = {}
    for file, summary in summaries:
        groups.setdefault(summary.key, []).append((file, summary))
    kept: list[tuple[str, Summary]] = []
    for group in groups.values():
        same = len(group) == 1 or len({_content(summary) for _, summary in group}) == 1
        if same:
            kept.append(group[0])
        for place, (file, summary) in enumerate(group):
            if len(group) > 1 and (place or not same):
                others = ", ".join(other for at, (other, _) in enumerate(group) if at != place)
                left_out.setdefault(file, []).append(_same(file, summary, others, same=same))
    return kept


def _content(summary: Summary) -> object:
    """What an assessment says, apart from the file that says it."""
    return repr(replace(summary, source=replace(summary.source, name="", digest="")))


def _same(file: str, summary: Summary, others: str, *, same: bool) -> Issue:
    found = Issues()
    facts = {"country": summary.country, "as_of": summary.as_of.isoformat(), "others": others}
    found.add(SAME_ASSESSMENT, Location(file), **facts, kept=f"@issues.same.{'one' if same else 'none'}")
    return found.found[0]
