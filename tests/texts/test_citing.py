"""Citations as people write them, and what they point to."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from legcheck.issues import Issues
from legcheck.model import Reference, Statute, StatuteArticle
from legcheck.texts import references, resolve
from legcheck.texts.resolving import passage_of
from legcheck.yaml_text import read_yaml

REFUSED = "–"
CASES = {
    (language, typed): meant
    for language, some in read_yaml(Path(__file__).parent / "citations.yaml", Issues()).tree.items()
    for typed, meant in some.items()
}
WRITTEN = {
    "art. 3 bis, 5(2), annex I": ["3bis", "5(2)", "annex-1"],
    "arts 38 to 40": ["38", "39", "40"],
    "s. 18(1)(b) and (c)": ["18(1)(b)", "18(1)(c)"],
    "28(1)-(3)": ["28(1)", "28(2)", "28(3)"],
    "art. 4(a)-(c)": ["4(a)", "4(b)", "4(c)"],
    "art. 4 al. 2 let. b": ["4(2)(b)"],
    "Art. 16 Abs. 2 lit. b": ["16(2)(b)"],
    "article 5, paragraph 2": ["5(2)"],
    "artículo 4, apartado 2, letra b)": ["4(2)(b)"],
    "ст. 5 ч. 2": ["5(2)"],
    "art. 4.2 a)": ["4.2(a)"],
    "art. 4.2.b": ["4.2(b)"],
    "art. L126-1, R. 422-6": ["L126-1", "R422-6"],
    "article premier": ["1"],
    "art. IV": ["4"],
    "§§ 3 bis 5": ["3", "4", "5"],
    "arts 3, 4 y 5": ["3", "4", "5"],
    "additional provision 1, 2": ["additional-1", "additional-2"],
    "second additional provision": ["additional-2"],
    "disposición final primera": ["final-1"],
    "disposition transitoire unique": ["transitional"],
    "DF 1(2)": ["final-1(2)"],
    "final provision 1, art. 2": ["final-1", "2"],
    "annex, art. 28(1)": ["annex", "28(1)"],
    "related provision 2.1": ["related-2.1"],
    "第三条（一）": ["3(一)"],
    "المادة 5": ["5"],
}


@pytest.mark.parametrize(("typed", "found"), WRITTEN.items(), ids=WRITTEN)
def test_articles_are_read_as_people_write_them(typed, found):
    cited = references(typed)
    assert [Reference(one.article, one.passages, one.article).written for one in cited.references] == found
    assert not cited.unclear


@pytest.mark.parametrize(("language", "typed"), CASES, ids=map(" ".join, CASES))
def test_a_citation_is_read_whole_or_refused_whole(language, typed):
    cited, meant = references(typed), CASES[language, typed]
    read = ", ".join(replace(one, said=one.article).written for one in cited.references)
    assert (read or REFUSED, cited.unclear) == (meant, meant == REFUSED)


@pytest.mark.parametrize(("language", "typed"), CASES, ids=map(" ".join, CASES))
def test_no_word_of_a_citation_is_swallowed(language, typed):
    words = typed.split(" ")
    for at in range(len(words) + 1):
        cited = references(" ".join([*words[:at], "xyzzy", *words[at:]]))
        assert cited.unclear
        assert not cited.references


@given(some.text("123 .,;:-–()§°ºabcABSIVy\u00e0\u0629\u0645第条款", max_size=25))
def test_any_text_is_read_or_refused(typed):
    cited = references(typed)
    assert cited.unclear != bool(cited.references)


# How an article, its paragraph and its letter are written, and what stands before the last of several.
STYLES = (
    ("art. {}", "({})", "({})", " and "),
    ("s. {}", "({})", "({})", " and "),
    ("art. {}", " al. {}", " let. {}", " et "),
    ("artículo {}", ", apartado {}", ", letra {})", " y "),
    ("art. {}", ".{}", " {})", " y "),
    ("§ {}", " Abs. {}", " lit. {}", " und "),
    ("art.º {}", ", n.º {}", ", alínea {})", " e "),
    ("art. {}", ", comma {}", ", lett. {}", " e "),
    ("ст. {}", " ч. {}", " п. {}", " и "),
    ("المادة {}", " الفقرة {}", " ({})", " و "),
)
ARTICLES = some.tuples(
    some.one_of(some.integers(1, 999).map(str), some.sampled_from(["3 bis", "22 ter", "L126-1", "706-3"])),
    some.one_of(
        some.just(()), some.tuples(some.integers(1, 40)), some.tuples(some.integers(1, 40), some.sampled_from("abcdfgh"))
    ),
)


@given(some.sampled_from(STYLES), some.lists(ARTICLES, min_size=1, max_size=5))
def test_what_is_written_in_full_is_read_back(style, cited):
    *levels, last = style
    typed = [
        "".join(level.format(one) for level, one in zip(levels, (number, *passages), strict=False)) for number, passages in cited
    ]
    read = references(", ".join(typed[:-1]) + (last if typed[1:] else "") + typed[-1])
    assert not read.unclear
    assert [plain(one) for one in read.references] == [
        (number.replace(" ", ""), *map(str, passages)) for number, passages in cited
    ]


def plain(reference):
    """The article and passages of a reference, where ``4.2`` counts as both."""
    whole, _, passage = reference.article.partition(".")
    return (whole, *filter(None, [passage]), *reference.passages)


@given(some.sampled_from(STYLES), some.integers(20, 90), some.lists(some.integers(1, 19), min_size=2, max_size=4, unique=True))
def test_several_passages_of_an_article_are_read_back(style, number, paragraphs):
    article, paragraph, _, last = style
    first, *others = sorted(paragraphs)
    bracketed = "({})" if paragraph == "({})" else "{}"
    listed = [article.format(number) + paragraph.format(first), *map(bracketed.format, others)]
    read = references(", ".join(listed[:-1]) + last + listed[-1])
    assert [plain(one) for one in read.references] == [(str(number), str(one)) for one in sorted(paragraphs)]


@pytest.mark.parametrize("typed", ["chapter II", "Title 3", "the whole law", "preamble"])
def test_what_names_no_article_is_told(typed):
    cited = references(typed)
    assert cited.unclear
    assert not cited.references


def article(id, *paragraphs, heading=""):
    return StatuteArticle(id, f"Article {id}", heading, paragraphs)


LISTED = article("4", "1. First.", "2. Second:", "a) one;", "b) two.", "3. Third:", "a) three;", "b) four;", "c) five.")
INSIDE = article("5", "(1) The court may (a) hear them; (b) decide.", "(2) Nothing in subsection (1) or paragraph (c) matters.")
AMERICAN = article("6", "(a)", "In general", "(1)", "Words;", "(A)", "more words.", "(b)", "Other", "(1)", "End.")
PLAIN = article("7", "The first paragraph.", "The second paragraph.")


@pytest.mark.parametrize(
    ("of", "passages", "text"),
    [
        (LISTED, "", "\n".join(LISTED.paragraphs)),
        (LISTED, "1", "1. First."),
        (LISTED, "2", "2. Second:\na) one;\nb) two."),
        (LISTED, "2a", "a) one;"),
        (LISTED, "2b", "b) two."),
        (LISTED, "2c", ""),
        (LISTED, "3c", "c) five."),
        (LISTED, "4", ""),
        (INSIDE, "1b", "(b) decide."),
        (INSIDE, "1c", ""),
        (INSIDE, "c", ""),
        (AMERICAN, "a1A", "(A)\nmore words."),
        (AMERICAN, "b1", "(1)\nEnd."),
        (AMERICAN, "b2", ""),
        (PLAIN, "2", "The second paragraph."),
        (PLAIN, "3", ""),
        (PLAIN, "a", ""),
    ],
)
def test_a_passage_is_found_within_its_own_paragraph(of, passages, text):
    assert passage_of(of, tuple(passages)) == text


STATUTE = Statute(
    "A law", (article("1", "One."), LISTED, article("4bis", "More."), article("additional", "Only one."), article("annex-2"))
)


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("1-4", ["1", "4"]),
        ("4.2", ["4"]),
        ("additional provision 1", ["additional"]),
        ("annex", ["annex-2"]),
        ("annex II", ["annex-2"]),
        ("4 bis", ["4bis"]),
    ],
)
def test_numbers_mean_what_the_statute_allows(typed, ids):
    found = [one for reference in references(typed).references for one in resolve(reference, STATUTE)]
    assert [one.article.id for one in found if one.passage] == ids


def test_a_letter_after_a_number_is_the_article_s_own_unless_another_article_is_called_so():
    articles = article("4", "a) one;", "b) two."), article("4b", "More."), article("5", "One."), article("5b", "Two.")
    law = Statute("A law", articles)
    found = [one for reference in references("art. 4 b, 5 b").references for one in resolve(reference, law)]
    assert [(one.reference.written, one.article.id) for one in found] == [("4(b)", "4"), ("5 b", "5b")]


def test_a_passage_after_a_full_stop_is_shown_once():
    ((found,),) = [resolve(one, STATUTE) for one in references("art. 4.9").references]
    assert (found.reference.written, found.passage) == ("4(9)", "")


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("art. 5", "Article 4bis"),
        ("art. 4 ter", "Article 4bis"),
        ("art. 4(4)", "Article 4(3)"),
        ("art. 4(2)(c)", "Article 4(2)(b)"),
        ("annex 3", "Article annex-2"),
        ("transitional provision 1", ""),
    ],
)
def test_what_is_not_there_is_told_with_what_is_nearest(typed, nearest):
    ((found,),) = [resolve(one, STATUTE) for one in references(typed).references]
    assert not found.passage
    assert found.nearest == nearest


@given(some.lists(some.lists(some.integers(0, 4), min_size=0, max_size=4), min_size=1, max_size=6))
def test_every_number_that_exists_resolves_and_no_other(shape):
    """`shape`: for each article, for each paragraph of it, how many letters it has."""
    articles = [
        article(
            str(number), *(text for at, letters in enumerate(paragraphs, 1) for text in paragraph(at, letters)), heading="Words"
        )
        for number, paragraphs in enumerate(shape, 1)
    ]
    statute = Statute("A law", tuple(articles))

    def there(typed):
        return all(one.passage for reference in references(typed).references for one in resolve(reference, statute))

    assert not there(f"art. {len(shape) + 1}")
    for number, paragraphs in enumerate(shape, 1):
        assert there(f"art. {number}")
        assert not there(f"art. {number}({len(paragraphs) + 1})") or not paragraphs
        for at, letters in enumerate(paragraphs, 1):
            assert there(f"art. {number}({at})")
            assert all(there(f"art. {number}({at})({letter})") for letter in "abcd"[:letters])
            assert not there(f"art. {number}({at})({'abcde'[letters]})")


def paragraph(at, letters):
    return [f"{at}. Words of it:", *(f"{letter}) words;" for letter in "abcd"[:letters])]
