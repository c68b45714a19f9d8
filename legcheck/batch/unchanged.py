"""Recognises a comparison that would give the same outputs as before, so that they can be left as they are.

After each comparison, a note in the cache folder records the request, the program itself, and every file read or written, all by
content: times prove nothing, since a file can change within the clock's resolution. Nothing heavy is imported here, because this
check must cost next to nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from legcheck import __version__
from legcheck.batch.files import digests_of, find_files
from legcheck.files import Content, digest_of, write_whole
from legcheck.issues import READING_FAILED, READING_TOO_LONG, RULES, InputError, Issue, Location
from legcheck.kept import FOLDER
from legcheck.model import LeftOut
from legcheck.resources import bundled

KEPT_DAYS = 90
_SECONDS_A_DAY = 86_400
_NOTES = "comparisons"
_DATA_FOLDERS = ("provisions", "reports")
# A busy machine may give up on a file that it can read tomorrow.
_PASSING = (READING_FAILED, READING_TOO_LONG)


@dataclass(frozen=True)
class Finished:
    """How a comparison ended: the names of its outputs, the number of assessments, of readings of named texts and of files.

    `left_out` holds the files that could not be used, `unread` how many things were not read in each of the others.
    """

    outputs: tuple[str, ...]
    assessments: int
    readings: int
    files: int
    left_out: tuple[LeftOut, ...]
    unread: Mapping[str, int]


class Basis:
    """Everything that a comparison depends on: the request, the program, and the content of every file to read.

    `digests` holds the digest of each file to read, by its path.
    """

    def __init__(
        self, cache: Path, paths: Iterable[Path], out: Path, *, checklist: str | None, groups: str, options: object
    ) -> None:
        """Take digests of all files before any is read, so that a change in between is noticed next time.

        Args:
            cache: the cache folder.
            paths: the files and folders to compare.
            out: the folder of the outputs.
            checklist: the id or path of the checklist chosen, if any.
            groups: the path of a table of groups, or a word that stands for groups.
            options: everything else in the request, compared as text.
        """
        asked = "\0".join((os.path.realpath(out), str(checklist), groups, str(options)))
        self.cache = cache
        self.out = out
        self.note = cache / _NOTES / f"{digest_of(os.fsencode(asked))}.json"
        self.digests, self.content = _content(paths, [*_checklist_files(checklist), *_existing(groups)])
        self._written: dict[str, str] = {}

    def finished_before(self) -> Finished | None:
        """How the same comparison ended, if everything that it read and wrote is as it was then; otherwise None."""
        try:
            note = json.loads(self.note.read_bytes())
            outputs = note["outputs"]
            if not self.content or note["content"] != self.content:
                return None
            if digests_of([self.out / name for name in outputs]) != list(outputs.values()):
                return None
            left_out = tuple(map(_left_out, note["left_out"]))
            return Finished(tuple(outputs), note["assessments"], note["readings"], note["files"], left_out, note["unread"])
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return None

    def noted(self, outputs: Mapping[str, Content]) -> dict[str, Iterator[bytes]]:
        """The same outputs by name, whose digests are taken while they are written: later they may have been changed."""
        return {name: self._noted(name, content) for name, content in outputs.items()}

    def _noted(self, name: str, content: Content) -> Iterator[bytes]:
        digest = hashlib.sha256()
        for part in (content,) if isinstance(content, bytes) else content:
            digest.update(part)
            yield part
        self._written[name] = digest.hexdigest()

    def remember(self, finished: Finished) -> None:
        """Note how the comparison ended, and remove old notes; do nothing if the cache cannot be written."""
        passing = any(issue.rule in _PASSING for one in finished.left_out for issue in one.issues)
        if not self.content or passing:
            return
        note = {
            "content": self.content,
            "outputs": self._written,
            "assessments": finished.assessments,
            "readings": finished.readings,
            "files": finished.files,
            "left_out": [_tree(one) for one in finished.left_out],
            "unread": dict(finished.unread),
        }
        with suppress(OSError, InputError):
            self.note.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            forget(self.cache, KEPT_DAYS)
            write_whole(self.note, json.dumps(note).encode(), overwrite=True, lasting=False)
            self.note.chmod(0o600)


def forget(cache: Path, days: int) -> None:
    """Remove the notes and trees that are at least that many days old from a cache folder."""
    now = time.time()
    for file in (*(cache / _NOTES).glob("*.json"), *(cache / FOLDER).glob("*.*")):
        with suppress(OSError):
            if now - file.stat().st_mtime >= days * _SECONDS_A_DAY:
                file.unlink()


def _content(paths: Iterable[Path], settings: Iterable[Path]) -> tuple[Mapping[str, str], str]:
    """The digests of files by path, and one of them all, by name and content, and of the program; empty if one cannot be read."""
    try:
        files, closed_folders = find_files(paths)
    except InputError:  # there are no files: the comparison itself will report it
        return {}, ""
    inputs = [str(file) for file in (*files, *settings)]
    digests = digests_of([*inputs, *_program_files()])
    found = dict(zip(inputs, digests, strict=False))
    if closed_folders or not all(digests):
        return found, ""
    return found, digest_of(os.fsencode("\0".join((__version__, str(len(inputs)), *inputs, *digests))))


def _checklist_files(checklist: str | None) -> list[Path]:
    """The files that a checklist outside the program may consist of: its parts, and a register in the folder above."""
    path = Path(checklist or "")
    if not checklist or not path.exists():
        return []
    folder = path if path.is_dir() else path.parent
    return sorted({*_existing(checklist), *folder.glob("*.yaml"), *folder.glob("*/*.yaml"), *folder.parent.glob("*.yaml")})


def _existing(name: str) -> list[Path]:
    return [Path(name)] if name and Path(name).is_file() else []


def _program_files() -> list[Path]:
    """The files of the program and its data."""
    roots = [Path(__file__).parents[1], *map(bundled, _DATA_FOLDERS)]
    found = (Path(place, name) for root in roots for place, _, names in os.walk(root) for name in names)
    return sorted(file for file in found if file.suffix != ".pyc")


def _tree(one: LeftOut) -> list[Any]:
    return [one.file, [[issue.code, astuple(issue.at), issue.facts] for issue in one.issues]]


def _left_out(tree: list[Any]) -> LeftOut:
    rules = {rule.code: rule for rule in RULES}
    file, issues = tree
    return LeftOut(file, tuple(Issue(rules[code], Location(*at), tuple(map(tuple, facts))) for code, at, facts in issues))
