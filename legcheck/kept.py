"""What the program makes of its own data files, kept in the cache folder by the content that it was made from.

Nothing depends on it: what is missing, damaged or of another program is made again.
"""

from __future__ import annotations

import hashlib
import io
import pickle
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import Any

from legcheck.files import write_whole
from legcheck.issues import InputError
from legcheck.resources import cache_folder

FOLDER = "made"
_MODEL = "legcheck.model."


def kept(name: str) -> bytes | None:
    """The content kept under a name; None if there is none, or it is damaged."""
    try:
        checksum, _, content = (cache_folder() / FOLDER / name).read_bytes().partition(b"\n")
    except (OSError, ValueError, RuntimeError):
        return None
    return content if checksum == _checksum(content) else None


def keep(name: str, content: bytes) -> None:
    """Keep a content; do nothing if the cache folder cannot be written, or if there is none."""
    with suppress(InputError, RuntimeError):
        write_whole(cache_folder() / FOLDER / name, _checksum(content) + b"\n" + content, overwrite=True, lasting=False)


def kept_value(name: str) -> Any:
    """The value of the model kept under a name; None if there is none."""
    content = kept(name)
    try:
        return _Values(io.BytesIO(content)).load() if content is not None else None
    except (pickle.UnpicklingError, ArithmeticError, AttributeError, EOFError, ImportError, LookupError, TypeError, ValueError):
        return None


def keep_value(name: str, value: object) -> None:
    """Keep a value of the model."""
    keep(name, pickle.dumps(value, 5))


def digest_of_files(files: list[Path]) -> str:
    """SHA-256 over the names and contents of files."""
    digest = hashlib.sha256()
    for file in files:
        content = file.read_bytes()
        digest.update(b"%d %d %b %b" % (len(file.name), len(content), file.name.encode(), content))
    return digest.hexdigest()


def _checksum(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()


class _Values(pickle.Unpickler):
    """Makes values of the model and nothing else, whatever somebody puts into the cache folder."""

    def find_class(self, module: str, name: str) -> Any:
        if module.startswith(_MODEL) or (module, name) == (Fraction.__module__, Fraction.__name__):
            found = super().find_class(module, name)
            if isinstance(found, type) and (found is Fraction or found.__module__.startswith(_MODEL)):
                return found
        raise pickle.UnpicklingError(name)
