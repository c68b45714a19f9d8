"""Reads, checks and versions checklists."""

from legcheck.provisions.build import build_checklist
from legcheck.provisions.burden import Burden, burden, short_form
from legcheck.provisions.check import Checked, check_checklist
from legcheck.provisions.load import load, shipped
from legcheck.provisions.measures import load_catalogue
from legcheck.provisions.schema import json_schema
from legcheck.provisions.translate import in_language

__all__ = [
    "Burden", "Checked", "build_checklist", "burden", "check_checklist", "in_language", "json_schema", "load",
    "load_catalogue", "shipped", "short_form",
]  # fmt: skip
