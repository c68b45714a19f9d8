"""Reads one file of a batch into summaries, in any process or on any machine.

No file may stop the others: every problem, expected or not, becomes an issue of its file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from legcheck import provisions, workbook
from legcheck.analysis.summary import rescored, summarise, summarise_columns
from legcheck.batch.files import digests_of
from legcheck.files import digest_of
from legcheck.inputs import is_shipped, open_table, readings_of, sound
from legcheck.issues import NO_ANSWERS, OTHER_CHECKLIST, READING_FAILED, InputError, Location, Rule, reject, unread_in
from legcheck.model import Assessment, Checklist, LeftOut, Source, Summary
from legcheck.resources import bundled

MOST_NAMED = 10
# The longest text that fits in an Excel cell.
LONGEST_TEXT = 32_767
_MOST_BUILT = 16
_built: dict[str, Checklist] = {}


@dataclass(frozen=True)
class Sources:
    """What a checklist is built from, so that a machine without its files can build it too."""

    digest: str
    definition: Mapping[str, object]
    translations: Mapping[str, Mapping[str, str]]

    @classmethod
    def of(cls, checklist: Checklist) -> Sources:
        _keep(checklist.digest, checklist)
        return cls(checklist.digest, checklist.definition, checklist.translations)

    def built(self) -> Checklist:
        """The checklist, built once in each process."""
        if self.digest not in _built:
            _keep(self.digest, provisions.build_checklist(self.definition, translations=self.translations))  # type: ignore[arg-type]
        return _built[self.digest]


@dataclass(frozen=True)
class Reader:
    """How files are read: by a checklist of the caller's choice, if any, and rescored by another, if asked for."""

    chosen: Sources | None = None
    rescore_by: Sources | None = None

    @property
    def mark(self) -> str:
        """What identifies this way of reading: the digests of the checklists given, and one of all that come with the program."""
        digests = [one.digest if one is not None else "-" for one in (self.chosen, self.rescore_by)]
        return " ".join((*digests, _digest_of_shipped()))


@dataclass(frozen=True)
class Outcome:
    """What came of one file: its summaries, or what kept it out.

    `definitions` holds, by digest, the checklists that are neither shipped nor the chosen one: most come from result files.
    `unread` counts what somebody wrote in the file and nobody read.
    """

    file: str
    digest: str
    summaries: tuple[Summary, ...] = ()
    left_out: LeftOut | None = None
    definitions: Mapping[str, Sources] = field(default_factory=dict)
    unread: int = 0


def read_one(reader: Reader, name: str, content: bytes | None = None) -> Outcome:
    """Read one file; `content` holds its bytes if they were sent along, for lack of a shared disk."""
    path, digest = Path(name), ""
    try:
        content = workbook.read_bytes(path) if content is None else content
        digest = digest_of(content)
        return _summaries(reader, path, content, digest)
    except InputError as error:
        return Outcome(name, digest, left_out=LeftOut(name, error.issues))
    except MemoryError:
        return failed(name, READING_FAILED, problem="@issues.kind.memory")
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a bug exposed by this file, even a panic in a library
        return failed(name, READING_FAILED, problem=f"{type(error).__name__}: {error}"[:200])


def failed(name: str, rule: Rule, /, **facts: object) -> Outcome:
    """The outcome of a file that could not be read to the end."""
    return Outcome(name, "", left_out=LeftOut(name, reject(rule, Location(name), **facts).issues))


def _summaries(reader: Reader, path: Path, content: bytes, digest: str) -> Outcome:
    chosen = reader.chosen.built() if reader.chosen else None
    if workbook.is_answers_table(path, content):
        return _of_table(reader, path, open_table(path, chosen, content), digest)
    (reading,) = readings_of(path, chosen, content, errors_only=True)
    summary = _bounded(_summary(reader, reading.checklist, sound(reading, path), path), path)
    known = _is_known(reader, reading.checklist)
    definitions = {} if known else {reading.checklist.digest: Sources.of(reading.checklist)}
    unread, named = unread_in(reading.issues), replace(summary, source=Source(path.name, digest))
    return Outcome(str(path), digest, (named,), definitions=definitions, unread=unread)


def _of_table(reader: Reader, path: Path, table: workbook.AnswersTable, digest: str) -> Outcome:
    """The summaries of the assessments of an answers table that have no errors; the others are left out by name."""
    found = table.read(errors_only=True)
    if reader.rescore_by is None:
        summaries = summarise_columns(table.checklist, found.columns())
    else:
        summaries = [_summary(reader, table.checklist, one, path) for one in found.assessments(sound=True)]
    without = found.left_out
    if not summaries and not without:
        raise reject(NO_ANSWERS, Location(str(path)))
    more = ", ..." if len(without) > MOST_NAMED else ""
    named = f"{path} ({', '.join(without[:MOST_NAMED])}{more})" if summaries else str(path)
    left_out = LeftOut(named, tuple(found.issues)) if without else None
    bounded = tuple(_bounded(one, path) for one in summaries)
    return Outcome(str(path), digest, bounded, left_out, unread=unread_in(found.issues))


def _summary(reader: Reader, checklist: Checklist, assessment: Assessment, path: Path) -> Summary:
    target = reader.rescore_by.built() if reader.rescore_by else None
    if target is None or target.digest == checklist.digest:
        return summarise(checklist, assessment)
    if target.id != checklist.id:
        raise reject(OTHER_CHECKLIST, Location(str(path)), value=checklist.id, allowed=target.id)
    return rescored(target, checklist, assessment)


def _bounded(summary: Summary, path: Path) -> Summary:
    """Refuse names longer than a cell can hold: repeated in every row of a table, they would exhaust the memory."""
    if max(len(summary.country_name), len(summary.title), summary.citations.longest) > LONGEST_TEXT:
        raise workbook.too_big(Location(str(path)))
    return summary


def _is_known(reader: Reader, checklist: Checklist) -> bool:
    """Whether the caller already has this checklist."""
    return (reader.chosen is not None and checklist.digest == reader.chosen.digest) or is_shipped(checklist)


def _keep(digest: str, checklist: Checklist) -> None:
    if len(_built) == _MOST_BUILT:
        _built.clear()
    _built[digest] = checklist


@cache
def _digest_of_shipped() -> str:
    """One digest of the files of all checklists that come with the program."""
    return digest_of("".join(digests_of(sorted(bundled("provisions").rglob("*.yaml")))).encode())
