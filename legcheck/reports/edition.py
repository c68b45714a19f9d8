"""The public edition of a report: laws that are not for publication are named nowhere, and working remarks leave the result."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from legcheck.model import FREE_TEXTS, Answer, Citation, CitedPassage, ElementAnswer, Heard, Law, Source, articles_beyond
from legcheck.reports.document import Contents, Heading, NewPage, Place
from legcheck.reports.palette import PLAIN

if TYPE_CHECKING:
    from legcheck.labels import Labels
    from legcheck.model import Assessment, Result
    from legcheck.reports.document import Block
    from legcheck.reports.view import ProvisionView

_TELLING = 4  # letters: a law that is only numbered "7" is not given away by every 7
_NUMBERED = re.compile(r"(\D*)\d+")


def public(result: Result, labels: Labels) -> Result:
    """A result that rests on nothing withheld, in the words that the public may read.

    Laws not for publication lose their names, wherever these are written, and no answer cites them, nor an article that a
    withheld answer cites. The laws are numbered again. The State's observations are only said to be there; assistance wanted,
    points to confirm, assessors, the history, and what tells of the file go.
    """
    assessment, editor = result.assessment, _Editor.of(result.assessment, labels)
    hide = editor.told
    return replace(
        result,
        assessment=replace(
            assessment,
            title=hide(assessment.title),
            body=hide(assessment.body),
            laws={editor.keys.get(key, key): editor.law(assessment.laws[key]) for key in editor.order},
            answers={id: editor.cleared(one) for id, one in assessment.answers.items()},
            source=Source("", ""),
            heard=tuple(Heard(*map(hide, (one.who, one.how, one.when))) for one in assessment.heard),
            history=(),
        ),
    )


def public_passages(
    passages: Mapping[str, Sequence[CitedPassage]], assessment: Assessment, labels: Labels
) -> Mapping[str, Sequence[CitedPassage]]:
    """The passages, by provision, that the public may see: none of, or that names, a law not for publication."""
    editor = _Editor.of(assessment, labels)
    return {
        id: [replace(one, law=editor.keys.get(one.law, one.law)) for one in some if editor.shows(one)]
        for id, some in passages.items()
        if assessment.answer(id).publish
    }


def texts(assessment: Assessment) -> Iterator[tuple[str, str, str]]:
    """The free texts of an assessment: the provision or law that each is on, its field as in `Answer.at`, and the text."""
    for id, answer in assessment.answers.items():
        for field in ("legal_basis", *FREE_TEXTS):
            yield id, field, getattr(answer, field)
        for letter, element in answer.elements.items():
            yield id, f"elements.{letter}.note", element.remark
            yield id, f"elements.{letter}.legal_basis", element.legal_basis
    for key, law in assessment.laws.items():
        yield from ((key, "", text) for text in (law.title, law.title_en, law.number))
    heard = (text for one in assessment.heard for text in (one.who, one.how, one.when))
    yield from (("", "", text) for text in (assessment.title, assessment.body, *heard))


def withhold(one: ProvisionView, labels: Labels) -> ProvisionView:
    """A provision whose answer is not for publication, as shown: only that."""
    title = labels("report.edition.answer")
    return replace(one, withheld=True, elements=(), ratings=tuple(replace(each, title=title, tone=PLAIN) for each in one.ratings))


def published(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks without what asks somebody to fill in something, and without headings that have nothing else below them.

    The restricted edition is a draft in which the adviser goes on writing; the public edition is published as it is.
    """
    kept = [one for one in blocks if not isinstance(one, Place)]
    for one, after in zip(kept, (*kept[1:], None), strict=True):
        if not isinstance(one, Heading) or not _is_bare(one, after):
            yield one
        elif one.level == 1 and not one.inline:
            yield NewPage()


def _is_bare(one: Heading, after: Block | None) -> bool:
    return after is None or isinstance(after, Contents) or (isinstance(after, Heading) and after.level <= one.level)


