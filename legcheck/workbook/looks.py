"""The looks of the sheets that people fill in or get back."""

from __future__ import annotations

from dataclasses import replace

from legcheck.excel import TALLEST_ROW, Look

INK, MUTED, NAVY, TEAL, WHITE = "#1F2F3A", "#5A6B76", "#23485C", "#2E7D7A", "#FFFFFF"
BANNER, PAPER, CAUTION, BAD, BAD_INK = "#DCE8EC", "#F4F7F8", "#FDF3DC", "#F6CFCB", "#B3402F"
# Ratings from best to worst, what does not count, what is missing, and what is not in the list.
DONE, PARTLY, NOTHING, OUTSIDE, MISSING, WRONG = "#DDEFE2", "#FCEFC7", "#F8DFCF", "#E3E8EB", "#E7E0F5", "#F28B82"
LINE = "#C9D4DA"

TEXT = Look(colour=INK, horizontal="left")
SMALL = replace(TEXT, size=9, colour=MUTED)
SECTION = replace(TEXT, size=12, bold=True, colour=NAVY, vertical="bottom", wrap=False)
TITLE = replace(TEXT, size=20, bold=True, colour=WHITE, fill=NAVY, vertical="center", wrap=False, indent=1)
BAND = replace(TITLE, size=10, bold=False)
HEADING = Look(size=10, bold=True, colour=WHITE, fill=NAVY, vertical="center", horizontal="center", border=LINE)
ANSWER_HEADING = replace(HEADING, fill=TEAL)
BOXED = replace(TEXT, border=LINE, vertical="center", indent=1)
LABEL = replace(BOXED, bold=True, fill=PAPER)
FIXED = replace(BOXED, size=9, fill=PAPER, vertical="top")
ID = replace(FIXED, bold=True, horizontal="center", indent=0)
NAME = replace(FIXED, size=9.5, bold=True)
ANSWER = replace(FIXED, fill="", open=True, format="@")
CHOICE = replace(ANSWER, horizontal="center", indent=0)
DATE = replace(CHOICE, format="yyyy-mm-dd")
NOTICE = replace(TEXT, fill=CAUTION, indent=1)
NOTICE_TITLE = replace(NOTICE, size=11, bold=True, colour=BAD_INK, vertical="center", wrap=False)

_LEAST_HEIGHT = 18
_PADDING = 4


def row_height(points: float) -> float:
    """The height of a row that holds texts of this height."""
    return min(TALLEST_ROW, max(_LEAST_HEIGHT, points + _PADDING))
