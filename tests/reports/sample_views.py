"""The views of the shipped samples, made once."""

from functools import cache

from legcheck import app
from legcheck.analysis.plan import first_entries
from legcheck.labels import labels
from legcheck.model import Plan, Result
from legcheck.reports.annex import annex
from legcheck.reports.country_report import country_report
from legcheck.reports.document import Document
from legcheck.reports.make_view import view_of, words_on
from legcheck.reports.plan_annex import plan_annex
from legcheck.reports.plan_view import PlanView, plan_view
from legcheck.reports.prose import recommendations
from legcheck.reports.reading_report import reading_report
from legcheck.reports.view import ReportView
from tests.samples import workbooks


@cache
def result_of_sample(country: str) -> Result:
    """The result of the latest sample workbook of a country."""
    *_, path = [one for one in workbooks() if one.name.startswith(f"{country}-")]
    return app.assess(path)


@cache
def view_of_sample(country: str, language: str) -> ReportView:
    """Its report, in a language."""
    return view_of(app.in_language(result_of_sample(country), language), labels(language))


@cache
def plan_of_sample(country: str, language: str) -> Plan:
    """The draft plan of the sample, in a language."""
    return app.draft_plan(result_of_sample(country), language)


@cache
def plan_view_of_sample(country: str, language: str) -> PlanView:
    """The same, nobody having worked on it, ready to be laid out."""
    plan = plan_of_sample(country, language)
    return plan_view(plan, first_entries(plan), labels(language))


@cache
def country_report_of_sample(country: str, language: str) -> Document:
    """The country report of the sample, with the measures of its draft plan, or the report of a reading."""
    view = view_of_sample(country, language)
    if view.reading is not None:
        return reading_report(view, view.reading, words_on(result_of_sample(country), labels(language)))
    words, plan = labels(language), plan_of_sample(country, language)
    return country_report(view, words, recommendations(plan, view, words))


@cache
def annex_of_sample(country: str, language: str) -> Document:
    """The annex of the same report."""
    return annex(view_of_sample(country, language), words_on(result_of_sample(country), labels(language)))


@cache
def plan_annex_of_sample(country: str, language: str) -> Document:
    """The annex of its draft plan."""
    return plan_annex(plan_view_of_sample(country, language), labels(language))
