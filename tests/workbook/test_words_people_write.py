"""Legal bases, elements, days, personal data: as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legcheck.model import Citation, Law
from legcheck.words import fold
from legcheck.workbook.citations import law_keys, law_meant, legal_basis_of, parse_legal_basis
from legcheck.workbook.privacy import masked, personal_data
from legcheck.workbook.reading.vocabulary import parse_elements
from legcheck.workbook.text import address, cell_of, clean, parse_date

KEYS = law_keys(["L1", "L2", "L12", "CP", "Const. 1978"])


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("L1 art. 3 bis, 5(2); L2 art. 12", [("L1", "art. 3 bis, 5(2)"), ("L2", "art. 12")]),
        ("L1: art. 3", [("L1", "art. 3")]),
        ("l 1 §§ 3-5", [("L1", "§§ 3-5")]),
        ("L1, arts. 3 and 4", [("L1", "arts. 3 and 4")]),
        ("(L1) s. 12", [("L1", "s. 12")]),
        ("L1", [("L1", "")]),
        ("L12 article 1.10", [("L12", "article 1.10")]),
        ("L1 art. 3, L2 art. 4", [("L1", "art. 3"), ("L2", "art. 4")]),
        ("L1 art. 3 et L2 art. 4", [("L1", "art. 3"), ("L2", "art. 4")]),
        ("L1 art. 3\nL2 art. 4;", [("L1", "art. 3"), ("L2", "art. 4")]),
        ("L1 art. 3; art. 5", [("L1", "art. 3; art. 5")]),
        ("L1 art. L126-1, L422-1", [("L1", "art. L126-1, L422-1")]),
        ("CP art. 5", [("CP", "art. 5")]),
        ("cp, 5-7", [("CP", "5-7")]),
        ("Const. 1978 art. 24", [("Const. 1978", "art. 24")]),
        ("L1 – art. 3", [("L1", "art. 3")]),
    ],
)
def test_legal_bases(typed, found):
    basis = parse_legal_basis(typed, KEYS)
    assert [(one.law, one.articles) for one in basis.citations] == found
    assert (basis.unreadable, basis.unknown) == ((), ())


@pytest.mark.parametrize(
    ("typed", "unreadable", "unknown"),
    [
        ("Law 29/2011 art. 3", ["Law 29/2011 art. 3"], []),
        ("art. 3; L1 art. 2", ["art. 3"], []),
        ("L9 art. 3; L1 art. 2; ?", ["?"], ["L9"]),
        ("CPX art. 1", ["CPX art. 1"], []),
        ("L13", [], ["L13"]),
    ],
)
def test_legal_bases_that_cannot_be_read(typed, unreadable, unknown):
    basis = parse_legal_basis(typed, KEYS)
    assert (list(basis.unreadable), list(basis.unknown)) == (unreadable, unknown)


def test_a_law_named_by_its_number_is_recognised():
    laws = {"L1": Law("L1", "Ley de víctimas", number="29/2011"), "L2": Law("L2", "Otra")}
    assert law_meant("Law 29/2011 art. 3", laws) == "L1"
    assert law_meant("Ley de victimas, art. 3", laws) == "L1"
    assert law_meant("art. 3", laws) == ""


def test_citations_are_written_as_they_are_read():
    citations = (Citation("L1", "art. 3 bis, 5(2)"), Citation("CP", ""), Citation("L2", "s. 1"))
    assert parse_legal_basis(legal_basis_of(citations), KEYS).citations == citations


@given(st.text(max_size=60))
def test_any_text_can_be_looked_at(text):
    parse_legal_basis(text, KEYS)
    parse_elements(text, ("a", "b", "c"))
    personal_data(text)
    assert clean(clean(text)) == clean(text)
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("typed", "letters"),
    [
        ("a, c", "ac"), ("a c", "ac"), ("ac", "ac"), ("A;C", "ac"), ("a-c", "abc"), ("a – c, e", "abce"), ("a) c)", "ac"),
        ("a and c", "ac"), ("a, b et d", "abd"), ("c, a, a", "ac"), ("a/b", "ab"), ("", ""), ("e.", "e"),
    ],
)  # fmt: skip
def test_elements(typed, letters):
    assert parse_elements(typed, tuple("abcde")) == (tuple(letters), ())


@pytest.mark.parametrize(
    ("typed", "wrong"), [("a, z", ("z",)), ("c-a", ("c-a",)), ("all", ("all",)), ("1", ("1",)), ("a-z", ("a-z",))]
)
def test_elements_that_are_not_there(typed, wrong):
    assert parse_elements(typed, tuple("abcde"))[1] == wrong


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2011-09-22", date(2011, 9, 22)),
        ("2011/9/2", date(2011, 9, 2)),
        ("22.9.2011", date(2011, 9, 22)),
        ("2011-09-22 00:00:00", date(2011, 9, 22)),
    ],
)
def test_days(typed, day):
    assert parse_date(typed) == day


@pytest.mark.parametrize("day", [date(1905, 7, 16), "05/06/2011", "2011", "", "22.09.11", "0000-01-01"])
def test_days_that_are_none(day):
    with pytest.raises(ValueError, match=r".*"):
        parse_date(day)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Write to j.doe@justice.example.org", "mail"),
        ("Call +34 912 345 678", "phone"),
        ("06 12 34 56 78", "phone"),
        ("(555) 123-4567", "phone"),
        ("tel. 912345678", "phone"),
        ("91 234 56 78", "phone"),
        ("passport no. AB1234567", "number"),
        ("pasaporte: 1234567", "number"),
        ("DNI 12345678Z", "number"),
        ("SSN 123-45-6789", "number"),
        ("2 95 07 75 123 456 78", "number"),
        ("ES91 2100 0418 4502 0005 1332", "number"),
        ("file 1234567890123", "number"),
    ],
)
def test_what_looks_like_personal_data(text, kind):
    assert [found for found, _ in personal_data(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Law 29/2011, art. 3 bis, 5(2), and Decree 671/2013",
        "BOE-A-2011-15039 of 22 September 2011",
        "from 2011-09-22 to 2013/09/06, or 22.09.2011",
        "500,000 to 1,500,000 euros; 250 000 000 francs; EUR 500000000; 500000000 EUR",
        "articles 12-15, 126-1 to 126-14, L422-1",
        "A/RES/40/34, CETS196, 32012L0029, S/RES/2331 (2016)",
        "https://www.boe.es/buscar/act.php?id=BOE-A-2011-15039&p=201109221234",
        "LEGIARTI000006795 and JORFTEXT000000321",
        "10 of 12 victims in 2010, 2011 and 2012; 1 200 persons",
        "75.5 %; 1.10; 3 (a) (ii)",
    ],
)
def test_what_does_not(text):
    assert personal_data(text) == []


def test_found_data_is_never_repeated_in_full():
    assert masked("j.doe@example.org") == "j.…rg"


@given(st.integers(0, 20_000), st.integers(0, 16_383))
def test_addresses_are_those_of_a_spreadsheet(row, column):
    assert cell_of(address(row, column)) == (row, column)


def test_unseen_characters_do_not_matter():
    assert fold("\u202bNote\u202c\u200f ") == fold("note:")
    assert clean("a\u00a0b\u200b  c\r\n d_x000D_") == "a b c\nd"