# What is withheld ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Editor:
    """Takes out of laws and answers what would tell of those that are not for publication.

    `laws` are the keys of such laws, and `articles` what such answers cite, by law. `keys` are the new keys of laws whose number
    changes. `hide` writes in place of the names of such laws, wherever a text has one, that it is withheld.
    """

    laws: frozenset[str]
    articles: Mapping[str, Sequence[str]]
    order: Sequence[str]
    keys: Mapping[str, str]
    hide: Callable[[str], str]
    commented: str

    @classmethod
    def of(cls, assessment: Assessment, labels: Labels) -> _Editor:
        laws = frozenset(key for key, law in assessment.laws.items() if not law.publish)
        articles: dict[str, list[str]] = {}
        for answer in assessment.answers.values():
            for one in () if answer.publish else answer.all_citations:
                articles.setdefault(one.law, []).append(one.articles)
        order = sorted(assessment.laws, key=laws.__contains__)
        return cls(
            laws, articles, order, _new_keys(assessment, order), _hiding(assessment, labels), labels("report.edition.commented")
        )

    @cached_property
    def _old_keys(self) -> re.Pattern[str] | None:
        changed = "|".join(map(re.escape, self.keys))
        return re.compile(rf"(?<!\w)(?:{changed})(?!\w)") if changed else None

    def told(self, text: str) -> str:
        """A text that names no such law, and the others by their new keys."""
        hidden = self.hide(text)
        return self._old_keys.sub(lambda key: self.keys[key[0]], hidden) if self._old_keys else hidden

    def law(self, law: Law) -> Law:
        """A law as the public may know it: of one not for publication, nothing."""
        if not law.publish:
            return Law("", "", publish=False)
        return replace(
            law,
            key=self.keys.get(law.key, law.key),
            title=self.told(law.title),
            title_en=self.told(law.title_en),
            number=self.told(law.number),
            link=self.hide(law.link),
        )

    def shows(self, one: CitedPassage) -> bool:
        """Whether a passage tells of nothing withheld."""
        said = (one.heading, one.text, one.link)
        return self._left(Citation(one.law, one.written)) is not None and said == tuple(map(self.hide, said))

    def _left(self, one: Citation) -> Citation | None:
        """What may be cited of a law: nothing that a withheld answer cites, which would tell what it is about."""
        if one.law in self.laws:
            return None
        left = articles_beyond(one.articles, self.articles.get(one.law, ()))
        return replace(one, articles=left) if left or not one.articles else None

    def cleared(self, answer: Answer) -> Answer:
        """An answer without working remarks and the name of whoever made it.

        What is written beside a law or article that it may not cite, or names such a law, may tell what is in it: it stays out.
        """
        if not answer.publish:
            return Answer(answer.provision, publish=False)
        struck = any(self._left(one) != one for one in answer.all_citations)

        def said(text: str) -> str:
            return "" if struck or self.hide(text) != text else self.told(text)

        return replace(
            answer,
            elements={
                letter: ElementAnswer(one.met, remark=said(one.remark), **self._basis(one))
                for letter, one in answer.elements.items()
            },
            **self._basis(answer),
            note=said(answer.note),
            assistance="",
            to_confirm="",
            observations=self.commented if answer.observations else "",
            assessor="",
            at={},
        )

    def _basis(self, of: Answer | ElementAnswer) -> dict[str, Any]:
        left = tuple(one for one in map(self._left, of.citations) if one is not None)
        kept = tuple(replace(one, law=self.keys.get(one.law, one.law)) for one in left)
        written = of.legal_basis if kept == of.citations else Answer("", citations=kept).whole_legal_basis
        return {"legal_basis": written if self.hide(written) == written else "", "citations": kept}


def _new_keys(assessment: Assessment, order: Iterable[str]) -> dict[str, str]:
    """New keys for numbered laws, so that none is missing where a law is withheld: the withheld come last in the `order`."""
    numbered: dict[str, list[str]] = {}
    for key in assessment.laws:
        if found := _NUMBERED.fullmatch(key):
            numbered.setdefault(found[1], []).append(key)
    moved = [(_NUMBERED.fullmatch(key), key) for key in order]
    given = {word: iter(keys) for word, keys in numbered.items()}
    named = {key: next(given[found[1]]) for found, key in moved if found}
    return {old: new for old, new in named.items() if old != new}


def _hiding(assessment: Assessment, labels: Labels) -> Callable[[str], str]:
    """A function that writes in place of the names of laws not for publication, wherever a text has one, that it is withheld."""
    laws = (law for law in assessment.laws.values() if not law.publish)
    told = {text for law in laws for text in (law.key, law.title, law.title_en, law.number, law.link) if len(text) >= _TELLING}
    if not told:
        return lambda text: text
    spelt = (r"\s+".join(map(re.escape, text.split())) for text in sorted(told, key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(spelt)})(?!\w)", re.IGNORECASE)
    name = labels("report.edition.law")
    return lambda text: pattern.sub(lambda _: name, text)
