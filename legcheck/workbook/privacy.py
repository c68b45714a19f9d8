"""Finds what looks like personal data in free text, so that it can be removed before an assessment is passed on.

Law numbers, dates, years and amounts of money are common in such texts and are not personal data.
"""

from __future__ import annotations

import re
from functools import cache

from legcheck.words import fold

_LINK = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = (
    r"(?<![\w+])\+\d{1,3}(?:[\s().-]{0,2}\d){6,12}(?!\w)"  # +34 912 345 678
    r"|(?<![\w.,/-])0\d(?:[ .-]?\d\d){4}(?![\w.,/-])"  # 06 12 34 56 78
    r"|(?<![\w.,/-])\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?![\w.,/-])"  # (555) 123-4567
    r"|(?<![\w.,/-])\d{2,3}[ .-]\d{3}[ .-]\d{2}[ .-]\d{2}(?![\w.,/-])"  # 91 234 56 78
    r"|\b(?:WORDS)\b\.?\s*:?\s*\(?\d[\d\s().-]{4,}\d"  # tel. 912345678
)
_CURRENCIES = "EUR|USD|GBP|CHF|CFA|XAF|XOF"
_NO_CURRENCY_BEFORE = "".join(f"(?<!{code} )" for code in (*_CURRENCIES.split("|"), "[$€£]"))
_IDENTITY = (
    r"\b(?:WORDS)\b[^\d\n]{0,15}[A-Z]{0,3}\d{5,9}\b"
    r"|(?<![\w.,/-])[A-Z]{1,2}\d{6,9}[A-Z]?(?![\w/-])"  # a passport or identity card
    r"|(?<![\w.,/-])\d{8}-?[A-Z](?![\w/-])"
    r"|(?<![\w.,/-])\d{3}-\d{2}-\d{4}(?![\w/-])"
    r"|(?<![\w.,/-])[12] ?\d{2} ?\d{2} ?\d{2} ?\d{3} ?\d{3}(?: ?\d{2})?(?![\w.,/-])"
    r"|\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}\b"  # a bank account
    rf"|(?<![\w.,/$€£-]){_NO_CURRENCY_BEFORE}\d{{9,}}(?![\w.,/%-]|\s?(?:[$€£]|(?:{_CURRENCIES})\b))"
)
# A word with a capital letter and small ones; what may follow a name, such as a function.
_CAPITALISED = re.compile(r"[^\W\d_a-zß-ÿ][\w'’.-]*[a-zß-ÿ][\w'’.-]*")
_AFTER_A_NAME = re.compile(r"\s*[,;:(]|\s[–-]\s")
# Without a digit or the sign of an e-mail address there is nothing to look for.
_HINT = re.compile("[0-9@]")
# Six digits close together, or the sign of an e-mail address: most texts have neither.
_MAYBE = re.compile(r"@|(?:\d\D{0,4}){6}")


def personal_data(text: str) -> list[tuple[str, str]]:
    """What looks like personal data, each with its kind: ``mail``, ``phone`` or ``number``."""
    if (text.isascii() and _HINT.search(text) is None) or _MAYBE.search(text) is None:
        return []
    rest = _LINK.sub(" ", text)
    found: list[tuple[str, str]] = []
    for kind, pattern in _kinds():
        found += [(kind, match[0].strip()) for match in pattern.finditer(rest)]
        rest = pattern.sub(" ", rest)
    return found


def names_of_persons(text: str) -> list[dict[str, str]]:
    """The facts for messages about a name where only a body, a group or a role should stand: it cannot be told for certain."""
    titles, institutions = _words_about_names()
    if titled := titles.search(text):
        return [{"kind": "@issues.personal.name", "value": masked(titled[0])}]
    words = _AFTER_A_NAME.split(text, 1)[0].split()
    named = len(words) in (2, 3) and all(map(_CAPITALISED.fullmatch, words)) and not institutions & set(map(fold, words))
    return [{"kind": "@issues.personal.name", "value": masked(" ".join(words))}] if named else []


@cache
def _words_about_names() -> tuple[re.Pattern[str], frozenset[str]]:
    """What stands before the names of persons, and words of which the names of bodies, groups and roles are made."""
    from legcheck.labels import typed_words

    titles = "|".join(map(re.escape, typed_words("title_of_person")))
    return re.compile(rf"\b(?:{titles})\.?\s+[^\W\d_a-z][\w'’-]+"), frozenset(map(fold, typed_words("body")))


def personal_facts(text: str) -> list[dict[str, str]]:
    """The facts for messages about personal data found in a text."""
    return [{"kind": f"@issues.personal.{kind}", "value": masked(found)} for kind, found in personal_data(text)]


def masked(text: str) -> str:
    """Enough of a text to find it again, and no more."""
    return f"{text[:2]}…{text[-2:]}" if len(text) > 6 else "…"


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What to look for, with the words of every language."""
    from legcheck.labels import typed_words

    telephone, passport = ("|".join(map(re.escape, typed_words(name))) for name in ("telephone", "passport"))
    return (
        ("mail", _MAIL),
        ("phone", re.compile(_PHONE.replace("WORDS", telephone), re.IGNORECASE)),
        ("number", re.compile(_IDENTITY.replace("WORDS", passport))),
    )
