"""What a form of the checklist asks of those who fill it."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from legcheck.model import Checklist


@dataclass(frozen=True)
class Burden:
    """How many provisions a form asks about, and about how many minutes that takes."""

    provisions: int
    minutes: int


def burden(checklist: Checklist, *, short: bool) -> Burden:
    """The burden of the full form, or of the short form that holds the core provisions."""
    asked = sum(1 for provision in checklist.provisions.values() if provision.core or not short)
    return Burden(asked, ceil(asked * checklist.minutes))
