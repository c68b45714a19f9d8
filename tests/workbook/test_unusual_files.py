"""Workbooks written in legal ways that few programs use, and OpenDocument spreadsheets: they say what the usual file says."""

import io
import re
import subprocess
import zipfile
from pathlib import Path

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font, PatternFill

from legcheck.issues import InputError
from legcheck.labels import labels, languages
from legcheck.workbook import annotate, identify, make_workbook, read_workbook
from tests.workbook.sheets import REC, cell_of, fill, saved

MAIN, STRICT = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATED = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATED = b"http://purl.oclc.org/ooxml/officeDocument/relationships"
SIZE = re.compile(rb'<dimension ref="[^"]*"/>')
DECLARED = re.compile(rb"<\?xml[^>]*\?>\s*")


def in_sheets(change):
    return lambda name, part: (name, change(part) if name.startswith("xl/worksheets/sheet") else part)


def in_all(change):
    return lambda name, part: (name, change(part))


def renamed(old: str, new: str, *, targets: bool = True):
    """Parts under another name, and what refers to them."""

    def change(name: str, part: bytes) -> tuple[str, bytes]:
        refers = targets and name.endswith((".rels", "].xml"))
        return name.replace(old, new), part.replace(old.encode(), new.encode()) if refers else part

    return change


def in_utf16(part: bytes) -> bytes:
    return ('<?xml version="1.0" encoding="UTF-16"?>' + DECLARED.sub(b"", part).decode()).encode("utf-16")


UNUSUAL = {
    "a comment before the cells": in_sheets(lambda part: part.replace(b"<sheetData>", b"<!-- made by a script --><sheetData>")),
    "a comment among the cells": in_sheets(lambda part: part.replace(b"<sheetData>", b"<sheetData><!-- first -->")),
    "an instruction": in_sheets(lambda part: part.replace(b"<sheetData>", b"<?page break?><sheetData>")),
    "CDATA": in_all(lambda part: re.sub(rb"<t>([^<&]+)</t>", rb"<t><![CDATA[\1]]></t>", part)),
    "UTF-16": in_sheets(in_utf16),
    "no size": in_sheets(lambda part: SIZE.sub(b"", part)),
    "a size that is none": in_sheets(lambda part: SIZE.sub(b'<dimension ref="A0:"/>', part)),
    "a blank size": in_sheets(lambda part: SIZE.sub(b'<dimension ref=""/>', part)),
    "a size that is too small": in_sheets(lambda part: SIZE.sub(b'<dimension ref="A1:B2"/>', part)),
    "a size that is too large": in_sheets(lambda part: SIZE.sub(b'<dimension ref="A1:XFD1048576"/>', part)),
    "another folder": renamed("xl/", "excel/"),
    "another name of the workbook": renamed("workbook.xml", "book2.xml"),
    "other names of sheets": renamed("worksheets/sheet", "pages/p"),
    "another name of the shared texts": renamed("sharedStrings.xml", "texts.xml"),
    "capitals": renamed("sharedStrings", "SharedStrings", targets=False),
    "backslashes": renamed("/", "\\", targets=False),
    "targets with a dot": in_all(lambda part: part.replace(b'Target="worksheets', b'Target="./worksheets')),
    "targets by way of the folder above": in_all(lambda part: part.replace(b'Target="worksheets', b'Target="../xl/worksheets')),
    "absolute targets": in_all(lambda part: part.replace(b'Target="worksheets', b'Target="/xl/worksheets')),
    "strict": in_all(lambda part: part.replace(MAIN, STRICT).replace(RELATED, STRICT_RELATED)),
    "a line for each element": in_sheets(lambda part: part.replace(b"><", b">\n<")),
    "a mark of the order of bytes": in_all(lambda part: part if part.startswith(b"\xef\xbb\xbf") else b"\xef\xbb\xbf" + part),
}


def changed(content: bytes, change) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(*change(name, source.read(name)))
    return out.getvalue()


@pytest.mark.parametrize("change", UNUSUAL.values(), ids=UNUSUAL)
def test_the_same_is_read_however_it_is_written(change, checklist, assessment, tmp_path):
    content = make_workbook(checklist, assessment, language="en")
    usual, unusual = tmp_path / "usual" / "XUT.xlsx", tmp_path / "unusual" / "XUT.xlsx"
    for path, written in ((usual, content), (unusual, changed(content, change))):
        path.parent.mkdir()
        path.write_bytes(written)
    found, issues = read_workbook(unusual, checklist)
    expected, others = read_workbook(usual, checklist)
    assert found.answers == expected.answers
    assert found.laws == expected.laws
    assert list(issues) == list(others)


def test_no_marks_are_put_into_a_file_of_another_form(checklist, assessment, tmp_path):
    path = tmp_path / "XUT.xlsx"
    path.write_bytes(changed(make_workbook(checklist, assessment, language="en"), renamed("xl/", "excel/")))
    with pytest.raises(InputError) as refused:
        annotate(path, [], "en")
    assert [issue.code for issue in refused.value.issues] == ["A024"]


@pytest.mark.parametrize("damage", ["archive", "part", "parts", "sheet"])
@pytest.mark.parametrize("language", languages())
def test_damage_is_told_in_words_of_the_reader(damage, language):
    said = labels(language)(f"issues.damage.{damage}", part="xl/workbook.xml")
    assert not re.search(r"Error|zip|CRC|seek|None", said)


