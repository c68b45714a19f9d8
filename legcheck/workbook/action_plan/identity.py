"""What the hidden sheet of an action plan keeps: whose it is, and how each row stood when it was written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from legcheck.issues import (
    ACTION_PLAN_FROM_LATER_LAW,
    ACTION_PLAN_OF_OTHER_CHECKLIST,
    ACTION_PLAN_OF_OTHER_COUNTRY,
    NOT_AN_ACTION_PLAN,
    Issues,
    Location,
    reject,
)
from legcheck.model import Status
from legcheck.workbook.text import clean

if TYPE_CHECKING:
    from legcheck.model import Plan
    from legcheck.workbook.reading.identity import Identity


@dataclass(frozen=True)
class Kept:
    """What the hidden sheet keeps of a row as it was written."""

    fingerprint: str
    title: str
    closed_on: date | None = None
    stale_mark: str = ""
    days: tuple[str, ...] = ()
    last_status: Status | None = None

    @property
    def status(self) -> Status:
        """Where a measure stands about which nothing is said."""
        return Status.CLOSED if self.closed_on else Status.PROPOSED


@dataclass(frozen=True)
class Written:
    """What the hidden sheet keeps of an action plan: the date of the law, and its measures in order."""

    as_of: date
    measures: Mapping[str, Kept]


def written_in(identity: Identity) -> Written:
    """What the hidden sheet keeps.

    Raises:
        InputError: it was edited so that it cannot be read.
    """
    as_of, measures = date.min, dict[str, Kept]()
    try:
        for row in identity.book.rows(identity.sheet):
            kind, id, first, second = ([clean(value) for value in row[:4]] + [""] * 4)[:4]
            if kind == "as_of":
                as_of = date.fromisoformat(id)
            elif kind == "measure":
                measures[id] = Kept(first, second)
            elif kind == "closed":
                last = Status(second) if second else None
                measures[id] = replace(measures[id], closed_on=date.fromisoformat(first), last_status=last)
            elif kind == "stale":
                measures[id] = replace(measures[id], stale_mark=first)
            elif kind == "dates":
                measures[id] = replace(measures[id], days=(first, second))
    except (ValueError, KeyError):
        raise reject(NOT_AN_ACTION_PLAN, Location(str(identity.book.path))) from None
    return Written(as_of, measures)


def belongs(identity: Identity, written: Written, plan: Plan, issues: Issues) -> bool:
    """Whether an action plan is of the same country, checklist and version; another date is what an update is for."""
    assessment, checklist = plan.result.assessment, plan.result.checklist
    at, before = Location(identity.book.path.name), len(issues)
    if identity.country[0] != assessment.country:
        issues.add(ACTION_PLAN_OF_OTHER_COUNTRY, at, value=identity.country[0], allowed=assessment.country)
    if (identity.checklist, identity.version) != (checklist.id, checklist.version):
        facts = {"value": f"{identity.checklist} {identity.version}", "allowed": f"{checklist.id} {checklist.version}"}
        issues.add(ACTION_PLAN_OF_OTHER_CHECKLIST, at, **facts)
    if len(issues) > before:
        return False
    if written.as_of > assessment.as_of:
        issues.add(ACTION_PLAN_FROM_LATER_LAW, at, value=written.as_of.isoformat(), as_of=assessment.as_of.isoformat())
    return True
