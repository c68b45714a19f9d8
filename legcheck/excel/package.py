"""An Excel file changed part by part: whatever is not changed stays as it is, byte for byte.

Spreadsheet programs put into workbooks what no library here knows: pictures, charts, threads of comments, form controls, macros.
So an existing file is never read and written as a whole; its XML parts are changed in place.
"""

from __future__ import annotations

import posixpath
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any

from lxml import etree

from legcheck.excel.cells import TYPEFACE, plain, quoted
from legcheck.files import unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from legcheck.excel.cells import Look

Element = Any
_TYPES = "[Content_Types].xml"
_STYLES = "xl/styles.xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml"
_STRICT_OFFICE = f"{_STRICT}/officeDocument/relationships"
_FORMAT = "application/vnd.openxmlformats-officedocument"
WORKSHEET, COMMENTS = f"{_FORMAT}.spreadsheetml.worksheet+xml", f"{_FORMAT}.spreadsheetml.comments+xml"
DRAWING = f"{_FORMAT}.vmlDrawing"

# The order that the format prescribes.
_IN_SHEET = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr",
    "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter",
    "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing",
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
)  # fmt: skip
_IN_STYLES = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles", "colors", "extLst",
)  # fmt: skip
_ORDER = {"worksheet": _IN_SHEET, "styleSheet": _IN_STYLES}


