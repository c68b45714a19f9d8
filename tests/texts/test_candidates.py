"""The articles proposed for the provisions of a checklist: in any pair of languages, with their reasons, and never by chance."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from legcheck.model import Candidate, Statute, StatuteArticle
from legcheck.provisions import in_language, load
from legcheck.texts import propose, recall
from legcheck.texts.candidates import first_sentence

# One law of a made-up country in four languages: what each article is about, its heading and its words.
LAW = {
    "es": {
        "advance": ("Anticipos", "Quien resulte herido podrá percibir un anticipo antes de la resolución definitiva."),
        "memory": ("Memoria", "Cada año se celebrará un día de recuerdo; los monumentos se levantan con las familias."),
        "language": ("Idiomas", "La víctima que no comprenda la lengua del proceso tendrá intérprete y traducción."),
        "schools": ("Enseñanza", "Los hijos de la persona fallecida no abonan matrícula y tienen derecho a una beca."),
        "release": ("Excarcelación", "Se comunica a la víctima la puesta en libertad o la fuga del condenado."),
        "budget": ("Contratos", "La mesa abre los sobres el martes."),
    },
    "fr": {
        "advance": ("Provision", "La personne blessée peut recevoir une provision avant la décision définitive."),
        "memory": ("Mémoire", "Une journée du souvenir a lieu chaque année ; les monuments sont élevés avec les familles."),
        "language": (
            "Langues",
            "La victime qui ne comprend pas la langue du procès a un interprète et une traduction.",
        ),
        "schools": (
            "Études",
            "Les enfants de la personne décédée ne paient pas l'inscription et reçoivent une bourse.",
        ),
        "release": ("Libération", "La victime est avisée de la mise en liberté ou de l'évasion du condamné."),
        "budget": ("Marchés", "Les plis sont ouverts le mardi."),
    },
    "de": {
        "advance": ("Vorschuss", "Wer verletzt wurde, kann vor dem endgültigen Entscheid einen Kostenvorschuss erhalten."),
        "memory": ("Gedenken", "Jedes Jahr ist ein Gedenktag; Denkmäler entstehen mit den Familien."),
        "language": ("Sprache", "Wer die Sprache des Verfahrens nicht versteht, hat Anspruch auf Dolmetscher und Übersetzung."),
        "schools": ("Schule", "Die Kinder der verstorbenen Person zahlen keine Studiengebühren und erhalten ein Stipendium."),
        "release": ("Entlassung", "Das Opfer erfährt von der Entlassung oder der Flucht des Verurteilten."),
        "budget": ("Aufträge", "Die Angebote werden am Dienstag geöffnet."),
    },
    "en": {
        "advance": ("Advances", "Whoever was injured may receive an advance before the final decision."),
        "memory": ("Memory", "A day of remembrance is held every year; memorials are built with the families."),
        "language": (
            "Languages",
            "A victim who does not speak the language of the court has interpretation and translation.",
        ),
        "schools": ("Studies", "Children of the deceased pay no tuition and receive a scholarship."),
        "release": ("Release", "The victim is told of the release or escape of the convicted person."),
        "budget": ("Tenders", "Envelopes are opened on Tuesday."),
    },
}
ANSWERS = {"REP-06": "advance", "MEM-01": "memory", "JUS-06": "language", "AST-08": "schools", "INF-03": "release"}
CHECKLISTS = {"en": load("vot"), "fr": in_language(load("vot"), "fr")}


def law(language: str) -> Statute:
    articles = (StatuteArticle(id, id.title(), heading, (text,)) for id, (heading, text) in LAW[language].items())
    return Statute("A law", tuple(articles), language)


def proposed(asked: str, statutes: dict[str, Statute], *ids: str, most: int = 5) -> dict[str, tuple[Candidate, ...]]:
    return dict(propose(CHECKLISTS[asked], asked, statutes, ids, most))


@pytest.mark.parametrize("asked", CHECKLISTS)
@pytest.mark.parametrize("spoken", LAW)
def test_the_right_article_comes_first_in_every_pair_of_languages(asked, spoken):
    found = proposed(asked, {"L1": law(spoken)}, *ANSWERS)
    assert {id: some[0].article.id for id, some in found.items()} == ANSWERS


def test_a_candidate_says_what_it_has_in_common_with_the_provision_in_both_languages():
    (first, *_) = proposed("en", {"L1": law("es")}, "REP-06")["REP-06"]
    pairs = [(one.asked.casefold(), one.found.casefold()) for one in first.in_common]
    assert pairs[0][0].startswith("advance")
    assert pairs[0][1].startswith("anticipo")
    assert len({found for _, found in pairs}) == len(pairs) <= 6
    assert (first.law, first.begins) == ("L1", LAW["es"]["advance"][1])


def test_where_nothing_is_in_common_nothing_is_proposed():
    tenders = replace(law("es"), articles=(StatuteArticle("1", "Art. 1", "Sobres", ("Se abren el martes.",)),))
    assert proposed("en", {"L1": tenders}, "MEM-01") == {"MEM-01": ()}
    assert proposed("en", {}, "MEM-01") == {"MEM-01": ()}
    empty = Statute("Empty", (StatuteArticle("1", "Art. 1"),), "es")
    assert proposed("en", {"L1": empty}, "MEM-01") == {"MEM-01": ()}


def test_a_language_that_the_glossary_lacks_is_found_by_words_that_begin_alike():
    articles = (
        StatuteArticle("1", "Art. 1", "", ("Os monumentos são públicos.",)),
        StatuteArticle("2", "Art. 2", "", ("Nada.",)),
    )
    found = proposed("en", {"L1": Statute("Lei", articles, "pt")}, "PRV-06")["PRV-06"]
    assert [one.article.id for one in found] == ["1"]


def test_proposals_are_the_same_every_time_and_none_stands_twice():
    twice = replace(law("es"), articles=law("es").articles * 2)
    both = {"L1": twice, "L2": law("fr")}
    found = proposed("en", both, *CHECKLISTS["en"].provisions, most=10)
    assert found == proposed("en", both, *CHECKLISTS["en"].provisions, most=10)
    for some in found.values():
        assert len({(one.law, one.article.id) for one in some}) == len(some) <= 10
        assert [one.score for one in some] == sorted((one.score for one in some), reverse=True)
    assert {one.law for one in found["REP-06"][:2]} == {"L1", "L2"}


def test_a_word_of_a_million_letters_takes_no_longer_than_reading_it():
    hostile = StatuteArticle("1", "Art. 1", "", ("víctima" * 300_000, "anticipo " * 300_000))
    found = proposed("en", {"L1": Statute("Ley", (hostile,), "es")}, "REP-06")["REP-06"]
    assert [one.article.id for one in found] == ["1"]
    assert len(found[0].begins) < 250
    assert max(len(one.found) for one in found[0].in_common) <= 60


def test_of_articles_alike_the_first_comes_first():
    same = tuple(StatuteArticle(str(number), f"Art. {number}", "", ("Un anticipo.",)) for number in range(1, 9))
    other = StatuteArticle("9", "Art. 9", "", ("Sobres.",))
    found = proposed("en", {"L1": Statute("Ley", (*same, other), "es")}, "REP-06")["REP-06"]
    assert [one.article.id for one in found] == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize(
    ("paragraphs", "begins"),
    [
        (
            ("1. Victims have the right to be heard by the court. Nobody pays.",),
            "Victims have the right to be heard by the court.",
        ),
        (
            ("(a)", "Definitions", "In this section: a victim is anybody harmed"),
            "Definitions In this section: a victim is anybody harmed",
        ),
        (
            ("Short. Yet it goes on until here, which is far enough. More.",),
            "Short. Yet it goes on until here, which is far enough.",
        ),
        (("a) " + "word " * 100,), ("word " * 48).strip() + " …"),
        (("受害人有权获得赔偿。" * 6,), "受害人有权获得赔偿。" * 5),
        ((), ""),
    ],
)
def test_the_first_sentence_of_an_article(paragraphs, begins):
    assert first_sentence(StatuteArticle("1", "Art. 1", "", paragraphs)) == begins


def candidate(id: str) -> Candidate:
    return Candidate("L1", StatuteArticle(id, f"Art. {id}"), 1.0, (), "")


def test_recall_is_a_mean_over_provisions():
    """Of two articles cited for A, one is among the first five and both among ten; that of B comes seventh; that of C never."""
    order = tuple(candidate(str(number)) for number in range(1, 11))
    cited = {"A": {("L1", "2"), ("L1", "6")}, "B": {("L1", "7")}, "C": {("L2", "1")}}
    found = recall(dict.fromkeys(cited, order), cited)
    assert (found.provisions, found.articles, found.with_one) == (3, 4, 1)
    assert found.shares == {5: Fraction(1, 6), 10: Fraction(2, 3)}
    assert recall({}, {}).provisions == 0


@pytest.mark.parametrize(
    "left",
    ["(Derogado por Ley 3/2020, de 12 de mayo)", "Abrogé par Loi 7", "[Repealed, 2015, c. 3]", "(weggefallen)", "Sin contenido."],
)
def test_what_is_no_longer_in_force_is_never_proposed(left):
    law = Statute(
        "A law",
        (
            StatuteArticle("1", "Art. 1", "Compensation", (left,)),
            StatuteArticle("2", "Art. 2", "Compensation", ("Victims are paid.",)),
        ),
        "en",
    )
    found = propose(CHECKLISTS["en"], "en", {"L1": law}, ("REP-01",), 5)["REP-01"]
    assert [one.article.id for one in found] == ["2"]
