"""The Excel action plan: what is written is read again by measure, and everything a person types is used or reported."""

import io
import random
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from legcheck import provisions
from legcheck.analysis import judge, make_plan
from legcheck.analysis.plan import carried_over, first_entries
from legcheck.issues import InputError
from legcheck.labels import labels, languages
from legcheck.model import Case, Catalogue, Entry, FlagshipRule, Indicator, Measure, Objective, OrderRule, Phase, Section, Status
from legcheck.words import fold
from legcheck.workbook import identify, make_action_plan, make_workbook, read_action_plan
from legcheck.workbook.action_plan.columns import PLAN_COLUMNS, PROGRESS, SINCE, heading, parse_amount, parse_progress
from legcheck.workbook.text import clean
from tests.analysis.builders import assessment, checklist
from tests.workbook.sheets import converted, draw, drawn, saved, type_rows

EN = labels("en")
HEADER = 4
AS_OF = date(2026, 1, 1)
NOTHING = Indicator("", "", "")
LEADS = {"justice": "ministry of justice", "finance": "ministry of finance"}
EFFORTS = {1: "a rule only", 3: "a new function"}
PHASES = (Phase("now", "Now: 0 to 6 months", 0, 6), Phase("later", "Later", 6, 12))


def measure(id: str, provision: str, phase: str = "now", **settings) -> Measure:
    plain = {
        "title": f"Do what {provision} asks",
        "closes": {provision: tuple(Case)},
        "elements": {},
        "do": f"Write into the law what {provision} lacks, and say who carries it out.",
        "kind": "law",
        "lead": "justice",
        "partners": ("finance",),
        "need": (),
        "effort": 1,
        "requires": (),
        "section": "4",
        "output": NOTHING,
        "outcome": NOTHING,
        "safeguards": {},
        "drafting": (),
        "examples": (),
    }
    return Measure(id=id, phase=phase, **{**plain, **settings})


MEASURES = (
    measure("A-M01", "A-1", title="Say who is a victim"),
    measure("A-M02", "A-2", requires=("A-M01",), effort=3),
    measure("A-M03", "A-3", "later"),
    measure("A-M04", "A-4", "later"),
)
CATALOGUE = Catalogue(
    {one.id: one for one in MEASURES}, PHASES, (Section("4", "Recognition"),), LEADS, {"law": "Law"}, {}, EFFORTS,
    (), (), (), OrderRule(Fraction(1), Fraction(1, 2), Fraction(-1, 2)), "",
)  # fmt: skip
CHECKLIST = checklist({"A": {f"A-{n}": {"elements": {"a": "one", "b": "two"}} for n in range(1, 5)}})
GAPS = {"A-1": {"law": "partial", "elements": "a"}, "A-2": "none", "A-3": {"law": "full", "practice": "none"}, "A-4": "contrary"}


def plan_of(answers=GAPS, as_of: date = AS_OF, of=CHECKLIST, **settings):
    made = replace(assessment(of, answers, as_of=as_of), **settings)
    return make_plan(judge(of, made, (), "test"), CATALOGUE)


PLAN = plan_of()


def filled(plan=PLAN, rows: str = "", entries=None, words=EN):
    """The action plan of a plan, with the drawn cells filled in."""
    content = make_action_plan(plan, first_entries(plan) if entries is None else entries, words)
    book = load_workbook(io.BytesIO(content), rich_text=True)
    if rows:
        type_rows(book.worksheets[0], HEADER, words("action_plan.columns.id"), drawn(rows))
    return book


def read(book, folder: Path, plan=PLAN):
    return read_action_plan(saved(book, folder, "plan.xlsx"), plan)


def found(book, folder: Path, plan=PLAN) -> list[tuple[str, str]]:
    _, issues = read(book, folder, plan)
    return [(issue.code, issue.at.cell) for issue in issues]


def read_bytes(content: bytes, folder: Path, plan=PLAN):
    path = folder / "plan.xlsx"
    path.write_bytes(content)
    return read_action_plan(path, plan)


def cell(book, id: str, title: str):
    sheet = book.worksheets[0]
    columns = {one.value: one.column for one in sheet[HEADER]}
    (place,) = (row for row in range(HEADER + 1, sheet.max_row + 1) if sheet.cell(row, columns["Id"]).value == id)
    return sheet.cell(place, columns[title])


# What comes back ------------------------------------------------------------------------------------------------------

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn")), max_size=40).map(clean)
LINES = st.lists(WORDS.filter(bool), max_size=3).map("\n".join)
DAYS = st.none() | st.dates(date(1850, 1, 1), date(2150, 1, 1))
COSTS = st.none() | st.decimals(0, 10**12, places=2) | st.decimals(0, 10**30, places=5)