# OpenDocument ---------------------------------------------------------------------------------------------------------

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)
ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def opendocument(tables: str, before: str = "") -> bytes:
    """An OpenDocument file with these tables."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("mimetype", ODS)
        body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        target.writestr("content.xml", f"{before}<office:document-content {SPACES}>{body}</office:document-content>")
    return out.getvalue()


def refusal(path: Path) -> str:
    with pytest.raises(InputError) as refused:
        identify(path)
    return refused.value.issues[0].code


def text_cell(text: str, **numbers: int) -> str:
    """A cell with a text; `numbers` say how often it is repeated, or over how many cells it spans."""
    given = "".join(f' table:number-{name.replace("_", "-")}="{number}"' for name, number in numbers.items())
    return f'<table:table-cell office:value-type="string"{given}><text:p>{text}</text:p></table:table-cell>'


HOSTILE = {
    "a row repeated without end": (
        '<table:table table:name="A"><table:table-row table:number-rows-repeated="1048576">'
        f"{text_cell('x', columns_repeated=16384)}</table:table-row></table:table>",
        "A008",
    ),
    "a long text repeated": (
        '<table:table table:name="A"><table:table-row table:number-rows-repeated="20000">'
        f"{text_cell('x' * 100_000)}</table:table-row></table:table>",
        "A008",
    ),
    "a cell far out": (
        '<table:table table:name="A"><table:table-row table:number-rows-repeated="900000"/><table:table-row>'
        f'<table:table-cell table:number-columns-repeated="900"/>{text_cell("x")}</table:table-row></table:table>',
        "A009",
    ),
    "merged over everything": (
        '<table:table table:name="A"><table:table-row>'
        f"{text_cell('x', columns_spanned=16384, rows_spanned=1048576)}"
        "</table:table-row></table:table>",
        "A009",
    ),
    "a number that is none": (
        '<table:table table:name="A"><table:table-row table:number-rows-repeated="9e99">'
        f"{text_cell('x')}</table:table-row></table:table>",
        "A010",
    ),
    "nested without end": ("<table:table>" * 10_000, "A004"),
}


@pytest.mark.parametrize(("tables", "code"), HOSTILE.values(), ids=HOSTILE)
def test_the_same_bounds_hold_for_opendocument(tables, code, tmp_path):
    path = tmp_path / "XUT.ods"
    path.write_bytes(opendocument(tables))
    assert refusal(path) == code


def test_an_entity_in_opendocument_is_refused(tmp_path):
    path = tmp_path / "XUT.ods"
    path.write_bytes(opendocument("&x;", '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'))
    assert refusal(path) == "A004"


LOOKS = ("A316", "A317")
ANSWERS = """
    | Id              | Answer              | Legal basis | Note                 |
    | REC-01.a        | yes                 | L1 art. 3   | “named”, & here: 受害者 |
    | REC-01.b        | no                  |             |                      |
    | REC-01:law      | Partly provided for | L2 art. 4   | for  some only       |
    | REC-01:practice | partail             |             |                      |
    | REC-02:law      | =1+1                |             |                      |
    | JUS-01.a        | yes                 | L1 art. 1.10 | 50 %                |
"""


def test_libreoffice_saves_the_same_answers_as_opendocument(soffice, checklist, tmp_path):
    """With what is wrong in it: the same issues at the same cells. Saved once more by LibreOffice, it still says the same."""
    book = fill(checklist, ANSWERS)
    sheet = cell_of(book, "JUS-02", "Note")
    sheet.value = "first line\nsecond line"
    source = saved(book, tmp_path)
    expected, others = read_workbook(source, checklist)
    for kind in ("ods", "ods"):
        source = as_opendocument(soffice, source, tmp_path / f"{source.suffix[1:]}-{kind}")
        found, issues = read_workbook(source, checklist)
        assert found.answers == expected.answers
        assert found.laws == expected.laws
        assert (found.country, found.as_of, found.body) == (expected.country, expected.as_of, expected.body)
        assert [(one.code, one.at.sheet, one.at.cell, one.facts) for one in issues] == [
            (one.code, one.at.sheet, one.at.cell, one.facts) for one in others
        ]


def test_what_cells_look_like_is_named_in_opendocument_too(soffice, checklist, tmp_path):
    """A colour that stands for an answer, an answer struck out, and words struck out within a text; a colour for a whole row."""
    book = fill(checklist, ANSWERS)
    cell_of(book, "REC-01.b", "Answer").font = Font(strike=True)
    cell_of(book, "REC-01.a", "Legal basis").value = CellRichText("L1 ", TextBlock(InlineFont(strike=True), "art. 3, "), "art. 4")
    for cell in book[REC][cell_of(book, "REC-02.a", "Answer").row]:
        cell.fill = PatternFill("solid", fgColor="FF92D050")
    source = saved(book, tmp_path)
    both = [source, as_opendocument(soffice, source, tmp_path / "ods")]
    issues = [[one for one in read_workbook(path, checklist)[1] if one.code in LOOKS] for path in both]
    first, second = [[(one.code, one.at.cell, one.facts) for one in found] for found in issues]
    assert [code for code, *_ in first] == ["A316", "A316", "A317"]
    assert second == first


def as_opendocument(soffice: str, path: Path, folder: Path) -> Path:
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [soffice, profile, "--headless", "--convert-to", "ods", "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / f"{path.stem}.ods"
