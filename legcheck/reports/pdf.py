"""Documents in PDF: blocks on a typst template, tagged for screen readers (PDF/UA-1), with every font embedded.

The document travels to the template as data, so that no text in it is ever read as markup. A template of the adviser's own is
a typst file that reads the same data (see `document.typ`).
"""

from __future__ import annotations

import json
import re
import unicodedata
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from legcheck.issues import PDF_NOT_MADE, LegcheckWarning, Location, reject
from legcheck.labels import DEFAULT, Labels, labels, languages, unbroken
from legcheck.reports import palette
from legcheck.reports.document import Chart, Contents, Document, Heading, Table, introduces
from legcheck.reports.docx_markup import clean, right_to_left
from legcheck.resources import bundled

if TYPE_CHECKING:
    from typst import Fonts

# What XML allows and a page does not: further control characters, the mark of byte order, characters for private use.
_NOT_ON_PAGES = re.compile("[\x7f-\x9f\ufeff\ue000-\uf8ff\U000f0000-\U0010ffff]")
_LANGUAGE = re.compile(r"([a-z]{2,3})\b(?:.*[-_]([a-z]{2})$)?", re.IGNORECASE | re.DOTALL)
_LONG_WORD = re.compile(r"\S{30,}")
_PIECE = re.compile(r"(\S{6})(?=\S)")
_NO_FONT = re.compile(r'the text `"(.*)"` could not be displayed with font', re.DOTALL)
# Scripts that our own fonts lack, or serve for want of better: Arabic, those of Asia and Africa, and pictures as letters.
_FURTHER_SCRIPTS = re.compile(
    "[\u0600-\u1cff\u2e80-\ua4cf\ua840-\ud7ff\uf900-\ufaff\ufb50-\ufdff\ufe70-\ufefe\U00010000-\U0001ffff]"
)
_FONT = "Libertinus Serif"
_ESCAPED = re.compile(r"\\u\{(\w+)\}")
_SOURCE_LINE = re.compile(r":(\d+):\d+\n")
_COLOURS = {
    "title": palette.TITLE,
    "ink": palette.INK,
    "muted": palette.MUTED,
    "line": palette.LINE,
    "surface": palette.SURFACE,
    "place": palette.PLACE,
    "place_edge": palette.PLACE_EDGE,
}


def write_pdf(document: Document, template: bytes | None = None) -> bytes:
    """A PDF of a document, the same bytes for the same document and template.

    Raises:
        InputError: the template cannot be laid out; the message has the line and what is wrong there.
    """
    source = (bundled("reports/templates") / "document.typ").read_bytes() if template is None else template
    day = datetime.fromisoformat(document.date).replace(tzinfo=UTC)
    data = json.dumps(_as_data(document), ensure_ascii=False)
    further = _FURTHER_SCRIPTS.search(data) is not None
    inputs = {"document": data, "fonts": json.dumps([_FONT, *(_further_fonts() if further else ())])}
    try:
        return typeset(source, "pdf", inputs, day, system=further)
    except _NoFontError:
        pass
    try:
        return typeset(source, "pdf", inputs, day, system=True)
    except _NoFontError as error:
        warnings.warn(LegcheckWarning(_words(document)("docx.no_font", text=str(error)[:20])), stacklevel=2)
    return typeset(source, "pdf", inputs, day, system=True, strict=False)


class _NoFontError(Exception):
    """No font has the characters that this names."""


def _words(document: Document) -> Labels:
    return labels(document.language if document.language in languages() else DEFAULT)


def typeset(
    source: bytes,
    format: Literal["pdf", "png"],
    inputs: Mapping[str, str],
    day: datetime | None = None,
    *,
    system: bool = True,
    strict: bool = True,
    ppi: float = 300,
) -> bytes:
    """A typst source laid out, with the fonts of the `system` after our own.

    A `strict` PDF claims PDF/UA-1, which does not allow boxes in the place of characters; a picture leaves them without a word.

    Raises:
        InputError: the source cannot be laid out.
        _NoFontError: it would be, but for characters that no font has.
    """
    import typst

    claimed: list[Any] = ["ua-1"] if strict and format == "pdf" else []
    try:
        compiler = typst.Compiler(root=bundled("reports/templates"), font_paths=_fonts(system=system), sys_inputs=dict(inputs))
        made = compiler.compile(source, format=format, pdf_standards=claimed, timestamp=day, ppi=ppi)
    except RuntimeError as error:  # among them TypstError
        if found := _NO_FONT.search(str(error)):
            raise _NoFontError(_ESCAPED.sub(lambda sign: f"U+{sign[1].upper():0>4}", found[1])) from None
        raise _not_made(error) from None
    return made[0] if isinstance(made, list) else made or b""


