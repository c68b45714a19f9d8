"""Every word the tool shows exists in every language, with the same places to fill."""

import re
import string
from datetime import date
from pathlib import Path

import pytest

from legcheck.issues import RULES
from legcheck.labels import labels, languages

OTHERS = [language for language in languages() if language != "en"]


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", OTHERS)
def test_every_label_exists_in_every_language(language):
    assert set(labels(language).texts) == set(labels("en").texts)


@pytest.mark.parametrize("language", OTHERS)
def test_every_label_fills_the_same_places(language):
    for key, text in labels("en").texts.items():
        assert places(labels(language).texts[key]) == places(text), key


@pytest.mark.parametrize("language", languages())
def test_no_label_is_empty(language):
    assert [key for key, text in labels(language).texts.items() if not text.strip()] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_code_has_a_message_and_an_explanation(rule):
    assert labels("en").has(f"issues.{rule.code}")
    manual = Path(__file__).parents[1] / "assessments" / "README.md"
    assert f"### {rule.code}" in manual.read_text("utf-8")


def test_codes_are_used_once():
    codes = [rule.code for rule in RULES]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize(("language", "first", "second"), [
    ("en", "1 January 2026", "2 January 2026"), ("fr", "1er janvier 2026", "2 janvier 2026"),
])  # fmt: skip
def test_days_are_written_as_the_language_writes_them(language, first, second):
    assert (labels(language).date(date(2026, 1, 1)), labels(language).date(date(2026, 1, 2))) == (first, second)


def test_french_punctuation_is_kept_with_its_word():
    """A colon, semicolon, question or exclamation mark is never alone at the start of a line."""
    wrong = [key for key, text in labels("fr").texts.items() if re.search(r"\w [:;?!»](?!\S)", text)]
    assert wrong == []
