"""What all tests share: settings of property tests, and the programs and fonts that end-to-end tests need."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# No deadline: a busy machine is not a broken program. `make quick` tries fewer examples.
settings.register_profile("full", deadline=None)
settings.register_profile("quick", deadline=None, max_examples=20)
settings.load_profile("full")

# Not the cache of whoever runs the tests.
CACHE = tempfile.TemporaryDirectory(prefix="legcheck-tests-")
os.environ["LEGCHECK_CACHE"] = CACHE.name

TESTS = Path(__file__).parent
# Processes, and whole reports, checklists and comparisons.
SLOW_PLACES = (
    "batch", "cli", "foreign", "comparison/test_anonymity.py", "comparison/test_html.py", "comparison/test_xlsx.py",
    "provisions/test_vot.py", "reports/test_edition.py", "reports/test_figures_agree.py", "reports/test_html.py",
    "reports/test_plan_document.py", "test_api.py", "test_samples.py",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as slow every test that starts LibreOffice, a browser or commands, or that writes whole reports."""
    for item in items:
        starts_a_program = {"soffice", "browser"} & set(getattr(item, "fixturenames", ()))
        if starts_a_program or any(item.path.is_relative_to(TESTS / place) for place in SLOW_PLACES):
            item.add_marker(pytest.mark.slow)


def require(*programs: str) -> str:
    """The path of the first of these programs that is installed."""
    found = next(filter(None, map(shutil.which, programs)), None)
    return found or _missing(" / ".join(programs))


def require_font(*families: str) -> None:
    """Make sure that one of these fonts is installed: layout is only comparable in the font that it was designed with."""
    fc_list = require("fc-list")
    if not any(subprocess.run([fc_list, "--quiet", family], check=False).returncode == 0 for family in families):
        _missing(f"the font {' / '.join(families)}")


def _missing(what: str) -> NoReturn:
    """Skip the test loudly, or fail it under ``CI=true``, so that no check is lost without notice."""
    reason = f"{what} is not installed: 'make programs' installs it"
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(reason)
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        warnings.warn(f"NOT TESTED: {reason}", stacklevel=2)
    pytest.skip(reason)


@pytest.fixture
def soffice() -> str:
    """LibreOffice, where users have Excel and Word."""
    return require("soffice", "libreoffice")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser without a window."""
    from playwright.sync_api import sync_playwright

    path = require("chromium", "chromium-browser", "google-chrome")
    require_font("DejaVu Sans")
    options = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=options)
        yield opened
        opened.close()