@st.composite
def entries_of(draw, plan):
    """Entries with any text in any field, for measures of the plan and for two whose gaps are closed."""
    made = {}
    for id, title in [*((one.measure.id, one.measure.title) for one in plan.measures), ("B-M01", "Gone"), ("B-M02", "Gone too")]:
        open_still = not id.startswith("B")
        start, end = sorted((draw(DAYS), draw(DAYS)), key=lambda day: day or date.max)
        status = draw(st.sampled_from([one for one in Status if one is not Status.CLOSED or not open_still]))
        made[id] = Entry(
            id, title, status, draw(WORDS), start, end, draw(COSTS), draw(WORDS),
            draw(st.sampled_from(["", *PROGRESS])), draw(LINES), draw(st.sampled_from(["", "0123456789ab"])),
            stale=open_still and draw(st.booleans()), closed_on=None if open_still else draw(st.dates(AS_OF)),
            last_status=None if open_still else draw(st.none() | st.sampled_from(Status)),
        )  # fmt: skip
    return made


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=entries_of(PLAN), language=st.sampled_from(languages()))
def test_what_is_written_is_read_again(made, language, tmp_path):
    action_plan, issues = read_bytes(make_action_plan(PLAN, made, labels(language)), tmp_path)
    assert dict(action_plan.entries) == made
    assert list(action_plan.entries) == list(made)
    assert {issue.code for issue in issues} <= {"A513", "A901"}
    assert (action_plan.country, action_plan.as_of) == ("XUT", AS_OF)
    assert (action_plan.checklist, action_plan.checklist_version) == (CHECKLIST.id, CHECKLIST.version)


# A-M04 is done though its gap is open, which is a warning (A513) wherever these entries are read.
FULL = {
    "A-M01": Entry("A-M01", "Say who is a victim", Status.UNDER_WAY, "Unit 4", date(2026, 3, 1), date(2026, 9, 1),
                   Decimal("1250.50"), "=1+1 is a text here", "25%", "+first line\n@second", "aa", stale=True),
    "A-M02": Entry("A-M02", "Do what A-2 asks", Status.DROPPED, text="-", fingerprint="bb"),
    "A-M03": Entry("A-M03", "Do what A-3 asks", cost=Decimal(7), fingerprint="cc"),
    "A-M04": Entry("A-M04", "Do what A-4 asks", Status.DONE, progress="100%", fingerprint="dd"),
    "B-M01": Entry("B-M01", "Of an earlier plan", Status.CLOSED, "Registry", fingerprint="ee", closed_on=date(2025, 6, 30)),
}  # fmt: skip


def test_the_same_entries_give_the_same_bytes(monkeypatch):
    first = make_action_plan(PLAN, FULL, EN)
    assert make_action_plan(PLAN, FULL, EN) == first
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert make_action_plan(PLAN, FULL, EN) != first


def test_a_text_that_begins_like_a_formula_stays_a_text():
    book = load_workbook(io.BytesIO(make_action_plan(PLAN, FULL, EN)))
    assert cell(book, "A-M01", "Funding").value == "=1+1 is a text here"
    assert all(one.data_type != "f" for row in book["Action plan"].iter_rows() for one in row)


def test_the_measures_with_what_is_to_be_filled_in_are_printed():
    sheet = load_workbook(io.BytesIO(make_action_plan(PLAN, FULL, EN)))["Action plan"]
    last = next(one for one in sheet[HEADER] if one.value == "Remarks")
    assert sheet.print_area == f"'Action plan'!$A$1:${last.column_letter}${sheet.max_row}"
    assert sheet.print_title_rows == f"${HEADER}:${HEADER}"


def test_libreoffice_keeps_every_entry(soffice, tmp_path):
    source = tmp_path / "plan.xlsx"
    source.write_bytes(make_action_plan(PLAN, FULL, EN))
    action_plan, issues = read_action_plan(converted(soffice, source, tmp_path / "out"), PLAN)
    assert dict(action_plan.entries) == FULL
    assert [issue.code for issue in issues] == ["A513"]


