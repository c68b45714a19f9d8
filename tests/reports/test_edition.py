"""The public edition: nothing that is not for publication in any format, and every figure as in the restricted edition."""

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
from legcheck.issues import HEADING_UNKNOWN, ONLY_COLOURED, InputError, Issue, Location
from legcheck.labels import labels
from legcheck.model import Assessment, Edition, ElementAnswer, Release, Result
from legcheck.reports.document import Heading, Place, Table
from legcheck.reports.edition import public, told_by_counts
from legcheck.reports.prose import brief, recommendations
from legcheck.reports.renderers import _documents
from legcheck.reports.view import ReportView
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
        text = " ".join([*(page.extract_text() for page in read.pages), str(read.metadata)]).replace("\u200b", "")
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


@pytest.mark.parametrize("read", [in_html, in_word, in_excel])
def test_every_figure_is_that_of_the_restricted_edition(read):
    ends = {in_html: "country-report.html", in_word: "annex.docx", in_excel: "annex.xlsx"}[read]
    result = with_marks(marked("XUT"), WITHHELD, set())
    restricted, for_all = (
        next(
            content
            for name, content in app.report_files(result, ("docx", "html", "xlsx"), "en", release=Release(one)).items()
            if name.endswith(ends)
        )
        for one in Edition
    )
    figures = read(restricted)
    telling = {f"{dimension}.instrument.SCR2462" for dimension in ("law", "practice")}
    assert telling <= figures.keys(), (
        "an instrument of one provision, which is not for publication, so that its figure would tell the answer"
    )
    assert read(for_all) == {key: shown for key, shown in figures.items() if key not in telling}


def test_what_a_bill_would_change_is_not_shown_where_the_bill_is_not():
    result = marked("XUT")
    beside = {"REP-05", "REP-06", "REP-07", "COO-03"}
    assert beside == {id for id, one in result.assessment.answers.items() if "L8" in one.cited_laws} - WITHHELD
    made = public(result, labels("en"))
    assert (result.if_adopted != {}, made.if_adopted) == (True, {})
    for view, shown in ((seen(Edition.RESTRICTED), True), (seen(PUBLIC), False)):
        of = [provision(view, id) for id in beside]
        assert {bool(one.if_adopted) for one in of} == {shown}
        assert {bool(one.gap.closes_if_adopted) for one in of} == {shown}
        assert any(one.if_adopted is not None for one in view.dimensions) is shown
    assert provision(seen(PUBLIC), "CHD-04").if_adopted, "the law that is adopted may be known"


def test_what_was_typed_on_a_bill_is_not_shown_where_the_bill_is_not():
    result = marked("XUT")
    of = result.assessment
    typed = replace(of.answers["REP-06"], ratings={"law": "full", "practice": "none"}, elements={})
    told = public(replace(result, assessment=replace(of, answers={**of.answers, "REP-06": typed})), labels("en"))
    assert told.assessment.answers["REP-06"].ratings == {"law": "none", "practice": "none"}


@pytest.mark.parametrize(("country", "language"), [("XUT", "en"), ("XUT", "fr"), ("ESP", "en")])
def test_nothing_is_left_to_be_filled_in(country, language):
    of = labels(language)
    view = app.report_view(public(marked(country), of), language)
    for document in _documents(view, of, recommendations(plan_of_sample("XUT", language), view, of)).values():
        assert not any(isinstance(block, Place) for block in document.blocks)
        cells = [cell for block in document.blocks if isinstance(block, Table) for row in block.rows for cell in row.cells]
        assert not any(cell.place for cell in cells)
        assert document.cover is None or not document.cover.emblem
        for heading, after in pairwise((*document.blocks, None)):
            below = not isinstance(after, Heading) or (isinstance(heading, Heading) and after.level > heading.level)
            assert not isinstance(heading, Heading) or (after is not None and below), heading


def test_chapters_whose_counts_tell_what_is_withheld_are_named():
    result = marked("XUT")
    assert told_by_counts(with_marks(result, set(), set())) == ()
    assert told_by_counts(with_marks(result, {"GEN-10"}, set())) == ("Purpose, definitions, scope and principles",)
    alike, unlike = {"GEN-01", "GEN-08"}, {"GEN-01", "GEN-09"}
    assert [result.ratings["law"][id] for id in sorted(alike | unlike)] == ["full", "full", "none"]
    assert [len(told_by_counts(with_marks(result, ids, set()))) for ids in (alike, unlike)] == [1, 0]


