"""Files that break their reader: whatever one does to the process that reads it, it is reported and the others are read."""

import itertools
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from legcheck import batch
from legcheck.batch import reading, workers
from legcheck.batch.reading import Reader
from legcheck.issues import READING_FAILED, READING_TOO_LONG, Location, reject
from tests.batch.conftest import filled

pytestmark = pytest.mark.slow

READ = reading.readings_of


def unforeseen(path: Path) -> None:
    raise ZeroDivisionError(f"in {path.name}")


def without_end(path: Path) -> None:
    while True:
        pass


def without_end_whatever_happens(path: Path) -> None:
    """Catches what is meant to stop it, once."""
    try:
        without_end(path)
    except Exception:
        without_end(path)


def without_end_in_a_library(path: Path) -> None:
    """Handles no signal until it is done, in a thousand years."""
    sum(itertools.repeat(0, 10**15))


def endless_memory(path: Path) -> None:
    held = []
    while True:
        held.append(bytearray(64_000_000))


def dead(path: Path) -> None:
    os._exit(3)


def killed(path: Path) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def exits(path: Path) -> None:
    sys.exit(4)


class _PanicError(BaseException):
    """What libraries written in Rust raise: no ordinary exception."""


def panics(path: Path) -> None:
    raise _PanicError("unreachable")


@pytest.fixture
def hostile(monkeypatch):
    """Makes every file whose name begins with ``bad`` do this when it is read, in whatever process."""

    def make(deed) -> None:
        def read(path, *rest, **settings):
            if path.name.startswith("bad"):
                deed(path)
            return READ(path, *rest, **settings)

        monkeypatch.setattr(reading, "readings_of", read)
        if deed in ENDLESS:
            monkeypatch.setattr(workers, "LONGEST_SECONDS", 2)

    monkeypatch.setattr(workers, "MOST_MEMORY", 300_000_000)
    return make


def paths_with_bad(workbooks, *places: int) -> list[Path]:
    paths = workbooks(9)
    for place in places:
        paths[place] = paths[place].rename(paths[place].with_name(f"bad{place}.xlsx"))
    return paths


def named(found) -> dict[str, tuple[str, dict[str, str]]]:
    return {Path(one.file).name: (issue.code, dict(issue.facts)) for one in found.left_out for issue in one.issues}


FAILED = READING_FAILED.code
TOO_LONG = (READING_TOO_LONG.code, {"seconds": "2"})
ENDLESS = (without_end, without_end_whatever_happens, without_end_in_a_library)
DEEDS = [
    (unforeseen, (FAILED, {"problem": "ZeroDivisionError: in bad4.xlsx"})),
    (without_end, TOO_LONG),
    (without_end_whatever_happens, TOO_LONG),
    (without_end_in_a_library, TOO_LONG),
    (endless_memory, (FAILED, {"problem": "@issues.kind.memory"})),
    (dead, (FAILED, {"problem": "@issues.kind.ended"})),
    (killed, (FAILED, {"problem": "@issues.kind.ended"})),
    (exits, (FAILED, {"problem": "SystemExit: 4"})),
    (panics, (FAILED, {"problem": "_PanicError: unreachable"})),
]


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(("deed", "issue"), DEEDS, ids=[deed.__name__ for deed, _ in DEEDS])
def test_a_file_that_breaks_its_reader_is_named_and_the_others_are_read(workbooks, hostile, deed, issue, jobs):
    hostile(deed)
    found = batch.read(paths_with_bad(workbooks, 4), Reader(), jobs=jobs)
    assert named(found) == {"bad4.xlsx": issue}
    assert [one.country for one in found.summaries] == [f"XA{letter}" for letter in "ABCDFGHI"]


def test_several_files_that_end_their_workers_are_each_named(workbooks, hostile, tmp_path):
    hostile(dead)
    found = batch.read(paths_with_bad(workbooks, 0, 4, 8), Reader(), jobs=2, cache=tmp_path / "cache.sqlite")
    assert named(found).keys() == {"bad0.xlsx", "bad4.xlsx", "bad8.xlsx"}
    assert [one.country for one in found.summaries] == ["XAB", "XAC", "XAD", "XAF", "XAG", "XAH"]


