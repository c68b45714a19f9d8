"""The columns and fields of a workbook, defined once for the writer, the reader, the checks and the manual.

To add a column of free text, add it to `TEXT_COLUMNS` and `Answer`, and its heading to `reports/labels/<language>/workbook.yaml`.
The reader finds a column by its key or its heading in any language, never by its position.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from legcheck.labels import Labels
    from legcheck.model import Checklist, Dimension

FORMAT = "1"
MAGIC = "legcheck workbook"
CORRECTIONS_MAGIC = "legcheck corrections"
IDENTITY_SHEET = "_legcheck"

START, LAWS, ASSESSMENT, GUIDE = "start", "laws", "assessment", "guide"

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
    dimension: str = ""


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
    Column("title", 46, required=True),
    Column("title_en", 34),
    Column("number", 16),
    Column("adopted", 13),
    Column("status", 13),
    Column("in_force_since", 13),
    Column("in_force_until", 13),
    Column("link", 34),
)

# Free texts of an answer: kept as typed, and searched for personal data.
TEXT_COLUMNS = (
    Column("note", 28),
    Column("to_confirm", 12),
    Column("observations", 22),
    Column("assistance", 18),
    Column("assessor", 16),
)

RATING = "rating"


def assessment_columns(checklist: Checklist, *, assessor: bool = False) -> tuple[Column, ...]:
    """The columns of the Assessment sheet for a checklist, in the order in which they are written."""
    provisions = checklist.provisions.values()
    columns = [Column("id", 9, answer=False, required=True)]
    if any(provision.core for provision in provisions):
        columns.append(Column("core", 6, answer=False))
    columns += [Column("provision", 18, answer=False), Column("question", 52, answer=False)]
    if any(provision.full or provision.partial for provision in provisions):
        columns.append(Column("rules", 33, answer=False))
    in_time, with_elements = timed_dimension(checklist), element_dimension(checklist)
    for place, dimension in enumerate(checklist.dimensions):
        columns.append(Column(f"{RATING}.{dimension.key}", 16, required=True, dimension=dimension.key))
        if dimension is in_time:
            columns.append(Column("if_adopted", 16, dimension=dimension.key))
        if dimension is with_elements:
            columns.append(Column("elements", 10, dimension=dimension.key))
        if place == 0:
            columns.append(Column("legal_basis", 25))
    columns += [column for column in TEXT_COLUMNS if assessor or column.key != "assessor"]
    return tuple(columns)


def timed_dimension(checklist: Checklist) -> Dimension | None:
    """The dimension whose rating may also be given for the time when pending law is in force."""
    return next((dimension for dimension in checklist.dimensions if dimension.in_time), None)


def element_dimension(checklist: Checklist) -> Dimension | None:
    """The dimension whose elements are recorded; None if no provision has elements."""
    if not any(provision.elements for provision in checklist.provisions.values()):
        return None
    return next((dimension for dimension in checklist.dimensions if dimension.elements), None)


def heading(column: Column, sheet: str, labels: Labels, titles: Mapping[str, str]) -> str:
    """The heading of a column as shown; `titles` holds the titles of the dimensions by key."""
    if column.dimension and column.key.startswith(RATING):
        return labels(f"workbook.columns.{sheet}.{RATING}", dimension=titles[column.dimension])
    return labels(f"workbook.columns.{sheet}.{column.key}")
