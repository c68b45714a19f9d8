"""Addresses that a reader may follow."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_UNSAFE = re.compile(r"[\s<>\"'`\\^{}|\x00-\x1f\x7f]")


def web_link(link: str) -> str:
    """The address if it is one of the web, else an empty text."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    return link if parts.scheme in ("http", "https") and parts.hostname and not _UNSAFE.search(link) else ""
