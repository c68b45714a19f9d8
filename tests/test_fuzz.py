"""Files, legal bases and checklists that nobody would write: each is read or refused with an issue, never anything else.

A short run is part of the tests; ``make fuzz`` tries many more. What it finds is kept as a case in the end.
"""

import io
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from legcheck import inputs
from legcheck.issues import InputError, Issue, Issues
from legcheck.model import Law
from legcheck.workbook.citations import Register, parse_legal_basis
from legcheck.workbook.privacy import personal_data
from legcheck.yaml_text import parse_yaml
from tests.samples import FOLDER, UTOPIA

EXAMPLES = int(os.environ.get("LEGCHECK_FUZZ", "40"))
FUZZED = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=EXAMPLES < 1_000)
SAMPLE = (FOLDER / UTOPIA).read_bytes()
# What formats are made of, and what has struck readers before.
PIECES = [
    b"<", b">", b"/>", b"</c>", b"<c", b"<row>", b"<f>", b"<v>", b"<is><t>", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<?x",
    b"&#0;", b"&x;", b"<!DOCTYPE x>", b' r="XFD1048576"', b' r="A0"', b' t="e"', b' t="s"', b' s="99999"', b"1e999", b"-1",
    b"\0", b"\xff\xfe", b"_x0000_", b"\xf0\x9f\x98\x80", b"A0:", b"../", b"'", b'"', b"9" * 30,
]  # fmt: skip


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name.endswith((".xml", ".rels"))}


PARTS = parts_of(SAMPLE)
STRUCK = ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml", "xl/styles.xml", "_rels/.rels"]
STRUCK += [f"xl/worksheets/sheet{number}.xml" for number in (1, 2, 3, 4, 20)]


@st.composite
def packages(draw: st.DrawFn) -> bytes:
    """A workbook with some of its parts cut, changed or left out."""
    parts = dict(PARTS)
    for name in draw(st.lists(st.sampled_from(STRUCK), min_size=1, max_size=3, unique=True)):
        part = bytearray(parts[name])
        for _ in range(draw(st.integers(0, 4))):
            begin = draw(st.integers(0, len(part)))
            end = draw(st.integers(begin, min(len(part), begin + 40)))
            part[begin:end] = draw(st.sampled_from(PIECES) | st.binary(max_size=8))
        parts[name] = bytes(part)
        if draw(st.integers(0, 9)) == 0:
            del parts[name]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    content = bytearray(out.getvalue())
    if draw(st.integers(0, 9)) == 0:
        place = draw(st.integers(0, len(content) - 1))
        content[place : place + draw(st.integers(0, 50))] = draw(st.binary(max_size=50))
    return bytes(content)


@contextmanager
def refused_with_issues() -> Iterator[None]:
    """Anything but a refusal that names an issue is a defect."""
    issues: tuple[Issue, ...] | None = None
    try:
        yield
    except InputError as error:
        issues = error.issues
    assert issues is None or issues


def read(content: bytes, name: str) -> None:
    """Read a file of this content."""
    path = Path(name)
    with refused_with_issues():
        for reading in inputs.readings_of(path, content=content):
            inputs.sound(reading, path)


@FUZZED
@given(packages())
def test_a_workbook_with_any_change_is_read_or_refused(content):
    read(content, "XUT.xlsx")


@FUZZED
@given(st.binary(max_size=300), st.sampled_from(["x.xlsx", "x.ods", "x.csv", "x.tsv", "x.parquet", "x.json", "x"]))
def test_any_bytes_are_read_or_refused(content, name):
    for start in (b"", b"PK\x03\x04", b"PAR1", b"{", b"country,as_of,provision,rating\n", b"\xef\xbb\xbf"):
        read(start + content, name)


REGISTER = Register({"L1": Law("L1", "Act on Victims", number="29/2011"), "CP": Law("CP", "Penal Code")})
WORDS = [
    "\n",
    *[
        "L1",
        "CP",
        "L9",
        "art.",
        "articles",
        "3",
        "bis",
        "5(2)",
        "and",
        "et",
        ";",
        ",",
        "(",
        ")",
        "–",
        "29/2011",
        "Penal",
        "Code",
        "§",
    ],
]
YAML = ["a:", "- ", "\n", "  ", "{", "}", "[", "]", "&x", "*x", "'", '"', "|", "!!x", "#", "? ", "\t", "1"]


@FUZZED
@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=60).map(" ".join))
def test_any_legal_basis_is_read_whole_or_quoted(text):
    basis = parse_legal_basis(text, REGISTER, "L1")
    assert all(one.law in REGISTER.laws for one in basis.citations)
    personal_data(text)


@FUZZED
@given(st.lists(st.sampled_from(YAML)).map("".join))
def test_any_yaml_is_read_or_refused(text):
    with refused_with_issues():
        parse_yaml(text, "x.yaml", Issues())


FOUND = {
    "a table of headings alone was refused without a word": ("x.csv", b"country,as_of,provision,rating\n"),
}


@pytest.mark.parametrize(("name", "content"), FOUND.values(), ids=FOUND)
def test_what_was_found_stays_mended(name, content):
    read(content, name)
