"""The files of a checklist, read as trees of text with line numbers, before anything is checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from legcheck import glossary
from legcheck.issues import (
    CHAPTER_FILE_MISSING,
    CHAPTER_FILE_UNUSED,
    CHECKLIST_NOT_FOUND,
    CHECKLIST_UNREADABLE,
    InputError,
    Issues,
    Location,
    closest,
    reject,
)
from legcheck.resources import bundled
from legcheck.yaml_text import Document, Trail, Tree, digest_of, read_yaml

MAIN_FILE = "checklist.yaml"
REGISTER_FILE = "standards.yaml"
PLAN_FILE = "plan.yaml"
# The folder with what became of each element of an earlier version, in a folder named after that version.
CHANGES = "changes"
# The folder of earlier versions, each named ``id@version``.
HISTORY = "history"


@dataclass
class ChecklistFiles:
    """A checklist as stored on disk, the register of standards that it cites, and the glossary in the folder above it."""

    main: Document
    chapters: dict[str, Document] = field(default_factory=dict)
    locales: dict[str, list[Document]] = field(default_factory=dict)
    register: Document | None = None
    register_locales: dict[str, list[Document]] = field(default_factory=dict)
    changes: dict[str, list[Document]] = field(default_factory=dict)
    glossary: Document | None = None

    def at(self, chapter: str, trail: Trail) -> Location:
        """The place of an entry of a chapter's provisions, in the chapter's file or the main one."""
        if chapter in self.chapters:
            return self.chapters[chapter].at(trail)
        return self.main.at(("chapters", chapter, "provisions", *trail))

    def body(self) -> dict[str, Tree]:
        """The tree of the main file with the chapters' provisions filled in."""
        tree = dict(_mapping(self.main.tree))
        filled: dict[str, Tree] = {}
        for id, chapter in _mapping(tree.get("chapters")).items():
            entry = dict(_mapping(chapter))
            if id in self.chapters:
                entry["provisions"] = self.chapters[id].tree
            filled[id] = entry
        tree["chapters"] = filled
        return tree

    def definition(self) -> dict[str, Tree]:
        """The body, with the instruments that its provisions cite, and the changes since earlier versions."""
        body = self.body()
        cited = _cited_keys(body)
        changes: dict[str, Tree] = {
            version: {id: one for document in documents for id, one in _mapping(document.tree).items()}
            for version, documents in self.changes.items()
        }
        standards: dict[str, Tree] = {key: one for key, one in self.standards().items() if key in cited}
        return {**body, "standards": standards, **({"changes": changes} if changes else {})}

    def standards(self) -> dict[str, Tree]:
        """Every instrument of the register."""
        return dict(_mapping(self.register.tree)) if self.register is not None else {}

    def all_locales(self) -> dict[str, list[Document]]:
        """The translations by language, those of the register among them."""
        languages = self.locales.keys() | self.register_locales.keys()
        return {one: [*self.locales.get(one, ()), *self.register_locales.get(one, ())] for one in sorted(languages)}


@dataclass
class PlanFiles:
    """The words and rules of the plan, and the measures by chapter, as stored beside a checklist."""

    plan: Document | None = None
    measures: dict[str, Document] = field(default_factory=dict)
    locales: dict[str, list[Document]] = field(default_factory=dict)

    def texts(self) -> dict[str, Tree]:
        """The tree of everything that can be translated."""
        measures = {id: one for document in self.measures.values() for id, one in _mapping(document.tree).items()}
        return {"plan": self.plan.tree if self.plan is not None else {}, "measures": measures}

    def digest(self) -> str:
        """SHA-256 of the content of the measures and the plan's rules."""
        return digest_of([document.tree for document in (self.plan, *self.measures.values()) if document is not None])

    def at(self, id: str, field: str) -> Location:
        """The place of a field of a measure."""
        for document in self.measures.values():
            if id in _mapping(document.tree):
                return document.at((id, field))
        return Location(id)


def locate(name: str) -> Path:
    """The file ``checklist.yaml`` of a shipped checklist, or of any checklist by the path of its folder or file.

    A shipped checklist has the name ``id``, or with its version ``id@version``, as an earlier version of it has.

    Raises:
        InputError: there is no such checklist.
    """
    ours = bundled("provisions")
    id, _, version = name.partition("@")
    if version and id in shipped() and version == _version_of(ours / id / MAIN_FILE):
        name = id
    for candidate in (Path(name) / MAIN_FILE, Path(name), ours / name / MAIN_FILE, ours / HISTORY / name / MAIN_FILE):
        named = candidate.name == MAIN_FILE or candidate.suffix in (".yaml", ".yml")
        if named and candidate.exists() and not candidate.is_dir():
            return candidate
    known = (*shipped(), *earlier())
    raise reject(CHECKLIST_NOT_FOUND, Location(name), name=name, allowed=", ".join(known), hint=closest(name, known))


