"""Choosing measures: the smallest effort that reaches a target, or the most that a capacity can gain.

Both are integer programmes, solved exactly by HiGHS (through scipy); what they promise is checked again with exact fractions.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from legcheck.analysis.figures import shares_of_total
from legcheck.analysis.plan import rating_after, scores_after
from legcheck.issues import LegcheckError
from legcheck.model import Choice, Dimension, Gap, Plan, PlannedMeasure, Role

_TOLERANCE = 1e-9


class OutOfReachError(LegcheckError):
    """No set of measures reaches the target; `highest` is what all of them together reach."""

    def __init__(self, highest: Fraction) -> None:
        self.highest = highest
        super().__init__(f"highest {float(highest):.4f}")


def least_effort(plan: Plan, target: Fraction) -> Choice:
    """The measures of least total effort, prerequisites included, that bring the law's central total to `target`.

    Raises:
        OutOfReachError: all measures together do not reach it.
    """
    everything = _choice(plan, [one.measure.id for one in plan.measures])
    if everything.after < target:
        raise OutOfReachError(everything.after)
    if everything.before >= target:
        return _choice(plan, [])
    problem = _Problem(plan)
    wanted = float(target - everything.before)
    chosen = _choice(plan, problem.solve(minimise_effort=True, least_gain=wanted - _TOLERANCE))
    if chosen.after < target:
        chosen = _choice(plan, problem.solve(minimise_effort=True, least_gain=wanted + _TOLERANCE))
    return chosen


def most_gain(plan: Plan, capacity: int) -> Choice:
    """The measures within a total effort of `capacity`, prerequisites included, that raise the law's central total most."""
    return _choice(plan, _Problem(plan).solve(minimise_effort=False, most_effort=capacity))


def _choice(plan: Plan, ids: Iterable[str]) -> Choice:
    wanted = set(ids)
    law = _law(plan).key
    before = plan.result.scores[law].total.central or Fraction(0)
    score = scores_after(plan.result, plan.measures, wanted)[law].total
    chosen = tuple(one for one in plan.measures if one.measure.id in wanted)
    return Choice(chosen, sum(one.measure.effort for one in chosen), before, score.central or Fraction(0), score)


def _law(plan: Plan) -> Dimension:
    checklist = plan.result.checklist
    return checklist.dimension_of(Role.LAW) or checklist.dimensions[0]


@dataclass
class _Row:
    """One linear constraint: the sum of coefficient times variable is at most `most`."""

    coefficients: dict[int, float]
    most: float


@dataclass
class _Problem:
    """The integer programme of a plan: a variable for each measure, and some for each gap in law, for narrowed and for closed."""

    plan: Plan
    measures: list[PlannedMeasure] = field(init=False)
    gains: dict[int, float] = field(init=False, default_factory=dict)
    rows: list[_Row] = field(init=False, default_factory=list)
    shares: Mapping[str, Fraction] = field(init=False)
    size: int = field(init=False)

    def __post_init__(self) -> None:
        self.measures = list(self.plan.measures)
        result, law = self.plan.result, _law(self.plan)
        self.shares = shares_of_total(result.checklist, result.ratings[law.key], law)
        self.size = len(self.measures)
        place = {one.measure.id: number for number, one in enumerate(self.measures)}
        for number, one in enumerate(self.measures):
            for other in one.requires:
                self.rows.append(_Row({number: 1.0, place[other]: -1.0}, 0.0))
        for gap, letters in self._gaps().items():
            self._add_gap(gap, letters)

    def solve(self, *, minimise_effort: bool, least_gain: float = 0.0, most_effort: float | None = None) -> list[str]:
        """The ids of the measures of the best solution; more measures than needed are never taken."""
        if not self.measures:
            return []
        import numpy
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_array

        effort = {number: float(one.measure.effort) for number, one in enumerate(self.measures)}
        rows = [*self.rows, _Row({place: -gain for place, gain in self.gains.items()}, -least_gain)]
        if most_effort is not None:
            rows.append(_Row(effort, float(most_effort)))
        entries = [(r, c, value) for r, row in enumerate(rows) for c, value in row.coefficients.items()]
        matrix = csr_array(
            ([value for *_, value in entries], ([r for r, *_ in entries], [c for _, c, _ in entries])), (len(rows), self.size)
        )
        aim = numpy.zeros(self.size)
        for place, gain in self.gains.items():
            aim[place] = 0.0 if minimise_effort else -gain
        for place, value in effort.items():
            aim[place] = value if minimise_effort else value * self._smallest_gain() / (1 + 10 * sum(effort.values()))
        found = milp(
            aim,
            constraints=LinearConstraint(matrix, ub=numpy.array([row.most for row in rows])),
            integrality=numpy.ones(self.size),
            bounds=Bounds(0, 1),
            options={"mip_rel_gap": 0.0},
        )
        if found.x is None:
            raise ArithmeticError(found.message)
        return [one.measure.id for number, one in enumerate(self.measures) if found.x[number] > 0.5]

    def _smallest_gain(self) -> float:
        return min((gain for gain in self.gains.values() if gain > 0), default=1.0)

    def _gaps(self) -> Mapping[Gap, dict[int, tuple[str, ...]]]:
        """For every gap in law, the letters that each measure answers, by the measure's place."""
        law = _law(self.plan).key
        found: dict[Gap, dict[int, tuple[str, ...]]] = {}
        for number, one in enumerate(self.measures):
            for each in one.answers:
                if each.gap.dimension == law:
                    found.setdefault(each.gap, {})[number] = each.letters
        return found

    def _add_gap(self, gap: Gap, letters: Mapping[int, tuple[str, ...]]) -> None:
        """Add a gap: closed if every missing letter is answered; before that, every letter or any measure may gain something."""
        law = _law(self.plan)
        helping = {letter: [number for number, spoken in letters.items() if letter in spoken] for letter in gap.missing}
        scale = law.scale_of(self.plan.result.checklist.provisions[gap.provision])
        steps = helping if law.elements and scale.by_elements is not None else {"": [*letters]}
        left = self._gain(gap, gap.missing)
        for step, measures in steps.items():
            gain = self._gain(gap, step)
            self._needs_one(self._variable(self.shares[gap.provision] * gain), measures)
            left -= gain
        closed = self._variable(self.shares[gap.provision] * left)
        for measures in helping.values() or [[*letters]]:
            self._needs_one(closed, measures)

    def _gain(self, gap: Gap, letters: Collection[str]) -> Fraction:
        """What a provision is worth more once the elements `letters` of those that a gap lacks are met."""
        law, result = _law(self.plan), self.plan.result
        provision, marks = result.checklist.provisions[gap.provision], result.elements[gap.provision]
        now = law.level(provision, gap.rating)
        after = law.level(provision, rating_after(law, provision, gap, letters))
        worths = (
            law.worth(provision, now, marks),
            law.worth(provision, after, marks.under(now).plus(letters)),
        )
        before, then = (worth.central or Fraction(0) if worth is not None else Fraction(0) for worth in worths)
        return then - before

    def _needs_one(self, variable: int, measures: Iterable[int]) -> None:
        """Let a variable be 1 only with one of these measures."""
        self.rows.append(_Row({variable: 1.0, **dict.fromkeys(measures, -1.0)}, 0.0))

    def _variable(self, gain: Fraction) -> int:
        self.gains[self.size] = float(gain)
        self.size += 1
        return self.size - 1
