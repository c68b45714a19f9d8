"""The quick reader of plain workbooks finds what the careful one finds, cell by cell, or leaves the file to it."""

import re
from pathlib import Path

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as some
from openpyxl import load_workbook

from legcheck.issues import InputError
from legcheck.workbook.reading.guards import Package, open_package
from legcheck.workbook.reading.plain_sheets import read_plain_sheets
from legcheck.workbook.reading.spreadsheet import read_carefully
from tests.samples import FOLDER
from tests.workbook.sheets import converted

XUT = FOLDER / "XUT-2026-06-30.xlsx"
DECLARED, OFFICE = '<?xml version="1.0" encoding="UTF-8"?>', "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FORMATS = (
    "General",
    "0.0",
    "@",
    "yyyy-mm-dd",
    "[$-809]d mmm yyyy",
    "dd/mm/yyyy;@",
    "h:mm",
    "&quot;d&quot; 0",
    ";;;",
    "mm:ss",
    "[h]:mm",
)
OWN_FORMATS = "".join(f'<numFmt numFmtId="{170 + at}" formatCode="{code}"/>' for at, code in enumerate(FORMATS))
STYLES = "".join(f'<xf numFmtId="{id}"/>' for id in (0, 14, 22, 9, 49, *range(170, 170 + len(FORMATS))))
PARTS = {
    "[Content_Types].xml": f"{DECLARED}<Types/>",
    "_rels/.rels": (
        f'{DECLARED}<Relationships><Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>"
    ),
    "xl/workbook.xml": f'{DECLARED}<workbook><sheets><sheet name="A &amp; B" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": (
        f'{DECLARED}<Relationships><Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId3" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    ),
    "xl/styles.xml": f"{DECLARED}<styleSheet><numFmts>{OWN_FORMATS}</numFmts><cellXfs>{STYLES}</cellXfs></styleSheet>",
}
PRESERVED, LOOK = ' xml:space="preserve"', '<rPr><b/><sz val="11"/><rFont val="Arial"/></rPr>'
FORMULAS = ["", "", "<f>A1&amp;&quot;x&quot;</f>", '<f t="shared" si="0"/>', '<f t="array" ref="A1">1</f>', "<f/>"]
TEXTS = ["", "yes", " two  words ", "a&amp;b", "&lt;b&gt;", "line\nline", "&#10;x", "\tx", "&#160;x", "&#8217;", "é 漢 😀", "]]>"]
ODD_TEXTS = [
    "a\rb",
    "_x000D_",
    "_x0041_b",
    "&#13;",
    "&nbsp;",
    "&#x41;",
    "&#38;lt;",
    "&#55555;",
    "<!-- x -->",
    "<![CDATA[x]]>",
    "<?x?>",
]
NUMBERS = ["1", "45000", "61", "2958465", "1.50", "-3", "1E3", "0.1", "12345678901234567890"]
ODD_NUMBERS = ["45000.5", "0", "59", "2958466", " 45 ", "0x1", "nan", "1_0", "", "²", "1e400", "--1", "+1"]
ODD_ITEMS = ["", "<t>漢</t><rPh sb='0' eb='1'><t>kan</t></rPh>", "<r><t>one</t></r><t>two</t>", "<t>a</t><t>b</t>"]
BLANKS = ["/>", ' s="1"/>', ' t="n"/>', "></c>", ' s="1"></c>', "><f>A2</f></c>", "><f>A2</f><v></v></c>", "><v/></c>"]
ODD_CELLS = [
    't="str"/>',
    ' t="str"><v/></c>',
    "><is><t>q</t></is></c>",
    "><v>1</v><v>2</v></c>",
    ' t="b"><v>1</v></c>',
    ' t="s"><v>9</v></c>',
]
ODD_CELLS += [
    ' t="e"><v>#REF!</v></c>',
    ' t="d"><v>2020-01-01</v></c>',
    ' t="x"><v>1</v></c>',
    ' t="s"><v>-1</v></c>',
    ' t="s"><v>²</v></c>',
]
RANGE = '<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>'


def package_of(parts):
    return Package(
        Path("book.xlsx"), "", {name: part.encode() if isinstance(part, str) else part for name, part in parts.items()}
    )


def found_alike(package):
    """Whether the quick reader takes a file; if so, the careful reader must find the same in it."""
    quick = read_plain_sheets(package.parts)
    if quick is not None:
        careful = read_carefully(package)
        assert list(quick) == list(careful)
        for name, sheet in careful.items():
            assert repr(quick[name].rows) == repr(sheet.rows), name  # 1, 1.0 and True are equal, but not the same answer
            assert (quick[name].part, quick[name].formulas, quick[name].errors) == (sheet.part, sheet.formulas, sheet.errors)
            assert list(quick[name].merged) == list(sheet.merged)
    return quick is not None


