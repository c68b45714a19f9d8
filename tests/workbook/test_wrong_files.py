"""What people send instead of a workbook, and hostile files: each is refused with a message, none can stop the program."""

import errno
import io
import os
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

import legcheck
from legcheck.issues import InputError, Severity
from legcheck.labels import labels
from legcheck.workbook import identify, make_workbook, read_workbook
from tests.workbook.sheets import fill, rezipped, saved

SAMPLES = Path(__file__).parents[2] / "reports" / "samples"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusal(path: Path) -> tuple[str, dict[str, str]]:
    with pytest.raises(InputError) as refused:
        identify(path)
    (issue,) = refused.value.issues
    return issue.code, dict(issue.facts)


def archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, part in parts.items():
            target.writestr(name.replace("__", "/").replace("_xml", ".xml"), part)
    return out.getvalue()


def test_no_such_file(tmp_path):
    assert refusal(tmp_path / "nothing.xlsx")[0] == "A001"
    assert refusal(tmp_path / "nothing\0.xlsx")[0] == "A001"


def test_a_folder(tmp_path):
    assert refusal(tmp_path)[0] == "A002"


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".json"])
def test_a_pipe_or_a_device_is_not_waited_for(suffix, tmp_path):
    pipe, device = tmp_path / f"pipe{suffix}", tmp_path / f"device{suffix}"
    os.mkfifo(pipe)
    device.symlink_to("/dev/zero")
    for path in (pipe, device):
        with pytest.raises(InputError) as refused:
            legcheck.read(path)
        assert [issue.code for issue in refused.value.issues] == ["A023"]


@pytest.mark.parametrize("name", ["x.xlsx", "x.csv", "x.json"])
def test_a_sound_file_that_may_not_be_opened_is_not_called_damaged(name, tmp_path, monkeypatch):
    def closed(self, *words, **named):
        if self == path:
            raise PermissionError(errno.EACCES, "Permission denied")
        return opened(self, *words, **named)

    path, opened = tmp_path / name, Path.open
    path.write_text("country,as_of,provision,rating\n")
    monkeypatch.setattr(Path, "open", closed)
    with pytest.raises(InputError) as refused:
        legcheck.read(path)
    (issue,) = refused.value.issues
    assert (issue.code, issue.at.file) == ("A025", str(path))
    assert "(Permission denied)" in labels("en").message(issue)


REPORTS = sorted(file.name for file in SAMPLES.iterdir() if "action-plan" not in file.name and not file.name.startswith("comp"))


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_of_ours_is_known_as_one(name, tmp_path):
    path = tmp_path / "XUT.xlsx"
    path.write_bytes((SAMPLES / name).read_bytes())
    code, facts = refusal(path)
    assert (code, facts["kind"]) == ("A003", "@issues.kind.report")


