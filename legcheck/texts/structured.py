"""Statutes in XML that marks their articles: Akoma Ntoso, the Justice Laws of Canada, USLM and those like them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from legcheck.issues import TEXT_DAMAGED, Location, reject
from legcheck.model import StatuteArticle
from legcheck.texts.lines import clean
from legcheck.texts.numbering import canonical, latin_words

_ARTICLES = ("Section", "article", "section", "Article")
_NUMBERS = frozenset(("num", "Label", "enum", "No.ARTICLE"))
_HEADINGS = frozenset(("heading", "MarginalNote"))
_NOT_TEXT = frozenset(("HistoricalNote", "meta", "note", "authorialNote", "sourceCredit"))
_BLOCKS = frozenset(
    ("p", "Text", "content", "chapeau", "intro", "wrapUp", "continuation", "Definition", "ContinuedSectionSubsection")
)
_QUOTED = frozenset(
    ("RecentAmendments", "quotedStructure", "embeddedStructure", "mod", "AmendedText", "quotedContent", "Schedule")
)
_RELATED = "RelatedOrNotInForce"
_TITLES = ("ShortTitle", "docTitle", "shortTitle", "title", "LongTitle", "longTitle", "officialTitle")
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True)
class Structured:
    """What an XML file says of itself, and its articles; without any, its text has to be split as another would be."""

    title: str
    language: str
    articles: tuple[StatuteArticle, ...]
    paragraphs: tuple[str, ...] = ()


def structured(name: str, content: bytes) -> Structured:
    """The articles of a statute in XML. No entity is followed and nothing is fetched.

    Raises:
        InputError: it is damaged, or nested or expanding without measure.
    """
    from lxml import etree

    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))
    except etree.XMLSyntaxError:
        raise reject(TEXT_DAMAGED, Location(name)) from None
    title = next((clean(_text(one)) for tag in _TITLES for one in root.iter(f"{{*}}{tag}") if _text(one).strip()), "")
    language = str(root.get(_XML_LANG) or "")
    language = language or next((one.get("language", "") for one in root.iter("{*}FRBRlanguage")), "")
    best = max((tuple(_articles(root, tag)) for tag in _ARTICLES), key=len)
    return Structured(title, _short(language), best, () if best else tuple(_Text().of(root)))


def _short(language: str) -> str:
    return {"eng": "en", "fra": "fr", "spa": "es", "deu": "de", "ita": "it", "por": "pt"}.get(language, language[:2].lower())


def _local(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _text(element: Any) -> str:
    return "".join(element.itertext())


def _articles(root: Any, tag: str) -> Iterator[StatuteArticle]:
    """The numbered elements of a name outside what is quoted."""
    pattern = re.compile(rf"([A-Z]{{1,2}}\*?\.?\s?)?\d[\w.\-–]*(?:\s(?:{latin_words()}))?")
    for element in root.iter(f"{{*}}{tag}"):
        around = {_local(one) for one in element.iterancestors()}
        number = next((one for one in element if _local(one) in _NUMBERS), None)
        outside = _RELATED in around or not around & _QUOTED
        found = pattern.search(_text(number)) if number is not None and outside else None
        if found:
            id = canonical(found[0].replace("*", "").rstrip(".-–"))
            heading = next((clean(_text(one)) for one in element if _local(one) in _HEADINGS), "")
            paragraphs = tuple(_Text().of(element))
            yield StatuteArticle(f"related-{id}" if _RELATED in around else id, clean(_text(number)), heading, paragraphs)


@dataclass
class _Text:
    """Gathers the paragraphs of an element: each of its numbered parts and blocks of text is one."""

    paragraphs: list[str] = field(default_factory=list)
    current: list[str] = field(default_factory=list)
    held: bool = False

    def of(self, element: Any) -> list[str]:
        """The paragraphs inside an element, without its own number and heading."""
        self._inside(element, own=True)
        self._end()
        return self.paragraphs

    def _inside(self, element: Any, *, own: bool = False) -> None:
        number = next((one for one in element if _local(one) in _NUMBERS), None)
        if not own and (number is not None or _local(element) in _BLOCKS) and not self.held:
            self._end()
        if number is not None and not own:
            self.current.append(_text(number) + " ")
            self.held = True
        self._add(element.text)
        for one in element:
            name = _local(one)
            if name in _NUMBERS or name in _NOT_TEXT or (own and name in _HEADINGS) or not name:
                pass
            elif name in _HEADINGS:
                self._add(f"{_text(one)} ")
            else:
                self._inside(one)
            self._add(one.tail)

    def _add(self, text: str | None) -> None:
        if text and text.strip():
            self.current.append(text)
            self.held = False
        elif text:
            self.current.append(" ")

    def _end(self) -> None:
        if text := clean("".join(self.current)):
            self.paragraphs.append(text)
        self.current.clear()
