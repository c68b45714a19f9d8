"""Documents in Word: blocks on a template that the adviser can replace with any Word document of their own.

The template gives styles, paper, head and foot. The words ``{{ title }}``, ``{{ subtitle }}``, ``{{ kind }}`` and
``{{ notice }}`` are filled in wherever they stand; the document takes the place of the paragraph ``{{ content }}``, or comes
last. Where a template has text of its own before that place, this is the cover, and ours is left out.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import deepcopy
from datetime import datetime
from functools import cache
from itertools import accumulate, dropwhile, pairwise
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from legcheck.files import DAMAGED_ARCHIVE, unpacked
from legcheck.issues import TEMPLATE_UNKNOWN_TAG, TEMPLATE_UNREADABLE, Issues, Location, closest, reject
from legcheck.reports.document import Chart, Document, bullets
from legcheck.reports.docx_markup import NAMESPACES, Markup, clean
from legcheck.reports.docx_template import leave_behind
from legcheck.reports.stamp import OWN_COVER
from legcheck.resources import bundled

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

TAGS = ("title", "subtitle", "kind", "notice", "content")
LARGEST_TEMPLATE = 60_000_000
_MOST_NAMED = 100
_CONTENT = "content"
_CONTENT_TYPES = "[Content_Types].xml"
_TAG = re.compile(r"\{\{([^{}]*)\}\}")
_W = f"{{{NAMESPACES['w']}}}"
_DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
_MAIN_PART = b"wordprocessingml.document.main+xml"
_TEMPLATE_PART = b"wordprocessingml.template.main+xml"
_OLD_WORD = bytes.fromhex("d0cf11e0a1b11ae1")
_PROBE = Document("-", "-", "en", "en", "ltr", "2000-01-01", "-", "", (bullets(["-"]),))
_A4_TWIPS = (11906, 16838)
_CELL_MARGIN = 108  # Word's own, in twentieths of a point
_LEAST_WIDTH = 1_000
_PROPERTIES = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_PICTURES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"


def write_docx(document: Document, template: bytes | None = None) -> bytes:
    """A Word document, the same bytes for the same document and template.

    Raises:
        InputError: the template is not a Word document that can be filled; `check_template` says why before anything is made.
    """
    if template is None:
        return _written(document, opened(shipped_template(), ""), turn=document.landscape)
    with _refused_if_damaged(""):
        return _written(document, opened(template, ""))


def _written(document: Document, made: WordDocument, *, turn: bool = False) -> bytes:
    body = made.element.body
    kind = document.cover.kind if document.cover is not None else ""
    place, has_cover = _place(body)  # before words are filled in, which may hold braces of their own
    _fill_words(made, {"title": document.title, "subtitle": document.subtitle, "kind": kind, "notice": document.running})
    section = _section_of(place, body)
    if turn:
        _turn(section, made.styles.element)
    markup = _markup(made, document, _width_at(place, section))
    parts = list(_cover(markup, document, has_cover))
    parts += markup.blocks(document.blocks)
    _replace(place, parts)
    if document.cover is not None and not has_cover:
        _without_foot_on_cover(section)
    _set_language(made.styles.element, document)
    _set_properties(made, document, OWN_COVER if document.stamp and has_cover else "")
    return _saved(made, document)


def check_template(content: bytes, name: str) -> Issues:
    """Every problem of a template in one run: a file that cannot be filled, and words in double braces that are not known."""
    from legcheck.issues import InputError

    found = Issues()
    try:
        with _refused_if_damaged(name):
            made = opened(content, name)
            tags = _tags_in(made)
            _written(_PROBE, made)
    except InputError as error:
        found.extend(error.issues)
        return found
    for tag in [tag for tag in tags if tag not in TAGS][:_MOST_NAMED]:
        found.add(TEMPLATE_UNKNOWN_TAG, Location(name), tag=tag[:80], hint=closest(tag[:80], TAGS))
    return found


@cache
def shipped_template() -> bytes:
    """The Word template that documents are written on where the adviser gives none."""
    return (bundled("reports/templates") / "document.docx").read_bytes()


@cache
def template_with_cover() -> bytes:
    """The shipped template with a cover of its own, on which documents are made again without ours."""
    import docx

    made = docx.Document(io.BytesIO(shipped_template()))
    made.add_paragraph("·")
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


# The template -----------------------------------------------------------------------------------------------------------


def opened(content: bytes, name: str) -> WordDocument:
    """A Word document ready to be filled, whether it is a document or a template (.dotx).

    Raises:
        InputError: it is neither, it has macros or a password, or it is damaged.
    """
    import docx

    made = docx.Document(io.BytesIO(_as_document(content, name)))
    if any(root.getroottree().docinfo.doctype for root in _roots(made)):  # Word writes none: entities are an attack
        raise _unreadable(name, "broken")
    leave_behind(made)
    return made


@contextmanager
def _refused_if_damaged(name: str) -> Iterator[None]:
    """Say of a template that it is damaged, wherever its parts turn out not to be what they should."""
    try:
        yield
    except (*DAMAGED_ARCHIVE, SyntaxError, AttributeError, TypeError):
        raise _unreadable(name, "broken") from None


def _as_document(content: bytes, name: str) -> bytes:
    if content[:8] == _OLD_WORD:
        raise _unreadable(name, "old_word")
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > LARGEST_TEMPLATE:
                raise _unreadable(name, "too_large")
            kinds = unpacked(archive, _CONTENT_TYPES)
    except DAMAGED_ARCHIVE:
        raise _unreadable(name, "not_word") from None
    if b"macroEnabled" in kinds:
        raise _unreadable(name, "macros")
    if _MAIN_PART not in kinds and _TEMPLATE_PART not in kinds:
        raise _unreadable(name, "not_word")
    return _zipped({**_unzipped(content), _CONTENT_TYPES: kinds.replace(_TEMPLATE_PART, _MAIN_PART)}, (1980, 1, 1))


def _unreadable(name: str, problem: str) -> Exception:
    return reject(TEMPLATE_UNREADABLE, Location(name), problem=f"@docx.problems.{problem}")


def _roots(made: WordDocument) -> Iterator[Any]:
    """The trees that may hold tags: the body, heads and feet of all sections."""
    yield made.element
    for relation in made.part.rels.values():
        if relation.reltype.rpartition("/")[2] in ("header", "footer") and not relation.is_external:
            yield relation.target_part.element


def _tags_in(made: WordDocument) -> list[str]:
    texts = (_joined(_pieces(one)) for root in _roots(made) for one in root.iter(f"{_W}p"))
    return list(dict.fromkeys(tag.strip() for text in texts for tag in _TAG.findall(text)))


def _fill_words(made: WordDocument, facts: Mapping[str, str]) -> None:
    """Fill in the words in double braces; what is not known becomes nothing."""
    for root in _roots(made):
        for one in list(root.iter(f"{_W}p")):
            _fill_paragraph(list(_pieces(one)), facts)


def _fill_paragraph(pieces: Sequence[Any], facts: Mapping[str, str]) -> None:
    """Fill in the tags of a paragraph. One that Word keeps in pieces takes the look of its first."""
    text = _joined(pieces)
    signs = list(text)
    for tag in _TAG.finditer(text):
        signs[tag.start() : tag.end()] = [clean(facts.get(tag[1].strip(), "")), *[""] * (len(tag[0]) - 1)]
    bounds = accumulate((len(piece.text or "") for piece in pieces), initial=0)
    for piece, (start, end) in zip(pieces, pairwise(bounds), strict=True):
        filled = "".join(signs[start:end])
        if filled != text[start:end]:
            piece.text = filled
            piece.set(_SPACE, "preserve")


_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def _pieces(one: Any) -> Iterator[Any]:
    """The pieces of text that Word keeps a paragraph in, without those of text boxes in it."""
    return (piece for piece in one.iter(f"{_W}t") if next(piece.iterancestors(f"{_W}p")) is one)


def _joined(pieces: Iterable[Any]) -> str:
    return "".join(piece.text or "" for piece in pieces)


def _place(body: Any) -> tuple[Any, bool]:
    """The paragraph that the document replaces, and whether the template has text of its own before it."""
    before = ""
    for one in body.iter(f"{_W}p"):
        text = _joined(_pieces(one))
        if _CONTENT in map(str.strip, _TAG.findall(text)) and next(one.iterancestors(f"{_W}txbxContent"), None) is None:
            return one, bool(before.strip())
        before += text
    place = body.makeelement(f"{_W}p", {})
    last = body.find(f"{_W}sectPr")
    body.append(place) if last is None else last.addprevious(place)
    return place, bool(before.strip())


def _replace(place: Any, parts: list[str]) -> None:
    """Put parts in the place of a paragraph; the end of a section that it carries stays after them."""
    from docx.oxml import parse_xml

    parent, index = place.getparent(), place.getparent().index(place)
    ends_section = place.find(f"{_W}pPr/{_W}sectPr") is not None
    parent[index : index + (not ends_section)] = list(parse_xml(f"<root {_DECLARED}>{''.join(parts)}</root>"))
    if ends_section:
        for run in place.findall(f"{_W}r"):
            place.remove(run)


# Pages ------------------------------------------------------------------------------------------------------------------


def _section_of(place: Any, body: Any) -> Any:
    """The properties of the section that a place lies in; a template without any gets a page of A4."""
    following = dropwhile(lambda one: one is not place, body.iter(f"{_W}p", f"{_W}sectPr"))
    section = next((one for one in following if one.tag == f"{_W}sectPr"), None)
    if section is None:
        section = body.makeelement(f"{_W}sectPr", {})
        body.append(section)
    return section


def _text_width(section: Any) -> int:
    """The width of the text in twentieths of a point."""
    size, margins = section.find(f"{_W}pgSz"), section.find(f"{_W}pgMar")
    inner = _number(size, "w", _A4_TWIPS[0]) - _number(margins, "left", 1134) - _number(margins, "right", 1134)
    return inner if inner > 0 else _A4_TWIPS[0] - 2 * 1134


def _width_at(place: Any, section: Any) -> int:
    """The width that a place has: that of its column, or of the cell that it lies in."""
    across = next(place.iterancestors(f"{_W}tc"), None)
    if across is None:
        columns = section.find(f"{_W}cols")
        count, gap = max(_number(columns, "num", 1), 1), _number(columns, "space", 720)
        return max((_text_width(section) - (count - 1) * gap) // count, _LEAST_WIDTH)
    own = across.find(f"{_W}tcPr/{_W}tcW")
    width = _number(own, "w", 0) if own is not None and own.get(f"{_W}type") == "dxa" else 0
    return max((width or _grid_width(across) or _text_width(section)) - 2 * _CELL_MARGIN, _LEAST_WIDTH)


def _grid_width(across: Any) -> int:
    """The width of a cell by the grid of its table."""
    row = across.getparent()
    grid = [_number(one, "w", 0) for one in row.getparent().iterfind(f"{_W}tblGrid/{_W}gridCol")]
    spans = [_number(one.find(f"{_W}tcPr/{_W}gridSpan"), "val", 1) for one in row.iterfind(f"{_W}tc")]
    place = row.findall(f"{_W}tc").index(across)
    start = sum(spans[:place])
    return sum(grid[start : start + spans[place]])


def _number(element: Any, name: str, usual: int) -> int:
    value = "" if element is None else element.get(f"{_W}{name}") or ""
    return int(value) if value.isdigit() and value.isascii() else usual


def _turn(section: Any, styles: Any) -> None:
    """Turn the page, and let the numbers of pages stand at its new edge."""
    size = section.find(f"{_W}pgSz")
    width, height = size.get(f"{_W}w"), size.get(f"{_W}h")
    size.set(f"{_W}w", height)
    size.set(f"{_W}h", width)
    size.set(f"{_W}orient", "landscape")
    for tab in styles.iterfind(f"{_W}style/{_W}pPr/{_W}tabs/{_W}tab"):
        tab.set(f"{_W}pos", str(_text_width(section)))


def _without_foot_on_cover(section: Any) -> None:
    if section.find(f"{_W}titlePg") is None:
        mark = section.makeelement(f"{_W}titlePg", {})
        _insert(section, mark, _AFTER_TITLE_PAGE)


_AFTER_TITLE_PAGE = ("textDirection", "bidi", "rtlGutter", "docGrid", "printerSettings")


def _cover(markup: Markup, document: Document, has_cover: bool) -> Iterator[str]:
    if has_cover:
        return
    yield from markup.title(document.title, document.subtitle) if document.cover is None else markup.cover(document.cover)


# The content ------------------------------------------------------------------------------------------------------------


def _markup(made: WordDocument, document: Document, width: int) -> Markup:
    """The maker of the markup, with what links may lead to and a bookmark for every heading."""
    headings = [(one, f"_Toc{place:08}") for place, one in enumerate(document.headings, 1)]
    return Markup(
        styles=_adopted_styles(made.styles.element),
        width=width,
        direction=document.direction,
        anchors=document.anchors,
        headings=headings,
        compact=document.landscape,
        picture=lambda chart: _picture(made, chart),
        numbering=_Lists(made).begin,
    )


def _picture(made: WordDocument, chart: Chart) -> tuple[str, str]:
    """The relations to a chart as a bitmap, which every program shows, and as a drawing."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    from legcheck.reports.charts import for_word, png_of

    svg = for_word(chart.svg)
    bitmap, _ = made.part.get_or_add_image(io.BytesIO(png_of(svg)))
    package = made.part.package
    names = {str(part.partname) for part in package.iter_parts()}
    free = next(name for number in range(1, len(names) + 2) if (name := f"/word/media/chart{number}.svg") not in names)
    drawing = Part(PackURI(free), "image/svg+xml", svg.encode(), package)
    return bitmap, made.part.relate_to(drawing, _PICTURES)


