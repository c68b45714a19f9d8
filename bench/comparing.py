"""Times `legcheck compare` on thousands of workbooks and on a large answers table, against bare readings of the same files."""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
from pathlib import Path

from bench.measure import COLUMNS, LEGCHECK, Took, machine, median, once, table, write
from bench.workbooks import generate

COUNTS = (200, 2_000)
FOR_PEERS = 20
RUNS = 3
BARE, COLD, KNOWN, UNCHANGED = "bare reading, one process", "compare, cold", "compare, known files", "compare, nothing changed"
CALAMINE = """
import sys
from pathlib import Path
from python_calamine import CalamineWorkbook
for file in sorted(Path(sys.argv[1]).glob("*.xlsx")):
    book = CalamineWorkbook.from_path(file)
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()
"""
OPENPYXL = """
import sys
from pathlib import Path
from openpyxl import load_workbook
for file in sorted(Path(sys.argv[1]).glob("*.xlsx")):
    for sheet in load_workbook(file, read_only=True):
        list(sheet.values)
"""
FRAMES = """
import sys
from pathlib import Path
import pandas as pd
for file in sorted(Path(sys.argv[1]).glob("*.xlsx")):
    pd.read_excel(file, sheet_name=None, header=None, engine=sys.argv[2])
"""
PANDAS = """
import sys
import pandas as pd
answers = pd.read_csv(sys.argv[1])
answers["worth"] = answers["rating"] == "yes"
answers.groupby(["country", "as_of"])["worth"].mean()
"""
CHAPTERS, QUESTIONS, COUNTRIES, YEARS = 7, 5, 190, range(1975, 2025)
CHECKLIST = """
id: yesno
version: "1.0"
title: Thirty-five questions
minimum_answered: 80%
scales:
  yesno: {levels: {yes: {title: Yes, worth: 1}, no: {title: No, worth: 0}}}
dimensions:
  law: {title: Law, scale: yesno, role: law}
chapters:
"""


def main(counts: list[int], keep: Path | None = None, runs: int = RUNS) -> None:
    """Measure, and write the tables."""
    folder = keep or Path(tempfile.mkdtemp(prefix="legcheck-bench-"))
    try:
        found = {count: _workbooks(folder, count, runs) for count in counts}
        write("comparing", f"{_when(runs)}\n\n{_table(found)}\n\n{_growth(found)}")
        write("peers", f"{_when(runs)}\n\n{_peers(folder, runs)}")
        write("answers", f"{_when(runs)}\n\n{_answers(folder, runs)}")
    finally:
        if keep is None:
            shutil.rmtree(folder)


def _when(runs: int) -> str:
    return f"{'One run' if runs == 1 else f'Medians of {runs} runs'} in turn; {machine()}."


def _workbooks(folder: Path, count: int, turns: int) -> dict[str, Took]:
    """Read bare, then compared for the first time, from the cache, and with nothing changed, in turn."""
    files, out = folder / str(count), folder / "out"
    generate(files, count)
    compare = [*LEGCHECK, "compare", str(files), "--out", str(out), "--force", "--format", "csv"]
    runs: dict[str, list[Took]] = {BARE: [], COLD: [], KNOWN: [], UNCHANGED: []}
    for _ in range(turns):
        with tempfile.TemporaryDirectory() as cache:
            kept = {"LEGCHECK_CACHE": cache}
            runs[BARE].append(once([sys.executable, "-c", CALAMINE, str(files)], folder))
            runs[COLD].append(once(compare, folder, kept))
            shutil.rmtree(out)
            runs[KNOWN].append(once(compare, folder, kept))
            runs[UNCHANGED].append(once(compare, folder, kept))
    return {name: median(of) for name, of in runs.items()}


