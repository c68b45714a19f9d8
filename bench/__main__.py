"""Times whole commands against a bare start of Python and typer, in turn, and writes what it found to bench/README.md.

Targets (design of the tool): `check` of one workbook at most 3 times the bare start; `report` in all formats at most 3 s of CPU.
"""

from __future__ import annotations

import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[1]
RUNS = 9
BARE = "import typer\napp = typer.Typer()\n@app.command()\ndef main() -> None: ...\napp()\n"


@dataclass(frozen=True)
class Timed:
    """The median wall and CPU seconds of a command."""

    wall: float
    cpu: float


def once(words: list[str], folder: str) -> tuple[float, float]:
    """Wall and CPU seconds of one run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = os.times().elapsed
    subprocess.run(words, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    wall = os.times().elapsed - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)


def timed(commands: dict[str, list[str]]) -> dict[str, Timed]:
    """Every command in turn, `RUNS` times after one warm-up."""
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(RUNS + 1):
            for name, words in commands.items():
                measured = once(words, folder)
                if turn:
                    found[name].append(measured)
    return {
        name: Timed(statistics.median(wall for wall, _ in runs), statistics.median(cpu for _, cpu in runs))
        for name, runs in found.items()
    }


def main() -> None:
    """Measure, print, and write the table."""
    workbook = ROOT / "assessments" / "samples" / "XUT-2026-06-30.xlsx"
    legcheck = [sys.executable, "-m", "legcheck"]
    report = [*legcheck, "report", str(workbook), "--out", "out", "--force"]
    commands = {
        "bare Python and typer": [sys.executable, "-c", BARE],
        "legcheck --version": [*legcheck, "--version"],
        "legcheck check": [*legcheck, "check", str(workbook)],
        "legcheck score": [*legcheck, "score", str(workbook), "--format", "json"],
        "legcheck report, Word": [*report, "--format", "docx"],
        "legcheck report, web page": [*report, "--format", "html"],
        "legcheck report, Excel": [*report, "--format", "xlsx"],
        "legcheck report, all formats": report,
        "legcheck plan, all formats": [*legcheck, "plan", str(workbook), "--out", "plan", "--force"],
        "legcheck plan --target 70%": [*legcheck, "plan", str(workbook), "--target", "70%"],
        "legcheck plan --effort 40": [*legcheck, "plan", str(workbook), "--effort", "40"],
    }
    figures = timed(commands)
    bare = figures["bare Python and typer"].wall
    rows = [f"| {name} | {one.wall:.2f} | {one.cpu:.2f} | {one.wall / bare:.1f} |" for name, one in figures.items()]
    table = "\n".join(["| command | wall s | CPU s | ratio to bare start |", "|---|---:|---:|---:|", *rows])
    print(table)
    readme = ROOT / "bench" / "README.md"
    head, mark, _ = readme.read_text("utf-8").partition("<!-- measured -->\n")
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, {date.today().isoformat()}"
    readme.write_text(f"{head}{mark}\nMedian of {RUNS} runs in turn; {machine}.\n\n{table}\n", "utf-8")


if __name__ == "__main__":
    main()
