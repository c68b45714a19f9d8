"""The choices of the web page's filter, in the order in which the view shows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from legcheck.labels import Labels
from legcheck.reports.view import ProvisionView, ReportView

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Filter:
    """One drop-down: the field it reads on a provision, its label, and its choices by group (the group's title may be empty)."""

    field: str
    label: str
    groups: tuple[tuple[str, Choices], ...]


def filters_of(view: ReportView, labels: Labels) -> tuple[Filter, ...]:
    """Every filter that has at least two choices."""
    found = (*_ratings(view, labels), *_gaps(view, labels), _themes(view, labels), _chapters(view, labels))
    return tuple(one for one in found if sum(len(choices) for _, choices in one.groups) > 1)


def rating_field(number: int) -> str:
    """The field that holds the rating in the dimension of that number."""
    return f"rating{number}"


def _provisions(view: ReportView) -> Iterator[ProvisionView]:
    for chapter in view.chapters:
        yield from chapter.provisions


def _ratings(view: ReportView, labels: Labels) -> Iterator[Filter]:
    order = {row.label: place for place, row in enumerate(view.scale)}
    for number, dimension in enumerate(view.dimensions):
        shown = {one.ratings[number].key: one.ratings[number].title for one in _provisions(view) if number < len(one.ratings)}
        choices = sorted(shown.items(), key=lambda pair: (not pair[0], order.get(pair[1], len(order)), *_natural(pair[1])))
        label = labels("html.filter.rating", dimension=dimension.title)
        yield Filter(rating_field(number), label, (("", tuple((f"={key}", title) for key, title in choices)),))


def _natural(text: str) -> tuple[float, str]:
    """Points in the order of numbers, words after them."""
    try:
        return float(text), text
    except ValueError:
        return float("inf"), text


def _gaps(view: ReportView, labels: Labels) -> Iterator[Filter]:
    kinds = {f"={gap.kind}": gap.kind_title for gap in view.gaps}
    any_or_none = (("*", labels("html.filter.any_gap")), ("=", labels("html.filter.no_gap")))
    yield Filter("kind", labels("html.filter.kind"), (("", any_or_none), ("", tuple(kinds.items()))))
    priorities = {f"={gap.priority}": gap.priority_title for gap in view.gaps if gap.priority}
    yield Filter("priority", labels("html.filter.priority"), (("", tuple(priorities.items())),))


def _themes(view: ReportView, labels: Labels) -> Filter:
    keys = {title: key for one in _provisions(view) for key, title in zip(one.themes, one.theme_titles, strict=True)}
    groups = view.dimensions[0].themes if view.dimensions else ()
    choices = (
        (group.title, tuple((f"={keys[figure.title]}", figure.title) for figure in group.figures if figure.title in keys))
        for group in groups
    )
    return Filter("themes", labels("html.filter.theme"), tuple(one for one in choices if one[1]))


def _chapters(view: ReportView, labels: Labels) -> Filter:
    choices = tuple((f"={one.id}", f"{one.id} {one.title}") for one in view.chapters)
    return Filter("chapter", labels("html.filter.chapter"), (("", choices),))
