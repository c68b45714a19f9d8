"""The public edition of a report: what is not for publication leaves the result, and is counted in its totals alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from legcheck.model import FREE_TEXTS, Answer, Citation, CitedPassage, Edition, ElementAnswer, Heard, Source
from legcheck.reports.document import Contents, Heading, NewPage, Place
from legcheck.reports.palette import PLAIN

if TYPE_CHECKING:
    from legcheck.labels import Labels
    from legcheck.model import Assessment, DimensionScores, Law, Result
    from legcheck.reports.document import Block
    from legcheck.reports.view import ProvisionView

WITHHELD = "withheld"
"""Stands for the key of a rating that is not for publication."""

_TELLING = 4  # letters: a law that is only numbered "7" is not given away by every 7


def public(result: Result, labels: Labels) -> Result:
    """The result that the public may see, its ratings and totals as they were; the figures below them are made elsewhere.

    Answers not for publication keep what is counted: their ratings, elements and the laws they cite, to be shown by nobody. Laws
    not for publication lose their names, wherever these are written, and what they would change once in force. The State's
    observations, points to confirm, assessors, the history, and what tells of the file go.
    """
    result = _as_today(result)
    assessment = result.assessment
    names = _names(assessment.laws, labels)
    hide = _hiding((assessment.laws[key] for key in names), labels("report.edition.law"))
    answers = {id: _cleared(one, names, hide) if one.publish else _counted(one, names) for id, one in assessment.answers.items()}
    return replace(
        result,
        release=replace(result.release, edition=Edition.PUBLIC),
        issues=(),
        scores={key: _unnamed(scores, assessment.answers, labels) for key, scores in result.scores.items()},
        if_adopted={key: _unnamed(scores, assessment.answers, labels) for key, scores in result.if_adopted.items()},
        assessment=replace(
            assessment,
            title=hide(assessment.title),
            body=hide(assessment.body),
            laws={names.get(key, key): _law(law, names.get(key, ""), hide) for key, law in assessment.laws.items()},
            answers=answers,
            source=Source("", ""),
            heard=tuple(Heard(*map(hide, (one.who, one.how, one.when))) for one in assessment.heard),
            history=(),
        ),
    )


def public_passages(
    passages: Mapping[str, Sequence[CitedPassage]], assessment: Assessment, labels: Labels
) -> Mapping[str, Sequence[CitedPassage]]:
    """The passages, by provision, that the public may see: none of, or that names, a law not for publication."""
    names = _names(assessment.laws, labels)
    hide = _hiding((assessment.laws[key] for key in names), labels("report.edition.law"))
    shown = ((id, [one for one in some if one.law not in names and one == _hidden(one, hide)]) for id, some in passages.items())
    return {id: some for id, some in shown if assessment.answer(id).publish}


def _hidden(one: CitedPassage, hide: Callable[[str], str]) -> CitedPassage:
    return replace(one, heading=hide(one.heading), text=hide(one.text), link=hide(one.link))


def told_by_totals(result: Result) -> bool:
    """Whether the totals give away what is not for publication: one answer, or several that are rated alike.

    All other answers are shown, so what is left of the totals is that of the answers left out.
    """
    withheld = [id for id, one in result.assessment.answers.items() if not one.publish]
    return bool(withheld) and any(len({of.get(id, "") for id in withheld}) == 1 for of in result.ratings.values())


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
    """A provision whose answer is not for publication, as shown: only that. What its ratings come to stays, to be counted."""
    title = labels("report.edition.answer")
    ratings = (
        replace(rating, key=WITHHELD, title=title, tone=PLAIN, counts_as="", follows="", found_as="") for rating in one.ratings
    )
    return replace(
        one,
        withheld=True,
        elements=(),
        ratings=tuple(ratings),
        if_adopted="",
        legal_basis="",
        citations=(),
        note="",
        assistance="",
        gap=None,
        passages=(),
        more_passages="",
    )


def published(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks without what asks somebody to fill in something, and without headings that have nothing else below them.

    The restricted edition is a draft in which the adviser goes on writing; the public edition is published as it is.
    """
    kept = [replace(one, note="") if isinstance(one, Contents) else one for one in blocks if not isinstance(one, Place)]
    for one, after in zip(kept, (*kept[1:], None), strict=True):
        if not isinstance(one, Heading) or not _is_bare(one, after):
            yield one
        elif one.level == 1 and not one.inline:
            yield NewPage()


def _is_bare(one: Heading, after: Block | None) -> bool:
    return after is None or isinstance(after, Contents) or (isinstance(after, Heading) and after.level <= one.level)


# Laws -------------------------------------------------------------------------------------------------------------------


