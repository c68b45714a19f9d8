"""Worksheets drawn as text: what people type into a workbook, and what a sheet shows."""

import io
import subprocess
import zipfile
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook, load_workbook
from pypdf import PdfReader

from legcheck.model import Assessment, Checklist, Heard, Revision
from legcheck.workbook import make_workbook, read_workbook

REC, JUS = "REC Chapter REC", "JUS Chapter JUS"
"""The names of the sheets of the chapters in the small checklists."""
HEAD = 2
"""The row of the headings on the sheet of a chapter."""
_HEADER_AND_FOOTER = 25
"""More words than stand around a page."""
LAWS = """
    | Key | Title                  | Status   | In force since |
    | L1  | Act on Victims         | in force | 2016-06-01     |
    | L2  | Code of Procedure      |          |                |
"""


def drawn(picture: str) -> list[dict[str, str]]:
    """The rows of a drawn table by heading."""
    lines = [line.strip().strip("|").split("|") for line in picture.strip().splitlines() if line.strip()]
    headings, *rows = [[cell.strip() for cell in line] for line in lines]
    return [dict(zip(headings, row, strict=True)) for row in rows]


def draw(sheet) -> str:
    """A sheet as text, one line per row, without blank rows."""
    rows = [[_text(cell.value) for cell in row] for row in sheet.iter_rows()]
    shown = [" | ".join(cells).rstrip(" |") for cells in rows if any(cells)]
    return "\n".join(shown)


def _text(value) -> str:
    if isinstance(value, datetime):
        value = value.date()
    return " ".join(str("" if value is None else value).split())


def fill(
    checklist: Checklist,
    answers: str = "",
    laws: str = LAWS,
    history: tuple[Revision, ...] = (),
    heard: tuple[Heard, ...] = (),
    **start,
) -> Workbook:
    """A blank workbook with the drawn cells filled in."""
    empty = Assessment("XUT", "Utopia", date(2026, 1, 1), checklist.id, checklist.version, history=history, heard=heard)
    book = load_workbook(io.BytesIO(make_workbook(checklist, empty, language="en")), rich_text=True)
    for row in drawn(answers) if answers else []:
        type_rows(sheet_of(book, row["Id"]), HEAD, "Id", [row])
    type_rows(book["Laws"], 4, "Key", drawn(laws) if laws else [])
    for label, value in start.items():
        cell = cell_beside(book["Start"], label.replace("_", " "))
        cell.value = value
    return book


def sheet_of(book: Workbook, id: str):
    """The sheet of the chapter that a row belongs to."""
    return next(sheet for sheet in book if sheet.title.split()[0] == id.partition("-")[0])


def type_rows(sheet, header: int, id_heading: str, rows: list[dict[str, str]]) -> None:
    """Type rows into the columns of their headings; rows are found by id."""
    columns = {cell.value: cell.column for cell in sheet[header]}
    for row in rows:
        place = _row_of(sheet, header, columns, id_heading, row)
        for heading, text in row.items():
            if heading != id_heading:
                sheet.cell(place, columns[heading]).value = text or None


def _row_of(sheet, header: int, columns: dict, id_heading: str, row: dict[str, str]) -> int:
    column = columns[id_heading]
    for place in range(header + 1, sheet.max_row + 1):
        if sheet.cell(place, column).value == row[id_heading]:
            return place
    raise AssertionError(f"no row {row[id_heading]}")


def cell_beside(sheet, label: str):
    """The cell to the right of a label."""
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.casefold() == label.casefold():
                return sheet.cell(cell.row, cell.column + 1)
    raise AssertionError(f"no label {label}")


def cell_of(book: Workbook, id: str, heading: str):
    """The cell of a row under a heading."""
    sheet = sheet_of(book, id)
    columns = {cell.value: cell.column for cell in sheet[HEAD]}
    return sheet.cell(_row_of(sheet, HEAD, columns, "Id", {"Id": id}), columns[heading])


def saved(book: Workbook, folder: Path, name: str = "XUT.xlsx") -> Path:
    """The workbook as a file."""
    path = folder / name
    book.save(path)
    return path


def codes(book: Workbook, checklist: Checklist, folder: Path) -> list[tuple[str, str]]:
    """Code and cell of every issue found in a workbook."""
    _, issues = read_workbook(saved(book, folder), checklist)
    return [(issue.code, issue.at.cell) for issue in issues]


def rezipped(content: bytes, parts: dict[str, bytes | None], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A workbook file with some of its parts replaced, or removed where None."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", compression) as target:
        for name in source.namelist():
            if name not in parts:
                target.writestr(name, source.read(name))
        for name, part in parts.items():
            if part is not None:
                target.writestr(name, part)
    return out.getvalue()


def converted(soffice: str, path: Path, folder: Path) -> Path:
    """The workbook or document as LibreOffice saves it, with a profile of its own so that nothing else is disturbed."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [soffice, profile, "--headless", "--convert-to", path.suffix[1:], "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / path.name


def empty_pages(soffice: str, path: Path) -> list[int]:
    """The pages with nothing between header and footer where LibreOffice prints a workbook."""
    command = [soffice, f"-env:UserInstallation=file://{path.parent}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(path.parent), str(path)], check=True, capture_output=True, timeout=180)
    pages = [page.extract_text().split() for page in PdfReader(path.with_suffix(".pdf")).pages]
    return [number for number, words in enumerate(pages, 1) if len(words) < _HEADER_AND_FOOTER]
