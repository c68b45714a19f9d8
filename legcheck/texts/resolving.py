"""References resolved in a statute: found, with the passage; or not, with what is nearest to it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from legcheck.model import Reference, Statute, StatuteArticle
from legcheck.texts.citing import WIDE
from legcheck.texts.numbering import canonical, latin_words, order
from legcheck.texts.vocabulary import vocabulary

_LONGEST_WORD = 40
_WORDS_BESIDE = 6


@dataclass(frozen=True)
class Resolved:
    """A reference and what it points to: the article, if there is one, and the passage, if there is that.

    `nearest` names what exists beside what does not.
    """

    reference: Reference
    article: StatuteArticle | None = None
    passage: str = ""
    nearest: str = ""


@dataclass(frozen=True)
class _Mark:
    """The number or letter of a passage, and where it stands in its article."""

    said: str
    paragraph: int
    place: int

    @property
    def number(self) -> int | None:
        return int(self.said) if self.said.isdigit() else None


def resolve(reference: Reference, statute: Statute) -> list[Resolved]:
    """What a reference points to. ``3-5`` are three articles and ``4.2`` a passage where no article has that number."""
    return [_resolved(one, statute) for one in _as_meant(reference, statute)]


def _as_meant(reference: Reference, statute: Statute) -> list[Reference]:
    """A reference read as the numbers of the statute allow."""
    known, id = statute.by_id, reference.article
    if reference.until:
        missing = next((one for one in (id, reference.until) if one not in known), None)
        return _between(reference, reference.until, statute) if missing is None else [Reference(missing, said=missing)]
    if id in known:
        return [_with_its_letter(reference, known)]
    if (kind := _kind(id)) and "." not in id:
        alike = [one for one in known if _kind(one) == kind]
        only = alike[0] if len(alike) == 1 else f"{kind}-1"
        same = id == kind or (id == f"{kind}-1" and only == kind)
        return [replace(reference, article=only)] if same and only in known else [reference]
    if ends := re.fullmatch(r"(\D*)(\d+)-(\d+)", id):
        first, last = (ends[1] + number for number in ends.groups()[1:])
        if first in known and last in known and int(ends[2]) < int(ends[3]):
            return _between(replace(reference, article=first), last, statute)
    whole, dot, passage = id.partition(".")
    if dot and whole in known:
        passages = (*passage.split("."), *reference.passages)
        return [replace(reference, article=whole, passages=passages, said=reference.said.removesuffix(f".{passage}"))]
    return [reference]


def _with_its_letter(reference: Reference, known: Mapping[str, Sequence[StatuteArticle]]) -> Reference:
    """``4 a`` as article 4a, where there is one, and article 4 has no letter a."""
    id, passages = f"{reference.article}{''.join(reference.passages[:1])}", reference.passages
    letter = bool(passages) and len(passages[0]) == 1 and passages[0].isalpha()
    if not letter or id not in known or any(passage_of(one, passages[:1]) for one in known[reference.article]):
        return reference
    return replace(reference, article=id, passages=passages[1:], said=f"{reference.said} {passages[0]}")


def _between(reference: Reference, last: str, statute: Statute) -> list[Reference]:
    """Every article of a range."""
    first = order(reference.article)
    inside = [one.id for one in statute.articles if not _kind(one.id) and first <= order(one.id) <= order(last)]
    return [Reference(one, (), reference.written) for one in dict.fromkeys(inside)]


def shortened(passage: str, most: int = 0) -> str:
    """As much of a passage as is shown where it is cited, cut at the end of a word if it has words."""
    most = most or vocabulary().limits.shown
    if len(passage) <= most:
        return passage
    end = passage.rfind(" ", most - _LONGEST_WORD, most)
    return f"{passage[: end if end > 0 else most].rstrip()}\u00a0…"


def differing(before: str, after: str) -> tuple[str, str]:
    """Two texts from shortly before to shortly after what they say differently."""
    some = before.split(), after.split()
    fewest = min(map(len, some))
    same = next((at for at in range(fewest) if some[0][at] != some[1][at]), fewest)
    end = next((at for at in range(fewest - same) if some[0][-1 - at] != some[1][-1 - at]), fewest - same)
    begin, end = max(0, same - _WORDS_BESIDE), max(0, end - _WORDS_BESIDE)
    cut = [("… " * (begin > 0) + " ".join(one[begin : len(one) - end]) + " …" * (end > 0)) for one in some]
    return shortened(cut[0] if before else ""), shortened(cut[1] if after else "")


def _resolved(reference: Reference, statute: Statute) -> Resolved:
    articles = statute.by_id.get(reference.article, ())
    if not articles:
        return Resolved(reference, nearest=_nearest(reference.article, statute))
    texts = [(one, passage) for one in articles if (passage := passage_of(one, reference.passages))]
    if not texts:
        return Resolved(reference, articles[0], nearest=_nearest_passage(articles[0], reference.passages))
    return Resolved(reference, *texts[0])


def _nearest(id: str, statute: Statute) -> str:
    """How the statute calls the article whose number is nearest to one that it does not have."""
    kind = _kind(id)
    number = id.removeprefix(f"{kind}-")
    alike = {one.id.removeprefix(f"{kind}-"): one.label for one in statute.articles if _kind(one.id) == kind}
    ordered = sorted(alike, key=order)
    if not ordered:
        return ""
    return alike[ordered[max(0, bisect_right([order(one) for one in ordered], order(number)) - 1)]]


def _kind(id: str) -> str:
    """The kind of an annex or of a provision after the articles; empty for an article."""
    kind = id.partition("-")[0]
    return kind if kind in (*vocabulary().kinds, "annex") else ""


def passage_of(article: StatuteArticle, passages: Sequence[str]) -> str:
    """The text of a passage of an article; of the whole article if none is named; empty if there is no such passage."""
    marks = _marks(article)
    begin, end, at = 0, len(marks), -1
    for depth, wanted in enumerate(passages):
        found = _find(marks, wanted, begin, end)
        if found < 0:
            return (
                _unnumbered(article, marks, wanted)
                if depth == 0 and len(passages) == 1
                else (passage_of(article, passages[1:]) if depth == 0 and wanted == "1" and not _numbered(marks) else "")
            )
        at, begin, end = found, found + 1, _end(marks, found, end)
    return _text(article, marks, at, end) if passages else article.text or article.heading or article.label


def _numbered(marks: Sequence[_Mark]) -> bool:
    return any(mark.number is not None for mark in marks)


def _find(marks: Sequence[_Mark], wanted: str, begin: int, end: int) -> int:
    """The first mark that says what is wanted, as it is or in other capitals."""
    for same in (str, str.casefold):
        for at in range(begin, end):
            if same(marks[at].said) == same(wanted):
                return at
    return -1


def _end(marks: Sequence[_Mark], found: int, end: int) -> int:
    """Where a passage ends: at the next number, or at the next letter of the alphabet."""
    said, number = marks[found].said, marks[found].number
    for at in range(found + 1, end):
        other = marks[at]
        if number is not None and other.number is not None and other.number > number:
            return at
        if number is None and len(said) == len(other.said) == 1 and ord(other.said) == ord(said) + 1:
            return at
    return end


def _unnumbered(article: StatuteArticle, marks: Sequence[_Mark], wanted: str) -> str:
    """A paragraph by its place, where an article does not number its own."""
    marked = {mark.paragraph for mark in marks}
    plain = [text for at, text in enumerate(article.paragraphs) if at not in marked]
    place = int(wanted) if wanted.isdigit() and not _numbered(marks) else 0
    return plain[place - 1] if 0 < place <= len(plain) else ""


def _text(article: StatuteArticle, marks: Sequence[_Mark], at: int, end: int) -> str:
    first = marks[at]
    last = marks[end] if end < len(marks) else _Mark("", len(article.paragraphs), 0)
    paragraphs = list(article.paragraphs[first.paragraph : last.paragraph + bool(last.place)])
    if last.place:
        paragraphs[-1] = article.paragraphs[last.paragraph][: last.place]
    paragraphs[0] = paragraphs[0][first.place :]
    return "\n".join(part for one in paragraphs if (part := one.strip()))


def _nearest_passage(article: StatuteArticle, passages: Sequence[str]) -> str:
    """The last passage that exists on the level of the first that does not."""
    for depth in range(len(passages)):
        if passage_of(article, passages[: depth + 1]):
            continue
        marks = _marks(article)
        begin, end = 0, len(marks)
        for known in passages[:depth]:
            at = _find(marks, known, begin, end)
            begin, end = (at + 1, _end(marks, at, end)) if at >= 0 else (0, 0)
        alike = [mark.said for mark in marks[begin:end] if mark.said.isdigit() == passages[depth].isdigit()]
        return f"{article.label}{''.join(f'({one})' for one in (*passages[:depth], *alike[-1:]))}"
    return article.label


@lru_cache(maxsize=4_096)
def _marks(article: StatuteArticle) -> tuple[_Mark, ...]:
    """Every number and letter of a passage in an article, in order."""
    at_start, inside = _patterns()
    found = list[_Mark]()
    for number, text in enumerate(one.translate(WIDE) for one in article.paragraphs):
        place = 0
        while mark := at_start.match(text, place):
            found.append(_Mark(_said(mark), number, mark.start()))
            place = mark.end()
        found += [_Mark(_said(mark), number, mark.start(1)) for mark in inside.finditer(text, place)]
    return tuple(found)


def _said(mark: re.Match[str]) -> str:
    said = next(group for group in mark.groups()[-3:] if group)
    return canonical(said) if said[0].isdigit() else said


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The mark of a passage at the beginning of a text, and after the end of a sentence or an item of a list."""
    number = rf"\d{{1,3}}(?:\.\d{{1,2}})?(?:\s?(?:{latin_words()})\b)?"
    closed = rf"\(({number}|[^\W\d_]{{1,2}}|[ivxIVX]{{1,5}})\)|({number}|[^\W\d_]{{1,2}})\s?(?:\)|[.][ºª°]|[ºª°]\)?)"
    dotted = rf"({number}|[^\W\d_])[.]"
    start = re.compile(rf"[-–•*«\"“\s]*(?:{closed}|{dotted})(?=\D|$)\s*[-–—]?\s*")
    return start, re.compile(rf"(?<=[.:;,—])\s?((?:{closed}|{dotted}))(?=\s)")
