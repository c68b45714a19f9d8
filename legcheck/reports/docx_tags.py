"""The tags that a Word template may hold, and the check of a template from outside.

A template may name tags and nothing else: no loops, filters, calls or attributes. What is not a plain tag is refused before Jinja
sees it, and Jinja itself runs sandboxed, with escaping on and without a word for what is missing.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from legcheck.issues import TEMPLATE_LACKS_TAG, TEMPLATE_UNKNOWN_TAG, TEMPLATE_UNREADABLE, Issues, Location, closest, reject
from legcheck.reports import docx_annex as annex
from legcheck.reports import docx_overview as overview
from legcheck.reports.docx_zip import CONTENT_TYPES, unzipped, zipped

if TYPE_CHECKING:
    from jinja2 import Environment

    from legcheck.reports.docx_page import Page
    from legcheck.reports.docx_parts import Xml
    from legcheck.reports.view import ReportView

    Block = Callable[[Page], Iterator[Xml]]

LARGEST_TEMPLATE = 60_000_000
_BLOCK = "urn:legcheck:block"
_SEGMENT = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_TAG = re.compile(r"\{\{\s*([^\W\d]\w*)\s*\}\}")
_MARKUP = re.compile(r"<[^>]+>")
_WORD = b"wordprocessingml.document.main+xml"
_WORD_TEMPLATE = b"wordprocessingml.template.main+xml"
_OLD_WORD = bytes.fromhex("d0cf11e0a1b11ae1")

CONTENTS = "contents"
WORDS = ("title", "subtitle", "country", "country_code", "as_of", "notice_short", "overview_title", "annex_title")
OVERVIEW: Mapping[str, Block] = {
    "fast_facts": overview.fast_facts,
    "summary": overview.summary,
    "scores": overview.scores,
    "chart_chapters": overview.chart_chapters,
    "red_flags": overview.red_flags,
    "top_shortfalls": overview.top_shortfalls,
    "recommendations": overview.recommendations,
    "assistance": overview.assistance,
}
ANNEX: Mapping[str, Block] = {
    "provisions": annex.provisions,
    "gaps": annex.gaps,
    "concordance": annex.concordance,
    "figures": annex.figures,
    "themes": annex.themes,
    "instruments": annex.instruments,
    "laws": annex.laws,
    "not_applicable": annex.not_applicable,
    "doubts": annex.doubts,
    "observations": annex.observations,
    "not_assessed": annex.not_assessed,
    "standards": annex.standards,
    "method": annex.method,
    "issues": annex.issues,
    "slip": annex.slip,
}
GROUPS: Mapping[str, Mapping[str, Block]] = {"overview": OVERVIEW, "annex": ANNEX}
BLOCKS: Mapping[str, Block] = {"notices": overview.notices, **OVERVIEW, **ANNEX}
EXPECTED = ("notice_short", "notices", *OVERVIEW, CONTENTS, *ANNEX)


def template_tags() -> Mapping[str, str]:
    """Every tag that a template may use, with the id of the label that says what it shows."""
    return {tag: f"docx.tags.{tag}" for tag in (*WORDS, CONTENTS, *GROUPS, *BLOCKS)}


def check_template(content: bytes, name: str) -> Issues:
    """What stands against filling a template: unreadable, unknown tags, and tags it lacks. All of it in one run."""
    from legcheck.issues import InputError

    found = Issues()
    try:
        used = _check_parts(content, name, found)
    except InputError as error:
        found.extend(error.issues)
        return found
    for tag in _lacking(used):
        found.add(TEMPLATE_LACKS_TAG, Location(name), tag=tag, what=f"@docx.tags.{tag}")
    return found


def opened(content: bytes, name: str = "") -> Any:
    """A template ready for docxtpl.

    Raises:
        InputError: it is not a Word file that can be filled.
    """
    from docxtpl import DocxTemplate

    template = DocxTemplate(io.BytesIO(_as_document(content, name)))
    try:
        template.init_docx()
    except (KeyError, ValueError, BadZipFile, SyntaxError, AttributeError, OSError):
        raise _unreadable(name, "broken") from None
    return template


def environment() -> Environment:
    """Jinja, with nothing to reach for."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)


