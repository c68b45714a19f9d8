"""From a checklist and an assessment to the result."""

from __future__ import annotations

from collections.abc import Iterable

from legcheck.analysis.figures import scores_of
from legcheck.analysis.gaps import find_gaps
from legcheck.analysis.law_in_time import counted
from legcheck.issues import Issue
from legcheck.model import Assessment, Checklist, Result, beside_of


def judge(checklist: Checklist, assessment: Assessment, issues: Iterable[Issue], tool_version: str) -> Result:
    """Scores and gaps of an assessment whose file has no errors; `issues` are its warnings, kept for the report.

    What is missing from named texts may stand in other law, so a reading of them has no gaps.
    """
    today, later = counted(checklist, assessment)
    beside = beside_of(checklist, assessment)
    scores, if_adopted = scores_of(checklist, assessment, today, later)
    return Result(
        checklist=checklist,
        assessment=assessment,
        scores=scores,
        if_adopted={one.key: if_adopted[one.key] for one in checklist.dimensions if today.of(one) != later.of(one)},
        ratings=today.ratings,
        ratings_if_adopted=later.ratings,
        elements=today.elements,
        elements_if_adopted=later.elements,
        gaps=find_gaps(checklist, today, later) if assessment.scope.scored else (),
        issues=tuple(issues),
        tool_version=tool_version,
        beside=beside,
    )
