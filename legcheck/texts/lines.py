"""The lines of a text, whatever file it came from, each with what the source says of it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from legcheck.words import UNSEEN

_MORE_UNSEEN = UNSEEN | dict.fromkeys([0x200C, 0x200D, 0x200E, 0x200F])
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_CLEANED = _MORE_UNSEEN | _LIGATURES
_ODD = re.compile(f"[{''.join(re.escape(chr(code)) for code in _CLEANED)}]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line or paragraph of a text; `level` is that of a heading in the source, 0 if it is none.

    `linked` says that the whole line is a link.
    """

    text: str
    level: int = 0
    bold: bool = False
    linked: bool = False


def clean(text: str) -> str:
    """A text in one line, with no letters that cannot be seen and none that are drawn as one."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if _ODD.search(text):
        text = text.translate(_CLEANED)
    return " ".join(text.split())


def comparable(text: str) -> str:
    """What does not change with the form in which a text was published: its letters and figures."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text.translate(_CLEANED)).casefold()))
