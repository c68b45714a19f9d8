"""Makes, reads and marks workbooks; reads answers tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from legcheck.workbook.columns import ALL, Form
from legcheck.workbook.reading.guards import kind_of, read_bytes, too_big
from legcheck.workbook.reading.identity import Identity, identify
from legcheck.workbook.reading.workbook import read_workbook
from legcheck.workbook.text import parse_date

if TYPE_CHECKING:
    from legcheck.workbook.action_plan.reading import read_action_plan
    from legcheck.workbook.action_plan.writing import make_action_plan
    from legcheck.workbook.citations import law_mentioned
    from legcheck.workbook.consultation import make_consultation, read_consultation
    from legcheck.workbook.decisions import Decided, make_decisions, open_decisions, read_decisions
    from legcheck.workbook.history import change_in_words
    from legcheck.workbook.marking import annotate, is_signed
    from legcheck.workbook.passages import with_passages
    from legcheck.workbook.privacy import names_of_persons, personal_facts
    from legcheck.workbook.reading.answers_table import AnswersTable
    from legcheck.workbook.reading.groups import read_groups, read_parts
    from legcheck.workbook.reading.references import read_references, write_references
    from legcheck.workbook.reading.table_files import is_answers_table
    from legcheck.workbook.recognition import recognisable_facts
    from legcheck.workbook.writing.workbook import make_workbook

__all__ = [
    "ALL",
    "AnswersTable",
    "Decided",
    "Form",
    "Identity",
    "annotate",
    "change_in_words",
    "identify",
    "is_answers_table",
    "is_signed",
    "kind_of",
    "law_mentioned",
    "make_action_plan",
    "make_consultation",
    "make_decisions",
    "make_workbook",
    "names_of_persons",
    "open_decisions",
    "parse_date",
    "personal_facts",
    "read_action_plan",
    "read_bytes",
    "read_consultation",
    "read_decisions",
    "read_groups",
    "read_parts",
    "read_references",
    "read_workbook",
    "recognisable_facts",
    "too_big",
    "with_passages",
    "write_references",
]

# What a command may not need, or libraries that take longer to load than a workbook takes to read.
_LATER = {
    "AnswersTable": "legcheck.workbook.reading.answers_table",
    "Decided": "legcheck.workbook.decisions",
    "annotate": "legcheck.workbook.marking",
    "change_in_words": "legcheck.workbook.history",
    "is_answers_table": "legcheck.workbook.reading.table_files",
    "is_signed": "legcheck.workbook.marking",
    "law_mentioned": "legcheck.workbook.citations",
    "make_action_plan": "legcheck.workbook.action_plan.writing",
    "make_consultation": "legcheck.workbook.consultation",
    "make_decisions": "legcheck.workbook.decisions",
    "make_workbook": "legcheck.workbook.writing.workbook",
    "names_of_persons": "legcheck.workbook.privacy",
    "open_decisions": "legcheck.workbook.decisions",
    "personal_facts": "legcheck.workbook.privacy",
    "recognisable_facts": "legcheck.workbook.recognition",
    "read_action_plan": "legcheck.workbook.action_plan.reading",
    "read_consultation": "legcheck.workbook.consultation",
    "read_decisions": "legcheck.workbook.decisions",
    "read_groups": "legcheck.workbook.reading.groups",
    "read_parts": "legcheck.workbook.reading.groups",
    "read_references": "legcheck.workbook.reading.references",
    "write_references": "legcheck.workbook.reading.references",
    "with_passages": "legcheck.workbook.passages",
}


def __getattr__(name: str) -> Any:
    if name in _LATER:
        from importlib import import_module

        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(name)
