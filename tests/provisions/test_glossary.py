"""The glossary: its form, its faults, and how its terms find words."""

from pathlib import Path

import pytest

from legcheck import glossary
from legcheck.glossary import Terms, covers, term
from legcheck.issues import Issues
from legcheck.provisions import check_checklist
from legcheck.resources import bundled
from legcheck.yaml_text import read_yaml

FAULTS = {
    "sound": ("victim:\n  en: [victim-, injured part-]\n  de: [-opfer-]\n", []),
    "an empty list": ("victim:\n  en: []\n", [("P104", 2)]),
    "an empty term": ("victim:\n  en:\n  - victim-\n  - ''\n", [("P104", 4)]),
    "a term of signs alone": ("victim:\n  en:\n  - victim-\n  - '--'\n", [("P104", 4)]),
    "no list": ("victim:\n  en: victim-\n", [("P104", 2)]),
    "no language": ("victim:\n  english: [victim-]\n", [("P104", 2)]),
    "an idea twice": ("victim:\n  en: [victim-]\nvictim:\n  en: [victim-]\n", [("P101", 3)]),
    "a term twice": ("victim:\n  es:\n  - víctima-\n  - Victima-\n", [("P314", 4)]),
    "a term that another covers": ("victim:\n  es:\n  - víctimas\n  - víctima-\n", [("P314", 3)]),
    "a longer term that begins with another": ("money:\n  en:\n  - advance\n  - advance payment\n", [("P314", 4)]),
}


@pytest.mark.parametrize("case", FAULTS)
def test_faults_of_a_glossary_are_named_with_their_lines(write, case):
    text, expected = FAULTS[case]
    folder = write()
    own = folder / "own"
    own.mkdir()
    for name in ("checklist.yaml", "chapters", "standards.yaml"):
        (folder / name).rename(own / name)
    (folder / "glossary.yaml").write_text(text, "utf-8")
    found = [(issue.code, issue.at.line) for issue in check_checklist(str(own)).issues]
    assert found == expected


def test_the_shipped_glossary_is_checked_with_the_shipped_checklist():
    assert not [issue for issue in check_checklist("vot").issues if Path(issue.at.file).name == glossary.FILE]
    assert {"en", "fr", "es", "de"} <= glossary.languages()


def test_every_idea_has_terms_in_the_four_languages():
    tree = read_yaml(bundled("provisions") / glossary.FILE, Issues()).tree
    assert len(tree) > 150
    assert [idea for idea, by_language in tree.items() if not {"en", "fr", "es", "de"} <= by_language.keys()] == []


@pytest.mark.parametrize(
    ("written", "words", "found"),
    [
        ("víctima-", "Las VICTIMAS del", True),
        ("victim", "victims", False),
        ("-opfer-", "Terroropferhilfe", True),
        ("-recht", "Opferrecht", True),
        ("-recht", "rechtlich", False),
        ("pago a cuenta", "un pago a cuenta", True),
        ("pago a cuenta", "pago y cuenta", False),
        ("centre d'accueil", "un centre d’accueil", True),
        ("common-law", "a common law partner", True),
        ("organisation- terroriste-", "organisations terroristes", True),
    ],
)
def test_terms_find_words(written, words, found):
    folded = glossary.WORD.findall(glossary.fold(words))
    assert bool(list(Terms({"idea": [written]}).ideas(folded))) is found


def test_an_idea_is_found_once_at_a_place_with_all_its_words():
    terms = Terms({"advance": ["a cuenta", "cuenta"], "money": ["cuenta-"]})
    assert list(terms.ideas(["pago", "a", "cuentas"])) == [("money", 2, 3)]
    assert list(terms.ideas(["a", "cuenta"])) == [("advance", 0, 2), ("advance", 1, 2), ("money", 1, 2)]


def test_terms_that_cover_others():
    pairs = {
        ("víctima-", "víctimas"): True,
        ("victims", "victim-"): False,
        ("-opfer-", "opferhilfe-"): True,
        ("-opfer", "opfer-"): False,
    }
    assert {pair: covers(*map(term, pair)) for pair in pairs} == pairs
