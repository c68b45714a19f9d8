"""Takes out of a comparison all that names a country, and puts letters in its place."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from legcheck.model import Compared, Source, Summary


def letters_of(summaries: Iterable[Summary]) -> Mapping[str, str]:
    """A letter for every country: A, B, ... Z, AA, the same whenever the same files are compared.

    The order is drawn from the content of all files, so that neither the alphabet nor a list of countries gives a name away.
    """
    every = list(summaries)
    secret = "".join(sorted(one.source.digest for one in every))
    drawn = {one.country: hashlib.sha256(f"{secret} {one.country}".encode()).digest() for one in every}
    return {country: _letters(place) for place, country in enumerate(sorted(drawn, key=lambda country: drawn[country]))}


def anonymised(rows: Sequence[Compared], letters: Mapping[str, str]) -> list[Compared]:
    """The rows without anything that names a country: code, title, laws and their articles, the file, the day of the law."""
    taken: Counter[tuple[str, int]] = Counter()
    found = []
    for row in rows:
        letter, year = letters[row.summary.country], row.summary.as_of.year
        taken[letter, year] += 1
        round_ = taken[letter, year]
        summary = replace(
            row.summary,
            country=letter,
            country_name="",
            title="",
            as_of=date(year, 1, 1) + timedelta(days=round_ - 1),
            source=Source("", ""),
            citations={},
            laws={},
        )
        found.append(replace(row, summary=summary, when=str(year) if round_ == 1 else f"{year} ({round_})"))
    return found


def _letters(place: int) -> str:
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(65 + rest) + text
    return text
