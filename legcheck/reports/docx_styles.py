"""Styles of a Word template: the adviser's own where they are there, ours added where they lack; and the document's language."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from typing import Any

from legcheck.reports.docx_parts import NAMESPACES
from legcheck.reports.docx_zip import unzipped
from legcheck.resources import bundled

_W = f"{{{NAMESPACES['w']}}}"
TEMPLATE = "gap-report.docx"


@cache
def shipped_template(name: str = TEMPLATE) -> bytes:
    """A Word template that comes with the tool; without a name, that of the gap report."""
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


# What the format puts after `updateFields`, in its order: the flag goes before the first of these.
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