def context_of(view: ReportView, titles: Mapping[str, str]) -> dict[str, str]:
    """What the tags stand for: words as text; a block as a mark of its place, filled in when the words are in."""
    from markupsafe import Markup

    words = {tag: titles[tag] if tag in titles else str(getattr(view, tag)) for tag in WORDS}
    marks = {tag: Markup(f'<legcheck:block xmlns:legcheck="{_BLOCK}" name="{tag}"/>') for tag in (CONTENTS, *GROUPS, *BLOCKS)}  # noqa: S704
    return words | marks


def is_mark(element: Any) -> bool:
    """Whether an element marks the place of a block."""
    return bool(element.tag == f"{{{_BLOCK}}}block")


def tags_of(template: Any) -> set[str]:
    """The tags that a template uses."""
    sources = (template.patch_xml(source) for _, source in _sources(template))
    return {match[1] for source in sources for match in _TAG.finditer(source)}


def parts_of(template: Any) -> Iterator[Any]:
    """The roots of the parts that were filled: the body, heads and feet."""
    yield template.docx.element.body
    for kind in (template.HEADER_URI, template.FOOTER_URI):
        for _, part in template.get_headers_footers(kind):
            yield part.element


def _as_document(content: bytes, name: str) -> bytes:
    """The file with its kind set to a document where it is a template (.dotx)."""
    if content[:8] == _OLD_WORD:
        raise _unreadable(name, "old_word")
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
            if size > LARGEST_TEMPLATE:
                raise _unreadable(name, "too_large")
            kinds = archive.read(CONTENT_TYPES)
    except (BadZipFile, KeyError, OSError, NotImplementedError, RuntimeError, EOFError):
        raise _unreadable(name, "not_word") from None
    if b"macroEnabled" in kinds:
        raise _unreadable(name, "macros")
    if _WORD_TEMPLATE in kinds:
        return zipped({**unzipped(content), CONTENT_TYPES: kinds.replace(_WORD_TEMPLATE, _WORD)}, (1980, 1, 1))
    if _WORD not in kinds:
        raise _unreadable(name, "not_word")
    return content


def _unreadable(name: str, problem: str, near: str = "") -> Exception:
    return reject(TEMPLATE_UNREADABLE, Location(name, cell=near), problem=f"@docx.problems.{problem}")


def _check_parts(content: bytes, name: str, found: Issues) -> set[str]:
    """The tags used in any part, the faults of each part noted."""
    template = opened(content, name)
    used: set[str] = set()
    for is_body, source in _sources(template):
        patched = template.patch_xml(source)
        allowed = list(template_tags()) if is_body else list(WORDS)
        for segment in _SEGMENT.findall(patched):
            tag = _TAG.fullmatch(segment)
            if tag and tag[1] in allowed:
                used.add(tag[1])
            elif not segment.startswith("{#"):
                _note(found, name, tag[1] if tag else _MARKUP.sub("", segment), allowed)
        _check_syntax(patched, name, found)
    return used


def _note(found: Issues, name: str, tag: str, allowed: list[str]) -> None:
    inside = re.sub(r"^[{%\s]+(p\s)?|[}%\s]+$", "", tag)
    found.add(
        TEMPLATE_UNKNOWN_TAG,
        Location(name),
        tag=tag[:80],
        allowed=", ".join(sorted(allowed)),
        hint=closest(inside[:80], allowed),
    )


def _check_syntax(patched: str, name: str, found: Issues) -> None:
    from jinja2 import TemplateSyntaxError

    source = re.sub(r"<w:p([ >])", r"\n<w:p\1", patched)
    try:
        environment().parse(source)
    except TemplateSyntaxError as error:
        line = source.splitlines()[max(0, error.lineno - 1)] if source else ""
        near = " ".join(_MARKUP.sub("", line).split())[:60]
        found.add(TEMPLATE_UNREADABLE, Location(name, cell=near), problem="@docx.problems.syntax")


def _sources(template: Any) -> Iterator[tuple[bool, str]]:
    """The parts that hold tags: the body first, then heads, feet and footnotes."""
    yield True, template.get_xml()
    for kind in (template.HEADER_URI, template.FOOTER_URI):
        for _, part in template.get_headers_footers(kind):
            yield False, template.get_part_xml(part)
    for part in template.docx.part.package.iter_parts():
        if part.content_type.endswith("footnotes+xml"):
            yield False, part.blob.decode("utf-8")


def _lacking(used: set[str]) -> Iterator[str]:
    covered = used.union(*(GROUPS[group] for group in GROUPS if group in used))
    return (tag for tag in EXPECTED if tag not in covered)