@cache
def _fonts(*, system: bool = False) -> Fonts:
    """Typst's own fonts and those in `reports/fonts`, where scripts that typst lacks can be added."""
    import typst

    return typst.Fonts(include_system_fonts=system, font_paths=[bundled("reports/fonts")])


@cache
def _further_fonts() -> tuple[str, ...]:
    """The fonts of this machine that are made for further scripts, those with serifs like our own first."""
    noto = [name for name in _fonts(system=True).families() if name.startswith("Noto ") and "Mono" not in name]
    return (*sorted(noto, key=lambda name: ("Serif" not in name and "Naskh" not in name, name)), "DejaVu Sans")


def _not_made(error: RuntimeError) -> Exception:
    line = _SOURCE_LINE.search(getattr(error, "diagnostic", ""))
    problem = " ".join((getattr(error, "message", str(error)), *(f"({hint})" for hint in getattr(error, "hints", ()))))
    return reject(PDF_NOT_MADE, Location("document.typ", line=int(line[1]) if line else 0), problem=problem[:300])


# The document as data ---------------------------------------------------------------------------------------------------


def _as_data(document: Document) -> dict[str, Any]:
    """What the template reads: the fields of the document, its blocks by kind, colours, and direction and language of texts."""
    data: dict[str, Any] = _cleaned({**asdict(document), "blocks": []}) | {"stamp": document.stamp}
    anchors = _Anchors(document)
    depth = 0
    levels = max((one.levels for one in document.blocks if isinstance(one, Contents)), default=2)
    for before, block, after in zip((None, *document.blocks), document.blocks, (*document.blocks[1:], None), strict=False):
        made = _cleaned(asdict(block)) | {"kind": type(block).__name__, "keep": introduces(before, block, after)}
        if isinstance(block, Heading) and not made["text"].strip():
            continue
        if isinstance(block, Heading):  # screen readers get levels without steps left out
            depth = min(block.level, depth + 1)
            made |= {"depth": depth, "listed": block.level <= levels, "anchor": anchors.place(block.anchor)}
        if isinstance(block, Table):
            for row, one in zip(made["rows"], block.rows, strict=True):
                row["anchor"] = anchors.place(one.anchor)
        if isinstance(block, Chart):
            made["svg"] = block.svg
        data["blocks"].append(made)
    for words in _all_words(data["blocks"]):
        direction = _direction("".join(run["text"] for run in words))
        for run in words:
            run["direction"] = "" if direction == document.direction else direction
            run["to"] = anchors.target(run["to"])
            run["language"] = _language(run["language"])
    return data | {
        "language": _language(document.locale) or _language(document.language) or {"lang": "en"},
        "colours": _COLOURS,
    }


def _all_words(part: Any) -> Iterable[list[dict[str, Any]]]:
    """The lists of runs in data, wherever they stand."""
    if isinstance(part, list) and part and all(isinstance(one, dict) and "muted" in one for one in part):
        yield part
    elif isinstance(part, list | dict):
        for one in part.values() if isinstance(part, dict) else part:
            yield from _all_words(one)


class _Anchors:
    """The names of places that links lead to: a name stands once, and links without a place are no links."""

    def __init__(self, document: Document) -> None:
        self._known = document.anchors
        self._placed: set[str] = set()

    def place(self, anchor: str) -> str:
        if not anchor or anchor in self._placed:
            return ""
        self._placed.add(anchor)
        return f"to-{anchor}"

    def target(self, anchor: str) -> str:
        return f"to-{anchor}" if anchor in self._known else ""


def _direction(text: str) -> str:
    """The direction of the first letter, if there is one."""
    letter = any(unicodedata.bidirectional(sign) in ("L", "R", "AL") for sign in text)
    return "" if not letter else "rtl" if right_to_left(text) else "ltr"


def _language(tag: str) -> dict[str, str | None] | None:
    """A language tag as typst takes it: a language and perhaps a region."""
    found = _LANGUAGE.match(tag)
    if found is None:
        return None
    return {"lang": found[1].lower(), "region": found[2].lower() if found[2] else None}


def _cleaned(part: Any) -> Any:
    """Data with every text clean."""
    if isinstance(part, str):
        return _breakable(unbroken(_NOT_ON_PAGES.sub("", clean(part))))
    if isinstance(part, dict):
        return {key: _cleaned(one) for key, one in part.items()}
    return [_cleaned(one) for one in part] if isinstance(part, list | tuple) else part


def _breakable(text: str) -> str:
    """Text whose long words, such as addresses, may break, so that they stay within their column.

    The template sets a place for a line to end where the sign for it stands, so that words are copied as they were written.
    """
    return _LONG_WORD.sub(lambda found: _PIECE.sub("\\1\u200b", found[0]), text)
