"""Word templates from outside: opened with care, checked before they are filled.

A template may name tags and nothing else: no loops, filters, calls or attributes. What is not a plain tag is refused before Jinja
sees it, and Jinja itself runs sandboxed, with escaping on and without a word for what is missing.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from legcheck.issues import (
    TEMPLATE_LACKS_TAG,
    TEMPLATE_UNKNOWN_TAG,
    TEMPLATE_UNREADABLE,
    InputError,
    Issues,
    Location,
    closest,
    reject,
)
from legcheck.reports.docx_tags import REPORT, TagSet
from legcheck.reports.docx_zip import CONTENT_TYPES, unzipped, zipped

if TYPE_CHECKING:
    from jinja2 import Environment

LARGEST_TEMPLATE = 60_000_000
_SEGMENT = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_TAG = re.compile(r"\{\{\s*([^\W\d]\w*)\s*\}\}")
_FORMS = re.compile(r"\{\{(p|r|tr|tc)\s+(\w+)\s*\}\}")  # a tag that takes its paragraph, run, row or cell away
_PARAGRAPH = re.compile(r"<w:p[ >].*?</w:p>", re.DOTALL)
_LOOSE = re.compile(r"\{\{|\}\}|\{%|%\}|\{#")
_MARKUP = re.compile(r"<[^>]+>")
_WORD = b"wordprocessingml.document.main+xml"
_WORD_TEMPLATE = b"wordprocessingml.template.main+xml"
_OLD_WORD = bytes.fromhex("d0cf11e0a1b11ae1")


def check_template(content: bytes, name: str, tags: TagSet = REPORT) -> Issues:
    """What stands against filling a template: unreadable, unknown tags, and tags it lacks. All of it in one run."""
    found = Issues()
    try:
        used = _check_parts(content, name, tags, found)
    except InputError as error:
        found.extend(error.issues)
        return found
    for tag in tags.lacking(used):
        found.add(TEMPLATE_LACKS_TAG, Location(name), tag=tag, what=f"@{tags.titles[tag]}")
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


def tags_of(template: Any) -> set[str]:
    """The tags that a template uses."""
    sources = (template.patch_xml(source) for _, source in _sources(template))
    return {match[1] for source in sources for match in _TAG.finditer(source)}


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


def _check_parts(content: bytes, name: str, tags: TagSet, found: Issues) -> set[str]:
    """The tags used in any part, the faults of each part noted."""
    template = opened(content, name)
    used: set[str] = set()
    for is_body, source in _sources(template):
        allowed = list(tags.titles if is_body else tags.words)
        patched = template.patch_xml(source)
        before = len(found)
        for segment in _SEGMENT.findall(patched):
            tag = _TAG.fullmatch(segment)
            if tag and tag[1] in allowed:
                used.add(tag[1])
            elif not segment.startswith("{#"):
                _note(found, name, tag[1] if tag else _words(segment), allowed)
        for form, tag_name in _FORMS.findall(_MARKUP.sub("", source)):
            if form != "p" or tag_name in tags.words:
                _note(found, name, f"{form} {tag_name}", allowed)
        _check_closed(source, name, found)
        if len(found) == before:
            _check_syntax(patched, name, found)
    return used


def _note(found: Issues, name: str, tag: str, allowed: list[str]) -> None:
    inside = re.sub(r"^[{%\s]*((p|r|tr|tc)\s+)?|[}%\s]+$", "", tag)
    hint = closest(inside[:80], allowed)
    found.add(TEMPLATE_UNKNOWN_TAG, Location(name), tag=tag[:80], hint=hint)


def _check_closed(source: str, name: str, found: Issues) -> None:
    """Tags that are opened and not closed, or the other way round, within their paragraph."""
    for paragraph in _PARAGRAPH.findall(source):
        text = _MARKUP.sub("", paragraph)
        if _LOOSE.search(_SEGMENT.sub("", text)):
            found.add(TEMPLATE_UNREADABLE, Location(name, cell=text[:60]), problem="@docx.problems.syntax")


def _check_syntax(patched: str, name: str, found: Issues) -> None:
    """The last net: what Jinja itself cannot read."""
    from jinja2 import TemplateSyntaxError

    try:
        environment().parse(patched)
    except TemplateSyntaxError:
        found.add(TEMPLATE_UNREADABLE, Location(name), problem="@docx.problems.syntax")


def _words(source: str) -> str:
    return " ".join(_MARKUP.sub(" ", source).split())


def _sources(template: Any) -> Iterator[tuple[bool, str]]:
    """The parts that hold tags: the body first, then heads, feet and footnotes."""
    yield True, template.get_xml()
    for kind in (template.HEADER_URI, template.FOOTER_URI):
        for _, part in template.get_headers_footers(kind):
            yield False, template.get_part_xml(part)
    for part in template.docx.part.package.iter_parts():
        if part.content_type.endswith("footnotes+xml"):
            yield False, part.blob.decode("utf-8")
