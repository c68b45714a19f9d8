"""Reads, checks and versions checklists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from legcheck.provisions.checklists import load, load_catalogue, short_form
from legcheck.provisions.files import earlier, shipped, shipped_name

if TYPE_CHECKING:
    from legcheck.provisions.build import build_checklist
    from legcheck.provisions.check import Checked, check_checklist
    from legcheck.provisions.references import with_numbers
    from legcheck.provisions.schema import json_schema
    from legcheck.provisions.translate import in_language

__all__ = [
    "Checked", "build_checklist", "check_checklist", "earlier", "in_language", "json_schema", "load",
    "load_catalogue", "shipped", "shipped_name", "short_form", "with_numbers",
]  # fmt: skip

# What checks files takes as long to load as a workbook takes to read, and the shipped checklists are kept as built.
_LATER = {
    "Checked": "check",
    "build_checklist": "build",
    "check_checklist": "check",
    "in_language": "translate",
    "json_schema": "schema",
    "with_numbers": "references",
}


def __getattr__(name: str) -> Any:
    if name in _LATER:
        from importlib import import_module

        return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
    raise AttributeError(name)
