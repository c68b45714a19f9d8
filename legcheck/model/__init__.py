"""Frozen values in the words of the field; the stages meet here and nowhere else."""

from legcheck.model.assessment import Answer, Assessment, Citation, Law, LawStatus, Scope, Source
from legcheck.model.chain import Chain, Part, Step
from legcheck.model.checklist import (
    Article,
    Band,
    Chapter,
    Checklist,
    Dimension,
    Element,
    Instrument,
    Level,
    PriorityClass,
    PriorityRule,
    Provision,
    Role,
    Rollup,
    Scale,
    Standard,
    Theme,
    decimal,
)
from legcheck.model.gap import Gap, GapKind, Reason
from legcheck.model.result import Result
from legcheck.model.score import DimensionScores, Score

__all__ = [
    "Answer", "Article", "Assessment", "Band", "Chain", "Chapter", "Checklist", "Citation", "Dimension", "DimensionScores",
    "Element", "Gap", "GapKind", "Instrument", "Law", "LawStatus", "Level", "Part", "PriorityClass", "PriorityRule", "Provision",
    "Reason", "Result", "Role", "Rollup", "Scale", "Scope", "Score", "Source", "Standard", "Step", "Theme", "decimal",
]  # fmt: skip
