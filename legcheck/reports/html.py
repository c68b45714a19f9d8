"""The gap report as one web page: nothing is fetched, everything typed is escaped, and it reads in full without script."""

from __future__ import annotations

from collections.abc import Mapping

from legcheck.labels import Labels
from legcheck.reports import svg
from legcheck.reports.html_filters import filters_of
from legcheck.reports.view import GapView, ReportView
from legcheck.reports.web_page import render_page

OVERVIEW = ("facts", "summary", "scores", "chart", "contrary", "top", "recommendations", "assistance")
ANNEX = (
    "provisions",
    "gaps",
    "concordance",
    "themes",
    "instruments",
    "laws",
    "not-applicable",
    "doubts",
    "observations",
    "unanswered",
    "standards",
    "method",
    "issues",
    "check",
)


def render_html(view: ReportView, labels: Labels) -> bytes:
    """The page as UTF-8, ready to be written to a file."""
    return render_page(
        "gap-report",
        margin=view.notice_short,
        view=view,
        t=labels,
        svg=svg,
        parts={"overview": OVERVIEW, "annex": ANNEX},
        filters=filters_of(view, labels),
        charts=[(one, svg.chart(one, mirrored=view.direction == "rtl")) for one in view.dimensions],
        gaps=_by_provision(view),
    )


def _by_provision(view: ReportView) -> Mapping[str, tuple[GapView, ...]]:
    """The gaps of every provision that has any, in the order of the view."""
    found: dict[str, tuple[GapView, ...]] = {}
    for gap in view.gaps:
        found[gap.provision] = (*found.get(gap.provision, ()), gap)
    return found