@cache
def shipped() -> tuple[str, ...]:
    """The ids of the checklists that come with the tool."""
    return tuple(sorted(file.parent.name for file in bundled("provisions").glob(f"*/{MAIN_FILE}")))


@cache
def _version_of(main: Path) -> str:
    return str(_mapping(read_yaml(main, Issues()).tree).get("version"))


@cache
def earlier() -> tuple[str, ...]:
    """The names, ``id@version``, of the earlier versions that come with the tool, so that older workbooks can still be read."""
    return tuple(sorted(file.parent.name for file in (bundled("provisions") / HISTORY).glob(f"*/{MAIN_FILE}")))


def shipped_name(id: str, version: str) -> str:
    """The name by which to load a version of a shipped checklist: that of an earlier version, or else of the current one."""
    name = f"{id}@{version}"
    return name if name in earlier() else id


def read_files(main: Path, issues: Issues) -> ChecklistFiles:
    """Read every file of a checklist, collecting faults of form in `issues`.

    Raises:
        InputError: a file cannot be read at all.
    """
    try:
        files = ChecklistFiles(read_yaml(main, issues))
        _read_chapters(files, main.parent / "chapters", issues)
        files.locales = _locales(main.parent / "locale", issues)
        _read_register(files, main, issues)
        if (path := main.parent.parent / glossary.FILE).exists():
            files.glossary = read_yaml(path, issues)
        for path in sorted((main.parent / CHANGES).glob("*/*.yaml")):
            files.changes.setdefault(path.parent.name, []).append(read_yaml(path, issues))
    except OSError as error:
        raise reject(CHECKLIST_UNREADABLE, Location(str(error.filename or main)), problem=error.strerror) from None
    return files


def _read_chapters(files: ChecklistFiles, folder: Path, issues: Issues) -> None:
    chapters = _mapping(_mapping(files.main.tree).get("chapters"))
    wanted = {f"{id.lower()}.yaml": id for id in chapters}
    unreadable: list[InputError] = []
    for name, id in wanted.items():
        if (folder / name).exists():
            try:
                files.chapters[id] = read_yaml(folder / name, issues)
            except InputError as error:
                unreadable.append(error)
        elif not _mapping(chapters[id]).get("provisions"):
            issues.add(CHAPTER_FILE_MISSING, files.main.at(("chapters", id)), chapter=id, wanted=f"chapters/{name}")
    for path in sorted(folder.glob("*.yaml")):
        if path.name not in wanted:
            issues.add(CHAPTER_FILE_UNUSED, Location(str(path)))
    if unreadable:
        raise InputError([*issues, *(issue for error in unreadable for issue in error.issues)])


def read_plan_files(main: Path, issues: Issues) -> PlanFiles:
    """Read the measures of a checklist and the words of its plan, if it has them, collecting faults of form in `issues`.

    Raises:
        InputError: a file cannot be read at all.
    """
    folder = main.parent / "measures"
    files = PlanFiles()
    if (main.parent / PLAN_FILE).exists():
        files.plan = read_yaml(main.parent / PLAN_FILE, issues)
    files.measures = {path.stem: read_yaml(path, issues) for path in sorted(folder.glob("*.yaml"))}
    files.locales = _locales(folder / "locale", issues)
    return files


def _locales(folder: Path, issues: Issues) -> dict[str, list[Document]]:
    """The translations by language: of one file ``fr.yaml``, or of the files in a folder ``fr``."""
    paths = (*folder.glob("*.yaml"), *folder.glob("*/*.yaml"))
    return _by_language(folder, [path for path in paths if path.name != REGISTER_FILE], issues)


def _by_language(folder: Path, paths: Iterable[Path], issues: Issues) -> dict[str, list[Document]]:
    found: dict[str, list[Document]] = {}
    for path in sorted(paths):
        language = path.stem if path.parent == folder else path.parent.name
        found.setdefault(language, []).append(read_yaml(path, issues))
    return found


def _read_register(files: ChecklistFiles, main: Path, issues: Issues) -> None:
    """Read the register beside the checklist, in the folder above it, or the shipped one, and its translations."""
    for folder in (main.parent, main.parent.parent, bundled("provisions")):
        if (folder / REGISTER_FILE).exists():
            files.register = read_yaml(folder / REGISTER_FILE, issues)
            locale = folder / "locale"
            files.register_locales = _by_language(locale, locale.glob(f"*/{REGISTER_FILE}"), issues)
            return


def _cited_keys(body: Mapping[str, Tree]) -> set[str]:
    provisions = [
        _mapping(provision)
        for chapter in _mapping(body.get("chapters")).values()
        for provision in _mapping(_mapping(chapter).get("provisions")).values()
    ]
    lists = [provision.get("standards") for provision in provisions]
    return {str(name).partition(" ")[0] for names in lists if isinstance(names, list) for name in names}


def _mapping(tree: Tree) -> Mapping[str, Tree]:
    return tree if isinstance(tree, dict) else {}
