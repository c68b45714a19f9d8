"""The first pages of the plan: what it is and is not, the guiding principles, the summary with the outlook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from legcheck.reports.docx_parts import Xml
    from legcheck.reports.plan_docx_page import PlanPage
    from legcheck.reports.view import Row

_WHEN_CM, _FIGURES_CM = 5.4, 11.6


def notices(page: PlanPage) -> Iterator[Xml]:
    for notice in page.plan.notices:
        yield page.write.paragraph(notice, style="Report Notice")


def principles(page: PlanPage) -> Iterator[Xml]:
    """The guiding principles, before anything else."""
    yield page.intro("principles")
    yield page.pairs(page.title("principles"), page.plan.principles) if page.plan.principles else page.none()


def summary(page: PlanPage) -> Iterator[Xml]:
    """What the plan holds in sentences, and where it would lead."""
    for sentence in page.plan.summary:
        yield page.write.paragraph(sentence)
    yield page.section("outlook")
    if not page.plan.outlook_today:
        yield page.none()
        return
    yield _outlook(page)
    yield page.write.paragraph(page.plan.outlook_note, style="caption")


def _outlook(page: PlanPage) -> Xml:
    """The scores today and after each phase, a column for each dimension."""
    dimensions = [row.label for row in page.plan.outlook_today]
    widths = (_WHEN_CM, *(_FIGURES_CM / len(dimensions) for _ in dimensions))
    today = page.labels("plan.outlook.today")
    steps: list[tuple[str, tuple[Row, ...]]] = [(today, page.plan.outlook_today)]
    steps += [(phase.title, phase.outlook) for phase in page.plan.phases]
    rows = [page.write.row(widths, page.write.strong(title), *(row.text for row in figures)) for title, figures in steps]
    return page.write.table(page.title("outlook"), widths, rows, [page.word("columns.outlook"), *dimensions])
