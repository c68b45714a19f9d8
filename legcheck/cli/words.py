"""The language of the terminal: ``LEGCHECK_LANGUAGE``, else the system's where the tool speaks it, else English."""

from __future__ import annotations

import os
from functools import cache

from legcheck.labels import DEFAULT, Labels, labels, languages


@cache
def terminal_language() -> str:
    """The language in which commands speak."""
    wanted = os.environ.get("LEGCHECK_LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LANG") or DEFAULT
    code = wanted.replace("_", "-").partition("-")[0].lower()
    return code if code in languages() else DEFAULT


def words(language: str | None = None) -> Labels:
    """The labels of a language, or of the terminal's own."""
    return labels(language or terminal_language())


def help_text(key: str) -> str:
    """The help of a command or option."""
    return words()(f"cli.help.{key}")
