"""A workbook as bytes that depend on its content alone."""

from __future__ import annotations

import os
import re
import zipfile
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.workbook import Workbook

_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</)")
_EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
_LATEST = datetime(2100, 1, 1, tzinfo=UTC)


def moment(day: date) -> datetime:
    """The time written into a file: ``SOURCE_DATE_EPOCH`` where it is set, else the start of `day`."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return min(max(_EARLIEST, datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=min(int(epoch), 2**33))), _LATEST)
    return min(max(_EARLIEST, datetime(day.year, day.month, day.day, tzinfo=UTC)), _LATEST)


def stable_bytes(book: Workbook, at: datetime, change: Callable[[str, bytes], bytes] | None = None) -> bytes:
    """The file of a workbook, every time in it being `at` and its parts in one order.

    `change` may replace a part, given its name and content.
    """
    saved = BytesIO()
    book.save(saved)
    result = BytesIO()
    stamp = at.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        names = [name for name in source.namelist() if name != "[Content_Types].xml"]
        for name in ("[Content_Types].xml", *sorted(names)):
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _STAMP.sub(rb"\g<1>" + stamp + rb"\g<3>", content)
            if change is not None:
                content = change(name, content)
            info = zipfile.ZipInfo(name, at.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            target.writestr(info, content)
    return result.getvalue()
