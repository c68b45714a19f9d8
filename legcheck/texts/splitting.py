"""A text split into articles by the heaviest run of rising numbers among the lines that may be headings.

So references at the beginning of a line and articles that an amending act quotes fall out by themselves.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, groupby, pairwise
from operator import itemgetter

from legcheck.model import StatuteArticle
from legcheck.texts.headings import ANNEX, BARE, Heading, is_division
from legcheck.texts.lines import Line
from legcheck.texts.numbering import SOLE, Order, order
from legcheck.texts.vocabulary import ARTICLE, SECTION, vocabulary

_WINDOW = 300
_FEWEST_MARKED, _FEWEST_BARE = 3, 4
_LEAST_OF_SOLE, _LEAST_OF_ANNEX = 1.2, 0.6
_LINES_OF_CONTENTS, _LETTERS_COMPARED, _TIMES_LONGER = 5, 15, 1.5
_LONGEST_HEADING, _LONGEST_NEXT_HEADING = 250, 120
_AROUND_TITLE = " .:-–—º°)]\u3000"
_FRACTION = re.compile(r"\d{1,9}\.\d{1,9}")
_MARKER = re.compile(r"(?:\(?[\w.]{1,4}[.)º°]|[-–—•*])\s")


def split(lines: Sequence[Line], found: Sequence[Heading]) -> tuple[StatuteArticle, ...]:
    """The articles of a text, with its annexes and provisions after the articles; `found` are the lines that may be headings."""
    return tuple(_articles(lines, _chosen(_without_contents(lines, found))))


def _without_contents(lines: Sequence[Line], found: Sequence[Heading]) -> list[Heading]:
    kinds = [[one for one in found if one.kind == kind] for kind in {one.kind for one in found}]
    contents = {one for some in kinds for one in _contents(lines, some)}
    return [one for one in found if one not in contents]


def _contents(lines: Sequence[Line], found: Sequence[Heading]) -> Iterator[Heading]:
    """Those in a table of contents, before or after the articles: close together, and elsewhere above more text.

    Some have their titles there, too, or none has more than its number here.
    """
    places = [one.line for one in found] + [len(lines)]
    letters = [0, *accumulate(sum(map(str.isalpha, line.text)) for line in lines)]
    longs = [letters[end] - letters[begin] for begin, end in pairwise(places)]
    titles = [(one.id, _beginning_of_title(lines, one)) for one in found]
    bare = [long <= len(_letters(lines[one.line].text[: one.end])) for one, long in zip(found, longs, strict=True)]
    longest = dict(sorted(((one.id, long) for one, long in zip(found, longs, strict=True)), key=itemgetter(1)))
    forwards = [*range(len(found))]
    for order_read in (forwards, forwards[::-1]):
        last = {found[at].id: at for at in order_read}
        last_titled = {titles[at]: at for at in order_read}

        def again(at: int, last: Mapping[str, int] = last) -> bool:
            return places[at + 1] - places[at] <= _LINES_OF_CONTENTS and abs(last[found[at].id] - at) > 1

        for repeated, group in groupby(order_read, again):
            block = list(group)
            titled = sum(bool(titles[at][1]) and abs(last_titled[titles[at]] - at) > 1 for at in block)
            elsewhere, here = sum(longest[found[at].id] for at in block), sum(longs[at] for at in block)
            told = titled >= _FEWEST_MARKED or sum(bare[at] for at in block) > max(_FEWEST_MARKED, len(block) / 2)
            if repeated and told and elsewhere >= _TIMES_LONGER * here:
                yield from (found[at] for at in block)


def _beginning_of_title(lines: Sequence[Line], one: Heading) -> str:
    """The first letters of the title of what may be a heading, in its line or in the next."""
    title = _letters(lines[one.line].text[one.end :])
    return (title or (_letters(lines[one.line + 1].text) if one.line + 1 < len(lines) else ""))[:_LETTERS_COMPARED]


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text[:_LONGEST_HEADING])).casefold()


def _chosen(found: Sequence[Heading]) -> list[Heading]:
    """The headings among what may be headings, in order."""
    articles = _numbered(found)
    taken = {(one.line, one.start) for one in articles}
    articles += [one for one in found if _is_sole(one) and (one.line, one.start) not in taken]
    articles.sort(key=_place)
    kinds = vocabulary().kinds
    provisions = _best_provisions([one for one in found if one.kind in kinds and one.weight > 0 and not _divides(one, articles)])
    chosen = [*_before_or_again(articles, provisions), *provisions]
    first = min(map(_place, chosen), default=(0, 0))
    chosen += [one for one in found if one.kind == ANNEX and chosen and _place(one) > first and one.weight >= _LEAST_OF_ANNEX]
    return sorted(chosen, key=_place)


def _place(one: Heading) -> tuple[int, int]:
    return one.line, one.start


def _divides(one: Heading, articles: Sequence[Heading]) -> bool:
    """Whether provisions without a number are a division or the title of an article, since the articles go on after them."""
    after = bisect_left(articles, _place(one), key=_place)
    if "-" in one.id or after == len(articles):
        return False
    earlier, later = order(articles[after - 1].id)[1][:1] if after else (0,), order(articles[after].id)[1][:1]
    return bool(earlier and later) and later[0] == earlier[0] + 1


def _is_sole(one: Heading) -> bool:
    return one.id == SOLE and one.kind == ARTICLE and one.weight >= _LEAST_OF_SOLE


def _numbered(found: Sequence[Heading]) -> list[Heading]:
    """The best run of articles or sections; of numbers alone only where words mark no articles."""
    best, most = list[Heading](), 0.0
    for kind in (ARTICLE, SECTION):  # numbers that come again count once: paragraphs of articles are no sections
        run, weight = _run([one for one in found if one.kind == kind and one.id != SOLE])
        if (weight := weight * len({one.id for one in run}) / max(len(run), 1)) > most:
            best, most = run, weight
    if len(best) >= _FEWEST_MARKED:
        return best
    run, weight = _run([one for one in found if one.kind == BARE])
    return run if len(run) >= _FEWEST_BARE and weight * vocabulary().weights["bare_share"] > most else best


def _run(some: Sequence[Heading]) -> tuple[list[Heading], float]:
    """The heaviest run of rising numbers, in which numbering may begin again, and its weight."""
    if not some:
        return [], 0.0
    places, decimals = [order(one.id) for one in some], [_decimal(one.id) for one in some]
    best, most, before = list[float](), list[float](), list[int]()  # `most`: the best so far
    for at, (one, place) in enumerate(zip(some, places, strict=True)):
        start, link = one.weight + _late(place), -1
        for earlier in range(at - 1, max(0, at - _WINDOW) - 1, -1):
            if most[earlier] + one.weight <= start:
                break
            weight = best[earlier] + one.weight
            if weight > start and (weight := weight + _step(places[earlier], place, decimals[earlier] < decimals[at])) > start:
                start, link = weight, earlier
        best.append(start)
        most.append(max(start, most[-1]) if most else start)
        before.append(link)
    at = max(range(len(some)), key=best.__getitem__)
    total, run = best[at], list[Heading]()
    while at >= 0:
        run.append(some[at])
        at = before[at]
    return run[::-1], total


def _late(place: Order) -> float:
    """What it costs a run that it does not begin at 1."""
    weights = vocabulary().weights
    return max(weights["gap"] * max((place[1] or (1,))[0] - 1, 0), weights["late_start"])


def _decimal(id: str) -> float:
    """An inserted number as the fraction that it is in Canada, where 11.29 comes before 11.3; compares as false if it is none."""
    return float(id) if _FRACTION.fullmatch(id) else math.nan


def _step(earlier: Order, later: Order, rises: bool) -> float:
    """What it costs to go from one number to another; `rises` is known of them as fractions."""
    weights = vocabulary().weights
    if earlier[0] == later[0] and (later > earlier or rises):
        return max(weights["gap"] * _left_out(earlier, later), weights["widest_gap"])
    if earlier[0] != later[0]:
        return weights["new_book"]
    if earlier == later:
        return weights["same_again"]
    return weights["new_series" if later[1][:1] == (1,) and not later[2] else "new_series_later"]


def _left_out(earlier: Order, later: Order) -> float:
    """How many numbers a step leaves out; within a code, of which only a part may be there, they count for less."""
    (_, a, _), (_, b, after) = earlier, later
    if len(a) == len(b) == 1:
        return max(0, b[0] - a[0] - 1) + (4 if after and b[0] != a[0] else 0)
    return max(0, b[0] - a[0] - 1) / 10 if a and b and a[0] != b[0] else 0


def _best_provisions(found: Sequence[Heading]) -> list[Heading]:
    """The heaviest run of provisions after the articles: kinds in their order, each numbered from one."""
    kinds = vocabulary().kinds
    ranks = [(kinds.index(one.kind), order(one.id.partition("-")[2])) for one in found]
    best, before = list[float](), list[int]()
    for at, (one, rank) in enumerate(zip(found, ranks, strict=True)):
        weight, link = one.weight, -1
        for earlier in range(at):
            follows = ranks[earlier] < rank or ranks[earlier][0] != rank[0]
            sum_so_far = best[earlier] + one.weight - (0 if ranks[earlier] < rank else 1.2 if follows else 1.7)
            if sum_so_far > weight:
                weight, link = sum_so_far, earlier
        best.append(weight)
        before.append(link)
    at = max(range(len(found)), key=best.__getitem__, default=-1)
    run = list[Heading]()
    while at >= 0:
        run.append(found[at])
        at = before[at]
    return run[::-1]


def _before_or_again(articles: Sequence[Heading], provisions: Sequence[Heading]) -> Iterator[Heading]:
    """Articles before the provisions, and those of a text that follows them with numbers of its own: not those they amend."""
    first = min(map(_place, provisions), default=None)
    again = False
    for at, one in enumerate(articles):
        if first is None or _place(one) < first:
            yield one
            continue
        after = [later.id for later in articles[at + 1 : at + 3]]
        again = again or (one.id == "1" and "2" in after)
        if again:
            yield one


def _articles(lines: Sequence[Line], chosen: Sequence[Heading]) -> Iterator[StatuteArticle]:
    for one, following in pairwise([*chosen, Heading(len(lines), 0, 0, "", "", 0)]):
        label = lines[one.line].text[one.start : one.end].strip(_AROUND_TITLE)
        stop = following.start if following.line == one.line else None
        title = lines[one.line].text[one.end : stop].lstrip(_AROUND_TITLE).strip()
        rest = [line for line in lines[one.line + 1 : following.line] if not (is_division(line.text) and _is_short(line))]
        if following.start and following.line > one.line and following.line < len(lines):
            rest.append(Line(lines[following.line].text[: following.start].strip()))
        texts = [line.text for line in rest if line.text]
        first, *others = _joined([title, *texts]) if title else ["", *_joined(texts)]
        yield _article(one.id, label, first, others)


def _is_short(line: Line) -> bool:
    return bool(line.level) or len(line.text) < _LONGEST_NEXT_HEADING


def _article(id: str, label: str, title: str, rest: list[str]) -> StatuteArticle:
    """An article whose title is told from its first paragraph."""
    if title and rest and _is_heading(title, _LONGEST_HEADING):
        return StatuteArticle(id, label, title.rstrip(" .:"), tuple(rest))
    if not title and len(rest) > 1 and _is_heading(rest[0], _LONGEST_NEXT_HEADING) and rest[0][-1] != ".":
        return StatuteArticle(id, label, rest[0], tuple(rest[1:]))
    return StatuteArticle(id, label, "", tuple([title, *rest] if title else rest))


def _is_heading(text: str, longest: int) -> bool:
    return len(text) <= longest and text[-1] not in ",;:" and not _MARKER.match(text)


def _joined(lines: Sequence[str]) -> list[str]:
    """Lines that go on in the middle of a sentence put together."""
    made = list(lines[:1])
    for before, line in pairwise(lines):
        if line[0].islower() and before[-1] not in ".:;)" and len(before) > 30 and not _MARKER.match(line):
            made[-1] = f"{made[-1]} {line}"
        else:
            made.append(line)
    return made
