"""Sets assessments side by side: figures of each, the middle of each group, and what does not compare."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from legcheck.analysis.anonymity import anonymised, letters_of
from legcheck.analysis.rounds import breaks_between
from legcheck.analysis.scores import SCORING, score_many
from legcheck.analysis.spread import spreads_of
from legcheck.analysis.summary import mark_of
from legcheck.model import (
    Checklist,
    Compared,
    Comparison,
    ComparisonRules,
    Differs,
    DimensionScores,
    Group,
    Order,
    Scope,
    Summary,
)


@dataclass(frozen=True)
class Terms:
    """How a comparison is asked for.

    `names` holds the name of every country in the language of the output and `sort_keys` what it is ordered by; `groups` the key
    and title of the group of each country that has one.
    """

    names: Mapping[str, str]
    sort_keys: Mapping[str, str]
    rules: ComparisonRules
    groups: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    fictional: frozenset[str] = frozenset()
    order: Order = Order.NAME
    anonymous: bool = False
    rescored: bool = False


def compare(
    summaries: Sequence[Summary], checklists: Mapping[str, Checklist], checklist: Checklist, terms: Terms, tool_version: str
) -> Comparison:
    """The comparison of assessments, each judged by its own checklist; `checklist` is the one they are set against."""
    letters = letters_of(summaries) if terms.anonymous else {}
    figures = _figures(summaries, checklists)
    latest = _latest(summaries)
    year = _usual_year([summaries[place] for place in latest])
    usual = _usual(summaries, checklist)
    rows = [
        Compared(
            summary=one,
            name=letters.get(one.country) or terms.names[one.country],
            when=one.as_of.isoformat(),
            scores=figures[place][0],
            if_adopted=figures[place][1],
            fictional=one.country in terms.fictional,
            latest=place in latest,
            differs=_differs(one, usual, year, figures[place][0]),
            group="" if terms.anonymous else terms.groups.get(one.country, ("", ""))[1],
        )
        for place, one in enumerate(summaries)
    ]
    rows = _in_order(rows, terms, letters)
    keys = {letters.get(country, country): group for country, group in terms.groups.items()}
    if terms.anonymous:
        rows = anonymised(rows, letters)
    return Comparison(
        checklist=checklist,
        checklists=checklists,
        rows=tuple(rows),
        everyone=_everyone(rows, checklist, terms.rules),
        groups=_groups(rows, keys, checklist, terms),
        passages=(),
        order=terms.order,
        anonymous=terms.anonymous,
        smallest_group=terms.rules.smallest_group,
        tool_version=tool_version,
        scoring=SCORING,
        rescored=terms.rescored,
    )


def _figures(
    summaries: Sequence[Summary], checklists: Mapping[str, Checklist]
) -> list[tuple[Mapping[str, DimensionScores], Mapping[str, DimensionScores]]]:
    """The figures of every assessment today and if adopted, those of one checklist worked out together."""
    today: list[dict[str, DimensionScores]] = [{} for _ in summaries]
    later: list[dict[str, DimensionScores]] = [{} for _ in summaries]
    for digest, scope in sorted({(one.checklist.digest, one.scope) for one in summaries}):
        alike = [place for place, one in enumerate(summaries) if (one.checklist.digest, one.scope) == (digest, scope)]
        for dimension in checklists[digest].dimensions:
            for found, of in ((today, "ratings"), (later, "if_adopted")):
                places = [place for place in alike if dimension.key in getattr(summaries[place], of)]
                ratings = [getattr(summaries[place], of)[dimension.key] for place in places]
                marked = [tuple(map(len, summaries[place].elements)) for place in places]
                scores = score_many(checklists[digest], dimension, ratings, marked, banded=scope is Scope.NATIONAL)
                for place, one in zip(places, scores, strict=True):
                    found[place][dimension.key] = one
    return list(zip(today, later, strict=True))


def _latest(summaries: Sequence[Summary]) -> frozenset[int]:
    """The places of the last round of every country in each scope."""
    last: dict[tuple[str, Scope], int] = {}
    for place, one in enumerate(summaries):
        known = last.get((one.country, one.scope))
        if known is None or summaries[known].as_of < one.as_of:
            last[one.country, one.scope] = place
    return frozenset(last.values())


def _usual_year(latest: Sequence[Summary]) -> int:
    """The year of law that most of the latest assessments share, the later where two are as common."""
    years = Counter(one.as_of.year for one in latest)
    return max(years, key=lambda year: (years[year], year), default=0)


def _usual(summaries: Sequence[Summary], checklist: Checklist) -> Summary | None:
    """An assessment that stands for the usual: of the checklist compared, in the scope of most."""
    scopes = Counter(one.scope for one in summaries)
    scope = max(scopes, key=lambda one: (scopes[one], one is Scope.NATIONAL), default=Scope.NATIONAL)
    fitting = [one for one in summaries if one.checklist.digest == checklist.digest]
    return next((one for one in fitting if one.scope is scope), fitting[0] if fitting else None)


def _differs(one: Summary, usual: Summary | None, year: int, scores: Mapping[str, DimensionScores]) -> tuple[Differs, ...]:
    found = list(breaks_between(usual, one)) if usual is not None else []
    if one.as_of.year != year:
        found.append(Differs.YEAR)
    if any(dimension.assessed and not dimension.total.enough for dimension in scores.values()):
        found.append(Differs.FEW_ANSWERS)
    return tuple(found)


def _in_order(rows: list[Compared], terms: Terms, letters: Mapping[str, str]) -> list[Compared]:
    """By name and date; where asked for, by scope and by the central total of the latest round, those without one last."""

    def named(row: Compared) -> tuple[object, ...]:
        letter = letters.get(row.summary.country)
        name = (len(letter), letter) if letter else (0, terms.sort_keys[row.summary.country])
        return (*name, row.summary.country, row.summary.scope, row.summary.as_of)

    ordered = sorted(rows, key=named)
    if terms.order is Order.NAME:
        return ordered
    best: dict[tuple[str, Scope], float] = {}
    for row in ordered:
        if row.latest:
            total = next(iter(row.scores.values())).total
            central = float(total.central) if total.enough and total.central is not None else -1.0
            best[row.summary.country, row.summary.scope] = central
    return sorted(ordered, key=lambda row: (row.summary.scope, -best[row.summary.country, row.summary.scope]))


def _everyone(rows: Sequence[Compared], checklist: Checklist, rules: ComparisonRules) -> tuple[Group, ...]:
    found = []
    for scope in Scope:
        members = [place for place, row in enumerate(rows) if row.latest and row.summary.scope is scope]
        if members:
            found.append(_group(scope.value, "", scope, members, rows, checklist, rules))
    return tuple(found)


def _groups(
    rows: Sequence[Compared], groups: Mapping[str, tuple[str, str]], checklist: Checklist, terms: Terms
) -> tuple[Group, ...]:
    """The groups asked for, each once for every scope in which it has assessments, by title.

    Where names are withheld, a group too small for a median is left out: its title alone could give a country away.
    """
    found: dict[tuple[str, str, Scope], list[int]] = {}
    for place, row in enumerate(rows):
        if row.latest and row.summary.country in groups:
            key, title = groups[row.summary.country]
            found.setdefault((title, key, row.summary.scope), []).append(place)
    fewest = terms.rules.smallest_group if terms.anonymous else 1
    return tuple(
        _group(key, title, scope, members, rows, checklist, terms.rules)
        for (title, key, scope), members in sorted(found.items())
        if len(members) >= fewest
    )


def _group(
    key: str,
    title: str,
    scope: Scope,
    members: list[int],
    rows: Sequence[Compared],
    checklist: Checklist,
    rules: ComparisonRules,
) -> Group:
    chosen = [rows[place] for place in members]
    spreads = spreads_of(checklist, mark_of(checklist).rules, chosen, rules.smallest_group)
    return Group(key, title, scope, tuple(members), spreads)
