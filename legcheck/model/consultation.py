"""Who was heard on an assessment."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Heard:
    """A body or group that was heard, never a person: how, and when, in the words of those who report it."""

    who: str
    how: str = ""
    when: str = ""
