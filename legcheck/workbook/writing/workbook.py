"""Makes the workbook of an assessment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from legcheck import countries
from legcheck.excel import Book
from legcheck.labels import labels
from legcheck.workbook.writing.draft import Draft
from legcheck.workbook.writing.guide_sheet import write_guide
from legcheck.workbook.writing.start_sheet import write_start
from legcheck.workbook.writing.tables import write_answers, write_laws

if TYPE_CHECKING:
    from legcheck.model import Assessment, Checklist


def make_workbook(checklist: Checklist, assessment: Assessment, *, language: str, short: bool = False) -> bytes:
    """Write an assessment as a workbook (xlsx); one without answers gives a workbook to fill in.

    Args:
        checklist: the checklist with its texts in the workbook's language.
        assessment: the answers to write.
        language: the language of everything else in the workbook.
        short: write the core provisions only; a checklist without core provisions has no short form.

    Returns:
        The file; the same input gives the same bytes.

    Raises:
        KeyError: there are no labels in this language.
    """
    name = assessment.country_name or _usual_name(assessment.country, language)
    title = f"{name or assessment.country}: {checklist.title}"
    book = Book(assessment.as_of, language=language, title=title, locked=True)
    short = short and any(provision.core for provision in checklist.provisions.values())
    draft = Draft(book, checklist, assessment, labels(language), name, short)
    write_start(draft)
    write_laws(draft)
    write_answers(draft)
    write_guide(draft)
    return draft.finish()


def _usual_name(code: str, language: str) -> str:
    """The name of a country in a language; what a code left to users stands for is named by those who fill in the workbook."""
    try:
        country = countries.find(code)
    except KeyError:
        return ""
    return "" if country.user_assigned else country.name(language)