@pytest.mark.parametrize("seed", range(8))
def test_order_place_and_names_do_not_matter(seed, tmp_path):
    dice = random.Random(seed)
    book = load_workbook(io.BytesIO(make_action_plan(PLAN, FULL, EN)), rich_text=True)
    sheet = book.worksheets[0]
    rows = [[one.value for one in row] for row in sheet.iter_rows()]
    above, head, below = rows[: HEADER - 1], rows[HEADER - 1], [*rows[HEADER:], *[[None] * len(rows[0])] * 3]
    dice.shuffle(below)
    order = list(range(len(head) + 2))
    dice.shuffle(order)
    sheet.delete_rows(1, sheet.max_row)
    for place, row in enumerate([*above, [], *([[*values, None, None][at] for at in order] for values in (head, *below))], 1):
        for column, value in enumerate(row, 1):
            one = sheet.cell(place, column)
            one.value = value
            if isinstance(value, str):
                one.data_type = "s"
    sheet.title, book.worksheets[1].title = "Plan 2027", "Counts"
    book.move_sheet(sheet, dice.randrange(3))
    action_plan, issues = read(book, tmp_path)
    assert dict(action_plan.entries) == FULL
    assert [issue.code for issue in issues] == ["A513"]


def test_a_plan_without_measures_is_written_and_read(tmp_path):
    plan = plan_of({"A-1": "full"})
    action_plan, issues = read_bytes(make_action_plan(plan, first_entries(plan), EN), tmp_path, plan)
    assert (dict(action_plan.entries), len(issues)) == ({}, 0)


@pytest.mark.parametrize("language", languages())
def test_the_shipped_catalogue_is_written_and_read(language, tmp_path):
    vot = provisions.in_language(provisions.load("vot"), language)
    catalogue = provisions.load_catalogue("vot", language)
    nothing = assessment(vot, dict.fromkeys(vot.provisions, "none"), as_of=AS_OF)
    plan = make_plan(judge(vot, nothing, (), "test"), catalogue)
    action_plan, issues = read_bytes(make_action_plan(plan, first_entries(plan), labels(language)), tmp_path, plan)
    assert dict(action_plan.entries) == dict(first_entries(plan))
    assert len(issues) == 0


# What people type -----------------------------------------------------------------------------------------------------


def test_what_is_typed_is_read(tmp_path):
    book = filled(rows="""
        | Id    | Owner  | Start      | End        | Cost    | Funding | Status    | Progress | Remarks   |
        | A-M01 | Unit 4 | 2026-03-01 | 01.09.2026 | 1250.50 | budget  | Under Way | 25 %     | next step |
        | A-M02 |        |            |            | 1 250   |         | AGREED    | 0        |           |
    """)  # fmt: skip
    cell(book, "A-M03", "Start").value = date(2026, 5, 6)
    cell(book, "A-M03", "Cost").value = 3_000_000
    cell(book, "A-M03", "Progress").value = 0.5
    action_plan, issues = read(book, tmp_path)
    assert [(issue.code, issue.at.cell) for issue in issues] == []
    marks = {id: entry.fingerprint for id, entry in first_entries(PLAN).items()}
    assert action_plan.entries["A-M01"] == Entry(
        "A-M01", "Say who is a victim", Status.UNDER_WAY, "Unit 4", date(2026, 3, 1), date(2026, 9, 1), Decimal("1250.5"),
        "budget", "25%", "next step", marks["A-M01"],
    )  # fmt: skip
    second, third = action_plan.entries["A-M02"], action_plan.entries["A-M03"]
    assert (second.status, second.cost, second.progress) == (Status.AGREED, Decimal(1250), "0%")
    assert (third.start, third.cost, third.progress) == (date(2026, 5, 6), Decimal(3_000_000), "50%")


def test_french_typed_into_an_english_file_is_read(tmp_path):
    book = filled(rows="| Id | Status |\n| A-M01 | Convenue |\n| A-M02 | ABANDONNEE |\n| A-M03 | en cours |")
    sheet = book.worksheets[0]
    for one in sheet[HEADER]:
        one.value = {"Owner": "service responsable", "Cost": "COUT", "Status": "État"}.get(one.value, one.value)
    cell(book, "A-M01", "service responsable").value = "Bureau 4"
    cell(book, "A-M01", "COUT").value = "1 250,50"
    action_plan, issues = read(book, tmp_path)
    assert [(issue.code, issue.at.cell) for issue in issues] == []
    assert [entry.status for entry in action_plan.entries.values()][:3] == [Status.AGREED, Status.DROPPED, Status.UNDER_WAY]
    assert (action_plan.entries["A-M01"].owner, action_plan.entries["A-M01"].cost) == ("Bureau 4", Decimal("1250.50"))


