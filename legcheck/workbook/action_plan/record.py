"""What the hidden sheet of an action plan records: the date of the law, and how each measure stood when the file was written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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
from legcheck.workbook.text import clean, loose_fingerprint

if TYPE_CHECKING:
    from legcheck.model import Entry, Plan
    from legcheck.workbook.reading.identity import Identity


@dataclass(frozen=True)
class Recorded:
    """How a measure stood when the file was written."""

    fingerprint: str
    title: str
    closed_on: date | None = None
    stale_remarks: str = ""
    days: tuple[str, ...] = ()
    last_status: Status | None = None

    @property
    def status(self) -> Status:
        """The status of the measure where its cell is blank."""
        return Status.CLOSED if self.closed_on else Status.PROPOSED


@dataclass(frozen=True)
class Record:
    """What an action plan records: the date of the law, and its measures in order."""

    as_of: date
    measures: Mapping[str, Recorded]


def write_record(as_of: date, measures: Iterable[tuple[str, Entry]]) -> Iterator[tuple[str, ...]]:
    """The rows of the hidden sheet, for measures with their titles as shown."""
    yield "as_of", as_of.isoformat()
    for title, entry in measures:
        yield "measure", entry.measure, entry.fingerprint, title
        if entry.closed_on is not None:
            yield "closed", entry.measure, entry.closed_on.isoformat(), entry.last_status or ""
        if entry.stale:
            yield "stale", entry.measure, remarks_mark(entry.text)
        if entry.start or entry.end:
            yield "dates", entry.measure, *(day.isoformat() if day else "" for day in (entry.start, entry.end))


def read_record(identity: Identity) -> Record:
    """What the hidden sheet records.

    Raises:
        InputError: it was edited and can no longer be read.
    """
    as_of, measures = date.min, dict[str, Recorded]()
    try:
        for row in identity.book.rows(identity.sheet):
            kind, id, first, second = ([clean(value) for value in row[:4]] + [""] * 4)[:4]
            if kind == "as_of":
                as_of = date.fromisoformat(id)
            elif kind == "measure":
                measures[id] = Recorded(first, second)
            elif kind == "closed":
                last = Status(second) if second else None
                measures[id] = replace(measures[id], closed_on=date.fromisoformat(first), last_status=last)
            elif kind == "stale":
                measures[id] = replace(measures[id], stale_remarks=first)
            elif kind == "dates":
                measures[id] = replace(measures[id], days=(first, second))
    except (ValueError, KeyError):
        raise reject(NOT_AN_ACTION_PLAN, Location(str(identity.book.path))) from None
    return Record(as_of, measures)


def remarks_mark(text: str) -> str:
    """The mark that shows whether remarks have changed."""
    return f"{loose_fingerprint(text):x}"


def belongs(identity: Identity, record: Record, plan: Plan, issues: Issues) -> bool:
    """Whether an action plan is for the country, checklist and version of `plan`; its date may be earlier."""
    assessment, checklist = plan.result.assessment, plan.result.checklist
    at, before = Location(identity.book.path.name), len(issues)
    if identity.country[0] != assessment.country:
        issues.add(ACTION_PLAN_OF_OTHER_COUNTRY, at, value=identity.country[0], allowed=assessment.country)
    if (identity.checklist, identity.version) != (checklist.id, checklist.version):
        facts = {"value": f"{identity.checklist} {identity.version}", "allowed": f"{checklist.id} {checklist.version}"}
        issues.add(ACTION_PLAN_OF_OTHER_CHECKLIST, at, **facts)
    if len(issues) > before:
        return False
    if record.as_of > assessment.as_of:
        issues.add(ACTION_PLAN_FROM_LATER_LAW, at, value=record.as_of.isoformat(), as_of=assessment.as_of.isoformat())
    return True
