"""With names withheld, no output names a country, its laws, its files or its dates."""

import importlib.util
import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import pyarrow.parquet
import pytest

from legcheck import app
from legcheck.analysis.comparison import letters_of
from legcheck.issues import SAME_ASSESSMENT, Location, reject
from legcheck.labels import labels
from legcheck.model import LeftOut
from legcheck.reports.comparison.make_view import view_of
from tests.comparison.builders import comparison_of, many, summary_of

MODULES = {"html": "html", "xlsx": "xlsx", "json": "json_form"}
FORMATS = ["csv", "parquet"] + [
    format for format, module in MODULES.items() if importlib.util.find_spec(f"legcheck.reports.comparison.{module}")
]
# The code and name of an invented country, its law and article, its file and digest, and its day.
GIVEAWAYS = re.compile(
    r"\bXA[A-I]\b|Land |Victims of Terrorism Act|\bart\. \d|\.xlsx|0{20}|\d-06-30|30/0?6|30 Jun|30 juin|sesame"
)


def anonymous(**terms):
    summaries = [replace(one, title="A sesame title") for one in many(9, rounds=2)]
    (issue,) = reject(SAME_ASSESSMENT, Location("XAA.xlsx"), country="XAA", as_of="2026-06-30", others="sesame.xlsx").issues
    left_out = (LeftOut("sesame/XAA.xlsx", (issue,)),)
    return comparison_of(summaries, anonymous=True, left_out=left_out, draws=3, **terms)


def written(comparison, formats: list[str], language: str = "en") -> dict[str, bytes]:
    made = app.comparison_files(comparison, formats, labels(language))
    return {name: content if isinstance(content, bytes) else b"".join(content) for name, content in made.items()}


def texts_in(name: str, content: bytes) -> str:
    """All text of a file, including its properties."""
    if name.endswith(".parquet"):
        table = pyarrow.parquet.read_table(io.BytesIO(content))
        return f"{table.schema.metadata} {table.to_pydict()}"
    if name.endswith(".xlsx"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return " ".join(archive.namelist()) + " ".join(archive.read(one).decode() for one in archive.namelist())
    return content.decode()


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_output_gives_a_country_away(format, language):
    outputs = written(anonymous(language=language), [format], language)
    assert len(outputs) >= 2
    for name, content in outputs.items():
        found = GIVEAWAYS.search(texts_in(name, content).replace("comparison.xlsx", ""))
        assert found is None, (name, found)
        assert not GIVEAWAYS.search(name.replace(".xlsx", ""))


def test_nothing_that_a_page_shows_gives_a_country_away():
    for language in ("en", "fr"):
        shown = repr(view_of(anonymous(language=language), labels(language)))
        assert not GIVEAWAYS.search(shown), GIVEAWAYS.search(shown)


def test_the_search_for_giveaways_finds_them_where_names_are_shown():
    comparison = comparison_of(many(9, rounds=2))
    outputs = written(comparison, ["csv", "parquet"])
    assert all(GIVEAWAYS.search(texts_in(name, content)) for name, content in outputs.items())
    assert GIVEAWAYS.search(repr(view_of(comparison, labels("en"))))


def test_letters_are_the_same_whenever_the_same_files_are_compared():
    summaries = many(30, rounds=2)
    assert letters_of(summaries) == letters_of(summaries[::-1])
    assert sorted(letters_of(summaries).values(), key=lambda one: (len(one), one))[:27][-2:] == ["Z", "AA"]


def test_letters_say_nothing_of_the_alphabet_and_change_with_the_files():
    summaries = many(20)
    drawn = letters_of(summaries)
    in_order = [drawn[one.country] for one in summaries]
    assert in_order != sorted(in_order)
    assert set(in_order) == {chr(65 + at) for at in range(20)}
    changed = [replace(summaries[0], source=replace(summaries[0].source, digest="f" * 64)), *summaries[1:]]
    assert letters_of(changed) != drawn


def test_figures_are_those_of_the_comparison_with_names():
    named, withheld = comparison_of(many(9, rounds=2)), comparison_of(many(9, rounds=2), anonymous=True)
    letters = letters_of(many(9, rounds=2))

    def figures(comparison, key):
        return sorted(
            (key(row), row.summary.as_of.year, row.latest, row.scores["law"].total.central) for row in comparison.scored
        )

    assert figures(withheld, lambda row: row.name) == figures(named, lambda row: letters[row.summary.country])
    assert [(one.changes, one.breaks) for one in sorted(withheld.passages, key=repr)] != []
    assert sorted(len(one.changes) for one in withheld.passages) == sorted(len(one.changes) for one in named.passages)
    by_middle = {group.scope: group.spreads for group in named.everyone}
    assert {group.scope: group.spreads for group in withheld.everyone} == by_middle


def test_rows_stand_in_the_order_of_their_letters():
    comparison = comparison_of(many(30), anonymous=True)
    for rows in (comparison.scored, comparison.readings):
        names = [row.name for row in rows]
        assert names == sorted(names, key=lambda one: (len(one), one))


def test_two_rounds_of_one_year_stay_apart_and_in_time():
    days = [date(2026, 11, 5), date(2026, 2, 1), date(2024, 5, 5)]
    comparison = comparison_of([summary_of("XAA", at, day) for at, day in enumerate(days)], anonymous=True)
    assert [row.when for row in comparison.rows] == ["2024", "2026", "2026 (2)"]
    assert [row.latest for row in comparison.rows] == [False, False, True]
    plain = comparison_of([summary_of("XAA", at, day) for at, day in enumerate(days)])
    assert [row.scores["law"].total for row in comparison.rows] == [row.scores["law"].total for row in plain.rows]
