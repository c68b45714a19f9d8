"""Faults of form: what of a file fits the schema, and an issue with its line for everything that does not."""

from __future__ import annotations

from functools import cache
from typing import Any, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError

from legcheck.issues import MISSING_FIELD, UNKNOWN_FIELD, WRONG_VALUE, Issues, closest
from legcheck.yaml_text import Document, Trail, Tree


def validated(kind: Any, document: Document, issues: Issues) -> Any:
    """The content of a file as `kind`, with an issue for every field that does not fit.

    `kind` is an entry of the schema or a mapping of entries. Of a mapping, the sound entries are given whatever is wrong with
    the others; of an entry with faults, None.
    """
    try:
        return _adapter(kind).validate_python(document.tree)
    except ValidationError as error:
        for fault in error.errors():
            _add_fault(fault, kind, document, issues)
        return _sound_entries(kind, document.tree, {str(fault["loc"][0]) for fault in error.errors() if fault["loc"]})


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _sound_entries(kind: Any, tree: Tree, faulty: set[str]) -> Any:
    """What of a mapping of entries is sound, so that one bad provision does not hide the faults of the others."""
    if get_origin(kind) is not dict:
        return None
    entries = tree if isinstance(tree, dict) else {}
    return _adapter(kind).validate_python({key: entry for key, entry in entries.items() if key not in faulty})


def _add_fault(fault: Any, kind: Any, document: Document, issues: Issues) -> None:
    trail = tuple(step for step in fault["loc"] if step != "[key]")
    at = document.at(trail)
    field = str(trail[-1]) if trail else document.name
    if fault["type"] == "extra_forbidden":
        allowed = _siblings(kind, trail)
        issues.add(UNKNOWN_FIELD, at, field=field, allowed=", ".join(allowed), hint=closest(field, allowed))
    elif fault["type"] == "missing":
        issues.add(MISSING_FIELD, at, field=field)
    else:
        value = "" if isinstance(fault["input"], dict | list) else str(fault["input"])
        issues.add(WRONG_VALUE, at, field=field, value=value, allowed=f"@issues.expected.{_expected(fault['type'])}")


def _expected(kind: str) -> str:
    known = {"number", "flag", "text", "letter", "enum", "list_type", "dict_type", "model_type", "literal_error"}
    return kind if kind in known else "other"


def _siblings(kind: Any, trail: Trail) -> list[str]:
    """The fields allowed where an unknown one was found."""
    for step in trail[:-1]:
        kind = _below(kind, step)
    return [field.alias or name for name, field in kind.model_fields.items()] if _is_entry(kind) else []


def _below(kind: Any, step: str | int) -> Any:
    if _is_entry(kind):
        named = {field.alias or name: field.annotation for name, field in kind.model_fields.items()}
        return named.get(str(step))
    inner = get_args(kind)
    return inner[-1] if inner else None


def _is_entry(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)
