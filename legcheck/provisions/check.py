"""Every fault of a checklist in one run: form, names, letters, decision rules, weights, bands, translations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from legcheck.issues import (
    NO_PROVISIONS,
    PUBLISHED_CHANGED,
    STALE_TRANSLATION,
    TRANSLATION_OF_NOTHING,
    UNTRANSLATED,
    InputError,
    Issues,
    Location,
    closest,
)
from legcheck.provisions.build import digest_of_definition
from legcheck.provisions.content import Content, check_bands, check_names, check_shares
from legcheck.provisions.faults import validated
from legcheck.provisions.files import ChecklistFiles, locate, read_files, read_plan_files
from legcheck.provisions.measures import check_measures
from legcheck.provisions.schema import ChecklistEntry, LocaleEntry, ProvisionEntry, ProvisionsFile, RegisterFile
from legcheck.provisions.translate import text_digest, texts_of, translations_of
from legcheck.resources import bundled
from legcheck.yaml_text import Document, Tree, read_yaml


@dataclass(frozen=True)
class Checked:
    """What a check of a checklist found: its faults, and its size where it could be read."""

    path: Path
    issues: Issues
    provisions: int = 0
    elements: int = 0
    standards: int = 0
    measures: int = 0
    digest: str = ""


def check_checklist(name: str) -> Checked:
    """Check a shipped checklist by id, or any by path, and report every fault in one run."""
    issues = Issues()
    try:
        main = locate(name)
        files = read_files(main, issues)
        plan_files = read_plan_files(main, issues)
    except InputError as error:
        known = set(issues)
        issues.extend(issue for issue in error.issues if issue not in known)
        return Checked(Path(name), issues)
    entries = find_faults(files, issues)
    measures = check_measures(plan_files, Location(files.main.name), entries, issues)
    _check_translations(files.definition(), files.locales, issues)
    _check_translations(plan_files.texts(), plan_files.locales, issues)
    _check_published(files, issues)
    return Checked(
        main,
        issues,
        provisions=sum(len(chapter) for chapter in entries.values()),
        elements=sum(len(entry.elements) for chapter in entries.values() for entry in chapter.values()),
        standards=sum(len(entry.standards) for chapter in entries.values() for entry in chapter.values()),
        measures=measures,
        digest=digest_of_definition(files.body()),
    )


def find_faults(files: ChecklistFiles, issues: Issues) -> Mapping[str, Mapping[str, ProvisionEntry]]:
    """Add every fault of form and of content to `issues`; gives the provisions that could be read, by chapter."""
    main = validated(ChecklistEntry, files.main, issues)
    register = validated(RegisterFile, files.register, issues) if files.register is not None else {}
    chapters: dict[str, Mapping[str, ProvisionEntry]] = {}
    for id, document in files.chapters.items():
        chapters[id] = validated(ProvisionsFile, document, issues) or {}
    if main is None:
        return chapters
    for id, chapter in main.chapters.items():
        chapters.setdefault(id, chapter.provisions)
    if not any(chapters.values()) and not any(document.tree for document in files.chapters.values()):
        issues.add(NO_PROVISIONS, files.main.at(("chapters",)))
    check_names(main, files.main, issues)
    check_shares(main, files.main, issues)
    check_bands(main.bands, files.main, issues)
    Content(main, files, register or {}, issues).check(chapters)
    return chapters


def _check_translations(tree: Mapping[str, Tree], locales: Mapping[str, Document], issues: Issues) -> None:
    """Texts that are not translated, translated from an earlier text, or translations of nothing."""
    sources = texts_of(tree)
    for language, locale in locales.items():
        validated(LocaleEntry, locale, issues)
        made = translations_of(locale)
        for id, (made_from, _) in made.items():
            at = locale.at(("texts", id))
            if id not in sources:
                issues.add(TRANSLATION_OF_NOTHING, at, key=id, hint=closest(id, sources))
            elif made_from != (digest := text_digest(sources[id][1])):
                issues.add(STALE_TRANSLATION, at, key=id, digest=digest)
        missing = sum(1 for id in sources if id not in made)
        if missing:
            issues.add(UNTRANSLATED, Location(locale.name), language=language, count=missing, all=len(sources))


def _check_published(files: ChecklistFiles, issues: Issues) -> None:
    """A published version never changes: its digest stands in ``published.yaml``."""
    path = bundled("provisions") / "published.yaml"
    tree = files.main.tree
    if not path.is_file() or not isinstance(tree, dict):
        return
    id, version = str(tree.get("id")), str(tree.get("version"))
    published = read_yaml(path, Issues()).tree
    versions = published.get(id) if isinstance(published, dict) else None
    recorded = versions.get(version) if isinstance(versions, dict) else None
    found = digest_of_definition(files.body())
    if recorded and recorded != found:
        at = files.main.at(("version",))
        issues.add(PUBLISHED_CHANGED, at, id=id, version=version, published=str(recorded)[:12], found=found[:12])
