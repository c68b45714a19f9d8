"""Measures proposals on laws that nobody had looked at, against what a reader cited of them before: ``bench/unseen.yaml``.

The texts of the laws are taken from the folder given: ``python -m bench.unseen FOLDER``.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from bench.measure import table
from legcheck.issues import Issues
from legcheck.provisions import in_language, load
from legcheck.texts import meaning_known, propose, read_statute, recall
from legcheck.yaml_text import read_yaml

READINGS = Path(__file__).parent / "unseen.yaml"
LANGUAGES = ("en", "fr", "es")


def main(folder: Path) -> None:
    """Print a table for every reading, language of the questions, and way of proposing."""
    rows = []
    readings: Any = read_yaml(READINGS, Issues()).tree
    for reading in readings:
        laws = {key: read_statute(folder / name) for key, name in reading["laws"].items()}
        cited = {id: {tuple(one.split(" ")) for one in said.split("; ")} for id, said in reading["cited"].items()}
        for language in LANGUAGES:
            checklist = in_language(load("vot"), language)
            for semantic in (False, True)[: 1 + meaning_known()]:
                found = recall(propose(checklist, language, laws, cited, 10, semantic=semantic), cited)
                shares = [f"{float(share):.3f}" for share in found.shares.values()]
                with_one = f"{found.with_one / found.provisions:.3f}"
                rows.append([reading["name"], str(len(cited)), language, "yes" if semantic else "no", *shares, with_one])
    print(table(("law", "provisions", "questions", "semantic", "among 5", "among 10", "with one among 5"), rows))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
