"""Rounds of one country: what was gained and lost from one to the next, and whether the two may be joined by a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from legcheck.model import Change, Checklist, Compared, Comparison, Differs, Dimension, Level, Movement, Passage, Summary


def breaks_between(before: Summary, after: Summary) -> tuple[Differs, ...]:
    """Why two rounds do not compare: another scope, form or version, other rules, or only other texts."""
    then, now = before.checklist, after.checklist
    found = []
    if before.scope is not after.scope:
        found.append(Differs.SCOPE)
    if then.short != now.short:
        found.append(Differs.FORM)
    if (then.id, then.version) != (now.id, now.version):
        found.append(Differs.VERSION)
    if then.rules != now.rules and then.short == now.short:
        found.append(Differs.RULES)
    elif then.digest != now.digest and not found:
        found.append(Differs.TEXTS)
    return tuple(found)


def with_passages(comparison: Comparison) -> Comparison:
    """The comparison with what changed from round to round of every country, in the order of the rows."""
    rows = comparison.rows
    by_country: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        by_country.setdefault(row.summary.country, []).append(place)
    found = []
    for places in by_country.values():
        in_time = sorted(places, key=lambda place: rows[place].summary.as_of)
        for first, second in pairwise(in_time):
            breaks = breaks_between(rows[first].summary, rows[second].summary)
            changes = () if Differs.SCOPE in breaks else tuple(_changes(rows[first], rows[second], comparison))
            found.append(Passage(first, second, breaks, changes))
    return replace(comparison, passages=tuple(found))


def _changes(before: Compared, after: Compared, comparison: Comparison) -> Iterator[Change]:
    """The provisions that both checklists have and whose rating differs."""
    then = comparison.checklists[before.summary.checklist.digest]
    now = comparison.checklists[after.summary.checklist.digest]
    for dimension in now.dimensions:
        if dimension.key not in then.by_dimension:
            continue
        earlier, later = comparison.ratings(before, dimension.key), comparison.ratings(after, dimension.key)
        for id in (id for id in now.provisions if id in earlier and earlier[id] != later[id]):
            worths = _worth(then, dimension, id, earlier), _worth(now, dimension, id, later)
            yield Change(id, dimension.key, _movement(earlier[id], later[id], worths), earlier[id], later[id])


def _movement(before: str, after: str, worths: tuple[Fraction | None, Fraction | None]) -> Movement:
    if not before or not after:
        return Movement.ANSWERED if after else Movement.NO_LONGER_ANSWERED
    then, now = worths
    if then is None or now is None or then == now:
        return Movement.RE_RATED
    return Movement.GAINED if now > then else Movement.LOST


def _worth(checklist: Checklist, dimension: Dimension, id: str, ratings: Mapping[str, str]) -> Fraction | None:
    """What a rating is worth, less than nothing where the law says the opposite; None where it is outside or not answered."""
    if not ratings[id]:
        return None
    level: Level = checklist.by_dimension[dimension.key].scale.level(ratings[id], checklist.provisions[id].maximum)
    return None if level.outside else Fraction(-1) if level.contrary else level.worth
