"""Every word the tool shows, per language: `reports/labels/<language>/*.yaml`, keyed by id."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from legcheck.issues import UNKNOWN_LANGUAGE, Issues, Location, reject
from legcheck.model import Display, Prints, whole_percent
from legcheck.resources import bundled
from legcheck.yaml_text import Tree, read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from legcheck.issues import Issue
    from legcheck.model import Checklist, ElementMarks, Entry, Score

DEFAULT = "en"
_MINUTES_SAID = 90
MINUS = "\N{MINUS SIGN}"
_NO_BREAK = "\N{NO-BREAK SPACE}"
_APOSTROPHE = re.compile(r"(?<=\w)'(?=[\w{«])")
# Words to recognise, and patterns for dates: no texts that people read.
_AS_WRITTEN = ("typing.", "common.day", "common.first_day", "common.cell_day")


class Labels:
    """The words of one language. Calling it with an id gives the text, its placeholders filled.

    Where the words depend on a number, a label has a text for each plural form of its language (``one``, ``other``, ...;
    the categories of Unicode CLDR), and the fact ``count`` chooses among them.
    """

    def __init__(self, language: str, texts: Mapping[str, str]) -> None:
        self.language = language
        self.texts = texts

    @property
    def direction(self) -> str:
        """``rtl`` for a language written from right to left, else ``ltr``."""
        from babel import Locale

        return Locale.parse(self.language).text_direction

    def __call__(self, key: str, /, **facts: object) -> str:
        """The text `key` with `facts` filled in.

        Raises:
            KeyError: no such label; a test makes sure that every language has every label.
        """
        text = self._text(key, facts)
        return text.format(**facts) if facts else text

    def opening(self, key: str, /, *, count: int, **facts: object) -> str:
        """A sentence with `count`: one that begins with a number up to ten begins with its word."""
        text, words = self(key, count=count, **facts), self("common.opening_numbers").split(", ")
        rest = text.removeprefix(str(count))
        return text if text == rest or not 0 < count <= len(words) else words[count - 1] + rest

    def _text(self, key: str, facts: Mapping[str, object]) -> str:
        """The text as written in the label file, in the plural form that ``count`` asks for."""
        if key in self.texts or "count" not in facts:
            return self.texts[key]
        form = self._plural_form(int(str(facts["count"])))
        return self.texts.get(f"{key}.{form}") or self.texts[f"{key}.other"]

    @cached_property
    def _plural_form(self) -> Callable[[int], str]:
        from babel import Locale

        return Locale.parse(self.language).plural_form

    @cached_property
    def on_one_text(self) -> Labels:
        """The words of a reading of one text, where others speak of several."""
        return Labels(self.language, {**self.texts, **self.under("one_text")})

    def has(self, key: str) -> bool:
        return key in self.texts

    def under(self, prefix: str) -> dict[str, str]:
        """The labels below `prefix`, keyed by what follows it."""
        start = prefix + "."
        return {key.removeprefix(start): text for key, text in self.texts.items() if key.startswith(start)}

    def message(self, issue: Issue, *, with_hint: bool = True) -> str:
        """What an issue says to a person: what was found, what is allowed, what to do, and what was probably meant."""
        given = dict(issue.facts)
        facts = {name: self._fact(value, given) for name, value in given.items()}
        hint, more = facts.pop("hint", ""), facts.pop("more", "")
        parts = [self._text(f"issues.{issue.code}", facts).format(**facts)]
        parts += [self.did_you_mean(hint)] if hint and with_hint else []
        parts += [self("issues.more", count=more)] if more else []
        return " ".join(parts)

    def did_you_mean(self, hint: str) -> str:
        """What was probably meant: one word, or several with ``|`` between them."""
        return self("issues.did_you_mean", word=hint.replace("|", self("issues.or")))

    def located(self, issue: Issue) -> str:
        """The message of an issue, after the place where it was found."""
        place = str(issue.at)
        return f"{place}: {self.message(issue)}" if place else self.message(issue)

    def _fact(self, value: str, given: Mapping[str, str]) -> str:
        """A fact as shown: one that starts with ``@`` names a label, into which the others are filled."""
        known = value.startswith("@") and value[1:] in self.texts
        return self.texts[value[1:]].format(**given) if known else value

    def join(self, parts: Iterable[str]) -> str:
        """Items joined with the separator of this language."""
        return self("common.separator").join(parts)

    def listed(self, parts: Sequence[str]) -> str:
        """Items in a sentence, such as "one, two and three"."""
        from babel import Locale
        from babel.lists import format_list

        return format_list(parts, locale=Locale.parse(self("common.locale"), sep="-"))

    def percent(self, value: Fraction) -> str:
        """A share as whole per cent, rounded half up; 0 and 100 only when exactly true."""
        return self("common.percent", number=whole_percent(value))

    def figure(self, display: Display) -> str:
        """A figure as printed: one share or sum, a range, a count of what texts contain, or why there is none of them."""
        if display.prints in (Prints.NOT_APPLICABLE, Prints.NOT_ASSESSED):
            return self(f"report.{display.prints.name.lower()}")
        if display.prints is Prints.FOUND:
            return self("reading.found", some=display.low, count=display.out_of)
        return self._between("report.or_so", display, display.low, display.high)

    def span(self, score: Score) -> str:
        """From low to high as printed, empty where there is no figure."""
        low, high = self._ends(score)
        return "" if low is None or high is None else self._between("report.or_so", score.display, low, high)

    def range(self, score: Score) -> str:
        """From low to high, or a phrase: nothing is missing, or too little is answered to say more."""
        low, high = self._ends(score)
        if low is None or high is None:
            return self("report.not_applicable")
        if not score.enough and score.display.prints is not Prints.NOT_ASSESSED:
            return self("report.too_few")
        if score.low == score.high:
            return self("report.certain")
        if low == high:
            return self("report.narrow", share=self._printed(score.display, low))
        return self._between("report.range", score.display, low, high)

    def share(self, share: Fraction, display: Display) -> str:
        """A share as printed where its figure has this display."""
        return self._printed(display, display.units(share))

    def bare(self, share: Fraction, display: Display) -> str:
        """The number alone of a share as printed."""
        return self._number(display, display.units(share))

    def _ends(self, score: Score) -> tuple[int | None, int | None]:
        """Low and high in the units of the score's display."""
        if score.low is None or score.high is None:
            return None, None
        if score.display.prints is Prints.COUNT:
            return score.display.low, score.display.high
        return score.display.units(score.low), score.display.units(score.high)

    def _between(self, key: str, display: Display, low: int, high: int) -> str:
        """A range in the units of a display, or one figure if it has no width; points name their most once."""
        last = self._printed(display, high)
        if low == high:
            return last
        return self(key, low=self._number(display, low) if display.out_of else self._printed(display, low), high=last)

    def _printed(self, display: Display, units: int) -> str:
        number = self._number(display, units)
        if not display.out_of:
            return self("common.percent", number=number)
        return self("common.sum", number=number, all=self._number(display, display.out_of))

    def _number(self, display: Display, units: int) -> str:
        """A number of units as written in this language."""
        if not display.decimals:
            return str(units).replace("-", MINUS)
        from babel.numbers import format_decimal

        number = Decimal(units).scaleb(-display.decimals)
        return format_decimal(number, format=f"0.{'0' * display.decimals}", locale=self.language).replace("-", MINUS)

    def begun(self, marks: ElementMarks) -> str:
        """How many elements of a provision are answered, where some are."""
        return self("report.begun", answered=len(marks.answered), all=len(marks.all))

    def closed(self, entry: Entry) -> str:
        """When the gap of a measure closed, and the measure's status until then; empty while the gap is open."""
        if entry.closed_on is None:
            return ""
        day = self.date(entry.closed_on)
        if entry.last_status is None:
            return self("plan.closed_on", date=day)
        return self("plan.closed_after", date=day, status=self(f"plan.status.{entry.last_status.value}"))

    def language_name(self, tag: str) -> str:
        """What a language is called in this one; its tag where that is not known."""
        from babel import Locale, UnknownLocaleError

        try:
            return Locale.parse(tag, sep="-").get_display_name(self.language) or tag
        except (UnknownLocaleError, ValueError):
            return tag

    def as_written(self, text: str, language: str) -> str:
        """What somebody wrote in a language, which is named if it is not this one."""
        if language in ("", self.language):
            return text
        return self("report.as_written", text=text, language=self.language_name(language))

    def cited(self, articles: str) -> str:
        """Articles with annexes, and provisions after the articles, called as in this language.

        >>> labels("fr").cited("art. 3, additional provision 1, annex")
        'art. 3, disposition additionnelle 1, annexe'
        >>> labels("es").cited("art. 3, additional provision 1, annex")
        'art. 3, disposición adicional primera, anexo'
        """
        (kinds, kind), (numbers, number) = self._kinds_cited, self._numbers_cited
        named = kinds.sub(lambda word: kind[word[0].casefold()], articles)
        return numbers.sub(lambda found: re.sub(r"\w+", lambda word: number.get(word[0], word[0]), found[0]), named)

    @cached_property
    def _kinds_cited(self) -> tuple[re.Pattern[str], dict[str, str]]:
        """What annexes and such provisions are called in any language, and what each of these words is in this one."""
        here = self.under("common.cited")
        known = {word.casefold(): here[kind] for one in languages() for kind, word in labels(one).under("common.cited").items()}
        return re.compile(rf"\b(?:{'|'.join(map(re.escape, known))})\b", re.IGNORECASE), known

    @cached_property
    def _numbers_cited(self) -> tuple[re.Pattern[str], dict[str, str]]:
        """Provisions after the articles with their numbers, and how such a number of any language is written in this one."""
        here = self("common.cited_numbers").split()
        by_language = (labels(one)("common.cited_numbers").split() for one in languages())
        known = {number: own for numbers in by_language for number, own in zip(numbers, here, strict=True)}
        kinds = "|".join(self(f"common.cited.{kind}") for kind in ("additional", "transitional", "final"))
        return re.compile(rf"\b(?:{kinds})(?:,? (?:{'|'.join(known)})\b(?!\())+"), known

    def date(self, day: date) -> str:
        """A day as written in this language."""
        from babel.dates import format_date

        return format_date(day, format=self("common.first_day" if day.day == 1 else "common.day"), locale=self.language)

    def published(self, number: str) -> str:
        """The number of a provision in a published document, in words; empty if there is none."""
        return self("common.published", number=number) if number else ""

    def time_needed(self, provisions: int, checklist: Checklist) -> str:
        """How long so many provisions take: for those who know the law, and with its texts to be read."""
        least = self._time(provisions * checklist.minutes)
        if checklist.minutes_with_texts <= checklist.minutes:
            return self("common.time", least=least)
        return self("common.time_with_texts", least=least, most=self._time(provisions * checklist.minutes_with_texts))

    def _time(self, minutes: Fraction) -> str:
        """A time in whole hours, or, below an hour and a half, in tens of minutes."""
        if minutes >= _MINUTES_SAID:
            return self("common.hours", count=int(minutes / 60 + Fraction(1, 2)))
        return self("common.minutes", count=max(10, 10 * int(minutes / 10 + Fraction(1, 2))))

    def number(self, value: Fraction) -> str:
        """A number with at most two decimals, as written in this language."""
        from babel.numbers import format_decimal

        return format_decimal(float(value), format="0.##", locale=self.language)


