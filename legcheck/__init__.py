"""Reviews national law against a structured checklist, and writes gap reports, plans and comparisons.

>>> import legcheck
>>> result = legcheck.assess("assessments/samples/XUT-2026-06-30.xlsx")
>>> result.scores["law"].total.answered
125
>>> result.gaps[0].provision
'GEN-10'

Nothing is loaded before it is used: ``import legcheck`` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from legcheck.app import assess, compare, find, plan, read, report
    from legcheck.issues import InputError, Issue, LegcheckError, Location
    from legcheck.model import Assessment, Comparison, Gap, Plan, Request, Result, Score

__version__ = "0.1.0"

_HOMES = {
    "legcheck.app": ("assess", "compare", "find", "plan", "read", "report"),
    "legcheck.issues": ("InputError", "Issue", "LegcheckError", "Location"),
    "legcheck.model": ("Assessment", "Comparison", "Gap", "Plan", "Request", "Result", "Score"),
}

__all__ = [
    "Assessment", "Comparison", "Gap", "InputError", "Issue", "LegcheckError", "Location", "Plan", "Request", "Result",
    "Score", "assess", "compare", "find", "plan", "read", "report",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(f"module 'legcheck' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
