"""A file of any usual form read as a statute: its title, language and articles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from legcheck.files import read_bounded
from legcheck.issues import FILE_NOT_FOUND, NO_ARTICLES, STATUTE_TOO_LONG, TEXT_DAMAGED, TEXT_KIND, Location, reject
from legcheck.model import Statute
from legcheck.texts import documents, markup
from legcheck.texts.headings import headings
from legcheck.texts.lines import Line
from legcheck.texts.splitting import split
from legcheck.texts.structured import structured
from legcheck.texts.vocabulary import vocabulary

KINDS = (".md", ".txt", ".html", ".docx", ".pdf", ".xml")
_MARKDOWN, _PAGES = (".md", ".markdown"), (".html", ".htm", ".xhtml")
_LETTERS_OF_A_TITLE, _LINES_OF_A_TITLE = 12, 40
_WORDS_LOOKED_AT = 3_000
_WORD = re.compile(r"[^\W\d_]+")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def read_statute(path: Path) -> Statute:
    """The statute in a file.

    Raises:
        InputError: it cannot be read, is too large, or no articles can be told in it.
    """
    if not path.exists():
        raise reject(FILE_NOT_FOUND, Location(str(path)))
    content = read_bounded(path, vocabulary().limits.megabytes * 1_000_000, STATUTE_TOO_LONG)
    if not content.strip():
        raise reject(TEXT_DAMAGED, Location(path.name))
    statute = statute_of(path.name, content)
    if not statute.articles:
        raise reject(NO_ARTICLES, Location(path.name))
    return statute


def statute_of(name: str, content: bytes) -> Statute:
    """The statute in the content of a file.

    Raises:
        InputError: it cannot be read.
    """
    kind = _kind(name, content)
    if kind == ".pdf":
        return _statute(name, documents.pdf(name, content))
    if kind == ".docx":
        return _statute(name, documents.word(name, content))
    if kind == ".html":
        return _statute(name, *markup.web_page(content))
    if kind == ".xml":
        return _from_xml(name, content)
    text = _bounded(name, decoded(content))
    return _statute(name, *(markup.markdown(text) if kind == ".md" else (markup.plain(text),)))


def _kind(name: str, content: bytes) -> str:
    """The kind of a text by its content, and by the name of its file where that does not tell.

    Raises:
        InputError: it is of no kind that is read.
    """
    suffix = Path(name).suffix.lower()
    for begins, kind in ((b"%PDF", ".pdf"), (b"PK\x03\x04", ".docx")):
        if content.startswith(begins):
            return kind
    if b"\0" in content[:1_000] and not _is_utf16(content):
        raise reject(TEXT_KIND, Location(name), allowed=", ".join(KINDS))
    start = content[:1_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if suffix in _PAGES or start.startswith((b"<!doctype html", b"<html")) or (start.startswith(b"<?xml") and b"<html" in start):
        return ".html"
    if suffix == ".xml" or start.startswith((b"<?xml", b"<akomantoso")):
        return ".xml"
    return ".md" if suffix in _MARKDOWN else ".txt"


def decoded(content: bytes) -> str:
    """A text in UTF-8, UTF-16 with its mark, or else the usual letters of Western Europe."""
    if _is_utf16(content):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _is_utf16(content: bytes) -> bool:
    return content[:2] in (b"\xff\xfe", b"\xfe\xff")


def _bounded(name: str, text: str) -> str:
    if len(text) > vocabulary().limits.characters:
        raise reject(STATUTE_TOO_LONG, Location(name))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _from_xml(name: str, content: bytes) -> Statute:
    found = structured(name, content)
    if found.articles:
        return Statute(
            found.title, found.articles, found.language or language_of(one.text for one in found.articles), source=name
        )
    return _statute(name, [Line(one) for one in found.paragraphs], found.title, found.language)


def _statute(name: str, lines: Sequence[Line], title: str = "", language: str = "") -> Statute:
    limits, found = vocabulary().limits, headings(lines) if len(lines) <= vocabulary().limits.lines else []
    too_long = len(lines) > limits.lines or len(found) > limits.headings
    if too_long or sum(len(line.text) for line in lines) > limits.characters:
        raise reject(STATUTE_TOO_LONG, Location(name))
    spoken = language if language in vocabulary().languages else language_of(line.text for line in lines)
    return Statute(title or _title(lines), split(lines, found), spoken, source=name)


def _title(lines: Sequence[Line]) -> str:
    """The first heading that could be a title, else the first line that could."""
    first = lines[:_LINES_OF_A_TITLE]
    found = [line.text for line in (*(one for one in first if one.level), *first) if len(line.text) >= _LETTERS_OF_A_TITLE]
    return _without_what_follows(found[0]) if found else ""


def _without_what_follows(title: str) -> str:
    """A title in small letters up to words in capitals, which a PDF may join to it: who enacts the law.

    >>> _without_what_follows("Law 4/2020 on victims of terrorism THE PRESIDENT OF THE ASSEMBLY makes known")
    'Law 4/2020 on victims of terrorism'
    """
    words = title.split()
    capitals = [len(word) > 1 and word.isupper() and word.isalpha() for word in words]
    ends = (at for at in range(1, len(words) - 2) if all(capitals[at : at + 3]) and not capitals[0])
    return " ".join(words[: next(ends, len(words))])


def language_of(texts: Iterable[str]) -> str:
    """The language whose small words a text has most of; empty if it has hardly any."""
    words = list[str]()
    for text in texts:
        words += _WORD.findall(text.casefold()) + _CHINESE.findall(text)
        if len(words) > _WORDS_LOOKED_AT:
            break
    counted = Counter(words)
    by_language = {language: sum(counted[word] for word in some) for language, some in vocabulary().languages.items()}
    best = max(by_language, key=by_language.__getitem__)
    return best if by_language[best] * 50 > len(words) else ""
