"""Word templates: the archive, the styles they must have, and whether a user's own can be filled."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import cache
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
from legcheck.reports.docx_parts import NAMESPACES
from legcheck.reports.docx_tags import REPORT, TagSet
from legcheck.resources import bundled

if TYPE_CHECKING:
    from jinja2 import Environment


CONTENT_TYPES = "[Content_Types].xml"


def zipped(parts: Mapping[str, bytes], day: tuple[int, int, int]) -> bytes:
    """An archive of `parts`, sorted, the list of content types first, all dated `day`."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda part: (part != CONTENT_TYPES, part)):
            entry = zipfile.ZipInfo(name, (max(day[0], 1980), day[1], day[2], 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, parts[name])
    return stream.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    """The parts of an archive by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist() if not entry.is_dir()}


_W = f"{{{NAMESPACES['w']}}}"
TEMPLATE = "gap-report.docx"


@cache
def shipped_template(name: str = TEMPLATE) -> bytes:
    """A shipped Word template, by default that of the gap report."""
    return (bundled("reports/templates") / name).read_bytes()


def adopt_styles(styles: Any) -> dict[str, str]:
    """The id of every style by its name. Styles that the reports use and the template lacks are added to it.

    Names are compared without regard to case: one program writes ``heading 1``, another ``Heading 1``, and the id
    depends on the language of the program that wrote it.
    """
    there = {_name(style).casefold(): style.get(f"{_W}styleId") for style in styles.iterfind(f"{_W}style")}
    ids: dict[str, str] = {}
    ours: dict[str, str] = {}
    for style in _own_styles().iterfind(f"{_W}style"):
        name, own = _name(style), style.get(f"{_W}styleId")
        if name.casefold() not in there:
            there[name.casefold()] = _added(styles, style, ours, set(there.values()))
        ids[name] = ours[own] = there[name.casefold()]
    return ids


def set_language(styles: Any, tag: str) -> None:
    """Make `tag` the language of all text that names no other."""
    defaults = _child(styles, "docDefaults", first=True)
    properties = _child(_child(defaults, "rPrDefault", first=True), "rPr")
    lang = _child(properties, "lang")
    lang.set(f"{_W}val", tag)
    lang.set(f"{_W}eastAsia", tag)


def update_fields_on_opening(settings: Any) -> None:
    """Ask the word processor to fill in page numbers when the document is opened."""
    flag = settings.find(f"{_W}updateFields")
    if flag is None:
        flag = settings.makeelement(f"{_W}updateFields", {})
        after = next((one for one in settings if one.tag in _BEFORE_UPDATE_FIELDS), None)
        if after is None:
            settings.append(flag)
        else:
            after.addprevious(flag)
    flag.set(f"{_W}val", "true")


# What must come after `updateFields` in a valid file: the flag goes before the first of these.
_BEFORE_UPDATE_FIELDS = frozenset(
    f"{_W}{name}"
    for name in (
        "hdrShapeDefaults", "footnotePr", "endnotePr", "compat", "docVars", "rsids", "attachedSchema", "themeFontLang",
        "clrSchemeMapping", "doNotIncludeSubdocsInStats", "doNotAutoCompressPictures", "forceUpgrade", "captions",
        "readModeInkLockDown", "smartTagType", "schemaLibrary", "shapeDefaults", "doNotEmbedSmartTags", "decimalSymbol",
        "listSeparator",
    )
) | {"{http://schemas.openxmlformats.org/officeDocument/2006/math}mathPr"}  # fmt: skip


@cache
def _own_styles() -> Any:
    from docx.oxml import parse_xml

    return parse_xml(unzipped(shipped_template())["word/styles.xml"])


def _added(styles: Any, style: Any, ours: dict[str, str], taken: set[str]) -> str:
    """A copy of our style in the template, under an id that is free there, and based on the template's own style."""
    copied = deepcopy(style)
    id = free = style.get(f"{_W}styleId")
    while free in taken:
        free += "Report"
    copied.set(f"{_W}styleId", free)
    copied.attrib.pop(f"{_W}default", None)
    for link in ("basedOn", "next"):
        for one in copied.findall(f"{_W}{link}"):
            base = one.get(f"{_W}val")
            one.set(f"{_W}val", ours.get(base, free if base == id else base))
    styles.append(copied)
    return str(free)


def _name(style: Any) -> str:
    return str(style.find(f"{_W}name").get(f"{_W}val"))


def _child(parent: Any, name: str, *, first: bool = False) -> Any:
    found = parent.find(f"{_W}{name}")
    if found is None:
        found = parent.makeelement(f"{_W}{name}", {})
        parent.insert(0, found) if first else parent.append(found)
    return found


LARGEST_TEMPLATE = 60_000_000
_SEGMENT = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_TAG = re.compile(r"\{\{\s*([^\W\d]\w*)\s*\}\}")
_FORMS = re.compile(r"\{\{(p|r|tr|tc)\s+(\w+)\s*\}\}")  # a tag that replaces its paragraph, run, row or cell
_PARAGRAPH = re.compile(r"<w:p[ >].*?</w:p>", re.DOTALL)
_LOOSE = re.compile(r"\{\{|\}\}|\{%|%\}|\{#")
_MARKUP = re.compile(r"<[^>]+>")
_WORD = b"wordprocessingml.document.main+xml"
_WORD_TEMPLATE = b"wordprocessingml.template.main+xml"
_OLD_WORD = bytes.fromhex("d0cf11e0a1b11ae1")


def check_template(content: bytes, name: str, tags: TagSet = REPORT) -> Issues:
    """Every problem of a template in one run: an unreadable file, unknown tags, and tags it lacks."""
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
    """A sandboxed Jinja that offers templates nothing beyond their tags."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)


def tags_of(template: Any) -> set[str]:
    """The tags that a template uses."""
    sources = (template.patch_xml(source) for _, source in _sources(template))
    return {match[1] for source in sources for match in _TAG.finditer(source)}


def _as_document(content: bytes, name: str) -> bytes:
    """The file, turned into a document if it is a template (.dotx)."""
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
    """The tags used in any part; the problems of each part are added to `found`."""
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
    """Find tags that are opened and not closed, or the other way round, within a paragraph."""
    for paragraph in _PARAGRAPH.findall(source):
        text = _MARKUP.sub("", paragraph)
        if _LOOSE.search(_SEGMENT.sub("", text)):
            found.add(TEMPLATE_UNREADABLE, Location(name, cell=text[:60]), problem="@docx.problems.syntax")


def _check_syntax(patched: str, name: str, found: Issues) -> None:
    """Find whatever else Jinja itself cannot read."""
    from jinja2 import TemplateSyntaxError

    try:
        environment().parse(patched)
    except TemplateSyntaxError:
        found.add(TEMPLATE_UNREADABLE, Location(name), problem="@docx.problems.syntax")


def _words(source: str) -> str:
    return " ".join(_MARKUP.sub(" ", source).split())


def _sources(template: Any) -> Iterator[tuple[bool, str]]:
    """The parts that hold tags: the body first, then headers, footers and footnotes."""
    yield True, template.get_xml()
    for kind in (template.HEADER_URI, template.FOOTER_URI):
        for _, part in template.get_headers_footers(kind):
            yield False, template.get_part_xml(part)
    for part in template.docx.part.package.iter_parts():
        if part.content_type.endswith("footnotes+xml"):
            yield False, part.blob.decode("utf-8")
