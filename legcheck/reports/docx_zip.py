"""Word files as zip archives: written so that the same parts give the same bytes, read within bounds."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

CONTENT_TYPES = "[Content_Types].xml"


def zipped(parts: Mapping[str, bytes], day: tuple[int, int, int]) -> bytes:
    """An archive of `parts`, sorted, the list of content types first, all dated `day`."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda part: (part != CONTENT_TYPES, part)):
            entry = zipfile.ZipInfo(name, (max(day[0], 1980), day[1], day[2], 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, parts[name])
    return stream.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    """The parts of an archive by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist() if not entry.is_dir()}
