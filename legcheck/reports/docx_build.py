"""Makes a Word document from a template: its words filled in, its blocks put in their places, its properties set."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from legcheck.issues import InputError
from legcheck.reports.docx_fill import fill, free_sections
from legcheck.reports.docx_parts import clean
from legcheck.reports.docx_styles import set_language, update_fields_on_opening
from legcheck.reports.docx_template import check_template, environment, opened, tags_of
from legcheck.reports.docx_zip import unzipped, zipped

if TYPE_CHECKING:
    from legcheck.reports.docx_page import Page
    from legcheck.reports.docx_tags import TagSet


def begun(own: bytes | None, shipped: bytes, tags: TagSet, words: Mapping[str, str]) -> tuple[Any, set[str]]:
    """A document with its words filled in and its blocks still marked, and the tags that its template uses.

    Raises:
        InputError: the adviser's own template cannot be filled; `check_template` says why before anything is made.
    """
    if own is not None:
        issues = check_template(own, "", tags)
        if issues.blocking:
            raise InputError(issues)
    made = opened(shipped if own is None else own)
    used = tags_of(made)
    _clear_properties(made.docx.core_properties)
    free_sections(made.docx.element.body)
    made.render(tags.context(words), environment())
    return made.docx, used


def finished(document: Any, page: Page, tags: TagSet, *, title: str, subject: str) -> bytes:
    """The document's bytes with every block in its place, the same for the same view."""
    language = page.labels("docx.language")
    day = datetime.fromisoformat(page.view.date_iso)
    fill(document.element.body, page, tags)
    set_language(document.styles.element, language)
    update_fields_on_opening(document.settings.element)
    _set_properties(document.core_properties, title, subject, language, day)
    _drop_old_styles(document.part)
    stream = io.BytesIO()
    document.save(stream)
    return zipped(unzipped(stream.getvalue()), (day.year, day.month, day.day))


def _drop_old_styles(part: Any) -> None:
    """Leave out the second list of styles that Word 2010 wrote: it no longer agrees with the first."""
    for name in [name for name, relation in part.rels.items() if relation.reltype.endswith("/stylesWithEffects")]:
        del part.rels[name]


def _clear_properties(properties: Any) -> None:
    """Nothing of the template's author goes into the report, and no tag in a property is run."""
    for name in ("author", "category", "comments", "content_status", "identifier", "keywords", "last_modified_by", "version"):
        setattr(properties, name, "")
    properties.language = properties.subject = properties.title = ""


def _set_properties(properties: Any, title: str, subject: str, language: str, day: datetime) -> None:
    properties.title = _property(title)
    properties.subject = _property(subject)
    properties.language = language
    properties.revision = 1
    properties.created = properties.modified = day


def _property(text: str) -> str:
    """A text as a document property may hold it."""
    return clean(text).replace("\n", " ")[:255]
