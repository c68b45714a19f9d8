"""Frames made from values hold what the tables hold, under the same names."""

import doctest
import io

import pandas as pd
import pyarrow.parquet
import pytest

from legcheck import app, model
from legcheck.labels import labels
from tests.comparison.builders import comparison_of, many
from tests.reports.sample_views import result_of_sample
from tests.samples import workbooks


def tables(comparison) -> dict[str, pd.DataFrame]:
    made = app.comparison_files(comparison, ["parquet"], labels("en"))
    found = {}
    for of, name in (("scores", "scores.parquet"), ("answers", "comparison-answers.parquet")):
        found[of] = pyarrow.parquet.read_table(io.BytesIO(made[name])).to_pandas()
    return found


def plain(frame: pd.DataFrame) -> list[list[object]]:
    """The values row by row, days as text, None for what is missing."""
    days = frame.assign(as_of=[str(day)[:10] for day in frame.as_of])
    return [[None if pd.isna(value) else value for value in row] for row in days.astype(object).to_numpy().tolist()]


@pytest.mark.parametrize("of", ["scores", "answers"])
def test_the_frame_of_a_comparison_is_its_table(of):
    comparison = comparison_of(many(5, rounds=2))
    table = tables(comparison)[of].drop(columns="display", errors="ignore")
    frame = comparison.to_frame(of)
    assert list(frame.columns) == list(table.columns)
    assert plain(frame) == plain(table)
    assert frame.as_of.dtype.kind == "M"


@pytest.mark.parametrize("of", ["scores", "answers"])
def test_the_frame_of_a_result_is_its_part_of_a_comparison(of):
    result = result_of_sample("XUT")
    (*_, sample) = [path for path in workbooks() if path.name.startswith("XUT-")]
    table = app.compare([sample], use_cache=False).to_frame(of)
    frame = result.to_frame(of)
    assert set(frame.columns) <= set(table.columns)
    shared = [name for name in frame.columns if name != "citation"]
    assert plain(frame[shared]) == plain(table[shared])


def test_the_frame_of_an_assessment_holds_every_rating_given():
    assessment = result_of_sample("XUT").assessment
    frame = assessment.to_frame()
    given = [
        [id, *rated]
        for id, one in assessment.answers.items()
        for rated in (one.ratings.items() or ([(None, None)] if one.given else []))
    ]
    assert plain(frame[["as_of", "provision", "dimension", "rating"]]) == [["2026-06-30", *row] for row in given]


def test_the_examples_in_the_documentation_hold():
    for module in (model.assessment, model.comparison, model.figures, model.result, model.summary):
        assert doctest.testmod(module).failed == 0