def _names(laws: Mapping[str, Law], labels: Labels) -> dict[str, str]:
    """What laws not for publication are called instead, by key."""
    name = labels("report.edition.law")
    withheld = [key for key, law in laws.items() if not law.publish]
    return {key: f"{name} ({number})" if len(withheld) > 1 else name for number, key in enumerate(withheld, 1)}


def _hiding(laws: Iterable[Law], name: str) -> Callable[[str], str]:
    """A function that writes `name` wherever a text names one of these laws."""
    told = {text for law in laws for text in (law.key, law.title, law.title_en, law.number, law.link) if len(text) >= _TELLING}
    if not told:
        return lambda text: text
    spelt = (r"\s+".join(map(re.escape, text.split())) for text in sorted(told, key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(spelt)})(?!\w)", re.IGNORECASE)
    return lambda text: pattern.sub(lambda _: name, text)


def _law(law: Law, name: str, hide: Callable[[str], str]) -> Law:
    """A law as the public may know it: one not for publication has a `name`, and of what it is only its status."""
    if name:
        return replace(law, key="", title=name, title_en="", number="", adopted=None, link="")
    return replace(law, title=hide(law.title), title_en=hide(law.title_en), number=hide(law.number), link=hide(law.link))


def _renamed(citations: Iterable[Citation], names: Mapping[str, str]) -> tuple[Citation, ...]:
    """Citations in which a law not for publication has another name, and no articles."""
    return tuple(Citation(names[one.law], "") if one.law in names else one for one in citations)


def _as_today(result: Result) -> Result:
    """The result without what adopted and draft law would change that is not for publication: it would tell what is in that law.

    The figures once adopted add up such changes and others, so none of them stays.
    """
    assessment = result.assessment
    bills = {key for key, law in assessment.laws.items() if not law.publish and law.may_come(assessment.as_of)}
    telling = {id for id, one in assessment.answers.items() if not bills.isdisjoint(one.cited_laws)}
    if not telling:
        return result
    today = {
        id: replace(one, if_adopted="", ratings={key: result.ratings[key][id] for key in one.ratings}) if id in telling else one
        for id, one in assessment.answers.items()
    }
    return replace(
        result,
        assessment=replace(assessment, answers=today),
        if_adopted={},
        ratings_if_adopted={
            key: {**later, **{id: result.ratings[key][id] for id in telling}} for key, later in result.ratings_if_adopted.items()
        },
        elements_if_adopted={**result.elements_if_adopted, **{id: result.elements[id] for id in telling}},
        gaps=tuple(replace(one, closes_if_adopted=one.closes_if_adopted and one.provision not in telling) for one in result.gaps),
    )


# Answers ----------------------------------------------------------------------------------------------------------------


def _cleared(answer: Answer, names: Mapping[str, str], hide: Callable[[str], str]) -> Answer:
    """An answer for publication, without the working remarks of the State and the name of whoever made it.

    What is written beside a law that is not for publication may tell what is in it, so it stays out as well.
    """
    telling = any(one.law in names for one in answer.all_citations)
    basis, citations = _cited(answer.legal_basis, answer.citations, names, hide)
    elements = {}
    for letter, one in answer.elements.items():
        of_element = _cited(one.legal_basis, one.citations, names, hide)
        elements[letter] = ElementAnswer(one.met, *of_element, "" if telling else hide(one.remark))
    return Answer(
        answer.provision,
        answer.ratings,
        answer.if_adopted,
        elements,
        basis,
        citations,
        note="" if telling else hide(answer.note),
        assistance="" if telling else hide(answer.assistance),
    )


def _cited(
    basis: str, citations: tuple[Citation, ...], names: Mapping[str, str], hide: Callable[[str], str]
) -> tuple[str, tuple[Citation, ...]]:
    """A legal basis as typed, and its citations; what was typed of a law not for publication is written anew."""
    if not any(one.law in names for one in citations):
        return hide(basis), citations
    renamed = _renamed(citations, names)
    return Answer("", citations=renamed).whole_legal_basis, renamed


def _counted(answer: Answer, names: Mapping[str, str]) -> Answer:
    """What an answer not for publication is counted by."""
    return Answer(
        answer.provision,
        answer.ratings,
        answer.if_adopted,
        {letter: ElementAnswer(one.met) for letter, one in answer.elements.items()},
        citations=_renamed((Citation(one.law, "") for one in answer.all_citations), names),
        publish=False,
    )


# Figures ----------------------------------------------------------------------------------------------------------------


def _unnamed(scores: DimensionScores, answers: Mapping[str, Answer], labels: Labels) -> DimensionScores:
    """The same figures, where no provision that lowers the band of a total is named if its answer is not for publication."""

    def name(provision: str) -> str:
        withheld = provision in answers and not answers[provision].publish
        return labels("report.edition.provision") if withheld else provision

    total = scores.total
    return replace(scores, total=replace(total, capped_by=tuple(dict.fromkeys(map(name, total.capped_by)))))
