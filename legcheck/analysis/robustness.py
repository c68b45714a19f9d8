"""How steady scores are when weights and unknown answers vary, in the spirit of the OECD/JRC handbook.

Source: OECD and European Commission JRC, Handbook on Constructing Composite Indicators (2008), on uncertainty analysis.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from legcheck.model import (
    NO_ELEMENTS,
    Checklist,
    Compared,
    ComparisonRules,
    Dimension,
    ElementMarks,
    Provision,
    Robustness,
    Rollup,
    Steadiness,
    Summary,
    unpack_elements,
    unpack_ratings,
)

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

# A rating, and the elements of the provision that it was given.
_Answer = tuple[str, ElementMarks]

PERCENTILES = (5, 50, 95)
_NUMBERS_AT_ONCE = 4_000_000


def robustness_of(checklist: Checklist, rows: Sequence[Compared], rules: ComparisonRules, draws: int, seed: int) -> Robustness:
    """Ranges of the scores of the latest national assessments, by dimension; the same seed gives the same ranges.

    Readings of named texts have no score: they are not assessments of a State.

    Only assessments by this checklist are drawn, since another has other weights, and only those with enough answers
    for a central figure: ratings given to others say little about a law that nobody read.
    """
    import numpy as np

    generator = np.random.default_rng(seed)
    found: dict[str, tuple[Steadiness, ...]] = {}
    for dimension in checklist.dimensions:
        drawn = [place for place, row in enumerate(rows) if _drawn(checklist, row, dimension)]
        if len(drawn) > 1:
            answers = [_answers(checklist, rows[place].summary, dimension) for place in drawn]
            scores = _Draws(checklist, dimension, answers, float(rules.weights_vary_by)).scores(draws, generator)
            found[dimension.key] = tuple(_steadiness(drawn, scores))
    return Robustness(draws, seed, rules.weights_vary_by, found)


def _drawn(checklist: Checklist, row: Compared, dimension: Dimension) -> bool:
    if not row.latest or not row.summary.scope.scored:
        return False
    return row.summary.checklist.digest == checklist.digest and row.scores[dimension.key].total.enough


def _steadiness(places: Sequence[int], scores: Array) -> list[Steadiness]:
    """`scores` has a row per draw and a column per assessment."""
    import numpy as np

    found = np.percentile(scores, PERCENTILES, axis=0)
    return [Steadiness(place, tuple(found[:, at].tolist())) for at, place in enumerate(places)]


class _Draws:
    """Everything that stays the same from draw to draw in one dimension."""

    def __init__(self, checklist: Checklist, dimension: Dimension, answers: Sequence[Sequence[_Answer]], vary: float) -> None:
        import numpy as np

        self.vary = vary
        self.provisions = tuple(checklist.provisions.values())
        worths = [[_worth(dimension, one, *answer) for one, answer in zip(self.provisions, row, strict=True)] for row in answers]
        blank = np.array([[not rating for rating, _ in row] for row in answers])
        self.worth = np.array([[0.0 if worth is None else worth for worth in row] for row in worths])
        self.counts = np.array([[worth is not None for worth in row] for row in worths]) | blank
        self.blanks = np.argwhere(blank)
        self.choices = [self._choices(dimension, at, worths) for at in range(len(self.provisions))]
        self.weights = np.array([float(dimension.weight(one)) for one in self.provisions])
        self.possible = np.array([bool(dimension.whole(one)) for one in self.provisions])
        chapters = checklist.chapters if checklist.rollup is Rollup.CHAPTERS else ()
        self.chapter_weights = np.array([float(one.weight) for one in chapters] or [1.0])
        place = {one.id: at for at, chapter in enumerate(chapters) for one in chapter.provisions}
        self.members = np.zeros((len(self.provisions), len(self.chapter_weights)))
        self.members[np.arange(len(self.provisions)), [place.get(one.id, 0) for one in self.provisions]] = 1

    def scores(self, draws: int, generator: np.random.Generator) -> Array:
        """The total of every assessment in every draw."""
        import numpy as np

        at_once = max(1, _NUMBERS_AT_ONCE // self.worth.size)
        return np.concatenate([self._some(min(at_once, draws - start), generator) for start in range(0, draws, at_once)])

    def _some(self, draws: int, generator: np.random.Generator) -> Array:
        import numpy as np

        weights = self.weights * generator.uniform(1 - self.vary, 1 + self.vary, (draws, 1, len(self.weights)))
        chapters = self.chapter_weights * generator.uniform(1 - self.vary, 1 + self.vary, (draws, 1, len(self.chapter_weights)))
        worth = np.broadcast_to(self.worth, (draws, *self.worth.shape)).copy()
        for row, column in self.blanks:
            worth[:, row, column] = generator.choice(self.choices[column], draws)
        possible = (self.counts * self.possible * weights) @ self.members
        gained = (worth * self.counts * weights) @ self.members
        means = np.divide(gained, possible, out=np.zeros_like(gained), where=possible > 0)
        counted = chapters * (possible > 0)
        whole = counted.sum(axis=2)
        totals: Array = np.divide((means * counted).sum(axis=2), whole, out=np.zeros_like(whole), where=whole > 0)
        return totals

    def _choices(self, dimension: Dimension, at: int, worths: Sequence[Sequence[float | None]]) -> list[float]:
        """What an unanswered provision may be worth: the ratings given to others, or else any rating of the scale."""
        given = [worth for row in worths if (worth := row[at]) is not None]
        if given:
            return given
        provision = self.provisions[at]
        possible = (_worth(dimension, provision, rating) for rating in dimension.scale_of(provision).by_key)
        return [worth for worth in possible if worth is not None]


def _answers(checklist: Checklist, summary: Summary, dimension: Dimension) -> list[_Answer]:
    """The rating and the elements of every provision."""
    ratings, elements = unpack_ratings(checklist, summary.ratings), unpack_elements(checklist, summary.elements)
    return list(zip(ratings[dimension.key], elements, strict=True))


def _worth(dimension: Dimension, provision: Provision, rating: str, elements: ElementMarks = NO_ELEMENTS) -> float | None:
    """What an answer is worth, None if it is outside or not answered."""
    worth = dimension.worth(provision, dimension.level(provision, rating), elements)
    return None if worth is None or worth.central is None else float(worth.central)
