"""What is striking in the numbering of a statute: numbers left out, and numbers that stand twice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from legcheck.issues import NUMBER_TWICE, NUMBERS_LEFT_OUT, Issues, Location
from legcheck.model import Statute

_MOST_NAMED = 12


def faults(statute: Statute) -> Issues:
    """Warnings about the numbering of a statute, at the file that it was read from."""
    issues, at = Issues(), Location(statute.source)
    twice = [same[0].label for same in statute.by_id.values() if len(same) > 1]
    for rule, found in ((NUMBERS_LEFT_OUT, list(_left_out(statute))), (NUMBER_TWICE, twice)):
        if found:
            more = f" … (+{len(found) - _MOST_NAMED})" if len(found) > _MOST_NAMED else ""
            issues.add(rule, at, numbers=", ".join(found[:_MOST_NAMED]) + more)
    return issues


def _left_out(statute: Statute) -> Iterator[str]:
    """The plain numbers that are missing between two articles, as ranges."""
    numbers = sorted({int(one.id) for one in statute.articles if one.id.isdigit()})
    for before, after in pairwise([0, *numbers] if numbers and numbers[0] <= _MOST_NAMED else numbers):
        if after == before + 2:
            yield str(before + 1)
        elif after > before + 2:
            yield f"{before + 1}-{after - 1}"
