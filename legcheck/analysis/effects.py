"""What if: the scores of a result with some measures carried out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from legcheck.analysis.effective import NO_ANSWER, lowest
from legcheck.analysis.scores import score_all
from legcheck.model import Answer, Dimension, DimensionScores, Gap, PlannedMeasure, Result, Scale


def scores_after(result: Result, planned: Iterable[PlannedMeasure], done: Collection[str]) -> Mapping[str, DimensionScores]:
    """The scores once the measures `done` are carried out and take effect; nothing else changes.

    A gap closes when every element it lacks is answered by a measure done; with some answered, what was not provided for becomes
    partly so. A gap without elements closes with the first of its measures.
    """
    answered: dict[Gap, set[str]] = {}
    for one in planned:
        if one.measure.id in done:
            for each in one.answers:
                answered.setdefault(each.gap, set()).update(each.letters)
    answers = dict(result.assessment.answers)
    for gap, letters in answered.items():
        before = answers.get(gap.provision, NO_ANSWER)
        answers[gap.provision] = _after(before, gap, letters, result.checklist.by_dimension[gap.dimension])
    changed = replace(result.assessment, answers=answers)
    return score_all(result.checklist, changed)


def _after(answer: Answer, gap: Gap, letters: set[str], dimension: Dimension) -> Answer:
    """An answer with a gap closed or narrowed; new law is taken as in force, so its citations no longer matter."""
    closed = not gap.missing or set(gap.missing) <= letters
    if closed:
        rating = best(dimension.scale)
    else:
        rating = middle(dimension.scale) if answer.ratings.get(dimension.key) else lowest(dimension.scale)
    elements = tuple(sorted({*answer.elements, *letters}))
    ratings = {**answer.ratings, dimension.key: rating}
    return replace(answer, ratings=ratings, elements=elements, citations=(), if_adopted="")


def best(scale: Scale) -> str:
    """The rating worth most."""
    if scale.points is not None:
        return scale.ratings()[-1]
    return max((level for level in scale.levels if not level.outside), key=lambda level: level.worth).key


def middle(scale: Scale) -> str:
    """The lowest rating that is worth something without being full, or the lowest where there is none."""
    if scale.points is not None:
        steps = scale.ratings()[1:-1]
        return steps[0] if steps else lowest(scale)
    between = [level for level in scale.levels if not level.outside and 0 < level.worth < 1]
    return min(between, key=lambda level: level.worth).key if between else lowest(scale)
