"""The sentences of the country report: what they say of which answers, and that no answer makes one untrue."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from legcheck import app, provisions
from legcheck.analysis import judge
from legcheck.labels import labels, languages
from legcheck.model import Law, Role
from legcheck.reports import prose
from legcheck.reports.charts import chapters_chart
from legcheck.reports.country_report import country_report
from legcheck.reports.document import Chart, Contents, Document, Heading, Items, NewPage, Paragraph, Place, Table
from legcheck.reports.make_view import view_of
from legcheck.reports.palette import PLAIN
from legcheck.reports.prose import Sentence
from legcheck.reports.view import CitationView, ElementView, ReportView, Standing
from tests.analysis.builders import CONFORMITY, assessment, checklist
from tests.foreign.test_any_checklist import answered, checklists
from tests.reports.sample_views import plan_of_sample, result_of_sample, view_of_sample

EN = labels("en")
ACT = Law("L1", "Act of 1999")
PRACTICE_ALONE = {"practice": {"title": "Practice", "scale": "conformity", "role": "practice"}}
LETTER = some.sampled_from("abc")
USE_ALONE = {"use": {"title": "Use", "scale": "conformity"}}


def seen(answers: dict, chapters: dict | None = None, *, language: str = "en", **given_) -> ReportView:
    """The report of a small checklist: chapter A with provisions A-1 (core) to A-4 (with elements), or other chapters."""
    usual = {
        "A": {
            "A-1": {"core": "true", "may_not_apply": "true", "harm": "families wait for years"},
            "A-2": {},
            "A-3": {},
            "A-4": {"elements": {"a": "a form", "b": "a day"}},
        }
    }
    of = checklist(chapters or usual, **given_)
    return view_of(judge(of, assessment(of, answers, (ACT,)), (), "test"), labels(language))


def sentences_of(view: ReportView, language: str = "en") -> list[Sentence]:
    """Every sentence of a report, whatever its place."""
    of = labels(language)
    page = prose.brief(view, of, ())
    found = [
        *page.situation,
        *page.stands,
        *(sentence for one in page.urgent for sentence in one.sentences),
    ]
    for chapter in view.chapters:
        found += prose.of_chapter(chapter, view, of)
        found += [sentence for one in prose.findings(chapter, view, of, most=99) for sentence in one.sentences]
    return found


def test_rules_that_say_the_opposite_come_first_and_none_is_left_out():
    many = {f"A-{number}": "contrary" for number in range(1, 20)} | {"A-20": "none", "A-21": "none"}
    view = seen(many, {"A": {id: {} for id in many}})
    gaps = [replace(gap, priority="") for gap in view.gaps]
    told = [gap.provision for gap in prose.urgent(replace(view, gaps=tuple(reversed(gaps))), EN)]
    assert {*told} >= {id for id, rating in many.items() if rating == "contrary"}
    assert told[-2:] == ["A-21", "A-20"]


def test_of_gaps_that_are_alike_only_so_many_are_put_first():
    many = dict.fromkeys((f"A-{number}" for number in range(1, 20)), "none")
    assert len(prose.urgent(seen(many, {"A": {id: {} for id in many}}), EN)) == prose.AT_ONCE


@pytest.mark.parametrize("language", languages())
def test_every_urgent_gap_has_its_consequence_and_is_answered_and_what_is_due_first_stands_first(language):
    view, of = view_of_sample("XUT", language), labels(language)
    page = prose.brief(view, of, prose.recommendations(plan_of_sample("XUT", language), view, of), told=0)
    assert sum(one.contrary for one in page.urgent) == len(view.contrary)
    assert [one.contrary for one in page.urgent] == sorted((one.contrary for one in page.urgent), reverse=True)
    assert all(one.harm for one in page.urgent)
    assert {one.provision for one in page.urgent} <= {id for one in page.asked for id in one.provisions}
    assert [one.due for one in page.asked] == sorted(one.due for one in page.asked)


def test_what_is_partly_in_law_and_urgent_has_a_consequence_though_the_law_may_prevent_the_worst():
    one = {"elements": {"a": "a form", "b": "a day"}, "harm": "families wait for years", "harm_elements": ["b"]}
    view = seen({"A-1": {"law": "partial", "elements": {"a": False, "b": True}}}, {"A": {"A-1": one}})
    for told in (0, 1):
        (found,) = prose.brief(view, EN, (), told=told).urgent
        assert found.harm == "Those who need what is missing here are left without it."
        assert [one.text for one in found.sentences][1:] == ["Not yet in the law: that a form."]


@pytest.mark.parametrize(("country", "language"), [("XUT", "en"), ("XUT", "fr"), ("XOR", "fr")])
def test_the_minister_reads_the_situation_as_prose(country, language):
    view = view_of_sample(country, language)
    said = " ".join(one.text for one in prose.brief(view, labels(language), ()).situation)
    assert len(re.findall(r"\d+", said.replace(view.as_of, ""))) <= 3
    assert "%" not in said


def texts(view: ReportView, language: str = "en") -> list[str]:
    return [sentence.text for sentence in sentences_of(view, language)]


# --- Given these answers, this sentence --------------------------------------------------------------------------------

SAYS = {
    "what is there is counted": (
        {"A-1": "full", "A-2": "full", "A-3": "partial"},
        "In law, of 3 provisions answered, 2 are provided for in full and 1 in part.",
    ),
    "a single answer is spoken of as one": ({"A-1": "full"}, "In law, of 1 provision answered, 1 is provided for in full."),
    "contrary law is counted apart": (
        {"A-1": "contrary", "A-2": "none"},
        "In law, of 2 provisions answered, 1 is not provided for at all and 1 meets a rule that says the opposite.",
    ),
    "the first that is counted says of what it is a part": (
        {"A-1": "partial", "A-2": "partial", "A-3": "none"},
        "In law, of 3 provisions answered, 2 are provided for in part and 1 not at all.",
    ),
    "what does not apply is not counted": (
        {"A-1": "na", "A-2": "full"},
        "In law, of 1 provision answered, 1 is provided for in full.",
    ),
    "what does not apply is named": ({"A-1": "na", "A-2": "none"}, "Not applicable here: A-1."),
    "practice is counted for itself": (
        {"A-1": {"law": "full", "practice": "partial"}},
        "In practice, of 1 provision assessed, 1 is applied in part.",
    ),
    "silence is named as silence": ({"A-1": "full", "A-3": "none", "A-4": "none"}, "Not answered yet: A-2."),
    "core provisions that stand are named": (
        {"A-1": "full", "A-2": "full"},
        "Among the core provisions, these are provided for in full: A-1.",
    ),
    "law and practice together": (
        {"A-1": {"law": "full", "practice": "full"}, "A-2": {"law": "full", "practice": "none"}},
        "Of the provisions provided for in full, 1 is also applied in full.",
    ),
    "the contrary rule is named by its law": (
        {"A-1": {"law": "contrary", "cites": "L1"}},
        "A rule in force says the opposite of what is asked (Act of 1999, art. 1).",
    ),
    "what is missing is named": ({"A-4": {"law": "partial", "elements": "a"}}, "Not yet in the law: that a day."),
    "practice without law": (
        {"A-1": {"law": "none", "practice": "full"}},
        "This is done in practice, at least in part, but no law requires it.",
    ),
    "law that is not applied": (
        {"A-1": {"law": "full", "practice": "none"}},
        "The law provides for this in full; it is not applied.",
    ),
    "law that is applied in part": (
        {"A-1": {"law": "full", "practice": "partial"}},
        "The law provides for this in full; it is applied in part.",
    ),
    "core provisions that are not applied stand in law only": (
        {"A-1": {"law": "full", "practice": "partial"}},
        "In law, these core provisions are provided for in full: A-1.",
    ),
    "law that practice goes against": (
        {"A-1": {"law": "full", "practice": "contrary"}},
        "The law provides for this in full; what is done is the opposite.",
    ),
    "where nothing is in full, what is there in part": (
        {"A-1": "partial", "A-2": "none"},
        "Little of what the provisions ask is in place in full today; each step forward starts from what the law says in part.",
    ),
}


@pytest.mark.parametrize(("answers", "sentence"), SAYS.values(), ids=list(SAYS))
def test_given_these_answers_this_is_said(answers, sentence):
    assert sentence in texts(seen(answers))


def test_nothing_is_said_of_what_was_not_answered():
    assert texts(seen({})) == [
        "The law in force on 1 January 2026 was compared with a checklist of 4 provisions.",
        "None of the provisions has been answered yet.",
        "Not answered yet: A-1; A-2; A-3; A-4.",
    ]


def test_a_provision_answered_on_practice_alone_is_answered():
    sentences = texts(seen({"A-1": {"practice": "full"}, "A-2": "full", "A-3": "full", "A-4": "full"}))
    assert not [one for one in sentences if "answered yet" in one]


def test_a_checklist_without_practice_does_not_speak_of_it():
    sentences = " ".join(texts(seen({"A-1": "full", "A-2": "partial"}, dimensions=LAW_ALONE)))
    assert "In law, of 2 provisions answered" in sentences
    assert not re.search("practice|applied", sentences)


LAW_ALONE = {"law": {"title": "Law", "scale": "conformity", "role": "law"}}


@pytest.mark.parametrize(
    ("dimensions", "key", "expected"),
    [
        (PRACTICE_ALONE, "practice", ["In practice, of 2 provisions assessed, 1 is applied in full", "Applied in full: A-1."]),
        (USE_ALONE, "use", ["Use: of 2 provisions assessed, 1 is met in full", "Met in full: A-1."]),
    ],
)
def test_what_is_not_about_law_is_not_said_of_the_law(dimensions, key, expected):
    sentences = " ".join(texts(seen({"A-1": {key: "full"}, "A-2": {key: "none"}}, dimensions=dimensions)))
    assert all(text in sentences for text in expected)


ABOUT_LAW = {
    "en": r"(?i)\blaw|\brule|legal|legisl|provided for|in force",
    "fr": r"(?i)\bdroit\b|règle|\bloi|légal|législ|prévue?s?\b|en vigueur",
    "es": r"(?i)\bderecho\b|\bnorma\b|\bley(?:es)?\b|legal|legisl|\bprevist[ao]s?\b|en vigor",
}


def words_on_gaps(view: ReportView, language: str) -> list[str]:
    """What is said of each gap, in prose and in tables, and what is asked."""
    of, found = labels(language), []
    for chapter in view.chapters:
        for one in chapter.provisions:
            if one.gap is not None:
                found += [one.gap.kind_title, *one.gap.reasons, prose.fallback(one, one.gap, of).text]
    return found


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(("dimensions", "key"), [(PRACTICE_ALONE, "practice"), (USE_ALONE, "use")])
def test_whatever_is_rated_no_sentence_presumes_that_it_is_law(dimensions, key, language):
    answers = {"A-1": "contrary", "A-2": "none", "A-3": "partial", "A-4": "full"}
    view = seen({id: {key: rating} for id, rating in answers.items()}, dimensions=dimensions, language=language)
    found = [*texts(view, language), *words_on_gaps(view, language), *view.method, view.subtitle, *chart_titles(view, language)]
    assert len(found) > 8
    assert not [text for text in found if re.search(ABOUT_LAW[language], text)]


def chart_titles(view: ReportView, language: str) -> list[str]:
    return [chart.title for chart in chapters_chart(view, labels(language))]


def test_a_chapter_stands_among_those_that_go_far_from_the_share_that_the_checklist_names():
    chapters = {letter: {f"{letter}-1": {}} for letter in LETTERS}
    answers = {f"{letter}-1": "partial" if letter in "ABC" else "none" for letter in LETTERS}

    def named(**given_) -> bool:
        return any("goes far" in one for one in texts(seen(answers, chapters, dimensions=LAW_ALONE, **given_)))

    assert named()
    assert named(stands_from="1/2")
    assert not named(stands_from="51%")


def test_more_than_a_handful_are_counted_not_named():
    many = {"A": {f"A-{number}": {} for number in range(1, 9)}}
    assert "Provided for in full: A-1; A-2; A-3; A-4; A-5; and 3 others." in texts(seen(dict.fromkeys(many["A"], "full"), many))


def test_harm_is_named_where_something_is_missing():
    (one,) = prose.brief(seen({"A-1": "none"}), EN, ()).urgent
    assert one.harm == "The risk without this provision: families wait for years."


@pytest.mark.parametrize(
    ("answer", "harm"),
    [
        ("none", "The risk without this provision: families wait for years."),
        ({"law": "partial", "elements": {"a": True, "b": False}}, "The risk without this provision: families wait for years."),
        ({"law": "partial", "elements": {"a": False, "b": True}}, ""),
        ({"law": "partial", "elements": {"a": True}}, ""),
        ("partial", ""),
        ({"law": "contrary", "elements": {"a": True, "b": False}}, "What is at stake: families wait for years."),
        ({"law": "contrary", "elements": {"a": False, "b": True}}, ""),
        ("contrary", ""),
        ({"law": "full", "practice": "none"}, "The risk where the law is not applied: families wait for years."),
    ],
)
def test_harm_is_told_only_where_the_law_is_known_to_lack_what_would_prevent_it(answer, harm):
    one = {"elements": {"a": "a form", "b": "a day"}, "harm": "families wait for years", "harm_elements": ["b"]}
    (found,) = prose.brief(seen({"A-1": answer}, {"A": {"A-1": one}}), EN, ()).urgent
    assert found.gap.harm == harm


@given(some.sampled_from(["partial", "contrary"]), some.dictionaries(LETTER, some.booleans()), some.sets(LETTER))
def test_no_harm_is_told_of_law_that_may_prevent_it(law, met, decisive):
    one = {"elements": dict.fromkeys("abc", "a day"), "harm": "people wait", "harm_elements": sorted(decisive)}
    (found,) = prose.brief(seen({"A-1": {"law": law, "elements": met}}, {"A": {"A-1": one}}), EN, ()).urgent
    assert bool(found.gap.harm) == all(met.get(letter) is False for letter in decisive or "abc")
    if not found.gap.harm and False in met.values():
        assert found.sentences[-1].text.startswith("Not yet in the law: that a day")


def test_of_a_rule_that_says_the_opposite_it_is_said_whom_it_harms():
    (one,) = prose.brief(seen({"A-1": "contrary"}), EN, ()).urgent
    assert one.harm == "What is at stake: families wait for years."


def test_of_law_that_provides_for_part_it_is_not_said_that_nothing_is_there():
    (partial,) = prose.brief(seen({"A-1": "partial"}), EN, ()).urgent
    assert partial.harm == "The risk without this provision: families wait for years."
    (unapplied,) = prose.brief(seen({"A-1": {"law": "full", "practice": "none"}}), EN, ()).urgent
    assert unapplied.harm == "The risk where the law is not applied: families wait for years."


def test_the_minister_reads_what_is_missing_not_the_opening_of_a_note_that_tells_what_is_there():
    view = view_of_sample("XUT", "en")
    partial = [one for one in prose.brief(view, EN, ()).urgent if one.gap.kind == "legislative_partial"]
    assert partial
    for one in partial:
        assert not one.quoted
        assert any(sentence.text.startswith("Not yet in the law: that ") for sentence in one.sentences)


def test_the_law_at_issue_is_in_force_and_named_once_with_its_articles_in_order():
    view = view_of_sample("XUT", "en")
    by_id = {one.id: one for chapter in view.chapters for one in chapter.provisions}
    assert any(one.title == "Children Act" and not one.in_force for one in by_id["CHD-04"].citations)
    assert prose.law_at_issue(EN, by_id["CHD-04"], by_id["CHD-08"]) == "Counter-Terrorism Act, s. 13(3), 19(2)"


def test_the_law_at_issue_is_that_beside_what_is_not_met():
    act = CitationView("L1", "s. 3", "Act", "in force", in_force=True)
    bad, code = replace(act, articles="s. 9"), CitationView("L2", "art. 1", "Code", "draft", in_force=False)
    element = ElementView("a", "First", True, "met", PLAIN, citations=(act,))
    lacking = replace(element, letter="b", met=False, citations=(bad, code))
    (provision,) = (one for chapter in seen({"A-1": "partial"}).chapters for one in chapter.provisions if one.id == "A-1")
    of = replace(provision, citations=(act, bad, code), elements=(element, lacking))
    assert prose.law_at_issue(EN, of) == "Act, s. 9"
    assert prose.law_at_issue(EN, replace(of, elements=(element,))) == "Act, s. 3, 9"


def test_a_law_that_is_not_for_publication_has_no_key_to_print():
    named = CitationView("L1", "s. 3", "Act", "in force", in_force=True)
    hidden = CitationView("", "", "a text not for publication", "draft", in_force=False)
    repealed = CitationView("L2", "art. 2", "Decree", "repealed", in_force=False)
    (provision,) = (one for chapter in seen({"A-1": "full"}).chapters for one in chapter.provisions if one.id == "A-1")
    told, of = set(), replace(provision, citations=(named, hidden, repealed))
    first = "Act (L1), s. 3; a text not for publication (draft); Decree (L2, repealed), art. 2"
    again = "L1, s. 3; a text not for publication (draft); L2 (repealed), art. 2"
    assert [prose.law_by_key(EN, of, told) for _ in range(2)] == [first, again]


def test_notes_in_another_language_are_quoted_only_of_rules_that_say_the_opposite():
    view = view_of_sample("XUT", "en")
    assert any(one.quoted and not one.contrary for one in prose.brief(view, EN, ()).urgent)
    in_french = view_of_sample("XUT", "fr")
    french = [one for chapter in in_french.chapters for one in prose.findings(chapter, in_french, labels("fr"), most=9)]
    assert {bool(one.quoted) for one in french} == {True, False}
    assert all(bool(one.quoted) is one.contrary is (one.language == "en") for one in french)
    assert not any(one.quoted for one in prose.brief(in_french, labels("fr"), ()).urgent)


ALTERNATIVES = "A rule that excludes by list, or by place."
EXCLUDES = {"A": {"A-1": {"contrary": ALTERNATIVES, "harm": "families wait for years"}, "A-2": {}}}


def told(one: prose.Finding) -> list[str]:
    return [*(sentence.text for sentence in one.sentences), one.quoted, one.harm]


def test_of_a_contrary_rule_the_note_is_told_not_every_case_that_the_checklist_knows():
    answer = {"law": "contrary", "note": "The list alone excludes.", "cites": "L1"}
    (found,) = prose.brief(seen({"A-1": answer}, EXCLUDES), EN, ()).urgent
    opposite = "A rule in force says the opposite of what is asked (Act of 1999, art. 1)."
    assert told(found) == [opposite, "The list alone excludes.", "What is at stake: families wait for years."]


def test_of_a_contrary_rule_without_a_note_it_is_told_whom_it_harms_and_only_else_what_was_asked():
    """What such rules can be, in the checklist, is more than was found."""
    (found,) = prose.brief(seen({"A-1": "contrary"}, EXCLUDES), EN, ()).urgent
    assert told(found)[1:] == ["", "What is at stake: families wait for years."]
    nobody = {"A": {"A-1": {**EXCLUDES["A"]["A-1"], "harm": ""}}}
    (found,) = prose.brief(seen({"A-1": "contrary"}, nobody), EN, ()).urgent
    assert told(found)[1:] == ["The review asked about this: a rule that excludes by list, or by place.", "", ""]


def test_a_question_is_repeated_only_where_nobody_can_be_named_whom_the_gap_harms():
    of = {"A": {"A-1": {"harm": "families wait", "question": "Is there a form?"}, "A-2": {"question": "Is there a day?"}}}
    view = seen({"A-1": "none", "A-2": "none"}, of)
    asked = {one.title: any("The question was" in text for text in told(one)) for one in prose.brief(view, EN, ()).urgent}
    assert asked == {"A-1": False, "A-2": True}


def test_what_the_contrary_rule_and_the_gap_come_to_is_told_in_the_language_of_the_report():
    view, of = view_of_sample("XUT", "fr"), labels("fr")
    said = {
        one.provision: [sentence.text for sentence in one.sentences]
        for chapter in view.chapters
        for one in prose.findings(chapter, view, of, most=99)
    }
    assert said["GEN-10"] == ["Une règle en vigueur dit le contraire de ce qui est demandé (Counter-Terrorism Act, s. 19(2))."]
    assert said["COO-03"] == ["Rien de ce que demande cette disposition ne figure dans le droit."]
    first = prose.brief(view, of, ()).urgent
    of_these = [one for one in first if one.gap.kind in ("contrary", "legislative_partial")]
    assert all(len(one.sentences) > 1 or one.quoted or one.harm for one in of_these)


# --- Whatever the answers, every sentence is borne out -----------------------------------------------------------------

RATINGS = ("full", "partial", "none", "contrary", "na", "")
STANDINGS = {"full": Standing.FULL, "partial": Standing.PARTIAL, "none": Standing.NONE, "contrary": Standing.CONTRARY}
LETTERS = "ABCDEFG"  # more chapters than a sentence on the strongest needs
ENTRY = some.fixed_dictionaries({}, optional={"core": some.just("true"), "harm": some.just("people wait")})


@some.composite
def assessed(draw) -> tuple[dict, dict]:
    """Chapters of provisions, and what was answered on each in law and practice."""
    sizes = draw(some.lists(some.integers(1, 7), min_size=1, max_size=len(LETTERS)))
    chapters = {
        letter: {f"{letter}-{number}": draw(ENTRY) | {"may_not_apply": "true"} for number in range(1, size + 1)}
        for letter, size in zip(LETTERS, sizes, strict=False)
    }
    rating = some.sampled_from(RATINGS)
    answers = {id: {"law": draw(rating), "practice": draw(rating)} for one in chapters.values() for id in one}
    return chapters, answers


class Claims:
    """What each sentence claims, checked against the answers as they were typed, not against what the report made of them."""

    def __init__(self, answers: dict, view: ReportView):
        self.answers = answers
        self.view = view

    def rated(self, ids, dimension: str) -> list[str]:
        return [self.answers[id][dimension] for id in ids]

    def counted(self, found: re.Match, grounds: tuple[str, ...], dimension: str) -> None:
        ratings = Counter(self.rated(grounds, dimension))
        numbers = [int(number) for number in re.findall(r"\d+", found[0])]
        assert numbers == [len(grounds), *(ratings[key] for key in STANDINGS if ratings[key])]
        everyone = {*self.answers} if {id[0] for id in grounds} != {grounds[0][0]} else self.inside(grounds)
        assert {id for id in everyone if self.answers[id][dimension] in STANDINGS} == {*grounds}
        for words, key in ((" in full", "full"), ("in part", "partial"), ("at all", "none"), ("opposite", "contrary")):
            assert (words in found[0]) is bool(ratings[key])

    def inside(self, grounds: tuple[str, ...]) -> set[str]:
        """The provisions that a sentence may be about: those of one chapter, or all if there is but one in which any counts."""
        return {id for id in self.answers if id[0] == grounds[0][0]}

    def named(self, found: re.Match, grounds: tuple[str, ...]) -> None:
        """The names are those of the grounds; what is not named is counted."""
        *names, last = found["names"].split("; ")
        more = re.fullmatch(r"and (\d+) others?", last)
        names += [] if more else [last]
        assert set(names) <= {*grounds}
        assert len(grounds) == len(names) + (int(more[1]) if more else 0)

    def check(self, sentence: Sentence) -> None:
        grounds, text = sentence.grounds, sentence.text
        assert grounds
        assert {*grounds} <= {*self.answers}
        matched = [(claim, found) for claim, form in FORMS if (found := form.fullmatch(text))]
        assert len(matched) == 1, text
        ((claim, found),) = matched
        claim(self, found, grounds)

    def compared(self, found, grounds):
        assert [*grounds] == [*self.answers]
        assert int(found[1]) == len(grounds)

    def law(self, found, grounds):
        self.counted(found, grounds, "law")

    def practice(self, found, grounds):
        self.counted(found, grounds, "practice")

    def in_words(self, found: re.Match, grounds: tuple[str, ...], dimension: str) -> None:
        """The words for what is met in full are the nearest; what is said of the others holds for most or all of them."""
        everyone = {id for id, one in self.answers.items() if one[dimension] in STANDINGS}
        assert len(everyone) >= prose.FEW
        assert {*grounds} == everyone
        ratings = Counter(self.rated(grounds, dimension))
        self.share_in_words(found["share"], ratings["full"], len(grounds))
        others = len(grounds) - ratings["full"]
        numbers = {"part": ratings["partial"], "all": ratings["none"], "part or all": ratings["partial"] + ratings["none"]}
        if rest := re.fullmatch(r"; (?P<who>.*) are .* (?P<how>part|at all|in part or not at all)", found["rest"]):
            number = numbers["part or all" if " or " in found["rest"] else rest["how"].removeprefix("at ")]
            assert number == others if rest["who"] in ("the others", "they") else others / 2 < number < others
            assert rest["who"].endswith("others") is bool(ratings["full"])
        else:
            assert found["rest"] == ""
            assert others <= 1 or 2 * numbers["part or all"] <= others

    def share_in_words(self, said: str, part: int, whole: int) -> None:
        shares = {text: Fraction(key) for key, text in EN.under("prose.share").items()} | {"none": Fraction(0)}
        assert (said == "none") is (part == 0)
        assert (said == "all") is (part == whole)
        if said not in shares:
            assert said == f"{part} of {whole}"
            assert all(abs(share - Fraction(part, whole)) > Fraction(2, 100) for share in shares.values() if 0 < share < 1)
        elif said not in ("a few", "nearly all"):
            assert abs(shares[said] - Fraction(part, whole)) <= Fraction(2, 100)

    def law_in_words(self, found, grounds):
        self.in_words(found, grounds, "law")

    def practice_in_words(self, found, grounds):
        self.in_words(found, grounds, "practice")

    def contrary_law(self, found, grounds):
        assert int(found[1]) == len(grounds)
        assert {*grounds} == {id for id, one in self.answers.items() if one["law"] == "contrary"}

    def contrary_practice(self, found, grounds):
        assert int(found[1]) == len(grounds)
        assert {*grounds} == {id for id, one in self.answers.items() if one["practice"] == "contrary"}

    def unanswered(self, found, grounds):
        shown = [dimension.key for dimension in self.view.dimensions]  # a dimension that nobody assessed is not asked for
        asked = [one for one in self.answers.values() if all(one[key] != "na" for key in shown)]
        missing = {key: sum(not one[key] for one in asked) for key in shown}
        parts = re.findall(r"(?:^|, | and )([^,]*?) on (?:the )?(law|practice)", found["parts"])
        said = {key: share for share, key in parts}
        assert said.keys() == {key for key, number in missing.items() if number}
        for key, share in said.items():
            self.share_in_words(share, missing[key], len(asked))
        assert {*grounds} == {id for id, one in self.answers.items() if one in asked and not all(one[key] for key in shown)}

    def none_answered(self, found, grounds):
        assert [*grounds] == [*self.answers]
        assert not any(any(one.values()) for one in self.answers.values())

    def open(self, found, grounds):
        self.named(found, grounds)
        assert {*grounds} == {id for id in self.inside(grounds) if not any(self.answers[id].values())}

    def outside(self, found, grounds):
        self.named(found, grounds)
        assert {*self.rated(grounds, self.first)} == {"na"}

    @property
    def first(self) -> str:
        return self.view.dimensions[0].key

    def full(self, found, grounds):
        self.named(found, grounds)
        assert {*self.rated(grounds, "law")} == {"full"}
        assert {*grounds} == {id for id in self.inside(grounds) if self.answers[id]["law"] == "full"}

    def applied_full(self, found, grounds):
        self.named(found, grounds)
        assert {*self.rated(grounds, "practice")} == {"full"}
        assert not any(one["law"] in STANDINGS for one in self.answers.values())

    def core(self, found, grounds):
        self.named(found, grounds)
        assert {*self.rated(grounds, {"provided for": "law", "applied": "practice"}[found[1]])} == {"full"}
        cores = {one.id for chapter in self.view.chapters for one in chapter.provisions if one.core}
        assert {*grounds} <= cores

    def both(self, found, grounds):
        assert int(found[1]) == len(grounds)
        assert {*grounds} == {id for id, one in self.answers.items() if one == {"law": "full", "practice": "full"}}

    def little(self, found, grounds):
        assert {*self.rated(grounds, "law")} == {"partial"}
        assert not any(one["law"] == "full" for one in self.answers.values())

    def far(self, found, grounds):
        """No chapter that is answered enough and holds nothing contrary stands better than one that is named."""
        dimension = "law" if found[1] == "The law" else "practice"
        named = found["names"].split("; ")
        assert {id[0] for id in grounds} == {*named}
        shares = {letter: self.share(letter, dimension) for letter in {id[0] for id in self.answers}}
        against = {id[0] for id, one in self.answers.items() if "contrary" in one.values()}
        others = [share for letter, share in shares.items() if letter not in {*named, *against} and share is not None]
        assert all(shares[letter] >= max([0.5, *others]) - 1e-9 for letter in named)

    def share(self, letter: str, dimension: str) -> float | None:
        """The share of a chapter, where enough of it is answered to speak of one."""
        worth = {"full": 1.0, "partial": 0.5, "none": 0.0, "contrary": 0.0}
        ratings = [one[dimension] for id, one in self.answers.items() if id[0] == letter and one[dimension] != "na"]
        known = [worth[rating] for rating in ratings if rating]
        return sum(known) / len(known) if known and len(known) >= 0.8 * len(ratings) else None

    def core_in_law(self, found, grounds):
        self.named(found, grounds)
        assert {*self.rated(grounds, "law")} == {"full"}
        assert all(self.answers[id]["practice"] in ("partial", "none", "contrary") for id in grounds)

    def at_stake(self, found, grounds):
        (one,) = self.provisions(grounds)
        assert found["harm"] == one.gap.stake

    def contrary(self, found, grounds):
        assert self.rated(grounds, "law") == ["contrary"]

    def asks(self, found, grounds):
        (one,) = self.provisions(grounds)
        assert found["question"] == one.question

    def opposite(self, found, grounds):
        self.contrary(found, grounds)
        (one,) = self.provisions(grounds)
        assert found["text"].casefold() == one.contrary.casefold()

    def provisions(self, grounds):
        return [one for chapter in self.view.chapters for one in chapter.provisions if one.id in grounds]

    def missing(self, found, grounds):
        assert self.rated(grounds, "law") == ["none"]

    def partial(self, found, grounds):
        assert self.rated(grounds, "law") == ["partial"]

    def without_law(self, found, grounds):
        assert self.rated(grounds, "law") == ["none"]
        assert self.rated(grounds, "practice")[0] in ("full", "partial")

    def not_applied(self, found, grounds):
        assert self.rated(grounds, "law") == ["full"]
        assert self.rated(grounds, "practice") == ["none"]

    def applied_in_part(self, found, grounds):
        assert (self.rated(grounds, "law"), self.rated(grounds, "practice")) == (["full"], ["partial"])

    def gone_against(self, found, grounds):
        assert (self.rated(grounds, "law"), self.rated(grounds, "practice")) == (["full"], ["contrary"])


FORMS = [
    (claim, re.compile(form))
    for claim, form in (
        (Claims.compared, r"The law in force on .* was compared with a checklist of (\d+) provisions?\."),
        (Claims.law, r"In law, of \d+ provisions? answered, .*\."),
        (Claims.practice, r"In practice, of \d+ provisions? assessed, .*\."),
        (Claims.law_in_words, r"The law provides in full for (?P<share>.*?)(?: of the)? provisions answered(?P<rest>.*)\."),
        (
            Claims.practice_in_words,
            r"In practice, (?P<share>.*?)(?: of the)? provisions assessed (?:is|are) applied in full(?P<rest>.*)\.",
        ),
        (Claims.contrary_law, r"For (\d+) provisions? a rule in force says the opposite of what is asked\."),
        (Claims.contrary_practice, r"For (\d+) provisions? the opposite is done\."),
        (Claims.unanswered, r"Answers are still missing: (?P<parts>.*)\."),
        (Claims.none_answered, r"None of the provisions has been answered yet\."),
        (Claims.open, r"Not answered yet: (?P<names>.*)\."),
        (Claims.outside, r"Not applicable here: (?P<names>.*)\."),
        (Claims.full, r"Provided for in full: (?P<names>.*)\."),
        (Claims.applied_full, r"Applied in full: (?P<names>.*)\."),
        (Claims.core, r"Among the core provisions, these are (provided for|applied) in full: (?P<names>.*)\."),
        (Claims.both, r"Of the provisions provided for in full, (\d+) (?:is|are) also applied in full\."),
        (Claims.little, r"Little of what the provisions ask is in place in full today; .*\."),
        (
            Claims.core,
            r"Of the core provisions, these are (provided for) in full, with no gap known in practice: (?P<names>.*)\.",
        ),
        (Claims.far, r"(The law|Practice) goes far on these matters: (?P<names>.*)\."),
        (Claims.contrary, r"A rule in force says the opposite of what is asked\."),
        (Claims.missing, r"The law has none of what this provision asks\."),
        (Claims.asks, r"The question was: (?P<question>.*)"),
        (Claims.opposite, r"The review asked about this: (?P<text>.*)"),
        (Claims.partial, r"The law provides for part of this only\."),
        (Claims.without_law, r"This is done in practice, at least in part, but no law requires it\."),
        (Claims.core_in_law, r"In law, these core provisions are provided for in full: (?P<names>.*)\."),
        (Claims.gone_against, r"The law provides for this in full; what is done is the opposite\."),
        (Claims.not_applied, r"The law provides for this in full; it is not applied\."),
        (Claims.applied_in_part, r"The law provides for this in full; it is applied in part\."),
        (Claims.at_stake, r"At stake for people: (?P<harm>.*)\."),
    )
]


@given(assessed())
def test_every_sentence_is_borne_out_by_the_answers_it_rests_on(drawn):
    chapters, answers = drawn
    view = seen(answers, chapters)
    claims = Claims(answers, view)
    for sentence in sentences_of(view):
        claims.check(sentence)


@given(assessed())
def test_every_contrary_rule_is_said_to_be_one(drawn):
    chapters, answers = drawn
    view = seen(answers, chapters)
    found = {
        one.provision
        for chapter in view.chapters
        for one in prose.findings(chapter, view, EN, most=99)
        if any("says the opposite" in sentence.text for sentence in one.sentences)
    }
    assert found == {id for id, one in answers.items() if one["law"] == "contrary"}


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(tree=checklists(), data=some.data())
def test_sentences_on_any_checklist_rest_on_its_provisions(tree, data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("drawn")
    (folder / "checklist.yaml").write_text(json.dumps(tree), "utf-8")
    if provisions.check_checklist(str(folder)).issues.blocking:
        return
    of = provisions.load(str(folder))
    view = view_of(judge(of, data.draw(answered(of)), (), "test"), EN)
    for sentence in sentences_of(view):
        assert sentence.grounds
        assert {*sentence.grounds} <= {*of.provisions}
        assert sentence.text.strip()
    if of.dimension_of(Role.LAW) is None:
        names = [of.subject, *(one.title for one in of.dimensions), *(one.title for one in of.provisions.values())]
        shown = "\n".join(part for text in (*texts(view), *words_on_gaps(view, "en")) for part in without(text, names))
        assert not re.search(ABOUT_LAW["en"], shown)
    counted = [
        Counter(one.standing for each in chapter.provisions for one in each.ratings if one.dimension == dimension.key)
        for chapter in view.chapters
        for dimension in view.dimensions
    ]
    for counts, sentence in zip(counted, _of_chapters(view), strict=True):
        known = [counts[standing] for standing in STANDINGS.values()]
        assert (sentence is None) is (not any(known))
        if sentence is not None:
            assert len(sentence.grounds) == sum(known)


def without(text: str, names: list[str]) -> list[str]:
    """What is left of a text without the names in it."""
    return re.split("|".join(map(re.escape, sorted(filter(None, names), key=len, reverse=True))), text)


def _of_chapters(view: ReportView) -> Iterator[Sentence | None]:
    """The sentence that counts the provisions of each chapter in each dimension, if there is one."""
    for chapter in view.chapters:
        for dimension in view.dimensions:
            yield next(prose._counted(chapter.provisions, dimension, EN), None)


def test_levels_of_other_scales_are_spoken_of_by_what_they_come_to():
    grades = {"levels": {"top": {"title": "Top", "worth": "1"}, "mid": {"title": "Mid", "worth": "1/3"}, "low": {"title": "Low"}}}
    view = seen(
        {"A-1": {"use": "top"}, "A-2": {"use": "mid"}, "A-3": {"use": "low"}},
        scales={"conformity": CONFORMITY, "grades": grades},
        dimensions={"use": {"title": "Use", "scale": "grades"}},
    )
    assert "Use: of 3 provisions assessed, 1 is met in full, 1 in part and 1 not at all." in texts(view)


# --- What the country report never says --------------------------------------------------------------------------------


def words_of(document: Document) -> str:
    """Every word of a document."""
    found: list[str] = [document.title, document.subtitle, document.running]
    if document.cover is not None:
        cover = document.cover
        found += [
            cover.emblem,
            cover.kind,
            cover.title,
            cover.subtitle,
            *(text for fact in cover.facts for text in fact),
            *cover.notices,
        ]
    for block in document.blocks:
        match block:
            case Heading() | Place():
                found.append(block.text)
            case Paragraph():
                found.append("".join(run.text for run in block.words))
            case Items():
                found += ["".join(run.text for run in item) for item in block.items]
            case Table():
                found += [block.caption, *(column.title for column in block.columns)]
                found += ["".join(run.text for run in text) for row in block.rows for one in row.cells for text in one.paragraphs]
            case Chart():
                found += [block.title, block.text, *re.findall(r">([^<]+)<", block.svg)]
            case Contents():
                found.append(block.title)
            case NewPage():
                pass
    return "\n".join(found)


def report_without_what_people_typed(country: str, language: str) -> Document:
    """The country report of a sample in our words alone; people may well write of a provision by its id."""
    result = result_of_sample(country)
    typed = dict.fromkeys(("note", "to_confirm", "observations", "assistance"), "")
    answers = {id: replace(answer, **typed) for id, answer in result.assessment.answers.items()}
    silent = judge(result.checklist, replace(result.assessment, answers=answers), (), "test")
    view = view_of(app.in_language(silent, language), labels(language))
    return country_report(view, labels(language), prose.recommendations(app.draft_plan(silent, language), view, labels(language)))


@pytest.mark.parametrize(("country", "language"), [("XUT", "en"), ("XOR", "fr"), ("XNE", "en")])
def test_no_points_weights_or_internal_names_in_the_country_report(country, language):
    shown = words_of(report_without_what_people_typed(country, language))
    ids = [*provisions.load("vot").provisions, *provisions.load_catalogue("vot", language).measures]
    assert len(ids) > 200
    assert not re.findall(rf"\b(?:{'|'.join(map(re.escape, ids))})\b", shown)
    assert not re.findall(r"\b(?:law|practice)\.(?:total|theme|instrument|[A-Z]{3})\b", shown)
    assert not re.findall(r"[+−-]\d+[.,]\d|\d points?\b", shown)


@pytest.mark.parametrize("country", ["XUT", "XOR"])
def test_french_reports_keep_a_space_before_double_signs(country):
    shown = words_of(report_without_what_people_typed(country, "fr"))
    assert len(shown) > 20_000
    assert not re.findall(r".{20}[^\s\u00a0\u202f][;!?»](?!\w)|.{20}«[^\s\u00a0\u202f]", shown)


def test_a_sentence_does_not_end_within_brackets():
    cited = "It tables an amendment: Social Code (art. L. 421-1, s. IV)."
    assert prose.opening(f"{cited} It adds the rest.", 0) == cited


@pytest.mark.parametrize("language", languages())
def test_without_measures_each_gap_is_asked_to_be_closed_in_words(language):
    view = view_of_sample("XUT", language)
    shown = words_of(country_report(view, labels(language), ()))
    first = view.gaps[0]
    assert labels(language)(f"prose.asked.fallback.{first.kind}", title=first.title).rstrip(".") in shown
    assert not re.findall(r"\bL\d+ art", shown)
