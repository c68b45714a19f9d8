"""Makes, reads and marks workbooks; reads answers tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from legcheck.assessments.content import content_issues
from legcheck.assessments.reading.groups import read_groups
from legcheck.assessments.reading.identity import Identity, identify
from legcheck.assessments.reading.table import read_table
from legcheck.assessments.reading.workbook import read_workbook

if TYPE_CHECKING:
    from legcheck.assessments.action_plan.reading import read_action_plan
    from legcheck.assessments.action_plan.writing import make_action_plan
    from legcheck.assessments.marking import annotate
    from legcheck.assessments.reading.columns import read_columns
    from legcheck.assessments.writing.workbook import make_workbook

__all__ = [
    "Identity",
    "annotate",
    "content_issues",
    "identify",
    "make_action_plan",
    "make_workbook",
    "read_action_plan",
    "read_columns",
    "read_groups",
    "read_table",
    "read_workbook",
]

# Writing needs openpyxl, which takes longer to load than a workbook takes to read.
_LATER = {
    "annotate": "legcheck.assessments.marking",
    "make_action_plan": "legcheck.assessments.action_plan.writing",
    "make_workbook": "legcheck.assessments.writing.workbook",
    "read_columns": "legcheck.assessments.reading.columns",
    "read_action_plan": "legcheck.assessments.action_plan.reading",
}


def __getattr__(name: str) -> Any:
    if name in _LATER:
        from importlib import import_module

        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(name)
