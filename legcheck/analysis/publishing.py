"""Figures that may be published: what is withheld must not follow from the figures of a few provisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from legcheck.analysis.figures import scores_of
from legcheck.analysis.law_in_time import Counted
from legcheck.model import ElementMarks

if TYPE_CHECKING:
    from legcheck.model import DimensionScores, Result


def publishable(result: Result) -> Result:
    """The result where only the totals count the answers that are not for publication.

    Below the totals such an answer is as unknown as one not given: it widens the range and adds to no count.
    """
    withheld = {id for id, one in result.assessment.answers.items() if not one.publish} & result.checklist.provisions.keys()
    if not withheld:
        return result
    unknown = {id: ElementMarks.of(result.elements[id].all, {}) for id in withheld}
    blank = dict.fromkeys(withheld, "")
    moments = (
        Counted({key: {**of, **blank} for key, of in ratings.items()}, {**elements, **unknown})
        for ratings, elements in (
            (result.ratings, result.elements),
            (result.ratings_if_adopted, result.elements_if_adopted),
        )
    )
    today, later = scores_of(result.checklist, result.assessment, *moments)
    return replace(result, scores=_below(result.scores, today), if_adopted=_below(result.if_adopted, later))


def _below(whole: Mapping[str, DimensionScores], told: Mapping[str, DimensionScores]) -> Mapping[str, DimensionScores]:
    """The totals of the one with all that is below them in the other."""
    return {key: replace(told[key], total=one.total) for key, one in whole.items()}
