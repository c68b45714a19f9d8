"""Writes Excel workbooks: one small vocabulary for every sheet that legcheck makes.

>>> from datetime import date
>>> book = Book(date(2026, 6, 30), title="Utopia", language="en")
>>> sheet = book.sheet("Figures")
>>> sheet.widths(30, 12)
>>> sheet.put(1, 1, "Chapter", Look(bold=True, fill="#1F4E79", colour="#FFFFFF"))
>>> sheet.put(2, 1, "=a text, never a formula", Look())
>>> sheet.put(2, 2, Formula("=SUM(C2:D2)", 3), Look(format="0"))
>>> content = book.finish()

Rows and columns are counted from 1, as Excel shows them; colours are written ``#RRGGBB``; widths are in characters, heights in
points. Equal input gives equal bytes.
"""

from legcheck.excel.book import Book, Formula, Message, Sheet, Value, day_number, moment, sealed
from legcheck.excel.cells import TALLEST_ROW, TYPEFACE, Cells, Look, address, height, letter, plain, quoted, width_of_heading
from legcheck.excel.charts import Axis, Chart, Series

__all__ = [
    "TALLEST_ROW",
    "TYPEFACE",
    "Axis",
    "Book",
    "Cells",
    "Chart",
    "Formula",
    "Look",
    "Message",
    "Series",
    "Sheet",
    "Value",
    "address",
    "day_number",
    "height",
    "letter",
    "moment",
    "plain",
    "quoted",
    "sealed",
    "width_of_heading",
]
