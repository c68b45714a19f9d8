"""Times the commands on one assessment against a bare start of Python and typer."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from bench.measure import COLUMNS, LEGCHECK, Took, machine, median, once, table, write

SAMPLE = Path(__file__).parents[1] / "assessments" / "samples" / "XUT-2026-06-30.xlsx"
RUNS = 9
BARE = "import typer\napp = typer.Typer()\n@app.command()\ndef main() -> None: ...\napp()\n"


def main() -> None:
    """Measure every command in turn, and write the table."""
    commands = {
        "bare Python and typer": [sys.executable, "-c", BARE],
        "legcheck --version": [*LEGCHECK, "--version"],
        "legcheck check": [*LEGCHECK, "check", str(SAMPLE)],
        "legcheck score": [*LEGCHECK, "score", str(SAMPLE), "--format", "json"],
        "legcheck report, all formats": [*LEGCHECK, "report", str(SAMPLE), "--out", "report", "--force"],
        "legcheck plan, all formats": [*LEGCHECK, "plan", str(SAMPLE), "--out", "plan", "--force"],
        "legcheck plan --target 70%": [*LEGCHECK, "plan", str(SAMPLE), "--target", "70%"],
    }
    runs: dict[str, list[Took]] = {name: [] for name in commands}
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(RUNS + 1):
            for name, words in commands.items():
                took = once(words, folder)
                if turn:
                    runs[name].append(took)
    found = {name: median(of) for name, of in runs.items()}
    bare = found["bare Python and typer"]
    made = table(("command", *COLUMNS), [[name, *one.columns(bare)] for name, one in found.items()])
    write("commands", f"Medians of {RUNS} runs in turn after one to warm up; {machine()}.\n\n{made}")


if __name__ == "__main__":
    main()
