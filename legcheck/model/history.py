"""The history of an assessment: each change of an answer after it was first given, and who made it, why, and from which file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, order=True)
class Revision:
    """One change of an answer or of a law.

    `provision` is the id of a provision or the key of a law, `field` what was changed in it: one of the fields of `Answer.at`,
    such as ``law``, ``elements.a`` or ``legal_basis``, or one of `Law`. `before` and `after` hold a rating by its key, whether an
    element is met as ``yes`` or ``no``, and any other text as it was. `who` is a role or body, never a person; `file` is where
    the change comes from.
    """

    on: date
    provision: str
    field: str = ""
    before: str = ""
    after: str = ""
    who: str = ""
    why: str = ""
    file: str = ""


def united(*histories: Iterable[Revision]) -> tuple[Revision, ...]:
    """Every change of several histories once, by day and provision, in whatever order they are given."""
    return tuple(sorted({one for history in histories for one in history}))
