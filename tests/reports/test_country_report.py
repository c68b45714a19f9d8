"""The country report: its outline, what stands on which page, and the places left to the adviser."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from math import ceil

import pytest
from pypdf import PdfReader

from legcheck.labels import labels, languages
from legcheck.reports.country_report import (
    LETTERS_OF_A_CHAPTER,
    LETTERS_OF_A_LINE,
    LINES_ON_A_PAGE,
    CountryReport,
    country_report,
    minister_page,
)
from legcheck.reports.document import Block, Heading, Items, Paragraph, Place, Table
from legcheck.reports.docx import write_docx
from legcheck.reports.pdf import write_pdf
from legcheck.reports.prose import recommendations, urgent
from legcheck.reports.view import Row
from tests.reports.docx_reading import headings, pages_of
from tests.reports.sample_views import country_report_of_sample, plan_of_sample, view_of_sample
from tests.reports.test_prose import seen

OUTLINES = {
    ("XUT", "en"): [
        "Foreword",
        "On one page",
        "Context",
        "Findings by chapter",
        "Priorities",
        "Next steps",
        "How this review was made",
    ],
    ("XOR", "fr"): [
        "Avant-propos",
        "En une page",
        "Contexte",
        "Constats par chapitre",
        "Priorités",
        "Prochaines étapes",
        "Comment cet examen a été fait",
    ],
    ("XUT", "es"): [
        "Prólogo",
        "En una página",
        "Contexto",
        "Constataciones por capítulo",
        "Prioridades",
        "Próximos pasos",
        "Cómo se hizo este examen",
    ],
}
SAMPLES = pytest.mark.parametrize(("country", "language"), list(OUTLINES))
LONG = "A note that somebody wrote at length, with every detail of the case. " * 60


def under(country: str, language: str, title: str) -> list[Block]:
    """The blocks under a heading, up to the next of its level or a higher one."""
    blocks = iter(country_report_of_sample(country, language).blocks)
    start = next(block for block in blocks if isinstance(block, Heading) and block.text == title)
    found = []
    for block in blocks:
        if isinstance(block, Heading) and block.level <= start.level:
            break
        found.append(block)
    return found


def said(words) -> str:
    return "".join(run.text for run in words)


def texts(blocks) -> list[str]:
    return ["".join(run.text for run in block.words) for block in blocks if isinstance(block, Paragraph)]


@SAMPLES
def test_outline(country, language):
    outline = headings(write_docx(country_report_of_sample(country, language)))
    assert [text for level, text in outline if level == 1] == OUTLINES[country, language]
    chapters = [chapter.title for chapter in view_of_sample(country, language).chapters]
    titles = [text for level, text in outline if level == 2]
    start = titles.index(chapters[0])
    assert titles[start : start + len(chapters)] == chapters


@SAMPLES
def test_each_chapter_says_how_it_stands_and_shows_every_provision(country, language):
    view, words = view_of_sample(country, language), labels(language)
    for chapter in view.chapters:
        blocks = under(country, language, chapter.title)
        (rated,) = [block for block in blocks if isinstance(block, Table)]
        assert ["".join(run.text for run in row.cells[0].paragraphs[0]) for row in rated.rows] == [
            one.title for one in chapter.provisions
        ]
        if any(one.gap for one in chapter.provisions) and any(isinstance(block, Items) for block in blocks):
            assert words("country_report.chapters.recommendations") in texts(blocks)


@SAMPLES
def test_no_measure_is_recommended_in_two_chapters(country, language):
    shown = []
    for chapter in view_of_sample(country, language).chapters:
        items = [block for block in under(country, language, chapter.title) if isinstance(block, Items)]
        shown += ["".join(run.text for run in item if not run.muted) for one in items for item in one.items]
    assert shown
    assert len(shown) == len(set(shown))


def test_places_to_fill_in_say_what_belongs_there():
    places = [block.text for block in country_report_of_sample("XUT", "en").blocks if isinstance(block, Place)]
    assert len(places) == 7
    assert all(len(text) > 20 for text in places)


def test_who_was_heard_stands_in_the_place_for_it():
    heard = (Row("Associations of victims", "two meetings; March 2026"), Row("Supreme Court", ""))
    view = replace(view_of_sample("XUT", "en"), heard=heard)
    blocks = [*country_report(view, labels("en"), ()).blocks]
    start = next(at for at, one in enumerate(blocks) if isinstance(one, Heading) and one.text == "Who was consulted")
    assert texts(blocks[start : start + 2]) == ["These bodies and groups were heard on this review."]
    said = ["".join(run.text for run in words) for words in blocks[start + 2].items]
    assert said == ["Associations of victims (two meetings; March 2026)", "Supreme Court"]
    assert isinstance(blocks[start + 3], Heading)


def test_the_brief_fits_its_page_however_much_people_wrote():
    view = view_of_sample("XUT", "en")
    chapters = tuple(
        replace(chapter, provisions=tuple(replace(one, note=LONG) for one in chapter.provisions)) for chapter in view.chapters
    )
    asked = recommendations(plan_of_sample("XUT", "en"), view, labels("en"))
    made = minister_page(replace(view, chapters=chapters), labels("en"), asked)
    printed = [
        sum(len(run.text) for run in content)
        for block in made.blocks
        for content in ([block.words] if isinstance(block, Paragraph) else block.items if isinstance(block, Items) else [])
    ]
    lines = sum(ceil(letters / LETTERS_OF_A_LINE) for letters in printed)
    assert 0 < lines <= LINES_ON_A_PAGE + sum(ceil(len(one) / LETTERS_OF_A_LINE) for one in view.notices)


@pytest.mark.parametrize("language", languages())
def test_the_minister_reads_of_every_urgent_gap_and_of_what_answers_it(language):
    view = view_of_sample("XUT", language)
    made = minister_page(view, labels(language), recommendations(plan_of_sample("XUT", language), view, labels(language)))
    urgent_list, *asked = [[*map(said, block.items)] for block in made.blocks if isinstance(block, Items)]
    assert len(urgent_list) == len(urgent(view, labels(language)))
    answered = sorted(int(number) for each in asked for one in each for number in re.findall(r"\d+", one.rpartition("(")[2]))
    assert answered == [*range(1, len(urgent_list) + 1)]


@pytest.mark.parametrize("language", languages())
def test_the_page_for_the_minister_is_one_page(language):
    view = view_of_sample("XUT", language)
    made = minister_page(view, labels(language), recommendations(plan_of_sample("XUT", language), view, labels(language)))
    assert len(PdfReader(io.BytesIO(write_pdf(made))).pages) == 1


@pytest.mark.parametrize(
    ("language", "rests"),
    [
        ("en", "Rests on: Secretary-General’s report A/74/790 on victims of terrorism; General Assembly resolution 73/305."),
        (
            "fr",
            "Repose sur : Rapport A/74/790 du Secrétaire général sur les victimes du terrorisme ; "
            "Résolution 73/305 de l’Assemblée générale.",
        ),
        (
            "es",
            "Se apoya en: Informe A/74/790 del Secretario General sobre las víctimas del terrorismo; "
            "Resolución 73/305 de la Asamblea General.",
        ),
    ],
)
def test_the_priorities_name_at_most_two_instruments_in_words(language, rests):
    tables = [block for block in country_report_of_sample("XUT", language).blocks if isinstance(block, Table)]
    written = [said(one) for table in tables for row in table.rows for cell in row.cells for one in cell.paragraphs]
    assert rests in [text.replace("\u00a0", " ").replace("'", "’") for text in written]


def test_the_brief_is_never_empty_even_if_one_sentence_is_longer_than_its_page():
    view = view_of_sample("XUT", "en")
    endless = "word " * LETTERS_OF_A_LINE * LINES_ON_A_PAGE
    chapters = tuple(
        replace(chapter, provisions=tuple(replace(one, note=endless) for one in chapter.provisions)) for chapter in view.chapters
    )
    made = minister_page(replace(view, chapters=chapters), labels("en"), ())
    titles = [block.text for block in made.blocks if isinstance(block, Heading)]
    assert titles == ["Situation", "What stands", "What is urgent, and whom it harms", "What is asked"]


def counted(**practice: str) -> list[list[str]]:
    """The table of counts of a small review, with its head, one row a line."""
    view = seen({"A-1": {"law": "na"} | practice, "A-2": "full", "A-3": "none", "A-4": ""})
    made = CountryReport(view, labels("en"), ()).counts(view.dimensions[-1])
    words = ["".join(run.text for text in one.paragraphs for run in text) for row in made.rows for one in row.cells]
    return [[column.title for column in made.columns], words]


def test_what_does_not_apply_is_counted_so_that_a_row_adds_up():
    assert counted() == [
        ["Chapter", "In full", "In part", "Not at all", "Contrary", "Open", "Not applicable"],
        ["A", "1", "–", "1", "–", "1", "1"],
    ]


def test_where_everything_applies_nothing_is_counted_as_not_applicable():
    head, row = counted(practice="full")
    assert "Not applicable" not in head
    assert row == ["A", "1", "–", "–", "–", "3"]


def test_a_review_without_any_gap_has_no_priorities():
    perfect = seen({f"A-{number}": {"law": "full", "practice": "full"} for number in range(1, 5)})
    titles = [block.text for block in country_report(perfect, labels("en"), ()).blocks if isinstance(block, Heading)]
    assert "Priorities" not in titles
    assert "What is urgent, and whom it harms" not in titles


def test_a_review_without_any_answer_still_makes_a_report():
    content = write_docx(country_report(seen({}), labels("en"), ()))
    assert headings(content)[0] == (1, "Foreword")


@SAMPLES
def test_pages(country, language, soffice, tmp_path):
    of = country_report_of_sample(country, language)
    view = view_of_sample(country, language)
    pages = [" ".join(page.split()) for page in pages_of(write_docx(of), soffice, tmp_path)]
    assert 20 <= len(pages) <= 25
    assert of.running not in pages[0]
    assert all(of.running in page and page.endswith(f"{number} / {len(pages)}") for number, page in enumerate(pages[1:], 2))
    starts = [
        next(number for number, page in enumerate(pages, 1) if page.startswith(" ".join(title.split())))
        for title in OUTLINES[country, language][:4]
    ]
    assert starts == sorted(set(starts))
    _, minister, context, findings = starts
    assert context == minister + 1
    priorities = next(
        number for number, page in enumerate(pages[findings + 2 :], findings + 2) if OUTLINES[country, language][4] in page
    )
    chapters = pages[findings + 1 : priorities]
    assert pages[findings + 1].startswith(view.chapters[0].title)
    assert len(chapters) < len(view.chapters)
    assert all(len(page) > LETTERS_OF_A_CHAPTER / 3 for page in chapters)


def test_a_provision_that_a_note_names_by_its_id_is_named_by_its_title_too():
    view = view_of_sample("XUT", "en")
    note = "This is rated under GEN-10, not here; see also XYZ-1."
    chapters = tuple(
        replace(chapter, provisions=tuple(replace(one, note=note) for one in chapter.provisions)) for chapter in view.chapters
    )
    said = " ".join(texts(country_report(replace(view, chapters=chapters), labels("en"), ()).blocks))
    assert "“This is rated under [Grounds for exclusion], not here; see also XYZ-1.”" in said


def test_what_people_wrote_in_another_language_is_not_altered():
    view = view_of_sample("XUT", "fr")
    chapters = tuple(
        replace(
            chapter, provisions=tuple(replace(one, note="See GEN-10.", assistance="As in GEN-10.") for one in chapter.provisions)
        )
        for chapter in view.chapters
    )
    blocks = [*country_report(replace(view, chapters=chapters), labels("fr"), ()).blocks]
    wished = {run.text for block in blocks if isinstance(block, Items) for item in block.items for run in item}
    assert "« See GEN-10. » [en anglais]" in " ".join(" ".join(texts(blocks)).split())
    assert "As in GEN-10. [en anglais]" in wished


def test_the_next_steps_of_the_public_edition_leave_nothing_to_fill_in():
    blocks = [*country_report(replace(view_of_sample("XUT", "en"), public=True), labels("en"), ()).blocks]
    start = next(at for at, one in enumerate(blocks) if isinstance(one, Heading) and one.text == "Next steps")
    steps, answer, following = blocks[start + 1 : start + 4]
    assert isinstance(steps, Items)
    assert not any("draft" in run.text for step in steps.items for run in step)
    assert answer.words[-2].text == "Inter-ministerial working group on victims of terrorism"
    assert isinstance(following, Heading)
    assert following.text == "How this review was made"


@SAMPLES
def test_the_recommendations_of_a_page_answer_its_findings_first_and_the_most_urgent_before_others(country, language):
    view = view_of_sample(country, language)
    made = CountryReport(view, labels(language), recommendations(plan_of_sample(country, language), view, labels(language)))
    for chapter in view.chapters:
        told = [one.provision for one in made.found[chapter.id]]
        shown, left = made.asked[chapter.id]
        answered = [next((id for id in told if id in one.provisions), "") for one in shown]
        assert [id for id in told if id in answered] == [*dict.fromkeys(filter(None, answered))]
        assert all(any(id in one.provisions for one in shown) for id in told), chapter.id
        assert not {*shown} & {*left}
