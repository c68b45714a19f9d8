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
from legcheck.analysis import judge, publishable
from legcheck.issues import HEADING_UNKNOWN, ONLY_COLOURED, InputError, Issue, Location
from legcheck.labels import labels
from legcheck.model import Assessment, Edition, ElementAnswer, Release, Result
from legcheck.reports.country_report import CountryReport, country_report, minister_page
from legcheck.reports.document import Heading, Look, Paragraph, Place, Table
from legcheck.reports.edition import public, told_by_totals
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


def groups_with(result: Result, provisions: set[str]) -> set[str]:
    """The names of the figures, but for totals, that rest on one of these provisions, without the dimension."""
    asked = [one for id, one in result.checklist.provisions.items() if id in provisions]
    cited = {f"instrument.{standard.instrument.key}" for one in asked for standard in one.standards}
    return {one.chapter for one in asked} | {f"theme.{theme}" for one in asked for theme in one.themes} | cited


def blank(result: Result, provisions: set[str]) -> Result:
    """The result if nobody had answered these provisions."""
    kept = {id: one for id, one in result.assessment.answers.items() if id not in provisions}
    return judge(result.checklist, replace(result.assessment, answers=kept), (), result.tool_version)


def test_only_totals_count_what_is_not_for_publication():
    result = with_marks(marked("XUT"), WITHHELD, set())
    whole, without = (in_html(page_of(one, Edition.RESTRICTED)) for one in (result, blank(result, WITHHELD)))
    shown, below = in_html(page_of(result)), groups_with(result, WITHHELD)
    telling = {f"{dimension}.instrument.SCR2462" for dimension in ("law", "practice")}
    assert telling == whole.keys() - shown.keys(), "an instrument that rests on a withheld answer alone has no figure"
    assert all("withheld" not in key for key in shown)
    for key, figure in shown.items():
        of = key.partition(".")[2].removesuffix(".if-adopted")
        assert figure == (without if of in below else whole)[key], key
    assert shown["law.CSO"] != whole["law.CSO"]


@pytest.mark.parametrize("rating", ["full", "partial", "none", "contrary", ""])
def test_a_rating_that_is_not_for_publication_changes_nothing_below_the_totals(rating):
    result = with_marks(marked("XUT"), WITHHELD, set())
    of = result.assessment
    answer = replace(of.answers["CSO-04"], ratings={"law": rating} if rating else {}, elements={})
    other = judge(result.checklist, replace(of, answers={**of.answers, "CSO-04": answer}), (), result.tool_version)
    words, told = labels("en"), []
    for one in (result, other):
        view = app.report_view(made_public(one), "en")
        report = CountryReport(view, words, ())
        groups = [
            (*one.chapters, *one.instruments, *(each for group in one.themes for each in group.figures))
            for one in view.dimensions
        ]
        tables = [figure for group in groups for figure in group]
        chapters = [(*report.texts(chapter), report.ratings(chapter)) for chapter in view.chapters]
        told.append((tables, chapters, [report.counts(dimension) for dimension in view.dimensions]))
    assert told[0] == told[1]


def test_what_is_recommended_tells_nothing_of_an_answer_that_is_not_for_publication():
    result = with_marks(marked("XUT"), {"REC-02"}, set())
    of = result.assessment
    full = replace(of.answers["REC-02"], ratings={"law": "full", "practice": "full"}, elements={})
    other = judge(result.checklist, replace(of, answers={**of.answers, "REC-02": full}), (), result.tool_version)
    asked = [re.findall(rb'<ul class="items">.*?</ul>', page_of(one), re.DOTALL) for one in (result, other)]
    assert len(asked[0]) > 50
    assert asked[0] == asked[1]


def test_a_chapter_says_how_many_answers_are_not_for_publication():
    view, words = seen(PUBLIC), labels("en")
    report = CountryReport(view, words, ())
    (chapter,) = [one for one in view.chapters if one.id == "CSO"]
    (told, *_) = report.texts(chapter)
    assert told[0].text.startswith("In law, of 4 provisions answered, 2 are provided for in full, 1 in part and 1 not at all.")
    assert "1 answer is not for publication and not counted here." in told[0].text
    counts = report.counts(view.dimensions[0])
    assert [column.title for column in counts.columns][-2:] == ["Open", "Not for publication"]
    assert {figure.withheld for figure in chapter.figures} == {"1 answer not for publication"}
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


def test_totals_that_tell_what_is_withheld_are_found():
    result = marked("XUT")
    assert not told_by_totals(with_marks(result, set(), set()))
    assert told_by_totals(with_marks(result, {"GEN-10"}, set()))
    alike, unlike = {"GEN-01", "GEN-08"}, {"GEN-01", "GEN-09"}
    assert [result.ratings["law"][id] for id in sorted(alike | unlike)] == ["full", "full", "none"]
    assert [told_by_totals(with_marks(result, ids, set())) for ids in (alike, unlike)] == [True, False]


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
    for one in recommendations(plan_of_sample("XUT", "en"), view, labels("en")):
        assert not {"CSO-04", "XBR-02"} & {*one.provisions}


def test_a_law_that_is_not_for_publication_is_cited_without_its_name():
    one = provision(seen(PUBLIC), "REP-07")
    assert one.legal_basis == "a text not for publication; L2 s. 46(1)"
    assert [(cited.law, cited.title, cited.articles) for cited in one.citations] == [
        ("", "a text not for publication", ""),
        ("L2", "Victims of Terrorism Act", "s. 46(1)"),
    ]
    (law,) = [one for one in seen(PUBLIC).laws if one.title == "A text not for publication"]
    (known,) = [one for one in seen(Edition.RESTRICTED).laws if one.key == "L8"]
    assert (law.key, law.number, law.date, law.link) == ("", "", "", "")
    assert law.status == known.status
    assert (known.cited_by, law.cited_by) == ("cited by 5 provisions", "cited by 4 provisions")  # one answer is withheld


def test_sentences_count_what_they_do_not_name():
    restricted, for_all = seen(Edition.RESTRICTED), seen(PUBLIC)
    said = [[one.text for one in brief(view, labels("en"), (), most=0).situation] for view in (restricted, for_all)]
    # How often law is contrary is told without what is withheld: the number shown could be subtracted.
    assert [one.replace("For 7 provisions", "For 6 provisions") for one in said[0]] == said[1]
    assert for_all.fast_facts == tuple(one for one in restricted.fast_facts if one.label != "Elements met in law")
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
    figures, shown = in_html(page_of(result, Edition.RESTRICTED)), in_html(content)
    assert all(".instrument." in key for key in figures.keys() - shown.keys())
    below = groups_with(result, answers)
    same = {key for key in shown if key.partition(".")[2].removesuffix(".if-adopted") not in below}
    assert {key: shown[key] for key in same} == {key: figures[key] for key in same}