def test_files_beside_a_failure_are_read_as_without_it(workbooks, hostile):
    paths = workbooks(4)
    sound = batch.read(paths, Reader())
    hostile(dead)
    (paths[0].parent / "bad.xlsx").write_bytes(filled(9))
    found = batch.read([*paths, paths[0].parent / "bad.xlsx"], Reader(), jobs=2)
    assert found.summaries == sound.summaries


@pytest.mark.parametrize("rule", [READING_FAILED, READING_TOO_LONG])
def test_the_message_is_a_sentence_in_every_language(rule):
    from legcheck.labels import labels, languages

    (issue,) = reject(rule, Location("x.xlsx"), problem="@issues.kind.ended", seconds=60).issues
    for language in languages():
        assert re.fullmatch(r"[A-ZÉ][^{}@]+\.", labels(language).message(issue)), language


# Ctrl-C --------------------------------------------------------------------------------------------------------------

SLOW = """
import os, sys, time
from legcheck.batch import reading
from legcheck.cli import main

read = reading.readings_of

def slowly(path, *rest, **settings):
    if path.name == "w000.xlsx":
        open("reading", "w").close()
    if path.name == "w001.xlsx":
        time.sleep(50)
    return read(path, *rest, **settings)

def dies_first(path, *rest, **settings):
    if path.name == "w000.xlsx":
        os._exit(1)
    if path.name > "w030.xlsx":
        open("reading", "w").close()
        time.sleep(50)
    return read(path, *rest, **settings)

reading.readings_of = {"all workers alive": slowly, "a worker replaced": dies_first}[sys.argv.pop(1)]
main()
"""


LINUX = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes left over in /proc")


@contextmanager
def comparing(folder: Path, stage: str) -> Iterator[subprocess.Popen[str]]:
    """A comparison that is reading files with two workers; afterwards none of its processes may be left."""
    tree = str(Path(__file__).parents[2])
    running = subprocess.Popen(
        [sys.executable, "-c", SLOW, stage, "compare", "in", "--out", "out", "--format", "csv", "--jobs", "2"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": tree, "LEGCHECK_CACHE": str(folder / "cache"), "LEGCHECK_LANGUAGE": "en"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        deadline = time.monotonic() + 30
        while not (folder / "reading").exists():
            assert time.monotonic() < deadline, "reading never began"
            assert running.poll() is None, running.stderr.read()
            time.sleep(0.05)
        time.sleep(0.2)
        yield running
    finally:
        left = left_over(running.pid)
        for process in left:
            os.kill(process, signal.SIGKILL)
    assert left == []


def left_over(group: int) -> list[int]:
    """The processes of a group that do not end: a killed one takes a moment, and longer on a busy machine."""
    deadline = time.monotonic() + 5
    while (left := processes_of(group)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return left


def processes_of(group: int) -> list[int]:
    """The processes of a group that are still running."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


@LINUX
@pytest.mark.parametrize("stage", ["all workers alive", "a worker replaced"])
def test_ctrl_c_ends_at_once_and_leaves_nothing(workbooks, tmp_path, stage):
    """A terminal sends the signal to all processes of the command."""
    workbooks(40)
    before = {path.name for path in tmp_path.iterdir()}
    with comparing(tmp_path, stage) as running:
        os.killpg(running.pid, signal.SIGINT)
        started = time.monotonic()
        out, err = running.communicate(timeout=20)
        assert time.monotonic() - started < 10
    assert running.returncode == 130, err
    assert "Traceback" not in err
    assert out == ""
    after = {path.name for path in tmp_path.iterdir()} - {"reading", "cache"}
    assert after == before


@LINUX
def test_workers_end_when_the_command_is_killed(workbooks, tmp_path):
    """As a system does that runs out of memory."""
    workbooks(40)
    with comparing(tmp_path, "all workers alive") as running:
        running.kill()
        running.communicate(timeout=20)
