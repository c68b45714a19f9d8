"""The gap report as one web page: nothing is fetched, everything typed is escaped, and it reads in full without script."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from legcheck.labels import Labels
from legcheck.reports import palette, svg
from legcheck.reports.html_filters import filters_of
from legcheck.reports.view import GapView, ReportView
from legcheck.reports.web import web_link
from legcheck.resources import bundled

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
_UNSAFE_IN_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def render_html(view: ReportView, labels: Labels) -> bytes:
    """The page as UTF-8, ready to be written to a file."""
    environment = _environment()
    style = _inline(environment.get_template("gap-report.css.j2").render(palette=palette, margin=_css_string(view.notice_short)))
    script = _inline((bundled("reports/templates") / "gap-report.js").read_text("utf-8"))
    page = environment.get_template("gap-report.html.j2").render(
        view=view,
        t=labels,
        parts={"overview": OVERVIEW, "annex": ANNEX},
        filters=filters_of(view, labels),
        charts=[(one, svg.chart(one, mirrored=view.direction == "rtl")) for one in view.dimensions],
        gaps=_by_provision(view),
        policy=_policy(style, script),
        style=style,
        script=script,
    )
    return _UNSAFE_IN_TEXT.sub("", page).encode()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(bundled("reports/templates")),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["web_link"] = web_link
    environment.globals.update(palette=palette, svg=svg)
    return environment


def _by_provision(view: ReportView) -> Mapping[str, tuple[GapView, ...]]:
    """The gaps of every provision that has any, in the order of the view."""
    found: dict[str, tuple[GapView, ...]] = {}
    for gap in view.gaps:
        found[gap.provision] = (*found.get(gap.provision, ()), gap)
    return found


def _inline(text: str) -> Markup:
    """Style or script of our own, to stand in the page as it is."""
    if "</" in text:
        raise ValueError("style and script may not hold the end of an element")
    return Markup(text)  # noqa: S704  # templates of our own; the one text put in is escaped by _css_string


def _policy(style: str, script: str) -> str:
    """What the browser may do: apply this style, run this script, and nothing else."""
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_digest(style)}'",
            f"script-src '{_digest(script)}'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _css_string(text: str) -> str:
    """Text for a quoted string of a style sheet: letters and digits as they are, everything else by number."""
    return "".join(one if one.isascii() and one.isalnum() else f"\\{ord(one):06x}" for one in text)
