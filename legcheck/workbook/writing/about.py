"""What is said about a provision beside its question: how to rate it, what silence can meet, where to look, what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from legcheck import countries

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from legcheck.excel import Look
    from legcheck.model import Provision
    from legcheck.workbook.writing.draft import Draft

IN_THE_ROW = ("contrary",)
"""What is said in the row of the rating, for everybody to see, on paper too."""
IN_THE_GUIDE = ("full", "partial", "silence", "guidance", "standards", "practice")
"""The rest: a note beside the question says it, and so does the Guide."""


def about_parts(
    draft: Draft, provision: Provision, word: Look, text: Look, keys: Collection[str] = IN_THE_GUIDE
) -> list[tuple[str, Look]]:
    """The parts of that text, each introduced by a word in a look of its own."""
    join = draft.labels.join
    said = {
        "full": provision.full,
        "partial": provision.partial,
        "contrary": provision.contrary,
        "silence": join(provision.by_silence),
        "guidance": provision.guidance,
        "standards": join(standard.name for standard in provision.standards),
        "practice": join(_examples(draft, provision)),
    }
    parts: list[tuple[str, Look]] = []
    for key in (key for key in said if key in keys and said[key]):
        between = "\n" if parts else ""
        parts += [(between + draft.labels(f"workbook.about.{key}"), word), (f" {said[key]}", text)]
    return parts


def _examples(draft: Draft, provision: Provision) -> Iterator[str]:
    """Examples from other countries, as far as they are in the language of the workbook; nobody copies their own."""
    try:
        own = countries.find(draft.assessment.country)
    except KeyError:
        own = countries.Country(draft.assessment.country)
    state = countries.find(own.alpha_2) if own.subdivision else own
    language, checklist = draft.labels.language, draft.checklist
    name, known = state.name(language), checklist.translations.get(language, {})
    for place, one in enumerate(provision.practice, 1):
        said = language == checklist.language or f"{provision.id}.practice.{place}" in known
        if said and not one.startswith((f"{name}, ", f"{name} (")):
            yield one
