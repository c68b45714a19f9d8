"""Numbers that no program writes and days that no calendar has, in files of every kind: an issue at the cell, nothing else."""

import io
import zipfile
from datetime import date

import pyarrow as pa
import pytest
from pyarrow import parquet

from legcheck.workbook import AnswersTable, read_workbook
from tests.workbook.sheets import REC, cell_beside, cell_of, fill, rezipped

# As they may stand in the XML of a workbook, where only numbers should.
ODD = [
    "1e99999999", "-1e99999999", "-1e14", "-99999999999999", "1e308", "5e-324", "-0", "NaN", "nan", "INF", "-inf", "9" * 400,
    "9" * 5000, "0x10", "٤٥٠٠٠", "４５０００", "½", "45_000", "2958466", "-657435", "1e5e5", "true",
]  # fmt: skip
MARK = 4711


@pytest.fixture(scope="module")
def marked(checklist):
    """A workbook in which one number stands in a cell of every kind, and those cells: dates, answers and texts."""
    book = fill(checklist, "| Id | Answer | Legal basis |\n| REC-01.a | yes | L1 art. 3 |")
    laws = book["Laws"]
    cells = {
        "Start": cell_beside(book["Start"], "Law as of"),
        "Laws": laws.cell(5, next(one.column for one in laws[4] if one.value == "In force since")),
        REC: cell_of(book, "REC-01:law", "Answer"),
    }
    for cell in cells.values():
        cell.value, cell.number_format = MARK, cell.number_format if cell.parent.title == REC else "yyyy-mm-dd"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), {(title, cell.coordinate) for title, cell in cells.items()}


def with_number(content: bytes, number: str) -> bytes:
    """The workbook with another number, written as it is, in cells that do not say what they hold."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if "worksheets/sheet" in name}
    old, new = b' t="n"><v>%d</v>' % MARK, f"><v>{number}</v>".encode()
    return rezipped(content, {name: part.replace(old, new) for name, part in parts.items()})


@pytest.mark.parametrize("number", ODD, ids=lambda number: number[:12])
def test_a_number_that_is_no_day_and_no_rating_is_named_with_its_cell(checklist, marked, tmp_path, capfd, number):
    content, cells = marked
    path = tmp_path / "XUT.xlsx"
    path.write_bytes(with_number(content, number))
    _, issues = read_workbook(path, checklist)
    assert cells <= {(one.at.sheet, one.at.cell) for one in issues}
    assert capfd.readouterr() == ("", "")


BEYOND = {
    "moments": pa.array([-(2**62)], pa.timestamp("us")),
    "moments in a zone": pa.array([2**62], pa.timestamp("us", "Asia/Tokyo")),
    "milliseconds": pa.array([2**60], pa.timestamp("ms")),
    "days": pa.array([2**31 - 1], pa.date32()),
    "durations": pa.array([2**62], pa.duration("s")),
    "times": pa.array([2**62], pa.time64("us")),
    "infinities": pa.array([float("inf")]),
}


@pytest.mark.parametrize("values", BEYOND.values(), ids=BEYOND)
@pytest.mark.parametrize("name", ["as_of", "rating"])
def test_a_parquet_file_may_hold_days_that_no_calendar_has(checklist, tmp_path, name, values):
    row = {"country": "XUT", "as_of": date(2026, 1, 1), "provision": "REC-01", "rating": "none"}
    path = tmp_path / "answers.parquet"
    parquet.write_table(pa.table({key: pa.array([value]) for key, value in row.items()} | {name: values}), path)
    codes = [issue.code for issue in AnswersTable(path, checklist).read().issues]
    assert codes == [{"as_of": "A305", "rating": "A301"}[name]]
