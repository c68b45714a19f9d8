"""Frozen values in the words of the field; the stages meet here and nowhere else."""

from legcheck.model.assessment import NO_ANSWER, Answer, Assessment, Citation, Law, LawStatus, Scope, Source
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
from legcheck.model.comparison import (
    Change,
    Compared,
    Comparison,
    ComparisonRules,
    Differs,
    Group,
    Judged,
    LeftOut,
    Movement,
    Naming,
    Order,
    Passage,
    Request,
    Robustness,
    Spread,
    Steadiness,
)
from legcheck.model.figures import (
    DimensionScores,
    Display,
    Figures,
    Node,
    Prints,
    Score,
    display_code,
    whole_percent,
    whole_percents,
)
from legcheck.model.plan import (
    ActionPlan,
    Answered,
    Case,
    Catalogue,
    Choice,
    Entry,
    Example,
    Indicator,
    Measure,
    OrderRule,
    Outlook,
    Phase,
    Plan,
    PlannedMeasure,
    Progress,
    Section,
    SectionContent,
    Status,
)
from legcheck.model.result import Chain, Gap, GapKind, Part, Reason, Result, Step
from legcheck.model.summary import AnswerColumns, ChecklistMark, Summary

__all__ = [
    "NO_ANSWER", "ActionPlan", "Answer", "AnswerColumns", "Answered", "Article", "Assessment", "Band", "Case", "Catalogue",
    "Chain", "Change", "Chapter", "Checklist", "ChecklistMark", "Choice", "Citation", "Compared", "Comparison",
    "ComparisonRules", "Differs", "Dimension", "DimensionScores", "Display", "Element", "Entry", "Example", "Figures", "Gap",
    "GapKind", "Group", "Indicator", "Instrument", "Judged", "Law", "LawStatus", "LeftOut", "Level", "Measure", "Movement",
    "Naming", "Node", "Order", "OrderRule", "Outlook", "Part", "Passage", "Phase", "Plan", "PlannedMeasure", "Prints",
    "PriorityClass", "PriorityRule", "Progress", "Provision", "Reason", "Request", "Result", "Robustness", "Role", "Rollup",
    "Scale", "Scope", "Score", "Section", "SectionContent", "Source", "Spread", "Standard", "Status", "Steadiness", "Step",
    "Summary", "Theme", "decimal", "display_code", "whole_percent", "whole_percents",
]  # fmt: skip
