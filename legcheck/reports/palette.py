"""The colours of every report, once. No meaning rests on colour alone: a word or a sign always goes with it.

Each pair of ink and fill has a contrast of at least 4.5 to 1, which a test checks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from legcheck.model import Level, PriorityClass

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
PLACE_EDGE = "#B8962E"


LINES = ("#1F4E79", "#9A3412", "#14532D", "#5B2A86", "#8A6100", "#0F6B6B", "#A61E4D", "#4F5B66")
"""For lines in one chart; each also has its own mark."""


@dataclass(frozen=True)
class Tone:
    """How a rating or priority is shown: `ink` on `fill` on a light page, `night_ink` on `night_fill` on a dark one.

    `sign` is for readers who cannot see the colour; `name` is the name of the tone in style sheets.
    """

    name: str
    ink: str
    fill: str
    sign: str = ""
    night_ink: str = "#e7ebef"
    night_fill: str = "#1d252d"


PLAIN = Tone("plain", INK, SURFACE)
CONTRARY = Tone("rating-contrary", "#FFFFFF", "#8B1A1A", "✕", "#ffffff", "#a12626")
OUTSIDE = Tone("rating-outside", "#3F4752", "#E6E8EB", "–", "#d5dae0", "#343c45")
UNKNOWN = Tone("rating-unknown", "#3F4752", "#FFFFFF", "?", "#d5dae0", "#12171c")
NOT_FOUND = Tone("rating-not-found", "#3F4752", "#E6E8EB", "○", "#d5dae0", "#343c45")
"""For what named texts do not contain: other law may, so it is neither good nor bad."""

FALLS_SHORT = Tone("rating-falls-short", "#3F4752", "#E6E8EB", "◔", "#d5dae0", "#343c45")
"""For a rule of named texts that falls short of what is asked."""

SILENT = Tone("rating-silent", "#3F4752", "#E6E8EB", "✓", "#d5dae0", "#343c45")
"""For what is met only because named texts say nothing against it."""

LEFT = Tone("rating-left", "#3F4752", "#E6E8EB", "→", "#d5dae0", "#343c45")
"""For what named texts leave to another text that was not read."""

_NOTHING = Tone("rating-0", "#7A2E0E", "#FBE3D6", "○", "#f6c3a8", "#4a2414")
_HALF = Tone("rating-5", "#6B4A00", "#FBEFC9", "◐", "#f5dd94", "#443405")
_ALL = Tone("rating-10", "#14532D", "#DCEFE2", "●", "#b6e6c6", "#173b26")


def _between(first: Tone, last: Tone, place: int, sign: str) -> Tone:
    """The tone that lies `place` fifths of the way from one tone to another."""

    def mixed(one: str, other: str) -> str:
        parts = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
        return "#" + "".join(f"{(a * (5 - place) + b * place) // 5:02X}" for a, b in parts)

    number = place if first is _NOTHING else 5 + place
    inks = mixed(first.ink, last.ink), mixed(first.fill, last.fill)
    return Tone(f"rating-{number}", *inks, sign, mixed(first.night_ink, last.night_ink), mixed(first.night_fill, last.night_fill))


WORTHS = (
    _NOTHING,
    *(_between(_NOTHING, _HALF, place, sign) for place, sign in enumerate("◔◔◔◐", 1)),
    _HALF,
    *(_between(_HALF, _ALL, place, sign) for place, sign in enumerate("◐◕◕◕", 1)),
    _ALL,
)
"""For ratings that count, by tenths of their worth; the two ends are reserved for exactly 0 and 1."""

RATINGS = (*WORTHS, CONTRARY, OUTSIDE, UNKNOWN, NOT_FOUND, FALLS_SHORT, SILENT, LEFT)

PRIORITIES = (
    Tone("priority-1", "#FFFFFF", "#9A3412", "▲", "#ffffff", "#9a3412"),
    Tone("priority-2", "#7A2E0E", "#FBE3D6", "△", "#f6c3a8", "#4a2414"),
    Tone("priority-3", "#6B4A00", "#FBEFC9", "■", "#f5dd94", "#443405"),
    Tone("priority-4", "#3F4752", "#E6E8EB", "□", "#d5dae0", "#343c45"),
    Tone("priority-5", "#1F4E79", "#DDE9F4", "▽", "#b9d9f2", "#1b3550"),
)
"""For classes of priority, from the most to the least urgent."""

SHADES = (
    Tone("shade-0", INK, "#F5F8FB", "", "#e7ebef", "#18212a"),
    Tone("shade-1", INK, "#D8E6F3", "", "#e7ebef", "#1d3549"),
    Tone("shade-2", INK, "#AECBE6", "", "#ffffff", "#27577f"),
    Tone("shade-3", "#FFFFFF", "#2F6EA5", "", "#0d1217", "#7db2de"),
    Tone("shade-4", "#FFFFFF", "#173F66", "", "#0d1217", "#d3e6f7"),
)
"""For cells in a table of figures, from nothing met to nearly all met; the figure printed in them says the same."""

ELEMENTS = {True: replace(_ALL, sign="✓"), False: replace(_NOTHING, sign="✗"), None: UNKNOWN}


def tone_of(level: Level | None) -> Tone:
    """The tone of a rating, from what it is worth; None is not assessed."""
    if level is None:
        return UNKNOWN
    if level.contrary:
        return CONTRARY
    if level.outside:
        return OUTSIDE
    tenths = round(10 * level.standing)
    return WORTHS[min(max(tenths, level.standing > 0), 10 - (level.standing < 1))]


def tones_of_priorities(classes: Iterable[PriorityClass]) -> dict[str, Tone]:
    """A tone for each class of priority by its key, in the order of the points they take; a single class stays plain."""
    keys = [one.key for one in sorted(classes, key=lambda one: (-one.least, one.at_most is None))]
    last = len(keys) - 1
    return {key: PRIORITIES[round(4 * place / last)] if last else PLAIN for place, key in enumerate(keys)}
