"""The first sheet of the comparison workbook: what is compared, what does not compare plainly, how to read and check it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from legcheck.reports.comparison.view import ComparisonView
from legcheck.reports.view import Row
from legcheck.reports.xlsx_cells import HEADING, LABEL, NOTICE, SUBTITLE, TITLE, Sheet

_WIDTHS = (34.0, 120.0)


def notes_sheet(page: Sheet, view: ComparisonView) -> None:
    """What is compared, what does not compare plainly, and how to read and check it."""
    labels, end = page.labels, len(_WIDTHS)
    page.widths(_WIDTHS)
    page.line(view.title, TITLE)
    page.line(view.subtitle, SUBTITLE)
    for notice in filter(None, (view.caveat, view.notice)):
        page.line(notice, NOTICE, end=end)
    _rows(page, "facts", view.facts)
    if view.not_comparable:
        _heading(page, "not_comparable")
        for sentence in view.not_comparable:
            page.line(sentence, end=end)
    _rows(page, "signs", _signs(view))
    reading = labels.under("comparison_sheets.reading")
    _rows(page, "reading", [Row(reading[key], reading[f"{key}_is"]) for key in ("figures", "colours", "spread")])
    if view.robustness_note:
        _heading(page, "robustness")
        page.line(view.robustness_note, end=end)
    _rows(page, "left_out", view.left_out)
    _rows(page, "method", sorted(view.method, key=lambda row: "\n" in row.text))


def _heading(page: Sheet, name: str) -> None:
    page.skip()
    page.line(page.labels(f"comparison_sheets.heading.{name}"), HEADING)


def _rows(page: Sheet, name: str, rows: Iterable[Row]) -> None:
    """A heading, and below it labels with what stands beside them, each line of a list in a row of its own."""
    shown = list(rows)
    if not shown:
        return
    _heading(page, name)
    for row in shown:
        for place, text in enumerate(row.text.split("\n")):
            label = "" if place else row.label
            page.put(1, label, LABEL)
            page.fit(label, _WIDTHS[0], LABEL)
            page.line(text, start=2, end=2)


def _signs(view: ComparisonView) -> Iterator[Row]:
    """Every sign in use with its sentences."""
    found: dict[str, dict[str, None]] = {}
    for row in view.rows:
        for mark in row.marks:
            found.setdefault(mark.sign, {})[mark.text] = None
    for sign, texts in found.items():
        yield Row(sign, "\n".join(texts))
