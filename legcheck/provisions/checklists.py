"""Loads checked checklists and their measures; derives the short form, and how long a form takes to fill in."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

from legcheck.issues import InputError, Issues, Severity
from legcheck.kept import digest_of_files, keep_value, kept_value
from legcheck.model import Catalogue, Checklist
from legcheck.provisions.files import locate, read_files, read_plan_files
from legcheck.resources import bundled

_PROGRAM = Path(__file__).parents[1]


def load(name: str) -> Checklist:
    """The checklist with a shipped id, or at the path of a folder or file, with its up-to-date translations.

    Building one takes as long as reading a workbook, so those that are shipped are kept as built.

    Raises:
        InputError: it cannot be found, or has errors; holds all of them.
    """
    main = locate(name)
    ours = bundled("provisions")
    if not main.is_relative_to(ours):
        return _built(main)
    program = (*_PROGRAM.glob("model/*.py"), *_PROGRAM.glob("provisions/*.py"))
    texts = (*ours.glob("*.yaml"), *(ours / "locale").rglob("*.yaml"), *main.parent.rglob("*.yaml"))
    kept = f"{digest_of_files(sorted((*program, *texts)))}.checklist"
    found = kept_value(kept)
    if not isinstance(found, Checklist):
        found = _built(main)
        keep_value(kept, found)
    return found


def _built(main: Path) -> Checklist:
    from legcheck.provisions.build import build_checklist
    from legcheck.provisions.check import find_issues
    from legcheck.provisions.translate import current_translations

    issues = Issues()
    files = read_files(main, issues)
    find_issues(files, issues)
    _raise_errors(issues)
    definition = files.definition()
    translations = {language: current_translations(definition, locale) for language, locale in files.all_locales().items()}
    return build_checklist(definition, translations=translations)


def load_catalogue(name: str, language: str) -> Catalogue | None:
    """The measures of a checklist, by its id or path, in a language; None if it has none.

    Raises:
        InputError: the measures have errors.
    """
    from legcheck.provisions.build import build_catalogue
    from legcheck.provisions.check import find_issues_of_measures
    from legcheck.provisions.schema import MeasuresFile, PlanEntry, parsed
    from legcheck.provisions.translate import current_translations, translated

    issues = Issues()
    files = read_plan_files(locate(name), issues)
    plan, measures = find_issues_of_measures(files, issues)
    _raise_errors(issues)
    if plan is None or not measures:
        return None
    untranslated = 0
    if language in files.locales:
        texts = files.texts()
        tree, missing = translated(texts, current_translations(texts, files.locales[language]), language)
        plan, measures, untranslated = parsed(PlanEntry, tree["plan"]), parsed(MeasuresFile, tree["measures"]), len(missing)
    return build_catalogue(plan, measures, digest=files.digest(), untranslated=untranslated)


def short_form(checklist: Checklist) -> Checklist:
    """The checklist with its core provisions only, as in the short form of a workbook. It has a digest of its own."""
    from legcheck.provisions.build import build_checklist

    definition: dict[str, Any] = copy.deepcopy(dict(checklist.definition))
    core = {one.id for one in checklist.provisions.values() if one.core}
    for id, chapter in list(definition["chapters"].items()):
        chapter["provisions"] = {key: one for key, one in chapter["provisions"].items() if key in core}
        if not chapter["provisions"]:
            del definition["chapters"][id]
    return build_checklist({**definition, "form": "short"}, translations=checklist.translations)


def _raise_errors(issues: Issues) -> None:
    errors = [issue for issue in issues if issue.severity is Severity.ERROR]
    if errors:
        raise InputError(errors)
