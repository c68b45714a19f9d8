"""The sheet of passages in a workbook: what the answers cite, in the words of the laws. Nothing reads it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from legcheck.labels import labels
from legcheck.workbook import looks
from legcheck.workbook.columns import PASSAGES_MAGIC
from legcheck.workbook.list_sheet import ListSheet, free_title, remove_lists
from legcheck.workbook.marking import changed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from legcheck.excel.package import ExcelFile
    from legcheck.issues import Location
    from legcheck.labels import Labels
    from legcheck.model import Answer, Assessment, Checklist, CitedPassage, Provision
    from legcheck.workbook.reading.identity import Identity

    # By provision and place of a passage (law, article as cited and as the statute calls it), its earlier day and words.
    Earlier = Mapping[str, Mapping[tuple[str, str, str], tuple[date, str]]]

_WIDTHS = {"provision": 12, "elements": 11, "question": 34, "law": 24, "article": 12, "heading": 22, "passage": 57, "link": 22}
_WIDTHS_WITH_EARLIER = {
    "provision": 12,
    "elements": 11,
    "question": 26,
    "law": 18,
    "article": 12,
    "heading": 20,
    "passage": 46,
    "earlier": 36,
    "link": 14,
}
_HEAD = 4


def with_passages(
    path: Path,
    checklist: Checklist,
    assessment: Assessment,
    passages: Mapping[str, Sequence[CitedPassage]],
    language: str,
    earlier: Earlier,
) -> bytes:
    """A copy of a workbook with the passages that its answers cite, by provision, on a last sheet; nothing else is changed.

    Passages that read otherwise in an `earlier` text show how. A sheet of passages that was added earlier is replaced.

    Raises:
        InputError: the file is not a workbook that can be read.
        KeyError: there are no labels in this language.
    """
    said, widths = labels(language), _WIDTHS_WITH_EARLIER if earlier else _WIDTHS

    def add(file: ExcelFile, identity: Identity) -> None:
        remove_lists(file, identity.book, PASSAGES_MAGIC)
        sheet = ListSheet(file, PASSAGES_MAGIC, tuple(widths.values()), linked=0)
        blank = [""] * (len(widths) - 1)
        sheet.row(1, 34, [said("workbook.passages.title"), *blank], looks.TITLE)
        sheet.row(2, 22, [said(f"workbook.passages.{'lead' if passages else 'none'}"), *blank], looks.BAND)
        sheet.row(_HEAD, 24, [said(f"workbook.passages.{key}") for key in widths], looks.HEADING)
        for number, (texts, at) in enumerate(_rows(checklist, assessment, passages, earlier, said), _HEAD + 1):
            sheet.row(number, 0, texts, looks.BOXED, link=at)
        page = said("common.page", page="&P", pages="&N")
        title = free_title(file, said("workbook.sheets.passages"))
        file.insert_sheet(title, sheet.finish(_HEAD, page, opened=False), _HEAD, first=False)

    return changed(path, add)


def _rows(
    checklist: Checklist,
    assessment: Assessment,
    passages: Mapping[str, Sequence[CitedPassage]],
    earlier: Earlier,
    said: Labels,
) -> Iterator[tuple[list[str], Location | None]]:
    """The texts of each row, and the cell of the answer that it is about."""
    for id, provision in checklist.provisions.items():
        for one in passages.get(id, ()):
            *texts, link = _texts(provision, one, assessment, said)
            before = earlier.get(id, {}).get((one.law, one.written, one.label))
            more = [_before(*before, said) if before else ""] if earlier else []
            yield [*texts, *more, link], _cell(assessment.answer(id))


def _texts(provision: Provision, one: CitedPassage, assessment: Assessment, said: Labels) -> list[str]:
    law = f"{one.law} {assessment.laws[one.law].title}"
    heading = "\n".join(filter(None, (one.label, one.heading)))
    quoted = said("report.passages.quoted", text=one.text)
    asked = f"{provision.title}\n{provision.question}"
    return [provision.id, ", ".join(one.letters), asked, law, one.written, heading, quoted, one.link]


def _before(day: date, text: str, said: Labels) -> str:
    """How a passage read in the text of an earlier day: what differs, with a few words around it."""
    quoted = said("report.passages.quoted", text=text) if text else "–"
    return f"{said('workbook.passages.text_of', day=said.date(day))}\n{quoted}"


def _cell(answer: Answer) -> Location | None:
    """The first cell of an answer that cites something."""
    return next((at for field, at in answer.at.items() if field.endswith("legal_basis")), None)
