"""The samples say what their texts say, and the committed reports are those that the tool makes today."""

from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook

from legcheck import app, provisions
from legcheck.model import Scope, Source
from legcheck.workbook import read_workbook
from tests.reports.test_figures_agree import in_excel, in_html
from tests.samples import (
    CHECKLIST,
    FOLDER,
    MISTAKES,
    REPORTS,
    UTOPIA,
    assessment_of,
    comparison_of_all,
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
def test_every_rating_above_none_cites_an_article(path):
    result = app.assess(path)
    scale = result.checklist.dimensions[0].scale
    for answer in result.assessment.answers.values():
        rating = answer.ratings.get("law")
        if rating and scale.by_key[rating].worth:
            assert answer.citations, answer.provision
            assert all(any(sign.isdigit() for sign in one.articles) or "annex" in one.articles for one in answer.citations)


def test_a_real_statute_is_read_as_a_text_and_never_as_a_state():
    (result,) = [app.assess(path) for path in workbooks() if path.name.startswith("ESP")]
    assert result.assessment.scope is Scope.TEXTS
    assert not result.scores["practice"].assessed
    view = app.report_view(result, "en")
    assert "not an assessment of a State" in view.notices[0]
    assert view.notice_short == "Illustrative reading of texts, not an assessment of a State"
    assert all(not figure.band for dimension in view.dimensions for figure in (*dimension.chapters, dimension.total))


def test_the_fictional_country_shows_every_feature():
    result = app.assess(FOLDER / UTOPIA)
    answers = result.assessment.answers.values()
    assert {rating for one in answers for rating in one.ratings.values()} == {"full", "partial", "none", "contrary", "na"}
    assert {law.status.value for law in result.assessment.laws.values()} == {"in force", "adopted", "draft", "repealed"}
    for field in ("to_confirm", "observations", "assistance", "if_adopted"):
        assert any(getattr(one, field) for one in answers), field
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
        return {id: levels[one.ratings[dimension]].worth for id, one in assessment.answers.items() if one.ratings.get(dimension)}

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
