"""Makes thousands of filled workbooks that are much like real ones; the same seed makes the same files.

The program writes one blank workbook, and each file is that workbook with its empty cells filled. Three in four are stored as
spreadsheet programs store them, with texts shared between cells, and the fourth with answers in the cells. The countries are
invented, with codes that ISO 3166 leaves to users, and as many rounds as it takes.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import zipfile
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape, unescape

from legcheck import app, inputs, provisions
from legcheck.model import Assessment, Law, LawStatus
from legcheck.workbook.columns import ANSWER_COLUMNS

DAY = date(2026, 1, 1)
IN_LAW = ("Fully provided for", "Partly provided for", "Not provided for", "Contrary", "")
IN_PRACTICE = ("Applied in full", "Applied in part", "Not applied", "Contrary practice", "")
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
_CODE, _NAME = "XXX", "@@name@@"
_COLUMNS = {chr(ord("A") + at): column.key for at, column in enumerate(ANSWER_COLUMNS)}
_ITEM = re.compile(r"<si>(.*?)</si>", re.DOTALL)
_ID = re.compile(r'<c r="A(\d+)"[^>]* t="s"><v>(\d+)</v></c>')
_EMPTY = re.compile(r'<c r="([A-Z])(\d+)"( s="\d+")/>')
_COUNTS = re.compile(r' count="\d+" uniqueCount="\d+"')
_SHARED = "xl/sharedStrings.xml"


@dataclass(frozen=True)
class Mould:
    """The parts of a blank workbook, the text that begins each row of a part, and the letters of every provision."""

    parts: Mapping[str, str]
    ids: Mapping[str, Mapping[str, str]]
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
    answers, texts = _answers(made, drawn), _ITEM.findall(made.parts[_SHARED])
    known = {text: at for at, text in enumerate(texts)}
    write = _in_cell if place % 4 == 0 else lambda text: f' t="s"><v>{known.setdefault(_item(text), len(known))}</v>'
    parts = {name: _filled(part, made.ids.get(name, {}), answers, write) for name, part in made.parts.items()}
    items = "".join(f"<si>{text}</si>" for text in list(known)[len(texts) :])
    counts = f' count="{len(known)}" uniqueCount="{len(known)}"'
    parts[_SHARED] = _COUNTS.sub(counts, parts[_SHARED], count=1).replace("</sst>", f"{items}</sst>")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), _named(part, place), zipfile.ZIP_DEFLATED)
    return out.getvalue()


@cache
def mould() -> Mould:
    """The blank workbook, made once in each process."""
    checklist = provisions.load(inputs.DEFAULT_CHECKLIST)
    laws = {
        f"L{n}": Law(
            f"L{n}", f"Act on victims of terrorism, part {n}", "", f"Act {n} of 2010", date(2010, 1, n), LawStatus.IN_FORCE
        )
        for n in range(1, 9)
    }
    blank = Assessment(_CODE, _NAME, DAY, checklist.id, checklist.version, laws=laws, body="A ministry")
    with zipfile.ZipFile(io.BytesIO(app.workbook_of(checklist, blank, "en"))) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    texts = [unescape(re.sub("<[^>]*>", "", item)) for item in _ITEM.findall(parts[_SHARED])]
    ids = {name: {row: texts[int(text)] for row, text in _ID.findall(part)} for name, part in parts.items()}
    return Mould(parts, ids, {id: "".join(one.letters) for id, one in checklist.provisions.items()})


def _filled(part: str, ids: Mapping[str, str], answers: Mapping[tuple[str, str], str], write: Callable[[str], str]) -> str:
    """A part with the empty cells filled for which there is an answer."""

    def fill(cell: re.Match[str]) -> str:
        column, row, style = cell.groups()
        text = answers.get((ids.get(row, ""), _COLUMNS.get(column, "")))
        return f'<c r="{column}{row}"{style}{write(text)}</c>' if text else cell[0]

    return _EMPTY.sub(fill, part) if ids else part


def _in_cell(text: str) -> str:
    return f' t="inlineStr"><is>{_item(text)}</is>'


def _item(text: str) -> str:
    return f'<t xml:space="preserve">{escape(text)}</t>'


def _named(part: str, place: int) -> str:
    """A part with the country and date of this place."""
    code, day = country_and_day(place)
    part = part.replace(_NAME, f"Land {code}").replace(f">{_CODE}<", f">{code}<").replace(DAY.isoformat(), day.isoformat())
    return part.replace(f">{_serial(DAY)}<", f">{_serial(day)}<")


def _serial(day: date) -> int:
    return (day - date(1899, 12, 30)).days


def _answers(made: Mould, drawn: random.Random) -> Mapping[tuple[str, str], str]:
    """What is typed in every row, by its id and column: some countries write much, some little."""
    talkative = drawn.choice((0.0, 0.3, 0.7, 1.0, 2.0))
    found: dict[tuple[str, str], str] = {}
    for id, letters in made.letters.items():
        law, practice = drawn.choices(IN_LAW, SHARES)[0], drawn.choices(IN_PRACTICE, (15, 40, 25, 1, 19))[0]
        claims, partly = law in (IN_LAW[0], IN_LAW[1], IN_LAW[3]), law == IN_LAW[1]
        follows = law != IN_LAW[3] and drawn.random() < 0.5
        found[f"{id}:law", "answer"], found[f"{id}:practice", "answer"] = "" if follows else law, practice
        found[f"{id}:law+", "answer"] = IN_LAW[0] if partly and drawn.random() < 0.1 else ""
        met = drawn.sample(letters, max(1, len(letters) // 2)) if partly else letters if law == IN_LAW[0] else ""
        for letter in letters if law else "":
            found[f"{id}.{letter}", "answer"] = "yes" if letter in met else "no"
        for letter in met:
            found[f"{id}.{letter}", "legal_basis"] = _basis(drawn)
            found[f"{id}.{letter}", "note"] = _text(drawn, 5, 20) if drawn.random() < talkative / 2 else ""
        texts = {
            "legal_basis": _basis(drawn) if claims else "",
            "note": _text(drawn, 12, int(80 * (1 + talkative))) if law and drawn.random() < 0.2 + talkative else "",
            "to_confirm": _text(drawn, 5, 20) if drawn.random() < 0.1 * talkative else "",
            "observations": _text(drawn, 10, 60) if drawn.random() < 0.3 * talkative else "",
            "assistance": _text(drawn, 5, 25) if drawn.random() < 0.15 * talkative else "",
        }
        found |= {(f"{id}:law", column): text for column, text in texts.items()}
    return found


def _basis(drawn: random.Random) -> str:
    cited = (f"L{drawn.randint(1, 8)} art. {drawn.randint(1, 120)}({drawn.randint(1, 9)})" for _ in range(drawn.randint(1, 3)))
    return "; ".join(cited)


def _text(drawn: random.Random, fewest: int, most: int) -> str:
    words = drawn.choices(WORDS, k=drawn.randint(fewest, most))
    return " ".join(words).capitalize() + "."


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Make filled workbooks.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    generate(given.folder, given.count, given.seed)
