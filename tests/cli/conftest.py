"""The command line as a process: what a person types, what they see, and the exit code."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.samples import FOLDER, MISTAKES, UTOPIA


@dataclass(frozen=True)
class Ran:
    """What a command printed, and how it ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def environment(tmp_path_factory) -> dict[str, str]:
    """The environment of processes: this source tree whatever is installed, English, no colours, and a cache of their own."""
    tree, cache = str(Path(__file__).parents[2]), str(tmp_path_factory.mktemp("cache"))
    return os.environ | {"PYTHONPATH": tree, "LEGCHECK_LANGUAGE": "en", "NO_COLOR": "1", "LEGCHECK_CACHE": cache}


@pytest.fixture
def run(tmp_path, environment):
    """Runs ``legcheck`` in an empty folder; a traceback always fails the test."""

    def call(*words: object, **changed: str) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "legcheck", *map(str, words)],
            cwd=tmp_path,
            env=environment | changed,
            text=True,
            capture_output=True,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        assert done.returncode != 70, done.stderr
        return Ran(done.returncode, done.stdout, done.stderr)

    return call


@pytest.fixture(scope="session")
def utopia() -> Path:
    """The latest sample of the fictional country."""
    return FOLDER / UTOPIA


@pytest.fixture(scope="session")
def spain() -> Path:
    """The sample reading of a real statute."""
    (path,) = FOLDER.glob("ESP-*.xlsx")
    return path


@pytest.fixture(scope="session")
def mistakes() -> Path:
    """The sample filled with typical mistakes."""
    return FOLDER / MISTAKES
