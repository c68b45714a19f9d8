"""Reading on a Dask cluster: a real scheduler and workers on this machine, which cannot see the files that they read."""

import json
import os
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from legcheck import batch
from legcheck.batch import workers
from legcheck.batch.reading import Reader
from legcheck.issues import CLUSTER_OUT_OF_REACH, InputError
from tests.batch.conftest import TREE, own_workbook
from tests.samples import FOLDER

pytestmark = pytest.mark.slow

# Only a worker of this name kills itself, once, in the middle of the run.
DIES = """
import os
from legcheck.batch import reading
from legcheck.inputs import readings_of as read
left = iter(range(20))
def dying(*given, **settings):
    if next(left, None) is None:
        open({mark!r}, "w").close()
        os._exit(1)
    return read(*given, **settings)
reading.readings_of = dying
"""
# Any process that reads a file with this word in its path dies at once.
HOSTILE = """
import os
from legcheck.batch import reading
from legcheck.inputs import readings_of as read
def hostile(path, *given, **settings):
    if "hostile" in str(path):
        os._exit(1)
    return read(path, *given, **settings)
reading.readings_of = hostile
"""


@contextmanager
def started(folder: Path, *words: str):
    """A process of the cluster, stopped at the end, with its output in a file."""
    with (folder / "said").open("a") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", *words],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": TREE},
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()


@contextmanager
def cluster(folder: Path, *preloads: str, nanny: bool = False):
    """The address of a scheduler with a worker for each of these scripts, which a worker runs as it starts."""
    where = folder / "scheduler.json"
    common = ("--no-dashboard", "--scheduler-file", str(where))
    with ExitStack() as stack:
        stack.enter_context(started(folder, "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", *common))
        for at, preload in enumerate(preloads):
            words = ["--nthreads", "1", "--local-directory", str(folder / f"worker{at}")]
            words += [] if nanny else ["--no-nanny"]
            if preload:
                (folder / f"preload{at}.py").write_text(preload)
                words += ["--preload", str(folder / f"preload{at}.py")]
            stack.enter_context(started(folder, "distributed.cli.dask_worker", *common, *words))
        yield address_in(where, folder)


def address_in(where: Path, folder: Path) -> str:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if where.exists() and where.read_text():
            return "dask:" + json.loads(where.read_text())["address"]
        time.sleep(0.05)
    raise AssertionError((folder / "said").read_text())


@pytest.fixture(scope="module")
def two_workers(tmp_path_factory):
    with cluster(tmp_path_factory.mktemp("cluster"), "", "") as address:
        yield address


def scores(folder: Path, done) -> bytes:
    assert done.returncode in (0, 1), done.stderr
    return (folder / "scores.csv").read_bytes()


def test_the_figures_are_those_of_processes_on_this_machine(command, workbooks, tmp_path, two_workers):
    """Paths are relative, and the workers run in another folder: only bytes that are sent can be read."""
    workbooks(36)
    (tmp_path / "in" / "t.csv").write_text("country,as_of,provision,rating\nNAM,2026-01-01,REC-02,partial\n")
    (tmp_path / "in" / "bad.xlsx").write_bytes(b"%PDF")
    (tmp_path / "in" / "huge.xlsx").write_bytes(b"PK\x03\x04" + b"\0" * 20_000_001)
    words = ("compare", "in", "nowhere.xlsx", "--format", "csv", "--no-cache")
    here = command(*words, "--out", "here", "--jobs", "2")
    there = command(*words, "--out", "there", "--executor", two_workers)
    assert (here.returncode, there.returncode) == (1, 1)
    assert there.stderr == here.stderr
    assert [line.partition("error ")[2][:4] for line in here.stderr.splitlines()[:3]] == ["A003", "A008", "A001"]
    assert scores(tmp_path / "there", there) == scores(tmp_path / "here", here)
    assert scores(tmp_path / "here", here).count(b'"law","total"') == 37


