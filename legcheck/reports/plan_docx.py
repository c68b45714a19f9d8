"""The draft plan as a Word document, built on a template that the adviser can replace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from legcheck.reports.docx_build import begun, finished
from legcheck.reports.docx_parts import Writer
from legcheck.reports.docx_template import adopt_styles, shipped_template
from legcheck.reports.plan_docx_parts import PlanPage, measure_anchor
from legcheck.reports.plan_docx_tags import PLAN, words_of

if TYPE_CHECKING:
    from legcheck.labels import Labels
    from legcheck.reports.plan_view import PlanView


def render_plan_docx(view: PlanView, labels: Labels, template: bytes | None = None) -> bytes:
    """A Word document of the plan, on the adviser's template if one is given.

    Raises:
        InputError: the template cannot be filled; `check_template` with the plan's tags says why before anything is made.
    """
    document, used = begun(template, shipped_template(PLAN.template), PLAN, words_of(view, labels))
    linked = frozenset(measure_anchor(one.id) for one in view.measures) if "sections" in used else frozenset()
    page = PlanPage(view.report, labels, Writer(adopt_styles(document.styles.element), linked=linked), plan=view)
    return finished(document, page, PLAN, title=f"{view.title} · {view.subtitle}", subject=view.notice_short)
