"""The columns, rows and fields of a workbook, defined once for the writer, the reader, the checks and the manual.

To add a column of free text, add it to `TEXT_COLUMNS` and `Answer`, and its heading and prompt to
`reports/labels/<language>/workbook.yaml`. The reader finds a column by its key or its heading in any language, and a row by its
id, never by position.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from legcheck.words import compact

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from legcheck.model import Chapter, Checklist, Dimension, Provision

FORMAT = "2"
MAGIC = "legcheck workbook"
CORRECTIONS_MAGIC = "legcheck corrections"
PASSAGES_MAGIC = "legcheck passages"
IDENTITY_SHEET = "_legcheck"
NOTE_BEGINS = "-- legcheck --"
"""What our part of a cell's note begins with."""

START, LAWS, ANSWERS, GUIDE = "start", "laws", "answers", "guide"
HEARD, HISTORY = "heard", "history"

PUBLISH = "publish"
"""The column, of answers and of laws, that says whether the public edition may show them: yes, also if blank, or no."""

PREPARED_LAWS = 12


@dataclass(frozen=True)
class Column:
    """One column of a table, or one field of the Start sheet.

    `answer` marks what a person fills in, `required` what reading cannot do without; `width` is in characters.
    """

    key: str
    width: float = 0
    answer: bool = True
    required: bool = False


START_FIELDS = (
    Column("country", required=True),
    Column("country_name"),
    Column("kind"),
    Column("body"),
    Column("scope"),
    Column("title"),
    Column("as_of", required=True),
)

LAW_COLUMNS = (
    Column("key", 7, required=True),
    Column("title", 35, required=True),
    Column("title_en", 23),
    Column("number", 16),
    Column("adopted", 12),
    Column("status", 12),
    Column("in_force_since", 14),
    Column("in_force_until", 14),
    Column("link", 23),
    Column(PUBLISH, 14.5),
)

HEARD_COLUMNS = (Column("who", 62, required=True), Column("how", 46), Column("when", 30))
HISTORY_COLUMNS = (
    Column("on", 12, required=True),
    Column("who", 22),
    Column("row", 13, required=True),
    Column("column", 15),
    Column("before", 26),
    Column("after", 26),
    Column("why", 34),
    Column("file", 20),
)

# Free texts of an answer: kept as typed, and searched for personal data.
TEXT_COLUMNS = (
    Column("note", 50),
    Column("to_confirm", 40),
    Column("assistance", 24),
    Column("observations", 34),
    Column("assessor", 18),
)

# The table of a chapter: one row for the question of a provision, then one for each of its `Line`s.
ANSWER_COLUMNS = (
    Column("id", 11, answer=False, required=True),
    Column("asked", 64, answer=False),
    Column("answer", 22, required=True),
    Column("legal_basis", 24),
    *TEXT_COLUMNS,
    Column(PUBLISH, 13),
)
AS_WRITTEN = frozenset(("key", "title", "title_en", "number", "legal_basis", "how")).union(
    column.key for column in (*TEXT_COLUMNS, *HISTORY_COLUMNS) if column.key != "on"
)
"""The columns that hold text, in which a number or a date is what a spreadsheet has made of it."""
SPACES_KEPT = frozenset(("observations", "text"))
"""The columns that hold what others than the assessors say, and keep every space that they typed."""
MAIN_COLUMNS = 5
"""How many of the columns are seen on a small screen and printed; the rest is rarely needed, and printed where it is used."""

RATING, IF_ADOPTED, ELEMENTS = "rating", "if_adopted", "elements"
BY_ELEMENT = ("legal_basis", "note")
"""The columns that an element has of its own."""

# No id of a provision and no key of a dimension contains these signs, so every row has an id of its own.
_ELEMENT_SIGN, _RATING_SIGN = ".", ":"


@dataclass(frozen=True)
class Form:
    """What a workbook asks: the core provisions only (`short`), or some chapters or provisions by id.

    `part` names who fills it in, if several do; and it says where and until when to return it.
    """

    short: bool = False
    chapters: tuple[str, ...] = ()
    provisions: tuple[str, ...] = ()
    part: str = ""
    return_to: str = ""
    until: date | None = None

    def asked(self, checklist: Checklist) -> Iterator[tuple[Chapter, tuple[Provision, ...]]]:
        """The chapters with the provisions that are asked; a checklist without core provisions has no short form."""
        short = self.short and any(provision.core for provision in checklist.provisions.values())
        for chapter in checklist.chapters:
            chosen = not self.partial or chapter.id in self.chapters
            provisions = tuple(
                one for one in chapter.provisions if (one.core or not short) and (chosen or one.id in self.provisions)
            )
            if provisions:
                yield chapter, provisions

    @property
    def partial(self) -> bool:
        """Whether it leaves out chapters or provisions, whatever its length."""
        return bool(self.chapters or self.provisions)


