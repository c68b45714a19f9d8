"""Workbooks that were sorted, merged, hidden and so on, then saved by LibreOffice: the same answers, the same words on them."""

import subprocess
from datetime import date

import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font

from legcheck.workbook import read_workbook
from tests.workbook.sheets import HEAD, JUS, REC, cell_of, fill, saved

ANSWERS = """
    | Id              | Answer              | Legal basis          | Note                                   |
    | REC-01.a        | yes                 | L1 arts 3 to 5       | One<br>two &amp; three                 |
    | REC-01.b        | no                  |                      | 🕊 مرحبا שלום                          |
    | REC-01:law      | Partly provided for | L2 art. 4; L1 art. 9 | 4/2015, 1.10, 50 %, '03, =1+1, -       |
    | REC-01:practice | Not provided for    |                      |                                        |
    | JUS-01.a        | yes                 | L1 art. 1.10         | @here, +1, TRUE, 1E5, 2024-01-01, N/A  |
"""


def sort(book):
    """Turn the rows below the headings round."""
    rows = [[cell.value for cell in row] for row in book[REC].iter_rows(min_row=HEAD + 1)]
    for place, row in enumerate(reversed(rows), HEAD + 1):
        for column, value in enumerate(row, 1):
            book[REC].cell(place, column).value = value


def insert(book):
    book[REC].insert_rows(6, 2)
    book[JUS].insert_cols(2)


def delete(book):
    book[REC].delete_rows(cell_of(book, "REC-01.c", "Id").row)
    book[JUS].delete_cols(9)


def merge(book):
    book[REC].merge_cells("C5:C6")


def hide(book):
    book[REC].row_dimensions[4].hidden = True
    book[REC].column_dimensions["E"].hidden = True
    book[JUS].sheet_state = "hidden"


def rename(book):
    book[REC].title, book["Laws"].title = "Recognition", "Our laws"


def beside(book):
    cell_of(book, "REC-01.c", "Answer").comment = Comment("yes", "Ministry")
    cell_of(book, "REC-01.b", "Answer").font = Font(strike=True)
    book[REC]["L9"] = "a remark"


def compute(book):
    cell_of(book, "REC-01.c", "Answer").value = "=TRUE()"
    cell_of(book, "REC-01.c", "Legal basis").value = 1.1
    book["Laws"]["D5"] = date(2015, 4, 1)


MISTREATED = (fill, sort, insert, delete, merge, hide, rename, beside, compute)


def again(soffice, folder, into, kind="xlsx"):
    """What LibreOffice makes of all files of a folder, in one go and with a profile of its own."""
    files = [str(path) for path in sorted(folder.iterdir())]
    command = [soffice, f"-env:UserInstallation=file://{into.parent}/profile", "--headless", "--convert-to", kind, "--outdir"]
    subprocess.run([*command, str(into), *files], check=True, capture_output=True, timeout=300)
    return into


def found(folder, checklist, kind="xlsx"):
    """By what was done to a workbook, its laws and answers, and code and cell of every issue."""
    read = {done.__name__: read_workbook(folder / f"{done.__name__}.{kind}", checklist) for done in MISTREATED}
    return {
        name: (dict(one.laws), dict(one.answers), sorted((issue.code, issue.at.sheet, issue.at.cell) for issue in issues))
        for name, (one, issues) in read.items()
    }


@pytest.fixture(scope="module")
def folder(checklist, tmp_path_factory):
    place = tmp_path_factory.mktemp("books") / "typed"
    place.mkdir()
    for done in MISTREATED:
        book = fill(checklist, ANSWERS)
        if done is not fill:
            done(book)
        saved(book, place, f"{done.__name__}.xlsx")
    return place


def test_what_was_done_to_the_workbooks_is_harmless_or_named(folder, checklist):
    read = found(folder, checklist)
    laws, answers, usual = read["fill"]
    for harmless in ("sort", "insert", "hide", "rename"):
        assert read[harmless][:2] == (laws, answers), harmless
        assert [code for code, *_ in read[harmless][2]] == [code for code, *_ in usual], harmless
    more = {name: {code for code, *_ in issues} - {code for code, *_ in usual} for name, (_, _, issues) in read.items()}
    assert more["delete"] == {"A109", "A203"}
    assert more["merge"] == {"A312"}
    assert more["beside"] == {"A105", "A315", "A316"}
    assert more["compute"] == {"A308", "A318"}


def test_libreoffice_changes_nothing_of_it_however_often_it_saves(folder, checklist, soffice):
    once = again(soffice, folder, folder.parent / "once")
    assert found(once, checklist) == found(folder, checklist)
    assert found(again(soffice, once, folder.parent / "twice"), checklist) == found(folder, checklist)


def test_nor_in_its_own_format(folder, checklist, soffice):
    assert found(again(soffice, folder, folder.parent / "ods", "ods"), checklist, "ods") == found(folder, checklist)
