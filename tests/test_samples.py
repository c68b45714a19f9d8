"""The samples say what their texts say, and the committed reports are those that the tool makes today."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook

from legcheck import app, hands, provisions
from legcheck.labels import labels
from legcheck.model import Scope, Source
from legcheck.texts import references
from legcheck.workbook import read_workbook
from tests.reports.test_figures_agree import in_excel, in_html
from tests.samples import (
    CHECKLIST,
    FOLDER,
    MISTAKES,
    REPORTS,
    SECOND,
    UTOPIA,
    assessment_of,
    comparison_of_all,
    second_name,
    texts,
    workbook_name,
    workbooks,
)


@pytest.fixture(scope="module")
def vot():
    return provisions.load(CHECKLIST)


@pytest.mark.parametrize("path", texts(), ids=lambda path: path.stem)
def test_a_sample_workbook_says_what_its_text_says(path, vot):
    wanted = assessment_of(path, vot)
    found, issues = read_workbook(FOLDER / workbook_name(wanted), vot)
    assert not issues.blocking
    known = {"source": Source("", ""), "country_name": ""}
    assert replace(found, **known) == replace(wanted, **known)


@pytest.mark.parametrize("path", workbooks(), ids=lambda path: path.stem)
def test_every_element_met_cites_an_article(path):
    for answer in app.assess(path).assessment.answers.values():
        for letter, element in answer.elements.items():
            cited = element.citations or answer.citations
            assert cited or not element.met, f"{answer.provision}.{letter}"
            assert all(references(one.articles).references for one in cited), f"{answer.provision}.{letter}"


READ = {"Spain, Law 29/2011": "esp", "Spain (Basque Country), Law 4/2008": "es-pv", "Canada, ": "can"}


def test_practice_called_good_meets_an_element_in_our_own_reading(vot):
    """Every example of a law that is read here stands among the articles of an element that the reading ticks."""
    readings = {name: assessment_of(FOLDER / f"{file}.yaml", vot) for name, file in READ.items()}
    wrong = []
    for provision in vot.provisions.values():
        for example, name in ((one, name) for one in provision.practice for name in READ if one.startswith(name)):
            met = [one for one in readings[name].answer(provision.id).elements.values() if one.met]
            cited = {
                article
                for one in met
                for citation in one.citations
                for article in articles(labels("en").cited(citation.articles))
            }
            if not cited & articles(example.removeprefix(name)):
                wrong.append((provision.id, example))
    assert wrong == []


def articles(text: str) -> set[str]:
    """The numbers of articles, without their paragraphs: 3 bis of ``3 bis(1)(b)`` and of ``3 bis.1.b)``."""
    return set(re.findall(r"\d+(?: bis| ter)?", re.sub(r"\([^)]*\)|\.(?:\d+|[a-z]\))", "", text)))


LEFT_ASIDE = re.compile(r"as before|no such|same general words|no rule says so|sin norma|como antes|\bidem\b", re.IGNORECASE)


@pytest.mark.parametrize("name", READ.values())
def test_each_remark_on_a_statute_is_understood_alone(name, vot):
    """It neither points at another remark nor denies the tick beside it."""
    reading = assessment_of(FOLDER / f"{name}.yaml", vot)
    remarks = [one.remark for answer in reading.answers.values() for one in answer.elements.values() if one.remark]
    assert len(remarks) > 100
    assert [one for one in remarks if LEFT_ASIDE.search(one)] == []


@pytest.mark.parametrize("name", READ.values())
def test_what_stands_in_a_text_not_read_neither_meets_nor_falls_short(name, vot):
    reading = assessment_of(FOLDER / f"{name}.yaml", vot)
    elements = {(id, letter): one for id, answer in reading.answers.items() for letter, one in answer.elements.items()}
    left = [one for one in elements.values() if one.met is None]
    assert left
    assert all(one.citations and one.remark for one in left)
    assert [
        at for at, one in elements.items() if one.met is not None and re.search(r"not read|no se han? leído", one.remark)
    ] == []


@pytest.mark.parametrize(("name", "article"), [("can", "s. 24"), ("can", "s. 19(2)")])
def test_only_a_rule_that_takes_away_is_called_the_opposite(name, article, vot):
    """Section 24 gives no leave to stay and takes none; section 19(2) ends the use of rights when a victim leaves."""
    reading = assessment_of(FOLDER / f"{name}.yaml", vot)
    opposite = {id for id, answer in reading.answers.items() if answer.ratings.get("law") == "contrary"}
    citing = {id for id in opposite if any(article in one.articles for one in reading.answers[id].all_citations)}
    assert citing == ({"XBR-05"} if article == "s. 19(2)" else set())


@pytest.mark.parametrize("name", ["esp", "es-pv"])
def test_a_spanish_statute_is_read_in_spanish_and_cited_as_its_lawyers_do(name, vot):
    reading = assessment_of(FOLDER / f"{name}.yaml", vot)
    assert reading.language == "es"
    typed = [
        one.legal_basis for answer in reading.answers.values() for one in (answer, *answer.elements.values()) if one.legal_basis
    ]
    assert [one for one in typed if re.search(r"\d\(|provision|annex|disposición \w+ \d", one)] == []
    said = [text for answer in reading.answers.values() for text in (answer.note, answer.to_confirm, *remarks_of(answer)) if text]
    assert [text for text in said if re.search(r"\b(?:the|and|which|whether)\b", text, re.IGNORECASE)] == []


def remarks_of(answer):
    return [one.remark for one in answer.elements.values()]


def test_a_real_statute_is_read_as_a_text_and_never_as_a_state():
    (result,) = [app.assess(path) for path in workbooks() if path.name.startswith("ESP")]
    assert result.assessment.scope is Scope.TEXTS
    assert not result.scores["practice"].assessed
    view = app.report_view(result, "en")
    assert "not an assessment of a State" in view.notices[0]
    assert not any("Ratings" in notice for notice in view.notices)
    assert view.notice_short == "Illustrative reading of a text, not an assessment of a State"
    assert (result.gaps, view.dimensions) == ((), ())
    assert "This text contains" in view.reading.summary[0]


def test_the_fictional_country_shows_every_feature():
    result = app.assess(FOLDER / UTOPIA)
    answers = result.assessment.answers.values()
    assert {rating for one in answers for rating in one.ratings.values()} == {"full", "partial", "none", "contrary", "na"}
    assert {law.status.value for law in result.assessment.laws.values()} == {"in force", "adopted", "draft", "repealed"}
    for field in ("to_confirm", "observations", "assistance", "if_adopted"):
        assert any(getattr(one, field) for one in answers), field
    assert [one.provision for one in answers if not one.publish] == ["XBR-02", "CSO-04"]
    assert [law.key for law in result.assessment.laws.values() if not law.publish] == ["L8"]
    assert result.scores["law"].total.answered < result.scores["law"].total.applicable
    assert result.if_adopted
    assert {gap.kind.value for gap in result.gaps} == {
        "contrary", "legislative_missing", "legislative_partial", "practice_without_law", "implementation",
    }  # fmt: skip
    assert (FOLDER / MISTAKES).is_file()


@pytest.mark.parametrize(("earlier", "later"), [("xut-2023", "xut"), ("xor-2024", "xor-2026")])
def test_two_rounds_show_ratings_gained_lost_and_newly_answered(earlier, later, vot):
    before, after = (assessment_of(FOLDER / f"{name}.yaml", vot) for name in (earlier, later))
    assert before.country == after.country
    assert before.as_of < after.as_of
    levels = vot.dimensions[0].scale.by_key

    def worths(assessment, dimension):
        rated = app.assess(FOLDER / workbook_name(assessment)).ratings[dimension]
        return {id: levels[rating].worth for id, rating in rated.items() if rating}

    for dimension in ("law", "practice"):
        old, new = worths(before, dimension), worths(after, dimension)
        both = [id for id in old.keys() & new.keys() if old[id] != new[id]]
        assert {old[id] < new[id] for id in both} == {True, False}
        assert new.keys() - old.keys()


def test_the_committed_reports_show_the_figures_of_today():
    result = app.assess(FOLDER / UTOPIA)
    made = app.report_files(result, ("html", "xlsx"), "en")
    for name, read in (
        (next(n for n in made if n.endswith("html")), in_html),
        (next(n for n in made if n.endswith("xlsx")), in_excel),
    ):
        assert read((REPORTS / name).read_bytes()) == read(made[name]), "run `make samples`"


def test_the_committed_comparison_shows_the_figures_of_today():
    made = comparison_of_all()
    assert (REPORTS / "comparison.html").read_bytes() == made["comparison.html"], "run `make samples`"
    committed, fresh = (
        load_workbook(BytesIO(content)) for content in ((REPORTS / "comparison.xlsx").read_bytes(), made["comparison.xlsx"])
    )
    assert committed.sheetnames == fresh.sheetnames
    for name in fresh.sheetnames:
        assert list(committed[name].values) == list(fresh[name].values), name


@pytest.mark.parametrize("path", sorted(SECOND.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_second_reading_is_of_the_same_law_and_every_element_met_cites_an_article_or_rests_on_silence(path, vot):
    second, first = assessment_of(path, vot), assessment_of(FOLDER / path.name, vot)
    assert (second.country, second.as_of, second.scope, second.laws) == (first.country, first.as_of, first.scope, first.laws)
    assert {vot.provisions[id].chapter for id in second.answers} == {one.id for one in vot.chapters}
    for id, answer in second.answers.items():
        for letter, element in answer.elements.items():
            assert not element.met or element.citations or letter in vot.provisions[id].by_silence, f"{id}.{letter}"
    found, issues = read_workbook(SECOND / second_name(second), vot)
    assert (found.answers, [*issues]) == (second.answers, [])


@pytest.mark.parametrize("path", sorted(SECOND.glob("*.xlsx")), ids=lambda path: path.stem)
def test_two_readings_of_a_law_can_be_set_side_by_side(path):
    first = FOLDER / f"{path.stem.removesuffix('-second-reading')}.xlsx"
    readings = hands.read_side_by_side([first, path])
    elements = next(one for one in hands.agreement(readings) if not one.key or one.key not in readings[0].checklist.by_dimension)
    assert elements.total.answered > 100
    assert 0 < elements.total.differ < elements.total.answered / 4
    assert all(len(one.values) > 1 for one in hands.disagreements(readings))
