"""Who was heard on an assessment, and what the State says of each finding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from legcheck.issues import Location


@dataclass(frozen=True)
class Heard:
    """A body or group that was heard, never a person: how, and when, in the words of those who report it."""

    who: str
    how: str = ""
    when: str = ""


@dataclass(frozen=True)
class Finding:
    """What was found on one provision, in plain words, as it is put to the State."""

    provision: str
    asked: str
    found: str
    basis: str


@dataclass(frozen=True)
class Comment:
    """What came back on a finding, `shown` as it stands in the form: a comment with body and date, or another rating and why.

    `at` holds where each of its parts stands, and ``id`` where the finding does.
    """

    finding: str
    shown: Finding
    text: str = ""
    body: str = ""
    on: date | None = None
    ratings: Mapping[str, str] = field(default_factory=dict)
    why: str = ""
    at: Mapping[str, Location] = field(default_factory=dict, compare=False)

    @property
    def given(self) -> bool:
        """Whether anything was said; a body or a date alone may stand there from the beginning."""
        return bool(self.text or self.ratings or self.why)


@dataclass(frozen=True)
class Returned:
    """A form that came back: what it is about (checklist, version, country, date of the law), its language and its comments."""

    file: str
    about: tuple[str, str, str, str]
    language: str
    comments: tuple[Comment, ...]
