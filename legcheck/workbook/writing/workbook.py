"""Makes the workbook of an assessment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from legcheck import countries
from legcheck.excel import Book
from legcheck.labels import labels
from legcheck.workbook.columns import ALL, HEARD, Form
from legcheck.workbook.writing.chapter_sheets import write_chapter
from legcheck.workbook.writing.draft import Draft
from legcheck.workbook.writing.guide_sheet import Guide
from legcheck.workbook.writing.laws_sheet import write_laws
from legcheck.workbook.writing.records import write_heard, write_history
from legcheck.workbook.writing.start_sheet import StartSheet

if TYPE_CHECKING:
    from legcheck.model import Assessment, Checklist


def make_workbook(checklist: Checklist, assessment: Assessment, *, language: str, form: Form = ALL) -> bytes:
    """Write an assessment as a workbook (xlsx); one without answers gives a workbook to fill in.

    Args:
        checklist: the checklist with its texts in the workbook's language.
        assessment: the answers to write.
        language: the language of everything else in the workbook.
        form: which provisions to ask, and where to return the file.

    Returns:
        The file; the same input gives the same bytes.

    Raises:
        KeyError: there are no labels in this language.
    """
    name = assessment.country_name or usual_name(assessment.country, language)
    words = labels(language)
    title = words("terminal.figure", dimension=name or assessment.country, title=checklist.title)
    book = Book(assessment.as_of, language=language, title=title, locked=True)
    heard = [(HEARD, "yes")] if assessment.heard else []
    draft = Draft(book, checklist, assessment, words, name, form, entries=heard)
    start = StartSheet(draft)
    guide = Guide(draft)
    laws = write_laws(draft)
    tables = [write_chapter(draft, chapter, provisions, start.top) for chapter, provisions in draft.chapters]
    write_heard(draft)
    write_history(draft)
    guide.write()
    start.write(tables, laws, guide.top)
    return draft.finish()


def usual_name(code: str, language: str) -> str:
    """The name of a country in a language; what a code left to users stands for is named by those who fill in the workbook."""
    try:
        country = countries.find(code)
    except KeyError:
        return ""
    return "" if country.user_assigned else country.name(language)
