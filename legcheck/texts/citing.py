"""The articles of a citation as people write them, ``art. 3 bis, 5(2), annex I``, one by one.

A citation is read whole or not at all: a word that nobody knows, or a number that could count two things, makes it unclear.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from string import ascii_lowercase

from legcheck.model import Reference
from legcheck.texts.headings import ANNEX, number_pattern
from legcheck.texts.lines import clean
from legcheck.texts.numbering import SOLE, canonical, chinese, in_words, latin_words, order, roman
from legcheck.texts.vocabulary import vocabulary
from legcheck.words import fold

_LONGEST_RANGE = 60
WIDE = str.maketrans("（），；：、،؛", "(),;:,,;")
_ARTICLE, _PASSAGE, _SENTENCE = "article", "passage", "sentence"
_COMMA, _AND, _TO = "comma", "and", "to"
_BLANK = " .:'’\"“”«»"
_SIGNS_AFTER_WORDS = ".ºª°"
_DASHES = "–—-"
_LONGEST_LETTER = 3
_SMALL_ROMAN = re.compile(r"[ivx]{1,6}")
_ROMAN = re.compile(r"[IVX]{1,6}")
_DOTTED = re.compile(r"(\d+)\.(\d+)")
_INSERTED_OR_RANGE = re.compile(r"(\d+)-(\d+)")
_PASSAGES_OF_ONE = re.compile(r"(\d+)\.(\d+)-(\d+)")
_NEXT_WORD = re.compile(r"\s*([^\W\d_]+)\.?\s*(?=([\d(]|[^\W\d_]\b|[IVXivx]+\b)?)")
_WITH_ITS_ARTICLE = re.compile(r"\.?\s*\d+(?:\.\d+)?\(")
_END_OF_PART = re.compile(r"\s*(?:$|[,;]|([^\W\d_]+|&)\s+[a-z](?![^\W_]))")
_DOT_BEFORE_SIGN = re.compile(r"(?<=\d)\.(?=[°ºª])")


@dataclass(frozen=True)
class Cited:
    """What a citation names: its articles, none if something in it could not be read as one."""

    references: tuple[Reference, ...]
    unclear: bool


@lru_cache(maxsize=10_000)
def references(articles: str) -> Cited:
    """The articles that the text after a law names.

    >>> [(one.article, one.passages) for one in references("art. 3 bis(1)(b), 38 to 40, additional provision 2").references]
    [('3bis', ('1', 'b')), ('38', ()), ('39', ()), ('40', ()), ('additional-2', ())]
    """
    words, text = vocabulary(), _DOT_BEFORE_SIGN.sub("", clean(articles.translate(WIDE)).replace("‑", "-"))
    text = words.between.sub(lambda found: f" {'-'.join(chinese(one) for one in found.groups() if one)} ", text)
    text = words.between_passages.sub(
        lambda found: f"({found[1] if '（' in found[0] or '(' in found[0] else chinese(found[1])})", text
    )
    text = words.short_with_stops.sub(lambda found: "".join(filter(str.isalpha, found[0])), text)
    reader = _Reader(words.joins_in_words.sub("&", text))
    at = 0
    while at < len(reader.text):
        if token := _tokens().match(reader.text, at):
            at = reader.take(token)
        else:
            reader.unclear = reader.unclear or reader.text[at] not in _BLANK
            at += 1
    reader.end()
    return Cited(() if reader.unclear else tuple(reader.found), reader.unclear)


@lru_cache(maxsize=1)
def _tokens() -> re.Pattern[str]:
    """A number, word or sign of a citation. A letter beside a number is a code's (``R 422-6``) only if it is a capital one."""
    latin = latin_words()
    return re.compile(
        rf"\(\s?(?P<passage>\d{{1,3}}(?:\.\d{{1,3}})*[°ºª]?(?:\s?(?:{latin})|[a-z])?|[^\W\d_](?:\s(?:{latin}))?|([^\W\d_])\2|[ivx]{{1,6}})\s?\)"
        rf"|(?<=[\w)ªº°])\.(?P<dotted>\d{{1,3}}(?![\d/])|[^\W\d_ºª](?![^\W_]))(?:\s?\))?"
        rf"|(?P<within>{vocabulary().sentence_in_words.pattern})"
        r"|(?-i:(?P<loose>[a-z]|A(?=\s\d+(?![-–\d]))))(?=\s\d)"
        rf"|(?P<whole>{number_pattern().pattern})(?P<closed>\s?\))?"
        r"|(?P<word>§+|&|[^\W\d_]+)(?:\.?[°ºª]s?)?(?P<shut>\s?\))?|(?P<sign>[,;–—-])",
        re.IGNORECASE,
    )


