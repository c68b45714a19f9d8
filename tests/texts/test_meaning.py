"""Articles that say in other words what a provision asks; without the extra, everything else works."""

import os

import pytest

from legcheck import inputs, suggestions
from legcheck.issues import InputError, Issues
from legcheck.model import Statute, StatuteArticle
from legcheck.provisions import load
from legcheck.statutes import Shelf
from legcheck.texts import meaning, meaning_known, propose
from tests.samples import FOLDER

CHECKLIST = load("vot")
# Portuguese, which the glossary does not have.
LAW = {
    "advance": (
        "",
        "Enquanto aguarda a decisão, a pessoa ferida recebe desde logo uma parte do dinheiro, por conta do que lhe couber.",
    ),
    "memory": ("", "Todos os anos, a onze de março, o país lembra em silêncio os que morreram e os que sobreviveram."),
    "budget": ("Concursos", "Os envelopes são abertos na terça-feira, na presença dos concorrentes."),
    "roads": ("Estradas", "A conservação das estradas cabe aos municípios."),
}
needed = pytest.mark.skipif(
    not meaning_known() and not os.environ.get("CI"), reason="the extra 'semantic' is not installed: meaning NOT tested"
)


def law() -> Statute:
    return Statute("A law", tuple(StatuteArticle(id, id.title(), heading, (text,)) for id, (heading, text) in LAW.items()), "pt")


def first(id: str, *, semantic: bool) -> str:
    found = propose(CHECKLIST, "en", {"L1": law()}, (id,), 5, semantic=semantic)[id]
    return found[0].article.id if found else ""


@needed
@pytest.mark.parametrize(("id", "article"), [("REP-06", "advance"), ("MEM-01", "memory")])
def test_what_says_the_same_in_other_words_comes_first(id, article):
    assert first(id, semantic=True) == article
    assert first(id, semantic=False) != article


@needed
def test_the_model_reads_each_text_once(monkeypatch):
    texts = ["Victims are heard.", "Roads are kept."]
    before = meaning.nearness({"a": ["Are victims heard?", "by the court"]}, texts)
    monkeypatch.setattr(meaning, "_model", lambda: pytest.fail("read again"))
    again = meaning.nearness({"a": ["Are victims heard?", "by the court"]}, texts)
    assert (before["a"] == again["a"]).all()
    assert before["a"][0] > before["a"][1]


@needed
def test_damaged_vectors_are_made_again(monkeypatch):
    texts, asked = ["Victims are heard."], {"a": ["Are victims heard?"]}
    before = meaning.nearness(asked, texts)
    monkeypatch.setattr(meaning, "kept", lambda name: b"short")
    assert (meaning.nearness(asked, texts)["a"] == before["a"]).all()


@needed
def test_a_law_without_articles_has_nothing_near():
    assert propose(CHECKLIST, "en", {"L1": Statute("Empty", (), "en")}, ("REP-06",), 5, semantic=True) == {"REP-06": ()}


def test_without_its_library_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(suggestions.texts, "meaning_known", lambda: False)
    (spain,) = FOLDER.glob("ESP-*.xlsx")
    with pytest.raises(InputError) as refused:
        suggestions.proposals(inputs.read(spain, None), Shelf(FOLDER, {}, Issues()), "en", semantic=True)
    (issue,) = refused.value.issues
    assert issue.code == "T302"
    assert dict(issue.facts)["command"] == 'pip install "legcheck[semantic]"'
