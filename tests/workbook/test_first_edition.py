"""Workbooks of the first edition, with all answers on one sheet, keep their answers, their figures and their places."""

from fractions import Fraction
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from legcheck import app, provisions
from legcheck.workbook import annotate, read_workbook

FILE = Path(__file__).parent.parent / "cases" / "first-edition.xlsx"
CHECKLIST = provisions.load("vot@1.0")


def test_answers_and_figures_are_those_of_the_first_edition():
    result = app.assess(FILE)
    assert (result.checklist.version, len(result.assessment.answers), len(result.assessment.laws)) == ("1.0", 118, 10)
    answer = result.assessment.answers["REC-02"]
    assert answer.ratings == {"law": "partial", "practice": "partial"}
    assert ("".join(answer.met), answer.legal_basis) == ("ac", "L2 s. 12(1), 12(3)")
    total = result.scores["law"].total
    assert (total.low, total.central, total.high) == (
        Fraction(3039833, 5940480),
        Fraction(340423, 628320),
        Fraction(509111, 891072),
    )


def test_a_mistake_is_named_and_marked_in_its_own_sheet(tmp_path):
    book = load_workbook(FILE)
    row = next(row for row in book["Assessment"].iter_rows() if row[0].value == "REC-02")
    cell = next(cell for cell in row if cell.value == "Partly provided for")
    cell.value = "Perhaps"
    path = tmp_path / "changed.xlsx"
    book.save(path)
    _, issues = read_workbook(path, CHECKLIST)
    found = {(issue.at.sheet, issue.at.cell): dict(issue.facts)["value"] for issue in issues}
    assert found.pop(("Assessment", cell.coordinate)) == "Perhaps"
    few = [(issue.code, dict(issue.facts)["value"]) for issue in issues if issue.at.cell != cell.coordinate]
    assert few == [("A902", "four families"), ("A902", "one survivor")]  # notes that count few people are asked about
    marked = load_workbook(BytesIO(annotate(path, issues, "en")))
    assert "Perhaps" in marked["Assessment"][cell.coordinate].comment.text
