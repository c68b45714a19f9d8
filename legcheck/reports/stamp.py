"""What a report was made from, as it stands in the properties of its file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

OWN_COVER = "; own cover"  # what a document adds to its stamp if its template brought a cover, so that ours was left out
_STAMP = re.compile(
    rf"legcheck (\S+); ([a-z-]+); ([\w-]+); ([a-z]+); file ([0-9a-f]{{64}}); checklist ([0-9a-f]{{64}})({OWN_COVER})?"
)


@dataclass(frozen=True)
class Stamp:
    """The kind of document (``country-report``), its language and edition, and the digests of the file and the checklist."""

    tool: str
    kind: str
    language: str
    edition: str
    file: str
    checklist: str
    own_cover: bool = field(default=False, kw_only=True)

    def __str__(self) -> str:
        return f"legcheck {self.tool}; {self.kind}; {self.language}; {self.edition}; file {self.file}; checklist {self.checklist}"

    @classmethod
    def found_in(cls, text: str) -> Stamp | None:
        """The first stamp in a text, None if there is none."""
        found = _STAMP.search(text)
        if found is None:
            return None
        *made, own_cover = found.groups()
        return cls(*made, own_cover=own_cover is not None)
