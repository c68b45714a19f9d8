"""The texts kept beside assessments: plain, readable files, in which people may mend what was split wrongly.

A file begins with the title and a few facts; each article begins with a line ``## [3bis] Artículo 3 bis · Heading``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

from legcheck.files import TEXTS, read_bounded
from legcheck.issues import STATUTE_TOO_LONG, TEXT_DAMAGED, Location, reject
from legcheck.model import Statute, StatuteArticle
from legcheck.texts.lines import clean
from legcheck.texts.vocabulary import vocabulary
from legcheck.words import fold

SUFFIX = ".md"
_BETWEEN = " · "
_ARTICLE = re.compile(r"## \[([^\[\]\s]{1,60})\] ?(.*)")
_FACT = re.compile(r"- (\w+): (.*)")
_FACTS = ("country", "law", "as_of", "language", "source")
_LONGEST_NAME = 60


def file_name(statute: Statute) -> str:
    """The name of the file of a text: country and key of the law, or its title; and the day."""
    of = (
        f"{statute.country}-{statute.law}" if statute.law else re.sub(r"\W+", "-", fold(statute.title))[:_LONGEST_NAME].strip("-")
    )
    return f"{of or TEXTS}{f'-{statute.as_of.isoformat()}' if statute.as_of else ''}{SUFFIX}"


def written(statute: Statute) -> bytes:
    """The content of the file of a text."""
    facts = {name: getattr(statute, name) for name in _FACTS}
    lines = [f"# {statute.title}", "", *(f"- {name}: {value}" for name, value in facts.items() if value)]
    for one in statute.articles:
        lines += ["", f"## [{one.id}] {_BETWEEN.join(filter(None, (one.label, one.heading)))}", ""]
        lines += [f"\\{text}" if text[:1] in ("#", "\\") else text for text in one.paragraphs]
    return ("\n".join(lines) + "\n").encode()


def read_stored(path: Path) -> Statute:
    """The text in a file.

    Raises:
        InputError: it cannot be read, or is no such text.
    """
    content = read_bounded(path, vocabulary().limits.megabytes * 1_000_000, STATUTE_TOO_LONG)
    try:
        lines = content.decode("utf-8-sig").splitlines()
        begin = next((at for at, line in enumerate(lines) if line.startswith("## ")), len(lines))
        facts = {found[1]: found[2] for line in lines[:begin] if (found := _FACT.fullmatch(line))}
        as_of = date.fromisoformat(facts["as_of"]) if "as_of" in facts else None
    except ValueError:
        raise reject(TEXT_DAMAGED, Location(path.name)) from None
    title = lines[0].removeprefix("# ").strip() if lines else ""
    articles = tuple(_articles(lines[begin:]))
    if not lines or not lines[0].startswith("# ") or not articles:
        raise reject(TEXT_DAMAGED, Location(path.name))
    said = {name: facts.get(name, "") for name in _FACTS if name != "as_of"}
    return Statute(title, articles, as_of=as_of, **said)


def _articles(lines: list[str]) -> Iterator[StatuteArticle]:
    begins = [at for at, line in enumerate(lines) if _ARTICLE.fullmatch(line)]
    for at, end in pairwise([*begins, len(lines)]):
        head = _ARTICLE.fullmatch(lines[at])
        if head:
            label, _, heading = head[2].partition(_BETWEEN)
            texts = (clean(line) for line in lines[at + 1 : end])
            yield StatuteArticle(head[1], label, heading, tuple(text.removeprefix("\\") for text in texts if text))
