"""Legal bases, elements, days, personal data: as people write them."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legcheck.labels import typed_words
from legcheck.model import Citation, Law
from legcheck.words import fold
from legcheck.workbook.citations import Register, legal_basis_of, parse_legal_basis, says_nothing
from legcheck.workbook.privacy import masked, personal_data
from legcheck.workbook.reading.vocabulary import parse_elements
from legcheck.workbook.text import address, cell_of, clean, parse_date

KEYS = Register({key: Law(key, f"The law {key}") for key in ("L1", "L2", "L12", "CP", "Const. 1978")})


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
    assert (basis.unreadable, basis.lawless, basis.unknown) == ((), (), ())


@pytest.mark.parametrize(
    ("typed", "unreadable", "lawless", "unknown"),
    [
        ("Law 29/2011 art. 3", ["Law 29/2011 art. 3"], [], []),
        ("art. 3; L1 art. 2", [], ["art. 3"], []),
        ("L9 art. 3; L1 art. 2; ?", ["?"], [], ["L9"]),
        ("CPX art. 1", ["CPX art. 1"], [], []),
        ("L13", [], [], ["L13"]),
        ("Annex I", [], ["Annex I"], []),
        ("see the law", ["see the law"], [], []),
        ("para las víctimas", ["para las víctimas"], [], []),
        ("29/2011", ["29/2011"], [], []),
    ],
)
def test_legal_bases_that_cannot_be_read(typed, unreadable, lawless, unknown):
    basis = parse_legal_basis(typed, KEYS)
    assert (list(basis.unreadable), list(basis.lawless), list(basis.unknown)) == (unreadable, lawless, unknown)


SPAIN = Register(
    {
        "L1": Law("L1", "Ley 29/2011, de 22 de septiembre, de Reconocimiento de las Víctimas", "Act on Victims", "29/2011"),
        "L2": Law("L2", "Código Penal", "Penal Code", "10/1995"),
        "L3": Law("L3", "Real Decreto 671/2013, Reglamento de la Ley 29/2011"),
        "L4": Law("L4", "Loi sur les victimes", number="3"),
        "L5": Law("L5", "Code de l'environnement"),
    }
)
NAMES = {
    "L1": [
        "L1",
        "Ley 29/2011",
        "Law 29/2011",
        "la ley n.º 29/2011",
        "LEY 29/2011, de 22 de septiembre",
        "Act on Victims",
        "29/2011",
    ],
    "L2": ["L2", "Código Penal", "codigo penal", "the Penal Code", "Ley Orgánica 10/1995"],
    "L3": ["L3", "Real Decreto 671/2013", "Royal Decree 671/2013"],
    "L4": ["L4", "loi sur les victimes"],
    "L5": ["L5", "Code de l'environnement", "code de l’environnement"],
}
SPANISH_LAWS = [(key, name) for key, names in NAMES.items() for name in names if not name.startswith(("la ", "the "))]
ARTICLES = [
    "art. 4", "artículo 4 bis, 5(2)", "s. 12", "§ 3", "§§3-5", "arts 3 to 5", "articles 3 à 5", "art. 3-5, 7", "art. 4 (a), (c)",
    "art. 4 let. a à d", "art. 3 bis à 3 quater", "art. 421-1 à 421-6", "art.4", "Annex I", "Anexo I", "annexe I", "annexe",
    "Preamble", "disposición adicional primera", "Disposición adicional 1.ª", "disposición final única", "Title IV", "alinéa 2",
    "schedule 3", "art. 7 l", "art. 9 (d)",
    "art. 4, apdo. 2, letra b)", "apartado 3", "D.A. 1.ª", "arts. 5 a 7", "inciso segundo",
]  # fmt: skip


@given(st.sampled_from([(key, name) for key, names in NAMES.items() for name in names]), st.sampled_from(ARTICLES), st.booleans())
def test_a_law_is_cited_by_its_key_number_or_title_before_or_after_its_articles(law, articles, comma):
    key, name = law
    cited = (Citation(key, articles),)
    assert parse_legal_basis(f"{name}{',' * comma} {articles}", SPAIN).citations == cited
    assert parse_legal_basis(f"{articles} of {name}", SPAIN).citations == cited
    assert parse_legal_basis(f"{articles}{',' * comma} {name}", SPAIN).citations == cited


@given(st.sampled_from([*ARTICLES, "L126-1", "L. 422-3, R. 422-6", "R*422-8", "du 5 au 8", "del 5 al 8"]))
def test_articles_without_a_law_are_those_of_the_law_meant_or_are_asked_for(articles):
    assert parse_legal_basis(articles, SPAIN, "L2").citations == (Citation("L2", articles),)
    assert parse_legal_basis(articles, SPAIN).lawless == (articles,)


@pytest.mark.parametrize(
    "typed",
    [
        "Ley 5/2000, art. 4",
        "see Ley 29/2011 and elsewhere, art. 4",
        "Law 3",
        "L1 - L3",
        "L1 to L3 art. 4",
        "L1 art. 3 of L2 art. 4",
        "L1 art. 3 and Criminal Procedure Act art. 5",
        "L1 art. 3 and 5/2000 art. 4",
        "art. 3 of L1 and art. 5 of L2",
        "art. 3 of Ley 29/2011 and art. 5 of the Código Penal",
        "L1 art. 3 as amended by L2",
    ],
)
def test_what_is_not_fully_understood_is_quoted_whole(typed):
    basis = parse_legal_basis(typed, SPAIN, "L1")
    assert (basis.citations, basis.unreadable) == ((), (typed,))


_SIGNS = [" / ", "/", " & ", "&", " + ", "; ", ";", ", ", ",", " - ", " – ", "—", "\n", ", and ", " (and ", " [", "; see ", " "]
_WORDS = [word for name in ("and", "between_laws") for word in typed_words(name)]
_OTHERS = ["to", "amending", "as amended by", "of", "|", "~", "bis", "until", "without"]
BETWEEN = [*_SIGNS, *(f" {word} " for word in (*_WORDS, *_OTHERS))]
CLOSED_BY = {"(": ")", "[": "]"}


@given(
    st.sampled_from(SPANISH_LAWS), st.sampled_from(ARTICLES[:12]), st.sampled_from(BETWEEN),
    st.sampled_from([*SPANISH_LAWS, ("", "L77"), ("", "Criminal Procedure Act"), ("", "5/2000")]), st.sampled_from(ARTICLES[:12]),
)  # fmt: skip
@settings(max_examples=1000)
def test_no_law_is_swallowed_by_the_one_before_it(first, articles, between, second, more):
    """Whatever stands between two laws, both are read with their own articles, or what is not understood is quoted."""
    closed = next((CLOSED_BY[sign] for sign in between if sign in CLOSED_BY), "")
    basis = parse_legal_basis(f"{first[1]} {articles}{between}{second[1]} {more}{closed}", SPAIN, "L1")
    both = (Citation(first[0], articles), Citation(second[0], more))
    quoted = " ".join((*basis.unreadable, *basis.lawless, *basis.unknown))
    assert basis.citations == both or second[1] in quoted or {one.law for one in basis.citations} == {first[0]} == {second[0]}


@pytest.mark.parametrize(
    "between", [" / ", " & ", "&", " + ", ", ", " and ", " et ", " y ", ", see ", " (and ", " as well as ", " i.V.m. ", " – "]
)
def test_laws_joined_as_people_join_them_are_read(between):
    closed = ")" if "(" in between else ""
    cited = (Citation("L1", "s. 3"), Citation("L2", "art. 5(2)"))
    for first in NAMES["L1"]:
        for second in NAMES["L2"]:
            assert parse_legal_basis(f"{first} s. 3{between}{second} art. 5(2){closed}", SPAIN).citations == cited


@pytest.mark.parametrize("typed", ["L1 " * 10_000, "L1 art. 1" + ",1" * 15_000, "1-" * 16_000, "A B " * 8_000, "a@" * 16_000])
def test_a_text_far_longer_than_any_legal_basis_is_quoted_whole(typed):
    found = parse_legal_basis(typed, KEYS)
    assert (found.citations, found.unreadable) == ((), (typed,))


def test_letters_of_another_width_are_read():
    assert parse_legal_basis("Ｌ１ art. ３", SPAIN).citations == (Citation("L1", "art. 3"),)


@given(st.lists(st.sampled_from([*ARTICLES, "L1", "Código Penal", "29/2011", "elsewhere", "5(2)", ";", ",", "of"]), max_size=6))
def test_every_word_of_a_legal_basis_is_read_or_quoted(words):
    """What is neither a citation nor quoted would be lost."""
    text = " ".join(words)
    basis = parse_legal_basis(text, SPAIN)
    quoted = " ".join((*basis.unreadable, *basis.lawless, *basis.unknown, *(one.articles for one in basis.citations)))
    laws = {one.law for one in basis.citations}
    for word in words:
        named = {"Código Penal": "L2", "29/2011": "L1", "L1": "L1"}.get(word, "")
        assert word in (";", ",", "of") or word in quoted or named in laws


@pytest.mark.parametrize("typed", ["-", "–", "None.", "ninguna", "Néant", "n/a"])
def test_a_word_may_say_that_there_is_no_legal_basis(typed):
    assert says_nothing(typed)
    assert not says_nothing(f"{typed} art. 3")


def test_a_law_mentioned_in_what_cannot_be_read_is_found():
    assert SPAIN.mentioned("see Ley 29/2011 and elsewhere") == "L1"
    assert SPAIN.mentioned("Ley de victimas, art. 3") == ""


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
        ("a and c", "ac"), ("a, b et d", "abd"), ("c, a, a", "ac"), ("a/b", "ab"), ("", ""), ("e.", "e"), ("a, b, and d", "abd"),
        ("a to c", "abc"), ("a à d", "abcd"), ("A À D", "abcd"), ("(a) to (c)", "abc"), ("a)-c)", "abc"),
        ("a through c; e", "abce"), ("a hasta c", "abc"), ("a) a la c)", "abc"), ("a, b y d", "abd"),
        ("(a)(c)", "ac"), ("ａ－ｃ", "abc"), ("а, с", "ac"), ("a b-d", "abcd"), ("a & c", "ac"), ("a a\u0300 c", "abc"),
    ],
)  # fmt: skip
def test_elements(typed, letters):
    assert parse_elements(typed, tuple("abcde")) == (tuple(letters), ())


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("a, z", ("z",)), ("c-a", ("c-a",)), ("all", ("all",)), ("1", ("1",)), ("a-z", ("a-z",)), ("bad", ("bad",)),
        ("a, bed", ("bed",)), ("a a d", ("a a d",)), ("d a", ("d a",)), ("a bis", ("a bis",)), ("a-c-e", ("a-c-e",)),
        ("a-", ("a-",)), ("a..c", ("a..c",)),
        ("a or c", ("a or c",)), ("from a to c", ("from a-c",)), ("not a", ("not a",)), ("a (in part)", ("a in part",)),
    ],
)  # fmt: skip
def test_elements_that_are_not_there_are_quoted_and_nothing_is_taken(typed, wrong):
    assert parse_elements(typed, tuple("abcde")) == ((), wrong)


_JOINED = st.sampled_from([", ", ",", "; ", ";", " ", "", "/", " & ", " and ", " et ", "+", ". ", "\n", " or ", " bis "])
_RANGED = st.sampled_from(["-", " - ", "–", " to ", " à ", " through ", " until ", "..", " a "])
_WRITTEN = st.sampled_from(["{}", "({})", "{})", "[{}]"])


_PARTS = st.tuples(st.sampled_from("abcdeg"), st.sampled_from(["", *"abcdeg"]), _RANGED, _WRITTEN, _JOINED)


@given(st.lists(_PARTS, min_size=1, max_size=4))
@settings(max_examples=1000)
def test_every_letter_is_read_or_the_whole_is_refused(parts):
    """However letters and ranges are joined, they mean those letters or are quoted; none is swallowed and none is added."""
    text, meant = "", set()
    for first, last, ranged, written, joined in parts:
        text += written.format(first) + (ranged + written.format(last) if last else "") + joined
        meant |= {letter for letter in "abcdefg" if first <= letter <= (last or first)}
    found, wrong = parse_elements(text, tuple("abcde"))
    assert (found and not wrong and {*found} == meant) or (wrong and not found)


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
        ("cédula 10203040", "number"),
        ("móvil 612345678", "phone"),
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


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("y\u0435s", "yes"), ("n\u043e", "no"), ("ＹＥＳ", "yes"), ("\u0410", "a"), ("\u039d\u039f", "no"), ("L\uff11", "l1")],
)
def test_letters_that_look_alike_are_alike(typed, meant):
    assert fold(typed) == meant


def test_words_of_other_scripts_stay_themselves():
    assert fold("\u0434\u0430") == "\u0434\u0430"
    assert fold("\u03bd\u03b1\u03b9") == "\u03bd\u03b1\u03b9"


def test_unseen_characters_do_not_matter():
    assert fold("\u202bNote\u202c\u200f ") == fold("note:")
    assert clean("a\u00a0b\u200b  c\r\n d_x000D_") == "a b c\nd"
