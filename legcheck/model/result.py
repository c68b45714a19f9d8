"""The result: the hinge between judgement and reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from legcheck.issues import Issue
from legcheck.model.assessment import Assessment
from legcheck.model.checklist import Checklist
from legcheck.model.gap import Gap
from legcheck.model.score import DimensionScores


@dataclass(frozen=True)
class Result:
    """One assessment judged: every report, table and comparison is made from this.

    `if_adopted` holds, for dimensions judged in time, the figures as they would be once adopted and draft law is in force; it
    lacks a dimension where they would not differ. `issues` are the warnings found in the file.
    """

    checklist: Checklist
    assessment: Assessment
    scores: Mapping[str, DimensionScores]
    if_adopted: Mapping[str, DimensionScores]
    effective: Mapping[str, Mapping[str, str]]
    gaps: tuple[Gap, ...]
    issues: tuple[Issue, ...]
    tool_version: str
