"""Keeps summaries by the content of their files, so that files read before are not read again.

The key covers all that a summary follows from: the bytes of the file and its kind, the checklists, how figures are worked out and
the version of the program. Each entry has a checksum; one that is damaged or does not have the form of a summary is ignored.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import astuple
from datetime import date
from functools import cached_property, lru_cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from legcheck import __version__
from legcheck.analysis.figures import SCORING
from legcheck.batch.reading import Outcome, Reader
from legcheck.model import ChecklistMark, Kind, Scope, Source, Summary, Texts

KEPT_DAYS = 90
_SECONDS_A_DAY = 86_400
_WAIT_SECONDS = 10
_TABLE = "CREATE TABLE IF NOT EXISTS summaries (key BLOB PRIMARY KEY, sum BLOB, content BLOB, used INTEGER) WITHOUT ROWID"
# How many bytes hold the length of a head.
_LENGTH = 4
# SQLite's errors for a file that is not a cache, as opposed to one that is busy or cannot be written.
_NO_CACHE = (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class Cache:
    """Summaries kept in one file that only its owner can read. A cache that cannot be used is as good as none."""

    def __init__(self, file: Path, reader: Reader) -> None:
        self.file = file
        self.mark = f"{__version__} {SCORING} {reader.mark}"
        self._tidied = False

    def known(self, digests: Mapping[str, str]) -> Mapping[str, Outcome]:
        """The outcomes kept for files, by the digests of their content; damaged entries are left out."""
        keys = {file: self._key(file, digest) for file, digest in digests.items()}
        kept = {}
        try:
            for key, checksum, content in self._rows(list(dict.fromkeys(keys.values()))):
                kept[key] = _read(checksum, content)
        except sqlite3.Error:
            self._give_up()
        found = ((file, kept.get(key)) for file, key in keys.items())
        return {file: one for file, one in found if one is not None and one.digest == digests[file]}

    def keep(self, outcomes: Iterable[Outcome]) -> None:
        """Keep the outcomes of files that could be read, and drop those not used for a long time."""
        today = int(time.time()) // _SECONDS_A_DAY
        # Outcomes that depend on checklists inside result files are not kept: such files are few.
        sound = [one for one in outcomes if one.left_out is None and one.digest and not one.definitions]
        rows = [(self._key(one.file, one.digest), *_written(one), today) for one in sound]
        if not rows or self._store is None:
            return
        try:
            with self._store:
                self._store.executemany("INSERT OR REPLACE INTO summaries VALUES (?, ?, ?, ?)", rows)
                if not self._tidied:  # once is enough: this reads the whole table
                    self._store.execute("DELETE FROM summaries WHERE used < ?", (today - KEPT_DAYS,))
            self._tidied = True
        except sqlite3.Error:
            self._give_up()

    @property
    def empty(self) -> bool:
        """Whether the cache is empty, so that no file needs to be looked up."""
        try:
            return self._store is None or self._store.execute("SELECT 1 FROM summaries LIMIT 1").fetchone() is None
        except sqlite3.Error:
            return True

    def close(self) -> None:
        if self._store is not None:
            self._store.close()

    def _give_up(self) -> None:
        """Carry on without a cache, so that a locked or damaged one is waited for only once."""
        self.close()
        self._store = None

    @cached_property
    def _store(self) -> sqlite3.Connection | None:
        try:
            return _opened(self.file)
        except (sqlite3.Error, OSError):
            return None

    def _rows(self, keys: list[bytes]) -> Iterator[tuple[bytes, bytes, bytes]]:
        if self._store is None:
            return
        today = int(time.time()) // _SECONDS_A_DAY
        for start in range(0, len(keys), 500):
            some = keys[start : start + 500]
            marks = ",".join("?" * len(some))
            stale = []
            wanted = f"SELECT key, sum, content, used FROM summaries WHERE key IN ({marks})"  # noqa: S608
            for key, checksum, content, used in self._store.execute(wanted, some):
                yield key, checksum, content
                if used != today:
                    stale.append((today, key))
            with self._store:
                self._store.executemany("UPDATE summaries SET used = ? WHERE key = ?", stale)

    def _key(self, file: str, digest: str) -> bytes:
        kind = Path(file).suffix.lower()
        return hashlib.sha256(f"{kind} {digest} {self.mark}".encode(errors="surrogateescape")).digest()


def usage(file: Path) -> tuple[int, int]:
    """How many entries are kept, and in how many bytes; none in a file that is no cache."""
    if not file.is_file():
        return 0, 0
    try:
        with closing(_opened(file)) as store:
            return store.execute("SELECT count(*) FROM summaries").fetchone()[0], file.stat().st_size
    except sqlite3.Error:
        return 0, file.stat().st_size


def prune(file: Path, days: int) -> int:
    """Drop what was not used for that many days, free its space, and return how many summaries were dropped.

    A file that is no longer a cache is removed as a whole; one that another process is busy with keeps what it has.
    """
    if not file.is_file():
        return 0
    before = max(0, int(time.time()) // _SECONDS_A_DAY - days)
    gone = 0
    try:
        with closing(_opened(file)) as store:
            with store:
                gone = store.execute("DELETE FROM summaries WHERE used <= ?", (before,)).rowcount
            store.execute("VACUUM")
    except sqlite3.Error as error:
        if error.sqlite_errorcode in _NO_CACHE:
            with suppress(OSError):
                file.unlink()
    return gone


def _opened(file: Path) -> sqlite3.Connection:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not file.exists():
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    store = sqlite3.connect(file, timeout=_WAIT_SECONDS)
    # Every entry has a checksum, so there is no need to wait until it is on disk.
    store.execute("PRAGMA synchronous = OFF")
    store.execute(_TABLE)
    return store


def _written(outcome: Outcome) -> tuple[bytes, bytes]:
    """The checksum and content of an outcome: the length of the head, the head in JSON, then the packed parts in turn."""
    parts = [part for one in outcome.summaries for part in _parts(one)]
    head = json.dumps(
        [outcome.digest, outcome.unread, *map(_head, outcome.summaries)], ensure_ascii=False, separators=(",", ":")
    ).encode()
    content = b"".join((len(head).to_bytes(_LENGTH), head, *parts))
    return hashlib.sha256(content).digest(), content


def _read(checksum: bytes, content: bytes) -> Outcome | None:
    if not isinstance(content, bytes) or hashlib.sha256(content).digest() != checksum:
        return None
    try:
        start = _LENGTH + int.from_bytes(content[:_LENGTH])
        digest, unread, *heads = json.loads(content[_LENGTH:start])
        summaries = []
        for head in heads:
            summary, start = _unpacked(head, content, start)
            summaries.append(summary)
        return Outcome("", digest, tuple(summaries), unread=int(unread)) if start == len(content) else None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _parts(one: Summary) -> tuple[bytes, ...]:
    packed = one.ratings, one.if_adopted, one.typed, one.elements, one.elements_if_adopted, one.beside
    return *packed, one.citations.lengths, one.citations.content


def _head(one: Summary) -> list[Any]:
    return [
        [one.country, one.country_name, one.as_of.isoformat(), one.scope.value, one.title, one.kind.value],
        *(None if mark is None else astuple(mark) for mark in (one.checklist, one.rescored_from)),
        astuple(one.source),
        one.not_carried,
        [len(part) for part in _parts(one)],
    ]


def _unpacked(head: list[Any], content: bytes, start: int) -> tuple[Summary, int]:
    """The summary that begins at `start` in the content, and where it ends."""
    (country, name, as_of, scope, title, kind), mark, before, source, lost, lengths = head
    ends = list(accumulate(lengths, initial=start))
    ratings, later, typed, elements, elements_later, beside, text_lengths, texts = (content[a:b] for a, b in pairwise(ends))
    summary = Summary(
        country=country,
        country_name=name,
        as_of=date.fromisoformat(as_of),
        scope=Scope(scope),
        title=title,
        checklist=_mark(*mark),
        source=Source(*source),
        ratings=ratings,
        elements=elements,
        citations=Texts(text_lengths, texts),
        if_adopted=later,
        elements_if_adopted=elements_later,
        typed=typed,
        beside=beside,
        rescored_from=_mark(*before) if before is not None else None,
        not_carried=tuple(lost),
        kind=Kind(kind),
    )
    return summary, ends[-1]


@lru_cache(64)
def _mark(*parts: Any) -> ChecklistMark:
    """The mark of a checklist, made once: thousands of assessments share it."""
    return ChecklistMark(*parts)
