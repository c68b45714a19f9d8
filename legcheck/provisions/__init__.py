"""Reads, checks and versions checklists."""

from legcheck.provisions.build import build_checklist
from legcheck.provisions.check import Checked, check_checklist
from legcheck.provisions.checklists import load, load_catalogue, short_form
from legcheck.provisions.files import earlier, shipped, shipped_name
from legcheck.provisions.schema import json_schema
from legcheck.provisions.translate import in_language

__all__ = [
    "Checked", "build_checklist", "check_checklist", "earlier", "in_language", "json_schema", "load",
    "load_catalogue", "shipped", "shipped_name", "short_form",
]  # fmt: skip
