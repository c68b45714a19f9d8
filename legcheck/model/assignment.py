"""The parts of an assessment that several hands fill in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Assignment:
    """What one of several hands is asked: provisions by id, in order.

    `key` stands in the name of its file, `name` on its first sheet.
    """

    key: str
    name: str
    provisions: tuple[str, ...]
