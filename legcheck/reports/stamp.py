"""What a report was made from, as it stands in the properties of its file."""

from __future__ import annotations

import re
from dataclasses import dataclass

_STAMP = re.compile(r"legcheck (\S+); ([a-z-]+); ([\w-]+); ([a-z]+); file ([0-9a-f]{64}); checklist ([0-9a-f]{64})")


@dataclass(frozen=True)
class Stamp:
    """The kind of document (``country-report``), its language and edition, and the digests of the file and the checklist."""

    tool: str
    kind: str
    language: str
    edition: str
    file: str
    checklist: str

    def __str__(self) -> str:
        return f"legcheck {self.tool}; {self.kind}; {self.language}; {self.edition}; file {self.file}; checklist {self.checklist}"

    @classmethod
    def found_in(cls, text: str) -> Stamp | None:
        """The first stamp in a text, None if there is none."""
        found = _STAMP.search(text)
        return cls(*found.groups()) if found is not None else None
