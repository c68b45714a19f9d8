"""The articles proposed for the provisions of an assessment, and how far such proposals find what it cites."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from legcheck import app, glossary, inputs, provisions, texts
from legcheck.issues import LANGUAGE_NOT_IN_GLOSSARY, NO_MEANING, NO_TEXT_OF_THESE_LAWS, Issues, Location, reject
from legcheck.model import Assessment, Candidate, Checklist, Statute
from legcheck.statutes import Shelf, articles_cited

INSTALL = 'pip install "legcheck[semantic]"'


@dataclass(frozen=True)
class Proposals:
    """What articles are proposed from: an assessment, the questions of its checklist in a `language`, and the laws at hand.

    With `semantic`, nearness in meaning counts beside words in common.
    """

    assessment: Assessment
    checklist: Checklist
    language: str
    at_hand: Mapping[str, Statute]
    asked: tuple[str, ...]
    semantic: bool = False

    @property
    def missing(self) -> tuple[str, ...]:
        """The keys of the laws of the register whose text is not at hand."""
        return tuple(key for key in self.assessment.laws if key not in self.at_hand)

    @cached_property
    def issues(self) -> Issues:
        """Laws in languages that the glossary does not have."""
        issues = Issues()
        for key, statute in self.at_hand.items():
            if statute.language not in glossary.languages():
                allowed = ", ".join(sorted(glossary.languages()))
                issues.add(LANGUAGE_NOT_IN_GLOSSARY, Location(key), value=statute.language or "?", allowed=allowed)
        return issues

    def of(self, ids: Sequence[str], most: int) -> Mapping[str, tuple[Candidate, ...]]:
        """For provisions, by default all that are asked, at most so many articles, the likeliest first.

        Raises:
            InputError: the checklist has no such provision.
        """
        wanted = dict.fromkeys(app.provision_named(self.checklist, id).id for id in ids) or self.asked
        return self._propose(tuple(wanted), most)

    def recall(self) -> texts.Recall:
        """How much of what the assessment cites of the laws at hand is among what is proposed."""
        answers = self.assessment.answers.items()
        cited = {id: found for id, answer in answers if (found := articles_cited(answer, self.assessment, self.at_hand))}
        return texts.recall(self._propose(tuple(cited), texts.LISTED), cited)

    def _propose(self, provisions: tuple[str, ...], most: int) -> Mapping[str, tuple[Candidate, ...]]:
        return texts.propose(self.checklist, self.language, self.at_hand, provisions, most, semantic=self.semantic)


def proposals(reading: inputs.Reading, of: Shelf, language: str, *, semantic: bool = False) -> Proposals:
    """What articles are proposed from, with questions in a language, or in the checklist's own if it is not translated.

    Raises:
        InputError: the assessment could not be read, none of the texts is of a law of its register, or the library for `semantic`
            is not installed.
    """
    if semantic and not texts.meaning_known():
        raise reject(NO_MEANING, Location(), command=INSTALL)
    assessment = inputs.readable(reading)
    at_hand = of.of(assessment) or {Path(name).stem: one for name, one in of.texts.items() if not one.law}
    if not at_hand:
        raise reject(NO_TEXT_OF_THESE_LAWS, Location(str(of.folder)), found=", ".join(of.texts))
    known = language if language in reading.checklist.translations else reading.checklist.language
    checklist = provisions.in_language(reading.checklist, known)
    asked = tuple(one.id for _, some in reading.form.asked(checklist) for one in some)
    return Proposals(assessment, checklist, known, at_hand, asked, semantic)