def _peers(folder: Path, turns: int) -> str:
    """The same workbooks read by what an analyst might use, one process each; none of them checks anything."""
    files = folder / str(FOR_PEERS)
    generate(files, FOR_PEERS)
    programs = {
        BARE: (CALAMINE,),
        "pandas with calamine": (FRAMES, "calamine"),
        "openpyxl, read-only": (OPENPYXL,),
        "pandas with openpyxl": (FRAMES, "openpyxl"),
    }
    commands = {name: [sys.executable, "-c", program, str(files), *more] for name, (program, *more) in programs.items()}
    quietly = ("--no-cache", "--out", "out", "--force", "--format", "csv")
    commands["legcheck compare, cold"] = [*LEGCHECK, "compare", str(files), *quietly]
    runs: dict[str, list[Took]] = {name: [] for name in commands}
    for _ in range(turns):
        for name, words in commands.items():
            runs[name].append(once(words, folder))
    found = {name: median(of) for name, of in runs.items()}
    return table((f"{FOR_PEERS} workbooks", *COLUMNS), [[name, *one.columns(found[BARE])] for name, one in found.items()])


def _table(found: dict[int, dict[str, Took]]) -> str:
    rows = [[f"{count:,}", name, *one.columns(of[BARE])] for count, of in found.items() for name, one in of.items()]
    return table(("workbooks", "work", *COLUMNS), rows)


def _growth(found: dict[int, dict[str, Took]]) -> str:
    """What each more workbook takes."""
    rows = []
    for (few, before), (many, after) in zip(list(found.items()), list(found.items())[1:], strict=False):
        for name, one in after.items():
            wall, memory = ((a - b) / (many - few) for a, b in ((one.wall, before[name].wall), (one.memory, before[name].memory)))
            rows.append([f"{few:,} to {many:,}", name, f"{wall * 1000:.2f}", f"{memory * 1000:.0f}"])
    return table(("growth", "work", "ms for each more workbook", "kB for each more workbook"), rows)


def _answers(folder: Path, turns: int) -> str:
    """An answers table of 190 countries, 50 years and 35 questions."""
    checklist, answers = folder / "checklist.yaml", folder / "answers.csv"
    ids = [f"C{chapter}-{n}" for chapter in range(1, CHAPTERS + 1) for n in range(1, QUESTIONS + 1)]
    checklist.write_text(CHECKLIST + "".join(map(_chapter, range(1, CHAPTERS + 1))), "utf-8")
    drawn = random.Random(1)
    codes = [f"X{chr(65 + n // 26)}{chr(65 + n % 26)}" for n in range(COUNTRIES)]
    lines = (f"{code},{year}-10-01,{id},{drawn.choice(('yes', 'no'))}\n" for code in codes for year in YEARS for id in ids)
    answers.write_text("country,as_of,provision,rating\n" + "".join(lines), "utf-8")
    compare = [*LEGCHECK, "compare", str(answers), "--checklist", str(checklist), "--no-cache", "--out", "out", "--force"]
    commands = {
        "pandas: read, one groupby-mean": [sys.executable, "-c", PANDAS, str(answers)],
        "compare, CSV": [*compare, "--format", "csv"],
        "compare, Parquet": [*compare, "--format", "parquet"],
    }
    runs: dict[str, list[Took]] = {name: [] for name in commands}
    for turn in range(turns + 1):
        for name, words in commands.items():
            took = once(words, folder)
            if turn:
                runs[name].append(took)
    found = {name: median(of) for name, of in runs.items()}
    bare = next(iter(found.values()))
    count = len(ids) * len(codes) * len(YEARS)
    return table((f"{count:,} answers", *COLUMNS), [[name, *one.columns(bare)] for name, one in found.items()])


def _chapter(number: int) -> str:
    questions = (
        f"      C{number}-{n}: {{title: Question {n}, question: Is it provided for?}}\n" for n in range(1, QUESTIONS + 1)
    )
    return f"  C{number}:\n    title: Chapter {number}\n    provisions:\n{''.join(questions)}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Time legcheck compare.")
    parser.add_argument("counts", type=int, nargs="*", default=list(COUNTS), help="how many workbooks, in growing order")
    parser.add_argument("--keep", type=Path, help="a folder in which to keep the workbooks for another run")
    parser.add_argument("--runs", type=int, default=RUNS, help="how often to run each command")
    given = parser.parse_args()
    main(given.counts, given.keep, given.runs)
