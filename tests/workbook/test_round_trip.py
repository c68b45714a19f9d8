"""What is written is read again: in every language, after every rearrangement, through LibreOffice too."""

import io
import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from legcheck import provisions
from legcheck.labels import languages
from legcheck.model import Answer, Assessment, ElementAnswer, Heard, Law, LawStatus, Revision, Scope, Source, united
from legcheck.workbook import Form, identify, make_workbook, read_workbook
from legcheck.workbook.citations import Register, parse_legal_basis
from legcheck.workbook.text import clean
from tests.workbook.sheets import HEAD, JUS, REC, converted

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
    read, issues = read_back(make_workbook(checklist, empty, language=language, form=Form(short)), checklist, tmp_path)
    assert issues == []
    assert (read.answers, read.laws, read.language) == ({}, {}, language)
    assert read.country_name == {"en": "Spain", "fr": "Espagne", "es": "España"}[language]


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
    assert (found.language, found.form) == ("en", Form())


def test_a_workbook_of_some_chapters_is_read_as_an_assessment_with_the_others_unanswered(checklist, assessment, tmp_path):
    form = Form(chapters=("REC",), return_to="the Ministry", until=date(2026, 9, 30))
    content = make_workbook(checklist, assessment, language="en", form=form)
    read, issues = read_back(content, checklist, tmp_path)
    assert list(read.answers) == ["REC-01", "REC-02", "REC-03"]
    assert issues == []
    assert identify(tmp_path / "book.xlsx").form == Form(chapters=("REC",))


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
        laws[key] = Law(
            key, title, draw(WORDS), draw(WORDS), draw(DAYS), status, draw(DAYS), draw(DAYS), link, draw(st.booleans())
        )
    answers = {}
    for id, one in checklist.provisions.items():
        answer = draw(_answers(checklist, one, Register(laws)))
        if answer != Answer(id):
            answers[id] = answer
    name = draw(WORDS.filter(bool))
    return Assessment(
        "XUT", name, draw(st.dates(date(1900, 3, 1), date(2100, 1, 1))), checklist.id, checklist.version,
        draw(st.sampled_from(Scope)), draw(WORDS), draw(WORDS), "en", laws, answers,
        heard=tuple(draw(st.lists(st.builds(Heard, WORDS.filter(bool), WORDS, WORDS), max_size=3))),
        history=united(draw(st.lists(_revisions(checklist), max_size=3))),
    )  # fmt: skip


@st.composite
def _revisions(draw, checklist):
    """A change of a rating, of an element, or of a text."""
    provision = draw(st.sampled_from([*checklist.provisions.values()]))
    dimension = draw(st.sampled_from(checklist.dimensions))
    ratings = st.sampled_from(("", *dimension.scale_of(provision).by_key))
    fields = {dimension.key: ratings, "note": WORDS, "assistance": WORDS, "publish": st.sampled_from(["yes", "no"])}
    fields |= {f"elements.{letter}": st.sampled_from(["", "yes", "no"]) for letter in provision.letters}
    field = draw(st.sampled_from(sorted(fields)))
    if draw(st.booleans()):  # of a law, or of the assessment as a whole
        of_law = ("L1", "status", st.sampled_from(LawStatus).map(str))
        id, field, values = draw(st.sampled_from([of_law, ("L2", "title", WORDS), ("", "body", WORDS)]))
        fields[field], provision = values, replace(provision, id=id)
    day = draw(st.dates(date(1900, 3, 1), date(2100, 1, 1)))
    texts = [draw(WORDS) for _ in range(3)]
    return Revision(day, provision.id, field, draw(fields[field]), draw(fields[field]), *texts)


@st.composite
def _answers(draw, checklist, provision, register):
    ratings = {}
    for dimension in checklist.dimensions:
        rating = draw(st.sampled_from(("", *dimension.scale_of(provision).by_key)))
        if rating:
            ratings[dimension.key] = rating
    basis = draw(st.sampled_from(["", *(f"{key} art. 3 bis, 5(2)" for key in register.laws)]))
    timed = any(dimension.in_time for dimension in checklist.dimensions)
    texts = {name: draw(WORDS) for name in ("note", "to_confirm", "observations", "assistance", "assessor")}
    return Answer(
        provision.id,
        ratings,
        draw(st.sampled_from(["", "full", "none"])) if timed else "",
        {letter: one for letter in provision.letters if (one := draw(_elements(register))) != ElementAnswer()},
        basis,
        parse_legal_basis(basis, register).citations,
        **texts,
        publish=draw(st.booleans()),
    )


@st.composite
def _elements(draw, register):
    basis = draw(st.sampled_from(["", *(f"{key} art. 3" for key in register.laws)]))
    citations = parse_legal_basis(basis, register).citations
    return ElementAnswer(draw(st.sampled_from([None, True, False])), basis, citations, draw(WORDS))


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
    for name, header in ((REC, HEAD), (JUS, HEAD), ("Laws", 4), ("Consultation", 4), ("Changes", 4)):
        _rearrange(book[name], header, dice)
    if dice.random() < 0.5:
        _merge_chapters(book)
    visible = [sheet for sheet in book.worksheets if sheet.title != "_legcheck"]
    for sheet in visible:
        sheet.title = f"{sheet.title[:10]} {dice.randrange(100)}"
    book._sheets.append(book._sheets.pop(dice.randrange(len(visible))))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _merge_chapters(book) -> None:
    """Put the rows of one chapter below those of the other, under headings of their own."""
    source, target = book[JUS], book[REC]

    def headings(row) -> dict[str, int]:
        words = {str(cell.value).strip().casefold(): cell.column for cell in row if cell.value}
        return words if "id" in words else {}

    columns = next(found for row in target.iter_rows() if (found := headings(row)))
    source_of: dict[int, str] = {}
    for row in source.iter_rows():
        source_of = {column: word for word, column in headings(row).items()} or source_of
        place = target.max_row + 1
        for cell in row:
            if cell.value is not None and source_of.get(cell.column) in columns:
                twin = target.cell(place, columns[source_of[cell.column]])
                twin.value = cell.value
                if isinstance(cell.value, str):
                    twin.data_type = cell.data_type
    book.remove(source)


def _rearrange(sheet, header: int, dice: random.Random) -> None:
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    formulas = {cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"}
    above, heading, below = rows[: header - 1], rows[header - 1], rows[header:]
    below += [[None] * len(heading)] * dice.randrange(3)
    dice.shuffle(below)
    order = list(range(len(heading) + 2))
    dice.shuffle(order)
    wide = [*above, [], heading, *below]
    for merged in list(sheet.merged_cells):
        sheet.unmerge_cells(str(merged))
    sheet.delete_rows(1, sheet.max_row)
    for place, row in enumerate(wide, 1):
        for column, source in enumerate(order, 1):
            moved = header + 1 <= place
            value = (row + [None] * len(order))[source if moved else column - 1] if row else None
            cell = sheet.cell(place, column)
            cell.value = value
            if isinstance(value, str) and value not in formulas:
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
    assert (set(read.heard), read.history) == (set(assessment.heard), assessment.history)
    assert issues == []


def test_libreoffice_keeps_every_answer(checklist, assessment, soffice, tmp_path):
    """A workbook filled elsewhere is saved by LibreOffice: nothing of it is lost, and nothing is reported."""
    source = tmp_path / "book.xlsx"
    source.write_bytes(make_workbook(checklist, assessment, language="en"))
    content = converted(soffice, source, tmp_path / "out").read_bytes()
    read, issues = read_back(content, checklist, tmp_path)
    assert read == assessment
    assert issues == []
