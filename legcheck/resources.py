"""Where the data folders are: inside the installed package, or beside it in a source tree."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def bundled(kind: str) -> Path:
    """The folder or file of shipped data at a path such as ``provisions`` or ``reports/labels``."""
    inside = Path(str(files("legcheck"))) / "_bundled" / kind
    return inside if inside.exists() else Path(__file__).parents[1] / kind
