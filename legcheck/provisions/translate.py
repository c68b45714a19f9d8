"""The texts of a checklist in another language, by id, each with a digest of the text it translates."""

from __future__ import annotations

import copy
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from legcheck.labels import typeset
from legcheck.model import Checklist
from legcheck.yaml_text import Document, Trail, Tree

_PROVISION_TEXTS = ("title", "question", "guidance", "full", "partial", "contrary", "harm", "contrary_harm")
_COMPLETING = ("do", "adding", "amending", "extending", "carrying", "amended")
_INDICATOR = ("indicator", "unit", "verification")
_WORD = re.compile("[a-z]{2}")


def text_digest(text: str) -> str:
    """The short digest by which a translation refers to its source text."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:8]


def texts_of(definition: Mapping[str, Tree]) -> dict[str, tuple[Trail, str]]:
    """Every translatable text of a checklist by its id (``REC-02.title``, ``REC-02.a``, ``chapter.REC.title``)."""
    return {id: (trail, text) for id, trail, text in _texts(definition)}


def translations_of(locale: Document) -> dict[str, tuple[str, str]]:
    """The entries of a locale file: by text id, the digest of the source text and the translation."""
    tree = locale.tree if isinstance(locale.tree, dict) else {}
    texts = tree.get("texts")
    entries = texts.items() if isinstance(texts, dict) else ()
    return {id: (str(one.get("of") or ""), str(one["text"])) for id, one in entries if isinstance(one, dict) and one.get("text")}


def current_translations(definition: Mapping[str, Tree], locale: Iterable[Document]) -> dict[str, str]:
    """The translations in the locale files of a language that are up to date with their source texts."""
    sources = texts_of(definition)
    return {
        id: text
        for document in locale
        for id, (made_from, text) in translations_of(document).items()
        if id in sources and made_from == text_digest(sources[id][1])
    }


def translated(tree: Mapping[str, Tree], known: Mapping[str, str], language: str) -> tuple[dict[str, Tree], frozenset[str]]:
    """A copy of a tree with its texts in another language, and the ids of the texts without a translation."""
    copied: dict[str, Tree] = copy.deepcopy(dict(tree))
    missing = set()
    for id, trail, _ in _texts(tree):
        if id in known:
            _set(copied, trail, typeset(known[id], language))
        else:
            missing.add(id)
    return copied, frozenset(missing)


def in_language(checklist: Checklist, language: str) -> Checklist:
    """The checklist with its texts in `language`; untranslated texts stay in the source language and are counted.

    Its identity (id, version, digest) and its translations stay the same.
    """
    if language == checklist.language:
        return checklist
    from legcheck.provisions.build import build_checklist

    tree, missing = translated(checklist.definition, checklist.translations.get(language, {}), language)  # type: ignore[arg-type]
    shown = build_checklist(tree, translations=checklist.translations, untranslated=missing, digest=checklist.digest)
    return replace(shown, definition=checklist.definition)


def _texts(definition: Mapping[str, Tree]) -> Iterator[tuple[str, Trail, str]]:
    """The id, the place and the text of everything that can be translated. Names that recur have one id in many places."""
    for id, trail in _trails(definition):
        text = _get(definition, trail)
        if isinstance(text, str) and text:
            yield id, trail, text


def _trails(definition: Mapping[str, Tree]) -> Iterator[tuple[str, Trail]]:
    """The id of every text that can be translated, and where it may stand."""
    yield "title", ("title",)
    yield "subject", ("subject",)
    yield "about", ("about",)
    for group, parts in (("dimensions", ("title", "question")), ("bands", ("title",)), ("themes", ("title",))):
        for key, _ in _items(definition, group):
            yield from ((f"{group.removesuffix('s')}.{key}.{part}", (group, key, part)) for part in parts)
    for key, _ in _items(definition, "theme_groups"):
        yield f"theme_group.{key}", ("theme_groups", key)
    for key, _ in _items(definition.get("priority"), "classes"):
        yield f"priority.{key}.title", ("priority", "classes", key, "title")
    yield from _level_trails(definition)
    yield from _provision_trails(definition)
    yield from _register_trails(definition)
    yield from _plan_trails(_mapping(definition.get("plan")))
    yield from _measure_trails(_mapping(definition.get("measures")))


def _level_trails(definition: Mapping[str, Tree]) -> Iterator[tuple[str, Trail]]:
    for scale, entry in _items(definition, "scales"):
        for level, _ in _items(entry, "levels"):
            for part in ("title", "meaning"):
                yield f"scale.{scale}.{level}.{part}", ("scales", scale, "levels", level, part)


def _provision_trails(definition: Mapping[str, Tree]) -> Iterator[tuple[str, Trail]]:
    for id, chapter in _items(definition, "chapters"):
        yield f"chapter.{id}.title", ("chapters", id, "title")
        for provision, entry in _items(chapter, "provisions"):
            trail: Trail = ("chapters", id, "provisions", provision)
            yield from ((f"{provision}.{part}", (*trail, part)) for part in _PROVISION_TEXTS)
            yield from ((f"{provision}.{letter}", (*trail, "elements", letter)) for letter, _ in _items(entry, "elements"))
            for place, _ in enumerate(_list(entry, "practice")):
                yield f"{provision}.practice.{place + 1}", (*trail, "practice", place)


def _register_trails(definition: Mapping[str, Tree]) -> Iterator[tuple[str, Trail]]:
    """An article has the id by which it is cited."""
    for key, instrument in _items(definition, "standards"):
        trail: Trail = ("standards", key)
        yield from ((f"standard.{key}.{part}", (*trail, part)) for part in ("title", "short", "symbol"))
        yield f"unit.{_mapping(instrument).get('unit')}", (*trail, "unit")
        for number, _ in _items(instrument, "articles"):
            cited = f"standard.{key} {number}".rstrip()
            yield from ((f"{cited}.{part}", (*trail, "articles", number, part)) for part in ("label", "subject"))


def _plan_trails(plan: Mapping[str, Tree]) -> Iterator[tuple[str, Trail]]:
    yield from ((f"plan.{part}", ("plan", part)) for part in ("title", "concerned", "vision"))
    for group in ("needs", "efforts", "kinds", "leads", "traditions"):
        yield from ((f"plan.{group}.{key}", ("plan", group, key)) for key, _ in _items(plan, group))
    parts = {
        "phases": ("title",),
        "objectives": ("title", "vision"),
        "sections": ("title",),
        "principles": ("title", "text"),
    }
    for group, names in parts.items():
        for key, _ in _items(plan, group):
            yield from ((f"plan.{group}.{key}.{name}", ("plan", group, key, name)) for name in names)
    completing: Trail = ("plan", "completing")
    yield from ((f"plan.completing.{case}", (*completing, case)) for case in _COMPLETING)
    yield from ((f"plan.completing.output.{name}", (*completing, "output", name)) for name in _INDICATOR)
    for group in ("funding", "consultation"):
        yield from ((f"plan.{group}.{key}", ("plan", group, key)) for key, _ in _items(plan, group))


def _measure_trails(measures: Mapping[str, Tree]) -> Iterator[tuple[str, Trail]]:
    for id, measure in measures.items():
        yield from ((f"{id}.{part}", ("measures", id, part)) for part in ("title", "do"))
        for provision, _ in _items(measure, "alone"):
            trail: Trail = ("measures", id, "alone", provision)
            yield from ((f"{id}.alone.{provision}.{part}", (*trail, part)) for part in ("title", "do"))
        for part in ("output", "outcome"):
            yield from ((f"{id}.{part}.{name}", ("measures", id, part, name)) for name in _INDICATOR)
        yield from ((f"{id}.safeguards.{key}", ("measures", id, "safeguards", key)) for key, _ in _items(measure, "safeguards"))
        for place, _ in enumerate(_list(measure, "drafting")):
            yield f"{id}.drafting.{place + 1}", ("measures", id, "drafting", place)
        for place, clause in enumerate(_list(measure, "clauses")):
            trail = ("measures", id, "clauses", place)
            yield f"{id}.clauses.{place + 1}", trail
            yield from ((f"{id}.clauses.{place + 1}.{tradition}", (*trail, tradition)) for tradition in _mapping(clause))
        for place, example in enumerate(_list(measure, "examples")):
            yield from ((f"{part}.{text}", ("measures", id, "examples", place, part)) for part, text in _names(_mapping(example)))


def _names(example: Mapping[str, Tree]) -> Iterator[tuple[str, Tree]]:
    """Country and law of an example, and its article where that is more than a number."""
    for part in ("country", "law", "article"):
        text = example.get(part)
        if part != "article" or (isinstance(text, str) and _WORD.search(text)):
            yield part, text


def _items(tree: Tree | Mapping[str, Tree], key: str) -> list[tuple[str, Tree]]:
    return list(_mapping(_mapping(tree).get(key)).items())


def _list(tree: Tree | Mapping[str, Tree], key: str) -> list[Tree]:
    found = _mapping(tree).get(key)
    return found if isinstance(found, list) else []


def _mapping(tree: Tree | Mapping[str, Tree]) -> Mapping[str, Tree]:
    return tree if isinstance(tree, Mapping) else {}


def _get(tree: Tree | Mapping[str, Tree], trail: Trail) -> Tree:
    for key in trail:
        if isinstance(key, int):
            tree = tree[key] if isinstance(tree, list) and key < len(tree) else None
        else:
            tree = _mapping(tree).get(key)
    return tree  # type: ignore[return-value]


def _set(tree: Tree, trail: Trail, text: str) -> None:
    above = _get(tree, trail[:-1])
    above[trail[-1]] = text  # type: ignore[index]
