"""The register of standards in every language, and the names in examples of national law."""

from __future__ import annotations

import re

import pytest
import yaml
from babel import Locale

from legcheck.issues import Issues
from legcheck.labels import DEFAULT, languages
from legcheck.provisions import in_language, load
from legcheck.provisions.files import read_files
from legcheck.provisions.translate import current_translations, texts_of
from legcheck.resources import bundled

OTHERS = sorted({*languages()} - {DEFAULT})
WORKING_NOTES = {
    "en": r"not (?:seen|said|known|confirmed|mentioned|listed)|nothing (?:on|known)|as such|\bno rule\b|[,(;]\s*not\b",
    "fr": r"non (?:consulté|confirmé|vu)|rien (?:sur|de connu)|pas dite|en tant que tel|aucune règle"
    r"|[,(;]\s*(?:non (?:un|d|les|information)|ne porte)",
    "es": r"no (?:consultad|confirmad|vist)[oa]|nada (?:sobre|conocido)|no se (?:dice|menciona)|como tal|ninguna (?:norma|regla)",
}


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_of_the_register_has_a_current_translation(language):
    files = read_files(bundled("provisions") / "vot" / "checklist.yaml", Issues())
    register = {"standards": files.standards()}
    assert current_translations(register, files.register_locales[language]).keys() == texts_of(register).keys()
    assert len(texts_of(register)) > 500


@pytest.mark.parametrize("language", languages())
def test_subjects_say_what_an_article_is_about_and_not_what_the_register_notes(language):
    shown = in_language(load("vot"), language)
    every = [(f"{one.key} {number}", said.subject) for one in shown.instruments for number, said in one.articles.items()]
    assert len(every) > 250
    assert [one for one in every if re.search(WORKING_NOTES[language], one[1])] == []


@pytest.mark.parametrize("language", OTHERS)
def test_titles_and_numbers_that_are_words_are_not_left_in_the_source_language(language):
    source, shown = load("vot"), in_language(load("vot"), language)
    assert not shown.untranslated
    for one, other in zip(source.instruments, shown.instruments, strict=True):
        assert (one.key, one.title) != (other.key, other.title)
        numbers = {number: article.number for number, article in other.articles.items()}
        worded = {number for number in numbers if re.search("[a-z]{4}|GP", number)}
        assert {number for number, said in numbers.items() if said != number} == worded, one.key


@pytest.mark.parametrize("language", OTHERS)
def test_countries_have_their_usual_names(language):
    here, there = Locale.parse(DEFAULT).territories, Locale.parse(language).territories
    names = {name: there[code] for code, name in here.items() if code in there}
    path = bundled("provisions") / "vot" / "measures" / "locale" / language / "examples.yaml"
    entries = yaml.safe_load(path.read_text("utf-8"))["texts"]
    shown = {id.removeprefix("country."): one["text"] for id, one in entries.items() if id.startswith("country.")}
    usual = {name: (text.partition(" (")[0], names[name.partition(" (")[0]]) for name, text in shown.items()}
    assert len(usual) > 10
    assert {name: pair for name, pair in usual.items() if pair[0] != pair[1]} == {}
    source = load("vot").provisions
    for id, provision in in_language(load("vot"), language).provisions.items():
        for one, other in zip(source[id].practice, provision.practice, strict=True):
            country = re.split(r", | \(", one)[0]
            assert re.split(r", | \(", other)[0] == names[country], other
