"""Which module makes which format. Heavy libraries are loaded only for the format asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from legcheck.labels import Labels
    from legcheck.model import Result
    from legcheck.reports.view import ReportView


def file_name(stem: str, format: str) -> str:
    """The name of a report's file: ``XUT-2026-06-30-gap-report.docx``; the JSON form is the result itself."""
    return f"{stem}-result.json" if format == "json" else f"{stem}-gap-report.{format}"


def render(format: str, result: Result, view: ReportView, labels: Labels, template: bytes | None = None) -> bytes:
    """The bytes of one format.

    Raises:
        InputError: the Word template given cannot be filled.
        KeyError: there is no such format.
    """
    if format == "docx":
        from legcheck.reports.docx import render_docx

        return render_docx(view, labels, template)
    if format == "html":
        from legcheck.reports.html import render_html

        return render_html(view, labels)
    if format == "xlsx":
        from legcheck.reports.xlsx import render_xlsx

        return render_xlsx(view, labels)
    if format == "json":
        from legcheck.results import to_json

        return to_json(result, labels)
    raise KeyError(format)
