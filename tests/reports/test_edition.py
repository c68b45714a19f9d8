"""The public edition: nothing that is not for publication in any format, and no figure that rests on it."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from html import unescape
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from legcheck import app
from legcheck.analysis import judge, publishable
from legcheck.issues import HEADING_UNKNOWN, ONLY_COLOURED, InputError, Issue, Location
from legcheck.labels import labels
from legcheck.model import Answer, Assessment, Citation, Edition, ElementAnswer, Release, Result
from legcheck.reports.country_report import CountryReport, country_report, minister_page
from legcheck.reports.document import Heading, Look, Paragraph, Place, Table
from legcheck.reports.edition import public
from legcheck.reports.prose import brief, recommendations
from legcheck.reports.renderers import _documents
from legcheck.reports.view import ReportView
from legcheck.results import result_tree
from tests.reports.sample_views import plan_of_sample, result_of_sample
from tests.reports.test_figures_agree import in_excel, in_html, in_word

PUBLIC = Edition.PUBLIC
WITHHELD = {"CSO-04", "XBR-02"}


@cache
def marked(country: str) -> Result:
    """A sample in which everything that the public edition leaves out is there: assessors too, and elements with remarks."""
    result = result_of_sample(country)
    answers = {
        id: replace(one, assessor=f"Unit {place} of the ministry", observations=one.observations or f"Observed as {place}.")
        for place, (id, one) in enumerate(result.assessment.answers.items())
    }
    return replace(result, assessment=replace(result.assessment, answers=answers))


def with_marks(result: Result, answers: set[str], laws: set[str]) -> Result:
    """The result where only these answers and laws are not for publication."""
    of = result.assessment
    return replace(
        result,
        assessment=replace(
            of,
            answers={id: replace(one, publish=id not in answers) for id, one in of.answers.items()},
            laws={key: replace(one, publish=key not in laws) for key, one in of.laws.items()},
        ),
    )


def secrets(assessment: Assessment) -> Iterator[str]:
    """Every text that the public edition must not show."""
    shown = {one for answer in assessment.answers.values() if answer.publish for one in texts(answer)}
    for answer in assessment.answers.values():
        yield from (answer.observations, answer.to_confirm, answer.assessor)
        if not answer.publish:
            yield from (text for text in texts(answer) if text not in shown)
    for law in assessment.laws.values():
        if not law.publish:
            yield from (law.title, law.title_en, law.number, law.link)
    yield assessment.source.name


def texts(answer) -> Iterator[str]:
    """What an answer says in words."""
    yield from (answer.note, answer.assistance, answer.observations)
    yield from (one.remark for one in answer.elements.values())


def words_of(name: str, content: bytes) -> str:
    """All that a file holds, its properties too: the text without markup and as it stands, with single blanks."""
    if name.endswith(".pdf"):
        read = PdfReader(io.BytesIO(content))
        text = " ".join([*(page.extract_text() for page in read.pages), str(read.metadata)])
    elif name.endswith(".html"):
        text = in_both_forms(content)
    else:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            text = " ".join(f"{one} {in_both_forms(archive.read(one))}" for one in archive.namelist())
    return plain(text)


def in_both_forms(part: bytes) -> str:
    """A part of a file without its tags, and as it stands, since text may also be in attributes."""
    text = part.decode("utf-8", "replace")
    return f"{unescape(re.sub(r'<[^>]*>', '', text))} {unescape(text)}"


def shown_in(name: str, content: bytes) -> str:
    """The text that a reader of a file sees, with a blank wherever there is a tag."""
    if name.endswith(".pdf"):
        return plain(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))
    if name.endswith(".html"):
        parts = [re.sub(rb"<(style|script).*?</\1>", b"", content, flags=re.DOTALL)]
    else:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [archive.read(one) for one in archive.namelist() if one.endswith(".xml")]
    return plain(unescape(re.sub(r"<[^>]*>", " ", b" ".join(parts).decode("utf-8", "replace"))))


def plain(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(("country", "language"), [("XUT", "en"), ("ESP", "fr")])
def test_nothing_that_is_not_for_publication_is_in_any_file(country, language):
    result = marked(country)
    if country == "ESP":
        result = with_marks(result, set(list(result.assessment.answers)[::3]), set(result.assessment.laws))
    hidden = {plain(text) for text in secrets(result.assessment) if len(text) > 3}
    assert len(hidden) > 50
    for name, content in app.report_files(result, ("docx", "html", "xlsx", "pdf"), language, release=Release(PUBLIC)).items():
        assert f"{country}-{result.assessment.as_of}-public-" in name
        text = words_of(name, content)
        assert [one for one in hidden if one in text] == [], name
        assert labels(language)("report.short.public") in text, name


def test_what_is_searched_for_is_there_in_the_restricted_edition():
    result = marked("XUT")
    made = app.report_files(result, ("docx", "html", "xlsx", "pdf"), "en")
    found = " ".join(words_of(name, content) for name, content in made.items())
    assert [one for one in secrets(result.assessment) if plain(one) not in found] == []


def page_of(result: Result, edition: Edition = PUBLIC) -> bytes:
    (content,) = app.report_files(result, ("html",), "en", release=Release(edition)).values()
    return content


def blank(result: Result, provisions: set[str]) -> Result:
    """The result if nobody had answered these provisions."""
    kept = {id: one for id, one in result.assessment.answers.items() if id not in provisions}
    return judge(result.checklist, replace(result.assessment, answers=kept), (), result.tool_version)


def test_every_figure_is_as_if_what_is_not_for_publication_were_not_answered():
    result = with_marks(marked("XUT"), WITHHELD, set())
    told, whole = in_html(page_of(result)), in_html(page_of(blank(result, WITHHELD), Edition.RESTRICTED))
    shown = {id: one for id, one in told.items() if not any("not for publication" in text for text in one)}
    assert {"law.GEN", "law.total", "law.theme.gender"} <= {*shown}
    assert {"law.CSO", "law.XBR"} <= {*told} - {*shown}
    assert shown == {id: whole[id] for id in shown}


IDS = sorted(result_of_sample("XUT").assessment.answers)
KEYS = sorted(result_of_sample("XUT").assessment.laws)


@st.composite
def answers_to(draw: st.DrawFn, result: Result, provision: str) -> Answer:
    """Any answer to a provision: rated in law, practice or both, or by its elements alone, or blank."""
    of = result.checklist.provisions[provision]
    ratings = {one.key: draw(st.sampled_from(["", *one.scale_of(of).by_key])) for one in result.checklist.dimensions}
    elements = draw(st.dictionaries(st.sampled_from(of.letters), st.sampled_from([True, False, None])))
    return Answer(
        provision,
        {key: rating for key, rating in ratings.items() if rating},
        elements={letter: ElementAnswer(met) for letter, met in elements.items()},
        citations=(Citation(draw(st.sampled_from(KEYS)), "art. 999"),),  # no other answer may cite what this one does
        publish=False,
    )


@settings(max_examples=20)
@given(st.data())
def test_the_public_edition_is_the_same_whatever_was_answered_that_is_not_for_publication(data):
    result, words = marked("XUT"), labels("en")
    ids = data.draw(st.sets(st.sampled_from(IDS), min_size=1, max_size=12))
    told = []
    for _ in range(2):
        answers = {**result.assessment.answers, **{id: data.draw(answers_to(result, id)) for id in sorted(ids)}}
        other = judge(result.checklist, replace(result.assessment, answers=answers), (), result.tool_version)
        made = made_public(other)
        view = app.report_view(made, "en")
        asked = recommendations(app.draft_plan(made, "en"), view, words)
        told.append((result_tree(made, words), view, brief(view, words, asked, told=3), country_report(view, words, asked)))
    assert told[0] == told[1]
    assert view.dimensions[0].total.withheld


def test_what_one_withheld_rating_adds_cannot_be_subtracted_from_a_total():
    result = with_marks(marked("XUT"), {"REC-02"}, set())
    of = result.assessment
    asked = set()
    for rating in ("full", "none", "contrary"):
        answer = Answer("REC-02", {"law": rating, "practice": rating}, publish=False)
        other = judge(result.checklist, replace(of, answers={**of.answers, "REC-02": answer}), (), result.tool_version)
        asked.add(page_of(other))
    assert len(asked) == 1


def test_a_chapter_says_how_many_answers_are_not_for_publication():
    view, words = seen(PUBLIC), labels("en")
    report = CountryReport(view, words, ())
    (chapter,) = [one for one in view.chapters if one.id == "CSO"]
    (told, *_) = report.texts(chapter)
    assert "One answer is not for publication and not counted here." in told[0].text
    counts = report.counts(view.dimensions[0])
    assert counts.columns[-1].title == "Not for publication"
    assert {figure.display for figure in chapter.figures} == {"1 answer not for publication"}
    assert "1 answer not for publication" in page_of(marked("XUT")).decode()


def test_the_public_reads_no_names_of_figures_no_points_and_no_codes_of_standards():
    made = app.report_files(marked("XUT"), ("docx", "html", "xlsx", "pdf"), "en", release=Release(PUBLIC))
    for name, content in made.items():
        text = shown_in(name, content)
        assert not re.search(r"\b(law|practice)\.(instrument|theme|total|[A-Z]{3})\b", text), name
        assert not re.search(r"\(\+\d", text), name
        if "annex" not in name and not name.endswith(".html"):
            assert "Rests on" not in text
            assert not re.search(r"\b[A-Z]{3}-\d\d\b", text), name


def test_the_page_for_the_minister_is_the_same_by_itself_and_in_the_report():
    view, words = seen(PUBLIC), labels("en")
    asked = recommendations(plan_of_sample("XUT", "en"), view, words)
    page = minister_page(view, words, asked).blocks
    report = country_report(view, words, asked).blocks
    start = report.index(page[0])
    kept = [one for one in page if not (isinstance(one, Paragraph) and one.look is Look.NOTICE)]
    assert report[start : start + len(kept)] == tuple(kept)


def test_the_public_can_answer_those_who_prepared_the_report():
    view, words = seen(PUBLIC), labels("en")
    said = [
        "".join(run.text for run in one.words) for one in country_report(view, words, ()).blocks if isinstance(one, Paragraph)
    ]
    assert any("addressed to" in one and one.endswith(f"{view.body}.") for one in said)


@pytest.mark.parametrize("read", [in_word, in_excel])
def test_the_restricted_edition_names_every_figure(read):
    ends = {in_word: "annex.docx", in_excel: "annex.xlsx"}[read]
    files = app.report_files(marked("XUT"), ("docx", "xlsx"), "en")
    assert len(read(next(content for name, content in files.items() if name.endswith(ends)))) > 40


def test_what_a_bill_would_change_is_not_shown_where_the_bill_is_not():
    result = marked("XUT")
    beside = {"REP-05", "REP-06", "REP-07", "COO-03"}
    assert beside == {id for id, one in result.assessment.answers.items() if "L8" in one.cited_laws} - WITHHELD
    made = made_public(result)
    assert all(made.ratings_if_adopted["law"][id] == made.ratings["law"][id] == result.ratings["law"][id] for id in beside)
    for view, shown in ((seen(Edition.RESTRICTED), True), (seen(PUBLIC), False)):
        of = [provision(view, id) for id in beside]
        assert {bool(one.if_adopted) for one in of} == {shown}
        assert {bool(one.gap.closes_if_adopted) for one in of} == {shown}
    assert provision(seen(PUBLIC), "CHD-04").if_adopted, "the law that is adopted may be known"


def test_what_was_typed_on_a_bill_is_not_shown_where_the_bill_is_not():
    result = marked("XUT")
    of = result.assessment
    typed = replace(of.answers["REP-06"], ratings={"law": "full", "practice": "none"}, elements={})
    told = made_public(judge(result.checklist, replace(of, answers={**of.answers, "REP-06": typed}), (), ""))
    assert told.assessment.answers["REP-06"].ratings == {"law": "none", "practice": "none"}


@pytest.mark.parametrize(("country", "language"), [("XUT", "en"), ("XUT", "fr"), ("ESP", "en")])
def test_nothing_is_left_to_be_filled_in(country, language):
    of = labels(language)
    view = app.report_view(made_public(marked(country), language), language)
    for document in _documents(view, of, recommendations(plan_of_sample("XUT", language), view, of)).values():
        assert not any(isinstance(block, Place) for block in document.blocks)
        cells = [cell for block in document.blocks if isinstance(block, Table) for row in block.rows for cell in row.cells]
        assert not any(cell.place for cell in cells)
        assert document.cover is None or not document.cover.emblem
        for heading, after in pairwise((*document.blocks, None)):
            below = not isinstance(after, Heading) or (isinstance(heading, Heading) and after.level > heading.level)
            assert not isinstance(heading, Heading) or (after is not None and below), heading


def made_public(result: Result, language: str = "en") -> Result:
    return public(publishable(result), labels(language))


@cache
def seen(edition: Edition, language: str = "en") -> ReportView:
    result = marked("XUT")
    return app.report_view(made_public(result, language) if edition is PUBLIC else result, language)


def provision(view: ReportView, id: str):
    return next(one for chapter in view.chapters for one in chapter.provisions if one.id == id)


def test_a_provision_that_is_not_for_publication_says_so_and_no_more():
    one = provision(seen(PUBLIC), "CSO-04")
    assert {rating.title for rating in one.ratings} == {"not for publication"}
    assert (one.note, one.legal_basis, one.citations, one.elements, one.gap) == ("", "", (), (), None)
    assert one.question == provision(seen(Edition.RESTRICTED), "CSO-04").question


def test_no_list_names_a_provision_that_is_not_for_publication():
    view = seen(PUBLIC)
    assert not {"CSO-04", "XBR-02"} & {gap.provision for gap in view.gaps}
    for rows in (view.contrary, view.concordance):
        assert not {"CSO-04", "XBR-02"} & {one.id for one in rows}
    for rows in (view.not_applicable, view.assistance, view.unanswered):
        assert not any(row.label.startswith(("CSO-04", "XBR-02")) for row in rows)
    for one in recommendations(app.draft_plan(made_public(marked("XUT")), "en"), view, labels("en")):
        assert not {"CSO-04", "XBR-02"} & {*one.provisions}


def test_a_law_that_is_not_for_publication_is_cited_without_its_name():
    one = provision(seen(PUBLIC), "REP-07")
    assert one.legal_basis == "L2 s. 46(1)"
    assert [(cited.law, cited.title, cited.articles) for cited in one.citations] == [
        ("L2", "Victims of Terrorism Act", "s. 46(1)"),
    ]
    laws = seen(PUBLIC).laws
    assert (laws[-1].key, laws[-1].title, laws[-1].status) == ("", "1 text not for publication", "")


def test_laws_are_numbered_without_those_that_are_not_for_publication():
    restricted, laws = seen(Edition.RESTRICTED).laws, seen(PUBLIC).laws
    assert [one.title for one in laws[:-1]] == [one.title for one in restricted if one.key != "L8"]
    assert [one.key for one in laws] == [*(f"L{number}" for number in range(1, 11)), ""]
    born = provision(seen(PUBLIC), "CHD-06")
    assert (born.legal_basis, {one.title for one in born.citations}) == ("L10 s. 9(4), 12, 21", {"Births and Nationality Act"})
    result = with_marks(marked("XUT"), {"CSO-04"}, {"L8"})
    of = result.assessment
    noted = replace(of, answers={**of.answers, "GEN-01": replace(of.answers["GEN-01"], note="See L9 and L11.")})
    assert public(replace(result, assessment=noted), labels("en")).assessment.answers["GEN-01"].note == "See L8 and L10."


def test_an_article_that_a_withheld_answer_cites_is_cited_by_no_other():
    one, whole = provision(seen(PUBLIC), "EMR-09"), provision(seen(Edition.RESTRICTED), "EMR-09")
    assert any("11(4)" in cited.articles for cited in whole.citations)
    assert whole.note
    assert (one.citations, one.legal_basis, one.note) == ((), "", "")
    assert not any("11(4)" in element.said or "Payments" in element.said for element in one.elements)


def test_law_to_come_is_called_by_the_status_of_the_texts_that_are_named():
    assert (seen(PUBLIC).coming, seen(Edition.RESTRICTED).coming) == ("adopted", "adopted or in draft")
    said = " ".join(one.text for one in brief(seen(PUBLIC), labels("en"), ()).situation)
    assert "Law that is adopted would" in said


def test_the_public_is_given_no_bands_and_no_figures_by_instrument():
    for dimension in seen(PUBLIC).dimensions:
        figures = (*dimension.chapters, dimension.total, *dimension.if_adopted_chapters)
        assert {(one.band, one.capped_by) for one in figures} == {("", "")}
        assert dimension.instruments == ()
    assert any(one.band for one in seen(Edition.RESTRICTED).dimensions[0].chapters)
    text = page_of(marked("XUT")).decode()
    assert not [band.title for band in marked("XUT").checklist.bands if f">{band.title}<" in text]


def test_a_part_that_withholds_an_answer_has_no_share():
    figures = {one.id: one for one in seen(PUBLIC).dimensions[0].chapters}
    told = figures["law.CSO"]
    assert (told.display, told.range, told.low, told.central, told.high) == ("1 answer not for publication", "", None, None, None)
    assert figures["law.GEN"].central is not None


def test_the_public_is_told_that_the_state_has_commented_but_not_what():
    one = provision(seen(PUBLIC), "PRO-06")
    assert (one.observations, one.commented) == ("", "The State has commented on this finding.")
    restricted = provision(seen(Edition.RESTRICTED), "PRO-06")
    assert restricted.commented == "The State has commented on this finding: see “Observations of the State”."
    assert seen(PUBLIC).assistance == ()


def test_the_situation_says_how_many_answers_are_not_for_publication():
    said = [one.text for one in brief(seen(PUBLIC), labels("en"), ()).situation]
    assert "Two answers are not for publication and not counted here." in said
    assert seen(PUBLIC).dimensions[0].total.withheld == "2 answers not for publication"


def test_the_public_edition_says_what_it_is():
    view = seen(PUBLIC)
    assert view.notice_short == "Public edition · Fictional country"
    assert view.notices[0].startswith("Public edition.")
    assert seen(Edition.RESTRICTED).notice_short == "Fictional country"


def test_laws_that_are_not_for_publication_are_only_counted():
    view = app.report_view(made_public(with_marks(marked("XUT"), set(), {"L2", "L8"})), "en")
    assert [one.title for one in view.laws][-2:] == ["Births and Nationality Act", "2 texts not for publication"]
    assert not any("not for publication" in (text := one.legal_basis) or "()" in text for one in view.concordance)
    assert {one.legal_basis for one in view.concordance if not one.citations} == {""}
    assert view.no_law == "no law that is for publication"


def test_what_is_written_beside_a_law_that_is_not_for_publication_stays_out():
    result = marked("XUT")
    bill = next(law for law in result.assessment.laws if not result.assessment.laws[law].publish)
    beside = [one for one in result.assessment.answers.values() if bill in one.cited_laws and one.publish]
    told = public(result, labels("en")).assessment.answers
    assert any(one.note for one in beside)
    for one in beside:
        assert (told[one.provision].note, told[one.provision].assistance) == ("", "")
        assert not any(element.remark for element in told[one.provision].elements.values())
        assert told[one.provision].met == one.met


def test_the_name_of_a_law_goes_from_the_notes_on_others_too():
    result = marked("XUT")
    of = result.assessment
    note = "See BILL 7  of 2026, and the victims of terrorism (compensation) (amendment) bill."
    answer = replace(of.answers["GEN-01"], note=note, elements={"a": ElementAnswer(True, remark="Bill 7 of 2026, clause 1")})
    told = public(replace(result, assessment=replace(of, answers={**of.answers, "GEN-01": answer})), labels("en"))
    read = told.assessment.answers["GEN-01"]
    assert (read.note, read.elements["a"].remark) == ("", "")


def test_a_core_provision_that_is_not_for_publication_lowers_no_band():
    result = with_marks(marked("XUT"), {"COO-03"}, set())
    assert result.scores["law"].total.capped_by == ("COO-03",)
    assert made_public(result).scores["law"].total.capped_by == ()


def test_a_file_that_was_not_read_whole_makes_no_public_edition():
    result = replace(marked("XUT"), issues=(Issue(HEADING_UNKNOWN, Location("XUT.xlsx"), (("value", "Publish?"), ("hint", ""))),))
    with pytest.raises(InputError) as error:
        app.report_files(result, ("html",), "en", release=Release(PUBLIC))
    assert [issue.code for issue in error.value.issues] == ["R004"]


def test_a_colour_at_a_blank_cell_does_not_stop_the_public_edition():
    result = replace(marked("XUT"), issues=(Issue(ONLY_COLOURED, Location("XUT.xlsx"), (("count", "1"), ("cells", "C4"))),))
    assert app.report_files(result, ("html",), "en", release=Release(PUBLIC))


@settings(max_examples=10)
@given(st.sets(st.sampled_from(IDS)), st.sets(st.sampled_from(KEYS)))
def test_whatever_is_marked_stays_out_of_the_page(answers, laws):
    result = with_marks(marked("XUT"), answers, laws)
    (content,) = app.report_files(result, ("html",), "en", release=Release(PUBLIC)).values()
    text = words_of(".html", content)
    assert [one for one in secrets(result.assessment) if len(one) > 3 and plain(one) in text] == []
    every = in_html(page_of(result, Edition.RESTRICTED))
    assert in_html(content).keys() == {figure for figure in every if ".instrument." not in figure}


def test_the_first_page_says_on_what_the_state_has_commented():
    said = texts_of(minister_page(seen(PUBLIC), labels("en"), ()).blocks)
    assert any("The State has commented on 1, 2, 3" in text for text in said)
    silent = {id: replace(one, observations="") for id, one in marked("XUT").assessment.answers.items()}
    nobody = replace(marked("XUT"), assessment=replace(marked("XUT").assessment, answers=silent))
    page = minister_page(app.report_view(made_public(nobody), "en"), labels("en"), ())
    assert not any("State has commented" in text for text in texts_of(page.blocks))


def texts_of(blocks) -> list[str]:
    return ["".join(run.text for run in block.words) for block in blocks if isinstance(block, Paragraph)]
