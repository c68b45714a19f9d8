"""Reads the web page the way a browser does, as far as the tests need it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "input", "br", "rect", "line"}


@dataclass
class Node:
    """An element with its contents."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text below, spaces as in the source."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    @property
    def words(self) -> str:
        """The same with single spaces."""
        return " ".join(self.text.split())

    def all(self, tag: str = "", **wanted: str) -> list[Node]:
        """The elements below with this tag and these attributes."""
        found = []
        for child in self.children:
            if isinstance(child, Node):
                named = {name.replace("_", "-"): value for name, value in wanted.items()}
                if tag in ("", child.tag) and all(child.attributes.get(name) == value for name, value in named.items()):
                    found.append(child)
                found += child.all(tag, **wanted)
        return found

    def with_class(self, name: str) -> list[Node]:
        return [one for one in self.all() if name in one.attributes.get("class", "").split()]

    def one(self, tag: str = "", **wanted: str) -> Node:
        (found,) = self.all(tag, **wanted)
        return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self.open = [self.root]
        self.unclosed: list[str] = []

    def handle_starttag(self, tag, attrs):
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag, attrs):
        self.open[-1].children.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag):
        if self.open[-1].tag != tag:
            self.unclosed.append(f"{self.open[-1].tag} closed by {tag}")
        self.open.pop()

    def handle_data(self, data):
        self.open[-1].children.append(data)


def read(page: bytes) -> Node:
    """The page as a tree; every element must be closed where it was opened."""
    reader = _Reader()
    reader.feed(page.decode())
    reader.close()
    assert reader.unclosed == []
    assert len(reader.open) == 1
    return reader.root
