"""How a workbook remembers which of its texts the tool itself wrote: what is not among them was written by a person."""

from __future__ import annotations

from zlib import crc32


def fingerprint(text: str) -> int:
    """The short mark of a text as written."""
    return crc32(text.encode("utf-8", "replace"))


def loose_fingerprint(text: str) -> int:
    """The short mark of a text whatever its spaces and line ends, which other programs may change."""
    return fingerprint(" ".join(text.split()))
