"""YAML read as text: every scalar is text unless empty or null, repeated keys and aliases are refused, lines are kept.

Ordinary YAML turns `NO` into false, article `1.10` into 1.1, silently keeps the last of two equal keys, and lets a short file
expand without limit through aliases.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import yaml

from legcheck.issues import DUPLICATE_KEY, FILE_TOO_LARGE, YAML_ALIAS, YAML_SYNTAX, Issues, Location, reject

Tree: TypeAlias = "str | list[Tree] | dict[str, Tree] | None"
Trail: TypeAlias = tuple[str | int, ...]

LARGEST_FILE = 5_000_000
DEEPEST = 30

_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass
class Document:
    """A YAML file as a tree of text, with the line of every entry."""

    name: str
    tree: Tree
    lines: dict[Trail, int] = field(default_factory=dict)

    def at(self, trail: Trail) -> Location:
        """Where an entry is; for a missing one, where the nearest entry above it is."""
        while trail and trail not in self.lines:
            trail = trail[:-1]
        return Location(self.name, line=self.lines.get(trail, 1))


def read_yaml(path: Path, issues: Issues) -> Document:
    """Read a YAML file, collecting repeated keys in `issues`.

    Raises:
        InputError: the file is not YAML, uses aliases, or is unreasonably large.
    """
    if path.stat().st_size > LARGEST_FILE:
        raise reject(FILE_TOO_LARGE, Location(str(path)), limit=LARGEST_FILE // 1_000_000)
    return parse_yaml(path.read_bytes(), str(path), issues)


def parse_yaml(text: str | bytes, name: str, issues: Issues) -> Document:
    """The same for text already in memory; `name` is shown in messages."""
    document = Document(name, {})
    try:
        node = yaml.compose(text, Loader=_Loader)
        document.tree = _Builder(document, issues).build(node, (), 0) if node is not None else {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 1
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise reject(YAML_SYNTAX, Location(name, line=line), problem=problem) from None
    except (UnicodeDecodeError, RecursionError) as error:
        raise reject(YAML_SYNTAX, Location(name), problem=type(error).__name__) from None
    return document


def digest_of(tree: object) -> str:
    """SHA-256 over what a tree says, without layout, comments or the order of its keys."""
    return hashlib.sha256(json.dumps(tree, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


@dataclass
class _Builder:
    """Turns composed nodes into a tree of text."""

    document: Document
    issues: Issues
    seen: set[int] = field(default_factory=set)

    def build(self, node: yaml.Node, trail: Trail, depth: int) -> Tree:
        line = node.start_mark.line + 1
        self.document.lines.setdefault(trail, line)
        if id(node) in self.seen or depth > DEEPEST:
            raise reject(YAML_ALIAS, Location(self.document.name, line=line))
        self.seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return dict(self._entries(node, trail, depth))
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*trail, place), depth + 1) for place, item in enumerate(node.value)]
        plain = not getattr(node, "style", None)
        return None if plain and node.value in ("", "null", "~") else str(node.value)

    def _entries(self, node: yaml.MappingNode, trail: Trail, depth: int) -> Iterator[tuple[str, Tree]]:
        first_lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            key, line = str(key_node.value), key_node.start_mark.line + 1
            if key in first_lines:
                at = Location(self.document.name, line=line)
                self.issues.add(DUPLICATE_KEY, at, key=key, first=first_lines[key])
                continue
            first_lines[key] = line
            self.document.lines[(*trail, key)] = line
            yield key, self.build(value_node, (*trail, key), depth + 1)
