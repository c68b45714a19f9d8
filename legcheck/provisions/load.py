"""Loads a checklist ready for use."""

from __future__ import annotations

from legcheck.issues import InputError, Issue, Issues, Severity
from legcheck.model import Checklist
from legcheck.provisions.build import build_checklist
from legcheck.provisions.check import find_faults
from legcheck.provisions.files import ChecklistFiles, locate, read_files, shipped_ids
from legcheck.provisions.translate import current_translations


def load(name: str) -> Checklist:
    """The checklist of a shipped id, or of the path of a folder or file.

    Raises:
        InputError: it cannot be found, or has errors; all of them are carried.
    """
    issues = Issues()
    files = read_files(locate(name), issues)
    find_faults(files, issues)
    errors: list[Issue] = [issue for issue in issues if issue.severity is Severity.ERROR]
    if errors:
        raise InputError(errors)
    return built(files)


def built(files: ChecklistFiles) -> Checklist:
    """The checklist of files without faults, with the translations that are up to date."""
    definition = files.definition()
    translations = {language: current_translations(definition, locale) for language, locale in files.locales.items()}
    return build_checklist(definition, translations=translations)


def shipped() -> tuple[str, ...]:
    """The ids of the checklists that come with the tool."""
    return shipped_ids()
