"""The chain behind a figure: rule, weights, answers, and the cells they were read from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from legcheck.model import (
    NO_ELEMENTS,
    Chain,
    Checklist,
    Dimension,
    DimensionScores,
    ElementsFound,
    FoundAs,
    Part,
    Provision,
    Result,
    Rollup,
    Score,
    Step,
    elements_in,
    found_in,
)
from legcheck.model.result import LATER


def figure_ids(result: Result) -> tuple[str, ...]:
    """The id of every figure that a report may print: ``law.total``, ``law.REC``, ``law.theme.gender``, ``law.REC-02``.

    Figures of adopted and draft law end with ``.if-adopted``.
    """
    today = ((key, "", scores) for key, scores in result.scores.items())
    later = ((key, LATER, scores) for key, scores in result.if_adopted.items())
    return tuple(
        f"{key}.{node}{when}"
        for key, when, scores in (*today, *later)
        for node in ("total", *_nodes(scores), *result.checklist.provisions)
    )


def figures_called(result: Result, name: str) -> tuple[str, ...]:
    """The figures of that name in any case, or if it names no dimension, those of it in every dimension."""
    known = {one.casefold(): one for one in figure_ids(result)}
    asked = (name, *(f"{key}.{name}" for key in result.scores))
    found = [known[one.casefold()] for one in asked if one.casefold() in known]
    return tuple(found[:1] if name.casefold() in known else found)


def explain(result: Result, figure: str) -> Chain:
    """The chain from a figure down to the cells.

    Raises:
        KeyError: the result has no such figure; `figure_ids` lists them.
    """
    adopted = figure.endswith(LATER)
    key, _, node = figure.removesuffix(LATER).partition(".")
    dimension, scores = result.checklist.by_dimension[key], (result.if_adopted if adopted else result.scores)[key]
    explainer = _Explainer(result, dimension, scores, adopted=adopted)
    if node == "total":
        rollup = result.checklist.rollup
        if rollup is Rollup.POOLED:
            everything = Part(node, node, Fraction(1), scores.total, explainer.steps(result.checklist.provisions.values()))
            return Chain(figure, dimension, rollup, scores.total, (everything,), result.scored)
        return Chain(figure, dimension, rollup, scores.total, explainer.chapters(), result.scored)
    chosen = _provisions_under(result.checklist, node)
    score = _score_at(scores, node)
    part = Part(node, _title(result.checklist, node), Fraction(1), score, explainer.steps(chosen))
    return Chain(figure, dimension, Rollup.POOLED, part.score, (part,), result.scored)


def _title(checklist: Checklist, node: str) -> str:
    """The title of a node: a chapter, a theme, an instrument or a provision."""
    kind, _, key = node.partition(".")
    named = checklist.titles[kind].get(key) if key else checklist.titles["chapter"].get(node)
    return named or checklist.provisions[node].title


def _nodes(scores: DimensionScores) -> Iterable[str]:
    yield from scores.chapters
    yield from (f"theme.{key}" for key in scores.themes)
    yield from (f"instrument.{key}" for key in scores.instruments)


def _score_at(scores: DimensionScores, node: str) -> Score | None:
    kind, _, key = node.partition(".")
    if kind == "theme" and key:
        return scores.themes[key]
    if kind == "instrument" and key:
        return scores.instruments[key]
    return scores.chapters.get(node)


def _provisions_under(checklist: Checklist, node: str) -> list[Provision]:
    kind, _, key = node.partition(".")
    everything = checklist.provisions.values()
    if kind == "theme" and key:
        return [provision for provision in everything if key in provision.themes]
    if kind == "instrument" and key:
        return [p for p in everything if any(standard.instrument.key == key for standard in p.standards)]
    chosen = [provision for provision in everything if node in (provision.chapter, provision.id)]
    if not chosen:
        raise KeyError(node)
    return chosen


class _Explainer:
    def __init__(self, result: Result, dimension: Dimension, scores: DimensionScores, *, adopted: bool) -> None:
        self.result = result
        ratings = result.ratings_if_adopted if adopted else result.ratings
        self.ratings = ratings[dimension.key]
        self.elements = result.elements_if_adopted if adopted else result.elements
        self.adopted = adopted
        self.dimension = dimension
        self.scores = scores
        self.found, self.read = ({}, {}) if result.scored else self._found(ratings)

    def _found(self, ratings: Mapping[str, Mapping[str, str]]) -> tuple[Mapping[str, FoundAs], Mapping[str, ElementsFound]]:
        """How named texts deal with every provision and its elements."""
        known = self.result.checklist, ratings, self.elements, self.result.beside
        return found_in(*known)[self.dimension.key], elements_in(*known) if self.dimension.elements else {}

    def chapters(self) -> tuple[Part, ...]:
        return tuple(
            Part(chapter.id, chapter.title, chapter.weight, self.scores.chapters[chapter.id], self.steps(chapter.provisions))
            for chapter in self.result.checklist.chapters
        )

    def steps(self, provisions: Iterable[Provision]) -> tuple[Step, ...]:
        return tuple(self._step(provision) for provision in provisions)

    def _step(self, provision: Provision) -> Step:
        answer = self.result.assessment.answer(provision.id)
        typed, counts_as = answer.ratings.get(self.dimension.key, ""), self.ratings[provision.id]
        level, marks = self.dimension.level(provision, counts_as), self.elements[provision.id]
        worth = self.dimension.worth(provision, level, marks)
        of_elements = (key for key in answer.at if self.dimension.elements and key.startswith("elements"))
        fields = (self.dimension.key, *of_elements, "legal_basis", "note")
        return Step(
            provision=provision.id,
            title=provision.title,
            weight=self.dimension.weight(provision),
            whole=self.dimension.whole(provision) if worth is not None and worth.central is not None else Fraction(0),
            typed=typed,
            typed_title=self.dimension.scale_of(provision).title(typed),
            counts_as=counts_as,
            follows=bool(counts_as and not typed and not (self.adopted and answer.if_adopted)),
            level=level,
            worth=worth.central if worth is not None else None,
            elements=marks.found(level) if self.dimension.elements else NO_ELEMENTS,
            legal_basis=answer.whole_legal_basis,
            found=self.found.get(provision.id),
            read=self.read.get(provision.id),
            cells=tuple(answer.at[field] for field in fields if field in answer.at),
        )