ALL = Form()


@dataclass(frozen=True)
class Line:
    """One row that is answered: an element of a provision by its `letter`, or a rating of the provision as a whole.

    `field` is the field of the answer that its answer cell fills.
    """

    id: str
    field: str
    dimension: Dimension
    letter: str = ""


def lines_of(checklist: Checklist, provision: Provision) -> Iterator[Line]:
    """The rows of a provision in order: its elements, then its ratings."""
    with_elements = element_dimension(checklist)
    if with_elements is not None:
        for letter in provision.letters:
            yield Line(f"{provision.id}{_ELEMENT_SIGN}{letter}", f"{ELEMENTS}.{letter}", with_elements, letter)
    for suffix, (field, dimension) in rating_rows(checklist).items():
        yield Line(f"{provision.id}{_RATING_SIGN}{suffix}", field, dimension)


def rating_rows(checklist: Checklist) -> dict[str, tuple[str, Dimension]]:
    """What follows the colon in the id of a rating's row, with the field it fills and its dimension."""
    timed = timed_dimension(checklist)
    found: dict[str, tuple[str, Dimension]] = {}
    for dimension in checklist.dimensions:
        found[dimension.key] = f"{RATING}.{dimension.key}", dimension
        if dimension is timed:
            found[f"{dimension.key}+"] = IF_ADOPTED, dimension
    return found


def row_parts(id: str) -> tuple[str, str, str]:
    """The provision that the id of a row names, and the letter of an element or what follows the colon of a rating."""
    provision, sign, letter = id.partition(_ELEMENT_SIGN)
    if sign:
        return provision, letter, ""
    provision, _, rating = id.partition(_RATING_SIGN)
    return provision, "", rating


@lru_cache(maxsize=4_000)
def field_of(answer: str, column: str) -> str:
    """The field that a cell fills, empty if there is none; `answer` is the one of its row's answer cell."""
    if column == "answer":
        return answer
    if answer.startswith(f"{ELEMENTS}.") and column != PUBLISH:  # in whatever row of a provision, it is about all of it
        return f"{answer}.{column}" if column in BY_ELEMENT else ""
    return column


def row_and_column(checklist: Checklist, provision: str, field: str) -> tuple[str, str]:
    """The id of the row and the column that hold a field of an answer; any other field is its own column."""
    known = checklist.provisions.get(provision)
    if known is None:
        return provision, field
    kind, _, rest = field.partition(".")
    letter, _, column = rest.partition(".")
    if kind == ELEMENTS and letter and letter in known.letters:
        return f"{provision}{_ELEMENT_SIGN}{letter}", column or "answer"
    suffix = next((one for one, (of, _) in rating_rows(checklist).items() if of.removeprefix(f"{RATING}.") == field), "")
    return (f"{provision}{_RATING_SIGN}{suffix}", "answer") if suffix else (provision, field)


def provision_and_field(checklist: Checklist, row: str, column: str) -> tuple[str, str]:
    """The provision and the field of an answer that a row and a column stand for; what they do not name is kept as typed."""
    typed, letter, rating = row_parts(compact(row))
    known = next((one for one in checklist.provisions.values() if compact(one.id) == typed), None)
    if known is None:
        return row, column
    if letter in known.letters and letter:
        return known.id, f"{ELEMENTS}.{letter}" + (f".{column}" if column not in ("", "answer") else "")
    field = next((of for suffix, (of, _) in rating_rows(checklist).items() if compact(suffix) == rating), "")
    if field and column in ("", "answer"):
        return known.id, field.removeprefix(f"{RATING}.")
    return (row, column) if letter or rating else (known.id, column)


def timed_dimension(checklist: Checklist) -> Dimension | None:
    """The dimension whose rating may also be given for the time when pending law is in force."""
    return next((dimension for dimension in checklist.dimensions if dimension.in_time), None)


def may_follow(dimension: Dimension, provision: Provision) -> bool:
    """Whether a rating may follow from the elements, so that it need not be typed."""
    return dimension.elements and bool(provision.elements) and dimension.scale_of(provision).by_elements is not None


def element_dimension(checklist: Checklist) -> Dimension | None:
    """The dimension whose elements are recorded; None if no provision has elements."""
    if not any(provision.elements for provision in checklist.provisions.values()):
        return None
    return next((dimension for dimension in checklist.dimensions if dimension.elements), None)


def is_list(rows: Sequence[Sequence[object]]) -> bool:
    """Whether a sheet is a list of ours, of corrections or passages, which holds no answers."""
    return bool(rows) and rows[0][:1] in ([CORRECTIONS_MAGIC], [PASSAGES_MAGIC])
