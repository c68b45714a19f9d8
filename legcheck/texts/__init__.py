"""Reads statutes, splits them into articles, and resolves citations in them."""

from __future__ import annotations

from legcheck.texts.citing import references
from legcheck.texts.contents import faults
from legcheck.texts.reading import read_statute
from legcheck.texts.resolving import Resolved, resolve
from legcheck.texts.stored import SUFFIX, file_name, read_stored, written

__all__ = [
    "SUFFIX",
    "Resolved",
    "faults",
    "file_name",
    "read_statute",
    "read_stored",
    "references",
    "resolve",
    "written",
]