def test_mistakes_are_all_found_in_one_run(tmp_path):
    book = filled(rows="""
        | Id    | Start      | End        | Cost  | Status     | Progress | Remarks                 |
        | A-M01 | 2026-09-01 | 2026-03-01 | lots  | undr way   | 30%      | ask j.doe@example.org   |
        | A-M02 | 06/05/2026 | 2016-09-01 | -5    | gap closed | half     |                         |
        | A-M03 | 2016-09-01 | 2026-09-01 | 1,250 | done       |          |                         |
        | A-M04 | 2016-09-01 |            | EUR 5 |            |          |                         |
    """)  # fmt: skip
    assert sorted(found(book, tmp_path)) == [
        ("A305", "H6"), ("A307", "F5"), ("A307", "F6"), ("A307", "L5"), ("A307", "L6"), ("A509", "I5"), ("A510", "H8"),
        ("A510", "I6"), ("A511", "J5"), ("A511", "J7"), ("A511", "J8"), ("A512", "J6"), ("A513", "F7"),
        ("A901", "M5"),
    ]  # fmt: skip


def test_a_measure_done_whose_gap_is_open_is_named_with_it(tmp_path):
    _, issues = read(filled(rows="| Id | Status |\n| A-M01 | done |"), tmp_path)
    assert [(issue.code, issue.severity, issue.at.cell) for issue in issues] == [("A513", "warning", "F5")]
    (message,) = map(EN.message, issues)
    assert message.startswith("A-M01 is marked as done, but the assessment (law as of 2026-01-01) still shows its gap: A-1.")


def test_a_measure_done_whose_gap_is_closed_is_no_issue(tmp_path):
    later = plan_of({**GAPS, "A-1": "full"}, date(2027, 1, 1))
    assert found(filled(rows="| Id | Status |\n| A-M01 | done |"), tmp_path, later) == []


def test_a_mistyped_status_is_answered_with_the_nearest(tmp_path):
    _, issues = read(filled(rows="| Id | Status |\n| A-M01 | undr way |"), tmp_path)
    assert [EN.message(issue) for issue in issues] == [
        "'undr way' is not a choice here. Choose one of: proposed, agreed, under way, done, dropped; or leave it blank. "
        "Did you mean 'under way'?"
    ]


def test_formulas_errors_and_merged_cells_are_no_entries(tmp_path):
    book = filled()
    sheet = book.worksheets[0]
    cell(book, "A-M01", "Cost").value = "=2*3"
    broken = cell(book, "A-M02", "Owner")
    broken.value, broken.data_type = "#REF!", "e"
    sheet.merge_cells("M7:M8")
    assert sorted(found(book, tmp_path)) == [("A308", "J5"), ("A310", "G6"), ("A312", "M7")]


def test_a_row_whose_id_is_gone(tmp_path):
    book = filled(rows="| Id | Owner | Status |\n| A-M01 | Unit 4 | agreed |")
    cell(book, "A-M01", "Id").value = None
    cell(book, "A-M02", "Id").value = None
    action_plan, issues = read(book, tmp_path)
    assert [(issue.code, issue.at.cell) for issue in issues] == [("A507", "F5"), ("A508", "")]
    assert dict(issues.found[1].facts)["measures"] == "A-M01, A-M02"
    assert action_plan.entries["A-M01"] == first_entries(PLAN)["A-M01"]


def test_a_row_put_in_without_an_id(tmp_path):
    book = filled()
    sheet = book.worksheets[0]
    sheet.insert_rows(6)
    sheet["M6"] = "a measure of our own"
    assert found(book, tmp_path) == [("A507", "M6")]


def test_rows_that_are_unknown_or_there_twice(tmp_path):
    book = filled()
    book.worksheets[0]["U8"] = "a–m 01"
    book.worksheets[0]["U9"] = "A-M30"
    _, issues = read(book, tmp_path)
    assert [(issue.code, issue.at.cell, dict(issue.facts).get("hint", "")) for issue in issues] == [
        ("A506", "U8", ""), ("A505", "U9", "A-M04"), ("A508", "", ""),
    ]  # fmt: skip
    assert issues.blocking


def test_deleted_rows_are_kept_as_proposed(tmp_path):
    book = filled(entries=FULL)
    sheet = book.worksheets[0]
    for id in ("A-M01", "B-M01"):
        sheet.delete_rows(cell(book, id, "Id").row)
    action_plan, issues = read(book, tmp_path)
    assert [issue.code for issue in issues] == ["A513", "A508"]
    assert not issues.blocking
    assert action_plan.entries["A-M01"] == Entry("A-M01", "Say who is a victim", fingerprint="aa")
    gone = action_plan.entries["B-M01"]
    assert (gone.status, gone.closed_on, gone.title) == (Status.CLOSED, date(2025, 6, 30), "Of an earlier plan")


