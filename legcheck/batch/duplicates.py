"""Keeps one assessment for each country and date when several files hold one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from legcheck.batch.reading import Outcome
from legcheck.issues import SAME_ASSESSMENT, Issue, Issues, Location
from legcheck.model import LeftOut, Summary


def without_duplicates(outcomes: Iterable[Outcome]) -> tuple[list[tuple[str, Summary]], list[LeftOut]]:
    """The summaries with their files, one for each country and date, and the files that were left out.

    Of several identical assessments the first is kept; of several that differ, none, since only their authors can say which is
    right. Either way, each file left out gets an issue that names the others.
    """
    left_out: dict[str, list[Issue]] = {}
    groups: dict[object, list[tuple[str, Summary]]] = {}
    for one in outcomes:
        if one.left_out is not None:
            left_out[one.left_out.file] = list(one.left_out.issues)
        for summary in one.summaries:
            groups.setdefault(summary.key, []).append((one.file, summary))
    kept: list[tuple[str, Summary]] = []
    for group in groups.values():
        agree = len(group) == 1 or len({_content(summary) for _, summary in group}) == 1
        if agree:
            kept.append(group[0])
        for place, (file, summary) in enumerate(group):
            if place or not agree:
                others = ", ".join(other for at, (other, _) in enumerate(group) if at != place)
                left_out.setdefault(file, []).append(_duplicate(file, summary, others, agree=agree))
    return kept, [LeftOut(file, tuple(issues)) for file, issues in left_out.items()]


def _content(summary: Summary) -> object:
    """The content of an assessment, regardless of its file."""
    return repr(replace(summary, source=replace(summary.source, name="", digest="")))


def _duplicate(file: str, summary: Summary, others: str, *, agree: bool) -> Issue:
    found = Issues()
    facts = {"country": summary.country, "as_of": summary.as_of.isoformat(), "others": others}
    found.add(SAME_ASSESSMENT, Location(file), **facts, kept=f"@issues.same.{'one' if agree else 'none'}")
    return found.found[0]
