"""The words found in a filled workbook: headings, ratings, choices and elements, by key or title in any known language."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING
from unicodedata import normalize

from legcheck.model import NONE_MET, decimal, recorded
from legcheck.words import fold
from legcheck.workbook.columns import ANSWERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from legcheck.model import Checklist, Dimension, ElementAnswer, Level, Provision, Scale

_RANGE = re.compile(r"([a-z])-([a-z])")
_DOUBTFUL = re.compile(r"([a-z])\s*\?")
_BRACKETS = re.compile(r"[()\[\]]")
_BETWEEN_GROUPS = re.compile(r"\s*(?:[,;/&+]|(?<!\.)\.(?!\.))\s*")
_AROUND_DASH = re.compile(r"\s*-\s*")
# How pandas writes the levels 0 and 1 once a column has blanks.
_WHOLE_NUMBER = re.compile(r"(-?\d+)\.0+")


def level_title(checklist: Checklist, scale: Scale, level: Level, language: str) -> str:
    """The title of a level in a language, or in the checklist's own if there is no translation."""
    return checklist.translations.get(language, {}).get(f"scale.{scale.key}.{level.key}.title", level.title)


class Vocabulary:
    """Finds the key that a typed word stands for.

    The workbook's own words are tried first. Other languages are loaded only when a word is unknown: most workbooks never need
    them.
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
        self._choices: dict[str, dict[str, str]] = {}

    def heading(self, sheet: str, typed: str, *, anywhere: bool = True) -> str:
        """The key of the column or field with this heading, empty if there is none; with `anywhere` in any language."""
        folded = fold(typed)
        found = self._known_headings(sheet).get(folded, "")
        if found or not anywhere or not folded:
            return found
        return self._headings_anywhere.get(sheet, {}).get(folded, "")

    def headings_shown(self, sheet: str) -> Mapping[str, str]:
        """The headings of a sheet as the workbook shows them, by key."""
        return self._own_headings.get(sheet, {})

    def choice(self, kind: str, typed: str) -> str:
        """The key of a choice, such as the status of a law, empty if there is none."""
        folded = fold(typed)
        return _folded(self._own_choices.get(kind, {})).get(folded, "") or self._choices_anywhere(kind).get(folded, "")

    def choices_shown(self, kind: str) -> list[str]:
        """The choices of a list, in the words of the workbook."""
        return list(self._own_choices.get(kind, {}).values())

    def is_answer(self, typed: str) -> bool:
        """Whether the workbook offers this text as an answer: yes or no, or a rating of any scale."""
        return fold(typed) in self._answers

    @cached_property
    def _answers(self) -> frozenset[str]:
        if ANSWERS not in self._own_headings:
            return frozenset()
        scales = (scale for one in self.checklist.dimensions for scale in self.checklist.scales(one))
        answers = frozenset(map(fold, self._own_choices.get("met", {}).values())).union(*map(self._titles, scales))
        titles = (self.checklist.title, *(one.title for one in self.checklist.provisions.values()))
        return answers - set(map(fold, titles))  # which stand on the sheets by themselves

    def rating(self, dimension: Dimension, provision: Provision, typed: str) -> str:
        """The rating that was typed.

        Raises:
            KeyError: it is not a rating of the dimension's scale.
        """
        scale, word = dimension.scale_of(provision), fold(typed)
        titles = self._titles(scale)
        if word in titles:
            return titles[word]
        if scale.points is None:
            whole = _WHOLE_NUMBER.fullmatch(word)
            return titles[whole[1] if whole else word]
        try:
            value = Fraction(word.replace(",", "."))
        except (ValueError, ZeroDivisionError):
            raise KeyError(typed) from None
        return scale.by_key[decimal(value)].key

    def ratings_shown(self, dimension: Dimension, provision: Provision) -> dict[str, str]:
        """The ratings allowed, as the workbook shows them, by that title and by key."""
        scale, allowed = dimension.scale_of(provision), dimension.offered(provision)
        titles = {key: level_title(self.checklist, scale, scale.by_key[key], self.language) for key in allowed}
        return {title: title for title in titles.values()} | titles

    def elements(self, typed: str, letters: str) -> tuple[Mapping[str, ElementAnswer], tuple[str, ...]]:
        """The elements of a provision, those typed as met and the others not met, and anything typed that is no element.

        A letter with a question mark is not answered; a dash says that none is met.
        """
        if typed.strip() == NONE_MET:
            return recorded("", letters), ()
        doubtful = _DOUBTFUL.findall(fold(typed)) if "?" in typed else []
        found, wrong = parse_elements(_DOUBTFUL.sub(" ", fold(typed)) if doubtful else typed, letters)
        word = self.choice("elements", typed) if wrong else ""
        if word:
            return recorded(letters if word == "all" else "", letters), ()
        wrong += tuple(f"{letter}?" for letter in doubtful if letter not in letters)
        known = [letter for letter in letters if letter not in doubtful]
        return recorded(found, known) if found or doubtful else {}, wrong

    def yes(self, typed: str) -> bool:
        """Whether a word, a tick or a cross says yes.

        Raises:
            KeyError: it says neither yes nor no.
        """
        return self._yes_and_no[fold(typed)]

    @cached_property
    def _yes_and_no(self) -> Mapping[str, bool]:
        shown = self._own_choices.get("met", {})
        words = {fold(shown[key]): key == "yes" for key in ("yes", "no") if key in shown}
        return _Ticks(words)

    def _titles(self, scale: Scale) -> dict[str, str]:
        """The levels of a scale by their folded keys and titles in every language."""
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
            spoken = labels(language)
            for name, shown in spoken.under("workbook.columns").items():
                sheet, _, key = name.partition(".")
                found.setdefault(sheet, {}).setdefault(fold(shown), key)
            for key, shown in spoken.under("workbook.fields").items():
                found["start"].setdefault(fold(shown), key)
        return found

    def _choices_anywhere(self, kind: str) -> Mapping[str, str]:
        """The keys of a list's choices by their folded keys and words in every language."""
        if kind not in self._choices:
            self._choices[kind] = dict[str, str]()
            for shown in self._choices_by_language(kind):
                self._choices[kind] = _folded(shown) | self._choices[kind]
        return self._choices[kind]

    def _choices_by_language(self, kind: str) -> Iterator[Mapping[str, str]]:
        """The words of a list by key, in each language."""
        from legcheck.labels import labels, languages

        for language in languages():
            yield labels(language).under(f"workbook.choices.{kind}")