@dataclass
class _Reader:
    """Goes through the words and numbers of a citation; knows what the next number counts."""

    text: str
    found: list[Reference] = field(default_factory=list)
    unclear: bool = False
    kind: str = ""
    said: str = ""  # the words for a kind of provision, to be quoted with every number of it
    counts: str = _ARTICLE
    ordinal: str = ""  # a number in words that came before what it counts
    ordinal_said: str = ""
    waiting: bool = False  # a kind or an annex was named, and its number may follow
    joint: str = ""  # what stands before: a comma, "and", or "to"
    lead: str = ""  # the word for an article that stands before
    last_lead: str = ""
    several: bool = False  # that word named several articles
    expects: bool = False  # a word for passages stands before
    many: bool = False  # that word named several passages
    depths: dict[str, int] = field(default_factory=dict)  # the level that a word for passages counts
    signed: bool = False  # the last number had a sign of order or a bracket, as in "1°" and "1)"
    lettered: bool = False  # the last article was given with a letter, as in "4 b"
    before: list[list[str]] = field(default_factory=list)  # passages named before their article, each level of them
    backwards: bool = False  # some were

    def take(self, token: re.Match[str]) -> int:
        """Read on; where the next token begins."""
        if token["whole"]:
            return self._number(token)
        if token["passage"] or token["dotted"]:
            self._bracketed(token["passage"] or token["dotted"], dotted=bool(token["dotted"]))
        elif token["within"]:
            self._within(token["within"])
        elif token["word"] or token["loose"]:
            return self._in_words(token) or self._word(token["word"] or token["loose"], token)
        elif token["sign"] in _DASHES:
            self._join(_TO)
        else:
            self._join(_COMMA)
        return token.end()

    def end(self) -> None:
        """Finish with what still waits for a number."""
        self._close()
        dangling = self.lead or self.joint in (_AND, _TO) or self.expects or self.before or self.ordinal
        self.unclear = self.unclear or bool(dangling) or not self.found

    def _join(self, joint: str) -> None:
        self._close()
        self.unclear = self.unclear or (joint != _COMMA and not (self.found or self.before)) or self.joint == _TO
        self.joint = joint

    def _close(self) -> None:
        """A kind without a number is the only one of its kind."""
        if self.waiting:
            self.waiting = False
            self._add(self.kind, self.said)

    def _add(self, id: str, said: str, passages: tuple[str, ...] = ()) -> None:
        levels = tuple(one for level in self.before[::-1] for one in level)
        if any(len(level) > 1 for level in self.before):
            self.found += [Reference(id, (*levels[: -len(self.before[0])], one), said) for one in self.before[0]]
            self.unclear = self.unclear or any(len(level) > 1 for level in self.before[1:])
        else:
            self.found.append(Reference(id, (*passages, *levels), said))
        self.before.clear()
        self._taken()

    def _taken(self) -> None:
        self.joint, self.lead, self.expects = "", "", False

    # Numbers ---------------------------------------------------------------------------------------------------------------

    def _number(self, token: re.Match[str]) -> int:
        after, end = token["after"] or "", token.end()
        if after[:1] == " " and self._is_word_before_number(after.strip(), token.end("after")):  # "Abs. 2 S. 1"
            after, end = "", token.start("after")
        letter = after.strip() if token["closed"] and len(after.strip()) == 1 else ""  # "4.2a)"
        number, following = token["number"], self.text[end:]
        ends = fold(after.strip()) in vocabulary().ordinal_ends or not after
        if ends and not self.expects and self._counts_a_passage(following, more=bool(after)):  # "2e alinéa"
            self._ordinal(number, number + after)
            return end
        code = (token["code"] or "").replace("*", "").replace(".", "").strip()
        id = canonical(code + number + ("" if letter else after))
        written = clean(self.text[token.start("whole") : end].removesuffix(")").removesuffix(letter))
        signed = bool(re.search("[°º]", written)) or bool(token["closed"] and not letter)
        self._numbered(id, written, signed=signed)
        if letter:
            self._letter(letter)
        return end

    def _is_word_before_number(self, word: str, end: int) -> bool:
        known = fold(word) in vocabulary().sentence | vocabulary().passages
        return known and bool(re.match(r"\.?\s?\d", self.text[end:]))

    def _counts_a_passage(self, following: str, *, more: bool) -> bool:
        """Whether the word for a passage comes after its number, "2e alinéa", and no number or letter after that."""
        words = vocabulary()
        ends = re.match(rf"(?:{'|'.join(words.ordinal_ends)})\b|[°ºª]|", following, re.IGNORECASE)
        end = ends.end() if ends else 0
        word = _NEXT_WORD.match(following, end)
        if word is None or len(word[1]) == 1 or fold(word[1]) not in words.passages | words.sentence:
            return False
        return bool(end or more or self.joint) and (not word[2] or fold(word[2]) in words.joins)

    def _numbered(self, id: str, written: str, *, signed: bool) -> None:
        if self.counts == _SENTENCE and (self.expects or self.joint in (_AND, _TO)):
            self._within(written if self.expects else f"{'–' if self.joint == _TO else ','} {written}")
        elif self.counts == _PASSAGE and signed and not self.signed and self.joint == _COMMA and self.found:
            self._deeper(id)  # "§ 2, 1°"
        elif self.counts == _PASSAGE and not self.lead and (self.found or self.before or self.expects):
            self._passage_number(id)
        elif self.lead or self.waiting or not self.found:
            self._first(id, written)
        elif self.joint == _TO:
            self._up_to(id)
        elif self._is_within_what_words_number(id, signed=signed):
            self._deeper(id)
            self.counts, self.many = _PASSAGE, True
        elif signed and not self.signed and not self.kind:
            self._signed_passage(id)
            return
        elif not self.joint or self.backwards:
            self.unclear = True
        else:
            self._listed(id, written)
        self.signed = signed

    def _is_within_what_words_number(self, id: str, *, signed: bool) -> bool:
        """``second additional provision, 3(a)``: the next provision would be numbered like the one before, in words or Roman."""
        numbered_alike = signed or self.found[-1].said[-1:].isdigit()
        return bool(self.kind) and self.joint == _COMMA and id.isdigit() and not numbered_alike

    def _first(self, id: str, written: str) -> None:
        """The number after a word for an article, or the very first."""
        if self.joint == _TO:
            self._up_to(id)
        elif passages := _PASSAGES_OF_ONE.fullmatch(id):
            first, last = int(passages[2]), int(passages[3])
            self.unclear = self.unclear or not first < last <= first + _LONGEST_RANGE
            for number in range(first, last + 1) if not self.unclear else ():
                self._article(f"{passages[1]}.{number}", f"{passages[1]}.{number}")
        else:
            self._article(id, written)

    def _article(self, id: str, written: str) -> None:
        self.waiting, self.counts, self.depths, self.lettered = False, _ARTICLE, {}, False
        if self.said and not self.kind:
            self.unclear = True  # a provision of no kind
        elif self.kind and id != SOLE:
            self._add(f"{self.kind}-{id}", f"{self.said} {written}")
        else:
            self._add(self.kind or id, f"{self.said} {written}".strip())

    @property
    def _last(self) -> str:
        """The number of the last article, without its kind."""
        return self.found[-1].article.removeprefix(f"{self.kind}-") if self.kind else self.found[-1].article

    def _listed(self, id: str, written: str) -> None:
        """A further number after a comma or "and": of an article, or a passage as in ``48.1 and 2``, if only one can be meant."""
        dotted, inserted = _DOTTED.fullmatch(self._last), _INSERTED_OR_RANGE.fullmatch(self._last)
        if not id.isdigit():
            self._first(id, written)
        elif dotted:
            self._after_dotted(int(dotted[1]), int(dotted[2]), int(id), written)
        elif inserted:
            first, last = int(inserted[1]), int(inserted[2])
            self._if(int(id) > max(first, last), id, written)
        else:
            self._if(not self._last[:1].isalpha() or self.kind != "", id, written)

    def _if(self, clear: bool, id: str, written: str) -> None:
        if clear:
            self._article(id, written)
        self.unclear = self.unclear or not clear

    def _after_dotted(self, article: int, passage: int, number: int, written: str) -> None:
        if passage < number <= article:
            self._article(f"{article}.{number}", f"{article}.{number}")
        else:
            self._if(number > article and (number <= passage or self.several), str(number), written)

    def _signed_passage(self, id: str) -> None:
        """``art. 706-3, 1°``: a number with a sign after one without."""
        whole = re.match(r"\d+", self._last)
        if self.several and whole and int(whole[0]) < int(re.sub(r"\D.*", "", id) or 0):
            self.unclear = True
        self.found[-1] = replace(self.found[-1], passages=(*self.found[-1].passages, id))
        self.counts, self.many = _PASSAGE, True
        self._taken()

    def _up_to(self, last: str) -> None:
        """Every number of a range whose ends are plain; of others only the statute knows what lies between."""
        if not self.found:
            self.unclear = True
            return
        before, first = self.found[-1], self._last
        dotted, same = _DOTTED.fullmatch(first), _DOTTED.fullmatch(last)
        if dotted and not same and last.isdigit():
            article, passage, end = int(dotted[1]), int(dotted[2]), int(last)
            same = _DOTTED.fullmatch(f"{article}.{end}") if passage < end <= article else None
            self.unclear = self.unclear or same is None
        if before.passages or before.within or before.until or (order(last) <= order(first) and not dotted):
            self.unclear = True
        elif dotted and same and dotted[1] == same[1] and int(dotted[2]) < int(same[2]) <= int(dotted[2]) + _LONGEST_RANGE:
            for number in range(int(dotted[2]) + 1, int(same[2]) + 1):
                self._article(f"{dotted[1]}.{number}", f"{dotted[1]}.{number}")
        elif first.isdigit() and last.isdigit() and int(last) <= int(first) + _LONGEST_RANGE:
            for number in range(int(first) + 1, int(last) + 1):
                self._article(str(number), str(number))
        elif self.kind or order(last) <= order(first) or order(last)[0] != order(first)[0]:
            self.unclear = True
        else:
            self.found[-1] = replace(before, until=last)
            self._taken()

    # Passages --------------------------------------------------------------------------------------------------------------

    def _bracketed(self, typed: str, *, dotted: bool) -> None:
        passage = canonical(typed) if typed[0].isdigit() else typed
        self._close()
        if self.expects:
            self._passage_number(passage)
        elif not self.found or self.lead or (dotted and self.joint):
            self.unclear = True
        elif self.joint:
            self._sibling(passage)
        else:
            self._deeper(passage)

    def _deeper(self, passage: str) -> None:
        self.unclear = self.unclear or bool(self.found[-1].until)
        self.found[-1] = replace(self.found[-1], passages=(*self.found[-1].passages, passage))
        self._taken()

    def _passage_number(self, id: str) -> None:
        """A number, letter or figure where passages are counted."""
        span = _INSERTED_OR_RANGE.fullmatch(id)
        if span:
            self._passage_number(span[1])
            self.joint = _TO
            self._passage_number(span[2])
        elif self.before or not self.found or (self.backwards and self.expects):
            self._before_its_article(id)
        elif self.expects:
            for one in id.split("."):
                self._deeper(one)
        elif self.joint == _COMMA and not self.many and not self._only_a_passage(id):
            self.unclear = True
        elif self.joint:
            self._sibling(id)
        else:
            self.unclear = True

    def _only_a_passage(self, id: str) -> bool:
        """Whether a number after a comma cannot be that of an article, since it is not higher than the last one."""
        article = re.match(r"\d+", self._last)
        return not id.isdigit() or (article is not None and int(id) <= int(article[0]))

    def _before_its_article(self, id: str) -> None:
        if self.expects:
            self.before.append([id])
        elif self.joint == _TO and self.before:
            self.before[-1] += self._between(self.before[-1][-1], id)
        elif self.joint and self.before:
            self.before[-1].append(id)
        else:
            self.unclear = True
        self._taken()

    def _sibling(self, passage: str) -> None:
        """A passage beside another one of the same article: on the level on which it comes later."""
        before = self.found[-1]
        level = next((at for at in range(len(before.passages) - 1, -1, -1) if _later(before.passages[at], passage)), -1)
        if level < 0:
            self.unclear = True
            return
        same = before.passages[:level]
        for one in self._between(before.passages[level], passage) if self.joint == _TO else (passage,):
            self.found.append(replace(before, passages=(*same, one), within=""))
        self._taken()

    def _between(self, first: str, last: str) -> tuple[str, ...]:
        """The passages after one up to another: numbers or single letters."""
        if first.isdigit() and last.isdigit() and int(first) < int(last) <= int(first) + _LONGEST_RANGE:
            return tuple(map(str, range(int(first) + 1, int(last) + 1)))
        if len(first) == len(last) == 1 and first < last and first.isalpha():
            return tuple(map(chr, range(ord(first) + 1, ord(last) + 1)))
        self.unclear = True
        return ()

    def _letter(self, letter: str) -> None:
        """``a)`` after an article, or after another letter."""
        if not (self.found or self.before or self.expects):
            self.unclear = True
        elif self.expects or self.before:
            self._passage_number(letter)
        elif self.joint and any(_later(one, letter) for one in self.found[-1].passages):
            self._sibling(letter)
        elif self.joint in ("", _COMMA):
            self._deeper(letter)
        else:
            self.unclear = True

    def _within(self, said: str) -> None:
        if not self.found:
            self.unclear = True
            return
        before = self.found[-1]
        space = "" if said[0] in ",–" else " "
        self.found[-1] = replace(before, within=f"{before.within}{space}{said}".strip())
        self._taken()

    # Words -----------------------------------------------------------------------------------------------------------------

    def _in_words(self, token: re.Match[str]) -> int:
        """The end of a number in Arabic words, of which the second one may be a number by itself; 0 if there is none."""
        if fold(token["word"] or "") not in vocabulary().arabic or not (self.lead or self.expects):
            return 0
        id, length = in_words(self.text[token.start() :])
        self._numbered(id, self.text[token.start() : token.start() + length], signed=False)
        return token.start() + length

    def _word(self, written: str, token: re.Match[str]) -> int:
        words, word = vocabulary(), fold(written.strip(_SIGNS_AFTER_WORDS))
        abbreviated = self.text[token.end() : token.end() + 1] == "."
        if token["shut"] and len(written) > _LONGEST_LETTER:
            self.unclear = True
        elif token["shut"] or (self._wants_a_letter(written, abbreviated) and not token["loose"]):
            self._letter(written)
        elif self._is_letter_alone(written, token.end()):
            self._letter(written)
            self.lettered = True
        elif self._is_sentence(written, word):
            self._sentence(written + "." * abbreviated, token.end())
        elif written[0] != "§" and word not in words.leads:
            self._no_lead(written, word, token.end(), abbreviated=abbreviated)
        elif written[0] == "§" and self.found and not self.lead and self.last_lead[:1] != "§" and not self.waiting:
            self._passages_are_named("§", token.end())
        else:
            self._leads(written, word)
        self.several = self.several or word in words.several
        return token.end()

    def _no_lead(self, written: str, word: str, end: int, *, abbreviated: bool) -> None:
        words = vocabulary()
        if kind := words.provisions.get(word) or words.short.get(word) or (ANNEX if word in words.annex else ""):
            self._named(kind, written + "." * abbreviated)
        elif word in words.provision:
            self.said = f"{self.said} {written}{'.' * abbreviated}".strip()
        elif word in words.to and not (word in words.passages and (abbreviated or not self._rises(end))):
            self._join(_TO)
        elif word == "&" or word in words.joins:
            self._join(_AND)
        elif word in words.passages:
            self._passages_are_named(word, end)
        else:
            self._other(word, written)

    def _wants_a_letter(self, written: str, abbreviated: bool) -> bool:
        """Whether a letter or Roman figure is that of a passage: after a word for one, or beside another one."""
        counted = self.counts == _PASSAGE or self.lettered
        if not written.isalpha() or not counted or self.lead or not (self.expects or self.joint):
            return False
        letter = len(written) == 1 or bool(_SMALL_ROMAN.fullmatch(written) or _ROMAN.fullmatch(written))
        if self.expects:
            return letter and not (abbreviated and fold(written) in vocabulary().passages)
        last = (self.before[-1][-1:] if self.before else list(self.found[-1].passages[-1:])) or [""]
        return letter and last[0].isalpha() and not abbreviated

    def _is_letter_alone(self, written: str, end: int) -> bool:
        """``art. 4 b``: a small letter after the number of an article, with which its part of the citation ends."""
        words = vocabulary()
        after_number = self.counts == _ARTICLE and bool(self.found) and not (self.joint or self.lead or self.waiting)
        letter = len(written) == 1 and written in ascii_lowercase and written not in words.joins | words.sentence | words.passages
        ends = _END_OF_PART.match(self.text, end)
        return after_number and letter and ends is not None and (not ends[1] or fold(ends[1]) in words.joins | {"&"})

    def _rises(self, end: int) -> bool:
        """Whether the next number is higher than the last one, so that both may be the ends of a range."""
        following, last = re.match(r"\.?\s*(\d+)", self.text[end:]), re.search(r"\d+", self._last[::-1]) if self.found else None
        return following is None or last is None or int(following[1]) > int(last[0][::-1])

    def _is_sentence(self, written: str, word: str) -> bool:
        if word not in vocabulary().sentence or not (self.found or self.ordinal):
            return False
        sure = word not in vocabulary().leads  # "S." is the third of things
        before_it = self.counts in (_PASSAGE, _SENTENCE) or self.last_lead[:1] == "§" or not self.joint
        doubtful = self.joint == _COMMA and bool(self.last_lead) and self.last_lead != word and written[0].isupper()
        self.unclear = self.unclear or (not sure and doubtful)
        return sure or (written[0].isupper() and before_it and not self.joint)

    def _sentence(self, written: str, end: int) -> None:
        if self.ordinal:
            written, self.ordinal = f"{self.ordinal_said} {written}", ""
        self._within(written)
        self.counts = _SENTENCE
        self.expects = bool(re.match(r"\.?\s?\d", self.text[end:]))

    def _leads(self, written: str, word: str) -> None:
        self._close()
        if self.found and not self.joint and not self.before:
            self.unclear = True  # of what lies before nothing leads here: "art. 5 ss", "art. 3 art. 4"
        self.several = len(written) > 1 if written[0] == "§" else self.lead == word
        self.kind = self.said = self.ordinal = ""
        self.backwards = self.backwards or bool(self.before)
        self.lead = self.last_lead = word if written[0] != "§" else written
        self.counts, self.expects = _ARTICLE, False

    def _named(self, kind: str, said: str) -> None:
        self.unclear = (
            self.unclear
            or self.joint == _TO
            or bool(self.found and not (self.joint or self.waiting or self.before or self.ordinal))
        )
        self._close()
        self.kind, self.counts, self.lead, self.expects = kind, _ARTICLE, "", False
        self.backwards = self.backwards or bool(self.before)
        provision = self.said if fold(self.said.removesuffix(".")) in vocabulary().provision else ""
        self.said = f"{provision} {said}".strip()
        self.waiting = not self.ordinal
        if self.ordinal:
            number, self.ordinal = self.ordinal, ""
            self._article(number, number)

    def _passages_are_named(self, word: str, end: int) -> None:
        """The next number counts passages: those inside the last one, or, if the same word named that, those beside it."""
        if self.lead and not self.waiting and not self.expects:
            return  # "section no. 5"
        if (not self.found or self.last_lead in vocabulary().passages) and _WITH_ITS_ARTICLE.match(self.text, end):
            self._leads(word, word)  # "subsection 4(2)"
            return
        self._close()
        self.many = word in vocabulary().several_passages
        if self.joint == _AND and self.found and not self.backwards:
            level = self.depths.get(word[:3], -1)
            self.unclear = self.unclear or level < 0
            self.found.append(replace(self.found[-1], passages=self.found[-1].passages[: max(level, 0)], within=""))
        elif self.joint == _COMMA and self.found and word[:3] in self.depths and not self.backwards:
            self.found.append(replace(self.found[-1], passages=self.found[-1].passages[: self.depths[word[:3]]], within=""))
        depth = len(self.found[-1].passages) if self.found else 0
        self.depths = {known: at for known, at in self.depths.items() if at < depth} | {word[:3]: depth}
        self.counts, self.joint, self.expects = _PASSAGE, "", True
        if self.ordinal:
            number, self.ordinal = self.ordinal, ""
            self._passage_number(number)

    def _ordinal(self, number: str, said: str) -> None:
        self.unclear = self.unclear or bool(self.ordinal)
        self.ordinal, self.ordinal_said = number, said

    def _other(self, word: str, written: str) -> None:
        words = vocabulary()
        figure, length = roman(written)
        if word in words.ordinals and self.counts == _PASSAGE and (self.expects or self.joint):
            self._passage_number(str(words.ordinals[word]))
        elif word in words.ordinals and (self.waiting or self.lead or (self.kind and self.joint)):
            self._article(str(words.ordinals[word]), written)
        elif word in words.ordinals:
            self._ordinal(str(words.ordinals[word]), written)
        elif word in words.sole and (self.waiting or self.lead):
            self._article(SOLE, written)
        elif length == len(written) > 1 and self.counts == _ARTICLE and (self.waiting or self.lead or self.joint):
            self._numbered(figure, written, signed=False)
        elif length == len(written) and self.counts == _ARTICLE and (self.waiting or self.lead):
            self._article(figure, written)
        elif word not in words.of or self.waiting:
            self.unclear = True


def _later(before: str, passage: str) -> bool:
    """Whether a passage can stand beside another one, after it: numbers, letters or Roman figures, each by themselves."""
    if before[:1].isdigit() and passage[:1].isdigit():
        return order(before) < order(passage)
    if (
        _SMALL_ROMAN.fullmatch(before)
        and _SMALL_ROMAN.fullmatch(passage)
        and (len(before) > 1 or len(passage) > 1 or before == "i")
    ):
        return int(roman(before.upper())[0] or 0) < int(roman(passage.upper())[0] or 0)
    if _ROMAN.fullmatch(before) and _ROMAN.fullmatch(passage):
        return int(roman(before)[0] or 0) < int(roman(passage)[0] or 0)
    return len(before) == len(passage) == 1 and before.isalpha() and passage.isalpha() and before < passage
