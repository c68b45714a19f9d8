"""Splits an assessment into parts: which provisions each of several hands is asked, and what of the answers is theirs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from math import ceil
from random import Random

from legcheck.issues import IN_NO_PART, IN_TWO_PARTS, UNKNOWN_IN_PART, Issues, Location, closest
from legcheck.model import Assessment, Assignment, Catalogue, Checklist
from legcheck.words import compact, fold

_LONGEST_KEY = 60


def parts_by_chapter(checklist: Checklist) -> tuple[Assignment, ...]:
    """A part for each chapter."""
    return tuple(
        Assignment(one.id, one.title, tuple(each.id for each in one.provisions)) for one in checklist.chapters if one.provisions
    )


def drawn(checklist: Checklist, share: Fraction, seed: int) -> tuple[str, ...]:
    """A sample of the provisions, drawn chapter by chapter, at least one of each; the same seed draws the same."""
    draw, found = Random(seed), set[str]()  # noqa: S311 (nothing secret: a sample that can be drawn again)
    for chapter in checklist.chapters:
        ids = [one.id for one in chapter.provisions]
        found.update(draw.sample(ids, min(len(ids), ceil(share * len(ids)))))
    return tuple(id for id in checklist.provisions if id in found)


def parts_by_lead(checklist: Checklist, catalogue: Catalogue) -> tuple[Assignment, ...]:
    """A part for each body that leads most of the measures for a provision; of several alike, the first of its measures.

    A provision without measures goes where most of its chapter goes.
    """
    leads = {id: Counter(one.lead for one in catalogue.measures.values() if id in one.closes) for id in checklist.provisions}
    of_chapter = {
        chapter.id: sum((leads[one.id] for one in chapter.provisions), Counter[str]()) for chapter in checklist.chapters
    }
    asked: dict[str, list[str]] = {key: [] for key in catalogue.leads}
    for id, provision in checklist.provisions.items():
        usual = (leads[id] or of_chapter[provision.chapter] or Counter(catalogue.leads)).most_common(1)
        asked[usual[0][0]].append(id)
    return tuple(Assignment(key, catalogue.leads[key], tuple(ids)) for key, ids in asked.items() if ids)


def parts_by_name(
    checklist: Checklist, rows: Iterable[tuple[str, str, Location]], file: str
) -> tuple[tuple[Assignment, ...], Issues]:
    """The parts that a table describes, and what is wrong in it. A row has a name, a chapter or provision, and its place."""
    issues, names = Issues(), dict[str, str]()
    known = {compact(one.id): tuple(each.id for each in one.provisions) for one in checklist.chapters}
    known |= {compact(id): (id,) for id in checklist.provisions}
    taken: dict[str, tuple[str, Location]] = {}
    for name, id, at in rows:
        names.setdefault(fold(name), name)
        if compact(id) not in known:
            hint = closest(id, [*(one.id for one in checklist.chapters), *checklist.provisions])
            issues.add(UNKNOWN_IN_PART, at, value=id, part=name, hint=hint)
        here = {provision: taken.setdefault(provision, (fold(name), at)) for provision in known.get(compact(id), ())}
        for other, first in dict.fromkeys(here.values()):
            if other != fold(name):
                both = in_short(checklist, (one for one, by in here.items() if by == (other, first)))
                issues.add(IN_TWO_PARTS, at, provisions=both, part=name, other=names[other], first=first.line)
    if left := in_short(checklist, checklist.provisions.keys() - taken.keys()):
        issues.add(IN_NO_PART, Location(file), provisions=left)
    asked = {one: tuple(id for id in checklist.provisions if id in taken and taken[id][0] == one) for one in names}
    return tuple(Assignment(key, names[one], asked[one]) for one, key in _keys(names) if asked[one]), issues


def _keys(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Names, folded, each with a key of its own that can stand in the name of a file."""
    used: set[str] = set()
    for number, one in enumerate(names, 1):
        key = re.sub(r"\W+", "-", one)[:_LONGEST_KEY].strip("-")
        key = key if key and key not in used else f"{key}-{number}".strip("-")
        used.add(key)
        yield one, key


def in_short(checklist: Checklist, provisions: Iterable[str]) -> str:
    """Provisions in a list, those of a whole chapter by its id alone."""
    wanted, named = set(provisions), list[str]()
    for chapter in checklist.chapters:
        ids = [one.id for one in chapter.provisions]
        named += [chapter.id] if wanted.issuperset(ids) else [id for id in ids if id in wanted]
    return ", ".join(named)


def part_of(checklist: Checklist, assessment: Assessment, part: Assignment) -> Assessment:
    """The assessment with the answers of a part and what was changed in them; register and all else are those of the whole."""
    others = checklist.provisions.keys() - part.provisions
    return replace(
        assessment,
        answers={id: one for id, one in assessment.answers.items() if id not in others},
        history=tuple(one for one in assessment.history if one.provision not in others),
    )
