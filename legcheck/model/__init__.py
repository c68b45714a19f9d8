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
from legcheck.model.columns import Columns
from legcheck.model.comparison import (
    Change,
    Compared,
    Comparison,
    ComparisonRules,
    Differs,
    Group,
    LeftOut,
    Movement,
    Order,
    Passage,
    Robustness,
    Spread,
    Steadiness,
)
from legcheck.model.gap import Gap, GapKind, Reason
from legcheck.model.measure import Case, Catalogue, Example, Indicator, Measure, OrderRule, Phase, Section, SectionContent
from legcheck.model.plan import ActionPlan, Answered, Choice, Entry, Outlook, Plan, PlannedMeasure, Progress, Status
from legcheck.model.result import Result
from legcheck.model.score import DimensionScores, Score
from legcheck.model.summary import AnswerColumns, ChecklistMark, Summary

__all__ = [
    "ActionPlan", "Answer", "AnswerColumns", "Answered", "Article", "Assessment", "Band", "Case", "Catalogue", "Chain", "Change",
    "Chapter", "Checklist", "ChecklistMark", "Choice", "Citation", "Columns", "Compared", "Comparison", "ComparisonRules",
    "Differs", "Dimension", "DimensionScores", "Element", "Entry", "Example", "Gap", "GapKind", "Group", "Indicator",
    "Instrument", "Law", "LawStatus", "LeftOut", "Level", "Measure", "Movement", "Order", "OrderRule", "Outlook", "Part",
    "Passage", "Phase", "Plan", "PlannedMeasure", "PriorityClass", "PriorityRule", "Progress", "Provision", "Reason",
    "Result", "Robustness", "Role", "Rollup", "Scale", "Scope", "Score", "Section", "SectionContent", "Source", "Spread",
    "Standard", "Status", "Steadiness", "Step", "Summary", "Theme", "decimal",
]  # fmt: skip