class ExcelFile:
    """The parts of a workbook file; a part that is asked for as a tree is written again, every other one is copied."""

    def __init__(self, content: bytes) -> None:
        """Open a file.

        Raises:
            ValueError: it is not a workbook, or one of its parts is not XML.
        """
        with zipfile.ZipFile(BytesIO(content)) as archive:
            self._infos = {info.filename: info for info in archive.infolist()}
            self.parts = {name: unpacked(archive, name) for name in self._infos}
        self._trees: dict[str, Element] = {}
        self.space = etree.QName(self.seen("xl/workbook.xml")).namespace or ""
        self.office = _STRICT_OFFICE if self.space.startswith(_STRICT) else _OFFICE

    def tree(self, name: str) -> Element:
        """A part as a tree that may be changed."""
        if name not in self._trees:
            self._trees[name] = self.seen(name)
        return self._trees[name]

    def seen(self, name: str) -> Element:
        """A part as a tree to look at only.

        Raises:
            ValueError: there is no such part, or it is not XML.
        """
        if name in self._trees:
            return self._trees[name]
        try:
            return etree.fromstring(self.parts[name], etree.XMLParser(resolve_entities=False, no_network=True))
        except (KeyError, etree.XMLSyntaxError) as error:
            raise ValueError(f"{name}: {error}") from None

    def save(self) -> bytes:
        """The file with what was changed; parts keep their dates."""
        for name, tree in self._trees.items():
            self.parts[name] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, part in self.parts.items():
                before = self._infos.get(name)
                info = zipfile.ZipInfo(name, before.date_time if before else next(iter(self._infos.values())).date_time)
                info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
                archive.writestr(info, part)
        return out.getvalue()

    # Parts and relations

    def name(self, tag: str) -> str:
        """A tag of the spreadsheet format as the file spells it."""
        return f"{{{self.space}}}{tag}"

    def new(self, tag: str, **attributes: str) -> Element:
        return etree.Element(self.name(tag), attributes)

    def relations(self, part: str) -> Element:
        """What a part refers to."""
        name = _relations_of(part)
        if name not in self.parts:
            self.parts[name] = f'<Relationships xmlns="{_PACKAGE}/relationships"/>'.encode()
        return self.tree(name)

    def related(self, part: str, kind: str) -> Iterator[tuple[str, str]]:
        """Id and name of each part of a kind, such as ``comments``, that a part refers to."""
        name = _relations_of(part)
        if name in self.parts:
            for one in self.seen(name):
                if one.get("Type", "").endswith(f"/{kind}") and one.get("TargetMode") != "External":
                    target = one.get("Target", "")
                    yield one.get("Id", ""), posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")

    def attach(self, part: str, kind: str, target: str) -> str:
        """Let a part refer to another; the id of the relation."""
        relations = self.relations(part)
        taken = {one.get("Id") for one in relations}
        id = next(f"rId{number}" for number in range(1, len(taken) + 2) if f"rId{number}" not in taken)
        etree.SubElement(
            relations, f"{{{_PACKAGE}/relationships}}Relationship", Id=id, Type=f"{self.office}/{kind}", Target=f"/{target}"
        )
        return id

    def add(self, pattern: str, content: bytes, content_type: str) -> str:
        """Add a part under the first free name of a pattern such as ``xl/comments{}.xml``."""
        name = next(name for number in range(1, 10_000) if (name := pattern.format(number)) not in self.parts)
        self.parts[name] = content
        etree.SubElement(
            self.tree(_TYPES), f"{{{_PACKAGE}/content-types}}Override", PartName=f"/{name}", ContentType=content_type
        )
        return name

    def remove(self, name: str) -> None:
        """Take a part out of the file."""
        self._trees.pop(name, None)
        self.parts.pop(name, None)
        for one in self.tree(_TYPES).xpath("*[@PartName=$name]", name=f"/{name}"):
            one.getparent().remove(one)

    def put(self, parent: Element, child: Element) -> Element:
        """Put an element among its siblings where the format wants it."""
        order = _ORDER[etree.QName(parent).localname]
        rank = order.index(etree.QName(child).localname)
        after = (place for place, one in enumerate(parent) if _rank(one, order) > rank)
        parent.insert(next(after, len(parent)), child)
        return child

    # Sheets

    def sheets(self) -> dict[str, str]:
        """The part of each worksheet by the sheet's name."""
        targets = dict(self.related("xl/workbook.xml", "worksheet"))
        listed = self.seen("xl/workbook.xml").iterfind(f"{self.name('sheets')}/{self.name('sheet')}")
        found = {one.get("name", ""): targets.get(one.get(f"{{{self.office}}}id", ""), "") for one in listed}
        return {name: part for name, part in found.items() if part in self.parts}

    def insert_sheet(self, title: str, sheet: Element, head: int, *, first: bool = True) -> None:
        """Put a worksheet first, to be opened with the file, or else last; the row `head` stands on every printed page."""
        part = self.add("xl/worksheets/sheet{}.xml", etree.tostring(sheet), WORKSHEET)
        id = self.attach("xl/workbook.xml", "worksheet", part)
        book = self.tree("xl/workbook.xml")
        listed = book.find(self.name("sheets"))
        number = 1 + max(int(one.get("sheetId", "0")) for one in listed)
        one = self.new("sheet", name=title, sheetId=str(number))
        one.set(f"{{{self.office}}}id", id)
        place = 0 if first else len(listed)
        listed.insert(place, one)
        self._renumber(place, 1)
        if (names := book.find(self.name("definedNames"))) is not None:
            heading = etree.SubElement(names, self.name("definedName"), name="_xlnm.Print_Titles", localSheetId=str(place))
            heading.text = f"{quoted(title)}!${head}:${head}"
        if not first:
            return
        for view in book.iter(self.name("workbookView")):
            view.set("activeTab", "0")
            view.set("firstSheet", "0")
        for name in self.sheets().values():
            if name != part and b"tabSelected" in self.parts[name]:
                for view in self.tree(name).iter(self.name("sheetView")):
                    view.attrib.pop("tabSelected", None)

    def remove_sheet(self, title: str) -> None:
        """Take a worksheet out of the file."""
        part = self.sheets()[title]
        listed = self.tree("xl/workbook.xml").find(self.name("sheets"))
        place = next(place for place, one in enumerate(listed) if one.get("name") == title)
        id = listed[place].get(f"{{{self.office}}}id")
        listed.remove(listed[place])
        for one in self.relations("xl/workbook.xml").xpath("*[@Id=$id]", id=id):
            one.getparent().remove(one)
        self.remove(part)
        self._renumber(place, -1)

    def _renumber(self, place: int, by: int) -> None:
        """Names that belong to a sheet know it by its place."""
        for name in list(self.tree("xl/workbook.xml").iter(self.name("definedName"))):
            of = name.get("localSheetId")
            if of is None:
                continue
            if by < 0 and int(of) == place:
                name.getparent().remove(name)
            elif int(of) >= place:
                name.set("localSheetId", str(int(of) + by))

    # Styles

    def rule_style(self, colour: str) -> int:
        """The number of the style by which a conditional rule fills a cell."""
        rules = self._list("dxfs")
        for number, one in enumerate(rules):
            if colour in [fill.get("rgb") for fill in one.iter(self.name("bgColor"))]:
                return number
        fill = f'<fill><patternFill patternType="solid"><bgColor rgb="{colour}"/></patternFill></fill>'
        return self._append(rules, _spelled(f"<dxf>{fill}</dxf>", self.space))

    def style(self, look: Look) -> int:
        """The number of the cell format that a look of our own sheets needs."""
        side = f'style="thin"><color rgb="{_argb(look.border)}"/>' if look.border else ">"
        borders = "".join(f"<{name} {side}</{name}>" for name in ("left", "right", "top", "bottom"))
        fonts = f'{"<b/>" if look.bold else ""}{"<u/>" if look.underline else ""}<sz val="{look.size:g}"/>'
        fill = _argb(look.fill or "#FFFFFF")
        parts = {
            "fonts": f'<font>{fonts}<color rgb="{_argb(look.colour)}"/><name val="{TYPEFACE}"/></font>',
            "fills": f'<fill><patternFill patternType="solid"><fgColor rgb="{fill}"/></patternFill></fill>',
            "borders": f"<border>{borders}</border>",
        }
        font, filled, border = (self._append(self._list(key), _spelled(part, self.space)) for key, part in parts.items())
        horizontal = f'horizontal="{look.horizontal}" ' if look.horizontal else ""
        aligned = f'<alignment {horizontal}vertical="{look.vertical}" wrapText="{int(look.wrap)}" indent="{look.indent}"/>'
        numbers = f'numFmtId="49" fontId="{font}" fillId="{filled}" borderId="{border}" xfId="0"'
        applied = " ".join(f'apply{one}="1"' for one in ("Font", "Fill", "Border", "Alignment"))
        return self._append(self._list("cellXfs"), _spelled(f"<xf {numbers} {applied}>{aligned}</xf>", self.space))

    def _list(self, tag: str) -> Element:
        styles = self.tree(_STYLES)
        found = styles.find(self.name(tag))
        return found if found is not None else self.put(styles, self.new(tag))

    def _append(self, parent: Element, child: str) -> int:
        parent.append(etree.fromstring(child))
        parent.set("count", str(len(parent)))
        return len(parent) - 1


def _relations_of(part: str) -> str:
    folder, base = posixpath.split(part)
    return f"{folder}/_rels/{base}.rels"


def _rank(one: Element, order: tuple[str, ...]) -> int:
    local = etree.QName(one).localname if isinstance(one.tag, str) else ""
    return order.index(local) if local in order else -1


def _argb(colour: str) -> str:
    return "FF" + colour.removeprefix("#")


def _spelled(part: str, space: str) -> str:
    """A piece of XML in the namespace of the file."""
    tag = part[1 : min(part.index(sign) for sign in " >" if sign in part)]
    return part.replace(f"<{tag}", f'<{tag} xmlns="{space}"', 1)


def text_cell(file: ExcelFile, address: str, text: str, style: int) -> Element:
    """A cell with a text, never a formula."""
    cell = file.new("c", r=address, s=str(style))
    if text:
        cell.set("t", "inlineStr")
        inner = etree.SubElement(etree.SubElement(cell, file.name("is")), file.name("t"))
        inner.text = plain(text)
        inner.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return cell
