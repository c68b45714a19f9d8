"""Reads a report back: which file it was made from, and whether the figures in it are still those that were made.

A report may be edited: sentences may be added and reworded. What is compared are the lines in which it states figures:
paragraphs, rows of tables, and rows of sheets that hold a digit.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from legcheck.files import DAMAGED_ARCHIVE, unpacked
from legcheck.issues import NOT_A_REPORT, InputError, Location, reject
from legcheck.labels import languages
from legcheck.reports.docx_markup import NAMESPACES
from legcheck.reports.stamp import Stamp

_LARGEST = 60_000_000
# How many pairs of lines are held against each other, so that a report in which everything differs is told soon.
_MOST_PAIRS = 100_000
_FIGURE = re.compile(r"\d+(?:[.,:/]\d+)*")
_ALIKE = 0.6
_PROPERTIES = "docProps/core.xml"
_CELLS = " · "
_W = f"{{{NAMESPACES['w']}}}"
# What begins a new line of a web page.
_BLOCKS = frozenset((
    "address", "article", "aside", "caption", "dd", "div", "dl", "dt", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "li", "p", "section", "summary", "tr",
))  # fmt: skip
_UNREAD = frozenset(("script", "style", "svg", "template"))


@dataclass(frozen=True)
class Changed:
    """A line with other figures than it was made with; `now` is empty if no such line is there any more."""

    made: str
    now: str


@dataclass(frozen=True)
class Verification:
    """What became of a report. `changed` and `whole` mean something only if it `belongs` to the file given.

    `belongs` is None if no file was given; `whole` says that not a byte differs from the report made anew; `compared` is False if
    it differs and has no lines to compare.
    """

    stamp: Stamp
    belongs: bool | None = None
    whole: bool = False
    compared: bool = True
    changed: tuple[Changed, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing speaks against the report."""
        return self.belongs is not False and self.compared and not self.changed


@dataclass(frozen=True)
class ReadReport:
    """A report as read back: its stamp and its lines. A PDF has no lines: it is not made to be edited."""

    stamp: Stamp
    lines: tuple[str, ...]


def read_report(path: Path, content: bytes) -> ReadReport:
    """A report as it stands.

    Raises:
        InputError: it is damaged, too large, or no report of this program.
    """
    reader = _READERS.get(path.suffix.lower())
    try:
        stamped, lines = reader(path, content) if reader is not None else ("", ())
    except (*DAMAGED_ARCHIVE, SyntaxError, AttributeError, TypeError):
        stamped, lines = "", ()
    stamp = Stamp.found_in(stamped)
    if stamp is None or stamp.language not in languages():
        raise not_a_report(path)
    return ReadReport(stamp, tuple(line for line in (" ".join(line.split()) for line in lines) if line))


def not_a_report(path: Path) -> InputError:
    """The error for a file that this program did not make as it says."""
    return reject(NOT_A_REPORT, Location(str(path)), allowed=", ".join(_READERS))


def changed_lines(made: Sequence[str], now: Sequence[str]) -> Iterator[Changed]:
    """The lines whose figures are not those that were made. Rewording a line is no change as long as its figures stand."""
    left = Counter(now) - Counter(made)
    missing = [line for line in (Counter(made) - Counter(now)).elements() if _FIGURE.search(line)]
    if len(missing) * len(left) > _MOST_PAIRS:
        yield from (Changed(line, "") for line in missing)
        return
    for line in missing:
        same = next((one for one in left if figures_in(one) == figures_in(line) and _alike(line, [one])), "")
        found = same or next(iter(_alike(line, [one for one in left if _FIGURE.search(one)])), "")
        if found:
            left[found] -= 1
            left += Counter()
        if not same:
            yield Changed(line, found)


def figures_in(line: str) -> list[str]:
    """The numbers of a line, in order."""
    return _FIGURE.findall(line)


def _alike(line: str, others: Sequence[str]) -> list[str]:
    return get_close_matches(line, others, n=1, cutoff=_ALIKE)


# Formats ----------------------------------------------------------------------------------------------------------------

_Read = tuple[str, Iterable[str]]


def _docx(_path: Path, content: bytes) -> _Read:
    """The paragraphs outside tables, and the rows of tables."""
    import docx

    properties = _property_part(content)
    body = docx.Document(io.BytesIO(content)).element.body
    rows = body.iter(f"{_W}tr")
    alone = (one for one in body.iter(f"{_W}p") if next(one.iterancestors(f"{_W}tr"), None) is None)
    lines = [_CELLS.join(_words(cell) for cell in row.iter(f"{_W}tc")) for row in rows]
    return properties, [*map(_words, alone), *lines]


def _words(element: Any) -> str:
    return "".join(one.text or "" if one.tag == f"{_W}t" else " " for one in element.iter(f"{_W}t", f"{_W}br", f"{_W}p"))


def _xlsx(path: Path, content: bytes) -> _Read:
    from legcheck.workbook.reading.spreadsheet import open_spreadsheet

    properties = _property_part(content)
    book = open_spreadsheet(path, content)
    rows = (row for name in book.names for row in book.rows(name))
    return properties, [_CELLS.join(str(value) for value in row if value != "") for row in rows]


def _property_part(content: bytes) -> str:
    with ZipFile(io.BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > _LARGEST:
            raise ValueError(_LARGEST)
        return unpacked(archive, _PROPERTIES).decode(errors="replace")


def _html(_path: Path, content: bytes) -> _Read:
    text = content.decode("utf-8")
    page = _Page()
    page.feed(text)
    page.close()
    return text[: text.find("</head>")], "".join(page.parts).split("\n")


class _Page(HTMLParser):
    """The text of a web page, a line for each block."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._unread = 0

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        self._unread += tag in _UNREAD
        self.parts.append("\n" if tag in _BLOCKS else _CELLS if tag in ("td", "th") else "")

    def handle_endtag(self, tag: str) -> None:
        self._unread -= tag in _UNREAD and self._unread > 0
        self.parts.append("\n" if tag in _BLOCKS else "")

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.parts.append(data.replace("\n", " "))


def _pdf(_path: Path, content: bytes) -> _Read:
    return content.decode("latin-1"), ()


_READERS: Mapping[str, Callable[[Path, bytes], _Read]] = {".docx": _docx, ".xlsx": _xlsx, ".html": _html, ".pdf": _pdf}