class _Lists:
    """The lists of a document. Each has a number of its own, so that numbered ones begin at one."""

    def __init__(self, made: WordDocument) -> None:
        self._made = made
        self._kinds: dict[bool, str] = {}

    def begin(self, numbered: bool) -> int:
        """A new list."""
        from docx.oxml import parse_xml

        root = self._root()
        if numbered not in self._kinds:
            self._kinds[numbered] = self._add_kind(root, numbered)
        number = 1 + max((int(one.get(f"{_W}numId")) for one in root.iterfind(f"{_W}num")), default=0)
        start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>' if numbered else ""
        one = f'<w:num {_DECLARED} w:numId="{number}"><w:abstractNumId w:val="{self._kinds[numbered]}"/>{start}</w:num>'
        _insert(root, parse_xml(one), _AFTER_LISTS)
        return number

    def _add_kind(self, root: Any, numbered: bool) -> str:
        """The look of bullets or numbers; all looks stand before all lists."""
        from docx.oxml import parse_xml

        kinds = root.findall(f"{_W}abstractNum")
        id = str(1 + max((int(one.get(f"{_W}abstractNumId")) for one in kinds), default=-1))
        format, text = ("decimal", "%1.") if numbered else ("bullet", "•")
        look = (
            f'<w:abstractNum {_DECLARED} w:abstractNumId="{id}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
            f'<w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
            '<w:pPr><w:ind w:left="340" w:hanging="340"/></w:pPr></w:lvl></w:abstractNum>'
        )
        _insert(root, parse_xml(look), ("num", *_AFTER_LISTS))
        return id

    def _root(self) -> Any:
        return self._part().element

    def _part(self) -> Any:
        from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.oxml import parse_xml
        from docx.parts.numbering import NumberingPart

        part = self._made.part
        try:
            return part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
        except KeyError:
            root = parse_xml(f"<w:numbering {_DECLARED}/>")
            made = NumberingPart(PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, root, part.package)
            part.relate_to(made, RELATIONSHIP_TYPE.NUMBERING)
            return made


