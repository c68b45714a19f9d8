"""What is written is read again: in every language, after every rearrangement, through LibreOffice too."""

import io
import random
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from legcheck import provisions
from legcheck.labels import languages
from legcheck.model import Answer, Assessment, Law, LawStatus, Scope, Source, recorded
from legcheck.workbook import identify, make_workbook, read_workbook
from legcheck.workbook.citations import law_keys, parse_legal_basis
from legcheck.workbook.text import clean
from tests.workbook.sheets import converted

NOWHERE = Source("", "")


def read_back(content: bytes, checklist, folder: Path):
    path = folder / "book.xlsx"
    path.write_bytes(content)
    assessment, issues = read_workbook(path, checklist)
    return assessment and replace(assessment, source=NOWHERE), [(issue.code, str(issue.at)) for issue in issues]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", ["checklist", "points", "binary", "vot"])
@pytest.mark.parametrize("short", [False, True], ids=["long", "short"])
def test_a_blank_workbook_has_no_answers_and_no_issues(name, language, short, request, tmp_path):
    checklist = provisions.load("vot") if name == "vot" else request.getfixturevalue(name)
    empty = Assessment("ESP", "", date(2026, 1, 1), checklist.id, checklist.version, language=language)
    read, issues = read_back(make_workbook(checklist, empty, language=language, short=short), checklist, tmp_path)
    assert issues == []
    assert (read.answers, read.laws, read.language) == ({}, {}, language)
    assert read.country_name == {"en": "Spain", "fr": "Espagne"}[language]


@pytest.mark.parametrize("language", languages())
def test_a_filled_workbook_gives_the_same_assessment(checklist, assessment, language, tmp_path):
    spoken = replace(assessment, language=language)
    read, issues = read_back(make_workbook(checklist, spoken, language=language), checklist, tmp_path)
    assert read == spoken
    assert issues == []


def test_the_same_assessment_gives_the_same_bytes(checklist, assessment, monkeypatch):
    first = make_workbook(checklist, assessment, language="en")
    assert make_workbook(checklist, assessment, language="en") == first
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert make_workbook(checklist, assessment, language="en") != first


def test_a_workbook_knows_where_it_belongs(checklist, blank, tmp_path):
    path = tmp_path / "renamed by its reader.xlsx"
    path.write_bytes(blank)
    found = identify(path)
    assert (found.checklist, found.version, found.digest) == (checklist.id, checklist.version, checklist.digest)
    assert (found.language, found.short) == ("en", False)


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn")), max_size=40).map(clean)
DAYS = st.none() | st.dates(date(1800, 1, 1), date(2100, 1, 1))


@st.composite
def assessments(draw, checklist):
    """Assessments with any text in any field."""
    keys = draw(st.lists(st.sampled_from(["L1", "L2", "L7", "L13", "CP", "Const. 1978"]), unique=True))
    laws = {}
    for key in keys:
        status, link = draw(st.sampled_from(LawStatus)), draw(st.sampled_from(["", "https://example.org/a"]))
        title = draw(WORDS.filter(bool))
        laws[key] = Law(key, title, draw(WORDS), draw(WORDS), draw(DAYS), status, draw(DAYS), draw(DAYS), link)
    answers = {}
    for id, one in checklist.provisions.items():
        answer = draw(_answers(checklist, one, law_keys(keys)))
        if answer != Answer(id):
            answers[id] = answer
    name = draw(WORDS.filter(bool))
    return Assessment(
        "XUT", name, draw(st.dates(date(1900, 3, 1), date(2100, 1, 1))), checklist.id, checklist.version,
        draw(st.sampled_from(Scope)), draw(WORDS), draw(WORDS), "en", laws, answers,
    )  # fmt: skip


@st.composite
def _answers(draw, checklist, provision, keys):
    ratings = {}
    for dimension in checklist.dimensions:
        rating = draw(st.sampled_from(("", *dimension.scale_of(provision).by_key)))
        if rating:
            ratings[dimension.key] = rating
    basis = draw(st.sampled_from(["", *(f"{key} art. 3 bis, 5(2)" for key in keys.values())]))
    timed = any(dimension.in_time for dimension in checklist.dimensions)
    texts = {name: draw(WORDS) for name in ("note", "to_confirm", "observations", "assistance", "assessor")}
    return Answer(
        provision.id,
        ratings,
        draw(st.sampled_from(["", "full", "none"])) if timed else "",
        draw(st.none() | st.sets(st.sampled_from(provision.letters)).map(partial(recorded, letters=provision.letters))) or {}
        if provision.letters
        else {},
        basis,
        parse_legal_basis(basis, keys).citations,
        **texts,
    )


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
@pytest.mark.parametrize("name", ["checklist", "points"])
def test_any_assessment_comes_back_as_it_was(name, data, request, tmp_path):
    checklist = request.getfixturevalue(name)
    made = data.draw(assessments(checklist))
    read, _ = read_back(make_workbook(checklist, made, language="en"), checklist, tmp_path)
    assert read == made


def rearranged(content: bytes, seed: int) -> bytes:
    """The workbook after its reader sorted, inserted, moved and hid rows and columns, and renamed the sheets."""
    dice = random.Random(seed)
    book = load_workbook(io.BytesIO(content), rich_text=True)
    for name, header in (("Assessment", 3), ("Laws", 4)):
        _rearrange(book[name], header, dice)
    for sheet in book.worksheets[:4]:
        sheet.title = f"{sheet.title[:10]} {dice.randrange(100)}"
    book._sheets.append(book._sheets.pop(dice.randrange(4)))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _rearrange(sheet, header: int, dice: random.Random) -> None:
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    above, heading, below = rows[: header - 1], rows[header - 1], rows[header:]
    below += [[None] * len(heading)] * dice.randrange(3)
    dice.shuffle(below)
    order = list(range(len(heading) + 2))
    dice.shuffle(order)
    wide = [*above, [], heading, *below]
    sheet.delete_rows(1, sheet.max_row)
    for place, row in enumerate(wide, 1):
        for column, source in enumerate(order, 1):
            moved = header + 1 <= place
            value = (row + [None] * len(order))[source if moved else column - 1] if row else None
            cell = sheet.cell(place, column)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
    sheet.row_dimensions[dice.randrange(1, 12)].hidden = True
    sheet.column_dimensions["C"].hidden = True
    if dice.random() < 0.5:
        shout = sheet.cell(header + 1, 1)
        shout.value = f"  {shout.value.upper()} " if isinstance(shout.value, str) else shout.value


@pytest.mark.parametrize("seed", range(12))
def test_order_place_and_names_do_not_matter(checklist, assessment, seed, tmp_path):
    content = rearranged(make_workbook(checklist, assessment, language="en"), seed)
    read, issues = read_back(content, checklist, tmp_path)
    assert read.answers == assessment.answers
    assert dict(read.laws) == dict(assessment.laws)
    assert issues == []


def test_libreoffice_keeps_every_answer(checklist, assessment, soffice, tmp_path):
    """A workbook filled elsewhere is saved by LibreOffice: nothing of it is lost, and nothing is reported."""
    source = tmp_path / "book.xlsx"
    source.write_bytes(make_workbook(checklist, assessment, language="en"))
    content = converted(soffice, source, tmp_path / "out").read_bytes()
    read, issues = read_back(content, checklist, tmp_path)
    assert read == assessment
    assert issues == []
