"""What happens to a command when nobody reads it, nothing can be written, or somebody stops it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

# Stops Python as Ctrl-C does, at the first library that the commands need.
STOPPED = """
import runpy, sys
class Stop:
    def find_spec(self, name, *_):
        if name == "typer":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Stop())
runpy.run_module("legcheck", run_name="__main__")
"""


@pytest.mark.parametrize("words", [["provisions", "list"], ["--help"], ["provisions", "schema"]])
def test_a_reader_who_leaves_early_is_not_a_problem(words):
    done = _into_a_closed_pipe(*words)
    assert (done.returncode, done.stderr) == (0, b"")


def test_the_work_goes_on_without_a_reader(utopia, tmp_path):
    assert _into_a_closed_pipe("report", utopia, "--out", tmp_path / "out", "--format", "html,json").returncode == 0
    assert len(list((tmp_path / "out").iterdir())) == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only where the system has a place that is always full")
@pytest.mark.parametrize("words", [["provisions", "list"], ["--version"]])
def test_a_place_that_is_full_is_named_in_a_sentence(words):
    with open("/dev/full", "wb") as full:
        done = _run(*words, to=full)
    assert done.returncode == 2
    assert done.stderr.startswith(b"The output could not be written: ")
    assert len(done.stderr.splitlines()) == 1


def test_a_command_may_be_stopped_while_it_is_still_loading():
    done = subprocess.run([sys.executable, "-c", STOPPED, "--version"], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


def _into_a_closed_pipe(*words: object) -> subprocess.CompletedProcess[bytes]:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        return _run(*words, to=writing)
    finally:
        os.close(writing)


def _run(*words: object, to: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "legcheck", *map(str, words)]
    environment = os.environ | {"LEGCHECK_LANGUAGE": "en"}
    return subprocess.run(command, stdout=to, stderr=subprocess.PIPE, env=environment, check=False)
