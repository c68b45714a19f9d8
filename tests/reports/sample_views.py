"""The views of the shipped samples, made once."""

from functools import cache
from pathlib import Path

from legcheck import pipeline
from legcheck.labels import labels
from legcheck.model import Result
from legcheck.reports.view import ReportView
from legcheck.reports.words import view_of

SAMPLES = Path(__file__).parents[2] / "assessments" / "samples"


@cache
def result_of_sample(country: str) -> Result:
    """The result of the sample workbook of a country."""
    (path,) = [one for one in SAMPLES.glob(f"{country}-*.xlsx") if "mistakes" not in one.name]
    return pipeline.result_of(path)


@cache
def view_of_sample(country: str, language: str) -> ReportView:
    """Its report, in a language."""
    return view_of(result_of_sample(country), labels(language))
