"""The statutes beside an assessment: added to the folder `texts`, found again, and what its citations point to in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from legcheck import texts, workbook
from legcheck.files import folder_of_texts
from legcheck.issues import (
    ARTICLE_NOT_IN_FORCE,
    ARTICLE_NOT_IN_TEXT,
    ARTICLES_UNCLEAR,
    NOT_IN_THIS_TEXT,
    NOTHING_OF_TEXTS,
    PASSAGE_NOT_IN_TEXT,
    TEXT_NOT_AT_HAND,
    TEXT_OF_NO_LAW,
    UNKNOWN_TEXT,
    InputError,
    Issues,
    Location,
    Rule,
    reject,
)
from legcheck.model import Answer, Assessment, Citation, CitedPassage, Law, Statute, StatuteArticle
from legcheck.words import fold

_LONGEST_TITLE = 120
_LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3}")


# Where a passage stands: the law, the article as cited, and as the statute calls it.
Place = tuple[str, str, str]


@dataclass(frozen=True)
class Shelf:
    """The texts of a folder, by the names of their files; `issues` names those that could not be read."""

    folder: Path
    texts: Mapping[str, Statute]
    issues: Issues

    def of(self, assessment: Assessment) -> Mapping[str, Statute]:
        """By key, the text of each law of an assessment that is at hand: the last one up to its date, else the next after it."""
        versions: dict[str, list[Statute]] = {}
        for one in self.texts.values():
            own = one.country == assessment.country and one.law in assessment.laws
            key = one.law if own else "" if one.law else law_named(assessment.laws, one.title)
            if key:
                versions.setdefault(key, []).append(one)
        return {key: _as_of(some, assessment.as_of) for key, some in versions.items()}


def _as_of(versions: Iterable[Statute], day: date) -> Statute:
    ordered = sorted(versions, key=lambda one: one.as_of or date.min)
    past = [one for one in ordered if (one.as_of or date.min) <= day]
    return past[-1] if past else ordered[0]


def shelf(folder: Path) -> Shelf:
    """The texts in a folder; files that are none are named in its issues."""
    found, issues = dict[str, Statute](), Issues()
    for path in sorted(folder.glob(f"*{texts.SUFFIX}")):
        try:
            found[path.name] = texts.read_stored(path)
        except InputError as error:
            issues.extend(error.issues)
    return Shelf(folder, found, issues)


def shelf_beside(file: Path | None, folder: Path | None = None) -> Shelf | None:
    """The texts in a folder, or those in the folder ``texts`` beside a file; None without either.

    Raises:
        InputError: the folder given holds none.
    """
    if folder is not None:
        return shelf_with_texts(folder)
    return shelf(folder_of_texts(file)) if file is not None and folder_of_texts(file).is_dir() else None


def shelf_with_texts(folder: Path) -> Shelf:
    """The texts in a folder.

    Raises:
        InputError: there are none.
    """
    of = shelf(folder)
    if not of.texts and not of.issues:
        raise reject(NOTHING_OF_TEXTS, Location(str(of.folder)))
    return of


# Adding ------------------------------------------------------------------------------------------------------------------


def read_law(path: Path, assessment: Assessment | None, law: str = "", as_of: date | None = None) -> tuple[Statute, Issues]:
    """The statute in a file, matched to the register of an assessment if there is one; and what is striking in its numbering.

    Raises:
        InputError: it cannot be read, or no law of the register, or more than one, is like it.
    """
    statute = texts.read_statute(path)
    day = as_of or (assessment.as_of if assessment is not None else None)
    if assessment is None:
        return replace(statute, as_of=day), texts.faults(statute)
    key = _key_of(law, assessment.laws) if law else _matched(path, statute, assessment.laws)
    if not key:
        allowed = "; ".join(f"{one.key} {one.title}" for one in assessment.laws.values())
        raise reject(
            TEXT_OF_NO_LAW,
            Location(path.name),
            value=law or texts.shortened(statute.title, _LONGEST_TITLE),
            allowed=allowed or "–",
        )
    title = assessment.laws[key].title or statute.title
    return replace(statute, title=title, as_of=day, country=assessment.country, law=key), texts.faults(statute)


def _key_of(typed: str, laws: Mapping[str, Law]) -> str:
    return next((key for key in laws if fold(key) == fold(typed)), "")


def _matched(path: Path, statute: Statute, laws: Mapping[str, Law]) -> str:
    """The key of the law that a text is of: by its title or number, by the name of its file, or by the day of its adoption."""
    named = re.sub(r"[_\s-]+", " ", path.stem)
    return law_named(laws, statute.title) or _key_of(path.stem, laws) or law_named(laws, named) or _adopted_then(statute, laws)


def law_named(laws: Mapping[str, Law], text: str) -> str:
    """The key of the only law whose number or title appears in a text."""
    return workbook.law_mentioned(laws, text)


def _adopted_then(statute: Statute, laws: Mapping[str, Law]) -> str:
    """The key of the only law adopted on a day whose number and year stand in the title of a text."""
    said = set(re.findall(r"\d+", statute.title))
    found = [key for key, law in laws.items() if law.adopted and {str(law.adopted.day), str(law.adopted.year)} <= said]
    return found[0] if len(found) == 1 else ""


# Citations ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cited:
    """One article that an answer cites: the law, where it is cited, for which element if for one, and what it points to."""

    law: Law
    at: Location
    found: texts.Resolved
    letter: str = ""


def cited_by(answer: Answer, assessment: Assessment, at_hand: Mapping[str, Statute]) -> Iterator[Cited]:
    """What the citations of an answer point to, in the texts at hand."""
    for citation, at, letter in _citations(answer):
        if citation.law in at_hand:
            for reference in texts.references(citation.articles).references:
                for found in texts.resolve(reference, at_hand[citation.law]):
                    yield Cited(assessment.laws[citation.law], at, found, letter)


def articles_cited(answer: Answer, assessment: Assessment, at_hand: Mapping[str, Statute]) -> set[tuple[str, str]]:
    """The articles of the texts at hand that an answer cites, each as its law and its number."""
    cited = cited_by(answer, assessment, at_hand)
    return {(one.law.key, one.found.article.id) for one in cited if one.found.article is not None}


def _citations(answer: Answer) -> Iterator[tuple[Citation, Location, str]]:
    """The citations of a provision and of its elements with their cells, and the letters of the elements."""
    nowhere = Location()
    for one in answer.citations:
        yield one, answer.at.get("legal_basis", nowhere), ""
    for letter, element in answer.elements.items():
        for one in element.citations:
            yield one, answer.at.get(f"elements.{letter}.legal_basis", nowhere), letter


def passages_of(answer: Answer, assessment: Assessment, at_hand: Mapping[str, Statute]) -> tuple[CitedPassage, ...]:
    """The passages that an answer cites, as they are shown: each once, and none that stands in another that is shown whole."""
    made, letters = dict[tuple[str, str, str], CitedPassage](), dict[tuple[str, str, str], list[str]]()
    for one in cited_by(answer, assessment, at_hand):
        if one.found.article is not None and one.found.passage:
            shown = _passage(one.law, one.found, one.found.article, at_hand[one.law.key].language)
            place = (shown.law, shown.label, shown.text)
            made.setdefault(place, shown)
            letters.setdefault(place, []).extend(filter(None, [one.letter]))
    kept = {place: part for place, part in made.items() if not any(_holds(other, part) for other in made.values())}
    for place, part in made.items():
        for whole in (other for other, of in kept.items() if place not in kept and _holds(of, part)):
            letters[whole] += letters[place]
    return tuple(replace(passage, letters=tuple(sorted(set(letters[place])))) for place, passage in kept.items())


def _passage(law: Law, found: texts.Resolved, article: StatuteArticle, language: str) -> CitedPassage:
    link = texts.article_link(law.link, article.id)
    tag = language if _LANGUAGE_TAG.fullmatch(language) else ""
    shown = texts.shortened(found.passage)
    return CitedPassage(law.key, found.reference.written, article.label, article.heading, shown, tag, link)


def _holds(whole: CitedPassage, part: CitedPassage) -> bool:
    """Whether a passage is shown as a part of another one of its article."""
    same = (whole.law, whole.label) == (part.law, part.label)
    return same and part.text in whole.text and len(part.text) < len(whole.text)


def passages(assessment: Assessment, of: Shelf | None) -> Mapping[str, tuple[CitedPassage, ...]]:
    """By provision, the passages that the answers of an assessment cite; none without texts."""
    at_hand = of.of(assessment) if of is not None else {}
    found = ((id, passages_of(answer, assessment, at_hand)) for id, answer in assessment.answers.items())
    return {id: shown for id, shown in found if shown}


def check_citations(assessment: Assessment, of: Shelf) -> Issues:
    """What the citations of an assessment name that is not in the texts beside it."""
    issues, at_hand, file = Issues(), of.of(assessment), Location(assessment.source.name)
    issues.extend(of.issues)
    missing = dict.fromkeys(key for answer in assessment.answers.values() for key in answer.cited_laws if key not in at_hand)
    for key in missing:
        if key in assessment.laws:
            issues.add(TEXT_NOT_AT_HAND, file, law=key, title=assessment.laws[key].title, folder=of.folder)
    for answer in assessment.answers.values():
        for citation, at, _ in _citations(answer):
            if citation.law in at_hand and citation.articles and texts.references(citation.articles).unclear:
                issues.add(ARTICLES_UNCLEAR, at, provision=answer.provision, value=citation.articles, law=citation.law)
        for one in cited_by(answer, assessment, at_hand):
            if found := _fault(one.found):
                issues.add(found[0], one.at, provision=answer.provision, law=one.law.key, **found[1])
    return issues


def _fault(found: texts.Resolved) -> tuple[Rule, dict[str, str]] | None:
    """What to say of a citation that points to nothing, or to an article that is no longer in force."""
    if found.article is None:
        return ARTICLE_NOT_IN_TEXT, _points_to_nothing(found)
    if not found.passage:
        return PASSAGE_NOT_IN_TEXT, {**_points_to_nothing(found), "article": found.article.label}
    if texts.is_repealed(found.article):
        return ARTICLE_NOT_IN_FORCE, {"article": found.article.label, "text": texts.shortened(found.article.text, _LONGEST_TITLE)}
    return None


def _points_to_nothing(found: texts.Resolved) -> dict[str, str]:
    """What to say of a reference to nothing: as it was written, and what is nearest to it."""
    return {"value": found.reference.written, "nearest": found.nearest or "–"}


def version_before(of: Shelf, statute: Statute) -> Statute | None:
    """The last text of the same law of an earlier day, if there is one."""
    same = [one for one in of.texts.values() if one.law and (one.country, one.law) == (statute.country, statute.law)]
    earlier = [one for one in same if (one.as_of or date.min) < (statute.as_of or date.min)]
    return max(earlier, key=lambda one: one.as_of or date.min, default=None)


@dataclass(frozen=True)
class Change:
    """What an answer cites, as it was written there, and how it reads in two texts of its law; empty where it is not there."""

    written: str
    before: str
    after: str


def changed_passages(assessment: Assessment, before: Statute, after: Statute) -> Mapping[str, Sequence[Change]]:
    """By provision, what its answer cites of a law that reads otherwise in a later text, in whatever form that was published."""
    changed: dict[str, list[Change]] = {}
    for answer in assessment.answers.values():
        then, now = (_passages(answer, assessment, text) for text in (before, after))
        if different := [Change(one, then.get(one, ""), now.get(one, "")) for one in {**then, **now}]:
            changed[answer.provision] = [one for one in different if texts.comparable(one.before) != texts.comparable(one.after)]
    return {provision: some for provision, some in changed.items() if some}


def _passages(answer: Answer, assessment: Assessment, text: Statute) -> dict[str, str]:
    """The passages of a law that an answer cites, by how they were written."""
    found = dict[str, str]()
    for one in cited_by(answer, assessment, {text.law: text}):
        written = one.found.reference.written
        found[written] = "\n".join(filter(None, (found.get(written), one.found.passage)))  # of a range, all of it
    return found


def earlier_passages(assessment: Assessment, of: Shelf | None) -> Mapping[str, Mapping[Place, tuple[date, str]]]:
    """By provision, how passages that it cites read in the text before, where they read otherwise, and the day of that text."""
    found: dict[str, dict[Place, tuple[date, str]]] = {}
    for now in of.of(assessment).values() if of is not None else ():
        before = version_before(of, now) if of is not None and now.law else None
        if before is None or before.as_of is None:
            continue
        for answer in assessment.answers.values():
            then = _in_full(answer, assessment, before)
            for place, text in _in_full(answer, assessment, now).items():
                if texts.comparable(was := then.get(place, "")) != texts.comparable(text):
                    found.setdefault(answer.provision, {})[place] = before.as_of, texts.differing(was, text)[0]
    return found


def _in_full(answer: Answer, assessment: Assessment, text: Statute) -> dict[Place, str]:
    """Every passage of a law that an answer cites, uncut."""
    cited = cited_by(answer, assessment, {text.law: text})
    return {
        (one.law.key, one.found.reference.written, one.found.article.label): one.found.passage
        for one in cited
        if one.found.article is not None
    }


# Looking up --------------------------------------------------------------------------------------------------------------


def text_named(of: Shelf, typed: str) -> Statute:
    """The text of a folder that is meant by the key of a law, by a part of its title, or by the name of its file.

    Raises:
        InputError: there is no such text, or there are several.
    """
    wanted = fold(typed)
    names = {name: {fold(Path(name).stem), fold(one.law), fold(f"{one.country}-{one.law}")} for name, one in of.texts.items()}
    found = [name for name, of_text in names.items() if wanted in of_text]
    found = found or [name for name, one in of.texts.items() if wanted in fold(one.title)]
    if len({(of.texts[name].country, of.texts[name].law or name) for name in found}) != 1:
        allowed = ", ".join(Path(name).stem for name in found or of.texts)
        raise reject(UNKNOWN_TEXT, Location(str(of.folder)), value=typed, allowed=allowed or "–")
    return max((of.texts[name] for name in found), key=lambda one: one.as_of or date.min)


def articles_named(statute: Statute, typed: str) -> Sequence[tuple[StatuteArticle, str]]:
    """The articles of a text that a citation such as ``3 bis(1)`` names, each with the passage meant.

    Raises:
        InputError: it names none, or one that is not there.
    """
    found = [one for reference in texts.references(typed).references for one in texts.resolve(reference, statute)]
    missing = next((one for one in found if not one.passage), None)
    if missing is not None or not found:
        facts = _points_to_nothing(missing) if missing is not None else {"value": typed, "nearest": "–"}
        raise reject(NOT_IN_THIS_TEXT, Location(statute.title), **facts)
    return [(one.article, one.passage) for one in found if one.article is not None]
