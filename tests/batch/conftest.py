"""Files to read by the dozen: workbooks filled by a generator, answers tables drawn as text, a custom checklist."""

import os
import subprocess
import sys
from datetime import date
from functools import cache
from pathlib import Path
from textwrap import dedent

import pytest

from bench.workbooks import workbook
from legcheck import app, provisions
from legcheck.model import Answer, Assessment
from legcheck.workbook.columns import Form

TREE = str(Path(__file__).parents[2])
OWN = {
    "checklist.yaml": """
        id: own
        version: "1"
        title: A checklist of our own
        scales:
          yesno:
            levels:
              yes: {title: "Yes", worth: 1}
              no: {title: "No", worth: 0}
        dimensions:
          law: {title: Law, scale: yesno, role: law}
        chapters:
          AA: {title: First}
    """,
    "chapters/aa.yaml": """
        AA-1:
          title: One
          core: true
        AA-2:
          title: Two
    """,
}


@cache
def filled(place: int) -> bytes:
    """The bytes of a filled workbook of an invented country: XAA, XAB and so on."""
    return workbook(place, seed=1)


@pytest.fixture
def workbooks(tmp_path):
    """Writes a number of filled workbooks into a folder, and returns their paths in order."""

    def write(count: int, folder: str = "in") -> list[Path]:
        place = tmp_path / folder
        place.mkdir(exist_ok=True)
        paths = [place / f"w{at:03}.xlsx" for at in range(count)]
        for at, path in enumerate(paths):
            path.write_bytes(filled(at))
        return paths

    return write


def write_checklist(folder: Path, **changes: str) -> Path:
    """A small checklist in a folder, with some words replaced."""
    for name, text in OWN.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        changed = dedent(text)
        for before, after in changes.items():
            changed = changed.replace(before, after)
        (folder / name).write_text(changed, "utf-8")
    return folder


@pytest.fixture
def own(tmp_path) -> Path:
    """The folder of a checklist that does not come with the tool."""
    return write_checklist(tmp_path / "own")


def own_workbook(folder: Path, country: str, rating: str = "yes", *, short: bool = False) -> bytes:
    """A workbook of the custom checklist in which every provision has the same rating."""
    checklist = provisions.load(str(folder))
    asked = provisions.short_form(checklist) if short else checklist
    answers = {id: Answer(id, {"law": rating}) for id in asked.provisions}
    assessment = Assessment(country, "Land", date(2026, 1, 1), checklist.id, checklist.version, answers=answers)
    return app.workbook_of(checklist, assessment, "en", Form(short=short))


@pytest.fixture
def command(tmp_path):
    """Runs ``legcheck`` from this source tree in the test's folder, with a cache of its own there."""

    def call(*words: object, **changed: str) -> subprocess.CompletedProcess:
        plain = {"PYTHONPATH": TREE, "LEGCHECK_CACHE": str(tmp_path / "cache"), "LEGCHECK_LANGUAGE": "en", "NO_COLOR": "1"}
        done = subprocess.run(
            [sys.executable, "-m", "legcheck", *map(str, words)],
            cwd=tmp_path,
            env=os.environ | plain | changed,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done

    return call