def test_an_own_checklist_is_sent_along(command, own, tmp_path, two_workers):
    (tmp_path / "in").mkdir()
    for country, rating in (("XAA", "yes"), ("XAB", "no")):
        (tmp_path / "in" / f"{country}.xlsx").write_bytes(own_workbook(own, country, rating))
    words = ("compare", "in", "--checklist", "own", "--format", "csv", "--no-cache")
    here, there = command(*words, "--out", "here"), command(*words, "--out", "there", "--executor", two_workers)
    assert (here.returncode, there.returncode) == (0, 0), there.stderr
    assert scores(tmp_path / "there", there) == scores(tmp_path / "here", here)


def test_what_a_cluster_read_is_cached_here(command, two_workers):
    first = command("find", "REC-02", FOLDER, "--executor", two_workers)
    again = command("find", "REC-02", FOLDER)
    assert first.stdout == again.stdout
    assert "8 files are in the cache" in command("cache").stdout


def test_a_lost_worker_costs_time_not_results(command, workbooks, tmp_path):
    workbooks(80)
    mark = tmp_path / "died"
    (tmp_path / "cluster").mkdir()
    with cluster(tmp_path / "cluster", DIES.format(mark=str(mark)), "") as address:
        words = ("compare", "in", "--format", "csv", "--no-cache")
        there = command(*words, "--out", "there", "--executor", address)
    assert mark.exists(), "the worker did not end"
    here = command(*words, "--out", "here")
    assert there.returncode == 0, there.stderr
    assert scores(tmp_path / "there", there) == scores(tmp_path / "here", here)


def test_a_file_that_ends_workers_is_named_and_the_others_are_read(command, workbooks, tmp_path):
    """Nannies restart their workers, as on real clusters."""
    workbooks(3)
    (tmp_path / "in" / "w001.xlsx").rename(tmp_path / "in" / "hostile.xlsx")
    (tmp_path / "cluster").mkdir()
    with cluster(tmp_path / "cluster", HOSTILE, nanny=True) as address:
        done = command("compare", "in", "--format", "csv", "--no-cache", "--out", "out", "--executor", address)
    assert done.returncode == 1
    assert "hostile.xlsx: error A019" in done.stderr
    assert "2 assessments compared. 3 files read" in done.stderr


@pytest.fixture
def refused(workbooks, monkeypatch):
    """The issue with which a cluster is refused."""
    monkeypatch.setattr(workers, "CLUSTER_SECONDS", 1)

    def refuse(executor: str):
        with pytest.raises(InputError) as error:
            batch.read(workbooks(1), Reader(), executor=executor)
        (issue,) = error.value.issues
        return issue

    return refuse


@pytest.mark.parametrize(
    "address", ["tcp://127.0.0.1:9", "tcp://no.such.host.invalid:1", "", "nonsense://x", "127.0.0.1", "tcp://127.0.0.1:abc"]
)
def test_an_address_without_a_scheduler_is_refused(refused, address):
    issue = refused(f"dask:{address}")
    assert (issue.rule, dict(issue.facts)["address"]) == (CLUSTER_OUT_OF_REACH, address)
    assert dict(issue.facts)["problem"]


def test_a_scheduler_without_workers_is_not_waited_for_forever(refused, tmp_path):
    (tmp_path / "cluster").mkdir()
    with cluster(tmp_path / "cluster") as address:
        assert refused(address).rule == CLUSTER_OUT_OF_REACH


def test_a_missing_extra_is_named(refused, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert dict(refused("dask:tcp://127.0.0.1:9").facts)["problem"] == "@issues.kind.no_dask"


def test_an_unreachable_cluster_is_wrong_usage_and_nothing_is_written(command, workbooks, tmp_path):
    workbooks(1)
    done = command("compare", "in", "--format", "csv", "--out", "out", "--executor", "dask:nonsense://x")
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert "R503" in done.stderr
    assert not (tmp_path / "out").exists()
