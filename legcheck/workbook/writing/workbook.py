"""Makes the workbook of an assessment."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.workbook.protection import WorkbookProtection

from legcheck import countries
from legcheck.labels import labels
from legcheck.model import Assessment, Checklist
from legcheck.workbook.columns import SHEETS
from legcheck.workbook.writing.assessment import write_assessment
from legcheck.workbook.writing.canvas import Draft
from legcheck.workbook.writing.guide import write_guide
from legcheck.workbook.writing.identity import write_identity
from legcheck.workbook.writing.laws import write_laws
from legcheck.workbook.writing.stable import moment, stable_bytes
from legcheck.workbook.writing.start import write_start
from legcheck.workbook.writing.styles import TYPEFACE


def make_workbook(checklist: Checklist, assessment: Assessment, *, language: str, short: bool = False) -> bytes:
    """Write an assessment as a workbook (xlsx); one without answers gives a workbook to fill in.

    Args:
        checklist: the checklist with its texts in the workbook's language.
        assessment: the answers to write.
        language: the language of everything else in the workbook.
        short: write the core provisions only.

    Returns:
        The file; the same input gives the same bytes.

    Raises:
        KeyError: there are no labels in this language.
    """
    words = labels(language)
    book = Workbook()
    book.remove(book.worksheets[0])
    book._fonts[0] = Font(name=TYPEFACE, size=10)  # type: ignore[attr-defined]
    draft = Draft(book, checklist, assessment, words, _is_short(checklist, short=short))
    draft.country_name = assessment.country_name or _usual_name(assessment.country, language)
    ratings, ids = write_assessment(draft)
    write_start(draft, ratings, ids)
    write_laws(draft)
    write_guide(draft)
    write_identity(draft)
    order = [draft.sheets[key] for key in SHEETS]
    book._sheets.sort(key=lambda sheet: order.index(sheet.title) if sheet.title in order else len(order))  # type: ignore[attr-defined]
    book.active = 0
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet is book.worksheets[0]
    book.security = WorkbookProtection(lockStructure=True)
    book.properties.creator = "legcheck"
    book.properties.title = f"{draft.country_name or assessment.country}: {checklist.title}"
    book.properties.language = language
    book.calculation.fullCalcOnLoad = True
    return stable_bytes(book, moment(assessment.as_of))


def _is_short(checklist: Checklist, *, short: bool) -> bool:
    """Whether the short form is written; a checklist without core provisions has none."""
    return short and any(provision.core for provision in checklist.provisions.values())


def _usual_name(code: str, language: str) -> str:
    """The name of a country in a language; a fictional one is named by those who fill in the workbook."""
    try:
        country = countries.find(code)
    except KeyError:
        return ""
    return "" if country.fictional else country.name(language)
