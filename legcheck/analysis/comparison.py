"""Compares assessments: the figures of each, the rounds of a country, the spread of each group, and what is not comparable."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from legcheck.analysis.figures import SCORING, figures_of
from legcheck.analysis.robustness import robustness_of
from legcheck.analysis.summary import mark_of
from legcheck.model import (
    Change,
    Checklist,
    Compared,
    Comparison,
    ComparisonRules,
    Differs,
    Figures,
    Group,
    Judged,
    LeftOut,
    Movement,
    Naming,
    Passage,
    Request,
    Scope,
    Source,
    Spread,
    Summary,
    found_by,
    unpack_elements,
    unpack_ratings,
)
from legcheck.model.summary import CODE, MASK

if TYPE_CHECKING:
    from legcheck.model.figures import Array


def compare(
    summaries: Sequence[Summary],
    checklists: Mapping[str, Checklist],
    checklist: Checklist,
    naming: Mapping[str, Naming],
    request: Request,
    rules: ComparisonRules,
    tool_version: str,
    left_out: Sequence[LeftOut] = (),
) -> Comparison:
    """The comparison of assessments, each judged by its own checklist; `checklist` is the one they are set against.

    `naming` says how each country is shown; `left_out` are the files that are not part of the comparison.
    """
    letters = letters_of(summaries) if request.anonymous else {}
    summaries = _by_name(summaries, naming, letters)
    judged = _judged(summaries, checklists)
    rows = _rows(summaries, judged, naming, checklist, request)
    groups = {letters.get(code, code): one.group for code, one in naming.items() if one.group is not None}
    if request.anonymous:
        rows = anonymised(rows, letters)
    spreads = _Spreads(checklist, rows, judged, rules.smallest_group)
    return Comparison(
        checklist=checklist,
        checklists=checklists,
        request=request,
        rules=rules,
        rows=tuple(rows),
        judged=tuple(judged),
        everyone=tuple(_everyone(rows, spreads)),
        groups=tuple(_groups(rows, groups, spreads, rules.smallest_group if request.anonymous else 1)),
        passages=_Passages(rows, checklists),
        robustness=robustness_of(checklist, rows, rules, request.draws, request.seed) if request.draws else None,
        left_out=tuple(left_out),
        tool_version=tool_version,
        scoring=SCORING,
    )


def _judged(summaries: Sequence[Summary], checklists: Mapping[str, Checklist]) -> list[Judged]:
    """The figures of all assessments, worked out together for each checklist."""
    found = []
    for digest in dict.fromkeys(one.checklist.digest for one in summaries):
        checklist = checklists[digest]
        places = tuple(place for place, one in enumerate(summaries) if one.checklist.digest == digest)
        some = [summaries[place] for place in places]
        pending = [one for one in some if one.if_adopted]
        later = [replace(one, ratings=one.if_adopted, elements=one.elements_if_adopted) for one in pending]
        found.append(
            Judged(
                rows=places,
                today=_figures(checklist, some),
                pending=tuple(at for at, one in enumerate(some) if one.if_adopted),
                if_adopted=_figures(checklist, later),
                changed=_changed(checklist, pending, later),
            )
        )
    return found


def _figures(checklist: Checklist, some: Sequence[Summary]) -> Figures:
    import numpy as np

    found = {at: found_by(checklist, one) for at, one in enumerate(some) if not one.scope.scored}
    return figures_of(checklist, _codes(checklist, some), np.bitwise_count(_masks(checklist, some)), found)


def _changed(checklist: Checklist, today: Sequence[Summary], later: Sequence[Summary]) -> Array:
    """Whether the figures of each dimension will change, by assessment."""
    import numpy as np

    ratings = np.any(_codes(checklist, today) != _codes(checklist, later), axis=2)
    elements = np.any(_masks(checklist, today) != _masks(checklist, later), axis=(1, 2))
    changed: Array = ratings | elements[:, None] & [one.elements for one in checklist.dimensions]
    return changed


def _masks(checklist: Checklist, some: Sequence[Summary]) -> Array:
    """The elements met and those answered as masks, by assessment, one of these two, and provision."""
    import numpy as np

    return np.frombuffer(b"".join(one.elements for one in some), MASK).reshape(len(some), 2, len(checklist.provisions))


def _codes(checklist: Checklist, some: Sequence[Summary]) -> Array:
    """The codes of ratings, by assessment, dimension and provision."""
    import numpy as np

    shape = len(some), len(checklist.dimensions), len(checklist.provisions)
    return np.frombuffer(b"".join(one.ratings for one in some), CODE).reshape(shape)


def _rows(
    summaries: Sequence[Summary],
    judged: Sequence[Judged],
    naming: Mapping[str, Naming],
    checklist: Checklist,
    request: Request,
) -> list[Compared]:
    import numpy as np

    latest = _latest(summaries)
    year = _usual_year([summaries[place] for place in latest if summaries[place].scope.scored])
    usual = _usual(summaries, checklist)
    found: dict[int, Compared] = {}
    for block in judged:
        answered, enough = block.today.answered[..., 0], block.today.enough[..., 0]
        few: list[bool] = np.any((answered > 0) & ~enough, axis=1).tolist()
        later = {at: place for place, at in enumerate(block.pending)}
        keys = tuple(block.today.checklist.by_dimension)
        for at, place in enumerate(block.rows):
            one, shown = summaries[place], naming[summaries[place].country]
            changed = block.changed[later[at]] if at in later else [False] * len(keys)
            found[place] = Compared(
                summary=one,
                name=shown.name,
                when=one.as_of.isoformat(),
                scores=block.today.scores(at),
                if_adopted=block.if_adopted.scores(
                    later.get(at, 0), [key for key, differs in zip(keys, changed, strict=True) if differs]
                ),
                fictional=shown.fictional,
                latest=place in latest,
                differs=tuple(_differs(one, usual, year, few=few[at])),
                group=shown.group[1] if shown.group is not None and not request.anonymous else "",
            )
    return [found[place] for place in range(len(summaries))]


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
    """A typical assessment: one by the checklist compared."""
    return next((one for one in summaries if one.checklist.digest == checklist.digest), None)


def _differs(one: Summary, usual: Summary | None, year: int, *, few: bool) -> Iterator[Differs]:
    """Why an assessment is not fully comparable with the others. The year of a reading does not matter: nothing is compared."""
    if usual is not None:
        yield from breaks_between(usual, one)
    if not one.scope.scored:
        return
    if one.as_of.year != year:
        yield Differs.YEAR
    if few:
        yield Differs.FEW_ANSWERS


# Order ---------------------------------------------------------------------------------------------------------------


def _by_name(summaries: Sequence[Summary], naming: Mapping[str, Naming], letters: Mapping[str, str]) -> list[Summary]:
    """By name, or by letter if names are withheld, and by date; readings of named texts after all others."""

    def named(one: Summary) -> tuple[object, ...]:
        letter = letters.get(one.country)
        name = (len(letter), letter) if letter else (0, naming[one.country].sort_key)
        return (not one.scope.scored, *name, one.country, one.as_of)

    return sorted(summaries, key=named)


# Rounds --------------------------------------------------------------------------------------------------------------


def breaks_between(before: Summary, after: Summary) -> tuple[Differs, ...]:
    """Why two rounds do not compare: another form or version, other rules, or only other texts."""
    then, now = before.checklist, after.checklist
    found = []
    if then.short != now.short:
        found.append(Differs.FORM)
    if (then.id, then.version) != (now.id, now.version):
        found.append(Differs.VERSION)
    if then.rules != now.rules and then.short == now.short:
        found.append(Differs.RULES)
    elif then.digest != now.digest and not found:
        found.append(Differs.TEXTS)
    return tuple(found)


class _Passages(Sequence[Passage]):
    """What changed from round to round of every country, worked out on first access: tables never need it."""

    def __init__(self, rows: Sequence[Compared], checklists: Mapping[str, Checklist]) -> None:
        self.rows, self.checklists = rows, checklists

    def __len__(self) -> int:
        return len(self._all)

    def __getitem__(self, place: Any) -> Any:
        return self._all[place]

    @cached_property
    def _all(self) -> tuple[Passage, ...]:
        by_country: dict[str, list[int]] = {}
        for place, row in enumerate(row for row in self.rows if row.summary.scope.scored):
            by_country.setdefault(row.summary.country, []).append(place)
        in_time = (sorted(places, key=lambda place: self.rows[place].summary.as_of) for places in by_country.values())
        return tuple(self._passage(before, after) for places in in_time for before, after in pairwise(places))

    def _passage(self, before: int, after: int) -> Passage:
        then, now = self.rows[before].summary, self.rows[after].summary
        breaks = breaks_between(then, now)
        return Passage(before, after, breaks, tuple(self._changes(then, now)))

    def _changes(self, before: Summary, after: Summary) -> Iterator[Change]:
        """The provisions that both checklists have and whose rating differs, or what it is worth by its elements."""
        then, now = self.checklists[before.checklist.digest], self.checklists[after.checklist.digest]
        earlier, later = _Ratings(then, before), _Ratings(now, after)
        for dimension in now.dimensions:
            if dimension.key not in then.by_dimension:
                continue
            for id in (id for id in now.provisions if id in then.provisions):
                was, is_ = earlier.of(dimension.key, id), later.of(dimension.key, id)
                if was.rating != is_.rating or (was.by_elements and is_.by_elements and was.worth != is_.worth):
                    yield Change(id, dimension.key, _movement(was, is_), was.rating, is_.rating, was.worth, is_.worth)


class _Rated(NamedTuple):
    """A rating and what it is worth: negative if the law says the opposite, None if it is outside or not answered."""

    rating: str
    worth: Fraction | None
    by_elements: bool


class _Ratings:
    """The ratings of one assessment, with what they are worth."""

    def __init__(self, checklist: Checklist, summary: Summary) -> None:
        self.checklist = checklist
        self.place = {id: place for place, id in enumerate(checklist.provisions)}
        self.ratings, self.elements = unpack_ratings(checklist, summary.ratings), unpack_elements(checklist, summary.elements)

    def of(self, dimension: str, provision: str) -> _Rated:
        asked, place = self.checklist.provisions[provision], self.place[provision]
        rated, rating = self.checklist.by_dimension[dimension], self.ratings[dimension][place]
        level = rated.level(asked, rating)
        worth = rated.worth(asked, level, self.elements[place])
        if level is None or worth is None:
            return _Rated(rating, None, by_elements=False)
        return _Rated(rating, Fraction(-1) if level.contrary else worth.central, level.by_elements)


def _movement(before: _Rated, after: _Rated) -> Movement:
    if not before.rating or not after.rating:
        return Movement.ANSWERED if after.rating else Movement.NO_LONGER_ANSWERED
    if before.worth is None or after.worth is None or before.worth == after.worth:
        return Movement.RE_RATED
    return Movement.GAINED if after.worth > before.worth else Movement.LOST


# Groups --------------------------------------------------------------------------------------------------------------


def _everyone(rows: Sequence[Compared], spreads: _Spreads) -> Iterator[Group]:
    """All latest assessments of a whole legal order, if there are any."""
    members = tuple(place for place, row in enumerate(rows) if row.latest and row.summary.scope.scored)
    if members:
        yield Group(Scope.NATIONAL.value, "", Scope.NATIONAL, members, spreads.of(members))


def _groups(rows: Sequence[Compared], groups: Mapping[str, tuple[str, str]], spreads: _Spreads, fewest: int) -> Iterator[Group]:
    """The groups asked for, by title, of assessments of a whole legal order.

    Those with fewer than `fewest` members are left out: if names are withheld, a title alone could give a country away.
    """
    found: dict[tuple[str, str], list[int]] = {}
    for place, row in enumerate(rows):
        if row.latest and row.summary.scope.scored and row.summary.country in groups:
            key, title = groups[row.summary.country]
            found.setdefault((title, key), []).append(place)
    for (title, key), members in sorted(found.items()):
        if len(members) >= fewest:
            yield Group(key, title, Scope.NATIONAL, tuple(members), spreads.of(members))


class _Spreads:
    """The spreads of groups by one checklist.

    Only assessments judged by the checklist's own rules count: under other rules, figures have another meaning.
    """

    def __init__(self, checklist: Checklist, rows: Sequence[Compared], judged: Sequence[Judged], smallest: int) -> None:
        self.checklist, self.smallest = checklist, smallest
        rules = mark_of(checklist).rules
        alike = [place for place, row in enumerate(rows) if row.summary.checklist.rules == rules]
        own = next((block for block in judged if block.today.checklist.digest == checklist.digest), None)
        if own is not None and set(alike) <= set(own.rows):
            self.figures, self.at = own.today, {place: at for at, place in enumerate(own.rows)}
        else:  # their texts differ, and so may what they show beside the total
            some = [rows[place].summary for place in alike]
            self.figures = _figures(checklist, some)
            self.at = {place: at for at, place in enumerate(alike)}
        self.alike = set(alike)

    def of(self, members: Sequence[int]) -> Mapping[str, Mapping[str, Spread]]:
        """By dimension and figure, the spread of those that are printed as shares; none of fewer than the smallest group."""
        import numpy as np

        figures, at = self.figures, np.array([self.at[place] for place in members if place in self.alike], dtype=np.intp)
        found: dict[str, dict[str, Spread]] = {}
        for place, key in enumerate(self.checklist.by_dimension):
            assessed = at[figures.answered[at, place, 0] > 0]
            found[key] = {}
            for node, each in enumerate(figures.nodes if len(assessed) >= self.smallest else ()):
                shown = assessed[figures.as_shares[assessed, place, node]]
                if len(shown) >= self.smallest:
                    in_order = shown[figures.central[shown, place, node].argsort(kind="stable")]
                    found[key][each.id] = _between(_Central(figures, in_order.tolist(), place, node))
        return found


class _Central(Sequence[Fraction]):
    """Central shares in order, each turned into a fraction on access: of thousands, quartiles need only six."""

    def __init__(self, figures: Figures, rows: list[int], dimension: int, node: int) -> None:
        self.figures, self.rows, self.dimension, self.node = figures, rows, dimension, node

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, place: Any) -> Any:
        return self.figures.exact_central(self.rows[place], self.dimension, self.node)


def spread(values: Iterable[Fraction]) -> Spread:
    """Quartiles by linear interpolation between the sorted values.

    Raises:
        IndexError: there are no values.
    """
    return _between(sorted(values))


def _between(in_order: Sequence[Fraction]) -> Spread:
    lower, median, upper = (_quantile(in_order, Fraction(part, 4)) for part in (1, 2, 3))
    return Spread(len(in_order), in_order[0], lower, median, upper, in_order[-1])


def _quantile(in_order: Sequence[Fraction], share: Fraction) -> Fraction:
    place = share * (len(in_order) - 1)
    below = int(place)
    value = in_order[below]
    return value if place == below else value + (in_order[below + 1] - value) * (place - below)


# Names withheld ------------------------------------------------------------------------------------------------------


def letters_of(summaries: Iterable[Summary]) -> Mapping[str, str]:
    """A letter for every country: A, B, ... Z, AA, the same whenever the same files are compared.

    The order is drawn from the content of all files, so that neither the alphabet nor a list of countries gives a name away.
    """
    every = list(summaries)
    secret = "".join(sorted(one.source.digest for one in every))
    drawn = {one.country: hashlib.sha256(f"{secret} {one.country}".encode()).digest() for one in every}
    return {country: _letters(place) for place, country in enumerate(sorted(drawn, key=lambda country: drawn[country]))}


def anonymised(rows: Sequence[Compared], letters: Mapping[str, str]) -> list[Compared]:
    """The rows without anything that names a country: code, title, laws and their articles, the file, the day of the law."""
    taken: Counter[tuple[str, int]] = Counter()
    found = []
    for row in rows:
        letter, year = letters[row.summary.country], row.summary.as_of.year
        taken[letter, year] += 1
        round_ = taken[letter, year]
        summary = replace(
            row.summary,
            country=letter,
            country_name="",
            title="",
            as_of=date(year, 1, 1) + timedelta(days=round_ - 1),
            source=Source("", ""),
            citations=row.summary.citations.blanked(),
        )
        when = str(year) if round_ == 1 else f"{year} ({round_})"
        found.append(replace(row, summary=summary, name=letter, when=when))
    return found


def _letters(place: int) -> str:
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(65 + rest) + text
    return text
