"""Where things are: the data folders, inside the installed package or beside it in a source tree, and the cache folder."""

from __future__ import annotations

import os
from functools import cache
from importlib.resources import files
from pathlib import Path


@cache
def bundled(kind: str) -> Path:
    """The folder or file of shipped data at a path such as ``provisions`` or ``reports/labels``."""
    inside = Path(str(files("legcheck"))) / "_bundled" / kind
    return inside if inside.exists() else Path(__file__).parents[1] / kind


def cache_folder() -> Path:
    """The folder of what can be made again: the one that ``LEGCHECK_CACHE`` names, or else one in the user's cache folder."""
    named = os.environ.get("LEGCHECK_CACHE")
    if named:
        return Path(named)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "legcheck"