def test_everything_that_is_not_read_is_reported(tmp_path):
    book = filled()
    sheet = book.worksheets[0]
    cell(book, "A-M01", "What to do").value = "Something else"
    cell(book, "A-M01", "Place").value = 7
    sheet["Z6"] = "far to the right"
    sheet["X4"], sheet["X5"] = "Our notes", "a note"
    book["Overview"]["K3"] = "beside"
    book["How to use"]["B50"] = "below"
    book.create_sheet("Scratch")["B2"] = 12
    assert found(book, tmp_path) == [
        ("A104", "X4"), ("A105", "K3"), ("A105", "B50"), ("A106", ""), ("A105", "N5"), ("A105", "O5"), ("A105", "Z6"),
    ]  # fmt: skip


def test_headings_that_are_gone(tmp_path):
    book = filled()
    for one in book.worksheets[0][HEADER]:
        one.value = {"Owner": "Ownr", "Funding": None}.get(one.value, one.value)
    action_plan, issues = read(book, tmp_path)
    assert action_plan is None
    missing = [dict(issue.facts)["hint"] for issue in issues if issue.code == "A102"]
    assert missing == ["Ownr", ""]
    assert [dict(issue.facts)["value"] for issue in issues if issue.code == "A105"] == ["Ownr"]
    assert {issue.code for issue in issues} == {"A102", "A105"}


def test_sheets_that_are_gone_or_there_twice(tmp_path):
    book = filled()
    book.copy_worksheet(book.worksheets[0]).title = "Copy"
    assert ("A107", "") in found(book, tmp_path)
    book = filled()
    del book["Action plan"]
    action_plan, issues = read(book, tmp_path)
    assert (action_plan, [issue.code for issue in issues]) == (None, ["A101"])


# Whose it is ----------------------------------------------------------------------------------------------------------


def test_the_action_plan_of_another_country(tmp_path):
    action_plan, issues = read(filled(), tmp_path, plan_of(country="ESP"))
    assert action_plan is None
    assert [EN.message(issue) for issue in issues] == [
        "This action plan is for another country (XUT); the assessment is for ESP. Give the action plan of the same country."
    ]


@pytest.mark.parametrize("settings", [{"id": "other"}, {"version": "2"}])
def test_the_action_plan_of_another_checklist_or_version(settings, tmp_path):
    other = plan_of(of=replace(CHECKLIST, **settings))
    action_plan, issues = read(filled(), tmp_path, other)
    assert (action_plan, [issue.code for issue in issues]) == (None, ["A503"])


def test_another_date_is_what_an_update_is_for(tmp_path):
    action_plan, issues = read(filled(), tmp_path, plan_of(as_of=date(2027, 1, 1)))
    assert (action_plan.as_of, len(issues)) == (AS_OF, 0)
    assert found(filled(), tmp_path, plan_of(as_of=date(2025, 1, 1))) == [("A504", "")]


def test_another_file_is_not_an_action_plan(tmp_path):
    made = PLAN.result
    (tmp_path / "answers.xlsx").write_bytes(make_workbook(made.checklist, made.assessment, language="en"))
    with pytest.raises(InputError, match="A501"):
        read_action_plan(tmp_path / "answers.xlsx", PLAN)
    book = filled()
    path = saved(book, tmp_path, "plan.xlsx")
    with pytest.raises(InputError, match="A010"):
        identify(path)
    del book["_legcheck"]
    with pytest.raises(InputError, match="A501"):
        read(book, tmp_path)
    with pytest.raises(InputError, match="A001"):
        read_action_plan(tmp_path / "nowhere.xlsx", PLAN)


def test_a_hidden_sheet_that_was_edited(tmp_path):
    book = filled()
    row = next(row for row in book["_legcheck"].iter_rows() if row[0].value == "as_of")
    row[1].value = "yesterday"
    with pytest.raises(InputError, match="A501"):
        read(book, tmp_path)


# From one plan to the next --------------------------------------------------------------------------------------------