_AFTER_LISTS = ("numIdMacAtCleanup",)


def _insert(parent: Any, made: Any, later: Iterable[str]) -> None:
    """Put an element where the format wants it: before the first of those that come `later`, else last."""
    names = {f"{_W}{name}" for name in later}
    follows = next((one for one in parent if one.tag in names), None)
    parent.append(made) if follows is None else follows.addprevious(made)


# Styles, language and properties ----------------------------------------------------------------------------------------


def _adopted_styles(styles: Any) -> dict[str, str]:
    """The id of every style by its name. Styles that documents use and the template lacks are added to it.

    Names are compared without regard to case: one program writes ``heading 1``, another ``Heading 1``, and the id depends on the
    language of the program that wrote it.
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


@cache
def _own_styles() -> Any:
    from docx.oxml import parse_xml

    return parse_xml(_unzipped(shipped_template())["word/styles.xml"])


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
    name = style.find(f"{_W}name")
    return "" if name is None else name.get(f"{_W}val") or ""


def _set_language(styles: Any, document: Document) -> None:
    """Make the document's language that of all text that names no other; styles of the template name none."""
    for style in styles.iterfind(f"{_W}style"):
        for named in list(style.iter(f"{_W}lang")):
            named.getparent().remove(named)
    properties = styles
    for name in ("docDefaults", "rPrDefault", "rPr", "lang"):
        found = properties.find(f"{_W}{name}")
        if found is None:
            found = properties.makeelement(f"{_W}{name}", {})
            properties.insert(0, found) if name in ("docDefaults", "rPrDefault") else properties.append(found)
        properties = found
    for script in ("val", "eastAsia", "bidi"):
        properties.set(f"{_W}{script}", document.locale)


