"""The search for good practice: which countries provide for a provision, element by element, and in which article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from legcheck.labels import Labels
from legcheck.model import Compared, Comparison, FoundAs, Provision, Scope
from legcheck.reports.comparison.figures import ComparisonContext
from legcheck.reports.reading import class_title

if TYPE_CHECKING:
    import pandas as pd

_PROVIDING = (FoundAs.FULL, FoundAs.PARTLY, FoundAs.SILENT)


@dataclass(frozen=True)
class Shown:
    """A rating in a dimension, or how named texts deal with the provision, each by its key and as shown."""

    dimension: str
    dimension_title: str
    rating: str
    rating_title: str


@dataclass(frozen=True)
class Found:
    """What one assessment says of a provision: its ratings by dimension, the letters its law contains, and the citation.

    `day` is `when` as printed.
    """

    name: str
    code: str
    when: str
    day: str
    scope: str
    ratings: tuple[Shown, ...]
    fictional: bool
    elements: str
    citation: str


@dataclass(frozen=True)
class Search:
    """The latest assessments and readings that provide for a provision, or for the element asked for.

    `answered` counts the assessments that answered, `readings` the readings of named texts: they are never counted together.
    `number` is that of the provision in a published document, if somebody gave it.
    """

    provision: str
    title: str
    question: str
    elements: tuple[tuple[str, str], ...]
    letter: str
    found: tuple[Found, ...]
    answered: int
    readings: int
    number: str = ""

    def having(self, letter: str, scope: Scope) -> list[Found]:
        """The assessments, or the readings of named texts, whose law contains an element."""
        return [one for one in self.found if one.scope == scope and letter in one.elements]

    def total(self, scope: Scope) -> int:
        """How many of a scope answered."""
        return self.answered if scope.scored else self.readings

    def to_frame(self) -> pd.DataFrame:
        """A pandas frame with a row for each assessment found, its ratings in a column for each dimension."""
        from legcheck.model.frames import frame_of

        rated = list(dict.fromkeys(shown.dimension for one in self.found for shown in one.ratings))
        rows = [
            {
                "country": one.code,
                "country_name": one.name,
                "as_of": one.when,
                "scope": one.scope,
                "fictional": one.fictional,
                "elements": "".join(one.elements),
                "citation": one.citation,
                **dict.fromkeys(rated, ""),
                **{shown.dimension: shown.rating for shown in one.ratings},
            }
            for one in self.found
        ]
        return frame_of(rows, list(rows[0]) if rows else [])


def practice_of(comparison: Comparison, provision: Provision, letter: str, labels: Labels) -> Search:
    """Who provides for a provision in whole or in part, in the order of the comparison; with `letter`, for that element."""
    context = ComparisonContext(comparison, labels)
    answers = [one for row in comparison.rows if row.latest for one in _found(context, row, provision)]
    assessments = sum(one.scope == Scope.NATIONAL for _, one in answers)
    asked = letter or "".join(provision.letters)
    return Search(
        provision=provision.id,
        title=provision.title,
        question=provision.question,
        elements=tuple((one.letter, one.text) for one in provision.lettered(asked)),
        letter=letter,
        found=tuple(one for worth, one in answers if worth and (not letter or letter in one.elements)),
        answered=assessments,
        readings=len(answers) - assessments,
        number=provision.mlp_ref,
    )


def found_tree(search: Search) -> dict[str, Any]:
    """The search as a tree, for other programs."""
    return {
        "format": 1,
        "provision": search.provision,
        **({"number": search.number} if search.number else {}),
        "title": search.title,
        "element": search.letter or None,
        "answered": search.answered,
        "readings": search.readings,
        "elements": [
            {
                "letter": letter,
                "text": text,
                "countries": [one.code for one in search.having(letter, Scope.NATIONAL)],
                "readings": [one.code for one in search.having(letter, Scope.TEXTS)],
            }
            for letter, text in search.elements
        ],
        "found": [
            {
                "country": one.code,
                "name": one.name,
                "as_of": one.when,
                "scope": one.scope,
                "fictional": one.fictional,
                "ratings": {rated.dimension: rated.rating for rated in one.ratings},
                "elements": list(one.elements),
                "citation": one.citation,
            }
            for one in search.found
        ],
    }


def _found(context: ComparisonContext, row: Compared, provision: Provision) -> Iterator[tuple[bool, Found]]:
    """What a row says of a provision, and whether its law provides for any of it; nothing if it was not answered."""
    comparison, dimensions = context.comparison, context.comparison.checklist.dimensions
    ratings = {one.key: comparison.ratings(row, one.key).get(provision.id, "") for one in dimensions}
    of_law = next((one for one in dimensions if one.elements), dimensions[0])
    level = of_law.level(provision, ratings[of_law.key])
    if level is None or level.outside:
        return
    if row.summary.scope.scored:
        provides, met = not level.nothing, comparison.elements(row)[provision.id].found(level).met
    else:
        elements = comparison.elements_found(row)[provision.id]
        provides, met = comparison.found(row)[of_law.key][provision.id] in _PROVIDING, elements.met
    yield (
        provides,
        Found(
            name=row.name,
            code=row.summary.country,
            when=row.when,
            day=context.day(row),
            scope=row.summary.scope.value,
            ratings=tuple(_shown(context, row, provision, ratings)),
            fictional=row.fictional,
            elements=met,
            citation=comparison.citations(row)[provision.id],
        ),
    )


def _shown(context: ComparisonContext, row: Compared, provision: Provision, ratings: Mapping[str, str]) -> Iterator[Shown]:
    """The ratings of a row, or how named texts deal with the provision."""
    for one in context.comparison.checklist.dimensions:
        level, key = one.level(provision, ratings[one.key]), ratings[one.key]
        if level is None:
            continue
        if row.summary.scope.scored:
            yield Shown(one.key, one.title, key, level.title)
        else:
            found = context.comparison.found(row)[one.key][provision.id]
            yield Shown(one.key, one.title, found.value, class_title(found, one, context.labels))
