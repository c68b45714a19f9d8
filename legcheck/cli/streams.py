"""Where results and problems go: a reader who leaves early is not a problem, a place that takes nothing is."""

from __future__ import annotations

import io
import sys
from typing import Any, TextIO


class UnwrittenError(Exception):
    """The output could not be written."""


class _Stream(io.FileIO):
    """Takes what is written. Once that fails it takes everything in silence: nobody is there to read it."""

    def __init__(self, descriptor: int, *, needed: bool) -> None:
        super().__init__(descriptor, "w", closefd=False)
        self.needed = needed
        self.failed = False

    def write(self, content: Any, /) -> int:
        try:
            return len(content) if self.failed else super().write(content)
        except OSError as error:
            self.failed = True
            if self.needed and not isinstance(error, BrokenPipeError):
                raise UnwrittenError(error.strerror) from None
            return len(content)


def guard_streams() -> None:
    """Let a closed pipe (``legcheck ... | head -1``) stop neither the work nor its files; the exit code stays that of the work.

    A terminal is left as it is: it does not fail in this way.
    """
    sys.stdout = _guarded(sys.stdout, needed=True)
    sys.stderr = _guarded(sys.stderr, needed=False)


def _guarded(stream: TextIO, *, needed: bool) -> TextIO:
    if stream is None or stream.isatty():
        return stream
    raw = _Stream(stream.fileno(), needed=needed)
    return io.TextIOWrapper(io.BufferedWriter(raw), stream.encoding, stream.errors, line_buffering=True)
