"""Makes, reads and marks workbooks; reads answers tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from legcheck.assessments.content import content_issues
from legcheck.assessments.reading.identity import Identity, identify
from legcheck.assessments.reading.table import read_table
from legcheck.assessments.reading.workbook import read_workbook

if TYPE_CHECKING:
    from legcheck.assessments.marking import annotate
    from legcheck.assessments.writing.workbook import make_workbook

__all__ = ["Identity", "annotate", "content_issues", "identify", "make_workbook", "read_table", "read_workbook"]

# Writing needs openpyxl, which takes longer to load than a workbook takes to read.
_WRITERS = {"annotate": "legcheck.assessments.marking", "make_workbook": "legcheck.assessments.writing.workbook"}


def __getattr__(name: str) -> Any:
    if name in _WRITERS:
        from importlib import import_module

        return getattr(import_module(_WRITERS[name]), name)
    raise AttributeError(name)