@some.composite
def written(draw):
    """The table of shared texts, and a sheet: as programs write them, and in one case of two with something unusual."""
    odd = draw(some.booleans())

    def one(usual, unusual=()):
        return draw(some.sampled_from([*usual, *(unusual if odd else ())]))

    def text():
        return one(TEXTS, ODD_TEXTS)

    def item():
        space, start = one(["", PRESERVED]), one(["", LOOK])
        run = f"<t{space}>{text()}</t>"
        return one([run, f"<r>{start}{run}</r><r><t> end</t></r>", "<t/>"], ODD_ITEMS)

    def value(shared):
        style, formula = draw(some.integers(0, 8)), one(FORMULAS)
        in_cell = f' t="inlineStr">{formula}<is><t{one(["", PRESERVED])}>{text()}</t></is></c>'
        computed = f' s="{style}" t="str">{formula}<v>{text()}</v></c>'
        typed, shown = one(["", ' t="n"']), one(NUMBERS, ODD_NUMBERS)
        number = f' s="{style if not odd else style * 2}"{typed}>{formula}<v>{shown}</v></c>'
        cited = f' t="s">{formula}<v>{draw(some.integers(0, shared - 1))}</v></c>' if shared else "/>"
        return one([in_cell, computed, number, cited, cited, *BLANKS], ODD_CELLS)

    items = [item() for _ in range(draw(some.integers(0, 4)))]
    rows, number = [], 0
    for _ in range(draw(some.integers(0, 4))):
        number += one([1, 1, 2, 5], [0, -1])
        columns = sorted(draw(some.sets(some.sampled_from("ABCDZ"))), reverse=odd and draw(some.booleans()))
        cells = "".join(f'<c r="{column}{number}"{value(len(items))}' for column in columns)
        row = f'<row r="{number}" spans="1:4">{cells}</row>'
        rows.append(one([row, f'{row}<row r="{number + 1}" ht="9"/>'], [f"<row>{cells}</row>", f'<row r="{number}"/>{cells}']))
        number += rows[-1].count("<row ") - 1
    before, after = (
        one(["", '<dimension ref="A1"/>'], ["<!-- x -->", "<sheetData/>"]),
        one(["", RANGE], [RANGE.replace('"', "'")]),
    )
    sheet = f"{DECLARED}<worksheet>{before}<sheetData>{''.join(rows)}</sheetData>{after}</worksheet>"
    table = f"{DECLARED}<sst>{''.join(f'<si>{item}</si>' for item in items)}</sst>"
    return PARTS | {"xl/worksheets/sheet1.xml": sheet, "xl/sharedStrings.xml": table}


@given(written())
@settings(max_examples=400)
def test_any_cell_says_the_same(parts):
    event(f"read quickly: {found_alike(package_of(parts))}")


DAMAGED = ("worksheets/sheet1", "worksheets/sheet2", "worksheets/sheet4", "workbook", "styles", "sharedStrings")
PUT_IN = [b"", b"<", b'"', b" ", b"/", b"<c/>", b"<v>1</v>", b"<!-- -->", b"<row>", b"</row>", b"\r\n", b"&", b"1"]


@given(some.sampled_from(DAMAGED), some.integers(0, 10**6), some.integers(0, 12), some.sampled_from(PUT_IN) | some.none())
@settings(max_examples=200)
def test_a_damaged_workbook_says_the_same_or_is_left_to_the_careful_reader(name, at, length, put_in):
    parts = dict(open_package(XUT).parts)
    part = parts[f"xl/{name}.xml"]
    signs = [found.start() for found in re.finditer(rb"[<>&\"/]", part)]
    begin = at % len(signs)
    first, last = signs[begin], signs[min(begin + length, len(signs) - 1)]
    new = part[first:last] * 2 if put_in is None else put_in
    parts[f"xl/{name}.xml"] = part[:first] + new + part[last:]
    try:
        event(f"read quickly: {found_alike(package_of(parts))}")
    except InputError:
        event("only the careful reader refuses it")


# Real files ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sample", sorted(FOLDER.glob("*.xlsx")), ids=lambda path: path.stem)
def test_our_own_workbooks_are_read_quickly(sample):
    assert found_alike(open_package(sample))


def test_so_are_those_that_a_library_saves(tmp_path):
    load_workbook(XUT).save(tmp_path / "saved.xlsx")
    assert found_alike(open_package(tmp_path / "saved.xlsx"))


def test_and_those_that_a_spreadsheet_program_saves(soffice, tmp_path):
    assert found_alike(open_package(converted(soffice, XUT, tmp_path)))
