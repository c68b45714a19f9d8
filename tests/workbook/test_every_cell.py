"""Whatever stands in a cell of a workbook is used or named: a text is put into places of every kind, and looked for."""

import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell

from legcheck.issues import Severity
from legcheck.labels import labels
from legcheck.workbook import read_workbook
from tests.workbook.conftest import HISTORY
from tests.workbook.sheets import JUS, REC, fill

ANSWERS = """
    | Id              | Answer              | Legal basis | Note         |
    | REC-01.a        | yes                 | L1 art. 3   | named there  |
    | REC-01.b        | no                  |             |              |
    | REC-01:law      | Partly provided for | L2 art. 4   | for some     |
    | REC-01:practice | Not provided for    |             |              |
"""
SHEETS = ("Start", "Laws", "Guide", REC, JUS, "Consultation", "Changes")
BEGINS = ("", "yes, ", "L1 art. ", "art. ", "none ", "REC-01 ", "2024-01-01 ", "https://")
PLACES = st.tuples(st.sampled_from(SHEETS), st.integers(1, 45), st.integers(1, 13), st.sampled_from(BEGINS))


@pytest.fixture(scope="module")
def read(checklist, following, tmp_path_factory):
    """A function that types texts into a filled workbook and returns those that it typed, what is read, and all issues."""
    path = tmp_path_factory.mktemp("cells") / "XUT.xlsx"
    filled = {}
    for kind, one in (("typed", checklist), ("following", following)):
        out = io.BytesIO()
        fill(one, ANSWERS, history=HISTORY).save(out)
        filled[kind] = one, out.getvalue()

    def typed_into(kind, places):
        of, content = filled[kind]
        book, typed = load_workbook(io.BytesIO(content)), {}
        for number, (sheet, row, column, begins) in enumerate(places):
            cell = book[sheet].cell(row, column)
            if not isinstance(cell, MergedCell):
                cell.value, cell.data_type = f"{begins}Qx{number}", "s"
                typed[f"Qx{number}"] = sheet, row
        book.save(path)
        return typed, *read_workbook(path, of)

    return typed_into


@given(st.sampled_from(["typed", "following"]), st.lists(PLACES, min_size=1, max_size=9, unique_by=lambda place: place[:3]))
@settings(max_examples=30)
def test_whatever_stands_in_a_cell_is_used_or_named(read, kind, places):
    """The assessment holds it, or an issue quotes it, or an error in its row, or of its sheet as a whole, stops the reading."""
    typed, found, issues = read(kind, places)
    said = " ".join([repr(found), *(f"{labels('en').message(issue)} {issue.facts}" for issue in issues)])
    wrong = {(one.at.sheet, int(re.sub("[A-Z]", "", one.at.cell) or 0)) for one in issues if one.severity is Severity.ERROR}
    assert [(text, place) for text, place in typed.items() if text not in said and not {place, (place[0], 0)} & wrong] == []
