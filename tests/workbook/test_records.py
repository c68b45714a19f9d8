"""Who was heard, and the history of the answers: what people type there is read, or named with its cell."""

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legcheck.model import Heard, Revision, united
from legcheck.workbook import read_workbook
from legcheck.workbook.privacy import names_of_persons
from tests.workbook.conftest import HISTORY
from tests.workbook.sheets import drawn, fill, saved


def typed(checklist, folder, sheet, rows):
    """The assessment, and code and cell of every issue, once rows are typed below the last one of a sheet."""
    book = fill(checklist, history=HISTORY[:1])
    headings = {cell.value: cell.column for cell in book[sheet][4]}
    for place, row in enumerate(drawn(rows), 6):
        for heading, text in row.items():
            book[sheet].cell(place, headings[heading]).value = text or None
    read, issues = read_workbook(saved(book, folder), checklist)
    return read, [(issue.code, issue.at.cell) for issue in issues]


def test_rows_added_by_people_are_read_in_their_words(checklist, tmp_path):
    rows = """
        | Date       | Row             | Column      | From             | To                  | Changed by | Why   |
        | 2026-03-01 | rec-01.B        | Réponse     | no               | ✓                   | Ministry   |       |
        | 01.04.2026 | REC-01 :law     |             | Not provided for | Partly provided for |            | a law |
        | 2026-03-03 | REC-02          | Legal basis |                  | L1 art. 2           |            |       |
        | 2026-03-04 | of another time | a column    | full             | yes                 |            |       |
    """
    read, issues = typed(checklist, tmp_path, "Changes", rows)
    assert issues == []
    assert read.history == (
        HISTORY[0],
        Revision(date(2026, 3, 1), "REC-01", "elements.b", "no", "yes", "Ministry"),
        Revision(date(2026, 3, 3), "REC-02", "legal_basis", "", "L1 art. 2"),
        Revision(date(2026, 3, 4), "of another time", "a column", "full", "yes"),
        Revision(date(2026, 4, 1), "REC-01", "law", "none", "partial", why="a law"),
    )


def test_what_a_change_lacks_is_asked_for(checklist, tmp_path):
    rows = """
        | Date       | Row    | Column | From | To  | Why            |
        |            | REC-01 | Note   |      | new |                |
        | 2026-03-01 |        | Note   |      | new |                |
        | in spring  | REC-01 | Note   |      | new |                |
        | 2026-03-01 | REC-01 | Note   |      | new | j.doe@mail.org |
    """
    read, issues = typed(checklist, tmp_path, "Changes", rows)
    assert issues == [("A309", "A6"), ("A309", "C7"), ("A305", "A8"), ("A901", "G9")]
    assert [one.why for one in read.history] == ["official title", "j.doe@mail.org"]


def test_who_was_heard_is_read_as_written(checklist, tmp_path):
    rows = """
        | Body or group          | How they were heard | When        |
        | Associations, by lot   | two meetings        | spring 2026 |
        |                        | in writing          |             |
    """
    read, issues = typed(checklist, tmp_path, "Consultation", rows)
    assert read.heard == (Heard("Associations, by lot", "two meetings", "spring 2026"),)
    assert issues == [("A309", "A7")]


PERSONS = ("Ms Kowalska", "Anna Kowalska", "Jean-Pierre O'Neill, lawyer", "Mme Diarra (victime)", "the sister of Mr Sow")
BODIES = (
    "Ministry of Justice", "Supreme Court", "Red Cross", "Victims", "associations of victims", "UNICEF", "Barreau",
    "Croix-Rouge", "M. le procureur", "Human Rights Watch", "Ministère de la Justice", "Association Victimes Solidaires",
    "UN Women", "Conseil d'État", "Adviser", "",
)  # fmt: skip


@pytest.mark.parametrize("text", PERSONS)
def test_what_looks_like_the_name_of_a_person_is_named(text):
    assert [fact["kind"] for fact in names_of_persons(text)] == ["@issues.personal.name"]


@pytest.mark.parametrize("text", BODIES)
def test_bodies_groups_and_roles_are_no_persons(text):
    assert names_of_persons(text) == []


def test_a_name_is_reported_at_its_cell(checklist, tmp_path):
    rows = """
        | Body or group | When |
        | Anna Kowalska | 2026 |
    """
    assert typed(checklist, tmp_path, "Consultation", rows)[1] == [("A901", "A6")]


def test_a_workbook_without_a_change_has_no_sheet_for_them(checklist):
    assert ("Consultation" in fill(checklist).sheetnames, "Changes" in fill(checklist).sheetnames) == (True, False)


def test_a_history_that_was_deleted_is_missed(checklist, tmp_path):
    book = fill(checklist, history=HISTORY)
    del book["Changes"]
    _, issues = read_workbook(saved(book, tmp_path), checklist)
    assert [(issue.code, dict(issue.facts)["sheet"]) for issue in issues] == [("A101", "Changes")]


@pytest.mark.parametrize(("heard", "missed"), [((), []), ((Heard("Associations"),), ["Consultation"])])
def test_a_sheet_that_nobody_needs_may_be_deleted(checklist, tmp_path, heard, missed):
    book = fill(checklist, heard=heard)
    del book["Consultation"]
    _, issues = read_workbook(saved(book, tmp_path), checklist)
    assert [dict(issue.facts)["sheet"] for issue in issues] == missed


@given(st.lists(st.lists(st.sampled_from(HISTORY)), min_size=1, max_size=4))
def test_histories_are_united_in_any_order_each_change_once(histories):
    whole = united(*histories)
    assert all(united(*some) == whole for some in permutations(histories))
    assert united(whole, whole) == whole
    assert set(whole) == {one for history in histories for one in history}


def test_changes_that_differ_in_anything_are_both_kept():
    one = HISTORY[1]
    assert len(united([one], [replace(one, file="other.xlsx")])) == 2
