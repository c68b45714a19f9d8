"""Reads the register of laws."""

from __future__ import annotations

from typing import TYPE_CHECKING

from legcheck.issues import (
    BAD_CHOICE,
    BAD_LINK,
    LAW_TWICE,
    LAW_WITHOUT_KEY,
    MISSING_VALUE,
    Location,
    closest,
)
from legcheck.model import Law, LawStatus
from legcheck.words import compact
from legcheck.workbook.columns import LAW_COLUMNS, LAWS, PUBLISH
from legcheck.workbook.text import short

if TYPE_CHECKING:
    from legcheck.workbook.reading.sheets import Table

_DETAILS = tuple(column.key for column in LAW_COLUMNS if column.key != "key")


def read_laws(table: Table) -> tuple[dict[str, Law], dict[str, Location]]:
    """The laws of the register by key, and where each stands. A row with nothing but a key such as L7 is blank."""
    laws: dict[str, Law] = {}
    places: dict[str, Location] = {}
    seen: dict[str, Location] = {}
    used = frozenset(table.columns.values()) | table.unknown
    issues = table.sheets.issues
    for row, _ in table.below():
        table.report_rest(row, used)
        key, details = table.text(row, "key"), [text for one in _DETAILS if (text := table.text(row, one))]
        if not details and (not key or _is_prepared(key)):
            continue
        if not key:
            issues.add(LAW_WITHOUT_KEY, table.at(row, "key"), title=short(table.text(row, "title") or details[0]))
            continue
        if compact(key) in seen:
            issues.add(LAW_TWICE, table.at(row, "key"), value=key, first=seen[compact(key)].cell)
            continue
        seen[compact(key)] = places[key] = table.at(row, "key")
        laws[key] = _law(table, row, key)
    return laws, places


def _is_prepared(key: str) -> bool:
    """Whether a key is like those that stand ready for laws, such as L7; any other text there was meant to say something."""
    return compact(key)[:1] == "l" and compact(key)[1:].isdecimal()


def _law(table: Table, row: int, key: str) -> Law:
    title = table.text(row, "title")
    if not title:
        name = table.sheets.vocabulary.headings_shown(LAWS).get("title", "title")
        table.sheets.issues.add(MISSING_VALUE, table.at(row, "title"), field=name)
    return Law(
        key=key,
        title=title,
        title_en=table.text(row, "title_en"),
        number=table.text(row, "number"),
        adopted=table.day(row, "adopted"),
        status=_status(table, row),
        in_force_since=table.day(row, "in_force_since"),
        in_force_until=table.day(row, "in_force_until"),
        link=_link(table, row),
        publish=_publish(table, row),
    )


def _status(table: Table, row: int) -> LawStatus:
    """The status of a law; a blank means in force, as the sheet says."""
    typed = table.text(row, "status")
    if not typed:
        return LawStatus.IN_FORCE
    vocabulary = table.sheets.vocabulary
    key = vocabulary.choice("status", typed).replace("_", " ")
    if key in [*LawStatus]:
        return LawStatus(key)
    _refuse(table, row, "status", typed, vocabulary.choices_shown("status"))
    return LawStatus.IN_FORCE


def _publish(table: Table, row: int) -> bool:
    """Whether the public edition may name a law; a blank means that it may."""
    typed = table.text(row, PUBLISH)
    try:
        return table.sheets.vocabulary.yes(typed) if typed else True
    except KeyError:
        _refuse(table, row, PUBLISH, typed, table.sheets.vocabulary.choices_shown("met"))
        return False


def _refuse(table: Table, row: int, key: str, typed: str, shown: list[str]) -> None:
    """Report a word that is not a choice of the list."""
    facts = {"value": short(typed), "allowed": ", ".join(shown), "hint": closest(typed, shown)}
    table.sheets.issues.add(BAD_CHOICE, table.at(row, key), **facts)


def _link(table: Table, row: int) -> str:
    link = table.text(row, "link")
    if link and (not link.lower().startswith(("http://", "https://")) or " " in link):
        table.sheets.issues.add(BAD_LINK, table.at(row, "link"), value=short(link))
    return link
