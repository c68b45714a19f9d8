"""What is said about a provision beside its question: how to rate it, what silence can meet, where to look, what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from legcheck.excel import Look
    from legcheck.labels import Labels
    from legcheck.model import Provision


def about_parts(labels: Labels, provision: Provision, word: Look, text: Look) -> list[tuple[str, Look]]:
    """The parts of that text, each introduced by a word in a look of its own."""
    said = {
        "full": provision.full,
        "partial": provision.partial,
        "contrary": provision.contrary,
        "silence": labels.join(provision.by_silence),
        "guidance": provision.guidance,
        "standards": labels.join(standard.name for standard in provision.standards),
        "practice": labels.join(provision.practice),
    }
    parts: list[tuple[str, Look]] = []
    for key, about in said.items():
        if about:
            between = "\n" if parts else ""
            parts += [(between + labels(f"workbook.about.{key}"), word), (f" {about}", text)]
    return parts
