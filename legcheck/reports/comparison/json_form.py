"""The stable JSON form of a comparison: exact figures for other programs, each in the form it has in a result file.

Format 2. Assessments are referred to by their place in `assessments`, from 0. A figure says here what it says in a result file,
except for the core provisions that lower its band. Readings of named texts stand apart, in `readings`, with counts and no shares.
Every member and every item of a list is on its own line, so that a large file can be read and compared line by line.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from legcheck.labels import Labels
from legcheck.model import (
    Change,
    ChecklistMark,
    Compared,
    Comparison,
    DimensionScores,
    Group,
    LeftOut,
    Passage,
    Robustness,
    Spread,
    Steadiness,
)
from legcheck.results import issue_tree, uncapped_tree

FORMAT = 2
KIND = "comparison"


def render_json(comparison: Comparison, labels: Labels) -> bytes:
    """A comparison as JSON: figures as numbers in [0, 1] with full precision, counts, and the printed text beside them."""
    members = ",\n".join(f"{_line(key)}: {_member(value)}" for key, value in _members(comparison, labels))
    # A character that UTF-8 cannot encode is written as a JSON escape.
    return f"{{\n{members}\n}}\n".encode(errors="backslashreplace")


def _members(comparison: Comparison, labels: Labels) -> Iterator[tuple[str, Any]]:
    yield "format", FORMAT
    yield "kind", KIND
    yield "tool", {"name": "legcheck", "version": comparison.tool_version}
    yield "language", labels.language
    yield "checklist", _checklist(comparison)
    yield "options", _options(comparison)
    yield "assessments", (_assessment(comparison, row, labels) for row in comparison.scored)
    yield "readings", (_assessment(comparison, row, labels) for row in comparison.readings)
    yield "everyone", (_group(group, named=True) for group in comparison.everyone)
    yield "groups", (_group(group, named=not comparison.anonymous) for group in comparison.groups)
    yield "passages", (_passage(passage) for passage in comparison.passages)
    yield "robustness", None if comparison.robustness is None else _robustness(comparison.robustness)
    yield "left_out", (_left_out(one, labels, anonymous=comparison.anonymous) for one in comparison.left_out)


def _member(value: Any) -> str:
    if not isinstance(value, Iterator):
        return _line(value)
    items = ",\n".join(map(_line, value))
    return f"[\n{items}\n]" if items else "[]"


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _checklist(comparison: Comparison) -> dict[str, Any]:
    """What the assessments are compared against; `rules` is null if none of them answers this very version."""
    checklist = comparison.checklist
    marks = (row.summary.checklist for row in comparison.rows)
    return {
        "id": checklist.id,
        "version": checklist.version,
        "digest": checklist.digest,
        "rules": next((mark.rules for mark in marks if mark.digest == checklist.digest), None),
        "scoring": comparison.scoring,
    }


def _options(comparison: Comparison) -> dict[str, Any]:
    return {
        "anonymous": comparison.anonymous,
        "rescored": comparison.request.rescored,
        "smallest_group": comparison.rules.smallest_group,
    }


def _assessment(comparison: Comparison, row: Compared, labels: Labels) -> dict[str, Any]:
    """One assessment; where names are withheld its day and its file are too, and `country` is the letter that stands for it."""
    summary, hidden = row.summary, comparison.anonymous
    ratings = {key: comparison.ratings(row, key) for key in comparison.checklist_of(row).by_dimension}
    return {
        "country": summary.country,
        "name": row.name,
        "when": row.when,
        "as_of": None if hidden else summary.as_of.isoformat(),
        "year": summary.as_of.year,
        "scope": summary.scope.value,
        "title": None if hidden else summary.title or None,
        "latest": row.latest,
        "differs": [one.value for one in row.differs],
        "group": row.group or None,
        "source": None if hidden else {"file": summary.source.name, "digest": summary.source.digest},
        "checklist": _mark(summary.checklist),
        "rescored_from": _mark(summary.rescored_from) if summary.rescored_from else None,
        "not_carried": list(summary.not_carried),
        "scores": _figures(row.scores, labels),
        "if_adopted": _figures(row.if_adopted, labels),
        "ratings": {key: dict(rated) for key, rated in ratings.items()},
        "elements": {id: list(marks.met) for id, marks in comparison.elements(row).items() if marks.met},
    }


def _mark(mark: ChecklistMark) -> dict[str, Any]:
    return {"id": mark.id, "version": mark.version, "digest": mark.digest, "rules": mark.rules, "short": mark.short}


def _figures(figures: Mapping[str, DimensionScores], labels: Labels) -> dict[str, Any]:
    return {key: uncapped_tree(scores, labels) for key, scores in figures.items()}


def _group(group: Group, *, named: bool) -> dict[str, Any]:
    """A group; its members are null where naming them would reveal which letter lies in which region."""
    return {
        "key": group.key,
        "title": group.title,
        "scope": group.scope.value,
        "count": len(group.members),
        "members": list(group.members) if named else None,
        "spreads": {
            dimension: {node: _spread(spread) for node, spread in nodes.items()} for dimension, nodes in group.spreads.items()
        },
    }


def _spread(spread: Spread) -> dict[str, Any]:
    parts: dict[str, Fraction] = {name: getattr(spread, name) for name in ("lowest", "lower", "median", "upper", "highest")}
    return {"count": spread.count, **{name: float(value) for name, value in parts.items()}}


def _passage(passage: Passage) -> dict[str, Any]:
    return {
        "before": passage.before,
        "after": passage.after,
        "breaks": [one.value for one in passage.breaks],
        "changes": [_change(change) for change in passage.changes],
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "provision": change.provision,
        "dimension": change.dimension,
        "movement": change.movement.value,
        "before": change.before,
        "after": change.after,
    }


def _robustness(robustness: Robustness) -> dict[str, Any]:
    return {
        "draws": robustness.draws,
        "seed": robustness.seed,
        "weights_vary_by": float(robustness.weights_vary_by),
        "by_dimension": {key: [_steadiness(one) for one in found] for key, found in robustness.by_dimension.items()},
    }


def _steadiness(one: Steadiness) -> dict[str, Any]:
    return {"assessment": one.row, "score": list(one.score)}


def _left_out(one: LeftOut, labels: Labels, *, anonymous: bool) -> dict[str, Any]:
    """A file that is not compared; where names are withheld, only issue codes say why."""
    return {
        "file": None if anonymous else one.file,
        "codes": sorted({issue.code for issue in one.issues}),
        "issues": None if anonymous else [issue_tree(issue, labels) for issue in one.issues],
    }
