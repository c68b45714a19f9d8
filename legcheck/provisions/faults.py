"""Faults of form: what of a file fits the schema, and an issue with its line for everything that does not."""

from __future__ import annotations

import copy
import re
from functools import cache
from typing import Any, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError

from legcheck.issues import MISSING_FIELD, UNKNOWN_FIELD, WRONG_VALUE, Issues, closest
from legcheck.yaml_text import Document, Trail, Tree


def validated(kind: Any, document: Document, issues: Issues) -> Any:
    """The content of a file as `kind`, with an issue for every field that does not fit.

    `kind` is an entry of the schema or a mapping of entries. What does not fit is left out, so that the rest is checked too;
    of a mapping, entries that cannot do without it are left out whole, of a single entry None is given.
    """
    try:
        return _adapter(kind).validate_python(document.tree)
    except ValidationError as error:
        for fault in error.errors():
            _add_fault(fault, kind, document, issues)
        return _sound(kind, _without(document.tree, [fault["loc"] for fault in error.errors()]))


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _without(tree: Tree, trails: list[tuple[str | int, ...]]) -> Tree:
    """A copy of a tree without the faulty fields."""
    copied = copy.deepcopy(tree)
    for trail in trails:
        above: Any = copied
        for step in trail[:-1]:
            if isinstance(above, dict):
                above = above.get(str(step))
        if trail and isinstance(above, dict):
            above.pop(str(trail[-1]), None)
    return copied


def _sound(kind: Any, tree: Tree) -> Any:
    """What of a tree fits: of a mapping of entries those that do, of a single entry all or None."""
    try:
        return _adapter(kind).validate_python(tree)
    except ValidationError as error:
        if get_origin(kind) is not dict or not isinstance(tree, dict):
            return None
        faulty = {str(fault["loc"][0]) for fault in error.errors() if fault["loc"]}
        return _adapter(kind).validate_python({key: entry for key, entry in tree.items() if key not in faulty})


def _add_fault(fault: Any, kind: Any, document: Document, issues: Issues) -> None:
    trail = tuple(step for step in fault["loc"] if step != "[key]")
    at = document.at(trail)
    field = ".".join(str(step) for step in trail) or document.name
    if fault["type"] == "extra_forbidden":
        allowed = _siblings(kind, trail)
        issues.add(UNKNOWN_FIELD, at, field=field, allowed=", ".join(allowed), hint=closest(str(trail[-1]), allowed))
    elif fault["type"] == "missing":
        issues.add(MISSING_FIELD, at, field=field)
    else:
        value = "" if isinstance(fault["input"], dict | list) else str(fault["input"])
        words = _words(fault)
        allowed_text = ", ".join(words) if words else f"@issues.expected.{_expected(fault['type'])}"
        issues.add(WRONG_VALUE, at, field=field, value=value, allowed=allowed_text, hint=closest(value, words))


def _words(fault: Any) -> list[str]:
    """The words allowed where only some are."""
    if fault["type"] not in ("enum", "literal_error"):
        return []
    return re.findall(r"'([^']*)'", str(fault.get("ctx", {}).get("expected", "")))


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