class _Ticks(dict[str, bool]):
    """The words for yes and no; those of other languages, ticks and crosses are loaded only when one is unknown."""

    def __missing__(self, typed: str) -> bool:
        from legcheck.labels import typed_words

        for says, yes in (("yes", True), ("no", False)):
            if typed in map(fold, typed_words(says)):
                self[typed] = yes
                return yes
        raise KeyError(typed)


def _folded(shown: Mapping[str, str]) -> dict[str, str]:
    """Keys by their own folded form and that of the words shown for them."""
    return {fold(key): key for key in shown} | {fold(word): key for key, word in shown.items()}


@lru_cache(maxsize=10_000)
def parse_elements(typed: str, letters: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The letters in `typed`, in order, and whatever in it is not a letter of the provision: it is read whole or not at all.

    Letters are read as people write them: ``a, c``, ``ac``, ``a-c``, ``a to c``, ``A;C``, ``(a) and (c)``.
    """
    ranges, lists = _joints()
    text = lists.sub(", ", fold(ranges.sub("-", normalize("NFC", _BRACKETS.sub(" ", typed)).casefold())))
    groups = [group for group in _BETWEEN_GROUPS.split(_AROUND_DASH.sub("-", text)) if group]
    read = [_letters(group, letters) for group in groups]
    wrong = tuple(group for group, found in zip(groups, read, strict=True) if not found)
    return (() if wrong else tuple(letter for letter in letters if letter in "".join(read))), wrong


def _letters(group: str, letters: str) -> str:
    """The letters of a group such as ``ac``, ``a c`` or ``a-c e``, empty if it is none: a word's letters are seldom in order."""
    found = ""
    for word in group.split():
        ends = _RANGE.fullmatch(word)
        found += "".join(letter for letter in letters if ends[1] <= letter <= ends[2]) if ends else word
        if ends and not {ends[1], ends[2]} <= set(letters):
            return ""
    return found if [*found] == sorted({*found} & set(letters)) else ""


@lru_cache(maxsize=1)
def _joints() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Words such as "to" and "and" between letters; elsewhere, the same words may themselves be lists of letters."""
    from legcheck.labels import typed_words

    to, also = ("|".join(map(re.escape, words)) for words in (typed_words("to"), map(fold, typed_words("and"))))
    return re.compile(rf"(?<=[^\W\d_])\s+(?:{to})\s+(?=[^\W\d_](?:\W|$))"), re.compile(
        rf"(?<=[a-z,;])\s+(?:{also})\s+(?=[a-z]\b)"
    )
