"""The summary: what a comparison keeps of one assessment, small enough for tens of thousands of them.

Ratings and elements are packed as numbers, in the order of the checklist: `Checklist.codes` gives the number of each rating, and
each element is a bit by its place among those of its provision.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from legcheck.issues import printable
from legcheck.model.assessment import Kind
from legcheck.model.element_marks import ElementMarks

if TYPE_CHECKING:
    from legcheck.issues import Issue
    from legcheck.model.assessment import Scope, Source
    from legcheck.model.checklist import Checklist

# How a rating, the elements of a provision, and the length of a text are packed: as `array` and numpy name such numbers.
CODE: Final = "H"
MASK: Final = "I"
LENGTH: Final = "I"


@dataclass(frozen=True, slots=True)
class Texts:
    """A text for each provision, in the order of the checklist: the length of each in bytes, and all of them in a row."""

    lengths: bytes
    content: bytes

    @classmethod
    def of(cls, texts: Iterable[str]) -> Texts:
        """Texts in UTF-8; characters it cannot encode are replaced.

        >>> list(Texts.of(["art. 1", "", "§ 2"]))
        ['art. 1', '', '§ 2']
        """
        encoded = [text.encode(errors="replace") for text in texts]
        return cls(array(LENGTH, map(len, encoded)).tobytes(), b"".join(encoded))

    def __iter__(self) -> Iterator[str]:
        end = 0
        for length in memoryview(self.lengths).cast(LENGTH):
            start, end = end, end + length
            yield self.content[start:end].decode()

    @property
    def longest(self) -> int:
        """The length of the longest, in bytes."""
        return max(memoryview(self.lengths).cast(LENGTH), default=0) if self.content else 0

    def blanked(self) -> Texts:
        """The same number of texts, all empty."""
        return Texts(bytes(len(self.lengths)), b"")


@dataclass(frozen=True)
class ChecklistMark:
    """Which checklist an assessment was made for; `rules` is the digest of what its figures depend on, leaving out texts."""

    id: str
    version: str
    digest: str
    rules: str
    short: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """One assessment without its free texts.

    `ratings` holds the codes of the ratings that count, dimension by dimension; `if_adopted` the same once adopted and draft law
    is in force, `typed` as people typed them, each empty where it does not differ. `elements` holds the elements that count as
    masks, of those met and of those answered, `elements_if_adopted` the same for later. `citations` holds the laws and articles
    that the answers cite, spelt out. `beside` holds the elements that a reading of named texts tells apart among those not met.
    """

    country: str
    country_name: str
    as_of: date
    scope: Scope
    title: str
    checklist: ChecklistMark
    source: Source
    ratings: bytes
    elements: bytes
    citations: Texts
    if_adopted: bytes = b""
    elements_if_adopted: bytes = b""
    typed: bytes = b""
    beside: bytes = b""
    rescored_from: ChecklistMark | None = None
    not_carried: tuple[str, ...] = ()
    kind: Kind = Kind.COUNTRY

    @property
    def key(self) -> tuple[str, date]:
        """What identifies an assessment: the country and the date of its law."""
        return self.country, self.as_of


def pack_ratings(checklist: Checklist, ratings: Mapping[str, Sequence[str]]) -> bytes:
    """The ratings of all provisions by dimension, packed.

    Raises:
        KeyError: a rating is not one of its scale.
    """
    packed = array(CODE)
    for key, codes in checklist.codes.items():
        packed.extend(map(codes.__getitem__, ratings[key]))
    return packed.tobytes()


def unpack_ratings(checklist: Checklist, packed: bytes) -> Mapping[str, tuple[str, ...]]:
    """The ratings of all provisions by dimension."""
    codes, size, found = memoryview(packed).cast(CODE), len(checklist.provisions), {}
    for place, (key, of_rating) in enumerate(checklist.codes.items()):
        texts = tuple(of_rating)
        found[key] = tuple(texts[code] for code in codes[place * size : (place + 1) * size])
    return found


def pack_elements(all_marks: Iterable[ElementMarks]) -> bytes:
    """The elements of all provisions, packed: first those met on each, then those answered."""
    masks = [masks_of(one) for one in all_marks]
    return array(MASK, (*(met for met, _ in masks), *(answered for _, answered in masks))).tobytes()


@lru_cache(maxsize=4096)
def masks_of(marks: ElementMarks) -> tuple[int, int]:
    """The letters of the elements met and of those answered, as masks by their places among all letters."""
    if not marks.recorded:
        return 0, 0
    met, unknown = (sum(1 << marks.all.index(letter) for letter in letters) for letters in (marks.met, marks.open))
    return met, (1 << len(marks.all)) - 1 - unknown


def unpack_elements(checklist: Checklist, packed: bytes) -> tuple[ElementMarks, ...]:
    """The elements of all provisions."""
    masks, every = memoryview(packed).cast(MASK), tuple(one.letters for one in checklist.provisions.values())
    pairs = zip(every, masks[: len(every)], masks[len(every) :], strict=True)
    return tuple(unpacked(*pair) for pair in pairs)


def unpacked(letters: str, met: int, answered: int) -> ElementMarks:
    """The elements `letters` of a provision, given which are met and which answered as masks."""
    return ElementMarks(_letters(letters, met), _letters(letters, ~answered), letters)


def _letters(every: str, mask: int) -> str:
    return "".join(letter for place, letter in enumerate(every) if mask >> place & 1)


@dataclass(frozen=True)
class LeftOut:
    """A file that is not part of a comparison, with the issues that kept it out."""

    file: str
    issues: tuple[Issue, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "file", printable(self.file))


@dataclass(frozen=True)
class AnswerColumns:
    """The assessments of an answers table as columns, a row for each assessment.

    `keys` holds country and date, `names` the country's name, `ratings` and `elements` what a summary holds, `citations` the
    legal bases of each answer as written, by provision.
    """

    source: Source
    keys: Sequence[tuple[str, date]]
    names: Sequence[str]
    scopes: Sequence[Scope]
    kinds: Sequence[Kind]
    ratings: Sequence[bytes]
    elements: Sequence[bytes]
    citations: Sequence[Mapping[str, tuple[str, ...]]]
