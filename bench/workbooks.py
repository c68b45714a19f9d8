"""Makes thousands of filled workbooks that are much like real ones; the same seed makes the same files.

The program writes one workbook with a token in every cell to fill, and each file is that workbook with its tokens replaced. Three
in four are stored as spreadsheet programs store them, with texts shared between cells, and the fourth with texts in the cells.
The countries are invented, with codes that ISO 3166 leaves to users, and as many rounds as it takes.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import zipfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from legcheck import app, inputs, provisions
from legcheck.model import MET, Answer, Assessment, ElementAnswer, Law, LawStatus, Provision

DAY = date(2026, 1, 1)
RATINGS = ("Fully provided for", "Partly provided for", "Not provided for", "Contrary", "")
SHARES = (30, 40, 22, 1, 7)
# fmt: off
WORDS = (
    "the", "victim", "of", "an", "act", "terrorism", "may", "apply", "to", "authority", "within", "months", "harm", "support",
    "compensation", "legal", "aid", "without", "fee", "family", "member", "child", "witness", "interpreter", "protection",
    "privacy", "hearing", "decision", "appeal", "court", "prosecutor", "fund", "medical", "care", "psychological",
    "rehabilitation", "memorial", "association", "information", "right", "request", "register", "notice", "interim", "payment",
    "assessment",
)
# fmt: on
_TOKEN = re.compile(r"@@([A-Z]+-\d+)\.(\w+)@@")
_ROW_ID = re.compile(r">([A-Z]+-\d+)[.:]([\w+]+)</t>")
_CHOICE = re.compile(r">(?:Fully provided for|yes)</t>")
_INLINE = re.compile(r' t="inlineStr"><is><t(?: xml:space="preserve")?>(.*?)</t></is></c>', re.DOTALL)
_EMPTY = re.compile(r' t="inlineStr"><is><t(?: xml:space="preserve")?></t></is></c>')
_REFERENCE = re.compile(r' t="s"><v>(\d+)</v></c>')
_ITEM = re.compile(r"<si>(.*?)</si>", re.DOTALL)
# Where the part of shared texts is listed, and how.
_LISTS = ("[Content_Types].xml", "workbook.xml.rels")
_OF_SHARED = re.compile(r"<(?:Override|Relationship) [^>]*sharedStrings[^>]*/>")
_TYPES = b"</Types>"
_SHARED_TYPE = (
    b'<Override PartName="/xl/sharedStrings.xml" '
    b'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
)
_SHARED_RELATION = (
    b'<Relationship Id="rIdShared" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" '
    b'Target="sharedStrings.xml"/></Relationships>'
)


@dataclass(frozen=True)
class Mould:
    """The parts of a workbook with tokens in the cells to fill, and the letters of every provision."""

    parts: Mapping[str, bytes]
    letters: Mapping[str, str]


def generate(folder: Path, count: int, seed: int = 1, jobs: int = 2) -> None:
    """Write `count` workbooks into a folder; those already there stay as they are."""
    folder.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(jobs) as pool:
        for _ in pool.map(_write, [(folder, place, seed) for place in range(count)], chunksize=50):
            pass


def country_and_day(place: int) -> tuple[str, date]:
    """The code and date of the workbook at a place: all invented countries once, then again a month earlier."""
    codes = [f"X{chr(65 + n // 26)}{chr(65 + n % 26)}" for n in range(676)]
    months, code = divmod(place, len(codes))
    return codes[code], DAY - timedelta(days=30 * months)


def _write(task: tuple[Path, int, int]) -> None:
    folder, place, seed = task
    code, day = country_and_day(place)
    target = folder / f"{code}-{day.isoformat()}.xlsx"
    if not target.exists():
        target.write_bytes(workbook(place, seed))


def workbook(place: int, seed: int) -> bytes:
    """One filled workbook."""
    made, drawn = mould(), random.Random(f"{seed} {place}")
    answers = _answers(made, drawn)
    parts = {name: _filled(part.decode(), answers, place).encode() for name, part in made.parts.items()}
    if place % 4:
        parts = _shared(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


@cache
def mould() -> Mould:
    """The workbook with tokens, made once in each process."""
    checklist = provisions.load(inputs.DEFAULT_CHECKLIST)
    fields = ("legal_basis", "note", "to_confirm", "observations", "assistance")
    answers = {
        id: Answer(
            id, {"law": "full", "practice": "full"}, "full", _elements(one), **{name: f"@@{id}.{name}@@" for name in fields}
        )
        for id, one in checklist.provisions.items()
    }
    laws = {
        f"L{n}": Law(
            f"L{n}", f"Act on victims of terrorism, part {n}", "", f"Act {n} of 2010", date(2010, 1, n), LawStatus.IN_FORCE
        )
        for n in range(1, 9)
    }
    blank = Assessment(
        "XXX", "@@XX-0.name@@", DAY, checklist.id, checklist.version, laws=laws, answers=answers, body="A ministry"
    )
    with zipfile.ZipFile(io.BytesIO(app.workbook_of(checklist, blank, "en"))) as archive:
        parts = _with_texts_in_cells({name: archive.read(name) for name in archive.namelist()})
    return Mould(parts, {id: "".join(one.letters) for id, one in checklist.provisions.items()})


def _elements(provision: Provision) -> Mapping[str, ElementAnswer]:
    """All elements met, with tokens for article and remark."""
    tokens = {letter: f"@@{provision.id}.{letter}" for letter in provision.letters}
    return {letter: replace(MET, legal_basis=f"{one}_basis@@", remark=f"{one}_remark@@") for letter, one in tokens.items()}


def _with_texts_in_cells(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts without the texts that cells share, so that each token stands in its cell."""
    texts = _ITEM.findall(parts["xl/sharedStrings.xml"].decode())
    kept = {name: _OF_SHARED.sub("", part.decode()) if name.endswith(_LISTS) else part.decode() for name, part in parts.items()}
    del kept["xl/sharedStrings.xml"]
    return {
        name: _REFERENCE.sub(lambda found: f' t="inlineStr"><is>{texts[int(found[1])]}</is></c>', part).encode()
        for name, part in kept.items()
    }


