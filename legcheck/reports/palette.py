"""The colours of every report, once. No meaning rests on colour alone: a word or a sign always stands beside it.

Each pair of ink and fill has a contrast of at least 4.5 to 1, which a test checks.
"""

from __future__ import annotations

from dataclasses import dataclass

TITLE = "#1F4E79"
ACCENT = "#9A3412"
INK = "#1B1F24"
MUTED = "#4F5B66"
LINE = "#C9D1DA"
SURFACE = "#EEF3F8"
PAPER = "#FFFFFF"
BAR = "#2F6EA5"
RANGE = "#B9D3EA"
BETWEEN = "#78A6CF"
PLACE = "#FFF8E1"


LINES = ("#1F4E79", "#9A3412", "#14532D", "#5B2A86", "#8A6100", "#0F6B6B", "#A61E4D", "#4F5B66")
"""Of lines in one chart; each has a mark of its own beside its colour."""


@dataclass(frozen=True)
class Tone:
    """How one rating or priority is shown: `ink` on `fill`, with a sign for those who do not see the colour."""

    ink: str
    fill: str
    sign: str


PLAIN = Tone(INK, SURFACE, "")

RATINGS = {
    "full": Tone("#14532D", "#DCEFE2", "●"),
    "partial": Tone("#6B4A00", "#FBEFC9", "◐"),
    "none": Tone("#7A2E0E", "#FBE3D6", "○"),
    "contrary": Tone("#FFFFFF", "#8B1A1A", "✕"),
    "na": Tone("#3F4752", "#E6E8EB", "–"),
    "": Tone("#3F4752", "#FFFFFF", "?"),
}
"""By key of the level; the empty key stands for not assessed."""

PRIORITIES = {
    "high": Tone("#FFFFFF", "#9A3412", "▲"),
    "medium": Tone("#6B4A00", "#FBEFC9", "■"),
    "low": Tone("#1F4E79", "#DDE9F4", "▽"),
}

SHADES = (
    Tone(INK, "#F5F8FB", ""),
    Tone(INK, "#D8E6F3", ""),
    Tone(INK, "#AECBE6", ""),
    Tone("#FFFFFF", "#2F6EA5", ""),
    Tone("#FFFFFF", "#173F66", ""),
)
"""Of a field in a table of figures, from nothing met to nearly all met; the figure printed in it says the same."""

ELEMENTS = {True: Tone("#14532D", "#DCEFE2", "✓"), False: Tone("#7A2E0E", "#FBE3D6", "✗"), None: Tone("#3F4752", "#FFFFFF", "?")}


def rating(key: str) -> Tone:
    """The tone of a rating; a level that this palette does not know is shown plainly, by its word."""
    return RATINGS.get(key, PLAIN)


def priority(key: str) -> Tone:
    """The tone of a priority class, plain where it is not known."""
    return PRIORITIES.get(key, PLAIN)
