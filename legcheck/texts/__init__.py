"""Reads statutes, splits them into articles, resolves citations in them, and finds articles that may matter."""

from __future__ import annotations

from legcheck.texts.candidates import LISTED, PROPOSED, Recall, is_repealed, propose, recall
from legcheck.texts.citing import references
from legcheck.texts.contents import faults
from legcheck.texts.lines import comparable
from legcheck.texts.links import article_link
from legcheck.texts.meaning import meaning_known
from legcheck.texts.reading import read_statute
from legcheck.texts.resolving import Resolved, differing, resolve, shortened
from legcheck.texts.stored import SUFFIX, file_name, read_stored, written

__all__ = [
    "LISTED",
    "PROPOSED",
    "SUFFIX",
    "Recall",
    "Resolved",
    "article_link",
    "comparable",
    "differing",
    "faults",
    "file_name",
    "is_repealed",
    "meaning_known",
    "propose",
    "read_statute",
    "read_stored",
    "recall",
    "references",
    "resolve",
    "shortened",
    "written",
]
