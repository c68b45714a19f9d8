"""Times `legcheck compare` on thousands of workbooks and on a large answers table, against bare readings of the same files."""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
from pathlib import Path

from bench.measure import LEGCHECK, Took, machine, median, once, table, write
from bench.workbooks import generate

COUNTS = (200, 2_000)
RUNS = 3
BARE = """
import sys
from pathlib import Path
from python_calamine import CalamineWorkbook
for file in sorted(Path(sys.argv[1]).glob("*.xlsx")):
    book = CalamineWorkbook.from_path(file)
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()
"""
PANDAS = """
import sys
import pandas as pd
answers = pd.read_csv(sys.argv[1])
answers["worth"] = answers["rating"] == "yes"
answers.groupby(["country", "as_of"])["worth"].mean()
"""
QUESTIONS = 35
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


def main(counts: list[int], keep: Path | None) -> None:
    """Measure, and write the tables."""
    folder = keep or Path(tempfile.mkdtemp(prefix="legcheck-bench-"))
    try:
        found = {count: _workbooks(folder / str(count), count) for count in counts}
        write(
            "comparing",
            "\n\n".join((f"Median of {RUNS} runs in turn; {machine()}.", _table(found), _growth(found), _beyond(found))),
        )
        write("answers", f"Median of {RUNS} runs in turn; {machine()}.\n\n{_answers(folder)}")
    finally:
        if keep is None:
            shutil.rmtree(folder)


def _workbooks(folder: Path, count: int) -> dict[str, Took]:
    """Bare reading, reading for the first time, and again, in turn."""
    generate(folder, count)
    compare = [*LEGCHECK, "compare", str(folder), "--out", str(folder.parent / "out"), "--force", "--format"]
    runs: dict[str, list[Took]] = {}
    for _ in range(RUNS if count <= 2_000 else 1):
        with tempfile.TemporaryDirectory() as cache:
            kept = {"LEGCHECK_CACHE": cache}
            runs.setdefault("bare reading, one process", []).append(
                once([sys.executable, "-c", BARE, str(folder)], folder.parent)
            )
            runs.setdefault("compare, cold", []).append(once([*compare, "csv"], folder.parent, kept))
            runs.setdefault("compare, again", []).append(once([*compare, "csv"], folder.parent, kept))
            if count <= 200:
                every = "html,xlsx,csv,parquet,json"
                runs.setdefault("compare, again, all formats", []).append(once([*compare, every], folder.parent, kept))
    return {name: median(of) for name, of in runs.items()}


def _table(found: dict[int, dict[str, Took]]) -> str:
    rows = []
    for count, of in found.items():
        bare = of["bare reading, one process"].wall
        rows += [
            [f"{count:,}", name, f"{one.wall:.2f}", f"{one.cpu:.2f}", f"{one.memory:.0f}", f"{one.wall / bare:.2f}"]
            for name, one in of.items()
        ]
    return table(("workbooks", "work", "wall s", "CPU s", "memory MB", "ratio to bare"), rows)


def _growth(found: dict[int, dict[str, Took]]) -> str:
    rows = []
    for (few, before), (many, after) in zip(list(found.items()), list(found.items())[1:], strict=False):
        for name in ("bare reading, one process", "compare, cold", "compare, again"):
            slope = (after[name].wall - before[name].wall) / (many - few)
            memory = (after[name].memory - before[name].memory) / (many - few)
            rows.append([f"{few:,} to {many:,}", name, f"{slope * 1000:.2f}", f"{memory * 1000:.1f}"])
    return table(("growth", "work", "ms for each more workbook", "kB for each more workbook"), rows)


def _beyond(found: dict[int, dict[str, Took]]) -> str:
    """How it would go at 200 States, 50 years and ten units in each State."""
    (few, before), (many, after) = list(found.items())[-2:]
    count = 200 * 50 * 10
    cold, again = (
        after[name].wall + (count - many) * (after[name].wall - before[name].wall) / (many - few)
        for name in ("compare, cold", "compare, again")
    )
    memory = after["compare, again"].memory + (count - many) * (
        after["compare, again"].memory - before["compare, again"].memory
    ) / (many - few)
    return (
        f"From these slopes, 200 States x 50 years x 10 sub-national units ({count:,} workbooks, {count * 248 / 1e6:.0f} million "
        f"answers) would take about {cold / 60:.0f} minutes cold and {again / 60:.1f} minutes again on this machine, and hold "
        f"{memory / 1000:.1f} GB. Reading divides among the workers of a cluster; what follows it runs in one process."
    )


def _answers(folder: Path) -> str:
    """An answers table of 190 countries, 50 years and 35 questions."""
    checklist, answers = folder / "checklist.yaml", folder / "answers.csv"
    ids = [f"C{chapter}-{n}" for chapter in range(1, 8) for n in range(1, 6)]
    chapters = [
        f"  C{chapter}:\n    title: Chapter {chapter}\n    provisions:\n"
        + "".join(f"      C{chapter}-{n}: {{title: Question {n}, question: Is it provided for?}}\n" for n in range(1, 6))
        for chapter in range(1, 8)
    ]
    checklist.write_text(CHECKLIST + "".join(chapters), "utf-8")
    drawn = random.Random(1)
    codes = [f"X{chr(65 + n // 26)}{chr(65 + n % 26)}" for n in range(190)]
    lines = (
        f"{code},{year}-10-01,{id},{drawn.choice(('yes', 'no'))}\n" for code in codes for year in range(1975, 2025) for id in ids
    )
    answers.write_text("country,as_of,provision,rating\n" + "".join(lines), "utf-8")
    compare = [
        *LEGCHECK,
        "compare",
        str(answers),
        "--checklist",
        str(checklist),
        "--no-cache",
        "--out",
        "out",
        "--force",
        "--format",
    ]
    commands = {
        "pandas: read, one groupby-mean": [sys.executable, "-c", PANDAS, str(answers)],
        "compare, tidy tables": [*compare, "csv"],
        "score of each (`compare`, Parquet)": [*compare, "parquet"],
    }
    runs: dict[str, list[Took]] = {name: [] for name in commands}
    for turn in range(RUNS + 1):
        for name, words in commands.items():
            took = once(words, folder)
            if turn:
                runs[name].append(took)
    found = {name: median(of) for name, of in runs.items()}
    bare = next(iter(found.values())).wall
    rows = [
        [name, f"{one.wall:.2f}", f"{one.cpu:.2f}", f"{one.memory:.0f}", f"{one.wall / bare:.1f}"] for name, one in found.items()
    ]
    return table(("332,500 answers", "wall s", "CPU s", "memory MB", "ratio to pandas"), rows)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Time legcheck compare.")
    parser.add_argument("counts", type=int, nargs="*", default=list(COUNTS), help="how many workbooks, in growing order")
    parser.add_argument("--keep", type=Path, help="a folder in which to keep the workbooks for another run")
    given = parser.parse_args()
    main(given.counts, given.keep)
