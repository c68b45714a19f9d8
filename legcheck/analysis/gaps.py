"""Finds gaps: the kind of shortfall of each provision, the missing elements, and the reasons for its priority."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction

from legcheck.analysis.law_in_time import Counted
from legcheck.model import Checklist, Dimension, ElementMarks, Gap, GapKind, Level, PriorityRule, Provision, Reason, Role


def find_gaps(checklist: Checklist, today: Counted, if_adopted: Counted) -> tuple[Gap, ...]:
    """Every gap, the most urgent first; equal ones in the order of the checklist.

    `today` and `if_adopted` are what counts on the as-of date and once pending law is in force.
    """
    finder = _Finder(checklist, today, if_adopted)
    order = {id: place for place, id in enumerate(checklist.provisions)}
    ordered = sorted(finder.all(), key=lambda gap: (-gap.points, order[gap.provision], gap.dimension))
    return tuple(_with_priorities(checklist.priority, ordered))


def _with_priorities(rule: PriorityRule, gaps: Iterable[Gap]) -> Iterator[Gap]:
    """Gaps in order, each in the most urgent class of priority that it has the points for and that is not full."""
    held = Counter[str]()
    for gap in gaps:
        free = (one for one in rule.falling if gap.points >= one.least and (one.at_most is None or held[one.key] < one.at_most))
        priority = next((one.key for one in free), "")
        held[priority] += 1
        yield replace(gap, priority=priority)


class _Finder:
    def __init__(self, checklist: Checklist, today: Counted, if_adopted: Counted) -> None:
        self.checklist = checklist
        self.today = today
        self.if_adopted = if_adopted
        self.law = checklist.dimension_of(Role.LAW)
        self.practice = checklist.dimension_of(Role.PRACTICE)

    def all(self) -> Iterator[Gap]:
        for provision in self.checklist.provisions.values():
            if self.law is not None:
                yield from self._of_law(provision, self.law)
            for dimension in self.checklist.dimensions:
                if dimension.role is None:
                    yield from self._of_other(provision, dimension)

    def _level(self, provision: Provision, dimension: Dimension | None) -> Level | None:
        return None if dimension is None else dimension.level(provision, self.today.ratings[dimension.key][provision.id])

    def _of_law(self, provision: Provision, law: Dimension) -> Iterator[Gap]:
        """The gap between a provision and the law, or between the law and its practice. Not assessed is not a gap."""
        level, applied = self._level(provision, law), self._level(provision, self.practice)
        if level is None or level.outside:
            return
        if level.contrary:
            yield self._gap(provision, law, level, GapKind.CONTRARY)
        elif level.nothing and applied is not None and not (applied.outside or applied.nothing):
            yield self._gap(provision, law, level, GapKind.PRACTICE_WITHOUT_LAW)
        elif not level.full:
            kind = GapKind.LEGISLATIVE_MISSING if level.nothing else GapKind.LEGISLATIVE_PARTIAL
            yield self._gap(provision, law, level, kind)
        elif self.practice is not None and applied is not None and not (applied.outside or applied.full):
            yield self._gap(provision, self.practice, applied, GapKind.IMPLEMENTATION)

    def _of_other(self, provision: Provision, dimension: Dimension) -> Iterator[Gap]:
        """The gap in a dimension that is about neither law nor practice."""
        level = self._level(provision, dimension)
        if level is not None and not (level.outside or level.full):
            yield self._gap(provision, dimension, level, GapKind.OPPOSITE if level.contrary else GapKind.SHORTFALL)

    def _gap(self, provision: Provision, dimension: Dimension, level: Level, kind: GapKind) -> Gap:
        marks = self.today.elements[provision.id].under(level)
        if kind is GapKind.IMPLEMENTATION:
            marks = marks._replace(met=marks.all, open="")
        reasons = tuple(_reasons(self.checklist, provision, kind, level, marks))
        points = sum((reason.points for reason in reasons), Fraction(0))
        return Gap(
            provision=provision.id,
            dimension=dimension.key,
            kind=kind,
            rating=level.key,
            missing=tuple(marks.lacking),
            points=points,
            priority="",
            reasons=reasons,
            closes_if_adopted=self._closes(provision, dimension),
        )

    def _closes(self, provision: Provision, dimension: Dimension) -> bool:
        """Whether pending law would bring a better answer."""
        today, later = (_worth(dimension, provision, one) for one in (self.today, self.if_adopted))
        return today is not None and later is not None and later > today


def _worth(dimension: Dimension, provision: Provision, of: Counted) -> Fraction | None:
    level = dimension.level(provision, of.ratings[dimension.key][provision.id])
    worth = dimension.worth(provision, level, of.elements[provision.id])
    return worth.central if worth is not None else None


def _reasons(checklist: Checklist, provision: Provision, kind: GapKind, level: Level, marks: ElementMarks) -> Iterator[Reason]:
    """The factors of the checklist's priority rule that apply, each with its points; factors worth nothing are left out."""
    rule = checklist.priority
    missing, every = (len(marks.lacking), len(marks.all)) if marks.recorded else (0, 0)
    share = Fraction(missing, every) if every else 1 - level.standing
    factors = [
        Reason("kind", kind.value, rule.kinds.get(kind.value, Fraction(0))),
        Reason("core", provision.id, rule.core if provision.core else Fraction(0)),
        Reason("weight", str(provision.weight), rule.weight * (provision.weight - 1)),
        Reason("missing_share", f"{missing}/{every}", rule.missing_share * share),
        *(Reason("theme", theme, points) for theme, points in rule.themes.items() if theme in provision.themes),
    ]
    return (reason for reason in factors if reason.points)
