"""From a checklist and an assessment to the result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from legcheck.analysis.effective import ratings_of
from legcheck.analysis.gaps import find_gaps
from legcheck.analysis.scores import score_all
from legcheck.issues import Issue
from legcheck.model import Assessment, Checklist, Result


def judge(checklist: Checklist, assessment: Assessment, issues: Iterable[Issue], tool_version: str) -> Result:
    """Scores and gaps of an assessment whose file has no errors; `issues` are its warnings, kept for the report."""
    today = _effective(checklist, assessment, adopted=False)
    later = _effective(checklist, assessment, adopted=True)
    return Result(
        checklist=checklist,
        assessment=assessment,
        scores=score_all(checklist, assessment),
        if_adopted={
            key: scores for key, scores in score_all(checklist, assessment, adopted=True).items() if today[key] != later[key]
        },
        effective=today,
        gaps=find_gaps(checklist, assessment, today, later),
        issues=tuple(issues),
        tool_version=tool_version,
    )


def _effective(checklist: Checklist, assessment: Assessment, *, adopted: bool) -> Mapping[str, Mapping[str, str]]:
    return {dimension.key: ratings_of(checklist, assessment, dimension, adopted=adopted) for dimension in checklist.dimensions}
