"""Registers of laws side by side: which laws of several registers are the same, and one key for each of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from legcheck.model import Answer, Assessment, Citation, Law, united
from legcheck.words import fold

_Identity = tuple[str, str, str, int]
"""What tells laws apart: title, number and date, and a count of those that one register holds more than once."""


@dataclass
class _Same:
    """What is one law: how registers describe it, their keys for it, which registers hold it, and the key it is known by."""

    identities: set[_Identity] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)
    registers: set[int] = field(default_factory=set)
    known: set[str] = field(default_factory=set)

    def joins(self, other: _Same) -> bool:
        """Whether the other is the same law described otherwise: alike in two of title, number and date, or one and the key.

        What is known by one key is one law, even if a description that showed it is missing here.
        """
        if self.registers & other.registers:
            return False
        if self.known and other.known:
            return bool(self.known & other.known)
        needed = 1 if self.keys & other.keys else 2
        pairs = ((one[:3], there[:3]) for one in self.identities for there in other.identities)
        return any(_alike(one, there) >= needed and _alike(one[:2], there[:2]) for one, there in pairs)

    def add(self, other: _Same) -> None:
        """Take in what the other holds."""
        self.identities |= other.identities
        self.keys |= other.keys
        self.registers |= other.registers
        self.known |= other.known


def _alike(one: Iterable[str], other: Iterable[str]) -> int:
    """In how much two descriptions agree; what one of them leaves blank does not count."""
    return sum(bool(here) and here == there for here, there in zip(one, other, strict=True))


def described(assessments: Iterable[Assessment]) -> tuple[Law, ...]:
    """Every description of a law in registers that have one key for each: key, title, number and date, each once."""
    every = (law for one in assessments for law in one.laws.values())
    found = {Law(one.key, one.title, number=one.number, adopted=one.adopted) for one in every}
    return tuple(sorted(found, key=lambda one: (one.key, one.title, one.number, str(one.adopted))))


def aligned(assessments: Sequence[Assessment], known: Collection[Law] = ()) -> tuple[Assessment, ...]:
    """The same assessments with one key for each law, in their registers and wherever they cite it.

    A law is the same if two of title, number and date are, or if it has the same key and either its title or its number: then
    one of the registers was corrected. A key stays as it is unless two laws claim it; laws that are `known` by a key keep it.
    The order of the assessments does not matter.
    """
    identities = [_identities(one.laws) for one in assessments]
    found: dict[_Identity, _Same] = {}
    for key, identity in _told_apart(sorted(known, key=lambda one: _counted(one.key))):
        found.setdefault(identity, _Same()).add(_Same({identity}, {key}, known={key}))
    for register, keys in enumerate(identities):
        for key, identity in keys.items():
            found.setdefault(identity, _Same()).add(_Same({identity}, {key}, {register}))
    groups: list[_Same] = []
    for identity in sorted(found, key=lambda one: (not found[one].known, one)):
        group = next((one for one in groups if one.joins(found[identity])), None)
        if group is None:
            groups.append(found[identity])
        else:
            group.add(found[identity])
    new = {identity: key for key, group in _keys(groups).items() for identity in group.identities}
    return tuple(
        _renamed(one, {key: new[identity] for key, identity in keys.items() if key != new[identity]})
        for one, keys in zip(assessments, identities, strict=True)
    )


def in_order(keys: Iterable[str]) -> list[str]:
    """Keys of laws in the order in which people count: L2 before L10."""
    return sorted(keys, key=_counted)


def _counted(key: str) -> tuple[list[tuple[int, str]], str]:
    return [(len(digits), digits) for digits in re.findall(r"\d+", key)], key


def _identities(laws: Mapping[str, Law]) -> dict[str, _Identity]:
    """What each law of a register is known by."""
    return dict(_told_apart(laws[key] for key in in_order(laws)))


def _told_apart(laws: Iterable[Law]) -> Iterator[tuple[str, _Identity]]:
    """The key of each law and what it is known by, also if several are described alike."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for law in laws:
        known = (fold(law.title), fold(law.number), str(law.adopted or ""))
        yield law.key, (*known, seen[known])
        seen[known] += 1


def _keys(groups: Iterable[_Same]) -> dict[str, _Same]:
    """A key for each law: the one it is known by, one that it has, if no other law took it before, or the next one free."""
    ordered = sorted(groups, key=lambda one: sorted(one.identities))
    named: dict[str, _Same] = {}
    without = []
    for group in sorted(ordered, key=lambda one: not one.known):
        free = [key for key in in_order(group.known or group.keys) if key not in named]
        if free:
            named[free[0]] = group
        else:
            without.append(group)
    used = {key for group in (*named.values(), *without) for key in group.keys}
    for group in without:
        prefix = re.sub(r"\d+$", "", in_order(group.keys)[0])
        number = next(n for n in range(1, len(used) + 2) if f"{prefix}{n}" not in used)
        named[f"{prefix}{number}"] = group
        used.add(f"{prefix}{number}")
    return named


def _renamed(assessment: Assessment, new: Mapping[str, str]) -> Assessment:
    """The assessment with other keys for some of its laws."""
    if not new:
        return assessment
    laws = {new.get(key, key): replace(law, key=new.get(key, key)) for key, law in assessment.laws.items()}
    answers = {id: _cited(answer, new) for id, answer in assessment.answers.items()}
    history = united(replace(one, provision=new.get(one.provision, one.provision)) for one in assessment.history)
    return replace(assessment, laws=laws, answers=answers, history=history)


def _cited(answer: Answer, new: Mapping[str, str]) -> Answer:
    """The answer with its citations by the new keys; in legal bases as typed, a key is a word of its own."""
    word = re.compile(rf"(?<!\w)({'|'.join(re.escape(key) for key in new)})(?!\w)", re.IGNORECASE)
    by_folded = {key.casefold(): other for key, other in new.items()}

    def typed(text: str) -> str:
        return word.sub(lambda found: by_folded[found[1].casefold()], text)

    def cited(citations: Iterable[Citation]) -> tuple[Citation, ...]:
        return tuple(replace(one, law=new.get(one.law, one.law)) for one in citations)

    elements = {
        letter: replace(one, legal_basis=typed(one.legal_basis), citations=cited(one.citations))
        for letter, one in answer.elements.items()
    }
    return replace(answer, elements=elements, legal_basis=typed(answer.legal_basis), citations=cited(answer.citations))
