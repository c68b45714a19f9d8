"""How the elements of a provision are marked: those that the law contains, and those not answered."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from legcheck.model.assessment import ElementAnswer
    from legcheck.model.checklist import Level

NONE_MET = "-"


class ElementMarks(NamedTuple):
    """The letters of a provision's elements: those met, those not answered, and all. Where nothing was recorded, all are open."""

    met: str
    open: str
    all: str

    @classmethod
    def of(cls, letters: str, elements: Mapping[str, ElementAnswer]) -> ElementMarks:
        """The elements `letters` of a provision as an answer records them."""
        if not elements:
            return cls("", letters, letters)
        met = unknown = ""
        for letter in letters:
            found = elements[letter].met if letter in elements else None
            if found:
                met += letter
            elif found is None:
                unknown += letter
        return cls(met, unknown, letters)

    @property
    def answered(self) -> str:
        """The letters of the elements answered."""
        return "".join(letter for letter in self.all if letter not in self.open)

    @property
    def unmet(self) -> str:
        """The letters of the elements that the law does not contain."""
        return "".join(letter for letter in self.answered if letter not in self.met)

    @property
    def recorded(self) -> bool:
        """Whether any element is answered."""
        return len(self.open) < len(self.all)

    @property
    def complete(self) -> bool:
        """Whether there are elements and all of them are answered."""
        return bool(self.all) and not self.open

    def under(self, level: Level | None) -> ElementMarks:
        """The elements as a rating has them: all met where it is full, none where it is worth nothing."""
        if level is None or level.in_part:
            return self
        if level.outside:
            return self._replace(met="", open=self.all)
        return self._replace(met=self.all if level.full else "", open="")

    def found(self, level: Level | None) -> ElementMarks:
        """The elements as they are shown and counted: as answered beside a contrary rule, else as the rating has them."""
        return self if level is not None and level.contrary else self.under(level)

    def beside(self, level: Level | None) -> ElementMarks:
        """The elements as they are written beside a rating, so that both can be read again and no element is claimed."""
        if level is not None and (level.outside or level.nothing):
            return self._replace(met="", open=self.all) if self.met else self
        return self.under(level)

    def without(self, letters: Collection[str]) -> ElementMarks:
        """The same with some of the elements not met."""
        return self._replace(met="".join(one for one in self.met if one not in letters)) if letters else self

    def plus(self, letters: Collection[str]) -> ElementMarks:
        """The same with more elements met."""
        met = "".join(one for one in self.all if one in self.met or one in letters)
        return self._replace(met=met, open="".join(one for one in self.open if one not in letters))

    def closed(self, letters: Collection[str]) -> ElementMarks:
        """The same with some of those not answered answered: not met."""
        return self._replace(open="".join(one for one in self.open if one not in letters)) if letters else self

    @property
    def text(self) -> str:
        """What is recorded, as in tables: the letters met, those not answered with a question mark, a dash for none met."""
        if not self.recorded:
            return ""
        written = (letter if letter in self.met else f"{letter}?" for letter in self.all if letter in self.met + self.open)
        return "".join(written) or NONE_MET

    @property
    def lacking(self) -> str:
        """The letters of the elements that the law is not known to contain."""
        return "".join(letter for letter in self.all if letter not in self.met)


NO_ELEMENTS = ElementMarks("", "", "")