def languages() -> tuple[str, ...]:
    """The languages that have labels, the default first."""
    found = sorted(folder.name for folder in bundled("reports/labels").iterdir() if folder.is_dir())
    return (DEFAULT, *(language for language in found if language != DEFAULT))


@cache
def labels(language: str) -> Labels:
    """The labels of a language.

    Raises:
        InputError: there are no labels in this language.
    """
    if language not in languages():
        raise reject(UNKNOWN_LANGUAGE, Location(), value=language, allowed=", ".join(languages()))
    texts: dict[str, str] = {}
    for file in sorted((bundled("reports/labels") / language).glob("*.yaml")):
        texts.update(_texts(file))
    typography = _Typography.of(texts)
    return Labels(language, {key: text if key.startswith(_AS_WRITTEN) else typography.set(text) for key, text in texts.items()})


def typeset(text: str, language: str) -> str:
    """A text as the typography of its language wants it: apostrophes, and spaces at which no line may end.

    A language without labels has no rules of its own.
    """
    return _typography(language).set(text) if language in languages() else text


@cache
def _typography(language: str) -> _Typography:
    return _Typography.of(labels(language).texts)


@dataclass(frozen=True)
class _Typography:
    """The signs before and after which a space never ends a line, and the sign for an apostrophe."""

    before: str
    after: str
    apostrophe: str

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> _Typography:
        return cls(*("".join(texts[f"common.typography.{key}"].split()) for key in ("before", "after", "apostrophe")))

    def set(self, text: str) -> str:
        spaced = re.sub(f" (?=[{re.escape(self.before)}])|(?<=[{re.escape(self.after)}]) ", _NO_BREAK, text)
        return _APOSTROPHE.sub(self.apostrophe, spaced)


