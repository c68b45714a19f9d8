"""Every text the tool shows exists in every language, with the same placeholders."""

import re
import string
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest
from babel import Locale

from legcheck.issues import RULES, Issues
from legcheck.labels import labels, languages
from legcheck.resources import bundled
from legcheck.yaml_text import read_yaml

OTHERS = [language for language in languages() if language != "en"]
COUNTS_SOMETHING = r"\{count\} (?!of |sur |de )\w"
PLURAL_FORMS = {"zero", "one", "two", "few", "many", "other"}


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def plurals(language: str) -> dict[str, dict[str, str]]:
    """The labels that depend on a number, each with its text for every plural form."""
    groups: dict[str, dict[str, str]] = defaultdict(dict)
    for key, text in labels(language).texts.items():
        parent, _, name = key.rpartition(".")
        groups[parent][name] = text
    return {parent: texts for parent, texts in groups.items() if "other" in texts and set(texts) <= PLURAL_FORMS}


def keys(language: str) -> set[str]:
    """The ids of all labels; one that depends on a number counts once, however many forms its language has."""
    among = plurals(language)
    return {key.rpartition(".")[0] if key.rpartition(".")[0] in among else key for key in labels(language).texts}


def text_of(language: str, key: str) -> str:
    return labels(language).texts.get(key) or labels(language).texts[f"{key}.other"]


@pytest.mark.parametrize("language", OTHERS)
def test_every_label_exists_in_every_language(language):
    assert keys(language) == keys("en")
    assert set(plurals(language)) == set(plurals("en"))


@pytest.mark.parametrize("language", OTHERS)
def test_every_label_fills_the_same_places(language):
    for key in keys("en"):
        assert places(text_of(language, key)) == places(text_of("en", key)), key


@pytest.mark.parametrize("language", languages())
def test_every_label_that_depends_on_a_number_reads_right_for_0_1_2_and_many(language):
    form = Locale.parse(language).plural_form
    for key, forms in plurals(language).items():
        facts = {place: "?" for text in forms.values() for place in places(text)}
        said = {count: labels(language)(key, **facts | {"count": count}) for count in (0, 1, 2, 11, 1000)}
        assert said[1] != said[2].replace("2", "1"), key
        assert all(str(count) in text for count, text in said.items() if count != 1), key
        assert (said[0] == said[1].replace("1", "0")) == (form(0) == form(1)), key


@pytest.mark.parametrize("language", languages())
def test_a_number_before_a_noun_has_plural_forms(language):
    """A label with a count has every plural form of its language, so that "1 files" is never shown."""
    single = labels(language).texts.keys() - {f"{key}.{form}" for key, forms in plurals(language).items() for form in forms}
    assert [key for key in single if re.search(COUNTS_SOMETHING, labels(language).texts[key])] == []


@pytest.mark.parametrize("language", languages())
def test_no_label_is_empty(language):
    assert [key for key, text in labels(language).texts.items() if not text.strip()] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_code_has_a_message_and_an_explanation(rule):
    assert f"issues.{rule.code}" in keys("en")
    manual = Path(__file__).parents[1] / "assessments" / "README.md"
    assert f"### {rule.code}" in manual.read_text("utf-8")


def test_codes_are_used_once():
    codes = [rule.code for rule in RULES]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize(("language", "first", "second"), [
    ("en", "1 January 2026", "2 January 2026"), ("fr", "1er janvier 2026", "2 janvier 2026"),
    ("es", "1 de enero de 2026", "2 de enero de 2026"),
])  # fmt: skip
def test_days_are_written_as_the_language_writes_them(language, first, second):
    assert (labels(language).date(date(2026, 1, 1)), labels(language).date(date(2026, 1, 2))) == (first, second)


@pytest.mark.parametrize(("language", "one", "nine", "eleven"), [
    ("en", "One further measure ", "Nine further measures ", "11 further measures "),
    ("fr", "Une autre mesure ", "Neuf autres mesures ", "11 autres mesures "),
    ("es", "El proyecto de plan contiene 1 medida más ", "El proyecto de plan contiene 9 medidas más ",
     "El proyecto de plan contiene 11 medidas más "),
])  # fmt: skip
def test_a_sentence_begins_with_the_word_for_a_number_up_to_ten(language, one, nine, eleven):
    for count, start in ((1, one), (9, nine), (11, eleven)):
        assert labels(language).opening("country_report.chapters.others", count=count).startswith(start)


def test_french_punctuation_is_kept_with_its_word():
    """A colon, semicolon, question or exclamation mark is never alone at the start of a line."""
    wrong = [key for key, text in labels("fr").texts.items() if re.search(r"\w [:;?!»](?!\S)", text)]
    assert wrong == []


def test_no_file_that_comes_with_the_program_repeats_a_key():
    files = [file for kind in ("provisions", "reports") for file in bundled(kind).rglob("*.yaml")]
    issues = Issues()
    for file in files:
        read_yaml(file, issues)
    assert not [(str(one.at), one.facts) for one in issues]