def test_what_was_written_survives_the_next_assessment(tmp_path):
    book = filled(
        rows="| Id | Status | Owner | Remarks |\n| A-M01 | agreed | Unit 4 | see A-1 |\n| A-M02 | under way | Unit 5 | ok |"
    )
    later = plan_of({**GAPS, "A-1": "none", "A-2": "full"}, date(2027, 1, 1))
    before, _ = read(book, tmp_path, later)
    entries = carried_over(later, before)
    again = filled(later, entries=entries)
    shown = draw(again["Action plan"])
    assert "The figures have changed since the remarks were written." in shown
    assert "Gap closed on 1 January 2027, last status: under way. All entries were kept." in shown
    after, issues = read(again, tmp_path, later)
    assert dict(after.entries) == dict(entries)
    assert len(issues) == 0
    first, second = after.entries["A-M01"], after.entries["A-M02"]
    assert (first.status, first.owner, first.stale) == (Status.AGREED, "Unit 4", True)
    assert (second.status, second.closed_on, second.owner) == (Status.CLOSED, date(2027, 1, 1), "Unit 5")
    assert second.last_status is Status.UNDER_WAY


@pytest.mark.parametrize(("remarks", "since", "stale"), [
    ("as it was", "kept", True), ("as it was", None, False), ("written anew", "kept", False), ("as it was", "own words", True),
])  # fmt: skip
def test_a_mark_goes_once_the_remarks_were_looked_at(remarks, since, stale, tmp_path):
    entry = Entry("A-M01", "Say who is a victim", text="as it was", fingerprint="old", stale=True)
    book = filled(entries={**first_entries(PLAN), "A-M01": entry})
    cell(book, "A-M01", "Remarks").value = remarks
    if since != "kept":
        cell(book, "A-M01", "Since last time").value = since
    action_plan, issues = read(book, tmp_path)
    assert action_plan.entries["A-M01"].stale is stale
    assert carried_over(PLAN, action_plan)["A-M01"].stale is stale
    assert [issue.code for issue in issues] == (["A105"] if since == "own words" else [])


def test_a_closed_measure_may_be_taken_up_again(tmp_path):
    book = filled(rows="| Id | Status |\n| B-M01 | under way |", entries=FULL)
    action_plan, issues = read(book, tmp_path)
    entry = action_plan.entries["B-M01"]
    assert (entry.status, entry.closed_on) == (Status.UNDER_WAY, date(2025, 6, 30))
    assert [issue.code for issue in issues] == ["A513"]


def test_days_that_stood_in_the_file_are_not_questioned(tmp_path):
    entry = Entry("A-M01", "Say who is a victim", Status.UNDER_WAY, start=date(2025, 2, 1))
    book = filled(entries={**first_entries(PLAN), "A-M01": entry})
    assert found(book, tmp_path) == []
    cell(book, "A-M01", "Start").value = date(2025, 3, 1)
    assert found(book, tmp_path) == [("A510", "H5")]


# What a person meets --------------------------------------------------------------------------------------------------


def test_the_sheet_of_measures():
    first = draw(filled()["Action plan"]).splitlines()[:5]
    assert first == [
        "Utopia: action plan",
        "Drawn from the law as of 1 January 2026 · checklist Small, version 1",
        EN("action_plan.lead"),
        "Measure | Phase | Flagship | Objective | Lead | Status | Owner | Start | End | Cost | Funding | Progress"
        " | Remarks | Place | What to do | Gaps answered | Section of the plan | Partners | Effort | Requires | Id",
        "Say who is a victim | Now: 0 to 6 months |  |  | ministry of justice | proposed |  |  |  |  |  |  |"
        "  | 1 | Write into the law what A-1 lacks, and say who carries it out."
        " | A-1: Legislative gap (partly in law); still missing: (b) two | 4 Recognition | ministry of finance"
        " | 1: a rule only |  | A-M01",
    ]
    assert "A-2: Legislative gap (none of it in law); elements a, b" in draw(filled()["Action plan"])
    assert cell(filled(), "A-M02", "Requires").value == "A-M01"


@pytest.mark.parametrize("language", languages())
def test_prompts_and_error_texts_keep_to_the_limits_of_excel(language):
    for sheet in filled(entries=FULL, words=labels(language)).worksheets:
        for rule in sheet.data_validations.dataValidation:
            assert rule.showInputMessage
            assert 0 < len(rule.prompt) <= 255
            assert 0 < len(rule.promptTitle) <= 32
            assert len(rule.error or "") <= 225
            if rule.showErrorMessage:
                assert rule.error
                assert rule.errorTitle


