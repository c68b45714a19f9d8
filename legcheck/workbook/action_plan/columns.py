"""The columns of an action plan, defined once for the writer, the reader and the manual.

Their headings stand in `reports/labels/<language>/action_plan.yaml`; the reader knows a column by its key and by its heading in
any language, never by its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from legcheck.model import Status
from legcheck.workbook.columns import Column

if TYPE_CHECKING:
    from legcheck.labels import Labels

MAGIC = "legcheck action plan"

PLAN, OVERVIEW, HOW = "plan", "overview", "how"
SHEETS = (PLAN, OVERVIEW, HOW)

PLAN_COLUMNS = (
    Column("id", 10, answer=False, required=True),
    Column("place", 6, answer=False),
    Column("phase", 14, answer=False),
    Column("measure", 25, answer=False),
    Column("do", 56, answer=False),
    Column("gaps", 27, answer=False),
    Column("section", 17, answer=False),
    Column("lead", 17, answer=False),
    Column("partners", 19, answer=False),
    Column("effort", 14, answer=False),
    Column("requires", 11, answer=False),
    Column("owner", 20, required=True),
    Column("start", 12, required=True),
    Column("end", 12, required=True),
    Column("cost", 15, required=True),
    Column("funding", 18, required=True),
    Column("status", 13, required=True),
    Column("progress", 10, required=True),
    Column("text", 36, required=True),
)
SINCE = Column("since", 24)
"""What changed since the texts were written; the column is there only where something did."""

PROGRESS = (0, 25, 50, 75, 100)
"""Steps of progress in per cent."""

TEXTS = ("owner", "funding", "text")
DATES = ("start", "end")


def heading(column: Column, words: Labels) -> str:
    """The heading of a column as shown."""
    return words(f"action_plan.columns.{column.key}")


def statuses(words: Labels) -> dict[str, str]:
    """The words for where a measure stands, by key; the last is the tool's own."""
    return {status.value: words(f"plan.status.{status.value}") for status in Status}


def progress_of(step: int) -> str:
    """A step of progress as it is kept."""
    return f"{step}%"