KINDS = [
    (OLE + b"\0" * 600, ".xls"),
    (OLE + "WordDocument".encode("utf-16-le"), ".doc"),
    (archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), ".zip"),
    (archive(mimetype=b"application/vnd.oasis.opendocument.presentation"), ".odp"),
    (archive(mimetype=b"application/vnd.oasis.opendocument.text"), ".odt"),
    (archive(word__document_xml=b"<x/>"), ".docx"),
    (archive(ppt__presentation_xml=b"<x/>"), ".pptx"),
    (archive(**{"xl__workbook.bin": b"x"}), ".xlsb"),
    (archive(readme=b"x"), ".zip"),
    (b"%PDF-1.7", "PDF"),
    (b"\x89PNG\r\n", "PNG"),
    (b"\xff\xd8\xff\xe0", "JPEG"),
    (b"  <html><table>", "HTML"),
    (b"{\"format\": 1}", "JSON"),
    (b"PAR1....", "Parquet"),
    (b"country,as_of\n", ".csv, .txt"),
    (b"version https://git-lfs.github.com/spec/v1\noid", "@issues.kind.pointer"),
    (b"[InternetShortcut]\r\nURL=https://x", "@issues.kind.pointer"),
    (b"MIME-Version: 1.0\r\nSubject: x", "@issues.kind.mail"),
    (OLE + "__substg1.0_".encode("utf-16-le"), ".msg"),
    (b"\x01\x02\0\x03", "@issues.kind.unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "kind"), KINDS, ids=[kind for _, kind in KINDS])
def test_another_kind_of_file_whatever_its_name(content, kind, tmp_path):
    path = tmp_path / "XUT.xlsx"
    path.write_bytes(content)
    code, facts = refusal(path)
    assert (code, facts["kind"]) == ("A003", kind)
    assert labels("en").has(facts["remedy"].removeprefix("@"))


@pytest.mark.parametrize("content", [b"", b"\0" * 4096, b" \n"])
def test_an_empty_file(content, tmp_path):
    path = tmp_path / "XUT.xlsx"
    path.write_bytes(content)
    assert refusal(path)[0] == "A005"


def test_an_encrypted_workbook(tmp_path):
    path = tmp_path / "XUT.xlsx"
    path.write_bytes(OLE + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le"))
    assert refusal(path)[0] == "A006"


def test_an_archive_with_a_password(blank, tmp_path):
    content = bytearray(blank)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + offset] |= 1
            place = content.find(mark, place + 4)
    path = tmp_path / "XUT.xlsx"
    path.write_bytes(content)
    assert refusal(path)[0] == "A006"


@pytest.mark.parametrize("name", ["~$XUT.xlsx", ".~lock.XUT.xlsx#"])
def test_a_lock_file_names_the_workbook(name, tmp_path):
    path = tmp_path / name
    path.write_bytes(b"\x05owner" + b" " * 150)
    assert refusal(path) == ("A007", {"name": "XUT.xlsx"})


@pytest.mark.parametrize("kept", [0.3, 0.7, 0.99])
def test_a_truncated_file(blank, tmp_path, kept):
    path = tmp_path / "XUT.xlsx"
    path.write_bytes(blank[: int(len(blank) * kept)])
    assert refusal(path)[0] == "A004"


def test_a_damaged_part(blank, tmp_path):
    content = bytearray(blank)
    content[len(content) // 3] ^= 0xFF
    content[len(content) // 2] ^= 0xFF
    path = tmp_path / "XUT.xlsx"
    path.write_bytes(content)
    assert refusal(path)[0] == "A004"


def test_a_workbook_that_is_not_ours(checklist, tmp_path):
    book = Workbook()
    book.active["A1"] = "Assessment"
    assert refusal(saved(book, tmp_path))[0] == "A010"
    ours = fill(checklist, "", "")
    del ours["_legcheck"]
    assert refusal(saved(ours, tmp_path))[0] == "A010"


def test_a_workbook_of_a_later_format(checklist, tmp_path):
    book = fill(checklist, "", "")
    book["_legcheck"]["B1"] = "3"
    assert refusal(saved(book, tmp_path)) == ("A015", {"found": "3", "wanted": "2"})


@pytest.mark.parametrize("list_of", ["scope", "status"])
def test_a_word_that_the_hidden_sheet_explains_wrongly_is_no_choice(list_of, checklist, assessment, tmp_path):
    book = load_workbook(io.BytesIO(make_workbook(checklist, assessment, language="en")))
    for row in book["_legcheck"].iter_rows():
        if (row[0].value, row[1].value) == ("choice", list_of):
            row[2].value = f"see {row[2].value}"
    issues = read_workbook(saved(book, tmp_path), checklist)[1].found
    assert {issue.code for issue in issues if issue.rule.severity is Severity.ERROR} == {"A307"}


def test_the_hidden_sheet_may_have_another_name(checklist, tmp_path):
    book = fill(checklist, "", "")
    book["_legcheck"].title = "renamed"
    assert read_workbook(saved(book, tmp_path), checklist)[1].found == []


# Hostile files -------------------------------------------------------------------------------------------------------


def sheet_part(content: bytes, title: str) -> tuple[str, bytes]:
    """The part that holds a sheet."""
    book = load_workbook(io.BytesIO(content))
    place = book.sheetnames.index(title) + 1
    name = f"xl/worksheets/sheet{place}.xml"
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        return name, source.read(name)


def with_rows(blank: bytes, rows: bytes) -> bytes:
    name, part = sheet_part(blank, "Guide")
    return rezipped(blank, {name: part.replace(b"</sheetData>", rows + b"</sheetData>")})


STRAY = [
    b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    b"<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
    b'<row r = "1048576"><c t="n"\n r = "XFD1048576" s="0"><v>1</v></c></row>',
    b'<row r="1048576"><c r="xfd1048576"><v>1</v></c></row>',
    b'<row r="1048576"><c t="n"><v>1</v></c></row><row r="500"><c r="XFD500"><v>2</v></c></row>',
    b'<row r="400000"><c r="ZZ400000" t="inlineStr"><is><t>x</t></is></c></row>',
]


@pytest.mark.parametrize("rows", STRAY)
def test_a_stray_cell_far_out_is_refused_before_it_fills_the_memory(blank, tmp_path, rows):
    path = tmp_path / "XUT.xlsx"
    path.write_bytes(with_rows(blank, rows))
    assert refusal(path)[0] == "A009"


def test_merged_cells_over_the_whole_sheet(blank, tmp_path):
    name, part = sheet_part(blank, "Start")
    merged = part.replace(b'<mergeCell ref="', b'<mergeCell ref="A1:XFD1048576"/><mergeCell ref="', 1)
    path = tmp_path / "XUT.xlsx"
    path.write_bytes(rezipped(blank, {name: merged}))
    assert refusal(path)[0] == "A009"


HIDING = [
    b'<row r="1048576"><c x=">" r="XFD1048576"><v>1</v></c></row>',
    b'<!-- <c x=" --><row r="1048576"><c r="XFD1048576"><v>1</v></c></row><!-- "> -->',
    b'<?x <c y=" ?><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    b'<row r="1"><c r="AAAA1048576"><v>1</v></c></row>',
    b'<row r="115"><c r="H99999999999999999999115"><v>1</v></c></row>',
    b'<row r="1"><c r="A4294967297"><v>1</v></c></row>',
    b'<row r="1"><c x="<t" r="XFD1048576"><v>1</v></c></row>',
    b"<row r='1'><c x='>' r='XFD1048576'><v>1</v></c></row>",
    b'<row r="1048570"/><row><c><v>1</v></c></row><row r="1"><c r="XFD1"><v>1</v></c></row>',
]


@pytest.mark.parametrize("rows", HIDING)
def test_a_stray_cell_cannot_be_hidden(blank, tmp_path, rows):
    """Whatever the trick, the file is refused; each runs in its own process, so that a crash would be noticed."""
    path = tmp_path / "XUT.xlsx"
    path.write_bytes(with_rows(blank, rows))
    assert outcome(path) in ("A004", "A009")


def outcome(path: Path, memory: int = 2_000_000_000) -> str:
    """How a process that reads the file ends."""
    script = (
        "import sys, resource; from pathlib import Path\n"
        f"resource.setrlimit(resource.RLIMIT_AS, ({memory},) * 2)\n"
        "from legcheck.workbook import identify; from legcheck.issues import InputError\n"
        "try: identify(Path(sys.argv[1])); print('read')\n"
        "except InputError as error: print(error.issues[0].code)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, path], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr[-500:]
    return done.stdout.strip()


@pytest.mark.parametrize("cell", ["ALL1900", "ZZ1900", "T9999"])
def test_many_sheets_each_with_a_cell_far_out(blank, tmp_path, cell):
    """Each sheet alone would do; together they have more cells than any workbook."""
    path = tmp_path / "XUT.xlsx"
    path.write_bytes(with_sheets(blank, 150, f'<row><c r="{cell}"><v>1</v></c></row>'))
    assert refusal(path)[0] == "A009"


def test_more_sheets_than_any_workbook_has(blank, tmp_path):
    path = tmp_path / "XUT.xlsx"
    path.write_bytes(with_sheets(blank, 500, '<row r="1900"><c r="AZ1900"><v>1</v></c></row>'))
    assert refusal(path)[0] == "A008"


def with_sheets(blank: bytes, count: int, rows: str) -> bytes:
    """A workbook with as many more sheets, each with these rows."""
    with zipfile.ZipFile(io.BytesIO(blank)) as source:
        book, relations = (source.read(name).decode() for name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    listed = "".join(f'<sheet name="More {number}" sheetId="{1000 + number}" r:id="more{number}"/>' for number in range(count))
    related = "".join(
        f'<Relationship Id="more{number}" Type="{kind}" Target="worksheets/more{number}.xml"/>' for number in range(count)
    )
    sheet = f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'.encode()
    return rezipped(
        blank,
        {
            "xl/workbook.xml": book.replace("</sheets>", f"{listed}</sheets>").encode(),
            "xl/_rels/workbook.xml.rels": relations.replace("</Relationships>", f"{related}</Relationships>").encode(),
            **{f"xl/worksheets/more{number}.xml": sheet for number in range(count)},
        },
    )


@pytest.mark.parametrize(
    "rows",
    [
        b'<row r="1048576" s="3" customFormat="1"/>',
        b'<row r="1048576"><c r="XFD1048576" s="2"/></row>',
        b'<row r="1048576"><c r="XFD1048576" s="2"></c></row>',
    ],
)
def test_formats_far_out_are_harmless(blank, checklist, tmp_path, rows):
    path = tmp_path / "XUT.xlsx"
    path.write_bytes(with_rows(blank, rows))
    assert read_workbook(path, checklist)[1].found == []


def test_an_archive_that_unpacks_without_end(blank, tmp_path):
    path = tmp_path / "XUT.xlsx"
    path.write_bytes(rezipped(blank, {"xl/media/image1.xml": b" " * 60_000_000}))
    assert refusal(path)[0] == "A008"


def test_an_archive_that_lies_about_its_size(blank, tmp_path):
    """The directory says 1,000 bytes, and the part unpacks to more: no matter how much, it does not match."""
    path = tmp_path / "XUT.xlsx"
    for size in (1001, 30_000_000, 45_000_000):
        path.write_bytes(declared(rezipped(blank, {"xl/zzz.xml": b" " * size}), "xl/zzz.xml", 1000))
        assert refusal(path)[0] == "A004"


def test_a_part_whose_name_or_checksum_does_not_fit(blank, tmp_path):
    """The name where the part begins is not that in the directory, or the checksum in the directory is another."""
    path = tmp_path / "XUT.xlsx"
    renamed = blank.replace(b"xl/styles.xml", b"xl/stylez.xml", 1)
    entry = blank.rfind(b"PK\x01\x02", 0, blank.rfind(b"xl/styles.xml"))
    for content in (renamed, blank[: entry + 16] + bytes(4) + blank[entry + 20 :]):
        path.write_bytes(content)
        assert refusal(path)[0] == "A004"


def declared(content: bytes, name: str, size: int) -> bytes:
    """An archive whose directory gives another size for a part."""
    changed = bytearray(content)
    place = changed.rfind(b"PK\x01\x02", 0, changed.rfind(name.encode()))
    changed[place + 24 : place + 28] = struct.pack("<I", size)
    return bytes(changed)


def test_no_more_is_unpacked_than_an_archive_says_to_hold(blank, tmp_path):
    """The directory says 1,000 bytes, and the part unpacks to 400 million, more than the process is given."""
    path = tmp_path / "XUT.xlsx"
    path.write_bytes(declared(rezipped(blank, {"xl/zzz.xml": b" " * 400_000_000}), "xl/zzz.xml", 1000))
    assert outcome(path, memory=600_000_000) == "A004"


def test_a_part_that_is_there_twice(blank, tmp_path):
    out = io.BytesIO(blank)
    with zipfile.ZipFile(out, "a") as target, pytest.warns(UserWarning, match="Duplicate"):
        target.writestr("xl/workbook.xml", b"<x/>")
    path = tmp_path / "XUT.xlsx"
    path.write_bytes(out.getvalue())
    assert refusal(path)[0] == "A004"


def test_a_long_text_shown_in_a_great_many_cells(blank, tmp_path):
    with zipfile.ZipFile(io.BytesIO(blank)) as archive:
        shared = archive.read("xl/sharedStrings.xml")
    more = b"<si><t>short</t></si><si><t>" + b"x" * 1_000_000 + b"</t></si></sst>"
    texts = {"xl/sharedStrings.xml": shared.replace(b"</sst>", more)}
    short = shared.count(b"<si>")
    path = tmp_path / "XUT.xlsx"

    def repeat(place: int) -> None:
        cells = (b'<row r="%d"><c r="A%d" t="s"><v>%d</v></c></row>' % (row, row, place) for row in range(200, 2200))
        path.write_bytes(rezipped(with_rows(blank, b"".join(cells)), texts))

    repeat(short + 1)
    assert refusal(path)[0] == "A008"
    repeat(short)
    assert identify(path).checklist == "small"


@pytest.mark.parametrize(
    "start",
    [b"\xff\xfe", b'<!DOCTYPE a [<!ENTITY b "c">]>', b'<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd">'],
)
def test_documents_within_the_document_are_refused(blank, tmp_path, start):
    name, part = sheet_part(blank, "Guide")
    path = tmp_path / "XUT.xlsx"
    path.write_bytes(rezipped(blank, {name: start + part}))
    assert refusal(path)[0] == "A004"


@pytest.mark.parametrize("text", ['for="abc', 'author = "XFD1048576"', "r='12345'"])
def test_what_looks_like_an_address_in_a_text_is_a_text(blank, checklist, tmp_path, text):
    path = tmp_path / "XUT.xlsx"
    cell = f'<row r="300"><c r="B300" t="inlineStr"><is><t>{text}</t></is></c></row>'
    path.write_bytes(with_rows(blank, cell.encode()))
    assert [issue.code for issue in read_workbook(path, checklist)[1]] == ["A105"]


def test_a_file_larger_than_any_workbook_is_not_read(tmp_path):
    path = tmp_path / "XUT.xlsx"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    assert refusal(path)[0] == "A008"
