"""Views for the comparison's page: any number of invented countries, with something in every section."""

from dataclasses import replace
from functools import cache

from legcheck.labels import labels
from legcheck.reports.comparison.make_view import view_of
from legcheck.reports.comparison.view import ComparisonView, SteadyRow, SteadyTable
from legcheck.reports.view import Row
from tests.comparison.builders import comparison_of, groups_of, many


@cache
def view(count: int, language: str = "en", rounds: int = 2, **terms) -> ComparisonView:
    summaries = many(count, rounds)
    made = view_of(comparison_of(summaries, language, groups=groups_of(summaries), **terms), labels(language))
    return replace(
        made, robustness=(steady(made),), robustness_note="Drawn.", left_out=(Row("XZZ.xlsx", "A001 Not a workbook."),)
    )


def steady(made: ComparisonView) -> SteadyTable:
    """A test of robustness with the figures that the page only lays out."""
    heads = [head for head in made.rows if head.latest]
    rows = (SteadyRow(head.name, head.when, "50%", "44% to 58%", (0.44, 0.5, 0.58)) for head in heads[:4])
    return SteadyTable("Law", "National assessments", tuple(rows))
