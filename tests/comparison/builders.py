"""Comparisons of invented countries, as large as a test asks for."""

import random
from datetime import date
from functools import cache

from legcheck import provisions
from legcheck.analysis.comparison import compare
from legcheck.analysis.summary import mark_of
from legcheck.model import (
    Checklist,
    Comparison,
    ComparisonRules,
    ElementMarks,
    LeftOut,
    Naming,
    Request,
    Scope,
    Source,
    Summary,
    Texts,
    pack_elements,
    pack_ratings,
)
from legcheck.provisions import in_language
from legcheck.words import fold
from tests import samples

RULES = ComparisonRules(weights_vary_by=1, smallest_group=3)
SHARES = {"full": 3, "partial": 4, "none": 3, "contrary": 0.1}


@cache
def vot() -> Checklist:
    return provisions.load(samples.CHECKLIST)


def codes() -> list[str]:
    """Codes that ISO 3166 leaves to users: no State has them."""
    return [f"X{first}{second}" for first in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" for second in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]


def summary_of(
    code: str, seed: int, as_of: date = date(2026, 6, 30), scope: Scope = Scope.NATIONAL, blanks: float = 0.03
) -> Summary:
    """An invented assessment: the same seed gives the same answers."""
    drawn = random.Random(seed)
    checklist = vot()
    strength = drawn.uniform(0.4, 2.5)
    ratings = {}
    for dimension in checklist.dimensions:
        shares = [share * (strength if key == "full" else 1) for key, share in SHARES.items()]
        rated = [drawn.choices(list(SHARES), shares)[0] if drawn.random() > blanks else "" for _ in checklist.provisions]
        ratings[dimension.key] = tuple(rated)
    provisions_ = checklist.provisions.values()
    met = ["".join(letter for letter in one.letters if drawn.random() < 0.5) for one in provisions_]
    rated = zip(ratings["law"], met, provisions_, strict=True)
    elements = [ElementMarks(*((some, "") if rating and some else ("", one.letters)), one.letters) for rating, some, one in rated]
    cited = [
        f"Victims of Terrorism Act of {code} art. {drawn.randint(1, 90)}" if rating in ("full", "partial", "contrary") else ""
        for rating in ratings["law"]
    ]
    return Summary(
        country=code,
        country_name=f"Land {code[1:]}",
        as_of=as_of,
        scope=scope,
        title="",
        checklist=mark_of(checklist),
        source=Source(f"{code}-{as_of}.xlsx", f"{seed:064x}"),
        ratings=pack_ratings(checklist, ratings),
        elements=pack_elements(elements),
        citations=Texts.of(cited),
    )


def comparison_of(
    summaries: list[Summary],
    language: str = "en",
    *,
    names: dict[str, str] | None = None,
    groups: dict[str, tuple[str, str]] | None = None,
    checklists: tuple[Checklist, ...] = (),
    rules: ComparisonRules = RULES,
    left_out: tuple[LeftOut, ...] = (),
    **request,
) -> Comparison:
    """The comparison of summaries by the shipped checklist, or by those given, the first of which they are set against."""
    every = tuple(in_language(one, language) for one in checklists or (vot(),))
    names = {one.country: one.country_name or one.country for one in summaries} | (names or {})
    naming = {code: Naming(name, fold(name), group=(groups or {}).get(code)) for code, name in names.items()}
    by_digest = {one.digest: one for one in every}
    return compare(summaries, by_digest, every[0], naming, Request(**request), rules, "0", left_out)


def many(count: int, rounds: int = 1) -> list[Summary]:
    """Summaries of that many countries, every seventh a reading of texts, every third with two rounds where asked for."""
    found = []
    for place, code in enumerate(codes()[:count]):
        scope = Scope.TEXTS if place % 7 == 6 else Scope.NATIONAL
        found.append(summary_of(code, place, scope=scope, blanks=0.3 if place % 11 == 10 else 0.03))
        if rounds > 1 and place % 3 == 0:
            found.append(summary_of(code, place + 5000, date(2023, 6, 30), scope))
    return found


def groups_of(summaries: list[Summary]) -> dict[str, tuple[str, str]]:
    """Every country in one of five groups."""
    titles = ("North", "South", "East", "West", "Islands")
    return {
        one.country: (titles[sum(map(ord, one.country)) % 5].lower(), titles[sum(map(ord, one.country)) % 5]) for one in summaries
    }
