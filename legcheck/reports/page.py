"""A web page in one file: style and script are part of it, nothing is fetched, and every text put in is escaped."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from legcheck.reports import palette
from legcheck.resources import bundled

if TYPE_CHECKING:
    from legcheck.labels import Labels

_UNSAFE_IN_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def render_page(name: str, margin: str, labels: Labels, **facts: object) -> bytes:
    """The page made from the templates called `name`, as UTF-8; `margin` is printed at the head of every sheet of paper."""
    texts = {"margin": margin, "after_label": labels("common.labelled", label="")}
    quoted = {key: _css_string(text) for key, text in texts.items()}
    style = _inline(environment().get_template(f"{name}.css.j2").render({**facts, **quoted}))
    script = _inline((bundled("reports/templates") / f"{name}.js").read_text("utf-8"))
    template = environment().get_template(f"{name}.html.j2")
    page = template.render(**facts, labels=labels, policy=_policy(style, script), style=style, script=script)
    return _UNSAFE_IN_TEXT.sub("", page).encode()


@cache
def environment() -> Environment:
    """The templates of web pages: everything is escaped, and a name that is missing is an error."""
    made = Environment(
        loader=FileSystemLoader(bundled("reports/templates")),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(palette=palette)
    return made


def _inline(text: str) -> Markup:
    """A style sheet or script of our own, put into the page as it is."""
    if "</" in text:
        raise ValueError("style sheets and scripts may not contain the end of an element")
    return Markup(text)  # noqa: S704  # templates of our own; the texts put in are escaped by _css_string


def _policy(style: str, script: str) -> str:
    """What the browser may do: apply this style sheet, run this script, and nothing else."""
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