def _answers(made: Mould, drawn: random.Random) -> Mapping[tuple[str, str], str]:
    """What is typed beside every provision: some countries write much, some little."""
    talkative = drawn.choice((0.0, 0.3, 0.7, 1.0, 2.0))
    found: dict[tuple[str, str], str] = {}
    for id, letters in made.letters.items():
        law, practice = drawn.choices(RATINGS, SHARES)[0], drawn.choices(RATINGS, (15, 40, 25, 1, 19))[0]
        claims = law in (RATINGS[0], RATINGS[1], RATINGS[3])
        partly = law == RATINGS[1]
        follows = law != RATINGS[3] and drawn.random() < 0.5
        found[id, "law"], found[id, "practice"] = "" if follows else law, practice
        found[id, "law+"] = RATINGS[0] if partly and drawn.random() < 0.1 else ""
        some = drawn.sample(letters, max(1, len(letters) // 2)) if partly else letters if law == RATINGS[0] else ""
        for letter in letters:
            found[id, letter] = "" if not law else "yes" if letter in some else "no"
            found[id, f"{letter}_basis"] = _basis(drawn) if letter in some else ""
            found[id, f"{letter}_remark"] = _text(drawn, 5, 20) if letter in some and drawn.random() < talkative / 2 else ""
        found[id, "legal_basis"] = _basis(drawn) if claims else ""
        found[id, "note"] = _text(drawn, 12, int(80 * (1 + talkative))) if law and drawn.random() < 0.2 + talkative else ""
        found[id, "to_confirm"] = _text(drawn, 5, 20) if drawn.random() < 0.1 * talkative else ""
        found[id, "observations"] = _text(drawn, 10, 60) if drawn.random() < 0.3 * talkative else ""
        found[id, "assistance"] = _text(drawn, 5, 25) if drawn.random() < 0.15 * talkative else ""
    return found


def _basis(drawn: random.Random) -> str:
    cited = (f"L{drawn.randint(1, 8)} art. {drawn.randint(1, 120)}({drawn.randint(1, 9)})" for _ in range(drawn.randint(1, 3)))
    return "; ".join(cited)


def _text(drawn: random.Random, fewest: int, most: int) -> str:
    words = drawn.choices(WORDS, k=drawn.randint(fewest, most))
    return " ".join(words).capitalize() + "."


def _filled(part: str, answers: Mapping[tuple[str, str], str], place: int) -> str:
    """A part with its tokens filled."""
    code, day = country_and_day(place)
    serial = (day - date(1899, 12, 30)).days
    part = part.replace("@@XX-0.name@@", f"Land {code}").replace(">XXX<", f">{code}<")
    part = part.replace(f">{(DAY - date(1899, 12, 30)).days}<", f">{serial}<").replace(DAY.isoformat(), day.isoformat())
    if "@@" in part:
        part = "".join(_rows(part, answers))
    return _EMPTY.sub("/>", part)


def _rows(sheet: str, answers: Mapping[tuple[str, str], str]) -> Iterator[str]:
    """The sheet row by row: what is chosen has no token, and is that of the row's id."""
    for row in re.split(r"(?=<row )", sheet):
        of = _ROW_ID.search(row)
        chosen = _CHOICE.sub(f">{answers[of[1], of[2]]}</t>", row) if of else row
        yield _TOKEN.sub(lambda found: escape(answers[found[1], found[2]]), chosen)


def _shared(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts as Excel stores them: every text once, cells refer to it."""
    texts: dict[str, int] = {}

    def refer(found: re.Match[str]) -> str:
        return f' t="s"><v>{texts.setdefault(found[1], len(texts))}</v></c>'

    stored = {
        name: _INLINE.sub(refer, part.decode()).encode() if "worksheets/sheet" in name and name.endswith(".xml") else part
        for name, part in parts.items()
    }
    items = "".join(f'<si><t xml:space="preserve">{text}</t></si>' for text in texts)
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    head = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><sst xmlns="{space}" uniqueCount="{len(texts)}">'
    stored["xl/sharedStrings.xml"] = f"{head}{items}</sst>".encode()
    stored["[Content_Types].xml"] = stored["[Content_Types].xml"].replace(_TYPES, _SHARED_TYPE)
    relations = "xl/_rels/workbook.xml.rels"
    stored[relations] = stored[relations].replace(b"</Relationships>", _SHARED_RELATION)
    return stored


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Make filled workbooks.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    generate(given.folder, given.count, given.seed)
