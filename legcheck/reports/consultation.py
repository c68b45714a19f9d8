"""The findings that are put to the State, in plain words, and the Word form for its comments, out and in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from legcheck.files import DAMAGED_ARCHIVE
from legcheck.issues import BAD_DATE, NOT_A_CONSULTATION, UNUSED_CELL, InputError, Issues, Location, reject
from legcheck.labels import labels, languages
from legcheck.model import Comment, Finding, Returned
from legcheck.reports.document import TO_FILL, Column, Heading, Look, Row, cell, document_of, paragraph, strong, table
from legcheck.reports.prose import law_by_key
from legcheck.words import fold

if TYPE_CHECKING:
    from legcheck.labels import Labels
    from legcheck.reports.document import Block
    from legcheck.reports.view import ProvisionView, ReportView

_MARK, _PARTS = "legcheck consultation", 6
"""What the line begins with that says what a form is about, and of how many parts it is made."""
_ROWS = ("asked", "found", "basis", "text", "body", "on")
_LABEL_CM, _TEXT_CM = 4.0, 13.0
_QUOTED = 80  # letters of a text that a message quotes


def findings_of(view: ReportView, labels: Labels) -> dict[str, Finding]:
    """What was found on every provision that was assessed, by its id."""
    provisions = (one for chapter in view.chapters for one in chapter.provisions if one.answered)
    return {
        one.id: Finding(
            one.id, f"{one.title}\n{one.question}".strip(), "\n".join(_found(one, labels)), law_by_key(labels, one, set())
        )
        for one in provisions
    }


def _found(one: ProvisionView, labels: Labels) -> Iterator[str]:
    for rating in one.ratings:
        if rating.key:
            yield labels("consultation.rated", dimension=rating.dimension_title, rating=rating.title)
    for key, met in (("there", True), ("lacking", False)):
        texts = [f"{element.letter}) {element.text}" for element in one.elements if element.met is met]
        if texts:
            yield labels(f"consultation.{key}", elements=labels.join(texts))


# The Word form ----------------------------------------------------------------------------------------------------------


def word_form(
    view: ReportView, labels: Labels, findings: Mapping[str, Finding], about: tuple[str, ...], *, body: str, back: str
) -> bytes:
    """The form: a table of two columns for each finding, with places for the comment, the body and the date."""
    from legcheck.reports.docx import write_docx

    mark = "; ".join((_MARK, *about, labels.language))
    lead = [paragraph(labels(f"consultation.{key}")) for key in ("lead", "privacy")]
    lead += [paragraph(strong(back))] if back else []
    lead.append(paragraph(mark, look=Look.SMALL))  # in the text: other programs change the properties of a document
    blocks = (*lead, *_tables(view, labels, findings, body))
    return write_docx(document_of(view, labels, labels("consultation.title"), blocks))


def _tables(view: ReportView, labels: Labels, findings: Mapping[str, Finding], body: str) -> Iterator[Block]:
    for chapter in view.chapters:
        found = [findings[one.id] for one in chapter.provisions if one.id in findings]
        if found:
            yield Heading(2, chapter.title)
        for one in found:
            yield _finding(one, labels, body)


def _finding(one: Finding, labels: Labels, body: str) -> Block:
    title, _, question = one.asked.partition("\n")
    told = {"asked": question, "found": one.found, "basis": one.basis}
    cells = {key: cell(*text.split("\n")) for key, text in told.items()} | {"text": TO_FILL, "on": TO_FILL}
    cells["body"] = cell(body) if body else TO_FILL
    rows = [Row((cell(strong(labels(f"consultation.columns.{key}"))), cells[key])) for key in _ROWS]
    return table(title, (Column(one.provision, _LABEL_CM), Column(title, _TEXT_CM)), rows, shown=False, fixed=True)


def read_word_form(
    name: str, content: bytes, parse_day: Callable[[str], date], clean: Callable[[str], str]
) -> tuple[Returned, Issues]:
    """What came back in a Word form. What stands between its tables, or in rows that are not its own, is named: nobody reads it.

    Raises:
        InputError: it is no Word document, or not such a form.
    """
    try:
        before, tables, between = _parts_of(name, content, clean)
    except (InputError, *DAMAGED_ARCHIVE, SyntaxError, AttributeError, TypeError, IndexError):
        raise reject(NOT_A_CONSULTATION, Location(name)) from None
    mark = next((parts for parts in (text.split("; ") for text in before) if parts[0] == _MARK), [])
    if len(mark) != _PARTS or mark[-1] not in languages():
        raise reject(NOT_A_CONSULTATION, Location(name))
    form = _WordForm(name, parse_day)
    for text in between:
        form.unread("", text)
    comments = tuple(form.comment(rows) for rows in tables)
    return Returned(name, (mark[1], mark[2], mark[3], mark[4]), mark[5], comments), form.issues


def _parts_of(name: str, content: bytes, clean: Callable[[str], str]) -> tuple[list[str], list[list[list[str]]], list[str]]:
    """The lines before the tables of a form, its tables by row and cell, and the text between them that is no heading."""
    from docx.table import Table

    from legcheck.reports.docx import opened

    before: list[str] = []
    tables: list[list[list[str]]] = []
    between: list[str] = []
    for one in opened(content, name).iter_inner_content():
        if isinstance(one, Table):
            tables.append([[clean(each.text) for each in row.cells] for row in one.rows])
        elif not str(one.style.style_id if one.style else "").casefold().startswith("heading") and clean(one.text):
            (between if tables else before).append(clean(one.text))
    return before, tables, between


class _WordForm:
    """Reads the tables of a form one by one."""

    def __init__(self, name: str, parse_day: Callable[[str], date]) -> None:
        self.name, self.parse_day = name, parse_day
        self.issues = Issues()
        self.words = {fold(labels(one)(f"consultation.columns.{key}")): key for one in languages() for key in _ROWS}

    def unread(self, id: str, text: str) -> None:
        self.issues.add(UNUSED_CELL, Location(self.name, cell=id), value=" ".join(text.split())[:_QUOTED])

    def comment(self, rows: list[list[str]]) -> Comment:
        """The comment in a table: the id of the finding and its title, then a label and a text in each row."""
        id, title = (rows[0] + ["", ""])[:2] if rows else ("", "")
        said = dict.fromkeys(_ROWS, "")
        for row in rows[1:]:
            key = self.words.get(fold(row[0]), "")
            if not key or len(row) != 2 or said[key]:
                self.unread(id, " ".join(row))
            else:
                said[key] = row[1]
        at = Location(self.name, cell=id)
        shown = Finding(id, f"{title}\n{said['asked']}".strip(), said["found"], said["basis"])
        places = {"id": at, "text": at}
        return Comment(id, shown, said["text"], said["body"], self.day(said["on"], at), at=places)

    def day(self, typed: str, at: Location) -> date | None:
        try:
            return self.parse_day(typed) if typed else None
        except ValueError:
            self.issues.add(BAD_DATE, at, value=typed[:_QUOTED])
            return None