@pytest.mark.parametrize("language", languages())
def test_what_one_filters_by_and_fills_in_fits_on_a_screen_of_1366_pixels(language):
    words = labels(language)
    sheet = filled(words=words).worksheets[0]
    titles = [one.value for one in sheet[HEADER]]
    shown = titles[: titles.index(words("action_plan.columns.text")) + 1]
    filtered = {words(f"action_plan.columns.{key}") for key in ("measure", "phase", "flagship", "objective", "lead")}
    assert filtered | {heading(column, words) for column in PLAN_COLUMNS if column.answer} <= {*shown}
    widths = [sheet.column_dimensions[get_column_letter(number)].width for number, _ in enumerate(shown, 1)]
    assert sum(width * 7 + 5 for width in widths) < 1366 - 40  # the numbers of rows and the scroll bar take the rest


def test_flagship_measures_are_marked_and_each_is_filtered_by_its_objective():
    objective = Objective("a", "Recognise everyone", "", ("4",))
    plan = make_plan(PLAN.result, replace(CATALOGUE, objectives=(objective,), flagships=FlagshipRule(2)))
    book = filled(plan)
    marked = {id: cell(book, id, "Flagship").value for id in ("A-M01", "A-M02", "A-M03", "A-M04")}
    assert [id for id, mark in marked.items() if mark == "yes"] == [one.measure.id for one in plan.objectives[0].flagships]
    assert cell(book, "A-M03", "Objective").value == "Recognise everyone"


def test_a_heading_never_means_two_columns():
    meant: dict[str, str] = {}
    for language in languages():
        for column in (*PLAN_COLUMNS, SINCE):
            assert meant.setdefault(fold(heading(column, labels(language))), column.key) == column.key


def test_the_manual_names_every_column_to_fill():
    manual = (Path(__file__).parents[2] / "assessments" / "README.md").read_text("utf-8")
    section = manual.partition("## The action plan")[2].partition("# Every message")[0]
    for column in PLAN_COLUMNS:
        if column.answer:
            assert re.search(rf"\| (\w+, )?{heading(column, EN)}[ ,]", section), column.key


def test_cells_to_fill_are_open_and_the_others_locked_without_a_password():
    book = filled(entries=FULL)
    sheet = book["Action plan"]
    assert [one.protection.locked for one in sheet[5]] == [True] * 5 + [False] * 8 + [True] * 7 + [False, True]
    guard = sheet.protection
    assert guard.sheet
    assert guard.password is None
    assert not any((guard.formatRows, guard.insertRows, guard.sort, guard.autoFilter))
    assert book.security.workbookPassword is None
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.auto_filter.ref) == ("B5", "$4:$4", "A4:V9")
    assert book["_legcheck"].sheet_state == "hidden"


def test_only_a_closed_measure_offers_that_its_gap_is_closed():
    book = filled(entries=FULL)
    offered = {}
    for id in ("A-M01", "B-M01"):
        place = cell(book, id, "Status").coordinate
        (rule,) = [one for one in book["Action plan"].data_validations.dataValidation if place in one.sqref]
        ((sheet, stretch),) = book.defined_names[rule.formula1].destinations
        offered[id] = [row[0].value for row in book[sheet][stretch.replace("$", "")]]
    assert offered["A-M01"] == ["proposed", "agreed", "under way", "done", "dropped"]
    assert offered["B-M01"] == [*offered["A-M01"], "gap closed"]


def test_the_column_of_changes_appears_only_if_something_changed():
    assert "Since last time" not in [one.value for one in filled()["Action plan"][HEADER]]
    assert "Since last time" in [one.value for one in filled(entries=FULL)["Action plan"][HEADER]]


def overview_rows(book) -> dict[str, list]:
    rows = {}
    for row in book["Overview"].iter_rows(min_row=6):
        values = [one.value for one in row[2:9]]
        if isinstance(row[1].value, str) and any(isinstance(one, int | float) for one in values):
            rows.setdefault(row[1].value, []).append([one for one in values if one is not None])
    return rows


COUNTED = {
    "Now: 0 to 6 months": [[2, 0, 0, 1, 0, 1, 0], [1, 0, 1250.5]],
    "Later": [[2, 1, 0, 0, 1, 0, 0], [1, 1, 7]],
    "(no longer offered)": [[1, 0, 0, 0, 0, 0, 1], [0, 0, 0]],
    "All phases": [[5, 1, 0, 1, 1, 1, 1], [2, 1, 1257.5]],
}