def unbroken(text: str) -> str:
    """A text in which no line ends within the number of an article.

    >>> unbroken("Act, art. 3 bis(1), s. 4 and § 5").replace(_NO_BREAK, "~")
    'Act, art.~3~bis(1), s.~4 and §~5'
    """
    return _ties().sub(lambda found: f"{found[1] or ''}{_NO_BREAK}", text)


@cache
def _ties() -> re.Pattern[str]:
    def words(name: str) -> set[str]:
        return {word.strip() for one in languages() for word in labels(one)(f"common.tied.{name}").split(",")}

    before, after = ("|".join(map(re.escape, some)) for some in (words("before") | {*typed_words("article")}, words("after")))
    return re.compile(rf"(?<!\w)((?:{before})\.?) (?=\d)|(?<=\d) (?=(?:{after})\b)", re.IGNORECASE)


@cache
def typed_words(name: str, only: str = "") -> tuple[str, ...]:
    """The words for something that people type, such as ``article``, from each `typing.yaml`, or from `only` one language's."""
    texts = [_texts(bundled("reports/labels") / language / "typing.yaml") for language in ([only] if only else languages())]
    return tuple(dict.fromkeys(word.strip() for known in texts for word in known[f"typing.{name}"].split(",")))


def _texts(file: Path) -> dict[str, str]:
    """The texts of one label file by dotted id, the file's name first."""
    document = read_yaml(file, Issues())
    return dict(_flatten(document.tree, file.stem))


def _flatten(tree: Tree, prefix: str) -> list[tuple[str, str]]:
    if isinstance(tree, dict):
        return [pair for key, below in tree.items() for pair in _flatten(below, f"{prefix}.{key}")]
    return [(prefix, str(tree or ""))]
