"""The sheets of one workbook: tables found by their headings wherever they stand, and what nothing reads reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from legcheck.issues import SHEET_MISSING, SHEET_TWICE, UNUSED_SHEET, Location
from legcheck.workbook.columns import CORRECTIONS_MAGIC
from legcheck.workbook.reading.session import Session, Table, find_header, folded, open_table

if TYPE_CHECKING:
    from collections.abc import Collection

    from legcheck.workbook.columns import Column


class Sheets:
    """Finds the tables of a workbook and keeps count of the sheets that were read."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.read: set[str] = {session.identity.sheet}

    def table(
        self, key: str, columns: tuple[Column, ...], *, ids: Collection[str] | None = None, anywhere: bool = False
    ) -> Table | None:
        """The table of a kind of sheet: where it was written, or wherever its headings are now; None, with issues, if nowhere.

        With `ids` one of them must stand below the headings; with `anywhere` headings of any language are known.
        """
        book, identity = self.session.book, self.session.identity
        wanted = identity.names.get(key, "")
        found = self._with_headings(key, [wanted] if wanted in book.names else [], ids, anywhere)
        known = self.read | set(identity.names.values() if found else [wanted])
        found |= self._with_headings(key, [name for name in book.names if name not in known], ids, anywhere)
        if not found:
            self.missing(key)
            return None
        self.read |= set(found)
        for twice in list(found)[1:]:
            self.session.issues.add(SHEET_TWICE, book.at(twice), first=next(iter(found)))
        name, header = next(iter(found.items()))
        return open_table(self.session, name, header, key, columns)

    def missing(self, key: str) -> None:
        """Report that a kind of sheet is not there."""
        name = self.session.identity.names.get(key, key)
        self.session.issues.add(SHEET_MISSING, Location(self.session.book.path.name), sheet=name)

    def report_others(self, *own: str, computed: bool = False) -> None:
        """Report sheets that are not read: in the tool's own only what a person wrote, any other as a whole.

        `computed` says that the tool's own sheets hold formulas, whose values nobody typed.
        """
        book, identity = self.session.book, self.session.identity
        ours = {identity.names.get(key) for key in own}
        for name in book.names:
            rows = book.rows(name) if name not in self.read else []
            if not rows or rows[0][:1] == [CORRECTIONS_MAGIC]:
                continue
            cells = [(row, column, value) for row, line in enumerate(rows) for column, value in enumerate(line) if value != ""]
            formulas = book.formulas(name) if computed else {}
            typed = [(row, column, value) for row, column, value in cells if (row, column) not in formulas]
            known = sum(1 for _, _, value in typed if self.session.is_ours(str(value)))
            if name in ours or known * 2 > len(typed):
                for row, column, value in typed:
                    self.session.report_unused(name, row, column, value)
            elif cells:
                self.session.issues.add(UNUSED_SHEET, book.at(name), sheet=name)

    def _with_headings(self, key: str, names: list[str], ids: Collection[str] | None, anywhere: bool) -> dict[str, int]:
        book = self.session.book
        places = {name: find_header(self.session, book.rows(name), key, anywhere=anywhere) for name in names}
        return {name: at for name, at in places.items() if at >= 0 and (ids is None or self._holds(name, at, ids))}

    def _holds(self, name: str, header: int, ids: Collection[str]) -> bool:
        """Whether headings stand over a real table: the guide shows those of the Assessment sheet over an example."""
        known = {folded(id) for id in ids}
        below = self.session.book.rows(name)[header + 1 :]
        return any(isinstance(cell, str) and len(cell) < 40 and folded(cell) in known for row in below for cell in row)
