"""Runs whole commands in turn and records what they took, so that a slow or busy machine slows all of them alike."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

COLUMNS = ("wall s", "CPU s", "memory MB", "wall to bare", "CPU to bare")
README = Path(__file__).parent / "README.md"
_COMPILED = {"PYTHONDONTWRITEBYTECODE": ""}
LEGCHECK = [sys.executable, "-m", "legcheck"]


@dataclass(frozen=True)
class Took:
    """Seconds of wall and CPU that a command took with its processes, and the most memory that one of them held, in MB."""

    wall: float
    cpu: float
    memory: float

    def columns(self, bare: Took) -> list[str]:
        """The columns of a table: the three figures, and wall and CPU as ratios to something bare."""
        ratios = (self.wall / bare.wall, self.cpu / bare.cpu)
        return [f"{self.wall:.2f}", f"{self.cpu:.2f}", f"{self.memory:.0f}", *(f"{ratio:.2f}" for ratio in ratios)]


def once(words: Sequence[str], folder: Path | str, environment: Mapping[str, str] | None = None) -> Took:
    """Run a command that must succeed, with its code compiled beforehand as that of an installed program is."""
    start = os.times().elapsed
    with open(os.devnull, "w") as nowhere:
        process = subprocess.Popen(
            words, cwd=folder, stdout=nowhere, stderr=nowhere, env={**os.environ, **_COMPILED, **(environment or {})}
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = os.times().elapsed - start
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, words)
    return Took(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000)


def median(runs: Sequence[Took]) -> Took:
    """The middle of several runs, each figure for itself."""
    return Took(*(statistics.median(values) for values in zip(*((one.wall, one.cpu, one.memory) for one in runs), strict=True)))


def machine() -> str:
    """The machine and the day, for the README."""
    return (
        f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, {date.today().isoformat()}, "
        f"load at the end {os.getloadavg()[0]:.1f}"
    )


def table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown, numbers to the right."""
    lines = [heading, ["---", *["---:"] * (len(heading) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def write(section: str, text: str) -> None:
    """Put what was measured into its section of the README, and print it."""
    begin, end = f"<!-- {section} -->\n", f"<!-- end of {section} -->\n"
    before, _, rest = README.read_text("utf-8").partition(begin)
    _, _, after = rest.partition(end)
    README.write_text(f"{before}{begin}\n{text}\n\n{end}{after}", "utf-8")
    print(text)
