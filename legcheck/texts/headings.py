"""Lines that may be headings of articles, each with a weight: most of them are, some only look like it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from unicodedata import category

from legcheck.texts.lines import Line
from legcheck.texts.numbering import SOLE, canonical, chinese, in_words, latin_words, roman
from legcheck.texts.vocabulary import ARTICLE, SECTION, vocabulary
from legcheck.words import fold

BARE, ANNEX = "bare", "annex"
_OPENING = " \t\"'«»“”„‟*_>•·-–—(["
_QUOTES: Mapping[str, str] = {"«": "»", "„": '“”"', "“": '”"', '"': '"'}
_LONGEST_QUOTE = 250
_LONGEST_ANNEX, _LONGEST_PROVISION, _LONGEST_GROUP = 120, 400, 90
_WORD = re.compile(r"[^\W\d_]+")
_LEAD = re.compile(r"(§+|[^\W\d_]+)[.:]?\s*[(\[]?\s*(?:n[°ºo]\.?\s?|no\.?\s)?", re.IGNORECASE)
_AFTER_NUMBER = re.compile(r"\s*(?:[.:\-–—]|\)|\u3000|\s{2,}|º|°|$)")
_MORE_NUMBER = re.compile(r"[.,]\d|\d|[/%]")
_OF_A_LAW = re.compile(r"[\s(]*\(?\w{0,3}\)?\s*(?:of this|of the|of title)")
_A_NUMBER = re.compile(r"\.?\s?\d")
_PASSAGES = re.compile(r"\(\w+\)(?:\(\w+\))*")
_NUMBER_THEN_WORD = re.compile(r"[.\s\-–]*(§|[^\W\d_]+)([.:]?\s*$|[.:]\s|\s|$)")
_INSIDE = re.compile(r"(?<=[.:;»”\"] )([^\W\d_]+)\.?\s+\d+\s*[°ºª]?\s*(?:\.\s*[-–—]|[.:]?[-–—])")
_DIVISION_AFTER_NUMBER = re.compile(r"\d{1,3}\.?\s+([^\W\d_]+)\b(?!\s+[a-zà-ÿ])")
_SPELLED = 6
_LAST_LETTER_OF_EUROPE = "\u058f"


@dataclass(frozen=True, slots=True)
class Heading:
    """What may be the heading of an article: where its label starts and ends in its line, and how likely it is one."""

    line: int
    start: int
    end: int
    kind: str
    id: str
    weight: float


def headings(lines: Sequence[Line]) -> list[Heading]:
    """All that may be headings, in order; those spelled as most others are weigh more."""
    quoted = _quoted(lines)
    found = [one for number, line in enumerate(lines) for one in _in_line(number, line, quoted=number in quoted)]
    found += _grouped(lines)
    found.sort(key=lambda one: (one.line, one.start))
    style = Counter(_spelling(lines, one) for one in found if one.kind == ARTICLE)
    usual = style.most_common(1)[0][0] if style else ""
    weighed = (_in_style(one, _spelling(lines, one), usual) for one in found)
    return [one for one in weighed if one.weight > 0]


def _in_style(one: Heading, spelled: str, usual: str) -> Heading:
    """A heading weighed by whether it is spelled as most are; a small letter begins a reference, unless most have one."""
    weights, small = vocabulary().weights, spelled[:1].islower()
    more = weights["house_style"] * (one.kind == ARTICLE and spelled == usual)
    more += weights["small_letter"] * (small and (one.kind == SECTION or (one.kind == ARTICLE and usual[:1].isupper())))
    return replace(one, weight=one.weight + more) if more else one


def is_division(text: str) -> bool:
    """Whether a line is the heading of a title, chapter or other division: its word and number, and no sentence about it."""
    word = _WORD.match(text)
    if word is None:  # "1. Kapitel"
        word = _DIVISION_AFTER_NUMBER.match(text)
        return word is not None and fold(word[1]) in vocabulary().division
    if fold(word[0]) not in vocabulary().division:
        return bool(_group(text))
    body = text[word.end() :].lstrip()
    digits = re.match(r"\d{1,3}\b", body)
    length = digits.end() if digits else roman(body)[1] or in_words(body)[1]
    return bool(length) and not body[length:].lstrip()[:1].islower()


def leads(text: str) -> bool:
    """Whether a line begins with a word or sign for articles, annexes or provisions after the articles."""
    first = _WORD.match(text)
    word = fold(first[0]) if first else ""
    return text.startswith("§") or any(word in some for some in (vocabulary().leads, vocabulary().provision, vocabulary().annex))


@cache
def number_pattern() -> re.Pattern[str]:
    """The number of an article, with the letter of a code before it, and a letter or Latin word after it."""
    latin = latin_words()
    return re.compile(
        rf"(?:(?P<code>[LRDA](?:\.?\s?O?)\*?\.?\s?)(?=\d))?(?P<number>\d+(?:[-–.]\d+)*)"
        rf"(?:\s?[°ºª]|er\b|re\b|(?<=\b\d)o\b(?=\s?[.\-–—]))?"
        rf"(?P<after>\s?[-–]?\s?(?:{latin})\b(?!\s\d)(?:\s?(?-i:[A-Z]{{1,2}})\b|\.\d+)?|[^\W\d_](?![\w.’'])|[-–]?(?-i:[A-Z])(?![\w’'])"
        rf"|\s(?-i:[A-Z]{{1,2}})(?:\s(?:{latin})\b)?(?=\s?(?:[.:)\-–—]|$)))?",
        re.IGNORECASE,
    )


def _spelling(lines: Sequence[Line], one: Heading) -> str:
    return lines[one.line].text[one.start : one.start + _SPELLED].rstrip("0123456789 .")


def _quoted(lines: Sequence[Line]) -> frozenset[int]:
    """The lines inside quotations that begin with a line and end with one: the new words of another law."""
    inside: set[int] = set()
    closed = {sign: [at for at, line in enumerate(lines) if _closes(line.text, sign)] for sign in _QUOTES}
    number = 0
    while number < len(lines):
        text = lines[number].text.lstrip("*_ ")
        end = number
        if text[:1] in closed:
            later = bisect_left(closed[text[0]], number)
            if later < len(closed[text[0]]) and closed[text[0]][later] < number + _LONGEST_QUOTE:
                end = _before_articles(lines, number, _end_of_quote(lines, number, text[0]))
        inside.update(range(number, end + 1) if end > number else ())
        number = max(end, number) + 1
    return frozenset(inside)


def _before_articles(lines: Sequence[Line], begin: int, end: int) -> int:
    """Where a quotation ends at the latest: one that begins with a paragraph goes on to no articles, and was never closed."""
    first = lines[begin].text.lstrip(_OPENING)
    if leads(first) or is_division(first):
        return end
    return next((at - 1 for at in range(begin + 1, end + 1) if leads(lines[at].text.lstrip(_OPENING))), end)


def _closes(text: str, opened: str) -> bool:
    return any(sign in text for sign in _QUOTES[opened])


def _end_of_quote(lines: Sequence[Line], begin: int, opened: str) -> int:
    """The last line of a quotation; the first if it is not closed."""
    closing, depth = _QUOTES[opened], 0
    last = min(len(lines), begin + _LONGEST_QUOTE)
    for number in range(begin, last):
        text = lines[number].text
        depth += text.count(opened) - sum(text.count(sign) for sign in closing if sign != opened)
        if (depth % 2 == 0) if opened in closing else depth <= 0:  # of straight signs, every second one closes
            return number
    ends = (number for number in range(begin + 1, last) if lines[number].text.rstrip(" .;*_)")[-1:] in tuple(closing))
    return next(ends, begin)


def _in_line(number: int, line: Line, *, quoted: bool) -> Iterator[Heading]:
    """What may be headings in a line: at its beginning, and after the end of a sentence."""
    text = line.text.lstrip(_OPENING)
    start = len(line.text) - len(text)
    if not text or "(" in line.text[:start]:  # in brackets it is the title of an article, or a reference
        return
    if text[0] > _LAST_LETTER_OF_EUROPE and any(category(sign) == "Mn" for sign in text[:60]):
        text = "".join(sign for sign in text if category(sign) != "Mn")  # vowel signs of Arabic
    weights = vocabulary().weights
    penalty = weights["quoted"] * (quoted or line.text[0] in '"«“„‟') + weights["linked"] * (line.linked and not line.level)
    for one in _beginning(text, line):
        weight = one.weight + penalty
        if weight > 0:
            yield replace(one, line=number, start=start, end=start + one.end, weight=weight)
    for inside in _INSIDE.finditer(text):
        if inside[1][0].isupper() and vocabulary().leads.get(fold(inside[1])) == ARTICLE:
            for one in _beginning(text[inside.start() :], line):
                weight = one.weight + vocabulary().weights["inside_a_line"] + penalty
                if one.kind == ARTICLE and weight > 0:
                    at = start + inside.start()
                    yield replace(one, line=number, start=at, end=at + one.end, weight=weight)


def _beginning(text: str, line: Line) -> Iterator[Heading]:
    """What the beginning of a text may be the heading of; places are counted from there."""
    first = _WORD.match(text)
    word = fold(first[0]) if first else ""
    if word in vocabulary().provision:
        yield from _provision(text, line)
    elif word in vocabulary().annex:
        yield from _annex(text, line)
    elif between := vocabulary().between.match(text):
        then = [chinese(one) for one in between.groups() if one]
        yield from _judged(text, between.end(), ARTICLE, "-".join(then), line)
    elif word in vocabulary().leads or text[0] == "§":
        yield from _word_and_number(text, line)
    elif text[0].isdigit():
        yield from _number_first(text, line)


def _judged(text: str, end: int, kind: str, id: str, line: Line, weight: str = "word") -> Iterator[Heading]:
    """A heading with a known word, weighed by what follows its number."""
    weights, rest = vocabulary().weights, text[end:]
    tail = rest.lstrip(")] ").strip()
    separated = _AFTER_NUMBER.match(rest)
    total = weights[weight] + weights["heading"] * bool(line.level) + weights["bold"] * line.bold
    if not tail:
        total += weights["alone"]
    elif separated and tail[0] in ",;":
        total += weights["reference"]
    elif separated:
        total += weights["separated"]
    elif _refers(tail) or (not line.level and tail[0].islower()):
        total += weights["reference"]
    if not line.level and (_OF_A_LAW.match(rest) or (kind == SECTION and text[0] != "§" and _PASSAGES.match(rest))):
        total += weights["reference"]
    if total > 0:
        yield Heading(0, 0, end, kind, id, total)


def _refers(tail: str) -> bool:
    """Whether what follows a number makes a reference of it."""
    first = _WORD.match(tail)
    if tail[0] in ",;)" or first is None:
        return tail[0] in ",;)"
    word = fold(first[0])
    passage = word in vocabulary().passages or word in vocabulary().reference
    return passage and (first[0][0].islower() or bool(_A_NUMBER.match(tail, first.end())))


def _word_and_number(text: str, line: Line) -> Iterator[Heading]:
    """``Article L126-1``, ``§ 5a``, ``Artículo único``, ``Art. IV``."""
    lead = _LEAD.match(text)
    if lead is None:
        return
    kind = vocabulary().leads.get(fold(lead[1]), SECTION)
    body, at = text[lead.end() :], lead.end()
    if found := number_pattern().match(body):
        if not _MORE_NUMBER.match(body, found.end()):
            yield from _judged(text, at + found.end(), kind, _id(found), line)
        return
    if lead[1].startswith("§"):
        return
    id, length = in_words(body)
    if not id:
        id, length = roman(body)
    if id:
        yield from _judged(text, at + length, kind, id, line)


def _id(found: re.Match[str]) -> str:
    code = (found["code"] or "").replace("*", "").replace(".", "").strip()
    return canonical(code + found["number"] + (found["after"] or ""))


def _number_first(text: str, line: Line) -> Iterator[Heading]:
    """``5. cikk``, ``3 §``, and a number alone, as in British and Canadian acts."""
    found = number_pattern().match(text)
    if found is None or found["code"] or len(found[0]) > 8 or _MORE_NUMBER.match(text, found.end()):
        return
    rest = text[found.end() :]
    word = _NUMBER_THEN_WORD.match(rest)
    if word and (word[1] == "§" or vocabulary().leads.get(fold(word[1])) == ARTICLE):
        yield from _judged(text, found.end() + word.end(1), ARTICLE, _id(found), line, "number_and_word")
        return
    tail, weights = rest.strip(), vocabulary().weights
    if tail[:1] in (")", "°", "º"):
        return
    weight = weights["bare"] + weights["heading"] * bool(line.level) + weights["bold"] * line.bold
    if not tail or tail[0].islower() or "." in found["number"]:
        weight -= weights["bare"] / 2
    if re.match(r"\.?\s?—?\s?\(1\)", rest):
        weight += weights["bare"] / 2
    yield Heading(0, 0, found.end(), BARE, _id(found), weight)


def _provision(text: str, line: Line) -> Iterator[Heading]:
    """``Disposición adicional segunda bis``, ``Disposition finale 1``."""
    words = list(re.finditer(r"[^\W\d_]+", text[:80]))
    kind = vocabulary().provisions.get(fold(words[1][0]), "") if len(words) > 1 else ""
    if not kind or len(text) > _LONGEST_PROVISION:
        return
    end = words[1].end()
    gap = re.match(r"[\s.]*", text[end:])
    body = text[end + (gap.end() if gap else 0) :]
    id, length = _number_of_provision(body)
    if id:
        end = len(text) - len(body) + length
    following = _WORD.match(text[end:].lstrip())
    refers = following is not None and fold(following[0]) in vocabulary().reference and text[end : end + 1] == " "
    if not id and _group(text):
        return
    if line.level or not refers:
        weight = 1.0 + vocabulary().weights["heading"] * bool(line.level)
        yield Heading(0, 0, end, kind, kind + (f"-{id}" if id and id != SOLE else ""), weight)


def _number_of_provision(body: str) -> tuple[str, int]:
    """The number of a provision after the articles, in words, figures or Roman figures, with its Latin word."""
    id, length = in_words(body)
    if not id and (digits := re.match(r"\d{1,3}\b", body)):
        id, length = digits[0], digits.end()
    if not id:
        id, length = roman(body)
    latin = re.match(rf"\s({latin_words()})\b", body[length:], re.IGNORECASE) if id else None
    return (id + fold(latin[1]), length + latin.end()) if latin else (id, length)


def _annex(text: str, line: Line) -> Iterator[Heading]:
    """``ANEXO II``, ``Schedule 1``."""
    first = _WORD.match(text)
    if first is None or len(text) > _LONGEST_ANNEX:
        return
    end, id = first.end(), ""
    body = text[end:].lstrip()
    digits = re.match(r"\d{1,3}\b", body)
    number, length = (digits[0], digits.end()) if digits else roman(body)
    if not number:
        number, length = in_words(body)
    if number:
        end, id = len(text) - len(body) + length, number
    goes_on = text[end:].lstrip(" ").startswith(tuple("abcdefghijklmnopqrstuvwxyzàáéè")) and text[end : end + 1] == " "
    if not goes_on and (line.level or not text[0].islower()) and (text[:end].isupper() or line.level or len(text) < 25):
        weight = 0.6 + vocabulary().weights["heading"] * bool(line.level)
        yield Heading(0, 0, end, ANNEX, ANNEX + (f"-{id}" if id and id != SOLE else ""), weight)


def _group(text: str) -> str:
    """The kind of provisions that a line is the common heading of."""
    words = _WORD.findall(text[:_LONGEST_GROUP])
    if len(words) < 2 or len(text) >= _LONGEST_GROUP or not words[0].casefold().endswith(("s", "en")):
        return ""
    return vocabulary().provisions.get(fold(words[1]), "") if fold(words[0]) in vocabulary().provision else ""


def _grouped(lines: Sequence[Line]) -> Iterator[Heading]:
    """Provisions whose kind stands once above all of them: ``DISPOSICIONES FINALES``, then ``Primera.- ...``."""
    kind = ""
    for number, line in enumerate(lines):
        text = line.text.lstrip(_OPENING)
        if group := _group(text):
            kind = group
        elif kind and (named := re.match(r"([A-ZÁÉÍÓÚÜÑÀÈÊ][^\W\d_]+)(?=\s?[.:\-–—])", text)):
            id, length = in_words(named[1])
            if id and length == named.end():
                start = len(line.text) - len(text)
                yield Heading(number, start, start + length, kind, kind + ("" if id == SOLE else f"-{id}"), 1.2)
