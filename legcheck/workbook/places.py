"""Where the fields of an answer were read: cells of a sheet, or lines of a table, made when asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from legcheck.issues import Location
from legcheck.workbook.text import address


class Cells(Mapping[str, Location]):
    """The cells of one row: those that are filled as a mapping, any other by `of`."""

    __slots__ = ("columns", "file", "filled", "row", "sheet")

    def __init__(self, file: str, sheet: str, row: int, columns: Mapping[str, int], filled: tuple[str, ...]) -> None:
        self.file, self.sheet, self.row, self.columns, self.filled = file, sheet, row, columns, filled

    def of(self, key: str) -> Location | None:
        """The cell of a field, filled or blank; None where the sheet has no such column."""
        column = self.columns.get(key)
        return None if column is None else Location(self.file, self.sheet, address(self.row, column))

    def __getitem__(self, key: str) -> Location:
        if key not in self.filled:
            raise KeyError(key)
        return Location(self.file, self.sheet, address(self.row, self.columns[key]))

    def __iter__(self) -> Iterator[str]:
        return iter(self.filled)

    def __len__(self) -> int:
        return len(self.filled)

    def __reduce__(self) -> tuple[object, ...]:
        return Cells, (self.file, self.sheet, self.row, dict(self.columns), self.filled)


class Lines(Mapping[str, Location]):
    """The lines of the rows that speak about one provision, by field."""

    __slots__ = ("file", "lines")

    def __init__(self, file: str, lines: Mapping[str, int]) -> None:
        self.file, self.lines = file, lines

    def __getitem__(self, key: str) -> Location:
        return Location(self.file, line=self.lines[key])

    def __iter__(self) -> Iterator[str]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.lines)

    def __reduce__(self) -> tuple[object, ...]:
        return Lines, (self.file, dict(self.lines))
