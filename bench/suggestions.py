"""Times the proposal of articles for every provision of the shipped checklist, from laws small and large."""

from __future__ import annotations

import time

from bench.measure import machine, table, write
from bench.statutes import ARTICLES, code
from legcheck.model import Statute
from legcheck.provisions import load
from legcheck.texts import propose
from legcheck.texts.reading import statute_of

RUNS = 3
SIZES = (70, ARTICLES)


def main() -> None:
    """Measure laws of every size, and write the table."""
    checklist, whole = load("vot"), statute_of("code.txt", "\n".join(code()).encode())
    rows = []
    for size in SIZES:
        law = Statute(whole.title, whole.articles[:size], whole.language)
        took = []
        for _ in range(RUNS):
            start = time.process_time()
            propose(checklist, checklist.language, {"L1": law}, checklist.provisions, 5)
            took.append(time.process_time() - start)
        megabytes = sum(len(one.text) for one in law.articles) / 1_000_000
        rows.append([f"{size:,}", f"{megabytes:.2f}", f"{sorted(took)[RUNS // 2]:.2f}"])
    made = table(("articles", "MB of text", "CPU s"), rows)
    write("suggestions", f"{len(checklist.provisions)} provisions; medians of {RUNS} runs; {machine()}.\n\n{made}")


if __name__ == "__main__":
    main()
