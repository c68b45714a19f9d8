"""Frozen values in the terms of the field; the stages share these and nothing else.

A module is loaded when a name in it is first asked for: making its classes takes time, and most commands need few of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from legcheck.model.assessment import (
        MET,
        NO_ANSWER,
        NOT_MET,
        Answer,
        Assessment,
        Citation,
        ElementAnswer,
        Kind,
        Law,
        LawStatus,
        Scope,
        Source,
        is_subdivision,
        recorded,
    )
    from legcheck.model.checklist import (
        Article,
        Band,
        Chapter,
        Checklist,
        Dimension,
        Element,
        Instrument,
        Level,
        Points,
        PriorityClass,
        PriorityRule,
        Provision,
        Role,
        Rollup,
        Scale,
        Standard,
        Theme,
        Worth,
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
        Movement,
        Naming,
        Passage,
        Robustness,
        Spread,
        Steadiness,
    )
    from legcheck.model.figures import (
        MOST_UNITS,
        DimensionScores,
        Display,
        Figures,
        Node,
        Prints,
        Score,
        display_code,
        rounded,
        whole_percent,
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
    from legcheck.model.request import Order, Request
    from legcheck.model.result import Chain, Gap, GapKind, Part, Reason, Result, Step
    from legcheck.model.summary import (
        AnswerColumns,
        ChecklistMark,
        LeftOut,
        Summary,
        Texts,
        pack_elements,
        pack_ratings,
        unpack_elements,
        unpack_ratings,
    )
    from legcheck.model.tally import NO_ELEMENTS, NONE_MET, Tally

__all__ = [
    "MET", "MOST_UNITS", "NONE_MET", "NOT_MET", "NO_ANSWER", "NO_ELEMENTS", "ActionPlan", "Answer", "AnswerColumns", "Answered",
    "Article", "Assessment", "Band", "Case", "Catalogue", "Chain", "Change", "Chapter", "Checklist", "ChecklistMark", "Choice",
    "Citation", "Compared", "Comparison", "ComparisonRules", "Differs", "Dimension", "DimensionScores", "Display", "Element",
    "ElementAnswer", "Entry", "Example", "Figures", "Gap", "GapKind", "Group", "Indicator", "Instrument", "Judged", "Kind",
    "Law", "LawStatus", "LeftOut", "Level", "Measure", "Movement", "Naming", "Node", "Order", "OrderRule", "Outlook", "Part",
    "Passage", "Phase", "Plan", "PlannedMeasure", "Points", "Prints", "PriorityClass", "PriorityRule", "Progress", "Provision",
    "Reason", "Request", "Result", "Robustness", "Role", "Rollup", "Scale", "Scope", "Score", "Section", "SectionContent",
    "Source", "Spread", "Standard", "Status", "Steadiness", "Step", "Summary", "Tally", "Texts", "Theme", "Worth", "decimal",
    "display_code", "is_subdivision", "pack_elements", "pack_ratings", "recorded", "rounded", "unpack_elements",
    "unpack_ratings", "whole_percent",
]  # fmt: skip

# In this order they are searched, so that a module comes after those that it needs itself.
_MODULES = ("request", "assessment", "figures", "tally", "summary", "checklist", "comparison", "result", "plan")


def __getattr__(name: str) -> Any:
    if name in __all__:
        for module in map(import_module, (f"{__name__}.{one}" for one in _MODULES)):
            if hasattr(module, name):
                return getattr(module, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
