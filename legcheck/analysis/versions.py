"""Two versions of a checklist: what changed between them, and the answers of one carried to the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import reduce
from typing import Any, TypeVar

from legcheck.analysis.differences import OF_ANSWERS
from legcheck.model import (
    NO_ANSWER,
    Answer,
    Assessment,
    Carried,
    ChangeKind,
    Checklist,
    ElementAnswer,
    Fate,
    Migration,
    Provision,
    Revision,
    VersionChange,
    VersionStep,
    united,
)

# The id of every element of the earlier version, such as ``REC-02.c``, with that of its successor; empty if it has none.
Homes = Mapping[str, str]
# The words for a key and its facts, in the language of the assessment.
Words = Callable[..., str]

_T = TypeVar("_T")
_PROPERTIES: Mapping[ChangeKind, Callable[[Provision], str]] = {
    ChangeKind.WEIGHT: lambda one: str(one.weight),
    ChangeKind.CORE: lambda one: "yes" if one.core else "no",
    ChangeKind.STANDARDS: lambda one: "; ".join(each.name for each in one.standards),
    ChangeKind.SCALE: lambda one: f"{one.scale.key if one.scale else ''} {one.maximum or ''}".strip(),
}
_TEXTS = ("title", "question", "guidance", "full", "partial", "contrary", "harm", "contrary_harm")


def homes(before: Checklist, after: Checklist) -> Homes:
    """What became of every element, as the changes of the later version say; elements that they do not name keep their letters.

    Between versions that say nothing of one another, only elements with the same letter and text are the same.
    """
    elements, theirs = _elements(before), _elements(after)
    if before.version in after.changes:
        told = after.changes[before.version]
        named = {id.rpartition(".")[0] for id in told}
        return {id: told.get(id, id if id in theirs and id.rpartition(".")[0] not in named else "") for id in elements}
    if after.version in before.changes:
        back = {new: old for old, new in homes(after, before).items() if new}
        return {id: back.get(id, "") for id in elements}
    return {id: id if theirs.get(id) == text else "" for id, text in elements.items()}


def _elements(checklist: Checklist) -> dict[str, str]:
    """The text of every element by its id."""
    return {f"{one.id}.{each.letter}": each.text for one in checklist.provisions.values() for each in one.elements}


# What changed -----------------------------------------------------------------------------------------------------------


def changes_between(before: Checklist, after: Checklist) -> tuple[VersionChange, ...]:
    """Every change from one version to the other: rules first, then provisions and their elements, in order."""
    to = homes(before, after)
    found = list(_rules(before, after))
    for id, one in after.provisions.items():
        earlier = before.provisions.get(id)
        found += _of_provision(one, earlier, to)
        if earlier is not None:
            found += _of_words_and_weights(earlier, one)
        found += _of_elements(before, one, to)
    for one in before.provisions.values():
        found += _gone(one, after, to)
    return tuple(found)


def due_step(changes: Iterable[VersionChange]) -> VersionStep | None:
    """The version step that changes ask for; None if there are none."""
    return max((one.kind.step for one in changes), default=None)


def chapters_that_move(changes: Iterable[VersionChange], before: Checklist, after: Checklist) -> tuple[str, ...]:
    """The chapters whose figures can differ under the later version though the answers are the same."""
    moving = [one for one in changes if one.kind.moves_scores]
    if any(one.kind is ChangeKind.RULE for one in moving):
        return tuple(one.id for one in after.chapters)
    provisions = {one.of.partition(".")[0] for one in moving}
    touched = {known[id].chapter for known in (before.provisions, after.provisions) for id in provisions & known.keys()}
    return tuple(one.id for one in after.chapters if one.id in touched)


def _rules(before: Checklist, after: Checklist) -> Iterator[VersionChange]:
    now = _named_rules(after)
    for key, then in _named_rules(before).items():
        if then != now[key]:
            yield VersionChange(ChangeKind.RULE, key, then, now[key])
    for key in dict.fromkeys((*before.by_dimension, *after.by_dimension)):
        levels = [_levels(checklist, key) for checklist in (before, after)]
        if levels[0] != levels[1]:
            yield VersionChange(ChangeKind.SCALE, key, *levels)


def _named_rules(checklist: Checklist) -> dict[str, str]:
    """The rules that make figures, each as text."""
    return {
        "rollup": checklist.rollup.value,
        "minimum_answered": str(checklist.minimum_answered),
        "core_cap": checklist.core_cap.key if checklist.core_cap is not None else "",
        "bands": ", ".join(f"{one.key} {one.low}" for one in checklist.bands),
        "chapters": ", ".join(f"{one.id} {one.weight}" for one in checklist.chapters),
    }


def _levels(checklist: Checklist, key: str) -> str:
    dimension = checklist.by_dimension.get(key)
    return "" if dimension is None else ", ".join(f"{one.key} {one.worth}" for one in dimension.scale.by_key.values())


def _of_provision(one: Provision, earlier: Provision | None, to: Homes) -> Iterator[VersionChange]:
    """Whether a provision is new, moved from another id, or merged from several."""
    sources = tuple(dict.fromkeys(id.rpartition(".")[0] for id, home in to.items() if home.rpartition(".")[0] == one.id))
    if len(sources) > 1:
        yield VersionChange(ChangeKind.MERGED, one.id, ", ".join(sources))
    elif earlier is None and sources:
        yield VersionChange(ChangeKind.MOVED, one.id, *sources)
    elif earlier is None:
        yield VersionChange(ChangeKind.NEW, one.id, after=one.title)


def _of_words_and_weights(then: Provision, now: Provision) -> Iterator[VersionChange]:
    for name in _TEXTS:
        if (was := getattr(then, name)) != (shown := getattr(now, name)):
            yield VersionChange(ChangeKind.REWORDED, now.id, was, shown)
    for kind, read in _PROPERTIES.items():
        if (was := read(then)) != (shown := read(now)):
            yield VersionChange(kind, now.id, was, shown)


def _of_elements(before: Checklist, now: Provision, to: Homes) -> Iterator[VersionChange]:
    """The elements of a provision that are new, reworded, or had another letter before."""
    texts, came_from = _elements(before), {home: id for id, home in to.items() if home}
    known = now.id in before.provisions
    for one in now.elements:
        id = f"{now.id}.{one.letter}"
        source = came_from.get(id, "")
        if not source and known:
            yield VersionChange(ChangeKind.ELEMENT_NEW, id, after=one.text)
        elif source and source != id:
            yield VersionChange(ChangeKind.ELEMENT_MOVED, id, source, id)
        if source and texts[source] != one.text:
            yield VersionChange(ChangeKind.ELEMENT_REWORDED, id, texts[source], one.text)


def _gone(then: Provision, after: Checklist, to: Homes) -> Iterator[VersionChange]:
    """What is asked no more of a provision, or elsewhere."""
    ids = [f"{then.id}.{one.letter}" for one in then.elements]
    now = tuple(dict.fromkeys(to[id].rpartition(".")[0] for id in ids if to[id]))
    if then.id not in after.provisions and not now:
        yield VersionChange(ChangeKind.RETIRED, then.id, then.title)
        return
    if len(now) > 1:
        yield VersionChange(ChangeKind.SPLIT, then.id, then.title, ", ".join(now))
    for id, one in zip(ids, then.elements, strict=True):
        if not to[id]:
            yield VersionChange(ChangeKind.ELEMENT_RETIRED, id, one.text)


# Answers carried over ---------------------------------------------------------------------------------------------------


def migrated(before: Checklist, after: Checklist, assessment: Assessment, on: date, words: Words) -> Migration:
    """An assessment carried to another version of its checklist. Nothing is lost: what is asked no more stays in the history."""
    carrier = _Carrier(before, after, assessment, on, words)
    for provision in after.provisions.values():
        carrier.carry(provision)
    for provision in before.provisions.values():
        carrier.retire(provision)
    return carrier.migration()


class _Carrier:
    """Carries the answers of one assessment, provision by provision."""

    def __init__(self, before: Checklist, after: Checklist, assessment: Assessment, on: date, words: Words) -> None:
        self.before, self.after, self.assessment, self.on, self.words = before, after, assessment, on, words
        self.homes = homes(before, after)
        self.in_time = next((one.key for one in after.dimensions if one.in_time), "")
        self.sources: dict[str, dict[str, None]] = {id: {id: None} for id in after.provisions if id in before.provisions}
        for id, home in self.homes.items():
            if home:
                self.sources.setdefault(home.rpartition(".")[0], {})[id.rpartition(".")[0]] = None
        self.answers: dict[str, Answer] = {}
        self.carried: list[Carried] = []
        self.archived: list[Revision] = []

    def migration(self) -> Migration:
        history = united(map(self.renamed, self.assessment.history), self.archived)
        moved = replace(self.assessment, answers=self.answers, checklist_version=self.after.version, history=history)
        return Migration(moved, tuple(self.carried))

    def carry(self, provision: Provision) -> None:
        """Carry what was answered of a provision, in whichever provisions of the earlier version."""
        sources = tuple(self.sources.get(provision.id, ()))
        answered = [self.assessment.answers[id] for id in sources if id in self.assessment.answers]
        new = tuple(one.letter for one in provision.elements if f"{provision.id}.{one.letter}" not in self.homes.values())
        if not sources:
            self.carried.append(Carried(provision.id, Fate.NEW))
        if not answered:
            return
        whole = [one for one in answered if self.home_of(one.provision) == provision.id]
        joined = reduce(_joined, (replace(one, elements={}) for one in whole)) if whole else Answer(provision.id)
        ratings = {key: rating for key, rating in joined.ratings.items() if self.is_rating(key, rating, provision)}
        if_adopted = joined.if_adopted if self.is_rating(self.in_time, joined.if_adopted, provision) else ""
        made = replace(
            joined,
            provision=provision.id,
            ratings=ratings,
            if_adopted=if_adopted,
            elements=self.elements(answered, provision),
            at={},
        )
        retired = tuple(id for one in whole for id in self.elements_of(one.provision) if not self.homes[id])
        for one in answered:
            self.archive(one, made, as_a_whole=one in whole)
        fate = self.fate(provision, sources, whole, changed=bool(new or retired or ratings != dict(joined.ratings)))
        self.carried.append(Carried(provision.id, fate, sources, new, retired))
        self.answers[provision.id] = made if fate is Fate.KEPT else self.to_confirm(made, new, retired)

    def home_of(self, source: str) -> str:
        """Where what was said of a provision as a whole belongs: to the same, or the only one that its elements are in."""
        if source in self.after.provisions:
            return source
        found = {home.rpartition(".")[0] for id in self.elements_of(source) if (home := self.homes[id])}
        return found.pop() if len(found) == 1 else ""

    def is_rating(self, key: str, rating: str, provision: Provision) -> bool:
        dimension = self.after.by_dimension.get(key)
        return dimension is not None and rating in dimension.scale_of(provision).by_key

    def fate(self, provision: Provision, sources: tuple[str, ...], whole: list[Answer], *, changed: bool) -> Fate:
        if len(sources) > 1:
            return Fate.MERGED
        if not whole:
            return Fate.SPLIT
        if sources[0] != provision.id:
            return Fate.MOVED
        return Fate.CONFIRM if changed else Fate.KEPT

    def elements(self, answered: Iterable[Answer], provision: Provision) -> dict[str, ElementAnswer]:
        """What was recorded of each element, under its letter of today and in that order."""
        found: dict[str, ElementAnswer] = {}
        for one in answered:
            for letter, element in one.elements.items():
                home, _, now = self.homes.get(f"{one.provision}.{letter}", "").rpartition(".")
                if home == provision.id:
                    found[now] = _element_joined(found[now], element) if now in found else element
        return {letter: found[letter] for letter in provision.letters if letter in found}

    def elements_of(self, source: str) -> list[str]:
        return [f"{source}.{letter}" for letter in self.before.provisions[source].letters]

    def to_confirm(self, answer: Answer, new: tuple[str, ...], retired: tuple[str, ...]) -> Answer:
        """The answer with a remark that says what has to be looked at."""
        version = self.before.version
        said = self.words("carried", version=version)
        if new:
            said += " " + self.words("new", letters=", ".join(new))
        if retired:
            letters = ", ".join(id.rpartition(".")[2] for id in retired)
            said += " " + self.words("retired", letters=letters, version=version)
        said += " " + self.words("confirm")
        return replace(answer, to_confirm="\n".join(filter(None, (answer.to_confirm, said))))

    def retire(self, provision: Provision) -> None:
        """Archive what was said of a provision as a whole that no other has taken over."""
        answer = self.assessment.answers.get(provision.id)
        if answer is None or self.home_of(provision.id):
            return
        ids = self.elements_of(provision.id)
        if not any(self.homes[id] for id in ids):
            self.carried.append(Carried(provision.id, Fate.RETIRED, (provision.id,), retired=tuple(ids)))
        self.archive(answer, NO_ANSWER, as_a_whole=True)

    def archive(self, answer: Answer, made: Answer, *, as_a_whole: bool) -> None:
        """Keep in the history what an answer says and the one made of it does not."""
        provision = self.before.provisions[answer.provision]
        for one in provision.elements:
            home, _, now = self.homes[f"{provision.id}.{one.letter}"].rpartition(".")
            said, kept = answer.elements.get(one.letter), made.elements.get(now)
            lost = not home and as_a_whole
            if said is not None and (lost or (home == made.provision and kept is not None and kept.met is not said.met)):
                self.keep(provision.id, f"{one.letter}) {one.text}", *_said(said, self.words))
        if not as_a_whole:
            return
        for key, rating in answer.ratings.items():
            if made.ratings.get(key) != rating:
                dimension = self.before.by_dimension[key]
                self.keep(provision.id, dimension.title, dimension.scale_of(provision).title(rating))
        for name in OF_ANSWERS:
            text = getattr(answer, name)
            if text not in getattr(made, name):
                self.keep(provision.id, self.words(f"fields.{name}"), text)

    def keep(self, provision: str, asked: str, *said: str) -> None:
        """A change of the history that holds what was said."""
        before = "; ".join(filter(None, said))
        if before:
            why = self.words("archived", asked=asked, version=self.before.version)
            self.archived.append(Revision(self.on, provision, before=before, why=why, file=self.assessment.source.name))

    def renamed(self, one: Revision) -> Revision:
        """An earlier change under the id and letter that its element has today."""
        kind, _, rest = one.field.partition(".")
        letter, dot, column = rest.partition(".")
        if kind != "elements" or f"{one.provision}.{letter}" not in self.homes:
            return one
        home, _, now = self.homes[f"{one.provision}.{letter}"].rpartition(".")
        if home:
            return replace(one, provision=home, field=f"{kind}.{now}{dot}{column}")
        said = self.words("asked_then", letter=letter, version=self.before.version)
        return replace(one, field="", why=" ".join(filter(None, (one.why, said))))


def _said(element: ElementAnswer, words: Words) -> Iterator[str]:
    """What was said of an element: whether it is met, where, and the remark."""
    if element.met is not None:
        yield words("yes" if element.met else "no")
    yield from (
        element.legal_basis or "; ".join(f"{one.law} {one.articles}".strip() for one in element.citations),
        element.remark,
    )


def _joined(first: Answer, second: Answer) -> Answer:
    """Two answers as one: ratings that agree or that only one gives, every text, every citation; published only if both are."""
    ratings = {
        key: rating
        for key, rating in (*first.ratings.items(), *second.ratings.items())
        if all(one.ratings.get(key, rating) == rating for one in (first, second))
    }
    texts: dict[str, Any] = {name: "\n".join(_each_once((getattr(first, name), getattr(second, name)))) for name in OF_ANSWERS}
    if "\n" in texts["if_adopted"]:
        texts["if_adopted"] = ""
    citations = _each_once((*first.citations, *second.citations))
    return replace(first, ratings=ratings, citations=citations, publish=first.publish and second.publish, **texts)


def _element_joined(first: ElementAnswer, second: ElementAnswer) -> ElementAnswer:
    """Two elements as one: what both say or only one says; where they differ, nothing is chosen."""
    met = {one.met for one in (first, second)} - {None}
    basis = "; ".join(_each_once((first.legal_basis, second.legal_basis)))
    remark = "; ".join(_each_once((first.remark, second.remark)))
    citations = _each_once((*first.citations, *second.citations))
    return ElementAnswer(met.pop() if len(met) == 1 else None, basis, citations, remark)


def _each_once(values: Iterable[_T]) -> tuple[_T, ...]:
    """What is there, each once."""
    return tuple(one for one in dict.fromkeys(values) if one)