@cache
def seen(edition: Edition, language: str = "en") -> ReportView:
    result = marked("XUT")
    return app.report_view(public(result, labels(language)) if edition is PUBLIC else result, language)


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
    for one in recommendations(plan_of_sample("XUT", "en"), view, labels("en")):
        assert not {"CSO-04", "XBR-02"} & {*one.provisions}


def test_a_law_that_is_not_for_publication_is_cited_without_its_name():
    one = provision(seen(PUBLIC), "REP-07")
    assert one.legal_basis == "a text not for publication; L2 s. 46(1)"
    assert [(cited.law, cited.title, cited.articles) for cited in one.citations] == [
        ("", "a text not for publication", ""),
        ("L2", "Victims of Terrorism Act", "s. 46(1)"),
    ]
    (law,) = [one for one in seen(PUBLIC).laws if one.title == "a text not for publication"]
    (known,) = [one for one in seen(Edition.RESTRICTED).laws if one.key == "L8"]
    assert (law.key, law.number, law.date, law.link) == ("", "", "", "")
    assert (law.status, law.cited_by) == (known.status, known.cited_by)


def test_sentences_count_what_they_do_not_name():
    restricted, for_all = seen(Edition.RESTRICTED), seen(PUBLIC)
    said = [[one.text for one in brief(view, labels("en"), (), most=0).situation] for view in (restricted, for_all)]
    assert said[0] == said[1]
    assert for_all.fast_facts == restricted.fast_facts
    standings = [
        [one.standing for each in view.chapters for p in each.provisions for one in p.ratings] for view in (restricted, for_all)
    ]
    assert standings[0] == standings[1]


def test_the_public_edition_says_what_it_is():
    view = seen(PUBLIC)
    assert view.notice_short == "Public edition · Fictional country"
    assert view.notices[0].startswith("Public edition.")
    assert seen(Edition.RESTRICTED).notice_short == "Fictional country"


def test_several_laws_are_told_apart():
    result = public(with_marks(marked("XUT"), set(), {"L2", "L8"}), labels("en"))
    assert [key for key, law in result.assessment.laws.items() if not law.publish] == [
        "a text not for publication (1)", "a text not for publication (2)",
    ]  # fmt: skip


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
    assert read.note == "See a text not for publication, and the a text not for publication."
    assert read.elements["a"].remark == "a text not for publication, clause 1"


def test_a_core_provision_that_lowers_a_band_is_not_named():
    result = with_marks(marked("XUT"), {"COO-03"}, set())
    assert result.scores["law"].total.capped_by == ("COO-03",)
    assert public(result, labels("en")).scores["law"].total.capped_by == ("a provision not for publication",)


def test_a_file_that_was_not_read_whole_makes_no_public_edition():
    result = replace(marked("XUT"), issues=(Issue(HEADING_UNKNOWN, Location("XUT.xlsx"), (("value", "Publish?"), ("hint", ""))),))
    with pytest.raises(InputError) as error:
        app.report_files(result, ("html",), "en", release=Release(PUBLIC))
    assert [issue.code for issue in error.value.issues] == ["R004"]


def test_a_colour_at_a_blank_cell_does_not_stop_the_public_edition():
    result = replace(marked("XUT"), issues=(Issue(ONLY_COLOURED, Location("XUT.xlsx"), (("count", "1"), ("cells", "C4"))),))
    assert app.report_files(result, ("html",), "en", release=Release(PUBLIC))


IDS = sorted(result_of_sample("XUT").assessment.answers)
KEYS = sorted(result_of_sample("XUT").assessment.laws)


@settings(max_examples=10)
@given(st.sets(st.sampled_from(IDS)), st.sets(st.sampled_from(KEYS)))
def test_whatever_is_marked_stays_out_of_the_page_and_in_the_figures(answers, laws):
    result = with_marks(marked("XUT"), answers, laws)
    (content,) = app.report_files(result, ("html",), "en", release=Release(PUBLIC)).values()
    text = words_of(".html", content)
    assert [one for one in secrets(result.assessment) if len(one) > 3 and plain(one) in text] == []
    (restricted,) = app.report_files(result, ("html",), "en").values()
    figures, shown = in_html(restricted), in_html(content)
    assert all(".instrument." in key for key in figures.keys() - shown.keys())
    assert shown == {key: figures[key] for key in shown}
