"""Every fault of a checklist in one run: form, names, letters, decision rules, weights, bands, translations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from string import ascii_lowercase
from typing import Any, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError

from legcheck.issues import (
    BANDS_DO_NOT_FIT,
    DANGLING_STANDARD,
    DUPLICATE_PROVISION,
    LETTERS_OUT_OF_ORDER,
    MISSING_FIELD,
    MLP_REF_CLAIMED,
    NO_DECISION_RULE,
    NO_PROVISIONS,
    PROVISION_ELSEWHERE,
    PUBLISHED_CHANGED,
    STALE_TRANSLATION,
    TRANSLATION_OF_NOTHING,
    UNKNOWN_FIELD,
    UNKNOWN_NAME,
    UNKNOWN_THEME,
    UNTRANSLATED,
    WEIGHT_NOT_POSITIVE,
    WORTH_OUT_OF_RANGE,
    WRONG_VALUE,
    InputError,
    Issues,
    Location,
    closest,
)
from legcheck.model import decimal
from legcheck.provisions.build import digest_of_definition
from legcheck.provisions.files import ChecklistFiles, locate, read_files
from legcheck.provisions.schema import (
    BandEntry,
    ChecklistEntry,
    InstrumentEntry,
    LocaleEntry,
    ProvisionEntry,
    ProvisionsFile,
    RegisterFile,
)
from legcheck.provisions.translate import text_digest, texts_of, translations_of
from legcheck.resources import bundled
from legcheck.yaml_text import Document, Trail, read_yaml


@dataclass(frozen=True)
class Checked:
    """What a check of a checklist found: its faults, and its size where it could be read."""

    path: Path
    issues: Issues
    provisions: int = 0
    elements: int = 0
    standards: int = 0
    digest: str = ""


def check_checklist(name: str) -> Checked:
    """Check a shipped checklist by id, or any by path, and report every fault in one run."""
    issues = Issues()
    try:
        main = locate(name)
        files = read_files(main, issues)
    except InputError as error:
        known = set(issues)
        issues.extend(issue for issue in error.issues if issue not in known)
        return Checked(Path(name), issues)
    entries = find_faults(files, issues)
    _check_translations(files, issues)
    _check_published(files, issues)
    return Checked(
        main,
        issues,
        provisions=sum(len(chapter) for chapter in entries.values()),
        elements=sum(len(entry.elements) for chapter in entries.values() for entry in chapter.values()),
        standards=sum(len(entry.standards) for chapter in entries.values() for entry in chapter.values()),
        digest=digest_of_definition(files.body()),
    )


def find_faults(files: ChecklistFiles, issues: Issues) -> Mapping[str, Mapping[str, ProvisionEntry]]:
    """Add every fault of form and of content to `issues`; gives the provisions that could be read, by chapter."""
    main = _validated(TypeAdapter(ChecklistEntry), files.main, issues)
    register = _validated(RegisterFile, files.register, issues) if files.register is not None else {}
    chapters: dict[str, Mapping[str, ProvisionEntry]] = {}
    for id, document in files.chapters.items():
        chapters[id] = _validated(ProvisionsFile, document, issues) or {}
    if main is None:
        return chapters
    for id, chapter in main.chapters.items():
        chapters.setdefault(id, chapter.provisions)
    if not any(chapters.values()) and not any(document.tree for document in files.chapters.values()):
        issues.add(NO_PROVISIONS, files.main.at(("chapters",)))
    _check_names(main, files.main, issues)
    _check_bands(main.bands, files.main, issues)
    _Content(main, files, register or {}, issues).check(chapters)
    return chapters


def _validated(adapter: TypeAdapter[Any], document: Document, issues: Issues) -> Any:
    """The value of a file, or None with an issue for every field that does not fit."""
    try:
        return adapter.validate_python(document.tree)
    except ValidationError as error:
        for fault in error.errors():
            _add_fault(fault, document, issues)
        return _salvaged(adapter, document, {str(fault["loc"][0]) for fault in error.errors() if fault["loc"]})


def _salvaged(adapter: TypeAdapter[Any], document: Document, faulty: set[str]) -> Any:
    """What of a mapping of entries is sound, so that one bad provision does not hide the faults of the others."""
    if adapter not in (ProvisionsFile, RegisterFile) or not isinstance(document.tree, dict):
        return None
    return adapter.validate_python({key: entry for key, entry in document.tree.items() if key not in faulty})


def _add_fault(fault: Any, document: Document, issues: Issues) -> None:
    trail = tuple(step for step in fault["loc"] if step != "[key]")
    at = document.at(trail)
    field = str(trail[-1]) if trail else document.name
    if fault["type"] == "extra_forbidden":
        allowed = _siblings(document, trail)
        issues.add(UNKNOWN_FIELD, at, field=field, allowed=", ".join(allowed), hint=closest(field, allowed))
    elif fault["type"] == "missing":
        issues.add(MISSING_FIELD, at, field=field)
    else:
        value = "" if isinstance(fault["input"], dict | list) else str(fault["input"])
        issues.add(WRONG_VALUE, at, field=field, value=value, allowed=f"@issues.expected.{_expected(fault['type'])}")


def _expected(kind: str) -> str:
    known = {"number", "flag", "text", "letter", "enum", "list_type", "dict_type", "model_type"}
    return kind if kind in known else "other"


def _siblings(document: Document, trail: Trail) -> list[str]:
    """The fields allowed where an unknown one was found."""
    root: Any = ChecklistEntry
    if "checklist" not in Path(document.name).stem:
        root = dict[str, InstrumentEntry] if Path(document.name).name == "standards.yaml" else dict[str, ProvisionEntry]
    for step in trail[:-1]:
        root = _below(root, step)
    return [field.alias or name for name, field in root.model_fields.items()] if _is_entry(root) else []


def _below(kind: Any, step: str | int) -> Any:
    if _is_entry(kind):
        named = {field.alias or name: field.annotation for name, field in kind.model_fields.items()}
        return named.get(str(step))
    inner = get_args(kind)
    return inner[-1] if inner else None


def _is_entry(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _check_names(main: ChecklistEntry, document: Document, issues: Issues) -> None:
    """Names that point elsewhere in the file: scales, bands, theme groups, worths in range."""
    pointers: list[tuple[str, Trail, Iterable[str]]] = [
        *((one.scale, ("dimensions", key, "scale"), main.scales) for key, one in main.dimensions.items()),
        *((one.group, ("themes", key, "group"), main.theme_groups) for key, one in main.themes.items()),
        *((theme, ("priority", "themes", theme), main.themes) for theme in main.priority.themes),
        *([(main.core_cap, ("core_cap",), main.bands)] if main.core_cap else []),
    ]
    for name, trail, declared in pointers:
        if name not in declared:
            known = list(declared)
            issues.add(UNKNOWN_NAME, document.at(trail), value=name, allowed=", ".join(known), hint=closest(name, known))
    for key, scale in main.scales.items():
        for level, one in scale.levels.items():
            if not 0 <= one.worth <= 1:
                at = document.at(("scales", key, "levels", level, "worth"))
                issues.add(WORTH_OUT_OF_RANGE, at, level=level, value=decimal(one.worth))


def _check_bands(bands: Mapping[str, BandEntry], document: Document, issues: Issues) -> None:
    """Bands cover 0 to 1 once each."""
    reached = Fraction(0)
    for key, band in sorted(bands.items(), key=lambda item: item[1].low):
        if band.low != reached or band.high <= band.low:
            span = f"{key}: {decimal(band.low)} – {decimal(band.high)}; {decimal(reached)}"
            issues.add(BANDS_DO_NOT_FIT, document.at(("bands", key)), problem=span)
        reached = max(reached, band.high)
    if bands and reached != 1:
        issues.add(BANDS_DO_NOT_FIT, document.at(("bands",)), problem=f"{decimal(reached)} ≠ 1")


class _Content:
    """Faults in what provisions say."""

    def __init__(
        self, main: ChecklistEntry, files: ChecklistFiles, register: Mapping[str, InstrumentEntry], issues: Issues
    ) -> None:
        self.main = main
        self.files = files
        self.register = register
        self.issues = issues
        self.named_levels = any(scale.levels for scale in main.scales.values())

    def check(self, chapters: Mapping[str, Mapping[str, ProvisionEntry]]) -> None:
        first_seen: dict[str, str] = {}
        for chapter, provisions in chapters.items():
            for id, provision in provisions.items():
                at = self.files.at(chapter, (id,))
                if id in first_seen:
                    self.issues.add(DUPLICATE_PROVISION, at, id=id, first=first_seen[id], second=chapter)
                elif not id.startswith(f"{chapter}-"):
                    self.issues.add(PROVISION_ELSEWHERE, at, id=id, chapter=chapter)
                first_seen.setdefault(id, chapter)
                self._provision(chapter, id, provision)

    def _provision(self, chapter: str, id: str, provision: ProvisionEntry) -> None:
        wanted = ascii_lowercase[: len(provision.elements)]
        if "".join(provision.elements) != wanted:
            at = self.files.at(chapter, (id, "elements"))
            found = ", ".join(provision.elements)
            self.issues.add(LETTERS_OUT_OF_ORDER, at, id=id, found=found, wanted=", ".join(wanted))
        for rule in ("full", "partial"):
            if self.named_levels and provision.elements and not getattr(provision, rule):
                self.issues.add(NO_DECISION_RULE, self.files.at(chapter, (id,)), id=id, rule=rule)
        if provision.weight <= 0:
            at = self.files.at(chapter, (id, "weight"))
            self.issues.add(WEIGHT_NOT_POSITIVE, at, id=id, value=decimal(provision.weight))
        if provision.mlp.ref:
            self.issues.add(MLP_REF_CLAIMED, self.files.at(chapter, (id, "mlp")), id=id)
        self._pointers(chapter, id, provision)

    def _pointers(self, chapter: str, id: str, provision: ProvisionEntry) -> None:
        known = [*self._standards()]
        for place, standard in enumerate(provision.standards):
            if standard not in known:
                at = self.files.at(chapter, (id, "standards", place))
                self.issues.add(DANGLING_STANDARD, at, id=id, standard=standard, hint=closest(standard, known))
        themes = list(self.main.themes)
        for place, theme in enumerate(provision.themes):
            if theme not in themes:
                at = self.files.at(chapter, (id, "themes", place))
                self.issues.add(UNKNOWN_THEME, at, id=id, theme=theme, allowed=", ".join(themes), hint=closest(theme, themes))

    def _standards(self) -> Iterator[str]:
        for key, instrument in self.register.items():
            yield from (f"{key} {number}".strip() for number in instrument.articles)


def _check_translations(files: ChecklistFiles, issues: Issues) -> None:
    """Texts that are not translated, translated from an earlier text, or translations of nothing."""
    sources = texts_of(files.definition())
    for language, locale in files.locales.items():
        _validated(TypeAdapter(LocaleEntry), locale, issues)
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
