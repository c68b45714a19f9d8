"""Scores of an assessment: by provision, chapter and in total, and the standing views by theme and by instrument."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from legcheck.analysis.effective import NO_ANSWER, level_of, ratings_of
from legcheck.analysis.tally import Range, Tally, tally_one, weighted_mean
from legcheck.model import Answer, Assessment, Chapter, Checklist, Dimension, DimensionScores, Level, Provision, Rollup, Score


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
    levels = {id: level_of(checklist, id, dimension, rating) for id, rating in ratings.items()}
    tallies = {id: _tally(one, levels[id], assessment, dimension) for id, one in checklist.provisions.items()}
    judged = _Judged(checklist, levels, tallies)
    provisions = checklist.provisions.values()
    return DimensionScores(
        total=judged.total(),
        chapters={chapter.id: judged.pooled(chapter.provisions, capped=True) for chapter in checklist.chapters},
        themes={theme.key: judged.pooled(p for p in provisions if theme.key in p.themes) for theme in checklist.themes},
        instruments={
            instrument.key: judged.pooled(
                p for p in provisions if any(standard.instrument.key == instrument.key for standard in p.standards)
            )
            for instrument in checklist.instruments
        },
    )


def _tally(provision: Provision, level: Level | None, assessment: Assessment, dimension: Dimension) -> Tally:
    if not dimension.elements:
        return tally_one(provision, level, 0, 0)
    met = elements_met(provision, assessment.answers.get(provision.id, NO_ANSWER), level)
    return tally_one(provision, level, len(met), len(provision.elements))


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


def elements_met(provision: Provision, answer: Answer, level: Level | None) -> tuple[str, ...]:
    """The letters of the elements that the law contains: all where the rating is full, none where it is worth nothing."""
    if level is None or level.outside or level.worth == 0:
        return ()
    if level.worth == 1:
        return provision.letters
    return tuple(letter for letter in provision.letters if letter in answer.elements)


class _Judged:
    """The levels and tallies of all provisions in one dimension, ready to be summed."""

    def __init__(self, checklist: Checklist, levels: Mapping[str, Level | None], tallies: Mapping[str, Tally]) -> None:
        self.checklist = checklist
        self.levels = levels
        self.tallies = tallies

    def pooled(self, provisions: Iterable[Provision], *, capped: bool = False) -> Score:
        """The weighted mean of provisions; `capped` lowers the band where a core provision is not met at all."""
        chosen = list(provisions)
        tally = sum((self.tallies[provision.id] for provision in chosen), Tally())
        return self._banded(tally, tally.range, chosen if capped else [])

    def total(self) -> Score:
        """The total by the checklist's own roll-up."""
        provisions = list(self.checklist.provisions.values())
        tally = sum(self.tallies.values(), Tally())
        pooled = self.checklist.rollup is Rollup.POOLED
        return self._banded(tally, tally.range if pooled else weighted_mean(self._chapters()), provisions)

    def _chapters(self) -> list[tuple[Fraction, Range]]:
        return [(chapter.weight, self._tally(chapter).range) for chapter in self.checklist.chapters]

    def _tally(self, chapter: Chapter) -> Tally:
        return sum((self.tallies[provision.id] for provision in chapter.provisions), Tally())

    def _banded(self, tally: Tally, range_: Range, may_cap: list[Provision]) -> Score:
        """A core provision at nothing or contrary caps the band, never the number."""
        score = tally.score(range_, self.checklist.minimum_answered)
        if not score.enough or range_.central is None:
            return score
        band = next((band for band in self.checklist.bands if band.holds(range_.central)), None)
        if band is None:
            return score
        unmet = tuple(provision.id for provision in may_cap if provision.core and self._worth_nothing(provision.id))
        cap = self.checklist.core_cap
        if unmet and cap is not None and band.low > cap.low:
            return replace(score, band=cap.key, capped_by=unmet)
        return replace(score, band=band.key)

    def _worth_nothing(self, id: str) -> bool:
        level = self.levels[id]
        return level is not None and not level.outside and level.worth == 0
