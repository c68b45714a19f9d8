"""A change in the words of a workbook, and back."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from legcheck.workbook.columns import ANSWERS, ELEMENTS, HEARD, IF_ADOPTED, LAWS, PUBLISH, START, row_and_column, timed_dimension

if TYPE_CHECKING:
    from legcheck.labels import Labels
    from legcheck.model import Checklist, Dimension, Revision
    from legcheck.workbook.reading.vocabulary import Vocabulary


def change_in_words(checklist: Checklist, one: Revision, labels: Labels) -> tuple[str, str, str, str]:
    """The row and column that a change is of, and the values before and after it, as a workbook shows them."""
    row, column = row_and_column(checklist, one.provision, one.field)
    shown = labels.under(f"workbook.columns.{LAWS}") | labels.under(f"workbook.columns.{ANSWERS}")
    if not row:  # of the assessment as a whole
        row = labels(f"workbook.sheets.{START}")
        shown = labels.under("workbook.fields") | {HEARD: labels(f"workbook.sheets.{HEARD}")}
    return row, shown.get(column, column), _shown(checklist, one, one.before, labels), _shown(checklist, one, one.after, labels)


def read_value(vocabulary: Vocabulary, provision: str, field: str, typed: str) -> str:
    """A value typed for a field, by its key where it is one; any other text is kept as typed."""
    dimension = dimension_of(vocabulary.checklist, field)
    known = vocabulary.checklist.provisions.get(provision)
    with suppress(KeyError):
        if typed and dimension is not None and known is not None:
            return vocabulary.rating(dimension, known, typed)
        if typed and says_yes_or_no(field):
            return "yes" if vocabulary.yes(typed) else "no"
    status = vocabulary.choice(field, typed) if known is None and field == "status" else ""
    return status.replace("_", " ") or typed


def _shown(checklist: Checklist, one: Revision, value: str, labels: Labels) -> str:
    """A value of a changed field: a rating by its title, yes or no in words."""
    dimension = dimension_of(checklist, one.field)
    provision = checklist.provisions.get(one.provision)
    if dimension is not None and provision is not None:
        level = dimension.scale_of(provision).by_key.get(value)
        return level.title if level is not None else value
    if says_yes_or_no(one.field) and value in ("yes", "no"):
        return labels(f"workbook.choices.met.{value}")
    choice = f"workbook.choices.{one.field}.{value.replace(' ', '_')}"
    return labels(choice) if provision is None and value and labels.has(choice) else value


def dimension_of(checklist: Checklist, field: str) -> Dimension | None:
    """The dimension that a field is rated in."""
    return timed_dimension(checklist) if field == IF_ADOPTED else checklist.by_dimension.get(field)


def says_yes_or_no(field: str) -> bool:
    """Whether a field holds yes or no: for an element, or whether something may be published."""
    return field == PUBLISH or (field.startswith(f"{ELEMENTS}.") and field.count(".") == 1)
