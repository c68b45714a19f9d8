"""Which module makes which format. Heavy libraries are loaded only for the format asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from legcheck.labels import Labels
    from legcheck.model import Entry, Plan, Result
    from legcheck.reports.document import Document
    from legcheck.reports.prose import Recommendation
    from legcheck.reports.stamp import Stamp
    from legcheck.reports.view import ReportView

_ANNEX = "annex"  # with the web page the only document that shows passages


def render(
    format: str,
    result: Result,
    view: ReportView,
    labels: Labels,
    recommended: Sequence[Recommendation],
    stamp: Stamp,
    template: bytes | None = None,
) -> dict[str, bytes]:
    """The files of one format, by what their names end in; the JSON form is the result itself.

    `stamp` says what they are made from; each gets it with its own kind.

    Raises:
        InputError: the Word template given cannot be filled.
        KeyError: there is no such format.
    """
    from legcheck.reports.make_view import words_on

    labels = words_on(result, labels)
    if format in ("docx", "pdf"):
        documents = _documents(view, labels, recommended)
        if format == "pdf" and view.reading is None:
            from legcheck.reports.country_report import minister_page

            documents["on-one-page"] = minister_page(view, labels, recommended)
        return _laid_out(documents, format, stamp, template)
    if format == "html":
        from legcheck.reports.html import render_html

        name = _name(view)
        return {f"{name}.html": render_html(view, labels, recommended, str(replace(stamp, kind=name)))}
    if format == "xlsx":
        from legcheck.reports.xlsx import render_xlsx

        return {f"{_ANNEX}.xlsx": render_xlsx(view, labels, recommended, str(replace(stamp, kind=_ANNEX)))}
    if format == "json":
        from legcheck.results import to_json

        return {"result.json": to_json(result, labels)}
    raise KeyError(format)


def render_plan(
    format: str, plan: Plan, entries: Mapping[str, Entry], labels: Labels, stamp: Stamp, template: bytes | None = None
) -> dict[str, bytes]:
    """The files of one format of the draft plan, by what their names end in.

    Raises:
        InputError: the Word template given cannot be filled.
        KeyError: there is no such format.
    """
    if format in ("docx", "pdf"):
        from legcheck.reports.plan_annex import plan_annex
        from legcheck.reports.plan_document import plan_document
        from legcheck.reports.plan_view import plan_view

        view = plan_view(plan, entries, labels)
        documents = {"plan": plan_document(view, labels), "plan-annex": plan_annex(view, labels)}
        return _laid_out(documents, format, stamp, template)
    if format == "json":
        from legcheck.reports.plan_json import render_plan_json

        return {"plan.json": render_plan_json(plan, entries, labels)}
    raise KeyError(format)


def _laid_out(documents: Mapping[str, Document], format: str, stamp: Stamp, template: bytes | None) -> dict[str, bytes]:
    """Documents in Word, on the template if one is given, or in PDF."""
    told = {name: replace(stamp, kind=name, passages=stamp.passages if name == _ANNEX else "") for name in documents}
    documents = {name: replace(one, stamp=str(told[name])) for name, one in documents.items()}
    if format == "pdf":
        from legcheck.reports.pdf import write_pdf

        return {f"{name}.pdf": write_pdf(document) for name, document in documents.items()}
    from legcheck.reports.docx import write_docx

    return {f"{name}.docx": write_docx(document, template) for name, document in documents.items()}


def _name(view: ReportView) -> str:
    """What the files of a report are called: a reading of named texts is not the report of a country."""
    return "country-report" if view.reading is None else "reading"


def _documents(view: ReportView, labels: Labels, recommended: Sequence[Recommendation]) -> dict[str, Document]:
    """The report and its annex, by name."""
    from legcheck.reports.annex import annex
    from legcheck.reports.country_report import country_report
    from legcheck.reports.reading_report import reading_report

    report = country_report(view, labels, recommended) if view.reading is None else reading_report(view, view.reading, labels)
    return {_name(view): report, _ANNEX: annex(view, labels)}