def _set_properties(made: WordDocument, document: Document, cover: str) -> None:
    """The properties come from the document: nothing of the template's author or of their office goes into it."""
    properties = made.core_properties
    for name in ("author", "category", "comments", "content_status", "identifier", "keywords", "last_modified_by", "version"):
        setattr(properties, name, "")
    properties.title = clean(f"{document.title} · {document.subtitle}").replace("\n", " ")[:255]
    properties.subject = clean(document.running).replace("\n", " ")[:255]
    properties.content_status = clean(document.marking)
    (keywords,) = made.part.package.part_related_by(_PROPERTIES).element.findall("{*}keywords")
    keywords.text = document.stamp + cover  # the library takes no more than 255 characters
    properties.language = document.locale
    properties.revision = 1
    properties.created = properties.modified = datetime.fromisoformat(document.date)


# The archive ------------------------------------------------------------------------------------------------------------


def _saved(made: WordDocument, document: Document) -> bytes:
    names = [str(part.partname) for part in made.part.package.iter_parts()]
    if len({*names}) < len(names):  # a damaged template hides one of its parts, and the library makes another
        raise zipfile.BadZipFile("two parts of one name")
    stream = io.BytesIO()
    made.save(stream)
    day = datetime.fromisoformat(document.date)
    return _zipped(_unzipped(stream.getvalue()), (day.year, day.month, day.day))


def _zipped(parts: Mapping[str, bytes], day: tuple[int, int, int]) -> bytes:
    """An archive of `parts`, sorted, the list of content types first, all dated `day`."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda part: (part != _CONTENT_TYPES, part)):
            entry = zipfile.ZipInfo(name, (max(day[0], 1980), day[1], day[2], 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, parts[name])
    return stream.getvalue()


def _unzipped(content: bytes) -> dict[str, bytes]:
    """The parts of an archive by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {entry.filename: unpacked(archive, entry.filename) for entry in archive.infolist() if not entry.is_dir()}
