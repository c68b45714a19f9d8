"""The public edition of a report: laws that are not for publication are named nowhere, and working remarks leave the result."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from legcheck.model import FREE_TEXTS, Answer, CitedPassage, ElementAnswer, Heard, Law, Source
from legcheck.reports.document import Contents, Heading, NewPage, Place
from legcheck.reports.palette import PLAIN

if TYPE_CHECKING:
    from legcheck.labels import Labels
    from legcheck.model import Assessment, Result
    from legcheck.reports.document import Block
    from legcheck.reports.view import ProvisionView

_TELLING = 4  # letters: a law that is only numbered "7" is not given away by every 7


def public(result: Result, labels: Labels) -> Result:
    """A result that rests on nothing withheld, in the words that the public may read.

    Laws not for publication lose their names, wherever these are written, and no answer cites them. The State's observations,
    points to confirm, assessors, the history, and what tells of the file go.
    """
    assessment = result.assessment
    withheld, hide = _withheld(assessment), _hiding(assessment, labels)
    return replace(
        result,
        assessment=replace(
            assessment,
            title=hide(assessment.title),
            body=hide(assessment.body),
            laws={key: _law(law, hide) for key, law in assessment.laws.items()},
            answers={id: _cleared(one, withheld, hide) for id, one in assessment.answers.items()},
            source=Source("", ""),
            heard=tuple(Heard(*map(hide, (one.who, one.how, one.when))) for one in assessment.heard),
            history=(),
        ),
    )


def public_passages(
    passages: Mapping[str, Sequence[CitedPassage]], assessment: Assessment, labels: Labels
) -> Mapping[str, Sequence[CitedPassage]]:
    """The passages, by provision, that the public may see: none of, or that names, a law not for publication."""
    withheld, hide = _withheld(assessment), _hiding(assessment, labels)
    return {
        id: [one for one in some if one.law not in withheld and one == _hidden(one, hide)]
        for id, some in passages.items()
        if assessment.answer(id).publish
    }


def _hidden(one: CitedPassage, hide: Callable[[str], str]) -> CitedPassage:
    return replace(one, heading=hide(one.heading), text=hide(one.text), link=hide(one.link))


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


# Laws -------------------------------------------------------------------------------------------------------------------


def _withheld(assessment: Assessment) -> frozenset[str]:
    """The keys of the laws that are not for publication."""
    return frozenset(key for key, law in assessment.laws.items() if not law.publish)


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


def _law(law: Law, hide: Callable[[str], str]) -> Law:
    """A law as the public may know it: of one not for publication, nothing."""
    if not law.publish:
        return Law("", "", publish=False)
    return replace(law, title=hide(law.title), title_en=hide(law.title_en), number=hide(law.number), link=hide(law.link))


# Answers ----------------------------------------------------------------------------------------------------------------


def _cleared(answer: Answer, withheld: frozenset[str], hide: Callable[[str], str]) -> Answer:
    """An answer without the working remarks of the State and the name of whoever made it.

    What is written beside a law that is not for publication, or names it, may tell what is in it, so it stays out as well.
    """
    beside = not withheld.isdisjoint(answer.cited_laws)

    def told(text: str) -> str:
        return "" if beside or hide(text) != text else text

    def basis(of: Answer | ElementAnswer) -> dict[str, Any]:
        kept = tuple(one for one in of.citations if one.law not in withheld)
        written = of.legal_basis if kept == of.citations else Answer("", citations=kept).whole_legal_basis
        return {"legal_basis": written if hide(written) == written else "", "citations": kept}

    elements = {letter: ElementAnswer(one.met, remark=told(one.remark), **basis(one)) for letter, one in answer.elements.items()}
    return replace(
        answer,
        elements=elements,
        **basis(answer),
        note=told(answer.note),
        assistance=told(answer.assistance),
        to_confirm="",
        observations="",
        assessor="",
        at={},
    )
