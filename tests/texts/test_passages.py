"""What an answer cites, as it is shown: cut at the end of a word, once, with the address of its article where there is one."""

from datetime import date

import pytest

from legcheck import statutes
from legcheck.issues import Issues
from legcheck.model import Answer, Assessment, Citation, ElementAnswer, Law, LawStatus, Statute, StatuteArticle
from legcheck.texts import article_link, differing, shortened

BOE, CANADA = "https://www.boe.es/eli/es/l/2011/09/22/29", "https://laws-lois.justice.gc.ca/eng/acts/C-23.7/"
LINKS = {
    (BOE, "3"): f"{BOE}/con#a3",
    (f"{BOE}/con", "3"): f"{BOE}/con#a3",
    (BOE, "31"): BOE,
    (BOE, "3bis"): BOE,
    ("https://www.boe.es/buscar/act.php?id=BOE-A-2011-15039&tn=1", "9"): "https://www.boe.es/buscar/act.php?id=BOE-A-2011-15039#a9",
    (CANADA, "6"): f"{CANADA}section-6.html",
    ("https://laws-lois.justice.gc.ca/fra/lois/C-46/page-1.html", "83.01"): "https://laws-lois.justice.gc.ca/fra/lois/C-46/article-83.01.html",
    ("https://www.legislation.gov.uk/ukpga/2000/11/contents", "11"): "https://www.legislation.gov.uk/ukpga/2000/11/section/11",
    ("https://www.gesetze-im-internet.de/stgb/", "129a"): "https://www.gesetze-im-internet.de/stgb/__129a.html",
    ("https://www.fedlex.admin.ch/eli/cc/2008/232/de", "2"): "https://www.fedlex.admin.ch/eli/cc/2008/232/de#art_2",
    ("http://data.europa.eu/eli/dir/2012/29/oj", "8"): "http://data.europa.eu/eli/dir/2012/29/art_8/oj",
    ("https://example.org/law", "3"): "https://example.org/law",
    ("javascript:alert(1)//https://www.boe.es/eli/es/l", "3"): "javascript:alert(1)//https://www.boe.es/eli/es/l",
    ("", "3"): "",
}  # fmt: skip

ACT = Statute(
    "Help Act",
    (
        StatuteArticle("1", "Section 1", "Aim", ("This Act helps everybody who was harmed.",)),
        StatuteArticle("2", "Section 2", "Care", (
            "(1) Care begins at once.", "(2) It is free:", "(a) for the injured;", "(b) for all.")),
        StatuteArticle("3", "", "", ("Long words. " * 100,)),
    ),
    language="en",
    country="XUT",
    law="L1",
)  # fmt: skip


def shown(*basis, language="en", elements=()):
    """The passages of an answer that cites these articles of the act."""
    answer = Answer(
        "GEN-01",
        citations=tuple(Citation("L1", articles) for articles in basis),
        elements={letter: ElementAnswer(True, citations=(Citation("L1", articles),)) for letter, articles in elements},
    )
    law = Law("L1", "Help Act", status=LawStatus.IN_FORCE, link=CANADA)
    of = Assessment("XUT", "", date(2026, 1, 1), "vot", "1", laws={"L1": law}, answers={"GEN-01": answer})
    act = Statute(ACT.title, ACT.articles, language, None, "XUT", "L1")
    return statutes.passages(of, statutes.Shelf(None, {"act.md": act}, Issues())).get("GEN-01", ())


@pytest.mark.parametrize("written", LINKS)
def test_an_article_has_an_address_where_its_publisher_has_a_scheme(written):
    assert article_link(*written) == LINKS[written]


def test_a_long_passage_is_cut_at_the_end_of_a_word():
    cut = shortened("Long words. " * 100)
    assert cut.endswith(("Long\u00a0…", "words.\u00a0…"))
    assert len(cut) <= 502
    assert shortened("Short.") == "Short."
    assert len(shortened("受" * 900)) == 502, "a script without spaces is cut anywhere"


def test_a_passage_says_where_it_stands():
    (one,) = shown("2(2)(a)")
    assert (one.named, one.text, one.language) == ("L1 2(2)(a) · Section 2 · Care", "(a) for the injured;", "en")
    assert one.link == f"{CANADA}section-2.html"
    (bare,) = shown("3")
    assert bare.named == "L1 3", "somebody mended the text, and left out the words for the article"


def test_each_passage_stands_once_and_none_within_another():
    assert [one.written for one in shown("1, 2(1)", elements=[("a", "1"), ("b", "2"), ("c", "2(2)(b)")])] == ["1", "2"]
    assert [one.written for one in shown("2(1), 2(2)(b)")] == ["2(1)", "2(2)(b)"]


def test_what_is_not_in_the_text_is_not_shown():
    assert shown("7, 2(9)") == ()


@pytest.mark.parametrize("language", ['en" onload="x', "English", "-", "e"])
def test_a_language_that_is_none_is_not_passed_on(language):
    assert shown("1", language=language)[0].language == ""


def test_what_two_texts_say_differently_stands_side_by_side():
    same = "It is paid to whoever was harmed by the act and to the families, "
    before, after = differing(f"{same}in ten days. {same}", f"{same}within a month. {same}")
    assert before == "… the act and to the families, in ten days. It is paid to whoever was …"
    assert after == "… the act and to the families, within a month. It is paid to whoever was …"
    assert differing("", "It is new.") == ("", "It is new.")


def test_a_passage_names_the_elements_that_cite_it():
    (one,) = shown("1", elements=[("a", "1"), ("c", "1")])
    assert one.letters == ("a", "c")
    first, _ = shown("2, 3", elements=[("b", "2(1)")])
    assert first.letters == ("b",)
