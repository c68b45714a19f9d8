"""From a checklist and an assessment to the result."""

from __future__ import annotations

from collections.abc import Iterable

from legcheck.analysis.figures import scores_of
from legcheck.analysis.gaps import find_gaps
from legcheck.analysis.law_in_time import ratings_of
from legcheck.issues import Issue
from legcheck.model import Assessment, Checklist, Result


def judge(checklist: Checklist, assessment: Assessment, issues: Iterable[Issue], tool_version: str) -> Result:
    """Scores and gaps of an assessment whose file has no errors; `issues` are its warnings, kept for the report."""
    today, later = (ratings_of(checklist, assessment, adopted=adopted) for adopted in (False, True))
    scores, if_adopted = scores_of(checklist, assessment, today, later)
    return Result(
        checklist=checklist,
        assessment=assessment,
        scores=scores,
        if_adopted={key: one for key, one in if_adopted.items() if today[key] != later[key]},
        ratings=today,
        ratings_if_adopted=later,
        gaps=find_gaps(checklist, assessment, today, later),
        issues=tuple(issues),
        tool_version=tool_version,
    )
