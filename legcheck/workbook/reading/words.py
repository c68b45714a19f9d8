"""The words a workbook may be filled with: ratings, choices and headings by key or title, in any known language."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from legcheck.model import decimal
from legcheck.workbook.columns import RATING
from legcheck.workbook.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from legcheck.model import Checklist, Dimension, Level, Provision, Scale


def level_title(checklist: Checklist, scale: Scale, level: Level, language: str) -> str:
    """The title of a level in a language, in the checklist's own where it is not translated."""
    return checklist.translations.get(language, {}).get(f"scale.{scale.key}.{level.key}.title", level.title)


class Words:
    """Finds the key that a typed word stands for.

    The words the workbook was written with are tried first. Those of the other languages are loaded only where a word is still
    unknown, since most workbooks never need them.
    """

    def __init__(
        self,
        checklist: Checklist,
        language: str,
        headings: Mapping[str, Mapping[str, str]] | None = None,
        choices: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        self.checklist = checklist
        self.language = language
        self._own_headings = headings or {}
        self._own_choices = choices or {}
        self._levels: dict[str, dict[str, str]] = {}
        self._folded: dict[str, dict[str, str]] = {}

    def heading(self, sheet: str, typed: str, *, anywhere: bool = True) -> str:
        """The key of the column or field whose heading was typed, empty if none; with `anywhere` in any language."""
        folded = fold(typed)
        found = self._known_headings(sheet).get(folded, "")
        if found or not anywhere or not folded:
            return found
        return self._headings_anywhere.get(sheet, {}).get(folded, "")

    def headings_shown(self, sheet: str) -> Mapping[str, str]:
        """The headings of a sheet as the workbook shows them, by key."""
        return self._own_headings.get(sheet, {})

    def choice(self, kind: str, typed: str) -> str:
        """The key of a choice, such as a status of a law, empty if none."""
        folded = fold(typed)
        for key, shown in self._own_choices.get(kind, {}).items():
            if folded in (fold(shown), fold(key)):
                return key
        return next((key for key, shown in self._choices_anywhere(kind) if folded in (fold(shown), fold(key))), "")

    def shown(self, kind: str) -> list[str]:
        """The choices of a list as the workbook shows them."""
        return list(self._own_choices.get(kind, {}).values())

    def rating(self, dimension: Dimension, provision: Provision, typed: str) -> str:
        """The rating that was typed.

        Raises:
            KeyError: it is not a rating of the dimension's scale.
        """
        scale = dimension.scale
        if scale.points is None:
            return self._titles(scale)[fold(typed)]
        try:
            value = Fraction(fold(typed).replace(",", "."))
        except (ValueError, ZeroDivisionError):
            raise KeyError(typed) from None
        return scale.level(decimal(value), provision.maximum).key

    def ratings_shown(self, dimension: Dimension, provision: Provision) -> dict[str, str]:
        """The ratings allowed as the workbook shows them, by that title and by key."""
        scale = dimension.scale
        if scale.points is not None:
            return {rating: rating for rating in scale.ratings(provision.maximum)}
        allowed = [level for level in scale.levels if not level.outside or provision.may_not_apply]
        titles = {level.key: level_title(self.checklist, scale, level, self.language) for level in allowed}
        return {title: title for title in titles.values()} | titles

    def _titles(self, scale: Scale) -> dict[str, str]:
        """Keys and titles of a scale's levels in every language, folded."""
        if scale.key not in self._levels:
            titles: dict[str, str] = {}
            for level in scale.levels:
                for texts in self.checklist.translations.values():
                    titles.setdefault(fold(texts.get(f"scale.{scale.key}.{level.key}.title", level.key)), level.key)
                titles[fold(level.title)] = level.key
            titles.update({fold(level.key): level.key for level in scale.levels})
            self._levels[scale.key] = titles
        return self._levels[scale.key]

    def _known_headings(self, sheet: str) -> dict[str, str]:
        if sheet not in self._folded:
            own = self._own_headings.get(sheet, {})
            self._folded[sheet] = {fold(key): key for key in own} | {fold(shown): key for key, shown in own.items()}
        return self._folded[sheet]

    @cached_property
    def _headings_anywhere(self) -> dict[str, dict[str, str]]:
        """The headings of every sheet in every language."""
        from legcheck.labels import labels, languages

        found: dict[str, dict[str, str]] = {"start": {}}
        for language in languages():
            words = labels(language)
            for name, shown in words.under("workbook.columns").items():
                sheet, _, key = name.partition(".")
                if key != RATING:
                    found.setdefault(sheet, {}).setdefault(fold(shown), key)
            for key, shown in words.under("workbook.fields").items():
                found["start"].setdefault(fold(shown), key)
            for title, key in self._dimension_titles(language):
                shown = words(f"workbook.columns.assessment.{RATING}", dimension=title)
                found.setdefault("assessment", {}).setdefault(fold(shown), key)
                found["assessment"].setdefault(fold(key), key)
        return found

    def _dimension_titles(self, language: str) -> Iterator[tuple[str, str]]:
        texts = self.checklist.translations.get(language, {})
        for dimension in self.checklist.dimensions:
            yield texts.get(f"dimension.{dimension.key}.title", dimension.title), f"{RATING}.{dimension.key}"

    def _choices_anywhere(self, kind: str) -> Iterator[tuple[str, str]]:
        from legcheck.labels import labels, languages

        for language in languages():
            yield from labels(language).under(f"workbook.choices.{kind}").items()
