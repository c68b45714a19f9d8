"""Reads the rows of an answers table that answer a single element, such as ``REC-02.a``: yes or no, the article, and a remark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from legcheck.issues import BAD_CHOICE, PROVISION_TWICE, UNUSED_CELL, closest
from legcheck.model import ElementAnswer
from legcheck.workbook.reading.distinct import by_value
from legcheck.workbook.text import short

if TYPE_CHECKING:
    from legcheck.workbook.reading.answer_rows import AnswerRows

# Columns that say nothing of an element.
_NOT_ASKED = ("elements", "assessor")
YES_OR_NO = ("yes", "no")
_MARK = "-"


def read_element_rows(rows: AnswerRows) -> dict[int, dict[str, ElementAnswer]]:
    """What is said of elements in rows of their own, in order, by the number of the answer to their provision."""
    places = rows.lettered
    known = {text: rows.yes(text) if text else None for text in dict.fromkeys(rows.texts("rating", places))}
    said = (rows.texts(name, places) for name in ("rating", "citation", "note"))
    found: dict[int, dict[str, ElementAnswer]] = {}
    for place, answer, rating, basis, remark in zip(places.tolist(), rows.answers_at(places).tolist(), *said, strict=True):
        found.setdefault(answer, {})[rows.element_at(place)] = ElementAnswer(known[rating], basis, (), remark)
    _report(rows, known)
    return {answer: dict(sorted(elements.items())) for answer, elements in found.items()}


def shape_of(said: Mapping[str, ElementAnswer]) -> Iterator[tuple[str, ElementAnswer]]:
    """What is said of elements as far as checks depend on it: for texts, only whether there are any."""
    for letter, one in said.items():
        yield letter, ElementAnswer(one.met, _MARK if one.legal_basis else "", (), _MARK if one.remark else "")


def report_twice(rows: AnswerRows, listed: set[int]) -> None:
    """Report rows of elements whose provision has a list of letters in its own row, among the answers `listed`."""
    import numpy as np

    def facts(place: int) -> dict[str, object]:
        provision, line = rows.provisions[rows.provision[place]], rows.at["elements"][rows.answers_at(np.array([place]))][0]
        return {"provision": f"{provision.id}.{rows.element_at(place)}", "first": rows.table.file.lines[rows.rows[line]]}

    twice = np.isin(rows.answers_at(rows.lettered), list(listed)) & rows.known[rows.group[rows.lettered]]
    rows.report(PROVISION_TWICE, rows.lettered[twice], facts)


def _report(rows: AnswerRows, known: Mapping[str, bool | None]) -> None:
    """Report words that say neither yes nor no, and cells that say nothing of an element."""
    for name in ("rating", *_NOT_ASKED):
        if name in rows.table.columns:
            texts, codes = rows.table.columns[name].texts, rows.codes(name)[rows.lettered]
            for code, here in by_value(codes):
                text = texts[code]
                facts = {"value": short(text)}
                if name in _NOT_ASKED and text:
                    rows.report(UNUSED_CELL, rows.lettered[here], facts)
                elif text and known[text] is None:
                    facts |= {"allowed": ", ".join(YES_OR_NO), "hint": closest(text, YES_OR_NO)}
                    rows.report(BAD_CHOICE, rows.lettered[here], facts)
