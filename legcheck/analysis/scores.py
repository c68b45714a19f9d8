"""Scores of assessments: by chapter and in total, and the standing views by theme and by instrument."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from legcheck.analysis.effective import level_of, ratings_of
from legcheck.analysis.tally import Ledger, Share, Tally, exact, ledger_of, weighted_mean
from legcheck.model import Assessment, Checklist, Dimension, DimensionScores, Level, Provision, Rollup, Scope, Score

if TYPE_CHECKING:
    from legcheck.analysis.tally import Array

# What figures are worked out by. It changes with every change here or in `tally` that can change a figure: what was kept under
# another number is worked out again.
SCORING = 1


def score_all(checklist: Checklist, assessment: Assessment, *, adopted: bool = False) -> Mapping[str, DimensionScores]:
    """The scores of every dimension; with `adopted`, as if adopted and draft law were in force."""
    return {
        dimension.key: score_dimension(checklist, assessment, dimension, adopted=adopted) for dimension in checklist.dimensions
    }


def score_dimension(
    checklist: Checklist, assessment: Assessment, dimension: Dimension, *, adopted: bool = False
) -> DimensionScores:
    """All figures of one dimension. Dimensions are never added together."""
    ratings = ratings_of(checklist, assessment, dimension, adopted=adopted)
    banded = assessment.scope is Scope.NATIONAL
    marked = [marked_in(checklist, assessment)]
    (scores,) = score_many(checklist, dimension, [tuple(ratings.values())], marked, banded=banded)
    unmet = {id for id, rating in ratings.items() if _unmet(checklist.provisions[id], level_of(checklist, id, dimension, rating))}
    return _capped(checklist, scores, unmet)


def score_many(
    checklist: Checklist,
    dimension: Dimension,
    ratings: Sequence[Sequence[str]],
    marked: Sequence[Sequence[int]],
    *,
    banded: bool = True,
) -> Iterator[DimensionScores]:
    """The figures of many assessments in one dimension, in turn; which provisions cap a band is not named.

    Readings of named texts are not `banded`: bands speak of a legal order.

    `ratings` and `marked` are those of `Ledger.sums`.
    """
    ledger = ledger_of(checklist)
    scorer = _Scorer(checklist, banded=banded)
    sums = ledger.sums(dimension, ratings, marked)
    chapters = ledger.places("chapter")
    for of_one, total, of_chapters in zip(sums, sums[:, 0].tolist(), sums[:, chapters].tolist(), strict=True):
        yield DimensionScores(
            scorer.total(total, of_chapters),
            *(_Scores(scorer, kind, ledger, of_one) for kind in ("chapter", "theme", "instrument")),
        )


def marked_in(checklist: Checklist, assessment: Assessment) -> tuple[int, ...]:
    """How many elements the answer to each provision names."""
    answers = assessment.answers
    return tuple(
        len(set(answers[id].elements) & set(one.letters)) if id in answers else 0 for id, one in checklist.provisions.items()
    )


def shares_of_total(checklist: Checklist, assessment: Assessment, dimension: Dimension) -> Mapping[str, Fraction]:
    """What a full rating of each answered provision adds to the central total: its weight in it. The shares add up to 1."""
    ratings = ratings_of(checklist, assessment, dimension, adopted=False)
    levels = {id: level_of(checklist, id, dimension, rating) for id, rating in ratings.items()}
    counted = {id: one for id, one in checklist.provisions.items() if (level := levels[id]) is not None and not level.outside}
    pooled = checklist.rollup is Rollup.POOLED
    parts = [(Fraction(1), list(counted.values()))] if pooled else _by_chapter(checklist, counted)
    whole = sum((weight for weight, _ in parts), Fraction(0))
    return {
        provision.id: weight / whole * provision.weight / sum((one.weight for one in provisions), Fraction(0))
        for weight, provisions in parts
        for provision in provisions
    }


def _by_chapter(checklist: Checklist, counted: Mapping[str, Provision]) -> list[tuple[Fraction, list[Provision]]]:
    chapters = [(one.weight, [p for p in one.provisions if p.id in counted]) for one in checklist.chapters]
    return [(weight, provisions) for weight, provisions in chapters if provisions]


def _unmet(provision: Provision, level: Level | None) -> bool:
    """Whether a core provision is met by nothing: it caps the band."""
    return provision.core and level is not None and not level.outside and level.worth == 0


def _capped(checklist: Checklist, scores: DimensionScores, unmet: set[str]) -> DimensionScores:
    """The scores with the provisions named that cap their bands."""
    if not unmet or checklist.core_cap is None:
        return scores
    cap = _Scorer(checklist)

    def named(score: Score, provisions: Mapping[str, Provision] | dict[str, Provision]) -> Score:
        return replace(score, capped_by=tuple(id for id in provisions if id in unmet)) if cap.lowers(score) else score

    chapters = {one.id: named(scores.chapters[one.id], {p.id: p for p in one.provisions}) for one in checklist.chapters}
    return replace(scores, total=named(scores.total, checklist.provisions), chapters=chapters)


class _Scores(Mapping[str, Score]):
    """The scores of all nodes of a kind, each made when it is asked for: most of thousands of assessments never are."""

    def __init__(self, scorer: _Scorer, kind: str, ledger: Ledger, sums: Array) -> None:
        self.scorer, self.kind, self.ledger, self.sums = scorer, kind, ledger, sums

    def __getitem__(self, key: str) -> Score:
        return self.scorer(Tally(*self.sums[self.ledger.place[self.kind, key]].tolist()), self.kind)

    def __iter__(self) -> Iterator[str]:
        return iter(self.ledger.keys[self.kind])

    def __len__(self) -> int:
        return len(self.ledger.keys[self.kind])


class _Scorer:
    """Makes scores from tallies; equal tallies share one score, since many assessments have many figures alike."""

    def __init__(self, checklist: Checklist, *, banded: bool = True) -> None:
        self.checklist = checklist
        self.bands = checklist.bands if banded else ()
        self.weights = [chapter.weight for chapter in checklist.chapters]
        self.known: dict[tuple[bool, Tally], Score] = {}

    def __call__(self, tally: Tally, kind: str) -> Score:
        """The weighted mean of provisions; only the band of a chapter is capped where a core provision is not met at all."""
        key = (kind == "chapter", tally)
        score = self.known.get(key)
        if score is None:
            score = self.known[key] = self._scored(tally, tally.shares, may_cap=key[0])
        return score

    def total(self, all_: list[int], chapters: list[list[int]]) -> Score:
        """The total by the checklist's own roll-up."""
        tally = Tally(*all_)
        if self.checklist.rollup is Rollup.POOLED:
            return self(tally, "chapter")
        shares = [Tally(*one).shares for one in chapters]
        low, central, high = (weighted_mean(self.weights, [share[at] for share in shares]) for at in range(3))
        return self._scored(tally, (low, central, high), may_cap=True)

    def lowers(self, score: Score) -> bool:
        """Whether a score's band is lower than its number alone would give."""
        free = self._band(score.central) if score.band else None
        return free is not None and free != score.band

    def _scored(self, tally: Tally, shares: tuple[Share, Share, Share], *, may_cap: bool) -> Score:
        applicable = tally.answered + tally.unknown
        minimum = self.checklist.minimum_answered
        enough = bool(tally.answered) and tally.answered * minimum.denominator >= minimum.numerator * applicable
        low, central, high = map(exact, shares)
        return Score(
            low=low,
            central=central,
            high=high,
            answered=tally.answered,
            applicable=applicable,
            not_applicable=tally.outside,
            contrary=tally.contrary,
            elements_met=tally.elements_met,
            elements=tally.elements,
            enough=enough,
            band=self._band(central, capped=may_cap and tally.core_unmet > 0) if enough else "",
        )

    def _band(self, central: Fraction | None, *, capped: bool = False) -> str:
        """A core provision at nothing or contrary caps the band, never the number."""
        band = next((band for band in self.bands if central is not None and band.holds(central)), None)
        cap = self.checklist.core_cap
        if band is not None and cap is not None and capped and band.low > cap.low:
            return cap.key
        return band.key if band is not None else ""
