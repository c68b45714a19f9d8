"""YAML read as text: every scalar is text unless empty or null, repeated keys and aliases are refused, lines are kept.

Ordinary YAML turns `NO` into false, article `1.10` into 1.1, silently keeps the last of two equal keys, and lets a short file
expand without limit through aliases.

Reading YAML takes long, and every command reads the program's own checklists and labels: their trees are kept as JSON in the
cache folder, by the content of the file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from legcheck.files import read_bounded
from legcheck.issues import DUPLICATE_KEY, FILE_TOO_LARGE, YAML_ALIAS, YAML_SYNTAX, Issues, Location, reject
from legcheck.kept import keep, kept
from legcheck.resources import bundled

if TYPE_CHECKING:
    import yaml

Tree: TypeAlias = "str | list[Tree] | dict[str, Tree] | None"
Trail: TypeAlias = tuple[str | int, ...]

LARGEST_FILE = 5_000_000
DEEPEST = 30
# The form of the trees kept: raise it with every change here that can change a tree.
_FORM = 1


@dataclass
class Document:
    """A YAML file as a tree of text, with the line of every entry; where only the tree was kept, `content` has the lines."""

    name: str
    tree: Tree
    lines: dict[Trail, int] = field(default_factory=dict)
    content: bytes = b""

    def at(self, trail: Trail) -> Location:
        """Where an entry is; for a missing one, where the nearest entry above it is."""
        if self.content and not self.lines:
            self.lines = parse_yaml(self.content, self.name, Issues()).lines
        while trail and trail not in self.lines:
            trail = trail[:-1]
        return Location(self.name, line=self.lines.get(trail, 1))


def read_yaml(path: Path, issues: Issues) -> Document:
    """Read a YAML file, collecting repeated keys in `issues`.

    Raises:
        InputError: the file is not YAML, uses aliases, or is unreasonably large.
    """
    content, name = read_bounded(path, LARGEST_FILE, FILE_TOO_LARGE), str(path)
    if not any(path.is_relative_to(bundled(kind)) for kind in ("provisions", "reports")):
        return parse_yaml(content, name, issues)
    digest = hashlib.sha256(b"%d %b" % (_FORM, content)).hexdigest()
    if made := kept(f"{digest}.json"):
        return Document(name, json.loads(made), content=content)
    faults = len(issues)
    document = parse_yaml(content, name, issues)
    if len(issues) == faults:
        keep(f"{digest}.json", json.dumps(document.tree).encode())
    return document


def parse_yaml(text: str | bytes, name: str, issues: Issues) -> Document:
    """The same for text already in memory; `name` is shown in messages."""
    import yaml

    document = Document(name, {})
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        _check_nesting(yaml.parse(text, loader), name)
        node = yaml.compose(text, Loader=loader)
        document.tree = _Builder(document, issues).build(node, ()) if node is not None else {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 1
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise reject(YAML_SYNTAX, Location(name, line=line), problem=problem) from None
    except (UnicodeDecodeError, RecursionError) as error:
        raise reject(YAML_SYNTAX, Location(name), problem=type(error).__name__) from None
    return document


def _check_nesting(events: Iterable[yaml.Event], name: str) -> None:
    """Refuse aliases, and nesting that would exhaust the stack of a parser that calls itself."""
    import yaml

    depth = 0
    for event in events:
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST or isinstance(event, yaml.AliasEvent):
            raise reject(YAML_ALIAS, Location(name, line=event.start_mark.line + 1 if event.start_mark else 1))


def digest_of(tree: object) -> str:
    """SHA-256 over what a tree says, without layout, comments or the order of its keys."""
    return hashlib.sha256(json.dumps(tree, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


@dataclass
class _Builder:
    """Turns composed nodes into a tree of text."""

    document: Document
    issues: Issues

    def build(self, node: yaml.Node, trail: Trail) -> Tree:
        import yaml

        self.document.lines.setdefault(trail, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return dict(self._entries(node, trail))
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*trail, place)) for place, item in enumerate(node.value)]
        plain = not getattr(node, "style", None)
        return None if plain and node.value in ("", "null", "~") else str(node.value)

    def _entries(self, node: yaml.MappingNode, trail: Trail) -> Iterator[tuple[str, Tree]]:
        first_lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            key, line = str(key_node.value), key_node.start_mark.line + 1
            if key in first_lines:
                at = Location(self.document.name, line=line)
                self.issues.add(DUPLICATE_KEY, at, key=key, first=first_lines[key])
                continue
            first_lines[key] = line
            self.document.lines[(*trail, key)] = line
            yield key, self.build(value_node, (*trail, key))
