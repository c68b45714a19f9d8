"""What a form of the checklist asks of those who fill it."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from math import ceil
from typing import Any

from legcheck.model import Checklist
from legcheck.provisions.build import build_checklist


@dataclass(frozen=True)
class Burden:
    """How many provisions a form asks about, and about how many minutes that takes."""

    provisions: int
    minutes: int


def burden(checklist: Checklist, *, short: bool) -> Burden:
    """The burden of the full form, or of the short form that holds the core provisions."""
    asked = sum(1 for provision in checklist.provisions.values() if provision.core or not short)
    return Burden(asked, ceil(asked * checklist.minutes))


def short_form(checklist: Checklist) -> Checklist:
    """The checklist with its core provisions only, as the short form of a workbook asks them. It has a digest of its own."""
    definition: dict[str, Any] = copy.deepcopy(dict(checklist.definition))
    core = {one.id for one in checklist.provisions.values() if one.core}
    for id, chapter in list(definition["chapters"].items()):
        chapter["provisions"] = {key: one for key, one in chapter["provisions"].items() if key in core}
        if not chapter["provisions"]:
            del definition["chapters"][id]
    return build_checklist({**definition, "form": "short"}, translations=checklist.translations)
