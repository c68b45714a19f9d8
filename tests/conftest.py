"""What all tests share: programs that users have, and what to do where they are missing."""

import os
import shutil
import warnings

import pytest


def require(*names: str) -> str:
    """The path of the first program found.

    A missing one skips the test loudly, and fails it under ``CI=true``, so that no check is lost without notice.
    """
    for name in names:
        path = shutil.which(name)
        if path:
            return path
    reason = f"{' / '.join(names)} is not installed: 'make programs' installs it"
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(reason)
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        warnings.warn(f"NOT TESTED: {reason}", stacklevel=2)
    pytest.skip(reason)


@pytest.fixture
def soffice() -> str:
    """LibreOffice, where users have Excel."""
    return require("soffice", "libreoffice")


@pytest.fixture
def chromium() -> str:
    """A browser."""
    return require("chromium", "chromium-browser", "google-chrome")