def test_the_overview_holds_its_figures_for_programs_that_do_not_compute():
    book = load_workbook(io.BytesIO(make_action_plan(PLAN, FULL, EN)), data_only=True)
    assert overview_rows(book) == COUNTED


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_the_overview_counts_by_itself(soffice, tmp_path):
    """LibreOffice computes the same from the formulas, and something else once cells are filled in."""
    source = tmp_path / "plan.xlsx"
    source.write_bytes(make_action_plan(PLAN, FULL, EN))
    computed = converted(soffice, source, tmp_path / "out")
    assert overview_rows(load_workbook(computed, data_only=True)) == COUNTED
    book = load_workbook(io.BytesIO(source.read_bytes()))
    cell(book, "A-M04", "Cost").value = 3
    cell(book, "A-M03", "Status").value = "agreed"
    saved(book, tmp_path, "plan.xlsx")
    again = overview_rows(load_workbook(converted(soffice, source, tmp_path / "again"), data_only=True))
    assert again["Later"] == [[2, 0, 1, 0, 1, 0, 0], [2, 0, 10]]


def test_the_chart_is_native_and_described_in_words():
    archive = zipfile.ZipFile(io.BytesIO(make_action_plan(PLAN, FULL, EN)))
    chart, drawing = archive.read("xl/charts/chart1.xml").decode(), archive.read("xl/drawings/drawing1.xml").decode()
    assert '<c:grouping val="stacked"' in chart
    assert "<c:v>Now: 0 to 6 months</c:v>" in chart
    assert "Overview!$D$" in chart
    assert f'descr="{EN("action_plan.overview.chart_text")}"' in drawing


@pytest.mark.parametrize("language", languages())
def test_the_last_sheet_says_how_to_use_it(language):
    words = labels(language)
    shown = draw(filled(words=words)[words("action_plan.sheets.how")])
    assert words("action_plan.how.privacy_title") in shown
    assert len(words.under("action_plan.how.steps")) == 5
    assert "{" not in shown


def test_reading_loads_nothing_that_only_writing_needs(tmp_path):
    path = saved(filled(), tmp_path, "plan.xlsx")
    script = (
        "import sys; from pathlib import Path; from types import SimpleNamespace as N\n"
        "from legcheck.workbook import read_action_plan\n"
        "from legcheck.model import Assessment\n"
        "given = N(country='XUT', as_of=Path), N(id='small', version='1', translations={})\n"
        "from datetime import date\n"
        "given[0].as_of = date(2026, 1, 1)\n"
        "plan = N(result=N(assessment=given[0], checklist=given[1]), measures=())\n"
        "read, issues = read_action_plan(Path(sys.argv[1]), plan)\n"
        "assert len(read.entries) == 4 and not len(issues)\n"
        "loaded = {name.partition('.')[0] for name in sys.modules}\n"
        "print(sorted(loaded & {'openpyxl', 'pandas', 'babel', 'lxml', 'pydantic', 'pycountry', 'numpy'}))\n"
    )
    done = subprocess.run([sys.executable, "-c", script, path], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# Numbers as people write them -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        (250000, "250000"), (0.1, "0.1"), ("250000", "250000"), ("1250,50", "1250.5"), ("1 250 000", "1250000"),
        ("1 250,5", "1250.5"), ("1,250,000.50", "1250000.5"), ("1.250.000,50", "1250000.5"), ("1'250'000", "1250000"),
        ("1’250", "1250"), ("−5", "-5"), ("0.125", "0.125"), ("1234.567", "1234.567"), ("1,250.00", "1250"),
    ],
)  # fmt: skip
def test_amounts_as_people_write_them(typed, amount):
    assert parse_amount(typed) == Decimal(amount)


@pytest.mark.parametrize("typed", ["1,250", "1.250", "about 5", "5 EUR", "1,25,000", "1 25 000", "", "nan", True, AS_OF])
def test_amounts_that_could_be_read_in_two_ways_are_refused(typed):
    with pytest.raises(ValueError, match=r".*"):
        parse_amount(typed)


@pytest.mark.parametrize("typed", [float("inf"), float("nan"), 1e300, "9" * 400, "1e99999999", "0x10", "½"])
def test_amounts_beyond_any_budget_are_refused(typed):
    with pytest.raises(ValueError, match=r".*"):
        parse_amount(typed)


@pytest.mark.parametrize(
    ("typed", "progress"),
    [
        ("", ""),
        ("25%", "25%"),
        ("25 %", "25%"),
        ("25", "25%"),
        (25, "25%"),
        (0.25, "25%"),
        (1, "100%"),
        (0, "0%"),
        (100.0, "100%"),
    ],
)
def test_progress_as_people_write_it(typed, progress):
    assert parse_progress(typed) == progress


@pytest.mark.parametrize("typed", ["30%", "half", 0.3, 7, True, "2 5"])
def test_progress_outside_the_list_is_refused(typed):
    with pytest.raises(ValueError, match=r".*"):
        parse_progress(typed)
