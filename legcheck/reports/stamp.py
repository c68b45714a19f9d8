"""What a report was made from, as it stands in the properties of its file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from legcheck.model import Edition, Release

COMPARISON = "comparison"  # the kind of a document that is made from several files
OWN_COVER = "; own cover"  # what a document adds to its stamp if its template brought a cover, so that ours was left out
_STAMP = re.compile(
    r"legcheck (\S+); ([a-z-]+); ([\w-]+); ([a-z]+); file ([0-9a-f]{64}); checklist ([0-9a-f]{64})"
    r"(?:; passages ([0-9a-f]{64}))?"
    rf"(?:; marking ([\w.~%-]+))?(?:; despite ([\w.~%-]+))?({OWN_COVER})?"
)


@dataclass(frozen=True)
class Stamp:
    """The kind of document (``country-report``), its language and release, and the digests of what it was made from."""

    tool: str
    kind: str
    language: str
    release: Release
    file: str
    checklist: str
    passages: str = ""
    own_cover: bool = field(default=False, kw_only=True)

    def __str__(self) -> str:
        made = f"legcheck {self.tool}; {self.kind}; {self.language}; {self.release.edition}"
        said = {"marking": self.release.marking, "despite": self.release.despite}
        digests = f"; file {self.file}; checklist {self.checklist}"
        digests += f"; passages {self.passages}" if self.passages else ""
        return made + digests + "".join(f"; {key} {quote(text, safe='')}" for key, text in said.items() if text)

    @classmethod
    def found_in(cls, text: str) -> Stamp | None:
        """The first stamp in a text, None if there is none."""
        found = _STAMP.search(text)
        if found is None or found[4] not in list(Edition):
            return None
        tool, kind, language, edition, file, checklist, passages, marking, despite, cover = found.groups("")
        release = Release(Edition(edition), unquote(marking), unquote(despite))
        return cls(tool, kind, language, release, file, checklist, passages, own_cover=bool(cover))
